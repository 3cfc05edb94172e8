//! A rule set as one JSON text, and cases as lines of JSON: what other builds are held against.

use serde_json::Value;

use crate::run::{folder, leidraad};

#[test]
fn a_bundle_is_an_array_of_layers() {
    let text = leidraad(&["bundle", "evenementen/melding"]).ok();
    let layers: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(layers[0]["id"], "evenementen/melding");
    let authorities: Vec<&str> =
        layers[1..].iter().map(|layer| layer["authority"].as_str().unwrap()).collect();
    assert_eq!(authorities, ["GM0938", "GM0981", "GM0994", "GM1729", "GM1903"]);
    // one layer a line between the brackets
    assert_eq!(text.lines().count(), layers.len() + 2);
}

#[test]
fn a_bundle_is_a_rule_file_again() {
    let text = leidraad(&["bundle", "evenementen/risicoscan"]).ok();
    let own = folder(&[("scan.json", text.lines().nth(1).unwrap())]);
    let path = own.path().join("scan.json");
    let found =
        leidraad(&["evaluate", path.to_str().unwrap(), "--on", "2026-09-01", "--format", "json"]).json();
    let shipped =
        leidraad(&["evaluate", "evenementen/risicoscan", "--on", "2026-09-01", "--format", "json"]).json();
    assert_eq!(found, shipped);
}

#[test]
fn an_unknown_rule_set_is_refused_with_a_hint() {
    let text = leidraad(&["bundle", "evenementen/meldin"]).refused();
    assert!(text.contains("evenementen/melding"), "{text}");
}

#[test]
fn a_case_is_a_line_with_its_answers_and_assessment() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/evenementen/melding/cases/gm1729.yaml");
    let text = leidraad(&["test", path, "--format", "json"]).ok();
    let people = leidraad(&["test", path]).ok();
    assert!(people.contains(&format!("{} passed, 0 failed", text.lines().count())), "{people}");
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        assert_eq!(case["passed"], true);
        assert_eq!(case["authority"], "GM1729");
        let answers: Value = serde_json::from_str(case["answers"].as_str().unwrap()).unwrap();
        assert!(answers.is_object());
        let assessment: Value = serde_json::from_str(case["assessment"].as_str().unwrap()).unwrap();
        assert_eq!(assessment["rule_set"]["id"], "evenementen/melding");
    }
}

#[test]
fn a_case_that_fails_says_why_in_its_line() {
    let own = folder(&[(
        "cases/fout.yaml",
        "rule_set: evenementen/risicoscan\non: 2026-09-01\ncases:\n- name: fout\n  because: een proef\n  answers: {}\n  expect:\n    klasse: A\n",
    )]);
    let ran = leidraad(&["test", own.path().to_str().unwrap(), "--format", "json"]);
    let case: Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!((ran.code, &case["passed"]), (Some(1), &Value::Bool(false)));
    assert_eq!(case["findings"][0]["code"], "failed-case");
}
