//! Whether one record counts, in one world: on which days it can, on which it can fail to.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use super::{Reach, Rule, Values, Window};
use crate::limits::MAX_STATES;
use crate::ranges::Ranges;

/// The anchors for which a record can do something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Verdict {
    /// It can count, however unset things go.
    pub(crate) counts: Ranges,
    /// It cannot fail to count in every way in which unset things go.
    pub(crate) must: Ranges,
    /// It can hang on something unset.
    pub(crate) hangs: Ranges,
}

/// A set of rows.
type Rows = Vec<u64>;

/// Values of a field that every row takes alike.
#[derive(Debug, Clone)]
struct Class {
    values: Values,
    surely: Rows,
    perhaps: Rows,
}

/// A field with its classes, which are worked out when some record may have several values in it.
type Field = (usize, OnceCell<Vec<Class>>);

/// Judges records in one world.
#[derive(Debug)]
pub(crate) struct Judge<'r> {
    rule: &'r Rule,
    /// All values of each field.
    any: &'r [Values],
    /// The value of each answer with which fields are compared.
    world: &'r [Option<i64>],
    /// The fields that rows test; that of the window comes last.
    fields: Vec<Field>,
    /// Whether some record could not be judged exactly.
    pub(super) gave_up: Cell<bool>,
}

/// What follows for a record from its fields, by day.
#[derive(Debug, Default)]
struct Days {
    /// Days on which it can be one that counts, however unset things go.
    surely: Ranges,
    /// Days on which it can be one in some way.
    perhaps: Ranges,
    /// Days on which that can hang on something unset.
    unset: Ranges,
    /// Whether it can be one that does not count, on whatever day.
    fails: bool,
}

impl<'r> Judge<'r> {
    /// Prepares the rows of a rule.
    pub(crate) fn new(rule: &'r Rule, any: &'r [Values], world: &'r [Option<i64>]) -> Judge<'r> {
        let on = rule.window.map(|(_, field)| field);
        let mut fields: Vec<usize> = Vec::new();
        for row in &rule.rows {
            let tested =
                row.tests.iter().map(|test| test.field).chain(row.same.iter().map(|(field, _)| *field));
            for field in tested.filter(|field| Some(*field) != on) {
                if !fields.contains(&field) {
                    fields.push(field);
                }
            }
        }
        fields.extend(on);
        let fields = fields.into_iter().map(|field| (field, OnceCell::new())).collect();
        Judge { rule, any, world, fields, gave_up: Cell::new(false) }
    }

    /// The classes of values of a field. A single value is judged by itself: most records are known.
    fn fitting<'f>(&self, (field, classes): &'f Field, values: &Values) -> Vec<Cow<'f, Class>> {
        let any = self.any.get(*field);
        if values.is_one() && any.is_none_or(|any| any.meets(values)) {
            return vec![Cow::Owned(Class::of(self.rule, *field, self.world, values.clone()))];
        }
        let all = classes.get_or_init(|| Class::all(self.rule, *field, self.world, any));
        all.iter().filter(|class| class.values.meets(values)).map(Cow::Borrowed).collect()
    }

    /// For which anchors a record counts; where there is no window, the only anchor is 0.
    pub(crate) fn verdict(&self, record: &[Values]) -> Verdict {
        let days = self.days(record);
        let Some((window, _)) = self.rule.window else {
            let when = |holds: bool| if holds { Ranges::one(0) } else { Ranges::default() };
            return Verdict {
                counts: when(!days.surely.is_empty()),
                must: when(!days.fails),
                hangs: when(!days.unset.is_empty()),
            };
        };
        let counts = days.surely.iter().map(|(low, high)| united(window.seen(low).0, window.seen(high).0));
        // on all its days in the window: from when the last of them enters it until the first has left it
        let must = match days.perhaps.hull() {
            Some((low, high)) if !days.fails => Ranges::of(window.seen(high).1.0, window.seen(low).1.1),
            _ => Ranges::default(),
        };
        let mut hangs: Vec<(i64, i64)> = Vec::new();
        for (low, high) in days.perhaps.iter() {
            self.edges(window, (low, high), &mut hangs);
        }
        hangs.extend(days.unset.iter().map(|(low, high)| united(window.seen(low).1, window.seen(high).1)));
        Verdict { counts: Ranges::all(counts), must, hangs: Ranges::all(hangs) }
    }

    /// The anchors for which one of these days lies where something unset decides whether it is in the window.
    fn edges(&self, window: Window, (low, high): (i64, i64), anchors: &mut Vec<(i64, i64)>) {
        let (surely, perhaps) = (window.seen(low), window.seen(high));
        let all = united(surely.1, perhaps.1);
        if united(surely.0, perhaps.0) == NONE {
            return anchors.push(all);
        }
        if window.last_day.is_none() {
            anchors.push((all.0, perhaps.0.0 - 1));
        }
        match window.reach {
            Reach::Unset => anchors.push((surely.0.1 + 1, all.1)),
            Reach::Known(_) if window.first_day.is_some() => {}
            // months are not equally long: counted on from the days, some anchors in between are the end of none
            Reach::Known(_) if window.forward && high - low <= MOST_ENDS => {
                anchors.extend((low..=high).map(|day| window.seen(day).1.1).map(|end| (end, end)));
            }
            Reach::Known(_) => {
                self.gave_up.set(self.gave_up.get() || window.forward);
                anchors.push((surely.0.1 + 1, all.1));
            }
            Reach::Unlimited => {}
        }
    }

    /// What follows from the fields of a record.
    fn days(&self, record: &[Values]) -> Days {
        let all = full(self.rule.rows.len());
        let mut states: Vec<(Rows, Rows)> = vec![(all.clone(), all.clone())];
        let mut fields = self.fields.as_slice();
        let last = match (self.rule.window, fields.split_last()) {
            (Some(_), Some((last, before))) => {
                fields = before;
                Some(last)
            }
            _ => None,
        };
        for field in fields {
            let Some(values) = record.get(field.0) else { continue };
            let fitting = self.fitting(field, values);
            let mut next: Vec<(Rows, Rows)> = Vec::with_capacity(states.len() * fitting.len());
            for (surely, perhaps) in &states {
                next.extend(
                    fitting.iter().map(|class| (both(surely, &class.surely), both(perhaps, &class.perhaps))),
                );
            }
            next.sort_unstable();
            next.dedup();
            if next.len() > MAX_STATES {
                return self.give_up(record);
            }
            states = next;
        }
        let mut days = Days::default();
        let (dated, classes) = match last {
            Some(field) => {
                let dated = record.get(field.0).cloned().unwrap_or_default();
                let classes = self.fitting(field, &dated);
                (dated, classes)
            }
            None => {
                let anytime = Values::of(Ranges::one(0));
                let class = Class { values: anytime.clone(), surely: all.clone(), perhaps: all };
                (anytime, vec![Cow::Owned(class)])
            }
        };
        days.fails = dated.none;
        let mut found: [Vec<(i64, i64)>; 3] = Default::default();
        for class in classes.iter().filter(|class| class.values.some.meets(&dated.some)) {
            let here: Vec<(i64, i64)> = class.values.some.and(&dated.some).iter().collect();
            let (mut surely, mut perhaps, mut unset) = (false, false, false);
            for state in &states {
                let holds = any(&state.0, &class.surely);
                let may = any(&state.1, &class.perhaps);
                surely |= holds;
                perhaps |= may;
                unset |= may && !holds;
                days.fails |= !may;
            }
            for (list, is) in found.iter_mut().zip([surely, perhaps, unset]) {
                if is {
                    list.extend(&here);
                }
            }
        }
        let [surely, perhaps, unset] = found.map(Ranges::all);
        Days { surely, perhaps, unset, ..days }
    }

    /// Too much to follow: the record may do anything.
    fn give_up(&self, record: &[Values]) -> Days {
        self.gave_up.set(true);
        let days = match self.rule.window {
            Some((_, on)) => record.get(on).map(|values| values.some.clone()).unwrap_or_default(),
            None => Ranges::one(0),
        };
        Days { surely: days.clone(), perhaps: days, unset: Ranges::default(), fails: true }
    }
}

/// Most days of which the ends are told apart one by one.
const MOST_ENDS: i64 = 1_000;

/// No anchor.
const NONE: (i64, i64) = (1, 0);

/// The anchors that see one of some days: those that see the first, those that see the last, and all between.
fn united(first: (i64, i64), last: (i64, i64)) -> (i64, i64) {
    if first.0 <= first.1 { (first.0, last.1) } else { NONE }
}

impl Class {
    /// Values of a field that no row tells apart, with the rows that take them.
    fn of(rule: &Rule, field: usize, world: &[Option<i64>], values: Values) -> Class {
        let rows = |perhaps: bool| -> Rows {
            let fits = |row: &super::Row| {
                let tests = row.tests.iter().filter(|test| test.field == field);
                let mut tests = tests.map(|test| if perhaps { &test.perhaps } else { &test.surely });
                let mut same = row.same.iter().filter(|(known, _)| *known == field);
                let is = |index: usize| shared(world, index).is_some_and(|value| values.some.contains(value));
                tests.all(|accepted| accepted.meets(&values)) && same.all(|(_, index)| is(*index))
            };
            pack(rule.rows.iter().map(fits))
        };
        let (surely, perhaps) = (rows(false), rows(true));
        Class { values, surely, perhaps }
    }

    /// The values of a field, cut where some row tells them apart.
    fn all(rule: &Rule, field: usize, world: &[Option<i64>], any: Option<&Values>) -> Vec<Class> {
        let mut cuts: Vec<i64> = Vec::new();
        for row in &rule.rows {
            let tested = row.tests.iter().filter(|test| test.field == field);
            for (low, high) in tested.flat_map(|test| test.surely.some.iter().chain(test.perhaps.some.iter()))
            {
                cuts.extend([Some(low), high.checked_add(1)].into_iter().flatten());
            }
            let same = row.same.iter().filter(|(known, _)| *known == field);
            let same = same.filter_map(|(_, index)| shared(world, *index));
            cuts.extend(same.flat_map(|value| [Some(value), value.checked_add(1)]).flatten());
        }
        cuts.push(i64::MIN);
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.iter().skip(1).map(|next| next - 1).chain([i64::MAX]);
        let mut pieces: Vec<Values> =
            cuts.iter().zip(ends).map(|(low, high)| Values::of(Ranges::of(*low, high))).collect();
        pieces.push(Values { some: Ranges::default(), none: true });
        pieces.retain(|piece| any.is_none_or(|any| any.meets(piece)));
        let mut list: Vec<Class> = Vec::new();
        for piece in pieces {
            let new = Class::of(rule, field, world, piece);
            match list.iter_mut().find(|class| class.surely == new.surely && class.perhaps == new.perhaps) {
                Some(class) => {
                    class.values.some = class.values.some.or(&new.values.some);
                    class.values.none |= new.values.none;
                }
                None => list.push(new),
            }
        }
        list
    }
}

/// The value of an answer with which fields are compared.
fn shared(world: &[Option<i64>], index: usize) -> Option<i64> {
    world.get(index).copied().flatten()
}

fn pack(bits: impl Iterator<Item = bool>) -> Rows {
    let mut rows = Vec::new();
    for (i, bit) in bits.enumerate() {
        if i % 64 == 0 {
            rows.push(0);
        }
        if let Some(word) = rows.last_mut() {
            *word |= u64::from(bit) << (i % 64);
        }
    }
    rows
}

fn full(rows: usize) -> Rows {
    pack(std::iter::repeat_n(true, rows))
}

fn both(a: &Rows, b: &Rows) -> Rows {
    a.iter().zip(b).map(|(a, b)| a & b).collect()
}

fn any(a: &Rows, b: &Rows) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}
