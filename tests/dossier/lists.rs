//! Facts that repeat: what follows for each record is recorded, and is as confidential as the list.

use leidraad::dossier::What;
use leidraad::{Dossier, RuleSet};

use super::{stamp, verify};
use crate::support::{answers, rules};

const ONDERDELEN: &str = include_str!("../fixtures/lists/onderdelen.yaml");

/// A house and its garage; the garage decided otherwise.
const HOUSE: &str = r#"{ "ernstig": false,
  "onderdelen": [{ "naam": "Huis", "soort": "woning", "planten": 85 }, { "naam": "Garage", "soort": "lokaal", "planten": 85 }],
  "$deviations": { "onderdelen.2.maanden": { "value": 3, "motivation": "De garage staat leeg." } } }"#;

fn recorded(rules: &RuleSet) -> Dossier {
    let mut dossier = super::opened(rules);
    dossier.record(rules, &answers(HOUSE), &stamp(1)).unwrap_or_else(|findings| panic!("{findings}"));
    dossier
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_follows_for_each_record_is_recorded_and_checked() {
    let rules = rules(ONDERDELEN);
    let dossier = recorded(&rules);
    assert!(dossier.to_json().contains(r#""parts":{"onderdelen":[{"decisions":"#));
    let verification = verify(&dossier, &rules);
    assert!(verification.is_complete() && verification.recomputed == 2, "{verification}");
    let read = Dossier::from_json("zaak.json", dossier.to_json()).unwrap();
    let plain = |dossier: &Dossier| -> serde_json::Value {
        serde_json::from_str(&dossier.answers().to_json()).unwrap()
    };
    assert_eq!(plain(&read), plain(&dossier));
    let words = flat(&dossier.history(Some(&dossier.program(&rules).unwrap())));
    for part in [
        "(1) Hoe heet het onderdeel? Huis; Wat is het? Woning; Hoeveel planten staan er? 85 planten (2)",
        "«Duur van de sluiting (onderdeel 2)» anders besloten: 3",
        "Motivering: De garage staat leeg.",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    // an outcome of one record that was made otherwise, with all hashes made anew
    let mut forged = super::data(&dossier);
    let parts = forged["revisions"][1]["parts"].as_array_mut().unwrap();
    let leaf = parts.iter_mut().flat_map(|part| part["leaves"].as_array_mut().unwrap());
    let rest = leaf.map(|leaf| &mut leaf["value"]).find(|value| value.get("assessment").is_some()).unwrap();
    rest["assessment"]["parts"]["onderdelen"][0]["decisions"]["maanden"]["value"] = 6.into();
    super::oracle::rehash(&mut forged);
    assert_eq!(super::changed(&verify(&super::read(&forged), &rules)), ["2 outcome onderdelen"]);
}

/// A dwelling three months by the old rules and four by the new; the garage as it was decided, for as long as it stands.
#[test]
fn newer_rules_say_what_would_differ_for_each_record() {
    let old = rules(ONDERDELEN);
    let dossier = recorded(&old);
    assert!(dossier.under(&old, None).unwrap().is_same());
    let new = ONDERDELEN.replace("nee     | -        || 3 ", "nee     | -        || 4 ");
    assert_ne!(new, ONDERDELEN);
    let other = dossier.under(&rules(&new), None).unwrap();
    let told: Vec<(&str, &str)> = other
        .decisions
        .iter()
        .map(|decision| (decision.decision.as_str(), decision.title.as_str()))
        .collect();
    assert_eq!(told, [("onderdelen.1.maanden", "Duur van de sluiting (onderdeel 1)")]);
    assert!(flat(&other.to_string()).contains("(onderdeel 1): 3 maanden → 4 maanden"), "{other}");
}

#[test]
fn records_of_a_confidential_list_and_what_was_decided_of_them_stay_hidden() {
    let secret = ONDERDELEN
        .replace(
            "sources:\n  beleid:",
            "classes:\n  dossier: { title: Geheim, sources: [beleid] }\nsources:\n  beleid:",
        )
        .replace("        type: list\n", "        type: list\n        confidentiality: dossier\n");
    let rules = rules(&secret);
    let dossier = recorded(&rules);
    assert_eq!(dossier.classes(), ["dossier"]);
    let copy = dossier.redact(&["public"]).unwrap();
    for hidden in ["Garage", "\"onderdelen", "leeg", "woningen"] {
        assert!(dossier.to_json().contains(hidden), "{hidden}");
        // the rules themselves name the question
        let revisions = copy.to_json().split_once(r#""revisions":"#).unwrap().1;
        assert!(!revisions.contains(hidden), "{hidden}: {revisions}");
    }
    // nor can it be seen that something was decided for a record
    let shape = |copy: &Dossier| -> Vec<(String, bool)> {
        let parts = copy.revisions().iter().flat_map(|revision| &revision.parts);
        parts.map(|part| (format!("{:?} {:?}", part.of, part.classes), part.is_withheld())).collect()
    };
    let without = super::with(&rules, &[r#"{ "ernstig": false }"#]).redact(&["public"]).unwrap();
    assert_eq!(shape(&copy), shape(&without));
    let verification = verify(&copy, &rules);
    assert!(verification.is_intact(), "{verification}");
    assert!(verification.findings.iter().all(|finding| finding.what != What::Class), "{verification}");
    assert!(copy.under(&rules, None).unwrap().decisions.is_empty());
}
