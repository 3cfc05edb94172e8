//! What people read: summaries, lists, and the worked example.

use crate::run::{leidraad, typed};

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
    assert_eq!(sets, ["evenementen/melding", "evenementen/risicoscan"]);
    assert_eq!(data[0]["layers"].as_array().unwrap().len(), 6, "a shared layer and five municipalities");
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
