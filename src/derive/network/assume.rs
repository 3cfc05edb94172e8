//! What the condition of a node settles of all that the node reads: none of that has to be searched.
//!
//! A value counts only where its condition holds. There most conditions of what it reads hold as well, as they ask the same;
//! and of the questions that both ask only the cells in which it can hold are left.

use super::{Network, Region};
use crate::derived::Extent;
use crate::diagram::{Diagrams, Memo, Ref};
use crate::formula::Bounds;
use crate::program::{Code, FALSE, GAP, Kind, NOT_APPLICABLE, Node, Reading, Set, TRUE};

/// Most combinations of cells of the questions that a condition and a value share.
const MOST_SHARED: usize = 512;

/// A code that stands for "the condition fails"; no node has it.
const OUTSIDE: Code = Code::MAX >> 4;

impl<'e> Network<'e> {
    /// Takes over what the condition settles. Says whether that is all there is to it: then it need not be followed itself.
    pub(super) fn assume(
        &mut self,
        from: &[usize],
        gate: Option<usize>,
        diagrams: &mut Diagrams<'_>,
    ) -> bool {
        let engine = self.engine;
        let function = gate.map(|gate| diagrams.of(gate));
        let nodes = self.below(from, function, diagrams);
        let questions = engine.model.questions.len();
        let all = nodes.iter().chain(gate).filter_map(|n| engine.nodes.get(n));
        let mut plain = all.into_iter().all(|node| is_plain(node, questions));
        if let (Some(function), true) = (function, plain) {
            plain = self.narrow(function, &nodes, diagrams);
        }
        if !plain {
            self.codes.fill(None);
            self.values.fill(Bounds::default());
            return false;
        }
        if let Some(slot) = gate.and_then(|gate| self.codes.get_mut(gate)) {
            *slot = Some(TRUE);
        }
        self.variables = self.open(&nodes).iter().collect();
        self.nodes = nodes.iter().collect();
        true
    }

    /// Some nodes with all that they read, as far as it is not settled where a condition holds.
    fn below(&mut self, from: &[usize], gate: Option<Ref>, diagrams: &mut Diagrams<'_>) -> Set {
        let engine = self.engine;
        let questions = engine.model.questions.len();
        let mut seen = Set::default();
        let mut stack = from.to_vec();
        while let Some(index) = stack.pop() {
            if seen.contains(index) || self.known(index).is_some() {
                continue;
            }
            let Some(node) = engine.nodes.get(index) else { continue };
            let derived = self.derived_at(index);
            if self.fixed(index).is_none() && is_plain(node, questions) {
                let code = constant(diagrams, gate, index);
                let question = derived.is_some() || matches!(node.kind, Kind::Question(_));
                // of a question more may matter than its cell
                if let Some(code) = code.filter(|code| !question || *code == NOT_APPLICABLE)
                    && let (Some(slot), Some(bounds)) =
                        (self.codes.get_mut(index), self.values.get_mut(index))
                {
                    *slot = Some(code);
                    *bounds = if question { Bounds::not_applicable() } else { Bounds::default() };
                    continue;
                }
            }
            seen.insert(index);
            if self.fixed(index).is_none() {
                stack.extend(node.inputs.iter().copied().chain(node.gate));
                stack.extend(derived.map(|q| self.inputs(q)).unwrap_or_default());
            }
        }
        seen
    }

    /// Leaves of the questions that a condition and some nodes share the cells in which the condition can hold. Says
    /// whether nothing else of the condition matters: the rest of it does not hang on these questions.
    fn narrow(&mut self, gate: Ref, nodes: &Set, diagrams: &mut Diagrams<'_>) -> bool {
        let open = self.open(nodes);
        let behind = self.with_behind(&open);
        let mut shared: Vec<usize> = Vec::new();
        for variable in diagrams.store.parts(&[gate]).into_iter().filter_map(Ref::variable) {
            if variable >= self.engine.model.asked() {
                return false; // a derived question, or a choice
            }
            if !open.contains(variable) && behind.contains(variable) {
                return false; // where it holds a count comes to something else
            }
            if open.contains(variable) && !shared.contains(&variable) {
                shared.push(variable);
            }
        }
        if shared.is_empty() {
            return gate.code() != Some(FALSE);
        }
        let sizes: Vec<usize> = shared.iter().map(|q| diagrams.codes(*q).len()).collect();
        let count = sizes.iter().fold(1usize, |count, size| count.saturating_mul(*size));
        let cut = |q: &usize| self.engine.cells.get(*q).is_some_and(|cells| cells.parts().is_empty());
        if count > MOST_SHARED || !shared.iter().all(cut) {
            return false;
        }
        let mut allowed: Vec<Vec<bool>> = sizes.iter().map(|size| vec![false; *size]).collect();
        let mut rest: Option<Ref> = None;
        let mut holds = 0;
        for i in 0..count {
            let turns = turns(i, &sizes);
            let values: Vec<(usize, usize)> = shared.iter().copied().zip(turns.iter().copied()).collect();
            let left = diagrams.store.under(gate, &values, &mut Memo::new(1));
            if left == Ref::leaf(FALSE) {
                continue;
            }
            if rest.is_some_and(|rest| rest != left) {
                return false;
            }
            rest = Some(left);
            holds += 1;
            for (cells, turn) in allowed.iter_mut().zip(&turns) {
                if let Some(slot) = cells.get_mut(*turn) {
                    *slot = true;
                }
            }
        }
        let cells = |cells: &Vec<bool>| cells.iter().filter(|cell| **cell).count();
        if holds == 0 || holds != allowed.iter().map(cells).product::<usize>() {
            return false;
        }
        for (q, cells) in shared.iter().zip(&allowed) {
            let extent = self.within(*q, cells, diagrams);
            self.narrowed.push((*q, extent));
        }
        true
    }

    /// What an answer leaves of a question in some of its cells.
    fn within(&self, q: usize, allowed: &[bool], diagrams: &Diagrams<'_>) -> Extent {
        let whole = self.case.extents.get(q).cloned().unwrap_or_default();
        let alike = self.engine.alike.get(q).map(Vec::as_slice).unwrap_or_default();
        let of = |code: Code| usize::try_from(code).ok().and_then(|c| alike.get(c)).copied().unwrap_or(code);
        let kept = |code: Code| {
            let place = diagrams.codes(q).iter().position(|known| of(*known) == of(code));
            place.and_then(|i| allowed.get(i)).copied().unwrap_or(false)
        };
        let mut ranges = Vec::new();
        let cells = self.engine.cells.get(q).map(|cells| cells.list.as_slice()).unwrap_or_default();
        for (_, cell) in (0..).zip(cells).filter(|(code, _)| kept(*code)) {
            let parts = whole.ranges.iter().map(|(low, high)| (cell.lo.max(*low), cell.hi.min(*high)));
            ranges.extend(parts.filter(|(low, high)| low <= high));
        }
        let not_applicable = whole.not_applicable && kept(NOT_APPLICABLE);
        let mut extent = Extent { ranges: ranges.into(), not_applicable };
        extent.tidy();
        extent
    }

    /// What is left of an open question where the condition holds.
    pub(super) fn left_of(&self, q: usize) -> Option<&Extent> {
        let narrowed = self.narrowed.iter().find(|(known, _)| *known == q).map(|(_, extent)| extent);
        narrowed.or_else(|| self.case.extents.get(q))
    }

    /// All that is left open.
    pub(in crate::derive) fn root(&self) -> Region {
        self.variables.iter().filter_map(|x| self.left_of(*x)).cloned().collect()
    }
}

/// Whether a node is a function of answers: nothing in it is unset, and its rows leave no choice and no lists.
pub(super) fn is_plain(node: &Node, questions: usize) -> bool {
    node.silents.is_empty() && is_told(node, questions)
}

/// Whether the rows of a node leave no choice and no lists.
pub(super) fn is_told(node: &Node, questions: usize) -> bool {
    let lists = matches!(&node.kind, Kind::Table(table) if table.reading == Reading::All);
    !lists && node.questions.iter().all(|q| q < questions)
}

/// The only code that a node has wherever a condition holds.
fn constant(diagrams: &mut Diagrams<'_>, gate: Option<Ref>, node: usize) -> Option<Code> {
    let f = diagrams.of(node);
    let code = match (f.code(), gate.filter(|gate| gate.code().is_none())) {
        (Some(code), _) => code,
        (None, None) => return None,
        (None, Some(gate)) => {
            let both = diagrams.store.product((gate, f), &mut Memo::new(2), &mut |_, holds, code| {
                Ref::leaf(if holds == TRUE { code } else { OUTSIDE })
            });
            let codes = diagrams.store.codes(both);
            let mut left = codes.into_iter().filter(|code| *code != OUTSIDE);
            let code = left.next()?;
            if left.next().is_some() {
                return None;
            }
            code
        }
    };
    (code != GAP).then_some(code)
}

/// The values of several variables, for the place of their combination.
fn turns(place: usize, sizes: &[usize]) -> Vec<usize> {
    let mut rest = place;
    let mut turns = Vec::with_capacity(sizes.len());
    for size in sizes {
        turns.push(rest % (*size).max(1));
        rest /= (*size).max(1);
    }
    turns
}
