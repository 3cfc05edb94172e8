//! `format`: rows are aligned once, and formatting twice changes nothing more.

use leidraad::format::format;

use crate::support::files;

/// A table without columns for conditions has nothing before its first bar, so its rows begin with it.
#[test]
fn a_table_without_conditions_is_aligned_once() {
    let file = |rows: &str| format!("leidraad: 1\nid: a/b\ndecisions:\n  uitkomst:\n    table: |\n{rows}");
    let untidy = file("      ||k || bron\n      || ja||wet\n");
    let neat = file("      || k  || bron\n      || ja || wet\n");
    assert_eq!(format("b.yaml", &untidy).unwrap(), neat);
    assert_eq!(format("b.yaml", &neat).unwrap(), neat);
}

/// Of everything that can be read, rules and fixtures alike.
#[test]
fn formatting_twice_changes_nothing_more() {
    let mut all = files("rules", ".yaml");
    all.extend(files("tests/fixtures", ".yaml"));
    let mut formatted = 0;
    for (name, text) in all {
        let Ok(once) = format(&name, &text) else { continue };
        assert_eq!(format(&name, &once).unwrap(), once, "{name}");
        formatted += 1;
    }
    assert!(formatted > 100, "{formatted} files could be read");
}
