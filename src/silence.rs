//! Why the rules do not say something in a case: for each name that is missing the kind of silence, kept apart.

use crate::assessment::{Assessment, Outcome, Possible, Silence, Why};
use crate::dutch;
use crate::model::Rule;
use crate::program::Engine;
use crate::text::Text;
use crate::value::Value;

/// Why each of these names is not said; `rows` gives the rows of a decision that decide, or still may.
pub(crate) fn silences(
    engine: &Engine,
    names: &[Text],
    mut rows: impl FnMut(usize) -> Vec<usize>,
) -> Vec<(Text, Silence)> {
    let one = |name: &Text| (name.clone(), silence(engine, name, &mut rows));
    names.iter().map(one).collect()
}

/// Why one name is not said.
pub(crate) fn silence(engine: &Engine, name: &str, mut rows: impl FnMut(usize) -> Vec<usize>) -> Silence {
    let model = &engine.model;
    if let Some(reason) = model.silences.get(name) {
        return Silence { why: vec![reason.why], text: reason.text.clone() };
    }
    let plain = |why: Why| Silence { why: vec![why], text: dutch::why(why).to_owned() };
    let Some(d) = model.decisions.iter().position(|d| d.id == name) else { return plain(Why::NotLoaded) };
    let Some(Rule::Table(table)) = model.decisions.get(d).map(|d| &d.rule) else {
        return plain(Why::NotLoaded);
    };
    let kind = |row: usize| table.rows.get(row).and_then(|row| row.silence).map(Why::from);
    let mut kinds: Vec<Why> = (0..table.rows.len()).filter_map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() > 1 {
        // which rows are hit decides
        let hit: Vec<Why> = rows(d).into_iter().filter_map(kind).collect();
        if !hit.is_empty() {
            kinds.retain(|kind| hit.contains(kind));
        }
    }
    if kinds.is_empty() {
        return plain(Why::NotLoaded);
    }
    let texts: Vec<String> = kinds.iter().map(|kind| dutch::why_row(*kind).to_owned()).collect();
    Silence { why: kinds, text: dutch::or(&texts) }
}

/// The names of everything that is missing somewhere in an assessment, each once.
pub(crate) fn missing(engine: &Engine, assessment: &Assessment) -> Vec<Text> {
    let mut names: Vec<Text> = Vec::new();
    let mut add = |list: &[Text]| {
        for name in list {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    };
    for (_, outcome) in &assessment.decisions {
        match outcome {
            Outcome::Unregulated { missing } => add(missing),
            Outcome::Open { possible: Possible::Values(values) | Possible::ListsOf(values), .. } => {
                for value in values {
                    if let Value::Unregulated(missing) = value {
                        add(missing);
                    }
                }
            }
            _ => {}
        }
    }
    let terms = assessment.steps.iter().filter_map(|step| step.term.as_ref());
    for name in terms.flat_map(|term| &term.missing) {
        if engine.model.parameters.iter().any(|p| p.id == *name && p.setting.is_none()) {
            add(&[name.as_str().into()]);
        }
    }
    names
}
