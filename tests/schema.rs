//! The schemas accept what is right, and refuse what is not.

#![cfg(feature = "schema")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use leidraad::compare::{Scope, Side, compare};
use leidraad::impact::Impact;
use leidraad::{Answers, Program, SourceMap, schema};
use serde_json::{Map, Value as Json, json};

use crate::support::{case_files, date, files, path, programs, rule_files};

fn validator(schema: &Json) -> jsonschema::Validator {
    jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn shipped_rule_files_fit_the_schema() {
    let validator = validator(&schema::rules());
    for (name, text) in rule_files() {
        let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
        let document = leidraad::parse::parse(&mut sources, &name, &text, &mut findings).unwrap();
        let json = serde_json::to_value(document).unwrap();
        let wrong: Vec<String> =
            validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
}

/// `rules/rules.schema.json` is what editors read while a rule file is written.
#[test]
fn the_schema_beside_the_rules_is_up_to_date() {
    let generated = serde_json::to_string_pretty(&schema::rules()).unwrap() + "\n";
    let file = path("rules/rules.schema.json");
    if std::env::var_os("LEIDRAAD_UPDATE").is_some() {
        std::fs::write(&file, &generated).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == generated,
        "rules/rules.schema.json is not up to date: \
         run `LEIDRAAD_UPDATE=1 cargo test --features schema --test it schema::` and commit the file"
    );
}

/// The program of a case, as the library picks it.
fn program<'p>(list: &'p [(String, Program)], rule_set: &str, authority: Option<&str>) -> &'p Program {
    let name = authority.map_or(rule_set.to_owned(), |a| format!("{rule_set} {a}"));
    &list.iter().find(|(known, _)| *known == name).unwrap().1
}

#[test]
fn answers_and_assessments_of_the_cases_fit_their_schemas() {
    let programs = programs();
    let assessments = validator(&schema::assessment());
    let mut count = 0;
    for (name, cases) in case_files() {
        for result in cases.run(leidraad::catalog(), date("2026-09-01")) {
            let Some(assessment) = result.assessment else { continue };
            let program = program(&programs, &result.rule_set, assessment.authority.as_deref());
            let validator = validator(&schema::answers(program));
            let answers: Json = serde_json::from_str(&result.answers.to_json()).unwrap();
            let wrong: Vec<String> =
                validator.iter_errors(&answers).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(wrong.is_empty(), "{name}, {}: {wrong:#?}", result.name);
            let json: Json = serde_json::from_str(&assessment.to_json()).unwrap();
            assert!(assessments.is_valid(&json), "{name}, {}: {json}", result.name);
            count += 1;
        }
    }
    assert!(count > 150, "{count}");
}

/// What `compare` and `impact` write, on all authorities of all rule sets and on cases of each kind.
#[test]
fn comparisons_and_impacts_fit_their_schemas() {
    let (comparisons, impacts) = (validator(&schema::comparison()), validator(&schema::impact()));
    let fits = |validator: &jsonschema::Validator, json: Json, name: &str| {
        let wrong: Vec<String> =
            validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    };
    for set in leidraad::catalog().rule_sets() {
        let on = date("2026-09-01");
        let shared = set.on(on).unwrap();
        let own: Vec<(&str, Program)> =
            set.authorities().map(|code| (code, set.for_authority(code).unwrap().on(on).unwrap())).collect();
        let sides = own.iter().map(|(code, program)| Side { name: (*code).to_owned(), program });
        let sides: Vec<Side<'_>> = sides.collect();
        let found = compare(&sides, &Scope::Outcomes);
        fits(&comparisons, serde_json::to_value(found).unwrap(), set.id());
        for (code, program) in &own {
            let impact = Impact::new(&shared, program, &Scope::All);
            let mut counter = impact.counter();
            for (line, case) in (1..).zip(["{}", "nope"]) {
                let _ = counter.add(line, case);
            }
            let json = serde_json::to_value(impact.report(counter)).unwrap();
            fits(&impacts, json, &format!("{} {code}", set.id()));
        }
    }
    assert!(!comparisons.is_valid(&json!({ "sides": [] })));
    assert!(!impacts.is_valid(&json!({ "cases": 1 })));
}

/// The schema and the library refuse the same: no form lets through what the library refuses afterwards.
#[test]
fn wrong_answers_fit_neither_schema_nor_library() {
    for (name, program) in programs() {
        let validator = validator(&schema::answers(&program));
        let agree = |answers: Json, right: bool| {
            let read = Answers::from_serialize(&answers).and_then(|a| program.prepare(&a).map(|_| ()));
            assert_eq!(read.is_ok(), right, "{name}: the library on {answers}");
            assert_eq!(validator.is_valid(&answers), right, "{name}: the schema on {answers}");
        };
        agree(json!({}), true);
        agree(json!([]), false);
        agree(json!("ja"), false);
        agree(json!({ "bestaat_niet": 1 }), false);
        agree(json!({ "__proto__": 1 }), false);
        agree(json!({ "$today": "2026-07-04", "$steps": {}, "$deviations": {} }), true);
        agree(json!({ "$today": 4 }), false);
        agree(json!({ "$step": {} }), false);
        let questionnaire = program.questionnaire();
        for item in questionnaire.sections.iter().flat_map(|s| &s.items) {
            let one = |value: Json| {
                let mut map = Map::new();
                map.insert(item.id.clone(), value);
                Json::Object(map)
            };
            agree(one(Json::Null), true);
            agree(one(json!({ "value": null, "remark": "nagevraagd" })), true);
            agree(one(json!({})), false);
            agree(one(json!({ "remark": "alleen een opmerking" })), false);
            agree(one(json!({ "one_of": [] })), false);
            agree(one(json!({ "not_applicable": "reden" })), item.not_applicable);
            agree(one(json!({ "not_applicable": "" })), false);
            // no records is an answer
            agree(one(json!([])), item.kind == "list");
            agree(one(json!({ "value": [] })), item.kind == "list");
            agree(one(json!({ "value": null, "onbekend": 1 })), false);
            let (right, wrong): (Vec<Json>, Vec<Json>) = match item.kind {
                "choice" => (
                    item.options.iter().map(|o| json!(o.id)).collect(),
                    vec![json!("geen_optie"), json!(1), json!(true), json!(""), json!(item.options[0].label)],
                ),
                "boolean" => (
                    vec![json!(true), json!(false), json!("ja"), json!("nee")],
                    vec![json!(1), json!("misschien")],
                ),
                "integer" => {
                    (vec![json!(1), json!(1.0)], vec![json!(1.5), json!("1"), json!(-1), json!(1e15)])
                }
                "decimal" => {
                    (vec![json!(1), json!(1.5), json!(0.1)], vec![json!("1.5"), json!(-0.01), json!(1e15)])
                }
                "date" => (
                    vec![json!("2026-07-04"), json!("2024-02-29")],
                    vec![json!("4-7-2026"), json!("2026-13"), json!(20260704), json!("2026-07-04T00:00:00")],
                ),
                "time" => (
                    vec![json!("09:00"), json!("24:00"), json!("00:00")],
                    vec![json!("9:00"), json!("25:00"), json!("12:60"), json!(9), json!("24:30")],
                ),
                _ => continue,
            };
            for value in &right {
                agree(one(value.clone()), true);
                agree(
                    one(
                        json!({ "value": value, "by": "A. Ambtenaar", "at": "2026-07-04", "evidence": ["brief"] }),
                    ),
                    true,
                );
                agree(one(json!({ "one_of": [value] })), true);
                agree(one(json!([value])), item.several);
                agree(one(json!({ "value": [value] })), item.several);
                let ordered = !matches!(item.kind, "choice" | "boolean");
                agree(one(json!({ "between": [value, value] })), ordered);
                agree(one(json!({ "between": [null, value] })), ordered);
                agree(one(json!({ "between": [value] })), false);
            }
            for value in &wrong {
                agree(one(value.clone()), false);
                agree(one(json!({ "value": value })), false);
                agree(one(json!({ "one_of": [value] })), false);
                // an end between two steps is no mistake: the steps inside count
                if value != &json!(1.5) {
                    agree(one(json!({ "between": [value, null] })), false);
                }
            }
        }
    }
}

/// Steps of a tenth are no exact binary numbers; a validator that counts in binary must accept them all the same.
#[test]
fn every_tenth_fits() {
    let contract = include_str!("fixtures/parse/ok_contract.yaml");
    let program = crate::support::rules(contract).on(date("2026-07-04")).unwrap();
    let validator = validator(&schema::answers(&program));
    for tenth in 0..1000 {
        let answers = format!(r#"{{"gram": {}.{}}}"#, tenth / 10, tenth % 10);
        assert!(validator.is_valid(&serde_json::from_str(&answers).unwrap()), "{answers}");
        assert!(program.evaluate_json(&answers).is_ok(), "{answers}");
    }
}

/// The fixtures of wrong answers that JSON can hold.
#[test]
fn fixtures_of_wrong_answers_do_not_fit() {
    let contract = include_str!("fixtures/parse/ok_contract.yaml");
    let program = crate::support::rules(contract).on(date("2026-07-04")).unwrap();
    let validator = validator(&schema::answers(&program));
    for (name, text) in files("tests/fixtures/answers", ".json") {
        let Ok(json) = serde_json::from_str::<Json>(&text) else { continue };
        if name.contains("duplicate") {
            continue; // a JSON value holds each key once
        }
        assert!(!validator.is_valid(&json), "{name}");
    }
}
