//! A rule set as one JSON text, as browsers load it.

use leidraad::{Answers, Date, RuleSet, catalog};

fn refused(name: &str, text: &str, checked: bool) -> Vec<(String, String)> {
    let findings = RuleSet::from_bundle(name, text, checked).unwrap_err();
    let place = |finding: &leidraad::Diagnostic| {
        let span = finding.span?;
        Some(findings.sources().file(span.file)?.name.clone())
    };
    findings.iter().map(|f| (f.code.as_str().to_owned(), place(f).unwrap_or_default())).collect()
}

#[test]
fn every_rule_set_shipped_comes_back_the_same() {
    let day = Date::new(2026, 7, 4).unwrap();
    for rules in catalog().rule_sets() {
        let bundle = rules.to_bundle();
        let again = RuleSet::from_bundle("x.json", &bundle, true).unwrap();
        assert_eq!(again.to_bundle(), bundle, "{}", rules.id());
        assert_eq!(again.layers().collect::<Vec<_>>(), rules.layers().collect::<Vec<_>>());
        for authority in std::iter::once(None).chain(rules.authorities().map(Some)) {
            let [ours, theirs] =
                [rules, &again].map(|set| set.for_case(authority, &Answers::new(), Some(day), day).unwrap());
            assert_eq!(ours.digest(), theirs.digest(), "{} {authority:?}", rules.id());
        }
    }
}

/// How a table is aligned, its comments and blank lines are no part of the rules; what stands between quotes is.
#[test]
fn aligning_a_table_changes_no_digest() {
    let digest = |table: &str| {
        let text = format!(
            "leidraad: 1\nid: x/y\ntitle: Voorbeeld\nsources: {{ s: {{ kind: example, title: Voorbeeld }} }}\nquestions:\n  - section: Feiten\n    items:\n\
             \x20     - {{ id: q, ask: Q?, type: boolean, sources: [s] }}\ndecisions:\n  d:\n    sources: [s]\n    table: |\n{table}"
        );
        let rules = RuleSet::from_text("x.yaml", &text).unwrap();
        let aligned =
            RuleSet::from_text("x.yaml", &leidraad::format::format("x.yaml", &text).unwrap()).unwrap();
        let of = |rules: &RuleSet| rules.on(Date::new(2026, 7, 4).unwrap()).unwrap().digest().to_owned();
        assert_eq!(of(&rules), of(&aligned));
        assert_eq!(of(&rules), of(&RuleSet::from_bundle("x.json", &rules.to_bundle(), false).unwrap()));
        of(&rules)
    };
    let plain = digest("      q||d\n      ja||\"a | b\"\n      nee||c\n");
    let roomy = digest("      q    || d\n\n      # waarom\n      ja   || \"a | b\"\n      nee  || c\n");
    assert_eq!(plain, roomy);
    assert_ne!(plain, digest("      q||d\n      ja||\"a |  b\"\n      nee||c\n"));
}

#[test]
fn what_is_not_said_to_be_checked_is_proven() {
    // row 2 leaves out everything above 300
    let gap = r#"{ "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
        "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
        "questions": [{ "section": "Feiten", "items": [
            { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
        "decisions": { "soort": { "outcome": true, "sources": ["s"],
            "table": ["aantal || soort", "<= 200 || klein", "(200..300] || groot"] } } }"#;
    assert_eq!(refused("x.json", gap, false), [("gap".to_owned(), "x.json".to_owned())]);
    let unproven = RuleSet::from_bundle("x.json", gap, true).unwrap();
    assert_eq!(unproven.id(), "x/y");
}

#[test]
fn findings_name_the_file_of_the_array() {
    let two = r#"[{ "leidraad": 1, "id": "x/y" }, { "leidraad": 1, "overlay": "x/y", "autority": "GM1" }]"#;
    let found = refused("x.json", two, true);
    assert!(found.contains(&("unknown-key".to_owned(), "x[2].json".to_owned())), "{found:?}");
    assert_eq!(refused("x", "[1, 2]", true)[0], ("wrong-shape".to_owned(), "x[1].json".to_owned()));
    assert_eq!(refused("x", "[", true)[0], ("syntax".to_owned(), "x.json".to_owned()));
    assert_eq!(refused("x", "id: 1", true)[0].0, "syntax");
    assert_eq!(refused("x", "[]", true)[0].0, "missing-key");
}
