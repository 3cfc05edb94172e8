//! Counts of the same records within other windows, as people read them. That no case is missed or made up is held against
//! brute force in `oracle::lists::sides`.

use leidraad::compare::{Comparison, Scope, Values};
use leidraad::{Answers, Outcome, Program, Value};

use super::{program, side_by_side};
use crate::support::{date, snapshot};

const EARLIER: &str = r#"
leidraad: 1
id: t/eerder
title: Eerdere overtredingen
sources:
  s: { kind: example, title: Voorbeeld }
parameters:
  termijn: { title: Hoe lang een eerdere overtreding telt, type: text, value: 3 years, sources: [s] }
questions:
  - section: Feiten
    items:
      - { id: dag, ask: Wanneer is het gevonden?, type: date, sources: [s] }
      - { id: adres, ask: Waar?, type: text, sources: [s] }
      - id: eerder
        ask: Welke overtredingen waren er eerder?
        type: list
        max: 5
        sources: [s]
        fields:
          - { id: plek, ask: Waar was het?, type: text }
          - { id: wanneer, ask: Wanneer was het?, type: date }
decisions:
  aantal:
    title: Hoeveel eerdere overtredingen tellen mee?
    count: { of: eerder, same: { plek: adres }, on: wanneer, before: dag, within: termijn, first_day: ja, last_day: nee }
    sources: [s]
  maatregel:
    title: Welke maatregel?
    outcome: true
    sources: [s]
    hit: first
    table: |
      aantal || maatregel
      0      || waarschuwing
      1      || dwangsom
      -      || sluiting
"#;

fn earlier(length: &str) -> Program {
    program(&EARLIER.replace("value: 3 years", length))
}

fn pairs(found: &Comparison) -> Vec<Vec<&str>> {
    let combinations = found.decisions.iter().flat_map(|d| &d.combinations);
    combinations.map(|c| c.outcomes.iter().map(|o| o.text.as_str()).collect()).collect()
}

/// On paper: whatever counts within three years counts within five, so five years is never the milder one.
#[test]
fn a_longer_window_counts_no_less() {
    let found = side_by_side(&[earlier("value: 3 years"), earlier("value: 5 years")], &Scope::Outcomes);
    assert!(found.decisions.iter().all(|d| !d.approximate && d.unsure.is_empty()), "{found}");
    let mut said = pairs(&found);
    said.sort_unstable();
    let possible = [["dwangsom", "sluiting"], ["waarschuwing", "dwangsom"], ["waarschuwing", "sluiting"]];
    assert_eq!(said, possible);
    snapshot(
        "compare",
        "counts",
        "EARLIER of tests/compare/counts.rs, three and five years",
        &found.to_string(),
    );
}

/// The same length in other words is the same; eleven months against a year is not.
#[test]
fn windows_that_hold_the_same_days_are_the_same() {
    let found = side_by_side(&[earlier("value: 1 year"), earlier("value: 12 months")], &Scope::Outcomes);
    assert!(found.decisions.is_empty(), "{found}");
    let found = side_by_side(&[earlier("value: 1 year"), earlier("value: 11 months")], &Scope::Outcomes);
    assert_eq!(found.decisions.len(), 1);
    // 365 days are less than a year only where a leap day lies in between
    let found = side_by_side(&[earlier("value: 1 year"), earlier("value: 365 days")], &Scope::Outcomes);
    let row = &found.decisions[0].combinations[0].rows[0];
    let day = row.example.iter().find(|c| c.question == "dag").unwrap();
    let day = date(day.value.as_str().unwrap());
    assert!((day.year() % 4 == 0 && day.month() > 2) || (day.year() % 4 == 1 && day.month() < 3), "{day:?}");
}

/// Where one side does not say how long, it says nothing as soon as something could count, and is right on an empty list.
#[test]
fn an_unset_window_is_told_exactly() {
    let unset = program(&EARLIER.replace(", value: 3 years, sources: [s] }", " }"));
    let found = side_by_side(&[earlier("value: 3 years"), unset], &Scope::Outcomes);
    assert!(found.decisions.iter().all(|d| !d.approximate), "{found}");
    let said = pairs(&found);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said.iter().all(|pair| pair[1].starts_with("niet geregeld")), "{said:?}");
    let hangs = |values: &Values| matches!(values, Values::Unsettled { .. });
    let rows = || found.decisions[0].combinations.iter().flat_map(|c| &c.rows);
    assert!(rows().all(|row| row.when.iter().flat_map(|c| &c.values).any(hangs)), "{found}");
    snapshot(
        "compare",
        "counts_unset",
        "EARLIER of tests/compare/counts.rs, unset on one side",
        &found.to_string(),
    );
}

/// Counts before different days are not followed together, and that is said.
#[test]
fn two_days_are_not_compared_exactly() {
    let other = EARLIER.replace("before: dag", "before: besluit").replace(
        "      - { id: adres",
        "      - { id: besluit, ask: Wanneer is besloten?, type: date, sources: [s] }\n      - { id: adres",
    );
    let found = side_by_side(&[earlier("value: 3 years"), program(&other)], &Scope::Outcomes);
    let measure = &found.decisions[0];
    assert!(measure.approximate && measure.unsure[0].contains("niet overal op dezelfde manier"), "{found}");
}

/// An example is a case that can be filled in.
#[test]
fn examples_have_records() {
    let sides = [earlier("value: 3 years"), earlier("value: 5 years")];
    let found = side_by_side(&sides, &Scope::Outcomes);
    let mut seen = 0;
    for combination in &found.decisions[0].combinations {
        for row in &combination.rows {
            let case = row.example.iter().map(|c| (c.question.clone(), c.value.clone()));
            let case: serde_json::Map<String, serde_json::Value> = case.collect();
            let answers = Answers::from_json("x.json", &serde_json::Value::Object(case).to_string()).unwrap();
            for (side, outcome) in sides.iter().zip(&combination.outcomes) {
                let assessment = side.evaluate(&answers).unwrap();
                let Some(Outcome::Determined(Value::Text(text))) = assessment.decision("maatregel") else {
                    panic!("{answers:?}")
                };
                assert_eq!(text.as_str(), outcome.text);
                seen += 1;
            }
        }
    }
    assert!(seen >= 6);
}
