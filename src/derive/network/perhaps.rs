//! A question of which it is not settled whether it applies.

use super::silences::untold;
use super::{Network, Region};
use crate::formula::{Bounds, Signs};

impl Network<'_> {
    /// What a question may be while its condition is open; where only something unset leaves that open, it is missing.
    pub(super) fn perhaps(&mut self, x: usize, gate: usize, region: &Region) -> Bounds {
        let open = self.mask(gate, region);
        let inner = self.question(x, region).1;
        let silents = self.engine.nodes.get(gate).map(|node| node.silents.as_slice()).unwrap_or_default();
        let never = inner.not_applicable && inner.range.is_none() && inner.missing == 0 && !inner.undefined;
        if open == 0 && !silents.is_empty() && !never {
            let names = self.engine.unset_names(silents, None);
            return Bounds::missing(self.silences.of(names));
        }
        let mut either = inner.or(Bounds::not_applicable());
        either.missing |= untold(silents);
        let signs = either.signs.any() | open;
        either.signs = Signs { up: signs, down: signs };
        either
    }
}
