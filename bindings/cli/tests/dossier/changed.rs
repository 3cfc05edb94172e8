//! A dossier that was changed outside: whatever is told of it says so first.

use super::{dossier, small};
use crate::run::{folder, with_input, write};

/// A text on one line: where it is broken depends on its words.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn show_says_so_first() {
    let (folder, file) = small();
    let intact = dossier(folder.path(), &["show", "zaak.json"]).ok();
    assert!(
        !intact.contains("Let op") && flat(&intact).contains("Zolang de laatste hash gelijk is"),
        "{intact}"
    );
    let forged =
        std::fs::read_to_string(&file).unwrap().replace(r#""answer":"woning""#, r#""answer":"lokaal""#);
    write(&folder.path().join("vals.json"), forged.as_bytes());
    let shown = dossier(folder.path(), &["show", "vals.json"]).ok();
    assert!(shown.starts_with("Let op: dit dossier is gewijzigd\n"), "{shown}");
    assert!(flat(&shown).contains("Revisie 2: Het antwoord op «object»"), "{shown}");
    assert!(!flat(&shown).contains("Zolang de laatste hash gelijk is"), "{shown}");
    assert!(flat(&shown).contains("De laatste hash hieronder zegt daarom niets"), "{shown}");
    // what a program reads is the dossier itself
    for arguments in [&["show", "vals.json", "--format", "json"][..], &["show", "vals.json", "--to-sign"]] {
        let ran = dossier(folder.path(), arguments);
        assert_eq!(ran.code, Some(0));
        assert!(ran.err.starts_with("Let op: dit dossier is gewijzigd"), "{}", ran.err);
        assert!(!ran.out.contains("Let op"), "{}", ran.out);
    }
}

#[test]
fn compare_says_so_first() {
    let folder = folder(&[]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    run(&["new", "limburgse-norm/zelfevaluatie", "een.json", "--case", "Meting 1"]);
    let text = std::fs::read_to_string(folder.path().join("een.json")).unwrap();
    write(&folder.path().join("vals.json"), text.replace("Meting 1", "Meting 9").as_bytes());
    assert!(!run(&["compare", "een.json", "een.json"]).contains("Let op"));
    let told = run(&["compare", "een.json", "vals.json"]);
    assert!(told.starts_with("vals.json: Let op: dit dossier is gewijzigd\n"), "{told}");
    let ran = dossier(folder.path(), &["compare", "vals.json", "een.json", "--format", "json"]);
    assert!(ran.code == Some(0) && ran.err.starts_with("vals.json: Let op"), "{}", ran.err);
    assert!(serde_json::from_str::<serde_json::Value>(&ran.out).is_ok(), "{}", ran.out);
}

#[test]
fn a_calendar_says_so_in_each_entry() {
    let folder = folder(&[]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    run(&["new", "bibob/toets", "zaak.json", "--authority", "GM0994"]);
    run(&["answer", "zaak.json", "besluit=alcoholvergunning", "fase=aanvraag", "ontvangen_op=2026-04-21"]);
    let text = std::fs::read_to_string(folder.path().join("zaak.json")).unwrap();
    let forged = text.replace(r#""answer":"2026-04-21""#, r#""answer":"2026-05-21""#);
    assert_ne!(text, forged);
    write(&folder.path().join("vals.json"), forged.as_bytes());
    let calendar = |name: &str| with_input(&["report", name, "--format", "ics"], b"", folder.path());
    assert!(!calendar("zaak.json").ok().contains("NIET"));
    let ran = calendar("vals.json");
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.err.contains("NIET zoals het is vastgelegd") && ran.err.contains("dossier verify"),
        "{}",
        ran.err
    );
    // lines of a calendar go on after a break and a space
    let unfolded = ran.out.replace("\r\n ", "");
    assert!(unfolded.contains("X-WR-CALDESC:Let op: Dit dossier is NIET"), "{unfolded}");
    let entries = unfolded.matches("BEGIN:VEVENT").count() + unfolded.matches("BEGIN:VTODO").count();
    assert_eq!(unfolded.matches("\nDESCRIPTION:Let op: Dit dossier is NIET").count(), entries + 1);
}
