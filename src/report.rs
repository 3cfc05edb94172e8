//! A report on a dossier, for the file and for the person concerned: what follows, why, by which sources, what was not known,
//! what was decided and why, the steps with their dates, who signed, and all answers.
//!
//! [`Report::of`] makes it in memory from a dossier and its rules; it serializes to JSON, of which `schema::report` (feature
//! `schema`) is the schema. [`Report::html`] gives one file that needs no other and runs no script, [`Report::markdown`] a text,
//! and [`Report::calendar`] the open steps and terms for a calendar.
//!
//! ```
//! use leidraad::dossier::{Opening, Stamp};
//! use leidraad::report::Report;
//! use leidraad::{Answers, Date, Dossier, RuleSet};
//! # let text = r#"{
//! #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
//! #   "sources": { "s": { "kind": "law", "title": "Gemeentewet", "bwb": "BWBR0005416" } },
//! #   "questions": [{ "section": "Feiten", "items": [
//! #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
//! #   "decisions": { "soort": { "outcome": true, "sources": [{ "id": "s", "article": "174" }],
//! #     "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } }
//! # }"#;
//! let rules = RuleSet::from_text("voorbeeld.json", text)?;
//! let stamp = |salt| Stamp::new("2026-07-04T10:00:00+02:00", [salt; 32]).map(|stamp| stamp.by("<b>A. de Vries</b>"));
//! let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(1)?)?;
//! dossier.record(&rules, &Answers::new().with("aantal", 250), &stamp(2)?)?;
//!
//! let report = Report::of(&dossier, &rules, Date::new(2026, 7, 6).expect("a date"))?;
//! assert_eq!(report.outcomes[0].text, "groot");
//! assert_eq!(report.sources[0].articles[0].url.as_deref(), Some("https://wetten.overheid.nl/jci1.3:c:BWBR0005416&artikel=174"));
//! let html = report.html();
//! assert!(html.contains("&lt;b&gt;A. de Vries&lt;/b&gt;") && !html.contains("<script"));
//! # Ok::<(), leidraad::Diagnostics>(())
//! ```
//!
//! # What a reader may see
//!
//! A report is made of what a copy of the dossier holds, and of nothing else: for a reader of fewer classes,
//! [`Report::for_reader`] makes that copy first ([`Dossier::redact`]) and judges the answers in it as
//! [`Program::evaluate_for`] does. So what was withheld is not in the report in any form.
//!
//! # Texts of others
//!
//! Answers, remarks, names and motivations are the words of others. In HTML and Markdown they are text and nothing but text: signs of
//! the language are escaped, and signs that are not seen but turn the direction of reading are written as their
//! number, such as `[U+202E]`. JSON holds them as they were given.

mod answers;
mod build;
mod calendar;
mod conclude;
mod content;
mod follow;
mod html;
mod links;
mod markdown;
mod picture;
mod plain;
mod said;
mod sources;

use crate::assessment::StepStatus;
use crate::diagnostic::Diagnostics;
use crate::dossier::Dossier;
use crate::rule_set::RuleSet;
use crate::value::Date;

#[cfg(doc)]
use crate::rule_set::Program;

use said::{ADVICE, PARTIAL, WITHHELD_LEAD, WITHHELD_MEANS};

pub use content::{
    AnswerGroup, Answered, Article, Basis, Cite, Conclusion, CountGroup, Counted, Decided, Event, Ground,
    Integrity, Link, Open, Party, Report, Said, SignOff, Source, Step, Sum, Term, UsedLayer,
};

/// The version of the form of reports.
pub(crate) const FORMAT: u32 = 1;

impl Report {
    /// A report on a dossier by the rules by which it was judged, as things stand on a day: terms that run are counted from it.
    /// Of a copy from which something was withheld, it tells what the copy holds.
    ///
    /// # Errors
    /// Rules other than those by which the dossier was judged last; see [`Dossier::kept_rules`].
    pub fn of(dossier: &Dossier, rules: &RuleSet, on: Date) -> Result<Report, Diagnostics> {
        build::report(dossier, rules, on)
    }

    /// The same for a reader who may see these classes of confidentiality and no others; `public` stands for none.
    ///
    /// # Errors
    /// As [`Report::of`], and a class that the dossier does not have.
    pub fn for_reader(
        dossier: &Dossier,
        rules: &RuleSet,
        on: Date,
        classes: &[&str],
    ) -> Result<Report, Diagnostics> {
        build::report(&dossier.redact_by(rules, classes)?, rules, on)
    }

    /// The report as one HTML file: no script, nothing that is fetched, made to be read on a screen and printed on A4.
    pub fn html(&self) -> String {
        html::html(self)
    }

    /// The report as Markdown.
    pub fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    /// The open steps and terms as an iCalendar file (RFC 5545); none where there is nothing to put in it, as such a file
    /// may not be empty.
    ///
    /// A term is an event of a whole day, and a step without a date a task. An entry keeps its identifier from one export to the next,
    /// and its time stamp is that of the last revision of the dossier.
    pub fn calendar(&self) -> Option<String> {
        calendar::calendar(self)
    }

    /// The report as JSON, indented.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Whether a step is told by its title only: it is not at issue, or that is not known yet.
fn is_aside(status: StepStatus) -> bool {
    matches!(status, StepStatus::NotApplicable | StepStatus::Undecided)
}
