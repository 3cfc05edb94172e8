//! Parts that are written differently, in lines: those that only some sides have together, then the others one by one.

use super::page::Page;
use super::{condition, cut, more, names, one, percent, presence, shown};
use crate::compare::{Combination, Comparison, PartDifference, Row};
use crate::notation::capital;
use crate::value::Value;

/// What the parts of a section are, as far as that matters to how they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::compare) enum Kind {
    Values,
    Steps,
    Findings,
    Questions,
    Sources,
}

/// Of so many cases of an outcome one of a step is shown.
const STEPS: usize = 3;

impl Comparison {
    pub(super) fn section(&self, page: &mut Page, kind: Kind, list: &[PartDifference], most: usize) {
        let some = |part: &PartDifference| part.present.contains(&false);
        let mut told: Vec<&Vec<bool>> = Vec::new();
        for part in list.iter().filter(|part| some(part)) {
            if told.contains(&&part.present) {
                continue;
            }
            told.push(&part.present);
            let heading = presence(self, &part.present).unwrap_or_default();
            page.put(2, "", &format!("{}:", capital(&heading)));
            for part in list.iter().filter(|other| other.present == part.present) {
                page.put(4, "- ", &titled(kind, part));
                self.details(page, kind, part, most, 6);
            }
        }
        let others = || list.iter().filter(|part| !some(part));
        // questions that are at issue alike stand together
        let alike = |part: &&PartDifference| kind == Kind::Questions && part.fields.is_empty();
        for part in others().filter(|part| !alike(part)) {
            page.put(2, "", &titled(kind, part));
            self.details(page, kind, part, most, 4);
        }
        let mut told: Vec<Vec<String>> = Vec::new();
        for part in others().filter(alike) {
            let heads = self.heads(part);
            if told.contains(&heads) {
                continue;
            }
            page.put(2, "", &format!("{}:", capital(&heads.join("; "))));
            for part in others().filter(alike).filter(|other| self.heads(other) == heads) {
                page.put(4, "- ", &titled(kind, part));
            }
            told.push(heads);
        }
    }

    fn details(&self, page: &mut Page, kind: Kind, part: &PartDifference, most: usize, indent: usize) {
        match kind {
            Kind::Values => self.value(page, part, indent),
            _ => self.fields(page, part, indent),
        }
        if kind == Kind::Questions {
            self.heads(part).iter().for_each(|head| page.put(indent, "", head));
            return;
        }
        let most = if kind == Kind::Steps { most.div_ceil(STEPS) } else { most.min(1) };
        if let Some(cases) = &part.cases {
            match kind {
                Kind::Steps => cases.unsure.iter().for_each(|text| page.put(indent, "", text)),
                _ if cases.approximate => page.put(indent, "", "Niet alles hiervan is nagerekend."),
                _ => {}
            }
            for combination in &cases.combinations {
                self.issue(page, part, combination, (most, kind), indent);
            }
        }
    }

    /// Sides that have the same together: `A, B: text`.
    fn grouped(&self, texts: impl Iterator<Item = String>) -> Vec<String> {
        let mut groups: Vec<(Vec<usize>, String)> = Vec::new();
        for (side, text) in texts.enumerate() {
            match groups.iter_mut().find(|(_, known)| *known == text) {
                Some((sides, _)) => sides.push(side),
                None => groups.push((vec![side], text)),
            }
        }
        groups.iter().map(|(sides, text)| format!("{}: {text}", names(self, sides))).collect()
    }

    /// A value with its words, per side. From where it is stands in the other forms of a comparison.
    fn value(&self, page: &mut Page, part: &PartDifference, indent: usize) {
        let texts =
            |name: &str| part.fields.iter().find(|field| field.field == name).map(|field| &field.texts);
        let (values, words) = (texts("waarde"), texts("in woorden"));
        let of = |texts: Option<&Vec<Option<String>>>, side: usize| texts?.get(side).cloned().flatten();
        let one = |side: usize| {
            let value = shown(self, part, side, of(values, side).as_deref());
            match of(words, side) {
                Some(words) => format!("{value} – {words}"),
                None => value,
            }
        };
        if values.is_some() {
            self.grouped((0..self.sides.len()).map(one)).iter().for_each(|text| page.put(indent, "", text));
        }
    }

    fn fields(&self, page: &mut Page, part: &PartDifference, indent: usize) {
        // where more is different the sources are not told: those that only some have stand below
        let source =
            |field: &&crate::compare::FieldDifference| field.field == "bron" && part.fields.len() > 1;
        for field in part.fields.iter().filter(|field| !source(field)) {
            let texts = field.texts.iter().enumerate();
            let texts = self.grouped(texts.map(|(side, text)| shown(self, part, side, text.as_deref())));
            let whole = format!("{} – {}", field.field, texts.join(" | "));
            if page.fits(indent, &whole) {
                page.put(indent, "", &whole);
            } else {
                page.put(indent, "", &field.field);
                texts.iter().for_each(|text| page.put(indent + 2, "", text));
            }
        }
    }

    /// For which sides a part is at issue in some cases, and in how many.
    fn head_of(&self, part: &PartDifference, of: &Combination) -> String {
        let mut groups: [(&str, Vec<usize>); 3] =
            [("wel bij", Vec::new()), ("niet bij", Vec::new()), ("niet te zeggen bij", Vec::new())];
        for (side, outcome) in of.outcomes.iter().enumerate() {
            let place = match outcome.values.as_slice() {
                [Value::Bool(true)] => 0,
                [Value::Bool(false)] => 1,
                _ => 2,
            };
            // what a side does not have is said above
            if part.present.get(side) == Some(&true)
                && let Some((_, sides)) = groups.get_mut(place)
            {
                sides.push(side);
            }
        }
        let some: Vec<&(&str, Vec<usize>)> = groups.iter().filter(|(_, sides)| !sides.is_empty()).collect();
        let said: Vec<String> =
            some.iter().map(|(word, sides)| format!("{word} {}", names(self, sides))).collect();
        let share = percent(&of.share);
        match some.as_slice() {
            [("wel bij", _)] => format!("aan de orde ({share})"),
            [_] => format!("{} ({share})", said.join(", ")),
            _ => format!("aan de orde: {} ({share})", said.join(", ")),
        }
    }

    fn heads(&self, part: &PartDifference) -> Vec<String> {
        let cases = part.cases.iter().flat_map(|cases| &cases.combinations);
        cases.map(|combination| self.head_of(part, combination)).collect()
    }

    /// For which sides something is at issue, and when.
    fn issue(
        &self,
        page: &mut Page,
        part: &PartDifference,
        of: &Combination,
        (most, kind): (usize, Kind),
        indent: usize,
    ) {
        let head = self.head_of(part, of);
        let rows = of.rows.get(..most.min(of.rows.len())).unwrap_or_default();
        match rows {
            [row] => {
                let more = more(of, most).map_or_else(String::new, |more| format!("; {more}"));
                let row = self.row(page, row, kind);
                page.put(indent, "", &format!("{head} als {row}{more}"));
            }
            rows => {
                page.put(indent, "", &format!("{head} als"));
                for row in rows {
                    let row = self.row(page, row, kind);
                    page.put(indent + 2, "- ", &row);
                }
                more(of, most).iter().for_each(|line| page.put(indent + 2, "", line));
            }
        }
    }

    fn row(&self, page: &mut Page, row: &Row, kind: Kind) -> String {
        let list: Vec<String> = row.when.iter().map(|c| condition(self, page, c)).collect();
        let told = |value: &&crate::compare::CaseValue| {
            row.when
                .iter()
                .any(|c| (&c.question, &c.sides, &c.text) == (&value.question, &value.sides, &value.text))
        };
        let example = row.example.iter().filter(|value| !told(value)).map(|value| one(self, value));
        let example: Vec<String> = example.filter(|_| kind == Kind::Steps).collect();
        match (list.is_empty(), example.is_empty()) {
            (true, _) => "altijd".to_owned(),
            (false, true) => list.join("; "),
            (false, false) => format!("{} (bijvoorbeeld {})", list.join("; "), example.join("; ")),
        }
    }
}

/// The title and id of a part. Words of a finding that stand below are not said twice, and long ones are cut off: the other
/// forms of a comparison have them whole.
fn titled(kind: Kind, part: &PartDifference) -> String {
    match kind {
        Kind::Findings if part.fields.iter().any(|field| field.field == "tekst") => part.id.clone(),
        Kind::Findings => format!("{} ({})", cut(&part.title), part.id),
        _ => format!("{} ({})", part.title, part.id),
    }
}
