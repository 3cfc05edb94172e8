//! What follows after a revision, in parts by the classes that a reader must have to see them.
//!
//! Which part an outcome stands in follows from the rules alone: the classes of all questions on which the decision depends.
//! So nothing in the division can give an answer away.

use std::collections::BTreeMap;

use super::entry::{Entry, Rest};
use super::fields::{Json, Text};
use super::state::placed;
use crate::answers::Answers;
use crate::diagnostic::Diagnostics;
use crate::document::Map;
use crate::rule_set::Program;
use crate::source::Spanned;
use crate::value::Date;

/// Entries with the classes that a reader must have.
pub(super) type Sorted = Vec<(Vec<Text>, Vec<Entry>)>;

/// What follows from answers on a day.
pub(super) fn outcome(program: &Program, answers: &Answers, day: Date) -> Result<Sorted, Diagnostics> {
    let mut answers = answers.clone();
    answers.set_today(Some(day));
    let assessment = program.evaluate(&answers)?;
    let whole = Json::of(&assessment)?.entries();
    let part = |key: &str| whole.iter().find(|(known, _)| known == key).map(|(_, json)| json.clone());
    let mut sorted: BTreeMap<Vec<&str>, Vec<(Spanned<String>, Json)>> = BTreeMap::new();
    for (id, outcome) in part("decisions").iter().flat_map(Json::entries) {
        let classes = program.classes_of(&id);
        sorted.entry(classes).or_default().push((placed(&id), outcome));
    }
    let texts = |classes: &[&str]| classes.iter().map(|class| Text::from(*class)).collect::<Vec<_>>();
    let mut parts: Sorted = sorted
        .into_iter()
        .map(|(classes, decisions)| (texts(&classes), vec![Entry::Decisions(Map(decisions))]))
        .collect();
    let kept = |key: &str| part(key).unwrap_or_else(Json::null);
    let rest = Rest {
        questions: kept("questions"),
        next: kept("next"),
        progress: kept("progress"),
        findings: kept("findings"),
        steps: kept("steps"),
        rollups: part("rollups"),
        parts: part("parts"),
        silence: part("silence"),
    };
    let all = texts(&program.classes().collect::<Vec<_>>());
    match parts.iter_mut().find(|(classes, _)| *classes == all) {
        Some((_, entries)) => entries.push(Entry::Assessment(rest)),
        None => parts.push((all, vec![Entry::Assessment(rest)])),
    }
    Ok(parts)
}
