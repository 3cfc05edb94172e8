//! Derived questions in an evaluation. To the rest of it they are questions like any other; here they are seen through:
//! who asks must be told of the questions behind them, and what hangs on one of those in two ways is not exact.

use super::{Code, Decided, Evaluation, FALSE, Left, NOT_APPLICABLE, Reached, TRUE};
use crate::assessment::Possible;
use crate::derived::{Image, Values};
use crate::limits::MAX_LISTED;
use crate::model::{Rule, Type};
use crate::program::{Kind, Set};
use crate::spread::entry;
use crate::ticks::tick_value;
use crate::value::Value;

impl Evaluation<'_> {
    /// Takes over what is attainable of the derived questions.
    pub(crate) fn seeing(mut self, images: &[Image]) -> Self {
        self.images = images.to_vec();
        self
    }

    /// The derived question that a decision shows.
    pub(super) fn shown(&self, d: usize) -> Option<usize> {
        match self.engine.model.decisions.get(d).map(|d| &d.rule) {
            Some(Rule::Derived(q)) => Some(*q),
            _ => None,
        }
    }

    fn image(&self, q: usize) -> Option<&Image> {
        self.images.get(q.checked_sub(self.engine.model.asked())?)
    }

    /// The possible values of a decision that shows a derived question, as ticks, beside silence and "not applicable".
    pub(super) fn reach_derived(&mut self, d: usize, q: usize) -> Reached {
        let image = self.image(q).cloned().unwrap_or_default();
        let mut reached = Reached { codes: Vec::new(), approximate: image.hull };
        let gate = self.engine.decision(d).and_then(|node| node.gate);
        let mut holds = gate.is_none();
        if let Some(gate) = gate {
            if self.spread.consider(gate) {
                let family = self.spread.family(gate);
                reached.approximate |= family.approximate;
                let ways = if family.width == 1 { 1 } else { self.spread.ways };
                for chunk in family.contexts().flat_map(|context| context.chunks_exact(ways)) {
                    if chunk.iter().all(|code| *code == TRUE) {
                        holds = true;
                    } else if chunk.iter().all(|code| *code == FALSE) {
                        reached.codes.push(NOT_APPLICABLE);
                    } else {
                        let matters = self.spread.silents_that_matter(chunk);
                        reached.codes.push(self.missing_code(d, matters.into_iter()));
                    }
                }
            } else {
                let silents = self.engine.nodes.get(gate).map(|n| n.silents.clone()).unwrap_or_default();
                let missing = self.missing_code(d, silents.into_iter());
                reached = Reached { codes: vec![NOT_APPLICABLE, missing], approximate: true };
                holds = true;
            }
        }
        if holds {
            reached.codes.extend(image.sample(MAX_LISTED));
            reached.codes.extend(image.not_applicable.then_some(NOT_APPLICABLE));
            for names in image.missing {
                reached.codes.push(self.missing_named(names));
            }
        }
        reached.codes.sort_unstable();
        reached.codes.dedup();
        if reached.codes.len() < 2 {
            reached.approximate = false; // of a superset with one member there is nothing else
        }
        reached
    }

    /// The value of a tick of a derived question.
    pub(super) fn derived_value(&self, q: usize, tick: Code) -> Value {
        match self.engine.model.questions.get(q).map(|q| &q.kind) {
            Some(Type::Ordered { measure, .. }) => tick_value(*measure, tick),
            _ => Value::Null,
        }
    }

    /// What a decision comes to that shows a derived question with too many values to list.
    pub(super) fn range(&self, d: usize, reached: &Reached) -> Option<Possible> {
        let q = self.shown(d)?;
        let Some(Values::Between(low, high)) = self.image(q).map(|image| &image.values) else { return None };
        if !(reached.codes.contains(low) && reached.codes.contains(high)) {
            return None;
        }
        let (min, max) = (self.derived_value(q, *low), self.derived_value(q, *high));
        let special = |code: &&Code| **code == NOT_APPLICABLE || self.missing(**code).is_some();
        let mut also: Vec<Code> = reached.codes.iter().filter(special).copied().collect();
        also.sort_by_key(|code| (*code != NOT_APPLICABLE, *code));
        let also: Vec<Value> = also
            .into_iter()
            .map(|code| match self.missing(code) {
                Some(missing) => Value::Unregulated(missing.to_vec()),
                None => Value::NotApplicable,
            })
            .collect();
        Some(if also.is_empty() { Possible::Range(min, max) } else { Possible::RangeAnd(min, max, also) })
    }

    /// Finds the open questions that could change the decisions which show a derived question.
    pub(super) fn rank_shown(&mut self, all: &mut [Decided], left: &mut Left) {
        for decided in all.iter_mut() {
            if let Some(q) = self.shown(decided.d) {
                self.needs_of_shown(decided, q, left);
            }
        }
    }

    /// Replaces the derived questions that could change decisions by the open questions behind them, in `needs` and in
    /// what the answers leave.
    pub(super) fn see_behind(&mut self, all: &mut [Decided], left: &mut Left) {
        let asked = self.engine.model.asked();
        for decided in all.iter_mut().filter(|decided| decided.needs.iter().any(|q| *q >= asked)) {
            let node = self.engine.decisions.get(decided.d).copied().unwrap_or(usize::MAX);
            decided.reached.approximate |= self.inexact(node, &decided.needs);
            self.silenced(decided);
            decided.needs = self.asked_by(decided.d, &decided.needs);
        }
        for q in asked..self.engine.model.questions.len() {
            let Some(Some((sum, cells))) = left.get(q).copied() else { continue };
            for x in self.image(q).map(|image| image.open.clone()).unwrap_or_default().iter() {
                match left.get_mut(x) {
                    Some(Some((other, count))) if *other * cells <= sum * *count => {}
                    Some(slot) => *slot = Some((sum, cells)),
                    None => {}
                }
            }
        }
    }

    /// Where a derived question has no value in some completion, what could change with it has none either.
    fn silenced(&mut self, decided: &mut Decided) {
        if self.hanging(decided) {
            return;
        }
        for q in decided.needs.clone() {
            let Some(image) = self.image(q).filter(|image| !image.missing.is_empty()).cloned() else {
                continue;
            };
            let always = image.sample(1).is_empty() && !image.not_applicable;
            if always && decided.needs == [q] {
                decided.reached.codes.clear(); // nothing else makes a difference
            } else {
                decided.reached.approximate = true;
            }
            for names in image.missing {
                let code = self.missing_named(names);
                decided.reached.codes.push(code);
            }
        }
        decided.reached.codes.sort_unstable();
        decided.reached.codes.dedup();
    }

    /// Where one derived question hangs between some values in some completions: what each of those comes to. Whether that
    /// could be told exactly.
    fn hanging(&mut self, decided: &mut Decided) -> bool {
        let missing = |q: &&usize| self.image(**q).is_some_and(|image| !image.missing.is_empty());
        let hang: Vec<usize> = decided.needs.iter().filter(missing).copied().collect();
        let [q] = hang.as_slice() else { return hang.is_empty() };
        let Some(image) = self.image(*q).filter(|image| !image.hanging.is_empty()).cloned() else {
            return false;
        };
        let mut codes = Vec::new();
        if !image.standing.is_empty() {
            codes = self.vary(decided.d, *q, image.standing.clone().into()).concat();
        }
        for set in &image.hanging {
            let vectors = self.vary(decided.d, *q, set.clone().into());
            if vectors.is_empty() {
                return false; // too much is unset to follow
            }
            for vector in vectors {
                let same = vector.first().filter(|first| vector.iter().all(|code| code == *first));
                match same {
                    Some(code) => codes.push(*code),
                    None => codes.extend(image.missing.iter().map(|names| self.missing_named(names.clone()))),
                }
            }
        }
        codes.sort_unstable();
        codes.dedup();
        decided.reached.codes = codes;
        let others: Vec<usize> = decided.needs.iter().copied().filter(|other| other != q).collect();
        for x in &others {
            match self.matters_beside(decided.d, *q, *x, &image) {
                Some(true) => {}
                Some(false) => decided.needs.retain(|need| need != x),
                None => decided.reached.approximate = true, // it may be one question too many
            }
        }
        true
    }

    /// Whether an open question could change a decision beside a derived question that hangs between some values in some
    /// completions; none where that would take too much.
    fn matters_beside(&mut self, d: usize, q: usize, x: usize, image: &Image) -> Option<bool> {
        let node = self.engine.decisions.get(d).copied()?;
        let vary = |this: &mut Self, codes: &[Code]| -> Vec<Vec<Code>> {
            let family = this.spread.while_codes(q, codes.to_vec().into(), |spread| spread.vary(node, x));
            this.merge(d, &family)
        };
        let varies = |vector: &Vec<Code>| vector.iter().any(|code| Some(code) != vector.first());
        if !image.standing.is_empty() && vary(self, &image.standing).iter().any(varies) {
            return Some(true);
        }
        for set in &image.hanging {
            let columns: Vec<Vec<Vec<Code>>> =
                set.iter().map(|code| vary(self, std::slice::from_ref(code))).collect();
            if columns.iter().all(|vectors| !vectors.iter().any(varies)) {
                continue; // it changes nothing, whatever the value is
            }
            // in several contexts it is not known which of these belong together
            let one = |vectors: &Vec<Vec<Code>>| match vectors.as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            };
            let vectors: Vec<Vec<Code>> = columns.iter().map(one).collect::<Option<_>>()?;
            let comes = |i: usize| -> Option<Code> {
                let mut found = vectors.iter().filter_map(|vector| entry(vector, i));
                let first = found.next()?;
                found.all(|code| code == first).then_some(first)
            };
            let width = vectors.iter().map(|vector| vector.len()).max().unwrap_or(0);
            if (1..width).any(|i| comes(i) != comes(0)) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The open questions that could change a decision which shows a derived question.
    fn needs_of_shown(&mut self, decided: &mut Decided, q: usize, left: &mut Left) {
        if decided.reached.codes.len() < 2 || decided.reached.codes.iter().all(|c| self.missing(*c).is_some())
        {
            return;
        }
        let mut needs = Set::default();
        let holds = decided.reached.codes.iter().any(|c| *c != NOT_APPLICABLE);
        if let Some(image) = self.image(q).filter(|_| holds) {
            needs.add(image.shown.as_ref().unwrap_or(&image.open));
        }
        if let Some(gate) = self.engine.decision(decided.d).and_then(|node| node.gate) {
            let (changes, exact) = self.changes(gate);
            decided.reached.approximate |= !exact || self.inexact(gate, &changes);
            self.asked_for(&changes).into_iter().for_each(|x| needs.insert(x));
        }
        decided.needs = needs.iter().collect();
        if decided.asked {
            // it is not known how many values each answer leaves: all count alike
            for x in &decided.needs {
                if let Some(slot) = left.get_mut(*x) {
                    let (sum, cells) = slot.get_or_insert((0, 1));
                    *sum += decided.reached.codes.len() * *cells;
                }
            }
        }
    }

    /// The open questions, derived ones included, that could change a condition, and whether that is exact.
    fn changes(&mut self, gate: usize) -> (Vec<usize>, bool) {
        let mut changes = Vec::new();
        let mut exact = self.spread.consider(gate);
        for q in 0..self.engine.model.questions.len() {
            let reads = self.engine.nodes.get(gate).is_some_and(|node| node.questions.contains(q));
            if !reads || self.spread.codes(q).len() < 2 {
                continue;
            }
            let family = self.spread.vary(gate, q);
            let ways = if family.width == 1 { 1 } else { self.spread.ways };
            let varies = |context: &[Code]| {
                let mut chunks = context.chunks_exact(ways);
                let first = chunks.next();
                chunks.any(|chunk| Some(chunk) != first)
            };
            exact &= !family.approximate;
            if family.approximate || family.contexts().any(varies) {
                changes.push(q);
            }
        }
        (changes, exact)
    }

    /// The questions that people answer and that could change a decision, for questions of which some may be derived: of
    /// those behind a derived question the ones that move its value to where the decision differs.
    fn asked_by(&mut self, d: usize, needs: &[usize]) -> Vec<usize> {
        let mut asked = Set::default();
        for q in needs {
            let Some(image) = self.image(*q).cloned() else {
                asked.insert(*q);
                continue;
            };
            if image.moves.is_empty() {
                asked.add(&image.open);
                continue;
            }
            let vectors = self.vary(d, *q, image.codes.clone().into());
            let comes = |vector: &[Code], set: &[Code]| -> Option<Code> {
                let place = |code: &Code| image.codes.iter().position(|known| known == code);
                let mut found = set.iter().filter_map(|code| vector.get(place(code)?).copied());
                let first = found.next()?;
                found.all(|code| code == first).then_some(first)
            };
            for (x, groups) in &image.moves {
                let differ = |group: &Vec<Vec<Code>>| {
                    vectors.iter().any(|vector| {
                        let mut found = group.iter().map(|set| comes(vector, set));
                        let first = found.next();
                        found.any(|other| Some(other) != first)
                    })
                };
                if vectors.is_empty() || groups.iter().any(differ) {
                    asked.insert(*x);
                }
            }
            // what decides whether it applies at all
            let moved = |x: &usize| image.moves.iter().any(|(moved, _)| moved == x);
            image.open.iter().filter(|x| !moved(x)).for_each(|x| asked.insert(x));
        }
        asked.iter().collect()
    }

    /// The questions that people answer, for questions of which some may be derived.
    fn asked_for(&self, needs: &[usize]) -> Vec<usize> {
        let mut asked = Set::default();
        for q in needs {
            match self.image(*q) {
                Some(image) => asked.add(&image.open),
                None => asked.insert(*q),
            }
        }
        asked.iter().collect()
    }

    /// Whether what is known of a node may be a superset, given the questions that could change it: a derived question
    /// holds more than can occur, or something behind it is also read in another way.
    fn inexact(&self, node: usize, needs: &[usize]) -> bool {
        let mut atoms = Atoms::default();
        self.atoms(node, &mut atoms);
        let needed = |q: &&usize| needs.contains(q);
        for q in atoms.derived.iter().filter(needed) {
            let Some(image) = self.image(*q) else { continue };
            let others = atoms.derived.iter().filter(|other| *other != q);
            let elsewhere = |x: usize| {
                let read = atoms.plain.contains(x) && needs.contains(&x);
                read || others.clone().any(|other| {
                    let value =
                        needs.contains(other) && self.image(*other).is_some_and(|i| i.open.contains(x));
                    value || self.gate_of(*other).is_some_and(|gate| self.hangs_on(gate, x, needs))
                })
            };
            if image.hull || image.open.iter().any(elsewhere) {
                return true;
            }
        }
        // within the condition of a derived question something may be read twice, too
        atoms.derived.iter().filter_map(|q| self.gate_of(*q)).any(|gate| self.inexact(gate, needs))
    }

    fn gate_of(&self, q: usize) -> Option<usize> {
        let node = self.engine.questions.get(q)?;
        self.engine.nodes.get(*node)?.gate
    }

    /// Whether a node hangs on a question by way of one that could change the outcome.
    fn hangs_on(&self, node: usize, x: usize, needs: &[usize]) -> bool {
        let reads = |q: &usize| self.engine.nodes.get(node).is_some_and(|n| n.questions.contains(*q));
        needs.iter().filter(|q| reads(q)).any(|q| match self.image(*q) {
            Some(image) => image.open.contains(x),
            None => *q == x,
        })
    }

    /// What a node reads, up to derived questions.
    fn atoms(&self, node: usize, atoms: &mut Atoms) {
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            if atoms.seen.contains(node) {
                continue;
            }
            atoms.seen.insert(node);
            let Some(info) = self.engine.nodes.get(node) else { continue };
            let derived =
                self.engine.questions.iter().skip(self.engine.model.asked()).position(|n| *n == node);
            match (&info.kind, derived) {
                (_, Some(i)) => atoms.derived.push(self.engine.model.asked() + i),
                (Kind::Question(q), None) => {
                    atoms.plain.insert(*q);
                    stack.extend(info.gate);
                }
                _ => stack.extend(info.inputs.iter().copied().chain(info.gate)),
            }
        }
    }
}

/// What a node reads: questions that people answer and, unopened, derived ones.
#[derive(Default)]
struct Atoms {
    seen: Set,
    plain: Set,
    derived: Vec<usize>,
}
