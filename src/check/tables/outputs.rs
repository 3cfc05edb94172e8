//! Output entries: what rows give.

use std::collections::HashMap;

use super::RawTable;
use crate::check::{Context, numbers};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{HitPolicy, SilenceKind, Spanned};
use crate::model::{Cited, Given, OutputInfo, RowOutput, TableInfo};
use crate::source::Span;
use crate::suggest::with_suggestion;
use crate::unary::Term;
use crate::value::{Date, Value, parse_decimal};

/// Outputs with their declarations, per row what it gives, and whether all of that is known.
pub(super) fn resolve(
    context: &mut Context<'_>,
    table: &RawTable,
    declared: &[OutputInfo],
    id: &Spanned<String>,
) -> (Vec<OutputInfo>, Vec<RowOutput>, bool) {
    for unknown in declared.iter().filter(|d| table.outputs.iter().all(|o| o.value != d.name)) {
        let finding = Diagnostic::error(
            Code::UnknownName,
            id.span,
            format!("`outputs` of `{}` names `{}`, which the table does not have", id.value, unknown.name),
        );
        let names: Vec<&str> = table.outputs.iter().map(|o| o.value.as_str()).collect();
        context.push(with_suggestion(finding, &unknown.name, names.iter().copied()));
    }
    let outputs: Vec<OutputInfo> = table
        .outputs
        .iter()
        .map(|name| {
            let known = declared.iter().find(|d| d.name == name.value).cloned();
            known.unwrap_or_else(|| OutputInfo { name: name.value.clone().into(), ..OutputInfo::default() })
        })
        .collect();
    let rows: Vec<Option<RowOutput>> =
        table.rows.iter().map(|row| entry(context, &outputs, &row.outputs)).collect();
    let whole = rows.iter().all(Option::is_some);
    (outputs, rows.into_iter().map(|row| row.unwrap_or(RowOutput::Silent)).collect(), whole)
}

/// Why a row is silent, when it is: `silent`, `not_loaded` or another kind of silence stands in place of an outcome.
pub(super) fn silence(outputs: &[OutputInfo], cells: &[Spanned<String>]) -> Option<SilenceKind> {
    outputs.iter().zip(cells).find_map(|(output, cell)| silence_of(output, cell))
}

/// Why a cell is silent, when it is.
fn silence_of(output: &OutputInfo, cell: &Spanned<String>) -> Option<SilenceKind> {
    const KINDS: [SilenceKind; 5] = [
        SilenceKind::Silent,
        SilenceKind::NotLoaded,
        SilenceKind::NoPolicy,
        SilenceKind::Overtaken,
        SilenceKind::Undecidable,
    ];
    let kind = KINDS.into_iter().find(|kind| kind.as_str() == cell.value)?;
    // an option of that name is one
    let option = output.options.iter().any(|option| option.id == cell.value);
    (kind == SilenceKind::Silent || !option).then_some(kind)
}

/// What rows of other dates give, as far as that can be told without them.
pub(super) fn other_values(table: &RawTable, all: bool) -> Vec<Vec<Value>> {
    let today = table.rows.iter().filter(|_| all).map(|row| &row.outputs);
    let silent = |cells: &[Spanned<String>]| {
        let plain = vec![OutputInfo::default(); cells.len()];
        silence(&plain, cells).is_some()
    };
    let rows = today.chain(&table.other_outputs).filter(|cells| !silent(cells));
    let mut values: Vec<Vec<Value>> = Vec::new();
    for row in rows.map(|cells| cells.iter().map(|cell| literal(&cell.value)).collect::<Vec<_>>()) {
        if !values.contains(&row) {
            values.push(row);
        }
    }
    values
}

fn entry(context: &mut Context<'_>, outputs: &[OutputInfo], cells: &[Spanned<String>]) -> Option<RowOutput> {
    let mut given = Vec::new();
    for (output, cell) in outputs.iter().zip(cells) {
        if silence_of(output, cell).is_some() {
            given.push(Given::Silent);
            continue;
        }
        let known = output.options.iter().any(|option| option.id == cell.value);
        if !known && !context.lost.is_empty() && context.lost_parameter(&cell.value) {
            return None;
        }
        let parameter = context.names.parameter(&cell.value);
        match parameter.map(|p| (p, super::setting_of(context, p))) {
            Some((p, None)) => given.push(Given::Unset(p)),
            Some((_, Some(setting))) if output.declared() => {
                let text = Spanned { value: setting.text, span: setting.span };
                given.push(Given::Value(option(context, output, &text)));
            }
            Some((_, Some(setting))) => {
                numbers::number(context, &setting.text, setting.span);
                given.push(Given::Value(literal(&setting.text)));
            }
            None if !output.declared() => {
                numbers::number(context, &cell.value, cell.span);
                given.push(Given::Value(literal(&cell.value)));
            }
            None => given.push(Given::Value(option(context, output, cell))),
        }
    }
    Some(RowOutput::of(given))
}

/// The sources of the parameters that the outputs of a row name: what the row gives rests on them.
pub(super) fn behind(context: &Context<'_>, cells: &[Spanned<String>]) -> Vec<Cited> {
    let named = cells.iter().filter_map(|cell| context.names.parameter(&cell.value));
    named.filter_map(|p| super::setting_of(context, p)).flat_map(|setting| setting.sources).collect()
}

fn option(context: &mut Context<'_>, output: &OutputInfo, cell: &Spanned<String>) -> Value {
    let text = cell.value.trim_matches('"');
    if cell.value == "-" {
        return Value::Null;
    }
    if let Some(other) = output.no_options.iter().find(|o| o.id == text) {
        let message = format!("`{text}` is a value of output `{}` only {}", output.name, {
            crate::check::layers::period_text(Some(&other.period))
        });
        let finding = Diagnostic::error(Code::UnknownOption, cell.span, message);
        context.push(finding.help("give the row the same period, with `vanaf` and `tot`"));
    } else if !output.options.iter().any(|o| o.id == text) {
        let finding = Diagnostic::error(
            Code::UnknownOption,
            cell.span,
            format!("output `{}` has no value `{text}`", output.name),
        );
        context.push(with_suggestion(finding, text, output.options.iter().map(|o| o.id.as_str())));
    }
    Value::Text(text.to_owned().into())
}

/// Outcomes in `priority` that look like a slip of the pen: no output has them among its options, or no row gives them and
/// one gives a near one.
pub(super) fn check_priority(
    context: &mut Context<'_>,
    table: &RawTable,
    outputs: &[OutputInfo],
    hit: Option<HitPolicy>,
    priority: &[Spanned<String>],
) {
    if let Some(first) = priority.first().filter(|_| hit.is_some_and(|hit| hit != HitPolicy::Priority)) {
        let message = "`priority` says nothing here: it goes with `hit: priority`";
        context.push(
            Diagnostic::error(Code::WrongShape, first.span, message)
                .help("write `hit: priority`, or leave it out"),
        );
    }
    let ids = || {
        outputs.iter().flat_map(|o| o.options.iter().map(|o| &o.id).chain(o.no_options.iter().map(|o| &o.id)))
    };
    let closed = !outputs.is_empty() && outputs.iter().all(OutputInfo::declared);
    for named in priority {
        if closed && !ids().any(|id| *id == named.value) {
            let message = format!("`priority` names `{}`, which is no value of an output", named.value);
            let finding = Diagnostic::error(Code::UnknownOption, named.span, message);
            context.push(with_suggestion(finding, &named.value, ids().map(|id| id.as_str())));
            continue;
        }
        let entries = || table.rows.iter().flat_map(|row| &row.outputs).map(|cell| cell.value.as_str());
        if entries().any(|cell| literal(cell) == literal(&named.value)) {
            continue;
        }
        let words = entries().filter(|cell| matches!(literal(cell), Value::Text(_)));
        if named.value.len() > 3
            && let Some(near) = crate::suggest::nearest(&named.value, words)
        {
            let message = format!("no row gives the outcome `{}` that `priority` names", named.value);
            let finding = Diagnostic::error(Code::UnknownOption, named.span, message);
            context.push(finding.help(format!("did you mean `{near}`?")));
        }
    }
}

/// That rows of a table with `hit: priority` differ first in values that the file puts in no order.
pub(super) fn check_order(
    context: &mut Context<'_>,
    id: &Spanned<String>,
    hit: Span,
    table: &TableInfo,
    outputs: &[OutputInfo],
) {
    if table.hit != HitPolicy::Priority || table.overlap_possible {
        return;
    }
    let rows = || table.rows.iter().filter_map(|row| Some((row, row.output.values()?)));
    for (place, output) in outputs.iter().enumerate() {
        // rows that the outputs to its left do not put in order
        let mut unordered: HashMap<&[Value], &Value> = HashMap::new();
        for (row, values) in rows() {
            let Some((left, [value, ..])) = values.split_at_checked(place) else { continue };
            if table.declared_rank(outputs, place, value).is_some() {
                continue;
            }
            let first = *unordered.entry(left).or_insert(value);
            if first == value {
                continue;
            }
            let finding = Diagnostic::warning(
                Code::MissingKey,
                hit,
                format!(
                    "`{}` does not say which goes first, `{first}` or `{value}`: the order of the rows decides",
                    id.value
                ),
            );
            let help = match table.priority.as_slice() {
                [] => format!(
                    "add `priority: [ … ]`, the highest first, or `options` in that order to output `{}`",
                    output.name
                ),
                _ => "name both in `priority`, the highest first".to_owned(),
            };
            context.push(finding.related(row.span, format!("this row gives `{value}`")).help(help));
            return;
        }
    }
}

/// The value of an output entry as it is written.
pub(crate) fn literal(text: &str) -> Value {
    if let Some(quoted) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        return Value::Text(quoted.to_owned().into());
    }
    match text {
        "-" => Value::Null,
        "ja" | "true" => Value::Bool(true),
        "nee" | "false" => Value::Bool(false),
        _ => parse_decimal(text)
            .map(|n| Value::Number(n.normalize()))
            .or_else(|| Date::parse(text).map(Value::Date))
            .unwrap_or_else(|| Value::Text(text.to_owned().into())),
    }
}

/// Whether a literal in a cell is this output value.
pub(crate) fn literal_is(term: &Term, value: &Value) -> bool {
    match value {
        Value::Bool(b) => matches!((term.text.as_str(), b), ("ja" | "true", true) | ("nee" | "false", false)),
        Value::Number(n) => parse_decimal(&term.text).is_some_and(|d| d == *n),
        Value::Date(d) => Date::parse(&term.text).is_some_and(|t| t == *d),
        Value::Text(text) => *text == term.text,
        _ => false,
    }
}

/// A number, date or `ja` or `nee` that an unset output could be, though no row gives it. A word that no row gives is a slip.
pub(crate) fn other_value(term: &Term, values: &[Value]) -> Option<Value> {
    let value = literal(&term.text);
    let alike = |known: &Value| std::mem::discriminant(known) == std::mem::discriminant(&value);
    let ordered = matches!(value, Value::Number(_) | Value::Date(_) | Value::Bool(_));
    (ordered && !term.quoted && (values.is_empty() || values.iter().any(alike))).then_some(value)
}

/// One finding about the rows that name no source, where the decision has none either.
pub(super) fn unsourced(context: &mut Context<'_>, raw: &RawTable) {
    let mut without = raw.rows.iter().filter(|row| row.sources.is_empty());
    let Some(first) = without.next() else { return };
    let others = without.count();
    let (span, message) = match others {
        _ if others > 0 && others + 1 == raw.rows.len() => {
            (raw.span, "no row of this table has a source".to_owned())
        }
        0 => (first.span, "this row has no source".to_owned()),
        1 => (first.span, "this row has no source, and another one neither".to_owned()),
        _ => (first.span, format!("this row has no source, and {others} others neither")),
    };
    let finding = Diagnostic::error(Code::MissingSource, span, message);
    context.push(finding.help("add an annotation column `bron`, or `sources:` to the decision"));
}
