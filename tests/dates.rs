//! Periods: dated rows, layers with a reference date of their own, dates that nothing covers.

use leidraad::{Answers, Assessment, Outcome, RuleSet, Value};

use crate::support::date;

const BASE: &str = include_str!("fixtures/dates/wet.yaml");
const POLICY_2015: &str = include_str!("fixtures/dates/beleid_2015.yaml");
const POLICY_2021: &str = include_str!("fixtures/dates/beleid_2021.yaml");

fn library() -> RuleSet {
    let files = [("wet.yaml", BASE), ("a.yaml", POLICY_2015), ("b.yaml", POLICY_2021)];
    RuleSet::from_files(&files).unwrap_or_else(|findings| panic!("{findings:#}"))
}

/// A case with the day of the finding and the day of the decision, where they are known.
fn assess(found: Option<&str>, decided: Option<&str>, today: &str) -> Assessment {
    let mut answers = Answers::new().with("object", "woning");
    if let Some(found) = found {
        answers = answers.with("gevonden_op", date(found));
    }
    if let Some(decided) = decided {
        answers = answers.with("besluit_op", date(decided));
    }
    let program = library().for_case(Some("GM0000"), &answers, None, date(today)).unwrap();
    program.evaluate(&answers).unwrap()
}

fn text(assessment: &Assessment, decision: &str) -> String {
    match assessment.decision(decision) {
        Some(Outcome::Determined(Value::Text(text))) => text.to_string(),
        Some(Outcome::Unregulated { missing }) => format!("niet geregeld: {}", missing.join(", ")),
        other => panic!("{decision}: {other:?}"),
    }
}

/// Rows of a table by the day of the facts: the edges of every period, by hand.
#[test]
fn a_row_applies_in_its_period_both_days_included() {
    for (day, expected) in [
        ("2007-11-01", "ook woning"),
        ("2018-12-31", "ook woning"),
        ("2019-01-01", "ook voorbereiding"),
        ("2025-06-30", "ook voorbereiding"),
        ("2025-07-01", "ook lijst IA"),
        ("2099-01-01", "ook lijst IA"),
    ] {
        assert_eq!(text(&assess(Some(day), None, "2026-01-01"), "bevoegd"), expected, "{day}");
    }
}

#[test]
fn before_the_first_row_nothing_is_regulated_and_the_periods_are_named() {
    let answers = Answers::new().with("object", "woning").with("gevonden_op", date("2007-10-31"));
    let program = library().for_case(None, &answers, None, date("2026-01-01")).unwrap();
    let assessment = program.evaluate(&answers).unwrap();
    assert_eq!(text(&assessment, "bevoegd"), "niet geregeld: bevoegd");
    let why = program.explain(&answers, Some("bevoegd")).unwrap().to_string();
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(why.contains("van 1 november 2007 tot en met 31 december 2018"), "{why}");
}

/// The statute goes by the day of the finding, policy by the day of the decision.
#[test]
fn each_layer_goes_by_its_own_date() {
    let old_facts_new_policy = assess(Some("2018-06-01"), Some("2022-01-01"), "2026-01-01");
    assert_eq!(text(&old_facts_new_policy, "bevoegd"), "ook woning");
    assert_eq!(text(&old_facts_new_policy, "maatregel"), "sluiting");
    let old_policy = assess(Some("2018-06-01"), Some("2020-12-31"), "2026-01-01");
    assert_eq!(text(&old_policy, "maatregel"), "waarschuwing");
    let first_day = assess(Some("2018-06-01"), Some("2021-01-01"), "2026-01-01");
    assert_eq!(text(&first_day, "maatregel"), "sluiting");
    // not decided yet: policy as it is today
    assert_eq!(text(&assess(Some("2018-06-01"), None, "2020-01-01"), "maatregel"), "waarschuwing");
}

#[test]
fn a_date_that_no_version_covers_is_unregulated_and_says_when_there_are_rules() {
    let before = assess(Some("2018-06-01"), Some("2014-12-31"), "2026-01-01");
    assert_eq!(text(&before, "maatregel"), "niet geregeld: maatregel");
    assert_eq!(text(&before, "bevoegd"), "ook woning", "the statute still applies");
    let finding = &before.findings[0].text;
    assert!(finding.contains("geldt niet op 31 december 2014"), "{finding}");
    assert!(
        finding.contains("van 1 januari 2015 tot en met 31 december 2020, vanaf 1 januari 2021"),
        "{finding}"
    );
    // before the shared layer: its questions are shown, and nothing is regulated
    let answers = Answers::new().with("object", "woning");
    let nothing = library().on(date("1999-12-31")).unwrap().evaluate(&answers).unwrap();
    assert!(nothing.decisions.iter().all(|(_, o)| matches!(o, Outcome::Unregulated { .. })));
    assert!(nothing.findings[0].text.contains("De regels gelden wel vanaf 1 januari 2000"));
}

/// Every day around every edge, without an overlay and with a date that is given instead of answered.
#[test]
fn every_day_around_the_edges() {
    let days = [
        ("2007-10-30", "niet geregeld: bevoegd"),
        ("2007-10-31", "niet geregeld: bevoegd"),
        ("2007-11-01", "ook woning"),
        ("2007-11-02", "ook woning"),
        ("2018-12-30", "ook woning"),
        ("2018-12-31", "ook woning"),
        ("2019-01-01", "ook voorbereiding"),
        ("2025-06-30", "ook voorbereiding"),
        ("2025-07-01", "ook lijst IA"),
        ("2025-07-02", "ook lijst IA"),
    ];
    for (day, expected) in days {
        let answers = Answers::new().with("object", "woning");
        let assessment = library().on(date(day)).unwrap().evaluate(&answers).unwrap();
        assert_eq!(text(&assessment, "bevoegd"), expected, "{day}");
    }
}

/// A day that is known in part fixes a reference date only where it makes no difference which of its days it is.
#[test]
fn a_day_known_in_part_picks_rules_that_hold_on_all_of_its_days() {
    let answers = |found: &str, decided: &str| {
        let text = format!(r#"{{ "object": "woning", "gevonden_op": {found}, "besluit_op": {decided} }}"#);
        Answers::from_json("a.json", &text).unwrap()
    };
    let case = |found: &str, decided: &str| {
        let answers = answers(found, decided);
        let program = library().for_case(Some("GM0000"), &answers, None, date("2026-01-01"))?;
        program.evaluate(&answers)
    };
    // all in the second period, though today is in the third
    for found in
        [r#"{ "one_of": ["2019-01-01", "2025-06-30"] }"#, r#"{ "between": ["2019-01-01", "2025-06-30"] }"#]
    {
        assert_eq!(text(&case(found, r#""2026-01-01""#).unwrap(), "bevoegd"), "ook voorbereiding");
    }
    // one day more, and the rules are not the same
    for (found, decided, change) in [
        (r#"{ "one_of": ["2018-12-31", "2019-01-01"] }"#, r#""2026-01-01""#, "`gevonden_op`"),
        (r#"{ "between": ["2025-01-01", null] }"#, r#""2026-01-01""#, "they change on 2025-07-01"),
        (r#""2018-12-31""#, r#"{ "between": ["2014-01-01", "2026-01-01"] }"#, "`besluit_op`"),
    ] {
        let findings = case(found, decided).unwrap_err().to_string();
        assert!(findings.contains("known in part") && findings.contains(change), "{findings}");
        // a reference date that is given leaves nothing to pick
        let given = answers(found, decided);
        assert!(
            library().for_case(Some("GM0000"), &given, Some(date("2026-01-01")), date("2026-01-01")).is_ok()
        );
    }
}

#[test]
fn a_day_that_is_not_in_the_calendar_is_told_from_one_that_is_written_otherwise() {
    let program = leidraad::catalog().rule_set("evenementen/risicoscan").unwrap();
    let program = program.on(leidraad::Date::new(2026, 7, 4).unwrap()).unwrap();
    for (text, help) in [("2026-02-30", "there is no such day"), ("4 juli", "write it as")] {
        let findings = program.evaluate(&leidraad::Answers::new().with("datum_start", text)).unwrap_err();
        let help = findings.iter().any(|f| f.help.as_deref().is_some_and(|found| found.contains(help)));
        assert!(help, "{text}: {findings:#}");
    }
}

/// Days that a question cannot have are none that it may be.
#[test]
fn a_day_known_in_part_lies_within_its_question() {
    let rules = RuleSet::from_text(
        "x.json",
        r#"{ "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "reference_date": "dag",
            "in_force": { "from": "2026-01-01", "to": "2026-12-31" },
            "sources": { "s": { "kind": "example", "title": "Voorbeeldbeleid" } },
            "questions": [{ "section": "Feiten", "items": [
              { "id": "dag", "ask": "Welke dag?", "type": "date", "min": "2026-03-01", "max": "2026-03-09", "sources": ["s"] } ] }],
            "decisions": { "laat": { "sources": ["s"], "hit": "first", "table": ["dag || laat", "> 2026-03-02 || laat", "- || vroeg"] } } }"#,
    )
    .unwrap();
    for (answer, expected) in [(r#"[null, "2026-03-02"]"#, "vroeg"), (r#"["2026-03-06", null]"#, "laat")] {
        let answers = Answers::from_json("a", &format!(r#"{{ "dag": {{ "between": {answer} }} }}"#)).unwrap();
        let program = rules.for_case(None, &answers, None, date("2030-01-01")).unwrap();
        assert_eq!(text(&program.evaluate(&answers).unwrap(), "laat"), expected);
    }
}
