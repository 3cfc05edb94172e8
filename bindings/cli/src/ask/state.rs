//! What a dialogue knows: the program, the answers so far, and where they are saved.

use std::path::PathBuf;

use leidraad::questionnaire::QuestionItem;
use leidraad::{Answer, Answers, Assessment, Date, Known, Outcome, Program, QuestionStatus, Text};

use crate::choose::{Chosen, program};
use crate::output::Failure;
use crate::save::save;
use crate::summary::Words;

pub(super) struct State {
    chosen: Chosen,
    on: Option<Date>,
    save: Option<PathBuf>,
    program: Program,
    pub(super) words: Words,
    pub(super) answers: Answers,
}

impl State {
    pub(super) fn new(
        chosen: Chosen,
        on: Option<Date>,
        answers: Answers,
        save: Option<PathBuf>,
    ) -> Result<State, Failure> {
        let program = program(&chosen, on, &answers)?;
        program.evaluate(&answers)?;
        let words = Words::new(&program);
        let state = State { chosen, on, save, program, words, answers };
        state.keep()?; // whether the file can be written shows before the first question
        Ok(state)
    }

    pub(super) fn assessment(&self) -> Result<Assessment, Failure> {
        Ok(self.program.evaluate(&self.answers)?)
    }

    pub(super) fn explanation(&self) -> Result<String, Failure> {
        Ok(self.program.explain(&self.answers, None)?.to_string())
    }

    pub(super) fn saved_in(&self) -> Option<String> {
        self.save.as_ref().map(|path| path.display().to_string())
    }

    /// The authority as people call it.
    pub(super) fn authority(&self) -> Option<String> {
        let code = self.words.questions.authority.as_ref()?;
        let title =
            self.chosen.rules.layers().find(|layer| layer.authority == Some(code)).map(|layer| layer.title);
        Some(match title {
            Some(title) if !title.is_empty() => format!("{title} ({code})"),
            _ => code.clone(),
        })
    }

    /// A question with the title of its section.
    pub(super) fn question(&self, id: &str) -> Option<(QuestionItem, String)> {
        let in_section =
            |section: &&leidraad::questionnaire::QuestionSection| section.items.iter().any(|i| i.id == id);
        let section = self.words.questions.sections.iter().find(in_section)?;
        Some((self.words.item(id)?.clone(), section.section.clone()))
    }

    /// Whether an answer fits the question, and the rules cover what follows from it.
    pub(super) fn accepts(&self, id: &str, known: &Known) -> Result<(), Refusal> {
        let mut answers = self.answers.clone();
        answers.set(id, Answer::new(known.clone()));
        let program = program(&self.chosen, self.on, &answers).map_err(|_| Refusal::Date)?;
        program.evaluate(&answers).map(|_| ()).map_err(|_| Refusal::Value)
    }

    /// Gives an answer, and saves.
    pub(super) fn set(&mut self, id: &str, answer: Answer) -> Result<(), Failure> {
        self.answers.set(id, answer);
        // an answer that fixes a date can pick another version of a layer
        if self.chosen.rules.reference_dates(self.chosen.authority.as_deref()).contains(&id) {
            self.program = program(&self.chosen, self.on, &self.answers)?;
            self.words = Words::new(&self.program);
        }
        self.keep()
    }

    /// Saves the answers, where that was asked for.
    fn keep(&self) -> Result<(), Failure> {
        if let Some(path) = &self.save {
            let text = serde_json::to_string_pretty(&self.answers)
                .map_err(|error| Failure::new(format!("cannot save the answers: {error}")))?;
            save(path, &format!("{text}\n"))?;
        }
        Ok(())
    }

    /// Whether no outcome of the rule set is open any more.
    pub(super) fn decided(&self, assessment: &Assessment) -> bool {
        let open = |outcome: Option<&Outcome>| matches!(outcome, Some(Outcome::Open { .. }) | None);
        // of a decision that is made for each record of a list all records must be known
        let listed =
            |list: &str| assessment.question(list).is_none_or(|s| s.status == QuestionStatus::Answered);
        !self.words.outcomes().any(|decision| match &decision.part_of {
            None => open(assessment.decision(&decision.id)),
            Some(list) => {
                !listed(list) || assessment.parts(list).iter().any(|part| open(part.decision(&decision.id)))
            }
        })
    }

    /// Whether the rule set counts answers, of which some are still to be given.
    pub(super) fn counts(assessment: &Assessment) -> bool {
        let open = |id: &Text| assessment.question(id).is_some_and(|s| s.status == QuestionStatus::Open);
        assessment
            .rollups
            .iter()
            .flat_map(|rollup| &rollup.groups)
            .any(|group| group.not_assessed.iter().any(open))
    }

    /// What the facts suggest for a question that only people can judge, in words.
    pub(super) fn suggested(&self, item: &QuestionItem) -> Result<Option<String>, Failure> {
        let assessment = self.assessment()?;
        let suggested = assessment.question(&item.id).and_then(|state| state.suggested.as_ref());
        let label = |id: &Text| item.options.iter().find(|o| *id == o.id).map(|o| o.label.clone());
        Ok(suggested.map(|id| label(id).unwrap_or_else(|| id.to_string())))
    }

    /// The question that decides soonest, else the first that is open and relevant; without those that were skipped.
    pub(super) fn next(&self, assessment: &Assessment, skipped: &[String]) -> Option<String> {
        let left = |id: &&Text| !skipped.iter().any(|skipped| *id == skipped);
        let open = assessment.questions.iter().filter(|(_, state)| state.status == QuestionStatus::Open);
        let mut relevant = open.filter(|(_, state)| !state.undecided).map(|(id, _)| id);
        assessment.next.as_ref().filter(left).or_else(|| relevant.find(left)).map(ToString::to_string)
    }
}

/// Why an answer is not accepted.
pub(super) enum Refusal {
    /// It is outside what the question allows.
    Value,
    /// No rules are known for that day.
    Date,
}
