//! Sums of points over all contexts: the exact set of reachable sums.

use std::rc::Rc;

use super::{Family, Spread, distinct};
use crate::limits::{MAX_CELLS_HELD, MAX_SUMS};
use crate::program::{Code, Engine, GAP, Kind, Term, TermPoints};

impl Spread<'_> {
    /// Width and values of a score whose terms are independent.
    pub(super) fn points(&mut self, terms: &[Term], inputs: &[Rc<Family>]) -> (usize, Vec<Code>) {
        let mut gap = false;
        let mut scalars: Vec<Vec<i64>> = Vec::new();
        let mut vectors: Vec<(usize, Vec<Code>)> = Vec::new();
        for (term, family) in terms.iter().zip(inputs) {
            if family.width == 1 {
                scalars.push(values(term, family, &mut gap));
            } else {
                let values: Vec<Code> =
                    family.data.iter().map(|code| term.of(*code).unwrap_or(GAP)).collect();
                vectors.push((family.width, distinct(values, family.width)));
            }
        }
        let sums = self.within_limits(&scalars);
        let width = vectors.first().map_or(1, |(width, _)| *width);
        if sums.len().saturating_mul(width) > MAX_CELLS_HELD {
            return self.superset_of_sums(terms, inputs);
        }
        let mut data: Vec<Code> = Vec::with_capacity(sums.len() * width);
        for sum in &sums {
            data.extend(std::iter::repeat_n(*sum, width));
        }
        for (_, contexts) in &vectors {
            if data.len().saturating_mul(contexts.len() / width) > MAX_CELLS_HELD {
                return self.superset_of_sums(terms, inputs);
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

    /// Beyond the limits: the sums of any value of each term, whichever way what is unset goes.
    fn superset_of_sums(&mut self, terms: &[Term], inputs: &[Rc<Family>]) -> (usize, Vec<Code>) {
        self.approximate = true;
        let mut gap = false;
        let mut lists: Vec<Vec<i64>> = Vec::new();
        for (term, family) in terms.iter().zip(inputs) {
            lists.push(values(term, family, &mut gap));
        }
        let mut data = self.within_limits(&lists);
        if gap {
            data.push(GAP);
        }
        (1, data)
    }

    /// The reachable sums; the check has refused scores that could have too many.
    fn within_limits(&mut self, lists: &[Vec<i64>]) -> Vec<i64> {
        sums(lists).unwrap_or_else(|| {
            self.approximate = true;
            Vec::new()
        })
    }
}

/// The distinct points of a term; `gap` where some of its values say nothing.
fn values(term: &Term, family: &Family, gap: &mut bool) -> Vec<i64> {
    let mut values: Vec<i64> = family.data.iter().filter_map(|code| term.of(*code)).collect();
    *gap |= values.len() < family.data.len();
    values.sort_unstable();
    values.dedup();
    values
}

/// Per node the sums that it could have if every term went its own way: none where there are too many, empty where the
/// node is not a score.
pub(crate) fn every_sum(engine: &Engine) -> Vec<Option<Vec<i64>>> {
    let mut found: Vec<Option<Vec<i64>>> = Vec::with_capacity(engine.nodes.len());
    for node in &engine.nodes {
        let Kind::Points(terms) = &node.kind else {
            found.push(Some(Vec::new()));
            continue;
        };
        let list = |term: &Term| {
            let mut values = match &term.points {
                TermPoints::ByCode(map) => map.clone(),
                TermPoints::Times(factor) => {
                    found.get(term.node)?.as_ref()?.iter().map(|sum| sum.saturating_mul(*factor)).collect()
                }
            };
            values.push(0); // where the term does not apply
            values.sort_unstable();
            values.dedup();
            Some(values)
        };
        let lists: Option<Vec<Vec<i64>>> = terms.iter().map(list).collect();
        found.push(lists.and_then(|lists| sums(&lists)));
    }
    found
}

/// The reachable sums of one value from each list; none when there are too many.
fn sums(lists: &[Vec<i64>]) -> Option<Vec<i64>> {
    let base: i64 = lists.iter().filter_map(|l| l.first()).sum();
    let steps = lists.iter().flat_map(|l| l.iter().map(|v| v - l.first().unwrap_or(v)));
    let unit = steps.clone().fold(0, gcd).max(1);
    let range: i64 = lists.iter().filter_map(|l| Some(l.last()? - l.first()?)).sum::<i64>() / unit;
    if lists.iter().any(Vec::is_empty) {
        return Some(Vec::new());
    }
    if range < 128 {
        return Some(few_sums(lists, base, unit));
    }
    if let Ok(range) = usize::try_from(range)
        && range < MAX_CELLS_HELD
    {
        return Some(sums_as_bits(lists, base, unit, range)).filter(|all| all.len() <= MAX_SUMS);
    }
    let mut all = vec![0];
    for list in lists {
        let mut next = Vec::new();
        for value in list {
            next.extend(all.iter().map(|sum| sum + value));
            if next.len() > 2 * MAX_SUMS {
                next.sort_unstable();
                next.dedup();
                if next.len() > MAX_SUMS {
                    return None;
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        all = next;
    }
    (all.len() <= MAX_SUMS).then_some(all)
}

/// The reachable sums where 128 bits are enough, which is so for the score of any checklist seen.
fn few_sums(lists: &[Vec<i64>], base: i64, unit: i64) -> Vec<i64> {
    let mut bits = 1u128;
    for list in lists.iter().filter(|list| list.len() > 1) {
        let first = list.first().copied().unwrap_or(0);
        bits = list.iter().fold(0, |sum, value| sum | bits << ((value - first) / unit));
    }
    (0..128).filter(|i| bits >> i & 1 == 1).map(|i| base + i * unit).collect()
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
