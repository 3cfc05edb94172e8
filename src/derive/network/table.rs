//! A table or condition as the end of a network: its code stands in the place of a value.

use super::assume::{is_plain, is_told};
use super::{Network, Reading, Region, Silent};
use crate::case::Case;
use crate::diagram::Diagrams;
use crate::formula::Signs;
use crate::program::{Engine, Kind};

impl<'e> Network<'e> {
    /// The network of a table or condition where its own condition holds, or of both where that is asked for; none where too
    /// much is open to follow, or where what it reads is not told by answers alone.
    pub(in crate::derive) fn of_table(
        engine: &'e Engine,
        case: &'e Case,
        (own, whole): (usize, bool),
        silent: Silent,
        diagrams: &mut Diagrams<'_>,
    ) -> Option<Network<'e>> {
        let node =
            engine.nodes.get(own).filter(|node| matches!(node.kind, Kind::Table(_) | Kind::Condition(_)))?;
        let mut network = Network::empty(engine, case, (own, None), silent);
        if whole {
            let both: Vec<usize> = node.inputs.iter().copied().chain(node.gate).collect();
            network.follow(&both, None);
            (network.gate, network.whole) = (node.gate, true);
            let mut all = network.nodes.iter().filter_map(|n| engine.nodes.get(*n));
            let questions = engine.model.questions.len();
            let rows_only = node.silents.is_empty() || node.plain_table().is_some();
            if !all.all(|node| is_plain(node, questions)) || !rows_only || !is_told(node, questions) {
                return None;
            }
        } else if !network.assume(&node.inputs, node.gate, diagrams) {
            return None;
        }
        network.nodes.push(own);
        network.finish()
    }

    /// What a table comes to in a region.
    pub(super) fn reading_of_code(&self, region: &Region) -> Reading {
        let (open_gate, outside) = self.condition(region);
        let code = self.known(self.own);
        let mask = if code.is_some() { 0 } else { self.mask(self.own, region) };
        Reading {
            ticks: Some(code.map_or((i64::MIN + 1, i64::MAX), |code| (code, code))),
            not_applicable: false,
            undefined: false,
            missing: 0,
            signs: Signs { up: mask, down: mask },
            open_gate,
            outside,
        }
    }
}
