//! From a case to its assessment.

use crate::assessment::{Assessment, Outcome, Possible, Progress, QuestionState, QuestionStatus, RuleSetRef};
use crate::case::Given;
use crate::limits::MAX_LISTED;
use crate::model::{Measure, Rule};
use crate::program::{
    Code, Codes, Engine, FALSE, GAP, Kind, NOT_APPLICABLE, Reading, SILENT_END, Subject, TRUE,
};
use crate::spread::{Family, Spread, entry, every_sum};
use crate::ticks::tick_value;
use crate::value::{Date, Value};

/// Codes from here upwards, below all others, stand for sets of missing things.
const MISSING: Code = SILENT_END + 1;
/// One past the codes of missing things.
const MISSING_END: Code = MISSING + (1 << 32);

/// What evaluating one decision gave.
pub(crate) struct Reached {
    /// The codes that are possible, sorted.
    pub(crate) codes: Vec<Code>,
    pub(crate) approximate: bool,
}

/// A decision with what it may come to and the questions that could change it.
pub(crate) struct Decided {
    d: usize,
    /// Whether the next question is chosen for its sake.
    asked: bool,
    pub(crate) reached: Reached,
    pub(crate) needs: Vec<usize>,
}

/// Per question that matters the outcomes left, summed over its cells and the decisions asked for, and the number of
/// its cells.
type Left = Vec<Option<(usize, usize)>>;

/// An evaluation under way.
pub(crate) struct Evaluation<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) spread: Spread<'e>,
    settled: Vec<Option<Code>>,
    /// Sets of missing things, by code.
    missing: Vec<Vec<String>>,
}

impl<'e> Evaluation<'e> {
    /// Starts from the codes that each answer leaves, and the nodes that were decided otherwise.
    pub(crate) fn new(engine: &'e Engine, codes: Vec<Codes>, decided: &[(usize, Code)]) -> Self {
        let mut settled = Vec::with_capacity(engine.nodes.len());
        let answer = |q: usize| match codes.get(q).map(|codes| &**codes) {
            Some([code]) => Some(*code),
            _ => None,
        };
        engine.settle(answer, decided, &mut settled);
        let mut spread = Spread::new(engine, codes, &settled).deciding(decided);
        for (node, _) in decided {
            spread.forget(*node);
            if let Some(slot) = settled.get_mut(*node) {
                *slot = None; // its own outcome is still computed
            }
        }
        Evaluation { engine, spread, settled, missing: Vec::new() }
    }

    /// The possible outcomes of a decision.
    pub(crate) fn reach(&mut self, d: usize) -> Reached {
        let node = self.engine.decisions.get(d).copied().unwrap_or(usize::MAX);
        if let Some(Some(code)) = self.settled.get(node)
            && *code != GAP
        {
            return Reached { codes: vec![*code], approximate: false };
        }
        if !self.spread.consider(node) {
            return self.too_many(d);
        }
        let family = self.spread.own_family(node);
        let plain = family.width == 1 && !family.data.contains(&GAP);
        let mut codes: Vec<Code> = if plain { family.data.clone() } else { self.merge(d, &family).concat() };
        if family.approximate && self.spread.ways > 1 {
            codes.push(self.missing_everything(d));
        }
        codes.sort_unstable();
        codes.dedup();
        Reached { codes, approximate: family.approximate }
    }

    /// Too many unset things to follow: every outcome, and silence on all of them.
    fn too_many(&mut self, d: usize) -> Reached {
        let outcomes = self.engine.outcomes.get(d).map_or(0, Vec::len);
        let index = self.engine.decisions.get(d).copied().unwrap_or(usize::MAX);
        let node = self.engine.nodes.get(index);
        let mut codes: Vec<Code> = match node.map(|n| &n.kind) {
            Some(Kind::Points(_)) => {
                every_sum(self.engine).into_iter().nth(index).flatten().unwrap_or_default()
            }
            _ => (0..).take(outcomes).collect(),
        };
        if node.is_some_and(|n| n.gate.is_some()) {
            codes.push(NOT_APPLICABLE);
        }
        codes.push(self.missing_everything(d));
        codes.sort_unstable();
        Reached { codes, approximate: true }
    }

    /// Silence on all that is unset and that a decision depends on.
    fn missing_everything(&mut self, d: usize) -> Code {
        let node = self.engine.decision(d);
        let silents = node.map(|n| n.silents.clone()).unwrap_or_default();
        self.missing_code(d, silents.into_iter())
    }

    /// Vectors over the varied question, with what unset things leave undecided merged into "missing".
    pub(crate) fn merge(&mut self, d: usize, family: &Family) -> Vec<Vec<Code>> {
        let ways = if family.width == 1 { 1 } else { self.spread.ways };
        let mut merged: Vec<Vec<Code>> = Vec::new();
        for context in family.contexts() {
            merged.push(context.chunks_exact(ways).map(|chunk| self.merge_ways(d, chunk)).collect());
        }
        merged.sort_unstable();
        merged.dedup();
        merged
    }

    fn merge_ways(&mut self, d: usize, chunk: &[Code]) -> Code {
        let first = chunk.first().copied().unwrap_or(GAP);
        if first != GAP && chunk.iter().all(|code| *code == first) {
            return first;
        }
        let matters = self.spread.silents_that_matter(chunk);
        self.missing_code(d, matters.into_iter())
    }

    fn missing_code(&mut self, d: usize, silents: impl Iterator<Item = usize>) -> Code {
        let model = &self.engine.model;
        let mut names: Vec<String> = Vec::new();
        for silent in silents.filter_map(|s| self.engine.silents.get(s)) {
            let (parameters, decision): (&[usize], _) = match &silent.subject {
                Subject::Test(p) | Subject::End(p, _) => (std::slice::from_ref(p), None),
                Subject::Decision(d, parameters) => (parameters, parameters.is_empty().then_some(*d)),
            };
            let parameters =
                parameters.iter().filter_map(|p| model.parameters.get(*p)).map(|p| p.id.as_str());
            for name in parameters.chain(decision.map(|d| model.decision_id(d))) {
                if !names.iter().any(|n| n == name) {
                    names.push(name.to_owned());
                }
            }
        }
        if names.is_empty() {
            names.push(model.decision_id(d).to_owned());
        }
        let known = self.missing.iter().position(|m| *m == names).unwrap_or_else(|| {
            self.missing.push(names);
            self.missing.len() - 1
        });
        MISSING + Code::try_from(known).unwrap_or(0)
    }

    /// The names of what is missing, for a code that stands for it.
    pub(crate) fn missing(&self, code: Code) -> Option<&[String]> {
        if !(MISSING..MISSING_END).contains(&code) {
            return None;
        }
        usize::try_from(code - MISSING).ok().and_then(|i| self.missing.get(i)).map(Vec::as_slice)
    }

    /// The value of a code of a decision.
    pub(crate) fn value(&self, d: usize, code: Code) -> Value {
        if code == NOT_APPLICABLE {
            return Value::NotApplicable;
        }
        if let Some(missing) = self.missing(code) {
            return Value::Unregulated(missing.to_vec());
        }
        let outcome = |code: Code| {
            let outcomes = self.engine.outcomes.get(d);
            usize::try_from(code).ok().and_then(|c| outcomes?.get(c)).cloned().unwrap_or(Value::Null)
        };
        match self.engine.model.decisions.get(d).map(|d| &d.rule) {
            Some(Rule::Points(points)) => tick_value(Measure::Number { scale: points.scale, step: 1 }, code),
            Some(_) if self.collects(d) => {
                let list = usize::try_from(code).ok().and_then(|c| self.spread.lists.get(c));
                Value::List(list.map_or_else(Vec::new, |codes| codes.iter().map(|c| outcome(*c)).collect()))
            }
            _ => outcome(code),
        }
    }

    /// Whether the codes of a decision stand for lists of outcomes.
    fn collects(&self, d: usize) -> bool {
        let node = self.engine.decision(d);
        matches!(node.map(|n| &n.kind), Some(Kind::Table(table)) if table.reading == Reading::All)
    }

    /// What some lists of outcomes hold, each once, and what is no list.
    fn members(&self, d: usize, codes: &[Code]) -> Vec<Value> {
        let mut members: Vec<Value> = Vec::new();
        let mut rest: Vec<Value> = Vec::new();
        for code in self.sorted(d, codes) {
            match self.value(d, code) {
                Value::List(values) => members.extend(values),
                value => rest.push(value),
            }
        }
        let all = self.engine.outcomes.get(d).map(Vec::as_slice).unwrap_or_default();
        let place = |value: &Value| all.iter().position(|known| known == value);
        members.sort_by_key(place);
        members.dedup();
        members.extend(rest);
        members
    }

    /// Codes of a decision as a list: values in their order, then "not applicable", then what is missing.
    pub(crate) fn sorted(&self, d: usize, codes: &[Code]) -> Vec<Code> {
        let lists = if self.collects(d) { self.spread.lists.as_slice() } else { &[] };
        let mut sorted = codes.to_vec();
        sorted.sort_by_key(|code| {
            let list = usize::try_from(*code).ok().and_then(|c| lists.get(c));
            (*code < 0 && (MISSING..MISSING_END).contains(code), *code == NOT_APPLICABLE, list, *code)
        });
        sorted
    }

    /// Vectors of a decision over some codes of one question; none where too much is unset to follow.
    pub(crate) fn vary(&mut self, d: usize, question: usize, codes: Codes) -> Vec<Vec<Code>> {
        let node = self.engine.decisions.get(d).copied().unwrap_or(usize::MAX);
        if !self.spread.consider(node) {
            return Vec::new();
        }
        let family = self.spread.vary_over(node, question, codes);
        self.merge(d, &family)
    }

    /// What a decision's possible codes amount to.
    pub(crate) fn outcome(&self, d: usize, reached: &Reached, needs: Vec<usize>) -> Outcome {
        let name = |q: usize| self.engine.model.questions.get(q).map(|q| q.id.clone());
        if reached.approximate && reached.codes.len() > 1 && self.collects(d) {
            return Outcome::Open {
                possible: Possible::ListsOf(self.members(d, &reached.codes)),
                needs: needs.into_iter().filter_map(name).collect(),
                approximate: true,
            };
        }
        let missing: Vec<&[String]> = reached.codes.iter().filter_map(|c| self.missing(*c)).collect();
        if missing.len() == reached.codes.len() {
            let mut names: Vec<String> = Vec::new();
            for name in missing.concat() {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            return Outcome::Unregulated { missing: names };
        }
        if let [code] = reached.codes.as_slice() {
            return match self.value(d, *code) {
                Value::NotApplicable => Outcome::NotApplicable,
                value => Outcome::Determined(value),
            };
        }
        let values: Vec<Value> =
            self.sorted(d, &reached.codes).into_iter().map(|code| self.value(d, code)).collect();
        let numbers = values.iter().all(|v| matches!(v, Value::Number(_)));
        let possible = match (values.first(), values.last()) {
            (Some(min), Some(max)) if numbers && values.len() > MAX_LISTED => {
                Possible::Range(min.clone(), max.clone())
            }
            _ => Possible::Values(values),
        };
        Outcome::Open {
            possible,
            needs: needs.into_iter().filter_map(name).collect(),
            approximate: reached.approximate,
        }
    }

    /// One decision, with the open questions that could change it in the order of the file.
    pub(crate) fn decided(&mut self, d: usize) -> Decided {
        let mut decided = Decided { d, asked: false, reached: self.reach(d), needs: Vec::new() };
        self.rank(std::slice::from_mut(&mut decided));
        decided
    }

    /// Finds for every open decision which of the open questions could change it, and how many outcomes they leave.
    /// Decisions that depend on the same unset things share one pass over each question.
    fn rank(&mut self, all: &mut [Decided]) -> Left {
        let engine = self.engine;
        let questions = engine.model.questions.len();
        let mut left: Left = vec![None; questions];
        // what is unregulated whatever the answers are needs none of them
        let unsettled = |codes: &[Code]| codes.len() > 1 && codes.iter().any(|c| self.missing(*c).is_none());
        let mut groups: Vec<(&[usize], Vec<&mut Decided>)> = Vec::new();
        for decided in all.iter_mut().filter(|decided| unsettled(&decided.reached.codes)) {
            let silents = engine.decision(decided.d).map(|n| n.silents.as_slice()).unwrap_or_default();
            match groups.iter_mut().find(|(known, _)| *known == silents) {
                Some((_, list)) => list.push(decided),
                None => groups.push((silents, vec![decided])),
            }
        }
        for (_, mut decisions) in groups {
            let Some(first) = decisions.first().and_then(|first| engine.decisions.get(first.d)) else {
                continue;
            };
            let exact = self.spread.consider(*first);
            for q in 0..questions {
                let classes = self.spread.codes(q).len();
                let weights: Vec<usize> = (0..classes).map(|i| self.spread.stands_for(q, i)).collect();
                let cells = weights.iter().sum();
                let reads = |d: usize| engine.decision(d).is_some_and(|n| n.questions.contains(q));
                if classes < 2 || !decisions.iter().any(|decided| reads(decided.d)) {
                    continue;
                }
                let varying = exact.then(|| self.spread.start_varying(q));
                for decided in decisions.iter_mut().filter(|decided| reads(decided.d)) {
                    let family = match engine.decisions.get(decided.d) {
                        Some(node) if exact => Some(self.spread.own_family(*node)).filter(|f| !f.approximate),
                        _ => None,
                    };
                    let leaves = match family {
                        Some(family) => self.leaves(decided.d, &family, &weights, decided.asked),
                        None => {
                            // it may not matter after all, which only an exact family could tell
                            decided.reached.approximate = true;
                            Some(decided.reached.codes.len() * cells)
                        }
                    };
                    let Some(leaves) = leaves else { continue };
                    decided.needs.push(q);
                    if decided.asked
                        && let Some(slot) = left.get_mut(q)
                    {
                        slot.get_or_insert((0, cells)).0 += leaves;
                    }
                }
                if let Some(varying) = varying {
                    self.spread.settle_down(varying);
                }
            }
        }
        // a decision that a question cannot change counts as it is for each of its cells
        for (q, slot) in left.iter_mut().enumerate() {
            let Some((sum, cells)) = slot else { continue };
            let others = all.iter().filter(|decided| decided.asked && !decided.needs.contains(&q));
            *sum += others.map(|decided| decided.reached.codes.len() * *cells).sum::<usize>();
        }
        left
    }

    /// The number of outcomes that each cell of the varied question leaves, added up; none when it changes nothing.
    fn leaves(&mut self, d: usize, family: &Family, weights: &[usize], weigh: bool) -> Option<usize> {
        let varies = |vector: &[Code]| vector.iter().any(|code| Some(code) != vector.first());
        if self.spread.ways == 1 {
            if !family.contexts().any(varies) {
                return None;
            }
            return Some(if weigh { outcomes_left(|| family.contexts(), weights) } else { 0 });
        }
        let vectors = self.merge(d, family);
        if !vectors.iter().any(|v| varies(v)) {
            return None;
        }
        Some(if weigh { outcomes_left(|| vectors.iter().map(Vec::as_slice), weights) } else { 0 })
    }

    /// Whether a question is relevant: yes, no, or not yet known.
    fn relevance(&mut self, q: usize) -> Option<bool> {
        let node = self.engine.questions.get(q).and_then(|n| self.engine.nodes.get(*n));
        self.holds(node.and_then(|n| n.gate))
    }

    /// Whether a condition holds: yes, no, or not yet known; where there is none it does.
    pub(crate) fn holds(&mut self, condition: Option<usize>) -> Option<bool> {
        let Some(gate) = condition else { return Some(true) };
        if !self.spread.consider(gate) {
            return None;
        }
        let family = self.spread.family(gate);
        match (family.data.contains(&TRUE), family.data.contains(&FALSE)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// Assesses a case.
pub(crate) fn evaluate(
    evaluation: &mut Evaluation<'_>,
    given: &[Given],
    rule_set: RuleSetRef,
    on: Option<Date>,
) -> Assessment {
    let engine = evaluation.engine;
    let any = engine.model.decisions.iter().any(|d| d.outcome);
    let mut all: Vec<Decided> = Vec::with_capacity(engine.model.decisions.len());
    for (d, info) in engine.model.decisions.iter().enumerate() {
        let reached = evaluation.reach(d);
        all.push(Decided { d, asked: info.outcome || !any, reached, needs: Vec::new() });
    }
    let left = evaluation.rank(&mut all);
    let outcome = |(info, decided): (&crate::model::DecisionInfo, Decided)| {
        (info.id.clone(), evaluation.outcome(decided.d, &decided.reached, decided.needs))
    };
    let decisions = engine.model.decisions.iter().zip(all).map(outcome).collect();
    let mut assessment = Assessment {
        rule_set,
        authority: engine.model.authority.clone(),
        on,
        decisions,
        questions: Vec::with_capacity(engine.model.questions.len()),
        next: None,
        progress: Progress::default(),
        findings: Vec::new(),
        steps: Vec::new(),
        rollups: Vec::new(),
        deviations: Vec::new(),
        silence: Vec::new(),
    };
    let mut best: Option<(usize, usize, usize)> = None;
    for (q, info) in engine.model.questions.iter().enumerate() {
        let relevance = evaluation.relevance(q);
        let status = match (relevance, given.get(q)) {
            (Some(false), _) => QuestionStatus::NotRelevant,
            (_, Some(Given::Answered)) => QuestionStatus::Answered,
            (_, Some(Given::Partly)) => QuestionStatus::Unknown,
            (_, Some(Given::NotApplicable)) => QuestionStatus::NotApplicable,
            _ => QuestionStatus::Open,
        };
        let undecided = relevance.is_none();
        match status {
            QuestionStatus::NotRelevant => {}
            QuestionStatus::Open if undecided => {
                assessment.progress.may_become_relevant += usize::from(info.required)
            }
            QuestionStatus::Open => {
                assessment.progress.open += usize::from(info.required);
                if let Some(Some((sum, cells))) = left.get(q).copied()
                    && best.is_none_or(|(_, s, c)| sum * c < s * cells)
                {
                    best = Some((q, sum, cells));
                }
            }
            _ => assessment.progress.answered += 1,
        }
        assessment
            .questions
            .push((info.id.clone(), QuestionState { status, undecided, ..QuestionState::default() }));
    }
    assessment.next = best.and_then(|(q, ..)| engine.model.questions.get(q)).map(|q| q.id.clone());
    assessment
}

/// The number of possible outcomes for each cell, added up; an entry stands for as many cells as its weight.
fn outcomes_left<'v, I: Iterator<Item = &'v [Code]>>(vectors: impl Fn() -> I, weights: &[usize]) -> usize {
    let mut codes: Vec<Code> = Vec::new();
    let mut sum = 0;
    for (i, weight) in weights.iter().enumerate() {
        codes.clear();
        codes.extend(vectors().filter_map(|v| entry(v, i)));
        codes.sort_unstable();
        codes.dedup();
        sum += codes.len() * weight;
    }
    sum
}
