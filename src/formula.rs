//! Formulas: FEEL arithmetic over names, with units.

mod bounds;
mod parse;
mod rational;
mod unit;

use rust_decimal::Decimal;

use crate::source::Span;
use crate::term::Length;

pub(crate) use bounds::{Bounds, Signs, grid};
pub(crate) use parse::parse;
pub(crate) use rational::Rational;
pub(crate) use unit::Unit;

/// A formula, or a part of one, with its place. `N` is what a name stands for: a text, and once it is resolved what it
/// reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expression<N> {
    pub(crate) node: Node<N>,
    pub(crate) span: Span,
}

/// What a part of a formula does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node<N> {
    /// A number, with its unit where one stands behind it.
    Number(Decimal, Option<String>),
    /// A length of time, for dates.
    Length(Length),
    Name(N),
    Negate(Box<Expression<N>>),
    Apply(Operator, Box<(Expression<N>, Expression<N>)>),
    /// Rounded to so many decimals.
    Round(Rounding, i32, Box<Expression<N>>),
    /// Of those that apply.
    Of(Aggregate, Vec<Expression<N>>),
}

/// What stands between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// The ways of rounding, with their FEEL meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rounding {
    /// To the number at or below it.
    Floor,
    /// To the number at or above it.
    Ceiling,
    /// Away from 0.
    Up,
    /// Towards 0.
    Down,
    /// To the nearest; from halfway away from 0.
    HalfUp,
    /// To the nearest; from halfway towards 0.
    HalfDown,
    /// To the nearest; from halfway to the even one.
    HalfEven,
}

/// What is made of several numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregate {
    Min,
    Max,
    Sum,
}

impl<N> Expression<N> {
    /// The parts right below.
    pub(crate) fn parts(&self) -> Vec<&Expression<N>> {
        match &self.node {
            Node::Number(..) | Node::Length(_) | Node::Name(_) => Vec::new(),
            Node::Negate(part) | Node::Round(_, _, part) => vec![part],
            Node::Apply(_, parts) => vec![&parts.0, &parts.1],
            Node::Of(_, parts) => parts.iter().collect(),
        }
    }

    /// Every number in it with its place, as it is written.
    pub(crate) fn numbers(&self) -> Vec<(Decimal, Span)> {
        match &self.node {
            Node::Number(number, _) => vec![(*number, self.span)],
            _ => self.parts().into_iter().flat_map(Expression::numbers).collect(),
        }
    }

    /// Every name in it with its place, in order.
    pub(crate) fn names(&self) -> Vec<(&N, Span)> {
        match &self.node {
            Node::Name(name) => vec![(name, self.span)],
            _ => self.parts().into_iter().flat_map(Expression::names).collect(),
        }
    }

    /// The same formula over other names; none where one of them has no counterpart.
    pub(crate) fn map<M>(&self, name: &mut impl FnMut(&N, Span) -> Option<M>) -> Option<Expression<M>> {
        let node = match &self.node {
            Node::Number(number, unit) => Node::Number(*number, unit.clone()),
            Node::Length(length) => Node::Length(*length),
            Node::Name(n) => Node::Name(name(n, self.span)?),
            Node::Negate(part) => Node::Negate(Box::new(part.map(name)?)),
            Node::Apply(operator, parts) => {
                // both, so that every name is seen
                let (first, second) = (parts.0.map(name), parts.1.map(name));
                Node::Apply(*operator, Box::new((first?, second?)))
            }
            Node::Round(rounding, scale, part) => Node::Round(*rounding, *scale, Box::new(part.map(name)?)),
            Node::Of(aggregate, parts) => {
                let all: Vec<Option<Expression<M>>> = parts.iter().map(|part| part.map(name)).collect();
                Node::Of(*aggregate, all.into_iter().collect::<Option<_>>()?)
            }
        };
        Some(Expression { node, span: self.span })
    }
}
