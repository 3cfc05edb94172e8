//! The open steps and terms of a report as iCalendar (RFC 5545).
//!
//! Written here and not with a crate: those that are kept well stamp every entry with the clock and with chance, and an
//! export should be the same when nothing changed.

use super::content::{Report, Step, Term};
use super::plain::visible;
use crate::assessment::{StepStatus, TermStatus};
use crate::dossier::Moment;
use crate::notation::date;
use crate::value::Date;

/// Most bytes of a line, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;
const DAY: i64 = 86_400;

/// One entry: an event on a day, or a task without one.
struct Entry<'r> {
    step: &'r Step,
    /// What tells the entries of a step apart.
    kind: &'static str,
    day: Option<Date>,
    lead: &'static str,
}

pub(super) fn calendar(report: &Report) -> Option<String> {
    let lapsed = |step: &Step| step.term.as_ref().is_some_and(|term| term.status == TermStatus::Lapsed);
    let open = |step: &&Step| matches!(step.status, StepStatus::Open | StepStatus::Blocked) && !lapsed(step);
    let entries: Vec<Entry<'_>> = report.steps.iter().filter(open).flat_map(entries).collect();
    if entries.is_empty() {
        return None;
    }
    let mut out = String::new();
    let title = match &report.case {
        Some(case) => format!("{case}: {}", report.title),
        None => report.title.clone(),
    };
    for (name, value) in [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Leidraad//Leidraad//NL")]
    {
        line(&mut out, name, value);
    }
    line(&mut out, "NAME", &text(&title));
    line(&mut out, "X-WR-CALNAME", &text(&title));
    if let Some(changed) = changed(report) {
        line(&mut out, "DESCRIPTION", &text(&changed));
        line(&mut out, "X-WR-CALDESC", &text(&changed));
    }
    for entry in &entries {
        write(&mut out, report, entry);
    }
    line(&mut out, "END", "VCALENDAR");
    Some(out)
}

/// That the dossier was changed, and what: in the calendar, and in each entry, as programs that read one may show either.
fn changed(report: &Report) -> Option<String> {
    let integrity = &report.integrity;
    let warning = || format!("Let op: {} {}", integrity.text, integrity.findings.join(" "));
    (!integrity.intact).then(warning)
}

/// What a step gives: its last or first day, the day from which it may be done, or a task where it has no day.
fn entries(step: &Step) -> Vec<Entry<'_>> {
    let entry = |kind, day, lead| Entry { step, kind, day: Some(day), lead };
    let Some(term) = &step.term else { return vec![Entry { step, kind: "stap", day: None, lead: "" }] };
    let mut list = Vec::new();
    list.extend(term.earliest.map(|day| entry("eerste", day, "Kan vanaf vandaag")));
    match (term.day, term.not_before, term.at_least) {
        (Some(day), _, true) => list.push(entry("vanaf", day, "Niet voor vandaag")),
        (Some(day), _, false) => list.push(entry("uiterlijk", day, "Uiterlijk vandaag")),
        // the day is not fixed: the first on which it may be is the safe one
        (None, Some(day), true) => list.push(entry("vanaf", day, "Misschien vanaf vandaag")),
        (None, Some(day), false) => list.push(entry("uiterlijk", day, "Misschien uiterlijk vandaag")),
        (None, None, _) => {}
    }
    if list.is_empty() {
        list.push(Entry { step, kind: "stap", day: None, lead: "" });
    }
    list
}

fn write(out: &mut String, report: &Report, entry: &Entry<'_>) {
    let Entry { step, kind, day, lead } = entry;
    let component = if day.is_some() { "VEVENT" } else { "VTODO" };
    line(out, "BEGIN", component);
    let hash = report.basis.first.rsplit(':').next().unwrap_or_default();
    let hash = hash.get(..32).unwrap_or(hash);
    line(out, "UID", &format!("{hash}-{}-{kind}@leidraad", plain_id(&step.id)));
    line(out, "DTSTAMP", &stamp(report));
    line(out, "SEQUENCE", &report.basis.revisions.to_string());
    if let Some(day) = day {
        line(out, "DTSTART;VALUE=DATE", &compact(*day));
        // the last day of the calendar has none after it; without an end the event takes its day all the same
        if let Some(next) = day.ticks().checked_add(1).and_then(Date::from_ticks) {
            line(out, "DTEND;VALUE=DATE", &compact(next));
        }
        line(out, "TRANSP", "TRANSPARENT");
    } else {
        line(out, "STATUS", "NEEDS-ACTION");
    }
    let time = step.term.as_ref().and_then(|term| term.time.as_ref()).filter(|_| day.is_some());
    let lead = match (lead.is_empty(), time) {
        (true, _) => String::new(),
        (false, Some(time)) => format!("{lead} {time} uur: "),
        (false, None) => format!("{lead}: "),
    };
    let case = report.case.as_ref().map_or_else(String::new, |case| format!(" ({case})"));
    line(out, "SUMMARY", &text(&format!("{lead}{}{case}", step.title)));
    line(out, "DESCRIPTION", &text(&description(report, step)));
    if step.confidential {
        line(out, "CLASS", "CONFIDENTIAL");
    }
    line(out, "END", component);
}

/// What there is to know beside the day. Nothing in it changes with the day on which it is read.
fn description(report: &Report, step: &Step) -> String {
    let mut lines: Vec<String> = changed(report).into_iter().collect();
    lines.push(report.title.clone());
    lines.extend((!step.actor.is_empty()).then(|| format!("Wie: {}", step.actor)));
    lines.extend(step.document.as_ref().map(|document| format!("Stuk: {document}")));
    lines.extend((step.status == StepStatus::Blocked).then(|| step.text.clone()));
    lines.extend(step.help.clone());
    lines.extend(step.term.iter().flat_map(unsettled));
    if let Some(term) = step.term.as_ref().filter(|term| !term.how.is_empty()) {
        lines.push(format!("Berekening: {}", term.how.join("; ")));
    }
    lines.push(format!("Stand op {}", date(report.as_of)));
    lines.join("\n")
}

fn unsettled(term: &Term) -> Vec<String> {
    let mut lines = Vec::new();
    if term.day.is_none() {
        let after =
            term.not_after.map_or_else(String::new, |day| format!(", en niet later dan {}", date(day)));
        lines.extend(
            term.not_before
                .map(|day| format!("De dag staat nog niet vast: niet eerder dan {}{after}", date(day))),
        );
    }
    lines.extend((!term.missing.is_empty()).then(|| format!("Nog nodig: {}", term.missing.join("; "))));
    lines
}

/// The moment of the last revision, in UTC: when what stands here was last changed.
fn stamp(report: &Report) -> String {
    let seconds = report.basis.stamp.as_deref().and_then(Moment::parse).map(|moment| moment.seconds());
    let seconds = seconds.unwrap_or_else(|| report.as_of.ticks() * DAY);
    let day = Date::from_ticks(seconds.div_euclid(DAY)).unwrap_or(report.as_of);
    let of_day = seconds.rem_euclid(DAY);
    format!("{}T{:02}{:02}{:02}Z", compact(day), of_day / 3600, of_day / 60 % 60, of_day % 60)
}

/// `20260704`.
fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn plain_id(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
}

/// A text as a value (RFC 5545, 3.3.11).
fn text(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line, broken where it is too long, between signs.
fn line(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
