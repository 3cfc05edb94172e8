//! Two baselines that are not engines: the hand-written loop, and the price of reading the JSON input at all.

use std::hint::black_box;

use crate::contender::{Claim, Contender};
use crate::sanctie::{self, Case, Facts};

/// A linear scan over the const table.
pub struct Loop(Vec<Case>);

impl Loop {
    pub fn new(inputs: &[Facts]) -> Self {
        Self(inputs.iter().filter_map(Facts::complete).collect())
    }
}

impl Contender for Loop {
    fn name(&self) -> &'static str {
        "hand-written loop over a const table"
    }

    fn pass(&mut self) {
        for case in &self.0 {
            black_box(sanctie::decide(black_box(case)));
        }
    }

    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        facts.complete().map(|case| Claim::Outcome(sanctie::decide(&case)))
    }
}

/// serde_json, from text to `Value`, deciding nothing.
pub struct ParseOnly(Vec<String>);

impl ParseOnly {
    pub fn new(inputs: &[Facts]) -> Self {
        Self(inputs.iter().map(Facts::json).collect())
    }
}

impl Contender for ParseOnly {
    fn name(&self) -> &'static str {
        "serde_json: parse the input, decide nothing"
    }

    fn pass(&mut self) {
        for text in &self.0 {
            black_box(serde_json::from_str::<serde_json::Value>(black_box(text)).expect("valid JSON"));
        }
    }

    fn claim(&mut self, _: &Facts) -> Option<Claim> {
        None
    }
}
