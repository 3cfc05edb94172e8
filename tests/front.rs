//! From text to a rule file.

use leidraad::{diagnostic::Diagnostics, document::Document, parse::parse, source::SourceMap};

fn read(name: &str, text: &str) -> (Option<Document>, Diagnostics) {
    let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
    let document = parse(&mut sources, name, text, &mut findings);
    (document, Diagnostics::new(findings, sources))
}

#[test]
fn the_contract_example_loads() {
    let (document, findings) = read("contract.yaml", include_str!("fixtures/parse/ok_contract.yaml"));
    assert_eq!(findings.iter().count(), 0, "{findings:?}");
    let document = document.unwrap();
    let table = document.decisions.0[0].1.table.as_ref().unwrap();
    for line in &table.lines {
        assert_eq!(findings.sources().text(line.span), line.value);
    }
    let json = serde_json::to_string_pretty(&document).unwrap();
    let (again, findings) = read("contract.json", &json);
    assert_eq!(findings.iter().count(), 0, "{findings:?}");
    assert_eq!(again.unwrap(), document);
}
