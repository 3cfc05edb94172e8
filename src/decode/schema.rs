//! JSON Schema of records.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::Decode;

/// The schema of a record, field by field.
pub(crate) struct Object {
    doc: &'static str,
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl Object {
    pub(crate) fn new(doc: &'static str) -> Self {
        Object { doc, properties: Map::new(), required: Vec::new() }
    }

    /// Adds a field.
    pub(crate) fn property<T: Decode>(&mut self, key: &str, doc: &str, generator: &mut SchemaGenerator) {
        let mut schema = T::schema(generator);
        schema.insert("description".to_owned(), doc.trim().into());
        self.properties.insert(key.to_owned(), schema.into());
        if T::absent().is_none() {
            self.required.push(key.into());
        }
    }

    /// The whole; where one text may stand for the field `short`, that too.
    pub(crate) fn finish(self, short: Option<&str>, generator: &mut SchemaGenerator) -> Schema {
        let mut object = json_schema!({
            "type": "object",
            "description": self.doc.trim(),
            "properties": self.properties,
            "additionalProperties": false,
        });
        if !self.required.is_empty() {
            object.insert("required".to_owned(), self.required.into());
        }
        match short {
            Some(_) => json_schema!({ "anyOf": [String::schema(generator), object] }),
            None => object,
        }
    }
}

/// A condition holds conditions, so its schema needs a name.
pub(crate) struct ConditionSchema;

impl JsonSchema for ConditionSchema {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = String::schema(generator);
        let itself = generator.subschema_for::<Self>();
        let tests = json_schema!({
            "type": "object",
            "description": "All must hold: from name to unary test, and `not` with a condition.",
            "minProperties": 1,
            "properties": { "not": itself },
            "additionalProperties": { "anyOf": [value, { "type": "array", "items": value, "minItems": 1 }] },
        });
        json_schema!({ "anyOf": [tests, { "type": "array", "items": tests, "minItems": 1 }] })
    }
}
