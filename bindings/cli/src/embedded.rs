//! The cases shipped with the command.

/// Embeds case files under their paths.
macro_rules! files {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../../../", $path))),)*]
    };
}

/// Every case file in `rules/`; a test compares the list with the folder.
pub(crate) const CASES: &[(&str, &str)] = files![
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
    "rules/damocles/maatregel/cases/uitspraken.yaml",
    "rules/damocles/maatregel/cases/wetsversies.yaml",
    "rules/evenementen/behandeling/cases/adviezen.yaml",
    "rules/evenementen/behandeling/cases/bijlagen.yaml",
    "rules/evenementen/behandeling/cases/gm0000.yaml",
    "rules/evenementen/behandeling/cases/gm0938.yaml",
    "rules/evenementen/behandeling/cases/gm0981.yaml",
    "rules/evenementen/behandeling/cases/gm0994.yaml",
    "rules/evenementen/behandeling/cases/gm1729.yaml",
    "rules/evenementen/behandeling/cases/gm1903.yaml",
    "rules/evenementen/behandeling/cases/klasse.yaml",
    "rules/evenementen/behandeling/cases/route.yaml",
    "rules/evenementen/behandeling/cases/termijnen.yaml",
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
    "rules/evenementen/veiligheid/cases/afstanden.yaml",
    "rules/evenementen/veiligheid/cases/drukte_zorg.yaml",
    "rules/evenementen/veiligheid/cases/gebruiksmelding.yaml",
    "rules/evenementen/veiligheid/cases/gemeenten.yaml",
    "rules/evenementen/veiligheid/cases/orde.yaml",
    "rules/evenementen/veiligheid/cases/ruimte.yaml",
    "rules/evenementen/veiligheid/cases/verkeer.yaml",
    "rules/evenementen/veiligheid/cases/vuurwerk_lucht.yaml",
    "rules/evenementen/veiligheid/cases/zondag_overig.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/meting.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/organisatie.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema1.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema2.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema3.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema4.yaml",
    "rules/limburgse-norm/zelfevaluatie/cases/thema5.yaml",
];
