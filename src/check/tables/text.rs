//! The text of a table: sections split by `||`, cells by `|`, one row a line.

use super::{Reference, reference, rule_layer};
use crate::check::sources::backwards;
use crate::check::{Context, numbers};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, Period, SourceRef, Spanned, cells};
use crate::limits::{MAX_COLUMNS, MAX_ENTRIES, MAX_ROWS};
use crate::model::Model;
use crate::source::Span;
use crate::unary::{self, Test};
use crate::value::Date;

/// A table with its tests read and its names resolved.
pub(in crate::check) struct RawTable {
    pub(in crate::check) inputs: Vec<RawInput>,
    pub(in crate::check) outputs: Vec<Spanned<String>>,
    pub(in crate::check) rows: Vec<RawRow>,
    /// When the rows apply that do not apply on the reference date, and what they give.
    pub(in crate::check) other_dates: Vec<String>,
    pub(in crate::check) other_outputs: Vec<Vec<Spanned<String>>>,
    pub(in crate::check) span: Span,
    /// Whether all of it could be read; if not, what could be is checked all the same.
    pub(in crate::check) whole: bool,
}

/// The header of an input column; without a reference its name stands for nothing.
pub(in crate::check) struct RawInput {
    pub(in crate::check) reference: Option<Reference>,
    pub(in crate::check) span: Span,
}

/// A row, still untyped.
pub(in crate::check) struct RawRow {
    pub(in crate::check) tests: Vec<Vec<Test>>,
    pub(in crate::check) entries: Vec<String>,
    pub(in crate::check) outputs: Vec<Spanned<String>>,
    pub(in crate::check) sources: Vec<SourceRef>,
    pub(in crate::check) notes: Vec<(String, String)>,
    /// When it applies.
    pub(in crate::check) period: Period,
    pub(in crate::check) span: Span,
}

/// Per decision its table, if it has one that can be read.
pub(in crate::check) type RawTables = Vec<Option<RawTable>>;

pub(in crate::check) fn read(context: &mut Context<'_>, _: &Model) -> RawTables {
    let merged = context.merged;
    let blocks = merged.decisions.iter().map(|(id, layers)| {
        let lost = context.lost.any("decisions", &id.value, &["table"]);
        rule_layer(layers).and_then(|d| d.table.as_ref()).filter(|_| !lost)
    });
    let blocks: Vec<Option<&Block>> = blocks.collect();
    blocks.into_iter().map(|block| block.and_then(|b| table(context, b))).collect()
}

type Cells = Vec<Vec<Spanned<String>>>;

fn table(context: &mut Context<'_>, block: &Block) -> Option<RawTable> {
    let mut lines = block.rows();
    let Some(first) = lines.next() else {
        context.push(Diagnostic::error(Code::BadTest, block.span, "the table is empty").help(SHAPE));
        return None;
    };
    let header = split(first);
    if !(2..=3).contains(&header.len()) {
        context.push(
            Diagnostic::error(
                Code::BadTest,
                first.span,
                format!(
                    "the header has {}, expected inputs `||` outputs `||` annotations",
                    sections(header.len())
                ),
            )
            .help(SHAPE),
        );
        return None;
    }
    let [inputs, outputs, annotations] = three(header);
    if inputs.len() + outputs.len() > MAX_COLUMNS {
        context.push(Diagnostic::error(
            Code::TooLarge,
            first.span,
            format!("a table has at most {MAX_COLUMNS} columns"),
        ));
        return None;
    }
    if inputs.len().saturating_mul(block.lines.len()) > MAX_ENTRIES {
        context.push(
            Diagnostic::error(
                Code::TooLarge,
                block.span,
                format!("a table has at most {MAX_ENTRIES} input cells"),
            )
            .help("split it into several decisions"),
        );
        return None;
    }
    let heads: Vec<RawInput> = inputs
        .iter()
        .map(|cell| RawInput { reference: reference(context, &cell.value, cell.span), span: cell.span })
        .collect();
    let names_ok = output_names(context, &outputs, first.span);
    let mut rows = Vec::new();
    let mut all = true;
    let (mut other_dates, mut other_outputs) = (Vec::new(), Vec::new());
    for line in lines {
        if rows.len() == MAX_ROWS {
            context.push(
                Diagnostic::error(Code::TooLarge, line.span, format!("a table has at most {MAX_ROWS} rows"))
                    .help("split it into several decisions"),
            );
            return None;
        }
        match row(context, line, &inputs, &outputs, &annotations) {
            Some(row) if context.applies(Some(&row.period)) => rows.push(row),
            Some(row) => {
                let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
                let text = crate::notation::period(day(&row.period.from), day(&row.period.to));
                if !other_dates.contains(&text) {
                    other_dates.push(text);
                }
                other_outputs.push(row.outputs);
            }
            None => all = false,
        }
    }
    if rows.is_empty() && all && other_dates.is_empty() {
        context.push(Diagnostic::error(Code::BadTest, block.span, "the table has no rows").help(SHAPE));
        return None;
    }
    let whole = all && heads.iter().all(|head| head.reference.is_some());
    let (inputs, span) = (heads, block.span);
    names_ok.then_some(RawTable { inputs, outputs, rows, other_dates, other_outputs, span, whole })
}

const SHAPE: &str = "write one row a line: `input | input || output || bron`";

fn sections(count: usize) -> String {
    if count == 1 { "one section".to_owned() } else { format!("{count} sections") }
}

fn three(mut cells: Cells) -> [Vec<Spanned<String>>; 3] {
    let annotations = if cells.len() > 2 { cells.pop().unwrap_or_default() } else { Vec::new() };
    let outputs = cells.pop().unwrap_or_default();
    [cells.pop().unwrap_or_default(), outputs, annotations]
}

fn output_names(context: &mut Context<'_>, outputs: &[Spanned<String>], header: Span) -> bool {
    if outputs.is_empty() {
        context.push(Diagnostic::error(Code::BadTest, header, "the table has no output column").help(SHAPE));
        return false;
    }
    let mut ok = true;
    for (i, output) in outputs.iter().enumerate() {
        let simple = output.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !simple || output.value.is_empty() {
            context.push(
                Diagnostic::error(
                    Code::BadId,
                    output.span,
                    format!("`{}` is not a name for an output", output.value),
                )
                .help("use letters, digits and underscores"),
            );
            ok = false;
        }
        if let Some(first) = outputs.iter().take(i).find(|o| o.value == output.value) {
            context.push(
                Diagnostic::error(
                    Code::Duplicate,
                    output.span,
                    format!("output `{}` stands here twice", output.value),
                )
                .related(first.span, "first here"),
            );
            ok = false;
        }
    }
    ok
}

fn row(
    context: &mut Context<'_>,
    line: &Spanned<String>,
    inputs: &[Spanned<String>],
    outputs: &[Spanned<String>],
    annotations: &[Spanned<String>],
) -> Option<RawRow> {
    if line.value.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
        context.push(
            Diagnostic::error(Code::BadTest, line.span, "a quote in this row is not closed")
                .help("close it with `\"`"),
        );
        return None;
    }
    let cells = split(line);
    let counts: Vec<usize> = cells.iter().map(Vec::len).collect();
    let mut expected = vec![inputs.len(), outputs.len()];
    if !annotations.is_empty() {
        expected.push(annotations.len());
    }
    if counts != expected {
        let text = |counts: &[usize]| counts.iter().map(usize::to_string).collect::<Vec<_>>().join(" || ");
        context.push(
            Diagnostic::error(
                Code::RaggedRow,
                line.span,
                format!("this row has {} cells, the header has {}", text(&counts), text(&expected)),
            )
            .help("give every row one cell for each column; `-` stands for any input"),
        );
        return None;
    }
    let [tests, values, notes] = three(cells);
    let mut ok = true;
    let read: Vec<Vec<Test>> = tests
        .iter()
        .zip(inputs)
        .map(|(cell, head)| match unary::parse(&cell.value, cell.span) {
            Ok(tests) => tests,
            Err(finding) => {
                let question = context.names.question(&head.value);
                let finding = numbers::with_unit(context, question, &cell.value, finding);
                context.push(finding);
                ok = false;
                Vec::new()
            }
        })
        .collect();
    for cell in &values {
        if cell.value.is_empty() || cell.value.starts_with(['<', '>']) {
            let found =
                if cell.value.is_empty() { "nothing".to_owned() } else { format!("`{}`", cell.value) };
            let span = if cell.value.is_empty() { line.span } else { cell.span };
            context.push(
                Diagnostic::error(Code::BadTest, span, format!("expected an outcome, found {found}"))
                    .help("an outcome is a value; write `-` for no value, or `silent` where the policy says nothing"),
            );
            ok = false;
        }
    }
    let mut sources = Vec::new();
    let mut others = Vec::new();
    let mut period = Period { from: None, to: None };
    for (head, cell) in annotations.iter().zip(notes) {
        if head.value == "bron" {
            sources.extend(references(&cell));
        } else if FROM_TO.contains(&head.value.as_str()) {
            period_end(context, &mut period, &head.value, &cell);
        } else if cell.value != "-" {
            others.push((head.value.clone(), unquoted(&cell.value)));
        }
    }
    if let Some(finding) = backwards(Some(&period)) {
        context.push(finding);
    }
    ok.then_some(RawRow {
        period,
        tests: read,
        entries: tests.into_iter().map(|c| c.value).collect(),
        outputs: values,
        sources,
        notes: others,
        span: line.span,
    })
}

/// The annotation columns that hold the period of a row.
const FROM_TO: [&str; 2] = ["vanaf", "tot"];

/// One end of the period of a row; `-` for none.
fn period_end(context: &mut Context<'_>, period: &mut Period, head: &str, cell: &Spanned<String>) {
    let end = match cell.value.as_str() {
        "-" => return,
        text => Date::parse(text).map(|value| Spanned { value, span: cell.span }),
    };
    if end.is_none() {
        let message = format!("`{head}` takes a date, found `{}`", cell.value);
        let finding = Diagnostic::error(Code::BadPeriod, cell.span, message);
        context.push(finding.help("write it as `2026-07-04`, or `-` for no end"));
    }
    match head {
        "vanaf" => period.from = end,
        _ => period.to = end,
    }
}

/// The periods of the rows of a table.
pub(crate) fn row_periods(table: &Block) -> Vec<Period> {
    let mut lines = table.rows().map(split);
    let head = lines.next().and_then(|cells| cells.into_iter().nth(2)).unwrap_or_default();
    let column = |name: &str| head.iter().position(|cell| cell.value == name);
    let columns = FROM_TO.map(column);
    let end = |cells: &[Spanned<String>], column: Option<usize>| {
        let cell = cells.get(column?)?;
        Date::parse(&cell.value).map(|value| Spanned { value, span: cell.span })
    };
    let rows = lines.filter_map(|cells| {
        let notes = cells.into_iter().nth(2)?;
        let [from, to] = columns.map(|column| end(&notes, column));
        (from.is_some() || to.is_some()).then_some(Period { from, to })
    });
    rows.collect()
}

fn unquoted(text: &str) -> String {
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text).to_owned()
}

/// The sources in a `bron` cell, separated by commas.
fn references(cell: &Spanned<String>) -> Vec<SourceRef> {
    let mut at = 0;
    let mut list = Vec::new();
    for part in cell.value.split(',') {
        let name = part.trim();
        if !name.is_empty() && name != "-" {
            let span = cell.span.part(at + part.len() - part.trim_start().len(), name.len());
            list.push(SourceRef {
                id: Spanned { value: name.to_owned(), span },
                article: None,
                certainty: None,
                note: None,
            });
        }
        at += part.len() + 1;
    }
    list
}

/// Cells of a line, by section. A table without inputs begins with `||`: its first section has no cells.
fn split(line: &Spanned<String>) -> Cells {
    let mut sections: Cells = vec![Vec::new()];
    let mut written = cells(&line.value).into_iter().peekable();
    let mut first = true;
    while let Some(cell) = written.next() {
        if cell.double {
            sections.push(Vec::new());
        }
        let no_inputs = first && cell.text.is_empty() && written.peek().is_some_and(|next| next.double);
        first = false;
        if let Some(section) = sections.last_mut().filter(|_| !no_inputs) {
            let span = line.span.part(cell.at, cell.text.len());
            section.push(Spanned { value: cell.text.to_owned(), span });
        }
    }
    sections
}
