//! What a case expects, compared with what was found.

use crate::assessment::{Assessment, Outcome, Possible};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::suggest::with_suggestion;
use crate::tree::{Kind, Node};
use crate::value::{Date, Value};

/// The keys of a decision in an assessment.
const KEYS: [&str; 8] =
    ["status", "value", "possible", "range", "lists_of", "needs", "approximate", "missing"];

/// What differs from the expectation.
pub(super) fn compare(
    case: &str,
    because: &str,
    expect: &[(Spanned<String>, Node)],
    assessment: &Assessment,
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for (decision, node) in expect {
        if decision.value.starts_with('$') {
            out.extend(super::procedure::compare(case, because, decision, node, assessment));
            continue;
        }
        let Some(outcome) = assessment.decision(&decision.value) else {
            let message = format!("{case}: `{}` is not a decision of this rule set", decision.value);
            let finding = Diagnostic::error(Code::UnknownName, decision.span, message);
            let known = assessment.decisions.iter().map(|(id, _)| id.as_str());
            out.push(with_suggestion(finding, &decision.value, known));
            continue;
        };
        if let Err((place, difference)) = outcome_is(node, outcome) {
            let message = format!("{case}: expected `{}` {difference}", decision.value);
            let finding = Diagnostic::error(Code::FailedCase, place.span, message);
            out.push(finding.help(format!("the expectation rests on: {because}")));
        }
    }
    out
}

/// What is expected of a decision, or where and how it differs: "to be A, found B".
fn outcome_is<'n>(expected: &'n Node, found: &Outcome) -> Result<(), (&'n Node, String)> {
    let keys = match &expected.kind {
        Kind::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    if keys.is_empty() || !keys.iter().all(|(key, _)| KEYS.contains(&key.value.as_str())) {
        return value_is(expected, found);
    }
    for (key, node) in keys {
        let holds = match (key.value.as_str(), found) {
            ("status", _) => matches!(&node.kind, Kind::Scalar { text, .. } if text == found.status()),
            ("value", Outcome::Determined(value)) => is(node, value),
            ("possible", Outcome::Open { possible: Possible::Values(values), .. }) => {
                let items = list(node);
                items.len() == values.len() && items.iter().all(|item| values.iter().any(|v| is(item, v)))
            }
            ("possible", Outcome::Open { possible: Possible::RangeAnd(.., values), .. }) => {
                let items = list(node);
                items.len() == values.len() && items.iter().all(|item| values.iter().any(|v| is(item, v)))
            }
            (
                "range",
                Outcome::Open {
                    possible: Possible::Range(min, max) | Possible::RangeAnd(min, max, _), ..
                },
            ) => end(node, "min").is_some_and(|n| is(n, min)) && end(node, "max").is_some_and(|n| is(n, max)),
            ("lists_of", Outcome::Open { possible: Possible::ListsOf(values), .. }) => {
                let items = list(node);
                items.len() == values.len() && items.iter().all(|item| values.iter().any(|v| is(item, v)))
            }
            ("needs", Outcome::Open { needs, .. }) => same(&texts(node), needs),
            ("missing", Outcome::Unregulated { missing }) => same(&texts(node), missing),
            ("approximate", Outcome::Open { approximate, .. }) => is(node, &Value::Bool(*approximate)),
            _ => false,
        };
        if !holds {
            return Err((node, format!("with {} {}, found {}", key.value, show(node), describe(found))));
        }
    }
    Ok(())
}

fn value_is<'n>(expected: &'n Node, found: &Outcome) -> Result<(), (&'n Node, String)> {
    let not_applicable = matches!(&expected.kind, Kind::Scalar { text, .. } if text == "not_applicable");
    let holds = match found {
        Outcome::NotApplicable => not_applicable,
        Outcome::Determined(value) => is(expected, value),
        _ => false,
    };
    if holds {
        Ok(())
    } else {
        Err((expected, format!("to be {}, found {}", show(expected), describe(found))))
    }
}

/// Whether a value is what is written; of several outputs only those that are written count.
fn is(written: &Node, value: &Value) -> bool {
    match (&written.kind, value) {
        (Kind::Null, Value::Null) => true,
        (Kind::Scalar { text, .. }, value) => match value {
            Value::Null => text == "-",
            Value::Bool(true) => matches!(text.as_str(), "ja" | "true"),
            Value::Bool(false) => matches!(text.as_str(), "nee" | "false"),
            Value::Number(_) => Value::number(text).as_ref() == Some(value),
            Value::Text(found) => text == found,
            Value::Date(found) => Date::parse(text) == Some(*found),
            Value::NotApplicable => text == "not_applicable",
            Value::Object(_) | Value::List(_) | Value::Unregulated(_) => false,
        },
        (Kind::Seq(items), Value::List(values)) => {
            items.len() == values.len() && items.iter().zip(values).all(|(item, value)| is(item, value))
        }
        (Kind::Map(entries), Value::Object(_)) => {
            !entries.is_empty()
                && entries
                    .iter()
                    .all(|(name, node)| value.get(&name.value).is_some_and(|value| is(node, value)))
        }
        (Kind::Map(entries), Value::Unregulated(missing)) => {
            matches!(&entries[..], [(name, node)] if name.value == "unregulated" && same(&texts(node), missing))
        }
        (Kind::Map(entries), Value::NotApplicable) => {
            matches!(&entries[..], [(name, _)] if name.value == "not_applicable")
        }
        _ => false,
    }
}

fn list(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::Seq(items) => items,
        _ => std::slice::from_ref(node),
    }
}

pub(super) fn texts(node: &Node) -> Vec<String> {
    let text = |node: &Node| match &node.kind {
        Kind::Scalar { text, .. } => text.clone(),
        _ => String::new(),
    };
    list(node).iter().map(text).collect()
}

/// The same names, in whatever order.
pub(super) fn same(expected: &[String], found: &[impl AsRef<str>]) -> bool {
    expected.len() == found.len()
        && expected.iter().all(|name| found.iter().any(|found| found.as_ref() == name))
}

fn end<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().find(|(key, _)| key.value == name).map(|(_, node)| node),
        _ => None,
    }
}

/// What is written, on one line.
fn show(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "-".to_owned(),
        Kind::Scalar { text, .. } => text.clone(),
        Kind::Seq(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Kind::Map(entries) => {
            let entries = entries.iter().map(|(key, node)| format!("{} = {}", key.value, show(node)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// What was found, as [`show`] writes it.
fn found(value: &Value) -> String {
    match value {
        Value::Object(_) => format!("{{ {value} }}"),
        Value::Unregulated(missing) => format!("unregulated: missing [{}]", missing.join(", ")),
        Value::NotApplicable => "not_applicable".to_owned(),
        value => value.to_string(),
    }
}

/// What was found, in words.
fn describe(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Determined(value) => found(value),
        Outcome::Open { possible, needs, approximate } => {
            let possible = match possible {
                Possible::Values(values) => {
                    format!("[{}]", values.iter().map(found).collect::<Vec<_>>().join(", "))
                }
                Possible::Range(min, max) => format!("from {min} to {max}"),
                Possible::RangeAnd(min, max, also) => {
                    let also: Vec<String> = also.iter().map(found).collect();
                    format!("from {min} to {max}, or [{}]", also.join(", "))
                }
                Possible::ListsOf(values) => {
                    format!("lists of [{}]", values.iter().map(found).collect::<Vec<_>>().join(", "))
                }
            };
            let approximate = if *approximate { ", approximate" } else { "" };
            format!("open: {possible}{approximate}, needs [{}]", needs.join(", "))
        }
        Outcome::NotApplicable => "not_applicable".to_owned(),
        Outcome::Withheld => "withheld".to_owned(),
        Outcome::Unregulated { missing } => format!("unregulated: missing [{}]", missing.join(", ")),
    }
}
