//! No code without a fixture that produces it.

use std::collections::BTreeSet;

use leidraad::{Code, Date, Library};

use super::{answers, fixtures};
use crate::support::{files, library};

#[test]
fn every_code_has_a_fixture() {
    let mut seen: BTreeSet<&str> = answers::codes();
    for (name, text) in files("tests/fixtures/parse", "") {
        if name.contains("/err_") && !name.ends_with(".snap") {
            let library = Library::from_files(&[(&name, &text)]);
            seen.extend(library.findings().iter().map(|f| f.code.as_str()));
        }
    }
    for fixture in fixtures() {
        seen.extend(library(&fixture.files).findings().iter().map(|f| f.code.as_str()));
    }
    for (name, text) in files("tests/fixtures/cases", ".yaml") {
        let cases = leidraad::Cases::from_text(&name, &text).unwrap_or_else(|findings| panic!("{findings}"));
        for result in cases.run(leidraad::catalog(), Date::new(2026, 9, 1).unwrap()) {
            seen.extend(result.findings.iter().map(|f| f.code.as_str()));
        }
    }
    seen.extend(crate::dossier::codes());
    let without: Vec<&str> = Code::ALL.iter().map(|c| c.as_str()).filter(|c| !seen.contains(c)).collect();
    assert!(without.is_empty(), "no fixture produces {without:?}");
}

#[test]
fn the_spelling_of_a_code_is_kebab_case_and_its_own() {
    let all: BTreeSet<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
    assert_eq!(all.len(), Code::ALL.len());
    assert!(all.iter().all(|c| c.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
}
