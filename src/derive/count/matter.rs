//! Which open answers a count hangs on: with all others fixed, some other value of it gives another count.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::Pair;
use super::{Reading, Seen, comes};
use crate::program::{Code, Engine, NOT_APPLICABLE, Set};
use crate::tally::{Sum, Sums, Tally, Values, World};

/// Numbers of a count that are told apart, ascending, each with its class; "not applicable" comes first, as it is the lowest
/// code. Of numbers that are not among them nothing is known.
pub(crate) type Numbers = Vec<(i64, usize)>;

/// What is told apart of a count: things of one class are not.
#[derive(Clone, Copy)]
pub(crate) enum Class<'c> {
    /// Its codes.
    Codes(&'c dyn Fn(Code) -> usize),
    /// Its numbers themselves, where none of them hangs on something unset.
    Numbers(&'c Numbers),
}

/// The open questions on which a count hangs.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Those that change its code, as far as codes are told apart.
    pub(super) told: Set,
    /// Those that change its value for people.
    pub(super) shown: Set,
    /// Whether one of them is among these only because it cannot be ruled out.
    pub(super) rough: bool,
}

/// The number from which on sums of two sides are not followed apart, and most pairs of sides that are looked at, where it is
/// numbers that are told apart: there are more of them than cells.
const MOST_COUNTED: i64 = 4;
const MOST_TRIED: usize = 60;

/// What an open answer does, all others fixed.
#[derive(Debug, Clone, Copy, Default)]
struct Does {
    told: bool,
    shown: bool,
    rough: bool,
}

impl Engine {
    /// The open questions on which a count hangs.
    pub(super) fn moves(
        &self,
        q: usize,
        reading: &Reading<'_>,
        tally: &Tally,
        class: Option<Class<'_>>,
    ) -> Moves {
        let mut does: Vec<(&Seen, Does)> = vec![(&reading.list, self.by_list(q, reading, tally, class))];
        let shared = || reading.anchor.iter().chain(&reading.same).filter(|seen| seen.several());
        if shared().next().is_some() {
            does.extend(match reading.is_open() {
                false if reading.shared.fit(reading.facts) => self.by_shared(q, reading, class),
                false => shared().map(|seen| (seen, self.perhaps(q, tally, class))).collect::<Vec<_>>(),
                true => shared().map(|seen| (seen, self.by_pairs(q, reading, seen, tally, class))).collect(),
            });
        }
        let mut moves = Moves::default();
        for (seen, mut does) in does {
            if seen.open && seen.absent && reading.whole().any(|whole| whole.question == seen.question) {
                // its answer may also be that it does not apply, and then the count does not either
                does.told |= self.apart(q, tally.sums.iter(), true, class);
                does.shown = true;
            }
            let mut questions = seen.gate.clone();
            if seen.open || seen.question == reading.list.question {
                questions.insert(seen.question);
            }
            if does.told {
                moves.told.add(&questions);
            }
            if does.shown {
                moves.shown.add(&questions);
            }
            moves.rough |= does.rough;
        }
        moves
    }

    /// What the records do, in one world.
    fn by_list(&self, q: usize, reading: &Reading<'_>, tally: &Tally, class: Option<Class<'_>>) -> Does {
        let mut does = Does::default();
        if reading.is_open() {
            for sum in &tally.sums {
                self.note(q, [sum].into_iter(), class, &mut does);
            }
        }
        does
    }

    /// What an answer does of which it would take too much to tell.
    fn perhaps(&self, q: usize, tally: &Tally, class: Option<Class<'_>>) -> Does {
        let mut does = Does::default();
        self.note(q, tally.sums.iter(), class, &mut does);
        does.rough = does.told || does.shown;
        does
    }

    /// Where all records are known: what each answer that they share does.
    fn by_shared<'r>(
        &self,
        q: usize,
        reading: &'r Reading<'_>,
        class: Option<Class<'_>>,
    ) -> Vec<(&'r Seen, Does)> {
        let mut by_world: BTreeMap<World, Sums> = BTreeMap::new();
        for world in reading.shared.worlds() {
            let (sums, _) = reading.info.rule.by_anchor(reading.facts, &world, &reading.shared.anchor);
            by_world.insert(world, sums);
        }
        let mut all = Vec::new();
        if let Some(anchor) = reading.anchor.iter().find(|seen| seen.several()) {
            let mut does = Does::default();
            for sums in by_world.values() {
                self.note(q, sums.iter().map(|(_, sum)| sum), class, &mut does);
            }
            all.push((anchor, does));
        }
        for (index, seen) in reading.same.iter().enumerate().filter(|(_, seen)| seen.several()) {
            let mut does = Does::default();
            let mut others: BTreeMap<World, Vec<&Sums>> = BTreeMap::new();
            for (world, sums) in &by_world {
                let rest = world.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, value)| *value);
                others.entry(rest.collect()).or_default().push(sums);
            }
            for sums in others.values() {
                let days: BTreeSet<i64> =
                    sums.iter().flat_map(|s| s.iter().map(|(days, _)| days.0)).collect();
                for day in days {
                    let at = |sums: &&Vec<((i64, i64), Sum)>| {
                        let found = sums.iter().find(|(days, _)| days.0 <= day && day <= days.1);
                        found.map(|(_, sum)| *sum)
                    };
                    let here: Vec<Sum> = sums.iter().filter_map(at).collect();
                    self.note(q, here.iter(), class, &mut does);
                }
            }
            all.push((seen, does));
        }
        all
    }

    /// Notes that a count can move between some sums.
    fn note<'s>(
        &self,
        q: usize,
        sums: impl Iterator<Item = &'s Sum> + Clone,
        class: Option<Class<'_>>,
        does: &mut Does,
    ) {
        does.shown |= sums.clone().flat_map(numbers).collect::<BTreeSet<_>>().len() > 1;
        does.told |= self.apart(q, sums, false, class);
    }

    /// Whether some of what sums come to is told apart, with or without "not applicable".
    pub(super) fn apart<'s>(
        &self,
        q: usize,
        mut sums: impl Iterator<Item = &'s Sum>,
        may_not_apply: bool,
        class: Option<Class<'_>>,
    ) -> bool {
        let mut first = None;
        let mut differs = |class: usize| *first.get_or_insert(class) != class;
        match class {
            None => false,
            Some(Class::Codes(class)) => {
                let absent = may_not_apply.then_some(NOT_APPLICABLE);
                absent
                    .into_iter()
                    .chain(sums.flat_map(|sum| self.comes(q, sum)))
                    .any(|code| differs(class(code)))
            }
            Some(Class::Numbers(classes)) => {
                let absent = classes.first().filter(|(number, _)| may_not_apply && *number == NOT_APPLICABLE);
                absent.is_some_and(|(_, class)| differs(*class))
                    || sums.any(|sum| {
                        let within = |number: i64| {
                            sum.counts.is_some_and(|(low, high)| low <= number && number <= high)
                        };
                        classes.iter().filter(|(number, _)| within(*number)).any(|(_, class)| differs(*class))
                    })
            }
        }
    }

    /// Where something of the records is open: what one answer that they share does, by pairs of its values.
    fn by_pairs(
        &self,
        q: usize,
        reading: &Reading<'_>,
        seen: &Seen,
        tally: &Tally,
        class: Option<Class<'_>>,
    ) -> Does {
        let Some(pairs) = reading.pairs(seen) else { return self.perhaps(q, tally, class) };
        let numbers = matches!(class, Some(Class::Numbers(_)));
        let mut does = Does::default();
        for (at, pair) in pairs.iter().enumerate() {
            if let Some(class) = class.filter(|_| !does.told) {
                if numbers && at >= MOST_TRIED {
                    return self.perhaps(q, tally, Some(class));
                }
                let Some(told) = self.tells(q, reading, pair, class) else {
                    return self.perhaps(q, tally, Some(class));
                };
                does.told = told;
            }
            does.shown |= pair.shows();
        }
        does
    }

    /// Whether the two sides of a pair are told apart in some completion of the records; none where that is too much.
    fn tells(&self, q: usize, reading: &Reading<'_>, pair: &Pair, class: Class<'_>) -> Option<bool> {
        let more = reading.facts.more;
        match class {
            Class::Codes(class) => {
                let cells = self.cells.get(q)?;
                let cap = cells.list.last().map_or(0, |last| last.lo);
                let at = |count: i64| cells.find(count).unwrap_or(0);
                let side = |surely: i64, perhaps: i64| class(comes(at(surely), at(perhaps)));
                Some(pair.sums(cap, more)?.into_iter().any(|[a, b, c, d]| side(a, b) != side(c, d)))
            }
            Class::Numbers(classes) => {
                let most = classes.last().map(|(number, _)| number + 1).filter(|number| *number > 0)?;
                let cap = most.min(MOST_COUNTED);
                // at the cap it may be any number from there on
                let at = |count: i64| {
                    let place = classes.binary_search_by_key(&count, |(number, _)| *number).ok();
                    place
                        .filter(|_| count < cap)
                        .and_then(|place| classes.get(place))
                        .map(|(_, class)| *class)
                };
                let apart = |one: i64, other: i64| at(one).zip(at(other)).is_some_and(|(a, b)| a != b);
                Some(pair.sums(cap, more)?.into_iter().any(|[one, _, other, _]| apart(one, other)))
            }
        }
    }
}

/// What a sum comes to for people: its ends, and whether it hangs.
fn numbers(sum: &Sum) -> Vec<Option<i64>> {
    let ends = sum.counts.into_iter().flat_map(|(low, high)| [Some(low), Some(high)]);
    let mut numbers: Vec<Option<i64>> = ends.chain(sum.hanging.map(|_| None)).collect();
    numbers.dedup();
    numbers
}

impl Seen {
    /// Whether it is open in a way that could matter.
    fn several(&self) -> bool {
        self.open || self.gate.iter().next().is_some()
    }
}

impl Reading<'_> {
    /// Whether something of the list is open that the count reads.
    fn is_open(&self) -> bool {
        let fields: BTreeSet<usize> = self.info.fields().collect();
        let open =
            |record: &&[Values]| fields.iter().filter_map(|field| record.get(*field)).any(Values::several);
        self.facts.more > 0 || self.facts.records.iter().any(open)
    }
}
