//! Random questions and tables.

use super::cut::{Domain, Scale, domain, split};
use super::model::{
    Decision, Gives, Hit, Input, Kind, Model, Output, Part, Question, Row, Rule, Table, Test, Val,
};
use super::naive::Seen;
use super::naive::known_outcomes;
use super::rng::Rng;
use super::space::{Axis, Given};

const OPTIONS: [&str; 6] = ["rood", "geel", "groen", "blauw", "wit", "zwart"];
const TEXTS: [&str; 6] = ["alfa", "bravo", "charlie", "delta", "echo", "foxtrot"];

/// A random question.
pub(super) fn question(rng: &mut Rng, id: usize) -> Question {
    let kind = match rng.below(8) {
        0 | 1 => Kind::Choice(OPTIONS[..2 + rng.below(3)].to_vec()),
        2 => Kind::Bool,
        3 | 4 => Kind::Int,
        5 => Kind::Dec(*rng.pick(&[10, 25, 50])),
        6 => Kind::Date,
        _ => Kind::Time,
    };
    let (min, max) = match &kind {
        Kind::Int | Kind::Dec(_) => {
            let step = kind.step().unwrap();
            let min = rng.between(-3, 3) * step;
            let max = min + rng.between(1, 40) * step;
            (rng.chance(90).then_some(min), rng.chance(90).then_some(max))
        }
        Kind::Date => {
            let min = 20_454 + rng.between(-400, 400);
            (rng.chance(85).then_some(min), rng.chance(85).then(|| min + rng.between(2, 500)))
        }
        _ => (None, None),
    };
    Question {
        id: format!("q{id}"),
        kind,
        min,
        max,
        points: None,
        when: None,
        may_not_apply: false,
        heaviest: false,
        stepless: false,
        asked: None,
        dated: Vec::new(),
        gone: false,
    }
}

/// Values for the rows of an output, and the options that the file declares for it.
fn output_values(rng: &mut Rng) -> (Vec<Val>, Vec<&'static str>) {
    let many = 2 + rng.below(4);
    let mut texts = TEXTS.to_vec();
    rng.shuffle(&mut texts);
    match rng.below(8) {
        0..=2 => {
            let declared =
                if rng.chance(40) { texts[..(many + rng.below(2)).min(6)].to_vec() } else { Vec::new() };
            (texts[..many].iter().map(|t| Val::Text(t)).collect(), declared)
        }
        3 | 4 => {
            let step = *rng.pick(&[100, 100, 25, 10]);
            ((0..many).map(|_| Val::Num(rng.between(-4, 30) * step)).collect(), Vec::new())
        }
        5 => (vec![Val::Bool(rng.chance(50)), Val::Bool(true), Val::Bool(false)], Vec::new()),
        6 => ((0..many).map(|_| Val::Date(20_454 + rng.between(-400, 400))).collect(), Vec::new()),
        _ => {
            // numbers, a text and no value in one column
            let mut list: Vec<Val> = (0..many).map(|_| Val::Num(rng.between(0, 12) * 100)).collect();
            list.push(Val::Null);
            if rng.chance(50) {
                list.push(Val::Text(texts[0]));
            }
            (list, Vec::new())
        }
    }
}

/// What the rows of a table can give: some combinations of values.
pub(super) struct Outcomes {
    pub(super) outputs: Vec<Output>,
    pub(super) rows: Vec<Vec<Val>>,
}

/// Random outcomes for a decision; `names` are its outputs.
pub(super) fn outcomes(rng: &mut Rng, names: &[String]) -> Outcomes {
    let mut outputs = Vec::new();
    let mut values = Vec::new();
    for name in names {
        let (list, options) = output_values(rng);
        outputs.push(Output { name: name.clone(), options });
        values.push(list);
    }
    let many = if rng.chance(20) { 20 } else { 5 };
    let rows =
        (0..2 + rng.below(many)).map(|_| values.iter().map(|list| *rng.pick(list)).collect()).collect();
    Outcomes { outputs, rows }
}

/// The domain of an output as far as a table that reads it can know it.
pub(super) fn output_domain(model: &Model, d: usize, o: usize, constants: usize, rng: &mut Rng) -> Domain {
    let decision = &model.decisions[d];
    let not_applicable = decision.when.is_some();
    let mut values: Vec<Val> = match (&decision.rule, decision.outputs.get(o)) {
        (_, Some(output)) if !output.options.is_empty() => {
            output.options.iter().map(|t| Val::Text(t)).collect()
        }
        (Rule::Table(_), _) => known_outcomes(model, d).iter().map(|row| row[o]).collect(),
        _ => Vec::new(),
    };
    values.sort_unstable();
    values.dedup();
    let numbers = values.iter().all(|v| matches!(v, Val::Num(_)));
    let scored = matches!(decision.rule, Rule::Points(_));
    if scored || (numbers && !values.is_empty() && rng.chance(60)) {
        let orders: Vec<i64> = values.iter().filter_map(|v| v.order()).collect();
        let mut list: Vec<i64> = (0..constants)
            .map(|_| if scored || orders.is_empty() { rng.between(-4, 40) * 25 } else { *rng.pick(&orders) })
            .collect();
        list.sort_unstable();
        list.dedup();
        // outputs are compared exactly, whatever their steps
        let step = if scored { super::chain::score_step(model, d) } else { 1 };
        let scale = Scale { kind: Kind::Dec(step), min: None, max: None, constants: list };
        return Domain { options: Vec::new(), scale: Some(scale), not_applicable, unset: None };
    }
    Domain { options: values, scale: None, not_applicable, unset: None }
}

/// What a table looks like, before its cells.
pub(super) struct Shape {
    pub(super) inputs: Vec<Input>,
    /// Per input an unset parameter that its cells name, and whether it is a test.
    pub(super) unset: Vec<Option<(usize, bool)>>,
    pub(super) hit: Hit,
    pub(super) rows: usize,
    /// Whether a row that accepts everything must come last.
    pub(super) default: bool,
    /// Constants per column; none leaves it to chance.
    pub(super) constants: Option<usize>,
}

/// A random table over inputs; valid tables cover every case, and once where they must.
pub(super) fn table(model: &Model, rng: &mut Rng, shape: Shape, gives: &[Vec<Val>]) -> Table {
    let Shape { inputs, unset, hit, rows, default, constants } = shape;
    let few = if inputs.len() > 4 { 1 + rng.below(2) } else { 1 + rng.below(4) };
    let constants = constants.unwrap_or(few);
    let mut domains: Vec<Domain> = inputs.iter().map(|input| domain(model, *input, constants, rng)).collect();
    for (domain, unset) in domains.iter_mut().zip(unset) {
        domain.unset = unset.filter(|(_, test)| *test || domain.scale.is_some());
    }
    let atoms: Vec<_> = domains.iter().map(Domain::atoms).collect();
    let outcome = |rng: &mut Rng| Gives::Values(rng.pick(gives).clone());
    let mut list: Vec<Row> = Vec::new();
    let random_row = |rng: &mut Rng| domains.iter().map(|d| d.random_cell(rng)).collect::<Vec<_>>();
    let exact = matches!(hit, Hit::Unique | Hit::Any | Hit::Possible)
        || (hit == Hit::First && !default && rng.chance(20));
    if exact {
        for masks in split(&atoms, rows, rng) {
            let mut write = |masks: &[u64]| -> Vec<Vec<Test>> {
                domains.iter().zip(&atoms).zip(masks).map(|((d, a), m)| d.cell(a, *m, rng)).collect()
            };
            let cells = write(&masks);
            // `any` may say the same twice: a part of the row with the same outcome
            let part: Vec<u64> =
                masks.iter().map(|m| if m.count_ones() > 1 { m & (m - 1) } else { *m }).collect();
            let again = write(&part);
            let gives = outcome(rng);
            if hit == Hit::Any && rng.chance(40) {
                list.push(Row { cells: again, gives: gives.clone() });
            }
            list.push(Row { cells, gives });
        }
        if hit == Hit::Possible {
            for _ in 0..1 + rng.below(3) {
                list.push(Row { cells: random_row(rng), gives: outcome(rng) });
            }
        }
        rng.shuffle(&mut list);
    } else {
        list = (0..rows).map(|_| Row { cells: random_row(rng), gives: outcome(rng) }).collect();
        if hit != Hit::Collect {
            list.push(Row { cells: vec![vec![Test::Any]; inputs.len()], gives: outcome(rng) });
        }
    }
    let mut priority = Vec::new();
    if hit == Hit::Priority && rng.chance(50) {
        priority = gives.iter().map(|row| row[0]).filter(|v| *v != Val::Null).collect();
        priority.sort_unstable();
        priority.dedup();
        rng.shuffle(&mut priority);
        priority.truncate(1 + rng.below(4));
    }
    let mut table = Table { hit, priority, inputs, rows: list };
    table.trim_priority();
    table
}

/// A rule set of one random table over two to six questions.
pub(super) fn single_table(rng: &mut Rng) -> Model {
    let most = if rng.chance(50) { 2 } else { 5 };
    let columns = 2 + rng.below(most);
    let mut model = Model { questions: (0..columns).map(|q| question(rng, q)).collect(), ..Model::default() };
    for question in &mut model.questions {
        question.may_not_apply = rng.chance(12);
    }
    let mut inputs: Vec<Input> = (0..columns).map(Input::Question).collect();
    rng.shuffle(&mut inputs);
    let hit = *rng.pick(&[
        Hit::Unique,
        Hit::Any,
        Hit::First,
        Hit::First,
        Hit::Priority,
        Hit::Collect,
        Hit::Possible,
    ]);
    let names = if rng.chance(70) { vec!["d".to_owned()] } else { vec!["x".to_owned(), "y".to_owned()] };
    let outcomes = outcomes(rng, &names);
    let rows = if rng.chance(75) { 1 + rng.below(10) } else { 10 + rng.below(30) };
    let shape = Shape { inputs, unset: Vec::new(), hit, rows, default: false, constants: None };
    let table = table(&model, rng, shape, &outcomes.rows);
    model.decisions.push(Decision {
        id: "d".to_owned(),
        outcome: rng.chance(50),
        when: None,
        outputs: outcomes.outputs,
        rule: Rule::Table(table),
    });
    model
}

/// A question with its parts, as inputs of a table.
pub(super) fn inputs_of(model: &Model, q: usize, rng: &mut Rng) -> Input {
    let question = &model.questions[q];
    if question.kind == Kind::Date && question.min.is_some() && question.max.is_some() && rng.chance(60) {
        return Input::Part(q, *rng.pick(&[Part::Month, Part::Weekday, Part::Year, Part::Day]));
    }
    Input::Question(q)
}

/// A known answer: any value, and often one on a border; or several options where the question allows it.
pub(super) fn known(model: &Model, q: usize, axis: &Axis, rng: &mut Rng) -> Given {
    let question = &model.questions[q];
    if question.heaviest && rng.chance(60) {
        let options = question.kind.options();
        let list = (0..1 + rng.below(3)).map(|_| *rng.pick(&options)).collect();
        return Given::Several(list, question.points.clone().unwrap());
    }
    Given::Known(rng.pick(&axis.points).0)
}

/// An answer that is known in part.
pub(super) fn partly(model: &Model, q: usize, axis: &Axis, rng: &mut Rng) -> Given {
    if rng.chance(20) {
        return Given::Nobody;
    }
    if model.questions[q].heaviest && rng.chance(30) {
        return known(model, q, axis, rng);
    }
    let values: Vec<Val> = axis
        .points
        .iter()
        .filter_map(|(seen, _)| if let Seen::Value(value) = seen { Some(*value) } else { None })
        .collect();
    let kind = &model.questions[q].kind;
    if kind.step().is_none() || rng.chance(30) {
        let mut list: Vec<Val> = (0..1 + rng.below(3)).map(|_| *rng.pick(&values)).collect();
        list.dedup();
        return Given::OneOf(list);
    }
    let (a, b) = (rng.pick(&values).order().unwrap(), rng.pick(&values).order().unwrap());
    let (mut lo, mut hi) = (a.min(b), a.max(b));
    // ends between two steps count inwards
    if matches!(kind, Kind::Dec(_)) && rng.chance(30) {
        let inside = |at: i64| {
            model.questions[q].min.is_none_or(|m| m <= at) && model.questions[q].max.is_none_or(|m| at <= m)
        };
        lo = if inside(lo - 3) { lo - 3 } else { lo };
        hi = if inside(hi + 3) { hi + 3 } else { hi };
    }
    Given::Between(rng.chance(80).then_some(lo), rng.chance(80).then_some(hi))
}
