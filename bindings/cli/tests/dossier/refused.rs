//! What cannot be read or recorded: exit code 2, told clearly, and the file is as it was.

use super::{dossier, small};
use crate::run::{folder, leidraad, write};

#[test]
fn files_that_are_no_dossier() {
    let folder = folder(&[
        ("antwoorden.json", r#"{"object": "woning"}"#),
        ("half.json", r#"{"leidraad_dossier":1,"revi"#),
        ("later.json", r#"{"leidraad_dossier":7,"anders":true}"#),
        ("leeg.json", ""),
    ]);
    write(&folder.path().join("latijn.json"), b"{\"leidraad_dossier\":1,\"caf\xe9\":1}");
    write(&folder.path().join("groot.json"), &b"{\"leidraad_dossier\":1,\"revisions\":[ ".repeat(3_000_000));
    for (name, part) in [
        ("antwoorden.json", "this is not a dossier"),
        ("half.json", "the file ends too early"),
        ("later.json", "found `7`"),
        ("leeg.json", "this is not JSON"),
        ("latijn.json", "not UTF-8"),
        ("groot.json", "too-large"),
        ("nergens.json", "there is no such file"),
    ] {
        let before = std::fs::metadata(folder.path().join(name)).map(|file| file.len()).ok();
        for arguments in [
            &["show", name][..],
            &["verify", name],
            &["answer", name, "object=woning"],
            &["deviate", name, "maatregel", "geen", "--motivation", "x"],
            &["step", name, "x", "--done", "2026-01-01"],
            &["sign", name],
            &["compare", name, name],
        ] {
            let told = dossier(folder.path(), arguments).refused();
            assert!(told.contains(part), "{arguments:?}: {told}");
        }
        assert_eq!(std::fs::metadata(folder.path().join(name)).map(|file| file.len()).ok(), before, "{name}");
    }
}

/// Something in the form of a public key.
const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

#[test]
fn what_does_not_fit_leaves_the_file_as_it_was() {
    let (folder, file) = small();
    let before = std::fs::read(&file).unwrap();
    for (arguments, part) in [
        (&["answer", "zaak.json", "objekt=woning"][..], "did you mean `object`?"),
        (&["answer", "zaak.json", "object=huis"], "huis"),
        (&["answer", "zaak.json", "gram=0.12345678901234567890"], "gram"),
        (&["answer", "zaak.json", "gram=1", "gram=2"], "twice"),
        (&["answer", "zaak.json", "object"], "id=value"),
        (&["answer", "zaak.json"], "nothing to record"),
        (&["answer", "zaak.json", "--take-back", "gram"], "has no answer"),
        (&["step", "zaak.json", "onbekend", "--done", "2026-01-01"], "onbekend"),
        (
            &["deviate", "zaak.json", "maatregel", "maatregel=geen", "maanden=0", "--motivation", " "],
            "no motivation",
        ),
        (&["deviate", "zaak.json", "maatregel", "--follow"], "nothing was decided otherwise"),
        (
            &["sign", "zaak.json", "--by", "A.", "--signature", "maatregel.yaml", "--key", "geen"],
            "public key",
        ),
        (
            &["sign", "zaak.json", "--by", "A.", "--signature", "maatregel.yaml", "--key", KEY],
            "does not verify",
        ),
        (&["verify", "zaak.json", "--key", "nergens.pub"], "`nergens.pub` is not a public key"),
        (&["verify", "zaak.json", "--head", "sha256:12"], "`sha256:12` is not a hash"),
        (&["answer", "zaak.json", "gram=0,5"], "write it with a point: 0.5"),
        (&["answer", "zaak.json", "eerder=3,5"], "the nearest that it takes are 3 and 4"),
        (&["answer", "zaak.json", "gram=1.000"], "write 1000, or 1.0"),
        (&["answer", "zaak.json", "gram=1.250"], "write 1250\n"),
        (&["answer", "zaak.json", "gram={\"between\": [1.000, 5]}"], "write 1000, or 1.0"),
        (&["answer", "zaak.json", "gram=1,000"], "write 1000 without quotes, or 1 if decimals are meant"),
        (&["answer", "zaak.json", "gram=1.000.000"], "write 1000000 without quotes"),
        (
            &[
                "deviate",
                "zaak.json",
                "maatregel",
                "maatregel=sluiting",
                "maanden=1.000",
                "--motivation",
                "x",
            ],
            "write 1000, or 1.0",
        ),
        (&["new", "maatregel.yaml", "zaak.json"], "is there already"),
        (&["show", "zaak.json", "--reader", "politie"], "`politie` is not a class"),
        (&["verify", "zaak.json", "--rules", "nergens.yaml"], "nergens.yaml"),
    ] {
        let told = dossier(folder.path(), arguments).refused();
        assert!(told.contains(part), "{arguments:?}: {told}");
        assert_eq!(std::fs::read(&file).unwrap(), before, "{arguments:?}");
    }
}

/// Newer rules do not judge an old dossier: it keeps its own, and says what would be different.
#[test]
fn newer_rules_beside_an_old_dossier() {
    let (folder, _) = small();
    let rules = folder.path().join("maatregel.yaml");
    let newer =
        std::fs::read_to_string(&rules).unwrap().replace("| waarschuwing | 0 ", "| sluiting     | 1 ");
    write(&rules, newer.as_bytes());
    let told =
        dossier(folder.path(), &["answer", "zaak.json", "gram=6", "--rules", "maatregel.yaml"]).refused();
    assert!(told.contains("other-rules"), "{told}");
    dossier(folder.path(), &["answer", "zaak.json", "gram=6", "eerder=0"]).ok();
    let shown = dossier(folder.path(), &["show", "zaak.json", "--rules", "maatregel.yaml"]).ok();
    assert!(shown.contains("De regels zijn gewijzigd sinds dit dossier"), "{shown}");
    assert!(shown.contains("waarschuwing") && shown.contains("→"), "{shown}");
    assert!(shown.contains("Dit verandert niets aan het dossier."), "{shown}");
    let verified = dossier(folder.path(), &["verify", "zaak.json", "--rules", "maatregel.yaml"]).ok();
    assert!(verified.contains("De gegeven regels zijn andere"), "{verified}");
}

/// A dossier without its rules needs them, also years later.
#[test]
fn rules_that_are_not_kept_are_asked_for() {
    let (folder, _) = small();
    dossier(folder.path(), &["new", "maatregel.yaml", "los.json", "--on", "2026-07-04", "--without-rules"])
        .ok();
    let told = dossier(folder.path(), &["answer", "los.json", "gram=6"]).refused();
    assert!(told.contains("--rules FILE"), "{told}");
    dossier(folder.path(), &["answer", "los.json", "gram=6", "--rules", "maatregel.yaml"]).ok();
    let alone = dossier(folder.path(), &["verify", "los.json"]).ok();
    assert!(alone.contains("niet alles kon worden nagegaan"), "{alone}");
    let given = dossier(folder.path(), &["verify", "los.json", "--rules", "maatregel.yaml"]).ok();
    assert!(given.contains("2 revisies, waarvan 2 nagerekend"), "{given}");
    let shown = dossier(folder.path(), &["show", "los.json"]).ok();
    assert!(
        shown.contains("De regels van dit dossier zijn er niet bij") && shown.contains("gram: 6"),
        "{shown}"
    );
}

#[test]
fn the_schema_of_dossiers_is_printed() {
    let schema = leidraad(&["schema", "dossier"]).json();
    assert_eq!(schema["title"], "Record");
    assert!(schema["$defs"]["Revision"].is_object() && schema["$defs"]["Outcome"].is_object());
}

/// A remark about a confidential answer does not come to stand with a public one.
#[test]
fn a_remark_on_answers_of_several_classes() {
    let folder = folder(&[]);
    dossier(folder.path(), &["new", "bibob/toets", "zaak.json", "--authority", "GM0994"]).ok();
    let before = std::fs::read(folder.path().join("zaak.json")).unwrap();
    for note in [["--remark", "GEHEIM"], ["--evidence", "GEHEIM brief"]] {
        let mut mixed = vec!["answer", "zaak.json", "besluit=alcoholvergunning", "om_tip=ja"];
        mixed.extend(note);
        let told = dossier(folder.path(), &mixed).refused();
        assert!(told.contains("`besluit`") && told.contains("`om_tip`") && told.contains("apart"), "{told}");
        assert_eq!(std::fs::read(folder.path().join("zaak.json")).unwrap(), before);
    }
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    run(&["answer", "zaak.json", "besluit=alcoholvergunning", "fase=aanvraag", "--remark", "Open."]);
    run(&["answer", "zaak.json", "om_tip=ja", "--remark", "GEHEIM", "--evidence", "GEHEIM brief"]);
    let public = run(&["show", "zaak.json", "--reader", "public"]);
    assert!(public.contains("Open.") && !public.contains("GEHEIM"), "{public}");
    assert!(run(&["show", "zaak.json"]).contains("GEHEIM brief"));
}

/// A point with three digits behind it, in a sum of money, is never passed over: 600 is not 600 000.
#[test]
fn a_sum_with_a_point_between_thousands() {
    let folder = folder(&[
        ("tekst.json", r#"{"besluit": "bouwactiviteit", "bouwkosten": "600.000"}"#),
        ("heel.json", r#"{"besluit": "bouwactiviteit", "bouwkosten": 600000}"#),
    ]);
    dossier(folder.path(), &["new", "bibob/toets", "zaak.json", "--authority", "GM0000"]).ok();
    let told = dossier(folder.path(), &["answer", "zaak.json", "bouwkosten=600.000"]).refused();
    assert!(told.contains("help: write 600000, or 600.0"), "{told}");
    let told = dossier(folder.path(), &["answer", "zaak.json", "--answers", "tekst.json"]).refused();
    assert!(told.contains("help: write 600000 without quotes, or 600 if decimals are meant"), "{told}");
    for (followed, shown) in [
        (&["bouwkosten=600000"][..], "600.000 euro"),
        (&["bouwkosten=600.0"], "600 euro"),
        (&["bouwkosten=0.250"], "0,25 euro"),
        (&["--answers", "heel.json"], "600.000 euro"),
    ] {
        let mut arguments = vec!["answer", "zaak.json"];
        arguments.extend(followed);
        dossier(folder.path(), &arguments).ok();
        let history = dossier(folder.path(), &["show", "zaak.json"]).ok();
        assert!(history.contains(shown), "{followed:?}: {history}");
    }
}

/// A deviation decides something else than the rules give. What they leave open may be decided.
#[test]
fn a_deviation_that_is_none() {
    let (folder, file) = small();
    let run = |arguments: &[&str]| dossier(folder.path(), arguments);
    let deviate = |value: &[&str]| {
        let all =
            [&["deviate", "zaak.json", "maatregel"], value, &["--motivation", "Er waren kinderen in huis."]]
                .concat();
        run(&all)
    };
    deviate(&["maatregel=waarschuwing", "maanden=0"]).ok();
    run(&["deviate", "zaak.json", "maatregel", "--follow"]).ok();
    run(&["answer", "zaak.json", "gram=6", "eerder=0"]).ok();
    let before = std::fs::read(&file).unwrap();
    let told = deviate(&["maatregel=waarschuwing", "maanden=0"]).refused();
    assert!(told.contains("`maatregel`") && told.contains("no deviation"), "{told}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    deviate(&["maatregel=sluiting", "maanden=3"]).ok();
}

/// Were it refused, every reader of what was decided would know that the rules give something else on what he may not see.
#[test]
fn a_deviation_that_is_none_on_what_is_confidential() {
    let folder = folder(&[]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments);
    run(&["new", "bibob/toets", "zaak.json", "--authority", "GM0994"]).ok();
    run(&["answer", "zaak.json", "besluit=alcoholvergunning", "fase=aanvraag"]).ok();
    run(&["answer", "zaak.json", "om_tip=ja"]).ok();
    let ran = run(&["deviate", "zaak.json", "openen_mag", "mag", "--motivation", "Er is een tip."]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.starts_with("warning: this is what the rules give for `openen_mag`"), "{}", ran.err);
    assert!(ran.err.contains("--follow"), "{}", ran.err);
}
