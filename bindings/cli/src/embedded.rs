//! The cases shipped with the command.

/// Embeds case files under their paths.
macro_rules! files {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../../../", $path))),)*]
    };
}

/// Every case file in `rules/`; a test compares the list with the folder.
pub(crate) const CASES: &[(&str, &str)] = files![
    "rules/bibob/toets/cases/advies_vragen.yaml",
    "rules/bibob/toets/cases/beleid_niet_geladen.yaml",
    "rules/bibob/toets/cases/gevolgen.yaml",
    "rules/bibob/toets/cases/gm0000.yaml",
    "rules/bibob/toets/cases/gm0938.yaml",
    "rules/bibob/toets/cases/gm0981.yaml",
    "rules/bibob/toets/cases/gm0994.yaml",
    "rules/bibob/toets/cases/gm1729.yaml",
    "rules/bibob/toets/cases/gm1903.yaml",
    "rules/bibob/toets/cases/onvolledig.yaml",
    "rules/bibob/toets/cases/opmerkingen.yaml",
    "rules/bibob/toets/cases/overig.yaml",
    "rules/bibob/toets/cases/reikwijdte.yaml",
    "rules/bibob/toets/cases/stappen.yaml",
    "rules/bibob/toets/cases/termijnen.yaml",
    "rules/damocles/maatregel/cases/bevoegdheid.yaml",
    "rules/damocles/maatregel/cases/gm0000.yaml",
    "rules/damocles/maatregel/cases/gm0917.yaml",
    "rules/damocles/maatregel/cases/gm0938.yaml",
    "rules/damocles/maatregel/cases/gm0981.yaml",
    "rules/damocles/maatregel/cases/gm0994.yaml",
    "rules/damocles/maatregel/cases/gm1729.yaml",
    "rules/damocles/maatregel/cases/gm1883.yaml",
    "rules/damocles/maatregel/cases/gm1903.yaml",
    "rules/damocles/maatregel/cases/huur.yaml",
    "rules/damocles/maatregel/cases/opmerkingen.yaml",
    "rules/damocles/maatregel/cases/stappen.yaml",
    "rules/damocles/maatregel/cases/uitspraken.yaml",
    "rules/damocles/maatregel/cases/wetsversies.yaml",
    "rules/evenementen/melding/cases/gm0938.yaml",
    "rules/evenementen/melding/cases/gm0981.yaml",
    "rules/evenementen/melding/cases/gm0994.yaml",
    "rules/evenementen/melding/cases/gm1729.yaml",
    "rules/evenementen/melding/cases/gm1903.yaml",
    "rules/evenementen/melding/cases/zonder_gemeente.yaml",
    "rules/evenementen/risicoscan/cases/aantal.yaml",
    "rules/evenementen/risicoscan/cases/klassegrenzen.yaml",
    "rules/evenementen/risicoscan/cases/onbekend.yaml",
    "rules/evenementen/risicoscan/cases/punten.yaml",
    "rules/evenementen/risicoscan/cases/referentiesommen.yaml",
    "rules/evenementen/risicoscan/cases/seizoen.yaml",
    "rules/evenementen/risicoscan/cases/tijdsduur.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/meting.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/opmerkingen.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/organisatie.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/peildatum.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/stappen.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema1.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema2.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema3.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema4.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema5.yaml",
];
