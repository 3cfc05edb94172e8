//! Findings as data, for programs and for the browser.

use serde::{Serialize, Serializer};

use super::{Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};

#[derive(Serialize)]
struct Record<'d> {
    severity: &'static str,
    code: &'static str,
    message: &'d str,
    #[serde(flatten)]
    place: Option<Place<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'d>>,
}

#[derive(Serialize)]
struct Place<'d> {
    file: &'d str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Related<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Option<Place<'d>>,
}

impl<'d> Place<'d> {
    fn of(span: Span, sources: &'d SourceMap) -> Option<Self> {
        let (start, end) = (sources.position(span), sources.end_position(span));
        Some(Place {
            file: &sources.file(span.file)?.name,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        })
    }
}

impl<'d> Record<'d> {
    fn of(finding: &'d Diagnostic, sources: &'d SourceMap) -> Self {
        let related = finding.related.iter();
        Record {
            severity: finding.severity.as_str(),
            code: finding.code.as_str(),
            message: &finding.message,
            place: finding.span.and_then(|span| Place::of(span, sources)),
            example: finding.example.as_deref(),
            help: finding.help.as_deref(),
            related: related
                .map(|(span, message)| Related { message, place: Place::of(*span, sources) })
                .collect(),
        }
    }
}

/// A list of `{ severity, code, message, file, line, column, end_line, end_column, example, help, related }`; what
/// a finding does not have is left out.
impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.list.iter().map(|finding| Record::of(finding, &self.sources)))
    }
}
