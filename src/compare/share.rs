//! Which part of the cases that the rules tell apart lies in a region.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::variables::Variable;
use crate::diagram::{Ref, Store};
use crate::value::Value;

/// One, in the units in which parts are added up: exact to 12 decimals.
const WHOLE: u128 = 1_000_000_000_000;
/// Decimals that are given.
const DECIMALS: u32 = 6;

/// The part of the cases in which a function has one of some codes; every cell of a question counts alike.
pub(super) fn share(store: &Store, variables: &[Variable], f: Ref, counts: impl Fn(i64) -> bool) -> Value {
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
    value(parts.get(&f).copied().unwrap_or(0))
}

/// The part of the cases that a box is.
pub(super) fn box_share(variables: &[Variable], found: &[(usize, Vec<usize>)]) -> Value {
    let part = found.iter().fold(WHOLE, |part, (v, values)| {
        let groups = variables.get(*v).map(|v| v.values.as_slice()).unwrap_or_default();
        let count =
            |group: Option<&super::variables::Group>| group.map_or(0, |group| group.cells.len() as u128);
        let all: u128 = groups.iter().map(|group| count(Some(group))).sum();
        let own: u128 = values.iter().map(|value| count(groups.get(*value))).sum();
        part.saturating_mul(own).checked_div(all).unwrap_or(0)
    });
    value(part.max(1))
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
