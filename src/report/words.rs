//! Where steps and terms stand, in words for the file and for the person concerned.

use crate::assessment::{StepState, StepStatus, TermState, TermStatus};
use crate::document::Severity;
use crate::notation::date;

/// `1 dag`, `2 dagen`.
pub(super) fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// How heavy a remark weighs.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Obstacle => "Eerst oplossen",
        Severity::Attention => "Let op",
        Severity::Note => "Ter informatie",
    }
}

/// Where a step stands; `title` gives the title of a step by its id.
pub(super) fn step(state: &StepState, title: impl Fn(&str) -> String) -> String {
    match state.status {
        StepStatus::Done => match (state.done, &state.by) {
            (Some(day), Some(by)) => format!("Gedaan op {} door {by}", date(day)),
            (Some(day), None) => format!("Gedaan op {}", date(day)),
            _ => "Gedaan".to_owned(),
        },
        StepStatus::Skipped => {
            let by = state.by.as_ref().map_or_else(String::new, |by| format!(" door {by}"));
            format!("Overgeslagen{by}: {}", state.skipped.as_deref().unwrap_or_default())
        }
        StepStatus::Open => "Kan nu".to_owned(),
        StepStatus::Blocked => {
            let first: Vec<String> = state.blocked_by.iter().map(|id| format!("«{}»", title(id))).collect();
            format!("Wacht op {}", first.join(", "))
        }
        StepStatus::Withheld => "Afgeschermd".to_owned(),
        StepStatus::NotApplicable => "Niet aan de orde".to_owned(),
        StepStatus::Undecided => "Nog niet bekend of dit aan de orde is".to_owned(),
    }
}

/// Before or from which day a step is done, and how that stands.
pub(super) fn term(state: &TermState) -> String {
    if let Some(problem) = &state.problem {
        return format!("Niet te berekenen: {problem}");
    }
    let word = if state.at_least { "Niet voor" } else { "Uiterlijk" };
    let time = state.time.as_ref().map_or_else(String::new, |time| format!(" om {time} uur"));
    let first = state.earliest.map(|day| format!("vanaf {}", date(day)));
    let mut text = match (state.day, state.not_before, state.not_after) {
        (Some(day), ..) => match first {
            Some(first) => format!("{word} {}{time}, {first}", date(day)),
            None => format!("{word} {}{time}", date(day)),
        },
        (None, Some(low), Some(high)) => {
            format!("{word} een dag die nog niet vaststaat: tussen {} en {}", date(low), date(high))
        }
        (None, Some(low), None) => {
            format!("{word} een dag die nog niet vaststaat: niet eerder dan {}", date(low))
        }
        (None, None, Some(high)) => {
            format!("{word} een dag die nog niet vaststaat: niet later dan {}", date(high))
        }
        (None, None, None) => "Nog niet te berekenen".to_owned(),
    };
    let left = |days: i64| count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "dag", "dagen");
    let stands = match (state.status, state.days_left) {
        (TermStatus::Met, _) => Some("op tijd gedaan".to_owned()),
        (TermStatus::Late, _) => Some("te laat gedaan".to_owned()),
        (TermStatus::TooEarly, _) => Some("te vroeg gedaan".to_owned()),
        (TermStatus::Overdue, Some(days)) if days < 0 => Some(format!("{} te laat", left(days))),
        (TermStatus::Overdue, _) => Some("te laat".to_owned()),
        (_, Some(0)) => Some("vandaag".to_owned()),
        (_, Some(days)) if days > 0 => Some(format!("over {}", left(days))),
        _ => None,
    };
    if let Some(stands) = stands {
        text.push_str(&format!(" ({stands})"));
    }
    text
}
