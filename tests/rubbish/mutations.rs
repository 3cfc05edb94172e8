//! Every truncation and every dropped line of the shipped rule files.

use std::time::Instant;

use leidraad::{Answers, Library, RuleSet};

use super::SOON;
use crate::support::{date, rule_files};

/// The files of a rule set, with one of them changed.
fn with<'t>(files: &'t [(String, String)], changed: usize, text: &'t str) -> Vec<(&'t str, &'t str)> {
    let id = |name: &str| name.strip_suffix(".yaml").map(|n| n.split("/gm").next().unwrap_or(n).to_owned());
    let list = files.iter().enumerate().filter(|(i, (name, _))| {
        // an overlay does not change what the other overlays say
        let shared = !name.contains("/gm");
        *i == changed || (shared && id(name) == id(&files[changed].0))
    });
    list.map(|(i, (name, whole))| (name.as_str(), if i == changed { text } else { whole.as_str() })).collect()
}

/// Findings, or rule sets that evaluate.
fn survives(files: &[(&str, &str)]) {
    let begin = Instant::now();
    let library = Library::from_files(files);
    let mut sets = 0;
    for set in library.rule_sets() {
        sets += 1;
        evaluates(set);
    }
    let whole = files.iter().filter(|(name, _)| !name.contains("/gm")).count();
    let broken = sets < whole || library.findings().has_errors();
    assert!(!broken || library.findings().has_errors(), "no rule set and no finding: {files:?}");
    assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
}

fn evaluates(set: &RuleSet) {
    let on = date("2026-09-01");
    let none = set.on(on).into_iter();
    let each = set.authorities().filter_map(|a| set.for_authority(a).unwrap().on(on).ok());
    for program in none.chain(each) {
        assert!(program.evaluate(&Answers::new()).unwrap().to_json().contains("\"progress\":{"));
    }
}

/// How many places of a file are left out for each one that is damaged: none in the smaller rule sets; a large one takes
/// a second to check, so that a few places must do.
fn step(files: &[(&str, &str)], places: usize) -> usize {
    let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
    let most = if lines > 1_000 { 3 } else { 250 };
    places.div_ceil(most).max(1)
}

#[test]
fn dropped_lines_survive() {
    let files = rule_files();
    for (changed, (_, text)) in files.iter().enumerate() {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let step = step(&with(&files, changed, text), lines.len());
        for dropped in (0..lines.len()).step_by(step) {
            let text = [&lines[..dropped], &lines[dropped + 1..]].concat().concat();
            survives(&with(&files, changed, &text));
        }
    }
}

#[test]
fn truncations_survive() {
    let files = rule_files();
    for (changed, (_, text)) in files.iter().enumerate() {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        // and a sample of places within lines: every 97th byte, which meets every kind of line
        let within = (0..text.len()).step_by(97).filter(|at| text.is_char_boundary(*at));
        let mut places: Vec<usize> = ends.chain(within).collect();
        places.sort_unstable();
        places.dedup();
        let step = step(&with(&files, changed, text), places.len());
        for end in places.into_iter().step_by(step) {
            survives(&with(&files, changed, &text[..end]));
        }
    }
}

#[test]
fn every_dropped_line_of_the_benchmark_survives() {
    let text = include_str!("../../benches/sanctie.yaml");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (mut usable, mut refused) = (0, 0);
    for dropped in 0..lines.len() {
        let text = [&lines[..dropped], &lines[dropped + 1..]].concat().concat();
        match RuleSet::from_text("sanctie.yaml", &text) {
            Ok(set) => {
                evaluates(&set);
                usable += 1;
            }
            Err(findings) => {
                assert!(findings.has_errors() && findings.iter().all(|f| f.span.is_some()), "{findings}");
                refused += 1;
            }
        }
    }
    assert!(usable > 10 && refused > 10, "{usable} usable, {refused} refused");
}

/// Swapped, doubled and mixed-up cells of the shipped tables.
#[test]
fn every_changed_cell_survives() {
    let text = include_str!("../../benches/sanctie.yaml");
    let parts = [
        "-",
        "n.v.t.",
        "silent",
        "> 5",
        "[5..1]",
        "[..]",
        "ja",
        "\"",
        "||",
        "not(-)",
        "0.05",
        "-5",
        "maatregel",
        "9999999999999999999",
    ];
    for (at, _) in text.match_indices(" | ").chain(text.match_indices("|| ")) {
        for part in parts {
            let changed = format!("{}{part} {}", &text[..at + 3], &text[at + 3..]);
            survives(&[("sanctie.yaml", &changed)]);
        }
    }
}
