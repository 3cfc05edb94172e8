//! The schema of dossiers accepts every dossier that is written, and refuses what is not one.

#![cfg(feature = "schema")]

use leidraad::dossier::Opening;
use leidraad::{Dossier, schema};
use serde_json::{Value as Json, json};

use super::{data, opened, set, stamp, whole};

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&schema::dossier()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn dossiers_fit_the_schema() {
    let validator = validator();
    let mut list = vec![data(&whole()), data(&whole().redact(&["public"]).unwrap()), data(&opened(&set()))];
    let bare = Opening { keep_rules: false, ..Opening::default() };
    list.push(data(&Dossier::new(&set(), &bare, &stamp(0)).unwrap()));
    list.push(data(&super::sections::noted()));
    for rules in leidraad::catalog().rule_sets() {
        list.push(data(&Dossier::new(rules, &Opening::default(), &stamp(0)).unwrap()));
    }
    for json in list {
        let wrong: Vec<String> = validator
            .iter_errors(&json)
            .map(|error| format!("{}: {error:.300}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn what_is_not_a_dossier_does_not_fit() {
    let validator = validator();
    let whole = data(&whole());
    for (place, wrong) in [
        ("/leidraad_dossier", json!("1")),
        ("/revisions", json!({})),
        ("/revisions/1/hash", json!("sha256:00")),
        ("/revisions/1/number", json!(0)),
        ("/revisions/1/rules/facts", json!(5)),
        ("/revisions/1/parts/0/of", json!("iets")),
        ("/revisions/1/parts/0/salt", json!("kort")),
        ("/revisions/1/parts/0/leaves/0/value/about/at", json!(5)),
        ("/revisions/1/parts/0/leaves/0/value", json!({ "anders": {} })),
        ("/revisions/1/parts/0/leaves/0/value", json!({})),
        ("/revisions/1/parts/1/leaves/0/value/answer", json!({ "question": "soort" })),
    ] {
        let mut json: Json = whole.clone();
        *json.pointer_mut(place).unwrap() = wrong.clone();
        assert!(!validator.is_valid(&json), "{place} {wrong}");
        assert!(
            Dossier::from_json("a", &super::oracle::canonical(&json)).is_err(),
            "{place} {wrong}: the library"
        );
    }
    let mut extra = whole.clone();
    extra["revisions"][0]["extra"] = json!(1);
    assert!(!validator.is_valid(&extra));
}
