//! A civil date with a clock time, from which terms in hours are counted.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Length, TermError, Unit, plus};
use crate::value::{Date, time_text};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// A civil date and a clock time in whole minutes.
///
/// Hours are counted by the clock of the civil day (convention C9) and end at that minute; the Algemene termijnenwet does not
/// move them (art. 4).
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::{Length, Moment};
/// // at least 48 hours before entering a place that is not involved (Awb 5:27, third paragraph)
/// let entry = Moment::new(Date::new(2026, 5, 4).unwrap(), 9 * 60 + 30).unwrap();
/// let notice = entry.before(Length::parse("48 hours")?)?;
/// assert_eq!(notice.to_string(), "2026-05-02 09:30");
/// assert_eq!(notice.after(Length::parse("48 hours")?)?, entry);
/// # Ok::<(), leidraad::term::TermError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    date: Date,
    minute: u16,
}

impl Moment {
    /// A minute of a day, from 0 (00:00) to 1440 (24:00, which is 00:00 of the next day).
    pub fn new(date: Date, minute: u16) -> Option<Moment> {
        let minute = i64::from(minute);
        (minute <= DAY).then(|| Moment::at(date, minute).ok())?
    }

    /// The day.
    pub fn date(self) -> Date {
        self.date
    }

    /// The minute of the day, 0–1439.
    pub fn minute(self) -> u16 {
        self.minute
    }

    /// So many hours later; other units are counted from a date.
    pub fn after(self, hours: Length) -> Result<Moment, TermError> {
        self.away(hours, 1)
    }

    /// So many hours earlier; other units are counted from a date.
    pub fn before(self, hours: Length) -> Result<Moment, TermError> {
        self.away(hours, -1)
    }

    fn away(self, hours: Length, sign: i64) -> Result<Moment, TermError> {
        if hours.unit() != Unit::Hours {
            return Err(TermError::NotInHours(hours));
        }
        Moment::at(self.date, i64::from(self.minute) + sign * 60 * i64::from(hours.count()))
    }

    /// So many minutes after the beginning of a day.
    fn at(date: Date, minutes: i64) -> Result<Moment, TermError> {
        let minute = u16::try_from(minutes.rem_euclid(DAY)).map_err(|_| TermError::OutOfRange)?;
        Ok(Moment { date: plus(date, minutes.div_euclid(DAY))?, minute })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, time_text(self.minute.into()))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
