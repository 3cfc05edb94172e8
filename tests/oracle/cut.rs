//! Random cells: one by one, or as parts of a domain that together cover it once.

use super::model::{Input, Kind, Model, Part, Point, Test, Val};
use super::rng::Rng;

/// What a column can hold: options in their order or a scale, and perhaps "not applicable".
#[derive(Debug, Clone)]
pub(super) struct Domain {
    pub(super) options: Vec<Val>,
    pub(super) scale: Option<Scale>,
    pub(super) not_applicable: bool,
    /// An unset parameter by which the domain is cut instead: a test, or an end point.
    pub(super) unset: Option<(usize, bool)>,
}

/// An ordered domain with the constants that its tests use.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub(super) kind: Kind,
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    pub(super) constants: Vec<i64>,
}

/// An indivisible part of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    Option(Val),
    At(i64),
    /// Strictly between two constants, or beyond the last.
    Open(Option<i64>, Option<i64>),
    /// How an unset parameter goes: a test fails or holds, an end point lies above, at or below the input.
    Way(usize),
    NotApplicable,
}

impl Scale {
    fn step(&self) -> i64 {
        self.kind.step().unwrap()
    }

    fn on_grid(&self, at: i64) -> bool {
        at.rem_euclid(self.step()) == 0
    }

    fn inside(&self, at: i64) -> bool {
        self.min.is_none_or(|min| min <= at) && self.max.is_none_or(|max| at <= max)
    }

    /// Whether a value lies between two ends.
    fn holds_one(&self, lo: (i64, bool), hi: (i64, bool)) -> bool {
        let step = self.step();
        let first = if lo.1 { -((-lo.0).div_euclid(step)) } else { lo.0.div_euclid(step) + 1 };
        let last = if hi.1 { hi.0.div_euclid(step) } else { -((-hi.0).div_euclid(step)) - 1 };
        first <= last
    }

    fn at(&self, at: i64) -> Point {
        Point::At(self.kind.value(at))
    }
}

impl Domain {
    /// The domain of a question, with some constants.
    pub(super) fn of_question(model: &Model, q: usize, constants: usize, rng: &mut Rng) -> Domain {
        let question = &model.questions[q];
        let not_applicable = question.may_not_apply || model.conditional(q);
        let scale = question.kind.step().map(|step| {
            let (low, high) = match question.kind {
                Kind::Time => (0, 24 * 60),
                _ => {
                    let low = question.min.unwrap_or(question.max.map_or(-5 * step, |max| max - 20 * step));
                    (low, question.max.unwrap_or(low + 30 * step))
                }
            };
            let mut scale = Scale {
                kind: question.kind.clone(),
                min: question.min,
                max: question.max,
                constants: Vec::new(),
            };
            for _ in 0..constants {
                let at = match rng.below(12) {
                    0 => low,
                    1 => high,
                    2 if step > 5 && matches!(question.kind, Kind::Dec(_)) => rng.between(low, high),
                    3 => high + 2 * step,
                    4 if !scale.constants.is_empty() => rng.pick(&scale.constants) + step,
                    _ => rng.between(low.div_euclid(step), high.div_euclid(step)) * step,
                };
                let written = question.kind != Kind::Time || (0..=24 * 60).contains(&at);
                if written && !scale.constants.contains(&at) {
                    scale.constants.push(at);
                }
            }
            scale.constants.sort_unstable();
            scale
        });
        Domain { options: question.kind.options(), scale, not_applicable, unset: None }
    }

    /// The domain of a part of a date.
    pub(super) fn of_part(model: &Model, q: usize, part: Part, constants: usize, rng: &mut Rng) -> Domain {
        let question = &model.questions[q];
        let (low, high) = match part {
            Part::Month => (1, 12),
            Part::Weekday => (1, 7),
            Part::Day => (1, 31),
            Part::Year => {
                let year = |at: Option<i64>, other| at.map_or(other, |at| super::model::part(at, Part::Year));
                (year(question.min, 2024), year(question.max, 2028))
            }
        };
        let mut constants: Vec<i64> = (0..constants).map(|_| rng.between(low, high) * 100).collect();
        constants.sort_unstable();
        constants.dedup();
        let scale = Scale { kind: Kind::Int, min: Some(low * 100), max: Some(high * 100), constants };
        let not_applicable = question.may_not_apply || model.conditional(q);
        Domain { options: Vec::new(), scale: Some(scale), not_applicable, unset: None }
    }

    /// The parts that no test of this domain divides.
    pub(super) fn atoms(&self) -> Vec<Atom> {
        let mut atoms: Vec<Atom> = self.options.iter().map(|o| Atom::Option(*o)).collect();
        if let Some((_, test)) = self.unset {
            atoms = (0..if test { 2 } else { 3 }).map(Atom::Way).collect();
        } else if let Some(scale) = &self.scale {
            let mut last = None;
            for c in &scale.constants {
                if last.is_none_or(|l| scale.holds_one((l, false), (*c, false))) {
                    atoms.push(Atom::Open(last, Some(*c)));
                }
                if scale.on_grid(*c) {
                    atoms.push(Atom::At(*c));
                }
                last = Some(*c);
            }
            atoms.push(Atom::Open(last, None));
        }
        if self.not_applicable {
            atoms.push(Atom::NotApplicable);
        }
        atoms
    }

    /// A cell that accepts exactly these atoms, in one of the ways in which people write it.
    pub(super) fn cell(&self, atoms: &[Atom], mask: u64, rng: &mut Rng) -> Vec<Test> {
        let full = (1u64 << atoms.len()) - 1;
        if mask == full {
            return vec![Test::Any];
        }
        let last = 1u64 << (atoms.len() - 1);
        let values = if self.not_applicable { full & !last } else { full };
        let wants = mask & !values != 0;
        let rest = values & !mask;
        if rest == 0 {
            return vec![Test::Not(vec![Test::NotApplicable])];
        }
        // no literal stands for "no value": only what is not any of the others accepts it
        let null = atoms.iter().position(|a| *a == Atom::Option(Val::Null)).map(|i| mask >> i & 1 == 1);
        let mut tests = if mask & values == 0 {
            Vec::new()
        } else if self.unset.is_none() && null.unwrap_or_else(|| rng.chance(25)) {
            vec![Test::Not(self.runs(atoms, rest, rng))]
        } else {
            self.runs(atoms, mask & values, rng)
        };
        if wants {
            tests.push(Test::NotApplicable);
        }
        if rng.chance(30) {
            rng.shuffle(&mut tests);
        }
        tests
    }

    /// Tests that together accept these atoms, each a run of neighbours.
    fn runs(&self, atoms: &[Atom], mask: u64, rng: &mut Rng) -> Vec<Test> {
        let mut tests = Vec::new();
        let mut i = 0;
        while i < atoms.len() {
            if mask >> i & 1 == 0 {
                i += 1;
                continue;
            }
            let from = i;
            if let Atom::Option(value) = atoms[i] {
                tests.push(Test::Is(value));
                i += 1;
                continue;
            }
            if let (Atom::Way(way), Some((parameter, test))) = (atoms[i], self.unset) {
                let end = |closed| Some((Point::Parameter(parameter), closed));
                tests.push(match (test, way) {
                    (true, 0) => Test::Not(vec![Test::Unset(parameter)]),
                    (true, _) => Test::Unset(parameter),
                    (false, 0) => Test::Range(None, end(false)),
                    (false, 1) => Test::Range(end(true), end(true)),
                    (false, _) => Test::Range(end(false), None),
                });
                i += 1;
                continue;
            }
            // now and then a run is written in two pieces
            while i + 1 < atoms.len()
                && mask >> (i + 1) & 1 == 1
                && atoms[i + 1] != Atom::NotApplicable
                && !rng.chance(8)
            {
                i += 1;
            }
            tests.push(self.run(atoms[from], atoms[i], rng));
            i += 1;
        }
        tests
    }

    fn run(&self, from: Atom, to: Atom, rng: &mut Rng) -> Test {
        let scale = self.scale.as_ref().unwrap();
        if let (Atom::At(a), Atom::At(b)) = (from, to)
            && a == b
            && scale.inside(a)
            && rng.chance(80)
        {
            return Test::Is(scale.kind.value(a));
        }
        let lo = match from {
            Atom::At(c) => Some((scale.at(c), true)),
            Atom::Open(c, _) => c.map(|c| (scale.at(c), false)),
            _ => None,
        };
        let hi = match to {
            Atom::At(c) => Some((scale.at(c), true)),
            Atom::Open(_, c) => c.map(|c| (scale.at(c), false)),
            _ => None,
        };
        if lo.is_none() && hi.is_none() { Test::Not(vec![Test::NotApplicable]) } else { Test::Range(lo, hi) }
    }

    /// Any cell at all.
    pub(super) fn random_cell(&self, rng: &mut Rng) -> Vec<Test> {
        if rng.chance(30) {
            return vec![Test::Any];
        }
        if rng.chance(20) {
            let inner = (0..1 + rng.below(2)).map(|_| self.random_test(rng)).collect();
            return vec![Test::Not(inner)];
        }
        let many = if rng.chance(25) { 2 + rng.below(2) } else { 1 };
        (0..many).map(|_| self.random_test(rng)).collect()
    }

    fn random_test(&self, rng: &mut Rng) -> Test {
        if self.not_applicable && rng.chance(15) {
            return Test::NotApplicable;
        }
        if let Some((parameter, test)) = self.unset
            && rng.chance(60)
        {
            let end = Some((Point::Parameter(parameter), rng.chance(50)));
            let other = self.scale.as_ref().filter(|s| rng.chance(40) && !s.constants.is_empty());
            let other = other.map(|s| (s.at(*rng.pick(&s.constants)), rng.chance(50)));
            return match (test, rng.chance(50)) {
                (true, _) => Test::Unset(parameter),
                (false, true) => Test::Range(end, other),
                (false, false) => Test::Range(other, end),
            };
        }
        let Some(scale) = &self.scale else {
            let Some(option) = (!self.options.is_empty()).then(|| *rng.pick(&self.options)) else {
                return Test::Any;
            };
            return if option == Val::Null { Test::Any } else { Test::Is(option) };
        };
        if scale.constants.is_empty() {
            return Test::Any;
        }
        for _ in 0..20 {
            let (a, b) = (*rng.pick(&scale.constants), *rng.pick(&scale.constants));
            let closed = rng.chance(50);
            match rng.below(4) {
                0 if scale.on_grid(a) && scale.inside(a) => return Test::Is(scale.kind.value(a)),
                1 => return Test::Range(Some((scale.at(a), closed)), None),
                2 => return Test::Range(None, Some((scale.at(a), closed))),
                3 => {
                    let (a, b) = (a.min(b), a.max(b));
                    let other = rng.chance(50);
                    if scale.holds_one((a, closed), (b, other)) {
                        return Test::Range(Some((scale.at(a), closed)), Some((scale.at(b), other)));
                    }
                }
                _ => {}
            }
        }
        Test::Any
    }
}

/// Splits a whole into so many boxes that together cover it exactly once; per box and column a set of atoms.
pub(super) fn split(columns: &[Vec<Atom>], boxes: usize, rng: &mut Rng) -> Vec<Vec<u64>> {
    let mut list = vec![columns.iter().map(|atoms| (1u64 << atoms.len()) - 1).collect::<Vec<u64>>()];
    let mut tries = 0;
    while list.len() < boxes && tries < boxes * 4 {
        tries += 1;
        let (at, column) = (rng.below(list.len()), rng.below(columns.len()));
        let mask = list[at][column];
        let bits: Vec<usize> = (0..columns[column].len()).filter(|i| mask >> i & 1 == 1).collect();
        if bits.len() < 2 {
            continue;
        }
        let ordered = !matches!(columns[column][bits[0]], Atom::Option(_)) && rng.chance(80);
        let cut = 1 + rng.below(bits.len() - 1);
        let mut order = bits.clone();
        if !ordered {
            rng.shuffle(&mut order);
        }
        let part: u64 = order[..cut].iter().map(|i| 1u64 << i).sum();
        let mut other = list[at].clone();
        list[at][column] = part;
        other[column] = mask & !part;
        list.push(other);
    }
    list
}

/// The input's own domain.
pub(super) fn domain(model: &Model, input: Input, constants: usize, rng: &mut Rng) -> Domain {
    match input {
        Input::Question(q) => Domain::of_question(model, q, constants, rng),
        Input::Part(q, part) => Domain::of_part(model, q, part, constants, rng),
        Input::Output(d, o) => super::generate::output_domain(model, d, o, constants, rng),
    }
}
