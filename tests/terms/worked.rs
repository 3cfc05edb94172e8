//! Sums by hand, from the fact sheets: Wet Bibob (terms P1–P16), Damocles (procedure), events (date arithmetic).

use leidraad::term::{Before, Cap, Counting, Moment, Pause, Rule, Term, Timing};

use super::{length, plain, statutory};
use crate::support::date;

/// The last day of a term from a day.
fn last(term: Term, from: &str) -> String {
    term.from(date(from)).due().unwrap().date().unwrap().to_string()
}

/// The last day of a term from a day with suspensions.
fn suspended(term: Term, from: &str, pauses: &[(Counting, &str, &str)]) -> String {
    let course = pauses.iter().fold(term.from(date(from)), |course, (counting, from, until)| {
        course.suspended(Pause::new(*counting, date(from), date(until)))
    });
    course.due().unwrap().date().unwrap().to_string()
}

const COMPLETE: Counting = Counting::AWB_4_15;
const ADVICE: Counting = Counting::BIBOB_31;
const DATA: Counting = Counting::BIBOB_15_2;

#[test]
fn objection_in_six_weeks() {
    // Awb 6:7, 6:8: announcement + 42 days, moved where that day is free
    for (announced, end) in [
        ("2026-03-23", "2026-05-04"), // a Monday
        ("2026-03-24", "2026-05-06"), // 5 May
        ("2026-03-14", "2026-04-28"), // Saturday 25 April, then King's day on Monday
        ("2026-02-20", "2026-04-07"), // Good Friday 3 April, weekend, Easter Monday
        ("2025-11-13", "2025-12-29"), // Thursday and Friday are Christmas, then the weekend
        ("2026-04-02", "2026-05-15"), // Ascension on 14 May; the Friday after it is an ordinary day
        ("2026-04-13", "2026-05-26"), // Whit Monday on 25 May
        ("2025-11-20", "2026-01-02"), // new year
    ] {
        assert_eq!(last(statutory("6 weeks"), announced), end, "announced {announced}");
    }
}

#[test]
fn the_last_day_is_in_time() {
    let due = statutory("6 weeks").from(date("2026-03-24")).due().unwrap();
    let on = |day: &str| (due.overdue(date(day)), due.days_left(date(day)));
    assert_eq!(on("2026-05-05"), (Some(false), Some(1)));
    assert_eq!(on("2026-05-06"), (Some(false), Some(0)));
    assert_eq!(on("2026-05-07"), (Some(true), Some(-1)));
}

#[test]
fn decision_on_objection() {
    // Awb 7:10: six weeks, or twelve, from the last day for objection; once six more
    assert_eq!(last(statutory("6 weeks"), "2026-05-06"), "2026-06-17");
    let twelve = statutory("12 weeks").extendable(length("6 weeks"), 1).from(date("2026-05-06"));
    assert_eq!(twelve.due().unwrap().date(), Some(date("2026-07-29")));
    assert_eq!(twelve.extended(length("6 weeks")).due().unwrap().date(), Some(date("2026-09-09")));
}

#[test]
fn a_term_and_its_extension_are_two_terms() {
    let eight = length("8 weeks");
    let term = statutory("8 weeks").extendable(eight, 1);
    // sixteen weeks together, but neither is over twelve: 27 April is King's day
    assert_eq!(term.from(date("2026-01-05")).extended(eight).due().unwrap().date(), Some(date("2026-04-28")));
    // the first ends on Saturday 4 April and would move to the 7th; the second counts from the 4th: Saturday 30 May
    let due = term.from(date("2026-02-07")).extended(eight).due().unwrap();
    assert_eq!(due.date(), Some(date("2026-06-01")));
    assert_eq!(last(term, "2026-02-07"), "2026-04-07");
    // a shorter extension is allowed
    assert_eq!(
        term.from(date("2026-01-05")).extended(length("2 weeks")).due().unwrap().date(),
        Some(date("2026-03-16"))
    );
    // the length of the last term decides whether it moves: Saturday 30 May 2026 stays
    let long = statutory("1 week").extendable(length("13 weeks"), 1);
    let due = long.from(date("2026-02-21")).extended(length("13 weeks")).due().unwrap();
    assert_eq!(due.date(), Some(date("2026-05-30")));
}

#[test]
fn suspension_for_completion() {
    // Awb 4:15: invited 9 February, completed on the 20th: the 10th through the 19th are ten days
    assert_eq!(suspended(statutory("8 weeks"), "2026-02-02", &[]), "2026-03-30");
    let term = plain("8 weeks");
    assert_eq!(suspended(term, "2026-02-02", &[(COMPLETE, "2026-02-09", "2026-02-20")]), "2026-04-09");
    // completed the next day, or the same day: no suspended day
    assert_eq!(suspended(term, "2026-02-02", &[(COMPLETE, "2026-02-09", "2026-02-10")]), "2026-03-30");
    assert_eq!(suspended(term, "2026-02-02", &[(COMPLETE, "2026-02-09", "2026-02-09")]), "2026-03-30");
    assert_eq!(suspended(term, "2026-02-02", &[(COMPLETE, "2026-02-09", "2026-02-11")]), "2026-03-31");
}

#[test]
fn the_other_ways_to_count() {
    let term = plain("8 weeks");
    // Wet Bibob 31: both days counted; asked and received on one day is one day
    assert_eq!(suspended(term, "2026-02-02", &[(ADVICE, "2026-02-09", "2026-02-20")]), "2026-04-11");
    assert_eq!(suspended(term, "2026-02-02", &[(ADVICE, "2026-02-09", "2026-02-09")]), "2026-03-31");
    // Wet Bibob 15(2): the day asked counts, the day of arrival does not
    assert_eq!(suspended(term, "2026-02-02", &[(DATA, "2026-02-09", "2026-02-20")]), "2026-04-10");
    assert_eq!(suspended(term, "2026-02-02", &[(DATA, "2026-02-09", "2026-02-09")]), "2026-03-30");
}

#[test]
fn overlap_counts_once() {
    // 10–19 and 15–25 February are 16 days together, in whatever order they are given
    let both = [(COMPLETE, "2026-02-09", "2026-02-20"), (ADVICE, "2026-02-15", "2026-02-25")];
    assert_eq!(suspended(plain("8 weeks"), "2026-02-02", &both), "2026-04-15");
    assert_eq!(suspended(plain("8 weeks"), "2026-02-02", &[both[1], both[0]]), "2026-04-15");
    assert_eq!(suspended(plain("8 weeks"), "2026-02-02", &[both[0], both[0]]), "2026-04-09");
    // one within the other
    let within = [(ADVICE, "2026-02-09", "2026-02-25"), (ADVICE, "2026-02-12", "2026-02-13")];
    assert_eq!(suspended(plain("8 weeks"), "2026-02-02", &within), "2026-04-16");
}

#[test]
fn a_suspension_counts_as_far_as_the_term_runs() {
    let term = plain("8 weeks"); // 3 February through Monday 30 March
    // before the first day: only 3 and 4 February count
    assert_eq!(suspended(term, "2026-02-02", &[(ADVICE, "2026-01-20", "2026-02-04")]), "2026-04-01");
    assert_eq!(suspended(term, "2026-02-02", &[(ADVICE, "2026-01-20", "2026-02-02")]), "2026-03-30");
    // from the last day, and from the day after it
    assert_eq!(suspended(term, "2026-02-02", &[(ADVICE, "2026-03-30", "2026-04-03")]), "2026-04-04");
    assert_eq!(suspended(term, "2026-02-02", &[(ADVICE, "2026-03-31", "2026-04-03")]), "2026-03-30");
    // an invitation on the last day suspends from the day after: too late
    assert_eq!(suspended(term, "2026-02-02", &[(COMPLETE, "2026-03-30", "2026-04-10")]), "2026-03-30");
    assert_eq!(suspended(term, "2026-02-02", &[(COMPLETE, "2026-03-29", "2026-04-05")]), "2026-04-05");
    // a second one that finds the term running only because of the first: 30 March, 9 April, 12 April
    let (first, second) = ((COMPLETE, "2026-02-09", "2026-02-20"), (COMPLETE, "2026-04-02", "2026-04-06"));
    assert_eq!(suspended(term, "2026-02-02", &[second]), "2026-03-30");
    assert_eq!(suspended(term, "2026-02-02", &[second, first]), "2026-04-12");
    assert_eq!(suspended(statutory("8 weeks"), "2026-02-02", &[second, first]), "2026-04-13");
}

#[test]
fn a_suspension_on_a_moved_last_day() {
    // eight weeks end on Saturday 4 April 2026; Sunday and Easter Monday are free: Tuesday the 7th
    let with = |from, until| suspended(statutory("8 weeks"), "2026-02-07", &[(ADVICE, from, until)]);
    assert_eq!(suspended(statutory("8 weeks"), "2026-02-07", &[]), "2026-04-07");
    assert_eq!(with("2026-04-07", "2026-04-09"), "2026-04-10", "the term still runs on the 7th");
    assert_eq!(with("2026-04-08", "2026-04-09"), "2026-04-07", "and no longer on the 8th");
    assert_eq!(with("2026-04-05", "2026-04-05"), "2026-04-07", "Sunday is no day on which it could end");
    assert_eq!(with("2026-04-07", "2026-04-10"), "2026-04-13", "Friday suspended, then the weekend");
    let next_to_each_other = [(ADVICE, "2026-04-07", "2026-04-08"), (ADVICE, "2026-04-09", "2026-04-09")];
    assert_eq!(suspended(statutory("8 weeks"), "2026-02-07", &next_to_each_other), "2026-04-10");
    assert_eq!(with("2026-04-04", "2026-04-04"), "2026-04-07", "one day later is Sunday 5 April");
}

#[test]
fn advice_of_the_bureau_and_its_cap() {
    let term = plain("8 weeks"); // from 5 January: 2 March
    let eight = || Cap::of([length("8 weeks")]);
    let twelve = || Cap::of([length("8 weeks"), length("4 weeks")]);
    let asked = |cap: Cap, received: &str| {
        let advice = Pause::new(ADVICE, date("2026-01-12"), date(received)).capped(cap);
        term.from(date("2026-01-05")).suspended(advice).due().unwrap().date().unwrap().to_string()
    };
    // 12 January is day 1, 8 March day 56
    assert_eq!(asked(eight(), "2026-03-07"), "2026-04-26", "55 days");
    assert_eq!(asked(eight(), "2026-03-08"), "2026-04-27", "56 days");
    assert_eq!(asked(eight(), "2026-03-09"), "2026-04-27", "57 days, of which 56 count");
    assert_eq!(asked(eight(), "2026-12-31"), "2026-04-27");
    // extended by four weeks: day 84 is 5 April
    assert_eq!(asked(twelve(), "2026-03-31"), "2026-05-20", "79 days");
    assert_eq!(asked(twelve(), "2026-04-05"), "2026-05-25", "84 days");
    assert_eq!(asked(twelve(), "2026-04-06"), "2026-05-25", "85 days, of which 84 count");
    // the bureau waited from 2 through 11 February: ten days more
    let waited = || eight().stopped(Pause::new(DATA, date("2026-02-02"), date("2026-02-12")));
    assert_eq!(asked(waited(), "2026-03-17"), "2026-05-06", "65 days");
    assert_eq!(asked(waited(), "2026-12-31"), "2026-05-07", "66 days");
    // waiting twice over the same days is waiting once
    let twice = waited().stopped(Pause::new(DATA, date("2026-02-05"), date("2026-02-12")));
    assert_eq!(asked(twice, "2026-12-31"), "2026-05-07");
    // asked for data after its time: no longer cap
    let late = eight().stopped(Pause::new(DATA, date("2026-03-09"), date("2026-03-20")));
    assert_eq!(asked(late, "2026-12-31"), "2026-04-27");
}

#[test]
fn two_working_days_in_three_or_more() {
    // Wkpb 15: within 4 days after the day of announcement
    for (announced, end) in [
        ("2026-09-07", "2026-09-11"), // Monday to Friday
        ("2026-09-09", "2026-09-14"), // Sunday moves to Monday
        ("2026-04-02", "2026-04-08"), // Good Friday through Easter Monday are free: Tuesday and Wednesday
        ("2026-05-01", "2026-05-06"), // weekend, Monday, 5 May
        ("2026-04-03", "2026-04-08"), // Good Friday to Tuesday: one working day
    ] {
        assert_eq!(last(statutory("4 days"), announced), end, "announced {announced}");
    }
    // from Friday 11 September: Saturday, Sunday, Monday and only then Tuesday
    assert_eq!(last(statutory("3 days"), "2026-09-11"), "2026-09-15");
    assert_eq!(last(statutory("2 days"), "2026-09-11"), "2026-09-14", "too short for art. 2");
    assert_eq!(last(plain("3 days"), "2026-09-11"), "2026-09-14");
    // Monday is suspended and no day of the term, which lasts through Tuesday; Wednesday is its second working day
    assert_eq!(
        suspended(statutory("3 days"), "2026-09-11", &[(ADVICE, "2026-09-14", "2026-09-14")]),
        "2026-09-16"
    );
}

#[test]
fn two_working_days_in_a_week_of_weekends() {
    // from Friday 11 September, with three working weeks suspended: 12, 13, 19, 20, 26 and 27 September and Saturday 3 October
    let weeks = [
        (ADVICE, "2026-09-14", "2026-09-18"),
        (ADVICE, "2026-09-21", "2026-09-25"),
        (ADVICE, "2026-09-28", "2026-10-02"),
    ];
    assert_eq!(suspended(plain("1 week"), "2026-09-11", &weeks), "2026-10-03");
    // Monday and Tuesday are the first two days of it that are not free
    assert_eq!(suspended(statutory("1 week"), "2026-09-11", &weeks), "2026-10-06");
}

#[test]
fn terms_that_do_not_move() {
    // art. 4: twelve weeks move, thirteen do not; and so on
    for (text, from, end) in [
        ("12 weeks", "2026-01-03", "2026-03-30"),
        ("13 weeks", "2026-01-03", "2026-04-04"),
        ("90 days", "2026-01-05", "2026-04-07"),
        ("91 days", "2026-01-05", "2026-04-06"),
        ("3 months", "2026-01-04", "2026-04-07"),
        ("4 months", "2025-12-04", "2026-04-04"),
        ("1 year", "2025-04-05", "2026-04-05"),
        ("5 years", "2021-04-05", "2026-04-05"),
    ] {
        assert_eq!(last(statutory(text), from), end, "{text} from {from}");
    }
    assert_eq!(last(plain("8 weeks"), "2026-02-07"), "2026-04-04");
}

#[test]
fn terms_set_in_a_decision() {
    // begunstigingstermijn (Awb 5:24): 36 days and 15 days, as in the rulings that the sheet names
    assert_eq!(last(plain("36 days"), "2023-10-03"), "2023-11-08");
    assert_eq!(last(plain("15 days"), "2017-06-22"), "2017-07-07");
}

#[test]
fn months_and_years() {
    for (text, from, end) in [
        ("1 month", "2026-01-31", "2026-02-28"),
        ("1 month", "2028-01-31", "2028-02-29"),
        ("1 month", "2026-02-28", "2026-03-28"),
        ("2 months", "2025-12-31", "2026-02-28"),
        ("3 months", "2026-11-30", "2027-02-28"),
        ("12 months", "2026-12-31", "2027-12-31"),
        ("1 year", "2028-02-29", "2029-02-28"),
        ("4 years", "2028-02-29", "2032-02-29"),
    ] {
        assert_eq!(last(plain(text), from), end, "{text} from {from}");
    }
    assert_eq!(last(statutory("1 month"), "2026-01-31"), "2026-03-02", "28 February 2026 is a Saturday");
    // the second month counts from where the first ended
    let term = plain("1 month").extendable(length("1 month"), 1).from(date("2026-01-31"));
    assert_eq!(term.extended(length("1 month")).due().unwrap().date(), Some(date("2026-03-28")));
}

#[test]
fn back_from_an_event() {
    let latest = |text: &str, event: &str| {
        Before::at_least(length(text)).event(date(event)).unwrap().latest.unwrap().to_string()
    };
    // T − 7 N, the same weekday; Easter Monday stays
    assert_eq!(latest("8 weeks", "2026-07-04"), "2026-05-09");
    assert_eq!(latest("4 weeks", "2026-07-04"), "2026-06-06");
    assert_eq!(latest("8 weeks", "2026-06-01"), "2026-04-06");
    assert_eq!(latest("14 days", "2026-07-04"), "2026-06-20");
    assert_eq!(latest("1 month", "2026-03-31"), "2026-02-28");
    // working days before Wednesday 6 May 2026: 4 May, 1 May, 30, 29, 28 April; 24 April, 23, 22, 21, 20
    assert_eq!(latest("1 working day", "2026-05-06"), "2026-05-04");
    assert_eq!(latest("5 working days", "2026-05-06"), "2026-04-28");
    assert_eq!(latest("6 working days", "2026-05-06"), "2026-04-24");
    assert_eq!(latest("10 working days", "2026-05-06"), "2026-04-20");
    assert_eq!(latest("1 working day", "2026-05-10"), "2026-05-08", "an event on Sunday");
}

#[test]
fn too_early_and_too_late() {
    let filing = Before::at_most(length("26 weeks")).event(date("2026-07-04")).unwrap();
    assert_eq!((filing.earliest, filing.latest), (Some(date("2026-01-03")), None));
    assert_eq!(filing.judge(date("2026-01-02")), Some(Timing::TooEarly));
    assert_eq!(filing.judge(date("2026-07-03")), Some(Timing::InTime));
    assert_eq!(filing.days_left(date("2026-07-03")), None);
    let filing = Before::at_least(length("10 weeks")).event(date("2026-07-04")).unwrap();
    assert_eq!(filing.judge(date("2020-01-01")), Some(Timing::InTime));
    assert_eq!(filing.judge(date("2026-04-25")), Some(Timing::InTime));
    assert_eq!(filing.judge(date("2026-04-26")), Some(Timing::TooLate));
    assert_eq!(filing.days_left(date("2026-04-20")), Some(5));
    assert_eq!(
        Before::default().event(date("2026-07-04")).unwrap().judge(date("2026-07-05")),
        Some(Timing::InTime)
    );
}

#[test]
fn hours_by_the_clock() {
    // demonstration: 48 hours before; across the night in which the clock changes (29 March 2026) it is the same clock time
    let at = |day: &str, minute| Moment::new(date(day), minute).unwrap();
    let hours = length("48 hours");
    assert_eq!(at("2026-03-30", 14 * 60).before(hours).unwrap(), at("2026-03-28", 14 * 60));
    assert_eq!(at("2026-12-31", 23 * 60 + 59).after(hours).unwrap(), at("2027-01-02", 23 * 60 + 59));
    assert_eq!(at("2026-05-04", 30).before(length("1 hour")).unwrap(), at("2026-05-03", 23 * 60 + 30));
    assert_eq!(at("2026-05-04", 1440), at("2026-05-05", 0));
    assert_eq!(at("2026-05-04", 1440).to_string(), "2026-05-05 00:00");
    assert!(at("2026-05-04", 1) > at("2026-05-04", 0) && at("2026-05-05", 0) > at("2026-05-04", 1439));
}

#[test]
fn every_step_with_its_convention() {
    let term = statutory("1 month").extendable(length("3 days"), 1);
    let advice =
        Pause::new(ADVICE, date("2026-02-27"), date("2026-12-31")).capped(Cap::of([length("2 days")]));
    let due = term.from(date("2026-01-31")).suspended(advice).extended(length("3 days")).due().unwrap();
    let steps: Vec<String> = due
        .steps
        .iter()
        .map(|s| {
            format!(
                "{} {} {} | {} | {}",
                s.rule.convention(),
                s.from,
                s.to,
                s.rule,
                s.rule.source().unwrap_or("-")
            )
        })
        .collect();
    // 28 February is a Saturday; two days later is Monday 2 March; three days more are Thursday
    let expected = [
        "C1 2026-01-31 2026-02-01 | de termijn begint de dag erna | -",
        "C3 2026-12-31 2026-02-28 | langer duurt deze opschorting niet | -",
        "C6 2026-01-31 2026-02-28 | termijn van 1 maand | -",
        "C6 2026-02-28 2026-02-28 | deze maand is korter: de laatste dag van de maand | -",
        "C2 2026-02-28 2026-03-02 | 2 dagen opgeschort | -",
        "C4 2026-03-02 2026-03-05 | verlenging met 3 dagen | -",
    ];
    assert_eq!(steps, expected);

    let rules = |term: Term, from: &str| -> Vec<(Rule, String)> {
        let due = term.from(date(from)).due().unwrap();
        due.steps.iter().skip(1).map(|s| (s.rule, s.to.to_string())).collect()
    };
    // Good Friday through Easter Monday, then two working days
    let four = length("4 days");
    assert_eq!(
        rules(statutory("4 days"), "2026-04-02"),
        [(Rule::Counted(four), "2026-04-06".into()), (Rule::TwoWorkingDays, "2026-04-08".into())]
    );
    assert_eq!(
        rules(statutory("2 days"), "2026-04-02"),
        [(Rule::Counted(length("2 days")), "2026-04-04".into()), (Rule::FreeDay, "2026-04-07".into())]
    );
    assert_eq!(
        rules(statutory("13 weeks"), "2026-01-03"),
        [
            (Rule::Counted(length("13 weeks")), "2026-04-04".into()),
            (Rule::StaysOnFreeDay, "2026-04-04".into())
        ]
    );
    let back = Before::at_least(length("8 weeks")).event(date("2026-06-01")).unwrap();
    assert_eq!(back.steps[0].rule.source(), Some("Algemene termijnenwet art. 1, tweede lid"));
    assert_eq!(back.steps[0].rule.to_string(), "8 weken ervoor");
}

#[test]
fn as_json() {
    let due = statutory("2 days").from(date("2026-09-11")).due().unwrap();
    assert_eq!(
        serde_json::to_value(&due).unwrap(),
        serde_json::json!({
            "last": { "on": "2026-09-14" },
            "steps": [
                { "rule": "first_day", "from": "2026-09-11", "to": "2026-09-12" },
                { "rule": { "counted": "2 days" }, "from": "2026-09-11", "to": "2026-09-13" },
                { "rule": "free_day", "from": "2026-09-13", "to": "2026-09-14" },
            ]
        })
    );
}
