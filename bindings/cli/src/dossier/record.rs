//! `leidraad dossier new | answer | deviate | step | sign`.

use std::path::Path;
use std::process::ExitCode;

use leidraad::dossier::{Opening, SignOff};
use leidraad::{Answers, Dossier, Program};

use super::args::{Answer, Deviate, New, Sign, Step};
use super::store::{Nobody, Refusal, create, replace};
use super::typed::{clear, decided, object, pair, text, value};
use super::{read, rules_of, stamp};
use crate::choose::{answers, chosen, today};
use crate::output::{Failure, complain, print};
use crate::save::cannot_write;

pub(super) fn new(new: &New) -> Result<ExitCode, Failure> {
    let chosen = chosen(&new.rules, &new.given)?;
    let opening = Opening {
        authority: chosen.authority.clone(),
        on: new.given.on,
        case: new.case.clone(),
        keep_rules: !new.without_rules,
    };
    let answers = answers(&new.given)?;
    let mut dossier = Dossier::new(&chosen.rules, &opening, &stamp(&new.recording)?)?;
    if answers != Answers::new() {
        dossier.record(&chosen.rules, &answers, &stamp(&new.recording)?)?;
    }
    create(&new.file, dossier.to_json(), &Nobody).map_err(|refusal| told(&new.file, refusal))?;
    done(&dossier)
}

pub(super) fn answer(answer: &Answer) -> Result<ExitCode, Failure> {
    let before = read(&answer.file)?;
    let rules = rules_of(&before, answer.rules.as_deref())?;
    let mut dossier = before.clone();
    match &answer.take_back {
        Some(question) => dossier.take_back(&rules, question, &stamp(&answer.recording)?)?,
        None => {
            let given = given(answer, &before.program(&rules)?)?;
            let stamp = stamp(&answer.recording)?;
            // what is noted on the command line is about all answers on it
            match answer.remark.is_some() || !answer.evidence.is_empty() {
                true => dossier.record_together(&rules, &given, &stamp)?,
                false => dossier.record(&rules, &given, &stamp)?,
            }
        }
    }
    save(&answer.file, &before, &dossier)
}

pub(super) fn deviate(deviate: &Deviate) -> Result<ExitCode, Failure> {
    let before = read(&deviate.file)?;
    let rules = rules_of(&before, deviate.rules.as_deref())?;
    let mut dossier = before.clone();
    let stamp = stamp(&deviate.recording)?;
    if deviate.follow {
        dossier.follow(&rules, &deviate.decision, &stamp)?;
        return save(&deviate.file, &before, &dossier);
    }
    let value = match deviate.values.as_slice() {
        [one] if !one.contains('=') => decided(one)?,
        several => object(several.iter().map(|typed| {
            let (name, text) = pair(typed)?;
            Ok((name, decided(text)?))
        }))?,
    };
    let fields = [
        Some(("value", value)),
        deviate.motivation.as_deref().map(|why| ("motivation", text(why))),
        deviate.at.map(|day| ("at", text(&day.to_string()))),
    ];
    let deviation = object(fields.into_iter().flatten().map(Ok))?;
    dossier.record(&rules, &case("$deviations", &deviate.decision, deviation)?, &stamp)?;
    let code = save(&deviate.file, &before, &dossier)?;
    if dossier.agrees(&rules, &deviate.decision, today()?)? {
        complain(&format!(
            "warning: this is what the rules give for `{0}`, so that it is no deviation; it is recorded all the same, as every reader sees \
             what was decided, and `{0}` can hang on confidential answers\n   = help: take it back with `--follow` to follow the rules\n",
            deviate.decision
        ));
    }
    Ok(code)
}

pub(super) fn step(step: &Step) -> Result<ExitCode, Failure> {
    let before = read(&step.file)?;
    let rules = rules_of(&before, step.rules.as_deref())?;
    let mut dossier = before.clone();
    let stamp = stamp(&step.recording)?;
    let record = match (step.done, &step.skipped) {
        (Some(done), _) => ("done", text(&done.to_string())),
        (None, Some(reason)) => ("skipped", text(reason)),
        (None, None) => {
            dossier.reopen(&rules, &step.step, &stamp)?;
            return save(&step.file, &before, &dossier);
        }
    };
    let record = object([Ok(record)].into_iter())?;
    dossier.record(&rules, &case("$steps", &step.step, record)?, &stamp)?;
    save(&step.file, &before, &dossier)
}

pub(super) fn sign(sign: &Sign) -> Result<ExitCode, Failure> {
    let before = read(&sign.file)?;
    let mut dossier = before.clone();
    let signature = match (&sign.signature, &sign.key) {
        (Some(file), Some(key)) => Some((crate::files::read(file)?.text, self::key(key)?)),
        _ => None,
    };
    dossier.sign(&SignOff { role: sign.role.clone(), signature }, &stamp(&sign.recording)?)?;
    save(&sign.file, &before, &dossier)
}

/// A public key: the text of a file, or the key itself.
pub(super) fn key(text: &str) -> Result<String, Failure> {
    /// Length of a public key of minisign: 42 bytes in base64.
    const LENGTH: usize = 56;
    let path = Path::new(text);
    let key = if path.is_file() { crate::files::read(path)?.text } else { text.to_owned() };
    let line = key.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    if line.len() == LENGTH && line.starts_with("RW") && line.chars().all(base64) {
        return Ok(key);
    }
    Err(Failure::new(format!("`{text}` is not a public key of minisign, nor a file with one"))
        .help("give the file `minisign.pub` of the signer, or the line in it that begins with RW"))
}

/// The answers of a file, else those on the command line.
fn given(answer: &Answer, rules: &Program) -> Result<Answers, Failure> {
    if answer.answers.is_some() {
        return answers(&crate::args::Given {
            answers: answer.answers.clone(),
            ..crate::args::Given::default()
        });
    }
    let pairs = answer.pairs.iter().map(|typed| {
        let (id, typed) = pair(typed)?;
        Ok((id, with_notes(value(typed), answer)))
    });
    let answers = Answers::from_text("the command line", &object(pairs)?)?;
    clear(&answers, &rules.questionnaire())?;
    Ok(answers)
}

/// An answer in its long form, where there is something to note beside it.
fn with_notes(value: String, answer: &Answer) -> String {
    let evidence: Vec<String> = answer.evidence.iter().map(|evidence| text(evidence)).collect();
    let mut notes = String::new();
    if let Some(remark) = &answer.remark {
        notes.push_str(&format!(r#","remark":{}"#, text(remark)));
    }
    if !evidence.is_empty() {
        notes.push_str(&format!(r#","evidence":[{}]"#, evidence.join(",")));
    }
    match value.trim().strip_suffix('}').map(str::trim_end) {
        _ if notes.is_empty() => value,
        // an answer in its long form already
        Some(open) if open.starts_with('{') && open.len() > 1 => format!("{open}{notes}}}"),
        _ => format!(r#"{{"value":{value}{notes}}}"#),
    }
}

/// A step or a deviation, as it stands beside answers.
fn case(key: &str, id: &str, record: String) -> Result<Answers, Failure> {
    let inner = object([Ok((id, record))].into_iter())?;
    Ok(Answers::from_text("the command line", &object([Ok((key, inner))].into_iter())?)?)
}

/// Writes a dossier in the place of the one that was read.
fn save(path: &Path, before: &Dossier, dossier: &Dossier) -> Result<ExitCode, Failure> {
    replace(path, before.to_json(), dossier.to_json(), &Nobody).map_err(|refusal| told(path, refusal))?;
    done(dossier)
}

/// Tells what the last hash is: whoever keeps it can see later whether anything was changed.
fn done(dossier: &Dossier) -> Result<ExitCode, Failure> {
    print(&format!(
        "Revisie {} is vastgelegd.\nLaatste hash: {}\n",
        dossier.revisions().len(),
        dossier.head()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn told(path: &Path, refusal: Refusal) -> Failure {
    let help = match refusal {
        Refusal::Busy | Refusal::Changed => {
            "nothing was recorded; look at what the other recorded, and try again"
        }
        Refusal::Exists => "a dossier is opened in a new file",
        Refusal::NoLock(_) => {
            "keep dossiers on a disk where files can be locked, so that two people cannot write at once"
        }
        Refusal::Disk(_) if path.exists() => "nothing was recorded; the old file is as it was",
        Refusal::Disk(_) => "nothing was recorded",
    };
    match refusal {
        Refusal::Disk(error) => cannot_write(path, &error),
        other => Failure::new(format!("cannot write `{}`: {other}", path.display())),
    }
    .help(help)
}
