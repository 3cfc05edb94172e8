//! What stands in a document, on rules made for it: periods, hit policies, what is unset, hostile texts.

use super::{cells, links_and_places, tables_are_even};
use crate::support::{date, rules};
use leidraad::RuleSet;

const SHARED: &str = r#"
leidraad: 1
id: x/y
title: Voorbeeld
in_force: { from: 2020-01-01 }
sources:
  wet: { kind: law, title: Voorbeeldwet, jci: "jci1.3:c:BWBR0005537&artikel=4:15", certainty: verified }
  nota: { kind: policy_rule, title: Nota, publication: gmb-2019-17846, note: Alleen het begin is gelezen. }
parameters:
  grens: { title: Grens, test_on: aantal }
  duur:
    title: Duur
    type: text
    values:
      - { value: 2 weeks, in_force: { to: 2024-12-31 }, sources: [wet] }
      - { value: 6 weeks, in_force: { from: 2025-01-01 }, wording: binnen zes weken, sources: [{ id: wet, article: "4", certainty: secondary }] }
questions:
  - section: Feiten
    items:
      - { id: aantal, ask: Hoeveel?, type: integer, min: 0, max: 90000, unit: stuks, sources: [wet] }
      - { id: dag, ask: Op welke dag?, type: date, sources: [wet] }
      - { id: oud, ask: Was het oud?, type: boolean, in_force: { to: 2022-12-31 }, sources: [wet] }
      - id: lijst
        ask: Welke keren?
        type: list
        each: keer
        max: 9
        sources: [wet]
        fields: [{ id: wanneer, ask: Wanneer was dat?, type: date }]
decisions:
  soort:
    outcome: true
    hit: priority
    priority: [zwaar, licht]
    table: |
      aantal          || soort || bron      | vanaf      | tot
      grens           || licht || wet, nota | -          | 2023-12-31
      > 1500          || zwaar || wet       | 2024-01-01 | -
      -               || licht || wet       | 2024-01-01 | -
      not(grens)      || zwaar || wet       | -          | 2023-12-31
  keren:
    title: Hoeveel keren
    count: { of: lijst, on: wanneer, before: dag, within: 3 years, first_day: ja, last_day: nee }
    sources: [wet]
  uit:
    title: Wat nog
    table: |
      keren || uit    || bron
      < 2   || duur   || wet
      >= 2  || silent || nota
steps:
  besluit:
    title: Besluiten
    actor: Gemeente
    when: [{ soort: zwaar }, { aantal: "< 5" }]
    term: { from: dag, length: duur, statutory: false }
    sources: [wet]
  eerder:
    title: Eerder melden
    actor: Burger
    after: [besluit]
    term: { before: dag, length: 8 weeks, earliest: 16 weeks }
    sources: [wet]
"#;

const OWN: &str = r#"
leidraad: 1
overlay: x/y
authority: GM0001
title: Voorbeeld in X
in_force: { from: 2020-01-01 }
completeness: { partial: [de helft] }
parameters:
  grens: { value: "<= 1500", wording: niet meer dan, sources: [wet] }
decisions:
  uit:
    in_force: { to: 2021-12-31 }
    table: |
      keren || uit  || bron
      -     || niet || nota
"#;

fn text(authority: Option<&str>, on: &str) -> String {
    let rules = RuleSet::from_files(&[("shared.yaml", SHARED), ("own.yaml", OWN)]);
    rules.unwrap_or_else(|findings| panic!("{findings}")).policy_document(authority, date(on)).unwrap()
}

fn has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|found| found == *line), "`{line}` is not a line of\n{text}");
    }
}

#[test]
fn dated_parts_stand_there_with_their_periods() {
    let text = text(None, "2026-01-01");
    has(
        &text,
        &[
            "| Rij | [aantal](#vraag-aantal) | → Uitkomst | Geldt | Bron |",
            "| 1 | binnen «Grens» (niet bekend) | licht | tot en met 31 december 2023 | [wet](#bron-wet); [nota](#bron-nota) |",
            "| 2 | meer dan 1.500 stuks | zwaar | vanaf 1 januari 2024 | [wet](#bron-wet) |",
            "| 4 | buiten «Grens» (niet bekend) | zwaar | tot en met 31 december 2023 | [wet](#bron-wet) |",
            "Passen er meer rijen, dan telt de hoogste uitkomst. Van hoog naar laag: zwaar › licht.",
            "- Alleen gevraagd tot en met 31 december 2022",
            "- **2 weken**, tot en met 31 december 2024. Bron: [wet](#bron-wet).",
            "- **6 weken**, vanaf 1 januari 2025. In de bron: binnen zes weken. Bron: [wet](#bron-wet) art. 4 (uit tweede hand of verouderd).",
            "- **Niet ingevuld op de peildatum**: niet geladen; geen van de gebruikte regels zegt dit",
            "- Eigen regel of waarde in: [GM0001](#laag-GM0001)",
            "| 1 | minder dan 2 | 6 weken ([Duur](#waarde-duur)) | [wet](#bron-wet) |",
            "| 2 | minstens 2 | *geen uitkomst: de regels zeggen hier niets over* | [nota](#bron-nota) |",
            "Per keer wordt gevraagd (hoogstens 9 keer):",
        ],
    );
    assert!(text.contains(
        r"[jci1.3:c:BWBR0005537\&artikel=4:15](https://wetten.overheid.nl/jci1.3:c:BWBR0005537&artikel=4:15)"
    ));
    assert!(text.contains("[gmb-2019-17846](https://zoek.officielebekendmakingen.nl/gmb-2019-17846.html)"));
    assert!(
        text.contains("Telt uit de lijst [Welke keren?](#vraag-lijst): «Wanneer was dat?» binnen 3 jaar voor «Op welke dag?»"),
        "{text}"
    );
}

#[test]
fn terms_stand_there_in_words() {
    has(
        &text(None, "2026-01-01"),
        &[
            "- Termijn: uiterlijk 6 weken ([Duur](#waarde-duur)) na de dag bij [«Op welke dag?»](#vraag-dag)",
            "- De laatste dag schuift niet op bij een weekend of feestdag",
            "- Termijn: uiterlijk 8 weken voor de dag bij [«Op welke dag?»](#vraag-dag), en niet eerder dan 16 weken ervoor",
            "- Alleen bij, als minstens één hiervan klopt:",
            "  - [soort](#beslissing-soort): zwaar",
            "  - [aantal](#vraag-aantal): minder dan 5 stuks",
            "- Na (gedaan, overgeslagen of niet aan de orde): [Besluiten](#stap-besluit)",
        ],
    );
    // on another day another length
    has(
        &text(None, "2024-01-01"),
        &["- Termijn: uiterlijk 2 weken ([Duur](#waarde-duur)) na de dag bij [«Op welke dag?»](#vraag-dag)"],
    );
}

#[test]
fn a_layer_fills_in_and_gives_way_where_it_does_not_apply() {
    let now = text(Some("GM0001"), "2026-01-01");
    has(
        &now,
        &[
            "# Voorbeeld in X (GM0001)",
            "| 1 | hoogstens 1.500 stuks | licht | tot en met 31 december 2023 | [wet](#bron-wet); [nota](#bron-nota) |",
            "| 4 | meer dan 1.500 stuks | zwaar | tot en met 31 december 2023 | [wet](#bron-wet) |",
            "- **hoogstens 1.500 stuks**. In de bron: niet meer dan. Bron: [wet](#bron-wet). Uit de laag «Voorbeeld in X».",
            "`uit` regelt «Voorbeeld in X» alleen tot en met 31 december 2021 zelf. Dat staat niet in dit document: op de peildatum geldt wat de laag eronder zegt.",
            "**Dit ontbreekt volgens de laag «Voorbeeld in X» zelf:**",
            "- de helft",
            "| 1 | minder dan 2 | 6 weken ([Duur](#waarde-duur)) | [wet](#bron-wet) |",
        ],
    );
    assert!(!now.contains("(niet bekend)"), "the layer sets it");
    // in its period the table of the layer stands there instead
    let before = text(Some("GM0001"), "2021-06-01");
    has(&before, &["| 1 | – | niet | [nota](#bron-nota) |", "- Geldt alleen tot en met 31 december 2021"]);
    assert!(!before.contains("| 2 | minstens 2 |"), "{before}");
}

#[test]
fn hit_policies_are_explained() {
    let with = |hit: &str, rows: &str| {
        let text = format!(
            "leidraad: 1\nid: x/y\ntitle: T\nsources: {{ s: {{ kind: example, title: S }} }}\nquestions:\n  - section: Q\n    items:\n      - {{ id: a, ask: A?, type: integer, min: 0, max: 9, sources: [s] }}\n      - {{ id: b, ask: B?, type: boolean, sources: [s] }}\ndecisions:\n  d:\n    outcome: true\n    sources: [s]\n    {hit}\n    table: |\n      a | b || d\n{rows}"
        );
        rules(&text).policy_document(None, date("2026-01-01")).unwrap()
    };
    let all = "      < 5 | - || x\n      >= 5 | - || y\n";
    let wide = "      <= 5 | - || x\n      >= 5 | - || y\n";
    for (hit, rows, words) in [
        ("hit: unique", all, "Voor elk geval past hoogstens één rij."),
        ("hit: any", all, "Er kunnen meer rijen passen; die geven dan dezelfde uitkomst."),
        ("hit: first", wide, "De bovenste rij die past, telt."),
        (
            "hit: collect",
            wide,
            "Alle rijen die passen, tellen: de uitkomst is een lijst. Past er geen, dan is de lijst leeg.",
        ),
        (
            "overlap: possible",
            wide,
            "Voor elk geval past één rij, behalve waar de bron zelf overlapt: dan zijn de uitkomsten van al die rijen mogelijk.",
        ),
    ] {
        has(&with(hit, rows), &[words]);
    }
}

/// Many inputs stand below each other, few in columns; a hundred rows stay a table.
#[test]
fn wide_and_long_tables_stay_readable() {
    let mut rule = String::from(
        "leidraad: 1\nid: x/y\ntitle: T\nsources: { s: { kind: example, title: S } }\nquestions:\n  - section: Q\n    items:\n",
    );
    for q in 0..5 {
        rule.push_str(&format!(
            "      - {{ id: q{q}, ask: Q{q}?, type: integer, min: 0, max: 200, sources: [s] }}\n"
        ));
    }
    rule.push_str("decisions:\n  d:\n    sources: [s]\n    hit: first\n    table: |\n      q0 | q1 | q2 | q3 | q4 || d\n");
    for n in 0..150 {
        rule.push_str(&format!("      {n} | - | - | < 7 | - || u{n}\n"));
    }
    rule.push_str("      - | - | - | - | - || rest\n");
    let text = rules(&rule).policy_document(None, date("2026-01-01")).unwrap();
    has(
        &text,
        &[
            "| Rij | Als | → Uitkomst |",
            "| 150 | q0: 149<br>**en** q3: minder dan 7 | u149 |",
            "| 151 | in alle andere gevallen | rest |",
        ],
    );
}

#[test]
fn hostile_texts_stay_texts() {
    let hostile = "<script>alert(1)</script> **x** | `a` [b](javascript:c) &amp; \u{202e} end ``` # kop";
    let lines = format!("{hostile}\n# kop\n1. een\n- twee\n```\nzo");
    let label = format!("{hostile}\"]; click b0 call x()");
    // a cell of a table holds no bar
    let cell = hostile.replace('|', "");
    let text = serde_json::json!({
        "leidraad": 1, "id": "x/y", "title": hostile, "description": lines,
        "sources": { "s": {
            "kind": hostile, "title": hostile, "url": "javascript:alert(1)", "bwb": "BWBR1)x", "note": hostile
        } },
        "questions": [{ "section": hostile, "items": [{
            "id": "a", "ask": hostile, "help": lines, "type": "choice", "sources": ["s"],
            "options": { "een": { "label": hostile }, "twee": { "label": "Twee" } }
        }] }],
        "decisions": {
            "d": { "title": label, "sources": ["s"], "outcome": true,
                "table": ["a || d || woorden", format!("een || x || {cell}"), "twee || y || -"] },
            "e": { "sources": ["s"], "table": ["d || e", "x || z", "y || w"] }
        }
    });
    let rules =
        RuleSet::from_text("x.json", &text.to_string()).unwrap_or_else(|findings| panic!("{findings}"));
    let out = rules.policy_document(None, date("2026-01-01")).unwrap();
    // a picture is no text; its labels have an escape of their own
    let fenced = |parity| out.split("\n```").skip(parity).step_by(2).collect::<String>();
    let (outside, picture) = (fenced(0), fenced(1));
    assert!(!picture.contains("<script") && picture.contains("#lt;script#gt;"), "{picture}");
    assert!(!picture.contains("\"];"), "{picture}");
    for raw in ["<script", "](javascript", "\u{202e}", " **x** "] {
        let escaped = outside.replace(r"\<script", "").replace(r"\](javascript", "");
        assert!(!escaped.contains(raw), "`{raw}` stands in\n{out}");
    }
    assert!(outside.contains("\\<script\\>alert(1)\\</script\\>"), "{out}");
    let headings: Vec<&str> = out.lines().filter(|line| line.starts_with('#')).collect();
    assert!(!headings.contains(&"# kop"), "{headings:?}");
    assert_eq!(out.matches("```mermaid\n").count(), 1);
    assert_eq!(out.lines().filter(|line| line.starts_with("```")).count(), 2, "{out}");
    assert!(tables_are_even("hostile", &out) > 4);
    let (links, places) = links_and_places(&out);
    assert!(links.iter().all(|link| places.contains(link)), "{links:?} {places:?}");
    assert_eq!(cells("| a \\| b | c |"), ["a \\| b", "c"]);
}
