//! Text of files and places in them.

use std::ops::Range;

use serde::{Serialize, Serializer};

/// A byte range in one file of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Index of the file in the source map.
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A part of this span: `len` bytes from `offset`, both counted from its start.
    pub(crate) fn part(self, offset: usize, len: usize) -> Span {
        let start = self.start.saturating_add(clamp(offset));
        Span { file: self.file, start, end: start.saturating_add(clamp(len)) }
    }
}

pub(crate) fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A value with its place in the file. Two are equal when their values are, wherever they are written.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// A line and column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// One file: its name as people know it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The name, usually a path.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// The files that diagnostics point into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file and returns its index.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u16 {
        self.files.push(SourceFile { name: name.into(), text: text.into() });
        u16::try_from(self.files.len() - 1).unwrap_or(u16::MAX)
    }

    /// The file with this index.
    pub fn file(&self, index: u16) -> Option<&SourceFile> {
        self.files.get(usize::from(index))
    }

    /// All files, in the order in which they were added.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The text of a span, empty when it lies outside its file.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).and_then(|f| f.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// Line and column of the start of a span.
    ///
    /// ```
    /// use leidraad::source::{SourceMap, Span};
    /// let mut sources = SourceMap::default();
    /// let file = sources.add("a.yaml", "één: 1\ntwee: 2\n");
    /// let place = sources.position(Span { file, start: 9, end: 13 });
    /// assert_eq!((place.line, place.column), (2, 1));
    /// ```
    pub fn position(&self, span: Span) -> Position {
        let text = self.file(span.file).map_or("", |f| f.text.as_str());
        let before = upto(text, span.start);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Position {
            line: clamp(before.bytes().filter(|b| *b == b'\n').count() + 1),
            column: clamp(before.get(line_start..).unwrap_or("").chars().count() + 1),
        }
    }

    /// Line and column just after a span.
    pub(crate) fn end_position(&self, span: Span) -> Position {
        self.position(Span { start: span.end.max(span.start), ..span })
    }

    /// The first line of a span, without its line break, and the part of it that the span covers.
    pub(crate) fn line(&self, span: Span) -> (&str, Range<usize>) {
        let text = self.file(span.file).map_or("", |f| f.text.as_str());
        let start = upto(text, span.start).len();
        let line_start = upto(text, span.start).rfind('\n').map_or(0, |i| i + 1);
        let line = text.get(line_start..).unwrap_or("").split('\n').next().unwrap_or("");
        let line = line.strip_suffix('\r').unwrap_or(line);
        let part = |offset: usize| offset.saturating_sub(line_start).min(line.len());
        let end = upto(text, span.end.max(span.start)).len();
        (line, part(start)..part(end))
    }
}

/// The text before an offset, or before the character that the offset lies in.
fn upto(text: &str, offset: u32) -> &str {
    let offset = (offset as usize).min(text.len());
    (0..4).find_map(|back| text.get(..offset.saturating_sub(back))).unwrap_or("")
}
