//! Days counted by walking a calendar.

use leidraad::Date;

/// A day as a number, and back, by a table of the days of three years.
pub(super) struct Calendar(Vec<Date>);

impl Calendar {
    pub(super) fn new() -> Calendar {
        let mut days = Vec::new();
        for year in 2022..=2026 {
            for month in 1..=12 {
                days.extend((1..=31).filter_map(|day| Date::new(year, month, day)));
            }
        }
        Calendar(days)
    }

    pub(super) fn number(&self, day: Date) -> i64 {
        i64::try_from(self.0.iter().position(|known| *known == day).unwrap()).unwrap()
    }

    pub(super) fn day(&self, number: i64) -> Date {
        self.0[usize::try_from(number).unwrap()]
    }

    /// So long before or after a day.
    pub(super) fn away(&self, day: i64, length: (i32, char), sign: i32) -> i64 {
        let months = match length.1 {
            'd' => return day + i64::from(sign * length.0),
            'w' => return day + i64::from(sign * length.0 * 7),
            'm' => length.0,
            _ => length.0 * 12,
        };
        let from = self.day(day);
        let mut year = from.year();
        let mut month = i32::from(from.month());
        for _ in 0..months {
            month += sign;
            if month == 0 {
                (year, month) = (year - 1, 12);
            } else if month == 13 {
                (year, month) = (year + 1, 1);
            }
        }
        let last = (1..=from.day()).rev().find_map(|d| Date::new(year, u8::try_from(month).unwrap(), d));
        self.number(last.unwrap())
    }
}
