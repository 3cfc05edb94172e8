//! What counts after some revisions: the answers, steps and deviations, each as it was recorded last.

use super::entry::{Entry, Opened, Sectioned};
use super::fields::Text;
use super::record::{PartOf, Revision};
use crate::answers::{Answers, Deviation};
use crate::reader::WITHHELD;
use crate::source::{Span, Spanned};
use crate::value::Date;

/// What counts after some revisions.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) answers: Answers,
    /// The notes on sections, in the order in which sections were first noted.
    pub(super) sections: Vec<Sectioned>,
    pub(super) opened: Option<Opened>,
    /// The day of the opening: the reference date where nothing else fixes it.
    pub(super) opened_on: Option<Date>,
}

impl State {
    /// The state after these revisions.
    pub(super) fn after(revisions: &[Revision]) -> State {
        let mut state = State::default();
        revisions.iter().for_each(|revision| state.add(revision));
        state
    }

    /// The authority whose layer applies.
    pub(super) fn authority(&self) -> Option<&str> {
        self.opened.as_ref()?.authority.as_ref().map(Text::as_str)
    }

    /// Takes over what one more revision records.
    pub(super) fn add(&mut self, revision: &Revision) {
        let acts = revision.entries(PartOf::Acts).chain(revision.entries(PartOf::Motivation));
        acts.for_each(|entry| self.apply(entry));
        let day = revision.entries(PartOf::About).find_map(|entry| match entry {
            Entry::About(about) => Some(about.at.date()),
            _ => None,
        });
        self.opened_on = self.opened_on.or(day);
    }

    /// Takes over one entry.
    pub(super) fn apply(&mut self, entry: &Entry) {
        let answers = &mut self.answers;
        match entry {
            Entry::Open(opened) => self.opened = Some(opened.clone()),
            Entry::Answer(answered) => answers.set(answered.question.as_str(), answered.answer.0.clone()),
            Entry::TakeBack(taken) => {
                answers.remove(taken.question.as_str());
            }
            Entry::Step(stepped) => answers.set_step(stepped.step.as_str(), stepped.record.clone()),
            Entry::Reopen(reopened) => {
                answers.steps.0.retain(|(id, _)| id.value != reopened.step.as_str());
            }
            Entry::Deviate(deviated) => answers.set_deviation(
                deviated.decision.as_str(),
                Deviation {
                    value: deviated.value.clone(),
                    // the motivation comes after it, where it may be seen
                    motivation: Some(placed(WITHHELD)),
                    by: None,
                    at: deviated.at.map(|value| Spanned { value, span: Span::default() }),
                },
            ),
            Entry::Motivation(motivated) => {
                let named =
                    |(id, _): &&mut (Spanned<String>, Deviation)| id.value == motivated.decision.as_str();
                if let Some((_, deviation)) = answers.deviations.0.iter_mut().find(named) {
                    deviation.motivation = Some(placed(motivated.motivation.as_str()));
                    deviation.by = motivated.by.as_ref().map(|by| placed(by.as_str()));
                }
            }
            Entry::Follow(followed) => {
                answers.deviations.0.retain(|(id, _)| id.value != followed.decision.as_str());
            }
            Entry::Section(note) => super::sections::note(&mut self.sections, note),
            Entry::About(_) | Entry::Sign(_) | Entry::Decisions(_) | Entry::Assessment(_) => {}
        }
    }
}

/// A text without a place.
pub(super) fn placed(text: &str) -> Spanned<String> {
    Spanned { value: text.to_owned(), span: Span::default() }
}
