//! From `RULE-SET|FILE` to a rule set, and from there to a program: authority, date and answers.

use std::path::{Path, PathBuf};

use leidraad::document::Document;
use leidraad::{Answers, Date, Library, Program, RuleSet, SourceMap, catalog, parse};

use crate::args::{Case, Given};
use crate::files::{TextFile, above, here, is_data, read, same};
use crate::output::Failure;
use crate::shipped::{library, over_shipped, own_findings};

/// Most files in a folder that are looked at for overlays.
const MAX_NEIGHBOURS: usize = 1_000;

/// A rule set that was chosen, and for whom.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) rules: RuleSet,
    pub(crate) authority: Option<String>,
    /// The files that it was read from; none of what is shipped.
    pub(crate) files: Vec<PathBuf>,
}

/// A case ready to be judged.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) rules: RuleSet,
    pub(crate) program: Program,
    pub(crate) answers: Answers,
}

/// The rule set, program and answers of a case.
pub(crate) fn ready(case: &Case) -> Result<Ready, Failure> {
    let chosen = chosen(&case.rules, &case.given)?;
    let answers = answers(&case.given)?;
    let program = program(&chosen, case.given.on, &answers)?;
    Ok(Ready { rules: chosen.rules, program, answers })
}

/// The rule set of an id or file.
pub(crate) fn chosen(rules: &str, given: &Given) -> Result<Chosen, Failure> {
    chosen_beside(rules, given, None)
}

/// The rule set of an id or file, which another file in the same folder is no part of.
pub(crate) fn chosen_beside(rules: &str, given: &Given, other: Option<&Path>) -> Result<Chosen, Failure> {
    let path = Path::new(rules);
    if !is_data(path) && catalog().rule_set(rules).is_ok() {
        return shipped(rules, given);
    }
    let (rules, layer, files) = if is_data(path) || path.is_file() {
        load(path, other)?
    } else if path.is_dir() {
        let failure = Failure::new(format!("`{rules}` is a directory"));
        return Err(
            failure.help("give the path of one rule file, or the id of a rule set: see `leidraad list`")
        );
    } else {
        return shipped(rules, given);
    };
    Ok(Chosen { rules, authority: given.authority.clone().or(layer), files })
}

/// A rule set that is shipped.
fn shipped(id: &str, given: &Given) -> Result<Chosen, Failure> {
    let rules = catalog().rule_set(id)?.clone();
    Ok(Chosen { rules, authority: given.authority.clone(), files: Vec::new() })
}

/// The program of a rule set for an authority: on the day given, else the day that the answers fix, else today.
pub(crate) fn program(chosen: &Chosen, on: Option<Date>, answers: &Answers) -> Result<Program, Failure> {
    Ok(chosen.rules.for_case(chosen.authority.as_deref(), answers, on, today()?)?)
}

/// The answers given, or none.
pub(crate) fn answers(given: &Given) -> Result<Answers, Failure> {
    let Some(path) = &given.answers else { return Ok(Answers::new()) };
    let file = read(path)?;
    Ok(Answers::from_text(&file.name, &file.text)?)
}

/// The day on the clock of this machine.
pub(crate) fn today() -> Result<Date, Failure> {
    let now = jiff::ZonedDateTime::now().date();
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    Date::new(now.year().into(), part(now.month()), part(now.day())).ok_or_else(|| {
        Failure::new("the clock of this machine gives no usable date").help("give one with `--on`")
    })
}

/// A rule file with the layers beside it; of an overlay also its authority. An overlay of a rule set that is not beside it goes over
/// the one that is shipped.
fn load(path: &Path, other: Option<&Path>) -> Result<(RuleSet, Option<String>, Vec<PathBuf>), Failure> {
    let file = read(path)?;
    let document = document(&file);
    let authority = document.filter(|d| d.overlay.is_some()).and_then(|d| d.authority).map(|a| a.value);
    let Some(own) = own(&file) else {
        // the same findings again, now as the answer
        let library = Library::from_files(&[(&file.name, &file.text)]);
        return match library.findings().has_errors() {
            true => Err(library.findings().clone().into()),
            false => Err(Failure::new(format!("`{}` names no rule set", file.name))),
        };
    };
    let mut files = with_neighbours(vec![file], &own.id);
    if let Some(other) = other.filter(|other| !same(other, path)) {
        files.retain(|file| !same(&file.path, other));
    }
    let paths = files.iter().map(|file| file.path.clone()).collect();
    let files = over_shipped(files);
    let texts: Vec<(&str, &str)> = files.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
    let library = library(&texts);
    if library.findings().has_errors() {
        return Err(own_findings(library.findings(), &files).into());
    }
    Ok((library.rule_set(&own.id)?.clone(), authority, paths))
}

/// The rule set that a file is a layer of.
pub(crate) struct Own {
    pub(crate) id: String,
    /// Whether it is a layer over a shared one.
    pub(crate) overlay: bool,
}

/// What a file says that it is; of one with errors its lines tell.
pub(crate) fn own(file: &TextFile) -> Option<Own> {
    if let Some(document) = document(file) {
        let overlay = document.id.is_none();
        return document.id.or(document.overlay).map(|id| Own { id: id.value, overlay });
    }
    let value = |key: &str| {
        let written = |line: &str| {
            let (found, value) = line.split_once(':')?;
            let value = value.split(" #").next()?.trim().trim_matches(['"', '\'', ',']);
            let top = found == key || found.trim() == format!("\"{key}\"");
            (top && value.contains('/')).then(|| value.to_owned())
        };
        file.text.lines().find_map(written)
    };
    let layer = |id| Own { id, overlay: true };
    value("overlay").map(layer).or_else(|| value("id").map(|id| Own { id, overlay: false }))
}

pub(crate) fn document(file: &TextFile) -> Option<Document> {
    parse::parse(&mut SourceMap::default(), &file.name, &file.text, &mut Vec::new())
}

/// Files of a rule set with its other layers: in the same folder, in the folder named after the file, in the folder
/// above when the file after which its own folder is named stands there, and for an overlay anywhere in the folder above.
/// How the path of a file is written does not matter.
pub(crate) fn with_neighbours(mut files: Vec<TextFile>, id: &str) -> Vec<TextFile> {
    let mut at = 0;
    while let Some(file) = files.get(at) {
        at += 1;
        let folder = file.path.parent().unwrap_or(Path::new(""));
        let mut paths = data_files(folder);
        paths.extend(data_files(&file.path.with_extension("")));
        let named = here(folder).canonicalize().ok().and_then(|f| f.file_name().map(ToOwned::to_owned));
        let overlay = is_overlay(file);
        let up = above(folder).map(|up| data_files(&up)).unwrap_or_default();
        paths.extend(up.into_iter().filter(|path| overlay || path.file_stem() == named.as_deref()));
        for path in paths {
            if files.iter().any(|known| same(&known.path, &path)) {
                continue;
            }
            if let Ok(found) = read(&path)
                && belongs(&found, id)
            {
                files.push(found);
            }
        }
    }
    files
}

/// Whether a file is a layer over a shared one; of one that cannot be read its lines tell.
fn is_overlay(file: &TextFile) -> bool {
    match document(file) {
        Some(document) => document.overlay.is_some(),
        None => file.text.lines().any(|line| line.starts_with("overlay:") || line.contains("\"overlay\"")),
    }
}

/// Whether a file is a layer of a rule set. One that cannot be read counts when it names it as its own.
fn belongs(file: &TextFile, id: &str) -> bool {
    if !file.text.contains(id) || !file.text.contains("leidraad") {
        return false;
    }
    match document(file) {
        Some(document) => document.id.or(document.overlay).is_some_and(|own| own.value == id),
        None => writes(file, "overlay", id) || writes(file, "id", id),
    }
}

/// Whether a file is a shared layer of a rule set, as [`belongs`] tells.
pub(crate) fn is_shared(file: &TextFile, id: &str) -> bool {
    file.text.contains(id)
        && match document(file) {
            Some(document) => document.id.is_some_and(|own| own.value == id),
            None => writes(file, "id", id),
        }
}

/// Whether a file has a line with this key and value.
pub(crate) fn writes(file: &TextFile, key: &str, value: &str) -> bool {
    let plain = |line: &str| line.replace(['"', '\'', ',', ' '], "");
    file.text.lines().map(plain).any(|line| line == format!("{key}:{value}"))
}

pub(crate) fn data_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(here(folder)) else { return Vec::new() };
    let paths = entries.take(MAX_NEIGHBOURS).flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| is_data(path) && path.is_file())
        .map(|path| path.strip_prefix("./").map(Path::to_owned).unwrap_or(path))
        .collect();
    paths.sort();
    paths
}
