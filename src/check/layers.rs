//! Laying an overlay over the shared layer: what it sets, adds and replaces.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{
    Class, Decision, Document, Map, Parameter, Period, Question, Remark, Rollup, Section, Source, Spanned,
    Step,
};
use crate::value::Date;

/// Both layers as one, in the order of the shared layer; what only the overlay has comes last.
pub(super) struct Merged<'a> {
    pub(super) sources: Vec<(&'a Spanned<String>, &'a Source)>,
    /// Per parameter its declaration and, from the overlay, its setting.
    pub(super) parameters: Vec<(&'a Spanned<String>, Vec<&'a Parameter>)>,
    /// How many of them the shared layer declares; they come first.
    pub(super) shared_parameters: usize,
    pub(super) sections: Vec<&'a Section>,
    /// Index of the section and the question; fields of lists come after all others.
    pub(super) questions: Vec<(usize, &'a Question)>,
    /// Per field, in their order, the list of which it is one.
    pub(super) fields: Vec<usize>,
    /// Per decision its layers; the last that gives a field wins.
    pub(super) decisions: Vec<(&'a Spanned<String>, Vec<&'a Decision>)>,
    pub(super) classes: Vec<(&'a Spanned<String>, &'a Class)>,
    pub(super) remarks: Vec<(&'a Spanned<String>, &'a Remark)>,
    pub(super) steps: Vec<(&'a Spanned<String>, &'a Step)>,
    pub(super) rollups: Vec<(&'a Spanned<String>, &'a Rollup)>,
    /// The questions that fix the reference dates: of the shared layer, and of the overlay.
    pub(super) reference_dates: Vec<&'a Spanned<String>>,
}

impl<'a> Merged<'a> {
    pub(super) fn new(base: &'a Document, overlay: Option<&'a Document>) -> Self {
        let mut merged = Merged {
            sources: Vec::new(),
            parameters: Vec::new(),
            shared_parameters: 0,
            sections: Vec::new(),
            questions: Vec::new(),
            fields: Vec::new(),
            decisions: Vec::new(),
            classes: Vec::new(),
            remarks: Vec::new(),
            steps: Vec::new(),
            rollups: Vec::new(),
            reference_dates: [Some(base), overlay]
                .into_iter()
                .flatten()
                .filter_map(|layer| layer.reference_date.as_ref())
                .collect(),
        };
        merged.add(base);
        merged.shared_parameters = merged.parameters.len();
        overlay.into_iter().for_each(|overlay| merged.add(overlay));
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

    fn add(&mut self, layer: &'a Document) {
        replace(&mut self.sources, &layer.sources);
        replace(&mut self.classes, &layer.classes);
        replace(&mut self.remarks, &layer.findings);
        replace(&mut self.steps, &layer.steps);
        replace(&mut self.rollups, &layer.rollups);
        stack(&mut self.decisions, &layer.decisions.0);
        stack(&mut self.parameters, &layer.parameters.0);
        for section in &layer.questions {
            let known = self.sections.iter().position(|s| s.section.value == section.section.value);
            let index = known.unwrap_or(self.sections.len());
            if known.is_none() {
                self.sections.push(section);
            }
            for question in &section.items {
                match self.questions.iter_mut().find(|(_, q)| q.id.value == question.id.value) {
                    Some(slot) => slot.1 = question,
                    None => self.questions.push((index, question)),
                }
            }
        }
    }
}

/// Adds the entries of a layer; one takes the place of the entry with the same id.
fn replace<'a, T>(list: &mut Vec<(&'a Spanned<String>, &'a T)>, layer: &'a Map<T>) {
    for (id, item) in &layer.0 {
        match list.iter_mut().find(|(known, _)| known.value == id.value) {
            Some(slot) => *slot = (id, item),
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
