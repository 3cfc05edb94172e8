//! The example of the contract, word for word; every expected value was worked out by hand from its table.

use serde_json::{Value, json};

use crate::run::{fixture, folder, leidraad, typed};

const FILE: &str = "tests/fixtures/maatregel.yaml";

fn evaluate(answers: &Value) -> Value {
    let arguments = ["evaluate", FILE, "--on", "2026-07-04", "--answers", "-", "--format", "json"];
    typed(&arguments, &answers.to_string()).json()
}

#[test]
fn determined_values_from_the_table() {
    for (object, gram, eerder, maatregel, maanden) in [
        ("woning", "5", 0, "geen", 0),
        ("woning", "5.1", 0, "waarschuwing", 0),
        ("woning", "5.1", 1, "sluiting", 3),
        ("lokaal", "4.9", 3, "geen", 0),
        ("lokaal", "5", 0, "sluiting", 6),
        ("lokaal", "50", 0, "sluiting", 6),
        ("lokaal", "50.1", 0, "geen", 0),
        ("lokaal", "50.1", 2, "sluiting", 12),
    ] {
        let gram: Value = serde_json::from_str(gram).unwrap();
        let found = evaluate(&json!({ "object": object, "gram": gram, "eerder": eerder }));
        let expected =
            json!({ "status": "determined", "value": { "maatregel": maatregel, "maanden": maanden } });
        assert_eq!(found["decisions"]["maatregel"], expected, "{object} {gram} {eerder}");
    }
}

#[test]
fn open_answers_leave_exactly_what_is_possible() {
    let sluiting = |maanden: u8| json!({ "maatregel": "sluiting", "maanden": maanden });
    let geen = json!({ "maatregel": "geen", "maanden": 0 });
    let waarschuwing = json!({ "maatregel": "waarschuwing", "maanden": 0 });
    let found = evaluate(&json!({ "object": "woning", "gram": null, "eerder": 1 }));
    assert_eq!(
        found["decisions"]["maatregel"],
        json!({ "status": "open", "possible": [sluiting(3), geen], "needs": ["gram"], "approximate": false })
    );
    assert_eq!(found["questions"]["gram"], json!({ "status": "unknown" }));

    let partly = evaluate(&json!({ "object": "lokaal", "gram": { "between": [6, 40] } }));
    assert_eq!(partly["decisions"]["maatregel"], json!({ "status": "determined", "value": sluiting(6) }));

    let nothing = evaluate(&json!({}));
    assert_eq!(
        nothing["decisions"]["maatregel"],
        json!({
            "status": "open",
            "possible": [waarschuwing, sluiting(3), sluiting(6), sluiting(12), geen],
            "needs": ["object", "gram", "eerder"],
            "approximate": false,
        })
    );
    assert_eq!(nothing["progress"], json!({ "answered": 0, "open": 5, "may_become_relevant": 0 }));
    let keys =
        ["rule_set", "authority", "on", "decisions", "questions", "next", "progress", "findings", "steps"];
    let keys: Vec<&Value> = keys.iter().map(|key| &nothing[*key]).collect();
    assert_eq!(
        (keys[1], keys[2], keys[7], keys[8]),
        (&json!(null), &json!("2026-07-04"), &json!([]), &json!([]))
    );
    assert!(nothing["rule_set"]["digest"].as_str().unwrap().starts_with("sha256:"));
}

#[test]
fn the_date_is_given_or_answered_or_today() {
    let rules =
        fixture("maatregel.yaml").replace("sources:\n  s:", "reference_date: gevonden_op\nsources:\n  s:");
    let folder = folder(&[("m.yaml", &rules), ("a.yaml", "gevonden_op: 2021-03-04\n")]);
    let file = folder.path().join("m.yaml").display().to_string();
    let answers = folder.path().join("a.yaml").display().to_string();
    let on = |arguments: &[&str]| leidraad(arguments).json()["on"].as_str().unwrap().to_owned();
    let json = ["--format", "json"];
    let answered = ["evaluate", &file, "--answers", &answers];
    assert_eq!(on(&[&answered[..], &json].concat()), "2021-03-04");
    assert_eq!(on(&[&answered[..], &["--on", "2022-01-01"], &json].concat()), "2022-01-01");
    assert_eq!(on(&[&["evaluate", &file][..], &json].concat()).len(), 10, "today");
}

#[test]
fn equal_input_gives_equal_bytes_in_yaml_and_json() {
    let yaml =
        typed(&["evaluate", FILE, "--answers", "-", "--on", "2026-07-04", "--format", "json"], "gram: 6\n")
            .ok();
    let json = typed(
        &["evaluate", FILE, "--answers", "-", "--on", "2026-07-04", "--format", "json"],
        r#"{"gram": 6}"#,
    )
    .ok();
    assert_eq!(yaml, json);
}

#[test]
fn explain_questions_and_schema() {
    let answers = r#"{"object": "lokaal", "gram": 60, "eerder": 2}"#;
    let text = typed(&["explain", FILE, "maatregel", "--answers", "-"], answers).ok();
    assert!(text.contains("Voorbeeldbeleid") && text.contains("sluiting"), "{text}");
    let data = typed(&["explain", FILE, "--answers", "-", "--format", "json"], answers).json();
    assert_eq!(data["decisions"][0]["decision"], "maatregel");

    let questions = leidraad(&["questions", FILE, "--format", "json"]).json();
    let gram = &questions["sections"][0]["items"][1];
    assert_eq!(
        [&gram["id"], &gram["type"], &gram["unit"], &gram["min"], &gram["max"], &gram["step"]],
        [&json!("gram"), &json!("decimal"), &json!("g"), &json!(0), &json!(1000), &json!(0.1)]
    );
    for of in [&["rules"][..], &["assessment"], &["answers", FILE]] {
        let schema = leidraad(&[&["schema"], of].concat()).json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{of:?}");
    }
}

#[test]
fn an_overlay_comes_with_its_shared_layer_and_the_other_way_round() {
    let shared = r#"
leidraad: 1
id: x/y
title: Gedeeld
sources: { s: { kind: example, title: Bron } }
parameters: { grens: { title: Grens, test_on: aantal } }
questions:
  - section: Feiten
    items: [ { id: aantal, ask: Hoeveel?, type: integer, min: 0, max: 900, sources: [s] } ]
decisions:
  past:
    outcome: true
    sources: [s]
    table: |
      aantal     || past
      grens      || ja
      not(grens) || nee
"#;
    let overlay = "leidraad: 1\noverlay: x/y\nauthority: GM0001\ntitle: Gemeente\n\
                   sources: { g: { kind: example, title: Gemeentebron } }\n\
                   parameters: { grens: { value: \"<= 200\", sources: [g] } }\n";
    for place in ["y/gm0001.yaml", "gm0001.yaml"] {
        let folder = folder(&[
            ("y.yaml", shared),
            (place, overlay),
            ("other.yaml", "a: [1\n"),
            ("a.json", r#"{"aantal": 200}"#),
        ]);
        let path = |name: &str| folder.path().join(name).display().to_string();
        let run = |file: &str, more: &[&str]| {
            let answers = path("a.json");
            let file = path(file);
            let arguments =
                [&["evaluate", &file, "--answers", &answers, "--format", "json"][..], more].concat();
            leidraad(&arguments).json()
        };
        let determined = json!({ "status": "determined", "value": true });
        assert_eq!(run("y.yaml", &["--authority", "gm0001"])["decisions"]["past"], determined, "{place}");
        let alone = run(place, &[]);
        assert_eq!(
            (&alone["authority"], &alone["decisions"]["past"]),
            (&json!("GM0001"), &determined),
            "{place}"
        );
        assert_eq!(
            run("y.yaml", &[])["decisions"]["past"],
            json!({ "status": "unregulated", "missing": ["grens"] }),
            "{place}"
        );
    }
}
