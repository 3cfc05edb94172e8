//! Random rule sets of several decisions that read each other, the same questions in several ways, and conditions.

use super::cut::{Domain, domain};
use super::generate::{Shape, inputs_of, outcomes, question, table};
use super::model::{Clause, Cond, Decision, Hit, Input, Kind, Model, Question, Rule, Section, Test, Val};
use super::naive::given;
use super::rng::Rng;
use super::unset;

/// What a random chain may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    pub(super) questions: usize,
    pub(super) decisions: usize,
    /// Whether overlapping rows may leave a choice.
    pub(super) choices: bool,
    /// Whether parameters, rows and decisions may be unset.
    pub(super) unset: bool,
    /// Whether sections of questions may have a condition.
    pub(super) sections: bool,
    /// Whether numbers are such that their steps follow from what rules say of them.
    pub(super) decimals: bool,
}

/// A random rule set.
pub(super) fn chain(rng: &mut Rng, recipe: Recipe) -> Model {
    let mut model = Model::default();
    let base = 1 + rng.below(recipe.questions);
    for q in 0..base {
        let question = scored(asked(rng, q, recipe), rng);
        model.questions.push(question);
    }
    if recipe.sections && base > 1 {
        let first = 1 + rng.below(base - 1);
        let before: Vec<Input> = (0..first).map(Input::Question).collect();
        model.sections = vec![Section { first, when: Some(condition(&model, rng, &before)) }];
    }
    // conditions of these read only what comes before them
    for q in 1..base {
        if rng.chance(25) {
            model.questions[q].when =
                Some(condition(&model, rng, &(0..q).map(Input::Question).collect::<Vec<_>>()));
        }
    }
    let decisions = 2 + rng.below(recipe.decisions - 1);
    decision(&mut model, rng, recipe);
    for q in base..recipe.questions {
        if recipe.sections && rng.chance(60) {
            let when = rng.chance(80).then(|| condition(&model, rng, &readable(&model)));
            model.sections.push(Section { first: q, when });
        }
        let mut late = scored(asked(rng, q, recipe), rng);
        if rng.chance(60) {
            late.when = Some(condition(&model, rng, &readable(&model)));
        }
        model.questions.push(late);
    }
    while model.decisions.len() < decisions {
        decision(&mut model, rng, recipe);
    }
    let last = model.decisions.len() - 1;
    model.decisions[last].outcome = rng.chance(70);
    model
}

/// A random question, more often a decimal where the recipe says so.
fn asked(rng: &mut Rng, q: usize, recipe: Recipe) -> Question {
    let mut question = question(rng, q);
    if recipe.decimals && (matches!(question.kind, Kind::Int | Kind::Dec(_)) || rng.chance(40)) {
        let step = *rng.pick(&[1, 10, 10, 100]);
        let min = rng.between(-3, 3) * step;
        question.kind = Kind::Dec(step);
        question.min = rng.chance(80).then_some(min);
        question.max = rng.chance(80).then(|| min + rng.between(1, 40) * step);
    }
    question
}

/// Gives a question with options quarter points, now and then, and "not applicable" as an answer.
fn scored(mut question: Question, rng: &mut Rng) -> Question {
    let options = question.kind.options().len();
    if options > 0 && rng.chance(70) {
        let unit = *rng.pick(&[25, 25, 50, 100]);
        question.points = Some((0..options).map(|_| rng.between(-1, 8) * unit).collect());
    }
    question.may_not_apply = rng.chance(10);
    question
}

/// Everything that a rule can read so far.
pub(super) fn readable(model: &Model) -> Vec<Input> {
    let mut list: Vec<Input> = (0..model.questions.len()).map(Input::Question).collect();
    for (d, decision) in model.decisions.iter().enumerate() {
        match &decision.rule {
            Rule::Table(table) if table.hit == Hit::Collect => {}
            Rule::Points(_) => list.push(Input::Output(d, 0)),
            _ => list.extend((0..decision.outputs.len()).map(|o| Input::Output(d, o))),
        }
    }
    list
}

/// A random condition on some of these inputs.
pub(super) fn condition(model: &Model, rng: &mut Rng, inputs: &[Input]) -> Cond {
    let clauses = |rng: &mut Rng, not: bool| {
        let mut list: Vec<Clause> = Vec::new();
        let mut used = Vec::new();
        for _ in 0..1 + rng.below(2) {
            let input = *rng.pick(inputs);
            let name = super::render::name(model, input);
            if used.contains(&name) {
                continue;
            }
            used.push(name);
            let domain = domain(model, input, 2, rng);
            list.push(Clause::Test(input, cell(&domain, rng)));
        }
        if not {
            let input = *rng.pick(inputs);
            let domain = domain(model, input, 2, rng);
            let inner = vec![Clause::Test(input, cell(&domain, rng))];
            list.push(Clause::Not(if rng.chance(80) {
                Cond::All(inner)
            } else {
                Cond::Any(vec![Cond::All(inner.clone()), Cond::All(inner)])
            }));
        }
        Cond::All(list)
    };
    if rng.chance(70) {
        let not = rng.chance(25);
        return clauses(rng, not);
    }
    Cond::Any(
        (0..2)
            .map(|_| {
                let not = rng.chance(30);
                clauses(rng, not)
            })
            .collect(),
    )
}

/// A cell that says something.
fn cell(domain: &Domain, rng: &mut Rng) -> Vec<Test> {
    (0..5)
        .map(|_| domain.random_cell(rng))
        .find(|cell| *cell != [Test::Any])
        .unwrap_or_else(|| vec![Test::Any])
}

/// What can be added up.
fn terms(model: &Model) -> Vec<Input> {
    let number = |d: usize, o: usize| match &model.decisions[d].rule {
        Rule::Points(_) => true,
        Rule::Table(table) if table.hit != Hit::Collect => {
            // what is unset may be added up, beside a number that tells what kind of value it is
            let known: Vec<Val> = table.rows.iter().filter_map(|row| given(row, o)).collect();
            !known.is_empty() && known.iter().all(|value| matches!(value, Val::Num(_)))
        }
        _ => false,
    };
    readable(model)
        .into_iter()
        .filter(|input| match input {
            Input::Question(q) => model.questions[*q].points.is_some(),
            Input::Output(d, o) => number(*d, *o),
            Input::Part(..) => false,
        })
        .collect()
}

/// The smallest difference between two scores of a decision, in hundredths.
pub(super) fn score_step(model: &Model, d: usize) -> i64 {
    let unit = |hundredths: i64| {
        if hundredths % 100 == 0 {
            100
        } else if hundredths % 10 == 0 {
            10
        } else {
            1
        }
    };
    let Rule::Points(terms) = &model.decisions[d].rule else { return 1 };
    let units = terms.iter().map(|term| match term {
        Input::Question(q) => {
            model.questions[*q].points.iter().flatten().map(|p| unit(*p)).min().unwrap_or(100)
        }
        Input::Output(d, o) => match &model.decisions[*d].rule {
            Rule::Table(table) => {
                table.rows.iter().filter_map(|row| given(row, *o)?.order()).map(unit).min().unwrap_or(100)
            }
            _ => score_step(model, *d),
        },
        Input::Part(..) => 100,
    });
    units.min().unwrap_or(100)
}

/// Adds a random decision.
pub(super) fn decision(model: &mut Model, rng: &mut Rng, recipe: Recipe) {
    let d = model.decisions.len();
    let id = format!("d{d}");
    let when = (d > 0 && rng.chance(20)).then(|| condition(model, rng, &readable(model)));
    let outcome = rng.chance(30);
    if recipe.unset && rng.chance(15) {
        let outputs = unset::declared(&id, rng);
        model.decisions.push(Decision { id, outcome, when, outputs, rule: Rule::Unloaded });
        return;
    }
    let mut terms = terms(model);
    if !terms.is_empty() && rng.chance(40) {
        rng.shuffle(&mut terms);
        terms.truncate(1 + rng.below(4));
        model.decisions.push(Decision { id, outcome, when, outputs: Vec::new(), rule: Rule::Points(terms) });
        return;
    }
    let mut inputs = columns(model, rng);
    inputs.truncate(1 + rng.below(3));
    let names: Vec<String> =
        if rng.chance(60) { vec![id.clone()] } else { vec!["x".to_owned(), "y".to_owned()] };
    let outcomes = outcomes(rng, &names);
    let hit = match rng.below(9) {
        0 | 1 => Hit::Unique,
        2 => Hit::Any,
        3 | 4 => Hit::First,
        5 => Hit::Priority,
        6 => Hit::Collect,
        _ if recipe.choices => Hit::Possible,
        _ => Hit::First,
    };
    // of an unknown outcome only the row that accepts everything knows what to do
    let vague = inputs.iter().any(|input| matches!(input, Input::Output(d, _) if unset::vague(model, *d)));
    let hit = if vague { *rng.pick(&[Hit::First, Hit::Priority, Hit::Collect]) } else { hit };
    let rows = 1 + rng.below(7);
    let unset = if recipe.unset { unset::parameters(model, &inputs, rng) } else { Vec::new() };
    let mut table = table(
        model,
        rng,
        Shape { inputs, unset, hit, rows, default: vague, constants: None },
        &outcomes.rows,
    );
    if recipe.unset {
        unset::silence(model, &mut table, &outcomes.outputs, rng);
    }
    let rule = Rule::Table(table);
    model.decisions.push(Decision { id, outcome, when, outputs: outcomes.outputs, rule });
}

/// Inputs for a table: what comes last most often, and questions also by the parts of their dates.
fn columns(model: &Model, rng: &mut Rng) -> Vec<Input> {
    let mut list = readable(model);
    if rng.chance(60) {
        let last = list.len() - 1;
        let at = rng.below(list.len());
        list.swap(at, last);
        list.reverse();
    } else {
        rng.shuffle(&mut list);
    }
    let mut dates = Vec::new();
    for input in &mut list {
        if let Input::Question(q) = *input {
            *input = inputs_of(model, q, rng);
            if model.questions[q].kind == Kind::Date {
                dates.push(inputs_of(model, q, rng));
            }
        }
    }
    for date in dates {
        if !list.contains(&date) {
            let at = rng.below(list.len());
            list.insert(at, date);
        }
    }
    list
}
