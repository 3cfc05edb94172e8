//! The rules of a revision: which program they are, on which reference dates, and how both stand in the record.

use super::fields::{Hash, Text};
use super::record::{LayerText, RulesUsed};
use super::state::{State, placed};
use crate::diagnostic::Diagnostics;
use crate::document::Map;
use crate::rule_set::{Dates, Program, RuleSet};
use crate::value::Date;

/// The program of a rule set for an authority on some dates.
pub(super) fn program(
    rules: &RuleSet,
    authority: Option<&str>,
    dates: &Dates,
) -> Result<Program, Diagnostics> {
    let authority = authority.map(|code| rules.for_authority(code)).transpose()?.map(|found| found.code());
    rules.program(authority, dates)
}

/// The reference dates of a state.
///
/// # Errors
/// A day that is known in part, where not the same rules apply on all days that it may be.
pub(super) fn dates(rules: &RuleSet, state: &State, today: Date) -> Result<Dates, Diagnostics> {
    let on = state.opened.as_ref().and_then(|opened| opened.on);
    rules.dates_of(state.authority(), &state.answers, on, state.opened_on.unwrap_or(today))
}

/// The reference dates that a revision recorded.
pub(super) fn recorded(used: &RulesUsed) -> Dates {
    let others = used.others.0.iter();
    others.fold(Dates::all(used.facts), |dates, (question, day)| dates.with(&question.value, *day))
}

/// The reference dates beside that of the facts, as a revision records them.
pub(super) fn others(dates: &Dates) -> Map<Date> {
    let mut others: Vec<&(String, Date)> = dates.others.iter().collect();
    // canonical JSON sorts its keys
    others.sort();
    Map(others.into_iter().map(|(question, day)| (placed(question), *day)).collect())
}

/// What a revision records of the rules by which it is judged, with the texts of their layers.
pub(super) fn used(
    rules: &RuleSet,
    program: &Program,
    authority: Option<&str>,
    dates: &Dates,
) -> (RulesUsed, Vec<LayerText>) {
    let texts = rules.layer_texts(authority).into_iter();
    let layers: Vec<LayerText> =
        texts.map(|(digest, text)| LayerText { digest: Hash(digest), text: Text(text) }).collect();
    let used = RulesUsed {
        id: Text::from(rules.id()),
        digest: Hash(program.digest().to_owned()),
        layers: layers.iter().map(|layer| layer.digest.clone()).collect(),
        facts: dates.facts,
        others: others(dates),
    };
    (used, layers)
}
