//! A comparison as people read it: in short what differs, then each decision, then what is written differently.

mod brief;
mod page;
mod parts;

use std::fmt;

use super::{CaseValue, Combination, Comparison, Condition, Difference, PartDifference, Row, Status};
use crate::dutch::value;
use crate::notation::capital;
use crate::value::Value;
use page::Page;
pub(super) use parts::Kind;

/// The parts of one kind that differ.
pub(super) struct Section<'c> {
    pub(super) kind: Kind,
    pub(super) title: &'static str,
    /// What one of them is called, and several.
    pub(super) called: (&'static str, &'static str),
    pub(super) list: &'c [PartDifference],
}

/// The kinds of parts of which some differ, in the order in which they are told.
pub(super) fn sections(of: &Comparison) -> Vec<Section<'_>> {
    let section = |kind, title, called, list| Section { kind, title, called, list };
    let all = [
        section(Kind::Values, "Waarden", ("waarde", "waarden"), of.parameters.as_slice()),
        section(Kind::Steps, "Stappen en termijnen", ("stap of termijn", "stappen of termijnen"), &of.steps),
        section(Kind::Findings, "Opmerkingen", ("opmerking", "opmerkingen"), &of.findings),
        section(Kind::Questions, "Vragen", ("vraag", "vragen"), &of.questions),
        section(Kind::Sources, "Bronnen", ("bron", "bronnen"), &of.sources),
    ];
    all.into_iter().filter(|section| !section.list.is_empty()).collect()
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

/// Fewest sides of which nearly all are called by those that are not among them.
const MANY: usize = 5;

/// Some sides by name; nearly all of many by those that are not among them.
fn names(of: &Comparison, sides: &[usize]) -> String {
    let all: Vec<&str> = of.sides.iter().map(|side| side.name.as_str()).collect();
    called(&all, sides)
}

/// The same of these names.
pub(super) fn called(all: &[&str], sides: &[usize]) -> String {
    let some = |wanted: bool| -> Vec<&str> {
        let places = all.iter().enumerate().filter(|(side, _)| sides.contains(side) == wanted);
        places.map(|(_, name)| *name).collect()
    };
    let others = some(false);
    match others.len() {
        0 if all.len() > 2 => "alle".to_owned(),
        1 | 2 if all.len() >= MANY => format!("alle behalve {}", others.join(" en ")),
        _ => some(true).join(", "),
    }
}

/// ` bij A` after a question that not all sides have.
fn only(of: &Comparison, sides: &[usize]) -> String {
    if sides.is_empty() { String::new() } else { format!(" bij {}", names(of, sides)) }
}

/// What holds, where long words that were told before are not told again.
fn condition(of: &Comparison, page: &mut Page, c: &Condition) -> String {
    format!("{}{}: {}", c.question, only(of, &c.sides), page.words(&c.question, &c.text))
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
    let one = |c: &Condition| format!("{}{}: {}", c.question, only(of, &c.sides), c.text);
    let list: Vec<String> = row.when.iter().map(one).collect();
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

/// What each side says, those that say the same together; of lists what they have in common once.
pub(super) fn outcomes(combination: &Combination) -> Vec<(Vec<usize>, String)> {
    let common = common(combination);
    let mut groups: Vec<(Vec<usize>, String)> = Vec::new();
    for (side, outcome) in combination.outcomes.iter().enumerate() {
        let text = match (outcome.status, items(outcome)) {
            (Status::Unregulated, _) => SILENT.to_owned(),
            (_, Some(items)) if !common.is_empty() => {
                let own: Vec<&str> = items.into_iter().filter(|item| !common.contains(item)).collect();
                let same = format!("de {} die ze gemeen hebben", common.len());
                if own.is_empty() {
                    format!("alleen {same}")
                } else {
                    format!("{}; en {same}", own.join("; "))
                }
            }
            _ => outcome.text.clone(),
        };
        match groups.iter_mut().find(|(_, known)| *known == text) {
            Some((sides, _)) => sides.push(side),
            None => groups.push((vec![side], text)),
        }
    }
    groups
}

/// The items of an outcome that is a list, in words.
fn items(outcome: &super::SideOutcome) -> Option<Vec<&str>> {
    let [Value::List(values)] = outcome.values.as_slice() else { return None };
    let items: Vec<&str> = outcome.text.split("; ").collect();
    // a label may hold a semicolon: then the list is told as it is
    (items.len() == values.len() && outcome.status == Status::Determined).then_some(items)
}

/// Fewest items in common that are not said for each side.
const SHARED: usize = 3;

/// What the lists of at least two sides have in common, where that is much.
fn common(combination: &Combination) -> Vec<&str> {
    let mut lists = combination.outcomes.iter().filter_map(items);
    let Some(first) = lists.next() else { return Vec::new() };
    let others: Vec<Vec<&str>> = lists.collect();
    let shared: Vec<&str> =
        first.into_iter().filter(|item| others.iter().all(|list| list.contains(item))).collect();
    if others.is_empty() || shared.len() < SHARED { Vec::new() } else { shared }
}

/// What no layer sets, with the sides where it is missing.
fn missing(of: &Comparison, decision: &str, combination: &Combination) -> Vec<String> {
    let mut groups: Vec<(Vec<usize>, &[String])> = Vec::new();
    // that the decision itself was not loaded is what `not regulated` says
    let told = |missing: &[String]| missing.is_empty() || missing == [decision];
    for (side, outcome) in combination.outcomes.iter().enumerate().filter(|(_, o)| !told(&o.missing)) {
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
    match (without.is_empty(), with.len() <= without.len()) {
        (true, _) => None,
        (false, true) => Some(format!("alleen bij {}", names(of, &with))),
        (false, false) => Some(format!("niet bij {}", names(of, &without))),
    }
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

/// Most characters on a line of text where nobody says how many.
const WIDTH: usize = 100;
/// Fewest characters on a line: below that a table of pairs has no place.
const NARROW: usize = 50;
/// Longest words of a finding that are not cut off.
const LONG: usize = 140;
const SILENT: &str = "niet geregeld";

/// A long text up to a space, with dots.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONG {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONG).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

impl Comparison {
    fn lines(&self, page: &mut Page, difference: &Difference, most: usize) {
        difference.unsure.iter().for_each(|text| page.put(2, "", text));
        // what is missing is said once where it is the same everywhere
        let said: Vec<Vec<String>> =
            difference.combinations.iter().map(|c| missing(self, &difference.id, c)).collect();
        let mut some = said.iter().filter(|list| !list.is_empty());
        let once = some.next().filter(|first| some.all(|other| other == *first));
        once.into_iter().flatten().for_each(|line| page.put(2, "", &format!("{}.", capital(line))));
        for ((place, combination), missing) in difference.combinations.iter().enumerate().zip(&said) {
            let mark = format!("{}. ", place + 1);
            let below = 2 + mark.chars().count();
            let share = percent(&combination.share);
            let groups = outcomes(combination);
            let groups: Vec<String> =
                groups.iter().map(|(sides, text)| format!("{}: {text}", names(self, sides))).collect();
            let whole = format!("{} ({share})", groups.join(" | "));
            if page.fits(below, &whole) {
                page.put(2, &mark, &whole);
            } else {
                for (i, group) in groups.iter().enumerate() {
                    let last = if i + 1 == groups.len() { format!(" ({share})") } else { String::new() };
                    let (indent, mark) = if i == 0 { (2, mark.as_str()) } else { (below, "") };
                    page.put(indent, mark, &format!("{group}{last}"));
                }
            }
            self.rows(page, combination, most, below);
            if once.is_none() {
                missing.iter().for_each(|line| page.put(below, "", line));
            }
        }
    }

    fn rows(&self, page: &mut Page, combination: &Combination, most: usize, indent: usize) {
        let shown = combination.rows.get(..most.min(combination.rows.len())).unwrap_or_default();
        // what holds in all of these cases is said once
        let always = always(shown);
        if !always.is_empty() {
            let list: Vec<String> = always.iter().map(|c| condition(self, page, c)).collect();
            page.put(indent, "", &format!("steeds {}", list.join("; ")));
        }
        for row in shown {
            let own = row.when.iter().filter(|c| !always.contains(c)).map(|c| condition(self, page, c));
            let own: Vec<String> = own.collect();
            let text = match (own.as_slice(), always.is_empty()) {
                ([], true) => "altijd".to_owned(),
                ([], false) => "verder altijd".to_owned(),
                (own, _) => own.join("; "),
            };
            let told = |value: &&CaseValue| {
                row.when
                    .iter()
                    .any(|c| c.question == value.question && c.sides == value.sides && c.text == value.text)
            };
            let example = row.example.iter().filter(|value| !told(value)).map(|value| one(self, value));
            let example = example.collect::<Vec<_>>().join("; ");
            let whole = format!("{text} (bijvoorbeeld {example})");
            if example.is_empty() {
                page.put(indent, "- ", &text);
            } else if page.fits(indent + 2, &whole) {
                page.put(indent, "- ", &whole);
            } else {
                page.put(indent, "- ", &text);
                page.put(indent + 2, "", &format!("bijvoorbeeld {example}"));
            }
        }
        more(combination, most).iter().for_each(|line| page.put(indent, "", line));
    }

    /// The comparison as lines of text in Dutch; of cases with the same outcomes it shows at most so many rows.
    pub fn text(&self, most: usize) -> String {
        self.text_within(most, WIDTH)
    }

    /// The same with lines of at most so many characters, as far as the words allow it.
    ///
    /// ```
    /// # let comparison = leidraad::compare::compare(&[], &leidraad::compare::Scope::Outcomes);
    /// assert!(comparison.text_within(3, 60).lines().all(|line| line.chars().count() <= 60));
    /// ```
    pub fn text_within(&self, most: usize, width: usize) -> String {
        let mut page = Page::new(width.max(NARROW));
        self.write(&mut page, most);
        let mut page = page.again();
        self.write(&mut page, most);
        page.finish()
    }

    fn write(&self, page: &mut Page, most: usize) {
        let (first, lines) = self.head();
        if !first.is_empty() {
            page.put(0, "", &first);
        }
        lines.iter().for_each(|line| page.put(2, "", line));
        page.line("");
        if self.is_same() {
            page.line("Er is geen verschil.");
            return;
        }
        let (first, list, after) = self.brief();
        page.put(0, "", &first);
        list.iter().for_each(|line| page.put(2, "- ", line));
        after.iter().for_each(|line| page.put(0, "", line));
        for difference in &self.decisions {
            page.line("");
            page.put(0, "", &format!("{} ({})", difference.title, difference.id));
            if let Some(presence) = presence(self, &difference.present) {
                page.put(2, "", &format!("{}.", capital(&presence)));
            }
            self.matrix_lines(page, difference);
            self.lines(page, difference, most);
        }
        if !self.same.is_empty() && !self.decisions.is_empty() {
            page.line("");
            page.put(0, "", &format!("Gelijk in elk geval: {}", self.same.join(", ")));
        }
        for Section { kind, title, list, .. } in sections(self) {
            page.line("");
            page.line(title);
            self.section(page, kind, list, most);
        }
    }

    /// Of several sides: which always come to the same, and how often the others differ.
    fn matrix_lines(&self, page: &mut Page, difference: &Difference) {
        if self.sides.len() < 3 {
            return;
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
        for cluster in clusters.iter().filter(|cluster| cluster.len() > 1) {
            page.put(2, "", &format!("Onderling gelijk: {}", names(self, cluster)));
        }
        // one of each cluster stands for all of it
        let some: Vec<usize> = clusters.iter().filter_map(|cluster| cluster.first().copied()).collect();
        let name = |side: usize| self.sides.get(side).map_or("", |side| side.name.as_str());
        let width = some.iter().map(|side| name(*side).chars().count()).max().unwrap_or(0).max(6);
        let line = |head: &str, cells: Vec<String>| {
            let cells: String = cells.iter().map(|cell| format!("  {cell:>width$}")).collect();
            format!("    {head:<width$}{cells}")
        };
        let heads = line("", some.iter().map(|side| name(*side).to_owned()).collect());
        if some.len() > 1 && page.fits(0, &heads) {
            page.put(2, "", "Zo vaak verschillen zij:");
            page.line(&heads);
            for a in &some {
                let of = |b: &usize| match pair(*a, *b).map(|pair| percent(&pair.share)) {
                    None => "–".to_owned(),
                    Some(share) => share.replace("minder dan ", "<"),
                };
                page.line(&line(name(*a), some.iter().map(of).collect()));
            }
        }
        let both = difference.pairs.iter().filter(|pair| {
            pair.regulated != Value::from(0) && some.contains(&pair.a) && some.contains(&pair.b)
        });
        let both: Vec<String> = both
            .map(|pair| format!("{} en {} ({})", name(pair.a), name(pair.b), percent(&pair.regulated)))
            .collect();
        if !both.is_empty() {
            page.put(2, "", &format!("Waar beide het regelen, verschillen: {}", both.join(", ")));
        }
    }
}

/// Cases with the same outcomes that are shown where nobody says how many.
const MOST: usize = 3;

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(MOST))
    }
}
