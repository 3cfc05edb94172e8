//! The `leidraad` command.
fn main() {}
