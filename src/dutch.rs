//! Values as an official reads them, in Dutch.

mod counts;
mod domain;
mod entries;
mod formula;
mod procedure;
mod silence;

use crate::cells::Cells;
use crate::document::Certainty;
use crate::model::{Input, Measure, Model, Part, QuestionInfo, Type};
use crate::notation::{MONTHS, date, number};
use crate::program::{Code, Engine, NOT_APPLICABLE};
use crate::term::Length;
use crate::text::Text;
use crate::value::{Date, Value, parse_decimal, parse_time, time_text};

pub(crate) use domain::domain;
pub(crate) use procedure::{
    SOURCE_UNDECIDED, contradiction, decided_without_need, deviation, done_in_wrong_order, done_later,
    done_too_early, done_without_need, late, no_term, overdue, perhaps_done, term_problem, too_early,
    two_days,
};
pub(crate) use silence::{
    in_force, lapsed, no_version, not_asked, not_in_force, older, or, plain_period, undecidable,
    version_unknown, why, why_row,
};

/// A value without labels.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Null => "geen".to_owned(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nee".to_owned(),
        Value::Number(n) => number(&n.normalize().to_string()),
        Value::Date(d) => date(*d),
        // the length of a term, as a decision gives it
        Value::Text(text) => Length::parse(text).map_or_else(|_| text.to_string(), Length::dutch),
        Value::Object(fields) => {
            let parts: Vec<String> =
                fields.iter().map(|(name, v)| format!("{name}: {}", self::value(v))).collect();
            parts.join(", ")
        }
        Value::List(values) if values.is_empty() => "niets".to_owned(),
        Value::List(values) => values.iter().map(self::value).collect::<Vec<_>>().join("; "),
        Value::Unregulated(missing) => format!("niet geregeld ({})", missing.join(", ")),
        Value::NotApplicable => "niet van toepassing".to_owned(),
    }
}

/// A value of an ordered question as it is written in a rule or an answer; a year stands as it is.
pub(crate) fn ordered_text(question: &QuestionInfo, text: &str, unit: bool) -> String {
    let as_written = || text.to_owned();
    match &question.kind {
        Type::Ordered { measure: Measure::Time, .. } => parse_time(text).map_or_else(as_written, time_text),
        Type::Ordered { measure: Measure::Date, .. } => Date::parse(text).map_or_else(as_written, date),
        Type::Ordered { .. } => with_unit(number_text(text), question.unit.as_ref().filter(|_| unit)),
        _ => as_written(),
    }
}

/// An answer of which the ends are known: `tussen 5 en 6 personen, beide meegeteld`.
pub(crate) fn between(question: &QuestionInfo, low: Option<&str>, high: Option<&str>) -> Option<String> {
    let text = |end: &str, unit: bool| ordered_text(question, end, unit);
    let (from, to) = if moment(question) { ("vanaf", "tot en met") } else { ("minstens", "hoogstens") };
    Some(match (low, high) {
        (Some(low), Some(high)) if text(low, true) == text(high, true) => text(low, true),
        (Some(low), Some(high)) => {
            format!("tussen {} en {}, beide meegeteld", text(low, false), text(high, true))
        }
        (Some(low), None) => format!("{from} {}", text(low, true)),
        (None, Some(high)) => format!("{to} {}", text(high, true)),
        (None, None) => return None,
    })
}

/// A number as it is written in a rule or an answer.
fn number_text(text: &str) -> String {
    parse_decimal(text).map_or_else(|| text.to_owned(), |n| value(&Value::Number(n)))
}

fn with_unit(text: String, unit: Option<&String>) -> String {
    match unit {
        Some(unit) => crate::notation::with_unit(&text, unit),
        None => text,
    }
}

/// `a, b of c`; with semicolons where a part has commas of its own.
pub(crate) fn either(parts: &[String]) -> String {
    let comma = if parts.iter().any(|part| part.contains(',')) { "; " } else { ", " };
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if comma == "; " => format!("{}; of {last}", first.join(comma)),
        [first @ .., last] => format!("{} of {last}", first.join(comma)),
    }
}

/// `Titel: tekst`, and after a question mark just the text.
pub(crate) fn after(title: &str, text: &str) -> String {
    let colon = if title.ends_with('?') { "" } else { ":" };
    format!("{title}{colon} {text}")
}

/// What a certainty means to a reader.
pub(crate) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Verified => "gelezen in de bron",
        Certainty::Secondary => "uit tweede hand of verouderd",
        Certainty::GeneralKnowledge => "algemene kennis, niet nagezocht",
        Certainty::Editorial => "keuze van de redactie",
    }
}

impl Model {
    /// An outcome of a decision with its labels and units.
    pub(crate) fn outcome_text(&self, d: usize, outcome: &Value) -> String {
        let Some(info) = self.decisions.get(d) else { return value(outcome) };
        match outcome {
            Value::Object(fields) => {
                let part = |(o, (name, v)): (usize, &(Text, Value))| {
                    match info.outputs.get(o).and_then(|out| out.title.as_ref()) {
                        // the title of the decision says what this is
                        None if *name == info.id => self.output_text(d, o, v),
                        title => format!(
                            "{}: {}",
                            title.map_or(name.as_str(), String::as_str),
                            self.output_text(d, o, v)
                        ),
                    }
                };
                // an output that the row leaves empty says nothing beside the others
                let told = |(o, (_, v)): &(usize, &(Text, Value))| *o == 0 || *v != Value::Null;
                fields.iter().enumerate().filter(told).map(part).collect::<Vec<_>>().join(", ")
            }
            Value::List(values) if !values.is_empty() => {
                values.iter().map(|v| self.outcome_text(d, v)).collect::<Vec<_>>().join("; ")
            }
            Value::Unregulated(missing) => {
                let names: Vec<String> = missing.iter().map(|m| self.missing_text(m)).collect();
                format!("niet geregeld: {}", names.join("; "))
            }
            other => self.output_text(d, 0, other),
        }
    }

    /// One output of a decision with its label or unit.
    pub(crate) fn output_text(&self, d: usize, o: usize, v: &Value) -> String {
        let output = self.decisions.get(d).and_then(|d| d.outputs.get(o));
        let option = output.and_then(|out| out.options.iter().find(|option| v.as_text() == Some(&option.id)));
        match (option, v) {
            // a short code such as a class stays in sight beside its label
            (Some(option), _)
                if option.id.len() <= 2
                    && !option.label.to_lowercase().contains(&option.id.to_lowercase()) =>
            {
                format!("{} ({})", option.id, option.label)
            }
            (Some(option), _) => option.label.to_string(),
            (None, Value::Number(_)) => with_unit(value(v), output.and_then(|o| o.unit.as_ref())),
            (None, v) => value(v),
        }
    }

    /// The title of something that is missing.
    pub(crate) fn missing_text(&self, id: &str) -> String {
        let parameter = self.parameters.iter().find(|p| p.id == id).map(|p| &p.title);
        if let Some(decision) = self.decisions.iter().find(|d| d.id == id) {
            return decision.title.clone();
        }
        parameter.cloned().unwrap_or_else(|| id.to_owned())
    }

    /// What an input is called in a sentence.
    pub(crate) fn input_title(&self, input: Input) -> String {
        match input {
            Input::Score(d) => self.decisions.get(d).map_or(String::new(), |d| d.title.clone()),
            Input::Output(d, o) => self.decisions.get(d).map_or(String::new(), |d| {
                let output = d.outputs.get(o).and_then(|o| o.title.clone());
                if d.outputs.len() > 1 {
                    output.unwrap_or_else(|| self.input_name(input))
                } else {
                    d.title.clone()
                }
            }),
            Input::Question(q) => self.questions.get(q).map_or_else(String::new, |q| match q.derived {
                Some(_) => q.ask.clone(), // nobody knows it by its id
                None => q.id.to_string(),
            }),
            Input::Part(q, part) => {
                let question = self.questions.get(q).map_or("", |q| q.id.as_str());
                format!("{} van {question}", part_name(part))
            }
        }
    }
}

/// A value of a question with its label or unit.
pub(crate) fn answer(question: &QuestionInfo, tick: i64) -> String {
    match &question.kind {
        Type::Finite { .. } => {
            let option = usize::try_from(tick).ok().and_then(|t| question.options.get(t));
            option.map_or_else(String::new, |o| o.label.to_string())
        }
        Type::Ordered { measure: Measure::Time, .. } => time_text(tick),
        Type::Ordered { measure, .. } => {
            with_unit(value(&crate::ticks::tick_value(*measure, tick)), question.unit.as_ref())
        }
        Type::Text | Type::List => String::new(),
    }
}

impl Engine {
    /// Codes of a question in words: options by label, neighbouring ranges as one.
    pub(crate) fn codes_text(&self, q: usize, codes: &[Code]) -> String {
        self.codes_within(q, codes, (i64::MIN, i64::MAX))
    }

    /// The same, of an ordered question as far as it lies between two ticks.
    pub(crate) fn codes_within(&self, q: usize, codes: &[Code], ends: (i64, i64)) -> String {
        let (Some(question), Some(cells)) = (self.model.questions.get(q), self.cells.get(q)) else {
            return String::new();
        };
        cells_text(question, cells, codes, ends)
    }
}

/// Cells of a question in words, of an ordered one as far as they lie between two ticks.
pub(crate) fn cells_text(
    question: &QuestionInfo,
    cells: &Cells,
    codes: &[Code],
    (low, high): (i64, i64),
) -> String {
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    let dates = cells.partly(codes, (low, high));
    if !dates.is_empty() {
        parts.push(dates_text(cells.parts(), &dates));
    }
    for code in codes.iter().filter(|_| dates.is_empty() || codes.last() == Some(&NOT_APPLICABLE)) {
        if !dates.is_empty() && *code != NOT_APPLICABLE {
            continue;
        }
        let cell = usize::try_from(*code).ok().and_then(|c| cells.list.get(c));
        match (cell, ranges.last_mut()) {
            (None, _) => {
                if *code == NOT_APPLICABLE {
                    parts.push("niet van toepassing".to_owned());
                }
            }
            (Some(cell), Some(last)) if ordered(question) && last.1 + 1 >= cell.lo => {
                last.1 = last.1.max(cell.hi)
            }
            (Some(cell), _) => ranges.push((cell.lo, cell.hi)),
        }
    }
    let clipped = ranges.into_iter().map(|(lo, hi)| match ordered(question) {
        true => range(question, lo.max(low), hi.min(high)),
        false => range(question, lo, hi),
    });
    let mut texts: Vec<String> = clipped.collect();
    texts.append(&mut parts);
    either(&texts)
}

/// Days of which only the month, or the day of the week, is told; of others an example.
fn dates_text(parts: &[Part], dates: &[Date]) -> String {
    let mut names: Vec<String> = Vec::new();
    for date in dates {
        let (list, index) = match parts {
            [Part::Month] => (&MONTHS[..], date.month()),
            [Part::Weekday] => (&WEEKDAYS[..], date.weekday()),
            _ => return format!("een dag zoals {}", self::date(*date)),
        };
        let name = list.get(usize::from(index).wrapping_sub(1)).map_or("", |name| name);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let when = if parts == [Part::Month] { "een dag in" } else { "een" };
    format!("{when} {}", either(&names))
}

fn ordered(question: &QuestionInfo) -> bool {
    matches!(question.kind, Type::Ordered { .. })
}

fn moment(question: &QuestionInfo) -> bool {
    matches!(question.kind, Type::Ordered { measure: Measure::Date | Measure::Time, .. })
}

/// The values of an ordered question between two.
pub(crate) fn range(question: &QuestionInfo, lo: i64, hi: i64) -> String {
    let Type::Ordered { min, max, .. } = question.kind else { return answer(question, lo) };
    if lo == hi {
        return answer(question, lo);
    }
    let (more, less) = if moment(question) { ("later", "eerder") } else { ("meer", "minder") };
    match (lo > min, hi < max) {
        (true, true) => format!("{} t/m {}", answer(question, lo), answer(question, hi)),
        (true, false) => format!("{} of {more}", answer(question, lo)),
        (false, true) => format!("{} of {less}", answer(question, hi)),
        (false, false) => "elk antwoord".to_owned(),
    }
}

const WEEKDAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];

/// The Dutch name of a part of a date.
fn part_name(part: Part) -> &'static str {
    match part {
        Part::Month => "maand",
        Part::Weekday => "weekdag",
        Part::Day => "dag van de maand",
    }
}
