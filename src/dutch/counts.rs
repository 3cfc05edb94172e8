//! What a count counts, as an official reads it.

use super::either;
use crate::model::{CountInfo, Model};
use crate::tally::Reach;

impl Model {
    /// Which records of a list count: `soort: Harddrugs; plaats hetzelfde als adres; dag binnen 3 jaar voor datum`.
    pub(crate) fn count_text(&self, info: &CountInfo) -> String {
        let list = self.lists.get(info.list);
        let id = |q: Option<usize>| q.and_then(|q| self.questions.get(q)).map_or("", |q| q.id.as_str());
        let field = |at: usize| {
            let question = list.and_then(|list| list.fields.get(at)).and_then(|q| self.questions.get(*q));
            question.map_or("", |question| question.field_name())
        };
        let prefix = format!("{}.", id(list.map(|list| list.question)));
        let mut parts: Vec<String> = Vec::new();
        let written: Vec<String> = info
            .written
            .iter()
            .map(|row| {
                self.clauses(row)
                    .iter()
                    .map(|text| text.replace(&prefix, ""))
                    .collect::<Vec<_>>()
                    .join(" en ")
            })
            .collect();
        parts.extend((!written.is_empty()).then(|| either(&written)));
        let mut same: Vec<String> = Vec::new();
        for row in &info.rule.rows {
            let pair = |(at, index): &(usize, usize)| {
                format!("{} hetzelfde als {}", field(*at), id(info.same.get(*index).copied()))
            };
            let text = row.same.iter().map(pair).collect::<Vec<_>>().join(" en ");
            if !text.is_empty() && !same.contains(&text) {
                same.push(text);
            }
        }
        parts.extend((!same.is_empty()).then(|| either(&same)));
        if let Some((window, on)) = info.rule.window {
            let length = match window.reach {
                Reach::Unlimited => String::new(),
                Reach::Known(length) if window.forward => {
                    format!("hoogstens {} eerder, gerekend vanaf die dag, ", length.dutch())
                }
                Reach::Known(length) => format!("binnen {} ", length.dutch()),
                Reach::Unset => "binnen een termijn die niet bekend is ".to_owned(),
            };
            let edge = |counts: Option<bool>, name: &str| match counts {
                Some(true) => format!("{name} telt mee"),
                Some(false) => format!("{name} telt niet mee"),
                None => format!("of {name} meetelt is niet bekend"),
            };
            let mut edges = vec![edge(window.last_day, "die dag zelf")];
            if window.reach != Reach::Unlimited {
                edges.insert(0, edge(window.first_day, "de eerste dag"));
            }
            let anchor = id(info.anchor);
            parts.push(format!("{} {length}voor {anchor} ({})", field(on), edges.join(", ")));
        }
        if parts.is_empty() { "alle".to_owned() } else { parts.join("; ") }
    }
}
