//! Rubbish.
