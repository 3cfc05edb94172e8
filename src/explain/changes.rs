//! Sufficient reasons, and the nearest answers that would change an outcome.

use super::derived::{is_behind, reached};
use super::words;
use crate::case::Case;
use crate::evaluate::{Evaluation, silent};
use crate::explanation::{Change, UsedAnswer};
use crate::model::Type;
use crate::program::{Code, Engine};
use crate::value::Value;

/// Most combinations tried for a change of two answers.
const MOST_PAIRS: usize = 2_000;
/// Most other options named for one question.
const MOST_OPTIONS: usize = 4;

/// A smallest set (by inclusion) of answered questions that forces the outcome, in the order of the file. The least
/// telling answers are given up first.
pub(super) fn sufficient(engine: &Engine, case: &Case, d: usize, outcome: &Value) -> Vec<usize> {
    let Some(node) = engine.decision(d) else { return Vec::new() };
    let known = engine.asked_behind(&node.questions);
    let known = known.iter().filter(|q| case.is_given(*q));
    let mut order: Vec<(usize, usize)> =
        known.map(|q| (reached(engine, &engine.opened(case, q, silent), d).len(), q)).collect();
    // of equally telling answers the last one asked is given up first
    order.sort_by_key(|(left, q)| (*left, std::cmp::Reverse(*q)));
    let mut case = case.clone();
    let mut kept = Vec::new();
    for (_, q) in order {
        let without = engine.opened(&case, q, silent);
        if reached(engine, &without, d).iter().eq([outcome]) {
            case = without;
        } else {
            kept.push(q);
        }
    }
    kept.sort_unstable();
    kept
}

/// The evaluation of a case.
pub(super) fn evaluation<'e>(engine: &'e Engine, case: &'e Case) -> Evaluation<'e> {
    Evaluation::new(engine, case.codes.clone(), &case.decided).seeing(case)
}

/// For each answer the nearest others that give another outcome; when no single one does, pairs.
pub(super) fn nearest(
    engine: &Engine,
    case: &Case,
    d: usize,
    outcome: &Value,
    sufficient: &[usize],
) -> Vec<Change> {
    let mut changes = Vec::new();
    for q in sufficient {
        if is_behind(engine, d, *q) {
            let other = super::derived::alternatives(engine, case, d, outcome, *q);
            changes.extend(
                other.into_iter().map(|(answer, text)| Change { answers: vec![answer], outcome: text }),
            );
            continue;
        }
        for (codes, text) in alternatives(engine, case, d, outcome, *q) {
            changes.push(Change { answers: vec![used(engine, *q, &codes)], outcome: text });
        }
    }
    if !changes.is_empty() {
        return changes;
    }
    // one of two must be of the sufficient reason, which forces the outcome; the other may be any answer
    let Some(node) = engine.decision(d) else { return changes };
    let known: Vec<usize> = node.questions.iter().filter(|q| case.is_given(*q)).collect();
    // a pair is tried cell by cell, which says too little of what is derived
    let mut sufficient =
        sufficient.iter().filter(|q| !is_behind(engine, d, **q)).copied().collect::<Vec<_>>();
    sufficient.retain(|q| known.contains(q));
    let known: Vec<usize> = known.into_iter().filter(|q| !is_behind(engine, d, *q)).collect();
    let mut tried = 0;
    for a in &sufficient {
        // a pair of two sufficient answers is tried once
        for b in known.iter().filter(|b| *b != a && !(sufficient.contains(b) && *b < a)) {
            for code in engine.all(*a) {
                tried += engine.all(*b).len();
                if tried > MOST_PAIRS || changes.len() >= MOST_OPTIONS {
                    return changes;
                }
                let other = engine.with_codes(case, *a, &[code], silent);
                if let Some((codes, text)) = alternatives(engine, &other, d, outcome, *b).into_iter().next() {
                    let answers = vec![used(engine, *a, &[code]), used(engine, *b, &codes)];
                    changes.push(Change { answers, outcome: text });
                }
            }
        }
    }
    changes
}

fn used(engine: &Engine, q: usize, codes: &[Code]) -> UsedAnswer {
    let question = engine.model.questions.get(q);
    UsedAnswer {
        question: question.map_or_else(String::new, |q| q.id.to_string()),
        ask: question.map_or_else(String::new, |q| q.ask.clone()),
        answer: engine.codes_text(q, codes),
    }
}

/// Other answers to one question with another outcome: of an ordered question the nearest below and above, of options
/// the first few.
fn alternatives(
    engine: &Engine,
    case: &Case,
    d: usize,
    outcome: &Value,
    q: usize,
) -> Vec<(Vec<Code>, String)> {
    let all = engine.all(q);
    let mut opened = case.clone();
    if let Some(slot) = opened.codes.get_mut(q) {
        *slot = all.clone().into();
    }
    let mut evaluation = evaluation(engine, &opened);
    let left = evaluation.by_code(d, q);
    let here = case.codes.get(q).map(|codes| &**codes).unwrap_or_default();
    // the other outcome of a cell, where all contexts agree on one
    let other = |i: usize| -> Option<Code> {
        let same = engine.alike_to(q, *all.get(i)?);
        let (_, codes) = left.iter().find(|(code, _)| engine.alike_to(q, *code) == same)?;
        match codes.as_slice() {
            [only] if evaluation.value(d, *only) != *outcome => Some(*only),
            _ => None,
        }
    };
    let found: Vec<(usize, Code)> = (0..all.len()).filter_map(|i| Some((i, other(i)?))).collect();
    let ordered = matches!(engine.model.questions.get(q).map(|q| &q.kind), Some(Type::Ordered { .. }));
    let groups: Vec<(Vec<Code>, Code)> = if ordered {
        let at = |i: usize| all.get(i).copied();
        let low = here.iter().min().copied();
        let high = here.iter().max().copied();
        let below = found.iter().rev().find(|(i, _)| at(*i) < low && at(*i).is_some_and(|c| c >= 0));
        let above = found.iter().find(|(i, _)| at(*i) > high);
        let run = |start: &(usize, Code), step: isize| {
            let mut codes = Vec::new();
            let mut i = start.0;
            while let Some((_, code)) = found.iter().find(|(j, _)| *j == i).filter(|(_, c)| *c == start.1) {
                let _ = code;
                codes.extend(at(i));
                match i.checked_add_signed(step) {
                    Some(next) => i = next,
                    None => break,
                }
            }
            codes.sort_unstable();
            (codes, start.1)
        };
        below.map(|b| run(b, -1)).into_iter().chain(above.map(|a| run(a, 1))).collect()
    } else {
        let mut groups: Vec<(Vec<Code>, Code)> = Vec::new();
        for (i, code) in found {
            let Some(option) = all.get(i).copied() else { continue };
            match groups.iter_mut().find(|(_, known)| *known == code) {
                Some((options, _)) => options.push(option),
                None => groups.push((vec![option], code)),
            }
        }
        groups.truncate(MOST_OPTIONS);
        groups
    };
    groups.into_iter().map(|(codes, code)| (codes, words(&evaluation, d, code))).collect()
}
