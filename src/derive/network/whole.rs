//! A value beside its absence. What is attainable of a value is looked for where its condition holds; what makes a
//! difference to a decision that shows it also makes it come and go.

use super::{Network, Reading, Silent};
use crate::case::Case;
use crate::program::Engine;

impl<'e> Network<'e> {
    /// The network of a derived question that also works out where its condition fails; none where it has none or is a
    /// count, where something in that is unset, or where too much is open to follow.
    pub(in crate::derive) fn whole(
        engine: &'e Engine,
        case: &'e Case,
        q: usize,
        silent: Silent,
    ) -> Option<Network<'e>> {
        if engine.is_count(q) {
            return None; // it is worked out beside its records
        }
        let own = *engine.questions.get(q)?;
        let gate = engine.nodes.get(own)?.gate?;
        if !engine.nodes.get(gate)?.silents.is_empty() {
            return None;
        }
        let mut network = Network::empty(engine, case, (own, Some(q)), silent);
        let mut all = network.inputs(q);
        all.push(gate);
        network.follow(&all, None);
        (network.gate, network.whole) = (Some(gate), true);
        network.nodes.push(own);
        network.finish()
    }

    /// Whether the condition is followed, as it shares answers with the value.
    pub(in crate::derive) fn is_tied(&self) -> bool {
        self.gate.is_some()
    }
}

impl Reading {
    /// The reading with what follows where the condition fails or may fail: nothing applies.
    pub(super) fn or_absent(self) -> Reading {
        if self.outside {
            return Reading {
                ticks: None,
                not_applicable: true,
                undefined: false,
                missing: 0,
                outside: false,
                ..self
            };
        }
        Reading { not_applicable: self.not_applicable || self.open_gate != 0, ..self }
    }
}
