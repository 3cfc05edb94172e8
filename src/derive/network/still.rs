//! What comes to the same in every region.

use super::Network;
use crate::program::{Kind, Set};

impl Network<'_> {
    /// Works out once what hangs on no variable, and leaves the other nodes to be worked out for each region.
    pub(super) fn settle(&mut self) {
        let root = self.root();
        let mut left = Set::default();
        for index in std::mem::take(&mut self.nodes) {
            self.all.insert(index);
            self.work(index, &root);
            if index == self.own || self.moves(index, &left) {
                left.insert(index);
                self.nodes.push(index);
            }
        }
    }

    /// Whether a node hangs on a variable, by itself or through nodes that do.
    fn moves(&self, index: usize, moving: &Set) -> bool {
        let Some(node) = self.engine.nodes.get(index).filter(|_| self.fixed(index).is_none()) else {
            return false;
        };
        if let Kind::Question(x) = &node.kind
            && self.place(*x).is_some()
        {
            return true;
        }
        let inputs = self.derived_at(index).map(|q| self.inputs(q)).unwrap_or_default();
        node.inputs.iter().chain(&node.gate).chain(&inputs).any(|input| moving.contains(*input))
    }
}
