//! `leidraad evaluate`: what follows from answers.

use std::process::ExitCode;

use crate::args::{Case, Format};
use crate::choose::ready;
use crate::output::{Failure, print, print_exact};

pub(crate) fn run(case: &Case, format: Format) -> Result<ExitCode, Failure> {
    let ready = ready(case)?;
    let assessment = ready.program.evaluate(&ready.answers)?;
    match format {
        Format::Json => print_exact(&format!("{}\n", assessment.to_json_pretty()))?,
        Format::Text => print(&format!("{}\n", assessment.to_json_pretty()))?,
    }
    Ok(ExitCode::SUCCESS)
}
