//! Terms that count back from an event: between which days something may be filed.

use serde::Serialize;

use super::{Length, Rule, Step, TermError};
use crate::value::Date;

/// How long before an event something must be filed: at least so much, at most so much, or both.
///
/// Filing on the day itself is in time, and no day moves for a weekend or holiday (conventions C7 and C8).
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::{Before, Length, Timing};
/// // 10 to 26 weeks before the event
/// let window = Before { at_least: Some(Length::parse("10 weeks")?), at_most: Some(Length::parse("26 weeks")?) };
/// let filing = window.event(Date::new(2026, 7, 4))?;
/// assert_eq!((filing.earliest, filing.latest), (Date::new(2026, 1, 3), Date::new(2026, 4, 25)));
/// let on = |month, day| filing.judge(Date::new(2026, month, day).unwrap());
/// assert_eq!(on(1, 2), Some(Timing::TooEarly));
/// assert_eq!([on(1, 3), on(4, 25)], [Some(Timing::InTime), Some(Timing::InTime)]);
/// assert_eq!(on(4, 26), Some(Timing::TooLate));
/// assert_eq!(window.event(None)?.judge(Date::new(2026, 1, 2).unwrap()), None);
/// # Ok::<(), leidraad::term::TermError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Before {
    /// At least so long before: what comes later is too late.
    pub at_least: Option<Length>,
    /// At most so long before: what comes earlier is too early.
    pub at_most: Option<Length>,
}

impl Before {
    /// At least so long before.
    pub fn at_least(length: Length) -> Before {
        Before { at_least: Some(length), at_most: None }
    }

    /// At most so long before.
    pub fn at_most(length: Length) -> Before {
        Before { at_least: None, at_most: Some(length) }
    }

    /// The days for filing before this event; none if the event is not known.
    pub fn event(self, event: impl Into<Option<Date>>) -> Result<Filing, TermError> {
        let event = event.into();
        let mut steps = Vec::new();
        let mut back = |length: Option<Length>| -> Result<Option<Date>, TermError> {
            let (Some(event), Some(length)) = (event, length) else { return Ok(None) };
            let to = length.before(event)?;
            steps.push(Step { rule: Rule::Back(length), from: event, to });
            if length.is_clamped(event, to) {
                steps.push(Step { rule: Rule::ShorterMonth, from: to, to });
            }
            Ok(Some(to))
        };
        let (earliest, latest) = (back(self.at_most)?, back(self.at_least)?);
        match earliest.zip(latest) {
            Some((earliest, latest)) if earliest > latest => Err(TermError::EmptyWindow { earliest, latest }),
            _ => Ok(Filing { event, earliest, latest, steps }),
        }
    }
}

/// When something may be filed before an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filing {
    /// The event, if known.
    pub event: Option<Date>,
    /// The first day; `None` where there is none, or the event is not known.
    pub earliest: Option<Date>,
    /// The last day; `None` where there is none, or the event is not known.
    pub latest: Option<Date>,
    /// How they were found.
    pub steps: Vec<Step>,
}

/// Whether something was filed in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// Before the first day.
    TooEarly,
    /// From the first through the last day.
    InTime,
    /// After the last day.
    TooLate,
}

impl Filing {
    /// What filing on this day is; `None` where the event is not known.
    pub fn judge(&self, filed: Date) -> Option<Timing> {
        self.event?;
        Some(if self.earliest.is_some_and(|earliest| filed < earliest) {
            Timing::TooEarly
        } else if self.latest.is_some_and(|latest| filed > latest) {
            Timing::TooLate
        } else {
            Timing::InTime
        })
    }

    /// How many calendar days are left after this one: 0 on the last day, negative after it; `None` without a last day.
    pub fn days_left(&self, on: Date) -> Option<i64> {
        self.latest.map(|latest| latest.ticks() - on.ticks())
    }
}
