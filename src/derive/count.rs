//! What is attainable of a count of records.

mod judge;
mod matter;
mod pairs;
mod together;

pub(crate) use judge::Why;
pub(super) use matter::{Class, Numbers};

use std::collections::BTreeSet;

use crate::case::Case;
use crate::derived::{Image, Values as Listing};
use crate::diagram::{Diagrams, Ref};
use crate::limits::MAX_LISTED;
use crate::model::{CountInfo, Type};
use crate::program::{Code, Engine, FALSE, GAP, NOT_APPLICABLE, Set, TRUE, hanging};
use crate::ranges::Ranges;
use crate::tally::{Facts, Reach, Rule, Shared, Sum, Tally, Values};
use crate::term::{Length, Unit};
use crate::text::Text;

/// What an answer leaves, as a count sees it.
struct Seen {
    question: usize,
    /// Its values; whether it may not apply, its own condition included.
    values: Values,
    /// Whether the answer is open.
    open: bool,
    /// Whether the answer itself may be that it does not apply.
    absent: bool,
    /// The open questions that decide whether it is relevant, and whether these may be too many.
    gate: Set,
    rough: bool,
    /// What is unset and decides it, whatever is answered.
    unset: Vec<Text>,
}

/// Whether a question is relevant.
enum Relevance {
    Yes,
    No,
    /// It depends on open questions; and whether these may be more than make a difference.
    Open(Set, bool),
    /// It depends on what is unset.
    Unset(Vec<Text>),
}

/// All that a count reads of a case.
struct Reading<'r> {
    info: &'r CountInfo,
    facts: Facts<'r>,
    shared: Shared,
    list: Seen,
    anchor: Option<Seen>,
    same: Vec<Seen>,
}

impl Reading<'_> {
    /// The list and the anchor: where one of them does not apply, the count does not.
    fn whole(&self) -> impl Iterator<Item = &Seen> {
        std::iter::once(&self.list).chain(&self.anchor)
    }

    fn applies(&self) -> bool {
        self.whole().all(|seen| !seen.values.some.is_empty())
    }

    /// Whether it is not known exactly what makes it apply: something behind the conditions of the list and the day is also
    /// read in another way.
    fn is_gated_roughly(&self) -> bool {
        let mut gates = Set::default();
        for seen in self.whole().filter(|seen| seen.values.none) {
            if seen.rough || gates.meets(&seen.gate) {
                return true;
            }
            gates.add(&seen.gate);
        }
        self.whole().chain(&self.same).any(|seen| gates.contains(seen.question))
            || self.same.iter().any(|seen| gates.meets(&seen.gate))
    }
}

impl Engine {
    /// What is attainable of a count.
    pub(super) fn count(&self, q: usize, info: &CountInfo, case: &Case) -> Image {
        let mut image = Image::default();
        self.reading(info, case, |reading| {
            if !reading.applies() {
                image.not_applicable = true;
                image.codes = vec![NOT_APPLICABLE];
                return;
            }
            let unset: BTreeSet<&Text> = reading.whole().flat_map(|seen| &seen.unset).collect();
            if !unset.is_empty() {
                image.missing.push(unset.into_iter().cloned().collect());
                return;
            }
            for seen in reading.whole().filter(|seen| seen.values.none) {
                image.not_applicable = true;
                image.open.add(&seen.gate);
            }
            image.hull |= reading.is_gated_roughly();
            let tally = info.rule.tally(reading.facts, &reading.shared);
            if tally.hanging().next().is_some() {
                image.missing.push(self.decisive(reading));
            }
            self.show(q, &tally, &mut image);
            let moves = self.moves(q, reading, &tally, None);
            image.open.add(&moves.shown);
            image.hull |= tally.approximate || moves.rough;
            // what its own condition leaves of the answers is not looked at
            let gate = self.gate(q).and_then(|gate| self.nodes.get(gate));
            image.tied = gate.is_some_and(|gate| self.asked_behind(&gate.questions).meets(&image.open));
        });
        image
    }

    /// The open questions that make a difference to a count as far as its codes are told apart, and whether that may be
    /// too many.
    pub(super) fn telling_count(
        &self,
        q: usize,
        info: &CountInfo,
        case: &Case,
        class: Class<'_>,
    ) -> (Set, bool) {
        let tell = |reading: &Reading<'_>| {
            if !reading.applies() {
                return (Set::default(), false);
            }
            let tally = info.rule.tally(reading.facts, &reading.shared);
            let moves = self.moves(q, reading, &tally, Some(class));
            let mut told = moves.told;
            if self.apart(q, tally.sums.iter(), true, Some(class)) {
                reading.whole().filter(|seen| seen.values.none).for_each(|seen| told.add(&seen.gate));
            }
            (told, moves.rough || tally.approximate || reading.is_gated_roughly())
        };
        self.reading(info, case, tell).unwrap_or_default()
    }

    /// Reads of a case what a count needs of it.
    fn reading<T>(&self, info: &CountInfo, case: &Case, read: impl FnOnce(&Reading<'_>) -> T) -> Option<T> {
        let (list, known) = (self.model.lists.get(info.list)?, case.lists.get(info.list)?);
        let any = self.any.get(info.list)?;
        let records: Vec<&[Values]> = known.records.iter().map(|record| record.values.as_slice()).collect();
        let facts = Facts { records: &records, more: known.more, any };
        let anchor = info.anchor.map(|anchor| self.seen(anchor, case));
        let same: Vec<Seen> = info.same.iter().map(|q| self.seen(*q, case)).collect();
        let days =
            anchor.as_ref().filter(|_| info.rule.window.is_some()).map(|seen| seen.values.some.clone());
        let shared = Shared {
            same: self.compared(info, &same, facts, case),
            anchor: days.unwrap_or_else(|| Ranges::one(0)),
        };
        Some(read(&Reading { info, facts, shared, list: self.seen(list.question, case), anchor, same }))
    }

    /// What an answer leaves, as a count sees it.
    fn seen(&self, q: usize, case: &Case) -> Seen {
        let answer = case.codes.get(q).map(|codes| &**codes).unwrap_or_default();
        let text = self.model.questions.get(q).is_some_and(|info| info.kind == Type::Text);
        let mut values: Values = if text {
            let said = case.said.iter().rev().find(|(said, _)| *said == q);
            said.map_or_else(|| self.any_value(q), |(_, values)| values.clone())
        } else if self.model.list_index(q).is_some() {
            let some = answer.iter().any(|code| *code != NOT_APPLICABLE);
            Values {
                some: if some { Ranges::one(0) } else { Ranges::default() },
                none: answer.contains(&NOT_APPLICABLE),
            }
        } else {
            case.extents.get(q).cloned().unwrap_or_default().into()
        };
        let (open, absent) = (values.several(), values.none);
        let (mut gate, mut rough, mut unset) = (Set::default(), false, Vec::new());
        match self.relevant(q, case) {
            Relevance::Yes => {}
            Relevance::No => values = Values { some: Ranges::default(), none: true },
            Relevance::Unset(names) => unset = names,
            Relevance::Open(questions, more) => {
                values.none = true;
                (gate, rough) = (questions, more);
            }
        }
        Seen { question: q, values, open, absent, gate, rough, unset }
    }

    fn gate(&self, q: usize) -> Option<usize> {
        self.questions.get(q).and_then(|node| self.nodes.get(*node))?.gate
    }

    fn relevant(&self, q: usize, case: &Case) -> Relevance {
        let Some(gate) = self.gate(q) else { return Relevance::Yes };
        let mut diagrams = Diagrams::new(self, case.codes.clone(), vec![None; self.nodes.len()]);
        diagrams = diagrams.deciding(&case.decided);
        let holds = diagrams.of(gate);
        let mut names = Vec::new();
        let merged = diagrams.merged(gate, holds, &mut |silents| {
            names.extend(self.unset_names(silents, Some(case)));
            GAP
        });
        match merged.code() {
            Some(TRUE) => Relevance::Yes,
            Some(FALSE) => Relevance::No,
            Some(_) if !names.is_empty() => Relevance::Unset(names),
            _ => self.decide(gate, case, &diagrams, (merged, !names.is_empty())),
        }
    }

    /// The open questions that decide a condition, of which parts may hang on something unset.
    fn decide(
        &self,
        gate: usize,
        case: &Case,
        diagrams: &Diagrams<'_>,
        (holds, unset): (Ref, bool),
    ) -> Relevance {
        let variables = diagrams.store.parts(&[holds]).into_iter().filter_map(Ref::variable);
        let variables = Set::of(variables);
        if !unset && !diagrams.is_approximate(holds) && variables.iter().all(|q| q < self.model.asked()) {
            return Relevance::Open(variables, false);
        }
        let behind = self.nodes.get(gate).map(|node| self.asked_behind(&node.questions)).unwrap_or_default();
        let open = |q: &usize| match self.model.list_index(*q) {
            Some(list) => case.lists.get(list).is_some_and(|known| known.is_open()),
            None => case.codes.get(*q).is_some_and(|codes| codes.len() > 1),
        };
        Relevance::Open(Set::of(behind.iter().filter(open)), true)
    }

    /// The values of each answer with which fields are compared, as far as records can tell them apart.
    fn compared(
        &self,
        info: &CountInfo,
        same: &[Seen],
        facts: Facts<'_>,
        case: &Case,
    ) -> Vec<Vec<Option<i64>>> {
        let others = i64::try_from(same.len()).unwrap_or(1) + 1;
        let one = |(index, seen): (usize, &Seen)| -> Vec<Option<i64>> {
            let mut list: BTreeSet<Option<i64>> = seen.values.none.then_some(None).into_iter().collect();
            let each = |(low, high): (i64, i64)| (low..=high).map(Some);
            let endless = |(_, high): &(i64, i64)| *high == i64::MAX;
            if !seen.values.some.iter().any(|range| endless(&range)) {
                list.extend(seen.values.some.iter().flat_map(each));
                return list.into_iter().collect();
            }
            // any text of a record, or others: each such answer may have one of its own, and could have another one
            let pairs = info.rule.rows.iter().flat_map(|row| &row.same);
            let fields: BTreeSet<usize> =
                pairs.filter(|(_, shared)| *shared == index).map(|(field, _)| *field).collect();
            for record in facts.records {
                for values in fields.iter().filter_map(|field| record.get(*field)) {
                    list.extend(values.some.iter().filter(|range| !endless(range)).flat_map(each));
                }
            }
            let next = case.texts.next();
            list.extend((next..next + others).map(Some));
            list.into_iter().collect()
        };
        same.iter().enumerate().map(one).collect()
    }

    /// The parameters, of those that are not set, that make a difference to some completion.
    fn decisive(&self, reading: &Reading<'_>) -> Vec<Text> {
        let unset = &reading.info.unset;
        let mut things: Vec<(Thing, Vec<usize>)> = vec![(Thing::Tests, unset.tests.clone())];
        things.push((Thing::Reach, unset.reach.into_iter().collect()));
        things.push((Thing::FirstDay, unset.first_day.into_iter().collect()));
        things.push((Thing::LastDay, unset.last_day.into_iter().collect()));
        things.retain(|(_, parameters)| !parameters.is_empty());
        let hangs = |thing: Thing| {
            let others: Vec<Thing> =
                things.iter().map(|(other, _)| *other).filter(|other| *other != thing).collect();
            (0..1u32 << others.len()).any(|ways| {
                let mut rule = reading.info.rule.clone();
                for (i, other) in others.iter().enumerate() {
                    other.fix(&mut rule, ways >> i & 1 == 1);
                }
                rule.tally(reading.facts, &reading.shared).hanging().next().is_some()
            })
        };
        let lone = things.len() == 1;
        let decisive = things.iter().filter(|(thing, _)| lone || hangs(*thing));
        let names: BTreeSet<usize> =
            decisive.flat_map(|(_, parameters)| parameters.iter().copied()).collect();
        names.into_iter().filter_map(|p| self.model.parameters.get(p)).map(|p| p.id.clone()).collect()
    }

    /// The values and codes of a count.
    fn show(&self, q: usize, tally: &Tally, image: &mut Image) {
        let counts = tally.counts();
        let size = counts.iter().map(|(low, high)| high - low + 1).sum::<i64>();
        image.values = match counts.hull() {
            Some((low, high)) if usize::try_from(size).is_ok_and(|n| n > MAX_LISTED) => {
                image.gaps = counts.iter().nth(1).is_some();
                Listing::Between(low, high)
            }
            _ => Listing::Listed(counts.iter().flat_map(|(low, high)| low..=high).collect()),
        };
        let codes: BTreeSet<Code> = tally.sums.iter().flat_map(|sum| self.comes(q, sum)).collect();
        image.codes = codes.into_iter().collect();
        image.codes.extend(image.not_applicable.then_some(NOT_APPLICABLE));
    }

    /// What a sum comes to: cells of counts that stand, and between which cells others hang.
    fn comes(&self, q: usize, sum: &Sum) -> BTreeSet<Code> {
        let mut codes = BTreeSet::new();
        let Some(cells) = self.cells.get(q) else { return codes };
        if let Some((low, high)) = sum.counts {
            codes.extend(cells.between(low, high).into_iter().map(|cell| comes(cell, cell)));
        }
        if let Some(hangs) = sum.hanging {
            for (i, smallest) in cells.list.iter().enumerate() {
                for (j, largest) in cells.list.iter().enumerate().skip(i) {
                    if hangs.between((smallest.lo, smallest.hi), (largest.lo, largest.hi)) {
                        codes.insert(comes(i, j));
                    }
                }
            }
        }
        codes
    }
}

/// The code of what lies between two cells.
fn comes(surely: usize, perhaps: usize) -> Code {
    if surely == perhaps {
        return Code::try_from(surely).unwrap_or(0);
    }
    hanging(surely, perhaps)
}

/// Something that can be unset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Tests,
    Reach,
    FirstDay,
    LastDay,
}

impl Thing {
    /// Lets it go the way in which the fewest or the most records count.
    fn fix(self, rule: &mut Rule, most: bool) {
        if self == Thing::Tests {
            for test in rule.rows.iter_mut().flat_map(|row| &mut row.tests) {
                if most {
                    test.surely = test.perhaps.clone();
                } else {
                    test.perhaps = test.surely.clone();
                }
            }
        }
        let Some((window, _)) = &mut rule.window else { return };
        match self {
            Thing::Tests => {}
            Thing::Reach if most => window.reach = Reach::Unlimited,
            Thing::Reach => window.reach = Length::new(1, Unit::Days).map_or(Reach::Unlimited, Reach::Known),
            Thing::FirstDay => window.first_day = Some(most),
            Thing::LastDay => window.last_day = Some(most),
        }
    }
}
