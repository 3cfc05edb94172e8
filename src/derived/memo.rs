//! What was searched before, by all that it hangs on: of a case in which one answer changed most stays as it was.
//!
//! It gives what the search would give, to the byte. It only saves the way there.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Image;
use crate::limits::MAX_REMEMBERED;
use crate::program::{Code, Set};
use crate::text::Text;

/// What is remembered; cases that are copies of one another share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memo(Rc<RefCell<BTreeMap<Vec<i64>, Found>>>);

/// Something that was searched.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    Image(Image),
    /// The questions that make a difference, and whether that may be too many.
    Telling(Set, bool),
    /// Whether a condition holds everywhere or nowhere.
    Settled(Option<bool>),
    /// What a table or a formula with its condition comes to, where that could be searched to the end.
    Within(Option<Within>),
}

/// What something comes to, of codes that may be.
#[derive(Debug, Clone)]
pub(crate) struct Within {
    pub(crate) codes: Vec<Code>,
    /// What is missing, for each case in which something is.
    pub(crate) missing: Vec<Vec<Text>>,
    /// The questions that make a difference to it.
    pub(crate) open: Set,
}

impl Memo {
    pub(crate) fn get(&self, key: &[i64]) -> Option<Found> {
        self.0.try_borrow().ok()?.get(key).cloned()
    }

    pub(crate) fn keep(&self, key: Vec<i64>, found: &Found) {
        let Ok(mut known) = self.0.try_borrow_mut() else { return };
        if known.len() >= MAX_REMEMBERED {
            known.clear(); // what is still of use comes back at once
        }
        known.insert(key, found.clone());
    }
}
