//! A text to a dossier. What does not fit is named by its place in the record, and never by what stands there: the findings
//! end up in logs, and the text may be confidential.

use std::collections::BTreeSet;

use super::entry::Entry;
use super::record::{PartOf, Record};
use super::{Dossier, FORMAT};
use crate::canonical::{LongNumbers, of};
use crate::decode::Decode;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::{
    MAX_DOSSIER_BYTES, MAX_DOSSIER_IDS, MAX_DOSSIER_LAYERS, MAX_DOSSIER_NODES, MAX_FINDINGS, MAX_REVISIONS,
};
use crate::source::{SourceMap, Span};
use crate::tree::{Kind, Node};

impl Dossier {
    /// Reads a dossier.
    ///
    /// # Errors
    /// What is not a dossier, or of a version of the format that this engine does not read. Whether the dossier is as it was
    /// recorded, [`Dossier::verify`] says.
    ///
    /// ```
    /// use leidraad::{Code, Dossier};
    /// let code = |text| Dossier::from_json("a.json", text).unwrap_err().iter().next().unwrap().code;
    /// assert_eq!(code(r#"{"leidraad_dossier":2,"revisions":[]}"#), Code::FormatVersion);
    /// assert_eq!(code(r#"{"aantal":5}"#), Code::WrongShape);
    /// assert_eq!(code(r#"{"leidraad_dossier":1,"revi"#), Code::Syntax);
    /// ```
    pub fn from_json(name: &str, text: &str) -> Result<Dossier, Diagnostics> {
        read(text).map_err(|findings| {
            let findings = findings.into_iter().take(MAX_FINDINGS);
            let named = findings.map(|f| Diagnostic { message: format!("{name}: {}", f.message), ..f });
            Diagnostics::new(named.collect(), SourceMap::default())
        })
    }

    /// The dossier of a record.
    pub(super) fn of(record: Record) -> Result<Dossier, Diagnostics> {
        let failed = |finding| Diagnostics::new(vec![finding], SourceMap::default());
        let text = of(&record, LongNumbers::Refused)?;
        if text.len() > MAX_DOSSIER_BYTES {
            return Err(failed(too_large("bytes", MAX_DOSSIER_BYTES)));
        }
        if let Some((what, limit)) = too_many(&record) {
            return Err(failed(too_large(what, limit)));
        }
        Ok(Dossier { record, text, canonical: true })
    }
}

fn too_large(what: &str, limit: usize) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, None, format!("a dossier has at most {limit} {what}"))
        .help("close this one, and open another that names it")
}

fn read(text: &str) -> Result<Dossier, Vec<Diagnostic>> {
    if text.len() > MAX_DOSSIER_BYTES {
        return Err(vec![too_large("bytes", MAX_DOSSIER_BYTES)]);
    }
    let mut out = Vec::new();
    let node = match crate::json::read_within(0, text, MAX_DOSSIER_NODES, &mut out) {
        Some(node) if out.is_empty() => node,
        _ => return Err(out.into_iter().map(|finding| at_byte(finding, text)).collect()),
    };
    version(&node)?;
    let record = Record::decode(node, "dossier", &mut out);
    match record {
        Some(record) if out.is_empty() => whole(record, text),
        _ => {
            // read once more: decoding has used up the tree
            let again = crate::json::read_within(0, text, MAX_DOSSIER_NODES, &mut Vec::new());
            Err(out.into_iter().map(|finding| at_path(finding, again.as_ref())).collect())
        }
    }
}

fn whole(record: Record, text: &str) -> Result<Dossier, Vec<Diagnostic>> {
    if record.revisions.is_empty() {
        let message = "a dossier has at least one revision, and this one has none";
        return Err(vec![Diagnostic::error(Code::MissingKey, None, message)]);
    }
    if let Some((what, limit)) = too_many(&record) {
        return Err(vec![too_large(what, limit)]);
    }
    let canonical = of(&record, LongNumbers::Refused).is_ok_and(|written| written == text);
    Ok(Dossier { record, text: text.to_owned(), canonical })
}

/// What there is too much of, with its limit.
fn too_many(record: &Record) -> Option<(&'static str, usize)> {
    let named = record.revisions.iter().map(|revision| revision.rules.layers.len());
    let layers = named.chain([record.layers.len()]).max().unwrap_or(0);
    let acts = record.revisions.iter().flat_map(|revision| revision.entries(PartOf::Acts));
    let (mut steps, mut decisions, mut sections) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for entry in acts {
        match entry {
            Entry::Step(stepped) => steps.insert(stepped.step.as_str()),
            Entry::Deviate(deviated) => decisions.insert(deviated.decision.as_str()),
            Entry::Section(note) => sections.insert(note.section.as_str()),
            _ => false,
        };
    }
    [
        ("revisions", record.revisions.len(), MAX_REVISIONS),
        ("layers", layers, MAX_DOSSIER_LAYERS),
        ("steps", steps.len(), MAX_DOSSIER_IDS),
        ("deviations", decisions.len(), MAX_DOSSIER_IDS),
        ("sections", sections.len(), MAX_DOSSIER_IDS),
    ]
    .into_iter()
    .find(|(_, count, limit)| count > limit)
    .map(|(what, _, limit)| (what, limit))
}

/// Refuses what is not a dossier, and a version that is not known, before anything else is looked at.
fn version(node: &Node) -> Result<(), Vec<Diagnostic>> {
    let not_one = |message: &str| {
        let finding = Diagnostic::error(Code::WrongShape, None, message.to_owned());
        Err(vec![finding.help("a dossier is made by `leidraad dossier new`, and begins with its `layers`")])
    };
    let Kind::Map(entries) = &node.kind else { return not_one("this is not a dossier") };
    let Some((_, version)) = entries.iter().find(|(key, _)| key.value == "leidraad_dossier") else {
        return not_one("this is not a dossier: it has no `leidraad_dossier`");
    };
    match &version.kind {
        Kind::Scalar { text, quoted: false, .. } if *text == FORMAT.to_string() => Ok(()),
        Kind::Scalar { text, quoted: false, .. } if text.bytes().all(|b| b.is_ascii_digit()) => {
            let text = crate::tree::excerpt(text);
            let message = format!("expected format version {FORMAT}, found `{text}`");
            Err(vec![
                Diagnostic::error(Code::FormatVersion, None, message)
                    .help("use a version of Leidraad that reads it; nothing was changed"),
            ])
        }
        _ => not_one("`leidraad_dossier` is not a version"),
    }
}

/// A finding of the reader of JSON, with its place as an offset.
fn at_byte(finding: Diagnostic, text: &str) -> Diagnostic {
    let at = finding.span.map_or(0, |span| span.start as usize);
    let line = text.as_bytes().get(..at).map_or(0, |before| before.iter().filter(|b| **b == b'\n').count());
    let message = format!("{} (byte {at}, line {})", without_excerpt(&finding.message), line + 1);
    Diagnostic { span: None, message, related: Vec::new(), ..finding }
}

/// A finding of the decoder, with its place as a path.
fn at_path(finding: Diagnostic, node: Option<&Node>) -> Diagnostic {
    let path = node.zip(finding.span).map_or_else(String::new, |(node, span)| path(node, span));
    let colon = if path.is_empty() { "" } else { ": " };
    let message = format!("{path}{colon}{}", without_excerpt(&finding.message));
    Diagnostic { span: None, message, help: None, related: Vec::new(), ..finding }
}

/// A message without what was found, which may be confidential.
fn without_excerpt(message: &str) -> &str {
    message.split(", found ").next().unwrap_or_default()
}

/// Where a place is: `revisions[2].parts[0].leaves[1]`.
fn path(mut node: &Node, place: Span) -> String {
    let mut path = String::new();
    let holds = |node: &Node| node.span.start <= place.start && place.end <= node.span.end;
    loop {
        let inner = match &node.kind {
            Kind::Map(entries) => entries.iter().find(|(_, value)| holds(value)).map(|(key, value)| {
                let dot = if path.is_empty() { "" } else { "." };
                path.push_str(&format!("{dot}{}", crate::tree::excerpt(&key.value)));
                value
            }),
            Kind::Seq(items) => items.iter().enumerate().find(|(_, item)| holds(item)).map(|(i, item)| {
                path.push_str(&format!("[{i}]"));
                item
            }),
            _ => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => return path,
        }
    }
}
