//! A table, or a condition, over the diagrams of its inputs: which rows can hit together.
//!
//! A state is what is left of the inputs and the rows that still fit. Inputs that no longer tell the rows apart are left
//! out of it, and so are rows that no longer count; so equal questions meet in equal states, and each is followed once.

use super::store::{Keys, Ref, Store};
use crate::program::{FALSE, NOT_APPLICABLE, Reading, TRUE, Table, rows};

/// An input that no longer matters.
const DONE: Ref = Ref::leaf(-1);

/// Which rows cannot count any more beside one that is sure to hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hide<'t> {
    /// None: every row that hits is wanted.
    Nothing,
    /// Those after it.
    Later,
    /// All others: it only matters whether one hits.
    Others,
    /// Those of a higher rank.
    Worse(&'t [u32]),
}

impl<'t> Hide<'t> {
    pub(crate) fn of(reading: &'t Reading) -> Hide<'t> {
        match reading {
            Reading::First => Hide::Later,
            Reading::Ranked(ranks) => Hide::Worse(ranks),
            Reading::Graded(_) | Reading::All | Reading::Either(_) => Hide::Nothing,
        }
    }
}

/// The states of one table, one after another in `stack`: its gate, its inputs, its rows.
pub(crate) struct Expansion<'t> {
    table: &'t Table,
    hide: Hide<'t>,
    /// The column of each input that is open. Its codes are places in the column's `accept`, in chunks of `words`.
    slots: Vec<usize>,
    bounds: Vec<Bounds>,
    pub(crate) stack: Vec<i64>,
    work: Work,
    /// Whether only the outcome is wanted, and not which row gives it.
    outcome_only: bool,
    /// Then per slot and row the rows that accept in it whatever that row accepts; none in tables of more than 64 rows.
    wider: Vec<u64>,
}

/// Room to work in, kept so that no state asks for its own.
#[derive(Default)]
struct Work {
    /// The rows that may hit, and those that are sure to.
    hits: Vec<u64>,
    sure: Vec<u64>,
    /// Per slot where the bounds of its function are; none where it is done.
    places: Vec<Option<usize>>,
}

/// Per function of a slot the rows that all of its codes accept, and those that some do.
struct Bounds {
    known: Keys<Ref>,
    rows: Vec<u64>,
}

/// A state at its end.
pub(crate) enum Settled {
    /// The gate fails.
    NotApplicable,
    /// All inputs are known, or do not matter.
    Rows,
}

impl<'t> Expansion<'t> {
    /// Starts with a gate, where there is one, and per column the diagram of its places.
    pub(crate) fn new(table: &'t Table, hide: Hide<'t>, gate: Option<Ref>, inputs: &[Ref]) -> Expansion<'t> {
        let open = || inputs.iter().enumerate().filter(|(_, input)| input.code().is_none());
        let slots: Vec<usize> = open().map(|(column, _)| column).collect();
        let bounds = slots.iter().map(|_| Bounds { known: Keys::new(1), rows: Vec::new() }).collect();
        let hits = hits(table, inputs);
        let mut stack = Vec::with_capacity(8 * (1 + slots.len() + hits.len()));
        stack.push(gate.unwrap_or(Ref::leaf(TRUE)).word());
        stack.extend(open().map(|(_, input)| input.word()));
        stack.extend(hits.iter().map(|word| word.cast_signed()));
        Expansion {
            table,
            hide,
            slots,
            bounds,
            stack,
            work: Work::default(),
            outcome_only: false,
            wider: Vec::new(),
        }
    }

    /// With one row alone, as far as it fits.
    pub(crate) fn with_only(mut self, row: usize) -> Expansion<'t> {
        let mut hits = self.hits(0);
        for (w, word) in hits.iter_mut().enumerate() {
            *word &= if w == row / 64 { 1 << (row % 64) } else { 0 };
        }
        self.keep(0, &hits);
        self
    }

    /// Where it does not matter which of several rows with the same outcome decides.
    pub(crate) fn for_outcome(mut self) -> Expansion<'t> {
        self.outcome_only = true;
        if self.table.words == 1 && self.slots.len() > 1 && self.hide != Hide::Nothing {
            self.wider.resize(self.slots.len() * self.table.rows, u64::MAX);
            let columns = self.slots.iter().filter_map(|column| self.table.columns.get(*column));
            for (column, wider) in columns.zip(self.wider.chunks_mut(self.table.rows.max(1))) {
                for accepted in &column.accept {
                    for row in rows(&[*accepted]) {
                        if let Some(word) = wider.get_mut(row) {
                            *word &= accepted;
                        }
                    }
                }
            }
        }
        self
    }

    /// How many words a state has.
    pub(crate) fn stride(&self) -> usize {
        1 + self.slots.len() + self.table.words
    }

    pub(crate) fn state(&self, at: usize) -> &[i64] {
        self.stack.get(at..at + self.stride()).unwrap_or_default()
    }

    fn function(&self, at: usize, place: usize) -> Ref {
        self.stack.get(at + place).map_or(DONE, |word| Ref::of_word(*word))
    }

    fn set(&mut self, at: usize, place: usize, f: Ref) {
        if let Some(slot) = self.stack.get_mut(at + place) {
            *slot = f.word();
        }
    }

    /// The rows that still fit.
    pub(crate) fn hits(&self, at: usize) -> Vec<u64> {
        let from = at + 1 + self.slots.len();
        let words = self.stack.get(from..from + self.table.words).unwrap_or_default();
        words.iter().map(|word| word.cast_unsigned()).collect()
    }

    fn keep(&mut self, at: usize, hits: &[u64]) {
        let from = at + 1 + self.slots.len();
        let words = self.stack.get_mut(from..from + self.table.words).unwrap_or_default();
        words.iter_mut().zip(hits).for_each(|(slot, word)| *slot = word.cast_signed());
    }

    /// The variable that the inputs ask first.
    pub(crate) fn first(&self, at: usize) -> Option<usize> {
        (0..=self.slots.len()).filter_map(|place| self.function(at, place).variable()).min()
    }

    /// Puts the state under a value of a variable on top of the stack.
    pub(crate) fn push(&mut self, store: &Store, at: usize, variable: usize, turn: usize) -> usize {
        let below = self.stack.len();
        self.stack.extend_from_within(at..at + self.stride());
        for place in 0..=self.slots.len() {
            let f = self.function(below, place);
            if f.variable() == Some(variable) {
                self.set(below, place, store.at(f, variable, turn));
            }
        }
        below
    }

    /// Whether a value of a variable leaves the same as the one before it.
    pub(crate) fn repeats(&self, store: &Store, at: usize, variable: usize, turn: usize) -> bool {
        let Some(before) = turn.checked_sub(1) else { return false };
        (0..=self.slots.len()).all(|place| {
            let f = self.function(at, place);
            f.variable() != Some(variable) || store.at(f, variable, turn) == store.at(f, variable, before)
        })
    }

    /// Takes out of a state what does not matter any more; says so when nothing is left to ask.
    pub(crate) fn settle(&mut self, store: &Store, at: usize) -> Option<Settled> {
        if matches!(self.function(at, 0).code(), Some(FALSE | NOT_APPLICABLE)) {
            return Some(Settled::NotApplicable);
        }
        let mut work = std::mem::take(&mut self.work);
        let open = self.narrow(store, at, &mut work);
        self.keep(at, &work.hits);
        self.work = work;
        let gated = self.function(at, 0).variable().is_some();
        (!open && !gated).then_some(Settled::Rows)
    }

    /// Works out the rows that still fit, and takes out the inputs that do not tell them apart; says whether any is left.
    fn narrow(&mut self, store: &Store, at: usize, Work { hits, sure, places }: &mut Work) -> bool {
        let from = at + 1 + self.slots.len();
        let words = self.stack.get(from..from + self.table.words).unwrap_or_default();
        hits.clear();
        hits.extend(words.iter().map(|word| word.cast_unsigned()));
        sure.clone_from(hits);
        places.clear();
        let mut open = false;
        for slot in 0..self.slots.len() {
            let f = self.function(at, 1 + slot);
            let mut found = None;
            if let Some(place) = f.code() {
                if f != DONE {
                    let rows = self.slots.get(slot).map(|column| rows_at(self.table, *column, place));
                    and(hits, rows.unwrap_or_default());
                    and(sure, rows.unwrap_or_default());
                    self.set(at, 1 + slot, DONE);
                }
            } else {
                open = true;
                let place = self.bounds_at(store, slot, f);
                let (all, some) = self.bounds(slot, place);
                and(sure, all);
                and(hits, some);
                found = Some(place);
            }
            places.push(found);
        }
        if !open {
            return false;
        }
        and(sure, hits);
        self.hide(hits, sure);
        self.hide_narrower(hits, places);
        open = false;
        for (slot, place) in places.iter().enumerate() {
            let Some(place) = place else { continue };
            let (all, _) = self.bounds(slot, *place);
            if hits.iter().zip(all).all(|(hits, all)| hits & !all == 0) {
                self.set(at, 1 + slot, DONE);
            } else {
                open = true;
            }
        }
        open
    }

    /// Takes out the rows that cannot count beside one that is sure to hit.
    fn hide(&self, hits: &mut [u64], sure: &[u64]) {
        let first = match self.hide {
            Hide::Nothing => None,
            Hide::Later | Hide::Others => rows(sure).next(),
            Hide::Worse(ranks) => rows(sure).min_by_key(|row| ranks.get(*row)),
        };
        let Some(first) = first else { return };
        for (w, word) in hits.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let row = w * 64 + rest.trailing_zeros() as usize;
                rest &= rest - 1;
                let stays = match self.hide {
                    Hide::Nothing => true,
                    Hide::Later => row <= first,
                    Hide::Others => row == first,
                    Hide::Worse(ranks) => (ranks.get(row), row) <= (ranks.get(first), first),
                };
                if !stays {
                    *word &= !(1 << (row % 64));
                }
            }
        }
        if self.outcome_only {
            self.hide_alike(hits, first);
        }
    }

    /// Takes out the rows that can only hit together with one that goes before them.
    fn hide_narrower(&self, hits: &mut [u64], places: &[Option<usize>]) {
        let (false, [hits]) = (self.wider.is_empty(), hits) else { return };
        let mut rest = *hits;
        while rest != 0 {
            let row = 63 - rest.leading_zeros() as usize;
            let own = 1 << row;
            rest &= !own;
            let mut by = match self.hide {
                Hide::Others | Hide::Nothing => *hits & !own,
                Hide::Later => *hits & (own - 1),
                Hide::Worse(ranks) => {
                    let before = |other: &usize| (ranks.get(*other), *other) < (ranks.get(row), row);
                    rows(&[*hits]).filter(before).fold(0, |by, other| by | 1 << other)
                }
            };
            for slot in (0..).zip(places).filter(|(_, place)| place.is_some()).map(|(slot, _)| slot) {
                if by == 0 {
                    break;
                }
                by &= self.wider.get(slot * self.table.rows + row).copied().unwrap_or(0);
            }
            if by != 0 {
                *hits &= !own;
            }
        }
    }

    /// Takes out the rows just before one that is sure to hit which say the same.
    fn hide_alike(&self, hits: &mut [u64], sure: usize) {
        let order = |row: usize| match self.hide {
            Hide::Worse(ranks) => (ranks.get(row).copied().unwrap_or(0), row),
            _ => (0, row),
        };
        let outcome = |row: usize| self.table.outcome.get(row);
        while let Some(before) = rows(hits).filter(|row| *row != sure).max_by_key(|row| order(*row))
            && outcome(before) == outcome(sure)
            && let Some(word) = hits.get_mut(before / 64)
        {
            *word &= !(1 << (before % 64));
        }
    }

    /// Where the bounds of a function of a slot are.
    fn bounds_at(&mut self, store: &Store, slot: usize, f: Ref) -> usize {
        let column = self.slots.get(slot).copied().unwrap_or_default();
        self.bounds.get_mut(slot).map_or(0, |bounds| bounds.find(store, self.table, column, f))
    }

    /// The rows that all codes of a function accept, and those that some do.
    fn bounds(&self, slot: usize, place: usize) -> (&[u64], &[u64]) {
        let words = self.table.words;
        let at = place * 2 * words;
        let both = self.bounds.get(slot).and_then(|bounds| bounds.rows.get(at..at + 2 * words));
        both.unwrap_or_default().split_at_checked(words).unwrap_or_default()
    }

    /// The rows that each input by itself could accept.
    pub(crate) fn reachable(&mut self, store: &Store) -> Vec<u64> {
        let mut hits = self.hits(0);
        for slot in 0..self.slots.len() {
            let f = self.function(0, 1 + slot);
            if f != DONE {
                let place = self.bounds_at(store, slot, f);
                and(&mut hits, self.bounds(slot, place).1);
            }
        }
        hits
    }
}

impl Bounds {
    /// The place of a function; what it holds comes first.
    fn find(&mut self, store: &Store, table: &Table, column: usize, f: Ref) -> usize {
        let (index, new) = self.known.insert(&[f]);
        if !new {
            return index;
        }
        let words = table.words;
        let from = index * 2 * words;
        self.rows.resize(from + 2 * words, 0);
        let mut all = vec![u64::MAX; words];
        let mut some = vec![0; words];
        let mut add = |every: &[u64], any: &[u64]| {
            all.iter_mut().zip(every).for_each(|(a, b)| *a &= b);
            some.iter_mut().zip(any).for_each(|(a, b)| *a |= b);
        };
        match f.code() {
            Some(place) => {
                let rows = rows_at(table, column, place);
                add(rows, rows);
            }
            None => {
                for edge in store.edges(f) {
                    if let Some(place) = edge.code() {
                        let rows = rows_at(table, column, place);
                        add(rows, rows);
                        continue;
                    }
                    let at = self.find(store, table, column, *edge) * 2 * words;
                    let both = self.rows.get(at..at + 2 * words).unwrap_or_default();
                    let (every, any) = both.split_at_checked(words).unwrap_or_default();
                    add(every, any);
                }
            }
        }
        let own = all.iter().chain(&some);
        self.rows.iter_mut().skip(from).zip(own).for_each(|(slot, word)| *slot = *word);
        index
    }
}

/// Leaves the rows that are in both.
fn and(rows: &mut [u64], others: &[u64]) {
    rows.iter_mut().zip(others).for_each(|(a, b)| *a &= b);
}

/// The rows that all inputs accept of which the place is known.
fn hits(table: &Table, inputs: &[Ref]) -> Vec<u64> {
    let mut hits = super::all_rows(table);
    for (column, place) in inputs.iter().enumerate().filter_map(|(c, input)| Some((c, input.code()?))) {
        and(&mut hits, rows_at(table, column, place));
    }
    hits
}

/// The rows that a place of a column accepts.
pub(super) fn rows_at(table: &Table, column: usize, place: i64) -> &[u64] {
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    table.columns.get(column).map_or(&[], |column| column.at(place, table.words))
}
