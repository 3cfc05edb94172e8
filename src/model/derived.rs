//! Questions that nobody answers.

use super::{CountInfo, Input, Model, Rule};
use crate::formula::{Expression, Rational};

/// How the value of a question is computed that nobody answers. To the engine it is a question like any other, with
/// cells of its own; what it can be under some answers stands in its `Image`. These come after all other questions.
#[derive(Debug, Clone)]
pub(crate) struct Derived {
    /// What it reads.
    pub(crate) inputs: Vec<Input>,
    /// The parameters that no layer sets and that its formula needs, in some cases or in all.
    pub(crate) unset: Vec<usize>,
    /// Whether it has no value in any case because of them.
    pub(crate) silent: bool,
    pub(crate) how: How,
}

impl Derived {
    /// The parameters that no layer sets and on which it hangs in some cases.
    pub(crate) fn hangs_on(&self) -> Vec<usize> {
        match &self.how {
            How::Count(count) => count.unset.all(),
            How::Formula(_) if self.silent => Vec::new(),
            How::Formula(_) => self.unset.clone(),
        }
    }
}

/// The kinds of computation.
#[derive(Debug, Clone)]
pub(crate) enum How {
    Formula(Formula),
    /// So many records of a list.
    Count(CountInfo),
}

/// A formula over answers, outcomes and parameters.
#[derive(Debug, Clone)]
pub(crate) struct Formula {
    pub(crate) expression: Expression<Leaf>,
    /// As it is written.
    pub(crate) text: String,
}

/// What a name in a formula stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaf {
    Input(Input),
    /// A parameter, and the value that a layer sets.
    Parameter(usize, Option<Rational>),
}

impl Model {
    /// How many questions people answer; they come first.
    pub(crate) fn asked(&self) -> usize {
        let derived = self.questions.iter().rev().take_while(|q| q.derived.is_some()).count();
        self.questions.len() - derived
    }

    /// The decision that shows a derived question.
    pub(crate) fn shown_by(&self, q: usize) -> Option<usize> {
        self.decisions.iter().position(|d| matches!(d.rule, Rule::Derived(shown) if shown == q))
    }

    /// The formula of a decision that has one.
    pub(crate) fn formula_of(&self, d: usize) -> Option<&Formula> {
        let Rule::Derived(q) = self.decisions.get(d)?.rule else { return None };
        match &self.questions.get(q)?.derived.as_ref()?.how {
            How::Formula(formula) => Some(formula),
            How::Count(_) => None,
        }
    }

    /// The derived questions, in the order of their indices.
    pub(crate) fn derived(&self) -> impl Iterator<Item = (usize, &Derived)> {
        let all = self.questions.iter().enumerate().skip(self.asked());
        all.filter_map(|(q, info)| Some((q, info.derived.as_ref()?)))
    }
}
