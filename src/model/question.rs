//! Questions: what kind of answer they take, and when they are asked.

use super::{Cited, ConditionInfo, Derived};
use crate::document::Period;
use crate::source::Span;
use crate::text::Text;

/// The kinds of ordered values; each is counted in whole ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// A number; a tick is `step / 10^scale`.
    Number { scale: u32, step: i64 },
    /// Days.
    Date,
    /// Minutes.
    Time,
}

/// The type of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// One of the options, counted from 0; booleans are `ja`, `nee`.
    Finite { boolean: bool },
    /// Between two ticks, both included.
    Ordered { measure: Measure, min: i64, max: i64 },
    /// Free text.
    Text,
    /// A list of records; rules read their fields, or count them.
    List,
}

/// A question.
#[derive(Debug, Clone)]
pub(crate) struct QuestionInfo {
    pub(crate) id: Text,
    pub(crate) ask: String,
    pub(crate) help: Option<String>,
    pub(crate) section: usize,
    pub(crate) kind: Type,
    pub(crate) integer: bool,
    pub(crate) options: Vec<OptionInfo>,
    pub(crate) heaviest: bool,
    pub(crate) unit: Option<String>,
    /// Whether the file gives a lowest and highest value.
    pub(crate) bounds: (bool, bool),
    pub(crate) when: Option<ConditionInfo>,
    pub(crate) required: bool,
    pub(crate) may_not_apply: bool,
    pub(crate) judgement: bool,
    /// The decision that suggests an answer, with the option for each of its outcomes.
    pub(crate) suggested_by: Option<usize>,
    /// Class of confidentiality.
    pub(crate) class: Option<String>,
    pub(crate) strength: Option<String>,
    /// How its value is computed, where nobody answers it; these come after all other questions.
    pub(crate) derived: Option<Derived>,
    /// Of a field, the list of which it is one.
    pub(crate) of: Option<usize>,
    pub(crate) sources: Vec<Cited>,
    pub(crate) span: Span,
    pub(crate) when_span: Option<Span>,
    /// When it is asked, for a question that is not asked on this date: it then counts as not applicable.
    pub(crate) not_asked: Option<Period>,
    /// The options that are none on this date.
    pub(crate) no_options: Vec<OtherOption>,
}

/// An option of other dates only.
#[derive(Debug, Clone)]
pub(crate) struct OtherOption {
    pub(crate) id: Text,
    pub(crate) points: Option<rust_decimal::Decimal>,
    pub(crate) period: Period,
}

/// An option of a question or output.
#[derive(Debug, Clone)]
pub(crate) struct OptionInfo {
    pub(crate) id: Text,
    pub(crate) label: Text,
    pub(crate) help: Option<String>,
    pub(crate) points: Option<rust_decimal::Decimal>,
}
