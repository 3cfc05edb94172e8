//! What is unset: where every way in which it could go gives the same, it makes no difference; elsewhere it is missing.

use std::cmp::Ordering;

use super::Diagrams;
use super::store::{Memo, Ref, Store, codes_among};
use crate::document::TypeName;
use crate::model::{Input, Measure, Rule, Type};
use crate::program::{Code, FALSE, GAP, IMPOSSIBLE, NOT_APPLICABLE, Subject, TRUE};
use crate::ticks::tick_value;
use crate::value::Value;

/// Most combinations that are gone through to name what is missing.
const MOST_WAYS: usize = 4096;

impl Diagrams<'_> {
    /// A function of the questions and choices alone: what depends on unset things becomes the code that `missing` gives
    /// for them, and so does a gap, for none.
    pub(crate) fn merged(&mut self, node: usize, f: Ref, missing: &mut impl FnMut(&[usize]) -> Code) -> Ref {
        if let Some(code) = f.code().filter(|code| *code != GAP) {
            return Ref::leaf(code);
        }
        let can_be = self.possible_ways(node, f);
        let mut memo = Memo::new(2);
        self.merge((f, can_be), &mut memo, missing)
    }

    /// The same of a function and of what of it can be.
    fn merge(
        &mut self,
        (f, can_be): (Ref, Ref),
        memo: &mut Memo,
        missing: &mut impl FnMut(&[usize]) -> Code,
    ) -> Ref {
        match can_be.code() {
            Some(GAP) => return Ref::leaf(missing(&[])),
            Some(_) => return can_be,
            None => {}
        }
        let place = match memo.find(&[f, can_be]) {
            Ok(known) => return known,
            Err(place) => place,
        };
        let variable = f.variable().into_iter().chain(can_be.variable()).min().unwrap_or_default();
        let merged = if self.silent_at(variable).is_some() {
            self.one_way((f, can_be), missing)
        } else {
            let turns = self.store.arity(variable);
            let edges: Vec<Ref> = (0..turns)
                .map(|turn| {
                    let edge = (self.store.at(f, variable, turn), self.store.at(can_be, variable, turn));
                    self.merge(edge, memo, missing)
                })
                .collect();
            self.store.select(variable, &edges)
        };
        memo.set(place, merged);
        merged
    }

    /// The code of a function of unset things alone.
    fn one_way(&self, (f, can_be): (Ref, Ref), missing: &mut impl FnMut(&[usize]) -> Code) -> Ref {
        let parts = self.store.parts(&[can_be]);
        let mut codes = codes_among(&parts);
        let restricted = codes.contains(&IMPOSSIBLE);
        codes.retain(|code| *code != IMPOSSIBLE);
        if let [code] = codes.as_slice()
            && *code != GAP
        {
            return Ref::leaf(*code);
        }
        // what only restricts others does not make a difference by itself
        let hangs_on = self.store.parts(&[f]);
        let mut silents: Vec<usize> =
            hangs_on.iter().filter_map(|part| self.silent_at(part.variable()?)).collect();
        silents.sort_unstable();
        silents.dedup();
        if restricted && codes.len() > 1 {
            silents.retain(|silent| self.makes_a_difference(can_be, *silent, &parts));
        }
        Ref::leaf(missing(&silents))
    }

    /// Whether another way of one unset thing, or of others that hang on the same parameter, gives another code although
    /// all else stays as it is.
    fn makes_a_difference(&self, f: Ref, silent: usize, parts: &[Ref]) -> bool {
        let parameters =
            |s: usize| self.engine.silents.get(s).map(crate::program::Silent::parameters).unwrap_or_default();
        let own = parameters(silent);
        let shares = |s: usize| parameters(s).iter().any(|p| own.contains(p));
        let mut others: Vec<usize> = parts.iter().filter_map(|part| part.variable()).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|v| self.silent_at(*v).is_some_and(|s| s != silent && !shares(s)));
        let ways = others.iter().fold(1usize, |ways, v| ways.saturating_mul(self.store.arity(*v)));
        if ways > MOST_WAYS {
            return true;
        }
        (0..ways).any(|way| {
            let mut rest = way;
            let mut fixed: Vec<(usize, usize)> = Vec::new();
            for variable in &others {
                let turns = self.store.arity(*variable).max(1);
                fixed.push((*variable, rest % turns));
                rest /= turns;
            }
            let mut codes = Vec::new();
            codes_under(&self.store, f, &fixed, &mut codes);
            codes.retain(|code| *code != IMPOSSIBLE);
            codes.dedup();
            codes.iter().any(|code| Some(code) != codes.first())
        })
    }

    /// A function with the ways marked that cannot be: a parameter that is compared with several inputs, or that is an
    /// outcome in several places, has one value.
    fn possible_ways(&mut self, node: usize, f: Ref) -> Ref {
        let engine = self.engine;
        let silents = engine.nodes.get(node).map(|n| n.silents.as_slice()).unwrap_or_default();
        let mut f = f;
        for (pair, (a, b)) in engine.pairs.iter().enumerate() {
            if !silents.contains(a) || !silents.contains(b) {
                continue;
            }
            let together = self.together(pair, *a, *b);
            f = self.where_true(f, together);
        }
        for same in engine.same.iter().filter(|same| {
            let (a, b) = same.silents;
            silents.contains(&a) && silents.contains(&b)
        }) {
            let (a, b) = (self.silent(same.silents.0), self.silent(same.silents.1));
            let can = |can: &bool| Ref::leaf(if *can { TRUE } else { FALSE });
            let edges: Vec<Ref> = same
                .together
                .iter()
                .map(|ways| self.store.select(b, &ways.iter().map(can).collect::<Vec<_>>()))
                .collect();
            let together = self.store.select(a, &edges);
            f = self.where_true(f, together);
        }
        f
    }

    /// A function where another one holds; elsewhere it cannot be.
    fn where_true(&mut self, f: Ref, holds: Ref) -> Ref {
        self.store.product((f, holds), &mut Memo::new(2), &mut |_, code, can| {
            Ref::leaf(if can == TRUE { code } else { IMPOSSIBLE })
        })
    }

    /// Whether the place of a question beside another one may matter that its cell does not tell: both are compared with
    /// one unset value, and its answer is not exact.
    pub(crate) fn lies_apart(&self, q: usize) -> bool {
        let exact = self.exact.get(q).copied().flatten();
        let ends = self.engine.pairs.iter().flat_map(|(a, b)| [*a, *b]);
        exact.is_none_or(|(low, high)| low < high)
            && ends
                .filter_map(|silent| self.engine.silents.get(silent))
                .any(|silent| matches!(silent.subject, Subject::End(_, Input::Question(other)) if other == q))
    }

    /// Which ways of two comparisons with one value go together, given how the inputs lie to each other.
    fn together(&mut self, pair: usize, a: usize, b: usize) -> Ref {
        let engine = self.engine;
        let end = |silent: usize| match engine.silents.get(silent).map(|s| &s.subject) {
            Some(Subject::End(parameter, input)) => Some((*parameter, *input)),
            _ => None,
        };
        let (Some((parameter, input_a)), Some((_, input_b))) = (end(a), end(b)) else {
            return Ref::leaf(TRUE);
        };
        let kind = engine.model.parameters.get(parameter).and_then(|p| p.kind);
        let inputs = (self.of(engine.node_of(input_a)), self.of(engine.node_of(input_b)));
        let exact = |input: Input| match input {
            Input::Question(q) => self.exact.get(q).copied().flatten(),
            _ => None,
        };
        let (exact_a, exact_b) = (exact(input_a), exact(input_b));
        let (pair, a, b) = (self.pair(pair), self.silent(a), self.silent(b));
        // each goes below, at or above the value: 0, 1, 2
        let table = |store: &mut Store, order: Ordering| {
            let edges: Vec<Ref> = (0..3)
                .map(|way_a| {
                    let can = |way_b| Ref::leaf(if agree(order, way_a, way_b) { TRUE } else { FALSE });
                    store.select(b, &(0..3).map(can).collect::<Vec<_>>())
                })
                .collect();
            store.select(a, &edges)
        };
        let mut leaf = |store: &mut Store, code_a: Code, code_b: Code| {
            let (Some(range_a), Some(range_b)) = (
                engine.between(input_a, kind, (code_a, exact_a)),
                engine.between(input_b, kind, (code_b, exact_b)),
            ) else {
                return Ref::leaf(TRUE);
            };
            match orders(&range_a, &range_b).as_slice() {
                [] => Ref::leaf(TRUE),
                [order] => table(store, *order),
                several => {
                    let edges: Vec<Ref> = several.iter().map(|order| table(store, *order)).collect();
                    // a variable has the same number of values everywhere
                    let all: Vec<Ref> = edges.iter().cycle().take(3).copied().collect();
                    store.select(pair, &all)
                }
            }
        };
        self.store.product(inputs, &mut Memo::new(2), &mut leaf)
    }
}

impl crate::program::Engine {
    /// The node of an input.
    pub(crate) fn node_of(&self, input: Input) -> usize {
        let node = match input {
            Input::Question(q) | Input::Part(q, _) => self.questions.get(q),
            Input::Output(d, _) | Input::Score(d) => self.decisions.get(d),
        };
        node.copied().unwrap_or(usize::MAX)
    }

    /// The lowest and highest value of an input in one of its codes, as a parameter of a kind is compared with it.
    fn between(
        &self,
        input: Input,
        kind: Option<TypeName>,
        (code, exact): (Code, Option<(i64, i64)>),
    ) -> Option<(Value, Value)> {
        if code == NOT_APPLICABLE || code == GAP {
            return None;
        }
        let place = usize::try_from(code).ok();
        match input {
            Input::Question(q) => {
                let Type::Ordered { measure, .. } = self.model.questions.get(q)?.kind else { return None };
                let cell = self.cells.get(q)?.list.get(place?)?;
                let (lo, hi) =
                    exact.map_or((cell.lo, cell.hi), |(lo, hi)| (lo.max(cell.lo), hi.min(cell.hi)));
                let value = |tick: i64| match (tick_value(measure, tick), kind) {
                    // a parameter that is no date is compared with its year
                    (Value::Date(date), Some(TypeName::Integer | TypeName::Decimal)) => {
                        Value::Number(date.year().into())
                    }
                    (value, _) => value,
                };
                Some((value(lo), value(hi)))
            }
            Input::Score(d) => {
                let Rule::Points(points) = &self.model.decisions.get(d)?.rule else { return None };
                let value = tick_value(Measure::Number { scale: points.scale, step: 1 }, code);
                Some((value.clone(), value))
            }
            Input::Output(d, o) => {
                let value = self.outcomes.get(d)?.get(place?)?.output(o);
                Some((value.clone(), value.clone()))
            }
            Input::Part(q, part) => {
                let value = self.cells.get(q)?.part(place?, part);
                let value = Value::Number(i64::try_from(value).ok()?.into());
                Some((value.clone(), value))
            }
        }
    }
}

/// How two values between these can lie to each other.
fn orders(a: &(Value, Value), b: &(Value, Value)) -> Vec<Ordering> {
    let compare = |a: &Value, b: &Value| match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        _ => None,
    };
    let (Some(low), Some(high)) = (compare(&a.0, &b.1), compare(&a.1, &b.0)) else { return Vec::new() };
    let mut orders = Vec::new();
    if low == Ordering::Less {
        orders.push(Ordering::Less);
    }
    if low != Ordering::Greater && high != Ordering::Less {
        orders.push(Ordering::Equal);
    }
    if high == Ordering::Greater {
        orders.push(Ordering::Greater);
    }
    orders
}

/// Whether two values in this order can lie so to a third.
fn agree(order: Ordering, a: usize, b: usize) -> bool {
    match order {
        Ordering::Equal => a == b,
        Ordering::Less => a < b || (a == b && a != 1),
        Ordering::Greater => a > b || (a == b && a != 1),
    }
}

/// The codes of a function where some of its variables have these values.
fn codes_under(store: &Store, f: Ref, fixed: &[(usize, usize)], codes: &mut Vec<Code>) {
    let Some(variable) = f.variable() else {
        codes.extend(f.code());
        return;
    };
    match fixed.iter().find(|(known, _)| *known == variable) {
        Some((_, turn)) => codes_under(store, store.at(f, variable, *turn), fixed, codes),
        None => store.edges(f).iter().for_each(|edge| codes_under(store, *edge, fixed, codes)),
    }
}
