//! `leidraad questions` and `leidraad schema`: what may be asked and answered.

use std::fmt::Write as _;
use std::process::ExitCode;

use leidraad::questionnaire::{QuestionItem, Questionnaire};
use leidraad::{Answers, Program, schema};

use crate::args::{Format, LayerArgs, SchemaOf};
use crate::choose::{chosen, program};
use crate::evaluate::print_json;
use crate::output::{BOLD, DIM, Failure, print};

pub(crate) fn run(rules: &str, layer: &LayerArgs, format: Format) -> Result<ExitCode, Failure> {
    let questions = of(rules, layer)?.questionnaire();
    match format {
        Format::Json => print_json(&questions)?,
        Format::Text => print(&text(&questions))?,
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn schema(of: &SchemaOf) -> Result<ExitCode, Failure> {
    let schema = match of {
        SchemaOf::Rules => schema::rules(),
        SchemaOf::Assessment => schema::assessment(),
        SchemaOf::Dossier => schema::dossier(),
        SchemaOf::Comparison => schema::comparison(),
        SchemaOf::Impact => schema::impact(),
        SchemaOf::Report => schema::report(),
        SchemaOf::Answers { rules, layer } => schema::answers(&self::of(rules, layer)?),
    };
    print_json(&schema)?;
    Ok(ExitCode::SUCCESS)
}

fn of(rules: &str, layer: &LayerArgs) -> Result<Program, Failure> {
    program(&chosen(rules, &layer.given())?, layer.on, &Answers::new())
}

fn text(questions: &Questionnaire) -> String {
    let mut text = format!("{BOLD}{}{BOLD:#}  {}\n", questions.id, questions.title);
    for section in &questions.sections {
        let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}", section.section);
        for item in &section.items {
            asked(&mut text, item, 2);
            for field in &item.fields {
                asked(&mut text, field, 6);
            }
            if let Some(when) = &item.when {
                let any: Vec<String> = when.iter().map(|all| all.join(" and ")).collect();
                let _ = writeln!(text, "      {DIM}only when {}{DIM:#}", any.join(", or when "));
            }
            for source in &item.sources {
                let _ = writeln!(text, "      {DIM}source: {}{DIM:#}", source.id);
            }
        }
    }
    text.push_str("\ndecisions\n");
    for decision in &questions.decisions {
        let mut mark = if decision.outcome { "  (outcome)" } else { "" }.to_owned();
        if let Some(list) = &decision.part_of {
            let _ = write!(mark, "  (for each record of {list})");
        }
        let _ = writeln!(text, "  {BOLD}{}{BOLD:#}  {}{mark}", decision.id, decision.title);
        if let Some(formula) = &decision.formula {
            let unit = decision.unit.as_ref().map_or_else(String::new, |unit| format!("  [{unit}]"));
            let _ = writeln!(text, "      {DIM}= {formula}{unit}{DIM:#}");
        }
    }
    if !questions.steps.is_empty() {
        text.push_str("\nsteps\n");
    }
    for step in &questions.steps {
        let _ = writeln!(text, "  {BOLD}{}{BOLD:#}  {} ({})", step.id, step.title, step.actor);
    }
    text
}

/// A question, or a field of a list, with its domain and options.
fn asked(text: &mut String, item: &QuestionItem, indent: usize) {
    let pad = " ".repeat(indent);
    let _ = writeln!(text, "{pad}{BOLD}{}{BOLD:#}  {}", item.id, item.ask);
    let _ = writeln!(text, "{pad}    {DIM}{}{DIM:#}", domain(item));
    for option in &item.options {
        let points = option.points.as_ref().map_or_else(String::new, |points| format!(" [{points}]"));
        let _ = writeln!(text, "{pad}    {:<20} {}{points}", option.id, option.label);
    }
}

/// Type, domain, unit and what else may be answered, on one line.
fn domain(item: &QuestionItem) -> String {
    let mut parts = vec![item.kind.to_owned()];
    let ends = (item.min.as_ref(), item.max.as_ref());
    parts.extend(match ends {
        (None, Some(max)) if item.kind == "list" => Some(format!("at most {max} records")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    });
    parts.extend(item.step.as_ref().map(|step| format!("step {step}")));
    parts.extend(item.unit.clone());
    let words = [
        (item.several, "several allowed"),
        (!item.required, "optional"),
        (item.not_applicable, "n.v.t. allowed"),
    ];
    parts.extend(words.iter().filter(|(holds, _)| *holds).map(|(_, word)| (*word).to_owned()));
    parts.join(", ")
}
