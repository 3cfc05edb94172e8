//! What of a rule file could not be read, so that the check can go on with the rest and does not blame it for what is
//! missing.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{
    Class, Decision, Document, Parameter, Question, Remark, Rollup, Section, Source, Step,
};
use crate::source::{SourceMap, Span, Spanned};
use crate::suggest::nearest;
use crate::tree::{Kind, Node};

/// Parts that are lists or maps, but hold no items with an id.
const WHOLE: [&str; 4] = ["in_force", "members", "based_on", "silence"];

/// The parts of some rule files that hold a finding of the reader.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lost {
    /// Every id that these files write, whether it could be read or not.
    names: BTreeSet<(u16, String)>,
    /// Top-level keys that could not be read.
    parts: BTreeSet<(u16, String)>,
    /// Keys of items: the part of the file, the id, the key.
    keys: BTreeSet<(String, String, String)>,
}

impl Lost {
    /// What a tree and the findings about it tell.
    pub(super) fn of(node: &Node, findings: &[Diagnostic], sources: &SourceMap) -> Lost {
        let errors = findings.iter().filter(|f| f.severity == Severity::Error);
        let places: Vec<Place> = errors
            .filter_map(|f| {
                let span = f.span?;
                let named = matches!(f.code, Code::UnknownKey | Code::Duplicate);
                let key = sources.text(span).trim_matches(['"', '\'']).to_owned();
                Some(Place { span, key: named.then_some(key) })
            })
            .collect();
        let mut lost = Lost::default();
        let Kind::Map(parts) = &node.kind else { return lost };
        if places.is_empty() {
            return lost;
        }
        let file = node.span.file;
        let lists = |value: &Node| matches!(value.kind, Kind::Map(_) | Kind::Seq(_));
        for key in touched(node.span, parts, &places, Document::KEYS) {
            // of a part with items only those items are lost, unless the finding is about the part as a whole
            let value = parts.iter().find(|(part, _)| part.value == key).map(|(_, value)| value);
            let items = value.filter(|value| lists(value) && !WHOLE.contains(&key.as_str()));
            if items.is_none_or(|value| places.iter().any(|place| place.span == value.span)) {
                lost.parts.insert((file, key));
            }
        }
        for (part, value) in parts {
            match &value.kind {
                Kind::Map(items) if !WHOLE.contains(&part.value.as_str()) => {
                    for (id, item) in items {
                        lost.item(file, &part.value, &id.value, item, &places);
                    }
                }
                Kind::Seq(list) if !WHOLE.contains(&part.value.as_str()) => {
                    list.iter().for_each(|entry| lost.section(file, &part.value, entry, &places))
                }
                _ => {}
            }
        }
        lost
    }

    /// A section with its questions, or a question that stands outside a section. Of what has no id nobody knows what it
    /// is called, so then no name can be called unknown.
    fn section(&mut self, file: u16, part: &str, entry: &Node, places: &[Place]) {
        let fields = match &entry.kind {
            Kind::Map(fields) => fields.as_slice(),
            _ => &[],
        };
        if let Some(id) = id_of(fields) {
            return self.item(file, part, id, entry, places);
        }
        let condition = touched(entry.span, fields, places, Section::KEYS).iter().any(|key| key == "when");
        let lists = fields.iter().filter(|(key, _)| key.value != "when");
        let items: Vec<&Node> = lists.flat_map(|(_, value)| list(value)).collect();
        if items.is_empty() {
            self.parts.insert((file, part.to_owned()));
        }
        for item in items {
            let id = match &item.kind {
                Kind::Map(fields) => id_of(fields),
                _ => None,
            };
            let Some(id) = id else {
                self.parts.insert((file, part.to_owned()));
                continue;
            };
            self.item(file, part, id, item, places);
            if condition {
                self.keys.insert((part.to_owned(), id.to_owned(), "when".to_owned()));
            }
        }
    }

    fn item(&mut self, file: u16, part: &str, id: &str, item: &Node, places: &[Place]) {
        self.names.insert((file, id.to_owned()));
        let Kind::Map(fields) = &item.kind else { return };
        let known = match part {
            "questions" => Question::KEYS,
            "decisions" => Decision::KEYS,
            "parameters" => Parameter::KEYS,
            "sources" => Source::KEYS,
            "classes" => Class::KEYS,
            "findings" => Remark::KEYS,
            "steps" => Step::KEYS,
            "rollups" => Rollup::KEYS,
            _ => &[],
        };
        for key in touched(item.span, fields, places, known) {
            self.keys.insert((part.to_owned(), id.to_owned(), key));
        }
    }

    /// Adds what another file lost.
    pub(crate) fn add(&mut self, other: Lost) {
        self.names.extend(other.names);
        self.parts.extend(other.parts);
        self.keys.extend(other.keys);
    }

    /// Whether all was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.parts.is_empty() && self.keys.is_empty()
    }

    /// Every id that a file with findings writes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(_, name)| name.as_str())
    }

    /// Whether another file than this one writes an id.
    pub(crate) fn elsewhere(&self, file: u16, name: &str) -> bool {
        self.part("parameters") || self.names.iter().any(|(other, known)| *other != file && known == name)
    }

    /// Whether some file lost one of its top-level keys.
    pub(crate) fn part(&self, part: &str) -> bool {
        self.parts.iter().any(|(_, known)| known == part)
    }

    /// Whether a file lost one of its top-level keys.
    pub(crate) fn part_of(&self, file: u16, part: &str) -> bool {
        self.parts.contains(&(file, part.to_owned()))
    }

    /// Whether an item lost one of these keys.
    pub(crate) fn any(&self, part: &str, id: &str, keys: &[&str]) -> bool {
        !self.keys.is_empty()
            && keys.iter().any(|key| self.keys.contains(&(part.to_owned(), id.to_owned(), (*key).to_owned())))
    }

    /// Whether an item lost the sources that it gives.
    pub(crate) fn sources(&self, part: &str, id: &str) -> bool {
        self.any(part, id, &["sources"])
    }
}

/// Where a finding of the reader points, and the key that it names, if it is about a key.
struct Place {
    span: Span,
    key: Option<String>,
}

/// The keys of a map that the findings inside it are about; a key that the format does not know stands for the one
/// that was probably meant.
fn touched(
    whole: Span,
    fields: &[(Spanned<String>, Node)],
    places: &[Place],
    known: &[&str],
) -> BTreeSet<String> {
    let inside = |outer: Span, inner: Span| {
        outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
    };
    let mut keys = BTreeSet::new();
    for place in places.iter().filter(|place| inside(whole, place.span)) {
        if let Some((key, _)) = fields.iter().find(|(_, value)| inside(value.span, place.span)) {
            keys.insert(key.value.clone());
        } else if let Some(key) = &place.key {
            let free = known.iter().copied().filter(|k| fields.iter().all(|(name, _)| name.value != *k));
            let meant = if known.contains(&key.as_str()) { Some(key.as_str()) } else { nearest(key, free) };
            keys.extend(meant.map(str::to_owned));
        }
    }
    keys
}

fn list(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::Seq(items) => items,
        _ => &[],
    }
}

fn id_of(fields: &[(Spanned<String>, Node)]) -> Option<&str> {
    fields.iter().find(|(key, _)| key.value == "id").and_then(|(_, value)| match &value.kind {
        Kind::Scalar { text, .. } => Some(text.as_str()),
        _ => None,
    })
}

/// The tree without the parts of a file that cannot be read at all, so that its other parts can.
pub(super) fn without_broken_parts(mut node: Node, findings: &[Diagnostic]) -> Node {
    if let Kind::Map(parts) = &mut node.kind {
        parts.retain(|(_, value)| !findings.iter().any(|f| f.span == Some(value.span)));
        if !parts.iter().any(|(key, _)| key.value == "leidraad") {
            let (span, text) = (node.span, "1".to_owned());
            let version = Node { span, kind: Kind::Scalar { text, quoted: false, lines: Vec::new() } };
            parts.push((Spanned { value: "leidraad".to_owned(), span }, version));
        }
    }
    node
}
