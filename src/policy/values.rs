//! The values that layers set: what each is about, what it is in which period, and where that comes from.

use super::Policy;
use super::markdown::{anchor, code, paragraphs, text};
use super::written::limited;
use crate::check::literal;
use crate::document::{DatedValue, Parameter, TypeName};
use crate::dutch;
use crate::model::{Input, ParameterInfo, Part, Setting};

impl Policy<'_> {
    pub(super) fn values(&self, out: &mut String) {
        if self.model.parameters.is_empty() {
            return;
        }
        out.push_str(&format!("\n## {}Waarden\n\n", anchor("deel", "waarden")));
        out.push_str("Grenzen en andere gegevens die een laag invult. Is een waarde niet ingevuld, dan wordt er geen andere voor genomen.\n");
        for info in &self.model.parameters {
            out.push_str(&format!("\n### {}{}\n\n", anchor("waarde", &info.id), text(&info.title)));
            self.value(out, info);
        }
    }

    fn value(&self, out: &mut String, info: &ParameterInfo) {
        let written = self.parameter_written(&info.id);
        let declared =
            |get: &dyn Fn(&Parameter) -> Option<String>| written.iter().rev().find_map(|(_, p)| get(p));
        let about = declared(&|p| p.test_on.as_ref().map(|on| on.value.clone()));
        let input = about.as_deref().and_then(|name| self.input_named(name));
        let mut kind = match (&about, input) {
            (_, Some(input)) => format!(" Grens voor {}.", self.input_link(input)),
            (Some(name), None) => format!(" Grens voor {}.", code(name)),
            (None, _) => {
                let kind = written.iter().find_map(|(_, p)| p.kind.as_ref()).map(|kind| kind.value);
                kind.map_or_else(String::new, |kind| format!(" Soort: {}.", type_name(kind)))
            }
        };
        if let Some(unit) = &info.unit {
            kind.push_str(&format!(" In {}.", text(unit)));
        }
        if let Some(help) = declared(&|p| p.help.as_ref().map(|help| help.value.clone())) {
            out.push_str(&format!("{}\n\n", paragraphs(&help)));
        }
        let mut lines = vec![format!("Naam in de regels: {}.{kind}", code(&info.id))];
        for (layer, parameter) in &written {
            let single = parameter.value.as_ref().map(|value| DatedValue {
                value: value.clone(),
                wording: parameter.wording.clone(),
                note: parameter.note.clone(),
                in_force: parameter.in_force.clone(),
                sources: parameter.sources.clone(),
            });
            for dated in single.iter().chain(&parameter.values) {
                let mut line = format!("**{}**", text(&self.in_words(info, input, dated)));
                if let Some(period) = limited(dated.in_force.as_ref()) {
                    line.push_str(&format!(", {period}"));
                }
                line.push('.');
                if let Some(wording) = &dated.wording {
                    line.push_str(&format!(" In de bron: {}.", text(wording.value.trim_end_matches('.'))));
                }
                line.push_str(&format!(" Bron: {}.", self.cite_written(&dated.sources)));
                if let Some(note) = &dated.note {
                    line.push_str(&format!(" Let op: {}", text(&note.value)));
                }
                if let Some(from) = self.out_of_layer(layer) {
                    line.push_str(&format!(" {from}."));
                }
                lines.push(line);
            }
        }
        if lines.len() > 1
            && written.iter().filter(|(_, p)| p.value.is_some() || !p.values.is_empty()).count() > 1
        {
            lines.push("Wat de laatste laag zegt, gaat voor.".to_owned());
        }
        if info.setting.is_none() {
            let why = self.program.engine.model.silences.get(info.id.as_str());
            let why = why.map_or_else(String::new, |reason| format!(": {}", text(&reason.text)));
            lines.push(format!("**Niet ingevuld op de peildatum**{why}"));
        }
        lines.extend(self.local(&info.id));
        lines.iter().for_each(|line| out.push_str(&format!("- {line}\n")));
    }

    /// What a value says, with its unit or as a test.
    fn in_words(&self, info: &ParameterInfo, input: Option<Input>, dated: &DatedValue) -> String {
        let setting = Setting {
            text: dated.value.value.clone(),
            wording: None,
            note: None,
            sources: Vec::new(),
            span: dated.value.span,
        };
        match input {
            Some(input) => self.model.setting_text(input, &setting),
            None if setting.text == "-" => "geen grens".to_owned(),
            None => {
                let value = literal(&setting.text);
                let words = dutch::value(&value);
                match (&info.unit, value) {
                    (Some(unit), crate::value::Value::Number(_)) => crate::notation::with_unit(&words, unit),
                    _ => words,
                }
            }
        }
    }

    /// The input of a name such as `aantal`, `month(dag)` or `beslissing.uitkomst`.
    fn input_named(&self, name: &str) -> Option<Input> {
        if let Some((part, rest)) = name.split_once('(') {
            let question = self.model.question(rest.trim_end_matches(')').trim())?;
            let part = Part::ALL.iter().find(|(known, _)| *known == part.trim());
            return Some(part.map_or(Input::Question(question), |(_, part)| Input::Part(question, *part)));
        }
        if let Some(question) = self.model.question(name) {
            return Some(Input::Question(question));
        }
        let (id, output) = name.split_once('.').map_or((name, None), |(id, output)| (id, Some(output)));
        let d = self.model.decisions.iter().position(|d| d.id == id)?;
        let outputs = &self.model.decisions.get(d)?.outputs;
        let o = output.and_then(|output| outputs.iter().position(|known| known.name == output)).unwrap_or(0);
        Some(Input::Output(d, o))
    }
}

fn type_name(kind: TypeName) -> &'static str {
    match kind {
        TypeName::Choice => "keuze",
        TypeName::Boolean => "ja of nee",
        TypeName::Integer => "heel getal",
        TypeName::Decimal => "getal",
        TypeName::Date => "datum",
        TypeName::Time => "tijdstip",
        TypeName::Text => "tekst of termijn",
        TypeName::List => "lijst",
    }
}
