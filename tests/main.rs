//! One test binary, a module per verb.
mod check;
mod contract;
mod explain;
mod front;
mod layers;
mod rubbish;
mod rules;
mod schema;
mod support;
