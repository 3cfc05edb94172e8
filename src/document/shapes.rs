//! The parts of a rule file that are not plain records: maps with free keys, blocks, conditions.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Block, Clause, Completeness, Condition, Map};
use crate::decode::{Decode, wrong};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::tree::{Kind, Node};

impl<T> Default for Map<T> {
    fn default() -> Self {
        Map(Vec::new())
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let entries = match node.kind {
            Kind::Map(entries) => entries,
            // a key with only comments below it, as in a template
            Kind::Null => Vec::new(),
            Kind::Seq(_) => {
                let help = format!(
                    "write under `{key}:` the id of each with a colon, and below it what belongs to it"
                );
                out.push(wrong(&node, key, "a map from ids to values").help(help));
                return None;
            }
            _ => {
                out.push(wrong(&node, key, "a map from ids to values"));
                return None;
            }
        };
        let entries = entries.into_iter().filter_map(|(name, node)| {
            let value = T::decode(node, &name.value, out)?;
            Some((name, value))
        });
        Some(Map(entries.collect()))
    }

    fn absent() -> Option<Self> {
        Some(Map::default())
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let values = T::schema(generator);
        schemars::json_schema!({ "type": ["object", "null"], "additionalProperties": values })
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Block {
    /// The lines that are not blank and no comment.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.lines.iter().filter(|line| {
            let text = line.value.trim();
            !text.is_empty() && !text.starts_with('#')
        })
    }

    fn plain(&self) -> impl Iterator<Item = String> {
        self.rows().map(|line| super::row::plain(&line.value))
    }
}

/// Two blocks are equal when their rows are, however they are aligned.
impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.plain().eq(other.plain())
    }
}

impl Eq for Block {}

impl Decode for Block {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let span = node.span;
        let lines = match node.kind {
            Kind::Scalar { text, lines, .. } if lines.is_empty() => {
                text.lines().map(|line| Spanned { value: line.to_owned(), span }).collect()
            }
            Kind::Scalar { lines, .. } => lines,
            Kind::Seq(rows) => rows.into_iter().filter_map(|row| Decode::decode(row, key, out)).collect(),
            _ => {
                out.push(wrong(&node, key, "a text block (`|`) with a row on each line"));
                return None;
            }
        };
        Some(Block { lines, span })
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

/// A list of rows, so that a place in JSON is as exact as in YAML; how the columns are aligned is no part of the rules.
impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.plain())
    }
}

impl Decode for Completeness {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        const EXPECTED: &str = "`complete`, or `partial` with a list of what is missing";
        match node.kind {
            Kind::Scalar { ref text, .. } if text == "complete" => Some(Completeness::Complete),
            Kind::Map(ref entries) if matches!(&entries[..], [(name, _)] if name.value == "partial") => {
                let Kind::Map(entries) = node.kind else { return None };
                let (_, missing) = entries.into_iter().next()?;
                Vec::decode(missing, "partial", out).map(Completeness::Partial)
            }
            _ => {
                out.push(wrong(&node, key, EXPECTED).help("write `completeness: { partial: [ … ] }`"));
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "const": "complete" },
            {
                "type": "object",
                "properties": { "partial": { "type": "array", "items": { "type": "string" } } },
                "required": ["partial"],
                "additionalProperties": false,
            },
        ] })
    }
}

impl Serialize for Completeness {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Completeness::Complete => serializer.serialize_str("complete"),
            Completeness::Partial(missing) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("partial", missing)?;
                map.end()
            }
        }
    }
}

impl Decode for Condition {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.kind {
            Kind::Map(entries) if !entries.is_empty() => {
                let clauses = entries.into_iter().filter_map(|(name, node)| clause(name, node, out));
                Some(Condition::All(clauses.collect()))
            }
            Kind::Seq(maps) if !maps.is_empty() && maps.iter().all(|n| matches!(n.kind, Kind::Map(_))) => {
                let conditions = maps.into_iter().filter_map(|map| Condition::decode(map, key, out));
                Some(Condition::Any(conditions.collect()))
            }
            _ => {
                let expected = "a map from name to test, or a list of such maps";
                out.push(wrong(&node, key, expected).help(format!("write `{key}: {{ question: test }}`")));
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<crate::decode::schema::ConditionSchema>()
    }
}

/// One entry of a condition map.
fn clause(name: Spanned<String>, node: Node, out: &mut Vec<Diagnostic>) -> Option<Clause> {
    if name.value == "not" {
        return Decode::decode(node, "not", out).map(Clause::Not);
    }
    let span = node.span;
    let value = match node.kind {
        Kind::Scalar { text, .. } => text,
        Kind::Seq(items) if !items.is_empty() => {
            let tests: Vec<String> = Decode::decode(Node { span, kind: Kind::Seq(items) }, &name.value, out)?;
            tests.join(", ")
        }
        _ => {
            out.push(wrong(&node, &name.value, "a test such as `ja`, `> 5` or `[a, b]`"));
            return None;
        }
    };
    Some(Clause::Test(name, Spanned { value, span }))
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Condition::All(clauses) => {
                let mut map = serializer.serialize_map(Some(clauses.len()))?;
                for clause in clauses {
                    match clause {
                        Clause::Test(name, test) => map.serialize_entry(name, test)?,
                        Clause::Not(condition) => map.serialize_entry("not", condition)?,
                    }
                }
                map.end()
            }
            Condition::Any(conditions) => {
                let mut seq = serializer.serialize_seq(Some(conditions.len()))?;
                for condition in conditions {
                    seq.serialize_element(condition)?;
                }
                seq.end()
            }
        }
    }
}
