//! `compare` and `impact`: sides as they are written, streams of cases, and what is refused.

use std::path::Path;

use crate::run::{Folder, fixture, folder, leidraad, with_input};

const MELDING: &str = "evenementen/melding";

#[test]
fn sides_are_codes_dates_or_files() {
    let two = leidraad(&["compare", MELDING, "gm0938", "gm0994", "--on", "2026-07-01"]).ok();
    let start = "evenementen/melding, op 1 juli 2026\n  GM0938: Evenement in Meerssen";
    assert!(two.starts_with(start), "{two}");
    let widest = two.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 100, "{widest}");
    let json =
        |arguments: &[&str]| leidraad(&[&["compare"], arguments, &["--format", "json"]].concat()).json();
    let first = json(&[MELDING, "gm0938", "gm0994", "--on", "2026-07-01"]);
    let same = json(&[&format!("{MELDING}:gm0938@2026-07-01"), &format!("{MELDING}:GM0994@2026-07-01")]);
    assert_eq!(first, same);
    let dates = json(&[MELDING, "gm0994@2026-07-01", "GM0994@2027-07-01"]);
    assert_eq!(dates["sides"][0]["name"], "2026-07-01");
    assert_eq!(dates["decisions"].as_array().unwrap().len(), 0);
    let days = json(&["evenementen/risicoscan", "2026-07-01", "2027-07-01"]);
    assert_eq!(days["sides"][1]["on"], "2027-07-01");
    let all = json(&["--all", MELDING, "--on", "2026-07-01"]);
    assert_eq!(all["sides"].as_array().unwrap().len(), 5);
    assert_eq!(all["decisions"][0]["pairs"].as_array().unwrap().len(), 10);
    let some = json(&["--all", MELDING, "--on", "2026-07-01", "--without", "gm0938,GM0981"]);
    let names: Vec<&str> =
        some["sides"].as_array().unwrap().iter().map(|side| side["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["GM0994", "GM1729", "GM1903"]);

    let text = fixture("maatregel.yaml");
    let place = folder(&[("oud.yaml", &text), ("nieuw.yaml", &text.replace("| 3  ", "| 6  "))]);
    let files = with_input(&["compare", "oud.yaml", "nieuw.yaml", "--format", "md"], b"", place.path()).ok();
    assert!(files.contains("| Geval | A | B | Voorbeeld |"), "{files}");
}

const OWN: &str = "leidraad: 1\noverlay: damocles/maatregel\nauthority: GM0881\ntitle: Eigen regels\n";

#[test]
fn sides_that_cannot_be_compared_are_refused() {
    let refused = |arguments: &[&str], why: &str| {
        let told = leidraad(&[&["compare"], arguments].concat()).refused();
        assert!(told.contains(why), "{told}");
    };
    refused(&[MELDING, "gm0938", "gm9999"], "has no layer for authority `gm9999`");
    refused(&[MELDING, "gm0938@gisteren", "gm0994"], "YYYY-MM-DD");
    refused(&["bestaat/niet", "gm0938", "gm0994"], "there is no rule set `bestaat/niet`");
    refused(
        &[MELDING, "gm0938", "gm0994", "--decision", "niets"],
        "`niets` is not a decision of these rules",
    );
    // other rules behind a rule set: the form that works, with these names
    let own = folder(&[("own.yaml", OWN)]);
    for (sides, form) in [
        (["gm0000", "own.yaml"], "damocles/maatregel:gm0000 own.yaml:GM0881"),
        (["own.yaml@2026-02-01", "2026-01-01"], "own.yaml:GM0881@2026-02-01 damocles/maatregel@2026-01-01"),
        (
            ["gm0994@2026-01-01", "bibob/toets:gm0994"],
            "damocles/maatregel:gm0994@2026-01-01 bibob/toets:gm0994",
        ),
    ] {
        let [a, b] = sides;
        let told = with_input(&["compare", "damocles/maatregel", a, b], b"", own.path()).refused();
        assert!(told.contains(&format!("`leidraad compare {form}`")), "{told}");
    }
    let form = ["compare", "damocles/maatregel:gm0000", "own.yaml:GM0881", "--on", "2026-01-01"];
    assert_eq!(with_input(&form, b"", own.path()).code, Some(0));
    refused(&["--all", "evenementen/risicoscan"], "has no two authorities to compare");
    refused(&["--all", MELDING, "--without", "gm9999"], "has no layer for authority `gm9999`");
    refused(&[MELDING, "gm0938", "gm0994", "--without", "gm0981"], "--without");
    assert_eq!(leidraad(&["compare", MELDING]).code, Some(2));
    assert_eq!(leidraad(&["compare"]).code, Some(2));
}

/// The fixture with a row that changes on a day.
fn place(cases: &[u8]) -> Folder {
    let old = "      woning | > 5     | >= 1   || sluiting     | 3       || s\n";
    let text = fixture("maatregel.yaml").replace("maanden || bron\n", "maanden || bron | vanaf | tot\n").replace(
        old,
        "      woning | > 5     | >= 1   || sluiting     | 3       || s | - | 2024-12-31\n      woning | > 5     | >= 1   || sluiting     | 6       || s | 2025-01-01 | -\n",
    );
    let text = text.replace("|| s\n", "|| s | - | -\n");
    let place = folder(&[("regels.yaml", &text)]);
    std::fs::write(place.path().join("zaken.jsonl"), cases).unwrap();
    place
}

fn impact(place: &Path, more: &[&str], input: &[u8]) -> crate::run::Ran {
    let start = ["impact", "regels.yaml", "--from", "2024-01-01", "--to", "2025-01-01", "--cases"];
    with_input(&[&start, more].concat(), input, place)
}

#[test]
fn an_impact_counts_streams_and_names_what_it_refuses() {
    let cases = b"{\"object\":\"woning\",\"gram\":6,\"eerder\":1}\n\n{\"object\":\"woning\",\"gram\":6}\nniets\n{\"object\":\"lokaal\",\"gram\":6,\"eerder\":1}\n\xff\n";
    let place = place(cases);
    let text = impact(place.path(), &["zaken.jsonl", "--refused", "geweigerd.jsonl"], b"");
    assert_eq!((text.code, text.err.as_str()), (Some(1), ""), "{}", text.out);
    insta::assert_snapshot!("impact", text.out);
    let refused = std::fs::read_to_string(place.path().join("geweigerd.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> =
        refused.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|l| l["line"].as_u64().unwrap()).collect::<Vec<_>>(), [4, 6]);
    let stream = impact(place.path(), &["-", "--format", "json"], &cases[..40]);
    assert_eq!(stream.code, Some(0), "{}", stream.err);
    let json: serde_json::Value = serde_json::from_str(&stream.out).unwrap();
    assert_eq!((json["cases"].as_u64(), json["decisions"][0]["changed"].as_u64()), (Some(1), Some(1)));
    let none = impact(place.path(), &["nergens.jsonl"], b"").refused();
    assert!(none.contains("cannot read `nergens.jsonl`: there is no such file"), "{none}");
    assert!(impact(place.path(), &["."], b"").refused().contains("directory"));
}

/// The list of refused lines never takes the place of the cases, by whatever name.
#[test]
fn the_cases_are_never_overwritten() {
    let cases = b"{\"object\":\"woning\",\"gram\":6,\"eerder\":1}\n[]\n";
    let place = place(cases);
    for name in ["zaken.jsonl", "./zaken.jsonl"] {
        let told = impact(place.path(), &["zaken.jsonl", "--refused", name], b"").refused();
        assert!(told.contains("would be replaced"), "{told}");
    }
    assert_eq!(std::fs::read(place.path().join("zaken.jsonl")).unwrap(), cases);
    // a list of cases is no case a line, and the report says what would be
    let list = impact(place.path(), &["-"], b"[\n{\"object\":\"woning\"},\n{\"gram\":6}]\n");
    assert_eq!(list.code, Some(1));
    assert!(
        list.out.ends_with(
            "Elke regel van het bestand moet \u{e9}\u{e9}n zaak zijn: een JSON-object met antwoorden.\n"
        ),
        "{}",
        list.out
    );
}

/// Many chunks, judged by several threads: nothing is lost, and line numbers stay right.
#[test]
fn long_files_are_judged_whole() {
    let place = place(b"");
    let mut cases = String::new();
    let (n, every) = (60_000_u64, 9_973);
    for line in 1..=n {
        match line % every {
            0 => cases.push_str("[]\n"),
            _ => cases.push_str(&format!(
                "{{\"object\":\"woning\",\"gram\":{},\"eerder\":1,\"spoed\":true}}\n",
                line % 10
            )),
        }
    }
    let run = impact(place.path(), &["-", "--format", "json", "--refused", "r.jsonl"], cases.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["refused"]["lines"], n / every);
    assert_eq!(json["cases"], n - n / every);
    let more = (1..=n).filter(|line| line % every != 0 && line % 10 > 5).count();
    assert_eq!(json["decisions"][0]["changed"], more);
    assert_eq!(json["decisions"][0]["moves"][0]["examples"], serde_json::json!([6, 7, 8, 9, 16]));
    let refused = std::fs::read_to_string(place.path().join("r.jsonl")).unwrap();
    let numbers: Vec<u64> = refused
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["line"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=n / every).map(|k| k * every).collect::<Vec<_>>());
}

#[test]
fn the_schemas_are_printed() {
    for (of, title) in [("comparison", "Comparison"), ("impact", "ImpactReport")] {
        assert_eq!(leidraad(&["schema", of]).json()["title"], title);
    }
}
