//! Canonical JSON (RFC 8785): one text for one value, so that a hash of it says whether anything was changed.
//!
//! Keys are sorted by their UTF-16 code units, texts are escaped in one way, numbers are written as ECMAScript writes
//! them, and there is no space between. The RFC reads numbers as binary doubles; a number that a double would change is
//! refused here instead of rounded, so that what is hashed is what was written.

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::json;
use crate::limits::MAX_DOSSIER_NODES;
use crate::source::{SourceMap, Span};
use crate::tree::{Kind, Node};

/// The canonical form of a JSON text.
///
/// # Errors
/// Text that is not JSON, a key that is there twice, and a number that a binary double cannot hold as it is written.
///
/// ```
/// use leidraad::canonical::canonical;
/// let text = r#"{ "peach": "This sorting order", "a/b": [1.50, 1E30, 2e-3, null, "\u20ac\u000f\u000aA'\u0042"] }"#;
/// assert_eq!(canonical("a.json", text).unwrap(), r#"{"a/b":[1.5,1e+30,0.002,null,"€\u000f\nA'B"],"peach":"This sorting order"}"#);
///
/// let refused = canonical("a.json", "[0.1234567890123456789]").unwrap_err();
/// assert!(refused.to_string().contains("`0.1234567890123456789` has more digits than a number in canonical JSON can hold"));
/// ```
pub fn canonical(name: &str, text: &str) -> Result<String, Diagnostics> {
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    let file = sources.add(name, text);
    let node = json::read_within(file, text, MAX_DOSSIER_NODES, &mut out);
    let written = node.map(|node| written(&node, LongNumbers::Refused));
    match written {
        Some(Ok(written)) if out.is_empty() => Ok(written),
        Some(Err(finding)) => {
            out.push(*finding);
            Err(Diagnostics::new(out, sources))
        }
        _ => Err(Diagnostics::new(out, sources)),
    }
}

/// What happens to a number that a binary double cannot hold as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LongNumbers {
    /// A finding.
    Refused,
    /// It becomes a text with its exact digits.
    AsText,
}

/// The canonical form of anything that serializes.
pub(crate) fn of(value: &impl Serialize, long: LongNumbers) -> Result<String, Box<Diagnostic>> {
    let failed = |error: serde_json::Error| {
        Box::new(Diagnostic::error(Code::WrongShape, None, format!("this does not serialize: {error}")))
    };
    let text = serde_json::to_string(value).map_err(failed)?;
    let mut out = Vec::new();
    let node = json::read_within(0, &text, MAX_DOSSIER_NODES, &mut out);
    match (node, out.pop()) {
        (Some(node), None) => {
            written(&node, long).map_err(|finding| Box::new(Diagnostic { span: None, ..*finding }))
        }
        (_, finding) => {
            let finding =
                finding.unwrap_or_else(|| Diagnostic::error(Code::Syntax, None, "this is not JSON"));
            Err(Box::new(Diagnostic { span: None, ..finding }))
        }
    }
}

/// The canonical form of a tree that was read from JSON.
pub(crate) fn written(node: &Node, long: LongNumbers) -> Result<String, Box<Diagnostic>> {
    let mut text = String::new();
    write(node, long, &mut text)?;
    Ok(text)
}

fn write(node: &Node, long: LongNumbers, out: &mut String) -> Result<(), Box<Diagnostic>> {
    match &node.kind {
        Kind::Null => out.push_str("null"),
        Kind::Scalar { text, quoted: true, .. } => string(text, out),
        Kind::Scalar { text, .. } if matches!(text.as_str(), "true" | "false") => out.push_str(text),
        Kind::Scalar { text, .. } => match (number(text), long) {
            (Some(number), _) => out.push_str(&number),
            (None, LongNumbers::AsText) => string(text, out),
            (None, LongNumbers::Refused) => return Err(Box::new(too_long(text, node.span))),
        },
        Kind::Seq(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, long, out)?;
            }
            out.push(']');
        }
        Kind::Map(entries) => {
            let mut sorted: Vec<&(crate::source::Spanned<String>, Node)> = entries.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.value.encode_utf16().cmp(b.value.encode_utf16()));
            out.push('{');
            for (i, (key, value)) in sorted.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                string(&key.value, out);
                out.push(':');
                write(value, long, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn too_long(text: &str, span: Span) -> Diagnostic {
    let text = crate::tree::excerpt(text);
    let message = format!("`{text}` has more digits than a number in canonical JSON can hold");
    Diagnostic::error(Code::OutsideDomain, span, message)
        .help("round it, or write it as a text: a number of 15 digits always fits")
}

/// A text between quotes, with the shortest escapes.
pub(crate) fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// A number as ECMAScript writes it; none where a double has another value than what is written.
fn number(text: &str) -> Option<String> {
    let decimal = Digits::of(text)?;
    if decimal.digits.is_empty() {
        return Some("0".to_owned());
    }
    let shortest = shortest(text.parse().ok()?)?;
    (shortest == decimal).then(|| shortest.ecmascript())
}

/// The shortest digits that give a double back, and of those the nearest to it; halfway between two, the even one.
fn shortest(double: f64) -> Option<Digits> {
    // `{:e}` finds them in integer arithmetic, and takes the upper of two that are as near
    let upper = Digits::of(&format!("{double:e}"))?;
    let Some((front, "3" | "5" | "7" | "9")) =
        upper.digits.split_at_checked(upper.digits.len().saturating_sub(1))
    else {
        return Some(upper);
    };
    let even = match upper.digits.as_bytes().last() {
        Some(b'3') => '2',
        Some(b'5') => '4',
        Some(b'7') => '6',
        _ => '8',
    };
    let lower = format!("{front}{even}");
    // a double has at most 767 digits, so this is all of it
    let exact = Digits::of(&format!("{double:.800e}"))?;
    let halfway = exact.digits.strip_prefix(lower.as_str()) == Some("5");
    Some(if halfway { Digits { digits: lower, ..upper } } else { upper })
}

/// An exact decimal number: `0.` and these digits, times ten to this power. Neither end of the digits is a zero.
#[derive(Debug, PartialEq, Eq)]
struct Digits {
    negative: bool,
    digits: String,
    point: i64,
}

impl Digits {
    /// Reads a JSON number.
    fn of(text: &str) -> Option<Digits> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = all.trim_start_matches('0');
        let zeros = i64::try_from(all.len() - digits.len()).ok()?;
        let exponent: i64 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
        let point = i64::try_from(whole.len()).ok()?.checked_sub(zeros)?.checked_add(exponent)?;
        Some(Digits { negative, digits: digits.trim_end_matches('0').to_owned(), point })
    }

    /// The notation of ECMAScript's `Number::toString`.
    fn ecmascript(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let count = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        let zeros = |n: i64| "0".repeat(usize::try_from(n).unwrap_or(0));
        let cut = |n: i64| self.digits.split_at_checked(usize::try_from(n).unwrap_or(0)).unwrap_or_default();
        match self.point {
            point if count <= point && point <= 21 => {
                format!("{sign}{}{}", self.digits, zeros(point - count))
            }
            point if 0 < point && point <= 21 => {
                let (whole, fraction) = cut(point);
                format!("{sign}{whole}.{fraction}")
            }
            point if -6 < point && point <= 0 => format!("{sign}0.{}{}", zeros(-point), self.digits),
            point => {
                let (first, rest) = cut(1);
                let dot = if rest.is_empty() { "" } else { "." };
                let plus = if point > 0 { "+" } else { "" };
                format!("{sign}{first}{dot}{rest}e{plus}{}", point - 1)
            }
        }
    }
}
