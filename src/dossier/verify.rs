//! Whether a dossier is as it was recorded, and whether its outcomes follow from its answers and rules.

mod chain;
mod recompute;
mod shape;
mod text;

use serde::Serialize;

use super::Dossier;
use super::record::{PartOf, Record};
use crate::decode::words;
use crate::rule_set::RuleSet;

pub(crate) use text::{PROVES, PROVES_NOTHING};

/// What to hold a dossier against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reference<'r> {
    /// Rule sets that may be those of the dossier. The layers that the dossier keeps itself are used where none of these fit.
    pub rules: &'r [&'r RuleSet],
    /// The hash of the last revision, or of an earlier one, as it was kept elsewhere.
    pub head: Option<&'r str>,
    /// The public keys of which signatures are trusted.
    pub keys: &'r [&'r str],
}

words! {
    /// What a finding is about.
    #[derive(PartialOrd, Ord)]
    pub enum What = "what a finding is about" {
        /// The file: not canonical, or parts that do not belong together.
        Form = "form",
        /// The order of what was recorded: something was moved, added or left out.
        Order = "order",
        /// A revision as a whole.
        Revision = "revision",
        /// What the dossier is about.
        Opening = "opening",
        /// An answer.
        Answer = "answer",
        /// A step.
        Step = "step",
        /// A deviation.
        Deviation = "deviation",
        /// A motivation.
        Motivation = "motivation",
        /// A sign-off or its signature.
        SignOff = "sign_off",
        /// What followed from the answers.
        Outcome = "outcome",
        /// A date, or who recorded it.
        Date = "date",
        /// The rules.
        Rules = "rules",
        /// A class of confidentiality.
        Class = "class",
        /// The hash that was kept elsewhere.
        Head = "head",
    }
}

words! {
    /// How heavy a finding weighs.
    #[derive(PartialOrd, Ord)]
    pub enum Weight = "how heavy a finding weighs" {
        /// It is not as it was recorded, or does not follow.
        Changed = "changed",
        /// It could not be checked.
        Unchecked = "unchecked",
        /// It may be right, but should be looked at.
        Remark = "remark",
    }
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub what: What,
    /// How heavy it weighs.
    pub weight: Weight,
    /// The revision.
    pub revision: Option<u32>,
    /// The question, step or decision.
    pub id: Option<String>,
    /// In words, for an official. No value of an answer stands in it.
    pub text: String,
}

/// What the verification of a dossier gave. `Display` gives Dutch text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Everything that is not as it should be, the heaviest first.
    pub findings: Vec<Finding>,
    /// The number of revisions.
    pub revisions: usize,
    /// The revisions of which the outcome was computed again.
    pub recomputed: usize,
    /// The parts that were withheld from this copy.
    pub withheld: usize,
    /// The sign-offs.
    pub sign_offs: usize,
    /// The sign-offs with a signature that is right.
    pub signatures: usize,
    /// The hash of the last revision.
    pub head: String,
    /// Whether that is the hash that was kept elsewhere.
    pub kept_elsewhere: bool,
}

impl Verification {
    /// Whether nothing was changed, as far as this shows.
    pub fn is_intact(&self) -> bool {
        self.findings.iter().all(|finding| finding.weight != Weight::Changed)
    }

    /// Whether, moreover, nothing was left unchecked: nothing was withheld, and all rules were there.
    pub fn is_complete(&self) -> bool {
        self.is_intact()
            && self.withheld == 0
            && self.findings.iter().all(|finding| finding.weight != Weight::Unchecked)
    }

    /// The findings as JSON, indented.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Dossier {
    /// Checks every hash, computes the outcome of every revision again, and says what is not as it was recorded.
    pub fn verify(&self, reference: &Reference<'_>) -> Verification {
        let mut findings = Vec::new();
        if !self.canonical {
            let text = "Het bestand is niet in de vorm waarin een dossier wordt geschreven: er is iets aan veranderd, al \
                        kan de inhoud dezelfde zijn.";
            findings.push(Finding::new(What::Form, Weight::Changed, None, text));
        }
        chain::check(&self.record, &mut findings);
        shape::check(&self.record, &mut findings);
        let (recomputed, signatures) = recompute::check(self, reference, &mut findings);
        if let Some(head) = reference.head {
            findings.extend(self.kept_elsewhere(head));
        }
        findings.sort_by_key(|finding| (finding.weight, finding.revision.unwrap_or(0)));
        findings.dedup();
        let parts = self.record.revisions.iter().flat_map(|revision| &revision.parts);
        Verification {
            findings,
            revisions: self.record.revisions.len(),
            recomputed,
            withheld: parts.filter(|part| part.is_withheld()).count(),
            sign_offs: self
                .revisions()
                .iter()
                .filter(|revision| super::signed::sign(revision).is_some())
                .count(),
            signatures,
            head: self.head().to_owned(),
            kept_elsewhere: reference.head == Some(self.head()),
        }
    }

    /// What there is to say of the hash that was kept elsewhere.
    fn kept_elsewhere(&self, head: &str) -> Option<Finding> {
        let last = self.record.revisions.len();
        let place = self.record.revisions.iter().position(|revision| revision.hash.as_str() == head);
        let (weight, text) = match place {
            Some(place) if place + 1 == last => return None,
            Some(place) => (
                Weight::Remark,
                format!("De bewaarde hash is die van revisie {}; daarna zijn er nog {} bij gekomen.", place + 1, last - place - 1),
            ),
            None => (
                Weight::Changed,
                "Geen revisie heeft de hash die elders is bewaard: dit is een ander dossier, of het is opnieuw gemaakt of \
                 ingekort."
                    .to_owned(),
            ),
        };
        Some(Finding::new(What::Head, weight, None, text))
    }
}

/// The first thing that is not as it was recorded, as far as the hashes show.
pub(super) fn broken(record: &Record) -> Option<Finding> {
    let mut findings = Vec::new();
    chain::check(record, &mut findings);
    shape::check(record, &mut findings);
    findings.into_iter().find(|finding| finding.weight == Weight::Changed)
}

impl Finding {
    fn new(what: What, weight: Weight, revision: Option<u32>, text: impl Into<String>) -> Finding {
        Finding { what, weight, revision, id: None, text: text.into() }
    }

    fn of(self, id: impl Into<String>) -> Finding {
        Finding { id: Some(id.into()), ..self }
    }

    /// Whether what was recorded is in doubt, so that what follows from it cannot be computed again.
    fn is_about_acts(&self) -> bool {
        let acts = [
            What::Order,
            What::Opening,
            What::Answer,
            What::Step,
            What::Deviation,
            What::Motivation,
            What::Date,
            What::Form,
        ];
        self.weight == Weight::Changed && self.revision.is_some() && acts.contains(&self.what)
    }
}

/// What a part of each kind may hold.
fn fits(of: PartOf, entry: &super::Entry) -> bool {
    use super::Entry as E;
    match entry {
        E::About(_) => of == PartOf::About,
        E::Motivation(_) => of == PartOf::Motivation,
        E::Decisions(_) | E::Assessment(_) => of == PartOf::Outcome,
        E::Open(_)
        | E::Answer(_)
        | E::TakeBack(_)
        | E::Step(_)
        | E::Reopen(_)
        | E::Deviate(_)
        | E::Follow(_)
        | E::Section(_)
        | E::Sign(_) => of == PartOf::Acts,
    }
}
