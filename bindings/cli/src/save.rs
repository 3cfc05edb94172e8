//! Writing files so that a crash leaves the old one or the new one, never half of it.

use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::output::Failure;

/// Writes a file that may not be there yet.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let file = written(path, text)?;
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("`{}` is there already", path.display()))
            .help("choose another name, or replace it with `--force`"),
        _ => failed(path)(error.error),
    })?;
    Ok(())
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Failure + '_ {
    move |error| cannot_write(path, &error)
}

/// Why a file cannot be written, in words, by the path as it was given.
pub(crate) fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    let folder = folder(path);
    let why = match error.kind() {
        _ if !folder.exists() => format!("there is no folder `{}`", folder.display()),
        _ if !folder.is_dir() => format!("`{}` is no folder", folder.display()),
        _ if path.is_dir() => "it is a folder".to_owned(),
        ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        // without the name of the temporary file, which nobody gave
        kind => kind.to_string(),
    };
    Failure::new(format!("cannot write `{}`: {why}", path.display()))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The text in a new file beside the one that it is for.
fn written(path: &Path, text: &str) -> Result<tempfile::NamedTempFile, Failure> {
    let failed = failed(path);
    let mut file = tempfile::NamedTempFile::new_in(folder(path)).map_err(&failed)?;
    file.write_all(text.as_bytes()).map_err(&failed)?;
    file.as_file().sync_all().map_err(&failed)?;
    Ok(file)
}

/// Replaces a file as a whole.
pub(crate) fn save(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = failed(path);
    let file = written(path, text)?;
    if let Ok(old) = std::fs::metadata(path) {
        std::fs::set_permissions(file.path(), old.permissions()).map_err(&failed)?;
    }
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
