//! The words of rows, parameters and partly known answers, written by hand beside what the source says.

use leidraad::explanation::{Need, Reasons};
use leidraad::{Explanation, Outcome};

use super::{FEAST, SCAN, shipped, with};
use crate::support::{answers, date, rules};

const HEAD: &str = "leidraad: 1
id: klein/woorden
title: Woorden
sources:
  gids: { kind: example, title: Voorbeeldgids, certainty: editorial }
  raad: { kind: example, title: Besluit van de raad, certainty: editorial }
parameters:
  grens: { title: Grens voor personen, test_on: n, value: \"<= 150\", sources: [raad] }
  vrij: { title: Geen grens, test_on: n, value: \"-\", sources: [raad] }
  niet_veel: { title: Grens q, test_on: n, value: \"not(> 950)\", sources: [raad] }
  hoogte: { title: Hoogte, test_on: h, value: \"<= 1.5\", sources: [raad] }
  aantal: { title: Aantal, value: 30, sources: [raad] }
  leeg: { title: Onbekende grens, test_on: n }
questions:
  - section: Feiten
    items:
      - { id: n, ask: \"Hoeveel?\", type: integer, min: 0, max: 2000, unit: personen, sources: [gids] }
      - { id: h, ask: \"Hoe hoog?\", type: decimal, step: 0.1, min: 0, max: 50, unit: m, sources: [gids] }
      - { id: tijd, ask: \"Hoe laat?\", type: time, sources: [gids] }
      - { id: dag, ask: \"Welke dag?\", type: date, sources: [gids] }
      - { id: soort, ask: \"Wat?\", type: choice, options: { a: { label: Appel, points: 0.25 }, b: { label: Bes, points: 2 } }, sources: [gids] }
decisions:
  score: { title: Som, sources: [gids], points: [soort] }
";

/// The first decision of these rules under these answers.
pub(super) fn explained(table: &str, given: &str) -> (Reasons, String) {
    let rows = table.lines().map(|line| format!("      {line}\n")).collect::<String>();
    let text =
        format!("{HEAD}  d:\n    title: Gevolg\n    sources: [gids]\n    hit: first\n    table: |\n{rows}");
    let program = rules(&text).on(date("2026-07-04")).unwrap();
    let mut explanation: Explanation = program.explain(&answers(given), Some("d")).unwrap();
    let text = explanation.to_string();
    (explanation.decisions.remove(0), text)
}

#[test]
fn a_row_keeps_the_word_and_the_figure_of_the_source() {
    for (input, test, words) in [
        ("n", "> 5", "n: meer dan 5 personen"),
        ("n", ">= 5", "n: minstens 5 personen"),
        ("n", "< 2", "n: minder dan 2 personen"),
        ("n", "<= 2", "n: hoogstens 2 personen"),
        ("n", ">= 1", "n: minstens 1 persoon"),
        ("n", "1", "n: 1 persoon"),
        ("n", "> 200", "n: meer dan 200 personen"),
        ("n", ">= 201", "n: minstens 201 personen"),
        ("n", "(6..9]", "n: meer dan 6, hoogstens 9 personen"),
        ("n", "[6..9)", "n: minstens 6, minder dan 9 personen"),
        ("n", "[6..9]", "n: van 6 tot en met 9 personen"),
        ("n", "not(<= 150)", "n: meer dan 150 personen"),
        ("n", "not((6..9])", "n: hoogstens 6 of meer dan 9 personen"),
        ("n", "not(7)", "n: niet 7 personen"),
        ("n", "grens", "n: hoogstens 150 personen"),
        ("n", "not(grens)", "n: meer dan 150 personen"),
        ("n", "> aantal", "n: meer dan 30 personen"),
        ("n", "leeg", "n: binnen «Onbekende grens» (niet bekend)"),
        ("n", "not(leeg)", "n: buiten «Onbekende grens» (niet bekend)"),
        ("n", "< 2, > 1000", "n: minder dan 2 personen of meer dan 1.000 personen"),
        ("h", "> 1.25", "h: meer dan 1,25 m"),
        ("h", "<= 1.5", "h: hoogstens 1,5 m"),
        ("tijd", "> 09:00", "tijd: na 09:00"),
        ("tijd", ">= 09:00", "tijd: vanaf 09:00"),
        ("tijd", "< 09:00", "tijd: voor 09:00"),
        ("tijd", "<= 09:00", "tijd: tot en met 09:00"),
        ("tijd", "(09:00..23:00)", "tijd: na 09:00, voor 23:00"),
        ("dag", "< 2026-01-01", "dag: voor 1 januari 2026"),
        ("dag", "> 2026-01-01", "dag: na 1 januari 2026"),
        ("dag", ">= 2026-01-01", "dag: vanaf 1 januari 2026"),
        ("dag", "<= 2025-12-31", "dag: tot en met 31 december 2025"),
        ("month(dag)", "> 5", "maand van dag: na mei"),
        ("soort", "not(a)", "soort: niet Appel"),
        ("score", "> 1.25", "Som: meer dan 1,25"),
        ("score", "<= 1.25", "Som: hoogstens 1,25"),
    ] {
        let (reasons, _) = explained(&format!("{input} || d\n{test} || past\n- || past_niet"), "{}");
        assert_eq!(reasons.rules[0].when[0].text, words, "{input} {test}");
        assert_eq!(reasons.rules[0].when[0].test, test);
    }
}

#[test]
fn a_condition_keeps_them_too() {
    for (condition, words) in [
        ("{ n: \"> 5\" }", "n: meer dan 5 personen"),
        ("{ not: { n: \"<= 150\" } }", "n: meer dan 150 personen"),
        ("{ not: { h: \"<= 2\" } }", "h: meer dan 2 m of niet van toepassing"),
        ("{ dag: \">= 2026-01-01\" }", "dag: vanaf 1 januari 2026"),
    ] {
        let head = HEAD.replace("max: 50, unit: m", "max: 50, unit: m, not_applicable: true");
        let asked = "      - { id: later, ask: \"Later?\", type: boolean, sources: [gids], when: ";
        let text = head.replace("decisions:\n", &format!("{asked}{condition} }}\ndecisions:\n"));
        let text = format!(
            "{text}  d:\n    title: Gevolg\n    sources: [gids]\n    table: |\n      later || d\n      ja || a\n      nee || b\n      n.v.t. || c\n"
        );
        let questions = rules(&text).on(date("2026-07-04")).unwrap().questionnaire();
        let later = questions.sections[0].items.iter().find(|item| item.id == "later").unwrap();
        assert_eq!(later.when.as_deref(), Some(&[vec![words.to_owned()]][..]), "{condition}");
    }
}

#[test]
fn a_parameter_is_in_words_and_cites_its_source() {
    for (input, name, written, words) in [
        ("n", "grens", "<= 150", "hoogstens 150 personen"),
        ("n", "niet_veel", "not(> 950)", "hoogstens 950 personen"),
        ("n", "vrij", "-", "geen grens"),
        ("h", "hoogte", "<= 1.5", "hoogstens 1,5 m"),
    ] {
        let (reasons, text) = explained(&format!("{input} || d\n{name} || past\n- || past_niet"), "{}");
        let [parameter] = reasons.parameters.as_slice() else { panic!("{:?}", reasons.parameters) };
        assert_eq!((parameter.value.as_str(), parameter.text.as_str()), (written, words));
        assert_eq!(parameter.sources[0].title, "Besluit van de raad");
        assert!(text.contains(&format!("{}: {words}\n", parameter.title)), "{text}");
    }
}

fn leaves(need: &Need) -> Vec<(&str, &str)> {
    need.leaves.iter().map(|l| (l.answer.as_str(), l.outcomes[0].as_str())).collect()
}

#[test]
fn a_partly_known_answer_is_shown_as_it_was_given() {
    let sizes = "n || d\n< 4 || klein\n[4..5] || middel\n- || groot";
    let used = |given: &str| explained(sizes, given).0.answers[0].answer.clone();
    assert_eq!(used("n: { between: [5, 6] }"), "tussen 5 en 6 personen, beide meegeteld");
    assert_eq!(used("n: { one_of: [5, 6, 7] }"), "5 personen, 6 personen of 7 personen");
    assert_eq!(used("n: null"), "weet ik niet");
    // known enough: the answer is still the one that was given
    let (reasons, text) = explained(sizes, "n: { between: [6, 8] }");
    assert!(matches!(reasons.outcome, Outcome::Determined(_)));
    assert!(text.contains("Hoeveel? tussen 6 en 8 personen, beide meegeteld"), "{text}");
    assert!(!text.contains("6 personen of meer"), "{text}");
    let hours = "tijd || d\n(09:00..23:00) || dag\n- || nacht";
    let (reasons, _) = explained(hours, "tijd: { between: [\"22:00\", \"22:30\"] }");
    assert_eq!(reasons.answers[0].answer, "tussen 22:00 en 22:30, beide meegeteld");
}

#[test]
fn what_a_question_leaves_stays_within_the_answer() {
    let sizes = "n || d\n< 4 || klein\n[4..5] || middel\n- || groot";
    let (reasons, _) = explained(sizes, "n: { between: [5, 6] }");
    assert_eq!(leaves(&reasons.needs[0]), [("5 personen", "middel"), ("6 personen", "groot")]);
    let (reasons, _) = explained(sizes, "n: { one_of: [2, 8, 9] }");
    assert_eq!(leaves(&reasons.needs[0]), [("2 personen", "klein"), ("8 personen of 9 personen", "groot")]);
    let hours = "tijd || d\n(09:00..23:00) || dag\n- || nacht";
    let (reasons, _) = explained(hours, "tijd: { between: [\"22:59\", \"23:30\"] }");
    assert_eq!(leaves(&reasons.needs[0]), [("22:59", "dag"), ("23:00 t/m 23:30", "nacht")]);
    let months = "month(dag) || d\n7 || zomer\n- || niet";
    let (reasons, _) = explained(months, "dag: { between: [\"2026-07-30\", \"2026-08-02\"] }");
    assert_eq!(leaves(&reasons.needs[0]), [("een dag in juli", "zomer"), ("een dag in augustus", "niet")]);
    let days = "day(dag) || d\n31 || laatste\n- || niet";
    let (reasons, _) = explained(days, "dag: { between: [\"2026-07-30\", \"2026-07-31\"] }");
    assert_eq!(
        leaves(&reasons.needs[0]),
        [("een dag zoals 30 juli 2026", "niet"), ("een dag zoals 31 juli 2026", "laatste")]
    );
}

const TOUR: &str = "openbaar: ja\nuitzondering: geen\nsoort: toertocht\nvoertuigen: 100\n";
const UNDECIDED: &str = "De bron laat hier meer dan één uitkomst open";

#[test]
fn an_outcome_that_the_source_leaves_open_says_so() {
    let melding = shipped("evenementen/melding GM1729");
    let explanation = melding.explain(&answers(TOUR), None).unwrap();
    let reasons = &explanation.decisions[0];
    assert!(reasons.source_undecided && reasons.needs.is_empty());
    let text = explanation.to_string().replace("\n  ", " ");
    assert!(text.contains(UNDECIDED), "{text}");
    // what a further answer decides, or what is determined, does not
    for given in [TOUR.replace("100", "99"), TOUR.replace("voertuigen: 100\n", ""), FEAST.to_owned()] {
        let explanation = melding.explain(&answers(&given), None).unwrap();
        assert!(!explanation.decisions[0].source_undecided, "{given}");
        assert!(!explanation.to_string().contains("overlappen"), "{given}");
    }
    // the score that reads the group of 2,000 is open for the same reason
    let scan = shipped("evenementen/risicoscan");
    let edge = answers(&with(SCAN, &[("aantal", "2000")]));
    assert!(scan.explain(&edge, Some("score")).unwrap().decisions[0].source_undecided);
    assert!(!scan.explain(&edge, Some("klasse")).unwrap().decisions[0].source_undecided);
}

#[test]
fn an_open_outcome_rests_only_on_what_can_still_hit() {
    let melding = shipped("evenementen/melding GM1729");
    let explanation = melding.explain(&answers(TOUR), None).unwrap();
    assert!(explanation.decisions[0].rests_on.is_empty(), "no row for a tour reads an earlier decision");
    let party = with(FEAST, &[("aantal", "-")]);
    let explanation = melding.explain(&answers(&party), None).unwrap();
    let rests_on: Vec<&str> = explanation.decisions[0].rests_on.iter().map(|r| r.decision.as_str()).collect();
    assert!(rests_on.contains(&"personen_past") && rests_on.contains(&"klein_evenement"), "{rests_on:?}");
}

#[test]
fn a_determined_outcome_rests_on_what_its_rows_test() {
    let rests_on = |hit: &str, rows: &str, given: &str| {
        let text = format!(
            "{HEAD}  groot: {{ title: Groot, sources: [gids], hit: first, table: \"n || groot\\n> 5 || ja\\n- || nee\" }}\n  d:\n    title: Gevolg\n    sources: [gids]\n    hit: {hit}\n    table: |\n      groot | soort || d\n{rows}"
        );
        let program = rules(&text).on(date("2026-07-04")).unwrap();
        let explanation = program.explain(&answers(given), Some("d")).unwrap();
        explanation.decisions[0].rests_on.iter().map(|r| r.decision.clone()).collect::<Vec<_>>()
    };
    let each = "      - | a || past\n      ja | b || past\n      nee | b || niet\n";
    assert!(rests_on("unique", each, "n: 3\nsoort: a\n").is_empty());
    assert_eq!(rests_on("unique", each, "n: 3\nsoort: b\n"), ["groot"]);
    // where the order counts, a row above that did not hit has a say
    let ordered = "      ja | b || past\n      - | - || niet\n";
    assert_eq!(rests_on("first", ordered, "n: 3\nsoort: b\n"), ["groot"]);
}

#[test]
fn of_many_outcomes_the_number() {
    let rows = |n: usize| (0..n).map(|i| format!("\n{i} || gevolg_{i}")).collect::<String>();
    let (reasons, _) = explained(&format!("n || d{}\n- || anders", rows(5)), "{}");
    assert!(reasons.text.starts_with("nog open: gevolg_0, gevolg_1"), "{}", reasons.text);
    let (reasons, _) = explained(&format!("n || d{}\n- || anders", rows(9)), "{}");
    assert_eq!(reasons.text, "nog open: 10 mogelijke uitkomsten");
}

#[test]
fn sources_that_repeat_are_numbered() {
    let (_, text) = explained("n || d\n< 4 || klein\ngrens || middel\n- || groot", "{}");
    assert_eq!(text.matches("Voorbeeldgids").count(), 1, "{text}");
    assert!(text.contains("bron: [1]\n") && text.contains("bron: [2]\n"), "{text}");
    assert!(
        text.contains("\nBronnen:\n  [1] Voorbeeldgids (keuze van de redactie)\n  [2] Besluit"),
        "{text}"
    );
    let (_, text) = explained("n || d\n< 4 || klein\n- || groot", "n: 1");
    assert!(text.contains("bron: Voorbeeldgids") && !text.contains("Bronnen:"), "{text}");
}

#[test]
fn what_is_missing_in_several_ways_is_one_outcome() {
    let melding = shipped("evenementen/melding GM1729");
    let given = "openbaar: ja\nuitzondering: geen\nsoort: straatfeest\n";
    let reasons = melding.explain(&answers(given), None).unwrap().decisions.remove(0);
    assert_eq!(reasons.text, "nog open: Melding, Vergunning of niet geregeld");
    assert!(reasons.missing.len() > 1, "{:?}", reasons.missing);
    let leaves = reasons.needs.iter().flat_map(|need| &need.leaves);
    assert!(leaves.flat_map(|l| &l.outcomes).all(|text| !text.contains("uitkomsten")));
}
