//! Laying layers over the shared one: what each sets, adds and replaces.

use std::collections::BTreeMap;

use super::Stack;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{
    Class, Decision, Document, Map, Parameter, Period, Question, Remark, Rollup, Section, Source, Spanned,
    Step,
};
use crate::value::Date;

/// All layers as one, in the order of the shared layer; what only a later one has comes last.
pub(super) struct Merged<'a> {
    pub(super) sources: Vec<(&'a Spanned<String>, &'a Source)>,
    /// Per parameter its declaration and, from the layers over it, its settings.
    pub(super) parameters: Vec<(&'a Spanned<String>, Vec<&'a Parameter>)>,
    /// How many of them the shared layer declares; they come first.
    pub(super) shared_parameters: usize,
    pub(super) sections: Vec<&'a Section>,
    /// Index of the section and the question; fields of lists come after all others.
    pub(super) questions: Vec<(usize, &'a Question)>,
    /// Per field, in their order, the list of which it is one.
    pub(super) fields: Vec<usize>,
    /// Per decision its layers that apply on this date, or where none does all; the last that gives a field wins.
    pub(super) decisions: Vec<(&'a Spanned<String>, Vec<&'a Decision>)>,
    /// Per decision the layers that do not apply on this date.
    pub(super) other_dates: Vec<Vec<&'a Decision>>,
    /// Parameters and decisions of layers of which it cannot be said whether they apply; of a decision also whether its
    /// condition is one of those things.
    pub(super) unsure: BTreeMap<&'a str, bool>,
    pub(super) classes: Vec<(&'a Spanned<String>, &'a Class)>,
    pub(super) remarks: Vec<(&'a Spanned<String>, &'a Remark)>,
    pub(super) steps: Vec<(&'a Spanned<String>, &'a Step)>,
    pub(super) rollups: Vec<(&'a Spanned<String>, &'a Rollup)>,
    /// The questions that fix the reference dates, the shared layer's first.
    pub(super) reference_dates: Vec<&'a Spanned<String>>,
}

impl<'a> Merged<'a> {
    pub(super) fn new(stack: &Stack<'a>) -> Self {
        let mut merged = Merged {
            sources: Vec::new(),
            parameters: Vec::new(),
            shared_parameters: 0,
            sections: Vec::new(),
            questions: Vec::new(),
            fields: Vec::new(),
            decisions: Vec::new(),
            other_dates: Vec::new(),
            unsure: BTreeMap::new(),
            classes: Vec::new(),
            remarks: Vec::new(),
            steps: Vec::new(),
            rollups: Vec::new(),
            reference_dates: stack.layers.iter().filter_map(|(l, _)| l.reference_date.as_ref()).collect(),
        };
        for (i, (layer, on)) in stack.layers.iter().enumerate() {
            merged.add(layer, *on);
            merged.settle(layer, *on);
            if i == 0 {
                merged.shared_parameters = merged.parameters.len();
            }
            for (_, layer) in stack.unsure.iter().filter(|(below, _)| *below == i + 1) {
                merged.doubt(layer);
            }
        }
        for ((_, layers), others) in merged.decisions.iter_mut().zip(&merged.other_dates) {
            if layers.is_empty() {
                layers.clone_from(others);
            }
        }
        for list in 0..merged.questions.len() {
            let Some((section, question)) = merged.questions.get(list).copied() else { continue };
            merged.questions.extend(question.fields.iter().map(|field| (section, field)));
            merged.fields.extend(question.fields.iter().map(|_| list));
        }
        merged
    }

    /// How many questions are no fields.
    pub(super) fn plain(&self) -> usize {
        self.questions.len() - self.fields.len()
    }

    /// The list of which a question is a field.
    pub(super) fn list_of(&self, question: usize) -> Option<usize> {
        question.checked_sub(self.plain()).and_then(|field| self.fields.get(field)).copied()
    }

    /// The name by which rules know a question.
    pub(super) fn name(&self, question: usize) -> String {
        let id = |q: usize| self.questions.get(q).map_or("", |(_, question)| question.id.value.as_str());
        match self.list_of(question) {
            Some(list) => format!("{}.{}", id(list), id(question)),
            None => id(question).to_owned(),
        }
    }

    /// The fields of a list, with their indices.
    pub(super) fn fields_of(&self, list: usize) -> impl Iterator<Item = (usize, &'a Question)> + '_ {
        let all = self.questions.iter().enumerate().skip(self.plain());
        all.filter(move |(q, _)| self.list_of(*q) == Some(list)).map(|(q, (_, field))| (q, *field))
    }

    /// Notes what a layer sets of which it cannot be said whether it applies.
    fn doubt(&mut self, layer: &'a Document) {
        let set = layer.parameters.0.iter().filter(|(_, p)| p.value.is_some() || !p.values.is_empty());
        let set = set.map(|(id, _)| (id, false));
        for (id, when) in set.chain(layer.decisions.0.iter().map(|(id, d)| (id, d.when.is_some()))) {
            *self.unsure.entry(&id.value).or_default() |= when;
        }
    }

    /// What a layer sets for sure no longer hangs on those below it.
    fn settle(&mut self, layer: &'a Document, on: Option<Date>) {
        let applies = |period: Option<&Period>| on.is_none_or(|day| covers(period, day));
        for (id, parameter) in &layer.parameters.0 {
            let one = parameter.value.as_ref().map(|_| parameter.in_force.as_ref());
            let mut periods = one.into_iter().chain(parameter.values.iter().map(|v| v.in_force.as_ref()));
            if periods.any(applies) {
                self.unsure.remove(id.value.as_str());
            }
        }
        for (id, decision) in layer.decisions.0.iter().filter(|(_, d)| applies(d.in_force.as_ref())) {
            let rules = decision.table.is_some() || decision.points.is_some();
            match self.unsure.get_mut(id.value.as_str()) {
                Some(when) if rules && (!*when || decision.when.is_some()) => {
                    self.unsure.remove(id.value.as_str());
                }
                Some(when) if decision.when.is_some() => *when = false,
                _ => {}
            }
        }
    }

    fn add(&mut self, layer: &'a Document, on: Option<Date>) {
        let applies = |period: Option<&Period>| on.is_none_or(|day| covers(period, day));
        replace(&mut self.sources, &layer.sources, |_| true);
        replace(&mut self.classes, &layer.classes, |_| true);
        replace(&mut self.remarks, &layer.findings, |remark| applies(remark.in_force.as_ref()));
        replace(&mut self.steps, &layer.steps, |step| applies(step.in_force.as_ref()));
        replace(&mut self.rollups, &layer.rollups, |_| true);
        stack(&mut self.parameters, &layer.parameters.0);
        for (id, decision) in &layer.decisions.0 {
            let known = self.decisions.iter().position(|(known, _)| known.value == id.value);
            let index = known.unwrap_or_else(|| {
                self.decisions.push((id, Vec::new()));
                self.other_dates.push(Vec::new());
                self.decisions.len() - 1
            });
            let (Some((_, layers)), Some(others)) =
                (self.decisions.get_mut(index), self.other_dates.get_mut(index))
            else {
                continue;
            };
            let list = if applies(decision.in_force.as_ref()) { layers } else { others };
            list.push(decision);
        }
        for section in &layer.questions {
            let known = self.sections.iter().position(|s| s.section.value == section.section.value);
            let index = known.unwrap_or(self.sections.len());
            if known.is_none() {
                self.sections.push(section);
            }
            for question in &section.items {
                match self.questions.iter_mut().find(|(_, q)| q.id.value == question.id.value) {
                    Some(slot) if applies(question.in_force.as_ref()) => slot.1 = question,
                    Some(_) => {}
                    None => self.questions.push((index, question)),
                }
            }
        }
    }
}

/// Adds the entries of a layer; one that applies takes the place of the entry with the same id.
fn replace<'a, T>(
    list: &mut Vec<(&'a Spanned<String>, &'a T)>,
    layer: &'a Map<T>,
    applies: impl Fn(&T) -> bool,
) {
    for (id, item) in &layer.0 {
        match list.iter_mut().find(|(known, _)| known.value == id.value) {
            Some(slot) if applies(item) => *slot = (id, item),
            Some(_) => {}
            None => list.push((id, item)),
        }
    }
}

/// Lays the entries of a layer over those with the same id.
fn stack<'a, T>(list: &mut Vec<(&'a Spanned<String>, Vec<&'a T>)>, layer: &'a [(Spanned<String>, T)]) {
    for (id, item) in layer {
        match list.iter_mut().find(|(known, _)| known.value == id.value) {
            Some((_, layers)) => layers.push(item),
            None => list.push((id, vec![item])),
        }
    }
}

/// The field of the last layer that gives it.
pub(super) fn last<'a, T, F>(layers: &[&'a T], field: impl Fn(&'a T) -> Option<F>) -> Option<F> {
    layers.iter().rev().find_map(|layer| field(layer))
}

/// That nothing follows from any of these layers.
pub(crate) fn empty(layers: &[&Document]) -> Option<Diagnostic> {
    let some = |d: &&Document| {
        let rules = !d.questions.is_empty() || !d.decisions.0.is_empty();
        rules || !(d.findings.0.is_empty() && d.steps.0.is_empty() && d.rollups.0.is_empty())
    };
    let first = layers.first().filter(|_| !layers.iter().any(some))?;
    let place = first.id.as_ref().map_or(first.span, |id| id.span);
    let message = "this rule set has no questions and no decisions";
    Some(Diagnostic::warning(Code::MissingKey, place, message).help("add `questions:` and `decisions:`"))
}

/// Whether a period covers a date; no period covers all.
pub(crate) fn covers(period: Option<&Period>, date: Date) -> bool {
    let Some(period) = period else { return true };
    period.from.as_ref().is_none_or(|from| from.value <= date)
        && period.to.as_ref().is_none_or(|to| date <= to.value)
}

/// A period in words, for findings.
pub(crate) fn period_text(period: Option<&Period>) -> String {
    let (from, to) = period.map_or((None, None), |p| (p.from.as_ref(), p.to.as_ref()));
    match (from, to) {
        (None, None) => "every date".to_owned(),
        (Some(from), None) => format!("from {}", from.value),
        (None, Some(to)) => format!("up to and including {}", to.value),
        (Some(from), Some(to)) => format!("from {} up to and including {}", from.value, to.value),
    }
}
