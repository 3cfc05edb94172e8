//! Counts of records that are open. Each is a variable with the numbers that it can come to. That is exact as long as what
//! lies behind one count is open in no other way; else the network is *loose*: it may hold more than can occur.

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
        (!image.not_applicable && image.sample(1).is_empty()).then_some(names)
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
        let (mut seen, counts): (Vec<usize>, Vec<usize>) = self.variables.iter().partition(|x| **x < asked);
        for x in counts {
            let Some(image) = self.image(x).filter(|image| image.missing.is_empty()) else { return false };
            let mut open = image.open.iter();
            self.loose |= image.hull || image.tied || image.gaps || open.any(|y| seen.contains(&y));
            seen.extend(image.open.iter());
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
}
