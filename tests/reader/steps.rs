//! Steps and terms for a reader who may not see what they hang on: they are withheld, and nothing is said of them that the
//! confidential facts would make untrue.

use leidraad::{Answers, Program, StepStatus, TermStatus};

use crate::support::{date, rules};

const RULES: &str = r"
leidraad: 1
id: voorbeeld/stappen
title: Voorbeeld met vertrouwelijke stappen
in_force: { from: 2020-01-01 }
completeness: complete
classes:
  dossier: { title: Alleen voor de behandelaar, sources: [s] }
  politie: { title: Gegevens van de politie, sources: [s] }
sources:
  s: { kind: example, title: Voorbeeldbeleid }
questions:
  - section: Feiten
    items:
      - { id: ontvangen_op, ask: Wanneer is de aanvraag ontvangen?, type: date, sources: [s] }
      - { id: gevraagd_op, ask: Wanneer zijn stukken gevraagd?, type: date, confidentiality: dossier, sources: [s] }
      - { id: gekregen_op, ask: Wanneer zijn zij ontvangen?, type: date, confidentiality: dossier, sources: [s] }
      - { id: gezien_op, ask: Wanneer is het dossier bekeken?, type: date, confidentiality: dossier, sources: [s] }
      - { id: signaal, ask: Is er een signaal?, type: boolean, confidentiality: politie, sources: [s] }
decisions:
  soort:
    outcome: true
    table: |
      signaal || soort  || bron
      ja      || nader  || s
      nee     || gewoon || s
findings:
  let_op: { text: Er is een signaal., when: { signaal: ja }, sources: [s] }
steps:
  melden: { title: Melden, actor: behandelaar, confidentiality: politie, sources: [s], term: { from: ontvangen_op, length: 1 week } }
  toets: { title: Toetsen, actor: behandelaar, when: { signaal: ja }, sources: [s] }
  bekijken: { title: Bekijken, actor: behandelaar, done: gezien_op, sources: [s] }
  besluit:
    title: Besluiten
    actor: college
    after: [melden, toets, bekijken]
    sources: [s]
    term: { from: ontvangen_op, length: 8 weeks, suspensions: [{ from: gevraagd_op, until: gekregen_op }] }
  bekend: { title: Bekendmaken, actor: college, after: [besluit], sources: [s] }
  bezwaar: { title: Bezwaar maken, actor: aanvrager, required: nee, sources: [s], term: { from: bekend, length: 6 weeks } }
";

fn program() -> Program {
    rules(RULES).on(date("2026-07-04")).unwrap()
}

fn answers(text: &str) -> Answers {
    Answers::from_json("a", text).unwrap()
}

/// Received on Friday 1 May 2026; 8 weeks later is Friday 26 June. Stopped from 8 May, for ten days.
const CASE: &str = r#"{"ontvangen_op": "2026-05-01", "gevraagd_op": "2026-05-08", "gekregen_op": "2026-05-18",
    "gezien_op": "2026-05-04", "signaal": false, "$today": "2026-09-01", "$steps": {"melden": {"done": "2026-05-02"}, STEPS}}"#;

fn case(steps: &str) -> Answers {
    answers(&CASE.replace(", STEPS", steps))
}

#[test]
fn what_was_done_is_not_called_too_early_or_too_late() {
    let case = case(r#", "besluit": {"done": "2026-07-03"}"#);
    let all = program().evaluate(&case).unwrap();
    assert_eq!(all.findings, [], "in truth nothing is wrong");
    let term = all.steps.iter().find(|step| step.id == "besluit").unwrap().term.clone().unwrap();
    assert_eq!((term.day, term.status), (Some(date("2026-07-06")), TermStatus::Met));
    for classes in [&["public"][..], &["politie"], &["dossier"]] {
        let view = program().evaluate_for(&case, classes).unwrap();
        assert_eq!(view.findings, [], "{classes:?}");
        let step = view.steps.iter().find(|step| step.id == "besluit").unwrap();
        assert_eq!((step.status, step.done), (StepStatus::Done, Some(date("2026-07-03"))));
        let term = step.term.as_ref().unwrap();
        let known = classes == ["dossier"];
        assert_eq!(term.day, known.then(|| date("2026-07-06")), "{classes:?}");
        assert_eq!(term.status, if known { TermStatus::Met } else { TermStatus::Withheld });
        assert_eq!(term.in_words() == "de dag is afgeschermd", !known);
    }
}

#[test]
fn where_a_step_stands_is_withheld_with_what_it_waits_for() {
    let view = program().evaluate_for(&case(""), &["public"]).unwrap();
    let statuses: Vec<(&str, StepStatus)> =
        view.steps.iter().map(|step| (step.id.as_str(), step.status)).collect();
    use StepStatus::{Blocked, Open, Withheld};
    assert_eq!(
        statuses,
        [
            ("melden", Withheld),
            ("toets", Withheld),
            ("bekijken", Withheld),
            ("besluit", Withheld),
            // of the decision itself everyone may know that it was not made
            ("bekend", Blocked),
            ("bezwaar", Open),
        ]
    );
    assert_eq!(view.findings, []);
    let all = program().evaluate(&case("")).unwrap();
    assert_eq!(all.steps.iter().find(|step| step.id == "besluit").unwrap().status, StepStatus::Open);
    assert_eq!(all.findings.len(), 1, "the decision is late: {:?}", all.findings);
}

/// Whatever the confidential facts are, the view is the same.
#[test]
fn the_view_does_not_hang_on_them() {
    let mut views = std::collections::BTreeSet::new();
    for done in ["", r#", "bekend": {"done": "2026-07-06"}"#] {
        views.clear();
        for asked in ["", r#""gevraagd_op": "2026-05-08","#, r#""gevraagd_op": null,"#] {
            for seen in ["", r#""gezien_op": "2026-05-04","#] {
                for signal in ["", r#""signaal": true,"#, r#""signaal": false,"#] {
                    for step in [r#""melden": {"skipped": "nee"}"#, r#""melden": {"done": "2026-06-02"}"#] {
                        let text = format!(
                            r#"{{"ontvangen_op": "2026-05-01", {asked}{seen}{signal}"$today": "2026-09-01", "$steps": {{{step}{done}}}}}"#
                        );
                        views.insert(program().evaluate_for(&answers(&text), &["public"]).unwrap().to_json());
                    }
                }
            }
        }
        assert_eq!(views.len(), 1, "{views:#?}");
    }
}

#[test]
fn a_right_lapses_and_is_not_late() {
    let case = case(r#", "besluit": {"done": "2026-07-03"}, "bekend": {"done": "2026-07-03"}"#);
    let assessment = program().evaluate(&case).unwrap();
    assert_eq!(assessment.findings, []);
    let step = assessment.steps.iter().find(|step| step.id == "bezwaar").unwrap();
    let term = step.term.as_ref().unwrap();
    // six weeks after Friday 3 July is Friday 14 August
    assert_eq!((term.day, term.status), (Some(date("2026-08-14")), TermStatus::Lapsed));
    assert_eq!(step.in_words(str::to_owned), "niet gedaan");
    assert_eq!(term.in_words(), "kon tot en met 14 augustus 2026");
}

/// Of questions of which he may see none a reader is not told that they were not assessed.
#[test]
fn counts_of_what_is_hidden_are_left_out() {
    let bibob = leidraad::catalog().rule_set("bibob/toets").unwrap().on(date("2026-07-04")).unwrap();
    let all = bibob.evaluate(&Answers::new()).unwrap();
    assert!(all.rollups.len() > 1);
    assert_eq!(bibob.evaluate_for(&Answers::new(), &["public"]).unwrap().rollups, []);
}
