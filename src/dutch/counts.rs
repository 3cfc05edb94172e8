//! What a count counts, as an official reads it.

use super::either;
use crate::model::{CountInfo, Input, Model};
use crate::tally::Reach;

impl Model {
    /// Which records of a list count: `Welk middel? Harddrugs; «Waar?» hetzelfde als «Welk adres?»; «Op welke dag?» binnen 3
    /// jaar voor «Wanneer is het gevonden?»`.
    pub(crate) fn count_text(&self, info: &CountInfo) -> String {
        let list = self.lists.get(info.list);
        let ask = |q: Option<&usize>| q.and_then(|q| self.questions.get(*q)).map_or("", |q| q.ask.as_str());
        let named = |q: Option<&usize>| format!("«{}»", ask(q));
        let field = |at: usize| list.and_then(|list| list.fields.get(at));
        // where a field and a question of the case are asked in the same words it must be clear which is which
        let of_case = |q: Option<&usize>, at: usize| {
            let alike = ask(q) == ask(field(at));
            if alike { format!("{} van de zaak", named(q)) } else { named(q) }
        };
        let title = |input: Input| match input {
            // nobody who fills in a form knows a field by its id
            Input::Question(q) => ask(Some(&q)).to_owned(),
            input => self.input_title(input),
        };
        let mut parts: Vec<String> = Vec::new();
        let written: Vec<String> =
            info.written.iter().map(|row| self.clauses_of(row, title).join(" en ")).collect();
        parts.extend((!written.is_empty()).then(|| either(&written)));
        let mut same: Vec<String> = Vec::new();
        for row in &info.rule.rows {
            let pair = |(at, index): &(usize, usize)| {
                format!("{} hetzelfde als {}", named(field(*at)), of_case(info.same.get(*index), *at))
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
            let anchor = of_case(info.anchor.as_ref(), on);
            parts.push(format!("{} {length}voor {anchor} ({})", named(field(on)), edges.join(", ")));
        }
        if parts.is_empty() { "alle".to_owned() } else { parts.join("; ") }
    }
}
