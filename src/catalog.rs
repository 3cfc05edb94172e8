//! The rule sets shipped with the crate.

use std::sync::OnceLock;

use crate::library::Library;

/// Embeds files of `rules/` under their paths.
macro_rules! files {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../", $path))),)*]
    };
}

/// Every rule file in `rules/`; a test compares the list with the folder.
const FILES: &[(&str, &str)] = files![
    "rules/bibob/toets.yaml",
    "rules/bibob/toets/gm0000.yaml",
    "rules/bibob/toets/gm0938.yaml",
    "rules/bibob/toets/gm0981.yaml",
    "rules/bibob/toets/gm0994.yaml",
    "rules/bibob/toets/gm1729.yaml",
    "rules/bibob/toets/gm1903.yaml",
    "rules/damocles/maatregel.yaml",
    "rules/damocles/maatregel/gm0000.yaml",
    "rules/damocles/maatregel/gm0917.yaml",
    "rules/damocles/maatregel/gm0938.yaml",
    "rules/damocles/maatregel/gm0981.yaml",
    "rules/damocles/maatregel/gm0994.yaml",
    "rules/damocles/maatregel/gm1729.yaml",
    "rules/damocles/maatregel/gm1883.yaml",
    "rules/damocles/maatregel/gm1903.yaml",
    "rules/evenementen/behandeling.yaml",
    "rules/evenementen/behandeling/gm0000.yaml",
    "rules/evenementen/behandeling/gm0938.yaml",
    "rules/evenementen/behandeling/gm0981.yaml",
    "rules/evenementen/behandeling/gm0994.yaml",
    "rules/evenementen/behandeling/gm1729.yaml",
    "rules/evenementen/behandeling/gm1903.yaml",
    "rules/evenementen/melding.yaml",
    "rules/evenementen/melding/gm0938.yaml",
    "rules/evenementen/melding/gm0981.yaml",
    "rules/evenementen/melding/gm0994.yaml",
    "rules/evenementen/melding/gm1729.yaml",
    "rules/evenementen/melding/gm1903.yaml",
    "rules/evenementen/risicoscan.yaml",
    "rules/evenementen/veiligheid.yaml",
    "rules/evenementen/veiligheid/gm0938.yaml",
    "rules/evenementen/veiligheid/gm0981.yaml",
    "rules/evenementen/veiligheid/gm0994.yaml",
    "rules/evenementen/veiligheid/gm1729.yaml",
    "rules/evenementen/veiligheid/gm1903.yaml",
    "rules/limburgse-norm/zelfevaluatie.yaml",
];

/// The rule sets shipped with the crate, loaded once. They were proven when the crate was built.
///
/// ```
/// let rules = leidraad::catalog().rule_set("evenementen/risicoscan").unwrap();
/// let program = rules.on(leidraad::Date::new(2027, 7, 10).unwrap()).unwrap();
/// let assessment = program.evaluate(&leidraad::Answers::new()).unwrap();
/// assert_eq!(assessment.progress.open, 14);
/// ```
pub fn catalog() -> &'static Library {
    static CATALOG: OnceLock<Library> = OnceLock::new();
    CATALOG.get_or_init(|| Library::load(FILES, false, &[]))
}

/// The files of the rule sets shipped with the crate: path and text.
pub fn catalog_files() -> &'static [(&'static str, &'static str)] {
    FILES
}
