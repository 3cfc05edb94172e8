//! A row of a table as it is written.

/// A cell of a row.
pub(crate) struct Cell<'t> {
    pub(crate) text: &'t str,
    /// Where it begins, in bytes from the begin of the row.
    pub(crate) at: usize,
    /// Whether `||` stands before it.
    pub(crate) double: bool,
}

/// The cells of a row: split at `|` and `||`, but not between double quotes.
pub(crate) fn cells(row: &str) -> Vec<Cell<'_>> {
    let cell = |from: usize, to: usize, double: bool| {
        let raw = row.get(from..to).unwrap_or("");
        let text = raw.trim_start();
        Cell { text: text.trim_end(), at: from + raw.len() - text.len(), double }
    };
    let mut cells = Vec::new();
    let (mut start, mut double, mut quoted) = (0, false, false);
    let mut bars = row.char_indices().peekable();
    while let Some((i, c)) = bars.next() {
        match c {
            '"' => quoted = !quoted,
            '|' if !quoted => {
                cells.push(cell(start, i, double));
                double = bars.next_if(|(_, c)| *c == '|').is_some();
                start = if double { i + 2 } else { i + 1 };
            }
            _ => {}
        }
    }
    cells.push(cell(start, row.len(), double));
    cells
}

/// A row with one space around each bar.
pub(super) fn plain(row: &str) -> String {
    let mut plain = String::with_capacity(row.len());
    for (i, cell) in cells(row).iter().enumerate() {
        plain.push_str(match cell.double {
            _ if i == 0 => "",
            true => " || ",
            false => " | ",
        });
        plain.push_str(cell.text);
    }
    plain.trim().to_owned()
}
