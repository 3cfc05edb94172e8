//! An output is never one of the files that a command reads: it would replace the only copy.

use std::path::{Path, PathBuf};

use crate::files::same;
use crate::output::Failure;

/// Refuses to write to a file that is read, by whatever path; `-` is standard input, be it a file.
pub(crate) fn spared<'a>(
    output: Option<&Path>,
    inputs: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), Failure> {
    let Some(output) = output else { return Ok(()) };
    let read = |input: &PathBuf| match input.to_str() {
        Some("-") => one_file(Path::new("/dev/stdin"), output),
        _ => one_file(input, output),
    };
    match inputs.into_iter().find(|input| read(input)) {
        None => Ok(()),
        Some(input) => Err(Failure::new(format!(
            "`{}` is the file that is read as `{}`, and would be replaced",
            output.display(),
            input.display()
        ))
        .help("write to another file; nothing was written")),
    }
}

/// Whether two paths are of one file that is there, also where it has two names.
#[cfg(unix)]
fn one_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id =
        |path: &Path| path.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| (m.dev(), m.ino()));
    same(a, b) && a.is_file() || id(a).is_some_and(|a| id(b) == Some(a))
}

#[cfg(not(unix))]
fn one_file(a: &Path, b: &Path) -> bool {
    same(a, b) && a.is_file()
}
