//! Counting the records of a list.

use super::{Condition, Spanned};
use crate::decode::{record, words};

words! {
    /// In which direction the length of a window is counted.
    pub enum Counted = "a direction" {
        /// Back from the anchor (default).
        Back = "back",
        /// On from the day of each record.
        Forward = "forward",
    }
}

record! {
    /// Which records of a list are counted.
    pub struct Count = "a count" {
        /// The list.
        pub of: Spanned<String>,
        /// Only records for which this holds, by field.
        pub only as "where": Option<Spanned<Condition>>,
        /// Only records of which these fields are the same as the answers to these questions.
        pub same: Option<Spanned<Condition>>,
        /// The field with the day of a record.
        pub on: Option<Spanned<String>>,
        /// The date question, the anchor, before which that day lies.
        pub before: Option<Spanned<String>>,
        /// How long before: `3 years`, or a parameter that holds such a length; without it as long as may be.
        pub within: Option<Spanned<String>>,
        /// In which direction that is counted.
        pub counted: Option<Spanned<Counted>>,
        /// Whether the day at exactly that distance counts: `ja`, `nee`, or a parameter that says so.
        pub first_day: Option<Spanned<String>>,
        /// Whether the day of the anchor itself counts: `ja`, `nee`, or a parameter that says so.
        pub last_day: Option<Spanned<String>>,
        @span
        /// The whole.
        pub span,
    }
}
