//! A session says what an evaluation that remembers nothing says, while a form is filled in and changed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use leidraad::questionnaire::QuestionItem;
use leidraad::{Answers, Program, QuestionStatus, Session};

use crate::support::{Chance, programs};

/// Some value of a question, as JSON; none of a list.
fn some_value(item: &QuestionItem, rng: &mut Chance) -> Option<String> {
    Some(match item.kind {
        "boolean" => (rng.below(2) == 0).to_string(),
        "choice" => format!("\"{}\"", rng.pick(&item.options).id),
        "integer" | "decimal" => rng.pick(&["0", "1", "2", "10", "60", "250", "2000"]).to_string(),
        "date" => format!("\"2026-{:02}-15\"", 1 + rng.below(12)),
        "time" => format!("\"{:02}:30\"", rng.below(24)),
        "text" => "\"tekst\"".to_owned(),
        _ => return None,
    })
}

/// Some answer to a question, as JSON: a value, part of what it may be, or that nobody knows.
fn some_answer(item: &QuestionItem, rng: &mut Chance) -> Option<String> {
    if item.kind == "list" {
        let field = |field: &QuestionItem, rng: &mut Chance| {
            some_value(field, rng).map(|value| format!("\"{}\":{value}", field.id))
        };
        let record = |rng: &mut Chance| {
            let fields: Vec<String> = item.fields.iter().filter_map(|f| field(f, rng)).collect();
            format!("{{{}}}", fields.join(","))
        };
        let records: Vec<String> = (0..rng.below(3)).map(|_| record(rng)).collect();
        return Some(format!("[{}]", records.join(",")));
    }
    let value = some_value(item, rng)?;
    Some(match rng.below(10) {
        0 => "null".to_owned(),
        1 => format!("{{\"one_of\":[{value},{}]}}", some_value(item, rng)?),
        2 => format!("{{\"between\":[{value},null]}}"),
        _ => value,
    })
}

/// Fills in a form in its order and then changes answers here and there; compares every step. Gives how many steps there
/// were.
fn fill(program: &Program, rng: &mut Chance) -> usize {
    let items: Vec<QuestionItem> =
        program.questionnaire().sections.into_iter().flat_map(|section| section.items).collect();
    let session = Session::new(program.clone());
    let mut answers = Answers::new();
    let mut steps = 0;
    for round in 0..3 {
        for item in &items {
            let assessment = session.evaluate(&answers).unwrap();
            let status = assessment.question(&item.id).map(|state| state.status);
            if status == Some(QuestionStatus::NotRelevant) || (round > 0 && rng.below(6) > 0) {
                continue;
            }
            let Some(answer) = some_answer(item, rng) else { continue };
            let mut changed = answers.clone();
            let given = Answers::from_json("a.json", &format!("{{\"{}\":{answer}}}", item.id)).unwrap();
            given.iter().for_each(|(id, answer)| changed.set(id, answer.clone()));
            let Ok(expected) = program.evaluate(&changed) else { continue }; // outside its domain
            assert_eq!(session.evaluate(&changed).unwrap(), expected, "{}", changed.to_json());
            (answers, steps) = (changed, steps + 1);
        }
    }
    steps
}

#[test]
fn every_shipped_rule_set_while_it_is_filled_in() {
    let mut rng = Chance(2_611);
    let mut steps = 0;
    for (name, program) in programs() {
        if !name.contains("GM") || name.contains("GM1729") || name.contains("GM0000") {
            steps += fill(&program, &mut rng);
        }
    }
    assert!(steps > 500, "{steps} steps: too few to mean something");
}

/// Beyond the limits a variable stands for any of the outcomes that are left, and how many those are differs from case to case.
#[test]
fn what_is_not_exact_in_one_case_does_not_count_in_the_next() {
    let mut rng = Chance(1_911);
    let questions = 18;
    let items: Vec<String> = (0..questions)
        .map(|q| format!(r#"{{ "id": "q{q}", "ask": "Vraag?", "type": "boolean", "sources": ["s"] }}"#))
        .collect();
    let mut table =
        vec![format!("{} || d", (0..questions).map(|q| format!("q{q}")).collect::<Vec<_>>().join(" | "))];
    for row in 0..questions {
        let cells: Vec<&str> = (0..questions).map(|q| if q == row { "ja" } else { "-" }).collect();
        table.push(format!("{} || uitkomst_{row}", cells.join(" | ")));
    }
    table.push(format!("{} || anders", vec!["-"; questions].join(" | ")));
    let text = format!(
        r#"{{ "leidraad": 1, "id": "x/y", "title": "Breed", "sources": {{ "s": {{ "kind": "example", "title": "Voorbeeld" }} }},
          "questions": [{{ "section": "Feiten", "items": [{}] }}],
          "decisions": {{ "d": {{ "outcome": true, "overlap": "possible", "sources": ["s"], "table": {table:?} }} }} }}"#,
        items.join(",")
    );
    let program = crate::support::rules(&text).on(crate::support::date("2026-07-04")).unwrap();
    let session = Session::new(program.clone());
    let mut inexact = 0;
    for _ in 0..60 {
        let mut answers = Answers::new();
        for q in 0..rng.below(5) {
            answers = answers.with(&format!("q{q}"), rng.below(2) == 0);
        }
        let expected = program.evaluate_json(&answers.to_json()).unwrap();
        inexact += usize::from(expected.contains("\"approximate\":true"));
        assert_eq!(session.evaluate_json(&answers.to_json()).unwrap(), expected);
    }
    assert!(inexact > 5, "{inexact} cases beyond the limits: too few to mean something");
}
