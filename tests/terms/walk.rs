//! Terms by walking one day at a time, with a calendar of its own: it shares nothing with the library but the meaning of words.

use leidraad::Date;
use leidraad::term::{Before, Length, Unit};

use super::holidays::TABLE;

/// The days from 2020 through 2035.
pub(super) struct Walk {
    days: Vec<(i32, u8, u8)>,
    holiday: Vec<bool>,
}

/// Whether a day is suspended.
pub(super) type Suspended<'a> = &'a dyn Fn(usize) -> bool;

impl Walk {
    pub(super) fn new() -> Walk {
        let mut days = vec![(2020, 1, 1)];
        loop {
            let (year, month, day) = *days.last().unwrap();
            let length = match month {
                2 if year % 4 == 0 => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            days.push(match (month, day) {
                (12, 31) if year == 2035 => break,
                (12, 31) => (year + 1, 1, 1),
                _ if day == length => (year, month + 1, 1),
                _ => (year, month, day + 1),
            });
        }
        let listed = |(year, month, day): (i32, u8, u8)| {
            let text = format!("{month:02}-{day:02}");
            TABLE.iter().any(|(y, _, list)| *y == year && list.contains(&text.as_str()))
        };
        let holiday = days.iter().map(|day| listed(*day)).collect();
        Walk { days, holiday }
    }

    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    pub(super) fn date(&self, day: usize) -> Date {
        let (year, month, day) = self.days[day];
        Date::new(year, month, day).unwrap()
    }

    pub(super) fn is_holiday(&self, day: usize) -> bool {
        self.holiday[day]
    }

    /// 1 January 2020 was a Wednesday.
    pub(super) fn free(&self, day: usize) -> bool {
        matches!((day + 2) % 7, 5 | 6) || self.holiday[day]
    }

    /// How many days a term has, found by walking to its end.
    fn size(&self, event: usize, length: Length) -> Option<usize> {
        let count = length.count() as usize;
        let months = match length.unit() {
            Unit::Days => return Some(count),
            Unit::Weeks => return Some(7 * count),
            Unit::Months => count,
            Unit::Years => 12 * count,
            _ => return None,
        };
        let (mut day, mut passed) = (event, 0);
        loop {
            let (next, today) = (*self.days.get(day + 1)?, self.days[day]);
            passed += usize::from(next.1 != today.1);
            if passed > months {
                return Some(day - event); // the month ends before that day of the month
            }
            day += 1;
            if passed == months && next.2 == self.days[event].2 {
                return Some(day - event);
            }
        }
    }

    /// The last day of terms that follow each other, if it lies before 2036.
    pub(super) fn last(
        &self,
        event: usize,
        lengths: &[Length],
        statutory: bool,
        suspended: Suspended,
    ) -> Option<usize> {
        let (mut event, mut day) = (event, event);
        for (i, &length) in lengths.iter().enumerate() {
            let counts =
                |day: usize| !suspended(day) && (length.unit() != Unit::WorkingDays || !self.free(day));
            let mut left = match length.unit() {
                Unit::WorkingDays => length.count() as usize,
                _ => self.size(event, length)?,
            };
            while left > 0 {
                day += 1;
                if day >= self.len() {
                    return None;
                }
                left -= usize::from(counts(day));
            }
            if i + 1 < lengths.len() {
                event = day;
            }
        }
        let length = *lengths.last().unwrap();
        let count = length.count();
        let excluded = match length.unit() {
            Unit::Hours | Unit::Years => true,
            Unit::Days => count > 90,
            Unit::Weeks => count > 12,
            Unit::Months => count > 3,
            _ => false,
        };
        let two = match length.unit() {
            Unit::Days => count >= 3,
            Unit::WorkingDays => false,
            _ => true,
        };
        if statutory && !excluded {
            let works = |day: usize| !suspended(day) && !self.free(day);
            while suspended(day)
                || self.free(day)
                || (two && (event + 1..=day).filter(|d| works(*d)).count() < 2)
            {
                day += 1;
                if day >= self.len() {
                    return None;
                }
            }
        }
        Some(day)
    }

    /// The day so much before an event.
    fn before(&self, event: usize, length: Length) -> Option<usize> {
        let count = length.count() as usize;
        let (mut day, mut left) = (event, count);
        match length.unit() {
            Unit::Days => event.checked_sub(count),
            Unit::Weeks => event.checked_sub(7 * count),
            Unit::WorkingDays => {
                while left > 0 {
                    day = day.checked_sub(1)?;
                    left -= usize::from(!self.free(day));
                }
                Some(day)
            }
            Unit::Months => loop {
                day = day.checked_sub(1)?;
                left -= usize::from(self.days[day].1 != self.days[day + 1].1);
                if left == 0 && self.days[day].2 <= self.days[event].2 {
                    return Some(day);
                }
            },
            _ => None,
        }
    }
}

fn lengths(list: &str) -> Vec<Length> {
    list.split(", ").map(super::length).collect()
}

#[test]
fn forward_from_every_day() {
    let walk = Walk::new();
    let all = lengths(
        "1 day, 2 days, 3 days, 4 days, 5 days, 6 days, 7 days, 10 days, 14 days, 15 days, 36 days, 42 days, 56 days, 84 days, \
         90 days, 91 days, 1 week, 2 weeks, 4 weeks, 6 weeks, 8 weeks, 12 weeks, 13 weeks, 26 weeks, 1 month, 2 months, \
         3 months, 4 months, 12 months, 1 year, 2 years, 5 years, 1 working day, 2 working days, 3 working days, \
         10 working days, 20 working days",
    );
    let (mut compared, mut moved) = (0, 0);
    for event in 0..walk.len() {
        for &length in &all {
            let [plain, statutory] = [false, true].map(|s| walk.last(event, &[length], s, &|_| false));
            let (Some(plain), Some(statutory)) = (plain, statutory) else { continue };
            let from = walk.date(event);
            let due = leidraad::term::Term::plain(length).from(from).due().unwrap();
            assert_eq!(due.date(), Some(walk.date(plain)), "{length} from {from}");
            let due = leidraad::term::Term::statutory(length).from(from).due().unwrap();
            assert_eq!(due.date(), Some(walk.date(statutory)), "{length} from {from}, termijnenwet");
            compared += 2;
            moved += usize::from(plain != statutory);
        }
    }
    // 37 lengths from 5,844 days, less those that end after 2035; about two of seven ends are free
    assert!(compared > 400_000, "{compared}");
    assert!(moved > 30_000, "{moved}");
}

#[test]
fn back_from_every_day() {
    let walk = Walk::new();
    let all = lengths(
        "1 day, 14 days, 1 week, 2 weeks, 4 weeks, 8 weeks, 10 weeks, 13 weeks, 23 weeks, 26 weeks, 1 month, 2 months, \
         6 months, 13 months, 1 working day, 2 working days, 5 working days, 10 working days, 20 working days",
    );
    let mut compared = 0;
    for event in 0..walk.len() {
        for &length in &all {
            let Some(day) = walk.before(event, length) else { continue };
            let from = walk.date(event);
            let filing = Before::at_least(length).event(from).unwrap();
            assert_eq!(filing.latest, Some(walk.date(day)), "{length} before {from}");
            assert_eq!(filing.earliest, None);
            let filing = Before::at_most(length).event(from).unwrap();
            assert_eq!(filing.earliest, Some(walk.date(day)), "{length} before {from}");
            if length.unit() == Unit::Weeks {
                assert_eq!(walk.date(day).weekday(), from.weekday());
            }
            compared += 1;
        }
    }
    assert!(compared > 100_000, "{compared}");
}
