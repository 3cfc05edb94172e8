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
fn without_a_day_it_is_still_to_be_done() {
    for answer in ["null", r#"{"between": ["2026-05-01", "2026-05-03"]}"#] {
        let step = filing(&format!(
            r#"{{"evenement_op": "2026-07-04", "ontvangen_op": {answer}, "$today": "2026-06-01"}}"#
        ));
        assert_eq!((step.status, step.done), (StepStatus::Open, None), "{answer}");
        assert_eq!(step.term.unwrap().status, TermStatus::Overdue);
    }
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
