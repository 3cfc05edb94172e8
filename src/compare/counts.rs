//! Which counts of records can occur together, and with which other answers.
//!
//! Each side has a count of its own of the same records: within three years here, within five there. What they come to
//! together follows from what one record can do for all of them at once (`records`), for each day on which the windows may
//! begin (`days`), summed over as many records as the list has (`sums`). All of that is exact: a combination is possible
//! where some list of records gives it, and `example` makes that list.

mod days;
pub(super) mod example;
mod records;
mod relation;
mod sums;

use std::collections::BTreeSet;
use std::rc::Rc;

use super::functions::{Functions, joint};
use super::regions::both;
use crate::diagram::{Memo, Ref, Store};
use crate::model::{CountInfo, How};
use crate::program::{Code, Engine, FALSE, TRUE};
use records::Listed;

/// A count that sides share; one of them stands for all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counter<'e> {
    /// Its place among the common questions.
    variable: usize,
    side: usize,
    engine: &'e Engine,
    info: &'e CountInfo,
    /// Whether it can hang on something unset.
    hangs: bool,
}

/// A count with where it applies, as [`Functions::conditions`] gives it.
type Conditioned<'e> = (Counter<'e>, Vec<Ref>);

/// Counts that read the same list, the same day or the same answer, directly or through each other.
#[derive(Debug)]
pub(super) struct Counted<'e> {
    /// In the order of their variables.
    counters: Vec<Counter<'e>>,
    lists: Vec<Listed>,
    /// The question for the day before which all windows lie.
    anchor: Option<usize>,
    /// The texts with which fields are compared, and whether each may not apply.
    texts: Vec<(String, bool)>,
    /// The choices with which fields are compared.
    choices: Vec<usize>,
    /// Functions of what is known beside the records: per counter whether its list and its day apply, whether each answer
    /// does with which it compares fields, then the day and the choices.
    given: Vec<Ref>,
    /// The days on which windows begin.
    starts: relation::Starts,
}

/// What counts can be together.
#[derive(Debug)]
pub(super) struct Possible<'e> {
    /// [`TRUE`] where all that was worked out can be together.
    pub(super) f: Ref,
    /// The counts of which that was worked out.
    pub(super) known: BTreeSet<usize>,
    pub(super) parts: Vec<Counted<'e>>,
}

impl Possible<'_> {
    /// Where nothing is known of any count.
    pub(super) fn anything() -> Self {
        Possible { f: Ref::leaf(TRUE), known: BTreeSet::new(), parts: Vec::new() }
    }
}

impl<'e> Functions<'e> {
    /// What the counts that some functions ask can be together.
    pub(super) fn possible(&mut self, functions: &[Ref]) -> Rc<Possible<'e>> {
        let wanted = self.asked(functions);
        if let Some(known) = self.possible.get(&wanted) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.all_together(wanted.clone()));
        self.possible.insert(wanted, Rc::clone(&found));
        found
    }

    fn all_together(&mut self, mut wanted: BTreeSet<usize>) -> Possible<'e> {
        let mut possible = Possible::anything();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        let mut counters: Vec<Conditioned<'e>> = Vec::new();
        // a condition may hang on a count, too
        while let Some(variable) = wanted.difference(&done).next().copied() {
            done.insert(variable);
            let Some(counter) = self.counter(variable) else { continue };
            let Some(conditions) = self.conditions(&counter) else { continue };
            wanted.extend(self.asked(&conditions));
            counters.push((counter, conditions));
        }
        counters.sort_by_key(|(counter, _)| counter.variable);
        for group in self.groups(counters) {
            let Some(counted) = self.counted(group) else { continue };
            let Some(f) = self.together(&counted) else { continue };
            possible.known.extend(counted.counters.iter().map(|counter| counter.variable));
            possible.parts.push(counted);
            possible.f = both(&mut self.store, possible.f, f);
        }
        possible
    }

    /// The counts that some functions ask.
    fn asked(&self, functions: &[Ref]) -> BTreeSet<usize> {
        let parts = self.store.parts(functions);
        let asked: BTreeSet<usize> = parts.iter().filter_map(|part| part.variable()).collect();
        asked.into_iter().filter(|variable| self.counter(*variable).is_some()).collect()
    }

    fn counter(&self, variable: usize) -> Option<Counter<'e>> {
        let known = self.variables.get(variable)?;
        let (side, q) = known.questions.iter().enumerate().find_map(|(side, q)| Some((side, (*q)?)))?;
        let engine = self.engine(side)?;
        match &engine.model.questions.get(q)?.derived.as_ref()?.how {
            How::Count(info) => {
                let hangs = !info.unset.all().is_empty();
                Some(Counter { variable, side, engine, info, hangs })
            }
            How::Formula(_) => None,
        }
    }

    /// Where the list and the day of a count apply, then where each answer does with which it compares fields; none where
    /// that is not exact or not set.
    fn conditions(&mut self, counter: &Counter<'e>) -> Option<Vec<Ref>> {
        let model = &counter.engine.model;
        let list = model.lists.get(counter.info.list)?.question;
        let mut whole = Ref::leaf(TRUE);
        for q in std::iter::once(list).chain(counter.info.anchor) {
            let applies = self.applies(counter.side, q)?;
            whole = both(&mut self.store, whole, applies);
        }
        let mut conditions = vec![whole];
        for q in &counter.info.same {
            conditions.push(self.applies(counter.side, *q)?);
        }
        Some(conditions)
    }

    /// Where a question of a side is asked.
    fn applies(&mut self, side: usize, q: usize) -> Option<Ref> {
        let engine = self.engine(side)?;
        if engine.model.questions.get(q)?.not_asked.is_some() {
            return None;
        }
        let node = engine.questions.get(q).and_then(|node| engine.nodes.get(*node))?;
        let condition = self.condition(side, node.gate)?;
        let readings = [true, false].map(|holds| self.reading(vec![crate::Value::Bool(holds)]));
        let [yes, no] = readings;
        let codes = self.store.codes(condition.f);
        let exact = !condition.approximate && codes.iter().all(|code| [yes, no].contains(code));
        exact.then(|| {
            let mut told = |_: &mut Store, code: Code| Ref::leaf(if code == yes { TRUE } else { FALSE });
            self.store.map(condition.f, &mut Memo::new(1), &mut told)
        })
    }

    /// Counts that hang together.
    fn groups(&self, counters: Vec<Conditioned<'e>>) -> Vec<Vec<Conditioned<'e>>> {
        let mut groups: Vec<(BTreeSet<String>, Vec<Conditioned<'e>>)> = Vec::new();
        for (counter, conditions) in counters {
            let model = &counter.engine.model;
            let list = model.lists.get(counter.info.list).map(|list| list.question);
            let read = list.into_iter().chain(counter.info.anchor).chain(counter.info.same.iter().copied());
            let mut reads: BTreeSet<String> =
                read.filter_map(|q| model.questions.get(q)).map(|q| q.id.to_string()).collect();
            let mut group = vec![(counter, conditions)];
            for (other, members) in std::mem::take(&mut groups) {
                if other.is_disjoint(&reads) {
                    groups.push((other, members));
                } else {
                    reads.extend(other);
                    group.extend(members);
                }
            }
            group.sort_by_key(|(counter, _)| counter.variable);
            groups.push((reads, group));
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// What a group of counts reads; none where sides do not read it alike.
    fn counted(&mut self, group: Vec<Conditioned<'e>>) -> Option<Counted<'e>> {
        let (counters, conditions): (Vec<Counter<'e>>, Vec<Vec<Ref>>) = group.into_iter().unzip();
        let mut given: Vec<Ref> = conditions.into_iter().flatten().collect();
        let mut anchors: BTreeSet<usize> = BTreeSet::new();
        let mut choices: BTreeSet<usize> = BTreeSet::new();
        let mut texts: Vec<(String, bool)> = Vec::new();
        for counter in &counters {
            if let Some(anchor) = counter.info.anchor {
                anchors.insert(self.variable(counter.side, anchor)?);
            }
            for q in &counter.info.same {
                let question = counter.engine.model.questions.get(*q)?;
                match self.variable(counter.side, *q) {
                    Some(variable) => drop(choices.insert(variable)),
                    None if texts.iter().any(|(id, _)| question.id == *id) => {}
                    None => texts.push((question.id.to_string(), self.none_of(&question.id))),
                }
            }
        }
        // how two days lie to each other is not followed
        if anchors.len() > 1 || anchors.iter().any(|anchor| choices.contains(anchor)) {
            return None;
        }
        let choices: Vec<usize> = choices.into_iter().collect();
        for variable in anchors.iter().chain(&choices) {
            let values = self.variables.get(*variable)?.values.len();
            let edges: Vec<Ref> = (0..).take(values).map(Ref::leaf).collect();
            given.push(self.store.select(*variable, &edges));
        }
        let ids: BTreeSet<String> = counters.iter().filter_map(Counter::list_id).collect();
        let engines: Vec<&Engine> = (0..self.sides()).filter_map(|side| self.engine(side)).collect();
        let lists: Option<Vec<Listed>> =
            ids.into_iter().map(|id| Listed::new(id, &engines, &counters)).collect();
        let anchor = anchors.first().copied();
        let starts = relation::Starts::new();
        let mut counted = Counted { lists: lists?, anchor, counters, texts, choices, given, starts };
        counted.starts = relation::starts(&counted, &self.variables, self.on)?;
        Some(counted)
    }

    /// Whether a question may not apply on all sides that have it.
    fn none_of(&self, id: &str) -> bool {
        let sides = (0..self.sides()).filter_map(|side| self.engine(side));
        let mut found = sides.filter_map(|engine| engine.model.questions.iter().find(|q| q.id == id));
        found.all(|question| question.may_not_apply)
    }

    /// Where some counts can be together: over the questions on which that hangs, and the counts.
    fn together(&mut self, counted: &Counted<'e>) -> Option<Ref> {
        let (given, vectors) = joint(&mut self.store, counted.given.iter().copied());
        let mut relations = relation::Relations::new(counted, &self.variables);
        let mut found: Vec<Option<Ref>> = vec![None; vectors.len()];
        let places: Vec<(usize, usize)> = counted
            .counters
            .iter()
            .filter_map(|counter| {
                Some((counter.variable, self.variables.get(counter.variable)?.values.len()))
            })
            .collect();
        for code in self.store.codes(given) {
            let at = usize::try_from(code).ok()?;
            let tuples = relations.of(vectors.get(at)?)?;
            let rows: Vec<&[usize]> = tuples.iter().map(Vec::as_slice).collect();
            *found.get_mut(at)? = Some(table(&mut self.store, &places, &rows));
        }
        let mut known = |_: &mut Store, code: Code| {
            let at = usize::try_from(code).ok();
            at.and_then(|at| found.get(at).copied().flatten()).unwrap_or(Ref::leaf(FALSE))
        };
        Some(self.store.map(given, &mut Memo::new(1), &mut known))
    }
}

impl Counter<'_> {
    fn list_id(&self) -> Option<String> {
        let model = &self.engine.model;
        let list = model.lists.get(self.info.list)?;
        model.questions.get(list.question).map(|q| q.id.to_string())
    }
}

/// The function that holds for some values of variables, which come in order.
fn table(store: &mut Store, places: &[(usize, usize)], rows: &[&[usize]]) -> Ref {
    let Some(((variable, values), others)) = places.split_first() else {
        return Ref::leaf(if rows.is_empty() { FALSE } else { TRUE });
    };
    let edges: Vec<Ref> = (0..*values)
        .map(|value| {
            let here = rows.iter().filter_map(|row| row.split_first());
            let below: Vec<&[usize]> = here.filter(|(own, _)| **own == value).map(|(_, rest)| rest).collect();
            if below.is_empty() { Ref::leaf(FALSE) } else { table(store, others, &below) }
        })
        .collect();
    store.select(*variable, &edges)
}
