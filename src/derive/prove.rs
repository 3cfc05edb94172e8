//! Whether every case gives a derived question a value within its bounds.

use super::network::{Network, Region, Silent};
use super::search::Search;
use crate::case::{Case, value_at};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::How;
use crate::program::Engine;

/// Proves that no formula divides by 0, grows too large or leaves its bounds; what fails is a finding.
pub(crate) fn prove(engine: &Engine, silent: Silent, out: &mut Vec<Diagnostic>) {
    if engine.model.conditions_lost || engine.model.asked() == engine.model.questions.len() {
        return;
    }
    let mut case = Case::open(engine);
    for (q, derived) in engine.model.derived() {
        let How::Count(count) = &derived.how else { continue };
        let image = engine.count(q, count, &case);
        if let Some(slot) = q.checked_sub(engine.model.asked()).and_then(|i| case.images.get_mut(i)) {
            *slot = image;
        }
    }
    let mut diagrams = engine.diagrams(&case);
    for (q, derived) in engine.model.derived() {
        let How::Formula(formula) = &derived.how else { continue }; // a count always has a value
        let Some(info) = engine.model.questions.get(q).filter(|_| !derived.silent) else { continue };
        let unproven = || {
            let message = format!("`{}` reads too much to prove that it always has a value", info.id);
            Diagnostic::warning(Code::Unproven, info.span, message)
                .help("narrow the bounds of what it reads, or split it into several decisions")
        };
        let Some(mut network) = Network::new(engine, &case, q, silent, &mut diagrams) else {
            out.push(unproven());
            continue;
        };
        let root = network.root();
        let mut search = Search::new(&mut network);
        let Some(region) = search.undefined(&root) else { continue };
        if search.rough || search.network.loose {
            out.push(unproven());
            continue;
        }
        let place = formula.expression.span;
        let region: Region = region.iter().map(|extent| extent.end(false)).collect();
        let finding = match network.value_at(&region) {
            None => {
                let message =
                    format!("some cases give `{}` no value: it is divided by 0, or too large", info.id);
                Diagnostic::error(Code::BadFormula, place, message)
                    .help("give what it reads a `min` or `max`, or the decision a `when`")
            }
            Some(value) => {
                let message = format!("some cases give `{}` a value outside its bounds: {value}", info.id);
                Diagnostic::error(Code::OutsideDomain, place, message).help(match info.bounds {
                    (false, false) => "declare a `min` and `max` that hold it, or correct the formula",
                    _ => "correct `min` and `max`, or the formula",
                })
            }
        };
        out.push(finding.example(example(&network, &region)));
    }
}

/// A case in the reader's words.
fn example(network: &Network<'_>, region: &Region) -> String {
    let questions = &network.engine().model.questions;
    let one = |(x, tick): (usize, Option<i64>)| {
        let question = questions.get(x)?;
        Some(match tick {
            Some(tick) => format!("{} = {}", question.id, value_at(question, tick)),
            None => format!("{} = n.v.t.", question.id),
        })
    };
    let parts = network.variables.iter().zip(region).flat_map(|(x, extent)| match extent.ranges.first() {
        Some((low, _)) => network.ticks_of(*x, *low).into_iter().map(|(x, tick)| (x, Some(tick))).collect(),
        None => vec![(*x, None)],
    });
    let parts = parts.filter_map(one);
    parts.collect::<Vec<_>>().join(", ")
}
