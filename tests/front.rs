//! From text to a rule file, and back to the reader.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod formatting;
mod places;
mod robust;
mod snapshots;

use std::path::PathBuf;

use leidraad::{diagnostic::Diagnostics, document::Document, parse::parse, source::SourceMap};

/// Reads a text as a rule file.
fn read(name: &str, text: &str) -> (Option<Document>, Diagnostics) {
    let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
    let document = parse(&mut sources, name, text, &mut findings);
    (document, Diagnostics::new(findings, sources))
}

/// The fixtures whose name begins so, as name and text, in order.
fn fixtures(prefix: &str) -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/parse");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .filter(|(name, _)| name.starts_with(prefix) && !name.ends_with(".snap"))
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}
