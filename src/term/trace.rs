//! The steps of a sum on dates, each with the rule that was applied.

use std::fmt;

use serde::Serialize;

use super::{Length, Unit};
use crate::value::Date;

/// One step: this rule led from one date to another. Where the two are the same, the rule left the date alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What was applied.
    pub rule: Rule,
    /// The date before it.
    pub from: Date,
    /// The date after it.
    pub to: Date,
}

/// What a step applied. [`Display`](fmt::Display) says it in Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Rule {
    /// From the event to the first day of the term.
    FirstDay,
    /// From the event to the last day.
    Counted(Length),
    /// From the last day to the last day of a term after it.
    Extended(Length),
    /// From an event back to the day so much earlier.
    Back(Length),
    /// The month reached has no such day: its last day was taken.
    ShorterMonth,
    /// The last day moves by so many suspended days.
    Suspended {
        /// How many.
        days: u32,
    },
    /// A suspension ends at its cap, from the day that it would have reached.
    Capped,
    /// Lengthened until there are two days that are not free.
    TwoWorkingDays,
    /// The last day moves, because it is free.
    FreeDay,
    /// The last day is free and does not move.
    StaysOnFreeDay,
    /// From the last day to the day on which what had to wait may be done.
    Over,
}

impl Rule {
    /// The convention of the [module](super) by which it was counted.
    pub fn convention(self) -> &'static str {
        match self {
            Rule::FirstDay => "C1",
            Rule::Counted(length) => match length.unit() {
                Unit::Months | Unit::Years => "C6",
                Unit::WorkingDays => "C7",
                Unit::Hours => "C9",
                Unit::Days | Unit::Weeks => "C1",
            },
            Rule::Back(length) if length.unit() == Unit::WorkingDays => "C7",
            Rule::Back(_) => "C8",
            Rule::ShorterMonth => "C6",
            Rule::Over => "C10",
            Rule::Suspended { .. } => "C2",
            Rule::Capped => "C3",
            Rule::Extended(_) | Rule::TwoWorkingDays | Rule::FreeDay | Rule::StaysOnFreeDay => "C4",
        }
    }

    /// The article that it applies, where the law itself counts; the source of a length is that of the rule that sets it.
    pub fn source(self) -> Option<&'static str> {
        match self {
            Rule::FreeDay => Some("Algemene termijnenwet art. 1, eerste lid"),
            Rule::Back(_) => Some("Algemene termijnenwet art. 1, tweede lid"),
            Rule::TwoWorkingDays => Some("Algemene termijnenwet art. 2"),
            Rule::StaysOnFreeDay => Some("Algemene termijnenwet art. 4"),
            _ => None,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::FirstDay => f.write_str("de termijn begint de dag erna"),
            Rule::Counted(length) => write!(f, "termijn van {}", length.dutch()),
            Rule::Extended(length) => write!(f, "verlenging met {}", length.dutch()),
            Rule::Back(length) => write!(f, "{} ervoor", length.dutch()),
            Rule::ShorterMonth => f.write_str("deze maand is korter: de laatste dag van de maand"),
            Rule::Suspended { days: 1 } => f.write_str("1 dag opgeschort"),
            Rule::Suspended { days } => write!(f, "{days} dagen opgeschort"),
            Rule::Over => f.write_str("mag vanaf de dag na de termijn"),
            Rule::Capped => f.write_str("langer duurt deze opschorting niet"),
            Rule::TwoWorkingDays => {
                f.write_str("in de termijn vallen ten minste twee dagen die geen zaterdag, zondag of feestdag zijn")
            }
            Rule::FreeDay => {
                f.write_str("de laatste dag is een zaterdag, zondag of feestdag en schuift op")
            }
            Rule::StaysOnFreeDay => {
                f.write_str("de laatste dag is een zaterdag, zondag of feestdag; een termijn van deze lengte schuift niet op")
            }
        }
    }
}
