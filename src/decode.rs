//! From a tree to typed values, with every finding instead of the first.
//!
//! [`record!`] makes of one list of fields the struct, its decoder, its JSON form and its JSON Schema, so that
//! none of them can know another key than the others.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::tree::{Kind, Node};
use crate::value::Date;

/// A value that can be read from a tree. `key` is the key under which it stands, for messages.
pub(crate) trait Decode: Sized {
    /// Reads the value; on `None` a finding says why.
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self>;

    /// The value when its key is missing; `None` when the key must be there.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether this is the value of a missing key.
    fn is_absent(&self) -> bool {
        false
    }

    /// What a file may have here.
    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema;
}

/// That another kind of value was expected.
pub(crate) fn wrong(node: &Node, key: &str, expected: &str) -> Diagnostic {
    let message = format!("`{key}`: expected {expected}, found {}", node.describe());
    let finding = Diagnostic::error(Code::WrongShape, node.span, message);
    match node.kind {
        Kind::Null => finding.help(format!("write a value, or leave `{key}` out")),
        _ => finding,
    }
}

/// That a date was expected; one with the day first is told how to write it.
pub(crate) fn wrong_date(node: &Node, key: &str) -> Diagnostic {
    let finding = wrong(node, key, "a date such as `2026-07-04`");
    let meant = match &node.kind {
        Kind::Scalar { text, .. } => Date::day_first(text),
        _ => None,
    };
    match meant {
        Some(date) => finding.help(format!("write `{date}`")),
        None => finding,
    }
}

impl Decode for String {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => {
                out.push(wrong(&node, key, "a text"));
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

impl Decode for bool {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if matches!(text.as_str(), "true" | "ja") => Some(true),
            Kind::Scalar { text, .. } if matches!(text.as_str(), "false" | "nee") => Some(false),
            _ => {
                out.push(wrong(&node, key, "`true` or `false`"));
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "enum": [true, false, "ja", "nee"] })
    }
}

impl Decode for Date {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let date = match &node.kind {
            Kind::Scalar { text, .. } => Date::parse(text),
            _ => None,
        };
        if date.is_none() {
            out.push(wrong_date(&node, key));
        }
        date
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let span = node.span;
        T::decode(node, key, out).map(|value| Spanned { value, span })
    }

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema(generator)
    }
}

/// A value with a finding counts as missing here, so that its neighbours are still read.
impl<T: Decode> Decode for Option<T> {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(T::decode(node, key, out))
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema(generator)
    }
}

/// Items with a finding are left out, so that the others are still read.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.kind {
            Kind::Seq(items) => {
                Some(items.into_iter().filter_map(|item| T::decode(item, key, out)).collect())
            }
            Kind::Scalar { ref text, .. } => {
                let help = format!("write `{key}: [{}]`", crate::tree::excerpt(text));
                out.push(wrong(&node, key, "a list").help(help));
                None
            }
            _ => {
                out.push(wrong(&node, key, "a list"));
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let items = T::schema(generator);
        schemars::json_schema!({ "type": "array", "items": items })
    }
}

/// The entries of a map that is a record, taken out one by one.
pub(crate) struct Fields {
    noun: &'static str,
    span: Span,
    entries: Vec<(Spanned<String>, Option<Node>)>,
    /// Keys that an unknown key was probably meant to be.
    meant: Vec<String>,
}

impl Fields {
    /// The fields of a map; unknown keys are findings. A lone text stands for the field `short`, where there is one.
    pub(crate) fn of(
        node: Node,
        key: &str,
        (noun, keys, short): (&'static str, &[&'static str], Option<&'static str>),
        out: &mut Vec<Diagnostic>,
    ) -> Option<Fields> {
        let span = node.span;
        let entries = match (node.kind, short) {
            (Kind::Map(entries), _) => entries,
            (kind @ Kind::Scalar { .. }, Some(short)) => {
                vec![(Spanned { value: short.to_owned(), span }, Node { span, kind })]
            }
            (kind, _) => {
                let finding =
                    wrong(&Node { span, kind: kind.clone() }, key, &format!("{noun}, which is a map"));
                let plain = |c: char| c.is_alphanumeric() || c == ' ' || c == '_';
                out.push(match kind {
                    Kind::Scalar { text, .. } if keys.contains(&"label") => {
                        let quote = if text.chars().all(plain) { "" } else { "\"" };
                        finding.help(format!(
                            "write `{{ label: {quote}{}{quote} }}`",
                            crate::tree::excerpt(&text)
                        ))
                    }
                    _ => finding,
                });
                return None;
            }
        };
        if let Some(finding) = something_else(&entries, span, noun, keys) {
            out.push(finding);
            return None;
        }
        let mut meant = Vec::new();
        for (name, value) in entries.iter().filter(|(name, _)| !keys.contains(&name.value.as_str())) {
            let free = keys.iter().copied().filter(|key| !entries.iter().any(|(name, _)| name.value == *key));
            let help = match nearest(&name.value, free) {
                _ if matches!(value.kind, Kind::Null) && name.value.contains(' ') => {
                    "a comma ends a text between `{` and `}`: put the text between quotes".to_owned()
                }
                Some(near) => {
                    meant.push(near.to_owned());
                    format!("did you mean `{near}`?")
                }
                None => format!("the keys of {noun} are: {}", keys.join(", ")),
            };
            let message = format!("{noun} has no key `{}`", crate::tree::excerpt(&name.value));
            out.push(Diagnostic::error(Code::UnknownKey, name.span, message).help(help));
        }
        let entries = entries.into_iter().map(|(name, value)| (name, Some(value))).collect();
        Some(Fields { noun, span, entries, meant })
    }

    /// The place of the whole.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The value of a field.
    pub(crate) fn take<T: Decode>(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<T> {
        let entry = self.entries.iter_mut().find(|(name, _)| name.value == key);
        if let Some(node) = entry.and_then(|(_, node)| node.take()) {
            return T::decode(node, key, out);
        }
        let absent = T::absent();
        if absent.is_none() && self.meant.iter().all(|meant| meant != key) {
            let noun = self.noun.split_once(' ').map_or(self.noun, |(_, noun)| noun);
            let message = format!("this {noun} has no `{key}`");
            out.push(Diagnostic::error(Code::MissingKey, self.span, message).help(format!("add `{key}: …`")));
        }
        absent
    }
}

/// One finding about a map of which most keys belong to something else, such as a question that stands outside a section;
/// a finding for each of them would hide what is wrong.
fn something_else(
    entries: &[(Spanned<String>, Node)],
    span: Span,
    noun: &str,
    keys: &[&str],
) -> Option<Diagnostic> {
    let foreign = |name: &str| !keys.contains(&name) && nearest(name, keys.iter().copied()).is_none();
    let others: Vec<String> = entries
        .iter()
        .filter(|(name, _)| foreign(&name.value))
        .map(|(name, _)| format!("`{}`", crate::tree::excerpt(&name.value)))
        .collect();
    if others.len() < 3 || others.len() * 2 <= entries.len() {
        return None;
    }
    let first = others.get(..3).unwrap_or_default().join(", ");
    let message = format!("this is not {noun}: it has keys such as {first}");
    let finding = Diagnostic::error(Code::WrongShape, span, message);
    Some(finding.help(match keys.last() {
        Some(&"items") => {
            "a question stands under `items:` of a section: `- section: …`, below it `items:`".to_owned()
        }
        _ => format!("the keys of {noun} are: {}", keys.join(", ")),
    }))
}

/// Declares a record of the file format: the struct, equality apart from places, JSON form, decoder and schema.
macro_rules! record {
    (
        $(#[doc = $doc:expr])*
        pub struct $name:ident = $noun:literal $(or $short:literal)? {
            $($(#[doc = $fdoc:expr])* pub $field:ident $(as $key:literal)?: $ty:ty,)*
            $(@span $(#[doc = $sdoc:expr])* pub $span:ident,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[doc = $fdoc])* pub $field: $ty,)*
            $($(#[doc = $sdoc])* pub $span: $crate::source::Span,)?
        }

        impl $name {
            /// The keys, in the order of the file.
            pub const KEYS: &'static [&'static str] = &[$(record!(@key $field $($key)?),)*];
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                true $(&& self.$field == other.$field)*
            }
        }

        impl Eq for $name {}

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $(
                    if !$crate::decode::Decode::is_absent(&self.$field) {
                        map.serialize_entry(record!(@key $field $($key)?), &self.$field)?;
                    }
                )*
                map.end()
            }
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                node: $crate::tree::Node,
                key: &str,
                out: &mut Vec<$crate::diagnostic::Diagnostic>,
            ) -> Option<Self> {
                let form = ($noun, Self::KEYS, None::<&'static str>$(.or(Some($short)))?);
                let mut fields = $crate::decode::Fields::of(node, key, form, out)?;
                $(let $field = fields.take::<$ty>(record!(@key $field $($key)?), out);)*
                // all at once, as every `?` would drop what stands before and after it in code of its own
                match ($($field,)*) {
                    ($(Some($field),)*) => Some($name { $($field,)* $($span: fields.span(),)? }),
                    _ => None,
                }
            }

            #[cfg(feature = "schema")]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut object = $crate::decode::schema::Object::new(concat!($($doc,)*));
                $(object.property::<$ty>(record!(@key $field $($key)?), concat!($($fdoc,)*), generator);)*
                object.finish(None::<&str>$(.or(Some($short)))?, generator)
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}
pub(crate) use record;

/// Declares a choice of words: the enum, its spelling, decoder and schema.
macro_rules! words {
    (
        $(#[doc = $doc:expr])*
        $(#[derive($($derive:ident),*)])?
        pub enum $name:ident = $noun:literal { $($(#[doc = $vdoc:expr])* $variant:ident = $word:literal,)* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq $($(, $derive)*)?)]
        pub enum $name { $($(#[doc = $vdoc])* $variant,)* }

        impl $name {
            /// The words, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word in the file.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                node: $crate::tree::Node,
                key: &str,
                out: &mut Vec<$crate::diagnostic::Diagnostic>,
            ) -> Option<Self> {
                match &node.kind {
                    $($crate::tree::Kind::Scalar { text, .. } if text == $word => Some($name::$variant),)*
                    _ => {
                        out.push($crate::decode::wrong_word(&node, key, $noun, Self::WORDS));
                        None
                    }
                }
            }

            #[cfg(feature = "schema")]
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "enum": Self::WORDS })
            }
        }
    };
}
pub(crate) use words;

/// That one of these words was expected.
pub(crate) fn wrong_word(node: &Node, key: &str, noun: &str, words: &[&'static str]) -> Diagnostic {
    let finding = wrong(node, key, noun);
    let near = match &node.kind {
        Kind::Scalar { text, .. } => nearest(text, words.iter().copied()),
        _ => None,
    };
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("write one of: {}", words.join(", "))),
    }
}

#[cfg(feature = "schema")]
pub(crate) mod schema;
