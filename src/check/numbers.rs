//! Numbers written in the Dutch way, which would be read as something else: `1,5` and `10.000`.

use super::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::TypeName;
use crate::source::Span;
use crate::unary::{Term, Test, word_after_number};

/// A finding about a number with points between its thousands, such as `10.000`; a number with decimals passes.
pub(super) fn thousands(text: &str, span: Span) -> Option<Diagnostic> {
    let surely = text.ends_with(".000") || text.split('.').nth(2).is_some();
    (surely && grouped(text)).then(|| {
        Diagnostic::error(Code::BadTest, span, format!("`{text}` has a point between its thousands"))
            .help(format!("write `{}`: a point stands before decimals", text.replace('.', "")))
    })
}

/// Whether the points in a number may stand between thousands, as in `2.500`.
pub(super) fn grouped(text: &str) -> bool {
    let mut groups = text.strip_prefix('-').unwrap_or(text).split('.');
    let first = groups.next().unwrap_or("");
    let whole = all_digits(first) && first.len() <= 3 && !first.starts_with('0');
    let mut rest = groups.peekable();
    whole && rest.peek().is_some() && rest.all(|part| part.len() == 3 && all_digits(part))
}

/// A finding about a text that is a number with a comma, such as `1,5`.
pub(super) fn comma(text: &str, span: Span) -> Option<Diagnostic> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once(',')?;
    (all_digits(&whole.replace('.', "")) && all_digits(decimals)).then(|| {
        Diagnostic::error(Code::BadTest, span, format!("`{text}` has a comma in a number"))
            .help(format!("write `{}`", with_point(&text.replace('.', ""))))
    })
}

/// Reports a number that is not written as rule files write it.
pub(super) fn number(context: &mut Context<'_>, text: &str, span: Span) {
    if let Some(finding) = thousands(text, span).or_else(|| comma(text, span)) {
        context.push(finding);
    }
}

/// Says of a cell that cannot be read that units do not go into cells, when a word stands behind its number.
pub(super) fn with_unit(
    context: &Context<'_>,
    question: Option<usize>,
    text: &str,
    finding: Diagnostic,
) -> Diagnostic {
    let question = question.and_then(|q| context.merged.questions.get(q)).map(|(_, question)| question);
    let (Some(question), Some((before, word))) = (question, word_after_number(text)) else { return finding };
    if !matches!(question.kind.value, TypeName::Integer | TypeName::Decimal) {
        return finding;
    }
    let id = &question.id.value;
    let help = match &question.unit {
        Some(unit) if unit.value == word => format!("write `{before}`: `{id}` is in {word} already"),
        Some(unit) => {
            format!("leave `{word}` out and write the number in {}: `{id}` is in {}", unit.value, unit.value)
        }
        None => format!("write `{before}`; `{id}` itself can have a `unit:`"),
    };
    let message = format!("units do not go into cells, found `{word}` behind a number");
    Diagnostic { message, ..finding }.help(help)
}

/// A number with a point in place of its comma; a comma before `000` stands between thousands.
fn with_point(text: &str) -> String {
    let point = if text.ends_with(",000") { "" } else { "." };
    text.replace(',', point)
}

/// A finding about two numbers of a list with only a comma between them, such as `<= 1,5`.
pub(super) fn list(tests: &[Test]) -> Option<Diagnostic> {
    tests.iter().zip(tests.iter().skip(1)).find_map(|(a, b)| {
        let (a, b) = (last(a)?, first(b)?);
        let close = a.span.end.checked_add(1) == Some(b.span.start) && a.span.file == b.span.file;
        let numbers = a.text.ends_with(|c: char| c.is_ascii_digit())
            && b.text.starts_with(|c: char| c.is_ascii_digit());
        (close && numbers && !a.quoted && !b.quoted).then(|| {
            let written = format!("{},{}", a.text, b.text);
            let span = Span { end: b.span.end, ..a.span };
            Diagnostic::error(Code::BadTest, span, format!("`{written}` has a comma in a number")).help(
                format!(
                    "write `{}` for one number, `{}, {}` for a list",
                    with_point(&written),
                    a.text,
                    b.text
                ),
            )
        })
    })
}

/// The literal with which a test ends, when nothing comes after it.
fn last(test: &Test) -> Option<&Term> {
    match test {
        Test::Is(term) | Test::Compare(_, term) => Some(term),
        _ => None,
    }
}

/// The literal with which a test begins.
fn first(test: &Test) -> Option<&Term> {
    match test {
        Test::Is(term) => Some(term),
        _ => None,
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Span = Span { file: 0, start: 0, end: 0 };

    #[test]
    fn thousands_are_told_from_decimals() {
        for text in ["1.000", "10.000", "-10.000", "100.000", "1.000.000", "1.500.000"] {
            assert!(thousands(text, AT).is_some(), "{text}");
        }
        for text in ["0.000", "1.5", "1.50", "2.500", "1000.000", "10.0000", "2026-07-04", "a.000", "10."] {
            assert!(thousands(text, AT).is_none(), "{text}");
        }
    }

    #[test]
    fn a_comma_in_a_number_is_told_from_a_list() {
        let found = |text: &str| list(&crate::unary::parse(text, AT).unwrap_or_default()).is_some();
        assert!(found("<= 1,5") && found("1,5") && found("0, > 1,5") && found("3,4,5"));
        assert!(!found("0, > 3") && !found("3, 4") && !found("woning,lokaal") && !found("[1..2],5"));
        assert!(comma("1,5", AT).is_some() && comma("1.000,50", AT).is_some());
        assert!(comma("1, 5", AT).is_none() && comma("a,5", AT).is_none() && comma("1,5,6", AT).is_none());
    }
}
