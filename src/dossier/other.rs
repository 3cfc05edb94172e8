//! What other rules would say of the case: newer ones, or those of another day. The dossier itself is not changed by it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Dossier;
use super::entry::Entry;
use super::fields::{Json, Text};
use super::record::{PartOf, Revision};
use super::rules::{dates, program, recorded as dates_of};
use super::state::State;
use super::words;
use crate::answers::Answers;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::notation::wrapped;
use crate::rule_set::{Dates, Program, RuleSet};
use crate::source::SourceMap;
use crate::value::Date;

/// What would be different by other rules. `Display` gives Dutch text, one line for each decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherOutcome {
    /// The digest of the layers by which the dossier was judged last.
    pub then: String,
    /// The digest of the layers by which it was judged now.
    pub now: String,
    /// The reference date of the facts that was used now.
    pub on: Date,
    /// The decisions with another outcome, in the order of the rules.
    pub decisions: Vec<OtherDecision>,
    /// What was recorded that these rules do not know or do not accept; it was left out.
    pub refused: Vec<Refused>,
    /// Decisions that were left out of the comparison, as they hang on what was withheld from this copy.
    pub withheld: Vec<String>,
}

/// A decision with another outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherDecision {
    /// Its id.
    pub decision: String,
    /// Its title.
    pub title: String,
    /// What was recorded; none where the decision is new.
    pub then: Option<Told>,
    /// What would follow now; none where the decision is gone.
    pub now: Option<Told>,
}

/// An outcome as data and in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// As in an assessment.
    #[serde(serialize_with = "as_json")]
    pub outcome: Json,
    /// In words.
    pub text: String,
}

fn as_json<S: Serializer>(json: &Json, serializer: S) -> Result<S::Ok, S::Error> {
    json.serialize(serializer)
}

/// Something that was recorded and that other rules do not accept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// `answer`, `step` or `deviation`.
    pub kind: &'static str,
    /// The question, step or decision.
    pub id: String,
}

impl OtherOutcome {
    /// Whether the outcomes are the same, and everything recorded is accepted.
    pub fn is_same(&self) -> bool {
        self.decisions.is_empty() && self.refused.is_empty()
    }
}

impl fmt::Display for OtherOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for decision in &self.decisions {
            let text = |told: &Option<Told>, none: &str| {
                told.as_ref().map_or(none.to_owned(), |told| told.text.clone())
            };
            let (then, now) =
                (text(&decision.then, "bestond niet"), text(&decision.now, "bestaat niet meer"));
            wrapped(f, "  - ", 4, &format!("{}: {then} → {now}", decision.title))?;
        }
        for refused in &self.refused {
            let kind = match refused.kind {
                "answer" => "het antwoord op",
                "step" => "stap",
                _ => "de afwijking bij",
            };
            let text = format!(
                "{kind} «{}» past niet bij deze regels en telt niet mee",
                words::harmless(&refused.id)
            );
            wrapped(f, "  - ", 4, &text)?;
        }
        if !self.withheld.is_empty() {
            let text = "Wat rust op afgeschermde antwoorden, is niet vergeleken.";
            wrapped(f, "  - ", 4, text)?;
        }
        Ok(())
    }
}

impl Dossier {
    /// The program of its rules, on its reference dates.
    ///
    /// # Errors
    /// Rules other than those by which the dossier was judged last.
    pub fn program(&self, rules: &RuleSet) -> Result<Program, Diagnostics> {
        let other = || {
            let message = format!("this dossier was judged by other rules than these of `{}`", rules.id());
            let finding = Diagnostic::error(Code::OtherRules, None, message)
                .help("give the rules of that time; a dossier may keep its rules");
            Diagnostics::new(vec![finding], SourceMap::default())
        };
        let (Some(last), Some(opened)) = (self.revisions().last(), self.opened()) else {
            return Err(other());
        };
        if rules.id() != last.rules.id.as_str() {
            return Err(other());
        }
        let authority = opened.authority.as_ref().map(Text::as_str);
        let program = program(rules, authority, &dates_of(&last.rules))?;
        if program.digest() == last.rules.digest.as_str() { Ok(program) } else { Err(other()) }
    }

    /// What would be different by these rules: newer ones on the same reference dates, or on another day.
    ///
    /// # Errors
    /// Another rule set, an authority without a layer, or a dossier without outcomes.
    ///
    /// ```
    /// # use leidraad::dossier::{Opening, SignOff, Stamp};
    /// # use leidraad::{Answers, Dossier, RuleSet};
    /// # let text = r#"{
    /// #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "questions": [{ "section": "Feiten", "items": [
    /// #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
    /// #   "decisions": { "soort": { "outcome": true, "sources": ["s"],
    /// #     "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } }
    /// # }"#;
    /// # let rules = RuleSet::from_text("x.json", text)?;
    /// # let stamp = |salt| Stamp::new("2026-07-04T10:00:00+02:00", [salt; 32]).unwrap();
    /// let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(1))?;
    /// dossier.record(&rules, &Answers::new().with("aantal", 150), &stamp(2))?;
    /// let newer = RuleSet::from_text("x.json", &text.replace("200", "100"))?;
    /// let other = dossier.under(&newer, None)?;
    /// let soort = &other.decisions[0];
    /// let words = |told: &Option<leidraad::dossier::Told>| told.as_ref().map(|told| told.text.clone());
    /// assert_eq!((words(&soort.then).as_deref(), words(&soort.now).as_deref()), (Some("klein"), Some("groot")));
    /// assert!(dossier.under(&rules, None)?.is_same());
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn under(&self, rules: &RuleSet, on: Option<Date>) -> Result<OtherOutcome, Diagnostics> {
        let refuse = |code, message: String| {
            Err(Diagnostics::new(vec![Diagnostic::error(code, None, message)], SourceMap::default()))
        };
        let Some(last) = self.revisions().iter().rfind(|revision| super::signed::sign(revision).is_none())
        else {
            return refuse(Code::BrokenDossier, "this dossier has no outcomes".to_owned());
        };
        if rules.id() != last.rules.id.as_str() {
            let message = format!("this dossier is about `{}`, not `{}`", last.rules.id.as_str(), rules.id());
            return refuse(Code::OtherRules, message);
        }
        let state = State::after(self.revisions());
        let authority = state.authority();
        let dates = match on {
            Some(day) => Dates::all(day),
            None => dates(rules, &state, last.rules.facts)?,
        };
        let now = program(rules, authority, &dates)?;
        let mut refused = Vec::new();
        let answers = accepted(&now, &state.answers, &mut refused);
        let assessment = now.evaluate(&answers)?;
        let then = self.kept(&last.rules.layers, last.rules.id.as_str());
        let then = then.and_then(|rules| program(&rules, authority, &dates_of(&last.rules)).ok());
        let words = then.as_ref().or(Some(&now));
        let recorded = recorded(last);
        let whole = Json::of(&assessment)?.entries();
        let parts = whole.into_iter().find(|(key, _)| key == "parts").map(|(_, parts)| of_parts(&parts));
        let mut outcomes = Vec::new();
        for (id, outcome) in &assessment.decisions {
            outcomes.push((id.to_string(), Json::of(outcome)?));
        }
        outcomes.extend(parts.unwrap_or_default());
        let rest = last.entries(PartOf::Outcome).any(|entry| matches!(entry, Entry::Assessment(_)));
        let (mut decisions, mut withheld) = (Vec::new(), Vec::new());
        let visible = self.visible_classes();
        for (id, outcome) in &outcomes {
            let before = recorded.iter().find(|(known, _)| known == id).map(|(_, json)| json);
            let closed = !now.classes_of(id).iter().all(|class| visible.contains(class));
            // what followed for a record stands with the rest of the assessment
            if self.is_redacted() && (closed || (!rest && id.contains('.'))) {
                withheld.push(id.clone());
            } else if before != Some(outcome) {
                let text = words::outcome(Some(&now), id, outcome);
                decisions.push(OtherDecision {
                    decision: id.to_string(),
                    title: words::decision(Some(&now), id),
                    then: before
                        .map(|json| Told { outcome: json.clone(), text: words::outcome(words, id, json) }),
                    now: Some(Told { outcome: outcome.clone(), text }),
                });
            }
        }
        for (id, json) in &recorded {
            if outcomes.iter().all(|(known, _)| known != id) {
                let text = words::outcome(words, id, json);
                decisions.push(OtherDecision {
                    decision: id.clone(),
                    title: words::decision(words, id),
                    then: Some(Told { outcome: json.clone(), text }),
                    now: None,
                });
            }
        }
        Ok(OtherOutcome {
            then: last.rules.digest.as_str().to_owned(),
            now: now.digest().to_owned(),
            on: now.date(),
            decisions,
            refused,
            withheld,
        })
    }
}

/// The outcomes that a revision recorded, as far as they can be read.
fn recorded(revision: &Revision) -> Vec<(String, Json)> {
    let mut list = Vec::new();
    for entry in revision.entries(PartOf::Outcome) {
        match entry {
            Entry::Decisions(decisions) => {
                list.extend(decisions.0.iter().map(|(id, json)| (id.value.clone(), json.clone())));
            }
            Entry::Assessment(rest) => list.extend(rest.parts.iter().flat_map(of_parts)),
            _ => {}
        }
    }
    list
}

/// The outcomes of the records of lists, as `onderdelen.2.maatregel`.
fn of_parts(parts: &Json) -> Vec<(String, Json)> {
    let mut list = Vec::new();
    for (name, records) in parts.entries() {
        for (record, number) in records.items().iter().zip(1..) {
            let decisions = record.entries().into_iter().filter(|(key, _)| key == "decisions");
            let decisions = decisions.flat_map(|(_, decisions)| decisions.entries());
            list.extend(decisions.map(|(id, json)| (format!("{name}.{number}.{id}"), json)));
        }
    }
    list
}

/// What of the answers, steps and deviations these rules accept, each judged by itself.
fn accepted(program: &Program, answers: &Answers, refused: &mut Vec<Refused>) -> Answers {
    let mut accepted = Answers::new();
    let mut add = |kind: &'static str, id: &str, put: &dyn Fn(&mut Answers)| {
        let mut alone = Answers::new();
        put(&mut alone);
        match program.case(&alone) {
            Ok(_) => put(&mut accepted),
            Err(_) => refused.push(Refused { kind, id: id.to_owned() }),
        }
    };
    for (question, answer) in answers.iter() {
        add("answer", question, &|answers| answers.set(question, answer.clone()));
    }
    for (id, record) in &answers.steps.0 {
        add("step", &id.value, &|answers| answers.set_step(&id.value, record.clone()));
    }
    for (id, deviation) in &answers.deviations.0 {
        let list = id.value.split_once('.').and_then(|(list, _)| Some((list, answers.get(list)?)));
        add("deviation", &id.value, &|case| {
            // of a record: beside the list that holds it
            if let Some((list, answer)) = list {
                case.set(list, answer.clone());
            }
            case.set_deviation(&id.value, deviation.clone());
        });
    }
    accepted
}
