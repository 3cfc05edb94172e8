//! What a formula reads: answers, parameters, and outcomes of other decisions.

use super::silences::{UNTOLD, untold};
use super::{Network, Region};
use crate::derive::number::number;
use crate::formula::{Bounds, Rational, Signs};
use crate::model::{Input, Leaf};
use crate::program::{Code, Codes, GAP, Kind, NOT_APPLICABLE, TRUE, Term, TermPoints};
use crate::value::Value;

impl Network<'_> {
    pub(super) fn leaf(&mut self, leaf: &Leaf, region: &Region) -> Bounds {
        let input = match leaf {
            Leaf::Parameter(_, Some(value)) => return Bounds::only(*value),
            Leaf::Parameter(p, None) => {
                return Bounds::missing(self.silences.of_parameters(self.engine, &[*p]));
            }
            Leaf::Input(input) => *input,
        };
        let Some(index) = self.node_of(input) else { return Bounds::default() };
        match input {
            Input::Question(_) | Input::Part(..) => self.values.get(index).copied().unwrap_or_default(),
            Input::Output(d, o) => match self.known(index) {
                Some(NOT_APPLICABLE) => Bounds::not_applicable(),
                Some(code) if code >= 0 => {
                    self.engine.output_number(d, o, code).map_or(Bounds::missing(UNTOLD), Bounds::only)
                }
                _ => self.unsettled(d, Some(o), index, region),
            },
            Input::Score(d) => match self.known(index) {
                Some(NOT_APPLICABLE) => Bounds::not_applicable(),
                Some(code) if code != GAP => {
                    self.engine.score_number(d, code).map_or(Bounds::default(), Bounds::only)
                }
                _ => self.unsettled(d, None, index, region),
            },
        }
    }

    /// An outcome that is not settled: while answers are open any of them; else what its rules leave.
    fn unsettled(&mut self, d: usize, o: Option<usize>, index: usize, region: &Region) -> Bounds {
        let mask = self.mask(index, region);
        if mask == 0 {
            return self.left_open(d, o, region);
        }
        let engine = self.engine;
        let Some(node) = engine.nodes.get(index) else { return Bounds::default() };
        let range = match (&node.kind, o) {
            (Kind::Points(terms), _) => self.sums(d, terms),
            (_, Some(o)) => {
                let all = |d: usize| Some(engine.outcomes.get(d)?.len() + engine.others.get(d)?.len());
                let codes = (0..).take(all(d).unwrap_or(0));
                let numbers = codes.filter_map(|code| engine.output_number(d, o, code));
                numbers.fold(None, |range: Option<(Rational, Rational)>, n| {
                    Some(range.map_or((n, n), |(low, high)| (low.min(n), high.max(n))))
                })
            }
            _ => None,
        };
        Bounds {
            range,
            not_applicable: node.gate.is_some_and(|gate| self.known(gate) != Some(TRUE)),
            missing: untold(&node.silents),
            signs: Signs { up: mask, down: mask },
            ..Bounds::default()
        }
    }

    /// The bounds of a sum of points of which not all terms are known.
    fn sums(&self, d: usize, terms: &[Term]) -> Option<(Rational, Rational)> {
        let (low, high) = self.sum(terms)?;
        self.engine.score_number(d, low).zip(self.engine.score_number(d, high))
    }

    /// The same in ticks.
    fn sum(&self, terms: &[Term]) -> Option<(i64, i64)> {
        terms.iter().try_fold((0i64, 0i64), |(low, high), term| {
            let (least, most) = self.term(term)?;
            Some((low.checked_add(least)?, high.checked_add(most)?))
        })
    }

    /// What a term adds at least and at most; what does not apply adds nothing.
    fn term(&self, term: &Term) -> Option<(i64, i64)> {
        if let Some(code) = self.known(term.node) {
            return term.of(code).map(|points| (points, points));
        }
        match &term.points {
            TermPoints::ByCode(map) => {
                let known = TermPoints::known(map);
                Some((known.clone().min()?.min(0), known.max()?.max(0)))
            }
            // another score, which is open itself
            TermPoints::Times(factor) => {
                let Kind::Points(terms) = &self.engine.nodes.get(term.node)?.kind else { return None };
                let (low, high) = self.sum(terms)?;
                let ends = [low.checked_mul(*factor)?, high.checked_mul(*factor)?, 0];
                Some((*ends.iter().min()?, *ends.iter().max()?))
            }
        }
    }

    /// The code of a formula that something unset leaves without a value here.
    fn nowhere(&self, x: usize, node: usize) -> Option<Code> {
        let bounds = self.values.get(node).filter(|_| x >= self.engine.model.asked())?;
        let silent = bounds.is_settled() && bounds.range.is_none() && !bounds.not_applicable;
        (silent && self.engine.hangs(x) && !self.engine.is_count(x)).then(|| self.engine.anywhere(x))
    }

    /// What a decision comes to that known answers do not settle by themselves: something in it is unset, or its rows
    /// leave a choice.
    fn left_open(&mut self, d: usize, o: Option<usize>, region: &Region) -> Bounds {
        let mut codes = self.case.codes.clone();
        for (x, slot) in codes.iter_mut().enumerate() {
            let node = self.engine.questions.get(x).copied().unwrap_or(usize::MAX);
            let code = self.known(node).or_else(|| self.nowhere(x, node));
            let code = code.or_else(|| self.only_code(x, &*self.extent(x, region).0?));
            if let Some(code) = code.filter(|_| self.all.contains(node)) {
                *slot = Codes::One([code]);
            }
        }
        let mut bounds = Bounds::default();
        for value in (self.silent)(self.engine, (d, o.unwrap_or(0)), codes, &self.case.decided) {
            let found = match value {
                Value::NotApplicable => Bounds::not_applicable(),
                Value::Unregulated(names) => Bounds::missing(self.silences.of(names)),
                value => number(&value).map_or(Bounds::default(), Bounds::only),
            };
            bounds = bounds.or(found);
        }
        bounds
    }
}
