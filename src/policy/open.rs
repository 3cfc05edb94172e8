//! What is not regulated, not set or not known, in one place.

use super::Policy;
use super::markdown::{anchor, text, to};
use crate::document::Severity;
use crate::model::{RowOutput, Rule};

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
        list(
            "**De makers van de regels weten dat dit ontbreekt:**",
            self.model.partial.iter().map(|part| text(part)).collect(),
        );
        let why = |id: &str| {
            dated.silences.get(id).map_or_else(String::new, |reason| format!(": {}", text(&reason.text)))
        };
        let unset = self.model.parameters.iter().filter(|p| p.setting.is_none());
        let unset = unset.map(|p| format!("{}{}", to("waarde", &p.id, &text(&p.title)), why(&p.id)));
        list(
            "**Deze waarden zijn op de peildatum niet ingevuld.** Hangt een uitkomst daarvan af, dan zegt het programma ‘niet geregeld’:",
            unset.collect(),
        );
        let unloaded = self.model.decisions.iter().filter(|d| matches!(d.rule, Rule::Unloaded));
        let unloaded =
            unloaded.map(|d| format!("{}{}", to("beslissing", &d.id, &text(&d.title)), why(&d.id)));
        list("**Voor deze beslissingen zijn er geen regels:**", unloaded.collect());
        let silent = self.model.decisions.iter().filter_map(|d| {
            let Rule::Table(table) = &d.rule else { return None };
            let rows: Vec<String> = table
                .rows
                .iter()
                .enumerate()
                .filter(|(_, row)| row.output == RowOutput::Silent)
                .map(|(i, _)| (i + 1).to_string())
                .collect();
            let word = if rows.len() == 1 { "rij" } else { "rijen" };
            (!rows.is_empty())
                .then(|| format!("{}: {word} {}", to("beslissing", &d.id, &text(&d.title)), rows.join(", ")))
        });
        list("**In deze rijen geven de regels bewust geen uitkomst:**", silent.collect());
        if out.len() == before {
            out.push_str("\nEr is niets dat volgens de regels zelf ontbreekt.\n");
        }
    }
}
