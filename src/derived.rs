//! What is attainable of the questions that are derived from others.
//!
//! A cell is all there is for rules, but not for a sum: a derived question reads exact answers. Its [`Image`] holds its
//! values for people, and the cells in which they fall for everything that reads it.

mod memo;

pub(crate) use crate::extent::{Extent, Pieces};
use crate::model::{QuestionInfo, Type};
use crate::program::{Code, Set};
use crate::text::Text;
use crate::ticks::tick_value;
use crate::value::Value;
pub(crate) use memo::{Found, Memo, Within};

/// What is attainable of a derived question, where its own condition holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) values: Values,
    /// Whether some completion makes it not applicable, because of what it reads.
    pub(crate) not_applicable: bool,
    /// What is missing, for each completion in which something is.
    pub(crate) missing: Vec<Vec<Text>>,
    /// The codes that all of this amounts to, for what reads it.
    pub(crate) codes: Vec<Code>,
    /// The open questions that people answer and that it hangs on, also through other derived questions.
    pub(crate) open: Set,
    /// Whether any of this may hold more than can occur.
    pub(crate) hull: bool,
    /// Whether its own condition hangs on the same answers in a way of its own: then what the value is and whether there is
    /// one do not vary apart.
    pub(crate) tied: bool,
    /// Whether a count of which only the lowest and the highest number are kept cannot come to each number between.
    pub(crate) gaps: bool,
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

impl Values {
    /// The value, where only one is attainable.
    pub(crate) fn single(&self) -> Option<i64> {
        match self {
            Values::Listed(ticks) if ticks.len() == 1 => ticks.first().copied(),
            _ => None,
        }
    }
}

/// The lowest and highest value of a question.
pub(crate) fn ends(question: &QuestionInfo) -> Option<(Value, Value)> {
    match question.kind {
        Type::Ordered { measure, min, max } => Some((tick_value(measure, min), tick_value(measure, max))),
        _ => None,
    }
}

impl Image {
    /// Whether there is no value.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(&self.values, Values::Listed(ticks) if ticks.is_empty())
    }

    /// The values as codes of a decision that shows them: of many a sample with both ends, longer than any list.
    pub(crate) fn sample(&self, most: usize) -> Vec<Code> {
        match &self.values {
            Values::Listed(ticks) => ticks.clone(),
            Values::Between(low, high) => (*low..*high).take(most).chain(std::iter::once(*high)).collect(),
        }
    }
}
