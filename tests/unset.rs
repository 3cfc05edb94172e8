//! A parameter that no layer sets and that is compared with two questions has one value all the same.

use leidraad::{Answers, Date, Outcome, Possible, Program, RuleSet, Value};

fn program() -> Program {
    let text = r#"{
      "leidraad": 1, "id": "voorbeeld/grens", "title": "Grens",
      "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
      "parameters": { "grens": { "title": "Grens", "type": "integer" } },
      "questions": [{ "section": "Feiten", "items": [
        { "id": "binnen", "ask": "Hoeveel binnen?", "type": "integer", "min": 0, "max": 100, "sources": ["s"] },
        { "id": "buiten", "ask": "Hoeveel buiten?", "type": "integer", "min": 0, "max": 100, "sources": ["s"] } ] }],
      "decisions": { "soort": { "outcome": true, "hit": "first", "sources": ["s"], "table": [
        "binnen   | buiten  || soort",
        ">= grens | < grens || alleen_binnen",
        "-        | -       || anders" ] } } }"#;
    RuleSet::from_text("grens.json", text).unwrap().on(Date::new(2026, 7, 4).unwrap()).unwrap()
}

fn outcome(answers: &str) -> Outcome {
    let assessment = program().evaluate(&Answers::from_json("a", answers).unwrap()).unwrap();
    assessment.decision("soort").unwrap().clone()
}

#[test]
fn one_value_lies_on_one_side() {
    // fewer inside than outside: no limit is reached inside and not outside
    let otherwise = Outcome::Determined(Value::from("anders"));
    assert_eq!(outcome(r#"{ "binnen": 7, "buiten": 8 }"#), otherwise);
    assert_eq!(outcome(r#"{ "binnen": 8, "buiten": 8 }"#), otherwise);
    assert_eq!(
        outcome(r#"{ "binnen": { "between": [3, 8] }, "buiten": { "between": [8, 20] } }"#),
        otherwise
    );
    // more inside: it depends on the limit
    let missing = Outcome::Unregulated { missing: vec!["grens".to_owned().into()] };
    assert_eq!(outcome(r#"{ "binnen": 9, "buiten": 8 }"#), missing);
}

#[test]
fn what_the_cells_do_not_tell_is_marked() {
    // whether fewer or more are inside is open, and decides whether the limit matters
    let Outcome::Open { possible: Possible::Values(values), needs, approximate } =
        outcome(r#"{ "binnen": { "between": [3, 12] }, "buiten": 8 }"#)
    else {
        panic!("open");
    };
    assert_eq!(values, [Value::from("anders"), Value::Unregulated(vec!["grens".to_owned().into()])]);
    assert_eq!(needs, ["binnen"]);
    assert!(approximate);
}
