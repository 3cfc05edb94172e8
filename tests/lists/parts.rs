//! Parts of a building with their own outcome, and several municipalities on one route.

use leidraad::{Answers, Library, Outcome, Value};

use super::{ONDERDELEN, program, short};
use crate::support::{answers, date, snapshot};

const HOUSE: &str = r#"{
  "ernstig": false,
  "onderdelen": [
    { "naam": "Huis", "soort": "woning", "planten": 85 },
    { "naam": "Garage", "soort": "lokaal", "planten": 85 },
    { "naam": "Schuur", "soort": "lokaal", "planten": 5 }
  ]
}"#;

/// A dwelling three months and its garage six for the same find.
#[test]
fn each_part_has_its_own_outcome() {
    let assessment = program(ONDERDELEN).evaluate(&answers(HOUSE)).unwrap();
    let months: Vec<String> =
        assessment.parts("onderdelen").iter().map(|part| short(part.decision("maanden"))).collect();
    assert_eq!(months, ["3", "6", "n.v.t."]);
    let decisions: Vec<&str> = assessment.decisions.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(decisions, ["woningen"], "what is decided for each part is not decided for the whole");
    assert!(assessment.to_json().contains(
        r#""parts":{"onderdelen":[{"decisions":{"bevoegd":{"status":"determined","value":true},"maanden":{"status":"determined","value":3}}}"#
    ));
}

#[test]
fn open_parts_say_what_they_need() {
    let program = program(ONDERDELEN);
    let part = |text: &str| {
        let given = format!("{{ \"onderdelen\": [{text}] }}");
        let assessment = program.evaluate(&answers(&given)).unwrap();
        short(assessment.parts("onderdelen")[0].decision("maanden"))
    };
    assert_eq!(part(r#"{ "soort": "woning", "planten": 6 }"#), "3 of 6: ernstig");
    assert_eq!(part(r#"{ "soort": "lokaal", "planten": 6 }"#), "12");
    assert_eq!(part(r#"{ "soort": "lokaal" }"#), "12 of niet van toepassing: onderdelen.planten");
    // what kind it is also decides how many dwellings there are, which the engine follows apart
    assert_eq!(part(r#"{ "planten": 6 }"#), "3 of 6 of 12: ernstig onderdelen onderdelen.soort");
    assert_eq!(part(r#"{ "planten": 5 }"#), "n.v.t.");
    let none = program.evaluate(&Answers::new()).unwrap();
    assert_eq!(none.parts("onderdelen").len(), 0);
    assert_eq!(
        program.evaluate(&answers(r#"{ "onderdelen": [] }"#)).unwrap().parts,
        [("onderdelen".into(), vec![])]
    );
}

#[test]
fn parts_are_explained_one_by_one() {
    let program = program(ONDERDELEN);
    let explanation = program.explain(&answers(HOUSE), None).unwrap();
    snapshot("lists", "explain_parts", HOUSE, &explanation.to_string());
    let titles: Vec<&str> =
        explanation.decisions.iter().map(|r| r.part.as_ref().unwrap().title.as_str()).collect();
    assert_eq!(titles, ["onderdeel 1 (Huis)", "onderdeel 2 (Garage)", "onderdeel 3 (Schuur)"]);
    let open = program.explain(&Answers::new(), Some("maanden")).unwrap();
    snapshot("lists", "explain_parts_open", "{}", &open.to_string());
    assert!(program.explain(&answers(r#"{ "onderdelen": [] }"#), None).unwrap().decisions.is_empty());
}

#[test]
fn an_official_deviates_for_one_part() {
    let program = program(ONDERDELEN);
    let with = |key: &str, value: &str| {
        let deviation = format!(
            r#""$deviations": {{ "{key}": {{ "value": {value}, "motivation": "De garage staat leeg." }} }}, "ernstig""#
        );
        program.evaluate(&answers(&HOUSE.replacen("\"ernstig\"", &deviation, 1)))
    };
    // what is decided for the second part is what its later decisions go by
    let assessment = with("onderdelen.2.bevoegd", "false").unwrap();
    let months: Vec<String> =
        assessment.parts("onderdelen").iter().map(|part| short(part.decision("maanden"))).collect();
    assert_eq!(months, ["3", "n.v.t.", "n.v.t."]);
    assert_eq!(
        short(assessment.parts("onderdelen")[1].decision("bevoegd")),
        "ja",
        "the computed outcome stays"
    );
    assert_eq!(assessment.deviations[0].0, "onderdelen.2.bevoegd");
    for (key, value, name) in [
        ("bevoegd", "false", "no_part"),
        ("onderdelen.4.bevoegd", "false", "no_record"),
        ("onderdelen.2.woningen", "1", "whole"),
        ("onderdelen.2.maanden", "7", "no_outcome"),
    ] {
        snapshot("lists", &format!("deviation_{name}"), key, &with(key, value).unwrap_err().to_string());
    }
    let text = r#"{ "$deviations": { "onderdelen.2.maanden": { "value": 3, "motivation": "De garage staat leeg." } }, "ernstig": false, "onderdelen": [
  { "naam": "Huis", "soort": "woning", "planten": 85 }, { "naam": "Garage", "soort": "lokaal", "planten": 85 }] }"#;
    let explanation = program.explain(&answers(text), Some("maanden")).unwrap();
    assert!(explanation.decisions[0].deviation.is_none());
    assert_eq!(explanation.decisions[1].deviation.as_ref().unwrap().value, Value::from(3));
}

/// A confidential list gives away neither its parts nor what was decided for them.
#[test]
fn confidential_parts_are_withheld() {
    let text = ONDERDELEN
        .replace("questions:", "classes:\n  dossier: { title: Behandelaar, sources: [beleid] }\nquestions:")
        .replace("max: 20", "max: 20\n        confidentiality: dossier");
    let program = program(&text);
    let with = r#"{ "ernstig": false, "$deviations": { "onderdelen.1.maanden": { "value": 6, "motivation": "Geheim." } }, "onderdelen": [{ "soort": "woning", "planten": 85 }] }"#;
    let seen = |text: &str| program.evaluate_for(&answers(text), &["public"]).unwrap().to_json();
    assert_eq!(seen(with), seen(r#"{ "ernstig": false }"#));
    assert!(!program.redact(&answers(with), &["public"]).unwrap().to_json().contains("Geheim"));
    let explained = program.explain_for(&answers(with), None, &["public"]).unwrap().to_string();
    assert_eq!(
        explained,
        program.explain_for(&answers(r#"{ "ernstig": false }"#), None, &["public"]).unwrap().to_string()
    );
}

const SHARED: &str = r#"
leidraad: 1
id: voorbeeld/route
title: Route
sources: { s: { kind: example, title: Voorbeeld } }
parameters: { grens: { title: Grens, test_on: deelnemers } }
questions:
  - section: Feiten
    items:
      - { id: deelnemers, ask: "Hoeveel deelnemers?", type: integer, min: 0, max: 9000, sources: [s] }
      - id: gemeenten
        ask: "Door welke gemeenten gaat de route?"
        type: list
        each: gemeente
        sources: [s]
        fields:
          - { id: code, ask: "Welke?", type: choice, options: { GM0001: { label: A }, GM0002: { label: B }, GM0003: { label: C } } }
decisions:
  aantal:
    title: Aantal gemeenten
    count: { of: gemeenten }
    sources: [s]
  toestemming:
    title: Toestemming
    outcome: true
    table: |
      deelnemers | aantal || toestemming || bron
      grens      | <= 1   || melding     || s
      grens      | > 1    || overleg     || s
      not(grens) | -      || vergunning  || s
"#;

fn route() -> Library {
    let layer = |code: &str, limit: &str| {
        format!(
            "leidraad: 1\noverlay: voorbeeld/route\nauthority: {code}\ntitle: Gemeente {code}\nparameters:\n  grens: {{ value: \"{limit}\", sources: [s] }}\n"
        )
    };
    let (one, two) = (layer("GM0001", "<= 100"), layer("GM0002", "<= 500"));
    Library::from_files(&[("a.yaml", SHARED), ("b.yaml", &one), ("c.yaml", &two)])
}

#[test]
fn several_municipalities_side_by_side() {
    let library = route();
    let rules = library.rule_set("voorbeeld/route").unwrap_or_else(|f| panic!("{f}"));
    let given = answers(
        r#"{ "deelnemers": 200, "gemeenten": [{ "code": "GM0001" }, { "code": "GM0003" }, { "code": "GM0002" }] }"#,
    );
    let codes = given.field_values("gemeenten", "code");
    let found = rules.side_by_side(&codes, &given, None, date("2026-07-04"), None).unwrap();
    let vergunning = Outcome::Determined(Value::from("vergunning"));
    let overleg = Outcome::Determined(Value::from("overleg"));
    // nothing is borrowed for the one that has no layer
    assert_eq!(
        found.decision("toestemming"),
        [("GM0001", Some(&vergunning)), ("GM0003", None), ("GM0002", Some(&overleg))]
    );
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(
        json["authorities"][1],
        serde_json::json!({ "authority": "GM0003", "title": null, "layer": false, "assessment": null })
    );
    // what each says is what it says by itself
    let alone =
        rules.for_authority("GM0002").unwrap().on(date("2026-07-04")).unwrap().evaluate(&given).unwrap();
    assert_eq!(found.authorities[2].assessment.as_ref(), Some(&alone));
    let twice = rules.side_by_side(&["gm0001", "GM0001"], &given, None, date("2026-07-04"), None).unwrap();
    assert_eq!(twice.authorities.len(), 1);
    let wrong = answers(r#"{ "deelnemers": "veel" }"#);
    let findings = rules.side_by_side(&["GM0001"], &wrong, None, date("2026-07-04"), None).unwrap_err();
    assert!(findings.to_string().contains("GM0001: `deelnemers` takes a whole number"), "{findings}");
}
