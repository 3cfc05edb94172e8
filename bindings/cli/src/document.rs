//! `leidraad document`: a whole rule set as a policy document.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::args::LayerArgs;
use crate::choose::{chosen, today};
use crate::inputs::spared;
use crate::output::{Failure, complain, print_exact};
use crate::save::{create, save};

pub(crate) fn run(
    rules: &str,
    layer: &LayerArgs,
    output: Option<&PathBuf>,
    force: bool,
) -> Result<ExitCode, Failure> {
    let chosen = chosen(rules, &layer.given())?;
    spared(output.map(PathBuf::as_path), &chosen.files)?;
    let on = layer.on.map_or_else(today, Ok)?;
    let text = chosen.rules.policy_document(chosen.authority.as_deref(), on)?;
    match output {
        None => print_exact(&text)?,
        Some(path) => {
            if force { save(path, &text) } else { create(path, &text) }?;
            complain(&format!("{} is written\n", path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}
