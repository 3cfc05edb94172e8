//! The one place that writes to the terminal: text, findings and failures.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use leidraad::{Diagnostics, Severity};

/// Bad input: exit code 2.
pub(crate) const BAD_INPUT: u8 = 2;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Findings about rule files or answers.
    Findings(Box<Diagnostics>),
    /// Anything else, with what to do about it.
    Message(String, Option<String>),
    /// Nobody reads the output any more, as in `leidraad list | head -1`.
    Unread,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Failure {
        Failure::Message(message.into(), None)
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Failure {
        match self {
            Failure::Message(message, _) => Failure::Message(message, Some(help.into())),
            other => other,
        }
    }

    /// Tells it on standard error, and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        let text = match self {
            Failure::Unread => return ExitCode::SUCCESS,
            Failure::Findings(findings) => paint_errors(&findings),
            Failure::Message(message, help) => {
                let help = help.map_or_else(String::new, |help| format!("\n   = help: {help}"));
                format!("{BAD}error{BAD:#}: {message}{help}\n")
            }
        };
        complain(&text);
        ExitCode::from(BAD_INPUT)
    }
}

impl From<Diagnostics> for Failure {
    fn from(findings: Diagnostics) -> Self {
        Failure::Findings(Box::new(findings))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Failure::Unread,
            _ => Failure::new(format!("cannot write the output: {error}")),
        }
    }
}

/// Writes text with styles; they go only to a terminal that wants them.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Characters on a line of text: of a terminal its width within bounds, elsewhere always the same.
pub(crate) fn width() -> usize {
    const USUAL: usize = 100;
    let terminal = terminal_size::terminal_size_of(io::stdout());
    terminal.map_or(USUAL, |(terminal_size::Width(width), _)| usize::from(width).clamp(50, USUAL))
}

/// Writes text byte for byte.
pub(crate) fn print_exact(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Writes to standard error; when that fails there is nobody left to tell.
pub(crate) fn complain(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Findings with their places, and their severities coloured.
pub(crate) fn paint(findings: &Diagnostics) -> String {
    let mut text = String::new();
    for finding in findings.iter() {
        let shown = format!("{:#}", finding.render(findings.sources()));
        let word = finding.severity.as_str();
        let style = match finding.severity {
            Severity::Error => BAD,
            Severity::Warning => WARN,
        };
        let _ = writeln!(text, "{style}{word}{style:#}{}", shown.strip_prefix(word).unwrap_or(&shown));
    }
    text
}

/// The errors among findings, and how many warnings there are beside them: what stops a command is not to be looked for.
pub(crate) fn paint_errors(findings: &Diagnostics) -> String {
    let errors: Vec<_> = findings.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    let left = findings.iter().count() - errors.len();
    if errors.is_empty() || left == 0 {
        return paint(findings);
    }
    let mut text = paint(&Diagnostics::new(errors, findings.sources().clone()));
    let (what, are) = (count(left, "warning"), if left == 1 { "is" } else { "are" });
    let _ = writeln!(text, "{what} {are} left out: `leidraad check` shows them");
    text
}

/// `1 file`, `2 files`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
