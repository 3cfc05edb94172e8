//! What a revision holds, one entry for each thing that was recorded.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::fields::{Hash, Json, Moment, Text};
use crate::answers::{Answer, Answers, Decided, StepRecord};
use crate::decode::{Decode, record, wrong};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Map;
use crate::source::Spanned;
use crate::tree::{Kind, Node};
use crate::value::Date;

/// Declares a choice of records, each under its own key: the enum, its decoder, JSON form and schema.
macro_rules! tagged {
    (
        $(#[doc = $doc:expr])*
        pub enum $name:ident = $noun:literal { $($(#[doc = $vdoc:expr])* $variant:ident = $key:literal: $of:ty,)* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name { $($(#[doc = $vdoc])* $variant($of),)* }

        impl $name {
            /// The keys.
            pub const KEYS: &'static [&'static str] = &[$($key),*];

            /// The key of this one.
            pub fn key(&self) -> &'static str {
                match self { $($name::$variant(_) => $key,)* }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(1))?;
                match self { $($name::$variant(value) => map.serialize_entry($key, value)?,)* }
                map.end()
            }
        }

        impl Decode for $name {
            fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
                let span = node.span;
                let one = match node.kind {
                    Kind::Map(entries) if entries.len() == 1 => entries.into_iter().next(),
                    kind => {
                        out.push(wrong(&Node { span, kind }, key, concat!($noun, ", which is a map of one key")));
                        return None;
                    }
                };
                let (name, value) = one?;
                match name.value.as_str() {
                    $($key => <$of>::decode(value, $key, out).map($name::$variant),)*
                    other => {
                        let message = format!("there is no {} `{}`", $noun, crate::tree::excerpt(other));
                        let finding = Diagnostic::error(Code::UnknownKey, name.span, message);
                        out.push(finding.help(format!("known are: {}", Self::KEYS.join(", "))));
                        None
                    }
                }
            }

            #[cfg(feature = "schema")]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let forms = [$({
                    let of = <$of>::schema(generator);
                    schemars::json_schema!({
                        "type": "object",
                        "description": concat!($($vdoc),*).trim(),
                        "properties": { $key: of },
                        "required": [$key],
                        "additionalProperties": false,
                    })
                }),*];
                schemars::json_schema!({ "oneOf": forms })
            }
        }
    };
}

tagged! {
    /// One thing that was recorded.
    pub enum Entry = "an entry" {
        /// Who recorded this, and when.
        About = "about": About,
        /// What the dossier is about.
        Open = "open": Opened,
        /// An answer.
        Answer = "answer": Answered,
        /// An answer that was taken back: the question counts as not asked.
        TakeBack = "take_back": TakenBack,
        /// What happened to a step.
        Step = "step": Stepped,
        /// The record of a step that was taken back.
        Reopen = "reopen": Reopened,
        /// What was decided instead of what the rules compute.
        Deviate = "deviate": Deviated,
        /// Why it was decided so.
        Motivation = "motivation": Motivated,
        /// A deviation that was taken back: the rules are followed.
        Follow = "follow": Followed,
        /// Who does a section of the checklist, and who says that it is ready.
        Section = "section": Sectioned,
        /// A sign-off on everything before.
        Sign = "sign": Signed,
        /// The outcomes of decisions.
        Decisions = "decisions": Map<Json>,
        /// The rest of the assessment.
        Assessment = "assessment": Rest,
    }
}

record! {
    /// Who recorded a revision, and when.
    pub struct About = "who and when" {
        /// When, as the clock of the recording machine said.
        pub at: Moment,
        /// By whom, as was filled in.
        pub by: Option<Text>,
        /// Remark.
        pub remark: Option<Text>,
    }
}

record! {
    /// What a dossier is about.
    pub struct Opened = "an opening" {
        /// The rule set.
        pub rule_set: Text,
        /// Its title.
        pub title: Text,
        /// The authority whose layer applies.
        pub authority: Option<Text>,
        /// The reference date that was given; without it the answer that fixes it, else the day of the opening.
        pub on: Option<Date>,
        /// The number or name of the case.
        pub case: Option<Text>,
    }
}

record! {
    /// An answer to a question.
    pub struct Answered = "an answered question" {
        /// The question.
        pub question: Text,
        /// The answer, as in a file of answers.
        pub answer: Given,
    }
}

record! {
    /// A question of which the answer was taken back.
    pub struct TakenBack = "an answer taken back" {
        /// The question.
        pub question: Text,
    }
}

record! {
    /// What happened to a step.
    pub struct Stepped = "what happened to a step" {
        /// The step.
        pub step: Text,
        /// Done on a day, or skipped with a reason.
        pub record: StepRecord,
    }
}

record! {
    /// A step of which the record was taken back.
    pub struct Reopened = "a step taken back" {
        /// The step.
        pub step: Text,
    }
}

record! {
    /// A decision that was taken otherwise than the rules compute.
    pub struct Deviated = "a decision taken otherwise" {
        /// The decision.
        pub decision: Text,
        /// The outcome decided.
        pub value: Decided,
        /// On which day.
        pub at: Option<Date>,
    }
}

record! {
    /// The motivation of a deviation, apart from it: it may rest on what is confidential.
    pub struct Motivated = "a motivation" {
        /// The decision.
        pub decision: Text,
        /// Why.
        pub motivation: Text,
        /// By whom.
        pub by: Option<Text>,
    }
}

record! {
    /// A decision of which the deviation was taken back.
    pub struct Followed = "a deviation taken back" {
        /// The decision.
        pub decision: Text,
    }
}

record! {
    /// A note of the people at work on a section of the checklist: who does it, and who says that it is ready. The last one of a section
    /// counts; one that says neither takes it back.
    pub struct Sectioned = "a note on a section" {
        /// The section, by its title.
        pub section: Text,
        /// The role that it is assigned to.
        pub assigned: Option<Text>,
        /// Who says that it is ready. That is no sign-off: it says nothing of other sections, and signs no hash.
        pub ready: Option<Ready>,
    }
}

record! {
    /// Who says that a section is ready.
    pub struct Ready = "who says that a section is ready" {
        /// By whom.
        pub by: Text,
        /// In what capacity.
        pub role: Option<Text>,
        /// On which day.
        pub at: Option<Date>,
        /// Whether an answer in it was changed after that.
        pub changed: bool,
    }
}

record! {
    /// A sign-off on everything before it.
    pub struct Signed = "a sign-off" {
        /// The hash of the revision that is signed: the one before.
        pub of: Hash,
        /// In what capacity.
        pub role: Option<Text>,
        /// A detached Ed25519 signature in the format of minisign.
        pub signature: Option<Text>,
        /// The public key that goes with it.
        pub key: Option<Text>,
    }
}

record! {
    /// What follows from the answers beside the outcomes of decisions, as in an assessment.
    pub struct Rest = "the rest of an assessment" {
        /// Where each question stands.
        pub questions: Json,
        /// The question to ask next.
        pub next: Json,
        /// How far the checklist is.
        pub progress: Json,
        /// Remarks of the rules.
        pub findings: Json,
        /// The steps of the procedure.
        pub steps: Json,
        /// Counts over the answers.
        pub rollups: Option<Json>,
        /// Per list of which the records have outcomes of their own, those of each record.
        pub parts: Option<Json>,
        /// Why each parameter or decision that is missing somewhere is not said.
        pub silence: Option<Json>,
    }
}

/// An answer, in the form in which answers are read and written.
#[derive(Debug, Clone)]
pub struct Given(pub(crate) Answer);

impl Given {
    /// The answer.
    pub fn answer(&self) -> &Answer {
        &self.0
    }
}

impl PartialEq for Given {
    /// Equal wherever they are written.
    fn eq(&self, other: &Self) -> bool {
        let placeless = |answer: &Answer| Answer { span: None, key: None, ..answer.clone() };
        placeless(&self.0) == placeless(&other.0)
    }
}

impl Eq for Given {}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Decode for Given {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let span = node.span;
        let name = Spanned { value: key.to_owned(), span };
        let mut answers: Answers =
            crate::answers::from_node(&Node { span, kind: Kind::Map(vec![(name, node)]) }, out);
        answers.remove(key).map(|answer| Given(Answer { span: None, key: None, ..answer }))
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(true)
    }
}
