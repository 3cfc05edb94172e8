//! Steps that an answer says were done: a day that is asked anyway need not be recorded twice.

use leidraad::{Answers, Code, RuleSet, StepState, StepStatus, TermStatus};

use crate::support::date;

const RULES: &str = include_str!("../fixtures/procedure/termijnen.yaml");

/// The rules in which the filing was done on the day on which it was received.
fn rules(question: &str) -> Result<RuleSet, leidraad::Diagnostics> {
    let term = "term: { before: evenement_op, length: 8 weeks }";
    assert!(RULES.contains(term));
    RuleSet::from_text("x.yaml", &RULES.replace(term, &format!("done: {question}\n    {term}")))
}

fn filing(answers: &str) -> StepState {
    let program = rules("ontvangen_op").unwrap().on(date("2026-02-02")).unwrap();
    let answers = Answers::from_json("a", answers).unwrap();
    program.evaluate(&answers).unwrap().steps.into_iter().find(|step| step.id == "indienen").unwrap()
}

#[test]
fn the_day_of_the_answer_is_the_day_of_the_step() {
    // 8 weeks before Saturday 4 July 2026 is Saturday 9 May
    for (received, expected) in [("2026-05-09", TermStatus::Met), ("2026-05-10", TermStatus::Late)] {
        let step = filing(&format!(
            r#"{{"evenement_op": "2026-07-04", "ontvangen_op": "{received}", "$today": "2026-06-01"}}"#
        ));
        assert_eq!((step.status, step.done), (StepStatus::Done, Some(date(received))));
        assert_eq!(step.term.unwrap().status, expected, "{received}");
    }
}

#[test]
fn a_day_known_in_part_says_that_it_was_done_and_one_that_nobody_knows_does_not() {
    let step = |answer: &str| {
        filing(&format!(
            r#"{{"evenement_op": "2026-07-04", "ontvangen_op": {answer}, "$today": "2026-06-01"}}"#
        ))
    };
    for answer in
        [r#"{"between": ["2026-05-01", "2026-05-03"]}"#, r#"{"one_of": ["2026-05-01", "2026-05-20"]}"#]
    {
        let step = step(answer);
        assert_eq!((step.status, step.done), (StepStatus::Done, None), "{answer}");
        let term = step.term.unwrap();
        assert_eq!(
            (term.status, term.day),
            (TermStatus::Unknown, Some(date("2026-05-09"))),
            "not late, not in time"
        );
    }
    let open = step("null");
    assert_eq!((open.status, open.done), (StepStatus::Open, None), "as long as nobody says that it was done");
    let term = open.term.unwrap();
    assert_eq!(
        (term.status, term.day),
        (TermStatus::Unknown, Some(date("2026-05-09"))),
        "nor that it was not"
    );
}

#[test]
fn what_is_recorded_of_the_step_goes_before() {
    let step = filing(
        r#"{"evenement_op": "2026-07-04", "ontvangen_op": "2026-05-11",
            "$steps": {"indienen": {"done": "2026-05-08", "by": "balie"}}}"#,
    );
    assert_eq!((step.status, step.done), (StepStatus::Done, Some(date("2026-05-08"))));
    assert_eq!(step.term.unwrap().status, TermStatus::Met);
    let step = filing(r#"{"ontvangen_op": "2026-05-11", "$steps": {"indienen": {"skipped": "was er al"}}}"#);
    assert_eq!((step.status, step.done), (StepStatus::Skipped, None));
}

#[test]
fn it_must_be_a_date_question() {
    let codes =
        |question: &str| -> Vec<Code> { rules(question).unwrap_err().iter().map(|f| f.code).collect() };
    assert_eq!(codes("onvangen_op"), [Code::UnknownName]);
    assert_eq!(codes("verlengd"), [Code::TypeMismatch]);
}

const ASKED: &str = r"
leidraad: 1
id: x/gevraagd
title: Voorbeeld
in_force: { from: 2020-01-01 }
sources: { s: { kind: example, title: Voorbeeldbeleid } }
questions:
  - section: Feiten
    items:
      - { id: d, ask: Wanneer begon het?, type: date, sources: [s] }
      - { id: b, ask: Is er meer?, type: boolean, sources: [s] }
      - { id: h, ask: Wanneer was dat?, type: date, when: { b: ja }, sources: [s] }
      - { id: z, ask: Wanneer was dat klaar?, type: date, when: { b: ja }, sources: [s] }
      - { id: e, ask: Wanneer is het gedaan?, type: date, required: false, sources: [s] }
decisions:
  plan:
    title: Een plan
    when: { b: ja }
    sources: [s]
    hit: first
    table: |
      d            || plan
      < 2026-03-01 || wel
      -            || niet
steps:
  na: { title: Na, actor: college, term: { from: h, length: 12 days, statutory: false }, sources: [s] }
  stil: { title: Stil, actor: college, term: { from: d, length: 12 days, statutory: false, suspensions: [{ from: h, until: z, first_day: true, last_day: true, sources: [s] }] }, sources: [s] }
  gedaan: { title: Gedaan, actor: college, when: { b: ja }, done: e, sources: [s] }
  verder: { title: Verder, actor: college, after: [gedaan], term: { from: gedaan, length: 3 days, statutory: false }, sources: [s] }
";

fn states(answers: &str) -> leidraad::Assessment {
    let rules = RuleSet::from_text("x.yaml", ASKED).unwrap();
    let found = leidraad::Library::from_files(&[("x.yaml", ASKED)]);
    assert_eq!(found.findings().iter().count(), 0, "each question counts for something");
    rules.on(date("2026-02-02")).unwrap().evaluate(&Answers::from_json("a", answers).unwrap()).unwrap()
}

/// A day of a question that is not asked, or may turn out not to be, is no beginning and no suspension for sure.
#[test]
fn days_count_as_far_as_their_question_is_asked() {
    let days = r#""d": "2026-02-02", "h": "2026-02-04", "z": "2026-02-08""#;
    for (more, start, day, bounds) in [
        (r#", "b": true"#, Some("2026-02-16"), Some("2026-02-19"), (None, None)),
        (r#", "b": false"#, None, Some("2026-02-14"), (None, None)),
        ("", None, None, (Some("2026-02-14"), Some("2026-02-19"))),
    ] {
        let found = states(&format!("{{{days}{more}}}"));
        let term = |id: &str| found.steps.iter().find(|step| step.id == *id).unwrap().term.clone().unwrap();
        let known = |day: Option<&str>| day.map(date);
        assert_eq!(term("na").day, known(start), "{more}");
        let stil = term("stil");
        assert_eq!(
            (stil.day, stil.not_before, stil.not_after),
            (known(day), known(bounds.0), known(bounds.1)),
            "{more}"
        );
    }
}

/// A day says that a step was done only where the step is at issue; what follows from it waits for that.
#[test]
fn a_day_says_nothing_while_it_is_open_whether_the_step_is_at_issue() {
    let status = |found: &leidraad::Assessment, id: &str| {
        let step = found.steps.iter().find(|step| step.id == *id).unwrap();
        (step.status, step.term.as_ref().and_then(|term| term.day))
    };
    let open = states(r#"{"e": "2026-02-05"}"#);
    assert_eq!(status(&open, "gedaan"), (StepStatus::Undecided, None));
    assert_eq!(status(&open, "verder"), (StepStatus::Blocked, None));
    let known = states(r#"{"e": "2026-02-05", "b": true}"#);
    assert_eq!(status(&known, "gedaan"), (StepStatus::Done, None));
    assert_eq!(status(&known, "verder"), (StepStatus::Open, Some(date("2026-02-08"))));
}

/// Days that cannot both be right, or are yet to come, are told.
#[test]
fn days_that_cannot_be_are_told() {
    let texts = |answers: &str| -> Vec<String> {
        states(answers).findings.iter().map(|finding| finding.text.to_string()).collect()
    };
    let found = texts(r#"{"b": true, "e": "2026-02-05", "$steps": {"gedaan": {"done": "2026-02-07"}}}"#);
    assert_eq!(
        found,
        [
            "Bij «Gedaan» staat 7 februari 2026; het antwoord op «Wanneer is het gedaan?» is 5 februari 2026. Voor de stap telt 7 februari 2026."
        ]
    );
    let open = texts(r#"{"e": "2026-02-05", "$steps": {"gedaan": {"done": "2026-02-07"}}}"#);
    assert!(open.is_empty(), "as long as it is open whether it is at issue: {open:?}");
    let found = texts(r#"{"b": true, "e": "2026-02-05", "$today": "2026-02-03"}"#);
    assert_eq!(found, ["«Gedaan» zou zijn gedaan op 5 februari 2026. Die dag moet nog komen."]);
}

/// What was decided otherwise may turn out not to be at issue.
#[test]
fn a_deviation_from_what_does_not_apply_is_told() {
    let texts = |b: &str| -> Vec<String> {
        let case = format!(
            r#"{{"b": {b}, "$deviations": {{"plan": {{"value": "niet", "motivation": "Er is er al een."}}}}}}"#
        );
        states(&case).findings.iter().map(|finding| finding.text.to_string()).collect()
    };
    assert_eq!(
        texts("false"),
        ["Over «Een plan» is anders besloten, maar dat is in dit geval niet aan de orde."]
    );
    assert!(texts("true").is_empty() && texts("null").is_empty());
}
