//! What is attainable of a count of records.

mod judge;
mod matter;
mod pairs;

pub(crate) use judge::Why;

use std::collections::BTreeSet;

use crate::case::Case;
use crate::derived::{Image, Values as Listing};
use crate::evaluate::Evaluation;
use crate::limits::MAX_LISTED;
use crate::model::{CountInfo, Type};
use crate::program::{Code, Engine, NOT_APPLICABLE, Set};
use crate::ranges::Ranges;
use crate::tally::{Facts, Reach, Rule, Shared, Sum, Tally, Values};
use crate::term::{Length, Unit};

/// What an answer leaves, as a count sees it.
struct Seen {
    question: usize,
    /// Its values; whether it may not apply, its own condition included.
    values: Values,
    /// Whether the answer is open.
    open: bool,
    /// The open questions that decide whether it is relevant.
    gate: Set,
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
    /// Whether the list and the anchor can apply.
    fn applies(&self) -> bool {
        std::iter::once(&self.list).chain(&self.anchor).all(|seen| !seen.values.some.is_empty())
    }
}

impl Engine {
    /// What is attainable of a count.
    pub(super) fn count(&self, q: usize, info: &CountInfo, case: &Case) -> Image {
        let mut image = Image::default();
        let mut applies = true;
        self.reading(info, case, |reading| {
            for seen in std::iter::once(&reading.list).chain(&reading.anchor).filter(|seen| seen.values.none)
            {
                image.not_applicable = true;
                image.hull |= seen.gate.iter().next().is_some();
                image.open.add(&seen.gate);
                if seen.open {
                    image.open.insert(seen.question);
                }
            }
            applies = reading.applies();
            if applies {
                let tally = info.rule.tally(reading.facts, &reading.shared);
                image.hull |= tally.approximate;
                if tally.hanging().next().is_some() {
                    image.missing.push(self.decisive(reading));
                }
                self.show(q, &tally, &mut image);
                self.open(q, reading, &tally, &mut image);
            }
        });
        if !applies {
            image.codes = vec![NOT_APPLICABLE];
        }
        image
    }

    /// Reads of a case what a count needs of it.
    fn reading<T>(&self, info: &CountInfo, case: &Case, read: impl FnOnce(&Reading<'_>) -> T) -> Option<T> {
        let (list, known) = (self.model.lists.get(info.list)?, case.lists.get(info.list)?);
        let any: Vec<Values> = list.fields.iter().map(|field| self.any_value(*field)).collect();
        let records: Vec<Vec<Values>> = known.records.iter().map(|record| record.values.clone()).collect();
        let facts = Facts { records: &records, more: known.more, any: &any };
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
        let open = values.several();
        let mut gate = Set::default();
        match self.relevant(q, case) {
            Some(true) => {}
            Some(false) => values = Values { some: Ranges::default(), none: true },
            None => {
                values.none = true;
                let node = self.gate(q).and_then(|node| self.nodes.get(node));
                let behind = node.map(|node| self.asked_behind(&node.questions)).unwrap_or_default();
                let open = |q: &usize| case.codes.get(*q).is_some_and(|codes| codes.len() > 1);
                behind.iter().filter(open).for_each(|q| gate.insert(q));
            }
        }
        Seen { question: q, values, open, gate }
    }

    fn gate(&self, q: usize) -> Option<usize> {
        self.questions.get(q).and_then(|node| self.nodes.get(*node))?.gate
    }

    /// Whether a question is relevant: yes, no, or not yet known.
    fn relevant(&self, q: usize, case: &Case) -> Option<bool> {
        let Some(gate) = self.gate(q) else { return Some(true) };
        let evaluation = Evaluation::new(self, case.codes.clone(), &case.decided);
        evaluation.seeing(&case.images).holds(Some(gate))
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
    fn decisive(&self, reading: &Reading<'_>) -> Vec<String> {
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
                Listing::Between(low, high)
            }
            _ => Listing::Listed(counts.iter().flat_map(|(low, high)| low..=high).collect()),
        };
        let mut codes: BTreeSet<Code> =
            counts.iter().flat_map(|range| self.cells_between(q, range)).collect();
        codes.extend(image.not_applicable.then_some(NOT_APPLICABLE));
        if !image.missing.is_empty() {
            image.standing = codes.iter().copied().collect();
            let sets: BTreeSet<Vec<Code>> = tally.sums.iter().flat_map(|sum| self.hanging(q, sum)).collect();
            codes.extend(sets.iter().flatten());
            image.hanging = sets.into_iter().collect();
        }
        image.codes = codes.into_iter().collect();
    }

    fn cells_between(&self, q: usize, (low, high): (i64, i64)) -> Vec<Code> {
        let found = self.cells.get(q).map(|cells| cells.between(low, high)).unwrap_or_default();
        found.into_iter().filter_map(|cell| Code::try_from(cell).ok()).collect()
    }

    /// Between which codes the completions of a sum hang, each pair as all codes from its first to its last.
    fn hanging(&self, q: usize, sum: &Sum) -> BTreeSet<Vec<Code>> {
        let mut sets = BTreeSet::new();
        let (Some(hanging), Some(cells)) = (sum.hanging, self.cells.get(q)) else { return sets };
        for (i, smallest) in cells.list.iter().enumerate() {
            for (j, largest) in cells.list.iter().enumerate().skip(i) {
                if hanging.between((smallest.lo, smallest.hi), (largest.lo, largest.hi)) {
                    sets.insert((i..=j).filter_map(|cell| Code::try_from(cell).ok()).collect());
                }
            }
        }
        sets
    }
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
