//! Terms of steps: days counted by hand.

use leidraad::{Answers, Assessment, TermState, TermStatus};

use crate::support::{date, rules};

const RULES: &str = include_str!("../fixtures/procedure/termijnen.yaml");

/// Assesses a case in which nothing was extended, unless it says otherwise.
fn assess(answers: &str) -> Assessment {
    let program = rules(RULES).on(date("2026-02-02")).unwrap();
    let mut answers = Answers::from_json("a", answers).unwrap();
    for question in ["verlengd", "advies_verlengd"] {
        if answers.get(question).is_none() {
            answers = answers.with(question, false);
        }
    }
    program.evaluate(&answers).unwrap_or_else(|findings| panic!("{findings}"))
}

fn term(assessment: &Assessment, step: &str) -> TermState {
    assessment.steps.iter().find(|s| s.id == step).unwrap().term.clone().unwrap()
}

/// The term of a step: its day, and where it stands.
fn day(answers: &str, step: &str) -> (Option<String>, TermStatus) {
    let term = term(&assess(answers), step);
    (term.day.map(|day| day.to_string()), term.status)
}

fn on(day: &str) -> Option<String> {
    Some(day.to_owned())
}

#[test]
fn forward_from_a_question() {
    // Monday 2 February 2026 + 8 weeks = Monday 30 March
    assert_eq!(day(r#"{"ontvangen_op": "2026-02-02"}"#, "besluit"), (on("2026-03-30"), TermStatus::Running));
    // Monday 9 February + 8 weeks = Monday 6 April, Easter Monday: moves to Tuesday
    assert_eq!(day(r#"{"ontvangen_op": "2026-02-09"}"#, "besluit"), (on("2026-04-07"), TermStatus::Running));
    // extended: 16 weeks, Monday 25 May is Whit Monday, so Tuesday 26 May
    assert_eq!(
        day(r#"{"ontvangen_op": "2026-02-02", "verlengd": true}"#, "besluit"),
        (on("2026-05-26"), TermStatus::Running)
    );
}

#[test]
fn an_extension_of_which_nobody_knows_leaves_two_last_days() {
    // Monday 30 March without, Tuesday 26 May with the extension
    let unknown = |today: &str| {
        let assessment =
            assess(&format!(r#"{{"ontvangen_op": "2026-02-02", "verlengd": null, "$today": "{today}"}}"#));
        let state = term(&assessment, "besluit");
        assert_eq!(
            (state.day, state.not_before, state.not_after),
            (None, Some(date("2026-03-30")), Some(date("2026-05-26")))
        );
        assert_eq!(state.missing, ["verlengd"]);
        (state.status, assessment.findings.len())
    };
    assert_eq!(unknown("2026-03-31"), (TermStatus::Running, 0));
    assert_eq!(unknown("2026-05-26"), (TermStatus::Running, 0));
    assert_eq!(unknown("2026-05-27"), (TermStatus::Overdue, 1));
    // advice that takes half a year: 56 days, or 84 when that was extended
    let advice = assess(
        r#"{"ontvangen_op": "2026-02-02", "advies_gevraagd_op": "2026-02-16",
        "advies_ontvangen_op": "2026-08-16", "advies_verlengd": null}"#,
    );
    let state = term(&advice, "besluit");
    assert_eq!((state.not_before, state.not_after), (Some(date("2026-05-26")), Some(date("2026-06-22"))));
}

#[test]
fn suspended_and_capped() {
    // asked on 9 February, completed on 20 February: 10 to 19 February, ten days; 30 March + 10 = 9 April
    let one = r#"{"ontvangen_op": "2026-02-02", "gevraagd_op": "2026-02-09", "aangevuld_op": "2026-02-20"}"#;
    assert_eq!(day(one, "besluit").0, on("2026-04-09"));
    // advice from 16 February through 25 February, both counted: ten days
    let two = r#"{"ontvangen_op": "2026-02-02", "advies_gevraagd_op": "2026-02-16", "advies_ontvangen_op": "2026-02-25"}"#;
    assert_eq!(day(two, "besluit").0, on("2026-04-09"));
    // both, overlapping on 16 to 19 February: sixteen days, 15 April
    let both = r#"{"ontvangen_op": "2026-02-02", "gevraagd_op": "2026-02-09", "aangevuld_op": "2026-02-20",
        "advies_gevraagd_op": "2026-02-16", "advies_ontvangen_op": "2026-02-25"}"#;
    assert_eq!(day(both, "besluit").0, on("2026-04-15"));
    // advice that takes half a year counts for 56 days: 30 March + 56 = Monday 25 May, Whit Monday, so 26 May
    let long = r#"{"ontvangen_op": "2026-02-02", "advies_gevraagd_op": "2026-02-16", "advies_ontvangen_op": "2026-08-16"}"#;
    assert_eq!(day(long, "besluit").0, on("2026-05-26"));
    // extended by four weeks: 84 days, Monday 22 June
    let longer = r#"{"ontvangen_op": "2026-02-02", "advies_gevraagd_op": "2026-02-16", "advies_ontvangen_op": "2026-08-16",
        "advies_verlengd": true}"#;
    assert_eq!(day(longer, "besluit").0, on("2026-06-22"));
}

#[test]
fn a_suspension_that_still_runs_leaves_a_first_possible_day() {
    let running = term(
        &assess(r#"{"ontvangen_op": "2026-02-02", "gevraagd_op": "2026-02-09", "$today": "2026-02-20"}"#),
        "besluit",
    );
    // suspended from 10 through 20 February at least, by the day on which it is looked at
    assert_eq!((running.day, running.not_after, running.status), (None, None, TermStatus::Running));
    assert!(running.not_before >= Some(date("2026-04-09")), "{running:?}");
}

#[test]
fn unknown_starts_and_unset_lengths_stay_unknown() {
    let assessment = assess("{}");
    let unknown = term(&assessment, "besluit");
    assert_eq!(
        (unknown.day, unknown.status, unknown.missing),
        (None, TermStatus::Unknown, vec!["ontvangen_op".to_owned()])
    );
    let unset = term(&assess(r#"{"$steps": {"besluit": {"done": "2026-03-02"}}}"#), "zienswijze");
    assert_eq!((unset.day, unset.missing), (None, vec!["zienswijzetermijn".to_owned()]));
    let waits = term(&assessment, "bezwaar");
    assert_eq!((waits.day, waits.missing), (None, vec!["besluit".to_owned()]));
}

#[test]
fn from_the_day_a_step_was_done() {
    // Tuesday 3 March + 42 days = Tuesday 14 April
    let answers = |today: &str| {
        format!(r#"{{"$steps": {{"besluit": {{"done": "2026-03-03"}}}}, "$today": "{today}"}}"#)
    };
    assert_eq!(day(&answers("2026-04-14"), "bezwaar"), (on("2026-04-14"), TermStatus::Running));
    assert_eq!(term(&assess(&answers("2026-04-14")), "bezwaar").days_left, Some(0));
    let late = assess(&answers("2026-04-15"));
    assert_eq!(term(&late, "bezwaar").status, TermStatus::Overdue);
    assert_eq!(late.findings.iter().filter(|f| f.id == "bezwaar").count(), 1);
}

#[test]
fn counted_back_it_does_not_move_and_the_last_day_is_in_time() {
    // Saturday 4 July 2026 − 8 weeks = Saturday 9 May: a Saturday, and it stays
    let filed = |day: &str| {
        format!(r#"{{"evenement_op": "2026-07-04", "$steps": {{"indienen": {{"done": "{day}"}}}}}}"#)
    };
    assert_eq!(day(&filed("2026-05-09"), "indienen"), (on("2026-05-09"), TermStatus::Met));
    assert_eq!(day(&filed("2026-05-10"), "indienen"), (on("2026-05-09"), TermStatus::Late));
    let late = assess(&filed("2026-05-10"));
    assert_eq!(
        late.findings[0].text,
        "«Aanvraag indienen» is gedaan op 10 mei 2026. Dat moest uiterlijk op 9 mei 2026."
    );
}

#[test]
fn a_window_has_a_first_and_a_last_day() {
    // Saturday 4 July 2026: ten weeks before is 25 April, 26 weeks before is 3 January
    let filed = |day: &str| {
        let answers = format!(
            r#"{{"evenement_op": "2026-07-04", "soort": "middel", "$steps": {{"aanvragen": {{"done": "{day}"}}}}}}"#
        );
        let assessment = assess(&answers);
        let state = term(&assessment, "aanvragen");
        assert_eq!((state.earliest, state.day), (Some(date("2026-01-03")), Some(date("2026-04-25"))));
        let texts: Vec<String> = assessment.findings.iter().map(|f| f.text.to_string()).collect();
        (state.status, texts)
    };
    let early = "«Vergunning aanvragen» is gedaan op 2 januari 2026. Dat kan pas vanaf 3 januari 2026.";
    let late = "«Vergunning aanvragen» is gedaan op 26 april 2026. Dat moest uiterlijk op 25 april 2026.";
    assert_eq!(filed("2026-01-02"), (TermStatus::TooEarly, vec![early.to_owned()]));
    assert_eq!(filed("2026-01-03"), (TermStatus::Met, vec![]));
    assert_eq!(filed("2026-04-25"), (TermStatus::Met, vec![]));
    assert_eq!(filed("2026-04-26"), (TermStatus::Late, vec![late.to_owned()]));
    let today =
        |day: &str| format!(r#"{{"evenement_op": "2026-07-04", "soort": "middel", "$today": "{day}"}}"#);
    assert_eq!(term(&assess(&today("2026-01-02")), "aanvragen").status, TermStatus::Waiting);
    assert_eq!(term(&assess(&today("2026-01-03")), "aanvragen").status, TermStatus::Running);
    assert_eq!(term(&assess(&today("2026-04-26")), "aanvragen").status, TermStatus::Overdue);
}

#[test]
fn without_a_first_day_there_is_still_a_last_one() {
    let state = term(&assess(r#"{"evenement_op": "2026-07-04"}"#), "vragen");
    assert_eq!((state.earliest, state.day), (None, Some(date("2026-06-06"))));
    assert_eq!(state.missing, ["vroegste"]);
}

#[test]
fn a_decision_gives_the_length() {
    let of = |soort: &str| {
        let answers = format!(r#"{{"evenement_op": "2026-07-04", {soort}}}"#);
        assess(&answers).steps.iter().find(|s| s.id == "aanvragen").unwrap().term.clone()
    };
    // 4 July − 8 weeks = 9 May
    assert_eq!(of(r#""soort": "klein""#).unwrap().day, Some(date("2026-05-09")));
    let unset = of(r#""soort": "groot""#).unwrap();
    assert_eq!((unset.day, unset.missing), (None, vec!["termijn_groot".to_owned()]));
    let open = of(r#""soort": null"#).unwrap();
    assert_eq!((open.day, open.missing), (None, vec!["soort".to_owned()]));
    assert_eq!(of(r#""soort": "geen""#), None, "a dash: there is no term");
    // what was decided instead counts: 12 weeks are not an outcome, 10 are; 25 April
    let decided = of(r#""soort": "klein",
        "$deviations": {"termijn_per_soort": {"value": "10 weeks", "motivation": "groter dan gemeld"}}"#);
    assert_eq!(decided.unwrap().day, Some(date("2026-04-25")));
}

#[test]
fn hours_need_the_time_of_day() {
    let without = term(&assess(r#"{"aangezegd_op": "2026-07-03"}"#), "binnentreden");
    assert_eq!((without.day, without.missing), (None, vec!["aangezegd_om".to_owned()]));
    let with = term(
        &assess(r#"{"aangezegd_op": "2026-07-03", "aangezegd_om": "14:30", "$today": "2026-07-04"}"#),
        "binnentreden",
    );
    assert_eq!(
        (with.day, with.time.as_deref(), with.status),
        (Some(date("2026-07-05")), Some("14:30"), TermStatus::Waiting)
    );
    let early = r#"{"aangezegd_op": "2026-07-03", "aangezegd_om": "14:30", "$steps": {"binnentreden": {"done": "2026-07-04"}}}"#;
    assert_eq!(day(early, "binnentreden").1, TermStatus::TooEarly);
}

#[test]
fn years_end_on_the_same_day_of_a_shorter_month() {
    assert_eq!(day(r#"{"evenement_op": "2024-02-29"}"#, "evaluatie").0, on("2026-02-28"));
    assert_eq!(
        day(r#"{"evenement_op": "2026-07-04"}"#, "evaluatie").0,
        on("2028-07-04"),
        "no shift from a free day"
    );
}

/// What was made of a term is shown step by step, each with its convention.
#[test]
fn every_day_has_its_sum() {
    let term = term(&assess(r#"{"ontvangen_op": "2026-02-09"}"#), "besluit");
    let last = term.steps.last().unwrap();
    assert_eq!(
        (last.from.to_string(), last.to.to_string()),
        ("2026-04-06".to_owned(), "2026-04-07".to_owned())
    );
}
