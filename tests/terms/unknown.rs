//! What is not known stays unknown, as far as it makes a difference.

use leidraad::term::{Before, Cap, Counting, Last, Pause};

use super::{length, plain, statutory};
use crate::support::date;

fn between(first: &str, last: Option<&str>) -> Last {
    Last::Between { not_before: date(first), not_after: last.map(date) }
}

#[test]
fn without_an_event_there_is_no_day() {
    let due = statutory("8 weeks").from(None).due().unwrap();
    assert_eq!((due.last, due.date(), due.bounds()), (Last::Unknown, None, (None, None)));
    assert_eq!((due.days_left(date("2026-01-01")), due.overdue(date("9999-12-31"))), (None, None));
    assert!(due.steps.is_empty());
    let window = Before { at_least: Some(length("10 weeks")), at_most: Some(length("26 weeks")) };
    let filing = window.event(None).unwrap();
    assert_eq!((filing.event, filing.earliest, filing.latest), (None, None, None));
    assert_eq!(filing.judge(date("2026-01-01")), None);
    assert_eq!(Before::default().event(None).unwrap().judge(date("2026-01-01")), None);
}

#[test]
fn a_running_suspension_gives_a_first_day() {
    let course = plain("8 weeks").from(date("2026-02-02")); // 30 March
    let running = |counting, from: &str| Pause::new(counting, date(from), None);
    let due = course.clone().suspended(running(Counting::AWB_4_15, "2026-02-09")).due().unwrap();
    assert_eq!(due.last, between("2026-03-30", None));
    assert_eq!(due.bounds(), (Some(date("2026-03-30")), None));
    assert_eq!(due.date(), None);
    assert_eq!(due.days_left(date("2026-03-01")), None);
    assert_eq!(due.overdue(date("2026-03-30")), Some(false));
    assert_eq!(due.overdue(date("2026-03-31")), None);
    assert_eq!(due.overdue(date("9999-12-31")), None);
    // the day of the request counts in any case
    let due = course.clone().suspended(running(Counting::BIBOB_31, "2026-02-09")).due().unwrap();
    assert_eq!(due.last, between("2026-03-31", None));
    let due = course.clone().suspended(running(Counting::BIBOB_15_2, "2026-02-09")).due().unwrap();
    assert_eq!(due.last, between("2026-03-30", None));
    // on 20 February it has lasted through the 19th: it may be completed that day
    let due = course.clone().suspended(running(Counting::AWB_4_15, "2026-02-09")).as_of(date("2026-02-20"));
    assert_eq!(due.due().unwrap().last, between("2026-04-09", None));
    // news from before it began adds nothing
    let due = course.clone().suspended(running(Counting::AWB_4_15, "2026-02-09")).as_of(date("2026-01-01"));
    assert_eq!(due.due().unwrap().last, between("2026-03-30", None));
}

#[test]
fn what_makes_no_difference_is_known() {
    let course = plain("8 weeks").from(date("2026-02-02"));
    // it begins after the end
    let late = Pause::new(Counting::BIBOB_31, date("2026-03-31"), None);
    assert_eq!(course.clone().suspended(late).due().unwrap().last, Last::On(date("2026-03-30")));
    // beginning not known, but it ended before the first day
    let early = Pause::new(Counting::BIBOB_31, None, date("2026-02-02"));
    assert_eq!(course.clone().suspended(early).due().unwrap().last, Last::On(date("2026-03-30")));
    // within another one
    let long = Pause::new(Counting::BIBOB_31, date("2026-02-09"), date("2026-03-01"));
    let within = Pause::new(Counting::BIBOB_31, None, date("2026-03-01"));
    let due = course.suspended(long).suspended(within).due().unwrap();
    assert_eq!(due.last, between("2026-04-20", Some("2026-04-26")), "3 through 8 February are open");
}

#[test]
fn a_beginning_that_is_not_known() {
    let course = plain("8 weeks").from(date("2026-02-02"));
    let open = |counting, until: Option<&str>| {
        course.clone().suspended(Pause::new(counting, None, until.map(date))).due().unwrap().last
    };
    // at most 3 through 19 February: 17 days
    assert_eq!(open(Counting::AWB_4_15, Some("2026-02-20")), between("2026-03-30", Some("2026-04-16")));
    assert_eq!(open(Counting::BIBOB_31, Some("2026-02-20")), between("2026-03-31", Some("2026-04-17")));
    assert_eq!(open(Counting::AWB_4_15, None), between("2026-03-30", None));
}

#[test]
fn a_cap_gives_a_last_day() {
    let eight = || Cap::of([length("8 weeks")]);
    let course = plain("8 weeks").from(date("2026-01-05")); // 2 March
    let running = Pause::new(Counting::BIBOB_31, date("2026-01-12"), None);
    let capped = course.clone().suspended(running.capped(eight()));
    assert_eq!(capped.due().unwrap().last, between("2026-03-03", Some("2026-04-27")));
    // on 10 March the cap has been reached: the suspension is over, with or without the advice
    assert_eq!(capped.clone().as_of(date("2026-03-08")).due().unwrap().last, Last::On(date("2026-04-27")));
    assert_eq!(
        capped.as_of(date("2026-03-07")).due().unwrap().last,
        between("2026-04-26", Some("2026-04-27"))
    );
    // the bureau still waits for data: no last day
    let waiting = eight().stopped(Pause::new(Counting::BIBOB_15_2, date("2026-02-02"), None));
    let due = course.clone().suspended(running.capped(waiting.clone())).due().unwrap();
    assert_eq!(due.last, between("2026-03-03", None));
    // once the advice is there, at most its 79 days
    let received = Pause::new(Counting::BIBOB_31, date("2026-01-12"), date("2026-03-31"));
    let due = course.clone().suspended(received.capped(waiting)).due().unwrap();
    assert_eq!(due.last, between("2026-04-27", Some("2026-05-20")));
    // when it was asked is not known: nor is when the cap was reached
    let unknown = Pause::new(Counting::BIBOB_31, None, date("2026-01-16")).capped(eight());
    let due = course.suspended(unknown).due().unwrap();
    assert_eq!(due.last, between("2026-03-02", Some("2026-03-13")), "none, or 6 through 16 January");
}
