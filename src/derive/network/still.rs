//! What comes to the same in every region, and what changes with which variables.

use super::{Network, Region};
use crate::program::Kind;

impl Network<'_> {
    /// Works out once what hangs on no variable, and leaves the other nodes to be worked out for each region.
    pub(super) fn settle(&mut self) {
        let root = self.root();
        // per node the variables on which it hangs, by itself or through others
        let mut hangs = vec![0; self.engine.nodes.len()];
        for index in std::mem::take(&mut self.nodes) {
            self.all.insert(index);
            self.work(index, &root);
            let mask = self.hangs_on(index, &hangs);
            if let Some(slot) = hangs.get_mut(index) {
                *slot = mask;
            }
            if index == self.own || mask != 0 {
                self.nodes.push(index);
                self.masks.push(mask);
            }
        }
        self.last = root;
    }

    fn hangs_on(&self, index: usize, below: &[u64]) -> u64 {
        // what was decided instead is for those that read it
        let computed = index == self.own || self.fixed(index).is_none();
        let Some(node) = self.engine.nodes.get(index).filter(|_| computed) else { return 0 };
        if let Kind::Question(x) = &node.kind
            && let Some(place) = self.place(*x)
        {
            return 1 << place | node.gate.map_or(0, |gate| below.get(gate).copied().unwrap_or(0));
        }
        let inputs = self.derived_at(index).map(|q| self.inputs(q)).unwrap_or_default();
        let all = node.inputs.iter().chain(&node.gate).chain(&inputs);
        all.fold(0, |mask, input| mask | below.get(*input).copied().unwrap_or(0))
    }

    /// Works out of a region what may be otherwise than in the one before it.
    pub(super) fn work_through(&mut self, region: &Region) {
        let pairs = self.last.iter().zip(region).enumerate();
        let changed = pairs.fold(0u64, |changed, (v, (last, now))| changed | u64::from(last != now) << v);
        for i in 0..self.nodes.len() {
            let hangs = self.masks.get(i).copied().unwrap_or(u64::MAX);
            if let Some(index) = self.nodes.get(i).copied().filter(|_| hangs & changed != 0) {
                self.work(index, region);
            }
        }
        if changed != 0 {
            self.last.clone_from(region);
        }
    }
}
