//! A comparison as people read it: lines of text, and Markdown with tables.

use std::fmt;

use super::{CaseValue, Combination, Comparison, Difference, PartDifference, Row, Status};
use crate::dutch::value;
use crate::notation::date;
use crate::value::Value;

/// The kinds of parts, with what they are called.
fn parts(of: &Comparison) -> [(&'static str, &[PartDifference]); 5] {
    [
        ("Waarden", &of.parameters),
        ("Stappen en termijnen", &of.steps),
        ("Opmerkingen", &of.findings),
        ("Vragen", &of.questions),
        ("Bronnen", &of.sources),
    ]
}

/// A part of one as a percentage.
fn percent(share: &Value) -> String {
    let Value::Number(share) = share else { return String::new() };
    let whole = share.saturating_mul(rust_decimal::Decimal::ONE_HUNDRED);
    let rounded = whole.round_dp(1);
    let text = |n: rust_decimal::Decimal| value(&Value::Number(n));
    if rounded.is_zero() && !whole.is_zero() {
        return "minder dan 0,1%".to_owned();
    }
    if rounded == rust_decimal::Decimal::ONE_HUNDRED && whole != rounded {
        return "bijna 100%".to_owned();
    }
    format!("{}%", text(rounded))
}

fn names(of: &Comparison, sides: &[usize]) -> String {
    let list: Vec<String> = sides.iter().filter_map(|s| of.sides.get(*s)).map(|s| s.name.clone()).collect();
    list.join(", ")
}

/// `(alleen bij A)` after a question that not all sides have.
fn only(of: &Comparison, sides: &[usize]) -> String {
    if sides.is_empty() { String::new() } else { format!(" (alleen bij {})", names(of, sides)) }
}

fn when(of: &Comparison, row: &Row) -> String {
    let one = |c: &super::Condition| format!("{}{}: {}", c.question, only(of, &c.sides), c.text);
    let list: Vec<String> = row.when.iter().map(one).collect();
    if list.is_empty() { "altijd".to_owned() } else { list.join("; ") }
}

fn example(of: &Comparison, row: &Row) -> String {
    let one = |c: &CaseValue| format!("{}{}: {}", c.question, only(of, &c.sides), c.text);
    row.example.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Outcomes that are alike together, in the order of the sides: `A, B: 3 maanden`.
fn outcomes(of: &Comparison, combination: &Combination) -> String {
    let mut groups: Vec<(Vec<usize>, &str)> = Vec::new();
    for (side, outcome) in combination.outcomes.iter().enumerate() {
        let text = if outcome.status == Status::Unregulated { SILENT } else { outcome.text.as_str() };
        match groups.iter_mut().find(|(_, known)| *known == text) {
            Some((sides, _)) => sides.push(side),
            None => groups.push((vec![side], text)),
        }
    }
    let texts: Vec<String> =
        groups.into_iter().map(|(sides, text)| format!("{}: {text}", names(of, &sides))).collect();
    texts.join(" | ")
}

/// What no layer sets, with the sides where it is missing.
fn missing(of: &Comparison, combination: &Combination) -> Vec<String> {
    let mut groups: Vec<(Vec<usize>, &[String])> = Vec::new();
    for (side, outcome) in combination.outcomes.iter().enumerate().filter(|(_, o)| !o.missing.is_empty()) {
        match groups.iter_mut().find(|(_, known)| *known == outcome.missing.as_slice()) {
            Some((sides, _)) => sides.push(side),
            None => groups.push((vec![side], &outcome.missing)),
        }
    }
    groups
        .iter()
        .map(|(sides, ids)| format!("bij {} ontbreekt: {}", names(of, sides), ids.join(", ")))
        .collect()
}

fn presence(of: &Comparison, present: &[bool]) -> Option<String> {
    let of_kind = |kind: bool| {
        let sides = present.iter().enumerate().filter(|(_, p)| **p == kind).map(|(side, _)| side);
        sides.collect::<Vec<usize>>()
    };
    let (with, without) = (of_kind(true), of_kind(false));
    (!without.is_empty())
        .then(|| format!("alleen bij {}, niet bij {}", names(of, &with), names(of, &without)))
}

/// The cases that are not shown.
fn more(combination: &Combination, most: usize) -> Option<String> {
    let hidden = combination.rows.len().saturating_sub(most);
    match (hidden, combination.complete) {
        (0, true) => None,
        (hidden, true) => Some(format!("en nog {hidden} van zulke gevallen")),
        (0, false) => Some("en meer van zulke gevallen".to_owned()),
        (hidden, false) => Some(format!("en meer dan {hidden} andere van zulke gevallen")),
    }
}

const SILENT: &str = "niet geregeld";
const APPROXIMATE: &str = "Niet alles was na te rekenen: een geval hieronder kan toch gelijk zijn.";

impl Comparison {
    fn head(&self) -> Vec<String> {
        let side = |side: &super::ComparedSide| {
            let authority = side.authority.as_ref().map_or_else(String::new, |code| format!(", {code}"));
            format!("{}: {} ({}{authority}), op {}", side.name, side.title, side.rule_set, date(side.on))
        };
        let notices = |side: &super::ComparedSide| {
            side.notices.iter().map(|n| format!("  Let op: {n}")).collect::<Vec<_>>()
        };
        self.sides.iter().flat_map(|s| std::iter::once(side(s)).chain(notices(s))).collect()
    }

    /// The comparison in Markdown, with a table for each decision that differs; of cases with the same outcomes it shows at
    /// most so many rows.
    pub fn markdown(&self, most: usize) -> String {
        let mut out = String::from("# Vergelijking\n\n");
        self.head().iter().for_each(|line| out.push_str(&format!("- {}\n", cell(line))));
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
                        let texts = field.texts.iter().map(|text| text.as_deref().unwrap_or("–"));
                        let cells: Vec<String> =
                            std::iter::once(field.field.as_str()).chain(texts).map(cell).collect();
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

    /// How much a decision differs, and between whom most.
    fn summary(&self, difference: &Difference) -> String {
        let mut text = match presence(self, &difference.present) {
            Some(presence) => format!("{}. ", capital(&presence)),
            None => String::new(),
        };
        if difference.combinations.is_empty() {
            return text.trim_end().to_owned();
        }
        let share = percent(&difference.share);
        text.push_str(&format!("Anders in {share} van de gevallen die de regels onderscheiden."));
        let most =
            difference.pairs.first().filter(|pair| self.sides.len() > 2 && pair.regulated != Value::from(0));
        if let Some(pair) = most {
            let two = names(self, &[pair.a, pair.b]).replace(", ", " en ");
            text.push_str(&format!(
                " Waar het wel geregeld is, verschillen {two} het vaakst ({}).",
                percent(&pair.regulated)
            ));
        }
        text
    }

    fn lines(&self, out: &mut String, difference: &Difference, most: usize, indent: &str) {
        if difference.approximate {
            out.push_str(&format!("{indent}{APPROXIMATE}\n"));
        }
        for combination in &difference.combinations {
            let share = percent(&combination.share);
            out.push_str(&format!("{indent}{} ({share})\n", outcomes(self, combination)));
            for row in combination.rows.iter().take(most) {
                let when = when(self, row);
                out.push_str(&format!("{indent}  - {when}\n"));
                let example = example(self, row);
                if example != when && !example.is_empty() {
                    out.push_str(&format!("{indent}    bijvoorbeeld {example}\n"));
                }
            }
            let last = more(combination, most).into_iter().chain(missing(self, combination));
            last.for_each(|line| out.push_str(&format!("{indent}    {line}\n")));
        }
    }

    /// The comparison as lines of text in Dutch; of cases with the same outcomes it shows at most so many rows.
    pub fn text(&self, most: usize) -> String {
        let mut out = String::new();
        self.head().iter().for_each(|line| out.push_str(&format!("{line}\n")));
        if self.is_same() {
            out.push_str("\nEr is geen verschil.\n");
            return out;
        }
        for difference in &self.decisions {
            out.push_str(&format!("\n{} ({})\n", difference.title, difference.id));
            out.push_str(&format!("  {}\n", self.summary(difference)));
            self.clusters(difference).iter().for_each(|line| out.push_str(&format!("    {line}\n")));
            self.lines(&mut out, difference, most, "  ");
        }
        if !self.same.is_empty() {
            out.push_str(&format!("\nGelijk in elk geval: {}\n", self.same.join(", ")));
        }
        for (title, list) in parts(self).into_iter().filter(|(_, list)| !list.is_empty()) {
            out.push_str(&format!("\n{title}\n"));
            list.iter().for_each(|part| self.part(&mut out, part, most));
        }
        out
    }

    /// Of several sides: those that always come to the same, and how often the others differ.
    fn clusters(&self, difference: &Difference) -> Vec<String> {
        if self.sides.len() < 3 {
            return Vec::new();
        }
        let pair = |a: usize, b: usize| difference.pairs.iter().find(|p| (p.a, p.b) == (a.min(b), a.max(b)));
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        for side in (0..self.sides.len()).filter(|side| difference.present.get(*side) == Some(&true)) {
            let alike = |known: &usize| pair(*known, side).is_some_and(|pair| pair.share == Value::from(0));
            match clusters.iter_mut().find(|cluster| cluster.first().is_some_and(alike)) {
                Some(cluster) => cluster.push(side),
                None => clusters.push(vec![side]),
            }
        }
        let same = clusters.iter().filter(|cluster| cluster.len() > 1);
        let mut lines: Vec<String> =
            same.map(|cluster| format!("onderling gelijk: {}", names(self, cluster))).collect();
        let of = |side: usize| clusters.iter().find(|cluster| cluster.first() == Some(&side));
        for pair in &difference.pairs {
            let (Some(a), Some(b)) = (of(pair.a), of(pair.b)) else { continue };
            let regulated = match &pair.regulated {
                none if *none == Value::from(0) => String::new(),
                part => format!(", waarvan {} waar beide het regelen", percent(part)),
            };
            let share = percent(&pair.share);
            lines.push(format!("{} tegenover {}: {share}{regulated}", names(self, a), names(self, b)));
        }
        lines
    }

    fn part(&self, out: &mut String, part: &PartDifference, most: usize) {
        let presence = presence(self, &part.present).map_or_else(String::new, |p| format!(": {p}"));
        out.push_str(&format!("  {} ({}){presence}\n", part.title, part.id));
        for field in &part.fields {
            let mut texts: Vec<(Vec<usize>, &str)> = Vec::new();
            for (side, text) in field.texts.iter().enumerate() {
                let text = text.as_deref().unwrap_or("–");
                match texts.iter_mut().find(|(_, known)| *known == text) {
                    Some((sides, _)) => sides.push(side),
                    None => texts.push((vec![side], text)),
                }
            }
            let texts: Vec<String> =
                texts.iter().map(|(sides, text)| format!("{}: {text}", names(self, sides))).collect();
            out.push_str(&format!("    {} – {}\n", field.field, texts.join(" | ")));
        }
        if let Some(cases) = &part.cases {
            self.lines(out, cases, most, "    ");
        }
    }
}

/// Cases with the same outcomes that are shown where nobody says how many.
const MOST: usize = 8;

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(MOST))
    }
}

/// A text in a cell of a Markdown table.
pub(crate) fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ").replace('<', "\\<")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
