//! An assessment in a few calm Dutch lines: the outcome first, then what is possible, what decides it, and how far we are.

use std::fmt::Write as _;

use leidraad::explanation::{DECIDED, Reasons};
use leidraad::questionnaire::{DecisionSummary, QuestionItem, Questionnaire};
use leidraad::{
    Answers, Assessment, Diagnostics, Explanation, Outcome, Possible, Program, QuestionStatus, Text, Value,
};

mod procedure;

use crate::dutch;
use crate::output::{BOLD, DIM};

use procedure::procedure;

/// What the rules do not say.
const UNSAID: &str = "niet te zeggen, want niet alle regels zijn bekend";
/// Most items of a list.
const MOST: usize = 6;

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

    /// What one record of a list is called.
    pub(crate) fn each(&self, list: &str) -> &str {
        self.item(list).and_then(|item| item.each.as_deref()).unwrap_or("nummer")
    }

    /// The decisions that the rule set is for.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = &DecisionSummary> {
        let any = self.questions.decisions.iter().any(|decision| decision.outcome);
        self.questions.decisions.iter().filter(move |decision| decision.outcome || !any)
    }

    /// `Behandelklasse: Aandacht (B)`, or `Behandelklasse, nog mogelijk: …`.
    pub(crate) fn outcome(&self, decision: &DecisionSummary, outcome: &Outcome) -> String {
        let title = &decision.title;
        let colon = colon(title);
        // a question ends its sentence, so what is possible begins another
        let possibly = if colon.is_empty() { " Nog mogelijk:" } else { ", nog mogelijk:" };
        match outcome {
            Outcome::Determined(value) => format!("{title}{colon} {}", self.value(decision, value)),
            Outcome::Open { possible: Possible::Values(_), .. } => {
                format!("{title}{possibly} {}", dutch::either(&self.possible(decision, outcome)))
            }
            Outcome::Open { possible: Possible::Range(min, max), .. } => {
                let (min, max) = (self.value(decision, min), self.value(decision, max));
                format!("{title}{possibly} van {min} tot en met {max}")
            }
            Outcome::Open { possible: Possible::RangeAnd(min, max, also), .. } => {
                let (min, max) = (self.value(decision, min), self.value(decision, max));
                let also: Vec<String> = also.iter().map(|value| self.value(decision, value)).collect();
                format!("{title}{possibly} van {min} tot en met {max}; of {}", dutch::either(&also))
            }
            Outcome::Open { possible: Possible::ListsOf(values), .. } => {
                let texts: Vec<String> = values.iter().map(|value| self.value(decision, value)).collect();
                format!("{title}{possibly} geen, een of meer van {}", dutch::either(&texts))
            }
            Outcome::NotApplicable => format!("{title}{colon} niet van toepassing"),
            Outcome::Withheld => format!("{title}{colon} afgeschermd"),
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
            (None, Value::Number(_)) => {
                let number = dutch::number(&value.to_string());
                decision.unit.as_ref().map_or(number.clone(), |unit| dutch::with_unit(&number, unit))
            }
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
        // what is withheld is not counted: it cannot be said that nothing is open
        let withheld = assessment.questions.iter().any(|(_, state)| state.status == QuestionStatus::Withheld);
        let open = match (progress.open, withheld) {
            (0, false) => "geen vragen meer open".to_owned(),
            (0, true) => "onder de vragen die u mag zien staat er geen meer open".to_owned(),
            (n, false) => format!("nog {} open", dutch::count(n, "vraag", "vragen")),
            (n, true) => {
                format!("nog {} open onder de vragen die u mag zien", dutch::count(n, "vraag", "vragen"))
            }
        };
        let open = match progress.may_become_relevant {
            0 => open,
            1 => format!("{open}, 1 kan nog relevant worden"),
            n => format!("{open}, {n} kunnen nog relevant worden"),
        };
        if withheld { format!("{open}; afgeschermde vragen tellen niet mee") } else { open }
    }
}

/// What stands between a title and what is said of it: nothing after a question.
fn colon(title: &str) -> &'static str {
    if title.ends_with('?') { "" } else { ":" }
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

/// What follows, for a reader of some classes; without any named, for one who may see all.
pub(crate) fn assess(
    program: &Program,
    answers: &Answers,
    reader: &[String],
) -> Result<Assessment, Diagnostics> {
    match classes(reader) {
        Some(classes) => program.evaluate_for(answers, &classes),
        None => program.evaluate(answers),
    }
}

/// Why, for a reader of some classes.
pub(crate) fn explain(
    program: &Program,
    answers: &Answers,
    decision: Option<&str>,
    reader: &[String],
) -> Result<Explanation, Diagnostics> {
    match classes(reader) {
        Some(classes) => program.explain_for(answers, decision, &classes),
        None => program.explain(answers, decision),
    }
}

fn classes(reader: &[String]) -> Option<Vec<&str>> {
    (!reader.is_empty()).then(|| reader.iter().map(String::as_str).collect())
}

/// The text of `leidraad evaluate`.
pub(crate) fn summary(
    program: &Program,
    answers: &Answers,
    reader: &[String],
    authorities: &[&str],
) -> Result<String, Diagnostics> {
    let assessment = assess(program, answers, reader)?;
    let mut text = outcomes(program, answers, reader, &assessment)?;
    let _ = writeln!(text, "{DIM}Volledige uitleg: leidraad explain, met dezelfde opties.{DIM:#}");
    if assessment.authority.is_none() && !authorities.is_empty() {
        let _ = writeln!(
            text,
            "Zonder gemeente bekeken. Kies er een met --authority: {}.",
            authorities.join(", ")
        );
    }
    Ok(text)
}

/// What there is to remark, what to do now, and the counts: what stands beside the outcomes.
pub(crate) fn beside(words: &Words, assessment: &Assessment) -> String {
    let mut text = String::new();
    procedure(&mut text, words, assessment);
    text
}

/// An assessment in words.
pub(crate) fn outcomes(
    program: &Program,
    answers: &Answers,
    reader: &[String],
    assessment: &Assessment,
) -> Result<String, Diagnostics> {
    let words = Words::new(program);
    let explanation = explain(program, answers, None, reader)?;
    let mut text = heading(&words, &explanation);
    let mut told = Told::default();
    for decision in words.outcomes() {
        if decision.part_of.is_some() {
            parts(&mut text, &words, decision, &explanation, &mut told);
        }
        let Some(outcome) = assessment.decision(&decision.id) else { continue };
        let possible = words.possible(decision, outcome);
        let mut line = if possible.is_empty() {
            words.outcome(decision, outcome)
        } else {
            format!("{}{} nog open", decision.title, colon(&decision.title))
        };
        let reasons = explanation.decisions.iter().find(|reasons| reasons.decision == decision.id);
        if let Some(deviation) = reasons.and_then(|reasons| reasons.deviation.as_ref()) {
            let _ = write!(line, ". {deviation}");
        }
        let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}", wrap(&line, 2));
        list(&mut text, "Nog mogelijk:", &possible);
        if let Some(reasons) = reasons {
            because(&mut text, reasons, &mut told);
        }
        if let Outcome::Open { needs, .. } = outcome {
            needed(&mut text, &words, needs);
        }
    }
    in_between(&mut text, &words, assessment, &deviations(program, answers, reader, &words, assessment)?);
    procedure(&mut text, &words, assessment);
    aside(&mut text, &words, answers, assessment);
    let _ = writeln!(text, "\nBeantwoord: {}; {}.", assessment.progress.answered, words.progress(assessment));
    if let Some(item) = assessment.next.as_deref().and_then(|id| words.item(id)) {
        let _ = writeln!(text, "Volgende vraag: {} {DIM}({}){DIM:#}", wrap(&item.ask, 2), item.id);
    }
    Ok(text)
}

/// The answers to questions that are not at issue: they are kept, and do not count.
fn aside(text: &mut String, words: &Words, answers: &Answers, assessment: &Assessment) {
    let given = |(id, state): &(&Text, &leidraad::QuestionState)| {
        state.status == QuestionStatus::NotRelevant && answers.get(id).is_some()
    };
    let named = |(id, _): (&Text, _)| words.item(id).map(|item| format!("{} ({id})", item.ask));
    let ignored: Vec<String> = assessment.questions.iter().filter(given).filter_map(named).collect();
    if !ignored.is_empty() {
        text.push('\n');
        list(text, "Dit antwoord telt niet mee, want de vraag is niet aan de orde:", &ignored);
    }
}

/// A decision that is made for each record of a list: what it comes to for each.
fn parts(
    text: &mut String,
    words: &Words,
    decision: &DecisionSummary,
    explanation: &Explanation,
    told: &mut Told,
) {
    let reasons = explanation.decisions.iter().filter(|reasons| reasons.decision == decision.id);
    for (part, reasons) in reasons.filter_map(|reasons| Some((reasons.part.as_ref()?, reasons))) {
        let mut line = format!("{}: {}", part.title, words.outcome(decision, &reasons.outcome));
        if let Some(deviation) = &reasons.deviation {
            let _ = write!(line, ". {deviation}");
        }
        let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}", wrap(&line, 2));
        because(text, reasons, told);
        let needs: Vec<String> =
            reasons.needs.iter().map(|need| format!("{} ({})", need.ask, need.question)).collect();
        list(text, "Dit beslist nog:", &needs);
    }
}

fn heading(words: &Words, explanation: &Explanation) -> String {
    let mut text = format!("{}\n", words.questions.title);
    let authority = match (&explanation.authority, &explanation.authority_title) {
        (Some(code), Some(title)) => format!("{title} ({code}), "),
        (Some(code), None) => format!("{code}, "),
        _ => String::new(),
    };
    let _ = writeln!(text, "{DIM}{authority}peildatum {}{DIM:#}", dutch::date(explanation.on));
    for layer in explanation.notable_layers() {
        let _ = writeln!(text, "{DIM}{}{DIM:#}", wrap(&layer, 2));
    }
    text
}

fn needed(text: &mut String, words: &Words, needs: &[Text]) {
    let named = |id: &Text| match words.item(id) {
        Some(item) => format!("{} ({id})", item.ask),
        None => id.to_string(),
    };
    list(text, "Dit beslist nog:", &needs.iter().map(named).collect::<Vec<_>>());
}

/// What no answer decides, what is missing, which answers are enough, and the sources of the rules that decide.
fn because(text: &mut String, reasons: &Reasons, told: &mut Told) {
    if let Some(remark) = reasons.remark() {
        let _ = writeln!(text, "  {}", wrap(remark, 2));
    }
    told.missing(text, reasons);
    if !matches!(reasons.outcome, Outcome::Determined(_)) {
        return;
    }
    let enough = reasons.answers.iter().filter(|answer| reasons.sufficient.contains(&answer.question));
    let enough: Vec<String> = enough.map(|answer| format!("{} {}", answer.ask, answer.answer)).collect();
    list(text, DECIDED, &reasons.decided_texts());
    let enough_words = match reasons.decided.is_empty() {
        true => "Deze antwoorden zijn al genoeg:",
        false => "Samen daarmee zijn deze antwoorden al genoeg:",
    };
    list(text, enough_words, &enough);
    let mut sources: Vec<String> = Vec::new();
    let rules = reasons.rules.iter().flat_map(|rule| &rule.sources);
    // a limit that an earlier decision tests counts too
    let parameters = std::iter::once(reasons).chain(&reasons.rests_on).flat_map(|r| &r.parameters);
    for source in rules.chain(parameters.flat_map(|p| &p.sources)).map(ToString::to_string) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let heading = if sources.len() == 1 { "Bron" } else { "Bronnen" };
    list(text, &format!("{heading} van de regel die beslist:"), &sources);
}

/// What was said to be missing, and of which decision: many outcomes miss the same.
#[derive(Debug, Default)]
struct Told(Vec<(Vec<String>, String)>);

impl Told {
    fn missing(&mut self, text: &mut String, reasons: &Reasons) {
        let missing: Vec<String> = reasons.missing.iter().map(ToString::to_string).collect();
        match self.0.iter().find(|(told, _)| *told == missing) {
            Some((_, title)) if missing.len() > 1 => {
                let _ = writeln!(text, "  Niet bekend is hetzelfde als bij «{}».", wrap(title, 2));
            }
            _ => list(text, "Niet bekend is:", &missing),
        }
        self.0.push((missing, reasons.title.clone()));
    }
}

/// A heading with the first few items below it; one that is left would not be shorter than its number.
fn list(text: &mut String, heading: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "  {heading}");
    let shown = if items.len() == MOST + 1 { items.len() } else { MOST };
    items.iter().take(shown).for_each(|item| bullet(text, item));
    if items.len() > shown {
        bullet(text, &format!("en nog {}", items.len() - shown));
    }
}

fn bullet(text: &mut String, item: &str) {
    let _ = writeln!(text, "    - {}", wrap(item, 6));
}

/// What was decided instead of the decisions on the way, by id.
fn deviations(
    program: &Program,
    answers: &Answers,
    reader: &[String],
    words: &Words,
    assessment: &Assessment,
) -> Result<Vec<(String, String)>, Diagnostics> {
    let wanted: Vec<&str> = words.outcomes().map(|decision| decision.id.as_str()).collect();
    let others = assessment.deviations.iter().filter(|(id, _)| !wanted.contains(&id.as_str()));
    let mut list = Vec::new();
    for (id, _) in others {
        let explanation = explain(program, answers, Some(id), reader)?;
        let deviation = explanation.decisions.into_iter().find_map(|reasons| reasons.deviation);
        list.extend(deviation.map(|deviation| (id.clone(), deviation.to_string())));
    }
    Ok(list)
}

/// The decisions on the way, as far as they are settled; first those that were decided otherwise.
fn in_between(text: &mut String, words: &Words, assessment: &Assessment, deviations: &[(String, String)]) {
    let wanted: Vec<&str> = words.outcomes().map(|decision| decision.id.as_str()).collect();
    let others = words.questions.decisions.iter().filter(|decision| !wanted.contains(&decision.id.as_str()));
    let (mut otherwise, mut settled) = (Vec::new(), Vec::new());
    for decision in others {
        let Some(outcome) = assessment.decision(&decision.id) else { continue };
        match deviations.iter().find(|(id, _)| *id == decision.id) {
            Some((_, decided)) => otherwise.push(format!("{}. {decided}", words.outcome(decision, outcome))),
            None if matches!(outcome, Outcome::Determined(_)) => {
                settled.push(words.outcome(decision, outcome));
            }
            None => {}
        }
    }
    otherwise.append(&mut settled);
    if !otherwise.is_empty() {
        text.push('\n');
        list(text, "Onderweg bepaald:", &otherwise);
    }
}
