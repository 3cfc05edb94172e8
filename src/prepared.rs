//! Answers prepared for one program: looked up once, decided many times.

use crate::answers::Answers;
use crate::diagnostic::Diagnostics;
use crate::model::QuestionInfo;
use crate::program::{Code, GAP, NOT_APPLICABLE};
use crate::rule_set::Program;
use crate::value::Value;

/// Answers with each value in its cell. Changing one answer costs one lookup; deciding costs one `and` per column.
///
/// ```
/// # use leidraad::{Answers, Date, RuleSet, Value};
/// # let rules = RuleSet::from_text("x.json", r#"{
/// #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
/// #   "questions": [{ "section": "Feiten", "items": [
/// #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
/// #   "decisions": { "soort": { "sources": ["s"], "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } }
/// # }"#).unwrap();
/// let program = rules.on(Date::parse("2026-07-04").unwrap()).unwrap();
/// let soort = program.decision_index("soort").unwrap();
/// let mut prepared = program.prepare(&Answers::new().with("aantal", 200)).unwrap();
/// assert_eq!(prepared.decide(soort), Some(&Value::from("klein")));
/// prepared.answer(&Answers::new().with("aantal", 201)).unwrap();
/// assert_eq!(prepared.decide(soort), Some(&Value::from("groot")));
/// ```
#[derive(Debug, Clone)]
pub struct Prepared<'p> {
    program: &'p Program,
    /// All answers so far, where something is derived from them.
    given: Answers,
    answers: Vec<Option<Code>>,
    codes: Vec<Option<Code>>,
}

impl Program {
    /// Looks up the cells of answers, to decide on them many times.
    ///
    /// # Errors
    /// As [`Program::evaluate`].
    pub fn prepare(&self, answers: &Answers) -> Result<Prepared<'_>, Diagnostics> {
        let not_asked = |q: &QuestionInfo| q.not_asked.as_ref().map(|_| NOT_APPLICABLE);
        let mut prepared = Prepared {
            program: self,
            given: Answers::new(),
            answers: self.engine.model.questions.iter().map(not_asked).collect(),
            codes: Vec::with_capacity(self.engine.nodes.len()),
        };
        prepared.answer(answers)?;
        Ok(prepared)
    }

    /// The index of a decision, for [`Prepared::decide`].
    pub fn decision_index(&self, id: &str) -> Option<usize> {
        self.engine.model.decisions.iter().position(|d| d.id == id)
    }
}

impl Prepared<'_> {
    /// Takes over these answers; questions that are not among them stay as they are.
    ///
    /// # Errors
    /// As [`Program::evaluate`].
    pub fn answer(&mut self, answers: &Answers) -> Result<(), Diagnostics> {
        let case = self.program.case(answers)?;
        self.derive(answers)?;
        for (id, _) in answers.iter() {
            let q = self.program.engine.model.question(id);
            let code = q.and_then(|q| case.codes.get(q)).and_then(|codes| match &**codes {
                [code] => Some(*code),
                _ => None,
            });
            if let Some(slot) = q.and_then(|q| self.answers.get_mut(q)) {
                *slot = code;
            }
        }
        Ok(())
    }

    /// Works out what is derived from these answers and those before them.
    fn derive(&mut self, answers: &Answers) -> Result<(), Diagnostics> {
        let asked = self.program.engine.model.asked();
        if asked == self.answers.len() {
            return Ok(());
        }
        answers.iter().for_each(|(id, answer)| self.given.set(id, answer.clone()));
        let case = self.program.case(&self.given)?;
        for (slot, codes) in self.answers.iter_mut().zip(&case.codes).skip(asked) {
            *slot = match &**codes {
                [code] => Some(*code),
                _ => None,
            };
        }
        Ok(())
    }

    /// The value of a decision when these answers settle it directly; none when it is open, not applicable, silent,
    /// a score, a formula or a list: [`Program::evaluate`] tells those apart. Deviations are not taken into account.
    pub fn decide(&mut self, decision: usize) -> Option<&Value> {
        let engine = &self.program.engine;
        let answers = &self.answers;
        engine.settle(|q| answers.get(q).copied().flatten(), &[], &mut self.codes);
        let code = self.codes.get(*engine.decisions.get(decision)?).copied().flatten()?;
        if code == GAP || code == NOT_APPLICABLE {
            return None;
        }
        engine.outcomes.get(decision)?.get(usize::try_from(code).ok()?)
    }
}
