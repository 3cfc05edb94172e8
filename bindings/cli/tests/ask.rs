//! The guided checklist in plain lines.

use crate::run::{Folder, Ran, fixture, folder, with_input};

/// A dialogue about the example of the contract.
fn dialogue(folder: &Folder, more: &[&str], lines: &str) -> Ran {
    let arguments = [&["ask", "m.yaml", "--on", "2026-07-04"][..], more].concat();
    with_input(&arguments, lines.as_bytes(), folder.path())
}

fn place() -> Folder {
    folder(&[("m.yaml", &fixture("maatregel.yaml"))])
}

#[test]
fn from_the_first_question_to_the_explanation() {
    let said = dialogue(&place(), &[], "6\nwoning\n0\n1\n").ok();
    insta::assert_snapshot!(said.split("Voorbeeld · peildatum").next().unwrap());
    assert!(said.contains("De uitkomst staat vast. Er staan nog 2 vragen open"), "{said}");
    assert!(said.contains("Voorbeeldbeleid"), "the explanation names the source: {said}");
    assert!(said.contains("U beslist"), "{said}");
    assert!(!said.contains('\u{1b}'), "no escape codes in plain lines");
}

#[test]
fn dutch_notation_is_understood_and_echoed() {
    let said = dialogue(&place(), &[], "0,5\nterug\n1.000\nterug\ntussen 5 en 50,0\nstop\n").ok();
    for part in ["→ 0,5 g", "→ 1.000 g", "(nu: 1.000 g)", "→ van 5 tot en met 50 g"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_does_not_fit_is_explained_and_asked_again() {
    let said = dialogue(&place(), &[], "veel\n1.001\n0,05\n\nnvt\n5\nschuur\nlokaal\n").ok();
    for part in [
        "Kies een nummer van 1 tot en met 2",
        "Dat begrijp ik niet. Geef een getal van 0 tot en met 1.000, in stappen van 0,1.",
        "Dat antwoord past niet. Geef een getal van 0 tot en met 1.000",
        "Geef een antwoord, of typ `weet niet`",
        "Bij deze vraag kan `niet van toepassing` niet",
        "→ 5 g",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn unknown_answers_keep_the_outcome_open_to_the_end() {
    let said = dialogue(&place(), &[], "w\nwoning\n0\nj\nonbekend\n1\n").ok();
    assert!(said.contains("Alle vragen zijn langs geweest; de uitkomst blijft open."), "{said}");
    assert!(said.contains("nog mogelijk:"), "{said}");
}

#[test]
fn help_gives_sources() {
    let said = dialogue(&place(), &[], "6\n?\n").ok();
    assert!(said.contains("Bron: Voorbeeldbeleid"), "{said}");
    assert!(said.contains("typ dan `1 of 2`"), "{said}");
}

#[test]
fn answers_are_saved_after_every_reply_and_resumed() {
    let place = place();
    let saved = || std::fs::read_to_string(place.path().join("case.json")).unwrap();
    let first = dialogue(&place, &["--save", "case.json"], "minstens 60\nlokaal\n").ok();
    assert!(first.contains("Uw antwoorden staan in case.json."), "{first}");
    let expected: serde_json::Value =
        serde_json::json!({ "gram": { "between": [60, null] }, "object": "lokaal" });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&saved()).unwrap(), expected);

    let second = dialogue(&place, &["--save", "case.json"], "3\n1\n").ok();
    assert!(second.contains("Uw eerdere antwoorden zijn ingelezen."), "{second}");
    assert!(second.contains("De uitkomst staat vast."), "{second}");
    assert!(saved().contains("\"eerder\": 3"), "{}", saved());
    let evaluated = with_input(
        &["evaluate", "m.yaml", "--on", "2026-07-04", "--answers", "case.json", "--format", "json"],
        b"",
        place.path(),
    );
    let value = &evaluated.json()["decisions"]["maatregel"]["value"];
    assert_eq!(*value, serde_json::json!({ "maatregel": "sluiting", "maanden": 12 }));
    let entries = std::fs::read_dir(place.path()).unwrap().count();
    assert_eq!(entries, 2, "no temporary files stay behind");
}

#[test]
fn an_answer_can_be_changed_at_the_end() {
    let said = dialogue(&place(), &[], "6\nwoning\n0\n2\n1\n4,5\n1\n").ok();
    assert!(said.contains("Welk van de 3 antwoorden?"), "{said}");
    assert!(said.contains("Maatregel: geen"), "{said}");
}

#[test]
fn rule_set_and_municipality_are_chosen_from_a_list() {
    let place = folder(&[]);
    let said = with_input(&["ask"], b"melding\nGM1729\n", place.path()).ok();
    assert!(
        said.contains("Welke checklist wilt u invullen?") && said.contains("Voor welke gemeente?"),
        "{said}"
    );
    assert!(said.contains("Gulpen-Wittem") && said.contains("Gestopt."), "{said}");
}

#[test]
fn a_checklist_that_counts_goes_on_to_its_counts() {
    // three answers settle the outcome; the norms still have to be judged
    let replies = ["1\n1\n1\n", "1\n\n\n\n\n\n", &"1\n".repeat(122)].concat();
    let arguments = ["ask", "limburgse-norm/zelfevaluatie", "--on", "2026-07-04"];
    let said = with_input(&arguments, replies.as_bytes(), place().path()).ok();
    for part in [
        // a section is introduced once, and a judgement shows what the facts suggest
        "Gesprekken en deskstudie\n  Doe dit voordat u de normen beoordeelt.",
        "hoe staat het ermee? (voorstel: Uitgevoerd)",
        // after the explanation: remarks, steps and counts
        "Opmerkingen:",
        "Gesprekken voeren met sleutelfiguren (de organisatie): kan nu",
        "3. Veilige publieke taak: 5 uitgevoerd",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
