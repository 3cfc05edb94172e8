//! Text to a rule file, with every finding.

use crate::decode::Decode;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Document;
use crate::json;
use crate::limits::{MAX_FILE_BYTES, MAX_FINDINGS};
use crate::source::{SourceMap, Span, clamp};
use crate::tree::{self, Kind, Node};
#[cfg(feature = "yaml")]
use crate::yaml;

mod lost;
mod names;
mod placeholder;

pub(crate) use lost::Lost;
pub(crate) use placeholder::leave_alone;

/// Reads a rule file. Findings go to `out`; with an error among them there is no document.
///
/// JSON is read when the name ends in `.json` or the text begins with `{`; YAML otherwise.
///
/// ```
/// use leidraad::{parse::parse, source::SourceMap};
/// let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
/// let document = parse(&mut sources, "x.json", r#"{ "leidraad": 1, "id": "a/b" }"#, &mut findings);
/// assert_eq!(document.unwrap().id.unwrap().value, "a/b");
///
/// assert!(parse(&mut sources, "y.json", r#"{ "leidraad": 1, "idd": "a/b" }"#, &mut findings).is_none());
/// assert_eq!(findings[0].code.as_str(), "unknown-key");
/// assert_eq!(findings[0].help.as_deref(), Some("did you mean `id`?"));
/// ```
pub fn parse(sources: &mut SourceMap, name: &str, text: &str, out: &mut Vec<Diagnostic>) -> Option<Document> {
    let before = out.len();
    let document = parse_leniently(sources, name, text, out);
    let usable = out.iter().skip(before).all(|finding| finding.severity != Severity::Error);
    document.map(|(document, _)| document).filter(|_| usable)
}

/// Like [`parse()`], but of a document with errors that which could be read is given too, with a note of what could not,
/// so that the check can go on and report everything at once.
pub(crate) fn parse_leniently(
    sources: &mut SourceMap,
    name: &str,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<(Document, Lost)> {
    let mut findings = Vec::new();
    let node = parse_node(sources, name, text, &mut findings);
    if let Some(node) = &node {
        placeholder::find(node, &mut findings);
    }
    let mut document = node.and_then(|node| rule_file(node, &mut findings));
    leave_alone(&mut findings);
    let mut lost = Lost::default();
    if findings.iter().any(|f| f.severity == Severity::Error) && !unreadable(&findings) {
        // read once more: decoding has used up the tree
        let file = clamp(sources.files().len().saturating_sub(1));
        let again = read(u16::try_from(file).unwrap_or(u16::MAX), name, text, &mut Vec::new());
        if let Some(node) = again.filter(|node| matches!(node.kind, Kind::Map(_))) {
            lost = Lost::of(&node, &findings, sources);
            document = document.or_else(|| {
                let rest = lost::without_broken_parts(node, &findings);
                Document::decode(rest, "rule file", &mut Vec::new())
            });
        }
    }
    if let Some(document) = &document {
        names::check(document, &lost, &mut findings);
    }
    let document = document.filter(|_| !unreadable(&findings));
    shorten(&mut findings);
    out.append(&mut findings);
    document.map(|document| (document, lost))
}

/// Whether nothing can be said about the rest of a file.
fn unreadable(findings: &[Diagnostic]) -> bool {
    let fatal =
        |code| matches!(code, Code::Syntax | Code::TooLarge | Code::UnsupportedYaml | Code::FormatVersion);
    findings.iter().any(|f| fatal(f.code))
}

fn rule_file(node: Node, out: &mut Vec<Diagnostic>) -> Option<Document> {
    if !matches!(node.kind, Kind::Map(_)) {
        let message = format!("expected a rule file, found {}", node.describe());
        out.push(
            Diagnostic::error(Code::WrongShape, node.span, message)
                .help("begin with `leidraad: 1` and `id: …`"),
        );
        return None;
    }
    Document::decode(node, "rule file", out)
}

/// Reads a text into a tree: rule files, answers and cases alike.
pub(crate) fn parse_node(
    sources: &mut SourceMap,
    name: &str,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<Node> {
    if text.len() > MAX_FILE_BYTES {
        let file = sources.add(name, "");
        out.push(tree::too_large(
            Span { file, start: 0, end: 0 },
            "too many bytes in one file",
            MAX_FILE_BYTES,
        ));
        return None;
    }
    let file = sources.add(name, text);
    let mut findings = Vec::new();
    let node = read(file, name, text, &mut findings);
    shorten(&mut findings);
    out.append(&mut findings);
    node
}

/// Reads JSON or YAML.
fn read(file: u16, name: &str, text: &str, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let named = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let json = named(&[".json"]) || (begin.starts_with('{') && !named(&[".yaml", ".yml"]));
    if !json {
        return read_yaml(file, text, out);
    }
    let mut findings = Vec::new();
    let node = json::read(file, text, &mut findings);
    // YAML may begin with `{`, too
    if !findings.is_empty() && !named(&[".json"]) {
        let mut others = Vec::new();
        let yaml = read_yaml(file, text, &mut others);
        if others.is_empty() {
            return yaml;
        }
    }
    out.append(&mut findings);
    node
}

#[cfg(feature = "yaml")]
fn read_yaml(file: u16, text: &str, out: &mut Vec<Diagnostic>) -> Option<Node> {
    yaml::read(file, text, out)
}

#[cfg(not(feature = "yaml"))]
fn read_yaml(file: u16, _: &str, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let start = Span { file, start: 0, end: 0 };
    out.push(
        Diagnostic::error(
            Code::UnsupportedYaml,
            start,
            "expected JSON that begins with `{`: this build reads no YAML",
        )
        .help("convert the file to JSON, or build with the feature `yaml`"),
    );
    None
}

/// Leaves at most [`MAX_FINDINGS`], and says how many there were.
fn shorten(findings: &mut Vec<Diagnostic>) {
    let count = findings.len();
    if count > MAX_FINDINGS {
        findings.truncate(MAX_FINDINGS);
        let place = findings.last().and_then(|last| last.span);
        let message = format!("{} more findings in this file are not shown", count - MAX_FINDINGS);
        findings.push(Diagnostic::error(Code::TooLarge, place, message));
    }
}

/// The text of a file; when it is not UTF-8 the finding names the place.
///
/// ```
/// use leidraad::{parse::text_from_bytes, source::SourceMap};
/// let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
/// assert_eq!(text_from_bytes(&mut sources, "a.yaml", "é".as_bytes(), &mut findings), Some("é"));
///
/// assert_eq!(text_from_bytes(&mut sources, "b.yaml", b"id: caf\xe9", &mut findings), None);
/// assert_eq!(findings[0].message, "this is not UTF-8: byte 0xE9 at offset 7");
/// ```
pub fn text_from_bytes<'b>(
    sources: &mut SourceMap,
    name: &str,
    bytes: &'b [u8],
    out: &mut Vec<Diagnostic>,
) -> Option<&'b str> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error,
    };
    let offset = error.valid_up_to();
    let shown = bytes.get(..bytes.len().min(MAX_FILE_BYTES)).unwrap_or(bytes);
    let file = sources.add(name, String::from_utf8_lossy(shown));
    let byte = bytes.get(offset).copied().unwrap_or(0);
    let message = format!("this is not UTF-8: byte 0x{byte:02X} at offset {offset}");
    let span = Span { file, start: clamp(offset), end: clamp(offset + '\u{fffd}'.len_utf8()) };
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16; save it as UTF-8",
        _ => "save the file as UTF-8",
    };
    out.push(Diagnostic::error(Code::Syntax, span, message).help(help));
    None
}
