//! From counts that make a difference to the open answers behind them that do.

use super::{Outcome, Region, Search, View, corner, with};
use crate::derive::Numbers;
use crate::derived::Extent;
use crate::program::{NOT_APPLICABLE, Set};

/// Most numbers of a count that are told apart, and most pairs of them that are searched.
const MOST_NUMBERS: usize = 64;
const MOST_PAIRS: usize = 66;

impl Search<'_, '_> {
    /// Some variables that make a difference, with the answers in the place of the counts on which these hang. Says whether
    /// that may be too many.
    pub(in crate::derive) fn answers(
        &mut self,
        root: &Region,
        variables: Set,
        view: &View<'_>,
    ) -> (Set, bool) {
        let mut open = Set::default();
        let mut rough = self.network.loose;
        for x in variables.iter() {
            let Some((v, behind)) = self.network.count_at(x) else {
                open.insert(x);
                continue;
            };
            // where only one answer is open behind it there is nothing to tell
            let (told, more) = match behind.iter().nth(1) {
                Some(_) => self.behind(root, (x, v), behind, view),
                None => (behind.clone(), false),
            };
            open.add(&told);
            rough |= more;
        }
        (open, rough)
    }

    /// The answers behind one count that make a difference, and whether that may be too many. Numbers that differ at one of
    /// a few cases are told apart; when that does not yet tell of all answers, the others are searched pair by pair.
    fn behind(&mut self, root: &Region, (x, v): (usize, usize), all: &Set, view: &View<'_>) -> (Set, bool) {
        let Some(extent) = root.get(v).cloned() else { return (all.clone(), true) };
        let mut numbers = numbers(&extent);
        let whole = numbers.len() as u64 == extent.size();
        // where the condition fails there is nothing to tell apart
        let gated = self.network.read(root).open_gate >> v & 1 == 1;
        let mut open = false;
        numbers.retain(|(_, place)| {
            let reading = self.network.read(&with(root, v, place.clone()));
            open |= gated && reading.open_gate != 0;
            !reading.outside
        });
        if open {
            return (all.clone(), true);
        }
        let mut classes: Numbers = numbers.iter().map(|(number, _)| (*number, 0)).collect();
        let signs = self.network.read(root).signs;
        let mut cases = vec![
            corner(root, signs, |extent, falling| extent.end(falling)),
            corner(root, signs, |extent, falling| extent.end(!falling)),
            corner(root, signs, |extent, _| extent.along(1, 2)),
        ];
        cases.extend(self.network.aside(root, v));
        for case in cases {
            let refined = self.refine(&case, v, &numbers, &mut classes, view);
            if refined && self.told(x, &classes, all) {
                return (all.clone(), false);
            }
        }
        let count = numbers.len();
        if !whole || count * count.saturating_sub(1) / 2 > MOST_PAIRS {
            return (all.clone(), true);
        }
        let alike = classes.clone();
        for (i, (_, place)) in numbers.iter().enumerate() {
            let same =
                |j: &usize| alike.get(*j).map(|(_, class)| class) == alike.get(i).map(|(_, class)| class);
            let before: Vec<usize> = (0..i).filter(same).collect();
            let first = before.into_iter().find(|j| {
                let Some((_, other)) = numbers.get(*j) else { return false };
                let pair = with(root, v, either(place, other));
                let signs = self.network.read(&pair).signs;
                !self.matters(&pair, signs, v, view)
            });
            let class = first.and_then(|j| classes.get(j)).map_or(count + i, |(_, class)| *class);
            if let Some(slot) = classes.get_mut(i) {
                slot.1 = class;
            }
        }
        let (told, rough) = self.network.told(x, &classes);
        (told, rough || self.rough)
    }

    /// Whether all open answers are told by these classes.
    fn told(&self, x: usize, classes: &Numbers, all: &Set) -> bool {
        let (told, rough) = self.network.told(x, classes);
        !rough && told == *all
    }

    /// Tells numbers apart that differ in a case; says whether there were some.
    fn refine(
        &mut self,
        case: &Region,
        v: usize,
        numbers: &[(i64, Extent)],
        classes: &mut Numbers,
        view: &View<'_>,
    ) -> bool {
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(numbers.len());
        for (_, place) in numbers {
            let reading = self.network.read(&with(case, v, place.clone()));
            match self.outcome(&reading, view).filter(|_| !reading.outside) {
                Some(outcome) => outcomes.push(outcome),
                None => return false, // this case does not tell of all numbers
            }
        }
        let before = classes.clone();
        let mut known: Vec<(usize, Outcome)> = Vec::new();
        for ((_, class), outcome) in classes.iter_mut().zip(outcomes) {
            let both = (*class, outcome);
            *class = known.iter().position(|other| *other == both).unwrap_or_else(|| {
                known.push(both);
                known.len() - 1
            });
        }
        *classes != before
    }
}

/// Two things that a count may be.
fn either(one: &Extent, other: &Extent) -> Extent {
    let ranges = one.ranges.iter().chain(other.ranges.iter()).copied().collect();
    let mut both = Extent { ranges, not_applicable: one.not_applicable || other.not_applicable };
    both.tidy();
    both
}

/// What a count may be, as far as it is told apart: "not applicable", its lowest numbers, and the highest one.
fn numbers(extent: &Extent) -> Vec<(i64, Extent)> {
    let each = extent.ranges.iter().flat_map(|(low, high)| *low..=*high).take(MOST_NUMBERS);
    let mut all: Vec<i64> = each.collect();
    let last = extent.ranges.last().map(|(_, high)| *high);
    all.extend(last.filter(|last| all.last() != Some(last)));
    let absent = extent.not_applicable.then(|| (NOT_APPLICABLE, Extent::default().end(true)));
    absent.into_iter().chain(all.into_iter().map(|n| (n, Extent::only(n)))).collect()
}
