//! Leidraad: work in progress skeleton.
mod decode;
pub mod diagnostic;
pub mod document;
pub mod format;
mod json;
pub mod limits;
pub mod parse;
pub mod source;
mod suggest;
mod tree;
pub mod value;
#[cfg(feature = "yaml")]
mod yaml;
pub use value::{Date, Value};
