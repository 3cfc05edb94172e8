//! Random formulas with tables that read them and that they read, each case against every completion of its answers.
//!
//! Nothing here shares code with the engine: fractions, formulas, tables and completions are worked out anew.

mod fraction;
mod generate;
mod hull;
mod naive;
mod render;

use std::collections::{BTreeMap, BTreeSet};

use leidraad::{Answers, Assessment, Date, Outcome, Possible, RuleSet, Session, Value};

use super::rng::Rng;
use super::{Tally, rounds};
use generate::Model;
use naive::{Point, Val};

/// What is said of a question: which of its values are left, and how that is written.
#[derive(Debug, Clone)]
struct Said {
    left: Vec<usize>,
    json: Option<String>,
}

/// What must be said of a decision.
#[derive(Debug, Default)]
struct Expected {
    outcomes: BTreeSet<String>,
    numbers: BTreeMap<fraction::Fraction, String>,
    needs: BTreeSet<usize>,
}

fn said(model: &Model, q: usize, rng: &mut Rng) -> Said {
    let count = model.questions[q].values.len();
    let value = |i: usize| render::answer(model, q, i);
    let numeric = model.questions[q].step.is_some();
    let plain = if model.questions[q].may_not_apply { count - 1 } else { count };
    match rng.below(7) {
        0 | 1 => Said { left: (0..count).collect(), json: None },
        2 => Said { left: (0..count).collect(), json: Some("null".to_owned()) },
        3 if plain > 2 => {
            let mut left: Vec<usize> = (0..plain).collect();
            rng.shuffle(&mut left);
            left.truncate(2 + rng.below(plain - 2));
            left.sort_unstable();
            let list: Vec<String> = left.iter().map(|i| value(*i)).collect();
            Said { left, json: Some(format!("{{\"one_of\":[{}]}}", list.join(","))) }
        }
        4 if plain > 2 && numeric => {
            let (a, b) = (rng.below(plain), rng.below(plain));
            let (low, high) = (a.min(b), a.max(b));
            let json = format!("{{\"between\":[{},{}]}}", value(low), value(high));
            Said { left: (low..=high).collect(), json: Some(json) }
        }
        _ => {
            let i = rng.below(count);
            Said { left: vec![i], json: Some(value(i)) }
        }
    }
}

/// Nothing is said.
fn unsaid(model: &Model) -> Vec<Said> {
    let open = |count: usize| Said { left: (0..count).collect(), json: None };
    model.questions.iter().map(|question| open(question.values.len())).collect()
}

/// Every choice of values that the answers leave, with the outcomes of all decisions.
fn completions(model: &Model, said: &[Said]) -> Vec<(Point, Vec<Val>)> {
    let mut points: Vec<Point> = vec![Vec::new()];
    for answer in said {
        points = points
            .into_iter()
            .flat_map(|point| {
                answer.left.iter().map(move |i| {
                    let mut point = point.clone();
                    point.push(*i);
                    point
                })
            })
            .collect();
    }
    points.into_iter().map(|point| (point.clone(), naive::outcomes(model, &point))).collect()
}

fn expected(model: &Model, said: &[Said], all: &[(Point, Vec<Val>)], d: usize) -> Expected {
    let mut expected = Expected::default();
    for (_, outcomes) in all {
        let text = outcomes[d].json();
        if let Val::Number(n) = &outcomes[d] {
            expected.numbers.insert(*n, text.clone());
        }
        expected.outcomes.insert(text);
    }
    for q in (0..model.questions.len()).filter(|q| said[*q].left.len() > 1) {
        let mut seen: BTreeMap<Point, String> = BTreeMap::new();
        for (point, outcomes) in all {
            let mut others = point.clone();
            others[q] = 0;
            let text = outcomes[d].json();
            if seen.entry(others).or_insert_with(|| text.clone()) != &text {
                expected.needs.insert(q);
                break;
            }
        }
    }
    expected
}

fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}

/// What is wrong with an outcome, with what was found and expected.
fn difference(model: &Model, d: usize, expected: &Expected, found: &Outcome) -> Option<String> {
    let needs: Vec<&str> = expected.needs.iter().map(|q| model.questions[*q].id.as_str()).collect();
    let info = &model.decisions[d];
    let gated = info.when.is_some() && matches!(info.rule, generate::Rule::Formula(_));
    problem(model, expected, found, gated).map(|problem| {
        let id = &model.decisions[d].id;
        format!("{id}: {problem}: found {found:?}\nexpected {:?} needs {needs:?}", expected.outcomes)
    })
}

/// What is wrong, where anything is. A formula of which it is unset whether it applies is `unregulated` as a whole.
fn problem(model: &Model, expected: &Expected, found: &Outcome, gated: bool) -> Option<String> {
    const LISTED: usize = 16;
    let rest: BTreeSet<&String> =
        expected.outcomes.iter().filter(|text| !expected.numbers.values().any(|n| n == *text)).collect();
    let ids = |needs: &BTreeSet<usize>| -> Vec<String> {
        needs.iter().map(|q| model.questions[*q].id.clone()).collect()
    };
    match found {
        Outcome::Open { possible, needs, approximate } => {
            let (listed, range) = match possible {
                Possible::Values(values) => (values.iter().map(json).collect::<BTreeSet<_>>(), None),
                Possible::Range(min, max) => (BTreeSet::new(), Some((json(min), json(max)))),
                Possible::RangeAnd(min, max, also) => {
                    (also.iter().map(json).collect(), Some((json(min), json(max))))
                }
                _ => return Some("lists".to_owned()),
            };
            let within = |n: &fraction::Fraction| {
                let read = |text: &str| fraction::Fraction::read(text);
                range.as_ref().is_some_and(|(min, max)| read(min) <= *n && *n <= read(max))
            };
            if *approximate {
                let holds = expected.numbers.iter().all(|(n, text)| listed.contains(text) || within(n))
                    && rest.iter().all(|text| listed.contains(*text))
                    && ids(&expected.needs).iter().all(|id| needs.iter().any(|need| need == id));
                return (!holds).then(|| "it holds too little".to_owned());
            }
            if expected.outcomes.len() == 1 {
                return Some("it is open without need".to_owned());
            }
            let right = if expected.numbers.len() > LISTED
                || (range.is_some() && !expected.numbers.is_empty())
            {
                let ends =
                    expected.numbers.values().next().cloned().zip(expected.numbers.values().last().cloned());
                expected.numbers.len() > LISTED
                    && range == ends
                    && listed.iter().collect::<BTreeSet<_>>() == rest
            } else {
                listed == expected.outcomes
            };
            if !right {
                return Some("it holds other outcomes".to_owned());
            }
            (*needs != ids(&expected.needs)).then(|| "it needs other questions".to_owned())
        }
        Outcome::Determined(value) => {
            let only = expected.outcomes.iter().eq([&json(value)]);
            (!only).then(|| "it is not determined".to_owned())
        }
        Outcome::NotApplicable => {
            let only = expected.outcomes.iter().eq([r#"{"not_applicable":true}"#]);
            (!only).then(|| "it may apply".to_owned())
        }
        Outcome::Unregulated { missing } => {
            let names: BTreeSet<&str> = missing.iter().map(|name| name.as_str()).collect();
            let absent = |text: &&String| gated && text.starts_with(r#"{"not_applicable""#);
            let mut told = expected.outcomes.iter().filter(|text| !absent(text)).peekable();
            let silent = |text: &String| {
                let named = names.iter().any(|name| text.contains(&format!("\"{name}\"")));
                named && text.starts_with(r#"{"unregulated""#)
            };
            (!(told.peek().is_some() && told.all(silent))).then(|| "it is regulated".to_owned())
        }
        _ => Some("an outcome of another kind".to_owned()),
    }
}

fn assess(model: &Model, program: &leidraad::Program, said: &[Said]) -> Result<(Assessment, String), String> {
    let answers: Vec<String> = said
        .iter()
        .enumerate()
        .filter_map(|(q, answer)| Some(format!("\"{}\":{}", model.questions[q].id, answer.json.as_ref()?)))
        .collect();
    let text = format!("{{{}}}", answers.join(","));
    let read = Answers::from_json("a.json", &text).map_err(|e| format!("{text}\n{e}"))?;
    let assessment = program.evaluate(&read).map_err(|e| format!("{text}\n{e}"))?;
    // the short way must agree, or leave it to the long one
    let bytes = program.evaluate_json(&text).map_err(|e| format!("{text}\n{e}"))?;
    if bytes != assessment.to_json() {
        return Err(format!("{text}\nthe bytes differ: {bytes}"));
    }
    let known: Vec<usize> = (0..model.questions.len()).filter(|q| said[*q].json.is_none()).collect();
    if let Some(next) = &assessment.next
        && !known.iter().any(|q| model.questions[*q].id == *next)
    {
        return Err(format!("{text}\n`{next}` is asked next, which is no open question"));
    }
    Ok((assessment, text))
}

/// Whether everything that a rule set is refused for is a condition that holds in no case, or a value that is too large.
fn rightly_refused(model: &Model, error: &str) -> bool {
    let cases = completions(model, &unsaid(model));
    let named = |line: &str| {
        let id = line.split('`').nth(1).unwrap_or("");
        model.decisions.iter().position(|decision| decision.id == id)
    };
    let never = |d: usize| cases.iter().all(|(_, outcomes)| outcomes[d] == Val::NotApplicable);
    // a number has at most 15 digits, of which at most 9 decimals
    let large = |n: fraction::Fraction| n > generate::whole(1_000_000) || n < generate::whole(-1_000_000);
    let too_large = |d: usize| cases.iter().any(|(_, all)| matches!(all[d], Val::Number(n) if large(n)));
    error.lines().filter(|line| line.starts_with("error")).all(|line| match named(line) {
        Some(d) if line.contains("[impossible-when]") => never(d),
        Some(d) if line.contains("[outside-domain]") => too_large(d),
        _ => false,
    })
}

/// What is wrong with a remark: it stands there where it holds in every completion, and is possible where in some.
fn remarked(
    model: &Model,
    assessment: &Assessment,
    all: &[(Point, Vec<Val>)],
    remark: usize,
) -> Option<String> {
    let missing = |(_, outcomes): &(Point, Vec<Val>)| outcomes.iter().any(|o| matches!(o, Val::Missing(_)));
    if all.iter().any(missing) {
        return None; // what a remark on a missing value says is told elsewhere
    }
    if naive::gives_unset(model, model.decisions.len()) {
        return None; // it may be called possible though it cannot occur (README, limits)
    }
    let holds = |(point, outcomes): &(Point, Vec<Val>)| naive::holds(model, point, outcomes, remark);
    let expected = match (all.iter().all(holds), all.iter().any(holds)) {
        (true, _) => Some(false),
        (false, some) => some.then_some(true),
    };
    let found = assessment.findings.iter().find(|f| *f.id == format!("f{remark}")).map(|f| f.possible);
    (found != expected).then(|| format!("f{remark}: possible {found:?}, expected {expected:?}"))
}

/// Holds random cases of one rule set against the oracle.
fn round(mut model: Model, rng: &mut Rng) -> Result<Tally, String> {
    // what can never hold is refused
    let whole = completions(&model, &unsaid(&model));
    let holds = |remark: usize| whole.iter().any(|(point, all)| naive::holds(&model, point, all, remark));
    let possible: Vec<bool> = (0..model.remarks.len()).map(holds).collect();
    let mut possible = possible.into_iter();
    model.remarks.retain(|_| possible.next().unwrap());
    let model = &model;
    let text = render::file(model);
    let rules = match RuleSet::from_text("formulas.json", &text) {
        Ok(rules) => rules,
        Err(error) if rightly_refused(model, &error.to_string()) => return Ok(Tally::default()),
        Err(error) => return Err(format!("refused:\n{text}\n{error}")),
    };
    let program = rules.on(Date::parse("2026-07-04").unwrap()).map_err(|e| format!("{text}\n{e}"))?;
    let session = Session::new(program);
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut tally = Tally::default();
    if naive::ways(model) > 40_000 {
        return Ok(tally);
    }
    for i in 0..14 {
        let said: Vec<Said> = (0..model.questions.len())
            .map(|q| match i {
                0 => Said { left: (0..model.questions[q].values.len()).collect(), json: None },
                _ => said(model, q, rng),
            })
            .collect();
        let all = completions(model, &said);
        let (assessment, answers) =
            assess(model, session.program(), &said).map_err(|e| format!("{text}\n{e}"))?;
        seen.push((answers.clone(), assessment.to_json()));
        tally.add(&assessment);
        for (d, (id, found)) in assessment.decisions.iter().enumerate() {
            let expected = expected(model, &said, &all, d);
            if let Some(problem) = difference(model, d, &expected, found) {
                return Err(format!("{text}\n{answers}\n{problem}"));
            }
            let approximate = matches!(found, Outcome::Open { approximate: true, .. });
            if approximate && !naive::may_be_rough(model, d) {
                return Err(format!("{text}\n{answers}\n{id} is approximate without need: {found:?}"));
            }
        }
        for remark in 0..model.remarks.len() {
            if let Some(problem) = remarked(model, &assessment, &all, remark) {
                return Err(format!("{text}\n{answers}\n{problem}"));
            }
        }
    }
    // a session that remembers says the same, whatever it saw before
    for (answers, expected) in seen.iter().chain(seen.iter().rev()) {
        if session.evaluate_json(answers).map_err(|e| e.to_string())? != *expected {
            return Err(format!("{text}\n{answers}\na session says something else"));
        }
    }
    Ok(tally)
}

/// Of a thousand cases at most so many are too much to search; the others are exact.
fn nearly_all_exact(tally: &Tally, most: usize) {
    let approximate = tally.statuses.get("approximate").copied().unwrap_or(0);
    assert!(approximate * 1000 <= most * tally.cases, "{approximate} of {} are approximate", tally.cases);
}

#[test]
fn formulas_over_answers() {
    let tally = rounds("formulas over answers", 200, |rng| {
        let model = generate::formulas(rng, generate::Recipe { conditions: 0, unset: false, rows: false });
        round(model, rng)
    });
    nearly_all_exact(&tally, 1);
}

#[test]
fn formulas_and_tables_that_read_each_other() {
    let tally = rounds("formulas and tables", 300, |rng| {
        let model = generate::formulas(rng, generate::Recipe { conditions: 25, unset: false, rows: false });
        round(model, rng)
    });
    nearly_all_exact(&tally, 1);
}

#[test]
fn formulas_behind_conditions() {
    let tally = rounds("formulas behind conditions", 400, |rng| {
        let model = generate::formulas(rng, generate::Recipe { conditions: 75, unset: false, rows: false });
        round(model, rng)
    });
    nearly_all_exact(&tally, 1);
}

fn unset(name: &str, recipe: generate::Recipe, most: usize) {
    let tally = rounds(name, 120, |rng| {
        let model = generate::formulas(rng, recipe);
        round(model, rng)
    });
    nearly_all_exact(&tally, most);
}

#[test]
fn formulas_with_unset_parameters() {
    unset("formulas with unset parameters", generate::Recipe { conditions: 25, unset: true, rows: false }, 2);
}

#[test]
fn formulas_with_unset_parameters_behind_conditions() {
    unset("the same behind conditions", generate::Recipe { conditions: 75, unset: true, rows: false }, 5);
}

#[test]
fn formulas_and_unset_outcomes() {
    unset("formulas and unset outcomes", generate::Recipe { conditions: 25, unset: true, rows: true }, 20);
}
