//! Counting the records of a list that count: three-valued, in a window of days, exactly.
//!
//! Of each record and of the case some things may be open. Records are independent of each other, but for what they share:
//! the anchor of the window, and the answers with which their fields are compared. For one **world** (one value of all
//! that is shared) each record counts, does not, or may; so the attainable counts are everything between two numbers. The
//! worlds are united: the values with which fields are compared one by one, the anchors by sweeping over the days on which
//! some record enters or leaves the window.
//!
//! Unset things (the length of a window, its edges, a limit in a test) give each completion a smallest and a largest
//! count. Where the two are the same the count stands; else it **hangs** between them.

mod record;
mod sweep;
#[cfg(test)]
mod tests;
mod window;

use std::collections::{BTreeMap, BTreeSet};

use crate::limits::MAX_TALLY;
use crate::ranges::Ranges;

pub(crate) use record::Judge;
use record::Verdict;
pub(crate) use window::{Reach, Window};

/// Values that a field may have: ticks, options, texts by number; and whether it may be "not applicable".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Values {
    pub(crate) some: Ranges,
    pub(crate) none: bool,
}

impl Values {
    /// These, and not "not applicable".
    pub(crate) fn of(some: Ranges) -> Values {
        Values { some, none: false }
    }

    /// Whether there is more than one.
    pub(crate) fn several(&self) -> bool {
        self.some.hull().is_some_and(|(low, high)| low < high) || (self.none && !self.some.is_empty())
    }

    /// Whether there is exactly one.
    pub(crate) fn is_one(&self) -> bool {
        if self.none { self.some.is_empty() } else { self.some.only().is_some() }
    }

    /// Whether something is in both.
    pub(crate) fn meets(&self, other: &Values) -> bool {
        (self.none && other.none) || self.some.meets(&other.some)
    }
}

/// A test of a field.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub(crate) field: usize,
    /// What it accepts however unset things go, and what it accepts in some way.
    pub(crate) surely: Values,
    pub(crate) perhaps: Values,
}

/// One of the ways in which a record can count: all of these hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) tests: Vec<Test>,
    /// Fields that are the same as something that is shared, by index.
    pub(crate) same: Vec<(usize, usize)>,
}

/// When a record counts.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) rows: Vec<Row>,
    /// The window, and the field with the day of a record.
    pub(crate) window: Option<(Window, usize)>,
}

/// What is known of the records of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'f> {
    /// Per record what each field may be.
    pub(crate) records: &'f [&'f [Values]],
    /// How many records there may be that are not known.
    pub(crate) more: usize,
    /// What each field of those may be.
    pub(crate) any: &'f [Values],
}

/// What the records share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared {
    /// Per answer with which fields are compared the values that it may have; none where it does not apply.
    pub(crate) same: Vec<Vec<Option<i64>>>,
    /// The days on which the anchor may be.
    pub(crate) anchor: Ranges,
}

/// What a count can come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// What it can come to in one world, each once.
    pub(crate) sums: BTreeSet<Sum>,
    /// Whether all this may say more than can occur, because the exact sum passes the limits.
    pub(crate) approximate: bool,
}

/// One value of each answer with which fields are compared; none where it is not known to be any.
pub(crate) type World = Vec<Option<i64>>;

/// By the first and last day of the anchor, what a count can come to on them.
pub(crate) type Sums = Vec<((i64, i64), Sum)>;

/// What a count can come to in one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sum {
    /// The fewest and most that stand however unset things go, and all between; none where every completion hangs.
    pub(crate) counts: Option<(i64, i64)>,
    pub(crate) hanging: Option<Hanging>,
}

impl Tally {
    /// The counts that stand however unset things go.
    pub(crate) fn counts(&self) -> Ranges {
        Ranges::all(self.sums.iter().filter_map(|sum| sum.counts))
    }

    /// The completions of which the count hangs on something unset.
    pub(crate) fn hanging(&self) -> impl Iterator<Item = Hanging> + '_ {
        self.sums.iter().filter_map(|sum| sum.hanging)
    }
}

/// Completions of which the count hangs on something unset. Of any two numbers in the first two ranges, with their sum in
/// the third, there is one: so many records count however unset things go, so many may, and so many together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hanging {
    pub(crate) surely: (i64, i64),
    pub(crate) perhaps: (i64, i64),
    pub(crate) together: (i64, i64),
}

impl Hanging {
    /// Whether some completion has its smallest count in one range and its largest in another.
    pub(crate) fn between(&self, smallest: (i64, i64), largest: (i64, i64)) -> bool {
        let both = |a: (i64, i64), b: (i64, i64)| (a.0.max(b.0), a.1.min(b.1));
        let (low, high) = (both(self.surely, smallest), both(self.together, largest));
        let apart = both(self.perhaps, (high.0 - low.1, high.1 - low.0));
        low.0 <= low.1 && high.0 <= high.1 && apart.0 <= apart.1
    }
}

impl Rule {
    /// What the completions of these facts can give.
    pub(crate) fn tally(&self, facts: Facts<'_>, shared: &Shared) -> Tally {
        let mut tally = Tally::default();
        if !shared.fit(facts) {
            let most = i64::try_from(facts.records.len() + facts.more).unwrap_or(i64::MAX);
            let hanging = Hanging { surely: (0, most), perhaps: (1, most), together: (1, most) };
            let hanging = self.hangs().then_some(hanging);
            tally.sums.insert(Sum { counts: Some((0, most)), hanging });
            tally.approximate = true;
            return tally;
        }
        for world in shared.worlds() {
            let (sums, exact) = self.by_anchor(facts, &world, &shared.anchor);
            tally.approximate |= !exact;
            tally.sums.extend(sums.into_iter().map(|(_, sum)| sum));
        }
        tally
    }

    /// The sums of one value of each answer with which fields are compared, by anchor, and whether they are exact.
    pub(crate) fn by_anchor(&self, facts: Facts<'_>, world: &[Option<i64>], anchor: &Ranges) -> (Sums, bool) {
        let judge = Judge::new(self, facts.any, world);
        let mut sweep = sweep::Sweep::new(anchor);
        // records that are alike, such as those of which nothing is known, are judged once
        let mut judged: BTreeMap<&[Values], Verdict> = BTreeMap::new();
        for record in facts.records {
            sweep.add(judged.entry(*record).or_insert_with(|| judge.verdict(record)));
        }
        if facts.more > 0 {
            sweep.more(&judge.verdict(facts.any), facts.more);
        }
        (sweep.run(), !judge.gave_up.get())
    }

    /// Whether anything is unset that it reads.
    fn hangs(&self) -> bool {
        let window = self.window.is_some_and(|(window, _)| {
            window.reach == Reach::Unset || window.first_day.is_none() || window.last_day.is_none()
        });
        window || self.rows.iter().flat_map(|row| &row.tests).any(|test| test.surely != test.perhaps)
    }
}

impl Shared {
    /// Whether all records can be judged in all worlds.
    pub(crate) fn fit(&self, facts: Facts<'_>) -> bool {
        let worlds = self.same.iter().fold(1usize, |n, values| n.saturating_mul(values.len()));
        worlds.saturating_mul(facts.records.len() + 1) <= MAX_TALLY
    }

    /// Every combination of a value of each answer with which fields are compared.
    pub(crate) fn worlds(&self) -> impl Iterator<Item = Vec<Option<i64>>> + '_ {
        Worlds::of(&self.same)
    }
}

/// Every combination of the values of what is shared.
struct Worlds<'s> {
    same: &'s [Vec<Option<i64>>],
    next: Option<Vec<usize>>,
}

impl<'s> Worlds<'s> {
    fn of(same: &'s [Vec<Option<i64>>]) -> Self {
        let next = same.iter().all(|values| !values.is_empty()).then(|| vec![0; same.len()]);
        Worlds { same, next }
    }
}

impl Iterator for Worlds<'_> {
    type Item = Vec<Option<i64>>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.next.take()?;
        let world = self.same.iter().zip(&at).map(|(values, i)| values.get(*i).copied().flatten()).collect();
        let mut following = at;
        for (i, values) in following.iter_mut().zip(self.same) {
            *i += 1;
            if *i < values.len() {
                self.next = Some(following);
                break;
            }
            *i = 0;
        }
        Some(world)
    }
}
