//! A term as the days that are not suspended.
//!
//! The last day of a term is its day number *n* that is not suspended; under the Algemene termijnenwet the first such day from
//! there that is not free, with two such working days in the term if that is three days or more.

use super::length::free;
use super::{Length, Rule, Step, TermError, plus};
use crate::sorted::sort_by_key;
use crate::value::Date;

/// Further away than any date, in days.
pub(super) const FOREVER: i64 = i64::MAX / 4;

/// Suspended days from the first through the last, as day numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) last: i64,
}

/// The same days in order, with a day that is not suspended between any two spans.
pub(super) fn united(mut spans: Vec<Span>) -> Vec<Span> {
    sort_by_key(&mut spans, |span| span.first);
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut() {
            Some(before) if span.first <= before.last + 1 => before.last = before.last.max(span.last),
            _ => all.push(span),
        }
    }
    all
}

/// Terms that run one after the other, with the same suspensions.
pub(super) struct Run<'a> {
    spans: &'a [Span],
    pub(super) steps: Vec<Step>,
}

impl<'a> Run<'a> {
    /// With these suspensions, which are [`united`].
    pub(super) fn new(spans: &'a [Span]) -> Run<'a> {
        Run { spans, steps: Vec::new() }
    }

    /// The last day of a term that begins the day after, moved by the suspended days that fall in it.
    pub(super) fn counted(&mut self, from: Date, length: Length, rule: Rule) -> Result<Date, TermError> {
        let mut last = length.after(from)?;
        self.step(rule, from, last);
        if length.is_clamped(from, last) {
            self.step(Rule::ShorterMonth, last, last);
        }
        let first_day = from.ticks() + 1;
        for span in self.spans.iter().skip(self.spans.partition_point(|span| span.last < first_day)) {
            let first = span.first.max(first_day);
            if first > last.ticks() {
                break;
            }
            last = self.suspended(last, span.last - first + 1)?;
        }
        Ok(last)
    }

    /// The final day under the Algemene termijnenwet, of a term from an event through a last day.
    pub(super) fn moved(&mut self, from: Date, last: Date, length: Length) -> Result<Date, TermError> {
        if !length.within_termijnenwet() {
            if super::calendar::is_free(last) == Some(true) {
                self.step(Rule::StaysOnFreeDay, last, last);
            }
            return Ok(last);
        }
        let mut last = last;
        let mut missing = if length.holds_two_working_days() { self.missing(from, last)? } else { 0 };
        while missing > 0 {
            last = self.next(last, Rule::TwoWorkingDays)?;
            missing -= u8::from(!free(last)?);
        }
        while free(last)? {
            last = self.next(last, Rule::FreeDay)?;
        }
        Ok(last)
    }

    /// How many of two working days the term lacks, found from its end.
    fn missing(&self, from: Date, last: Date) -> Result<u8, TermError> {
        let (mut missing, mut day) = (2, last);
        while missing > 0 && day > from {
            if self.span(day).is_none() {
                missing -= u8::from(!free(day)?);
            }
            day = plus(day, -1)?;
        }
        Ok(missing)
    }

    /// The next day that is not suspended.
    fn next(&mut self, day: Date, rule: Rule) -> Result<Date, TermError> {
        let next = plus(day, 1)?;
        match self.steps.last_mut() {
            Some(step) if step.rule == rule && step.to == day => step.to = next,
            _ => self.step(rule, day, next),
        }
        match self.span(next) {
            Some(span) => self.suspended(next, span.last - next.ticks() + 1),
            None => Ok(next),
        }
    }

    /// The suspension in which a day falls.
    fn span(&self, day: Date) -> Option<Span> {
        let day = day.ticks();
        let at = self.spans.partition_point(|span| span.last < day);
        self.spans.get(at).filter(|span| span.first <= day).copied()
    }

    fn suspended(&mut self, day: Date, days: i64) -> Result<Date, TermError> {
        let to = plus(day, days)?;
        let days = u32::try_from(days).map_err(|_| TermError::OutOfRange)?;
        self.step(Rule::Suspended { days }, day, to);
        Ok(to)
    }

    /// Notes a step.
    pub(super) fn step(&mut self, rule: Rule, from: Date, to: Date) {
        self.steps.push(Step { rule, from, to });
    }
}
