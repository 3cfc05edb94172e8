//! What a reader sees who may not see all: never anything that a confidential answer could change.

mod overruled;
mod steps;

use leidraad::{Answers, Code, Outcome, Program, QuestionStatus, StepStatus};

use crate::support::{date, rules};

const RULES: &str = include_str!("fixtures/procedure/dossier.yaml");

fn program() -> Program {
    rules(RULES).on(date("2026-08-01")).unwrap()
}

fn answers(text: &str) -> Answers {
    Answers::from_json("a", text).unwrap_or_else(|findings| panic!("{findings}"))
}

/// Every answer to the confidential questions, with every record of the confidential step.
fn secrets() -> Vec<String> {
    let mut list = Vec::new();
    for signal in ["", r#""signaal": true,"#, r#""signaal": false,"#, r#""signaal": null,"#] {
        for tip in
            ["", r#""tip": "politie","#, r#""tip": "geen","#, r#""tip": {"one_of": ["politie", "geen"]},"#]
        {
            for step in
                ["", r#""politie": {"done": "2026-07-02"}"#, r#""politie": {"skipped": "niet nodig"}"#]
            {
                list.push(format!(r#"{signal}{tip}"$steps": {{{step}}}"#));
            }
        }
    }
    list
}

/// The public part of a case.
const PUBLIC: [&str; 6] = [
    "",
    r#""soort": "erf","#,
    r#""soort": "pand","#,
    r#""soort": null,"#,
    r#""soort": "pand", "ernst": "licht","#,
    r#""soort": "erf", "ernst": "zwaar","#,
];

#[test]
fn no_confidential_answer_changes_what_others_see() {
    let program = program();
    let mut withheld = 0;
    for public in PUBLIC {
        let mut views = std::collections::BTreeSet::new();
        let mut explanations = std::collections::BTreeSet::new();
        for secret in secrets() {
            let case = answers(&format!("{{{public}{secret}}}"));
            let view = program.evaluate_for(&case, &["public"]).unwrap();
            withheld += view.decisions.iter().filter(|(_, o)| **o == Outcome::Withheld).count();
            views.insert(view.to_json());
            explanations.insert(program.explain_for(&case, None, &["public"]).unwrap().to_string());
        }
        assert_eq!((views.len(), explanations.len()), (1, 1), "{public}: {views:#?}");
    }
    assert!(withheld > 0, "nothing was withheld");
}

#[test]
fn what_hangs_on_it_is_withheld_and_the_rest_is_not() {
    let program = program();
    let case = answers(
        r#"{"soort": "pand", "signaal": true, "tip": "politie", "$steps": {"politie": {"done": "2026-07-02", "by": "B."}}}"#,
    );
    let all = program.evaluate(&case).unwrap();
    assert_eq!(all.decision("ernst_volgens_feiten").unwrap().status(), "determined");
    let view = program.evaluate_for(&case, &[]).unwrap();
    assert_eq!(view.decision("ernst_volgens_feiten"), Some(&Outcome::Withheld));
    // this one no confidential answer can change
    assert_eq!(view.decision("route").unwrap().status(), "determined");
    assert_eq!(view.question("signaal").unwrap().status, QuestionStatus::Withheld);
    assert_eq!(view.question("soort").unwrap().status, QuestionStatus::Answered);
    assert_eq!(view.question("ernst").unwrap().suggested, None, "a suggestion would give it away");
    let step = view.steps.iter().find(|step| step.id == "politie").unwrap();
    assert_eq!((step.status, step.done, step.by.as_deref()), (StepStatus::Withheld, None, None));
    assert!(!view.to_json().contains("B."));
    // one class of two
    let some = program.evaluate_for(&case, &["dossier"]).unwrap();
    assert_eq!(some.question("signaal").unwrap().status, QuestionStatus::Answered);
    assert_eq!(some.question("tip").unwrap().status, QuestionStatus::Withheld);
    assert_eq!(program.evaluate_for(&case, &["dossier", "politie"]).unwrap(), all);
}

#[test]
fn an_outcome_is_known_but_not_why() {
    let title = "title: Ernst volgens de feiten";
    assert!(RULES.contains(title));
    let program =
        rules(&RULES.replace(title, &format!("{title}\n    outcome: true"))).on(date("2026-08-01")).unwrap();
    let case = answers(
        r#"{"soort": "pand", "signaal": true, "$deviations": {
            "ernst_volgens_feiten": {"value": "licht", "motivation": "De tip was onjuist.", "by": "B."}}}"#,
    );
    let view = program.evaluate_for(&case, &["public"]).unwrap().to_json();
    assert!(
        view.contains(r#""value":"licht""#) && !view.contains("onjuist") && !view.contains("B."),
        "{view}"
    );
    assert!(!program.redact(&case, &["public"]).unwrap().to_json().contains("onjuist"));
}

/// That something else was decided on the way tells of the answers that it replaces.
#[test]
fn what_was_decided_on_the_way_is_withheld() {
    let program = program();
    let text = r#"{"soort": "pand", "signaal": true, DECIDED}"#;
    let decided =
        r#""$deviations": {"ernst_volgens_feiten": {"value": "licht", "motivation": "De tip was onjuist."}}"#;
    let views = [decided, r#""tip": "geen""#].map(|secret| {
        let case = answers(&text.replace("DECIDED", secret));
        for classes in [&["public"][..], &["dossier"], &["politie"]] {
            let view = program.evaluate_for(&case, classes).unwrap().to_json();
            let explained = program.explain_for(&case, Some("ernst_volgens_feiten"), classes).unwrap();
            assert!(!view.contains("onjuist") && !explained.to_string().contains("afwijking"), "{view}");
            assert!(view.contains(r#""deviations":{}"#) || !view.contains("deviations"), "{view}");
        }
        program.evaluate_for(&case, &["public"]).unwrap().to_json()
    });
    assert_eq!(views[0], views[1]);
    let all =
        program.evaluate_for(&answers(&text.replace("DECIDED", decided)), &["dossier", "politie"]).unwrap();
    assert_eq!(all.deviations.len(), 1);
}

#[test]
fn an_unknown_class_is_refused() {
    let findings = program().evaluate_for(&Answers::new(), &["dosier"]).unwrap_err();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code, Code::UnknownName);
    assert!(findings.to_string().contains("did you mean `dossier`?"), "{findings}");
}
