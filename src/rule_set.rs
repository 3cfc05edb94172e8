//! Rule sets: the layers of one subject, and the program for one authority on one date.

mod check;
mod day;
mod layers;
mod overview;
mod silence;
mod versions;

use sha2::{Digest, Sha256};

use crate::answers::Answers;
use crate::assessment::{Assessment, RuleSetRef};
use crate::case::Case;
use crate::check::resolve;
use crate::compile::compile;
use crate::derived::Memo;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::direct::Phrases;
use crate::document::{Day, Document};
use crate::evaluate::{Before, Evaluation, evaluate, silent};
use crate::explain::{deciding_rows, explain, unknown_decision};
use crate::explanation::{Explanation, UsedLayer};
use crate::model::DecisionInfo;
use crate::parse::Lost;
use crate::parts;
use crate::procedure::{Hidden, deviations, follow_up};
use crate::program::Engine;
use crate::silence::{missing, silences};
use crate::sorted::each_once;
use crate::source::{SourceMap, Span};
use crate::suggest::with_suggestion;
use crate::text::Text;
use crate::value::Date;

pub(crate) use check::dates;
pub(crate) use layers::{Dates, Name};
pub use overview::{Days, LayerOverview, LayerVersion};

use layers::Picked;

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

    /// Every version of every layer, shared ones first.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Document> {
        self.bases.iter().chain(&self.overlays)
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

    /// Every question whose answer fixes a reference date of a layer that counts for an authority, the shared layer's
    /// first.
    pub fn reference_dates(&self, authority: Option<&str>) -> Vec<&str> {
        let authority = authority.and_then(|code| self.for_authority(code).ok()).map(|found| found.authority);
        let mut list: Vec<&str> = self.reference_date().into_iter().collect();
        for question in self.series(authority).into_iter().filter_map(|series| series.question) {
            if !list.contains(&question) {
                list.push(question);
            }
        }
        list
    }

    /// The program for a case: on the day given, else on the days that its answers fix, else today.
    ///
    /// # Errors
    /// When no overlay is of this authority; when a day that fixes a reference date is known in part, and not the same
    /// rules apply on all days that it may be.
    pub fn for_case(
        &self,
        authority: Option<&str>,
        answers: &Answers,
        on: Option<Date>,
        today: Date,
    ) -> Result<Program, Diagnostics> {
        let authority =
            authority.map(|authority| self.for_authority(authority)).transpose()?.map(|a| a.authority);
        self.program(authority, &self.dates_of(authority, answers, on, today)?)
    }

    /// The layers, shared ones first: whose each is, its title and its period.
    pub fn layers(&self) -> impl Iterator<Item = Layer<'_>> {
        self.documents().map(Layer::of)
    }

    /// The shared layer, with those that belong to all authorities, as they apply on a date.
    ///
    /// Outside every period nothing is regulated, and the assessment says when there are rules.
    ///
    /// # Errors
    /// Rules with mistakes that only show on this date.
    pub fn on(&self, date: Date) -> Result<Program, Diagnostics> {
        self.program(None, &Dates::all(date))
    }

    /// Picks an authority, such as `GM1729`; case does not matter.
    ///
    /// # Errors
    /// When no overlay is of this authority.
    pub fn for_authority(&self, authority: &str) -> Result<ForAuthority<'_>, Diagnostics> {
        let known: Vec<&str> = self.authorities().collect();
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

    /// The authorities that have a layer, of their own or with others.
    pub fn authorities(&self) -> impl Iterator<Item = &str> {
        let own = self.overlays.iter().filter_map(|o| o.authority.as_ref());
        let members = self.overlays.iter().filter_map(Document::members).flatten();
        each_once(own.chain(members).map(|a| a.value.as_str())).into_iter()
    }

    fn place(&self) -> Option<Span> {
        self.bases.last().and_then(|b| b.id.as_ref()).map(|id| id.span)
    }

    /// Every version of every layer that may count for an authority, as JSON, each with its digest.
    pub(crate) fn layer_texts(&self, authority: Option<&str>) -> Vec<(String, String)> {
        let layers = self.series(authority).into_iter().flat_map(|series| series.versions);
        let text = |layer: &Document| {
            (digest(std::iter::once(("", layer))), serde_json::to_string(layer).unwrap_or_default())
        };
        layers.map(text).collect()
    }

    /// A decision as the layers that apply on these dates write it, as JSON.
    pub(crate) fn decision_texts(&self, authority: Option<&str>, dates: &Dates, id: &str) -> Vec<String> {
        let picked = self.picked(authority, dates);
        let own = |(layer, _): (&Document, Date)| {
            let found = layer.decisions.0.iter().find(|(name, _)| name.value == id);
            found.map(|(_, decision)| serde_json::to_string(decision).unwrap_or_default())
        };
        picked.in_force().filter_map(own).collect()
    }

    pub(crate) fn program(&self, authority: Option<&str>, dates: &Dates) -> Result<Program, Diagnostics> {
        let mut out = Vec::new();
        let picked = self.picked(authority, dates);
        let (mut model, whole) = resolve(&picked.stack(), &Lost::default(), &mut out);
        if !whole {
            return Err(Diagnostics::new(out, self.sources.clone()));
        }
        if !picked.is_regulated() {
            model.decisions.iter_mut().for_each(DecisionInfo::unload);
        }
        if let Some(code) = authority {
            model.authority = Some(code.to_owned().into());
        }
        silence::notices(&picked, &mut model);
        silence::reasons(&picked, &mut model);
        let digest = picked.digest();
        let layers = used(&picked);
        Ok(Program { layers, ..Program::new(compile(model), digest, dates.facts) })
    }
}

/// The layers of a program, for people.
fn used(picked: &Picked<'_>) -> Vec<UsedLayer> {
    let one = |(layer, on): (&Document, Date)| {
        let own = Layer::of(layer);
        UsedLayer {
            authority: own.authority.map(str::to_owned),
            layer: own.layer.map(str::to_owned),
            title: own.title.to_owned(),
            on,
            period: crate::dutch::in_force(layer.period().as_ref()),
            signed: own.signed,
            published: own.published,
        }
    };
    picked.in_force().map(one).collect()
}

/// The digest of layers, each after a word on how it counts: of their JSON form, so that YAML and JSON of the same rules agree.
fn digest<'d>(layers: impl Iterator<Item = (&'static str, &'d Document)>) -> String {
    let mut hash = Sha256::new();
    for (how, layer) in layers {
        hash.update(how);
        hash.update(serde_json::to_vec(layer).unwrap_or_default());
        hash.update(b"\n");
    }
    hash.finalize().iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// One version of a layer of a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Layer<'r> {
    /// The authority of a layer of one; none for the shared layer and for those of several authorities.
    pub authority: Option<&'r str>,
    /// The name of a layer of several authorities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<&'r str>,
    /// The number of its members, where it does not belong to all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<usize>,
    /// Title.
    pub title: &'r str,
    /// First day of its period.
    pub from: Option<Date>,
    /// Last day of its period.
    pub to: Option<Date>,
    /// Where its first day is not known: no day before the first of these, and none after the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_between: Option<(Option<Date>, Option<Date>)>,
    /// Where its last day is not known: no day before the first of these, and none after the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_between: Option<(Option<Date>, Option<Date>)>,
    /// The day on which it was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Date>,
    /// The day on which it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
}

impl<'r> Layer<'r> {
    fn of(document: &'r Document) -> Layer<'r> {
        let period = document.period();
        let (from, to) = period.map_or((None, None), |p| (p.from.map(|d| d.value), p.to.map(|d| d.value)));
        let between = |day: Option<Day>| day.filter(|day| day.known().is_none()).map(Day::ends);
        Layer {
            authority: document.authority.as_ref().map(|a| a.value.as_str()),
            layer: document.layer.as_ref().map(|name| name.value.as_str()),
            members: document.members().map(<[_]>::len),
            title: document.title.as_ref().map_or("", |t| t.value.as_str()),
            from: from.and_then(Day::known),
            to: to.and_then(Day::known),
            from_between: between(from),
            to_between: between(to),
            signed: document.signed.as_ref().map(|day| day.value),
            published: document.published.as_ref().map(|day| day.value),
        }
    }
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

    /// The shared layer with those over it, as they apply on a date.
    ///
    /// # Errors
    /// Rules with mistakes that only show on this date.
    pub fn on(&self, date: Date) -> Result<Program, Diagnostics> {
        self.rules.program(Some(self.authority), &Dates::all(date))
    }
}

/// A rule set for one authority on one date: load once, evaluate many. It is `Send + Sync`.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) engine: Engine,
    digest: Text,
    date: Date,
    phrases: Option<Phrases>,
    /// Whether there is something to do or to remark beside the decisions, or a decision for each record of a list.
    procedure: bool,
    parts: bool,
    /// Whether some questions are not asked on this date.
    other_questions: bool,
    layers: Vec<UsedLayer>,
}

impl Program {
    fn new(engine: Engine, digest: String, date: Date) -> Program {
        let phrases = engine.is_direct().then(|| Phrases::new(&engine, &digest, date));
        let (procedure, parts) = (engine.model.has_procedure(), engine.model.has_parts());
        let other_questions = engine.model.questions.iter().any(|question| question.not_asked.is_some());
        let digest = digest.into();
        Program { engine, digest, date, phrases, procedure, parts, other_questions, layers: Vec::new() }
    }

    /// What follows from these answers.
    ///
    /// # Errors
    /// Answers to unknown questions, of the wrong type or outside their domain.
    pub fn evaluate(&self, answers: &Answers) -> Result<Assessment, Diagnostics> {
        self.evaluate_as(answers, None, &Hidden::default())
    }

    /// What follows from the answers that a reader may see from whom this is hidden.
    pub(crate) fn evaluate_as(
        &self,
        answers: &Answers,
        before: Option<&Before>,
        hidden: &Hidden,
    ) -> Result<Assessment, Diagnostics> {
        let mut case = self.read(answers)?;
        case.memo = before.map(|before| before.memo.clone());
        let settled = self.engine.derive(&mut case, silent);
        let rule_set = RuleSetRef { id: self.engine.model.id.clone(), digest: self.digest.clone() };
        let evaluation = match settled {
            Some(settled) => Evaluation::settled(&self.engine, case.codes.clone(), &case.decided, settled),
            None => Evaluation::new(&self.engine, case.codes.clone(), &case.decided),
        };
        let mut evaluation = evaluation.knowing(&case.exact).seeing(&case).after(before);
        let mut assessment = evaluate(&mut evaluation, &case.given, rule_set, Some(self.date));
        if self.procedure {
            follow_up(&mut evaluation, answers, &case, &mut assessment, hidden);
        }
        deviations(&self.engine, answers, &mut assessment);
        if before.is_some() && evaluation.diagrams.is_spent() {
            return self.evaluate_as(answers, None, hidden); // what was done for cases before must not count in this one
        }
        evaluation.leave(before);
        if self.parts {
            parts::assess(&self.engine, &case, &mut assessment);
        }
        assessment.deviations =
            answers.deviations.0.iter().map(|(id, d)| (id.value.clone(), d.clone())).collect();
        self.complete(answers, &mut assessment);
        Ok(assessment)
    }

    /// Leaves out what is not asked on this date, and says why what is missing is not said.
    fn complete(&self, answers: &Answers, assessment: &mut Assessment) {
        if self.other_questions {
            let questions = &self.engine.model.questions;
            assessment.questions.retain(|q, _| questions.get(q).is_some_and(|q| q.not_asked.is_none()));
        }
        let names = missing(&self.engine, assessment);
        if !names.is_empty() {
            let rows = |d| {
                let case = self.case(answers);
                case.map_or_else(|_| Vec::new(), |case| deciding_rows(&self.engine, answers, &case, d))
            };
            assessment.silence = silences(&self.engine, &names, rows);
        }
    }

    /// What follows from answers in JSON, as JSON.
    ///
    /// # Errors
    /// As [`Program::evaluate`], and text that is not JSON.
    pub fn evaluate_json(&self, answers: &str) -> Result<String, Diagnostics> {
        self.evaluate_text(answers, None)
    }

    pub(crate) fn evaluate_text(
        &self,
        answers: &str,
        before: Option<&Before>,
    ) -> Result<String, Diagnostics> {
        if let Some(json) = self.phrases.as_ref().and_then(|phrases| self.engine.direct(phrases, answers)) {
            return Ok(json);
        }
        let answers = Answers::from_json("answers.json", answers)?;
        Ok(self.evaluate_as(&answers, before, &Hidden::default())?.to_json())
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
                    let finding = unknown_decision(model, id);
                    return Err(Diagnostics::new(vec![finding], SourceMap::default()));
                }
            },
            None if all().any(|d| is_outcome(&d)) => all().filter(is_outcome).collect(),
            None => all().collect(),
        };
        let rule_set = RuleSetRef { id: model.id.clone(), digest: self.digest.clone() };
        let part = |d: &usize| model.decisions.get(*d).is_some_and(|d| d.part_of.is_some());
        let whole: Vec<usize> = wanted.iter().copied().filter(|d| !part(d)).collect();
        let mut explanation = explain(&self.engine, answers, &case, &whole, rule_set.clone(), self.date);
        for d in wanted.iter().copied().filter(part) {
            let reasons = parts::explain_parts(&self.engine, answers, &case, d, &rule_set, self.date);
            explanation.decisions.extend(reasons);
        }
        Ok(Explanation { layers: self.layers.clone(), ..explanation })
    }

    pub(crate) fn case(&self, answers: &Answers) -> Result<Case, Diagnostics> {
        let mut case = self.read(answers)?;
        case.memo = Some(Memo::default()); // reasons look at many cases that are much alike
        let _ = self.engine.derive(&mut case, silent);
        Ok(case)
    }

    /// The case without what is derived from the answers.
    pub(crate) fn read(&self, answers: &Answers) -> Result<Case, Diagnostics> {
        let read = self.engine.case(answers);
        read.map_err(|findings| Diagnostics::new(findings, answers.sources.clone()))
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
