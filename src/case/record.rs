//! Steps and deviations in the light of a rule set.

use super::Case;
use crate::answers::{Answers, Decided, Deviation, Scalar, StepRecord};
use crate::diagnostic::{Code as Finding, Diagnostic};
use crate::model::Rule;
use crate::program::{Code, Engine};
use crate::source::Spanned;
use crate::suggest::with_suggestion;
use crate::ticks::number_ticks;
use crate::value::{Value, Written};

impl Engine {
    /// Reads what was done and decided beside the answers; every problem is a finding.
    pub(super) fn records(&self, answers: &Answers, case: &mut Case, out: &mut Vec<Diagnostic>) {
        for (id, record) in &answers.steps.0 {
            if !self.model.steps.iter().any(|step| step.id == id.value) {
                let message = format!("`{}` is not a step of this rule set", crate::tree::excerpt(&id.value));
                let known = self.model.steps.iter().map(|s| s.id.as_str());
                let finding = Diagnostic::error(Finding::UnknownName, id.span, message);
                let finding = finding.help(match known.clone().collect::<Vec<_>>().join(", ") {
                    none if none.is_empty() => "it has no steps: leave `$steps` out".to_owned(),
                    all => format!("its steps are: {all}"),
                });
                out.push(with_suggestion(finding, &id.value, known)); // the nearest, where one is near
            }
            step(id, record, out);
        }
        for (id, deviation) in &answers.deviations.0 {
            let Some((d, part)) = self.model.decided(&id.value) else {
                let message =
                    format!("`{}` is not a decision of this rule set", crate::tree::excerpt(&id.value));
                let finding = Diagnostic::error(Finding::UnknownName, id.span, message);
                let known = self.model.decisions.iter().map(|d| d.id.as_str());
                out.push(with_suggestion(finding, &id.value, known));
                continue;
            };
            if deviation.motivation.as_ref().is_none_or(|m| m.value.trim().is_empty()) {
                let message = format!("the deviation from `{}` has no motivation", id.value);
                out.push(
                    Diagnostic::error(Finding::WrongAnswer, id.span, message).help(
                        "add `\"motivation\": \"…\"`: why the outcome differs from what the rules give",
                    ),
                );
            }
            if let Some(finding) = self.no_such_part(d, part, id, case) {
                out.push(finding);
                continue;
            }
            let derived = self.decided_value(d, deviation);
            let code = derived.map(|(_, code)| code).or_else(|| self.decided(d, deviation));
            match (code, self.decisions.get(d), part) {
                (Some(code), Some(node), None) => {
                    case.decided.push((*node, code));
                    case.fixed.extend(derived.map(|(tick, _)| (*node, tick)));
                }
                (Some(code), Some(node), Some(part)) => case.parts_decided.push((part, *node, code)),
                _ => out.push(self.not_an_outcome(d, id, deviation)),
            }
        }
    }

    /// That a deviation does not say for which record of a list it is, or for one that is not there.
    fn no_such_part(
        &self,
        d: usize,
        part: Option<(usize, usize)>,
        id: &Spanned<String>,
        case: &Case,
    ) -> Option<Diagnostic> {
        let of = self.model.decisions.get(d)?.part_of;
        let name = |list: usize| {
            let question =
                self.model.lists.get(list).and_then(|list| self.model.questions.get(list.question));
            question.map_or("", |q| q.id.as_str())
        };
        let own = self.model.decision_id(d);
        let finding = |message: String| Diagnostic::error(Finding::UnknownName, id.span, message);
        match (of, part) {
            (None, None) => None,
            (Some(list), None) => Some(
                finding(format!("`{own}` is decided for each record of `{}`", name(list)))
                    .help(format!("name the record: `{}.1.{own}` for the first", name(list))),
            ),
            (of, Some((list, number))) => {
                let records = case.lists.get(list).map_or(0, |list| list.records.len());
                if of != Some(list) {
                    return Some(finding(format!(
                        "`{own}` is not decided for each record of `{}`",
                        name(list)
                    )));
                }
                let there = (1..=records).contains(&number);
                (!there).then(|| {
                    finding(format!("`{}` has {records} records, so no record {number}", name(list)))
                })
            }
        }
    }

    /// The tick and cell of a decided value of a derived question.
    fn decided_value(&self, d: usize, deviation: &Deviation) -> Option<(i64, Code)> {
        let (Rule::Derived(q), Decided::One(scalar)) = (&self.model.decisions.get(d)?.rule, &deviation.value)
        else {
            return None;
        };
        let tick = super::exact::tick(self.model.questions.get(*q)?, scalar).ok()?;
        let cell = self.cells.get(*q)?.find(tick)?;
        Some((tick, Code::try_from(cell).ok()?))
    }

    /// The code of a decided outcome, if the decision knows it.
    fn decided(&self, d: usize, deviation: &Deviation) -> Option<Code> {
        if let (Some(Rule::Points(points)), Decided::One(score)) =
            (self.model.decisions.get(d).map(|d| &d.rule), &deviation.value)
        {
            let (ceil, floor) = number_ticks(Written::parse(&score.text)?.decimal()?, points.scale, 1)?;
            return (ceil == floor && !score.quoted).then_some(floor);
        }
        let same = |value: &Value| is_decided(value, &deviation.value);
        let found = self.outcomes.get(d)?.iter().position(same)?;
        Code::try_from(found).ok()
    }

    fn not_an_outcome(&self, d: usize, id: &Spanned<String>, deviation: &Deviation) -> Diagnostic {
        const MOST: usize = 8;
        let written = serde_json::to_string(&deviation.value).unwrap_or_default();
        let message = format!("{} is not an outcome of `{}`", crate::tree::excerpt(&written), id.value);
        let outcomes = self.outcomes.get(d).map(Vec::as_slice).unwrap_or_default();
        let mut known: Vec<String> =
            outcomes.iter().take(MOST).map(|v| serde_json::to_string(v).unwrap_or_default()).collect();
        if outcomes.len() > MOST {
            known.push("…".to_owned());
        }
        if let Some(Rule::Derived(q)) = self.model.decisions.get(d).map(|d| &d.rule) {
            let ends = self.model.questions.get(*q).and_then(crate::derived::ends);
            let help =
                ends.map_or_else(String::new, |(low, high)| format!("it is a value from {low} to {high}"));
            return Diagnostic::error(Finding::WrongAnswer, id.span, message).help(help);
        }
        Diagnostic::error(Finding::WrongAnswer, id.span, message)
            .help(format!("its outcomes are {}", known.join(", ")))
    }
}

/// Whether an outcome is what was decided.
pub(crate) fn is_decided(value: &Value, decided: &Decided) -> bool {
    match (value, decided) {
        (Value::Object(fields), Decided::Several(given)) => {
            let none = |name: &str| given.iter().all(|(known, _)| known != name);
            // an output that is left out has no value
            fields.iter().all(|(name, value)| *value == Value::Null || !none(name))
                && given.iter().all(|(name, scalar)| value.get(name).is_some_and(|v| is(v, scalar)))
        }
        (value, Decided::One(scalar)) => is(value, scalar),
        _ => false,
    }
}

/// Whether a value is what was written.
fn is(value: &Value, scalar: &Scalar) -> bool {
    match value {
        Value::Bool(b) => {
            !scalar.quoted
                && matches!((b, scalar.text.as_str()), (true, "true" | "ja") | (false, "false" | "nee"))
        }
        Value::Number(n) => {
            !scalar.quoted && Written::parse(&scalar.text).and_then(|w| w.decimal()) == Some(*n)
        }
        Value::Text(text) => *text == scalar.text,
        Value::Null => !scalar.quoted && scalar.text == "null",
        Value::Date(date) => date.to_string() == scalar.text,
        _ => false,
    }
}

fn step(id: &Spanned<String>, record: &StepRecord, out: &mut Vec<Diagnostic>) {
    let problem = match (&record.done, &record.skipped) {
        (Some(_), Some(_)) => "is both done and skipped",
        (None, None) => "is neither done nor skipped",
        (None, Some(reason)) if reason.value.trim().is_empty() => "is skipped without a reason",
        _ => return,
    };
    out.push(
        Diagnostic::error(Finding::WrongAnswer, id.span, format!("the step `{}` {problem}", id.value))
            .help("write `{\"done\": \"2026-07-04\"}` or `{\"skipped\": \"reason\"}`"),
    );
}
