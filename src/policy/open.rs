//! What is not regulated, not set or not known, in one place.

use super::Policy;
use super::markdown::{anchor, text, to};
use crate::document::{Completeness, Severity};
use crate::model::Rule;

impl Policy<'_> {
    pub(super) fn open(&self, out: &mut String) {
        out.push_str(&format!("\n## {}Wat niet geregeld of niet bekend is\n", anchor("deel", "open")));
        let before = out.len();
        let dated = &self.program.engine.model;
        let mut list = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                out.push_str(&format!("\n{title}\n\n"));
                lines.iter().for_each(|line| out.push_str(&format!("- {line}\n")));
            }
        };
        let notices = dated.notices.iter().map(|notice| match notice.severity {
            Severity::Obstacle => format!("**{}**", text(&notice.text)),
            Severity::Note | Severity::Attention => text(&notice.text),
        });
        list("**Over de lagen en bronnen op de peildatum:**", notices.collect());
        for layer in &self.layers {
            let Some(Completeness::Partial(missing)) = &layer.completeness else { continue };
            let title = layer.title.as_ref().map_or("", |title| title.value.as_str());
            list(
                &format!("**Dit ontbreekt volgens de laag «{}» zelf:**", text(title)),
                missing.iter().map(|part| text(&part.value)).collect(),
            );
        }
        let unset = self.model.parameters.iter().filter(|p| p.setting.is_none());
        let unset = unset.map(|p| (p.id.as_str(), to("waarde", &p.id, &text(&p.title))));
        list(
            "**Deze waarden zijn op de peildatum niet ingevuld.** Hangt een uitkomst daarvan af, dan zegt het programma ‘niet geregeld’.",
            self.by_reason(unset),
        );
        let unloaded = self.model.decisions.iter().filter(|d| matches!(d.rule, Rule::Unloaded));
        let unloaded = unloaded.map(|d| (d.id.as_str(), to("beslissing", &d.id, &text(&d.title))));
        list("**Voor deze beslissingen zijn er geen regels.**", self.by_reason(unloaded));
        let silent = self.model.decisions.iter().filter_map(|d| {
            let Rule::Table(table) = &d.rule else { return None };
            let rows: Vec<String> = table
                .rows
                .iter()
                .enumerate()
                .filter(|(_, row)| row.silence.is_some())
                .map(|(i, _)| (i + 1).to_string())
                .collect();
            let word = if rows.len() == 1 { "rij" } else { "rijen" };
            (!rows.is_empty())
                .then(|| format!("{}: {word} {}", to("beslissing", &d.id, &text(&d.title)), rows.join(", ")))
        });
        list(
            "**In deze rijen geven de regels geen uitkomst; de reden staat in de tabel:**",
            silent.collect(),
        );
        if out.len() == before {
            out.push_str("\nEr is niets dat volgens de regels zelf ontbreekt.\n");
        }
    }

    /// Links grouped by why something is not said.
    fn by_reason<'s>(&self, names: impl Iterator<Item = (&'s str, String)>) -> Vec<String> {
        let silences = &self.program.engine.model.silences;
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for (id, link) in names {
            let why = silences.get(id).map_or("de reden is niet bekend", |reason| reason.text.as_str());
            match groups.iter_mut().find(|(known, _)| *known == why) {
                Some((_, links)) => links.push(link),
                None => groups.push((why, vec![link])),
            }
        }
        let line = |(why, links): (&str, Vec<String>)| {
            let why = crate::notation::capital(why);
            let links: Vec<String> = links.iter().map(|link| format!("\n  - {link}")).collect();
            format!("{}:{}", text(&why), links.concat())
        };
        groups.into_iter().map(line).collect()
    }
}
