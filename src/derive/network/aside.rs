//! Cases in which a variable makes a difference, read off the formula: what stands beside it in a lowest or highest value
//! is put out of its way.

use super::{Network, Region};
use crate::formula::{Aggregate, Expression, Node, Operator};
use crate::model::{How, Input, Leaf};

/// How far from the lowest to the highest outcome the variables lie that are not in the way, in parts of 64.
const PLACES: [i64; 5] = [0, 64, 1, 8, 32];

/// How deep parts are looked into.
const MOST_DEEP: usize = 24;

/// Which variables lie where the outcome of the part that they stand in is high, and which where it is low.
#[derive(Clone, Copy, Default)]
struct Ends {
    high: u64,
    low: u64,
}

impl Ends {
    fn put(&mut self, variables: u64, high: bool) {
        let free = variables & !(self.high | self.low);
        if high {
            self.high |= free;
        } else {
            self.low |= free;
        }
    }
}

impl<'e> Network<'e> {
    /// Cases of a region in which a variable is likely to make a difference; it is the last region that was read.
    pub(in crate::derive) fn aside(&mut self, region: &Region, v: usize) -> Vec<Region> {
        let Some(expression) = self.q.and_then(|q| self.expression(q)) else { return Vec::new() };
        let mut ends = Ends::default();
        self.clear(expression, region, 1 << v, &mut ends, 0);
        let place = |part: i64| {
            let at =
                |(i, extent): (usize, &crate::derived::Extent)| match (ends.high >> i & 1, ends.low >> i & 1)
                {
                    (1, _) => extent.end(true),
                    (_, 1) => extent.end(false),
                    _ => extent.along(part, 64),
                };
            region.iter().enumerate().map(at).collect()
        };
        PLACES.into_iter().map(place).collect()
    }

    fn expression(&self, q: usize) -> Option<&'e Expression<Leaf>> {
        let engine: &'e crate::program::Engine = self.engine;
        let derived = engine.model.questions.get(q)?.derived.as_ref()?;
        let How::Formula(formula) = &derived.how else { return None };
        Some(&formula.expression)
    }

    /// Puts what stands beside a variable where it does not hide the part in which that stands.
    fn clear(&mut self, part: &'e Expression<Leaf>, region: &Region, v: u64, ends: &mut Ends, depth: usize) {
        if depth > MOST_DEEP {
            return;
        }
        if let Node::Name(Leaf::Input(Input::Question(q))) = part.node
            && let Some(below) = self.expression(q)
        {
            return self.clear(below, region, v, ends, depth + 1);
        }
        let parts = part.parts();
        let signs: Vec<_> =
            parts.iter().map(|part| part.bounds(&mut |leaf| self.leaf(leaf, region)).signs).collect();
        let beside = match &part.node {
            Node::Of(Aggregate::Min, _) | Node::Apply(Operator::Multiply, _) => Some(true),
            Node::Of(Aggregate::Max, _) => Some(false),
            _ => None,
        };
        let limits = matches!(part.node, Node::Of(..));
        if let Some(high) = beside {
            for signs in signs.iter().filter(|signs| signs.any() & v == 0) {
                ends.put(signs.up & !signs.down, high);
                ends.put(signs.down & !signs.up, !high);
            }
        }
        for (part, signs) in parts.into_iter().zip(&signs).filter(|(_, signs)| signs.any() & v != 0) {
            self.clear(part, region, v, ends, depth + 1);
            if let (Some(high), true) = (beside, limits) {
                // what adds to it must not lift it to where the rest lies
                ends.put(signs.up & !signs.down & !v, !high);
                ends.put(signs.down & !signs.up & !v, high);
            }
        }
    }
}
