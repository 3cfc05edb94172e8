//! Rules side by side as people read them, and rules with formulas. The rows themselves are held against brute force in
//! `oracle::sides`.

mod counts;

use leidraad::compare::{Comparison, Scope, Side, Values, compare};
use leidraad::{Answers, Program};

use crate::support::{date, rules, snapshot};

fn program(text: &str) -> Program {
    rules(text).on(date("2026-09-01")).unwrap()
}

fn side_by_side(programs: &[Program], scope: &Scope) -> Comparison {
    let names = ["A", "B", "C", "D"];
    let sides = programs.iter().zip(names);
    let sides: Vec<Side<'_>> = sides.map(|(program, name)| Side { name: name.to_owned(), program }).collect();
    compare(&sides, scope)
}

const FENCE: &str = r#"
leidraad: 1
id: t/hek
title: Hek
sources:
  s: { kind: example, title: Voorbeeld }
parameters:
  laag: { title: Hoogte zonder vergunning, test_on: hoogte, value: "<= 1", sources: [s] }
questions:
  - section: Hek
    items:
      - { id: hoogte, ask: Hoe hoog?, type: integer, min: 0, max: 9, unit: m, sources: [s] }
      - { id: plaats, ask: Waar?, type: choice, options: { voor: { label: Voor }, zij: { label: Opzij }, achter: { label: Achter } }, sources: [s] }
      - { id: gevraagd, ask: Wanneer gevraagd?, type: date, sources: [s] }
decisions:
  vergunning:
    title: Is een vergunning nodig?
    outcome: true
    sources: [s]
    hit: first
    table: |
      hoogte | plaats || vergunning
      laag   | -      || nee
      -      | achter || nee
      -      | -      || ja
findings:
  monument: { text: Vraag de monumentencommissie., severity: attention, when: { plaats: voor }, sources: [s] }
steps:
  besluit:
    title: Besluiten
    actor: college
    when: { vergunning: ja }
    term: { from: gevraagd, length: 8 weeks, sources: [s] }
    sources: [s]
"#;

/// One of everything that can differ: outcomes, silence, a term, a finding, a value, a question.
fn fences() -> Vec<Program> {
    let other = FENCE
        .replace("\"<= 1\"", "\"<= 2\"")
        .replace("-      | achter || nee", "-      | achter || silent")
        .replace("8 weeks", "6 weeks")
        .replace("when: { plaats: voor }", "when: { plaats: [voor, zij] }")
        .replace("ask: Hoe hoog?", "ask: Hoe hoog wordt het hek?");
    vec![program(FENCE), program(&other)]
}

#[test]
fn a_comparison_reads_well() {
    let found = side_by_side(&fences(), &Scope::Outcomes);
    snapshot("compare", "fence_text", "the fence of tests/compare.rs", &found.to_string());
    snapshot("compare", "fence_markdown", "the fence of tests/compare.rs", &found.markdown(8));
}

/// By hand: at 2 m one says yes and the other no, unless behind the house; behind it above 2 m the other is silent.
#[test]
fn every_kind_of_difference_is_found() {
    let found = side_by_side(&fences(), &Scope::Outcomes);
    let texts: Vec<Vec<&str>> = found.decisions[0]
        .combinations
        .iter()
        .map(|c| c.outcomes.iter().map(|o| o.text.as_str()).collect())
        .collect();
    assert_eq!(texts, [["ja", "nee"], ["nee", "niet geregeld: Is een vergunning nodig?"]]);
    let rows = |c: usize| {
        let rows = &found.decisions[0].combinations[c].rows;
        rows.iter().map(|r| r.when.iter().map(|w| format!("{} {}", w.question, w.text)).collect::<Vec<_>>())
    };
    assert_eq!(rows(0).collect::<Vec<_>>(), [["hoogte 2 m", "plaats Voor of Opzij"]]);
    assert_eq!(rows(1).collect::<Vec<_>>(), [["hoogte 3 m of meer", "plaats Achter"]]);
    let fields = |parts: &[leidraad::compare::PartDifference]| -> Vec<String> {
        parts.iter().flat_map(|p| &p.fields).map(|f| f.field.clone()).collect()
    };
    assert_eq!(fields(&found.parameters), ["waarde"]);
    assert_eq!(fields(&found.steps), ["termijn"]);
    assert_eq!(fields(&found.questions), ["vraag"]);
    // the step is at issue where a permit is needed, which differs at 2 m and is not known where the rules are silent
    let step = found.steps[0].cases.as_ref().unwrap();
    assert_eq!(step.combinations.len(), 2);
    let finding = found.findings[0].cases.as_ref().unwrap();
    let row = &finding.combinations[0].rows[0];
    assert_eq!(row.when[0].values, [Values::Option("zij".to_owned())]);
}

#[test]
fn the_same_rules_have_no_difference() {
    for (name, program) in crate::support::programs() {
        let found = side_by_side(&[program.clone(), program], &Scope::All);
        assert!(found.is_same(), "{name}\n{found}");
        assert!(found.to_string().contains("Er is geen verschil."), "{name}");
    }
}

/// Dates in examples are those that people can picture: the first from the reference date on.
#[test]
fn examples_lie_near_the_reference_date() {
    let on = |part: &str| {
        FENCE.replace("hoogte | plaats ||", "hoogte | weekday(gevraagd) ||").replace("achter", part)
    };
    let found = side_by_side(&[program(&on("6")), program(&on("7"))], &Scope::Outcomes);
    // 1 September 2026 is a Tuesday
    let mut texts: Vec<&str> = found.decisions[0]
        .combinations
        .iter()
        .flat_map(|c| &c.rows)
        .flat_map(|r| &r.example)
        .filter(|c| c.question == "gevraagd")
        .map(|c| c.text.as_str())
        .collect();
    texts.sort_unstable();
    assert_eq!(texts, ["5 september 2026", "6 september 2026"]);
}

const HALL: &str = r#"
leidraad: 1
id: t/zaal
title: Zaal
sources:
  s: { kind: example, title: Voorbeeld }
parameters:
  norm: { title: Personen per toezichthouder, type: integer, value: 50, sources: [s] }
questions:
  - section: Zaal
    items:
      - { id: gasten, ask: Hoeveel gasten?, type: integer, min: 0, max: 200, sources: [s] }
      - { id: buiten, ask: Is het buiten?, type: boolean, sources: [s] }
decisions:
  toezicht:
    title: Hoeveel toezichthouders
    outcome: true
    sources: [s]
    formula: ceiling(gasten / norm)
    min: 0
    max: 200
  zwaar:
    title: Is extra overleg nodig?
    outcome: true
    sources: [s]
    hit: first
    table: |
      toezicht | buiten || zwaar
      > 2      | ja     || ja
      -        | -      || nee
"#;

#[test]
fn the_same_formula_is_the_same() {
    let found = side_by_side(&[program(HALL), program(HALL)], &Scope::Outcomes);
    assert!(found.is_same(), "{found}");
}

/// A formula with another figure is another formula wherever it applies; a case that no row describes comes to the same.
#[test]
fn no_difference_of_formulas_is_missed() {
    for changed in [HALL.replace("value: 50", "value: 40"), HALL.replace("> 2 ", "> 3 ")] {
        let programs = [program(HALL), program(&changed)];
        let found = side_by_side(&programs, &Scope::Outcomes);
        let mut differ = 0;
        for guests in 0..=200 {
            for outside in [true, false] {
                let answers = Answers::new().with("gasten", guests).with("buiten", outside);
                let [a, b] = [0, 1].map(|p: usize| programs[p].evaluate(&answers).unwrap());
                for id in ["toezicht", "zwaar"] {
                    if a.decision(id) == b.decision(id) {
                        continue;
                    }
                    differ += 1;
                    let difference = found.decisions.iter().find(|d| d.id == id).unwrap();
                    // the row may say more than can occur, but it says that it may
                    assert!(difference.approximate, "{found}");
                    let outside = if outside { "ja" } else { "nee" };
                    let holds = |row: &leidraad::compare::Row| {
                        row.when.iter().filter(|c| c.question == "buiten").all(|c| {
                            c.values.iter().any(|v| matches!(v, Values::Option(known) if known == outside))
                        })
                    };
                    assert!(difference.combinations.iter().flat_map(|c| &c.rows).any(holds), "{found}");
                }
            }
        }
        assert!(differ > 10, "{differ}");
    }
    let found =
        side_by_side(&[program(HALL), program(&HALL.replace("value: 50", "value: 40"))], &Scope::Outcomes);
    snapshot("compare", "formulas", "the hall of tests/compare.rs, with another norm", &found.to_string());
}

/// Five municipalities at once: the pairs are ranked, those that regulate and still differ first.
#[test]
fn several_authorities_are_ranked() {
    let rules = leidraad::catalog().rule_set("damocles/maatregel").unwrap();
    let codes: Vec<&str> = rules.authorities().collect();
    let programs: Vec<Program> =
        codes.iter().map(|code| rules.for_authority(code).unwrap().on(date("2026-09-01")).unwrap()).collect();
    let sides = codes.iter().zip(&programs);
    let sides: Vec<Side<'_>> =
        sides.map(|(code, program)| Side { name: (*code).to_owned(), program }).collect();
    let found = compare(&sides, &Scope::Outcomes);
    for difference in &found.decisions {
        let n = difference.present.iter().filter(|p| **p).count();
        assert_eq!(difference.pairs.len(), n * (n - 1) / 2);
        let ranks: Vec<(String, String)> =
            difference.pairs.iter().map(|p| (p.regulated.to_string(), p.share.to_string())).collect();
        let number = |text: &str| text.parse::<f64>().unwrap();
        let sorted = ranks
            .windows(2)
            .all(|two| (number(&two[0].0), number(&two[0].1)) >= (number(&two[1].0), number(&two[1].1)));
        assert!(sorted, "{ranks:?}");
    }
    snapshot("compare", "damocles_all", "damocles/maatregel, all authorities", &found.text(2));
}

/// In short what differs stands first, and lines fit.
#[test]
fn a_comparison_begins_with_what_it_comes_to() {
    let found = side_by_side(&fences(), &Scope::Outcomes);
    let text = found.text_within(3, 200);
    let start = "Hek (t/hek), op 1 september 2026\n\nDe uitkomst verschilt:\n  - Is een vergunning nodig? 33,3% anders, in 2 \
                 gevallen, waarvan 1 waarin de een het regelt en de ander niet\nOok anders: 1 waarde, 1 stap of termijn, 1 \
                 opmerking, 1 vraag.\n";
    assert!(text.starts_with(start), "{text}");
    for width in [60, 80] {
        let narrow = found.text_within(3, width);
        assert!(narrow.lines().all(|line| line.chars().count() <= width), "{narrow}");
    }
    // nothing is lost in a narrow window but what stands between
    let words = |text: &str| {
        let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let mut words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(words(&found.text_within(3, 60)), words(&text));
}

/// What each side makes of earlier offences is worked out exactly, also where no layer says how long they count; with the
/// same rules for them on both sides there is one count.
#[test]
fn counts_of_municipalities_are_exact() {
    let rules = leidraad::catalog().rule_set("damocles/maatregel").unwrap();
    let program = |code: &str| rules.for_authority(code).unwrap().on(date("2026-09-01")).unwrap();
    for codes in [["GM0000", "GM1883"], ["GM0938", "GM1883"]] {
        let found = side_by_side(&codes.map(program), &Scope::Outcomes);
        let measure = found.decisions.iter().find(|d| d.id == "maatregel").unwrap();
        assert!(measure.unsure.is_empty() && !measure.approximate, "{:?}", measure.unsure);
        assert!(measure.combinations.iter().flat_map(|c| &c.rows).all(|row| !row.example.is_empty()));
    }
}

/// As a program reads it.
#[test]
fn a_comparison_in_json() {
    let found = side_by_side(&fences(), &Scope::Outcomes);
    let json = serde_json::to_string_pretty(&found).unwrap();
    snapshot("compare", "fence_json", "the fence of tests/compare.rs", &json);
}
