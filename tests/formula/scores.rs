//! Formulas over scores that add other scores, while some of their answers are open.

use leidraad::{Outcome, Possible, Program, Value};

use super::{number, outcome, program};

const QUESTIONS: &str = "      - { id: p, ask: P?, type: boolean, options: { ja: { label: Ja, points: 1 }, nee: { label: Nee, points: 2 } }, sources: [s] }
      - { id: q, ask: Q?, type: boolean, options: { ja: { label: Ja, points: 1 }, nee: { label: Nee, points: 0 } }, sources: [s] }";

fn possible(program: &Program, given: &str, decision: &str) -> (Vec<Value>, Vec<String>) {
    match outcome(program, given, decision) {
        Outcome::Open { possible: Possible::Values(values), needs, approximate: false } => {
            (values, needs.iter().map(ToString::to_string).collect())
        }
        other => panic!("{given}: {other:?}"),
    }
}

#[test]
fn a_score_that_adds_a_score_has_bounds_while_it_is_open() {
    // own: 1 or 2; both: 1 to 3; twice: 2, 4 or 6
    let program = program(
        "  {}",
        QUESTIONS,
        "  own: { sources: [s], points: [p] }\n  both: { sources: [s], points: [q, own] }\n  twice: { sources: [s], formula: both * 2 }",
    );
    let needs = ["p", "q"].map(str::to_owned).to_vec();
    assert_eq!(possible(&program, "{}", "twice"), (["2", "4", "6"].map(number).to_vec(), needs));
    assert_eq!(
        possible(&program, "q: nee", "twice"),
        (["2", "4"].map(number).to_vec(), vec!["p".to_owned()])
    );
    assert_eq!(outcome(&program, "{ p: nee, q: ja }", "twice"), Outcome::Determined(number("6")));
}

#[test]
fn one_that_may_not_apply_adds_nothing_then() {
    // with q yes: own 1 or 2, both 2 or 3, so 2 * 3 = 6 or 3 * 5 = 15; with q no neither applies
    let program = program(
        "  {}",
        QUESTIONS,
        "  own: { sources: [s], points: [p], when: { q: ja } }\n  both: { sources: [s], points: [q, own], when: { q: ja } }\n  x: { sources: [s], formula: 'both * (both + own)' }",
    );
    let (values, needs) = possible(&program, "{}", "x");
    assert_eq!(values, [number("6"), number("15"), Value::NotApplicable]);
    assert_eq!(needs, ["p", "q"]);
    assert_eq!(outcome(&program, "q: nee", "x"), Outcome::NotApplicable);
}
