//! Questions on which nothing depends. What is too large to be followed exactly is tried out: two cases that differ in one
//! answer alone and come out differently prove that it matters. As in other proofs a formula is a number by itself there.

use crate::diagnostic::{Code as Finding, Diagnostic};
use crate::diagram::{Diagrams, Ref};
use crate::model::{QuestionInfo, Type};
use crate::program::{Code, Codes, Engine, Set};

/// How many cases are varied per question, and how many values of it are tried in each.
const MOST_CASES: usize = 24;
const MOST_VALUES: usize = 4;

/// Most questions that a finding names.
const MOST_NAMED: usize = 3;

/// Says on which questions no decision, condition, remark or step depends, and of which that is not proven.
pub(super) fn idle(diagrams: &mut Diagrams<'_>, out: &mut Vec<Diagnostic>) {
    let engine = diagrams.engine;
    let after = engine.remarks.iter().chain(&engine.steps).flatten();
    let gates = engine.nodes.iter().filter_map(|n| n.gate.as_ref()).chain(after);
    let mut functions: Vec<Ref> = Vec::new();
    let mut large: Vec<usize> = Vec::new();
    let mut read = Set::default();
    for index in engine.decisions.iter().chain(gates) {
        let f = diagrams.own(*index);
        match engine.nodes.get(*index).filter(|_| diagrams.is_approximate(f)) {
            Some(node) => {
                read.add(&node.questions);
                large.push(*index);
            }
            None => functions.push(f),
        }
    }
    let mut matters = Set::default();
    let parts = diagrams.store.parts(&functions);
    parts.iter().filter_map(|part| part.variable()).for_each(|variable| matters.insert(variable));
    let others = engine.model.reference_dates.iter().copied().chain(engine.model.counted());
    others.for_each(|q| matters.insert(q));
    let mut doubtful: Vec<&QuestionInfo> = Vec::new();
    for (q, question) in engine.model.questions.iter().enumerate() {
        let told = question.kind == Type::Text || question.derived.is_some();
        if told || matters.contains(q) {
            continue;
        }
        if !read.contains(q) {
            let message = format!("nothing depends on `{}`", question.id);
            let finding = Diagnostic::warning(Finding::IdleQuestion, question.span, message);
            out.push(finding.help("use it in a decision, or remove it"));
        } else if !makes_a_difference(engine, &large, q) {
            doubtful.push(question);
        }
    }
    if let Some(first) = doubtful.first() {
        let mut ids: Vec<String> = doubtful.iter().map(|question| format!("`{}`", question.id)).collect();
        let more = ids.split_off(ids.len().min(MOST_NAMED)).len();
        ids.extend((more > 0).then(|| format!("{more} more")));
        let message = format!("not proven that a decision depends on {}", ids.join(", "));
        let finding = Diagnostic::warning(Finding::Unproven, first.span, message);
        out.push(
            finding.help("split the decisions that read them: they are too large to be followed exactly"),
        );
    }
}

/// Whether two cases were found that differ in one answer alone and of which some node comes to something else.
fn makes_a_difference(engine: &Engine, nodes: &[usize], q: usize) -> bool {
    let reads = |index: &usize| engine.nodes.get(*index).is_some_and(|node| node.questions.contains(q));
    let nodes: Vec<usize> = nodes.iter().copied().filter(reads).collect();
    let values = engine.all(q);
    let values: Vec<Code> =
        (0..MOST_VALUES).filter_map(|i| values.get(i * values.len() / MOST_VALUES)).copied().collect();
    (0..MOST_CASES).any(|round| {
        let case = a_case(engine, round);
        let come = |value: &Code| {
            let mut codes = case.clone();
            if let Some(slot) = codes.get_mut(q) {
                *slot = Codes::One([*value]);
            }
            outcomes(engine, codes, &nodes)
        };
        let mut all = values.iter().map(come);
        let first = all.next();
        all.any(|other| Some(&other) != first.as_ref())
    })
}

/// What some nodes come to; of a list its members.
fn outcomes(engine: &Engine, codes: Vec<Codes>, nodes: &[usize]) -> Vec<(Option<Code>, Vec<Code>)> {
    let mut diagrams = Diagrams::new(engine, codes, vec![None; engine.nodes.len()]);
    let mut come = |node: &usize| {
        let code = diagrams.own(*node).code();
        let list = code.and_then(|code| diagrams.lists.get(usize::try_from(code).ok()?));
        (code, list.cloned().unwrap_or_default())
    };
    nodes.iter().map(&mut come).collect()
}

/// A case of which each answer is one of its values, far from those of the cases before it.
fn a_case(engine: &Engine, round: usize) -> Vec<Codes> {
    let one = |q: usize| {
        let all = engine.all(q);
        let place = (round * 7 + q * 13 + round * q * 5) % all.len().max(1);
        Codes::One([all.get(place).copied().unwrap_or(0)])
    };
    (0..engine.model.questions.len()).map(one).collect()
}
