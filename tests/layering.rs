//! Layers between the shared one and those of authorities, periods of everything in them, and why something is not said.

mod periods;
mod silence;
mod stack;
mod versions;

use leidraad::{Answers, Assessment, Outcome, Program, RuleSet, Value, Why};

use crate::support::date;

/// The files of the fixture, a statute with layers over it, in the order of the alphabet.
const FILES: [(&str, &str); 7] = [
    ("gm0001_nieuw.yaml", include_str!("fixtures/layers/gm0001_nieuw.yaml")),
    ("gm0001_oud.yaml", include_str!("fixtures/layers/gm0001_oud.yaml")),
    ("gm0003.yaml", include_str!("fixtures/layers/gm0003.yaml")),
    ("gm0004.yaml", include_str!("fixtures/layers/gm0004.yaml")),
    ("regio.yaml", include_str!("fixtures/layers/regio.yaml")),
    ("richtlijn.yaml", include_str!("fixtures/layers/richtlijn.yaml")),
    ("wet.yaml", include_str!("fixtures/layers/wet.yaml")),
];

fn rules() -> RuleSet {
    load(&FILES)
}

fn load(files: &[(&str, &str)]) -> RuleSet {
    RuleSet::from_files(files).unwrap_or_else(|findings| panic!("{findings}"))
}

/// A case of soft drugs, the first time.
fn case(found: &str, decided: &str) -> Answers {
    Answers::new()
        .with("gevonden_op", date(found))
        .with("besluit_op", date(decided))
        .with("middel", "soft")
        .with("gram", 10)
        .with("eerder", 0)
}

fn program(rules: &RuleSet, authority: Option<&str>, answers: &Answers) -> Program {
    rules.for_case(authority, answers, None, date("2030-01-01")).unwrap_or_else(|f| panic!("{f}"))
}

fn assess(authority: Option<&str>, answers: &Answers) -> Assessment {
    program(&rules(), authority, answers).evaluate(answers).unwrap_or_else(|f| panic!("{f}"))
}

/// The outcome of a decision: its value, or what is missing.
fn outcome(assessment: &Assessment, decision: &str) -> String {
    match assessment.decision(decision) {
        Some(Outcome::Determined(Value::Text(text))) => text.to_string(),
        Some(Outcome::Determined(value)) => value.to_string(),
        Some(Outcome::Unregulated { missing }) => format!("ontbreekt: {}", missing.join(", ")),
        Some(Outcome::NotApplicable) => "n.v.t.".to_owned(),
        other => panic!("{decision}: {other:?}"),
    }
}

/// Why a name is not said, and that in words.
fn why(assessment: &Assessment, name: &str) -> (Vec<Why>, String) {
    let found = assessment.silence.iter().find(|(known, _)| known == name);
    found.map(|(_, silence)| (silence.why.clone(), silence.text.clone())).unwrap_or_default()
}

/// The findings about a layer, source or question.
fn findings(assessment: &Assessment, id: &str) -> Vec<String> {
    assessment.findings.iter().filter(|f| f.id == id).map(|f| f.text.to_string()).collect()
}
