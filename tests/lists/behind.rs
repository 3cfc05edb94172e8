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

const HEADLESS: &str = "
leidraad: 1
id: x/y
title: Voorbeeld
sources: { s: { kind: example, title: Voorbeeldbeleid } }
";

/// Day and list are open, and a table reads a count beside a formula under a condition on that count: 0 leaves no formula, 1
/// makes it 1, and from 2 on the first row is out.
#[test]
fn a_table_over_a_count_and_a_formula_under_a_condition_on_it() {
    let text = "questions:
  - section: Feiten
    items:
      - { id: l, ask: Welke?, type: list, max: 3, fields: [{ id: op, ask: Wanneer?, type: date, min: 2026-01-01, max: 2026-01-05 }], sources: [s] }
      - { id: dag, ask: Welke dag?, type: date, min: 2026-01-02, max: 2026-01-05, sources: [s] }
decisions:
  n: { count: { of: l, on: op, before: dag, last_day: nee }, sources: [s] }
  f: { when: { n: not(0) }, formula: n, sources: [s] }
  d:
    outcome: true
    sources: [s]
    hit: first
    table: |
      n   | f      || d
      < 2 | not(1) || a
      -   | -      || b
";
    let program = program(&format!("{HEADLESS}{text}"));
    for case in [
        "{}",
        r#"{"dag": "2026-01-03"}"#,
        r#"{"l": {"at_least": []}, "dag": {"between": ["2026-01-02", "2026-01-04"]}}"#,
    ] {
        assert_eq!(decided(&program, case, "d"), "b", "{case}");
    }
}

/// Whether the list is asked is open, and so is how many records count: both make a difference. A day behind a condition does
/// not, where there is nothing to count.
#[test]
fn a_list_behind_a_condition_is_needed_where_its_number_matters() {
    let text = "questions:
  - section: Feiten
    items:
      - { id: b, ask: Is het zo?, type: boolean, sources: [s] }
      - { id: l, ask: Welke?, type: list, max: 2, when: { b: ja }, fields: [{ id: ok, ask: Goed?, type: boolean }, { id: op, ask: Wanneer?, type: date, min: 2026-01-01, max: 2026-01-05 }], sources: [s] }
      - { id: dag, ask: Welke dag?, type: date, min: 2026-01-02, max: 2026-01-05, when: { b: ja }, sources: [s] }
decisions:
  n: { count: { of: l, where: { ok: ja } }, sources: [s] }
  f: { when: { n: '>= 1' }, formula: n, sources: [s] }
  d:
    outcome: true
    sources: [s]
    hit: first
    table: |
      n    | f || d
      >= 0 | 1 || x
      -    | - || y
";
    let program = program(&format!("{HEADLESS}{text}"));
    assert_eq!(decided(&program, r#"{"l": [{}, {"ok": true}]}"#, "d"), "x of y: b l");
    assert_eq!(decided(&program, r#"{"l": [{}, {"ok": true}], "b": true}"#, "d"), "x of y: l");
    let dated = text
        .replace(
            "  n: { count: { of: l, where: { ok: ja } }",
            "  n: { count: { of: l, on: op, before: dag, last_day: nee }",
        )
        .replace("max: 2026-01-05, when: { b: ja }, sources", "max: 2026-01-05, when: { b: nee }, sources")
        .replace("type: list, max: 2, when: { b: ja },", "type: list, max: 2,");
    let program = crate::lists::program(&format!("{HEADLESS}{dated}"));
    assert_eq!(decided(&program, r#"{"l": []}"#, "n"), "0 of niet van toepassing: b");
}

/// Two counts of the same records: at most three together, and the proof knows.
#[test]
fn a_formula_over_two_counts_of_the_same_records_is_proven() {
    let rules = |most: u8| {
        let text = format!("questions:
  - section: Feiten
    items:
      - {{ id: l, ask: Welke?, type: list, max: 3, fields: [{{ id: ok, ask: Goed?, type: boolean }}], sources: [s] }}
decisions:
  goed: {{ count: {{ of: l, where: {{ ok: ja }} }}, sources: [s] }}
  fout: {{ count: {{ of: l, where: {{ ok: nee }} }}, sources: [s] }}
  samen: {{ outcome: true, formula: goed + fout, step: 1, min: 0, max: {most}, sources: [s] }}
");
        leidraad::RuleSet::from_text("x.yaml", &format!("{HEADLESS}{text}"))
    };
    let refused = rules(2).unwrap_err().to_string();
    assert!(refused.contains("outside its bounds: 3") && refused.contains("goed = 0, fout = 3"), "{refused}");
    let program = rules(3).unwrap().on(crate::support::date("2026-07-04")).unwrap();
    assert_eq!(decided(&program, r#"{"l": [{"ok": null}, {"ok": true}]}"#, "samen"), "2");
    assert_eq!(decided(&program, r#"{"l": {"at_least": [{"ok": true}]}}"#, "samen"), "1 of 2 of 3: l");
}

/// Many lists without a bound, formulas that build on one another: an answer comes soon, marked where it must be.
#[test]
fn much_that_is_open_is_answered_soon() {
    let fields = "fields: [{ id: op, ask: Wanneer?, type: date }, { id: ok, ask: Goed?, type: boolean }, { id: k, ask: Hoe veel?, type: integer, min: 0, max: 20 }]";
    let text = format!("questions:
  - section: Feiten
    items:
      - {{ id: b, ask: Is het zo?, type: boolean, sources: [s] }}
      - {{ id: n, ask: Hoeveel?, type: integer, min: 0, max: 1000, sources: [s] }}
      - {{ id: x, ask: Hoeveel?, type: decimal, step: 0.5, min: 0, max: 100, sources: [s] }}
      - {{ id: t, ask: Welke dag?, type: date, sources: [s] }}
      - {{ id: u, ask: Welke dag?, type: date, sources: [s] }}
      - {{ id: l1, ask: Welke?, type: list, {fields}, sources: [s] }}
      - {{ id: l2, ask: Welke?, type: list, when: {{ b: ja }}, {fields}, sources: [s] }}
decisions:
  c1: {{ count: {{ of: l1, where: {{ ok: ja }}, on: op, before: t, within: 3 years, first_day: ja, last_day: nee }}, sources: [s] }}
  c2: {{ count: {{ of: l2, where: {{ ok: ja, k: '>= 3' }}, on: op, before: u, within: 3 months, counted: forward, first_day: ja, last_day: nee }}, sources: [s] }}
  c4: {{ count: {{ of: l1, where: {{ k: '>= 3' }} }}, sources: [s] }}
  f1: {{ outcome: true, formula: 'c1 * c2 + n', sources: [s] }}
  f2: {{ outcome: true, formula: 'max(c1, c2, n) * min(c2, x) - c1', sources: [s] }}
  f3: {{ outcome: true, when: {{ f1: '>= 3', f2: '<= 100' }}, formula: 'floor(f1 * f2 / (c1 + 1)) - c4', sources: [s] }}
");
    let program = program(&format!("{HEADLESS}{text}"));
    let begin = std::time::Instant::now();
    for case in ["{}", r#"{"b": true, "n": 3}"#, r#"{"t": "2026-01-01", "l1": {"at_least": [{}]}}"#] {
        for id in ["f1", "f2", "f3"] {
            assert!(decided(&program, case, id).contains(": "), "it is open");
        }
    }
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed()); // it once went on for ever
}
