//! Why the rules do not say something.

use serde::Serialize;

pub use crate::model::Why;

/// Why one of the things that are missing is not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Silence {
    /// The kinds of silence: one, or more where open answers decide which rows are hit.
    pub why: Vec<Why>,
    /// It in words, as an official reads it.
    pub text: String,
}
