//! Any text as answers to a rule set that is right: no panic, no hang, the same bytes twice.
//!
//! When the text holds a line `---`, what stands before it is the rule set, and what follows are the answers.
#![no_main]

use std::sync::LazyLock;

use leidraad::{Date, Program, RuleSet};
use libfuzzer_sys::fuzz_target;

static SANCTIE: LazyLock<Program> =
    LazyLock::new(|| program(include_str!("../../benches/sanctie.yaml")).expect("a right rule set"));

fn program(rules: &str) -> Option<Program> {
    let on = Date::parse("2026-07-04").expect("a date");
    RuleSet::from_text("fuzz.yaml", rules).ok()?.on(on).ok()
}

fn evaluate(program: &Program, answers: &str) {
    let once = program.evaluate_json(answers).map_err(|diagnostics| diagnostics.to_string());
    let twice = program.evaluate_json(answers).map_err(|diagnostics| diagnostics.to_string());
    assert_eq!(once, twice, "equal input gives equal bytes");
}

fuzz_target!(|text: &str| {
    match text.split_once("\n---\n") {
        Some((rules, answers)) => {
            if let Some(program) = program(rules) {
                evaluate(&program, answers);
            }
        }
        None => evaluate(&SANCTIE, text),
    }
});
