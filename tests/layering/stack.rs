//! Which layers make up a program, and which of them counts.

use leidraad::{Date, RuleSet};

use super::{FILES, assess, case, findings, load, outcome, program, rules};
use crate::support::date;

/// A layer of all authorities counts for every one of them and without one, by the day of the facts.
#[test]
fn a_layer_of_all_goes_by_the_day_of_the_facts() {
    let grams = |found: &str, gram: i64, authority| {
        outcome(&assess(authority, &case(found, "2016-06-01").with("gram", gram)), "bevoegd")
    };
    for authority in [None, Some("GM0001"), Some("GM0002"), Some("GM0003")] {
        // more than 5 until the end of 2011, more than 3 since
        assert_eq!(grams("2011-12-31", 5, authority), "nee");
        assert_eq!(grams("2011-12-31", 6, authority), "ja");
        assert_eq!(grams("2012-01-01", 3, authority), "nee");
        assert_eq!(grams("2012-01-01", 4, authority), "ja");
    }
    // before the guideline there is no limit, and none is guessed
    assert_eq!(grams("2009-12-31", 1, Some("GM0002")), "ontbreekt: grens");
    let before = assess(None, &case("2009-12-31", "2016-06-01"));
    assert_eq!(
        findings(&before, "richtlijn"),
        ["«Landelijke richtlijn» geldt niet op 31 december 2009. De regels gelden wel vanaf 1 januari 2010."]
    );
}

/// A region counts for its members, by the day of the decision.
#[test]
fn a_region_counts_for_its_members_only() {
    let measure = |authority, decided| outcome(&assess(authority, &case("2014-06-01", decided)), "maatregel");
    assert_eq!(measure(Some("GM0002"), "2015-01-01"), "waarschuwing");
    assert_eq!(measure(Some("GM0002"), "2014-12-31"), "ontbreekt: maatregel");
    assert_eq!(measure(Some("GM0005"), "2015-01-01"), "waarschuwing");
    assert_eq!(measure(Some("GM0003"), "2015-01-01"), "ontbreekt: maatregel");
    assert_eq!(measure(None, "2015-01-01"), "ontbreekt: maatregel");
    let twice = case("2014-06-01", "2015-01-01").with("eerder", 1);
    assert_eq!(outcome(&assess(Some("GM0002"), &twice), "maatregel"), "sluiting");
}

/// The layer of an authority lies over that of its region, and where it says nothing the region's counts.
#[test]
fn the_own_layer_lies_over_the_region() {
    let twice = |decided| case("2014-06-01", decided).with("eerder", 1);
    assert_eq!(outcome(&assess(Some("GM0001"), &twice("2016-01-01")), "maatregel"), "waarschuwing");
    // before its first version the policy of the region counts
    assert_eq!(outcome(&assess(Some("GM0001"), &twice("2015-12-31")), "maatregel"), "sluiting");
}

#[test]
fn members_are_authorities_and_others_are_not() {
    let rules = rules();
    assert_eq!(rules.authorities().collect::<Vec<_>>(), ["GM0001", "GM0002", "GM0003", "GM0004", "GM0005"]);
    assert_eq!(rules.for_authority("gm0002").unwrap().code(), "GM0002");
    let refused = rules.for_authority("GM0009").unwrap_err().to_string();
    assert!(refused.contains("has no layer for authority `GM0009`"), "{refused}");
    assert_eq!(rules.reference_dates(None), ["gevonden_op"]);
    assert_eq!(rules.reference_dates(Some("GM0002")), ["gevonden_op", "besluit_op"]);
    let answers = case("2014-06-01", "2016-06-01");
    let assessment = assess(Some("GM0002"), &answers);
    assert_eq!(assessment.authority.as_deref(), Some("GM0002"));
}

/// The digest is that of the layers used: the same for two members without a layer of their own, another for others.
#[test]
fn the_digest_is_of_the_layers_used() {
    let rules = rules();
    let answers = case("2014-06-01", "2016-06-01");
    let digest = |authority| program(&rules, Some(authority), &answers).digest().to_owned();
    assert_eq!(digest("GM0002"), digest("GM0005"));
    assert_ne!(digest("GM0002"), digest("GM0003"));
    assert_ne!(digest("GM0001"), digest("GM0002"));
}

const WIDE: &str = "
leidraad: 1
overlay: voorbeeld/lagen
layer: provincie
members: [GM0001, GM0002, GM0003, GM0004, GM0005]
title: Provincie
reference_date: besluit_op
sources: { provincie: { kind: example, title: Provincie } }
parameters:
  bedenktijd: { value: 9 weeks, sources: [provincie] }
decisions:
  maatregel:
    table: |
      eerder || maatregel || bron
      -      || sluiting  || provincie
";

/// Of two layers of several authorities the narrower lies over the wider, whatever their names and files.
#[test]
fn the_narrower_layer_lies_over_the_wider() {
    for name in ["aaa", "provincie", "zzz"] {
        let wide = WIDE.replace("layer: provincie", &format!("layer: {name}"));
        let mut files = FILES.to_vec();
        files.push(("wide.yaml", &wide));
        let rules = load(&files);
        let answers = case("2014-06-01", "2016-06-01");
        let measure = |authority| {
            let assessment = program(&rules, Some(authority), &answers).evaluate(&answers).unwrap();
            outcome(&assessment, "maatregel")
        };
        assert_eq!(measure("GM0002"), "waarschuwing", "the region, {name}");
        assert_eq!(measure("GM0003"), "sluiting", "the province, {name}");
    }
}

#[test]
fn the_list_names_every_layer_with_what_is_known_of_it() {
    let rules = rules();
    let layers: Vec<String> = rules.layers().map(|layer| serde_json::to_string(&layer).unwrap()).collect();
    assert_eq!(
        layers,
        [
            r#"{"authority":null,"title":"Voorbeeldwet","from":"2000-01-01","to":null}"#,
            r#"{"authority":"GM0001","title":"Beleid 2021 van Aa","from":null,"to":null,"from_between":["2021-01-15","2022-01-01"],"signed":"2021-01-10","published":"2021-01-15"}"#,
            r#"{"authority":"GM0001","title":"Beleid 2016 van Aa","from":"2016-01-01","to":null,"to_between":["2021-01-14","2021-12-31"]}"#,
            r#"{"authority":"GM0003","title":"Cee","from":null,"to":null}"#,
            r#"{"authority":"GM0004","title":"Beleid van Dee, enkele rijen","from":"2018-01-01","to":null}"#,
            r#"{"authority":null,"layer":"regio","members":3,"title":"Regionaal beleid","from":"2015-01-01","to":null}"#,
            r#"{"authority":null,"layer":"richtlijn","title":"Landelijke richtlijn","from":"2010-01-01","to":null,"published":"2009-12-01"}"#,
        ]
    );
}

/// The explanation names the layers that lie between the shared one and that of the authority, and their days.
#[test]
fn the_explanation_names_the_layers_between() {
    let rules = rules();
    let answers = case("2014-06-01", "2022-06-01");
    let explanation = program(&rules, Some("GM0001"), &answers).explain(&answers, Some("maatregel")).unwrap();
    let titles: Vec<&str> = explanation.layers.iter().map(|layer| layer.title.as_str()).collect();
    assert_eq!(titles, ["Voorbeeldwet", "Landelijke richtlijn", "Regionaal beleid", "Beleid 2021 van Aa"]);
    let days: Vec<String> = explanation.layers.iter().map(|layer| layer.on.to_string()).collect();
    assert_eq!(days, ["2014-06-01", "2014-06-01", "2022-06-01", "2022-06-01"]);
    let text = explanation.to_string();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = "- Landelijke richtlijn: bekendgemaakt op 1 december 2009, geldt vanaf 1 januari 2010 \
                 - Regionaal beleid: geldt vanaf 1 januari 2015; peildatum 1 juni 2022 \
                 - Beleid 2021 van Aa: ondertekend op 10 januari 2021, bekendgemaakt op 15 januari 2021, \
                 geldt vanaf een onbekende dag (van 15 januari 2021 tot en met 1 januari 2022); peildatum 1 juni 2022 ";
    assert!(words.contains(lines), "{text}");
    assert!(
        text.contains(
            "bron: Beleid 2021 van Aa (ondertekend op 10 januari 2021, bekendgemaakt op 15 januari 2021)"
        ),
        "{text}"
    );
}

/// What there is of each layer: the days that nothing covers, what it sets and replaces, what stays open.
#[test]
fn the_overview_tells_what_each_layer_covers_sets_and_replaces() {
    let rules = rules();
    let overview = rules.overview();
    let of = |authority: Option<&str>, layer: Option<&str>| {
        overview.iter().find(|o| o.authority == authority && o.layer == layer).unwrap()
    };
    let days = |list: &[leidraad::Days]| -> Vec<(Option<Date>, Option<Date>)> {
        list.iter().map(|days| (days.from, days.to)).collect()
    };
    let day = |text: &str| Some(date(text));

    let shared = of(None, None);
    assert_eq!(days(&shared.uncovered), [(None, day("1999-12-31"))]);
    assert_eq!(shared.versions[0].open, ["grens", "bedenktijd", "maatregel"]);
    assert!(shared.versions[0].overrides.is_empty() && shared.versions[0].sets.is_empty());

    let guideline = of(None, Some("richtlijn"));
    assert_eq!(days(&guideline.uncovered), [(None, day("2009-12-31"))]);
    assert_eq!(guideline.versions[0].sets, ["grens"]);
    assert_eq!(guideline.versions[0].open, ["bedenktijd", "maatregel"]);

    let region = of(None, Some("regio"));
    assert_eq!(region.reference_date, Some("besluit_op"));
    assert_eq!(region.versions[0].members, ["GM0001", "GM0002", "GM0005"]);
    assert_eq!(region.versions[0].sets, ["bedenktijd", "maatregel"]);
    assert!(region.versions[0].open.is_empty(), "{region:?}");

    let own = of(Some("GM0001"), None);
    assert_eq!(days(&own.uncovered), [(None, day("2015-12-31"))]);
    assert_eq!(days(&own.undecidable), [(day("2021-01-15"), day("2021-12-31"))]);
    assert_eq!(own.versions[0].overrides, ["maatregel"], "that of the region");
    assert!(own.versions[0].sets.is_empty());

    let nothing = of(Some("GM0003"), None);
    assert!(nothing.uncovered.is_empty() && nothing.undecidable.is_empty());
    assert_eq!(nothing.versions[0].open, ["bedenktijd", "maatregel"], "the guideline gives the limit");
}

/// Files in any order, YAML or JSON, make the same layers.
#[test]
fn the_order_of_files_and_their_notation_make_no_difference() {
    let answers = case("2014-06-01", "2016-06-01").with("eerder", 1);
    let expected = assess(Some("GM0001"), &answers).to_json();
    let mut files: Vec<(String, String)> = Vec::new();
    for (name, text) in FILES.iter().rev() {
        let (mut sources, mut out) = (leidraad::SourceMap::default(), Vec::new());
        let document = leidraad::parse::parse(&mut sources, name, text, &mut out).unwrap();
        files.push((name.replace(".yaml", ".json"), serde_json::to_string(&document).unwrap()));
    }
    let list: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let rules = RuleSet::from_files(&list).unwrap();
    let found = program(&rules, Some("GM0001"), &answers).evaluate(&answers).unwrap().to_json();
    assert_eq!(found, expected);
}
