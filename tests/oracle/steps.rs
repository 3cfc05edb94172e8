//! What a file leaves out: the step of a decimal, which then follows from the constants; and answers of several options,
//! of which the heaviest counts.

use super::chain::{Recipe, chain};
use super::model::{Kind, Model, Setting, Test, Val};
use super::rng::Rng;
use super::settle::{name_things, settled};
use super::space::constants;
use super::tables::every_subset;
use super::{model::Input, rounds};

/// The smallest step in which numbers can be written with as many decimals as these need, in hundredths.
fn step_of(numbers: impl Iterator<Item = i64>) -> i64 {
    let one = |n: i64| {
        if n % 100 == 0 {
            100
        } else if n % 10 == 0 {
            10
        } else {
            1
        }
    };
    numbers.map(one).min().unwrap_or(100)
}

/// Numbers that settings hold.
fn in_settings(model: &Model) -> Vec<i64> {
    // the tests of settings, as if each were a cell of a question of its own
    let mut list = Vec::new();
    for setting in model.parameters.iter().flat_map(|p| &p.set).map(|d| &d.setting) {
        match setting {
            Setting::Value(Val::Num(n)) => list.push(*n),
            Setting::Value(_) => {}
            Setting::Tests(tests) => numbers(tests, &mut list),
        }
    }
    list
}

fn numbers(tests: &[Test], list: &mut Vec<i64>) {
    for test in tests {
        match test {
            Test::Is(Val::Num(n)) => list.push(*n),
            Test::Not(inner) => numbers(inner, list),
            Test::Range(lo, hi) => {
                for (point, _) in [lo, hi].into_iter().flatten() {
                    if let super::model::Point::At(Val::Num(n)) = point {
                        list.push(*n);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Leaves out the steps that follow from as many decimals as the constants use.
fn leave_out_steps(model: &mut Model) -> usize {
    let plain = settled(model, None);
    let (constants, settings) = (constants(&plain), in_settings(model));
    let mut left_out = 0;
    for (q, question) in model.questions.iter_mut().enumerate() {
        let mine = constants.iter().filter(|(input, _)| *input == Input::Question(q)).map(|(_, at)| *at);
        let ends = question.min.into_iter().chain(question.max);
        let step = step_of(mine.chain(ends).chain(settings.iter().copied()));
        if question.kind == Kind::Dec(step) {
            question.stepless = true;
            left_out += 1;
        }
    }
    left_out
}

#[test]
fn steps_from_constants() {
    let left_out = std::cell::Cell::new(0);
    rounds("steps from constants", 300, |rng| {
        let recipe = Recipe {
            questions: 1 + rng.below(3),
            decisions: 2 + rng.below(2),
            choices: false,
            unset: rng.chance(20),
            sections: false,
            decimals: true,
        };
        let mut model = chain(rng, recipe);
        if rng.chance(40) {
            name_things(&mut model, rng, 30, 0);
        }
        left_out.set(left_out.get() + leave_out_steps(&mut model));
        every_subset(&model, rng, 2500, 10)
    });
    assert!(left_out.get() > 100, "{}", left_out.get());
}

/// Lets every question with points take several answers.
fn several(model: &mut Model, rng: &mut Rng) -> usize {
    let scored = model.questions.iter_mut().filter(|q| q.points.is_some());
    let mut count = 0;
    for question in scored {
        question.heaviest = rng.chance(85);
        count += usize::from(question.heaviest);
    }
    count
}

#[test]
fn heaviest_of_several() {
    let questions = std::cell::Cell::new(0);
    rounds("heaviest of several", 250, |rng| {
        let recipe = Recipe {
            questions: 2 + rng.below(3),
            decisions: 2 + rng.below(3),
            choices: false,
            unset: rng.chance(15),
            sections: false,
            decimals: false,
        };
        let mut model = chain(rng, recipe);
        questions.set(questions.get() + several(&mut model, rng));
        every_subset(&model, rng, 1500, 12)
    });
    assert!(questions.get() > 100, "{}", questions.get());
}
