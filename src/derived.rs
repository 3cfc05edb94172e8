//! What is known of questions to the tick, and what is attainable of those that are derived from them.
//!
//! A cell is all there is for rules, but not for a sum: a derived question reads exact answers. Its [`Image`] holds its
//! values for people, and the cells in which they fall for everything that reads it.

use crate::program::{Code, Set};

/// What an answer leaves of a question, to the tick.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Ranges of ticks or options, ascending and apart, both ends included.
    pub(crate) ranges: Vec<(i64, i64)>,
    /// Whether the answer "not applicable" is among it.
    pub(crate) not_applicable: bool,
}

/// What is attainable of a derived question, where its own condition holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) values: Values,
    /// Whether some completion makes it not applicable, because of what it reads.
    pub(crate) not_applicable: bool,
    /// What is missing, for each completion in which something is.
    pub(crate) missing: Vec<Vec<String>>,
    /// The codes that all of this amounts to, for what reads it.
    pub(crate) codes: Vec<Code>,
    /// Where something is missing: the codes of the completions in which nothing is, and for each of the others the codes
    /// between which its value hangs. Without any of those it hangs between all.
    pub(crate) standing: Vec<Code>,
    pub(crate) hanging: Vec<Vec<Code>>,
    /// The open questions that people answer and that it hangs on, also through other derived questions.
    pub(crate) open: Set,
    /// Those that change the value for people, where these are others than those that change its code.
    pub(crate) shown: Option<Set>,
    /// For each of the open ones the groups among which it can move what the value comes to, all others fixed; where there
    /// is none it can move it from any code to any other.
    pub(crate) moves: Vec<(usize, Vec<Vec<Comes>>)>,
    /// Whether any of this may hold more than can occur.
    pub(crate) hull: bool,
}

/// How a record stands with a count of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Counted,
    /// It may count: something of it or of the case is open.
    Possible,
    /// It does not count.
    NotCounted,
    /// It hangs on something that no layer sets.
    Unset,
}

/// What a value comes to: its code, or the codes between which it hangs.
pub(crate) type Comes = Vec<Code>;

/// Attainable values, in ticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Values {
    /// All of them, ascending.
    Listed(Vec<i64>),
    /// Too many to list: the lowest and the highest.
    Between(i64, i64),
}

impl Default for Values {
    fn default() -> Self {
        Values::Listed(Vec::new())
    }
}

impl Extent {
    /// A single value.
    pub(crate) fn only(tick: i64) -> Extent {
        Extent { ranges: vec![(tick, tick)], not_applicable: false }
    }

    /// Sorts the ranges and joins those that touch.
    pub(crate) fn tidy(&mut self) {
        self.ranges.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::with_capacity(self.ranges.len());
        for (low, high) in self.ranges.drain(..) {
            match joined.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        self.ranges = joined;
    }

    /// The only value, where there is one.
    pub(crate) fn single(&self) -> Option<i64> {
        match self.ranges.as_slice() {
            [(low, high)] if low == high && !self.not_applicable => Some(*low),
            _ => None,
        }
    }
}

impl Image {
    /// The values as codes of a decision that shows them: of many a sample with both ends, longer than any list.
    pub(crate) fn sample(&self, most: usize) -> Vec<Code> {
        match &self.values {
            Values::Listed(ticks) => ticks.clone(),
            Values::Between(low, high) => (*low..*high).take(most).chain(std::iter::once(*high)).collect(),
        }
    }
}
