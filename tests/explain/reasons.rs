//! Sufficient reasons and changes, held against every completion of the answers.

use std::collections::BTreeSet;

use leidraad::explanation::{Change, Reasons};
use leidraad::questionnaire::QuestionItem;
use leidraad::{Answers, Outcome, Program, Value};

use super::{FEAST, SCAN, shipped, small, with};
use crate::support::{Chance, answers, bench};

fn items(program: &Program) -> Vec<QuestionItem> {
    program.questionnaire().sections.into_iter().flat_map(|s| s.items).collect()
}

fn outcome(program: &Program, answers: &Answers, decision: &str) -> Outcome {
    program.evaluate(answers).unwrap().decision(decision).unwrap().clone()
}

/// Only these answers.
fn only(answers: &Answers, kept: &[String]) -> Answers {
    let mut rest = Answers::new();
    for (id, answer) in answers.iter().filter(|(id, _)| kept.iter().any(|k| k == id)) {
        rest.set(id, answer.clone());
    }
    rest
}

/// The explanation of a decision, with its reasons tried.
fn tried(program: &Program, answers: &Answers, decision: &str) -> Option<Reasons> {
    let reasons = program.explain(answers, Some(decision)).unwrap().decisions.remove(0);
    let found = outcome(program, answers, decision);
    assert_eq!(reasons.outcome, found, "the explanation explains another outcome");
    let Outcome::Determined(_) = found else {
        assert!(reasons.sufficient.is_empty() && reasons.changes.is_empty());
        return None;
    };
    let what = format!("{decision} of {}", answers.to_json());
    assert_eq!(outcome(program, &only(answers, &reasons.sufficient), decision), found, "not enough: {what}");
    for given_up in &reasons.sufficient {
        let rest: Vec<String> = reasons.sufficient.iter().filter(|id| *id != given_up).cloned().collect();
        assert_ne!(
            outcome(program, &only(answers, &rest), decision),
            found,
            "{given_up} is too much: {what}"
        );
    }
    for change in &reasons.changes {
        changes(program, answers, decision, &found, change, &what);
    }
    Some(reasons)
}

/// Every value that the words of a change stand for gives the outcome that the change promises.
fn changes(
    program: &Program,
    answers: &Answers,
    decision: &str,
    found: &Outcome,
    change: &Change,
    what: &str,
) {
    let mut cases = vec![answers.clone()];
    for part in &change.answers {
        let item = items(program).into_iter().find(|item| item.id == part.question).unwrap();
        let values = values(&item, &part.answer);
        assert!(!values.is_empty(), "no value is {:?}: {what}", part.answer);
        cases = cases
            .iter()
            .flat_map(|case| {
                values.iter().map(|value| {
                    let json = format!("{{\"{}\":{value}}}", item.id);
                    let mut changed = case.clone();
                    for (id, answer) in Answers::from_json("a.json", &json).unwrap().iter() {
                        changed.set(id, answer.clone());
                    }
                    changed
                })
            })
            .collect();
    }
    let mut outcomes = BTreeSet::new();
    for case in cases {
        let other = outcome(program, &case, decision);
        assert_ne!(&other, found, "{:?} changes nothing: {what}", change.answers);
        let text = program.explain(&case, Some(decision)).unwrap().decisions[0].text.clone();
        let promised = text == change.outcome
            || (other.status() == "unregulated" && change.outcome.starts_with("niet geregeld"));
        assert!(promised, "promised {}, found {text}: {what}", change.outcome);
        outcomes.insert(text);
    }
    assert_eq!(outcomes.len(), 1, "{what}");
}

/// Some values that a text of the explanation stands for, as JSON: all of few options, the ends of a range.
fn values(item: &QuestionItem, text: &str) -> Vec<String> {
    let mut list = Vec::new();
    for part in text
        .replace(" of meer", "\u{1}")
        .replace(" of minder", "\u{2}")
        .replace(" of later", "\u{1}")
        .replace(" of eerder", "\u{2}")
        .split(" of ")
        .flat_map(|p| p.split(", "))
    {
        list.extend(part_values(item, part));
    }
    if list.is_empty() {
        list.extend(part_values(item, text)); // a label may hold " of " or a comma
        list.extend(item.options.iter().filter(|o| text.contains(&o.label)).map(|o| option(item, &o.id)));
    }
    list
}

fn option(item: &QuestionItem, id: &str) -> String {
    match item.kind {
        "boolean" => (id == "ja").to_string(),
        _ => format!("\"{id}\""),
    }
}

fn part_values(item: &QuestionItem, text: &str) -> Vec<String> {
    if matches!(item.kind, "choice" | "boolean") {
        return item.options.iter().filter(|o| o.label == text).map(|o| option(item, &o.id)).collect();
    }
    let single = |text: &str| -> Option<String> {
        let text = item.unit.as_ref().map_or(text, |unit| text.trim_end_matches(unit.as_str())).trim();
        match item.kind {
            "integer" | "decimal" => Some(text.replace('.', "").replace(',', ".")),
            "time" => Some(format!("\"{text}\"")),
            _ => dutch_date(text).map(|d| format!("\"{d}\"")),
        }
    };
    let bound = |value: &Option<Value>| value.as_ref().map(|v| v.to_string());
    if let Some((low, high)) = text.split_once(" t/m ") {
        return [single(low), single(high)].into_iter().flatten().collect();
    }
    if let Some(low) = text.strip_suffix('\u{1}') {
        return [single(low), bound(&item.max)].into_iter().flatten().collect();
    }
    if let Some(high) = text.strip_suffix('\u{2}') {
        return [bound(&item.min), single(high)].into_iter().flatten().collect();
    }
    single(text).into_iter().collect()
}

fn dutch_date(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let parts: Vec<&str> = text.split(' ').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let month = MONTHS.iter().position(|m| m == month)? + 1;
    Some(format!("{year:0>4}-{month:02}-{day:0>2}"))
}

#[test]
fn every_case_of_the_benchmark() {
    let program = bench();
    for object in ["woning", "lokaal"] {
        for middel in ["soft", "hard"] {
            for gram in ["0.2", "0.5", "0.6", "5", "5.1", "30.1"] {
                for eerder in 0..4 {
                    let text =
                        format!("object: {object}\nmiddel: {middel}\ngram: {gram}\neerder: {eerder}\n");
                    assert!(tried(&program, &answers(&text), "maatregel").is_some());
                }
            }
        }
    }
}

#[test]
fn every_case_of_the_two_doors() {
    let program = small();
    for a in ["ja", "nee"] {
        for b in ["ja", "nee"] {
            let reasons = tried(&program, &answers(&format!("a: {a}\nb: {b}\n")), "poort").unwrap();
            let sizes: Vec<usize> = reasons.changes.iter().map(|c| c.answers.len()).collect();
            assert!(!sizes.is_empty(), "{a} {b}");
            let either = a == "ja" && b == "ja";
            assert_eq!(reasons.sufficient.len(), if a == "nee" && b == "nee" { 2 } else { 1 }, "{a} {b}");
            assert!(sizes.iter().all(|n| *n == if either { 2 } else { 1 }), "{a} {b}: {sizes:?}");
        }
    }
}

#[test]
fn the_shipped_rule_sets() {
    let mut chance = Chance(11);
    let scan = shipped("evenementen/risicoscan");
    let feast = shipped("evenementen/melding GM1729");
    for (program, base, decisions) in [
        (&scan, SCAN, &["klasse", "seizoen", "aantal_band"][..]),
        (&feast, FEAST, &["route", "tijden_past"][..]),
    ] {
        let items = items(program);
        let mut determined = 0;
        for round in 0..12 {
            let mut text = base.to_owned();
            for _ in 0..round % 4 {
                let item = chance.pick(&items);
                let answer = match item.kind {
                    "choice" | "boolean" => chance.pick(&item.options).id.clone(),
                    "integer" => (*chance.pick(&["0", "5", "150", "201", "2001", "20000"])).to_owned(),
                    _ => "null".to_owned(),
                };
                text = with(&text, &[(&item.id, &answer)]);
            }
            let answers = answers(&text);
            if program.evaluate(&answers).is_err() {
                continue; // one of the numbers lies outside a domain
            }
            for decision in decisions {
                determined += usize::from(tried(program, &answers, decision).is_some());
            }
        }
        assert!(determined > 10, "{determined}");
    }
}
