//! A dossier, field for field.

use super::entry::Entry;
use super::fields::{Count, Hash, Salt, Text};
use crate::decode::{record, words};
use crate::document::Map;
use crate::value::Date;

record! {
    /// The record of a case, as it is written.
    pub struct Record = "a dossier" {
        /// Version of the format: 1.
        pub leidraad_dossier: Count,
        /// The layers of the rules that were used, word for word, where they are kept in the dossier.
        pub layers: Vec<LayerText>,
        /// The revisions, oldest first.
        pub revisions: Vec<Revision>,
        /// Of a copy for a reader the decisions of which what follows from the answers shown is not what was decided, where he may
        /// not see by what. No hash covers it, as it is worked out when the copy is made.
        pub overruled: Vec<Text>,
    }
}

record! {
    /// A layer of the rules, word for word.
    pub struct LayerText = "a layer" {
        /// The digest of the layer.
        pub digest: Hash,
        /// The layer as JSON. A text, as the order of its keys matters.
        pub text: Text,
    }
}

record! {
    /// One revision: what was recorded at once, and what then followed.
    pub struct Revision = "a revision" {
        /// Its number, from 1.
        pub number: Count,
        /// The hash of the revision before; none in the first.
        pub previous: Option<Hash>,
        /// The version of Leidraad that computed the assessment.
        pub engine: Text,
        /// The rules by which it was judged.
        pub rules: RulesUsed,
        /// What was recorded, in parts that one reader may see and another may not.
        pub parts: Vec<Part>,
        /// The hash of this revision.
        pub hash: Hash,
    }
}

record! {
    /// The rules by which a revision was judged.
    pub struct RulesUsed = "the rules that were used" {
        /// The rule set.
        pub id: Text,
        /// The digest of the layers that apply, as in an assessment.
        pub digest: Hash,
        /// The digests of all versions of these layers.
        pub layers: Vec<Hash>,
        /// The reference date of the facts.
        pub facts: Date,
        /// Per question that a layer names as its own reference date, such as the day of the decision, the day that it fixes.
        pub others: Map<Date>,
    }
}

words! {
    /// What a part of a revision holds.
    #[derive(PartialOrd, Ord)]
    pub enum PartOf = "what a part holds" {
        /// Who recorded it, and when.
        About = "about",
        /// What was recorded.
        Acts = "acts",
        /// Why was deviated from the rules.
        Motivation = "motivation",
        /// What followed.
        Outcome = "outcome",
    }
}

record! {
    /// A part of a revision: what readers of the same classes may see. For others nothing is left of it but its hash.
    pub struct Part = "a part" {
        /// What it holds.
        pub of: PartOf,
        /// The classes of confidentiality that a reader must have.
        pub classes: Vec<Text>,
        /// The hash of the salt, what it holds, the classes, and the hashes of the entries.
        pub hash: Hash,
        /// The salt; missing where the part is withheld.
        pub salt: Option<Salt>,
        /// The entries.
        pub leaves: Vec<Leaf>,
    }
}

record! {
    /// An entry with its own salted hash; where it is withheld, the hash alone.
    pub struct Leaf = "a hashed entry" {
        /// The hash of the salt and the entry.
        pub hash: Hash,
        /// The salt.
        pub salt: Option<Salt>,
        /// The entry.
        pub value: Option<Entry>,
    }
}

impl Part {
    /// Whether nothing is left of it but its hash.
    pub fn is_withheld(&self) -> bool {
        self.salt.is_none()
    }

    /// The entries that can be read.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.leaves.iter().filter_map(|leaf| leaf.value.as_ref())
    }

    /// Whether a reader who may see these classes may see it.
    pub(super) fn is_for(&self, classes: &[&str]) -> bool {
        self.classes.iter().all(|class| classes.contains(&class.as_str()))
    }
}

impl Revision {
    /// The entries of parts of one kind that can be read.
    pub fn entries(&self, of: PartOf) -> impl Iterator<Item = &Entry> {
        self.parts.iter().filter(move |part| part.of == of).flat_map(Part::entries)
    }
}
