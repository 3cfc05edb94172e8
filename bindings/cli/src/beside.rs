//! `leidraad evaluate --authority A,B`: one case by the rules of several authorities, side by side.

use std::fmt::Write as _;
use std::process::ExitCode;

use leidraad::notation::with_code;
use leidraad::{Answers, Outcome, SideBySide};

use crate::args::{Case, Format, Given};
use crate::choose::{Chosen, answers, chosen, program, today};
use crate::evaluate::print_json;
use crate::output::{BOLD, DIM, Failure, print};
use crate::summary::{Words, wrap};

/// The authorities of a list such as `GM0994,GM1729`; none where there is only one.
pub(crate) fn several(given: &Given) -> Option<Vec<String>> {
    let list = given.authority.as_ref().filter(|list| list.contains(','))?;
    let codes = list.split(',').map(|code| code.trim().to_uppercase());
    Some(codes.filter(|code| !code.is_empty()).collect())
}

pub(crate) fn run(case: &Case, codes: &[String], format: Format) -> Result<ExitCode, Failure> {
    let given = Given { authority: None, ..case.given.clone() };
    let chosen = chosen(&case.rules, &given)?;
    let answers = answers(&given)?;
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let classes: Vec<&str> = case.reader.iter().map(String::as_str).collect();
    let classes = (!classes.is_empty()).then_some(classes.as_slice());
    let found = chosen.rules.side_by_side(&codes, &answers, given.on, today()?, classes)?;
    match format {
        Format::Json => print_json(&found)?,
        Format::Text => print(&text(&chosen, &given, &answers, &found)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// For each decision that the rule set is for what each authority makes of it.
fn text(chosen: &Chosen, given: &Given, answers: &Answers, found: &SideBySide) -> Result<String, Failure> {
    let shared = Words::new(&program(chosen, given.on, answers)?);
    let mut text = format!("{BOLD}{}{BOLD:#}\n", shared.questions.title);
    for decision in shared.outcomes() {
        let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}", decision.title);
        for column in &found.authorities {
            let name = match &column.title {
                Some(title) => with_code(title, &column.authority),
                None => column.authority.clone(),
            };
            let Some(assessment) = &column.assessment else {
                let none = "geen regels ingevoerd; er is niets overgenomen van een andere gemeente";
                let _ = writeln!(text, "  {name}: {}", wrap(none, 4));
                continue;
            };
            let one = Chosen {
                rules: chosen.rules.clone(),
                authority: Some(column.authority.clone()),
                files: Vec::new(),
            };
            let words = Words::new(&program(&one, given.on, answers)?);
            let own = words.questions.decisions.iter().find(|own| own.id == decision.id).unwrap_or(decision);
            let outcomes: Vec<(String, &Outcome)> = match &own.part_of {
                None => assessment.decision(&own.id).map(|o| (String::new(), o)).into_iter().collect(),
                Some(list) => (assessment.parts(list).iter().enumerate())
                    .filter_map(|(i, part)| {
                        Some((format!(", {} {}", words.each(list), i + 1), part.decision(&own.id)?))
                    })
                    .collect(),
            };
            for (part, outcome) in outcomes {
                let line = words.outcome(own, outcome);
                let line = line.strip_prefix(own.title.as_str()).unwrap_or(&line);
                let line = line.trim_start_matches([':', ',', ' ']);
                let _ = writeln!(text, "  {name}{part}: {}", wrap(line, 4));
            }
        }
    }
    let _ = writeln!(text, "\n{DIM}Per gemeente meer: dezelfde opdracht met één gemeente.{DIM:#}");
    Ok(text)
}
