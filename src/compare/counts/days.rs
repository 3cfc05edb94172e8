//! The days on which windows may begin, one for all on which they lie to each other and to other days in the same way.
//!
//! How long ago three years or six months are hangs on the day of the year and on where the leap days lie before it. So of
//! years with leap days in the same places one is enough, as long as nothing else is near: the first or last day of a
//! field, a day that a test names, the end of what the question accepts.

use std::collections::BTreeSet;

use crate::model::Part;
use crate::tally::{Reach, Window};
use crate::term::Unit;
use crate::value::Date;

/// Most days that are looked at.
const MOST: usize = 200_000;

/// What is the same of years that stand for each other.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Year {
    /// Which of the years that windows reach are leap years.
    leap: Vec<bool>,
    /// The day of the week on which it begins, where that is read.
    weekday: Option<u8>,
    /// How many of the days that matter lie before it.
    before: usize,
    /// The year itself where one of them is near.
    only: Option<i32>,
}

/// Days between two others on which windows may begin, those near a day first; `constants` are the days that matter; none where there are too many.
pub(super) fn days(
    (low, high): (i64, i64),
    parts: &[Part],
    windows: &[Window],
    constants: &[i64],
    on: i64,
) -> Option<Vec<i64>> {
    let (first, last) = (Date::from_ticks(low)?, Date::from_ticks(high)?);
    let far = windows.iter().map(|window| years(window.reach)).max().unwrap_or(1);
    let calendar = [Date::new(1, 1, 1)?.ticks(), Date::new(9999, 12, 31)?.ticks()];
    let mut constants: Vec<i64> = constants.iter().copied().chain(calendar).collect();
    constants.sort_unstable();
    constants.dedup();
    let near = Date::from_ticks(on.clamp(low, high))?.year();
    let mut order: Vec<i32> = (first.year()..=last.year()).collect();
    order.sort_by_key(|year| ((year - near).abs(), *year));
    let weekday = parts.contains(&Part::Weekday);
    let each = weekday || parts.contains(&Part::Day);
    let mut seen: BTreeSet<Year> = BTreeSet::new();
    let mut days = Vec::new();
    for year in order {
        let (start, end) = (Date::new(year, 1, 1)?.ticks(), Date::new(year, 12, 31)?.ticks());
        let reach = (start - 366 * (i64::from(far) + 1), end + 2);
        let before = constants.partition_point(|day| *day < reach.0);
        let only = constants.get(before).is_some_and(|day| *day <= reach.1).then_some(year);
        let leap = (year - far - 1..=year + 1).map(|year| Date::new(year, 2, 29).is_some()).collect();
        let weekday = weekday.then(|| Date::from_ticks(start).map_or(0, Date::weekday));
        if !seen.insert(Year { leap, weekday, before, only }) {
            continue;
        }
        for day in start.max(low)..=end.min(high) {
            // only near the end of a month are months of unequal length told apart
            let alike = |day: i64| Date::from_ticks(day).is_some_and(|day| (5..=22).contains(&day.day()));
            if each || only.is_some() || !(alike(day) && alike(day - 1)) {
                days.push(day);
            }
        }
        if days.len() > MOST {
            return None;
        }
    }
    days.sort_by_key(|day| ((day - on).abs(), *day));
    Some(days)
}

/// How many years a window reaches at most, as far as it matters how long it is.
fn years(reach: Reach) -> i32 {
    let Reach::Known(length) = reach else { return 1 };
    let each = match length.unit() {
        Unit::Years => 1,
        Unit::Months => 12,
        Unit::Weeks => 52,
        _ => 365,
    };
    i32::try_from(length.count() / each).unwrap_or(i32::MAX).saturating_add(1).min(9999)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::Length;

    /// How the windows of a day lie to each other and to some days: the order of all their ends.
    fn order(day: i64, windows: &[Window], constants: &[i64]) -> Vec<(usize, usize, std::cmp::Ordering)> {
        let mut ends: Vec<i64> =
            windows.iter().flat_map(|w| w.bounds(day)).flat_map(|(a, b)| [a, b + 1]).collect();
        ends.extend(constants);
        let mut found = Vec::new();
        for i in 0..ends.len() {
            for j in 0..i {
                found.push((i, j, ends[i].cmp(&ends[j])));
            }
        }
        found
    }

    /// All days of the years around two centuries, one a leap year, against the days chosen.
    #[test]
    fn no_order_is_missed() {
        let day = |text: &str| Date::parse(text).unwrap().ticks();
        let window = |length: &str, forward: bool, first: bool, last: bool| Window {
            reach: Reach::Known(Length::parse(length).unwrap()),
            forward,
            first_day: Some(first),
            last_day: Some(last),
        };
        let all = [
            vec![window("1 month", false, true, false), window("4 weeks", false, true, false)],
            vec![window("1 month", false, true, false), window("30 days", true, false, true)],
            vec![window("6 months", true, true, false), window("6 months", false, false, false)],
            vec![window("2 years", false, true, true), window("731 days", false, true, false)],
            vec![
                window("1 year", true, false, false),
                window("52 weeks", false, true, false),
                window("11 months", false, true, true),
            ],
        ];
        let constants = [day("1899-05-31"), day("1996-02-29")];
        for (low, high) in [("1890-01-15", "1931-07-02"), ("1993-01-01", "2009-12-31")] {
            for (windows, constants) in all.iter().flat_map(|w| [(w, &constants[..]), (w, &[])]) {
                let chosen = days((day(low), day(high)), &[], windows, constants, day("2026-07-04")).unwrap();
                let of = |days: &mut dyn Iterator<Item = i64>| -> BTreeSet<_> {
                    days.map(|day| order(day, windows, constants)).collect()
                };
                let whole = of(&mut (day(low)..=day(high)));
                assert_eq!(of(&mut chosen.iter().copied()), whole, "{windows:?}");
                assert!(chosen.len() < usize::try_from(day(high) - day(low)).unwrap());
            }
        }
    }
}
