//! Legal terms: against a published calendar, a walk of one day at a time, and sums by hand.

mod bad;
mod holidays;
mod random;
mod unknown;
mod walk;
mod worked;

use leidraad::term::{Length, Term};

/// A length as a rule file writes it.
fn length(text: &str) -> Length {
    Length::parse(text).unwrap()
}

/// A term under the Algemene termijnenwet.
fn statutory(text: &str) -> Term {
    Term::statutory(length(text))
}

/// A term that never moves.
fn plain(text: &str) -> Term {
    Term::plain(length(text))
}
