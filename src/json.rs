//! JSON text to a tree, by `serde_json` alone.
//!
//! Each level is read as raw slices of the text. A slice lies inside the text, so its address tells its place;
//! numbers keep their digits. The depth is checked first, so the text is scanned a limited number of times.

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::{Code, Diagnostic};
use crate::limits::{MAX_DEPTH, MAX_NODES};
use crate::source::{Span, Spanned, clamp};
use crate::tree::{self, Kind, Node};

/// Reads a JSON text into a tree; on failure the findings say why.
pub(crate) fn read(file: u16, text: &str, out: &mut Vec<Diagnostic>) -> Option<Node> {
    read_within(file, text, MAX_NODES, out)
}

/// The same, of a text that may have so many values.
pub(crate) fn read_within(file: u16, text: &str, most: usize, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { file, text, nodes: 0, most, out };
    let result = match serde_json::from_str::<&RawValue>(json) {
        Ok(raw) => match too_deep(raw.get()) {
            None => reader.node(raw.get()),
            Some(bracket) => Err(reader.too_deep(bracket)),
        },
        Err(error) => Err(reader.syntax(json, &error)),
    };
    result.map_err(|finding| out.push(*finding)).ok()
}

/// The first bracket that opens a level too many, in a text that is known to be JSON.
fn too_deep(json: &str) -> Option<&str> {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for (i, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' if depth == MAX_DEPTH => return json.get(i..i + 1),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

struct Reader<'t, 'o> {
    file: u16,
    text: &'t str,
    nodes: usize,
    most: usize,
    out: &'o mut Vec<Diagnostic>,
}

impl<'t> Reader<'t, '_> {
    fn node(&mut self, raw: &'t str) -> Result<Node> {
        let span = self.span(raw);
        self.nodes += 1;
        if self.nodes > self.most {
            return Err(Box::new(tree::too_large(span, "too many values in one file", self.most)));
        }
        let kind = match raw.as_bytes().first() {
            Some(b'{') => {
                let Entries(entries) = self.parse(raw)?;
                let mut map = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    map.push((self.string(key.get())?, self.node(value.get())?));
                }
                tree::map(map, self.out)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = self.parse(raw)?;
                let items = items.into_iter().map(|item| self.node(item.get()));
                Kind::Seq(items.collect::<Result<_>>()?)
            }
            Some(b'"') => {
                let text = self.string(raw)?;
                let lines = self.lines(raw, &text);
                return Ok(Node {
                    span: text.span,
                    kind: Kind::Scalar { text: text.value, quoted: true, lines },
                });
            }
            _ if raw == "null" => Kind::Null,
            _ => Kind::Scalar { text: raw.to_owned(), quoted: false, lines: Vec::new() },
        };
        Ok(Node { span, kind })
    }

    /// A string; its place leaves the quotes out where the text stands there as it is.
    fn string(&self, raw: &'t str) -> Result<Spanned<String>> {
        let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
        Ok(match inner.contains('\\') {
            false => Spanned { value: inner.to_owned(), span: self.span(inner) },
            true => Spanned { value: self.parse(raw)?, span: self.span(raw) },
        })
    }

    /// The lines of a string, cut where `\n` is written.
    fn lines(&self, raw: &'t str, text: &Spanned<String>) -> Vec<Spanned<String>> {
        if !text.value.contains('\n') {
            return Vec::new();
        }
        let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
        let mut places = Vec::new();
        let mut start = 0;
        let mut escaped = false;
        for (i, c) in inner.char_indices() {
            if escaped && c == 'n' {
                places.push(inner.get(start..i - 1).unwrap_or(""));
                start = i + 1;
            }
            escaped = c == '\\' && !escaped;
        }
        places.push(inner.get(start..).unwrap_or(""));
        let mut places = places.into_iter();
        let spans = text.value.lines().map(|line| {
            let span = places.next().map_or(text.span, |place| self.span(place));
            Spanned { value: line.to_owned(), span }
        });
        spans.collect()
    }

    fn too_deep(&self, bracket: &str) -> Box<Diagnostic> {
        Box::new(tree::too_large(self.span(bracket), "too many levels of nesting", MAX_DEPTH))
    }

    fn parse<T: Deserialize<'t>>(&self, raw: &'t str) -> Result<T> {
        serde_json::from_str(raw).map_err(|error| self.syntax(raw, &error))
    }

    /// The place of a slice of the text.
    fn span(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Span { file: self.file, start: clamp(start), end: clamp(start + part.len()) }
    }

    /// What `serde_json` found wrong in a part of the text. It counts lines and bytes from 1.
    fn syntax(&self, part: &'t str, error: &serde_json::Error) -> Box<Diagnostic> {
        let line_start = match error.line().checked_sub(2) {
            Some(n) => part.match_indices('\n').nth(n).map_or(0, |(i, _)| i + 1),
            None => 0,
        };
        let offset = (line_start + error.column().saturating_sub(1)).min(part.len());
        let span = self.span(part).part(offset, 0);
        let found = error.to_string();
        let found = found.split(" at line ").next().unwrap_or("");
        let (message, help) = match found {
            _ if error.is_eof() => ("the file ends too early", "close every `{`, `[` and `\"`"),
            "key must be a string" => {
                let help = match part.get(offset..).is_some_and(|rest| rest.trim_start().starts_with('}')) {
                    true => "put no comma after the last entry",
                    false => "put keys and texts between double quotes, as in {\"aantal\": 150}",
                };
                ("expected a key between double quotes", help)
            }
            "trailing comma" => ("a comma after the last value", "put no comma before a `]` or `}`"),
            "trailing characters" => ("expected the end of the file", "one file holds one value"),
            other => (other, "text and keys stand between double quotes"),
        };
        Box::new(Diagnostic::error(Code::Syntax, span, format!("this is not JSON: {message}")).help(help))
    }
}

/// The entries of an object, as they are written and in their order.
struct Entries<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut access: A,
            ) -> std::result::Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = access.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}
