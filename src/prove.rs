//! Proofs about tables: gaps, overlaps, dead rows.
use crate::diagnostic::Diagnostic;
use crate::program::Engine;
pub(crate) fn prove(_engine: &Engine, _out: &mut Vec<Diagnostic>) {}
