//! Two records of the same checklist beside each other, item by item: two measurements of the same organisation, or of two.
//!
//! Better and worse come from the `scale` of a roll-up and from nothing else. An item is compared only where both judged it by
//! the same rules: the question as it was asked, what suggests its answer, and the questions on which that rests.

mod text;

use serde::Serialize;

use super::Dossier;
use super::rules::recorded;
use super::words;
use crate::answers::{Answers, Known};
use crate::assessment::QuestionStatus;
use crate::decode::words as choice;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::rule_set::{Dates, Program, RuleSet};
use crate::source::SourceMap;

choice! {
    /// How an item of a checklist went.
    #[derive(PartialOrd, Ord)]
    pub enum Course = "how an item went" {
        /// Better than before.
        Better = "better",
        /// The same.
        Equal = "equal",
        /// Worse than before.
        Worse = "worse",
        /// Another answer, of which the rules do not say whether it is better.
        Other = "other",
        /// Not comparable.
        NotComparable = "not_comparable",
    }
}

choice! {
    /// Why an item cannot be compared.
    #[derive(PartialOrd, Ord)]
    pub enum Why = "why an item cannot be compared" {
        /// Its question, or the rules behind it, were changed.
        RulesChanged = "rules_changed",
        /// It applies in one of the two only.
        ApplicabilityChanged = "applicability_changed",
        /// It applies in neither.
        NotApplicable = "not_applicable",
        /// It was not judged in one of the two, or not in full.
        NotAssessed = "not_assessed",
        /// It may not be seen in one of the two.
        Withheld = "withheld",
    }
}

/// An item of both checklists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedItem {
    /// The question.
    pub question: String,
    /// The question as people read it.
    pub ask: String,
    /// Its section.
    pub section: String,
    /// How it went.
    pub course: Course,
    /// Why it cannot be compared.
    pub why: Option<Why>,
    /// The first answer in words.
    pub first: String,
    /// The second answer in words.
    pub second: String,
}

/// Two records of the same checklist. `Display` gives Dutch text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedDossiers {
    /// The rule set.
    pub rule_set: String,
    /// The roll-ups, each with its items in the order of the rules.
    pub rollups: Vec<ComparedRollup>,
}

/// The items of one roll-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedRollup {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the rules say which answers are better.
    pub scaled: bool,
    /// The items.
    pub items: Vec<ComparedItem>,
}

impl ComparedRollup {
    /// The number of items that went so.
    pub fn count(&self, course: Course) -> usize {
        self.items.iter().filter(|item| item.course == course).count()
    }
}

impl Dossier {
    /// Compares this record of a checklist, the earlier one, with another, item by item.
    ///
    /// The rules of each are those given that fit it, else those that it keeps.
    ///
    /// # Errors
    /// Dossiers of two rule sets, rules that are neither given nor kept, and a checklist without roll-ups.
    ///
    /// ```
    /// use leidraad::dossier::{Course, Opening, Stamp};
    /// # use leidraad::{Answers, Dossier, RuleSet};
    /// let rules = RuleSet::from_text("x.json", r#"{
    ///   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    ///   "questions": [{ "section": "Normen", "items": [
    ///     { "id": "norm", "ask": "Is er beleid?", "type": "choice", "sources": ["s"],
    ///       "options": { "ja": { "label": "Ja" }, "deels": { "label": "Deels" }, "nee": { "label": "Nee" } } } ] }],
    ///   "rollups": { "normen": { "title": "Normen", "of": ["norm"], "scale": ["ja", "deels", "nee"], "sources": ["s"] } }
    /// }"#)?;
    /// let measured = |salt, at, norm| -> Result<Dossier, leidraad::Diagnostics> {
    ///     let stamp = Stamp::new(at, [salt; 32])?;
    ///     let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp)?;
    ///     dossier.record(&rules, &Answers::new().with("norm", norm), &Stamp::new(at, [salt + 1; 32])?)?;
    ///     Ok(dossier)
    /// };
    /// let first = measured(1, "2024-03-01T10:00:00Z", "nee")?;
    /// let second = measured(3, "2026-03-01T10:00:00Z", "deels")?;
    /// let compared = first.compare(&second, &[&rules])?;
    /// assert_eq!(compared.rollups[0].items[0].course, Course::Better);
    /// assert_eq!(second.compare(&first, &[&rules])?.rollups[0].items[0].course, Course::Worse);
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn compare(&self, second: &Dossier, rules: &[&RuleSet]) -> Result<ComparedDossiers, Diagnostics> {
        let (a, b) = (Side::of(self, rules)?, Side::of(second, rules)?);
        if a.program.id() != b.program.id() {
            let message = format!("these are two checklists: `{}` and `{}`", a.program.id(), b.program.id());
            return Err(refused(Code::OtherRules, &message, "compare two dossiers of one rule set"));
        }
        if b.program.engine.model.rollups.is_empty() {
            let message = format!("`{}` has no roll-ups, so there are no items to compare", b.program.id());
            return Err(refused(
                Code::MissingKey,
                &message,
                "compare the outcomes with `leidraad dossier show`",
            ));
        }
        let rollups = b.program.engine.model.rollups.iter().map(|rollup| ComparedRollup {
            id: rollup.id.to_string(),
            title: rollup.title.clone(),
            scaled: !rollup.scale.is_empty(),
            items: rollup.questions.iter().filter_map(|q| item(&a, &b, *q, rollup)).collect(),
        });
        Ok(ComparedDossiers { rule_set: b.program.id().to_owned(), rollups: rollups.collect() })
    }
}

fn refused(code: Code, message: &str, help: &str) -> Diagnostics {
    Diagnostics::new(vec![Diagnostic::error(code, None, message).help(help)], SourceMap::default())
}

/// One of two dossiers.
struct Side {
    rules: RuleSet,
    program: Program,
    dates: Dates,
    answers: Answers,
    states: Vec<(String, QuestionStatus)>,
}

impl Side {
    fn of(dossier: &Dossier, given: &[&RuleSet]) -> Result<Side, Diagnostics> {
        let fitting = given.iter().find(|rules| dossier.fits(rules)).map(|rules| (*rules).clone());
        let Some(rules) = fitting.or_else(|| dossier.kept_rules()) else {
            let help = "give the rule set by which it was judged";
            return Err(refused(
                Code::OtherRules,
                "the rules of this dossier are neither given nor kept in it",
                help,
            ));
        };
        let program = dossier.program(&rules)?;
        let dates = match dossier.revisions().last() {
            Some(last) => recorded(&last.rules),
            None => Dates::all(program.date()),
        };
        let answers = dossier.answers();
        let visible = dossier.visible_classes();
        let assessment = program.evaluate_for(&answers, &visible)?;
        let states = assessment.questions.iter().map(|(id, state)| (id.to_string(), state.status)).collect();
        Ok(Side { rules, program, dates, answers, states })
    }

    fn status(&self, id: &str) -> Option<QuestionStatus> {
        self.states.iter().find(|(known, _)| known == id).map(|(_, status)| *status)
    }

    fn text(&self, id: &str) -> String {
        match (self.status(id), self.answers.get(id)) {
            (Some(QuestionStatus::Withheld), _) => "afgeschermd".to_owned(),
            (Some(QuestionStatus::NotRelevant), _) => "niet aan de orde".to_owned(),
            (None, _) => "niet gevraagd".to_owned(),
            (_, Some(answer)) => words::harmless(&words::bare_answer(Some(&self.program), id, answer)),
            (_, None) => "niet beoordeeld".to_owned(),
        }
    }

    /// The one option that answers a question.
    fn option(&self, id: &str) -> Option<String> {
        match &self.answers.get(id)?.known {
            Known::Value(value) => Some(match value.text.as_str() {
                "true" => "ja".to_owned(),
                "false" => "nee".to_owned(),
                text => text.to_owned(),
            }),
            _ => None,
        }
    }

    /// Everything in the rules that says what an item means: its question, the decision that suggests its answer, and the questions,
    /// decisions and parameters on which that rests.
    fn definition(&self, id: &str) -> Option<String> {
        let model = &self.program.engine.model;
        let q = model.question(id)?;
        let suggested = model.questions.get(q)?.suggested_by;
        let engine = &self.program.engine;
        let node = suggested.and_then(|d| engine.decision(d));
        let behind = node.map(|node| engine.asked_behind(&node.questions)).unwrap_or_default();
        let asked = |other: usize| other == q || behind.contains(other);
        let questions = self.program.questionnaire();
        let items = questions.sections.iter().flat_map(|section| &section.items);
        let behind: Vec<&crate::questionnaire::QuestionItem> =
            items.filter(|item| model.question(&item.id).is_some_and(asked)).collect();
        let decisions = suggested.map(|d| engine.decisions_behind(d)).unwrap_or_default();
        let authority = model.authority.as_deref();
        let mut texts: Vec<String> = decisions
            .iter()
            .flat_map(|d| self.rules.decision_texts(authority, &self.dates, model.decision_id(*d)))
            .collect();
        texts.sort();
        let named = |id: &str| texts.iter().any(|text| has_word(text, id));
        let settings = model.parameters.iter().filter(|parameter| named(&parameter.id));
        let settings: Vec<(&str, Option<&str>)> = settings
            .map(|p| (p.id.as_str(), p.setting.as_ref().map(|setting| setting.text.as_str())))
            .collect();
        serde_json::to_string(&(behind, &texts, settings)).ok()
    }
}

/// Whether a word stands in a text.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|found| found == word)
}

fn item(a: &Side, b: &Side, q: usize, rollup: &crate::model::RollupInfo) -> Option<ComparedItem> {
    use QuestionStatus as S;
    let question = b.program.engine.model.questions.get(q)?;
    let id = question.id.as_str();
    let section = b.program.engine.model.sections.get(question.section);
    let off = |status: Option<S>| matches!(status, None | Some(S::NotRelevant | S::NotApplicable));
    let answered = |status: Option<S>| status == Some(S::Answered);
    let (first, second) = (a.status(id), b.status(id));
    let why = match (first, second) {
        (Some(S::Withheld), _) | (_, Some(S::Withheld)) => Some(Why::Withheld),
        _ if off(first) && off(second) => Some(Why::NotApplicable),
        _ if off(first) || off(second) => Some(Why::ApplicabilityChanged),
        _ if a.definition(id) != b.definition(id) => Some(Why::RulesChanged),
        _ if !answered(first) || !answered(second) => Some(Why::NotAssessed),
        _ => None,
    };
    let place = |option: Option<String>| {
        let index = question
            .options
            .iter()
            .position(|known| option.as_ref().is_some_and(|option| known.id == *option))?;
        rollup.scale.iter().position(|place| *place == index)
    };
    let same = a.answers.get(id).map(|answer| &answer.known) == b.answers.get(id).map(|answer| &answer.known);
    let course = match (why, a.option(id), b.option(id)) {
        (Some(_), ..) => Course::NotComparable,
        (None, before, after) if same || (before.is_some() && before == after) => Course::Equal,
        (None, before, after) => match (place(before), place(after)) {
            (Some(before), Some(after)) if after < before => Course::Better,
            (Some(before), Some(after)) if after > before => Course::Worse,
            _ => Course::Other,
        },
    };
    Some(ComparedItem {
        question: id.to_owned(),
        ask: question.ask.clone(),
        section: section.map_or_else(String::new, |section| section.title.to_string()),
        course,
        why,
        first: a.text(id),
        second: b.text(id),
    })
}
