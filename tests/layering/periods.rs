//! Questions, options, decisions and sources with a period.

use leidraad::{Answers, Outcome, Possible, Value};

use super::{assess, case, findings, outcome, program, rules};
use crate::support::date;

/// The question about preparation is asked from 1 July 2025, the first day included.
#[test]
fn a_question_outside_its_period_is_not_part_of_the_checklist() {
    let rules = rules();
    for (found, asked) in [("2025-06-30", false), ("2025-07-01", true)] {
        let answers = Answers::new().with("gevonden_op", date(found));
        let program = program(&rules, None, &answers);
        let assessment = program.evaluate(&answers).unwrap();
        assert_eq!(assessment.question("voorbereiding").is_some(), asked, "{found}");
        let listed =
            program.questionnaire().sections.iter().flat_map(|s| &s.items).any(|i| i.id == "voorbereiding");
        assert_eq!(listed, asked, "{found}");
        // the drug, the amount, how often before, and preparation where it is asked
        assert_eq!(assessment.progress.open, if asked { 4 } else { 3 }, "{found}");
        assert_eq!(assessment.progress.answered, 1);
        let json = assessment.to_json();
        assert_eq!(json.contains("voorbereiding"), asked, "{json}");
        #[cfg(feature = "schema")]
        assert_eq!(leidraad::schema::answers(&program)["properties"]["voorbereiding"].is_object(), asked);
    }
}

/// An answer to it is kept, counts for nothing, and a finding says when it is asked.
#[test]
fn an_answer_to_a_question_outside_its_period_says_when_it_is_asked() {
    let answers = |found: &str| case(found, "2026-01-01").with("gram", 1).with("voorbereiding", true);
    let before = assess(None, &answers("2025-06-30"));
    assert_eq!(outcome(&before, "bevoegd"), "nee");
    assert_eq!(
        findings(&before, "voorbereiding"),
        [
            "«Zijn er spullen om de nieuwe stof te maken?» wordt alleen gevraagd vanaf 1 juli 2025. Het antwoord telt nu niet mee."
        ]
    );
    let after = assess(None, &answers("2025-07-01"));
    assert_eq!(outcome(&after, "bevoegd"), "ja");
    assert!(findings(&after, "voorbereiding").is_empty());
    // not even an answer that the question would not take
    let wrong = case("2025-06-30", "2026-01-01").with("voorbereiding", 12);
    assert_eq!(findings(&assess(None, &wrong), "voorbereiding").len(), 1);
    assert!(program(&rules(), None, &answers("2025-07-01")).evaluate(&wrong).is_err());
}

/// Every way to an assessment leaves the question out alike.
#[test]
fn every_way_leaves_the_question_out() {
    let answers = case("2025-06-30", "2026-01-01").with("gram", 1);
    let program = program(&rules(), None, &answers);
    let assessment = program.evaluate(&answers).unwrap();
    assert_eq!(program.evaluate_json(&answers.to_json()).unwrap(), assessment.to_json());
    let authority = program.decision_index("bevoegd").unwrap();
    assert_eq!(program.prepare(&answers).unwrap().decide(authority), Some(&Value::Bool(false)));
    let why = program.explain(&answers.with("voorbereiding", true), Some("bevoegd")).unwrap().to_string();
    assert!(!why.contains("spullen om de nieuwe stof"), "{why}");
}

/// The new list is an option from 1 July 2025.
#[test]
fn an_option_outside_its_period_is_no_option() {
    let rules = rules();
    let chosen = |found: &str| {
        case(found, "2026-01-01").with("middel", "nieuw").with("gram", 1).with("voorbereiding", false)
    };
    let after = chosen("2025-07-01");
    assert_eq!(outcome(&assess(None, &after), "bevoegd"), "ja");
    let before = chosen("2025-06-30");
    let refused = program(&rules, None, &before).evaluate(&before).unwrap_err();
    let messages: Vec<&str> = refused.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(messages, ["`middel` has no option `nieuw` on this date, only from 2025-07-01"]);

    // open, it is not possible before that day: no amount up to the limit gives competence
    let open = |found: &str| {
        let answers =
            Answers::new().with("gevonden_op", date(found)).with("gram", 3).with("voorbereiding", false);
        program(&rules, None, &answers).evaluate(&answers).unwrap().decision("bevoegd").cloned()
    };
    assert_eq!(open("2025-06-30"), Some(Outcome::Determined(Value::Bool(false))));
    let both = Possible::Values(vec![Value::Bool(true), Value::Bool(false)]);
    let Some(Outcome::Open { possible, needs, .. }) = open("2025-07-01") else { panic!() };
    assert_eq!((possible, needs), (both, vec!["middel".to_owned()]));

    let options = |found: &str| -> Vec<String> {
        let answers = Answers::new().with("gevonden_op", date(found));
        let questions = program(&rules, None, &answers).questionnaire();
        let item = questions.sections.iter().flat_map(|s| &s.items).find(|i| i.id == "middel").unwrap();
        item.options.iter().map(|o| o.id.clone()).collect()
    };
    assert_eq!(options("2025-06-30"), ["hard", "soft"]);
    assert_eq!(options("2025-07-01"), ["hard", "soft", "nieuw"]);
}

/// Entry in the register is decided in 2022 and 2023 only.
#[test]
fn a_decision_outside_its_period_has_no_rules_and_says_when_it_has() {
    let on = |found: &str| assess(None, &case(found, "2026-01-01"));
    for (found, expected) in [
        ("2021-12-31", "ontbreekt: register"),
        ("2022-01-01", "ja"),
        ("2023-12-31", "ja"),
        ("2024-01-01", "ontbreekt: register"),
    ] {
        assert_eq!(outcome(&on(found), "register"), expected, "{found}");
    }
    let (why, text) = super::why(&on("2024-01-01"), "register");
    assert_eq!(why, [leidraad::Why::NoVersion]);
    assert_eq!(
        text,
        "op 1 januari 2024 zijn er geen regels, wel van 1 januari 2022 tot en met 31 december 2023"
    );
}

/// A source cited outside its period is a finding that names what rests on it.
#[test]
fn a_source_cited_outside_its_period_is_a_finding() {
    let on = |decided: &str| assess(Some("GM0004"), &case("2019-06-01", decided));
    assert!(findings(&on("2026-12-31"), "beleid").is_empty());
    assert_eq!(
        findings(&on("2027-01-01"), "beleid"),
        [
            "«Beleid van Dee» geldt niet op 1 januari 2027, wel van 1 januari 2018 tot en met 31 december 2026. Toch \
          rust hierop: maatregel."
        ]
    );
    assert_eq!(outcome(&on("2027-01-01"), "maatregel"), "waarschuwing", "it is a finding, no silence");
}
