//! Answers to the tick, for what is derived from them.

use super::exact::{rounded, tick};
use crate::answers::{Answer, Known, Scalar};
use crate::derived::{Extent, Pieces};
use crate::model::Type;
use crate::program::{Codes, Engine};

impl Engine {
    /// All that a question can be when nothing is known of it.
    pub(crate) fn whole(&self, q: usize) -> Extent {
        let Some(question) = self.model.questions.get(q) else { return Extent::default() };
        let ranges = match question.kind {
            Type::Ordered { min, max, .. } => Pieces::One([(min, max)]),
            Type::Finite { .. } => match i64::try_from(question.options.len()) {
                Ok(options) if options > 0 => Pieces::One([(0, options - 1)]),
                _ => Pieces::default(),
            },
            Type::Text | Type::List => Pieces::default(),
        };
        Extent { ranges, not_applicable: question.may_not_apply }
    }

    /// What an answer, which fits the question and leaves these codes, leaves of it to the tick.
    pub(super) fn extent(&self, q: usize, answer: &Answer, codes: &Codes) -> Extent {
        let whole = self.whole(q);
        let Some(question) = self.model.questions.get(q) else { return whole };
        let one = |scalar: &Scalar| tick(question, scalar).ok().map(|tick| (tick, tick));
        let ranges: Pieces = match &answer.known {
            Known::Unknown | Known::Records(_) => return whole,
            Known::NotApplicable(_) => return Extent { ranges: Pieces::default(), not_applicable: true },
            Known::Value(value) => one(value).into_iter().collect(),
            Known::OneOf(values) => values.iter().filter_map(one).collect(),
            Known::Several(_) => codes.iter().map(|code| (*code, *code)).collect(),
            Known::Between(low, high) => {
                let (first, last) = whole.ranges.first().copied().unwrap_or_default();
                let end = |end: &Option<Scalar>, default: i64, up: bool| {
                    end.as_ref().map_or(Some(default), |scalar| rounded(question, scalar, up).ok())
                };
                end(low, first, true).zip(end(high, last, false)).into_iter().collect()
            }
        };
        let mut extent = Extent { ranges, not_applicable: false };
        extent.tidy();
        extent
    }
}
