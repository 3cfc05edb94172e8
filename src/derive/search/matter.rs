//! Which variables make a difference.

use super::{Region, Search, View, corner, with};
use crate::formula::Signs;
use crate::program::Set;

impl Search<'_, '_> {
    /// Whether a variable makes a difference somewhere in a region with these signs: two cases that differ in it alone, with
    /// another outcome.
    pub(in crate::derive) fn matters(
        &mut self,
        root: &Region,
        signs: Signs,
        v: usize,
        view: &View<'_>,
    ) -> bool {
        if self.differs(root, signs, v, view) || self.differs_aside(root, signs, v, view) {
            return true;
        }
        let mut stack = vec![root.clone()];
        while let Some(region) = stack.pop() {
            let Some(reading) = self.read(&region) else { return true };
            if reading.outside || reading.mask() >> v & 1 == 0 || self.outcome(&reading, view).is_some() {
                continue;
            }
            if self.differs(&region, reading.signs, v, view) {
                return true;
            }
            match self.network.split(&region, reading.mask() & !(1 << v)) {
                Some((first, second)) => stack.extend([second, first]),
                None => {
                    // only this variable is left: does any of its values differ from another?
                    if self.several(&region, view) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// The questions among some variables that make a difference somewhere.
    pub(in crate::derive) fn telling(&mut self, root: &Region, mask: u64, view: &View<'_>) -> Set {
        let mut open = Set::default();
        let signs = self.network.read(root).signs;
        for v in (0..self.network.variables.len()).filter(|v| mask >> v & 1 == 1) {
            if self.matters(root, signs, v, view)
                && let Some(x) = self.network.variables.get(v)
            {
                open.insert(*x);
            }
        }
        open
    }

    /// Whether two values of a variable differ with the others at one of their corners.
    fn differs(&mut self, region: &Region, signs: Signs, v: usize, view: &View<'_>) -> bool {
        let low = corner(region, signs, |extent, falling| extent.end(falling));
        let high = corner(region, signs, |extent, falling| extent.end(!falling));
        let middle = corner(region, signs, |extent, _| extent.along(1, 2));
        for others in [&low, &high, &middle] {
            if self.differs_at(others, region, (v, 4), view) {
                return true;
            }
        }
        false
    }

    /// The same with one of the others at its other end: a difference is often seen only where one of them is far from
    /// the rest, as in the lower of two sums.
    fn differs_aside(&mut self, region: &Region, signs: Signs, v: usize, view: &View<'_>) -> bool {
        self.network.read(region);
        for others in self.network.aside(region, v) {
            if self.differs_at(&others, region, (v, 2), view) {
                return true;
            }
        }
        let low = corner(region, signs, |extent, falling| extent.end(falling));
        let high = corner(region, signs, |extent, falling| extent.end(!falling));
        for (from, to) in [(&low, &high), (&high, &low)] {
            for other in (0..region.len()).filter(|other| *other != v) {
                let Some(end) = to.get(other) else { continue };
                if self.differs_at(&with(from, other, end.clone()), region, (v, 2), view) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether some values of a variable, from its lowest to its highest, differ with the others at one place.
    fn differs_at(
        &mut self,
        others: &Region,
        region: &Region,
        (v, parts): (usize, i64),
        view: &View<'_>,
    ) -> bool {
        let mut first = None;
        let Some(extent) = region.get(v) else { return false };
        for part in 0..=parts {
            let point = with(others, v, extent.along(part, parts));
            let Some(reading) = self.read(&point) else { return true };
            let Some(outcome) = self.outcome(&reading, view).filter(|_| !reading.outside) else {
                continue;
            };
            if first.is_some_and(|first| first != outcome) {
                return true;
            }
            first = Some(outcome);
        }
        false
    }

    /// Whether the cases of a region in which one variable is left have several outcomes.
    fn several(&mut self, region: &Region, view: &View<'_>) -> bool {
        let mut first = None;
        let mut stack = vec![region.clone()];
        while let Some(region) = stack.pop() {
            let Some(reading) = self.read(&region) else { return true };
            if reading.outside {
                continue;
            }
            if let Some(outcome) = self.outcome(&reading, view) {
                if first.is_some_and(|first| first != outcome) {
                    return true;
                }
                first = Some(outcome);
                continue;
            }
            match self.network.split(&region, reading.mask()) {
                Some((a, b)) => stack.extend([a, b]),
                None => self.rough = true,
            }
        }
        false
    }
}
