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
