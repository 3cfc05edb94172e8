//! The hashes of a dossier by another way: from its description, over plain JSON, in code that shares nothing with the library.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// Canonical JSON of what stands in a dossier: its keys are ASCII, so that the order of bytes is that of UTF-16.
pub(crate) fn canonical(value: &Json) -> String {
    match value {
        Json::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            let entries: Vec<String> = keys
                .iter()
                .map(|key| format!("{}:{}", Json::from(key.as_str()), canonical(&map[*key])))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

fn sha256(value: &Json) -> Json {
    let digest = Sha256::digest(canonical(value).as_bytes());
    Json::from(format!("sha256:{}", digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

/// An empty list where a key is missing.
fn list(value: &Json, key: &str) -> Json {
    value.get(key).cloned().unwrap_or_else(|| json!([]))
}

/// Makes all hashes anew, as somebody would who changes a dossier and knows how it is made.
pub(crate) fn rehash(dossier: &mut Json) {
    let mut previous = Json::Null;
    let revisions = dossier["revisions"].as_array_mut().unwrap();
    for (i, revision) in revisions.iter_mut().enumerate() {
        revision["number"] = json!(i + 1);
        match &previous {
            Json::Null => drop(revision.as_object_mut().unwrap().remove("previous")),
            hash => revision["previous"] = hash.clone(),
        }
        for part in revision["parts"].as_array_mut().unwrap() {
            if part.get("salt").is_none() {
                continue;
            }
            let mut hashes = Vec::new();
            for leaf in part.get_mut("leaves").and_then(Json::as_array_mut).into_iter().flatten() {
                if let Some(mut value) = leaf.get("value").cloned() {
                    // a sign-off names the revision that it signs
                    if value.get("sign").is_some() {
                        value["sign"]["of"] = previous.clone();
                        leaf["value"] = value.clone();
                    }
                    leaf["hash"] = sha256(&json!([leaf["salt"], value]));
                }
                hashes.push(leaf["hash"].clone());
            }
            part["hash"] = sha256(&json!([part["salt"], part["of"], list(part, "classes"), hashes]));
        }
        revision["hash"] = revision_hash(revision);
        previous = revision["hash"].clone();
    }
}

fn revision_hash(revision: &Json) -> Json {
    let part =
        |part: &Json| json!({ "of": part["of"], "classes": list(part, "classes"), "hash": part["hash"] });
    let parts: Vec<Json> = revision["parts"].as_array().unwrap().iter().map(part).collect();
    sha256(&json!({
        "leidraad_dossier": 1,
        "number": revision["number"],
        "previous": revision.get("previous").cloned().unwrap_or_default(),
        "engine": revision["engine"],
        "rules": revision["rules"],
        "parts": parts,
    }))
}
