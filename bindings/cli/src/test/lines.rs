//! `leidraad test --format json`: a line per case, to hold another build or a port against.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use leidraad::{CaseResult, Cases, Date};
use serde_json::json;

use super::{own, with_cases};
use crate::check::Workspace;
use crate::choose::today;
use crate::output::{Failure, print_exact};

pub(crate) fn run(paths: &[PathBuf]) -> Result<ExitCode, Failure> {
    let Workspace { library, cases, broken, .. } = with_cases(paths)?;
    let today = today()?;
    let mut text = String::new();
    let mut failed = library.findings().has_errors();
    for findings in &broken {
        failed = true;
        let _ = writeln!(text, "{}", json!({ "passed": false, "findings": findings }));
    }
    for file in &cases {
        match Cases::from_text(&file.name, &file.text) {
            Err(findings) => {
                failed = true;
                let _ =
                    writeln!(text, "{}", json!({ "file": file.name, "passed": false, "findings": findings }));
            }
            Ok(cases) => {
                let own = own(&library, &file.path, cases.rule_set());
                for result in cases.run(own.as_ref().unwrap_or(&library), today) {
                    failed |= !result.passed();
                    let _ = writeln!(text, "{}", line(&result, today));
                }
            }
        }
    }
    print_exact(&text)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The answers and the assessment stand in it as texts: their bytes are what matters.
fn line(result: &CaseResult, today: Date) -> serde_json::Value {
    json!({
        "file": result.file,
        "line": result.place.line,
        "rule_set": result.rule_set,
        "authority": result.authority,
        "on": result.on,
        "today": today,
        "name": result.name,
        "passed": result.passed(),
        "answers": result.answers.to_json(),
        "assessment": result.assessment.as_ref().map(leidraad::Assessment::to_json),
        "findings": result.findings,
    })
}
