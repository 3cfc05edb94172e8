//! A table read from its last row to its first: what follows is the row's outcome where that row holds, else what was found
//! so far. Where many rows hang on inputs of their own this takes as many steps as there are rows, while the sets of rows
//! that can hit together are doubled by each.

use super::Diagrams;
use super::expand::rows_at;
use super::store::{Memo, Ref};
use crate::limits::MAX_WORK;
use crate::program::{FALSE, Reading, TRUE, Table, has_row};

/// Most pairs of functions that one step may have to go through.
const MAX_PAIRS: usize = 1 << 16;

impl Diagrams<'_> {
    /// The diagram of a table of which the first row that hits counts, or of a condition; none where a step would be too
    /// large, or where all rows that hit count.
    pub(super) fn cascade(&mut self, table: &Table, condition: bool, inputs: &[Ref]) -> Option<Ref> {
        let mut order: Vec<usize> = (0..table.rows).collect();
        match &table.reading {
            _ if condition => {}
            Reading::First => {}
            Reading::Ranked(ranks) => crate::sorted::sort_by_key(&mut order, |row| ranks.get(*row)),
            Reading::Graded(_) | Reading::All | Reading::Either(_) => return None,
        }
        let mut found = self.read(table, condition, &vec![0; table.words]);
        let mut work = 0;
        for row in order.into_iter().rev() {
            let holds = self.holds(table, row, inputs, &mut work)?;
            let outcome = if condition { Ref::leaf(TRUE) } else { self.outcome(table, Some(row)) };
            found = self.both((holds, found), &mut work, &mut |holds, other| match holds {
                TRUE => outcome,
                _ => Ref::leaf(other),
            })?;
        }
        Some(found)
    }

    /// Where a row hits.
    fn holds(&mut self, table: &Table, row: usize, inputs: &[Ref], work: &mut usize) -> Option<Ref> {
        let mut holds = Ref::leaf(TRUE);
        for (column, input) in inputs.iter().enumerate() {
            let own = self.store.map(*input, &mut Memo::new(1), &mut |_, place| {
                Ref::leaf(if has_row(rows_at(table, column, place), row) { TRUE } else { FALSE })
            });
            holds =
                self.both((holds, own), work, &mut |a, b| Ref::leaf(if a == TRUE { b } else { FALSE }))?;
        }
        Some(holds)
    }

    /// Two functions as one; none where that, with all before it, could take too long.
    fn both(
        &mut self,
        (a, b): (Ref, Ref),
        work: &mut usize,
        leaf: &mut impl FnMut(i64, i64) -> Ref,
    ) -> Option<Ref> {
        // how many parts, and how many edges the widest of them has
        let size = |f: Ref| {
            let parts = if f.code().is_some() { Vec::new() } else { self.store.parts(&[f]) };
            let arity = |part: &Ref| part.variable().map_or(1, |variable| self.store.arity(variable));
            (parts.len().max(1), parts.iter().map(arity).max().unwrap_or(1))
        };
        let ((count, wide), (other, wider)) = (size(a), size(b));
        let pairs = count.saturating_mul(other);
        *work = work.saturating_add(pairs.saturating_mul(wide.max(wider)));
        if pairs > MAX_PAIRS || *work > MAX_WORK / 8 {
            return None;
        }
        Some(self.store.product((a, b), &mut Memo::new(2), &mut |_, a, b| leaf(a, b)))
    }
}
