//! What several modules need: the shipped rule sets with their cases, fixtures, snapshots, chance.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::path::{Path, PathBuf};

use leidraad::{Answers, Cases, Date, Library, Program, RuleSet};

/// A path inside the project.
pub(crate) fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The files below a folder whose name ends so, as path inside the project and text, in order.
pub(crate) fn files(folder: &str, end: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![path(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_str().unwrap().ends_with(end) {
                let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
                let text = fs::read_to_string(&path).unwrap();
                found.push((name.to_str().unwrap().replace('\\', "/"), text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no {end} in {folder}");
    found
}

/// The rule files on disk, cases left out.
pub(crate) fn rule_files() -> Vec<(String, String)> {
    files("rules", ".yaml").into_iter().filter(|(name, _)| !name.contains("/cases/")).collect()
}

/// The case files on disk.
pub(crate) fn case_files() -> Vec<(String, Cases)> {
    let list = files("rules", ".yaml").into_iter().filter(|(name, _)| name.contains("/cases/"));
    list.map(|(name, text)| {
        let cases = Cases::from_text(&name, &text).unwrap_or_else(|findings| panic!("{findings}"));
        (name, cases)
    })
    .collect()
}

/// A library of owned files.
pub(crate) fn library(files: &[(String, String)]) -> Library {
    let list: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Library::from_files(&list)
}

/// One rule file, without errors.
pub(crate) fn rules(text: &str) -> RuleSet {
    RuleSet::from_text("rules.yaml", text).unwrap_or_else(|findings| panic!("{findings}"))
}

pub(crate) fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Answers in YAML or JSON.
pub(crate) fn answers(text: &str) -> Answers {
    Answers::from_text("answers", text).unwrap_or_else(|findings| panic!("{findings}"))
}

/// Every program that the shipped rule sets give on a day, with a name: the shared layer and each authority.
pub(crate) fn programs() -> Vec<(String, Program)> {
    let on = date("2026-09-01");
    let mut list = Vec::new();
    for set in leidraad::catalog().rule_sets() {
        list.push((set.id().to_owned(), set.on(on).unwrap()));
        for authority in set.authorities() {
            let program = set.for_authority(authority).unwrap().on(on).unwrap();
            list.push((format!("{} {authority}", set.id()), program));
        }
    }
    list
}

/// The rule set of the benchmarks.
pub(crate) fn bench() -> Program {
    rules(include_str!("../benches/sanctie.yaml")).on(date("2026-09-01")).unwrap()
}

/// Writes or compares a snapshot in a folder of fixtures; the description says what went in.
pub(crate) fn snapshot(folder: &str, name: &str, input: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path("tests/fixtures").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(input);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// Numbers by chance, the same on every run: splitmix64.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// A text with a word in place of each hash.
pub(crate) fn without_hashes(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    let flush = |digits: &mut String, out: &mut String| {
        out.push_str(if digits.len() >= 32 { "HASH" } else { digits.as_str() });
        digits.clear();
    };
    for c in text.chars() {
        match c {
            '0'..='9' | 'a'..='f' => digits.push(c),
            c => {
                flush(&mut digits, &mut out);
                out.push(c);
            }
        }
    }
    flush(&mut digits, &mut out);
    out
}
