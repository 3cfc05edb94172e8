//! Explanations: as an official reads them, as data, and right by brute force.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod others;
mod passed;
mod reasons;
mod values;
mod words;

use leidraad::{Answers, Program};

use crate::support::{answers, date, programs, rules, snapshot};

/// The base case of the scan: the sum is 7.25, so class B.
const SCAN: &str = "aantrekkingskracht: regionaal
leeftijd: alle_leeftijden
aandacht: nee
zelfredzaamheid: voldoende
risico_activiteiten: nee
samenstelling: beide
overnachten: geen_of_bestemd
alcohol_drugs: zonder_risico
aantal: 3000
datum_start: 2027-07-10
locatie: buiten_geschikt
ondergrond: doorlatend
tijdsduur: middel_dag
wegen: redelijk
";

/// A street party in Gulpen-Wittem that meets every condition.
const FEAST: &str = "openbaar: ja
uitzondering: geen
soort: straatfeest
aantal: 120
dagen: 1
datum_start: 2026-07-04
feestdag: nee
begin_tijd: \"12:00\"
eind_tijd: \"22:00\"
na_middernacht: nee
geluid: geen
weg: geen
objecten: 4
grootste_object: 12
tent: nee
podium: nee
vuurwerk: nee
";

fn shipped(name: &str) -> Program {
    let found = programs().into_iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("{name}")).1
}

/// The base case with some answers replaced; `x: -` takes the answer out.
fn with(base: &str, changes: &[(&str, &str)]) -> String {
    let mut lines: Vec<String> = base.lines().map(str::to_owned).collect();
    for (question, answer) in changes {
        lines.retain(|line| !line.starts_with(&format!("{question}:")));
        if *answer != "-" {
            lines.push(format!("{question}: {answer}"));
        }
    }
    lines.join("\n") + "\n"
}

/// Snapshots of the text and, on demand, of the data.
fn explained(name: &str, program: &Program, given: &str, decision: Option<&str>, data: bool) {
    let answers: Answers = answers(given);
    let explanation = program.explain(&answers, decision).unwrap();
    snapshot("explain", name, given, &explanation.to_string());
    if data {
        let json = serde_json::to_string_pretty(&explanation).unwrap();
        snapshot("explain", &format!("{name}_json"), given, &json);
    }
}

const SMALL: &str = include_str!("fixtures/explain/small.yaml");

fn small() -> Program {
    rules(SMALL).on(date("2026-07-04")).unwrap()
}

#[test]
fn determined() {
    let sanction = crate::support::bench();
    explained(
        "determined_table",
        &sanction,
        "object: woning\nmiddel: soft\ngram: 12\neerder: 1\n",
        None,
        true,
    );
    explained("determined_otherwise", &sanction, "gram: 0.2\n", None, false);
    explained("determined_class", &shipped("evenementen/risicoscan"), SCAN, None, false);
    explained("determined_melding", &shipped("evenementen/melding GM1729"), FEAST, None, false);
    let large = with(FEAST, &[("aantal", "250")]);
    explained("determined_vergunning", &shipped("evenementen/melding GM1729"), &large, None, true);
    explained("determined_no_event", &shipped("evenementen/melding GM0994"), "openbaar: nee\n", None, false);
}

#[test]
fn open() {
    let sanction = crate::support::bench();
    explained("open_one", &sanction, "object: woning\nmiddel: soft\ngram: 12\neerder: null\n", None, true);
    explained("open_two", &sanction, "object: lokaal\ngram: { between: [4, 6] }\neerder: 0\n", None, false);
    let roads = with(SCAN, &[("aandacht", "ja"), ("tijdsduur", "meer_dagen"), ("wegen", "null")]);
    explained("open_class", &shipped("evenementen/risicoscan"), &roads, None, false);
    let people = with(FEAST, &[("aantal", "null")]);
    explained("open_melding", &shipped("evenementen/melding GM1729"), &people, None, false);
}

#[test]
fn overlapping_bands() {
    let scan = shipped("evenementen/risicoscan");
    let edge = with(SCAN, &[("aantal", "2000")]);
    explained("overlap_band", &scan, &edge, Some("aantal_band"), true);
    explained("overlap_class", &scan, &edge, None, false);
}

#[test]
fn unregulated() {
    let music = with(
        FEAST,
        &[
            ("geluid", "muziek"),
            ("muziek_begin", "\"14:00\""),
            ("muziek_eind", "\"22:00\""),
            ("geluidsniveau", "70"),
        ],
    );
    explained("unregulated_melding", &shipped("evenementen/melding GM1729"), &music, None, false);
    explained("unregulated_small", &small(), "hoogte: 3\nbinnen: nee\n", Some("tent"), true);
    explained("unregulated_silent", &small(), "binnen: ja\n", Some("brand"), false);
}

#[test]
fn not_applicable() {
    explained("not_applicable", &small(), "binnen: ja\n", Some("tent"), true);
    explained("not_applicable_unknown", &small(), "binnen: null\nhoogte: 1\n", Some("tent"), false);
}

#[test]
fn scores() {
    explained("score", &shipped("evenementen/risicoscan"), SCAN, Some("score"), true);
    let half = with(SCAN, &[("aantal", "-"), ("wegen", "null"), ("tijdsduur", "[kort_dag, hele_dag]")]);
    explained("score_open", &shipped("evenementen/risicoscan"), &half, Some("score"), false);
}

#[test]
fn two_answers_must_change() {
    explained("two_changes", &small(), "a: ja\nb: ja\nbinnen: ja\n", Some("poort"), true);
}

#[test]
fn several_outputs_priority_and_lists() {
    explained("priority", &small(), "aantal: 300\nbinnen: ja\n", Some("zwaarste"), false);
    explained("collect", &small(), "aantal: 300\nbinnen: ja\n", Some("stukken"), false);
}

/// The words of the text are Dutch for an official: no Rust, no JSON, no English of the engine.
#[test]
fn the_text_is_for_an_official() {
    for (name, program) in programs() {
        for given in ["{}", "{ \"aantal\": 120 }", "{ \"aantal\": null }"] {
            let asks =
                program.questionnaire().sections.iter().flat_map(|s| &s.items).any(|q| q.id == "aantal");
            if given.contains("aantal") && !asks {
                continue;
            }
            let text = program.explain(&answers(given), None).unwrap().to_string();
            for word in [
                "Some(",
                "None",
                "null",
                "true",
                "false",
                "unregulated",
                "determined",
                "not_applicable",
                "{",
                "}",
            ] {
                assert!(!text.contains(word), "{name}: {word}\n{text}");
            }
            let plain = text.lines().filter(|line| !line.contains("http"));
            let widest = plain.map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= 100, "{name}: {widest}\n{text}");
        }
    }
}
