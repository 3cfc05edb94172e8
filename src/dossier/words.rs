//! Answers, outcomes and moments in Dutch, for officials.

use super::fields::{Json, Moment};
use crate::answers::{Answer, Decided, Known, Record, Records, Scalar};
use crate::dutch::{between, either, ordered_text};
use crate::model::{Model, QuestionInfo, Type};
use crate::notation::{date, number};
use crate::rule_set::Program;
use crate::value::{Date, Value};

/// What the rules do not say, or nobody knows.
const UNSAID: &str = "niet te zeggen: hierover is niets geregeld, of niets bekend";

/// A text without signs that move the cursor of a terminal or turn the direction of reading.
pub(crate) fn harmless(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            c if c.is_control() || turns(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// `3 augustus 2026, 10:00`.
pub(crate) fn moment(moment: &Moment) -> String {
    format!("{}, {}", date(moment.date()), moment.time())
}

/// An answer without what was noted beside it, as it was given: it may hold signs that are not harmless.
pub(crate) fn bare_answer(program: Option<&Program>, id: &str, answer: &Answer) -> String {
    let model = program.map(|program| &program.engine.model);
    let question = model.and_then(|model| model.question(id).and_then(|q| model.questions.get(q)));
    match (&answer.known, model) {
        (Known::Records(list), model) => records(model, id, list),
        (other, _) => known(question, other),
    }
}

/// An answer with what was noted beside it, as it was given.
pub(super) fn answer(program: Option<&Program>, id: &str, answer: &Answer) -> String {
    let mut text = bare_answer(program, id, answer);
    let mut notes = Vec::new();
    let at = answer.at.as_ref().map(|at| Date::parse(at).map_or_else(|| at.clone(), date));
    match (&answer.by, at) {
        (Some(by), Some(at)) => notes.push(format!("door {by} op {at}")),
        (Some(by), None) => notes.push(format!("door {by}")),
        (None, Some(at)) => notes.push(format!("op {at}")),
        (None, None) => {}
    }
    notes.extend(answer.remark.as_ref().map(|remark| format!("opmerking: {remark}")));
    if !answer.evidence.is_empty() {
        notes.push(format!("bewijs: {}", answer.evidence.join(", ")));
    }
    if !notes.is_empty() {
        text.push_str(&format!(" ({})", notes.join("; ")));
    }
    text
}

fn known(question: Option<&QuestionInfo>, known: &Known) -> String {
    let texts = |values: &[Scalar]| values.iter().map(|value| scalar(question, value)).collect::<Vec<_>>();
    match known {
        Known::Value(value) => scalar(question, value),
        Known::Several(values) => texts(values).join(", "),
        Known::Unknown => "niet bekend".to_owned(),
        Known::Records(records) => self::records(None, "", records),
        Known::NotApplicable(reason) => format!("niet van toepassing: {reason}"),
        Known::OneOf(values) => either(&texts(values)),
        Known::Between(low, high) => {
            let end = |end: &Option<Scalar>| end.as_ref().map(|end| end.text.clone());
            let (low, high) = (end(low), end(high));
            let words = question.and_then(|q| between(q, low.as_deref(), high.as_deref()));
            words.unwrap_or_else(|| "niet bekend".to_owned())
        }
    }
}

/// The records of a list, numbered as in what is decided of each.
fn records(model: Option<&Model>, id: &str, records: &Records) -> String {
    let list = model.and_then(|model| Some((model, model.list(model.question(id)?)?)));
    let asked = |name: &str| {
        let (model, list) = list?;
        let mut fields = list.fields.iter().filter_map(|field| model.questions.get(*field));
        fields.find(|field| field.id.rsplit('.').next() == Some(name))
    };
    let field = |(name, answer): (&str, &Answer)| {
        let question = asked(name);
        crate::dutch::after(question.map_or(name, |question| &question.ask), &known(question, &answer.known))
    };
    let one = |(number, record): (usize, &Record)| {
        format!("({number}) {}", record.iter().map(field).collect::<Vec<_>>().join("; "))
    };
    let all: Vec<String> = (1..).zip(&records.list).map(one).collect();
    match (all.is_empty(), records.complete) {
        (true, true) => "geen".to_owned(),
        (true, false) => "niet bekend".to_owned(),
        (false, true) => all.join("\n"),
        (false, false) => format!("{}; misschien zijn er meer", all.join("\n")),
    }
}

fn scalar(question: Option<&QuestionInfo>, value: &Scalar) -> String {
    let id = match value.text.as_str() {
        "true" if !value.quoted => "ja",
        "false" if !value.quoted => "nee",
        other => other,
    };
    match question {
        Some(question) if matches!(question.kind, Type::Finite { .. }) => {
            let option = question.options.iter().find(|option| option.id == id || option.id == value.text);
            option.map_or_else(|| id.to_owned(), |option| option.label.to_string())
        }
        Some(question) => ordered_text(question, &value.text, true),
        None => id.to_owned(),
    }
}

/// The title of a decision, with the record for which it was made.
pub(super) fn decision(program: Option<&Program>, id: &str) -> String {
    let model = program.map(|program| &program.engine.model);
    let found = model.and_then(|model| model.decided(id).map(|(d, of)| (model, d, of)));
    let Some((model, d, of)) = found else { return harmless(id) };
    let title = model.decisions.get(d).map_or(id, |decision| &decision.title);
    match of.and_then(|(list, number)| Some((model.lists.get(list)?, number))) {
        Some((list, number)) => format!("{title} ({} {number})", list.each),
        None => title.to_owned(),
    }
}

/// What was decided.
pub(crate) fn decided(program: Option<&Program>, id: &str, value: &Decided) -> String {
    let json = Json::of(value).unwrap_or_else(|_| Json::null());
    let named = |json: &Json| -> Vec<(String, Json)> {
        json.entries().into_iter().filter(|(_, value)| *value != Json::null()).collect()
    };
    // an output without a value may be left out
    let outcomes = program.and_then(|program| {
        let (d, _) = program.engine.model.decided(id)?;
        program.engine.outcomes.get(d)
    });
    let mut outcomes = outcomes.into_iter().flatten().filter_map(|outcome| Json::of(outcome).ok());
    let whole = matches!(value, Decided::Several(_))
        .then(|| outcomes.find(|outcome| named(outcome) == named(&json)))
        .flatten();
    value_text(program, id, whole.as_ref().unwrap_or(&json))
}

/// An outcome as it was recorded.
pub(super) fn outcome(program: Option<&Program>, id: &str, outcome: &Json) -> String {
    let fields = outcome.entries();
    let field = |key: &str| fields.iter().find(|(name, _)| name == key).map(|(_, json)| json);
    let values = |json: &Json| -> Vec<String> {
        json.items().iter().map(|value| value_text(program, id, value)).collect()
    };
    let from_to = |range: &Json| -> String {
        // in canonical order the highest comes first
        let ends: Vec<String> =
            range.entries().iter().rev().map(|(_, end)| value_text(program, id, end)).collect();
        format!("van {}", ends.join(" tot en met "))
    };
    let status = field("status").map(Json::plain).unwrap_or_default();
    match (status.as_str(), field("value"), field("possible"), field("range"), field("lists_of")) {
        ("determined", Some(value), ..) => value_text(program, id, value),
        ("open", _, Some(possible), Some(range), _) => {
            format!("nog open: {}; of {}", from_to(range), either(&values(possible)))
        }
        ("open", _, Some(possible), ..) => format!("nog open: {}", either(&values(possible))),
        ("open", _, _, Some(range), _) => format!("nog open: {}", from_to(range)),
        ("open", _, _, _, Some(lists)) => {
            format!("nog open: geen, een of meer van {}", either(&values(lists)))
        }
        ("not_applicable", ..) => "niet van toepassing".to_owned(),
        ("unregulated", ..) => UNSAID.to_owned(),
        ("withheld", ..) => "afgeschermd".to_owned(),
        _ => "niet te lezen".to_owned(),
    }
}

/// A value of a decision with its label, where the rules have one.
fn value_text(program: Option<&Program>, id: &str, json: &Json) -> String {
    let labelled = program.and_then(|program| {
        let model: &Model = &program.engine.model;
        let (d, _) = model.decided(id)?;
        let outcomes = program.engine.outcomes.get(d)?;
        let known = outcomes.iter().find(|value| Json::of(*value).is_ok_and(|value| value == *json));
        let text = |value: &Value| model.outcome_text(d, value);
        known.map(text).or_else(|| Value::number(json.as_str()).as_ref().map(text))
    });
    labelled.unwrap_or_else(|| harmless(&plain(json)))
}

/// A value without labels.
fn plain(json: &Json) -> String {
    match json.as_str() {
        "null" => "geen".to_owned(),
        "true" => "ja".to_owned(),
        "false" => "nee".to_owned(),
        text if text.starts_with(r#"{"not_applicable":"#) => "niet van toepassing".to_owned(),
        text if text.starts_with(r#"{"unregulated":"#) => UNSAID.to_owned(),
        text if text.starts_with('{') => {
            let parts = json.entries().into_iter().map(|(name, value)| format!("{name}: {}", plain(&value)));
            parts.collect::<Vec<_>>().join(", ")
        }
        text if text.starts_with('[') => {
            let items: Vec<String> = json.items().iter().map(plain).collect();
            if items.is_empty() { "niets".to_owned() } else { items.join("; ") }
        }
        text if text.starts_with('"') => json.plain(),
        text => number(text),
    }
}
