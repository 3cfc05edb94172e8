//! Notes on sections: who does one, and who says that it is ready.

use leidraad::dossier::{Opening, Sectioned, SignOff, Stamp};
use leidraad::{Answers, Code, Dossier};

use super::{changed, data, read, set, stamp, verify, whole};

fn notes(text: &str) -> Vec<Sectioned> {
    Sectioned::list_from_json("sections.json", text).unwrap_or_else(|findings| panic!("{findings}"))
}

const READY: &str = r#"[{"section": "Feiten", "assigned": "toezichthouder",
    "ready": {"by": "A. de Vries", "role": "toezichthouder", "at": "2026-08-02", "changed": false}}]"#;

/// A dossier with notes, beside the answers that it had.
pub(super) fn noted() -> Dossier {
    let mut dossier = whole();
    let answers = dossier.answers();
    assert!(dossier.update_with(&set(), &answers, &notes(READY), &stamp(5)).unwrap());
    dossier
}

#[test]
fn notes_are_recorded_once_read_back_and_told() {
    let (rules, mut dossier) = (set(), noted());
    let again = read(&data(&dossier));
    assert_eq!((again.sections(), again.revisions().len()), (notes(READY), 6));
    assert!(verify(&again, &rules).is_complete());
    let answers = dossier.answers();
    assert!(!dossier.update_with(&rules, &answers, &notes(READY), &stamp(6)).unwrap(), "nothing differs");
    // who knows nothing of notes leaves them as they are
    assert!(dossier.update(&rules, &Answers::new().with("soort", "erf"), &stamp(6)).unwrap());
    assert_eq!(dossier.sections(), notes(READY));
    let told = dossier.history(Some(&dossier.program(&rules).unwrap()));
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains(
            "onderdeel «Feiten»: toegewezen aan toezichthouder, klaar volgens A. de Vries als toezichthouder op 2 augustus 2026"
        ),
        "{told}"
    );
    // and a reader without classes sees them, as they hold nothing of the answers
    assert_eq!(dossier.redact(&["public"]).unwrap().sections(), notes(READY));
}

#[test]
fn what_was_answered_after_a_note_is_known() {
    let (rules, mut dossier) = (set(), noted());
    assert!(dossier.answered_since("Feiten").is_empty(), "what was answered before it does not count");
    dossier.record(&rules, &Answers::new().with("soort", "erf"), &stamp(6)).unwrap();
    dossier.take_back(&rules, "tip", &stamp(7)).unwrap();
    assert_eq!(dossier.answered_since("Feiten"), ["soort", "tip"]);
    assert!(dossier.answered_since("Iets anders").is_empty());
    let again = notes(&READY.replace("false", "true"));
    let answers = dossier.answers();
    dossier.update_with(&rules, &answers, &again, &stamp(8)).unwrap();
    assert!(dossier.answered_since("Feiten").is_empty(), "the last note counts");
    assert!(dossier.history(None).contains("daarna is een antwoord"));
}

#[test]
fn notes_are_no_sign_off_and_end_one() {
    let rules = set();
    let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(0)).unwrap();
    dossier.sign(&SignOff::default(), &stamp(1)).unwrap();
    let other = Stamp::new("2026-08-03T10:02:00+02:00", [2; 32]).unwrap().by("B. Bakker");
    dossier.update_with(&rules, &Answers::new(), &notes(READY), &other).unwrap();
    assert!(!dossier.four_eyes());
    assert_eq!(dossier.sign_offs().iter().map(|signed| signed.current).collect::<Vec<_>>(), [false]);
}

#[test]
fn notes_that_are_gone_are_taken_back_and_sections_that_are_not_there_refused() {
    let (rules, mut dossier) = (set(), noted());
    let answers = dossier.answers();
    let before = dossier.clone();
    let unknown = notes(r#"[{"section": "Feitjes", "assigned": "A."}]"#);
    let refused = dossier.update_with(&rules, &answers, &unknown, &stamp(6)).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().code, Code::UnknownName);
    assert_eq!(dossier, before);
    assert!(dossier.update_with(&rules, &answers, &[], &stamp(6)).unwrap());
    assert!(dossier.sections().is_empty());
    assert!(dossier.history(None).contains("aantekening ingetrokken"));
    assert!(verify(&dossier, &rules).is_complete());
    for text in
        ["{}", r#"[{"assigned": "A."}]"#, r#"[{"section": "Feiten", "ready": {"changed": false}}]"#, "["]
    {
        assert!(Sectioned::list_from_json("a.json", text).is_err(), "{text}");
    }
}

#[test]
fn a_note_that_was_changed_is_named() {
    let forged = noted().to_json().replace(r#""role":"toezichthouder""#, r#""role":"burgemeester""#);
    let forged = Dossier::from_json("zaak.json", &forged).unwrap();
    assert_eq!(changed(&verify(&forged, &set())), ["6 sign_off Feiten"]);
}
