//! Sums of points: the diagram of a score, and the sums that it could have.

use super::Diagrams;
use super::store::{Keys, Memo, Ref, Store};
use crate::limits::{MAX_SCORE_STATES, MAX_SUMS, MAX_WORK};
use crate::program::{Code, Engine, GAP, Kind, Term, TermPoints, loose_turn};

/// The results of the states of a score: the sum so far, and the terms that are still open.
struct Results {
    known: Keys<i64>,
    results: Vec<Ref>,
    stack: Vec<i64>,
    edges: Vec<Ref>,
    beyond_limits: bool,
}

impl Diagrams<'_> {
    /// The diagram of the sum of a node.
    pub(super) fn score(&mut self, node: usize, terms: &[Term]) -> Ref {
        let inputs: Vec<Ref> = terms
            .iter()
            .map(|term| {
                let input = self.of(term.node);
                let points = |code: Code| Ref::leaf(term.of(code).unwrap_or(GAP));
                match input.code() {
                    Some(code) => points(code),
                    None => self.store.map(input, &mut Memo::new(1), &mut |_, code| points(code)),
                }
            })
            .collect();
        let mut results = Results {
            known: Keys::new(0),
            results: Vec::new(),
            stack: vec![0],
            edges: Vec::new(),
            beyond_limits: false,
        };
        let mut known: Code = 0;
        for input in &inputs {
            match input.code() {
                Some(GAP) => return Ref::leaf(GAP),
                Some(points) => known = self.engine.loose.add(known, points),
                None => results.stack.push(input.word()),
            }
        }
        if let Some(first) = results.stack.first_mut() {
            *first = known;
        }
        results.known = Keys::new(results.stack.len());
        let found = self.add_up(&mut results, 0);
        if results.beyond_limits {
            return self.any_sum(node, &inputs);
        }
        found
    }

    /// Beyond the limits: any of the sums that there would be if every term went its own way.
    fn any_sum(&mut self, node: usize, inputs: &[Ref]) -> Ref {
        let lists: Vec<Vec<i64>> = inputs.iter().map(|input| self.store.codes(*input)).collect();
        let odd = |code: &i64| *code == GAP || loose_turn(*code).is_some();
        let sure = |list: &Vec<i64>| list.iter().copied().filter(|code| !odd(code)).collect();
        let sums = sums(&lists.iter().map(sure).collect::<Vec<_>>()).unwrap_or_default();
        let mut any: Vec<Ref> = sums.into_iter().map(Ref::leaf).collect();
        // what is unset, and where no row hits
        let other = any.first().copied().unwrap_or(Ref::leaf(GAP));
        for (input, _) in inputs.iter().zip(lists).filter(|(_, list)| list.iter().any(odd)) {
            let mut leaf = |_: &mut Store, code: Code| if odd(&code) { Ref::leaf(code) } else { other };
            any.push(self.store.map(*input, &mut Memo::new(1), &mut leaf));
        }
        self.any_of(node, any)
    }

    fn add_up(&mut self, results: &mut Results, at: usize) -> Ref {
        let stride = results.known.stride();
        // terms that have become known are added to the sum
        let mut sum = results.stack.get(at).copied().unwrap_or_default();
        let mut first: Option<usize> = None;
        for word in results.stack.iter_mut().skip(at + 1).take(stride - 1) {
            let term = Ref::of_word(*word);
            match (term.code(), term.variable()) {
                (Some(GAP), _) => return Ref::leaf(GAP),
                (Some(points), _) => {
                    sum = self.engine.loose.add(sum, points);
                    *word = 0;
                }
                (None, variable) => first = first.into_iter().chain(variable).min(),
            }
        }
        let Some(variable) = first else { return Ref::leaf(sum) };
        if let Some(slot) = results.stack.get_mut(at) {
            *slot = sum;
        }
        let state = results.stack.get(at..at + stride).unwrap_or_default();
        let (index, new) = results.known.insert(state);
        if !new {
            return results.results.get(index).copied().unwrap_or(Ref::leaf(GAP));
        }
        results.results.push(Ref::leaf(GAP));
        self.work = self.work.saturating_add(stride);
        if results.results.len() > MAX_SCORE_STATES || self.work > MAX_WORK {
            results.beyond_limits = true;
            return Ref::leaf(GAP);
        }
        let base = results.edges.len();
        for turn in 0..self.store.arity(variable) {
            let below = results.stack.len();
            results.stack.extend_from_within(at..at + stride);
            for word in results.stack.iter_mut().skip(below + 1) {
                let term = Ref::of_word(*word);
                if term.variable() == Some(variable) {
                    *word = self.store.at(term, variable, turn).word();
                }
            }
            let found = self.add_up(results, below);
            results.stack.truncate(below);
            if results.beyond_limits {
                return found;
            }
            results.edges.push(found);
        }
        let found = self.store.select(variable, results.edges.get(base..).unwrap_or_default());
        results.edges.truncate(base);
        if let Some(slot) = results.results.get_mut(index) {
            *slot = found;
        }
        found
    }
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
            let mut values: Vec<i64> = match &term.points {
                TermPoints::ByCode(map) => TermPoints::known(map).collect(),
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
        && range < MAX_SCORE_STATES
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

pub(super) fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}
