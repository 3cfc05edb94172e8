//! A region in two.

use super::{Network, Region};
use crate::derived::Extent;

impl Network<'_> {
    /// A region in two, along the widest of some variables; none where each of them is settled.
    pub(in crate::derive) fn split(&self, region: &Region, mask: u64) -> Option<(Region, Region)> {
        let chosen =
            region.iter().enumerate().filter(|(v, extent)| mask >> v & 1 == 1 && !extent.is_settled());
        let (v, extent) = chosen.max_by_key(|(v, extent)| (extent.size(), std::cmp::Reverse(*v)))?;
        let (first, second) = self.halves(*self.variables.get(v)?, extent);
        let with = |part: Extent| {
            let mut region = region.clone();
            if let Some(slot) = region.get_mut(v) {
                *slot = part;
            }
            region
        };
        Some((with(first), with(second)))
    }

    fn halves(&self, x: usize, extent: &Extent) -> (Extent, Extent) {
        let of = |ranges: &[(i64, i64)]| Extent { ranges: ranges.to_vec(), not_applicable: false };
        if extent.not_applicable {
            return (of(&extent.ranges), Extent { ranges: Vec::new(), not_applicable: true });
        }
        match extent.ranges.as_slice() {
            [(low, high)] => {
                let middle = low.midpoint(*high).min(high.saturating_sub(1));
                let cut = self.boundary(x, *low, *high).unwrap_or(middle);
                (of(&[(*low, cut)]), of(&[(cut + 1, *high)]))
            }
            ranges => {
                let (first, second) = ranges.split_at(ranges.len() / 2);
                (of(first), of(second))
            }
        }
    }

    /// The last tick of a cell in the middle between two ticks, where tables see a difference.
    fn boundary(&self, x: usize, low: i64, high: i64) -> Option<i64> {
        if !self.cells.contains(x) {
            return None;
        }
        let cells = self.engine.cells.get(x)?;
        let between = cells.between(low, high);
        let ends = between.iter().filter_map(|cell| cells.list.get(*cell)).map(|cell| cell.hi);
        let ends: Vec<i64> = ends.filter(|end| low <= *end && *end < high).collect();
        ends.get(ends.len() / 2).copied()
    }
}
