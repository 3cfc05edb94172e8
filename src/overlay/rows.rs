//! The table of a template: its header, the rows that are known already, and one to fill in.

use super::template::SOURCE;
use crate::document::PLACEHOLDER;
use crate::model::{DecisionInfo, Model, Rule, TableInfo};
use crate::value::Value;

/// The table of a decision: the header, the rows that the shared layer decides, one to fill in, and elsewhere what is not loaded.
pub(super) fn rows(model: &Model, decision: &DecisionInfo, columns: &[&str]) -> Vec<String> {
    let outputs: Vec<&str> = match decision.outputs.as_slice() {
        [] => vec![decision.id.as_str()],
        outputs => outputs.iter().map(|o| o.name.as_str()).collect(),
    };
    let row =
        |inputs: Vec<String>, outcome: Vec<String>, source: &str| [inputs, outcome, vec![source.to_owned()]];
    let any = || vec!["-".to_owned(); columns.len()];
    let all = |text: &str| vec![text.to_owned(); outputs.len()];
    let mut list = vec![row(
        columns.iter().map(|c| (*c).to_owned()).collect(),
        outputs.iter().map(|o| (*o).to_owned()).collect(),
        "bron",
    )];
    if let Rule::Table(table) = &decision.rule {
        list.extend(decided(model, decision, table, columns));
    }
    list.push(row(any(), all(PLACEHOLDER), SOURCE));
    if !columns.is_empty() {
        list.push(row(any(), all("not_loaded"), SOURCE));
    }
    aligned(&list)
}

/// The rows of the shared table that give an outcome and read no other columns.
fn decided(
    model: &Model,
    decision: &DecisionInfo,
    table: &TableInfo,
    columns: &[&str],
) -> Vec<[Vec<String>; 3]> {
    let heads: Vec<String> = table.inputs.iter().map(|input| model.input_name(*input)).collect();
    if !heads.iter().all(|head| columns.contains(&head.as_str())) {
        return Vec::new();
    }
    let place = |column: &&str| heads.iter().position(|head| head == *column);
    let rows = table.rows.iter().filter_map(|row| {
        let outcome = row.output.values()?.iter().map(written).collect();
        let entry = |column: &&str| {
            place(column).and_then(|i| row.entries.get(i)).map_or("-", String::as_str).to_owned()
        };
        let cited = if row.sources.is_empty() { &decision.sources } else { &row.sources };
        let sources: Vec<&str> =
            cited.iter().filter_map(|c| model.sources.get(c.source)).map(|s| s.id.as_str()).collect();
        Some([columns.iter().map(entry).collect(), outcome, vec![sources.join(", ")]])
    });
    rows.collect()
}

/// A value as a row writes it.
fn written(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Number(n) => n.normalize().to_string(),
        Value::Date(d) => d.to_string(),
        Value::Text(text) if text.contains(['|', ' ', ',']) => format!("\"{text}\""),
        other => other.as_text().unwrap_or_default().to_owned(),
    }
}

/// Rows of three sections with their cells below each other.
fn aligned(rows: &[[Vec<String>; 3]]) -> Vec<String> {
    let width = |section: usize, cell: usize| {
        let cells = rows.iter().filter_map(|row| row.get(section)?.get(cell));
        cells.map(|c| c.chars().count()).max().unwrap_or(0)
    };
    let section = |row: &[Vec<String>; 3], s: usize| {
        let cells = row.get(s).into_iter().flatten().enumerate();
        cells.map(|(c, cell)| format!("{cell:<0$}", width(s, c))).collect::<Vec<_>>().join(" | ")
    };
    let line = |row: &[Vec<String>; 3]| {
        let [inputs, outputs, notes] = [0, 1, 2].map(|s| section(row, s));
        let inputs = if inputs.is_empty() { String::new() } else { format!("{inputs} ") };
        format!("{inputs}|| {outputs} || {notes}").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
