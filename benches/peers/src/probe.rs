//! The missing-input probe: leave one of the four answers out of each of the 96 inputs, which gives 384 cases, and
//! see who claims a definite outcome although it is open, and who gives none although it is settled.

use crate::contender::{Claim, Contender};
use crate::sanctie::{self, Facts, Outcome};

/// A case with one answer missing, and every outcome that completing it could give.
pub struct Probe {
    facts: Facts,
    possible: Vec<Outcome>,
}

impl Probe {
    fn is_open(&self) -> bool {
        self.possible.len() > 1
    }
}

/// All 384 probes, by brute force over the missing answer.
pub fn probes(inputs: &[Facts]) -> Vec<Probe> {
    let without_one = |facts: &Facts| {
        [
            Facts { object: None, ..*facts },
            Facts { middel: None, ..*facts },
            Facts { gram: None, ..*facts },
            Facts { eerder: None, ..*facts },
        ]
    };
    inputs.iter().flat_map(without_one).map(probe).collect()
}

fn probe(facts: Facts) -> Probe {
    let mut possible = Vec::new();
    for case in facts.completions() {
        let outcome = sanctie::decide(&case);
        if !possible.contains(&outcome) {
            possible.push(outcome);
        }
    }
    Probe { facts, possible }
}

/// How many probes are open, and how many settled whatever the missing answer is.
pub fn split(probes: &[Probe]) -> (usize, usize) {
    let open = probes.iter().filter(|probe| probe.is_open()).count();
    (open, probes.len() - open)
}

/// What a contender made of the probes.
#[derive(Default)]
pub struct Score {
    pub settled_right: usize,
    pub settled_wrong: usize,
    pub settled_no_answer: usize,
    pub open_no_answer: usize,
    pub open_claimed: usize,
    /// Of the claimed ones: not even among the possible outcomes.
    pub open_impossible: usize,
}

/// Runs the probes; `None` for a contender that takes complete cases only.
pub fn run(contender: &mut dyn Contender, probes: &[Probe]) -> Option<Score> {
    let mut score = Score::default();
    for probe in probes {
        match (contender.claim(&probe.facts)?, probe.is_open()) {
            (Claim::NoAnswer, true) => score.open_no_answer += 1,
            (Claim::NoAnswer, false) => score.settled_no_answer += 1,
            (Claim::Outcome(outcome), true) => {
                score.open_claimed += 1;
                score.open_impossible += usize::from(!probe.possible.contains(&outcome));
            }
            (Claim::Outcome(outcome), false) if probe.possible.contains(&outcome) => score.settled_right += 1,
            (Claim::Outcome(_), false) => score.settled_wrong += 1,
        }
    }
    Some(score)
}
