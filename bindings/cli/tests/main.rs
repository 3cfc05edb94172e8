//! The `leidraad` command as people and programs meet it: exit codes, standard output, standard error.

mod ask;
mod bad_input;
mod check;
mod contract;
mod run;
mod texts;
