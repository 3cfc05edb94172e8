//! What the diagrams of one case leave for the next. While a form is filled in one answer changes at a time, and most nodes
//! stay the functions that they were.

use super::{Diagrams, Ref, Store};
use crate::limits::{MAX_KEPT, MAX_WORK};
use crate::program::{Code, Codes, Set};

/// Diagrams without the engine for which they were made, with all that they hang on.
#[derive(Debug)]
pub(crate) struct Kept {
    store: Store,
    answers: Vec<Codes>,
    stands_for: Vec<Vec<usize>>,
    known: Vec<Option<Ref>>,
    decided: Vec<(usize, Code)>,
    exact: Vec<Option<(i64, i64)>>,
    lists: Vec<Vec<Code>>,
    work: usize,
}

impl Diagrams<'_> {
    /// Takes over the functions that hang on nothing which changed since. For the same rules only.
    pub(crate) fn resume(&mut self, kept: Kept) {
        if kept.decided != self.decided || kept.answers.len() != self.answers.len() {
            return;
        }
        let same = |q: &usize| {
            codes(&kept.answers, *q) == codes(&self.answers, *q)
                && counts(&kept.stands_for, *q) == counts(&self.stands_for, *q)
                && kept.exact.get(*q).copied().flatten() == self.exact.get(*q).copied().flatten()
        };
        let mut changed = Set::default();
        for q in (0..self.answers.len()).filter(|q| !same(q)) {
            let (was, is) = (kept.store.arity(q), self.codes(q).len());
            if was > 0 && is > 1 && was != is {
                return; // a variable has one number of values
            }
            changed.insert(q);
        }
        for ((slot, known), node) in self.known.iter_mut().zip(kept.known).zip(&self.engine.nodes) {
            if slot.is_none() && !node.questions.meets(&changed) {
                *slot = known;
            }
        }
        self.store = kept.store;
        self.lists = kept.lists;
        self.work = kept.work;
        self.carried = kept.work;
    }

    /// What the next case can take over; none where there is too much of it, or something stands in for what is not exact:
    /// how many values that has differs from case to case.
    pub(crate) fn keep(self) -> Option<Kept> {
        let exact = (self.choices()..self.silent(0)).all(|variable| self.store.arity(variable) == 0);
        (exact && self.store.size() <= MAX_KEPT && self.work <= MAX_WORK).then_some(Kept {
            store: self.store,
            answers: self.answers,
            stands_for: self.stands_for,
            known: self.known,
            decided: self.decided,
            exact: self.exact,
            lists: self.lists,
            work: self.work,
        })
    }

    /// Whether the limit on the work was met in part because of cases before.
    pub(crate) fn is_spent(&self) -> bool {
        self.carried > 0 && self.work > MAX_WORK
    }
}

fn codes(answers: &[Codes], q: usize) -> &[Code] {
    answers.get(q).map(|codes| &**codes).unwrap_or_default()
}

fn counts(stands_for: &[Vec<usize>], q: usize) -> &[usize] {
    stands_for.get(q).map(Vec::as_slice).unwrap_or_default()
}
