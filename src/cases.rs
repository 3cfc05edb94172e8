//! Case files: answers and the outcome that a source says they must have, run against the rules.

use std::collections::BTreeMap;

use crate::answers::{Answers, from_node};
use crate::assessment::Assessment;
use crate::decode::{Decode, Fields, wrong};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::Library;
use crate::parse::parse_node;
use crate::rule_set::{Dates, Program};
use crate::source::{Position, SourceMap, Span, Spanned};
use crate::suggest::with_suggestion;
use crate::tree::{Kind, Node};
use crate::value::Date;

mod coverage;
mod expect;
mod procedure;

/// The cases of one file.
///
/// ```
/// use leidraad::{Cases, Date, Library};
/// let rules = r#"{
///   "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
///   "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
///   "questions": [{ "section": "Feiten", "items": [
///     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
///   "decisions": { "soort": { "outcome": true, "sources": ["s"],
///     "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } }
/// }"#;
/// let cases = r#"{ "rule_set": "x/y", "on": "2026-07-04", "cases": [
///   { "name": "precies 200", "because": "tot en met 200 is klein", "answers": { "aantal": 200 },
///     "expect": { "soort": "klein" } },
///   { "name": "onbekend", "because": "beide kan nog", "answers": { "aantal": null },
///     "expect": { "soort": { "possible": ["klein", "groot"] } } },
///   { "name": "een fout", "because": "201 is meer dan 200", "answers": { "aantal": 201 },
///     "expect": { "soort": "klein" } }
/// ] }"#;
/// let library = Library::from_files(&[("rules.json", rules)]);
/// let cases = Cases::from_text("cases.json", cases).unwrap();
/// let results = cases.run(&library, Date::new(2026, 1, 1).unwrap());
/// let passed: Vec<bool> = results.iter().map(|result| result.passed()).collect();
/// assert_eq!(passed, [true, true, false]);
/// let findings: Vec<_> = results[2].findings.iter().map(|finding| finding.message.as_str()).collect();
/// assert_eq!(findings, ["een fout: expected `soort` to be klein, found groot"]);
/// ```
#[derive(Debug, Clone)]
pub struct Cases {
    sources: SourceMap,
    rule_set: Spanned<String>,
    authority: Option<Spanned<String>>,
    on: Option<Spanned<Date>>,
    cases: Vec<Case>,
}

/// One case, with the answers of the case that it starts from.
#[derive(Debug, Clone)]
struct Case {
    name: Spanned<String>,
    because: Spanned<String>,
    authority: Option<Spanned<String>>,
    on: Option<Spanned<Date>>,
    base: Option<Spanned<String>>,
    answers: Answers,
    expect: Vec<(Spanned<String>, Node)>,
}

/// What running one case gave.
#[derive(Debug, Clone)]
pub struct CaseResult {
    /// The file.
    pub file: String,
    /// Where the case is in it.
    pub place: Position,
    /// The rule set.
    pub rule_set: String,
    /// The authority, of the case itself or of its file.
    pub authority: Option<String>,
    /// The day by which rules are picked, of the case itself or of its file; else its answers fix it.
    pub on: Option<Date>,
    /// The name of the case.
    pub name: String,
    /// The source of its expectation.
    pub because: String,
    /// Its answers, with those of the case that it starts from.
    pub answers: Answers,
    /// What follows from its answers, where they could be read.
    pub assessment: Option<Assessment>,
    /// What differs from the expectation, or why it could not be run; nothing when it passed.
    pub findings: Diagnostics,
}

impl CaseResult {
    /// Whether everything was as expected.
    pub fn passed(&self) -> bool {
        self.findings.iter().next().is_none()
    }
}

const FILE: (&str, &[&str], Option<&str>) = ("a case file", &["rule_set", "authority", "on", "cases"], None);
const CASE: (&str, &[&str], Option<&str>) =
    ("a case", &["name", "because", "authority", "on", "base", "answers", "expect"], None);

impl Cases {
    /// Reads a case file, YAML or JSON.
    ///
    /// # Errors
    /// Everything that is not as a case file must be, with its place.
    pub fn from_text(name: &str, text: &str) -> Result<Cases, Diagnostics> {
        let (mut sources, mut out) = (SourceMap::default(), Vec::new());
        let cases = parse_node(&mut sources, name, text, &mut out).and_then(|node| read(node, &mut out));
        match cases {
            Some(mut cases) if out.is_empty() => {
                cases.sources = sources;
                Ok(cases)
            }
            _ => Err(Diagnostics::new(out, sources)),
        }
    }

    /// The rule set that the cases are about.
    pub fn rule_set(&self) -> &str {
        &self.rule_set.value
    }

    /// The number of cases.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// Runs every case. The date of a case is its own `on`, or that of the file, or the answer that fixes the reference
    /// date; `today` is for cases that have none of these.
    pub fn run(&self, library: &Library, today: Date) -> Vec<CaseResult> {
        let mut programs = BTreeMap::new();
        self.cases.iter().map(|case| self.run_one(case, library, today, &mut programs)).collect()
    }

    fn run_one(&self, case: &Case, library: &Library, today: Date, programs: &mut Programs) -> CaseResult {
        let (assessment, findings) = match self.assess(case, library, today, programs) {
            Ok(assessment) => {
                let findings =
                    expect::compare(&case.name.value, &case.because.value, &case.expect, &assessment);
                (Some(assessment), findings)
            }
            Err(findings) => (None, findings),
        };
        CaseResult {
            file: self.sources.file(case.name.span.file).map(|f| f.name.clone()).unwrap_or_default(),
            place: self.sources.position(case.name.span),
            rule_set: self.rule_set.value.clone(),
            authority: case.authority.as_ref().or(self.authority.as_ref()).map(|code| code.value.clone()),
            on: case.on.as_ref().or(self.on.as_ref()).map(|on| on.value),
            name: case.name.value.clone(),
            because: case.because.value.clone(),
            answers: case.answers.clone(),
            assessment,
            findings: Diagnostics::new(findings, self.sources.clone()),
        }
    }

    /// The program of a case.
    fn program<'p>(
        &self,
        case: &Case,
        library: &Library,
        today: Date,
        programs: &'p mut Programs,
    ) -> Result<&'p Program, Vec<Diagnostic>> {
        let here = |span: Span| move |findings: Diagnostics| moved(&case.name.value, span, &findings);
        let rules = library.rule_set(&self.rule_set.value).map_err(here(self.rule_set.span))?;
        let authority = case.authority.as_ref().or(self.authority.as_ref());
        let on = case.on.as_ref().or(self.on.as_ref());
        let code = match authority {
            None => None,
            Some(code) => Some(rules.for_authority(&code.value).map_err(here(code.span))?.code()),
        };
        let dates = rules.dates_of(code, &case.answers, on.map(|on| on.value), today);
        let dates = dates.map_err(here(case.name.span))?;
        let key = (code.map(str::to_owned), dates);
        if !programs.contains_key(&key) {
            let program = rules.program(code, &key.1);
            let span = on.map_or(case.name.span, |on| on.span);
            programs.insert(key.clone(), program.map_err(here(span))?);
        }
        programs.get(&key).ok_or_else(Vec::new)
    }

    fn assess(
        &self,
        case: &Case,
        library: &Library,
        today: Date,
        programs: &mut Programs,
    ) -> Result<Assessment, Vec<Diagnostic>> {
        let program = self.program(case, library, today, programs)?;
        program.evaluate(&case.answers).map_err(|findings| {
            let named = |finding: &Diagnostic| Diagnostic {
                message: format!("{}: {}", case.name.value, finding.message),
                ..finding.clone()
            };
            findings.iter().map(named).collect()
        })
    }
}

type Programs = BTreeMap<(Option<String>, Dates), Program>;

/// Findings that are about rule files, told at a place in the case file.
fn moved(case: &str, span: Span, findings: &Diagnostics) -> Vec<Diagnostic> {
    let moved = |finding: &Diagnostic| Diagnostic {
        span: Some(span),
        related: Vec::new(),
        message: format!("{case}: {}", finding.message),
        ..finding.clone()
    };
    findings.iter().map(moved).collect()
}

fn read(node: Node, out: &mut Vec<Diagnostic>) -> Option<Cases> {
    let mut fields = Fields::of(node, "case file", FILE, out)?;
    let rule_set = fields.take("rule_set", out);
    let authority = fields.take("authority", out);
    let on = fields.take("on", out);
    let cases: Option<Vec<Case>> = fields.take("cases", out);
    let mut cases = Cases {
        sources: SourceMap::default(),
        rule_set: rule_set?,
        authority: authority?,
        on: on?,
        cases: cases?,
    };
    if cases.is_empty() && out.is_empty() {
        let finding = Diagnostic::error(Code::MissingKey, fields.span(), "there is no case in this file");
        out.push(finding.help("add `cases:` with a list of cases"));
    }
    names(&cases, out);
    inherit(&mut cases.cases, out);
    Some(cases)
}

fn names(cases: &Cases, out: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for case in &cases.cases {
        if let Some(span) = first.get(case.name.value.as_str()) {
            let message = format!("there are two cases `{}`", case.name.value);
            let finding = Diagnostic::error(Code::Duplicate, case.name.span, message);
            out.push(finding.related(*span, "the other one"));
        } else {
            first.insert(&case.name.value, case.name.span);
        }
    }
}

/// Gives each case the answers of the case that it starts from; its own come on top.
fn inherit(cases: &mut [Case], out: &mut Vec<Diagnostic>) {
    let index: BTreeMap<String, usize> =
        cases.iter().enumerate().rev().map(|(i, case)| (case.name.value.clone(), i)).collect();
    let base: Vec<Option<usize>> =
        cases.iter().map(|case| index.get(&case.base.as_ref()?.value).copied()).collect();
    for (i, case) in cases.iter().enumerate() {
        let Some(name) = &case.base else { continue };
        let found = base.get(i).copied().flatten();
        let finding = |message| Diagnostic::error(Code::UnknownName, name.span, message);
        let chain = std::iter::successors(found, |at| base.get(*at).copied().flatten());
        if found.is_none() {
            let finding = finding(format!("there is no case `{}` in this file", name.value));
            out.push(with_suggestion(finding, &name.value, index.keys().map(String::as_str)));
        } else if chain.take(cases.len()).any(|at| at == i) {
            out.push(finding(format!("`{}` starts from itself", case.name.value)));
        }
    }
    if !out.is_empty() {
        return;
    }
    let own: Vec<Answers> = cases.iter().map(|case| case.answers.clone()).collect();
    for (i, case) in cases.iter_mut().enumerate() {
        let chain: Vec<usize> =
            std::iter::successors(Some(i), |at| base.get(*at).copied().flatten()).collect();
        let mut answers = Answers::new();
        for layer in chain.iter().rev().filter_map(|at| own.get(*at)) {
            answers.lay(layer);
        }
        case.answers = answers;
    }
}

impl Decode for Case {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut fields = Fields::of(node, key, CASE, out)?;
        let name = fields.take("name", out);
        let because = fields.take("because", out);
        let authority = fields.take("authority", out);
        let on = fields.take("on", out);
        let base = fields.take("base", out);
        let answers: Option<Option<Node>> = fields.take("answers", out);
        let answers = answers?.map_or_else(Answers::new, |node| from_node(&node, out));
        let expect: Node = fields.take("expect", out)?;
        let Kind::Map(expect) = expect.kind else {
            out.push(wrong(&expect, "expect", "a map from decision to outcome"));
            return None;
        };
        Some(Case {
            name: name?,
            because: because?,
            authority: authority?,
            on: on?,
            base: base?,
            answers,
            expect,
        })
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object" })
    }
}

/// A value that is read later, when it is known what it is about.
impl Decode for Node {
    fn decode(node: Node, _: &str, _: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(node)
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(true)
    }
}
