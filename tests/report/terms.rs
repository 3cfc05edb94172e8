//! Steps and terms: the days of a case that was worked out by hand, in every form.

use super::{cases, ics};

/// The cases «klasse B» and «aangevuld»: filed on 1 March 2027; eight weeks and nine suspended days later is Friday 7 May.
#[test]
fn a_term_in_the_table_and_in_the_calendar() {
    let case = cases::all().into_iter().find(|case| case.name == "behandeling").unwrap();
    let report = case.report();
    let step = report.steps.iter().find(|step| step.id == "besluiten").unwrap();
    let term = step.term.as_ref().unwrap();
    assert_eq!(term.day.map(|day| day.to_string()).as_deref(), Some("2027-05-07"));
    // from 20 March to 7 May: 11 + 30 + 7 days
    assert_eq!(term.text, "Uiterlijk 7 mei 2027 (over 48 dagen)");
    let components = ics::read(&report.calendar().unwrap());
    let of = |title: &str| {
        let found = components.iter().find(|component| component.get("SUMMARY").unwrap().contains(title));
        found.unwrap_or_else(|| panic!("{title}"))
    };
    let decide = of(&step.title);
    assert_eq!(decide.name, "VEVENT");
    assert_eq!((decide.get("DTSTART"), decide.get("DTEND")), (Some("20270507"), Some("20270508")));
    assert!(decide.get("SUMMARY").unwrap().starts_with("Uiterlijk vandaag: "));
    assert!(decide.get("DESCRIPTION").unwrap().contains("9 dagen opgeschort"), "{decide:?}");
    // the last revision was recorded at 10:04 in summer time
    assert_eq!((decide.get("DTSTAMP"), decide.get("SEQUENCE")), (Some("20270320T080400Z"), Some("4")));
}

/// Filed already: the table says so, and the calendar no longer asks for it.
#[test]
fn what_was_done_is_not_in_the_calendar() {
    let case = cases::all().into_iter().find(|case| case.name == "behandeling").unwrap();
    let report = case.report();
    let step = report.steps.iter().find(|step| step.id == "indienen").unwrap();
    assert_eq!(step.text, "Gedaan op 1 maart 2027 door organisator");
    // the last day was 17 April, twelve weeks before 10 July
    assert_eq!(
        step.term.as_ref().map(|term| term.text.as_str()),
        Some("Uiterlijk 17 april 2027, vanaf 3 oktober 2026 (op tijd gedaan)")
    );
    let calendar = report.calendar().unwrap();
    assert!(
        ics::read(&calendar).iter().all(|component| !component.get("SUMMARY").unwrap().contains(&step.title))
    );
}

/// An entry keeps its identifier when the dossier goes on; its number and stamp tell that it is newer.
#[test]
fn an_entry_keeps_its_identifier() {
    use leidraad::report::Report;
    let mut case = cases::all().into_iter().find(|case| case.name == "behandeling").unwrap();
    let uid = |report: &Report| {
        let components = ics::read(&report.calendar().unwrap());
        let of = components
            .iter()
            .find(|component| component.get("UID").unwrap().contains("-besluiten-"))
            .unwrap()
            .clone();
        (
            of.get("UID").unwrap().to_owned(),
            of.get("SEQUENCE").unwrap().to_owned(),
            of.get("DTSTAMP").unwrap().to_owned(),
        )
    };
    let before = uid(&case.report());
    case.dossier
        .record(
            case.rules,
            &crate::support::answers(r#"{"verlengd": true}"#),
            &cases::stamp("2027-03-20", 30, "A. de Vries"),
        )
        .unwrap();
    let after = uid(&case.report());
    assert_eq!(before.0, after.0);
    assert!(before.1 < after.1 && before.2 < after.2);
}

/// Where no step is open there is nothing to put in a calendar.
#[test]
fn a_calendar_is_never_empty() {
    let case = cases::all().into_iter().find(|case| case.name == "melding").unwrap();
    assert_eq!(case.report().calendar(), None);
}
