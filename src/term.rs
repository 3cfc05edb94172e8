//! Legal terms: the last day of a term, the first and last day on which something may be filed, and every step of the sum.
//!
//! Pure arithmetic on civil dates. It reads no clock, knows no rule file, and never converts one unit into another.
//!
//! ```
//! use leidraad::Date;
//! use leidraad::term::{Counting, Length, Pause, Term};
//!
//! // eight weeks, at most once eight more; the application had to be completed on the way
//! let eight = Length::parse("8 weeks")?;
//! let due = Term::statutory(eight)
//!     .extendable(eight, 1)
//!     .from(Date::new(2026, 2, 2))
//!     .suspended(Pause::new(Counting::AWB_4_15, Date::new(2026, 2, 9), Date::new(2026, 2, 20)))
//!     .due()?;
//! // 30 March 2026, ten suspended days (10 to 19 February) later: 9 April
//! assert_eq!(due.date(), Date::new(2026, 4, 9));
//! assert_eq!(due.days_left(Date::new(2026, 4, 1).unwrap()), Some(8));
//! for step in &due.steps {
//!     println!("{} -> {}: {} ({})", step.from, step.to, step.rule, step.rule.convention());
//! }
//! # Ok::<(), leidraad::term::TermError>(())
//! ```
//!
//! # Conventions
//!
//! The law leaves some of the counting open. What was chosen has a name, and every [`Step`] names its own.
//! C1 to C5 are those of the fact sheet on the Wet Bibob, the others were chosen here.
//!
//! | | convention |
//! | --- | --- |
//! | C1 | The first day is the day after the event; *n* days or weeks end on event + *n* or 7 *n* days. |
//! | C2 | Each suspended calendar day of the term moves its end by one day; days suspended twice count once. |
//! | C3 | A suspension with a cap counts its first day as day one of the cap: of 56 or 57 days the earlier end, which is safe. |
//! | C4 | Algemene termijnenwet: only the final day moves. A term and its extension are two terms, each with its own length. |
//! | C5 | The days left are calendar days after the given day, through the last one. |
//! | C6 | Months and years end on the same day of the month, or on the last day of a month that is shorter. |
//! | C7 | A working day is Monday to Friday without the holidays. Counting back, the day of the event is left out and the filing day is number *n*. |
//! | C8 | "*n* weeks before" is the same weekday; whoever files on that day is in time, and the day does not move. |
//! | C9 | Hours run by the clock of the civil day: 48 hours are two days, also when the clock changes. |
//! | C10 | What may be done when a term is over may be done from the day after its last day; after hours from that moment. |
//!
//! A suspension counts as far as the term still runs. A suspended day before the first day of the term, or after its last
//! day, moves nothing. Where the last day is free, the term runs on to the next day that is neither free nor suspended.
//!
//! # Unknown stays unknown
//!
//! Without a start there is no date. A suspension that still runs, or whose first day is not known, leaves
//! [`Last::Between`], with a first possible day and, where something bounds it, a last; if it makes no difference, the day is
//! known. Both are days on which the term can end, except that a cap counts from a first day: where that is not known, the
//! cap is left out of account, and the last possible day may be too late.

mod back;
pub mod calendar;
mod forward;
mod length;
mod moment;
mod run;
mod suspension;
mod trace;

pub use back::{Before, Filing, Timing};
pub use forward::{Course, Due, Last, Term};
pub use length::{Length, Unit};
pub use moment::Moment;
pub use suspension::{Cap, Counting, Pause, Suspension};
pub use trace::{Rule, Step};

use crate::value::Date;

/// Why a term cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TermError {
    /// A text that is no length.
    #[error(
        "not a length: write a whole number from 1 and its unit, such as `1 day`, `8 weeks` or `10 working days`"
    )]
    NotALength,
    /// A date before the year 1 or after 9999.
    #[error("the term leaves the years 0001 to 9999")]
    OutOfRange,
    /// Whether this day is free cannot be told.
    #[error("whether {0} is a holiday is not known: the calendar covers 2014 to 9999")]
    NotCovered(Date),
    /// Hours counted from a day.
    #[error("a term of {0} needs a date and a clock time")]
    NeedsClock(Length),
    /// Days or more counted from a clock time.
    #[error("a term of {0} is counted from a date, not from a clock time")]
    NotInHours(Length),
    /// A suspended term for which no source says how to count.
    #[error("no source says how a suspension moves a term of {0}")]
    NotSuspendable(Length),
    /// A suspension that ends before it begins.
    #[error("a suspension from {from} cannot end on {until}")]
    EndsBeforeItBegins {
        /// The day on which it begins.
        from: Date,
        /// The day on which it ends.
        until: Date,
    },
    /// More extensions than the law has.
    #[error("extended {given} times, at most {allowed} allowed")]
    TooManyExtensions {
        /// How many were given.
        given: usize,
        /// How many the law has.
        allowed: u32,
    },
    /// A longer extension than the law has.
    #[error("extended by {given}, at most {allowed} allowed")]
    ExtensionTooLong {
        /// The extension.
        given: Length,
        /// The longest one.
        allowed: Length,
    },
    /// Lengths in different units are not compared.
    #[error("{given} and {allowed} cannot be compared: units are not converted")]
    OtherUnit {
        /// The extension.
        given: Length,
        /// The longest one.
        allowed: Length,
    },
    /// The first filing day comes after the last one.
    #[error("nothing can be filed in time: the first day would be {earliest}, the last {latest}")]
    EmptyWindow {
        /// The first day.
        earliest: Date,
        /// The last day.
        latest: Date,
    },
}

/// The date so many days later, or earlier.
fn plus(date: Date, days: i64) -> Result<Date, TermError> {
    date.ticks().checked_add(days).and_then(Date::from_ticks).ok_or(TermError::OutOfRange)
}
