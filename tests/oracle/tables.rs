//! Random tables, each with every subset of answers and with answers that are known in part.

use super::compare::{assess, difference, load, other_ways, report, several_inputs};
use super::generate::{known, partly, single_table};
use super::model::Model;
use super::periods::{put_back, told};
use super::rng::Rng;
use super::settle::settled;
use super::space::{Given, Space, axes, every_value, things};
use super::{Tally, render, rounds};
use leidraad::{Program, Session};

/// Holds all subsets of random answers, and some partly known ones, against the oracle.
pub(super) fn every_subset(
    model: &Model,
    rng: &mut Rng,
    limit: usize,
    partly_known: usize,
) -> Result<Tally, String> {
    let load = |yaml: bool| {
        let text = render::file(model, yaml);
        (load(&text, yaml), text)
    };
    every_subset_on(model, None, rng, (limit, partly_known), &load)
}

/// The same for a model as it is on a day, loaded in some way; that also gives a text for people to see.
pub(super) fn every_subset_on(
    model: &Model,
    on: Option<i64>,
    rng: &mut Rng,
    (limit, partly_known): (usize, usize),
    load: &dyn Fn(bool) -> (Result<Program, String>, String),
) -> Result<Tally, String> {
    let merge = rng.chance(80);
    let plain = &settled(model, on);
    let (axes, size) = axes(plain, rng, merge);
    let worlds = things(plain).iter().fold(1usize, |worlds, (_, ways)| worlds.saturating_mul(*ways));
    if size.saturating_mul(worlds) > limit {
        return Ok(Tally::default());
    }
    let yaml = rng.chance(30);
    let (program, text) = load(yaml);
    let space = Space::new(plain, axes);
    let impossible = space.impossible();
    let program = match program {
        Ok(_) if !impossible.is_empty() => {
            return Err(format!("loaded, though the conditions of {impossible:?} never hold:\n{text}"));
        }
        Ok(program) => program,
        Err(error) => {
            let rightly = error.matches("error[").count() == impossible.len()
                && error.matches("error[impossible-when]").count() == impossible.len();
            return if rightly && !impossible.is_empty() {
                Ok(Tally::default())
            } else {
                Err(format!("refused:\n{text}\n{error}\noracle: {impossible:?}"))
            };
        }
    };
    let questions = model.questions.len();
    let mut tally = Tally::default();
    let session = Session::new(program.clone());
    let mut hold = |given: &[Given], style: usize, told: &[Given]| -> Result<(), String> {
        let verdict = space.expect(given);
        let mut assessment = assess(&program, model, told).map_err(|error| report(model, given, error))?;
        tally.add(&assessment);
        let problem = other_ways(&session, model, told, &assessment, style);
        problem.map_or(Ok(()), |problem| Err(format!("{problem}\n{text}")))?;
        put_back(plain, &mut assessment).map_err(|problem| format!("{problem}\n{text}"))?;
        let exactly = |problem: String| {
            if !several_inputs(&things(plain)) {
                return Some(problem);
            }
            let verdict = Space::new(plain, every_value(plain, given, 100_000)?).expect(given);
            difference(model, given, &verdict, &assessment)
        };
        if let Some(problem) = difference(model, given, &verdict, &assessment).and_then(exactly) {
            // what the text says of layers and days is lost when the model is made smaller
            return Err(format!(
                "{}\n--- as it was\n{text}\n{problem}",
                report(model, given, problem.clone())
            ));
        }
        Ok(())
    };
    let subsets: Vec<u64> = if questions <= 6 {
        (0..1 << questions).collect()
    } else {
        std::iter::once(0).chain((0..40).map(|_| rng.below(1 << questions) as u64)).collect()
    };
    for subset in subsets {
        let given: Vec<Given> = (0..questions)
            .map(|q| match subset >> q & 1 {
                _ if plain.questions[q].gone => Given::Absent,
                1 => known(model, q, &space.axes[q], rng),
                _ if rng.chance(15) => Given::Nobody,
                _ => Given::Absent,
            })
            .collect();
        let told = told(plain, &given, rng);
        hold(&given, rng.below(6), &told)?;
    }
    for _ in 0..partly_known {
        let given: Vec<Given> = (0..questions)
            .map(|q| match rng.below(4) {
                _ if plain.questions[q].gone => Given::Absent,
                0 => Given::Absent,
                1 => known(model, q, &space.axes[q], rng),
                _ => partly(model, q, &space.axes[q], rng),
            })
            .collect();
        let told = told(plain, &given, rng);
        hold(&given, rng.below(6), &told)?;
    }
    Ok(tally)
}

#[test]
fn one_table() {
    rounds("one table", 400, |rng| {
        let model = single_table(rng);
        every_subset(&model, rng, 4000, 12)
    });
}
