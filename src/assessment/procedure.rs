//! What there is to do and to remark in a case.

use serde::Serialize;

use super::Listed;
use crate::document::Severity;
use crate::text::Text;
use crate::value::Date;

/// A remark on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Finding {
    /// The id of the finding in the rules, or of the question or step that it is about.
    pub id: Text,
    /// How heavy it weighs.
    #[cfg_attr(feature = "schema", schemars(with = "SeverityWord"))]
    pub severity: Severity,
    /// Whether it still depends on open answers.
    pub possible: bool,
    /// The remark, as an official reads it.
    pub text: Text,
}

#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "Severity", rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
enum SeverityWord {
    Note,
    Attention,
    Obstacle,
}

/// Where a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct StepState {
    /// Its id.
    pub id: Text,
    /// Blocked, open, done, skipped, not applicable, or not yet known whether it applies.
    pub status: StepStatus,
    /// The steps that must come first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub blocked_by: Vec<Text>,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub done: Option<Date>,
    /// Why it was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub skipped: Option<String>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub by: Option<String>,
    /// Before or from which day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "TermState"))]
    pub term: Option<TermState>,
}

/// Where the term of a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct TermState {
    /// Running, met, late, overdue, lapsed, waiting, too early, not known, or withheld.
    pub status: TermStatus,
    /// Whether the step is done on this day or later, instead of on this day or before.
    pub at_least: bool,
    /// The day, where it is known.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub day: Option<Date>,
    /// The time of that day, for a term in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub time: Option<String>,
    /// Counted back: the first day on which the step may be done, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub earliest: Option<Date>,
    /// Where the day is not known: no day before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub not_before: Option<Date>,
    /// Where the day is not known: no day after this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub not_after: Option<Date>,
    /// The calendar days left after today; negative when it has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "i64"))]
    pub days_left: Option<i64>,
    /// What must be known for it: questions, steps, parameters that no layer sets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub missing: Vec<String>,
    /// Why the day cannot be computed: beyond the calendar, or holidays that are not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub problem: Option<String>,
    /// How the day was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Value>", default))]
    pub steps: Vec<crate::term::Step>,
}

impl TermState {
    /// A term of which nothing more is known.
    pub(crate) fn new(at_least: bool) -> TermState {
        TermState {
            status: TermStatus::Unknown,
            at_least,
            day: None,
            time: None,
            earliest: None,
            not_before: None,
            not_after: None,
            days_left: None,
            missing: Vec::new(),
            problem: None,
            steps: Vec::new(),
        }
    }
}

/// Where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TermStatus {
    /// It runs, or nothing says that it has passed.
    Running,
    /// It has passed, and the step was not done.
    Overdue,
    /// It has passed, and the step, which is a right or a choice, was not done.
    Lapsed,
    /// The step may not be done yet.
    Waiting,
    /// The step was done in time.
    Met,
    /// The step was done after its last day.
    Late,
    /// The step was done before its first day.
    TooEarly,
    /// Its day is not known.
    Unknown,
    /// This reader may not see its day.
    Withheld,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepStatus {
    /// Other steps must come first.
    Blocked,
    /// It can be taken now.
    Open,
    /// It was done.
    Done,
    /// It was skipped, with a reason.
    Skipped,
    /// It is not at issue in this case.
    NotApplicable,
    /// Whether it is at issue still depends on open answers.
    Undecided,
    /// This reader may not see where it stands.
    Withheld,
}

/// Counts over the answers to a checklist. There is no score: none of its sources gives one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct RollupState {
    /// Its id.
    pub id: Text,
    /// One group for each section, in the order of the file.
    pub groups: Vec<RollupGroup>,
}

/// Counts within one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct RollupGroup {
    /// The section.
    pub section: Text,
    /// Per option, in the order of the file, how many questions have it as their answer.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, usize>"))]
    pub counts: Listed<usize>,
    /// Questions that do not apply, each with the reason.
    #[serde(serialize_with = "super::as_map")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub not_applicable: Vec<(Text, Text)>,
    /// Questions without an answer.
    pub not_assessed: Vec<Text>,
    /// Questions whose answer is a gap to work on.
    pub gaps: Vec<Text>,
}
