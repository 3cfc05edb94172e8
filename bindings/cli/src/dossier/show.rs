//! `leidraad dossier show | verify | compare`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use leidraad::dossier::Reference;
use leidraad::{Dossier, RuleSet};

use super::args::{Compare, Show, Verify};
use super::record::key;
use super::{given, read, rules_of, shipped};
use crate::args::Format;
use crate::choose::today;
use crate::dutch;
use crate::evaluate::print_json;
use crate::output::{Failure, complain, print, print_exact};
use crate::summary::{assess, outcomes};

pub(super) fn show(show: &Show) -> Result<ExitCode, Failure> {
    let dossier = for_reader(read(&show.file)?, show.rules.as_deref(), &show.reader)?;
    let warning = warning(&dossier, &[]);
    match show.format {
        // what is printed is the dossier itself, or the text to sign: nothing may stand above it
        _ if show.to_sign => {
            complain(&warning.unwrap_or_default());
            print_exact(&dossier.to_sign())?;
        }
        Format::Json => {
            complain(&warning.unwrap_or_default());
            print_exact(dossier.to_json())?;
        }
        Format::Text => {
            let warning = warning.map(|warning| warning + "\n").unwrap_or_default();
            print(&(warning + &text(&dossier, show.rules.as_deref())?))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The copy of a dossier for a reader, where one is named.
fn for_reader(dossier: Dossier, rules: Option<&str>, reader: &[String]) -> Result<Dossier, Failure> {
    if reader.is_empty() {
        return Ok(dossier);
    }
    let classes: Vec<&str> = reader.iter().map(String::as_str).collect();
    match rules_of(&dossier, rules) {
        Ok(rules) if dossier.fits(&rules) => Ok(dossier.redact_by(&rules, &classes)?),
        _ => Ok(dossier.redact(&classes)?),
    }
}

/// That a dossier is not as it was recorded, and what was changed; nothing where it is.
fn warning(dossier: &Dossier, rules: &[&RuleSet]) -> Option<String> {
    let own = rules_of(dossier, None).ok();
    let rules: Vec<&RuleSet> = rules.iter().copied().chain(&own).collect();
    dossier.verify(&Reference { rules: &rules, ..Reference::default() }).warning()
}

/// What follows now, what was recorded, and what newer rules would say; of a copy only what it holds.
fn text(dossier: &Dossier, rules: Option<&str>) -> Result<String, Failure> {
    let mut text = dossier.heading();
    let now = match rules {
        Some(rules) => Some(given(rules)?),
        None => shipped(dossier).cloned(),
    };
    let own = now.clone().filter(|rules| dossier.fits(rules)).map_or_else(|| rules_of(dossier, None), Ok);
    let program = match &own {
        Ok(own) => Some(dossier.program(own)?),
        Err(_) => None,
    };
    if let Some(program) = &program {
        let mut answers = dossier.answers();
        answers.set_today(Some(today()?));
        let mut reader: Vec<String> = Vec::new();
        if dossier.is_redacted() {
            reader.push("public".to_owned());
            reader.extend(dossier.visible_classes().into_iter().map(str::to_owned));
        }
        let assessment = assess(program, &answers, &reader)?;
        let shown = outcomes(program, &answers, &reader, &assessment)?;
        text.push_str(&harmless(&shown));
    } else {
        let _ = writeln!(
            text,
            "De regels van dit dossier zijn er niet bij. Daarom staan hieronder alleen namen van vragen en beslissingen."
        );
    }
    text.push('\n');
    text.push_str(&dossier.history(program.as_ref()));
    if let Some(now) = &now {
        text.push_str(&newer(dossier, now)?);
    }
    Ok(text)
}

/// What the rules of now would say, on the same dates and today.
fn newer(dossier: &Dossier, rules: &RuleSet) -> Result<String, Failure> {
    let mut text = String::new();
    if !dossier.fits(rules) {
        let other = dossier.under(rules, None)?;
        let heading =
            "De regels zijn gewijzigd sinds dit dossier. Met de regels van nu, op dezelfde peildatum";
        tell(&mut text, heading, &other);
    }
    let today = today()?;
    let last = dossier.revisions().last().map(|last| &last.rules);
    let is_today =
        last.is_some_and(|used| used.facts == today && used.others.0.iter().all(|(_, day)| *day == today));
    if !is_today {
        let heading = format!("Met de regels die vandaag gelden ({})", dutch::date(today));
        tell(&mut text, &heading, &dossier.under(rules, Some(today))?);
    }
    if !text.is_empty() {
        text.push_str("Dit verandert niets aan het dossier.\n");
    }
    Ok(text)
}

fn tell(text: &mut String, heading: &str, other: &leidraad::dossier::OtherOutcome) {
    let _ = match other.is_same() {
        true => write!(text, "\n{heading}, is de uitkomst dezelfde.\n{other}"),
        false => write!(text, "\n{heading}, zou anders zijn:\n{other}"),
    };
}

/// A text without styles, and without signs that move the cursor: answers of others stand in it.
fn harmless(text: &str) -> String {
    let plain = anstream::adapter::strip_str(text).to_string();
    plain.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

pub(super) fn verify(verify: &Verify) -> Result<ExitCode, Failure> {
    let dossier = read(&verify.file)?;
    let rules = looked_at(&verify.rules, &dossier)?;
    let keys = verify.key.iter().map(|text| key(text)).collect::<Result<Vec<_>, _>>()?;
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let rules: Vec<&RuleSet> = rules.iter().collect();
    let head = verify.head.as_deref().map(head).transpose()?;
    let head = head.as_deref();
    let verification = dossier.verify(&Reference { rules: &rules, head, keys: &keys });
    match verify.format {
        Format::Json => print_json(&verification)?,
        Format::Text => print(&verification.to_string())?,
    }
    Ok(if verification.is_intact() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(super) fn compare(compare: &Compare) -> Result<ExitCode, Failure> {
    let of = |path: &Path| for_reader(read(path)?, None, &compare.reader);
    let (first, second) = (of(&compare.first)?, of(&compare.second)?);
    let rules = looked_at(&compare.rules, &second)?;
    let rules: Vec<&RuleSet> = rules.iter().collect();
    let compared = first.compare(&second, &rules)?;
    let told = |path: &Path, dossier: &Dossier| {
        warning(dossier, &rules).map_or_else(String::new, |text| format!("{}: {text}\n", path.display()))
    };
    let warnings = told(&compare.first, &first) + &told(&compare.second, &second);
    match compare.format {
        Format::Json => {
            complain(&warnings);
            print_json(&compared)?;
        }
        Format::Text => print(&(harmless(&warnings) + &compared.to_string()))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A hash as it was kept elsewhere, perhaps typed over.
fn head(text: &str) -> Result<String, Failure> {
    /// Hexadecimal digits of a SHA-256.
    const DIGITS: usize = 64;
    let hash = text.trim().to_ascii_lowercase();
    let digits = hash.strip_prefix("sha256:").unwrap_or(&hash);
    if digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(format!("sha256:{digits}"));
    }
    Err(Failure::new(format!("`{text}` is not a hash of a dossier")).help(format!(
        "it is `sha256:` and {DIGITS} hexadecimal digits, as `leidraad dossier show` ends with"
    )))
}

/// The rules given, and those shipped of a dossier's id.
fn looked_at(rules: &[String], dossier: &Dossier) -> Result<Vec<RuleSet>, Failure> {
    let mut list = rules.iter().map(|rules| given(rules)).collect::<Result<Vec<_>, _>>()?;
    list.extend(shipped(dossier).cloned());
    Ok(list)
}
