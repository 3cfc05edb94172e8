//! A window of days before an anchor: which anchors see a day.
//!
//! The other way round would do as well, but an anchor may be open over centuries while the days of records are few.

use crate::term::{Length, Unit};
use crate::value::Date;

/// A window of days before an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) reach: Reach,
    /// Whether the length is counted on from the day of the record, instead of back from the anchor. With months the two can
    /// differ: six months back from 31 August is the last of February, six months on from there is 28 or 29 August.
    pub(crate) forward: bool,
    /// Whether the day at the full length is in it; none where no layer says.
    pub(crate) first_day: Option<bool>,
    /// Whether the day of the anchor is in it; none where no layer says.
    pub(crate) last_day: Option<bool>,
}

/// How far a window reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// As far as there are days.
    Unlimited,
    Known(Length),
    /// A length that no layer sets.
    Unset,
}

/// The first and last anchor that see a day; none do where the first comes last.
type Seen = (i64, i64);

impl Window {
    /// The anchors that see a day however unset things go, and those that see it in some way.
    pub(crate) fn seen(self, day: i64) -> (Seen, Seen) {
        let surely = (
            day + i64::from(self.last_day != Some(true)),
            self.until(day, self.first_day == Some(true), false),
        );
        let perhaps = (
            day + i64::from(self.last_day == Some(false)),
            self.until(day, self.first_day != Some(false), true),
        );
        (surely, perhaps)
    }

    /// The last anchor that sees a day; of an unset length the shortest or the longest there is.
    fn until(self, day: i64, inclusive: bool, longest: bool) -> i64 {
        let length = match self.reach {
            Reach::Known(length) => length,
            Reach::Unset if !longest => match Length::new(1, Unit::Days) {
                Some(day) => day,
                None => return last_day(),
            },
            Reach::Unset | Reach::Unlimited => return last_day(),
        };
        let exclusive = i64::from(!inclusive);
        if self.forward {
            let end = Date::from_ticks(day).and_then(|day| length.after(day).ok());
            return end.map_or(last_day(), |end| end.ticks() - exclusive);
        }
        last_from(length, day - exclusive)
    }

    /// The first and last day that an anchor sees: however unset things go, and in some way.
    pub(crate) fn bounds(self, anchor: i64) -> [(i64, i64); 2] {
        let first = |perhaps: bool| {
            let length = match self.reach {
                Reach::Unlimited => None,
                Reach::Unset if perhaps => None,
                Reach::Unset => Length::new(1, Unit::Days),
                Reach::Known(length) => Some(length),
            };
            let start = length.and_then(|length| length.before(Date::from_ticks(anchor)?).ok());
            let Some(start) = start.map(Date::ticks) else { return first_day() };
            // months of unequal length: a few days more or less
            let until = |day: i64| if perhaps { self.seen(day).1.1 } else { self.seen(day).0.1 };
            (start - 4..=start + 4).find(|day| until(*day) >= anchor).unwrap_or(start)
        };
        let last = |counts: bool| anchor - i64::from(!counts);
        [(first(false), last(self.last_day == Some(true))), (first(true), last(self.last_day != Some(false)))]
    }

    /// Whether no day can ever be in it.
    pub(crate) fn is_hollow(self) -> bool {
        let short =
            matches!(self.reach, Reach::Known(length) if (length.count(), length.unit()) == (1, Unit::Days));
        short && self.first_day == Some(false) && self.last_day == Some(false)
    }

    /// The first and last day that are in it, for an anchor; the first is missing where it reaches back without end, and
    /// what unset things would add is in it.
    pub(crate) fn days(self, anchor: Date) -> (Option<Date>, Option<Date>) {
        let [_, (first, last)] = self.bounds(anchor.ticks());
        let endless = first == first_day();
        (Date::from_ticks(first).filter(|_| !endless), Date::from_ticks(last))
    }
}

/// The last day from which a length back is this day or an earlier one.
fn last_from(length: Length, day: i64) -> i64 {
    let back = |from: i64| Date::from_ticks(from).and_then(|from| length.before(from).ok()).map(Date::ticks);
    // before the calendar begins there is nothing: from its first day it is a few days less
    let Some(start) = Date::from_ticks(day.max(first_day())) else { return first_day() };
    let Ok(end) = length.after(start) else { return last_day() };
    let mut last = end.ticks();
    while last < last_day() && back(last + 1).is_none_or(|found| found <= day) {
        last += 1;
    }
    while back(last).is_some_and(|found| found > day) {
        last -= 1;
    }
    last
}

/// The first day of the calendar.
pub(super) fn first_day() -> i64 {
    Date::new(1, 1, 1).map_or(0, Date::ticks)
}

/// The last day of the calendar.
pub(super) fn last_day() -> i64 {
    Date::new(9999, 12, 31).map_or(0, Date::ticks)
}
