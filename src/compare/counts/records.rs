//! What one record can do for several counts of its list at once.

use std::collections::BTreeMap;

use super::Counter;
use crate::model::{Measure, QuestionInfo, Type};
use crate::program::Engine;
use crate::tally::{Row, Values};
use crate::text::Text;

/// A list as all sides that have it accept it.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) id: String,
    /// The most records.
    pub(super) most: usize,
    /// Whether the whole may not apply.
    pub(super) none: bool,
    /// The fields that counts read.
    pub(super) columns: Vec<Column>,
    /// The counters of this list, by their place.
    pub(super) counters: Vec<usize>,
    /// Per counter the first of the bits that say what a record does for it.
    bits: Vec<u32>,
}

/// A field that counts read.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) domain: Domain,
    /// Whether it may not apply.
    pub(super) none: bool,
    /// Whether the day of a record stands in it.
    pub(super) dated: bool,
    /// Per counter of the list the place of the field among those of its side, where it has it.
    fields: Vec<Option<usize>>,
    /// The first value from which no test can tell those up to the next apart.
    cuts: Vec<i64>,
}

/// The values that a field can have.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// One of these, by its place.
    Options(Vec<Text>),
    /// Between two ticks.
    Between(Measure, i64, i64),
    /// Any text, by number.
    Text,
}

/// A value of a field; none where it does not apply.
pub(super) type Cell = Option<i64>;

/// What a record does, as bits: per counter for each of its rows whether it fits surely and perhaps, then whether its day
/// is in the window.
pub(super) type Effect = u128;

/// What records can do, each with the values of one that does.
pub(super) type Effects = BTreeMap<Effect, Vec<Cell>>;

/// Per counter of a list the answers with which it compares fields, in the ticks of its side.
pub(super) type Compared = Vec<Vec<Option<i64>>>;

/// Per counter of a list what its window holds surely and perhaps.
pub(super) type Bounds = Vec<Option<[(i64, i64); 2]>>;

impl Listed {
    /// None where sides do not have the same fields, or where there is more than can be followed.
    pub(super) fn new(id: String, engines: &[&Engine], counters: &[Counter<'_>]) -> Option<Listed> {
        let own: Vec<usize> = (0..counters.len())
            .filter(|k| counters.get(*k).and_then(Counter::list_id).as_ref() == Some(&id))
            .collect();
        let mut bits = Vec::with_capacity(own.len());
        let mut next: u32 = 0;
        for counter in own.iter().filter_map(|k| counters.get(*k)) {
            bits.push(next);
            next = next.checked_add(2 * (u32::try_from(counter.info.rule.rows.len()).ok()? + 1))?;
        }
        if next > Effect::BITS {
            return None;
        }
        let having = engines.iter().filter_map(|engine| {
            let question = engine.model.questions.iter().position(|q| q.id == id)?;
            Some((*engine, engine.model.list(question)?))
        });
        let having: Vec<(&Engine, &crate::model::ListInfo)> = having.collect();
        let most = having.iter().map(|(_, list)| list.most).min()?;
        let none = having.iter().all(|(engine, list)| {
            engine.model.questions.get(list.question).is_some_and(|question| question.may_not_apply)
        });
        let mut names: Vec<String> = Vec::new();
        for counter in own.iter().filter_map(|k| counters.get(*k)) {
            for field in counter.info.fields() {
                let name = counter.field(field)?.field_name().to_owned();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let columns = names.into_iter().map(|name| {
            let fields = having.iter().filter_map(|(engine, list)| {
                let mut fields = list.fields.iter().filter_map(|q| engine.model.questions.get(*q));
                fields.find(|field| field.field_name() == name)
            });
            let fields: Vec<&QuestionInfo> = fields.collect();
            Column::new(name, &fields, own.iter().filter_map(|k| counters.get(*k)))
        });
        let columns: Option<Vec<Column>> = columns.collect();
        Some(Listed { id, most, none, columns: columns?, counters: own, bits })
    }

    /// What records can do in some of their fields, in a world and for a window.
    pub(super) fn effects(
        &self,
        counters: &[Counter<'_>],
        columns: &[usize],
        texts: i64,
        compared: &Compared,
        bounds: &Bounds,
    ) -> Effects {
        let mut all: Effects = BTreeMap::from([(Effect::MAX, Vec::new())]);
        for column in columns.iter().filter_map(|c| self.columns.get(*c)) {
            let mut own: BTreeMap<Effect, Cell> = BTreeMap::new();
            for cell in column.cells(texts, bounds) {
                own.entry(self.effect(counters, column, cell, compared, bounds)).or_insert(cell);
            }
            let mut next = Effects::new();
            for (effect, before) in &all {
                for (more, cell) in &own {
                    next.entry(effect & more).or_insert_with(|| [before.as_slice(), &[*cell]].concat());
                }
            }
            all = next;
        }
        all
    }

    /// What a value of a field does.
    fn effect(
        &self,
        counters: &[Counter<'_>],
        column: &Column,
        cell: Cell,
        compared: &Compared,
        bounds: &Bounds,
    ) -> Effect {
        let mut effect = Effect::MAX;
        for (k, counter) in self.counters.iter().filter_map(|k| counters.get(*k)).enumerate() {
            let Some(field) = column.fields.get(k).copied().flatten() else { continue };
            let value = cell.and_then(|cell| column.tick(counter, field, cell));
            let shared = compared.get(k).map(Vec::as_slice).unwrap_or_default();
            let mut clear = |bit: u32| effect &= !(1 << (self.bits.get(k).copied().unwrap_or(0) + bit));
            let mut bit = 0;
            for row in &counter.info.rule.rows {
                for perhaps in [false, true] {
                    if !fits(row, field, value, perhaps, shared) {
                        clear(bit);
                    }
                    bit += 1;
                }
            }
            let window = counter.info.rule.window.filter(|(_, on)| *on == field);
            if let (Some(_), Some(ends)) = (window, bounds.get(k).copied().flatten()) {
                for (first, last) in ends {
                    if !value.is_some_and(|day| first <= day && day <= last) {
                        clear(bit);
                    }
                    bit += 1;
                }
            }
        }
        effect
    }

    /// What an effect adds to the counts: surely and perhaps for one that can hang, else one number.
    pub(super) fn adds(&self, counters: &[Counter<'_>], effect: Effect) -> Vec<bool> {
        let mut adds = Vec::new();
        for (counter, first) in self.counters.iter().filter_map(|k| counters.get(*k)).zip(&self.bits) {
            let rows = u32::try_from(counter.info.rule.rows.len()).unwrap_or(0);
            let has = |bit: u32| effect >> (first + bit) & 1 == 1;
            for way in 0..if counter.hangs { 2 } else { 1 } {
                adds.push(has(2 * rows + way) && (0..rows).any(|row| has(2 * row + way)));
            }
        }
        adds
    }
}

impl Counter<'_> {
    /// A field of its list.
    pub(super) fn field(&self, field: usize) -> Option<&QuestionInfo> {
        let list = self.engine.model.lists.get(self.info.list)?;
        self.engine.model.questions.get(*list.fields.get(field)?)
    }
}

/// Whether a row accepts a value of a field.
fn fits(row: &Row, field: usize, value: Cell, perhaps: bool, compared: &[Option<i64>]) -> bool {
    let accepts = |values: &Values| value.map_or(values.none, |value| values.some.contains(value));
    let tests = row.tests.iter().filter(|test| test.field == field);
    let mut tests = tests.map(|test| if perhaps { &test.perhaps } else { &test.surely });
    let same = row.same.iter().filter(|(known, _)| *known == field);
    let mut same = same.map(|(_, index)| compared.get(*index).copied().flatten());
    tests.all(accepts) && same.all(|other| other.is_some() && other == value)
}

impl Column {
    fn new<'c, 'e: 'c>(
        name: String,
        fields: &[&QuestionInfo],
        counters: impl Iterator<Item = &'c Counter<'e>>,
    ) -> Option<Column> {
        let domain = domain(fields)?;
        let mut column = Column {
            domain,
            none: fields.iter().all(|field| field.may_not_apply),
            dated: false,
            fields: Vec::new(),
            cuts: Vec::new(),
            name,
        };
        for counter in counters {
            let model = &counter.engine.model;
            let own = model.lists.get(counter.info.list)?.fields.iter();
            let place = own
                .clone()
                .position(|q| model.questions.get(*q).is_some_and(|q| q.field_name() == column.name));
            column.fields.push(place);
            column.dated |= counter.info.rule.window.is_some_and(|(_, on)| Some(on) == place);
            let tests = counter.info.rule.rows.iter().flat_map(|row| &row.tests);
            for test in tests.filter(|test| Some(test.field) == place) {
                for (low, high) in test.surely.some.iter().chain(test.perhaps.some.iter()) {
                    column.cuts.extend([Some(low), high.checked_add(1)].into_iter().flatten());
                }
            }
        }
        column.cuts.sort_unstable();
        column.cuts.dedup();
        Some(column)
    }

    /// The ends of its domain, and where tests cut it.
    pub(super) fn constants(&self) -> Vec<i64> {
        let Domain::Between(_, low, high) = self.domain else { return Vec::new() };
        self.cuts.iter().copied().chain([low, high]).collect()
    }

    /// A value for all that no test, comparison or window tells apart.
    fn cells(&self, texts: i64, bounds: &Bounds) -> Vec<Cell> {
        let mut cells: Vec<Cell> = match &self.domain {
            Domain::Options(options) => (0..).take(options.len()).map(Some).collect(),
            // each text that is compared, and another one
            Domain::Text => (0..=texts).map(Some).collect(),
            Domain::Between(_, low, high) => {
                let mut starts = self.cuts.clone();
                if self.dated {
                    let ends = bounds.iter().flatten().flatten();
                    starts.extend(ends.flat_map(|(first, last)| [*first, last.saturating_add(1)]));
                }
                starts.retain(|start| low < start && start <= high);
                starts.push(*low);
                starts.sort_unstable();
                starts.dedup();
                // of days the last ones before something else begins, which people can picture best
                let ends = starts.iter().skip(1).map(|next| next - 1).chain([*high]);
                let days = ends.zip(&starts).map(|(end, start)| if end == *high { *start } else { end });
                if self.dated { days.map(Some).collect() } else { starts.into_iter().map(Some).collect() }
            }
        };
        cells.extend(self.none.then_some(None));
        cells
    }

    /// A value in the ticks of a side.
    fn tick(&self, counter: &Counter<'_>, field: usize, cell: i64) -> Option<i64> {
        let Domain::Options(options) = &self.domain else { return Some(cell) };
        let id = &options.get(usize::try_from(cell).ok()?)?;
        let place = counter.field(field)?.options.iter().position(|option| option.id == **id)?;
        i64::try_from(place).ok()
    }
}

/// The values that all of some fields have.
fn domain(fields: &[&QuestionInfo]) -> Option<Domain> {
    let (first, others) = fields.split_first()?;
    match first.kind {
        Type::Finite { .. } => {
            let has = |field: &&QuestionInfo, id: &Text| field.options.iter().any(|option| option.id == *id);
            let finite = others.iter().all(|field| matches!(field.kind, Type::Finite { .. }));
            let shared = first.options.iter().map(|option| &option.id);
            let shared = shared.filter(|id| others.iter().all(|field| has(field, id))).cloned().collect();
            finite.then_some(Domain::Options(shared))
        }
        Type::Ordered { measure, mut min, mut max } => {
            for field in others {
                match field.kind {
                    Type::Ordered { measure: own, min: low, max: high } if own == measure => {
                        (min, max) = (min.max(low), max.min(high));
                    }
                    _ => return None,
                }
            }
            (min <= max && others.iter().all(|field| field.unit == first.unit))
                .then_some(Domain::Between(measure, min, max))
        }
        Type::Text => others.iter().all(|field| field.kind == Type::Text).then_some(Domain::Text),
        Type::List => None,
    }
}
