//! What follows from the answers: determined, open, not applicable or unregulated, for every decision.

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::value::{Date, Value};

/// What follows from the answers, for every decision and question of a rule set.
///
/// Its JSON form is what every surface of Leidraad gives, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The rule set.
    pub rule_set: RuleSetRef,
    /// The authority whose layer was used.
    pub authority: Option<String>,
    /// The reference date.
    pub on: Option<Date>,
    /// Each decision, in the order of the file.
    #[serde(serialize_with = "as_map")]
    pub decisions: Vec<(String, Outcome)>,
    /// Each question, in the order of the file.
    #[serde(serialize_with = "as_map")]
    pub questions: Vec<(String, QuestionState)>,
    /// The question to ask next: the one that leaves the fewest possible outcomes.
    pub next: Option<String>,
    /// How far the checklist is.
    pub progress: Progress,
    /// Remarks of the rules on these answers.
    pub findings: Vec<Value>,
    /// Steps to take.
    pub steps: Vec<Value>,
}

/// Which rule set, down to the byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleSetRef {
    /// Its id.
    pub id: String,
    /// `sha256:` and the digest of the layers used.
    pub digest: String,
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
        needs: Vec<String>,
        /// Whether `possible` may hold more than can occur.
        approximate: bool,
    },
    /// The decision does not apply to this case.
    NotApplicable,
    /// The rules are silent, whatever the open answers are.
    Unregulated {
        /// What no layer sets.
        missing: Vec<String>,
    },
}

/// The possible outcomes of an open decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Possible {
    /// All of them, sorted.
    Values(Vec<Value>),
    /// Numbers too many to list: the lowest and highest.
    Range(Value, Value),
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
            Outcome::Unregulated { .. } => "unregulated",
        }
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", self.status())?;
        match self {
            Outcome::Determined(value) => map.serialize_entry("value", value)?,
            Outcome::Open { possible, needs, approximate } => {
                match possible {
                    Possible::Values(values) => map.serialize_entry("possible", values)?,
                    Possible::Range(min, max) => map.serialize_entry("range", &Range { min, max })?,
                }
                map.serialize_entry("needs", needs)?;
                map.serialize_entry("approximate", approximate)?;
            }
            Outcome::NotApplicable => {}
            Outcome::Unregulated { missing } => map.serialize_entry("missing", missing)?,
        }
        map.end()
    }
}

#[derive(Serialize)]
struct Range<'v> {
    min: &'v Value,
    max: &'v Value,
}

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionState {
    /// Answered, open, unknown, not applicable, not relevant.
    pub status: QuestionStatus,
    /// Whether its relevance still depends on open answers.
    pub undecided: bool,
}

impl Serialize for QuestionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut state = serializer.serialize_struct("QuestionState", 2)?;
        state.serialize_field("status", &self.status)?;
        if self.undecided {
            state.serialize_field("relevance", "undecided")?;
        }
        state.end()
    }
}

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionStatus {
    /// It has an answer.
    Answered,
    /// It has none.
    Open,
    /// It was asked; the answer is not known, or known only in part.
    Unknown,
    /// Its answer is "not applicable".
    NotApplicable,
    /// Its condition does not hold; an answer is kept and left out of the logic.
    NotRelevant,
}

/// How far a checklist is; never complete while a relevant question is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct Progress {
    /// Relevant questions that were answered, "nobody knows" and "not applicable" included.
    pub answered: usize,
    /// Relevant questions without an answer.
    pub open: usize,
    /// Questions without an answer whose relevance still depends on open answers.
    pub may_become_relevant: usize,
}

impl Assessment {
    /// The outcome of a decision.
    pub fn decision(&self, id: &str) -> Option<&Outcome> {
        self.decisions.iter().find(|(d, _)| d == id).map(|(_, outcome)| outcome)
    }

    /// Where a question stands.
    pub fn question(&self, id: &str) -> Option<QuestionState> {
        self.questions.iter().find(|(q, _)| q == id).map(|(_, state)| *state)
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

fn as_map<T: Serialize, S: Serializer>(list: &[(String, T)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(list.len()))?;
    for (key, value) in list {
        map.serialize_entry(key, value)?;
    }
    map.end()
}
