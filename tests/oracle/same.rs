//! One number that no layer sets, as the outcome of rows of several decisions that others read together: it is one value.

use super::generate::question;
use super::model::{
    Decision, Gives, Hit, Input, Kind, Model, Output, Parameter, Point, Row, Rule, Table, Test, Val,
};
use super::rng::Rng;
use super::space::things;
use super::tables::every_subset;
use super::{Tally, rounds};

/// Most ways in which what is unset can go, each as by itself, of rules that are gone through.
const MOST_WORLDS: usize = 300;

const OPTIONS: [&str; 3] = ["rood", "geel", "groen"];

fn decision(id: usize, outputs: usize, table: Table) -> Decision {
    let name = |o: usize| if outputs == 1 { format!("d{id}") } else { format!("o{o}") };
    let output = |o: usize| Output { name: name(o), options: Vec::new() };
    Decision {
        id: format!("d{id}"),
        outcome: false,
        when: None,
        outputs: (0..outputs).map(output).collect(),
        rule: Rule::Table(table),
    }
}

/// A table over the only question: per option numbers, some of which are parameters.
fn numbers(rng: &mut Rng, outputs: usize, parameters: usize) -> Table {
    let mut rows = Vec::new();
    for option in OPTIONS {
        let number = |rng: &mut Rng| Val::Num(rng.between(0, 8) * 100);
        let gives = if rng.chance(65) {
            Gives::Unset((0..outputs).map(|_| rng.below(parameters)).collect())
        } else {
            Gives::Values((0..outputs).map(|_| number(rng)).collect())
        };
        rows.push(Row { cells: vec![vec![Test::Is(Val::Text(option))]], gives });
    }
    Table { hit: Hit::First, priority: Vec::new(), inputs: vec![Input::Question(0)], rows }
}

/// A range with one end.
fn range(rng: &mut Rng) -> Test {
    let end = Some((Point::At(Val::Num(rng.between(1, 6) * 100)), rng.chance(50)));
    if rng.chance(50) { Test::Range(end, None) } else { Test::Range(None, end) }
}

fn reading(rng: &mut Rng, model: &Model) -> Table {
    let outputs: Vec<Input> = (0..model.decisions.len())
        .flat_map(|d| (0..model.decisions[d].outputs.len()).map(move |o| Input::Output(d, o)))
        .collect();
    let mut inputs: Vec<Input> = Vec::new();
    while inputs.len() < outputs.len().min(2 + rng.below(2)) {
        let input = *rng.pick(&outputs);
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    let mut rows = Vec::new();
    for _ in 0..1 + rng.below(3) {
        let cells =
            inputs.iter().map(|_| vec![if rng.chance(85) { range(rng) } else { Test::Any }]).collect();
        rows.push(Row { cells, gives: Gives::Values(vec![Val::Bool(rng.chance(60))]) });
    }
    let cells = inputs.iter().map(|_| vec![Test::Any]).collect();
    rows.push(Row { cells, gives: Gives::Values(vec![Val::Bool(rng.chance(50))]) });
    Table { hit: Hit::First, priority: Vec::new(), inputs, rows }
}

fn model(rng: &mut Rng) -> Model {
    let mut only = question(rng, 0);
    only.kind = Kind::Choice(OPTIONS.to_vec());
    (only.min, only.max, only.points, only.heaviest) = (None, None, None, false);
    let mut model = Model { questions: vec![only], ..Model::default() };
    let parameters = 1 + rng.below(2);
    for p in 0..parameters {
        let id = format!("p{p}");
        model.parameters.push(Parameter { id, test_on: None, kind: "integer", set: Vec::new() });
    }
    for d in 0..2 + rng.below(2) {
        let outputs = if rng.chance(25) { 2 } else { 1 };
        model.decisions.push(decision(d, outputs, numbers(rng, outputs, parameters)));
    }
    let base = model.clone();
    for d in base.decisions.len()..base.decisions.len() + 2 {
        model.decisions.push(decision(d, 1, reading(rng, &base)));
    }
    model
}

#[test]
fn one_value_in_several_places() {
    rounds("one value in several places", 400, |rng| {
        let model = model(rng);
        let worlds: usize = things(&model).iter().map(|(_, ways)| ways).product();
        if worlds > MOST_WORLDS { Ok(Tally::default()) } else { every_subset(&model, rng, 20_000, 8) }
    });
}
