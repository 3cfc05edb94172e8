//! Leidraad: work in progress skeleton.
pub mod diagnostic;
pub mod document;
pub mod source;
pub mod value;
pub use value::{Date, Value};
