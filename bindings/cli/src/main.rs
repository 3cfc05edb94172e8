//! The `leidraad` command: check, test, evaluate, explain and ask rule sets, and keep dossiers.
//!
//! Each subcommand is a module; what they share is choosing a rule set ([`choose`]), reading files ([`files`]) and
//! writing text ([`output`]). Rules are decided in the library; here are only files, the clock and the terminal.

mod args;
mod ask;
mod beside;
mod bundle;
mod check;
mod choose;
mod compare;
mod document;
mod dossier;
mod dutch;
mod embedded;
mod evaluate;
mod files;
mod fmt;
mod impact;
mod inputs;
mod layers;
mod list;
mod new;
mod output;
mod questions;
mod report;
mod save;
mod shipped;
mod start;
mod summary;
mod test;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command, Format};
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
        None => start::run(),
        Some(Command::List { format }) => list::run(*format),
        Some(Command::Check { paths, options }) => check::run(paths, options),
        Some(Command::Test { paths, format: Format::Json, .. }) => test::lines::run(paths),
        Some(Command::Test { paths, coverage, .. }) => test::run(paths, *coverage),
        Some(Command::Bundle { rules }) => bundle::run(rules),
        Some(Command::Evaluate { case, format }) => evaluate::run(case, *format),
        Some(Command::Explain { case, decision, format }) => {
            evaluate::explain(case, decision.as_deref(), *format)
        }
        Some(Command::Ask { rules, given, options }) => ask::run(rules.as_deref(), given, options),
        Some(Command::Questions { rules, layer, format }) => questions::run(rules, layer, *format),
        Some(Command::Schema { of }) => questions::schema(of),
        Some(Command::Dossier { command }) => dossier::run(command),
        Some(Command::Report(arguments)) => report::run(arguments),
        Some(Command::Compare(arguments)) => compare::run(arguments),
        Some(Command::Impact(arguments)) => impact::run(arguments),
        Some(Command::New { what }) => new::run(what),
        Some(Command::Document { rules, layer, output, force }) => {
            document::run(rules, layer, output.as_ref(), *force)
        }
        Some(Command::Fmt { paths, check }) => fmt::run(paths, *check),
    }
}
