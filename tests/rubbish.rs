//! Rubbish at the door of the library: a clear finding with its place, soon, and never a panic.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod answers;
mod mutations;
mod sizes;

use std::time::{Duration, Instant};

use leidraad::{Answers, Diagnostics, Library};

/// Generous, as the machine may be busy: what would hang takes far longer.
const SOON: Duration = Duration::from_secs(60);

/// Loads a rule file; it must be refused with this code, soon, and every finding has a place.
fn refused(name: &str, text: &str, code: &str) -> Diagnostics {
    let begin = Instant::now();
    let library = Library::from_files(&[(name, text)]);
    let findings = library.findings().clone();
    let shown = findings.to_string();
    assert!(begin.elapsed() < SOON, "{:?}: {code}", begin.elapsed());
    assert_eq!(library.rule_sets().count(), 0, "{code} is not refused");
    assert!(findings.iter().any(|f| f.code.as_str() == code), "expected {code}:\n{shown:.3000}");
    assert!(findings.iter().all(|f| f.span.is_some()), "a finding without a place:\n{shown:.3000}");
    assert!(shown.len() < 200_000, "{} bytes of findings", shown.len());
    findings
}

/// Loads a rule file without errors, soon, and evaluates it with no answers.
fn usable(text: &str) -> leidraad::Program {
    let begin = Instant::now();
    let library = Library::from_files(&[("a.yaml", text)]);
    let Some(set) = library.rule_sets().next() else {
        panic!("refused:\n{:.3000}", library.findings().to_string())
    };
    let program = set.on(leidraad::Date::new(2026, 7, 4).unwrap()).unwrap();
    assert!(!program.evaluate(&Answers::new()).unwrap().to_json().is_empty());
    assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
    program
}

/// A rule file with these questions and decisions; both stand at the left margin.
fn file(questions: &str, decisions: &str) -> String {
    let indent = |text: &str, by: usize| -> String {
        text.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
    };
    let decisions = if decisions.is_empty() { "{}" } else { decisions };
    format!(
        "leidraad: 1\nid: a/b\ntitle: A\nsources:\n  s: {{ kind: example, title: S }}\nquestions:\n  - section: S\n    items:\n{}{}{}",
        indent(questions, 6),
        if decisions.is_empty() { "" } else { "decisions:\n" },
        indent(decisions, 2),
    )
}
