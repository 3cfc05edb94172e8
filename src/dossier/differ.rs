//! What must be recorded so that other answers, steps and deviations count than those that do.

use serde::Serialize;

use super::append::{answered, deviated, stepped};
use super::entry::{Entry, Followed, Reopened, TakenBack};
use super::fields::{Json, Text};
use crate::answers::Answers;
use crate::diagnostic::Diagnostic;

/// What must be recorded between what counts and what should count.
///
/// # Errors
/// An answer that canonical JSON cannot hold.
pub(super) fn acts(now: &Answers, then: &Answers) -> Result<Vec<Entry>, Box<Diagnostic>> {
    let mut acts = Vec::new();
    for (id, answer) in then.iter() {
        if !same(now.get(id), answer)? {
            acts.push(answered(id, answer));
        }
    }
    let gone = now.iter().filter(|(id, _)| then.get(id).is_none());
    acts.extend(gone.map(|(id, _)| Entry::TakeBack(TakenBack { question: Text::from(id) })));

    for (id, record) in &then.steps.0 {
        let before = now.steps.0.iter().find(|(known, _)| known.value == id.value);
        if !same(before.map(|(_, before)| before), record)? {
            acts.push(stepped(&id.value, record.clone()));
        }
    }
    let gone =
        now.steps.0.iter().filter(|(id, _)| !then.steps.0.iter().any(|(known, _)| known.value == id.value));
    acts.extend(gone.map(|(id, _)| Entry::Reopen(Reopened { step: Text::from(id.value.as_str()) })));

    for (id, deviation) in &then.deviations.0 {
        if !same(now.deviation(&id.value), deviation)? {
            acts.extend(deviated(&id.value, deviation));
        }
    }
    let gone = now.deviations.0.iter().filter(|(id, _)| then.deviation(&id.value).is_none());
    acts.extend(gone.map(|(id, _)| Entry::Follow(Followed { decision: Text::from(id.value.as_str()) })));
    Ok(acts)
}

/// Whether both are written in the same way in a dossier: `1.50` and `1.5` are.
fn same<T: Serialize>(before: Option<&T>, now: &T) -> Result<bool, Box<Diagnostic>> {
    let Some(before) = before else { return Ok(false) };
    Ok(Json::of(before)? == Json::of(now)?)
}
