//! Rubbish at the door of a dossier: refused or named, never a panic, and never an answer in the message.

use std::time::Instant;

use leidraad::dossier::{Opening, Reference};
use leidraad::{Code, Dossier, RuleSet};
use serde_json::{Value as Json, json};

use super::{changed, data, oracle, stamp, verify, whole};
use crate::support::{answers, rules};

/// The smallest dossier that has everything but steps: every byte of it is changed below.
const SMALL: &str = r#"{
  "leidraad": 1, "id": "a/b", "title": "A", "sources": { "s": { "kind": "example", "title": "S" } },
  "questions": [{ "section": "S", "items": [{ "id": "q", "ask": "?", "type": "boolean", "sources": ["s"] }] }],
  "decisions": { "d": { "sources": ["s"], "table": ["q || d", "ja || x", "nee || y"] } }
}"#;

fn small(rules: &RuleSet) -> Dossier {
    let mut dossier = Dossier::new(rules, &Opening::default(), &stamp(0)).unwrap();
    let recorded = r#"{"q": {"value": true, "remark": "geheim"}, "$deviations": {"d": {"value": "y", "motivation": "daarom"}}}"#;
    dossier.record(rules, &answers(recorded), &stamp(1)).unwrap();
    dossier.sign(&leidraad::dossier::SignOff::default(), &stamp(2)).unwrap();
    dossier
}

/// Whether a text is refused, or read and named as changed.
fn named(text: &str, rules: &RuleSet) -> bool {
    match Dossier::from_json("zaak.json", text) {
        Err(findings) => {
            let told = findings.to_string();
            assert!(findings.iter().next().is_some() && told.len() < 100_000);
            assert!(
                !told.contains("geheim") && !told.contains("daarom"),
                "a message holds an answer: {told}"
            );
            true
        }
        Ok(dossier) => !verify(&dossier, rules).is_intact(),
    }
}

#[test]
fn every_truncation_is_refused() {
    let rules = rules(SMALL);
    let text = small(&rules).to_json().to_owned();
    assert!(!named(&text, &rules));
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert!(Dossier::from_json("zaak.json", &text[..end]).is_err(), "{end} bytes are read");
    }
}

#[test]
fn every_changed_byte_is_refused_or_named() {
    let rules = rules(SMALL);
    let text = small(&rules).to_json().to_owned();
    assert!(text.is_ascii());
    for at in 0..text.len() {
        for flip in [0x01, 0x10, 0x20] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= flip;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(
                named(&changed, &rules),
                "byte {at} became {:?}: {:.80}",
                &changed[at..=at],
                &changed[at.saturating_sub(40)..]
            );
        }
    }
}

#[test]
fn every_byte_left_out_or_put_twice_is_refused_or_named() {
    let rules = rules(SMALL);
    let text = small(&rules).to_json().to_owned();
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let c = text[at..].chars().next().unwrap();
        let without = format!("{}{}", &text[..at], &text[at + c.len_utf8()..]);
        let twice = format!("{}{c}{}", &text[..at], &text[at..]);
        assert!(named(&without, &rules) || without == text, "byte {at} left out");
        assert!(named(&twice, &rules) || twice == text, "byte {at} twice");
    }
    for text in
        [format!("{text}\n"), format!(" {text}"), format!("\u{feff}{text}"), text.replace("\":", "\": ")]
    {
        assert!(named(&text, &rules));
    }
}

fn refused(text: &str) -> (Code, String) {
    let begin = Instant::now();
    let findings = Dossier::from_json("zaak.json", text).unwrap_err();
    assert!(begin.elapsed().as_secs() < 60);
    (findings.iter().next().unwrap().code, findings.to_string())
}

#[test]
fn foreign_files_and_unknown_versions_are_named() {
    for (text, code, part) in [
        ("", Code::Syntax, "zaak.json"),
        ("null", Code::WrongShape, "not a dossier"),
        ("[]", Code::WrongShape, "not a dossier"),
        ("{}", Code::WrongShape, "no `leidraad_dossier`"),
        (r#"{"aantal":5}"#, Code::WrongShape, "no `leidraad_dossier`"),
        (r#"{"leidraad":1,"id":"a/b"}"#, Code::WrongShape, "no `leidraad_dossier`"),
        (r#"{"leidraad_dossier":2,"anything":{"new":true}}"#, Code::FormatVersion, "found `2`"),
        (r#"{"leidraad_dossier":99999999999999999999}"#, Code::FormatVersion, "expected format version 1"),
        (r#"{"leidraad_dossier":"1"}"#, Code::WrongShape, "not a version"),
        (r#"{"leidraad_dossier":-1}"#, Code::WrongShape, "not a version"),
        (r#"{"leidraad_dossier":1}"#, Code::MissingKey, "at least one revision"),
        (r#"{"leidraad_dossier":1,"revisions":[]}"#, Code::MissingKey, "at least one revision"),
        (r#"{"leidraad_dossier":1,"revisions":[{}]}"#, Code::MissingKey, "revisions[0]"),
        (r#"{"leidraad_dossier":1,"revisions":{}}"#, Code::WrongShape, "revisions"),
        (r#"{"leidraad_dossier":1,"leidraad_dossier":1}"#, Code::Duplicate, "twice"),
    ] {
        let (found, told) = refused(text);
        assert_eq!(found, code, "{text}: {told}");
        assert!(told.contains(part), "{text}: {told}");
    }
}

/// Everything of the wrong kind at every place: refused with its path, and without what stands there.
#[test]
fn the_wrong_kind_at_every_place_is_refused_or_named() {
    let whole = data(&whole());
    let mut places = Vec::new();
    fn walk(value: &Json, path: &str, places: &mut Vec<String>) {
        places.push(path.to_owned());
        match value {
            Json::Object(map) => {
                map.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}"), places))
            }
            Json::Array(items) => {
                items.iter().enumerate().for_each(|(i, value)| walk(value, &format!("{path}/{i}"), places));
            }
            _ => {}
        }
    }
    walk(&whole["revisions"][1], "/revisions/1", &mut places);
    walk(&whole["revisions"][2]["parts"][1], "/revisions/2/parts/1", &mut places);
    walk(&whole["revisions"][4], "/revisions/4", &mut places);
    assert!(places.len() >= 190, "{}", places.len());
    for place in places {
        for wrong in [
            json!(null),
            json!(0),
            json!(-1.5),
            json!("geheim"),
            json!([]),
            json!({}),
            json!({ "geheim": 1 }),
            json!(true),
        ] {
            let mut json = whole.clone();
            let target = json.pointer_mut(&place).unwrap();
            if *target == wrong {
                continue;
            }
            *target = wrong.clone();
            assert!(named_here(&oracle::canonical(&json)), "{place} became {wrong}");
        }
    }
}

fn named_here(text: &str) -> bool {
    match Dossier::from_json("zaak.json", text) {
        Err(findings) => findings.iter().next().is_some(),
        Ok(dossier) => !changed(&dossier.verify(&Reference::default())).is_empty(),
    }
}

#[test]
fn a_message_says_where_and_not_what() {
    let text = small(&rules(SMALL))
        .to_json()
        .replace(r#""remark":"geheim""#, r#""remark":"geheim","gehiem":["zeer geheim"]"#);
    let (code, told) = refused(&text);
    assert_eq!(code, Code::UnknownKey);
    assert!(told.contains("revisions[1].parts[1].leaves[0].value.answer.answer"), "{told}");
    assert!(!told.contains("zeer geheim"), "{told}");
    let text =
        small(&rules(SMALL)).to_json().replace(r#""motivation":"daarom""#, r#""motivation":["zeer geheim"]"#);
    let (_, told) = refused(&text);
    assert!(told.contains("motivation") && !told.contains("zeer geheim"), "{told}");
    let text = small(&rules(SMALL)).to_json().replace("geheim", "zeer \u{1} geheim");
    let (code, told) = refused(&text);
    assert_eq!(code, Code::Syntax);
    assert!(told.contains("byte ") && !told.contains("geheim"), "{told}");
}

#[test]
fn what_is_too_large_or_too_deep_is_refused_soon() {
    let large = format!(r#"{{"leidraad_dossier":1,"revisions":["{}"]}}"#, "x".repeat(100 * 1024 * 1024));
    assert_eq!(refused(&large).0, Code::TooLarge);
    let many = format!(r#"{{"leidraad_dossier":1,"revisions":[{}0]}}"#, "0,".repeat(2_000_000));
    assert_eq!(refused(&many).0, Code::TooLarge);
    let deep =
        format!(r#"{{"leidraad_dossier":1,"revisions":{}0{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(refused(&deep).0, Code::TooLarge | Code::Syntax));
    // a dossier that would become too large stays as it was
    let rules = rules(SMALL);
    let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(0)).unwrap();
    let mut long = answers(r#"{"q": {"value": true, "remark": "x"}}"#);
    let mut answer = long.get("q").unwrap().clone();
    answer.remark = Some("x".repeat(17 * 1024 * 1024));
    long.set("q", answer);
    let before = dossier.clone();
    let refused = dossier.record(&rules, &long, &stamp(1)).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().code, Code::TooLarge);
    assert_eq!(dossier, before);
}

/// Lists that would make a reader slow are refused before they do.
#[test]
fn what_has_too_many_parts_is_refused_soon() {
    let dossier = data(&whole());
    let mut steps = dossier.clone();
    let leaves = steps["revisions"][3]["parts"][1]["leaves"].as_array_mut().unwrap();
    let one = leaves[0].clone();
    leaves.extend((0..20_000).map(|i| {
        let mut leaf = one.clone();
        leaf["value"]["step"]["step"] = json!(format!("s{i}"));
        leaf
    }));
    assert_eq!(refused(&oracle::canonical(&steps)).0, Code::TooLarge);
    let mut layers = dossier.clone();
    let hash = |i: usize| json!(format!("sha256:{i:064x}"));
    layers["revisions"][1]["rules"]["layers"] = (0..100_000).map(hash).collect();
    assert_eq!(refused(&oracle::canonical(&layers)).0, Code::TooLarge);
    let mut revisions = dossier;
    let one = revisions["revisions"][4].clone();
    revisions["revisions"] = std::iter::repeat_n(one, 10_001).collect();
    assert_eq!(refused(&oracle::canonical(&revisions)).0, Code::TooLarge);
}

/// A dossier that names other rules in every revision, and keeps all of them, is not followed for ever.
#[test]
fn many_editions_of_rules_end_soon() {
    use sha2::{Digest, Sha256};
    let mut dossier = data(&whole());
    let text = dossier["layers"][0]["text"].as_str().unwrap().to_owned();
    let one = dossier["revisions"][1].clone();
    for i in 0..200 {
        let text = text.replace("Voorbeeldbeleid", &format!("Voorbeeldbeleid {i}"));
        let sum: String =
            Sha256::digest(format!("{text}\n")).iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = json!(format!("sha256:{sum}"));
        dossier["layers"].as_array_mut().unwrap().push(json!({ "digest": digest, "text": text }));
        let mut revision = one.clone();
        revision["rules"]["layers"] = json!([digest]);
        revision["rules"]["digest"] = digest;
        dossier["revisions"].as_array_mut().unwrap().push(revision);
    }
    oracle::rehash(&mut dossier);
    let begin = Instant::now();
    let verification = super::read(&dossier).verify(&Reference::default());
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
    assert!(!verification.is_complete());
}
