//! Whether the hashes add up: entry by entry, part by part, revision by revision. Each check takes the hashes below it as they
//! are written, so that one change gives one finding, at the place of the change.

use std::collections::BTreeSet;

use super::text::{part_name, subject};
use super::{Finding, Weight, What, fits};
use crate::dossier::chain::{leaf_hash, part_hash, revision_hash};
use crate::dossier::entry::Entry;
use crate::dossier::fields::Hash;
use crate::dossier::record::{Leaf, Part, PartOf, Record, Revision};

/// Checks all hashes of a record.
pub(super) fn check(record: &Record, out: &mut Vec<Finding>) {
    layers(record, out);
    let mut before: Option<&Revision> = None;
    let mut seconds = None;
    for (place, revision) in record.revisions.iter().enumerate() {
        order(place, revision, before, out);
        opening(place, revision, out);
        for part in &revision.parts {
            self::part(revision, part, out);
        }
        let number = Some(revision.number.get());
        if revision_hash(revision).ok().as_ref() != Some(&revision.hash) {
            let text = "De kop is gewijzigd: het nummer, de vorige hash, de versie, de regels, de peildatum of de \
                        verdeling in delen.";
            out.push(Finding::new(What::Revision, Weight::Changed, number, text));
        }
        if let Some(at) = about(revision).map(|about| about.at.seconds()) {
            if seconds.is_some_and(|earlier| at < earlier) {
                let text = "Het tijdstip ligt voor dat van de vorige revisie: een klok liep verkeerd, of de tijd is anders \
                            ingevuld.";
                out.push(Finding::new(What::Date, Weight::Remark, number, text));
            }
            seconds = Some(at);
        }
        before = Some(revision);
    }
}

/// Who recorded a revision, and when.
pub(super) fn about(revision: &Revision) -> Option<&crate::dossier::About> {
    revision.entries(PartOf::About).find_map(|entry| match entry {
        Entry::About(about) => Some(about),
        _ => None,
    })
}

/// The layers that are kept are those that were used.
fn layers(record: &Record, out: &mut Vec<Finding>) {
    let mut changed = |text: &str| out.push(Finding::new(What::Rules, Weight::Changed, None, text));
    let used: BTreeSet<&Hash> = record.revisions.iter().flat_map(|revision| &revision.rules.layers).collect();
    let mut kept: BTreeSet<&Hash> = BTreeSet::new();
    for layer in &record.layers {
        if Hash::of(&format!("{}\n", layer.text.as_str())) != layer.digest {
            changed("De regels die in het dossier zijn bewaard, zijn gewijzigd.");
        } else if !used.contains(&layer.digest) || !kept.insert(&layer.digest) {
            changed("In het dossier staan regels die geen revisie gebruikt, of die er twee keer staan.");
        }
        kept.insert(&layer.digest);
    }
    if !kept.is_empty() && !used.is_subset(&kept) {
        changed("Van de regels die in het dossier waren bewaard, is een deel weggelaten.");
    }
}

fn order(place: usize, revision: &Revision, before: Option<&Revision>, out: &mut Vec<Finding>) {
    let number = revision.number.get();
    if usize::try_from(number).is_ok_and(|number| number != place + 1) {
        let text = format!(
            "Op plaats {} staat revisie {number}: revisies zijn weggelaten, toegevoegd of verplaatst.",
            place + 1
        );
        out.push(Finding::new(What::Order, Weight::Changed, Some(number), text));
    } else if revision.previous.as_ref() != before.map(|before| &before.hash) {
        let text = match before {
            Some(before) => {
                format!("Deze revisie hoort niet bij revisie {} zoals die er nu staat.", before.number.get())
            }
            None => "De eerste revisie verwijst naar een eerdere, die er niet is.".to_owned(),
        };
        out.push(Finding::new(What::Revision, Weight::Changed, Some(number), text));
    }
}

/// A dossier is opened once, in its first revision, and stays with one rule set.
fn opening(place: usize, revision: &Revision, out: &mut Vec<Finding>) {
    let opened = revision.entries(PartOf::Acts).filter(|entry| matches!(entry, Entry::Open(_))).count();
    if opened != usize::from(place == 0) {
        let text = "Een dossier wordt één keer geopend, in de eerste revisie. Dat is hier niet zo.";
        out.push(Finding::new(What::Opening, Weight::Changed, Some(revision.number.get()), text));
    }
}

fn part(revision: &Revision, part: &Part, out: &mut Vec<Finding>) {
    let number = Some(revision.number.get());
    let Some(salt) = &part.salt else {
        if !part.leaves.is_empty() {
            let text = "Een deel dat is afgeschermd, heeft toch inhoud.";
            out.push(Finding::new(What::Form, Weight::Changed, number, text));
        }
        return;
    };
    for leaf in &part.leaves {
        self::leaf(revision, part, leaf, out);
    }
    if part_hash(salt, part.of, &part.classes, &part.leaves).ok().as_ref() != Some(&part.hash) {
        let what = if part.of == PartOf::Outcome { What::Outcome } else { What::Order };
        let text = format!("{}: er is iets weggelaten, toegevoegd of verplaatst.", part_name(part.of));
        out.push(Finding::new(what, Weight::Changed, number, text));
    }
}

fn leaf(revision: &Revision, part: &Part, leaf: &Leaf, out: &mut Vec<Finding>) {
    let number = Some(revision.number.get());
    match (&leaf.salt, &leaf.value) {
        (None, None) => {}
        (Some(_), None) => {
            let text = "Een gegeven is weggelaten, maar niet op de manier waarop dat hoort.";
            out.push(Finding::new(What::Form, Weight::Changed, number, text));
        }
        (salt, Some(entry)) => {
            let signed = revision.entries(PartOf::Acts).any(|entry| matches!(entry, Entry::Sign(_)));
            let (what, id, name) = subject(entry, signed);
            let hash = salt.as_ref().and_then(|salt| leaf_hash(salt, entry).ok());
            if hash.as_ref() != Some(&leaf.hash) {
                let text = format!("{name} is gewijzigd na het vastleggen.");
                out.push(Finding { id, ..Finding::new(what, Weight::Changed, number, text) });
            } else if !fits(part.of, entry) {
                let text = format!("{name} staat in een deel waar dat niet hoort.");
                out.push(Finding { id, ..Finding::new(What::Form, Weight::Changed, number, text) });
            }
        }
    }
}
