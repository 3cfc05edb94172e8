//! Benchmarks of the engine: `cargo bench`. The peers are in `benches/peers`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark"
)]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use leidraad::compare::Scope;
use leidraad::impact::Impact;
use leidraad::questionnaire::QuestionItem;
use leidraad::{Answers, Date, Library, Program, RuleSet};

fn program(name: &str, text: &str) -> Program {
    RuleSet::from_text(name, text).unwrap().on(Date::new(2026, 9, 1).unwrap()).unwrap()
}

/// Every combination of the answers that `sanctie.yaml` names.
fn cases() -> Vec<String> {
    ["woning", "lokaal"]
        .iter()
        .flat_map(|object| ["soft", "hard"].map(|middel| (object, middel)))
        .flat_map(|(object, middel)| {
            ["0.2", "0.5", "0.6", "5", "5.1", "30.1"].map(|gram| (object, middel, gram))
        })
        .flat_map(|(o, m, g)| {
            [0, 1, 2, 3]
                .map(|eerder| format!(r#"{{"object":"{o}","middel":"{m}","gram":{g},"eerder":{eerder}}}"#))
        })
        .collect()
}

fn sanctie(c: &mut Criterion) {
    let program = program("sanctie.yaml", include_str!("sanctie.yaml"));
    let answers = cases();
    let read = |text: &String| Answers::from_json("a", text).unwrap();
    let mut prepared: Vec<_> = answers.iter().map(|text| program.prepare(&read(text)).unwrap()).collect();
    let decision = program.decision_index("maatregel").unwrap();
    let mut i = 0;
    c.bench_function("sanctie, prepared", |b| {
        b.iter(|| {
            i = (i + 1) % prepared.len();
            black_box(prepared[i].decide(decision)).is_some()
        });
    });
    c.bench_function("sanctie, JSON to JSON", |b| {
        b.iter(|| {
            i = (i + 1) % answers.len();
            black_box(program.evaluate_json(&answers[i]).unwrap())
        });
    });
}

/// Cases a second of one core: the table before and after a change, judged from JSON lines.
fn impact(c: &mut Criterion) {
    let old = include_str!("sanctie.yaml");
    let new = old.replace("sluiting     | 1 ", "waarschuwing | 0 ").replace("> 0.5", "> 0.6");
    let (from, to) = (program("oud.yaml", old), program("nieuw.yaml", &new));
    let impact = Impact::new(&from, &to, &Scope::Outcomes);
    let lines = cases();
    let mut counter = impact.counter();
    let mut i = 0;
    c.bench_function("sanctie, impact of a change on one case", |b| {
        b.iter(|| {
            i += 1;
            let line = &lines[i % lines.len()];
            counter.add(i as u64, black_box(line)).is_ok()
        });
    });
}

/// A table of `rows` rows over six columns that partition their domain: three columns pick the row.
fn large(rows: usize) -> String {
    let side = (1..).find(|s| s * s * s >= rows).unwrap();
    let mut text = String::from(
        "leidraad: 1\nid: bench/groot\ntitle: Groot\nsources: { s: { kind: example, title: Groot } }\nquestions:\n  - section: F\n    items:\n",
    );
    for q in 0..6 {
        let _ =
            writeln!(text, "      - {{ id: q{q}, ask: Q?, type: integer, min: 0, max: 1000, sources: [s] }}");
    }
    text.push_str(
        "decisions:\n  d:\n    sources: [s]\n    table: |\n      q0 | q1 | q2 | q3 | q4 | q5 || d\n",
    );
    let bound = |i: usize| {
        if i + 1 == side {
            format!(">= {i}")
        } else if i == 0 {
            "<= 0".into()
        } else {
            i.to_string()
        }
    };
    for i in 0..side * side * side {
        let (a, b, c) = (i / side / side, i / side % side, i % side);
        let _ = writeln!(text, "      {} | {} | {} | <= 1000 | - | - || r{i}", bound(a), bound(b), bound(c));
    }
    text
}

fn rows(c: &mut Criterion) {
    for rows in [100, 1000] {
        let program = program("groot.yaml", &large(rows));
        let answers = Answers::new()
            .with("q0", 3)
            .with("q1", 2)
            .with("q2", 1)
            .with("q3", 5)
            .with("q4", 1)
            .with("q5", 1);
        let mut prepared = program.prepare(&answers).unwrap();
        c.bench_function(&format!("{rows} rows, prepared"), |b| {
            b.iter(|| black_box(prepared.decide(0)).is_some())
        });
        let json = answers.to_json();
        c.bench_function(&format!("{rows} rows, JSON to JSON"), |b| {
            b.iter(|| black_box(program.evaluate_json(&json).unwrap()))
        });
    }
    let text = large(1000);
    c.bench_function("check of 1000 rows, 6 columns", |b| {
        b.iter(|| black_box(Library::from_files(&[("groot.yaml", &text)])).findings().has_errors());
    });
}

const SCAN: &str = r#"{"aantrekkingskracht":"regionaal","leeftijd":"alle_leeftijden","aandacht":false,"zelfredzaamheid":"voldoende",
"risico_activiteiten":false,"samenstelling":"toeschouwers","overnachten":"geen_of_bestemd","alcohol_drugs":"zonder_risico",
"aantal":2500,"datum_start":"2026-09-12","locatie":"buiten_geschikt","ondergrond":"verhard","tijdsduur":"middel_avond","wegen":"redelijk"}"#;

fn scan(c: &mut Criterion) {
    let program = program("risicoscan.yaml", include_str!("../rules/evenementen/risicoscan.yaml"));
    let answers = Answers::from_json("a", SCAN).unwrap();
    let klasse = program.decision_index("klasse").unwrap();
    let mut prepared = program.prepare(&answers).unwrap();
    assert!(prepared.decide(klasse).is_some());
    c.bench_function("risk scan, all answers, prepared", |b| {
        b.iter(|| black_box(prepared.decide(klasse)).is_some())
    });
    c.bench_function("risk scan, all answers, assessment", |b| {
        b.iter(|| black_box(program.evaluate(&answers).unwrap()))
    });
    c.bench_function("risk scan, all answers, JSON to JSON", |b| {
        b.iter(|| black_box(program.evaluate_json(SCAN).unwrap()))
    });
    let mut half = Answers::new();
    for (id, answer) in answers.iter().take(7) {
        half.set(id, answer.clone());
    }
    c.bench_function("risk scan, half open, assessment", |b| {
        b.iter(|| black_box(program.evaluate(&half).unwrap()))
    });
    c.bench_function("risk scan, half open, explained", |b| {
        b.iter(|| black_box(program.explain(&half, None).unwrap()))
    });
}

/// Some answer to a question, as JSON; to a list one record.
fn some_answer(item: &QuestionItem) -> String {
    let least = |wanted: &str| item.min.as_ref().map_or_else(|| wanted.to_owned(), ToString::to_string);
    match item.kind {
        "boolean" => "true".to_owned(),
        "choice" => format!("\"{}\"", item.options.first().unwrap().id),
        "integer" | "decimal" => least("1"),
        "date" => "\"2026-06-15\"".to_owned(),
        "time" => "\"14:30\"".to_owned(),
        "list" => {
            let field = |field: &QuestionItem| format!("\"{}\":{}", field.id, some_answer(field));
            format!("[{{{}}}]", item.fields.iter().map(field).collect::<Vec<_>>().join(","))
        }
        _ => "\"tekst\"".to_owned(),
    }
}

/// Every question of a program answered.
fn whole(c: &mut Criterion) {
    let all = [
        ("evenementen/risicoscan", None),
        ("evenementen/melding", Some("GM0994")),
        ("evenementen/behandeling", None),
        ("evenementen/veiligheid", None),
        ("limburgse-norm/zelfevaluatie", None),
        ("bibob/toets", None),
        ("damocles/maatregel", Some("GM0000")),
    ];
    for (id, authority) in all {
        let rules = leidraad::catalog().rule_set(id).unwrap();
        let day = Date::new(2026, 9, 1).unwrap();
        let program = match authority {
            Some(code) => rules.for_authority(code).unwrap().on(day).unwrap(),
            None => rules.on(day).unwrap(),
        };
        let items = program.questionnaire().sections.into_iter().flat_map(|section| section.items);
        let answer = |item: QuestionItem| format!("\"{}\":{}", item.id, some_answer(&item));
        let text = format!("{{{}}}", items.map(answer).collect::<Vec<_>>().join(","));
        let answers = Answers::from_json("a", &text).unwrap();
        assert_eq!(program.evaluate(&answers).unwrap().progress.open, 0, "{id}");
        c.bench_function(&format!("{id}, all answers, assessment"), |b| {
            b.iter(|| black_box(program.evaluate(&answers).unwrap()))
        });
        c.bench_function(&format!("{id}, nothing known, assessment"), |b| {
            b.iter(|| black_box(program.evaluate(&Answers::new()).unwrap()))
        });
    }
}

criterion_group!(benches, sanctie, impact, rows, scan, whole);
criterion_main!(benches);
