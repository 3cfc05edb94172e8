//! Exact fractions: `ceiling(x / 250)` is right to the last visitor.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// A fraction in lowest terms with a denominator above 0. What would not fit gives no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rational {
    over: i128,
    under: i128,
}

impl Rational {
    pub(crate) const ZERO: Rational = Rational { over: 0, under: 1 };

    /// A fraction; none below a line of 0.
    pub(crate) fn new(over: i128, under: i128) -> Option<Rational> {
        if under == 1 {
            return Some(Rational { over, under });
        }
        let divisor =
            i128::try_from(gcd(over.unsigned_abs(), under.unsigned_abs())).ok().filter(|d| *d != 0)?;
        let (over, under) = if divisor == 1 { (over, under) } else { (over / divisor, under / divisor) };
        match under.signum() {
            1 => Some(Rational { over, under }),
            -1 => Some(Rational { over: over.checked_neg()?, under: under.checked_neg()? }),
            _ => None,
        }
    }

    pub(crate) fn whole(number: i64) -> Rational {
        Rational { over: number.into(), under: 1 }
    }

    pub(crate) fn decimal(number: Decimal) -> Option<Rational> {
        Rational::new(number.mantissa(), 10i128.checked_pow(number.scale())?)
    }

    /// So many steps of `step / 10^scale`.
    pub(crate) fn steps(count: i64, scale: u32, step: i64) -> Option<Rational> {
        Rational::new(i128::from(count).checked_mul(step.into())?, 10i128.checked_pow(scale)?)
    }

    pub(crate) fn add(self, other: Rational) -> Option<Rational> {
        if self.under == 1 && other.under == 1 {
            return Some(Rational { over: self.over.checked_add(other.over)?, under: 1 });
        }
        let over = self.over.checked_mul(other.under)?.checked_add(other.over.checked_mul(self.under)?)?;
        Rational::new(over, self.under.checked_mul(other.under)?)
    }

    pub(crate) fn negate(self) -> Option<Rational> {
        Some(Rational { over: self.over.checked_neg()?, under: self.under })
    }

    pub(crate) fn subtract(self, other: Rational) -> Option<Rational> {
        self.add(other.negate()?)
    }

    pub(crate) fn multiply(self, other: Rational) -> Option<Rational> {
        Rational::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    /// None also when divided by 0.
    pub(crate) fn divide(self, other: Rational) -> Option<Rational> {
        Rational::new(self.over.checked_mul(other.under)?, self.under.checked_mul(other.over)?)
    }

    pub(crate) fn sign(self) -> Ordering {
        self.over.cmp(&0)
    }

    /// The largest whole number at or below it.
    pub(crate) fn floor(self) -> i128 {
        self.over.div_euclid(self.under)
    }

    /// The smallest whole number at or above it.
    pub(crate) fn ceiling(self) -> i128 {
        self.floor() + i128::from(self.over.rem_euclid(self.under) != 0)
    }

    /// It as a whole number, if it is one.
    pub(crate) fn integer(self) -> Option<i128> {
        (self.under == 1).then_some(self.over)
    }

    /// The largest fraction of which both are whole multiples.
    pub(crate) fn common(self, other: Rational) -> Option<Rational> {
        let under = self.under.checked_mul(other.under)?;
        let (a, b) = (self.over.checked_mul(other.under)?, other.over.checked_mul(self.under)?);
        Rational::new(i128::try_from(gcd(a.unsigned_abs(), b.unsigned_abs())).ok()?, under)
    }

    /// `(step, scale)` of `step / 10^scale` where it is that.
    pub(crate) fn as_step(self) -> Option<(i64, u32)> {
        let mut power = 1i128;
        for scale in 0..=18 {
            if power % self.under == 0 {
                return Some((i64::try_from(self.over.checked_mul(power / self.under)?).ok()?, scale));
            }
            power *= 10;
        }
        None
    }

    /// As a decimal, where it is one that can be held.
    pub(crate) fn to_decimal(self) -> Option<Decimal> {
        let mut power = 1i128;
        for scale in 0..=27 {
            if power % self.under == 0 {
                let over = self.over.checked_mul(power / self.under)?;
                return Decimal::try_from_i128_with_scale(over, scale).ok();
            }
            power = power.checked_mul(10)?;
        }
        None
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    // most are short, and division is much quicker for those
    if let (Ok(mut a), Ok(mut b)) = (u64::try_from(a), u64::try_from(b)) {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        return a.into();
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.under == other.under {
            return self.over.cmp(&other.over);
        }
        if let Some((a, b)) = self.over.checked_mul(other.under).zip(other.over.checked_mul(self.under)) {
            return a.cmp(&b);
        }
        // too long to multiply: whole parts first, then what is left of each, upside down
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let order = a.floor().cmp(&b.floor());
            let rest = |r: Rational| (r.over.rem_euclid(r.under), r.under);
            let ((a_over, a_under), (b_over, b_under)) = (rest(a), rest(b));
            let order = order.then_with(|| match (a_over, b_over) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            if order != Ordering::Equal || a_over == 0 || b_over == 0 {
                return if turned { order.reverse() } else { order };
            }
            (a, b) = (Rational { over: a_under, under: a_over }, Rational { over: b_under, under: b_over });
            turned = !turned;
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(over: i128, under: i128) -> Rational {
        Rational::new(over, under).unwrap_or(Rational::ZERO)
    }

    #[test]
    fn arithmetic() {
        assert_eq!(fraction(1, 3).add(fraction(1, 6)), Rational::new(1, 2));
        assert_eq!(fraction(1, 2).divide(Rational::ZERO), None);
        assert_eq!((fraction(-7, 2).floor(), fraction(-7, 2).ceiling()), (-4, -3));
        assert_eq!(fraction(i128::MAX, 1).add(fraction(1, 1)), None);
        assert_eq!(fraction(3, 8).as_step(), Some((375, 3)));
        assert_eq!(fraction(1, 3).as_step(), None);
        assert_eq!(fraction(3, 4).common(fraction(1, 2)), Rational::new(1, 4));
    }

    #[test]
    fn order_beyond_multiplication() {
        let big = i128::MAX / 2;
        // big/(big-1) > (big+1)/big, as 1 + 1/(big-1) > 1 + 1/big
        assert!(fraction(big, big - 1) > fraction(big + 1, big));
        assert!(fraction(-big, big - 1) < fraction(-big - 1, big));
        assert_eq!(fraction(big, 3).cmp(&fraction(big, 3)), Ordering::Equal);
    }
}
