//! Fractions, in the plainest way.

use std::cmp::Ordering;

/// A fraction; the denominator is above 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    pub(super) over: i128,
    pub(super) under: i128,
}

impl Fraction {
    pub(super) fn new(over: i128, under: i128) -> Fraction {
        assert_ne!(under, 0);
        let (mut a, mut b) = (over.abs(), under.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = a.max(1) * under.signum();
        Fraction { over: over / divisor, under: under / divisor }
    }

    pub(super) fn plus(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.under + other.over * self.under, self.under * other.under)
    }

    pub(super) fn minus(self, other: Fraction) -> Fraction {
        self.plus(Fraction::new(-other.over, other.under))
    }

    pub(super) fn times(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.over, self.under * other.under)
    }

    pub(super) fn by(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.under, self.under * other.over)
    }

    /// Its decimal notation, which ends within 18 digits.
    pub(super) fn text(self) -> String {
        let mut rest = self.over.abs();
        let mut text = format!("{}{}", if self.over < 0 { "-" } else { "" }, rest / self.under);
        rest %= self.under;
        let mut digits = String::new();
        while rest != 0 {
            assert!(digits.len() < 18, "{self:?} has no end");
            rest *= 10;
            digits.push_str(&(rest / self.under).to_string());
            rest %= self.under;
        }
        if !digits.is_empty() {
            text = format!("{text}.{digits}");
        }
        text
    }

    /// The fraction of a decimal notation.
    pub(super) fn read(text: &str) -> Fraction {
        let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
        let power = 10i128.pow(digits.len() as u32);
        let size: i128 = format!("{}{digits}", whole.trim_start_matches('-')).parse().unwrap();
        Fraction::new(if whole.starts_with('-') { -size } else { size }, power)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}
