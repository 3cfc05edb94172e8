//! A dossier for each rule set that is shipped, with the same moments and salts on every run. Answers are those of the case files.

use leidraad::dossier::{Opening, SignOff, Stamp};
use leidraad::report::Report;
use leidraad::{Date, Dossier, RuleSet};

use crate::support::{answers, date};

/// A dossier with the rules and the day of its report.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) rules: &'static RuleSet,
    pub(crate) dossier: Dossier,
    pub(crate) on: Date,
}

impl Case {
    pub(crate) fn report(&self) -> Report {
        Report::of(&self.dossier, self.rules, self.on).unwrap_or_else(|findings| panic!("{findings}"))
    }
}

pub(crate) fn stamp(day: &str, n: u8, by: &str) -> Stamp {
    Stamp::new(&format!("{day}T10:{n:02}:00+02:00"), [n; 32]).unwrap().by(by)
}

/// A dossier in which these were recorded one after another on the day of the report, and signed by so many.
fn case(
    name: &'static str,
    (id, authority): (&str, Option<&str>),
    on: &str,
    recorded: &[&str],
    signers: &[&str],
) -> Case {
    let rules = leidraad::catalog().rule_set(id).unwrap();
    let opening = Opening {
        authority: authority.map(str::to_owned),
        case: Some(format!("Z-2026-{name}")),
        ..Opening::default()
    };
    let mut n = 0;
    let mut stamp = |by: &str| {
        n += 1;
        self::stamp(on, n, by)
    };
    let mut dossier = Dossier::new(rules, &opening, &stamp("A. de Vries")).unwrap();
    for text in recorded {
        let outcome = dossier.record(rules, &answers(text), &stamp("A. de Vries"));
        outcome.unwrap_or_else(|findings| panic!("{name}: {findings}"));
    }
    for by in signers {
        let role = Some("behandelaar".to_owned());
        dossier.sign(&SignOff { role, signature: None }, &stamp(by)).unwrap();
    }
    Case { name, rules, dossier, on: date(on) }
}

pub(crate) fn all() -> Vec<Case> {
    vec![melding(), risicoscan(), behandeling(), veiligheid(), bibob(), damocles(), norm()]
}

fn melding() -> Case {
    let answers = r#"{"openbaar": true, "uitzondering": "geen", "soort": "straatfeest", "dagen": 1,
        "datum_start": "2026-07-04", "feestdag": false, "begin_tijd": "12:00", "eind_tijd": "22:00",
        "na_middernacht": false, "geluid": "geen", "weg": "geen", "objecten": 4, "grootste_object": 12,
        "tent": false, "podium": false, "vuurwerk": false,
        "aantal": {"between": [150, 200], "remark": "Nagevraagd.", "evidence": ["telling 2025"]}}"#;
    let deviated = r#"{"$deviations": {"route": {"value": "vergunning", "by": "C. Jansen", "at": "2026-06-02",
        "motivation": "Het is die dag erg druk in het dorp.\nEr is ook een markt."}}}"#;
    let of = ("evenementen/melding", Some("GM1729"));
    case("melding", of, "2026-06-10", &[answers, deviated], &["A. de Vries", "B. Bakker"])
}

fn risicoscan() -> Case {
    let answers = r#"{"aantrekkingskracht": "internationaal", "leeftijd": "vanaf_70", "aandacht": true,
        "zelfredzaamheid": "niet", "risico_activiteiten": true, "samenstelling": "deelnemers",
        "overnachten": "niet_bestemd", "alcohol_drugs": "met_risico", "aantal": 15001, "datum_start": "2027-07-01",
        "locatie": "water", "ondergrond": "drassig", "tijdsduur": null}"#;
    case("risicoscan", ("evenementen/risicoscan", None), "2026-06-10", &[answers], &[])
}

/// Terms counted back from 10 July 2027 and forward from 1 March 2027: the cases «klasse B» and «aangevuld».
fn behandeling() -> Case {
    let answers = r#"{"datum_start": "2027-07-10", "route": "vergunning", "klasse_scan": "B", "ontvangen_op": "2027-03-01",
        "verlengd": false, "volledig": false, "aangevuld": true, "aanvulling_gevraagd_op": "2027-03-08",
        "aanvulling_klaar_op": "2027-03-18"}"#;
    let steps = r#"{"$steps": {"indienen": {"done": "2027-03-01", "by": "organisator"},
        "intake": {"done": "2027-03-05", "remark": "Plattegrond ontbrak."},
        "aanvulling_vragen": {"done": "2027-03-08"}}}"#;
    let of = ("evenementen/behandeling", Some("GM0000"));
    case("behandeling", of, "2027-03-20", &[answers, steps], &["A. de Vries"])
}

fn veiligheid() -> Case {
    let none = r#"{"not_applicable": "er wordt geen norm gebruikt"}"#;
    let answers = format!(
        r#"{{"datum_start": "2027-12-04", "plaats": "groeve", "groeve_nooduitgang": true, "groeve_led": false,
        "personen_ruimte": 0, "stoffen": false, "norm_toiletten": {none}, "norm_ehbo": {none}, "norm_beveiligers": {none}}}"#
    );
    case(
        "veiligheid",
        ("evenementen/veiligheid", Some("GM0994")),
        "2027-11-01",
        &[&answers],
        &["A. de Vries"],
    )
}

/// The case «alle voorwaarden»: an advice of the national bureau may be asked. Nearly all of it is confidential.
fn bibob() -> Case {
    let answers = r#"{"besluit": "alcoholvergunning", "fase": "aanvraag", "openen": true, "ingetrokken": false,
        "formulier": "volledig", "gewone_grond": false, "eigen_feiten_genoeg": false, "bruikbaar_advies": false,
        "bevindingen_vastgelegd": true, "aanwijzingen_over": true, "reden_lbb": "complex",
        "ketensignaal": {"value": true, "remark": "zeer geheime tip"}, "ontvangen_op": "2026-07-01"}"#;
    let of = ("bibob/toets", Some("GM0994"));
    case("bibob", of, "2026-07-10", &[answers], &["A. de Vries"])
}

fn damocles() -> Case {
    let answers = r#"{"gevonden_op": "2022-05-01", "besluit_op": "2022-06-01", "object": "woning", "bewoond": true,
        "beroepsuitoefening": false, "in_dit_deel": true, "middel": "softdrugs", "eigen_gebruik": false,
        "andere_handelsfeiten": false, "voor_harddrugs": false, "voor_lijst_ia": false, "voor_softdrugs": false,
        "gram_softdrugs": 500, "grondslag": "softdrugs", "overtredingen": [], "ernstig_geval": false}"#;
    let steps = r#"{"$steps": {"vondst": {"done": "2022-05-01", "by": "politie"}, "rapportage": {"done": "2022-05-09"}}}"#;
    case("damocles", ("damocles/maatregel", Some("GM1883")), "2022-05-20", &[answers, steps], &[])
}

fn norm() -> Case {
    let answers = r#"{"organisatie": "gemeente", "n1_1": "ontbreekt", "n1_2": "uitgevoerd", "n1_3": "uitgevoerd",
        "n2_1": "in_ontwikkeling", "n2_2": "uitgevoerd", "meting_afgerond": "2024-03-04",
        "gesprek_bestuurder": true, "gesprek_ambtenaar": true, "deskstudie_benoemd": true}"#;
    let steps = r#"{"$steps": {"gesprekken": {"done": "2024-01-12"}, "deskstudie": {"skipped": "Vorig jaar gedaan."}}}"#;
    case("norm", ("limburgse-norm/zelfevaluatie", None), "2024-04-01", &[answers, steps], &["A. de Vries"])
}
