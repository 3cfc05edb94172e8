//! Tables of more rows than a machine word has bits, and tables with more hit sets than are followed exactly.

use super::generate::{Shape, outcomes, question, table};
use super::model::{
    Clause, Cond, Decision, Gives, Hit, Input, Kind, Model, Output, Parameter, Point, Row, Rule, Table, Test,
    Val,
};
use super::rng::Rng;
use super::rounds;
use super::tables::every_subset;

#[test]
fn many_rows() {
    rounds("many rows", 60, |rng| {
        let columns = 2 + rng.below(2);
        let mut model = Model::default();
        while model.questions.len() < columns {
            let mut question = question(rng, model.questions.len());
            question.max =
                question.min.map_or(question.max, |min| Some(min + question.kind.step().unwrap_or(1) * 90));
            let first = model.questions.is_empty();
            if !first || question.kind.step().is_some() {
                model.questions.push(question);
            }
        }
        let hit = *rng.pick(&[Hit::Unique, Hit::Any, Hit::First, Hit::Priority, Hit::Collect, Hit::Possible]);
        let outcomes = outcomes(rng, &["d".to_owned()]);
        let shape = Shape {
            inputs: (0..columns).map(Input::Question).collect(),
            unset: Vec::new(),
            hit,
            rows: 65 + rng.below(130),
            default: false,
            constants: Some(if columns == 2 { 20 } else { 7 }),
        };
        let table = table(&model, rng, shape, &outcomes.rows);
        let (id, outputs) = ("d".to_owned(), outcomes.outputs);
        model.decisions.push(Decision { id, outcome: true, when: None, outputs, rule: Rule::Table(table) });
        every_subset(&model, rng, 9000, 12)
    });
}

/// A table with rows on one or two of many columns each: every subset of them can hit.
fn wide(rng: &mut Rng, unset: bool) -> Model {
    let columns = if unset { 13 } else { 11 + rng.below(3) };
    let mut model = Model::default();
    for q in 0..columns {
        let mut question = question(rng, q);
        question.kind = Kind::Bool;
        (question.min, question.max) = (None, None);
        model.questions.push(question);
    }
    let outcomes = outcomes(rng, &["d".to_owned()]);
    let mut rows = Vec::new();
    for q in 0..columns + rng.below(6) {
        let mut cells = vec![vec![Test::Any]; columns];
        cells[q % columns] = vec![Test::Is(Val::Bool(rng.chance(50)))];
        if rng.chance(30) {
            cells[rng.below(columns)] = vec![Test::Is(Val::Bool(rng.chance(50)))];
        }
        rows.push(Row { cells, gives: Gives::Values(rng.pick(&outcomes.rows).clone()) });
    }
    if unset {
        // two tests and a row that no layer sets
        for p in 0..2 {
            let id = format!("p{p}");
            model.parameters.push(Parameter {
                id,
                test_on: Some(Input::Question(p)),
                kind: "boolean",
                set: Vec::new(),
            });
            rows[p].cells[p] = vec![Test::Unset(p)];
        }
        rows[2].gives = Gives::Silent;
    }
    rng.shuffle(&mut rows);
    let gives = Gives::Values(rng.pick(&outcomes.rows).clone());
    rows.push(Row { cells: vec![vec![Test::Any]; columns], gives });
    let hit = match unset {
        true => *rng.pick(&[Hit::First, Hit::Collect]),
        false => *rng.pick(&[Hit::First, Hit::Priority, Hit::Possible, Hit::Collect]),
    };
    let inputs = (0..columns).map(Input::Question).collect();
    let rule = Rule::Table(Table { hit, priority: Vec::new(), inputs, rows });
    let (id, outputs) = ("d".to_owned(), outcomes.outputs);
    model.decisions.push(Decision { id, outcome: true, when: None, outputs, rule });
    model
}

#[test]
fn more_hit_sets_than_are_followed() {
    let tally =
        rounds("more hit sets than are followed", 16, |rng| every_subset(&wide(rng, false), rng, 9000, 8));
    assert!(tally.statuses.get("approximate").is_some_and(|n| *n > 0), "{tally:?}");
}

#[test]
fn more_than_is_followed_with_unset_things() {
    rounds("more than is followed, with unset things", 8, |rng| {
        every_subset(&wide(rng, true), rng, 400_000, 8)
    });
}

/// A chain of which the first table names more unset tests than can be followed one against the other.
fn many_unset(rng: &mut Rng) -> Model {
    let mut model = Model::default();
    for q in 0..2 {
        let mut question = question(rng, q);
        (question.kind, question.min, question.max) = (Kind::Bool, None, None);
        model.questions.push(question);
    }
    let columns = [Input::Question(0), Input::Question(1)];
    let mut rows = Vec::new();
    for p in 0..13 {
        let on = rng.below(2);
        let id = format!("p{p}");
        model.parameters.push(Parameter { id, test_on: Some(columns[on]), kind: "boolean", set: Vec::new() });
        let mut cells = vec![vec![Test::Any]; 2];
        cells[on] = vec![Test::Unset(p)];
        rows.push(Row { cells, gives: Gives::Values(vec![Val::Num(rng.between(1, 3) * 100)]) });
    }
    rows.push(Row { cells: vec![vec![Test::Any]; 2], gives: Gives::Values(vec![Val::Num(0)]) });
    let when = |rng: &mut Rng| {
        let cond = Cond::All(vec![Clause::Test(columns[rng.below(2)], vec![Test::Is(Val::Bool(true))])]);
        rng.chance(40).then_some(cond)
    };
    let output = |name: &str| Output { name: name.to_owned(), options: Vec::new() };
    let table = Table { hit: Hit::First, priority: Vec::new(), inputs: columns.to_vec(), rows };
    let mut add = |id: &str, when, outputs, rule| {
        model.decisions.push(Decision { id: id.to_owned(), outcome: true, when, outputs, rule });
    };
    add("d0", when(rng), vec![output("d0")], Rule::Table(table));
    add("d1", when(rng), Vec::new(), Rule::Points(vec![Input::Output(0, 0)]));
    let row = |test, number| Row { cells: vec![vec![test]], gives: Gives::Values(vec![Val::Num(number)]) };
    let at_most = Test::Range(None, Some((Point::At(Val::Num(100)), true)));
    let rows = vec![row(at_most, 500), row(Test::Any, 700)];
    let table = Table { hit: Hit::First, priority: Vec::new(), inputs: vec![Input::Output(1, 0)], rows };
    add("d2", when(rng), vec![output("d2")], Rule::Table(table));
    model
}

#[test]
fn many_unset_things() {
    let tally = rounds("many unset things", 4, |rng| every_subset(&many_unset(rng), rng, 90_000, 4));
    assert_eq!(tally.statuses.get("approximate"), None, "{tally:?}");
}
