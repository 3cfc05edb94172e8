//! Decisions that are made for each record of a list: the parts of a building, each with an outcome of its own.
//!
//! Such a decision reads fields of one list. For each record the answers to its fields are laid over those of the case, and
//! the decision is made as any other.

use std::collections::BTreeMap;

use crate::answers::Answers;
use crate::assessment::{Assessment, Outcome, Part, QuestionState, QuestionStatus, RuleSetRef};
use crate::case::{Case, RecordCase};
use crate::derived::Extent;
use crate::evaluate::{Evaluation, silent};
use crate::explain::{called, explain};
use crate::explanation::{PartReason, Reasons};
use crate::model::{ListInfo, Type};
use crate::program::{Code, Engine};
use crate::tally::Values;
use crate::text::Text;
use crate::value::Date;

/// Adds the outcomes of each record, and takes out the decisions that have one for each record only.
pub(crate) fn assess(engine: &Engine, case: &Case, assessment: &mut Assessment) {
    let model = &engine.model;
    for (at, (list, known)) in model.lists.iter().zip(&case.lists).enumerate() {
        let decisions: Vec<usize> = model.parts_of(at).collect();
        let Some(question) = model.questions.get(list.question) else { continue };
        let status = assessment.question(&question.id).map(|state| state.status);
        if decisions.is_empty() || status == Some(QuestionStatus::NotRelevant) {
            continue;
        }
        // records that are alike come to the same
        let mut made: BTreeMap<Vec<(Vec<Code>, Values)>, Part> = BTreeMap::new();
        let part = |(i, record): (usize, &RecordCase)| {
            let make = || {
                let case = overlaid(engine, case, (at, list), i + 1, record);
                Part { decisions: decisions.iter().map(|d| outcome(engine, &case, *d)).collect() }
            };
            if case.parts_decided.iter().any(|(part, ..)| *part == (at, i + 1)) {
                return make();
            }
            let codes = record.fields.iter().map(|field| field.codes.to_vec());
            made.entry(codes.zip(record.values.iter().cloned()).collect()).or_insert_with(make).clone()
        };
        let parts: Vec<Part> = known.records.iter().enumerate().map(part).collect();
        assessment.parts.push((question.id.clone(), parts));
    }
    if assessment.next.is_none() {
        assessment.next = next(engine, assessment);
    }
    assessment.decisions.retain(|d, _| model.decisions.get(d).is_some_and(|d| d.part_of.is_none()));
}

/// The question to ask where only the outcomes of records are open: a list that was not answered, else what one of them
/// needs, in the order of the file.
fn next(engine: &Engine, assessment: &Assessment) -> Option<Text> {
    let model = &engine.model;
    let any = model.decisions.iter().any(|decision| decision.outcome);
    let of_records = model.decisions.iter().filter(|d| d.part_of.is_some() && (d.outcome || !any));
    let mut wanted: Vec<&Text> = Vec::new();
    for info in of_records {
        let list =
            model.questions.get(info.part_of.and_then(|at| model.lists.get(at)).map_or(0, |l| l.question));
        wanted.extend(list.map(|list| &list.id));
        let parts = assessment.parts.iter().flat_map(|(_, parts)| parts).flat_map(|part| &part.decisions);
        for (_, outcome) in parts.filter(|(id, _)| *id == info.id) {
            if let Outcome::Open { needs, .. } = outcome {
                wanted.extend(needs);
            }
        }
    }
    let asked = |(id, state): &(&Text, &QuestionState)| {
        state.status == QuestionStatus::Open && !state.undecided && wanted.contains(id)
    };
    assessment.questions.iter().find(asked).map(|(id, _)| id.clone())
}

fn outcome(engine: &Engine, case: &Case, d: usize) -> (Text, Outcome) {
    let mut evaluation = Evaluation::new(engine, case.codes.clone(), &case.decided);
    evaluation = evaluation.knowing(&case.exact).seeing(case);
    let decided = evaluation.decided(d);
    let outcome = evaluation.outcome(d, &decided.reached, decided.needs);
    (engine.model.decisions.get(d).map(|d| d.id.clone()).unwrap_or_default(), outcome)
}

/// The case with the fields of one record, and what was decided for it.
fn overlaid(
    engine: &Engine,
    case: &Case,
    (at, list): (usize, &ListInfo),
    number: usize,
    record: &RecordCase,
) -> Case {
    let mut case = case.clone();
    case.exact.resize(case.given.len(), None);
    let own = case.parts_decided.iter().filter(|(part, ..)| *part == (at, number));
    case.decided.extend(own.map(|(_, node, code)| (*node, *code)).collect::<Vec<_>>());
    let mut computed = false;
    for ((q, field), values) in list.fields.iter().zip(&record.fields).zip(&record.values) {
        if let (Some(given), Some(codes)) = (case.given.get_mut(*q), case.codes.get_mut(*q)) {
            *given = field.given;
            *codes = field.codes.clone();
        }
        let text = engine.model.questions.get(*q).is_some_and(|field| field.kind == Type::Text);
        if let Some(extent) = case.extents.get_mut(*q).filter(|_| !text) {
            *extent = Extent { ranges: values.some.iter().collect(), not_applicable: values.none };
        }
        if let Some(exact) = case.exact.get_mut(*q) {
            *exact = values.some.hull();
        }
        computed |= engine.behind.iter().any(|behind| behind.contains(*q));
    }
    if computed {
        engine.derive(&mut case, silent);
    }
    case
}

/// The reasons of a decision that is made for each record of a list: those for each that is known, else those for one of
/// which nothing is known yet.
pub(crate) fn explain_parts(
    engine: &Engine,
    answers: &Answers,
    case: &Case,
    d: usize,
    rule_set: &RuleSetRef,
    on: Date,
) -> Vec<Reasons> {
    let model = &engine.model;
    let Some(at) = model.decisions.get(d).and_then(|decision| decision.part_of) else { return Vec::new() };
    let (Some(list), Some(known)) = (model.lists.get(at), case.lists.get(at)) else { return Vec::new() };
    let mut whole = Evaluation::new(engine, case.codes.clone(), &case.decided).seeing(case);
    if whole.relevance(list.question) == Some(false) {
        return Vec::new();
    }
    let id = model.questions.get(list.question).map_or("", |q| q.id.as_str());
    let given = answers.records(id).map(|records| records.list.as_slice()).unwrap_or_default();
    // what was decided for a record stands under the name of the decision alone
    let mut bare = answers.clone();
    let decided = std::mem::take(&mut bare.deviations);
    let mut all = Vec::new();
    for (i, (record, written)) in known.records.iter().zip(given).enumerate() {
        let case = overlaid(engine, case, (at, list), i + 1, record);
        let mut laid = bare.clone();
        for (key, deviation) in &decided.0 {
            match model.decided(&key.value) {
                Some((d, Some(part))) if part == (at, i + 1) => {
                    laid.set_deviation(model.decision_id(d), deviation.clone());
                }
                Some((_, None)) => laid.set_deviation(&key.value, deviation.clone()),
                _ => {}
            }
        }
        for field in list.fields.iter().filter_map(|q| model.questions.get(*q)) {
            if let Some(answer) = written.get(field.field_name()) {
                laid.set(&field.id, answer.clone());
            }
        }
        let found = explain(engine, &laid, &case, &[d], rule_set.clone(), on);
        let part = called(engine, list, i + 1, Some(written));
        all.extend(
            found.decisions.into_iter().map(|reasons| Reasons { part: Some(part.clone()), ..reasons }),
        );
    }
    if known.records.is_empty() && known.more > 0 {
        let found = explain(engine, answers, case, &[d], rule_set.clone(), on);
        let title = format!("{} (nog niet bekend)", list.each);
        let part = PartReason { list: id.to_owned(), number: 0, title };
        all.extend(
            found.decisions.into_iter().map(|reasons| Reasons { part: Some(part.clone()), ..reasons }),
        );
    }
    all
}
