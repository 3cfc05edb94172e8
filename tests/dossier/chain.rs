//! One changed byte shows, and its finding names what was changed.

use leidraad::dossier::{Reference, What};
use leidraad::{Dossier, RuleSet};
use serde_json::{Value as Json, json};

use super::{changed, data, oracle, read, set, stamp, verify, whole, with};
use crate::support::{answers, snapshot, without_hashes};

/// The entries of a key in the whole dossier, each to be changed.
fn entries<'j>(json: &'j mut Json, key: &str) -> Vec<&'j mut Json> {
    let revisions = json["revisions"].as_array_mut().unwrap().iter_mut();
    let parts = revisions.flat_map(|revision| revision["parts"].as_array_mut().unwrap());
    let leaves =
        parts.flat_map(|part| part.get_mut("leaves").and_then(Json::as_array_mut).into_iter().flatten());
    leaves.filter_map(|leaf| leaf["value"].get_mut(key)).collect()
}

#[test]
fn the_hashes_are_those_of_the_description() {
    let json = data(&whole());
    let mut again = json.clone();
    oracle::rehash(&mut again);
    assert_eq!(again, json);
    assert_eq!(whole().to_json(), oracle::canonical(&json));
}

/// The file of a dossier, for who has to read one by eye.
#[test]
fn a_dossier_as_a_file() {
    let text = serde_json::to_string_pretty(&data(&whole())).unwrap();
    let version = concat!("\"engine\": \"", env!("CARGO_PKG_VERSION"));
    snapshot("dossier", "file", "", &without_hashes(&text).replace(version, "\"engine\": \"VERSION"));
}

/// Changes one thing in the file, without making the hashes anew.
#[test]
fn what_was_changed_is_named() {
    let rules = set();
    let whole = data(&whole());
    let change = |change: &dyn Fn(&mut Json)| {
        let mut json = whole.clone();
        change(&mut json);
        assert_ne!(json, whole, "nothing was changed");
        changed(&verify(&read(&json), &rules))
    };
    let entry = |key: &'static str, value: Json| {
        change(&move |json: &mut Json| {
            let mut value = value.clone();
            let target = entries(json, key).remove(0);
            for (key, value) in value.as_object_mut().unwrap() {
                target[key.as_str()] = value.take();
            }
        })
    };
    assert_eq!(entry("answer", json!({ "answer": "erf" })), ["2 answer soort"]);
    assert_eq!(entry("answer", json!({ "question": "signaal" })), ["2 answer signaal"]);
    assert_eq!(entry("deviate", json!({ "value": "zwaar" })), ["3 deviation ernst_volgens_feiten"]);
    assert_eq!(entry("deviate", json!({ "at": "2026-08-01" })), ["3 deviation ernst_volgens_feiten"]);
    assert_eq!(
        entry("motivation", json!({ "motivation": "Zomaar." })),
        ["3 motivation ernst_volgens_feiten"]
    );
    assert_eq!(
        entry("step", json!({ "record": { "done": "2026-08-01", "by": "D." } })),
        ["4 step voornemen"]
    );
    assert_eq!(entry("sign", json!({ "role": "burgemeester" })), ["5 sign_off -"]);
    assert_eq!(entry("open", json!({ "case": "Z-2026-2" })), ["1 opening -"]);
    assert_eq!(entry("about", json!({ "at": "2026-08-03T10:00:01+02:00" })), ["1 date -"]);
    assert_eq!(entry("about", json!({ "by": "X." })), ["1 date -"]);
    // the name of who signed
    let signer = change(&|json| entries(json, "about")[4]["by"] = "X.".into());
    assert_eq!(signer, ["5 sign_off -"]);
    // an outcome: it is not what was recorded, and not what follows
    let outcome = change(&|json| entries(json, "decisions")[2]["route"]["value"] = "kort".into());
    assert_eq!(outcome, ["2 outcome -", "2 outcome route"]);
    let rest = change(&|json| entries(json, "assessment")[1]["progress"]["open"] = 9.into());
    assert_eq!(rest, ["2 outcome -", "2 outcome voortgang"]);
    // the head of a revision
    assert_eq!(change(&|json| json["revisions"][2]["engine"] = "9.9.9".into()), ["3 revision -"]);
    assert_eq!(
        change(&|json| json["revisions"][2]["rules"]["facts"] = "2026-08-04".into()),
        ["3 revision -", "3 date -"]
    );
    let zeros = format!("sha256:{}", "0".repeat(64));
    assert_eq!(
        change(&|json| json["revisions"][1]["hash"] = zeros.as_str().into()),
        ["2 revision -", "3 revision -"]
    );
    assert_eq!(change(&|json| json["revisions"][4]["hash"] = zeros.as_str().into()), ["5 revision -"]);
    assert_eq!(
        change(&|json| json["revisions"][1]["previous"] = zeros.as_str().into()),
        ["2 revision -", "2 revision -"]
    );
    // the rules that it keeps
    let kept = change(&|json| {
        let text = json["layers"][0]["text"].as_str().unwrap().replace("Voorbeeldbeleid", "Ander beleid");
        json["layers"][0]["text"] = text.into();
    });
    assert_eq!(kept, ["- rules -"]);
}

#[test]
fn what_was_moved_added_or_left_out_is_named() {
    let rules = set();
    let whole = data(&whole());
    let change = |change: &dyn Fn(&mut Vec<Json>)| {
        let mut json = whole.clone();
        change(json["revisions"].as_array_mut().unwrap());
        changed(&verify(&read(&json), &rules))
    };
    assert_eq!(change(&|revisions| revisions.swap(1, 2)), ["2 order -", "3 order -", "4 revision -"]);
    assert_eq!(change(&|revisions| drop(revisions.remove(2))), ["4 order -", "5 order -"]);
    assert_eq!(
        change(&|revisions| revisions.insert(2, revisions[1].clone())),
        ["2 order -", "3 order -", "4 order -", "5 order -"]
    );
    assert_eq!(
        change(&|revisions| drop(revisions.remove(0)))[..2],
        ["2 order -", "2 opening -"].map(String::from)[..]
    );
    // inside a revision
    let mut two = super::whole();
    two.record(&rules, &answers(r#"{"soort": "erf", "ernst": "licht"}"#), &stamp(5)).unwrap();
    let two = data(&two);
    let acts = |revision: &mut Json| revision["parts"][1]["leaves"].as_array_mut().unwrap().len();
    assert_eq!(acts(&mut two["revisions"][5].clone()), 2);
    let leaves = |change: &dyn Fn(&mut Vec<Json>)| {
        let mut json = two.clone();
        change(json["revisions"][5]["parts"][1]["leaves"].as_array_mut().unwrap());
        changed(&verify(&read(&json), &rules))
    };
    assert_eq!(leaves(&|leaves| leaves.swap(0, 1)), ["6 order -"]);
    assert_eq!(leaves(&|leaves| drop(leaves.pop())), ["6 order -"]);
    assert_eq!(leaves(&|leaves| leaves.push(leaves[0].clone())), ["6 order -"]);
    // a whole part
    let without = change(&|revisions| drop(revisions[2]["parts"].as_array_mut().unwrap().remove(1)));
    assert_eq!(without[0], "3 revision -");
    // the end: only a hash that was kept elsewhere shows it
    let mut shorter = whole.clone();
    shorter["revisions"].as_array_mut().unwrap().pop();
    let shorter = read(&shorter);
    assert!(verify(&shorter, &rules).is_intact());
    let head = whole["revisions"][4]["hash"].as_str().unwrap();
    let held = shorter.verify(&Reference { head: Some(head), ..Reference::default() });
    assert_eq!(changed(&held), ["- head -"]);
    let earlier = whole["revisions"][2]["hash"].as_str().unwrap();
    let held = shorter.verify(&Reference { head: Some(earlier), ..Reference::default() });
    assert!(held.is_intact() && held.findings.iter().any(|f| f.what == What::Head), "{held}");
}

/// Somebody who knows how a dossier is made changes it and makes all hashes anew.
#[test]
fn whoever_makes_the_hashes_anew_must_also_make_it_follow() {
    let rules = set();
    let whole = data(&whole());
    let head = whole["revisions"][4]["hash"].as_str().unwrap();
    let forge = |change: &dyn Fn(&mut Json)| {
        let mut json = whole.clone();
        change(&mut json);
        oracle::rehash(&mut json);
        read(&json)
    };
    let found = |forged: &Dossier| changed(&verify(forged, &rules));
    // an answer, but not what follows from it
    let answer = forge(&|json| entries(json, "answer")[0]["answer"]["value"] = "erf".into());
    assert!(found(&answer).contains(&"2 outcome route".to_owned()), "{:?}", found(&answer));
    // an outcome that does not follow
    let outcome = forge(&|json| entries(json, "decisions")[2]["route"]["value"] = "kort".into());
    assert_eq!(found(&outcome), ["2 outcome route"]);
    // a reference date that does not follow, or rules that are not those
    let date = forge(&|json| json["revisions"][1]["rules"]["facts"] = "2026-08-04".into());
    assert_eq!(found(&date), ["2 date -"]);
    let other =
        forge(&|json| json["revisions"][1]["rules"]["digest"] = format!("sha256:{}", "1".repeat(64)).into());
    let verification = verify(&other, &rules);
    assert!(
        !verification.is_complete() && verification.findings.iter().any(|f| f.what == What::Rules),
        "{verification}"
    );
    // a confidential answer in the part for everyone
    let exposed = forge(&|json| {
        let leaf =
            json["revisions"][1]["parts"][2].as_object_mut().unwrap().remove("leaves").unwrap()[0].clone();
        json["revisions"][1]["parts"][1]["leaves"].as_array_mut().unwrap().push(leaf);
    });
    assert_eq!(found(&exposed), ["2 class signaal"]);
    // an answer that the rules do not know
    let unknown = forge(&|json| entries(json, "answer")[0]["question"] = "bestaat_niet".into());
    assert!(found(&unknown).contains(&"2 answer -".to_owned()), "{:?}", found(&unknown));
    // a sign-off without a name, and one together with something else
    let nameless = forge(&|json| drop(entries(json, "about")[4].as_object_mut().unwrap().remove("by")));
    assert_eq!(found(&nameless), ["5 sign_off -"]);
    // a remark or a motivation is no more than a text: only a hash that was kept elsewhere shows it
    let motivation = forge(&|json| entries(json, "motivation")[0]["motivation"] = "Zomaar.".into());
    assert_eq!(found(&motivation), [""; 0]);
    let held = motivation.verify(&Reference { rules: &[&rules], head: Some(head), ..Reference::default() });
    assert_eq!(changed(&held), ["- head -"]);
}

/// Rules that are changed in the dossier, with all digests and hashes made anew, are held against those that are given.
#[test]
fn forged_rules_show_where_the_real_ones_are_given() {
    use sha2::{Digest, Sha256};
    let rules = set();
    let forged_rules = crate::support::rules(&super::RULES.replace("pand  || lang", "pand  || kort"));
    let real = with(&rules, &[r#"{"soort": "pand"}"#]);
    let forged = with(&forged_rules, &[r#"{"soort": "pand"}"#]);
    let digest = |dossier: &Dossier| dossier.revisions()[0].rules.digest.as_str().to_owned();
    assert_ne!(digest(&real), digest(&forged));
    // in itself it is consistent: it says by which rules it was judged, word for word
    assert!(forged.verify(&Reference::default()).is_complete());
    let text = data(&forged)["layers"][0]["text"].as_str().unwrap().to_owned();
    let sum: String = Sha256::digest(format!("{text}\n")).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest(&forged), format!("sha256:{sum}"), "one layer: its digest is that of the rules");
    let told = verify(&forged, &rules);
    assert!(!told.is_complete() && told.findings.iter().any(|finding| finding.what == What::Rules), "{told}");
}

#[test]
fn a_clock_that_runs_back_is_remarked() {
    let rules = set();
    let mut dossier = with(&rules, &[r#"{"soort": "pand"}"#]);
    let earlier = leidraad::dossier::Stamp::new("2026-08-03T09:59:00+02:00", [9; 32]).unwrap();
    dossier.record(&rules, &answers(r#"{"soort": "erf"}"#), &earlier).unwrap();
    let verification = verify(&dossier, &rules);
    assert!(verification.is_complete());
    assert_eq!(verification.findings[0].what, What::Date);
    // the same moment elsewhere on earth is not earlier
    let elsewhere = leidraad::dossier::Stamp::new("2026-08-03T07:59:00Z", [8; 32]).unwrap();
    dossier.record(&rules, &answers(r#"{"soort": "pand"}"#), &elsewhere).unwrap();
    assert_eq!(verify(&dossier, &rules).findings.len(), 1);
}

#[test]
fn findings_in_words() {
    let rules: RuleSet = set();
    let mut json = data(&whole());
    entries(&mut json, "answer")[0]["answer"] = "erf".into();
    entries(&mut json, "motivation")[0]["motivation"] = "Zomaar.".into();
    json["revisions"].as_array_mut().unwrap().swap(3, 4);
    let told = |dossier: &Dossier, reference: &Reference<'_>| {
        let verification = dossier.verify(reference);
        // the hash hangs on every word of the rules
        verification.to_string().replace(dossier.head(), "sha256:…")
    };
    let given = Reference { rules: &[&rules], ..Reference::default() };
    snapshot("dossier", "verify_changed", "", &told(&read(&json), &given));
    snapshot(
        "dossier",
        "verify_intact",
        "",
        &told(&whole(), &Reference { head: Some(whole().head()), ..given }),
    );
    snapshot("dossier", "verify_alone", "", &told(&whole(), &Reference::default()));
}
