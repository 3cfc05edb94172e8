//! The exact outcomes that open answers leave: per node the function from the open questions to its codes, as a diagram.
//!
//! The variables are the open questions in the order of the file, then the choices between overlapping rows, then what
//! stands for results that are not exact, and last the unset things. So a diagram says by its form what is possible, which
//! questions matter, and what hangs on something unset; inputs that depend on the same question need no care.

mod cascade;
mod cellwise;
mod expand;
mod kept;
mod score;
mod store;
mod sums;
mod table;
mod unset;

pub(crate) use cellwise::Cellwise;
pub(crate) use expand::{Expansion, Hide};
pub(crate) use kept::Kept;
pub(crate) use score::every_sum;
use store::codes_among;
pub(crate) use store::{Keys, Memo, Ref, Store};
pub(crate) use sums::SumOf;

use crate::program::{Code, Codes, Engine, FALSE, GAP, Kind, NOT_APPLICABLE, TRUE, Table, between};

/// The diagrams of the nodes under given answers.
#[derive(Debug)]
pub(crate) struct Diagrams<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) store: Store,
    /// Per question the codes that its answer leaves. Of codes that no rule tells apart there is one.
    answers: Vec<Codes>,
    /// For how many codes each of them stands; empty where each stands for itself.
    stands_for: Vec<Vec<usize>>,
    /// Per node its function, where it was computed.
    known: Vec<Option<Ref>>,
    /// Nodes that were decided otherwise, with their codes: what comes after them reads these.
    decided: Vec<(usize, Code)>,
    /// Per question the lowest and highest tick of its answer, where it gives some.
    exact: Vec<Option<(i64, i64)>>,
    /// Lists of outcomes that hit policy `collect` gave, by code.
    pub(crate) lists: Vec<Vec<Code>>,
    /// What following the tables has cost, and how much of that was spent on cases before.
    work: usize,
    carried: usize,
    /// What was worked out for cases before, where that is remembered.
    past: Option<kept::Past>,
}

impl<'e> Diagrams<'e> {
    /// Starts from the codes that each question's answer leaves and the nodes that are settled already.
    pub(crate) fn new(engine: &'e Engine, answers: Vec<Codes>, settled: Vec<Option<Code>>) -> Self {
        let mut answers = answers;
        let mut stands_for: Vec<Vec<usize>> = Vec::new();
        let settled_one = |q: usize| {
            engine.questions.get(q).and_then(|node| settled.get(*node)).is_some_and(Option::is_some)
        };
        for (q, (codes, alike)) in answers.iter_mut().zip(&engine.alike).enumerate() {
            if settled_one(q) {
                continue; // one code stands for itself, and nothing reads those of a question that is not relevant
            }
            let counts = represent(codes, alike);
            if !counts.is_empty() {
                stands_for.resize(q, Vec::new());
                stands_for.push(counts);
            }
        }
        Diagrams {
            engine,
            store: Store::default(),
            answers,
            stands_for,
            known: settled.into_iter().map(|code| code.map(Ref::leaf)).collect(),
            decided: Vec::new(),
            exact: Vec::new(),
            lists: Vec::new(),
            work: 0,
            carried: 0,
            past: None,
        }
    }

    /// Lets some nodes have the codes that were decided, for what comes after them.
    pub(crate) fn deciding(mut self, decided: &[(usize, Code)]) -> Self {
        self.decided = decided.to_vec();
        self
    }

    /// Knows for these questions the lowest and highest tick of their answers.
    pub(crate) fn knowing(mut self, exact: &[Option<(i64, i64)>]) -> Self {
        if !self.engine.pairs.is_empty() {
            self.exact = exact.to_vec();
        }
        self
    }

    /// Learns which codes a question can have that was not asked for yet.
    pub(crate) fn learn(&mut self, question: usize, codes: &Codes) {
        let mut codes = codes.clone();
        let alike = self.engine.alike.get(question).map(Vec::as_slice).unwrap_or_default();
        let counts = represent(&mut codes, alike);
        if self.stands_for.len() <= question {
            self.stands_for.resize(question + 1, Vec::new());
        }
        if let (Some(slot), Some(answer)) =
            (self.stands_for.get_mut(question), self.answers.get_mut(question))
        {
            *slot = counts;
            *answer = codes;
        }
    }

    /// The code of a node, where it is known and always the same.
    pub(crate) fn settled(&self, node: usize) -> Option<Code> {
        self.known.get(node).copied().flatten()?.code()
    }

    /// Forgets what is known of a node.
    pub(crate) fn forget(&mut self, node: usize) {
        if let Some(slot) = self.known.get_mut(node) {
            *slot = None;
        }
    }

    /// For how many codes the code at an index of [`Diagrams::codes`] stands.
    pub(crate) fn stands_for(&self, question: usize, index: usize) -> usize {
        self.stands_for.get(question).and_then(|counts| counts.get(index)).copied().unwrap_or(1)
    }

    /// The codes that the answer of a question leaves, one of those that no rule tells apart: the values of its variable.
    pub(crate) fn codes(&self, question: usize) -> &[Code] {
        self.answers.get(question).map(|codes| &**codes).unwrap_or_default()
    }

    fn choices(&self) -> usize {
        self.engine.questions.len() + self.engine.choices.len()
    }

    /// The variable of how two inputs lie to each other that are compared with one unset value, where their cells do not
    /// tell.
    fn pair(&self, pair: usize) -> usize {
        self.choices() + self.engine.nodes.len() + pair
    }

    /// The variable of an unset thing; they come after all others.
    fn silent(&self, silent: usize) -> usize {
        self.pair(self.engine.pairs.len()) + silent
    }

    /// The unset thing of a variable.
    fn silent_at(&self, variable: usize) -> Option<usize> {
        variable.checked_sub(self.silent(0))
    }

    /// Whether a function is more than can occur: the exact one would not fit the limits, or hangs on something that the
    /// cells do not tell.
    pub(crate) fn is_approximate(&self, f: Ref) -> bool {
        f.code().is_none() && self.any_stands_in(&self.store.parts(&[f]))
    }

    /// The codes that a function can have, sorted, and whether they are more than can occur.
    pub(crate) fn spread(&self, f: Ref) -> (Vec<Code>, bool) {
        if let Some(code) = f.code() {
            return (vec![code], false);
        }
        let parts = self.store.parts(&[f]);
        (codes_among(&parts), self.any_stands_in(&parts))
    }

    /// Whether a variable of some functions stands for what is not exact.
    fn any_stands_in(&self, parts: &[Ref]) -> bool {
        parts.iter().filter_map(|part| part.variable()).any(|variable| self.stands_in(variable))
    }

    /// Whether a variable stands for what is not exact.
    fn stands_in(&self, variable: usize) -> bool {
        (self.choices()..self.silent(0)).contains(&variable)
    }

    /// The function of a node as others read it: of a decision from which was deviated what was decided.
    pub(crate) fn of(&mut self, node: usize) -> Ref {
        match self.decided.iter().find(|(known, _)| *known == node) {
            Some((_, code)) => Ref::leaf(*code),
            None => self.own(node),
        }
    }

    /// The function of a node as it is computed.
    pub(crate) fn own(&mut self, node: usize) -> Ref {
        if let Some(Some(known)) = self.known.get(node) {
            return *known;
        }
        let found = self.remembered(node).unwrap_or_else(|| {
            let found = self.compute(node);
            self.remember(node, found);
            found
        });
        if let Some(slot) = self.known.get_mut(node) {
            *slot = Some(found);
        }
        found
    }

    fn compute(&mut self, index: usize) -> Ref {
        let engine = self.engine;
        let Some(node) = engine.nodes.get(index) else { return Ref::leaf(GAP) };
        let gate = node.gate.map(|gate| self.of(gate));
        if gate == Some(Ref::leaf(FALSE)) {
            return Ref::leaf(NOT_APPLICABLE);
        }
        let own = match &node.kind {
            Kind::Question(q) => self.question(*q),
            Kind::Unloaded(silent) => self.any_way(*silent),
            Kind::Points(terms) => self.score(index, terms),
            Kind::Table(table) => return self.table(index, table, false, gate),
            Kind::Condition(table) => return self.table(index, table, true, gate),
        };
        self.gated(gate, own)
    }

    /// A question's own codes.
    fn question(&mut self, q: usize) -> Ref {
        let mut edges: Vec<Ref> = self.codes(q).iter().map(|code| Ref::leaf(*code)).collect();
        if let Some((_, silent)) = self.engine.hanging.iter().find(|(hanging, _)| *hanging == q) {
            let variable = self.silent(*silent);
            for edge in &mut edges {
                if let Some((low, high)) = edge.code().and_then(between) {
                    let ways = self.engine.ways(*silent).iter();
                    let ways: Vec<Ref> = ways.map(|way| Ref::leaf(*way.clamp(&low, &high))).collect();
                    *edge = self.store.select(variable, &ways);
                }
            }
        }
        self.store.select(q, &edges)
    }

    /// Something unset that could have any of its outcomes, one for each way.
    fn any_way(&mut self, silent: usize) -> Ref {
        let edges: Vec<Ref> = self.engine.ways(silent).iter().copied().map(Ref::leaf).collect();
        let variable = self.silent(silent);
        self.store.select(variable, &edges)
    }

    /// Any of some functions, for a node whose exact function does not fit the limits.
    fn any_of(&mut self, node: usize, codes: impl IntoIterator<Item = Ref>) -> Ref {
        let edges: Vec<Ref> = codes.into_iter().collect();
        let variable = self.choices() + node;
        self.store.select(variable, &edges)
    }

    /// A function where its gate holds, "not applicable" where it fails.
    fn gated(&mut self, gate: Option<Ref>, f: Ref) -> Ref {
        match gate.map(|gate| (gate, gate.code())) {
            None | Some((_, Some(TRUE))) => f,
            Some((gate, _)) => self.store.product((gate, f), &mut Memo::new(2), &mut |_, open, code| {
                Ref::leaf(if open == TRUE { code } else { NOT_APPLICABLE })
            }),
        }
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

/// Every row of a table.
pub(crate) fn all_rows(table: &Table) -> Vec<u64> {
    (0..table.words)
        .map(|w| match table.rows.saturating_sub(w * 64) {
            0 => 0,
            n if n >= 64 => u64::MAX,
            n => (1 << n) - 1,
        })
        .collect()
}
