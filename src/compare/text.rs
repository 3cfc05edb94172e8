//! A comparison as people read it: lines of text.

use std::fmt;

use super::{CaseValue, Combination, Comparison, Condition, Difference, PartDifference, Row, Status};
use crate::dutch::value;
use crate::notation::date;
use crate::value::Value;

/// The kinds of parts, with what they are called.
pub(super) fn parts(of: &Comparison) -> [(&'static str, &[PartDifference]); 5] {
    [
        ("Waarden", &of.parameters),
        ("Stappen en termijnen", &of.steps),
        ("Opmerkingen", &of.findings),
        ("Vragen", &of.questions),
        ("Bronnen", &of.sources),
    ]
}

/// A part of one as a percentage.
pub(super) fn percent(share: &Value) -> String {
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

fn condition(of: &Comparison, c: &Condition) -> String {
    format!("{}{}: {}", c.question, only(of, &c.sides), c.text)
}

/// The conditions that all rows have.
fn always(rows: &[Row]) -> Vec<&Condition> {
    match rows {
        [] | [_] => Vec::new(),
        [first, others @ ..] => {
            first.when.iter().filter(|c| others.iter().all(|row| row.when.contains(c))).collect()
        }
    }
}

pub(super) fn when(of: &Comparison, row: &Row) -> String {
    let list: Vec<String> = row.when.iter().map(|c| condition(of, c)).collect();
    if list.is_empty() { "altijd".to_owned() } else { list.join("; ") }
}

fn one(of: &Comparison, c: &CaseValue) -> String {
    format!("{}{}: {}", c.question, only(of, &c.sides), c.text)
}

pub(super) fn example(of: &Comparison, row: &Row) -> String {
    row.example.iter().map(|c| one(of, c)).collect::<Vec<_>>().join("; ")
}

/// What a side has in a field. A parameter without a value is not filled in, and "-" is a value: no limit.
pub(super) fn shown(of: &Comparison, part: &PartDifference, side: usize, text: Option<&str>) -> String {
    let parameter = of.parameters.iter().any(|p| std::ptr::eq(p, part));
    match (text, parameter) {
        _ if part.present.get(side) != Some(&true) => "–".to_owned(),
        (None, true) => "niet ingevuld".to_owned(),
        (None, false) => "niets".to_owned(),
        (Some("-"), true) => "geen grens".to_owned(),
        (Some(text), _) => text.to_owned(),
    }
}

/// Adds a text, broken into lines of a width that can be read; what follows a mark stands behind it.
fn put(out: &mut String, indent: usize, mark: &str, text: &str) {
    let below = indent + mark.chars().count().max(if mark.is_empty() { 2 } else { 0 });
    let mut line = format!("{:indent$}{mark}", "");
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = format!("{:below$}", "");
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(&line);
    out.push('\n');
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

pub(super) fn presence(of: &Comparison, present: &[bool]) -> Option<String> {
    let of_kind = |kind: bool| {
        let sides = present.iter().enumerate().filter(|(_, p)| **p == kind).map(|(side, _)| side);
        sides.collect::<Vec<usize>>()
    };
    let (with, without) = (of_kind(true), of_kind(false));
    (!without.is_empty())
        .then(|| format!("alleen bij {}, niet bij {}", names(of, &with), names(of, &without)))
}

/// The cases that are not shown.
pub(super) fn more(combination: &Combination, most: usize) -> Option<String> {
    let hidden = combination.rows.len().saturating_sub(most);
    match (hidden, combination.complete) {
        (0, true) => None,
        (hidden, true) => Some(format!("en nog {hidden} van zulke gevallen")),
        (0, false) => Some("en meer van zulke gevallen".to_owned()),
        (hidden, false) => Some(format!("en meer dan {hidden} andere van zulke gevallen")),
    }
}

/// Most characters on a line of text.
const WIDTH: usize = 110;
/// Most sides of which a table of all pairs fits on a line.
const MOST_SIDES: usize = 11;
const SILENT: &str = "niet geregeld";
pub(super) const APPROXIMATE: &str =
    "Niet alles was na te rekenen: een geval hieronder kan toch gelijk zijn.";

impl Comparison {
    pub(super) fn head(&self) -> Vec<String> {
        let side = |side: &super::ComparedSide| {
            let authority = side.authority.as_ref().map_or_else(String::new, |code| format!(", {code}"));
            format!("{}: {} ({}{authority}), op {}", side.name, side.title, side.rule_set, date(side.on))
        };
        let notices = |side: &super::ComparedSide| {
            side.notices.iter().map(|n| format!("  Let op: {n}")).collect::<Vec<_>>()
        };
        self.sides.iter().flat_map(|s| std::iter::once(side(s)).chain(notices(s))).collect()
    }

    /// How much a decision differs, and between whom most.
    pub(super) fn summary(&self, difference: &Difference) -> String {
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

    fn lines(&self, out: &mut String, difference: &Difference, most: usize, indent: usize) {
        if difference.approximate {
            put(out, indent, "", APPROXIMATE);
        }
        for combination in &difference.combinations {
            let share = percent(&combination.share);
            put(out, indent, "", &format!("{} ({share})", outcomes(self, combination)));
            let shown = combination.rows.get(..most.min(combination.rows.len())).unwrap_or_default();
            // what holds in all of these cases is said once
            let always = always(shown);
            if !always.is_empty() {
                let list: Vec<String> = always.iter().map(|c| condition(self, c)).collect();
                put(out, indent + 2, "", &format!("steeds {}", list.join("; ")));
            }
            for row in shown {
                let own = row.when.iter().filter(|c| !always.contains(c)).map(|c| condition(self, c));
                let own: Vec<String> = own.collect();
                let text = match (own.as_slice(), always.is_empty()) {
                    ([], true) => "altijd".to_owned(),
                    ([], false) => "verder altijd".to_owned(),
                    (own, _) => own.join("; "),
                };
                put(out, indent + 2, "- ", &text);
                let told = |value: &&CaseValue| {
                    row.when.iter().any(|c| {
                        c.question == value.question && c.sides == value.sides && c.text == value.text
                    })
                };
                let example = row.example.iter().filter(|value| !told(value)).map(|value| one(self, value));
                let example: Vec<String> = example.collect();
                if !example.is_empty() {
                    put(out, indent + 4, "", &format!("bijvoorbeeld {}", example.join("; ")));
                }
            }
            let last = more(combination, most).into_iter().chain(missing(self, combination));
            last.for_each(|line| put(out, indent + 4, "", &line));
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
            put(&mut out, 2, "", &self.summary(difference));
            self.matrix_lines(difference).iter().for_each(|line| out.push_str(&format!("    {line}\n")));
            self.clusters(difference).iter().for_each(|line| put(&mut out, 4, "", line));
            self.lines(&mut out, difference, most, 2);
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

    /// Of several sides: how often each two of them differ.
    fn matrix_lines(&self, difference: &Difference) -> Vec<String> {
        if !(3..=MOST_SIDES).contains(&self.sides.len()) {
            return Vec::new();
        }
        let width = self.sides.iter().map(|side| side.name.chars().count()).max().unwrap_or(0).max(6);
        let line = |head: &str, cells: Vec<String>| {
            let cells: String = cells.iter().map(|cell| format!("  {cell:>width$}")).collect();
            format!("{head:<width$}{cells}")
        };
        let mut lines = vec![line("", self.sides.iter().map(|side| side.name.clone()).collect())];
        for (a, side) in self.sides.iter().enumerate() {
            let of = |b: usize| {
                let pair = difference.pairs.iter().find(|p| (p.a, p.b) == (a.min(b), a.max(b)));
                match pair.map(|pair| percent(&pair.share)) {
                    None => "–".to_owned(),
                    Some(share) => share.replace("minder dan ", "<"),
                }
            };
            lines.push(line(&side.name, (0..self.sides.len()).map(of).collect()));
        }
        lines
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
                all if *all == pair.share => ", overal waar beide het regelen".to_owned(),
                part => format!(", waarvan {} waar beide het regelen", percent(part)),
            };
            let share = percent(&pair.share);
            lines.push(format!("{} tegenover {}: {share}{regulated}", names(self, a), names(self, b)));
        }
        lines
    }

    fn part(&self, out: &mut String, part: &PartDifference, most: usize) {
        let presence = presence(self, &part.present).map_or_else(String::new, |p| format!(": {p}"));
        put(out, 2, "", &format!("{} ({}){presence}", part.title, part.id));
        for field in &part.fields {
            let mut texts: Vec<(Vec<usize>, String)> = Vec::new();
            for (side, text) in field.texts.iter().enumerate() {
                let text = shown(self, part, side, text.as_deref());
                match texts.iter_mut().find(|(_, known)| *known == text) {
                    Some((sides, _)) => sides.push(side),
                    None => texts.push((vec![side], text)),
                }
            }
            let texts: Vec<String> =
                texts.iter().map(|(sides, text)| format!("{}: {text}", names(self, sides))).collect();
            let whole = format!("{} – {}", field.field, texts.join(" | "));
            if whole.chars().count() + 4 <= WIDTH {
                put(out, 4, "", &whole);
            } else {
                put(out, 4, "", &field.field);
                texts.iter().for_each(|text| put(out, 6, "", text));
            }
        }
        if let Some(cases) = &part.cases {
            self.lines(out, cases, most, 4);
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

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
