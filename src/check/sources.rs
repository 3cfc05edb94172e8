//! Sources and parameters: every fact names where it comes from.

use super::layers::{Merged, period_text};
use super::names::Symbol;
use super::numbers;
use super::{Context, Stack};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DatedValue, Parameter, Period, SourceRef, Spanned, TypeName};
use crate::model::{Cited, ParameterInfo, Setting, SourceInfo};
use crate::suggest::nearest;
use crate::value::{Date, parse_decimal, parse_time};

pub(super) fn list(merged: &Merged<'_>, stack: &Stack<'_>) -> Vec<SourceInfo> {
    let text = |t: &Option<Spanned<String>>| t.as_ref().map(|t| t.value.clone());
    let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
    let applies = |id: &Spanned<String>, source: &crate::document::Source| {
        let period = source.period().filter(|period| super::periods::wrong(Some(period)).is_none());
        period.zip(stack.day(id.span.file)).map_or(Some(true), |(period, day)| period.covers(day))
    };
    merged
        .sources
        .iter()
        .map(|(id, s)| SourceInfo {
            id: id.value.clone(),
            kind: s.kind.value.clone(),
            title: s.title.value.clone(),
            url: text(&s.url),
            seen: s.seen.as_ref().map(|d| d.value),
            identifier: [&s.jci, &s.bwb, &s.cvdr, &s.ecli, &s.publication].into_iter().find_map(text),
            article: text(&s.article),
            certainty: s.certainty.as_ref().map(|c| c.value),
            note: text(&s.note),
            signed: day(&s.signed),
            published: day(&s.published),
            period: s.period(),
            applies: applies(id, s),
            span: id.span,
        })
        .collect()
}

/// References to sources; unknown ones are findings.
pub(super) fn cite(context: &mut Context<'_>, refs: &[SourceRef]) -> Vec<Cited> {
    let mut cited = Vec::new();
    for reference in refs {
        match context.names.source(&reference.id.value) {
            Some(source) => cited.push(Cited {
                source,
                article: reference.article.as_ref().map(|a| a.value.clone()),
                certainty: reference.certainty.as_ref().map(|c| c.value),
                note: reference.note.as_ref().map(|n| n.value.clone()),
            }),
            None => {
                let finding = context.names.unknown_source(reference.id.span, &reference.id.value);
                context.push(finding);
            }
        }
    }
    cited
}

pub(super) fn missing(what: &str, id: &Spanned<String>) -> Diagnostic {
    Diagnostic::error(Code::MissingSource, id.span, format!("{what} `{}` has no source", id.value))
        .help("add `sources: [id]`, naming where the fact comes from")
}

/// A parameter of an overlay that no layer declares: what it sets would not be read by any rule.
fn undeclared(context: &mut Context<'_>) {
    let merged = context.merged;
    let shared: Vec<&str> =
        merged.parameters.iter().take(merged.shared_parameters).map(|(id, _)| id.value.as_str()).collect();
    for (id, layers) in merged.parameters.iter().skip(merged.shared_parameters) {
        let lost = context.lost.elsewhere(id.span.file, &id.value)
            || context.lost.any("parameters", &id.value, &["type", "test_on"]);
        if !lost && layers.iter().all(|p| p.kind.is_none() && p.test_on.is_none()) {
            let message = format!("`{}` is not a parameter of the shared layer", id.value);
            let finding = Diagnostic::error(Code::UnknownName, id.span, message);
            context.push(match nearest(&id.value, shared.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(
                    "set a parameter of the shared layer, or declare it here with `type:` or `test_on:`",
                ),
            });
        }
    }
}

pub(super) fn parameters(context: &mut Context<'_>) -> Vec<ParameterInfo> {
    undeclared(context);
    let merged = context.merged;
    for (_, source) in &merged.sources {
        context.push(super::periods::wrong(source.period().as_ref()));
    }
    merged
        .parameters
        .iter()
        .map(|(id, layers)| {
            for on in layers.iter().filter_map(|p| p.test_on.as_ref()) {
                let name = on
                    .value
                    .split_once('(')
                    .map_or(on.value.as_str(), |(_, rest)| rest.trim_end_matches(')'));
                let name = name.split('.').next().unwrap_or(name).trim();
                if !matches!(context.names.get(name), Some(Symbol::Question(_) | Symbol::Decision(_))) {
                    let finding = context.names.unknown(on.span, name, "a question or decision");
                    context.push(finding);
                }
            }
            if let Some(kind) = declared_type(layers).filter(|k| k.value == TypeName::List) {
                let message = format!("the parameter `{}` cannot hold a list", id.value);
                context.push(Diagnostic::error(Code::TypeMismatch, kind.span, message));
            }
            let declared = layers.first();
            // a layer that sets it in other periods only leaves it to those below
            let known = !merged.unsure.contains_key(id.value.as_str());
            let set = layers.iter().rev().find_map(|p| setting(context, id, p)).filter(|_| known);
            let is_test = layers.iter().any(|p| p.test_on.is_some());
            if let Some(setting) = set.as_ref().filter(|_| is_test) {
                exact(context, id, setting);
            }
            ParameterInfo {
                id: id.value.clone().into(),
                title: declared
                    .and_then(|p| p.title.as_ref())
                    .map_or_else(|| id.value.clone(), |t| t.value.clone()),
                unit: layers.iter().rev().find_map(|p| p.unit.as_ref()).map(|u| u.value.clone()),
                is_test,
                kind: declared_type(layers).map(|kind| kind.value),
                setting: set.inspect(|s| fits(context, id, layers, s)),
            }
        })
        .collect()
}

/// A number where a test belongs: it says "exactly this", which is hardly ever what a limit says.
fn exact(context: &mut Context<'_>, id: &Spanned<String>, setting: &Setting) {
    let text = setting.text.trim();
    if parse_decimal(text).is_none() {
        return;
    }
    let message = format!("`{}` is a test that only {text} itself passes", id.value);
    context.push(Diagnostic::warning(Code::ExactLimit, setting.span, message).help(format!(
        "write which side passes, such as `<= {text}` or `> {text}`; if it is this number alone, write `[{text}..{text}]`"
    )));
}

/// The type that the layers of a parameter declare.
pub(super) fn declared_type<'l>(layers: &[&'l Parameter]) -> Option<&'l Spanned<TypeName>> {
    layers.iter().find_map(|p| p.kind.as_ref())
}

/// A value that is not of the type that its parameter declares.
fn fits(context: &mut Context<'_>, id: &Spanned<String>, layers: &[&Parameter], setting: &Setting) {
    let Some(kind) = declared_type(layers).map(|kind| kind.value) else { return };
    let text = setting.text.as_str();
    let (right, expected) = match kind {
        TypeName::Boolean => (matches!(text, "ja" | "nee" | "true" | "false"), "`ja` or `nee`"),
        TypeName::Integer => (parse_decimal(text).is_some_and(|n| n.is_integer()), "a whole number"),
        TypeName::Decimal => (parse_decimal(text).is_some(), "a number"),
        TypeName::Date => (Date::parse(text).is_some(), "a date such as `2026-07-04`"),
        TypeName::Time => (parse_time(text).is_some(), "a time such as `09:00`"),
        TypeName::Choice | TypeName::Text | TypeName::List => return,
    };
    let number = matches!(kind, TypeName::Integer | TypeName::Decimal);
    if let Some(finding) = numbers::thousands(text, setting.span).filter(|_| number) {
        return context.push(finding);
    }
    // `-` says that there is no limit
    if !right && text != "-" && numbers::comma(text, setting.span).is_none() {
        let message = format!("the value of `{}` is {expected}, found `{text}`", id.value);
        let finding = Diagnostic::error(Code::TypeMismatch, setting.span, message);
        context.push(match number && numbers::grouped(text) {
            true => {
                finding.help(format!("write `{}`: a point stands before decimals", text.replace('.', "")))
            }
            false => finding,
        });
    }
}

/// The value in force, of one value or several dated ones.
fn setting(context: &mut Context<'_>, id: &Spanned<String>, parameter: &Parameter) -> Option<Setting> {
    let mut found: Option<Setting> = None;
    let single = parameter.value.as_ref().map(|value| DatedValue {
        value: value.clone(),
        wording: parameter.wording.clone(),
        note: parameter.note.clone(),
        in_force: parameter.in_force.clone(),
        sources: parameter.sources.clone(),
    });
    for dated in single.iter().chain(&parameter.values) {
        let lost = context.lost.any("parameters", &id.value, &["value", "values", "sources", "in_force"]);
        if dated.sources.is_empty() && !lost {
            context
                .push(missing("the value of", &Spanned { value: id.value.clone(), span: dated.value.span }));
        }
        check_period(context, dated.in_force.as_ref());
        let sources = cite(context, &dated.sources);
        if !context.applies(dated.in_force.as_ref()) {
            continue;
        }
        if lost && found.is_some() {
            continue;
        }
        if let Some(first) = &found {
            let finding = Diagnostic::error(
                Code::BadPeriod,
                dated.value.span,
                format!(
                    "two values of `{}` apply at once ({})",
                    id.value,
                    period_text(dated.in_force.as_ref())
                ),
            );
            context.push(
                finding
                    .related(first.span, "the other value")
                    .help("let one period end before the next begins"),
            );
            continue;
        }
        found = Some(Setting {
            text: dated.value.value.clone(),
            wording: dated.wording.as_ref().map(|w| w.value.clone()),
            note: dated.note.as_ref().map(|w| w.value.clone()),
            sources,
            span: dated.value.span,
        });
    }
    found
}

fn check_period(context: &mut Context<'_>, period: Option<&Period>) {
    if let Some(finding) = backwards(period) {
        context.push(finding);
    }
}

/// A period that ends before it begins.
pub(crate) fn backwards(period: Option<&Period>) -> Option<Diagnostic> {
    let Some(Period { from: Some(from), to: Some(to) }) = period else { return None };
    (to.value < from.value).then(|| {
        Diagnostic::error(
            Code::BadPeriod,
            to.span,
            format!("the period ends on {}, before it begins on {}", to.value, from.value),
        )
        .help("swap the two dates or correct one of them")
    })
}
