//! What is recorded, and what is refused.

use leidraad::dossier::{Opening, Reference, SignOff, Stamp, Weight};
use leidraad::{Answers, Code, Diagnostics, Dossier};

use super::{changed, data, none, opened, oracle, read, set, stamp, verify, whole, with};
use crate::support::{answers, date, rules};

fn code(result: Result<(), Diagnostics>) -> Code {
    result.unwrap_err().iter().next().unwrap().code
}

#[test]
fn everything_recorded_is_read_back() {
    let dossier = whole();
    assert_eq!(dossier.revisions().len(), 5);
    let read = Dossier::from_json("zaak.json", dossier.to_json()).unwrap();
    assert_eq!(read, dossier);
    let expected = answers(
        r#"{
        "soort": {"value": "pand", "remark": "Gezien ter plaatse.", "by": "B.", "at": "2026-08-01", "evidence": ["rapport 7"]},
        "signaal": true, "tip": "politie", "ernst": null,
        "$steps": {"politie": {"done": "2026-08-02", "by": "D."}, "voornemen": {"skipped": "niet nodig"}},
        "$deviations": {"ernst_volgens_feiten": {"value": "licht", "motivation": "De tip bleek onjuist.", "by": "C.", "at": "2026-08-02"}}
    }"#,
    );
    let sorted = |answers: &Answers| oracle::canonical(&serde_json::from_str(&answers.to_json()).unwrap());
    assert_eq!(sorted(&read.answers()), sorted(&expected));
    let opened = read.opened().unwrap();
    assert_eq!(
        (opened.rule_set.as_str(), opened.case.as_ref().unwrap().as_str()),
        ("voorbeeld/dossier", "Z-2026-1")
    );
    // with the rules, and with those that the dossier keeps
    let verification = verify(&read, &set());
    assert!(verification.is_complete(), "{verification}");
    assert_eq!((verification.recomputed, verification.withheld, verification.signatures), (4, 0, 0));
    let alone = read.verify(&Reference::default());
    assert!(alone.is_complete() && alone.recomputed == 4, "{alone}");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_salt_gives_others() {
    assert_eq!(whole().to_json(), whole().to_json());
    let rules = set();
    let salted = |salt| {
        let stamp = Stamp::new("2026-08-03T10:00:00+02:00", [salt; 32]).unwrap();
        Dossier::new(&rules, &Opening::default(), &stamp).unwrap().head().to_owned()
    };
    assert_ne!(salted(1), salted(2));
    // no salt is used twice, and the seed is not in the file
    let text = whole().to_json().to_owned();
    let salts: Vec<&str> = text.split(r#""salt":""#).skip(1).map(|rest| &rest[..32]).collect();
    let unique: std::collections::BTreeSet<&&str> = salts.iter().collect();
    assert!(salts.len() > 40, "{}", salts.len());
    assert_eq!(unique.len(), salts.len());
    assert!(!text.contains("0101010101010101"));
}

#[test]
fn later_answers_stand_beside_earlier_ones() {
    let rules = set();
    let mut dossier = with(&rules, &[r#"{"soort": "pand"}"#, r#"{"soort": "erf"}"#]);
    assert_eq!(dossier.answers().to_json(), r#"{"soort":"erf"}"#);
    assert!(dossier.to_json().contains(r#""answer":"pand""#), "nothing is overwritten");
    dossier.take_back(&rules, "soort", &stamp(3)).unwrap();
    assert_eq!(dossier.answers().to_json(), "{}");
    assert_eq!(code(dossier.take_back(&rules, "soort", &stamp(4))), Code::UnknownQuestion);
    let done = answers(r#"{"$steps": {"politie": {"done": "2026-08-02"}}}"#);
    dossier.record(&rules, &done, &stamp(4)).unwrap();
    dossier.reopen(&rules, "politie", &stamp(5)).unwrap();
    assert_eq!(code(dossier.reopen(&rules, "politie", &stamp(6))), Code::UnknownName);
    let other = r#"{"$deviations": {"route": {"value": "lang", "motivation": "Bijzonder geval."}}}"#;
    dossier.record(&rules, &answers(other), &stamp(6)).unwrap();
    dossier.follow(&rules, "route", &stamp(7)).unwrap();
    assert_eq!(code(dossier.follow(&rules, "route", &stamp(8))), Code::UnknownName);
    assert_eq!(dossier.answers(), none());
    assert_eq!(dossier.revisions().len(), 8);
    assert!(verify(&dossier, &rules).is_complete());
}

#[test]
fn a_case_that_is_held_as_a_whole_is_recorded_by_what_differs() {
    let rules = set();
    let mut dossier = whole();
    let before = dossier.clone();
    let same = r#"{
        "ernst": null, "soort": {"evidence": ["rapport 7"], "remark": "Gezien ter plaatse.", "value": "pand", "at": "2026-08-01", "by": "B."},
        "tip": "politie", "signaal": true,
        "$deviations": {"ernst_volgens_feiten": {"value": "licht", "motivation": "De tip bleek onjuist.", "by": "C.", "at": "2026-08-02"}},
        "$steps": {"politie": {"by": "D.", "done": "2026-08-02"}, "voornemen": {"skipped": "niet nodig"}}
    }"#;
    assert!(!dossier.update(&rules, &answers(same), &stamp(7)).unwrap(), "another order is no difference");
    assert_eq!(dossier, before);

    let other = r#"{
        "soort": "pand", "signaal": true, "tip": "politie",
        "$steps": {"voornemen": {"skipped": "al gedaan"}}
    }"#;
    assert!(dossier.update(&rules, &answers(other), &stamp(7)).unwrap());
    assert_eq!(dossier.revisions().len(), before.revisions().len() + 1);
    let last = dossier.revisions().last().unwrap();
    let mut acts: Vec<&str> =
        last.entries(leidraad::dossier::record::PartOf::Acts).map(|entry| entry.key()).collect();
    acts.sort_unstable();
    assert_eq!(acts, ["answer", "follow", "reopen", "step", "take_back"]);
    let sorted = |answers: &Answers| oracle::canonical(&serde_json::from_str(&answers.to_json()).unwrap());
    assert_eq!(sorted(&dossier.answers()), sorted(&answers(other)));
    assert!(verify(&dossier, &rules).is_complete());

    // a motivation alone makes a difference, and so does who gave it
    let deviation = |why: &str, by: &str| {
        answers(&format!(
            r#"{{"$deviations": {{"route": {{"value": "lang", "motivation": "{why}", "by": "{by}"}}}}}}"#
        ))
    };
    for (why, by, recorded) in [("a", "B.", true), ("a", "B.", false), ("b", "B.", true), ("b", "C.", true)] {
        assert_eq!(dossier.update(&rules, &deviation(why, by), &stamp(8)).unwrap(), recorded, "{why} {by}");
    }
    assert!(verify(&dossier, &rules).is_complete());

    // what does not fit is refused, at its place, and nothing changes
    let before = dossier.clone();
    let told = dossier.update(&rules, &answers(r#"{"soort": "huis"}"#), &stamp(9)).unwrap_err().to_string();
    assert!(told.contains("answers:1:12") || told.contains("answers:1:11"), "{told}");
    let copy = dossier.redact(&["public"]).unwrap();
    assert_eq!(
        code(copy.clone().update(&rules, &copy.answers(), &stamp(9)).map(|_| ())),
        Code::BrokenDossier
    );
    assert_eq!(dossier, before);
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_changes() {
    let rules = set();
    let mut dossier = with(&rules, &[r#"{"soort": "pand"}"#]);
    let before = dossier.clone();
    for (text, expected) in [
        (r#"{"bestaat_niet": 1}"#, Code::UnknownQuestion),
        (r#"{"soort": "huis"}"#, Code::WrongAnswer),
        (r#"{"$steps": {"bestaat_niet": {"done": "2026-08-02"}}}"#, Code::UnknownName),
        (r#"{"$deviations": {"route": {"value": "kort"}}}"#, Code::WrongAnswer),
        (r#"{"$deviations": {"route": {"value": "nergens", "motivation": "x"}}}"#, Code::WrongAnswer),
        ("{}", Code::MissingKey),
    ] {
        assert_eq!(code(dossier.record(&rules, &answers(text), &stamp(2))), expected, "{text}");
        assert_eq!(dossier, before, "{text}");
    }
    // the finding shows the answer where it was written, not the dossier
    let told = dossier.record(&rules, &answers(r#"{"soort": "huis"}"#), &stamp(2)).unwrap_err().to_string();
    assert!(told.contains("answers:1:12") || told.contains("answers:1:11"), "{told}");
    let unnamed = Stamp::new("2026-08-03T10:09:00Z", [9; 32]).unwrap();
    assert_eq!(code(dossier.sign(&SignOff::default(), &unnamed)), Code::MissingKey);
    assert_eq!(dossier, before);
}

#[test]
fn a_number_that_canonical_json_cannot_hold_is_refused() {
    let text = "leidraad: 1\nid: a/b\ntitle: A\nsources:\n  s: { kind: example, title: S }\nquestions:\n  - section: S\n    items:\n      \
                - { id: maat, ask: Hoeveel?, type: decimal, step: 0.000000000000001, min: 0, max: 1, sources: [s] }\n";
    let rules = rules(text);
    let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(0)).unwrap();
    dossier.record(&rules, &answers(r#"{"maat": 0.123456789012345}"#), &stamp(1)).unwrap();
    assert!(dossier.to_json().contains(r#""answer":0.123456789012345"#));
    assert!(verify(&dossier, &rules).is_complete());
}

#[test]
fn other_rules_do_not_judge_a_dossier() {
    let rules_then = set();
    let mut dossier = with(&rules_then, &[r#"{"soort": "erf"}"#]);
    let rules_now = rules(&super::RULES.replace("erf   || kort", "erf   || lang"));
    assert!(dossier.fits(&rules_then) && !dossier.fits(&rules_now));
    assert_eq!(
        code(dossier.record(&rules_now, &answers(r#"{"soort": "pand"}"#), &stamp(2))),
        Code::OtherRules
    );
    let other = rules(&super::RULES.replace("voorbeeld/dossier", "voorbeeld/ander"));
    assert_eq!(code(dossier.record(&other, &answers(r#"{"soort": "pand"}"#), &stamp(2))), Code::OtherRules);
    // the kept ones do, and verify, also beside other rules of the same name
    let kept = dossier.kept_rules().unwrap();
    dossier.record(&kept, &answers(r#"{"soort": "pand"}"#), &stamp(2)).unwrap();
    let verification = verify(&dossier, &rules_now);
    assert!(
        verification.is_intact() && !verification.is_complete() && verification.recomputed == 3,
        "{verification}"
    );
    assert!(verify(&dossier, &rules_then).is_complete());
}

#[test]
fn without_its_rules_a_dossier_says_what_was_not_checked() {
    let rules = set();
    let opening = Opening { keep_rules: false, ..Opening::default() };
    let mut dossier = Dossier::new(&rules, &opening, &stamp(0)).unwrap();
    dossier.record(&rules, &answers(r#"{"soort": "pand"}"#), &stamp(1)).unwrap();
    assert!(dossier.kept_rules().is_none() && !dossier.to_json().contains("Voorbeeldbeleid"));
    let alone = dossier.verify(&Reference::default());
    assert!(alone.is_intact() && !alone.is_complete());
    assert_eq!((alone.recomputed, alone.findings.len()), (0, 1));
    assert_eq!((alone.findings[0].what.as_str(), alone.findings[0].weight), ("rules", Weight::Unchecked));
    assert!(verify(&dossier, &rules).is_complete());
}

/// Policy by the day of the decision, the law by the day of the facts: both dates are recorded and follow the answers.
#[test]
fn reference_dates_follow_the_answers() {
    let rules = leidraad::catalog().rule_set("damocles/maatregel").unwrap();
    let mut dossier = Dossier::new(rules, &Opening::of("gm1883"), &stamp(0)).unwrap();
    let used = |dossier: &Dossier| {
        let rules = &dossier.revisions().last().unwrap().rules;
        (rules.facts, rules.others.0[0].1)
    };
    assert_eq!(used(&dossier), (date("2026-08-03"), date("2026-08-03")), "the day of the opening");
    dossier.record(rules, &answers("gevonden_op: 2024-05-01\n"), &stamp(1)).unwrap();
    assert_eq!(used(&dossier), (date("2024-05-01"), date("2026-08-03")));
    dossier.record(rules, &answers("besluit_op: 2024-06-03\n"), &stamp(2)).unwrap();
    assert_eq!(used(&dossier), (date("2024-05-01"), date("2024-06-03")));
    assert_eq!(dossier.opened().unwrap().authority.as_ref().unwrap().as_str(), "GM1883");
    let verification = verify(&dossier, rules);
    assert!(verification.is_complete(), "{verification}");
    // a later day of recording does not move them
    let later = Stamp::new("2027-01-01T09:00:00+01:00", [3; 32]).unwrap();
    dossier.take_back(rules, "besluit_op", &later).unwrap();
    assert_eq!(used(&dossier), (date("2024-05-01"), date("2026-08-03")));
    // another date in the file is named
    let mut json = data(&dossier);
    json["revisions"][2]["rules"]["others"]["besluit_op"] = "2024-06-04".into();
    assert_eq!(changed(&verify(&read(&json), rules)), ["3 revision -", "3 date -"]);
}

/// Not to close, with the outputs that then have no value as `null` or left out; nothing else fits.
#[test]
fn an_output_without_a_value_may_be_left_out_of_a_deviation() {
    let rules = leidraad::catalog().rule_set("damocles/maatregel").unwrap();
    let opened = Dossier::new(rules, &Opening::of("GM1883"), &stamp(0)).unwrap();
    let decided = |value: &str| {
        let mut dossier = opened.clone();
        let text =
            format!(r#"{{"$deviations": {{"maatregel": {{"value": {value}, "motivation": "Kinderen."}}}}}}"#);
        dossier.record(rules, &answers(&text), &stamp(1)).map(|()| dossier)
    };
    let short = decided(r#"{"maatregel": "geen"}"#).unwrap();
    let long =
        decided(r#"{"maatregel": "geen", "duur": null, "eenheid": null, "modaliteit": null}"#).unwrap();
    for dossier in [short, long] {
        let verification = verify(&dossier, rules);
        assert!(verification.is_complete(), "{verification}");
        let words = dossier.history(Some(&dossier.program(rules).unwrap()));
        assert!(words.contains("anders besloten: Maatregel: Geen maatregel"), "{words}");
    }
    for wrong in [
        r#"{"maatregel": "geen", "duur": 3}"#,
        r#"{"maatregel": "geen", "iets": null}"#,
        r#"{"maatregel": "sluiting"}"#,
        r#"{"maatregel": "geen", "duur": "null"}"#,
    ] {
        assert!(decided(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_step_cannot_have_been_done_tomorrow() {
    let rules = set();
    let mut dossier = opened(&rules);
    let done = |day: &str| answers(&format!(r#"{{"$steps": {{"politie": {{"done": "{day}"}}}}}}"#));
    let refused = dossier.record(&rules, &done("2026-08-04"), &stamp(1)).unwrap_err().to_string();
    assert!(refused.contains("after 2026-08-03, the day on which it is recorded"), "{refused}");
    dossier.record(&rules, &done("2026-08-03"), &stamp(1)).unwrap();
}

#[test]
fn nothing_was_decided_or_answered_tomorrow() {
    let rules = set();
    let mut dossier = opened(&rules);
    for (case, what) in [
        (r#"{"soort": {"value": "pand", "at": "DAY"}}"#, "`soort` cannot have been answered on 2026-08-04"),
        (
            r#"{"$deviations": {"ernst_volgens_feiten": {"value": "licht", "motivation": "m", "at": "DAY"}}}"#,
            "it cannot have been decided of `ernst_volgens_feiten` on 2026-08-04",
        ),
    ] {
        let on = |day: &str| answers(&case.replace("DAY", day));
        let refused = dossier.record(&rules, &on("2026-08-04"), &stamp(1)).unwrap_err().to_string();
        assert!(refused.contains(what) && refused.contains("the day on which it is recorded"), "{refused}");
        dossier.record(&rules, &on("2026-08-03"), &stamp(1)).unwrap();
    }
}

#[test]
fn a_confidential_question_cannot_fix_the_reference_date() {
    let text = super::RULES
        .replace("classes:", "reference_date: dag\nclasses:")
        .replace("      - id: tip", "      - { id: dag, ask: Welke dag?, type: date, confidentiality: dossier, sources: [s] }\n      - id: tip");
    let refused = Dossier::new(&rules(&text), &Opening::default(), &stamp(0)).unwrap_err().to_string();
    assert!(refused.contains("`dag` fixes the reference date"), "{refused}");
}

#[test]
fn a_changed_dossier_or_a_part_of_one_cannot_be_continued() {
    let rules = set();
    let dossier = with(&rules, &[r#"{"soort": "pand"}"#]);
    let mut forged =
        Dossier::from_json("a", &dossier.to_json().replace(r#""answer":"pand""#, r#""answer":"erf""#))
            .unwrap();
    assert_eq!(code(forged.record(&rules, &answers(r#"{"signaal": true}"#), &stamp(2))), Code::BrokenDossier);
    assert_eq!(code(forged.sign(&SignOff::default(), &stamp(2))), Code::BrokenDossier);
    assert!(opened(&rules).kept_rules().is_some());
}
