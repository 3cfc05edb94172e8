//! What a formula can come to when the things that it reads lie within bounds: interval arithmetic on exact fractions.
//!
//! Of single values it is the value itself. Elsewhere the bounds hold every value; they are reached where each variable
//! moves the outcome in one direction only, which the signs tell.

use std::cmp::Ordering;

use super::{Aggregate, Expression, Node, Operator, Rational, Rounding};
use crate::term::Length;
use crate::value::Date;

/// What is possible: numbers between two ends, and what is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bounds {
    pub(crate) range: Option<(Rational, Rational)>,
    pub(crate) not_applicable: bool,
    /// Divided by 0, or too large to hold.
    pub(crate) undefined: bool,
    /// Which of the things that it reads are silent, one bit for each that is known to the caller.
    pub(crate) missing: u64,
    pub(crate) signs: Signs,
}

/// The variables with which a value goes up or down; a variable may be in both, or in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Signs {
    pub(crate) up: u64,
    pub(crate) down: u64,
}

/// Ends where the true ones do not fit.
const WIDE: i128 = 1_000_000_000_000_000_000_000_000_000_000;

impl Signs {
    pub(crate) fn any(self) -> u64 {
        self.up | self.down
    }

    fn and(self, other: Signs) -> Signs {
        Signs { up: self.up | other.up, down: self.down | other.down }
    }

    fn turned(self) -> Signs {
        Signs { up: self.down, down: self.up }
    }

    /// In either direction.
    fn either(self) -> Signs {
        Signs { up: self.any(), down: self.any() }
    }

    /// As multiplied by something of these bounds.
    fn times(self, (low, high): (Rational, Rational)) -> Signs {
        match (low.sign(), high.sign()) {
            (Ordering::Greater | Ordering::Equal, _) => self,
            (_, Ordering::Less | Ordering::Equal) => self.turned(),
            _ => self.either(),
        }
    }
}

impl Bounds {
    pub(crate) fn only(value: Rational) -> Bounds {
        Bounds { range: Some((value, value)), ..Bounds::default() }
    }

    pub(crate) fn between(low: Rational, high: Rational) -> Bounds {
        Bounds { range: Some((low, high)), ..Bounds::default() }
    }

    /// No value, as it is too large or divided by 0.
    fn none() -> Bounds {
        Bounds { undefined: true, ..Bounds::default() }
    }

    /// No value, as these things are silent.
    pub(crate) fn missing(which: u64) -> Bounds {
        Bounds { missing: which, ..Bounds::default() }
    }

    pub(crate) fn not_applicable() -> Bounds {
        Bounds { not_applicable: true, ..Bounds::default() }
    }

    /// The only possibility, if there is one.
    pub(crate) fn single(&self) -> Option<Rational> {
        let (low, high) = self.range?;
        (low == high && self.kinds() == 1).then_some(low)
    }

    /// Whether only one thing is possible.
    pub(crate) fn is_settled(&self) -> bool {
        self.kinds() == 1 && self.range.is_none_or(|(low, high)| low == high)
    }

    fn kinds(&self) -> usize {
        let kinds = [self.range.is_some(), self.not_applicable, self.undefined, self.missing != 0];
        kinds.into_iter().filter(|kind| *kind).count()
    }

    fn is_not_missing(&self) -> bool {
        self.range.is_some() || self.not_applicable || self.undefined
    }

    fn is_number(&self) -> bool {
        self.range.is_some() || self.undefined
    }

    /// Whether it may be something: a number, or one that is not known.
    fn may_apply(&self) -> bool {
        self.is_number() || self.missing != 0
    }

    /// What is settled hangs on nothing; what may be no number goes in no direction.
    fn tidy(mut self) -> Bounds {
        if self.is_settled() {
            self.signs = Signs::default();
        } else if self.kinds() > 1 {
            self.signs = self.signs.either();
        }
        self
    }

    /// Either of two.
    pub(crate) fn or(self, other: Bounds) -> Bounds {
        let range = match (self.range, other.range) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (a, b) => a.or(b),
        };
        Bounds {
            range,
            not_applicable: self.not_applicable | other.not_applicable,
            undefined: self.undefined | other.undefined,
            missing: self.missing | other.missing,
            signs: self.signs.and(other.signs),
        }
        .tidy()
    }

    /// A function of one number that never falls.
    fn rising(self, f: impl Fn(Rational) -> Option<Rational>) -> Bounds {
        let Some((low, high)) = self.range else { return self };
        let first = f(low);
        let range = first.zip(if low == high { first } else { f(high) });
        match range {
            Some(range) => Bounds { range: Some(range), ..self }.tidy(),
            None => self.unfit(low == high),
        }
    }

    /// The result of a sum that does not fit.
    fn unfit(self, single: bool) -> Bounds {
        let wide = Rational::new(-WIDE, 1).zip(Rational::new(WIDE, 1)).filter(|_| !single);
        Bounds { range: wide, undefined: true, signs: self.signs.either(), ..self }.tidy()
    }

    /// A function of two numbers: of their bounds, and how the signs go. Where either does not apply it does not, whatever
    /// the other is.
    fn both(self, other: Bounds, f: impl Fn(Ends, Ends) -> Option<Ends>, signs: Signs) -> Bounds {
        let silent = |a: &Bounds, b: &Bounds| if b.may_apply() { a.missing } else { 0 };
        let bounds = Bounds {
            range: None,
            not_applicable: self.not_applicable || other.not_applicable,
            undefined: (self.undefined && other.is_number()) || (other.undefined && self.is_number()),
            missing: silent(&self, &other) | silent(&other, &self),
            signs,
        };
        match self.range.zip(other.range) {
            None => bounds.tidy(),
            Some((a, b)) => match f(a, b) {
                Some(range) => Bounds { range: Some(range), ..bounds }.tidy(),
                None => bounds.unfit(a.0 == a.1 && b.0 == b.1),
            },
        }
    }

    /// The only value, where nothing else is possible.
    fn exact(&self) -> Option<Rational> {
        let plain = !(self.not_applicable || self.undefined || self.missing != 0);
        self.range.filter(|(low, high)| plain && low == high).map(|(low, _)| low)
    }

    /// A function of two single values, where they are that and it fits.
    fn exactly(&self, other: &Bounds, f: impl Fn(Rational, Rational) -> Option<Rational>) -> Option<Bounds> {
        f(self.exact()?, other.exact()?).map(Bounds::only)
    }

    fn add(self, other: Bounds) -> Bounds {
        if let Some(sum) = self.exactly(&other, Rational::add) {
            return sum;
        }
        let signs = self.signs.and(other.signs);
        self.both(other, |a, b| Some((a.0.add(b.0)?, a.1.add(b.1)?)), signs)
    }

    fn negate(self) -> Bounds {
        let signs = self.signs.turned();
        match self.range.map(|(low, high)| high.negate().zip(low.negate())) {
            None => Bounds { signs, ..self },
            Some(Some(range)) => Bounds { range: Some(range), signs, ..self },
            Some(None) => self.unfit(self.is_settled()),
        }
    }

    fn multiply(self, other: Bounds) -> Bounds {
        if let Some(product) = self.exactly(&other, Rational::multiply) {
            return product;
        }
        let signs = match self.range.zip(other.range) {
            Some((a, b)) => self.signs.times(b).and(other.signs.times(a)),
            None => self.signs.and(other.signs),
        };
        self.both(other, |a, b| corners(a, b, Rational::multiply), signs)
    }

    fn divide(self, other: Bounds) -> Bounds {
        if let Some(quotient) = self.exactly(&other, Rational::divide) {
            return quotient;
        }
        let Some((a, (low, high))) = self.range.zip(other.range) else {
            return self.both(other, |a, _| Some(a), self.signs.and(other.signs));
        };
        if low.sign() == Ordering::Greater || high.sign() == Ordering::Less {
            let signs = self.signs.times((low, high)).and(other.signs.times(a).turned());
            return self.both(other, |a, b| corners(a, b, Rational::divide), signs);
        }
        let signs = self.signs.and(other.signs).either();
        let whole = Bounds { signs, ..self.both(other, |a, _| Some(a), signs) };
        if low == high {
            return Bounds { range: None, undefined: true, ..whole }.tidy();
        }
        whole.unfit(false)
    }

    /// The lowest, highest or sum of two of which either may not apply.
    fn of(self, other: Bounds, aggregate: Aggregate) -> Bounds {
        let together = |a: Rational, b: Rational| match aggregate {
            Aggregate::Min => Some(a.min(b)),
            Aggregate::Max => Some(a.max(b)),
            Aggregate::Sum => a.add(b),
        };
        if let Some(bounds) = self.exactly(&other, together) {
            return bounds;
        }
        let (a, b) = (self.tidy(), other.tidy());
        let alone = |x: &Bounds, y: &Bounds| x.range.filter(|_| y.not_applicable);
        let mut bounds = Bounds {
            range: None,
            not_applicable: a.not_applicable && b.not_applicable,
            undefined: (a.undefined && b.is_not_missing()) || (b.undefined && a.is_not_missing()),
            missing: a.missing | b.missing,
            signs: a.signs.and(b.signs),
        };
        let mut unfit = false;
        if let Some(((a_low, a_high), (b_low, b_high))) = a.range.zip(b.range) {
            bounds.range = together(a_low, b_low).zip(together(a_high, b_high));
            unfit = bounds.range.is_none();
            // one that always comes last decides nothing
            let plain = a.kinds() == 1 && b.kinds() == 1;
            let (first, second) = match aggregate {
                Aggregate::Min => (a_high <= b_low, b_high <= a_low),
                Aggregate::Max => (a_low >= b_high, b_low >= a_high),
                Aggregate::Sum => (false, false),
            };
            if plain && first {
                bounds.signs = a.signs;
            } else if plain && second {
                bounds.signs = b.signs;
            }
        }
        if unfit {
            let single = a.is_settled() && b.is_settled();
            bounds = bounds.unfit(single);
        }
        for (low, high) in alone(&a, &b).into_iter().chain(alone(&b, &a)) {
            let range = bounds.range.map_or((low, high), |(l, h)| (l.min(low), h.max(high)));
            bounds.range = Some(range);
        }
        bounds.tidy()
    }
}

type Ends = (Rational, Rational);

/// The lowest and highest of the four results at the ends.
fn corners(a: Ends, b: Ends, f: impl Fn(Rational, Rational) -> Option<Rational>) -> Option<Ends> {
    let all = [f(a.0, b.0)?, f(a.0, b.1)?, f(a.1, b.0)?, f(a.1, b.1)?];
    let low = all.into_iter().min()?;
    let high = all.into_iter().max()?;
    Some((low, high))
}

/// A date as a day number, moved by a length of time.
fn moved(day: Rational, length: Length, back: bool) -> Option<Rational> {
    let date = Date::from_ticks(i64::try_from(day.integer()?).ok()?)?;
    let moved = if back { length.before(date) } else { length.after(date) };
    moved.ok().map(|date| Rational::whole(date.ticks()))
}

/// The distance between numbers of so many decimals.
fn unit_of(scale: i32) -> Option<Rational> {
    let power = Rational::new(10i128.checked_pow(scale.unsigned_abs())?, 1)?;
    if scale < 0 { Some(power) } else { Rational::whole(1).divide(power) }
}

/// A number rounded to so many decimals.
fn rounded(value: Rational, rounding: Rounding, scale: i32) -> Option<Rational> {
    if scale == 0 && value.integer().is_some() {
        return Some(value);
    }
    let unit = unit_of(scale)?;
    let ticks = value.divide(unit)?;
    let (below, above) = (ticks.floor(), ticks.ceiling());
    let positive = ticks.sign() != Ordering::Less;
    // twice the distance to the number below, against 1
    let half = ticks.subtract(Rational::new(below, 1)?)?.multiply(Rational::whole(2))?;
    let nearest = |tie: i128| match half.cmp(&Rational::whole(1)) {
        Ordering::Less => Some(below),
        Ordering::Greater => Some(above),
        Ordering::Equal => Some(tie),
    };
    let (outward, inward) = if positive { (above, below) } else { (below, above) };
    let whole = match rounding {
        Rounding::Floor => below,
        Rounding::Ceiling => above,
        Rounding::Up => outward,
        Rounding::Down => inward,
        Rounding::HalfUp => nearest(outward)?,
        Rounding::HalfDown => nearest(inward)?,
        Rounding::HalfEven => nearest(if below % 2 == 0 { below } else { above })?,
    };
    Rational::new(whole, 1)?.multiply(unit)
}

impl<N> Expression<N> {
    /// What it can come to, given what each name can be.
    pub(crate) fn bounds(&self, name: &mut impl FnMut(&N) -> Bounds) -> Bounds {
        match &self.node {
            Node::Number(number, _) => Rational::decimal(*number).map_or(Bounds::none(), Bounds::only),
            Node::Length(_) => Bounds::none(), // stands beside a date only
            Node::Name(n) => name(n).tidy(),
            Node::Negate(part) => part.bounds(name).negate(),
            Node::Round(rounding, scale, part) => {
                part.bounds(name).rising(|value| rounded(value, *rounding, *scale))
            }
            Node::Apply(operator, parts) => {
                let first = parts.0.bounds(name);
                if let Node::Length(length) = parts.1.node {
                    return first.rising(|day| moved(day, length, *operator == Operator::Subtract));
                }
                let second = parts.1.bounds(name);
                match operator {
                    Operator::Add => first.add(second),
                    Operator::Subtract => first.add(second.negate()),
                    Operator::Multiply => first.multiply(second),
                    Operator::Divide => first.divide(second),
                }
            }
            Node::Of(aggregate, parts) => {
                let all: Vec<Bounds> = parts.iter().map(|part| part.bounds(name)).collect();
                let together = all.into_iter().reduce(|a, b| a.of(b, *aggregate));
                together.unwrap_or_else(Bounds::none)
            }
        }
    }
}

/// A number of which every value of a formula is a whole multiple, given that for each name; none where there is none.
pub(crate) fn grid<N>(
    formula: &Expression<N>,
    name: &mut impl FnMut(&N) -> (Option<Rational>, Bounds),
) -> Option<Rational> {
    let absolute =
        |value: Rational| if value.sign() == Ordering::Less { value.negate() } else { Some(value) };
    match &formula.node {
        Node::Number(number, _) => Rational::decimal(*number).and_then(absolute),
        Node::Length(_) => Some(Rational::whole(1)),
        Node::Name(n) => name(n).0,
        Node::Negate(part) => grid(part, name),
        Node::Round(_, scale, _) => unit_of(*scale),
        Node::Apply(operator, parts) => {
            let first = grid(&parts.0, name)?;
            match operator {
                Operator::Add | Operator::Subtract => first.common(grid(&parts.1, name)?),
                Operator::Multiply => first.multiply(grid(&parts.1, name)?),
                Operator::Divide => {
                    let by = parts.1.bounds(&mut |n| name(n).1).single()?;
                    first.divide(absolute(by)?)
                }
            }
        }
        Node::Of(_, parts) => {
            let mut all = parts.iter().map(|part| grid(part, name));
            let first = all.next()??;
            all.try_fold(first, |common, grid| common.common(grid?))
        }
    }
}
