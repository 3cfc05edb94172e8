//! What of a comparison was not worked out, in words: so that nobody takes a row, or its absence, for more than it is.

use std::collections::BTreeSet;

use super::functions::Functions;
use super::text::called;
use crate::diagram::Ref;
use crate::model::Model;

/// More than was followed.
pub(super) const LIMITS: &str =
    "De uitkomsten waren te veel om precies te volgen: een geval hieronder kan toch gelijk zijn.";
/// Which formula decides is compared, not its number.
pub(super) const FORMULAS: &str = "Vergeleken is welke formule geldt. Of twee formules soms op hetzelfde getal uitkomen, is niet nagerekend.";

/// What is not sure about a function that reads questions which nobody answers.
pub(super) fn computed(
    functions: &Functions<'_>,
    names: &[String],
    parts: &[Ref],
    known: &BTreeSet<usize>,
) -> Vec<String> {
    let mut places: Vec<usize> = parts.iter().filter_map(|part| part.variable()).collect();
    places.sort_unstable();
    places.dedup();
    let read =
        places.into_iter().filter(|place| !known.contains(place)).filter_map(|v| functions.variables.get(v));
    let read: Vec<_> = read.filter(|variable| variable.info.derived.is_some()).collect();
    let mut list: Vec<String> = Vec::new();
    let mut say = |text: String| {
        if !list.contains(&text) {
            list.push(text);
        }
    };
    for variable in &read {
        let title = &variable.info.ask;
        let alike = read.iter().filter(|other| other.info.id == variable.info.id).count();
        say(match alike {
            1 => format!(
                "«{title}» wordt berekend. Of elke waarde hieronder kan samengaan met de andere antwoorden, is niet nagerekend."
            ),
            _ => format!(
                "«{title}» wordt niet overal op dezelfde manier berekend. Welke waarden samen kunnen voorkomen, is niet nagerekend: \
                 hieronder staan ze alle."
            ),
        });
        let mut hang: Vec<(Vec<usize>, Vec<String>)> = Vec::new();
        for (side, q) in variable.questions.iter().enumerate() {
            let Some((engine, q)) = functions.engine(side).zip(*q) else { continue };
            let missing = hanging(&engine.model, q);
            match hang.iter_mut().find(|(_, known)| *known == missing) {
                _ if missing.is_empty() => {}
                Some((sides, _)) => sides.push(side),
                None => hang.push((vec![side], missing)),
            }
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (sides, missing) in hang {
            say(format!(
                "Niet vergeleken zijn gevallen waarin bij {} niet vaststaat wat het antwoord is op «{title}», omdat niet is ingevuld: {}.",
                called(&names, &sides),
                missing.join(", ")
            ));
        }
    }
    list
}

/// What no layer sets and a formula or count may hang on.
fn hanging(model: &Model, q: usize) -> Vec<String> {
    let Some(derived) = model.questions.get(q).and_then(|info| info.derived.as_ref()) else {
        return Vec::new();
    };
    derived.hangs_on().into_iter().filter_map(|p| model.parameters.get(p)).map(|p| p.id.to_string()).collect()
}
