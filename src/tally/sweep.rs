//! The sweep over the days on which the anchor may be: records enter the window and leave it.

use super::record::Verdict;
use crate::ranges::Ranges;

/// What changes on a day: the fewest and most that count, those that must hang on something unset, those that can, and
/// whether more records can count or hang on something unset.
type Change = [i64; 6];

/// A sweep over anchors.
#[derive(Debug)]
pub(super) struct Sweep<'a> {
    anchor: &'a Ranges,
    changes: Vec<(i64, Change)>,
    more: i64,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(anchor: &'a Ranges) -> Self {
        Sweep { anchor, changes: Vec::new(), more: 0 }
    }

    fn change(&mut self, when: &Ranges, change: Change) {
        let Some((first, last)) = self.anchor.hull() else { return };
        for (low, high) in when.iter().filter(|(low, high)| *low <= last && first <= *high) {
            self.changes.push((low.max(first), change));
            if high < last {
                self.changes.push((high + 1, change.map(|n| -n)));
            }
        }
    }

    /// Adds a record.
    pub(super) fn add(&mut self, verdict: &Verdict) {
        let Verdict { counts, must, unset } = verdict;
        self.change(&counts.and(must), [1, 0, 0, 0, 0, 0]);
        self.change(counts, [0, 1, 0, 0, 0, 0]);
        self.change(&must.without(counts), [0, 0, 1, 0, 0, 0]);
        self.change(unset, [0, 0, 0, 1, 0, 0]);
    }

    /// Adds so many records that may be there or not.
    pub(super) fn more(&mut self, verdict: &Verdict, count: usize) {
        self.more = i64::try_from(count).unwrap_or(i64::MAX);
        self.change(&verdict.counts, [0, 0, 0, 0, 1, 0]);
        self.change(&verdict.unset, [0, 0, 0, 0, 0, 1]);
    }

    /// Gathers the counts of every anchor; says whether some anchor leaves a count that hangs on something unset.
    pub(super) fn run(mut self, counts: &mut Vec<(i64, i64)>) -> bool {
        self.changes.sort_unstable_by_key(|(day, _)| *day);
        let mut now: Change = [0; 6];
        let mut hangs = false;
        let mut changes = self.changes.iter().peekable();
        let Some((mut day, last)) = self.anchor.hull() else { return false };
        while day <= last {
            while let Some((_, change)) = changes.next_if(|(at, _)| *at <= day) {
                now.iter_mut().zip(change).for_each(|(now, change)| *now += change);
            }
            let until = changes.peek().map_or(last, |(next, _)| next - 1);
            if self.anchor.meets(&Ranges::of(day, until)) {
                let [fewest, most, must_hang, can_hang, more, more_hang] = now;
                if must_hang == 0 {
                    counts.push((fewest, most + if more > 0 { self.more } else { 0 }));
                }
                hangs |= can_hang > 0 || (more_hang > 0 && self.more > 0);
            }
            day = until + 1;
        }
        hangs
    }
}
