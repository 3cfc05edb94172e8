//! Answers as JSON, in the form in which they are read.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Answer, Answers, DEVIATIONS, Known, STEPS, Scalar, TODAY};

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.text.as_str() {
            text if self.quoted => serializer.serialize_str(text),
            "true" => serializer.serialize_bool(true),
            "false" => serializer.serialize_bool(false),
            "null" => serializer.serialize_unit(),
            text => match crate::value::Value::number(text) {
                Some(number) => number.serialize(serializer),
                None => serializer.serialize_str(text),
            },
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plain =
            self.remark.is_none() && self.evidence.is_empty() && self.by.is_none() && self.at.is_none();
        match &self.known {
            Known::Value(value) if plain => return value.serialize(serializer),
            Known::Several(values) if plain => return values.serialize(serializer),
            Known::Records(records) if plain && records.complete => {
                return records.list.serialize(serializer);
            }
            Known::Unknown if plain => return serializer.serialize_unit(),
            _ => {}
        }
        let mut map = serializer.serialize_map(None)?;
        match &self.known {
            Known::Value(value) => map.serialize_entry("value", value)?,
            Known::Several(values) => map.serialize_entry("value", values)?,
            Known::Unknown => map.serialize_entry("value", &())?,
            Known::NotApplicable(reason) => map.serialize_entry("not_applicable", reason)?,
            Known::OneOf(values) => map.serialize_entry("one_of", values)?,
            Known::Between(low, high) => map.serialize_entry("between", &[low, high])?,
            Known::Records(records) if records.complete => map.serialize_entry("value", &records.list)?,
            Known::Records(records) => map.serialize_entry("at_least", &records.list)?,
        }
        let notes = [("remark", &self.remark), ("by", &self.by), ("at", &self.at)];
        for (key, value) in notes.iter().filter(|(_, v)| v.is_some()) {
            map.serialize_entry(key, value)?;
        }
        if !self.evidence.is_empty() {
            map.serialize_entry("evidence", &self.evidence)?;
        }
        map.end()
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (question, answer) in self.iter() {
            map.serialize_entry(question, answer)?;
        }
        if !self.steps.0.is_empty() {
            map.serialize_entry(STEPS, &self.steps)?;
        }
        if !self.deviations.0.is_empty() {
            map.serialize_entry(DEVIATIONS, &self.deviations)?;
        }
        if let Some(today) = self.today {
            map.serialize_entry(TODAY, &today)?;
        }
        map.end()
    }
}
