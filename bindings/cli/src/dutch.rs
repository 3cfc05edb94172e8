//! Dutch notation: what officials type, and what they read.

use leidraad::Date;
use leidraad::notation::MONTHS;
pub(crate) use leidraad::notation::{date, number, singular, with_unit};

/// `a, b of c`; with semicolons where one of them has a comma itself.
pub(crate) fn either(parts: &[String]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() && parts.iter().any(|part| part.contains(", ")) => {
            format!("{}; of {last}", first.join("; "))
        }
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} of {last}", first.join(", ")),
    }
}

/// `1 vraag`, `2 vragen`.
pub(crate) fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// Reads `1500`, `1.500`, `1 500`, `0,25`, `0.25` and `-3`; gives it as `1500` and `0.25`. A point before exactly three
/// digits groups thousands, as Dutch people write it, unless the number begins with a zero.
pub(crate) fn read_number(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = match digits.split_once(',') {
        Some((whole, fraction)) => (ungroup(whole)?, fraction.to_owned()),
        None => match (ungroup(digits), digits.split_once('.')) {
            (Some(whole), _) => (whole, String::new()),
            (None, Some((whole, fraction))) => (whole.to_owned(), fraction.to_owned()),
            (None, None) => return None,
        },
    };
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !plain(&whole) || !plain(&fraction) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// The digits of a whole number, with or without groups of thousands.
fn ungroup(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('.').collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    if !groups.iter().all(digits) {
        return None;
    }
    match groups.as_slice() {
        [_] => Some(text.to_owned()),
        [first, rest @ ..]
            if first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|g| g.len() == 3) =>
        {
            Some(groups.concat())
        }
        _ => None,
    }
}

/// Reads `4-7-2026`, `04/07/2026`, `4 juli 2026` and `2026-07-04`.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let text = text.trim().to_lowercase();
    if let Some(date) = Date::parse(&text) {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let named =
        MONTHS.iter().position(|name| *month == *name || month.len() >= 3 && name.starts_with(*month));
    let month = match named {
        Some(index) => u8::try_from(index + 1).ok()?,
        None => month.parse().ok()?,
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month, day.parse().ok()?)
}

/// Reads `9:00`, `09:00`, `9.30`, `21u30`, `21 uur` and `24:00`; gives it as `09:00`.
pub(crate) fn read_time(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.trim_end_matches("uur").trim_end_matches('u').trim();
    let (hours, minutes) = text.split_once([':', '.', 'u']).unwrap_or((text, "00"));
    let number = |part: &str| -> Option<u32> {
        let digits = !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        if digits { part.parse().ok() } else { None }
    };
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then(|| format!("{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_dutch_notation() {
        for (typed, read) in [
            ("1500", "1500"),
            ("1.500", "1500"),
            ("1 500", "1500"),
            ("1.000.000", "1000000"),
            ("0,25", "0.25"),
            ("0.25", "0.25"),
            ("0.250", "0.25"),
            ("1.5", "1.5"),
            ("1.500,75", "1500.75"),
            ("12,0", "12"),
            ("007", "7"),
            ("-3", "-3"),
        ] {
            assert_eq!(read_number(typed).as_deref(), Some(read), "{typed}");
        }
        for typed in ["", "-", "1,2,3", "1.50.0", "1,5.0", "vijf", "1e3", ".5", "1..5", "+3"] {
            assert_eq!(read_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn dates_and_times_as_people_write_them() {
        for typed in
            ["4-7-2026", "04-07-2026", "4/7/2026", "4.7.2026", "4 juli 2026", "4 JUL 2026", "2026-07-04"]
        {
            assert_eq!(read_date(typed), Date::new(2026, 7, 4), "{typed}");
        }
        for typed in ["4-7-26", "31-2-2026", "juli 2026", "4 jux 2026", "", "4-7-2026-1", "4-13-2026"] {
            assert_eq!(read_date(typed), None, "{typed}");
        }
        for (typed, read) in [
            ("9:00", "09:00"),
            ("9.30", "09:30"),
            ("21u30", "21:30"),
            ("21 uur", "21:00"),
            ("9u", "09:00"),
            ("24:00", "24:00"),
        ] {
            assert_eq!(read_time(typed).as_deref(), Some(read), "{typed}");
        }
        for typed in ["25:00", "24:01", "9:5", "9:60", "", "uur", "negen", "12:000"] {
            assert_eq!(read_time(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_officials_read() {
        assert_eq!([number("1500"), number("-1234567.25"), number("0.5")], ["1.500", "-1.234.567,25", "0,5"]);
        assert_eq!(date(Date::new(2026, 7, 4).unwrap()), "4 juli 2026");
        assert_eq!(either(&["A".into(), "B".into(), "C".into()]), "A, B of C");
        assert_eq!(either(&["vrij, zonder meer".into(), "B".into()]), "vrij, zonder meer; of B");
    }
}
