//! What layers declare about themselves: why they are silent, on which texts they rest, when they were made.

use super::Context;
use super::sources::{cite, missing};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Basis, Document, Silence, SilenceKind, Source, Spanned};
use crate::value::Date;

/// Checks what the layers declare.
pub(super) fn declared(context: &mut Context<'_>) {
    let stack = context.stack;
    for (layer, _) in &stack.layers {
        made(context, layer.signed.as_ref(), layer.published.as_ref());
        let name = [&layer.authority, &layer.layer, &layer.id].into_iter().find_map(Option::as_ref);
        if let (Some(silence), Some(name)) = (&layer.silence, name) {
            sourced(context, silence, "the silence of", name, false);
        }
        for (id, parameter) in &layer.parameters.0 {
            let Some(silence) = &parameter.silence else { continue };
            sourced(context, silence, "the silence of parameter", id, !parameter.sources.is_empty());
            if parameter.value.is_some() || !parameter.values.is_empty() {
                both(context, id, silence, "a value", String::new());
            }
        }
        for (id, decision) in &layer.decisions.0 {
            let Some(silence) = &decision.silence else { continue };
            sourced(context, silence, "the silence of decision", id, !decision.sources.is_empty());
            if decision.table.is_some() || decision.points.is_some() {
                let row = format!("; a row may be silent by itself, with `{}` as its outcome", word(silence));
                both(context, id, silence, "rules", row);
            }
        }
        layer.based_on.iter().for_each(|basis| rests(context, layer, basis));
    }
    for (_, source) in &context.merged.sources {
        made(context, source.signed.as_ref(), source.published.as_ref());
        ascending(context, &source.versions);
    }
}

/// That silence is a fact like any other: that there is no policy, or that it says nothing, has a source.
fn sourced(context: &mut Context<'_>, silence: &Silence, what: &str, name: &Spanned<String>, others: bool) {
    cite(context, &silence.sources);
    let needless = matches!(silence.kind.value, SilenceKind::NotLoaded | SilenceKind::Undecidable);
    if !needless && !others && silence.sources.is_empty() {
        let place = Spanned { value: name.value.clone(), span: silence.kind.span };
        let kind = word(silence);
        let finding = missing(what, &place);
        context.push(finding.help(format!("write `silence: {{ kind: {kind}, sources: [id] }}`")));
    }
}

fn both(context: &mut Context<'_>, id: &Spanned<String>, silence: &Silence, what: &str, row: String) {
    let message = format!("`{}` has {what}, and says why it has none", id.value);
    let finding = Diagnostic::error(Code::WrongShape, silence.kind.span, message);
    context.push(finding.help(format!("leave one of the two out{row}")));
}

fn word(silence: &Silence) -> &'static str {
    silence.kind.value.as_str()
}

/// Signed first, published after that.
fn made(context: &mut Context<'_>, signed: Option<&Spanned<Date>>, published: Option<&Spanned<Date>>) {
    if let (Some(signed), Some(published)) = (signed, published)
        && published.value < signed.value
    {
        let message = format!("published on {}, before it was signed on {}", published.value, signed.value);
        let finding = Diagnostic::warning(Code::BadPeriod, published.span, message);
        context.push(finding.help("swap the two dates or correct one of them"));
    }
}

fn ascending(context: &mut Context<'_>, versions: &[Spanned<Date>]) {
    for pair in versions.windows(2) {
        if let [first, second] = pair
            && second.value <= first.value
        {
            let message =
                format!("the version of {} does not come after that of {}", second.value, first.value);
            let finding = Diagnostic::error(Code::BadPeriod, second.span, message);
            context.push(finding.help("write the first days of the versions in order, each once"));
        }
    }
}

/// A text on which a layer rests: a source of which can be told when it changed.
fn rests(context: &mut Context<'_>, layer: &Document, basis: &Basis) {
    let Some(source) = context.names.source(&basis.id.value) else {
        let finding = context.names.unknown_source(basis.id.span, &basis.id.value);
        return context.push(finding);
    };
    let source = context.merged.sources.get(source).map(|(_, source)| *source);
    if source.is_some_and(|source| changes(source).is_empty()) {
        let message = format!("nothing says when `{}` changed", basis.id.value);
        let finding = Diagnostic::error(Code::MissingKey, basis.id.span, message);
        context.push(finding.help("list the first days of its texts: `versions: [2019-01-01, 2025-07-01]`"));
    }
    if rests_from(layer, basis).is_none() {
        let message = format!("nothing says on which text of `{}` this layer rests", basis.id.value);
        let finding = Diagnostic::error(Code::MissingKey, basis.id.span, message);
        context.push(finding.help(
            "add `version:` with a day on which that text applied, or say when the layer was `signed` or `published`",
        ));
    }
}

/// A day on which the text applied on which a layer rests.
pub(crate) fn rests_from(layer: &Document, basis: &Basis) -> Option<Date> {
    [&basis.version, &layer.signed, &layer.published]
        .into_iter()
        .find_map(|day| day.as_ref().map(|d| d.value))
}

/// The days on which a source became another text: the first days of its versions, and the day after its last.
pub(crate) fn changes(source: &Source) -> Vec<Date> {
    let ended =
        source.in_force.as_ref().and_then(|period| period.to.as_ref()).and_then(|to| to.value.known());
    let after = ended.and_then(|day| Date::from_ticks(day.ticks() + 1));
    source.versions.iter().map(|day| day.value).chain(after).collect()
}
