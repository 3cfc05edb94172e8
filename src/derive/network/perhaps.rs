//! A question of which it is not settled whether it applies.

use super::{Network, Region};
use crate::formula::{Bounds, Signs};
use crate::program::Subject;
use crate::text::Text;

impl Network<'_> {
    /// What a question may be while its condition is open; where only something unset leaves that open, it is missing.
    pub(super) fn perhaps(&mut self, x: usize, gate: usize, region: &Region) -> Bounds {
        let open = self.mask(gate, region);
        let inner = self.question(x, region).1;
        let silents = self.engine.nodes.get(gate).map(|node| node.silents.as_slice()).unwrap_or_default();
        let never = inner.not_applicable && inner.range.is_none() && !inner.missing && !inner.undefined;
        if open == 0 && !silents.is_empty() && !never {
            let names = silents.iter().filter_map(|s| self.engine.silents.get(*s)).flat_map(|silent| {
                let model = &self.engine.model;
                let (parameters, decision) = match &silent.subject {
                    Subject::Test(p) | Subject::End(p, _) => (vec![*p], None),
                    Subject::Decision(d, parameters) => (parameters.clone(), Some(*d)),
                };
                let own: Vec<Text> = parameters
                    .iter()
                    .filter_map(|p| model.parameters.get(*p))
                    .map(|p| p.id.clone())
                    .collect();
                let decision = decision.filter(|_| own.is_empty()).and_then(|d| model.decisions.get(d));
                own.into_iter().chain(decision.map(|d| d.id.clone())).collect::<Vec<_>>()
            });
            let names: Vec<Text> = names.collect();
            self.find(names);
            return Bounds::missing();
        }
        let mut either = inner.or(Bounds::not_applicable());
        either.missing |= !silents.is_empty();
        let signs = either.signs.any() | open;
        either.signs = Signs { up: signs, down: signs };
        either
    }
}
