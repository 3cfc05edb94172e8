//! The proofs of `check`, against every case there is: a finding for each gap, overlap, dead row, outcome out of reach,
//! idle question and impossible condition, and for nothing else; and its example is one.

use std::collections::{BTreeMap, BTreeSet};

use leidraad::limits::MAX_OVERLAPS;
use leidraad::{Code, Library, Severity};

use super::chain::{Recipe, chain};
use super::could_be;
use super::generate::single_table;
use super::model::{Decision, Hit, Kind, Model, Rule, Table, Test, Val};
use super::naive::{Fate, Run, Script, Seen, given, known_outcomes, unordered};
use super::rng::Rng;
use super::space::{Axis, axes, odometer, things};
use super::{Tally, render, rounds};

/// What can be wrong with a rule set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Flaw {
    Gap(String),
    Overlap(String, usize, usize),
    DeadRow(String, usize),
    Unreachable(String, String),
    Idle(String),
    Impossible(String),
    /// Outcomes under `hit: priority` that the file puts in no order.
    Unordered(String),
    /// Pairs of overlapping rows that are only counted.
    More(String),
    Other(String),
}

/// Goes through every case, in every way in which unset things and choices can go.
fn every_case(model: &Model, axes: &[Axis], mut visit: impl FnMut(&[usize], &[usize], &mut Run<'_>)) {
    let sizes: Vec<usize> = axes.iter().map(|axis| axis.classes).collect();
    let (names, ways): (Vec<_>, Vec<usize>) = things(model).into_iter().unzip();
    let mut at = vec![0; sizes.len()];
    loop {
        let answers: Vec<Seen> = at
            .iter()
            .zip(axes)
            .map(|(class, axis)| axis.points.iter().find(|(_, c)| c == class).unwrap().0)
            .collect();
        let mut world = vec![0; ways.len()];
        loop {
            let mut script = Script::default();
            loop {
                visit(&at, &world, &mut Run::new(model, &answers, &names, &world, &mut script));
                if !script.advance() {
                    break;
                }
            }
            if !odometer(&mut world, &ways) {
                break;
            }
        }
        if !odometer(&mut at, &sizes) {
            break;
        }
    }
}

/// The rows that decide, of those that hit.
fn deciding(run: &Run<'_>, d: usize, table: &Table, hits: &[usize]) -> Vec<usize> {
    match table.hit {
        Hit::First => hits.iter().take(1).copied().collect(),
        Hit::Priority => run.best(d, table, hits).into_iter().collect(),
        _ => hits.to_vec(),
    }
}

/// All flaws that any case shows.
fn facts(model: &Model, axes: &[Axis]) -> BTreeSet<Flaw> {
    let mut flaws = BTreeSet::new();
    let mut decided: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); model.decisions.len()];
    let mut applies = vec![false; model.decisions.len()];
    let mut relevant = vec![false; model.questions.len()];
    // what each case gives in each world: fates of decisions and relevance of questions
    let mut results: BTreeMap<(Vec<usize>, Vec<usize>), BTreeSet<(Vec<Fate>, Vec<bool>)>> = BTreeMap::new();
    every_case(model, axes, |at, world, run| {
        let fates: Vec<Fate> = (0..model.decisions.len()).map(|d| run.fate(d)).collect();
        let here: Vec<bool> = (0..model.questions.len()).map(|q| run.relevant(q)).collect();
        relevant.iter_mut().zip(&here).for_each(|(all, one)| *all |= one);
        for (d, decision) in model.decisions.iter().enumerate() {
            applies[d] |= fates[d] != Fate::NotApplicable;
            let (Rule::Table(table), Some(hits)) = (&decision.rule, run.hits(d)) else { continue };
            decided[d].extend(deciding(run, d, table, &hits));
            if hits.is_empty() && table.hit != Hit::Collect {
                flaws.insert(Flaw::Gap(decision.id.clone()));
            }
            for (a, b) in clashes(table, &hits) {
                flaws.insert(Flaw::Overlap(decision.id.clone(), a + 1, b + 1));
            }
        }
        results.entry((at.to_vec(), world.to_vec())).or_default().insert((fates, here));
    });
    for (d, decision) in model.decisions.iter().enumerate() {
        if !applies[d] {
            flaws.insert(Flaw::Impossible(decision.id.clone()));
        }
        let Rule::Table(table) = &decision.rule else { continue };
        let dead = (0..table.rows.len()).filter(|row| !decided[d].contains(row));
        flaws.extend(dead.map(|row| Flaw::DeadRow(decision.id.clone(), row + 1)));
        for outcome in known_outcomes(model, d) {
            let gives = |row: &usize| {
                let row = &table.rows[*row];
                outcome.iter().enumerate().all(|(o, value)| given(row, o).is_none_or(|given| given == *value))
            };
            if !decided[d].iter().any(gives) {
                flaws.insert(Flaw::Unreachable(decision.id.clone(), display(decision, &outcome)));
            }
        }
    }
    for (q, question) in model.questions.iter().enumerate() {
        if !relevant[q] {
            flaws.insert(Flaw::Impossible(question.id.clone()));
        }
        let alike = |(at, world): &(Vec<usize>, Vec<usize>)| {
            let mut first = (at.clone(), world.clone());
            first.0[q] = 0;
            results[&(at.clone(), world.clone())] == results[&first]
        };
        if results.keys().all(alike) {
            flaws.insert(Flaw::Idle(question.id.clone()));
        }
    }
    // what a condition that never holds makes unreachable is not said as well
    if flaws.iter().any(|f| matches!(f, Flaw::Impossible(_))) {
        flaws.retain(|f| matches!(f, Flaw::Impossible(_) | Flaw::Gap(_) | Flaw::Overlap(..)));
    }
    for decision in &model.decisions {
        if matches!(&decision.rule, Rule::Table(table) if unordered(decision, table)) {
            flaws.insert(Flaw::Unordered(decision.id.clone()));
        }
    }
    flaws
}

/// Pairs of rows that may not hit together and do.
fn clashes(table: &Table, hits: &[usize]) -> Vec<(usize, usize)> {
    let pairs = hits.iter().enumerate().flat_map(|(i, a)| hits[i + 1..].iter().map(move |b| (*a, *b)));
    pairs
        .filter(|(a, b)| match table.hit {
            Hit::Unique => true,
            Hit::Any => table.rows[*a].gives != table.rows[*b].gives,
            _ => false,
        })
        .collect()
}

/// An outcome as findings show it.
fn display(decision: &Decision, values: &[Val]) -> String {
    match values {
        [value] => value.text(),
        values => {
            let fields =
                decision.outputs.iter().zip(values).map(|(o, v)| format!("{} = {}", o.name, v.text()));
            fields.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The flaws that the engine finds, each with its example.
fn found(text: &str, yaml: bool) -> Vec<(Flaw, Option<String>)> {
    let library = Library::from_files(&[(if yaml { "proef.yaml" } else { "proef.json" }, text)]);
    let list = library.findings().iter().map(|finding| {
        let quoted: Vec<String> = finding.message.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let numbers: Vec<usize> = finding.message.split(' ').filter_map(|word| word.parse().ok()).collect();
        let flaw = match (finding.code, quoted.as_slice(), numbers.as_slice()) {
            (Code::Gap, [d, ..], _) => Flaw::Gap(d.clone()),
            (Code::OverlappingRules, [d], [a, b]) => Flaw::Overlap(d.clone(), *a, *b),
            (Code::OverlappingRules, [d], [_]) => Flaw::More(d.clone()),
            (Code::DeadRow, [d], [row]) => Flaw::DeadRow(d.clone(), *row),
            (Code::UnreachableOutcome, [d, value], _) => Flaw::Unreachable(d.clone(), value.clone()),
            (Code::IdleQuestion, [q], _) => Flaw::Idle(q.clone()),
            (Code::MissingKey, [d, ..], _) if finding.severity == Severity::Warning => {
                Flaw::Unordered(d.clone())
            }
            (Code::ImpossibleWhen, [id], _) => Flaw::Impossible(id.clone()),
            _ => Flaw::Other(finding.message.clone()),
        };
        (flaw, finding.example.clone())
    });
    list.collect()
}

/// Holds the findings of one rule set against every case.
fn prove(model: &Model, rng: &mut Rng, limit: usize) -> Result<Tally, String> {
    let (axes, size) = axes(model, rng, true);
    let worlds = things(model).iter().fold(1usize, |worlds, (_, ways)| worlds.saturating_mul(*ways));
    if size.saturating_mul(worlds) > limit {
        return Ok(Tally::default());
    }
    match problem(model, &axes, rng.chance(30)) {
        None => Ok(Tally { cases: 1, ..Tally::default() }),
        Some(problem) => Err(smallest(model, problem)),
    }
}

fn problem(model: &Model, axes: &[Axis], yaml: bool) -> Option<String> {
    let facts = facts(model, axes);
    let found = found(&render::file(model, yaml), yaml);
    let mut problems = Vec::new();
    let counted: Vec<&String> =
        found.iter().filter_map(|(f, _)| if let Flaw::More(d) = f { Some(d) } else { None }).collect();
    for flaw in &facts {
        let more =
            |d: &String| facts.iter().filter(|f| matches!(f, Flaw::Overlap(other, ..) if other == d)).count();
        let excused = match flaw {
            Flaw::Overlap(d, ..) => counted.contains(&d) && more(d) > MAX_OVERLAPS,
            _ => false,
        };
        if !excused && !found.iter().any(|(f, _)| f == flaw) {
            problems.push(format!("not found: {flaw:?}"));
        }
    }
    for (flaw, example) in &found {
        if !facts.contains(flaw) && !matches!(flaw, Flaw::More(_)) {
            problems.push(format!("found, but there is none: {flaw:?} {example:?}"));
            continue;
        }
        if let Some(example) = example
            && !shows(model, axes, flaw, example)
        {
            problems.push(format!("not an example of {flaw:?}: {example}"));
        }
        if matches!(flaw, Flaw::Gap(_) | Flaw::Overlap(..)) && example.is_none() {
            problems.push(format!("no example of {flaw:?}"));
        }
    }
    (!problems.is_empty()).then(|| problems.join("\n"))
}

/// A value as examples show it, for a question.
fn read(model: &Model, q: usize, text: &str) -> Option<Seen> {
    let question = &model.questions[q];
    if text == "n.v.t." {
        return Some(Seen::NotApplicable);
    }
    let options = question.kind.options().into_iter().find(|o| o.text() == text);
    let hundredths = || {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let sign = if whole.starts_with('-') { -1 } else { 1 };
        let rest: i64 = format!("{rest:0<2}").parse().ok()?;
        Some(whole.parse::<i64>().ok()?.abs() * 100 * sign + sign * rest)
    };
    let value = match question.kind {
        Kind::Choice(_) | Kind::Bool => options,
        Kind::Int | Kind::Dec(_) => hundredths().map(Val::Num),
        Kind::Date => {
            let year: i64 = text.get(..4)?.parse().ok()?;
            let first = super::model::new_year(year);
            (first..first + 366).map(Val::Date).find(|d| d.text() == text)
        }
        Kind::Time => (0..=24 * 60).map(Val::Time).find(|t| t.text() == text),
    };
    value.map(Seen::Value)
}

/// Whether an example such as `q0 = woning, d1.x = 5` shows a gap or overlap: some case fits it, and all that do show it.
fn shows(model: &Model, axes: &[Axis], flaw: &Flaw, example: &str) -> bool {
    let mut axes = axes.to_vec();
    let mut others = Vec::new();
    for part in example.split(", ").filter(|_| example != "any case") {
        let Some((name, value)) = part.split_once(" = ") else { return false };
        // a part of a date that does not apply stands for the date
        let name =
            name.split_once('(').filter(|_| value == "n.v.t.").map_or(name, |(_, q)| q.trim_end_matches(')'));
        match model.questions.iter().position(|q| q.id == name) {
            Some(q) if value == "n.v.t." && model.conditional(q) => others.push((name, value)),
            Some(q) => match read(model, q, value) {
                Some(seen) => {
                    // a value is named, so the question is relevant
                    axes[q] = Axis { points: vec![(seen, 0)], classes: 1 };
                    others.push((name, value));
                }
                None => return false,
            },
            None => others.push((name, value)),
        }
    }
    let readable = super::chain::readable(model);
    let named = |name: &str| readable.iter().copied().find(|input| render::name(model, *input) == name);
    let (mut fits, mut fails) = (false, false);
    every_case(model, &axes, |_, _, run| {
        for (name, value) in &others {
            let Some(input) = named(name) else { return };
            let text = match run.seen(input) {
                Seen::Value(seen) if could_be::stands_for(model, input, seen, value) => (*value).to_owned(),
                Seen::Value(value) => value.text(),
                Seen::NotApplicable => "n.v.t.".to_owned(),
                Seen::Unknown => "another value".to_owned(),
            };
            // `?` is what a gap before it gives
            if text != *value && !(*value == "?" && text == "another value") {
                return;
            }
        }
        let d = |id: &String| model.decisions.iter().position(|d| d.id == *id).unwrap();
        let (Flaw::Gap(id) | Flaw::Overlap(id, ..)) = flaw else { return };
        let Some(hits) = run.hits(d(id)) else { return };
        let shown = match flaw {
            Flaw::Overlap(_, a, b) => hits.contains(&(a - 1)) && hits.contains(&(b - 1)),
            _ => hits.is_empty(),
        };
        fits |= shown;
        fails |= !shown;
    });
    // in the ways of what is unset a case may show it in one and not in another
    fits && (!fails || !things(model).is_empty())
}

/// Drops rows and decisions as long as a problem stays.
fn smallest(model: &Model, problem: String) -> String {
    let (mut model, mut problem) = (model.clone(), problem);
    let none = vec![super::space::Given::Absent; model.questions.len()];
    let mut tries = 0;
    'again: while tries < 2000 {
        for (smaller, _) in super::compare::smaller_ones(&model, &none[..model.questions.len()]) {
            tries += 1;
            let (axes, size) = axes(&smaller, &mut Rng::new(1), true);
            let broken = |text: &str| found(text, false).iter().any(|(f, _)| matches!(f, Flaw::Other(_)));
            if size > 20_000 || broken(&render::file(&smaller, false)) {
                continue;
            }
            if let Some(still) = self::problem(&smaller, &axes, false) {
                (model, problem) = (smaller, still);
                continue 'again;
            }
        }
        break;
    }
    format!("\n--- rule file\n{}\n--- difference\n{problem}\n", render::file(&model, true))
}

/// Puts holes and overlaps into tables.
fn spoil(model: &mut Model, rng: &mut Rng) {
    let last = model.decisions.len() - 1;
    for (d, decision) in model.decisions.iter_mut().enumerate() {
        let Rule::Table(table) = &mut decision.rule else { continue };
        for _ in 0..rng.below(3) {
            let (a, b) = (rng.below(table.rows.len()), rng.below(table.rows.len()));
            let column = rng.below(table.inputs.len());
            match rng.below(4) {
                // what others test must stay an outcome
                0 if a != b && (d == last || table.rows[a].gives == table.rows[b].gives) => {
                    table.rows.remove(a);
                }
                1 => table.rows[a].cells[column] = vec![Test::Any],
                2 => table.rows[a].cells[column] = table.rows[b].cells[column].clone(),
                _ => table.rows.swap(a, b),
            }
        }
        table.trim_priority();
    }
}

#[test]
fn one_table() {
    rounds("proofs of one table", 700, |rng| {
        let mut model = single_table(rng);
        if rng.chance(70) {
            spoil(&mut model, rng);
        }
        prove(&model, rng, 3000)
    });
}

#[test]
fn several_decisions() {
    rounds("proofs of several decisions", 500, |rng| {
        let recipe = Recipe {
            questions: 1 + rng.below(4),
            decisions: 2 + rng.below(4),
            choices: rng.chance(30),
            unset: false,
            sections: rng.chance(30),
            decimals: false,
        };
        let mut model = chain(rng, recipe);
        if rng.chance(70) {
            spoil(&mut model, rng);
        }
        prove(&model, rng, 2000)
    });
}

#[test]
fn what_is_not_set() {
    rounds("proofs with unset things", 500, |rng| {
        let recipe = Recipe {
            questions: 1 + rng.below(3),
            decisions: 2 + rng.below(3),
            choices: false,
            unset: true,
            sections: false,
            decimals: false,
        };
        let mut model = chain(rng, recipe);
        if rng.chance(70) {
            spoil(&mut model, rng);
        }
        prove(&model, rng, 4000)
    });
}
