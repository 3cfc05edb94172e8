//! What would change an outcome: answers between what is known in part, and "not applicable", by themselves and not in pairs.

use crate::support::{answers, date, rules};

const RULES: &str = r#"
leidraad: 1
id: x/y
title: Voorbeeld
sources: { s: { kind: example, title: Voorbeeldbeleid } }
questions:
  - section: Feiten
    items:
      - { id: n, ask: "N?", type: integer, min: 1, max: 3, sources: [s] }
      - { id: k, ask: "K?", type: integer, min: 1, max: 3, when: { n: "<= 2" }, sources: [s] }
      - { id: q, ask: "Q?", type: integer, min: 1, max: 3, not_applicable: true, sources: [s] }
      - { id: b, ask: "B?", type: boolean, sources: [s] }
decisions:
  tussen:
    when: { n: 2 }
    hit: first
    sources: [s]
    table: |
      k || tussen
      1 || a
      - || a
  zonder:
    hit: first
    sources: [s]
    table: |
      q      | b || zonder
      n.v.t. | - || b
      -      | - || a
"#;

/// Per change the answers and what follows.
fn changes(given: &str, decision: &str) -> Vec<String> {
    let program = rules(RULES).on(date("2026-07-04")).unwrap();
    let explanation = program.explain(&answers(given), Some(decision)).unwrap();
    let told = |change: &leidraad::explanation::Change| {
        let answers = change.answers.iter().map(|answer| format!("{} {}", answer.ask, answer.answer));
        format!("{} → {}", answers.collect::<Vec<_>>().join(" en "), change.outcome)
    };
    explanation.decisions[0].changes.iter().map(told).collect()
}

#[test]
fn between_what_is_known_in_part() {
    for given in [r#"{"n": {"one_of": [1, 3]}}"#, r#"{"n": {"one_of": [1, 3]}, "k": 1}"#] {
        assert_eq!(changes(given, "tussen"), ["N? 2 → a"], "{given}");
    }
    assert_eq!(changes(r#"{"n": 3}"#, "tussen"), ["N? 2 → a"]);
}

#[test]
fn not_applicable_is_another_answer() {
    for given in [r#"{"q": 2}"#, r#"{"q": 2, "b": true}"#] {
        assert_eq!(changes(given, "zonder"), ["Q? niet van toepassing → b"], "{given}");
    }
    assert_eq!(changes(r#"{"q": {"not_applicable": "geen"}}"#, "zonder"), ["Q? elk antwoord → a"]);
}
