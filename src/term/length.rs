//! How long a term is: a number and its unit.

use std::fmt;
use std::num::NonZeroU32;

use serde::{Serialize, Serializer};

use super::{TermError, calendar, plus};
use crate::value::Date;

/// The unit of a term. Units are never converted into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// Hours by the clock (convention C9).
    Hours,
    /// Calendar days.
    Days,
    /// Monday to Friday without the holidays (convention C7).
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Months (convention C6).
    Months,
    /// Years (convention C6).
    Years,
}

impl Unit {
    /// All units.
    pub const ALL: [Unit; 6] =
        [Unit::Hours, Unit::Days, Unit::WorkingDays, Unit::Weeks, Unit::Months, Unit::Years];

    /// One and more of it, in English and in Dutch.
    fn words(self) -> [&'static str; 4] {
        match self {
            Unit::Hours => ["hour", "hours", "uur", "uur"],
            Unit::Days => ["day", "days", "dag", "dagen"],
            Unit::WorkingDays => ["working day", "working days", "werkdag", "werkdagen"],
            Unit::Weeks => ["week", "weeks", "week", "weken"],
            Unit::Months => ["month", "months", "maand", "maanden"],
            Unit::Years => ["year", "years", "jaar", "jaar"],
        }
    }
}

/// The length of a term: at least one of a unit.
///
/// ```
/// use leidraad::term::{Length, Unit};
/// let length = Length::parse("8 weeks")?;
/// assert_eq!((length.count(), length.unit()), (8, Unit::Weeks));
/// assert_eq!((length.to_string(), length.dutch()), ("8 weeks".to_owned(), "8 weken".to_owned()));
/// assert_ne!(length, Length::parse("56 days")?);
/// assert!(Length::parse("0 days").is_err());
/// # Ok::<(), leidraad::term::TermError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    count: NonZeroU32,
    unit: Unit,
}

impl Length {
    /// So many of a unit; none of it is no length.
    pub fn new(count: u32, unit: Unit) -> Option<Length> {
        NonZeroU32::new(count).map(|count| Length { count, unit })
    }

    /// Reads what [`Display`](fmt::Display) writes: `1 day`, `8 weeks`, `10 working days`.
    pub fn parse(text: &str) -> Result<Length, TermError> {
        let read = || {
            let (number, unit) = text.split_once(' ')?;
            let digits = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
            let count = digits.then(|| number.parse().ok())??;
            let plural = usize::from(count > 1);
            let unit = Unit::ALL.into_iter().find(|u| u.words().get(plural) == Some(&unit))?;
            Length::new(count, unit)
        };
        read().ok_or(TermError::NotALength)
    }

    /// How many.
    pub fn count(self) -> u32 {
        self.count.get()
    }

    /// Of what.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// In Dutch: `1 dag`, `8 weken`, `48 uur`.
    pub fn dutch(self) -> String {
        let [_, _, one, more] = self.unit.words();
        format!("{} {}", self.count, if self.count() == 1 { one } else { more })
    }

    /// Whether the Algemene termijnenwet is about terms of this length (art. 4): not in hours, not over 90 days, 12 weeks or
    /// 3 months, and not in years.
    ///
    /// ```
    /// use leidraad::term::Length;
    /// assert!(Length::parse("12 weeks")?.within_termijnenwet());
    /// assert!(!Length::parse("13 weeks")?.within_termijnenwet());
    /// # Ok::<(), leidraad::term::TermError>(())
    /// ```
    pub fn within_termijnenwet(self) -> bool {
        match self.unit {
            Unit::Hours | Unit::Years => false,
            Unit::Days => self.count() <= 90,
            Unit::WorkingDays => true,
            Unit::Weeks => self.count() <= 12,
            Unit::Months => self.count() <= 3,
        }
    }

    /// Whether art. 2 of the Algemene termijnenwet asks for two working days: in terms of at least three days. A term in
    /// working days has its own.
    pub(super) fn holds_two_working_days(self) -> bool {
        match self.unit {
            Unit::Days => self.count() >= 3,
            Unit::Weeks | Unit::Months => true,
            Unit::Hours | Unit::WorkingDays | Unit::Years => false,
        }
    }

    /// The day so much later.
    pub(crate) fn after(self, date: Date) -> Result<Date, TermError> {
        self.away(date, 1)
    }

    /// The day so much earlier.
    pub(crate) fn before(self, date: Date) -> Result<Date, TermError> {
        self.away(date, -1)
    }

    /// Whether the day it leads to is the last one of a shorter month (convention C6).
    pub(super) fn is_clamped(self, from: Date, to: Date) -> bool {
        matches!(self.unit, Unit::Months | Unit::Years) && from.day() != to.day()
    }

    fn away(self, date: Date, sign: i64) -> Result<Date, TermError> {
        let count = i64::from(self.count());
        match self.unit {
            Unit::Hours => Err(TermError::NeedsClock(self)),
            Unit::Days => plus(date, sign * count),
            Unit::Weeks => plus(date, sign * count * 7),
            Unit::Months => months(date, sign * count),
            Unit::Years => months(date, sign * count * 12),
            Unit::WorkingDays => {
                // every working day is a day, so that a count too large ends at once
                plus(date, sign * count)?;
                let (mut day, mut left) = (date, count);
                while left > 0 {
                    day = plus(day, sign)?;
                    left -= i64::from(!free(day)?);
                }
                Ok(day)
            }
        }
    }
}

/// Whether a day is free, where that is known.
pub(super) fn free(day: Date) -> Result<bool, TermError> {
    calendar::is_free(day).ok_or(TermError::NotCovered(day))
}

/// The same day so many months later or earlier, or the last day of a shorter month.
fn months(date: Date, count: i64) -> Result<Date, TermError> {
    let sum = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + count;
    let year = i32::try_from(sum.div_euclid(12)).ok();
    let month = u8::try_from(sum.rem_euclid(12) + 1).ok();
    let found = year
        .zip(month)
        .and_then(|(year, month)| (1..=date.day()).rev().find_map(|day| Date::new(year, month, day)));
    found.ok_or(TermError::OutOfRange)
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, more, ..] = self.unit.words();
        write!(f, "{} {}", self.count, if self.count() == 1 { one } else { more })
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
