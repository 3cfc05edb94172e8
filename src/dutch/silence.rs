//! Why something is not said, and what layers and sources have to do with that, as an official reads it.

use super::either;
use crate::document::{Day, InForce, Period, Spanned};
use crate::model::Why;
use crate::notation::{date, period};
use crate::value::Date;

/// The kind of silence of a whole parameter or decision.
pub(crate) fn why(why: Why) -> &'static str {
    match why {
        Why::NotLoaded => "niet geladen; geen van de gebruikte regels zegt dit",
        Why::NoPolicy => "er is geen beleid",
        Why::Silent => "de regels zeggen hier niets over",
        Why::Overtaken => "het beleid is achterhaald door een latere wet",
        Why::Undecidable => "welke versie geldt, is niet vast te stellen",
        Why::NoVersion => "op deze datum zijn er geen regels",
    }
}

/// The kind of silence of a row that a case hits.
pub(crate) fn why_row(kind: Why) -> &'static str {
    match kind {
        Why::NotLoaded => "deze regel is niet geladen",
        Why::NoPolicy => "voor dit geval is er geen beleid",
        Why::Overtaken => "voor dit geval is het beleid achterhaald door een latere wet",
        kind => why(kind),
    }
}

/// `dit; of dat`.
pub(crate) fn or(texts: &[String]) -> String {
    texts.join("; of ")
}

/// That nothing applies on a date, and when something does.
pub(crate) fn no_version(on: Date, periods: &[String]) -> String {
    format!("op {} zijn er geen regels, wel {}", date(on), list(periods))
}

/// That it cannot be said whether something applies.
pub(crate) fn undecidable(titles: &[String], on: Date) -> String {
    let titles: Vec<String> = titles.iter().map(|title| format!("«{title}»")).collect();
    format!("of {} geldt op {}, is niet vast te stellen", either(&titles), date(on))
}

/// That a layer does not apply on a date, and when it does.
pub(crate) fn not_in_force(what: &str, on: Date, periods: &[String]) -> String {
    format!("«{what}» geldt niet op {}. De regels gelden wel {}.", date(on), list(periods))
}

/// That it cannot be said whether versions of a layer apply, and what is known of each.
pub(crate) fn version_unknown(titles: &[String], on: Date, periods: &[String]) -> String {
    let head = undecidable(titles, on);
    let head = head.strip_prefix('o').map_or(head.clone(), |rest| format!("O{rest}"));
    let known = match (titles, periods) {
        ([_], [one]) => one.clone(),
        _ => {
            let pairs = titles.iter().zip(periods).map(|(title, period)| format!("«{title}» {period}"));
            pairs.collect::<Vec<_>>().join(", ")
        }
    };
    format!("{head}. Bekend is: {known}. Wat daarin staat, is niet gebruikt.")
}

/// That a layer rests on a text that has changed since.
pub(crate) fn older(what: &str, source: &str, from: Date, changes: &[Date]) -> String {
    let days: Vec<String> = changes.iter().map(|day| date(*day)).collect();
    format!(
        "«{what}» gaat uit van de tekst van «{source}» die gold op {}. Die is daarna veranderd, op {}. Ga na of \
         «{what}» daar nog bij past.",
        date(from),
        days.join(" en ")
    )
}

/// That a source is cited on a date on which it does not apply, or on which that cannot be said.
pub(crate) fn lapsed(source: &str, on: Date, period: &str, applies: Option<bool>, names: &[&str]) -> String {
    const NAMED: usize = 5;
    let more = names.len().saturating_sub(NAMED);
    let mut names = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if more > 0 {
        names = format!("{names} en nog {more}");
    }
    match applies {
        Some(_) => format!("«{source}» geldt niet op {}, wel {period}. Toch rust hierop: {names}.", date(on)),
        None => format!(
            "Of «{source}» geldt op {}, is niet vast te stellen. Bekend is: {period}. Hierop rust: {names}.",
            date(on)
        ),
    }
}

/// That an answer was given to a question that is not asked on this date.
pub(crate) fn not_asked(ask: &str, asked: &Period) -> String {
    format!("«{ask}» wordt alleen gevraagd {}. Het antwoord telt nu niet mee.", plain_period(asked))
}

/// A period in words.
pub(crate) fn plain_period(of: &Period) -> String {
    let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
    period(day(&of.from), day(&of.to))
}

/// The period of a layer or source in words, as far as it is known.
pub(crate) fn in_force(of: Option<&InForce>) -> String {
    let Some(of) = of else { return period(None, None) };
    let ends = (of.from.as_ref().map(|day| day.value), of.to.as_ref().map(|day| day.value));
    match ends {
        (Some(from), Some(to)) => format!("van {} tot en met {}", end(from), end(to)),
        (Some(from), None) => format!("vanaf {}", end(from)),
        (None, Some(to)) => format!("tot en met {}", end(to)),
        (None, None) => period(None, None),
    }
}

fn end(day: Day) -> String {
    match day {
        Day::Known(day) => date(day),
        Day::Between(None, None) => "een onbekende dag".to_owned(),
        Day::Between(Some(first), None) => format!("een onbekende dag (niet voor {})", date(first)),
        Day::Between(None, Some(last)) => format!("een onbekende dag (uiterlijk {})", date(last)),
        Day::Between(first, last) => format!("een onbekende dag ({})", period(first, last)),
    }
}

/// Periods as a list.
fn list(periods: &[String]) -> String {
    periods.join(", ")
}
