//! The policy document: up to date beside the rules, nothing of a rule file lost in it, every link leads somewhere.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod lost;
mod words;

use std::collections::BTreeSet;

use leidraad::{Code, RuleSet, catalog};

use crate::support::{date, path};

/// The day on which the documents beside the rules are made.
const ON: &str = "2026-09-01";

/// The documents beside the rules: of every shared layer, and of two municipalities of which the layer matters much.
const LOCAL: [(&str, &str); 2] = [("damocles/maatregel", "GM0994"), ("evenementen/melding", "GM1729")];

fn document(rules: &RuleSet, authority: Option<&str>) -> String {
    rules.policy_document(authority, date(ON)).unwrap_or_else(|findings| panic!("{findings}"))
}

/// Every document that the shipped rules give, with what it is of.
fn documents() -> Vec<(String, String)> {
    let mut list = Vec::new();
    for rules in catalog().rule_sets() {
        list.push((rules.id().to_owned(), document(rules, None)));
        for authority in rules.authorities() {
            list.push((format!("{} {authority}", rules.id()), document(rules, Some(authority))));
        }
    }
    list
}

#[test]
fn the_documents_beside_the_rules_are_up_to_date() {
    let mut wanted: Vec<(String, String)> = Vec::new();
    for rules in catalog().rule_sets() {
        wanted.push((format!("rules/{}.md", rules.id()), document(rules, None)));
    }
    for (id, authority) in LOCAL {
        let rules = catalog().rule_set(id).unwrap();
        let name = format!("rules/{id}/{}.md", authority.to_lowercase());
        wanted.push((name, document(rules, Some(authority))));
    }
    let update = std::env::var_os("LEIDRAAD_UPDATE").is_some();
    let mut old = Vec::new();
    for (name, text) in wanted {
        if update {
            std::fs::write(path(&name), &text).unwrap();
        }
        if std::fs::read_to_string(path(&name)).unwrap_or_default() != text {
            old.push(name);
        }
    }
    assert!(
        old.is_empty(),
        "{old:?} are not up to date: run `LEIDRAAD_UPDATE=1 cargo test --test it policy::`, read them and commit them"
    );
}

/// The targets of links within a document, and the places that there are.
fn links_and_places(text: &str) -> (BTreeSet<&str>, Vec<&str>) {
    let between = |start: &'static str, end: char| {
        text.split(start).skip(1).filter_map(move |rest| rest.split(end).next()).collect::<Vec<_>>()
    };
    (between("](#", ')').into_iter().collect(), between("<a id=\"", '"'))
}

#[test]
fn every_link_leads_somewhere_and_every_place_is_one() {
    for (name, text) in documents() {
        let (links, places) = links_and_places(&text);
        let unique: BTreeSet<&str> = places.iter().copied().collect();
        assert_eq!(unique.len(), places.len(), "{name}: a place stands there twice");
        let dead: Vec<&&str> = links.difference(&unique).collect();
        assert!(dead.is_empty(), "{name}: {dead:?}");
        assert!(links.len() > 20, "{name}: {} links", links.len());
    }
}

/// The cells of a line of a table: split at bars that are not escaped.
pub(crate) fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.trim().trim_start_matches('|').chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    cells.pop();
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// That every line of a table has as many cells as its header.
fn tables_are_even(name: &str, text: &str) -> usize {
    let (mut width, mut rows) = (0, 0);
    for line in text.lines() {
        match line.starts_with('|') {
            false => width = 0,
            true => {
                let found = cells(line).len();
                assert!(width == 0 || width == found, "{name}: {line}");
                width = found;
                rows += 1;
            }
        }
    }
    rows
}

#[test]
fn tables_have_as_many_cells_in_every_row() {
    let rows: usize = documents().iter().map(|(name, text)| tables_are_even(name, text)).sum();
    assert!(rows > 2_000, "{rows}");
}

#[test]
fn an_authority_without_a_layer_is_refused() {
    let rules = catalog().rule_set("evenementen/melding").unwrap();
    let findings = rules.policy_document(Some("GM9999"), date(ON)).unwrap_err();
    assert!(findings.iter().any(|finding| finding.code == Code::UnknownAuthority), "{findings}");
    // case does not matter
    assert_eq!(document(rules, Some("gm1729")), document(rules, Some("GM1729")));
}

#[test]
fn a_day_without_rules_is_said_at_once() {
    let rules = catalog().rule_set("evenementen/risicoscan").unwrap();
    let text = rules.policy_document(None, date("2020-01-01")).unwrap();
    let open = text.split("id=\"deel-open\"").nth(1).unwrap().split("\n## ").next().unwrap();
    assert!(
        open.contains("geldt niet op 1 januari 2020. De regels gelden wel vanaf 21 augustus 2026."),
        "{open}"
    );
    assert!(text.contains("(niet op de peildatum)"), "the layer is marked");
    // what it would ask stands there all the same
    assert!(text.contains("<a id=\"vraag-aantal\"></a>"));
}
