//! `leidraad dossier`: the record of a case in a file. What it means is decided in the library; here are only the file, the
//! clock, and chance for the salts.

mod args;
mod record;
mod show;
mod store;
mod typed;

use std::path::Path;
use std::process::ExitCode;

use leidraad::dossier::Stamp;
use leidraad::limits::MAX_DOSSIER_BYTES;
use leidraad::{Dossier, RuleSet, catalog};

use crate::args::Given;
use crate::choose::{Chosen, chosen};
use crate::files::read_within;
use crate::output::Failure;

pub(crate) use args::DossierCommand;
use args::Recording;

pub(crate) fn run(command: &DossierCommand) -> Result<ExitCode, Failure> {
    match command {
        DossierCommand::New(new) => record::new(new),
        DossierCommand::Answer(answer) => record::answer(answer),
        DossierCommand::Deviate(deviate) => record::deviate(deviate),
        DossierCommand::Step(step) => record::step(step),
        DossierCommand::Sign(sign) => record::sign(sign),
        DossierCommand::Show(show) => show::show(show),
        DossierCommand::Verify(verify) => show::verify(verify),
        DossierCommand::Compare(compare) => show::compare(compare),
    }
}

/// Reads a dossier.
pub(crate) fn read(path: &Path) -> Result<Dossier, Failure> {
    let file = read_within(path, MAX_DOSSIER_BYTES)?;
    Ok(Dossier::from_json(&file.name, &file.text)?)
}

/// The moment on the clock of this machine, who records, and fresh chance.
fn stamp(recording: &Recording) -> Result<Stamp, Failure> {
    let now = jiff::ZonedDateTime::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).map_err(|error| {
        Failure::new(format!("this machine gives no random numbers, which a dossier needs: {error}"))
    })?;
    let stamp = Stamp::new(&now, salt)?;
    let variable = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let by =
        recording.by.clone().or_else(|| ["LEIDRAAD_BY", "USER", "USERNAME"].into_iter().find_map(variable));
    Ok(match by {
        Some(by) => stamp.by(&by),
        None => stamp,
    })
}

/// The rule set of an id or file.
fn given(rules: &str) -> Result<RuleSet, Failure> {
    Ok(chosen(rules, &Given::default())?.rules)
}

/// The rules by which a dossier was judged: those given, else those shipped, else those that it keeps.
fn rules_of(dossier: &Dossier, rules: Option<&str>) -> Result<RuleSet, Failure> {
    Ok(chosen_of(dossier, rules)?.rules)
}

/// The same, with the files that they were read from.
pub(crate) fn chosen_of(dossier: &Dossier, rules: Option<&str>) -> Result<Chosen, Failure> {
    if let Some(rules) = rules {
        return chosen(rules, &Given::default());
    }
    let unread = |rules| Chosen { rules, authority: None, files: Vec::new() };
    if let Some(shipped) = shipped(dossier).filter(|rules| dossier.fits(rules)) {
        return Ok(unread(shipped.clone()));
    }
    dossier.kept_rules().map(unread).ok_or_else(|| {
        Failure::new("the rules by which this dossier was judged are not shipped with this version, nor kept in the dossier")
            .help("give them with `--rules FILE`")
    })
}

/// The rule set shipped of a dossier's id.
fn shipped(dossier: &Dossier) -> Option<&'static RuleSet> {
    catalog().rule_set(dossier.opened()?.rule_set.as_str()).ok()
}
