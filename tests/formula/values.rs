//! Values on paper: fractions, rounding with its FEEL meaning, dates.

use leidraad::{Date, Outcome, Value};

use super::{assess, determined, number, of, outcome, program};

/// What a formula gives for `a = -7`, `b = 3`, `c = 2.5`.
fn value(formula: &str) -> Value {
    match outcome(&of(formula), "{ a: -7, b: 3, c: 2.5 }", "x") {
        Outcome::Determined(value) => value,
        other => panic!("{formula}: {other:?}"),
    }
}

#[test]
fn arithmetic_has_its_order() {
    assert_eq!(value("a + b * 2"), number("-1"));
    assert_eq!(value("(a + b) * 2"), number("-8"));
    assert_eq!(value("10 - b - 2"), number("5"));
    assert_eq!(value("-a + -b"), number("4"));
    assert_eq!(value("--b"), number("3"));
    assert_eq!(value("round(12 / b / 2)"), number("2"));
    assert_eq!(value("c * 4 - b"), number("7"));
    assert_eq!(value("min(a, b, c)"), number("-7"));
    assert_eq!(value("max(a, b, c)"), number("3"));
    assert_eq!(value("sum(a, b, c, 0.25)"), number("-1.25"));
    assert_eq!(value("min(b)"), number("3"));
}

#[test]
fn fractions_are_exact() {
    // three thirds are one, and ten tenths too
    assert_eq!(value("floor(1 / b + 1 / b + 1 / b)"), number("1"));
    assert_eq!(value("floor(0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1)"), number("1"));
    assert_eq!(value("ceiling(a / b * b)"), number("-7"));
    assert_eq!(value("round(1 / b, 9)"), number("0.333333333"));
    // beyond what fits in a decimal on the way: 10^15 × 10^15 / 10^15
    let big = "1000000000000000";
    assert_eq!(value(&format!("floor({big} * {big} / {big})")), number(big));
}

/// Both sides of every boundary of `ceiling(x / 250)`.
#[test]
fn rounding_up_is_right_at_the_boundary() {
    let program = program(
        "  {}",
        "      - { id: x, ask: X?, type: integer, min: 0, max: 100000, sources: [s] }",
        "  n: { sources: [s], formula: ceiling(x / 250) }",
    );
    for (x, n) in [(0, 0), (1, 1), (250, 1), (251, 2), (500, 2), (501, 3), (99_999, 400), (100_000, 400)] {
        assert_eq!(outcome(&program, &format!("{{ x: {x} }}"), "n"), determined(&n.to_string()), "{x}");
    }
}

/// The examples of the DMN functions, and halves on both sides of 0.
#[test]
fn rounding_has_its_feel_meaning() {
    let cases = [
        ("floor", ["1", "-2", "2", "-3", "1.5", "-1.6"]),
        ("ceiling", ["2", "-1", "3", "-2", "1.6", "-1.5"]),
        ("round up", ["2", "-2", "3", "-3", "1.6", "-1.6"]),
        ("round down", ["1", "-1", "2", "-2", "1.5", "-1.5"]),
        ("round half up", ["2", "-2", "3", "-3", "1.6", "-1.6"]),
        ("round half down", ["1", "-1", "2", "-2", "1.6", "-1.6"]),
        ("decimal", ["2", "-2", "2", "-2", "1.6", "-1.6"]),
        ("round", ["2", "-2", "3", "-3", "1.6", "-1.6"]),
    ];
    for (name, expected) in cases {
        let of = ["1.5", "-1.5", "2.5", "-2.5", "1.56, 1", "-1.56, 1"];
        for (argument, expected) in of.into_iter().zip(expected) {
            assert_eq!(value(&format!("{name}({argument})")), number(expected), "{name}({argument})");
        }
    }
    // a scale below 0 rounds to tens and hundreds
    assert_eq!(value("round(1250, -2)"), number("1300"));
    assert_eq!(value("decimal(1250, -2)"), number("1200"));
    assert_eq!(value("ceiling(1201, -2)"), number("1300"));
}

#[test]
fn dates_move_by_lengths_and_differ_in_days() {
    let program = program(
        "  ingang: { title: Ingang, type: date, value: 2026-03-31, sources: [s] }",
        "      - { id: start, ask: Start?, type: date, min: 2020-01-01, max: 2035-12-31, sources: [s] }
      - { id: eind, ask: Eind?, type: date, min: 2020-01-01, max: 2035-12-31, sources: [s] }",
        "  uiterlijk: { sources: [s], formula: start - 8 weeks }
  een_maand: { sources: [s], formula: ingang + 1 month }
  jaar: { sources: [s], formula: start + 1 year }
  dagen: { sources: [s], formula: eind - start + 1 \"dag\", unit: dagen }
  laatste: { sources: [s], formula: 'max(start, eind)' }
  op_tijd:
    sources: [s]
    table: |
      uiterlijk     || op_tijd
      < 2026-05-09  || nee
      >= 2026-05-09 || ja",
    );
    let assessment = assess(&program, "{ start: 2028-02-29, eind: 2028-03-01 }");
    let day = |id: &str| assessment.decision(id).unwrap().value().unwrap().clone();
    let date = |text: &str| Value::Date(Date::parse(text).unwrap());
    // eight weeks before Tuesday 29 February 2028 is Tuesday 4 January
    assert_eq!(day("uiterlijk"), date("2028-01-04"));
    // a month after 31 March ends on the last day of April; a year after 29 February on the 28th
    assert_eq!(day("een_maand"), date("2026-04-30"));
    assert_eq!(day("jaar"), date("2029-02-28"));
    assert_eq!(day("dagen"), number("2"));
    assert_eq!(day("laatste"), date("2028-03-01"));
    // 4 July 2026 less eight weeks is 9 May 2026
    assert_eq!(outcome(&program, "{ start: 2026-07-04 }", "op_tijd"), Outcome::Determined(Value::Bool(true)));
    assert_eq!(
        outcome(&program, "{ start: 2026-07-03 }", "op_tijd"),
        Outcome::Determined(Value::Bool(false))
    );
}

#[test]
fn a_step_follows_from_what_is_read() {
    // hundredths times quarters: steps of 0.0025, and a table may compare with any of them
    let program = program(
        "  {}",
        super::NUMBERS,
        "  x: { sources: [s], formula: c * 0.25 }
  grof:
    sources: [s]
    table: |
      x         || grof
      <= 0.0025 || nee
      > 0.0025  || ja
      n.v.t.    || nee",
    );
    assert_eq!(outcome(&program, "{ c: 0.01 }", "x"), determined("0.0025"));
    assert_eq!(outcome(&program, "{ c: 0.01 }", "grof"), Outcome::Determined(Value::Bool(false)));
    assert_eq!(outcome(&program, "{ c: 0.02 }", "grof"), Outcome::Determined(Value::Bool(true)));
}
