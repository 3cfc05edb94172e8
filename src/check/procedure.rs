//! What comes after the decisions: remarks, steps, counts, suggestions for what only a human can judge.

pub(super) mod terms;

use super::Context;
use super::order::{Dependent, sort};
use super::questions::read;
use super::sources::{cite, missing};
use super::tables::condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Condition, Severity, Spanned, Step};
use crate::model::{ConditionInfo, Model, OptionInfo, RemarkInfo, RollupInfo, StepInfo};
use crate::sorted::sort_by;
use crate::source::Span;
use crate::suggest::with_suggestion;
use crate::text::Text;

pub(super) fn resolve(context: &mut Context<'_>, model: &mut Model) {
    for (id, class) in &context.merged.classes {
        cite(context, &class.sources);
        if class.sources.is_empty() && !context.lost.sources("classes", &id.value) {
            context.push(missing("class", id));
        }
        model.classes.push(id.value.clone());
        model.class_titles.push(class.title.value.clone());
    }
    suggestions(context, model);
    remarks(context, model);
    steps(context, model);
    rollups(context, model);
}

/// A class of confidentiality that the layers declare.
pub(super) fn class(context: &mut Context<'_>, name: Option<&Spanned<String>>) -> Option<String> {
    let name = name?;
    let known = context.merged.classes.iter().map(|(id, _)| id.value.as_str());
    let lost = context.names.written(&name.value) || context.lost.part("classes");
    if !lost && !known.clone().any(|id| id == name.value) {
        let message = format!("`{}` is not a class of this rule set", name.value);
        let finding = Diagnostic::error(Code::UnknownName, name.span, message);
        context.push(with_suggestion(finding, &name.value, known).help("declare it under `classes:`"));
    }
    Some(name.value.clone())
}

/// The condition of a remark or step; of a lost one there is only the place.
fn when(
    context: &mut Context<'_>,
    model: &mut Model,
    written: Option<&Spanned<Condition>>,
) -> (Option<ConditionInfo>, Option<Span>) {
    let Some(written) = written else { return (None, None) };
    let raw = read(context, written);
    let resolved = if model.conditions_lost { None } else { condition(context, model, &raw) };
    (resolved, Some(written.span))
}

fn remarks(context: &mut Context<'_>, model: &mut Model) {
    for (id, remark) in context.merged.remarks.clone() {
        if !context.applies(remark.in_force.as_ref()) {
            continue;
        }
        if remark.sources.is_empty() && !context.lost.sources("findings", &id.value) {
            context.push(missing("finding", id));
        }
        let (when, when_span) = when(context, model, remark.when.as_ref());
        model.remarks.push(RemarkInfo {
            id: id.value.clone().into(),
            text: remark.text.value.clone().into(),
            severity: remark.severity.as_ref().map_or(Severity::Attention, |s| s.value),
            unsure: when.is_none() && when_span.is_some(),
            when,
            when_span,
            sources: cite(context, &remark.sources),
            span: id.span,
        });
    }
}

fn steps(context: &mut Context<'_>, model: &mut Model) {
    let all: Vec<(&Spanned<String>, &Step)> = context.merged.steps.clone();
    let listed: Vec<(&Spanned<String>, &Step)> =
        all.iter().copied().filter(|(_, step)| context.applies(step.in_force.as_ref())).collect();
    let mut nodes = Vec::new();
    for (id, step) in &listed {
        if context.names.get(&id.value).is_some() {
            let message = format!("`{}` is used for two things", id.value);
            let finding = Diagnostic::error(Code::Duplicate, id.span, message);
            context.push(finding.help("give the step another name than any question, decision or parameter"));
        }
        if step.sources.is_empty() && !context.lost.sources("steps", &id.value) {
            context.push(missing("step", id));
        }
        let mut after = Vec::new();
        let names = step.after.iter().map(|n| (n, false)).chain(step.requires.iter().map(|n| (n, true)));
        for (name, really) in names {
            match listed.iter().position(|(other, _)| other.value == name.value) {
                Some(index) => after.push((index, really)),
                // a step of another period does not stand in the way
                None if all.iter().any(|(other, _)| other.value == name.value) => {}
                // nor does one that could not be read
                None if context.names.written(&name.value) || context.lost.part("steps") => {}
                None => {
                    let message = format!("`{}` is not a step of this rule set", name.value);
                    let finding = Diagnostic::error(Code::UnknownName, name.span, message);
                    let known = all.iter().map(|(id, _)| id.value.as_str());
                    context.push(with_suggestion(finding, &name.value, known));
                }
            }
        }
        sort_by(&mut after, Ord::cmp);
        let (when, when_span) = when(context, model, step.when.as_ref());
        let needs = after.iter().map(|(index, _)| *index).collect();
        nodes.push(Dependent { name: id.value.clone(), span: id.span, needs });
        let text = |t: &Option<Spanned<String>>| t.as_ref().map(|t| t.value.clone());
        model.steps.push(StepInfo {
            id: id.value.clone().into(),
            title: step.title.value.clone(),
            help: text(&step.help),
            actor: step.actor.value.clone(),
            document: text(&step.document),
            unsure: when.is_none() && when_span.is_some(),
            when,
            when_span,
            after,
            done: step.done.as_ref().and_then(|name| terms::date(context, model, name)),
            required: step.required.as_ref().is_none_or(|required| required.value),
            term: None,
            class: class(context, step.confidentiality.as_ref()),
            sources: cite(context, &step.sources),
            span: id.span,
        });
    }
    let ids: Vec<&str> = listed.iter().map(|(id, _)| id.value.as_str()).collect();
    for (s, (_, step)) in listed.iter().enumerate() {
        let term = step.term.as_ref().and_then(|term| terms::term(context, model, term, &ids));
        if let Some(slot) = model.steps.get_mut(s) {
            slot.term = term;
        }
    }
    match sort(&nodes) {
        Ok(sorted) => context.out.extend(sorted.findings),
        Err(endless) => context.push(endless),
    }
}

/// A judgement may be suggested by a decision whose outcomes are options of the question.
fn suggestions(context: &mut Context<'_>, model: &mut Model) {
    let merged = context.merged;
    for (q, (_, question)) in merged.questions.iter().enumerate() {
        let Some(name) = &question.suggest else { continue };
        let Some(d) = model.decisions.iter().position(|d| d.id == name.value) else {
            let finding = context.names.unknown(name.span, &name.value, "a decision");
            context.push(finding);
            continue;
        };
        let options: Vec<&str> = model
            .questions
            .get(q)
            .map(|q| q.options.iter().map(|o| o.id.as_str()).collect())
            .unwrap_or_default();
        let single = model.decisions.get(d).and_then(|d| match d.outputs.as_slice() {
            [output] => Some(output.options.as_slice()),
            _ => None,
        });
        let fits =
            |list: &[OptionInfo]| !list.is_empty() && list.iter().all(|o| options.contains(&o.id.as_str()));
        let read = |node| !context.vague.contains(&node) && !context.unsure.contains(&node);
        if read(q) && read(context.decision_node(d)) && !single.is_some_and(fits) {
            let message = format!("`{}` cannot suggest an answer to `{}`", name.value, question.id.value);
            context.push(
                Diagnostic::error(Code::TypeMismatch, name.span, message).help(
                    "let it have one output that declares `options`, all of them options of the question",
                ),
            );
        }
        if let Some(slot) = model.questions.get_mut(q) {
            slot.suggested_by = Some(d);
        }
    }
}

fn rollups(context: &mut Context<'_>, model: &mut Model) {
    for (id, rollup) in context.merged.rollups.clone() {
        if rollup.sources.is_empty() && !context.lost.sources("rollups", &id.value) {
            context.push(missing("roll-up", id));
        }
        cite(context, &rollup.sources);
        let mut questions = Vec::new();
        let mut options: Option<(&Spanned<String>, Vec<Text>)> = None;
        let mut whole = !context.lost.any("rollups", &id.value, &["of", "gaps", "scale"]);
        for name in &rollup.of {
            let Some(q) = context.names.question(&name.value) else {
                let finding = context.names.unknown(name.span, &name.value, "a question");
                whole &= finding.is_some();
                context.push(finding);
                continue;
            };
            if !context.merged.questions.get(q).is_some_and(|(_, q)| context.applies(q.in_force.as_ref())) {
                continue; // not asked on this date
            }
            questions.push(q);
            if context.vague.contains(&q) {
                whole = false;
                continue;
            }
            let own = model.questions.get(q).map(|q| q.options.as_slice()).unwrap_or_default();
            let own: Vec<Text> = own.iter().map(|option| option.id.clone()).collect();
            match &options {
                None => options = Some((name, own)),
                Some((first, known)) if *known != own => context.push(
                    Diagnostic::error(
                        Code::TypeMismatch,
                        name.span,
                        format!("`{}` has other options than `{}`", name.value, first.value),
                    )
                    .help("a roll-up counts questions with the same options"),
                ),
                Some(_) => {}
            }
        }
        let known = options.map(|(_, known)| known).unwrap_or_default();
        let gaps = options_of(context, &rollup.gaps, &known, whole);
        let scale = options_of(context, &rollup.scale, &known, whole);
        model.rollups.push(RollupInfo {
            id: id.value.clone().into(),
            title: rollup.title.value.clone(),
            questions,
            options: known.into(),
            gaps,
            scale,
        });
    }
}

/// The options with these names, by index; each once.
fn options_of(
    context: &mut Context<'_>,
    names: &[Spanned<String>],
    known: &[Text],
    whole: bool,
) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for name in names {
        match known.iter().position(|option| *option == name.value) {
            Some(index) if found.contains(&index) => {
                let message = format!("`{}` is in this list twice", name.value);
                context.push(Diagnostic::error(Code::Duplicate, name.span, message));
            }
            Some(index) => found.push(index),
            None if !whole => {}
            None => {
                let message = format!("`{}` is not an option of these questions", name.value);
                let finding = Diagnostic::error(Code::UnknownOption, name.span, message);
                context.push(with_suggestion(finding, &name.value, known.iter().map(Text::as_str)));
            }
        }
    }
    found
}
