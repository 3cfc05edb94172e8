//! Numbers for codes and ticks, and ticks and codes for numbers.

use crate::formula::{Bounds, Rational};
use crate::model::{Measure, Rule, Type};
use crate::program::{Code, Engine, NOT_APPLICABLE};
use crate::value::Value;

impl Engine {
    /// The lowest and highest tick of an ordered question.
    pub(super) fn domain(&self, q: usize) -> (i64, i64) {
        match self.model.questions.get(q).map(|info| &info.kind) {
            Some(Type::Ordered { min, max, .. }) => (*min, *max),
            _ => (0, 0),
        }
    }

    fn steps(&self, q: usize) -> (u32, i64) {
        match self.model.questions.get(q).map(|info| &info.kind) {
            Some(Type::Ordered { measure: Measure::Number { scale, step }, .. }) => (*scale, *step),
            _ => (0, 1),
        }
    }

    /// The ticks between two values; none where there is none.
    pub(super) fn ticks_between(&self, q: usize, (low, high): (Rational, Rational)) -> Option<(i64, i64)> {
        let (scale, step) = self.steps(q);
        let step = Rational::steps(1, scale, step)?;
        let whole = |ticks: i128| i64::try_from(ticks).unwrap_or(if ticks < 0 { i64::MIN } else { i64::MAX });
        let (low, high) = (whole(low.divide(step)?.ceiling()), whole(high.divide(step)?.floor()));
        (low <= high).then_some((low, high))
    }

    /// The number of a tick.
    pub(super) fn number_at(&self, q: usize, tick: i64) -> Option<Rational> {
        let (scale, step) = self.steps(q);
        Rational::steps(tick, scale, step)
    }

    /// The cell in which a derived question lies for sure.
    pub(super) fn code_within(&self, q: usize, bounds: &Bounds) -> Option<Code> {
        let plain = !bounds.undefined && bounds.missing == 0;
        match bounds.range {
            None if plain && bounds.not_applicable => Some(NOT_APPLICABLE),
            Some(range) if plain && !bounds.not_applicable => {
                let (low, high) = self.ticks_between(q, range)?;
                let cells = self.cells.get(q)?;
                let cell = cells.find(low)?;
                (cells.find(high) == Some(cell)).then(|| Code::try_from(cell).ok())?
            }
            _ => None,
        }
    }

    /// The number of an outcome.
    pub(super) fn output_number(&self, d: usize, o: usize, code: Code) -> Option<Rational> {
        number(self.known_output(d, o, code)?)
    }

    /// The number of a score.
    pub(super) fn score_number(&self, d: usize, ticks: Code) -> Option<Rational> {
        match &self.model.decisions.get(d)?.rule {
            Rule::Points(points) => Rational::steps(ticks, points.scale, 1),
            _ => None,
        }
    }
}

pub(super) fn number(value: &Value) -> Option<Rational> {
    match value {
        Value::Number(n) => Rational::decimal(*n),
        Value::Date(date) => Some(Rational::whole(date.ticks())),
        _ => None,
    }
}
