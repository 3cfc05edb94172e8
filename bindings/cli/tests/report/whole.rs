//! From `dossier new` through answers, a deviation, steps and sign-offs to a report in every form, and `verify`.

use std::path::Path;

use super::report;
use crate::dossier::dossier;
use crate::run::folder;

/// What a case does, and what its report must say.
struct Told<'t> {
    rules: &'t str,
    authority: Option<&'t str>,
    answers: &'t str,
    /// Decision and value.
    deviation: (&'t str, &'t [&'t str]),
    /// Step and what happened to it.
    steps: &'t [(&'t str, &'t [&'t str])],
    on: &'t str,
    /// In HTML and Markdown.
    says: &'t [&'t str],
    /// In the calendar; none where no step is open.
    calendar: Option<&'t str>,
    /// Only for readers of a class.
    secret: Option<&'t str>,
}

/// A text without the signs that Markdown and HTML escape, on one line.
fn flat(text: &str) -> String {
    let text = text.replace('\\', "").replace("&#39;", "'").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn whole(told: &Told<'_>) {
    let folder = folder(&[("feiten.yaml", told.answers)]);
    let path: &Path = folder.path();
    let run = |arguments: &[&str]| dossier(path, arguments).ok();
    let mut new = vec!["new", told.rules, "zaak.json", "--case", "Z-2026-9"];
    new.extend(told.authority.iter().flat_map(|code| ["--authority", code]));
    run(&new);
    run(&["answer", "zaak.json", "--answers", "feiten.yaml"]);
    let (decision, values) = told.deviation;
    let mut deviate =
        vec!["deviate", "zaak.json", decision, "--motivation", "Er is <iets> bijzonders | aan de hand."];
    deviate.extend(values);
    run(&deviate);
    for (step, what) in told.steps {
        let mut arguments = vec!["step", "zaak.json", step];
        arguments.extend(what.iter());
        run(&arguments);
    }
    run(&["sign", "zaak.json", "--by", "A. de Vries", "--role", "behandelaar"]);
    run(&["sign", "zaak.json", "--by", "B. Bakker", "--role", "teamleider"]);
    let before = std::fs::read(path.join("zaak.json")).unwrap();

    for form in ["html", "md", "json"] {
        let name = format!("verslag.{form}");
        // the ending says what to write; standard output gives the same
        assert_eq!(report(path, &["zaak.json", "--output", &name, "--on", told.on]).ok(), "");
        let text = std::fs::read_to_string(path.join(&name)).unwrap();
        assert_eq!(report(path, &["zaak.json", "--format", form, "--on", told.on]).ok(), text);
        assert!(!text.contains("<iets>") || form == "json", "{form}: a motivation is not escaped");
        let flat = flat(&text);
        let motive = if form == "html" {
            "Er is &lt;iets&gt; bijzonders | aan de hand."
        } else {
            "Er is <iets> bijzonders | aan de hand."
        };
        for says in told.says.iter().chain([&motive]) {
            assert!(flat.contains(says), "{form}: {says}\n{flat}");
        }
        assert!(flat.contains("Z-2026-9") && flat.contains("Geen wijziging gevonden"), "{form}");
        if form != "json" {
            assert!(flat.contains("door twee mensen ondertekend"), "{form}");
        }
        if let Some(secret) = told.secret {
            assert!(flat.contains(secret), "{form}");
        }
        let public =
            report(path, &["zaak.json", "--format", form, "--on", told.on, "--reader", "public"]).ok();
        if let Some(secret) = told.secret {
            assert!(!public.contains(secret), "{form}: {secret}");
            assert!(public.contains("fgeschermd"), "{form}");
        }
    }
    match told.calendar {
        Some(says) => {
            let calendar = report(path, &["zaak.json", "--format", "ics", "--on", told.on]).ok();
            assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
            assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
            assert!(calendar.replace("\r\n ", "").contains(says), "{calendar}");
        }
        None => {
            let refused = report(path, &["zaak.json", "--format", "ics", "--on", told.on]).refused();
            assert!(refused.contains("no step of this dossier is open"), "{refused}");
        }
    }
    assert_eq!(std::fs::read(path.join("zaak.json")).unwrap(), before, "a report changes nothing");
    let verified = run(&["verify", "zaak.json"]);
    assert!(verified.contains("Geen wijziging gevonden: de hashes kloppen"), "{verified}");
    let shown = run(&["show", "zaak.json"]);
    assert!(shown.contains("Vier ogen op de huidige stand: ja"), "{shown}");
}

/// A street party with all answers of a notification, decided otherwise.
#[test]
fn a_street_party() {
    whole(&Told {
        rules: "evenementen/melding",
        authority: Some("gm1729"),
        answers: "openbaar: ja\nuitzondering: geen\nsoort: straatfeest\ndagen: 1\ndatum_start: 2026-07-04\nfeestdag: nee\n\
                  begin_tijd: '12:00'\neind_tijd: '22:00'\nna_middernacht: nee\ngeluid: geen\nweg: geen\nobjecten: 4\n\
                  grootste_object: 12\ntent: nee\npodium: nee\nvuurwerk: nee\naantal: 150\n",
        deviation: ("route", &["vergunning"]),
        steps: &[],
        on: "2026-06-10",
        says: &["Vrij, melding of vergunning", "https://www.gulpen-wittem.nl"],
        calendar: None,
        secret: None,
    });
}

/// The largest sum of the risk scan, 15.75: the case «hoogste som». The class is decided otherwise.
#[test]
fn a_risk_scan() {
    whole(&Told {
        rules: "evenementen/risicoscan",
        authority: None,
        answers: "aantrekkingskracht: internationaal\nleeftijd: vanaf_70\naandacht: ja\nzelfredzaamheid: niet\n\
                  risico_activiteiten: ja\nsamenstelling: deelnemers\novernachten: niet_bestemd\nalcohol_drugs: met_risico\n\
                  aantal: 15001\ndatum_start: 2027-07-01\nlocatie: water\nondergrond: drassig\ntijdsduur: meer_dagen\nwegen: geen\n",
        deviation: ("klasse", &["B"]),
        steps: &[],
        on: "2027-01-04",
        says: &["15,75", "1 juli 2027"],
        calendar: None,
        secret: None,
    });
}

/// Class B with a made-up municipality: twelve weeks before 12 September 2026 is 20 June, eight weeks after 5 January 2 March.
#[test]
fn the_treatment_of_an_event() {
    whole(&Told {
        rules: "evenementen/behandeling",
        authority: Some("GM0000"),
        answers: "datum_start: 2026-09-12\nroute: vergunning\nklasse_scan: A\nontvangen_op: 2026-01-05\nvolledig: ja\n",
        deviation: ("klasse", &["B"]),
        steps: &[("indienen", &["--done", "2026-01-05"]), ("intake", &["--done", "2026-01-08"])],
        on: "2026-01-20",
        says: &["20 juni 2026", "2 maart 2026", "op tijd gedaan"],
        calendar: Some("DTSTART;VALUE=DATE:20260302"),
        secret: None,
    });
}

/// A Christmas market in a quarry: no norm for toilets, first aiders or guards is chosen.
#[test]
fn the_safety_of_an_event() {
    let none = "{ not_applicable: er wordt geen norm gebruikt }";
    let answers = format!(
        "datum_start: 2027-12-04\nplaats: groeve\ngroeve_nooduitgang: ja\ngroeve_led: nee\npersonen_ruimte: 0\nstoffen: nee\n\
         norm_toiletten: {none}\nnorm_ehbo: {none}\nnorm_beveiligers: {none}\n"
    );
    whole(&Told {
        rules: "evenementen/veiligheid",
        authority: Some("GM0994"),
        answers: &answers,
        deviation: ("brandlijst", &["nee"]),
        steps: &[],
        on: "2027-11-01",
        says: &["er wordt geen norm gebruikt", "4 december 2027"],
        calendar: None,
        secret: None,
    });
}

/// The case «alle voorwaarden»: an advice of the national bureau may be asked.
#[test]
fn a_bibob_test() {
    whole(&Told {
        rules: "bibob/toets",
        authority: Some("GM0994"),
        answers: "besluit: alcoholvergunning\nfase: aanvraag\nopenen: ja\ningetrokken: nee\nformulier: volledig\ngewone_grond: nee\n\
                  eigen_feiten_genoeg: nee\nbruikbaar_advies: nee\nbevindingen_vastgelegd: ja\naanwijzingen_over: ja\n\
                  reden_lbb: complex\nketensignaal: { value: ja, remark: zeer geheim }\nontvangen_op: 2026-07-01\n",
        deviation: ("bevoegd", &["college"]),
        steps: &[],
        on: "2026-07-10",
        says: &[
            "Mag de Wet Bibob bij dit besluit worden gebruikt?",
            "https://wetten.overheid.nl/jci1.3:c:BWBR0013798",
        ],
        calendar: Some("Z-2026-9"),
        secret: Some("zeer geheim"),
    });
}

/// Soft drugs in a house in Sittard-Geleen: the row of the policy says three months; decided is to warn.
#[test]
fn drugs_in_a_house() {
    whole(&Told {
        rules: "damocles/maatregel",
        authority: Some("GM1883"),
        answers: "gevonden_op: 2022-05-01\nbesluit_op: 2022-06-01\nobject: woning\nbewoond: ja\nberoepsuitoefening: nee\n\
                  in_dit_deel: ja\nmiddel: softdrugs\neigen_gebruik: nee\nandere_handelsfeiten: nee\nvoor_harddrugs: nee\n\
                  voor_lijst_ia: nee\nvoor_softdrugs: nee\ngram_softdrugs: 500\ngrondslag: softdrugs\novertredingen: []\n\
                  ernstig_geval: nee\n",
        deviation: ("beleidsobject", &["lokaal"]),
        steps: &[("vondst", &["--done", "2022-05-01"]), ("rapportage", &["--skipped", "Mondeling gedaan."])],
        on: "2022-05-20",
        says: &["artikel 13b", "https://wetten.overheid.nl/jci1.3:c:BWBR0001941&artikel=13b"],
        calendar: Some("SUMMARY:"),
        secret: Some("Mondeling gedaan."),
    });
}

/// A measurement of the Limburgse Norm, two years later to be done again.
#[test]
fn a_self_assessment() {
    whole(&Told {
        rules: "limburgse-norm/zelfevaluatie",
        authority: None,
        answers: "organisatie: gemeente\nn1_1: ontbreekt\nn1_2: uitgevoerd\nn1_3: uitgevoerd\nmeting_afgerond: 2024-03-04\n\
                  gesprek_bestuurder: ja\ngesprek_ambtenaar: ja\ndeskstudie_benoemd: ja\n",
        deviation: ("gesprekken_en_deskstudie", &["nee"]),
        steps: &[
            ("gesprekken", &["--done", "2024-01-12"]),
            ("deskstudie", &["--skipped", "Vorig jaar gedaan."]),
        ],
        on: "2024-04-01",
        says: &["Stand van de normen", "Uiterlijk 4 maart 2026", "Overgeslagen: Vorig jaar gedaan."],
        calendar: Some("DTSTART;VALUE=DATE:20260304"),
        secret: None,
    });
}
