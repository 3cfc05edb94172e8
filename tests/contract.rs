//! The contract, word for word: the example that must load, its answers, and the assessment as JSON.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod bytes;
mod partly;

use leidraad::{Answers, Assessment, Program};
use serde_json::{Value as Json, json};

use crate::support::{date, rules};

/// The rule file of `contract.md`, unchanged.
const RULES: &str = include_str!("fixtures/parse/ok_contract.yaml");

fn program() -> Program {
    rules(RULES).on(date("2026-07-04")).unwrap()
}

fn assess(answers: &Json) -> Assessment {
    program().evaluate(&Answers::from_serialize(answers).unwrap()).unwrap()
}

/// The decision `maatregel` as JSON.
fn maatregel(answers: Json) -> Json {
    serde_json::to_value(assess(&answers).decision("maatregel").unwrap()).unwrap()
}

fn determined(maatregel: &str, maanden: u8) -> Json {
    json!({ "status": "determined", "value": { "maatregel": maatregel, "maanden": maanden } })
}

fn case(object: &str, gram: Json, eerder: u8) -> Json {
    maatregel(json!({ "object": object, "gram": gram, "eerder": eerder }))
}

#[test]
fn every_row_decides() {
    assert_eq!(case("woning", json!(6), 0), determined("waarschuwing", 0), "row 1");
    assert_eq!(case("woning", json!(6), 1), determined("sluiting", 3), "row 2");
    assert_eq!(case("lokaal", json!(30), 0), determined("sluiting", 6), "row 3");
    assert_eq!(case("lokaal", json!(51), 2), determined("sluiting", 12), "row 4");
    assert_eq!(case("woning", json!(1), 2), determined("geen", 0), "row 5");
    assert_eq!(case("lokaal", json!(51), 0), determined("geen", 0), "row 5, as `not(0)` fails");
}

#[test]
fn every_boundary() {
    assert_eq!(case("woning", json!(5), 0), determined("geen", 0), "`> 5` leaves 5 out");
    assert_eq!(case("woning", json!(5.1), 0), determined("waarschuwing", 0));
    assert_eq!(case("woning", json!(5.1), 1), determined("sluiting", 3), "`>= 1` takes 1");
    assert_eq!(case("woning", json!(1000), 20), determined("sluiting", 3), "the highest values");
    assert_eq!(case("woning", json!(0), 0), determined("geen", 0), "the lowest values");
    assert_eq!(case("lokaal", json!(4.9), 0), determined("geen", 0));
    assert_eq!(case("lokaal", json!(5), 0), determined("sluiting", 6), "`[5..50]` takes 5");
    assert_eq!(case("lokaal", json!(50), 1), determined("sluiting", 6), "`[5..50]` takes 50");
    assert_eq!(case("lokaal", json!(50.1), 0), determined("geen", 0));
    assert_eq!(case("lokaal", json!(50.1), 1), determined("sluiting", 12));
    assert_eq!(case("lokaal", json!(5.0), 1), case("lokaal", json!(5), 1), "5.0 is 5");
}

#[test]
fn the_example_has_two_idle_questions_and_no_errors() {
    let warnings = rules(RULES).warnings();
    let messages: Vec<_> = warnings.iter().map(|w| (w.code.as_str(), w.message.as_str())).collect();
    assert_eq!(
        messages,
        [
            ("idle-question", "nothing depends on `spoed`"),
            ("idle-question", "nothing depends on `gevonden_op`")
        ]
    );
}

#[test]
fn the_assessment_has_the_keys_of_the_contract_in_their_order() {
    let digest = program().digest().to_owned();
    assert!(digest.starts_with("sha256:") && digest.len() == 7 + 64, "{digest}");
    let known = assess(&json!({ "object": "woning", "gram": 12.5, "eerder": 1 }));
    let expected = format!(
        "{}{digest}{}{}{}{}",
        r#"{"rule_set":{"id":"voorbeeld/maatregel","digest":""#,
        r#""},"authority":null,"on":"2026-07-04","decisions":{"maatregel":{"status":"determined","value":{"maatregel":"sluiting","maanden":3}}},"#,
        r#""questions":{"object":{"status":"answered"},"gram":{"status":"answered"},"eerder":{"status":"answered"},"#,
        r#""spoed":{"status":"open"},"gevonden_op":{"status":"open"}},"#,
        r#""next":null,"progress":{"answered":3,"open":2,"may_become_relevant":0},"findings":[],"steps":[]}"#,
    );
    assert_eq!(known.to_json(), expected);
    let open = assess(&json!({ "object": "lokaal", "gram": 60 }));
    let expected = format!(
        "{}{digest}{}{}{}{}",
        r#"{"rule_set":{"id":"voorbeeld/maatregel","digest":""#,
        r#""},"authority":null,"on":"2026-07-04","decisions":{"maatregel":{"status":"open","possible":[{"maatregel":"sluiting","maanden":12},{"maatregel":"geen","maanden":0}],"needs":["eerder"],"approximate":false}},"#,
        r#""questions":{"object":{"status":"answered"},"gram":{"status":"answered"},"eerder":{"status":"open"},"#,
        r#""spoed":{"status":"open"},"gevonden_op":{"status":"open"}},"#,
        r#""next":"eerder","progress":{"answered":2,"open":3,"may_become_relevant":0},"findings":[],"steps":[]}"#,
    );
    assert_eq!(open.to_json(), expected);
}

#[test]
fn nothing_asked_leaves_every_outcome() {
    let assessment = assess(&json!({}));
    let outcome = serde_json::to_value(assessment.decision("maatregel").unwrap()).unwrap();
    assert_eq!(
        outcome,
        json!({
            "status": "open",
            "possible": [
                { "maatregel": "waarschuwing", "maanden": 0 },
                { "maatregel": "sluiting", "maanden": 3 },
                { "maatregel": "sluiting", "maanden": 6 },
                { "maatregel": "sluiting", "maanden": 12 },
                { "maatregel": "geen", "maanden": 0 },
            ],
            "needs": ["object", "gram", "eerder"],
            "approximate": false,
        })
    );
    assert!(["object", "gram"].contains(&assessment.next.as_deref().unwrap()));
    assert_eq!((assessment.progress.answered, assessment.progress.open), (0, 5));
}
