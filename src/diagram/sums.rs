//! Decisions that hang on one sum of independent terms, without the diagram of the sum: its sets of sums are bits.
//!
//! A checklist with points adds up a dozen terms; its diagram has a node for every sum so far and every term. What is
//! possible, what matters and what each answer leaves follow as well from the sums of all terms but one.

use super::store::{Memo, Ref};
use super::{Cellwise, Diagrams};
use crate::program::{Code, GAP, Kind, SILENT_END, TRUE, Term};

/// A sum of independent open terms, and what a decision makes of it.
#[derive(Debug)]
pub(crate) struct SumOf {
    /// The open terms, as functions that give points.
    terms: Vec<Ref>,
    /// The points that each can give, in steps above its lowest.
    steps: Vec<Vec<u32>>,
    /// The lowest sum, and the size of a step.
    base: i64,
    unit: i64,
    /// Per outcome the sums that give it; none where the sum itself is the outcome.
    outcomes: Option<Vec<(Code, u128)>>,
}

impl Diagrams<'_> {
    /// What a node is as a function of one sum; none where it is none, or one that is not so simple.
    pub(crate) fn sum_of(&mut self, node: usize) -> Option<SumOf> {
        let engine = self.engine;
        let own = engine.nodes.get(node).filter(|own| own.silents.is_empty())?;
        self.open(own.gate)?;
        match &own.kind {
            Kind::Points(terms) => self.independent(terms),
            Kind::Table(table) => {
                let [column] = table.columns.as_slice() else { return None };
                let score = engine.nodes.get(column.node)?;
                let Kind::Points(terms) = &score.kind else { return None };
                if self.decided.iter().any(|(known, _)| *known == column.node) {
                    return None;
                }
                self.open(score.gate)?;
                let mut sum = self.independent(terms)?;
                let mut outcomes: Vec<(Code, u128)> = Vec::new();
                for (bit, value) in sum.values(sum.without(None)) {
                    let code = table.point(|_| Some(value)).filter(|code| *code > SILENT_END)?;
                    match outcomes.iter_mut().find(|(known, _)| *known == code) {
                        Some((_, sums)) => *sums |= 1 << bit,
                        None => outcomes.push((code, 1 << bit)),
                    }
                }
                sum.outcomes = Some(outcomes);
                Some(sum)
            }
            _ => None,
        }
    }

    /// Something, if a gate is sure to hold.
    fn open(&mut self, gate: Option<usize>) -> Option<()> {
        gate.is_none_or(|gate| self.of(gate).code() == Some(TRUE)).then_some(())
    }

    /// The sum of terms of which no two hang on the same question.
    fn independent(&mut self, terms: &[Term]) -> Option<SumOf> {
        let mut sum = SumOf { terms: Vec::new(), steps: Vec::new(), base: 0, unit: 1, outcomes: None };
        let mut points: Vec<Vec<i64>> = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        for term in terms {
            let input = self.of(term.node);
            let give = |code: Code| Ref::leaf(term.of(code).unwrap_or(GAP));
            let flat = self.store.flat(input).map(|(variable, codes)| (variable, codes.map(give).collect()));
            let given = match (input.code(), flat) {
                (Some(code), _) => give(code),
                (None, Some((variable, edges))) => {
                    let edges: Vec<Ref> = edges;
                    self.store.select(variable, &edges)
                }
                (None, None) => self.store.map(input, &mut Memo::new(1), &mut |_, code| give(code)),
            };
            if let Some(known) = given.code() {
                sum.base = sum.base.checked_add(known).filter(|_| known != GAP)?;
                continue;
            }
            let (mut variables, mut list): (Vec<usize>, Vec<i64>) = match self.store.flat(given) {
                Some((variable, points)) => (vec![variable], points.collect()),
                None => {
                    let parts = self.store.parts(&[given]);
                    let variables = parts.iter().filter_map(|part| part.variable()).collect();
                    (variables, parts.iter().filter_map(|part| part.code()).collect())
                }
            };
            variables.sort_unstable();
            variables.dedup();
            let exact = variables.iter().all(|variable| !self.stands_in(*variable));
            if !exact || variables.iter().any(|variable| seen.contains(variable)) {
                return None;
            }
            seen.append(&mut variables);
            list.sort_unstable();
            list.dedup();
            if list.first() == Some(&GAP) {
                return None;
            }
            sum.terms.push(given);
            points.push(list);
        }
        let first = |list: &Vec<i64>| list.first().copied().unwrap_or(0);
        let above = |list: &Vec<i64>| list.iter().map(|p| p - first(list)).collect::<Vec<i64>>();
        sum.unit = points.iter().flat_map(above).fold(0, super::score::gcd).max(1);
        sum.base += points.iter().map(first).sum::<i64>();
        let most: i64 = points.iter().filter_map(|list| Some(list.last()? - list.first()?)).sum();
        if most / sum.unit >= 128 {
            return None;
        }
        let steps = |list: &Vec<i64>| {
            let unit = sum.unit;
            above(list).into_iter().filter_map(|p| u32::try_from(p / unit).ok()).collect()
        };
        sum.steps = points.iter().map(steps).collect();
        Some(sum)
    }

    /// The questions and choices that matter to a decision on a sum, each with the number of outcomes that its values
    /// leave, added up with their weights.
    pub(crate) fn matter_to(&mut self, sum: &SumOf, weigh: bool) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (i, term) in sum.terms.iter().enumerate() {
            let others = sum.without(Some(i));
            let lowest = match self.store.flat(*term) {
                Some((_, points)) => points.min().unwrap_or(0),
                None => self.store.codes(*term).first().copied().unwrap_or(0),
            };
            let step = |points: Code| u32::try_from((points - lowest) / sum.unit).unwrap_or(0);
            if let Some((variable, points)) = self.store.flat(*term) {
                if sum.tells_apart(others, points.clone().map(step)) {
                    let leaves = points.enumerate().map(|(value, points)| {
                        sum.count(others << step(points)) * self.stands_for(variable, value)
                    });
                    found.push((variable, if weigh { leaves.sum() } else { 0 }));
                }
                continue;
            }
            // points that give the same outcome beside every sum of the others are one
            let mut kinds: Vec<Vec<u128>> = Vec::new();
            let told_apart = match &sum.outcomes {
                None => *term,
                Some(outcomes) => self.store.map(*term, &mut Memo::new(1), &mut |_, points| {
                    let kind: Vec<u128> =
                        outcomes.iter().map(|(_, sums)| others & (sums >> step(points))).collect();
                    let place = kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
                        kinds.push(kind);
                        kinds.len() - 1
                    });
                    Ref::leaf(Code::try_from(place).unwrap_or(GAP))
                }),
            };
            let cellwise = Cellwise::new(&self.store, told_apart);
            let left = weigh.then(|| Cellwise::new(&self.store, *term));
            for variable in cellwise.variables() {
                let values = left.as_ref().and_then(|left| left.by_value(variable)).unwrap_or_default();
                let leaves = values.iter().enumerate().map(|(value, points)| {
                    let sums = points.iter().fold(0, |sums, points| sums | others << step(*points));
                    sum.count(sums) * self.stands_for(variable, value)
                });
                found.push((variable, leaves.sum()));
            }
        }
        found.sort_unstable();
        found
    }
}

impl SumOf {
    /// The sums of all terms, or of all but one, as bits.
    fn without(&self, term: Option<usize>) -> u128 {
        let terms = self.steps.iter().enumerate().filter(|(i, _)| Some(*i) != term);
        terms.fold(1, |sums, (_, steps)| steps.iter().fold(0, |all, step| all | sums << step))
    }

    /// The sums that bits stand for.
    fn values(&self, sums: u128) -> impl Iterator<Item = (u32, Code)> {
        let (base, unit) = (self.base, self.unit);
        (0..128u32)
            .filter(move |bit| sums >> bit & 1 == 1)
            .map(move |bit| (bit, base + i64::from(bit) * unit))
    }

    /// The outcomes that are possible, sorted.
    pub(crate) fn codes(&self) -> Vec<Code> {
        let mut codes: Vec<Code> = match &self.outcomes {
            None => self.values(self.without(None)).map(|(_, value)| value).collect(),
            Some(outcomes) => outcomes.iter().map(|(code, _)| *code).collect(),
        };
        codes.sort_unstable();
        codes
    }

    /// Whether some of these steps give another outcome than the others beside a sum of the other terms.
    fn tells_apart(&self, others: u128, mut steps: impl Iterator<Item = u32>) -> bool {
        let (Some(outcomes), Some(first)) = (&self.outcomes, steps.next()) else { return true };
        steps.any(|step| {
            step != first
                && outcomes.iter().any(|(_, sums)| others & (sums >> step) != others & (sums >> first))
        })
    }

    /// How many outcomes some sums give.
    fn count(&self, sums: u128) -> usize {
        match &self.outcomes {
            None => sums.count_ones() as usize,
            Some(outcomes) => outcomes.iter().filter(|(_, own)| own & sums != 0).count(),
        }
    }
}
