//! Answers to a question for a list: records, each with answers to its fields.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Answer, Answers, Known, Scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{Kind, Node};

/// What is known of the records of a list.
///
/// ```
/// use leidraad::{Answer, Answers, Known, Record, Records};
/// let first = Record::new().with("soort", "softdrugs").with("datum", "2024-05-01");
/// let mut answers = Answers::new();
/// answers.set("overtredingen", Answer::new(Known::Records(Records { list: vec![first], complete: true })));
/// assert_eq!(answers.to_json(), r#"{"overtredingen":[{"soort":"softdrugs","datum":"2024-05-01"}]}"#);
///
/// // these at least, and nobody knows whether there are more
/// let some = Answers::from_json("a", r#"{ "overtredingen": { "at_least": [{ "datum": null }] } }"#).unwrap();
/// assert!(!some.records("overtredingen").unwrap().complete);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// The records, in the order in which they were given.
    pub list: Vec<Record>,
    /// Whether these are all; else there may be more.
    pub complete: bool,
}

/// One record of a list: answers by field. A field that is not in it was not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    fields: Vec<(String, Answer)>,
    pub(crate) span: Option<Span>,
}

impl Record {
    /// A record of which nothing was asked.
    pub fn new() -> Record {
        Record::default()
    }

    /// Adds or replaces a known field.
    pub fn with(mut self, field: &str, value: impl Into<Scalar>) -> Record {
        self.set(field, Answer::new(Known::Value(value.into())));
        self
    }

    /// Adds or replaces the answer to a field.
    pub fn set(&mut self, field: &str, answer: Answer) {
        match self.fields.iter_mut().find(|(known, _)| known == field) {
            Some((_, slot)) => *slot = answer,
            None => self.fields.push((field.to_owned(), answer)),
        }
    }

    /// The answer to a field.
    pub fn get(&self, field: &str) -> Option<&Answer> {
        self.fields.iter().find(|(known, _)| known == field).map(|(_, answer)| answer)
    }

    /// All answers, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.fields.iter().map(|(field, answer)| (field.as_str(), answer))
    }
}

impl Answers {
    /// What is known of the records of a list; none where the question was not asked, or nobody knows.
    pub fn records(&self, question: &str) -> Option<&Records> {
        match &self.get(question)?.known {
            Known::Records(records) => Some(records),
            _ => None,
        }
    }

    /// The known values of one field over the records of a list, each once: the municipalities that a route crosses.
    ///
    /// ```
    /// use leidraad::Answers;
    /// let route = r#"{ "route": [{ "gemeente": "GM0994" }, { "gemeente": "GM1729" }, { "gemeente": "GM0994" }] }"#;
    /// let answers = Answers::from_json("a", route).unwrap();
    /// assert_eq!(answers.field_values("route", "gemeente"), ["GM0994", "GM1729"]);
    /// ```
    pub fn field_values(&self, question: &str, field: &str) -> Vec<&str> {
        let mut values: Vec<&str> = Vec::new();
        for record in self.records(question).map(|records| records.list.as_slice()).unwrap_or_default() {
            if let Some(Known::Value(value)) = record.get(field).map(|answer| &answer.known)
                && !values.contains(&value.text.as_str())
            {
                values.push(&value.text);
            }
        }
        values
    }
}

/// Whether the items of a list are records, and not values.
pub(super) fn are_records(items: &[Node]) -> bool {
    items.is_empty() || items.iter().any(|item| matches!(item.kind, Kind::Map(_)))
}

/// Reads the records of a list; every finding names its record and field.
pub(super) fn records(items: &[Node], complete: bool, out: &mut Vec<Diagnostic>) -> Option<Known> {
    let before = out.len();
    let mut list = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        list.extend(record(i + 1, item, out));
    }
    (out.len() == before).then_some(Known::Records(Records { list, complete }))
}

fn record(number: usize, node: &Node, out: &mut Vec<Diagnostic>) -> Option<Record> {
    let Kind::Map(entries) = &node.kind else {
        let message =
            format!("record {number}: expected an object from field to answer, found {}", node.describe());
        out.push(
            Diagnostic::error(Code::WrongAnswer, node.span, message)
                .help("write `{ \"field\": answer, … }` for each record"),
        );
        return None;
    };
    let mut record = Record { fields: Vec::with_capacity(entries.len()), span: Some(node.span) };
    for (field, value) in entries {
        let before = out.len();
        let answer = super::read::answer(value, out);
        for finding in out.iter_mut().skip(before) {
            let field = crate::tree::excerpt(&field.value);
            finding.message = format!("record {number}, `{field}`: {}", finding.message);
        }
        if let Some(mut answer) = answer {
            answer.key = Some(field.span);
            record.fields.push((field.value.clone(), answer));
        }
    }
    Some(record)
}

/// What `at_least` takes.
pub(super) fn at_least(node: &Node, out: &mut Vec<Diagnostic>) -> Option<Known> {
    match &node.kind {
        Kind::Seq(items) => records(items, false, out),
        _ => {
            let message = format!("`at_least` takes a list of records, found {}", node.describe());
            out.push(
                Diagnostic::error(Code::WrongAnswer, node.span, message)
                    .help("for a number write `{\"between\": [lowest, null]}`"),
            );
            None
        }
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len()))?;
        for (field, answer) in &self.fields {
            map.serialize_entry(field, answer)?;
        }
        map.end()
    }
}
