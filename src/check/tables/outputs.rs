//! Output entries: what rows give, and which of it counts as points.

use super::RawTable;
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Spanned;
use crate::model::{Input, Model, OutputInfo, RowOutput, Rule};
use crate::suggest::with_suggestion;
use crate::value::{Date, Value, parse_decimal};

/// Outputs with their declarations, and per row what it gives.
pub(super) fn resolve(
    context: &mut Context<'_>,
    table: &RawTable,
    declared: &[OutputInfo],
    id: &Spanned<String>,
) -> (Vec<OutputInfo>, Vec<RowOutput>) {
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
            known.unwrap_or_else(|| OutputInfo { name: name.value.clone(), ..OutputInfo::default() })
        })
        .collect();
    let rows = table.rows.iter().map(|row| entry(context, &outputs, &row.outputs)).collect();
    (outputs, rows)
}

fn entry(context: &mut Context<'_>, outputs: &[OutputInfo], cells: &[Spanned<String>]) -> RowOutput {
    if cells.iter().any(|c| c.value == "silent") {
        return RowOutput::Silent;
    }
    let mut values = Vec::new();
    let mut unset = Vec::new();
    for (output, cell) in outputs.iter().zip(cells) {
        let parameter = context.names.parameter(&cell.value);
        match parameter.map(|p| (p, super::setting_of(context, p))) {
            Some((p, None)) => unset.push(p),
            Some((_, Some(setting))) => values.push(literal(&setting.text)),
            None if output.options.is_empty() => values.push(literal(&cell.value)),
            None => values.push(option(context, output, cell)),
        }
    }
    if unset.is_empty() { RowOutput::Values(values) } else { RowOutput::Unset(unset) }
}

fn option(context: &mut Context<'_>, output: &OutputInfo, cell: &Spanned<String>) -> Value {
    let text = cell.value.trim_matches('"');
    if cell.value == "-" {
        return Value::Null;
    }
    if !output.options.iter().any(|o| o.id == text) {
        let finding = Diagnostic::error(
            Code::UnknownOption,
            cell.span,
            format!("output `{}` has no value `{text}`", output.name),
        );
        context.push(with_suggestion(finding, text, output.options.iter().map(|o| o.id.as_str())));
    }
    Value::Text(text.to_owned())
}

/// The value of an output entry as it is written.
pub(super) fn literal(text: &str) -> Value {
    if let Some(quoted) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        return Value::Text(quoted.to_owned());
    }
    match text {
        "-" => Value::Null,
        "ja" | "true" => Value::Bool(true),
        "nee" | "false" => Value::Bool(false),
        _ => parse_decimal(text)
            .map(|n| Value::Number(n.normalize()))
            .or_else(|| Date::parse(text).map(Value::Date))
            .unwrap_or_else(|| Value::Text(text.to_owned())),
    }
}

/// The decimals and unit of what an input adds to a score, or why it adds nothing.
pub(super) fn points_of(model: &Model, input: Input) -> Result<(u32, Option<String>), &'static str> {
    match input {
        Input::Question(q) => {
            let options = model.questions.get(q).map(|q| q.options.as_slice()).unwrap_or_default();
            let points: Option<Vec<_>> = options.iter().map(|o| o.points).collect();
            let points = points.filter(|p| !p.is_empty()).ok_or("has no points")?;
            Ok((points.iter().map(|p| p.normalize().scale()).max().unwrap_or(0), None))
        }
        Input::Score(d) => match model.decisions.get(d).map(|d| &d.rule) {
            Some(Rule::Points(points)) => Ok((points.scale, None)),
            _ => Err("has no points"),
        },
        Input::Output(d, o) => {
            let decision = model.decisions.get(d).ok_or("has no points")?;
            let Rule::Table(table) = &decision.rule else {
                return Err("is not loaded, so its points are not known");
            };
            let mut scale = 0;
            for row in &table.rows {
                if let RowOutput::Values(values) = &row.output {
                    match values.get(o) {
                        Some(Value::Number(n)) => scale = scale.max(n.normalize().scale()),
                        _ => return Err("is not a number in every row"),
                    }
                }
            }
            Ok((scale, decision.outputs.get(o).and_then(|o| o.unit.clone())))
        }
        Input::Part(..) => Err("is a part of a date"),
    }
}
