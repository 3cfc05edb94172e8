//! What a person types, understood: an answer in Dutch notation, or a word such as `terug`.

pub(super) use leidraad::Known;
use leidraad::Scalar;
use leidraad::questionnaire::{QuestionItem, QuestionOption};

use crate::dutch;

/// A question to ask, with what is known of it.
pub(super) struct Question<'q> {
    pub(super) item: &'q QuestionItem,
    pub(super) section: &'q str,
    /// The answer that was given before, in words.
    pub(super) before: Option<String>,
    /// Of a question that only people can judge: what the facts suggest, in words.
    pub(super) suggested: Option<String>,
}

/// A reply to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    Answer(Known),
    /// Left as it is: empty, where that is allowed, or with the answer that it has.
    Skip,
    /// "Not applicable", with the reason if it was given.
    NotApplicable(Option<String>),
    Back,
    Help,
    Stop,
}

/// Understands a line and has an answer accepted; otherwise what to say before asking again: help, or what is wrong.
pub(super) fn judge(
    question: &Question<'_>,
    line: &str,
    accept: &dyn Fn(&Known) -> Result<(), String>,
) -> Result<Reply, String> {
    let wrong = |wrong: String| format!("  {wrong}\n");
    match read(question, line).map_err(wrong)? {
        Reply::Help => Err(explained(question.item)),
        Reply::Answer(known) => accept(&known).map(|()| Reply::Answer(known)).map_err(wrong),
        reply => Ok(reply),
    }
}

/// Understands a line; what cannot be understood is explained.
pub(super) fn read(question: &Question<'_>, line: &str) -> Result<Reply, String> {
    let item = question.item;
    let line = line.trim();
    if matches!(line, "?" | "help" | "uitleg") {
        return Ok(Reply::Help);
    }
    if let Some(option) = option(item, line) {
        return Ok(Reply::Answer(Known::Value(scalar(item, option))));
    }
    let lower = line.to_lowercase();
    let reason = ["niet van toepassing", "n.v.t.", "nvt"].iter().find_map(|word| {
        let rest = lower.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with([':', ' ', ','])).then_some(word.len())
    });
    match lower.as_str() {
        "" if item.required && question.before.is_none() => {
            return Err("Geef een antwoord, of typ `weet niet`, `terug`, `stop` of `?`.".to_owned());
        }
        "" => return Ok(Reply::Skip),
        "terug" | "<" => return Ok(Reply::Back),
        "stop" | "stoppen" => return Ok(Reply::Stop),
        "weet niet" | "weet ik niet" | "onbekend" | "w" => return Ok(Reply::Answer(Known::Unknown)),
        _ => {}
    }
    if let Some(length) = reason {
        if !item.not_applicable {
            return Err(
                "Bij deze vraag kan `niet van toepassing` niet. Typ `weet niet` als u het niet weet."
                    .to_owned(),
            );
        }
        let reason = line.get(length..).unwrap_or_default().trim_start_matches([':', ' ', ',']).trim();
        return Ok(Reply::NotApplicable((!reason.is_empty()).then(|| reason.to_owned())));
    }
    known(item, line).map(Reply::Answer)
}

fn known(item: &QuestionItem, line: &str) -> Result<Known, String> {
    match item.kind {
        "choice" | "boolean" => several(item, line),
        "text" => Ok(Known::Value(Scalar::from(line))),
        _ => match between(item, line) {
            Some(between) => between,
            None => value(item, line).map(Known::Value),
        },
    }
}

/// The option of a number in the list, an id or a label; `j` and `n` for yes and no.
fn option<'q>(item: &'q QuestionItem, text: &str) -> Option<&'q QuestionOption> {
    let text = text.trim().to_lowercase();
    let by_id = item.options.iter().find(|option| option.id.to_lowercase() == text);
    let by_label = || item.options.iter().find(|option| option.label.to_lowercase() == text);
    let by_number = || item.options.get(text.parse::<usize>().ok()?.checked_sub(1)?);
    let short =
        || item.options.iter().find(|o| item.kind == "boolean" && text.len() == 1 && o.id.starts_with(&text));
    by_id.or_else(by_label).or_else(by_number).or_else(short)
}

fn scalar(item: &QuestionItem, option: &QuestionOption) -> Scalar {
    match item.kind {
        "boolean" => Scalar::from(option.id == "ja"),
        _ => Scalar::from(option.id.as_str()),
    }
}

/// Several options: `1 of 3` when it is one of them, `1, 3` or `1 en 3` when all of them fit.
fn several(item: &QuestionItem, line: &str) -> Result<Known, String> {
    let parts = |separators: &[&str]| -> Option<Vec<Scalar>> {
        let mut text = line.to_lowercase();
        for separator in separators {
            text = text.replace(separator, "\n");
        }
        let parts: Option<Vec<Scalar>> =
            text.split('\n').map(|part| Some(scalar(item, option(item, part)?))).collect();
        parts.filter(|parts| parts.len() > 1)
    };
    if let Some(options) = parts(&[" of ", ", "]).filter(|_| line.contains(" of ")) {
        return Ok(Known::OneOf(options));
    }
    match parts(&[" en ", ","]) {
        Some(options) if item.several => Ok(Known::Several(options)),
        Some(_) => {
            Err("Bij deze vraag past één antwoord. Weet u niet welk van de twee, typ dan `1 of 2`."
                .to_owned())
        }
        None => {
            Err(format!("Kies een nummer van 1 tot en met {}, of typ `?` voor uitleg.", item.options.len()))
        }
    }
}

/// `tussen 100 en 200`, `100 t/m 200`, `minstens 100`, `hoogstens 200`.
fn between(item: &QuestionItem, line: &str) -> Option<Result<Known, String>> {
    let line = line.to_lowercase();
    let ends = |low: Option<&str>, high: Option<&str>| {
        let end = |text: Option<&str>| text.map(|text| value(item, text)).transpose();
        Some(end(low).and_then(|low| Ok(Known::Between(low, end(high)?))))
    };
    if let Some((low, high)) = line.strip_prefix("tussen ").and_then(|rest| rest.split_once(" en ")) {
        return ends(Some(low), Some(high));
    }
    for word in [" tot en met ", " t/m "] {
        if let Some((low, high)) = line.split_once(word) {
            return ends(Some(low), Some(high));
        }
    }
    for word in ["minstens ", "ten minste ", "vanaf "] {
        if let Some(low) = line.strip_prefix(word) {
            return ends(Some(low), None);
        }
    }
    for word in ["hoogstens ", "ten hoogste ", "tot en met ", "t/m "] {
        if let Some(high) = line.strip_prefix(word) {
            return ends(None, Some(high));
        }
    }
    None
}

/// A number, day or time in Dutch notation.
fn value(item: &QuestionItem, text: &str) -> Result<Scalar, String> {
    let text = text.trim();
    let read = match item.kind {
        "date" => dutch::read_date(text).map(Scalar::from),
        "time" => dutch::read_time(text).map(|time| Scalar::from(time.as_str())),
        _ => {
            let without = |unit: &String| {
                text.strip_suffix(unit.as_str()).or_else(|| text.strip_suffix(dutch::singular(unit)))
            };
            let bare = item.unit.as_ref().and_then(without).unwrap_or(text);
            dutch::read_number(bare).map(|number| Scalar { text: number, quoted: false })
        }
    };
    read.ok_or_else(|| format!("Dat begrijp ik niet. {}", expected(item)))
}

/// What may be typed.
pub(super) fn expected(item: &QuestionItem) -> String {
    let shown = |value: &leidraad::Value| match value {
        leidraad::Value::Date(date) => dutch::date(*date),
        leidraad::Value::Number(_) => dutch::number(&value.to_string()),
        other => other.to_string(),
    };
    let range = match (&item.min, &item.max) {
        (Some(min), Some(max)) => format!(" van {} tot en met {}", shown(min), shown(max)),
        (Some(min), None) => format!(" vanaf {}", shown(min)),
        (None, Some(max)) => format!(" tot en met {}", shown(max)),
        (None, None) => String::new(),
    };
    match item.kind {
        "integer" => format!("Geef een heel getal{range}."),
        "decimal" => {
            let step = item
                .step
                .as_ref()
                .map_or_else(String::new, |step| format!(", in stappen van {}", shown(step)));
            format!("Geef een getal{range}{step}.")
        }
        "date" => format!("Geef een dag{range}, bijvoorbeeld 4-7-2026."),
        "time" => format!("Geef een tijd{range}, bijvoorbeeld 21:30."),
        "text" => "Geef een tekst.".to_owned(),
        _ => format!("Kies een nummer van 1 tot en met {}.", item.options.len()),
    }
}

/// An answer in words, as it was understood.
pub(super) fn shown(item: &QuestionItem, known: &Known) -> String {
    let one = |scalar: &Scalar| plain(item, scalar);
    let (from, to) = match item.kind {
        "date" | "time" => ("vanaf", "tot en met"),
        _ => ("minstens", "hoogstens"),
    };
    let with_unit = |text: String| match &item.unit {
        Some(unit) => dutch::with_unit(&text, unit),
        None => text,
    };
    match known {
        Known::Value(value) => with_unit(one(value)),
        Known::Several(values) => values.iter().map(one).collect::<Vec<_>>().join(" en "),
        Known::Unknown => "weet ik niet".to_owned(),
        Known::NotApplicable(reason) => format!("niet van toepassing: {reason}"),
        Known::OneOf(values) => {
            format!("{}, dat is nog niet bekend", dutch::either(&values.iter().map(one).collect::<Vec<_>>()))
        }
        Known::Between(Some(low), Some(high)) => {
            format!("van {} tot en met {}", one(low), with_unit(one(high)))
        }
        Known::Between(Some(low), None) => format!("{from} {}", with_unit(one(low))),
        Known::Between(None, Some(high)) => format!("{to} {}", with_unit(one(high))),
        Known::Records(records) => super::records::how_many(records),
        _ => "iets, maar niet hoeveel".to_owned(),
    }
}

fn plain(item: &QuestionItem, scalar: &Scalar) -> String {
    let id = match scalar.text.as_str() {
        "true" => "ja",
        "false" => "nee",
        id => id,
    };
    let label = item.options.iter().find(|option| option.id == id).map(|option| option.label.clone());
    match (label, item.kind) {
        (Some(label), _) => label,
        (None, "integer" | "decimal") => dutch::number(&scalar.text),
        (None, "date") => dutch::read_date(&scalar.text).map_or_else(|| scalar.text.clone(), dutch::date),
        (None, _) => scalar.text.clone(),
    }
}

/// The full explanation of a question: help, options, sources, and what may be typed.
pub(super) fn explained(item: &QuestionItem) -> String {
    let mut lines = Vec::new();
    lines.extend(item.help.clone());
    lines.extend(item.options.iter().filter_map(|o| Some(format!("{}: {}", o.label, o.help.as_ref()?))));
    if item.options.is_empty() {
        lines.push(expected(item));
        if item.kind != "text" {
            lines.push(
                "Weet u het ten dele, typ dan `tussen 100 en 200`, `minstens 100` of `hoogstens 200`."
                    .to_owned(),
            );
        }
    } else if item.several {
        lines.push("Passen er meer, typ dan `1, 3`. Is het een van de twee, typ dan `1 of 3`.".to_owned());
    } else {
        lines.push("Is het een van de twee en weet u niet welke, typ dan `1 of 2`.".to_owned());
    }
    if item.not_applicable {
        lines.push("Is de vraag niet van toepassing, typ dan `nvt: ` met de reden.".to_owned());
    }
    lines.extend(item.sources.iter().map(|source| format!("Bron: {source}")));
    lines.iter().map(|line| format!("  {}\n", crate::summary::wrap(line, 2))).collect()
}
