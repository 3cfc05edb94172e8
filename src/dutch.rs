//! Values as an official reads them, in Dutch.

mod procedure;

use crate::document::Certainty;
use crate::model::{Atom, Bound, Input, Measure, Model, Part, QuestionInfo, Rule, Type};
use crate::notation::{MONTHS, date, number};
use crate::program::{Code, Engine, NOT_APPLICABLE};
use crate::value::{Date, Value, time_text};

pub(crate) use procedure::{
    contradiction, done_in_wrong_order, done_too_early, done_without_need, late, overdue, too_early,
};

/// A value without labels.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Null => "geen".to_owned(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nee".to_owned(),
        Value::Number(n) => number(&n.normalize().to_string()),
        Value::Date(d) => date(*d),
        Value::Text(text) => text.clone(),
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

fn with_unit(text: String, unit: Option<&String>) -> String {
    match unit {
        Some(unit) => format!("{text} {unit}"),
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
                let part = |(o, (name, v)): (usize, &(String, Value))| {
                    match info.outputs.get(o).and_then(|out| out.title.as_ref()) {
                        // the title of the decision says what this is
                        None if *name == info.id => self.output_text(d, o, v),
                        title => format!("{}: {}", title.unwrap_or(name), self.output_text(d, o, v)),
                    }
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
            other => self.output_text(d, 0, other),
        }
    }

    /// One output of a decision with its label or unit.
    fn output_text(&self, d: usize, o: usize, v: &Value) -> String {
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
            (Some(option), _) => option.label.clone(),
            (None, Value::Number(_)) => with_unit(value(v), output.and_then(|o| o.unit.as_ref())),
            (None, v) => value(v),
        }
    }

    /// The title of something that is missing.
    pub(crate) fn missing_text(&self, id: &str) -> String {
        let parameter = self.parameters.iter().find(|p| p.id == id).map(|p| &p.title);
        if let Some(decision) = self.decisions.iter().find(|d| d.id == id) {
            return match decision.other_dates.as_slice() {
                [] => decision.title.clone(),
                dates => format!("{} (op deze datum geen regels; wel {})", decision.title, dates.join(", ")),
            };
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
            Input::Question(q) => self.questions.get(q).map_or_else(String::new, |q| q.id.clone()),
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
            option.map_or_else(String::new, |o| o.label.clone())
        }
        Type::Ordered { measure: Measure::Time, .. } => time_text(tick),
        Type::Ordered { measure, .. } => {
            with_unit(value(&crate::ticks::tick_value(*measure, tick)), question.unit.as_ref())
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
        let dates = cells.partly(codes);
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
        let mut texts: Vec<String> = ranges.into_iter().map(|(lo, hi)| range(question, lo, hi)).collect();
        texts.append(&mut parts);
        either(&texts)
    }
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

/// `minstens 10` or `meer dan 200`: whichever names the rounder value, which is the one that a policy names.
fn at_least(text: &impl Fn(i64) -> String, tick: i64) -> (&'static str, String) {
    let (here, before) = (text(tick), text(tick.saturating_sub(1)));
    if digits(&before) < digits(&here) { ("meer dan", before) } else { ("minstens", here) }
}

/// `hoogstens 200` or `minder dan 20`.
fn at_most(text: &impl Fn(i64) -> String, tick: i64) -> (&'static str, String) {
    let (here, after) = (text(tick), text(tick.saturating_add(1)));
    if digits(&after) < digits(&here) { ("minder dan", after) } else { ("hoogstens", here) }
}

/// How many digits of a number matter; of a date, a time or a name none.
fn digits(text: &str) -> usize {
    let number = text.split(' ').next().unwrap_or("");
    let is_date = MONTHS.iter().any(|month| text.contains(month));
    if is_date || !number.bytes().all(|b| b.is_ascii_digit() || b".,-".contains(&b)) {
        return 0;
    }
    let figures: String = number.chars().filter(char::is_ascii_digit).collect();
    figures.trim_end_matches('0').len()
}

fn moment(question: &QuestionInfo) -> bool {
    matches!(question.kind, Type::Ordered { measure: Measure::Date | Measure::Time, .. })
}

fn range(question: &QuestionInfo, lo: i64, hi: i64) -> String {
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

impl Model {
    /// A test in words: `aantal: hoogstens 200 personen`.
    pub(crate) fn test_text(&self, input: Input, atoms: &[Atom]) -> String {
        let mut parts: Vec<String> = Vec::new();
        for text in atoms.iter().map(|atom| self.atom_text(input, atom)) {
            if !parts.contains(&text) {
                parts.push(text);
            }
        }
        after(&self.input_title(input), &either(&parts))
    }

    fn atom_text(&self, input: Input, atom: &Atom) -> String {
        let list =
            |inner: &[Atom]| either(&inner.iter().map(|a| self.atom_text(input, a)).collect::<Vec<_>>());
        match atom {
            Atom::Any => "elk antwoord".to_owned(),
            Atom::NotApplicable => "niet van toepassing".to_owned(),
            Atom::Fails(inner) => match inner.as_slice() {
                [Atom::Fails(twice)] => list(twice),
                inner => format!("niet {}", list(inner)),
            },
            Atom::Not(inner) => format!("niet {}", list(inner)),
            Atom::Unset(p) => {
                format!("binnen «{}» (niet bekend)", self.parameters.get(*p).map_or("", |p| &p.title))
            }
            Atom::Option(option) => match input {
                Input::Question(q) => self
                    .questions
                    .get(q)
                    .map_or_else(String::new, |q| answer(q, i64::try_from(*option).unwrap_or(0))),
                _ => option.to_string(),
            },
            Atom::Value(v) => match input {
                Input::Output(d, o) => self.output_text(d, o, v),
                _ => value(v),
            },
            Atom::Range(lo, hi) => self.range_text(input, *lo, *hi),
        }
    }

    fn range_text(&self, input: Input, lo: Bound, hi: Bound) -> String {
        let text = |tick: i64| self.tick_text(input, tick);
        let unset = |parameter: usize| {
            format!("«{}» (niet bekend)", self.parameters.get(parameter).map_or("", |p| &p.title))
        };
        let low = match lo {
            Bound::None => None,
            Bound::At(lo) => Some(at_least(&text, lo)),
            Bound::Unset { parameter, inclusive } => {
                Some((if inclusive { "minstens" } else { "meer dan" }, unset(parameter)))
            }
        };
        let high = match hi {
            Bound::None => None,
            Bound::At(hi) => Some(at_most(&text, hi)),
            Bound::Unset { parameter, inclusive } => {
                Some((if inclusive { "hoogstens" } else { "minder dan" }, unset(parameter)))
            }
        };
        match (low, high) {
            (Some((_, a)), Some((_, b))) if lo == hi || a == b => a,
            (Some(("minstens", a)), Some(("hoogstens", b))) => format!("van {a} tot en met {b}"),
            (Some((from, a)), Some((to, b))) => format!("{from} {a} en {to} {b}"),
            (Some((word, end)), None) | (None, Some((word, end))) => format!("{word} {end}"),
            (None, None) => "elk antwoord".to_owned(),
        }
    }

    fn tick_text(&self, input: Input, tick: i64) -> String {
        let name = |names: &[&str]| {
            usize::try_from(tick - 1)
                .ok()
                .and_then(|i| names.get(i))
                .map_or_else(|| tick.to_string(), |n| (*n).to_owned())
        };
        match input {
            Input::Question(q) => self.questions.get(q).map_or_else(String::new, |q| answer(q, tick)),
            Input::Part(_, Part::Month) => name(&MONTHS),
            Input::Part(_, Part::Weekday) => name(&WEEKDAYS),
            Input::Part(_, Part::Day) => tick.to_string(),
            Input::Score(d) => {
                let scale = match self.decisions.get(d).map(|d| &d.rule) {
                    Some(Rule::Points(points)) => points.scale,
                    _ => 0,
                };
                value(&crate::ticks::tick_value(Measure::Number { scale, step: 1 }, tick))
            }
            Input::Output(..) => {
                let measure = Measure::Number { scale: crate::ticks::OUTPUT_SCALE, step: 1 };
                value(&crate::ticks::tick_value(measure, tick))
            }
        }
    }
}

/// The Dutch name of a part of a date.
fn part_name(part: Part) -> &'static str {
    match part {
        Part::Month => "maand",
        Part::Weekday => "weekdag",
        Part::Day => "dag van de maand",
    }
}
