//! Deviations that are none: what was decided is what the rules give.

use super::Dossier;
use crate::answers::Answers;
use crate::assessment::{Assessment, Outcome};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::rule_set::RuleSet;
use crate::value::Date;

impl Dossier {
    /// Whether what was decided otherwise is what the rules give, looked at on a day. What is open or not regulated is not.
    ///
    /// # Errors
    /// Rules other than those by which the dossier was judged.
    pub fn agrees(&self, rules: &RuleSet, decision: &str, day: Date) -> Result<bool, Diagnostics> {
        let answers = self.looked_at(day);
        let assessment = self.program(rules)?.evaluate(&answers)?;
        Ok(follows(&assessment, &answers, decision))
    }

    /// Refuses deviations to what the rules give.
    ///
    /// Not of a decision that can hang on confidential answers: every reader sees what was decided, so a refusal would tell him that
    /// the rules give something else on answers that he may not see.
    pub(super) fn differs(&self, rules: &RuleSet, decided: &Answers, day: Date) -> Result<(), Diagnostics> {
        let (program, answers) = (self.program(rules)?, self.looked_at(day));
        let assessment = program.evaluate(&answers)?;
        let mut findings = Vec::new();
        for (id, _) in &decided.deviations.0 {
            if program.classes_of(&id.value).is_empty() && follows(&assessment, &answers, &id.value) {
                let name = crate::tree::excerpt(&id.value);
                let message = format!("this is what the rules give for `{name}`, so that it is no deviation");
                findings.push(Diagnostic::error(Code::WrongAnswer, id.span, message).help(
                    "record nothing to follow the rules; a deviation decides something else than they give",
                ));
            }
        }
        if findings.is_empty() { Ok(()) } else { Err(Diagnostics::new(findings, decided.sources.clone())) }
    }

    fn looked_at(&self, day: Date) -> Answers {
        let mut answers = self.answers();
        answers.set_today(Some(day));
        answers
    }
}

/// What the rules give for a decision, or for `list.number.decision` for one record of a list.
fn outcome<'a>(assessment: &'a Assessment, id: &str) -> Option<&'a Outcome> {
    match id.split('.').collect::<Vec<_>>().as_slice() {
        [list, number, decision] => {
            let at = number.parse::<usize>().ok()?.checked_sub(1)?;
            assessment.parts(list).get(at)?.decision(decision)
        }
        _ => assessment.decision(id),
    }
}

/// Whether what was decided otherwise is what the rules give.
fn follows(assessment: &Assessment, answers: &Answers, id: &str) -> bool {
    match (outcome(assessment, id), answers.deviation(id)) {
        (Some(Outcome::Determined(value)), Some(deviation)) => {
            crate::case::is_decided(value, &deviation.value)
        }
        _ => false,
    }
}
