//! Dutch notation: what officials read, and what they type.
