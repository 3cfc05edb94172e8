//! The holidays 2020–2035 as published, written out by hand.

use leidraad::Date;
use leidraad::term::calendar::{FIRST_YEAR, Holiday, easter, holiday, holidays, is_free, is_working_day};

use crate::support::date;

/// Easter Sunday, then: new year, Good Friday, Easter Monday, King's day, 5 May, Ascension, Whit Monday, both Christmas days.
pub(super) const TABLE: [(i32, &str, [&str; 9]); 16] = [
    (2020, "04-12", ["01-01", "04-10", "04-13", "04-27", "05-05", "05-21", "06-01", "12-25", "12-26"]),
    (2021, "04-04", ["01-01", "04-02", "04-05", "04-27", "05-05", "05-13", "05-24", "12-25", "12-26"]),
    (2022, "04-17", ["01-01", "04-15", "04-18", "04-27", "05-05", "05-26", "06-06", "12-25", "12-26"]),
    (2023, "04-09", ["01-01", "04-07", "04-10", "04-27", "05-05", "05-18", "05-29", "12-25", "12-26"]),
    (2024, "03-31", ["01-01", "03-29", "04-01", "04-27", "05-05", "05-09", "05-20", "12-25", "12-26"]),
    (2025, "04-20", ["01-01", "04-18", "04-21", "04-26", "05-05", "05-29", "06-09", "12-25", "12-26"]),
    (2026, "04-05", ["01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"]),
    (2027, "03-28", ["01-01", "03-26", "03-29", "04-27", "05-05", "05-06", "05-17", "12-25", "12-26"]),
    (2028, "04-16", ["01-01", "04-14", "04-17", "04-27", "05-05", "05-25", "06-05", "12-25", "12-26"]),
    (2029, "04-01", ["01-01", "03-30", "04-02", "04-27", "05-05", "05-10", "05-21", "12-25", "12-26"]),
    (2030, "04-21", ["01-01", "04-19", "04-22", "04-27", "05-05", "05-30", "06-10", "12-25", "12-26"]),
    (2031, "04-13", ["01-01", "04-11", "04-14", "04-26", "05-05", "05-22", "06-02", "12-25", "12-26"]),
    (2032, "03-28", ["01-01", "03-26", "03-29", "04-27", "05-05", "05-06", "05-17", "12-25", "12-26"]),
    (2033, "04-17", ["01-01", "04-15", "04-18", "04-27", "05-05", "05-26", "06-06", "12-25", "12-26"]),
    (2034, "04-09", ["01-01", "04-07", "04-10", "04-27", "05-05", "05-18", "05-29", "12-25", "12-26"]),
    (2035, "03-25", ["01-01", "03-23", "03-26", "04-27", "05-05", "05-03", "05-14", "12-25", "12-26"]),
];

/// The holidays in the order of the columns.
const COLUMNS: [Holiday; 9] = [
    Holiday::NewYear,
    Holiday::GoodFriday,
    Holiday::EasterMonday,
    Holiday::KingsDay,
    Holiday::LiberationDay,
    Holiday::Ascension,
    Holiday::WhitMonday,
    Holiday::ChristmasDay,
    Holiday::SecondChristmasDay,
];

#[test]
fn the_published_table() {
    for (year, sunday, days) in TABLE {
        let on = |day: &str| date(&format!("{year}-{day}"));
        assert_eq!(easter(year), Some(on(sunday)));
        let mut expected: Vec<_> = days.iter().zip(COLUMNS).map(|(day, h)| (on(day), h)).collect();
        for &(day, h) in &expected {
            assert_eq!(h.on(year), Some(day), "{}", h.dutch());
        }
        expected.sort_by_key(|(day, _)| *day);
        assert_eq!(holidays(year), expected);
    }
}

#[test]
fn every_other_day_is_none() {
    let walk = super::walk::Walk::new();
    let mut found = 0;
    for i in 0..walk.len() {
        let day = walk.date(i);
        assert_eq!(holiday(day).is_some(), walk.is_holiday(i), "{day}");
        assert_eq!(is_free(day), Some(walk.free(i)), "{day}");
        assert_eq!(is_working_day(day), Some(!walk.free(i)), "{day}");
        found += usize::from(walk.is_holiday(i));
    }
    assert_eq!((walk.len(), found), (5844, 16 * 9), "no two fall together in these years");
}

#[test]
fn easter_at_its_edges() {
    // the earliest and latest days there are, and the exceptions of the rule (golden number above 11)
    for day in
        ["1818-03-22", "1943-04-25", "2038-04-25", "2285-03-22", "1954-04-18", "1981-04-19", "2049-04-18"]
    {
        let day = date(day);
        assert_eq!(easter(day.year()), Some(day));
    }
    assert_eq!(easter(1582), None, "before the Gregorian calendar");
    assert_eq!(easter(10_000), None);
    assert_eq!(easter(i32::MIN), None);
    for year in 1583..=9999 {
        let day = easter(year).unwrap();
        assert_eq!(day.weekday(), 7);
        assert!((Date::new(year, 3, 22).unwrap()..=Date::new(year, 4, 25).unwrap()).contains(&day));
    }
}

#[test]
fn kings_day_is_never_a_sunday() {
    for (year, day) in
        [(2014, "2014-04-26"), (2015, "2015-04-27"), (2019, "2019-04-27"), (2036, "2036-04-26")]
    {
        assert_eq!(Holiday::KingsDay.on(year), Some(date(day)));
    }
}

#[test]
fn before_2014_only_weekends_are_known() {
    assert_eq!(FIRST_YEAR, 2014);
    assert_eq!(is_free(date("2013-12-28")), Some(true), "a Saturday");
    assert_eq!(is_free(date("2013-12-31")), None);
    assert_eq!(is_working_day(date("2013-12-31")), None);
    assert_eq!(is_free(date("2014-01-01")), Some(true));
    assert_eq!(is_free(date("2014-01-02")), Some(false));
    assert!(holidays(2013).is_empty());
    assert_eq!(Holiday::LiberationDay.on(2013), None);
    assert_eq!(holiday(date("2013-12-25")), None);
}

#[test]
fn two_on_one_day() {
    // Ascension on 5 May: both are in the list, and the day is free once
    let both: Vec<_> = holidays(2016).into_iter().filter(|(day, _)| *day == date("2016-05-05")).collect();
    assert_eq!(both.len(), 2);
}
