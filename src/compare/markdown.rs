//! A comparison in Markdown, with tables.

use super::text::{APPROXIMATE, capital, example, more, parts, percent, presence, shown, when};
use super::{Comparison, Difference};

impl Comparison {
    /// The comparison in Markdown, with a table for each decision that differs; of cases with the same outcomes it shows at
    /// most so many rows.
    pub fn markdown(&self, most: usize) -> String {
        let mut out = String::from("# Vergelijking\n\n");
        self.head().iter().for_each(|line| out.push_str(&format!("- {}\n", cell(line.trim_start()))));
        if self.is_same() {
            out.push_str("\nEr is geen verschil.\n");
            return out;
        }
        for difference in &self.decisions {
            out.push_str(&format!("\n## {} (`{}`)\n\n", cell(&difference.title), difference.id));
            out.push_str(&format!("{}\n", self.summary(difference)));
            self.matrix(&mut out, difference);
            self.table(&mut out, difference, most);
        }
        if !self.same.is_empty() {
            let ids: Vec<String> = self.same.iter().map(|id| format!("`{id}`")).collect();
            out.push_str(&format!("\nGelijk in elk geval: {}.\n", ids.join(", ")));
        }
        for (title, list) in parts(self).into_iter().filter(|(_, list)| !list.is_empty()) {
            out.push_str(&format!("\n## {title}\n"));
            for part in list {
                out.push_str(&format!("\n### {} (`{}`)\n\n", cell(&part.title), part.id));
                if let Some(presence) = presence(self, &part.present) {
                    out.push_str(&format!("{}\n\n", capital(&presence)));
                }
                if !part.fields.is_empty() {
                    self.header(&mut out, &[""], &[]);
                    for field in &part.fields {
                        let texts = field.texts.iter().enumerate();
                        let texts = texts.map(|(side, text)| shown(self, part, side, text.as_deref()));
                        let cells: Vec<String> = std::iter::once(field.field.clone())
                            .chain(texts)
                            .map(|text| cell(&text))
                            .collect();
                        out.push_str(&format!("| {} |\n", cells.join(" | ")));
                    }
                }
                if let Some(cases) = &part.cases {
                    self.table(&mut out, cases, most);
                }
            }
        }
        out
    }

    fn header(&self, out: &mut String, before: &[&str], after: &[&str]) {
        let names = self.sides.iter().map(|side| side.name.as_str());
        let heads: Vec<String> =
            before.iter().copied().chain(names).chain(after.iter().copied()).map(cell).collect();
        out.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len())));
    }

    fn table(&self, out: &mut String, difference: &Difference, most: usize) {
        if difference.approximate {
            out.push_str(&format!("\n> {APPROXIMATE}\n"));
        }
        if difference.combinations.is_empty() {
            return;
        }
        out.push('\n');
        self.header(out, &["Geval"], &["Voorbeeld"]);
        for combination in &difference.combinations {
            for row in combination.rows.iter().take(most) {
                let outcomes = combination.outcomes.iter().map(|o| o.text.clone());
                let cells = std::iter::once(when(self, row)).chain(outcomes).chain([example(self, row)]);
                let cells: Vec<String> = cells.map(|text| cell(&text)).collect();
                out.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
            if let Some(more) = more(combination, most) {
                out.push_str(&format!("| {more} |{}\n", " |".repeat(self.sides.len() + 1)));
            }
        }
    }

    /// How often each two of several sides differ.
    fn matrix(&self, out: &mut String, difference: &Difference) {
        if self.sides.len() < 3 {
            return;
        }
        out.push('\n');
        self.header(out, &["verschil tussen"], &[]);
        for (a, side) in self.sides.iter().enumerate() {
            let of = |b: usize| {
                let pair = difference.pairs.iter().find(|p| (p.a, p.b) == (a.min(b), a.max(b)));
                pair.map_or_else(|| "–".to_owned(), |pair| percent(&pair.share))
            };
            let cells = (0..self.sides.len()).map(of);
            let cells: Vec<String> =
                std::iter::once(side.name.clone()).chain(cells).map(|c| cell(&c)).collect();
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
}

/// A text in a cell of a Markdown table.
pub(crate) fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ").replace('<', "\\<")
}
