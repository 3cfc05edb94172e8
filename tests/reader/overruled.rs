//! What was decided otherwise on the way to an outcome, for a reader who may not see that: what he sees is never something
//! else than what followed, and tells nothing of the confidential answers.

use leidraad::dossier::{Opening, Reference, Stamp};
use leidraad::{Answers, Dossier, Outcome, Program, QuestionStatus, StepStatus, Value};

use crate::support::{date, rules};

const RULES: &str = r"
leidraad: 1
id: voorbeeld/anders
title: Voorbeeld met een beslissing op weg naar de uitkomst
in_force: { from: 2020-01-01 }
completeness: complete
classes:
  politie: { title: Gegevens van de politie, sources: [s] }
  medisch: { title: Medische gegevens, sources: [s] }
sources:
  s: { kind: example, title: Voorbeeldbeleid }
questions:
  - section: Feiten
    items:
      - { id: klacht, ask: Is er een klacht?, type: boolean, sources: [s] }
      - { id: signaal, ask: Is er een signaal?, type: boolean, confidentiality: politie, sources: [s] }
      - { id: druk, ask: Is het druk?, type: boolean, sources: [s] }
      - { id: toezicht, ask: Is er toezicht?, type: boolean, when: { ernst: hoog }, sources: [s] }
decisions:
  ernst:
    hit: first
    table: |
      klacht | signaal || ernst || bron
      ja     | -       || hoog  || s
      -      | ja      || hoog  || s
      -      | -       || laag  || s
  maatregel:
    outcome: true
    table: |
      ernst || maatregel    || bron
      hoog  || sluiting     || s
      laag  || waarschuwing || s
  ruimte:
    outcome: true
    table: |
      druk || ruimte || bron
      ja   || vol    || s
      nee  || vrij   || s
findings:
  ernstig: { text: Het is ernstig., when: { ernst: hoog }, sources: [s] }
steps:
  sluiten: { title: Sluiten, actor: college, when: { maatregel: sluiting }, sources: [s] }
  tellen: { title: Tellen, actor: college, sources: [s] }
";

fn program() -> Program {
    rules(RULES).on(date("2026-07-04")).unwrap()
}

fn case(klacht: bool, signaal: bool, deviations: &str) -> Answers {
    let text = format!(
        r#"{{ "klacht": {klacht}, "signaal": {signaal}, "druk": true, "$deviations": {{ {deviations} }} }}"#
    );
    Answers::from_json("a", &text).unwrap()
}

const HIGH: &str = r#""ernst": { "value": "hoog", "motivation": "Er is meer." }"#;
const LOW: &str = r#""ernst": { "value": "laag", "motivation": "De klacht is oud." }"#;

fn text(value: &str) -> Outcome {
    Outcome::Determined(Value::Text(value.into()))
}

#[test]
fn what_follows_from_a_hidden_decision_is_withheld() {
    let program = program();
    let case = case(true, false, LOW);
    assert_eq!(program.evaluate(&case).unwrap().decision("maatregel"), Some(&text("waarschuwing")));
    let view = program.evaluate_for(&case, &["public"]).unwrap();
    // by the complaint that he sees it would be a closure: that is not what was decided
    assert_eq!(view.decision("maatregel"), Some(&Outcome::Withheld));
    assert_eq!(view.decision("ernst"), Some(&Outcome::Withheld));
    assert_eq!(view.decision("ruimte"), Some(&text("vol")), "it rests on something else");
    assert_eq!(view.findings, [], "nothing is said of how serious it is");
    let status = |id: &str| view.steps.iter().find(|step| step.id == *id).unwrap().status;
    assert_eq!((status("sluiten"), status("tellen")), (StepStatus::Withheld, StepStatus::Open));
    let asked = view.questions.iter().find(|(id, _)| **id == *"toezicht").unwrap().1;
    assert_eq!(asked.status, QuestionStatus::Withheld);
    assert_eq!(view.next, None, "all that he may be asked was answered");
    let said = program.explain_for(&case, None, &["public"]).unwrap().to_string();
    assert!(said.contains("afgeschermd") && !said.contains("sluiting") && !said.contains("oud"), "{said}");
}

#[test]
fn what_was_decided_does_not_show() {
    let program = program();
    let plain = program.evaluate_for(&case(false, true, ""), &["public"]).unwrap();
    assert_eq!(plain.decision("maatregel"), Some(&Outcome::Withheld));
    // that something was decided shows; not what, and nothing of what is confidential
    for klacht in [false, true] {
        let views = [true, false].into_iter().flat_map(|signaal| {
            [LOW, HIGH].map(|decided| {
                let case = case(klacht, signaal, decided);
                let said = program.explain_for(&case, None, &["public"]).unwrap().to_string();
                (program.evaluate_for(&case, &["public"]).unwrap(), said)
            })
        });
        let views: Vec<_> = views.collect();
        assert!(views.iter().all(|view| *view == views[0]), "{klacht}");
        assert_eq!(views[0].0.decision("maatregel"), Some(&Outcome::Withheld));
        assert_eq!((views[0].0.decision("ruimte"), views[0].0.progress.answered), (Some(&text("vol")), 2));
    }
}

/// Where the decision on the way hangs on what he may not see, questions, remarks and steps behind it are not for him either:
/// by his answers alone the question would not be asked and the remark would be made.
#[test]
fn questions_remarks_and_steps_go_by_what_was_decided() {
    let text = RULES
        .replace("when: { ernst: hoog }, sources: [s] }\nsteps", "when: { not: { ernst: hoog } }, sources: [s] }\nsteps")
        .replace("  tellen: {", "  daarna: { title: Daarna, actor: college, after: [sluiten], sources: [s] }\n  termijn: { title: Termijn, actor: college, term: { from: sluiten, length: 5 days }, sources: [s] }\n  tellen: {")
        .replace("      -      | ja      || hoog  || s", "      nee    | ja      || midden || s\n      -      | ja      || hoog  || s")
        .replace("    outcome: true\n    table: |\n      ernst", "    outcome: true\n    hit: first\n    table: |\n      ernst")
        .replace("      laag  || waarschuwing || s", "      -     || waarschuwing || s");
    let rules = rules(&text);
    let program = rules.on(date("2026-07-04")).unwrap();
    let case = case(false, false, HIGH);
    let whole = program.evaluate(&case).unwrap();
    assert!(whole.findings.is_empty() && whole.steps[0].status == StepStatus::Open);
    let view = program.evaluate_for(&case, &["public"]).unwrap();
    assert_eq!(view.findings, []);
    let status = |id: &str| view.steps.iter().find(|step| step.id == *id).unwrap();
    assert_eq!(status("sluiten").status, StepStatus::Withheld);
    assert_eq!(status("daarna").status, StepStatus::Withheld);
    assert_eq!(status("termijn").term.as_ref().unwrap().status, leidraad::TermStatus::Withheld);
    let asked = view.questions.iter().find(|(id, _)| **id == *"toezicht").unwrap().1;
    assert_eq!(asked.status, QuestionStatus::Withheld);
}

#[test]
fn a_class_that_nothing_has_hides_nothing() {
    let case = case(true, false, LOW);
    let program = program();
    assert_eq!(program.evaluate_for(&case, &["politie"]).unwrap(), program.evaluate(&case).unwrap());
}

fn stamp(salt: u8) -> Stamp {
    Stamp::new("2026-07-04T10:00:00+02:00", [salt; 32]).unwrap()
}

fn dossier(klacht: bool, signaal: bool, keep: bool) -> Dossier {
    let rules = rules(RULES);
    let opening = Opening { keep_rules: keep, ..Opening::default() };
    let mut dossier = Dossier::new(&rules, &opening, &stamp(1)).unwrap();
    dossier.record(&rules, &case(klacht, signaal, LOW), &stamp(2)).unwrap();
    dossier
}

#[test]
fn a_copy_says_what_is_not_as_its_answers_have_it() {
    let rules = rules(RULES);
    let program = program();
    let whole = dossier(true, false, true);
    let copy = whole.redact(&["public"]).unwrap();
    assert!(copy.to_json().contains(r#""overruled":["ernst","maatregel"]"#), "{}", copy.to_json());
    assert!(copy.verify(&Reference { rules: &[&rules], head: Some(whole.head()), keys: &[] }).is_intact());
    let view = program.evaluate_for(&copy.answers(), &["public"]).unwrap();
    assert_eq!(view.decision("maatregel"), Some(&Outcome::Withheld));
    assert_eq!(Dossier::from_json("copy.json", copy.to_json()).unwrap().redact(&["public"]).unwrap(), copy);
    assert_eq!(whole.redact(&["politie", "medisch"]).unwrap(), whole);
    // whether it changes anything of what he sees or not
    let other = dossier(false, true, true).redact(&["public"]).unwrap();
    assert!(other.to_json().contains(r#""overruled":["ernst","maatregel"]"#));
}

#[test]
fn a_copy_needs_the_rules() {
    let other = dossier(true, false, false);
    let refused = other.redact(&["public"]).unwrap_err().to_string();
    assert!(refused.contains("does not keep its rules"), "{refused}");
    let copy = other.redact_by(&rules(RULES), &["public"]).unwrap();
    assert!(copy.to_json().contains(r#""overruled":["ernst","maatregel"]"#));
}

#[test]
fn what_was_decided_otherwise_is_said_with_what_is_enough() {
    let said = program().explain(&case(true, false, LOW), Some("maatregel")).unwrap().to_string();
    assert!(said.contains("Hierin telt wat anders is besloten:\n    - ernst: laag"), "{said}");
    assert!(!said.contains("Deze antwoorden zijn al genoeg"), "no answer decides by itself: {said}");
    let plain = program().explain(&case(true, false, ""), Some("maatregel")).unwrap().to_string();
    assert!(
        plain.contains("Deze antwoorden zijn al genoeg voor deze uitkomst:")
            && !plain.contains("anders is besloten")
    );
}

/// Outcomes for each record go by the hidden decision too; what was decided otherwise of an outcome stays for everybody.
#[test]
fn records_go_by_it_and_what_everybody_sees_stays() {
    let list = "      - { id: panden, ask: Welke panden?, type: list, max: 3, fields: [{ id: groot, ask: Is het groot?, type: boolean }], sources: [s] }\ndecisions:\n";
    let per = "  pand:\n    outcome: true\n    hit: first\n    table: |\n      panden.groot | ernst || pand   || bron\n      ja           | hoog  || streng || s\n      -            | -     || mild   || s\nfindings:\n";
    let text = RULES.replacen("decisions:\n", list, 1).replacen("findings:\n", per, 1);
    let program = rules(&text).on(date("2026-07-04")).unwrap();
    let case = Answers::from_json(
        "a",
        r#"{ "klacht": true, "signaal": false, "druk": true, "panden": [{ "groot": true }], "$deviations": {
            "ernst": { "value": "laag", "motivation": "De klacht is oud." },
            "maatregel": { "value": "sluiting", "motivation": "Het is de derde keer." } } }"#,
    )
    .unwrap();
    let said = |classes: &[&str]| program.explain_for(&case, None, classes).unwrap().to_string();
    assert!(said(&["politie"]).contains("mild"));
    let public = said(&["public"]);
    assert!(!public.contains("streng") && !public.contains("mild"), "{public}");
    assert!(public.contains("In afwijking hiervan besloten: sluiting"), "{public}");
    assert!(!public.contains("oud"), "{public}");
    let view = program.evaluate_for(&case, &["public"]).unwrap();
    assert_eq!(view.parts[0].1[0].decisions[0].1, Outcome::Withheld);
    // of a list that is not asked nothing follows
    let gated = text.replace("type: list, max: 3,", "type: list, max: 3, when: { druk: nee },");
    let program = rules(&gated).on(date("2026-07-04")).unwrap();
    assert!(!program.explain(&case, None).unwrap().to_string().contains("mild"));
}
