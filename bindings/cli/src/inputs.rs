//! An output is never one of the files that a command reads: it would replace the only copy.

use std::path::{Path, PathBuf};

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
    let Some(input) = inputs.into_iter().find(|input| read(input)) else { return Ok(()) };
    let name = if input == output { String::new() } else { format!(", as `{}`", input.display()) };
    Err(Failure::new(format!("`{}` is read by this command{name}, and would be replaced", output.display()))
        .help("write to another file; nothing was written"))
}

/// Whether two paths are of one file that is there, also where it has two names.
#[cfg(unix)]
fn one_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let about = |path: &Path| path.metadata().ok().filter(std::fs::Metadata::is_file);
    matches!((about(a), about(b)), (Some(a), Some(b)) if (a.dev(), a.ino()) == (b.dev(), b.ino()))
}

#[cfg(not(unix))]
fn one_file(a: &Path, b: &Path) -> bool {
    crate::files::same(a, b) && a.is_file()
}
