//! Running the command.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The output, of a run that must have succeeded.
    pub(crate) fn ok(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// The diagnostics, of a run that must have refused its input: exit code 2 and nothing on standard output.
    pub(crate) fn refused(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self.err
    }

    /// The output as JSON.
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).unwrap()
    }
}

pub(crate) fn leidraad(arguments: &[&str]) -> Ran {
    with_input(arguments, b"", Path::new(env!("CARGO_MANIFEST_DIR")))
}

pub(crate) fn typed(arguments: &[&str], lines: &str) -> Ran {
    with_input(arguments, lines.as_bytes(), Path::new(env!("CARGO_MANIFEST_DIR")))
}

pub(crate) fn with_input(arguments: &[&str], input: &[u8], folder: &Path) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_leidraad"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that does not read its input may be done before it is written
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder that stands in an empty one: what lies beside it is read, too.
pub(crate) struct Folder {
    _outer: tempfile::TempDir,
    path: PathBuf,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("files");
        std::fs::create_dir(&path).unwrap();
        Folder { _outer: outer, path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    for (name, text) in files {
        write(&folder.path().join(name), text.as_bytes());
    }
    folder
}

pub(crate) fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

pub(crate) fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read_to_string(path).unwrap()
}
