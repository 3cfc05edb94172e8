//! One answer, from a tree.

use super::records;
use super::{Answer, Known, Scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::tree::{Kind, Node};
use crate::value::Date;

/// Reads one answer; on `None` a finding says why.
pub(super) fn answer(node: &Node, out: &mut Vec<Diagnostic>) -> Option<Answer> {
    let mut answer = match &node.kind {
        Kind::Map(entries) => long(node, entries, out)?,
        _ => Answer::new(known(node, out)?),
    };
    answer.span = Some(node.span);
    Some(answer)
}

fn known(node: &Node, out: &mut Vec<Diagnostic>) -> Option<Known> {
    match &node.kind {
        Kind::Null => Some(Known::Unknown),
        Kind::Scalar { text, quoted, .. } => {
            Some(Known::Value(Scalar { text: text.clone(), quoted: *quoted }))
        }
        Kind::Seq(items) if records::are_records(items) => records::records(items, true, out),
        Kind::Seq(items) => Some(Known::Several(scalars(items, out)?)),
        Kind::Map(_) => {
            out.push(shape(node));
            None
        }
    }
}

fn shape(node: &Node) -> Diagnostic {
    Diagnostic::error(Code::WrongAnswer, node.span, format!("expected an answer, found {}", node.describe()))
        .help(
            "an answer is a value, `null` (nobody knows), `{\"one_of\": […]}`, `{\"between\": [low, high]}`, \
         `{\"not_applicable\": \"reason\"}` or `{\"value\": …, \"remark\": …}`",
        )
}

fn scalars(items: &[Node], out: &mut Vec<Diagnostic>) -> Option<Vec<Scalar>> {
    items.iter().map(|item| scalar(item, out)).collect()
}

pub(super) fn scalar(node: &Node, out: &mut Vec<Diagnostic>) -> Option<Scalar> {
    match &node.kind {
        Kind::Scalar { text, quoted, .. } => Some(Scalar { text: text.clone(), quoted: *quoted }),
        _ => {
            out.push(Diagnostic::error(
                Code::WrongAnswer,
                node.span,
                format!("expected a value, found {}", node.describe()),
            ));
            None
        }
    }
}

type Entry = (Spanned<String>, Node);

/// An answer written as a map.
fn long(node: &Node, entries: &[Entry], out: &mut Vec<Diagnostic>) -> Option<Answer> {
    let before = out.len();
    let mut answer = Answer::new(Known::Unknown);
    let mut kinds: Vec<(&str, Option<Known>)> = Vec::new();
    for (key, value) in entries {
        let text = || match &value.kind {
            // `true` is no reason
            Kind::Scalar { text, quoted, .. } if *quoted || !matches!(text.as_str(), "true" | "false") => {
                Some(text.clone())
            }
            _ => None,
        };
        match key.value.as_str() {
            "value" => kinds.push(("value", known(value, out))),
            "one_of" => kinds.push(("one_of", one_of(value, out))),
            "between" => kinds.push(("between", between(value, out))),
            "at_least" => kinds.push(("at_least", records::at_least(value, out))),
            "not_applicable" => match text().filter(|t| !t.trim().is_empty()) {
                Some(reason) => kinds.push(("not_applicable", Some(Known::NotApplicable(reason)))),
                None => kinds.push(("not_applicable", wrong(value, "`not_applicable` takes a reason", out))),
            },
            "remark" => answer.remark = note(value, "`remark` takes a text", out),
            "by" => answer.by = note(value, "`by` takes a name or a function", out),
            "at" => answer.at = day(value, out),
            "evidence" => answer.evidence = evidence(value, out),
            _ => {
                let finding = Diagnostic::error(
                    Code::UnknownKey,
                    key.span,
                    format!("`{}` is not part of an answer", key.value),
                );
                let known = [
                    "value",
                    "one_of",
                    "between",
                    "at_least",
                    "not_applicable",
                    "remark",
                    "evidence",
                    "by",
                    "at",
                ];
                out.push(crate::suggest::with_suggestion(finding, &key.value, known.into_iter()));
            }
        }
    }
    match kinds.as_slice() {
        _ if out.len() > before => None,
        [(_, Some(known))] => {
            answer.known = known.clone();
            Some(answer)
        }
        [(first, _), (second, _), ..] => {
            let message = format!("an answer has `{first}` or `{second}`, not both");
            out.push(Diagnostic::error(Code::WrongAnswer, node.span, message));
            None
        }
        _ => {
            out.push(shape(node));
            None
        }
    }
}

/// A text that people note beside an answer; `null` is none.
fn note(node: &Node, takes: &str, out: &mut Vec<Diagnostic>) -> Option<String> {
    match &node.kind {
        Kind::Scalar { text, .. } => Some(text.clone()),
        Kind::Null => None,
        _ => {
            wrong(node, takes, out);
            None
        }
    }
}

/// The day on which somebody answered.
fn day(node: &Node, out: &mut Vec<Diagnostic>) -> Option<String> {
    const TAKES: &str = "`at` takes a day such as `2026-07-04`";
    let text = note(node, TAKES, out)?;
    if Date::parse(&text).is_none() {
        wrong(node, TAKES, out);
    }
    Some(text)
}

/// What an answer rests on: texts, or one text.
fn evidence(node: &Node, out: &mut Vec<Diagnostic>) -> Vec<String> {
    const TAKES: &str = "`evidence` takes a list of texts";
    let items = match &node.kind {
        Kind::Seq(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| note(item, TAKES, out)).collect()
}

/// What a key of an answer takes, and what it got.
fn wrong(node: &Node, takes: &str, out: &mut Vec<Diagnostic>) -> Option<Known> {
    let message = format!("{takes}, found {}", node.describe());
    out.push(Diagnostic::error(Code::WrongAnswer, node.span, message));
    None
}

fn one_of(node: &Node, out: &mut Vec<Diagnostic>) -> Option<Known> {
    match &node.kind {
        Kind::Seq(items) if !items.is_empty() => scalars(items, out).map(Known::OneOf),
        Kind::Seq(_) => {
            let message = "`one_of` takes a list of values, found an empty list";
            let help = "name the values that it may be, or write `null` when nobody knows";
            out.push(Diagnostic::error(Code::WrongAnswer, node.span, message).help(help));
            None
        }
        _ => wrong(node, "`one_of` takes a list of values", out),
    }
}

fn between(node: &Node, out: &mut Vec<Diagnostic>) -> Option<Known> {
    let found = match &node.kind {
        Kind::Seq(items) => match items.as_slice() {
            [low, high] => {
                let mut end = |node: &Node| match node.kind {
                    Kind::Null => Some(None),
                    _ => scalar(node, out).map(Some),
                };
                return Some(Known::Between(end(low)?, end(high)?));
            }
            items => format!("a list of {}", items.len()),
        },
        _ => node.describe().to_owned(),
    };
    let message = format!("`between` takes a list of two ends such as `[5, 10]`, found {found}");
    let help = "write `null` for an end that is not known: `[5, null]`";
    out.push(Diagnostic::error(Code::WrongAnswer, node.span, message).help(help));
    None
}
