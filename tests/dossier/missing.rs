//! What is missing is named, unless it is what a copy for a reader misses.

use serde_json::{Value as Json, json};

use super::{changed, data, oracle, read, set, verify, whole};

fn close(part: &mut Json) {
    let part = part.as_object_mut().unwrap();
    part.remove("salt");
    part.remove("leaves");
}

/// The place of the part of a revision that everybody may see.
fn public(json: &Json, revision: usize, of: &str) -> usize {
    let parts = json["revisions"][revision]["parts"].as_array().unwrap();
    parts.iter().position(|part| part["of"] == of && part.get("classes").is_none()).unwrap()
}

/// Nobody withholds from a reader what every reader may see: whoever leaves it out has something to hide. The hashes of a
/// revision still add up, as they do in a copy.
#[test]
fn what_every_reader_may_see_cannot_be_withheld() {
    let rules = set();
    let whole = data(&whole());
    let without = |revision: usize, of: &str| {
        let mut json = whole.clone();
        let place = public(&json, revision, of);
        close(&mut json["revisions"][revision]["parts"][place]);
        changed(&verify(&read(&json), &rules))
    };
    assert_eq!(without(1, "about"), ["2 date -"]);
    assert_eq!(without(1, "acts"), ["2 order -"]);
    assert_eq!(without(1, "outcome"), ["2 outcome -"]);
    assert!(without(4, "acts").contains(&"5 order -".to_owned()), "{:?}", without(4, "acts"));
    assert!(without(4, "about").contains(&"5 date -".to_owned()), "{:?}", without(4, "about"));
}

/// A copy for a reader of one class has all parts of that class, or it is no such copy.
#[test]
fn a_copy_withholds_a_class_everywhere_or_nowhere() {
    let rules = set();
    let mut json = data(&whole());
    let parts = json["revisions"][1]["parts"].as_array_mut().unwrap();
    let place =
        parts.iter().position(|part| part["of"] == "acts" && part["classes"] == json!(["politie"])).unwrap();
    close(&mut parts[place]);
    assert_eq!(changed(&verify(&read(&json), &rules)), ["2 order -"]);
}

/// One entry of a part, gone with its salt: its hash alone stays.
#[test]
fn a_single_entry_cannot_be_withheld() {
    let rules = set();
    let whole = data(&whole());
    let mut checked = 0;
    for revision in 0..5 {
        for part in 0..whole["revisions"][revision]["parts"].as_array().unwrap().len() {
            let mut json = whole.clone();
            let part = &mut json["revisions"][revision]["parts"][part];
            let Some(leaf) = part.get_mut("leaves").and_then(|leaves| leaves.get_mut(0)) else { continue };
            let leaf = leaf.as_object_mut().unwrap();
            leaf.remove("salt");
            leaf.remove("value");
            let of = part["of"].as_str().unwrap();
            let what = match of {
                "about" => "date",
                "acts" => "order",
                other => other,
            };
            let expected = format!("{} {what} -", revision + 1);
            let found = changed(&verify(&read(&json), &rules));
            assert!(found.contains(&expected), "{expected}: {found:?}");
            checked += 1;
        }
    }
    assert!(checked > 12, "{checked}");
}

/// A revision says once who recorded it and when, also after all hashes were made anew.
#[test]
fn a_revision_has_each_part_once() {
    let rules = set();
    let whole = data(&whole());
    let forge = |change: &dyn Fn(&mut Vec<Json>)| {
        let mut json = whole.clone();
        change(json["revisions"][1]["parts"].as_array_mut().unwrap());
        oracle::rehash(&mut json);
        changed(&verify(&read(&json), &rules))
    };
    assert_eq!(forge(&|parts| drop(parts.remove(0))), ["2 form -"]);
    assert_eq!(forge(&|parts| parts.push(parts[0].clone())), ["2 form -"]);
    assert_eq!(forge(&|parts| drop(parts[0].as_object_mut().unwrap().remove("leaves"))), ["2 form -"]);
    assert!(forge(&|parts| parts.push(parts[1].clone())).contains(&"2 form -".to_owned()));
}

const BASE: &str = r#"
leidraad: 1
id: t/later
title: Later
in_force: { from: 2020-01-01 }
sources: { s: { kind: example, title: Voorbeeld } }
parameters: { grens: { title: Grens, test_on: aantal } }
questions:
  - { section: Feiten, items: [{ id: aantal, ask: Hoeveel?, type: integer, min: 0, max: 9, sources: [s] }] }
decisions:
  soort: { outcome: true, sources: [s], hit: first, table: ["aantal || soort", "grens || klein", "- || groot"] }
"#;

fn layer(title: &str, period: &str) -> String {
    format!(
        "leidraad: 1\noverlay: t/later\nauthority: GM0001\ntitle: {title}\nin_force: {period}\n\
         sources: {{ v: {{ kind: example, title: V }} }}\nparameters: {{ grens: {{ value: \"<= 3\", sources: [v] }} }}\n"
    )
}

/// A version for later days, added years after, changes what is said of the days without one; the dossier keeps the rules of
/// its time, and nothing in it was changed.
#[test]
fn a_later_version_is_no_change_of_an_old_dossier() {
    let first = layer("Eerste beleid", "{ from: 2026-01-01, to: 2026-12-31 }");
    let second = layer("Tweede beleid", "{ from: 2027-01-01 }");
    let then = leidraad::RuleSet::from_files(&[("b.yaml", BASE), ("1.yaml", &first)]).unwrap();
    let now =
        leidraad::RuleSet::from_files(&[("b.yaml", BASE), ("1.yaml", &first), ("2.yaml", &second)]).unwrap();
    let opening = |keep_rules| leidraad::dossier::Opening {
        authority: Some("GM0001".to_owned()),
        on: Some(crate::support::date("2025-07-04")),
        keep_rules,
        ..Default::default()
    };
    let dossier = leidraad::Dossier::new(&then, &opening(true), &super::stamp(1)).unwrap();
    assert!(dossier.fits(&now), "the same layers apply on that day");
    assert_eq!(changed(&verify(&dossier, &then)), [""; 0]);
    let later = verify(&dossier, &now);
    assert_eq!(changed(&later), [""; 0], "{later}");
    assert!(!later.is_complete(), "not the rules that were given: {later}");
}

/// What hangs on a layer of which nobody knows whether it applies hangs on what stands in that layer.
#[test]
fn the_digest_covers_layers_of_which_it_is_not_known_whether_they_apply() {
    let unsure = |title: &str| layer(title, "{ from: { between: [2025-01-01, 2025-12-31] } }");
    let digest = |files: &[(&str, &str)]| {
        let rules = leidraad::RuleSet::from_files(files).unwrap();
        let own = if files.len() == 1 {
            rules.on(crate::support::date("2025-07-04"))
        } else {
            rules.for_authority("GM0001").unwrap().on(crate::support::date("2025-07-04"))
        };
        own.unwrap().digest().to_owned()
    };
    let (a, b) = (unsure("Een"), unsure("Twee"));
    let digests = [
        digest(&[("b.yaml", BASE)]),
        digest(&[("b.yaml", BASE), ("1.yaml", &a)]),
        digest(&[("b.yaml", BASE), ("1.yaml", &b)]),
    ];
    assert!(digests[0] != digests[1] && digests[1] != digests[2], "{digests:?}");
    // a layer that certainly does not apply makes no difference
    let past = layer("Oud", "{ from: 2020-01-01, to: 2020-12-31 }");
    assert_eq!(digest(&[("b.yaml", BASE), ("1.yaml", &past)]), digests[0]);
}

/// One space, point or sign without width more makes no second person.
#[test]
fn four_eyes_are_of_two_people() {
    let signed = |second: &str| {
        let mut dossier = whole();
        dossier.sign(&Default::default(), &super::stamp(5).by(second)).unwrap();
        dossier.four_eyes()
    };
    for same in ["A. de Vries", " a.  de vries ", "A de Vries", "A. de\u{200b} Vries", "A.\u{a0}de Vries"] {
        assert!(!signed(same), "{same}");
    }
    assert!(signed("B. Bakker"));
}

/// A reference date on which the rules that are there give another digest, with all hashes made anew.
#[test]
fn a_digest_follows_from_the_layers_and_the_dates() {
    let rules = leidraad::catalog().rule_set("damocles/maatregel").unwrap();
    let opening = leidraad::dossier::Opening {
        authority: Some("GM0981".to_owned()),
        on: Some(crate::support::date("2026-07-04")),
        ..Default::default()
    };
    let dossier = leidraad::Dossier::new(rules, &opening, &super::stamp(1)).unwrap();
    let mut json = data(&dossier);
    // before the layer of Vaals applies
    json["revisions"][0]["rules"]["facts"] = json!("2020-01-01");
    for (_, day) in json["revisions"][0]["rules"]["others"].as_object_mut().into_iter().flatten() {
        *day = json!("2020-01-01");
    }
    oracle::rehash(&mut json);
    assert_eq!(changed(&verify(&read(&json), rules)), ["1 rules -"]);
}
