//! What `show`, `verify` and `compare` say, read by a person.

use super::{dossier, small};
use crate::run::leidraad;

/// A text without the moments of this run and without hashes.
fn steady(text: &str) -> String {
    let mut steady: String = text.lines().map(|line| without_moment(line) + "\n").collect();
    while let Some(at) = steady.find("sha256:") {
        let end =
            steady[at + 7..].find(|c: char| !c.is_ascii_hexdigit()).map_or(steady.len(), |n| at + 7 + n);
        steady.replace_range(at..end, "HASH");
    }
    if let Some((before, rest)) = steady.clone().split_once("vandaag gelden (") {
        steady = format!("{before}vandaag gelden (VANDAAG{}", &rest[rest.find(')').unwrap()..]);
    }
    steady
}

/// A line in which `3 augustus 2026, 10:00` became `MOMENT`.
fn without_moment(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let clock = |word: &str| {
        word.len() >= 5 && word.as_bytes()[2] == b':' && word[..2].bytes().all(|b| b.is_ascii_digit())
    };
    match words.iter().position(|word| clock(word)) {
        Some(at) if at >= 3 && words[at - 1].ends_with(',') => {
            let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            words.splice(at - 3..=at, [format!("MOMENT{}", &words[at][5..])]);
            words.join(" ")
        }
        _ => line.to_owned(),
    }
}

#[test]
fn a_dossier_in_words() {
    let (folder, _) = small();
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    run(&[
        "answer",
        "zaak.json",
        "gram=6",
        "eerder=0",
        "spoed=null",
        "--remark",
        "Nagevraagd.",
        "--evidence",
        "proces-verbaal 12",
    ]);
    run(&[
        "deviate",
        "zaak.json",
        "maatregel",
        "maatregel=sluiting",
        "maanden=3",
        "--motivation",
        "Er waren kinderen in huis.",
    ]);
    run(&["sign", "zaak.json", "--role", "behandelaar"]);
    insta::assert_snapshot!(
        "dossier_show",
        steady(&run(&["show", "zaak.json", "--rules", "maatregel.yaml"]))
    );
    insta::assert_snapshot!(
        "dossier_verify",
        steady(&run(&["verify", "zaak.json", "--rules", "maatregel.yaml"]))
    );
    let written = run(&["answer", "zaak.json", "gram=7"]);
    assert_eq!(steady(&written), "Revisie 6 is vastgelegd.\nLaatste hash: HASH\n");
}

#[test]
fn to_sign_is_one_line_with_the_last_hash() {
    let (folder, file) = small();
    let data = super::data(&file);
    let head = data["revisions"][1]["hash"].as_str().unwrap();
    assert_eq!(
        dossier(folder.path(), &["show", "zaak.json", "--to-sign"]).ok(),
        format!("leidraad-dossier-1 {head}\n")
    );
    assert_eq!(
        dossier(folder.path(), &["show", "zaak.json", "--format", "json"]).ok(),
        std::fs::read_to_string(file).unwrap()
    );
}

#[test]
fn help_has_examples() {
    let help = leidraad(&["dossier", "--help"]).ok();
    assert!(help.contains("Examples:") && help.contains("dossier new damocles/maatregel"), "{help}");
    for command in ["new", "answer", "deviate", "step", "sign", "show", "verify", "compare"] {
        let help = leidraad(&["dossier", command, "--help"]).ok();
        assert!(help.contains(&format!("Usage: leidraad dossier {command}")), "{help}");
    }
}

/// Words of a line as a shell reads them: what stands between single quotes is one.
fn shell(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn the_examples_of_help_run_one_after_the_other() {
    let folder = crate::run::folder(&[]);
    let help = leidraad(&["dossier", "--help"]).ok();
    let lines: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  leidraad dossier ")).collect();
    assert!(lines.len() >= 7, "{help}");
    for line in lines {
        let file = folder.path().join("zaak.json");
        let head = match line.contains('…') {
            true => super::data(&file)["revisions"].as_array().unwrap().last().unwrap()["hash"].clone(),
            false => serde_json::Value::Null,
        };
        let words = shell(&line.replace("sha256:…", head.as_str().unwrap_or_default()));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        dossier(folder.path(), &words).ok();
    }
}

/// Somebody may not see every answer: then the comparison is of copies without them.
#[test]
fn two_dossiers_compared_for_a_reader() {
    let folder = crate::run::folder(&[("checklist.yaml", CHECKLIST)]);
    let run = |arguments: &[&str]| dossier(folder.path(), arguments).ok();
    for (name, answer) in [("een.json", "ja"), ("twee.json", "nee")] {
        run(&["new", "checklist.yaml", name, "--on", "2026-07-04"]);
        run(&["answer", name, &format!("norm={answer}"), "signaal=ja"]);
    }
    run(&["answer", "twee.json", "signaal=nee"]);
    let all = run(&["compare", "een.json", "twee.json"]);
    assert!(all.contains("(signaal): Ja → Nee"), "{all}");
    let public = run(&["compare", "een.json", "twee.json", "--reader", "public"]);
    assert!(
        public.contains("(norm): Ja → Nee") && !public.contains("Ja → Nee\n    - Is er een signaal"),
        "{public}"
    );
    assert!(public.contains("(signaal): afgeschermd"), "{public}");
    assert!(
        run(&["compare", "een.json", "twee.json", "--reader", "politie"]).contains("(signaal): Ja → Nee")
    );
    let told =
        dossier(folder.path(), &["compare", "een.json", "twee.json", "--reader", "brandweer"]).refused();
    assert!(told.contains("`brandweer` is not a class"), "{told}");
}

const CHECKLIST: &str = "\
leidraad: 1
id: voorbeeld/checklist
title: Voorbeeld
sources: { s: { kind: example, title: Voorbeeld } }
classes: { politie: { title: Gegevens van de politie, sources: [s] } }
questions:
  - section: Normen
    items:
      - { id: norm, ask: Is er beleid?, type: choice, options: { ja: { label: Ja }, nee: { label: Nee } }, sources: [s] }
      - { id: signaal, ask: Is er een signaal?, type: choice, options: { ja: { label: Ja }, nee: { label: Nee } }, confidentiality: politie, sources: [s] }
rollups:
  normen: { title: Normen, of: [norm, signaal], sources: [s] }
";
