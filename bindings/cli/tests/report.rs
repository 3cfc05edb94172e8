//! `leidraad report`: each rule set that is shipped from `dossier new` to report and verify, and input that is no dossier.

mod refused;
mod whole;

use std::path::Path;

use crate::run::{Ran, with_input};

/// Runs `leidraad report` in a folder.
fn report(folder: &Path, arguments: &[&str]) -> Ran {
    let arguments: Vec<&str> = std::iter::once("report").chain(arguments.iter().copied()).collect();
    with_input(&arguments, b"", folder)
}
