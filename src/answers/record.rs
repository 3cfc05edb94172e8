//! What was done and decided in a case, beside the answers: steps, deviations, and the day on which it is looked at.

use serde::{Serialize, Serializer};

use super::Scalar;
use crate::decode::{Decode, record, wrong};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::tree::{Kind, Node};
use crate::value::Date;

record! {
    /// What happened to a step: done on a day, or skipped with a reason.
    pub struct StepRecord = "the record of a step" {
        /// The day on which it was done.
        pub done: Option<Spanned<Date>>,
        /// Why it was skipped.
        pub skipped: Option<Spanned<String>>,
        /// By whom.
        pub by: Option<Spanned<String>>,
        /// Remark.
        pub remark: Option<Spanned<String>>,
    }
}

record! {
    /// What an official decided instead of what the rules compute, and why (Awb 4:84).
    pub struct Deviation = "a deviation" {
        /// The outcome decided.
        pub value: Decided,
        /// Why; without it the deviation is refused.
        pub motivation: Option<Spanned<String>>,
        /// By whom.
        pub by: Option<Spanned<String>>,
        /// On which day.
        pub at: Option<Spanned<Date>>,
    }
}

/// The outcome of a decision: one value, or one for each output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// The value of the only output.
    One(Scalar),
    /// A value for each output, by name.
    Several(Vec<(String, Scalar)>),
}

impl Decode for Decided {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.kind {
            Kind::Scalar { text, quoted, .. } => Some(Decided::One(Scalar { text, quoted })),
            Kind::Map(entries) => {
                // an output of which a row says nothing is `null`
                let nothing = || Scalar { text: "null".to_owned(), quoted: false };
                let one = |(name, value): (Spanned<String>, Node)| match value.kind {
                    Kind::Null => Some((name.value, nothing())),
                    _ => super::read::scalar(&value, out).map(|value| (name.value, value)),
                };
                entries.into_iter().map(one).collect::<Option<Vec<_>>>().map(Decided::Several)
            }
            _ => {
                out.push(wrong(&node, key, "an outcome: a value, or a map from output to value"));
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let plain = ["string", "number", "boolean"];
        schemars::json_schema!({ "anyOf": [
            { "type": plain },
            { "type": "object", "additionalProperties": { "type": ["string", "number", "boolean", "null"] } },
        ] })
    }
}

impl Serialize for Decided {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Decided::One(value) => value.serialize(serializer),
            Decided::Several(values) => {
                serializer.collect_map(values.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}
