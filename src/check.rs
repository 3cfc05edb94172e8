//! From documents to a model: layers merged, names resolved, tests typed, sources demanded.

mod counts;
mod formula;
mod layers;
mod lists;
mod names;
mod numbers;
mod order;
mod parts;
mod periods;
mod procedure;
mod questions;
mod silence;
mod sources;
mod tables;
mod types;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Completeness, Document, Period};
use crate::limits::{MAX_DECISIONS, MAX_QUESTIONS};
use crate::model::{Model, Rule, SectionInfo, Setting};
use crate::parse::Lost;
use crate::value::Date;

pub(crate) use layers::{covers, empty, period_text};
pub(crate) use periods::{citing, wrong as wrong_period};
pub(crate) use silence::{changes, rests_from};
pub(crate) use tables::{literal, row_periods};

use layers::Merged;
use names::Names;

/// The layers that make up a program, the shared one first and each over those before it, with the day by which it goes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stack<'a> {
    pub(crate) layers: Vec<(&'a Document, Option<Date>)>,
    /// Versions of which it cannot be said whether they apply: what they set is not known. With the number of layers
    /// below them.
    pub(crate) unsure: Vec<(usize, &'a Document)>,
}

impl Stack<'_> {
    /// The day by which the layer of a file goes.
    fn day(&self, file: u16) -> Option<Date> {
        let own = self.layers.iter().find(|(layer, _)| layer.span.file == file);
        own.or(self.layers.first()).and_then(|(_, day)| *day)
    }
}

/// What resolving reads and writes: the merged layers, every name, and the findings.
struct Context<'a> {
    merged: &'a Merged<'a>,
    names: Names<'a>,
    stack: &'a Stack<'a>,
    /// What of the files could not be read.
    lost: &'a Lost,
    /// Questions (by index) and decisions (by index after those of all questions) of which the condition or rule is
    /// not known: what reads them is checked, but not proven.
    unsure: BTreeSet<usize>,
    /// Those of which not even the values are known: what is compared with them cannot be checked.
    vague: BTreeSet<usize>,
    /// Decisions, by index, that have rules but none that count on this date.
    dormant: BTreeSet<usize>,
    /// Per parameter its value on this date.
    settings: Vec<Option<Setting>>,
    out: &'a mut Vec<Diagnostic>,
}

impl Context<'_> {
    fn push(&mut self, diagnostic: impl Into<Option<Diagnostic>>) {
        self.out.extend(diagnostic.into());
    }

    /// Notes the questions and decisions that hold a finding of the reader.
    fn doubt(&mut self) {
        let merged = self.merged;
        let first = merged.questions.len();
        for (q, (_, question)) in merged.questions.iter().enumerate() {
            if let Some((_, list)) = merged.list_of(q).and_then(|list| merged.questions.get(list)) {
                if self.lost.any("questions", &list.id.value, &["type", "fields"]) {
                    self.vague.insert(q);
                }
                continue;
            }
            let lost = |keys| self.lost.any("questions", &question.id.value, keys);
            if lost(&["type", "options", "several", "min", "max", "step"]) {
                self.vague.insert(q);
            }
            if lost(&["when", "not_applicable"]) {
                self.unsure.insert(q);
            }
        }
        for (d, (id, _)) in merged.decisions.iter().enumerate() {
            let lost = |keys| self.lost.any("decisions", &id.value, keys);
            let keys = ["table", "points", "outputs", "hit", "overlap", "priority"];
            if lost(&keys) || lost(&["formula", "unit", "step", "min", "max", "count"]) {
                self.vague.insert(first + d);
            }
            if lost(&["when"]) {
                self.unsure.insert(first + d);
            }
        }
    }

    /// The index of a decision among questions and decisions.
    fn decision_node(&self, d: usize) -> usize {
        self.merged.questions.len() + d
    }

    /// Whether a name in a cell is that of a parameter of which the value or kind could not be read.
    fn lost_parameter(&self, name: &str) -> bool {
        let keys = ["value", "values", "test_on", "type", "unit", "in_force"];
        match self.names.get(name) {
            None if self.lost.part("parameters") => name.starts_with(|c: char| c.is_ascii_lowercase()),
            None => self.names.written(name),
            Some(_) => self.lost.any("parameters", name, &keys),
        }
    }

    /// Whether a period covers the date of the layer in which it is written.
    fn applies(&self, period: Option<&Period>) -> bool {
        let place = period.and_then(|p| p.from.as_ref().or(p.to.as_ref())).map(|day| day.span.file);
        let day = place.and_then(|file| self.stack.day(file));
        day.is_none_or(|day| covers(period, day))
    }
}

/// Resolves a shared layer with those over it, as they apply on a date. Findings go to `out`. When one of the new ones is
/// an error, or something was `lost` before, the model is not whole: decisions that could not be read count as not loaded
/// in it.
pub(crate) fn resolve(stack: &Stack<'_>, lost: &Lost, out: &mut Vec<Diagnostic>) -> (Model, bool) {
    let before = out.len();
    let Some((base, _)) = stack.layers.first() else { return (Model::default(), false) };
    let merged = Merged::new(stack);
    let names = Names::new(&merged, lost, out);
    for (count, most, what) in [
        (merged.questions.len(), MAX_QUESTIONS, "questions"),
        (merged.decisions.len(), MAX_DECISIONS, "decisions"),
    ] {
        if count > most {
            let place = base.id.as_ref().map(|id| id.span);
            out.push(
                Diagnostic::error(
                    Code::TooLarge,
                    place,
                    format!("a rule set has at most {most} {what}, found {count}"),
                )
                .help("split it into several rule sets"),
            );
        }
    }
    if out.iter().skip(before).any(|d| d.code == Code::TooLarge) {
        return (Model { conditions_lost: true, ..Model::default() }, false);
    }
    let mut context = Context {
        merged: &merged,
        names,
        stack,
        lost,
        unsure: BTreeSet::new(),
        vague: BTreeSet::new(),
        dormant: BTreeSet::new(),
        settings: Vec::new(),
        out,
    };
    context.doubt();
    let own = stack.layers.iter().map(|(layer, _)| layer).find(|layer| layer.authority.is_some());
    let mut model = Model {
        id: base.id.as_ref().map(|id| id.value.clone()).unwrap_or_default().into(),
        title: base.title.as_ref().map(|t| t.value.clone()).unwrap_or_default(),
        description: base.description.as_ref().map(|t| t.value.clone()),
        partial: stack.layers.iter().flat_map(|(layer, _)| missing_parts(layer)).collect(),
        authority: own.and_then(|o| o.authority.as_ref()).map(|a| a.value.as_str().into()),
        authority_title: own.and_then(|o| o.title.as_ref()).map(|a| a.value.clone()),
        sections: merged
            .sections
            .iter()
            .map(|s| SectionInfo {
                title: s.section.value.clone().into(),
                help: s.help.as_ref().map(|h| h.value.clone()),
            })
            .collect(),
        ..Model::default()
    };
    model.sources = sources::list(&merged, stack);
    silence::declared(&mut context);
    model.parameters = sources::parameters(&mut context);
    context.settings = model.parameters.iter().map(|p| p.setting.clone()).collect();
    let tables = tables::read(&mut context, &model);
    let conditions = questions::read_conditions(&mut context);
    model.questions = questions::resolve(&mut context, &tables, &conditions);
    model.lists = lists::resolve(&mut context);
    reference_date(&mut context, &mut model);
    tables::resolve(&mut context, &mut model, &tables, &conditions);
    procedure::resolve(&mut context, &mut model);
    parts::resolve(&mut context, &mut model);
    unload(&context, &mut model);
    periods::not_asked(&context, &mut model);
    periods::cited(&model, context.out);
    let errors = context.out.iter().skip(before).any(|d| d.severity == Severity::Error);
    (model, !errors && lost.is_empty())
}

/// Takes out what is not known for sure: nothing can be proven of it, and it may depend on itself.
fn unload(context: &Context<'_>, model: &mut Model) {
    for node in context.unsure.iter().chain(&context.vague) {
        if let Some(question) = model.questions.get_mut(*node).filter(|q| q.derived.is_none()) {
            question.when = None;
        } else if let Some(d) = node.checked_sub(context.merged.questions.len())
            && let Some(decision) = model.decisions.get_mut(d)
        {
            decision.when = None;
            decision.rule = Rule::Unloaded;
        }
    }
}

fn missing_parts(document: &Document) -> Vec<String> {
    match &document.completeness {
        Some(Completeness::Partial(parts)) => parts.iter().map(|p| p.value.clone()).collect(),
        _ => Vec::new(),
    }
}

fn reference_date(context: &mut Context<'_>, model: &mut Model) {
    for name in context.merged.reference_dates.clone() {
        let Some(q) = context.names.question(&name.value) else {
            let finding = context.names.unknown(name.span, &name.value, "a question");
            context.push(finding);
            continue;
        };
        if let Some((_, question)) = context.merged.questions.get(q)
            && question.in_force.is_some()
        {
            let message = format!("`{}` fixes a reference date, so it is asked on every date", name.value);
            let finding = Diagnostic::error(Code::BadPeriod, name.span, message);
            context.push(
                finding
                    .related(question.id.span, "this question has a period")
                    .help("leave its `in_force` out, or let another question fix the date"),
            );
        }
        let kind = model.questions.get(q).map(|q| &q.kind);
        if matches!(kind, Some(crate::model::Type::Ordered { measure: crate::model::Measure::Date, .. })) {
            model.reference_dates.push(q);
        } else {
            context.push(Diagnostic::error(
                Code::TypeMismatch,
                name.span,
                format!("`reference_date` names `{}`, which is not a date", name.value),
            ));
        }
    }
}
