//! Large, deep, wide and many.

use super::{file, refused, usable};

const NUMBER: &str = "- { id: n, ask: N?, type: integer, min: 0, max: 100000, sources: [s] }\n";

fn table(name: &str, hit: &str, rows: &[String]) -> String {
    let rows: String = rows.iter().map(|row| format!("    {row}\n")).collect();
    format!("{name}:\n  sources: [s]\n  hit: {hit}\n  table: |\n{rows}")
}

#[test]
fn large_deep_and_multiplied_files() {
    refused("a.yaml", &"a: 1\n".repeat(2_000_000), "too-large");
    refused("a.json", &format!("{{\"a\": \"{}\"}}", "x".repeat(10_000_000)), "too-large");
    refused(
        "a.yaml",
        &format!("leidraad: 1\nid: a/b\nx: {}{}\n", "[".repeat(10_000), "]".repeat(10_000)),
        "too-large",
    );
    refused(
        "a.json",
        &format!("{{\"leidraad\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000)),
        "too-large",
    );
    let stairs: String = (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n % 300))).collect();
    refused("a.yaml", &stairs, "too-large");
    let bomb = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c]\n";
    refused("a.yaml", bomb, "unsupported-yaml");
}

#[test]
fn a_condition_nested_too_deep() {
    let when = format!("{}n: 1{}", "not: { ".repeat(10_000), " }".repeat(10_000));
    let question = format!("- {{ id: b, ask: B?, type: boolean, sources: [s], when: {{ {when} }} }}\n");
    refused("a.yaml", &file(&question, ""), "too-large");
}

#[test]
fn rows_and_columns() {
    let rows = |count: usize| -> Vec<String> {
        let rows = (0..count - 1).map(|i| format!("{i} || r{}", i % 7));
        std::iter::once("n || d".to_owned()).chain(rows).chain(["- || rest".to_owned()]).collect()
    };
    refused("a.yaml", &file(NUMBER, &table("d", "first", &rows(5_001))), "too-large");
    usable(&file(NUMBER, &table("d", "first", &rows(5_000))));
    let columns = |count: usize| {
        vec![
            format!("{} || d", vec!["n"; count].join(" | ")),
            format!("{} || a", vec!["-"; count].join(" | ")),
        ]
    };
    refused("a.yaml", &file(NUMBER, &table("d", "first", &columns(64))), "too-large");
    usable(&file(NUMBER, &table("d", "first", &columns(63))));
    refused(
        "a.yaml",
        &file(NUMBER, &table("d", "first", &["n || d".into(), "1 | 2 || a".into(), "|| b".into()])),
        "ragged-row",
    );
}

#[test]
fn alternatives() {
    let any = |count: usize| {
        let list: Vec<String> = (0..count).map(|i| format!("{{ n: {i} }}")).collect();
        let question =
            format!("- {{ id: b, ask: B?, type: boolean, sources: [s], when: [{}] }}\n", list.join(", "));
        file(
            &format!("{NUMBER}{question}"),
            &table("d", "first", &["b || d".into(), "ja || a".into(), "- || b".into()]),
        )
    };
    usable(&any(256));
    refused("a.yaml", &any(257), "too-large");
    refused("a.yaml", &any(30_000), "too-large");
}

/// A score over so many questions, and a class of it.
fn scored(count: usize) {
    let options = "{ ja: { label: Ja, points: 1 }, nee: { label: Nee, points: 0 } }";
    let questions: String = (0..count)
        .map(|i| format!("- {{ id: q{i}, ask: Q?, type: boolean, sources: [s], options: {options} }}\n"))
        .collect();
    let names: Vec<String> = (0..count).map(|i| format!("q{i}")).collect();
    let decisions = format!(
        "score:\n  sources: [s]\n  points: [{}]\n{}",
        names.join(", "),
        table("d", "first", &["score || d".into(), format!("> {} || a", count / 2), "- || b".into()])
    );
    let assessment = usable(&file(&questions, &decisions)).evaluate(&leidraad::Answers::new()).unwrap();
    assert_eq!(assessment.progress.open, count);
}

#[test]
fn a_hundred_and_fifty_questions_with_points() {
    scored(150);
}

#[test]
fn six_hundred_questions_with_points() {
    scored(600);
}

#[test]
fn six_hundred_questions_that_wait_for_each_other() {
    let chain: String = (0..600)
        .map(|i| match i {
            0 => "- { id: q0, ask: Q?, type: boolean, sources: [s] }\n".to_owned(),
            _ => format!(
                "- {{ id: q{i}, ask: Q?, type: boolean, sources: [s], when: {{ q{}: ja }} }}\n",
                i - 1
            ),
        })
        .collect();
    usable(&file(&chain, &table("d", "first", &["q599 || d".into(), "ja || a".into(), "- || b".into()])));
}

#[test]
fn many_decisions_and_cycles() {
    let chain: String = (0..600)
        .map(|i| {
            let from = if i == 0 { "n".to_owned() } else { format!("d{}", i - 1) };
            table(&format!("d{i}"), "first", &[format!("{from} || d{i}"), "- || 1".into()])
        })
        .collect();
    usable(&file(NUMBER, &chain));
    let more: String = (0..1_001)
        .map(|i| table(&format!("d{i}"), "first", &[format!("n || d{i}"), "- || 1".into()]))
        .collect();
    refused("a.yaml", &file(NUMBER, &more), "too-large");
    let ring = chain.replacen("n || d0", "d599 || d0", 1);
    let findings = refused("a.yaml", &file(NUMBER, &ring), "cycle");
    let message = &findings.iter().find(|f| f.code.as_str() == "cycle").unwrap().message;
    assert!(message.len() < 2_000, "{} bytes", message.len());
}

#[test]
fn many_periods() {
    let values: String = (0..1_000)
        .map(|i| {
            let (year, month) = (1900 + i / 12, i % 12 + 1);
            format!("      - {{ value: \"<= {i}\", in_force: {{ from: {year}-{month:02}-01, to: {year}-{month:02}-28 }}, sources: [s] }}\n")
        })
        .collect();
    let text = file(NUMBER, &table("d", "first", &["n || d".into(), "p || a".into(), "- || b".into()]))
        .replace(
            "questions:",
            &format!("parameters:\n  p:\n    title: P\n    test_on: n\n    values:\n{values}questions:"),
        );
    usable(&text);
}

#[test]
fn names_that_mean_something_elsewhere() {
    for id in ["__proto__", "Constructor", "to string", "a.b", "a/b", "not", "é", "", "-", "a|b", "1a"] {
        let question = format!("- {{ id: \"{id}\", ask: A?, type: boolean, sources: [s] }}\n");
        refused("a.yaml", &file(&question, ""), "bad-id");
    }
    let words = ["constructor", "prototype", "value", "possible", "ja", "true", "nul", "silent", "month"];
    let questions: String =
        words.iter().map(|id| format!("- {{ id: {id}, ask: A?, type: boolean, sources: [s] }}\n")).collect();
    let header = words.join(" | ");
    let rows = [
        format!("{header} || d"),
        format!("{} || a", ["ja"; 9].join(" | ")),
        format!("{} || b", ["-"; 9].join(" | ")),
    ];
    let program = usable(&file(&questions, &table("d", "first", &rows)));
    let all: Vec<String> = words.iter().map(|id| format!("\"{id}\": true")).collect();
    let json = program.evaluate_json(&format!("{{ {} }}", all.join(", "))).unwrap();
    assert!(json.contains(r#""d":{"status":"determined","value":"a"}"#), "{json}");
}

#[test]
fn numbers_at_the_edge_of_a_rule_file() {
    for (low, high) in [
        ("-99999999999999999999", "99999999999999999999"),
        ("1e400", "5"),
        ("0", ".nan"),
        ("--5", "5"),
        ("0x10", "20"),
    ] {
        let question =
            format!("- {{ id: n, ask: N?, type: decimal, min: {low}, max: \"{high}\", sources: [s] }}\n");
        refused("a.yaml", &file(&question, ""), "type-mismatch");
    }
    let small =
        "- { id: n, ask: N?, type: decimal, step: 0.0000000000000001, min: 0, max: 1, sources: [s] }\n";
    refused(
        "a.yaml",
        &file(small, &table("d", "first", &["n || d".into(), "> 0.5 || a".into(), "- || b".into()])),
        "type-mismatch",
    );
    for date in ["0000-00-00", "0000-01-01", "2026-02-30", "10000-01-01", "26-1-1"] {
        let text =
            file(NUMBER, "").replace("title: A\n", &format!("title: A\nin_force: {{ from: {date} }}\n"));
        refused("a.yaml", &text, "wrong-shape");
    }
    let text = file(NUMBER, &table("d", "first", &["n || d".into(), "> 5 || a".into(), "- || b".into()]))
        .replace("title: A\n", "title: A\nin_force: { from: 0001-01-01, to: 9999-12-31 }\n");
    usable(&text);
}
