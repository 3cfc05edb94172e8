//! What a reader may see who may not see every class of confidentiality.
//!
//! Confidential answers are taken out before anything is computed, so that the view is a function of the other answers
//! alone: nothing in it can give a confidential value away. What then hangs on them is withheld, and says so.

mod overruled;

use std::collections::BTreeSet;

use crate::answers::{Answers, Deviation};
use crate::assessment::{Assessment, Outcome, QuestionState, QuestionStatus};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::explanation::Explanation;
use crate::procedure::Hidden;
use crate::program::Set;
use crate::rule_set::Program;
use crate::source::{SourceMap, Spanned};
use crate::suggest::with_suggestion;
use crate::text::Text;

/// The name for readers who may see nothing confidential.
pub(crate) const PUBLIC: &str = "public";
/// In place of a motivation that may rest on what is withheld.
pub(crate) const WITHHELD: &str = "(vertrouwelijk)";

impl Program {
    /// What follows from these answers, for a reader who may see these classes of confidentiality and no others;
    /// `public` stands for none.
    ///
    /// # Errors
    /// As [`Program::evaluate`], and a class that the rule set does not have.
    ///
    /// ```
    /// # use leidraad::{Answers, Date, Outcome, RuleSet};
    /// let rules = RuleSet::from_text("x.json", r#"{
    ///   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    ///   "classes": { "dossier": { "title": "Alleen voor de behandelaar", "sources": ["s"] } },
    ///   "questions": [{ "section": "Feiten", "items": [
    ///     { "id": "signaal", "ask": "Is er een signaal?", "type": "boolean", "confidentiality": "dossier", "sources": ["s"] } ] }],
    ///   "decisions": { "soort": { "sources": ["s"], "table": ["signaal || soort", "ja || nader", "nee || gewoon"] } }
    /// }"#).unwrap();
    /// let program = rules.on(Date::new(2026, 7, 4).unwrap()).unwrap();
    /// let answers = Answers::new().with("signaal", true);
    /// assert_eq!(program.evaluate_for(&answers, &["public"]).unwrap().decision("soort"), Some(&Outcome::Withheld));
    /// assert_eq!(program.evaluate_for(&answers, &["dossier"]).unwrap(), program.evaluate(&answers).unwrap());
    /// ```
    pub fn evaluate_for(&self, answers: &Answers, classes: &[&str]) -> Result<Assessment, Diagnostics> {
        let hidden = self.hidden(classes)?;
        let seen = self.without(answers, &hidden);
        let mut assessment = self.view(&seen, &hidden)?;
        self.withhold(&self.overruled(answers, &seen), &seen, &mut assessment);
        Ok(assessment)
    }

    /// What follows from the answers that a reader sees.
    fn view(&self, seen: &Answers, hidden: &Hidden) -> Result<Assessment, Diagnostics> {
        let mut assessment = self.evaluate_as(seen, None, hidden)?;
        let model = &self.engine.model;
        let is_hidden = |id: &str| model.question(id).is_some_and(|q| hidden.questions.contains(q));
        let parts = assessment.parts.iter_mut().flat_map(|(_, parts)| parts);
        let of_parts = parts.flat_map(|part| &mut part.decisions).map(|(_, outcome)| outcome);
        for outcome in assessment.decisions.iter_mut().map(|(_, outcome)| outcome).chain(of_parts) {
            if matches!(outcome, Outcome::Open { needs, .. } if needs.iter().any(|id| is_hidden(id))) {
                *outcome = Outcome::Withheld;
            }
        }
        for (id, state) in assessment.questions.iter_mut() {
            if !is_hidden(id) {
                continue;
            }
            let required =
                model.question(id).and_then(|q| model.questions.get(q)).is_some_and(|q| q.required);
            match (state.status, state.undecided) {
                _ if !required => {}
                (QuestionStatus::Open, true) => assessment.progress.may_become_relevant -= 1,
                (QuestionStatus::Open, false) => assessment.progress.open -= 1,
                _ => {}
            }
            *state = QuestionState { status: QuestionStatus::Withheld, ..QuestionState::default() };
        }
        assessment.next = assessment.next.filter(|id| !is_hidden(id));
        Ok(assessment)
    }

    /// Why, for a reader who may see these classes of confidentiality and no others.
    ///
    /// # Errors
    /// As [`Program::explain`], and a class that the rule set does not have.
    pub fn explain_for(
        &self,
        answers: &Answers,
        decision: Option<&str>,
        classes: &[&str],
    ) -> Result<Explanation, Diagnostics> {
        let hidden = self.hidden(classes)?;
        let seen = self.without(answers, &hidden);
        let mut explanation = self.explain(&seen, decision)?;
        self.withhold_reasons(&self.overruled(answers, &seen), &mut explanation);
        Ok(explanation)
    }

    /// The decisions of which a reader may not know what they come to.
    pub(crate) fn overruled_for(
        &self,
        answers: &Answers,
        classes: &[&str],
    ) -> Result<Vec<Text>, Diagnostics> {
        Ok(self.overruled(answers, &self.without(answers, &self.hidden(classes)?)))
    }

    /// The answers and records that a reader may see who may see these classes and no others.
    ///
    /// # Errors
    /// A class that the rule set does not have.
    pub fn redact(&self, answers: &Answers, classes: &[&str]) -> Result<Answers, Diagnostics> {
        Ok(self.without(answers, &self.hidden(classes)?))
    }

    /// The classes that a reader must have to see the outcome of a decision whatever the answers are: those of all
    /// questions on which it depends. The decision may be one that is made for a record, as in `onderdelen.2.maatregel`.
    pub(crate) fn classes_of(&self, decision: &str) -> Vec<&str> {
        let model = &self.engine.model;
        let Some((d, of)) = model.decided(decision) else { return Vec::new() };
        let Some(node) = self.engine.decision(d) else { return Vec::new() };
        let behind = self.engine.asked_behind(&node.questions);
        // a field is as confidential as its list
        let lists = model.lists.iter().enumerate().filter(|(l, list)| {
            of.is_some_and(|(of, _)| of == *l) || list.fields.iter().any(|field| behind.contains(*field))
        });
        let lists = lists.map(|(_, list)| list.question);
        let asked = (0..model.questions.len()).filter(|q| behind.contains(*q)).chain(lists);
        let needed: Vec<&String> = asked.filter_map(|q| model.questions.get(q)?.class.as_ref()).collect();
        self.classes().filter(|class| needed.iter().any(|needed| needed == class)).collect()
    }

    /// The classes that a reader must have to see what was decided otherwise. What is decided for a record of a list tells of the
    /// record. What is decided on the way to an outcome is not made known, and tells of the answers that it replaces.
    pub(crate) fn decided_classes(&self, decision: &str) -> Vec<&str> {
        let model = &self.engine.model;
        match model.decided(decision) {
            Some((_, Some((list, _)))) => {
                let question = model.lists.get(list).and_then(|list| model.questions.get(list.question));
                question.and_then(|question| question.class.as_deref()).into_iter().collect()
            }
            Some((d, None)) if self.is_internal(d) => self.used_classes(),
            _ => Vec::new(),
        }
    }

    /// The classes that a reader must have to see why something was decided otherwise.
    pub(crate) fn motivated_classes(&self, decision: &str) -> Vec<&str> {
        match self.engine.model.decided(decision) {
            Some((d, None)) if self.is_internal(d) => self.used_classes(),
            _ => self.classes_of(decision),
        }
    }

    /// Whether what is decided by this name is on the way to an outcome, and confidential.
    fn is_on_the_way(&self, decision: &str) -> bool {
        self.engine.model.decided(decision).is_some_and(|(d, of)| of.is_none() && self.is_internal(d))
    }

    /// Whether a decision hangs on something confidential and is none for which the rule set is there.
    fn is_internal(&self, d: usize) -> bool {
        let model = &self.engine.model;
        let any = model.decisions.iter().any(|decision| decision.outcome);
        let own =
            model.decisions.get(d).filter(|decision| any && !decision.outcome && decision.part_of.is_none());
        own.is_some_and(|decision| !self.classes_of(&decision.id).is_empty())
    }

    /// Whether there are decisions of which what was decided otherwise is only for readers of all classes.
    pub(crate) fn has_internal(&self) -> bool {
        (0..self.engine.model.decisions.len()).any(|d| self.is_internal(d))
    }

    /// The classes, as in [`Program::classes_of`], of all that can be decided for records of confidential lists.
    pub(crate) fn classes_of_records(&self) -> BTreeSet<Vec<&str>> {
        let model = &self.engine.model;
        let of_record = |info: &crate::model::DecisionInfo| {
            let list = model.questions.get(model.lists.get(info.part_of?)?.question)?;
            list.class.as_ref().map(|_| self.classes_of(&format!("{}.1.{}", list.id, info.id)))
        };
        model.decisions.iter().filter_map(of_record).collect()
    }

    /// The classes of confidentiality of the rule set.
    pub(crate) fn classes(&self) -> impl Iterator<Item = &str> {
        self.engine.model.classes.iter().map(String::as_str)
    }

    /// Those that some question or step has.
    pub(crate) fn used_classes(&self) -> Vec<&str> {
        let model = &self.engine.model;
        let of_steps = || model.steps.iter().filter_map(|step| step.class.as_deref());
        let mut used: Vec<&str> = model.questions.iter().filter_map(|q| q.class.as_deref()).collect();
        used.extend(of_steps());
        self.classes().filter(|class| used.contains(class)).collect()
    }

    /// The class of a question.
    pub(crate) fn question_class(&self, id: &str) -> Option<&str> {
        let model = &self.engine.model;
        model.question(id).and_then(|q| model.questions.get(q))?.class.as_deref()
    }

    /// The class of a step.
    pub(crate) fn step_class(&self, id: &str) -> Option<&str> {
        self.engine.model.steps.iter().find(|step| step.id == id)?.class.as_deref()
    }

    /// The questions and steps of other classes than these.
    fn hidden(&self, classes: &[&str]) -> Result<Hidden, Diagnostics> {
        let model = &self.engine.model;
        let mut out = Vec::new();
        for class in classes.iter().filter(|class| **class != PUBLIC) {
            if !model.classes.iter().any(|known| known == class) {
                let message = format!("`{class}` is not a class of `{}`", model.id);
                let finding = Diagnostic::error(Code::UnknownName, None, message);
                let known = model.classes.iter().map(String::as_str).chain([PUBLIC]);
                out.push(with_suggestion(finding, class, known));
            }
        }
        if !out.is_empty() {
            return Err(Diagnostics::new(out, SourceMap::default()));
        }
        let closed = |class: &Option<String>| class.as_ref().is_some_and(|c| !classes.contains(&c.as_str()));
        let questions = model.questions.iter().enumerate().filter(|(_, q)| closed(&q.class));
        let steps = model.steps.iter().filter(|s| closed(&s.class));
        Ok(Hidden {
            questions: Set::of(questions.map(|(q, _)| q)),
            steps: steps.map(|s| s.id.clone()).collect(),
            any: self.used_classes().iter().any(|class| !classes.contains(class)),
        })
    }

    /// The answers without those to hidden questions and the records of hidden steps. What was decided as an outcome stays, as
    /// that is made known; why may rest on what is hidden.
    fn without(&self, answers: &Answers, hidden: &Hidden) -> Answers {
        let model = &self.engine.model;
        let mut seen = answers.clone();
        for question in hidden.questions.iter().filter_map(|q| model.questions.get(q)) {
            seen.remove(&question.id);
        }
        seen.steps.0.retain(|(id, _)| !hidden.steps.iter().any(|step| *step == id.value));
        let list_hidden =
            |list: usize| model.lists.get(list).is_some_and(|list| hidden.questions.contains(list.question));
        seen.deviations.0.retain(|(id, _)| match model.decided(&id.value) {
            Some((_, Some((list, _)))) => !list_hidden(list), // it would tell of a record
            Some((d, None)) => !hidden.any || !self.is_internal(d),
            None => true,
        });
        for (id, deviation) in &mut seen.deviations.0 {
            let d = model.decided(&id.value).map(|(d, _)| d);
            let node = d.and_then(|d| self.engine.decision(d));
            let behind = node.map(|node| self.engine.asked_behind(&node.questions)).unwrap_or_default();
            if hidden.questions.meets(&behind) {
                let withheld = Spanned { value: WITHHELD.to_owned(), span: id.span };
                let motivation = deviation.motivation.as_ref().map(|_| withheld);
                *deviation = Deviation { motivation, by: None, ..deviation.clone() };
            }
        }
        seen
    }
}
