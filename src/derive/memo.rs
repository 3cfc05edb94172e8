//! What a search hangs on: where none of it changed, what was found before is found again.

use std::collections::BTreeMap;

use super::network::Network;
use crate::case::Case;
use crate::derived::{Extent, Found, Image, Values};
use crate::program::{Code, Engine};

/// What is searched.
#[derive(Clone, Copy)]
pub(super) enum Sought<'s> {
    /// What is attainable of a derived question.
    Image(usize),
    /// What makes a difference to a derived question, as far as its codes are told apart: each with its class.
    Telling(usize, &'s BTreeMap<Code, usize>),
    /// Whether a condition holds everywhere or nowhere.
    Settled(usize),
    /// What a table comes to, with its condition or where that holds, of codes that may be.
    Within(usize, bool, &'s [Code]),
}

impl Engine {
    /// What was found before, else what a search finds, which is then remembered. What hangs on open counts is not: of the
    /// records behind these a key says too little.
    pub(super) fn remembered(
        &self,
        case: &Case,
        sought: Sought<'_>,
        network: &mut Network<'_>,
        search: impl FnOnce(&mut Network<'_>) -> Found,
    ) -> Found {
        let memo = case.memo.as_ref().filter(|_| !network.has_counts());
        let Some((memo, key)) = memo.and_then(|memo| Some((memo, self.key(case, sought)?))) else {
            return search(network);
        };
        memo.get(&key).unwrap_or_else(|| {
            let found = search(network);
            memo.keep(key, &found);
            found
        })
    }

    /// All that a search hangs on, as numbers; none where it hangs on something that has no number.
    fn key(&self, case: &Case, sought: Sought<'_>) -> Option<Vec<i64>> {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let mut key = Vec::with_capacity(64);
        let node = match sought {
            Sought::Image(q) => {
                key.push(0);
                *self.questions.get(q)?
            }
            Sought::Telling(q, classes) => {
                key.extend([1, number(classes.len())]);
                key.extend(classes.iter().flat_map(|(code, class)| [*code, number(*class)]));
                *self.questions.get(q)?
            }
            Sought::Settled(node) => {
                key.push(4);
                node
            }
            Sought::Within(node, whole, codes) => {
                key.extend([2 + i64::from(whole), number(codes.len())]);
                key.extend_from_slice(codes);
                node
            }
        };
        // each list after its length, so that no two keys read alike
        key.push(number(node));
        for decided in [&case.decided, &case.fixed] {
            key.push(number(decided.len()));
            key.extend(decided.iter().flat_map(|(node, value)| [number(*node), *value]));
        }
        for x in self.asked_behind(&self.nodes.get(node)?.questions).iter() {
            if let Some(extent) = case.extents.get(x) {
                push_extent(&mut key, extent);
            }
            let codes = case.codes.get(x).map(|codes| &**codes).unwrap_or_default();
            key.push(number(codes.len()));
            key.extend_from_slice(codes);
        }
        // of a list only what its counts come to matters
        for count in (self.model.asked()..self.model.questions.len()).filter(|q| self.is_count(*q)) {
            push_count(&mut key, case.images.get(count - self.model.asked())?)?;
        }
        Some(key)
    }
}

fn push_extent(key: &mut Vec<i64>, extent: &Extent) {
    let ranges = extent.ranges.iter().flat_map(|(low, high)| [*low, *high]);
    key.extend([i64::from(extent.not_applicable), i64::try_from(extent.ranges.len()).unwrap_or(i64::MAX)]);
    key.extend(ranges);
}

fn push_count(key: &mut Vec<i64>, image: &Image) -> Option<()> {
    if !image.missing.is_empty() {
        return None; // names
    }
    key.extend([i64::from(image.not_applicable), i64::from(image.hull)]);
    match &image.values {
        Values::Listed(ticks) => {
            key.push(i64::try_from(ticks.len()).unwrap_or(i64::MAX));
            key.extend_from_slice(ticks);
        }
        Values::Between(low, high) => key.extend([-1, *low, *high]),
    }
    key.push(i64::try_from(image.codes.len()).unwrap_or(i64::MAX));
    key.extend_from_slice(&image.codes);
    Some(())
}
