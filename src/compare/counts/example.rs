//! Records that give some counts: an example that can be filled in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::records::{Cell, Column, Domain};
use super::relation::{Relations, Start, World};
use super::sums::made_of;
use super::{Counted, Counter, Listed, Possible};
use crate::compare::CaseValue;
use crate::compare::functions::Functions;
use crate::compare::rows::not_applicable;
use crate::diagram::{Ref, Store};
use crate::dutch::answer;
use crate::model::{Measure, Type};
use crate::program::Code;
use crate::ticks::tick_value;
use crate::value::Date;

/// A case while it is made: values of questions by their places, and ticks where it must be these.
#[derive(Debug, Default)]
pub(in crate::compare) struct Example {
    pub(in crate::compare) values: BTreeMap<usize, usize>,
    pub(in crate::compare) exact: BTreeMap<usize, i64>,
    /// Counts that follow from the records.
    pub(in crate::compare) follow: BTreeSet<usize>,
    /// Texts and lists.
    pub(in crate::compare) more: Vec<CaseValue>,
}

impl Functions<'_> {
    /// Makes records for the counts that have a value in a case.
    pub(in crate::compare) fn fill(&self, possible: &Possible<'_>, example: &mut Example) {
        let mut parts: BTreeSet<usize> = BTreeSet::new();
        // what decides whether a count applies must be known, too, and may hang on a count
        loop {
            let has = |counted: &Counted<'_>| {
                counted.counters.iter().any(|counter| example.values.contains_key(&counter.variable))
            };
            let all = possible.parts.iter().enumerate();
            let more: Vec<usize> =
                all.filter(|(i, part)| has(part) && !parts.contains(i)).map(|(i, _)| i).collect();
            if more.is_empty() {
                break;
            }
            for part in more.iter().filter_map(|i| possible.parts.get(*i)) {
                for f in self.store.parts(&part.given) {
                    if let Some(variable) = f.variable() {
                        let day = part.anchor.filter(|anchor| *anchor == variable);
                        let nearest = day.and_then(|_| nearest(part, self.on)).unwrap_or(0);
                        example.values.entry(variable).or_insert(nearest);
                    }
                }
            }
            parts.extend(more);
        }
        for part in parts.into_iter().filter_map(|i| possible.parts.get(i)) {
            self.fill_part(part, example);
        }
    }

    fn fill_part(&self, counted: &Counted<'_>, example: &mut Example) -> Option<()> {
        let given: Vec<Code> =
            counted.given.iter().map(|f| at(&self.store, *f, &example.values)).collect::<Option<_>>()?;
        let mut relations = Relations::new(counted, &self.variables);
        for world in relations.worlds(&given)? {
            for start in relations.starts_of(&given) {
                let lists = 0..counted.lists.len();
                let records: Option<Vec<Vec<Vec<Cell>>>> =
                    lists.map(|list| records(&mut relations, list, &world, &start, example)).collect();
                if let Some(records) = records {
                    self.write(counted, &world, &start, records, example);
                    return Some(());
                }
            }
        }
        None
    }

    fn write(
        &self,
        counted: &Counted<'_>,
        world: &World,
        start: &Start,
        records: Vec<Vec<Vec<Cell>>>,
        example: &mut Example,
    ) {
        example.follow.extend(counted.counters.iter().map(|counter| counter.variable));
        if let Some((variable, day)) = counted.anchor.zip(start.day) {
            example.exact.insert(variable, day);
        }
        for (variable, cell) in counted.choices.iter().zip(&world.choices) {
            if *cell >= 0 {
                example.exact.insert(*variable, *cell);
            }
        }
        for ((id, _), text) in counted.texts.iter().zip(&world.texts) {
            let value = text.map(words);
            example.more.push(CaseValue {
                question: id.clone(),
                text: value.clone().unwrap_or_else(|| "niet van toepassing".to_owned()),
                value: value.map_or_else(not_applicable, Json::from),
                sides: self.having(id),
            });
        }
        for ((at, listed), records) in counted.lists.iter().enumerate().zip(records) {
            let Some(counter) = listed.counters.first().and_then(|k| counted.counters.get(*k)) else {
                continue;
            };
            let applies = world.lists.get(at) == Some(&true);
            let told = records.iter().map(|record| told(listed, counter, record));
            let (values, texts): (Vec<Json>, Vec<String>) = told.unzip();
            let text = match (applies, texts.is_empty()) {
                (false, _) => "niet van toepassing".to_owned(),
                (true, true) => "geen".to_owned(),
                (true, false) => counted_texts(&texts),
            };
            let value = if applies { Json::Array(values) } else { not_applicable() };
            example.more.push(CaseValue {
                question: listed.id.clone(),
                value,
                text,
                sides: self.having(&listed.id),
            });
        }
    }

    /// The sides that have a question, where not all do.
    fn having(&self, id: &str) -> Vec<usize> {
        let has = |side: &usize| {
            self.engine(*side).is_some_and(|engine| engine.model.questions.iter().any(|q| q.id == id))
        };
        let having: Vec<usize> = (0..self.sides()).filter(has).collect();
        if having.len() == self.sides() { Vec::new() } else { having }
    }
}

/// The value of the question for the day that has the day nearest to another one.
fn nearest(counted: &Counted<'_>, on: i64) -> Option<usize> {
    let far =
        |starts: &[Start]| starts.iter().filter_map(|start| start.day).map(|day| (day - on).abs()).min();
    let known = counted.starts.iter().filter_map(|(value, starts)| Some(((*value)?, far(starts)?)));
    known.min_by_key(|(value, far)| (*far, *value)).map(|(value, _)| value)
}

/// Texts, those that are the same once with how often.
fn counted_texts(texts: &[String]) -> String {
    let same = |text: &&String| texts.iter().filter(|other| other == text).count();
    let mut parts: Vec<String> = Vec::new();
    for text in texts {
        let part = match same(&text) {
            1 => text.clone(),
            times => format!("{times} keer {text}"),
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(" en ")
}

/// What a function is for some values.
fn at(store: &Store, f: Ref, values: &BTreeMap<usize, usize>) -> Option<Code> {
    let mut at = f;
    while let Some(variable) = at.variable() {
        at = store.at(at, variable, *values.get(&variable)?);
    }
    at.code()
}

/// The fewest records of a list that give its counts the values of a case.
fn records(
    relations: &mut Relations<'_, '_>,
    list: usize,
    world: &World,
    start: &Start,
    example: &Example,
) -> Option<Vec<Vec<Cell>>> {
    let (sums, kinds) = relations.sums(list, world, start)?;
    let listed = relations.counted.lists.get(list)?;
    let wanted: Vec<Option<usize>> = listed
        .counters
        .iter()
        .map(|k| example.values.get(&relations.counted.counters.get(*k)?.variable).copied())
        .collect();
    let fits = |sum: &&Vec<i64>| {
        let values = relations.values(listed, sum, world);
        values.is_some_and(|values| wanted.iter().zip(&values).all(|(w, own)| w.is_none_or(|w| w == *own)))
    };
    let found = sums.keys().filter(fits).map(|sum| made_of(&sums, sum)).min_by_key(Vec::len)?;
    let own = relations.kinds(list, world, start);
    found.into_iter().map(|kind| own.get(kinds.get(kind)?).cloned()).collect()
}

/// A record as in a file of answers, and in words.
fn told(listed: &Listed, counter: &Counter<'_>, record: &[Cell]) -> (Json, String) {
    let mut map = Map::new();
    let mut texts = Vec::new();
    for (column, cell) in listed.columns.iter().zip(record) {
        let (value, text) = field(column, counter, *cell);
        map.insert(column.name.clone(), value);
        texts.push(format!("{} {text}", column.name));
    }
    (Json::Object(map), texts.join(", "))
}

fn field(column: &Column, counter: &Counter<'_>, cell: Cell) -> (Json, String) {
    let Some(cell) = cell else { return (not_applicable(), "niet van toepassing".to_owned()) };
    let model = &counter.engine.model;
    let fields = model.lists.get(counter.info.list).map(|list| list.fields.as_slice()).unwrap_or_default();
    let mut fields = fields.iter().filter_map(|q| model.questions.get(*q));
    let question = fields.find(|q| q.field_name() == column.name);
    match &column.domain {
        Domain::Text => (words(cell).into(), words(cell)),
        Domain::Between(measure, ..) => {
            let text = match (measure, Date::from_ticks(cell)) {
                (Measure::Date, Some(day)) => crate::notation::date(day),
                _ => question.map_or_else(String::new, |question| answer(question, cell)),
            };
            (json!(tick_value(*measure, cell)), text)
        }
        Domain::Options(options) => {
            let id = usize::try_from(cell).ok().and_then(|at| options.get(at));
            let place = question.and_then(|q| q.options.iter().position(|o| Some(&o.id) == id));
            let tick = place.and_then(|place| i64::try_from(place).ok()).unwrap_or(0);
            let boolean = question.is_some_and(|q| q.kind == Type::Finite { boolean: true });
            let value = if boolean { json!(tick == 0) } else { json!(id) };
            (value, question.map_or_else(String::new, |question| answer(question, tick)))
        }
    }
}

/// A text for its number.
fn words(number: i64) -> String {
    format!("tekst {}", number + 1)
}
