//! Bad input: exit code 2, the place and what to do on standard error, nothing on standard output, and no panic.

use std::process::{Command, Stdio};

use crate::run::{fixture, folder, leidraad, typed, with_input, write};

const FILE: &str = "tests/fixtures/maatregel.yaml";

#[test]
fn rule_sets_and_files_that_are_not_there() {
    let unknown = leidraad(&["evaluate", "evenementen/risicoskan"]).refused();
    assert!(unknown.contains("did you mean `evenementen/risicoscan`?"), "{unknown}");
    let missing = leidraad(&["evaluate", "nergens.yaml"]).refused();
    assert!(missing.contains("nergens.yaml") && missing.contains("there is no such file"), "{missing}");
    let directory = leidraad(&["evaluate", "tests"]).refused();
    assert!(directory.contains("directory"), "{directory}");
    for arguments in [&["check", "nergens"][..], &["test", "nergens"], &["fmt", "nergens"]] {
        assert!(leidraad(arguments).refused().contains("nergens"));
    }
    let answers = leidraad(&["evaluate", FILE, "--answers", "nergens.json"]).refused();
    assert!(answers.contains("nergens.json"), "{answers}");
}

#[test]
fn broken_rule_files_name_the_place() {
    let broken = [
        ("a.yaml", "leidraad: 1\nid: x/y\ndecisions: [1\n", "a.yaml:"),
        ("a.json", "{ \"leidraad\": 1, }", "a.json:1:"),
        ("b.yaml", "", "b.yaml"),
        ("c.yaml", "leidraad: 1\nid: x/y\nvragen: []\n", "c.yaml:3:1"),
    ];
    for (name, text, place) in broken {
        let folder = folder(&[(name, text)]);
        let run = with_input(&["evaluate", name], b"", folder.path());
        let told = run.refused();
        assert!(told.contains(place) && told.contains("error["), "{name}: {told}");
    }
    // a table with a gap makes the rule set unusable
    let gap = fixture("maatregel.yaml")
        .replace("      -      | -       | -      || geen         | 0       || s\n", "");
    let folder = folder(&[("gap.yaml", &gap)]);
    let told = with_input(&["evaluate", "gap.yaml"], b"", folder.path()).refused();
    assert!(told.contains("error[gap]") && told.contains("example:"), "{told}");
}

/// What stops a command is not to be looked for between warnings; `check` shows both.
#[test]
fn errors_of_rules_come_without_their_warnings() {
    let both = fixture("maatregel.yaml")
        .replace("      -      | -       | -      || geen         | 0       || s\n", "")
        .replace("sources:\n", "sources:\n  ongebruikt: { kind: example, title: Nergens genoemd }\n");
    let folder = folder(&[("beide.yaml", &both)]);
    let checked = with_input(&["check", "beide.yaml"], b"", folder.path());
    assert_eq!(checked.code, Some(1));
    let warnings = checked.out.matches("warning[").count();
    assert!(warnings > 0, "{}", checked.out);
    let told = with_input(&["evaluate", "beide.yaml"], b"", folder.path()).refused();
    assert!(told.starts_with("error[gap]") && !told.contains("warning["), "{told}");
    let left = format!(
        "{warnings} warning{} left out: `leidraad check` shows them\n",
        if warnings == 1 { " is" } else { "s are" }
    );
    assert!(told.ends_with(&left), "{told}");
}

/// Numbers that are equal are the same answer, however they are written.
#[test]
fn numbers_are_read_however_they_are_written() {
    let zeros = "0".repeat(30);
    let evaluated = |gram: &str, earlier: &str| {
        let answers = format!(r#"{{"object": "lokaal", "gram": {gram}, "eerder": {earlier}}}"#);
        typed(&["evaluate", FILE, "--answers", "-", "--format", "json"], &answers)
    };
    let plain = evaluated("50.5", "0").json();
    assert_eq!(plain["decisions"]["maatregel"]["value"]["maatregel"], "geen");
    for (gram, earlier) in [
        (format!("50.5{zeros}"), "0e999999999999"),
        (format!("505{zeros}e-31"), "0.0"),
        ("0.505e2".to_owned(), "-0"),
    ] {
        let same = evaluated(&gram, earlier).json();
        assert_eq!(same["decisions"], plain["decisions"], "{gram} {earlier}");
    }
    // what is not equal to a step is not rounded to one
    let fine = evaluated(&format!("50.5{zeros}1"), "0").refused();
    assert!(fine.contains("the nearest that it takes are 50.5 and 50.6"), "{fine}");
    let negative = evaluated("1", &format!("-0.{zeros}1")).refused();
    assert!(negative.contains("`eerder` takes a whole number"), "{negative}");
}

#[test]
fn answers_that_do_not_fit() {
    for (answers, part) in [
        ("{", "standard input:1:"),
        ("[1]", "expected an object of answers"),
        (r#"{"objekt": "woning"}"#, "did you mean `object`?"),
        (r#"{"object": "wonin"}"#, "woning"),
        (
            r#"{"object": {"in": ["woning"]}}"#,
            "known here: value, one_of, between, at_least, not_applicable, remark, evidence, by, at",
        ),
        (r#"{"gram": 1001}"#, "gram"),
        (r#"{"gram": 0.05}"#, "gram"),
        (r#"{"eerder": "veel"}"#, "eerder"),
        (r#"{"eerder": 1e3}"#, "eerder"),
        (r#"{"gevonden_op": "2026-02-30"}"#, "gevonden_op"),
        (r#"{"spoed": {"not_applicable": "geen idee"}}"#, "spoed"),
        ("a: &a [1]\nb: *a\n", "error["),
    ] {
        let told = typed(&["evaluate", FILE, "--answers", "-"], answers).refused();
        assert!(told.contains(part), "{answers}: {told}");
    }
}

/// Of a question with several answers no answer at all is none.
#[test]
fn an_empty_list_is_no_answer() {
    let told =
        typed(&["evaluate", "evenementen/risicoscan", "--answers", "-"], r#"{"tijdsduur": []}"#).refused();
    assert!(told.contains("`tijdsduur` takes one option or a list of them, found an empty list"), "{told}");
    assert!(told.contains("at least one option"), "{told}");
    let told = typed(&["evaluate", FILE, "--answers", "-"], r#"{"gram": []}"#).refused();
    assert!(told.contains("`gram` takes one value, found a list"), "{told}");
}

#[test]
fn an_authority_or_date_that_no_layer_covers() {
    let authority = leidraad(&["evaluate", "evenementen/melding", "--authority", "GM1730"]).refused();
    assert!(authority.contains("unknown-authority") && authority.contains("GM1729"), "{authority}");
    // one digit off is a slip; a code that shares only its letters with others is none
    let slip = leidraad(&["evaluate", "damocles/maatregel", "--authority", "GM0995"]).refused();
    assert!(slip.contains("did you mean `GM0994`?"), "{slip}");
    let other = leidraad(&["evaluate", "damocles/maatregel", "--authority", "GM9999"]).refused();
    let known = "known here: GM0000, GM0917, GM0938, GM0981, GM0994, GM1729, GM1883, GM1903";
    assert!(other.contains(known) && !other.contains("did you mean"), "{other}");
    let date = leidraad(&["evaluate", FILE, "--on", "2019-12-31"]).ok();
    assert!(
        date.contains("geldt niet op 31 december 2019") && date.contains("vanaf 1 januari 2020"),
        "{date}"
    );
    let written = leidraad(&["evaluate", FILE, "--on", "4-7-2026"]).refused();
    assert!(written.contains("YYYY-MM-DD"), "{written}");
}

#[test]
fn files_too_large_too_deep_or_not_text() {
    let folder = folder(&[]);
    let path = |name: &str| folder.path().join(name);
    write(&path("large.yaml"), &b"leidraad: 1\n# filler\n".repeat(500_000));
    write(&path("deep.json"), "[".repeat(10_000).as_bytes());
    write(&path("deep.yaml"), format!("leidraad: 1\nid: {}", "[".repeat(10_000)).as_bytes());
    write(&path("latin.yaml"), b"leidraad: 1\ntitle: caf\xe9\n");
    write(&path("zero.yaml"), b"leidraad: 1\ntitle: \0\n");
    for (name, part) in [
        ("large.yaml", "too-large"),
        ("deep.json", "deep.json:1:"),
        ("deep.yaml", "deep.yaml:2:"),
        ("latin.yaml", "latin.yaml:2:11"),
        ("zero.yaml", "zero.yaml:"),
    ] {
        let told = with_input(&["evaluate", name], b"", folder.path()).refused();
        assert!(told.contains(part), "{name}: {told}");
        let told = with_input(&["evaluate", "evenementen/risicoscan", "--answers", name], b"", folder.path())
            .refused();
        assert!(told.contains(name), "{name}: {told}");
    }
    let checked = with_input(&["check", "."], b"", folder.path());
    assert_eq!(checked.code, Some(1), "{}", checked.out);
    assert!(checked.out.contains("not UTF-8") && checked.out.contains("too-large"), "{}", checked.out);
}

#[test]
fn a_reader_who_stops_reading_is_no_error() {
    for arguments in [&["list"][..], &["schema", "rules"], &["check"], &[]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_leidraad"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.is_empty(), "{arguments:?}: {told}");
    }
}

/// The help for JSON that is none is about what stands there.
#[test]
fn json_in_single_quotes() {
    let rules = fixture("maatregel.yaml");
    let folder =
        folder(&[("a.json", "{'gram': 150}"), ("b.json", "{\"gram\": 150,}"), ("maatregel.yaml", &rules)]);
    let told =
        |name| with_input(&["evaluate", "maatregel.yaml", "--answers", name], b"", folder.path()).refused();
    let quotes = told("a.json");
    assert!(quotes.contains("between double quotes, as in {\"aantal\": 150}"), "{quotes}");
    assert!(!quotes.contains("comma"), "{quotes}");
    assert!(told("b.json").contains("comma"));
}

#[test]
fn help_names_every_exit_code_of_one() {
    let help = leidraad(&["--help"]).ok();
    for part in ["check or test", "`dossier verify`", "`fmt --check`", "impact"] {
        assert!(help.split_once("Exit codes:").unwrap().1.contains(part), "{part}: {help}");
    }
}
