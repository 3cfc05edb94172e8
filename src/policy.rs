//! A whole rule set as a policy document in Dutch: what the engine runs, for those who must judge whether it is what the law
//! and the policy say.
//!
//! Everything is written from the model that the engine runs on, with the words of explanations. Dated parts stand there
//! with their periods, so the document tells of all dates; the reference date decides which versions of the layers it
//! tells of, and which value of a parameter stands in a rule.

mod chart;
mod decisions;
mod head;
mod markdown;
mod open;
mod questions;
mod reads;
mod sources;
mod steps;
mod tables;
mod terms;
mod values;
mod written;

use crate::check::{Stack, covers, resolve};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Period, Spanned};
use crate::model::Model;
use crate::parse::Lost;
use crate::rule_set::{Dates, LayerOverview, Program, RuleSet};
use crate::source::Span;
use crate::value::Date;

/// What the chapters are written from.
struct Policy<'r> {
    rules: &'r RuleSet,
    authority: Option<&'r str>,
    on: Date,
    /// The rules on the reference date.
    program: Program,
    /// The layers of the reference date, the shared one first; without what a lower layer settles on that date.
    layers: Vec<Document>,
    /// Those that apply on it: where the shared one does not, its last version is described all the same.
    in_force: Vec<Span>,
    /// What they say on all dates; parameters have their value of the reference date.
    model: Model,
    overview: Vec<LayerOverview<'r>>,
    /// What a layer says on other dates only, instead of a lower one: the name, the layer and the period.
    elsewhere: Vec<(String, String, Period)>,
}

impl RuleSet {
    /// The rule set as a policy document in Markdown and plain Dutch, for the lawyer who reviews what the engine runs: the
    /// layers, what is not regulated or not known, the questions, the decisions with their tables, the values, the
    /// findings, the steps with their terms, and every source with its official address.
    ///
    /// Without an authority it tells of the shared layer, and names the authorities that have rules of their own.
    /// Dated rows, questions and values all stand in it, with their periods; `on` decides which versions of the layers
    /// are described and which value of a parameter is filled in where a rule names it.
    ///
    /// # Errors
    /// When no layer is of this authority, or the rules have mistakes that only show on this date.
    ///
    /// ```
    /// use leidraad::{Date, RuleSet};
    /// let rules = RuleSet::from_text("x.json", r#"{
    ///   "leidraad": 1, "id": "x/hek", "title": "Hek",
    ///   "sources": { "wet": { "kind": "law", "title": "Hekkenwet", "bwb": "BWBR0000001", "certainty": "verified" } },
    ///   "questions": [{ "section": "Het hek", "items": [
    ///     { "id": "hoogte", "ask": "Hoe hoog?", "type": "integer", "min": 0, "max": 9, "unit": "m", "sources": ["wet"] } ] }],
    ///   "decisions": { "vergunning": { "title": "Vergunning", "outcome": true, "sources": ["wet"],
    ///     "table": ["hoogte || vergunning", "<= 2 || nee", "> 2 || ja"] } }
    /// }"#)?;
    /// let text = rules.policy_document(None, Date::new(2026, 7, 4).unwrap())?;
    /// assert!(text.starts_with("# Hek\n"));
    /// assert!(text.contains("| 1 | hoogstens 2 m | nee |"));
    /// assert!(text.contains("https://wetten.overheid.nl/BWBR0000001"));
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn policy_document(&self, authority: Option<&str>, on: Date) -> Result<String, Diagnostics> {
        Ok(Policy::new(self, authority, on)?.write())
    }
}

impl<'r> Policy<'r> {
    fn new(rules: &'r RuleSet, authority: Option<&str>, on: Date) -> Result<Policy<'r>, Diagnostics> {
        let authority =
            authority.map(|code| rules.for_authority(code)).transpose()?.map(|found| found.code());
        let dates = Dates::all(on);
        let program = rules.program(authority, &dates)?;
        let picked = rules.picked(authority, &dates);
        let stack = picked.stack();
        let in_force = picked.in_force().map(|(layer, _)| layer.span).collect();
        let (mut layers, mut elsewhere) = (Vec::new(), Vec::new());
        for (layer, _) in &stack.layers {
            let layer = without_lower(layer, &layers, on, &mut elsewhere);
            layers.push(layer);
        }
        let all = Stack {
            layers: layers.iter().map(|layer| (layer, None)).collect(),
            unsure: stack.unsure.clone(),
        };
        // several values of a parameter on all dates are no mistake here
        let (mut model, _) = resolve(&all, &Lost::default(), &mut Vec::new());
        for parameter in &mut model.parameters {
            let dated = program.engine.model.parameters.iter().find(|p| p.id == parameter.id);
            parameter.setting = dated.and_then(|p| p.setting.clone());
        }
        Ok(Policy {
            rules,
            authority,
            on,
            program,
            layers,
            in_force,
            model,
            overview: rules.overview(),
            elsewhere,
        })
    }

    fn write(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.open(&mut out);
        self.chart(&mut out);
        self.questions(&mut out);
        self.decisions(&mut out);
        self.values(&mut out);
        self.remarks(&mut out);
        self.steps(&mut out);
        self.rollups(&mut out);
        self.classes(&mut out);
        self.sources(&mut out);
        while out.contains("\n\n\n") {
            out = out.replace("\n\n\n", "\n\n");
        }
        out
    }
}

/// A layer without what it says on other dates only where a layer below says it on this one.
fn without_lower(
    layer: &Document,
    below: &[Document],
    on: Date,
    elsewhere: &mut Vec<(String, String, Period)>,
) -> Document {
    let mut layer = layer.clone();
    let title = layer.title.as_ref().map_or_else(String::new, |title| title.value.clone());
    let mut gives_way = |id: &Spanned<String>, period: Option<&Period>, known: bool| {
        let way = known && !covers(period, on);
        if let Some(period) = period.filter(|_| way) {
            elsewhere.push((id.value.clone(), title.clone(), period.clone()));
        }
        way
    };
    let has = |map: &dyn Fn(&Document) -> Vec<String>, id: &str| {
        below.iter().any(|l| map(l).iter().any(|k| k == id))
    };
    let ids = |layer: &Document| layer.decisions.0.iter().map(|(id, _)| id.value.clone()).collect();
    layer.decisions.0.retain(|(id, d)| !gives_way(id, d.in_force.as_ref(), has(&ids, &id.value)));
    let ids = |layer: &Document| layer.findings.0.iter().map(|(id, _)| id.value.clone()).collect();
    layer.findings.0.retain(|(id, f)| !gives_way(id, f.in_force.as_ref(), has(&ids, &id.value)));
    let ids = |layer: &Document| layer.steps.0.iter().map(|(id, _)| id.value.clone()).collect();
    layer.steps.0.retain(|(id, s)| !gives_way(id, s.in_force.as_ref(), has(&ids, &id.value)));
    let ids = |layer: &Document| {
        layer.questions.iter().flat_map(|s| &s.items).map(|question| question.id.value.clone()).collect()
    };
    for section in &mut layer.questions {
        section.items.retain(|q| !gives_way(&q.id, q.in_force.as_ref(), has(&ids, &q.id.value)));
    }
    layer
}
