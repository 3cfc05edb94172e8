//! Rule sets: the layers of one subject, and the program for one authority on one date.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::answers::Answers;
use crate::assessment::{Assessment, RuleSetRef};
use crate::case::Case;
use crate::check::{backwards, covers, empty, period_text, resolve};
use crate::compile::compile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::direct::Phrases;
use crate::document::{Document, Period};
use crate::evaluate::{Evaluation, evaluate};
use crate::explain::explain;
use crate::explanation::Explanation;
use crate::limits::MAX_COMBINATIONS;
use crate::model::Model;
use crate::parse::Lost;
use crate::procedure::follow_up;
use crate::program::Engine;
use crate::prove::prove;
use crate::source::{SourceMap, Span};
use crate::suggest::with_suggestion;
use crate::value::Date;

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
    /// # Errors
    /// When no version of the shared layer covers the date.
    pub fn on(&self, date: Date) -> Result<Program, Diagnostics> {
        self.program(None, date)
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
    fn versions(&self, authority: Option<&str>) -> Vec<&Document> {
        match authority {
            None => self.bases.iter().collect(),
            Some(code) => self
                .overlays
                .iter()
                .filter(|o| o.authority.as_ref().is_some_and(|a| a.value == code))
                .collect(),
        }
    }

    fn pick(&self, authority: Option<&str>, date: Date) -> Result<&Document, Box<Diagnostic>> {
        let versions = self.versions(authority);
        if let Some(found) = versions.iter().find(|d| covers(d.in_force.as_ref(), date)) {
            return Ok(found);
        }
        let what = authority
            .map_or_else(|| format!("`{}`", self.id), |a| format!("the layer of {a} of `{}`", self.id));
        let span = versions.last().map(|d| d.in_force.as_ref().and_then(period_span).unwrap_or(d.span));
        let periods: Vec<String> = versions.iter().map(|d| period_text(d.in_force.as_ref())).collect();
        Err(Box::new(
            Diagnostic::error(Code::DateNotCovered, span, format!("no version of {what} covers {date}"))
                .help(format!("there is one {}", periods.join(", and one "))),
        ))
    }

    fn program(&self, authority: Option<&str>, date: Date) -> Result<Program, Diagnostics> {
        let mut out = Vec::new();
        let mut layer = |authority| self.pick(authority, date).map_err(|finding| out.push(*finding)).ok();
        let base = layer(None);
        let overlay = authority.and_then(|a| layer(Some(a)));
        if let (Some(base), true) = (base, out.is_empty()) {
            let (model, whole) = resolve(base, overlay, Some(date), &Lost::default(), &mut out);
            if whole {
                let digest = digest(std::iter::once(base).chain(overlay));
                return Ok(Program::new(compile(model), digest, date));
            }
        }
        Err(Diagnostics::new(out, self.sources.clone()))
    }

    /// Checks every combination of layers and periods, and proves their tables.
    pub(crate) fn check(&mut self, lost: &Lost, out: &mut Vec<Diagnostic>) {
        let before = out.len();
        let layers: Vec<&Document> = self.bases.iter().chain(&self.overlays).collect();
        out.extend(empty(&layers).filter(|_| lost.is_empty()));
        self.overlapping_periods(lost, out);
        let authorities: Vec<Option<String>> =
            std::iter::once(None).chain(self.authorities().map(|a| Some(a.to_owned()))).collect();
        let dates = self.dates();
        if authorities.len().saturating_mul(dates.len()) > MAX_COMBINATIONS {
            out.push(
                Diagnostic::error(
                    Code::TooLarge,
                    self.place(),
                    format!(
                        "`{}` has more than {MAX_COMBINATIONS} combinations of layers and periods",
                        self.id
                    ),
                )
                .help("split it into several rule sets"),
            );
            return;
        }
        let mut gathered = Gathered::default();
        let mut applied: BTreeSet<Span> = BTreeSet::new();
        for authority in &authorities {
            for date in &dates {
                let layers = [None, authority.as_deref()];
                let wanted = if authority.is_some() { &layers[..] } else { &layers[..1] };
                let picked: Result<Vec<&Document>, _> =
                    wanted.iter().map(|layer| self.pick(*layer, *date)).collect();
                let Ok(picked) = picked else { continue };
                let Some(base) = picked.first() else { continue };
                applied.extend(picked.iter().map(|layer| layer_span(layer)));
                let mut findings = Vec::new();
                let (model, whole) = resolve(base, picked.get(1).copied(), Some(*date), lost, &mut findings);
                let engine = compile(model);
                prove(&engine, whole, &mut findings);
                gathered.add(&engine.model, findings);
            }
        }
        gathered.into_findings(out);
        self.never_applied(&applied, lost, out);
        self.warnings =
            out.iter().skip(before).filter(|d| d.severity == Severity::Warning).cloned().collect();
    }

    /// Layers that apply on no date: what is in them is checked all the same.
    fn never_applied(&self, applied: &BTreeSet<Span>, lost: &Lost, out: &mut Vec<Diagnostic>) {
        for layer in self.bases.iter().chain(&self.overlays).filter(|l| !applied.contains(&layer_span(l))) {
            let period = layer.in_force.as_ref();
            let date = period.and_then(|p| p.from.as_ref().or(p.to.as_ref())).map(|d| d.value);
            if let Some(finding) = backwards(period) {
                out.push(finding);
            } else if !lost.part("in_force") && !self.bases.iter().any(|base| overlap(base, layer)) {
                out.push(
                    Diagnostic::error(
                        Code::BadLayer,
                        layer_span(layer),
                        format!("this layer never applies: no version of `{}` covers its period", self.id),
                    )
                    .help("correct its `in_force`, or that of the shared layer"),
                );
            }
            let (base, overlay) = match layer.overlay {
                Some(_) => (self.bases.last(), Some(layer)),
                None => (Some(layer), None),
            };
            if let Some(base) = base {
                let mut findings = Vec::new();
                resolve(base, overlay, date, lost, &mut findings);
                let known: Vec<(Code, Option<Span>)> = out.iter().map(|f| (f.code, f.span)).collect();
                out.extend(findings.into_iter().filter(|f| !known.contains(&(f.code, f.span))));
            }
        }
    }

    fn overlapping_periods(&self, lost: &Lost, out: &mut Vec<Diagnostic>) {
        if lost.part("in_force") {
            return;
        }
        let codes: Vec<Option<&str>> = std::iter::once(None).chain(self.authorities().map(Some)).collect();
        for code in codes {
            let versions = self.versions(code);
            for (i, later) in versions.iter().enumerate() {
                let clash = versions.iter().take(i).find(|earlier| overlap(earlier, later));
                if let Some(earlier) = clash {
                    let what = code.map_or_else(|| format!("`{}`", self.id), |c| format!("the layer of {c}"));
                    out.push(
                        Diagnostic::error(
                            Code::BadLayer,
                            layer_span(later),
                            format!("two versions of {what} apply at once"),
                        )
                        .related(layer_span(earlier), "the other version")
                        .help("let one period end before the next begins"),
                    );
                }
            }
        }
    }

    /// A date in every period in which the same versions and values apply.
    fn dates(&self) -> Vec<Date> {
        let mut dates = BTreeSet::new();
        for document in self.bases.iter().chain(&self.overlays) {
            let values = document.parameters.0.iter().flat_map(|(_, p)| {
                p.in_force.iter().chain(p.values.iter().filter_map(|v| v.in_force.as_ref()))
            });
            for period in document.in_force.iter().chain(values) {
                dates.extend(period.from.as_ref().map(|d| d.value));
                let after = period.to.as_ref().and_then(|d| Date::from_ticks(d.value.ticks() + 1));
                dates.extend(after);
                dates.extend(period.to.as_ref().map(|d| d.value));
            }
        }
        if dates.is_empty() {
            dates.extend(Date::new(2000, 1, 1));
        }
        dates.into_iter().collect()
    }
}

fn layer_span(document: &Document) -> Span {
    document.id.as_ref().or(document.authority.as_ref()).map_or(document.span, |id| id.span)
}

fn period_span(period: &Period) -> Option<Span> {
    period.from.as_ref().or(period.to.as_ref()).map(|d| d.span)
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

/// Findings of several combinations of layers and dates. An error in one of them counts; a warning only when it holds in
/// every combination in which its subject occurs: a row that one municipality cannot reach another may need.
#[derive(Default)]
struct Gathered {
    findings: Vec<Diagnostic>,
    warned: BTreeMap<(Code, Option<Span>, String), usize>,
    occurs: BTreeMap<Span, usize>,
}

impl Gathered {
    fn add(&mut self, model: &Model, findings: Vec<Diagnostic>) {
        for span in model.spans() {
            *self.occurs.entry(span).or_default() += 1;
        }
        for finding in findings {
            let count = self.warned.entry((finding.code, finding.span, finding.message.clone())).or_default();
            *count += 1;
            if *count == 1 {
                self.findings.push(finding);
            }
        }
    }

    fn into_findings(self, out: &mut Vec<Diagnostic>) {
        for finding in self.findings {
            let occurs = finding.span.and_then(|span| self.occurs.get(&span)).copied().unwrap_or(1);
            let warned = self.warned.get(&(finding.code, finding.span, finding.message.clone())).copied();
            if finding.severity == Severity::Error || warned >= Some(occurs) {
                out.push(finding);
            }
        }
    }
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

impl ForAuthority<'_> {
    /// The shared layer with the overlay, as they apply on a date.
    ///
    /// # Errors
    /// When no version of one of the two covers the date.
    pub fn on(&self, date: Date) -> Result<Program, Diagnostics> {
        self.rules.program(Some(self.authority), date)
    }
}

/// A rule set for one authority on one date: load once, evaluate many. It is `Send + Sync`.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) engine: Engine,
    digest: String,
    date: Date,
    phrases: Option<Phrases>,
}

impl Program {
    fn new(engine: Engine, digest: String, date: Date) -> Program {
        let phrases = engine.is_direct().then(|| Phrases::new(&engine, &digest, date));
        Program { engine, digest, date, phrases }
    }

    /// What follows from these answers.
    ///
    /// # Errors
    /// Answers to unknown questions, of the wrong type or outside their domain.
    pub fn evaluate(&self, answers: &Answers) -> Result<Assessment, Diagnostics> {
        let case = self.case(answers)?;
        let rule_set = RuleSetRef { id: self.engine.model.id.clone(), digest: self.digest.clone() };
        let follow = self.engine.model.has_procedure().then(|| case.clone());
        let Case { given, codes, decided } = case;
        let mut evaluation = Evaluation::new(&self.engine, codes, &decided);
        let mut assessment = evaluate(&mut evaluation, &given, rule_set, Some(self.date));
        if let Some(case) = follow {
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
        self.engine.case(answers).map_err(|findings| Diagnostics::new(findings, answers.sources.clone()))
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
