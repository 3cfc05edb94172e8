//! Counts of records that are open. Each is a variable with the numbers that it can come to. That is exact as long as what
//! lies behind one count is open in no other way; else the network is *loose*: it may hold more than can occur.

use std::borrow::Cow;

use super::Network;
use crate::derive::{Class, Numbers};
use crate::derived::{Extent, Image, Values};
use crate::model::How;
use crate::program::Set;
use crate::text::Text;

impl<'e> Network<'e> {
    fn image(&self, x: usize) -> Option<&'e Image> {
        self.case.images.get(x.checked_sub(self.engine.model.asked())?)
    }

    /// What a count comes to, where that is settled: a number, or none where it does not apply.
    pub(super) fn counted(&self, x: usize) -> Option<Option<i64>> {
        let image = self.image(x)?;
        match (&image.values, image.not_applicable) {
            _ if !image.missing.is_empty() => None,
            (Values::Listed(ticks), true) if ticks.is_empty() => Some(None),
            (values, false) => values.single().map(Some),
            _ => None,
        }
    }

    /// What is missing of a count that stands in no case.
    pub(super) fn silent_count(&self, x: usize) -> Option<&'e [Text]> {
        let image = self.image(x)?;
        let [names] = image.missing.as_slice() else { return None };
        (!image.not_applicable && image.is_empty()).then_some(names)
    }

    /// Whether a question is a count of which the number is open.
    pub(super) fn is_open_count(&self, x: usize) -> bool {
        self.engine.is_count(x) && self.counted(x).is_none() && self.silent_count(x).is_none()
    }

    /// The open questions behind a count.
    fn behind(&self, x: usize) -> Option<&'e Set> {
        self.image(x).map(|image| &image.open)
    }

    /// The place among the variables of one that is a count, and the open questions behind it.
    pub(in crate::derive) fn count_at(&self, x: usize) -> Option<(usize, &'e Set)> {
        self.place(x).zip(self.behind(x))
    }

    /// Whether some of the variables are counts.
    pub(in crate::derive) fn has_counts(&self) -> bool {
        self.variables.iter().any(|x| *x >= self.engine.model.asked())
    }

    /// The open questions behind a count that make a difference to its class, and whether that may be too many.
    pub(in crate::derive) fn told(&self, x: usize, classes: &Numbers) -> (Set, bool) {
        let derived = self.engine.model.questions.get(x).and_then(|info| info.derived.as_ref());
        let Some(How::Count(count)) = derived.map(|derived| &derived.how) else {
            return (Set::default(), true);
        };
        self.engine.telling_count(x, count, self.case, Class::Numbers(classes))
    }

    /// Some variables with the questions behind those that are counts.
    pub(super) fn with_behind(&self, variables: &Set) -> Set {
        let mut all = variables.clone();
        variables.iter().filter_map(|x| self.behind(x)).for_each(|open| all.add(open));
        all
    }

    /// Takes over what the counts among the variables can come to. Says no where one of them can have no value, as
    /// something is unset.
    pub(super) fn take_counts(&mut self) -> bool {
        let asked = self.engine.model.asked();
        let (plain, counts): (Vec<usize>, Vec<usize>) = self.variables.iter().partition(|x| **x < asked);
        let mut seen = Set::of(plain);
        for x in counts.iter().copied() {
            if self.joint_of(x).is_some() {
                continue; // it is followed with another one
            }
            let Some(image) = self.image(x).filter(|image| image.missing.is_empty()) else { return false };
            self.loose |= image.hull || image.tied || image.open.meets(&seen);
            seen.add(&image.open);
            if let Some(joint) = self.join(x, image, &counts) {
                self.variables.retain(|known| *known == x || !joint.counts.contains(known));
                self.narrowed.push((x, joint.extent()));
                self.joints.push(joint);
                continue;
            }
            self.loose |= image.gaps;
            let ranges = match &image.values {
                Values::Listed(ticks) => ticks.iter().map(|tick| (*tick, *tick)).collect(),
                Values::Between(low, high) => vec![(*low, *high)],
            };
            let mut extent = Extent { ranges: ranges.into(), not_applicable: image.not_applicable };
            extent.tidy();
            self.narrowed.push((x, extent));
        }
        true
    }

    /// A count with the others of its list, where nothing but the records is open; none where it is alone, or where that is
    /// too much to follow.
    fn join(&self, x: usize, image: &Image, counts: &[usize]) -> Option<Joint> {
        let alike = |y: &usize| {
            let other = self.image(*y).filter(|other| other.open == image.open && other.missing.is_empty());
            other.is_some_and(|other| !other.hull && !other.tied)
        };
        let counts: Vec<usize> = counts.iter().copied().filter(alike).collect();
        if counts.len() < 2 || counts.first() != Some(&x) || image.open.iter().nth(1).is_some() {
            return None;
        }
        let capped: Vec<(usize, i64)> = counts.iter().map(|y| (*y, self.cap(*y))).collect();
        let sums = self.engine.together(&capped, self.case)?;
        Some(Joint { counts, sums })
    }

    /// The number of a count from which on nothing here tells it apart.
    fn cap(&self, x: usize) -> i64 {
        let node = self.engine.questions.get(x);
        let mut formulas = self.nodes.iter().filter_map(|index| self.derived_at(*index));
        if formulas.any(|q| self.inputs(q).iter().any(|input| Some(input) == node)) {
            return self.engine.domain(x).1;
        }
        self.engine.cells.get(x).and_then(|cells| cells.list.last()).map_or(0, |last| last.lo)
    }

    /// The counts with which one is followed, and its place among them.
    pub(super) fn joint_of(&self, x: usize) -> Option<(&Joint, usize)> {
        self.joints.iter().find_map(|joint| Some((joint, joint.counts.iter().position(|y| *y == x)?)))
    }

    /// What a question may be, of what its variable may be.
    pub(super) fn part_of<'r>(&self, x: usize, extent: &'r Extent) -> Cow<'r, Extent> {
        self.joint_of(x).map_or(Cow::Borrowed(extent), |(joint, at)| Cow::Owned(joint.part(at, extent)))
    }

    /// The questions for which a variable stands, each with its tick.
    pub(in crate::derive) fn ticks_of(&self, x: usize, tick: i64) -> Vec<(usize, i64)> {
        let Some((joint, _)) = self.joint_of(x) else { return vec![(x, tick)] };
        let sum = usize::try_from(tick).ok().and_then(|at| joint.sums.get(at)).map(Vec::as_slice);
        joint.counts.iter().copied().zip(sum.unwrap_or_default().iter().copied()).collect()
    }
}

/// Counts of the same records, which do not vary apart: one variable, of which each value is one of the sums that they can
/// come to together.
pub(super) struct Joint {
    pub(super) counts: Vec<usize>,
    sums: Vec<Vec<i64>>,
}

impl Joint {
    /// All sums, by their places.
    fn extent(&self) -> Extent {
        let last = i64::try_from(self.sums.len()).unwrap_or(i64::MAX) - 1;
        Extent { ranges: [(0, last)].into_iter().collect(), not_applicable: false }
    }

    /// What one of the counts comes to in some of the sums.
    fn part(&self, at: usize, sums: &Extent) -> Extent {
        let place = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
        let within = sums.ranges.iter().filter_map(|(low, high)| self.sums.get(place(*low)..=place(*high)));
        let mut numbers: Vec<i64> = within.flatten().filter_map(|sum| sum.get(at)).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let ranges: Vec<(i64, i64)> = numbers.into_iter().map(|n| (n, n)).collect();
        let mut extent = Extent { ranges: ranges.into(), not_applicable: false };
        extent.tidy();
        extent
    }
}
