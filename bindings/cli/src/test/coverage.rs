//! `leidraad test --coverage`: the rows that decide no case.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use leidraad::{Cases, Date, Library, RuleSet, Span};

/// Per rule set its rows, by place, with whether a case reached them.
#[derive(Debug, Default)]
pub(super) struct Rows(BTreeMap<String, (RuleSet, BTreeSet<Span>)>);

impl Rows {
    /// Adds what the cases of one file reach.
    pub(super) fn add(&mut self, rules: &RuleSet, cases: &Cases, library: &Library, today: Date) {
        let entry = self.0.entry(rules.id().to_owned());
        let (_, reached) = entry.or_insert_with(|| (rules.clone(), BTreeSet::new()));
        reached.extend(cases.rows_reached(library, today));
    }

    /// Writes the rows that no case reaches, and says how many there are.
    pub(super) fn untested(self, text: &mut String) -> usize {
        let mut untested = 0;
        for (id, (rules, reached)) in self.0 {
            let rows = rules.rows();
            let missed: Vec<(&Span, &String)> =
                rows.iter().filter(|(span, _)| !reached.contains(span)).collect();
            let _ =
                writeln!(text, "{id}: {} of {} rows decide a case", rows.len() - missed.len(), rows.len());
            for (span, decision) in &missed {
                let at = rules.sources().position(**span);
                let row = rules.sources().text(**span);
                let file = rules.sources().file(span.file).map_or("", |file| file.name.as_str());
                let _ = writeln!(text, "  {file}:{}: `{decision}`: {}", at.line, row.trim());
            }
            untested += missed.len();
        }
        untested
    }
}
