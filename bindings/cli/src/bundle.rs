//! `leidraad bundle`: a rule set as one JSON text, as browsers load it.

use std::process::ExitCode;

use crate::args::Given;
use crate::choose::chosen;
use crate::output::{Failure, print_exact};

pub(crate) fn run(rules: &str) -> Result<ExitCode, Failure> {
    let given = Given { authority: None, on: None, answers: None };
    print_exact(&chosen(rules, &given)?.rules.to_bundle())?;
    Ok(ExitCode::SUCCESS)
}
