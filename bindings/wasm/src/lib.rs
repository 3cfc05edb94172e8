//! Leidraad in the browser: JSON text in, JSON text out.
//!
//! ```js
//! const rules = new RuleSet([shared, overlay]);           // JSON texts: no YAML parser is shipped
//! const program = rules.program("GM1729", "2026-07-04");  // the layers of that authority, on that date
//! const assessment = JSON.parse(program.evaluate('{"aantal": 200}'));
//! ```
//!
//! Glue without rule logic: what a form needs belongs in the library. Errors are thrown as `Error`, their message being
//! the diagnostics as the command line prints them.

#![cfg(target_family = "wasm")]

use wasm_bindgen::prelude::*;

/// A rule set with all its layers.
#[wasm_bindgen]
pub struct RuleSet(leidraad::RuleSet);

#[wasm_bindgen]
impl RuleSet {
    /// Reads and checks the files of one rule set, its shared layer and overlays, each written as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(texts: Vec<String>) -> Result<RuleSet, JsError> {
        let names: Vec<String> = (1..=texts.len()).map(|number| format!("rules-{number}.json")).collect();
        let files: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        Ok(RuleSet(leidraad::RuleSet::from_files(&files)?))
    }

    /// Picks the layers of an authority (`null` for the shared layer alone) that are in force on a date.
    pub fn program(&self, authority: Option<String>, on: &str) -> Result<Program, JsError> {
        let on = leidraad::Date::parse(on).ok_or_else(|| JsError::new("a date is written as 2026-07-04"))?;
        let program = match authority {
            Some(code) => self.0.for_authority(&code)?.on(on)?,
            None => self.0.on(on)?,
        };
        Ok(Program(program))
    }
}

/// A rule set ready to evaluate: for one authority, on one date.
#[wasm_bindgen]
pub struct Program(leidraad::Program);

#[wasm_bindgen]
impl Program {
    /// Evaluates answers; gives the assessment.
    pub fn evaluate(&self, answers: &str) -> Result<String, JsError> {
        Ok(self.0.evaluate_json(answers)?)
    }

    /// Explains one decision, or every outcome of the rule set: a text in Dutch with the rule, the answers used, the
    /// sources, and what would change it.
    pub fn explain(&self, answers: &str, decision: Option<String>) -> Result<String, JsError> {
        let answers = leidraad::Answers::from_json("answers.json", answers)?;
        Ok(self.0.explain(&answers, decision.as_deref())?.to_string())
    }
}
