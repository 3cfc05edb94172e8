//! The domain of a question cut into cells: within a cell no rule can tell two values apart.

use crate::model::{Part, QuestionInfo, Type};
use crate::value::Date;

/// One cell: a range of ticks, or one option. `witness` is a value in it, to show people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) lo: i64,
    pub(crate) hi: i64,
    pub(crate) witness: i64,
    key: usize,
}

/// All cells of one question, in ascending or file order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cells {
    pub(crate) list: Vec<Cell>,
    starts: Vec<i64>,
    max: i64,
    parts: Vec<Part>,
    /// Per range and combination of date parts the index of the cell.
    by_key: Vec<u32>,
    keys: usize,
}

const NONE: u32 = u32::MAX;

impl Cells {
    /// Cuts the domain of a question at the first ticks of new ranges, and dates by the parts that rules read.
    pub(crate) fn new(question: &QuestionInfo, cuts: &mut Vec<i64>, parts: &[Part]) -> Cells {
        let (min, max) = match question.kind {
            Type::Text | Type::List => return Cells::of_options(1),
            Type::Finite { .. } => return Cells::of_options(question.options.len()),
            Type::Ordered { min, max, .. } => (min, max),
        };
        cuts.retain(|cut| min < *cut && *cut <= max);
        cuts.push(min);
        cuts.sort_unstable();
        cuts.dedup();
        let mut cells =
            Cells { starts: cuts.clone(), max, parts: parts.to_vec(), keys: 1, ..Cells::default() };
        for part in parts {
            cells.keys *= part.len() + 1;
        }
        for range in 0..cells.starts.len() {
            let (lo, hi) = cells.range(range);
            let first = cells.by_key.len();
            cells.by_key.resize(first + cells.keys, NONE);
            for witness in cells.samples(lo, hi) {
                let Some(key) = cells.key(witness) else { continue };
                if let Some(slot) = cells.by_key.get_mut(first + key)
                    && *slot == NONE
                {
                    *slot = u32::try_from(cells.list.len()).unwrap_or(NONE);
                    cells.list.push(Cell { lo, hi, witness, key });
                }
            }
        }
        cells
    }

    fn of_options(count: usize) -> Cells {
        let list = (0i64..).take(count).map(|i| Cell { lo: i, hi: i, witness: i, key: 0 });
        Cells { list: list.collect(), ..Cells::default() }
    }

    fn range(&self, range: usize) -> (i64, i64) {
        let lo = self.starts.get(range).copied().unwrap_or(0);
        (lo, self.starts.get(range + 1).map_or(self.max, |next| next - 1))
    }

    /// Ticks between two others among which every combination of date parts that occurs there occurs; without parts
    /// the first tick alone.
    fn samples(&self, lo: i64, hi: i64) -> std::ops::RangeInclusive<i64> {
        // months and weekdays repeat within a year, days of the month with them within 400 years
        let cycle = match self.parts.as_slice() {
            [] => 0,
            parts if parts.contains(&Part::Day) && parts.len() > 1 => 146_097,
            _ => 366,
        };
        lo..=hi.min(lo.saturating_add(cycle))
    }

    fn key(&self, tick: i64) -> Option<usize> {
        if self.parts.is_empty() {
            return Some(0);
        }
        let date = Date::from_ticks(tick)?;
        Some(self.parts.iter().fold(0, |key, part| key * (part.len() + 1) + part.of(date)))
    }

    /// The cell of a tick or option; none outside the domain.
    pub(crate) fn find(&self, tick: i64) -> Option<usize> {
        if self.starts.is_empty() {
            return usize::try_from(tick).ok().filter(|i| *i < self.list.len());
        }
        if tick > self.max {
            return None;
        }
        let range = self.starts.partition_point(|start| *start <= tick).checked_sub(1)?;
        let cell = *self.by_key.get(range * self.keys + self.key(tick)?)?;
        (cell != NONE).then_some(cell as usize)
    }

    /// The date parts by which the cells are cut.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// A day between two others in each of these cells, when they are days of a range of which not all cells are among
    /// them.
    pub(crate) fn partly(&self, codes: &[i64], (low, high): (i64, i64)) -> Vec<Date> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        let chosen: Vec<usize> = codes.iter().filter_map(|c| usize::try_from(*c).ok()).collect();
        let start = |cell: usize| self.list.get(cell).map(|c| c.lo);
        let possible = self.between(low, high);
        let whole =
            |cell: &usize| possible.iter().filter(|c| start(**c) == start(*cell)).all(|c| chosen.contains(c));
        if chosen.iter().all(whole) {
            return Vec::new();
        }
        let day = |cell: &usize| {
            let found = self.list.get(*cell)?;
            let mut ticks = self.samples(found.lo.max(low), found.hi.min(high));
            ticks.find(|tick| self.find(*tick) == Some(*cell)).and_then(Date::from_ticks)
        };
        chosen.iter().filter_map(day).collect()
    }

    /// The cells that hold a value between two ticks.
    pub(crate) fn between(&self, lo: i64, hi: i64) -> Vec<usize> {
        let mut found = Vec::new();
        for range in 0..self.starts.len() {
            let (start, end) = self.range(range);
            let mut here: Vec<usize> =
                self.samples(start.max(lo), end.min(hi)).filter_map(|t| self.find(t)).collect();
            here.sort_unstable();
            here.dedup();
            found.append(&mut here);
        }
        found
    }

    /// The value of a date part in a cell, from 1.
    pub(crate) fn part(&self, cell: usize, part: Part) -> usize {
        let mut key = self.list.get(cell).map_or(0, |c| c.key);
        for known in self.parts.iter().rev() {
            let base = known.len() + 1;
            if *known == part {
                return key % base;
            }
            key /= base;
        }
        0
    }
}
