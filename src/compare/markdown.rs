//! A comparison in Markdown, with tables.

use super::text::{Kind, Section, example, more, percent, presence, sections, shown, when};
use super::{Comparison, Difference, PartDifference};
use crate::notation::capital;

impl Comparison {
    /// The comparison in Markdown: in short what differs, then a table for each decision that does; of cases with the same
    /// outcomes it shows at most so many rows.
    pub fn markdown(&self, most: usize) -> String {
        let mut out = String::from("# Vergelijking\n\n");
        let (first, lines) = self.head();
        if !first.is_empty() {
            out.push_str(&format!("{}\n\n", cell(&first)));
        }
        lines.iter().for_each(|line| out.push_str(&format!("- {}\n", cell(line))));
        if !lines.is_empty() {
            out.push('\n');
        }
        if self.is_same() {
            out.push_str("Er is geen verschil.\n");
            return out;
        }
        let (first, list, after) = self.brief();
        out.push_str(&format!("{}\n", cell(&first)));
        if !list.is_empty() {
            out.push('\n');
        }
        list.iter().for_each(|line| out.push_str(&format!("- {}\n", cell(line))));
        after.iter().for_each(|line| out.push_str(&format!("\n{}\n", cell(line))));
        for difference in &self.decisions {
            out.push_str(&format!("\n## {} (`{}`)\n", cell(&difference.title), difference.id));
            if let Some(presence) = presence(self, &difference.present) {
                out.push_str(&format!("\n{}.\n", capital(&cell(&presence))));
            }
            self.matrix(&mut out, difference);
            self.table(&mut out, difference, most);
        }
        if !self.same.is_empty() {
            let ids: Vec<String> = self.same.iter().map(|id| format!("`{id}`")).collect();
            out.push_str(&format!("\nGelijk in elk geval: {}.\n", ids.join(", ")));
        }
        for section in sections(self) {
            out.push_str(&format!("\n## {}\n", section.title));
            self.list_of(&mut out, &section, most);
        }
        out
    }

    /// Parts: those that only some sides have as a list, values as one table, and the others one by one.
    fn list_of(&self, out: &mut String, Section { kind, list, .. }: &Section<'_>, most: usize) {
        let some = |part: &&PartDifference| part.present.contains(&false);
        let bare = |part: &&PartDifference| some(part) && part.fields.is_empty() && part.cases.is_none();
        let mut told: Vec<&Vec<bool>> = Vec::new();
        for part in list.iter().filter(bare) {
            if told.contains(&&part.present) {
                continue;
            }
            told.push(&part.present);
            let heading = presence(self, &part.present).unwrap_or_default();
            out.push_str(&format!("\n{}:\n\n", capital(&cell(&heading))));
            for part in list.iter().filter(bare).filter(|other| other.present == part.present) {
                out.push_str(&format!("- {} (`{}`)\n", cell(&part.title), part.id));
            }
        }
        if *kind == Kind::Values {
            out.push('\n');
            self.header(out, &["Waarde"], &[]);
            list.iter().filter(|part| !bare(part)).for_each(|part| self.value_row(out, part));
            return;
        }
        for part in list.iter().filter(|part| !bare(part)) {
            // words of a finding are no heading
            let words = part.fields.iter().any(|field| field.field == "tekst");
            let long = part.title.chars().count() > LONG;
            match words || long {
                true => out.push_str(&format!("\n### `{}`\n", part.id)),
                false => out.push_str(&format!("\n### {} (`{}`)\n", cell(&part.title), part.id)),
            }
            if long && !words {
                out.push_str(&format!("\n{}\n", cell(&part.title)));
            }
            if let Some(presence) = presence(self, &part.present) {
                out.push_str(&format!("\n{}.\n", capital(&cell(&presence))));
            }
            if !part.fields.is_empty() {
                out.push('\n');
                self.header(out, &[""], &[]);
                for field in &part.fields {
                    let texts = field.texts.iter().enumerate();
                    let texts = texts.map(|(side, text)| shown(self, part, side, text.as_deref()));
                    self.line(out, std::iter::once(field.field.clone()).chain(texts));
                }
            }
            if let Some(cases) = &part.cases {
                self.table(out, cases, most);
            }
        }
    }

    /// A value of a layer per side, with its words and from where it is.
    fn value_row(&self, out: &mut String, part: &PartDifference) {
        let text = |name: &str, side: usize| {
            let field = part.fields.iter().find(|field| field.field == name)?;
            field.texts.get(side).cloned().flatten()
        };
        let one = |side: usize| {
            let value = shown(self, part, side, text("waarde", side).as_deref());
            let words = text("in woorden", side).map_or_else(String::new, |words| format!(" – {words}"));
            let source = text("bron", side).map_or_else(String::new, |source| format!(" ({source})"));
            format!("{value}{words}{source}")
        };
        let name = format!("{} ({})", part.title, part.id);
        self.line(out, std::iter::once(name).chain((0..self.sides.len()).map(one)));
    }

    fn line(&self, out: &mut String, texts: impl Iterator<Item = String>) {
        let cells: Vec<String> = texts.map(|text| cell(&text)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }

    fn header(&self, out: &mut String, before: &[&str], after: &[&str]) {
        let names = self.sides.iter().map(|side| side.name.as_str());
        let heads: Vec<String> =
            before.iter().copied().chain(names).chain(after.iter().copied()).map(cell).collect();
        out.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len())));
    }

    fn table(&self, out: &mut String, difference: &Difference, most: usize) {
        difference.unsure.iter().for_each(|text| out.push_str(&format!("\n> {}\n", cell(text))));
        if difference.combinations.is_empty() {
            return;
        }
        out.push('\n');
        self.header(out, &["Geval"], &["Voorbeeld"]);
        for combination in &difference.combinations {
            for row in combination.rows.iter().take(most) {
                let outcomes = combination.outcomes.iter().map(|o| o.text.clone());
                let cells = std::iter::once(when(self, row)).chain(outcomes).chain([example(self, row)]);
                self.line(out, cells);
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
            self.line(out, std::iter::once(side.name.clone()).chain(cells));
        }
    }
}

/// Longest title that is a heading.
const LONG: usize = 100;

/// A text in a cell of a Markdown table.
pub(crate) fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ").replace('<', "\\<")
}
