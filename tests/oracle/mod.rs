//! The independent oracle: random rule sets, every completion of their answers evaluated by a naive loop, and the
//! engine held against the counts.
//!
//! `ORACLE_SEED=n` starts from another seed and `ORACLE_ROUNDS=n` multiplies the number of rule sets; a failure prints
//! the seed of its round, the rule file, the answers and what differs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails may panic, and seeds are printed"
)]

mod chain;
mod compare;
mod could_be;
mod cut;
mod dated;
mod derived;
mod deviations;
mod expect;
mod formulas;
mod generate;
mod known;
mod large;
mod lists;
mod model;
mod naive;
mod next;
mod overlays;
mod periods;
mod probe;
mod proofs;
mod render;
mod rng;
mod same;
mod settings;
mod settle;
mod sides;
mod space;
mod steps;
mod tables;
mod unset;

use std::collections::BTreeMap;

use leidraad::{Assessment, Outcome};

use rng::Rng;

/// The number in an environment variable, or another one.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// How many cases were held against the oracle, and how many decisions came out how.
#[derive(Debug, Default)]
struct Tally {
    cases: usize,
    statuses: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn add(&mut self, assessment: &Assessment) {
        self.cases += 1;
        for (_, outcome) in &assessment.decisions {
            let approximate = matches!(outcome, Outcome::Open { approximate: true, .. });
            *self.statuses.entry(if approximate { "approximate" } else { outcome.status() }).or_default() +=
                1;
        }
    }
}

/// Runs rounds with a seed each; a round says how many cases it held against the oracle, or what is wrong.
fn rounds(name: &str, rounds: u64, round: impl Fn(&mut Rng) -> Result<Tally, String>) -> Tally {
    let first = setting("ORACLE_SEED", 20_260_704);
    let rounds = rounds * setting("ORACLE_ROUNDS", 1);
    let (mut all, mut used) = (Tally::default(), 0);
    for seed in first..first + rounds {
        match round(&mut Rng::new(seed)) {
            Ok(tally) => {
                all.cases += tally.cases;
                used += usize::from(tally.cases > 0);
                tally.statuses.iter().for_each(|(status, n)| *all.statuses.entry(status).or_default() += n);
            }
            Err(problem) => panic!("{name}: seed {seed} (ORACLE_SEED={seed}): {problem}"),
        }
    }
    let statuses: Vec<String> = all.statuses.iter().map(|(status, n)| format!("{n} {status}")).collect();
    println!(
        "{name}: {} cases in {used} of {rounds} rule sets, seeds from {first}; {}",
        all.cases,
        statuses.join(", ")
    );
    assert!(all.cases > 0);
    all
}
