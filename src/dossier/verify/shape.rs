//! Whether a record has the parts that a record has, and misses only what a copy for a reader misses: whole parts, of classes
//! that the reader may not see. Anything else that is gone was not withheld but left out.

use std::collections::BTreeSet;

use super::text::part_name;
use super::{Finding, Weight, What};
use crate::dossier::entry::Entry;
use crate::dossier::fields::Text;
use crate::dossier::record::{Part, PartOf, Record, Revision};

/// What is missing of a record that should be there.
pub(super) fn check(record: &Record, out: &mut Vec<Finding>) {
    let parts = || record.revisions.iter().flat_map(|revision| &revision.parts);
    let seen: BTreeSet<&Text> = parts().filter(|part| !part.is_withheld()).flat_map(|p| &p.classes).collect();
    for revision in &record.revisions {
        let number = Some(revision.number.get());
        if !whole(revision) {
            let text = "De revisie heeft niet precies één deel voor wie en wanneer en één voor wat iedereen mag zien.";
            out.push(Finding::new(What::Form, Weight::Changed, number, text));
        }
        for part in revision.parts.iter().filter(|part| part.is_withheld()) {
            let may_see = part.classes.iter().all(|class| seen.contains(class));
            // who and when goes with what is recorded
            let goes_along = part.of == PartOf::About && !shows(revision);
            if may_see && !goes_along {
                let text = format!(
                    "{}: weggelaten, terwijl de lezer van deze kopie dit mag zien. Dat is geen afscherming.",
                    part_name(part.of)
                );
                out.push(Finding::new(about(part), Weight::Changed, number, text));
            }
        }
        for part in revision.parts.iter().filter(|part| !part.is_withheld()) {
            if part.leaves.iter().any(|leaf| leaf.value.is_none() && leaf.salt.is_none()) {
                let text = format!(
                    "{}: een gegeven is weggelaten. Dat is geen afscherming: die gaat over een heel deel.",
                    part_name(part.of)
                );
                out.push(Finding::new(about(part), Weight::Changed, number, text));
            }
        }
    }
}

/// Whether something that was recorded is in sight.
fn shows(revision: &Revision) -> bool {
    revision.parts.iter().any(|part| part.of == PartOf::Acts && !part.leaves.is_empty())
}

/// Whether a revision has one part that says who and when, and one of what everybody may see.
fn whole(revision: &Revision) -> bool {
    let of = |kind: PartOf| revision.parts.iter().filter(move |part| part.of == kind);
    let mut about = of(PartOf::About);
    let one =
        matches!((about.next(), about.next()), (Some(part), None) if part.is_withheld() || says_who(part));
    let open = of(PartOf::Acts).filter(|part| part.classes.is_empty()).count();
    let mut kinds = BTreeSet::new();
    one && open == 1 && revision.parts.iter().all(|part| kinds.insert((part.of, &part.classes)))
}

fn says_who(part: &Part) -> bool {
    let entries: Vec<Option<&Entry>> = part.leaves.iter().map(|leaf| leaf.value.as_ref()).collect();
    matches!(entries.as_slice(), [None | Some(Entry::About(_))])
}

/// What a finding on a part is about.
fn about(part: &Part) -> What {
    match part.of {
        PartOf::About => What::Date,
        PartOf::Acts => What::Order,
        PartOf::Motivation => What::Motivation,
        PartOf::Outcome => What::Outcome,
    }
}
