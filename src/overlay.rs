//! The layer of an authority while it is being filled in: what the shared layer leaves to it, and a template to begin with.

mod describe;
mod rows;
mod template;
mod uses;

use std::fmt;

use serde::Serialize;

use crate::check::{Stack, resolve};
use crate::document::{Completeness, Day, Decision, Document, Silence, SilenceKind, Spanned};
use crate::model::{Model, Rule};
use crate::notation;
use crate::parse::Lost;
use crate::rule_set::{Dates, Name, RuleSet, dates};
use crate::value::Date;

/// What one layer of an authority does not say yet of all that the shared layer leaves to it.
///
/// Shown as a text it is a list in Dutch; what is left out of a layer is no mistake, but evaluation will say `unregulated`
/// wherever it matters.
///
/// ```
/// use leidraad::{Date, RuleSet};
/// let shared = r#"{ "leidraad": 1, "id": "x/y", "title": "Hek", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
///   "parameters": { "grens": { "title": "Hoogte zonder vergunning", "test_on": "hoogte" } },
///   "questions": [{ "section": "Hek", "items": [
///     { "id": "hoogte", "ask": "Hoe hoog?", "type": "integer", "min": 0, "max": 9, "sources": ["s"] } ] }],
///   "decisions": { "vergunning": { "sources": ["s"], "hit": "first",
///     "table": ["hoogte || vergunning", "grens || nee", "- || ja"] } } }"#;
/// let layer = r#"{ "leidraad": 1, "overlay": "x/y", "authority": "GM0001", "title": "Hek in X",
///   "in_force": { "from": "2026-01-01" } }"#;
/// let rules = RuleSet::from_files(&[("x.json", shared), ("gm0001.json", layer)]).unwrap();
/// let open = rules.unfilled();
/// assert_eq!((open[0].authority.as_str(), open[0].items[0].id.as_str()), ("GM0001", "grens"));
/// assert!(open[0].to_string().contains("waarde `grens`: Hoogte zonder vergunning"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unfilled {
    /// The rule set.
    pub rule_set: String,
    /// The authority.
    pub authority: String,
    /// The title of the layer.
    pub title: String,
    /// The file of the layer.
    pub file: String,
    /// What is still to be filled in, in the order of the shared layer.
    pub items: Vec<UnfilledItem>,
}

/// One thing that a layer leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnfilledItem {
    /// What it is.
    pub kind: UnfilledKind,
    /// The id in the file; of a note its text.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The days on which it is open; empty when it is on every day of the layer.
    pub periods: Vec<OpenPeriod>,
}

/// The kinds of things that a layer may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnfilledKind {
    /// A value that the shared layer only names.
    Parameter,
    /// A table that each authority loads.
    Decision,
    /// The day from which the layer holds.
    InForce,
    /// What the layer itself says to be missing.
    Note,
}

/// Some days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OpenPeriod {
    /// The first; none where the layer has no beginning.
    pub from: Option<Date>,
    /// The last; none where the layer has no end.
    pub to: Option<Date>,
}

impl RuleSet {
    /// What each layer of an authority still leaves open, for those that leave something.
    pub fn unfilled(&self) -> Vec<Unfilled> {
        let own = self.every_series().into_iter().filter(|series| matches!(series.name, Name::One(_)));
        let layers = own.flat_map(|series| series.versions);
        layers.map(|layer| self.unfilled_of(layer)).filter(|open| !open.items.is_empty()).collect()
    }

    fn unfilled_of(&self, layer: &Document) -> Unfilled {
        let text = |text: &Option<Spanned<String>>| text.as_ref().map_or(String::new(), |t| t.value.clone());
        let mut items = self.open_items(layer);
        if ends(layer).0.is_none() {
            let title = "De dag waarop deze laag ingaat".to_owned();
            let id = "in_force".to_owned();
            items.insert(0, UnfilledItem { kind: UnfilledKind::InForce, id, title, periods: Vec::new() });
        }
        if let Some(Completeness::Partial(parts)) = &layer.completeness {
            items.extend(parts.iter().map(|part| UnfilledItem {
                kind: UnfilledKind::Note,
                id: part.value.clone(),
                title: part.value.clone(),
                periods: Vec::new(),
            }));
        }
        Unfilled {
            rule_set: self.id().to_owned(),
            authority: text(&layer.authority),
            title: text(&layer.title),
            file: self.sources().file(layer.span.file).map_or(String::new(), |file| file.name.clone()),
            items,
        }
    }

    /// The layers in force below that of an authority; none where the shared one is not.
    fn below_on(&self, code: Option<&str>, day: Date) -> Option<Stack<'_>> {
        let mut picked = self.picked(code, &Dates::all(day));
        picked.layers.retain(|(series, ..)| !matches!(series.name, Name::One(_)));
        picked.is_regulated().then(|| picked.stack())
    }

    /// Looks on a day of every stretch of days on which the same versions and values apply.
    fn open_items(&self, layer: &Document) -> Vec<UnfilledItem> {
        let code = layer.authority.as_ref().map(|code| code.value.as_str());
        let series = self.series(code);
        let below: Vec<&Document> = series
            .iter()
            .filter(|series| !matches!(series.name, Name::One(_)))
            .flat_map(|series| series.versions.iter().copied())
            .collect();
        let mut days = dates(below.iter().copied().chain([layer]));
        days.retain(|day| layer.period().is_none_or(|period| period.covers(*day) != Some(false)));
        let mut items: Vec<(UnfilledItem, Vec<bool>)> = Vec::new();
        let mut seen = 0;
        let mut looked = Vec::new();
        for day in days {
            let Some(below) = self.below_on(code, day) else { continue };
            for open in open_on(&below, layer, day) {
                match items.iter_mut().find(|(known, _)| known.kind == open.kind && known.id == open.id) {
                    Some((_, on)) => on.push(true),
                    None => items.push((open, [vec![false; seen], vec![true]].concat())),
                }
            }
            seen += 1;
            items.iter_mut().filter(|(_, on)| on.len() < seen).for_each(|(_, on)| on.push(false));
            looked.push(day);
        }
        let ends = ends(layer);
        let with_periods = |(mut item, on): (UnfilledItem, Vec<bool>)| {
            item.periods = stretches(&looked, &on, ends);
            item
        };
        let mut items: Vec<UnfilledItem> = items.into_iter().map(with_periods).collect();
        let ids = |base: &&Document| {
            let parameters = base.parameters.0.iter().map(|(id, _)| id.value.clone());
            parameters.chain(base.decisions.0.iter().map(|(id, _)| id.value.clone())).collect::<Vec<_>>()
        };
        let order: Vec<String> = below.iter().flat_map(ids).collect();
        items.sort_by_key(|item| order.iter().position(|id| *id == item.id));
        items
    }
}

/// The first and last day of a layer, as far as they are known.
fn ends(layer: &Document) -> (Option<Date>, Option<Date>) {
    let known = |day: Option<Spanned<Day>>| day.and_then(|day| day.value.known());
    layer.period().map_or((None, None), |period| (known(period.from), known(period.to)))
}

/// What is open on a day: values and tables that the layers below leave to each authority and that this one does not give.
fn open_on(below: &Stack<'_>, layer: &Document, day: Date) -> Vec<UnfilledItem> {
    let model = |stack: &Stack<'_>| resolve(stack, &Lost::default(), &mut Vec::new()).0;
    let mut all = below.clone();
    all.layers.push((layer, Some(day)));
    let (shared, merged) = (model(below), model(&all));
    let open = |id: &str| merged.parameters.iter().any(|p| p.id == id && p.setting.is_none());
    // that there is nothing to fill in may be written down, too
    let nothing = |silence: &Option<Silence>| {
        let kind = silence.as_ref().map(|silence| silence.kind.value);
        matches!(kind, Some(SilenceKind::NoPolicy | SilenceKind::Silent | SilenceKind::Overtaken))
    };
    let explained = |id: &str| {
        let parameter = layer.parameters.0.iter().any(|(known, p)| known.value == id && nothing(&p.silence));
        parameter || layer.decisions.0.iter().any(|(known, d)| known.value == id && nothing(&d.silence))
    };
    let parameters =
        shared.parameters.iter().filter(|p| p.setting.is_none() && open(&p.id) && !explained(&p.id));
    let mut items: Vec<UnfilledItem> = parameters
        .map(|p| UnfilledItem {
            kind: UnfilledKind::Parameter,
            id: p.id.to_string(),
            title: p.title.clone(),
            periods: Vec::new(),
        })
        .collect();
    for id in left_to_authorities(below).into_iter().filter(|id| !explained(id)) {
        let own = layer.decisions.0.iter().any(|(known, d)| known.value == id && gives_rule(d));
        let Some(decision) = merged.decisions.iter().find(|d| d.id == id) else { continue };
        if !own || matches!(decision.rule, Rule::Unloaded) {
            items.push(UnfilledItem {
                kind: UnfilledKind::Decision,
                id: id.to_owned(),
                title: decision.title.clone(),
                periods: Vec::new(),
            });
        }
    }
    items
}

/// The decisions that only an authority can load: without a table, or with one of the shared layer that only holds until
/// there is another.
fn left_to_authorities<'d>(below: &Stack<'d>) -> Vec<&'d str> {
    let Some(((base, _), others)) = below.layers.split_first() else { return Vec::new() };
    let given = |id: &str| {
        let all = others.iter().flat_map(|(layer, _)| &layer.decisions.0);
        all.into_iter().any(|(known, d)| known.value == id && gives_rule(d))
    };
    let left = base
        .decisions
        .0
        .iter()
        .filter(|(id, d)| (!gives_rule(d) || !d.columns.is_empty()) && !given(&id.value));
    left.map(|(id, _)| id.value.as_str()).collect()
}

fn gives_rule(decision: &Decision) -> bool {
    decision.table.is_some()
        || decision.points.is_some()
        || decision.formula.is_some()
        || decision.count.is_some()
}

/// The parameters without a value in the shared layer, by index.
fn unset(model: &Model) -> impl Iterator<Item = usize> + '_ {
    model.parameters.iter().enumerate().filter(|(_, p)| p.setting.is_none()).map(|(p, _)| p)
}

/// The stretches of days of which some days were looked at, as far as something was open on them; none when it was open on
/// all. The days looked at are the last of one stretch and the first of the next, or the first and last of one.
fn stretches(looked: &[Date], open: &[bool], (from, to): (Option<Date>, Option<Date>)) -> Vec<OpenPeriod> {
    if open.iter().all(|open| *open) {
        return Vec::new();
    }
    let mut found: Vec<OpenPeriod> = Vec::new();
    let mut running = false;
    let last = looked.len().saturating_sub(1);
    for (i, (day, open)) in looked.iter().zip(open).enumerate() {
        let end = if i == last { to } else { Some(*day) };
        match found.last_mut() {
            Some(period) if *open && running => period.to = end,
            _ if *open => found.push(OpenPeriod { from: if i == 0 { from } else { Some(*day) }, to: end }),
            _ => {}
        }
        running = *open;
    }
    found
}

impl fmt::Display for Unfilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Nog in te vullen in {} ({}, {}):", self.file, self.authority, self.rule_set)?;
        self.items.iter().try_for_each(|item| writeln!(f, "  - {item}"))
    }
}

impl fmt::Display for UnfilledItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            UnfilledKind::Parameter => write!(f, "waarde `{}`: {}", self.id, self.title)?,
            UnfilledKind::Decision => write!(f, "tabel `{}`: {}", self.id, self.title)?,
            UnfilledKind::InForce => write!(f, "`{}`: {}", self.id, self.title)?,
            UnfilledKind::Note => write!(f, "volgens de laag zelf: {}", self.title)?,
        }
        let periods: Vec<String> = self.periods.iter().map(|p| notation::period(p.from, p.to)).collect();
        match periods.as_slice() {
            [] => Ok(()),
            periods => write!(f, " ({})", periods.join("; ")),
        }
    }
}
