//! Reasons of outcomes that have no code of their own: lists, and tables that read a question in two ways.

use leidraad::explanation::Reasons;

use crate::support::{answers, date, rules};

fn explained(questions: &str, decisions: &str, given: &str) -> Reasons {
    let text = format!(
        "leidraad: 1\nid: klein/waarden\ntitle: Waarden\nsources: {{ s: {{ kind: example, title: Voorbeeld }} }}\n\
         questions:\n  - section: Feiten\n    items:\n{questions}decisions:\n{decisions}"
    );
    let program = rules(&text).on(date("2026-07-04")).unwrap();
    program.explain(&answers(given), Some("d")).unwrap().decisions.remove(0)
}

fn changes(reasons: &Reasons) -> Vec<(&str, &str)> {
    let one = |change: &'_ leidraad::explanation::Change| change.answers.len() == 1;
    let list = reasons.changes.iter().filter(|change| one(change));
    list.map(|change| (change.answers[0].answer.as_str(), change.outcome.as_str())).collect()
}

#[test]
fn a_list_is_compared_by_what_it_holds() {
    let questions = "      - { id: a, ask: A?, type: boolean, sources: [s] }
      - { id: n, ask: N?, type: integer, min: 0, max: 9, sources: [s] }
";
    let table = "  d:
    sources: [s]
    hit: collect
    table: |
      a  | n   || d
      -  | -   || x
      ja | -   || y
      -  | > 5 || z
";
    let reasons = explained(questions, table, "{ a: nee, n: 3 }");
    assert_eq!(reasons.text, "x");
    assert_eq!(reasons.sufficient, ["a", "n"], "each of them adds something when it is another");
    assert_eq!(changes(&reasons), [("Ja", "x; y"), ("6 of meer", "x; z")]);
}

#[test]
fn a_question_that_is_read_in_two_ways_is_searched_in_full() {
    // q * q lies between 0.01 and 0.04, so the formula between -4.99 and -3.46; in the first row's range it is -4.96 or
    // -4.99 with r 3.5 (the range is open at -4.96) and never with 2.5: no case hits the row
    let questions = "      - { id: q, ask: Q?, type: decimal, step: 0.1, min: -0.2, max: -0.1, sources: [s] }
      - { id: r, ask: R?, type: decimal, step: 0.5, min: 2, max: 3.5, sources: [s] }
";
    let decisions = "  f: { sources: [s], formula: 'q * q - (1.5 + r)' }
  d:
    sources: [s]
    hit: first
    table: |
      f              | r        || d
      (-4.96..-4.46] | 2.5, 3.5 || x
      -              | -        || y
";
    let reasons = explained(questions, decisions, "{ q: -0.2, r: 2.5 }");
    assert_eq!(reasons.text, "y");
    assert!(reasons.sufficient.is_empty(), "it is y whatever the answers are: {:?}", reasons.sufficient);
    assert!(changes(&reasons).is_empty(), "{:?}", changes(&reasons));
}

const STAGE: &str = "      - { id: podium, ask: Staat er een podium?, type: boolean, sources: [s] }
      - { id: hoogte, ask: Hoe hoog is het?, type: integer, min: 0, max: 10, when: { podium: ja }, sources: [s] }
      - { id: aantal, ask: Hoeveel mensen?, type: integer, min: 0, max: 1000, sources: [s] }
";

#[test]
fn what_does_not_apply_says_when_it_would() {
    let rules = "  d: { title: D, outcome: true, when: [ { podium: ja }, { aantal: \"> 500\" } ], hit: first, sources: [s],
       table: [\"hoogte || d\", \"> 2 || ja\", \"- || nee\"] }\n";
    let reasons = explained(STAGE, rules, "{ podium: nee, aantal: 30 }");
    assert_eq!(reasons.text, "niet van toepassing");
    assert_eq!(reasons.applies_when, [["podium: Ja"], ["aantal: meer dan 500"]]);
    assert_eq!(reasons.sufficient, ["podium", "aantal"]);
    assert_eq!(changes(&reasons), [("Ja", "nog open: ja of nee"), ("501 of meer", "nee")]);
}

#[test]
fn a_formula_that_does_not_apply_shows_what_in_it_does_not() {
    let rules = "  d: { title: D, outcome: true, formula: hoogte * 2, sources: [s] }\n";
    let reasons = explained(STAGE, rules, "{ podium: nee }");
    assert!(reasons.applies_when.is_empty());
    let filled = reasons.formula.as_ref().and_then(|formula| formula.filled.clone());
    assert_eq!(filled.as_deref(), Some("niet van toepassing × 2 = niet van toepassing"));
    assert_eq!(changes(&reasons), [("Ja", "nog open: van 0 tot en met 20")]);
}
