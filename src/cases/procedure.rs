//! What a case expects of steps and findings.

use super::expect::{same, texts};
use crate::assessment::{Assessment, StepState};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::suggest::with_suggestion;
use crate::tree::{Kind, Node};

/// The keys of an expectation that is not about a decision.
const KEYS: [&str; 2] = ["$steps", "$findings"];

/// What differs: `$steps` is a map from step to status, or to the day of its term; `$findings` lists the ids of all
/// findings that do not hang on open answers.
pub(super) fn compare(
    case: &str,
    because: &str,
    key: &Spanned<String>,
    expected: &Node,
    assessment: &Assessment,
) -> Vec<Diagnostic> {
    let differs = |node: &Node, message: String| {
        Diagnostic::error(Code::FailedCase, node.span, format!("{case}: {message}"))
            .help(format!("the expectation rests on: {because}"))
    };
    match (key.value.as_str(), &expected.kind) {
        ("$findings", _) => {
            let mut found: Vec<String> =
                assessment.findings.iter().filter(|f| !f.possible).map(|f| f.id.to_string()).collect();
            found.dedup();
            if same(&texts(expected), &found) {
                return Vec::new();
            }
            vec![differs(expected, format!("expected other findings, found [{}]", found.join(", ")))]
        }
        ("$steps", Kind::Map(entries)) => {
            let one = |(id, node): &(Spanned<String>, Node)| {
                let Some(step) = assessment.steps.iter().find(|step| step.id == id.value) else {
                    let message = format!("{case}: `{}` is not a step of this rule set", id.value);
                    let finding = Diagnostic::error(Code::UnknownName, id.span, message);
                    let known = assessment.steps.iter().map(|step| step.id.as_str());
                    return Some(with_suggestion(finding, &id.value, known));
                };
                let expected = texts(node);
                let found = facts(step);
                let all = !expected.is_empty() && expected.iter().all(|word| found.contains(word));
                (!all).then(|| {
                    differs(node, format!("expected `{}` otherwise, found {}", id.value, found.join(", ")))
                })
            };
            entries.iter().filter_map(one).collect()
        }
        ("$steps", _) => {
            vec![differs(expected, "`$steps` takes a map from step to status or day".to_owned())]
        }
        (other, _) => {
            let message = format!("{case}: `{other}` is nothing to expect");
            let finding = Diagnostic::error(Code::UnknownName, key.span, message);
            vec![with_suggestion(finding, other, KEYS.into_iter())]
        }
    }
}

/// What can be said of a step in one word each: its status, that of its term, the day of its term.
fn facts(step: &StepState) -> Vec<String> {
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let mut list = vec![word(serde_json::to_value(step.status))];
    if let Some(term) = &step.term {
        list.push(word(serde_json::to_value(term.status)));
        list.extend(term.day.map(|day| day.to_string()));
    }
    list
}
