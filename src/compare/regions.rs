//! A function's regions as few boxes: a box gives each question the values that it may have there.
//!
//! The boxes of one region may overlap. Each is as large as it can be, none is covered by the others, and together they are
//! the region exactly.

use std::collections::BTreeSet;

use crate::diagram::{Memo, Ref, Store};
use crate::program::{Code, FALSE, TRUE};

/// Variables with the values that they may have, in the order of the variables; one that is not here may have any.
pub(super) type Box = Vec<(usize, Vec<usize>)>;

/// Of a variable the values that whoever reads these values takes to be among them, too.
pub(super) type Between<'b> = &'b dyn Fn(usize, &[usize]) -> Vec<usize>;

/// The boxes of where a function is true; at most `most`, and whether these are all. A box may hold what cannot occur, as
/// nothing is said of that.
pub(super) fn cover(
    store: &mut Store,
    region: Ref,
    possible: Ref,
    between: Between<'_>,
    most: usize,
) -> (Vec<Box>, bool) {
    let mut boxes: Vec<Box> = Vec::new();
    let mut rest = region;
    let within = product(store, region, possible, |holds, possible| holds == TRUE || possible == FALSE);
    while rest != Ref::leaf(FALSE) {
        if boxes.len() == most {
            return (boxes, false);
        }
        let mut found = first_path(store, rest);
        widen(store, within, between, &mut found);
        let taken = function(store, &found);
        rest = product(store, rest, taken, |rest, taken| rest == TRUE && taken == FALSE);
        boxes.push(found);
    }
    (without_covered(store, region, boxes), true)
}

/// Where a function has a code.
pub(super) fn region(store: &mut Store, f: Ref, code: Code) -> Ref {
    store.map(f, &mut Memo::new(1), &mut |_, known| Ref::leaf(if known == code { TRUE } else { FALSE }))
}

/// The codes that a function has within a box, sorted.
pub(super) fn codes_within(store: &Store, f: Ref, within: &[(usize, Vec<usize>)]) -> Vec<Code> {
    let mut seen = BTreeSet::new();
    let mut codes = BTreeSet::new();
    gather(store, f, within, &mut seen, &mut codes);
    codes.into_iter().collect()
}

fn gather(
    store: &Store,
    f: Ref,
    within: &[(usize, Vec<usize>)],
    seen: &mut BTreeSet<Ref>,
    codes: &mut BTreeSet<Code>,
) {
    if let Some(code) = f.code() {
        codes.insert(code);
        return;
    }
    if !seen.insert(f) {
        return;
    }
    let Some(variable) = f.variable() else { return };
    let allowed = values(within, variable);
    for (turn, edge) in store.edges(f).iter().enumerate() {
        if allowed.is_none_or(|allowed| allowed.contains(&turn)) {
            gather(store, *edge, within, seen, codes);
        }
    }
}

fn values(within: &[(usize, Vec<usize>)], variable: usize) -> Option<&Vec<usize>> {
    let place = within.binary_search_by_key(&variable, |(v, _)| *v).ok()?;
    within.get(place).map(|(_, values)| values)
}

/// The first case of a region: one value for each variable that is asked on the way.
pub(super) fn first_path(store: &Store, region: Ref) -> Box {
    let mut path = Vec::new();
    let mut at = region;
    while let Some(variable) = at.variable() {
        let open = |edge: &&Ref| **edge != Ref::leaf(FALSE);
        let next = store.edges(at).iter().enumerate().find(|(_, edge)| open(edge));
        let Some((turn, edge)) = next else { break };
        path.push((variable, vec![turn]));
        at = *edge;
    }
    path
}

/// Lets the variables of a box have every value that stays within the region. Variables that can have any are left out
/// first, the last ones before the others: what is asked first stays in sight longest.
fn widen(store: &Store, region: Ref, between: Between<'_>, found: &mut Box) {
    let order: Vec<usize> = found.iter().rev().map(|(variable, _)| *variable).collect();
    for variable in &order {
        let without: Box = found.iter().filter(|(v, _)| v != variable).cloned().collect();
        if holds(store, region, &without) {
            *found = without;
        }
    }
    for variable in order {
        let turns = store.arity(variable);
        for turn in 0..turns {
            let Some(place) = found.iter().position(|(v, values)| *v == variable && !values.contains(&turn))
            else {
                continue;
            };
            let only = |values: Vec<usize>| {
                let mut only = found.clone();
                if let Some(slot) = only.get_mut(place) {
                    slot.1 = values;
                }
                holds(store, region, &only)
            };
            let known = found.get(place).map(|(_, values)| values.as_slice()).unwrap_or_default();
            let mut next = [known, &[turn]].concat();
            next.sort_unstable();
            let fits =
                only(vec![turn]) && between(variable, &next).into_iter().all(|value| only(vec![value]));
            if let Some(slot) = found.get_mut(place).filter(|_| fits) {
                slot.1 = next;
            }
        }
    }
}

/// Whether a box lies in a region.
fn holds(store: &Store, region: Ref, within: &[(usize, Vec<usize>)]) -> bool {
    codes_within(store, region, within) == [TRUE]
}

/// A box, as far as it lies in a region, as a function.
pub(super) fn here(store: &mut Store, region: Ref, found: &[(usize, Vec<usize>)]) -> Ref {
    let whole = function(store, found);
    both(store, whole, region)
}

/// Where two functions hold.
pub(super) fn both(store: &mut Store, a: Ref, b: Ref) -> Ref {
    product(store, a, b, |a, b| a == TRUE && b == TRUE)
}

/// A box as a function.
fn function(store: &mut Store, found: &[(usize, Vec<usize>)]) -> Ref {
    let mut below = Ref::leaf(TRUE);
    for (variable, values) in found.iter().rev() {
        let turns = store.arity(*variable);
        let edge = |turn| if values.contains(&turn) { below } else { Ref::leaf(FALSE) };
        let edges: Vec<Ref> = (0..turns).map(edge).collect();
        below = store.select(*variable, &edges);
    }
    below
}

fn product(store: &mut Store, a: Ref, b: Ref, holds: impl Fn(Code, Code) -> bool) -> Ref {
    store.product((a, b), &mut Memo::new(2), &mut |_, a, b| Ref::leaf(if holds(a, b) { TRUE } else { FALSE }))
}

/// Leaves out boxes that the others cover.
fn without_covered(store: &mut Store, region: Ref, boxes: Vec<Box>) -> Vec<Box> {
    let functions: Vec<Ref> = boxes.iter().map(|found| here(store, region, found)).collect();
    let either = |a: Code, b: Code| a == TRUE || b == TRUE;
    // per box what those after it cover
    let mut after = vec![Ref::leaf(FALSE)];
    for f in functions.iter().skip(1).rev() {
        let last = after.last().copied().unwrap_or(Ref::leaf(FALSE));
        let more = product(store, last, *f, either);
        after.push(more);
    }
    after.reverse();
    let mut before = Ref::leaf(FALSE);
    let mut kept = Vec::new();
    for ((found, f), after) in boxes.into_iter().zip(functions).zip(after) {
        let others = product(store, before, after, either);
        let left = product(store, f, others, |f, others| f == TRUE && others == FALSE);
        if left != Ref::leaf(FALSE) {
            before = product(store, before, f, either);
            kept.push(found);
        }
    }
    kept
}
