//! Every case of a region, one by one, where there are few: what a search within the budget does not settle.

use super::network::{Network, Reading, Region};
use crate::derived::{Extent, Pieces};
use crate::limits::MAX_TRIED;

/// What each case comes to; none where the condition fails.
pub(super) struct Cases {
    /// Per variable how many values it has, of those that make a difference.
    sizes: Vec<usize>,
    pub(super) readings: Vec<Option<Reading>>,
}

/// All cases over some variables; none where there are too many, or where one of them has no single outcome.
pub(super) fn exhaust(network: &mut Network<'_>, root: &Region, mask: u64) -> Option<Cases> {
    let size = |(v, extent): (usize, &Extent)| match mask >> v & 1 {
        1 => usize::try_from(extent.size()).unwrap_or(usize::MAX),
        _ => 1,
    };
    let sizes: Vec<usize> = root.iter().enumerate().map(size).collect();
    let count = sizes.iter().fold(1usize, |count, size| count.saturating_mul(*size));
    if count > MAX_TRIED {
        return None;
    }
    let mut readings = Vec::with_capacity(count);
    for i in 0..count {
        let mut rest = i;
        let mut point = Region::with_capacity(root.len());
        for (extent, size) in root.iter().zip(&sizes) {
            let place = u64::try_from(rest % (*size).max(1)).unwrap_or(0);
            rest /= (*size).max(1);
            point.push(if place < extent.count() {
                extent.nth(place)
            } else {
                Extent { ranges: Pieces::default(), not_applicable: true }
            });
        }
        let reading = network.read(&point);
        if !reading.is_settled() {
            return None;
        }
        readings.push(Some(reading).filter(|reading| !reading.outside));
    }
    Some(Cases { sizes, readings })
}

impl Cases {
    /// What the cases come to that have a value or a code.
    pub(super) fn ticks(&self) -> impl Iterator<Item = i64> + '_ {
        self.readings.iter().flatten().filter_map(|reading| reading.ticks).map(|(low, _)| low)
    }

    /// Whether two cases that differ in one variable alone have another outcome.
    pub(super) fn differ<O: PartialEq>(&self, v: usize, outcome: impl Fn(&Reading) -> O) -> bool {
        let stride: usize = self.sizes.iter().take(v).product();
        let size = self.sizes.get(v).copied().unwrap_or(1);
        (0..self.readings.len()).filter(|i| (i / stride).is_multiple_of(size)).any(|start| {
            let line = (0..size).filter_map(|k| self.readings.get(start + k * stride)?.as_ref());
            let mut outcomes = line.map(&outcome);
            let first = outcomes.next();
            outcomes.any(|other| Some(&other) != first.as_ref())
        })
    }
}
