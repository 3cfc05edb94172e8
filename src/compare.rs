//! Programs side by side: every case in which they say something else, in few rows, and what is different in their parts.
//!
//! Two municipalities (is there a *waterbed*?), two dates or versions (what does the change change?), a rule set and an
//! export of itself, or all authorities at once. The rows are complete: a case that no row describes comes to the same on
//! all sides. They are about the cases that all sides can judge; answers that only some accept stand under `questions`.

mod alike;
mod counts;
mod differences;
mod formulas;
mod functions;
mod markdown;
mod parts;
mod regions;
mod rows;
mod share;
mod text;
mod unsure;
mod variables;

pub(crate) use markdown::cell;

use serde::Serialize;
use serde_json::Value as Json;

use crate::model::{Model, QuestionInfo};
use crate::program::Engine;
use crate::rule_set::Program;
use crate::value::{Date, Value};

/// A program under a short name.
#[derive(Debug, Clone)]
pub struct Side<'p> {
    /// How it is called beside the others, such as `A` or `GM1729`.
    pub name: String,
    /// The program.
    pub program: &'p Program,
}

/// Which decisions are compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Scope {
    /// Those that the rule set is for, or all where it names none.
    #[default]
    Outcomes,
    /// All.
    All,
    /// These.
    Decisions(Vec<String>),
}

/// What is different between programs.
///
/// ```
/// use leidraad::{Date, RuleSet, compare::{Scope, Side, compare}};
/// let shared = r#"{ "leidraad": 1, "id": "x/y", "title": "Hek", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
///   "parameters": { "grens": { "title": "Hoogte zonder vergunning", "test_on": "hoogte" } },
///   "questions": [{ "section": "Hek", "items": [
///     { "id": "hoogte", "ask": "Hoe hoog?", "type": "integer", "min": 0, "max": 9, "unit": "m", "sources": ["s"] } ] }],
///   "decisions": { "vergunning": { "outcome": true, "sources": ["s"], "hit": "first",
///     "table": ["hoogte || vergunning", "grens || nee", "- || ja"] } } }"#;
/// let layer = |code: &str, limit: &str| format!(r#"{{ "leidraad": 1, "overlay": "x/y", "authority": "{code}", "title": "{code}",
///   "parameters": {{ "grens": {{ "value": "{limit}", "sources": ["s"] }} }} }}"#);
/// let (a, b) = (layer("GM0001", "<= 1"), layer("GM0002", "<= 3"));
/// let rules = RuleSet::from_files(&[("x.json", shared), ("a.json", &a), ("b.json", &b)])?;
/// let on = Date::new(2026, 7, 4).unwrap();
/// let (a, b) = (rules.for_authority("GM0001")?.on(on)?, rules.for_authority("GM0002")?.on(on)?);
/// let sides = [Side { name: "A".into(), program: &a }, Side { name: "B".into(), program: &b }];
/// let found = compare(&sides, &Scope::Outcomes);
/// let combination = &found.decisions[0].combinations[0];
/// assert_eq!(combination.rows[0].when[0].text, "2 m t/m 3 m");
/// assert_eq!([&combination.outcomes[0].text, &combination.outcomes[1].text], ["ja", "nee"]);
/// # Ok::<(), leidraad::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Comparison {
    /// The programs, in the order in which they were given; everything else has its columns in this order.
    pub sides: Vec<ComparedSide>,
    /// The decisions with a case in which they come to something else: those first of which two sides most often say different
    /// things, then those that differ most often.
    pub decisions: Vec<Difference>,
    /// The decisions that were compared and come to the same in every case.
    pub same: Vec<String>,
    /// Questions that not all ask, or that not all ask in the same way or in the same cases.
    pub questions: Vec<PartDifference>,
    /// Findings that not all make, or not in the same cases or with the same words.
    pub findings: Vec<PartDifference>,
    /// Steps that not all take, or not in the same cases, by the same person or within the same term.
    pub steps: Vec<PartDifference>,
    /// Parameters with other values.
    pub parameters: Vec<PartDifference>,
    /// Sources that not all have, or not in the same version.
    pub sources: Vec<PartDifference>,
}

/// One of the programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ComparedSide {
    /// How it is called here.
    pub name: String,
    /// The rule set.
    pub rule_set: String,
    /// The title of its layer.
    pub title: String,
    /// The authority whose layer was used.
    pub authority: Option<String>,
    /// The reference date.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub on: Date,
    /// `sha256:` and the digest of the layers used.
    pub digest: String,
    /// What applies on no date or on another one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub notices: Vec<String>,
}

/// The cases in which the sides come to something else.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Difference {
    /// The decision.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Per side whether it has it.
    pub present: Vec<bool>,
    /// The part of the cases that the rules tell apart in which the sides differ, between 0 and 1; each value that a
    /// question tells apart counts alike, so it is no share of the cases that occur.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Number"))]
    pub share: Value,
    /// The same of each two sides, those that most often decide differently first.
    pub pairs: Vec<Pair>,
    /// The cases, by what the sides say: where two say different things first, then where one is silent; the most cases first.
    pub combinations: Vec<Combination>,
    /// Whether something of it was not worked out: a row may be no difference after all, or cases were not compared.
    pub approximate: bool,
    /// What that is, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub unsure: Vec<String>,
}

/// In which part of the cases two sides differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Pair {
    /// The first side, by its place.
    pub a: usize,
    /// The second.
    pub b: usize,
    /// In which part they differ.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Number"))]
    pub share: Value,
    /// In which part they differ although neither is unregulated.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Number"))]
    pub regulated: Value,
}

/// The cases in which the sides say these different things.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Combination {
    /// What each side says.
    pub outcomes: Vec<SideOutcome>,
    /// Which part of the cases it is.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Number"))]
    pub share: Value,
    /// The cases, the most at once first. Rows may overlap.
    pub rows: Vec<Row>,
    /// Whether these rows are all; there is always at least one.
    pub complete: bool,
}

/// Some cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Row {
    /// What holds in these cases; a question that is not here makes no difference.
    pub when: Vec<Condition>,
    /// Which part of the cases it is.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Number"))]
    pub share: Value,
    /// One of these cases.
    pub example: Vec<CaseValue>,
}

/// The answers to a question in some cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Condition {
    /// The question.
    pub question: String,
    /// The answers in words.
    pub text: String,
    /// The answers.
    pub values: Vec<Values>,
    /// The sides that have this question, by their place; empty when all do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub sides: Vec<usize>,
}

/// Some answers to a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Values {
    /// An option; `ja` and `nee` of a boolean.
    Option(String),
    /// Everything between two values, both included.
    Range {
        /// The lowest.
        #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
        from: Value,
        /// The highest.
        #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
        to: Value,
    },
    /// The days between two days, both included, that have these parts.
    Days {
        /// The first.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        from: Value,
        /// The last.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        to: Value,
        /// The month, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        month: Option<usize>,
        /// The day of the week, from Monday as 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        weekday: Option<usize>,
        /// The day of the month.
        #[serde(skip_serializing_if = "Option::is_none")]
        day: Option<usize>,
    },
    /// A count that hangs on something unset: so many records count however that goes, so many in some way.
    Unsettled {
        /// The fewest and most that surely count.
        #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Number>"))]
        surely: [Value; 2],
        /// The fewest and most that count with those of which it is not settled.
        #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Number>"))]
        perhaps: [Value; 2],
    },
    /// The question does not apply.
    NotApplicable,
}

/// What a side says in some cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct SideOutcome {
    /// Determined, open because the source leaves a choice, not applicable, unregulated, or no such decision.
    pub status: Status,
    /// The outcome, or the possible ones; of a formula its words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<serde_json::Value>", default))]
    pub values: Vec<Value>,
    /// What no layer sets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub missing: Vec<String>,
    /// In words.
    pub text: String,
}

/// How a side's outcome stands in a case with all answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// One value.
    Determined,
    /// The rows of the source overlap and leave several.
    Open,
    /// The decision does not apply.
    NotApplicable,
    /// The rules are silent.
    Unregulated,
    /// The side does not have it.
    Absent,
}

/// An answer of an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct CaseValue {
    /// The question.
    pub question: String,
    /// The answer, as in a file of answers.
    pub value: Json,
    /// In words.
    pub text: String,
    /// The sides that have this question, by their place; empty when all do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub sides: Vec<usize>,
}

/// A part of the rules that is not the same on all sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct PartDifference {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Per side whether it has it.
    pub present: Vec<bool>,
    /// What is written differently.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub fields: Vec<FieldDifference>,
    /// The cases in which only some sides have it at issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Difference"))]
    pub cases: Option<Difference>,
}

/// Something about a part that is written differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct FieldDifference {
    /// What it is, in Dutch.
    pub field: String,
    /// What each side has; none where it has nothing.
    pub texts: Vec<Option<String>>,
}

impl Scope {
    /// The ids of the decisions meant, in the order of the models.
    pub(crate) fn decisions(&self, models: &[&Model]) -> Vec<String> {
        let outcomes = models.iter().any(|model| model.decisions.iter().any(|d| d.outcome));
        let wanted = |id: &str, outcome: bool| match self {
            Scope::Outcomes => outcome || !outcomes,
            Scope::All => true,
            Scope::Decisions(ids) => ids.iter().any(|wanted| wanted == id),
        };
        parts::ids(models, |model| {
            model.decisions.iter().filter(|d| wanted(&d.id, d.outcome)).map(|d| d.id.to_string()).collect()
        })
    }
}

impl SideOutcome {
    fn absent() -> SideOutcome {
        let text = "komt hier niet voor".to_owned();
        SideOutcome { status: Status::Absent, values: Vec::new(), missing: Vec::new(), text }
    }
}

impl Comparison {
    /// Whether nothing at all is different.
    pub fn is_same(&self) -> bool {
        let parts = [&self.questions, &self.findings, &self.steps, &self.parameters, &self.sources];
        self.decisions.is_empty() && parts.iter().all(|part| part.is_empty())
    }
}

/// Compares programs: every case in which their decisions come to something else, and every part that differs.
pub fn compare(sides: &[Side<'_>], scope: &Scope) -> Comparison {
    let mut comparer = differences::Comparer::new(sides);
    let (decisions, same) = comparer.decisions(scope);
    Comparison {
        sides: sides.iter().map(|side| compared_side(side, sides)).collect(),
        decisions,
        same,
        questions: comparer.questions(),
        findings: comparer.findings(),
        steps: comparer.steps(),
        parameters: parts::parameters(&comparer.models()),
        sources: parts::sources(&comparer.models()),
    }
}

/// That the day of a side is not the answer to the questions that ask for it, where rules read those.
fn answered_days(engine: &Engine) -> Vec<String> {
    let model = &engine.model;
    let read = |q: &usize| {
        engine.decisions.iter().any(|d| engine.nodes.get(*d).is_some_and(|n| n.questions.contains(*q)))
    };
    let questions = model.reference_dates.iter().filter(|q| read(q)).filter_map(|q| model.questions.get(*q));
    let notice = |question: &QuestionInfo| {
        format!(
            "wat geldt, hangt ook af van het antwoord op «{}», en dat is aan beide kanten hetzelfde. Wat met die dag verandert, staat hier \
             dus niet bij; bekijk daarvoor een geval met de ene en met de andere dag.",
            question.ask
        )
    };
    questions.map(notice).collect()
}

/// A program as a comparison with the others names it.
pub(crate) fn compared_side(side: &Side<'_>, all: &[Side<'_>]) -> ComparedSide {
    let other_day = all.iter().map(|other| other.program).any(|other| {
        other.engine.model.id == side.program.engine.model.id && other.date() != side.program.date()
    });
    let days = if other_day { answered_days(&side.program.engine) } else { Vec::new() };
    let model = &side.program.engine.model;
    ComparedSide {
        name: side.name.clone(),
        rule_set: model.id.to_string(),
        title: model.authority_title.clone().unwrap_or_else(|| model.title.to_string()),
        authority: model.authority.as_ref().map(ToString::to_string),
        on: side.program.date(),
        digest: side.program.digest().to_owned(),
        notices: model.notices.iter().map(|notice| notice.text.to_string()).chain(days).collect(),
    }
}
