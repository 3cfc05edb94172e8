//! Legal terms of steps: anchors, lengths, extensions and suspensions.

use crate::check::Context;
use crate::check::periods::needs_answer;
use crate::check::sources::cite;
use crate::check::tables::setting_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Bound, HitPolicy, Spanned, Suspension, Term};
use crate::model::{Anchor, LengthInfo, Measure, Model, Rule, SuspensionInfo, TermInfo, Type};
use crate::source::Span;
use crate::suggest::with_suggestion;
use crate::term::{Counting, Length, TermError, Unit};
use crate::value::Value;

/// The term of a step; `steps` are the ids of all steps.
pub(super) fn term(
    context: &mut Context<'_>,
    model: &Model,
    term: &Term,
    steps: &[&str],
) -> Option<TermInfo> {
    let back = term.before.is_some();
    let anchor = match (&term.from, &term.before) {
        (Some(name), None) | (None, Some(name)) => anchor(context, model, name, steps),
        (from, _) => {
            let span = from.as_ref().map_or(term.length.span, |from| from.span);
            let message = "a term has either `from` or `before`";
            let finding = Diagnostic::error(Code::MissingKey, span, message);
            context.push(finding.help("write `from: day_or_step`, or `before: day_or_step` to count back"));
            None
        }
    };
    let length = length(context, model, &term.length);
    let earliest = term.earliest.as_ref().and_then(|written| self::length(context, model, written));
    let extension = extension(context, model, term.extension.as_ref(), term.extended.as_ref());
    let clock = term.clock.as_ref().and_then(|name| {
        let is_time = |kind: &Type| matches!(kind, Type::Ordered { measure: Measure::Time, .. });
        question(context, model, name, "a time", is_time)
    });
    let suspensions: Vec<SuspensionInfo> =
        term.suspensions.iter().filter_map(|s| suspension(context, model, s)).collect();
    let info = TermInfo {
        anchor: anchor?,
        back,
        length: length?,
        earliest,
        at_least: term.bound.as_ref().is_some_and(|b| b.value == Bound::AtLeast),
        statutory: term.statutory.as_ref().is_none_or(|s| s.value),
        extension,
        clock,
        suspensions,
        sources: cite(context, &term.sources),
    };
    possible(context, term, &info);
    window(context, term, &info);
    Some(info)
}

/// What cannot be computed: hours without a clock, what the law gives no way to count.
fn possible(context: &mut Context<'_>, term: &Term, info: &TermInfo) {
    let LengthInfo::Known(length) = info.length else { return };
    let hours = length.unit() == Unit::Hours;
    let problem = if hours && info.clock.is_none() {
        Some(TermError::NeedsClock(length))
    } else if length.unit() == Unit::WorkingDays && !info.suspensions.is_empty() {
        Some(TermError::NotSuspendable(length))
    } else {
        None
    };
    if let Some(problem) = problem {
        let finding = Diagnostic::error(Code::TypeMismatch, term.length.span, problem.to_string());
        context.push(match hours {
            true => finding.help("add `clock:` with the question for the time of day"),
            false => finding,
        });
    }
    let lone = (info.back || hours) && (info.extension.is_some() || !info.suspensions.is_empty());
    if lone {
        let message = "a term that is counted back or in hours is not extended or suspended";
        context.push(Diagnostic::error(Code::WrongShape, term.length.span, message));
    }
}

/// A first day stands only beside a last one that is counted back in days or more.
fn window(context: &mut Context<'_>, term: &Term, info: &TermInfo) {
    let Some(earliest) = &term.earliest else { return };
    if !info.back || info.at_least || info.clock.is_some() {
        let message = "`earliest` goes with a term that is counted back in days or more";
        let finding = Diagnostic::error(Code::WrongShape, earliest.span, message);
        context.push(finding.help("write `before:` with the last day in `length:`, or leave `earliest` out"));
    }
}

fn anchor(
    context: &mut Context<'_>,
    model: &Model,
    name: &Spanned<String>,
    steps: &[&str],
) -> Option<Anchor> {
    if let Some(step) = steps.iter().position(|step| *step == name.value) {
        return Some(Anchor::Step(step));
    }
    if context.names.get(&name.value).is_none() {
        let message = format!("`{}` is not a question or step of this rule set", name.value);
        let finding = Diagnostic::error(Code::UnknownName, name.span, message);
        let questions = model.questions.iter().map(|q| q.id.as_str());
        let known: Vec<&str> = steps.iter().copied().chain(questions).collect();
        context.push(with_suggestion(finding, &name.value, known.into_iter()));
        return None;
    }
    date(context, model, name).map(Anchor::Question)
}

pub(in crate::check) fn date(
    context: &mut Context<'_>,
    model: &Model,
    name: &Spanned<String>,
) -> Option<usize> {
    let is_date = |kind: &Type| matches!(kind, Type::Ordered { measure: Measure::Date, .. });
    question(context, model, name, "a date", is_date)
}

/// A question of the right type.
fn question(
    context: &mut Context<'_>,
    model: &Model,
    name: &Spanned<String>,
    what: &str,
    fits: impl Fn(&Type) -> bool,
) -> Option<usize> {
    let Some(q) = context.names.question(&name.value) else {
        let finding = context.names.unknown(name.span, &name.value, "a question");
        context.push(finding);
        return None;
    };
    if !model.questions.get(q).is_some_and(|q| fits(&q.kind)) {
        let message = format!("`{}` is not {what}", name.value);
        context.push(Diagnostic::error(Code::TypeMismatch, name.span, message));
        return None;
    }
    needs_answer(context, q, "this term", name.span);
    Some(q)
}

/// A length as written, or the one that a parameter holds or a decision gives.
pub(in crate::check) fn length(
    context: &mut Context<'_>,
    model: &Model,
    written: &Spanned<String>,
) -> Option<LengthInfo> {
    if let Some(d) = model.decisions.iter().position(|d| d.id == written.value) {
        return decided(context, model, d, written.span);
    }
    let (text, span, parameter) = match context.names.parameter(&written.value) {
        Some(parameter) => match setting_of(context, parameter) {
            Some(setting) => (setting.text, setting.span, Some(parameter)),
            None => return Some(LengthInfo::Unset(parameter)),
        },
        None => (written.value.clone(), written.span, None),
    };
    match Length::parse(&text) {
        Ok(length) => Some(LengthInfo::Known(length)),
        Err(error) => {
            let finding = Diagnostic::error(Code::TypeMismatch, span, error.to_string());
            let known = context.merged.parameters.iter().map(|(id, _)| id.value.as_str());
            let word = text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let finding = match parameter {
                None if word => with_suggestion(finding, &text, known),
                _ => finding.help("write a whole number and a unit, such as `6 weeks` or `1 month`"),
            };
            context.push(finding);
            None
        }
    }
}

/// The length that a decision gives: one output, of which every value is a length, or `-` for no term.
fn decided(context: &mut Context<'_>, model: &Model, d: usize, span: Span) -> Option<LengthInfo> {
    let info = model.decisions.get(d)?;
    let is_length = |value: &Value| match value {
        Value::Null => true,
        Value::Text(text) => Length::parse(text).is_ok(),
        _ => false,
    };
    let fits = match &info.rule {
        Rule::Table(table) => {
            let mut given = table.rows.iter().filter_map(|row| row.output.values());
            table.hit != HitPolicy::Collect
                && info.outputs.len() == 1
                && given.all(|values| values.iter().all(is_length))
        }
        Rule::Unloaded => true,
        Rule::Points(_) | Rule::Derived(_) => false,
    };
    if !fits {
        let message = format!("`{}` does not give a length", info.id);
        let finding = Diagnostic::error(Code::TypeMismatch, span, message);
        context.push(finding.help("let it have one output, and give it lengths such as `8 weeks`"));
        return None;
    }
    Some(LengthInfo::Decided(d))
}

/// A second length with the question whether it was added.
fn extension(
    context: &mut Context<'_>,
    model: &Model,
    by: Option<&Spanned<String>>,
    extended: Option<&Spanned<String>>,
) -> Option<(LengthInfo, usize)> {
    let (Some(by), Some(extended)) = (by, extended) else {
        if let Some(lone) = by.or(extended) {
            let finding =
                Diagnostic::error(Code::MissingKey, lone.span, "`extension` and `extended` go together");
            context.push(finding.help("name the length, and the question whether the term was extended"));
        }
        return None;
    };
    let is_boolean = |kind: &Type| matches!(kind, Type::Finite { boolean: true });
    let length = length(context, model, by);
    let question = question(context, model, extended, "a yes-or-no question", is_boolean);
    length.zip(question)
}

fn suspension(context: &mut Context<'_>, model: &Model, written: &Suspension) -> Option<SuspensionInfo> {
    cite(context, &written.sources);
    let from = date(context, model, &written.from);
    let until = date(context, model, &written.until);
    let at_most = written.at_most.as_ref().and_then(|written| length(context, model, written));
    let extension = extension(context, model, written.extension.as_ref(), written.extended.as_ref());
    let stopped = written.stopped.iter().filter_map(|s| suspension(context, model, s)).collect();
    Some(SuspensionInfo {
        from: from?,
        until: until?,
        counting: Counting {
            first_day: written.first_day.as_ref().is_none_or(|d| d.value),
            last_day: written.last_day.as_ref().is_some_and(|d| d.value),
        },
        at_most,
        extension,
        stopped,
    })
}
