//! Which outcome goes first under `hit: priority`: what DMN says of the order of output values.

use leidraad::{Outcome, Value};

use crate::support::{answers, date, rules};

/// What a decision with these lines gives for 300 persons indoors; every row fits.
fn given(order: &str, rows: &str) -> Outcome {
    let text = format!(
        "leidraad: 1
id: a/b
title: Voorrang
sources: {{ s: {{ kind: example, title: Bron }} }}
questions:
  - section: Feiten
    items:
      - {{ id: aantal, ask: Hoeveel?, type: integer, min: 0, max: 900, sources: [s] }}
      - {{ id: binnen, ask: Binnen?, type: boolean, sources: [s] }}
decisions:
  p:
    sources: [s]
    hit: priority
{order}    table: |
      aantal | binnen || {rows}
"
    );
    let program = rules(&text).on(date("2026-07-04")).unwrap();
    program.evaluate(&answers("aantal: 300\nbinnen: ja\n")).unwrap().decision("p").unwrap().clone()
}

const LOW_FIRST: &str = "p\n      -     | -  || laag\n      > 200 | -  || hoog\n      -     | ja || midden";
const OPTIONS: &str =
    "    outputs: { p: { options: { hoog: { label: H }, midden: { label: M }, laag: { label: L } } } }\n";

#[test]
fn the_order_of_the_options_decides_not_that_of_the_rows() {
    assert_eq!(given(OPTIONS, LOW_FIRST), Outcome::Determined(Value::from("hoog")));
}

#[test]
fn priority_comes_before_the_options() {
    let order = format!("    priority: [midden, hoog, laag]\n{OPTIONS}");
    assert_eq!(given(&order, LOW_FIRST), Outcome::Determined(Value::from("midden")));
    let part = format!("    priority: [laag]\n{OPTIONS}");
    assert_eq!(given(&part, LOW_FIRST), Outcome::Determined(Value::from("laag")));
}

#[test]
fn without_either_the_order_of_the_rows_decides() {
    assert_eq!(given("", LOW_FIRST), Outcome::Determined(Value::from("laag")));
}

#[test]
fn a_row_that_does_not_fit_tells_nothing_of_the_order() {
    let rows = "p\n      < 200 | -  || hoog\n      > 200 | -  || laag\n      -     | -  || hoog";
    assert_eq!(given("", rows), Outcome::Determined(Value::from("laag")));
}

/// Of a row with `a` and one with this value the second goes first, by the order of the next output.
fn second_by_the_next_output(value: &str) {
    let order = "    outputs: { q: { options: { ja_zeker: { label: J }, wellicht: { label: W } } } }\n";
    let rows = format!("p | q\n      -     | -  || a | wellicht\n      > 200 | -  || {value} | ja_zeker");
    let fields = vec![("p".into(), Value::from(value)), ("q".into(), Value::from("ja_zeker"))];
    assert_eq!(given(order, &rows), Outcome::Determined(Value::Object(fields)));
}

#[test]
fn the_next_output_decides_between_values_that_have_no_order() {
    second_by_the_next_output("b");
}

#[test]
fn the_next_output_decides_where_the_first_is_alike() {
    second_by_the_next_output("a");
}

/// A silent row that ties with another could give what that gives or something else: that is not settled.
#[test]
fn a_silent_row_before_one_that_ranks_as_high_leaves_it_open() {
    let order = "    outputs: { q: { options: { eerst: { label: E }, later: { label: L } } } }\n";
    let rows =
        "p   | q\n      - | - || silent | silent\n      - | - || ja | eerst\n      - | - || nee | later";
    assert_eq!(given(order, rows), Outcome::Unregulated { missing: vec!["p".into()] });
    // after it the silent row cannot win
    let rows =
        "p   | q\n      - | - || ja | eerst\n      - | - || silent | silent\n      - | - || nee | later";
    let fields = vec![("p".into(), Value::Bool(true)), ("q".into(), Value::from("eerst"))];
    assert_eq!(given(order, rows), Outcome::Determined(Value::Object(fields)));
}
