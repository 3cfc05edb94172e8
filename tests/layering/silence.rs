//! The kinds of silence, kept apart in the assessment and in words.

use leidraad::{Answer, Answers, Known, Outcome, Scalar, Why};
use serde_json::{Value as Json, json};

use super::{assess, case, findings, outcome, program, rules, why};

/// The silence of one municipality in one case.
fn of(authority: &str, found: &str, decided: &str, middel: &str, eerder: i64) -> (Vec<Why>, String) {
    let answers =
        case(found, decided).with("middel", middel).with("eerder", eerder).with("voorbereiding", true);
    let assessment = assess(Some(authority), &answers);
    assert_eq!(outcome(&assessment, "maatregel"), "ontbreekt: maatregel");
    why(&assessment, "maatregel")
}

#[test]
fn each_kind_of_silence_has_a_name_of_its_own() {
    let facts = "2025-08-01";
    let row = "deze regel is niet geladen";
    assert_eq!(of("GM0004", facts, "2026-01-01", "soft", 2), (vec![Why::NotLoaded], row.to_owned()));
    let text = "de regels zeggen hier niets over";
    assert_eq!(of("GM0004", facts, "2026-01-01", "soft", 1), (vec![Why::Silent], text.to_owned()));
    let text = "voor dit geval is er geen beleid";
    assert_eq!(of("GM0004", facts, "2026-01-01", "hard", 1), (vec![Why::NoPolicy], text.to_owned()));
    let text = "voor dit geval is het beleid achterhaald door een latere wet";
    assert_eq!(of("GM0004", facts, "2026-01-01", "nieuw", 0), (vec![Why::Overtaken], text.to_owned()));
    let text = "er is geen beleid; nagevraagd bij de gemeente (bron: Brief van Cee)";
    assert_eq!(of("GM0003", facts, "2026-01-01", "soft", 0), (vec![Why::NoPolicy], text.to_owned()));
    assert_eq!(of("GM0001", facts, "2021-06-01", "soft", 0).0, [Why::Undecidable]);
    let text = "op 31 december 2014 zijn er geen regels, wel vanaf 1 januari 2015";
    assert_eq!(of("GM0002", facts, "2014-12-31", "soft", 0), (vec![Why::NoVersion], text.to_owned()));
}

#[test]
fn without_a_layer_that_says_why_it_is_not_loaded() {
    let assessment = assess(None, &case("2020-01-01", "2020-06-01"));
    let text = "niet geladen; geen van de gebruikte regels zegt dit";
    assert_eq!(why(&assessment, "maatregel"), (vec![Why::NotLoaded], text.to_owned()));
}

/// With the answers that choose the row still open both kinds are there; an answer that leaves one, leaves one.
#[test]
fn open_answers_leave_the_kinds_that_are_still_possible() {
    let base = || case("2020-01-01", "2020-06-01");
    let end = |text: &str| Some(Scalar { text: text.to_owned(), quoted: false });
    let mut either = base();
    either.set("eerder", Answer::new(Known::Between(end("1"), end("2"))));
    let assessment = assess(Some("GM0004"), &either);
    assert_eq!(outcome(&assessment, "maatregel"), "ontbreekt: maatregel");
    let text = "deze regel is niet geladen; of de regels zeggen hier niets over";
    assert_eq!(why(&assessment, "maatregel"), (vec![Why::NotLoaded, Why::Silent], text.to_owned()));
    // open, with a first time still possible: the silence is one of the possible outcomes
    let mut open = base();
    open.remove("eerder");
    let assessment = assess(Some("GM0004"), &open);
    assert!(matches!(assessment.decision("maatregel"), Some(Outcome::Open { .. })));
    assert_eq!(why(&assessment, "maatregel").0, [Why::NotLoaded, Why::Silent]);
    let hard = open.with("middel", "hard");
    assert_eq!(why(&assess(Some("GM0004"), &hard), "maatregel").0, [Why::NotLoaded, Why::NoPolicy]);
}

/// A row that is silent on this date is not "no rules on this date", although the table has rows for other dates.
#[test]
fn a_silent_row_beside_rows_of_other_dates_is_silent() {
    let answers = case("2020-01-01", "2020-06-01").with("eerder", 1);
    let explanation =
        program(&rules(), Some("GM0004"), &answers).explain(&answers, Some("maatregel")).unwrap();
    let missing = &explanation.decisions[0].missing;
    assert_eq!(missing.len(), 1);
    assert_eq!(
        (missing[0].title.as_str(), missing[0].why.as_slice()),
        ("Maatregel volgens het beleid", &[Why::Silent][..])
    );
    let text = explanation.to_string();
    assert!(
        text.contains("- Maatregel volgens het beleid (maatregel): de regels zeggen hier niets over"),
        "{text}"
    );
    assert!(!text.contains("geen regels"), "{text}");
}

/// The contract stays: `missing` is a list of names, and why stands beside it.
#[test]
fn the_assessment_says_why_beside_what_the_contract_promises() {
    let assessment = assess(Some("GM0003"), &case("2020-01-01", "2020-06-01"));
    let json: Json = serde_json::from_str(&assessment.to_json()).unwrap();
    assert_eq!(json["decisions"]["maatregel"], json!({ "status": "unregulated", "missing": ["maatregel"] }));
    let text = "er is geen beleid; nagevraagd bij de gemeente (bron: Brief van Cee)";
    let register =
        "op 1 januari 2020 zijn er geen regels, wel van 1 januari 2022 tot en met 31 december 2023";
    assert_eq!(
        json["silence"],
        json!({
            "maatregel": { "why": ["no_policy"], "text": text },
            "register": { "why": ["no_version"], "text": register },
        })
    );
    let whole = assess(Some("GM0001"), &case("2022-06-01", "2022-06-01"));
    assert!(!whole.to_json().contains("silence"), "nothing is missing");
    #[cfg(feature = "schema")]
    assert!(jsonschema::draft202012::new(&leidraad::schema::assessment()).unwrap().is_valid(&json));
}

/// A parameter may say why it has no value; a layer as a whole speaks for what says nothing itself.
#[test]
fn a_parameter_says_why_it_has_no_value() {
    let with = |authority| {
        let step = "steps:\n  reageren: { title: Reageren, actor: bewoner, term: { from: besluit_op, length: bedenktijd }, sources: [wet] }\n";
        let text = super::FILES[6].1.to_owned() + step;
        let mut files = super::FILES.to_vec();
        files[6].1 = &text;
        let rules = super::load(&files);
        let answers = case("2020-01-01", "2020-06-01");
        let assessment = program(&rules, Some(authority), &answers).evaluate(&answers).unwrap();
        let missing = assessment.steps[0].term.as_ref().unwrap().missing.clone();
        (missing, why(&assessment, "bedenktijd"))
    };
    let missing = vec!["bedenktijd".to_owned()];
    let silent = (vec![Why::Silent], "de regels zeggen hier niets over".to_owned());
    assert_eq!(with("GM0004"), (missing.clone(), silent));
    assert_eq!(with("GM0003").1.0, [Why::NoPolicy], "the layer as a whole");
    assert_eq!(with("GM0002"), (vec![], (vec![], String::new())), "the region sets it");
}

/// Without a version of the shared layer nothing is regulated, and everything says since when it is.
#[test]
fn before_the_shared_layer_everything_says_since_when_there_is_something() {
    let assessment = assess(Some("GM0001"), &case("1999-12-31", "2016-06-01"));
    let text = "op 31 december 1999 zijn er geen regels, wel vanaf 1 januari 2000";
    for decision in ["bevoegd", "maatregel", "register"] {
        // whether there is a measure hangs on competence, too
        let names = if decision == "maatregel" { "bevoegd, maatregel" } else { decision };
        assert_eq!(outcome(&assessment, decision), format!("ontbreekt: {names}"));
        assert_eq!(why(&assessment, decision), (vec![Why::NoVersion], text.to_owned()), "{decision}");
    }
    let text = "«Voorbeeldwet» geldt niet op 31 december 1999. De regels gelden wel vanaf 1 januari 2000.";
    assert_eq!(findings(&assessment, "voorbeeld/lagen"), [text]);
}

/// Who may not see an answer does not learn from the kind of silence what it is.
#[test]
fn a_withheld_answer_is_not_told_by_the_kind_of_silence() {
    let text = super::FILES[6]
        .1
        .replace("questions:", "classes: { zaak: { title: Zaak, sources: [wet] } }\nquestions:")
        .replace("id: eerder, ask", "id: eerder, confidentiality: zaak, ask");
    let mut files = super::FILES.to_vec();
    files[6].1 = &text;
    let rules = super::load(&files);
    let seen = |eerder: i64| {
        let answers: Answers = case("2020-01-01", "2020-06-01").with("eerder", eerder);
        let program = program(&rules, Some("GM0004"), &answers);
        program.evaluate_for(&answers, &["public"]).unwrap().to_json()
    };
    assert_eq!(seen(1), seen(2));
}
