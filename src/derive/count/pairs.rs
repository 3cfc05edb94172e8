//! Two values of one open answer that all records share, and what each record can do under the one and the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reading, Seen};
use crate::ranges::Ranges;
use crate::tally::{Rule, Values};

/// Most pairs of values that are looked at, most records of them that are not alike, and most states of their sums.
const MOST_PAIRS: usize = 400;
const MOST_JUDGED: usize = 50_000;
const MOST_STATES: usize = 20_000;
/// Most anchors of which some are taken.
const MOST_ANCHORS: usize = 24;

/// What a record does on either side: whether it counts however unset things go, and whether in some way.
type Does = [bool; 4];

/// What the records can do under two values of one answer.
pub(super) struct Pair {
    /// How many records can do the same.
    records: BTreeMap<BTreeSet<Does>, usize>,
    /// What further records can do, being absent included.
    more: BTreeSet<Does>,
}

impl Reading<'_> {
    /// The pairs of values of an answer, all others fixed; none where there are too many.
    pub(super) fn pairs(&self, seen: &Seen) -> Option<Vec<Pair>> {
        let anchors = self.anchors()?;
        let worlds: Vec<Vec<Option<i64>>> = self.shared.worlds().take(MOST_PAIRS + 1).collect();
        let mut pairs = Vec::new();
        let of_anchor = self.anchor.as_ref().is_some_and(|anchor| anchor.question == seen.question);
        if of_anchor {
            for world in &worlds {
                for (i, one) in anchors.iter().enumerate() {
                    for other in anchors.iter().skip(i + 1) {
                        pairs.push(((world, *one), (world, *other)));
                    }
                }
            }
        } else {
            let index = self.same.iter().position(|same| same.question == seen.question)?;
            let rest = |world: &[Option<i64>]| -> Vec<Option<i64>> {
                world.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, value)| *value).collect()
            };
            for (i, one) in worlds.iter().enumerate() {
                for other in worlds.iter().skip(i + 1).filter(|other| rest(other) == rest(one)) {
                    pairs.extend(anchors.iter().map(|anchor| ((one, *anchor), (other, *anchor))));
                }
            }
        }
        let alike = self.alike();
        let fits = worlds.len() <= MOST_PAIRS
            && pairs.len() <= MOST_PAIRS
            && pairs.len().saturating_mul(alike.len()) <= MOST_JUDGED;
        fits.then(|| pairs.into_iter().map(|(one, other)| self.pair(&alike, one, other)).collect())
    }

    /// One of the records that are alike in all that the rule reads, and how many there are.
    fn alike(&self) -> Vec<(&[Values], usize)> {
        let fields: BTreeSet<usize> = self.info.fields().collect();
        let mut alike: BTreeMap<Vec<Option<&Values>>, (&[Values], usize)> = BTreeMap::new();
        for record in self.facts.records {
            let read = fields.iter().map(|field| record.get(*field)).collect();
            alike.entry(read).or_insert((record, 0)).1 += 1;
        }
        alike.into_values().collect()
    }

    /// The anchors at which something changes for some record, and the first and last; none where there are too many.
    fn anchors(&self) -> Option<Vec<i64>> {
        let all = &self.shared.anchor;
        let mut wanted: BTreeSet<i64> = all.iter().flat_map(|(low, high)| [low, high]).collect();
        if let Some((window, on)) = self.info.rule.window {
            let fields = self.facts.records.iter().copied().chain([self.facts.any]);
            for (low, high) in fields.filter_map(|record| record.get(on)).flat_map(|days| days.some.iter()) {
                for day in [low, high] {
                    let (surely, perhaps) = window.seen(day);
                    for edge in [surely.0, surely.1, perhaps.0, perhaps.1] {
                        wanted.extend([edge - 1, edge, edge + 1]);
                    }
                }
                if wanted.len() > 4 * MOST_ANCHORS {
                    return None;
                }
            }
        }
        let list: Vec<i64> = wanted.into_iter().filter(|day| all.contains(*day)).collect();
        (list.len() <= MOST_ANCHORS).then_some(list)
    }

    fn pair(
        &self,
        alike: &[(&[Values], usize)],
        one: (&Vec<Option<i64>>, i64),
        other: (&Vec<Option<i64>>, i64),
    ) -> Pair {
        let sides = [one, other].map(|(world, anchor)| Side { rule: &self.info.rule, world, anchor });
        let four = |record: &[Values]| -> BTreeSet<Does> {
            let each = does(&sides, record).into_iter();
            each.filter_map(|sides| <Does>::try_from(sides.concat()).ok()).collect()
        };
        let mut records: BTreeMap<BTreeSet<Does>, usize> = BTreeMap::new();
        for (record, times) in alike {
            *records.entry(four(record)).or_default() += times;
        }
        let mut more = BTreeSet::from([Does::default()]);
        if self.facts.more > 0 {
            more.extend(four(self.facts.any));
        }
        Pair { records, more }
    }
}

/// A rule with what it compares records with: the values of what they share, and the day before which they lie.
pub(super) struct Side<'s> {
    pub(super) rule: &'s Rule,
    pub(super) world: &'s [Option<i64>],
    pub(super) anchor: i64,
}

/// What a record can do on some sides, on each whether it counts however unset things go and whether in some way: a value of
/// each of its fields for all that no side tells apart.
pub(super) fn does(sides: &[Side<'_>], record: &[Values]) -> BTreeSet<Vec<[bool; 2]>> {
    let rows = || sides.iter().flat_map(|side| side.rule.rows.iter().map(move |row| (side, row)));
    let mut fields: BTreeSet<usize> =
        rows().flat_map(|(_, row)| row.tests.iter().map(|test| test.field)).collect();
    fields.extend(rows().flat_map(|(_, row)| row.same.iter().map(|(field, _)| *field)));
    fields.extend(sides.iter().filter_map(|side| side.rule.window).map(|(_, on)| on));
    let mut completions: Vec<BTreeMap<usize, Option<i64>>> = vec![BTreeMap::new()];
    for field in fields {
        let Some(values) = record.get(field) else { continue };
        let mut cuts: BTreeSet<i64> = BTreeSet::from([i64::MIN]);
        for (side, row) in rows() {
            for test in row.tests.iter().filter(|test| test.field == field) {
                for (low, high) in test.surely.some.iter().chain(test.perhaps.some.iter()) {
                    cuts.extend([Some(low), high.checked_add(1)].into_iter().flatten());
                }
            }
            for (_, index) in row.same.iter().filter(|(known, _)| *known == field) {
                let compared = side.world.get(*index).copied().flatten();
                cuts.extend(compared.into_iter().flat_map(|value| [value, value.saturating_add(1)]));
            }
        }
        for side in sides {
            let Some((window, _)) = side.rule.window.filter(|(_, on)| *on == field) else { continue };
            for (first, last) in window.bounds(side.anchor) {
                cuts.extend([first, last + 1]);
            }
        }
        let ends: Vec<i64> = cuts.iter().skip(1).map(|next| next - 1).chain([i64::MAX]).collect();
        let piece = |(low, high): (&i64, &i64)| {
            values.some.and(&Ranges::of(*low, *high)).hull().map(|(low, _)| Some(low))
        };
        let mut chosen: Vec<Option<i64>> = cuts.iter().zip(&ends).filter_map(piece).collect();
        chosen.extend(values.none.then_some(None));
        completions = completions
            .iter()
            .flat_map(|before| {
                chosen.iter().map(move |value| {
                    let mut next = before.clone();
                    next.insert(field, *value);
                    next
                })
            })
            .collect();
    }
    let one = |completion: &BTreeMap<usize, Option<i64>>, side: &Side<'_>| {
        let value = |field: usize| completion.get(&field).copied().flatten();
        let holds = |perhaps: bool| {
            let fits = side.rule.rows.iter().any(|row| {
                row.tests.iter().all(|test| {
                    let accepted = if perhaps { &test.perhaps } else { &test.surely };
                    value(test.field).map_or(accepted.none, |value| accepted.some.contains(value))
                }) && row.same.iter().all(|(field, index)| {
                    let compared = side.world.get(*index).copied().flatten();
                    compared.is_some() && compared == value(*field)
                })
            });
            fits && side.rule.window.is_none_or(|(window, on)| {
                let [surely, most] = window.bounds(side.anchor);
                let (first, last) = if perhaps { most } else { surely };
                value(on).is_some_and(|day| first <= day && day <= last)
            })
        };
        [holds(false), holds(true)]
    };
    completions.iter().map(|completion| sides.iter().map(|side| one(completion, side)).collect()).collect()
}

impl Pair {
    /// The sums of all completions, each number as far as a cap: what counts surely and perhaps on either side. None
    /// where there are too many.
    pub(super) fn sums(&self, cap: i64, more: usize) -> Option<BTreeSet<[i64; 4]>> {
        let side = usize::try_from(cap + 1).unwrap_or(usize::MAX);
        if side.saturating_pow(2) > MOST_STATES {
            return None;
        }
        let mut states = BTreeSet::from([[0; 4]]);
        let further = (more > 0).then_some((&self.more, more));
        for (does, times) in self.records.iter().map(|(does, times)| (does, *times)).chain(further) {
            // once every number has reached the cap more of the same changes nothing
            let enough = usize::try_from(4 * cap + 4).unwrap_or(times);
            for _ in 0..times.min(enough) {
                let next: BTreeSet<[i64; 4]> = states
                    .iter()
                    .flat_map(|state| does.iter().map(move |does| added(state, does, cap)))
                    .collect();
                if next.len() > MOST_STATES {
                    return None;
                }
                if next == states {
                    break;
                }
                states = next;
            }
        }
        Some(states)
    }

    /// Whether in some completion the two sides differ for people: another number, or only one of them hangs.
    pub(super) fn shows(&self) -> bool {
        let hangs = |does: &Does, side: usize| does.get(2 * side) != does.get(2 * side + 1);
        let all = || self.records.keys().chain([&self.more]);
        for (side, other) in [(0, 1), (1, 0)] {
            let still = all().all(|options| options.iter().any(|does| !hangs(does, other)));
            let apart =
                all().any(|options| options.iter().any(|does| hangs(does, side) && !hangs(does, other)));
            if still && apart {
                return true;
            }
        }
        let stand = |options: &BTreeSet<Does>| -> Option<(i64, i64)> {
            let apart = |[one, _, other, _]: &Does| i64::from(*one) - i64::from(*other);
            let apart = options.iter().filter(|does| !hangs(does, 0) && !hangs(does, 1)).map(apart);
            Some((apart.clone().min()?, apart.max()?))
        };
        let mut ends = (0, 0);
        for (options, times) in self.records.iter().map(|(o, n)| (o, *n)).chain([(&self.more, 1)]) {
            let Some((low, high)) = stand(options) else { return false };
            let times = i64::try_from(times).unwrap_or(i64::MAX);
            ends = (ends.0 + low * times, ends.1 + high * times);
        }
        ends != (0, 0)
    }
}

fn added(state: &[i64; 4], does: &Does, cap: i64) -> [i64; 4] {
    let mut sum = *state;
    sum.iter_mut().zip(does).for_each(|(n, does)| *n = (*n + i64::from(*does)).min(cap));
    sum
}
