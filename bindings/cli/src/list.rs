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
        let name = |layer: &Layer| layer.authority.unwrap_or("shared").to_owned();
        for layer in rules.layers() {
            let period = period(layer.from, layer.to);
            let title = if layer.authority.is_some() { layer.title } else { "" };
            let _ = writeln!(text, "  {:<8}{period:<26}{DIM}{title}{DIM:#}", name(&layer));
        }
        text.push('\n');
    }
    text.push_str("leidraad ask <RULE-SET> --authority <CODE>   the guided checklist\n");
    text
}

/// A period in words.
fn period(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (None, None) => "always".to_owned(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}
