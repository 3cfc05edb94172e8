//! The rules of a revision: which program they are, on which reference dates, and how both stand in the record.

use super::fields::{Hash, Text};
use super::record::{LayerText, RulesUsed};
use super::state::State;
use crate::check::Dates;
use crate::diagnostic::Diagnostics;
use crate::document::Map;
use crate::rule_set::{Program, RuleSet};
use crate::value::Date;

/// The program of a rule set for an authority on some dates.
pub(super) fn program(
    rules: &RuleSet,
    authority: Option<&str>,
    dates: Dates,
) -> Result<Program, Diagnostics> {
    let authority = authority.map(|code| rules.for_authority(code)).transpose()?.map(|found| found.code());
    rules.program(authority, dates)
}

/// The reference dates of a state.
pub(super) fn dates(rules: &RuleSet, state: &State, today: Date) -> Dates {
    let on = state.opened.as_ref().and_then(|opened| opened.on);
    rules.dates_of(state.authority(), &state.answers, on, state.opened_on.unwrap_or(today))
}

/// One day for all layers.
pub(super) fn all_on(day: Date) -> Dates {
    Dates { facts: day, policy: day }
}

/// The reference dates that a revision recorded.
pub(super) fn recorded(used: &RulesUsed) -> Dates {
    let policy = used.others.0.first().map_or(used.facts, |(_, day)| *day);
    Dates { facts: used.facts, policy }
}

/// The questions whose answers fix a reference date.
pub(super) fn fixing<'r>(rules: &'r RuleSet, authority: Option<&str>) -> impl Iterator<Item = &'r str> {
    let own = authority.and_then(|authority| rules.policy_date(authority));
    rules.reference_date().into_iter().chain(own)
}

/// The reference dates beside that of the facts, as a revision records them.
pub(super) fn others(rules: &RuleSet, authority: Option<&str>, dates: Dates) -> Map<Date> {
    let own = authority.and_then(|authority| rules.policy_date(authority));
    Map(own.map(|question| (super::state::placed(question), dates.policy)).into_iter().collect())
}

/// What a revision records of the rules by which it is judged, with the texts of their layers.
pub(super) fn used(
    rules: &RuleSet,
    program: &Program,
    authority: Option<&str>,
    dates: Dates,
) -> (RulesUsed, Vec<LayerText>) {
    let texts = rules.layer_texts(authority).into_iter();
    let layers: Vec<LayerText> =
        texts.map(|(digest, text)| LayerText { digest: Hash(digest), text: Text(text) }).collect();
    let used = RulesUsed {
        id: Text::from(rules.id()),
        digest: Hash(program.digest().to_owned()),
        layers: layers.iter().map(|layer| layer.digest.clone()).collect(),
        facts: dates.facts,
        others: others(rules, authority, dates),
    };
    (used, layers)
}
