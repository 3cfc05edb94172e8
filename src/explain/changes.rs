//! Sufficient reasons, and the nearest answers that would change an outcome.

use super::derived::{is_behind, reached};
use super::{outcome, words};
use crate::case::Case;
use crate::evaluate::{Decided, Evaluation, silent};
use crate::explanation::{Change, UsedAnswer};
use crate::model::Type;
use crate::program::{Code, Engine, NOT_APPLICABLE};
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

/// Another answer with what follows from it.
pub(super) struct Other {
    pub(super) answer: UsedAnswer,
    /// In words.
    pub(super) outcome: String,
    /// Whether that is one outcome.
    pub(super) settled: bool,
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
    let mut settled = false;
    for q in sufficient {
        let others = if is_behind(engine, d, *q) {
            super::derived::alternatives(engine, case, d, outcome, *q)
        } else {
            alternatives(engine, case, d, outcome, *q)
        };
        for other in others {
            settled |= other.settled;
            changes.push(Change { answers: vec![other.answer], outcome: other.outcome });
        }
    }
    if settled {
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
                let both = alternatives(engine, &other, d, outcome, *b);
                if let Some(both) = both.into_iter().find(|both| both.settled) {
                    let answers = vec![used(engine, *a, &[code]), both.answer];
                    changes.push(Change { answers, outcome: both.outcome });
                }
            }
        }
    }
    changes
}

/// What follows in another case that leaves it open.
pub(super) fn open(engine: &Engine, case: &Case, d: usize) -> String {
    let mut evaluation = evaluation(engine, case);
    let Decided { reached, needs, .. } = evaluation.decided(d);
    let outcome = evaluation.outcome(d, &reached, needs);
    outcome::text(&evaluation, d, &outcome, &reached)
}

fn used(engine: &Engine, q: usize, codes: &[Code]) -> UsedAnswer {
    let question = engine.model.questions.get(q);
    UsedAnswer {
        question: question.map_or_else(String::new, |q| q.id.to_string()),
        ask: question.map_or_else(String::new, |q| q.ask.clone()),
        answer: engine.codes_text(q, codes),
    }
}

/// Other answers to one question with another outcome, or several that are then possible: of an ordered question the
/// nearest below, above and between what is known of it, and the nearest that settles it; of options the first few.
fn alternatives(engine: &Engine, case: &Case, d: usize, outcome: &Value, q: usize) -> Vec<Other> {
    let all = engine.all(q);
    let mut opened = case.clone();
    if let Some(slot) = opened.codes.get_mut(q) {
        *slot = all.clone().into();
    }
    let mut evaluation = evaluation(engine, &opened);
    let left = evaluation.by_code(d, q);
    let here = case.codes.get(q).map(|codes| &**codes).unwrap_or_default();
    // the outcomes of a cell, where they are others
    let other = |i: usize| -> Option<Vec<Code>> {
        let same = engine.alike_to(q, *all.get(i)?);
        let (_, codes) = left.iter().find(|(code, _)| engine.alike_to(q, *code) == same)?;
        let alike = matches!(codes.as_slice(), [only] if evaluation.value(d, *only) == *outcome);
        (!alike && !codes.is_empty()).then(|| codes.clone())
    };
    let found: Vec<(usize, Vec<Code>)> = (0..all.len()).filter_map(|i| Some((i, other(i)?))).collect();
    let ordered = matches!(engine.model.questions.get(q).map(|q| &q.kind), Some(Type::Ordered { .. }));
    let groups: Vec<(Vec<Code>, Vec<Code>)> = if ordered {
        around(&all, here, &found)
    } else {
        let mut groups: Vec<(Vec<Code>, Vec<Code>)> = Vec::new();
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
    let told = |(codes, outcomes): (Vec<Code>, Vec<Code>)| Other {
        answer: used(engine, q, &codes),
        outcome: match outcomes.as_slice() {
            [only] => words(&evaluation, d, *only),
            _ => open(engine, &engine.with_codes(case, q, codes.get(..1).unwrap_or_default(), silent), d),
        },
        settled: outcomes.len() == 1,
    };
    groups.into_iter().map(told).collect()
}

/// Of the codes of an ordered question that leave something else, those nearest to the ones here, each as far as its neighbours
/// leave the same.
fn around(all: &[Code], here: &[Code], found: &[(usize, Vec<Code>)]) -> Vec<(Vec<Code>, Vec<Code>)> {
    let at = |i: usize| all.get(i).copied();
    let values = || here.iter().copied().filter(|code| *code >= 0);
    let number = |i: usize| at(i).filter(|code| *code >= 0);
    let (first, last) = (values().min().unwrap_or(Code::MIN), values().max().unwrap_or(Code::MIN));
    let below = found.iter().rev().filter(|(i, _)| number(*i).is_some_and(|c| c < first));
    let above = found.iter().filter(|(i, _)| number(*i).is_some_and(|c| c > last));
    // an answer known in part may leave others in between
    let amid =
        found.iter().filter(|(i, _)| number(*i).is_some_and(|c| first < c && c < last && !here.contains(&c)));
    let absent =
        found.iter().filter(|(i, _)| at(*i) == Some(NOT_APPLICABLE) && !here.contains(&NOT_APPLICABLE));
    let absent: Vec<(Vec<Code>, Vec<Code>)> =
        absent.map(|(_, codes)| (vec![NOT_APPLICABLE], codes.clone())).collect();
    let run = |start: &(usize, Vec<Code>), step: isize| {
        let mut codes = Vec::new();
        let mut i = start.0;
        while found.iter().any(|(j, codes)| *j == i && *codes == start.1) {
            codes.extend(number(i).filter(|code| !here.contains(code)));
            match i.checked_add_signed(step) {
                Some(next) => i = next,
                None => break,
            }
        }
        codes.sort_unstable();
        (codes, start.1.clone())
    };
    let (below, amid, above) = (nearest_of(below), nearest_of(amid), nearest_of(above));
    let upwards = amid.into_iter().chain(above).map(|start| run(start, 1));
    below.into_iter().map(|start| run(start, -1)).chain(upwards).chain(absent).collect()
}

/// The first that is found on one side, and where that leaves it open the first that settles it.
fn nearest_of<'f>(mut found: impl Iterator<Item = &'f (usize, Vec<Code>)>) -> Vec<&'f (usize, Vec<Code>)> {
    let first = found.next();
    let open = first.is_some_and(|(_, codes)| codes.len() > 1);
    first.into_iter().chain(found.find(|(_, codes)| open && codes.len() == 1)).collect()
}
