//! The term of a step in a case: its day, and whether it was met.

use crate::answers::{Answers, Decided, Known};
use crate::assessment::{Assessment, Outcome, QuestionStatus, TermState, TermStatus};
use crate::dutch;
use crate::model::{Anchor, LengthInfo, Model, SuspensionInfo, TermInfo};
use crate::term::{Before, Cap, Due, Length, Moment, Pause, Rule, Step, Suspension, Term, TermError};
use crate::value::{Date, parse_time, time_text};

/// Where a term stands, for a step that was done on a day or not yet, with the days on which all were done; nothing where a
/// decision says that there is none.
pub(super) fn state(
    model: &Model,
    answers: &Answers,
    assessment: &Assessment,
    info: &TermInfo,
    (days, done): (&[Option<Date>], Option<Date>),
) -> Option<TermState> {
    let mut facts =
        Facts { model, answers, assessment, days, missing: Vec::new(), none: false, unsure: false };
    let mut state = TermState::new(info.at_least);
    if let Err(error) = facts.fill(info, &mut state) {
        state.problem = Some(dutch::term_problem(&error));
    }
    if facts.none {
        return None;
    }
    state.missing = facts.missing;
    state.days_left = state.day.zip(answers.today).map(|(day, today)| day.ticks() - today.ticks());
    state.status = status(&state, done, answers.today);
    Some(state)
}

fn status(state: &TermState, done: Option<Date>, today: Option<Date>) -> TermStatus {
    let before = |day: Date| state.day.or(state.not_before).is_some_and(|first| day < first);
    let after = |day: Date| state.day.or(state.not_after).is_some_and(|last| day > last);
    let surely = |day: Date| state.not_before.is_some_and(|first| day <= first);
    let known = state.day.is_some();
    let early = |day: Date| state.earliest.is_some_and(|first| day < first);
    match (state.at_least, done, today) {
        (_, Some(done), _) if early(done) => TermStatus::TooEarly,
        (_, None, Some(today)) if early(today) => TermStatus::Waiting,
        (false, Some(done), _) if after(done) => TermStatus::Late,
        (false, Some(done), _) if known || surely(done) => TermStatus::Met,
        (true, Some(done), _) if before(done) => TermStatus::TooEarly,
        (true, Some(_), _) if known => TermStatus::Met,
        (_, Some(_), _) => TermStatus::Unknown,
        (false, None, Some(today)) if after(today) => TermStatus::Overdue,
        (true, None, Some(today)) if before(today) => TermStatus::Waiting,
        (_, None, _) if known || state.not_before.is_some() => TermStatus::Running,
        _ => TermStatus::Unknown,
    }
}

/// The days that a term reads.
struct Facts<'a> {
    model: &'a Model,
    answers: &'a Answers,
    assessment: &'a Assessment,
    /// Per step the day on which it was done.
    days: &'a [Option<Date>],
    missing: Vec<String>,
    /// Whether a decision says that there is no term.
    none: bool,
    /// Whether it is not known of some extension that it was added, or of some pause that its day counts.
    unsure: bool,
}

impl Facts<'_> {
    fn fill(&mut self, info: &TermInfo, state: &mut TermState) -> Result<(), TermError> {
        let anchor = match info.anchor {
            Anchor::Question(q) => self.day(q),
            Anchor::Step(s) => self.step(s),
        };
        let Some(length) = self.length(info.length) else { return Ok(()) };
        if let Some(clock) = info.clock {
            return self.hours(anchor, clock, length, info.back, state);
        }
        if info.back {
            // a missing first day leaves the last one as it is
            let earliest = info.earliest.and_then(|earliest| self.optional(earliest));
            let filing = Before { at_least: Some(length), at_most: earliest }.event(anchor)?;
            (state.day, state.earliest, state.steps) = (filing.latest, filing.earliest, filing.steps);
            return Ok(());
        }
        let due = self.due(info, anchor, length, false)?;
        let (mut first, mut last) = due.bounds();
        if self.unsure {
            last = self.due(info, anchor, length, true)?.bounds().1;
        }
        state.steps = due.steps;
        if info.at_least {
            // what must wait is done when the term is over
            let over = |day: Date| Date::from_ticks(day.ticks() + 1).unwrap_or(day);
            if let (Some(from), true) = (first, first == last) {
                state.steps.push(Step { rule: Rule::Over, from, to: over(from) });
            }
            (first, last) = (first.map(over), last.map(over));
        }
        match (first, last) {
            (Some(first), Some(last)) if first == last => state.day = Some(first),
            bounds => (state.not_before, state.not_after) = bounds,
        }
        Ok(())
    }

    /// When a term ends, with or without the extensions of which it is not known whether they were added.
    fn due(
        &mut self,
        info: &TermInfo,
        anchor: Option<Date>,
        length: Length,
        extended: bool,
    ) -> Result<Due, TermError> {
        let mut term = if info.statutory { Term::statutory(length) } else { Term::plain(length) };
        let extension = self.extension(info.extension, extended);
        if let Some(extension) = extension {
            term = term.extendable(extension, 1);
        }
        let mut course = term.from(anchor);
        if let Some(extension) = extension {
            course = course.extended(extension);
        }
        for suspension in &info.suspensions {
            course = match self.suspension(suspension, extended) {
                Some(suspension) => course.suspended(suspension),
                None => course,
            };
        }
        if let Some(today) = self.answers.today {
            course = course.as_of(today);
        }
        course.due()
    }

    fn hours(
        &mut self,
        anchor: Option<Date>,
        clock: usize,
        length: Length,
        back: bool,
        state: &mut TermState,
    ) -> Result<(), TermError> {
        let text = self.text(clock).filter(|_| self.counts(clock));
        let minute = text.and_then(|text| parse_time(&text)).and_then(|m| u16::try_from(m).ok());
        if minute.is_none() {
            self.miss(clock);
        }
        let Some(from) = anchor.zip(minute).and_then(|(day, minute)| Moment::new(day, minute)) else {
            return Ok(());
        };
        let moment = if back { from.before(length)? } else { from.after(length)? };
        state.day = Some(moment.date());
        state.time = Some(time_text(moment.minute().into()));
        Ok(())
    }

    fn length(&mut self, length: LengthInfo) -> Option<Length> {
        match length {
            LengthInfo::Known(length) => Some(length),
            LengthInfo::Unset(parameter) => {
                self.missing.extend(self.model.parameters.get(parameter).map(|p| p.id.to_string()));
                None
            }
            LengthInfo::Decided(d) => self.decided(d),
        }
    }

    /// A length without which there still is a term.
    fn optional(&mut self, length: LengthInfo) -> Option<Length> {
        let none = self.none;
        let length = self.length(length);
        self.none = none;
        length
    }

    /// The length that a decision gives, or that was decided instead.
    fn decided(&mut self, d: usize) -> Option<Length> {
        let (id, outcome) = (&self.model.decisions.get(d)?.id, self.assessment.decisions.at(d)?);
        let text = match (self.answers.deviation(id).map(|deviation| &deviation.value), outcome) {
            (Some(Decided::One(value)), _) => Some(value.text.as_str()),
            (_, Outcome::Determined(value)) => value.as_text(),
            (_, Outcome::NotApplicable) => None,
            (_, Outcome::Open { needs, .. }) => {
                self.missing.extend(needs.iter().map(ToString::to_string));
                return None;
            }
            (_, Outcome::Unregulated { missing }) => {
                self.missing.extend(missing.iter().map(ToString::to_string));
                return None;
            }
            (_, Outcome::Withheld) => return None,
        };
        let length = text.and_then(|text| Length::parse(text).ok());
        self.none |= length.is_none();
        length
    }

    /// The second length, where it was added, or may have been and is to be taken for that.
    fn extension(&mut self, extension: Option<(LengthInfo, usize)>, unsure: bool) -> Option<Length> {
        let (length, question) = extension?;
        let asked = self.assessment.questions.at(question).map(|state| state.status);
        let added = match self.text(question).as_deref() {
            _ if asked == Some(QuestionStatus::NotRelevant) => false,
            Some(text) if self.counts(question) => text == "true" || text == "ja",
            Some(text) => {
                self.unsure = true; // it may turn out that the answer does not count
                unsure && (text == "true" || text == "ja")
            }
            None => {
                self.unsure = true;
                self.miss(question);
                unsure
            }
        };
        if added { self.length(length) } else { None }
    }

    /// A suspension that has begun.
    fn suspension(&mut self, info: &SuspensionInfo, extended: bool) -> Option<Suspension> {
        let pause = self.pause(info, extended)?;
        let Some(at_most) = info.at_most else { return Some(Suspension::from(pause)) };
        let mut lengths = vec![self.length(at_most)?];
        lengths.extend(self.extension(info.extension, extended));
        let mut stopped: Vec<Pause> = Vec::new();
        for pause in &info.stopped {
            stopped.extend(self.pause(pause, extended));
        }
        Some(pause.capped(stopped.into_iter().fold(Cap::of(lengths), Cap::stopped)))
    }

    /// A pause that has begun. While its first day is not asked for, or may be left open, it has begun only when that was
    /// answered, be it with "nobody knows"; or when its last day was.
    fn pause(&mut self, info: &SuspensionInfo, unsure: bool) -> Option<Pause> {
        let question = self.model.questions.get(info.from)?;
        let until = self.model.questions.get(info.until).and_then(|q| self.answers.date(&q.id));
        let state = self.assessment.questions.at(info.from)?;
        if state.status == QuestionStatus::NotRelevant {
            return None;
        }
        let lacks = question.required && state.status == QuestionStatus::Open && !state.undecided;
        let from = match self.answers.get(&question.id) {
            None if until.is_none() && !lacks => return None,
            _ => self.answers.date(&question.id),
        };
        if from.is_none() {
            self.miss(info.from);
        }
        if state.undecided {
            self.unsure = true; // it may turn out that the day does not count
            if !unsure {
                return None;
            }
        }
        Some(Pause::new(info.counting, from, until))
    }

    /// Whether a question is asked, so that its answer counts.
    fn counts(&self, question: usize) -> bool {
        let state = self.assessment.questions.at(question);
        state.is_some_and(|s| s.status != QuestionStatus::NotRelevant && !s.undecided)
    }

    /// The day that answers a question. One that does not count, or may not, is none.
    fn day(&mut self, question: usize) -> Option<Date> {
        let asked = self.model.questions.get(question).filter(|_| self.counts(question));
        let day = asked.and_then(|q| self.answers.date(&q.id));
        if day.is_none() {
            self.miss(question);
        }
        day
    }

    /// The day on which a step was done.
    fn step(&mut self, step: usize) -> Option<Date> {
        let day = self.days.get(step).copied().flatten();
        if day.is_none() {
            self.missing.extend(self.model.steps.get(step).map(|step| step.id.to_string()));
        }
        day
    }

    fn text(&self, question: usize) -> Option<String> {
        let id = self.model.questions.get(question).map(|q| q.id.as_str())?;
        match &self.answers.get(id)?.known {
            Known::Value(value) => Some(value.text.clone()),
            _ => None,
        }
    }

    fn miss(&mut self, question: usize) {
        let id = self.model.questions.get(question).map(|q| q.id.as_str()).unwrap_or_default();
        if !self.missing.iter().any(|known| known == id) {
            self.missing.push(id.to_owned());
        }
    }
}
