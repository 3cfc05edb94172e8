//! Random tables, each with every subset of answers and with answers that are known in part.

use super::compare::{assess, difference, load, report};
use super::generate::{known, partly, single_table};
use super::model::Model;
use super::rng::Rng;
use super::space::{Given, Space, axes, things};
use super::{render, rounds};

/// Holds all subsets of random answers, and some partly known ones, against the oracle.
pub(super) fn every_subset(
    model: &Model,
    rng: &mut Rng,
    limit: usize,
    partly_known: usize,
) -> Result<usize, String> {
    let merge = rng.chance(80);
    let (axes, size) = axes(model, rng, merge);
    let worlds = things(model).iter().fold(1usize, |worlds, (_, ways)| worlds.saturating_mul(*ways));
    if size.saturating_mul(worlds) > limit {
        return Ok(0);
    }
    let yaml = rng.chance(30);
    let text = render::file(model, yaml);
    let program = load(&text, yaml);
    let space = Space::new(model, axes);
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
                Ok(0)
            } else {
                Err(format!("refused:\n{text}\n{error}\noracle: {impossible:?}"))
            };
        }
    };
    let questions = model.questions.len();
    let mut cases = 0;
    let mut hold = |given: &[Given]| -> Result<(), String> {
        cases += 1;
        let verdict = space.expect(given);
        let found = match assess(&program, model, given) {
            Ok(assessment) => difference(model, given, &verdict, &assessment),
            Err(error) => Some(error),
        };
        found.map_or(Ok(()), |problem| Err(report(model, given, problem)))
    };
    let subsets: Vec<u64> = if questions <= 6 {
        (0..1 << questions).collect()
    } else {
        (0..64).map(|_| rng.below(1 << questions) as u64).collect()
    };
    for subset in subsets {
        let given: Vec<Given> = (0..questions)
            .map(|q| match subset >> q & 1 {
                1 => known(&space.axes[q], rng),
                _ if rng.chance(15) => Given::Nobody,
                _ => Given::Absent,
            })
            .collect();
        hold(&given)?;
    }
    for _ in 0..partly_known {
        let given: Vec<Given> = (0..questions)
            .map(|q| match rng.below(4) {
                0 => Given::Absent,
                1 => known(&space.axes[q], rng),
                _ => partly(model, q, &space.axes[q], rng),
            })
            .collect();
        hold(&given)?;
    }
    Ok(cases)
}

#[test]
fn one_table() {
    rounds("one table", 400, |rng| {
        let model = single_table(rng);
        every_subset(&model, rng, 4000, 12)
    });
}
