//! Answers with a remark or evidence about all of them: for nobody who may not see them all.

use super::Dossier;
use super::append::refused;
use super::entry::Entry;
use super::fields::Text;
use super::record::{PartOf, Revision};
use super::stamp::Stamp;
use crate::answers::Answers;
use crate::diagnostic::{Code, Diagnostics};
use crate::rule_set::RuleSet;

impl Dossier {
    /// Records answers of which the remark and the evidence are about all of them together, in one revision.
    ///
    /// A remark stands beside an answer, and is as confidential as that one. So one remark beside answers that not the same readers may
    /// see would tell the one reader about the answers of the other: that is refused, and each remark is for
    /// [`Dossier::record`] of its own.
    ///
    /// # Errors
    /// As [`Dossier::record`], and a remark or evidence beside answers of several classes of confidentiality.
    pub fn record_together(
        &mut self,
        rules: &RuleSet,
        answers: &Answers,
        stamp: &Stamp,
    ) -> Result<(), Diagnostics> {
        let mut then = self.clone();
        then.record(rules, answers, stamp)?;
        if let Some((open, shut)) = then.revisions().last().and_then(mixed) {
            let message = format!(
                "the remark or evidence would stand with `{open}` and with `{shut}`, which not the same readers may see"
            );
            let help = "a remark is as confidential as its answer: record the answers of each class of confidentiality apart, \
                        each with a remark of its own";
            return refused(Code::WrongAnswer, message, help);
        }
        *self = then;
        Ok(())
    }
}

/// Two questions of a revision that not the same readers may see, where something is noted beside its answers.
fn mixed(revision: &Revision) -> Option<(String, String)> {
    let parts = revision.parts.iter().filter(|part| part.of == PartOf::Acts);
    let answers: Vec<(&[Text], &super::Answered)> = parts
        .flat_map(|part| {
            part.entries().filter_map(|entry| match entry {
                Entry::Answer(answered) => Some((part.classes.as_slice(), answered)),
                _ => None,
            })
        })
        .collect();
    let noted = |answered: &super::Answered| {
        let answer = answered.answer.answer();
        answer.remark.is_some() || !answer.evidence.is_empty()
    };
    let (classes, first) = answers.first()?;
    let (_, other) = answers.iter().find(|(others, _)| others != classes)?;
    let any = answers.iter().any(|(_, answered)| noted(answered));
    any.then(|| (first.question.as_str().to_owned(), other.question.as_str().to_owned()))
}
