//! One test binary, a module per verb.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    clippy::type_complexity,
    reason = "a test that fails may panic, and an oracle is written to be plain"
)]
mod bundle;
mod canonical;
mod check;
mod compare;
mod contract;
mod dates;
mod dossier;
mod explain;
mod format;
mod formula;
mod front;
mod impact;
mod layering;
mod layers;
mod lists;
mod oracle;
mod overlay;
mod policy;
mod procedure;
mod reader;
#[cfg(feature = "report")]
mod report;
mod rubbish;
mod rules;
mod schema;
mod session;
mod support;
mod terms;
mod unset;
