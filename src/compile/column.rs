//! Columns: which rows accept which class of values.

use std::collections::BTreeMap;

use super::{Compiler, starts, value_tick, words};
use crate::model::{Atom, Bound, Input, Type};
use crate::program::{Classes, Column, Subject};
use crate::value::Value;

/// A value as entries see it.
enum Point<'a> {
    Option(usize),
    Tick(i64),
    Value(&'a Value),
    NotApplicable,
    /// Nothing is known of it; only `-` accepts.
    Unknown,
}

impl Compiler<'_> {
    /// The columns of rows of entries.
    pub(super) fn columns(&mut self, inputs: &[Input], rows: &[&[Vec<Atom>]]) -> Vec<Column> {
        let list = inputs.iter().enumerate();
        list.map(|(i, input)| {
            let entries: Vec<&[Atom]> =
                rows.iter().map(|r| r.get(i).map(Vec::as_slice).unwrap_or_default()).collect();
            self.column(*input, &entries)
        })
        .collect()
    }

    fn column(&mut self, input: Input, entries: &[&[Atom]]) -> Column {
        let node = self.node_of(input);
        let mut silents = Vec::new();
        for atoms in entries {
            self.unset(input, atoms, &mut silents);
        }
        let ways =
            silents.iter().filter_map(|s| self.engine.silents.get(*s)).map(|s| s.codes.len()).product();
        let mut builder = Builder {
            entries,
            silents: &silents,
            ways,
            words: words(entries.len()),
            input,
            accept: Vec::new(),
            known: BTreeMap::new(),
            compiler: self,
        };
        let not_applicable = builder.class(&Point::NotApplicable);
        let unknown = builder.class(&Point::Unknown);
        let classes = builder.classes(input);
        let accept = builder.accept;
        Column { node, classes, not_applicable, unknown, silents, ways, accept }
    }

    /// Registers what entries leave unset.
    fn unset(&mut self, input: Input, atoms: &[Atom], silents: &mut Vec<usize>) {
        for atom in atoms {
            match atom {
                Atom::Unset(parameter) => {
                    let silent = self.silent(Subject::Test(*parameter), vec![0, 1]);
                    add(silents, silent);
                }
                Atom::Range(lo, hi) => {
                    for bound in [lo, hi] {
                        if let Bound::Unset { parameter, .. } = bound {
                            let silent = self.silent(Subject::End(*parameter, input), vec![0, 1, 2]);
                            add(silents, silent);
                        }
                    }
                }
                Atom::Not(inner) | Atom::Fails(inner) => self.unset(input, inner, silents),
                _ => {}
            }
        }
    }
}

fn add(list: &mut Vec<usize>, item: usize) {
    if !list.contains(&item) {
        list.push(item);
    }
}

struct Builder<'a, 'm> {
    compiler: &'a Compiler<'m>,
    entries: &'a [&'a [Atom]],
    silents: &'a [usize],
    ways: usize,
    words: usize,
    input: Input,
    accept: Vec<u64>,
    known: BTreeMap<Vec<u64>, u32>,
}

impl Builder<'_, '_> {
    fn classes(&mut self, input: Input) -> Classes {
        match input {
            Input::Question(q) => {
                let finite = !matches!(
                    self.compiler.model.questions.get(q).map(|q| &q.kind),
                    Some(Type::Ordered { .. })
                );
                let cells = self.compiler.engine.cells.get(q).map(|c| c.list.as_slice()).unwrap_or_default();
                let points = cells.iter().map(|cell| match usize::try_from(cell.witness) {
                    Ok(option) if finite => Point::Option(option),
                    _ => Point::Tick(cell.witness),
                });
                Classes::Direct(points.map(|p| self.class(&p)).collect())
            }
            Input::Part(q, part) => {
                let Some(cells) = self.compiler.engine.cells.get(q) else {
                    return Classes::Direct(Vec::new());
                };
                let values = (0..cells.list.len()).map(|cell| cells.part(cell, part));
                Classes::Direct(
                    values.map(|v| self.class(&Point::Tick(i64::try_from(v).unwrap_or(0)))).collect(),
                )
            }
            Input::Output(d, o) => {
                let engine = &self.compiler.engine;
                let others = engine.others.get(d).into_iter().flatten().map(|other| &other.value);
                let values = engine.outcomes.get(d).into_iter().flatten().chain(others);
                Classes::Direct(values.map(|v| self.class(&Point::Value(v.output(o)))).collect())
            }
            Input::Score(d) => {
                let mut cuts = Vec::new();
                self.entries.iter().for_each(|atoms| starts(atoms, &mut cuts));
                cuts.sort_unstable();
                cuts.dedup();
                let first = cuts.first().map_or(0, |c| c - 1);
                let classes =
                    std::iter::once(first).chain(cuts.clone()).map(|t| self.class(&Point::Tick(t))).collect();
                let loose = &self.compiler.engine.loose;
                let sums = (0..loose.turns()).filter_map(|turn| loose.sum(d, turn));
                let loose = sums.map(|sum| self.class(&Point::Tick(sum))).collect();
                Classes::Cuts(cuts, classes, loose)
            }
        }
    }

    /// The class of values that the rows accept alike.
    fn class(&mut self, point: &Point<'_>) -> u32 {
        let mut bits = vec![0u64; self.ways * self.words];
        for (way, chunk) in bits.chunks_mut(self.words).enumerate() {
            for (row, atoms) in self.entries.iter().enumerate() {
                if atoms.iter().any(|a| self.accepts(a, point, way))
                    && let Some(word) = chunk.get_mut(row / 64)
                {
                    *word |= 1 << (row % 64);
                }
            }
        }
        if let Some(class) = self.known.get(&bits) {
            return *class;
        }
        let class = crate::source::clamp(self.known.len());
        self.accept.extend_from_slice(&bits);
        self.known.insert(bits, class);
        class
    }

    fn accepts(&self, atom: &Atom, point: &Point<'_>, way: usize) -> bool {
        match (atom, point) {
            (Atom::Any, _) | (Atom::NotApplicable, Point::NotApplicable) => true,
            (Atom::Fails(inner), _) => !inner.iter().any(|a| self.accepts(a, point, way)),
            (_, Point::NotApplicable | Point::Unknown) => false,
            (Atom::Not(inner), _) => !inner.iter().any(|a| self.accepts(a, point, way)),
            (Atom::Unset(parameter), _) => self.digit(&Subject::Test(*parameter), way) == 1,
            (Atom::Option(option), Point::Option(p)) => option == p,
            (Atom::Value(value), Point::Value(p)) => value == *p,
            (Atom::Range(lo, hi), Point::Tick(tick)) => self.inside(*lo, *hi, *tick, way),
            (Atom::Range(lo, hi), Point::Value(value)) => {
                value_tick(value).is_some_and(|tick| self.inside(*lo, *hi, tick, way))
            }
            _ => false,
        }
    }

    fn inside(&self, lo: Bound, hi: Bound, tick: i64, way: usize) -> bool {
        let relation = |parameter| self.digit(&Subject::End(parameter, self.input), way);
        let above = match lo {
            Bound::None => true,
            Bound::At(lo) => lo <= tick,
            Bound::Unset { parameter, inclusive } => {
                relation(parameter) == 2 || (inclusive && relation(parameter) == 1)
            }
        };
        let below = match hi {
            Bound::None => true,
            Bound::At(hi) => tick <= hi,
            Bound::Unset { parameter, inclusive } => {
                relation(parameter) == 0 || (inclusive && relation(parameter) == 1)
            }
        };
        above && below
    }

    /// Which way an unset thing goes in a combination of ways.
    fn digit(&self, subject: &Subject, way: usize) -> usize {
        let mut rest = way;
        for silent in self.silents.iter().filter_map(|s| self.compiler.engine.silents.get(*s)) {
            if silent.subject == *subject {
                return rest % silent.codes.len();
            }
            rest /= silent.codes.len();
        }
        0
    }
}
