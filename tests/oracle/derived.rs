//! Decisions that read decisions, scores, conditions, parts of dates: whatever depends on the same open question
//! twice must not be taken for independent.

use super::chain::{Recipe, chain};
use super::rounds;
use super::tables::every_subset;

#[test]
fn several_decisions() {
    rounds("several decisions", 500, |rng| {
        let recipe = Recipe {
            questions: 1 + rng.below(4),
            decisions: 2 + rng.below(4),
            choices: false,
            unset: false,
            sections: false,
            decimals: false,
        };
        every_subset(&chain(rng, recipe), rng, 1500, 12)
    });
}

#[test]
fn overlap_that_feeds_others() {
    rounds("overlap that feeds others", 300, |rng| {
        let recipe = Recipe {
            questions: 1 + rng.below(3),
            decisions: 2 + rng.below(3),
            choices: true,
            unset: false,
            sections: false,
            decimals: false,
        };
        every_subset(&chain(rng, recipe), rng, 1500, 12)
    });
}

#[test]
fn sections_with_conditions() {
    rounds("sections with conditions", 400, |rng| {
        let (questions, unset) = (2 + rng.below(3), rng.chance(30));
        let recipe = Recipe {
            questions,
            decisions: 2 + rng.below(2),
            choices: false,
            unset,
            sections: true,
            decimals: false,
        };
        every_subset(&chain(rng, recipe), rng, 1500, 10)
    });
}
