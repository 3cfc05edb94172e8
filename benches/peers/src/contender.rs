//! What every contender offers to the harness.

use crate::sanctie::{Facts, Outcome};

/// What a contender says about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A definite outcome.
    Outcome(Outcome),
    /// No definite outcome: an error, or (Leidraad) an open decision.
    NoAnswer,
}

/// One way to take the decision. The inputs are prepared outside the measured part.
pub trait Contender {
    /// Its name in the tables.
    fn name(&self) -> &'static str;

    /// Decides all 96 prepared inputs once. Only this is measured.
    fn pass(&mut self);

    /// What it says about these facts; `None` if it cannot be asked (a parser decides nothing, a typed loop
    /// takes complete cases only).
    fn claim(&mut self, facts: &Facts) -> Option<Claim>;
}
