//! Which decisions are made for each record of a list, and what cannot read those.

use super::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::limits::MAX_PARTS;
use crate::model::{ConditionInfo, DecisionInfo, Input, Model, Rule};
use crate::source::Span;

pub(super) fn resolve(context: &mut Context<'_>, model: &mut Model) {
    if model.lists.is_empty() {
        return;
    }
    let first = model.questions.len();
    for d in model.order.clone().into_iter().filter_map(|node| node.checked_sub(first)) {
        let Some(decision) = model.decisions.get(d) else { continue };
        let mut lists: Vec<usize> =
            inputs(model, decision).filter_map(|input| list_of(model, input)).collect();
        lists.sort_unstable();
        lists.dedup();
        if let [one, other, ..] = lists.as_slice() {
            let id = |list: &usize| name(model, *list);
            let message =
                format!("`{}` reads fields of two lists, `{}` and `{}`", decision.id, id(one), id(other));
            context.push(
                Diagnostic::error(Code::TypeMismatch, decision.span, message)
                    .help("a decision is made for each record of one list: count the records of the other"),
            );
        }
        let part_of = lists.first().copied();
        if let Some(decision) = model.decisions.get_mut(d) {
            decision.part_of = part_of;
        }
    }
    readers(context, model);
    bounded(context, model);
}

/// What a decision reads.
fn inputs<'m>(model: &'m Model, decision: &'m DecisionInfo) -> impl Iterator<Item = Input> + 'm {
    let own: &[Input] = match &decision.rule {
        Rule::Table(table) => &table.inputs,
        Rule::Points(points) => &points.terms,
        Rule::Derived(q) => {
            let derived = model.questions.get(*q).and_then(|q| q.derived.as_ref());
            derived.map(|derived| derived.inputs.as_slice()).unwrap_or_default()
        }
        Rule::Unloaded => &[],
    };
    let when = decision.when.as_ref().map(|when| when.inputs.as_slice()).unwrap_or_default();
    own.iter().chain(when).copied()
}

/// The list on a record of which an input depends.
fn list_of(model: &Model, input: Input) -> Option<usize> {
    match input {
        Input::Output(d, _) | Input::Score(d) => model.decisions.get(d)?.part_of,
        Input::Question(q) | Input::Part(q, _) => {
            let question = model.questions.get(q)?;
            if question.derived.is_some() {
                let shows = |rule: &Rule| matches!(rule, Rule::Derived(shown) if *shown == q);
                return model.decisions.iter().find(|d| shows(&d.rule))?.part_of;
            }
            model.list_index(question.of?)
        }
    }
}

fn name(model: &Model, list: usize) -> String {
    let question = model.lists.get(list).and_then(|list| model.questions.get(list.question));
    question.map_or_else(String::new, |q| q.id.to_string())
}

/// What belongs to the case as a whole cannot hang on one record.
fn readers(context: &mut Context<'_>, model: &Model) {
    let mut whens: Vec<(String, &ConditionInfo, Option<Span>)> = Vec::new();
    for question in &model.questions {
        let of = |when| (format!("the question `{}`", question.id), when, question.when_span);
        whens.extend(question.when.as_ref().filter(|_| question.derived.is_none()).map(of));
    }
    for remark in &model.remarks {
        whens.extend(
            remark.when.as_ref().map(|when| (format!("the finding `{}`", remark.id), when, remark.when_span)),
        );
    }
    for step in &model.steps {
        whens
            .extend(step.when.as_ref().map(|when| (format!("the step `{}`", step.id), when, step.when_span)));
    }
    let mut findings = Vec::new();
    for (what, when, span) in whens {
        for input in &when.inputs {
            if let Some(list) = list_of(model, *input) {
                let message = format!("{what} cannot hang on `{}`", model.input_name(*input));
                let help = format!(
                    "it is known for each record of `{}` only: count those records",
                    name(model, list)
                );
                findings.push(Diagnostic::error(Code::TypeMismatch, span, message).help(help));
            }
        }
    }
    for question in &model.questions {
        let suggests = question.suggested_by.and_then(|d| model.decisions.get(d));
        if let Some(decision) = suggests.filter(|decision| decision.part_of.is_some()) {
            let message = format!("`{}` cannot suggest an answer to `{}`", decision.id, question.id);
            let help = "it is made for each record of a list";
            findings.push(Diagnostic::error(Code::TypeMismatch, question.span, message).help(help));
        }
    }
    context.out.extend(findings);
}

/// Of a list with outcomes for each record there are not too many.
fn bounded(context: &mut Context<'_>, model: &mut Model) {
    for at in 0..model.lists.len() {
        if model.parts_of(at).next().is_none() {
            continue;
        }
        let Some(list) = model.lists.get_mut(at).filter(|list| list.most > MAX_PARTS) else { continue };
        list.most = MAX_PARTS;
        let written =
            context.merged.questions.get(list.question).and_then(|(_, question)| question.max.as_ref());
        if let Some(max) = written {
            let message = format!("decisions are made for at most {MAX_PARTS} records of a list");
            let finding = Diagnostic::error(Code::TooLarge, max.span, message);
            context.push(finding.help(format!("write `max: {MAX_PARTS}` or less")));
        }
    }
}
