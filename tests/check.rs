//! Every finding of the check, as people see it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod answers;
mod codes;
mod large;
mod partly;
mod priority;

use leidraad::Severity;

use crate::support::{files, library, snapshot};

/// A fixture: its expectation, which people write, and its rule files.
struct Fixture {
    name: String,
    text: String,
    expect: Vec<String>,
    files: Vec<(String, String)>,
}

/// The fixtures of the check. The first line names the codes in the order in which they are shown; a line `#### name`
/// begins a file of its own.
fn fixtures() -> Vec<Fixture> {
    let list = files("tests/fixtures/check", ".yaml").into_iter();
    list.map(|(path, text)| {
        let name = path.rsplit('/').next().unwrap().to_owned();
        let (first, rest) = text.split_once('\n').unwrap();
        let codes = first.strip_prefix("# expect:").unwrap_or_else(|| panic!("{name} expects nothing"));
        let parts: Vec<&str> = rest.split("#### ").skip(1).collect();
        let files = match parts.is_empty() {
            true => vec![(name.clone(), text.clone())],
            false => parts
                .into_iter()
                .map(|part| part.split_once('\n').unwrap())
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
        };
        let expect = codes.split_whitespace().map(str::to_owned).collect();
        Fixture { name, text, expect, files }
    })
    .collect()
}

#[test]
fn findings_are_as_expected_and_read_well() {
    let mut wrong = Vec::new();
    for fixture in fixtures() {
        let library = library(&fixture.files);
        let findings = library.findings();
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        if codes != fixture.expect {
            let expected = fixture.expect.join(" ");
            wrong.push(format!(
                "{}\n  expected {expected}\n  found    {}\n{findings}",
                fixture.name,
                codes.join(" ")
            ));
            continue;
        }
        let severity = match fixture.name.split('_').next() {
            Some("err") => Some(Severity::Error),
            Some("warn") => Some(Severity::Warning),
            _ => None,
        };
        let worst = findings.iter().map(|f| f.severity).min();
        assert_eq!(worst, severity, "{}:\n{findings}", fixture.name);
        assert!(findings.iter().all(|f| f.span.is_some()), "a finding without a place in {}", fixture.name);
        assert_eq!(library.rule_sets().count() > 0, severity != Some(Severity::Error), "{}", fixture.name);
        if severity.is_some() {
            let name = fixture.name.replace('.', "_");
            snapshot("check", &name, &fixture.text, &findings.to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn findings_come_in_the_order_of_the_files_and_are_the_same_each_time() {
    for fixture in fixtures() {
        let first = library(&fixture.files);
        let again = library(&fixture.files);
        assert_eq!(first.findings().to_string(), again.findings().to_string());
        let spans: Vec<_> = first.findings().iter().map(|finding| finding.span).collect();
        assert!(spans.is_sorted(), "{}", fixture.name);
    }
}

#[test]
fn ten_mistakes_are_ten_findings() {
    let fixture = fixtures().into_iter().find(|f| f.name == "err_ten_mistakes.yaml").unwrap();
    assert_eq!(library(&fixture.files).findings().iter().count(), 10);
}
