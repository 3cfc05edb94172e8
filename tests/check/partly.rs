//! All findings at once, each once: a part that cannot be read does not hide the findings about the rest, and what
//! misses it is not blamed.

use leidraad::{Library, parse, source::SourceMap};
use serde_json::{Map, Value as Json};

use crate::support::files;

/// The JSON form of rule files without findings: a shared layer of each kind, and overlays.
fn rule_sets() -> Vec<Vec<(String, Json)>> {
    let group = |folder: &str, end: &str, skip: &str| -> Vec<(String, Json)> {
        let list = files(folder, end).into_iter().filter(|(n, _)| skip.is_empty() || !n.contains(skip));
        list.map(|(name, text)| {
            let mut findings = Vec::new();
            let document = parse::parse(&mut SourceMap::default(), &name, &text, &mut findings).unwrap();
            (name.replace(".yaml", ".json"), serde_json::to_value(document).unwrap())
        })
        .collect()
    };
    vec![
        group("tests/fixtures/explain", "small.yaml", ""),
        group("tests/fixtures/procedure", "stappen.yaml", ""),
        group("rules/evenementen", "risicoscan.yaml", "cases"),
        group("rules/evenementen", "melding.yaml", "cases"),
        group("tests/fixtures/check", "ok_plain.yaml", ""),
    ]
}

/// Every place of a value: the keys and indices that lead to it.
fn places(value: &Json, at: &mut Vec<String>, all: &mut Vec<Vec<String>>) {
    let entries: Vec<(String, &Json)> = match value {
        Json::Object(map) => map.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Json::Array(list) => list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in entries {
        at.push(key);
        all.push(at.clone());
        places(value, at, all);
        at.pop();
    }
}

fn parent<'j>(root: &'j mut Json, place: &[String]) -> &'j mut Json {
    let (_, way) = place.split_last().unwrap();
    way.iter().fold(root, |at, key| match at {
        Json::Array(list) => &mut list[key.parse::<usize>().unwrap()],
        at => &mut at[key.as_str()],
    })
}

/// A value of another kind than the one that stands at a place.
fn another_kind(root: &Json, place: &[String]) -> Json {
    let mut root = root.clone();
    let key = place.last().unwrap();
    let slot = match parent(&mut root, place) {
        Json::Array(list) => &mut list[key.parse::<usize>().unwrap()],
        at => &mut at[key.as_str()],
    };
    *slot = match slot {
        Json::Object(_) | Json::Array(_) => Json::from(7),
        _ => serde_json::json!({ "iets": [] }),
    };
    root
}

/// A slip in a key of the format, or nothing where the key is an id.
fn slip(root: &Json, place: &[String]) -> Option<Json> {
    let key = place.last()?;
    let keys = [
        "ask",
        "id",
        "type",
        "options",
        "min",
        "max",
        "when",
        "table",
        "hit",
        "outputs",
        "points",
        "label",
        "sources",
        "title",
        "value",
        "test_on",
        "parameters",
        "decisions",
        "questions",
        "items",
        "section",
        "actor",
        "text",
        "of",
        "kind",
        "steps",
        "findings",
        "rollups",
        "priority",
        "step",
        "in_force",
    ];
    let mut root = root.clone();
    let Json::Object(map) = parent(&mut root, place) else { return None };
    if !keys.contains(&key.as_str()) {
        return None;
    }
    let renamed: Map<String, Json> =
        map.iter().map(|(k, v)| (if k == key { format!("{k}x") } else { k.clone() }, v.clone())).collect();
    *map = renamed;
    Some(root)
}

#[test]
fn one_mistake_is_one_finding() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for set in rule_sets() {
        for (file, (_, root)) in set.iter().enumerate() {
            let mut all = Vec::new();
            places(root, &mut Vec::new(), &mut all);
            for place in all {
                // the version of the format, and sets of thousands of alike places: every seventh will do
                if place[0] == "leidraad"
                    || (place.len() > 5 && !place.len().is_multiple_of(2) && tried % 7 != 0)
                {
                    tried += 1;
                    continue;
                }
                let broken = std::iter::once(another_kind(root, &place)).chain(slip(root, &place));
                for broken in broken {
                    tried += 1;
                    let mut texts: Vec<(String, String)> =
                        set.iter().map(|(n, json)| (n.clone(), json.to_string())).collect();
                    texts[file].1 = broken.to_string();
                    let list: Vec<(&str, &str)> =
                        texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
                    let library = Library::from_files(&list);
                    let count = library.findings().iter().count();
                    if count > 1 {
                        let messages: Vec<&str> =
                            library.findings().iter().map(|f| f.message.as_str()).collect();
                        wrong.push(format!("{} {}: {count}: {messages:?}", texts[file].0, place.join(".")));
                    }
                }
            }
        }
    }
    assert!(tried > 500, "{tried}");
    assert!(
        wrong.is_empty(),
        "{} of {tried}\n{}",
        wrong.len(),
        wrong.iter().take(60).cloned().collect::<Vec<_>>().join("\n")
    );
}
