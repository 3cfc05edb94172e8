//! `leidraad fmt`: aligned tables.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use leidraad::format::format;

use crate::files::find;
use crate::output::{Failure, complain, count, paint, print};
use crate::save::save;

pub(crate) fn run(paths: &[PathBuf], check: bool) -> Result<ExitCode, Failure> {
    let here = [PathBuf::from(".")];
    let found = find(if paths.is_empty() { &here } else { paths })?;
    let mut text = String::new();
    let (mut changed, mut broken) = (0, found.broken.len());
    found.broken.iter().for_each(|findings| complain(&paint(findings)));
    for file in &found.rules {
        match format(&file.name, &file.text) {
            Err(findings) => {
                broken += 1;
                complain(&paint(&findings));
            }
            Ok(formatted) if formatted != file.text => {
                changed += 1;
                if !check {
                    save(&file.path, &formatted)?;
                }
                let _ = writeln!(text, "{} {}", if check { "would align" } else { "aligned" }, file.name);
            }
            Ok(_) => {}
        }
    }
    let files = count(found.rules.len(), "rule file");
    let _ = match check {
        true => writeln!(text, "{files}, {changed} to align"),
        false => writeln!(text, "{files}, {changed} aligned"),
    };
    print(&text)?;
    Ok(match (broken, check && changed > 0) {
        (0, false) => ExitCode::SUCCESS,
        (0, true) => ExitCode::FAILURE,
        _ => ExitCode::from(crate::output::BAD_INPUT),
    })
}
