//! What follows in a single case.

use std::collections::BTreeSet;

use super::fraction::Fraction;
use super::generate::{Answer, Formula, Gives, Model, Ref, Rule, Test, whole};
use super::hull;

/// Per question which of its values it has.
pub(super) type Point = Vec<usize>;

#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Val {
    Number(Fraction),
    Text(usize),
    Option(usize),
    NotApplicable,
    Missing(BTreeSet<String>),
}

impl Val {
    pub(super) fn json(&self) -> String {
        match self {
            Val::Number(n) => n.text(),
            Val::Text(i) => format!("\"t{i}\""),
            Val::Option(i) => format!("\"o{i}\""),
            Val::NotApplicable => r#"{"not_applicable":true}"#.to_owned(),
            Val::Missing(names) => {
                let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
                format!("{{\"unregulated\":[{}]}}", names.join(","))
            }
        }
    }
}

/// The outcomes of all decisions in a case. A formula that something unset leaves without a value could have any: what reads
/// it is followed for each of them, and where they make a difference it is missing, too.
pub(super) fn outcomes(model: &Model, point: &Point) -> Vec<Val> {
    let silent: Vec<usize> = (0..model.decisions.len()).filter(|d| may_be_missing(model, *d)).collect();
    let mut ways: Vec<Vec<Val>> = vec![vec![Val::NotApplicable; model.decisions.len()]];
    for d in silent {
        let values = anything(model, Ref::Decision(d));
        let with = |way: &Vec<Val>, value: &Val| {
            let mut way = way.clone();
            way[d] = value.clone();
            way
        };
        ways = ways
            .iter()
            .flat_map(|way| values.iter().map(|value| with(way, value)).collect::<Vec<_>>())
            .collect();
    }
    let mut done: Vec<Val> = Vec::new();
    let mut read: Vec<Vec<Val>> = vec![Vec::new(); ways.len()];
    for (d, info) in model.decisions.iter().enumerate() {
        let one = |so_far: &Vec<Val>| {
            let look = |of: Ref| look(model, point, so_far, of);
            match (&info.when, &info.rule) {
                (Some((of, test)), _) if !accepts(test, &look(*of)) => Val::NotApplicable,
                (_, Rule::Formula(formula)) => work_out(model, point, &done, formula),
                (_, Rule::Table(inputs, rows)) => {
                    let hit = |tests: &[Test]| inputs.iter().zip(tests).all(|(of, t)| accepts(t, &look(*of)));
                    match &rows.iter().find(|(tests, _)| hit(tests)).unwrap().1 {
                        Gives::Number(n) => Val::Number(*n),
                        Gives::Text(i) => Val::Text(*i),
                        Gives::Unset(p) => Val::Missing(BTreeSet::from([format!("p{p}")])),
                    }
                }
            }
        };
        let own: Vec<Val> = read.iter().map(one).collect();
        let same = own.iter().all(|value| *value == own[0]);
        let unset = model.parameters.iter().position(Option::is_none);
        done.push(match (same, unset) {
            (true, _) => own[0].clone(),
            (false, Some(p)) => Val::Missing(BTreeSet::from([format!("p{p}")])),
            (false, None) => unreachable!(),
        });
        for ((so_far, value), way) in read.iter_mut().zip(own).zip(&ways) {
            so_far.push(if matches!(value, Val::Missing(_)) { way[d].clone() } else { value });
        }
    }
    done
}

/// Whether a remark holds in a case of which the outcomes are known.
pub(super) fn holds(model: &Model, point: &Point, outcomes: &[Val], remark: usize) -> bool {
    model.remarks[remark].iter().all(|(of, test)| accepts(test, &look(model, point, outcomes, *of)))
}

fn look(model: &Model, point: &Point, done: &[Val], of: Ref) -> Val {
    match of {
        Ref::Decision(d) => done[d].clone(),
        Ref::Question(q) => {
            let question = &model.questions[q];
            if let Some((other, test)) = &question.when
                && !accepts(test, &look(model, point, done, *other))
            {
                return Val::NotApplicable;
            }
            match &question.values[point[q]] {
                Answer::Number(n) => Val::Number(*n),
                Answer::Option(i) => Val::Option(*i),
                Answer::NotApplicable => Val::NotApplicable,
            }
        }
    }
}

fn accepts(test: &Test, value: &Val) -> bool {
    match (test, value) {
        (Test::Any, _) | (Test::NotApplicable, Val::NotApplicable) => true,
        (Test::Below(n), Val::Number(v)) => v < n,
        (Test::From(n), Val::Number(v)) => v >= n,
        (Test::Is(n), Val::Number(v)) => v == n,
        (Test::Option(i), Val::Option(v)) => i == v,
        _ => false,
    }
}

/// Values of every kind that a missing number could have: on, around and far from every constant that rules test, as far as
/// its formula can come to them at all.
fn anything(model: &Model, of: Ref) -> Vec<Val> {
    let tests = model.decisions.iter().flat_map(|decision| {
        let own = decision.when.iter().filter(|(read, _)| *read == of).map(|(_, test)| test.clone());
        let mut list: Vec<Test> = own.collect();
        if let Rule::Table(inputs, rows) = &decision.rule {
            for (tests, _) in rows {
                list.extend(
                    inputs.iter().zip(tests).filter(|(read, _)| **read == of).map(|(_, t)| t.clone()),
                );
            }
        }
        list
    });
    let mut numbers = vec![whole(-100_000), whole(100_000)];
    for test in tests {
        if let Test::Below(n) | Test::From(n) | Test::Is(n) = test {
            let near = Fraction::new(1, 1000);
            numbers.extend([n.minus(near), n, n.plus(near)]);
        }
    }
    let (low, high) = hull::of(model, of);
    numbers.extend([low, high]);
    numbers.retain(|n| low <= *n && *n <= high);
    numbers.into_iter().map(Val::Number).collect()
}

fn work_out(model: &Model, point: &Point, done: &[Val], formula: &Formula) -> Val {
    let go = |f: &Formula| work_out(model, point, done, f);
    let both = |a: &Formula, b: &Formula, f: fn(Fraction, Fraction) -> Fraction| match (go(a), go(b)) {
        // whatever the other is: what does not apply has no sum
        (Val::NotApplicable, _) | (_, Val::NotApplicable) => Val::NotApplicable,
        (Val::Missing(mut a), Val::Missing(b)) => {
            a.extend(b);
            Val::Missing(a)
        }
        (Val::Missing(names), _) | (_, Val::Missing(names)) => Val::Missing(names),
        (Val::Number(a), Val::Number(b)) => Val::Number(f(a, b)),
        _ => Val::NotApplicable,
    };
    match formula {
        Formula::Number(n) => Val::Number(*n),
        Formula::Of(of) => look(model, point, done, *of),
        Formula::Parameter(p) => match model.parameters[*p] {
            Some(n) => Val::Number(n),
            None => Val::Missing(BTreeSet::from([format!("p{p}")])),
        },
        Formula::Negate(a) => both(&Formula::Number(whole(0)), a, Fraction::minus),
        Formula::Plus(a, b) => both(a, b, Fraction::plus),
        Formula::Minus(a, b) => both(a, b, Fraction::minus),
        Formula::Times(a, b) => both(a, b, Fraction::times),
        Formula::By(a, b) => both(a, b, Fraction::by),
        Formula::Round(name, scale, a) => match go(a) {
            Val::Number(n) => Val::Number(round(name, *scale, n)),
            other => other,
        },
        Formula::Several(name, list) => {
            let all: Vec<Val> = list.iter().map(go).collect();
            let missing: BTreeSet<String> = all
                .iter()
                .filter_map(|v| if let Val::Missing(names) = v { Some(names.clone()) } else { None })
                .flatten()
                .collect();
            if !missing.is_empty() {
                return Val::Missing(missing);
            }
            let numbers = all.into_iter().filter_map(|v| if let Val::Number(n) = v { Some(n) } else { None });
            let one = numbers.reduce(|a, b| match *name {
                "min" => a.min(b),
                "max" => a.max(b),
                _ => a.plus(b),
            });
            one.map_or(Val::NotApplicable, Val::Number)
        }
    }
}

/// Rounds by looking at the neighbours.
pub(super) fn round(name: &str, scale: i32, n: Fraction) -> Fraction {
    let unit = match scale {
        s if s < 0 => Fraction::new(10i128.pow(s.unsigned_abs()), 1),
        s => Fraction::new(1, 10i128.pow(s as u32)),
    };
    let steps = n.by(unit);
    let below = steps.over.div_euclid(steps.under);
    let at = |i: i128| unit.times(Fraction::new(i, 1));
    if at(below) == n {
        return n;
    }
    let (low, high) = (at(below), at(below + 1));
    let (to_low, to_high) = (n.minus(low), high.minus(n));
    let (outward, inward) = if n.over > 0 { (high, low) } else { (low, high) };
    let near = |tie: Fraction| {
        if to_low < to_high {
            low
        } else if to_high < to_low {
            high
        } else {
            tie
        }
    };
    match name {
        "floor" => low,
        "ceiling" => high,
        "round up" => outward,
        "round down" => inward,
        "round" | "round half up" => near(outward),
        "round half down" => near(inward),
        "decimal" => near(if below % 2 == 0 { low } else { high }),
        other => panic!("{other}"),
    }
}

/// Some of the numbers that a formula can be, over all answers.
pub(super) fn range(model: &Model, d: usize) -> Vec<Fraction> {
    let mut points: Vec<Point> = vec![Vec::new()];
    for question in &model.questions {
        points = points
            .into_iter()
            .flat_map(|point| {
                (0..question.values.len()).map(move |i| {
                    let mut point = point.clone();
                    point.push(i);
                    point
                })
            })
            .collect();
    }
    let mut numbers: Vec<Fraction> = Vec::new();
    for point in &points {
        if let Some(Val::Number(n)) = outcomes(model, point).get(d)
            && !numbers.contains(n)
        {
            numbers.push(*n);
        }
        if numbers.len() > 12 {
            break;
        }
    }
    numbers.sort();
    numbers
}

/// Whether the contract allows a decision to be approximate: it reads a formula, through whatever lies between, and what
/// that formula reads is read in another way, too; or what the formula reads may be silent.
pub(super) fn may_be_rough(model: &Model, d: usize) -> bool {
    let mut atoms: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    let mut plain: Vec<usize> = Vec::new();
    let rule: Vec<Ref> = match &model.decisions[d].rule {
        // a formula is worked out as a whole; only its condition reads in cells
        Rule::Formula(_) => Vec::new(),
        Rule::Table(inputs, _) => inputs.clone(),
    };
    let when = model.decisions[d].when.iter().map(|(of, _)| *of);
    for of in rule.into_iter().chain(when) {
        gather(model, of, &mut atoms, &mut plain);
    }
    let shared = atoms.iter().enumerate().any(|(i, (_, behind))| {
        let others =
            atoms.iter().enumerate().filter(|(j, _)| *j != i).any(|(_, (_, b))| !b.is_disjoint(behind));
        others || plain.iter().any(|q| behind.contains(q))
    });
    let silent = atoms.iter().any(|(d, _)| may_be_missing(model, *d));
    // what a row leaves unset may stand behind a condition
    shared || silent || gives_unset(model, d)
}

/// Whether a row of one of the first decisions gives what is unset.
pub(super) fn gives_unset(model: &Model, decisions: usize) -> bool {
    model.decisions[..decisions].iter().any(|decision| match &decision.rule {
        Rule::Table(_, rows) => rows.iter().any(|(_, gives)| matches!(gives, Gives::Unset(_))),
        Rule::Formula(_) => false,
    })
}

fn gather(model: &Model, of: Ref, atoms: &mut Vec<(usize, BTreeSet<usize>)>, plain: &mut Vec<usize>) {
    match of {
        Ref::Question(q) => {
            plain.push(q);
            if let Some((of, _)) = model.questions[q].when {
                gather(model, of, atoms, plain);
            }
        }
        Ref::Decision(d) => {
            let decision = &model.decisions[d];
            match &decision.rule {
                Rule::Formula(_) => {
                    if atoms.iter().any(|(known, _)| *known == d) {
                        return;
                    }
                    let mut behind = BTreeSet::new();
                    everything(model, Ref::Decision(d), &mut behind);
                    atoms.push((d, behind));
                    // its condition may lose something of its own
                    if let Some((of, _)) = decision.when {
                        let (mut inner, mut own) = (Vec::new(), Vec::new());
                        gather(model, of, &mut inner, &mut own);
                        for (i, (known, behind)) in inner.iter().enumerate() {
                            let other =
                                inner.iter().enumerate().any(|(j, (_, b))| i != j && !b.is_disjoint(behind));
                            if other || own.iter().any(|q| behind.contains(q)) {
                                atoms.push((*known, behind.clone()));
                                atoms.push((*known, behind.clone()));
                            }
                        }
                    }
                }
                Rule::Table(inputs, _) => {
                    for of in inputs.iter().copied().chain(decision.when.iter().map(|(of, _)| *of)) {
                        gather(model, of, atoms, plain);
                    }
                }
            }
        }
    }
}

/// Every question behind something.
fn everything(model: &Model, of: Ref, behind: &mut BTreeSet<usize>) {
    match of {
        Ref::Question(q) => {
            behind.insert(q);
            if let Some((of, _)) = model.questions[q].when {
                everything(model, of, behind);
            }
        }
        Ref::Decision(d) => {
            let decision = &model.decisions[d];
            decision.when.iter().for_each(|(of, _)| everything(model, *of, behind));
            match &decision.rule {
                Rule::Formula(formula) => {
                    formula_refs(formula).into_iter().for_each(|of| everything(model, of, behind))
                }
                Rule::Table(inputs, _) => inputs.iter().for_each(|of| everything(model, *of, behind)),
            }
        }
    }
}

fn formula_refs(formula: &Formula) -> Vec<Ref> {
    match formula {
        Formula::Of(of) => vec![*of],
        Formula::Number(_) | Formula::Parameter(_) => Vec::new(),
        Formula::Negate(a) | Formula::Round(_, _, a) => formula_refs(a),
        Formula::Plus(a, b) | Formula::Minus(a, b) | Formula::Times(a, b) | Formula::By(a, b) => {
            formula_refs(a).into_iter().chain(formula_refs(b)).collect()
        }
        Formula::Several(_, list) => list.iter().flat_map(formula_refs).collect(),
    }
}

/// Whether something behind a formula is not set, or in a row of a table.
fn may_be_missing(model: &Model, d: usize) -> bool {
    fn names_unset(model: &Model, formula: &Formula) -> bool {
        match formula {
            Formula::Parameter(p) => model.parameters[*p].is_none(),
            Formula::Negate(a) | Formula::Round(_, _, a) => names_unset(model, a),
            Formula::Plus(a, b) | Formula::Minus(a, b) | Formula::Times(a, b) | Formula::By(a, b) => {
                names_unset(model, a) || names_unset(model, b)
            }
            Formula::Several(_, list) => list.iter().any(|f| names_unset(model, f)),
            _ => false,
        }
    }
    let unset = |d: usize| match &model.decisions[d].rule {
        Rule::Formula(f) => names_unset(model, f),
        Rule::Table(_, rows) => rows.iter().any(|(_, gives)| matches!(gives, Gives::Unset(_))),
    };
    let formula = matches!(model.decisions[d].rule, Rule::Formula(_));
    unset(d) || (formula && (0..=d).any(unset))
}

/// How many cases there are, with every way in which what is not set could go.
pub(super) fn ways(model: &Model) -> usize {
    let points = model.questions.iter().map(|q| q.values.len()).product::<usize>();
    let silent = (0..model.decisions.len()).filter(|d| may_be_missing(model, *d));
    points * silent.map(|d| anything(model, Ref::Decision(d)).len()).product::<usize>()
}
