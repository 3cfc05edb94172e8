//! `leidraad check`: every finding about rule files and case files.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use leidraad::overlay::Unfilled;
use leidraad::{Cases, Diagnostics, Library, Severity, catalog_files};
use serde_json::{Value, json};

use crate::args::{CheckOptions, Format};
use crate::choose::{own, with_neighbours};
use crate::embedded::CASES;
use crate::files::{Found, TextFile, find};
use crate::output::{BAD, Failure, GOOD, count, paint, print, print_exact};
use crate::shipped::over_shipped;

/// Rule files and case files, loaded.
pub(crate) struct Workspace {
    pub(crate) library: Library,
    pub(crate) cases: Vec<TextFile>,
    pub(crate) rule_files: usize,
    /// Files that are not UTF-8 or too large.
    pub(crate) broken: Vec<Diagnostics>,
    /// Files that were not named, but are layers of the same rule sets: beside those that were, above them, or shipped.
    pub(crate) along: Vec<TextFile>,
}

/// Loads what is at these paths, or what is shipped when there are none.
pub(crate) fn workspace(paths: &[PathBuf]) -> Result<Workspace, Failure> {
    if paths.is_empty() {
        let text = |(name, text): &(&str, &str)| TextFile {
            path: PathBuf::from(name),
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        };
        let cases = CASES.iter().map(text).collect();
        let files = catalog_files();
        return Ok(Workspace {
            library: Library::from_files(files),
            cases,
            rule_files: files.len(),
            broken: Vec::new(),
            along: Vec::new(),
        });
    }
    let Found { rules, cases, broken } = find(paths)?;
    let named = rules.len();
    let rules = over_shipped(with_layers(rules, paths));
    let texts: Vec<(&str, &str)> = rules.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
    let library = crate::shipped::library(&texts);
    let along = rules.get(named..).unwrap_or_default().to_vec();
    Ok(Workspace { library, cases, rule_files: rules.len(), broken, along })
}

/// Files named one by one come with the other layers of their rule sets; a folder has them already.
fn with_layers(mut rules: Vec<TextFile>, paths: &[PathBuf]) -> Vec<TextFile> {
    for path in paths.iter().filter(|path| path.is_file()) {
        let Some(file) = rules.iter().find(|file| file.path == *path) else { continue };
        if let Some(own) = own(file) {
            rules = with_neighbours(rules, &own.id);
        }
    }
    rules
}

pub(crate) fn run(paths: &[PathBuf], options: &CheckOptions) -> Result<ExitCode, Failure> {
    let CheckOptions { deny_warnings, missing, layers, format } = *options;
    let Workspace { library, cases, rule_files, broken, along } = workspace(paths)?;
    let mut findings = vec![crate::shipped::own_findings(library.findings(), &along)];
    findings.extend(broken);
    findings.extend(cases.iter().filter_map(|file| Cases::from_text(&file.name, &file.text).err()));
    let count_of =
        |severity| findings.iter().flat_map(Diagnostics::iter).filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count_of(Severity::Error), count_of(Severity::Warning));
    let open: Vec<Unfilled> = library.rule_sets().flat_map(leidraad::RuleSet::unfilled).collect();
    match format {
        Format::Json => {
            let all: Vec<Value> =
                findings.iter().filter_map(|f| json!(f).as_array().cloned()).flatten().collect();
            let mut report = json!({
                "rule_sets": library.rule_sets().count(), "rule_files": rule_files, "case_files": cases.len(),
                "errors": errors, "warnings": warnings, "findings": all, "unfilled": open,
            });
            if let (true, Some(report)) = (layers, report.as_object_mut()) {
                let of = |rules: &leidraad::RuleSet| (rules.id().to_owned(), json!(rules.overview()));
                report.insert("layers".to_owned(), library.rule_sets().map(of).collect());
            }
            print_exact(&format!("{report:#}\n"))?;
        }
        Format::Text => {
            let mut text: String = findings.iter().map(paint).collect();
            if errors + warnings > 0 && !along.is_empty() {
                let names: Vec<&str> = along.iter().map(|file| file.name.as_str()).collect();
                let _ = writeln!(text, "read along, as layers of the same rule set: {}\n", names.join(", "));
            }
            if layers {
                library.rule_sets().for_each(|rules| text.push_str(&crate::layers::text(rules)));
            }
            text.push_str(&unfilled(&open, paths, missing));
            let files = [count(rule_files, "rule file"), count(cases.len(), "case file")].join(", ");
            let style = if errors > 0 { BAD } else { GOOD };
            let counts = [count(errors, "error"), count(warnings, "warning")].join(", ");
            let _ = writeln!(text, "{files}: {style}{counts}{style:#}");
            if rule_files + cases.len() + errors == 0 {
                text.push_str("nothing to check: no *.yaml, *.yml or *.json with a key `leidraad:`\n");
            }
            print(&text)?;
        }
    }
    let failed = errors > 0 || deny_warnings && warnings > 0;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What layers leave open: in full for files named by hand, or when asked for; of the others how many there are.
fn unfilled(open: &[Unfilled], paths: &[PathBuf], all: bool) -> String {
    let named = |layer: &&Unfilled| all || paths.iter().any(|path| path.display().to_string() == layer.file);
    let (shown, others): (Vec<&Unfilled>, Vec<&Unfilled>) = open.iter().partition(named);
    let mut text: String = shown.iter().map(|layer| format!("{layer}\n")).collect();
    let things: usize = others.iter().map(|layer| layer.items.len()).sum();
    if things > 0 && paths.iter().all(|path| !path.is_file()) {
        let (layers, things) = (count(others.len(), "layer"), count(things, "thing"));
        let _ = writeln!(text, "{things} to fill in, in {layers}: `--missing` lists them");
    }
    text
}
