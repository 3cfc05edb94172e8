//! Reports on dossiers: read by a person, well formed, harmless whatever was typed, and silent on what a reader may not see.

mod cases;
mod hostile;
mod ics;
mod instruments;
mod links;
mod page;
mod reader;
mod terms;

use leidraad::report::Report;

/// The three forms in which a report is text.
pub(crate) fn forms(report: &Report) -> [(&'static str, String); 4] {
    [
        ("html", report.html()),
        ("md", report.markdown()),
        ("json", report.to_json_pretty()),
        ("ics", report.calendar().unwrap_or_default()),
    ]
}
