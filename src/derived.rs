//! What is known of questions to the tick, and what is attainable of those that are derived from them.
//!
//! A cell is all there is for rules, but not for a sum: a derived question reads exact answers. Its [`Image`] holds its
//! values for people, and the cells in which they fall for everything that reads it.

use crate::model::{QuestionInfo, Type};
use crate::program::{Code, Set};
use crate::text::Text;
use crate::ticks::tick_value;
use crate::value::Value;

/// What an answer leaves of a question, to the tick.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Ranges of ticks or options, ascending and apart, both ends included.
    pub(crate) ranges: Pieces,
    /// Whether the answer "not applicable" is among it.
    pub(crate) not_applicable: bool,
}

/// Ranges of ticks; a single one needs no allocation.
#[derive(Debug, Clone)]
pub(crate) enum Pieces {
    One([(i64, i64); 1]),
    Many(Vec<(i64, i64)>),
}

impl Default for Pieces {
    fn default() -> Self {
        Pieces::Many(Vec::new())
    }
}

impl std::ops::Deref for Pieces {
    type Target = [(i64, i64)];

    fn deref(&self) -> &[(i64, i64)] {
        match self {
            Pieces::One(range) => range,
            Pieces::Many(ranges) => ranges,
        }
    }
}

impl From<Vec<(i64, i64)>> for Pieces {
    fn from(ranges: Vec<(i64, i64)>) -> Self {
        match *ranges {
            [range] => Pieces::One([range]),
            _ => Pieces::Many(ranges),
        }
    }
}

impl FromIterator<(i64, i64)> for Pieces {
    fn from_iter<I: IntoIterator<Item = (i64, i64)>>(ranges: I) -> Self {
        let mut ranges = ranges.into_iter();
        match (ranges.next(), ranges.next()) {
            (None, _) => Pieces::default(),
            (Some(range), None) => Pieces::One([range]),
            (Some(a), Some(b)) => Pieces::Many([a, b].into_iter().chain(ranges).collect()),
        }
    }
}

impl PartialEq for Pieces {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Pieces {}

/// What is attainable of a derived question, where its own condition holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) values: Values,
    /// Whether some completion makes it not applicable, because of what it reads.
    pub(crate) not_applicable: bool,
    /// What is missing, for each completion in which something is.
    pub(crate) missing: Vec<Vec<Text>>,
    /// The codes that all of this amounts to, for what reads it.
    pub(crate) codes: Vec<Code>,
    /// The open questions that people answer and that it hangs on, also through other derived questions.
    pub(crate) open: Set,
    /// Whether any of this may hold more than can occur.
    pub(crate) hull: bool,
}

/// How a record stands with a count of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Counted,
    /// It may count: something of it or of the case is open.
    Possible,
    /// It does not count.
    NotCounted,
    /// It hangs on something that no layer sets.
    Unset,
}

/// Attainable values, in ticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Values {
    /// All of them, ascending.
    Listed(Vec<i64>),
    /// Too many to list: the lowest and the highest.
    Between(i64, i64),
}

impl Default for Values {
    fn default() -> Self {
        Values::Listed(Vec::new())
    }
}

/// The lowest and highest value of a question.
pub(crate) fn ends(question: &QuestionInfo) -> Option<(Value, Value)> {
    match question.kind {
        Type::Ordered { measure, min, max } => Some((tick_value(measure, min), tick_value(measure, max))),
        _ => None,
    }
}

impl Extent {
    /// A single value.
    pub(crate) fn only(tick: i64) -> Extent {
        Extent { ranges: Pieces::One([(tick, tick)]), not_applicable: false }
    }

    /// Sorts the ranges and joins those that touch.
    pub(crate) fn tidy(&mut self) {
        let Pieces::Many(ranges) = &mut self.ranges else { return };
        ranges.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges.drain(..) {
            match joined.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        self.ranges = joined.into();
    }

    /// Its lowest or highest value; "not applicable" where it has none.
    pub(crate) fn end(&self, high: bool) -> Extent {
        let end = if high {
            self.ranges.last().map(|range| range.1)
        } else {
            self.ranges.first().map(|range| range.0)
        };
        end.map_or(Extent { ranges: Pieces::default(), not_applicable: true }, Extent::only)
    }

    /// A value so many parts of the way from its lowest to its highest.
    pub(crate) fn along(&self, part: i64, parts: i64) -> Extent {
        let (Some((low, _)), Some((_, high))) = (self.ranges.first(), self.ranges.last()) else {
            return self.end(false);
        };
        let way = i128::from(*high) - i128::from(*low);
        let at = i128::from(*low) + way * i128::from(part) / i128::from(parts.max(1));
        let at = i64::try_from(at).unwrap_or(*high);
        // between two ranges the next one begins
        let found = self.ranges.iter().find(|(_, end)| at <= *end);
        found.map_or_else(|| self.end(true), |(begin, _)| Extent::only(at.max(*begin)))
    }

    /// How many values it has.
    pub(crate) fn count(&self) -> u64 {
        let sizes = self.ranges.iter().map(|(low, high)| high.abs_diff(*low).saturating_add(1));
        sizes.fold(0, u64::saturating_add)
    }

    /// How many things it can be, "not applicable" included.
    pub(crate) fn size(&self) -> u64 {
        self.count().saturating_add(u64::from(self.not_applicable))
    }

    /// The value with so many below it.
    pub(crate) fn nth(&self, index: u64) -> Extent {
        let mut rest = index;
        for (low, high) in self.ranges.iter() {
            match i64::try_from(rest).ok().and_then(|rest| low.checked_add(rest)).filter(|tick| tick <= high)
            {
                Some(tick) => return Extent::only(tick),
                None => rest = rest.saturating_sub(high.abs_diff(*low).saturating_add(1)),
            }
        }
        self.end(true)
    }

    /// Whether only one thing is left.
    pub(crate) fn is_settled(&self) -> bool {
        match *self.ranges {
            [] => true,
            [(low, high)] => low == high && !self.not_applicable,
            _ => false,
        }
    }

    /// The only value, where there is one.
    pub(crate) fn single(&self) -> Option<i64> {
        match *self.ranges {
            [(low, high)] if low == high && !self.not_applicable => Some(low),
            _ => None,
        }
    }
}

impl Image {
    /// The values as codes of a decision that shows them: of many a sample with both ends, longer than any list.
    pub(crate) fn sample(&self, most: usize) -> Vec<Code> {
        match &self.values {
            Values::Listed(ticks) => ticks.clone(),
            Values::Between(low, high) => (*low..*high).take(most).chain(std::iter::once(*high)).collect(),
        }
    }
}
