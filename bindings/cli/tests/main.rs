//! The `leidraad` command as people and programs meet it: exit codes, standard output, standard error.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod ask;
mod bad_input;
mod bundle;
mod cases;
mod check;
mod compare;
mod contract;
mod document;
mod dossier;
mod layers;
mod outputs;
mod own_layer;
mod report;
mod run;
mod texts;
