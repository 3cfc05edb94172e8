//! What a session remembers from one evaluation to the next.

use std::cell::RefCell;

use super::Evaluation;
use crate::derived::Memo;
use crate::diagram::Kept;

/// What was searched, and the diagrams of the cases so far.
#[derive(Debug, Default)]
pub(crate) struct Before {
    pub(crate) memo: Memo,
    kept: RefCell<Option<Kept>>,
}

impl Evaluation<'_> {
    /// Takes over what evaluations before left that still holds.
    pub(crate) fn after(mut self, before: Option<&Before>) -> Self {
        if let Some(mut kept) = before.and_then(|before| before.kept.try_borrow_mut().ok()) {
            self.diagrams.resume(kept.take());
        }
        self
    }

    /// Leaves what the next evaluation can take over.
    pub(crate) fn leave(self, before: Option<&Before>) {
        if let Some(mut kept) = before.and_then(|before| before.kept.try_borrow_mut().ok()) {
            *kept = self.diagrams.keep();
        }
    }
}
