//! Leidraad in the browser and in Node: JSON text in, JSON text out.
//!
//! The JavaScript of the package (`js/engine.js`) is the only user of these classes; it turns texts into objects, and what
//! is thrown here, the findings as a JSON text, into errors with a code and a place.
//!
//! Glue without rule logic: what a form needs belongs in the library.

#![cfg(target_family = "wasm")]

use leidraad::{Answers, Date, Diagnostics, Session};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A text, or the findings that say why there is none.
type Text = Result<String, JsValue>;

/// What a finding calls the text of the answers.
const ANSWERS: &str = "answers.json";

/// The version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// A rule set with all its layers.
#[wasm_bindgen]
pub struct RuleSet(leidraad::RuleSet);

#[wasm_bindgen]
impl RuleSet {
    /// Reads a rule set: one rule file in JSON, or an array of them; proves it unless it was checked before.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, text: &str, checked: bool) -> Result<RuleSet, JsValue> {
        leidraad::RuleSet::from_bundle(name, text, checked).map(RuleSet).map_err(thrown)
    }

    /// Its id.
    pub fn id(&self) -> String {
        self.0.id().to_owned()
    }

    /// Its title.
    pub fn title(&self) -> String {
        self.0.title().to_owned()
    }

    /// The layers, as a JSON array.
    pub fn layers(&self) -> Text {
        json(&self.0.layers().collect::<Vec<_>>())
    }

    /// The codes of the authorities that have a layer, as a JSON array.
    pub fn authorities(&self) -> Text {
        json(&self.0.authorities().collect::<Vec<_>>())
    }

    /// The questions whose answers fix a reference date, for an authority or for none, as a JSON array.
    pub fn reference_dates(&self, authority: Option<String>) -> Text {
        json(&self.0.reference_dates(authority.as_deref()))
    }

    /// The warnings of the check, as a JSON array.
    pub fn warnings(&self) -> Text {
        json(&self.0.warnings())
    }

    /// The layers of an authority (none for the shared ones alone) that apply to a case: on the day given, else on the
    /// days that its answers fix, else today.
    pub fn program(
        &self,
        authority: Option<String>,
        answers: &str,
        on: Option<String>,
        today: &str,
    ) -> Result<Program, JsValue> {
        let on = on.as_deref().map(date).transpose()?;
        let answers = Answers::from_json(ANSWERS, answers).map_err(thrown)?;
        let program = self.0.for_case(authority.as_deref(), &answers, on, date(today)?);
        program.map(|program| Program(Session::new(program))).map_err(thrown)
    }
}

/// A rule set ready to evaluate: for one authority, on one date. A form asks it again after every answer, so it remembers.
#[wasm_bindgen]
pub struct Program(Session);

#[wasm_bindgen]
impl Program {
    /// The reference date.
    pub fn on(&self) -> String {
        self.0.program().date().to_string()
    }

    /// `sha256:` and the digest of the layers used.
    pub fn digest(&self) -> String {
        self.0.program().digest().to_owned()
    }

    /// Evaluates answers; gives the assessment.
    pub fn evaluate(&self, answers: &str) -> Text {
        self.0.evaluate_json(answers).map_err(thrown)
    }

    /// Explains one decision, or every outcome of the rule set.
    pub fn explain(&self, answers: &str, decision: Option<String>) -> Text {
        json(&self.explanation(answers, decision)?)
    }

    /// The same, as a text in Dutch.
    pub fn explain_text(&self, answers: &str, decision: Option<String>) -> Text {
        Ok(self.explanation(answers, decision)?.to_string())
    }

    /// The questions, decisions, findings and steps.
    pub fn questionnaire(&self) -> Text {
        json(&self.0.program().questionnaire())
    }

    fn explanation(&self, answers: &str, decision: Option<String>) -> Result<leidraad::Explanation, JsValue> {
        let answers = Answers::from_json(ANSWERS, answers).map_err(thrown)?;
        self.0.program().explain(&answers, decision.as_deref()).map_err(thrown)
    }
}

fn json(value: &impl Serialize) -> Text {
    serde_json::to_string(value).map_err(|error| JsValue::from_str(&error.to_string()))
}

fn thrown(findings: Diagnostics) -> JsValue {
    json(&findings).map_or_else(|error| error, |text| JsValue::from_str(&text))
}

fn date(text: &str) -> Result<Date, JsValue> {
    let finding =
        [Wrong { severity: "error", code: "wrong-answer", message: "a date is written as 2026-07-04" }];
    Date::parse(text)
        .ok_or_else(|| json(&finding).map_or_else(|error| error, |text| JsValue::from_str(&text)))
}

/// A finding about what JavaScript passed, in the form of all others.
#[derive(Serialize)]
struct Wrong {
    severity: &'static str,
    code: &'static str,
    message: &'static str,
}
