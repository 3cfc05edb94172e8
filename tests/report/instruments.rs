//! A report on each rule set that is shipped: its texts as a person read them, and what must hold of every report.

use std::collections::BTreeSet;

use leidraad::Assessment;
use serde_json::Value as Json;

use super::{cases, forms, ics, page};
use crate::support::{snapshot, without_hashes};

/// A text without hashes and without the version: those differ with every change of a rule file.
fn steady(text: &str) -> String {
    // a folded line of a calendar may break a hash: unfolded first
    without_hashes(&text.replace("\r\n ", "").replace('\r', ""))
        .replace(concat!("Leidraad ", env!("CARGO_PKG_VERSION")), "Leidraad VERSION")
        .replace(concat!("\"engine\": \"", env!("CARGO_PKG_VERSION")), "\"engine\": \"VERSION")
}

/// The page without its style, of which the file is the only place.
fn without_style(html: &str) -> String {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (before, policy) = (before.split_once("sha256-").unwrap(), rest.split_once("</style>").unwrap().1);
    let after = before.1.split_once('\'').unwrap().1;
    format!("{}sha256-STYLE'{after}<style>STYLE</style>{policy}", before.0)
}

#[test]
fn reports_as_a_person_read_them() {
    for case in cases::all() {
        let report = case.report();
        // the same facts in four forms: the whole of them once for each instrument
        let whole = ["melding", "bibob", "damocles", "norm"].contains(&case.name);
        for (form, text) in forms(&report) {
            let text = match form {
                "html" if whole => without_style(&text),
                "md" | "ics" => text,
                "json" if whole => text,
                _ => continue,
            };
            if !text.is_empty() {
                snapshot("report", &format!("{}_{form}", case.name), "", &steady(&text));
            }
        }
    }
}

#[test]
fn every_page_is_well_formed_and_accessible() {
    for case in cases::all() {
        let html = case.report().html();
        page::check(&html);
        let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
        assert!(!style.contains("@import") && !style.contains("url(") && !html.contains("<script"));
    }
}

/// The policy of the page allows its own style by hash, and nothing else.
#[test]
fn the_policy_allows_the_style_and_nothing_else() {
    use sha2::{Digest, Sha256};
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let html = cases::all().remove(0).report().html();
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let policy =
        html.split_once("Content-Security-Policy\" content=\"").unwrap().1.split_once('"').unwrap().0;
    let text = policy.split_once("'sha256-").unwrap().1.split_once('\'').unwrap().0;
    let bits: Vec<u8> = text
        .trim_end_matches('=')
        .chars()
        .flat_map(|c| {
            let n = u8::try_from(SIGNS.find(c).unwrap()).unwrap();
            (0..6).rev().map(move |bit| n >> bit & 1)
        })
        .collect();
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect();
    assert_eq!(text.len(), 44);
    assert_eq!(bytes, Sha256::digest(style.as_bytes()).to_vec());
    assert_eq!(
        policy.replace(text, "…"),
        "default-src 'none'; style-src 'sha256-…'; base-uri 'none'; form-action 'none'"
    );
}

/// What the dossier holds and what follows from it is in the report: nothing is lost between them.
#[test]
fn nothing_is_lost_on_the_way() {
    for case in cases::all() {
        let report = case.report();
        let program = case.dossier.program(case.rules).unwrap();
        let mut answers = case.dossier.answers();
        answers.set_today(Some(case.on));
        let assessment: Assessment = program.evaluate(&answers).unwrap();
        let told: BTreeSet<&str> =
            report.answers.iter().flat_map(|group| &group.answers).map(|a| a.question.as_str()).collect();
        let given: BTreeSet<&str> = answers.iter().map(|(id, _)| id).collect();
        assert_eq!(told, given, "{}", case.name);
        let questions = program.questionnaire();
        for decision in questions.decisions.iter().filter(|decision| decision.outcome) {
            let Some(outcome) = assessment.decision(&decision.id) else { continue };
            let made = report.outcomes.iter().find(|made| made.decision == decision.id).unwrap();
            assert_eq!(made.status, outcome.status(), "{} {}", case.name, decision.id);
        }
        let steps: Vec<&str> = report.steps.iter().map(|step| step.id.as_str()).collect();
        let all: Vec<&str> = assessment.steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(steps, all);
        let remarks = report.remarks.len() + report.possible_remarks.len();
        assert_eq!(remarks, assessment.findings.len());
        assert_eq!(report.counts.len(), assessment.rollups.len());
        assert_eq!(report.history.len(), case.dossier.revisions().len());
        assert!(report.integrity.intact && report.withheld.is_empty());
        // every form names every outcome and every answer
        let (html, md) = (page::text(&report.html()), report.markdown());
        for made in &report.outcomes {
            assert!(html.contains(&made.title), "{}", made.title);
        }
        for answer in report.answers.iter().flat_map(|group| &group.answers) {
            assert!(html.contains(&answer.ask), "{}", answer.ask);
            let first = answer.ask.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            assert!(md.contains(first));
        }
        // a source that is cited is in the list, and the other way round
        let json: Json = serde_json::from_str(&report.to_json_pretty()).unwrap();
        let mut cited = BTreeSet::new();
        numbers(&json, &mut cited);
        assert_eq!(cited, (1..=report.sources.len()).collect::<BTreeSet<_>>(), "{}", case.name);
    }
}

fn numbers(json: &Json, cited: &mut BTreeSet<usize>) {
    match json {
        Json::Object(map) => {
            let number = map.get("source").and_then(Json::as_u64).filter(|_| map.contains_key("article"));
            cited.extend(number.and_then(|number| usize::try_from(number).ok()));
            map.values().for_each(|value| numbers(value, cited));
        }
        Json::Array(items) => items.iter().for_each(|value| numbers(value, cited)),
        _ => {}
    }
}

/// A calendar has an entry for each step that is open, and the same entries with the same identifiers on every export.
#[test]
fn calendars_hold_the_open_steps() {
    for case in cases::all() {
        let report = case.report();
        let open: Vec<&str> = report
            .steps
            .iter()
            .filter(|step| matches!(step.status, leidraad::StepStatus::Open | leidraad::StepStatus::Blocked))
            .map(|step| step.title.as_str())
            .collect();
        let Some(calendar) = report.calendar() else {
            assert!(open.is_empty(), "{}", case.name);
            continue;
        };
        let components = ics::read(&calendar);
        for title in &open {
            assert!(components.iter().any(|c| c.get("SUMMARY").unwrap().contains(title)), "{title}");
        }
        for component in &components {
            let summary = component.get("SUMMARY").unwrap();
            assert!(open.iter().any(|title| summary.contains(title)), "{summary} is not open");
        }
        assert_eq!(case.report().calendar(), Some(calendar));
    }
}

#[cfg(feature = "schema")]
#[test]
fn reports_fit_their_schema() {
    let schema = leidraad::schema::report();
    let validator = jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{error}"));
    for case in cases::all() {
        let reader = leidraad::report::Report::for_reader(&case.dossier, case.rules, case.on, &["public"]);
        for report in [case.report(), reader.unwrap()] {
            let json: Json = serde_json::from_str(&report.to_json_pretty()).unwrap();
            let wrong: Vec<String> =
                validator.iter_errors(&json).map(|error| format!("{error:.300}")).collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", case.name);
        }
    }
    let mut json: Json = serde_json::from_str(&cases::all()[0].report().to_json_pretty()).unwrap();
    json["outcomes"][0]["titel"] = "te veel".into();
    assert!(!validator.is_valid(&json));
}
