//! An old dossier by newer rules, and two records of one checklist beside each other.

use leidraad::dossier::{ComparedDossiers, Course, Opening, Stamp, Why};
use leidraad::{Code, Dossier, RuleSet};

use super::{RULES, opened, set, stamp, whole, with};
use crate::support::{answers, date, rules, snapshot};

#[test]
fn by_the_same_rules_nothing_differs() {
    let dossier = whole();
    let same = dossier.under(&set(), None).unwrap();
    assert!(same.is_same(), "{same:?}");
    assert_eq!(same.then, same.now);
}

#[test]
fn newer_rules_say_what_would_differ_and_change_nothing() {
    let dossier = with(&set(), &[r#"{"soort": "erf", "signaal": false, "ernst": "licht"}"#]);
    let before = dossier.clone();
    let newer = rules(
        &RULES
            .replace("erf   || kort", "erf   || lang")
            .replace(
                "licht: { label: Licht }, zwaar: { label: Zwaar } }\n        sources",
                "matig: { label: Matig }, zwaar: { label: Zwaar } }\n        sources",
            )
            .replace("      licht || brief     || s", "      matig || brief     || s")
            .replace("        suggest: ernst_volgens_feiten\n", ""),
    );
    let other = dossier.under(&newer, None).unwrap();
    assert_eq!(dossier, before);
    assert!(!other.is_same() && other.then != other.now);
    let told: Vec<(&str, &str, &str)> = other
        .decisions
        .iter()
        .map(|d| {
            (
                d.decision.as_str(),
                d.then.as_ref().unwrap().text.as_str(),
                d.now.as_ref().unwrap().text.as_str(),
            )
        })
        .collect();
    assert_eq!(told, [("route", "Kort", "Lang"), ("maatregel", "Brief", "nog open: Brief of Sluiting")]);
    let refused: Vec<(&str, &str)> = other.refused.iter().map(|r| (r.kind, r.id.as_str())).collect();
    assert_eq!(refused, [("answer", "ernst")], "an option that is gone is left out and named, not guessed");
}

#[test]
fn decisions_that_came_or_went_are_named() {
    let dossier = with(&set(), &[r#"{"soort": "erf"}"#]);
    let newer = rules(
        &RULES
            .replace("  route:\n    title: Route", "  weg:\n    title: Weg")
            .replace("outputs: { route:", "outputs: { weg:")
            .replace("soort || route ||", "soort || weg ||"),
    );
    let other = dossier.under(&newer, None).unwrap();
    let told: Vec<(&str, bool, bool)> =
        other.decisions.iter().map(|d| (d.title.as_str(), d.then.is_some(), d.now.is_some())).collect();
    assert_eq!(told, [("Weg", false, true), ("Route", true, false)]);
    let foreign = rules(&RULES.replace("voorbeeld/dossier", "voorbeeld/ander"));
    assert_eq!(dossier.under(&foreign, None).unwrap_err().iter().next().unwrap().code, Code::OtherRules);
}

/// The law of the day: a statute that changed between the facts and today.
#[test]
fn another_day_is_another_law() {
    let rules = leidraad::catalog().rule_set("damocles/maatregel").unwrap();
    let opening = Opening { on: Some(date("2006-01-01")), ..Opening::of("GM1883") };
    let mut dossier = Dossier::new(rules, &opening, &stamp(0)).unwrap();
    dossier.record(rules, &answers(r#"{"gevonden_op": "2006-01-01"}"#), &stamp(1)).unwrap();
    let now = dossier.under(rules, Some(date("2026-08-03"))).unwrap();
    assert_eq!(now.on, date("2026-08-03"));
    assert!(!now.decisions.is_empty());
    assert!(dossier.under(rules, None).unwrap().is_same());
}

#[test]
fn of_a_copy_only_what_may_be_seen_is_compared() {
    let newer = rules(
        &RULES
            .replace("pand  || lang", "pand  || kort")
            .replace("pand  | nee     | -       || licht", "pand  | nee     | -       || zwaar"),
    );
    let dossier = with(&set(), &[r#"{"soort": "pand", "signaal": false}"#]);
    let all = dossier.under(&newer, None).unwrap();
    let ids = |other: &leidraad::dossier::OtherOutcome| {
        other.decisions.iter().map(|d| d.decision.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&all), ["ernst_volgens_feiten", "route"]);
    let public = dossier.redact(&["public"]).unwrap().under(&newer, None).unwrap();
    assert_eq!(ids(&public), ["route"]);
    assert_eq!(public.withheld, ["ernst_volgens_feiten"]);
}

#[test]
fn the_history_in_words() {
    let dossier = whole();
    let program = dossier.program(&set()).unwrap();
    snapshot("dossier", "history", "", &dossier.history(Some(&program)).replace(dossier.head(), "sha256:…"));
    snapshot("dossier", "history_ids", "", &dossier.history(None).replace(dossier.head(), "sha256:…"));
}

#[test]
fn hostile_texts_stay_texts() {
    let rules = set();
    let mut dossier = opened(&rules);
    let hostile = "\u{1b}[2J\u{202e}<script>\r\nregel";
    let remark = serde_json::json!({ "soort": { "value": "pand", "remark": hostile, "by": hostile } });
    let stamp = Stamp::new("2026-08-03T10:01:00Z", [1; 32]).unwrap().by(hostile).remark(hostile);
    dossier.record(&rules, &answers(&remark.to_string()), &stamp).unwrap();
    let text = dossier.history(Some(&dossier.program(&rules).unwrap()));
    assert!(
        text.contains("<script>")
            && !text.contains('\u{1b}')
            && !text.contains('\u{202e}')
            && !text.contains('\r')
    );
    // the record itself keeps them as they are
    assert_eq!(dossier.answers().get("soort").unwrap().remark.as_deref(), Some(hostile));
    assert!(super::verify(&dossier, &rules).is_complete());
}

fn norm() -> &'static RuleSet {
    leidraad::catalog().rule_set("limburgse-norm/zelfevaluatie").unwrap()
}

fn measured(rules: &RuleSet, day: &str, text: &str) -> Dossier {
    let stamp = |salt| Stamp::new(&format!("{day}T10:00:00+01:00"), [salt; 32]).unwrap().by("A.");
    let mut dossier = Dossier::new(rules, &Opening::default(), &stamp(1)).unwrap();
    dossier.record(rules, &answers(text), &stamp(2)).unwrap();
    dossier
}

/// How each item of the norms went.
fn courses(compared: &ComparedDossiers, wanted: &[&str]) -> Vec<(Course, Option<Why>)> {
    let norms = compared.rollups.iter().find(|rollup| rollup.id == "normen").unwrap();
    let one = |id: &&str| {
        norms.items.iter().find(|item| item.question == **id).map(|item| (item.course, item.why)).unwrap()
    };
    wanted.iter().map(one).collect()
}

/// Section 6 of the norm: better, equal, worse, and not comparable where the rules or the applicability changed.
#[test]
fn two_measurements_of_the_limburgse_norm() {
    let first = r#"{"organisatie": "gemeente", "n1_1": "ontbreekt", "n1_2": "in_ontwikkeling", "n1_3": "uitgevoerd",
        "n1_4": "uitgevoerd", "n2_1": "in_ontwikkeling", "n5_2": "uitgevoerd", "n5_3": null}"#;
    let second = r#"{"organisatie": "gemeente", "n1_1": "in_ontwikkeling", "n1_2": "uitgevoerd", "n1_3": "uitgevoerd",
        "n1_4": "ontbreekt", "n5_2": "uitgevoerd", "n5_3": "uitgevoerd"}"#;
    let (first, second) = (measured(norm(), "2024-03-01", first), measured(norm(), "2026-03-01", second));
    let compared = first.compare(&second, &[norm()]).unwrap();
    let wanted = ["n1_1", "n1_2", "n1_3", "n1_4", "n2_1", "n2_2", "n5_2", "n5_3"];
    let not_assessed = (Course::NotComparable, Some(Why::NotAssessed));
    assert_eq!(
        courses(&compared, &wanted),
        [
            (Course::Better, None),
            (Course::Better, None),
            (Course::Equal, None),
            (Course::Worse, None),
            not_assessed,
            not_assessed,
            (Course::Equal, None),
            not_assessed,
        ]
    );
    let norms = compared.rollups.iter().find(|rollup| rollup.id == "normen").unwrap();
    assert_eq!(norms.items.len(), 24);
    assert_eq!(
        (norms.count(Course::Better), norms.count(Course::Worse), norms.count(Course::Equal)),
        (2, 1, 2)
    );
    let item = &norms.items[0];
    assert_eq!((item.first.as_str(), item.second.as_str()), ("Ontbreekt", "In ontwikkeling"));
    // with the rules that each keeps
    assert_eq!(first.compare(&second, &[]).unwrap(), compared);
}

/// A norm on the municipal by-law does not apply to a province; every other norm is compared.
#[test]
fn an_item_that_no_longer_applies_is_not_compared() {
    let first = r#"{"organisatie": "gemeente", "n1_1": "ontbreekt", "n5_2": "uitgevoerd"}"#;
    let second = r#"{"organisatie": "provincie", "n1_1": "uitgevoerd"}"#;
    let (first, second) = (measured(norm(), "2024-03-01", first), measured(norm(), "2026-03-01", second));
    let compared = first.compare(&second, &[norm()]).unwrap();
    assert_eq!(
        courses(&compared, &["n1_1", "n5_2"]),
        [(Course::Better, None), (Course::NotComparable, Some(Why::ApplicabilityChanged))]
    );
    let neither = second.compare(&second, &[norm()]).unwrap();
    assert_eq!(courses(&neither, &["n5_2"]), [(Course::NotComparable, Some(Why::NotApplicable))]);
}

/// The norm grows: an item of which the question, or a question behind its suggestion, was changed is not compared; others are.
#[test]
fn an_item_of_which_the_rules_changed_is_not_compared() {
    let files: Vec<(String, String)> = crate::support::rule_files()
        .into_iter()
        .filter(|(name, _)| name.contains("limburgse-norm"))
        .collect();
    let changed_by = |from: &str, to: &str| {
        let changed: Vec<(String, String)> = files
            .iter()
            .map(|(name, text)| {
                assert!(text.contains(from), "{from}");
                (name.clone(), text.replacen(from, to, 1))
            })
            .collect();
        let list: Vec<(&str, &str)> = changed.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        RuleSet::from_files(&list).unwrap_or_else(|findings| panic!("{findings}"))
    };
    let program = norm().on(date("2026-03-01")).unwrap();
    let questions = program.questionnaire();
    let ask = |id: &str| {
        questions.sections.iter().flat_map(|s| &s.items).find(|item| item.id == id).unwrap().ask.clone()
    };
    let verdicts = r#"{"organisatie": "gemeente", "n1_1": "uitgevoerd", "n1_2": "uitgevoerd"}"#;
    let first = measured(norm(), "2024-03-01", verdicts);
    // the norm itself
    let other = changed_by(&ask("n1_2"), "Is dit een andere vraag?");
    let second = measured(&other, "2026-03-01", verdicts);
    let rules_changed = (Course::NotComparable, Some(Why::RulesChanged));
    let compared = first.compare(&second, &[norm(), &other]).unwrap();
    assert_eq!(courses(&compared, &["n1_1", "n1_2"]), [(Course::Equal, None), rules_changed]);
    // an indicator behind norm 1.1
    let other = changed_by(&ask("i1_1_d"), "Is dit een andere vraag?");
    let second = measured(&other, "2026-03-01", verdicts);
    let compared = first.compare(&second, &[norm(), &other]).unwrap();
    assert_eq!(courses(&compared, &["n1_1", "n1_2"]), [rules_changed, (Course::Equal, None)]);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let first = measured(norm(), "2024-03-01", r#"{"organisatie": "gemeente"}"#);
    let code = |result: Result<ComparedDossiers, leidraad::Diagnostics>| {
        result.unwrap_err().iter().next().unwrap().code
    };
    assert_eq!(code(first.compare(&whole(), &[norm()])), Code::OtherRules);
    assert_eq!(code(whole().compare(&whole(), &[])), Code::MissingKey, "no roll-ups");
    let stamp = Stamp::new("2026-08-03T10:00:00Z", [1; 32]).unwrap();
    let bare = Dossier::new(norm(), &Opening { keep_rules: false, ..Opening::default() }, &stamp).unwrap();
    assert_eq!(code(first.compare(&bare, &[])), Code::OtherRules);
    assert!(first.compare(&bare, &[norm()]).is_ok());
}
