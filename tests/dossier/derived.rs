//! What is computed from an answer is as confidential as the answer, and belongs to what an item of a checklist means.

use leidraad::dossier::{Course, Entry, What, Why};
use leidraad::{Dossier, RuleSet};

use super::{stamp, verify};
use crate::support::{answers, rules};

const WAARDE: &str = include_str!("../fixtures/procedure/waarde.yaml");

fn recorded(rules: &RuleSet, text: &str) -> Dossier {
    let mut dossier = super::opened(rules);
    dossier.record(rules, &answers(text), &stamp(1)).unwrap_or_else(|findings| panic!("{findings}"));
    dossier
}

/// The decisions of which the outcome can be read in a copy.
fn decided(dossier: &Dossier) -> Vec<&str> {
    let last = dossier.revisions().last().unwrap();
    let entries = last.parts.iter().flat_map(leidraad::dossier::record::Part::entries);
    let mut ids: Vec<&str> = entries
        .filter_map(|entry| match entry {
            Entry::Decisions(decisions) => Some(decisions),
            _ => None,
        })
        .flat_map(|decisions| decisions.0.iter().map(|(id, _)| id.value.as_str()))
        .collect();
    ids.sort_unstable();
    ids
}

#[test]
fn what_a_formula_makes_of_a_confidential_answer_is_confidential() {
    let rules = rules(WAARDE);
    // 30 kg at 2 a kilo is more than 50: high; decided otherwise, for a reason that only some may read
    let text = r#"{"gewicht": 30, "plaats": "binnen",
        "$deviations": {"trap": {"value": "laag", "motivation": "Zeer geheim: het gewicht was 24."}}}"#;
    let dossier = recorded(&rules, text);
    assert!(dossier.to_json().contains("Zeer geheim") && dossier.to_json().contains(r#""waarde":{"#));
    assert_eq!(decided(&dossier), ["ernst_volgens_feiten", "melden", "ruimte", "trap", "waarde"]);
    let copy = dossier.redact(&["public"]).unwrap();
    assert_eq!(decided(&copy), ["melden"]);
    assert!(!copy.to_json().contains("geheim") && !copy.to_json().contains(r#""waarde":{"#));
    let verification = verify(&copy, &rules);
    assert!(verification.is_intact(), "{verification}");
    assert!(verification.findings.iter().all(|finding| finding.what != What::Class), "{verification}");
    assert_eq!(
        copy.under(&rules, None).unwrap().withheld,
        ["waarde", "trap", "ernst_volgens_feiten", "ruimte"]
    );
}

/// A range of numbers, with what is possible beside numbers: 0 to 100 kilo, at 9 and at 8, or not outside.
#[test]
fn an_open_number_is_told_from_end_to_end() {
    let dossier = super::opened(&rules(WAARDE));
    let other = dossier.under(&rules(&WAARDE.replace("value: 9", "value: 8")), None).unwrap();
    let told = other.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains(
            "Ruimte: nog open: van 0 tot en met 900; of niet van toepassing → nog open: van 0 tot en met 800; of niet van toepassing"
        ),
        "{told}"
    );
}

/// An item means what all rules behind it say: the formula, the table between, the value of a parameter; and nothing else.
#[test]
fn an_item_is_compared_only_where_all_rules_behind_it_are_the_same() {
    let old = rules(WAARDE);
    let first = recorded(&old, r#"{"gewicht": 30, "ernst": "zwaar"}"#);
    let course = |from: &str, to: &str| {
        assert!(WAARDE.contains(from), "{from}");
        let new = rules(&WAARDE.replace(from, to));
        let second = recorded(&new, r#"{"gewicht": 10, "ernst": "licht"}"#);
        let compared = first.compare(&second, &[&old, &new]).unwrap();
        let item = &compared.rollups[0].items[0];
        (item.course, item.why)
    };
    let better = (Course::Better, None);
    let changed = (Course::NotComparable, Some(Why::RulesChanged));
    assert_eq!(course("Voorbeeldbeleid", "Voorbeeldbeleid"), better);
    assert_eq!(course("gewicht * factor", "gewicht * factor * 2"), changed, "the formula");
    assert_eq!(course("type: integer, value: 2", "type: integer, value: 3"), changed, "the factor");
    assert_eq!(course("value: 50", "value: 60"), changed, "the threshold");
    assert_eq!(
        course(
            "<= grens || laag || s\n      > grens  || hoog",
            "< grens || laag || s\n      >= grens  || hoog"
        ),
        changed,
        "the table between"
    );
    assert_eq!(course("Hoeveel kilo is het?", "Hoeveel kilo woog het?"), changed, "the question behind");
    assert_eq!(course("value: 9", "value: 8"), better, "a parameter that has nothing to do with it");
    assert_eq!(course("buiten || ja     ||", "buiten || nee     ||"), better, "another decision");
    assert_eq!(course("Waar is het?", "Waar was het?"), better, "another question");
}
