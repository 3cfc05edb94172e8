//! A parameter that no layer sets and that is compared with two questions has one value all the same; an outcome that is
//! not set could be any value of its kind.

use leidraad::{Answers, Date, Outcome, Possible, Program, RuleSet, Value};

fn program() -> Program {
    let text = r#"{
      "leidraad": 1, "id": "voorbeeld/grens", "title": "Grens",
      "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
      "parameters": { "grens": { "title": "Grens", "type": "integer" } },
      "questions": [{ "section": "Feiten", "items": [
        { "id": "binnen", "ask": "Hoeveel binnen?", "type": "integer", "min": 0, "max": 100, "sources": ["s"] },
        { "id": "buiten", "ask": "Hoeveel buiten?", "type": "integer", "min": 0, "max": 100, "sources": ["s"] } ] }],
      "decisions": { "soort": { "outcome": true, "hit": "first", "sources": ["s"], "table": [
        "binnen   | buiten  || soort",
        ">= grens | < grens || alleen_binnen",
        "-        | -       || anders" ] } } }"#;
    RuleSet::from_text("grens.json", text).unwrap().on(Date::new(2026, 7, 4).unwrap()).unwrap()
}

fn outcome(answers: &str) -> Outcome {
    let assessment = program().evaluate(&Answers::from_json("a", answers).unwrap()).unwrap();
    assessment.decision("soort").unwrap().clone()
}

#[test]
fn one_value_lies_on_one_side() {
    // fewer inside than outside: no limit is reached inside and not outside
    let otherwise = Outcome::Determined(Value::from("anders"));
    assert_eq!(outcome(r#"{ "binnen": 7, "buiten": 8 }"#), otherwise);
    assert_eq!(outcome(r#"{ "binnen": 8, "buiten": 8 }"#), otherwise);
    assert_eq!(
        outcome(r#"{ "binnen": { "between": [3, 8] }, "buiten": { "between": [8, 20] } }"#),
        otherwise
    );
    // more inside: it depends on the limit
    let missing = Outcome::Unregulated { missing: vec!["grens".to_owned().into()] };
    assert_eq!(outcome(r#"{ "binnen": 9, "buiten": 8 }"#), missing);
}

#[test]
fn what_the_cells_do_not_tell_is_marked() {
    // whether fewer or more are inside is open, and decides whether the limit matters
    let Outcome::Open { possible: Possible::Values(values), needs, approximate } =
        outcome(r#"{ "binnen": { "between": [3, 12] }, "buiten": 8 }"#)
    else {
        panic!("open");
    };
    assert_eq!(values, [Value::from("anders"), Value::Unregulated(vec!["grens".to_owned().into()])]);
    assert_eq!(needs, ["binnen"]);
    assert!(approximate);
}

/// A rule set with an unset parameter `p`, a question `q` with the options a, b and c, and these decisions.
fn decisions(kind: &str, decisions: &str) -> Program {
    let text = format!(
        r#"{{
      "leidraad": 1, "id": "voorbeeld/los", "title": "Los",
      "sources": {{ "s": {{ "kind": "example", "title": "Voorbeeld" }} }},
      "parameters": {{ "p": {{ "title": "Parameter", "type": "{kind}" }} }},
      "questions": [{{ "section": "Feiten", "items": [
        {{ "id": "q", "ask": "Wat?", "type": "choice", "sources": ["s"],
          "options": {{ "a": {{ "label": "A" }}, "b": {{ "label": "B" }}, "c": {{ "label": "C" }} }} }} ] }}],
      "decisions": {{ {decisions} }} }}"#
    );
    RuleSet::from_text("los.json", &text).unwrap().on(Date::new(2026, 7, 4).unwrap()).unwrap()
}

/// What a decision comes to for an answer to `q`.
fn of(program: &Program, q: &str, decision: &str) -> Outcome {
    let answers = Answers::from_json("a", &format!(r#"{{ "q": "{q}" }}"#)).unwrap();
    program.evaluate(&answers).unwrap().decision(decision).unwrap().clone()
}

fn missing(name: &str) -> Outcome {
    Outcome::Unregulated { missing: vec![name.to_owned().into()] }
}

#[test]
fn an_unset_number_may_lie_beyond_those_of_other_rows() {
    let program = decisions(
        "integer",
        r#""maanden": { "sources": ["s"], "table": ["q || maanden", "a || 3", "b || 6", "c || p"] },
           "lang": { "sources": ["s"], "hit": "first", "table": ["maanden || lang", "> 6 || ja", "- || nee"] },
           "zeven": { "sources": ["s"], "hit": "first", "table": ["maanden || zeven", "7 || ja", "- || nee"] },
           "iets": { "sources": ["s"], "table": ["maanden || iets", "<= 6 || ja", "> 6 || ja"] },
           "dagen": { "sources": ["s"], "formula": "maanden * 30" },
           "veel": { "sources": ["s"], "hit": "first", "table": ["dagen || veel", "> 180 || ja", "- || nee"] },
           "punten": { "sources": ["s"], "points": ["maanden"] },
           "hoog": { "sources": ["s"], "hit": "first", "table": ["punten || hoog", "> 6 || ja", "- || nee"] }"#,
    );
    for decision in ["lang", "zeven", "veel", "hoog"] {
        assert_eq!(of(&program, "b", decision), Outcome::Determined(Value::Bool(false)), "{decision}");
        assert_eq!(of(&program, "c", decision), missing("p"), "{decision}");
    }
    // every number gives the same
    assert_eq!(of(&program, "c", "iets"), Outcome::Determined(Value::Bool(true)));
    assert_eq!(of(&program, "c", "punten"), missing("p"));
}

#[test]
fn nothing_but_what_is_unset() {
    let program = decisions(
        "integer",
        r#""maanden": { "sources": ["s"], "table": ["q || maanden", "- || p"] },
           "lang": { "sources": ["s"], "table": ["maanden || lang", "> 6 || ja", "<= 6 || nee"] }"#,
    );
    assert_eq!(of(&program, "a", "lang"), missing("p"));
}

#[test]
fn what_the_row_gives_beside_it_is_known() {
    let program = decisions(
        "integer",
        r#""sluiting": { "sources": ["s"], "table": [
             "q || soort | maanden | zwaarte", "a || waarschuwing | 0 | 1", "b || sluiting | p | 4", "c || sluiting | silent | 5"] },
           "punten": { "sources": ["s"], "points": ["sluiting.zwaarte"] },
           "dicht": { "sources": ["s"], "table": [
             "sluiting.soort || dicht", "waarschuwing || nee", "sluiting || ja"] },
           "lang": { "sources": ["s"], "table": ["sluiting.maanden || lang", "> 6 || ja", "<= 6 || nee"] }"#,
    );
    for (answer, points, name) in [("b", 4, "p"), ("c", 5, "sluiting")] {
        assert_eq!(of(&program, answer, "dicht"), Outcome::Determined(Value::Bool(true)));
        assert_eq!(of(&program, answer, "lang"), missing(name));
        assert_eq!(of(&program, answer, "punten"), Outcome::Determined(Value::Number(points.into())));
    }
}

#[test]
fn an_unset_row_may_come_first_by_priority() {
    let program = decisions(
        "text",
        r#""maatregel": { "sources": ["s"], "hit": "priority", "priority": ["sluiting", "dwangsom", "waarschuwing"],
             "table": ["q || maatregel", "a, b || p", "a || sluiting", "b || dwangsom", "- || waarschuwing"] }"#,
    );
    // nothing goes before the first of the list
    assert_eq!(of(&program, "a", "maatregel"), Outcome::Determined(Value::from("sluiting")));
    assert_eq!(of(&program, "b", "maatregel"), missing("p"));
    assert_eq!(of(&program, "c", "maatregel"), Outcome::Determined(Value::from("waarschuwing")));
}

#[test]
fn an_order_may_name_what_only_an_unset_row_could_give() {
    for (kind, priority, row) in
        [("integer", "4", "3"), ("text", "zwaar", "licht"), ("date", "2026-07-04", "2026-01-01")]
    {
        let program = decisions(
            kind,
            &format!(
                r#""d": {{ "sources": ["s"], "hit": "priority", "priority": ["{priority}", "{row}"], "table": ["q || d", "a || {row}", "- || p"] }}"#
            ),
        );
        assert_eq!(of(&program, "a", "d"), missing("p"), "{kind}");
    }
}

/// Also where nothing else is a date.
#[test]
fn an_unset_date_is_missing_by_its_name() {
    for hit in ["first", "priority"] {
        let program = decisions(
            "date",
            &format!(r#""d": {{ "sources": ["s"], "hit": "{hit}", "table": ["q || d", "- || p"] }}"#),
        );
        assert_eq!(of(&program, "a", "d"), missing("p"), "{hit}");
    }
}

/// Whatever `p` is, of the rows that fit and that the file does not order the first counts.
#[test]
fn an_unset_row_tells_nothing_of_the_order_of_others() {
    let program = decisions(
        "text",
        r#""maatregel": { "sources": ["s"], "hit": "priority",
             "table": ["q || maatregel", "a || p", "b || sluiting", "b || dwangsom", "c || dwangsom"] }"#,
    );
    assert_eq!(of(&program, "b", "maatregel"), Outcome::Determined(Value::from("sluiting")));
    assert_eq!(of(&program, "a", "maatregel"), missing("p"));
}

#[test]
fn a_formula_over_rows_that_leave_a_choice_keeps_what_is_unset() {
    let program = decisions(
        "integer",
        r#""d": { "sources": ["s"], "overlap": "possible", "table": ["q || d", "- || 1", "c || p"] },
           "meer": { "sources": ["s"], "formula": "d + 2" }"#,
    );
    assert_eq!(of(&program, "a", "meer"), Outcome::Determined(Value::Number(3.into())));
    let Outcome::Open { possible: Possible::Values(values), .. } = of(&program, "c", "meer") else {
        panic!()
    };
    assert_eq!(values, [Value::Number(3.into()), Value::Unregulated(vec!["p".to_owned().into()])]);
}

#[test]
fn one_parameter_in_several_places_is_one_value() {
    let program = decisions(
        "integer",
        r#""woning": { "sources": ["s"], "table": ["q || woning", "a || 3", "b || p", "c || p"] },
           "pand": { "sources": ["s"], "table": ["q || pand", "a || 9", "b || p", "c || silent"] },
           "eens": { "sources": ["s"], "hit": "first", "table": [
             "woning | pand || eens", "< 6 | < 6 || ja", ">= 6 | >= 6 || ja", "- | - || nee"] },
           "samen": { "sources": ["s"], "hit": "first", "table": [
             "woning | pand || samen", "< 6 | > 12 || ver", "< 3 | >= 5 || dichtbij", "- | - || gelijk"] },
           "anders": { "sources": ["s"], "hit": "first", "table": [
             "woning | pand || anders", "< 8 | > 6 || ja", "- | - || nee"] },
           "paar": { "sources": ["s"], "table": ["q || van | tot", "a || 1 | 2", "b || p | p", "c || p | 8"] },
           "omgekeerd": { "sources": ["s"], "hit": "first", "table": [
             "paar.van | paar.tot || omgekeerd", "> 5 | <= 5 || ja", "- | - || nee"] },
           "boven": { "sources": ["s"], "hit": "first", "table": [
             "paar.van | woning || boven", "> 5 | <= 5 || ja", "- | - || nee"] }"#,
    );
    // below 6 on both sides or on neither; never below 6 and above 12, nor below 3 and from 5
    assert_eq!(of(&program, "b", "eens"), Outcome::Determined(Value::Bool(true)));
    assert_eq!(of(&program, "b", "samen"), Outcome::Determined(Value::Text("gelijk".into())));
    // 7 lies between, 5 does not
    assert_eq!(of(&program, "b", "anders"), missing("p"));
    // what is silent beside it is something else
    let both = Outcome::Unregulated { missing: vec!["p".to_owned().into(), "pand".to_owned().into()] };
    assert_eq!(of(&program, "c", "eens"), both);
    // twice in one row, and in rows of two decisions
    assert_eq!(of(&program, "b", "omgekeerd"), Outcome::Determined(Value::Bool(false)));
    assert_eq!(of(&program, "c", "omgekeerd"), Outcome::Determined(Value::Bool(false)));
    assert_eq!(of(&program, "c", "boven"), Outcome::Determined(Value::Bool(false)));
}

#[test]
fn a_formula_reads_what_the_row_gives_beside_what_is_unset() {
    let program = decisions(
        "integer",
        r#""sluiting": { "sources": ["s"], "table": [
             "q || maanden | zwaarte", "a || 3 | 1", "b || p | 4", "c || silent | 5"] },
           "gewicht": { "sources": ["s"], "formula": "sluiting.zwaarte * 30" },
           "zwaar": { "sources": ["s"], "hit": "first", "table": ["gewicht || zwaar", "> 100 || ja", "- || nee"] },
           "dagen": { "sources": ["s"], "formula": "sluiting.maanden * 30" } "#,
    );
    let number = |n: i64| Outcome::Determined(Value::Number(n.into()));
    for (answer, weight, heavy) in [("a", 30, false), ("b", 120, true), ("c", 150, true)] {
        assert_eq!(of(&program, answer, "gewicht"), number(weight));
        assert_eq!(of(&program, answer, "zwaar"), Outcome::Determined(Value::Bool(heavy)));
    }
    assert_eq!(of(&program, "a", "dagen"), number(90));
    assert_eq!(of(&program, "b", "dagen"), missing("p"));
    assert_eq!(of(&program, "c", "dagen"), missing("sluiting"));
    let some = |answer: &str| {
        let answers = Answers::from_json("a", answer).unwrap();
        program.evaluate(&answers).unwrap().decision("gewicht").unwrap().clone()
    };
    let Outcome::Open { possible, approximate, needs, .. } = some("{}") else { panic!() };
    let numbers = |list: &[i64]| Possible::Values(list.iter().map(|n| Value::Number((*n).into())).collect());
    assert_eq!(possible, numbers(&[30, 120, 150]));
    assert!(!approximate);
    assert_eq!(needs, ["q"]);
    let Outcome::Open { possible, .. } = some(r#"{ "q": { "one_of": ["b", "c"] } }"#) else { panic!() };
    assert_eq!(possible, numbers(&[120, 150]));
}
