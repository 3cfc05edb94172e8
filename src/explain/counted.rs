//! Which records a count counts, and why the others do not count.

use super::Explainer;
use crate::answers::{Known, Record};
use crate::derive::Why;
use crate::dutch;
use crate::explanation::{
    Citation, CountReason, CountedRecord, ParameterReason, PartReason, Reasons, Standing,
};
use crate::model::{CountInfo, How, ListInfo, Setting, Type};
use crate::program::Engine;
use crate::term::Length;

impl Explainer<'_> {
    fn count_of(&self, q: usize) -> Option<&CountInfo> {
        match &self.engine.model.questions.get(q)?.derived.as_ref()?.how {
            How::Count(info) => Some(info),
            How::Formula(_) => None,
        }
    }

    /// Whether a derived question is a count.
    pub(super) fn is_count(&self, q: usize) -> bool {
        self.count_of(q).is_some()
    }

    /// The reasons of a decision that shows a count.
    pub(super) fn counted(&self, q: usize, d: usize, reasons: &mut Reasons) {
        let model = &self.engine.model;
        let Some(info) = self.count_of(q) else { return };
        let sources = model.decisions.get(d).map(|d| self.cite(&d.sources)).unwrap_or_default();
        reasons.count = self.count(info, sources);
        reasons.parameters = self.set(info);
    }

    /// Which records count.
    fn count(&self, info: &CountInfo, sources: Vec<Citation>) -> Option<CountReason> {
        let engine = self.engine;
        let list = engine.model.lists.get(info.list)?;
        let asked = engine.model.questions.get(list.question)?;
        let case = self.case.lists.get(info.list)?;
        let given =
            self.answers.records(&asked.id).map(|records| records.list.as_slice()).unwrap_or_default();
        let judged = engine.judge_records(info, self.case).into_iter().enumerate();
        let records = judged.map(|(i, judged)| CountedRecord {
            number: i + 1,
            title: called(engine, list, i + 1, given.get(i)).title,
            standing: judged.standing,
            why: (judged.why.iter())
                .filter(|why| judged.standing != Standing::Unset || **why != Why::Unset)
                .map(|why| self.why(info, list, why, given.get(i)))
                .collect(),
        });
        Some(CountReason {
            list: asked.id.to_string(),
            each: list.each.clone(),
            text: engine.model.count_text(info),
            records: records.collect(),
            more: case.more > 0,
            sources,
        })
    }

    /// Why a record does not count, or may not, in words.
    fn why(&self, info: &CountInfo, list: &ListInfo, why: &Why, record: Option<&Record>) -> String {
        let model = &self.engine.model;
        let field = |at: usize| list.fields.get(at).and_then(|q| Some((*q, model.questions.get(*q)?)));
        let ask = |at: usize| field(at).map_or("", |(_, question)| question.ask.as_str());
        let said = |at: usize| -> String {
            let (q, question) = match field(at) {
                Some(found) => found,
                None => return String::new(),
            };
            let answer = record.and_then(|record| record.get(question.field_name()));
            answer.and_then(|answer| self.engine.words(q, answer)).unwrap_or_default()
        };
        // the answer of the case, or the question where it is not known
        let other = |index: usize| -> String {
            let Some(q) = info.same.get(index).copied() else { return String::new() };
            let known = self.answer(q).filter(|answer| matches!(answer.known, Known::Value(_)));
            let ask = || model.questions.get(q).map_or_else(String::new, |q| format!("«{}»", q.ask));
            known.and_then(|answer| self.engine.words(q, answer)).unwrap_or_else(ask)
        };
        match why {
            Why::Field(at, false) => dutch::after(ask(*at), &said(*at)),
            Why::Field(at, true) => format!("niet zeker: «{}»", ask(*at)),
            Why::Same(at, index, false) => {
                format!("{}, en niet {}", dutch::after(ask(*at), &said(*at)), other(*index))
            }
            Why::Same(at, index, true) => {
                format!("niet zeker of «{}» gelijk is aan {}", ask(*at), other(*index))
            }
            Why::Outside(days) => {
                let day = info.rule.window.map(|(_, on)| said(on)).unwrap_or_default();
                let period = days.map(|(from, to)| format!(" {}", crate::notation::period(from, to)));
                format!("{day} valt buiten de periode{}", period.unwrap_or_default())
            }
            Why::Day => "niet zeker of de dag binnen de periode valt".to_owned(),
            Why::Unset => {
                let unset = &info.unset;
                let edges = unset.reach.iter().chain(&unset.first_day).chain(&unset.last_day);
                let titles: Vec<&str> = unset
                    .tests
                    .iter()
                    .chain(edges)
                    .filter_map(|p| model.parameters.get(*p))
                    .map(|p| p.title.as_str())
                    .collect();
                format!("hangt af van wat niet bekend is: {}", titles.join("; "))
            }
            Why::Together => "past niet bij wat wordt geteld".to_owned(),
        }
    }

    /// The parameters that a count uses: those of its conditions on fields, then those of its window.
    fn set(&self, info: &CountInfo) -> Vec<ParameterReason> {
        let model = &self.engine.model;
        let mut list: Vec<ParameterReason> = Vec::new();
        for clause in info.written.iter().flatten() {
            for parameter in model.parameters_of(clause) {
                let words = |setting: &Setting| model.setting_text(clause.input, setting);
                let reason = self.parameter(parameter, words);
                list.extend(reason.filter(|new| list.iter().all(|known| known.id != new.id)));
            }
        }
        for parameter in info.set.iter().filter_map(|p| model.parameters.get(*p)) {
            let words = |setting: &Setting| {
                Length::parse(&setting.text).map_or_else(|_| setting.text.clone(), Length::dutch)
            };
            let reason = self.parameter(parameter, words);
            list.extend(reason.filter(|new| list.iter().all(|known| known.id != new.id)));
        }
        list
    }
}

/// What a record is called: `onderdeel 2 (garage)`, by the first of its fields that tells something in words.
pub(crate) fn called(engine: &Engine, list: &ListInfo, number: usize, record: Option<&Record>) -> PartReason {
    let model = &engine.model;
    let telling = |q: &usize| {
        let field = model.questions.get(*q)?;
        let told = matches!(field.kind, Type::Text | Type::Finite { boolean: false });
        let answer = record?.get(field.field_name())?;
        engine.words(*q, answer).filter(|_| told && matches!(answer.known, Known::Value(_)))
    };
    let name = list.fields.iter().find_map(telling);
    let title = match name {
        Some(name) => format!("{} {number} ({name})", list.each),
        None => format!("{} {number}", list.each),
    };
    let id = model.questions.get(list.question).map_or_else(String::new, |q| q.id.to_string());
    PartReason { list: id, number, title }
}
