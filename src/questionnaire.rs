//! The questions of a program, for those who build a form or a checklist on it.

use serde::Serialize;

use crate::document::Severity;
use crate::explanation::Citation;
use crate::model::{Measure, Model, QuestionInfo, RemarkInfo, StepInfo, Type};
use crate::program::Engine;
use crate::rule_set::Program;
use crate::value::{Date, Value};

/// All questions of a rule set for one authority and date, in sections.
#[derive(Debug, Clone, Serialize)]
pub struct Questionnaire {
    /// The rule set.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it decides, and what its source leaves open.
    pub description: Option<String>,
    /// The authority whose layer was used.
    pub authority: Option<String>,
    /// The reference date.
    pub on: Date,
    /// What the encoders know to be missing.
    pub partial: Vec<String>,
    /// The question whose answer fixes the reference date.
    pub reference_date: Option<String>,
    /// The questions.
    pub sections: Vec<QuestionSection>,
    /// The decisions.
    pub decisions: Vec<DecisionSummary>,
    /// The remarks that the rules can make.
    pub findings: Vec<RemarkItem>,
    /// The steps of the procedure.
    pub steps: Vec<StepItem>,
    /// The counts over the answers.
    pub rollups: Vec<RollupItem>,
}

/// A remark that the rules can make on a case.
#[derive(Debug, Clone, Serialize)]
pub struct RemarkItem {
    /// Id.
    pub id: String,
    /// The remark.
    pub text: String,
    /// How heavy it weighs.
    pub severity: Severity,
    /// Sources.
    pub sources: Vec<Citation>,
}

/// A step of the procedure.
#[derive(Debug, Clone, Serialize)]
pub struct StepItem {
    /// Id, as in the record of a case.
    pub id: String,
    /// What is done.
    pub title: String,
    /// Explanation.
    pub help: Option<String>,
    /// Who does it.
    pub actor: String,
    /// The document that it needs or gives.
    pub document: Option<String>,
    /// The date question whose answer says on which day it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<String>,
    /// Whether it has to be done; else it is a right or a choice.
    pub required: bool,
    /// Steps that come first: done, skipped or not at issue.
    pub after: Vec<String>,
    /// Steps that must really have been done.
    pub requires: Vec<String>,
    /// Class of confidentiality.
    pub confidentiality: Option<String>,
    /// Sources.
    pub sources: Vec<Citation>,
}

/// Counts over the answers to a checklist.
#[derive(Debug, Clone, Serialize)]
pub struct RollupItem {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// A section of questions.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionSection {
    /// Title.
    pub section: String,
    /// Explanation.
    pub help: Option<String>,
    /// The questions.
    pub items: Vec<QuestionItem>,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionItem {
    /// Id, as in answers; of a field its name in a record.
    pub id: String,
    /// The question as people read it.
    pub ask: String,
    /// Explanation for a layman.
    pub help: Option<String>,
    /// choice, boolean, integer, decimal, date, time or text.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Options of a choice or boolean.
    pub options: Vec<QuestionOption>,
    /// Whether several options may be given, of which the one with the most points counts.
    pub several: bool,
    /// Fields of the records of a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<QuestionItem>,
    /// What one record of a list is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Lowest value.
    pub min: Option<Value>,
    /// Highest value; of a list the most records.
    pub max: Option<Value>,
    /// Step of a decimal.
    pub step: Option<Value>,
    /// When it is relevant: alternatives, each a list of input and test; none when it always is.
    pub when: Option<Vec<Vec<String>>>,
    /// Whether a checklist is complete without it.
    pub required: bool,
    /// Whether the answer "not applicable" is allowed.
    pub not_applicable: bool,
    /// Whether only a human can judge it.
    pub judgement: bool,
    /// How strongly the source puts it.
    pub strength: Option<String>,
    /// Class of confidentiality.
    pub confidentiality: Option<String>,
    /// Sources.
    pub sources: Vec<Citation>,
}

/// An option of a question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionOption {
    /// Id, as in answers; `ja` and `nee` of a boolean stand for `true` and `false`.
    pub id: String,
    /// Label.
    pub label: String,
    /// Explanation.
    pub help: Option<String>,
    /// Points.
    pub points: Option<Value>,
}

/// A decision of the rule set.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionSummary {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Explanation.
    pub help: Option<String>,
    /// Whether this is what the rule set is for.
    pub outcome: bool,
    /// The list for each record of which it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// The formula that gives it, as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// The unit of the value of a formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The outcomes it can have, as far as they are known, with their text.
    pub outcomes: Vec<(Value, String)>,
}

impl Program {
    /// The questions and decisions, for those who build a form on them.
    ///
    /// ```
    /// # use leidraad::{Date, RuleSet};
    /// let rules = RuleSet::from_text("x.json", r#"{
    ///   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    ///   "questions": [{ "section": "Feiten", "items": [
    ///     { "id": "gram", "ask": "Hoeveel?", "type": "decimal", "step": 0.1, "min": 0, "unit": "g", "sources": ["s"] } ] }],
    ///   "decisions": { "soort": { "sources": ["s"], "table": ["gram || soort", "<= 5 || klein", "> 5 || groot"] } }
    /// }"#).unwrap();
    /// let questions = rules.on(Date::new(2026, 7, 4).unwrap()).unwrap().questionnaire();
    /// assert_eq!(questions.sections[0].items[0].unit.as_deref(), Some("g"));
    /// ```
    pub fn questionnaire(&self) -> Questionnaire {
        let model = &self.engine.model;
        let section = |(s, info): (usize, &crate::model::SectionInfo)| QuestionSection {
            section: info.title.to_string(),
            help: info.help.clone(),
            items: (model.questions.iter().enumerate())
                .filter(|(_, info)| {
                    info.section == s
                        && info.of.is_none()
                        && info.derived.is_none()
                        && info.not_asked.is_none()
                })
                .map(|(q, info)| item(&self.engine, q, info))
                .collect(),
        };
        Questionnaire {
            id: model.id.to_string(),
            title: model.title.clone(),
            description: model.description.clone(),
            authority: model.authority.as_ref().map(ToString::to_string),
            on: self.date(),
            partial: model.partial.clone(),
            reference_date: model
                .reference_dates
                .first()
                .and_then(|q| model.questions.get(*q))
                .map(|q| q.id.to_string()),
            sections: model.sections.iter().enumerate().map(section).collect(),
            decisions: model
                .decisions
                .iter()
                .enumerate()
                .map(|(d, info)| DecisionSummary {
                    id: info.id.to_string(),
                    title: info.title.clone(),
                    help: info.help.clone(),
                    outcome: info.outcome,
                    part_of: info
                        .part_of
                        .and_then(|list| model.lists.get(list))
                        .and_then(|list| model.questions.get(list.question))
                        .map(|question| question.id.to_string()),
                    formula: model.formula_of(d).map(|formula| formula.text.clone()),
                    unit: model.formula_of(d).and(info.outputs.first()).and_then(|o| o.unit.clone()),
                    outcomes: self
                        .engine
                        .outcomes
                        .get(d)
                        .into_iter()
                        .flatten()
                        .map(|value| (value.clone(), model.outcome_text(d, value)))
                        .collect(),
                })
                .collect(),
            findings: model.remarks.iter().map(|info| remark(model, info)).collect(),
            steps: model.steps.iter().map(|info| step(model, info)).collect(),
            rollups: model
                .rollups
                .iter()
                .map(|info| RollupItem { id: info.id.to_string(), title: info.title.clone() })
                .collect(),
        }
    }
}

fn remark(model: &Model, info: &RemarkInfo) -> RemarkItem {
    RemarkItem {
        id: info.id.to_string(),
        text: info.text.to_string(),
        severity: info.severity,
        sources: crate::explain::cite(model, &info.sources),
    }
}

fn step(model: &Model, info: &StepInfo) -> StepItem {
    let waits = |really: bool| {
        let steps = info.after.iter().filter(|(_, r)| *r == really).filter_map(|(s, _)| model.steps.get(*s));
        steps.map(|step| step.id.to_string()).collect()
    };
    let mut sources = info.sources.clone();
    let of_term = info.term.iter().flat_map(|term| &term.sources);
    for cited in of_term {
        if !sources.contains(cited) {
            sources.push(cited.clone());
        }
    }
    StepItem {
        id: info.id.to_string(),
        title: info.title.clone(),
        help: info.help.clone(),
        actor: info.actor.clone(),
        document: info.document.clone(),
        done: info.done.and_then(|q| model.questions.get(q)).map(|q| q.id.to_string()),
        required: info.required,
        after: waits(false),
        requires: waits(true),
        confidentiality: info.class.clone(),
        sources: crate::explain::cite(model, &sources),
    }
}

fn item(engine: &Engine, q: usize, question: &QuestionInfo) -> QuestionItem {
    let list = engine.model.list(q);
    let field = |q: &usize| Some(item(engine, *q, engine.model.questions.get(*q)?));
    let mut item = QuestionItem {
        id: question.field_name().to_owned(),
        ask: question.ask.clone(),
        help: question.help.clone(),
        kind: kind(question),
        unit: question.unit.clone(),
        options: question
            .options
            .iter()
            .map(|o| QuestionOption {
                id: o.id.to_string(),
                label: o.label.to_string(),
                help: o.help.clone(),
                points: o.points.map(|p| Value::Number(p.normalize())),
            })
            .collect(),
        several: question.heaviest,
        fields: list.map_or_else(Vec::new, |list| list.fields.iter().filter_map(field).collect()),
        each: list.map(|list| list.each.clone()),
        min: None,
        max: list.and_then(|list| i64::try_from(list.most).ok()).map(Value::from),
        step: None,
        when: question
            .when
            .as_ref()
            .map(|when| when.written.iter().map(|row| engine.model.clauses(row)).collect()),
        required: question.required,
        not_applicable: question.may_not_apply,
        judgement: question.judgement,
        strength: question.strength.clone(),
        confidentiality: question.class.clone(),
        sources: crate::explain::cite(&engine.model, &question.sources),
    };
    if let Type::Ordered { measure, min, max } = question.kind {
        item.min = question.bounds.0.then(|| crate::ticks::tick_value(measure, min));
        item.max = question.bounds.1.then(|| crate::ticks::tick_value(measure, max));
        let decimal = matches!(measure, Measure::Number { .. }) && !question.integer;
        item.step = decimal.then(|| crate::ticks::tick_value(measure, 1));
    }
    item
}

fn kind(question: &QuestionInfo) -> &'static str {
    match question.kind {
        Type::Finite { boolean: true } => "boolean",
        Type::Finite { .. } => "choice",
        Type::Ordered { measure: Measure::Date, .. } => "date",
        Type::Ordered { measure: Measure::Time, .. } => "time",
        Type::Ordered { .. } if question.integer => "integer",
        Type::Ordered { .. } => "decimal",
        Type::Text => "text",
        Type::List => "list",
    }
}
