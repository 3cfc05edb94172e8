//! What was probably meant by a cell that is not written as cells are: `≥ 1`, `niet(0)`, `5–10`, `0 of 1`.

use crate::value::parse_decimal;

/// Signs that stand for a comparison elsewhere, and what stands for it here; the longer ones first.
const SIGNS: [(&str, &str); 11] = [
    ("≥", ">= "),
    ("≤", "<= "),
    ("=>", ">= "),
    ("=<", "<= "),
    ("==", ""),
    ("=", ""),
    ("<>", "not"),
    ("!=", "not"),
    ("≠", "not"),
    ("not ", "not"),
    ("niet ", "not"),
];

/// How to write a test that begins in a way in which no test does.
pub(super) fn first(rest: &str) -> Option<String> {
    let negation = rest.strip_prefix("niet(").or_else(|| rest.strip_prefix("niet ("));
    if let Some(inner) = negation {
        return Some(format!("write `not({}`", inner.trim_start()));
    }
    let (after, here) =
        SIGNS.iter().find_map(|(sign, here)| rest.strip_prefix(sign).map(|after| (after.trim(), here)))?;
    let value = after.split([',', ')']).next().unwrap_or(after).trim();
    let bracket = value.is_empty() || value.starts_with('(');
    match *here {
        _ if bracket => None,
        "not" => Some(format!("write `not({value})`")),
        sign => Some(format!("write `{sign}{value}`")),
    }
}

/// How to write a cell that goes on after its first test.
pub(super) fn whole(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(number) = text.strip_suffix(" of meer").filter(|n| parse_decimal(n).is_some()) {
        return Some(format!("write `>= {number}`"));
    }
    if let Some(number) = text.strip_suffix(" of minder").filter(|n| parse_decimal(n).is_some()) {
        return Some(format!("write `<= {number}`"));
    }
    if let Some(range) = [" tot ", " t/m ", " tot en met "].iter().rev().find_map(|word| numbers(text, word))
    {
        return Some(match text.contains(" tot ") && !text.contains(" met ") {
            true => format!(
                "write `[{}..{})`, or `[{}..{}]` when the end belongs to it",
                range.0, range.1, range.0, range.1
            ),
            false => format!("write `[{}..{}]`", range.0, range.1),
        });
    }
    let word = [" of ", " en ", " or ", "; "].into_iter().find(|word| text.contains(word));
    let one = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace());
    match word {
        Some(word) if text.split(word).all(|part| one(part.trim())) => {
            let parts: Vec<&str> = text.split(word).map(str::trim).collect();
            Some(format!("write `{}`", parts.join(", ")))
        }
        _ => dashed(text),
    }
}

/// How to write two numbers with a dash or dots between them, such as `5-50`.
pub(crate) fn dashed(text: &str) -> Option<String> {
    let (low, high) = ["...", "..", "…", "–", "—", "-"].iter().find_map(|dash| numbers(text, dash))?;
    Some(format!("write `[{low}..{high}]`"))
}

/// Two numbers with this between them.
fn numbers<'t>(text: &'t str, between: &str) -> Option<(&'t str, &'t str)> {
    let (low, high) = text.split_once(between)?;
    let (low, high) = (low.trim(), high.trim());
    (parse_decimal(low).is_some() && parse_decimal(high).is_some()).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_have_a_way_to_write_them() {
        let begun = [
            ("≥ 1", ">= 1"),
            ("≤1", "<= 1"),
            ("=> 2, 7", ">= 2"),
            ("= 5", "5"),
            ("<> 5", "not(5)"),
            ("not 0", "not(0)"),
            ("niet 0", "not(0)"),
            ("niet(0)", "not(0)"),
        ];
        for (text, write) in begun {
            assert_eq!(first(text), Some(format!("write `{write}`")), "{text}");
        }
        for text in ["< 5", ">= 5", "not(5)", "not (5)", "niet", "nietig", "-", "[1..5]", "=", ""] {
            assert_eq!(first(text), None, "{text}");
        }
        let gone_on = [
            ("0 of 1", "0, 1"),
            ("woning of lokaal of hal", "woning, lokaal, hal"),
            ("5 of meer", ">= 5"),
            ("5 of minder", "<= 5"),
            ("5 t/m 10", "[5..10]"),
            ("5 tot en met 10", "[5..10]"),
            ("5 - 10", "[5..10]"),
            ("5–10", "[5..10]"),
            ("5..10", "[5..10]"),
            ("5 ... 10", "[5..10]"),
        ];
        for (text, write) in gone_on {
            assert_eq!(whole(text), Some(format!("write `{write}`")), "{text}");
        }
        let both = "write `[5..10)`, or `[5..10]` when the end belongs to it";
        assert_eq!(whole("5 tot 10").as_deref(), Some(both), "whether 10 belongs to it, nobody can tell");
        for text in ["5 of 6 meter", "woning lokaal", "2026-07-04", "-5", "5-", "5-x"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
