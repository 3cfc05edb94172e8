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
mod cut;
mod derived;
mod expect;
mod generate;
mod known;
mod model;
mod naive;
mod probe;
mod proofs;
mod render;
mod rng;
mod space;
mod tables;
mod unset;

use rng::Rng;

/// The number in an environment variable, or another one.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Runs rounds with a seed each; a round says how many cases it held against the oracle, or what is wrong.
fn rounds(name: &str, rounds: u64, round: impl Fn(&mut Rng) -> Result<usize, String>) {
    let first = setting("ORACLE_SEED", 20_260_704);
    let rounds = rounds * setting("ORACLE_ROUNDS", 1);
    let (mut cases, mut used) = (0, 0);
    for seed in first..first + rounds {
        match round(&mut Rng::new(seed)) {
            Ok(found) => {
                cases += found;
                used += usize::from(found > 0);
            }
            Err(problem) => panic!("{name}: seed {seed} (ORACLE_SEED={seed}): {problem}"),
        }
    }
    println!("{name}: {cases} cases in {used} of {rounds} rule sets, seeds from {first}");
    assert!(cases > 0);
}
