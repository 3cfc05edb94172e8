//! An assessment in a few calm Dutch lines: the outcome first, then what is possible, what decides it, and how far we are.

use std::fmt::Write as _;

use leidraad::questionnaire::{DecisionSummary, QuestionItem, Questionnaire};
use leidraad::{Answers, Assessment, Diagnostics, Explanation, Outcome, Possible, Program, Value};

use crate::dutch;
use crate::output::{BOLD, DIM};

/// What the rules do not say.
const UNSAID: &str = "niet te zeggen, want niet alle regels zijn bekend";
/// Most questions that are named as deciding.
const MOST: usize = 5;

/// What is said of one rule set: its questions and decisions in words.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) questions: Questionnaire,
}

impl Words {
    pub(crate) fn new(program: &Program) -> Words {
        Words { questions: program.questionnaire() }
    }

    /// A question by its id.
    pub(crate) fn item(&self, id: &str) -> Option<&QuestionItem> {
        self.questions.sections.iter().flat_map(|section| &section.items).find(|item| item.id == id)
    }

    /// The decisions that the rule set is for.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = &DecisionSummary> {
        let any = self.questions.decisions.iter().any(|decision| decision.outcome);
        self.questions.decisions.iter().filter(move |decision| decision.outcome || !any)
    }

    /// `Behandelklasse: Aandacht (B)`, or `Behandelklasse, nog mogelijk: …`.
    pub(crate) fn outcome(&self, decision: &DecisionSummary, outcome: &Outcome) -> String {
        let title = &decision.title;
        let colon = if title.ends_with('?') { "" } else { ":" };
        match outcome {
            Outcome::Determined(value) => format!("{title}{colon} {}", self.value(decision, value)),
            Outcome::Open { possible: Possible::Values(_), .. } => {
                format!("{title}, nog mogelijk: {}", dutch::either(&self.possible(decision, outcome)))
            }
            Outcome::Open { possible: Possible::Range(min, max), .. } => {
                let (min, max) = (self.value(decision, min), self.value(decision, max));
                format!("{title}, nog mogelijk: van {min} tot en met {max}")
            }
            Outcome::NotApplicable => format!("{title}{colon} niet van toepassing"),
            _ => format!("{title}{colon} {UNSAID}"),
        }
    }

    /// The outcomes that are still possible, each once.
    fn possible(&self, decision: &DecisionSummary, outcome: &Outcome) -> Vec<String> {
        let Outcome::Open { possible: Possible::Values(values), .. } = outcome else { return Vec::new() };
        let mut texts: Vec<String> = values.iter().map(|value| self.value(decision, value)).collect();
        texts.dedup();
        texts
    }

    fn value(&self, decision: &DecisionSummary, value: &Value) -> String {
        match (decision.outcomes.iter().find(|(known, _)| known == value), value) {
            (Some((_, text)), _) => text.clone(),
            (None, Value::Unregulated(_)) => UNSAID.to_owned(),
            (None, Value::Number(_)) => dutch::number(&value.to_string()),
            (None, Value::Date(date)) => dutch::date(*date),
            (None, Value::List(values)) if values.is_empty() => "niets".to_owned(),
            (None, Value::List(values)) => {
                values.iter().map(|value| self.value(decision, value)).collect::<Vec<_>>().join("; ")
            }
            (None, value) => value.to_string(),
        }
    }

    /// How far the checklist is.
    pub(crate) fn progress(&self, assessment: &Assessment) -> String {
        let progress = assessment.progress;
        let open = match progress.open {
            0 => "geen vragen meer open".to_owned(),
            n => format!("nog {} open", dutch::count(n, "vraag", "vragen")),
        };
        match progress.may_become_relevant {
            0 => open,
            1 => format!("{open}, 1 kan nog relevant worden"),
            n => format!("{open}, {n} kunnen nog relevant worden"),
        }
    }
}

/// Breaks a text at spaces, with an indent for every line but the first.
pub(crate) fn wrap(text: &str, indent: usize) -> String {
    const WIDTH: usize = 96;
    let mut wrapped = String::new();
    let mut column = indent;
    for (i, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if i > 0 && column + 1 + length > WIDTH {
            let _ = write!(wrapped, "\n{:indent$}", "");
            column = indent;
        } else if i > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

/// The text of `leidraad evaluate`.
pub(crate) fn summary(
    program: &Program,
    answers: &Answers,
    authorities: &[&str],
) -> Result<String, Diagnostics> {
    let words = Words::new(program);
    let assessment = program.evaluate(answers)?;
    let explanation = program.explain(answers, None)?;
    let mut text = heading(&words, &explanation);
    for decision in words.outcomes() {
        let Some(outcome) = assessment.decision(&decision.id) else { continue };
        let possible = words.possible(decision, outcome);
        let line = if possible.is_empty() {
            words.outcome(decision, outcome)
        } else {
            format!("{}: nog open", decision.title)
        };
        let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}", wrap(&line, 2));
        if !possible.is_empty() {
            text.push_str("  Nog mogelijk:\n");
            possible.iter().for_each(|value| bullet(&mut text, value));
        }
        let reasons = explanation.decisions.iter().find(|reasons| reasons.decision == decision.id);
        let missing = reasons.map_or(&[][..], |reasons| &reasons.missing);
        if !missing.is_empty() {
            text.push_str("  Niet bekend is:\n");
            missing.iter().for_each(|missing| bullet(&mut text, &missing.title));
        }
        if let Outcome::Open { needs, .. } = outcome {
            needed(&mut text, &words, needs);
        }
    }
    in_between(&mut text, &words, &assessment);
    let _ =
        writeln!(text, "\nBeantwoord: {}; {}.", assessment.progress.answered, words.progress(&assessment));
    if let Some(item) = assessment.next.as_deref().and_then(|id| words.item(id)) {
        let _ = writeln!(text, "Volgende vraag: {} {DIM}({}){DIM:#}", wrap(&item.ask, 2), item.id);
    }
    if assessment.authority.is_none() && !authorities.is_empty() {
        let _ = writeln!(
            text,
            "Zonder gemeente bekeken. Kies er een met --authority: {}.",
            authorities.join(", ")
        );
    }
    Ok(text)
}

fn heading(words: &Words, explanation: &Explanation) -> String {
    let mut text = format!("{}\n", words.questions.title);
    let authority = match (&explanation.authority, &explanation.authority_title) {
        (Some(code), Some(title)) => format!("{title} ({code}), "),
        (Some(code), None) => format!("{code}, "),
        _ => String::new(),
    };
    let _ = writeln!(text, "{DIM}{authority}peildatum {}{DIM:#}", dutch::date(explanation.on));
    text
}

fn needed(text: &mut String, words: &Words, needs: &[String]) {
    text.push_str("  Dit beslist nog:\n");
    for id in needs.iter().take(MOST) {
        match words.item(id) {
            Some(item) => bullet(text, &format!("{} ({id})", item.ask)),
            None => bullet(text, id),
        }
    }
    if needs.len() > MOST {
        bullet(text, &format!("en nog {}", dutch::count(needs.len() - MOST, "vraag", "vragen")));
    }
}

fn bullet(text: &mut String, item: &str) {
    let _ = writeln!(text, "    - {}", wrap(item, 6));
}

/// The decisions on the way, as far as they are settled.
fn in_between(text: &mut String, words: &Words, assessment: &Assessment) {
    let wanted: Vec<&str> = words.outcomes().map(|decision| decision.id.as_str()).collect();
    let others = words.questions.decisions.iter().filter(|decision| !wanted.contains(&decision.id.as_str()));
    let mut open = 0;
    let mut settled = String::new();
    for decision in others {
        match assessment.decision(&decision.id) {
            Some(Outcome::Open { .. } | Outcome::NotApplicable) | None => open += 1,
            Some(outcome) => bullet(&mut settled, &words.outcome(decision, outcome)),
        }
    }
    if !settled.is_empty() {
        let _ = write!(text, "\n  Onderweg bepaald:\n{settled}");
        if open > 0 {
            bullet(text, &format!("{open} nog niet"));
        }
    }
}
