//! Versions of which the first or last day is not known, and policy that is older than the statute it rests on.

use leidraad::{Severity, Why};

use super::{FILES, assess, case, findings, load, outcome, program, why};
use crate::support::{Chance, date};

/// The old policy ends, and the new one begins, on an unknown day in 2021, not before publication on 15 January.
#[test]
fn between_the_known_days_the_version_is_not_decidable() {
    let on = |decided: &str| assess(Some("GM0001"), &case("2014-06-01", decided));
    for (day, expected) in [
        ("2021-01-14", "waarschuwing"),
        ("2021-01-15", "ontbreekt: maatregel"),
        ("2021-06-30", "ontbreekt: maatregel"),
        ("2021-12-31", "ontbreekt: maatregel"),
        ("2022-01-01", "sluiting"),
    ] {
        assert_eq!(outcome(&on(day), "maatregel"), expected, "{day}");
    }
    let between = on("2021-06-30");
    let text =
        "of «Beleid 2021 van Aa» of «Beleid 2016 van Aa» geldt op 30 juni 2021, is niet vast te stellen";
    assert_eq!(why(&between, "maatregel"), (vec![Why::Undecidable], text.to_owned()));
    assert_eq!(
        findings(&between, "GM0001"),
        [
            "Of «Beleid 2021 van Aa» of «Beleid 2016 van Aa» geldt op 30 juni 2021, is niet vast te stellen. Bekend \
          is: «Beleid 2021 van Aa» vanaf een onbekende dag (van 15 januari 2021 tot en met 1 januari 2022), \
          «Beleid 2016 van Aa» van 1 januari 2016 tot en met een onbekende dag (van 14 januari 2021 tot en met 31 \
          december 2021). Wat daarin staat, is niet gebruikt."
        ]
    );
    // not even the policy of the region, which the own layer would replace; the statute is not in doubt
    assert_eq!(outcome(&between, "bevoegd"), "ja");
}

const REGION: &str = "
leidraad: 1
overlay: voorbeeld/lagen
layer: kring
members: [GM0001, GM0003]
title: Kring
in_force: { from: unknown }
reference_date: besluit_op
sources: { kring: { kind: example, title: Kring } }
decisions:
  maatregel:
    table: |
      eerder || maatregel || bron
      -      || sluiting  || kring
  bevoegd:
    when: { middel: soft }
";

/// What a narrower layer gives for sure does not hang on a wider one of which nobody knows whether it applies; what it
/// does not give does.
#[test]
fn a_sure_layer_settles_what_an_unsure_one_below_it_leaves_open() {
    let region = REGION.replace("members: [GM0001, GM0003]", "members: all");
    let files: Vec<(&str, &str)> = FILES
        .into_iter()
        .filter(|(name, _)| *name != "regio.yaml")
        .chain([("kring.yaml", region.as_str())])
        .collect();
    let rules = load(&files);
    let answers = case("2014-06-01", "2016-06-01");
    let on = |authority| program(&rules, Some(authority), &answers).evaluate(&answers).unwrap();
    let settled = on("GM0001");
    assert_eq!(why(&settled, "maatregel").0, [], "its own policy");
    assert_eq!(why(&settled, "bevoegd").0, [Why::Undecidable], "for whom the statute counts is in doubt");
    assert_eq!(outcome(&settled, "maatregel"), "ontbreekt: bevoegd", "whether there is one at all");
    assert_eq!(why(&on("GM0003"), "maatregel").0, [Why::Undecidable]);
    assert_eq!(findings(&settled, "kring").len(), 1);
}

/// Without any bound a version is never certain; published at the earliest on a day, it is certainly not there before.
#[test]
fn an_unknown_first_day_lies_not_before_publication() {
    let with = |text: &str| {
        let mut files = FILES.to_vec();
        files.retain(|(name, _)| *name != "gm0001_oud.yaml" && *name != "gm0001_nieuw.yaml");
        files.push(("nieuw.yaml", text));
        load(&files)
    };
    let text = FILES[0].1.replace("{ between: [null, 2022-01-01] }", "unknown");
    let whys = |text: &str, decided: &str| {
        let answers = case("2014-06-01", decided);
        let assessment = program(&with(text), Some("GM0001"), &answers).evaluate(&answers).unwrap();
        (outcome(&assessment, "maatregel"), why(&assessment, "maatregel").0)
    };
    let undecidable = ("ontbreekt: maatregel".to_owned(), vec![Why::Undecidable]);
    let of_the_region = ("waarschuwing".to_owned(), vec![]);
    assert_eq!(whys(&text, "2021-01-14"), of_the_region);
    assert_eq!(whys(&text, "2021-01-15"), undecidable);
    assert_eq!(whys(&text, "2029-01-15"), undecidable);
    let signed = text.replace("\npublished: 2021-01-15\n", "\n");
    assert_eq!(whys(&signed, "2021-01-09"), of_the_region, "nor before it was signed");
    assert_eq!(whys(&signed, "2021-01-10"), undecidable);
    let nothing = signed.replace("\nsigned: 2021-01-10\n", "\n").replace("based_on: [wet]\n", "");
    assert_eq!(whys(&nothing, "2015-01-01"), undecidable, "nothing is known of its first day");
}

/// On days by chance each version stands where its bounds put it, said once more by hand.
#[test]
fn days_by_chance() {
    let mut chance = Chance(7);
    for _ in 0..60 {
        let part = |chance: &mut Chance, n: usize| u8::try_from(1 + chance.below(n)).unwrap();
        let year = 2020 + i32::from(part(&mut chance, 3)) - 1;
        let decided = leidraad::Date::new(year, part(&mut chance, 12), part(&mut chance, 28)).unwrap();
        let expected = if decided < date("2021-01-15") {
            "waarschuwing"
        } else if decided < date("2022-01-01") {
            "ontbreekt: maatregel"
        } else {
            "sluiting"
        };
        let found = outcome(&assess(Some("GM0001"), &case("2014-06-01", &decided.to_string())), "maatregel");
        assert_eq!(found, expected, "{decided}");
    }
}

/// The policy was signed on 10 January 2021. The statute changed on 1 July 2025, and counts by the day of the facts.
#[test]
fn policy_older_than_the_statute_is_a_finding() {
    let on = |found: &str, decided: &str| {
        let assessment = assess(Some("GM0001"), &case(found, decided));
        assessment.findings.into_iter().filter(|f| f.id == "GM0001").collect::<Vec<_>>()
    };
    assert_eq!(on("2025-06-30", "2026-01-01"), [], "the text of 2019 still applies to these facts");
    let found = on("2025-07-01", "2026-01-01");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, leidraad::document::Severity::Attention);
    assert_eq!(
        found[0].text,
        "«Beleid 2021 van Aa» gaat uit van de tekst van «Voorbeeldwet» die gold op 10 januari 2021. Die is daarna \
         veranderd, op 1 juli 2025. Ga na of «Beleid 2021 van Aa» daar nog bij past."
    );
    // written down, the version counts before the day of signature
    let text = FILES[0].1.replace("based_on: [wet]", "based_on: [{ id: wet, version: 2018-12-31 }]");
    let mut files = FILES.to_vec();
    files[0].1 = &text;
    let rules = load(&files);
    let answers = case("2025-07-01", "2026-01-01");
    let assessment = program(&rules, Some("GM0001"), &answers).evaluate(&answers).unwrap();
    let texts = findings(&assessment, "GM0001").concat();
    assert!(texts.contains("daarna veranderd, op 1 januari 2019 en 1 juli 2025."), "{texts}");
}

/// The outcome of policy that is older than the statute still counts: it is a finding, no silence.
#[test]
fn policy_older_than_the_statute_still_counts() {
    let assessment = assess(Some("GM0001"), &case("2025-07-01", "2026-01-01"));
    assert_eq!(outcome(&assessment, "maatregel"), "sluiting");
}

/// A file with an unknown day passes the check, and what it holds is checked all the same.
#[test]
fn a_version_that_is_never_certain_is_checked() {
    let text = FILES[0]
        .1
        .replace("{ between: [null, 2022-01-01] }", "unknown")
        .replace("|| sluiting ", "|| sluitig ");
    let mut files = FILES.to_vec();
    files[0].1 = &text;
    let findings = leidraad::Library::from_files(&files).findings().clone();
    let found: Vec<String> = findings.iter().map(|f| format!("{}: {}", f.code.as_str(), f.message)).collect();
    assert_eq!(found, ["unknown-option: output `maatregel` has no value `sluitig`"]);
    assert!(findings.iter().all(|f| f.severity == Severity::Error));
}
