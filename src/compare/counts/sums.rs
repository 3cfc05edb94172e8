//! What several counts come to together over the records of a list.

use std::collections::BTreeMap;

/// Most sums that are followed.
const MOST: usize = 20_000;

/// Sums, each with the sum before its last record and what that record adds.
pub(super) type Sums = BTreeMap<Vec<i64>, Option<(Vec<i64>, usize)>>;

/// The sums of at most so many records, of which each adds one of these; beyond a cap no count is told apart. None where
/// there are too many.
pub(super) fn sums(kinds: &[&[bool]], caps: &[i64], most: usize) -> Option<Sums> {
    let start = vec![0; caps.len()];
    let mut sums = Sums::from([(start.clone(), None)]);
    let mut last = vec![start];
    for _ in 0..most {
        let mut next: Vec<Vec<i64>> = Vec::new();
        for sum in &last {
            for (kind, adds) in kinds.iter().enumerate() {
                let added = sum.iter().zip(*adds).zip(caps);
                let added: Vec<i64> =
                    added.map(|((count, adds), cap)| (count + i64::from(*adds)).min(*cap)).collect();
                if !sums.contains_key(&added) {
                    sums.insert(added.clone(), Some((sum.clone(), kind)));
                    next.push(added);
                }
            }
        }
        if sums.len() > MOST {
            return None;
        }
        if next.is_empty() {
            break;
        }
        last = next;
    }
    Some(sums)
}

/// What the records add of which a sum is made.
pub(super) fn made_of(sums: &Sums, sum: &[i64]) -> Vec<usize> {
    let mut kinds = Vec::new();
    let mut at = sum;
    while let Some(Some((before, kind))) = sums.get(at) {
        kinds.push(*kind);
        at = before;
    }
    kinds
}
