//! Notes on sections of the checklist: who does one, and who says that it is ready.

use super::Dossier;
use super::entry::{Entry, Sectioned};
use super::fields::Text;
use super::record::PartOf;
use crate::decode::Decode;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::rule_set::Program;
use crate::source::SourceMap;
use crate::tree::excerpt;

impl Sectioned {
    /// Reads a JSON array of notes, each section at most once.
    ///
    /// # Errors
    /// Text that is not such an array, with the place of every problem.
    ///
    /// ```
    /// use leidraad::dossier::Sectioned;
    /// let text = r#"[{ "section": "Feiten", "assigned": "toezichthouder", "ready": { "by": "A.", "changed": false } }]"#;
    /// let notes = Sectioned::list_from_json("a.json", text)?;
    /// assert_eq!(notes[0].assigned.as_ref().map(|role| role.as_str()), Some("toezichthouder"));
    /// assert!(Sectioned::list_from_json("a.json", r#"[{ "section": "Feiten" }, { "section": "Feiten" }]"#).is_err());
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn list_from_json(name: &str, text: &str) -> Result<Vec<Sectioned>, Diagnostics> {
        let (mut sources, mut out) = (SourceMap::default(), Vec::new());
        let file = sources.add(name, text);
        let node = crate::json::read(file, text, &mut out);
        let list = node.and_then(|node| Vec::<Sectioned>::decode(node, "sections", &mut out));
        let mut list = list.unwrap_or_default();
        let twice = |(at, note): (usize, &Sectioned)| {
            let again = list.iter().take(at).any(|other| other.section == note.section);
            again.then(|| format!("section `{}` is there twice", excerpt(note.section.as_str())))
        };
        let twice: Vec<String> = list.iter().enumerate().filter_map(twice).collect();
        out.extend(twice.into_iter().map(|message| Diagnostic::error(Code::Duplicate, None, message)));
        list.retain(|note| !note.is_empty());
        if out.is_empty() { Ok(list) } else { Err(Diagnostics::new(out, sources)) }
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.assigned.is_none() && self.ready.is_none()
    }
}

impl Dossier {
    /// The notes on sections that count.
    ///
    /// ```
    /// # use leidraad::dossier::{Opening, Sectioned, Stamp};
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
    /// let notes = Sectioned::list_from_json("a.json", r#"[{ "section": "Feiten", "assigned": "toezichthouder" }]"#)?;
    /// let case = Answers::new().with("aantal", 150);
    /// assert!(dossier.update_with(&rules, &case, &notes, &stamp(2))?);
    /// assert_eq!((dossier.sections(), dossier.answered_since("Feiten")), (notes, vec![]));
    /// dossier.update(&rules, &Answers::new().with("aantal", 250), &stamp(3))?;
    /// assert_eq!(dossier.answered_since("Feiten"), ["aantal"]);
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn sections(&self) -> Vec<Sectioned> {
        super::state::State::after(self.revisions()).sections
    }

    /// The questions of which an answer was recorded or taken back in a later revision than that of the note that counts of a section,
    /// as far as that is not withheld.
    pub fn answered_since(&self, section: &str) -> Vec<&str> {
        let noted = |entry: &Entry| matches!(entry, Entry::Section(note) if note.section.as_str() == section);
        let revisions = self.revisions();
        let last = revisions.iter().rposition(|revision| revision.entries(PartOf::Acts).any(noted));
        let later = last.and_then(|last| revisions.get(last.saturating_add(1)..)).unwrap_or_default();
        later.iter().flat_map(|revision| revision.entries(PartOf::Acts)).filter_map(question).collect()
    }
}

/// The question of which an answer was recorded or taken back.
fn question(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Answer(answered) => Some(answered.question.as_str()),
        Entry::TakeBack(taken) => Some(taken.question.as_str()),
        _ => None,
    }
}

/// Takes a note over into those that count.
pub(super) fn note(list: &mut Vec<Sectioned>, note: &Sectioned) {
    match list.iter_mut().find(|known| known.section == note.section) {
        Some(known) => *known = note.clone(),
        None => list.push(note.clone()),
    }
    list.retain(|known| !known.is_empty());
}

/// What must be recorded so that these notes count.
pub(super) fn acts(now: &[Sectioned], then: &[Sectioned]) -> Vec<Entry> {
    let mut acts: Vec<Entry> =
        then.iter().filter(|note| !now.contains(note)).map(|note| Entry::Section((*note).clone())).collect();
    let gone = now.iter().filter(|note| !then.iter().any(|other| other.section == note.section));
    let empty = |note: &Sectioned| Sectioned { section: note.section.clone(), assigned: None, ready: None };
    acts.extend(gone.map(|note| Entry::Section(empty(note))));
    acts
}

/// A note on a section that the rules do not have.
pub(super) fn unknown<'e>(acts: &'e [Entry], program: &Program) -> Option<&'e Text> {
    let known = |section: &Text| {
        let mut sections = program.engine.model.sections.iter();
        sections.any(|known| known.title.as_str() == section.as_str())
    };
    acts.iter().find_map(|entry| match entry {
        Entry::Section(note) if !note.is_empty() && !known(&note.section) => Some(&note.section),
        _ => None,
    })
}
