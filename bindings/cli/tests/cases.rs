//! `test` with a rule file: its cases are found where they belong, and what to do without any is said.

use crate::run::{fixture, folder, with_input};

const CASES: &str = "\
rule_set: voorbeeld/maatregel
on: 2026-01-01
cases:
  - name: weinig
    because: de laatste regel van de tabel
    answers: { object: woning, gram: 1, eerder: 0 }
    expect: { maatregel: { maatregel: geen, maanden: 0 } }
";

#[test]
fn the_cases_of_a_rule_file_are_found() {
    let rules = fixture("maatregel.yaml");
    for name in
        ["cases/weinig.yaml", "regels/cases/weinig.yaml", "regels/cases/meer/weinig.yaml", "weinig.yaml"]
    {
        let other = CASES.replace("voorbeeld/maatregel", "voorbeeld/anders");
        let place = folder(&[("regels.yaml", &rules), (name, CASES), ("cases/anders.yaml", &other)]);
        for path in ["regels.yaml", "./regels.yaml"] {
            let ran = with_input(&["test", path], b"", place.path());
            assert_eq!(ran.err, "", "{name}");
            assert!(ran.out.contains("1 passed, 0 failed") && ran.out.contains(name), "{name}: {}", ran.out);
            assert!(!ran.out.contains("anders.yaml"), "{}", ran.out);
        }
        let lines = with_input(&["test", "regels.yaml", "--format", "json"], b"", place.path());
        assert_eq!(lines.out.lines().count(), 1, "{}", lines.out);
    }
}

/// Cases that are named are those that are run, and no others.
#[test]
fn named_cases_come_alone() {
    let rules = fixture("maatregel.yaml");
    let place = folder(&[("regels.yaml", &rules), ("cases/a.yaml", CASES), ("elders/cases/b.yaml", CASES)]);
    let ran = with_input(&["test", "regels.yaml", "elders/cases/b.yaml"], b"", place.path());
    assert!(ran.out.contains("1 passed, 0 failed") && !ran.out.contains("a.yaml"), "{}", ran.out);
}

#[test]
fn without_cases_it_says_what_to_do() {
    let place = folder(&[("map/regels.yaml", &fixture("maatregel.yaml"))]);
    let ran = with_input(&["test", "map/regels.yaml"], b"", place.path());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "0 passed, 0 failed\n"));
    let told = "note: no cases of `voorbeeld/maatregel`: write them in `map/cases`\n";
    assert!(ran.err.starts_with(told) && ran.err.contains("rule_set:"), "{}", ran.err);
    let ran = with_input(&["test", "map"], b"", place.path());
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.err.starts_with("note: no cases: none of these files is in a folder `cases`\n"),
        "{}",
        ran.err
    );
}
