//! `leidraad dossier`: each instrument from `new` to `verify`, two writers at once, and a process that dies while it writes.

mod changed;
mod crash;
mod instruments;
mod refused;
mod words;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::run::{Folder, Ran, fixture, folder};

/// Runs `leidraad dossier` in a folder, as A. de Vries.
pub(crate) fn dossier(folder: &Path, arguments: &[&str]) -> Ran {
    let output = command(folder, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leidraad"));
    command
        .arg("dossier")
        .args(arguments)
        .current_dir(folder)
        .env("LEIDRAAD_BY", "A. de Vries")
        .stdin(Stdio::null());
    command
}

/// A folder with a small rule file and a dossier on it, of one answer.
pub(crate) fn small() -> (Folder, PathBuf) {
    let folder = folder(&[("maatregel.yaml", &fixture("maatregel.yaml"))]);
    dossier(folder.path(), &["new", "maatregel.yaml", "zaak.json", "--on", "2026-07-04"]).ok();
    dossier(folder.path(), &["answer", "zaak.json", "object=woning"]).ok();
    let file = folder.path().join("zaak.json");
    (folder, file)
}

pub(crate) fn data(file: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// The files of a folder, hidden ones too.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
