//! Questions for a list of records, and their fields.

use super::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Question, TypeName};
use crate::limits::{MAX_FIELDS, MAX_RECORDS};
use crate::model::ListInfo;
use crate::source::Span;
use crate::suggest::with_suggestion;

pub(super) fn resolve(context: &mut Context<'_>) -> Vec<ListInfo> {
    let merged = context.merged;
    let mut lists = Vec::new();
    for (q, (_, question)) in merged.questions.iter().enumerate() {
        if merged.list_of(q).is_some() {
            field(context, &merged.name(q), question);
        }
        if question.kind.value == TypeName::List {
            let fields = merged.fields_of(q).map(|(field, _)| field).collect();
            let each = question.each.as_ref().map_or_else(|| "nummer".to_owned(), |each| each.value.clone());
            lists.push(ListInfo { question: q, fields, most: list(context, question), each });
        } else if let Some(first) = question.fields.first() {
            let message = format!("`{}` has fields, but is not a list", merged.name(q));
            context.push(
                Diagnostic::error(Code::TypeMismatch, first.id.span, message)
                    .help("write `type: list`, or leave `fields` out"),
            );
        }
    }
    lists
}

/// The field of a list by its name within the list.
pub(super) fn named(context: &mut Context<'_>, list: usize, name: &str, span: Span) -> Option<usize> {
    let merged = context.merged;
    if let Some((q, _)) = merged.fields_of(list).find(|(_, field)| field.id.value == name) {
        return Some(q);
    }
    let (_, question) = merged.questions.get(list)?;
    if !context.lost.any("questions", &question.id.value, &["type", "fields"]) {
        let message = match question.kind.value {
            TypeName::List => format!("`{name}` is not a field of `{}`", question.id.value),
            _ => format!("`{}` is not a list, so it has no field `{name}`", question.id.value),
        };
        let finding = Diagnostic::error(Code::UnknownName, span, message);
        let known = merged.fields_of(list).map(|(_, field)| field.id.value.as_str());
        context.push(with_suggestion(finding, name, known.collect::<Vec<_>>().into_iter()));
    }
    None
}

/// The keys that say nothing of a question, and the place of each that is there.
fn refuse(context: &mut Context<'_>, what: &str, keys: &[(&str, Option<Span>)]) {
    for (key, span) in keys {
        if let Some(span) = span {
            let finding = Diagnostic::error(Code::WrongShape, *span, format!("{what} has no `{key}`"));
            context.push(finding.help(format!("leave `{key}` out")));
        }
    }
}

fn field(context: &mut Context<'_>, name: &str, field: &Question) {
    if field.kind.value == TypeName::List {
        let message = format!("`{name}` is a list within a list");
        context.push(
            Diagnostic::error(Code::TypeMismatch, field.kind.span, message)
                .help("make a list of its own of it, with a field that says to which record each of its records belongs"),
        );
    }
    let keys = [
        ("when", field.when.as_ref().map(|k| k.span)),
        ("several", field.several.as_ref().map(|k| k.span)),
        ("judgement", field.judgement.as_ref().map(|k| k.span)),
        ("suggest", field.suggest.as_ref().map(|k| k.span)),
        ("strength", field.strength.as_ref().map(|k| k.span)),
        ("each", field.each.as_ref().map(|k| k.span)),
    ];
    refuse(context, &format!("the field `{name}`"), &keys);
    if let Some(class) = &field.confidentiality {
        let message = format!("the field `{name}` has no `confidentiality` of its own");
        context.push(
            Diagnostic::error(Code::WrongShape, class.span, message)
                .help("give the class to the list: it covers all its records, and what is counted in them"),
        );
    }
}

/// Checks a list; gives the most records that it can have.
fn list(context: &mut Context<'_>, list: &Question) -> usize {
    let id = &list.id;
    let lost = context.lost.any("questions", &id.value, &["fields", "max"]);
    if list.fields.is_empty() && !lost {
        let message = format!("the list `{}` has no fields", id.value);
        context.push(
            Diagnostic::error(Code::MissingKey, id.span, message)
                .help("add `fields:` with what is asked for each record: `- { id: …, ask: …, type: … }`"),
        );
    }
    if let Some(field) = list.fields.get(MAX_FIELDS) {
        let message = format!("the list `{}` has more than {MAX_FIELDS} fields", id.value);
        context.push(
            Diagnostic::error(Code::TooLarge, field.id.span, message).help("leave out what no rule reads"),
        );
    }
    let keys = [
        ("several", list.several.as_ref().map(|k| k.span)),
        ("min", list.min.as_ref().map(|k| k.span)),
        ("unit", list.unit.as_ref().map(|k| k.span)),
        ("judgement", list.judgement.as_ref().map(|k| k.span)),
        ("suggest", list.suggest.as_ref().map(|k| k.span)),
    ];
    refuse(context, &format!("the list `{}`", id.value), &keys);
    let Some(max) = &list.max else { return MAX_RECORDS };
    match max.value.parse::<usize>() {
        Ok(most) if (1..=MAX_RECORDS).contains(&most) => most,
        _ => {
            let message = format!(
                "the most records of `{}` is a whole number from 1 to {MAX_RECORDS}, found `{}`",
                id.value, max.value
            );
            context.push(Diagnostic::error(Code::OutsideDomain, max.span, message));
            MAX_RECORDS
        }
    }
}
