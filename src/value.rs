//! Values: exact decimals, civil dates, clock times.

use std::fmt;

use rust_decimal::Decimal;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::text::Text;

mod written;

pub(crate) use written::Written;

/// A civil date, written `2026-07-04`.
///
/// ```
/// use leidraad::Date;
/// let date = Date::parse("2026-07-04").unwrap();
/// assert_eq!((date.year(), date.month(), date.day(), date.weekday()), (2026, 7, 4, 6));
/// assert!(Date::parse("2026-02-30").is_none());
/// assert!(Date::parse("4-7-2026").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

impl Date {
    /// The date of a year, month (1–12) and day (1–31), if it exists; years 0001–9999.
    ///
    /// ```
    /// assert!(leidraad::Date::new(2024, 2, 29).is_some());
    /// assert!(leidraad::Date::new(2023, 2, 29).is_none());
    /// ```
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let month = time::Month::try_from(month).ok()?;
        time::Date::from_calendar_date(year, month, day).ok().map(Date)
    }

    /// Reads `YYYY-MM-DD`, and nothing else.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let digits = |part: &str| -> Option<i32> {
            part.bytes().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i32::from(b - b'0')))
        };
        let year = digits(text.get(..4)?)?;
        let month = u8::try_from(digits(text.get(5..7)?)?).ok()?;
        Date::new(year, month, u8::try_from(digits(text.get(8..)?)?).ok()?)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// The day of the week, 1 (Monday) – 7 (Sunday).
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_from_monday()
    }

    /// A date as it is often written: `4-7-2026` or `04/07/2026`.
    pub(crate) fn day_first(text: &str) -> Option<Date> {
        let mut parts = text.trim().split(['-', '/', '.']);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Days since a fixed day; consecutive dates differ by one.
    pub(crate) fn ticks(self) -> i64 {
        i64::from(self.0.to_julian_day())
    }

    /// The date of a day number, where it lies in the years 0001–9999.
    pub(crate) fn from_ticks(ticks: i64) -> Option<Date> {
        let date = time::Date::from_julian_day(i32::try_from(ticks).ok()?).ok()?;
        (1..=9999).contains(&date.year()).then_some(Date(date))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Minutes of a clock time `HH:MM`, from 00:00 to 24:00.
pub(crate) fn parse_time(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let two =
        |s: &str| (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i64>().ok())?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 60 + minutes)
}

/// `HH:MM` of a number of minutes.
pub(crate) fn time_text(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes.div_euclid(60), minutes.rem_euclid(60))
}

/// Reads a decimal number such as `-3` or `0.25`; no exponent, no thousands separator.
pub(crate) fn parse_decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    (plain(whole) && plain(fraction)).then(|| Decimal::from_str_exact(text).ok())?
}

/// A value of an answer or an outcome.
///
/// ```
/// use leidraad::Value;
/// assert_eq!(serde_json::to_string(&Value::number("2.50").unwrap()).unwrap(), "2.5");
/// assert_eq!(serde_json::to_string(&Value::Text("melding".into())).unwrap(), "\"melding\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// No value: `-` in an output.
    Null,
    /// `ja` or `nee`.
    Bool(bool),
    /// An exact decimal number.
    Number(Decimal),
    /// An option or other text.
    Text(Text),
    /// A civil date.
    Date(Date),
    /// Values by name: a decision with several outputs.
    Object(Vec<(Text, Value)>),
    /// Several values: hit policy `collect`.
    List(Vec<Value>),
    /// The rules are silent; what is missing.
    Unregulated(Vec<Text>),
    /// The decision does not apply.
    NotApplicable,
}

impl Value {
    /// One output of an outcome: of several the field at that place, else the value itself.
    pub(crate) fn output(&self, output: usize) -> &Value {
        match self {
            Value::Object(fields) => fields.get(output).map_or(&Value::Null, |(_, value)| value),
            value => value,
        }
    }

    /// A number from its decimal notation.
    pub fn number(text: &str) -> Option<Value> {
        parse_decimal(text).map(|d| Value::Number(d.normalize()))
    }

    /// The text of a text value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of this name in an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(fields) => fields.iter().find(|(n, _)| n == name).map(|(_, v)| v),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Number(value.into())
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Value::Date(value)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(b) => serializer.serialize_bool(*b),
            Value::Number(n) => exact(n).serialize(serializer),
            Value::Text(t) => serializer.serialize_str(t),
            Value::Date(d) => d.serialize(serializer),
            Value::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Value::List(values) => {
                let mut seq = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    seq.serialize_element(value)?;
                }
                seq.end()
            }
            Value::Unregulated(missing) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("unregulated", missing)?;
                map.end()
            }
            Value::NotApplicable => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("not_applicable", &true)?;
                map.end()
            }
        }
    }
}

/// A decimal as an exact JSON number, without the detour of a binary float.
fn exact(number: &Decimal) -> impl Serialize {
    let text = number.normalize().to_string();
    serde_json::value::RawValue::from_string(text).ok()
}

impl fmt::Display for Value {
    /// As an official reads it: `ja`, `2,75`, `4 juli 2026` stay data here, so `ja`, `2.75`, `2026-07-04`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("-"),
            Value::Bool(true) => f.write_str("ja"),
            Value::Bool(false) => f.write_str("nee"),
            Value::Number(n) => write!(f, "{}", n.normalize()),
            Value::Text(t) => f.write_str(t),
            Value::Date(d) => write!(f, "{d}"),
            Value::Object(fields) => {
                for (i, (name, value)) in fields.iter().enumerate() {
                    write!(f, "{}{name} = {value}", if i > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
            Value::List(values) => {
                f.write_str("[")?;
                for (i, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Value::Unregulated(missing) => write!(f, "niet geregeld ({})", missing.join(", ")),
            Value::NotApplicable => f.write_str("niet van toepassing"),
        }
    }
}
