//! What stands in the rule files beside the model: which layer says something, in which period, and who says otherwise.

use super::Policy;
use super::markdown::{code, text, to};
use crate::document::{Decision, Document, OptionDef, Parameter, Period, Question, Spanned};
use crate::dutch::plain_period;

impl Policy<'_> {
    /// The last layer with a question, and the question; of a field of a list the name is `list.field`.
    pub(super) fn question_written(&self, name: &str) -> Option<(&Document, &Question)> {
        let (id, field) = name.split_once('.').map_or((name, None), |(list, field)| (list, Some(field)));
        self.layers.iter().rev().find_map(|layer| {
            let all = layer.questions.iter().flat_map(|section| &section.items);
            let found = all.into_iter().find(|question| question.id.value == id)?;
            match field {
                None => Some((layer, found)),
                Some(field) => Some((layer, found.fields.iter().find(|q| q.id.value == field)?)),
            }
        })
    }

    /// What the layers write of a decision, the shared one first.
    pub(super) fn decision_written(&self, id: &str) -> Vec<(&Document, &Decision)> {
        let own = |layer| entry(layer, |layer: &Document| &layer.decisions.0, id);
        self.layers.iter().filter_map(own).collect()
    }

    /// What the layers write of a parameter, the shared one first.
    pub(super) fn parameter_written(&self, id: &str) -> Vec<(&Document, &Parameter)> {
        let own = |layer| entry(layer, |layer: &Document| &layer.parameters.0, id);
        self.layers.iter().filter_map(own).collect()
    }

    /// That a layer above the shared one says this.
    pub(super) fn out_of_layer(&self, layer: &Document) -> Option<String> {
        layer.overlay.as_ref()?;
        let title = layer.title.as_ref().map_or("", |title| title.value.as_str());
        Some(format!("Uit de laag «{}»", text(title)))
    }

    /// Which authorities and layers of several have a value, rule, question or step of their own under this name; only in
    /// a document of the shared layer, as else their rules stand in it.
    pub(super) fn local(&self, id: &str) -> Option<String> {
        if self.authority.is_some() {
            return None;
        }
        let names = self.overview.iter().filter(|layer| {
            layer.versions.iter().any(|version| version.sets.contains(&id) || version.overrides.contains(&id))
        });
        let links: Vec<String> = names
            .filter_map(|layer| layer.authority.or(layer.layer))
            .map(|name| to("laag", name, &text(name)))
            .collect();
        (!links.is_empty()).then(|| format!("Eigen regel of waarde in: {}", links.join(", ")))
    }
}

fn entry<'d, T>(
    layer: &'d Document,
    map: impl Fn(&'d Document) -> &'d Vec<(Spanned<String>, T)>,
    id: &str,
) -> Option<(&'d Document, &'d T)> {
    map(layer).iter().find(|(known, _)| known.value == id).map(|(_, found)| (layer, found))
}

/// The period of a part of the rules, where it has one.
pub(super) fn limited(period: Option<&Period>) -> Option<String> {
    let period = period.filter(|period| period.from.is_some() || period.to.is_some())?;
    Some(plain_period(period))
}

/// The options of a question or output, one a line, with what they mean and when they exist.
pub(super) fn option_lines(
    options: &[crate::model::OptionInfo],
    written: Option<&[(Spanned<String>, OptionDef)]>,
    sources: impl Fn(&OptionDef) -> String,
) -> String {
    let mut out = String::new();
    for option in options {
        let own =
            written.and_then(|list| list.iter().find(|(id, _)| id.value == option.id)).map(|(_, def)| def);
        let mut line = format!("- **{}** ({})", text(&option.label), code(&option.id));
        if let Some(points) = option.points {
            let points = crate::notation::number(&points.normalize().to_string());
            line.push_str(&format!(" – {}", crate::notation::with_unit(&points, "punten")));
        }
        if let Some(period) = own.and_then(|def| limited(def.in_force.as_ref())) {
            line.push_str(&format!(" – alleen {period}"));
        }
        if let Some(help) = &option.help {
            line.push_str(&format!(". {}", text(help)));
        }
        let sources = own.map(&sources).unwrap_or_default();
        if !sources.is_empty() {
            line.push_str(&format!(" Bron: {sources}"));
        }
        out.push_str(&line);
        out.push('\n');
    }
    out
}
