//! What was decided otherwise on the way to an outcome, where a reader may not see it: what he would see follows from the
//! answers alone, and is not what was decided. All that reads such a decision is withheld, whatever was decided and whether it
//! makes a difference here or not: so that he sees that there is a decision, and nothing of what it is.

use crate::answers::Answers;
use crate::assessment::{
    Assessment, Outcome, QuestionState, QuestionStatus, StepStatus, TermState, TermStatus,
};
use crate::explanation::{Explanation, Reasons};
use crate::model::{Anchor, LengthInfo, TermInfo};
use crate::program::Engine;
use crate::rule_set::Program;
use crate::silence::missing;
use crate::text::Text;

impl Program {
    /// The decisions of which a reader may not know what they come to, of these answers and what he sees of them.
    pub(super) fn overruled(&self, answers: &Answers, seen: &Answers) -> Vec<Text> {
        let taken = |id: &str| seen.deviation(id).is_none() && self.is_on_the_way(id);
        let hidden = answers.deviations.0.iter().map(|(id, _)| id.value.as_str()).filter(|id| taken(id));
        let mut names = answers.overruled.clone();
        names.extend(hidden.map(Text::from));
        if names.is_empty() {
            return names;
        }
        let behind = Behind::new(&self.engine, &names, seen);
        let decisions = self.engine.model.decisions.iter().enumerate();
        let named = decisions.filter(|(d, _)| behind.has(*d));
        named.map(|(_, info)| info.id.clone()).collect()
    }

    /// Withholds some decisions, and what hangs on them, in what follows from the answers that a reader sees.
    pub(super) fn withhold(&self, overruled: &[Text], seen: &Answers, assessment: &mut Assessment) {
        if overruled.is_empty() {
            return;
        }
        let engine = &self.engine;
        let behind = Behind::new(engine, overruled, seen);
        for (id, outcome) in assessment.decisions.iter_mut() {
            if overruled.contains(id) {
                *outcome = Outcome::Withheld;
            }
        }
        let parts = assessment.parts.iter_mut().flat_map(|(_, parts)| parts);
        for (id, outcome) in parts.flat_map(|part| &mut part.decisions) {
            let d = engine.model.decisions.iter().position(|d| d.id == *id);
            if d.is_some_and(|d| behind.has(d)) {
                *outcome = Outcome::Withheld;
            }
        }
        let mut silent = withhold_questions(&behind, assessment);
        silent.extend(withhold_steps(&behind, seen, assessment));
        assessment.findings.retain(|finding| {
            let place = engine.model.remarks.iter().position(|remark| *remark.id == *finding.id);
            let condition = place.and_then(|place| engine.remarks.get(place)).copied().flatten();
            !silent.contains(&finding.id) && !overruled.contains(&finding.id) && !behind.is_behind(condition)
        });
        for state in &mut assessment.rollups {
            let info = engine.model.rollups.iter().find(|info| info.id == state.id);
            let counted = info.map(|info| info.questions.as_slice()).unwrap_or_default();
            let hangs: Vec<usize> = counted.iter().copied().filter(|q| behind.asks(*q)).collect();
            let sections =
                hangs.iter().filter_map(|q| engine.model.questions.get(*q)).map(|info| info.section);
            let titles: Vec<&Text> = sections
                .filter_map(|at| engine.model.sections.get(at))
                .map(|section| &section.title)
                .collect();
            state.groups.retain(|group| !titles.contains(&&group.section));
        }
        let names = missing(engine, assessment);
        assessment.silence.retain(|(name, _)| names.contains(name));
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
            deviation: reasons.deviation.take(), // what everybody sees
            ..Reasons::bare(&reasons.decision, &reasons.title, Outcome::Withheld, "afgeschermd".to_owned())
        };
    }
    reasons.rests_on.iter_mut().for_each(|below| withhold_reasons(overruled, below));
}

/// Withholds what hangs on the relevance of questions; gives those about which nothing else may be said.
fn withhold_questions(behind: &Behind<'_>, assessment: &mut Assessment) -> Vec<Text> {
    let mut silent: Vec<Text> = Vec::new();
    for (q, question) in behind.engine.model.questions.iter().enumerate() {
        let suggested = question.suggested_by.is_some_and(|d| behind.has(d));
        let Some(state) = assessment.questions.at_mut(q).filter(|_| suggested || behind.asks(q)) else {
            continue;
        };
        silent.push(question.id.clone());
        state.suggested = None;
        if !behind.asks(q) {
            continue;
        }
        let progress = &mut assessment.progress;
        match (state.status, state.undecided) {
            (QuestionStatus::NotRelevant | QuestionStatus::Withheld, _) => {}
            (QuestionStatus::Open, _) if !question.required => {}
            (QuestionStatus::Open, true) => progress.may_become_relevant -= 1,
            (QuestionStatus::Open, false) => progress.open -= 1,
            _ => progress.answered -= 1,
        }
        *state = QuestionState { status: QuestionStatus::Withheld, ..QuestionState::default() };
    }
    let next = assessment.next.take();
    let open = |id: &Text| assessment.question(id).is_some_and(|state| state.status == QuestionStatus::Open);
    assessment.next = next.filter(open);
    silent
}

/// Withholds where steps and terms stand that hang on some decisions, or wait for such steps; gives those about which
/// nothing else may be said.
fn withhold_steps(behind: &Behind<'_>, seen: &Answers, assessment: &mut Assessment) -> Vec<Text> {
    let model = &behind.engine.model;
    let recorded = |id: &Text| seen.steps.0.iter().any(|(known, _)| *known.value == **id);
    let veiled = model.steps.iter().enumerate().map(|(s, info)| {
        let condition = behind.is_behind(behind.engine.steps.get(s).copied().flatten());
        condition || (!recorded(&info.id) && info.done.is_some_and(|q| behind.asks(q)))
    });
    let veiled: Vec<bool> = veiled.collect();
    let is_veiled = |s: usize| veiled.get(s) == Some(&true);
    let mut silent: Vec<Text> = Vec::new();
    for (s, info) in model.steps.iter().enumerate() {
        let Some(state) = assessment.steps.iter_mut().find(|state| state.id == info.id) else { continue };
        let waits = info.after.iter().any(|(first, _)| is_veiled(*first));
        if waits {
            silent.push(info.id.clone());
        }
        let stands = matches!(state.status, StepStatus::Open | StepStatus::Blocked);
        if is_veiled(s) || (waits && stands) {
            silent.push(info.id.clone());
            state.status = StepStatus::Withheld;
            (state.done, state.skipped, state.by) = (None, None, None);
            state.blocked_by.clear();
        }
        let hangs = |term: &TermInfo| {
            let anchor = matches!(term.anchor, Anchor::Step(step) if is_veiled(step));
            let decided = matches!(term.length, LengthInfo::Decided(d) if behind.has(d));
            anchor || decided || term.questions().into_iter().any(|q| behind.asks(q))
        };
        let hangs = info.term.as_ref().is_some_and(hangs);
        if let Some(term) = &mut state.term
            && (hangs || state.status == StepStatus::Withheld)
        {
            silent.push(info.id.clone());
            *term = TermState { status: TermStatus::Withheld, ..TermState::new(term.at_least) };
        }
    }
    silent
}

/// What hangs on some decisions.
struct Behind<'e> {
    engine: &'e Engine,
    decisions: Vec<usize>,
    /// Per node whether it reads one of them, directly or through others.
    reads: Vec<bool>,
    /// The nodes of which what was decided is seen.
    known: Vec<usize>,
}

impl<'e> Behind<'e> {
    /// What reads a decision of which is seen what was decided instead goes by that.
    fn new(engine: &'e Engine, names: &[Text], seen: &Answers) -> Behind<'e> {
        let all = || engine.model.decisions.iter().enumerate();
        let decisions: Vec<usize> =
            all().filter(|(_, info)| names.contains(&info.id)).map(|(d, _)| d).collect();
        let node = |d: usize| engine.decisions.get(d).copied();
        let own: Vec<usize> = decisions.iter().filter_map(|d| node(*d)).collect();
        let known = all().filter(|(_, info)| seen.deviation(&info.id).is_some());
        let known: Vec<usize> = known.filter_map(|(d, _)| node(d)).collect();
        let mut reads: Vec<bool> = Vec::with_capacity(engine.nodes.len());
        // each node comes after those that it reads
        for (index, node) in engine.nodes.iter().enumerate() {
            let derived = engine.derived_nodes.iter().find(|(known, _)| *known == index);
            let inputs = derived.and_then(|(_, q)| engine.model.questions.get(*q)?.derived.as_ref());
            let inputs = inputs.map(|derived| derived.inputs.as_slice()).unwrap_or_default();
            let inputs = inputs.iter().map(|input| engine.node_of(*input));
            let mut below = node.inputs.iter().copied().chain(node.gate).chain(inputs);
            let reads_some = below.any(|n| reads.get(n) == Some(&true) && !known.contains(&n));
            reads.push(own.contains(&index) || reads_some);
        }
        Behind { engine, decisions, reads, known }
    }

    /// Whether what a decision itself comes to is one of them, or hangs on them.
    fn has(&self, d: usize) -> bool {
        let node = self.engine.decisions.get(d).copied();
        self.decisions.contains(&d) || node.is_some_and(|node| self.reads.get(node) == Some(&true))
    }

    /// Whether a condition hangs on them.
    fn is_behind(&self, node: Option<usize>) -> bool {
        node.is_some_and(|node| self.reads.get(node) == Some(&true) && !self.known.contains(&node))
    }

    /// Whether the relevance of a question hangs on them.
    fn asks(&self, q: usize) -> bool {
        self.is_behind(self.engine.questions.get(q).copied())
    }
}
