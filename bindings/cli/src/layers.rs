//! `leidraad check --layers`: what each layer covers, sets, replaces and leaves open.

use std::fmt::Write as _;

use leidraad::{Days, RuleSet};

use crate::list::period;
use crate::output::{BOLD, DIM};

/// The layers of a rule set, the shared one first.
pub(crate) fn text(rules: &RuleSet) -> String {
    let mut text = format!("{BOLD}{}{BOLD:#}\n", rules.id());
    for layer in rules.overview() {
        let name = layer.authority.or(layer.layer).unwrap_or("shared");
        let date = layer.reference_date.map_or(String::new(), |question| format!(" by `{question}`"));
        let _ = writeln!(text, "  {BOLD}{name}{BOLD:#}{date}  {DIM}{}{DIM:#}", layer.title);
        for version in &layer.versions {
            let _ = writeln!(text, "    {}", period(&version.of));
            list(&mut text, "for", &version.members);
            list(&mut text, "sets", &version.sets);
            list(&mut text, "overrides", &version.overrides);
            list(&mut text, "leaves open", &version.open);
        }
        days(&mut text, "uncovered", &layer.uncovered);
        days(&mut text, "not decidable", &layer.undecidable);
    }
    text
}

fn list(text: &mut String, what: &str, names: &[&str]) {
    if !names.is_empty() {
        let _ = writeln!(text, "      {what}: {}", names.join(", "));
    }
}

fn days(text: &mut String, what: &str, list: &[Days]) {
    let one = |days: &Days| match (days.from, days.to) {
        (None, None) => "every day".to_owned(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    };
    if !list.is_empty() {
        let _ = writeln!(text, "    {what}: {}", list.iter().map(one).collect::<Vec<_>>().join(", "));
    }
}
