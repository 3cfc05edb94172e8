//! Decisions that show a derived question: their value is a number, not a cell.

use super::{Code, Codes, Decided, Evaluation, FALSE, Left, NOT_APPLICABLE, Reached, Ref, TRUE};
use crate::assessment::Possible;
use crate::derived::{Image, Values, Within};
use crate::limits::MAX_LISTED;
use crate::model::{Rule, Type};
use crate::program::Set;
use crate::ticks::tick_value;
use crate::value::Value;

impl Evaluation<'_> {
    /// The derived question that a decision shows.
    pub(super) fn shown(&self, d: usize) -> Option<usize> {
        match self.engine.model.decisions.get(d).map(|d| &d.rule) {
            Some(Rule::Derived(q)) => Some(*q),
            _ => None,
        }
    }

    /// The possible values of a decision that shows a derived question, as ticks, beside silence and "not applicable".
    pub(super) fn reach_derived(&mut self, d: usize, q: usize) -> Reached {
        let unseen = Image::default();
        let image = self.image(q).unwrap_or(&unseen);
        let plain = image.missing.is_empty();
        if image.not_applicable && plain && image.is_empty() {
            return Reached { codes: Codes::One([NOT_APPLICABLE]), approximate: false }; // whether its condition holds or not
        }
        let gate = self.engine.decision(d).and_then(|node| node.gate);
        let (holds, mut codes, mut approximate) = match gate {
            Some(gate) => self.may_hold(d, gate),
            None => (true, Vec::new(), false),
        };
        if let (Some(tick), true) =
            (image.values.single(), holds && plain && !image.not_applicable && codes.is_empty())
        {
            return Reached { codes: Codes::One([tick]), approximate: false };
        }
        if holds {
            approximate |= image.hull;
            codes.extend(image.sample(MAX_LISTED));
            codes.extend(image.not_applicable.then_some(NOT_APPLICABLE));
            for names in &image.missing {
                codes.push(self.missing_named(names.clone()));
            }
        }
        codes.sort_unstable();
        codes.dedup();
        approximate &= codes.len() > 1; // of a superset with one member there is nothing else
        Reached { codes: codes.into(), approximate }
    }

    /// Whether the condition of a decision may hold, what follows where it fails, or is not known, and whether that may be
    /// more than can occur.
    fn may_hold(&mut self, d: usize, gate: usize) -> (bool, Vec<Code>, bool) {
        let f = self.diagrams.of(gate);
        let mut codes = Vec::new();
        if f == Ref::leaf(TRUE) {
            return (true, codes, false);
        }
        let approximate = self.diagrams.is_approximate(f);
        let (engine, missing, case) = (self.engine, &mut self.missing, self.case);
        let merged = self
            .diagrams
            .merged(gate, f, &mut |silents| super::missing_code(engine, missing, case, d, silents));
        let mut holds = false;
        for code in self.diagrams.store.codes(merged) {
            match code {
                TRUE => holds = true,
                FALSE => codes.push(NOT_APPLICABLE),
                missing => codes.push(missing),
            }
        }
        (holds, codes, approximate)
    }

    /// The value of a tick of a derived question.
    pub(super) fn derived_value(&self, q: usize, tick: Code) -> Value {
        match self.engine.model.questions.get(q).map(|q| &q.kind) {
            Some(Type::Ordered { measure, .. }) => tick_value(*measure, tick),
            _ => Value::Null,
        }
    }

    /// What is possible for a decision that shows a derived question with too many values to list.
    pub(super) fn range(&self, d: usize, reached: &Reached) -> Option<Possible> {
        let q = self.shown(d)?;
        let Values::Between(low, high) = self.image(q)?.values else { return None };
        if !(reached.codes.contains(&low) && reached.codes.contains(&high)) {
            return None;
        }
        let (min, max) = (self.derived_value(q, low), self.derived_value(q, high));
        let special = |code: &&Code| **code == NOT_APPLICABLE || self.missing(**code).is_some();
        let mut also: Vec<Code> = reached.codes.iter().filter(special).copied().collect();
        also.sort_by_key(|code| (*code != NOT_APPLICABLE, *code));
        let value = |code: Code| match self.missing(code) {
            Some(missing) => Value::Unregulated(missing.to_vec()),
            None => Value::NotApplicable,
        };
        let also: Vec<Value> = also.into_iter().map(value).collect();
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

    fn needs_of_shown(&mut self, decided: &mut Decided, q: usize, left: &mut Left) {
        let silent = decided.reached.codes.iter().all(|c| self.missing(*c).is_some());
        if decided.reached.codes.len() < 2 || silent {
            return;
        }
        let mut needs = Set::default();
        let is_count = self.engine.is_count(q);
        let tied = !is_count && self.image(q).is_some_and(|image| image.tied);
        if decided.reached.codes.iter().any(|c| *c != NOT_APPLICABLE)
            && let Some(image) = self.image(q)
        {
            needs.add(&image.open);
        }
        let mut rough = false;
        if let Some(gate) = self.engine.decision(decided.d).and_then(|node| node.gate) {
            let (changes, exact) = self.changes(gate);
            let (asked, more) = self.asked_for(gate, None, &changes);
            rough = !exact || more;
            // a count under a condition on the same records is not followed together with that
            let records = self.image(q).filter(|_| is_count);
            decided.reached.approximate |= records.is_some_and(|image| image.open.meets(&asked));
            needs.add(&asked);
        }
        if rough && let Some((codes, exact)) = self.whole(q, &decided.reached.codes) {
            decided.reached.codes = codes.into();
            decided.reached.approximate = self.image(q).is_some_and(|image| image.hull);
            needs = exact;
        } else if tied
            && !rough
            && let Some((exact, more)) = self.telling_whole(q)
        {
            decided.reached.approximate |= more;
            needs = exact;
        } else {
            decided.reached.approximate |= rough || tied;
        }
        self.needs(decided, &needs, left);
    }

    /// The questions that such a decision needs where its condition and its value hang on the same.
    fn telling_whole(&self, q: usize) -> Option<(Set, bool)> {
        self.engine.telling_whole(self.case?, q, super::silent)
    }

    /// What is attainable of such a decision, and the questions that it needs, searched in exact answers: for one of which
    /// parts of the condition hang on the same. None where that is too much.
    fn whole(&mut self, q: usize, all: &[Code]) -> Option<(Vec<Code>, Set)> {
        let special = |code: Code| code == NOT_APPLICABLE || self.missing(code).is_some();
        let all: Vec<Code> = all.iter().copied().filter(|code| !special(*code)).collect();
        let Within { mut codes, missing, open } =
            self.engine.with_condition(self.case?, (q, &all), super::silent)?;
        codes.extend(missing.into_iter().map(|names| self.missing_named(names)));
        codes.sort_unstable();
        Some((codes, open))
    }

    fn needs(&self, decided: &mut Decided, needs: &Set, left: &mut Left) {
        decided.needs = needs.iter().collect();
        if decided.asked {
            // how many values each answer leaves is not known: all count alike
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
        let f = self.diagrams.of(gate);
        let exact = !self.diagrams.is_approximate(f);
        let parts = self.diagrams.store.parts(&[f]);
        let asks = |q: usize| parts.iter().any(|part| part.variable() == Some(q));
        let reads = |q: usize| self.engine.nodes.get(gate).is_some_and(|node| node.questions.contains(q));
        let could = |q: &usize| match exact {
            true => asks(*q),
            false => reads(*q) && self.diagrams.codes(*q).len() > 1,
        };
        ((0..self.engine.model.questions.len()).filter(could).collect(), exact)
    }
}
