//! What a comparison comes to in a few lines: how much differs, and how much of it is silence on one side.

use super::{names, percent};
use crate::compare::{Comparison, Difference, Status};
use crate::notation::{count, date, number};
use crate::value::Value;

/// What a share is a share of.
const SHARE: &str = "Een percentage is het deel van de gevallen die de regels onderscheiden, niet van de zaken die in de praktijk voorkomen.";

impl Comparison {
    /// What is compared. What all sides have alike is said once.
    pub(in crate::compare) fn head(&self) -> (String, Vec<String>) {
        let alike = |of: &dyn Fn(&super::super::ComparedSide) -> String| {
            let mut all = self.sides.iter().map(of);
            let first = all.next();
            first.filter(|first| all.all(|other| other == *first))
        };
        let title = alike(&|side| side.title.clone());
        let rules = alike(&|side| side.rule_set.clone());
        let authority = alike(&|side| side.authority.clone().unwrap_or_default());
        let on = alike(&|side| date(side.on));
        let between = |id: Option<String>, code: Option<String>| -> Option<String> {
            let list: Vec<String> = [id, code].into_iter().flatten().filter(|t| !t.is_empty()).collect();
            (!list.is_empty()).then(|| list.join(", "))
        };
        let whole = |title: Option<String>, ids: Option<String>, on: Option<String>| {
            let text = match (title, ids) {
                (Some(title), Some(ids)) => format!("{title} ({ids})"),
                (title, ids) => title.or(ids).unwrap_or_default(),
            };
            match on {
                Some(on) if text.is_empty() => format!("op {on}"),
                Some(on) => format!("{text}, op {on}"),
                None => text,
            }
        };
        let first = whole(title.clone(), between(rules.clone(), authority.clone()), on.clone());
        let mut lines = Vec::new();
        for side in &self.sides {
            let code = side.authority.clone().filter(|code| authority.is_none() && *code != side.name);
            let ids = between(rules.is_none().then(|| side.rule_set.clone()), code);
            let own = title.is_none().then(|| side.title.clone());
            let text = whole(own, ids, on.is_none().then(|| date(side.on)));
            if !text.is_empty() {
                lines.push(format!("{}: {text}", side.name));
            }
        }
        let mut notices: Vec<(Vec<usize>, &str)> = Vec::new();
        for (place, side) in self.sides.iter().enumerate() {
            for notice in &side.notices {
                match notices.iter_mut().find(|(_, known)| known == notice) {
                    Some((sides, _)) => sides.push(place),
                    None => notices.push((vec![place], notice)),
                }
            }
        }
        let told =
            notices.iter().map(|(sides, notice)| format!("Let op bij {}: {notice}", names(self, sides)));
        lines.extend(told);
        (first, lines)
    }

    /// How much differs. The second part is a list.
    pub(in crate::compare) fn brief(&self) -> (String, Vec<String>, Vec<String>) {
        let (different, same) = (self.decisions.len(), self.same.len());
        let first = match (different, different + same) {
            (0, 0) => "Er zijn geen uitkomsten om te vergelijken.".to_owned(),
            (0, 1) => "De uitkomst is in elk geval gelijk.".to_owned(),
            (0, 2) => "Beide uitkomsten zijn in elk geval gelijk.".to_owned(),
            (0, n) => format!("De {n} uitkomsten zijn in elk geval gelijk."),
            (1, 1) => "De uitkomst verschilt:".to_owned(),
            (1, n) => format!("1 van de {n} uitkomsten verschilt:"),
            (2, 2) => "Beide uitkomsten verschillen:".to_owned(),
            (d, n) if d == n => format!("Alle {n} uitkomsten verschillen:"),
            (d, n) => format!("{d} van de {n} uitkomsten verschillen:"),
        };
        let list = self.decisions.iter().map(|difference| {
            let title = &difference.title;
            let colon = if title.ends_with('?') { "" } else { ":" };
            format!("{title}{colon} {}", self.extent(difference))
        });
        let mut after = Vec::new();
        let sections = super::sections(self);
        let others: Vec<String> = sections
            .iter()
            .map(|super::Section { called: (one, more), list, .. }| count(list.len(), one, more))
            .collect();
        if !others.is_empty() {
            after.push(format!(
                "{}: {}.",
                if different == 0 { "Wel anders" } else { "Ook anders" },
                others.join(", ")
            ));
        }
        let cases = |section: &super::Section<'_>| section.list.iter().any(|part| part.cases.is_some());
        let shares = different > 0 || sections.iter().any(cases);
        after.extend(shares.then(|| SHARE.to_owned()));
        (first, list.collect(), after)
    }

    /// How often the sides differ, in how many rows, and how many of those are silence on one side.
    pub(in crate::compare) fn extent(&self, difference: &Difference) -> String {
        let presence = super::presence(self, &difference.present);
        if difference.combinations.is_empty() {
            return presence.unwrap_or_default();
        }
        let all = &difference.combinations;
        let rows = |counts: &dyn Fn(&super::Combination) -> bool| -> usize {
            all.iter().filter(|c| counts(c)).map(|c| c.rows.len()).sum()
        };
        let is = |c: &super::Combination, status: Status| c.outcomes.iter().any(|o| o.status == status);
        let (n, silent) = (rows(&|_| true), rows(&|c| is(c, Status::Unregulated)));
        let more = if all.iter().all(|c| c.complete) { "" } else { "meer dan " };
        let word = if n == 1 { "geval" } else { "gevallen" };
        let figure = |n: usize| number(&n.to_string());
        let mut text = format!("{} anders, in {more}{} {word}", percent(&difference.share), figure(n));
        let who = if self.sides.len() == 2 {
            "regelt de een het en de ander niet"
        } else {
            "regelt niet iedereen het"
        };
        match silent {
            0 => {}
            silent if silent == n => text.push_str(&format!(", en steeds {who}")),
            silent => text.push_str(&format!(", waarvan {} waarin {}", figure(silent), late(who))),
        }
        if let Some(presence) = presence {
            text = format!("{presence}; {text}");
        }
        let most = difference.pairs.first().filter(|p| self.sides.len() > 2 && p.regulated != Value::from(0));
        if let Some(pair) = most {
            let two = names(self, &[pair.a, pair.b]).replace(", ", " en ");
            text.push_str(&format!(
                "; waar beide het regelen verschillen {two} het vaakst ({})",
                percent(&pair.regulated)
            ));
        }
        text
    }
}

/// A clause with its verb at the end.
fn late(clause: &str) -> &'static str {
    match clause {
        "regelt niet iedereen het" => "niet iedereen het regelt",
        _ => "de een het regelt en de ander niet",
    }
}
