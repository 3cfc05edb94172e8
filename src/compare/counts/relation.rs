//! What some counts come to together where it is known whether they apply, on which days they are counted and with what
//! their fields are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::records::{Bounds, Compared, Effect, Effects};
use super::sums::{Sums, sums};
use super::{Counted, Counter, Listed};
use crate::compare::variables::Variable;
use crate::program::{Code, NOT_APPLICABLE, TRUE, hanging};

/// Most ways in which the answers can be with which fields are compared.
const MOST_WORLDS: usize = 2_000;

/// What the days of a record can do, per list and then per field with a day in it.
type Signature = Vec<Vec<BTreeSet<Effect>>>;

/// A day on which windows begin, and what the windows of each counter then hold.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub(super) day: Option<i64>,
    pub(super) bounds: Vec<Bounds>,
}

/// By the value of the question for it the days on which windows begin, one of each kind.
pub(super) type Starts = BTreeMap<Option<usize>, Vec<Start>>;

/// What is the same for all records: where each counter applies, the value of each choice, the texts.
#[derive(Debug)]
pub(super) struct World {
    /// Per counter whether it applies.
    pub(super) applies: Vec<bool>,
    /// Per text its number; none where it does not apply.
    pub(super) texts: Vec<Option<i64>>,
    /// Per choice the cell of its answer.
    pub(super) choices: Vec<Code>,
    /// Per list whether it may have records.
    pub(super) lists: Vec<bool>,
    /// Per list what its counters compare fields with.
    pub(super) compared: Vec<Compared>,
}

/// Works out what counts come to together, and remembers it.
pub(super) struct Relations<'c, 'e> {
    pub(super) counted: &'c Counted<'e>,
    variables: &'c [Variable],
    known: BTreeMap<(usize, Vec<Vec<bool>>), Rc<Sums>>,
}

impl<'c, 'e> Relations<'c, 'e> {
    pub(super) fn new(counted: &'c Counted<'e>, variables: &'c [Variable]) -> Self {
        Relations { counted, variables, known: BTreeMap::new() }
    }

    /// The values that the counts can have together, by their places; none where that is more than can be followed.
    pub(super) fn of(&mut self, given: &[Code]) -> Option<BTreeSet<Vec<usize>>> {
        let mut tuples = BTreeSet::new();
        for world in self.worlds(given)? {
            for start in self.starts_of(given) {
                let mut lists: Vec<BTreeSet<Vec<usize>>> = Vec::new();
                for (list, listed) in self.counted.lists.iter().enumerate() {
                    let found = self.sums(list, &world, &start)?;
                    let values = found.0.keys().map(|sum| self.values(listed, sum, &world));
                    lists.push(values.collect::<Option<_>>()?);
                }
                self.join(&lists, &mut tuples);
            }
        }
        Some(tuples)
    }

    /// The days on which windows begin where this is known.
    pub(super) fn starts_of(&self, given: &[Code]) -> Vec<Start> {
        let group =
            self.anchor_at().and_then(|at| given.get(at)).and_then(|code| usize::try_from(*code).ok());
        self.counted.starts.get(&group).cloned().unwrap_or_default()
    }

    fn anchor_at(&self) -> Option<usize> {
        self.counted.anchor.map(|_| self.counted.conditions())
    }

    /// The ways in which the answers can be that counts share.
    pub(super) fn worlds(&self, given: &[Code]) -> Option<Vec<World>> {
        let counted = self.counted;
        let mut conditions = given.iter();
        let (mut applies, mut asked) = (Vec::new(), Vec::new());
        for counter in &counted.counters {
            applies.push(*conditions.next()? == TRUE);
            let same = counter.info.same.iter().filter_map(|_| conditions.next());
            asked.push(same.map(|code| *code == TRUE).collect::<Vec<bool>>());
        }
        let mut choices: Vec<Vec<Code>> = vec![Vec::new()];
        let from = counted.conditions() + usize::from(counted.anchor.is_some());
        for (variable, code) in counted.choices.iter().zip(given.iter().skip(from)) {
            let group = self.variables.get(*variable)?.values.get(usize::try_from(*code).ok()?)?;
            choices = product(&choices, &group.cells);
        }
        let number = i64::try_from(counted.texts.len()).ok()?;
        let mut texts: Vec<Vec<Option<i64>>> = vec![Vec::new()];
        for (_, none) in &counted.texts {
            let values: Vec<Option<i64>> = (0..number).map(Some).chain(none.then_some(None)).collect();
            texts = product(&texts, &values);
        }
        let mut lists: Vec<Vec<bool>> = vec![Vec::new()];
        for listed in &counted.lists {
            lists = product(&lists, if listed.none { &[true, false] } else { &[true] });
        }
        let anchored = self.anchor_applies(given);
        let mut worlds = Vec::new();
        for choice in &choices {
            for text in &texts {
                for list in &lists {
                    let mut world = World {
                        applies: applies.clone(),
                        texts: text.clone(),
                        choices: choice.clone(),
                        lists: list.clone(),
                        compared: Vec::new(),
                    };
                    for (at, listed) in counted.lists.iter().enumerate() {
                        for k in &listed.counters {
                            let windowed = counted.counters.get(*k)?.info.anchor.is_some();
                            let here = list.get(at) == Some(&true) && (anchored || !windowed);
                            *world.applies.get_mut(*k)? &= here;
                        }
                        let own = listed.counters.iter().map(|k| self.compared(*k, asked.get(*k)?, &world));
                        let own: Option<Compared> = own.collect();
                        world.compared.push(own?);
                    }
                    worlds.push(world);
                }
            }
            if worlds.len() > MOST_WORLDS {
                return None;
            }
        }
        Some(worlds)
    }

    /// Whether the question for the day has an answer.
    fn anchor_applies(&self, given: &[Code]) -> bool {
        let group =
            self.anchor_at().and_then(|at| given.get(at)).and_then(|code| usize::try_from(*code).ok());
        let Some((variable, group)) = self.counted.anchor.zip(group) else { return true };
        let found = self.variables.get(variable).and_then(|variable| variable.values.get(group));
        found.is_none_or(|group| group.cells.first() != Some(&NOT_APPLICABLE))
    }

    /// The answers with which a counter compares fields.
    fn compared(&self, k: usize, asked: &[bool], world: &World) -> Option<Vec<Option<i64>>> {
        let counter = self.counted.counters.get(k)?;
        let value = |(q, asked): (&usize, &bool)| -> Option<i64> {
            let question = counter.engine.model.questions.get(*q).filter(|_| *asked)?;
            let texts = self.counted.texts.iter().position(|(id, _)| question.id == *id);
            if let Some(text) = texts {
                return world.texts.get(text).copied().flatten();
            }
            let mut choices = self.counted.choices.iter().zip(&world.choices);
            let (variable, cell) = choices.find(|(v, _)| {
                self.variables.get(**v).is_some_and(|v| v.questions.get(counter.side) == Some(&Some(*q)))
            })?;
            let option = self.variables.get(*variable)?.info.options.get(usize::try_from(*cell).ok()?)?;
            let place = question.options.iter().position(|known| known.id == option.id)?;
            i64::try_from(place).ok()
        };
        Some(counter.info.same.iter().zip(asked).map(value).collect())
    }

    /// What records of a list can do on a day, by what they add.
    pub(super) fn kinds(&self, list: usize, world: &World, start: &Start) -> BTreeMap<Vec<bool>, Record> {
        let (Some(listed), Some(compared)) = (self.counted.lists.get(list), world.compared.get(list)) else {
            return BTreeMap::new();
        };
        let none = Bounds::new();
        let bounds = start.bounds.get(list).unwrap_or(&none);
        let columns: Vec<usize> = (0..listed.columns.len()).collect();
        let texts = i64::try_from(self.counted.texts.len()).unwrap_or(0);
        let effects: Effects = listed.effects(&self.counted.counters, &columns, texts, compared, bounds);
        let mut kinds = BTreeMap::new();
        for (effect, record) in effects {
            kinds.entry(listed.adds(&self.counted.counters, effect)).or_insert(record);
        }
        kinds
    }

    /// What the counts of a list come to, and what its records add.
    pub(super) fn sums(
        &mut self,
        list: usize,
        world: &World,
        start: &Start,
    ) -> Option<(Rc<Sums>, Vec<Vec<bool>>)> {
        let listed = self.counted.lists.get(list)?;
        let most = if world.lists.get(list) == Some(&true) { listed.most } else { 0 };
        let kinds: Vec<Vec<bool>> =
            self.kinds(list, world, start).into_keys().filter(|adds| adds.contains(&true)).collect();
        let key = (if most == 0 { usize::MAX } else { list }, kinds.clone());
        if let Some(known) = self.known.get(&key) {
            return Some((Rc::clone(known), kinds));
        }
        let caps = self.counters(listed).flat_map(|counter| {
            let last = self.variables.get(counter.variable).and_then(|v| v.cells.list.last());
            std::iter::repeat_n(last.map_or(0, |cell| cell.lo), if counter.hangs { 2 } else { 1 })
        });
        let caps: Vec<i64> = caps.collect();
        let of: Vec<&[bool]> = kinds.iter().map(Vec::as_slice).collect();
        let found = Rc::new(sums(&of, &caps, most)?);
        self.known.insert(key, Rc::clone(&found));
        Some((found, kinds))
    }

    fn counters<'s>(&'s self, listed: &'s Listed) -> impl Iterator<Item = &'s Counter<'e>> {
        listed.counters.iter().filter_map(|k| self.counted.counters.get(*k))
    }

    /// The values of the counts of a list, by their places, for what they come to.
    pub(super) fn values(&self, listed: &Listed, sum: &[i64], world: &World) -> Option<Vec<usize>> {
        let mut numbers = sum.iter();
        let mut values = Vec::with_capacity(listed.counters.len());
        for k in &listed.counters {
            let counter = self.counted.counters.get(*k)?;
            let variable = self.variables.get(counter.variable)?;
            let surely = numbers.next()?;
            let perhaps = if counter.hangs { numbers.next()? } else { surely };
            let (low, high) = (variable.cells.find(*surely)?, variable.cells.find(*perhaps)?);
            let code = match (world.applies.get(*k)?, low == high) {
                (false, _) => NOT_APPLICABLE,
                (true, true) => Code::try_from(low).ok()?,
                (true, false) => hanging(low, high),
            };
            values.push(variable.values.iter().position(|group| group.cells.contains(&code))?);
        }
        Some(values)
    }

    /// Notes the values of all counts, in their order, for every choice of those of each list.
    fn join(&self, lists: &[BTreeSet<Vec<usize>>], tuples: &mut BTreeSet<Vec<usize>>) {
        let mut all = vec![vec![0; self.counted.counters.len()]];
        for (listed, values) in self.counted.lists.iter().zip(lists) {
            let with = |before: &Vec<usize>, own: &Vec<usize>| {
                let mut next = before.clone();
                for (k, value) in listed.counters.iter().zip(own) {
                    if let Some(slot) = next.get_mut(*k) {
                        *slot = *value;
                    }
                }
                next
            };
            all = all.iter().flat_map(|before| values.iter().map(move |own| with(before, own))).collect();
        }
        tuples.extend(all);
    }
}

/// A record, by the values of the fields that counts read.
pub(super) type Record = Vec<super::records::Cell>;

impl Counted<'_> {
    /// How many conditions come before the day and the choices.
    pub(super) fn conditions(&self) -> usize {
        self.counters.iter().map(|counter| 1 + counter.info.same.len()).sum()
    }
}

fn product<T: Clone>(lists: &[Vec<T>], values: &[T]) -> Vec<Vec<T>> {
    let with = |list: &Vec<T>, value: &T| [list.as_slice(), std::slice::from_ref(value)].concat();
    lists.iter().flat_map(|list| values.iter().map(move |value| with(list, value))).collect()
}

/// One day for each way in which windows can lie to what records can be, by the value of the question for it.
pub(super) fn starts(counted: &Counted<'_>, variables: &[Variable], on: i64) -> Option<Starts> {
    let without =
        Start { day: None, bounds: counted.lists.iter().map(|l| vec![None; l.counters.len()]).collect() };
    let Some(anchor) = counted.anchor else { return Some(Starts::from([(None, vec![without])])) };
    let variable = variables.get(anchor)?;
    let windows: Vec<_> =
        counted.counters.iter().filter_map(|c| c.info.rule.window.map(|(w, _)| w)).collect();
    let dated = counted.lists.iter().flat_map(|l| &l.columns).filter(|c| c.dated);
    let mut constants: Vec<i64> = dated.flat_map(super::records::Column::constants).collect();
    constants.extend(variable.cells.list.iter().flat_map(|cell| [cell.lo, cell.hi]));
    let crate::model::Type::Ordered { min, max, .. } = variable.info.kind else { return None };
    let none: Vec<Compared> = counted
        .lists
        .iter()
        .map(|l| {
            l.counters
                .iter()
                .filter_map(|k| counted.counters.get(*k))
                .map(|c| vec![None; c.info.same.len()])
                .collect()
        })
        .collect();
    let mut starts = Starts::new();
    let mut seen: BTreeSet<(usize, Signature)> = BTreeSet::new();
    for day in super::days::days((min, max), variable.cells.parts(), &windows, &constants, on)? {
        let Some(cell) = variable.cells.find(day).and_then(|cell| Code::try_from(cell).ok()) else {
            continue;
        };
        let Some(group) = variable.values.iter().position(|group| group.cells.contains(&cell)) else {
            continue;
        };
        let bounds: Vec<Bounds> = counted
            .lists
            .iter()
            .map(|l| {
                let own = l.counters.iter().filter_map(|k| counted.counters.get(*k));
                own.map(|counter| counter.info.rule.window.map(|(window, _)| window.bounds(day))).collect()
            })
            .collect();
        let signature: Signature = counted
            .lists
            .iter()
            .zip(&bounds)
            .zip(&none)
            .map(|((l, bounds), none)| {
                let dated = (0..l.columns.len()).filter(|c| l.columns.get(*c).is_some_and(|c| c.dated));
                dated
                    .map(|c| l.effects(&counted.counters, &[c], 0, none, bounds).into_keys().collect())
                    .collect()
            })
            .collect();
        if seen.insert((group, signature)) {
            starts.entry(Some(group)).or_default().push(Start { day: Some(day), bounds });
        }
    }
    // a day that does not apply leaves nothing to count
    for (place, group) in variable.values.iter().enumerate() {
        if group.cells.first() == Some(&NOT_APPLICABLE) {
            starts.entry(Some(place)).or_insert_with(|| vec![without.clone()]);
        }
    }
    Some(starts)
}
