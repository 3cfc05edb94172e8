//! An own layer over a rule set that is shipped: the shared layers come from what is shipped, as nobody has them as a file.

use std::path::PathBuf;

use leidraad::diagnostic::Diagnostic;
use leidraad::{Diagnostics, Library, Severity, catalog, catalog_files};

use crate::choose::{document, own};
use crate::files::TextFile;

/// What the name of a file that is shipped ends with, so that nobody looks for it on the disk.
const MARK: &str = " (shipped)";

/// Layers of a rule set of which no shared layer is among the files, over those that are shipped.
pub(crate) fn over_shipped(mut rules: Vec<TextFile>) -> Vec<TextFile> {
    let known: Vec<_> = rules.iter().filter_map(own).collect();
    let has = |id: &str| known.iter().any(|own| !own.overlay && own.id == id);
    let wanted: Vec<&str> =
        known.iter().filter(|own| own.overlay).map(|own| own.id.as_str()).filter(|id| !has(id)).collect();
    if wanted.is_empty() {
        return rules;
    }
    for (name, text) in catalog_files() {
        let file =
            TextFile { path: PathBuf::from(name), name: format!("{name}{MARK}"), text: (*text).to_owned() };
        let belongs = document(&file).is_some_and(|document| {
            let id = document.id.as_ref().or(document.overlay.as_ref()).map(|id| id.value.as_str());
            document.authority.is_none() && id.is_some_and(|id| wanted.contains(&id))
        });
        if belongs {
            rules.push(file);
        }
    }
    rules
}

/// Reads and checks rule files; a layer over an unknown rule set gets the nearest one that is shipped as help.
pub(crate) fn library(files: &[(&str, &str)]) -> Library {
    let shipped: Vec<&str> = catalog().rule_sets().map(leidraad::RuleSet::id).collect();
    Library::from_files_beside(files, &shipped)
}

/// Findings without the warnings about shipped files that these give by themselves: who checks an own layer cannot mend those, and did
/// not cause them. What a layer causes in a shipped file is not among them.
pub(crate) fn own_findings(all: &Diagnostics, along: &[TextFile]) -> Diagnostics {
    let shipped = along.iter().filter(|file| file.name.ends_with(MARK));
    let texts: Vec<(&str, &str)> = shipped.map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let there = |finding: &Diagnostic| {
        let file = finding.span.and_then(|span| all.sources().file(span.file));
        file.is_some_and(|file| file.name.ends_with(MARK))
    };
    if texts.is_empty() || !all.iter().any(there) {
        return all.clone();
    }
    let alone = Library::from_files(&texts);
    let alone = alone.findings();
    let known: Vec<String> =
        alone.iter().map(|finding| finding.render(alone.sources()).to_string()).collect();
    let own = |finding: &&Diagnostic| {
        finding.severity == Severity::Error
            || !there(finding)
            || !known.contains(&finding.render(all.sources()).to_string())
    };
    Diagnostics::new(all.iter().filter(own).cloned().collect(), all.sources().clone())
}
