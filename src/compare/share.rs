//! Which part of the cases that the rules tell apart lies in a region.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::functions::Functions;
use super::variables::Variable;
use crate::diagram::{Ref, Store};
use crate::program::TRUE;
use crate::value::Value;

/// One, in the units in which parts are added up: exact to 12 decimals.
const WHOLE: u128 = 1_000_000_000_000;
/// Decimals that are given.
const DECIMALS: u32 = 6;

impl Functions<'_> {
    /// The part of the cases that can occur in which a function has one of some codes; every cell of a question counts
    /// alike. The function has none of them where nothing can occur.
    pub(super) fn share(&self, (f, possible): (Ref, Ref), counts: impl Fn(i64) -> bool) -> Value {
        let all = weight(&self.store, &self.variables, possible, |code| code == TRUE);
        let found = weight(&self.store, &self.variables, f, counts);
        value(if all == WHOLE { found } else { found.saturating_mul(WHOLE).checked_div(all).unwrap_or(0) })
    }
}

fn weight(store: &Store, variables: &[Variable], f: Ref, counts: impl Fn(i64) -> bool) -> u128 {
    let mut parts: BTreeMap<Ref, u128> = BTreeMap::new();
    for part in store.parts(&[f]) {
        let own = match (part.code(), part.variable()) {
            (Some(code), _) => {
                if counts(code) {
                    WHOLE
                } else {
                    0
                }
            }
            (None, Some(v)) => {
                let weights = variables.get(v).map(|v| v.values.as_slice()).unwrap_or_default();
                let weight = |turn: usize| weights.get(turn).map_or(1, |group| group.cells.len() as u128);
                let below = store.edges(part).iter().enumerate();
                let (sum, all) = below.fold((0u128, 0u128), |(sum, all), (turn, edge)| {
                    let edge = parts.get(edge).copied().unwrap_or(0);
                    (sum.saturating_add(edge.saturating_mul(weight(turn))), all.saturating_add(weight(turn)))
                });
                sum.checked_div(all).unwrap_or(0)
            }
            (None, None) => 0,
        };
        parts.insert(part, own);
    }
    parts.get(&f).copied().unwrap_or(0)
}

fn value(found: u128) -> Value {
    let unit = 10u128.pow(12 - DECIMALS);
    // what is there at all does not round to nothing, and what is not everything not to everything
    let rounded = match found {
        0 => 0,
        WHOLE => WHOLE / unit,
        found => (found / unit).clamp(1, WHOLE / unit - 1),
    };
    let digits = i64::try_from(rounded).unwrap_or(0);
    Value::Number(Decimal::new(digits, DECIMALS).normalize())
}

/// A part as a number, to compare.
pub(super) fn number(value: &Value) -> Decimal {
    match value {
        Value::Number(n) => *n,
        _ => Decimal::ZERO,
    }
}
