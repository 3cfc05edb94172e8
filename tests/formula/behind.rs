//! Formulas behind conditions: what hangs on something unset, on answers that the condition reads too, and on deviations.

use leidraad::{Answers, Outcome, Possible, Program, RuleSet, Value};

use super::{determined, ids, number, one_of, outcome};

fn program(text: &str) -> Program {
    let head = "leidraad: 1\nid: x/y\ntitle: X\nsources: { s: { kind: example, title: S } }\n";
    let rules = RuleSet::from_text("x.yaml", &format!("{head}{text}")).unwrap();
    rules.on(leidraad::Date::parse("2026-07-04").unwrap()).unwrap()
}

#[test]
fn what_is_decided_instead_leaves_the_computed_outcome() {
    let program = program(
        r#"questions:
  - section: S
    items:
      - { id: a, ask: "A?", type: integer, min: 0, max: 4, sources: [s] }
      - { id: b, ask: "B?", type: integer, min: 0, max: 4, sources: [s] }
decisions:
  f: { formula: a + b, sources: [s] }
  t:
    hit: first
    sources: [s]
    table: |
      f   | a   || t
      > 4 | < 3 || x
      -   | -   || y
"#,
    );
    // a = 2 and b = 4 give x, a = 4 gives y
    let open = Outcome::Open {
        possible: Possible::Values(vec![Value::Text("x".into()), Value::Text("y".into())]),
        needs: ids(&["a", "b"]),
        approximate: false,
    };
    assert_eq!(outcome(&program, "{}", "t"), open);
    let decided = r#"{ "$deviations": { "t": { "value": "y", "motivation": "m" } } }"#;
    assert_eq!(outcome(&program, decided, "t"), open);
}

#[test]
fn an_unset_condition_leaves_what_reads_the_question_unregulated() {
    let program = program(
        r#"parameters:
  p: { title: P, test_on: a }
questions:
  - section: S
    items:
      - { id: a, ask: "A?", type: boolean, sources: [s] }
      - { id: n, ask: "N?", type: integer, min: 0, max: 5, when: { a: p }, sources: [s] }
decisions:
  f: { formula: n + 1, sources: [s] }
  m: { formula: "max(n, 0)", sources: [s] }
  h:
    hit: first
    sources: [s]
    table: |
      n    || h
      >= 0 || 4
      -    || 8
  k: { formula: h + 1, sources: [s] }
"#,
    );
    // whatever the answers are, p decides whether n applies
    for given in [r#"{ "a": true, "n": 2 }"#, r#"{ "a": true }"#, "{}"] {
        for decision in ["f", "m", "h", "k"] {
            assert_eq!(
                outcome(&program, given, decision),
                Outcome::Unregulated { missing: ids(&["p"]) },
                "{given} {decision}"
            );
        }
    }
}

#[test]
fn a_question_that_only_a_condition_asks_is_not_needed_where_nothing_comes_of_it() {
    let program = program(
        r#"questions:
  - section: S
    items:
      - { id: q0, ask: "Q0?", type: boolean, sources: [s] }
      - { id: q1, ask: "Q1?", type: integer, min: 0, max: 9, when: { q0: ja }, sources: [s] }
      - { id: q2, ask: "Q2?", type: boolean, when: { q0: nee }, sources: [s] }
decisions:
  d: { formula: q1, when: { q2: "ja, n.v.t." }, sources: [s] }
"#,
    );
    // q2 applies only where q1 does not, and then there is no value
    let open = one_of(&[number("2"), Value::NotApplicable], &["q0"]);
    assert_eq!(outcome(&program, r#"{ "q1": 2 }"#, "d"), open);
    assert_eq!(outcome(&program, r#"{ "q0": true, "q1": 2 }"#, "d"), determined("2"));
    assert_eq!(outcome(&program, r#"{ "q0": false }"#, "d"), Outcome::NotApplicable);
    assert!(program.evaluate(&Answers::new()).is_ok());
}

#[test]
fn what_applies_in_no_way_needs_no_condition() {
    let program = program(
        r#"parameters:
  p: { title: P, test_on: b }
questions:
  - section: S
    items:
      - { id: a, ask: "A?", type: boolean, sources: [s] }
      - { id: b, ask: "B?", type: boolean, sources: [s] }
      - { id: n, ask: "N?", type: integer, min: 0, max: 5, when: { a: ja }, sources: [s] }
decisions:
  g: { formula: n + 1, when: { b: p }, sources: [s] }
"#,
    );
    // without n there is no value, whatever p is
    assert_eq!(outcome(&program, r#"{ "a": false, "b": true }"#, "g"), Outcome::NotApplicable);
    let unset = Outcome::Unregulated { missing: ids(&["p"]) };
    assert_eq!(outcome(&program, r#"{ "a": true, "b": true, "n": 2 }"#, "g"), unset);
}
