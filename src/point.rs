//! Evaluation of one point: every input known, one lookup and one `and` per column. Where some are not, the rows that may
//! hit and those that must often still tell.

use crate::program::{Code, Engine, FALSE, GAP, Kind, NOT_APPLICABLE, Node, Reading, TRUE, Table, silent_of};

impl Engine {
    /// The codes of all nodes that the known answers settle by themselves, in node order. `answers` gives the code of
    /// a question, or none where it is open; `decided` nodes have the codes that were decided.
    pub(crate) fn settle(
        &self,
        answers: impl Fn(usize) -> Option<Code>,
        decided: &[(usize, Code)],
        codes: &mut Vec<Option<Code>>,
    ) {
        codes.clear();
        for node in &self.nodes {
            let code = node.point(|n| codes.get(n).copied().flatten(), &answers);
            let decided = decided.iter().find(|(known, _)| *known == codes.len());
            codes.push(decided.map(|(_, code)| *code).or(code));
        }
    }
}

impl Node {
    /// The code of a node, where known inputs settle it.
    #[inline]
    pub(crate) fn point(
        &self,
        known: impl Fn(usize) -> Option<Code> + Copy,
        answers: &impl Fn(usize) -> Option<Code>,
    ) -> Option<Code> {
        match self.gate.map(known) {
            Some(Some(FALSE)) => Some(NOT_APPLICABLE),
            Some(None) => None,
            _ => match &self.kind {
                // of a count with silents only its diagram knows what hangs on them
                Kind::Question(q) => answers(*q).filter(|_| self.silents.is_empty()),
                Kind::Table(table) if self.silents.is_empty() => {
                    table.point(known).or_else(|| table.whatever(known))
                }
                Kind::Table(table) => table.whatever(known),
                Kind::Condition(table) if self.silents.is_empty() => {
                    let hit = table.first_hit(known).map(|hit| hit.is_some());
                    hit.or_else(|| table.holds(known)).map(truth)
                }
                Kind::Condition(table) => table.holds(known).map(truth),
                Kind::Points(terms) => {
                    let sum = |sum: i64, term: &crate::program::Term| -> Option<i64> {
                        sum.checked_add(term.of(known(term.node)?)?)
                    };
                    terms.iter().try_fold(0, sum)
                }
                Kind::Unloaded(_) => None,
            },
        }
    }
}

impl Node {
    /// The code of the row of a table that hits, be it a silent one, where known inputs settle it and nothing but what rows
    /// give is unset.
    pub(crate) fn row(&self, known: impl Fn(usize) -> Option<Code> + Copy) -> Option<Code> {
        let holds = self.gate.is_none_or(|gate| known(gate) == Some(TRUE));
        let table = self.plain_table().filter(|_| holds)?;
        table.point(known)
    }

    /// The table of a node, if nothing but what its rows give is unset in it.
    pub(crate) fn plain_table(&self) -> Option<&Table> {
        match &self.kind {
            Kind::Table(table) => Some(table).filter(|t| t.columns.iter().all(|c| c.silents.is_empty())),
            _ => None,
        }
    }
}

fn truth(holds: bool) -> Code {
    if holds { TRUE } else { FALSE }
}

impl Table {
    /// The outcome code of a case whose inputs are all known; none for outcomes that are not a single row's.
    #[inline]
    pub(crate) fn point(&self, known: impl Fn(usize) -> Option<Code>) -> Option<Code> {
        let outcome = |row: usize| self.outcome.get(row).copied();
        match &self.reading {
            Reading::First => self.first_hit(known)?.map_or(Some(GAP), outcome),
            Reading::All | Reading::Graded(_) => None,
            Reading::Ranked(ranks) => {
                let mut best: Option<usize> = None;
                for word in 0..self.words {
                    let hits = self.hits(word, &known)?;
                    let rows = crate::program::rows(&[hits])
                        .map(|row| word * 64 + row)
                        .min_by_key(|row| ranks.get(*row));
                    best = best.into_iter().chain(rows).min_by_key(|row| ranks.get(*row));
                }
                best.map_or(Some(GAP), outcome)
            }
            Reading::Either(_) => {
                let mut only: Option<Code> = None;
                for word in 0..self.words {
                    for row in crate::program::rows(&[self.hits(word, &known)?]) {
                        let code = outcome(word * 64 + row)?;
                        if only.is_some_and(|known| known != code) {
                            return None;
                        }
                        only = Some(code);
                    }
                }
                Some(only.unwrap_or(GAP))
            }
        }
    }

    /// The first row that hits, if all inputs are known.
    #[inline]
    fn first_hit(&self, known: impl Fn(usize) -> Option<Code>) -> Option<Option<usize>> {
        for word in 0..self.words {
            let hits = self.hits(word, &known)?;
            if hits != 0 {
                let row = word * 64 + hits.trailing_zeros() as usize;
                return Some((row < self.rows).then_some(row));
            }
        }
        Some(None)
    }

    /// The outcome code of a case whatever the inputs are that are not known, and whatever unset things are.
    fn whatever(&self, known: impl Fn(usize) -> Option<Code>) -> Option<Code> {
        let plain = |row: usize| self.outcome.get(row).copied().filter(|code| silent_of(*code).is_none());
        if matches!(self.reading, Reading::All | Reading::Graded(_)) {
            return None;
        }
        let mut best: Option<usize> = None;
        for word in 0..self.words {
            let (may, must) = self.bounds(word, &known);
            let rows = |bits: u64| {
                crate::program::rows(std::slice::from_ref(&bits))
                    .map(|row| word * 64 + row)
                    .collect::<Vec<_>>()
            };
            match &self.reading {
                Reading::First if may == 0 => {}
                Reading::First => {
                    let first = may.trailing_zeros();
                    return (must >> first & 1 == 1).then(|| plain(word * 64 + first as usize)).flatten();
                }
                _ if may != must => return None,
                Reading::Ranked(ranks) => {
                    best = best.into_iter().chain(rows(may)).min_by_key(|row| ranks.get(*row));
                }
                _ => {
                    for row in rows(may) {
                        if best.is_some_and(|other| plain(other) != plain(row)) {
                            return None;
                        }
                        best = Some(row);
                    }
                }
            }
        }
        best.and_then(plain)
    }

    /// Whether a condition holds whatever the inputs are that are not known, and whatever unset things are.
    fn holds(&self, known: impl Fn(usize) -> Option<Code>) -> Option<bool> {
        let mut never = true;
        for word in 0..self.words {
            match self.bounds(word, &known) {
                (_, must) if must != 0 => return Some(true),
                (may, _) => never &= may == 0,
            }
        }
        never.then_some(false)
    }

    /// The rows that may hit and those that must, 64 at a time.
    fn bounds(&self, word: usize, known: impl Fn(usize) -> Option<Code>) -> (u64, u64) {
        let (mut may, mut must) = (self.all_rows(word), self.all_rows(word));
        for column in &self.columns {
            let each = column.ways * self.words;
            let places = match known(column.node).map(|code| column.class(code) as usize * each) {
                Some(from) => from..from + each,
                None => 0..column.accept.len(),
            };
            let (mut any, mut all) = (0, u64::MAX);
            for place in places.step_by(self.words.max(1)) {
                let bits = column.accept.get(place + word).copied().unwrap_or(0);
                any |= bits;
                all &= bits;
            }
            may &= any;
            must &= all;
            if may == 0 {
                break;
            }
        }
        (may, must & may)
    }

    /// All rows, 64 at a time.
    fn all_rows(&self, word: usize) -> u64 {
        let rest = self.rows.saturating_sub(word * 64);
        if rest < 64 { (1u64 << rest) - 1 } else { u64::MAX }
    }

    /// The rows that hit, 64 at a time; none where an input that still matters is not known.
    #[inline]
    fn hits(&self, word: usize, known: impl Fn(usize) -> Option<Code>) -> Option<u64> {
        let mut hits = self.all_rows(word);
        for column in &self.columns {
            let code = known(column.node)?;
            hits &= column.accept.get(column.class(code) as usize * column.ways * self.words + word)?;
            if hits == 0 {
                break; // whatever the others are
            }
        }
        Some(hits)
    }
}
