//! When a layer or source applies, as far as that is known; on what it rests; what it means that it is silent.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Document, Source, SourceRef, Spanned};
use crate::decode::{Decode, record, words, wrong, wrong_date};
use crate::diagnostic::Diagnostic;
use crate::tree::{Kind, Node};
use crate::value::Date;

record! {
    /// The period in which a layer or source applies; both days are included, either may be missing.
    pub struct InForce = "a period" {
        /// First day.
        pub from: Option<Spanned<Day>>,
        /// Last day.
        pub to: Option<Spanned<Day>>,
    }
}

/// An end of a period: a date, `unknown`, or `{ between: [first, last] }` when it is one of the days between two dates, both
/// included; either of these may be null.
///
/// ```
/// use leidraad::{Date, document::{Day, InForce}, source::{Span, Spanned}};
/// let day = |text: &str| Date::parse(text).unwrap();
/// let from = Day::Between(Some(day("2021-01-16")), Some(day("2022-01-01")));
/// let period = InForce { from: Some(Spanned { value: from, span: Span::default() }), to: None };
/// assert_eq!(period.covers(day("2021-01-15")), Some(false));
/// assert_eq!(period.covers(day("2021-06-01")), None, "it may have begun, or not");
/// assert_eq!(period.covers(day("2022-01-01")), Some(true));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// This day.
    Known(Date),
    /// A day that is not known, not before the first and not after the second of these.
    Between(Option<Date>, Option<Date>),
}

impl Day {
    /// The first and last day that it can be.
    pub fn ends(self) -> (Option<Date>, Option<Date>) {
        match self {
            Day::Known(day) => (Some(day), Some(day)),
            Day::Between(first, last) => (first, last),
        }
    }

    /// The day, where it is known.
    pub fn known(self) -> Option<Date> {
        match self {
            Day::Known(day) => Some(day),
            Day::Between(..) => None,
        }
    }
}

impl InForce {
    /// Whether a date lies in the period: yes, no, or none when that depends on a day that is not known.
    pub fn covers(&self, date: Date) -> Option<bool> {
        let begun = self.from.as_ref().map_or(Some(true), |from| match from.value.ends() {
            (_, Some(last)) if last <= date => Some(true),
            (Some(first), _) if date < first => Some(false),
            _ => None,
        });
        let ended = self.to.as_ref().map_or(Some(false), |to| match to.value.ends() {
            (_, Some(last)) if last < date => Some(true),
            (Some(first), _) if date <= first => Some(false),
            _ => None,
        });
        match (begun, ended) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            _ => None,
        }
    }

    /// The days on which it certainly applies, in ticks; the first lies after the last when there is none.
    pub(crate) fn certain(&self) -> (i64, i64) {
        let from =
            self.from.as_ref().map_or(i64::MIN, |from| from.value.ends().1.map_or(i64::MAX, Date::ticks));
        let to = self.to.as_ref().map_or(i64::MAX, |to| to.value.ends().0.map_or(i64::MIN, Date::ticks));
        (from, to)
    }

    /// The days on which it may apply, in ticks.
    pub(crate) fn possible(&self) -> (i64, i64) {
        let from = self.from.as_ref().and_then(|from| from.value.ends().0).map_or(i64::MIN, Date::ticks);
        let to = self.to.as_ref().and_then(|to| to.value.ends().1).map_or(i64::MAX, Date::ticks);
        (from, to)
    }

    /// The first days on which something else may hold than on the day before.
    pub(crate) fn edges(&self) -> Vec<i64> {
        let ends = |day: &Option<Spanned<Day>>| day.as_ref().map_or((None, None), |day| day.value.ends());
        let (from, to) = (ends(&self.from), ends(&self.to));
        let begins = [from.0, from.1].into_iter().flatten().map(Date::ticks);
        begins.chain([to.0, to.1].into_iter().flatten().map(|day| day.ticks() + 1)).collect()
    }
}

/// A period that cannot begin before something was made known, or else signed, where its first day is not known.
fn bounded(in_force: Option<&InForce>, published: Option<Date>, signed: Option<Date>) -> Option<InForce> {
    let mut period = in_force.cloned()?;
    if let Some(Spanned { value: Day::Between(first, _), .. }) = &mut period.from {
        *first = (*first).max(published.or(signed));
    }
    Some(period)
}

impl Document {
    /// When this layer applies, as far as that is known: of a first day that is not known at least that it does not lie
    /// before publication, or else before signature.
    pub fn period(&self) -> Option<InForce> {
        let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
        bounded(self.in_force.as_ref(), day(&self.published), day(&self.signed))
    }
}

impl Document {
    /// The members that it lists; none when it belongs to all.
    pub fn members(&self) -> Option<&[Spanned<String>]> {
        match &self.members {
            Some(Members::Of(codes)) => Some(codes),
            Some(Members::All) | None => None,
        }
    }
}

impl Source {
    /// When this source applies, as far as that is known; see [`Document::period`].
    pub fn period(&self) -> Option<InForce> {
        let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
        bounded(self.in_force.as_ref(), day(&self.published), day(&self.signed))
    }
}

impl Decode for Day {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let between = match &node.kind {
            Kind::Scalar { text, .. } if text == "unknown" => return Some(Day::Between(None, None)),
            Kind::Scalar { text, .. } if Date::parse(text).is_some() => {
                return Date::parse(text).map(Day::Known);
            }
            Kind::Map(entries) => match entries.as_slice() {
                [(name, Node { kind: Kind::Seq(ends), .. })] if name.value == "between" => ends.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        if let [first, last] = between {
            let end = |node: &Node, out: &mut Vec<Diagnostic>| match node.kind {
                Kind::Null => Some(None),
                _ => Date::decode(node.clone(), "between", out).map(Some),
            };
            let (first, last) = (end(first, out), end(last, out));
            return Some(Day::Between(first?, last?));
        }
        let finding = wrong_date(&node, key);
        let help = "of a day that is not known write `unknown`, or `{ between: [first, last] }`";
        out.push(if finding.help.is_some() { finding } else { finding.help(help) });
        None
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let date = serde_json::json!({ "type": "string", "format": "date" });
        let end = serde_json::json!({ "anyOf": [date, { "type": "null" }] });
        schemars::json_schema!({ "anyOf": [
            date,
            { "const": "unknown" },
            {
                "type": "object",
                "properties": { "between": { "type": "array", "items": end, "minItems": 2, "maxItems": 2 } },
                "required": ["between"],
                "additionalProperties": false,
            },
        ] })
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Day::Known(day) => day.serialize(serializer),
            Day::Between(None, None) => serializer.serialize_str("unknown"),
            Day::Between(first, last) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("between", &[first, last])?;
                map.end()
            }
        }
    }
}

record! {
    /// The text on which a layer rests, so that a later one can be told.
    pub struct Basis = "a basis" or "id" {
        /// The source: one that lists its `versions`, or that has a last day.
        pub id: Spanned<String>,
        /// A day on which the text applied from which the layer starts; without it the day of signature, or else of
        /// publication.
        pub version: Option<Spanned<Date>>,
        /// Remark.
        pub note: Option<Spanned<String>>,
    }
}

words! {
    /// Why a layer does not say something.
    pub enum SilenceKind = "a kind of silence" {
        /// It may be in the policy, but was not loaded.
        NotLoaded = "not_loaded",
        /// There is no policy.
        NoPolicy = "no_policy",
        /// The policy is loaded and says nothing about it.
        Silent = "silent",
        /// The law has changed since, so that the policy no longer fits.
        Overtaken = "overtaken",
        /// Which version applies cannot be said.
        Undecidable = "undecidable",
    }
}

record! {
    /// Why something is not said: a kind of silence, or a map with `kind` and more.
    pub struct Silence = "a silence" or "kind" {
        /// Which kind.
        pub kind: Spanned<SilenceKind>,
        /// Remark.
        pub note: Option<Spanned<String>>,
        /// Where that is known from; needed for all but `not_loaded` and `undecidable`.
        pub sources: Vec<SourceRef>,
    }
}

/// The authorities to which a layer belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    /// `all`.
    All,
    /// A list of codes.
    Of(Vec<Spanned<String>>),
}

impl Decode for Members {
    fn decode(node: Node, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.kind {
            Kind::Scalar { ref text, .. } if text == "all" => Some(Members::All),
            Kind::Seq(_) => Vec::decode(node, key, out).map(Members::Of),
            _ => {
                out.push(wrong(&node, key, "`all`, or a list of codes such as `[GM0994, GM1729]`"));
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "const": "all" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
        ] })
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Members::All => serializer.serialize_str("all"),
            Members::Of(codes) => codes.serialize(serializer),
        }
    }
}
