//! What was recorded, revision by revision, and who signed off: in Dutch, for officials.

use std::fmt::{self, Write as _};

use super::Dossier;
use super::entry::{Entry, Motivated, Sectioned};
use super::record::{PartOf, Revision};
use super::words::{answer, decided, decision, harmless, moment};
use crate::notation::{date, wrapped};
use crate::rule_set::Program;

impl Dossier {
    /// What the dossier is about, on a line or two: the case, the authority, how much was recorded and how it is signed.
    pub fn heading(&self) -> String {
        let opened = self.opened();
        let case = opened.and_then(|opened| opened.case.as_ref());
        let case =
            case.map_or_else(|| "Dossier".to_owned(), |case| format!("Dossier van zaak {}", case.as_str()));
        let signed = match self.sign_offs().iter().filter(|signed| signed.current).count() {
            _ if self.four_eyes() => "door twee mensen ondertekend",
            0 => "niet ondertekend",
            _ => "door één mens ondertekend",
        };
        let recorded = crate::notation::count(self.revisions().len(), "revisie", "revisies");
        let mut text = String::new();
        // writing to a text cannot fail
        let _ = wrapped(&mut text, "", 0, &harmless(&format!("{case}: {recorded}, in deze stand {signed}.")));
        text.push('\n');
        text
    }

    /// What was recorded, revision by revision, and the sign-offs, as Dutch text; with the program of its rules in the words of the
    /// rules, without it by ids. It holds nothing of what was withheld from this copy.
    pub fn history(&self, program: Option<&Program>) -> String {
        let mut text = String::new();
        // writing to a text cannot fail
        let _ = self.write_history(&mut text, program);
        text
    }

    fn write_history(&self, out: &mut String, program: Option<&Program>) -> fmt::Result {
        writeln!(out, "Wat is vastgelegd")?;
        for revision in self.revisions() {
            write_revision(out, revision, program)?;
        }
        self.write_sign_offs(out)?;
        if self.is_redacted() {
            let visible = self.visible_classes();
            let closed: Vec<&str> =
                self.classes().into_iter().filter(|class| !visible.contains(class)).collect();
            writeln!(out)?;
            let text = format!(
                "Afgeschermd is alles van klasse {}. Wat daar is vastgelegd, en over welke vraag of stap, is in deze kopie niet te \
                 zien. De hashes kloppen ook zonder.",
                closed.join(", ")
            );
            wrapped(out, "", 0, &text)?;
        }
        writeln!(out)?;
        let proves = match super::verify::broken(&self.record) {
            None => super::verify::PROVES,
            Some(_) => super::verify::PROVES_NOTHING,
        };
        wrapped(out, "", 0, proves)?;
        writeln!(out, "\nLaatste hash: {}", self.head())
    }

    fn write_sign_offs(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "\nOndertekening")?;
        let list = self.sign_offs();
        if list.is_empty() {
            return writeln!(out, "  Nog niet ondertekend.");
        }
        for signed in &list {
            let role = signed.role.as_ref().map_or_else(String::new, |role| format!(" ({role})"));
            let signature = signature(signed.signature);
            let current = if signed.current { "" } else { "; daarna is nog iets vastgelegd" };
            let line = format!("{}{role}, {}, {signature}{current}", signed.by, moment(&signed.at));
            wrapped(out, "  - ", 4, &harmless(&line))?;
        }
        writeln!(out, "  Vier ogen op de huidige stand: {}.", if self.four_eyes() { "ja" } else { "nee" })
    }
}

/// Whether a sign-off carries a signature, and whether that is right.
pub(crate) fn signature(checked: Option<bool>) -> &'static str {
    match checked {
        None => "zonder handtekening",
        Some(true) => "met een handtekening die klopt",
        Some(false) => "met een handtekening die NIET klopt of niet is nagegaan",
    }
}

/// What a revision recorded, in words, as it was given: it may hold signs that are not harmless.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) at: String,
    pub(crate) by: Option<String>,
    pub(crate) lines: Vec<String>,
    pub(crate) remark: Option<String>,
}

/// What a revision recorded; none where that was withheld.
pub(crate) fn told(revision: &Revision, program: Option<&Program>) -> Option<Told> {
    let about = revision.entries(PartOf::About).find_map(|entry| match entry {
        Entry::About(about) => Some(about),
        _ => None,
    })?;
    let motivations: Vec<&Motivated> = revision
        .entries(PartOf::Motivation)
        .filter_map(|entry| match entry {
            Entry::Motivation(motivated) => Some(motivated),
            _ => None,
        })
        .collect();
    Some(Told {
        at: moment(&about.at),
        by: about.by.as_ref().map(|by| by.as_str().to_owned()),
        lines: revision.entries(PartOf::Acts).map(|entry| line(entry, &motivations, program)).collect(),
        remark: about.remark.as_ref().map(|remark| remark.as_str().to_owned()),
    })
}

fn write_revision(out: &mut String, revision: &Revision, program: Option<&Program>) -> fmt::Result {
    let number = revision.number.get();
    let Some(told) = told(revision, program) else { return writeln!(out, "  {number}. afgeschermd") };
    let by = told.by.map_or_else(|| "naam niet opgegeven".to_owned(), |by| harmless(&by));
    writeln!(out, "  {number}. {}, {by}", told.at)?;
    for line in &told.lines {
        wrapped(out, "     - ", 7, &harmless(line))?;
    }
    match &told.remark {
        Some(remark) => wrapped(out, "     - ", 7, &format!("opmerking: {}", harmless(remark))),
        None => Ok(()),
    }
}

/// One entry in words, as it was given.
fn line(entry: &Entry, motivations: &[&Motivated], program: Option<&Program>) -> String {
    match entry {
        Entry::Open(opened) => {
            let mut text = format!("dossier geopend: {}", opened.title.as_str());
            for (name, value) in [("", &opened.authority), ("zaak ", &opened.case)] {
                let _ = write!(
                    text,
                    "{}",
                    value.as_ref().map_or_else(String::new, |v| format!(", {name}{}", v.as_str()))
                );
            }
            if let Some(on) = opened.on {
                let _ = write!(text, ", peildatum {}", date(on));
            }
            text
        }
        Entry::Answer(answered) => {
            let id = answered.question.as_str();
            crate::dutch::after(&ask(program, id), &answer(program, id, &answered.answer.0))
        }
        Entry::TakeBack(taken) => format!("antwoord ingetrokken: {}", ask(program, taken.question.as_str())),
        Entry::Step(stepped) => {
            let record = &stepped.record;
            let mut text = format!("stap «{}» ", step(program, stepped.step.as_str()));
            match (&record.done, &record.skipped) {
                (Some(day), _) => {
                    let _ = write!(text, "gedaan op {}", date(day.value));
                }
                (None, Some(why)) => {
                    let _ = write!(text, "overgeslagen: {}", why.value);
                }
                (None, None) => text.push_str("vastgelegd"),
            }
            for (name, value) in [("door", &record.by), ("opmerking:", &record.remark)] {
                let _ = write!(
                    text,
                    "{}",
                    value.as_ref().map_or_else(String::new, |v| format!(", {name} {}", v.value))
                );
            }
            text
        }
        Entry::Reopen(reopened) => format!("stap «{}» heropend", step(program, reopened.step.as_str())),
        Entry::Deviate(deviated) => {
            let id = deviated.decision.as_str();
            let motivated = motivations.iter().find(|motivated| motivated.decision == deviated.decision);
            let why = motivated.map_or(crate::reader::WITHHELD, |motivated| motivated.motivation.as_str());
            let by = motivated.and_then(|motivated| motivated.by.as_ref());
            let by = by.map_or_else(String::new, |by| format!(" door {}", by.as_str()));
            let at = deviated.at.map_or_else(String::new, |at| format!(" op {}", date(at)));
            let value = decided(program, id, &deviated.value);
            format!("«{}» anders besloten{by}{at}: {value}. Motivering: {why}", decision(program, id))
        }
        Entry::Follow(followed) => {
            format!("«{}» weer volgens de regels", decision(program, followed.decision.as_str()))
        }
        Entry::Section(note) => section(note),
        Entry::Sign(signed) => {
            let role =
                signed.role.as_ref().map_or_else(String::new, |role| format!(" als {}", role.as_str()));
            format!("ondertekend{role}")
        }
        other => other.key().to_owned(),
    }
}

/// Who does a section, and who says that it is ready.
fn section(note: &Sectioned) -> String {
    let mut said: Vec<String> = Vec::new();
    said.extend(note.assigned.as_ref().map(|role| format!("toegewezen aan {}", role.as_str())));
    said.extend(note.ready.as_ref().map(|ready| {
        let role = ready.role.as_ref().map_or_else(String::new, |role| format!(" als {}", role.as_str()));
        let at = ready.at.map_or_else(String::new, |at| format!(" op {}", date(at)));
        let changed = if ready.changed { "; daarna is een antwoord gewijzigd" } else { "" };
        format!("klaar volgens {}{role}{at}{changed}", ready.by.as_str())
    }));
    let text = if said.is_empty() { "aantekening ingetrokken".to_owned() } else { said.join(", ") };
    format!("onderdeel «{}»: {text}", note.section.as_str())
}

fn ask(program: Option<&Program>, id: &str) -> String {
    let model = program.map(|program| &program.engine.model);
    let question = model.and_then(|model| model.question(id).and_then(|q| model.questions.get(q)));
    question.map_or_else(|| id.to_owned(), |question| question.ask.clone())
}

fn step(program: Option<&Program>, id: &str) -> String {
    let steps = program.map(|program| &program.engine.model.steps);
    let info = steps.and_then(|steps| steps.iter().find(|step| step.id == id));
    info.map_or_else(|| id.to_owned(), |info| info.title.clone())
}
