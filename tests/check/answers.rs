//! Findings about answers, authorities and dates.

use std::collections::BTreeSet;

use leidraad::{Answers, Diagnostics, Program};

use crate::support::{date, files, programs, rules, snapshot};

/// The rule set that the answers are about.
const RULES: &str = include_str!("../fixtures/parse/ok_contract.yaml");

fn program() -> Program {
    rules(RULES).on(date("2026-07-04")).unwrap()
}

/// What is wrong with the answers of a fixture.
fn refused(name: &str, text: &str) -> Diagnostics {
    let read = Answers::from_text(name, text);
    match read.and_then(|answers| program().evaluate(&answers)) {
        Ok(assessment) => panic!("{name} is accepted: {}", assessment.to_json()),
        Err(findings) => findings,
    }
}

fn fixtures() -> Vec<(String, String)> {
    let list = files("tests/fixtures/answers", "").into_iter().filter(|(n, _)| !n.ends_with(".snap"));
    list.map(|(path, text)| (path.rsplit('/').next().unwrap().to_owned(), text)).collect()
}

/// No layer for an authority, no rule set, no decision.
fn layers() -> Vec<(&'static str, Diagnostics)> {
    let contract = rules(RULES);
    let melding = leidraad::catalog().rule_set("evenementen/melding").unwrap();
    vec![
        ("no layers", contract.for_authority("GM0994").map(|_| ()).unwrap_err()),
        ("a slip", melding.for_authority("GM1792").map(|_| ()).unwrap_err()),
        ("elsewhere", melding.for_authority("Amsterdam").map(|_| ()).unwrap_err()),
        ("no rule set", leidraad::catalog().rule_set("evenementen/meldnig").map(|_| ()).unwrap_err()),
        ("no decision", program().explain(&Answers::new(), Some("maatregl")).map(|_| ()).unwrap_err()),
    ]
}

pub(super) fn codes() -> BTreeSet<&'static str> {
    let wrong = fixtures().into_iter().map(|(name, text)| refused(&name, &text));
    let list = wrong.chain(layers().into_iter().map(|(_, findings)| findings));
    list.flat_map(|findings| findings.iter().map(|f| f.code.as_str()).collect::<Vec<_>>()).collect()
}

#[test]
fn wrong_answers_are_refused_in_the_words_of_the_reader() {
    for (name, text) in fixtures() {
        let findings = refused(&name, &text);
        assert!(findings.iter().all(|f| f.span.is_some()), "{findings}");
        let shown: String = text.lines().take(40).map(|line| format!("{line:.200}\n")).collect();
        snapshot("answers", &name.replace('.', "_"), &shown, &findings.to_string());
    }
}

#[test]
fn layers_that_are_not_there_are_named() {
    let shown: Vec<String> = layers().iter().map(|(what, f)| format!("{what}\n\n{f}")).collect();
    snapshot("answers", "layers", "authorities without a layer", &shown.join("\n\n"));
}

#[test]
fn one_finding_for_each_wrong_answer() {
    let text = r#"{ "objekt": "woning", "gram": "veel", "eerder": -1, "spoed": "soms", "gevonden_op": "2026-02-30" }"#;
    let codes: Vec<&str> = refused("a.json", text).iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["unknown-question", "wrong-answer", "outside-domain", "wrong-answer", "wrong-answer"]);
}

/// A findings list about answers has no Rust in it.
#[test]
fn messages_do_not_speak_rust() {
    for (name, text) in fixtures() {
        let shown = refused(&name, &text).to_string();
        for word in ["Some(", "None", "i64", "u32", "String", "Err(", "Decimal", "expected struct"] {
            assert!(!shown.contains(word), "{name}: {word}\n{shown}");
        }
    }
    assert!(programs().len() >= 7, "two rule sets and five layers");
}
