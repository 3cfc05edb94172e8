//! Which open answers a count hangs on: with all others fixed, some other value of it gives another count.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reading, Seen};
use crate::derived::Image;
use crate::program::{Code, Engine, Set};
use crate::tally::{Sum, Tally, Values};

/// What a sum comes to for what reads the count.
type Comes = BTreeSet<Vec<Code>>;

impl Engine {
    /// Notes the open questions on which a count hangs: those that can move it from cell to cell, and all that can move it.
    pub(super) fn open(&self, q: usize, reading: &Reading<'_>, tally: &Tally, image: &mut Image) {
        image.also_open = self.hangs_on(reading, tally, image, |sum| numbers(sum));
        let open = self.hangs_on(reading, tally, image, |sum| self.comes(q, sum));
        image.open.add(&open);
    }

    fn hangs_on(
        &self,
        reading: &Reading<'_>,
        tally: &Tally,
        image: &mut Image,
        comes: impl Fn(&Sum) -> Comes,
    ) -> Set {
        let mut open = Set::default();
        if reading.is_open() && tally.sums.iter().any(|sum| comes(sum).len() > 1) {
            open.insert(reading.list.question);
        }
        let shared = || reading.anchor.iter().chain(&reading.same).filter(|seen| seen.several());
        if shared().next().is_none() {
            return open;
        }
        let all: Comes = tally.sums.iter().flat_map(&comes).collect();
        if reading.is_open() || !reading.shared.fit(reading.facts) {
            if all.len() > 1 {
                for seen in shared() {
                    seen.note(&mut open);
                }
                // of records of which something is known it would take all completions to tell
                image.hull |= reading.facts.more == 0;
            }
            return open;
        }
        let mut by_world: BTreeMap<Vec<Option<i64>>, Vec<((i64, i64), Comes)>> = BTreeMap::new();
        for world in reading.shared.worlds() {
            let (sums, _) = reading.info.rule.by_anchor(reading.facts, &world, &reading.shared.anchor);
            by_world.insert(world, sums.iter().map(|(days, sum)| (*days, comes(sum))).collect());
        }
        if let Some(anchor) = reading.anchor.iter().find(|seen| seen.several())
            && by_world
                .values()
                .any(|sums| sums.iter().any(|(_, comes)| sums.first().is_some_and(|f| f.1 != *comes)))
        {
            anchor.note(&mut open);
        }
        for (index, seen) in reading.same.iter().enumerate().filter(|(_, seen)| seen.several()) {
            let mut others: BTreeMap<Vec<Option<i64>>, &Vec<((i64, i64), Comes)>> = BTreeMap::new();
            let matters = by_world.iter().any(|(world, sums)| {
                let rest = world.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, v)| *v).collect();
                differ(others.entry(rest).or_insert(sums), sums)
            });
            if matters {
                seen.note(&mut open);
            }
        }
        open
    }

    /// What a sum comes to: codes of counts that stand, and between which codes others hang.
    fn comes(&self, q: usize, sum: &Sum) -> Comes {
        let stand = sum.counts.map(|range| self.cells_between(q, range)).unwrap_or_default();
        let mut comes: Comes = stand.into_iter().map(|code| vec![code]).collect();
        // one that hangs within a cell differs for the count itself
        comes.extend(self.hanging(q, sum).into_iter().map(|mut set| {
            set.insert(0, Code::MIN);
            set
        }));
        comes
    }
}

/// What a sum comes to for people: its ends, and whether it hangs.
fn numbers(sum: &Sum) -> Comes {
    let mut comes = Comes::new();
    if let Some((low, high)) = sum.counts {
        comes.extend([vec![low], vec![high]]);
    }
    if let Some(hanging) = sum.hanging {
        let ends = [hanging.surely, hanging.perhaps, hanging.together];
        comes.insert(ends.iter().flat_map(|(low, high)| [*low, *high]).collect());
    }
    comes
}

/// Whether two sums by anchor differ for some anchor of both.
fn differ(a: &[((i64, i64), Comes)], b: &[((i64, i64), Comes)]) -> bool {
    let meet = |x: (i64, i64), y: (i64, i64)| x.0 <= y.1 && y.0 <= x.1;
    let (mut i, mut j) = (0, 0);
    while let (Some((x, one)), Some((y, other))) = (a.get(i), b.get(j)) {
        if meet(*x, *y) && one != other {
            return true;
        }
        if x.1 < y.1 { i += 1 } else { j += 1 }
    }
    false
}

impl Seen {
    /// Whether it is open in a way that could matter.
    fn several(&self) -> bool {
        self.open || self.gate.iter().next().is_some()
    }

    /// Notes what is open.
    fn note(&self, open: &mut Set) {
        if self.open {
            open.insert(self.question);
        }
        open.add(&self.gate);
    }
}

impl Reading<'_> {
    /// Whether something of the list is open that the count reads.
    fn is_open(&self) -> bool {
        let fields: BTreeSet<usize> = self.info.fields().collect();
        let open =
            |record: &Vec<Values>| fields.iter().filter_map(|field| record.get(*field)).any(Values::several);
        self.facts.more > 0 || self.facts.records.iter().any(open)
    }
}
