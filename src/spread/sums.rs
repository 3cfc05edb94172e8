//! Sums of points over all contexts: the exact set of reachable sums.

use std::rc::Rc;

use super::{Family, Spread, distinct};
use crate::limits::MAX_CELLS_HELD;
use crate::program::{Code, GAP, Term};

impl Spread<'_> {
    /// Width and values of a score whose terms are independent.
    pub(super) fn points(&mut self, terms: &[Term], inputs: &[Rc<Family>]) -> (usize, Vec<Code>) {
        let mut gap = false;
        let mut scalars: Vec<Vec<i64>> = Vec::new();
        let mut vectors: Vec<(usize, Vec<Code>)> = Vec::new();
        for (term, family) in terms.iter().zip(inputs) {
            if family.width == 1 {
                let mut values: Vec<i64> = family.data.iter().filter_map(|code| term.of(*code)).collect();
                gap |= values.len() < family.data.len();
                values.sort_unstable();
                values.dedup();
                scalars.push(values);
            } else {
                let values: Vec<Code> =
                    family.data.iter().map(|code| term.of(*code).unwrap_or(GAP)).collect();
                vectors.push((family.width, distinct(values, family.width)));
            }
        }
        let sums = sums(&scalars);
        let width = vectors.first().map_or(1, |(width, _)| *width);
        let mut data: Vec<Code> = Vec::with_capacity(sums.len() * width);
        for sum in &sums {
            data.extend(std::iter::repeat_n(*sum, width));
        }
        for (_, contexts) in &vectors {
            if data.len().saturating_mul(contexts.len() / width) > MAX_CELLS_HELD {
                self.approximate = true;
                break;
            }
            let mut next = Vec::with_capacity(data.len() * (contexts.len() / width));
            for context in contexts.chunks_exact(width) {
                for sum in data.chunks_exact(width) {
                    let add = |(a, b): (&Code, &Code)| if *a == GAP || *b == GAP { GAP } else { a + b };
                    next.extend(sum.iter().zip(context).map(add));
                }
            }
            data = if contexts.len() == width { next } else { distinct(next, width) };
        }
        if gap {
            data.extend(std::iter::repeat_n(GAP, width));
        }
        (width, data)
    }
}

/// The reachable sums of one value from each list.
fn sums(lists: &[Vec<i64>]) -> Vec<i64> {
    let base: i64 = lists.iter().filter_map(|l| l.first()).sum();
    let steps = lists.iter().flat_map(|l| l.iter().map(|v| v - l.first().unwrap_or(v)));
    let unit = steps.clone().fold(0, gcd).max(1);
    let range: i64 = lists.iter().filter_map(|l| Some(l.last()? - l.first()?)).sum::<i64>() / unit;
    if lists.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    if let Ok(range) = usize::try_from(range)
        && range < MAX_CELLS_HELD
    {
        return sums_as_bits(lists, base, unit, range);
    }
    let mut all = vec![0];
    for list in lists {
        all = list.iter().flat_map(|v| all.iter().map(move |sum| sum + v)).collect();
        all.sort_unstable();
        all.dedup();
    }
    all
}

/// The reachable sums as a set of bits: bit i stands for `base + i * unit`.
fn sums_as_bits(lists: &[Vec<i64>], base: i64, unit: i64, range: usize) -> Vec<i64> {
    let mut bits = vec![0u64; range / 64 + 1];
    if let Some(first) = bits.first_mut() {
        *first = 1;
    }
    for list in lists.iter().filter(|list| list.len() > 1) {
        let first = list.first().copied().unwrap_or(0);
        let mut next = vec![0u64; bits.len()];
        for value in list {
            let shift = usize::try_from((value - first) / unit).unwrap_or(0);
            add_shifted(&mut next, &bits, shift);
        }
        bits = next;
    }
    let place = |bit: usize| i64::try_from(bit).unwrap_or(0);
    crate::program::rows(&bits).map(|bit| base + place(bit) * unit).collect()
}

/// `into |= from << shift`, for sets of bits.
fn add_shifted(into: &mut [u64], from: &[u64], shift: usize) {
    let (words, bits) = (shift / 64, shift % 64);
    for (i, word) in from.iter().enumerate() {
        if let Some(slot) = into.get_mut(i + words) {
            *slot |= word << bits;
        }
        if bits > 0
            && let Some(slot) = into.get_mut(i + words + 1)
        {
            *slot |= word >> (64 - bits);
        }
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}
