//! What several counts of one list come to together, where nothing but its records is open.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::{Side, does};
use crate::case::Case;
use crate::model::{CountInfo, How};
use crate::program::Engine;
use crate::tally::{Rule, Values};

/// Most sums that are followed together, and most known records of which they are made.
const MOST_TOGETHER: usize = 1_500;
const MOST_RECORDS: usize = 500;

/// A count with all that it reads known but the records.
struct Fixed<'r> {
    rule: &'r Rule,
    world: Vec<Option<i64>>,
    anchor: i64,
}

impl Engine {
    /// The numbers that counts of one list can come to together, each as far as a cap; none where more than the records is
    /// open, or where that is too much to follow.
    pub(in crate::derive) fn together(&self, counts: &[(usize, i64)], case: &Case) -> Option<Vec<Vec<i64>>> {
        let info = |q: usize| match &self.model.questions.get(q)?.derived.as_ref()?.how {
            How::Count(count) => Some(count),
            How::Formula(_) => None,
        };
        let list = info(counts.first()?.0)?.list;
        let mut fixed: Vec<Fixed<'_>> = Vec::new();
        for (q, _) in counts {
            fixed.push(self.fixed(info(*q).filter(|count| count.list == list)?, case)?);
        }
        let sides: Vec<Side<'_>> =
            fixed.iter().map(|f| Side { rule: f.rule, world: &f.world, anchor: f.anchor }).collect();
        let (known, any) = (case.lists.get(list)?, self.any.get(list)?);
        if known.records.len() > MOST_RECORDS {
            return None;
        }
        let counted = |record: &[Values]| -> BTreeSet<Vec<bool>> {
            does(&sides, record)
                .into_iter()
                .map(|sides| sides.into_iter().map(|[surely, _]| surely).collect())
                .collect()
        };
        // records that can do the same are alike
        let mut alike: BTreeMap<BTreeSet<Vec<bool>>, usize> = BTreeMap::new();
        for record in &known.records {
            *alike.entry(counted(&record.values)).or_default() += 1;
        }
        let mut more = BTreeSet::new();
        if known.more > 0 {
            more = counted(any);
            more.insert(vec![false; counts.len()]); // it need not be there
        }
        let mut sums = BTreeSet::from([vec![0; counts.len()]]);
        let further = (known.more > 0).then_some((&more, known.more));
        for (does, times) in alike.iter().map(|(does, times)| (does, *times)).chain(further) {
            for _ in 0..times {
                let add = |sum: &Vec<i64>, does: &Vec<bool>| -> Vec<i64> {
                    let each = sum.iter().zip(does).zip(counts);
                    each.map(|((n, does), (_, cap))| (n + i64::from(*does)).min(*cap)).collect()
                };
                let next: BTreeSet<Vec<i64>> =
                    sums.iter().flat_map(|sum| does.iter().map(move |does| add(sum, does))).collect();
                if next.len() > MOST_TOGETHER {
                    return None;
                }
                if next == sums {
                    break; // more of the same changes nothing
                }
                sums = next;
            }
        }
        Some(sums.into_iter().collect())
    }

    /// A count with what it reads beside the records; none where that is open or unset.
    fn fixed<'r>(&'r self, info: &'r CountInfo, case: &Case) -> Option<Fixed<'r>> {
        if !info.unset.all().is_empty() {
            return None;
        }
        self.reading(info, case, |reading| {
            let mut worlds = reading.shared.worlds();
            let world = worlds.next().filter(|_| worlds.next().is_none())?;
            let applies = reading.applies() && reading.whole().all(|seen| !seen.values.none);
            let anchor = reading.shared.anchor.only()?;
            applies.then_some(Fixed { rule: &info.rule, world, anchor })
        })?
    }
}
