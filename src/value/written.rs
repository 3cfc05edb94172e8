//! A number as JSON and YAML write it: with an exponent, or with zeros that say nothing. Equal numbers are read alike, however
//! they are written, and exactly.

use rust_decimal::Decimal;

/// Most digits of a number that can be held, and of the whole part of one that can be cut.
const MOST: usize = 28;
const MOST_WHOLE: i64 = 18;

/// The digits that count, without zeros at either end, and the power of ten of the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) negative: bool,
    digits: String,
    exponent: i64,
}

impl Written {
    /// Reads `-3`, `+3`, `0.250`, `.5`, `5.` and `1.5e3`; none for what is no number.
    pub(crate) fn parse(text: &str) -> Option<Written> {
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, self::power(power)?),
            None => (text, 0),
        };
        let (negative, bare) = signed(mantissa);
        let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
        let all = [whole, fraction].concat();
        if !plain(&all) {
            return None;
        }
        let counting = all.trim_end_matches('0');
        let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
        let exponent = power + length(&all) - length(counting) - length(fraction);
        let digits = counting.trim_start_matches('0').to_owned();
        let exponent = if digits.is_empty() { 0 } else { exponent };
        Some(Written { negative, digits, exponent })
    }

    /// The same number, where it is neither too large nor too fine to hold.
    pub(crate) fn decimal(&self) -> Option<Decimal> {
        decimal(self.negative, &self.digits, self.exponent)
    }

    /// The number without what stands behind so many decimals; none for a large one.
    pub(crate) fn cut(&self, decimals: u32) -> Option<Decimal> {
        let whole = i64::try_from(self.digits.len()).ok()?.checked_add(self.exponent)?;
        if whole > MOST_WHOLE {
            return None;
        }
        let kept = usize::try_from(whole.saturating_add(decimals.into())).unwrap_or(0);
        let digits = self.digits.get(..kept)?;
        decimal(self.negative, digits, -i64::from(decimals))
    }
}

fn decimal(negative: bool, digits: &str, exponent: i64) -> Option<Decimal> {
    if digits.is_empty() {
        return Some(Decimal::ZERO);
    }
    if digits.len() > MOST {
        return None;
    }
    let zeros = u32::try_from(exponent.max(0)).ok()?;
    let size = digits.parse::<i128>().ok()?.checked_mul(10i128.checked_pow(zeros)?)?;
    let scale = u32::try_from((-exponent).max(0)).ok()?;
    Decimal::try_from_i128_with_scale(if negative { -size } else { size }, scale).ok()
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn plain(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A power of ten; one beyond all numbers is the largest or smallest that can be reckoned with.
fn power(text: &str) -> Option<i64> {
    const END: i64 = i64::MAX / 4;
    let (negative, digits) = signed(text);
    let size = plain(digits).then(|| digits.parse::<i64>().unwrap_or(END).min(END))?;
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::Written;

    fn read(text: &str) -> Option<String> {
        Written::parse(text)?.decimal().map(|number| number.to_string())
    }

    #[test]
    fn equal_numbers_are_read_alike() {
        let zeros = "0".repeat(30);
        let forms = ["1.5".to_owned(), format!("1.5{zeros}"), format!("15{zeros}e-31"), "+.15E+1".to_owned()];
        for text in forms {
            assert_eq!(read(&text).as_deref(), Some("1.5"), "{text}");
        }
        for text in ["0", "-0", "0e999999999999", "0.000e-99999999999999999999", "0e99999999999999999999"] {
            assert_eq!(read(text).as_deref(), Some("0"), "{text}");
        }
        assert_eq!(read("12e3").as_deref(), Some("12000"));
        assert_eq!(read("-5.").as_deref(), Some("-5"));
    }

    #[test]
    fn what_cannot_be_held_or_read_is_not_guessed() {
        let fine = format!("0.{}1", "0".repeat(40));
        for text in ["1e999999999999", "1e-999999999999", "1e99999999999999999999", fine.as_str()] {
            assert!(Written::parse(text).is_some() && read(text).is_none(), "{text}");
        }
        for text in ["", "-", ".", "e5", "1e", "1e1.5", "1.2.3", "1-2", "--1", "1,5", "0x1f", "2026-07-04"] {
            assert_eq!(Written::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_too_fine_is_cut() {
        let cut = |text: &str| Written::parse(text)?.cut(1).map(|number| number.to_string());
        let fine = format!("-5.29{}1", "0".repeat(40));
        assert_eq!(cut(&fine).as_deref(), Some("-5.2"));
        assert_eq!(cut("1e-999999999999").as_deref(), Some("0"));
        assert_eq!(cut("1e40"), None);
    }
}
