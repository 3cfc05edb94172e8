//! What a change of rules means for cases, held against evaluating every case by both programs.

use std::collections::{BTreeMap, BTreeSet};

use leidraad::compare::Scope;
use leidraad::impact::{CaseStatus, Impact, ImpactReport, Lines};
use leidraad::limits::MAX_CASE_LINE;
use leidraad::{Answers, Assessment, Outcome, Program};

use crate::support::{Chance, case_files, date, rules, snapshot};

const TABLE: &str = include_str!("../benches/sanctie.yaml");

fn program(text: &str) -> Program {
    rules(text).on(date("2026-09-01")).unwrap()
}

/// The table, and what it becomes: milder for a first time, silent in one place, and with another border.
fn change() -> [Program; 2] {
    let new = TABLE
        .replace(
            "woning | soft   | > 30  | 0      || sluiting     | 1 ",
            "woning | soft   | > 30  | 0      || waarschuwing | 0 ",
        )
        .replace(
            "lokaal | soft   | > 5   | 0      || sluiting     | 4 ",
            "lokaal | soft   | > 5   | 0      || silent       | silent ",
        )
        .replace("> 0.5", "> 0.6");
    [program(TABLE), program(&new)]
}

/// The cases of the table, also with answers that are not given, unknown, or known in part.
fn cases() -> Vec<String> {
    let mut list = Vec::new();
    for object in [r#""object":"woning","#, r#""object":"lokaal","#, "", r#""object":null,"#] {
        for substance in [r#""middel":"soft","#, r#""middel":"hard","#, r#""middel":{"one_of":["soft"]},"#] {
            for gram in ["0.2", "0.5", "0.6", "5", "5.1", "30.1", "null", r#"{"between":[0,4]}"#] {
                for earlier in [r#""eerder":0"#, r#""eerder":1"#, r#""eerder":2"#, r#""eerder":{"value":3}"#]
                {
                    list.push(format!(r#"{{{object}{substance}"gram":{gram},{earlier}}}"#));
                }
            }
        }
    }
    list
}

fn counted(impact: &Impact<'_>, lines: &[String]) -> ImpactReport {
    let mut counter = impact.counter();
    for (number, line) in (1..).zip(lines) {
        let _ = counter.add(number, line);
    }
    impact.report(counter)
}

/// An outcome in the words of this test, of an assessment where the program takes the answers.
fn naive(assessment: Option<&Assessment>, id: &str) -> (CaseStatus, Option<String>) {
    let Some(assessment) = assessment else { return (CaseStatus::Refused, None) };
    match assessment.decision(id) {
        None => (CaseStatus::Absent, None),
        Some(Outcome::Determined(value)) => (CaseStatus::Determined, Some(value.to_string())),
        Some(Outcome::Open { .. }) => (CaseStatus::Open, None),
        Some(Outcome::NotApplicable) => (CaseStatus::NotApplicable, None),
        _ => (CaseStatus::Unregulated, None),
    }
}

/// Holds the counts against evaluating each case twice: per pair of statuses, and of determined outcomes their values.
fn hold(programs: [&Program; 2], lines: &[String], report: &ImpactReport, name: &str) {
    type Key = (CaseStatus, CaseStatus, Option<String>, Option<String>);
    let read = lines.iter().filter_map(|line| Answers::from_json("case", line).ok());
    let asked = programs.map(|program| {
        let sections = program.questionnaire().sections;
        sections.into_iter().flat_map(|s| s.items).map(|item| item.id).collect::<BTreeSet<String>>()
    });
    // what only the other side asks for is left out
    let judge = |answers: &Answers, side: usize| {
        let mut own = answers.clone();
        for (id, _) in answers.iter().filter(|(id, _)| !asked[side].contains(*id)) {
            if asked[1 - side].contains(id) {
                own.remove(id);
            }
        }
        programs[side].evaluate(&own).ok()
    };
    let judged: Vec<[Option<Assessment>; 2]> = read
        .map(|answers| [judge(&answers, 0), judge(&answers, 1)])
        .filter(|both| both.iter().any(Option::is_some))
        .collect();
    let total = judged.len() as u64;
    assert_eq!(report.cases, total, "{name}");
    for decision in &report.decisions {
        let mut expected: BTreeMap<Key, u64> = BTreeMap::new();
        for [from, to] in &judged {
            let (from, to) = (naive(from.as_ref(), &decision.id), naive(to.as_ref(), &decision.id));
            *expected.entry((from.0, to.0, from.1, to.1)).or_default() += 1;
        }
        let mut found: BTreeMap<Key, u64> = BTreeMap::new();
        for of in &decision.moves {
            let value = |said: &leidraad::impact::CaseOutcome| said.value.as_ref().map(ToString::to_string);
            *found.entry((of.from.status, of.to.status, value(&of.from), value(&of.to))).or_default() +=
                of.cases;
        }
        assert_eq!(found, expected, "{name}, {}", decision.id);
        assert_eq!(decision.same + decision.changed, total, "{name}");
    }
}

/// As a program reads it: a case of each kind, one that stays the same and a line that is none.
#[test]
fn an_impact_in_json() {
    let [old, new] = change();
    let lines = [
        r#"{"object":"woning","middel":"soft","gram":30.1,"eerder":0}"#,
        r#"{"object":"lokaal","middel":"soft","gram":5.1,"eerder":0}"#,
        r#"{"object":"woning","middel":"hard","gram":0.6,"eerder":0}"#,
        r#"{"middel":"soft","gram":30.1,"eerder":0}"#,
        r#"{"object":"woning","middel":"hard","gram":5,"eerder":1}"#,
        r#"{"object":"schuur","middel":"hard","gram":5,"eerder":1}"#,
        "{ half",
    ]
    .map(str::to_owned);
    let impact = Impact::new(&old, &new, &Scope::Outcomes);
    let report = counted(&impact, &lines);
    let json = serde_json::to_string_pretty(&report).unwrap();
    snapshot("impact", "json", "the table of benches/sanctie.yaml, changed", &json);
}

#[test]
fn counts_are_those_of_evaluating_every_case() {
    let [from, to] = change();
    let impact = Impact::new(&from, &to, &Scope::Outcomes);
    let lines = cases();
    let report = counted(&impact, &lines);
    hold([&from, &to], &lines, &report, "sanctie");
    assert_eq!(report.refused.lines, 0);
    let decision = &report.decisions[0];
    assert!(decision.silenced > 0 && decision.changed > decision.silenced && decision.same > 0);
    // an example is a line whose case really goes that way
    for of in decision.moves.iter().filter(|m| m.to.status == CaseStatus::Determined) {
        for line in &of.examples {
            let answers = Answers::from_json("case", &lines[usize::try_from(*line).unwrap() - 1]).unwrap();
            let expected = (CaseStatus::Determined, of.to.value.as_ref().map(ToString::to_string));
            assert_eq!(naive(to.evaluate(&answers).ok().as_ref(), &decision.id), expected);
        }
    }
}

/// Whoever counts what, and in whatever order it is added up, the report is the same.
#[test]
fn threads_make_no_difference() {
    let [from, to] = change();
    let impact = Impact::new(&from, &to, &Scope::Outcomes);
    let mut lines = cases();
    lines.insert(7, "{}}".to_owned());
    lines.insert(99, r#"{"onbekend": 1}"#.to_owned());
    let whole = counted(&impact, &lines);
    let mut rng = Chance(1);
    for _ in 0..5 {
        let mut counters: Vec<_> = (0..3).map(|_| impact.counter()).collect();
        for (number, line) in (1..).zip(&lines) {
            let _ = counters[rng.below(3)].add(number, line);
        }
        let mut sum = impact.counter();
        counters.reverse();
        counters.into_iter().for_each(|counter| sum.merge(counter));
        assert_eq!(impact.report(sum), whole);
    }
}

#[test]
fn lines_that_are_no_case_are_named_and_the_rest_counts() {
    let [from, to] = change();
    let impact = Impact::new(&from, &to, &Scope::Outcomes);
    let long = format!(r#"{{"eerder": 1{}}}"#, " ".repeat(MAX_CASE_LINE));
    let lines = [
        r#"{"gram": 1}"#,
        "",
        "   ",
        "nope",
        "[]",
        r#"{"gram": 1} {"gram": 2}"#,
        r#"{"onbekend": 1}"#,
        r#"{"gram": -1}"#,
        r#"{"gram": "veel"}"#,
        r#"{"gram": 1, "gram": 2}"#,
        long.as_str(),
        r#"{"gram": 2}"#,
        "null",
    ];
    let mut counter = impact.counter();
    let mut refused: Vec<(u64, String)> = Vec::new();
    for (number, line) in (1..).zip(lines) {
        if let Err(line) = counter.add(number, line) {
            refused.push((line.line, line.why));
        }
    }
    let numbers: Vec<u64> = refused.iter().map(|(line, _)| *line).collect();
    assert_eq!(numbers, [4, 5, 6, 7, 8, 9, 10, 11, 13]);
    assert!(refused.iter().all(|(_, why)| !why.is_empty()), "{refused:?}");
    let report = impact.report(counter);
    assert_eq!((report.cases, report.refused.lines, report.refused.examples.len()), (2, 9, 5));
    assert_eq!(report.refused.examples[2].why, "this is not JSON: expected the end of the line");
    assert_eq!(report.refused.examples[3].why, "`onbekend` is not a question of these rules");
}

/// What only one side asks or takes is no mistake: the other side judges the case without it, or says that it cannot.
#[test]
fn questions_of_one_side() {
    let new = TABLE
        .replace("eerder, ask", "vaker, ask")
        .replace("gram  | eerder", "gram  | vaker ")
        .replace("max: 1000", "max: 100");
    let (from, to) = (program(TABLE), program(&new));
    let impact = Impact::new(&from, &to, &Scope::Outcomes);
    let lines: Vec<String> = [
        r#"{"object":"woning","middel":"soft","gram":6,"eerder":1}"#,
        r#"{"object":"woning","middel":"soft","gram":6,"vaker":1}"#,
        r#"{"object":"woning","middel":"soft","gram":6,"eerder":1,"vaker":1}"#,
        r#"{"object":"woning","middel":"soft","gram":500,"eerder":1}"#,
    ]
    .map(str::to_owned)
    .to_vec();
    let report = counted(&impact, &lines);
    assert_eq!((report.cases, report.refused.lines), (4, 0));
    let decision = &report.decisions[0];
    assert_eq!((decision.same, decision.changed, decision.opened), (1, 3, 1));
    let refused = decision.moves.iter().find(|m| m.to.status == CaseStatus::Refused).unwrap();
    assert_eq!(refused.examples, [4]);
}

/// More combinations of answers than are kept at a time: 17 questions, of which the first alone decides.
#[test]
fn more_combinations_than_are_kept() {
    let question = |q: usize| format!("      - {{ id: q{q}, ask: Ja?, type: boolean, sources: [s] }}\n");
    let rules = |yes: &str, no: &str| {
        format!(
            "leidraad: 1\nid: t/veel\ntitle: Veel\nsources: {{ s: {{ kind: example, title: S }} }}\nquestions:\n  - section: V\n    items:\n{}decisions:\n  d:\n    outcome: true\n    sources: [s]\n    table: |\n      q0 || d\n      ja || {yes}\n      nee || {no}\n",
            (0..17).map(question).collect::<String>()
        )
    };
    let (from, to) = (program(&rules("a", "b")), program(&rules("c", "b")));
    let impact = Impact::new(&from, &to, &Scope::Outcomes);
    let mut counter = impact.counter();
    for case in 0..1u64 << 17 {
        let answer = |q: usize| format!(r#""q{q}":{}"#, case >> q & 1 == 1);
        let line = format!("{{{}}}", (0..17).map(answer).collect::<Vec<_>>().join(","));
        counter.add(case + 1, &line).unwrap();
    }
    let report = impact.report(counter);
    let counts: Vec<(u64, Vec<u64>)> =
        report.decisions[0].moves.iter().map(|m| (m.cases, m.examples.clone())).collect();
    assert_eq!(counts, [(1 << 16, vec![2, 4, 6, 8, 10]), (1 << 16, vec![1, 3, 5, 7, 9])]);
}

/// The answers of the cases shipped, judged by what each rule set says without a layer and with each of its layers: unset
/// values, formulas, lists, steps and deviations included.
#[test]
fn shipped_rules_with_and_without_a_layer() {
    let on = date("2026-09-01");
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, cases) in case_files() {
        for result in cases.run(leidraad::catalog(), on) {
            lines.entry(result.rule_set.clone()).or_default().push(result.answers.to_json());
        }
    }
    let mut judged = 0;
    for set in leidraad::catalog().rule_sets() {
        let Some(lines) = lines.get(set.id()) else { continue };
        let shared = set.on(on).unwrap();
        for code in set.authorities() {
            let own = set.for_authority(code).unwrap().on(on).unwrap();
            let impact = Impact::new(&shared, &own, &Scope::All);
            let report = counted(&impact, lines);
            hold([&shared, &own], lines, &report, &format!("{} {code}", set.id()));
            judged += report.cases;
        }
    }
    assert!(judged > 500, "{judged}");
}

#[test]
fn an_impact_reads_well() {
    let [from, to] = change();
    let impact = Impact::new(&from, &to, &Scope::Outcomes);
    let mut lines = cases();
    lines.push("nope".to_owned());
    let report = counted(&impact, &lines);
    snapshot("impact", "text", "the cases of tests/impact.rs", &report.to_string());
    snapshot("impact", "markdown", "the cases of tests/impact.rs", &report.markdown());
}

#[test]
fn streams_are_cut_into_lines() {
    let long = "x".repeat(MAX_CASE_LINE + 1);
    let just = "y".repeat(MAX_CASE_LINE);
    let mut bytes = format!("\u{feff}a\r\n{long}\n{just}\n\n").into_bytes();
    bytes.extend(b"\xff\xfe\nend");
    for size in [1, 7, 4096] {
        let mut lines = Lines::new(std::io::BufReader::with_capacity(size, bytes.as_slice()));
        let mut found: Vec<(u64, Result<usize, String>)> = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            found.push((line.number, line.text.map(str::len)));
        }
        let too_long = format!("the line is longer than {MAX_CASE_LINE} bytes");
        let expected = [
            (1, Ok(1)),
            (2, Err(too_long)),
            (3, Ok(MAX_CASE_LINE)),
            (4, Ok(0)),
            (5, Err("the line is not UTF-8".to_owned())),
            (6, Ok(3)),
        ];
        assert_eq!(found, expected, "{size}");
        assert_eq!(lines.bytes(), bytes.len() as u64);
    }
}
