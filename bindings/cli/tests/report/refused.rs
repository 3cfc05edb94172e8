//! Input that is no dossier, and outputs that cannot be written: exit code 2, told clearly, and nothing is written.

use super::report;
use crate::dossier::{dossier, names, small};
use crate::run::{folder, leidraad, write};

#[test]
fn files_that_are_no_dossier() {
    let folder = folder(&[
        ("antwoorden.json", r#"{"object": "woning"}"#),
        ("half.json", r#"{"leidraad_dossier":1,"revi"#),
        ("later.json", r#"{"leidraad_dossier":7,"anders":true}"#),
        ("leeg.json", ""),
        ("geen.txt", "hallo"),
    ]);
    let before = names(folder.path());
    for (name, part) in [
        ("antwoorden.json", "this is not a dossier"),
        ("half.json", "the file ends too early"),
        ("later.json", "found `7`"),
        ("leeg.json", "this is not JSON"),
        ("geen.txt", "this is not JSON"),
        ("nergens.json", "there is no such file"),
    ] {
        for form in ["html", "md", "json", "ics"] {
            let told = report(folder.path(), &[name, "--format", form, "--output", "verslag"]).refused();
            assert!(told.contains(part), "{name}: {told}");
        }
    }
    assert_eq!(names(folder.path()), before);
}

#[test]
fn outputs_that_cannot_be_written() {
    let (folder, _) = small();
    write(&folder.path().join("er.html"), b"oud");
    for (arguments, part) in [
        (&["zaak.json", "--output", "er.html"][..], "is there already"),
        (&["zaak.json", "--output", "verslag.docx"], "end it with .html, .md, .json or .ics"),
        (&["zaak.json", "--output", "verslag"], "does not say what to write"),
        (&["zaak.json", "--output", "nergens/verslag.html"], "cannot write"),
        (&["zaak.json", "--force"], "--output"),
        (&["zaak.json", "--format", "pdf"], "possible values: html, md, json, ics"),
        (&["zaak.json", "--on", "31 mei"], "YYYY-MM-DD"),
        (&["zaak.json", "--reader", "politie"], "`politie` is not a class"),
        (&["zaak.json", "--rules", "nergens.yaml"], "nergens.yaml"),
        (&["zaak.json", "--rules", "damocles/maatregel"], "other-rules"),
        (&["zaak.json", "--format", "ics"], "no step of this dossier is open"),
    ] {
        let told = report(folder.path(), arguments).refused();
        assert!(told.contains(part), "{arguments:?}: {told}");
        assert_eq!(std::fs::read(folder.path().join("er.html")).unwrap(), b"oud");
    }
    report(folder.path(), &["zaak.json", "--output", "er.html", "--force"]).ok();
    assert!(std::fs::read_to_string(folder.path().join("er.html")).unwrap().starts_with("<!DOCTYPE html>"));
}

/// Rules that the dossier does not keep are asked for.
#[test]
fn rules_that_are_not_kept_are_asked_for() {
    let (folder, _) = small();
    dossier(folder.path(), &["new", "maatregel.yaml", "los.json", "--on", "2026-07-04", "--without-rules"])
        .ok();
    let told = report(folder.path(), &["los.json"]).refused();
    assert!(told.contains("--rules FILE"), "{told}");
    assert!(report(folder.path(), &["los.json", "--rules", "maatregel.yaml"]).ok().starts_with("# "));
}

#[test]
fn help_and_schema() {
    let help = leidraad(&["report", "--help"]).ok();
    assert!(
        help.contains("Examples:") && help.contains("--reader") && help.contains("[alias: --out]"),
        "{help}"
    );
    let schema = leidraad(&["schema", "report"]).json();
    assert_eq!(schema["title"], "Report");
}

/// A view from which something was withheld does not say that no question is open.
#[test]
fn a_redacted_view_is_not_called_complete() {
    let answers = "besluit: alcoholvergunning\nfase: aanvraag\nontvangen_op: 2026-07-01\n";
    let folder = folder(&[("vragen.yaml", answers)]);
    dossier(
        folder.path(),
        &["new", "bibob/toets", "zaak.json", "--authority", "GM0994", "--answers", "vragen.yaml"],
    )
    .ok();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let public = flat(&dossier(folder.path(), &["show", "zaak.json", "--reader", "public"]).ok());
    assert!(public.contains("afgeschermde vragen tellen niet mee"), "{public}");
    assert!(!public.contains("geen vragen meer open"), "{public}");
    let all = flat(&dossier(folder.path(), &["show", "zaak.json"]).ok());
    assert!(!all.contains("afgeschermde vragen"), "{all}");
}

const ONE_STEP: &str = "\
leidraad: 1
id: voorbeeld/stap
title: Voorbeeld
sources: { s: { kind: example, title: Voorbeeld } }
classes: { politie: { title: Gegevens van de politie, sources: [s] } }
questions:
  - section: Feiten
    items:
      - { id: soort, ask: Wat is het?, type: choice, options: { pand: { label: Pand }, erf: { label: Erf } }, sources: [s] }
decisions:
  weg: { title: Weg, outcome: true, sources: [s], table: \"soort || weg\\npand || kort\\nerf || lang\" }
steps:
  melden: { title: Melden, actor: Politie, confidentiality: politie, sources: [s] }
";

/// A step that is withheld from a reader may be open: that none is, is not said.
#[test]
fn a_calendar_without_steps_that_this_reader_may_see() {
    let folder = folder(&[("stap.yaml", ONE_STEP)]);
    dossier(folder.path(), &["new", "stap.yaml", "zaak.json", "--on", "2026-07-04"]).ok();
    report(folder.path(), &["zaak.json", "--format", "ics"]).ok();
    let told = report(folder.path(), &["zaak.json", "--format", "ics", "--reader", "public"]).refused();
    assert!(told.contains("no step that this reader may see is open"), "{told}");
}
