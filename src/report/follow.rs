//! Steps with their terms, and counts over a checklist.

use super::answers::text;
use super::build::View;
use super::content::{CountGroup, Counted, Open, Step, Term};
use super::sources::Sources;
use crate::assessment::{RollupGroup, RollupState, StepState, StepStatus, TermState};
use crate::notation::{capital, date};
use crate::text::Text;

/// The steps of the procedure, in the order of the rules.
pub(super) fn steps(view: &View<'_>, sources: &mut Sources) -> Vec<Step> {
    view.assessment.steps.iter().map(|state| step(view, state, sources)).collect()
}

fn step(view: &View<'_>, state: &StepState, sources: &mut Sources) -> Step {
    let item = view.questions.steps.iter().find(|item| item.id == state.id);
    let record = view.answers.steps.0.iter().find(|(id, _)| id.value == state.id).map(|(_, record)| record);
    let record = record.filter(|_| state.status != StepStatus::Withheld);
    Step {
        id: state.id.to_string(),
        title: view.step_title(&state.id),
        help: item.and_then(|item| item.help.clone()),
        actor: item.map_or_else(String::new, |item| item.actor.clone()),
        document: item.and_then(|item| item.document.clone()),
        status: state.status,
        text: capital(&state.in_words(|id| view.step_title(id))),
        done: state.done,
        remark: record.and_then(|record| record.remark.as_ref()).map(|remark| remark.value.clone()),
        term: state.term.as_ref().map(|term| self::term(view, term)),
        confidential: item.is_some_and(|item| item.confidentiality.is_some()),
        // what is not at issue needs no sources
        sources: item
            .filter(|_| !super::is_aside(state.status))
            .map_or_else(Vec::new, |item| sources.cite(&item.sources)),
    }
}

fn term(view: &View<'_>, state: &TermState) -> Term {
    let how = |step: &crate::term::Step| {
        let law = step.rule.source().map_or_else(String::new, |law| format!(" ({law})"));
        match step.from == step.to {
            true => format!("{}: {}{law}", date(step.from), step.rule),
            false => format!("{} → {}: {}{law}", date(step.from), date(step.to), step.rule),
        }
    };
    let mut missing: Vec<String> = Vec::new();
    for name in state.missing.iter().map(|id| view.name(id)) {
        if !missing.contains(&name) {
            missing.push(name);
        }
    }
    Term {
        text: capital(&state.in_words()),
        status: state.status,
        at_least: state.at_least,
        day: state.day,
        time: state.time.clone(),
        earliest: state.earliest,
        not_before: state.not_before,
        not_after: state.not_after,
        how: state.steps.iter().map(how).collect(),
        missing,
    }
}

/// Counts over the answers to a checklist.
pub(super) fn counts(view: &View<'_>) -> Vec<Counted> {
    view.assessment.rollups.iter().map(|state| counted(view, state)).collect()
}

fn counted(view: &View<'_>, state: &RollupState) -> Counted {
    let item = view.questions.rollups.iter().find(|item| item.id == state.id);
    let mut ids: Vec<&str> = Vec::new();
    for (id, _) in state.groups.iter().flat_map(|group| &group.counts) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    let label = |id: &&str| {
        let items = view.questions.sections.iter().flat_map(|section| &section.items);
        let mut options = items.flat_map(|item| &item.options);
        options
            .find(|option| option.id == **id)
            .map_or_else(|| (*id).to_owned(), |option| option.label.clone())
    };
    Counted {
        id: state.id.to_string(),
        title: item.map_or_else(|| state.id.to_string(), |item| item.title.clone()),
        options: ids.iter().map(label).collect(),
        groups: state.groups.iter().map(|group| self::group(view, group, &ids)).collect(),
    }
}

fn group(view: &View<'_>, group: &RollupGroup, ids: &[&str]) -> CountGroup {
    let count = |id: &&str| group.counts.iter().find(|(known, _)| known == id).map_or(0, |(_, count)| *count);
    let gap = |id: &Text| Open { question: id.to_string(), ask: view.name(id), state: text(view, id) };
    CountGroup {
        title: group.section.to_string(),
        counts: ids.iter().map(count).collect(),
        not_applicable: group.not_applicable.len(),
        not_assessed: group.not_assessed.len(),
        gaps: group.gaps.iter().map(gap).collect(),
    }
}
