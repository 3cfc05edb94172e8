//! Answers that nobody can have meant.

use std::time::Instant;

use leidraad::{Answers, Diagnostics};

use super::SOON;
use crate::support::{bench, programs};

/// What is wrong with answers in JSON, the same both ways, soon and short.
fn refused(text: &str) -> Diagnostics {
    let begin = Instant::now();
    let program = bench();
    let findings = program.evaluate_json(text).unwrap_err();
    let long = Answers::from_json("answers.json", text).and_then(|a| program.evaluate(&a)).unwrap_err();
    assert_eq!(findings.to_string(), long.to_string());
    assert!(findings.has_errors() && findings.iter().all(|f| f.span.is_some()), "{findings}");
    assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
    findings
}

#[test]
fn many_and_large() {
    let many: Vec<String> = (0..10_000).map(|i| format!("\"q{i}\": {i}")).collect();
    let findings = refused(&format!("{{ {} }}", many.join(", ")));
    assert!(findings.to_string().len() < 1_000_000, "{} bytes", findings.to_string().len());
    let long = "x".repeat(1_000_000);
    for text in [
        format!("{{ \"object\": \"{long}\" }}"),
        format!("{{ \"gram\": \"{long}\" }}"),
        format!("{{ \"{long}\": 1 }}"),
        format!("{{ \"gram\": 1{} }}", "0".repeat(1_000_000)),
        format!("{{ \"gram\": 0.{} }}", "1".repeat(1_000_000)),
        format!("{{ \"object\": {{ \"one_of\": [{}] }} }}", vec!["\"huis\""; 100_000].join(", ")),
    ] {
        let findings = refused(&text);
        assert!(findings.to_string().len() < 20_000, "{} bytes for {text:.40}", findings.to_string().len());
    }
    let remark = format!("{{ \"gram\": {{ \"value\": 5, \"remark\": \"{long}\" }} }}");
    assert!(bench().evaluate_json(&remark).is_ok(), "a long remark is no mistake");
}

/// A point before three zeros stands between thousands for who writes it so; a program that reads 5 grams does harm.
#[test]
fn thousands_are_not_decimals() {
    for (text, help) in [
        (r#"{"gram": 5.000}"#, "write 5000, or 5 if that is meant"),
        (r#"{"eerder": 2.000}"#, "write 2000, or 2 if that is meant"),
        (r#"{"gram": {"between": [0.5, 600.000]}}"#, "write 600000, or 600 if that is meant"),
        (r#"{"gram": {"value": 5.000, "remark": "gewogen"}}"#, "write 5000, or 5 if that is meant"),
    ] {
        let findings = refused(text).to_string();
        assert!(findings.contains("may stand between thousands") && findings.contains(help), "{findings}");
    }
    for text in [r#"{"gram": 5.0}"#, r#"{"gram": 5.00}"#, r#"{"gram": 0.500}"#, r#"{"eerder": 2.0}"#] {
        assert!(bench().evaluate_json(text).is_ok(), "{text}");
    }
}

#[test]
fn deep_and_broken() {
    refused(&format!("{{ \"gram\": {}5{} }}", "[".repeat(10_000), "]".repeat(10_000)));
    refused(&format!("{}{}", "{\"gram\":".repeat(10_000), "}".repeat(10_000)));
    for text in [
        "",
        " ",
        "null x",
        "[",
        "{",
        "{\"gram\"",
        "{\"gram\":}",
        "{'gram': 5}",
        "{\"gram\": NaN}",
        "{\"gram\": Infinity}",
        "{\"gram\": +5}",
        "{\"gram\": 05}",
        "{\"gram\": .5}",
        "{\"gram\": 5.}",
        "{\"gram\": 0x5}",
        "{\"gram\": 5} {}",
        "5",
        "\"gram\"",
        "true",
        "{\"gram\": 5,}",
        "{\"gram\": \u{feff}5}",
        "{\"gram\": \"\\ud800\"}",
    ] {
        if text.trim().is_empty() {
            continue;
        }
        refused(text);
    }
}

#[test]
fn numbers() {
    for (text, code) in [
        ("1e400", "outside-domain"),
        ("-1e400", "outside-domain"),
        ("99999999999999999999", "outside-domain"),
        ("-99999999999999999999", "outside-domain"),
        ("99999999999999999999999999999999999999999", "outside-domain"),
        ("1e-400", "wrong-answer"),
        ("0.05", "wrong-answer"),
        ("5.00000000000000000000000000000000001", "wrong-answer"),
        ("1e99999999999999999999", "outside-domain"),
    ] {
        let findings = refused(&format!("{{ \"gram\": {text} }}"));
        let codes: Vec<&str> = findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, [code], "{text}: {findings}");
        let message = findings.iter().next().unwrap().message.clone();
        let (below, above) = (message.contains("below its lowest"), message.contains("above its highest"));
        assert_eq!(below, text.starts_with('-'), "{message}");
        assert_eq!(above, code == "outside-domain" && !below, "{message}");
    }
    let program = bench();
    for zero in ["0", "-0", "0.0", "-0.0", "0e5", "0e-5", "0.000"] {
        let json = program.evaluate_json(&format!("{{ \"object\": \"woning\", \"gram\": {zero} }}")).unwrap();
        assert!(json.contains(r#""value":{"maatregel":"geen","maanden":0}"#), "{zero}: {json}");
    }
}

#[test]
fn dates_and_times() {
    let (_, program) = programs().into_iter().find(|(name, _)| name == "evenementen/melding GM1729").unwrap();
    for text in [
        "0000-00-00",
        "0000-01-01",
        "2026-02-29",
        "2026-13-01",
        "10000-01-01",
        "2026-7-4",
        "",
        " 2026-07-04",
        "2026-07-04 ",
        "２０２６-07-04",
    ] {
        let findings = program.evaluate_json(&format!("{{ \"datum_start\": \"{text}\" }}")).unwrap_err();
        assert!(
            findings.iter().all(|f| f.code.as_str() == "wrong-answer" && f.span.is_some()),
            "{text}: {findings}"
        );
    }
    for text in ["24:01", "24:60", "9:00", "09:0", "09:00:00", "-1:00", "09.00", "+9:00", "aa:bb"] {
        let findings = program.evaluate_json(&format!("{{ \"begin_tijd\": \"{text}\" }}")).unwrap_err();
        assert!(
            findings.iter().all(|f| f.code.as_str() == "wrong-answer" && f.span.is_some()),
            "{text}: {findings}"
        );
    }
    for text in ["0001-01-01", "9999-12-31", "2024-02-29"] {
        assert!(program.evaluate_json(&format!("{{ \"datum_start\": \"{text}\" }}")).is_ok(), "{text}");
    }
}
