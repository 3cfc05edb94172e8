//! Findings about rule files and answers: a stable code, a place, an example and help.

use crate::sorted::sort_by_key;
use crate::source::{SourceMap, Span};

mod record;
mod render;

pub use render::Rendered;

/// How bad a finding is: an error makes a rule set unusable, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rule set or the answers cannot be used.
    Error,
    /// Usable, but probably not what was meant.
    Warning,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The stable name of a kind of finding, printed between brackets.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, for documentation and tests.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The kebab-case spelling.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The text is not YAML or JSON.
    Syntax = "syntax",
    /// The text is larger, deeper or longer than the limits allow.
    TooLarge = "too-large",
    /// YAML anchors, aliases, tags or several documents, which rule files do not use.
    UnsupportedYaml = "unsupported-yaml",
    /// Another kind of value was expected here.
    WrongShape = "wrong-shape",
    /// A key that the format does not know.
    UnknownKey = "unknown-key",
    /// A key that must be there is missing.
    MissingKey = "missing-key",
    /// The three dots of a template, still to be filled in.
    Placeholder = "placeholder",
    /// The same key or id twice.
    Duplicate = "duplicate",
    /// An id is not written as ids are.
    BadId = "bad-id",
    /// The format version is not one that this engine reads.
    FormatVersion = "format-version",
    /// A name that nothing in the rule set has.
    UnknownName = "unknown-name",
    /// An option that the question does not have.
    UnknownOption = "unknown-option",
    /// A value or test does not fit the type of what it is compared with.
    TypeMismatch = "type-mismatch",
    /// Units that differ are added or compared.
    UnitMismatch = "unit-mismatch",
    /// A value outside the declared domain.
    OutsideDomain = "outside-domain",
    /// A unary test or table that cannot be read.
    BadTest = "bad-test",
    /// A formula that cannot be read, or of which a value cannot be computed.
    BadFormula = "bad-formula",
    /// A limit that only one number passes.
    ExactLimit = "exact-limit",
    /// A table row with too few or too many cells.
    RaggedRow = "ragged-row",
    /// Decisions or conditions that depend on themselves.
    Cycle = "cycle",
    /// A question, parameter, decision or row without a source.
    MissingSource = "missing-source",
    /// Periods that end before they begin or overlap.
    BadPeriod = "bad-period",
    /// Cases that no row of a table covers.
    Gap = "gap",
    /// Rows that match the same case and may not.
    OverlappingRules = "overlapping-rules",
    /// A row that never decides anything.
    DeadRow = "dead-row",
    /// An outcome that no case reaches.
    UnreachableOutcome = "unreachable-outcome",
    /// A question on which nothing depends.
    IdleQuestion = "idle-question",
    /// A condition that can never hold.
    ImpossibleWhen = "impossible-when",
    /// A table too large to be proven within the limits, or an unset parameter whose values are not followed together.
    Unproven = "unproven",
    /// An overlay for a rule set that is not there, or two layers for the same place and time.
    BadLayer = "bad-layer",
    /// No layer for this authority.
    UnknownAuthority = "unknown-authority",
    /// An answer to a question that the rule set does not have.
    UnknownQuestion = "unknown-question",
    /// An answer of the wrong type.
    WrongAnswer = "wrong-answer",
    /// A dossier that was changed outside, or a copy from which parts were withheld, with which nobody can go on.
    BrokenDossier = "broken-dossier",
    /// Rules other than those by which a dossier was judged.
    OtherRules = "other-rules",
    /// A case file whose expectation does not hold or cannot be read.
    FailedCase = "failed-case",
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The stable kind.
    pub code: Code,
    /// What is wrong, in one line, in the reader's words.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
    /// Other places that belong to it, each with a word on why.
    pub related: Vec<(Span, String)>,
    /// A witness case.
    pub example: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            span: span.into(),
            related: Vec::new(),
            example: None,
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a witness case.
    pub fn example(mut self, example: impl Into<String>) -> Self {
        self.example = Some(example.into());
        self
    }

    /// Adds another place.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// The finding as a text: `{}` is one line for a log, `{:#}` has the place in the file.
    ///
    /// ```
    /// use leidraad::{diagnostic::{Code, Diagnostic}, source::SourceMap};
    /// let finding = Diagnostic::warning(Code::DeadRow, None, "row 3 never decides anything");
    /// assert_eq!(finding.render(&SourceMap::default()).to_string(), "warning[dead-row]: row 3 never decides anything");
    /// ```
    pub fn render<'d>(&'d self, sources: &'d SourceMap) -> Rendered<'d> {
        Rendered::new(self, sources)
    }
}

impl From<Box<Diagnostic>> for Diagnostics {
    /// One finding, of no file.
    fn from(finding: Box<Diagnostic>) -> Self {
        Diagnostics::new(vec![*finding], SourceMap::default())
    }
}

/// All findings about some files, with the files, sorted by file and place.
///
/// Shown as a text it gives each finding with its place in the file, and ends with their count:
///
/// ```
/// use leidraad::{diagnostic::Diagnostics, parse::parse, source::SourceMap};
/// let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
/// parse(&mut sources, "rules.json", r#"{ "leidraad": 2, "id": "a/b" }"#, &mut findings);
/// let findings = Diagnostics::new(findings, sources);
/// assert_eq!(findings.to_string(), r#"
/// error[format-version]: expected format version 1, found `2`
///   --> rules.json:1:15
///    |
///  1 | { "leidraad": 2, "id": "a/b" }
///    |               ^
///    = help: write `leidraad: 1`, or use an engine that reads this version
///
/// 1 error
/// "#.trim_start());
/// ```
#[derive(Debug, Clone, Default, thiserror::Error)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    sources: SourceMap,
}

impl Diagnostics {
    /// Findings about these files.
    pub fn new(mut list: Vec<Diagnostic>, sources: SourceMap) -> Self {
        sort_by_key(&mut list, |finding| (finding.span, finding.severity, finding.code));
        Diagnostics { list, sources }
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The files.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }
}
