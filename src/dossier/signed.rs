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
    ///
    /// ```
    /// # use leidraad::dossier::{Opening, SignOff, Stamp};
    /// # use leidraad::{Answers, Dossier, RuleSet};
    /// # let text = r#"{
    /// #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "questions": [{ "section": "Feiten", "items": [
    /// #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
    /// #   "decisions": { "soort": { "outcome": true, "sources": ["s"],
    /// #     "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } }
    /// # }"#;
    /// # let rules = RuleSet::from_text("x.json", text)?;
    /// # let stamp = |salt| Stamp::new("2026-07-04T10:00:00+02:00", [salt; 32]).unwrap();
    /// let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(1))?;
    /// dossier.sign(&SignOff::default(), &stamp(2).by("A. de Vries"))?;
    /// dossier.sign(&SignOff::default(), &stamp(3).by("B. Bakker"))?;
    /// assert!(dossier.four_eyes());
    /// dossier.record(&rules, &Answers::new().with("aantal", 150), &stamp(4))?;
    /// assert!(!dossier.four_eyes(), "they signed an earlier state");
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn four_eyes(&self) -> bool {
        let list = self.sign_offs().into_iter().filter(|signed| signed.current);
        let list: Vec<(String, Option<String>)> =
            list.map(|signed| (plain(&signed.by), signed.key)).collect();
        let same = |(name, key): &(String, Option<String>), (other, known): &(String, Option<String>)| {
            name == other || (key.is_some() && key == known)
        };
        list.iter().enumerate().any(|(i, a)| list.iter().skip(i + 1).any(|b| !same(a, b)))
    }
}

/// The letters of a name: one more space, a point or a sign without width makes no second person.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The sign-off of a revision that signs.
pub(super) fn sign(revision: &Revision) -> Option<&super::Signed> {
    revision.entries(PartOf::Acts).find_map(|entry| match entry {
        Entry::Sign(signed) => Some(signed),
        _ => None,
    })
}
