//! Ordered values counted in whole ticks: steps of a number, days, minutes.

use rust_decimal::Decimal;

use crate::limits::MAX_TICK;
use crate::model::Measure;
use crate::value::{Date, Value, Written, parse_decimal, parse_time, time_text};

/// Numeric outputs are compared in ticks of this many decimals.
pub(crate) const OUTPUT_SCALE: u32 = 9;

/// The lowest and highest tick that a literal covers: they differ for a year, and cross where a number lies between
/// two steps.
pub(crate) type Ticks = (i64, i64);

/// The ticks of a literal: rounded up and down to the step where it lies between two.
pub(crate) fn ticks(text: &str, measure: Measure) -> Option<Ticks> {
    match measure {
        Measure::Number { scale, step } => number_ticks(parse_decimal(text)?, scale, step),
        Measure::Date => Date::parse(text).map(|d| (d.ticks(), d.ticks())),
        Measure::Time => parse_time(text).map(|t| (t, t)),
    }
}

/// `(ceil, floor)` of `value / (step / 10^scale)`.
pub(crate) fn number_ticks(value: Decimal, scale: u32, step: i64) -> Option<Ticks> {
    let common = scale.max(value.scale());
    let power = |n: u32| 10i128.checked_pow(n);
    let numerator = value.mantissa().checked_mul(power(common - value.scale())?)?;
    let denominator = i128::from(step).checked_mul(power(common - scale)?)?;
    let floor = numerator.checked_div_euclid(denominator)?;
    let exact = floor.checked_mul(denominator)? == numerator;
    let floor = i64::try_from(floor).ok().filter(|f| f.abs() <= MAX_TICK)?;
    Some((if exact { floor } else { floor + 1 }, floor))
}

/// The ticks of a number however it is written; beyond all bounds where it is too large to hold.
pub(crate) fn written_ticks(text: &str, scale: u32, step: i64) -> Option<Ticks> {
    let written = Written::parse(text)?;
    let beyond = if written.negative { (i64::MIN, i64::MIN) } else { (i64::MAX, i64::MAX) };
    if let Some(number) = written.decimal() {
        return Some(number_ticks(number, scale, step).unwrap_or(beyond));
    }
    // too large, or too fine: what is cut off there makes that it lies between two steps
    let cut = written.cut(scale).and_then(|cut| number_ticks(cut, scale, step));
    Some(match cut {
        None => beyond,
        Some((ceil, _)) if written.negative => (ceil, ceil - 1),
        Some((_, floor)) => (floor + 1, floor),
    })
}

/// The value of a tick of an ordered type.
pub(crate) fn tick_value(measure: Measure, tick: i64) -> Value {
    match measure {
        Measure::Number { scale, step } => {
            let units = i128::from(tick).saturating_mul(i128::from(step));
            rust_decimal::Decimal::try_from_i128_with_scale(units, scale)
                .map_or(Value::Null, |d| Value::Number(d.normalize()))
        }
        Measure::Date => Date::from_ticks(tick).map_or(Value::Null, Value::Date),
        Measure::Time => Value::Text(time_text(tick).into()),
    }
}
