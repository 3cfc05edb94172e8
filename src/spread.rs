//! The exact outcomes that open answers leave: families of values over every consistent completion.
//!
//! A **family** holds, for each context (a choice of cells for all open questions but the one that is varied), the
//! values of a node as a vector: one entry for each cell of the varied question and each way in which unset things
//! could go. Without a varied question and unset things a family is just the set of possible values. Equal vectors
//! are kept once: that is the frontier which keeps the whole exact and small. Inputs that depend on the same open
//! question are not independent; that question is then fixed, cell by cell, and the results are united. A choice
//! between overlapping rows is followed like an open question.

mod combine;
mod sums;

pub(crate) use sums::every_sum;

pub(crate) use combine::all_rows;

use std::rc::Rc;

use crate::limits::{MAX_CELLS_HELD, MAX_COMPUTED, MAX_STATES};
use crate::program::{Code, Codes, Engine, GAP, Kind, NOT_APPLICABLE, Reading, Set, Table};

/// The values of a node over all contexts, `width` entries each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Family {
    pub(crate) width: usize,
    pub(crate) data: Vec<Code>,
    /// The open questions whose answer picks the context.
    live: Set,
    /// Whether it holds more than can occur, because the exact family would not fit the limits.
    pub(crate) approximate: bool,
}

impl Family {
    fn constant(code: Code) -> Family {
        Family { width: 1, data: vec![code], ..Family::default() }
    }

    pub(crate) fn contexts(&self) -> impl Iterator<Item = &[Code]> {
        self.data.chunks_exact(self.width.max(1))
    }

    /// Keeps equal vectors once; with a single one left, no context matters.
    fn tidy(mut self) -> Family {
        if self.width == 1 {
            self.data.sort_unstable();
            self.data.dedup();
        } else {
            self.data = distinct(std::mem::take(&mut self.data), self.width);
        }
        if self.data.len() <= self.width {
            self.live = Set::default();
        }
        self
    }
}

/// The distinct chunks of a list, in order.
fn distinct<T: Copy + Ord>(data: Vec<T>, width: usize) -> Vec<T> {
    let width = width.max(1);
    if data.chunks_exact(width).is_sorted_by(|a, b| a < b) {
        return data;
    }
    let mut chunks: Vec<&[T]> = data.chunks_exact(width).collect();
    chunks.dedup(); // neighbours are often equal, and fewer are sorted faster
    chunks.sort_unstable();
    chunks.dedup();
    chunks.concat()
}

/// What is known of a node.
#[derive(Debug, Clone)]
enum Slot {
    Unknown,
    /// Known answers settle it.
    Settled(Code),
    Known(Rc<Family>),
}

/// What was remembered before a question was varied.
pub(crate) struct Varying(Vec<Slot>);

/// A computation of families under given answers.
#[derive(Debug)]
pub(crate) struct Spread<'e> {
    engine: &'e Engine,
    /// Per question the codes that its answer leaves, and per choice its turns. Of codes that no rule tells apart there
    /// is one.
    answers: Vec<Codes>,
    /// For how many codes each of them stands; empty where each stands for itself.
    stands_for: Vec<Vec<usize>>,
    varied: Option<usize>,
    /// Unset things that may go either way, each with its stride.
    silents: Vec<(usize, usize)>,
    /// Combinations of ways of the unset things.
    pub(crate) ways: usize,
    width: usize,
    memo: Vec<Slot>,
    /// Lists of outcomes that hit policy `collect` gave, by code.
    pub(crate) lists: Vec<Vec<Code>>,
    /// Whether the family being computed is a superset.
    approximate: bool,
    /// Nodes that were decided otherwise, with their codes: what comes after them reads these.
    decided: Vec<(usize, Code)>,
    /// How many nodes were computed, and how many intersections of 64 rows were worked out for them.
    pub(crate) computed: usize,
    work: usize,
    /// Whether the family being computed depends on a choice between overlapping rows.
    chosen: bool,
}

impl<'e> Spread<'e> {
    /// Starts from the codes that each question's answer leaves and the nodes that are settled already.
    pub(crate) fn new(engine: &'e Engine, answers: Vec<Codes>, settled: &[Option<Code>]) -> Self {
        let mut answers = answers;
        let mut stands_for: Vec<Vec<usize>> = Vec::new();
        for (q, (codes, alike)) in answers.iter_mut().zip(&engine.alike).enumerate() {
            let counts = represent(codes, alike);
            if !counts.is_empty() {
                stands_for.resize(q, Vec::new());
                stands_for.push(counts);
            }
        }
        let before = answers.len().saturating_sub(engine.model.questions.len());
        answers.extend(
            engine.choices.iter().skip(before).map(|turns| (0..).take(*turns).collect::<Vec<_>>().into()),
        );
        let memo = settled.iter().map(|code| code.map_or(Slot::Unknown, Slot::Settled)).collect();
        Spread {
            engine,
            answers,
            stands_for,
            varied: None,
            silents: Vec::new(),
            ways: 1,
            width: 1,
            memo,
            lists: Vec::new(),
            approximate: false,
            decided: Vec::new(),
            computed: 0,
            work: 0,
            chosen: false,
        }
    }

    /// Lets the unset things on which a node depends go every way. Returns false when there are too many.
    pub(crate) fn consider(&mut self, node: usize) -> bool {
        let needed: &[usize] = self.engine.nodes.get(node).map(|n| n.silents.as_slice()).unwrap_or_default();
        if self.silents.iter().map(|(s, _)| s).eq(needed) {
            return true;
        }
        self.silents.clear();
        let mut ways = 1usize;
        for silent in needed {
            self.silents.push((*silent, ways));
            ways = ways.saturating_mul(self.engine.ways(*silent));
        }
        self.forget_silents();
        if ways > MAX_STATES {
            self.silents.clear();
            self.ways = 1;
            self.width = 1;
            return false;
        }
        self.ways = ways;
        self.width = ways;
        true
    }

    /// For how many codes the code at an index of [`Spread::codes`] stands.
    pub(crate) fn stands_for(&self, question: usize, index: usize) -> usize {
        self.stands_for.get(question).and_then(|counts| counts.get(index)).copied().unwrap_or(1)
    }

    /// The codes that the answer of a question leaves, one of those that no rule tells apart.
    pub(crate) fn codes(&self, question: usize) -> &[Code] {
        self.answers.get(question).map(|codes| &**codes).unwrap_or_default()
    }

    /// Starts varying one question over its codes: families hold a value for each, until [`Spread::settle_down`].
    pub(crate) fn start_varying(&mut self, question: usize) -> Varying {
        let saved = self.without(question);
        if self.ways > 1 {
            self.forget_silents(); // their vectors get another width
        }
        self.varied = Some(question);
        self.width = self.codes(question).len() * self.ways;
        Varying(saved)
    }

    /// Stops varying.
    pub(crate) fn settle_down(&mut self, varying: Varying) {
        self.varied = None;
        self.width = self.ways;
        self.memo = varying.0;
    }

    /// The family of a node while one question is varied over its codes.
    pub(crate) fn vary(&mut self, node: usize, question: usize) -> Rc<Family> {
        let varying = self.start_varying(question);
        let family = self.own_family(node);
        self.settle_down(varying);
        family
    }

    /// Like [`Spread::vary`], with other codes for the question than its answer leaves.
    pub(crate) fn vary_over(&mut self, node: usize, question: usize, codes: Codes) -> Rc<Family> {
        let saved = self.answers.get_mut(question).map(|slot| std::mem::replace(slot, codes));
        let family = self.vary(node, question);
        if let (Some(slot), Some(saved)) = (self.answers.get_mut(question), saved) {
            *slot = saved;
        }
        family
    }

    /// Does something while a question has other codes than its answer leaves.
    pub(crate) fn while_codes<T>(
        &mut self,
        question: usize,
        codes: Codes,
        act: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let memo = self.without(question);
        let saved = self.answers.get_mut(question).map(|slot| std::mem::replace(slot, codes));
        let result = act(self);
        if let (Some(slot), Some(saved)) = (self.answers.get_mut(question), saved) {
            *slot = saved;
        }
        self.memo = memo;
        result
    }

    /// Forgets what is known of a node.
    pub(crate) fn forget(&mut self, node: usize) {
        if let Some(slot) = self.memo.get_mut(node) {
            *slot = Slot::Unknown;
        }
    }

    fn forget_silents(&mut self) {
        for (slot, node) in self.memo.iter_mut().zip(&self.engine.nodes) {
            if !node.silents.is_empty() {
                *slot = Slot::Unknown;
            }
        }
    }

    /// Forgets what depends on a question, and returns the memory as it was.
    fn without(&mut self, question: usize) -> Vec<Slot> {
        let saved = self.memo.clone();
        for (slot, node) in self.memo.iter_mut().zip(&self.engine.nodes) {
            if node.questions.contains(question) {
                *slot = Slot::Unknown;
            }
        }
        saved
    }

    /// Lets some nodes have the codes that were decided, for what comes after them.
    pub(crate) fn deciding(mut self, decided: &[(usize, Code)]) -> Self {
        self.decided = decided.to_vec();
        self
    }

    /// The family of a node as others read it: of a decision from which was deviated what was decided.
    pub(crate) fn family(&mut self, node: usize) -> Rc<Family> {
        match self.decided.iter().find(|(known, _)| *known == node) {
            Some((_, code)) => Rc::new(Family::constant(*code)),
            None => self.own_family(node),
        }
    }

    /// The family of a node as it is computed.
    pub(crate) fn own_family(&mut self, node: usize) -> Rc<Family> {
        let family = match self.memo.get(node) {
            Some(Slot::Known(known)) => return known.clone(),
            Some(Slot::Settled(code)) => Rc::new(Family::constant(*code)),
            _ => Rc::new(self.compute(node)),
        };
        if let Some(slot) = self.memo.get_mut(node) {
            *slot = Slot::Known(family.clone());
        }
        family
    }

    fn compute(&mut self, index: usize) -> Family {
        let engine = self.engine;
        let Some(node) = engine.nodes.get(index) else { return Family::constant(GAP) };
        let gate = node.gate.map(|g| self.family(g));
        if let Some(gate) = &gate
            && gate.data.iter().all(|code| *code == crate::program::FALSE)
        {
            return Family::constant(NOT_APPLICABLE);
        }
        let mut inputs: Vec<Rc<Family>> = match &node.kind {
            Kind::Question(q) => vec![Rc::new(self.question(*q))],
            Kind::Unloaded(silent) => vec![Rc::new(self.unloaded(*silent))],
            _ => node.inputs.iter().map(|n| self.family(*n)).collect(),
        };
        inputs.extend(gate.clone());
        let dependent = shared(&inputs);
        self.computed += 1;
        if let Some(question) = dependent
            && self.computed <= MAX_COMPUTED
        {
            return self.by_cell(index, question);
        }
        if gate.is_some() {
            inputs.pop();
        }
        let mut live = Set::default();
        inputs.iter().chain(&gate).for_each(|family| live.add(&family.live));
        self.approximate = dependent.is_some();
        self.chosen = false;
        let data = match &node.kind {
            Kind::Question(_) | Kind::Unloaded(_) => {
                inputs.first().map(|f| (f.width, f.data.clone())).unwrap_or_default()
            }
            Kind::Table(table) => self.table(table, &inputs, false),
            Kind::Condition(table) => self.table(table, &inputs, true),
            Kind::Points(terms) => self.points(terms, &inputs),
        };
        if let (true, Kind::Table(Table { reading: Reading::Either(choice), .. })) = (self.chosen, &node.kind)
        {
            live.insert(*choice);
        }
        let approximate = self.approximate || inputs.iter().chain(&gate).any(|family| family.approximate);
        let family = Family { width: data.0, data: data.1, live, approximate }.tidy();
        match gate {
            Some(gate) => self.gated(&family, &gate),
            None => family,
        }
    }

    /// A question's own values: a context each, or a vector when it is the one that is varied.
    fn question(&self, q: usize) -> Family {
        let codes = self.codes(q);
        if self.varied == Some(q) {
            let data = codes.iter().flat_map(|code| std::iter::repeat_n(*code, self.ways)).collect();
            return Family { width: self.width, data, ..Family::default() };
        }
        let mut live = Set::default();
        if codes.len() > 1 {
            live.insert(q);
        }
        Family { width: 1, data: codes.to_vec(), live, approximate: false }
    }

    /// A decision that no layer loads: any of its outcomes, one for each way.
    fn unloaded(&self, silent: usize) -> Family {
        let data = (0..self.width)
            .map(|i| self.way(silent, i))
            .map(|way| Code::try_from(way).unwrap_or(GAP))
            .collect();
        Family { width: self.width, data, ..Family::default() }
    }

    /// Which way an unset thing goes at an index of a vector.
    fn way(&self, silent: usize, index: usize) -> usize {
        let ways = self.engine.ways(silent);
        self.silents
            .iter()
            .find(|(s, _)| *s == silent)
            .map_or(0, |(_, stride)| index % self.ways / stride % ways)
    }

    /// The unset things of which another way gives another value, in a chunk of one value for each combination.
    pub(crate) fn silents_that_matter(&self, chunk: &[Code]) -> Vec<usize> {
        let differs = |stride: usize, ways: usize| {
            let next = |i: usize| (i / stride % ways + 1 < ways).then_some(i + stride);
            (0..chunk.len()).any(|i| next(i).is_some_and(|j| chunk.get(i) != chunk.get(j)))
        };
        self.silents
            .iter()
            .filter(|(s, stride)| differs(*stride, self.engine.ways(*s)))
            .map(|(s, _)| *s)
            .collect()
    }

    /// A node that reads one open question in several ways: fix it, cell by cell, and unite.
    fn by_cell(&mut self, index: usize, question: usize) -> Family {
        let codes = self.codes(question).to_vec();
        let mut live = Set::default();
        live.insert(question);
        let mut parts = Vec::new();
        for code in &codes {
            let memo = self.without(question);
            if let Some(slot) = self.answers.get_mut(question) {
                *slot = Codes::One([*code]);
            }
            let part = self.compute(index);
            live.add(&part.live);
            parts.push(part);
            self.memo = memo;
        }
        if let Some(slot) = self.answers.get_mut(question) {
            *slot = codes.into();
        }
        let width = parts.iter().map(|p| p.width).max().unwrap_or(1);
        let approximate = parts.iter().any(|part| part.approximate);
        let mut united = Family { width, data: Vec::new(), live, approximate };
        for part in &parts {
            for context in part.contexts() {
                if part.width == width {
                    united.data.extend_from_slice(context);
                } else {
                    let code = context.first().copied().unwrap_or(GAP);
                    united.data.extend(std::iter::repeat_n(code, width));
                }
            }
            if united.data.len() > MAX_CELLS_HELD {
                united = united.tidy();
            }
        }
        united.tidy()
    }

    /// Values where the gate holds, "not applicable" where it fails.
    fn gated(&self, family: &Family, gate: &Family) -> Family {
        let width = family.width.max(gate.width);
        let mut live = family.live.clone();
        live.add(&gate.live);
        let mut data = Vec::new();
        for open in gate.contexts() {
            for context in family.contexts() {
                data.extend((0..width).map(|i| match entry(open, i) {
                    Some(crate::program::FALSE) => NOT_APPLICABLE,
                    _ => entry(context, i).unwrap_or(GAP),
                }));
            }
        }
        Family { width, data, live, approximate: family.approximate || gate.approximate }.tidy()
    }
}

/// Keeps one of the codes that no rule tells apart, and says for how many each stands.
fn represent(codes: &mut Codes, alike: &[Code]) -> Vec<usize> {
    if alike.is_empty() || codes.len() < 2 {
        return Vec::new();
    }
    let of = |code: Code| usize::try_from(code).ok().and_then(|c| alike.get(c)).copied().unwrap_or(code);
    let mut counts: Vec<usize> = Vec::with_capacity(codes.len());
    let mut kept: Vec<Code> = Vec::with_capacity(codes.len());
    for code in codes.iter() {
        match kept.iter().zip(&mut counts).find(|(known, _)| of(**known) == of(*code)) {
            Some((_, count)) => *count += 1,
            None => {
                kept.push(*code);
                counts.push(1);
            }
        }
    }
    *codes = kept.into();
    counts
}

/// An entry of a vector; one of a single entry has it everywhere.
pub(crate) fn entry(vector: &[Code], index: usize) -> Option<Code> {
    vector.get(if vector.len() == 1 { 0 } else { index }).copied()
}

/// A question on which two of these depend, the one that most of them share first.
pub(crate) fn shared(families: &[Rc<Family>]) -> Option<usize> {
    let mut seen = Set::default();
    let mut found: Option<usize> = None;
    for family in families {
        if let Some(question) = seen.shared(&family.live) {
            found = Some(found.map_or(question, |f| f.min(question)));
        }
        seen.add(&family.live);
    }
    found
}
