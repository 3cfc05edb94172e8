//! The check of a rule set: every combination of its layers and periods.

use std::collections::{BTreeMap, BTreeSet};

use super::RuleSet;
use super::layers::{Dates, Picked};
use super::versions::{layer_span, overlap, periods};
use crate::check::{Stack, empty, resolve, wrong_period};
use crate::compile::compile;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Document, InForce};
use crate::evaluate::prove_derived;
use crate::limits::MAX_COMBINATIONS;
use crate::model::{Model, Rule};
use crate::parse::Lost;
use crate::prove::prove;
use crate::sorted::each_once;
use crate::source::{SourceMap, Span};
use crate::value::Date;

impl RuleSet {
    /// Checks every combination of layers and periods, and proves their tables.
    pub(crate) fn check(&mut self, lost: &Lost, out: &mut Vec<Diagnostic>) {
        let before = out.len();
        let layers: Vec<&Document> = self.bases.iter().chain(&self.overlays).collect();
        out.extend(empty(&layers).filter(|_| lost.is_empty()));
        if !lost.part("in_force") {
            self.versions(out);
        }
        self.conflicts(out);
        let Some(all) = self.combinations() else {
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
        };
        let mut gathered = Gathered::default();
        for picked in &all {
            let mut findings = Vec::new();
            let (model, whole) = resolve(&picked.stack(), lost, &mut findings);
            let engine = compile(model);
            prove(&engine, whole, &mut findings);
            prove_derived(&engine, &mut findings);
            gathered.add(&engine.model, findings);
        }
        gathered.into_findings(out);
        self.never_applied(&all, lost, out);
        self.warnings =
            out.iter().skip(before).filter(|d| d.severity == Severity::Warning).cloned().collect();
    }

    /// The decision and place of every row, of all layers and periods.
    pub fn rows(&self) -> BTreeMap<Span, String> {
        let mut rows = BTreeMap::new();
        for picked in self.combinations().unwrap_or_default() {
            let (model, _) = resolve(&picked.stack(), &Lost::default(), &mut Vec::new());
            for decision in &model.decisions {
                if let Rule::Table(table) = &decision.rule {
                    rows.extend(table.rows.iter().map(|row| (row.span, decision.id.to_string())));
                }
            }
        }
        rows
    }

    /// The files of its layers.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The layers of every authority on every date of its layers on which the shared one is in force; where layers go by
    /// dates of their own, on every combination of those. Equal ones count once. None when there are too many.
    fn combinations(&self) -> Option<Vec<Picked<'_>>> {
        let authorities = std::iter::once(None).chain(self.authorities().map(Some));
        let (mut list, mut seen) = (Vec::new(), BTreeSet::new());
        for authority in authorities {
            let series = self.series(authority);
            let questions = each_once(series.iter().map(|series| series.question));
            // the shared layer goes by no question of its own, so none comes first
            let mut combined: Vec<Dates> = Vec::new();
            for question in questions {
                let own = series.iter().filter(|series| series.question == question);
                let days = dates(own.flat_map(|series| series.versions.iter().copied()));
                if combined.len().saturating_mul(days.len()) > MAX_COMBINATIONS {
                    return None;
                }
                combined = match question {
                    None => days.into_iter().map(Dates::all).collect(),
                    Some(question) => {
                        let with = |dates: &Dates| -> Vec<Dates> {
                            days.iter().map(|day| dates.clone().with(question, *day)).collect()
                        };
                        combined.iter().flat_map(with).collect()
                    }
                };
            }
            for dates in combined {
                let picked = self.picked(authority, &dates);
                if picked.is_regulated() && seen.insert(picked.key()) {
                    list.push(picked);
                }
                if list.len() > MAX_COMBINATIONS {
                    return None;
                }
            }
        }
        Some(list)
    }

    /// Layers that apply on no date: what is in them is checked all the same.
    fn never_applied(&self, all: &[Picked<'_>], lost: &Lost, out: &mut Vec<Diagnostic>) {
        let mut applied: BTreeSet<Span> = BTreeSet::new();
        let mut perhaps: BTreeSet<Span> = BTreeSet::new();
        for picked in all {
            applied.extend(picked.in_force().map(|(layer, _)| layer_span(layer)));
            perhaps.extend(picked.stack().unsure.iter().map(|(_, layer)| layer_span(layer)));
        }
        for layer in self.bases.iter().chain(&self.overlays).filter(|l| !applied.contains(&layer_span(l))) {
            let period = layer.period();
            let date = period.as_ref().and_then(|p| p.from.as_ref().or(p.to.as_ref()));
            let date = date.and_then(|day| day.value.ends().0.or(day.value.ends().1));
            if !lost.part("in_force")
                && wrong_period(period.as_ref()).is_none()
                && !perhaps.contains(&layer_span(layer))
                && !self.bases.iter().any(|base| overlap(base, layer, InForce::possible))
            {
                out.push(
                    Diagnostic::error(
                        Code::BadLayer,
                        layer_span(layer),
                        format!("this layer never applies: no version of `{}` covers its period", self.id),
                    )
                    .help("correct its `in_force`, or that of the shared layer"),
                );
            }
            let base = if layer.overlay.is_some() { self.bases.last() } else { Some(layer) };
            if let Some(base) = base {
                let mut findings = Vec::new();
                let mut stack = Stack { layers: vec![(base, date)], ..Stack::default() };
                stack.layers.extend(layer.overlay.as_ref().map(|_| (layer, date)));
                resolve(&stack, lost, &mut findings);
                let known: Vec<(Code, Option<Span>)> = out.iter().map(|f| (f.code, f.span)).collect();
                out.extend(findings.into_iter().filter(|f| !known.contains(&(f.code, f.span))));
            }
        }
    }
}

/// A date in every period in which the same versions and values of some layers apply.
pub(crate) fn dates<'d>(documents: impl Iterator<Item = &'d Document>) -> Vec<Date> {
    let around = |first: i64| [first - 1, first].into_iter().filter_map(Date::from_ticks);
    let dates = each_once(firsts(documents).into_iter().flat_map(around));
    match dates.is_empty() {
        true => Date::new(2000, 1, 1).into_iter().collect(),
        false => dates,
    }
}

/// The days, in ticks, on which the rules of some layers change.
pub(super) fn firsts<'d>(documents: impl Iterator<Item = &'d Document>) -> Vec<i64> {
    let mut firsts = Vec::new();
    for document in documents {
        let sources = document.sources.0.iter().filter_map(|(_, source)| source.period());
        let layers = document.period().into_iter().chain(sources);
        firsts.extend(layers.flat_map(|period| period.edges()));
        for (_, period) in periods(document) {
            let from = period.from.map(|day| day.value.ticks());
            firsts.extend(from.into_iter().chain(period.to.map(|day| day.value.ticks() + 1)));
        }
    }
    firsts.sort_unstable();
    firsts.dedup();
    firsts
}

/// Findings of several combinations of layers and dates. An error in one of them counts; a warning only when it holds in
/// every combination in which its subject occurs: a row that one municipality cannot reach another may need.
#[derive(Default)]
struct Gathered {
    findings: Vec<Diagnostic>,
    warned: BTreeMap<(Code, Option<Span>, String), usize>,
    occurs: BTreeMap<Span, usize>,
    /// The conditions of findings and steps.
    after: BTreeSet<Span>,
}

impl Gathered {
    fn add(&mut self, model: &Model, findings: Vec<Diagnostic>) {
        for span in model.spans() {
            *self.occurs.entry(span).or_default() += 1;
        }
        self.after.extend(model.remarks.iter().filter_map(|r| r.when_span));
        self.after.extend(model.steps.iter().filter_map(|s| s.when_span));
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
            // a finding or step that one layer never needs another may need
            let lenient = finding.span.is_some_and(|span| self.after.contains(&span));
            let everywhere =
                finding.severity == Severity::Warning || (finding.code == Code::ImpossibleWhen && lenient);
            if !everywhere || warned >= Some(occurs) {
                out.push(finding);
            }
        }
    }
}
