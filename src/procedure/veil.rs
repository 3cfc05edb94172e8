//! What of the steps a reader may not see: a hidden step, and where a step stands that hangs on something hidden. What he sees is
//! worked out from the other answers alone; of this it would say that it was not done, or give another day.

use crate::answers::Answers;
use crate::assessment::{Assessment, Outcome};
use crate::model::{Anchor, LengthInfo, SuspensionInfo, TermInfo};
use crate::program::{Engine, Set};
use crate::text::Text;

/// What a reader may not see.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    pub(crate) questions: Set,
    pub(crate) steps: Vec<Text>,
    /// Whether there is a class that he lacks.
    pub(crate) any: bool,
}

/// What is hidden, beside what is known of the steps.
pub(super) struct Veil<'v> {
    pub(super) engine: &'v Engine,
    pub(super) hidden: &'v Hidden,
    pub(super) answers: &'v Answers,
    /// Per step whether it is at issue.
    pub(super) applies: &'v [Option<bool>],
    /// The questions of which it is open whether they are asked.
    pub(super) undecided: &'v Set,
}

impl Veil<'_> {
    /// Whether the reader may not know of a step that is not done that it is not done: it is hidden, or what says so is.
    pub(super) fn over(&self, step: usize) -> bool {
        let Some(info) = self.engine.model.steps.get(step).filter(|_| self.hidden.any) else { return false };
        let recorded = || self.answers.steps.0.iter().any(|(id, _)| id.value == *info.id.as_str());
        let asked = |q: usize| self.engine.questions.get(q).copied();
        let veiled = |q: usize| self.undecided.contains(q) && self.hidden.is_behind(self.engine, asked(q));
        let day = || info.done.is_some_and(|q| self.hidden.questions.contains(q) || veiled(q));
        let undecided = || self.applies.get(step) == Some(&None);
        let condition = || self.engine.steps.get(step).copied().flatten();
        self.over_all(step)
            || (!recorded() && (day() || (undecided() && self.hidden.is_behind(self.engine, condition()))))
    }

    /// Whether nothing of a step is for this reader.
    pub(super) fn over_all(&self, step: usize) -> bool {
        let id = self.engine.model.steps.get(step).map(|info| &info.id);
        id.is_some_and(|id| self.hidden.steps.contains(id))
    }

    /// Whether a term hangs on something hidden.
    pub(super) fn over_term(&self, term: &TermInfo, assessment: &Assessment) -> bool {
        if !self.hidden.any {
            return false;
        }
        let anchor = match term.anchor {
            Anchor::Question(q) => self.hidden.questions.contains(q),
            Anchor::Step(step) => self.over(step),
        };
        let questions = Set::of(term.questions());
        let lengths = std::iter::once(term.length).chain(term.earliest);
        let mut lengths: Vec<LengthInfo> = lengths.chain(term.extension.map(|(length, _)| length)).collect();
        term.suspensions.iter().for_each(|suspension| self::lengths(suspension, &mut lengths));
        let open = |length: &LengthInfo| matches!(length, LengthInfo::Decided(d) if self.over_decision(*d, assessment));
        anchor || self.hidden.questions.meets(&questions) || lengths.iter().any(open)
    }

    /// Whether what a decision comes to hangs on a hidden question.
    fn over_decision(&self, d: usize, assessment: &Assessment) -> bool {
        let settled = matches!(
            assessment.decisions.at(d),
            Some(Outcome::Determined(_) | Outcome::NotApplicable | Outcome::Unregulated { .. })
        );
        let id = self.engine.model.decisions.get(d).map(|decision| &decision.id);
        let decided = id.is_some_and(|id| self.answers.deviation(id).is_some());
        !settled && !decided && self.hidden.is_behind(self.engine, self.engine.decisions.get(d).copied())
    }
}

impl Hidden {
    /// Whether a condition or decision hangs on a hidden question.
    pub(super) fn is_behind(&self, engine: &Engine, node: Option<usize>) -> bool {
        let node = node.filter(|_| self.any).and_then(|node| engine.nodes.get(node));
        node.is_some_and(|node| self.questions.meets(&engine.asked_behind(&node.questions)))
    }
}

fn lengths(suspension: &SuspensionInfo, list: &mut Vec<LengthInfo>) {
    list.extend(suspension.at_most);
    list.extend(suspension.extension.map(|(length, _)| length));
    suspension.stopped.iter().for_each(|stopped| lengths(stopped, list));
}
