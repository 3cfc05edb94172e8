//! Parameters with a value beside those without: what a name stands for must be as good as the thing itself.

use super::chain::{Recipe, chain};
use super::generate::single_table;
use super::rng::Rng;
use super::settle::{name_things, set_some};
use super::tables::every_subset;
use super::{model::Model, rounds};

/// A random chain with some parameters set and some not.
pub(super) fn parametrised(rng: &mut Rng) -> Model {
    let unset = rng.chance(80);
    let recipe = Recipe {
        questions: 1 + rng.below(3),
        decisions: 2 + rng.below(3),
        choices: false,
        unset,
        sections: rng.chance(25),
        decimals: false,
    };
    let mut model = chain(rng, recipe);
    set_some(&mut model, rng, 60);
    name_things(&mut model, rng, 40, 0);
    model
}

#[test]
fn set_beside_unset() {
    rounds("set beside unset", 400, |rng| {
        let model = parametrised(rng);
        every_subset(&model, rng, 3000, 8)
    });
}

#[test]
fn one_table_with_names() {
    rounds("one table with names", 200, |rng| {
        let mut model = single_table(rng);
        name_things(&mut model, rng, 60, 0);
        every_subset(&model, rng, 3000, 8)
    });
}
