//! Bad input: an error in words, never a panic, never a silent guess.

use leidraad::Date;
use leidraad::term::{Before, Cap, Counting, Last, Length, Moment, Pause, Term, TermError, Unit};

use super::{length, plain, statutory};
use crate::support::date;

#[test]
fn words() {
    for (text, dutch) in [
        ("1 hour", "1 uur"),
        ("48 hours", "48 uur"),
        ("1 day", "1 dag"),
        ("4 days", "4 dagen"),
        ("1 working day", "1 werkdag"),
        ("20 working days", "20 werkdagen"),
        ("1 week", "1 week"),
        ("8 weeks", "8 weken"),
        ("1 month", "1 maand"),
        ("3 months", "3 maanden"),
        ("1 year", "1 jaar"),
        ("5 years", "5 jaar"),
        ("4294967295 days", "4294967295 dagen"),
    ] {
        assert_eq!((length(text).to_string(), length(text).dutch()), (text.to_owned(), dutch.to_owned()));
    }
    for text in [
        "",
        " ",
        "8",
        "weeks",
        "8weeks",
        "8  weeks",
        " 8 weeks",
        "8 weeks ",
        "8 week",
        "1 weeks",
        "0 days",
        "-1 day",
        "+1 day",
        "08 weeks",
        "8.5 weeks",
        "8 Weeks",
        "8 weken",
        "8 fortnights",
        "1 workingday",
        "4294967296 days",
        "٨ weeks",
        "8\u{a0}weeks",
        "99999999999999999999999999 days",
    ] {
        assert_eq!(Length::parse(text), Err(TermError::NotALength), "{text:?}");
    }
    assert_eq!(Length::new(0, Unit::Weeks), None);
    assert!(TermError::NotALength.to_string().contains("`8 weeks`"));
}

#[test]
fn beyond_the_calendar() {
    let end = date("9999-12-31");
    let due = |text: &str, from: Date| plain(text).from(from).due();
    assert_eq!(due("1 day", date("9999-12-30")).unwrap().date(), Some(end));
    for text in ["1 day", "1 week", "1 month", "1 year", "1 working day"] {
        assert_eq!(due(text, end), Err(TermError::OutOfRange), "{text}");
    }
    for unit in [Unit::Days, Unit::WorkingDays, Unit::Weeks, Unit::Months, Unit::Years] {
        let huge = Length::new(u32::MAX, unit).unwrap();
        assert_eq!(Term::plain(huge).from(date("2026-01-01")).due(), Err(TermError::OutOfRange));
        assert_eq!(Term::statutory(huge).from(date("0001-01-01")).due(), Err(TermError::OutOfRange));
        assert_eq!(Before::at_least(huge).event(end), Err(TermError::OutOfRange));
    }
    assert_eq!(Before::at_least(length("1 month")).event(date("0001-01-31")), Err(TermError::OutOfRange));
    // 31 December 9999 is a Friday; the last weekend before it moves, one after it could not
    assert_eq!(statutory("1 day").from(date("9999-12-24")).due().unwrap().date(), Some(date("9999-12-27")));
    let hours = Length::new(u32::MAX, Unit::Hours).unwrap();
    let moment = Moment::new(date("2026-01-01"), 0).unwrap();
    assert_eq!(moment.after(hours), Err(TermError::OutOfRange));
    assert_eq!(moment.before(hours), Err(TermError::OutOfRange));
    assert_eq!(Moment::new(end, 1440), None);
    assert_eq!(Moment::new(date("2026-01-01"), 1441), None);
}

#[test]
fn suspensions_beyond_the_calendar() {
    let pause = |from: &str, until: &str| Pause::new(Counting::BIBOB_31, date(from), date(until));
    let course = plain("8 weeks").from(date("2026-01-05"));
    assert_eq!(course.clone().suspended(pause("2026-01-06", "9999-12-31")).due(), Err(TermError::OutOfRange));
    let first = Pause::new(Counting::AWB_4_15, date("0001-01-01"), date("9999-12-31"));
    assert_eq!(course.clone().suspended(first).due(), Err(TermError::OutOfRange));
    let running = Pause::new(Counting::AWB_4_15, date("9999-12-31"), None);
    assert_eq!(course.clone().suspended(running).due().unwrap().last, Last::On(date("2026-03-02")));
    // a cap beyond the calendar bounds nothing
    let cap = Cap::of([Length::new(u32::MAX, Unit::Weeks).unwrap()]);
    let due = course.clone().suspended(pause("2026-01-12", "2026-01-21").capped(cap)).due().unwrap();
    assert_eq!(due.date(), Some(date("2026-03-12")));
    // a cap without lengths leaves nothing
    let none = pause("2026-01-12", "2026-01-21").capped(Cap::of([]));
    assert_eq!(course.suspended(none).due().unwrap().date(), Some(date("2026-03-02")));
}

#[test]
fn days_and_hours_are_kept_apart() {
    let hours = length("48 hours");
    assert_eq!(Term::plain(hours).from(date("2026-01-05")).due(), Err(TermError::NeedsClock(hours)));
    assert_eq!(Term::plain(hours).from(None).due(), Err(TermError::NeedsClock(hours)));
    assert_eq!(Before::at_least(hours).event(date("2026-01-05")), Err(TermError::NeedsClock(hours)));
    let moment = Moment::new(date("2026-01-05"), 0).unwrap();
    assert_eq!(moment.after(length("2 days")), Err(TermError::NotInHours(length("2 days"))));
    let capped =
        Pause::new(Counting::BIBOB_31, date("2026-01-06"), date("2026-01-09")).capped(Cap::of([hours]));
    assert_eq!(
        plain("8 weeks").from(date("2026-01-05")).suspended(capped).due(),
        Err(TermError::NeedsClock(hours))
    );
}

#[test]
fn no_convention_no_day() {
    let ten = length("10 working days");
    let pause = Pause::new(Counting::AWB_4_15, date("2026-01-06"), date("2026-01-09"));
    let error = Term::plain(ten).from(date("2026-01-05")).suspended(pause).due().unwrap_err();
    assert_eq!(error, TermError::NotSuspendable(ten));
    assert_eq!(error.to_string(), "no source says how a suspension moves a term of 10 working days");
}

#[test]
fn a_calendar_that_is_not_known() {
    // Tuesday 31 December 2013
    assert_eq!(
        statutory("1 week").from(date("2013-12-24")).due(),
        Err(TermError::NotCovered(date("2013-12-31")))
    );
    assert_eq!(plain("1 week").from(date("2013-12-24")).due().unwrap().date(), Some(date("2013-12-31")));
    // a year is not moved, so that no calendar is needed
    assert_eq!(statutory("1 year").from(date("2010-04-30")).due().unwrap().date(), Some(date("2011-04-30")));
    assert_eq!(
        Before::at_least(length("2 working days")).event(date("2014-01-03")),
        Err(TermError::NotCovered(date("2013-12-31")))
    );
}

#[test]
fn suspensions_the_wrong_way_round() {
    let (from, until) = (date("2026-02-10"), date("2026-02-09"));
    let wrong = Pause::new(Counting::BIBOB_31, from, until);
    let course = plain("8 weeks").from(date("2026-01-05"));
    let error = Err(TermError::EndsBeforeItBegins { from, until });
    assert_eq!(course.clone().suspended(wrong).due(), error);
    let fine = Pause::new(Counting::BIBOB_31, date("2026-01-12"), date("2026-02-01"));
    assert_eq!(course.suspended(fine.capped(Cap::of([length("8 weeks")]).stopped(wrong))).due(), error);
}

#[test]
fn extensions_that_the_law_does_not_have() {
    let (four, six, eight) = (length("4 weeks"), length("6 weeks"), length("8 weeks"));
    let from = date("2026-01-05");
    assert_eq!(
        Term::plain(eight).from(from).extended(six).due(),
        Err(TermError::TooManyExtensions { given: 1, allowed: 0 })
    );
    let term = Term::plain(eight).extendable(six, 1);
    assert_eq!(
        term.from(from).extended(eight).due(),
        Err(TermError::ExtensionTooLong { given: eight, allowed: six })
    );
    let days = length("42 days");
    assert_eq!(
        term.from(from).extended(days).due(),
        Err(TermError::OtherUnit { given: days, allowed: six }),
        "weeks are not converted into days"
    );
    assert_eq!(
        term.from(from).extended(four).extended(four).due(),
        Err(TermError::TooManyExtensions { given: 2, allowed: 1 })
    );
    assert!(Term::plain(eight).extendable(six, 2).from(from).extended(four).extended(four).due().is_ok());
}

#[test]
fn a_window_without_days() {
    let window = Before { at_least: Some(length("26 weeks")), at_most: Some(length("10 weeks")) };
    assert_eq!(
        window.event(date("2026-07-04")),
        Err(TermError::EmptyWindow { earliest: date("2026-04-25"), latest: date("2026-01-03") })
    );
    // the same length: one day
    let one = Before { at_least: Some(length("10 weeks")), at_most: Some(length("10 weeks")) };
    let filing = one.event(date("2026-07-04")).unwrap();
    assert_eq!(filing.earliest, filing.latest);
}

#[test]
fn thousands_of_suspensions() {
    // every second day from 7 January, for 27 years: each day of the term but the first moves it by one more
    let (mut course, mut day) = (plain("8 weeks").from(date("2026-01-05")), date("2026-01-07"));
    for _ in 0..10_000 {
        course = course.suspended(Pause::new(Counting::BIBOB_31, day, day));
        course = course.suspended(Pause::new(Counting::BIBOB_31, day, day));
        day = plain("2 days").from(day).due().unwrap().date().unwrap();
    }
    // its days are 6, 8, 10 January and so on: number 56 comes 110 days after the first
    assert_eq!(course.due().unwrap().date(), Some(date("2026-04-26")));
}
