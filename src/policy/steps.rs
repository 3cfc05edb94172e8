//! What comes after the decisions: remarks, steps, counts over a checklist, and who may see what.

use super::Policy;
use super::markdown::{anchor, code, paragraphs, text, to};
use super::written::limited;
use crate::document::{Document, Map, Severity, Spanned};

impl Policy<'_> {
    pub(super) fn remarks(&self, out: &mut String) {
        if self.model.remarks.is_empty() {
            return;
        }
        out.push_str(&format!("\n## {}Opmerkingen\n\n", anchor("deel", "opmerkingen")));
        out.push_str("Het programma maakt deze opmerkingen bij een zaak waarin de voorwaarde klopt.\n");
        for (severity, title) in [
            (Severity::Obstacle, "Eerst oplossen"),
            (Severity::Attention, "Let op"),
            (Severity::Note, "Goed om te weten"),
        ] {
            let list: Vec<_> =
                self.model.remarks.iter().filter(|remark| remark.severity == severity).collect();
            if list.is_empty() {
                continue;
            }
            out.push_str(&format!("\n### {title}\n\n"));
            for remark in list {
                out.push_str(&format!(
                    "- {}{} ({})\n",
                    anchor("opmerking", &remark.id),
                    text(&remark.text),
                    code(&remark.id)
                ));
                let mut facts = match &remark.when {
                    Some(when) => vec![self.condition("Bij", when).replace("\n  - ", "\n    - ")],
                    None => vec!["Altijd".to_owned()],
                };
                let (layer, written) = self.written(&remark.id, |layer| &layer.findings);
                let period = written.and_then(|written| limited(written.in_force.as_ref()));
                facts.extend(period.map(|period| format!("Alleen {period}")));
                facts.push(format!("Bron: {}", self.cite(&remark.sources)));
                facts.extend(layer.and_then(|layer| self.out_of_layer(layer)));
                facts.extend(self.local(&remark.id));
                facts.iter().for_each(|fact| out.push_str(&format!("  - {fact}\n")));
            }
        }
    }

    pub(super) fn steps(&self, out: &mut String) {
        if self.model.steps.is_empty() {
            return;
        }
        out.push_str(&format!("\n## {}Stappen\n", anchor("deel", "stappen")));
        for (n, step) in self.model.steps.iter().enumerate() {
            out.push_str(&format!("\n### {}{}. {}\n\n", anchor("stap", &step.id), n + 1, text(&step.title)));
            if let Some(help) = &step.help {
                out.push_str(&format!("{}\n\n", paragraphs(help)));
            }
            let (layer, written) = self.written(&step.id, |layer| &layer.steps);
            let mut facts =
                vec![format!("Naam in de regels: {}", code(&step.id)), format!("Wie: {}", text(&step.actor))];
            if let Some(document) = &step.document {
                facts.push(format!("Stuk: {}", text(document)));
            }
            if let Some(when) = &step.when {
                facts.push(self.condition("Alleen bij", when));
            }
            if let Some(period) = written.and_then(|step| limited(step.in_force.as_ref())) {
                facts.push(format!("Alleen {period}"));
            }
            for (really, words) in [
                (false, "Na (gedaan, overgeslagen of niet aan de orde)"),
                (true, "Pas nadat dit echt is gedaan"),
            ] {
                let before = step.after.iter().filter(|(_, r)| *r == really);
                let links: Vec<String> = before
                    .filter_map(|(s, _)| self.model.steps.get(*s))
                    .map(|step| to("stap", &step.id, &text(&step.title)))
                    .collect();
                if !links.is_empty() {
                    facts.push(format!("{words}: {}", links.join("; ")));
                }
            }
            if !step.required {
                facts.push("Een recht of een keuze: het hoeft niet".to_owned());
            }
            if let Some(question) = step.done.and_then(|q| self.model.questions.get(q)) {
                let link = to("vraag", &question.id, &text(&question.ask));
                facts.push(format!("Gedaan op de dag die deze vraag noemt: {link}"));
            }
            if let Some(term) = written.and_then(|step| step.term.as_ref()) {
                facts.extend(self.term(term));
            }
            facts.extend(step.class.as_deref().map(|class| self.class_link(class)));
            facts.push(format!("Grond: {}", self.cite(&step.sources)));
            facts.extend(layer.and_then(|layer| self.out_of_layer(layer)));
            facts.extend(self.local(&step.id));
            facts.iter().for_each(|fact| out.push_str(&format!("- {fact}\n")));
        }
    }

    pub(super) fn rollups(&self, out: &mut String) {
        if self.model.rollups.is_empty() {
            return;
        }
        out.push_str(&format!("\n## {}Tellingen\n\n", anchor("deel", "tellingen")));
        out.push_str(
            "Per telling wordt opgeteld hoe vaak elk antwoord is gegeven, in het geheel en per onderdeel.\n",
        );
        for rollup in &self.model.rollups {
            out.push_str(&format!("\n### {}\n\n", text(&rollup.title)));
            let labels = |list: &[usize]| {
                let options = rollup.questions.first().and_then(|q| self.model.questions.get(*q));
                let options = options.map(|q| q.options.as_slice()).unwrap_or_default();
                let names: Vec<String> =
                    list.iter().filter_map(|o| options.get(*o)).map(|option| text(&option.label)).collect();
                names
            };
            out.push_str(&format!("- Naam in de regels: {}\n", code(&rollup.id)));
            if !rollup.gaps.is_empty() {
                out.push_str(&format!("- Staat op de werklijst bij: {}\n", labels(&rollup.gaps).join("; ")));
            }
            if !rollup.scale.is_empty() {
                out.push_str(&format!("- Van best naar slechtst: {}\n", labels(&rollup.scale).join(" › ")));
            }
            let (_, written) = self.written(&rollup.id, |layer| &layer.rollups);
            if let Some(written) = written.filter(|written| !written.sources.is_empty()) {
                out.push_str(&format!("- Bron: {}\n", self.cite_written(&written.sources)));
            }
            let links: Vec<String> = rollup
                .questions
                .iter()
                .filter_map(|q| self.model.questions.get(*q))
                .map(|q| to("vraag", &q.id, &text(&q.id)))
                .collect();
            out.push_str(&format!("- Telt de antwoorden op: {}\n", links.join(", ")));
        }
    }

    pub(super) fn classes(&self, out: &mut String) {
        if self.model.classes.is_empty() {
            return;
        }
        out.push_str(&format!("\n## {}Vertrouwelijkheid\n\n", anchor("deel", "vertrouwelijk")));
        out.push_str(
            "Wie een klasse niet mag zien, ziet de antwoorden daarin niet, en ook niet wat eruit volgt.\n\n",
        );
        for id in &self.model.classes {
            let (_, written) = self.written(id, |layer| &layer.classes);
            let Some(written) = written else { continue };
            out.push_str(&format!(
                "- {}**{}** ({}). Bron: {}\n",
                anchor("klasse", id),
                text(&written.title.value),
                code(id),
                self.cite_written(&written.sources)
            ));
        }
    }

    /// That something is confidential.
    pub(super) fn class_link(&self, id: &str) -> String {
        let (_, written) = self.written(id, |layer| &layer.classes);
        let title = written.map_or(id, |class| class.title.value.as_str());
        format!("Vertrouwelijk: {}", to("klasse", id, &text(title)))
    }

    /// The last layer with an entry, and the entry.
    fn written<'s, T>(
        &'s self,
        id: &str,
        map: impl Fn(&'s Document) -> &'s Map<T>,
    ) -> (Option<&'s Document>, Option<&'s T>) {
        let found = self.layers.iter().rev().find_map(|layer| {
            let entry = map(layer).0.iter().find(|(known, _): &&(Spanned<String>, T)| known.value == id);
            entry.map(|(_, entry)| (layer, entry))
        });
        found.unzip()
    }
}
