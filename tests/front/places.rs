//! What was read, where it stands, and that it survives the way through JSON.

use leidraad::document::{Clause, Condition, Spanned};
use leidraad::source::SourceMap;

use super::{fixtures, read};

#[test]
fn right_files_have_no_findings_and_survive_json() {
    for (name, text) in fixtures("ok_") {
        let (document, findings) = read(&name, &text);
        assert_eq!(findings.iter().count(), 0, "{name}:\n{findings}");
        let document = document.unwrap();
        let json = serde_json::to_string_pretty(&document).unwrap();
        let (again, findings) = read("again.json", &json);
        assert_eq!(again.as_ref(), Some(&document), "{name}:\n{json}\n{findings}");
        assert_eq!(serde_json::to_string_pretty(&again.unwrap()).unwrap(), json, "{name}");
    }
}

/// Every key of the format stands in one fixture, so the test above speaks of every field.
#[test]
fn one_fixture_has_every_key() {
    use leidraad::document::*;
    let text = include_str!("../fixtures/parse/ok_everything.yaml");
    let overlay_only = ["overlay", "authority", "layer", "members"];
    let keys = [
        Document::KEYS,
        Period::KEYS,
        InForce::KEYS,
        Basis::KEYS,
        Silence::KEYS,
        Source::KEYS,
        SourceRef::KEYS,
        Parameter::KEYS,
        DatedValue::KEYS,
        Section::KEYS,
        Question::KEYS,
        OptionDef::KEYS,
        Decision::KEYS,
        Count::KEYS,
        Output::KEYS,
        Class::KEYS,
        Remark::KEYS,
        Step::KEYS,
        Term::KEYS,
        Suspension::KEYS,
        Rollup::KEYS,
    ];
    for key in keys.concat().into_iter().filter(|key| !overlay_only.contains(key)) {
        assert!(text.contains(&format!("{key}:")), "`{key}` is not in ok_everything.yaml");
    }
}

#[test]
fn every_line_of_a_table_has_its_place() {
    for (name, text) in fixtures("ok_") {
        for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let (document, findings) = read(&name, &text);
            for (_, decision) in document.unwrap().decisions.0 {
                let lines = decision.table.map_or(Vec::new(), |table| table.lines);
                for Spanned { value, span } in lines {
                    let written = findings.sources().text(span);
                    let escaped = written.contains('\\');
                    assert!(written == value || escaped, "{name}: {written:?} is not {value:?}");
                }
            }
        }
    }
}

#[test]
fn scalars_keep_their_digits_and_places() {
    let (document, findings) = read("a.yaml", include_str!("../fixtures/parse/ok_everything.yaml"));
    let document = document.unwrap();
    let sources = findings.sources();
    let (_, height) = &document.parameters.0[1];
    assert_eq!(height.values[1].value.value, "6.50");
    let (_, people) = &document.parameters.0[0];
    let test = people.value.as_ref().unwrap();
    assert_eq!((test.value.as_str(), sources.text(test.span)), ("<= 200", "<= 200"), "without the quotes");
    assert_eq!(sources.position(test.span).column, 13);
    let duration = &document.questions[0].items[2];
    assert_eq!(duration.not_applicable.as_ref().map(|b| b.value), Some(true), "`ja`");
    assert!(sources.text(document.span).starts_with("leidraad: 1\nid"));
}

#[test]
fn conditions_keep_their_shape() {
    let (document, _) = read("a.yaml", include_str!("../fixtures/parse/ok_everything.yaml"));
    let document = document.unwrap();
    let Some(Condition::Any(any)) = document.questions[0].items[1].when.as_ref().map(|w| &w.value) else {
        panic!()
    };
    let [Condition::All(both), Condition::All(not)] = &any[..] else { panic!() };
    let [Clause::Test(name, test), Clause::Test(..)] = &both[..] else { panic!() };
    assert_eq!((name.value.as_str(), test.value.as_str()), ("aantal", "> 5"));
    let [Clause::Not(inner)] = &not[..] else { panic!() };
    let Condition::All(tests) = &inner.value else { panic!() };
    let [Clause::Test(_, list)] = &tests[..] else { panic!() };
    assert_eq!(list.value, "0, 1, [5..9]", "a list of values is joined");
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
    let utf16 = [0xff, 0xfe, b'a', 0];
    assert_eq!(leidraad::parse::text_from_bytes(&mut sources, "u.yaml", &utf16, &mut findings), None);
    assert_eq!(
        leidraad::parse::text_from_bytes(&mut sources, "l.yaml", b"a: 1\nb: caf\xe9\n", &mut findings),
        None
    );
    let findings = leidraad::diagnostic::Diagnostics::new(findings, sources);
    let lines: Vec<_> = findings.iter().map(|f| f.render(findings.sources()).to_string()).collect();
    assert_eq!(
        lines,
        [
            "u.yaml:1:1: error[syntax]: this is not UTF-8: byte 0xFF at offset 0",
            "l.yaml:2:7: error[syntax]: this is not UTF-8: byte 0xE9 at offset 11",
        ]
    );
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_accepts_what_the_reader_accepts() {
    let schema = serde_json::to_value(schemars::schema_for!(leidraad::document::Document)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, text) in fixtures("ok_") {
        let document = serde_json::to_value(read(&name, &text).0.unwrap()).unwrap();
        assert!(validator.is_valid(&document), "{name}: {:?}", validator.iter_errors(&document).next());
    }
    let unknown = serde_json::json!({ "leidraad": 1, "id": "a/b", "titel": "x" });
    assert!(!validator.is_valid(&unknown));
    assert!(!validator.is_valid(&serde_json::json!({ "id": "a/b" })));
}
