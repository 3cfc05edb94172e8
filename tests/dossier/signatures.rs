//! Sign-offs: four eyes, and signatures that hold only for what was signed, with the key that signed.

use leidraad::dossier::{Reference, SignOff, Stamp, Weight, What};
use leidraad::{Code, Dossier};
use minisign::KeyPair;

use super::{changed, data, oracle, read, set, stamp, verify, with};
use crate::support::answers;

fn pair() -> KeyPair {
    KeyPair::generate_unencrypted_keypair().unwrap()
}

fn public(pair: &KeyPair) -> String {
    pair.pk.to_box().unwrap().to_string()
}

fn signature(pair: &KeyPair, text: &str) -> String {
    minisign::sign(None, &pair.sk, text.as_bytes(), None, None).unwrap().to_string()
}

fn signed(pair: &KeyPair, dossier: &Dossier) -> SignOff {
    SignOff { role: None, signature: Some((signature(pair, &dossier.to_sign()), public(pair))) }
}

fn by(name: &str, minute: u8) -> Stamp {
    stamp(minute).by(name)
}

#[test]
fn the_text_to_sign_names_the_last_revision() {
    let rules = set();
    let dossier = with(&rules, &[r#"{"soort": "pand"}"#]);
    assert_eq!(dossier.to_sign(), format!("leidraad-dossier-1 {}\n", dossier.head()));
}

#[test]
fn two_people_on_the_same_state_are_four_eyes() {
    let rules = set();
    let mut dossier = with(&rules, &[r#"{"soort": "pand"}"#]);
    assert!(!dossier.four_eyes());
    dossier.sign(&SignOff::default(), &by("A. de Vries", 2)).unwrap();
    dossier.sign(&SignOff::default(), &by(" a. de vries ", 3)).unwrap();
    assert!(!dossier.four_eyes(), "one person twice");
    dossier
        .sign(&SignOff { role: Some("teamleider".to_owned()), signature: None }, &by("B. Bakker", 4))
        .unwrap();
    assert!(dossier.four_eyes());
    dossier.record(&rules, &answers(r#"{"soort": "erf"}"#), &stamp(5)).unwrap();
    assert!(!dossier.four_eyes(), "on an earlier state");
    let list = dossier.sign_offs();
    let told: Vec<(u32, &str, bool)> = list.iter().map(|s| (s.revision, s.by.as_str(), s.current)).collect();
    assert_eq!(told, [(3, "A. de Vries", false), (4, "a. de vries", false), (5, "B. Bakker", false)]);
    assert_eq!(list[2].role.as_deref(), Some("teamleider"));
    assert!(verify(&dossier, &rules).is_complete());
}

#[test]
fn a_signature_holds_for_what_was_signed_and_no_other() {
    let rules = set();
    let pair = pair();
    let mut dossier = with(&rules, &[r#"{"soort": "pand"}"#]);
    let early = signed(&pair, &dossier);
    dossier.record(&rules, &answers(r#"{"soort": "erf"}"#), &stamp(2)).unwrap();
    // of another state, of another text, with another key, or none of these
    let before = dossier.clone();
    let other = self::pair();
    let text = dossier.to_sign();
    for (what, sign_off) in [
        ("another state", early),
        (
            "another text",
            SignOff { role: None, signature: Some((signature(&pair, dossier.head()), public(&pair))) },
        ),
        ("another key", SignOff { role: None, signature: Some((signature(&pair, &text), public(&other))) }),
        ("no signature", SignOff { role: None, signature: Some(("geen".to_owned(), public(&pair))) }),
        ("no key", SignOff { role: None, signature: Some((signature(&pair, &text), "geen".to_owned())) }),
    ] {
        let refused = dossier.sign(&sign_off, &by("A.", 3)).unwrap_err();
        assert_eq!(refused.iter().next().unwrap().code, Code::WrongAnswer, "{what}");
        assert_eq!(dossier, before, "{what}");
    }
    dossier.sign(&signed(&pair, &dossier.clone()), &by("A.", 3)).unwrap();
    let key = public(&pair);
    let trusted = dossier.verify(&Reference { rules: &[&rules], keys: &[&key], head: None });
    assert!(trusted.is_complete() && trusted.findings.is_empty(), "{trusted}");
    assert_eq!(trusted.signatures, 1);
    let bare = key.lines().last().unwrap();
    assert_eq!(dossier.verify(&Reference { rules: &[&rules], keys: &[bare], head: None }), trusted);
    // without a key to trust it is remarked that the key stands in the dossier itself
    let alone = verify(&dossier, &rules);
    assert!(alone.is_intact());
    let remark = alone.findings.iter().find(|finding| finding.what == What::SignOff).unwrap();
    assert_eq!((remark.weight, remark.revision), (Weight::Remark, Some(4)));
    // with other keys to trust it does not count
    let strange = public(&other);
    let distrusted = dossier.verify(&Reference { rules: &[&rules], keys: &[&strange], head: None });
    assert_eq!(changed(&distrusted), ["4 sign_off -"]);
    assert_eq!(dossier.sign_offs()[0].signature, Some(true));
}

/// Whoever makes all hashes anew cannot make the signature anew.
#[test]
fn a_signature_outlives_hashes_that_are_made_anew() {
    let rules = set();
    let pair = pair();
    let mut dossier = with(&rules, &[r#"{"soort": {"value": "pand", "remark": "Gezien."}}"#]);
    dossier.sign(&signed(&pair, &dossier.clone()), &by("A.", 2)).unwrap();
    let mut json = data(&dossier);
    let text = oracle::canonical(&json).replace("Gezien.", "Gehoord.");
    json = serde_json::from_str(&text).unwrap();
    oracle::rehash(&mut json);
    let forged = read(&json);
    assert_eq!(changed(&verify(&forged, &rules)), ["3 sign_off -"]);
    assert_eq!(forged.sign_offs()[0].signature, Some(false));
}

#[test]
fn the_same_key_under_two_names_is_one_person() {
    let rules = set();
    let pair = pair();
    let mut dossier = with(&rules, &[r#"{"soort": "pand"}"#]);
    dossier.sign(&signed(&pair, &dossier.clone()), &by("A.", 2)).unwrap();
    dossier.sign(&signed(&pair, &dossier.clone()), &by("B.", 3)).unwrap();
    assert!(!dossier.four_eyes());
    let other = self::pair();
    dossier.sign(&signed(&other, &dossier.clone()), &by("C.", 4)).unwrap();
    assert!(dossier.four_eyes());
    assert_eq!(verify(&dossier, &rules).signatures, 3);
}
