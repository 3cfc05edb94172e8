//! Periods in which a term does not run.

use serde::Serialize;

use super::run::{FOREVER, Run, Span, united};
use super::{Length, Rule, Step, TermError, plus};
use crate::value::Date;

/// Whether the day on which a suspension begins, and the day on which it ends, are themselves suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Counting {
    /// Whether the day of its beginning is suspended.
    pub first_day: bool,
    /// Whether the day of its end is suspended.
    pub last_day: bool,
}

impl Counting {
    /// Awb 4:15, first paragraph: from the day after the invitation to complete the application, until the day on which it is
    /// completed or the period lapses unused. Also for information asked from a foreign authority: from the day after
    /// the applicant is told, until the day on which it is received.
    pub const AWB_4_15: Counting = Counting { first_day: false, last_day: false };

    /// Wet Bibob 31: from the day of the request for advice through the day of its receipt.
    pub const BIBOB_31: Counting = Counting { first_day: true, last_day: true };

    /// Wet Bibob 15, second paragraph: from the day on which the bureau asks for data until the day on which they arrive.
    pub const BIBOB_15_2: Counting = Counting { first_day: true, last_day: false };
}

/// A period in which a clock stands still; an end that is not known is one that may still be running.
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::{Counting, Pause};
/// let asked = Date::new(2026, 2, 9);
/// let running = Pause::new(Counting::AWB_4_15, asked, None);
/// assert_eq!((running.from, running.until), (asked, None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Pause {
    /// Which of its days count.
    pub counting: Counting,
    /// The day of its beginning, if known.
    pub from: Option<Date>,
    /// The day of its end, if known.
    pub until: Option<Date>,
}

impl Pause {
    /// From a day until a day, either of them possibly not known.
    pub fn new(counting: Counting, from: impl Into<Option<Date>>, until: impl Into<Option<Date>>) -> Pause {
        Pause { counting, from: from.into(), until: until.into() }
    }

    /// This pause, but never longer than the cap.
    pub fn capped(self, cap: Cap) -> Suspension {
        Suspension { pause: self, cap: Some(cap) }
    }

    /// The suspended days, in the shortest or the longest way that is possible.
    fn span(self, reading: Reading) -> Result<Option<Span>, TermError> {
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until < from
        {
            return Err(TermError::EndsBeforeItBegins { from, until });
        }
        let (from, until) = match reading {
            // what began and has not ended lasts at least until today; what has no beginning at least its last day
            Reading::Least { on } => match (self.from, self.until) {
                (None, until) => (until, until),
                (from, None) => (from, from.max(on)),
                both => both,
            },
            Reading::Most => (self.from, self.until),
        };
        let first = match (from, reading) {
            (Some(from), _) => from.ticks() + i64::from(!self.counting.first_day),
            (None, Reading::Least { .. }) => return Ok(None),
            (None, Reading::Most) => -FOREVER,
        };
        let last = until.map_or(FOREVER, |until| until.ticks() - i64::from(!self.counting.last_day));
        Ok((first <= last).then_some(Span { first, last }))
    }
}

/// The longest that a suspension may last: these lengths one after the other, and the days on which their own clock stood still.
///
/// Wet Bibob 31: never longer than the bureau has for its advice, its extension if there was one, and the days on which it
/// waited for data (art. 15).
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::{Cap, Counting, Length, Pause, Term};
/// let eight = Length::parse("8 weeks")?;
/// let advice = Pause::new(Counting::BIBOB_31, Date::new(2026, 1, 12), Date::new(2026, 3, 31));
/// let due = Term::statutory(eight).from(Date::new(2026, 1, 5)).suspended(advice.capped(Cap::of([eight]))).due()?;
/// // 2 March and 56 days, not 79: 12 January is the first of them
/// assert_eq!(due.date(), Date::new(2026, 4, 28));
/// # Ok::<(), leidraad::term::TermError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Cap {
    /// The lengths that follow each other.
    pub lengths: Vec<Length>,
    /// When their clock stood still.
    pub stopped: Vec<Pause>,
}

impl Cap {
    /// These lengths one after the other.
    pub fn of(lengths: impl Into<Vec<Length>>) -> Cap {
        Cap { lengths: lengths.into(), stopped: Vec::new() }
    }

    /// Longer by the days of this pause.
    pub fn stopped(mut self, pause: Pause) -> Cap {
        self.stopped.push(pause);
        self
    }

    /// The last suspended day, if the first one is this.
    fn last(&self, first: Date, reading: Reading) -> Result<Date, TermError> {
        let spans: Result<Vec<_>, _> = self.stopped.iter().map(|pause| pause.span(reading)).collect();
        let spans = united(spans?.into_iter().flatten().collect());
        let mut run = Run::new(&spans);
        // the first day is day one of the cap (convention C3)
        self.lengths
            .iter()
            .try_fold(plus(first, -1)?, |last, length| run.counted(last, *length, Rule::Capped))
    }
}

/// A pause of a term, with a cap where the law has one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Suspension {
    /// From when until when.
    pub pause: Pause,
    /// How long at most.
    pub cap: Option<Cap>,
}

impl From<Pause> for Suspension {
    fn from(pause: Pause) -> Suspension {
        Suspension { pause, cap: None }
    }
}

impl Suspension {
    /// The suspended days, in the shortest or the longest way that is possible.
    pub(super) fn span(&self, reading: Reading, steps: &mut Vec<Step>) -> Result<Option<Span>, TermError> {
        let span = self.pause.span(reading)?;
        let (Some(mut span), Some(cap)) = (span, &self.cap) else { return Ok(span) };
        // a cap counts from the first day: where that is not known, it may have been reached before, and bounds nothing
        if self.pause.from.is_none() {
            return Ok(matches!(reading, Reading::Most).then_some(span));
        }
        let Some(first) = Date::from_ticks(span.first) else { return Ok(Some(span)) };
        let last = match cap.last(first, reading) {
            Ok(last) => last,
            Err(TermError::OutOfRange) => return Ok(Some(span)),
            Err(error) => return Err(error),
        };
        if last.ticks() < span.last {
            if let Some(from) = Date::from_ticks(span.last) {
                steps.push(Step { rule: Rule::Capped, from, to: last });
            }
            span.last = last.ticks();
        }
        Ok((span.first <= span.last).then_some(span))
    }
}

/// How what is not known is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reading {
    /// Every suspension as short as it can be, if on this day the last news was that it runs.
    Least {
        /// That day.
        on: Option<Date>,
    },
    /// Every suspension as long as it can be.
    Most,
}
