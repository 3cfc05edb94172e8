//! Aligns the tables of a rule file, and touches nothing else.

use crate::diagnostic::Diagnostics;
use crate::document::{Block, Cell, Document, cells};
use crate::parse::parse;
use crate::source::SourceMap;

/// The text of a rule file with the columns of its decision tables aligned.
///
/// Only the lines of `table: |` blocks change, and in them only spaces; comments, between the rows too, and everything
/// else stay byte for byte. A table with rows of different lengths stays as it is, and so does JSON. Formatting twice changes nothing
/// more. A file with errors is not formatted.
///
/// ```
/// let text = "\
/// leidraad: 1
/// id: a/b   # two  spaces stay
/// decisions:
///   maatregel:
///     table: |
///       object|gram || maatregel
///       woning | > 5|| sluiting
/// ";
/// let formatted = leidraad::format::format("b.yaml", text).unwrap();
/// assert_eq!(formatted, "\
/// leidraad: 1
/// id: a/b   # two  spaces stay
/// decisions:
///   maatregel:
///     table: |
///       object | gram || maatregel
///       woning | > 5  || sluiting
/// ");
/// assert_eq!(leidraad::format::format("b.yaml", &formatted).unwrap(), formatted);
/// ```
pub fn format(name: &str, text: &str) -> Result<String, Diagnostics> {
    let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
    let Some(document) = parse(&mut sources, name, text, &mut findings) else {
        return Err(Diagnostics::new(findings, sources));
    };
    let mut formatted = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end, line) in changes(&document, text) {
        formatted.push_str(text.get(done..start).unwrap_or(""));
        formatted.push_str(&line);
        done = end;
    }
    formatted.push_str(text.get(done..).unwrap_or(""));
    Ok(formatted)
}

/// The lines to replace, in the order of the file.
fn changes(document: &Document, text: &str) -> Vec<(usize, usize, String)> {
    let tables = document.decisions.0.iter().filter_map(|(_, decision)| decision.table.as_ref());
    let mut changes: Vec<_> = tables.flat_map(|table| align(table, text)).collect();
    changes.sort();
    changes
}

/// The aligned lines of a table; none when it is no block, or its rows differ in length.
fn align(table: &Block, text: &str) -> Vec<(usize, usize, String)> {
    let lines: Vec<_> = table.rows().collect();
    let places = lines.iter().map(|line| (line.span.start as usize, line.span.end as usize));
    let places: Vec<_> = places.collect();
    let exact = lines.iter().zip(&places).all(|(line, &(start, end))| {
        // A line of a block stands alone behind its indentation; a row in a list has quotes or brackets around it.
        let before = text.get(..start).and_then(|t| t.rsplit('\n').next());
        let after = text.get(end..).and_then(|t| t.split('\n').next());
        let alone = [before, after].into_iter().flatten().all(|t| t.trim_matches([' ', '\r']).is_empty());
        alone && text.get(start..end) == Some(line.value.as_str())
    });
    let rows: Vec<Vec<Cell>> = lines.iter().map(|line| cells(&line.value)).collect();
    let shape = |row: &[Cell]| row.iter().map(|cell| cell.double).collect::<Vec<_>>();
    let Some(first) = rows.first().map(|row| shape(row)) else { return Vec::new() };
    if !exact || rows.iter().any(|row| shape(row) != first) {
        return Vec::new();
    }
    let width = |column: usize| {
        let widths = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.chars().count());
        widths.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..first.len()).map(width).collect();
    let aligned = rows.iter().map(|row| {
        let mut line = String::new();
        for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
            line.push_str(if i == 0 {
                ""
            } else if cell.double {
                " || "
            } else {
                " | "
            });
            line.push_str(&format!("{:<width$}", cell.text));
        }
        // without columns before the first bar a space there would be indentation, and one more every time
        line.trim().to_owned()
    });
    places.into_iter().zip(aligned).map(|((start, end), line)| (start, end, line)).collect()
}
