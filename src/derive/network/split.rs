//! A region in two.

use super::{Network, Region, with};
use crate::derived::{Extent, Pieces};
use crate::model::Type;

/// Most combinations of options that are taken apart before anything else.
const MOST_WAYS: u64 = 256;

impl Network<'_> {
    /// A region in two, along the widest of some variables; none where each of them is settled. Where few of them have
    /// options, and so no order, those come first: what hangs on them goes in no direction.
    pub(in crate::derive) fn split(&self, region: &Region, mask: u64) -> Option<(Region, Region)> {
        let left =
            || region.iter().enumerate().filter(|(v, extent)| mask >> v & 1 == 1 && !extent.is_settled());
        let has_options = |v: &usize| {
            let x = self.variables.get(*v).and_then(|x| self.engine.model.questions.get(*x));
            let joint = self.variables.get(*v).is_some_and(|x| self.joint_of(*x).is_some());
            joint || x.is_some_and(|x| matches!(x.kind, Type::Finite { .. }))
        };
        let options = || left().filter(|(v, _)| has_options(v));
        let ways = options().fold(1u64, |ways, (_, extent)| ways.saturating_mul(extent.size()));
        let widest = |(v, extent): &(usize, &Extent)| (extent.size(), std::cmp::Reverse(*v));
        let first = options().filter(|_| ways <= MOST_WAYS).max_by_key(widest);
        let (v, extent) = first.or_else(|| left().max_by_key(widest))?;
        let (first, second) = self.halves(*self.variables.get(v)?, extent);
        Some((with(region, v, first), with(region, v, second)))
    }

    fn halves(&self, x: usize, extent: &Extent) -> (Extent, Extent) {
        let of = |ranges: &[(i64, i64)]| Extent {
            ranges: ranges.iter().copied().collect(),
            not_applicable: false,
        };
        if extent.not_applicable {
            return (of(&extent.ranges), Extent { ranges: Pieces::default(), not_applicable: true });
        }
        match &*extent.ranges {
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
        if !self.cells.contains(x) || self.joint_of(x).is_some() {
            return None;
        }
        let cells = self.engine.cells.get(x)?;
        let between = cells.between(low, high);
        let ends = between.iter().filter_map(|cell| cells.list.get(*cell)).map(|cell| cell.hi);
        let ends: Vec<i64> = ends.filter(|end| low <= *end && *end < high).collect();
        ends.get(ends.len() / 2).copied()
    }
}
