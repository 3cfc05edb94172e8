//! The `leidraad` command: check, test, evaluate, explain and ask rule sets.
//!
//! Each subcommand is a module; what they share is choosing a rule set ([`choose`]), reading files ([`files`]) and
//! writing text ([`output`]). Rules are decided in the library; here are only files, the clock and the terminal.

mod args;
mod check;
mod choose;
mod dutch;
mod embedded;
mod evaluate;
mod files;
mod fmt;
mod list;
mod output;
mod save;
mod test;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use output::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        None => Ok(ExitCode::SUCCESS),
        Some(Command::List { format }) => list::run(*format),
        Some(Command::Check { paths, deny_warnings, format }) => check::run(paths, *deny_warnings, *format),
        Some(Command::Test { paths }) => test::run(paths),
        Some(Command::Evaluate { case, format }) => evaluate::run(case, *format),
        Some(Command::Fmt { paths, check }) => fmt::run(paths, *check),
    }
}
