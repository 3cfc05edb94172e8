//! The record of a case: what was answered, decided and done, by whom and when, and what followed from it by which rules.
//!
//! Nothing in a dossier is overwritten. Each [revision](record::Revision) adds what was recorded at once, together with
//! the assessment that then followed, and holds the hash of the revision before it. So one changed byte shows, and
//! [`Dossier::verify`] says what it was: an answer, an outcome, a date, a motivation, a sign-off, the order.
//!
//! ```
//! use leidraad::dossier::{Opening, Reference, Stamp};
//! use leidraad::{Answers, Dossier, RuleSet};
//! # let text = r#"{
//! #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
//! #   "questions": [{ "section": "Feiten", "items": [
//! #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
//! #   "decisions": { "soort": { "outcome": true, "sources": ["s"],
//! #     "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } }
//! # }"#;
//! let rules = RuleSet::from_text("voorbeeld.json", text)?;
//! // the moment and 32 bytes by chance come from outside: the library has no clock and no source of chance
//! let stamp = Stamp::new("2026-07-04T10:00:00+02:00", [7; 32])?.by("A. de Vries");
//! let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp)?;
//! let stamp = Stamp::new("2026-07-04T10:05:00+02:00", [8; 32])?.by("A. de Vries");
//! dossier.record(&rules, &Answers::new().with("aantal", 250), &stamp)?;
//!
//! let text = dossier.to_json();
//! let read = Dossier::from_json("zaak.json", text)?;
//! let verified = read.verify(&Reference { rules: &[&rules], ..Reference::default() });
//! assert!(verified.is_intact());
//!
//! // one changed byte
//! let forged = Dossier::from_json("zaak.json", &text.replace(r#""answer":250"#, r#""answer":150"#))?;
//! let verified = forged.verify(&Reference { rules: &[&rules], ..Reference::default() });
//! let finding = &verified.findings[0];
//! assert_eq!((finding.what.as_str(), finding.revision, finding.id.as_deref()), ("answer", Some(2), Some("aantal")));
//! # Ok::<(), leidraad::Diagnostics>(())
//! ```
//!
//! # What the hashes prove, and what they do not
//!
//! They prove that **nothing was changed since the last hash was kept elsewhere**: in a letter, a mail, a signature, the
//! register of the case. Compare it with [`Reference::head`].
//!
//! They do not prove **when** something was recorded or **by whom**: times and names are what was filled in. And whoever has
//! the file can make the whole chain anew, or leave off its end, unless the last hash was kept elsewhere or signed. A sign-off
//! may carry a detached Ed25519 signature (feature `signatures`): it proves that the holder of the key signed this state of the
//! dossier, not who that is. Outcomes that do not follow from the answers and the rules show in any case, as they are computed
//! again.
//!
//! # What stays confidential
//!
//! Answers to questions of a class of confidentiality stand in parts of their own, and so does what follows from them.
//! [`Dossier::redact`] leaves of such a part nothing but its hash: a salted one, so that a short answer cannot be guessed from it.
//! The dossier still adds up, and verifies. That something was withheld can be seen; what, how much, and even whether a
//! certain question was answered, cannot.
//!
//! # The file
//!
//! Canonical JSON (RFC 8785), byte for byte; its schema is `schema::dossier` (feature `schema`). The hashes are described in
//! [`record`]. Numbers are written as they were given, as far as a binary double has exactly this value (15 digits always fit);
//! an answer of more digits is refused, a computed number of more digits is written as a text.

mod append;
mod chain;
mod compare;
mod deviate;
mod differ;
mod entry;
mod fields;
pub(crate) mod history;
mod noted;
mod other;
mod outcome;
mod read;
pub mod record;
mod redact;
mod rules;
mod sections;
mod sign;
mod signed;
mod stamp;
mod state;
mod verify;
pub(crate) mod words;

use crate::answers::Answers;
use crate::library::Library;
use crate::rule_set::RuleSet;

pub use compare::{ComparedDossiers, ComparedItem, ComparedRollup, Course, Why};
pub use entry::{
    About, Answered, Deviated, Entry, Followed, Given, Motivated, Opened, Ready, Reopened, Rest, Sectioned,
    Signed, Stepped, TakenBack,
};
pub use fields::{Count, Hash, Json, Moment, Salt, Text};
pub use other::{OtherDecision, OtherOutcome, Refused, Told};
pub use signed::SignedOff;
pub use stamp::{Opening, SignOff, Stamp};
#[cfg(feature = "report")]
pub(crate) use verify::PROVES;
pub use verify::{Finding, Reference, Verification, Weight, What};

use record::{Record, Revision};

/// The version of the format that is read and written.
pub(crate) const FORMAT: u32 = 1;

/// The record of a case. See the [module](self).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    record: Record,
    /// The text as it was read or will be written.
    text: String,
    /// Whether the text is canonical.
    canonical: bool,
}

impl Dossier {
    /// The dossier as JSON, as it was read or recorded.
    pub fn to_json(&self) -> &str {
        &self.text
    }

    /// The dossier field for field.
    pub fn fields(&self) -> &Record {
        &self.record
    }

    /// The revisions, oldest first.
    pub fn revisions(&self) -> &[Revision] {
        &self.record.revisions
    }

    /// The hash of the last revision. Whoever keeps it elsewhere can see later whether anything was changed.
    pub fn head(&self) -> &str {
        self.record.revisions.last().map_or("", |last| last.hash.as_str())
    }

    /// What the dossier is about, where its first revision says so.
    pub fn opened(&self) -> Option<&Opened> {
        let first = self.record.revisions.first()?;
        first.entries(record::PartOf::Acts).find_map(|entry| match entry {
            Entry::Open(opened) => Some(opened),
            _ => None,
        })
    }

    /// The answers, steps and deviations that now count, as far as they are not withheld.
    pub fn answers(&self) -> Answers {
        let mut answers = state::State::after(&self.record.revisions).answers;
        answers.overruled = self.record.overruled.iter().map(|id| id.as_str().into()).collect();
        answers
    }

    /// Whether parts were withheld from this copy.
    pub fn is_redacted(&self) -> bool {
        let mut parts = self.record.revisions.iter().flat_map(|revision| &revision.parts);
        parts.any(|part| part.is_withheld() || part.leaves.iter().any(|leaf| leaf.value.is_none()))
    }

    /// The rules that are kept in the dossier, where all that it used are.
    pub fn kept_rules(&self) -> Option<RuleSet> {
        let last = self.record.revisions.last()?;
        self.kept(&last.rules.layers, last.rules.id.as_str())
    }

    /// The rule set of these layers, where all of them are kept in the dossier.
    fn kept(&self, layers: &[Hash], id: &str) -> Option<RuleSet> {
        let text = |digest: &Hash| {
            let kept = self.record.layers.iter().find(|layer| layer.digest == *digest)?;
            (Hash::of(&format!("{}\n", kept.text.as_str())) == *digest).then(|| kept.text.as_str())
        };
        let texts: Vec<&str> = layers.iter().map(text).collect::<Option<_>>()?;
        let files: Vec<(&str, &str)> = texts.into_iter().map(|text| ("layer.json", text)).collect();
        let library = Library::from_files(&files);
        library.rule_set(id).ok().cloned()
    }
}
