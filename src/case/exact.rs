//! Exact values as they were written: their tick, or why they have none.

use crate::answers::Scalar;
use crate::diagnostic::Code as Finding;
use crate::limits::MAX_TICK;
use crate::model::{Measure, QuestionInfo, Type};
use crate::ticks::{number_ticks, tick_value, ticks, written_ticks};
use crate::value::{Date, Value, parse_decimal};

/// Exact values in words, those that can be read.
pub(super) fn texts(question: &QuestionInfo, values: &[Scalar]) -> Vec<String> {
    let ticks = values.iter().filter_map(|value| tick(question, value).ok());
    ticks.map(|tick| crate::dutch::answer(question, tick)).collect()
}

/// The value of a tick or option of a question.
pub(crate) fn value_at(question: &QuestionInfo, tick: i64) -> Value {
    match &question.kind {
        Type::Finite { boolean: true } => Value::Bool(tick == 0),
        Type::Finite { .. } => {
            let option = usize::try_from(tick).ok().and_then(|t| question.options.get(t));
            option.map_or(Value::Null, |o| Value::Text(o.id.clone()))
        }
        Type::Ordered { measure, .. } => tick_value(*measure, tick),
        Type::Text | Type::List => Value::Null,
    }
}

type Problem = (Finding, String, String);

/// The tick of an exact value within the domain.
pub(super) fn tick(question: &QuestionInfo, scalar: &Scalar) -> Result<i64, Problem> {
    let id = &question.id;
    let wrong = |expected: &str| {
        (Finding::WrongAnswer, format!("`{id}` takes {expected}, found {}", scalar.describe()), String::new())
    };
    match &question.kind {
        Type::Text => Ok(0),
        Type::List => Err(wrong("a list of records")),
        Type::Finite { boolean: true } if scalar.text == "true" => Ok(0),
        Type::Finite { boolean: true } if scalar.text == "false" => Ok(1),
        Type::Finite { boolean } => {
            let text = scalar.text.as_str();
            let found =
                question.options.iter().position(|o| o.id == text).and_then(|i| i64::try_from(i).ok());
            found.ok_or_else(|| {
                if let Some(other) = question.no_options.iter().find(|o| o.id == text) {
                    let period = crate::check::period_text(Some(&other.period));
                    let message = format!("`{id}` has no option `{text}` on this date, only {period}");
                    return (Finding::WrongAnswer, message, String::new());
                }
                let (code, message, _) =
                    wrong(if *boolean { "`true` or `false`" } else { "one of its options" });
                if *boolean {
                    let help = match text.to_ascii_lowercase().as_str() {
                        "yes" | "y" | "j" | "ja" | "waar" | "1" | "on" => "write `true`",
                        "no" | "n" | "nee" | "neen" | "onwaar" | "0" | "off" => "write `false`",
                        _ => "write `true` or `false`, or `null` when nobody knows",
                    };
                    return (code, message, help.to_owned());
                }
                let known = question.options.iter().map(|o| o.id.as_str());
                if question.may_not_apply && is_none_at_all(text) {
                    let help = "write it as { \"not_applicable\": \"why it does not apply\" }";
                    return (code, message, help.to_owned());
                }
                let near = crate::suggest::nearest(text, known.clone());
                let help = near.map_or_else(
                    || format!("its options are {}", known.collect::<Vec<_>>().join(", ")),
                    |n| format!("did you mean `{n}`?"),
                );
                (code, message, help)
            })
        }
        Type::Ordered { measure, min, max } => {
            let (ceil, floor) = ends(question, scalar, *measure)?;
            if ceil != floor {
                return Err(off_step(question, *measure, scalar, (floor, ceil)));
            }
            inside(question, ceil, *min, *max, scalar)
        }
    }
}

/// Whether a text is a way to say that a question does not apply.
fn is_none_at_all(text: &str) -> bool {
    let plain: String =
        text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    matches!(plain.as_str(), "nvt" | "na" | "nietvantoepassing" | "notapplicable")
}

/// The numbers around one that a question does not take, of which one may lie beyond its bounds.
fn nearest(question: &QuestionInfo, measure: Measure, (floor, ceil): (i64, i64)) -> String {
    let (low, high) = (tick_value(measure, floor), tick_value(measure, ceil));
    match &question.kind {
        Type::Ordered { max, .. } if ceil > *max => format!("the nearest that it takes is {low}"),
        Type::Ordered { min, .. } if floor < *min => format!("the nearest that it takes is {high}"),
        _ => format!("the nearest that it takes are {low} and {high}"),
    }
}

fn off_step(
    question: &QuestionInfo,
    measure: Measure,
    scalar: &Scalar,
    (floor, ceil): (i64, i64),
) -> Problem {
    let expected = match question.integer {
        true => "a whole number".to_owned(),
        false => format!("steps of {}", tick_value(measure, 1)),
    };
    let message = format!("`{}` takes {expected}, found {}", question.id, scalar.describe());
    (Finding::WrongAnswer, message, nearest(question, measure, (floor, ceil)))
}

/// The first tick at or above (or the last at or below) a value.
pub(super) fn rounded(question: &QuestionInfo, scalar: &Scalar, up: bool) -> Result<i64, Problem> {
    let Type::Ordered { measure, min, max } = &question.kind else { return Ok(0) };
    let (ceil, floor) = ends(question, scalar, *measure)?;
    if question.integer && ceil != floor {
        return Err(off_step(question, *measure, scalar, (floor, ceil)));
    }
    // both sides, so that an end just outside the domain is not rounded into it
    inside(question, floor, *min, *max, scalar)?;
    inside(question, ceil, *min, *max, scalar)?;
    Ok(if up { ceil } else { floor })
}

fn ends(question: &QuestionInfo, scalar: &Scalar, measure: Measure) -> Result<(i64, i64), Problem> {
    let expected = match measure {
        Measure::Number { .. } if question.integer => "a whole number",
        Measure::Number { .. } => "a number",
        Measure::Date => "a date such as \"2026-07-04\"",
        Measure::Time => "a time such as \"09:00\"",
    };
    if let Measure::Number { scale, .. } = measure
        && let Some(whole) = unclear(scalar, scale)
    {
        let message = format!(
            "the point in `{}: {}` may stand between thousands or before decimals",
            question.id, scalar.text
        );
        let before = scalar.text.trim_end_matches(".000");
        return Err((Finding::WrongAnswer, message, format!("write {whole}, or {before} if that is meant")));
    }
    let read = match measure {
        Measure::Number { scale, step } => {
            (!scalar.quoted).then(|| number(&scalar.text, scale, step)).flatten()
        }
        Measure::Date | Measure::Time => ticks(&scalar.text, measure),
    };
    read.ok_or_else(|| {
        let help = match measure {
            Measure::Number { scale, step } => as_number(question, measure, (scale, step), scalar),
            Measure::Date => match Date::day_first(&scalar.text) {
                Some(date) => format!("write it as \"{date}\""),
                None if is_written_as_date(&scalar.text) => "there is no such day in the calendar".to_owned(),
                None => "write it as \"2026-07-04\": year, month, day".to_owned(),
            },
            Measure::Time => "write it as \"09:00\": hours, minutes".to_owned(),
        };
        (
            Finding::WrongAnswer,
            format!("`{}` takes {expected}, found {}", question.id, scalar.describe()),
            help,
        )
    })
}

/// The number that is meant where `600.000` is written as people write thousands; none where it has three decimals.
fn unclear(scalar: &Scalar, scale: u32) -> Option<String> {
    let clear = scalar.quoted || scale >= 3 || !scalar.text.ends_with(".000");
    let plain = scalar.text.strip_prefix('+').unwrap_or(&scalar.text);
    (!clear).then(|| Scalar { text: plain.to_owned(), quoted: false }.thousands()).flatten()
}

/// How a number is written that stands in quotes, or has signs in it that numbers in files do not have.
fn as_number(
    question: &QuestionInfo,
    measure: Measure,
    (scale, step): (u32, i64),
    scalar: &Scalar,
) -> String {
    let text = scalar.text.trim();
    // before decimals stands a comma, so a point before it stands between thousands
    let read = match text.split_once(',') {
        Some((whole, decimals)) => format!("{}.{decimals}", whole.replace('.', "")),
        None => text.to_owned(),
    };
    let ends = parse_decimal(&read).and_then(|number| number_ticks(number, scale, step));
    let value = ends.filter(|(ceil, floor)| ceil == floor).map(|(tick, _)| tick_value(measure, tick));
    match (scalar.thousands(), value, ends) {
        (Some(whole), Some(value), _) if scale < 3 => {
            format!("write {whole} without quotes, or {value} if decimals are meant")
        }
        (Some(whole), None, _) => format!("write {whole} without quotes"),
        (_, Some(_), _) if text.contains(',') => format!("write it with a point: {read}"),
        (_, Some(_), _) => "write it without quotes".to_owned(),
        (_, None, Some((ceil, floor))) => nearest(question, measure, (floor, ceil)),
        _ => "write a number such as 5, or `null` when nobody knows".to_owned(),
    }
}

/// The ticks of a whole number of a few digits, as most answers are.
fn whole(text: &str, scale: u32, step: i64) -> Option<(i64, i64)> {
    if text.len() > 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let units = text.parse::<i64>().ok()?.checked_mul(10i64.checked_pow(scale)?)?;
    let (floor, rest) = (units.checked_div_euclid(step)?, units.checked_rem_euclid(step)?);
    (floor <= MAX_TICK).then_some((floor + i64::from(rest != 0), floor))
}

/// The ticks of a number as JSON or YAML writes it; beyond all bounds where it is too large to hold.
fn number(text: &str, scale: u32, step: i64) -> Option<(i64, i64)> {
    whole(text, scale, step).or_else(|| written_ticks(text, scale, step))
}

fn inside(question: &QuestionInfo, tick: i64, min: i64, max: i64, scalar: &Scalar) -> Result<i64, Problem> {
    let Type::Ordered { measure, .. } = &question.kind else { return Ok(tick) };
    let problem = |side: &str, bound: i64| {
        let unit = question.unit.as_ref().map_or_else(String::new, |u| format!(" {u}"));
        (
            Finding::OutsideDomain,
            format!(
                "`{}` is {}, {side} {}{unit}",
                question.id,
                scalar.describe(),
                tick_value(*measure, bound)
            ),
            "correct the answer, or the domain of the question".to_owned(),
        )
    };
    if tick < min {
        Err(problem("below its lowest value", min))
    } else if tick > max {
        Err(problem("above its highest value", max))
    } else {
        Ok(tick)
    }
}

/// Whether a text has the form of a date, though it may be no day.
fn is_written_as_date(text: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}
