//! What comes after the decisions: remarks, steps with their terms, counts.

use super::{Condition, Period, SourceRef, Spanned};
use crate::decode::{record, words};

record! {
    /// A class of confidentiality.
    pub struct Class = "a class of confidentiality" {
        /// What is kept confidential, and for whom.
        pub title: Spanned<String>,
        /// Sources.
        pub sources: Vec<SourceRef>,
    }
}

words! {
    /// How heavy a remark weighs.
    pub enum Severity = "a severity" {
        /// Good to know.
        Note = "note",
        /// Look into it.
        Attention = "attention",
        /// Do not go on before it is solved.
        Obstacle = "obstacle",
    }
}

record! {
    /// A remark on a case, made when its condition holds.
    pub struct Remark = "a finding" {
        /// The remark, as an official reads it.
        pub text: Spanned<String>,
        /// How heavy it weighs; default attention.
        pub severity: Option<Spanned<Severity>>,
        /// Made only then; without it always.
        pub when: Option<Spanned<Condition>>,
        /// The period in which it is made.
        pub in_force: Option<Period>,
        /// Sources.
        pub sources: Vec<SourceRef>,
    }
}

record! {
    /// A step of the procedure.
    pub struct Step = "a step" {
        /// What is done.
        pub title: Spanned<String>,
        /// Explanation.
        pub help: Option<Spanned<String>>,
        /// Who does it.
        pub actor: Spanned<String>,
        /// The document that it needs or gives.
        pub document: Option<Spanned<String>>,
        /// At issue only then.
        pub when: Option<Spanned<Condition>>,
        /// Steps that come first: done, skipped or not at issue.
        pub after: Vec<Spanned<String>>,
        /// Steps that must have been done; skipping them is not enough.
        pub requires: Vec<Spanned<String>>,
        /// The date question whose answer says on which day it was done. What is recorded of the step itself goes before.
        pub done: Option<Spanned<String>>,
        /// Whether it has to be done; `nee` for a right or a choice, of which the term can only lapse.
        pub required: Option<Spanned<bool>>,
        /// Before which day, or from which day.
        pub term: Option<Term>,
        /// Who may see it; without it everyone.
        pub confidentiality: Option<Spanned<String>>,
        /// The period in which it belongs to the procedure.
        pub in_force: Option<Period>,
        /// Sources: the legal ground.
        pub sources: Vec<SourceRef>,
    }
}

words! {
    /// Which side of its last day a term binds.
    pub enum Bound = "a bound" {
        /// The step is done on its last day or before (default).
        AtMost = "at_most",
        /// The step waits until the term is over: it is done on the day after its last day or later. After a term in hours
        /// from that moment; counted back, on that day or later.
        AtLeast = "at_least",
    }
}

record! {
    /// A legal term.
    pub struct Term = "a term" {
        /// The date question or step from which it runs; the day after is its first day.
        pub from: Option<Spanned<String>>,
        /// The date question or step from which it is counted back.
        pub before: Option<Spanned<String>>,
        /// How long: `6 weeks`, or a parameter or decision that gives such a length.
        pub length: Spanned<String>,
        /// With `before`: how long before at most; what comes earlier is too early.
        pub earliest: Option<Spanned<String>>,
        /// Which side of the day it binds.
        pub bound: Option<Spanned<Bound>>,
        /// For a length in hours: the time question that goes with the date.
        pub clock: Option<Spanned<String>>,
        /// Whether the Algemene termijnenwet moves its last day; default true. A term counted back never moves.
        pub statutory: Option<Spanned<bool>>,
        /// A second length, added when `extended` is answered with yes.
        pub extension: Option<Spanned<String>>,
        /// The question whether the term was extended.
        pub extended: Option<Spanned<String>>,
        /// What stops the clock.
        pub suspensions: Vec<Suspension>,
        /// Sources, where they differ from those of the step.
        pub sources: Vec<SourceRef>,
    }
}

record! {
    /// A period in which a term does not run.
    pub struct Suspension = "a suspension" {
        /// The date question with which it begins.
        pub from: Spanned<String>,
        /// The date question with which it ends.
        pub until: Spanned<String>,
        /// Whether the first day counts as suspended; default true.
        pub first_day: Option<Spanned<bool>>,
        /// Whether the last day counts as suspended; default false.
        pub last_day: Option<Spanned<bool>>,
        /// The longest it may last.
        pub at_most: Option<Spanned<String>>,
        /// A second length for the longest, added when `extended` is answered with yes.
        pub extension: Option<Spanned<String>>,
        /// The question whether the longest was extended.
        pub extended: Option<Spanned<String>>,
        /// What stops the clock of the longest.
        pub stopped: Vec<Suspension>,
        /// Sources.
        pub sources: Vec<SourceRef>,
    }
}

record! {
    /// Counts over the answers to questions of one kind, by section.
    pub struct Rollup = "a roll-up" {
        /// Title.
        pub title: Spanned<String>,
        /// The questions whose answers are counted; all have the same options.
        pub of: Vec<Spanned<String>>,
        /// The options that are a gap to work on.
        pub gaps: Vec<Spanned<String>>,
        /// The options from best to worst, by which two measurements are compared.
        pub scale: Vec<Spanned<String>>,
        /// Sources.
        pub sources: Vec<SourceRef>,
    }
}

impl Term {
    /// The date or step from which it is counted.
    pub fn anchor(&self) -> Option<&Spanned<String>> {
        self.from.as_ref().or(self.before.as_ref())
    }
}
