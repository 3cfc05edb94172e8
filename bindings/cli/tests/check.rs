//! `check`, `test` and `fmt`: on what is shipped, and on folders of files.

use std::path::{Path, PathBuf};

use crate::run::{fixture, folder, leidraad, with_input};

const CASES: &str = "\
rule_set: voorbeeld/maatregel
on: 2026-07-04
cases:
  - name: zes gram in een woning
    because: rij 1
    answers: { object: woning, gram: 6, eerder: 0 }
    expect: { maatregel: { maatregel: waarschuwing, maanden: 0 } }
  - name: eerder onbekend
    because: rij 1 en 2
    base: zes gram in een woning
    answers: { eerder: null }
    expect:
      maatregel:
        possible: [ { maatregel: waarschuwing }, { maatregel: sluiting } ]
        needs: [eerder]
";

/// The files below `rules/` that are (not) cases.
fn shipped(cases: bool) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(&path, found),
                false => found.push(path),
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    walk(&root.join("rules"), &mut found);
    let name = |path: &PathBuf| path.strip_prefix(&root).unwrap().display().to_string();
    let mut names: Vec<String> = found.iter().map(name).filter(|name| name.ends_with(".yaml")).collect();
    names.retain(|name| name.contains("/cases/") == cases);
    names.sort();
    names
}

#[test]
fn everything_in_rules_is_shipped() {
    let catalog: Vec<&str> = leidraad::catalog_files().iter().map(|(name, _)| *name).collect();
    assert_eq!(catalog, shipped(false), "src/catalog.rs lists the rule files");
    let tested = leidraad(&["test"]).ok();
    let tested = tested.lines().filter_map(|line| line.strip_prefix("ok     ")?.split_once(": "));
    let tested: Vec<&str> = tested.map(|(name, _)| name).collect();
    assert_eq!(tested, shipped(true), "bindings/cli/src/embedded.rs lists the case files");
}

#[test]
fn what_is_shipped_holds() {
    let checked = leidraad(&["check", "--format", "json"]).json();
    assert_eq!(checked["errors"], 0, "{checked:#}");
    let tested = leidraad(&["test"]).ok();
    assert!(tested.trim_end().ends_with(" passed, 0 failed"), "{tested}");
    let from_disk = leidraad(&["test", "../../rules"]).ok();
    assert_eq!(from_disk.lines().last(), tested.lines().last());
}

#[test]
fn warnings_and_errors_have_their_exit_codes() {
    let warned = leidraad(&["check", "tests/fixtures/maatregel.yaml"]);
    assert_eq!(warned.code, Some(0), "{}", warned.out);
    assert!(warned.out.contains("warning[idle-question]"), "{}", warned.out);
    assert!(warned.out.ends_with("1 rule file, 0 case files: 0 errors, 2 warnings\n"), "{}", warned.out);
    assert_eq!(leidraad(&["check", "tests/fixtures/maatregel.yaml", "--deny-warnings"]).code, Some(1));

    let broken = fixture("maatregel.yaml").replace("woning | > 5     | 0 ", "woning | > 5     | x ");
    let folder = folder(&[("m.yaml", &broken), ("m/cases/c.yaml", "rule_set: a/b\ncasus: []\n")]);
    let checked = with_input(&["check", ".", "--format", "json"], b"", folder.path());
    assert_eq!(checked.code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&checked.out).unwrap();
    let places: Vec<(&str, &str)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["file"].as_str().unwrap(), finding["code"].as_str().unwrap()))
        .collect();
    assert!(places.iter().any(|(file, _)| file.ends_with("m.yaml")), "{places:?}");
    assert!(places.contains(&("m/cases/c.yaml", "unknown-key")), "{places:?}");
}

#[test]
fn cases_pass_or_tell_what_differs() {
    let rules = fixture("maatregel.yaml");
    let place = folder(&[("m.yaml", &rules), ("m/cases/goed.yaml", CASES)]);
    let passed = with_input(&["test", "."], b"", place.path());
    assert_eq!(
        (passed.code, passed.out.lines().last()),
        (Some(0), Some("2 passed, 0 failed")),
        "{}",
        passed.out
    );
    let alone = with_input(&["test", "m/cases/goed.yaml"], b"", place.path());
    assert_eq!(
        (alone.code, alone.out.lines().last()),
        (Some(0), Some("2 passed, 0 failed")),
        "{}",
        alone.out
    );

    let wrong = CASES.replace("needs: [eerder]", "needs: [gram]").replace("maanden: 0", "maanden: 1");
    let place = folder(&[("m.yaml", &rules), ("m/cases/fout.yaml", &wrong)]);
    let failed = with_input(&["test", "."], b"", place.path());
    assert_eq!(failed.code, Some(1));
    insta::assert_snapshot!(failed.out);
}

#[test]
fn cases_that_cannot_be_run() {
    let rules = fixture("maatregel.yaml");
    for (from, to, part) in [
        ("voorbeeld/maatregel", "voorbeeld/maatregels", "did you mean `voorbeeld/maatregel`?"),
        ("on: 2026-07-04", "on: 2019-07-04", "unregulated"),
        ("on: 2026-07-04", "authority: GM0001", "unknown-authority"),
        ("base: zes gram in een woning", "base: zeven gram", "there is no case `zeven gram`"),
        ("base: zes gram in een woning", "base: eerder onbekend", "starts from itself"),
        ("name: eerder onbekend", "name: zes gram in een woning", "error[duplicate]"),
        ("gram: 6", "gram: 1001", "c.yaml:6:"),
        ("gram: 6", "gam: 6", "did you mean `gram`?"),
        ("expect: {", "verwacht: {", "error[unknown-key]"),
        ("    expect: { maatregel:", "    expect: { maatregelen:", "did you mean `maatregel`?"),
    ] {
        let text = CASES.replace(from, to);
        assert_ne!(text, CASES, "{from}");
        let place = folder(&[("m.yaml", &rules), ("m/cases/c.yaml", &text)]);
        let failed = with_input(&["test", "."], b"", place.path());
        assert_eq!(failed.code, Some(1), "{to}: {}", failed.out);
        assert!(failed.out.contains(part) && failed.out.contains("m/cases/c.yaml:"), "{to}: {}", failed.out);
        assert!(failed.out.lines().last().unwrap().ends_with(" failed"), "{to}: {}", failed.out);
    }
}

#[test]
fn fmt_aligns_tables_and_nothing_else() {
    let neat = fixture("maatregel.yaml");
    let untidy = neat.replace("woning | > 5     | 0 ", "woning|> 5  | 0 ");
    let place = folder(&[("m.yaml", &untidy), ("notes.yaml", "a:   1\n")]);
    let read = |name: &str| std::fs::read_to_string(place.path().join(name)).unwrap();
    let check = || with_input(&["fmt", "--check"], b"", place.path());
    assert_eq!(check().code, Some(1));
    assert_eq!(read("m.yaml"), untidy);
    with_input(&["fmt", "m.yaml"], b"", place.path()).ok();
    assert_eq!(read("m.yaml"), neat);
    assert_eq!(check().code, Some(0));
    assert_eq!(read("notes.yaml"), "a:   1\n");
}

#[test]
fn a_layer_from_its_template_to_its_last_open_value() {
    let rules = fixture("maatregel.yaml");
    let place = folder(&[("m.yaml", &rules)]);
    let new = |more: &[&str]| {
        let all =
            [&["new", "overlay", "m.yaml", "--authority", "gm0042", "--on", "2026-07-04"], more].concat();
        with_input(&all, b"", place.path())
    };
    let shown = new(&[]);
    assert_eq!((shown.code, shown.err.as_str()), (Some(0), ""));
    let written = new(&["--output", "m/gm0042.yaml"]);
    assert_eq!(written.code, Some(2), "a folder that is not there: {}", written.err);
    assert_eq!(new(&["--output", "gm0042.yaml"]).code, Some(0));
    let file = place.path().join("gm0042.yaml");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), shown.out);

    // a file with work in it stays as it is
    std::fs::write(&file, "# mijn werk\n").unwrap();
    let again = new(&["--output", "gm0042.yaml"]);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("`gm0042.yaml` is there already"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mijn werk\n");
    assert_eq!(new(&["--output", "gm0042.yaml", "--force"]).code, Some(0));
    assert_eq!(new(&["--force"]).code, Some(2), "--force without a file");

    let checked = with_input(&["check", "gm0042.yaml"], b"", place.path());
    assert!(
        checked.out.contains("Nog in te vullen in gm0042.yaml (GM0042, voorbeeld/maatregel):"),
        "{}",
        checked.out
    );
    let json = with_input(&["check", "gm0042.yaml", "--format", "json"], b"", place.path());
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["unfilled"][0]["items"][0]["kind"], "in_force");
    let all = with_input(&["check", "."], b"", place.path());
    assert!(all.out.contains("2 things to fill in, in 1 layer"), "{}", all.out);
    let listed = with_input(&["check", ".", "--missing"], b"", place.path());
    assert!(listed.out.contains("Nog in te vullen in gm0042.yaml"), "{}", listed.out);
}

#[test]
fn a_layer_of_a_shipped_rule_set_is_checked_over_the_shipped_one() {
    let place = folder(&[]);
    let new = ["new", "overlay", "evenementen/melding", "--authority", "GM1234", "--output", "gm1234.yaml"];
    let new = with_input(&new, b"", place.path());
    assert_eq!(new.code, Some(0), "{}", new.err);
    let checked = with_input(&["check", "gm1234.yaml"], b"", place.path());
    assert_eq!((checked.code, checked.err.as_str()), (Some(0), ""), "{}", checked.out);
    assert!(
        checked.out.contains("Nog in te vullen in gm1234.yaml (GM1234, evenementen/melding):"),
        "{}",
        checked.out
    );
    // of which rule set it is a layer is still looked at
    let unknown = std::fs::read_to_string(place.path().join("gm1234.yaml")).unwrap();
    let unknown = unknown.replacen("evenementen/melding", "evenementen/meldingen", 1);
    std::fs::write(place.path().join("gm1234.yaml"), unknown).unwrap();
    let checked = with_input(&["check", "gm1234.yaml"], b"", place.path());
    assert!(checked.code == Some(1) && checked.out.contains("error[bad-layer]"), "{}", checked.out);
}

/// What a path is called must not decide what belongs to it.
#[test]
fn a_path_may_be_written_in_any_way() {
    let rules = fixture("maatregel.yaml");
    let layer = "leidraad: 1\noverlay: voorbeeld/maatregel\nauthority: GM0001\ntitle: Laag\n\
                 in_force: { from: 2020-01-01 }\n";
    // a copy in the folder above, which is no part of it; a layer in a folder of its own
    let place = folder(&[("x/d/a.yaml", &rules), ("x/b.yaml", &rules), ("x/d/lagen/gm0001.yaml", layer)]);
    let absolute = |path: &str| place.path().join(path).display().to_string();
    let evaluate = |from: &str, path: &str| {
        let ran = with_input(&["evaluate", path, "--on", "2026-07-04"], b"", &place.path().join(from));
        assert_eq!(ran.code, Some(0), "{path} from {from}: {}", ran.err);
        ran.out
    };
    let first = evaluate("x/d", "a.yaml");
    for (from, path) in
        [("x/d", "./a.yaml"), ("x/d", "../d/a.yaml"), ("x", "d/a.yaml"), ("", "x/d/../d/a.yaml")]
    {
        assert_eq!(evaluate(from, path), first, "{path}");
    }
    assert_eq!(evaluate("", &absolute("x/d/a.yaml")), first);
    // a layer finds the shared one in the folder above
    let first = evaluate("x/d/lagen", "gm0001.yaml");
    assert!(first.contains("GM0001"), "{first}");
    for (from, path) in
        [("x/d/lagen", "./gm0001.yaml"), ("x/d", "lagen/gm0001.yaml"), ("x", "d/lagen/gm0001.yaml")]
    {
        assert_eq!(evaluate(from, path), first, "{path}");
    }
    assert_eq!(evaluate("", &absolute("x/d/lagen/gm0001.yaml")), first);
}

#[test]
fn cases_find_their_rules_however_they_are_named() {
    let rules = fixture("maatregel.yaml");
    // a folder `cases` far above makes no cases of what is no case
    let place = folder(&[
        ("cases/r/m.yaml", &rules),
        ("cases/r/m/cases/c.yaml", CASES),
        ("cases/r/other.yaml", "a: 1\n"),
    ]);
    let absolute = place.path().join("cases/r/m/cases/c.yaml").display().to_string();
    for (from, path) in [
        ("cases/r/m/cases", "c.yaml"),
        ("cases/r/m/cases", "."),
        ("cases/r/m", "cases/c.yaml"),
        ("cases/r", "."),
        ("", "cases"),
        ("", absolute.as_str()),
    ] {
        let ran = with_input(&["test", path], b"", &place.path().join(from));
        assert_eq!(ran.code, Some(0), "{path} from {from}: {}", ran.out);
        assert!(ran.out.contains("2 passed, 0 failed"), "{path} from {from}: {}", ran.out);
    }
}

/// One slip in the rules is told once, not as one failure for each case.
#[test]
fn cases_of_rules_with_errors_are_not_run() {
    let rules = fixture("maatregel.yaml");
    let slip = rules.replacen("outcome: true", "outcom: true", 1);
    let unreadable = rules.replacen("title: Voorbeeld", "title: \"Voorbeeld", 1);
    for (wrong, code) in [(slip, "error[unknown-key]"), (unreadable, "error[syntax]")] {
        let place = folder(&[("m.yaml", &wrong), ("m/cases/c.yaml", CASES)]);
        // with the rules named, and with the cases alone
        for path in [".", "m/cases"] {
            let ran = with_input(&["test", path], b"", place.path());
            assert_eq!(ran.code, Some(1), "{}", ran.out);
            assert_eq!(ran.out.matches("error[").count(), 1, "{path}: {}", ran.out);
            assert!(ran.out.contains(code), "{path}: {}", ran.out);
            let told = "m/cases/c.yaml: the rule files of `voorbeeld/maatregel` have errors";
            assert_eq!(ran.out.matches(told).count(), 1, "{path}: {}", ran.out);
            assert!(ran.out.ends_with("0 passed, 2 failed\n"), "{path}: {}", ran.out);
        }
    }
}
