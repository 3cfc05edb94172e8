//! Rubbish ends quickly, with a finding, and never in a panic.

use std::time::{Duration, Instant};

use leidraad::diagnostic::Code;

use super::{fixtures, read};

/// Reads and shows it, so that the windows are tried too.
fn survives(name: &str, text: &str) {
    let (document, findings) = read(name, text);
    assert!(document.is_some() != findings.has_errors());
    assert!(!findings.to_string().is_empty());
    assert!(serde_json::to_string(&findings).is_ok());
    if let Some(document) = document {
        assert!(serde_json::to_string(&document).is_ok());
        assert!(leidraad::format::format(name, text).is_ok());
    }
}

#[test]
fn every_truncation_survives() {
    for (name, text) in fixtures("ok_") {
        for (end, _) in text.char_indices() {
            survives(&name, &text[..end]);
        }
    }
}

#[test]
fn every_dropped_line_survives() {
    for (name, text) in fixtures("").into_iter().filter(|(_, text)| text.len() < 10_000) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for dropped in 0..lines.len() {
            survives(&name, &[&lines[..dropped], &lines[dropped + 1..]].concat().concat());
        }
    }
}

#[test]
fn every_strange_character_survives() {
    for (name, text) in fixtures("ok_") {
        for (i, (at, _)) in text.char_indices().enumerate().step_by(3) {
            let strange = ["\t", "\"", "[", "{", ":", "&a ", "\u{202e}", "\r", "\0", "- ", "|", "*a", "é"];
            let strange = strange[i % strange.len()];
            survives(&name, &format!("{}{strange}{}", &text[..at], &text[at..]));
        }
    }
}

/// One finding of this kind, soon.
fn refused(name: &str, text: &str, code: Code) {
    let begin = Instant::now();
    let (document, findings) = read(name, text);
    let shown = findings.to_string();
    let took = begin.elapsed();
    assert!(document.is_none());
    assert!(findings.iter().any(|finding| finding.code == code), "{shown:.2000}");
    assert!(shown.len() < 100_000, "{} bytes of findings", shown.len());
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[test]
fn large_and_deep_texts_end_quickly() {
    refused("a.yaml", &"a: 1\n".repeat(2_000_000), Code::TooLarge);
    refused("a.json", &format!("{{\"a\": \"{}\"}}", "x".repeat(10_000_000)), Code::TooLarge);
    for depth in [100, 10_000, 800_000] {
        refused("a.yaml", &"[".repeat(depth), Code::TooLarge);
        refused("a.yaml", &"- ".repeat(depth), Code::TooLarge);
        refused("a.yaml", &"? ".repeat(depth), Code::TooLarge);
        refused("a.json", &format!("{}{}", "[".repeat(depth), "]".repeat(depth)), Code::TooLarge);
        refused("a.json", &"[".repeat(depth), Code::Syntax);
        refused("a.json", &"{\"a\":".repeat(depth), Code::Syntax);
    }
    let many: String = (0..1_000).map(|n| format!("  k{n}: []\n")).collect();
    let (_, findings) = read("a.yaml", &format!("leidraad: 1\nid: a/b\ntitle: A\nparameters:\n{many}"));
    assert!(findings.to_string().contains("800 more findings in this file are not shown"));
    let stairs: String = (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    refused("a.yaml", &stairs, Code::TooLarge);
}

#[test]
fn texts_just_within_the_size_end_quickly() {
    let fill = |unit: &str| unit.repeat(4_000_000 / unit.len());
    for unit in [
        "- a\n",
        "- - a\n",
        "&a ",
        "- &a x\n",
        "- *a\n",
        "# c\n",
        "a ",
        "'",
        "\"\\n",
        "[a,",
        "{a: b},",
        "- \"x\"\n",
        "\t",
        "\n",
        "é",
        "a: b: ",
        "? a\n",
        "- !!x y\n",
        "%",
        "---\n",
        "a\n",
        "- |\n x\n",
        "  - >\n",
        ",",
        "]",
    ] {
        let text = fill(unit);
        let begin = Instant::now();
        let (document, findings) = read("a.yaml", &text);
        assert!(findings.to_string().len() < 1_000_000);
        assert!(document.is_none() && begin.elapsed() < Duration::from_secs(20), "{unit:?}");
    }
    let keys: String = (0..190_000).map(|n| format!("k{n}: 1\n")).collect();
    refused("a.yaml", &keys, Code::TooLarge);
    let same = format!("leidraad: 1\nid: a/b\n{}", "a: 1\n".repeat(90_000));
    refused("a.yaml", &same, Code::Duplicate);
    let block = format!("leidraad: 1\nx: |\n{}", "  a | b || c\n".repeat(300_000));
    refused("a.yaml", &block, Code::UnknownKey);
    let long = format!("leidraad: 1\nid: a/b\nx: {}\n", "lang ".repeat(800_000));
    refused("a.yaml", &long, Code::UnknownKey);
    let nested = format!("{{\"a\": {}\"{}\"{}}}", "[".repeat(60), "x".repeat(4_000_000), "]".repeat(60));
    refused("a.json", &nested, Code::UnknownKey);
    let alias =
        "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b]\n";
    refused("a.yaml", alias, Code::UnsupportedYaml);
}

/// YAML may begin with a brace, too: the name of a file tells, else whichever of the two it is.
#[test]
fn yaml_that_begins_with_a_brace() {
    let text = "{ object: woning, gram: 6 }";
    for name in ["a.yaml", "a.yml", "standard input"] {
        let answers =
            leidraad::Answers::from_text(name, text).unwrap_or_else(|findings| panic!("{findings}"));
        assert_eq!(answers.to_json(), r#"{"object":"woning","gram":6}"#);
    }
    assert!(leidraad::Answers::from_text("a.json", text).is_err());
    let broken = leidraad::Answers::from_text("standard input", r#"{"object": "woning",, }"#).unwrap_err();
    assert!(broken.to_string().contains("JSON"), "{broken}");
}
