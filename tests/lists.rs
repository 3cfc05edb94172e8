//! Lists of records: counted in a window, decided one by one, explained, and by several authorities.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod behind;
mod counts;
mod parts;

use leidraad::{Answers, Library, Outcome, Possible, Program, Value};

use crate::support::{answers, date, rules, snapshot};

const RECIDIVE: &str = include_str!("fixtures/lists/recidive.yaml");
const ONDERDELEN: &str = include_str!("fixtures/lists/onderdelen.yaml");

fn program(text: &str) -> Program {
    rules(text).on(date("2026-07-04")).unwrap()
}

/// The outcome of a decision, in few words: `3`, `1 of 2: overtredingen`, `missing venster`.
fn short(outcome: Option<&Outcome>) -> String {
    match outcome {
        Some(Outcome::Determined(value)) => value.to_string(),
        Some(Outcome::Open { possible, needs, approximate }) => {
            let possible = match possible {
                Possible::Values(values) => {
                    values.iter().map(Value::to_string).collect::<Vec<_>>().join(" of ")
                }
                Possible::Range(min, max) => format!("{min} t/m {max}"),
                other => format!("{other:?}"),
            };
            format!("{possible}: {}{}", needs.join(" "), if *approximate { " (ongeveer)" } else { "" })
        }
        Some(Outcome::Unregulated { missing }) => format!("missing {}", missing.join(" ")),
        Some(Outcome::NotApplicable) => "n.v.t.".to_owned(),
        Some(Outcome::Withheld) => "withheld".to_owned(),
        other => format!("{other:?}"),
    }
}

fn decided(program: &Program, given: &str, decision: &str) -> String {
    short(program.evaluate(&answers(given)).unwrap().decision(decision))
}

#[test]
fn lists_are_written_as_they_are_read() {
    for text in [
        r#"{"overtredingen":[]}"#,
        r#"{"overtredingen":null}"#,
        r#"{"overtredingen":[{"soort":"harddrugs","dag":"2024-01-01","waar":null},{}]}"#,
        r#"{"overtredingen":[{"dag":{"between":["2024-01-01",null]},"soort":{"one_of":["harddrugs","softdrugs"]}}]}"#,
        r#"{"overtredingen":{"at_least":[{"soort":"harddrugs"}]}}"#,
        r#"{"overtredingen":{"at_least":[],"remark":"archief niet compleet"}}"#,
        r#"{"overtredingen":{"value":[{"soort":{"value":"harddrugs","by":"politie"}}],"remark":"uit het register"}}"#,
    ] {
        let read = answers(text);
        assert_eq!(read.to_json(), text);
        assert_eq!(Answers::from_json("again", &read.to_json()).unwrap().to_json(), text);
        program(RECIDIVE).evaluate(&read).unwrap_or_else(|findings| panic!("{findings}"));
    }
}

#[test]
fn yaml_and_json_say_the_same() {
    let yaml = "overtredingen:\n  - { soort: harddrugs, dag: 2024-05-01 }\n  - soort: null\nadres: Dorp 1\n";
    let json =
        r#"{"overtredingen":[{"soort":"harddrugs","dag":"2024-05-01"},{"soort":null}],"adres":"Dorp 1"}"#;
    let program = program(RECIDIVE);
    let both = [answers(yaml), answers(json)].map(|a| program.evaluate(&a).unwrap());
    assert_eq!(both[0], both[1]);
}

/// Every problem names its record and field, and all are told at once.
#[test]
fn mistakes_name_record_and_field() {
    let text = r#"{
  "overtredingen": [
    { "soort": "harddrugs", "dag": "1-5-2024" },
    { "soort": "xtc", "dagg": "2024-05-01", "waar": 5 },
    { "soort": ["harddrugs"], "dag": { "between": ["2024-05-02", "2024-05-01"] } },
    { "soort": { "not_applicable": "geen" }, "waar": { "between": ["a", "b"] } }
  ],
  "overtredingen.soort": "harddrugs",
  "eerdere": 3
}"#;
    let program = program(RECIDIVE);
    let findings = program.evaluate(&answers(text)).unwrap_err();
    snapshot("lists", "mistakes", text, &findings.to_string());
    for (text, shape) in [
        (r#"{ "overtredingen": 3 }"#, "a_number"),
        (r#"{ "overtredingen": ["harddrugs"] }"#, "values"),
        (r#"{ "overtredingen": { "one_of": ["a"] } }"#, "one_of"),
        (r#"{ "overtredingen": { "not_applicable": "geen" } }"#, "not_applicable"),
        (r#"{ "adres": [{ "soort": "harddrugs" }] }"#, "records_elsewhere"),
        (r#"{ "adres": { "at_least": [] } }"#, "at_least_elsewhere"),
    ] {
        let findings = program.evaluate(&answers(text)).unwrap_err();
        snapshot("lists", &format!("mistake_{shape}"), text, &findings.to_string());
    }
    for (text, shape) in [
        (r#"{ "overtredingen": [{ "soort": "harddrugs" }, 5, null] }"#, "no_record"),
        (r#"{ "overtredingen": [{ "soort": { "valeu": "harddrugs" } }] }"#, "unknown_key"),
        (r#"{ "overtredingen": { "at_least": 5 } }"#, "at_least_number"),
    ] {
        let findings = Answers::from_json("answers.json", text).unwrap_err();
        snapshot("lists", &format!("unread_{shape}"), text, &findings.to_string());
    }
}

#[test]
fn ten_thousand_records_are_read_and_one_more_is_refused() {
    let record = r#"{"soort":"harddrugs","dag":"2025-01-01","waar":"Dorp 1"}"#;
    let list = |n: usize| vec![record; n].join(",");
    let text =
        |n| format!(r#"{{"vastgesteld_op":"2026-07-04","adres":"Dorp 1","overtredingen":[{}]}}"#, list(n));
    let program = program(RECIDIVE);
    let start = std::time::Instant::now();
    assert_eq!(decided(&program, &text(10_000), "eerdere"), "10000");
    assert_eq!(decided(&program, &text(10_000), "maatregel"), "zes_maanden");
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    // also where next to nothing is known, and no two records are alike
    let start = std::time::Instant::now();
    for record in [|_| "{}".to_owned(), |i| format!(r#"{{"soort":"harddrugs","waar":"Dorp {i}"}}"#)] {
        let list: Vec<String> = (0..10_000).map(record).collect();
        let text = format!(r#"{{"vastgesteld_op":null,"overtredingen":[{}]}}"#, list.join(","));
        let found = decided(&program, &text, "eerdere");
        assert!(found.starts_with("0 t/m 10000: "), "{found}");
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    let findings = program.evaluate(&answers(&text(10_001))).unwrap_err();
    assert_eq!(findings.iter().count(), 1);
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code.as_str(), "too-large");
    assert!(
        finding.message.contains("`overtredingen` has 10001 records; at most 10000"),
        "{}",
        finding.message
    );
}

#[test]
fn how_far_a_list_is_shows() {
    let program = program(RECIDIVE);
    let state = |list: &str| {
        let given = format!("{{ \"overtredingen\": {list} }}");
        let assessment = program.evaluate(&answers(&given)).unwrap();
        let status = serde_json::to_value(assessment.question("overtredingen").unwrap()).unwrap();
        (status["status"].as_str().unwrap().to_owned(), assessment.progress.open)
    };
    let whole = r#"{"soort":"harddrugs","dag":"2024-01-01","waar":"Dorp 1"}"#;
    assert_eq!(state("[]"), ("answered".to_owned(), 3));
    assert_eq!(state("null"), ("unknown".to_owned(), 3));
    // who did it need not be answered
    assert_eq!(state(&format!("[{whole}]")), ("answered".to_owned(), 3));
    assert_eq!(state(&format!("{{\"at_least\":[{whole}]}}")), ("unknown".to_owned(), 3));
    assert_eq!(state(r#"[{"soort":"harddrugs","dag":null,"waar":"Dorp 1"}]"#), ("unknown".to_owned(), 3));
    // a field that was not asked keeps the list open
    assert_eq!(state(&format!("[{whole},{{\"soort\":\"harddrugs\"}}]")), ("open".to_owned(), 4));
    assert!(program.evaluate(&Answers::new()).unwrap().questions.iter().all(|(id, _)| !id.contains('.')));
}

#[test]
fn forms_learn_the_fields() {
    let questionnaire = serde_json::to_value(program(RECIDIVE).questionnaire()).unwrap();
    let items = questionnaire["sections"][0]["items"].as_array().unwrap();
    assert_eq!(items.len(), 4);
    let list = &items[3];
    assert_eq!((list["type"].as_str(), list["each"].as_str()), (Some("list"), Some("overtreding")));
    let fields: Vec<&str> =
        list["fields"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(fields, ["soort", "dag", "waar", "wie"]);
    assert_eq!(list["max"], 10_000);
    assert!(items[0].get("fields").is_none() && items[0].get("each").is_none());
    let parts = serde_json::to_value(program(ONDERDELEN).questionnaire()).unwrap();
    assert_eq!(parts["decisions"][2]["part_of"], "onderdelen");
    assert!(parts["decisions"][0].get("part_of").is_none());
}

#[cfg(feature = "schema")]
#[test]
fn schemas_know_lists_and_parts() {
    let program = program(ONDERDELEN);
    let answers_schema = jsonschema::draft202012::new(&leidraad::schema::answers(&program)).unwrap();
    let assessments = jsonschema::draft202012::new(&leidraad::schema::assessment()).unwrap();
    let agree = |json: serde_json::Value, right: bool| {
        let read = Answers::from_serialize(&json).and_then(|a| program.evaluate(&a));
        assert_eq!(read.is_ok(), right, "the library on {json}");
        assert_eq!(answers_schema.is_valid(&json), right, "the schema on {json}");
        if let Ok(assessment) = read {
            let json: serde_json::Value = serde_json::from_str(&assessment.to_json()).unwrap();
            assert!(assessments.is_valid(&json), "{json}");
        }
    };
    use serde_json::json;
    let part = json!({ "naam": "Huis", "soort": "woning", "planten": 10 });
    agree(json!({ "onderdelen": [] }), true);
    agree(json!({ "onderdelen": null }), true);
    agree(json!({ "onderdelen": [part, {}] }), true);
    agree(json!({ "onderdelen": { "value": [part], "remark": "ter plaatse" } }), true);
    agree(json!({ "onderdelen": { "value": null } }), true);
    agree(json!({ "onderdelen": { "at_least": [part] } }), true);
    agree(
        json!({ "onderdelen": [{ "naam": { "one_of": ["Huis", "Schuur"] }, "planten": { "between": [1, null] } }] }),
        true,
    );
    agree(json!({ "onderdelen": "geen" }), false);
    agree(json!({ "onderdelen": ["woning"] }), false);
    agree(json!({ "onderdelen": [{ "kleur": "rood" }] }), false);
    agree(json!({ "onderdelen": [{ "planten": -1 }] }), false);
    agree(json!({ "onderdelen": { "at_least": 3 } }), false);
    agree(json!({ "onderdelen": { "at_least": [part], "value": [part] } }), false);
    agree(json!({ "onderdelen": { "not_applicable": "geen" } }), false);
    agree(json!({ "onderdelen": vec![part.clone(); 21] }), false);
    agree(json!({ "onderdelen.soort": "woning" }), false);
    agree(json!({ "woningen": 1 }), false);
}

/// Cases may hold lists, and what a case starts from is replaced as a whole.
#[test]
fn cases_hold_lists() {
    let cases = leidraad::Cases::from_text(
        "cases.yaml",
        r#"
rule_set: voorbeeld/recidive
on: 2026-07-04
cases:
  - name: eerste keer
    because: "art. 2: zonder eerdere overtreding een waarschuwing"
    answers: { vastgesteld_op: 2026-07-04, adres: Dorp 1, overtredingen: [] }
    expect: { eerdere: 0, maatregel: waarschuwing, gevolg: geen }
  - name: tweede keer
    because: "art. 2: een eerdere overtreding binnen drie jaar"
    base: eerste keer
    answers:
      overtredingen:
        - { soort: harddrugs, dag: 2024-07-04, waar: Dorp 1 }
    expect: { eerdere: 1, maatregel: drie_maanden, gevolg: { missing: [venster] } }
"#,
    )
    .unwrap();
    let library = Library::from_files(&[("recidive.yaml", RECIDIVE)]);
    for result in cases.run(&library, date("2026-07-04")) {
        assert_eq!(result.findings.iter().count(), 0, "{}: {}", result.name, result.findings);
    }
}
