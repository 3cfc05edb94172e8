//! Functions from open questions to codes, as diagrams in which equal parts are kept once.
//!
//! A diagram asks its variables in a fixed order and never asks one that makes no difference. So two functions are equal
//! when their references are, and a function depends on exactly the variables that its diagram holds.

use std::hash::Hash;

use crate::hash::hash;
use crate::program::Code;
use crate::source::clamp;

/// A function: a code, or a variable with a function for each of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ref(i64);

/// References from here upwards are to variables; all codes lie below.
const INNER: i64 = 1 << 62;
const INDEX_BITS: u32 = 32;

impl Ref {
    /// The function that is always this code.
    pub(crate) const fn leaf(code: Code) -> Ref {
        Ref(code)
    }

    fn inner(variable: usize, index: usize) -> Ref {
        let number = |n: usize| i64::try_from(n).unwrap_or(0);
        Ref(INNER | number(variable) << INDEX_BITS | number(index))
    }

    /// The code, where it is always the same.
    #[inline]
    pub(crate) fn code(self) -> Option<Code> {
        (self.0 < INNER).then_some(self.0)
    }

    /// The variable that it asks first.
    #[inline]
    pub(crate) fn variable(self) -> Option<usize> {
        if self.0 < INNER {
            return None;
        }
        usize::try_from((self.0 & !INNER) >> INDEX_BITS).ok()
    }

    fn index(self) -> usize {
        usize::try_from(self.0 & ((1 << INDEX_BITS) - 1)).unwrap_or(0)
    }

    /// As a word of a key, and back.
    pub(crate) fn word(self) -> i64 {
        self.0
    }

    pub(crate) fn of_word(word: i64) -> Ref {
        Ref(word)
    }
}

/// So many lists are looked through one by one before they are hashed: most diagrams are small.
const FEW_KEYS: usize = 8;

/// Lists of equal length, each kept once, found by their content. They are never gone through in the order of the hash.
#[derive(Debug, Clone)]
pub(crate) struct Keys<T> {
    stride: usize,
    data: Vec<T>,
    /// Places in `data`, from 1; a power of two of them. None while there are few.
    slots: Vec<u32>,
    len: usize,
}

impl<T: Copy + Eq + Hash> Keys<T> {
    pub(crate) fn new(stride: usize) -> Keys<T> {
        Keys { stride, data: Vec::new(), slots: Vec::new(), len: 0 }
    }

    /// How long each list is.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    pub(crate) fn get(&self, index: usize) -> &[T] {
        self.data.get(index * self.stride..(index + 1) * self.stride).unwrap_or_default()
    }

    /// The index of a list, and whether it is new.
    pub(crate) fn insert(&mut self, key: &[T]) -> (usize, bool) {
        if self.len >= FEW_KEYS && self.len * 2 >= self.slots.len() {
            self.grow();
        }
        let (slot, found) = self.find(key);
        if let Some(index) = found {
            return (index, false);
        }
        self.data.extend_from_slice(key);
        self.len += 1;
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = u32::try_from(self.len).unwrap_or(0);
        }
        (self.len - 1, true)
    }

    /// The index of a list, where it is there.
    pub(crate) fn place(&self, key: &[T]) -> Option<usize> {
        self.find(key).1
    }

    /// The slot where a list is or belongs, and its index.
    fn find(&self, key: &[T]) -> (usize, Option<usize>) {
        if self.slots.is_empty() {
            return (0, (0..self.len).find(|index| self.get(*index) == key));
        }
        let mask = self.slots.len() - 1;
        let mut slot = usize::try_from(hash(key) >> 32).unwrap_or(0) & mask;
        loop {
            match self.slots.get(slot) {
                Some(0) | None => return (slot, None),
                Some(place) => {
                    let index = *place as usize - 1;
                    if self.get(index) == key {
                        return (slot, Some(index));
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let slots = (self.slots.len() * 4).max(4 * FEW_KEYS);
        self.slots.clear();
        self.slots.resize(slots, 0);
        for index in 0..self.len {
            let (slot, _) = self.find(self.get(index));
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = u32::try_from(index + 1).unwrap_or(0);
            }
        }
    }
}

/// What was found for some functions.
#[derive(Debug)]
pub(crate) struct Memo {
    keys: Keys<Ref>,
    values: Vec<Ref>,
}

impl Memo {
    /// For groups of so many functions.
    pub(crate) fn new(stride: usize) -> Memo {
        Memo { keys: Keys::new(stride), values: Vec::new() }
    }

    /// What was found, or the place for it.
    pub(super) fn find(&mut self, key: &[Ref]) -> Result<Ref, usize> {
        let (index, new) = self.keys.insert(key);
        if new {
            self.values.push(Ref::leaf(0));
            return Err(index);
        }
        self.values.get(index).copied().ok_or(index)
    }

    pub(super) fn set(&mut self, index: usize, value: Ref) {
        if let Some(slot) = self.values.get_mut(index) {
            *slot = value;
        }
    }
}

/// The diagrams of one computation.
#[derive(Debug, Default)]
pub(crate) struct Store {
    /// Of each variable that is asked its distinct nodes: a function for each value.
    levels: Vec<Keys<Ref>>,
    /// Per variable its place in `levels`, from 1. There are many variables, and mostly few are asked.
    places: Vec<u32>,
}

impl Store {
    /// A variable with a function for each of its values, all of which ask later variables only.
    fn node(&mut self, variable: usize, edges: &[Ref]) -> Ref {
        let Some(first) = edges.first() else { return Ref::leaf(crate::program::GAP) };
        if edges.iter().all(|edge| edge == first) {
            return *first;
        }
        if self.places.len() <= variable {
            self.places.resize(variable + 1, 0);
        }
        let Some(place) = self.places.get_mut(variable) else { return *first };
        if *place == 0 {
            self.levels.push(Keys::new(edges.len()));
            *place = clamp(self.levels.len());
        }
        let Some(level) = self.levels.get_mut(*place as usize - 1) else { return *first };
        Ref::inner(variable, level.insert(edges).0)
    }

    /// A variable with a function for each of its values, in whatever order those ask.
    pub(crate) fn select(&mut self, variable: usize, edges: &[Ref]) -> Ref {
        let first = edges.iter().filter_map(|edge| edge.variable()).min();
        match first {
            Some(earlier) if earlier < variable => {
                let turns = self.arity(earlier);
                let below: Vec<Ref> = (0..turns)
                    .map(|turn| {
                        let under: Vec<Ref> =
                            edges.iter().map(|edge| self.at(*edge, earlier, turn)).collect();
                        self.select(variable, &under)
                    })
                    .collect();
                self.node(earlier, &below)
            }
            Some(same) if same == variable => {
                let own: Vec<Ref> =
                    edges.iter().enumerate().map(|(turn, edge)| self.at(*edge, variable, turn)).collect();
                self.node(variable, &own)
            }
            _ => self.node(variable, edges),
        }
    }

    fn level(&self, variable: usize) -> Option<&Keys<Ref>> {
        let place = *self.places.get(variable)? as usize;
        self.levels.get(place.checked_sub(1)?)
    }

    /// How many functions its nodes name.
    pub(super) fn size(&self) -> usize {
        self.levels.iter().map(|level| level.data.len()).sum()
    }

    /// How many values a variable has.
    pub(crate) fn arity(&self, variable: usize) -> usize {
        self.level(variable).map_or(0, |level| level.stride)
    }

    /// The functions for the values of the variable that is asked first.
    pub(crate) fn edges(&self, f: Ref) -> &[Ref] {
        let level = f.variable().and_then(|variable| self.level(variable));
        level.map(|level| level.get(f.index())).unwrap_or_default()
    }

    /// The variable and the codes of a function that asks a single one.
    pub(crate) fn flat(&self, f: Ref) -> Option<(usize, impl Iterator<Item = Code> + Clone + '_)> {
        let edges = self.edges(f);
        let variable = f.variable().filter(|_| edges.iter().all(|edge| edge.code().is_some()))?;
        Some((variable, edges.iter().filter_map(|edge| edge.code())))
    }

    /// A function under a value of a variable; it asks none before that one.
    #[inline]
    pub(crate) fn at(&self, f: Ref, variable: usize, turn: usize) -> Ref {
        if f.variable() != Some(variable) {
            return f;
        }
        self.edges(f).get(turn).copied().unwrap_or(f)
    }

    /// A function with other ones in the place of its codes.
    pub(crate) fn map(
        &mut self,
        f: Ref,
        memo: &mut Memo,
        leaf: &mut impl FnMut(&mut Store, Code) -> Ref,
    ) -> Ref {
        let Some(variable) = f.variable() else { return leaf(self, f.code().unwrap_or_default()) };
        let place = match memo.find(&[f]) {
            Ok(known) => return known,
            Err(place) => place,
        };
        let turns = self.arity(variable);
        let mut edges = Vec::with_capacity(turns);
        for turn in 0..turns {
            let edge = self.at(f, variable, turn);
            edges.push(self.map(edge, memo, leaf));
        }
        let mapped = self.select(variable, &edges);
        memo.set(place, mapped);
        mapped
    }

    /// A function where some variables have these values.
    pub(crate) fn under(&mut self, f: Ref, values: &[(usize, usize)], memo: &mut Memo) -> Ref {
        let Some(variable) = f.variable() else { return f };
        if let Some((_, turn)) = values.iter().find(|(known, _)| *known == variable) {
            let below = self.at(f, variable, *turn);
            return self.under(below, values, memo);
        }
        let place = match memo.find(&[f]) {
            Ok(known) => return known,
            Err(place) => place,
        };
        let turns = self.arity(variable);
        let mut edges = Vec::with_capacity(turns);
        for turn in 0..turns {
            let edge = self.at(f, variable, turn);
            edges.push(self.under(edge, values, memo));
        }
        let found = self.node(variable, &edges);
        memo.set(place, found);
        found
    }

    /// Two functions as one, of their codes together.
    pub(crate) fn product(
        &mut self,
        (a, b): (Ref, Ref),
        memo: &mut Memo,
        leaf: &mut impl FnMut(&mut Store, Code, Code) -> Ref,
    ) -> Ref {
        let variable = match (a.variable(), b.variable()) {
            (None, None) => return leaf(self, a.code().unwrap_or_default(), b.code().unwrap_or_default()),
            (Some(a), Some(b)) => a.min(b),
            (Some(one), None) | (None, Some(one)) => one,
        };
        let place = match memo.find(&[a, b]) {
            Ok(known) => return known,
            Err(place) => place,
        };
        let turns = self.arity(variable);
        let mut edges = Vec::with_capacity(turns);
        for turn in 0..turns {
            let pair = (self.at(a, variable, turn), self.at(b, variable, turn));
            edges.push(self.product(pair, memo, leaf));
        }
        let product = self.select(variable, &edges);
        memo.set(place, product);
        product
    }

    /// Every function that these hold, each after those that it holds itself.
    pub(crate) fn parts(&self, roots: &[Ref]) -> Vec<Ref> {
        let mut seen = Keys::new(1);
        let mut parts = Vec::new();
        roots.iter().for_each(|root| self.gather(*root, &mut seen, &mut parts));
        parts
    }

    fn gather(&self, f: Ref, seen: &mut Keys<Ref>, parts: &mut Vec<Ref>) {
        if !seen.insert(&[f]).1 {
            return;
        }
        self.edges(f).iter().for_each(|edge| self.gather(*edge, seen, parts));
        parts.push(f);
    }

    /// The codes that a function can have, sorted.
    pub(crate) fn codes(&self, f: Ref) -> Vec<Code> {
        if let Some(code) = f.code() {
            return vec![code];
        }
        codes_among(&self.parts(&[f]))
    }
}

/// The codes among the parts of a function, sorted.
pub(super) fn codes_among(parts: &[Ref]) -> Vec<Code> {
    let mut codes: Vec<Code> = parts.iter().filter_map(|part| part.code()).collect();
    codes.sort_unstable();
    codes
}
