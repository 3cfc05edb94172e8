//! Proofs: gaps, overlaps, dead rows, unreachable outcomes, idle questions, impossible conditions.
//!
//! A table is walked as a decision diagram over (column, rows that still fit); equal states are visited once. Columns
//! that depend on the same question are made independent first, by fixing that question cell by cell.

mod walk;

use crate::diagnostic::{Code as Finding, Diagnostic};
use crate::document::HitPolicy;
use crate::limits::{MAX_OVERLAPS, MAX_SUMS};
use crate::model::{ConditionInfo, DecisionInfo, Input, RowInfo, RowOutput, Rule, TableInfo};
use crate::program::{Code, Codes, Engine, GAP, Kind, NOT_APPLICABLE, Subject, TRUE, Table};
use crate::source::Span;
use crate::spread::{Spread, every_sum};
use crate::value::Value;

use walk::{Spent, Walk};

/// Proves every table and condition of a rule set; what fails is a finding. Of a rule set that is not `whole` only the
/// tables that could be read are proven.
pub(crate) fn prove(engine: &Engine, whole: bool, out: &mut Vec<Diagnostic>) {
    if engine.model.conditions_lost {
        return;
    }
    if !scores_fit(engine, out) {
        return;
    }
    let sound = conditions(engine, out);
    let mut spent = Spent::default();
    for (d, info) in engine.model.decisions.iter().enumerate() {
        let node = engine.decision(d);
        if let (Rule::Table(rule), Some(Kind::Table(table))) = (&info.rule, node.map(|n| &n.kind)) {
            prove_table(engine, d, (info, rule, table), sound, &mut spent, out);
        }
    }
    if whole && sound {
        idle(engine, out);
    }
    if whole {
        followed_apart(engine, out);
    }
}

/// Unset parameters that are compared with several inputs: their values are not followed together.
fn followed_apart(engine: &Engine, out: &mut Vec<Diagnostic>) {
    for (p, parameter) in engine.model.parameters.iter().enumerate() {
        let mut inputs: Vec<Input> = Vec::new();
        for silent in &engine.silents {
            if let Subject::End(parameter, input) = silent.subject
                && parameter == p
            {
                inputs.push(input);
            }
        }
        let names: Vec<String> =
            inputs.iter().map(|input| format!("`{}`", engine.model.input_name(*input))).collect();
        if let [others @ .., last] = names.as_slice()
            && !others.is_empty()
        {
            let message = format!(
                "`{}` is not set and is compared with {} and {last}, with each by itself",
                parameter.id,
                others.join(", ")
            );
            out.push(Diagnostic::warning(Finding::Unproven, parameter.span, message).help(
                "an outcome may be called unregulated although it is the same for every value: set it, or give each its own parameter",
            ));
        }
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

/// All answers and choices open.
fn everything(engine: &Engine) -> Vec<Codes> {
    let questions = (0..engine.model.questions.len()).map(|q| engine.all(q).into());
    questions
        .chain(engine.choices.iter().map(|turns| (0..).take(*turns).collect::<Vec<_>>().into()))
        .collect()
}

fn open_spread(engine: &Engine) -> Spread<'_> {
    Spread::new(engine, everything(engine), &vec![None; engine.nodes.len()])
}

/// Conditions that never hold; false when there is one, as rows and questions that wait for it are then dead without
/// being to blame.
fn conditions(engine: &Engine, out: &mut Vec<Diagnostic>) -> bool {
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
        let mut spread = open_spread(engine);
        if !spread.consider(gate) {
            continue;
        }
        let family = spread.family(gate);
        if !family.data.contains(&TRUE) && !family.approximate {
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
    engine: &Engine,
    d: usize,
    (info, rule, table): (&DecisionInfo, &TableInfo, &Table),
    sound: bool,
    spent: &mut Spent,
    out: &mut Vec<Diagnostic>,
) {
    let mut walk = Walk::new(engine, rule, table, *spent);
    let complete = walk.run(engine.decisions.get(d).copied().unwrap_or(usize::MAX));
    *spent = walk.spent;
    if !complete {
        out.push(
            Diagnostic::warning(
                Finding::Unproven,
                rule.span,
                format!("`{}` is too large to be proven: it may have gaps or overlaps", info.id),
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
    overlaps(info, rule, &walk, out);
    if complete && sound {
        dead_rows(info, rule, &walk, out);
        unreachable(engine, d, info, &walk, out);
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

fn dead_rows(info: &DecisionInfo, rule: &TableInfo, walk: &Walk<'_>, out: &mut Vec<Diagnostic>) {
    for (row, RowInfo { span, .. }) in rule.rows.iter().enumerate() {
        if walk.decisive.contains(row) {
            continue;
        }
        let (why, help) = if walk.hit.contains(row) {
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

/// Outcomes that are declared, or stand in a row, and that no case reaches.
fn unreachable(engine: &Engine, d: usize, info: &DecisionInfo, walk: &Walk<'_>, out: &mut Vec<Diagnostic>) {
    let Rule::Table(rule) = &info.rule else { return };
    let gives = |row: usize, value: &Value| match rule.rows.get(row).map(|r| &r.output) {
        Some(RowOutput::Values(values)) => match value {
            Value::Object(fields) => fields.iter().map(|(_, v)| v).eq(values.iter()),
            value => values.first() == Some(value),
        },
        // what is not set could still give it
        Some(RowOutput::Silent | RowOutput::Unset(_)) => true,
        None => false,
    };
    for value in engine.outcomes.get(d).into_iter().flatten() {
        if walk.decisive.iter().any(|row| gives(row, value)) {
            continue;
        }
        let row = (0..rule.rows.len()).find(|row| gives(*row, value));
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

/// Questions on which no decision depends.
fn idle(engine: &Engine, out: &mut Vec<Diagnostic>) {
    let used = engine.model.used_questions();
    let mut spread = open_spread(engine);
    for (q, question) in engine.model.questions.iter().enumerate() {
        if question.kind == crate::model::Type::Text {
            continue;
        }
        if !used.contains(&q) || !matters(engine, &mut spread, q) {
            out.push(
                Diagnostic::warning(
                    Finding::IdleQuestion,
                    question.span,
                    format!("nothing depends on `{}`", question.id),
                )
                .help("use it in a decision, or remove it"),
            );
        }
    }
}

/// Whether some decision or condition could change with the answer to a question.
fn matters(engine: &Engine, spread: &mut Spread<'_>, q: usize) -> bool {
    if engine.model.reference_dates.contains(&q) || engine.model.counted().any(|counted| counted == q) {
        return true;
    }
    let after = engine.remarks.iter().chain(&engine.steps).flatten().copied();
    let gates = engine.nodes.iter().filter_map(|n| n.gate).chain(after);
    for node in engine.decisions.iter().copied().chain(gates) {
        let reads = engine.nodes.get(node).is_some_and(|n| n.questions.contains(q));
        if !reads {
            continue;
        }
        if !spread.consider(node) {
            return true;
        }
        let family = spread.vary(node, q);
        let ways = if family.width == 1 { 1 } else { spread.ways };
        let varies = |context: &[Code]| {
            (0..ways).any(|way| {
                let mut values = context.iter().skip(way).step_by(ways);
                let first = values.next();
                values.any(|v| Some(v) != first)
            })
        };
        if family.approximate || family.contexts().any(varies) {
            return true;
        }
    }
    false
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
            let outcome = usize::try_from(code).ok().and_then(|c| engine.outcomes.get(d)?.get(c));
            match outcome {
                Some(Value::Object(fields)) => fields.get(o).map_or_else(String::new, |(_, v)| v.to_string()),
                Some(value) => value.to_string(),
                None => "another value".to_owned(),
            }
        }
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
