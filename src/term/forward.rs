//! Terms that run from an event: when they end.

use serde::Serialize;

use super::run::{Run, united};
use super::suspension::Reading;
use super::{Length, Rule, Step, Suspension, TermError, Unit};
use crate::value::Date;

/// A term as the law or a policy sets it.
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::{Length, Term};
/// // objection: six weeks from the day after the announcement (Awb 6:7, 6:8)
/// let objection = Term::statutory(Length::parse("6 weeks")?);
/// let due = objection.from(Date::new(2026, 3, 23)).due()?;
/// // 4 May is a Monday
/// assert_eq!(due.date(), Date::new(2026, 5, 4));
/// // one day later it would be 5 May, and ends on the 6th
/// assert_eq!(objection.from(Date::new(2026, 3, 24)).due()?.date(), Date::new(2026, 5, 6));
/// // unknown stays unknown
/// assert_eq!(objection.from(None).due()?.date(), None);
/// # Ok::<(), leidraad::term::TermError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Term {
    /// How long.
    pub length: Length,
    /// Whether the Algemene termijnenwet applies: a term in an act, an order in council or a municipal regulation.
    pub statutory: bool,
    /// How long an extension may be, and how many there may be.
    pub extension: Option<(Length, u32)>,
}

impl Term {
    /// A term to which the Algemene termijnenwet applies, as far as its length allows (convention C4).
    pub fn statutory(length: Length) -> Term {
        Term { statutory: true, ..Term::plain(length) }
    }

    /// A term that ends on the day that it ends, free or not: one that a decision sets, or a practice.
    pub fn plain(length: Length) -> Term {
        Term { length, statutory: false, extension: None }
    }

    /// A term that may be extended by at most this, so many times.
    ///
    /// ```
    /// use leidraad::Date;
    /// use leidraad::term::{Length, Term, TermError};
    /// let (eight, six) = (Length::parse("8 weeks")?, Length::parse("6 weeks")?);
    /// let term = Term::statutory(eight).extendable(six, 1);
    /// let start = Date::new(2026, 1, 5);
    /// assert_eq!(term.from(start).extended(six).due()?.date(), Date::new(2026, 4, 13));
    /// assert_eq!(
    ///     term.from(start).extended(six).extended(six).due(),
    ///     Err(TermError::TooManyExtensions { given: 2, allowed: 1 })
    /// );
    /// # Ok::<(), leidraad::term::TermError>(())
    /// ```
    pub fn extendable(self, at_most: Length, times: u32) -> Term {
        Term { extension: Some((at_most, times)), ..self }
    }

    /// The course of this term from the day of an event; the day after is its first (convention C1).
    pub fn from(self, event: impl Into<Option<Date>>) -> Course {
        Course { term: self, event: event.into(), suspensions: Vec::new(), extensions: Vec::new(), on: None }
    }
}

/// A term in a case: from when, with what came in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Course {
    term: Term,
    event: Option<Date>,
    suspensions: Vec<Suspension>,
    extensions: Vec<Length>,
    on: Option<Date>,
}

impl Course {
    /// With a suspension. Days that are suspended twice count once (convention C2).
    pub fn suspended(mut self, suspension: impl Into<Suspension>) -> Course {
        self.suspensions.push(suspension.into());
        self
    }

    /// With a term after it. It begins where the one before it ends, before that end moves for a free day (convention C4).
    pub fn extended(mut self, by: Length) -> Course {
        self.extensions.push(by);
        self
    }

    /// As known on this day: what has no end by then has lasted until then.
    ///
    /// ```
    /// use leidraad::Date;
    /// use leidraad::term::{Counting, Last, Length, Pause, Term};
    /// let running = Pause::new(Counting::AWB_4_15, Date::new(2026, 2, 9), None);
    /// let course = Term::statutory(Length::parse("8 weeks")?).from(Date::new(2026, 2, 2)).suspended(running);
    /// let not_before = |day| Last::Between { not_before: day, not_after: None };
    /// assert_eq!(course.due()?.last, not_before(Date::new(2026, 3, 30).unwrap()));
    /// let today = Date::new(2026, 2, 20).unwrap();
    /// assert_eq!(course.as_of(today).due()?.last, not_before(Date::new(2026, 4, 9).unwrap()));
    /// # Ok::<(), leidraad::term::TermError>(())
    /// ```
    pub fn as_of(mut self, on: Date) -> Course {
        self.on = Some(on);
        self
    }

    /// The last day, as far as it is known, and how it was found.
    pub fn due(&self) -> Result<Due, TermError> {
        self.check()?;
        let Some(event) = self.event else {
            return Ok(Due { last: Last::Unknown, steps: Vec::new() });
        };
        let (least, steps) = self.run(event, Reading::Least { on: self.on })?;
        let most = match self.run(event, Reading::Most) {
            Ok((day, _)) => Some(day),
            Err(TermError::OutOfRange) => None,
            Err(error) => return Err(error),
        };
        // more suspended days never make a term end earlier, so that all that is possible lies between the two
        let last = match most {
            Some(most) if most == least => Last::On(least),
            not_after => Last::Between { not_before: least, not_after },
        };
        Ok(Due { last, steps })
    }

    /// Whether law and arithmetic allow what was given.
    fn check(&self) -> Result<(), TermError> {
        let allowed = self.term.extension.map_or(0, |(_, times)| times);
        if u32::try_from(self.extensions.len()).is_ok_and(|given| given <= allowed) {
            for &given in &self.extensions {
                match self.term.extension {
                    Some((allowed, _)) if allowed.unit() != given.unit() => {
                        return Err(TermError::OtherUnit { given, allowed });
                    }
                    Some((allowed, _)) if allowed.count() < given.count() => {
                        return Err(TermError::ExtensionTooLong { given, allowed });
                    }
                    _ => {}
                }
            }
        } else {
            return Err(TermError::TooManyExtensions { given: self.extensions.len(), allowed });
        }
        for length in std::iter::once(self.term.length).chain(self.extensions.iter().copied()) {
            match length.unit() {
                Unit::Hours => return Err(TermError::NeedsClock(length)),
                Unit::WorkingDays if !self.suspensions.is_empty() => {
                    return Err(TermError::NotSuspendable(length));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The last day by one reading of what is not known.
    fn run(&self, event: Date, reading: Reading) -> Result<(Date, Vec<Step>), TermError> {
        let (mut spans, mut capped) = (Vec::new(), Vec::new());
        for suspension in &self.suspensions {
            spans.extend(suspension.span(reading, &mut capped)?);
        }
        let spans = united(spans);
        let mut run = Run::new(&spans);
        run.step(Rule::FirstDay, event, super::plus(event, 1)?);
        run.steps.append(&mut capped);
        let (mut from, mut length) = (event, self.term.length);
        let mut last = run.counted(from, length, Rule::Counted(length))?;
        for &extension in &self.extensions {
            (from, length) = (last, extension);
            last = run.counted(from, length, Rule::Extended(length))?;
        }
        if self.term.statutory {
            last = run.moved(from, last, length)?;
        }
        Ok((last, run.steps))
    }
}

/// The last day of a term, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Last {
    /// This day.
    On(Date),
    /// Not known, because a suspension may still be running.
    Between {
        /// No day before this one.
        not_before: Date,
        /// No day after this one; `None` where nothing bounds it.
        not_after: Option<Date>,
    },
    /// Not known, because the event is not.
    Unknown,
}

/// When a term ends, and the steps that led there. Where the day is not known, they lead to the first possible one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day, on which it is still in time.
    pub last: Last,
    /// How it was found.
    pub steps: Vec<Step>,
}

impl Due {
    /// The last day, if known.
    pub fn date(&self) -> Option<Date> {
        match self.last {
            Last::On(date) => Some(date),
            _ => None,
        }
    }

    /// The first and last day that are possible; `None` on either side where nothing bounds it.
    pub fn bounds(&self) -> (Option<Date>, Option<Date>) {
        match self.last {
            Last::On(date) => (Some(date), Some(date)),
            Last::Between { not_before, not_after } => (Some(not_before), not_after),
            Last::Unknown => (None, None),
        }
    }

    /// How many calendar days are left after this one (convention C5): 0 on the last day, negative after it; `None` where
    /// the last day is not known.
    pub fn days_left(&self, on: Date) -> Option<i64> {
        self.date().map(|last| last.ticks() - on.ticks())
    }

    /// Whether the term has passed on this day; `None` where that is not known. The last day is in time. A waiting period is
    /// over where this says `true`.
    ///
    /// ```
    /// use leidraad::Date;
    /// use leidraad::term::{Length, Term};
    /// let day = |day| Date::new(2026, 7, day).unwrap();
    /// let due = Term::plain(Length::parse("1 week")?).from(day(1)).due()?;
    /// assert_eq!([due.overdue(day(8)), due.overdue(day(9))], [Some(false), Some(true)]);
    /// assert_eq!(Term::plain(Length::parse("1 week")?).from(None).due()?.overdue(day(9)), None);
    /// # Ok::<(), leidraad::term::TermError>(())
    /// ```
    pub fn overdue(&self, on: Date) -> Option<bool> {
        let (first, last) = self.bounds();
        match (first, last) {
            (_, Some(last)) if on > last => Some(true),
            (Some(first), _) if on <= first => Some(false),
            _ => None,
        }
    }
}
