//! YAML text to a tree, from the events of `granit-parser`.
//!
//! Rule files use plain YAML: lists, maps and texts. Anchors, aliases, tags, merge keys, directives and several
//! documents are refused, so nothing in a file can multiply itself.
//!
//! Why this parser: it gives the byte range of every event, names each error by kind and not by wording alone, has
//! limits for nesting and look-ahead, forbids unsafe code, is fuzzed weekly in its own CI, passes the YAML test
//! suite, and is the parser under `serde-saphyr`. Its ancestor `saphyr-parser` (0.3.4, August 2026) has the same
//! events, but errors as strings and no limits of its own.

use granit_parser::{Event, Parser, ScalarStyle};

use crate::diagnostic::{Code, Diagnostic};
use crate::limits::{MAX_DEPTH, MAX_NODES};
use crate::source::{Span, Spanned, clamp};
use crate::tree::{self, Kind, Node};

mod message;

/// Reads a YAML text into a tree; on failure the findings say why.
pub(crate) fn read(file: u16, text: &str, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder { file, text, open: Vec::new(), root: None, nodes: 0, refused: false, out };
    for event in Parser::new_from_str_with_options(text, options) {
        let step = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => Err(message::finding(file, text, &error)),
        };
        match step {
            Ok(Step::Next) => {}
            Ok(Step::End) => break,
            Err(finding) => {
                builder.out.push(finding);
                return None;
            }
        }
    }
    if builder.refused {
        return None; // what stands in for a refused value would only give findings of its own
    }
    let nothing = Span { file, start: 0, end: 0 };
    Some(builder.root.unwrap_or(Node { span: nothing, kind: Kind::Null }))
}

enum Step {
    Next,
    End,
}

/// A list or map that is not closed yet.
enum Open {
    Seq {
        span: Span,
        items: Vec<Node>,
    },
    /// Between a key and its value there is a `key`; without a name it was refused, and its value is left out.
    Map {
        span: Span,
        entries: Vec<(Spanned<String>, Node)>,
        key: Option<Option<Spanned<String>>>,
    },
}

struct Builder<'t, 'o> {
    file: u16,
    text: &'t str,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    refused: bool,
    out: &'o mut Vec<Diagnostic>,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, place: granit_parser::Span) -> Result<Step, Diagnostic> {
        let span = self.span(place);
        if let Some(tag) = place.tag_span() {
            self.refuse(
                self.span(tag),
                "tags such as `!!str`",
                "leave the tag out; put a text between quotes if need be",
            );
        }
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.refuse(span, "several documents in one file", "put each document in a file of its own");
                return Ok(Step::End);
            }
            Event::Anchor(..) => self.refuse(span, "anchors (`&name`)", "write the value where it is used"),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(
                    span,
                    "aliases (`*name`)",
                    "write the value here; put a text that begins with `*` between quotes",
                );
                self.close(Node { span, kind: Kind::Null })?;
            }
            Event::Scalar(text, style, ..) => self.scalar(&text, style, span)?,
            Event::SequenceStart(..) => self.start(Open::Seq { span, items: Vec::new() })?,
            Event::MappingStart(..) => self.start(Open::Map { span, entries: Vec::new(), key: None })?,
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            _ => {}
        }
        Ok(Step::Next)
    }

    fn start(&mut self, open: Open) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            let (Open::Seq { span, .. } | Open::Map { span, .. }) = open;
            return Err(tree::too_large(span, "too many levels of nesting", MAX_DEPTH));
        }
        self.open.push(open);
        Ok(())
    }

    /// The end of a list or map. One in block style ends where its last value ends, not where the next thing begins.
    fn end(&mut self, end: Span) -> Result<(), Diagnostic> {
        let bracket = end.end > end.start;
        let until = |start: Span, last: Option<Span>| {
            let end = if bracket { end.end } else { last.map_or(start.end, |last| last.end) };
            Span { end, ..start }
        };
        let node = match self.open.pop() {
            Some(Open::Seq { span, items }) => {
                Node { span: until(span, items.last().map(|n| n.span)), kind: Kind::Seq(items) }
            }
            Some(Open::Map { span, entries, .. }) => {
                let last = entries.last().map(|(_, n)| n.span);
                Node { span: until(span, last), kind: tree::map(entries, self.out) }
            }
            None => return Ok(()),
        };
        self.close(node)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Result<(), Diagnostic> {
        let source = self.text.get(span.start as usize..span.end as usize).unwrap_or("");
        let plain = style == ScalarStyle::Plain;
        if plain && (source.is_empty() || matches!(text, "~" | "null" | "Null" | "NULL")) {
            return self.close(Node { span, kind: Kind::Null });
        }
        if style != ScalarStyle::Literal && source.trim().contains('\n') && text.contains("||") {
            self.folded(span);
        }
        let (span, lines) = match style {
            ScalarStyle::Literal => (span, block_lines(text, source, span)),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let inner = source.get(1..source.len().saturating_sub(1)) == Some(text);
                let span = if inner { span.part(1, text.len()) } else { span };
                (span, Vec::new())
            }
            _ => (span, Vec::new()),
        };
        let merge = plain && text == "<<";
        if merge && matches!(self.open.last(), Some(Open::Map { key: None, .. })) {
            self.refuse(span, "merge keys (`<<`)", "write the keys out");
        }
        self.close(Node { span, kind: Kind::Scalar { text: text.to_owned(), quoted: !plain, lines } })
    }

    /// A table of which YAML has joined the lines.
    fn folded(&mut self, span: Span) {
        if let Some(Open::Map { key: Some(Some(name)), .. }) = self.open.last()
            && name.value == "table"
        {
            let message = "the rows of this table are joined to one line, as `|` is not behind its key";
            self.out.push(Diagnostic::error(Code::WrongShape, span, message).help("write `table: |`"));
        }
    }

    /// Puts a finished value where it belongs.
    fn close(&mut self, node: Node) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(tree::too_large(node.span, "too many values in one file", MAX_NODES));
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Seq { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(name) => entries.extend(name.map(|name| (name, node))),
                None => *key = Some(key_of(node, self.out)),
            },
        }
        Ok(())
    }

    fn refuse(&mut self, span: Span, what: &str, help: &str) {
        self.refused = true;
        let message = format!("{what} are not read here");
        self.out.push(Diagnostic::error(Code::UnsupportedYaml, span, message).help(help));
    }

    fn span(&self, place: granit_parser::Span) -> Span {
        let range = place.byte_range().unwrap_or_default();
        Span { file: self.file, start: clamp(range.start), end: clamp(range.end) }
    }
}

/// A key; a list or map cannot be one.
fn key_of(node: Node, out: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    if let Kind::Scalar { text, .. } = node.kind {
        return Some(Spanned { value: text, span: node.span });
    }
    let message = format!("expected a key, found {}", node.describe());
    out.push(
        Diagnostic::error(Code::WrongShape, node.span, message).help("a key is one word, followed by `:`"),
    );
    None
}

/// The lines of a `|` block. Each stands in the file as it is, behind its indentation.
fn block_lines(text: &str, source: &str, whole: Span) -> Vec<Spanned<String>> {
    let mut rest = source.split_inclusive('\n').peekable();
    let mut offset = 0;
    let mut lines = Vec::new();
    for line in text.lines() {
        let blank = rest.peek().is_none_or(|written| written.trim().is_empty());
        let span = if line.is_empty() && !blank {
            whole.part(offset, 0) // a blank line before the first text, where the parser's range begins
        } else {
            let written = rest.next().unwrap_or("");
            let body = written.trim_end_matches(['\n', '\r']);
            let span = match body.ends_with(line) {
                true => whole.part(offset + body.len() - line.len(), line.len()),
                false => whole,
            };
            offset += written.len();
            span
        };
        lines.push(Spanned { value: line.to_owned(), span });
    }
    lines
}
