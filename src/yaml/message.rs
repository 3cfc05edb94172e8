//! What the YAML parser found wrong, in words for the writer of a rule file.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Code, Diagnostic};
use crate::limits::MAX_DEPTH;
use crate::source::{Span, clamp};
use crate::tree;

const QUOTES: &str = "put a text that contains `: ` or begins with a sign between quotes";
const INDENT: &str = "keys of one map begin in the same column; indent with spaces";
const CLOSE: &str = "close every `[` with `]` and every `{` with `}`, and put commas between";

/// The finding for an error of the parser.
pub(super) fn finding(file: u16, text: &str, error: &ScanError) -> Diagnostic {
    let start = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let span = Span { file, start: clamp(start), end: clamp(start) };
    let (message, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => {
            return tree::too_large(span, "too many levels of nesting", MAX_DEPTH);
        }
        ErrorKind::DirectiveDisallowed => {
            return Diagnostic::error(Code::UnsupportedYaml, span, "directives (`%…`) are not read here")
                .help("leave the line out");
        }
        ErrorKind::MappingValueNotAllowed => ("a `:` is not expected here", QUOTES),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("expected `key: value`, found a text without `:`", INDENT)
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => {
            ("expected a key of the map above, in its column", INDENT)
        }
        ErrorKind::ExpectedBlockSequenceEntry => ("expected the next `-` of the list above", INDENT),
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            ("a `-` is not expected here", INDENT)
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => {
            ("a tab where spaces are expected", "indent with spaces, not with tabs")
        }
        ErrorKind::UnclosedQuotedScalar => ("this quote is not closed", "close it with the same quote"),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "a text goes on after its closing quote",
            "put the whole text between quotes; write `''` for a quote in '…'",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "an unknown escape in a text between double quotes",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::MismatchedFlowCollectionEnd { .. } => ("expected `,` or the closing bracket", CLOSE),
        ErrorKind::MisplacedFlowCollectionEnd => ("a closing bracket that nothing opened", CLOSE),
        ErrorKind::InvalidColonPlacement => ("a `:` is not expected between these brackets", CLOSE),
        ErrorKind::InvalidBlockScalarIndent => ("a line of the text block is indented too little", INDENT),
        ErrorKind::UnexpectedCharacter { character } => {
            let message = format!("a text cannot begin with `{character}` here");
            return Diagnostic::error(Code::Syntax, span, message).help(QUOTES);
        }
        other => return Diagnostic::error(Code::Syntax, span, format!("this is not YAML: {other}")),
    };
    Diagnostic::error(Code::Syntax, span, message).help(help)
}
