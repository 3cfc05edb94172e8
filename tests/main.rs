//! One test binary, a module per verb.
mod front;
mod layers;
