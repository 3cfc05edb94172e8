//! Which steps were done, and when: by their own record, or by the day that answers a question.

use super::veil::Veil;
use crate::answers::{Known, StepRecord};
use crate::assessment::{Assessment, QuestionStatus};
use crate::value::Date;

/// What is known of a step having been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    No,
    On(Date),
    /// It was done, on a day that is not known.
    SomeDay,
    /// It is not known whether it was: nobody knows the day, or whether that day counts.
    Perhaps,
}

impl Done {
    pub(super) fn day(self) -> Option<Date> {
        match self {
            Done::On(day) => Some(day),
            _ => None,
        }
    }

    pub(super) fn surely(self) -> bool {
        matches!(self, Done::On(_) | Done::SomeDay)
    }
}

impl Veil<'_> {
    /// The record of a step.
    pub(super) fn record(&self, step: usize) -> Option<&StepRecord> {
        let id = self.engine.model.steps.get(step).map(|step| step.id.as_str())?;
        self.answers.steps.0.iter().find(|(known, _)| known.value == id).map(|(_, record)| record)
    }

    /// Whether a step was done, as far as this reader may know.
    pub(super) fn done(&self, step: usize, assessment: &Assessment) -> Done {
        match self.record(step) {
            Some(record) => record.done.as_ref().map_or(Done::No, |day| Done::On(day.value)),
            // whether it is at issue is not for every reader to know, and so whether the day counts
            None if self.over(step) => Done::No,
            None => self.answered(step, assessment).unwrap_or(Done::No),
        }
    }

    /// A day that answers a question says nothing of a step that is not at issue, nor does one to a question that is not.
    fn answered(&self, step: usize, assessment: &Assessment) -> Option<Done> {
        let question = self.engine.model.steps.get(step)?.done?;
        let known = &self.answers.get(&self.engine.model.questions.get(question)?.id)?.known;
        let state = assessment.questions.at(question)?;
        let applies = self.applies.get(step).copied().flatten();
        if applies == Some(false) || state.status == QuestionStatus::NotRelevant {
            return None;
        }
        let counts = applies == Some(true) && !state.undecided;
        match known {
            Known::NotApplicable(_) => None,
            Known::Value(value) if counts => Date::parse(&value.text).map(Done::On),
            Known::Between(..) | Known::OneOf(_) if counts => Some(Done::SomeDay),
            _ => Some(Done::Perhaps),
        }
    }
}
