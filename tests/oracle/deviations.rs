//! What an official decides instead: the decision itself stays as computed, and all others are as if its rule always gave
//! what was decided.

use leidraad::Answers;

use super::chain::{Recipe, chain};
use super::compare::{difference, load};
use super::generate::{known, partly};
use super::model::{Gives, Hit, Model, Row, Rule, Table, Test, Val};
use super::naive::known_outcomes;
use super::rng::Rng;
use super::space::{Given, Space, axes, things};
use super::{Tally, render, rounds};

/// A decision that can be decided otherwise, with an outcome that it knows.
fn deviation(model: &Model, rng: &mut Rng) -> Option<(usize, Vec<Val>)> {
    let mut candidates: Vec<(usize, Vec<Val>)> = Vec::new();
    for (d, decision) in model.decisions.iter().enumerate() {
        let collects = matches!(&decision.rule, Rule::Table(table) if table.hit == Hit::Collect);
        if !collects && !matches!(decision.rule, Rule::Points(_)) {
            // nothing at all is no outcome to decide on
            let known = known_outcomes(model, d).into_iter().filter(|values| *values != [Val::Null]);
            candidates.extend(known.map(|values| (d, values)));
        }
    }
    (!candidates.is_empty()).then(|| rng.pick(&candidates).clone())
}

/// The model in which a decision always has this outcome.
fn always(model: &Model, d: usize, values: &[Val]) -> Model {
    let mut other = model.clone();
    let decision = &mut other.decisions[d];
    decision.when = None;
    decision.rule = Rule::Table(Table {
        hit: Hit::First,
        priority: Vec::new(),
        inputs: vec![super::model::Input::Question(0)],
        rows: vec![Row { cells: vec![vec![Test::Any]], gives: Gives::Values(values.to_vec()) }],
    });
    other
}

/// Answers with the deviation beside them.
fn text(model: &Model, given: &[Given], d: usize, values: &[Val]) -> String {
    let decision = &model.decisions[d];
    let value = match values {
        [value] if decision.outputs.len() < 2 => value.json(),
        values => {
            let fields = decision.outputs.iter().zip(values);
            let fields: Vec<String> =
                fields.map(|(output, value)| format!("{:?}:{}", output.name, value.json())).collect();
            format!("{{{}}}", fields.join(","))
        }
    };
    let answers = render::answers(model, given);
    let comma = if answers == "{}" { "" } else { "," };
    format!(
        r#"{}{comma}"$deviations":{{"{}":{{"value":{value},"motivation":"Het kan niet anders."}}}}}}"#,
        answers.strip_suffix('}').unwrap(),
        decision.id
    )
}

fn round(rng: &mut Rng) -> Result<Tally, String> {
    let recipe =
        Recipe { questions: 4, decisions: 4, choices: true, unset: true, sections: false, decimals: false };
    let model = chain(rng, recipe);
    let (axes, size) = axes(&model, rng, true);
    let worlds = things(&model).iter().fold(1usize, |worlds, (_, ways)| worlds.saturating_mul(*ways));
    let Some((d, values)) = deviation(&model, rng) else { return Ok(Tally::default()) };
    if size.saturating_mul(worlds) > 4000 {
        return Ok(Tally::default());
    }
    let file = render::file(&model, true);
    let Ok(program) = load(&file, true) else { return Ok(Tally::default()) }; // other tests say when it rightly refuses
    let decided = always(&model, d, &values);
    let (computed, otherwise) = (Space::new(&model, axes.clone()), Space::new(&decided, axes.clone()));
    let mut tally = Tally::default();
    for _ in 0..24 {
        let one = |(q, axis), rng: &mut Rng| match rng.below(5) {
            0 | 1 => Given::Absent,
            2 => partly(&model, q, axis, rng),
            _ => known(&model, q, axis, rng),
        };
        let given: Vec<Given> = axes.iter().enumerate().map(|question| one(question, rng)).collect();
        let text = text(&model, &given, d, &values);
        let failed = |problem: String| format!("{problem}\n--- rule file\n{file}\n--- answers\n{text}\n");
        let answers = Answers::from_json("antwoorden.json", &text).map_err(|f| failed(format!("{f:#}")))?;
        let assessment = program.evaluate(&answers).map_err(|f| failed(format!("{f:#}")))?;
        tally.add(&assessment);
        if program.evaluate_json(&text).ok() != Some(assessment.to_json()) {
            return Err(failed("from JSON to JSON it is another assessment".to_owned()));
        }
        // of the decision what is computed, of all others and of the questions what follows from what was decided
        let mut own = computed.expect(&given);
        let mut verdict = otherwise.expect(&given);
        std::mem::swap(&mut own.decisions[d], &mut verdict.decisions[d]);
        verdict.cases = verdict.cases.max(own.cases);
        // which question is best to ask next also counts the computed outcome, of which the oracle has no order
        verdict.next = assessment.next.iter().map(ToString::to_string).collect();
        if let Some(problem) = difference(&model, &given, &verdict, &assessment) {
            return Err(failed(problem));
        }
        if !assessment.deviations.iter().any(|(id, _)| *id == model.decisions[d].id) {
            return Err(failed("the deviation does not stand beside it".to_owned()));
        }
    }
    Ok(tally)
}

#[test]
fn decided_otherwise() {
    rounds("deviations", 400, round);
}
