//! A decision table: a column for each input where that fits, else the conditions of a row below each other.

use super::Policy;
use super::markdown::{code, table, text, to};
use super::written::limited;
use crate::document::HitPolicy;
use crate::dutch;
use crate::model::{DecisionInfo, RowInfo, TableInfo, Why};
use crate::source::Span;
use crate::unary::{Test, parse};
use crate::value::Value;

/// Most inputs that have a column of their own.
const MOST_COLUMNS: usize = 4;

impl Policy<'_> {
    pub(super) fn table(&self, out: &mut String, d: usize, info: &DecisionInfo, of: &TableInfo) {
        out.push_str(&format!("{}\n\n", self.how_to_read(d, info, of)));
        let wide = of.inputs.len() > MOST_COLUMNS;
        let dated = of.rows.iter().any(|row| limited(Some(&row.period)).is_some());
        let mut notes: Vec<&str> = Vec::new();
        for (name, _) in of.rows.iter().flat_map(|row| &row.notes) {
            if !notes.contains(&name.as_str()) {
                notes.push(name);
            }
        }
        let cited = of.rows.iter().any(|row| !row.sources.is_empty());
        let mut heads = vec!["Rij".to_owned()];
        match wide {
            true => heads.push("Als".to_owned()),
            false => heads.extend(of.inputs.iter().map(|input| self.input_link(*input))),
        }
        let titles = info.outputs.iter().map(|output| match (&output.title, info.outputs.len()) {
            (Some(title), _) => format!("→ {}", text(title)),
            (None, 1) => "→ Uitkomst".to_owned(),
            (None, _) => format!("→ {}", code(&output.name)),
        });
        heads.extend(titles);
        heads.extend(dated.then(|| "Geldt".to_owned()));
        heads.extend(cited.then(|| "Bron".to_owned()));
        heads.extend(notes.iter().map(|name| text(name)));
        let rows: Vec<Vec<String>> = of
            .rows
            .iter()
            .enumerate()
            .map(|(n, row)| {
                let mut cells = vec![(n + 1).to_string()];
                match wide {
                    true => cells.push(self.conditions(of, n, row)),
                    false => cells.extend(of.inputs.iter().zip(&row.entries).map(|(input, entry)| {
                        match parse(entry, row.span).as_deref() {
                            Ok([Test::Any]) => "–".to_owned(),
                            _ => self.entry(*input, entry, row.span),
                        }
                    })),
                }
                cells.extend((0..info.outputs.len()).map(|o| self.given(d, o, row)));
                cells
                    .extend(dated.then(|| limited(Some(&row.period)).unwrap_or_else(|| "altijd".to_owned())));
                cells.extend(cited.then(|| self.cite(row.sources.get(..row.named).unwrap_or_default())));
                cells.extend(notes.iter().map(|name| {
                    let note = row.notes.iter().find(|(known, _)| known == name);
                    note.map_or_else(String::new, |(_, note)| text(note))
                }));
                cells
            })
            .collect();
        out.push_str(&table(&heads, &rows));
        out.push('\n');
    }

    /// What it means when rows fit.
    fn how_to_read(&self, d: usize, info: &DecisionInfo, of: &TableInfo) -> String {
        match of.hit {
            HitPolicy::Unique if of.overlap_possible => {
                "Voor elk geval past één rij, behalve waar de bron zelf overlapt: dan zijn de uitkomsten van al die rijen mogelijk."
                    .to_owned()
            }
            HitPolicy::Unique => "Voor elk geval past hoogstens één rij.".to_owned(),
            HitPolicy::Any => "Er kunnen meer rijen passen; die geven dan dezelfde uitkomst.".to_owned(),
            HitPolicy::First => "De bovenste rij die past, telt.".to_owned(),
            HitPolicy::Collect => {
                "Alle rijen die passen, tellen: de uitkomst is een lijst. Past er geen, dan is de lijst leeg."
                    .to_owned()
            }
            HitPolicy::Priority => {
                let mut order: Vec<Value> = of.priority.clone();
                let options = info.outputs.iter().flat_map(|output| &output.options);
                for option in options.map(|option| Value::Text(option.id.clone())) {
                    if !order.contains(&option) {
                        order.push(option);
                    }
                }
                let names: Vec<String> =
                    order.iter().map(|value| text(&self.model.output_text(d, 0, value))).collect();
                match names.is_empty() {
                    true => "Passen er meer rijen, dan telt de bovenste.".to_owned(),
                    false => format!(
                        "Passen er meer rijen, dan telt de hoogste uitkomst. Van hoog naar laag: {}.",
                        names.join(" › ")
                    ),
                }
            }
        }
    }

    /// The entries of a row that do not accept everything, below each other.
    fn conditions(&self, of: &TableInfo, n: usize, row: &RowInfo) -> String {
        let clauses = of.inputs.iter().zip(&row.entries).filter_map(|(input, entry)| {
            let any = matches!(parse(entry, row.span).as_deref(), Ok([Test::Any]));
            (!any).then(|| text(&self.model.entry_text(*input, entry, row.span)))
        });
        let clauses: Vec<String> = clauses.collect();
        let after_others = n > 0 && matches!(of.hit, HitPolicy::First | HitPolicy::Priority);
        match (clauses.is_empty(), after_others) {
            (false, _) => clauses.join("<br>**en** "),
            (true, true) => "in alle andere gevallen".to_owned(),
            (true, false) => "altijd".to_owned(),
        }
    }

    /// An entry without the name of its input.
    fn entry(&self, input: crate::model::Input, entry: &str, span: Span) -> String {
        let words = self.model.entry_text(input, entry, span);
        let title = self.model.input_title(input);
        let rest = words.strip_prefix(&title).unwrap_or(&words);
        text(rest.strip_prefix(':').unwrap_or(rest))
    }

    /// What a row gives for one output.
    fn given(&self, d: usize, o: usize, row: &RowInfo) -> String {
        if let Some(kind) = row.silence {
            let words = dutch::why_row(Why::from(kind));
            return if o == 0 { format!("*geen uitkomst: {}*", text(words)) } else { "–".to_owned() };
        }
        let Some(written) = row.given.get(o) else { return String::new() };
        let is_option = self
            .model
            .decisions
            .get(d)
            .and_then(|info| info.outputs.get(o))
            .is_some_and(|output| output.options.iter().any(|option| option.id == *written));
        if let Some(parameter) = self.parameter(written).filter(|_| !is_option)
            && let Some(info) = self.model.parameters.get(parameter)
        {
            let link = to("waarde", &info.id, &text(&info.title));
            return match &info.setting {
                None => format!("{link} (niet ingevuld)"),
                Some(setting) => {
                    let value = crate::check::literal(&setting.text);
                    format!("{} ({link})", text(&self.model.output_text(d, o, &value)))
                }
            };
        }
        let value = match row.output.values().and_then(|values| values.get(o)) {
            Some(value) => value.clone(),
            None => crate::check::literal(written),
        };
        text(&self.model.output_text(d, o, &value))
    }
}
