//! The columns that a decision names for the tables of authorities.

use super::{input, node, reference};
use crate::check::Context;
use crate::check::layers::last;
use crate::model::Model;

/// Resolves the columns that decisions name.
pub(super) fn resolve(context: &mut Context<'_>, model: &mut Model) {
    let merged = context.merged;
    for (d, (_, layers)) in merged.decisions.iter().enumerate() {
        let named = last(layers, |l| (!l.columns.is_empty()).then_some(&l.columns)).into_iter().flatten();
        let columns = named.filter_map(|name| {
            let reference = reference(context, &name.value, name.span)?;
            if context.vague.contains(&node(context, &reference)) {
                return None; // what could not be read has its own findings
            }
            Some((name.value.clone(), input(context, model, &reference, name.span)?))
        });
        let columns = columns.collect();
        if let Some(decision) = model.decisions.get_mut(d) {
            decision.columns = columns;
        }
    }
}
