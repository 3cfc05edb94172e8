//! Holds the engine against the oracle, and makes a failing case small before it is printed.

use std::collections::BTreeSet;

use leidraad::limits::MAX_STATES;
use leidraad::{
    Answers, Assessment, Date, Outcome, Possible, Program, QuestionStatus, RuleSet, Session, Value,
};

use super::expect::{Expected, Mixed, Verdict};
use super::model::{Model, Rule, Test};
use super::naive::{Seen, Thing};
use super::render;
use super::rng::Rng;
use super::space::{Given, Space, axes, things};

/// Loads a rule file as the reader of the library does.
pub(super) fn load(text: &str, yaml: bool) -> Result<Program, String> {
    let rules = RuleSet::from_text(if yaml { "proef.yaml" } else { "proef.json" }, text);
    let program = rules.and_then(|rules| rules.on(Date::new(2026, 7, 4).unwrap()));
    program.map_err(|findings| format!("{findings:#}"))
}

const APPROXIMATE: &str = "approximate";

/// Whether a superset holds what must be there.
fn sound(expected: &Expected, got: &Expected) -> bool {
    let wanted = match expected.status {
        "determined" => expected.value.clone().into_iter().collect(),
        "not_applicable" => vec![r#"{"not_applicable":true}"#.to_owned()],
        "unregulated" => vec![format!("{{\"unregulated\":{:?}}}", expected.missing)],
        _ => expected.possible.clone(),
    };
    let names =
        |text: &String| -> Vec<String> { text.split('"').skip(3).step_by(2).map(str::to_owned).collect() };
    let silence = |text: &String| text.starts_with(r#"{"unregulated""#);
    let listed = |text: &String| {
        let all =
            |other: &String| silence(other) && names(text).iter().all(|name| names(other).contains(name));
        let members = || -> Vec<serde_json::Value> { serde_json::from_str(text).unwrap_or_default() };
        let made_of = || members().iter().all(|member| got.possible.contains(&member.to_string()));
        (got.lists && text.starts_with('[') && made_of())
            || got.possible.contains(text)
            || got.range.is_some()
            || (silence(text) && got.possible.iter().any(all))
    };
    wanted.iter().all(listed) && expected.needs.iter().all(|q| got.needs.contains(q))
}

/// The engine's outcome of a decision, in the same texts as the oracle's.
fn got(outcome: &Outcome) -> Expected {
    let json = |value: &Value| match value {
        Value::Unregulated(names) => {
            let mut names = names.clone();
            names.sort();
            serde_json::to_string(&Value::Unregulated(names)).unwrap()
        }
        value => serde_json::to_string(value).unwrap(),
    };
    let mut expected = Expected { status: outcome.status(), ..Expected::default() };
    match outcome {
        Outcome::Determined(value) => expected.value = Some(json(value)),
        Outcome::Unregulated { missing } => {
            expected.missing = missing.iter().map(ToString::to_string).collect();
            expected.missing.sort();
        }
        Outcome::Open { possible, needs, approximate } => {
            match possible {
                Possible::Values(values) => expected.possible = values.iter().map(json).collect(),
                Possible::Range(min, max) => expected.range = Some((json(min), json(max))),
                Possible::RangeAnd(min, max, also) => {
                    expected.range = Some((json(min), json(max)));
                    expected.possible = also.iter().map(json).collect();
                }
                Possible::ListsOf(values) => {
                    expected.possible = values.iter().map(json).collect();
                    expected.lists = true;
                }
            }
            // unregulated ones come last, in no order that the contract gives
            let last = expected.possible.iter().position(|t| t.starts_with(r#"{"unregulated""#));
            if let Some(last) = last {
                expected.possible[last..].sort();
            }
            expected.needs = needs.iter().map(ToString::to_string).collect();
            if *approximate {
                expected.status = APPROXIMATE;
            }
        }
        _ => {}
    }
    expected
}

/// Values that are possible, and the names of what is missing.
fn parts(outcome: &Expected) -> (BTreeSet<String>, BTreeSet<String>) {
    let not_applicable = r#"{"not_applicable":true}"#.to_owned();
    let status = (outcome.status == "not_applicable").then_some(not_applicable);
    let all = outcome.possible.iter().cloned().chain(outcome.value.clone()).chain(status);
    let (silent, values): (Vec<String>, _) = all.partition(|text| text.starts_with(r#"{"unregulated""#));
    let names = silent.iter().flat_map(|text| text.split('"').skip(3).step_by(2).map(str::to_owned));
    (values.into_iter().collect(), names.chain(outcome.missing.iter().cloned()).collect())
}

/// What is wrong where choices between overlapping rows meet what is unset. What a row can give in every way of what is
/// unset is possible; what hangs on nothing unset must be; the rest is missing.
fn mixed_up(mixed: &Mixed, expected: &Expected, got: &Expected) -> Option<&'static str> {
    if expected.range.is_some() || got.range.is_some() || got.status == APPROXIMATE {
        return None;
    }
    let ((values, names), (got_values, got_names)) = (parts(expected), parts(got));
    if mixed.own && values != got_values {
        return Some("other values");
    }
    if !got_values.is_subset(&values) || (mixed.own && !mixed.sure.iter().all(|v| got_values.contains(v))) {
        return Some("values that are not possible, or not all that surely are");
    }
    // a choice that another decision reads may by itself leave it to what is unset
    if got_names.is_empty() != names.is_empty() && (mixed.own || got_names.is_empty()) {
        return Some("something is missing");
    }
    if mixed.own && names != got_names {
        return Some("other names are missing");
    }
    let needs = !mixed.own || got.status != "open" || expected.needs.iter().all(|q| got.needs.contains(q));
    (!needs).then_some("a question is not needed that makes a difference")
}

/// Whether `needs` holds all that must be there and nothing that must not.
fn needs_agree(expected: &Expected, got: &Expected) -> bool {
    if expected.tolerated.is_empty() {
        return expected.needs == got.needs;
    }
    expected.needs.iter().all(|q| got.needs.contains(q))
        && got.needs.iter().all(|q| expected.tolerated.contains(q))
}

/// Whether one unset value meets two inputs: their order may matter, which their cells do not tell.
pub(super) fn several_inputs(things: &[(Thing, usize)]) -> bool {
    things.iter().enumerate().any(|(i, (thing, _))| {
        let Thing::End(p, _) = thing else { return false };
        things.iter().skip(i + 1).any(|(other, _)| matches!(other, Thing::End(q, _) if q == p))
    })
}

/// Leaves out the names of what is missing.
fn nameless(outcome: &mut Expected) {
    outcome.missing.truncate(0);
    let silent = |text: &String| text.starts_with(r#"{"unregulated""#);
    if let Some(first) = outcome.possible.iter().position(silent) {
        outcome.possible.retain(|text| !silent(text));
        outcome.possible.insert(first, "unregulated".to_owned());
    }
}

/// What differs between an assessment and what must hold, if anything.
pub(super) fn difference(
    model: &Model,
    given: &[Given],
    verdict: &Verdict,
    assessment: &Assessment,
) -> Option<String> {
    let mut problems = Vec::new();
    let things = things(model);
    let apart = several_inputs(&things);
    // what adds up something unset could be any sum: of what makes a difference then only that something does is told
    let sums = things.iter().any(|(thing, _)| matches!(thing, Thing::Sum(..)));
    for ((decision, expected), (id, outcome)) in
        model.decisions.iter().zip(&verdict.decisions).zip(&assessment.decisions)
    {
        let (mut expected, mut got) = (expected.clone(), got(outcome));
        if sums {
            [&mut expected, &mut got].into_iter().for_each(nameless);
        }
        let expected = &expected;
        if got.status == APPROXIMATE && (apart || verdict.cases > MAX_STATES) {
            if !sound(expected, &got) {
                problems
                    .push(format!("{id}, more than is possible:\n  oracle {expected:?}\n  engine {got:?}"));
            }
            continue;
        }
        if let Some(mixed) = &expected.mixed {
            if let Some(problem) = mixed_up(mixed, expected, &got) {
                problems.push(format!("{id}, {problem}:\n  oracle {expected:?}\n  engine {got:?}"));
            }
            continue;
        }
        let same = Expected { needs: Vec::new(), tolerated: Vec::new(), ..expected.clone() }
            == Expected { needs: Vec::new(), ..got.clone() };
        let needs = match sums {
            true => expected.needs.iter().all(|q| got.needs.contains(q)),
            false => needs_agree(expected, &got),
        };
        if decision.id != *id || !same || !needs {
            problems.push(format!("{id}:\n  oracle {expected:?}\n  engine {got:?}"));
        }
    }
    for (q, (id, state)) in assessment.questions.iter().enumerate() {
        let expected = match (verdict.relevant[q], &given[q]) {
            (Some(false), _) => QuestionStatus::NotRelevant,
            (_, Given::Absent) => QuestionStatus::Open,
            (_, Given::Known(Seen::NotApplicable)) => QuestionStatus::NotApplicable,
            (_, Given::Known(_) | Given::Several(..)) => QuestionStatus::Answered,
            _ => QuestionStatus::Unknown,
        };
        if *id != model.questions[q].id
            || state.status != expected
            || state.undecided != verdict.relevant[q].is_none()
        {
            problems.push(format!(
                "{id}: oracle {expected:?}, relevant {:?}; engine {state:?}",
                verdict.relevant[q]
            ));
        }
    }
    let next_fits = match &assessment.next {
        None => verdict.next.is_empty(),
        Some(next) => verdict.next.iter().any(|known| next == known),
    };
    // where a choice is open, or too much for an exact answer, `needs` and so `next` may name more
    let tolerant = verdict.decisions.iter().any(|d| !d.tolerated.is_empty() || d.mixed.is_some())
        || apart
        || sums
        || verdict.cases > MAX_STATES;
    if !next_fits && !tolerant {
        problems.push(format!("next: oracle one of {:?}, engine {:?}", verdict.next, assessment.next));
    }
    (!problems.is_empty()).then(|| problems.join("\n"))
}

/// Whether every way to the same assessment gives the same: from JSON to JSON, however the answers are written, and from
/// prepared answers.
pub(super) fn other_ways(
    session: &Session,
    model: &Model,
    given: &[Given],
    assessment: &Assessment,
    style: usize,
) -> Option<String> {
    let program = session.program();
    let text = render::answers_in_style(model, given, style);
    let json = program.evaluate_json(&text).unwrap_or_else(|f| format!("{f:#}"));
    if json != assessment.to_json() {
        return Some(format!("from JSON {text}\n  to JSON {json}\n  and yet {}", assessment.to_json()));
    }
    let answers = Answers::from_json("antwoorden.json", &text).ok()?;
    // what was asked before must not show
    let after_others = session.evaluate(&answers).map_or_else(|f| format!("{f:#}"), |a| a.to_json());
    if after_others != assessment.to_json() {
        return Some(format!("in a session {text}\n  {after_others}\n  and yet {}", assessment.to_json()));
    }
    let mut prepared = match program.prepare(&answers) {
        Ok(prepared) => prepared,
        Err(findings) => return Some(format!("prepared {text}: {findings:#}")),
    };
    for (d, (id, outcome)) in assessment.decisions.iter().enumerate() {
        let decided = prepared.decide(d);
        if decided.is_some() && decided != outcome.value() {
            return Some(format!("prepared {text}: {id} is {decided:?}, and yet {outcome:?}"));
        }
    }
    None
}

/// What the engine says of answers in JSON.
pub(super) fn assess(program: &Program, model: &Model, given: &[Given]) -> Result<Assessment, String> {
    let text = render::answers(model, given);
    let answers = Answers::from_json("antwoorden.json", &text).map_err(|f| format!("{f:#}"))?;
    program.evaluate(&answers).map_err(|f| format!("{f:#}"))
}

/// Whether the engine fails one case; a rule file that it refuses is no failure.
fn fails(model: &Model, given: &[Given], merge: bool) -> Option<String> {
    let program = load(&render::file(model, false), false).ok()?;
    let plain = super::settle::settled(model, None);
    let (axes, size) = axes(&plain, &mut Rng::new(1), merge);
    let keeps = |(axis, given): (&super::space::Axis, &Given)| !axis.left(given).is_empty();
    if size > 50_000 || !axes.iter().zip(given).all(keeps) {
        return None;
    }
    let verdict = Space::new(&plain, axes).expect(given);
    match assess(&program, model, given) {
        Ok(assessment) => difference(model, given, &verdict, &assessment),
        Err(error) => Some(error),
    }
}

/// Makes a failing case smaller as long as it fails, and says all about it.
pub(super) fn report(model: &Model, given: &[Given], problem: String) -> String {
    let (mut model, mut given) = (model.clone(), given.to_vec());
    let mut problem = problem;
    let mut tries = 0;
    if let Some(smaller) = fails(&model, &given, true) {
        problem = smaller;
        'again: while tries < 3000 {
            for (smaller, answers) in smaller_ones(&model, &given) {
                tries += 1;
                if let Some(found) = fails(&smaller, &answers, true) {
                    (model, given, problem) = (smaller, answers, found);
                    continue 'again;
                }
            }
            break;
        }
    }
    format!(
        "\n--- rule file\n{}\n--- answers\n{}\n--- difference\n{problem}\n",
        render::file(&model, true),
        render::answers(&model, &given)
    )
}

/// Models and answers that are a little smaller.
pub(super) fn smaller_ones(model: &Model, given: &[Given]) -> Vec<(Model, Vec<Given>)> {
    let mut list = Vec::new();
    let with = |change: &dyn Fn(&mut Model)| {
        let mut smaller = model.clone();
        change(&mut smaller);
        (smaller, given.to_vec())
    };
    // what declares a parameter must stay
    let declares = model.parameters.iter().any(
        |p| matches!(p.test_on, Some(super::model::Input::Output(d, _)) if d + 1 == model.decisions.len()),
    );
    if model.decisions.len() > 1 && !declares {
        list.push(with(&|m| {
            m.decisions.pop();
        }));
    }
    for d in 0..model.decisions.len() {
        if model.decisions[d].when.is_some() {
            list.push(with(&|m| m.decisions[d].when = None));
        }
        let Rule::Table(table) = &model.decisions[d].rule else { continue };
        let edit = |m: &mut Model, change: &dyn Fn(&mut super::model::Table)| {
            if let Rule::Table(table) = &mut m.decisions[d].rule {
                change(table);
                table.trim_priority();
            }
        };
        for row in 0..table.rows.len() {
            if table.rows.len() > 1 {
                list.push(with(&|m| {
                    edit(m, &|t| {
                        t.rows.remove(row);
                    })
                }));
            }
        }
        for column in 0..table.inputs.len() {
            if table.inputs.len() > 1 {
                list.push(with(&|m| {
                    edit(m, &|t| {
                        t.inputs.remove(column);
                        t.rows.iter_mut().for_each(|r| {
                            r.cells.remove(column);
                        });
                    })
                }));
            }
        }
        for (row, r) in table.rows.iter().enumerate() {
            for (column, cell) in r.cells.iter().enumerate().filter(|(_, cell)| **cell != [Test::Any]) {
                list.push(with(&|m| edit(m, &|t| t.rows[row].cells[column] = vec![Test::Any])));
                if cell.len() > 1 {
                    list.push(with(&|m| {
                        edit(m, &|t| {
                            t.rows[row].cells[column].pop();
                        })
                    }));
                }
            }
        }
    }
    for s in (0..model.sections.len()).filter(|s| model.sections[*s].when.is_some()) {
        list.push(with(&|m| m.sections[s].when = None));
    }
    for q in 0..model.questions.len() {
        if model.questions[q].when.is_some() {
            list.push(with(&|m| m.questions[q].when = None));
        }
        if model.questions[q].stepless {
            list.push(with(&|m| m.questions[q].stepless = false));
        }
        if model.questions[q].may_not_apply {
            list.push(with(&|m| m.questions[q].may_not_apply = false));
        }
        if given[q] != Given::Absent {
            let mut fewer = given.to_vec();
            fewer[q] = Given::Absent;
            list.push((model.clone(), fewer));
        }
    }
    if model.questions.len() > 1 {
        // the last question, when nothing reads it: the engine refuses the file otherwise
        let last = model.questions.len() - 1;
        let on_last = |input: super::model::Input| matches!(input, super::model::Input::Question(q) | super::model::Input::Part(q, _) if q == last);
        let mut read = model.parameters.iter().any(|p| p.test_on.is_some_and(on_last));
        super::space::each_test(model, &mut |input, _| {
            read |= matches!(input, super::model::Input::Question(q) | super::model::Input::Part(q, _) if q == last);
        });
        let scored = |d: &super::model::Decision| matches!(&d.rule, Rule::Points(terms) if terms.contains(&super::model::Input::Question(last)));
        if !read && !model.decisions.iter().any(scored) {
            let mut smaller = model.clone();
            smaller.questions.pop();
            list.push((smaller, given[..last].to_vec()));
        }
    }
    list
}
