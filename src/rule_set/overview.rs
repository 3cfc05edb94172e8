//! What there is of each layer: its versions, the days that none of them covers, what it sets and what it replaces.

use serde::Serialize;

use super::layers::{Name, Series};
use super::{Layer, RuleSet};
use crate::document::{Document, InForce};
use crate::value::Date;

/// One layer of a rule set with all its versions.
#[derive(Debug, Clone, Serialize)]
pub struct LayerOverview<'r> {
    /// The authority of a layer of one.
    pub authority: Option<&'r str>,
    /// The name of a layer of several authorities.
    pub layer: Option<&'r str>,
    /// Title of its last version.
    pub title: String,
    /// The question that fixes the day by which its version is picked.
    pub reference_date: Option<&'r str>,
    /// Its versions, in the order of the files.
    pub versions: Vec<LayerVersion<'r>>,
    /// The days that no version covers.
    pub uncovered: Vec<Days>,
    /// The days of which it cannot be said which version covers them.
    pub undecidable: Vec<Days>,
}

/// One version of a layer.
#[derive(Debug, Clone, Serialize)]
pub struct LayerVersion<'r> {
    /// Whose it is, and when it applies.
    pub of: Layer<'r>,
    /// The authorities to which it belongs, where it does not belong to all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<&'r str>,
    /// Parameters and decisions that it gives and no layer below it does.
    pub sets: Vec<&'r str>,
    /// Questions, parameters, decisions, findings, steps and counts that it gives in place of those of a layer below it.
    pub overrides: Vec<&'r str>,
    /// Parameters without a value and decisions without rules, in this version and in all layers below it.
    pub open: Vec<&'r str>,
}

/// Days from the first to the last, both included; none where there is no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Days {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl RuleSet {
    /// What there is of each layer, the shared one first.
    ///
    /// ```
    /// # use leidraad::{Date, RuleSet};
    /// let base = r#"{ "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "in_force": { "from": "2020-01-01" },
    ///   "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    ///   "parameters": { "grens": { "title": "Grens", "test_on": "aantal" } },
    ///   "questions": [{ "section": "Feiten", "items": [
    ///     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
    ///   "decisions": { "soort": { "outcome": true, "sources": ["s"],
    ///     "table": ["aantal || soort", "grens || klein", "not(grens) || groot"] } } }"#;
    /// let own = r#"{ "leidraad": 1, "overlay": "x/y", "authority": "GM0000", "title": "Voorbeeldstad",
    ///   "in_force": { "from": "2024-01-01" },
    ///   "parameters": { "grens": { "value": "<= 200", "sources": ["s"] } } }"#;
    /// let rules = RuleSet::from_files(&[("base.json", base), ("own.json", own)]).unwrap();
    /// let overview = rules.overview();
    /// assert_eq!(overview[0].versions[0].open, ["grens"]);
    /// assert_eq!(overview[1].versions[0].sets, ["grens"]);
    /// assert_eq!(overview[1].uncovered[0].to, Date::new(2023, 12, 31));
    /// ```
    pub fn overview(&self) -> Vec<LayerOverview<'_>> {
        self.every_series().iter().map(|series| self.of_series(series)).collect()
    }

    fn of_series<'r>(&'r self, series: &Series<'r>) -> LayerOverview<'r> {
        let (mut uncovered, mut undecidable) = (Vec::new(), Vec::new());
        days(&series.versions, &mut uncovered, &mut undecidable);
        LayerOverview {
            authority: match series.name {
                Name::One(code) => Some(code),
                _ => None,
            },
            layer: match series.name {
                Name::Several(name) => Some(name),
                _ => None,
            },
            title: series.title(),
            reference_date: series.question.or(self.reference_date()),
            versions: series.versions.iter().map(|layer| self.version(layer)).collect(),
            uncovered,
            undecidable,
        }
    }

    /// What a version gives, beside what the layers below it may give.
    fn version<'r>(&'r self, layer: &'r Document) -> LayerVersion<'r> {
        let below = self.below(layer);
        let mut version = LayerVersion {
            of: Layer::of(layer),
            members: layer.members().into_iter().flatten().map(|code| code.value.as_str()).collect(),
            sets: Vec::new(),
            overrides: Vec::new(),
            open: Vec::new(),
        };
        let lower: Vec<&str> = below.iter().flat_map(|other| given(other)).collect();
        for name in given(layer) {
            if lower.contains(&name) {
                version.overrides.push(name);
            }
        }
        if layer.overlay.is_some() {
            version.sets = said(layer).into_iter().filter(|name| !lower.contains(name)).collect();
        }
        for name in below.iter().chain(&[layer]).flat_map(|other| declared(other)) {
            let said = below.iter().chain(&[layer]).any(|other| said(other).contains(&name));
            if !said && !version.open.contains(&name) {
                version.open.push(name);
            }
        }
        version
    }

    /// The versions of other layers that can lie below this one.
    fn below<'r>(&'r self, layer: &Document) -> Vec<&'r Document> {
        let shared = self.bases.iter().filter(|_| layer.overlay.is_some());
        let holds = |other: &&Document| {
            let wider = |codes: &[crate::document::Spanned<String>]| match (&layer.authority, layer.members())
            {
                (Some(own), _) => codes.contains(own),
                (None, Some(own)) => own.len() < codes.len() && own.iter().all(|code| codes.contains(code)),
                (None, None) => false,
            };
            let all = layer.authority.is_some() || layer.members().is_some();
            other.layer.is_some() && other.layer != layer.layer && other.members().map_or(all, wider)
        };
        shared.chain(self.overlays.iter().filter(holds).filter(|_| layer.overlay.is_some())).collect()
    }
}

/// Parameters with a value and decisions with rules.
fn said(layer: &Document) -> Vec<&str> {
    let set = layer.parameters.0.iter().filter(|(_, p)| p.value.is_some() || !p.values.is_empty());
    let ruled = layer.decisions.0.iter().filter(|(_, d)| d.table.is_some() || d.points.is_some());
    set.map(|(id, _)| id).chain(ruled.map(|(id, _)| id)).map(|id| id.value.as_str()).collect()
}

/// Parameters and decisions.
fn declared(layer: &Document) -> Vec<&str> {
    let parameters = layer.parameters.0.iter().map(|(id, _)| id);
    parameters.chain(layer.decisions.0.iter().map(|(id, _)| id)).map(|id| id.value.as_str()).collect()
}

/// Everything with a name that takes the place of its like in a layer below.
fn given(layer: &Document) -> Vec<&str> {
    let questions = layer.questions.iter().flat_map(|section| &section.items).map(|question| &question.id);
    let others = layer.findings.0.iter().map(|(id, _)| id).chain(layer.steps.0.iter().map(|(id, _)| id));
    let others = others.chain(layer.rollups.0.iter().map(|(id, _)| id));
    let mut list: Vec<&str> = questions.map(|id| id.value.as_str()).collect();
    list.extend(said(layer));
    list.extend(others.map(|id| id.value.as_str()));
    list
}

/// The days that no version covers, and those of which that cannot be said.
fn days(versions: &[&Document], uncovered: &mut Vec<Days>, undecidable: &mut Vec<Days>) {
    let periods: Vec<Option<InForce>> = versions.iter().map(|layer| layer.period()).collect();
    let mut firsts: Vec<i64> = periods.iter().flatten().flat_map(InForce::edges).collect();
    firsts.sort_unstable();
    firsts.dedup();
    let starts = std::iter::once(None).chain(firsts.iter().copied().map(Some));
    let mut before: Option<(i64, i64)> = None; // kind and place of the piece before, to join equal ones
    for (i, start) in starts.enumerate() {
        let next = firsts.get(i).copied();
        // any day of the piece stands for all of it
        let day = start.or(next.map(|next| next - 1)).map_or(Date::from_ticks(0), Date::from_ticks);
        let Some(day) = day else { continue };
        let covers = |period: &Option<InForce>| period.as_ref().map_or(Some(true), |p| p.covers(day));
        let kind = if periods.iter().any(|p| covers(p) == Some(true)) {
            0
        } else if periods.iter().any(|p| covers(p).is_none()) {
            1
        } else {
            2
        };
        let piece = Days {
            from: start.and_then(Date::from_ticks),
            to: next.and_then(|next| Date::from_ticks(next - 1)),
        };
        let list = match kind {
            1 => Some(&mut *undecidable),
            2 => Some(&mut *uncovered),
            _ => None,
        };
        let place = i64::try_from(i).unwrap_or(0);
        if let Some(list) = list {
            match list.last_mut().filter(|_| before == Some((kind, place - 1))) {
                Some(last) => last.to = piece.to,
                None => list.push(piece),
            }
        }
        before = Some((kind, place));
    }
}
