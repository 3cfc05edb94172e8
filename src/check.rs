//! From documents to a model: layers merged, names resolved, tests typed, sources demanded.

mod layers;
mod names;
mod numbers;
mod order;
mod procedure;
mod questions;
mod sources;
mod tables;
mod types;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Completeness, Document};
use crate::limits::{MAX_DECISIONS, MAX_QUESTIONS};
use crate::model::{Model, Rule, SectionInfo, Setting};
use crate::parse::Lost;
use crate::value::Date;

pub(crate) use layers::{covers, empty, period_text};
pub(crate) use sources::backwards;

use layers::Merged;
use names::Names;

/// What resolving reads and writes: the merged layers, every name, and the findings.
struct Context<'a> {
    merged: &'a Merged<'a>,
    names: Names<'a>,
    on: Option<Date>,
    /// What of the files could not be read.
    lost: &'a Lost,
    /// Questions (by index) and decisions (by index after those of all questions) of which the condition or rule is
    /// not known: what reads them is checked, but not proven.
    unsure: BTreeSet<usize>,
    /// Those of which not even the values are known: what is compared with them cannot be checked.
    vague: BTreeSet<usize>,
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
            if lost(&["table", "points", "outputs", "hit", "overlap", "priority"]) {
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
}

/// Resolves a shared layer with an optional overlay, as they apply on a date. Findings go to `out`. When one of the new
/// ones is an error, or something was `lost` before, the model is not whole: decisions that could not be read count as not
/// loaded in it.
pub(crate) fn resolve(
    base: &Document,
    overlay: Option<&Document>,
    on: Option<Date>,
    lost: &Lost,
    out: &mut Vec<Diagnostic>,
) -> (Model, bool) {
    let before = out.len();
    let merged = Merged::new(base, overlay);
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
        on,
        lost,
        unsure: BTreeSet::new(),
        vague: BTreeSet::new(),
        settings: Vec::new(),
        out,
    };
    context.doubt();
    let mut model = Model {
        id: base.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        title: base.title.as_ref().map(|t| t.value.clone()).unwrap_or_default(),
        description: base.description.as_ref().map(|t| t.value.clone()),
        partial: [Some(base), overlay].into_iter().flatten().flat_map(missing_parts).collect(),
        authority: overlay.and_then(|o| o.authority.as_ref()).map(|a| a.value.clone()),
        authority_title: overlay.and_then(|o| o.title.as_ref()).map(|a| a.value.clone()),
        sections: merged
            .sections
            .iter()
            .map(|s| SectionInfo {
                title: s.section.value.clone(),
                help: s.help.as_ref().map(|h| h.value.clone()),
            })
            .collect(),
        ..Model::default()
    };
    model.sources = sources::list(&merged);
    model.parameters = sources::parameters(&mut context);
    context.settings = model.parameters.iter().map(|p| p.setting.clone()).collect();
    let tables = tables::read(&mut context, &model);
    let conditions = questions::read_conditions(&mut context);
    model.questions = questions::resolve(&mut context, &tables, &conditions);
    reference_date(&mut context, &mut model);
    tables::resolve(&mut context, &mut model, &tables, &conditions);
    procedure::resolve(&mut context, &mut model);
    unload(&context, &mut model);
    let errors = context.out.iter().skip(before).any(|d| d.severity == Severity::Error);
    (model, !errors && lost.is_empty())
}

/// Takes out what is not known for sure: nothing can be proven of it, and it may depend on itself.
fn unload(context: &Context<'_>, model: &mut Model) {
    for node in context.unsure.iter().chain(&context.vague) {
        if let Some(question) = model.questions.get_mut(*node) {
            question.when = None;
        } else if let Some(d) = node.checked_sub(model.questions.len())
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
    let Some(name) = context.merged.reference_date else { return };
    match context.names.question(&name.value) {
        Some(q) => {
            let is_date = matches!(
                model.questions.get(q).map(|q| &q.kind),
                Some(crate::model::Type::Ordered { measure: crate::model::Measure::Date, .. })
            );
            if is_date {
                model.reference_date = Some(q);
            } else {
                context.push(Diagnostic::error(
                    Code::TypeMismatch,
                    name.span,
                    format!("`reference_date` names `{}`, which is not a date", name.value),
                ));
            }
        }
        None => {
            let finding = context.names.unknown(name.span, &name.value, "a question");
            context.push(finding);
        }
    }
}
