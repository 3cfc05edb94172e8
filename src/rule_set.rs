//! Rule sets: the layers of one subject, and the program for one authority on one date.

mod check;

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::answers::Answers;
use crate::assessment::{Assessment, RuleSetRef};
use crate::case::Case;
use crate::check::{Dates, covers, resolve};
use crate::compile::compile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::direct::Phrases;
use crate::document::{Document, Spanned};
use crate::evaluate::{Evaluation, evaluate, silent};
use crate::explain::explain;
use crate::explanation::Explanation;
use crate::model::Rule;
use crate::parse::Lost;
use crate::procedure::follow_up;
use crate::program::Engine;
use crate::source::{SourceMap, Span};
use crate::suggest::with_suggestion;
use crate::value::Date;

pub(crate) use check::dates;

/// A shared layer with its overlays, in all their versions.
///
/// ```
/// use leidraad::{Answers, Date, Outcome, RuleSet, Value};
/// let rules = RuleSet::from_text("x.json", r#"{
///   "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
///   "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
///   "questions": [{ "section": "Feiten", "items": [
///     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
///   "decisions": { "soort": { "outcome": true, "sources": ["s"],
///     "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } }
/// }"#).unwrap();
/// let program = rules.on(Date::parse("2026-07-04").unwrap()).unwrap();
/// let assessment = program.evaluate(&Answers::new().with("aantal", 200)).unwrap();
/// assert_eq!(assessment.decision("soort"), Some(&Outcome::Determined(Value::from("klein"))));
/// ```
#[derive(Debug, Clone)]
pub struct RuleSet {
    id: String,
    bases: Vec<Document>,
    overlays: Vec<Document>,
    sources: SourceMap,
    warnings: Vec<Diagnostic>,
}

impl RuleSet {
    pub(crate) fn new(
        id: String,
        bases: Vec<Document>,
        overlays: Vec<Document>,
        sources: SourceMap,
    ) -> RuleSet {
        RuleSet { id, bases, overlays, sources, warnings: Vec::new() }
    }

    /// The id, such as `evenementen/melding`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title in Dutch.
    pub fn title(&self) -> &str {
        self.bases.iter().rev().find_map(|b| b.title.as_ref()).map_or(&self.id, |t| &t.value)
    }

    /// The warnings of its check.
    pub fn warnings(&self) -> Diagnostics {
        Diagnostics::new(self.warnings.clone(), self.sources.clone())
    }

    /// The question whose answer fixes the reference date.
    pub fn reference_date(&self) -> Option<&str> {
        self.bases.iter().rev().find_map(|b| b.reference_date.as_ref()).map(|r| r.value.as_str())
    }

    /// The question whose answer fixes the reference date of the layer of an authority, where it names one of its own:
    /// policy goes by the day of the decision, the statute by the day of the facts.
    pub fn policy_date(&self, authority: &str) -> Option<&str> {
        let own =
            |o: &&Document| o.authority.as_ref().is_some_and(|a| a.value.eq_ignore_ascii_case(authority));
        let layers = self.overlays.iter().filter(own);
        layers.rev().find_map(|o| o.reference_date.as_ref()).map(|r| r.value.as_str())
    }

    /// The program for a case: on the day given, else on the days that its answers fix, else today.
    ///
    /// # Errors
    /// When no overlay is of this authority.
    pub fn for_case(
        &self,
        authority: Option<&str>,
        answers: &Answers,
        on: Option<Date>,
        today: Date,
    ) -> Result<Program, Diagnostics> {
        let authority =
            authority.map(|authority| self.for_authority(authority)).transpose()?.map(|a| a.authority);
        self.program(authority, self.dates_of(authority, answers, on, today))
    }

    /// The reference dates of a case.
    pub(crate) fn dates_of(
        &self,
        authority: Option<&str>,
        answers: &Answers,
        on: Option<Date>,
        today: Date,
    ) -> Dates {
        let facts = on.or_else(|| answers.date(self.reference_date()?)).unwrap_or(today);
        let policy = match authority.and_then(|authority| self.policy_date(authority)) {
            Some(question) => answers.date(question).or(on).unwrap_or(today),
            None => facts,
        };
        Dates { facts, policy }
    }

    /// The layers, shared ones first: authority, title and period of each.
    pub fn layers(&self) -> impl Iterator<Item = Layer<'_>> {
        self.bases.iter().chain(&self.overlays).map(|document| Layer {
            authority: document.authority.as_ref().map(|a| a.value.as_str()),
            title: document.title.as_ref().map_or("", |t| t.value.as_str()),
            from: document.in_force.as_ref().and_then(|p| p.from.as_ref()).map(|d| d.value),
            to: document.in_force.as_ref().and_then(|p| p.to.as_ref()).map(|d| d.value),
        })
    }

    /// The shared layer alone, as it applies on a date.
    ///
    /// Outside every period nothing is regulated, and the assessment says when there are rules.
    ///
    /// # Errors
    /// Rules with mistakes that only show on this date.
    pub fn on(&self, date: Date) -> Result<Program, Diagnostics> {
        self.program(None, Dates { facts: date, policy: date })
    }

    /// Picks an authority, such as `GM1729`; case does not matter.
    ///
    /// # Errors
    /// When no overlay is of this authority.
    pub fn for_authority(&self, authority: &str) -> Result<ForAuthority<'_>, Diagnostics> {
        let known: BTreeSet<&str> = self.authorities().collect();
        match known.iter().find(|a| a.eq_ignore_ascii_case(authority)) {
            Some(authority) => Ok(ForAuthority { rules: self, authority }),
            None => {
                let finding = Diagnostic::error(
                    Code::UnknownAuthority,
                    self.place(),
                    format!("`{}` has no layer for authority `{authority}`", self.id),
                );
                let finding = with_suggestion(finding, authority, known.iter().copied());
                Err(Diagnostics::new(vec![finding], self.sources.clone()))
            }
        }
    }

    /// The authorities that have an overlay.
    pub fn authorities(&self) -> impl Iterator<Item = &str> {
        let codes: BTreeSet<&str> =
            self.overlays.iter().filter_map(|o| o.authority.as_ref()).map(|a| a.value.as_str()).collect();
        codes.into_iter()
    }

    fn place(&self) -> Option<Span> {
        self.bases.last().and_then(|b| b.id.as_ref()).map(|id| id.span)
    }

    /// The versions of one layer: the shared one, or those of an authority.
    pub(crate) fn versions(&self, authority: Option<&str>) -> Vec<&Document> {
        match authority {
            None => self.bases.iter().collect(),
            Some(code) => self
                .overlays
                .iter()
                .filter(|o| o.authority.as_ref().is_some_and(|a| a.value == code))
                .collect(),
        }
    }

    /// The version of a layer that applies on a date.
    pub(crate) fn pick(&self, authority: Option<&str>, date: Date) -> Option<&Document> {
        self.versions(authority).into_iter().find(|d| covers(d.in_force.as_ref(), date))
    }

    /// The periods of the versions of a layer, in words.
    fn periods(&self, authority: Option<&str>) -> Vec<String> {
        let day = |day: Option<&Spanned<Date>>| day.map(|day| day.value);
        let words = |layer: &&Document| {
            let period = layer.in_force.as_ref();
            let (from, to) = (period.and_then(|p| p.from.as_ref()), period.and_then(|p| p.to.as_ref()));
            crate::notation::period(day(from), day(to))
        };
        self.versions(authority).iter().map(words).collect()
    }

    pub(crate) fn program(&self, authority: Option<&str>, dates: Dates) -> Result<Program, Diagnostics> {
        let mut out = Vec::new();
        let picked = self.pick(None, dates.facts);
        let overlay = authority.map(|a| self.pick(Some(a), dates.policy));
        // a layer that does not cover its date says nothing; the questions are those of the last version
        let Some(base) = picked.or(self.bases.last()) else {
            return Err(Diagnostics::new(out, self.sources.clone()));
        };
        let applied = overlay.flatten();
        let (mut model, whole) = resolve(base, applied, Some(dates), &Lost::default(), &mut out);
        if !whole {
            return Err(Diagnostics::new(out, self.sources.clone()));
        }
        if picked.is_none() {
            let periods = self.periods(None);
            model.notices.push(not_in_force(&model.title, dates.facts, &periods));
            for decision in &mut model.decisions {
                decision.rule = Rule::Unloaded;
                decision.other_dates.clone_from(&periods);
            }
        }
        if let (Some(None), Some(code)) = (overlay, authority) {
            let title =
                self.versions(authority).last().and_then(|o| o.title.as_ref()).map(|t| t.value.clone());
            let what = title.unwrap_or_else(|| code.to_owned());
            model.notices.push(not_in_force(&what, dates.policy, &self.periods(authority)));
            model.authority = Some(code.to_owned());
        }
        let digest = digest(picked.into_iter().chain(applied));
        Ok(Program::new(compile(model), digest, dates.facts))
    }
}

/// That a layer does not apply on a date, and when it does.
fn not_in_force(what: &str, date: Date, periods: &[String]) -> String {
    let date = crate::notation::date(date);
    format!("«{what}» geldt niet op {date}. De regels gelden wel {}.", periods.join(", "))
}

fn layer_span(document: &Document) -> Span {
    document.id.as_ref().or(document.authority.as_ref()).map_or(document.span, |id| id.span)
}

fn overlap(a: &Document, b: &Document) -> bool {
    let ends = |d: &Document| {
        let period = d.in_force.as_ref();
        let from = period.and_then(|p| p.from.as_ref()).map_or(i64::MIN, |d| d.value.ticks());
        let to = period.and_then(|p| p.to.as_ref()).map_or(i64::MAX, |d| d.value.ticks());
        (from, to)
    };
    let ((a_from, a_to), (b_from, b_to)) = (ends(a), ends(b));
    a_from <= b_to && b_from <= a_to
}

/// The digest of layers: of their JSON form, so that YAML and JSON of the same rules agree.
fn digest<'d>(layers: impl Iterator<Item = &'d Document>) -> String {
    let mut hash = Sha256::new();
    for layer in layers {
        hash.update(serde_json::to_vec(layer).unwrap_or_default());
        hash.update(b"\n");
    }
    hash.finalize().iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// One layer of a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Layer<'r> {
    /// The authority of an overlay; none for the shared layer.
    pub authority: Option<&'r str>,
    /// Title.
    pub title: &'r str,
    /// First day of its period.
    pub from: Option<Date>,
    /// Last day of its period.
    pub to: Option<Date>,
}

/// A rule set for one authority, still without a date.
#[derive(Debug, Clone, Copy)]
pub struct ForAuthority<'r> {
    rules: &'r RuleSet,
    authority: &'r str,
}

impl<'r> ForAuthority<'r> {
    /// The code of the authority, as its layer spells it.
    pub fn code(&self) -> &'r str {
        self.authority
    }

    /// The shared layer with the overlay, as they apply on a date.
    ///
    /// # Errors
    /// Rules with mistakes that only show on this date.
    pub fn on(&self, date: Date) -> Result<Program, Diagnostics> {
        self.rules.program(Some(self.authority), Dates { facts: date, policy: date })
    }
}

/// A rule set for one authority on one date: load once, evaluate many. It is `Send + Sync`.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) engine: Engine,
    digest: String,
    date: Date,
    phrases: Option<Phrases>,
    /// Whether there is something to do or to remark beside the decisions.
    procedure: bool,
}

impl Program {
    fn new(engine: Engine, digest: String, date: Date) -> Program {
        let phrases = engine.is_direct().then(|| Phrases::new(&engine, &digest, date));
        let procedure = engine.model.has_procedure();
        Program { engine, digest, date, phrases, procedure }
    }

    /// What follows from these answers.
    ///
    /// # Errors
    /// Answers to unknown questions, of the wrong type or outside their domain.
    pub fn evaluate(&self, answers: &Answers) -> Result<Assessment, Diagnostics> {
        let case = self.case(answers)?;
        let rule_set = RuleSetRef { id: self.engine.model.id.clone(), digest: self.digest.clone() };
        let follow = (self.procedure || !case.images.is_empty()).then(|| case.clone());
        let Case { given, codes, exact, decided, .. } = case;
        let evaluation = Evaluation::new(&self.engine, codes, &decided).knowing(&exact);
        let mut evaluation = evaluation.seeing(follow.as_ref());
        let mut assessment = evaluate(&mut evaluation, &given, rule_set, Some(self.date));
        if let Some(case) = follow.filter(|_| self.procedure) {
            follow_up(&mut evaluation, answers, &case, &mut assessment);
        }
        assessment.deviations =
            answers.deviations.0.iter().map(|(id, d)| (id.value.clone(), d.clone())).collect();
        Ok(assessment)
    }

    /// What follows from answers in JSON, as JSON.
    ///
    /// # Errors
    /// As [`Program::evaluate`], and text that is not JSON.
    pub fn evaluate_json(&self, answers: &str) -> Result<String, Diagnostics> {
        if let Some(json) = self.phrases.as_ref().and_then(|phrases| self.engine.direct(phrases, answers)) {
            return Ok(json);
        }
        Ok(self.evaluate(&Answers::from_json("answers.json", answers)?)?.to_json())
    }

    /// Why: the reasons of one decision, or of every decision that is an outcome of the rule set.
    ///
    /// # Errors
    /// As [`Program::evaluate`], and a decision that the rule set does not have.
    pub fn explain(&self, answers: &Answers, decision: Option<&str>) -> Result<Explanation, Diagnostics> {
        let case = self.case(answers)?;
        let model = &self.engine.model;
        let all = || 0..model.decisions.len();
        let is_outcome = |d: &usize| model.decisions.get(*d).is_some_and(|d| d.outcome);
        let wanted: Vec<usize> = match decision {
            Some(id) => match all().find(|d| model.decision_id(*d) == id) {
                Some(d) => vec![d],
                None => {
                    let finding = Diagnostic::error(
                        Code::UnknownName,
                        None,
                        format!("`{id}` is not a decision of `{}`", model.id),
                    );
                    let known = model.decisions.iter().map(|d| d.id.as_str());
                    return Err(Diagnostics::new(
                        vec![with_suggestion(finding, id, known)],
                        SourceMap::default(),
                    ));
                }
            },
            None if all().any(|d| is_outcome(&d)) => all().filter(is_outcome).collect(),
            None => all().collect(),
        };
        let rule_set = RuleSetRef { id: model.id.clone(), digest: self.digest.clone() };
        Ok(explain(&self.engine, answers, &case, &wanted, rule_set, self.date))
    }

    pub(crate) fn case(&self, answers: &Answers) -> Result<Case, Diagnostics> {
        let read = self.engine.case(answers);
        let mut case = read.map_err(|findings| Diagnostics::new(findings, answers.sources.clone()))?;
        self.engine.derive(&mut case, silent);
        Ok(case)
    }

    /// The id of the rule set.
    pub fn id(&self) -> &str {
        &self.engine.model.id
    }

    /// The reference date.
    pub fn date(&self) -> Date {
        self.date
    }

    /// `sha256:` and the digest of the layers used.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}
