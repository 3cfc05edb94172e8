//! Findings, steps, counts, judgements and deviations: expectations written by hand from the rule file beside them.

mod done;
mod terms;

use leidraad::{Answers, Assessment, Code, Outcome, StepStatus, Value};

use crate::support::{date, rules};

const RULES: &str = include_str!("fixtures/procedure/stappen.yaml");

fn assess(answers: &str) -> Assessment {
    let program = rules(RULES).on(date("2026-08-01")).unwrap();
    program
        .evaluate(&Answers::from_json("a", answers).unwrap())
        .unwrap_or_else(|findings| panic!("{findings}"))
}

fn refused(answers: &str) -> Vec<(Code, String)> {
    let program = rules(RULES).on(date("2026-08-01")).unwrap();
    let findings = match Answers::from_json("a", answers) {
        Ok(answers) => program.evaluate(&answers).unwrap_err(),
        Err(findings) => findings,
    };
    findings.iter().map(|f| (f.code, f.message.clone())).collect()
}

fn statuses(assessment: &Assessment) -> Vec<(&str, StepStatus)> {
    assessment.steps.iter().map(|step| (step.id.as_str(), step.status)).collect()
}

fn remarks(assessment: &Assessment) -> Vec<(&str, bool)> {
    assessment.findings.iter().map(|finding| (finding.id.as_str(), finding.possible)).collect()
}

fn determined(assessment: &Assessment, decision: &str) -> String {
    match assessment.decision(decision) {
        Some(Outcome::Determined(Value::Text(text))) => text.to_string(),
        other => panic!("{decision}: {other:?}"),
    }
}

#[test]
fn nothing_known_leaves_steps_undecided() {
    use StepStatus::{Blocked, Open, Undecided};
    let assessment = assess("{}");
    let expected =
        [("onderzoek", Open), ("voornemen", Undecided), ("horen", Undecided), ("besluit", Blocked)];
    assert_eq!(statuses(&assessment), expected);
    assert_eq!(assessment.steps[3].blocked_by, ["onderzoek", "horen"]);
    assert_eq!(remarks(&assessment), [("let_op", true)]);
}

#[test]
fn a_step_that_is_not_at_issue_does_not_stand_in_the_way() {
    use StepStatus::{Done, NotApplicable, Open};
    let assessment =
        assess(r#"{"ernst": "licht", "signaal": false, "$steps": {"onderzoek": {"done": "2026-07-01"}}}"#);
    let expected =
        [("onderzoek", Done), ("voornemen", NotApplicable), ("horen", NotApplicable), ("besluit", Open)];
    assert_eq!(statuses(&assessment), expected);
    assert_eq!(remarks(&assessment), []);
}

#[test]
fn what_is_required_may_not_be_skipped() {
    use StepStatus::{Blocked, Open, Skipped};
    let assessment = assess(
        r#"{"ernst": "zwaar", "$steps": {"onderzoek": {"skipped": "geen tijd"}, "horen": {"skipped": "Awb 4:11"}}}"#,
    );
    // the notice only comes after the inquiry; the decision requires it
    let expected = [("onderzoek", Skipped), ("voornemen", Open), ("horen", Skipped), ("besluit", Blocked)];
    assert_eq!(statuses(&assessment), expected);
    assert_eq!(assessment.steps[3].blocked_by, ["onderzoek"]);
    assert_eq!(assessment.steps[0].skipped.as_deref(), Some("geen tijd"));
}

#[test]
fn a_step_done_before_what_it_waits_for_is_a_finding_and_stays_done() {
    let assessment = assess(r#"{"ernst": "zwaar", "$steps": {"besluit": {"done": "2026-07-01"}}}"#);
    assert_eq!(statuses(&assessment)[3], ("besluit", StepStatus::Done));
    assert_eq!(remarks(&assessment), [("let_op", true), ("besluit", false), ("besluit", false)]);
    let order = assess(
        r#"{"ernst": "zwaar", "signaal": false, "$steps": {
            "onderzoek": {"done": "2026-07-02"}, "voornemen": {"done": "2026-07-01"}}}"#,
    );
    // with no signal the facts say: not serious
    assert_eq!(remarks(&order), [("ernst", false), ("voornemen", false)]);
    let same_day = assess(
        r#"{"ernst": "zwaar", "signaal": false, "$steps": {
            "onderzoek": {"done": "2026-07-01"}, "voornemen": {"done": "2026-07-01"}}}"#,
    );
    assert_eq!(remarks(&same_day), [("ernst", false)]);
}

#[test]
fn a_judgement_is_suggested_never_filled_in() {
    let open = assess(r#"{"soort": "pand", "signaal": true}"#);
    assert_eq!(open.question("ernst").unwrap().suggested.as_deref(), Some("zwaar"));
    assert!(matches!(open.decision("maatregel"), Some(Outcome::Open { .. })));
    let agrees = assess(r#"{"soort": "pand", "signaal": true, "ernst": "zwaar"}"#);
    assert_eq!(remarks(&agrees), [("let_op", false)]);
    let differs = assess(r#"{"soort": "pand", "signaal": true, "ernst": "licht"}"#);
    assert_eq!(remarks(&differs), [("let_op", false), ("ernst", false)]);
    assert_eq!(determined(&differs, "maatregel"), "waarschuwing");
    // what the facts leave open suggests nothing
    assert_eq!(assess(r#"{"soort": "pand"}"#).question("ernst").unwrap().suggested, None);
}

#[test]
fn the_facts_that_suggest_a_judgement_are_asked_before_it() {
    let next = |answers: &str| assess(answers).next.map(String::from);
    // only the judgement decides, but the facts tell what it may be
    assert_eq!(next("{}").as_deref(), Some("soort"));
    assert_eq!(next(r#"{"soort": "pand"}"#).as_deref(), Some("signaal"));
    // with the suggestion there, or out of reach, the judgement itself
    assert_eq!(next(r#"{"soort": "erf"}"#).as_deref(), Some("ernst"));
    assert_eq!(next(r#"{"soort": "pand", "signaal": true}"#).as_deref(), Some("ernst"));
    assert_eq!(next(r#"{"soort": null, "signaal": null}"#).as_deref(), Some("ernst"));
    assert_eq!(next(r#"{"ernst": "licht"}"#), None);
}

#[test]
fn what_was_decided_is_what_comes_after() {
    let answers = r#"{"ernst": "licht", "$deviations": {"maatregel": {"value": "sluiting", "motivation": "Derde keer."}}}"#;
    let assessment = assess(answers);
    assert_eq!(determined(&assessment, "maatregel"), "waarschuwing", "computed");
    assert_eq!(determined(&assessment, "vervolg"), "zegel", "from what was decided");
    assert_eq!(statuses(&assessment)[1].1, StepStatus::Blocked, "the condition of a step reads it too");
    assert_eq!(assessment.deviations[0].0, "maatregel");
    assert_eq!(assessment.deviations[0].1.motivation.as_ref().unwrap().value, "Derde keer.");
    // also while the computed value is open
    let open =
        assess(r#"{"$deviations": {"maatregel": {"value": "sluiting", "motivation": "Derde keer."}}}"#);
    assert!(matches!(open.decision("maatregel"), Some(Outcome::Open { .. })));
    assert_eq!(determined(&open, "vervolg"), "zegel");
    // and the JSON form reads back
    let read = Answers::from_json("a", answers).unwrap();
    assert_eq!(Answers::from_json("b", &read.to_json()).unwrap().to_json(), read.to_json());
}

#[test]
fn what_was_decided_stands_beside_what_follows() {
    let program = rules(RULES).on(date("2026-08-01")).unwrap();
    let given = r#"{"ernst": "licht", "$deviations": {"maatregel": {"value": "sluiting", "motivation": "Derde keer."}}}"#;
    let explanation = program.explain(&Answers::from_json("a", given).unwrap(), None).unwrap();
    let deviation = explanation.decisions[0].deviation.as_ref().unwrap();
    assert_eq!((deviation.text.as_str(), deviation.motivation.as_str()), ("Sluiting", "Derde keer."));
    assert_eq!(deviation.value, Value::Text("sluiting".to_owned().into()));
    let beside = "Maatregel: Waarschuwing. In afwijking hiervan besloten: Sluiting. Motivering: Derde keer.";
    let text = explanation.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.contains(&beside), "{text}");
    // what comes after rests on it
    assert_eq!(explanation.decisions[1].rests_on[0].deviation.as_ref(), Some(deviation));
    assert!(lines.contains(&format!("    {beside}").as_str()), "{text}");
}

#[test]
fn mistakes_in_the_record_are_refused() {
    let one = |answers: &str, code: Code, part: &str| {
        let found = refused(answers);
        let [(found, message)] = found.as_slice() else { panic!("{answers}: {found:?}") };
        assert_eq!(*found, code, "{answers}: {message}");
        assert!(message.contains(part), "{answers}: {message}");
    };
    one(r#"{"$deviations": {"maatregel": {"value": "sluiting"}}}"#, Code::WrongAnswer, "no motivation");
    one(
        r#"{"$deviations": {"maatregel": {"value": "sluiting", "motivation": " "}}}"#,
        Code::WrongAnswer,
        "no motivation",
    );
    one(
        r#"{"$deviations": {"maatregel": {"value": "brief", "motivation": "x"}}}"#,
        Code::WrongAnswer,
        "not an outcome",
    );
    one(
        r#"{"$deviations": {"matregel": {"value": "sluiting", "motivation": "x"}}}"#,
        Code::UnknownName,
        "not a decision",
    );
    one(r#"{"$deviations": {"maatregel": {"value": null, "motivation": "x"}}}"#, Code::WrongShape, "value");
    one(r#"{"$steps": {"hooren": {"done": "2026-07-01"}}}"#, Code::UnknownName, "not a step");
    one(r#"{"$steps": {"horen": {}}}"#, Code::WrongAnswer, "neither done nor skipped");
    one(
        r#"{"$steps": {"horen": {"done": "2026-07-01", "skipped": "x"}}}"#,
        Code::WrongAnswer,
        "both done and skipped",
    );
    one(r#"{"$steps": {"horen": {"skipped": ""}}}"#, Code::WrongAnswer, "without a reason");
    one(r#"{"$steps": {"horen": {"done": "1 juli"}}}"#, Code::WrongShape, "date");
    one(r#"{"$step": {}}"#, Code::UnknownKey, "not a part of a case");
    one(r#"{"$today": "morgen"}"#, Code::WrongShape, "date");
}

#[test]
fn counts_by_section_without_a_score() {
    let assessment = assess(r#"{"soort": "erf", "n1": {"not_applicable": "geen personeel"}}"#);
    let group = &assessment.rollups[0].groups[0];
    assert_eq!(group.section, "Normen");
    assert!(group.counts.iter().all(|(_, count)| *count == 0));
    let reasons: Vec<(&str, &str)> =
        group.not_applicable.iter().map(|(q, r)| (q.as_str(), r.as_str())).collect();
    assert_eq!(reasons, [("n1", "geen personeel"), ("n2", "geldt alleen bij soort: Pand")]);
    let assessment = assess(r#"{"soort": "pand", "n1": "ontbreekt", "n2": null}"#);
    let group = &assessment.rollups[0].groups[0];
    let counts: Vec<usize> = group.counts.iter().map(|(_, count)| *count).collect();
    assert_eq!(
        (counts, &group.gaps, &group.not_assessed),
        (vec![0, 0, 1], &vec!["n1".into()], &vec!["n2".into()])
    );
    // partly known is not assessed
    let partly = assess(r#"{"n1": {"one_of": ["ontbreekt", "uitgevoerd"]}}"#);
    assert_eq!(partly.rollups[0].groups[0].not_assessed, ["n1", "n2"]);
}

/// Cases may hold records, and expect steps and findings.
#[test]
fn cases_expect_steps_and_findings() {
    let library = leidraad::Library::from_files(&[("stappen.yaml", RULES)]);
    let run = |text: &str| {
        let cases =
            leidraad::Cases::from_text("c.yaml", text).unwrap_or_else(|findings| panic!("{findings}"));
        cases.run(&library, date("2026-08-01")).iter().map(|r| r.findings.to_string()).collect::<String>()
    };
    let case = |expect: &str| {
        format!(
            "rule_set: voorbeeld/stappen\ncases:\n  - name: a\n    because: b\n    answers:\n      ernst: zwaar\n      signaal: ja\n      $steps: {{ onderzoek: {{ done: 2026-07-01 }} }}\n    expect: {expect}\n"
        )
    };
    let right = "{ maatregel: sluiting, $steps: { onderzoek: done, voornemen: open, horen: blocked }, $findings: [let_op] }";
    assert_eq!(run(&case(right)), "no findings\n");
    assert!(run(&case("{ $steps: { voornemen: done } }")).contains("found open"));
    assert!(run(&case("{ $steps: { voornemn: done } }")).contains("did you mean `voornemen`?"));
    assert!(run(&case("{ $findings: [] }")).contains("found [let_op]"));
    assert!(run(&case("{ $finding: [] }")).contains("did you mean `$findings`?"));
}

/// The rows that a case reaches are those that settle its decisions.
#[test]
fn rows_that_no_case_reaches_are_known() {
    let library = leidraad::Library::from_files(&[("stappen.yaml", RULES)]);
    let text = "rule_set: voorbeeld/stappen\ncases:\n  - { name: a, because: b, answers: { ernst: zwaar, soort: erf }, expect: {} }\n";
    let cases = leidraad::Cases::from_text("c.yaml", text).unwrap();
    let rules = library.rule_set("voorbeeld/stappen").unwrap();
    let reached = cases.rows_reached(&library, date("2026-08-01"));
    let rows = rules.rows();
    let mut missed: Vec<&str> = rows
        .keys()
        .filter(|span| !reached.contains(span))
        .map(|span| rules.sources().text(*span).trim())
        .collect();
    missed.sort_unstable();
    // of seven rows three decide: not serious for a yard, closing, sealing
    assert_eq!(rows.len(), 7);
    assert_eq!(missed.len(), 4, "{missed:?}");
    assert!(
        missed.iter().all(|row| row.starts_with("licht")
            || row.starts_with("pand")
            || row.starts_with("waarschuwing")),
        "{missed:?}"
    );
}
