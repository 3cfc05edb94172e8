//! What is typed on the command line as `id=value`: read as in a file of answers, but a number that could be two is asked again.

use leidraad::questionnaire::{QuestionItem, Questionnaire};
use leidraad::{Answer, Answers, Known, Scalar};
use serde_json::value::RawValue;

use crate::output::Failure;

/// Decimals from which a point with three digits behind it can only stand before decimals.
const FINE: usize = 3;

/// `id=value`.
pub(super) fn pair(text: &str) -> Result<(&str, &str), Failure> {
    text.split_once('=').filter(|(id, _)| !id.trim().is_empty()).ok_or_else(|| {
        Failure::new(format!("`{text}` is not written as `id=value`")).help("for example aantal=150")
    })
}

/// A value as it is typed, as JSON: as it stands where it is JSON, so that a number keeps its digits; else a text.
pub(super) fn value(typed: &str) -> String {
    let json = serde_json::from_str::<&RawValue>(typed).is_ok() && !typed.trim_start().starts_with('"');
    if json { typed.trim().to_owned() } else { text(typed) }
}

/// A text as JSON.
pub(super) fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON object.
pub(super) fn object<'t>(
    entries: impl Iterator<Item = Result<(&'t str, String), Failure>>,
) -> Result<String, Failure> {
    let entries = entries.map(|entry| entry.map(|(key, value)| format!("{}:{value}", text(key))));
    Ok(format!("{{{}}}", entries.collect::<Result<Vec<_>, _>>()?.join(",")))
}

/// A value that was decided, as it is typed.
pub(super) fn decided(typed: &str) -> Result<String, Failure> {
    let scalar = Scalar { text: typed.trim().to_owned(), quoted: false };
    match serde_json::from_str::<f64>(typed).is_ok().then(|| scalar.thousands()).flatten() {
        Some(whole) => Err(unclear(typed, &whole, FINE)),
        None => Ok(value(typed)),
    }
}

/// Refuses a number such as `600.000`: a file would read 600, and who types it as Dutch is written means 600 000. To a question
/// that takes three decimals it can be nothing but a number with decimals.
pub(super) fn clear(answers: &Answers, questions: &Questionnaire) -> Result<(), Failure> {
    let items: Vec<&QuestionItem> = questions.sections.iter().flat_map(|section| &section.items).collect();
    answers.iter().try_for_each(|(id, answer)| {
        let item = items.iter().find(|item| item.id == id);
        item.map_or(Ok(()), |item| clear_answer(item, answer))
    })
}

fn clear_answer(item: &QuestionItem, answer: &Answer) -> Result<(), Failure> {
    let scalars: Vec<&Scalar> = match &answer.known {
        Known::Value(value) => vec![value],
        Known::Several(values) | Known::OneOf(values) => values.iter().collect(),
        Known::Between(low, high) => low.iter().chain(high).collect(),
        Known::Records(records) => {
            let mut fields = records.list.iter().flat_map(|record| record.iter());
            return fields.try_for_each(|(id, answer)| {
                let field = item.fields.iter().find(|field| field.id == id);
                field.map_or(Ok(()), |field| clear_answer(field, answer))
            });
        }
        _ => Vec::new(),
    };
    let decimals = match item.kind {
        "integer" => 0,
        "decimal" => item.step.as_ref().map_or(FINE, decimals),
        _ => return Ok(()),
    };
    let unclear = |scalar: &&Scalar| {
        let whole = scalar.thousands().filter(|_| !scalar.quoted && decimals < FINE)?;
        Some(unclear(&format!("{}={}", item.id, scalar.text), &whole, decimals))
    };
    scalars.iter().find_map(unclear).map_or(Ok(()), Err)
}

/// How many decimals a step has.
fn decimals(step: &leidraad::Value) -> usize {
    let text = serde_json::to_string(step).unwrap_or_default();
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

fn unclear(typed: &str, whole: &str, decimals: usize) -> Failure {
    let (_, number) = typed.split_once('=').unwrap_or(("", typed));
    let (before, behind) = number.trim().split_once('.').unwrap_or((number, ""));
    let behind = behind.trim_end_matches('0');
    let help = match behind.len() {
        0 => format!("write {whole}, or {before}.0"),
        FINE if decimals == FINE => format!("write {whole}, or {before}.{behind}0"),
        n if n <= decimals => format!("write {whole}, or {before}.{behind}"),
        _ => format!("write {whole}"),
    };
    Failure::new(format!("the point in `{typed}` may stand between thousands or before decimals")).help(help)
}
