//! Partly known, unknown, noted and refused answers.

use leidraad::{Answers, Diagnostics};
use serde_json::{Value as Json, json};

use super::{assess, determined, maatregel, program};

fn open(possible: &[(&str, u8)], needs: &[&str]) -> Json {
    let possible: Vec<Json> = possible
        .iter()
        .map(|(maatregel, maanden)| json!({ "maatregel": maatregel, "maanden": maanden }))
        .collect();
    json!({ "status": "open", "possible": possible, "needs": needs, "approximate": false })
}

#[test]
fn null_is_asked_and_unknown() {
    let answers = json!({ "object": "woning", "gram": 6, "eerder": null });
    assert_eq!(maatregel(answers.clone()), open(&[("waarschuwing", 0), ("sluiting", 3)], &["eerder"]));
    let assessment = assess(&answers);
    let status = serde_json::to_value(assessment.question("eerder").unwrap()).unwrap();
    assert_eq!(status, json!({ "status": "unknown" }));
    assert_eq!((assessment.progress.answered, assessment.progress.open), (3, 2), "nobody knows is an answer");
    assert_ne!(assessment.next.as_deref(), Some("eerder"), "nobody knows, so it is not asked again");
}

#[test]
fn what_makes_no_difference_is_determined() {
    assert_eq!(maatregel(json!({ "object": "lokaal", "gram": 30 })), determined("sluiting", 6));
    assert_eq!(maatregel(json!({ "gram": 4.9 })), determined("geen", 0));
    assert_eq!(maatregel(json!({ "gram": 4.9, "object": null, "eerder": null })), determined("geen", 0));
}

#[test]
fn one_of_narrows() {
    let one_of = |list: Json| json!({ "object": "woning", "gram": 6, "eerder": { "one_of": list } });
    assert_eq!(maatregel(one_of(json!([1, 2, 20]))), determined("sluiting", 3));
    assert_eq!(maatregel(one_of(json!([0]))), determined("waarschuwing", 0));
    assert_eq!(maatregel(one_of(json!([0, 1]))), open(&[("waarschuwing", 0), ("sluiting", 3)], &["eerder"]));
    let objects = json!({ "object": { "one_of": ["woning", "lokaal"] }, "gram": 6, "eerder": 0 });
    assert_eq!(maatregel(objects), open(&[("waarschuwing", 0), ("sluiting", 6)], &["object"]));
}

#[test]
fn between_includes_both_ends_and_either_may_be_null() {
    let between = |object: &str, a: Json, b: Json| {
        maatregel(json!({ "object": object, "gram": { "between": [a, b] }, "eerder": 0 }))
    };
    assert_eq!(between("lokaal", json!(5), json!(50)), determined("sluiting", 6));
    assert_eq!(between("lokaal", json!(4.9), json!(50)), open(&[("sluiting", 6), ("geen", 0)], &["gram"]));
    assert_eq!(between("lokaal", json!(5), json!(50.1)), open(&[("sluiting", 6), ("geen", 0)], &["gram"]));
    assert_eq!(between("woning", Json::Null, json!(5)), determined("geen", 0));
    assert_eq!(
        between("woning", Json::Null, json!(5.1)),
        open(&[("waarschuwing", 0), ("geen", 0)], &["gram"])
    );
    assert_eq!(between("woning", json!(5.1), Json::Null), determined("waarschuwing", 0));
    assert_eq!(between("woning", json!(5), json!(5)), determined("geen", 0));
    let nothing = between("woning", Json::Null, Json::Null);
    assert_eq!(nothing, open(&[("waarschuwing", 0), ("geen", 0)], &["gram"]));
    let dates = json!({ "gevonden_op": { "between": ["2026-01-01", null] } });
    assert_eq!(maatregel(dates), maatregel(json!({})));
}

#[test]
fn the_long_form_says_the_same() {
    let short = assess(&json!({ "object": "woning", "gram": 6, "eerder": null }));
    let long = assess(&json!({
        "object": { "value": "woning", "remark": "volgens het register", "evidence": ["BAG"], "by": "toezicht", "at": "2026-07-04" },
        "gram": { "value": 6 },
        "eerder": { "value": null, "remark": "dossier niet gevonden" },
    }));
    assert_eq!(short.to_json(), long.to_json());
    let noted = json!({ "object": "woning", "eerder": 1, "gram": { "between": [6, 7], "remark": "gewogen met verpakking" } });
    assert_eq!(maatregel(noted), determined("sluiting", 3));
}

#[test]
fn answers_survive_their_json() {
    let text = r#"{"object":{"value":"woning","remark":"r","by":"b","at":"2026-07-04","evidence":["e"]},"gram":{"between":[null,6.5]},"eerder":{"one_of":[0,1]},"spoed":true,"gevonden_op":null}"#;
    let answers = Answers::from_json("a.json", text).unwrap();
    assert_eq!(answers.to_json(), text);
    let reason = r#"{"x":{"not_applicable":"er is geen podium"}}"#;
    assert_eq!(Answers::from_json("a.json", reason).unwrap().to_json(), reason);
}

#[test]
fn yaml_and_json_answers_are_the_same() {
    let yaml = "object: woning\ngram: 6.0\neerder: 1\nspoed: ja\ngevonden_op: 2026-07-04\n";
    let json =
        r#"{ "object": "woning", "gram": 6, "eerder": 1, "spoed": true, "gevonden_op": "2026-07-04" }"#;
    let program = program();
    let [yaml, json] = [yaml, json].map(|text| Answers::from_text("answers", text).unwrap());
    assert_eq!(program.evaluate(&yaml).unwrap().to_json(), program.evaluate(&json).unwrap().to_json());
}

fn refused(answers: &Json) -> Diagnostics {
    let answers = Answers::from_serialize(answers).unwrap();
    program().evaluate(&answers).unwrap_err()
}

#[test]
fn wrong_answers_name_the_question() {
    for (answers, code, name) in [
        (json!({ "obejct": "woning" }), "unknown-question", "`obejct`"),
        (json!({ "object": "huis" }), "wrong-answer", "`object`"),
        (json!({ "object": 1 }), "wrong-answer", "`object`"),
        (json!({ "object": true }), "wrong-answer", "`object`"),
        (json!({ "object": ["woning"] }), "wrong-answer", "`object`"),
        (json!({ "gram": "6" }), "wrong-answer", "`gram`"),
        (json!({ "gram": 6.05 }), "wrong-answer", "`gram`"),
        (json!({ "gram": true }), "wrong-answer", "`gram`"),
        (json!({ "gram": -0.1 }), "outside-domain", "`gram`"),
        (json!({ "gram": 1000.1 }), "outside-domain", "`gram`"),
        (json!({ "gram": { "between": [0, 1001] } }), "outside-domain", "`gram`"),
        (json!({ "gram": { "between": [6, 5] } }), "wrong-answer", "`gram`"),
        (json!({ "eerder": 1.5 }), "wrong-answer", "`eerder`"),
        (json!({ "eerder": 21 }), "outside-domain", "`eerder`"),
        (json!({ "eerder": { "one_of": [1, 21] } }), "outside-domain", "`eerder`"),
        (json!({ "spoed": "ja of nee" }), "wrong-answer", "`spoed`"),
        (json!({ "spoed": 1 }), "wrong-answer", "`spoed`"),
        (json!({ "spoed": { "not_applicable": "er is niemand" } }), "wrong-answer", "`spoed`"),
        (json!({ "gevonden_op": "2026-02-29" }), "wrong-answer", "`gevonden_op`"),
        (json!({ "gevonden_op": "04-07-2026" }), "wrong-answer", "`gevonden_op`"),
        (json!({ "gevonden_op": 20260704 }), "wrong-answer", "`gevonden_op`"),
    ] {
        let findings = refused(&answers);
        let list: Vec<_> = findings.iter().collect();
        assert!(list.len() == 1 && list[0].code.as_str() == code, "{answers}: {findings}");
        assert!(list[0].message.contains(name), "{answers}: {findings}");
    }
}

#[test]
fn whole_numbers_may_have_a_point_and_an_exponent() {
    for text in ["6", "6.0", "60e-1", "0.6e1", "6E0"] {
        let answers = Answers::from_json(
            "a.json",
            &format!(r#"{{ "object": "woning", "gram": {text}, "eerder": 1.0 }}"#),
        );
        let assessment = program().evaluate(&answers.unwrap()).unwrap();
        let outcome = serde_json::to_value(assessment.decision("maatregel").unwrap()).unwrap();
        assert_eq!(outcome, determined("sluiting", 3), "{text}");
    }
    let zero = Answers::from_json("a.json", r#"{ "gram": -0, "eerder": -0.0 }"#).unwrap();
    assert!(program().evaluate(&zero).is_ok(), "negative zero is zero");
}
