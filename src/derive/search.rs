//! What a region comes to, to the tick: regions are halved until their bounds are reached, the most promising one first.

mod behind;
mod matter;

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

use super::network::{Network, Reading, Region, with};
use crate::derived::Extent;
use crate::formula::Signs;
use crate::limits::MAX_TRIED;
use crate::program::{Code, NOT_APPLICABLE};
use crate::text::Text;

/// How many values along the way from the lowest to the highest are looked at before anything is searched.
const SAMPLES: i64 = 20;

/// A search through the regions of a network, within a budget.
pub(super) struct Search<'n, 'e> {
    pub(super) network: &'n mut Network<'e>,
    tried: usize,
    /// Whether something could not be settled within the budget.
    pub(super) rough: bool,
    /// Values that are attained for sure.
    pub(super) attained: BTreeSet<i64>,
}

/// What is told apart.
pub(super) enum View<'c> {
    /// Every value.
    Value,
    /// Codes of different classes.
    Class(&'c dyn Fn(Code) -> usize),
}

/// What a region comes to, as far as it is told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Value(i64),
    Class(usize),
    Undefined,
    Missing(u64),
}

/// Regions that may hold something nearer than what was found.
struct Frontier {
    side: Side,
    from: i64,
    heap: BinaryHeap<Open>,
    /// The nearest that is possible in what could not be looked at.
    unseen: Option<i64>,
}

/// A region that is not settled; the nearest comes first, then the smallest.
struct Open {
    near: i64,
    depth: usize,
    region: Region,
    reading: Reading,
}

impl Frontier {
    fn add(&mut self, search: &mut Search<'_, '_>, region: Region, depth: usize, best: Option<i64>) {
        let Some(reading) = search.read(&region) else {
            self.unseen = Some(self.from);
            return;
        };
        let Some(ticks) = reading.ticks.filter(|_| !reading.outside) else { return };
        let near = self.side.near(ticks).max(self.from);
        if self.side.far(ticks) >= self.from && best.is_none_or(|best| near < best) {
            self.heap.push(Open { near, depth, region, reading });
        }
    }
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        (Reverse(self.near), self.depth).cmp(&(Reverse(other.near), other.depth))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}

/// Which end is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

impl Side {
    /// A number that is smaller the nearer a tick lies to this side.
    fn rank(self, tick: i64) -> i64 {
        match self {
            Side::Low => tick,
            Side::High => tick.saturating_neg(),
        }
    }

    fn near(self, (low, high): (i64, i64)) -> i64 {
        self.rank(if self == Side::Low { low } else { high })
    }

    fn far(self, (low, high): (i64, i64)) -> i64 {
        self.rank(if self == Side::Low { high } else { low })
    }
}

impl<'n, 'e> Search<'n, 'e> {
    pub(super) fn new(network: &'n mut Network<'e>) -> Search<'n, 'e> {
        Search { network, tried: 0, rough: false, attained: BTreeSet::new() }
    }

    /// Works out a region; none beyond the budget.
    fn read(&mut self, region: &Region) -> Option<Reading> {
        if self.tried >= MAX_TRIED {
            self.rough = true;
            return None;
        }
        self.tried += 1;
        Some(self.network.read(region))
    }

    /// The value of a single case, where it has one.
    fn at(&mut self, point: &Region) -> Option<i64> {
        let reading = self.read(point)?;
        let (low, high) = reading.ticks.filter(|_| reading.is_settled() && !reading.outside)?;
        (low == high).then(|| {
            self.attained.insert(low);
            low
        })
    }

    /// Looks at cases between the ends, so that most cells are seen to be reached without a search.
    pub(super) fn sample(&mut self, root: &Region, signs: Signs) {
        for part in 0..=SAMPLES {
            let point = corner(root, signs, |extent, falling| {
                let part = if falling { SAMPLES - part } else { part };
                extent.along(part, SAMPLES)
            });
            self.at(&point);
        }
    }

    /// The lowest attained value at or above a tick. The search ends as soon as there is one at or below `enough`.
    pub(super) fn lowest(&mut self, root: &Region, from: i64, enough: i64) -> Option<i64> {
        let known = self.attained.range(from..).next().copied();
        if known.is_some_and(|tick| tick <= enough.max(from)) {
            return known;
        }
        let known = self.on_the_way(root, from, enough.max(from)).into_iter().chain(known).min();
        if known.is_some_and(|tick| tick <= enough.max(from)) {
            return known;
        }
        self.end(root, Side::Low, from, enough, known)
    }

    /// A low value at or above a tick on a way from the lowest to the highest corner, along which one variable moves after
    /// the other: there it is found by halving. Which comes first is tried out.
    fn on_the_way(&mut self, root: &Region, from: i64, enough: i64) -> Option<i64> {
        let signs = self.network.read(root).signs;
        let low = corner(root, signs, |extent, falling| extent.end(falling));
        let high = corner(root, signs, |extent, falling| extent.end(!falling));
        let mut best: Option<i64> = None;
        for first in 0..root.len().max(1) {
            let mut here = low.clone();
            let mut value = self.at(&here);
            for v in (first..root.len()).chain(0..first) {
                let before = here.clone();
                if let (Some(slot), Some(end)) = (here.get_mut(v), high.get(v)) {
                    slot.clone_from(end);
                }
                let next = self.at(&here);
                if let (Some(extent), Some(a), Some(b)) = (root.get(v), value, next)
                    && a < from
                    && from <= b
                {
                    let falling = signs.down >> v & 1 == 1;
                    let found = self.halve(&before, (v, extent, falling), from).unwrap_or(b);
                    best = Some(best.map_or(found, |best| best.min(found)));
                }
                value = next;
            }
            if best.is_some_and(|best| best <= enough) || self.tried >= MAX_TRIED / 2 {
                break;
            }
        }
        best
    }

    /// The lowest value at or above a tick while one variable moves and the value rises with it.
    fn halve(
        &mut self,
        point: &Region,
        (v, extent, falling): (usize, &Extent, bool),
        from: i64,
    ) -> Option<i64> {
        let size = extent.count();
        let (mut below, mut at) = (0, size.checked_sub(1)?);
        let mut best = None;
        while at - below > 1 {
            let middle = below + (at - below) / 2;
            let place = extent.nth(if falling { size - 1 - middle } else { middle });
            match self.at(&with(point, v, place)) {
                Some(tick) if tick >= from => {
                    best = Some(tick);
                    at = middle;
                }
                Some(_) => below = middle,
                None => return best,
            }
        }
        best
    }

    /// The highest attained value.
    pub(super) fn highest(&mut self, root: &Region) -> Option<i64> {
        let known = self.attained.last().copied();
        self.end(root, Side::High, i64::MAX, i64::MIN, known).map(|rank| Side::High.rank(rank))
    }

    /// The attained value nearest to one side of those at or beyond a tick, as a rank. Beyond the budget it may be one
    /// that is not attained, with all attained ones behind it.
    fn end(&mut self, root: &Region, side: Side, from: i64, enough: i64, known: Option<i64>) -> Option<i64> {
        let from = side.rank(from).max(i64::MIN + 1);
        let mut best: Option<i64> = known.map(|tick| side.rank(tick));
        let mut frontier = Frontier { side, from, heap: BinaryHeap::new(), unseen: None };
        frontier.add(self, root.clone(), 0, best);
        while let Some(Open { near, depth, region, reading }) = frontier.heap.pop() {
            if best.is_some_and(|best| best <= near || best <= enough) {
                break;
            }
            let Some(ticks) = reading.ticks else { continue };
            let mut found: Vec<i64> = Vec::new();
            if reading.is_settled() {
                self.attained.insert(ticks.0);
                found.push(ticks.0);
            } else {
                let signs = reading.signs;
                let low = corner(&region, signs, |extent, falling| extent.end(falling));
                let high = corner(&region, signs, |extent, falling| extent.end(!falling));
                found.extend(self.at(&low).into_iter().chain(self.at(&high)));
            }
            for rank in found.into_iter().map(|tick| side.rank(tick)).filter(|rank| *rank >= from) {
                best = Some(best.map_or(rank, |best| best.min(rank)));
            }
            if reading.is_settled() || best.is_some_and(|best| best <= near) {
                continue;
            }
            match self.network.split(&region, reading.mask()) {
                Some((first, second)) => {
                    frontier.add(self, first, depth + 1, best);
                    frontier.add(self, second, depth + 1, best);
                }
                None => {
                    // nothing is left to fix, and it is still not one value: its rules leave a choice
                    self.rough = true;
                    best = Some(best.map_or(near, |best| best.min(near)));
                }
            }
        }
        if best.is_some_and(|best| best <= enough) {
            return best;
        }
        // of what was not looked at anything may be attained
        best.into_iter().chain(frontier.unseen).min()
    }

    /// Whether something is true of some single case, given where it can be true and of which settled regions it is.
    fn any(
        &mut self,
        root: &Region,
        can: impl Fn(&Reading) -> bool,
        mut is: impl FnMut(&Reading) -> bool,
    ) -> Option<Region> {
        let mut stack = vec![root.clone()];
        let mut stuck = None;
        while let Some(region) = stack.pop() {
            let Some(reading) = self.read(&region) else { return Some(region) };
            if reading.outside || !can(&reading) {
                continue;
            }
            if reading.is_settled() {
                if is(&reading) {
                    return Some(region);
                }
                continue;
            }
            match self.network.split(&region, reading.mask()) {
                Some((first, second)) => stack.extend([second, first]),
                // rows that leave a choice leave it open in a single case, too
                None => {
                    is(&reading);
                    stuck = Some(region);
                }
            }
        }
        self.rough |= stuck.is_some();
        stuck
    }

    /// The codes that occur in some case, of those that may be.
    pub(super) fn codes(&mut self, root: &Region, all: &[Code]) -> Vec<Code> {
        self.sample(root, Signs::default());
        let mut found: BTreeSet<i64> = std::mem::take(&mut self.attained);
        found.retain(|code| all.contains(code));
        for code in all.iter().copied() {
            if !found.contains(&code) {
                let here =
                    |reading: &Reading| reading.ticks.is_some_and(|(low, high)| low <= code && code <= high);
                self.any(root, here, |_| true).inspect(|_| {
                    found.insert(code);
                });
            }
        }
        found.into_iter().collect()
    }

    /// Whether it is not applicable in some case.
    pub(super) fn not_applicable(&mut self, root: &Region) -> bool {
        self.any(root, |reading| reading.not_applicable, |_| true).is_some()
    }

    /// A case in which it has no value, as it is divided by 0 or does not fit.
    pub(super) fn undefined(&mut self, root: &Region) -> Option<Region> {
        self.any(root, |reading| reading.undefined, |_| true)
    }

    /// What is missing, over all cases of a region of which this is the reading: silent things, and its own value.
    pub(super) fn missing(&mut self, root: &Region, reading: &Reading) -> Vec<Vec<Text>> {
        let mut missing = if reading.missing == 0 { Vec::new() } else { self.silent(root) };
        if reading.undefined && self.undefined(root).is_some() {
            missing.extend(self.network.name());
        }
        missing
    }

    fn silent(&mut self, root: &Region) -> Vec<Vec<Text>> {
        let mut found: Vec<u64> = Vec::new();
        self.any(
            root,
            |reading| reading.missing != 0,
            |reading| {
                if !found.contains(&reading.missing) {
                    found.push(reading.missing);
                }
                false
            },
        );
        let names: Vec<_> = found.into_iter().map(|which| self.network.silences.names(which)).collect();
        self.rough |= names.iter().any(Option::is_none);
        names.into_iter().flatten().collect()
    }

    /// The only outcome that a region can have, as far as it is told apart, whether its condition holds or not.
    pub(super) fn outcome(&self, reading: &Reading, view: &View<'_>) -> Option<Outcome> {
        match (view, reading.ticks) {
            _ if reading.kinds() > 1 => None,
            (_, None) if reading.undefined || reading.missing != 0 => {
                Some(match (view, self.network.anywhere()) {
                    (View::Class(class), Some(code)) => Outcome::Class(class(code)),
                    _ if reading.undefined => Outcome::Undefined,
                    _ => Outcome::Missing(reading.missing),
                })
            }
            (View::Value, None) => Some(Outcome::Value(i64::MIN)), // not applicable
            (View::Class(class), None) => Some(Outcome::Class(class(NOT_APPLICABLE))),
            (View::Value, Some((low, high))) => (low == high).then_some(Outcome::Value(low)),
            (View::Class(class), Some((low, high))) => {
                let mut classes = self.network.codes_between(low, high).map(class);
                let first = classes.next()?;
                classes.all(|other| other == first).then_some(Outcome::Class(first))
            }
        }
    }
}

/// A single case of a region: each variable at a place that depends on whether the outcome falls with it.
fn corner(region: &Region, signs: Signs, place: impl Fn(&Extent, bool) -> Extent) -> Region {
    let falls = |v: usize| signs.down >> v & 1 == 1 && signs.up >> v & 1 == 0;
    region.iter().enumerate().map(|(v, extent)| place(extent, falls(v))).collect()
}
