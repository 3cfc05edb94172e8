//! What is possible while answers are open, partly known, not applicable or unset.

use leidraad::{Outcome, Possible, Value};

use super::{NUMBERS, between, determined, ids, number, of, one_of, outcome, program};

#[test]
fn few_values_are_listed_and_many_are_a_range() {
    let program = of("ceiling(a / 100)");
    // −100 … 100 gives −1, 0 and 1
    assert_eq!(outcome(&program, "{}", "x"), one_of(&[number("-1"), number("0"), number("1")], &["a"]));
    assert_eq!(outcome(&of("a * 3 - 1"), "{}", "x"), between("-301", "299", &["a"]));
    // 3 × 2 … 3 × 5 less 1
    let partly = outcome(&of("a * 3 - 1"), "{ a: { between: [2, 5] } }", "x");
    assert_eq!(partly, one_of(&["5", "8", "11", "14"].map(number), &["a"]));
    let several = outcome(&of("a * b"), "{ a: { one_of: [-2, 5] }, b: { one_of: [1, 10] } }", "x");
    assert_eq!(several, one_of(&["-20", "-2", "5", "50"].map(number), &["a", "b"]));
}

#[test]
fn what_cannot_change_it_is_not_asked() {
    // c is at most 10, so the lower of a and c is known when a is far below
    assert_eq!(outcome(&of("min(a, c)"), "{ a: -5 }", "x"), determined("-5"));
    assert_eq!(outcome(&of("a * 0 + b"), "{ b: 4 }", "x"), determined("4"));
    assert_eq!(outcome(&of("floor(b / 100) + a"), "{ a: 1 }", "x"), determined("1"));
    // b is subtracted from itself; c alone decides, and N/A of it too
    let outcome = outcome(&of("b - b + c"), "{ c: { between: [0.01, 0.02] } }", "x");
    assert_eq!(outcome, one_of(&[number("0.01"), number("0.02")], &["c"]));
}

#[test]
fn not_applicable_is_left_out_of_the_lowest_the_highest_and_the_sum() {
    let given = "{ a: 4, b: 9, c: { not_applicable: geen } }";
    assert_eq!(outcome(&of("min(a, b, c)"), given, "x"), determined("4"));
    assert_eq!(outcome(&of("sum(a, b, c)"), given, "x"), determined("13"));
    assert_eq!(outcome(&of("a + c"), given, "x"), Outcome::NotApplicable);
    assert_eq!(outcome(&of("max(c)"), given, "x"), Outcome::NotApplicable);
    // open: a number, or not applicable
    let open = outcome(&of("floor(c / 6)"), "{}", "x");
    assert_eq!(open, one_of(&[number("0"), number("1"), Value::NotApplicable], &["c"]));
    let wide = Outcome::Open {
        possible: Possible::RangeAnd(number("0"), number("100"), vec![Value::NotApplicable]),
        needs: ids(&["c"]),
        approximate: false,
    };
    assert_eq!(outcome(&of("c * 10"), "{}", "x"), wide);
    let json = serde_json::to_string(&wide).unwrap();
    let expected = r#"{"status":"open","range":{"min":0,"max":100},"possible":[{"not_applicable":true}],"needs":["c"],"approximate":false}"#;
    assert_eq!(json, expected);
}

/// `N < 250 ? 0 : max(2, ceil(N / ratio))`, as a table and a formula that reads it.
fn guards() -> leidraad::Program {
    program(
        "  {}",
        "      - { id: n, ask: N?, type: integer, min: 0, max: 100000, sources: [s] }
      - { id: regels, ask: Regels?, type: boolean, sources: [s] }",
        "  telt:
    sources: [s]
    table: |
      n      || telt
      < 250  || 0
      >= 250 || 1
  bewakers: { sources: [s], formula: 'telt * max(2, ceiling(n / 250))' }
  inzet:
    sources: [s]
    table: |
      bewakers || inzet
      0        || geen
      [1..4]   || klein
      > 4      || groot
  samen:
    sources: [s]
    hit: first
    table: |
      n       | bewakers || samen
      < 100   | -        || los
      -       | > 4      || plan
      -       | -        || gewoon",
    )
}

#[test]
fn a_table_decides_within_a_formula() {
    let program = guards();
    for (n, value) in [(0, 0), (249, 0), (250, 2), (500, 2), (501, 3), (1000, 4), (1001, 5)] {
        assert_eq!(
            outcome(&program, &format!("{{ n: {n} }}"), "bewakers"),
            determined(&value.to_string()),
            "{n}"
        );
    }
    // never 1: the question is followed through the table and the formula at once
    let given = "{ n: { between: [200, 750] } }";
    assert_eq!(outcome(&program, given, "bewakers"), one_of(&["0", "2", "3"].map(number), &["n"]));
    assert_eq!(outcome(&program, "{}", "bewakers"), between("0", "400", &["n"]));
    let inzet = ["geen", "klein", "groot"].map(Value::from);
    assert_eq!(outcome(&program, "{}", "inzet"), one_of(&inzet, &["n"]));
    assert_eq!(outcome(&program, given, "inzet"), one_of(&inzet[..2], &["n"]));
    let known = outcome(&program, "{ n: { between: [300, 800] } }", "inzet");
    assert_eq!(known, Outcome::Determined(Value::from("klein")));
}

#[test]
fn reading_a_question_twice_is_exact() {
    let program = guards();
    // `samen` reads n by itself and within the formula, so its cells are searched case by case
    let found = outcome(&program, "{}", "samen");
    assert_eq!(found, one_of(&["los", "plan", "gewoon"].map(Value::from), &["n"]));
    let one = outcome(&program, "{ n: { between: [900, 1100] } }", "samen");
    assert_eq!(one, one_of(&["plan", "gewoon"].map(Value::from), &["n"]));
    // below 100 nothing else counts, and 4 guards are enough up to 1,000
    let below = outcome(&program, "{ n: { between: [0, 99] } }", "samen");
    assert_eq!(below, Outcome::Determined(Value::from("los")));
    let few = outcome(&program, "{ n: { between: [100, 1000] } }", "samen");
    assert_eq!(few, Outcome::Determined(Value::from("gewoon")));
}

#[test]
fn an_unset_parameter_leaves_it_unregulated_and_says_which() {
    let program = program(
        "  per: { title: Per, type: integer }",
        NUMBERS,
        "  x: { sources: [s], formula: ceiling(b * per), when: { a: '> 0' } }
  y: { sources: [s], formula: 'min(x, b)' }
  groot:
    sources: [s]
    hit: first
    table: |
      a    | x    || groot
      > 50 | -    || ja
      -    | > 10 || ja
      -    | -    || nee",
    );
    let silent = Outcome::Unregulated { missing: ids(&["per"]) };
    assert_eq!(outcome(&program, "{ a: 1, b: 2 }", "x"), silent);
    assert_eq!(outcome(&program, "{ a: 0, b: 2 }", "x"), Outcome::NotApplicable);
    let either = one_of(&[Value::NotApplicable, Value::Unregulated(ids(&["per"]))], &["a"]);
    assert_eq!(outcome(&program, "{ b: 2 }", "x"), either);
    // what reads it is silent only where it makes a difference
    assert_eq!(outcome(&program, "{ a: 60 }", "groot"), Outcome::Determined(Value::Bool(true)));
    assert_eq!(outcome(&program, "{ a: -1 }", "groot"), Outcome::Determined(Value::Bool(false)));
    assert_eq!(outcome(&program, "{ a: 20 }", "groot"), silent);
    assert_eq!(outcome(&program, "{ a: 1, b: 2 }", "y"), silent);
    assert_eq!(outcome(&program, "{ a: 0, b: 2 }", "y"), determined("2"));
}

#[test]
fn an_unset_parameter_makes_no_difference_to_what_does_not_apply() {
    let program = program(
        "  p: { title: P, type: integer }\n  w: { title: W, type: integer }",
        "      - { id: a, ask: A?, type: integer, min: 0, max: 100, not_applicable: true, sources: [s] }
      - { id: b, ask: B?, type: integer, min: 0, max: 100, not_applicable: true, sources: [s] }\n",
        "  x: { sources: [s], formula: a + p }
  y: { sources: [s], formula: b + w }
  most: { sources: [s], formula: 'max(x, y)' }
  class:
    sources: [s]
    hit: first
    table: |
      a     | most  || class
      > 90  | -     || large
      -     | > 50  || large
      -     | n.v.t. || none
      -     | -     || small",
    );
    let none = r#"{ "not_applicable": "none" }"#;
    let answers = |a: &str, b: &str| format!("{{ \"a\": {a}, \"b\": {b} }}");
    let silent = |names: &[&str]| Outcome::Unregulated { missing: ids(names) };
    for (a, b, x, most) in [
        (none, none, Outcome::NotApplicable, Outcome::NotApplicable),
        ("3", none, silent(&["p"]), silent(&["p"])),
        (none, "3", Outcome::NotApplicable, silent(&["w"])),
        ("3", "3", silent(&["p"]), silent(&["p", "w"])),
    ] {
        let said = answers(a, b);
        assert_eq!(outcome(&program, &said, "x"), x, "{said}");
        assert_eq!(outcome(&program, &said, "most"), most, "{said}");
    }
    assert_eq!(outcome(&program, &answers(none, none), "class"), Outcome::Determined(Value::from("none")));
    assert_eq!(outcome(&program, &answers(none, "3"), "class"), silent(&["w"]));
    assert_eq!(outcome(&program, &answers("95", "3"), "class"), Outcome::Determined(Value::from("large")));
    let either = one_of(&[Value::NotApplicable, Value::Unregulated(ids(&["p"]))], &["a"]);
    assert_eq!(outcome(&program, "{}", "x"), either);
}

#[test]
fn many_open_answers_are_exact() {
    let questions: String = ["p", "q", "r", "t"]
        .map(|id| {
            format!("      - {{ id: {id}, ask: {id}?, type: integer, min: 0, max: 100000, sources: [s] }}\n")
        })
        .concat();
    let program = program(
        "  {}",
        &questions,
        "  x: { sources: [s], formula: 'p * 7 - q * 7 + r * 14 - t * 14' }
  raak:
    sources: [s]
    table: |
      x   || raak
      < 7 || laag
      7   || zeven
      > 7 || hoog",
    );
    // 1 and three times 0 give 7
    let found = outcome(&program, "{}", "raak");
    assert_eq!(found, one_of(&["laag", "zeven", "hoog"].map(Value::from), &["p", "q", "r", "t"]));
    // 7 - 14 + 42 - 56
    assert_eq!(outcome(&program, "{ p: 1, q: 2, r: 3, t: 4 }", "x"), determined("-21"));
}
