//! Questions, options, decisions and sources with a period.

use leidraad::{Answer, Answers, Known, Outcome, Possible, Scalar, Value};

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
    assert_eq!((possible, needs), (both, vec!["middel".into()]));

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

const BASE: &str = r#"
leidraad: 1
id: voorbeeld/terug
title: Gedeeld
sources: { s: { kind: example, title: Voorbeeld } }
parameters:
  grens: { title: Grens, test_on: aantal, value: "<= 10", sources: [s] }
questions:
  - section: Feiten
    items:
      - { id: aantal, ask: Hoeveel?, type: integer, min: 0, max: 100, sources: [s] }
      - { id: buiten, ask: Is het buiten?, type: boolean, sources: [s] }
decisions:
  soort:
    outcome: true
    table: |
      aantal     || soort || bron
      grens      || klein || s
      not(grens) || groot || s
  plaats:
    table: |
      buiten || plaats || bron | vanaf      | tot
      ja     || veld   || s    | 2025-01-01 | -
      nee    || zaal   || s    | 2025-01-01 | -
  route:
    hit: first
    table: |
      plaats | aantal || route   || bron
      -      | > 50   || melding || s
      veld   | -      || melding || s
      -      | -      || vrij    || s
findings:
  let_op: { text: Gedeelde opmerking., sources: [s] }
  veld: { text: Het is op een veld., when: { plaats: veld }, sources: [s] }
steps:
  melden: { title: Gedeeld melden, actor: aanvrager, sources: [s] }
"#;

const OVER: &str = r#"
leidraad: 1
overlay: voorbeeld/terug
authority: GM0001
title: Alleen in 2026 anders
sources: { n: { kind: example, title: Nota } }
parameters:
  grens: { value: "<= 20", in_force: { from: 2026-01-01, to: 2026-12-31 }, sources: [n] }
questions:
  - section: Feiten
    items:
      - { id: buiten, ask: Is het in de buitenlucht?, type: boolean, in_force: { from: 2026-01-01, to: 2026-12-31 }, sources: [n] }
decisions:
  soort:
    in_force: { from: 2026-01-01, to: 2026-12-31 }
    table: |
      aantal     || soort  || bron
      grens      || gewoon || n
      not(grens) || druk   || n
findings:
  let_op: { text: Eigen opmerking., in_force: { from: 2026-01-01, to: 2026-12-31 }, sources: [n] }
steps:
  melden: { title: Eigen melding, actor: aanvrager, in_force: { from: 2026-01-01, to: 2026-12-31 }, sources: [n] }
"#;

/// What a layer gives for a period leaves what the layer below it gives standing on all other days.
#[test]
fn outside_its_period_the_layer_below_counts() {
    let rules = super::load(&[("base.yaml", BASE), ("over.yaml", OVER)]);
    let own = rules.for_authority("GM0001").unwrap();
    for (day, inside) in
        [("2025-12-31", false), ("2026-01-01", true), ("2026-12-31", true), ("2027-01-01", false)]
    {
        let program = own.on(date(day)).unwrap();
        let soort = |aantal: i64| {
            let answers = Answers::new().with("aantal", aantal).with("buiten", true);
            outcome(&program.evaluate(&answers).unwrap(), "soort")
        };
        let expected = if inside { ["gewoon", "gewoon", "druk"] } else { ["klein", "groot", "groot"] };
        assert_eq!([soort(10), soort(15), soort(21)], expected, "{day}");
        let questions = program.questionnaire();
        let ask = questions.sections[0].items.iter().find(|item| item.id == "buiten").unwrap().ask.clone();
        assert_eq!(ask, if inside { "Is het in de buitenlucht?" } else { "Is het buiten?" }, "{day}");
        let assessment = program.evaluate(&Answers::new()).unwrap();
        let text = if inside { "Eigen opmerking." } else { "Gedeelde opmerking." };
        assert_eq!(findings(&assessment, "let_op"), [text], "{day}");
        let title = if inside { "Eigen melding" } else { "Gedeeld melden" };
        assert_eq!(questions.steps[0].title, title, "{day}");
    }
}

/// A decision without rules on a date is missing where it makes a difference, and only there.
#[test]
fn what_reads_a_decision_of_other_dates_is_judged_by_its_own_rows() {
    let rules = crate::support::rules(BASE);
    let on = |day: &str, aantal: i64| {
        let answers = Answers::new().with("aantal", aantal).with("buiten", false);
        rules.on(date(day)).unwrap().evaluate(&answers).unwrap()
    };
    assert_eq!(outcome(&on("2025-01-01", 5), "route"), "vrij");
    assert_eq!(outcome(&on("2025-01-01", 51), "route"), "melding");
    let before = on("2024-12-31", 5);
    assert_eq!(outcome(&before, "route"), "ontbreekt: plaats");
    assert_eq!(super::why(&before, "plaats").0, [leidraad::Why::NoVersion]);
    assert_eq!(outcome(&on("2024-12-31", 51), "route"), "melding", "whatever the place would be");
    // a remark on it is possible, and neither made nor left out
    let remark = before.findings.iter().find(|f| f.id == "veld").unwrap();
    assert!(remark.possible);
    assert!(on("2025-01-01", 5).findings.iter().all(|f| f.id != "veld"));
}

/// A score has the same steps on every date, also while an option of quarter points is none.
#[test]
fn the_steps_of_a_score_do_not_change_with_its_options() {
    let text = r#"
leidraad: 1
id: voorbeeld/punten
title: Punten
sources: { s: { kind: example, title: Voorbeeld } }
questions:
  - section: Feiten
    items:
      - id: weg
        ask: Welke weg?
        type: choice
        options:
          geen: { label: Geen, points: 0 }
          druk: { label: Druk, points: 2 }
          pad:  { label: Een pad, points: 0.25, in_force: { from: 2026-01-01 } }
        sources: [s]
decisions:
  score: { points: [weg], sources: [s] }
  klasse:
    outcome: true
    table: |
      score   || klasse || bron
      <= 0.75 || A      || s
      > 0.75  || B      || s
"#;
    let rules = crate::support::rules(text);
    let on = |day: &str, weg: &str| {
        rules.on(date(day)).unwrap().evaluate(&Answers::new().with("weg", weg)).map(|a| outcome(&a, "klasse"))
    };
    assert_eq!(on("2026-01-01", "pad").unwrap(), "A");
    assert_eq!(on("2025-12-31", "druk").unwrap(), "B");
    assert!(on("2025-12-31", "pad").is_err());
    // open, the outcomes that the options of that day can give
    let open = |day: &str| {
        rules.on(date(day)).unwrap().evaluate(&Answers::new()).unwrap().decision("score").cloned()
    };
    let sums = |list: &[&str]| -> Vec<Value> { list.iter().map(|n| Value::number(n).unwrap()).collect() };
    for (day, expected) in [("2025-12-31", sums(&["0", "2"])), ("2026-01-01", sums(&["0", "0.25", "2"]))] {
        let Some(Outcome::Open { possible: Possible::Values(values), .. }) = open(day) else {
            panic!("{day}")
        };
        assert_eq!(values, expected, "{day}");
    }
}

/// A day known in part is looked at on the days that it may be, and on no other.
#[test]
fn the_reference_date_is_a_day_that_the_answer_allows() {
    let rules = rules();
    let day = |text: &str| Scalar::from(date(text));
    let mut answers = case("2014-06-01", "2016-06-01");
    for known in [
        Known::OneOf(vec![day("2016-06-01"), day("2022-06-01")]),
        Known::Between(Some(day("2016-06-01")), Some(day("2022-06-01"))),
    ] {
        answers.set("besluit_op", Answer::new(known));
        let on =
            |on: Option<&str>| rules.for_case(Some("GM0001"), &answers, on.map(date), date("2030-01-01"));
        for allowed in ["2016-06-01", "2022-06-01"] {
            assert!(on(Some(allowed)).is_ok(), "{allowed}");
        }
        for refused in [None, Some("2030-01-01"), Some("2016-05-31"), Some("2022-06-02")] {
            let findings = on(refused).unwrap_err();
            assert!(findings.to_string().contains("known in part"), "{refused:?}: {findings}");
        }
    }
}
