//! Imports only look up this list: a module may use those above it, never those below.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The modules of the library in the order in which data flows. `lib` is the tour and may name all of them.
const ORDER: &[&str] = &[
    "sorted",
    "hash",
    "source",
    "diagnostic",
    "text",
    "value",
    "term",
    "notation",
    "links",
    "limits",
    "ranges",
    "extent",
    "tally",
    "suggest",
    "tree",
    "decode",
    "document",
    "json",
    "yaml",
    "parse",
    "format",
    "canonical",
    "unary",
    "formula",
    "model",
    "ticks",
    "check",
    "cells",
    "program",
    "compile",
    "answers",
    "derived",
    "point",
    "diagram",
    "dutch",
    "case",
    "derive",
    "prove",
    "assessment",
    "evaluate",
    "procedure",
    "silence",
    "explanation",
    "explain",
    "parts",
    "direct",
    "rule_set",
    "overlay",
    "policy",
    "compare",
    "impact",
    "reader",
    "session",
    "beside",
    "library",
    "prepared",
    "questionnaire",
    "dossier",
    "report",
    "schema",
    "cases",
    "catalog",
];

fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else {
            let relative = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
            let module = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
            found.push((module, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn imports_look_up() {
    let place: BTreeMap<&str, usize> = ORDER.iter().enumerate().map(|(i, m)| (*m, i)).collect();
    let mut all = Vec::new();
    files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut all);
    let mut wrong = Vec::new();
    for (module, text) in all.iter().filter(|(module, _)| module != "lib") {
        let Some(here) = place.get(module.as_str()) else {
            wrong.push(format!("src/{module} is not in the list of this test"));
            continue;
        };
        let code: String =
            text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for part in code.split("crate::").skip(1) {
            let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            match place.get(used.as_str()) {
                Some(there) if there > here => {
                    wrong.push(format!("src/{module} imports `{used}`, which comes later"))
                }
                _ => {}
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_over_500_lines() {
    let mut all = Vec::new();
    files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut all);
    let long: Vec<_> = all.iter().filter(|(_, text)| text.lines().count() > 500).map(|(m, _)| m).collect();
    assert!(long.is_empty(), "files over 500 lines in {long:?}");
}

#[test]
fn programs_cross_threads() {
    fn check<T: Send + Sync>() {}
    check::<leidraad::Program>();
    check::<leidraad::RuleSet>();
    check::<leidraad::Library>();
    check::<leidraad::Assessment>();
}
