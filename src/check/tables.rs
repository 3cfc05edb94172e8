//! Decision tables: text to rows, then rows to typed cells.

mod columns;
mod named;
mod outputs;
mod points;
mod text;

use super::formula::RawFormula;
use super::layers::last;
use super::names::Symbol;
use super::order::{Dependent, sort};
use super::questions::{Conditions, RawCondition};
use super::sources::{backwards, cite, missing};
use super::{Context, counts};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Decision, HitPolicy, Overlap, Spanned};
use crate::model::{
    Atom, ClauseInfo, ConditionInfo, DecisionInfo, Model, OutputInfo, Part, RowInfo, Rule, Setting, TableInfo,
};
use crate::source::Span;
use crate::unary::Test;

use columns::column;
pub(super) use columns::input;

pub(crate) use outputs::{literal, literal_is, other_value};
pub(crate) use text::row_periods;
pub(super) use text::{RawTable, RawTables, read};

/// What a name in a column header or clause stands for, before outputs are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference {
    Question(usize),
    Year(usize),
    Part(usize, Part),
    Decision(usize, Option<String>),
}

/// The index of what a reference reads, among questions and decisions.
fn node(context: &Context<'_>, reference: &Reference) -> usize {
    match reference {
        Reference::Question(q) | Reference::Year(q) | Reference::Part(q, _) => *q,
        Reference::Decision(d, _) => context.decision_node(*d),
    }
}

/// Whether something about what a reference reads is not known.
pub(super) fn unsure(context: &Context<'_>, reference: &Reference) -> bool {
    let node = node(context, reference);
    context.unsure.contains(&node) || context.vague.contains(&node)
}

/// Reads `name`, `decision.output` or `month(date)`.
pub(super) fn reference(context: &mut Context<'_>, text: &str, span: Span) -> Option<Reference> {
    if let Some((part, rest)) = text.split_once('(') {
        let name = rest.trim_end().strip_suffix(')').unwrap_or(rest).trim();
        let part = part.trim();
        let field = name.split_once('.').and_then(|(list, f)| Some((context.names.question(list)?, f)));
        let question = match field {
            Some((list, field)) => super::lists::named(context, list, field, span)?,
            None => match context.names.question(name) {
                Some(question) => question,
                None => {
                    let finding = context.names.unknown(span, name, "a question");
                    context.push(finding);
                    return None;
                }
            },
        };
        if part == "year" {
            return Some(Reference::Year(question));
        }
        if let Some((_, part)) = Part::ALL.iter().find(|(known, _)| *known == part) {
            return Some(Reference::Part(question, *part));
        }
        let finding = Diagnostic::error(Code::UnknownName, span, format!("`{part}` is not a part of a date"))
            .help("parts of a date are `year`, `month`, `day` and `weekday`");
        context.push(finding);
        return None;
    }
    let (name, output) = match text.split_once('.') {
        Some((name, output)) => (name, Some(output.to_owned())),
        None => (text, None),
    };
    match (context.names.get(name), output) {
        (Some(Symbol::Question(q)), None) => Some(Reference::Question(q)),
        (Some(Symbol::Question(list)), Some(field)) => {
            super::lists::named(context, list, &field, span).map(Reference::Question)
        }
        (Some(Symbol::Decision(d)), output) => Some(Reference::Decision(d, output)),
        _ => {
            let finding = context.names.unknown(span, name, "a question or decision");
            context.push(finding);
            None
        }
    }
}

/// The value of a parameter that the layers set on this date.
pub(super) fn setting_of(context: &Context<'_>, parameter: usize) -> Option<Setting> {
    context.settings.get(parameter).cloned().flatten()
}

/// Types all tables and conditions, decisions in the order of what they need.
pub(super) fn resolve(
    context: &mut Context<'_>,
    model: &mut Model,
    tables: &RawTables,
    conditions: &Conditions,
) {
    let merged = context.merged;
    let points: Vec<Vec<(Reference, Span)>> =
        merged.decisions.iter().map(|(_, layers)| points::terms(context, layers)).collect();
    let formulas = super::formula::read(context);
    let order = match sort(&dependents(context, tables, conditions, &points, &formulas)) {
        Ok(sorted) => {
            context.out.extend(sorted.findings);
            context.unsure.extend(sorted.cyclic);
            sorted.order
        }
        Err(endless) => {
            model.conditions_lost = true;
            return context.push(endless);
        }
    };
    let questions = merged.questions.len();
    model.decisions = merged.decisions.iter().map(|(id, layers)| head(context, id, layers)).collect();
    for node in order.iter().copied() {
        let Some(d) = node.checked_sub(questions) else {
            let when = conditions.questions.get(node).and_then(Option::as_ref);
            let resolved = when.and_then(|c| condition(context, model, c));
            if resolved.is_none() && when.is_some() {
                context.unsure.insert(node);
            }
            if let Some(question) = model.questions.get_mut(node) {
                question.when = resolved;
                question.when_span = when.map(|w| w.span);
            }
            continue;
        };
        decision(
            context,
            model,
            d,
            tables.get(d).and_then(Option::as_ref),
            points.get(d).map(Vec::as_slice).unwrap_or_default(),
            formulas.get(d).and_then(Option::as_ref),
            conditions.counts.get(d).and_then(Option::as_ref),
        );
        let id = merged.decisions.get(d).map_or("", |(id, _)| id.value.as_str());
        let known = merged.unsure.get(id) != Some(&true);
        let when = conditions.decisions.get(d).and_then(Option::as_ref).filter(|_| known);
        let resolved = when.and_then(|c| condition(context, model, c));
        if resolved.is_none() && when.is_some() {
            context.unsure.insert(node);
        }
        if let Some(decision) = model.decisions.get_mut(d) {
            decision.when = resolved;
            decision.when_span = when.map(|w| w.span);
        }
    }
    named::resolve(context, model);
    model.order = ordered(model, questions, &order);
}

/// The order of everything, now that derived questions stand between the other questions and the decisions: each comes
/// right before the decision that shows it, and has the condition of that.
fn ordered(model: &mut Model, asked: usize, order: &[usize]) -> Vec<usize> {
    let first = model.questions.len();
    let mut all = Vec::with_capacity(order.len());
    for node in order {
        let Some(d) = node.checked_sub(asked) else {
            all.push(*node);
            continue;
        };
        let decision = model.decisions.get(d).map(|d| (&d.rule, d.when.clone(), d.when_span));
        if let Some((Rule::Derived(q), when, when_span)) = decision {
            all.push(*q);
            if let Some(question) = model.questions.get_mut(*q) {
                question.when = when;
                question.when_span = when_span;
            }
        }
        all.push(first + d);
    }
    all
}

/// The last layer that says how the decision is made.
pub(super) fn rule_layer<'a>(layers: &[&'a Decision]) -> Option<&'a Decision> {
    let rule =
        |d: &&&Decision| d.table.is_some() || d.points.is_some() || d.formula.is_some() || d.count.is_some();
    layers.iter().rev().find(rule).copied()
}

fn dependents(
    context: &Context<'_>,
    tables: &RawTables,
    conditions: &Conditions,
    points: &[Vec<(Reference, Span)>],
    formulas: &[Option<RawFormula>],
) -> Vec<Dependent> {
    let merged = context.merged;
    let node = |reference: &Reference| node(context, reference);
    let of_condition = |c: Option<&Option<RawCondition>>| -> Vec<usize> {
        let clauses = c.and_then(Option::as_ref).into_iter().flat_map(|c| c.alternatives.iter().flatten());
        clauses.map(|clause| node(&clause.reference)).collect()
    };
    let mut nodes = Vec::new();
    for (i, (_, question)) in merged.questions.iter().enumerate() {
        nodes.push(Dependent {
            name: question.id.value.clone(),
            span: question.id.span,
            needs: of_condition(conditions.questions.get(i)),
        });
    }
    for (i, (id, _)) in merged.decisions.iter().enumerate() {
        let mut needs = of_condition(conditions.decisions.get(i));
        if let Some(Some(table)) = tables.get(i) {
            needs.extend(table.inputs.iter().filter_map(|input| input.reference.as_ref()).map(node));
        }
        let layers = merged.decisions.get(i).map(|(_, layers)| layers.as_slice()).unwrap_or_default();
        let count = rule_layer(layers).and_then(|d| d.count.as_ref());
        needs.extend(count.map(|count| counts::needs(context, count)).unwrap_or_default());
        needs
            .extend(formulas.get(i).into_iter().flatten().flat_map(|formula| formula.references().map(node)));
        needs.extend(points.get(i).into_iter().flatten().map(|(reference, _)| node(reference)));
        nodes.push(Dependent { name: id.value.clone(), span: id.span, needs });
    }
    nodes
}

/// Everything of a decision but its rule.
fn head(context: &mut Context<'_>, id: &Spanned<String>, layers: &[&Decision]) -> DecisionInfo {
    DecisionInfo {
        id: id.value.clone().into(),
        title: last(layers, |d| d.title.as_ref()).map_or_else(|| id.value.clone(), |t| t.value.clone()),
        help: last(layers, |d| d.help.as_ref()).map(|h| h.value.clone()),
        outcome: last(layers, |d| d.outcome.as_ref()).is_some_and(|o| o.value),
        part_of: None,
        when: None,
        when_span: None,
        outputs: Vec::new(),
        columns: Vec::new(),
        rule: Rule::Unloaded,
        other_dates: Vec::new(),
        other_values: Vec::new(),
        sources: rule_layer(layers)
            .or(layers.first().copied())
            .map_or_else(Vec::new, |d| cite(context, &d.sources)),
        span: id.span,
    }
}

fn decision(
    context: &mut Context<'_>,
    model: &mut Model,
    d: usize,
    table: Option<&RawTable>,
    points: &[(Reference, Span)],
    formula: Option<&RawFormula>,
    only: Option<&RawCondition>,
) {
    let Some((id, layers)) = context.merged.decisions.get(d) else { return };
    let layer = rule_layer(layers);
    let named = last(layers, |l| (!l.outputs.0.is_empty()).then_some(&l.outputs));
    let vague = context.vague.contains(&context.decision_node(d));
    let named = named.filter(|_| !context.lost.any("decisions", &id.value, &["outputs"]));
    let declared: Vec<OutputInfo> = named.map_or_else(Vec::new, |outputs| {
        let list = outputs.0.iter();
        list.map(|(name, output)| OutputInfo {
            name: name.value.clone().into(),
            title: output.title.as_ref().map(|t| t.value.clone()),
            unit: output.unit.as_ref().map(|t| t.value.clone()),
            options: output
                .options
                .as_ref()
                .map_or_else(Vec::new, |o| super::questions::option_infos(context, &o.0, true)),
            no_options: output
                .options
                .as_ref()
                .map_or_else(Vec::new, |o| super::periods::no_options(context, &o.0)),
        })
        .collect()
    });
    for layer in layers {
        context.push(backwards(layer.in_force.as_ref()));
        if let (Some(_), Some(points)) = (&layer.in_force, &layer.points) {
            let message = format!("`{}` is a score, which has no period", id.value);
            let finding = Diagnostic::error(Code::WrongShape, points.span, message);
            context.push(
                finding
                    .help("give the questions or options that it adds a period, or the table that reads it"),
            );
        }
    }
    if let Some(Decision { table: Some(_), points: Some(points), .. }) = layer {
        context.push(
            Diagnostic::error(
                Code::WrongShape,
                points.span,
                format!("`{}` has both a table and points", id.value),
            )
            .help("make two decisions of it"),
        );
    }
    super::formula::only_with_formula(context, id, layers);
    let inputs = table.into_iter().flat_map(|table| &table.inputs).filter_map(|head| head.reference.as_ref());
    let inputs = inputs.chain(points.iter().map(|(reference, _)| reference));
    let inputs = inputs.chain(formula.into_iter().flat_map(RawFormula::references));
    if inputs.collect::<Vec<_>>().into_iter().any(|r| unsure(context, r)) {
        context.unsure.insert(context.decision_node(d));
    }
    let has_sources =
        layer.is_none_or(|l| !l.sources.is_empty()) || context.lost.sources("decisions", &id.value);
    let elsewhere = context.merged.other_dates.get(d).map(Vec::as_slice).unwrap_or_default();
    let sleeps = |decision: &&Decision| elsewhere.iter().any(|other| std::ptr::eq(*other, *decision));
    // there are rules, but none on this date, or none of which it is known whether they count
    let none_today = table.is_some_and(|t| t.rows.is_empty() && !t.other_dates.is_empty());
    let asleep = layer.as_ref().is_some_and(sleeps);
    let dormant = none_today || asleep || context.merged.unsure.contains_key(id.value.as_str());
    if dormant && table.is_some() {
        context.dormant.insert(d);
    }
    let (outputs, rule) = match (table, layer) {
        (Some(table), Some(_)) if dormant => {
            let (outputs, ..) = outputs::resolve(context, table, &declared, id);
            (outputs, Rule::Unloaded)
        }
        _ if dormant => (declared, Rule::Unloaded),
        (Some(table), Some(_)) => {
            let (outputs, rows, known) = outputs::resolve(context, table, &declared, id);
            if !known {
                context.unsure.insert(context.decision_node(d));
            }
            let table = typed_table(context, model, table, layers, (&outputs, rows), has_sources);
            if let (Some(table), Some(hit), false) = (&table, last(layers, |d| d.hit.as_ref()), vague) {
                outputs::check_order(context, id, hit.span, table, &outputs);
            }
            (outputs, table.map_or(Rule::Unloaded, Rule::Table))
        }
        (None, Some(layer)) if layer.points.is_some() => {
            if !has_sources {
                context.push(missing("decision", id));
            }
            let all = layer.points.as_ref().map_or(0, |points| points.value.len());
            let score = points::score(context, model, points).filter(|_| points.len() == all);
            (declared, score.map_or(Rule::Unloaded, Rule::Points))
        }
        (None, Some(Decision { count: Some(written), .. })) => {
            if !has_sources {
                context.push(missing("decision", id));
            }
            let shown = counts::derived(context, model, d, written, only);
            if shown.is_none() {
                context.vague.insert(context.decision_node(d));
            }
            (declared, shown.map_or(Rule::Unloaded, Rule::Derived))
        }
        (None, Some(layer)) if layer.formula.is_some() => {
            if !has_sources {
                context.push(missing("decision", id));
            }
            let question = formula.and_then(|formula| super::formula::question(context, model, d, formula));
            super::formula::decision(model, id, question)
        }
        _ => (declared, Rule::Unloaded),
    };
    let mut other_dates = table.map_or_else(Vec::new, |t| t.other_dates.clone());
    let without = elsewhere.iter().filter(|_| asleep || layer.is_none());
    let periods = without.filter(|other| other.table.is_some() || other.points.is_some());
    for period in periods.filter_map(|other| other.in_force.as_ref()) {
        let day = |day: &Option<Spanned<crate::value::Date>>| day.as_ref().map(|day| day.value);
        other_dates.push(crate::notation::period(day(&period.from), day(&period.to)));
    }
    // a score of which a term has no rules today has none itself
    for (reference, _) in points {
        if let Reference::Decision(term, _) = reference
            && matches!(rule, Rule::Unloaded)
            && let Some(term) = model.decisions.get(*term)
        {
            other_dates.extend(term.other_dates.iter().cloned());
        }
    }
    if let Some(slot) = model.decisions.get_mut(d) {
        slot.other_values = table.map_or_else(Vec::new, |t| outputs::other_values(t, dormant));
        slot.outputs = outputs;
        slot.other_dates = other_dates;
        slot.rule = rule;
    }
}

fn typed_table(
    context: &mut Context<'_>,
    model: &Model,
    raw: &RawTable,
    layers: &[&Decision],
    (declared, outputs): (&[OutputInfo], Vec<crate::model::RowOutput>),
    has_sources: bool,
) -> Option<TableInfo> {
    let mut inputs = Vec::new();
    let mut columns = Vec::new();
    let mut ok = raw.whole;
    for (i, head) in raw.inputs.iter().enumerate() {
        let Some(reference) = &head.reference else { continue };
        let cells: Vec<&[Test]> =
            raw.rows.iter().map(|r| r.tests.get(i).map(Vec::as_slice).unwrap_or_default()).collect();
        match column(context, model, reference, head.span, &cells) {
            Some((input, typed)) => {
                inputs.push(input);
                columns.push(typed.into_iter());
            }
            None => ok = false,
        }
    }
    if !has_sources {
        outputs::unsourced(context, raw);
    }
    let mut rows = Vec::new();
    for (row, output) in raw.rows.iter().zip(outputs) {
        let silence = outputs::silence(declared, &row.outputs);
        let mut sources = cite(context, &row.sources);
        let named = sources.len();
        if !row.sources.is_empty() {
            sources.extend(outputs::behind(context, &row.outputs));
        }
        rows.push(RowInfo {
            cells: columns.iter_mut().map(|c| c.next().unwrap_or_default()).collect(),
            entries: row.entries.clone(),
            given: row.outputs.iter().map(|cell| cell.value.clone()).collect(),
            period: row.period.clone(),
            output,
            silence,
            sources,
            named,
            notes: row.notes.clone(),
            span: row.span,
        });
    }
    let priority = last(layers, |d| (!d.priority.is_empty()).then_some(&d.priority));
    let hit = last(layers, |d| d.hit.as_ref()).map(|hit| hit.value);
    outputs::check_priority(context, raw, declared, hit, priority.map(Vec::as_slice).unwrap_or_default());
    ok.then(|| TableInfo {
        hit: hit.unwrap_or(HitPolicy::Unique),
        overlap_possible: last(layers, |d| d.overlap.as_ref()).is_some_and(|o| o.value == Overlap::Possible),
        priority: priority
            .map_or_else(Vec::new, |list| list.iter().map(|v| outputs::literal(&v.value)).collect()),
        inputs,
        rows,
        span: raw.span,
    })
}

pub(super) fn condition(
    context: &mut Context<'_>,
    model: &Model,
    raw: &RawCondition,
) -> Option<ConditionInfo> {
    let mut info = ConditionInfo::default();
    let mut ok = !raw.lost;
    for alternative in &raw.alternatives {
        let mut cells: Vec<Vec<Atom>> = vec![vec![Atom::Any]; info.inputs.len()];
        let mut written = Vec::new();
        for clause in alternative {
            ok &= !unsure(context, &clause.reference);
            let Some((input, mut typed)) =
                column(context, model, &clause.reference, clause.span, &[clause.tests.as_slice()])
            else {
                ok = false;
                continue;
            };
            let mut atoms = typed.pop().unwrap_or_default();
            written.push(ClauseInfo { input, tests: clause.tests.clone(), negated: clause.negated });
            if clause.negated {
                atoms = vec![Atom::Fails(atoms)];
            }
            // an input that this alternative tests already gets a column of its own: both must hold
            let free = |i: usize| cells.get(i).is_some_and(|c| *c == [Atom::Any]);
            let slot = (0..info.inputs.len()).find(|i| info.inputs.get(*i) == Some(&input) && free(*i));
            match slot.and_then(|i| cells.get_mut(i)) {
                Some(cell) => *cell = atoms,
                None => {
                    info.inputs.push(input);
                    cells.push(atoms);
                }
            }
        }
        info.rows.push(cells);
        info.written.push(written);
    }
    let width = info.inputs.len();
    for row in &mut info.rows {
        row.resize(width, vec![Atom::Any]);
    }
    ok.then_some(info)
}
