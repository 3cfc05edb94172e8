//! The shipped rule sets: every case passes, and what is shipped is what is on disk.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::collections::BTreeSet;

use crate::support::{case_files, date, library, rule_files};

#[test]
fn every_case_passes() {
    let library = library(&rule_files());
    let (mut passed, mut failed) = (0, Vec::new());
    for (_, cases) in case_files() {
        for result in cases.run(&library, date("2026-09-01")) {
            match result.passed() {
                true => passed += 1,
                false => failed.push(format!("{}: {}\n{}", result.file, result.name, result.findings)),
            }
        }
    }
    assert!(failed.is_empty(), "{} failed\n\n{}", failed.len(), failed.join("\n"));
    assert!(passed > 150, "only {passed} cases");
}

#[test]
fn every_layer_has_cases() {
    let mut wanted: BTreeSet<(String, Option<String>)> = BTreeSet::new();
    for set in leidraad::catalog().rule_sets() {
        wanted.insert((set.id().to_owned(), None));
        wanted.extend(set.authorities().map(|a| (set.id().to_owned(), Some(a.to_owned()))));
    }
    let mut seen = BTreeSet::new();
    for (_, cases) in case_files() {
        for result in cases.run(leidraad::catalog(), date("2026-09-01")) {
            let authority = result.assessment.and_then(|a| a.authority).map(String::from);
            seen.insert((result.rule_set, authority));
        }
    }
    assert_eq!(seen, wanted);
}

#[test]
fn the_catalog_is_what_is_on_disk() {
    let shipped: Vec<(String, String)> =
        leidraad::catalog_files().iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
    assert_eq!(shipped, rule_files());
    let ids: Vec<&str> = leidraad::catalog().rule_sets().map(leidraad::RuleSet::id).collect();
    let library = library(&rule_files());
    let checked: Vec<&str> = library.rule_sets().map(leidraad::RuleSet::id).collect();
    assert_eq!(ids, checked);
    assert_eq!(library.findings().iter().count(), 0, "{}", library.findings());
}

#[test]
fn shipped_files_are_formatted() {
    for (name, text) in rule_files() {
        let formatted = leidraad::format::format(&name, &text).unwrap();
        assert_eq!(formatted, text, "run `leidraad fmt {name}`");
    }
}
