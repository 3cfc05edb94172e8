//! All answers, in the order of the questions.

use super::build::View;
use super::content::{AnswerGroup, Answered};
use crate::answers::Answer;
use crate::assessment::QuestionStatus;
use crate::dossier::words::bare_answer;

/// The title of the answers to questions that these rules do not ask on this date.
const ASIDE: &str = "Vragen die op deze peildatum niet worden gesteld";

/// The answer to a question in words, without what was noted beside it.
pub(super) fn text(view: &View<'_>, id: &str) -> String {
    view.answers.get(id).map_or_else(String::new, |answer| bare_answer(Some(view.program), id, answer))
}

/// The answers that this reader may see, by section.
pub(super) fn groups(view: &View<'_>) -> Vec<AnswerGroup> {
    let mut told: Vec<&str> = Vec::new();
    let mut groups = Vec::new();
    for section in &view.questions.sections {
        let mut answers = Vec::new();
        for item in &section.items {
            told.push(&item.id);
            if let Some(answer) = view.answers.get(&item.id).filter(|_| may_see(view, &item.id)) {
                answers.push(answered(view, &item.id, &item.ask, answer));
            }
        }
        groups.push(AnswerGroup { section: section.section.clone(), answers });
    }
    let rest = view.answers.iter().filter(|(id, _)| !told.contains(id) && may_see(view, id));
    let answers =
        rest.map(|(id, answer)| Answered { left_out: true, ..answered(view, id, &view.name(id), answer) });
    groups.push(AnswerGroup { section: ASIDE.to_owned(), answers: answers.collect() });
    groups.retain(|group| !group.answers.is_empty());
    groups
}

fn may_see(view: &View<'_>, id: &str) -> bool {
    let class = view.program.question_class(id);
    view.classes.as_ref().is_none_or(|classes| class.is_none_or(|class| classes.contains(&class)))
}

fn answered(view: &View<'_>, id: &str, ask: &str, answer: &Answer) -> Answered {
    let status = view.assessment.question(id).map(|state| state.status);
    Answered {
        question: id.to_owned(),
        ask: ask.to_owned(),
        answer: text(view, id),
        left_out: status == Some(QuestionStatus::NotRelevant),
        by: answer.by.clone(),
        at: answer.at.clone(),
        remark: answer.remark.clone(),
        evidence: answer.evidence.clone(),
    }
}
