//! Findings, steps and counts in calm Dutch lines.

use std::fmt::Write as _;

use leidraad::document::Severity;
use leidraad::notation::capital;
use leidraad::{Assessment, RollupState, StepState, StepStatus};

use super::{Words, bullet, wrap};
use crate::output::{BOLD, DIM};

/// Most findings that are shown of those that hang on open questions.
const POSSIBLE: usize = 3;

/// What there is to remark, what to do now, and the counts.
pub(super) fn procedure(text: &mut String, words: &Words, assessment: &Assessment) {
    let finding =
        |finding: &leidraad::Finding| format!("{}: {}", capital(finding.severity.in_words()), finding.text);
    // what is certain and heavy first
    let weight = |finding: &&leidraad::Finding| {
        let light = match finding.severity {
            Severity::Obstacle => 0,
            Severity::Attention => 1,
            Severity::Note => 2,
        };
        (finding.possible, light)
    };
    let mut sorted: Vec<&leidraad::Finding> = assessment.findings.iter().collect();
    sorted.sort_by_key(weight);
    let certain = sorted.iter().filter(|finding| !finding.possible).count();
    // whatever is certain is told; of the rest the heaviest
    let (certain, possible) = sorted.split_at(certain);
    for (heading, findings, most) in [
        ("Opmerkingen:", certain, certain.len()),
        ("Dit kan nog aan de orde komen, het hangt van open vragen af:", possible, POSSIBLE),
    ] {
        if !findings.is_empty() {
            let _ = writeln!(text, "\n  {heading}");
            for one in findings.iter().take(most) {
                bullet(text, &finding(one));
                sources(text, words, one);
            }
        }
        if findings.len() > most {
            bullet(text, &format!("en nog {}", findings.len() - most));
        }
    }
    steps(text, words, &assessment.steps);
    assessment.rollups.iter().for_each(|state| rollup(text, words, state));
}

/// Where a remark that is certain comes from, and how certain that is; as for an outcome, what may yet follow has none.
fn sources(text: &mut String, words: &Words, finding: &leidraad::Finding) {
    let known = words.questions.findings.iter();
    let known = known.filter(|item| !finding.possible && item.id == finding.id && item.text == finding.text);
    let cited: Vec<String> = known.flat_map(|item| &item.sources).map(ToString::to_string).collect();
    if !cited.is_empty() {
        let heading = if cited.len() == 1 { "Bron" } else { "Bronnen" };
        let _ = writeln!(text, "      {DIM}{heading}: {}{DIM:#}", wrap(&cited.join("; "), 8));
    }
}

/// The steps that are done or may be; the others by name.
fn steps(text: &mut String, words: &Words, steps: &[StepState]) {
    if steps.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{BOLD}Stappen{BOLD:#}");
    let aside =
        |state: &&StepState| matches!(state.status, StepStatus::NotApplicable | StepStatus::Undecided);
    steps.iter().filter(|state| !aside(state)).for_each(|state| step(text, words, state));
    let groups = [
        (StepStatus::Undecided, "Nog niet bekend of dit aan de orde is"),
        (StepStatus::NotApplicable, "Niet aan de orde"),
    ];
    for (status, heading) in groups {
        let of = steps.iter().filter(|state| state.status == status);
        let titles: Vec<&str> = of.filter_map(|state| title(words, &state.id)).collect();
        if !titles.is_empty() {
            let line = format!("- {heading}: {}", titles.join("; "));
            let _ = writeln!(text, "    {DIM}{}{DIM:#}", wrap(&line, 6));
        }
    }
}

/// The title of a step.
fn title<'w>(words: &'w Words, id: &str) -> Option<&'w str> {
    words.questions.steps.iter().find(|item| item.id == id).map(|item| item.title.as_str())
}

fn step(text: &mut String, words: &Words, state: &StepState) {
    let Some(item) = words.questions.steps.iter().find(|item| item.id == state.id) else { return };
    let status = state.in_words(|id| title(words, id).unwrap_or(id).to_owned());
    let term = state.term.as_ref().map_or_else(String::new, |term| {
        // without any day the words do not say that they are about one
        let any = term.day.or(term.not_before).or(term.not_after).is_some();
        format!("; {}{}", if any { "" } else { "termijn " }, term.in_words())
    });
    bullet(text, &format!("{} ({}): {status}{term}", item.title, item.actor));
}

fn rollup(text: &mut String, words: &Words, state: &RollupState) {
    let title = words.questions.rollups.iter().find(|item| item.id == state.id);
    let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}", title.map_or(state.id.as_str(), |item| item.title.as_str()));
    for group in &state.groups {
        let mut options = words.questions.sections.iter().find(|s| s.section == group.section).into_iter();
        let options = options.next().into_iter().flat_map(|s| &s.items).flat_map(|item| &item.options);
        let options: Vec<_> = options.collect();
        let label = |id: &str| options.iter().find(|o| o.id == id).map_or(id.to_owned(), |o| o.label.clone());
        if group.counts.iter().all(|(_, count)| *count == 0) && group.not_applicable.is_empty() {
            let nothing = format!("nog niets beoordeeld ({})", group.not_assessed.len());
            bullet(text, &format!("{}: {nothing}", group.section));
            continue;
        }
        let mut parts: Vec<String> = group
            .counts
            .iter()
            .map(|(option, count)| format!("{count} {}", label(option).to_lowercase()))
            .collect();
        parts.push(format!("{} niet van toepassing", group.not_applicable.len()));
        parts.push(format!("{} niet beoordeeld", group.not_assessed.len()));
        bullet(text, &format!("{}: {}", group.section, parts.join(", ")));
        let named =
            |id: &str| words.item(id).map_or_else(|| id.to_owned(), |item| format!("{} ({id})", item.ask));
        for id in &group.gaps {
            let _ = writeln!(text, "      - werkpunt: {}", wrap(&named(id), 8));
        }
        for (id, reason) in &group.not_applicable {
            let _ = writeln!(
                text,
                "      - niet van toepassing: {}",
                wrap(&format!("{}: {reason}", named(id)), 8)
            );
        }
    }
}
