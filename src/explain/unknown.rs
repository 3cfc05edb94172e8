//! Asking for a decision that is not there.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;
use crate::suggest::with_suggestion;

/// That a rule set does not have the decision that was asked for.
pub(crate) fn unknown_decision(model: &Model, id: &str) -> Diagnostic {
    let message = format!("`{id}` is not a decision of `{}`", model.id);
    let finding = Diagnostic::error(Code::UnknownName, None, message);
    let question = model.question(id).and_then(|q| model.questions.get(q));
    let suggests = question.and_then(|q| q.suggested_by).map(|d| model.decision_id(d));
    match (question, suggests) {
        (Some(_), Some(decision)) => {
            finding.help(format!("it is a question; what the facts suggest is `{decision}`"))
        }
        (Some(_), None) => finding.help("it is a question: people answer it"),
        (None, _) => with_suggestion(finding, id, model.decisions.iter().map(|d| d.id.as_str())),
    }
}
