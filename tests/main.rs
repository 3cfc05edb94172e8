//! One test binary, a module per verb.
mod check;
mod contract;
mod explain;
mod front;
mod layers;
mod rules;
mod rubbish;
mod schema;
mod support;
