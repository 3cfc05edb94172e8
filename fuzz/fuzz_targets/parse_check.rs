//! Any text as a rule file: no panic, no hang, and the same findings twice.
#![no_main]

use leidraad::Library;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let once = Library::from_files(&[("fuzz.yaml", text)]).findings().to_string();
    let twice = Library::from_files(&[("fuzz.yaml", text)]).findings().to_string();
    assert_eq!(once, twice);
});
