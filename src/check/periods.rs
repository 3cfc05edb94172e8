//! Periods of questions, options and sources: what is not asked or cannot be chosen on a date, and what cites a source
//! outside its period.

use super::Context;
use super::layers::period_text;
use super::sources::backwards;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{InForce, OptionDef, Spanned};
use crate::model::{Cited, Model, OtherOption, Rule, Type};
use crate::source::Span;
use crate::value::parse_decimal;

/// Takes out the questions that are not asked on this date: each can only be "not applicable".
pub(super) fn not_asked(context: &Context<'_>, model: &mut Model) {
    for (question, (_, written)) in model.questions.iter_mut().zip(&context.merged.questions) {
        if context.applies(written.in_force.as_ref()) {
            continue;
        }
        question.not_asked.clone_from(&written.in_force);
        question.kind = Type::Finite { boolean: false };
        question.options.clear();
        question.may_not_apply = true;
        question.required = false;
        question.when = None;
        question.suggested_by = None;
    }
}

/// That something needs an answer on a date on which the question is not asked.
pub(super) fn needs_answer(context: &mut Context<'_>, q: usize, what: &str, span: Span) {
    let Some((_, question)) = context.merged.questions.get(q) else { return };
    if context.applies(question.in_force.as_ref()) {
        return;
    }
    let message = format!("{what} needs an answer to `{}`, which is asked only {}", question.id.value, {
        period_text(question.in_force.as_ref())
    });
    let finding = Diagnostic::error(Code::BadPeriod, span, message);
    context
        .push(finding.related(question.id.span, "the question").help(format!("give {what} the same period")));
}

/// The options that are none on this date.
pub(super) fn no_options(
    context: &mut Context<'_>,
    defs: &[(Spanned<String>, OptionDef)],
) -> Vec<OtherOption> {
    let mut none = Vec::new();
    for (id, def) in defs {
        context.push(backwards(def.in_force.as_ref()));
        if let Some(period) = def.in_force.clone().filter(|period| !context.applies(Some(period))) {
            let points = def.points.as_ref().and_then(|points| parse_decimal(&points.value));
            none.push(OtherOption { id: id.value.clone().into(), points, period });
        }
    }
    none
}

/// What is wrong with a period of a layer or source.
pub(crate) fn wrong(period: Option<&InForce>) -> Option<Diagnostic> {
    let period = period?;
    let end =
        |day: &Option<Spanned<crate::document::Day>>| day.as_ref().map(|day| (day.span, day.value.ends()));
    let (from, to) = (end(&period.from), end(&period.to));
    for (span, ends) in [from, to].into_iter().flatten() {
        if let (Some(first), Some(last)) = ends
            && last < first
        {
            let message = format!("no day lies between {first} and {last}");
            let finding = Diagnostic::error(Code::BadPeriod, span, message);
            return Some(finding.help(
                "write the first possible day, then the last; a layer does not begin before it was published",
            ));
        }
    }
    let (Some((_, (Some(from), _))), Some((span, (_, Some(to))))) = (from, to) else { return None };
    (to < from).then(|| {
        Diagnostic::error(
            Code::BadPeriod,
            span,
            format!("the period ends on {to}, before it begins on {from}"),
        )
        .help("swap the two dates or correct one of them")
    })
}

/// Whatever cites a source outside its period. A source that applied then is right to cite for another date, so it counts
/// only where the date of the case is never one of them.
pub(super) fn cited(model: &Model, out: &mut Vec<Diagnostic>) {
    for (name, span, cited) in citing(model) {
        let sources = cited.iter().filter_map(|c| model.sources.get(c.source));
        for source in sources.filter(|source| source.applies == Some(false)) {
            let message =
                format!("`{name}` rests on `{}`, of which the period lies outside its own", source.id);
            let finding = Diagnostic::warning(Code::BadPeriod, span, message);
            out.push(
                finding.related(source.span, "the source has a period").help(
                    "cite the text that applies, give this the period of the source, or correct a date",
                ),
            );
        }
    }
}

/// Everything that rests on sources: what people call it, its place, and what it cites. A remark may tell of a text that
/// has lapsed, so it does not rest on it.
pub(crate) fn citing(model: &Model) -> Vec<(&str, Span, &[Cited])> {
    let mut list: Vec<(&str, Span, &[Cited])> = Vec::new();
    let asked = model.questions.iter().filter(|question| question.not_asked.is_none());
    list.extend(asked.map(|q| (q.id.as_str(), q.span, q.sources.as_slice())));
    let settings = model.parameters.iter().filter_map(|p| Some((p, p.setting.as_ref()?)));
    list.extend(settings.map(|(p, setting)| (p.id.as_str(), setting.span, setting.sources.as_slice())));
    for decision in &model.decisions {
        let rows = match &decision.rule {
            Rule::Table(table) => table.rows.as_slice(),
            Rule::Unloaded => continue,
            Rule::Points(_) | Rule::Derived(_) => &[],
        };
        list.push((decision.id.as_str(), decision.span, decision.sources.as_slice()));
        list.extend(rows.iter().map(|row| (decision.id.as_str(), row.span, row.sources.as_slice())));
    }
    for step in &model.steps {
        list.push((step.id.as_str(), step.span, step.sources.as_slice()));
        let of_term = step.term.as_ref().map_or(&[][..], |term| term.sources.as_slice());
        list.push((step.id.as_str(), step.span, of_term));
    }
    list
}
