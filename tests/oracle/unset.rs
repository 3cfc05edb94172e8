//! What no layer sets: tests, end points, rows that are silent, decisions that are not loaded. Where an outcome hangs
//! on it, it is unregulated, and says on what; where it does not, it stands.

use super::chain::{Recipe, chain};
use super::model::{Decision, Gives, Hit, Input, Kind, Model, Output, Parameter, Part, Rule, Table, Val};
use super::rng::Rng;
use super::rounds;
use super::tables::every_subset;

/// Outputs of a decision that no layer loads.
pub(super) fn declared(id: &str, rng: &mut Rng) -> Vec<Output> {
    let texts = ["golf", "hotel", "india", "juliett"];
    let name = |name: &str, rng: &mut Rng| Output {
        name: name.to_owned(),
        options: texts[..1 + rng.below(4)].to_vec(),
    };
    match rng.below(10) {
        0 => Vec::new(),
        1 => vec![name("x", rng), name("y", rng)],
        _ => vec![name(id, rng)],
    }
}

/// Whether a decision can have an outcome of which nothing is known.
pub(super) fn vague(model: &Model, d: usize) -> bool {
    let decision: &Decision = &model.decisions[d];
    let declared = matches!(decision.outputs.as_slice(), [o] if o.options.len() > 1);
    match &decision.rule {
        Rule::Unloaded => !declared,
        Rule::Table(table) => {
            !declared && table.rows.iter().any(|row| !matches!(row.gives, Gives::Values(_)))
        }
        Rule::Points(terms) => {
            terms.iter().any(|term| matches!(term, Input::Output(d, _) if vague(model, *d)))
        }
    }
}

/// Unset parameters for some columns, new ones or those that other tables use too.
pub(super) fn parameters(model: &mut Model, inputs: &[Input], rng: &mut Rng) -> Vec<Option<(usize, bool)>> {
    let mut one = |input: &Input| {
        if !rng.chance(35) {
            return None;
        }
        // a test on the year of a date cannot be declared
        let test = rng.chance(50) && !matches!(input, Input::Part(_, Part::Year));
        let kind = kind(model, *input);
        let fits = |p: &Parameter| match p.test_on {
            Some(on) => test && on == *input,
            None => !test && p.kind == kind,
        };
        let known: Vec<usize> = (0..model.parameters.len()).filter(|p| fits(&model.parameters[*p])).collect();
        let parameter = if !known.is_empty() && rng.chance(50) {
            *rng.pick(&known)
        } else {
            let id = format!("p{}", model.parameters.len());
            model.parameters.push(Parameter { id, test_on: test.then_some(*input), kind, set: Vec::new() });
            model.parameters.len() - 1
        };
        Some((parameter, test))
    };
    inputs.iter().map(&mut one).collect()
}

fn kind(model: &Model, input: Input) -> &'static str {
    match input {
        Input::Part(_, Part::Year | Part::Month | Part::Day | Part::Weekday) => "integer",
        Input::Output(..) => "decimal",
        Input::Question(q) => match model.questions[q].kind {
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::Int => "integer",
            _ => "decimal",
        },
    }
}

/// Makes some rows silent, or lets an unset parameter be what they give.
pub(super) fn silence(model: &mut Model, table: &mut Table, outputs: &[Output], rng: &mut Rng) {
    if matches!(table.hit, Hit::Any | Hit::Possible) || !rng.chance(40) {
        return;
    }
    for row in &mut table.rows {
        if rng.chance(75) {
            continue;
        }
        row.gives = if rng.chance(70) {
            Gives::Silent
        } else {
            Gives::Unset(outputs.iter().map(|_| outcome(model, rng)).collect())
        };
    }
    table.trim_priority();
    // an order may name what no row gives
    if table.hit == Hit::Priority && rng.chance(60) && outputs.iter().any(|o| o.options.is_empty()) {
        let place = rng.below(table.priority.len() + 1);
        let other = *rng.pick(&[Val::Text("zulu"), Val::Num(4200), Val::Num(150)]);
        if !table.priority.contains(&other) {
            table.priority.insert(place, other);
        }
    }
}

/// A number that no layer sets, a new one or one that is an outcome or a limit elsewhere.
fn outcome(model: &mut Model, rng: &mut Rng) -> usize {
    let fits = |p: &usize| model.parameters[*p].test_on.is_none() && model.parameters[*p].kind == "integer";
    let known: Vec<usize> = (0..model.parameters.len()).filter(fits).collect();
    if !known.is_empty() && rng.chance(60) {
        return *rng.pick(&known);
    }
    let id = format!("p{}", model.parameters.len());
    model.parameters.push(Parameter { id, test_on: None, kind: "integer", set: Vec::new() });
    model.parameters.len() - 1
}

#[test]
fn what_is_not_set() {
    rounds("what is not set", 500, |rng| {
        let recipe = Recipe {
            questions: 1 + rng.below(3),
            decisions: 2 + rng.below(3),
            choices: false,
            unset: true,
            sections: false,
            decimals: false,
        };
        every_subset(&chain(rng, recipe), rng, 4000, 12)
    });
}

#[test]
fn overlap_and_what_is_not_set() {
    rounds("overlap and what is not set", 400, |rng| {
        let recipe = Recipe {
            questions: 1 + rng.below(3),
            decisions: 2 + rng.below(2),
            choices: true,
            unset: true,
            sections: false,
            decimals: false,
        };
        every_subset(&chain(rng, recipe), rng, 3000, 10)
    });
}
