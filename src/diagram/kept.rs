//! What the diagrams of one case leave for the next. While a form is filled in one answer changes at a time, and most nodes
//! stay the functions that they were; and an answer that is taken back brings back what was worked out before.

use super::{Diagrams, Keys, Ref, Store};
use crate::limits::{MAX_KEPT, MAX_WORK};
use crate::program::{Code, Codes, Set};

/// Diagrams without the engine for which they were made, with all that they hang on.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    store: Store,
    known: Vec<Option<Ref>>,
    decided: Vec<(usize, Code)>,
    lists: Vec<Vec<Code>>,
    past: Past,
    work: usize,
}

/// Most answers to one question that are kept apart.
const MOST_SEEN: usize = 64;

/// What was worked out for all cases so far.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Per question the answers that were seen.
    seen: Vec<Vec<Seen>>,
    /// Per question the number of its answer among them.
    now: Vec<i64>,
    /// Per node its functions, found by the numbers of the answers on which they hang.
    functions: Vec<Option<(Keys<i64>, Vec<Ref>)>>,
    /// How many words all of it has.
    size: usize,
    /// Room for a key.
    key: Vec<i64>,
}

/// An answer, as far as diagrams hang on it.
#[derive(Debug)]
struct Seen {
    codes: Codes,
    stands_for: Vec<usize>,
    exact: Option<(i64, i64)>,
}

impl Past {
    /// Takes the answers of a case; gives the questions of which the answer is another one than in the case before.
    fn turn_to(&mut self, diagrams: &Diagrams<'_>) -> Set {
        let mut changed = Set::default();
        self.seen.resize_with(diagrams.answers.len(), Vec::new);
        self.now.resize(diagrams.answers.len(), -1);
        for (q, ((codes, seen), now)) in
            diagrams.answers.iter().zip(&mut self.seen).zip(&mut self.now).enumerate()
        {
            let stands_for = diagrams.stands_for.get(q).map(Vec::as_slice).unwrap_or_default();
            let exact = diagrams.exact.get(q).copied().flatten();
            let is =
                |seen: &Seen| *seen.codes == **codes && seen.stands_for == stands_for && seen.exact == exact;
            let place = seen.iter().position(is).unwrap_or_else(|| {
                self.size += codes.len() + stands_for.len();
                seen.push(Seen { codes: codes.clone(), stands_for: stands_for.to_vec(), exact });
                seen.len() - 1
            });
            let place = i64::try_from(place).unwrap_or(0);
            if std::mem::replace(now, place) != place {
                changed.insert(q);
            }
        }
        changed
    }

    /// The answers of now to these questions, as a key.
    fn answered(&mut self, questions: &Set) {
        self.key.clear();
        self.key.extend(questions.iter().filter_map(|q| self.now.get(q)));
    }

    /// Of a node that hangs on these questions the function under the answers of now.
    fn find(&mut self, node: usize, questions: &Set) -> Option<Ref> {
        self.answered(questions);
        let (keys, functions) = self.functions.get(node)?.as_ref()?;
        functions.get(keys.place(&self.key)?).copied()
    }

    fn remember(&mut self, node: usize, questions: &Set, function: Ref) {
        if self.functions.len() <= node {
            self.functions.resize_with(node + 1, || None);
        }
        self.answered(questions);
        let Some(slot) = self.functions.get_mut(node) else { return };
        let (keys, functions) = slot.get_or_insert_with(|| (Keys::new(self.key.len()), Vec::new()));
        if keys.insert(&self.key).1 {
            functions.push(function);
            self.size += self.key.len() + 1;
        }
    }
}

impl Diagrams<'_> {
    /// Begins to remember, with what cases before left. For the same rules only.
    pub(crate) fn resume(&mut self, kept: Option<Kept>) {
        let mut kept = kept.filter(|kept| self.fits(kept)).unwrap_or_default();
        let changed = kept.past.turn_to(self);
        for ((slot, known), node) in self.known.iter_mut().zip(kept.known).zip(&self.engine.nodes) {
            if slot.is_none() && !node.questions.meets(&changed) {
                *slot = known;
            }
        }
        self.store = kept.store;
        self.lists = kept.lists;
        self.work = kept.work;
        self.carried = kept.work;
        self.past = Some(kept.past);
    }

    /// Whether what was kept can hold in this case as well: a variable has one number of values.
    fn fits(&self, kept: &Kept) -> bool {
        let settled =
            |q: usize| self.engine.questions.get(q).is_some_and(|node| self.settled(*node).is_some());
        let same = |q: usize| {
            let (was, is) = (kept.store.arity(q), self.codes(q).len());
            was == 0 || is <= 1 || was == is || settled(q)
        };
        kept.decided == self.decided && (0..self.answers.len()).all(same)
    }

    /// What was found before for a node under the answers of now.
    pub(super) fn remembered(&mut self, node: usize) -> Option<Ref> {
        let questions = &self.engine.nodes.get(node)?.questions;
        self.past.as_mut()?.find(node, questions)
    }

    pub(super) fn remember(&mut self, node: usize, function: Ref) {
        if let (Some(past), Some(info)) = (&mut self.past, self.engine.nodes.get(node)) {
            past.remember(node, &info.questions, function);
        }
    }

    /// What the next case can take over; none where there is too much of it, or something stands in for what is not exact:
    /// how many values that has differs from case to case.
    pub(crate) fn keep(self) -> Option<Kept> {
        let exact = (self.choices()..self.silent(0)).all(|variable| self.store.arity(variable) == 0);
        let past = self.past?;
        let small =
            self.store.size() + past.size <= MAX_KEPT && past.seen.iter().all(|seen| seen.len() <= MOST_SEEN);
        (exact && small && self.work <= MAX_WORK).then_some(Kept {
            store: self.store,
            known: self.known,
            decided: self.decided,
            lists: self.lists,
            past,
            work: self.work,
        })
    }

    /// Whether the limit on the work was met in part because of cases before.
    pub(crate) fn is_spent(&self) -> bool {
        self.carried > 0 && self.work > MAX_WORK
    }
}
