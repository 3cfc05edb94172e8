//! From a case to its assessment.

mod before;
mod behind;
mod shown;

pub(crate) use before::Before;
pub(crate) use behind::{prove_derived, silent};

use crate::assessment::{
    Assessment, Listed, Outcome, Possible, Progress, QuestionState, QuestionStatus, RuleSetRef,
};
use crate::case::{Case, Given};
use crate::diagram::{Cellwise, Diagrams, Ref, SumOf};
use crate::limits::MAX_LISTED;
use crate::model::{Measure, Rule};
use crate::program::{Code, Codes, Engine, FALSE, GAP, Kind, NOT_APPLICABLE, Reading, SILENT_END, TRUE};
use crate::text::Text;
use crate::ticks::tick_value;
use crate::value::{Date, Value};

/// Codes from here upwards, below all others, stand for sets of missing things.
const MISSING: Code = SILENT_END + 1;
/// One past the codes of missing things.
const MISSING_END: Code = MISSING + (1 << 32);

/// What evaluating one decision gave.
#[derive(Default)]
pub(crate) struct Reached {
    /// The codes that are possible, sorted.
    pub(crate) codes: Codes,
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

/// Whether a decision hangs on one sum of independent terms.
enum Form {
    Sum(SumOf),
    Any,
}

/// Per question that matters the outcomes left, summed over its cells and the decisions asked for, and the number of
/// its cells.
type Left = Vec<Option<(usize, usize)>>;

/// An evaluation under way.
pub(crate) struct Evaluation<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) diagrams: Diagrams<'e>,
    /// Per decision its function of the questions and choices alone, where it was asked for.
    merged: Vec<Option<Ref>>,
    /// Per decision that is open its form, where it was looked at.
    forms: Vec<Option<Form>>,
    /// Sets of missing things, by code.
    missing: Vec<Vec<Text>>,
    /// The case, where something is derived in it.
    case: Option<&'e Case>,
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
        Evaluation::settled(engine, codes, decided, settled)
    }

    /// The same, where it is known which nodes the answers settle.
    pub(crate) fn settled(
        engine: &'e Engine,
        codes: Vec<Codes>,
        decided: &[(usize, Code)],
        settled: Vec<Option<Code>>,
    ) -> Self {
        let mut diagrams = Diagrams::new(engine, codes, settled).deciding(decided);
        for (node, _) in decided {
            diagrams.forget(*node); // its own outcome is still computed
        }
        let (merged, forms, missing) = (Vec::new(), Vec::new(), Vec::new());
        Evaluation { engine, diagrams, merged, forms, missing, case: None }
    }

    /// Knows for these questions the lowest and highest tick of their answers.
    pub(crate) fn knowing(mut self, exact: &[Option<(i64, i64)>]) -> Self {
        self.diagrams = self.diagrams.knowing(exact);
        self
    }

    /// The possible outcomes of a decision.
    pub(crate) fn reach(&mut self, d: usize) -> Reached {
        if let Some(q) = self.shown(d) {
            return self.reach_derived(d, q);
        }
        let node = self.engine.decisions.get(d).copied().unwrap_or(usize::MAX);
        if let Some(code) = self.diagrams.settled(node).filter(|code| *code != GAP) {
            return Reached { codes: Codes::One([code]), approximate: false };
        }
        if self.forms.len() <= d {
            self.forms.resize_with(self.engine.decisions.len(), || None);
        }
        if let Some(slot @ None) = self.forms.get_mut(d) {
            *slot = Some(self.diagrams.sum_of(node).map_or(Form::Any, Form::Sum));
        }
        if let Some(Some(Form::Sum(sum))) = self.forms.get(d) {
            return Reached { codes: sum.codes().into(), approximate: false };
        }
        let merged = self.merged(d);
        let (mut codes, approximate) = self.diagrams.spread(merged);
        let silents = self.engine.decision(d).is_some_and(|node| !node.silents.is_empty());
        if approximate && silents {
            codes.push(self.missing_everything(d));
            codes.sort_unstable();
            codes.dedup();
        }
        Reached { codes: codes.into(), approximate }
    }

    /// A decision as a function of the open questions, with what unset things leave undecided merged into "missing".
    pub(crate) fn merged(&mut self, d: usize) -> Ref {
        if let Some(Some(known)) = self.merged.get(d) {
            return *known;
        }
        let node = self.engine.decisions.get(d).copied().unwrap_or(usize::MAX);
        let own = self.diagrams.own(node);
        let merged = self.merged_as(d, own);
        if self.merged.len() <= d {
            self.merged.resize(d + 1, None);
        }
        if let Some(slot) = self.merged.get_mut(d) {
            *slot = Some(merged);
        }
        merged
    }

    /// The same of another function of what a decision depends on.
    fn merged_as(&mut self, d: usize, f: Ref) -> Ref {
        let node = self.engine.decisions.get(d).copied().unwrap_or(usize::MAX);
        let (engine, missing, case) = (self.engine, &mut self.missing, self.case);
        self.diagrams.merged(node, f, &mut |silents| missing_code(engine, missing, case, d, silents))
    }

    /// Silence on all that is unset and that a decision depends on.
    fn missing_everything(&mut self, d: usize) -> Code {
        let silents = self.engine.decision(d).map(|node| node.silents.as_slice()).unwrap_or_default();
        missing_code(self.engine, &mut self.missing, self.case, d, silents)
    }

    /// The code of a set of missing things.
    fn missing_named(&mut self, names: Vec<Text>) -> Code {
        missing_named(self.engine, &mut self.missing, names)
    }

    /// The names of what is missing, for a code that stands for it.
    pub(crate) fn missing(&self, code: Code) -> Option<&[Text]> {
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
            Some(Rule::Derived(q)) => self.derived_value(*q, code),
            Some(_) if self.collects(d) => {
                let list = usize::try_from(code).ok().and_then(|c| self.diagrams.lists.get(c));
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
        let lists = if self.collects(d) { self.diagrams.lists.as_slice() } else { &[] };
        let mut sorted = codes.to_vec();
        sorted.sort_by_key(|code| {
            let list = usize::try_from(*code).ok().and_then(|c| lists.get(c));
            (*code < 0 && (MISSING..MISSING_END).contains(code), *code == NOT_APPLICABLE, list, *code)
        });
        sorted
    }

    /// Per code of the answer to a question the outcomes that it leaves.
    pub(crate) fn by_code(&mut self, d: usize, question: usize) -> Vec<(Code, Vec<Code>)> {
        let merged = self.merged(d);
        let left = Cellwise::new(&self.diagrams.store, merged).by_value(question);
        let codes = self.diagrams.codes(question).to_vec();
        let all = || self.diagrams.store.codes(merged);
        let left = left.unwrap_or_else(|| codes.iter().map(|_| all()).collect());
        codes.into_iter().zip(left).collect()
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
        if let [code] = &*reached.codes
            && self.missing(*code).is_none()
        {
            return match self.value(d, *code) {
                Value::NotApplicable => Outcome::NotApplicable,
                value => Outcome::Determined(value),
            };
        }
        let missing: Vec<&[Text]> = reached.codes.iter().filter_map(|c| self.missing(*c)).collect();
        if missing.len() == reached.codes.len() {
            let mut names: Vec<Text> = Vec::new();
            for name in missing.into_iter().flatten() {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            return Outcome::Unregulated { missing: names };
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
        let possible = self.range(d, reached).unwrap_or(possible);
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
    fn rank(&mut self, all: &mut [Decided]) -> Left {
        if all.iter().all(|decided| decided.reached.codes.len() < 2) {
            return Left::new();
        }
        let questions = self.engine.model.questions.len();
        let mut left: Left = vec![None; questions];
        for decided in all.iter_mut() {
            let codes = &decided.reached.codes;
            // what is unregulated whatever the answers are needs none of them
            let settled = codes.len() < 2 || codes.iter().all(|code| self.missing(*code).is_some());
            if settled || self.shown(decided.d).is_some() {
                continue;
            }
            let mut add = |q: usize, leaves: usize, cells: usize| {
                decided.needs.push(q);
                if let Some(slot) = left.get_mut(q).filter(|_| decided.asked) {
                    slot.get_or_insert((0, cells)).0 += leaves;
                }
            };
            if decided.reached.approximate {
                // any question may matter; only the exact function could tell which do not
                for q in self.engine.decision(decided.d).into_iter().flat_map(|node| node.questions.iter()) {
                    let cells = self.cells(q);
                    if q < questions && (cells > 1 || self.diagrams.lies_apart(q)) {
                        add(q, codes.len() * cells, cells);
                    }
                }
                continue;
            }
            if let Some(Some(Form::Sum(sum))) = self.forms.get(decided.d) {
                let matter = self.diagrams.matter_to(sum, decided.asked);
                for (q, leaves) in matter.into_iter().take_while(|(variable, _)| *variable < questions) {
                    add(q, leaves, self.cells(q));
                }
                continue;
            }
            let merged = self.merged(decided.d);
            let cellwise = Cellwise::new(&self.diagrams.store, merged);
            for q in cellwise.variables().take_while(|variable| *variable < questions) {
                let leaves = cellwise.left(q, |value| self.diagrams.stands_for(q, value));
                add(q, leaves.unwrap_or_default(), self.cells(q));
            }
        }
        self.rank_shown(all, &mut left);
        // a decision that a question cannot change counts as it is for each of its cells
        for (q, slot) in left.iter_mut().enumerate() {
            let Some((sum, cells)) = slot else { continue };
            let others = all.iter().filter(|decided| decided.asked && !decided.needs.contains(&q));
            *sum += others.map(|decided| decided.reached.codes.len() * *cells).sum::<usize>();
        }
        self.see_behind(all, &mut left);
        left
    }

    /// How many cells the answer of a question leaves.
    fn cells(&self, q: usize) -> usize {
        let values = self.diagrams.codes(q).len();
        (0..values).map(|value| self.diagrams.stands_for(q, value)).sum()
    }

    /// Whether a question is relevant: yes, no, or not yet known.
    pub(crate) fn relevance(&mut self, q: usize) -> Option<bool> {
        let node = self.engine.questions.get(q).and_then(|n| self.engine.nodes.get(*n));
        self.holds(node.and_then(|n| n.gate))
    }

    /// Whether a condition holds: yes, no, or not yet known; where there is none it does.
    pub(crate) fn holds(&mut self, condition: Option<usize>) -> Option<bool> {
        let Some(gate) = condition else { return Some(true) };
        match self.diagrams.of(gate).code() {
            Some(TRUE) => Some(true),
            Some(FALSE) => Some(false),
            _ => self.settled_by_search(gate),
        }
    }
}

/// The code of what is missing to a decision: the names of these unset things, or its own.
fn missing_code(
    engine: &Engine,
    known: &mut Vec<Vec<Text>>,
    case: Option<&Case>,
    d: usize,
    silents: &[usize],
) -> Code {
    let mut names = engine.unset_names(silents, case);
    if names.is_empty() {
        names.extend(engine.model.decisions.get(d).map(|d| d.id.clone()));
    }
    missing_named(engine, known, names)
}

/// The code of a set of missing things, in the order of the model: it must not hang on which of them was met first.
fn missing_named(engine: &Engine, known: &mut Vec<Vec<Text>>, mut names: Vec<Text>) -> Code {
    let ids =
        || engine.model.parameters.iter().map(|p| &p.id).chain(engine.model.decisions.iter().map(|d| &d.id));
    crate::sorted::sort_by_key(&mut names, |name| ids().position(|id| id == name));
    let place = known.iter().position(|m| *m == names).unwrap_or_else(|| {
        known.push(names);
        known.len() - 1
    });
    MISSING + Code::try_from(place).unwrap_or(0)
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
        let part = info.part_of.is_some(); // made for each record, so not for the case
        let reached = if part { Reached::default() } else { evaluation.reach(d) };
        all.push(Decided { d, asked: !part && (info.outcome || !any), reached, needs: Vec::new() });
    }
    let left = evaluation.rank(&mut all);
    let mut decisions = Listed::of(&engine.decision_ids);
    for decided in all {
        decisions.push(evaluation.outcome(decided.d, &decided.reached, decided.needs));
    }
    let mut assessment = Assessment {
        rule_set,
        authority: engine.model.authority.clone(),
        on,
        decisions,
        parts: Vec::new(),
        questions: Listed::of(&engine.question_ids),
        next: None,
        progress: Progress::default(),
        findings: Vec::new(),
        steps: Vec::new(),
        rollups: Vec::new(),
        deviations: Vec::new(),
        silence: Vec::new(),
    };
    let mut best: Option<(usize, usize, usize)> = None;
    let asked = engine.model.questions.iter().enumerate().take(engine.model.asked());
    for (q, info) in asked.filter(|(_, info)| info.of.is_none()) {
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
        assessment.questions.push(QuestionState { status, undecided, ..QuestionState::default() });
    }
    let next = best.map(|(q, ..)| facts_first(engine, &assessment, q));
    assessment.next = next.and_then(|q| engine.model.questions.get(q)).map(|q| q.id.clone());
    assessment
}

/// The question to ask before another: of a judgement that facts would suggest, the first of those that is still open.
fn facts_first(engine: &Engine, assessment: &Assessment, question: usize) -> usize {
    let open = |id: &&Text| {
        let state = assessment.question(id);
        state.is_some_and(|state| state.status == QuestionStatus::Open && !state.undecided)
    };
    let fact = |q: usize| {
        let suggestion = engine.model.questions.get(q)?.suggested_by?;
        let Outcome::Open { needs, .. } = assessment.decisions.at(suggestion)? else { return None };
        engine.model.question(needs.iter().find(open)?)
    };
    // a suggestion may itself hang on a judgement
    let chain = std::iter::successors(Some(question), |q| fact(*q)).take(engine.model.questions.len());
    chain.last().unwrap_or(question)
}
