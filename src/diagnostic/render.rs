//! Findings as plain text. Colours are up to the caller.

use std::fmt;

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{SourceMap, Span};

/// Longest line of a file that is shown whole; a longer one is cut around the place.
const WIDEST: usize = 160;
/// How much of a long line is shown before the place.
const BEFORE: usize = 60;

/// A finding with its files, to be shown: see [`Diagnostic::render`].
#[derive(Debug, Clone, Copy)]
pub struct Rendered<'d> {
    finding: &'d Diagnostic,
    sources: &'d SourceMap,
}

impl<'d> Rendered<'d> {
    pub(super) fn new(finding: &'d Diagnostic, sources: &'d SourceMap) -> Self {
        Rendered { finding, sources }
    }

    /// `file:line:column` of a place.
    fn place(&self, span: Span) -> String {
        let name = self.sources.file(span.file).map_or("?", |file| file.name.as_str());
        let position = self.sources.position(span);
        format!("{}:{}:{}", clean(name), position.line, position.column)
    }

    /// A line of the file with a place underlined.
    fn window(
        &self,
        f: &mut fmt::Formatter<'_>,
        gutter: usize,
        span: Span,
        mark: &str,
        label: &str,
    ) -> fmt::Result {
        let (line, part) = self.sources.line(span);
        let before = clean(line.get(..part.start).unwrap_or(""));
        let inside = clean(line.get(part.clone()).unwrap_or("").trim_end());
        let after = clean(line.get(part.end..).unwrap_or("").trim_end());
        let (before, inside, after) =
            match before.chars().count() + inside.chars().count() + after.chars().count() {
                ..=WIDEST => (before, inside, after),
                _ => cut(&before, &inside, &after),
            };
        let number = self.sources.position(span).line;
        writeln!(f, "{}", format!("{number:>gutter$} | {before}{inside}{after}").trim_end())?;
        let indent = " ".repeat(before.chars().count());
        let underline = mark.repeat(inside.chars().count().max(1));
        let label = clean(label);
        let space = if label.is_empty() { "" } else { " " };
        writeln!(f, "{:gutter$} | {indent}{underline}{space}{label}", "")
    }

    /// The finding with the place in the file.
    fn full(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.finding;
        writeln!(f, "{}[{}]: {}", finding.severity.as_str(), finding.code.as_str(), clean(&finding.message))?;
        let places = finding.span.into_iter().chain(finding.related.iter().map(|(span, _)| *span));
        let last = places.map(|span| self.sources.position(span).line).max().unwrap_or(0);
        let gutter = last.to_string().len().max(2);
        if let Some(span) = finding.span {
            writeln!(f, "{:gutter$}--> {}", "", self.place(span))?;
            writeln!(f, "{:gutter$} |", "")?;
            self.window(f, gutter, span, "^", "")?;
        }
        let mut file = finding.span.map(|span| span.file);
        for (span, label) in &finding.related {
            match file == Some(span.file) {
                true => writeln!(f, "{:gutter$} :", "")?,
                false => writeln!(f, "{:gutter$}::: {}", "", self.place(*span))?,
            }
            file = Some(span.file);
            self.window(f, gutter, *span, "-", label)?;
        }
        if let Some(example) = &finding.example {
            writeln!(f, "{:gutter$} = example: {}", "", clean(example))?;
        }
        if let Some(help) = &finding.help {
            writeln!(f, "{:gutter$} = help: {}", "", clean(help))?;
        }
        Ok(())
    }
}

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return self.full(f);
        }
        if let Some(span) = self.finding.span {
            write!(f, "{}: ", self.place(span))?;
        }
        let Diagnostic { severity, code, message, .. } = self.finding;
        write!(f, "{}[{}]: {}", severity.as_str(), code.as_str(), clean(message))
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.list {
            writeln!(f, "{:#}", finding.render(&self.sources))?;
        }
        let count = |severity| self.list.iter().filter(|d| d.severity == severity).count();
        let counted = |n: usize, noun: &str| match n {
            0 => None,
            1 => Some(format!("1 {noun}")),
            _ => Some(format!("{n} {noun}s")),
        };
        let errors = counted(count(Severity::Error), "error");
        let warnings = counted(count(Severity::Warning), "warning");
        let counts: Vec<String> = errors.into_iter().chain(warnings).collect();
        match counts.is_empty() {
            true => writeln!(f, "no findings"),
            false => writeln!(f, "{}", counts.join(", ")),
        }
    }
}

/// A long line around the place.
fn cut(before: &str, inside: &str, after: &str) -> (String, String, String) {
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let mut head: String = before.chars().skip(skipped).collect();
    if skipped > 0 {
        head.insert(0, '…');
    }
    let first = |text: &str, room: usize| {
        let mut part: String = text.chars().take(room).collect();
        if part.len() < text.len() {
            part.push('…');
        }
        part
    };
    let inside = first(inside, WIDEST - BEFORE);
    let room = WIDEST.saturating_sub(head.chars().count() + inside.chars().count());
    let after = if inside.ends_with('…') { String::new() } else { first(after, room) };
    (head, inside, after)
}

/// A text as it may be shown on a terminal: tabs as spaces, and what would change the line as its code.
fn clean(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => shown.push_str("    "),
            c if hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// Control characters, marks that turn the direction of a text, and marks that nobody sees.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
