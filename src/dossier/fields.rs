//! The plain values of a dossier: texts, hashes, salts, counts, moments and JSON that is kept as it was written.

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::canonical::{LongNumbers, written};
use crate::decode::{Decode, wrong};
use crate::diagnostic::Diagnostic;
use crate::tree::{Kind, Node};
use crate::value::Date;

/// Declares a text of a certain form: the struct, its decoder, JSON form and schema.
macro_rules! text {
    ($(#[doc = $doc:expr])* $name:ident: $expected:literal, $fits:expr, $schema:tt) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub(crate) String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl Decode for $name {
            fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
                let fits: fn(&str) -> bool = $fits;
                match &node.kind {
                    Kind::Scalar { text, quoted: true, .. } if fits(text) => Some($name(text.clone())),
                    _ => {
                        out.push(wrong(&node, key, $expected));
                        None
                    }
                }
            }

            #[cfg(feature = "schema")]
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}

text! {
    /// A text.
    Text: "a text", |_| true, { "type": "string" }
}

text! {
    /// `sha256:` and 64 hexadecimal digits.
    Hash: "`sha256:` and 64 hexadecimal digits", |text| text.strip_prefix("sha256:").is_some_and(|digits| hexadecimal(digits, 64)),
    { "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" }
}

text! {
    /// 32 hexadecimal digits by chance, which nobody can guess.
    Salt: "32 hexadecimal digits", |text| hexadecimal(text, 32), { "type": "string", "pattern": "^[0-9a-f]{32}$" }
}

fn hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

impl Hash {
    /// The SHA-256 of a text.
    pub(super) fn of(text: &str) -> Hash {
        Hash(format!("sha256:{}", hex(&Sha256::digest(text.as_bytes()))))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text(text.to_owned())
    }
}

/// A number of revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub(crate) u32);

impl Count {
    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

impl Decode for Count {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let count = match &node.kind {
            Kind::Scalar { text, quoted: false, .. } => text.parse().ok().filter(|count| *count > 0),
            _ => None,
        };
        if count.is_none() {
            out.push(wrong(&node, key, "a whole number from 1"));
        }
        count.map(Count)
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 1 })
    }
}

/// A point in time with its distance to UTC: `2026-07-04T10:00:00+02:00`, or with `Z` for UTC. Its day is the day of the
/// place where it was written down.
///
/// ```
/// use leidraad::dossier::Moment;
/// let moment = Moment::parse("2026-07-05T00:30:00+02:00").unwrap();
/// assert_eq!((moment.date().to_string(), moment.time()), ("2026-07-05".to_owned(), "00:30"));
/// assert!(moment.seconds() < Moment::parse("2026-07-04T22:30:01Z").unwrap().seconds());
/// assert!(Moment::parse("2026-07-05").is_none() && Moment::parse("2026-07-05T25:00:00Z").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    text: String,
    date: Date,
    seconds: i64,
}

impl Moment {
    /// Reads a moment, and nothing else.
    pub fn parse(text: &str) -> Option<Moment> {
        let date = Date::parse(text.get(..10)?)?;
        let clock = text.get(10..)?.strip_prefix('T')?;
        let two = |from: usize, below: i64| -> Option<i64> {
            let digits = clock.get(from..from.checked_add(2)?)?;
            let plain = digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse().ok().filter(|n| plain && *n < below)
        };
        let colon = |at: usize| clock.as_bytes().get(at) == Some(&b':');
        let of_day = two(0, 24)? * 3600 + two(3, 60)? * 60 + two(6, 60)?;
        let east = match (clock.as_bytes().get(8)?, clock.len()) {
            (b'Z', 9) => 0,
            (b'+', 14) if colon(11) => two(9, 24)? * 60 + two(12, 60)?,
            (b'-', 14) if colon(11) => -(two(9, 24)? * 60 + two(12, 60)?),
            _ => return None,
        };
        let seconds = date.ticks() * 86_400 + of_day - east * 60;
        (colon(2) && colon(5)).then(|| Moment { text: text.to_owned(), date, seconds })
    }

    /// The day, where it was written down.
    pub fn date(&self) -> Date {
        self.date
    }

    /// Hours and minutes, where it was written down.
    pub fn time(&self) -> &str {
        self.text.get(11..16).unwrap_or_default()
    }

    /// Seconds since a fixed moment, to compare by.
    pub fn seconds(&self) -> i64 {
        self.seconds
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl Decode for Moment {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let moment = match &node.kind {
            Kind::Scalar { text, quoted: true, .. } => Moment::parse(text),
            _ => None,
        };
        if moment.is_none() {
            out.push(wrong(&node, key, "a moment such as `2026-07-04T10:00:00+02:00`"));
        }
        moment
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// A value in canonical JSON, kept as a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json(String);

impl Json {
    /// Anything that serializes; numbers too long for canonical JSON become texts.
    pub(super) fn of(value: &impl Serialize) -> Result<Json, Box<Diagnostic>> {
        crate::canonical::of(value, LongNumbers::AsText).map(Json)
    }

    /// `null`.
    pub(super) fn null() -> Json {
        Json("null".to_owned())
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text of a text; another value as it is written.
    pub(super) fn plain(&self) -> String {
        serde_json::from_str::<String>(&self.0).unwrap_or_else(|_| self.0.clone())
    }

    /// The items of a list; nothing for another value.
    pub(super) fn items(&self) -> Vec<Json> {
        let node = crate::json::read_within(0, &self.0, crate::limits::MAX_DOSSIER_NODES, &mut Vec::new());
        let Some(Node { kind: Kind::Seq(items), .. }) = node else { return Vec::new() };
        items.iter().filter_map(|item| written(item, LongNumbers::Refused).ok().map(Json)).collect()
    }

    /// The entries of an object, in canonical order; nothing for another value.
    pub(super) fn entries(&self) -> Vec<(String, Json)> {
        let node = crate::json::read_within(0, &self.0, crate::limits::MAX_DOSSIER_NODES, &mut Vec::new());
        let Some(Node { kind: Kind::Map(entries), .. }) = node else { return Vec::new() };
        let entries = entries.into_iter().filter_map(|(key, value)| {
            written(&value, LongNumbers::Refused).ok().map(|text| (key.value, Json(text)))
        });
        entries.collect()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::value::RawValue::from_string(self.0.clone()).ok().serialize(serializer)
    }
}

impl Decode for Json {
    fn decode(node: Node, _: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        written(&node, LongNumbers::Refused).map_err(|finding| out.push(*finding)).ok().map(Json)
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(true)
    }
}
