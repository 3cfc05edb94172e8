//! What YAML and JSON have in common: a tree of texts, lists and maps, each with its place.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::hash::hash;
use crate::source::{Span, Spanned};

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// The kinds of value. Numbers and booleans stay as they are written, so numbers keep their exact digits.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// `null`, `~` or nothing at all.
    Null,
    /// A text, number or boolean.
    Scalar {
        text: String,
        /// Whether it was written as a text: between quotes or as a block. Rule files do not ask; answers do.
        quoted: bool,
        /// The lines of a text of several lines, each with its place where that is known.
        lines: Vec<Spanned<String>>,
    },
    /// A list.
    Seq(Vec<Node>),
    /// A map in the order of the file, without double keys.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// What was found, in words.
    pub(crate) fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Scalar { text, .. } => format!("`{}`", excerpt(text)),
            Kind::Seq(items) if items.is_empty() => "an empty list".to_owned(),
            Kind::Map(entries) if entries.is_empty() => "an empty map".to_owned(),
            Kind::Seq(_) => "a list".to_owned(),
            Kind::Map(_) => "a map".to_owned(),
        }
    }
}

/// The beginning of a text, for messages.
pub(crate) fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    let mut short: String = line.chars().take(40).collect();
    if short.len() < text.trim_end().len() {
        short.push('…');
    }
    short
}

/// A map of these entries; of a key that is there twice the first stays, and each later one is a finding.
pub(crate) fn map(entries: Vec<(Spanned<String>, Node)>, out: &mut Vec<Diagnostic>) -> Kind {
    let mut hashes: Vec<i64> =
        entries.iter().map(|(key, _)| hash(key.value.as_bytes()).cast_signed()).collect();
    hashes.sort_unstable();
    if hashes.windows(2).all(|pair| pair.first() != pair.last()) {
        return Kind::Map(entries);
    }
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut double = Vec::new();
    for (i, (key, _)) in entries.iter().enumerate() {
        if let Some(&span) = first.get(key.value.as_str()) {
            double.push(i);
            let message = format!("the key `{}` is here twice", excerpt(&key.value));
            out.push(
                Diagnostic::error(Code::Duplicate, key.span, message)
                    .related(span, "first written here")
                    .help("keep one of the two"),
            );
        } else {
            first.insert(&key.value, key.span);
        }
    }
    let mut double = double.into_iter().peekable();
    let mut index = 0;
    let mut kept = entries;
    kept.retain(|_| {
        let drop = double.next_if_eq(&index).is_some();
        index += 1;
        !drop
    });
    Kind::Map(kept)
}

/// That a file has too much of something.
pub(crate) fn too_large(span: Span, what: &str, limit: usize) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, span, format!("{what}; at most {limit} are read"))
}
