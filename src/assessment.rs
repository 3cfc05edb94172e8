//! What follows from the answers: determined, open, not applicable or unregulated, for every decision.

mod listed;
mod procedure;
mod silence;
mod words;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::answers::Deviation;
use crate::text::Text;
use crate::value::{Date, Value};

pub use listed::Listed;
pub use silence::{Silence, Why};

pub use procedure::{Finding, RollupGroup, RollupState, StepState, StepStatus, TermState, TermStatus};

/// What follows from the answers, for every decision and question of a rule set.
///
/// Its JSON form is what every surface of Leidraad gives, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Assessment {
    /// The rule set.
    pub rule_set: RuleSetRef,
    /// The authority whose layer was used.
    pub authority: Option<Text>,
    /// The reference date.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub on: Option<Date>,
    /// Each decision, in the order of the file.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, OutcomeForm<'static>>")
    )]
    pub decisions: Listed<Outcome>,
    /// Per list of which the records have outcomes of their own, those of each record.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Vec<Part>>"))]
    pub parts: Vec<(Text, Vec<Part>)>,
    /// Each question, in the order of the file.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, StateForm>"))]
    pub questions: Listed<QuestionState>,
    /// The question to ask next: the one that leaves the fewest possible outcomes; before a judgement the facts that
    /// suggest it.
    pub next: Option<Text>,
    /// How far the checklist is.
    pub progress: Progress,
    /// Remarks of the rules on these answers, and what does not fit in the record.
    pub findings: Vec<Finding>,
    /// The steps of the procedure, in the order of the file.
    pub steps: Vec<StepState>,
    /// Counts over the answers to a checklist.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rollups: Vec<RollupState>,
    /// What was decided instead of what is computed, with its motivation.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Deviation>"))]
    pub deviations: Vec<(String, Deviation)>,
    /// Why each parameter or decision that is missing somewhere in it is not said.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Silence>"))]
    pub silence: Vec<(Text, Silence)>,
}

/// What follows for one record of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Part {
    /// Each decision that is made for a record, in the order of the file.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, OutcomeForm<'static>>")
    )]
    pub decisions: Vec<(Text, Outcome)>,
}

impl Part {
    /// The outcome of a decision.
    pub fn decision(&self, id: &str) -> Option<&Outcome> {
        self.decisions.iter().find(|(d, _)| d == id).map(|(_, outcome)| outcome)
    }
}

/// Which rule set, down to the byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct RuleSetRef {
    /// Its id.
    pub id: Text,
    /// `sha256:` and the digest of the layers used.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^sha256:[0-9a-f]{64}$")))]
    pub digest: Text,
}

/// The outcome of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The answers force this value.
    Determined(Value),
    /// Several outcomes are still possible.
    Open {
        /// Exactly those that a completion of the answers could give, or more where `approximate`.
        possible: Possible,
        /// The questions that could change it, in the order of the file.
        needs: Vec<Text>,
        /// Whether `possible` may hold more than can occur.
        approximate: bool,
    },
    /// The decision does not apply to this case.
    NotApplicable,
    /// It hangs on answers that this reader may not see.
    Withheld,
    /// The rules are silent, whatever the open answers are.
    Unregulated {
        /// What no layer sets.
        missing: Vec<Text>,
    },
}

/// The possible outcomes of an open decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Possible {
    /// All of them, sorted.
    Values(Vec<Value>),
    /// Numbers too many to list: the lowest and highest.
    Range(Value, Value),
    /// The same, and what is possible beside numbers: "not applicable", silence of the rules.
    RangeAnd(Value, Value, Vec<Value>),
    /// Beyond the limits, for a decision that collects: any list of these, the empty one included. What is no list,
    /// "not applicable" or "unregulated", is possible by itself.
    ListsOf(Vec<Value>),
}

/// What is possible, by itself.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Possible"))]
pub(crate) struct PossibleForm<'o> {
    /// Outcomes; with `range` those that are possible beside its numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<serde_json::Value>>"))]
    possible: Option<&'o [Value]>,
    /// Numbers too many to list: the lowest and highest.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range<'o>>,
    /// Any list of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<serde_json::Value>>"))]
    lists_of: Option<&'o [Value]>,
}

impl Serialize for Possible {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (possible, range, lists_of) = match self {
            Possible::Values(values) => (Some(values.as_slice()), None, None),
            Possible::Range(min, max) => (None, Some(Range { min, max }), None),
            Possible::RangeAnd(min, max, also) => (Some(also.as_slice()), Some(Range { min, max }), None),
            Possible::ListsOf(values) => (None, None, Some(values.as_slice())),
        };
        PossibleForm { possible, range, lists_of }.serialize(serializer)
    }
}

impl Outcome {
    /// The value of a determined decision.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Outcome::Determined(value) => Some(value),
            _ => None,
        }
    }

    /// The status as JSON spells it.
    pub fn status(&self) -> &'static str {
        match self {
            Outcome::Determined(_) => "determined",
            Outcome::Open { .. } => "open",
            Outcome::NotApplicable => "not_applicable",
            Outcome::Withheld => "withheld",
            Outcome::Unregulated { .. } => "unregulated",
        }
    }
}

/// What follows: determined, open, not applicable or unregulated.
#[derive(Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "Outcome", deny_unknown_fields)
)]
#[serde(tag = "status", rename_all = "snake_case")]
enum OutcomeForm<'o> {
    Determined {
        #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
        value: &'o Value,
    },
    Open {
        #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Value>"))]
        possible: &'o [Value],
        needs: &'o [Text],
        approximate: bool,
    },
    #[serde(rename = "open")]
    OpenRange {
        range: Range<'o>,
        needs: &'o [Text],
        approximate: bool,
    },
    #[serde(rename = "open")]
    OpenRangeAnd {
        range: Range<'o>,
        #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Value>"))]
        possible: &'o [Value],
        needs: &'o [Text],
        approximate: bool,
    },
    #[serde(rename = "open")]
    OpenLists {
        #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Value>"))]
        lists_of: &'o [Value],
        needs: &'o [Text],
        approximate: bool,
    },
    NotApplicable,
    Withheld,
    Unregulated {
        missing: &'o [Text],
    },
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
struct Range<'o> {
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Number"))]
    min: &'o Value,
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Number"))]
    max: &'o Value,
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = match self {
            Outcome::Determined(value) => OutcomeForm::Determined { value },
            Outcome::Open { possible: Possible::Values(possible), needs, approximate } => {
                OutcomeForm::Open { possible, needs, approximate: *approximate }
            }
            Outcome::Open { possible: Possible::Range(min, max), needs, approximate } => {
                OutcomeForm::OpenRange { range: Range { min, max }, needs, approximate: *approximate }
            }
            Outcome::Open { possible: Possible::RangeAnd(min, max, possible), needs, approximate } => {
                let range = Range { min, max };
                OutcomeForm::OpenRangeAnd { range, possible, needs, approximate: *approximate }
            }
            Outcome::Open { possible: Possible::ListsOf(lists_of), needs, approximate } => {
                OutcomeForm::OpenLists { lists_of, needs, approximate: *approximate }
            }
            Outcome::NotApplicable => OutcomeForm::NotApplicable,
            Outcome::Withheld => OutcomeForm::Withheld,
            Outcome::Unregulated { missing } => OutcomeForm::Unregulated { missing },
        };
        form.serialize(serializer)
    }
}

/// Where a question stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionState {
    /// Answered, open, unknown, not applicable, not relevant.
    pub status: QuestionStatus,
    /// Whether its relevance still depends on open answers.
    pub undecided: bool,
    /// For a question that only a human can judge: what the facts suggest.
    pub suggested: Option<Text>,
}

/// Where a question stands, and whether its relevance still depends on open answers.
#[derive(Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "QuestionState", deny_unknown_fields)
)]
struct StateForm {
    status: QuestionStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Relevance"))]
    relevance: Option<Relevance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    suggested: Option<Text>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum Relevance {
    Undecided,
}

impl Serialize for QuestionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let relevance = self.undecided.then_some(Relevance::Undecided);
        StateForm { status: self.status, relevance, suggested: self.suggested.clone() }.serialize(serializer)
    }
}

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionStatus {
    /// It has an answer.
    Answered,
    /// It has none.
    #[default]
    Open,
    /// It was asked; the answer is not known, or known only in part.
    Unknown,
    /// Its answer is "not applicable".
    NotApplicable,
    /// Its condition does not hold; an answer is kept and left out of the logic.
    NotRelevant,
    /// This reader may not see whether and how it was answered.
    Withheld,
}

/// How far a checklist is; never complete while a relevant question is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Progress {
    /// Relevant questions that were answered, "nobody knows" and "not applicable" included.
    pub answered: usize,
    /// Relevant questions without an answer, of those that are required.
    pub open: usize,
    /// Required questions without an answer whose relevance still depends on open answers.
    pub may_become_relevant: usize,
}

impl Assessment {
    /// The outcome of a decision.
    pub fn decision(&self, id: &str) -> Option<&Outcome> {
        self.decisions.get(id)
    }

    /// What follows for each record of a list, in their order.
    pub fn parts(&self, list: &str) -> &[Part] {
        self.parts.iter().find(|(id, _)| id == list).map(|(_, parts)| parts.as_slice()).unwrap_or_default()
    }

    /// Where a question stands.
    pub fn question(&self, id: &str) -> Option<&QuestionState> {
        self.questions.get(id)
    }

    /// The assessment as JSON, on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The assessment as JSON, indented.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn as_map<K: Serialize, T: Serialize, S: Serializer>(
    list: &[(K, T)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(list.len()))?;
    for (key, value) in list {
        map.serialize_entry(key, value)?;
    }
    map.end()
}
