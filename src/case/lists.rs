//! Answers to questions for a list: records with fields, each of which becomes the cells and values that it leaves.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Case, Given};
use crate::answers::{Answer, Known, Record, Records};
use crate::derived::Extent;
use crate::diagnostic::{Code as Finding, Diagnostic};
use crate::limits::MAX_FINDINGS;
use crate::model::{ListInfo, Type};
use crate::program::{Codes, Engine, NOT_APPLICABLE};
use crate::ranges::Ranges;
use crate::suggest::with_suggestion;
use crate::tally::Values;

/// What is known of the records of one list.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListCase {
    pub(crate) records: Vec<RecordCase>,
    /// How many records there may be beside these.
    pub(crate) more: usize,
}

impl ListCase {
    /// Whether there may be more records, or not everything is known of one.
    pub(crate) fn is_open(&self) -> bool {
        let known = |record: &RecordCase| record.fields.iter().all(|field| field.given == Given::Answered);
        self.more > 0 || !self.records.iter().all(known)
    }
}

/// What is known of one record: per field, in the order of the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordCase {
    pub(crate) fields: Vec<FieldCase>,
    pub(crate) values: Vec<Values>,
}

/// What is known of one field of a record.
#[derive(Debug, Clone)]
pub(crate) struct FieldCase {
    pub(crate) given: Given,
    pub(crate) codes: Codes,
}

/// Texts that are compared with each other, by number. Two that differ in capitals or spaces only are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts(BTreeMap<String, i64>);

impl Texts {
    /// The number of a text.
    pub(super) fn number(&mut self, text: &str) -> i64 {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let next = self.next();
        *self.0.entry(words.join(" ")).or_insert(next)
    }

    /// A number that is no text's.
    pub(crate) fn next(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX)
    }

    /// The number of what an answer says, or all numbers where it leaves the text open.
    pub(super) fn values(&mut self, answer: &Answer) -> Values {
        match &answer.known {
            Known::Value(text) => Values::of(Ranges::one(self.number(&text.text))),
            Known::OneOf(texts) => Values::of(Ranges::all(texts.iter().map(|text| {
                let number = self.number(&text.text);
                (number, number)
            }))),
            Known::NotApplicable(_) => Values { some: Ranges::default(), none: true },
            _ => Values::of(Ranges::of(0, i64::MAX)),
        }
    }
}

impl From<Extent> for Values {
    fn from(extent: Extent) -> Values {
        Values { some: Ranges::all(extent.ranges.iter().copied()), none: extent.not_applicable }
    }
}

impl Engine {
    /// All that a field, or an answer with which fields are compared, can be when nothing is known of it.
    pub(crate) fn any_value(&self, q: usize) -> Values {
        let Some(question) = self.model.questions.get(q) else { return Values::default() };
        match question.kind {
            Type::Text => Values { some: Ranges::of(0, i64::MAX), none: question.may_not_apply },
            _ => self.whole(q).into(),
        }
    }

    /// Forgets the records of a list, or a text, of a case.
    pub(crate) fn forget(&self, case: &mut Case, q: usize) {
        case.said.retain(|(said, _)| *said != q);
        if let Some(at) = self.model.list_index(q)
            && let (Some(list), Some(slot)) = (self.model.lists.get(at), case.lists.get_mut(at))
        {
            *slot = Rc::new(unlisted(list));
        }
    }

    /// The lists as they are when nothing is known of them.
    pub(super) fn unlisted(&self) -> Vec<Rc<ListCase>> {
        self.model.lists.iter().map(|list| Rc::new(unlisted(list))).collect()
    }

    /// Reads the answer to a question for a list, and notes a text with which fields may be compared. Whether there is
    /// nothing more to read of it.
    pub(super) fn listed(
        &self,
        q: usize,
        answer: &Answer,
        case: &mut Case,
        out: &mut Vec<Diagnostic>,
    ) -> bool {
        let Some(question) = self.model.questions.get(q).filter(|_| !self.model.lists.is_empty()) else {
            return false;
        };
        if let Some(list) = question.of.and_then(|list| self.model.questions.get(list)) {
            let message = format!("`{}` is a field of the records of `{}`", question.id, list.id);
            let place = answer.key.or(answer.span);
            let help = format!("write `\"{}\": [{{ \"{}\": … }}]`", list.id, question.field_name());
            out.push(Diagnostic::error(Finding::WrongAnswer, place, message).help(help));
            return true;
        }
        if question.kind == Type::Text {
            case.said.push((q, case.texts.values(answer)));
        }
        let Some((at, list)) = self.model.lists.iter().enumerate().find(|(_, list)| list.question == q)
        else {
            return false;
        };
        if let Some((given, codes, read)) = self.list(list, answer, &mut case.texts, out)
            && let (Some(a), Some(b), Some(c)) =
                (case.given.get_mut(q), case.codes.get_mut(q), case.lists.get_mut(at))
        {
            (*a, *b, *c) = (given, codes, Rc::new(read));
        }
        true
    }

    /// Reads the answer to a question for a list; every problem is a finding that names record and field.
    fn list(
        &self,
        list: &ListInfo,
        answer: &Answer,
        texts: &mut Texts,
        out: &mut Vec<Diagnostic>,
    ) -> Option<(Given, Codes, ListCase)> {
        let question = self.model.questions.get(list.question)?;
        let records = match &answer.known {
            Known::Records(records) => records,
            Known::NotApplicable(_) if question.may_not_apply => {
                return Some((Given::NotApplicable, Codes::One([NOT_APPLICABLE]), ListCase::default()));
            }
            Known::Unknown => return Some((Given::Partly, self.all(list.question).into(), unlisted(list))),
            known => {
                out.push(self.no_list(&question.id, question.may_not_apply, known, answer));
                return None;
            }
        };
        let count = records.list.len();
        if count > list.most {
            let message = format!("`{}` has {count} records; at most {} are read", question.id, list.most);
            let place = records.list.get(list.most).and_then(|record| record.span).or(answer.span);
            out.push(
                Diagnostic::error(Finding::TooLarge, place, message)
                    .help("leave out the records that cannot matter, and say in a remark which"),
            );
            return None;
        }
        let before = out.len();
        let mut case = ListCase { records: Vec::with_capacity(count), ..ListCase::default() };
        let mut given = if records.complete { Given::Answered } else { Given::Partly };
        for (i, record) in records.list.iter().enumerate() {
            if out.len() >= MAX_FINDINGS {
                break;
            }
            let read = self.record(list, i + 1, record, texts, out);
            for (field, q) in read.fields.iter().zip(&list.fields) {
                let required = self.model.questions.get(*q).is_none_or(|field| field.required);
                given = match (given, field.given) {
                    (_, Given::Nothing) if required => Given::Begun,
                    (Given::Answered, Given::Partly) => Given::Partly,
                    _ => given,
                };
            }
            case.records.push(read);
        }
        if !records.complete {
            case.more = list.most - count;
        }
        (out.len() == before).then_some((given, Codes::One([0]), case))
    }

    fn no_list(&self, id: &str, may_not_apply: bool, known: &Known, answer: &Answer) -> Diagnostic {
        let found = match known {
            Known::NotApplicable(_) if !may_not_apply => {
                let message = format!("`{id}` does not take the answer \"not applicable\"");
                return Diagnostic::error(Finding::WrongAnswer, answer.span, message)
                    .help("write `[]` when there are none, `null` when nobody knows");
            }
            Known::Value(value) => value.describe(),
            Known::OneOf(_) => "`one_of`".to_owned(),
            Known::Between(..) => "`between`".to_owned(),
            _ => "a list of values".to_owned(),
        };
        Diagnostic::error(Finding::WrongAnswer, answer.span, format!("`{id}` takes a list of records, found {found}"))
            .help("write `[{ \"field\": answer, … }, …]`, `[]` when there are none, or `{\"at_least\": […]}` when there may be more")
    }

    fn record(
        &self,
        list: &ListInfo,
        number: usize,
        record: &Record,
        texts: &mut Texts,
        out: &mut Vec<Diagnostic>,
    ) -> RecordCase {
        let mut read = RecordCase::default();
        for q in &list.fields {
            read.fields.push(FieldCase { given: Given::Nothing, codes: self.all(*q).into() });
            read.values.push(self.any_value(*q));
        }
        let name = |q: &usize| self.model.questions.get(*q).map_or("", |field| field.field_name());
        for (field, answer) in record.iter() {
            let Some((at, q)) = list.fields.iter().enumerate().find(|(_, q)| name(q) == field) else {
                let id = self.model.questions.get(list.question).map_or("", |q| q.id.as_str());
                let field_text = crate::tree::excerpt(field);
                let message = format!("record {number}: `{field_text}` is not a field of `{id}`");
                let finding = Diagnostic::error(
                    Finding::UnknownQuestion,
                    answer.key.or(answer.span).or(record.span),
                    message,
                );
                out.push(with_suggestion(finding, field, list.fields.iter().map(name)));
                continue;
            };
            match self.codes(*q, answer) {
                Ok(codes) => {
                    let text = self.model.questions.get(*q).is_some_and(|field| field.kind == Type::Text);
                    let values =
                        if text { texts.values(answer) } else { self.extent(*q, answer, &codes).into() };
                    let given = Given::of(answer, &codes);
                    if let (Some(a), Some(b)) = (read.fields.get_mut(at), read.values.get_mut(at)) {
                        *a = FieldCase { given, codes };
                        *b = values;
                    }
                }
                Err(finding) => {
                    let message = format!("record {number}: {}", finding.message);
                    let span = finding.span.or(record.span);
                    out.push(Diagnostic { message, span, ..*finding });
                }
            }
        }
        read
    }
}

fn unlisted(list: &ListInfo) -> ListCase {
    ListCase { records: Vec::new(), more: list.most }
}

/// How many records there are, in words.
pub(super) fn words(records: &Records) -> String {
    let count = records.list.len();
    match (count, records.complete) {
        (0, true) => "geen".to_owned(),
        (_, true) => format!("{count} in de lijst"),
        (0, false) => "niet bekend of er zijn".to_owned(),
        (_, false) => format!("{count} in de lijst, misschien zijn er meer"),
    }
}
