//! What people read: summaries, lists, and the worked example.

use crate::run::{folder, leidraad, typed, with_input};

const FILE: &str = "tests/fixtures/maatregel.yaml";

#[test]
fn a_summary_begins_with_the_outcome() {
    let open =
        typed(&["evaluate", FILE, "--on", "2026-07-04", "--answers", "-"], r#"{"object": "woning"}"#).ok();
    insta::assert_snapshot!("summary_open", open);
    let answers = r#"{"object": "lokaal", "gram": 60, "eerder": 2}"#;
    let determined = typed(&["evaluate", FILE, "--on", "2026-07-04", "--answers", "-"], answers).ok();
    insta::assert_snapshot!("summary_determined", determined);
}

#[test]
fn a_summary_names_the_source_of_the_threshold() {
    let answers = r#"{"openbaar": true, "uitzondering": "geen", "soort": "straatfeest", "aantal": 300}"#;
    let set = ["evaluate", "evenementen/melding", "--authority", "GM0994", "--on", "2026-07-04"];
    let text = typed(&[&set[..], &["--answers", "-"]].concat(), answers).ok();
    assert!(text.contains("Bronnen van de regel die beslist:"), "{text}");
    assert!(text.contains("- Algemene regels meldingsplichtige evenementen 2019"), "{text}");
}

#[test]
fn a_summary_says_what_no_answer_decides() {
    let answers = r#"{"openbaar": true, "uitzondering": "geen", "soort": "toertocht", "voertuigen": 100}"#;
    let set = ["evaluate", "evenementen/melding", "--authority", "GM1729", "--on", "2026-07-04"];
    let text = typed(&[&set[..], &["--answers", "-"]].concat(), answers).ok();
    assert!(
        text.contains("  De bron laat hier meer dan één uitkomst open: haar regels overlappen, of zeggen"),
        "{text}"
    );
}

#[test]
fn a_summary_shows_a_deviation_beside_the_outcome() {
    let file = "../../tests/fixtures/procedure/stappen.yaml";
    let decided = r#""maatregel": {"value": "sluiting", "motivation": "Derde keer."}"#;
    let other = r#""ernst_volgens_feiten": {"value": "zwaar", "motivation": "Gezien ter plaatse."}"#;
    let answers = format!(r#"{{"ernst": "licht", "$deviations": {{{decided}, {other}}}}}"#);
    let text = typed(&["evaluate", file, "--on", "2026-08-01", "--answers", "-"], &answers).ok();
    for line in [
        "Maatregel: Waarschuwing. In afwijking hiervan besloten: Sluiting. Motivering: Derde keer.",
        "    - Ernst volgens de feiten, nog mogelijk: Licht of Zwaar. In afwijking hiervan besloten:",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    assert_eq!(text.matches("In afwijking").count(), 2, "{text}");
}

#[test]
fn questions_as_a_list() {
    insta::assert_snapshot!(leidraad(&["questions", FILE, "--on", "2026-07-04"]).ok());
}

#[test]
fn the_list_names_sets_layers_and_periods() {
    let list = leidraad(&["list"]).ok();
    for part in ["evenementen/risicoscan", "evenementen/melding", "GM1729", "from 2026-08-21"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let data = leidraad(&["list", "--format", "json"]).json();
    let sets: Vec<&str> = data.as_array().unwrap().iter().map(|set| set["id"].as_str().unwrap()).collect();
    assert_eq!(
        sets,
        [
            "bibob/toets",
            "damocles/maatregel",
            "evenementen/behandeling",
            "evenementen/melding",
            "evenementen/risicoscan",
            "evenementen/veiligheid",
            "limburgse-norm/zelfevaluatie"
        ]
    );
    assert_eq!(data[3]["layers"].as_array().unwrap().len(), 6, "a shared layer and five municipalities");
}

#[test]
fn without_arguments_a_worked_example() {
    let example = leidraad(&[]).ok();
    for part in ["Risicoscan evenementen", "wegen", "leidraad list", "leidraad ask", "leidraad --help"] {
        assert!(example.contains(part), "{part}: {example}");
    }
    assert!(!example.contains('\u{1b}'), "no escape codes where there is no terminal");
}

#[test]
fn help_has_examples() {
    for command in ["list", "check", "test", "evaluate", "explain", "ask", "questions", "schema", "fmt"] {
        let help = leidraad(&[command, "--help"]).ok();
        assert!(help.contains("Usage: leidraad"), "{command}: {help}");
    }
    assert!(leidraad(&["--help"]).ok().contains("Examples:"));
}

/// A remark that is certain has its source, with how certain that is; what may yet follow has none, as an open outcome has none.
#[test]
fn remarks_have_their_sources() {
    let text = r#"
leidraad: 1
id: t/hek
title: Hek
sources:
  wet: { kind: example, title: Hekkenwet, certainty: verified }
  krant: { kind: website, title: De krant, certainty: verified }
questions:
  - section: Hek
    items:
      - { id: hoog, ask: Is het hoog?, type: boolean, sources: [wet] }
      - { id: oud, ask: Is het oud?, type: boolean, sources: [wet] }
decisions:
  mag:
    outcome: true
    sources: [wet]
    table: ["hoog || mag", "ja || nee", "nee || ja"]
findings:
  bellen: { text: Bel de buren., severity: attention, when: { hoog: ja }, sources: [{ id: krant, article: "7", certainty: secondary }] }
  kijken: { text: Kijk in het archief., severity: note, when: { oud: ja }, sources: [{ id: wet, article: "8" }] }
"#;
    let place = folder(&[("hek.yaml", text), ("zaak.json", r#"{ "hoog": true }"#)]);
    let told = with_input(&["evaluate", "hek.yaml", "--answers", "zaak.json"], b"", place.path()).ok();
    let told: Vec<&str> = told.lines().map(str::trim).collect();
    let at = told.iter().position(|line| *line == "- Let op: Bel de buren.").unwrap();
    assert_eq!(told[at + 1], "Bron: De krant, art. 7 (uit tweede hand of verouderd)", "{told:?}");
    assert!(told.iter().any(|line| line.contains("Kijk in het archief.")), "{told:?}");
    assert!(told.iter().all(|line| !line.contains("art. 8")), "{told:?}");
}
