//! A legal term in words: from which day, how long, what prolongs it and what stops the clock.

use super::Policy;
use super::markdown::{text, to};
use crate::document::{Bound, Suspension, Term};
use crate::term::Length;

impl Policy<'_> {
    /// The lines of a term.
    pub(super) fn term(&self, term: &Term) -> Vec<String> {
        let mut lines = Vec::new();
        let anchor = term.anchor().map_or_else(String::new, |name| self.moment(&name.value));
        let length = self.length(&term.length.value);
        let back = term.before.is_some();
        let at_least = term.bound.as_ref().is_some_and(|bound| bound.value == Bound::AtLeast);
        let mut line = match (back, at_least) {
            (false, false) => format!("Termijn: uiterlijk {length} na {anchor}"),
            (false, true) => format!("Termijn: niet eerder dan {length} na {anchor}"),
            (true, false) => format!("Termijn: uiterlijk {length} voor {anchor}"),
            (true, true) => format!("Termijn: niet eerder dan {length} voor {anchor}"),
        };
        if let Some(earliest) = &term.earliest {
            line.push_str(&format!(", en niet eerder dan {} ervoor", self.length(&earliest.value)));
        }
        if let Some(clock) = &term.clock {
            line.push_str(&format!(", geteld vanaf de tijd bij {}", self.ask(&clock.value)));
        }
        lines.push(line);
        lines.extend(
            self.longer(term.extension.as_ref().map(|l| &l.value), term.extended.as_ref().map(|q| &q.value)),
        );
        term.suspensions.iter().for_each(|suspension| self.suspension("De termijn", suspension, &mut lines));
        if !back {
            lines.push(match term.statutory.as_ref().is_none_or(|statutory| statutory.value) {
                true => "De Algemene termijnenwet geldt: valt de laatste dag in het weekend of op een feestdag, dan schuift hij op".to_owned(),
                false => "De laatste dag schuift niet op bij een weekend of feestdag".to_owned(),
            });
        }
        if !term.sources.is_empty() {
            lines.push(format!("Bron van de termijn: {}", self.cite_written(&term.sources)));
        }
        lines
    }

    /// What stops a clock: that of the term, or of the longest that something may stop it.
    fn suspension(&self, what: &str, of: &Suspension, lines: &mut Vec<String>) {
        let counts =
            |counts: bool| if counts { "telt mee als stilstand" } else { "telt niet mee als stilstand" };
        let (first, last) = (
            of.first_day.as_ref().is_none_or(|day| day.value),
            of.last_day.as_ref().is_some_and(|day| day.value),
        );
        let mut line = format!(
            "{what} staat stil van {} tot {} (de eerste dag {}, de laatste {})",
            self.moment(&of.from.value),
            self.moment(&of.until.value),
            counts(first),
            counts(last),
        );
        if let Some(most) = &of.at_most {
            line.push_str(&format!(", hoogstens {}", self.length(&most.value)));
        }
        if !of.sources.is_empty() {
            line.push_str(&format!(". Bron: {}", self.cite_written(&of.sources)));
        }
        lines.push(line);
        lines.extend(
            self.longer(of.extension.as_ref().map(|l| &l.value), of.extended.as_ref().map(|q| &q.value)),
        );
        for stopped in &of.stopped {
            self.suspension("Dat hoogste aantal", stopped, lines);
        }
    }

    fn longer(&self, extension: Option<&String>, extended: Option<&String>) -> Option<String> {
        let (extension, extended) = (extension?, extended?);
        Some(format!("Bij ‘ja’ op {} komt er {} bij", self.ask(extended), self.length(extension)))
    }

    /// A date question, or the day on which a step was done.
    fn moment(&self, name: &str) -> String {
        match self.model.steps.iter().find(|step| step.id == name) {
            Some(step) => {
                format!("de dag van stap {}", to("stap", &step.id, &format!("«{}»", text(&step.title))))
            }
            None => format!("de dag bij {}", self.ask(name)),
        }
    }

    fn ask(&self, name: &str) -> String {
        let question = self.model.questions.iter().find(|question| question.id == name);
        to("vraag", name, &format!("«{}»", text(question.map_or(name, |question| &question.ask))))
    }

    /// A length, the value of the parameter that holds it, or the decision that gives it.
    fn length(&self, written: &str) -> String {
        if let Ok(length) = Length::parse(written) {
            return length.dutch();
        }
        if let Some(info) = self.parameter(written).and_then(|p| self.model.parameters.get(p)) {
            let link = to("waarde", &info.id, &text(&info.title));
            let value = info.setting.as_ref().map(|setting| crate::check::literal(&setting.text));
            return match value {
                Some(value) => format!("{} ({link})", text(&crate::dutch::value(&value))),
                None => format!("de termijn {link} (niet ingevuld)"),
            };
        }
        match self.model.decisions.iter().find(|d| d.id == written) {
            Some(d) => format!("de lengte die volgt uit {}", to("beslissing", &d.id, &text(&d.title))),
            None => text(written),
        }
    }
}
