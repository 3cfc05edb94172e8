//! The hashes: of an entry, of a part, of a revision, each over canonical JSON.
//!
//! ```text
//! leaf     = SHA-256 of [salt, entry]
//! part     = SHA-256 of [salt, kind, classes, [leaf, …]]
//! revision = SHA-256 of { leidraad_dossier, number, previous, engine, rules, parts: [{ of, classes, hash }, …] }
//! ```
//!
//! Where a part is withheld its salt is gone, so that a short answer cannot be guessed from its hash; its hash stays, so
//! that the revision still adds up. Every leaf has its own salt: one that is shown says nothing about another.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::entry::Entry;
use super::fields::{Hash, Salt, Text, hex};
use super::record::{Leaf, Part, PartOf, Revision, RulesUsed};
use super::{FORMAT, Stamp};
use crate::canonical::{LongNumbers, of};
use crate::diagnostic::Diagnostic;

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// Salts, all from the one that was given from outside.
pub(super) struct Salts<'s> {
    seed: &'s [u8; 32],
    next: u32,
}

impl<'s> Salts<'s> {
    pub(super) fn new(stamp: &'s Stamp) -> Salts<'s> {
        Salts { seed: stamp.salt(), next: 0 }
    }

    fn next(&mut self) -> Salt {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.next.to_be_bytes());
        self.next = self.next.saturating_add(1);
        Salt(hex(hash.finalize().get(..16).unwrap_or_default()))
    }
}

/// The hash of an entry.
pub(super) fn leaf_hash(salt: &Salt, entry: &Entry) -> Result<Hash> {
    of(&(salt, entry), LongNumbers::Refused).map(|text| Hash::of(&text))
}

/// The hash of a part.
pub(super) fn part_hash(salt: &Salt, kind: PartOf, classes: &[Text], leaves: &[Leaf]) -> Result<Hash> {
    let hashes: Vec<&Hash> = leaves.iter().map(|leaf| &leaf.hash).collect();
    of(&(salt, kind, classes, hashes), LongNumbers::Refused).map(|text| Hash::of(&text))
}

/// A part with its hashes.
pub(super) fn part(
    kind: PartOf,
    classes: &[Text],
    entries: Vec<Entry>,
    salts: &mut Salts<'_>,
) -> Result<Part> {
    let mut leaves = Vec::with_capacity(entries.len());
    for entry in entries {
        let salt = salts.next();
        leaves.push(Leaf { hash: leaf_hash(&salt, &entry)?, salt: Some(salt), value: Some(entry) });
    }
    let salt = salts.next();
    let hash = part_hash(&salt, kind, classes, &leaves)?;
    Ok(Part { of: kind, classes: classes.to_vec(), hash, salt: Some(salt), leaves })
}

#[derive(Serialize)]
struct Sealed<'r> {
    leidraad_dossier: u32,
    number: u32,
    previous: Option<&'r Hash>,
    engine: &'r Text,
    rules: &'r RulesUsed,
    parts: Vec<SealedPart<'r>>,
}

#[derive(Serialize)]
struct SealedPart<'r> {
    of: PartOf,
    classes: &'r [Text],
    hash: &'r Hash,
}

/// The hash of a revision.
pub(super) fn revision_hash(revision: &Revision) -> Result<Hash> {
    let parts = revision.parts.iter();
    let parts = parts.map(|part| SealedPart { of: part.of, classes: &part.classes, hash: &part.hash });
    let sealed = Sealed {
        leidraad_dossier: FORMAT,
        number: revision.number.get(),
        previous: revision.previous.as_ref(),
        engine: &revision.engine,
        rules: &revision.rules,
        parts: parts.collect(),
    };
    of(&sealed, LongNumbers::Refused).map(|text| Hash::of(&text))
}
