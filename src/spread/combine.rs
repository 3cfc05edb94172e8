//! Rows that hit, over all contexts of the inputs: the frontier of hit sets.

use std::rc::Rc;

use super::{Family, Spread, distinct};
use crate::limits::{MAX_CELLS_HELD, MAX_STATES, MAX_WORK};
use crate::program::{Code, Column, FALSE, GAP, Reading, SILENT, SILENT_END, TRUE, Table, rows};

impl Spread<'_> {
    /// Width and values of a table or condition whose inputs are independent.
    pub(super) fn table(
        &mut self,
        table: &Table,
        inputs: &[Rc<Family>],
        condition: bool,
    ) -> (usize, Vec<Code>) {
        let words = table.words;
        let pairs = || table.columns.iter().zip(inputs);
        let full = self.width;
        let varies =
            |column: &Column, family: &Family| family.width > 1 || (!column.silents.is_empty() && full > 1);
        // every way at once is one row set wide; columns that vary widen it
        let mut states = all_rows(table);
        for (column, family) in pairs().filter(|(c, f)| !varies(c, f)) {
            let classes = classes(column, &family.data);
            let rows = |_: &Self, class: &u32| column.rows(*class, 0, words);
            match self.product(&states, words, &classes, rows) {
                Some(next) => states = next,
                None => return self.superset(table, inputs, condition),
            }
        }
        let silent_rows = self.width > 1 && table.outcome.iter().any(|c| is_silent(*c));
        let mut width = 1;
        if silent_rows || pairs().any(|(c, f)| varies(c, f)) {
            width = self.width;
            let mut wide = Vec::with_capacity(states.len() * width);
            for state in states.chunks_exact(words) {
                (0..width).for_each(|_| wide.extend_from_slice(state));
            }
            states = wide;
        }
        for (column, family) in pairs().filter(|(c, f)| varies(c, f)) {
            let contexts = self.class_vectors(column, family);
            let chunks: Vec<&[u32]> = contexts.chunks_exact(width).collect();
            if states.len() / (words * width) * chunks.len() * width * words > MAX_CELLS_HELD {
                return self.superset(table, inputs, condition);
            }
            let plain = column.silents.is_empty();
            let next = self.product(&states, words * width, &chunks, |spread, classes| {
                let mut mask = Vec::with_capacity(words * width);
                for (i, class) in classes.iter().enumerate() {
                    let way = if plain { 0 } else { spread.way_of(column, i) };
                    mask.extend_from_slice(column.rows(*class, way, words));
                }
                mask
            });
            match next {
                Some(next) => states = next,
                None => return self.superset(table, inputs, condition),
            }
        }
        let mut data = Vec::new();
        for state in states.chunks_exact(words * width) {
            self.read(table, state, condition, &mut data);
        }
        (width, data)
    }

    /// The distinct intersections of each state with the rows of each item; none beyond the limits.
    fn product<T, R: AsRef<[u64]>>(
        &mut self,
        states: &[u64],
        width: usize,
        items: &[T],
        rows: impl Fn(&Self, &T) -> R,
    ) -> Option<Vec<u64>> {
        let most = MAX_STATES * width;
        self.work = self.work.saturating_add(states.len().saturating_mul(items.len()));
        if self.work > MAX_WORK {
            return None;
        }
        let mut next = Vec::with_capacity(states.len().saturating_mul(items.len()).min(4 * most));
        for item in items {
            let mask = rows(self, item);
            for state in states.chunks_exact(width) {
                next.extend(state.iter().zip(mask.as_ref()).map(|(a, b)| a & b));
            }
            if next.len() > 4 * most {
                next = distinct(next, width);
                if next.len() > most {
                    return None;
                }
            }
        }
        if items.len() == 1 && states.len() == width {
            return Some(next);
        }
        if width == 1 {
            next.sort_unstable();
            next.dedup();
        } else {
            next = distinct(next, width);
        }
        (next.len() <= most).then_some(next)
    }

    /// The combination of ways of a column's unset things at an index of a vector.
    pub(crate) fn way_of(&self, column: &Column, index: usize) -> usize {
        let mut way = 0;
        let mut stride = 1;
        for silent in &column.silents {
            way += stride * self.way(*silent, index);
            stride *= self.engine.ways(*silent);
        }
        way
    }

    fn class_vectors(&self, column: &Column, family: &Family) -> Vec<u32> {
        let repeat = self.width / family.width.max(1);
        let mut classes = Vec::with_capacity(family.data.len() * repeat);
        for code in &family.data {
            let class = column.class(*code);
            classes.extend(std::iter::repeat_n(class, repeat));
        }
        distinct(classes, self.width)
    }

    /// Reads hit sets under the hit policy, one for each entry of the vector.
    fn read(&mut self, table: &Table, state: &[u64], condition: bool, data: &mut Vec<Code>) {
        let sets = || state.chunks_exact(table.words);
        if condition {
            data.extend(sets().map(|hits| if hits.iter().any(|w| *w != 0) { TRUE } else { FALSE }));
            return;
        }
        match &table.reading {
            Reading::First => {
                let codes = sets().enumerate().map(|(i, hits)| self.outcome(table, rows(hits).next(), i));
                data.extend(codes);
            }
            Reading::Ranked(ranks) => {
                let best = |hits| rows(hits).min_by_key(|row| ranks.get(*row));
                let codes = sets().enumerate().map(|(i, hits)| self.outcome(table, best(hits), i));
                data.extend(codes);
            }
            Reading::All => {
                let lists: Vec<Vec<Code>> = sets()
                    .enumerate()
                    .map(|(i, hits)| rows(hits).map(|row| self.outcome(table, Some(row), i)).collect())
                    .collect();
                data.extend(lists.into_iter().map(|list| self.list(list)));
            }
            Reading::Either(choice) => self.either(table, *choice, state, data),
        }
    }

    /// Overlapping rows of which each may be meant: a vector for each outcome that could be preferred. Where no row that
    /// gives it hits, the first that hits counts, so that every outcome of every entry is in some vector.
    fn either(&mut self, table: &Table, choice: usize, state: &[u64], data: &mut Vec<Code>) {
        let given = |row: &usize| table.outcome.get(*row).copied().unwrap_or(GAP);
        let mut hits: Vec<Vec<usize>> = Vec::new();
        let mut most = 0;
        let mut preferred: Vec<Code> = Vec::new();
        for set in state.chunks_exact(table.words) {
            let mut here: Vec<usize> = rows(set).collect();
            here.sort_by_key(given);
            here.dedup_by_key(|row| given(row));
            most = most.max(here.len());
            preferred.extend(here.iter().map(given));
            hits.push(here);
        }
        preferred.sort_unstable();
        preferred.dedup();
        if let [turn] = self.codes(choice) {
            let mut all = table.outcome.clone();
            all.sort_unstable();
            all.dedup();
            preferred =
                usize::try_from(*turn).ok().and_then(|turn| all.get(turn)).copied().into_iter().collect();
        } else {
            self.chosen |= most > 1;
        }
        if preferred.is_empty() {
            preferred.push(GAP);
        }
        for code in preferred {
            let pick = |(i, here): (usize, &Vec<usize>)| {
                let row = here.iter().find(|row| given(row) == code).or(here.first());
                self.outcome(table, row.copied(), i)
            };
            data.extend(hits.iter().enumerate().map(pick));
        }
    }

    /// The outcome of a row; a silent row gives the outcome of the way at this index.
    fn outcome(&self, table: &Table, row: Option<usize>, index: usize) -> Code {
        let code = row.and_then(|r| table.outcome.get(r)).copied().unwrap_or(GAP);
        if !is_silent(code) {
            return code;
        }
        let silent = usize::try_from(code - SILENT).unwrap_or(0);
        Code::try_from(self.way(silent, index)).unwrap_or(GAP)
    }

    /// The code of a list of outcomes.
    fn list(&mut self, list: Vec<Code>) -> Code {
        let known = self.lists.iter().position(|l| *l == list).unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        });
        Code::try_from(known).unwrap_or(GAP)
    }

    /// Beyond the limits: the outcome of every row that each column by itself could accept.
    fn superset(&mut self, table: &Table, inputs: &[Rc<Family>], condition: bool) -> (usize, Vec<Code>) {
        self.approximate = true;
        if condition {
            return (1, vec![FALSE, TRUE]);
        }
        let mut reachable = all_rows(table);
        for (column, family) in table.columns.iter().zip(inputs) {
            let mut any = vec![0u64; table.words];
            for code in &family.data {
                for way in 0..column.ways {
                    let rows = column.rows(column.class(*code), way, table.words);
                    any.iter_mut().zip(rows).for_each(|(a, b)| *a |= b);
                }
            }
            reachable.iter_mut().zip(&any).for_each(|(a, b)| *a &= b);
        }
        // a silent row could give any outcome, and another one
        let mut codes: Vec<Code> = Vec::new();
        for row in rows(&reachable) {
            codes.extend((0..self.ways).map(|way| self.outcome(table, Some(row), way)));
            codes.sort_unstable();
            codes.dedup();
        }
        let codes: Vec<Code> = match table.reading {
            // the shortest and the longest that may be: who reads them takes them for any list of their members
            Reading::All => {
                let mut lists = vec![self.list(Vec::new()), self.list(codes)];
                lists.dedup();
                lists
            }
            _ => codes,
        };
        (1, codes)
    }
}

/// Every row.
pub(crate) fn all_rows(table: &Table) -> Vec<u64> {
    (0..table.words)
        .map(|w| match table.rows.saturating_sub(w * 64) {
            0 => 0,
            n if n >= 64 => u64::MAX,
            n => (1 << n) - 1,
        })
        .collect()
}

fn is_silent(code: Code) -> bool {
    (SILENT..SILENT_END).contains(&code)
}

/// The distinct classes of some codes.
fn classes(column: &Column, codes: &[Code]) -> Vec<u32> {
    let mut classes: Vec<u32> = codes.iter().map(|code| column.class(*code)).collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}
