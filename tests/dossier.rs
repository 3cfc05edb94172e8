//! Dossiers: what is recorded can be read back, what is changed shows, and what is confidential stays so.

mod chain;
mod derived;
mod lists;
mod missing;
mod oracle;
mod other;
mod record;
mod redact;
mod rubbish;
mod schema;
mod sections;
#[cfg(feature = "signatures")]
mod signatures;

use leidraad::dossier::{Opening, Reference, Stamp, Verification, Weight};
use leidraad::{Answers, Dossier, RuleSet};
use serde_json::Value as Json;

use crate::support::{answers, rules};

/// A checklist with two classes of confidentiality, steps, and a decision on the way.
const RULES: &str = include_str!("fixtures/procedure/dossier.yaml");

pub(crate) fn set() -> RuleSet {
    rules(RULES)
}

/// A stamp of the day, at so many minutes past ten; the salt differs by the minute.
pub(crate) fn stamp(minute: u8) -> Stamp {
    Stamp::new(&format!("2026-08-03T10:{minute:02}:00+02:00"), [minute; 32]).unwrap().by("A. de Vries")
}

pub(crate) fn opened(rules: &RuleSet) -> Dossier {
    Dossier::new(rules, &Opening { case: Some("Z-2026-1".to_owned()), ..Opening::default() }, &stamp(0))
        .unwrap()
}

/// A dossier in which everything was recorded that can be: five revisions, the last a sign-off.
pub(crate) fn whole() -> Dossier {
    let rules = set();
    let mut dossier = opened(&rules);
    let facts = r#"{
        "soort": {"value": "pand", "remark": "Gezien ter plaatse.", "evidence": ["rapport 7"], "by": "B.", "at": "2026-08-01"},
        "signaal": true, "tip": "politie"
    }"#;
    dossier.record(&rules, &answers(facts), &stamp(1)).unwrap();
    let decided = r#"{"ernst": null, "$deviations": {"ernst_volgens_feiten":
        {"value": "licht", "motivation": "De tip bleek onjuist.", "by": "C.", "at": "2026-08-02"}}}"#;
    dossier.record(&rules, &answers(decided), &stamp(2)).unwrap();
    let done = r#"{"$steps": {"politie": {"done": "2026-08-02", "by": "D."}, "voornemen": {"skipped": "niet nodig"}}}"#;
    dossier.record(&rules, &answers(done), &stamp(3)).unwrap();
    dossier
        .sign(&leidraad::dossier::SignOff { role: Some("teamleider".to_owned()), signature: None }, &stamp(4))
        .unwrap();
    dossier
}

pub(crate) fn verify(dossier: &Dossier, rules: &RuleSet) -> Verification {
    dossier.verify(&Reference { rules: &[rules], ..Reference::default() })
}

pub(crate) fn read(json: &Json) -> Dossier {
    Dossier::from_json("zaak.json", &oracle::canonical(json)).unwrap_or_else(|findings| panic!("{findings}"))
}

pub(crate) fn data(dossier: &Dossier) -> Json {
    serde_json::from_str(dossier.to_json()).unwrap()
}

/// What was changed, as a line for each finding.
pub(crate) fn changed(verification: &Verification) -> Vec<String> {
    let changed = verification.findings.iter().filter(|finding| finding.weight == Weight::Changed);
    changed
        .map(|finding| {
            let place = finding.revision.map_or_else(|| "-".to_owned(), |number| number.to_string());
            format!("{place} {} {}", finding.what.as_str(), finding.id.as_deref().unwrap_or("-"))
        })
        .collect()
}

pub(crate) fn with(rules: &RuleSet, recorded: &[&str]) -> Dossier {
    let mut dossier = opened(rules);
    for (minute, text) in (1..).zip(recorded) {
        dossier.record(rules, &answers(text), &stamp(minute)).unwrap_or_else(|findings| panic!("{findings}"));
    }
    dossier
}

/// The codes of what cannot be continued.
pub(crate) fn codes() -> Vec<&'static str> {
    let rules_now = rules(&RULES.replace("erf   || kort", "erf   || lang"));
    let codes =
        [(whole().redact(&["public"]).unwrap(), set()), (whole(), rules_now)].map(|(mut dossier, rules)| {
            let refused = dossier.record(&rules, &answers(r#"{"soort": "erf"}"#), &stamp(9)).unwrap_err();
            refused.iter().next().unwrap().code.as_str()
        });
    codes.to_vec()
}

pub(crate) fn none() -> Answers {
    Answers::new()
}
