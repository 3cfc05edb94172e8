//! What each cell of each open question leaves, for all questions in one pass.

use super::store::{Keys, Ref, Store, codes_among};
use crate::program::Code;

/// Per variable on which a function depends the codes that each of its values leaves.
pub(crate) struct Cellwise {
    /// The codes of the function, sorted.
    codes: Vec<Code>,
    words: usize,
    /// Each variable with a set of codes for each of its values.
    variables: Vec<(usize, Vec<u64>)>,
}

impl Cellwise {
    pub(crate) fn new(store: &Store, f: Ref) -> Cellwise {
        let parts = store.parts(&[f]);
        let codes = codes_among(&parts);
        let words = codes.len().div_ceil(64);
        let mut variables: Vec<(usize, Vec<u64>)> = Vec::new();
        for variable in parts.iter().filter_map(|part| part.variable()) {
            if let Err(place) = variables.binary_search_by_key(&variable, |(v, _)| *v) {
                variables.insert(place, (variable, vec![0; store.arity(variable) * words]));
            }
        }
        let order: Vec<usize> = variables.iter().map(|(variable, _)| *variable).collect();
        // per part the codes that it can have; children come first
        let mut index = Keys::new(1);
        let mut sets: Vec<u64> = Vec::with_capacity(parts.len() * words);
        // what passes a variable by leaves the same codes for all of its values
        let mut passing = vec![0u64; variables.len() * words];
        let mut own = vec![0u64; words];
        for part in &parts {
            index.insert(&[*part]);
            own.fill(0);
            if let Some(place) = part.code().and_then(|code| codes.binary_search(&code).ok())
                && let Some(word) = own.get_mut(place / 64)
            {
                *word |= 1 << (place % 64);
            }
            let place = |f: Ref| match f.variable() {
                Some(variable) => order.partition_point(|v| *v < variable),
                None => order.len(),
            };
            let from = place(*part);
            for (turn, edge) in store.edges(*part).iter().enumerate() {
                let to = place(*edge);
                let child = index.insert(&[*edge]).0 * words;
                let set = sets.get(child..child + words).unwrap_or_default();
                unite(&mut own, set);
                if let Some((_, cells)) = variables.get_mut(from) {
                    unite(cells.get_mut(turn * words..).unwrap_or_default(), set);
                }
                for passed in from + 1..to {
                    unite(passing.get_mut(passed * words..).unwrap_or_default(), set);
                }
            }
            sets.extend_from_slice(&own);
        }
        for ((_, cells), passed) in variables.iter_mut().zip(passing.chunks(words.max(1))) {
            cells.chunks_mut(words.max(1)).for_each(|cell| unite(cell, passed));
        }
        Cellwise { codes, words, variables }
    }

    /// The variables, in their order.
    pub(crate) fn variables(&self) -> impl Iterator<Item = usize> + '_ {
        self.variables.iter().map(|(variable, _)| *variable)
    }

    fn cells(&self, variable: usize) -> Option<&[u64]> {
        let place = self.variables.binary_search_by_key(&variable, |(v, _)| *v).ok()?;
        self.variables.get(place).map(|(_, cells)| cells.as_slice())
    }

    /// How many codes the values of a variable leave, added up with these weights; none where the function does not
    /// depend on it.
    pub(crate) fn left(&self, variable: usize, weight: impl Fn(usize) -> usize) -> Option<usize> {
        let sets = self.cells(variable)?.chunks(self.words.max(1)).enumerate();
        let count = |set: &[u64]| set.iter().map(|word| word.count_ones() as usize).sum::<usize>();
        Some(sets.map(|(turn, set)| count(set) * weight(turn)).sum())
    }

    /// The codes that each value of a variable leaves.
    pub(crate) fn by_value(&self, variable: usize) -> Option<Vec<Vec<Code>>> {
        let sets = self.cells(variable)?.chunks(self.words.max(1));
        let codes = |set: &[u64]| {
            crate::program::rows(set).filter_map(|place| self.codes.get(place)).copied().collect::<Vec<_>>()
        };
        Some(sets.map(codes).collect())
    }
}

fn unite(into: &mut [u64], from: &[u64]) {
    into.iter_mut().zip(from).for_each(|(a, b)| *a |= b);
}
