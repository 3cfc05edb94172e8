//! A report for a reader of fewer classes holds nothing that he may not see, in any form.

use leidraad::dossier::{Opening, SignOff};
use leidraad::report::Report;
use leidraad::{Answers, Code, Dossier};

use super::{cases, forms, page};
use crate::dossier::{set, stamp, whole};
use crate::support::{answers, date};

/// Without hashes and salts all forms of a report on a dossier, for the public.
fn public(dossier: &Dossier) -> String {
    let report = Report::for_reader(dossier, &set(), date("2026-08-10"), &["public"]).unwrap();
    let all = forms(&report).map(|(_, text)| text.replace("\r\n ", "")).join("\n");
    let mut out = String::new();
    let mut digits = String::new();
    for c in all.chars() {
        match c {
            '0'..='9' | 'a'..='f' => digits.push(c),
            c => {
                out.push_str(if digits.len() >= 32 { "HASH" } else { digits.as_str() });
                digits.clear();
                out.push(c);
            }
        }
    }
    out
}

/// Dossiers of which only confidential answers, steps and motivations differ: nothing in any form of the report differs.
#[test]
fn no_confidential_answer_changes_what_others_read() {
    let mut seen: Vec<String> = Vec::new();
    for secret in [
        r#""signaal": true, "tip": "politie", "$steps": {"politie": {"done": "2026-08-02", "by": "zeer geheim"}}"#,
        r#""signaal": false, "$steps": {"politie": {"skipped": "zeer geheim"}}"#,
        r#""signaal": {"value": true, "remark": "zeer geheim", "evidence": ["zeer geheim"]}, "tip": {"one_of": ["politie", "geen"]}"#,
        r#""signaal": null"#,
    ] {
        let rules = set();
        let mut dossier = crate::dossier::opened(&rules);
        let recorded = format!(
            r#"{{"soort": "pand", {secret}, "$deviations": {{"ernst_volgens_feiten":
                {{"value": "licht", "motivation": "zeer geheim {}", "by": "zeer geheim"}}}}}}"#,
            secret.len()
        );
        dossier.record(&rules, &answers(&recorded), &stamp(1)).unwrap();
        dossier.sign(&SignOff::default(), &stamp(2)).unwrap();
        let text = public(&dossier);
        assert!(!text.contains("geheim"), "{secret}");
        assert!(text.contains("Alleen voor de behandelaar") && text.contains("Gegevens van de politie"));
        seen.push(text);
    }
    assert!(seen.windows(2).all(|two| two[0] == two[1]));
}

/// What was withheld from a copy stays so when the report is made of the copy.
#[test]
fn a_copy_gives_the_same_report() {
    let (rules, dossier, on) = (set(), whole(), date("2026-08-10"));
    for classes in [&["public"][..], &["dossier"], &["politie"], &["dossier", "politie"]] {
        let copy = dossier.redact(classes).unwrap();
        let report = Report::for_reader(&dossier, &rules, on, classes).unwrap();
        assert_eq!(Report::of(&copy, &rules, on).unwrap(), report, "{classes:?}");
        assert_eq!(report.withheld.len(), 2 - classes.iter().filter(|class| **class != "public").count());
        assert!(report.integrity.intact);
        page::check(&report.html());
    }
    let all = Report::of(&dossier, &rules, on).unwrap();
    assert_eq!(Report::for_reader(&dossier, &rules, on, &["dossier", "politie"]).unwrap(), all);
    assert!(all.withheld.is_empty());
}

/// It is said that something is withheld, and not that nothing is open.
#[test]
fn what_is_withheld_is_not_called_complete() {
    let (rules, dossier, on) = (set(), whole(), date("2026-08-10"));
    let report = Report::for_reader(&dossier, &rules, on, &["public"]).unwrap();
    assert!(report.progress.contains("Afgeschermde vragen tellen hier niet mee."), "{}", report.progress);
    assert!(report.progress.contains("van wat u mag zien"), "{}", report.progress);
    for (form, text) in [("html", report.html()), ("md", report.markdown())] {
        assert!(text.contains("Niet alles staat in dit verslag"), "{form}");
    }
    assert!(!Report::of(&dossier, &rules, on).unwrap().progress.contains("fgeschermd"));
    let refused = Report::for_reader(&dossier, &rules, on, &["polite"]).unwrap_err();
    assert!(refused.iter().any(|finding| finding.code == Code::UnknownName), "{refused}");
}

/// The instruments with confidential questions: neither their answers nor what was noted beside them.
#[test]
fn confidential_answers_of_the_instruments_are_nowhere() {
    let mut confidential = 0;
    for case in cases::all() {
        let program = case.dossier.program(case.rules).unwrap();
        let questions = program.questionnaire();
        let hidden: Vec<&str> = questions
            .sections
            .iter()
            .flat_map(|section| &section.items)
            .filter(|item| item.confidentiality.is_some())
            .map(|item| item.id.as_str())
            .collect();
        let report = Report::for_reader(&case.dossier, case.rules, case.on, &["public"]).unwrap();
        let told = report.answers.iter().flat_map(|group| &group.answers).map(|a| a.question.as_str());
        let leaked: Vec<&str> = told.filter(|id| hidden.contains(id)).collect();
        assert!(leaked.is_empty(), "{}: {leaked:?}", case.name);
        assert!(report.open.iter().all(|open| !hidden.contains(&open.question.as_str())));
        assert!(report.unanswered.iter().all(|open| !hidden.contains(&open.question.as_str())));
        let given: Answers = case.dossier.answers();
        confidential += hidden.iter().filter(|id| given.get(id).is_some()).count();
        for (form, text) in forms(&report) {
            assert!(!text.contains("zeer geheime tip"), "{} {form}", case.name);
        }
    }
    assert!(confidential >= 10, "the cases have confidential answers");
}

/// Rules other than its own are refused: a report is by the rules of the dossier.
#[test]
fn other_rules_are_refused() {
    let other =
        crate::support::rules(&include_str!("../fixtures/procedure/dossier.yaml").replace("Kort", "Vlug"));
    let refused = Report::of(&whole(), &other, date("2026-08-10")).unwrap_err();
    assert!(refused.iter().any(|finding| finding.code == Code::OtherRules), "{refused}");
}

/// A dossier that was changed says so at the head of its report.
#[test]
fn a_changed_dossier_is_called_so() {
    let rules = set();
    let text = whole().to_json().replace("De tip bleek onjuist.", "De tip bleek juist.");
    let forged = Dossier::from_json("zaak.json", &text).unwrap();
    let report = Report::of(&forged, &rules, date("2026-08-10")).unwrap();
    assert!(!report.integrity.intact);
    for (form, text) in [("html", report.html()), ("md", report.markdown())] {
        let at = text.find("dit dossier is gewijzigd").unwrap_or_else(|| panic!("{form}"));
        assert!(at < text.find("Uitkomst").unwrap());
        assert!(text.contains("De motivering bij «ernst"), "{form}");
    }
    page::check(&report.html());
    let empty = Dossier::new(&rules, &Opening::default(), &stamp(0)).unwrap();
    page::check(&Report::of(&empty, &rules, date("2026-08-10")).unwrap().html());
}
