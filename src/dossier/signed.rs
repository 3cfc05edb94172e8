//! Who signed off, and on what.

use serde::Serialize;

use super::Dossier;
use super::entry::Entry;
use super::fields::Moment;
use super::record::{PartOf, Revision};
use super::sign::{bare, check};

/// A sign-off in a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedOff {
    /// The revision that signs.
    pub revision: u32,
    /// By whom, as was filled in.
    pub by: String,
    /// In what capacity.
    pub role: Option<String>,
    /// When, as was filled in.
    pub at: Moment,
    /// Whether it carries a signature, and whether that is right.
    pub signature: Option<bool>,
    /// The key of the signature.
    pub key: Option<String>,
    /// Whether nothing but sign-offs was recorded after it.
    pub current: bool,
}

impl Dossier {
    /// The sign-offs, oldest first.
    pub fn sign_offs(&self) -> Vec<SignedOff> {
        let last_act = self.revisions().iter().rposition(|revision| sign(revision).is_none());
        let mut list = Vec::new();
        for (place, revision) in self.revisions().iter().enumerate() {
            let Some(signed) = sign(revision) else { continue };
            let Some(about) = revision.entries(PartOf::About).find_map(|entry| match entry {
                Entry::About(about) => Some(about),
                _ => None,
            }) else {
                continue;
            };
            let key = signed.key.as_ref().map(|key| bare(key.as_str()));
            let signature = signed.signature.as_ref();
            list.push(SignedOff {
                revision: revision.number.get(),
                by: about.by.as_ref().map_or_else(String::new, |by| by.as_str().to_owned()),
                role: signed.role.as_ref().map(|role| role.as_str().to_owned()),
                at: about.at.clone(),
                signature: signature
                    .map(|text| check(key.unwrap_or_default(), text.as_str(), &signed.of).is_ok()),
                key: key.map(str::to_owned),
                current: last_act.is_none_or(|last| last < place),
            });
        }
        list
    }

    /// Whether two people signed off on the dossier as it is now: two names, and not the same key under both.
    pub fn four_eyes(&self) -> bool {
        let list: Vec<SignedOff> = self.sign_offs().into_iter().filter(|signed| signed.current).collect();
        let name = |signed: &SignedOff| signed.by.trim().to_lowercase();
        let same = |a: &SignedOff, b: &SignedOff| name(a) == name(b) || (a.key.is_some() && a.key == b.key);
        list.iter().enumerate().any(|(i, a)| list.iter().skip(i + 1).any(|b| !same(a, b)))
    }
}

/// The sign-off of a revision that signs.
pub(super) fn sign(revision: &Revision) -> Option<&super::Signed> {
    revision.entries(PartOf::Acts).find_map(|entry| match entry {
        Entry::Sign(signed) => Some(signed),
        _ => None,
    })
}
