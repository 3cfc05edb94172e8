//! What is known of a question to the tick.

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
