//! `leidraad report`: a report on a dossier. What stands in it is decided in the library; here are only files and the clock.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use leidraad::Date;
use leidraad::report::Report;

use crate::args::date;
use crate::choose::{Chosen, today};
use crate::dossier::{chosen_of, read};
use crate::inputs::spared;
use crate::output::{Failure, complain, print_exact};
use crate::save::{create, save};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  leidraad report zaak.json --output verslag.html
  leidraad report zaak.json --output verslag.html --reader public        for the person concerned
  leidraad report zaak.json --format md --on 2026-08-03
  leidraad report zaak.json --output termijnen.ics                       open steps and terms for a calendar

The report is a file by itself: HTML fetches nothing and runs no script, and prints on A4. Of the calendar, terms are
events of a whole day, and steps without a day are tasks; not every program shows tasks (Outlook does not import them).")]
pub(crate) struct ReportArgs {
    /// The dossier, or `-` for standard input.
    #[arg(value_name = "FILE|-")]
    dossier: PathBuf,
    /// What to write; without it what the name of the output ends with, else Markdown.
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Write to this file instead of standard output.
    #[arg(long, short, visible_alias = "out", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file when it is there already.
    #[arg(long, requires = "output")]
    force: bool,
    /// The day as of which things are told: terms that run are counted from it; without it today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: Option<Date>,
    /// Tell only what a reader may see who may see these classes of confidentiality; `public` for none.
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    reader: Vec<String>,
    /// The rules, where they are neither shipped nor kept in the dossier.
    #[arg(long, value_name = "RULE-SET|FILE")]
    rules: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One file for a browser, to read and to print.
    Html,
    /// Markdown.
    Md,
    /// For programs.
    Json,
    /// Open steps and terms for a calendar (iCalendar).
    Ics,
}

impl Form {
    /// What the name of a file says.
    fn of(path: &Path) -> Result<Form, Failure> {
        let end = path.extension().and_then(|end| end.to_str()).map(str::to_lowercase);
        match end.as_deref() {
            Some("html" | "htm") => Ok(Form::Html),
            Some("md" | "markdown") => Ok(Form::Md),
            Some("json") => Ok(Form::Json),
            Some("ics") => Ok(Form::Ics),
            _ => Err(Failure::new(format!("the name `{}` does not say what to write", path.display()))
                .help("end it with .html, .md, .json or .ics, or give `--format`")),
        }
    }
}

pub(crate) fn run(arguments: &ReportArgs) -> Result<ExitCode, Failure> {
    let form = match (arguments.format, &arguments.output) {
        (Some(form), _) => form,
        (None, Some(output)) => Form::of(output)?,
        (None, None) => Form::Md,
    };
    let dossier = read(&arguments.dossier)?;
    let Chosen { rules, files, .. } = chosen_of(&dossier, arguments.rules.as_deref())?;
    spared(arguments.output.as_deref(), files.iter().chain([&arguments.dossier]))?;
    let on = arguments.on.map_or_else(today, Ok)?;
    let report = match arguments.reader.as_slice() {
        [] => Report::of(&dossier, &rules, on)?,
        classes => {
            let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
            Report::for_reader(&dossier, &rules, on, &classes)?
        }
    };
    let text = match form {
        Form::Html => report.html(),
        Form::Md => report.markdown(),
        Form::Json => report.to_json_pretty() + "\n",
        Form::Ics => report.calendar().ok_or_else(|| {
            let open = match report.withheld.is_empty() {
                true => "no step of this dossier is open",
                false => "no step that this reader may see is open",
            };
            Failure::new(format!("{open}, and a calendar may not be empty"))
                .help("a report in another form says where the steps stand")
        })?,
    };
    if matches!(form, Form::Ics) && !report.integrity.intact {
        let (what, name) = (&report.integrity.text, arguments.dossier.display());
        complain(&format!(
            "{what}\nDe dagen in deze agenda kunnen onjuist zijn: zie `leidraad dossier verify {name}`.\n"
        ));
    }
    match &arguments.output {
        None => print_exact(&text)?,
        Some(path) if arguments.force => save(path, &text)?,
        Some(path) => create(path, &text)?,
    }
    Ok(ExitCode::SUCCESS)
}
