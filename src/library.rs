//! Many rule files at once: grouped into rule sets, checked together.

use serde_json::value::RawValue;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::parse::{Lost, leave_alone, parse_leniently};
use crate::rule_set::RuleSet;
use crate::sorted::sort_by;
use crate::source::SourceMap;

/// Rule sets by id, with the findings of their check.
#[derive(Debug, Clone, Default)]
pub struct Library {
    sets: Vec<RuleSet>,
    /// The ids of those with errors.
    refused: Vec<String>,
    findings: Diagnostics,
}

impl Library {
    /// Reads and checks rule files: names and texts, YAML or JSON, in any order. Rule sets with errors are not in the
    /// library; [`Library::findings`] says what is wrong with them.
    pub fn from_files(files: &[(&str, &str)]) -> Library {
        Self::load(files, true, &[])
    }

    /// The same, where there are other rule sets elsewhere: an overlay of a rule set that is not among the files gets the nearest of
    /// these ids, too, as help.
    ///
    /// ```
    /// # use leidraad::Library;
    /// let overlay = "leidraad: 1\noverlay: x/hke\nauthority: GM0000\ntitle: Voorbeeld\n";
    /// let library = Library::from_files_beside(&[("gm0000.yaml", overlay)], &["x/hek"]);
    /// assert!(library.findings().to_string().contains("did you mean `x/hek`?"));
    /// ```
    pub fn from_files_beside(files: &[(&str, &str)], others: &[&str]) -> Library {
        Self::load(files, true, others)
    }

    /// Reads rule files, to be checked or checked before.
    pub(crate) fn load(files: &[(&str, &str)], check: bool, others: &[&str]) -> Library {
        let mut sources = SourceMap::default();
        let mut out = Vec::new();
        let mut groups: Vec<(String, Vec<Document>, Vec<Document>, bool)> = Vec::new();
        let mut overlays = Vec::new();
        let mut lost = Lost::default();
        let mut unread = Vec::new();
        for (name, text) in files {
            let before = out.len();
            let document = parse_leniently(&mut sources, name, text, &mut out);
            let broken = out.len() > before;
            let Some((document, missing)) = document else {
                unread.push(*text);
                continue;
            };
            lost.add(missing);
            let id = match (&document.id, &document.overlay) {
                (None, Some(_)) => {
                    overlays.push((document, broken));
                    continue;
                }
                (Some(id), _) => id.value.clone(),
                // one without an id stands by itself
                (None, None) => String::new(),
            };
            match groups.iter_mut().find(|(known, ..)| *known == id && !id.is_empty()) {
                Some((_, bases, _, bad)) => {
                    bases.push(document);
                    *bad |= broken;
                }
                None => groups.push((id, vec![document], Vec::new(), broken)),
            }
        }
        for (document, broken) in overlays {
            let Some(target) = document.overlay.clone() else { continue };
            match groups.iter_mut().find(|(id, ..)| *id == target.value) {
                Some((_, _, layers, bad)) => {
                    layers.push(document);
                    *bad |= broken;
                }
                // it may be in a file that could not be read
                None if unread.iter().any(|text| text.contains(&target.value)) => {}
                None => {
                    let finding = Diagnostic::error(
                        Code::BadLayer,
                        target.span,
                        format!("this overlay refines `{}`, which is not among the files", target.value),
                    );
                    let known = groups.iter().map(|(id, ..)| id.as_str()).chain(others.iter().copied());
                    out.push(finding.help(match crate::suggest::nearest(&target.value, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "put the file of that rule set beside it, in the same folder".to_owned(),
                    }));
                }
            }
        }
        let mut sets = Vec::new();
        let mut refused: Vec<String> = unread.iter().filter_map(|text| written_id(text)).collect();
        for (id, bases, layers, broken) in groups {
            let mut set = RuleSet::new(id.clone(), bases, layers, sources.clone());
            let before = out.len();
            if check {
                set.check(&lost, &mut out);
            }
            let errors = out.iter().skip(before).any(|d| d.severity == crate::diagnostic::Severity::Error);
            if !errors && !broken {
                sets.push(set);
            } else {
                refused.push(id);
            }
        }
        leave_alone(&mut out);
        sort_by(&mut sets, |a, b| a.id().cmp(b.id()));
        Library { sets, refused, findings: Diagnostics::new(out, sources) }
    }

    /// The ids of rule sets that are not in the library, as their files have errors.
    ///
    /// ```
    /// # use leidraad::Library;
    /// let library = Library::from_files(&[("x.yaml", "leidraad: 1\nid: x/y\ntitel: Een tikfout\n")]);
    /// assert_eq!(library.refused().collect::<Vec<_>>(), ["x/y"]);
    /// assert!(library.rule_set("x/y").unwrap_err().to_string().contains("the rule files of `x/y` have errors"));
    /// ```
    pub fn refused(&self) -> impl Iterator<Item = &str> {
        self.refused.iter().map(String::as_str)
    }

    /// The findings of the check, errors and warnings.
    pub fn findings(&self) -> &Diagnostics {
        &self.findings
    }

    /// All rule sets without errors, by id.
    pub fn rule_sets(&self) -> impl Iterator<Item = &RuleSet> {
        self.sets.iter()
    }

    /// The rule set of an id.
    ///
    /// # Errors
    /// When there is none, with the nearest id as help, or when it is there with errors.
    pub fn rule_set(&self, id: &str) -> Result<&RuleSet, Diagnostics> {
        self.sets.iter().find(|set| set.id() == id).ok_or_else(|| {
            if self.refused.iter().any(|refused| refused == id) {
                let message = format!("the rule files of `{id}` have errors");
                let finding = Diagnostic::error(Code::UnknownName, None, message)
                    .help("correct them first: `leidraad check` lists them");
                return Diagnostics::new(vec![finding], SourceMap::default());
            }
            let finding = Diagnostic::error(Code::UnknownName, None, format!("there is no rule set `{id}`"));
            let known = self.sets.iter().map(RuleSet::id);
            Diagnostics::new(vec![crate::suggest::with_suggestion(finding, id, known)], SourceMap::default())
        })
    }

    pub(crate) fn into_parts(self) -> (Vec<RuleSet>, Diagnostics) {
        (self.sets, self.findings)
    }
}

/// The id in a rule file that cannot be read, by its line.
fn written_id(text: &str) -> Option<String> {
    let id = text.lines().find_map(|line| line.strip_prefix("id:"))?;
    let id = id.split(" #").next().unwrap_or(id).trim().trim_matches(['"', '\'']);
    (!id.is_empty()).then(|| id.to_owned())
}

impl RuleSet {
    /// Reads one rule file, YAML or JSON, and checks it.
    ///
    /// # Errors
    /// Every finding, when at least one of them is an error.
    pub fn from_text(name: &str, text: &str) -> Result<RuleSet, Diagnostics> {
        Self::from_files(&[(name, text)])
    }

    /// Reads the files of one rule set, its shared layer and overlays, and checks them together.
    ///
    /// # Errors
    /// Every finding, when at least one of them is an error; also when the files are of several rule sets.
    pub fn from_files(files: &[(&str, &str)]) -> Result<RuleSet, Diagnostics> {
        Self::only_one(Library::from_files(files))
    }

    /// All layers as one JSON text, as it is shipped to browsers: an array of rule files, each on a line of its own.
    ///
    /// ```
    /// # use leidraad::RuleSet;
    /// # let text = r#"{ "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
    /// #   "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "questions": [{ "section": "Feiten", "items": [
    /// #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
    /// #   "decisions": { "soort": { "outcome": true, "sources": ["s"],
    /// #     "table": ["aantal || soort", "<= 200 || klein", "> 200 || groot"] } } }"#;
    /// let rules = RuleSet::from_text("x.json", text).unwrap();
    /// let bundle = rules.to_bundle();
    /// let again = RuleSet::from_bundle("x.json", &bundle, true).unwrap();
    /// assert_eq!((again.id(), again.to_bundle()), ("x/y", bundle));
    /// ```
    pub fn to_bundle(&self) -> String {
        let texts: Vec<String> =
            self.documents().map(|layer| serde_json::to_string(layer).unwrap_or_default()).collect();
        format!("[\n{}\n]\n", texts.join(",\n"))
    }

    /// Reads the layers of one rule set from a JSON text: one rule file, or an array of rule files such as
    /// [`RuleSet::to_bundle`] writes. In findings the second file of an array in `x.json` is called `x[2].json`.
    ///
    /// Where the rules are said to be `checked` before, they are read but not proven once more; what cannot be read or
    /// resolved is still an error.
    ///
    /// # Errors
    /// As [`RuleSet::from_files`], and text that is not JSON.
    pub fn from_bundle(name: &str, text: &str, checked: bool) -> Result<RuleSet, Diagnostics> {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let layers: Option<Vec<&RawValue>> =
            text.starts_with('[').then(|| serde_json::from_str(text).ok()).flatten();
        // without an array it is one rule file, or something of which the reader says what it is
        let texts: Vec<&str> =
            layers.map_or_else(|| vec![text], |all| all.iter().map(|layer| layer.get()).collect());
        let stem = name.strip_suffix(".json").unwrap_or(name);
        let called =
            |number| if texts.len() == 1 { format!("{stem}.json") } else { format!("{stem}[{number}].json") };
        let names: Vec<String> = (1..=texts.len()).map(called).collect();
        let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().copied()).collect();
        Self::only_one(Library::load(&files, !checked, &[]))
    }

    fn only_one(library: Library) -> Result<RuleSet, Diagnostics> {
        let (mut sets, findings) = library.into_parts();
        if findings.has_errors() {
            return Err(findings);
        }
        match (sets.pop(), sets.pop()) {
            (Some(set), None) => Ok(set),
            (None, _) => Err(Diagnostics::new(
                vec![Diagnostic::error(Code::MissingKey, None, "there is no rule set in these files")],
                findings.sources().clone(),
            )),
            (Some(a), Some(b)) => Err(Diagnostics::new(
                vec![
                    Diagnostic::error(
                        Code::BadLayer,
                        None,
                        format!("these files hold several rule sets: `{}` and `{}`", b.id(), a.id()),
                    )
                    .help("load them with `Library::from_files`"),
                ],
                findings.sources().clone(),
            )),
        }
    }
}
