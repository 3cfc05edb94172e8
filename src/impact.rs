//! How a change of rules works out: cases judged by two programs, and how many go from which outcome to which.
//!
//! Cases come one by one, as lines of JSON, so that there may be millions of them: what is kept are counts, and of each a few
//! examples. Several threads count by themselves and are added up; the result is the same whoever counted what.

mod count;
mod judge;
mod lines;
mod text;

use serde::Serialize;

use crate::assessment::Possible;
#[cfg(feature = "schema")]
use crate::assessment::PossibleForm;
use crate::compare::{ComparedSide, Scope, Side, compared_side};
use crate::model::Model;
use crate::rule_set::Program;
use crate::value::Value;

pub use count::Counter;
pub use lines::{Line, Lines};

/// Two programs, ready to judge cases.
///
/// ```
/// use leidraad::{Date, RuleSet, compare::Scope, impact::Impact};
/// let rules = |limit: &str| RuleSet::from_text("x.json", &format!(r#"{{ "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
///   "sources": {{ "s": {{ "kind": "example", "title": "Voorbeeld" }} }},
///   "questions": [{{ "section": "Feiten", "items": [
///     {{ "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] }} ] }}],
///   "decisions": {{ "soort": {{ "outcome": true, "sources": ["s"],
///     "table": ["aantal || soort", "<= {limit} || klein", "> {limit} || groot"] }} }} }}"#));
/// let on = Date::new(2026, 7, 4).unwrap();
/// let (old, new) = (rules("200")?.on(on)?, rules("150")?.on(on)?);
/// let impact = Impact::new(&old, &new, &Scope::Outcomes);
/// let mut counter = impact.counter();
/// for (line, case) in [r#"{"aantal": 100}"#, r#"{"aantal": 175}"#, r#"{}"#].iter().enumerate() {
///     counter.add(line as u64 + 1, case);
/// }
/// let report = impact.report(counter);
/// let moved = &report.decisions[0].moves[0];
/// assert_eq!((moved.from.text.as_str(), moved.to.text.as_str(), moved.cases), ("klein", "groot", 1));
/// assert_eq!(moved.examples, [2]);
/// assert_eq!(report.cases, 3);
/// # Ok::<(), leidraad::Diagnostics>(())
/// ```
#[derive(Debug)]
pub struct Impact<'p> {
    from: &'p Program,
    to: &'p Program,
    decisions: Vec<Judged>,
    questions: judge::Questions,
}

/// A decision that both programs are asked for.
#[derive(Debug, Clone)]
struct Judged {
    id: String,
    title: String,
    from: Option<usize>,
    to: Option<usize>,
}

/// What became of some cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ImpactReport {
    /// The rules as they were.
    pub from: ComparedSide,
    /// The rules as they become.
    pub to: ComparedSide,
    /// How many cases were judged.
    pub cases: u64,
    /// Lines that are no case, or that neither program can judge.
    pub refused: Refused,
    /// The decisions, in the order of the file.
    pub decisions: Vec<DecisionImpact>,
}

/// Lines that could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Refused {
    /// How many.
    pub lines: u64,
    /// The first of them, each with what is wrong.
    pub examples: Vec<RefusedLine>,
}

/// A line that could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct RefusedLine {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}

/// What became of the cases by one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct DecisionImpact {
    /// The decision.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Cases that come to the same.
    pub same: u64,
    /// Cases that come to something else.
    pub changed: u64,
    /// Of those the cases that were settled and are open now.
    pub opened: u64,
    /// Of those the cases that were regulated and are unregulated now.
    pub silenced: u64,
    /// From which outcome to which: changes first, the most cases first.
    pub moves: Vec<Move>,
}

/// Cases that went from one outcome to another, or stayed at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Move {
    /// What the rules said.
    pub from: CaseOutcome,
    /// What they say.
    pub to: CaseOutcome,
    /// Whether it is the same.
    pub same: bool,
    /// How many cases.
    pub cases: u64,
    /// The first of them, by their lines.
    pub examples: Vec<u64>,
}

/// How an outcome stands, beside what people answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CaseStatus {
    /// One value.
    Determined,
    /// Several are possible.
    Open,
    /// The decision does not apply.
    NotApplicable,
    /// The rules are silent.
    Unregulated,
    /// These rules do not take the answers; the other ones do.
    Refused,
    /// These rules do not have the decision.
    Absent,
    /// Beyond [`MAX_IMPACT_MOVES`](crate::limits::MAX_IMPACT_MOVES): any of the further outcomes.
    Other,
}

/// What a program says of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct CaseOutcome {
    /// How it stands.
    pub status: CaseStatus,
    /// The outcome of a determined decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub value: Option<Value>,
    /// What is still possible where it is open.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<PossibleForm<'static>>"))]
    pub possible: Option<Possible>,
    /// In words.
    pub text: String,
    /// Each possible outcome in words, where they can be listed.
    #[serde(skip)]
    pub(crate) words: Vec<String>,
}

impl CaseOutcome {
    fn of(status: CaseStatus, text: &str) -> CaseOutcome {
        CaseOutcome { status, value: None, possible: None, text: text.to_owned(), words: Vec::new() }
    }
}

impl<'p> Impact<'p> {
    /// From one program to another. Decisions that are made for each record of a list are left out.
    pub fn new(from: &'p Program, to: &'p Program, scope: &Scope) -> Impact<'p> {
        let (old, new) = (&from.engine.model, &to.engine.model);
        let decision = |id: String| {
            let place = |model: &Model| model.decisions.iter().position(|d| d.id == id);
            let (a, b) = (place(old), place(new));
            let info = b.and_then(|d| new.decisions.get(d)).or_else(|| old.decisions.get(a?));
            let title = info.map_or_else(String::new, |d| d.title.clone());
            Judged { from: a, to: b, title, id }
        };
        // what is decided for each record of a list has no one outcome in a case
        let whole = |judged: &Judged| {
            let part = |model: &Model, d: Option<usize>| {
                d.and_then(|d| model.decisions.get(d)).is_some_and(|d| d.part_of.is_some())
            };
            !part(old, judged.from) && !part(new, judged.to)
        };
        let decisions = scope.decisions(&[old, new]).into_iter().map(decision);
        Impact {
            from,
            to,
            decisions: decisions.filter(whole).collect(),
            questions: judge::Questions::new(&from.engine, &to.engine),
        }
    }

    /// Counts that start at none, for one thread.
    pub fn counter(&self) -> Counter<'_, 'p> {
        Counter::new(self)
    }

    /// What was counted; counts of several threads are added up with [`Counter::merge`] first.
    pub fn report(&self, counter: Counter<'_, '_>) -> ImpactReport {
        let sides = [("van", self.from), ("naar", self.to)]
            .map(|(name, program)| Side { name: name.to_owned(), program });
        let [from, to] = &sides;
        counter.into_report(compared_side(from, &sides), compared_side(to, &sides))
    }
}
