//! Leidraad: work in progress skeleton.
mod answers;
mod assessment;
mod case;
mod cases;
#[cfg(feature = "catalog")]
mod catalog;
mod cells;
mod check;
mod compile;
mod decode;
pub mod diagnostic;
mod direct;
pub mod document;
mod dutch;
mod evaluate;
mod explain;
pub mod explanation;
pub mod format;
mod json;
mod library;
pub mod limits;
mod model;
pub mod parse;
mod point;
mod prepared;
mod program;
mod prove;
pub mod questionnaire;
mod rule_set;
#[cfg(feature = "schema")]
pub mod schema;
pub mod source;
mod spread;
mod suggest;
mod ticks;
mod tree;
mod unary;
mod value;
#[cfg(feature = "yaml")]
mod yaml;
pub use answers::{Answer, Answers, Known, Scalar};
pub use assessment::{Assessment, Outcome, Possible, Progress, QuestionState, QuestionStatus, RuleSetRef};
pub use cases::{CaseResult, Cases};
#[cfg(feature = "catalog")]
pub use catalog::{catalog, catalog_files};
pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity};
pub use explanation::Explanation;
pub use library::Library;
pub use prepared::Prepared;
pub use questionnaire::Questionnaire;
pub use rule_set::{ForAuthority, Layer, Program, RuleSet};
pub use source::{Position, SourceFile, SourceMap, Span};
pub use value::{Date, Value};
