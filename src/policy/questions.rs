//! The questions, section by section.

use super::Policy;
use super::markdown::{anchor, code, paragraphs, text, to};
use super::reads::Node;
use super::written::{limited, option_lines};
use crate::dutch;
use crate::model::{QuestionInfo, Type};
use crate::notation::number;

impl Policy<'_> {
    pub(super) fn questions(&self, out: &mut String) {
        if self.model.questions.is_empty() {
            return;
        }
        out.push_str(&format!("\n## {}Vragen\n", anchor("deel", "vragen")));
        out.push_str(
            "\nEen vraag zonder antwoord telt nooit als ‘nee’ of als 0: de uitkomst blijft dan open zolang het antwoord verschil maakt.\n",
        );
        let asked = self.model.asked();
        let readers: Vec<Vec<usize>> = self.readers();
        for (s, section) in self.model.sections.iter().enumerate() {
            out.push_str(&format!("\n### {}\n", text(&section.title)));
            if let Some(help) = &section.help {
                out.push_str(&format!("\n{}\n", paragraphs(help)));
            }
            let own = |(_, info): &(usize, &QuestionInfo)| info.section == s && info.of.is_none();
            for (q, info) in self.model.questions.iter().enumerate().take(asked).filter(own) {
                out.push_str(&format!("\n#### {}{}\n\n", anchor("vraag", &info.id), text(&info.ask)));
                self.question(out, q, info, readers.get(q).map(Vec::as_slice).unwrap_or_default());
            }
        }
    }

    /// Per question the decisions that read it.
    fn readers(&self) -> Vec<Vec<usize>> {
        let mut readers = vec![Vec::new(); self.model.questions.len()];
        for d in 0..self.model.decisions.len() {
            for node in self.reads(d) {
                if let Node::Question(q) = node
                    && let Some(list) = readers.get_mut(q)
                {
                    list.push(d);
                }
            }
        }
        readers
    }

    fn question(&self, out: &mut String, q: usize, info: &QuestionInfo, readers: &[usize]) {
        if let Some(help) = &info.help {
            out.push_str(&format!("{}\n\n", paragraphs(help)));
        }
        let mut facts = self.answer(info);
        facts.extend(self.facts(info));
        let links: Vec<String> = readers
            .iter()
            .filter_map(|d| self.model.decisions.get(*d))
            .map(|d| to("beslissing", &d.id, &text(&d.title)))
            .collect();
        if !links.is_empty() {
            facts.push(format!("Telt mee voor: {}", links.join("; ")));
        }
        facts.push(format!("Bron: {}", self.cite(&info.sources)));
        if let Some((layer, _)) = self.question_written(&info.id) {
            facts.extend(self.out_of_layer(layer));
        }
        facts.extend(self.local(&info.id));
        facts.iter().for_each(|fact| out.push_str(&format!("- {fact}\n")));
        let Some(list) = self.model.list(q) else { return };
        let each = if list.each.is_empty() { "regel van de lijst" } else { list.each.as_str() };
        out.push_str(&format!(
            "\nPer {} wordt gevraagd (hoogstens {} keer):\n",
            text(each),
            number(&list.most.to_string())
        ));
        for field in list.fields.iter().filter_map(|field| self.model.questions.get(*field)) {
            out.push_str(&format!("\n##### {}{}\n\n", anchor("vraag", &field.id), text(&field.ask)));
            if let Some(help) = &field.help {
                out.push_str(&format!("{}\n\n", paragraphs(help)));
            }
            let mut facts = self.answer(field);
            facts.extend(self.facts(field));
            if !field.sources.is_empty() {
                facts.push(format!("Bron: {}", self.cite(&field.sources)));
            }
            facts.iter().for_each(|fact| out.push_str(&format!("- {fact}\n")));
        }
    }

    /// Its name, and what may be answered.
    fn answer(&self, info: &QuestionInfo) -> Vec<String> {
        let written = self.question_written(&info.id).map(|(_, question)| question);
        let mut facts = vec![format!("Naam in de regels: {}", code(info.field_name()))];
        let mut domain = dutch::domain(info);
        if let Some(step) = written.and_then(|question| question.step.as_ref()) {
            domain.push_str(&format!(", per {}", crate::notation::number(&step.value)));
        }
        let defs = written.and_then(|question| question.options.as_ref()).map(|map| map.0.as_slice());
        let boolean = matches!(info.kind, Type::Finite { boolean: true });
        let plain = boolean
            && info
                .options
                .iter()
                .all(|o| o.label.to_lowercase() == o.id && o.help.is_none() && o.points.is_none());
        if plain || info.options.is_empty() {
            facts.push(format!("Antwoord: {}", text(&domain)));
            return facts;
        }
        let several = if info.heaviest { " Meer mag; het antwoord met de meeste punten telt." } else { "" };
        let sources = |def: &crate::document::OptionDef| self.cite_written(&def.sources);
        let options = option_lines(&info.options, defs, sources).replace("\n- ", "\n  - ");
        facts.push(format!("Antwoord: {}.{several}\n  {}", text(&domain), options.trim_end()));
        facts
    }

    /// When it is asked, who may see the answer, and how firm it is.
    fn facts(&self, info: &QuestionInfo) -> Vec<String> {
        let mut facts = Vec::new();
        let written = self.question_written(&info.id).map(|(_, question)| question);
        if let Some(when) = &info.when {
            facts.push(self.condition("Alleen gevraagd bij", when));
        }
        if let Some(period) = written.and_then(|question| limited(question.in_force.as_ref())) {
            facts.push(format!("Alleen gevraagd {period}"));
        }
        if !info.required && info.of.is_none() {
            facts.push("Hoeft niet te worden beantwoord".to_owned());
        }
        if written.and_then(|question| question.not_applicable.as_ref()).is_some_and(|may| may.value) {
            facts.push("‘Niet van toepassing’ mag als antwoord".to_owned());
        }
        if info.judgement {
            facts.push("Dit is een oordeel: alleen een mens kan het geven".to_owned());
        }
        if let Some(d) = info.suggested_by.and_then(|d| self.model.decisions.get(d)) {
            facts.push(format!("De regels doen een voorstel: {}", to("beslissing", &d.id, &text(&d.title))));
        }
        if let Some(strength) = &info.strength {
            facts.push(format!("Gewicht in de bron: {}", text(strength)));
        }
        facts.extend(info.class.as_deref().map(|class| self.class_link(class)));
        facts
    }
}
