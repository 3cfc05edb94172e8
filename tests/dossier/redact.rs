//! What a reader of fewer classes gets: a dossier that verifies, and in which no confidential answer can be seen or guessed.

use leidraad::dossier::{Opening, Reference, What};
use leidraad::{Code, Dossier};
use serde_json::{Value as Json, json};

use super::{changed, data, oracle, read, set, stamp, verify, whole};
use crate::support::{answers, snapshot};

/// A dossier without its hashes and salts: all that can be read in it.
fn readable(dossier: &Dossier) -> String {
    fn strip(value: &mut Json) {
        match value {
            Json::Object(map) => map.iter_mut().for_each(|(key, value)| match key.as_str() {
                "hash" | "salt" | "previous" | "of"
                    if value.is_string() && value.as_str().unwrap().len() > 20 =>
                {
                    *value = json!("…");
                }
                _ => strip(value),
            }),
            Json::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut json = data(dossier);
    strip(&mut json);
    oracle::canonical(&json)
}

/// Every answer to the confidential questions of the fixture, with every record of its confidential step.
fn secrets() -> Vec<String> {
    let mut list = Vec::new();
    for signal in
        ["", r#""signaal": true,"#, r#""signaal": {"value": false, "remark": "zeer geheim", "by": "X."},"#]
    {
        for tip in ["", r#""tip": "politie","#, r#""tip": {"one_of": ["politie", "geen"]},"#] {
            for step in [
                "",
                r#""politie": {"done": "2026-08-02", "by": "zeer geheim"}"#,
                r#""politie": {"skipped": "zeer geheim"}"#,
            ] {
                list.push(
                    format!(r#"{{{signal}{tip}"$steps": {{{step}}}}}"#).replace(r#","$steps": {}"#, ""),
                );
            }
        }
    }
    list
}

/// The same public record, with other confidential answers in it: nothing that can be read differs.
#[test]
fn no_confidential_answer_changes_what_others_read() {
    let rules = set();
    let (mut seen, mut histories, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for secret in secrets() {
        let mut dossier = super::opened(&rules);
        let public = r#"{"soort": "pand", "$deviations": {"ernst_volgens_feiten": {"value": "licht", "motivation": "MOTIEF"}}}"#;
        let motive = public.replace("MOTIEF", &format!("zeer geheim {}", secret.len()));
        let mut both = answers(&motive);
        let confidential = answers(&secret);
        for (question, answer) in confidential.iter() {
            both.set(question, answer.clone());
        }
        dossier.record(&rules, &both, &stamp(1)).unwrap();
        // always a revision of which the public sees nothing
        let stepped =
            if secret.contains("politie\": {") { secret.clone() } else { r#"{"signaal": null}"#.to_owned() };
        dossier.record(&rules, &answers(&stepped), &stamp(2)).unwrap();
        dossier.record(&rules, &answers(r#"{"ernst": "zwaar"}"#), &stamp(3)).unwrap();
        let copy = dossier.redact(&["public"]).unwrap();
        assert!(!copy.to_json().contains("geheim"), "{secret}");
        let verification = verify(&copy, &rules);
        assert!(verification.is_intact(), "{secret}: {verification}");
        assert_eq!(copy.head(), dossier.head());
        let program = copy.program(&rules).unwrap();
        seen.push(readable(&copy));
        histories.push(copy.history(Some(&program)).replace(copy.head(), "…"));
        texts.push(verification.to_string().replace(copy.head(), "…"));
    }
    for list in [&mut seen, &mut histories, &mut texts] {
        assert_eq!(list.len(), 27);
        list.sort();
        list.dedup();
        assert_eq!(list.len(), 1, "{list:#?}");
    }
    snapshot("dossier", "history_public", "", &histories[0]);
}

#[test]
fn nothing_that_could_open_a_hash_is_left() {
    let dossier = whole();
    let copy = data(&dossier.redact(&[]).unwrap());
    let mut withheld = 0;
    for part in copy["revisions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|revision| revision["parts"].as_array().unwrap())
    {
        let classes = part.get("classes").and_then(Json::as_array).map_or(0, Vec::len);
        let closed = part.get("salt").is_none();
        if closed {
            withheld += 1;
            let keys: Vec<&String> = part.as_object().unwrap().keys().collect();
            assert!(part.get("leaves").is_none(), "{keys:?}");
        }
        assert!(classes == 0 || closed, "{part}");
    }
    assert!(withheld > 10, "{withheld}");
    // the salts of the confidential parts are nowhere in the copy
    let text = oracle::canonical(&copy);
    for part in data(&dossier)["revisions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|r| r["parts"].as_array().unwrap().clone())
    {
        if part.get("classes").is_some() {
            let salts = std::iter::once(&part["salt"]).chain(
                part.get("leaves").and_then(Json::as_array).into_iter().flatten().map(|leaf| &leaf["salt"]),
            );
            salts.for_each(|salt| assert!(!text.contains(salt.as_str().unwrap())));
        }
    }
}

#[test]
fn one_class_of_two() {
    let rules = set();
    let dossier = whole();
    assert_eq!(dossier.classes(), ["dossier", "politie"]);
    let copy = dossier.redact(&["dossier"]).unwrap();
    assert_eq!(copy.visible_classes(), ["dossier"]);
    assert!(
        copy.to_json().contains(r#""question":"signaal""#) && !copy.to_json().contains(r#""question":"tip""#)
    );
    let verification = verify(&copy, &rules);
    assert!(verification.is_intact() && verification.withheld > 5, "{verification}");
    // from a copy to a smaller copy
    let smaller = copy.redact(&["public"]).unwrap();
    assert_eq!(smaller.visible_classes(), [""; 0]);
    assert!(verify(&smaller, &rules).is_intact());
    assert_eq!(smaller, dossier.redact(&["public"]).unwrap());
    assert_eq!(smaller.redact(&["dossier", "politie"]).unwrap(), smaller, "what is gone does not come back");
    assert_eq!(dossier.redact(&["politie", "dossier"]).unwrap(), dossier);
    let unknown = dossier.redact(&["polite"]).unwrap_err();
    assert_eq!(unknown.iter().next().unwrap().code, Code::UnknownName);
    assert!(unknown.to_string().contains("did you mean `politie`?"), "{unknown}");
    // and nobody goes on with a copy
    let mut copy = copy;
    let refused = copy.record(&rules, &answers(r#"{"soort": "erf"}"#), &stamp(9)).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().code, Code::BrokenDossier);
}

#[test]
fn what_is_changed_in_a_copy_is_named_too() {
    let rules = set();
    let copy = data(&whole().redact(&["public"]).unwrap());
    let part = |revision: usize, of: &str, open: bool| {
        let parts = copy["revisions"][revision]["parts"].as_array().unwrap();
        parts.iter().position(|part| part["of"] == of && part.get("salt").is_some() == open).unwrap()
    };
    let change = |change: &dyn Fn(&mut Json)| {
        let mut json = copy.clone();
        change(&mut json);
        changed(&verify(&read(&json), &rules))
    };
    let (acts, outcome) = (part(1, "acts", true), part(1, "outcome", true));
    let answer = change(&|json| {
        json["revisions"][1]["parts"][acts]["leaves"][0]["value"]["answer"]["answer"]["value"] = json!("erf")
    });
    assert_eq!(answer, ["2 answer soort"]);
    let route = change(&|json| {
        json["revisions"][1]["parts"][outcome]["leaves"][0]["value"]["decisions"]["route"]["value"] =
            json!("kort");
    });
    assert_eq!(route, ["2 outcome -", "2 outcome route"]);
    let hidden = part(1, "acts", false);
    let hash = format!("sha256:{}", "2".repeat(64));
    assert_eq!(change(&|json| json["revisions"][1]["parts"][hidden]["hash"] = json!(hash)), ["2 revision -"]);
    // a confidential part with something in it
    let filled = change(&|json| json["revisions"][1]["parts"][hidden]["leaves"] = json!([{ "hash": hash }]));
    assert_eq!(filled, ["2 form -"]);
    // an outcome that everyone may see is computed again, without the answers that were withheld
    let mut forged = copy.clone();
    forged["revisions"][1]["parts"][outcome]["leaves"][0]["value"]["decisions"]["route"]["value"] =
        json!("kort");
    oracle::rehash(&mut forged);
    assert_eq!(changed(&verify(&read(&forged), &rules)), ["2 outcome route"]);
}

#[test]
fn the_view_of_a_reader_is_that_of_the_library() {
    let rules = set();
    let dossier = whole();
    let program = dossier.program(&rules).unwrap();
    for classes in [&["public"][..], &["dossier"], &["politie"], &["dossier", "politie"]] {
        let copy = dossier.redact(classes).unwrap();
        let view = program.evaluate_for(&copy.answers(), classes).unwrap();
        assert_eq!(
            view.to_json(),
            program.evaluate_for(&dossier.answers(), classes).unwrap().to_json(),
            "{classes:?}"
        );
    }
}

/// The shipped rule sets with classes: no confidential answer reaches the public, or a reader of another class.
#[test]
fn shipped_rule_sets_keep_what_is_confidential() {
    let mut classes = 0;
    for rules in leidraad::catalog().rule_sets() {
        let mut dossier = Dossier::new(rules, &Opening::default(), &stamp(0)).unwrap();
        let questions = dossier.program(rules).unwrap().questionnaire();
        let items = questions.sections.iter().flat_map(|section| &section.items);
        let confidential: serde_json::Map<String, Json> = items
            .filter_map(|item| {
                let class = item.confidentiality.as_ref()?;
                Some((item.id.clone(), json!({ "value": null, "remark": format!("geheim van {class}.") })))
            })
            .collect();
        if confidential.is_empty() {
            continue;
        }
        dossier.record(rules, &answers(&Json::Object(confidential).to_string()), &stamp(1)).unwrap();
        for reader in dossier.classes().into_iter().chain(["public"]) {
            classes += 1;
            let copy = dossier.redact(&[reader]).unwrap();
            for class in dossier.classes() {
                let secret = format!("geheim van {class}.");
                let seen = class == reader && dossier.to_json().contains(&secret);
                assert_eq!(copy.to_json().contains(&secret), seen, "{}: {reader} and {class}", rules.id());
            }
            let verification =
                copy.verify(&Reference { rules: &[rules], head: Some(dossier.head()), keys: &[] });
            assert!(verification.is_intact(), "{}, {reader}: {verification}", rules.id());
            assert!(!verification.findings.iter().any(|finding| finding.what == What::Class));
        }
    }
    assert!(classes >= 5, "{classes}");
}

/// A remark about several answers is for nobody who may not see them all.
#[test]
fn a_remark_about_answers_of_several_classes_is_refused() {
    let rules = set();
    let noted = |notes: &str, questions: &[&str]| {
        let pairs: Vec<String> =
            questions.iter().map(|id| format!(r#""{id}": {{"value": null{notes}}}"#)).collect();
        answers(&format!("{{{}}}", pairs.join(",")))
    };
    let before = super::opened(&rules);
    for notes in [r#", "remark": "zeer geheim""#, r#", "evidence": ["zeer geheim"]"#] {
        for mixed in [&["soort", "signaal"][..], &["tip", "signaal"], &["signaal", "tip", "soort"]] {
            let mut dossier = before.clone();
            let findings = dossier.record_together(&rules, &noted(notes, mixed), &stamp(1)).unwrap_err();
            assert!(findings.to_string().contains("not the same readers may see"), "{findings}");
            assert_eq!(dossier, before, "nothing was recorded");
        }
        let mut dossier = before.clone();
        dossier.record_together(&rules, &noted(notes, &["soort", "ernst"]), &stamp(1)).unwrap();
        dossier.record_together(&rules, &noted(notes, &["signaal"]), &stamp(2)).unwrap();
        assert!(verify(&dossier, &rules).is_complete());
    }
    let mut dossier = before.clone();
    dossier.record_together(&rules, &noted("", &["soort", "signaal"]), &stamp(1)).unwrap();
}
