//! Layers of several authorities in the command: what they cover, whom they are for, why something is not said.

use crate::run::{leidraad, typed};

const FOLDER: &str = "../../tests/fixtures/layers";
const FILE: &str = "../../tests/fixtures/layers/wet.yaml";

#[test]
fn check_lists_what_each_layer_covers_sets_and_replaces() {
    let text = leidraad(&["check", FOLDER, "--layers", "--deny-warnings"]).ok();
    insta::assert_snapshot!("layers", text);
    let plain = leidraad(&["check", FOLDER]).ok();
    let open = "6 things to fill in, in 3 layers: `--missing` lists them\n";
    assert_eq!(plain, format!("{open}7 rule files, 0 case files: 0 errors, 0 warnings\n"));
    let report = leidraad(&["check", FOLDER, "--layers", "--format", "json"]).json();
    let layers = report["layers"]["voorbeeld/lagen"].as_array().unwrap();
    let own = layers.iter().find(|layer| layer["authority"] == "GM0001").unwrap();
    assert_eq!(own["undecidable"][0]["from"], "2021-01-15");
    assert_eq!(own["versions"][0]["of"]["from_between"][1], "2022-01-01");
    assert!(leidraad(&["check", FOLDER, "--format", "json"]).json().get("layers").is_none());
}

#[test]
fn a_member_without_a_layer_of_its_own_is_an_authority() {
    let answers = r#"{"gevonden_op": "2014-06-01", "besluit_op": "2016-01-01", "middel": "soft", "gram": 10, "eerder": 1}"#;
    let run = |more: &[&str]| typed(&[&["evaluate", FILE, "--answers", "-"], more].concat(), answers);
    let text = run(&["--authority", "GM0005"]).ok();
    assert!(text.contains("Maatregel volgens het beleid: Sluiting"), "{text}");
    let json = run(&["--authority", "GM0005", "--format", "json"]).json();
    assert_eq!(json["authority"], "GM0005");
    let refused = run(&["--authority", "GM0006"]).refused();
    assert!(refused.contains("no layer for authority `GM0006`"), "{refused}");
}

#[test]
fn a_summary_says_why_something_is_not_said() {
    let answers = r#"{"gevonden_op": "2014-06-01", "besluit_op": "2021-06-30", "middel": "soft", "gram": 10, "eerder": 1}"#;
    let text = typed(&["evaluate", FILE, "--authority", "GM0001", "--answers", "-"], answers).ok();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "- Maatregel volgens het beleid: of «Beleid 2021 van Aa» of «Beleid 2016 van Aa» geldt op 30 juni 2021, is niet vast te stellen",
        "Wat daarin staat, is niet gebruikt.",
    ] {
        assert!(words.contains(part), "{part}\n{text}");
    }
}

#[test]
fn the_checklist_offers_members_beside_layers_of_their_own() {
    let said = typed(&["ask", FILE], "q\n").out;
    for code in ["Beleid 2021 van Aa (GM0001)", "GM0002", "Cee (GM0003)", "GM0005"] {
        assert!(said.contains(code), "{code}\n{said}");
    }
}
