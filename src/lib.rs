//! Decision rules and checklists of Dutch municipal safety work as data: exact on unknown answers, explained down to
//! the article, with proven tables.
//!
//! # The tour
//!
//! A [`RuleSet`] is a shared layer with the overlays of municipalities. Pick an authority and a date and you have a
//! [`Program`]: load once, evaluate many.
//!
//! ```
//! use leidraad::{Answers, Date, Outcome, Possible, RuleSet, Value};
//!
//! let rules = RuleSet::from_text("straatfeest.json", r#"{
//!   "leidraad": 1, "id": "voorbeeld/straatfeest", "title": "Straatfeest",
//!   "sources": { "apv": { "kind": "example", "title": "Voorbeeld-APV" } },
//!   "questions": [{ "section": "Feiten", "items": [
//!     { "id": "aantal", "ask": "Hoeveel personen?", "type": "integer", "min": 0, "max": 10000, "sources": ["apv"] },
//!     { "id": "vuurwerk", "ask": "Is er vuurwerk?", "type": "boolean", "sources": ["apv"] } ] }],
//!   "decisions": { "route": { "outcome": true, "hit": "first", "table": [
//!     "aantal | vuurwerk || route      || bron",
//!     "> 200  | -        || vergunning || apv",
//!     "-      | ja       || vergunning || apv",
//!     "-      | -        || melding    || apv" ] } }
//! }"#)?;
//! let program = rules.on(Date::new(2026, 7, 4).unwrap())?;
//! # Ok::<(), leidraad::Diagnostics>(())
//! ```
//!
//! [`Answers`] say what is known. A missing answer was not asked; "nobody knows", "between 100 and 300" and "not
//! applicable" are answers of their own. The [`Assessment`] never claims more than follows, and never less:
//!
//! ```
//! # use leidraad::{Answers, Date, Outcome, Possible, RuleSet, Value};
//! # let rules = RuleSet::from_text("straatfeest.json", r#"{
//! #   "leidraad": 1, "id": "voorbeeld/straatfeest", "title": "Straatfeest",
//! #   "sources": { "apv": { "kind": "example", "title": "Voorbeeld-APV" } },
//! #   "questions": [{ "section": "Feiten", "items": [
//! #     { "id": "aantal", "ask": "Hoeveel personen?", "type": "integer", "min": 0, "max": 10000, "sources": ["apv"] },
//! #     { "id": "vuurwerk", "ask": "Is er vuurwerk?", "type": "boolean", "sources": ["apv"] } ] }],
//! #   "decisions": { "route": { "outcome": true, "hit": "first", "table": [
//! #     "aantal | vuurwerk || route      || bron",
//! #     "> 200  | -        || vergunning || apv",
//! #     "-      | ja       || vergunning || apv",
//! #     "-      | -        || melding    || apv" ] } }
//! # }"#)?;
//! # let program = rules.on(Date::new(2026, 7, 4).unwrap())?;
//! // more than 200 settles it, whatever the other answer is
//! let many = program.evaluate(&Answers::new().with("aantal", 250))?;
//! assert_eq!(many.decision("route"), Some(&Outcome::Determined(Value::from("vergunning"))));
//!
//! // partly known answers narrow what is possible
//! let some = program.evaluate(&Answers::from_json("a", r#"{ "aantal": { "between": [10, 200] } }"#)?)?;
//! assert_eq!(some.decision("route"), Some(&Outcome::Open {
//!     possible: Possible::Values(vec![Value::from("vergunning"), Value::from("melding")]),
//!     needs: vec!["vuurwerk".into()],
//!     approximate: false,
//! }));
//! assert_eq!(some.next.as_deref(), Some("vuurwerk"));
//!
//! // and why, in Dutch for an official; `Serialize` gives the same as data
//! let why = program.explain(&Answers::new().with("aantal", 250), Some("route"))?;
//! assert!(why.to_string().contains("bron: Voorbeeld-APV"));
//! # Ok::<(), leidraad::Diagnostics>(())
//! ```
//!
//! Rule files with mistakes are refused with [`Diagnostics`]: every finding at once, each with its place, an example case
//! and help.
//!
//! # Where to go next
//!
//! * [`catalog()`]: the rule sets shipped with the crate; [`Library`]: many rule files at once.
//! * [`Program::evaluate_json`] for JSON in and out, [`Program::prepare`] to decide many times on prepared answers.
//! * [`Program::questionnaire`] and [`schema`] for those who build a form or checklist.
//! * [`Dossier`]: the record of a case, chained and hashed; [`canonical`]: canonical JSON.
//! * [`compare`]: programs side by side; [`impact`]: what a change of rules means for a stream of cases;
//!   [`overlay`]: what a layer still leaves open, and a template for one.
//! * [`RuleSet::policy_document`]: a whole rule set as a policy document in Dutch, for the lawyer who reviews it.
//! * [`notation`]: dates and numbers as officials read them.
//! * [`term`]: legal terms, counted forward and back, with every step.
//! * [`document`]: the rule file, field for field; [`format`](mod@format): aligned tables; [`limits`]: every bound.
//!
//! # Features
//!
//! * `yaml` (default): rule files and answers in YAML; without it only JSON is read.
//! * `catalog` (default): the shipped rule sets.
//! * `schema`: JSON Schemas.
//! * `signatures`: signatures of sign-offs in dossiers.
//! * `report`: reports on dossiers, as HTML, Markdown, JSON and a calendar.
mod answers;
mod assessment;
mod beside;
pub mod canonical;
mod case;
mod cases;
#[cfg(feature = "catalog")]
mod catalog;
mod cells;
mod check;
pub mod compare;
mod compile;
mod decode;
mod derive;
mod derived;
pub mod diagnostic;
mod diagram;
mod direct;
pub mod document;
pub mod dossier;
mod dutch;
mod evaluate;
mod explain;
pub mod explanation;
mod extent;
pub mod format;
mod formula;
mod hash;
pub mod impact;
mod json;
mod library;
pub mod limits;
mod links;
mod model;
pub mod notation;
pub mod overlay;
pub mod parse;
mod parts;
mod point;
mod policy;
mod prepared;
mod procedure;
mod program;
mod prove;
pub mod questionnaire;
mod ranges;
mod reader;
#[cfg(feature = "report")]
pub mod report;
mod rule_set;
#[cfg(feature = "schema")]
pub mod schema;
mod session;
mod silence;
mod sorted;
pub mod source;
mod suggest;
mod tally;
pub mod term;
mod text;
mod ticks;
mod tree;
mod unary;
mod value;
#[cfg(feature = "yaml")]
mod yaml;
pub use answers::{Answer, Answers, Decided, Deviation, Known, Record, Records, Scalar, StepRecord};
pub use assessment::{
    Assessment, Finding, Listed, Outcome, Part, Possible, Progress, QuestionState, QuestionStatus,
    RollupGroup, RollupState, RuleSetRef, Silence, StepState, StepStatus, TermState, TermStatus, Why,
};
pub use beside::{Column, SideBySide};
pub use cases::{CaseResult, Cases};
#[cfg(feature = "catalog")]
pub use catalog::{catalog, catalog_files};
pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity};
pub use dossier::Dossier;
pub use explanation::Explanation;
pub use library::Library;
pub use prepared::Prepared;
pub use questionnaire::Questionnaire;
pub use rule_set::{Days, ForAuthority, Layer, LayerOverview, LayerVersion, Program, RuleSet};
pub use session::Session;
pub use source::{Position, SourceFile, SourceMap, Span};
pub use text::Text;
pub use value::{Date, Value};

#[cfg(all(doctest, feature = "catalog"))]
#[doc = include_str!("../README.md")]
mod readme {}
