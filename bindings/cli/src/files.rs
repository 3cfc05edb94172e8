//! Reading files: what cannot be read is said clearly, and no file is held that is too large to be one of ours.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use leidraad::diagnostic::{Code, Diagnostic, Diagnostics};
use leidraad::limits::MAX_FILE_BYTES;
use leidraad::parse::text_from_bytes;
use leidraad::{SourceMap, Span};
use walkdir::WalkDir;

use crate::output::Failure;

/// A file with its name as the user knows it.
#[derive(Debug, Clone)]
pub(crate) struct TextFile {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) text: String,
}

/// What a file is, as far as its first sight tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Rules,
    Cases,
}

/// Reads a file that must be there.
pub(crate) fn read(path: &Path) -> Result<TextFile, Failure> {
    read_within(path, MAX_FILE_BYTES)
}

/// Reads a file that must be there and may have so many bytes.
pub(crate) fn read_within(path: &Path, limit: usize) -> Result<TextFile, Failure> {
    let name = path.display().to_string();
    let text = match path == Path::new("-") {
        true => text(io::stdin().lock(), "standard input", limit)?,
        false => {
            if path.is_dir() {
                return Err(Failure::new(format!("cannot read `{name}`: it is a directory")));
            }
            let file = File::open(path).map_err(|error| cannot_read(&name, &error))?;
            text(file, &name, limit)?
        }
    };
    let name = if path == Path::new("-") { "standard input".to_owned() } else { name };
    Ok(TextFile { path: path.to_owned(), name, text })
}

fn text(from: impl Read, name: &str, limit: usize) -> Result<String, Failure> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| cannot_read(name, &error))?;
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    if bytes.len() > limit {
        let span = Span { file: sources.add(name, ""), start: 0, end: 0 };
        let message = format!("the file is larger than {limit} bytes, more than such a file needs");
        out.push(
            Diagnostic::error(Code::TooLarge, span, message)
                .help("split it, or check that this is the right file"),
        );
        return Err(Diagnostics::new(out, sources).into());
    }
    if text_from_bytes(&mut sources, name, &bytes, &mut out).is_none() {
        return Err(Diagnostics::new(out, sources).into());
    }
    String::from_utf8(bytes).map_err(|error| Failure::new(format!("cannot read `{name}`: {error}")))
}

/// Why a file cannot be read, in words.
pub(crate) fn cannot_read(name: &str, error: &io::Error) -> Failure {
    let why = match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(format!("cannot read `{name}`: {why}"))
}

/// Whether the name is that of a YAML or JSON file.
pub(crate) fn is_data(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// What a file in a directory is; none for a file that is not ours.
fn kind(path: &Path, text: &str) -> Option<Kind> {
    let yaml = |line: &str| line.trim_start_matches('\u{feff}').starts_with("leidraad:");
    let yaml = text.lines().any(yaml);
    if !yaml && below_cases(path, text) {
        return Some(Kind::Cases);
    }
    let json = || text.contains("\"leidraad\"");
    // a JSON Schema speaks of the keys of a rule file without being one
    let schema = text.contains("\"$schema\"");
    (!schema && (yaml || json())).then_some(Kind::Rules)
}

/// Whether a text has the first key of a case file.
pub(crate) fn like_cases(text: &str) -> bool {
    let key = |line: &str| line.starts_with("rule_set:") || line.starts_with("cases:");
    text.lines().any(key) || text.contains("\"rule_set\"")
}

/// What a file is that was named by hand: a rule file, unless it looks like cases.
fn kind_named(path: &Path, text: &str) -> Kind {
    match kind(path, text) {
        Some(kind) => kind,
        None if like_cases(text) => Kind::Cases,
        None => Kind::Rules,
    }
}

/// Whether a file stands in a folder `cases`, or somewhere below one and looks like cases; however its path is written.
fn below_cases(path: &Path, text: &str) -> bool {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut folders = path.ancestors().skip(1).map(|folder| folder.file_name().is_some_and(|n| n == "cases"));
    folders.next() == Some(true) || (like_cases(text) && folders.any(|cases| cases))
}

/// The folder above another: that of the file system, not of how the path is written, so that `a.yaml`, `./a.yaml` and
/// `../d/a.yaml` have the same folder above theirs.
pub(crate) fn above(folder: &Path) -> Option<PathBuf> {
    let real = here(folder).canonicalize().ok()?.parent()?.to_owned();
    let written = folder.parent().filter(|up| here(up).canonicalize().is_ok_and(|up| up == real));
    let dots = || folder.strip_prefix(".").unwrap_or(folder).join("..");
    Some(written.map_or_else(dots, Path::to_owned))
}

/// A folder as the file system wants it.
pub(crate) fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Rule files and case files at these paths, each once, in order; what cannot be read is in `broken`.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) rules: Vec<TextFile>,
    pub(crate) cases: Vec<TextFile>,
    /// Files that are not UTF-8 or too large, with the findings.
    pub(crate) broken: Vec<Diagnostics>,
}

/// Looks at paths given by hand: files, and directories with all that is below them.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Found, Failure> {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            for path in walk(path)? {
                found.add(&path, kind)?;
            }
        } else {
            found.add(path, |path, text| Some(kind_named(path, text)))?;
        }
    }
    Ok(found)
}

impl Found {
    fn add(&mut self, path: &Path, kind: impl Fn(&Path, &str) -> Option<Kind>) -> Result<(), Failure> {
        let known = |file: &TextFile| same(&file.path, path);
        if self.rules.iter().chain(&self.cases).any(known) {
            return Ok(());
        }
        match read(path) {
            Ok(file) => match kind(path, &file.text) {
                Some(Kind::Rules) => self.rules.push(file),
                Some(Kind::Cases) => self.cases.push(file),
                None => {}
            },
            Err(Failure::Findings(findings)) => self.broken.push(*findings),
            Err(failure) => return Err(failure),
        }
        Ok(())
    }
}

/// The YAML and JSON files below a directory, by name; hidden folders and build products are not ours.
fn walk(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let ours =
        |name: &str| !(name.starts_with('.') && name.len() > 2) && name != "target" && name != "node_modules";
    let walk = WalkDir::new(directory).sort_by_file_name().into_iter();
    let entries =
        walk.filter_entry(|entry| entry.depth() == 0 || entry.file_name().to_str().is_none_or(ours));
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Failure::new(format!("cannot read a directory: {error}")))?;
        if !entry.file_type().is_dir() && is_data(entry.path()) {
            let path = entry.into_path();
            paths.push(path.strip_prefix(".").map(Path::to_owned).unwrap_or(path));
        }
    }
    Ok(paths)
}

/// Whether two paths are the same file.
pub(crate) fn same(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
