//! Tables that are too large to be proven say so, and do not hold the check.

use std::fmt::Write;

use leidraad::{Answers, Code, Diagnostic, RuleSet};

use crate::support::{Chance, date};

/// Rows of thresholds, values and intervals that differ everywhere: hundreds of cells in every column.
#[test]
fn a_thousand_rows_of_different_limits_are_given_up_in_time() {
    let mut rng = Chance(26);
    let mut text =
        "leidraad: 1\nid: groot/tabel\ntitle: Groot\nsources: { s: { kind: example, title: Voorbeeld } }\n\
                    questions:\n  - section: Feiten\n    items:\n"
            .to_owned();
    for column in 0..6 {
        writeln!(
            text,
            "      - {{ id: c{column}, ask: A, type: integer, min: 0, max: 100000, sources: [s] }}"
        )
        .unwrap();
    }
    text.push_str("      - { id: idle, ask: A, type: boolean, sources: [s] }\n");
    text.push_str("decisions:\n  d:\n    sources: [s]\n    hit: first\n    table: |\n      c0 | c1 | c2 | c3 | c4 | c5 || d\n");
    for row in 0..1000 {
        let cells: Vec<String> = (0..6)
            .map(|_| {
                let n = rng.below(100_000);
                match rng.below(5) {
                    0 => "-".to_owned(),
                    1 => format!(">= {n}"),
                    2 => format!("< {}", n + 1),
                    3 => n.to_string(),
                    _ => format!("[{}..{n}]", n.saturating_sub(rng.below(30_000))),
                }
            })
            .collect();
        writeln!(text, "      {} || o{}", cells.join(" | "), row % 50).unwrap();
    }
    text.push_str("      - | - | - | - | - | - || z\n");
    let rules = RuleSet::from_text("groot.yaml", &text).unwrap();
    let warnings = rules.warnings();
    let about = |code: Code, id: &str| {
        let named = |finding: &&Diagnostic| finding.message.contains(&format!("`{id}`"));
        warnings.iter().filter(named).any(|finding| finding.code == code)
    };
    assert!(about(Code::Unproven, "d"), "{warnings}");
    assert!(about(Code::IdleQuestion, "idle"), "{warnings}");
    // with all answers the first row that hits is found all the same
    let program = rules.on(date("2026-07-04")).unwrap();
    let answers = (0..6).fold(Answers::new(), |answers, column| answers.with(&format!("c{column}"), 500));
    assert_eq!(program.evaluate(&answers).unwrap().decision("d").unwrap().status(), "determined");
}
