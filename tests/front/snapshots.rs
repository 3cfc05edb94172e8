//! Every message, as people see it.

use std::collections::BTreeSet;

use leidraad::diagnostic::Code;

use super::{fixtures, read};

#[test]
fn errors_read_well() {
    for (name, text) in fixtures("err_") {
        let (document, findings) = read(&name, &text);
        assert!(document.is_none() && findings.has_errors(), "{name} has no error");
        let input: String = text.lines().take(40).map(|line| format!("{line:.200}\n")).collect();
        let settings = {
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path("../fixtures/parse");
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.set_description(input);
            settings
        };
        let shown = findings.to_string();
        settings.bind(|| insta::assert_snapshot!(name.replace('.', "_"), shown));
    }
}

#[test]
fn every_code_of_this_stage_has_a_fixture() {
    let stage = [
        Code::Syntax,
        Code::TooLarge,
        Code::UnsupportedYaml,
        Code::WrongShape,
        Code::UnknownKey,
        Code::MissingKey,
        Code::Duplicate,
        Code::BadId,
        Code::FormatVersion,
    ];
    let seen: BTreeSet<Code> = fixtures("err_")
        .iter()
        .flat_map(|(name, text)| read(name, text).1.iter().map(|finding| finding.code).collect::<Vec<_>>())
        .collect();
    assert_eq!(seen, BTreeSet::from(stage));
}

#[test]
fn a_log_line_and_a_record_say_the_same() {
    let (_, findings) = read("a.yaml", "leidraad: 1\nid: a/b\ntitle: A\ntitle: B\n");
    let finding = findings.iter().next().unwrap();
    let line = finding.render(findings.sources()).to_string();
    assert_eq!(line, "a.yaml:4:1: error[duplicate]: the key `title` is here twice");
    let json = serde_json::to_value(&findings).unwrap();
    let expected = serde_json::json!([{
        "severity": "error",
        "code": "duplicate",
        "message": "the key `title` is here twice",
        "file": "a.yaml", "line": 4, "column": 1, "end_line": 4, "end_column": 6,
        "help": "keep one of the two",
        "related": [{
            "message": "first written here",
            "file": "a.yaml", "line": 3, "column": 1, "end_line": 3, "end_column": 6,
        }],
    }]);
    assert_eq!(json, expected);
}
