//! JSON Schemas (draft 2020-12): of rule files, of the answers to one rule set, of an assessment, a comparison, an impact, and of
//! a dossier.

use serde_json::{Map, Value as Json, json};

use crate::answers::{DEVIATIONS, Deviation, STEPS, StepRecord, TODAY};
use crate::questionnaire::QuestionItem;
use crate::rule_set::Program;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of rule files: what editors complete and check while typing.
///
/// ```
/// assert_eq!(leidraad::schema::rules()["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// ```
pub fn rules() -> Json {
    schemars::schema_for!(crate::document::Document).to_value()
}

/// The schema of the answers to one rule set, usable by a form generator: titles, descriptions, options with labels.
/// An answer may be a value, `null` (nobody knows), partly known, or not applicable where the question allows it.
pub fn answers(program: &Program) -> Json {
    let questionnaire = program.questionnaire();
    let mut properties = Map::new();
    for item in questionnaire.sections.iter().flat_map(|s| &s.items) {
        properties.insert(item.id.clone(), answer(item));
    }
    // a form shows the questions in the order of the file, which JSON objects need not keep
    let order: Vec<&str> =
        questionnaire.sections.iter().flat_map(|s| &s.items).map(|i| i.id.as_str()).collect();
    let sections: Vec<Json> = questionnaire
        .sections
        .iter()
        .map(|s| json!({ "title": s.section, "items": s.items.iter().map(|i| &i.id).collect::<Vec<_>>() }))
        .collect();
    let mut defs = notes();
    let mut generator = schemars::SchemaGenerator::default();
    let kept = [
        (STEPS, generator.subschema_for::<StepRecord>().to_value()),
        (DEVIATIONS, generator.subschema_for::<Deviation>().to_value()),
    ];
    for (key, of) in kept {
        properties.insert(key.to_owned(), json!({ "type": "object", "additionalProperties": of }));
    }
    properties.insert(TODAY.to_owned(), json!({ "type": "string", "format": "date" }));
    defs.extend(generator.take_definitions(true));
    json!({
        "$schema": DRAFT,
        "title": questionnaire.title,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": defs,
        "x-order": order,
        "x-sections": sections
    })
}

/// What people note beside an answer.
fn notes() -> Map<String, Json> {
    let notes = json!({
        "type": "object",
        "properties": {
            "remark": { "type": "string" },
            "evidence": { "type": "array", "items": { "type": "string" } },
            "by": { "type": "string" },
            "at": { "type": "string", "format": "date" }
        }
    });
    Map::from_iter([("notes".to_owned(), notes)])
}

/// A question for a list: its records, all or at least some of them.
fn list(item: &QuestionItem) -> Vec<Json> {
    let fields: Map<String, Json> =
        item.fields.iter().map(|field| (field.id.clone(), answer(field))).collect();
    let order: Vec<&String> = item.fields.iter().map(|field| &field.id).collect();
    let record = json!({
        "type": "object",
        "title": item.each,
        "properties": fields,
        "additionalProperties": false,
        "x-order": order
    });
    let records = json!({ "type": "array", "items": record, "maxItems": item.max });
    let mut forms = vec![
        records.clone(),
        json!({ "type": "null", "title": "Weet ik niet" }),
        with_notes("value", &json!({ "anyOf": [records, { "type": "null" }] })),
        with_notes("at_least", &records),
    ];
    if item.not_applicable {
        forms.push(with_notes("not_applicable", &json!({ "type": "string", "minLength": 1 })));
    }
    forms
}

/// One question: its plain value first, then the other forms of an answer.
fn answer(item: &QuestionItem) -> Json {
    let forms = if item.kind == "list" { list(item) } else { forms(item) };
    let mut schema = json!({ "title": item.ask, "anyOf": forms });
    if let Json::Object(map) = &mut schema {
        let also = [("description", &item.help), ("x-unit", &item.unit)];
        for (key, text) in also.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
            map.insert(key.to_owned(), json!(text));
        }
        for (key, value) in [("x-step", json!(item.step)), ("x-when", json!(item.when))] {
            if !value.is_null() {
                map.insert(key.to_owned(), value);
            }
        }
    }
    schema
}

/// The forms of an answer that is one value.
fn forms(item: &QuestionItem) -> Vec<Json> {
    let value = value(item);
    let mut forms = vec![value.clone()];
    if item.several {
        forms.push(json!({ "type": "array", "items": value, "minItems": 1 }));
    }
    forms.push(json!({ "type": "null", "title": "Weet ik niet" }));
    forms.push(with_notes("one_of", &json!({ "type": "array", "items": value, "minItems": 1 })));
    if matches!(item.kind, "integer" | "decimal" | "date" | "time") {
        let end = json!({ "anyOf": [value, { "type": "null" }] });
        forms.push(with_notes(
            "between",
            &json!({ "type": "array", "prefixItems": [end, end], "minItems": 2, "maxItems": 2 }),
        ));
    }
    if item.not_applicable {
        forms.push(with_notes("not_applicable", &json!({ "type": "string", "minLength": 1 })));
    }
    forms.push(with_notes(
        "value",
        &match item.several {
            true => json!({ "anyOf": [value, { "type": "null" }, { "type": "array", "items": value, "minItems": 1 }] }),
            false => json!({ "anyOf": [value, { "type": "null" }] }),
        },
    ));
    forms
}

fn with_notes(key: &str, value: &Json) -> Json {
    let mut properties = Map::new();
    properties.insert(key.to_owned(), value.clone());
    json!({
        "type": "object",
        "properties": properties,
        "required": [key],
        "allOf": [{ "$ref": "#/$defs/notes" }],
        "unevaluatedProperties": false
    })
}

fn value(item: &QuestionItem) -> Json {
    let mut schema = match item.kind {
        "boolean" => json!({ "enum": [true, false, "ja", "nee"] }),
        "choice" => {
            let options = item.options.iter().map(|o| json!({ "const": o.id, "title": o.label }));
            json!({ "oneOf": options.collect::<Vec<_>>() })
        }
        "integer" => json!({ "type": "integer" }),
        "decimal" => json!({ "type": "number" }),
        "date" => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        "time" => json!({ "type": "string", "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" }),
        _ => json!({ "type": "string" }),
    };
    if let (Json::Object(map), "integer" | "decimal") = (&mut schema, item.kind) {
        // no `multipleOf` for a step such as 0.1: validators that count in binary refuse 0.3
        for (key, bound) in [("minimum", &item.min), ("maximum", &item.max)] {
            if let Some(bound) = bound {
                map.insert(key.to_owned(), json!(bound));
            }
        }
    }
    schema
}

/// The schema of an assessment, as it is written.
///
/// ```
/// assert_eq!(leidraad::schema::assessment()["title"], "Assessment");
/// ```
pub fn assessment() -> Json {
    written::<crate::Assessment>()
}

/// The schema of a comparison, as it is written.
///
/// ```
/// assert_eq!(leidraad::schema::comparison()["title"], "Comparison");
/// ```
pub fn comparison() -> Json {
    written::<crate::compare::Comparison>()
}

/// The schema of an impact, as it is written.
///
/// ```
/// assert_eq!(leidraad::schema::impact()["title"], "ImpactReport");
/// ```
pub fn impact() -> Json {
    written::<crate::impact::ImpactReport>()
}

fn written<T: schemars::JsonSchema>() -> Json {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// The schema of a dossier. What was answered follows the schema of answers, which differs by rule set.
///
/// ```
/// assert_eq!(leidraad::schema::dossier()["title"], "Record");
/// ```
pub fn dossier() -> Json {
    let written = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema =
        written.into_generator().into_root_schema_for::<crate::dossier::record::Record>().to_value();
    let mut assessment = assessment();
    // what a revision keeps of an assessment has the schema that an assessment has
    if let Some(Json::Object(rest)) = schema.pointer_mut("/$defs/Rest/properties") {
        for (key, part) in rest.iter_mut() {
            if let Some(own) = assessment.pointer_mut(&format!("/properties/{key}")) {
                *part = own.take();
            }
        }
    }
    let outcomes = schema.pointer_mut("/$defs/Entry/oneOf").and_then(Json::as_array_mut);
    for form in outcomes.into_iter().flatten() {
        if let Some(values) = form.pointer_mut("/properties/decisions/additionalProperties") {
            *values = json!({ "$ref": "#/$defs/Outcome" });
        }
    }
    let defs = assessment.pointer_mut("/$defs").and_then(Json::as_object_mut);
    if let (Some(own), Some(defs)) = (schema.pointer_mut("/$defs").and_then(Json::as_object_mut), defs) {
        for (name, def) in defs.iter_mut() {
            own.entry(name.clone()).or_insert_with(|| def.take());
        }
    }
    schema
}

/// The schema of a report, as it is written.
///
/// ```
/// assert_eq!(leidraad::schema::report()["title"], "Report");
/// ```
#[cfg(feature = "report")]
pub fn report() -> Json {
    written::<crate::report::Report>()
}
