//! What a network finds silent: each thing by a bit, so that what outweighs a silence also takes its name away.

use crate::program::Engine;
use crate::text::Text;

/// The bit of what cannot be told by name.
pub(super) const UNTOLD: u64 = 1 << 63;

/// The bits of what hangs on unset things that are not told apart here.
pub(super) fn untold(silents: &[usize]) -> u64 {
    if silents.is_empty() { 0 } else { UNTOLD }
}

/// The last bit that has names; all things beyond the first are told together.
const LAST: usize = 62;

/// The names of silent things, by their bits.
#[derive(Default)]
pub(in crate::derive) struct Silences {
    names: Vec<Text>,
}

impl Silences {
    /// The bits of some things.
    pub(super) fn of(&mut self, names: impl IntoIterator<Item = Text>) -> u64 {
        names.into_iter().fold(0, |bits, name| bits | self.bit(name))
    }

    /// The bits of some parameters.
    pub(super) fn of_parameters(&mut self, engine: &Engine, parameters: &[usize]) -> u64 {
        let known = parameters.iter().filter_map(|p| engine.model.parameters.get(*p));
        self.of(known.map(|p| p.id.clone()))
    }

    fn bit(&mut self, name: Text) -> u64 {
        let place = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        1 << place.min(LAST)
    }

    /// The names of some bits; none where one of them has none.
    pub(in crate::derive) fn names(&self, bits: u64) -> Option<Vec<Text>> {
        let told = self.names.iter().enumerate().filter(|(place, _)| bits >> (*place).min(LAST) & 1 == 1);
        (bits & UNTOLD == 0).then(|| told.map(|(_, name)| name.clone()).collect())
    }
}
