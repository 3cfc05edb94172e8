//! A plain multiplicative hash: fast, and the same on every machine. Nothing is ever gone through in its order.

use std::hash::{Hash, Hasher};

struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_i64(&mut self, word: i64) {
        self.write_u64(word.cast_unsigned());
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// The hash of a list. Equal lists have the same; of others most have another.
pub(crate) fn hash<T: Hash>(key: &[T]) -> u64 {
    let mut mix = Mix(0);
    key.iter().for_each(|item| item.hash(&mut mix));
    mix.finish()
}
