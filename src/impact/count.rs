//! Counts of what becomes of cases.

use std::collections::BTreeMap;

use super::judge::Said;
use super::{CaseOutcome, CaseStatus, DecisionImpact, Impact, ImpactReport, Move, Refused, RefusedLine};
use crate::compare::ComparedSide;
use crate::diagram::Keys;
use crate::limits::{MAX_CASE_LINE, MAX_IMPACT_EXAMPLES, MAX_IMPACT_KEPT, MAX_IMPACT_MOVES};
use crate::program::Code;

/// Counts of the cases that one thread judged.
#[derive(Debug)]
pub struct Counter<'i, 'p> {
    impact: &'i Impact<'p>,
    cases: u64,
    refused: Refused,
    tallies: Vec<Tally>,
    /// Combinations of answers seen, with what is said of each, and the cases that are not added to `tallies` yet.
    keys: Keys<Code>,
    said: Vec<Vec<usize>>,
    waiting: Vec<Count>,
    key: Vec<Code>,
}

/// How many cases, and the first of them by their lines.
#[derive(Debug, Clone, Default)]
struct Count {
    cases: u64,
    examples: Vec<u64>,
}

/// The ways of one decision from outcome to outcome.
#[derive(Debug, Clone, Default)]
struct Tally {
    moves: Vec<(Said, Count)>,
    places: BTreeMap<(CaseStatus, String, CaseStatus, String), usize>,
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.cases += other.cases;
        self.examples.extend(&other.examples);
        self.examples.sort_unstable();
        self.examples.truncate(MAX_IMPACT_EXAMPLES);
    }

    /// One more case; lines come in ascending order.
    fn one(&mut self, line: u64) {
        self.cases += 1;
        if self.examples.len() < MAX_IMPACT_EXAMPLES {
            self.examples.push(line);
        }
    }
}

impl Tally {
    /// The place of a way; beyond the limit that of all further ones which change, or do not change, the outcome alike.
    fn place(&mut self, said: Said) -> usize {
        let key = |(from, to): &Said| (from.status, from.text.clone(), to.status, to.text.clone());
        if let Some(known) = self.places.get(&key(&said)) {
            return *known;
        }
        let other = |said: &CaseOutcome| {
            // what is settled becomes open or silent in these, too: that is counted
            let text = match said.status {
                CaseStatus::Open => "andere uitkomsten, nog open",
                CaseStatus::Unregulated => "andere uitkomsten, niet geregeld",
                _ => "andere uitkomsten",
            };
            CaseOutcome::of(CaseStatus::Other, text)
        };
        let said = match self.places.len() < MAX_IMPACT_MOVES {
            true => said,
            false => match said.0 == said.1 {
                true => (other(&said.0), other(&said.1)),
                false => (
                    other(&said.0),
                    CaseOutcome { text: format!("{} (anders)", other(&said.1).text), ..other(&said.1) },
                ),
            },
        };
        *self.places.entry(key(&said)).or_insert_with(|| {
            self.moves.push((said, Count::default()));
            self.moves.len() - 1
        })
    }

    fn add(&mut self, place: usize, count: &Count) {
        if let Some((_, known)) = self.moves.get_mut(place) {
            known.add(count);
        }
    }
}

impl<'i, 'p> Counter<'i, 'p> {
    pub(super) fn new(impact: &'i Impact<'p>) -> Counter<'i, 'p> {
        Counter {
            impact,
            cases: 0,
            refused: Refused::default(),
            tallies: vec![Tally::default(); impact.decisions.len()],
            keys: Keys::new(impact.questions.width),
            said: Vec::new(),
            waiting: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Judges the case on a line, an object of answers in JSON; lines without anything are passed over. Lines that one
    /// counter gets have ascending numbers, from 1.
    ///
    /// # Errors
    /// A line that is no such object, that asks about what neither program knows, or that neither takes. It is counted as
    /// refused; the others still count.
    pub fn add(&mut self, line: u64, case: &str) -> Result<(), RefusedLine> {
        if case.trim_ascii().is_empty() {
            return Ok(());
        }
        let result = self.judge(line, case);
        match result {
            Ok(()) => {
                self.cases += 1;
                Ok(())
            }
            Err(why) => Err(self.refuse(line, why)),
        }
    }

    /// Counts a line as refused that could not be read.
    pub fn refuse(&mut self, line: u64, why: String) -> RefusedLine {
        let refused = RefusedLine { line, why };
        self.refused.lines += 1;
        if self.refused.examples.len() < MAX_IMPACT_EXAMPLES {
            self.refused.examples.push(refused.clone());
        }
        refused
    }

    fn judge(&mut self, line: u64, case: &str) -> Result<(), String> {
        if case.len() > MAX_CASE_LINE {
            return Err(format!("the line is longer than {MAX_CASE_LINE} bytes"));
        }
        let impact = self.impact;
        let (from, to) = (&impact.from.engine, &impact.to.engine);
        let mut key = std::mem::take(&mut self.key);
        if impact.questions.key(from, to, case, &mut key).is_none() {
            self.key = key;
            let said = impact.judge_line(case)?;
            for (tally, said) in self.tallies.iter_mut().zip(said) {
                let place = tally.place(said);
                if let Some((_, count)) = tally.moves.get_mut(place) {
                    count.one(line);
                    count.examples.sort_unstable();
                }
            }
            return Ok(());
        }
        let (index, new) = self.keys.insert(&key);
        if new {
            let said = impact.judge_key(&key);
            let places = self.tallies.iter_mut().zip(said).map(|(tally, said)| tally.place(said)).collect();
            self.said.push(places);
            self.waiting.push(Count::default());
        }
        self.key = key;
        if let Some(count) = self.waiting.get_mut(index) {
            count.one(line);
        }
        if self.said.len() >= MAX_IMPACT_KEPT {
            self.settle();
        }
        Ok(())
    }

    /// Adds the cases that wait, and forgets the combinations of answers.
    fn settle(&mut self) {
        for (places, count) in self.said.drain(..).zip(self.waiting.drain(..)) {
            for (tally, place) in self.tallies.iter_mut().zip(places) {
                tally.add(place, &count);
            }
        }
        self.keys = Keys::new(self.impact.questions.width);
    }

    /// Adds the counts of another thread. In whatever order counters are added, the sum is the same.
    pub fn merge(&mut self, mut other: Counter<'_, '_>) {
        other.settle();
        self.settle();
        self.cases += other.cases;
        self.refused.lines += other.refused.lines;
        self.refused.examples.append(&mut other.refused.examples);
        self.refused.examples.sort_by_key(|refused| refused.line);
        self.refused.examples.truncate(MAX_IMPACT_EXAMPLES);
        for (tally, more) in self.tallies.iter_mut().zip(other.tallies) {
            for (said, count) in more.moves {
                let place = tally.place(said);
                tally.add(place, &count);
            }
        }
    }

    pub(super) fn into_report(mut self, from: ComparedSide, to: ComparedSide) -> ImpactReport {
        self.settle();
        let decisions = self.impact.decisions.iter().zip(self.tallies);
        let decisions =
            decisions.map(|(judged, tally)| decision(judged.id.clone(), judged.title.clone(), tally));
        ImpactReport { from, to, cases: self.cases, refused: self.refused, decisions: decisions.collect() }
    }
}

fn decision(id: String, title: String, tally: Tally) -> DecisionImpact {
    let one = |((from, to), count): (Said, Count)| Move {
        same: from == to,
        from,
        to,
        cases: count.cases,
        examples: count.examples,
    };
    let mut moves: Vec<Move> = tally.moves.into_iter().map(one).filter(|m| m.cases > 0).collect();
    let key = |m: &Move| (m.from.status, m.from.text.clone(), m.to.status, m.to.text.clone());
    moves.sort_by(|a, b| (a.same, b.cases, key(a)).cmp(&(b.same, a.cases, key(b))));
    let sum = |counts: &dyn Fn(&Move) -> bool| moves.iter().filter(|m| counts(m)).map(|m| m.cases).sum();
    let is = |said: &CaseOutcome, status: CaseStatus, word: &str| {
        said.status == status || said.status == CaseStatus::Other && said.text.contains(word)
    };
    let becomes = |status: CaseStatus, word: &'static str| {
        move |m: &Move| !is(&m.from, status, word) && is(&m.to, status, word)
    };
    DecisionImpact {
        id,
        title,
        same: sum(&|m| m.same),
        changed: sum(&|m| !m.same),
        opened: sum(&becomes(CaseStatus::Open, "nog open")),
        silenced: sum(&becomes(CaseStatus::Unregulated, "niet geregeld")),
        moves,
    }
}
