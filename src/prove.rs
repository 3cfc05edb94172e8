//! Proofs: gaps, overlaps, dead rows, unreachable outcomes, idle questions, impossible conditions.
//!
//! A table is walked as a decision diagram over (column, rows that still fit); equal states are visited once. Columns
//! that depend on the same question are made independent first, by fixing that question cell by cell.

mod idle;
mod walk;

use crate::diagnostic::{Code as Finding, Diagnostic};
use crate::diagram::{Diagrams, Expansion, Hide, Ref, every_sum};
use crate::document::HitPolicy;
use crate::limits::{MAX_OVERLAPS, MAX_PROOF_STATES, MAX_STATES, MAX_SUMS};
use crate::model::{ConditionInfo, DecisionInfo, Input, RowInfo, Rule, TableInfo};
use crate::program::{Code, Codes, Engine, FALSE, GAP, Kind, NOT_APPLICABLE, has_row, loose_turn, unnamed};
use crate::sorted::each_once;
use crate::source::Span;
use crate::value::Value;

use walk::Walk;

/// Proves every table and condition of a rule set; what fails is a finding. Of a rule set that is not `whole` only the
/// tables that could be read are proven.
pub(crate) fn prove(engine: &Engine, whole: bool, out: &mut Vec<Diagnostic>) {
    if engine.model.conditions_lost {
        return;
    }
    if !scores_fit(engine, out) || !unset_fits(engine, out) {
        return;
    }
    let mut diagrams = Diagrams::new(engine, everything(engine), vec![None; engine.nodes.len()]);
    let sound = conditions(&mut diagrams, out);
    let mut states = MAX_PROOF_STATES;
    for (d, info) in engine.model.decisions.iter().enumerate() {
        let node = engine.decision(d);
        if let (Rule::Table(rule), Some(Kind::Table(table))) = (&info.rule, node.map(|n| &n.kind)) {
            let mut walk = Walk::new(rule, table);
            walk.run(&mut diagrams, engine.decisions.get(d).copied().unwrap_or(usize::MAX), &mut states);
            prove_table(&mut diagrams, d, info, &walk, sound, out);
        }
    }
    if whole && sound {
        idle::idle(&mut diagrams, out);
    }
}

/// Whether no score can have more sums than can be held; before anything is evaluated.
fn scores_fit(engine: &Engine, out: &mut Vec<Diagnostic>) -> bool {
    let sums = every_sum(engine);
    let before = out.len();
    for (info, node) in engine.model.decisions.iter().zip(&engine.decisions) {
        if sums.get(*node).is_some_and(Option::is_none) {
            out.push(
                Diagnostic::error(
                    Finding::TooLarge,
                    info.span,
                    format!("`{}` can have more than {MAX_SUMS} different sums", info.id),
                )
                .help("add fewer terms, or give points in larger steps"),
            );
        }
    }
    out.len() == before
}

/// Whether no unset outcome could be more than can be followed; before anything is evaluated.
fn unset_fits(engine: &Engine, out: &mut Vec<Diagnostic>) -> bool {
    let Some(info) = engine.crowded.and_then(|d| engine.model.decisions.get(d)) else { return true };
    let message = format!(
        "what is unset in `{}` could be more than {MAX_STATES} combinations of values that rules tell apart",
        info.id
    );
    let finding = Diagnostic::error(Finding::TooLarge, info.span, message);
    out.push(finding.help("put its outputs into a decision each, or compare them with fewer constants"));
    false
}

/// All answers open.
fn everything(engine: &Engine) -> Vec<Codes> {
    (0..engine.model.questions.len()).map(|q| engine.all(q).into()).collect()
}

/// Conditions that never hold; false when there is one, as rows and questions that wait for it are then dead without
/// being to blame.
fn conditions(diagrams: &mut Diagrams<'_>, out: &mut Vec<Diagnostic>) -> bool {
    let engine = diagrams.engine;
    let before = out.len();
    // what hangs on something of another date may hold there
    let waits = |when: Option<&ConditionInfo>| when.is_some_and(|when| engine.model.waits(when));
    let questions = engine.model.questions.iter().zip(&engine.questions);
    let questions = questions.filter(|(q, _)| !waits(q.when.as_ref())).map(|(q, n)| (&q.id, q.when_span, n));
    let decisions = engine.model.decisions.iter().zip(&engine.decisions);
    let decisions = decisions.filter(|(d, _)| !waits(d.when.as_ref())).map(|(d, n)| (&d.id, d.when_span, n));
    let gates = questions
        .chain(decisions)
        .map(|(id, span, node)| (id, span, engine.nodes.get(*node).and_then(|n| n.gate)));
    let remarks = engine.model.remarks.iter().zip(&engine.remarks).map(|(r, n)| (&r.id, r.when_span, *n));
    let steps = engine.model.steps.iter().zip(&engine.steps).map(|(s, n)| (&s.id, s.when_span, *n));
    for (id, span, gate) in gates.chain(remarks).chain(steps) {
        let Some(gate) = gate else { continue };
        if diagrams.of(gate).code() == Some(FALSE) {
            out.push(
                Diagnostic::error(
                    Finding::ImpossibleWhen,
                    span,
                    format!("the condition of `{id}` can never hold"),
                )
                .help("correct the condition, or remove what it makes unreachable"),
            );
        }
    }
    out.len() == before
}

fn prove_table(
    diagrams: &mut Diagrams<'_>,
    d: usize,
    info: &DecisionInfo,
    walk: &Walk<'_>,
    sound: bool,
    out: &mut Vec<Diagnostic>,
) {
    let Rule::Table(rule) = &info.rule else { return };
    if !walk.complete {
        out.push(
            Diagnostic::warning(
                Finding::Unproven,
                rule.span,
                match rule.hit {
                    HitPolicy::Collect => {
                        format!("`{}` is too large to be proven: it may have rows that never count", info.id)
                    }
                    _ => format!("`{}` is too large to be proven: it may have gaps or overlaps", info.id),
                },
            )
            .help("split it into several decisions, each with fewer rows, columns or unset parameters"),
        );
    }
    if let Some(gap) = &walk.gap {
        out.push(
            Diagnostic::error(Finding::Gap, rule.span, format!("some cases match no row of `{}`", info.id))
                .example(gap.clone())
                .help(if gap.contains("= n.v.t.") {
                    "a question that is not relevant is `n.v.t.`: add a row that accepts it (`n.v.t.` or `-`), or a `when` to the decision"
                } else {
                    "add a row for them, or a last row of `-` with `hit: first`, or say that the policy is `silent` there"
                }),
        );
    }
    overlaps(info, rule, walk, out);
    if walk.complete && sound {
        dead_rows(diagrams, d, info, walk, out);
        unreachable(diagrams.engine, d, info, walk, out);
    }
}

fn row_span(rule: &TableInfo, row: usize) -> Option<Span> {
    rule.rows.get(row).map(|r| r.span)
}

fn overlaps(info: &DecisionInfo, rule: &TableInfo, walk: &Walk<'_>, out: &mut Vec<Diagnostic>) {
    for ((a, b), witness) in walk.overlaps.iter().take(MAX_OVERLAPS) {
        let what = if rule.hit == HitPolicy::Any {
            "match the same case with different outcomes"
        } else {
            "both match the same case"
        };
        let mut finding = Diagnostic::error(
            Finding::OverlappingRules,
            row_span(rule, *a),
            format!("rows {} and {} of `{}` {what}", a + 1, b + 1, info.id),
        );
        if let Some(span) = row_span(rule, *b) {
            finding = finding.related(span, format!("row {} matches it too", b + 1));
        }
        let help = match rule.hit {
            HitPolicy::Any => "let them agree, or narrow one of the two",
            _ => "narrow one of the two, or declare `hit: first`",
        };
        out.push(finding.example(witness.clone()).help(help));
    }
    if walk.overlaps.len() > MAX_OVERLAPS {
        out.push(Diagnostic::error(
            Finding::OverlappingRules,
            rule.span,
            format!("more than {MAX_OVERLAPS} pairs of rows of `{}` overlap", info.id),
        ));
    }
}

fn dead_rows(
    diagrams: &mut Diagrams<'_>,
    d: usize,
    info: &DecisionInfo,
    walk: &Walk<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let Rule::Table(rule) = &info.rule else { return };
    let dead: Vec<usize> = (0..rule.rows.len()).filter(|row| !walk.decisive.contains(*row)).collect();
    if dead.is_empty() {
        return;
    }
    let (alone, apart) = acceptable(diagrams, d);
    for row in dead {
        let Some(RowInfo { span, .. }) = rule.rows.get(row) else { continue };
        let (why, help) = if has_row(&alone, row) && (apart || hits(diagrams, d, row)) {
            ("other rows always come before it", "remove it, or move it before the rows that hide it")
        } else {
            ("no case matches it", "correct its cells, or remove it")
        };
        out.push(
            Diagnostic::warning(
                Finding::DeadRow,
                *span,
                format!("row {} of `{}` never decides: {why}", row + 1, info.id),
            )
            .help(help),
        );
    }
}

/// The rows that each input by itself can accept; and whether the inputs hang on nothing in common, nor the condition, so
/// that a case hits each of them.
fn acceptable(diagrams: &mut Diagrams<'_>, d: usize) -> (Vec<u64>, bool) {
    let engine = diagrams.engine;
    let Some((node, Kind::Table(table))) = engine.decision(d).map(|node| (node, &node.kind)) else {
        return (Vec::new(), false);
    };
    let inputs = diagrams.places(table);
    let mut asked: Vec<usize> = Vec::new();
    let mut apart = node.gate.is_none();
    for input in &inputs {
        let own = each_once(diagrams.store.parts(&[*input]).into_iter().filter_map(Ref::variable));
        apart &= own.iter().all(|variable| !asked.contains(variable));
        asked.extend(own);
    }
    (Expansion::new(table, Hide::Nothing, None, &inputs).reachable(&diagrams.store), apart)
}

/// Whether some case hits a row, be it after others.
fn hits(diagrams: &mut Diagrams<'_>, d: usize, row: usize) -> bool {
    let engine = diagrams.engine;
    let Some((node, Kind::Table(table))) = engine.decision(d).map(|node| (node, &node.kind)) else {
        return false;
    };
    let gate = node.gate.map(|gate| diagrams.of(gate));
    let inputs = diagrams.places(table);
    let mut expansion = Expansion::new(table, Hide::Nothing, gate, &inputs).with_only(row);
    let mut found = false;
    let mut states = MAX_PROOF_STATES;
    diagrams
        .hit_sets(&mut expansion, &mut states, &mut |hits, _| found |= hits.iter().any(|word| *word != 0));
    found
}

/// Outcomes that are declared, or stand in a row, and that no case reaches.
fn unreachable(engine: &Engine, d: usize, info: &DecisionInfo, walk: &Walk<'_>, out: &mut Vec<Diagnostic>) {
    let Rule::Table(rule) = &info.rule else { return };
    let gives = |row: usize, value: &Value| match rule.rows.get(row).map(|r| &r.output) {
        // what is not set could still give it
        Some(output) => {
            let given = |o: usize, value: &Value| output.value(o).is_none_or(|given| given == value);
            match value {
                Value::Object(fields) => fields.iter().enumerate().all(|(o, (_, value))| given(o, value)),
                value => given(0, value),
            }
        }
        None => false,
    };
    for value in engine.outcomes.get(d).into_iter().flatten() {
        if walk.decisive.iter().any(|row| gives(row, value)) {
            continue;
        }
        let known = |row: &usize| rule.rows.get(*row).is_some_and(|row| row.output.values().is_some());
        let row = (0..rule.rows.len()).filter(known).find(|row| gives(*row, value));
        let span = row.and_then(|row| row_span(rule, row)).unwrap_or(info.span);
        out.push(
            Diagnostic::warning(
                Finding::UnreachableOutcome,
                span,
                format!("no case gives `{}` the outcome `{value}`", info.id),
            )
            .help("correct the rows that should give it, or remove it"),
        );
    }
}

/// A code of an input, as people read it: `gram = 5.1`.
fn witness(engine: &Engine, input: Input, code: Code) -> String {
    let name = engine.model.input_name(input);
    let value = match (input, code) {
        (_, NOT_APPLICABLE) => "n.v.t.".to_owned(),
        (_, GAP) => "?".to_owned(),
        (Input::Question(q) | Input::Part(q, _), _) => {
            let question = engine.model.questions.get(q).map_or("", |q| q.id.as_str());
            return format!("{question} = {}", engine.witness(q, code));
        }
        (Input::Output(d, o), _) => {
            let value = engine.value_of(d, code).map(|value| value.output(o));
            value.filter(|value| **value != unnamed()).map_or("another value".to_owned(), Value::to_string)
        }
        (Input::Score(_), _) if loose_turn(code).is_some() => "another value".to_owned(),
        (Input::Score(d), _) => match engine.model.decisions.get(d).map(|d| &d.rule) {
            Some(Rule::Points(points)) => {
                crate::ticks::tick_value(crate::model::Measure::Number { scale: points.scale, step: 1 }, code)
                    .to_string()
            }
            _ => code.to_string(),
        },
    };
    format!("{name} = {value}")
}
