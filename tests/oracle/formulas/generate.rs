//! Random rule sets with formulas.

use super::super::rng::Rng;
use super::fraction::Fraction;

/// A rule set.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) questions: Vec<Question>,
    pub(super) parameters: Vec<Option<Fraction>>,
    pub(super) decisions: Vec<Decision>,
    /// Remarks, each under two conditions.
    pub(super) remarks: Vec<[(Ref, Test); 2]>,
}

/// A question with all its values, "not applicable" last where that is an answer.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) id: String,
    pub(super) values: Vec<Answer>,
    /// Of a number.
    pub(super) step: Option<Fraction>,
    pub(super) may_not_apply: bool,
    pub(super) when: Option<(Ref, Test)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    Number(Fraction),
    Option(usize),
    NotApplicable,
}

/// What a rule reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ref {
    Question(usize),
    Decision(usize),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Any,
    NotApplicable,
    Below(Fraction),
    From(Fraction),
    Is(Fraction),
    Option(usize),
}

#[derive(Debug)]
pub(super) struct Decision {
    pub(super) id: String,
    pub(super) when: Option<(Ref, Test)>,
    pub(super) rule: Rule,
    pub(super) outcome: bool,
}

#[derive(Debug)]
pub(super) enum Rule {
    Formula(Formula),
    /// The first row that hits; the last accepts everything.
    Table(Vec<Ref>, Vec<(Vec<Test>, Gives)>),
}

#[derive(Debug, Clone)]
pub(super) enum Gives {
    Number(Fraction),
    Text(usize),
    /// A parameter that no layer sets.
    Unset(usize),
}

#[derive(Debug, Clone)]
pub(super) enum Formula {
    Number(Fraction),
    Of(Ref),
    Parameter(usize),
    Negate(Box<Formula>),
    Plus(Box<Formula>, Box<Formula>),
    Minus(Box<Formula>, Box<Formula>),
    Times(Box<Formula>, Box<Formula>),
    By(Box<Formula>, Box<Formula>),
    Round(&'static str, i32, Box<Formula>),
    Several(&'static str, Vec<Formula>),
}

/// What a random rule set may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    /// How many of a hundred questions and decisions have a condition; with 0 formulas read no tables either.
    pub(super) conditions: usize,
    pub(super) unset: bool,
    /// Whether rows of tables give what is unset.
    pub(super) rows: bool,
}

pub(super) fn whole(n: i64) -> Fraction {
    Fraction::new(n.into(), 1)
}

pub(super) fn formulas(rng: &mut Rng, recipe: Recipe) -> Model {
    let mut model = Model::default();
    for q in 0..1 + rng.below(4) {
        let question = question(rng, q, recipe, &model);
        model.questions.push(question);
    }
    for _ in 0..rng.below(3) {
        model.parameters.push(Some(if rng.chance(60) { whole(rng.between(1, 6)) } else { quarters(rng) }));
    }
    if recipe.unset {
        model.parameters.push(None);
    }
    let count = 2 + rng.below(4);
    while model.decisions.len() < count {
        let d = model.decisions.len();
        let formula = d == 0 || rng.chance(50);
        let rule = match formula {
            true => Rule::Formula(rounded(rng, &model)),
            false => table(rng, &model, recipe),
        };
        let when = rng.chance(recipe.conditions).then(|| condition(rng, &model)).flatten();
        model.decisions.push(Decision { id: format!("d{d}"), when, rule, outcome: rng.chance(30) });
    }
    if recipe.conditions > 0 {
        for _ in 0..2 {
            let both = [condition(rng, &model), condition(rng, &model)];
            // two tests of one thing are one condition
            if let [Some(a), Some(b)] = both
                && a.0 != b.0
            {
                model.remarks.push([a, b]);
            }
        }
    }
    model
}

fn quarters(rng: &mut Rng) -> Fraction {
    Fraction::new(rng.between(1, 20).into(), 4)
}

fn question(rng: &mut Rng, q: usize, recipe: Recipe, model: &Model) -> Question {
    let step = match rng.below(8) {
        0 => None,
        1 => None,
        2 => Some(Fraction::new(1, 2)),
        _ => Some(whole(1)),
    };
    let mut values: Vec<Answer> = match step {
        None => (0..2 + rng.below(2)).map(Answer::Option).collect(),
        Some(step) => {
            let least = if rng.chance(30) { -4 } else { 0 };
            let low = rng.between(least, 4);
            let at = |i: i64| step.times(whole(low + i));
            (0..rng.between(2, 7)).map(|i| Answer::Number(at(i))).collect()
        }
    };
    let may_not_apply = rng.chance(12);
    if may_not_apply {
        values.push(Answer::NotApplicable);
    }
    let when = (q > 0 && rng.chance(recipe.conditions)).then(|| {
        let other = rng.below(q);
        (Ref::Question(other), a_test(rng, model, Ref::Question(other)))
    });
    Question { id: format!("q{q}"), values, step, may_not_apply, when }
}

/// A test that some value passes.
fn a_test(rng: &mut Rng, model: &Model, of: Ref) -> Test {
    let numbers = numbers(model, of);
    if numbers.is_empty() {
        return Test::Option(match of {
            Ref::Question(q) => rng.below(options(model, q)),
            Ref::Decision(_) => 0,
        });
    }
    let n = *rng.pick(&numbers);
    match rng.below(3) {
        0 => Test::From(n),
        1 => Test::Is(n),
        _ => Test::Below(n.plus(Fraction::new(1, 4))),
    }
}

fn options(model: &Model, q: usize) -> usize {
    model.questions[q].values.iter().filter(|v| matches!(v, Answer::Option(_))).count()
}

/// Some numbers that a thing can be; none of what is no number.
fn numbers(model: &Model, of: Ref) -> Vec<Fraction> {
    match of {
        Ref::Question(q) => model.questions[q]
            .values
            .iter()
            .filter_map(|v| if let Answer::Number(n) = v { Some(*n) } else { None })
            .collect(),
        Ref::Decision(d) => match &model.decisions[d].rule {
            Rule::Formula(_) => super::naive::range(model, d),
            Rule::Table(_, rows) => rows
                .iter()
                .filter_map(|(_, gives)| if let Gives::Number(n) = gives { Some(*n) } else { None })
                .collect(),
        },
    }
}

/// What a condition or column can read.
fn readable(model: &Model) -> Vec<Ref> {
    let questions = (0..model.questions.len()).map(Ref::Question);
    questions.chain((0..model.decisions.len()).map(Ref::Decision)).collect()
}

fn condition(rng: &mut Rng, model: &Model) -> Option<(Ref, Test)> {
    let of = *rng.pick(&readable(model));
    if matches!(of, Ref::Decision(d) if matches!(model.decisions[d].rule, Rule::Table(..)) && numbers(model, of).is_empty())
    {
        return None;
    }
    if numbers(model, of).is_empty() && matches!(of, Ref::Decision(_)) {
        return None;
    }
    Some((of, a_test(rng, model, of)))
}

fn table(rng: &mut Rng, model: &Model, recipe: Recipe) -> Rule {
    let mut inputs = readable(model);
    rng.shuffle(&mut inputs);
    // what comes last is read most often
    if rng.chance(60) {
        inputs.insert(0, Ref::Decision(model.decisions.len() - 1));
        inputs.dedup();
    }
    let texts = |of: &Ref| {
        let of = *of;
        matches!(of, Ref::Decision(d) if matches!(model.decisions[d].rule, Rule::Table(..)))
            && numbers(model, of).is_empty()
    };
    let empty = |of: &Ref| matches!(of, Ref::Decision(_)) && numbers(model, *of).is_empty();
    inputs.retain(|of| !texts(of) && !empty(of));
    let mut distinct: Vec<Ref> = Vec::new();
    for input in inputs {
        if !distinct.contains(&input) {
            distinct.push(input);
        }
    }
    let mut inputs = distinct;
    inputs.truncate(1 + rng.below(2));
    let number = rng.chance(if recipe.rows { 70 } else { 50 });
    let unset = model.parameters.iter().position(Option::is_none).filter(|_| recipe.rows);
    let gives = |rng: &mut Rng| match number {
        true if unset.is_some() && rng.chance(30) => Gives::Unset(unset.unwrap()),
        true if rng.chance(70) => Gives::Number(whole(rng.between(0, 5))),
        true => Gives::Number(quarters(rng)),
        false => Gives::Text(rng.below(3)),
    };
    let mut rows = Vec::new();
    for _ in 0..1 + rng.below(3) {
        let cells = inputs
            .iter()
            .map(|input| match rng.below(8) {
                0 | 1 => Test::Any,
                2 => Test::NotApplicable,
                _ => a_test(rng, model, *input),
            })
            .collect();
        let gives = gives(rng);
        rows.push((cells, gives));
    }
    let last = gives(rng);
    rows.push((vec![Test::Any; inputs.len()], last));
    Rule::Table(inputs, rows)
}

const ROUNDING: &[&str] =
    &["floor", "ceiling", "round", "round up", "round down", "round half up", "round half down", "decimal"];

/// A formula whose value has an end.
fn rounded(rng: &mut Rng, model: &Model) -> Formula {
    let formula = formula(rng, model, 3);
    if divides(&formula) || rng.chance(20) {
        let scale = *rng.pick(&[0, 0, 0, 1, 2, -1]);
        return Formula::Round(rng.pick::<&str>(ROUNDING), scale, Box::new(formula));
    }
    formula
}

fn divides(formula: &Formula) -> bool {
    match formula {
        Formula::By(..) => true,
        Formula::Negate(a) => divides(a),
        Formula::Plus(a, b) | Formula::Minus(a, b) | Formula::Times(a, b) => divides(a) || divides(b),
        Formula::Several(_, list) => list.iter().any(divides),
        _ => false,
    }
}

fn formula(rng: &mut Rng, model: &Model, depth: usize) -> Formula {
    let inner = |rng: &mut Rng| Box::new(formula(rng, model, depth - 1));
    if depth == 0 || rng.chance(15) {
        return leaf(rng, model);
    }
    match rng.below(12) {
        0..3 => Formula::Plus(inner(rng), inner(rng)),
        3 | 4 => Formula::Minus(inner(rng), inner(rng)),
        5 | 6 => Formula::Times(inner(rng), inner(rng)),
        7 => Formula::By(inner(rng), Box::new(divisor(rng, model))),
        8 => Formula::Negate(inner(rng)),
        9 => Formula::Round(rng.pick::<&str>(ROUNDING), *rng.pick(&[0, 0, 1, -1]), inner(rng)),
        _ => {
            let name = *rng.pick(&["min", "max", "sum"]);
            Formula::Several(name, (0..1 + rng.below(3)).map(|_| *inner(rng)).collect())
        }
    }
}

/// Something that is never 0.
fn divisor(rng: &mut Rng, model: &Model) -> Formula {
    let positive: Vec<usize> = (0..model.questions.len())
        .filter(|q| {
            let numbers = numbers(model, Ref::Question(*q));
            !numbers.is_empty() && numbers.iter().all(|n| n.over > 0)
        })
        .collect();
    if !positive.is_empty() && rng.chance(50) {
        return Formula::Of(Ref::Question(*rng.pick(&positive)));
    }
    Formula::Number(whole(*rng.pick(&[2, 3, 4, -3, 7])))
}

fn leaf(rng: &mut Rng, model: &Model) -> Formula {
    if !model.parameters.is_empty() && rng.chance(15) {
        return Formula::Parameter(rng.below(model.parameters.len()));
    }
    let mut refs = readable(model);
    refs.retain(|of| match of {
        Ref::Question(q) => model.questions[*q].step.is_some(),
        Ref::Decision(d) => match &model.decisions[*d].rule {
            Rule::Formula(_) => true,
            Rule::Table(_, rows) => {
                let number = |gives: &Gives| matches!(gives, Gives::Number(_));
                let words = rows.iter().any(|(_, gives)| matches!(gives, Gives::Text(_)));
                !words && rows.iter().any(|(_, gives)| number(gives))
            }
        },
    });
    if refs.is_empty() || rng.chance(20) {
        return Formula::Number(if rng.chance(70) { whole(rng.between(0, 9)) } else { quarters(rng) });
    }
    Formula::Of(*rng.pick(&refs))
}
