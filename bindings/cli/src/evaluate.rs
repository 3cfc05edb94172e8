//! `leidraad evaluate` and `leidraad explain`: what follows from answers, and why.

use std::process::ExitCode;

use serde::Serialize;

use crate::args::{Case, Format};
use crate::choose::{Ready, ready};
use crate::output::{Failure, print, print_exact};
use crate::summary::{assess, explain as why, summary};

pub(crate) fn run(case: &Case, format: Format) -> Result<ExitCode, Failure> {
    if let Some(codes) = crate::beside::several(&case.given) {
        return crate::beside::run(case, &codes, format);
    }
    let Ready { rules, program, answers } = ready(case)?;
    match format {
        Format::Json => {
            print_exact(&format!("{}\n", assess(&program, &answers, &case.reader)?.to_json_pretty()))?
        }
        Format::Text => {
            print(&summary(&program, &answers, &case.reader, &rules.authorities().collect::<Vec<_>>())?)?
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn explain(case: &Case, decision: Option<&str>, format: Format) -> Result<ExitCode, Failure> {
    let Ready { program, answers, .. } = ready(case)?;
    let explanation = why(&program, &answers, decision, &case.reader)?;
    match format {
        Format::Json => print_json(&explanation)?,
        Format::Text => print(&explanation.to_string())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Indented JSON.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::new(format!("cannot write this as JSON: {error}")))?;
    print_exact(&format!("{text}\n"))
}
