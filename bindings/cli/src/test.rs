//! `leidraad test`: the cases beside the rules.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use leidraad::{Cases, Library, Severity, catalog};

mod coverage;
pub(crate) mod lines;
mod near;

use crate::check::{Workspace, workspace};
use crate::choose::{is_shared, today, with_neighbours};
use crate::files::{TextFile, above, here, is_data, read};
use coverage::Rows;

use crate::output::{BAD, Failure, GOOD, paint, print};

pub(crate) fn run(paths: &[PathBuf], coverage: bool) -> Result<ExitCode, Failure> {
    let Workspace { library, cases, broken, .. } = with_cases(paths)?;
    let mut text = String::new();
    let (mut passed, mut failed) = (0_usize, broken.len());
    text.extend(broken.iter().map(paint));
    if library.findings().has_errors() {
        let errors = library.findings().iter().filter(|d| d.severity == Severity::Error).cloned().collect();
        text.push_str(&paint(&leidraad::Diagnostics::new(errors, library.findings().sources().clone())));
    }
    let today = today()?;
    let bar = progress(cases.len());
    let mut rows = Rows::default();
    for file in &cases {
        bar.set_message(file.name.clone());
        match Cases::from_text(&file.name, &file.text) {
            Err(findings) => {
                failed += 1;
                let _ = writeln!(text, "{BAD}FAILED{BAD:#} {}: cannot be read\n", file.name);
                text.push_str(&paint(&findings));
            }
            Ok(cases) => {
                let own = own(&library, &file.path, cases.rule_set());
                let used = own.as_ref().unwrap_or(&library);
                if used.refused().any(|id| id == cases.rule_set()) {
                    failed += cases.len();
                    let (id, name) = (cases.rule_set(), &file.name);
                    let _ =
                        writeln!(text, "{BAD}FAILED{BAD:#} {name}: the rule files of `{id}` have errors\n");
                    if own.is_some() {
                        text.push_str(&paint(used.findings())); // those of the library are told already
                    }
                    bar.inc(1);
                    continue;
                }
                let results = cases.run(used, today);
                if coverage && let Ok(rules) = used.rule_set(cases.rule_set()) {
                    rows.add(rules, &cases, used, today);
                }
                let bad = results.iter().filter(|result| !result.passed()).count();
                passed += results.len() - bad;
                failed += bad;
                let _ = match bad {
                    0 => writeln!(text, "{GOOD}ok{GOOD:#}     {}: {} passed", file.name, results.len()),
                    _ => writeln!(
                        text,
                        "{BAD}FAILED{BAD:#} {}: {bad} of {} failed\n",
                        file.name,
                        results.len()
                    ),
                };
                text.extend(results.iter().map(|result| paint(&result.findings)));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let untested = rows.untested(&mut text);
    let style = if failed == 0 { GOOD } else { BAD };
    let _ = writeln!(text, "{style}{passed} passed, {failed} failed{style:#}");
    print(&text)?;
    let failed = untested > 0 || failed > 0 || library.findings().has_errors();
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is at these paths, with the cases of rule files that are named without them.
fn with_cases(paths: &[PathBuf]) -> Result<Workspace, Failure> {
    let mut workspace = workspace(paths)?;
    near::add(&mut workspace, paths)?;
    Ok(workspace)
}

/// The rule set of a case file that was named without it; none when the library has it, be it with errors.
fn own(library: &Library, cases: &Path, id: &str) -> Option<Library> {
    let known = library.rule_set(id).is_ok() || library.refused().any(|refused| refused == id);
    if known { None } else { beside(cases, id) }
}

/// The rule set of a case file that was named without it: in a folder above, or shipped.
fn beside(cases: &Path, id: &str) -> Option<Library> {
    let first = cases.parent().unwrap_or(Path::new("")).to_owned();
    for folder in std::iter::successors(Some(first), |folder| above(folder)).take(4) {
        let entries = std::fs::read_dir(here(&folder)).ok()?.flatten().map(|entry| entry.path());
        let mut paths: Vec<PathBuf> = entries.filter(|path| is_data(path) && path.is_file()).collect();
        paths.sort();
        let shared = |file: &TextFile| is_shared(file, id);
        if let Some(file) = paths.iter().filter_map(|path| read(path).ok()).find(shared) {
            let files = with_neighbours(vec![file], id);
            let texts: Vec<(&str, &str)> = files.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
            return Some(Library::from_files(&texts));
        }
    }
    catalog().rule_set(id).ok().map(|_| catalog().clone())
}

/// A bar on standard error, when people are looking at a terminal.
fn progress(files: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
    let bar = ProgressBar::new(u64::try_from(files).unwrap_or(u64::MAX));
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
