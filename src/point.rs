//! Evaluation of one point: every input known, one lookup and one `and` per column.

use crate::program::{Code, Engine, FALSE, GAP, Kind, NOT_APPLICABLE, Node, Reading, TRUE, Table};

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
            _ if !self.silents.is_empty() => None,
            _ => match &self.kind {
                Kind::Question(q) => answers(*q),
                Kind::Table(table) => table.point(known),
                Kind::Condition(table) => {
                    table.first_hit(known).map(|hit| if hit.is_some() { TRUE } else { FALSE })
                }
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

impl Table {
    /// The outcome code of a case whose inputs are all known; none for outcomes that are not a single row's.
    #[inline]
    pub(crate) fn point(&self, known: impl Fn(usize) -> Option<Code>) -> Option<Code> {
        let outcome = |row: usize| self.outcome.get(row).copied();
        match &self.reading {
            Reading::First => self.first_hit(known)?.map_or(Some(GAP), outcome),
            Reading::All => None,
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

    /// The rows that hit, 64 at a time; none where an input that still matters is not known.
    #[inline]
    fn hits(&self, word: usize, known: impl Fn(usize) -> Option<Code>) -> Option<u64> {
        let rest = self.rows.saturating_sub(word * 64);
        let mut hits = if rest < 64 { (1u64 << rest) - 1 } else { u64::MAX };
        for column in &self.columns {
            let code = known(column.node)?;
            hits &= column.accept.get(column.class(code) as usize * column.ways * self.words + word)?;
        }
        Some(hits)
    }
}
