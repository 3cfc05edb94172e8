//! Questions and options with periods: on each day the rule set is what it is without those that are not there.

use leidraad::{Assessment, QuestionState, Text};

use super::chain::{Recipe, chain};
use super::dated::{edges_of, hold_on_days, periods};
use super::model::{Clause, Cond, Input, Kind, Model, Period, Rule, Test, Val};
use super::rng::Rng;
use super::space::Given;
use super::{Tally, rounds};

/// Whether a day lies in a period.
pub(super) fn covers((from, to): Period, on: i64) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

/// Takes out of a model what is not there on a day: a question is then not applicable, an option nobody's answer.
pub(super) fn as_on(model: &mut Model, on: Option<i64>) {
    let Some(on) = on else { return };
    let mut options: Vec<(usize, Val)> = Vec::new();
    for (q, question) in model.questions.iter_mut().enumerate() {
        question.gone = question.asked.is_some_and(|days| !covers(days, on));
        let Kind::Choice(list) = &mut question.kind else { continue };
        let all = list.clone();
        let there = |i: &usize| question.dated.iter().all(|(option, days)| option != i || covers(*days, on));
        let kept: Vec<usize> = (0..all.len()).filter(there).collect();
        options.extend((0..all.len()).filter(|i| !kept.contains(i)).map(|i| (q, Val::Text(all[i]))));
        *list = kept.iter().map(|i| all[*i]).collect();
        question.points = question.points.as_ref().map(|points| kept.iter().map(|i| points[*i]).collect());
    }
    let gone: Vec<usize> = (0..model.questions.len()).filter(|q| model.questions[*q].gone).collect();
    let hangs = |when: &Option<Cond>| when.as_ref().is_some_and(|when| names(when, &gone, &options));
    let questions = model.questions.iter().filter(|q| hangs(&q.when)).map(|q| q.id.clone());
    let decisions = model.decisions.iter().filter(|d| hangs(&d.when)).map(|d| d.id.clone());
    model.waiting = questions.chain(decisions).collect();
    for q in gone {
        model.questions[q].when = None;
    }
}

/// Whether a condition reads one of these questions or names one of these options.
fn names(cond: &Cond, gone: &[usize], options: &[(usize, Val)]) -> bool {
    fn named(test: &Test, q: usize, options: &[(usize, Val)]) -> bool {
        match test {
            Test::Is(value) => options.contains(&(q, *value)),
            Test::Not(inner) => inner.iter().any(|test| named(test, q, options)),
            _ => false,
        }
    }
    match cond {
        Cond::Any(list) => list.iter().any(|cond| names(cond, gone, options)),
        Cond::All(clauses) => clauses.iter().any(|clause| match clause {
            Clause::Not(inner) => names(inner, gone, options),
            Clause::Test(Input::Question(q) | Input::Part(q, _), tests) => {
                gone.contains(q) || tests.iter().any(|test| named(test, *q, options))
            }
            Clause::Test(Input::Output(..), _) => false,
        }),
    }
}

/// Puts the questions that are not asked back into an assessment that must not have them; the first that it has all the
/// same.
pub(super) fn put_back(plain: &Model, assessment: &mut Assessment) -> Result<(), String> {
    for (q, question) in plain.questions.iter().enumerate().filter(|(_, question)| question.gone) {
        if assessment.questions.iter().any(|(id, _)| *id == question.id) {
            return Err(format!("{} is there, though it is not asked", question.id));
        }
        let mut questions: Vec<(Text, QuestionState)> =
            assessment.questions.iter().map(|(id, state)| (id.clone(), state.clone())).collect();
        questions.insert(q, (question.id.clone().into(), QuestionState::default()));
        assessment.questions = questions.into_iter().collect();
    }
    Ok(())
}

/// What the engine is told of questions that are not asked: anything, or nothing.
pub(super) fn told(plain: &Model, given: &[Given], rng: &mut Rng) -> Vec<Given> {
    let one = |(question, given): (&super::model::Question, &Given)| match question.gone {
        true if rng.chance(30) => Given::Known(super::naive::Seen::Value(Val::Bool(true))),
        _ => given.clone(),
    };
    plain.questions.iter().zip(given).map(one).collect()
}

/// Gives questions and options periods. A question that is not asked is "not applicable", so only questions that can be
/// so without it; of its options one is always there.
fn date(model: &mut Model, rng: &mut Rng) {
    for q in 0..model.questions.len() {
        let may = model.questions[q].may_not_apply || model.conditional(q);
        let points = |decision: &super::model::Decision| matches!(&decision.rule, Rule::Points(terms) if terms.contains(&Input::Question(q)));
        // nothing is added for a question that is not asked
        let only_added = model.decisions.iter().all(|d| !reads(d, q)) && model.decisions.iter().any(points);
        if (may || only_added) && rng.chance(60) {
            model.questions[q].asked = Some(periods(rng)[0]);
        }
        if let Kind::Choice(options) = &model.questions[q].kind {
            let many = options.len() - 1;
            for option in 0..many {
                if rng.chance(40) {
                    let days = periods(rng)[0];
                    model.questions[q].dated.push((option, days));
                }
            }
        }
    }
}

/// Whether the table or condition of a decision reads a question.
fn reads(decision: &super::model::Decision, q: usize) -> bool {
    let text = format!("{:?}{:?}", decision.when, decision.rule);
    text.contains(&format!("Question({q})")) || text.contains(&format!("Part({q},"))
}

fn round(rng: &mut Rng) -> Result<Tally, String> {
    let unset = rng.chance(30);
    let recipe = Recipe {
        questions: 2 + rng.below(3),
        decisions: 2 + rng.below(3),
        choices: !unset,
        unset,
        sections: false,
        decimals: false,
    };
    let mut model = chain(rng, recipe);
    date(&mut model, rng);
    let asked = model.questions.iter().filter_map(|q| q.asked);
    let options = model.questions.iter().flat_map(|q| q.dated.iter().map(|(_, days)| *days));
    let days = edges_of(asked.chain(options));
    hold_on_days(&model, days, rng)
}

#[test]
fn questions_and_options_with_periods() {
    let tally = rounds("questions and options with periods", 450, round);
    assert!(tally.cases > 1000, "{tally:?}");
}
