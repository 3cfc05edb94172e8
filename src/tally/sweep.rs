//! The sweep over the days on which the anchor may be: records enter the window and leave it.

use super::record::Verdict;
use super::{Hanging, Sum};
use crate::ranges::Ranges;

/// How many records can do what, for some anchors.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    /// Can count; can do nothing else.
    can: i64,
    must: i64,
    /// Can hang on something unset; can do nothing else.
    can_hang: i64,
    must_hang: i64,
    /// Can count or hang; can do nothing else.
    either: i64,
    must_either: i64,
}

impl Standing {
    fn add(&mut self, other: &Standing, times: i64) {
        self.can += other.can * times;
        self.must += other.must * times;
        self.can_hang += other.can_hang * times;
        self.must_hang += other.must_hang * times;
        self.either += other.either * times;
        self.must_either += other.must_either * times;
    }
}

impl Standing {
    /// Records are independent, so every sum between these bounds is attained.
    fn sum(&self) -> Sum {
        let stands = (self.must.max(self.must_either), self.can.min(self.either));
        let hanging = Hanging {
            surely: (self.must, self.can),
            perhaps: (self.must_hang.max(1), self.can_hang),
            together: (self.must_either, self.either),
        };
        Sum {
            counts: (self.must_hang == 0).then_some(stands),
            hanging: (self.can_hang > 0).then_some(hanging),
        }
    }
}

/// A sweep over anchors.
#[derive(Debug)]
pub(super) struct Sweep<'a> {
    anchor: &'a Ranges,
    changes: Vec<(i64, Standing, i64)>,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(anchor: &'a Ranges) -> Self {
        Sweep { anchor, changes: Vec::new() }
    }

    fn change(&mut self, when: &Ranges, change: Standing) {
        let Some((first, last)) = self.anchor.hull() else { return };
        for (low, high) in when.iter().filter(|(low, high)| *low <= last && first <= *high) {
            self.changes.push((low.max(first), change, 1));
            if high < last {
                self.changes.push((high + 1, change, -1));
            }
        }
    }

    /// Adds a record.
    pub(super) fn add(&mut self, verdict: &Verdict) {
        let Verdict { counts, must, hangs } = verdict;
        let nothing = Standing::default();
        self.change(counts, Standing { can: 1, ..nothing });
        if !hangs.is_empty() {
            self.change(hangs, Standing { can_hang: 1, ..nothing });
            self.change(&must.without(counts), Standing { must_hang: 1, ..nothing });
        }
        self.change(&counts.or(hangs), Standing { either: 1, ..nothing });
        if !must.is_empty() {
            self.change(must, Standing { must_either: 1, ..nothing });
            self.change(&must.without(hangs), Standing { must: 1, ..nothing });
        }
    }

    /// Adds so many records that may be there or not.
    pub(super) fn more(&mut self, verdict: &Verdict, count: usize) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let nothing = Standing::default();
        self.change(&verdict.counts, Standing { can: count, ..nothing });
        self.change(&verdict.hangs, Standing { can_hang: count, ..nothing });
        self.change(&verdict.counts.or(&verdict.hangs), Standing { either: count, ..nothing });
    }

    /// The sums of every anchor.
    pub(super) fn run(mut self) -> Vec<((i64, i64), Sum)> {
        self.changes.sort_unstable_by_key(|(day, ..)| *day);
        let mut sums: Vec<((i64, i64), Sum)> = Vec::new();
        let mut now = Standing::default();
        let mut changes = self.changes.iter().peekable();
        let Some((mut day, last)) = self.anchor.hull() else { return sums };
        while day <= last {
            while let Some((_, change, times)) = changes.next_if(|(at, ..)| *at <= day) {
                now.add(change, *times);
            }
            let until = changes.peek().map_or(last, |(next, ..)| next - 1);
            if self.anchor.meets(&Ranges::of(day, until)) {
                let sum = now.sum();
                match sums.last_mut() {
                    Some((days, known)) if *known == sum => days.1 = until,
                    _ => sums.push(((day, until), sum)),
                }
            }
            day = until + 1;
        }
        sums
    }
}
