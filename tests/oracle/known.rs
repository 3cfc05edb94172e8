//! Cases that once went wrong, as the smallest files that showed it.

use super::compare::load;
use super::rng::Rng;

const HEAD: &str = "leidraad: 1\nid: a/b\ntitle: t\nsources: { s: { kind: example, title: t } }\n";

/// Numbers, texts and no value in one output once had no consistent order: sorting them mixed them up, or panicked.
#[test]
fn mixed_outputs_have_an_order() {
    for seed in 0..60 {
        let mut rng = Rng::new(seed);
        let value = |i: usize, rng: &mut Rng| match rng.below(10) {
            0 => "-".to_owned(),
            1 | 2 => format!("t{i}"),
            _ => rng.below(1000).to_string(),
        };
        let rows: Vec<String> = (0..60).map(|i| format!("      {i} || {}\n", value(i, &mut rng))).collect();
        let text = format!(
            "{HEAD}questions:\n  - section: s\n    items:\n      - {{ id: q, ask: \"?\", type: integer, min: 0, max: 59, sources: [s] }}\n\
             decisions:\n  d:\n    sources: [s]\n    table: |\n      q || d\n{}",
            rows.concat()
        );
        let json = load(&text, true).unwrap().evaluate_json("{}").unwrap();
        let list = json.split_once("\"possible\":[").unwrap().1.split_once(']').unwrap().0;
        let numbers: Vec<i64> = list.split(',').map_while(|text| text.parse().ok()).collect();
        let texts: Vec<&str> = list.split(',').skip(numbers.len()).collect();
        let places: Vec<usize> =
            texts.iter().filter_map(|t| t.trim_matches('"').strip_prefix('t')?.parse().ok()).collect();
        assert!(numbers.is_sorted() && places.is_sorted(), "seed {seed}: {list}");
        let null = usize::from(texts.last() == Some(&"null"));
        assert_eq!(places.len() + null, texts.len(), "seed {seed}: {list}");
    }
}

/// Two columns that hang on the same unset decision were once proven as if each could go its own way: a false gap.
#[test]
fn unset_things_go_one_way_at_a_time() {
    let text = format!(
        "{HEAD}questions: []\ndecisions:\n\
         \x20 klein:\n    title: t\n    outputs: {{ klein: {{ options: {{ ja: {{ label: Ja }}, nee: {{ label: Nee }} }} }} }}\n    sources: [s]\n\
         \x20 soort:\n    sources: [s]\n    table: |\n      klein || soort\n      ja    || vrij\n      nee   || melding\n\
         \x20 route:\n    sources: [s]\n    table: |\n      klein | soort   || route\n      ja    | vrij    || a\n      nee   | melding || b\n"
    );
    load(&text, true).unwrap();
}

/// Columns that read one choice between overlapping rows were once taken for independent: an outcome too many.
#[test]
fn a_choice_is_made_once() {
    let text = format!(
        "{HEAD}questions:\n  - section: s\n    items:\n      - {{ id: n, ask: \"?\", type: integer, min: 0, max: 9, sources: [s] }}\ndecisions:\n\
         \x20 band:\n    overlap: possible\n    sources: [s]\n    table: |\n      n    || x     | y\n      <= 5 || klein | 1\n      >= 5 || groot | 2\n\
         \x20 soort:\n    sources: [s]\n    hit: first\n    table: |\n      band.x | band.y || soort\n      klein  | 1      || a\n      groot  | 2      || b\n      -      | -      || nooit\n"
    );
    let json = load(&text, true).unwrap().evaluate_json(r#"{"n": 5}"#).unwrap();
    assert!(json.contains(r#""soort":{"status":"open","possible":["a","b"]"#), "{json}");
}

/// A score of which every question doubles the number of sums once took all memory.
#[test]
fn a_score_with_too_many_sums_is_refused() {
    let file = |questions: usize| {
        let options = |points: u64| {
            format!("{{ ja: {{ label: Ja, points: {points} }}, nee: {{ label: Nee, points: 0 }} }}")
        };
        let items: String = (0..questions)
            .map(|i| {
                format!(
                    "      - {{ id: q{i}, ask: \"?\", type: boolean, options: {}, sources: [s] }}\n",
                    options(1 << i)
                )
            })
            .collect();
        let names: Vec<String> = (0..questions).map(|i| format!("q{i}")).collect();
        format!(
            "{HEAD}questions:\n  - section: s\n    items:\n{items}decisions:\n  score:\n    points: [{}]\n    sources: [s]\n",
            names.join(", ")
        )
    };
    let json = load(&file(10), true).unwrap().evaluate_json("{}").unwrap();
    assert!(json.contains(r#""range":{"min":0,"max":1023}"#), "{json}");
    let error = load(&file(40), true).unwrap_err();
    assert!(error.contains("error[too-large]: `score` can have more than 65536 different sums"), "{error}");
}

/// A parameter that is set to a list with `n.v.t.` in it once lost the `n.v.t.`.
#[test]
fn a_parameter_may_hold_not_applicable() {
    let text = format!(
        "{HEAD}parameters:\n  p: {{ title: p, test_on: q, value: \"geel, n.v.t.\", sources: [s] }}\n\
         questions:\n  - section: s\n    items:\n      - {{ id: q, ask: \"?\", type: choice, not_applicable: true, \
         options: {{ rood: {{ label: Rood }}, geel: {{ label: Geel }} }}, sources: [s] }}\n\
         decisions:\n  d:\n    sources: [s]\n    table: |\n      q    || d\n      rood || a\n      p    || b\n"
    );
    let program = load(&text, true).unwrap();
    for answer in [r#""geel""#, r#"{"not_applicable": "geen vraag"}"#] {
        let json = program.evaluate_json(&format!("{{\"q\": {answer}}}")).unwrap();
        assert!(json.contains(r#""d":{"status":"determined","value":"b"}"#), "{json}");
    }
}
