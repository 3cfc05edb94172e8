//! The reference dates of a case: which day each layer goes by.

use super::RuleSet;
use super::check::firsts;
use super::layers::Dates;
use crate::answers::{Answer, Answers, Known, Scalar};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::source::Spanned;
use crate::value::Date;

impl RuleSet {
    /// The reference dates of a case: the day given, else those that its answers fix, else today.
    ///
    /// # Errors
    /// A day that is known in part, where not the same rules apply on all days that it may be.
    pub(crate) fn dates_of(
        &self,
        authority: Option<&str>,
        answers: &Answers,
        on: Option<Date>,
        today: Date,
    ) -> Result<Dates, Diagnostics> {
        let series = self.series(authority);
        let own = |question: Option<&str>| -> Vec<&Document> {
            let of = series.iter().filter(|series| series.question == question);
            of.flat_map(|series| series.versions.iter().copied()).collect()
        };
        let facts = match (on, self.reference_date()) {
            (Some(on), _) => Some(on),
            (None, None) => None,
            (None, Some(question)) => self.fixed(question, answers, &own(None))?,
        };
        let mut dates = Dates::all(facts.unwrap_or(today));
        for question in series.iter().filter_map(|series| series.question) {
            let day = match self.fixed(question, answers, &own(Some(question))) {
                Ok(day) => day,
                Err(_) if on.is_some_and(|on| allows(question, answers, on)) => on,
                Err(findings) => return Err(findings),
            };
            dates = dates.with(question, day.or(on).unwrap_or(today));
        }
        Ok(dates)
    }

    /// The day that an answer fixes for these layers: the day itself, or any of those that it may be, of all that there are, when
    /// they have the same rules.
    fn fixed(
        &self,
        question: &str,
        answers: &Answers,
        layers: &[&Document],
    ) -> Result<Option<Date>, Diagnostics> {
        let Some(answer) = answers.get(question) else { return Ok(None) };
        let day = |scalar: &Scalar| Date::parse(&scalar.text);
        let (low, high, first) = match &answer.known {
            Known::OneOf(values) => {
                let days = || values.iter().filter_map(day);
                (days().min(), days().max(), days().next())
            }
            Known::Between(low, high) => {
                let (low, high) = (low.as_ref().and_then(day), high.as_ref().and_then(day));
                (low, high, low.or(high))
            }
            _ => return Ok(answers.date(question)),
        };
        let Some(first) = first else { return Ok(None) };
        let (least, most) = self.days_of(question);
        let low = low.max(least);
        let high = high.into_iter().chain(most).min();
        let changes = firsts(layers.iter().copied());
        let between = |tick: &i64| {
            low.is_none_or(|low| low.ticks() < *tick) && high.is_none_or(|high| *tick <= high.ticks())
        };
        let within: Vec<Date> = changes.into_iter().filter(between).filter_map(Date::from_ticks).collect();
        match within.as_slice() {
            [] => Ok(Some(first)),
            days => Err(Diagnostics::new(vec![several(question, answer, days)], answers.sources.clone())),
        }
    }

    /// The first and last day that a question can have in any of its versions.
    fn days_of(&self, question: &str) -> (Option<Date>, Option<Date>) {
        let items =
            self.documents().flat_map(|document| &document.questions).flat_map(|section| &section.items);
        let own: Vec<_> = items.filter(|item| item.id.value == question).collect();
        let day = |end: &Option<Spanned<String>>| Date::parse(&end.as_ref()?.value);
        let low: Option<Vec<Date>> = own.iter().map(|item| day(&item.min)).collect();
        let high: Option<Vec<Date>> = own.iter().map(|item| day(&item.max)).collect();
        (low.and_then(|days| days.into_iter().min()), high.and_then(|days| days.into_iter().max()))
    }
}

/// Whether the answer to a question, known in part, may be this day.
fn allows(question: &str, answers: &Answers, on: Date) -> bool {
    let is = |scalar: &Scalar| Date::parse(&scalar.text);
    match answers.get(question).map(|answer| &answer.known) {
        Some(Known::OneOf(values)) => values.iter().any(|value| is(value) == Some(on)),
        Some(Known::Between(low, high)) => {
            let (low, high) = (low.as_ref().and_then(is), high.as_ref().and_then(is));
            low.is_none_or(|low| low <= on) && high.is_none_or(|high| on <= high)
        }
        _ => false,
    }
}

fn several(question: &str, answer: &Answer, changes: &[Date]) -> Diagnostic {
    let days = changes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let message = format!(
        "the rules go by `{question}`, of which the day is known in part, and they are not the same on all days that it may be: \
         they change on {days}"
    );
    Diagnostic::error(Code::WrongAnswer, answer.span, message)
        .help("look at each side of the change, with `--on` a day that it may be, or answer with one day")
}
