//! The check of a rule set: every combination of its layers and periods.

use std::collections::{BTreeMap, BTreeSet};

use super::{RuleSet, layer_span, overlap};
use crate::check::{Dates, backwards, empty, resolve, row_periods};
use crate::compile::compile;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Document, Period};
use crate::evaluate::prove_derived;
use crate::limits::MAX_COMBINATIONS;
use crate::model::{Model, Rule};
use crate::parse::Lost;
use crate::prove::prove;
use crate::source::{SourceMap, Span};
use crate::value::Date;

impl RuleSet {
    /// Checks every combination of layers and periods, and proves their tables.
    pub(crate) fn check(&mut self, lost: &Lost, out: &mut Vec<Diagnostic>) {
        let before = out.len();
        let layers: Vec<&Document> = self.bases.iter().chain(&self.overlays).collect();
        out.extend(empty(&layers).filter(|_| lost.is_empty()));
        self.overlapping_periods(lost, out);
        let authorities: Vec<Option<String>> =
            std::iter::once(None).chain(self.authorities().map(|a| Some(a.to_owned()))).collect();
        let pairs = self.pairs(&authorities);
        if pairs.len() > MAX_COMBINATIONS {
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
        for (authority, dates) in pairs {
            let layers = [(None, dates.facts), (authority, dates.policy)];
            let wanted = if authority.is_some() { &layers[..] } else { &layers[..1] };
            let picked: Option<Vec<&Document>> =
                wanted.iter().map(|(layer, date)| self.pick(*layer, *date)).collect();
            let Some(picked) = picked else { continue };
            let Some(base) = picked.first() else { continue };
            applied.extend(picked.iter().map(|layer| layer_span(layer)));
            let mut findings = Vec::new();
            let (model, whole) = resolve(base, picked.get(1).copied(), Some(dates), lost, &mut findings);
            let engine = compile(model);
            prove(&engine, whole, &mut findings);
            prove_derived(&engine, &mut findings);
            gathered.add(&engine.model, findings);
        }
        gathered.into_findings(out);
        self.never_applied(&applied, lost, out);
        self.warnings =
            out.iter().skip(before).filter(|d| d.severity == Severity::Warning).cloned().collect();
    }

    /// The decision and place of every row, of all layers and periods.
    pub fn rows(&self) -> BTreeMap<Span, String> {
        let authorities: Vec<Option<String>> =
            std::iter::once(None).chain(self.authorities().map(|a| Some(a.to_owned()))).collect();
        let mut rows = BTreeMap::new();
        for (authority, dates) in self.pairs(&authorities) {
            let base = self.pick(None, dates.facts);
            let overlay = authority.map(|a| self.pick(Some(a), dates.policy));
            let (Some(base), None | Some(Some(_))) = (base, overlay) else { continue };
            let (model, _) = resolve(base, overlay.flatten(), Some(dates), &Lost::default(), &mut Vec::new());
            for decision in &model.decisions {
                if let Rule::Table(table) = &decision.rule {
                    rows.extend(table.rows.iter().map(|row| (row.span, decision.id.clone())));
                }
            }
        }
        rows
    }

    /// The files of its layers.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Every authority on every date of its layers; where its layer has a reference date of its own, on every pair of a
    /// date of the shared layer and one of its own.
    fn pairs<'a>(&self, authorities: &'a [Option<String>]) -> Vec<(Option<&'a str>, Dates)> {
        let shared = dates(self.bases.iter());
        let mut pairs = Vec::new();
        for authority in authorities.iter().map(Option::as_deref) {
            let layers = || self.versions(authority).into_iter();
            let own = authority.is_some_and(|authority| self.policy_date(authority).is_some());
            if own {
                let policy = dates(layers());
                let pair = |facts: &Date| {
                    policy.iter().map(|policy| Dates { facts: *facts, policy: *policy }).collect::<Vec<_>>()
                };
                pairs.extend(shared.iter().flat_map(pair).map(|dates| (authority, dates)));
            } else {
                let days = dates(self.bases.iter().chain(layers()));
                pairs.extend(days.into_iter().map(|day| (authority, Dates { facts: day, policy: day })));
            }
            if pairs.len() > MAX_COMBINATIONS {
                return pairs;
            }
        }
        pairs
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
                let dates = date.map(|date| Dates { facts: date, policy: date });
                resolve(base, overlay, dates, lost, &mut findings);
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
}

/// A date in every period in which the same versions and values of some layers apply.
pub(crate) fn dates<'d>(documents: impl Iterator<Item = &'d Document>) -> Vec<Date> {
    let mut dates = BTreeSet::new();
    for document in documents {
        let values =
            document.parameters.0.iter().flat_map(|(_, p)| {
                p.in_force.iter().chain(p.values.iter().filter_map(|v| v.in_force.as_ref()))
            });
        let rows = document.decisions.0.iter().filter_map(|(_, d)| d.table.as_ref()).flat_map(row_periods);
        let rows: Vec<Period> = rows.collect();
        let remarks = document.findings.0.iter().filter_map(|(_, f)| f.in_force.as_ref());
        let steps = document.steps.0.iter().filter_map(|(_, s)| s.in_force.as_ref());
        let all = document.in_force.iter().chain(values).chain(remarks).chain(steps).chain(&rows);
        for period in all {
            let before = period.from.as_ref().and_then(|d| Date::from_ticks(d.value.ticks() - 1));
            dates.extend(before);
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
