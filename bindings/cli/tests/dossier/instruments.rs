//! Each instrument that is shipped, from `new` to `verify`. Answers and outcomes are those of its case files.

use std::path::Path;

use super::{data, dossier};
use crate::run::{folder, with_input, write};

/// Verifies, forges one thing, and verifies again; reads the copy for the public, too.
fn verified(folder: &Path, revisions: usize, forge: (&str, &str), named: &str) {
    let text = dossier(folder, &["verify", "zaak.json"]).ok();
    assert!(text.contains("Geen wijziging gevonden: de hashes kloppen"), "{text}");
    assert!(text.contains(&format!("{revisions} revisies")), "{text}");
    let head =
        data(&folder.join("zaak.json"))["revisions"][revisions - 1]["hash"].as_str().unwrap().to_owned();
    let held = dossier(folder, &["verify", "zaak.json", "--head", &head, "--format", "json"]).json();
    assert_eq!(
        (held["head"].as_str(), held["kept_elsewhere"].as_bool(), held["findings"].as_array().map(Vec::len)),
        (Some(head.as_str()), Some(true), Some(0)),
        "{held}"
    );
    let written = std::fs::read_to_string(folder.join("zaak.json")).unwrap();
    assert!(written.contains(forge.0), "{}", forge.0);
    write(&folder.join("vals.json"), written.replacen(forge.0, forge.1, 1).as_bytes());
    let forged = dossier(folder, &["verify", "vals.json"]);
    assert_eq!(forged.code, Some(1));
    assert!(
        forged.out.contains(named) && forged.out.contains("NIET zoals het is vastgelegd"),
        "{}",
        forged.out
    );
    let copy = dossier(folder, &["show", "zaak.json", "--reader", "public", "--format", "json"]).ok();
    let read = with_input(&["dossier", "verify", "-", "--head", &head], copy.as_bytes(), folder).ok();
    assert!(read.contains("Geen wijziging gevonden"), "{read}");
    // the four commands that change a dossier leave a file that is canonical, without anything beside it but the lock
    assert_eq!(super::names(folder).iter().filter(|name| name.contains("zaak")).count(), 2);
}

/// A text on one line: where it is broken depends on its words.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_street_party_in_gulpen_wittem() {
    let answers = "openbaar: ja\nuitzondering: geen\nsoort: straatfeest\ndagen: 1\ndatum_start: 2026-07-04\nfeestdag: nee\n\
                   begin_tijd: '12:00'\neind_tijd: '22:00'\nna_middernacht: nee\ngeluid: geen\nweg: geen\nobjecten: 4\n\
                   grootste_object: 12\ntent: nee\npodium: nee\nvuurwerk: nee\n";
    let folder = folder(&[("melding.yaml", answers)]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    let shown = |arguments: &[&str]| flat(&run(arguments));
    run(&["new", "evenementen/melding", "zaak.json", "--authority", "gm1729", "--case", "Z-2026-1"]);
    run(&["answer", "zaak.json", "--answers", "melding.yaml"]);
    let open = shown(&["show", "zaak.json"]);
    assert!(open.contains("Vrij, melding of vergunning: nog open"), "{open}");
    run(&[
        "answer",
        "zaak.json",
        "aantal=201",
        "--remark",
        "Formulier van 1 juni.",
        "--evidence",
        "plattegrond",
    ]);
    assert!(shown(&["show", "zaak.json"]).contains("Vrij, melding of vergunning: Vergunning"));
    run(&["answer", "zaak.json", r#"aantal={"between": [150, 200]}"#, "--evidence", "telling"]);
    let decided = shown(&["show", "zaak.json"]);
    assert!(decided.contains("Vrij, melding of vergunning: Melding"), "{decided}");
    assert!(
        decided.contains("minstens")
            || decided.contains("tussen 150 en 200 personen, beide meegeteld (bewijs: telling)"),
        "{decided}"
    );
    run(&[
        "deviate",
        "zaak.json",
        "route",
        "vergunning",
        "--motivation",
        "Het is die dag erg druk in het dorp.",
        "--at",
        "2026-06-02",
    ]);
    run(&["sign", "zaak.json", "--by", "A. de Vries", "--role", "behandelaar"]);
    run(&["sign", "zaak.json", "--by", "B. Bakker", "--role", "teamleider"]);
    let signed = shown(&["show", "zaak.json"]);
    assert!(signed.contains("Vier ogen op de huidige stand: ja"), "{signed}");
    assert!(
        signed.contains("anders besloten op 2 juni 2026: Vergunning. Motivering: Het is die dag erg druk"),
        "{signed}"
    );
    verified(
        folder.path(),
        7,
        ("Het is die dag erg druk", "Het is die dag wat druk"),
        "De motivering bij «route» is gewijzigd",
    );
}

#[test]
fn the_largest_sum_of_the_risk_scan() {
    let folder = folder(&[]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    let shown = |arguments: &[&str]| flat(&run(arguments));
    run(&["new", "evenementen/risicoscan", "zaak.json"]);
    run(&[
        "answer",
        "zaak.json",
        "aantrekkingskracht=internationaal",
        "leeftijd=vanaf_70",
        "aandacht=ja",
        "zelfredzaamheid=niet",
        "risico_activiteiten=ja",
        "samenstelling=deelnemers",
        "overnachten=niet_bestemd",
        "alcohol_drugs=met_risico",
    ]);
    run(&[
        "answer",
        "zaak.json",
        "aantal=15001",
        "datum_start=2027-07-01",
        "locatie=water",
        "ondergrond=drassig",
        "tijdsduur=meer_dagen",
    ]);
    run(&["answer", "zaak.json", "wegen=null"]);
    run(&["answer", "zaak.json", "wegen=geen"]);
    let file = folder.path().join("zaak.json");
    let recorded = data(&file);
    let last = &recorded["revisions"][4];
    let decisions = &last["parts"].as_array().unwrap().last().unwrap()["leaves"][0]["value"]["decisions"];
    assert_eq!((&decisions["score"]["value"], &decisions["klasse"]["value"]), (&15.75.into(), &"C".into()));
    assert_eq!(last["rules"]["facts"], "2027-07-01", "the day of the event fixes the reference date");
    let shown = shown(&["show", "zaak.json"]);
    assert!(shown.contains("C (") || shown.contains("(C)"), "{shown}");
    verified(
        folder.path(),
        5,
        (r#""answer":15001"#, r#""answer":15000"#),
        "Het antwoord op «aantal» is gewijzigd",
    );
}

#[test]
fn soft_drugs_in_a_house_in_sittard_geleen() {
    let answers = "gevonden_op: 2022-05-01\nbesluit_op: 2022-06-01\nobject: woning\nbewoond: ja\nberoepsuitoefening: nee\n\
                   in_dit_deel: ja\nmiddel: softdrugs\neigen_gebruik: nee\nandere_handelsfeiten: nee\nvoor_harddrugs: nee\n\
                   voor_lijst_ia: nee\nvoor_softdrugs: nee\ngram_softdrugs: 500\ngrondslag: softdrugs\novertredingen: []\n\
                   ernstig_geval: nee\n";
    let folder = folder(&[("feiten.yaml", answers)]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    let shown = |arguments: &[&str]| flat(&run(arguments));
    run(&["new", "damocles/maatregel", "zaak.json", "--authority", "GM1883", "--answers", "feiten.yaml"]);
    let steps = data(&folder.path().join("zaak.json"));
    assert_eq!(
        steps["revisions"][1]["rules"]["others"]["besluit_op"], "2022-06-01",
        "policy goes by the day of the decision"
    );
    let told = shown(&["show", "zaak.json"]);
    assert!(told.contains("Maatregel: Sluiten voor een bepaalde tijd, Duur: 3, Eenheid: maanden"), "{told}");
    // what the police gave stays with those who may see it
    let questions = crate::run::leidraad(&["questions", "damocles/maatregel", "--format", "json"]).json();
    let items = questions["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["items"].as_array().unwrap());
    let secret = items.into_iter().find(|item| item["confidentiality"] == "politie").unwrap();
    let (id, ask) = (secret["id"].as_str().unwrap(), secret["ask"].as_str().unwrap());
    run(&[
        "answer",
        "zaak.json",
        &format!("{id}=null"),
        "--evidence",
        "zeer geheime bron",
        "--by",
        "P. Politie",
    ]);
    for format in ["text", "json"] {
        let public = shown(&["show", "zaak.json", "--reader", "public", "--format", format]);
        assert!(!public.contains("zeer geheime bron") && !public.contains("P. Politie"), "{public}");
        let police = shown(&["show", "zaak.json", "--reader", "politie", "--format", format]);
        assert!(police.contains("zeer geheime bron") && police.contains("P. Politie"));
    }
    assert!(shown(&["show", "zaak.json"]).contains(ask));
    verified(
        folder.path(),
        3,
        (r#""question":"gram_softdrugs""#, r#""question":"gram_harddrugs""#),
        "Het antwoord op «gram_harddrugs»",
    );
}

#[test]
fn two_measurements_of_the_limburgse_norm() {
    let first = "organisatie: gemeente\nn1_1: ontbreekt\nn1_2: uitgevoerd\nn1_3: uitgevoerd\nmeting_afgerond: 2024-03-04\n";
    let second = "organisatie: gemeente\nn1_1: in_ontwikkeling\nn1_2: ontbreekt\nn1_3: uitgevoerd\n";
    let folder = folder(&[("eerste.yaml", first), ("tweede.yaml", second)]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    let shown = |arguments: &[&str]| flat(&run(arguments));
    run(&["new", "limburgse-norm/zelfevaluatie", "oud.json", "--answers", "eerste.yaml"]);
    run(&["new", "limburgse-norm/zelfevaluatie", "zaak.json", "--answers", "tweede.yaml"]);
    run(&["answer", "zaak.json", "gesprek_bestuurder=ja", "gesprek_ambtenaar=ja", "deskstudie_benoemd=ja"]);
    run(&["step", "zaak.json", "gesprekken", "--done", "2026-01-12"]);
    run(&["step", "zaak.json", "deskstudie", "--done", "2026-01-19"]);
    run(&["step", "zaak.json", "deskstudie", "--reopen"]);
    run(&["step", "zaak.json", "deskstudie", "--skipped", "Vorig jaar gedaan."]);
    run(&["answer", "zaak.json", "meting_afgerond=2026-03-02"]);
    let shown = shown(&["show", "zaak.json"]);
    assert!(shown.contains("stap «Het eigen beleid lezen» overgeslagen: Vorig jaar gedaan."), "{shown}");
    assert!(shown.contains("stap «Het eigen beleid lezen» heropend"), "{shown}");
    let compared = flat(&run(&["compare", "oud.json", "zaak.json"]));
    assert!(compared.contains("1 beter, 1 slechter, 1 gelijk, 21 niet vergelijkbaar"), "{compared}");
    let data = dossier(folder.path(), &["compare", "oud.json", "zaak.json", "--format", "json"]).json();
    assert_eq!(
        (&data["rollups"][0]["items"][0]["course"], &data["rollups"][0]["items"][1]["course"]),
        (&"better".into(), &"worse".into())
    );
    verified(folder.path(), 8, ("2026-01-12", "2026-01-13"), "Stap «gesprekken» is gewijzigd");
}

/// The case «alle voorwaarden» of the rule set: an advice of the national bureau may be asked. Nearly all of it is confidential.
#[test]
fn a_bibob_test_that_may_ask_for_advice() {
    let answers = "besluit: alcoholvergunning\nfase: aanvraag\nopenen: ja\ningetrokken: nee\nformulier: volledig\ngewone_grond: nee\n\
                   eigen_feiten_genoeg: nee\nbruikbaar_advies: nee\nbevindingen_vastgelegd: ja\naanwijzingen_over: ja\n\
                   reden_lbb: complex\nketensignaal: { value: ja, remark: zeer geheim }\nontvangen_op: 2026-07-01\n";
    let folder = folder(&[("vragen.yaml", answers)]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    run(&["new", "bibob/toets", "zaak.json", "--authority", "GM0994", "--answers", "vragen.yaml"]);
    run(&["sign", "zaak.json", "--role", "coördinator"]);
    let recorded = data(&folder.path().join("zaak.json"));
    let parts = recorded["revisions"][1]["parts"].as_array().unwrap();
    let outcomes = parts
        .iter()
        .filter(|part| part["of"] == "outcome")
        .flat_map(|part| part["leaves"].as_array().unwrap());
    let advice = outcomes
        .map(|leaf| &leaf["value"]["decisions"]["advies_vragen"])
        .find(|found| !found.is_null())
        .unwrap();
    assert_eq!(advice["value"]["modaliteit"], "mag", "{advice}");
    assert_eq!(recorded["revisions"][1]["rules"]["facts"], "2026-07-01");
    // who works on the case sees most of it, and the signal of the police not
    let colleague = flat(&run(&["show", "zaak.json", "--reader", "zaak_intern"]));
    assert!(
        !colleague.contains("zeer geheim")
            && colleague.contains("Is er een gewone grond die al beslist? Nee"),
        "{colleague}"
    );
    let everyone = flat(&run(&["show", "zaak.json", "--reader", "public"]));
    assert!(
        !everyone.contains("zeer geheim") && !everyone.contains("gewone grond die al beslist? Nee"),
        "{everyone}"
    );
    assert!(flat(&run(&["show", "zaak.json"])).contains("zeer geheim"));
    verified(folder.path(), 3, ("zeer geheim", "niet geheim"), "Het antwoord op «ketensignaal» is gewijzigd");
}
