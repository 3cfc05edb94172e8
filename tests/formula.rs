//! Formulas: exact numbers, units, dates, what is possible while answers are open, and what people see of it.

mod behind;
mod open;
mod scores;
mod values;

use leidraad::{Assessment, Outcome, Possible, Program, Text, Value};

use crate::support::{answers, date, rules};

/// A rule set of these questions and decisions, in YAML, with a source `s`.
fn program(parameters: &str, questions: &str, decisions: &str) -> Program {
    let text = format!(
        "leidraad: 1\nid: voorbeeld/formule\ntitle: Formule\nsources: {{ s: {{ kind: example, title: Voorbeeld }} }}\n\
         parameters:\n{parameters}\nquestions:\n  - section: Feiten\n    items:\n{questions}\ndecisions:\n{decisions}\n"
    );
    rules(&text).on(date("2026-07-04")).unwrap()
}

/// Three numbers without units to reckon with.
const NUMBERS: &str = "      - { id: a, ask: A?, type: integer, min: -100, max: 100, sources: [s] }
      - { id: b, ask: B?, type: integer, min: 1, max: 50, sources: [s] }
      - { id: c, ask: C?, type: decimal, step: 0.01, min: 0, max: 10, not_applicable: true, sources: [s] }";

/// The rule set of one formula over the numbers.
fn of(formula: &str) -> Program {
    program("  {}", NUMBERS, &format!("  x: {{ sources: [s], formula: '{formula}' }}"))
}

fn assess(program: &Program, given: &str) -> Assessment {
    program.evaluate(&answers(given)).unwrap_or_else(|findings| panic!("{findings}"))
}

/// The outcome of a decision under answers.
fn outcome(program: &Program, given: &str, decision: &str) -> Outcome {
    assess(program, given).decision(decision).unwrap().clone()
}

fn number(text: &str) -> Value {
    Value::number(text).unwrap()
}

fn determined(text: &str) -> Outcome {
    Outcome::Determined(number(text))
}

fn ids(list: &[&str]) -> Vec<Text> {
    list.iter().map(|id| (*id).into()).collect()
}

/// Open between two numbers, exactly.
fn between(min: &str, max: &str, needs: &[&str]) -> Outcome {
    Outcome::Open {
        possible: Possible::Range(number(min), number(max)),
        needs: ids(needs),
        approximate: false,
    }
}

/// Open with exactly these values.
fn one_of(values: &[Value], needs: &[&str]) -> Outcome {
    Outcome::Open { possible: Possible::Values(values.to_vec()), needs: ids(needs), approximate: false }
}
