//! `leidraad list`: the rule sets shipped.

use std::fmt::Write as _;
use std::process::ExitCode;

use leidraad::{Date, Layer, RuleSet, catalog};
use serde_json::json;

use crate::args::Format;
use crate::output::{BOLD, DIM, Failure, print, print_exact};

pub(crate) fn run(format: Format) -> Result<ExitCode, Failure> {
    match format {
        Format::Json => {
            let record = |rules: &RuleSet| {
                let layers: Vec<Layer> = rules.layers().collect();
                json!({
                    "id": rules.id(),
                    "title": rules.title(),
                    "reference_date": rules.reference_date(),
                    "layers": layers,
                })
            };
            let list: Vec<_> = catalog().rule_sets().map(record).collect();
            print_exact(&format!("{:#}\n", json!(list)))?;
        }
        Format::Text => print(&text())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn text() -> String {
    let mut text = String::new();
    for rules in catalog().rule_sets() {
        let _ = writeln!(text, "{BOLD}{}{BOLD:#}  {}", rules.id(), rules.title());
        let name = |layer: &Layer| layer.authority.or(layer.layer).unwrap_or("shared").to_owned();
        let width = rules.layers().map(|layer| name(&layer).len()).max().unwrap_or(0).max(6);
        for layer in rules.layers() {
            let period = period(&layer);
            let shared = layer.authority.is_none() && layer.layer.is_none();
            let title = if shared { String::new() } else { titled(&layer) };
            let _ = writeln!(text, "  {:<width$}  {period:<25} {DIM}{title}{DIM:#}", name(&layer));
        }
        text.push('\n');
    }
    text.push_str("leidraad ask <RULE-SET> --authority <CODE>   the guided checklist\n");
    text
}

/// The title of a layer, with how many authorities it is for and when it was made.
fn titled(layer: &Layer) -> String {
    let mut text = layer.title.to_owned();
    match (layer.layer, layer.members) {
        (Some(_), Some(members)) => {
            let _ = write!(text, " ({members} authorities)");
        }
        (Some(_), None) => text.push_str(" (all authorities)"),
        (None, _) => {}
    }
    for (what, day) in [("signed", layer.signed), ("published", layer.published)] {
        if let Some(day) = day {
            let _ = write!(text, ", {what} {day}");
        }
    }
    text
}

/// A period in words; of a day that is not known its bounds.
pub(crate) fn period(layer: &Layer) -> String {
    let end = |day: Option<Date>, between: Option<(Option<Date>, Option<Date>)>| match (day, between) {
        (Some(day), _) => Some(day.to_string()),
        (None, Some((first, last))) => {
            let bound = |day: Option<Date>| day.map_or("?".to_owned(), |day| day.to_string());
            Some(format!("[{}..{}]", bound(first), bound(last)))
        }
        (None, None) => None,
    };
    match (end(layer.from, layer.from_between), end(layer.to, layer.to_between)) {
        (None, None) => "always".to_owned(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}
