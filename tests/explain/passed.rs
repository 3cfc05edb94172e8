//! The rows that go before and do not hold: by hand, and by enumeration of every case of random tables.

use std::fmt::Write;

use leidraad::explanation::Reasons;

use super::words::explained;
use crate::support::Chance;

/// Per row that was passed its number and the entries that fail, in words.
fn passed(reasons: &Reasons) -> Vec<(usize, Vec<&str>)> {
    let row = |passed: &leidraad::explanation::PassedRule| passed.rule.row.unwrap();
    let list = reasons.passed.iter();
    list.map(|p| (row(p), p.fails.iter().map(|clause| clause.text.as_str()).collect())).collect()
}

#[test]
fn in_all_other_cases_names_the_limits_that_did_not_hold() {
    let table = "n      | tijd    || d\ngrens  | < 23:00 || klein\n> 1000 | -       || vergunning\n-      | -       || melding";
    let (reasons, text) = explained(table, "{ n: 400, tijd: \"22:00\" }");
    assert_eq!(
        passed(&reasons),
        [(1, vec!["n: hoogstens 150 personen"]), (2, vec!["n: meer dan 1.000 personen"])]
    );
    // the limit of row 1 is cited with its source, as it decides as much as the last row does
    assert_eq!(reasons.parameters[0].id, "grens");
    assert_eq!(reasons.parameters[0].sources[0].title, "Besluit van de raad");
    let lines = "  Deze regels gaan voor, maar gelden hier niet:
    - rij 1 → klein; dit klopt niet: n: hoogstens 150 personen
      bron: [1]
    - rij 2 → vergunning; dit klopt niet: n: meer dan 1.000 personen
      bron: [1]
";
    assert!(text.contains(lines), "{text}");
    assert!(text.contains("Hoeveel? 150 personen of minder → klein"), "{text}");
    assert!(text.contains("Hoeveel? 1.001 personen of meer → vergunning"), "{text}");
}

#[test]
fn what_the_deciding_row_rules_out_itself_is_no_news() {
    let table = "soort | n     || d\na     | > 5   || een\nb     | > 10  || twee\nb     | -     || drie\n-     | -     || drie";
    let (reasons, _) = explained(table, "{ soort: b, n: 7 }");
    assert_eq!(passed(&reasons), [(2, vec!["n: meer dan 10 personen"])], "row 1 is about another kind");
    let (reasons, _) = explained(table, "{ soort: a, n: 3 }");
    assert_eq!(
        passed(&reasons),
        [(1, vec!["n: meer dan 5 personen"]), (2, vec!["soort: Bes", "n: meer dan 10 personen"])],
        "row 3 says the same as row 4"
    );
    // while the outcome is open the rows that may still hold are listed, and nothing was passed
    let (reasons, _) = explained(table, "{ soort: a }");
    assert!(passed(&reasons).is_empty());
}

/// What several answers rule out only together fails in no single entry.
#[test]
fn entries_that_fail_only_together() {
    let table = "n  | month(dag) | day(dag) || d\n-  | 2          | 30       || nooit\n-  | -          | -        || altijd";
    let (reasons, text) = explained(table, "{ n: 1 }");
    assert_eq!(passed(&reasons), [(1, vec![])]);
    assert!(text.contains("rij 1 → nooit; niet alles hiervan klopt: maand van dag: februari; "), "{text}");
}

/// A test of a column of a random table, and what it accepts.
type Entry = (String, fn(i64, i64, i64) -> bool, i64, i64);

fn number(rng: &mut Chance) -> Entry {
    let mut below = || i64::try_from(rng.below(7)).unwrap();
    let (a, b) = (below(), below());
    match rng.below(4) {
        0 => ("-".to_owned(), |_, _, _| true, 0, 0),
        1 => (format!("< {}", a + 1), |x, a, _| x < a, a + 1, 0),
        2 => (format!("> {a}"), |x, a, _| x > a, a, 0),
        _ => (format!("[{}..{}]", a.min(b), a.max(b)), |x, a, b| a <= x && x <= b, a.min(b), a.max(b)),
    }
}

fn kind(rng: &mut Chance) -> Entry {
    match rng.below(4) {
        0 => ("a".to_owned(), |x, _, _| x == 0, 0, 0),
        1 => ("b".to_owned(), |x, _, _| x == 1, 0, 0),
        _ => ("-".to_owned(), |_, _, _| true, 0, 0),
    }
}

#[test]
fn every_case_of_random_tables() {
    let mut rng = Chance(20_261_127);
    let (mut rows_passed, mut left_out) = (0, 0);
    for _ in 0..60 {
        let mut rows: Vec<([Entry; 2], usize)> =
            (0..1 + rng.below(5)).map(|_| ([number(&mut rng), kind(&mut rng)], rng.below(3))).collect();
        let all = || ("-".to_owned(), (|_, _, _| true) as fn(i64, i64, i64) -> bool, 0, 0);
        rows.push(([all(), all()], rng.below(3)));
        let mut table = "n | soort || d\n".to_owned();
        for ([n, kind], outcome) in &rows {
            writeln!(table, "{} | {} || uitkomst_{outcome}", n.0, kind.0).unwrap();
        }
        let accepts = |row: usize, column: usize, x: i64| {
            let (_, test, a, b) = &rows[row].0[column];
            test(x, *a, *b)
        };
        let hits = |row: usize, n: i64, kind: i64| accepts(row, 0, n) && accepts(row, 1, kind);
        let cases: Vec<(i64, i64)> = (0..9).flat_map(|n| [(n, 0), (n, 1)]).collect();
        for (n, kind) in &cases {
            let decides = (0..rows.len()).find(|row| hits(*row, *n, *kind)).unwrap();
            let mut expected: Vec<(usize, Vec<String>)> = Vec::new();
            for row in (0..decides).filter(|row| rows[*row].1 != rows[decides].1) {
                if !cases.iter().any(|(n, kind)| hits(row, *n, *kind) && hits(decides, *n, *kind)) {
                    left_out += 1;
                    continue;
                }
                let failing = [*n, *kind].into_iter().enumerate().filter(|(i, x)| !accepts(row, *i, *x));
                expected.push((row + 1, failing.map(|(i, _)| rows[row].0[i].0.clone()).collect()));
            }
            let given = format!("{{ n: {n}, soort: {} }}", if *kind == 0 { "a" } else { "b" });
            let (reasons, _) = explained(&table, &given);
            let found: Vec<(usize, Vec<String>)> = reasons
                .passed
                .iter()
                .map(|p| (p.rule.row.unwrap(), p.fails.iter().map(|clause| clause.test.clone()).collect()))
                .collect();
            assert_eq!(found, expected, "{given}\n{table}");
            rows_passed += found.len();
        }
    }
    assert!(rows_passed > 300 && left_out > 50, "{rows_passed} {left_out}: too few to mean something");
}
