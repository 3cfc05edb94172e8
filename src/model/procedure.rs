//! Remarks, steps with their terms, and counts.

use std::sync::Arc;

use super::{Cited, ConditionInfo};
use crate::document::Severity;
use crate::source::Span;
use crate::term::{Counting, Length};
use crate::text::Text;

/// A remark on a case.
#[derive(Debug, Clone)]
pub(crate) struct RemarkInfo {
    pub(crate) id: Text,
    pub(crate) text: Text,
    pub(crate) severity: Severity,
    pub(crate) when: Option<ConditionInfo>,
    pub(crate) when_span: Option<Span>,
    /// Whether it has a condition that cannot be told on this date.
    pub(crate) unsure: bool,
    pub(crate) sources: Vec<Cited>,
    pub(crate) span: Span,
}

/// A step of the procedure.
#[derive(Debug, Clone)]
pub(crate) struct StepInfo {
    pub(crate) id: Text,
    pub(crate) title: String,
    pub(crate) help: Option<String>,
    pub(crate) actor: String,
    pub(crate) document: Option<String>,
    pub(crate) when: Option<ConditionInfo>,
    pub(crate) when_span: Option<Span>,
    /// Whether it has a condition that cannot be told on this date.
    pub(crate) unsure: bool,
    /// The date question that says on which day it was done.
    pub(crate) done: Option<usize>,
    /// Whether it has to be done; else it is a right or a choice.
    pub(crate) required: bool,
    pub(crate) term: Option<TermInfo>,
    /// Steps that come first, and of each whether it must really have been done.
    pub(crate) after: Vec<(usize, bool)>,
    pub(crate) class: Option<String>,
    pub(crate) sources: Vec<Cited>,
    pub(crate) span: Span,
}

/// A legal term of a step.
#[derive(Debug, Clone)]
pub(crate) struct TermInfo {
    pub(crate) anchor: Anchor,
    /// Whether it is counted back.
    pub(crate) back: bool,
    pub(crate) length: LengthInfo,
    /// Counted back: how long before at most.
    pub(crate) earliest: Option<LengthInfo>,
    /// Whether the step is done on its day or later, instead of on its day or before.
    pub(crate) at_least: bool,
    pub(crate) statutory: bool,
    /// A second length, and the question whether it was added.
    pub(crate) extension: Option<(LengthInfo, usize)>,
    /// The time of the anchor, for a length in hours.
    pub(crate) clock: Option<usize>,
    pub(crate) suspensions: Vec<SuspensionInfo>,
    pub(crate) sources: Vec<Cited>,
}

/// From what a term is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// A date question.
    Question(usize),
    /// The day on which a step was done.
    Step(usize),
}

/// A length, the parameter that should hold it, or the decision that gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LengthInfo {
    Known(Length),
    Unset(usize),
    Decided(usize),
}

/// What stops the clock of a term, or of the longest that something may stop it.
#[derive(Debug, Clone)]
pub(crate) struct SuspensionInfo {
    pub(crate) from: usize,
    pub(crate) until: usize,
    pub(crate) counting: Counting,
    pub(crate) at_most: Option<LengthInfo>,
    pub(crate) extension: Option<(LengthInfo, usize)>,
    pub(crate) stopped: Vec<SuspensionInfo>,
}

/// Counts over the answers to questions with the same options.
#[derive(Debug, Clone)]
pub(crate) struct RollupInfo {
    pub(crate) id: Text,
    pub(crate) title: String,
    pub(crate) questions: Vec<usize>,
    /// The ids of their options.
    pub(crate) options: Arc<[Text]>,
    /// The options that are a gap, by index.
    pub(crate) gaps: Vec<usize>,
    /// The options from best to worst, by index; empty where the rules give no order.
    pub(crate) scale: Vec<usize>,
}

impl TermInfo {
    /// The questions that it reads.
    pub(crate) fn questions(&self) -> Vec<usize> {
        let mut list: Vec<usize> = self.clock.into_iter().chain(self.extension.map(|(_, q)| q)).collect();
        if let Anchor::Question(q) = self.anchor {
            list.push(q);
        }
        self.suspensions.iter().for_each(|suspension| suspension.questions(&mut list));
        list
    }
}

impl SuspensionInfo {
    fn questions(&self, list: &mut Vec<usize>) {
        list.extend([self.from, self.until]);
        list.extend(self.extension.map(|(_, q)| q));
        self.stopped.iter().for_each(|stopped| stopped.questions(list));
    }
}
