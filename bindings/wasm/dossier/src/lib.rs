//! Dossiers, reports and calendars in the browser and in Node: JSON text in, JSON text out.
//!
//! Apart from the engine, so that a page which asks for no dossier does not load this. The JavaScript of the package
//! (`js/dossier/work.js`) is the only user of these classes; what is thrown here are findings as a JSON text. The moment and the chance
//! for the salts come from there: the library has no clock.
//!
//! Glue without rule logic: what is recorded, checked and told is decided in the library.

#![cfg(target_family = "wasm")]

use leidraad::dossier::record::PartOf;
use leidraad::dossier::{About, Entry, Opening, Reference, Sectioned, SignOff, SignedOff, Verification};
use leidraad::{Answers, Date, Diagnostics};
use serde::Serialize;
use serde_json::value::RawValue;
use wasm_bindgen::prelude::*;

/// A text, or the findings that say why there is none.
type Text = Result<String, JsValue>;

/// What a finding calls the text of the answers.
const ANSWERS: &str = "answers.json";

/// And that of the notes on sections.
const SECTIONS: &str = "sections.json";

/// A rule set with all its layers.
#[wasm_bindgen]
pub struct Rules(leidraad::RuleSet);

#[wasm_bindgen]
impl Rules {
    /// Reads a rule set: one rule file in JSON, or an array of them; proves it unless it was checked before.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, text: &str, checked: bool) -> Result<Rules, JsValue> {
        leidraad::RuleSet::from_bundle(name, text, checked).map(Rules).map_err(thrown)
    }

    /// The rule set as a JSON text, as it is shipped.
    pub fn bundle(&self) -> String {
        self.0.to_bundle()
    }
}

/// The moment of a revision, who records it, and chance.
#[wasm_bindgen]
pub struct Stamp(leidraad::dossier::Stamp);

#[wasm_bindgen]
impl Stamp {
    /// A moment such as `2026-07-04T10:00:00+02:00`, 32 bytes by chance, and what is said of the revision.
    #[wasm_bindgen(constructor)]
    pub fn new(at: &str, salt: &[u8], by: Option<String>, remark: Option<String>) -> Result<Stamp, JsValue> {
        let salt: [u8; 32] = salt.try_into().map_err(|_| wrong("a salt has 32 bytes"))?;
        let mut stamp = leidraad::dossier::Stamp::new(at, salt).map_err(thrown)?;
        if let Some(by) = by {
            stamp = stamp.by(&by);
        }
        if let Some(remark) = remark {
            stamp = stamp.remark(&remark);
        }
        Ok(Stamp(stamp))
    }
}

/// The record of a case.
#[wasm_bindgen]
pub struct Dossier(leidraad::Dossier);

#[wasm_bindgen]
impl Dossier {
    /// Opens a dossier. Nothing is answered yet.
    pub fn open(
        rules: &Rules,
        authority: Option<String>,
        on: Option<String>,
        case: Option<String>,
        keep_rules: bool,
        stamp: &Stamp,
    ) -> Result<Dossier, JsValue> {
        let on = on.as_deref().map(date).transpose()?;
        let opening = Opening { authority, on, case, keep_rules };
        leidraad::Dossier::new(&rules.0, &opening, &stamp.0).map(Dossier).map_err(thrown)
    }

    /// Reads a dossier.
    pub fn read(name: &str, text: &str) -> Result<Dossier, JsValue> {
        leidraad::Dossier::from_json(name, text).map(Dossier).map_err(thrown)
    }

    /// The dossier as JSON, byte for byte as it belongs in a file.
    pub fn text(&self) -> String {
        self.0.to_json().to_owned()
    }

    /// What it is about and where it stands, as JSON.
    pub fn about(&self) -> Text {
        let opened = self.0.opened();
        let text = |text: Option<&leidraad::dossier::Text>| text.map(|text| text.as_str().to_owned());
        json(&Standing {
            rule_set: text(opened.map(|opened| &opened.rule_set)),
            title: text(opened.map(|opened| &opened.title)),
            authority: text(opened.and_then(|opened| opened.authority.as_ref())),
            on: opened.and_then(|opened| opened.on),
            case: text(opened.and_then(|opened| opened.case.as_ref())),
            opened: self.0.revisions().first().and_then(about).map(|about| about.at.date()),
            revisions: self.0.revisions().len(),
            head: self.0.head(),
            to_sign: self.0.to_sign(),
            keeps_rules: !self.0.fields().layers.is_empty(),
            withheld: self.0.is_redacted(),
            classes: self.0.classes(),
            sign_offs: self.0.sign_offs(),
            four_eyes: self.0.four_eyes(),
            sections: self.0.sections().into_iter().map(|note| self.noted(note)).collect(),
            answers: RawValue::from_string(self.0.answers().to_json()).ok(),
        })
    }

    /// The rules that are kept in it, where all that it used are.
    pub fn kept(&self) -> Option<Rules> {
        self.0.kept_rules().map(Rules)
    }

    /// Whether these are the rules by which it was judged last.
    pub fn fits(&self, rules: &Rules) -> bool {
        self.0.fits(&rules.0)
    }

    /// Records answers, and the steps and deviations beside them.
    pub fn record(&mut self, rules: &Rules, answers: &str, stamp: &Stamp) -> Result<(), JsValue> {
        self.0.record(&rules.0, &self::answers(answers)?, &stamp.0).map_err(thrown)
    }

    /// Records what differs from these answers, steps and deviations, and from these notes on sections where there are any; whether
    /// anything did.
    pub fn update(
        &mut self,
        rules: &Rules,
        answers: &str,
        sections: Option<String>,
        stamp: &Stamp,
    ) -> Result<bool, JsValue> {
        let answers = self::answers(answers)?;
        let differs = match sections {
            None => self.0.update(&rules.0, &answers, &stamp.0),
            Some(text) => {
                let sections = Sectioned::list_from_json(SECTIONS, &text).map_err(thrown)?;
                self.0.update_with(&rules.0, &answers, &sections, &stamp.0)
            }
        };
        differs.map_err(thrown)
    }

    /// Signs off on it as it is now; a signature comes with its key.
    pub fn sign(
        &mut self,
        role: Option<String>,
        signature: Option<String>,
        key: Option<String>,
        stamp: &Stamp,
    ) -> Result<(), JsValue> {
        let sign_off = SignOff { role, signature: signature.zip(key) };
        self.0.sign(&sign_off, &stamp.0).map_err(thrown)
    }

    /// Checks every hash, and computes every outcome again by these rules.
    pub fn verify(&self, rules: &Rules, head: Option<String>, keys: Vec<String>) -> Text {
        self.verified(&[&rules.0], head.as_deref(), &keys)
    }

    /// The same by the rules that it keeps.
    pub fn verify_alone(&self, head: Option<String>, keys: Vec<String>) -> Text {
        self.verified(&[], head.as_deref(), &keys)
    }

    /// A copy for a reader who may see these classes of confidentiality and no others.
    pub fn redact(&self, classes: Vec<String>) -> Result<Dossier, JsValue> {
        self.0.redact(&texts(&classes)).map(Dossier).map_err(thrown)
    }

    /// What other rules would say of the case on the same reference dates, or on another day, as JSON.
    pub fn under(&self, rules: &Rules, on: Option<String>) -> Text {
        let on = on.as_deref().map(date).transpose()?;
        json(&self.0.under(&rules.0, on).map_err(thrown)?)
    }

    /// A report as things stand on a day, for a reader who may see these classes; without classes for one who may see all.
    pub fn report(&self, rules: &Rules, on: &str, reader: Option<Vec<String>>) -> Result<Report, JsValue> {
        let on = date(on)?;
        let report = match reader {
            None => leidraad::report::Report::of(&self.0, &rules.0, on),
            Some(classes) => leidraad::report::Report::for_reader(&self.0, &rules.0, on, &texts(&classes)),
        };
        report.map(Report).map_err(thrown)
    }

    fn noted(&self, note: Sectioned) -> Noted<'_> {
        let section = note.section.as_str().to_owned();
        Noted { note, answered_since: self.0.answered_since(&section) }
    }

    fn verified(&self, rules: &[&leidraad::RuleSet], head: Option<&str>, keys: &[String]) -> Text {
        let verification = self.0.verify(&Reference { rules, head, keys: &texts(keys) });
        json(&Verified {
            intact: verification.is_intact(),
            complete: verification.is_complete(),
            text: verification.to_string(),
            verification,
        })
    }
}

/// A report on a dossier.
#[wasm_bindgen]
pub struct Report(leidraad::report::Report);

#[wasm_bindgen]
impl Report {
    /// One HTML file: no script, nothing that is fetched.
    pub fn html(&self) -> String {
        self.0.html()
    }

    /// Markdown.
    pub fn markdown(&self) -> String {
        self.0.markdown()
    }

    /// JSON, indented.
    pub fn json(&self) -> String {
        self.0.to_json_pretty()
    }

    /// The open steps and terms as iCalendar; none where there are none.
    pub fn calendar(&self) -> Option<String> {
        self.0.calendar()
    }
}

/// What a dossier is about and where it stands.
#[derive(Serialize)]
struct Standing<'d> {
    rule_set: Option<String>,
    title: Option<String>,
    authority: Option<String>,
    on: Option<Date>,
    case: Option<String>,
    opened: Option<Date>,
    revisions: usize,
    head: &'d str,
    to_sign: String,
    keeps_rules: bool,
    withheld: bool,
    classes: Vec<&'d str>,
    sign_offs: Vec<SignedOff>,
    four_eyes: bool,
    sections: Vec<Noted<'d>>,
    answers: Option<Box<RawValue>>,
}

/// A note on a section, with the questions of it and of others that were answered later.
#[derive(Serialize)]
struct Noted<'d> {
    note: Sectioned,
    answered_since: Vec<&'d str>,
}

/// A verification with what it comes to.
#[derive(Serialize)]
struct Verified {
    intact: bool,
    complete: bool,
    text: String,
    verification: Verification,
}

/// Who recorded a revision, and when.
fn about(revision: &leidraad::dossier::record::Revision) -> Option<&About> {
    revision.entries(PartOf::About).find_map(|entry| match entry {
        Entry::About(about) => Some(about),
        _ => None,
    })
}

fn answers(text: &str) -> Result<Answers, JsValue> {
    Answers::from_json(ANSWERS, text).map_err(thrown)
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

fn json(value: &impl Serialize) -> Text {
    serde_json::to_string(value).map_err(|error| JsValue::from_str(&error.to_string()))
}

fn thrown(findings: Diagnostics) -> JsValue {
    json(&findings).map_or_else(|error| error, |text| JsValue::from_str(&text))
}

fn date(text: &str) -> Result<Date, JsValue> {
    Date::parse(text).ok_or_else(|| wrong("a date is written as 2026-07-04"))
}

fn wrong(message: &'static str) -> JsValue {
    let finding = [Wrong { severity: "error", code: "wrong-answer", message }];
    json(&finding).map_or_else(|error| error, |text| JsValue::from_str(&text))
}

/// A finding about what JavaScript passed, in the form of all others.
#[derive(Serialize)]
struct Wrong {
    severity: &'static str,
    code: &'static str,
    message: &'static str,
}
