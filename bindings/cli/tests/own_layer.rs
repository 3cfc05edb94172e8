//! The layer of a municipality over a rule set that is shipped, of somebody who has nothing but the command.

use crate::run::{folder, with_input};

const LAYER: &str = "\
leidraad: 1
overlay: damocles/maatregel
authority: GM0881
title: Beleid van een voorbeeldgemeente
completeness: { partial: [bijna alles] }
sources:
  beleid: { kind: policy_rule, title: Damoclesbeleid van een voorbeeldgemeente, certainty: verified }
parameters:
  leegstaande_woning: { value: woning, sources: [beleid] }
";

#[test]
fn every_command_finds_the_shipped_rules_below_it() {
    let folder = folder(&[("gm0881.yaml", LAYER)]);
    let run = |arguments: &[&str]| with_input(arguments, b"", folder.path()).ok();
    let json = with_input(&["evaluate", "gm0881.yaml", "--format", "json"], b"", folder.path()).json();
    assert_eq!(
        (&json["rule_set"]["id"], &json["authority"]),
        (&"damocles/maatregel".into(), &"GM0881".into())
    );
    assert!(!run(&["explain", "gm0881.yaml"]).is_empty());
    assert!(run(&["questions", "gm0881.yaml"]).contains("damocles/maatregel"));
    assert!(run(&["document", "gm0881.yaml"]).contains("Beleid van een voorbeeldgemeente"));
    run(&["dossier", "new", "gm0881.yaml", "zaak.json"]);
    run(&["dossier", "answer", "zaak.json", "middel=lachgas"]);
    assert!(run(&["dossier", "verify", "zaak.json"]).contains("2 revisies, waarvan 2 nagerekend"));
    assert!(!run(&["report", "zaak.json"]).is_empty());
}

#[test]
fn an_error_in_the_layer_is_the_only_one() {
    for (from, to, code) in [
        (
            "title: Beleid van een voorbeeldgemeente\n",
            "title: Beleid\nin_force: { from: 1 juli 2025 }\n",
            "from",
        ),
        ("certainty: verified", "certainty: zeker", "certainty"),
    ] {
        let folder = folder(&[("gm0881.yaml", &LAYER.replace(from, to))]);
        for arguments in
            [&["check", "gm0881.yaml", "--format", "json"][..], &["check", ".", "--format", "json"]]
        {
            let ran = with_input(arguments, b"", folder.path());
            let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
            assert_eq!((ran.code, &report["errors"]), (Some(1), &1.into()), "{code}: {report:#}");
            assert_ne!(report["findings"][0]["code"], "bad-layer");
        }
        let told = with_input(&["evaluate", "gm0881.yaml"], b"", folder.path()).refused();
        assert_eq!(told.matches("error[").count(), 1, "{told}");
        assert!(!told.contains("bad-layer") && !told.contains("(shipped)"), "{told}");
    }
}

#[test]
fn a_misspelt_rule_set_gets_the_nearest() {
    let folder = folder(&[("gm0881.yaml", &LAYER.replace("damocles/maatregel", "damocles/maatregl"))]);
    let checked = with_input(&["check", "gm0881.yaml"], b"", folder.path());
    assert!(
        checked.code == Some(1) && checked.out.contains("did you mean `damocles/maatregel`?"),
        "{}",
        checked.out
    );
    let told = with_input(&["evaluate", "gm0881.yaml"], b"", folder.path()).refused();
    assert!(told.contains("did you mean `damocles/maatregel`?"), "{told}");
    let folder = crate::run::folder(&[("gm0881.yaml", &LAYER.replace("damocles/maatregel", "eigen/regels"))]);
    let told = with_input(&["evaluate", "gm0881.yaml"], b"", folder.path()).refused();
    assert!(told.contains("put the file of that rule set beside it"), "{told}");
}

/// What shipped rules give by themselves is nothing that this author can mend.
#[test]
fn findings_of_shipped_rules_are_not_repeated() {
    let empty = folder(&[]);
    let new = &["new", "overlay", "damocles/maatregel", "--authority", "GM0881", "--output", "gm0881.yaml"];
    assert_eq!(with_input(new, b"", empty.path()).code, Some(0));
    let checked = with_input(&["check", "gm0881.yaml", "--deny-warnings"], b"", empty.path()).ok();
    assert!(!checked.contains("(shipped)") && checked.ends_with("0 errors, 0 warnings\n"), "{checked}");
    // what the layer itself gives is told
    let idle = LAYER.replace("parameters:", "parameters:\n  eigen_grens: { value: 5, sources: [beleid] }");
    let own = folder(&[("gm0881.yaml", &idle)]);
    let checked = with_input(&["check", "gm0881.yaml"], b"", own.path());
    assert!(
        checked.out.contains("eigen_grens") && checked.out.contains("--> gm0881.yaml:"),
        "{}",
        checked.out
    );
}

/// A file elsewhere that counts too is named, also where it stands in the folder above.
#[test]
fn files_that_are_read_along_are_named() {
    let old = LAYER.replace("voorbeeldgemeente\ncompl", "voorbeeldgemeente, oud\ncompl");
    let folder = folder(&[("oud.yaml", &old), ("nieuw/gm0881.yaml", LAYER)]);
    let checked = with_input(&["check", "gm0881.yaml"], b"", &folder.path().join("nieuw"));
    assert_eq!(checked.code, Some(1), "{}", checked.out);
    assert!(checked.out.contains("apply at once"), "{}", checked.out);
    let along = checked.out.lines().find(|line| line.starts_with("read along")).unwrap();
    assert!(along.contains("../oud.yaml") && along.contains("(shipped)"), "{along}");
}
