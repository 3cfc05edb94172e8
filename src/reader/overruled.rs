//! What was decided otherwise on the way to an outcome, where a reader may not see it: what he sees follows from the answers
//! alone, and is not what was decided. It is withheld, as far as it differs.
//!
//! That tells nothing of the answers that he may not see: where what follows hung on those it was withheld already.

use crate::answers::Answers;
use crate::assessment::{
    Assessment, Outcome, QuestionState, QuestionStatus, StepStatus, TermState, TermStatus,
};
use crate::diagnostic::Diagnostics;
use crate::explanation::{Explanation, Reasons};
use crate::model::LengthInfo;
use crate::procedure::Hidden;
use crate::program::Engine;
use crate::rule_set::Program;
use crate::text::Text;

impl Program {
    /// The decisions of which the view of a reader is not what follows from what was decided: from these answers, instead of
    /// from what he sees of them.
    pub(super) fn overruled(
        &self,
        answers: &Answers,
        seen: &Answers,
        hidden: &Hidden,
    ) -> Result<Vec<Text>, Diagnostics> {
        let mut overruled = answers.overruled.clone();
        let taken = |id: &str| seen.deviation(id).is_none();
        let mut decided = seen.clone();
        let hidden_ones = answers.deviations.0.iter().filter(|(id, _)| taken(&id.value));
        let hidden_ones = hidden_ones.filter(|(id, _)| self.is_on_the_way(&id.value));
        decided.deviations.0.extend(hidden_ones.cloned());
        if decided.deviations.0.len() == seen.deviations.0.len() {
            return Ok(overruled);
        }
        let view = self.view(seen, hidden)?;
        let other = self.view(&decided, hidden)?;
        for (at, (id, outcome)) in view.decisions.iter().enumerate() {
            let itself = taken(id) && answers.deviation(id).is_some();
            let differs = itself || other.decisions.at(at) != Some(outcome);
            if differs && *outcome != Outcome::Withheld && !overruled.contains(id) {
                overruled.push(id.clone());
            }
        }
        Ok(overruled)
    }

    /// Withholds some decisions, and what hangs on them.
    pub(super) fn withhold(&self, overruled: &[Text], assessment: &mut Assessment) {
        if overruled.is_empty() {
            return;
        }
        let behind = Behind::new(&self.engine, overruled);
        for (id, outcome) in assessment.decisions.iter_mut() {
            if overruled.contains(id) {
                *outcome = Outcome::Withheld;
            }
        }
        let parts = assessment.parts.iter_mut().flat_map(|(_, parts)| parts);
        for (id, outcome) in parts.flat_map(|part| &mut part.decisions) {
            let node = self.engine.model.decisions.iter().position(|d| d.id == *id);
            if behind.is_behind(node.and_then(|d| self.engine.decisions.get(d)).copied()) {
                *outcome = Outcome::Withheld;
            }
        }
        for (id, state) in assessment.questions.iter_mut() {
            let gate = self.engine.model.question(id).and_then(|q| self.engine.questions.get(q));
            if behind.is_behind(gate.copied()) {
                *state = QuestionState { status: QuestionStatus::Withheld, ..QuestionState::default() };
            }
        }
        let mut silent: Vec<&Text> = Vec::new();
        for (q, question) in self.engine.model.questions.iter().enumerate() {
            if question.suggested_by.is_some_and(|d| behind.has(d)) {
                silent.push(&question.id);
                if let Some(state) = assessment.questions.at_mut(q) {
                    state.suggested = None;
                }
            }
        }
        let next = assessment.next.take();
        assessment.next = next
            .filter(|id| assessment.question(id).is_some_and(|state| state.status == QuestionStatus::Open));
        for (s, info) in self.engine.model.steps.iter().enumerate() {
            let Some(state) = assessment.steps.iter_mut().find(|state| state.id == info.id) else { continue };
            if behind.is_behind(self.engine.steps.get(s).copied().flatten()) {
                silent.push(&info.id);
                state.status = StepStatus::Withheld;
                (state.done, state.skipped, state.by) = (None, None, None);
                state.blocked_by.clear();
            }
            let length = info.term.as_ref().map(|term| term.length);
            let decided = matches!(length, Some(LengthInfo::Decided(d)) if behind.has(d));
            if let Some(term) = &mut state.term
                && (decided || state.status == StepStatus::Withheld)
            {
                silent.push(&info.id);
                *term = TermState { status: TermStatus::Withheld, ..TermState::new(term.at_least) };
            }
        }
        let remarks = &self.engine.model.remarks;
        assessment.findings.retain(|finding| {
            let place = remarks.iter().position(|remark| *remark.id == *finding.id);
            let condition = place.and_then(|place| self.engine.remarks.get(place)).copied().flatten();
            !silent.contains(&&finding.id) && !behind.is_behind(condition)
        });
    }

    /// Leaves the reasons of some decisions out.
    pub(super) fn withhold_reasons(&self, overruled: &[Text], explanation: &mut Explanation) {
        for reasons in &mut explanation.decisions {
            withhold_reasons(overruled, reasons);
        }
    }
}

fn withhold_reasons(overruled: &[Text], reasons: &mut Reasons) {
    if overruled.iter().any(|id| **id == *reasons.decision) {
        *reasons = Reasons {
            part: reasons.part.take(),
            ..Reasons::bare(&reasons.decision, &reasons.title, Outcome::Withheld, "afgeschermd".to_owned())
        };
    }
    reasons.rests_on.iter_mut().for_each(|below| withhold_reasons(overruled, below));
}

/// What hangs on some decisions.
struct Behind<'e> {
    engine: &'e Engine,
    decisions: Vec<usize>,
    /// Per node whether it reads one of them, directly or through others.
    reads: Vec<bool>,
}

impl<'e> Behind<'e> {
    fn new(engine: &'e Engine, names: &[Text]) -> Behind<'e> {
        let named = |d: &usize| engine.model.decisions.get(*d).is_some_and(|info| names.contains(&info.id));
        let decisions: Vec<usize> = (0..engine.model.decisions.len()).filter(named).collect();
        let own: Vec<usize> = decisions.iter().filter_map(|d| engine.decisions.get(*d)).copied().collect();
        let mut reads: Vec<bool> = Vec::with_capacity(engine.nodes.len());
        // each node comes after those that it reads
        for (index, node) in engine.nodes.iter().enumerate() {
            let derived = engine.derived_nodes.iter().find(|(known, _)| *known == index);
            let inputs = derived.and_then(|(_, q)| engine.model.questions.get(*q)?.derived.as_ref());
            let inputs = inputs.map(|derived| derived.inputs.as_slice()).unwrap_or_default();
            let inputs = inputs.iter().map(|input| engine.node_of(*input));
            let mut below = node.inputs.iter().copied().chain(node.gate).chain(inputs);
            reads.push(own.contains(&index) || below.any(|n| reads.get(n) == Some(&true)));
        }
        Behind { engine, decisions, reads }
    }

    fn has(&self, d: usize) -> bool {
        self.decisions.contains(&d) || self.is_behind(self.engine.decisions.get(d).copied())
    }

    fn is_behind(&self, node: Option<usize>) -> bool {
        node.is_some_and(|node| self.reads.get(node) == Some(&true))
    }
}
