//! `leidraad new`: files to begin with.

use std::path::Path;
use std::process::ExitCode;

use crate::args::{Given, New};
use crate::choose::{chosen, today};
use crate::inputs::spared;
use crate::output::{Failure, complain, print_exact};
use crate::save::{create, save};

pub(crate) fn run(what: &New) -> Result<ExitCode, Failure> {
    let New::Overlay { rules, authority, on, output, force } = what;
    let chosen = chosen(rules, &Given::default())?;
    spared(output.as_deref(), &chosen.files)?;
    let on = on.map_or_else(today, Ok)?;
    let text = chosen.rules.overlay_template(authority, on)?;
    match output {
        None => print_exact(&text)?,
        Some(path) => {
            write(path, &text, *force)?;
            let name = path.display();
            complain(&format!("{name} is written; fill it in and run `leidraad check {name}`\n"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    if force { save(path, text) } else { create(path, text) }
}
