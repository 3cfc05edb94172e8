//! Values as an official reads them, in Dutch.

use crate::document::Certainty;
use crate::model::{Input, Measure, Model, QuestionInfo, Type};
use crate::program::{Code, Engine, NOT_APPLICABLE};
use crate::value::{Date, Value, time_text};

const MONTHS: [&str; 12] = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
];

/// `4 juli 2026`.
pub(crate) fn date(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month()).wrapping_sub(1)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// `1.500` and `0,25`.
pub(crate) fn number(number: &rust_decimal::Decimal) -> String {
    let text = number.normalize().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{fraction}")
}

/// A value without labels.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Null => "geen".to_owned(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nee".to_owned(),
        Value::Number(n) => number(n),
        Value::Date(d) => date(*d),
        Value::Text(text) => text.clone(),
        Value::Object(fields) => {
            let parts: Vec<String> = fields.iter().map(|(name, v)| format!("{name}: {}", self::value(v))).collect();
            parts.join(", ")
        }
        Value::List(values) if values.is_empty() => "niets".to_owned(),
        Value::List(values) => values.iter().map(self::value).collect::<Vec<_>>().join("; "),
        Value::Unregulated(missing) => format!("niet geregeld ({})", missing.join(", ")),
        Value::NotApplicable => "niet van toepassing".to_owned(),
    }
}

fn with_unit(text: String, unit: Option<&String>) -> String {
    match unit {
        Some(unit) => format!("{text} {unit}"),
        None => text,
    }
}

/// `a, b of c`.
pub(crate) fn either(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} of {last}", first.join(", ")),
    }
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
        let single = |o: usize, v: &Value| {
            let output = info.outputs.get(o);
            let option = output.and_then(|out| out.options.iter().find(|option| v.as_text() == Some(&option.id)));
            match (option, v) {
                (Some(option), _) if option.label.eq_ignore_ascii_case(&option.id) => option.label.clone(),
                (Some(option), _) if option.id.len() <= 2 => format!("{} ({})", option.id, option.label),
                (Some(option), _) => option.label.clone(),
                (None, Value::Number(_)) => with_unit(value(v), output.and_then(|o| o.unit.as_ref())),
                (None, v) => value(v),
            }
        };
        match outcome {
            Value::Object(fields) => {
                let part = |(o, (name, v)): (usize, &(String, Value))| {
                    let title = info.outputs.get(o).and_then(|out| out.title.as_ref()).unwrap_or(name);
                    format!("{title}: {}", single(o, v))
                };
                fields.iter().enumerate().map(part).collect::<Vec<_>>().join(", ")
            }
            Value::List(values) if !values.is_empty() => {
                values.iter().map(|v| self.outcome_text(d, v)).collect::<Vec<_>>().join("; ")
            }
            Value::Unregulated(missing) => {
                let names: Vec<String> = missing.iter().map(|m| self.missing_text(m)).collect();
                format!("niet geregeld: {}", names.join("; "))
            }
            other => single(0, other),
        }
    }

    /// The title of something that is missing.
    pub(crate) fn missing_text(&self, id: &str) -> String {
        let parameter = self.parameters.iter().find(|p| p.id == id).map(|p| &p.title);
        let decision = self.decisions.iter().find(|d| d.id == id).map(|d| &d.title);
        parameter.or(decision).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// What an input is called in a sentence.
    pub(crate) fn input_title(&self, input: Input) -> String {
        match input {
            Input::Score(d) => self.decisions.get(d).map_or(String::new(), |d| d.title.clone()),
            Input::Output(d, o) => self.decisions.get(d).map_or(String::new(), |d| {
                let output = d.outputs.get(o).and_then(|o| o.title.clone());
                if d.outputs.len() > 1 { output.unwrap_or_else(|| self.input_name(input)) } else { d.title.clone() }
            }),
            _ => self.input_name(input),
        }
    }
}

/// A value of a question with its label or unit.
pub(crate) fn answer(question: &QuestionInfo, tick: i64) -> String {
    match &question.kind {
        Type::Finite { .. } => {
            let option = usize::try_from(tick).ok().and_then(|t| question.options.get(t));
            option.map_or_else(String::new, |o| o.label.clone())
        }
        Type::Ordered { measure: Measure::Time, .. } => time_text(tick),
        Type::Ordered { measure, .. } => {
            with_unit(value(&crate::case::tick_value(*measure, tick)), question.unit.as_ref())
        }
        Type::Text => String::new(),
    }
}

impl Engine {
    /// Codes of a question in words: options by label, neighbouring ranges as one.
    pub(crate) fn codes_text(&self, q: usize, codes: &[Code]) -> String {
        let (Some(question), Some(cells)) = (self.model.questions.get(q), self.cells.get(q)) else {
            return String::new();
        };
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        for code in codes {
            let cell = usize::try_from(*code).ok().and_then(|c| cells.list.get(c));
            match (cell, ranges.last_mut()) {
                (None, _) => {
                    if *code == NOT_APPLICABLE {
                        parts.push("niet van toepassing".to_owned());
                    }
                }
                (Some(cell), Some(last)) if ordered(question) && last.1 + 1 >= cell.lo => last.1 = last.1.max(cell.hi),
                (Some(cell), _) => ranges.push((cell.lo, cell.hi)),
            }
        }
        let mut texts: Vec<String> = ranges.into_iter().map(|(lo, hi)| range(question, lo, hi)).collect();
        texts.append(&mut parts);
        either(&texts)
    }
}

fn ordered(question: &QuestionInfo) -> bool {
    matches!(question.kind, Type::Ordered { .. })
}

fn range(question: &QuestionInfo, lo: i64, hi: i64) -> String {
    let Type::Ordered { min, max, .. } = question.kind else { return answer(question, lo) };
    if lo == hi {
        return answer(question, lo);
    }
    match (lo > min, hi < max) {
        (true, true) => format!("{} t/m {}", answer(question, lo), answer(question, hi)),
        (true, false) => format!("{} of meer", answer(question, lo)),
        (false, true) => format!("{} of minder", answer(question, hi)),
        (false, false) => "elk antwoord".to_owned(),
    }
}
