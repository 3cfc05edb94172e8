//! `leidraad-pack MODULE FOLDER`: the JavaScript glue of wasm-bindgen for a module, as a classic script.
//!
//! The same as `wasm-bindgen --target no-modules`, without the server and test runner that come with that command.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("usage: leidraad-pack MODULE FOLDER");
        return ExitCode::FAILURE;
    };
    match pack(module, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("leidraad-pack: {message}");
            ExitCode::FAILURE
        }
    }
}

fn pack(module: &str, folder: &str) -> Result<(), String> {
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    let bindgen = bindgen.input_path(module).typescript(false).omit_default_module_path(true);
    let bindgen = bindgen.no_modules(true).map_err(|error| format!("{error:#}"))?;
    bindgen.generate(folder).map_err(|error| format!("{error:#}"))
}
