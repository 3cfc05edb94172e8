//! Which open answers a count hangs on: with all others fixed, some other value of it gives another count.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::Pair;
use super::{Reading, Seen};
use crate::derived::{Comes, Image};
use crate::program::{Engine, NOT_APPLICABLE};
use crate::tally::{Sum, Tally, Values};

/// Between what an open answer can move a count, all others fixed.
#[derive(Debug, Default)]
struct Moves {
    /// Groups of what it comes to for what reads the count.
    groups: BTreeSet<BTreeSet<Comes>>,
    /// Whether the count itself changes for people.
    shown: bool,
    /// Whether it is not known, but cannot be ruled out.
    perhaps: bool,
}

impl Engine {
    /// Notes the open questions on which a count hangs: between what each can move it, and which only change its value.
    pub(super) fn open(&self, q: usize, reading: &Reading<'_>, tally: &Tally, image: &mut Image) {
        let mut by_question: Vec<(&Seen, Moves)> = vec![(&reading.list, self.of_list(q, reading, tally))];
        let shared = || reading.anchor.iter().chain(&reading.same).filter(|seen| seen.several());
        if shared().next().is_some() {
            by_question.extend(match reading.is_open() {
                false if reading.shared.fit(reading.facts) => self.of_shared(q, reading),
                false => shared().map(|seen| (seen, self.perhaps(q, tally))).collect(),
                true => shared().map(|seen| (seen, self.of_open(q, reading, seen, tally))).collect(),
            });
        }
        let mut shown = image.open.clone();
        for (seen, mut moves) in by_question {
            let whole = std::iter::once(&reading.list).chain(&reading.anchor);
            if seen.open && seen.values.none && whole.into_iter().any(|whole| whole.question == seen.question)
            {
                // its answer may also be that it does not apply, and then the count does not either
                let mut group: BTreeSet<Comes> =
                    tally.sums.iter().flat_map(|sum| self.comes(q, sum)).collect();
                group.insert(vec![NOT_APPLICABLE]);
                moves.groups.insert(group);
                moves.shown = true;
            }
            let mut questions = seen.gate.clone();
            if seen.open || seen.question == reading.list.question {
                questions.insert(seen.question);
            }
            image.hull |= moves.perhaps;
            if moves.shown || moves.perhaps {
                shown.add(&questions);
            }
            if !moves.groups.is_empty() {
                image.open.add(&questions);
                let groups: Vec<Vec<Comes>> =
                    moves.groups.into_iter().map(|group| group.into_iter().collect()).collect();
                image.moves.extend(questions.iter().map(|question| (question, groups.clone())));
            }
        }
        image.shown = Some(shown);
    }

    /// Between what the records move a count, in one world.
    fn of_list(&self, q: usize, reading: &Reading<'_>, tally: &Tally) -> Moves {
        let mut moves = Moves::default();
        if reading.is_open() {
            moves.groups =
                tally.sums.iter().map(|sum| self.comes(q, sum)).filter(|group| group.len() > 1).collect();
            moves.shown = tally.sums.iter().any(|sum| numbers(sum).len() > 1);
        }
        moves
    }

    /// All that a count comes to, where it would take too much to tell what each answer does.
    fn perhaps(&self, q: usize, tally: &Tally) -> Moves {
        let all: BTreeSet<Comes> = tally.sums.iter().flat_map(|sum| self.comes(q, sum)).collect();
        let shown = tally.sums.iter().flat_map(numbers).collect::<BTreeSet<_>>().len() > 1;
        let groups = if all.len() > 1 { BTreeSet::from([all]) } else { BTreeSet::new() };
        Moves { perhaps: shown || !groups.is_empty(), groups, shown }
    }

    /// Where all records are known: what each answer that they share does.
    fn of_shared<'r>(&self, q: usize, reading: &'r Reading<'_>) -> Vec<(&'r Seen, Moves)> {
        let mut by_world: BTreeMap<Vec<Option<i64>>, Vec<((i64, i64), Sum)>> = BTreeMap::new();
        for world in reading.shared.worlds() {
            let (sums, _) = reading.info.rule.by_anchor(reading.facts, &world, &reading.shared.anchor);
            by_world.insert(world, sums);
        }
        let mut all = Vec::new();
        if let Some(anchor) = reading.anchor.iter().find(|seen| seen.several()) {
            let mut moves = Moves::default();
            for sums in by_world.values() {
                self.note(q, sums.iter().map(|(_, sum)| sum), &mut moves);
            }
            all.push((anchor, moves));
        }
        for (index, seen) in reading.same.iter().enumerate().filter(|(_, seen)| seen.several()) {
            let mut moves = Moves::default();
            let mut others: BTreeMap<Vec<Option<i64>>, Vec<&Vec<((i64, i64), Sum)>>> = BTreeMap::new();
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
                    self.note(q, here.iter(), &mut moves);
                }
            }
            all.push((seen, moves));
        }
        all
    }

    /// Notes that a count can move between some sums.
    fn note<'s>(&self, q: usize, sums: impl Iterator<Item = &'s Sum> + Clone, moves: &mut Moves) {
        let group: BTreeSet<Comes> = sums.clone().flat_map(|sum| self.comes(q, sum)).collect();
        if group.len() > 1 {
            moves.groups.insert(group);
        }
        moves.shown |= sums.flat_map(numbers).collect::<BTreeSet<_>>().len() > 1;
    }

    /// Where something of the records is open: what one answer that they share does, by pairs of its values.
    fn of_open(&self, q: usize, reading: &Reading<'_>, seen: &Seen, tally: &Tally) -> Moves {
        let Some(pairs) = reading.pairs(seen) else { return self.perhaps(q, tally) };
        let mut moves = Moves::default();
        for pair in pairs {
            let Some(reached) = self.reached(q, reading, &pair) else { return self.perhaps(q, tally) };
            moves
                .groups
                .extend(reached.into_iter().filter(|(a, b)| a != b).map(|(a, b)| BTreeSet::from([a, b])));
            moves.shown |= pair.shows();
        }
        moves
    }

    /// What the two sides of a pair come to, over all completions of the records; none where that is too much.
    fn reached(&self, q: usize, reading: &Reading<'_>, pair: &Pair) -> Option<BTreeSet<(Comes, Comes)>> {
        let cells = self.cells.get(q)?;
        let cap = cells.list.last().map_or(0, |last| last.lo);
        let states = pair.sums(cap, reading.facts.more)?;
        let comes = |surely: i64, perhaps: i64| -> Comes {
            let at = |count: i64| cells.find(count).and_then(|cell| i64::try_from(cell).ok()).unwrap_or(0);
            (at(surely)..=at(perhaps)).collect()
        };
        Some(states.into_iter().map(|[a, b, c, d]| (comes(a, b), comes(c, d))).collect())
    }

    /// What a sum comes to: codes of counts that stand, and between which codes others hang.
    fn comes(&self, q: usize, sum: &Sum) -> BTreeSet<Comes> {
        let stand = sum.counts.map(|range| self.cells_between(q, range)).unwrap_or_default();
        let mut comes: BTreeSet<Comes> = stand.into_iter().map(|code| vec![code]).collect();
        comes.extend(self.hanging(q, sum));
        comes
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
            |record: &Vec<Values>| fields.iter().filter_map(|field| record.get(*field)).any(Values::several);
        self.facts.more > 0 || self.facts.records.iter().any(open)
    }
}
