//! What reads a count that is not known: a formula, a table, and another count.

use super::{decided, program};

const HEAD: &str = "
leidraad: 1
id: x/y
title: Voorbeeld
sources: { s: { kind: example, title: Voorbeeldbeleid } }
parameters:
  p: { title: Een grens die niet is gezet, test_on: n }
questions:
  - section: Feiten
    items:
      - { id: n, ask: Hoeveel?, type: integer, min: 0, max: 3, sources: [s] }
      - id: ml
        ask: Welke meldingen?
        type: list
        max: 2
        WHEN
        sources: [s]
        fields:
          - { id: erg, ask: Is zij erg?, type: boolean }
          - { id: op, ask: Op welke dag?, type: date, min: 2024-01-01, max: 2024-12-31 }
      - { id: dag, ask: Welke dag?, type: date, min: 2023-01-01, max: 2025-12-31, DAY, sources: [s] }
decisions:
";

fn with(list: &str, day: &str, decisions: &str) -> leidraad::Program {
    let head = HEAD.replace("        WHEN\n", list).replace("DAY, ", day);
    program(&format!("{head}{decisions}"))
}

/// No test tells the numbers apart, but the formula does.
#[test]
fn a_formula_over_an_open_count_is_open() {
    let decisions = r#"
  aantal: { sources: [s], count: { of: ml, where: { erg: ja } } }
  boete: { outcome: true, sources: [s], formula: "aantal * 500" }
  soort:
    outcome: true
    sources: [s]
    table: |
      boete   || soort
      < 1000  || licht
      >= 1000 || zwaar
"#;
    let program = with("", "", decisions);
    for open in [r#"[{"erg": true}, {"erg": null}]"#, "null", r#"{"at_least": [{"erg": true}]}"#] {
        let case = format!(r#"{{"ml": {open}}}"#);
        let fine = decided(&program, &case, "boete");
        assert!(fine.contains("1000: ml") || fine.contains("1000 of"), "{open}: {fine}");
        assert!(decided(&program, &case, "soort").starts_with("licht of zwaar: ml"), "{open}");
    }
    for (known, fine, kind) in [
        (r#"[]"#, "0", "licht"),
        (r#"[{"erg": true}, {"erg": false}]"#, "500", "licht"),
        (r#"[{"erg": true}, {"erg": true}]"#, "1000", "zwaar"),
    ] {
        let case = format!(r#"{{"ml": {known}}}"#);
        assert_eq!(
            (decided(&program, &case, "boete").as_str(), decided(&program, &case, "soort").as_str()),
            (fine, kind)
        );
    }
}

/// Whether the list is asked at all hangs on a limit that no layer sets: no answer can tell how many there are.
#[test]
fn a_list_that_hangs_on_something_unset_has_no_number() {
    let decisions = "
  aantal: { outcome: true, sources: [s], count: { of: ml } }
  soort:
    outcome: true
    sources: [s]
    table: |
      aantal || soort
      0      || geen
      >= 1   || wel
      n.v.t. || nvt
";
    let program = with("        when: { n: p }\n", "", decisions);
    for case in [r#"{"n": 1, "ml": []}"#, r#"{"n": 1}"#, r#"{"ml": [{"erg": true}]}"#] {
        assert_eq!(decided(&program, case, "aantal"), "missing p", "{case}");
        assert_eq!(decided(&program, case, "soort"), "missing p", "{case}");
    }
}

/// The day is only asked where there are records: none leaves no count, one leaves none that counts.
#[test]
fn a_day_that_hangs_on_the_list_needs_the_list() {
    let decisions = r#"
  aantal: { sources: [s], count: { of: ml } }
  eerder: { outcome: true, sources: [s], count: { of: ml, on: op, before: dag, last_day: ja } }
"#;
    let program = with("", "when: { aantal: \">= 1\" }, ", decisions);
    assert_eq!(
        decided(&program, r#"{"dag": "2023-05-05"}"#, "eerder"),
        "0 of niet van toepassing: ml (ongeveer)"
    );
    assert_eq!(decided(&program, r#"{"dag": "2023-05-05", "ml": []}"#, "eerder"), "n.v.t.");
    assert_eq!(decided(&program, r#"{"dag": "2023-05-05", "ml": [{}]}"#, "eerder"), "0");
}

/// Two counts of the same records, one under a condition on the other, are not followed together: it says so.
#[test]
fn a_count_under_a_condition_on_the_same_records_is_marked() {
    let decisions = r#"
  aantal: { sources: [s], count: { of: ml } }
  ernstig: { outcome: true, when: { aantal: ">= 2" }, sources: [s], count: { of: ml } }
"#;
    let program = with("", "", decisions);
    let open = decided(&program, "{}", "ernstig");
    assert!(open.contains("2 of niet van toepassing") && open.ends_with("(ongeveer)"), "{open}");
    assert_eq!(decided(&program, r#"{"ml": [{}, {}]}"#, "ernstig"), "2");
    assert_eq!(decided(&program, r#"{"ml": [{}]}"#, "ernstig"), "n.v.t.");
}

const FREE: &str = r#"
leidraad: 1
id: x/y
title: Voorbeeld
sources: { s: { kind: example, title: Voorbeeldbeleid } }
parameters:
  duur: { title: Een termijn die niet is gezet, type: text }
questions:
  - section: Feiten
    items:
      - { id: dag, ask: Welke dag?, type: date, sources: [s] }
      - { id: soort, ask: Welke soort?, type: choice, options: { x: { label: X }, y: { label: Y } }, sources: [s] }
      - id: ml
        ask: Welke meldingen?
        type: list
        max: 2
        sources: [s]
        fields:
          - { id: op, ask: Op welke dag?, type: date }
          - { id: aard, ask: Welke aard?, type: choice, options: { x: { label: X }, y: { label: Y } } }
decisions:
"#;

/// The day of a record may lie anywhere, so also between the two edges of a window that are left out.
#[test]
fn an_open_day_may_lie_between_edges_that_do_not_count() {
    for within in ["2 days", "2 months", "3 years"] {
        let rule = format!(
            "  n: {{ sources: [s], count: {{ of: ml, on: op, before: dag, within: {within}, first_day: nee, last_day: nee }} }}\n"
        );
        let program = program(&format!("{FREE}{rule}"));
        let n = |list: &str| decided(&program, &format!(r#"{{"dag": "2024-03-02", "ml": {list}}}"#), "n");
        assert_eq!(n(r#"[{"op": "2024-03-01"}]"#), "1", "the day before counts");
        assert_eq!(n(r#"[{}]"#), "0 of 1: ml", "{within}");
        assert_eq!(n(r#"[{"op": {"between": [null, "2024-03-01"]}}]"#), "0 of 1: ml", "{within}");
        assert_eq!(n("null"), "0 of 1 of 2: ml", "{within}");
    }
}

/// What is missing of a count is missing of the formula over it, and of what reads that.
#[test]
fn a_formula_over_a_count_that_hangs_on_something_unset() {
    let program = program(&format!(
        "{FREE}{}",
        r#"
  n: { sources: [s], count: { of: ml, on: op, before: dag, within: duur, first_day: ja, last_day: nee } }
  dubbel: { sources: [s], formula: "max(n, 0) * 2" }
  veel:
    sources: [s]
    table: |
      dubbel || veel
      0      || nee
      > 0    || ja
"#
    ));
    let all = |case: &str| ["n", "dubbel", "veel"].map(|id| decided(&program, case, id));
    let old = r#"{"dag": "2026-07-04", "ml": [{"op": "2024-01-01"}]}"#;
    assert_eq!(all(old), ["missing duur", "missing duur", "missing duur"]);
    assert_eq!(all(r#"{"dag": "2026-07-04", "ml": []}"#), ["0", "0", "nee"]);
    for outcome in &all(r#"{"dag": "2026-07-04"}"#)[1..] {
        assert!(outcome.contains("duur") && outcome.contains("ml"), "{outcome}");
    }
}

/// A count under a condition on what its records are compared with: what reads it is marked, too.
#[test]
fn what_reads_a_count_under_a_condition_on_the_same_is_marked() {
    let program = program(&format!(
        "{FREE}{}",
        r"
  n: { sources: [s], when: { soort: x }, count: { of: ml, same: { aard: soort } } }
  e:
    outcome: true
    sources: [s]
    table: |
      n      || e
      0      || a
      > 0    || b
      n.v.t. || a
"
    ));
    let case = leidraad::Answers::from_json("a", r#"{"ml": [{"aard": "y"}]}"#).unwrap();
    for id in ["n", "e"] {
        match program.evaluate(&case).unwrap().decision(id) {
            Some(leidraad::Outcome::Open { approximate: true, needs, .. }) => assert_eq!(*needs, ["soort"]),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(decided(&program, r#"{"soort": "x", "ml": [{"aard": "y"}]}"#, "e"), "a");
    assert_eq!(decided(&program, r#"{"soort": "y", "ml": [{"aard": "y"}]}"#, "e"), "a");
}
