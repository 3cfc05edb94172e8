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

mod names;

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
    document.filter(|_| usable)
}

/// Like [`parse()`], but a document of which all is known but a superfluous or double key is given too, so that the
/// check can go on and report everything at once.
pub(crate) fn parse_leniently(
    sources: &mut SourceMap,
    name: &str,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let mut findings = Vec::new();
    let document =
        parse_node(sources, name, text, &mut findings).and_then(|node| rule_file(node, &mut findings));
    if let Some(document) = &document {
        names::check(document, &mut findings);
    }
    let superfluous = |finding: &Diagnostic| matches!(finding.code, Code::UnknownKey | Code::Duplicate);
    let usable = findings.iter().all(|finding| finding.severity != Severity::Error || superfluous(finding));
    shorten(&mut findings);
    out.append(&mut findings);
    document.filter(|_| usable)
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
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let named = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let node = if named(&[".json"]) || (begin.starts_with('{') && !named(&[".yaml", ".yml"])) {
        let mut node = json::read(file, text, &mut findings);
        // YAML may begin with `{`, too
        if !findings.is_empty() && !named(&[".json"]) {
            let mut others = Vec::new();
            let yaml = read_yaml(file, text, &mut others);
            if others.is_empty() {
                (node, findings) = (yaml, others);
            }
        }
        node
    } else {
        read_yaml(file, text, &mut findings)
    };
    shorten(&mut findings);
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
