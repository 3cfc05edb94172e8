//! What there is to do and to remark in a case: findings, steps, counts, and judgements beside what the facts suggest.

mod done;
mod terms;
mod veil;

use crate::answers::{Answers, Known};
use crate::assessment::{
    Assessment, Finding, Listed, Outcome, Possible, QuestionState, QuestionStatus, RollupGroup, RollupState,
    StepState, StepStatus, TermState, TermStatus,
};
use crate::case::{Case, Given};
use crate::document::Severity;
use crate::dutch;
use crate::evaluate::Evaluation;
use crate::model::RollupInfo;
use crate::program::{Code, Engine, NOT_APPLICABLE, Set};
use crate::text::Text;
use crate::value::{Date, Value};

use done::Done;
pub(crate) use veil::Hidden;
use veil::Veil;

/// Adds findings, steps and counts to an assessment, as far as a reader may know them from whom this is hidden.
pub(crate) fn follow_up(
    evaluation: &mut Evaluation<'_>,
    answers: &Answers,
    case: &Case,
    assessment: &mut Assessment,
    hidden: &Hidden,
) {
    let engine = evaluation.engine;
    assessment.findings.reserve(engine.model.notices.len() + engine.model.remarks.len());
    assessment.steps.reserve(engine.model.steps.len());
    for notice in &engine.model.notices {
        assessment.findings.push(Finding {
            id: notice.id.clone(),
            severity: notice.severity,
            possible: false,
            text: notice.text.clone(),
        });
    }
    for question in &engine.model.questions {
        if let Some(period) = &question.not_asked
            && answers.get(&question.id).is_some()
        {
            assessment.findings.push(Finding {
                id: question.id.clone(),
                severity: Severity::Attention,
                possible: false,
                text: dutch::not_asked(&question.ask, period).into(),
            });
        }
    }
    for (info, condition) in engine.model.remarks.iter().zip(&engine.remarks) {
        let holds = if info.unsure { None } else { evaluation.holds(*condition) };
        let veiled = holds.is_none() && hidden.is_behind(engine, *condition);
        if holds != Some(false) && !veiled {
            assessment.findings.push(Finding {
                id: info.id.clone(),
                severity: info.severity,
                possible: holds.is_none(),
                text: info.text.clone(),
            });
        }
    }
    judgements(evaluation, case, assessment);
    steps(evaluation, answers, assessment, hidden);
    let rollup = |info: &RollupInfo| rollup(engine, answers, case, assessment, info, hidden);
    let shut = |info: &&RollupInfo| {
        !info.questions.is_empty() && info.questions.iter().all(|q| hidden.questions.contains(*q))
    };
    let rollups = engine.model.rollups.iter().filter(|info| !shut(info)).map(rollup).collect();
    assessment.rollups = rollups;
}

/// Says of what was decided otherwise that it is not at issue.
pub(crate) fn deviations(engine: &Engine, answers: &Answers, assessment: &mut Assessment) {
    for (id, _) in &answers.deviations.0 {
        let Some((d, None)) = engine.model.decided(&id.value) else { continue };
        if assessment.decisions.at(d) == Some(&Outcome::NotApplicable) {
            let Some(info) = engine.model.decisions.get(d) else { continue };
            assessment.findings.push(Finding {
                id: info.id.clone(),
                severity: Severity::Attention,
                possible: false,
                text: dutch::decided_without_need(&info.title).into(),
            });
        }
    }
}

/// What the facts suggest for each question that only a human can judge, and where the judgement differs.
fn judgements(evaluation: &mut Evaluation<'_>, case: &Case, assessment: &mut Assessment) {
    let engine = evaluation.engine;
    for (q, question) in engine.model.questions.iter().enumerate() {
        let Some(d) = question.suggested_by else { continue };
        let outcome = assessment.decisions.at(d);
        let possible: Vec<&Value> = match outcome {
            Some(Outcome::Determined(value)) => vec![value],
            Some(Outcome::Open { possible: Possible::Values(values), .. }) => values.iter().collect(),
            _ => continue,
        };
        let settled = possible.len() == 1;
        let text = |value: &&Value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let suggested: Vec<Text> = possible.iter().filter_map(text).collect();
        let whole = suggested.len() == possible.len(); // else the rules are silent in some way
        let label = |id: &Text| question.options.iter().find(|o| o.id == *id).map(|o| o.label.to_string());
        let judged = only(case, q).filter(|code| *code != NOT_APPLICABLE);
        let judged = judged.and_then(|c| usize::try_from(c).ok()).and_then(|c| question.options.get(c));
        if let Some(judged) = judged
            && whole
            && !suggested.contains(&judged.id)
        {
            let labels: Vec<String> = suggested.iter().filter_map(label).collect();
            assessment.findings.push(Finding {
                id: question.id.clone(),
                severity: Severity::Attention,
                possible: false,
                text: dutch::contradiction(&question.ask, &judged.label, &dutch::either(&labels)).into(),
            });
        }
        if let Some(state) = assessment.questions.at_mut(q) {
            state.suggested = suggested.into_iter().next().filter(|_| settled);
        }
    }
}

/// Whether a question is asked and was answered.
fn is_answered(state: &QuestionState) -> bool {
    state.status == QuestionStatus::Answered && !state.undecided
}

/// The only code that the answer to a question leaves, where it was answered.
fn only(case: &Case, q: usize) -> Option<Code> {
    let answered = matches!(case.given.get(q), Some(Given::Answered | Given::NotApplicable));
    match case.codes.get(q).map(|codes| &**codes) {
        Some([code]) if answered => Some(*code),
        _ => None,
    }
}

fn steps(evaluation: &mut Evaluation<'_>, answers: &Answers, assessment: &mut Assessment, hidden: &Hidden) {
    let engine = evaluation.engine;
    let model = &engine.model;
    let known = model.steps.iter().zip(&engine.steps);
    let known = known.map(|(step, c)| if step.unsure { None } else { evaluation.holds(*c) });
    let applies: Vec<Option<bool>> = known.collect();
    let open = |q: &usize| assessment.questions.at(*q).is_some_and(|state| state.undecided);
    let undecided = Set::of((0..model.questions.len()).filter(open));
    let veil = Veil { engine, hidden, answers, applies: &applies, undecided: &undecided };
    let record = |s: usize| veil.record(s);
    let dones: Vec<Done> = (0..model.steps.len()).map(|s| veil.done(s, assessment)).collect();
    let days: Vec<Option<Date>> = dones.iter().map(|done| done.day()).collect();
    let day = |s: usize| days.get(s).copied().flatten();
    let told = |s: usize| dones.get(s).copied().unwrap_or(Done::No);
    // whether what waits for a step may go on
    let passed = |s: usize, really: bool| {
        let done = told(s).surely();
        let skipped = record(s).is_some_and(|r| r.skipped.is_some());
        applies.get(s) == Some(&Some(false)) || done || (skipped && !really)
    };
    for (s, info) in model.steps.iter().enumerate() {
        let text = |s: usize| model.steps.get(s).map_or("", |step| step.title.as_str());
        let id = |s: usize| model.steps.get(s).map_or_else(Text::default, |step| step.id.clone());
        let waits = info.after.iter().filter(|(first, really)| !passed(*first, *really));
        let (veiled, waits): (Vec<usize>, Vec<usize>) =
            waits.map(|(first, _)| *first).partition(|first| veil.over(*first));
        let own = record(s);
        let done = day(s).filter(|_| !veil.over_all(s));
        let surely = told(s).surely() && !veil.over_all(s);
        let status = match applies.get(s).copied().flatten() {
            _ if surely => StepStatus::Done,
            _ if own.is_some() => StepStatus::Skipped,
            _ if veil.over(s) => StepStatus::Withheld,
            Some(false) => StepStatus::NotApplicable,
            None => StepStatus::Undecided,
            Some(true) if !waits.is_empty() => StepStatus::Blocked,
            Some(true) if !veiled.is_empty() => StepStatus::Withheld,
            Some(true) => StepStatus::Open,
        };
        let counts = matches!(status, StepStatus::Done | StepStatus::Open | StepStatus::Blocked);
        let term = info.term.as_ref().filter(|_| counts);
        let term = term.and_then(|term| match veil.over_term(term, assessment) {
            true => Some(TermState { status: TermStatus::Withheld, ..TermState::new(term.at_least) }),
            false => terms::state(model, answers, assessment, term, (&days, done)),
        });
        let term = term.map(|term| match term.status {
            // done on some day: in time or not
            _ if surely && done.is_none() => {
                TermState { status: TermStatus::Unknown, days_left: None, ..term }
            }
            // nobody knows whether it was done, so neither that it was not
            TermStatus::Overdue if told(s) == Done::Perhaps => {
                TermState { status: TermStatus::Unknown, days_left: None, ..term }
            }
            TermStatus::Overdue if !info.required => TermState { status: TermStatus::Lapsed, ..term },
            _ => term,
        });
        let mut remark = |severity, possible, text: String| {
            assessment.findings.push(Finding { id: info.id.clone(), severity, possible, text: text.into() });
        };
        if let Some(term) = &term {
            let problem = term.problem.as_ref().map(|problem| dutch::no_term(&info.title, problem));
            let perhaps =
                (term.status == TermStatus::Unknown && told(s) == Done::Perhaps && term.day.is_some())
                    .then(|| dutch::perhaps_done(&info.title));
            let told = problem.into_iter().chain(missed(&info.title, term, done)).chain(perhaps);
            told.for_each(|text| remark(Severity::Attention, false, text));
        }
        // its own record goes before the answer that says the same; both are told where they differ
        let recorded = own.and_then(|record| record.done.as_ref()).map(|day| day.value);
        let asked = info.done.and_then(|q| model.questions.get(q));
        if let Some((own, question)) = recorded.zip(asked)
            && applies.get(s) == Some(&Some(true))
            && info.done.and_then(|q| assessment.questions.at(q)).is_some_and(is_answered)
            && let Some(other) = answers.date(&question.id).filter(|other| *other != own)
        {
            remark(Severity::Note, false, dutch::two_days(&info.title, own, &question.ask, other));
        }
        if let Some(done) = done {
            if answers.today.is_some_and(|today| done > today) {
                remark(Severity::Attention, false, dutch::done_later(&info.title, done));
            }
            for first in &waits {
                // it may turn out that the other one is not at issue; and where an answer says that this one was done, the other
                // one may only not have been recorded
                let possible = applies.get(*first).copied().flatten().is_none();
                let text = dutch::done_too_early(&info.title, text(*first), possible);
                remark(if own.is_some() { Severity::Obstacle } else { Severity::Attention }, possible, text);
            }
            if applies.get(s) == Some(&Some(false)) {
                remark(Severity::Attention, false, dutch::done_without_need(&info.title));
            }
            let at_issue = |first: usize| applies.get(first) != Some(&Some(false)) && !veil.over_all(first);
            let later = |first: &usize| at_issue(*first) && day(*first).is_some_and(|other| other > done);
            for (first, _) in info.after.iter().filter(|(first, _)| later(first)) {
                remark(Severity::Obstacle, false, dutch::done_in_wrong_order(&info.title, text(*first)));
            }
        }
        assessment.steps.push(StepState {
            id: info.id.clone(),
            status,
            blocked_by: match status {
                StepStatus::Blocked => waits.iter().map(|w| id(*w)).collect(),
                _ => Vec::new(),
            },
            done,
            skipped: own.and_then(|r| r.skipped.as_ref()).map(|s| s.value.clone()),
            by: own.and_then(|r| r.by.as_ref()).map(|b| b.value.clone()),
            term,
        });
    }
}

/// What there is to say of a term that was not met. Late is a finding, not a block.
fn missed(title: &str, term: &TermState, done: Option<Date>) -> Option<String> {
    let last = term.day.or(term.not_after);
    match (term.status, done) {
        (TermStatus::Late, Some(done)) => last.map(|day| dutch::late(title, day, done)),
        (TermStatus::Overdue, _) => last.map(|day| dutch::overdue(title, day)),
        (TermStatus::TooEarly, Some(done)) => {
            let first = term.earliest.or(term.day).or(term.not_before);
            first.map(|day| dutch::too_early(title, day, done))
        }
        _ => None,
    }
}

fn rollup(
    engine: &Engine,
    answers: &Answers,
    case: &Case,
    assessment: &Assessment,
    info: &RollupInfo,
    hidden: &Hidden,
) -> RollupState {
    let model = &engine.model;
    let mut groups: Vec<(usize, RollupGroup)> = Vec::new();
    for q in info.questions.iter().filter(|q| !hidden.questions.contains(**q)) {
        let Some(question) = model.questions.get(*q) else { continue };
        let place =
            groups.iter().rposition(|(section, _)| *section == question.section).unwrap_or_else(|| {
                let section = model.sections.get(question.section);
                groups.push((
                    question.section,
                    RollupGroup {
                        section: section.map_or_else(Text::default, |s| s.title.clone()),
                        counts: Listed::zeros(&info.options),
                        not_applicable: Vec::new(),
                        not_assessed: Vec::new(),
                        gaps: Vec::new(),
                    },
                ));
                groups.len() - 1
            });
        let Some((_, group)) = groups.get_mut(place) else { continue };
        let relevant = assessment.questions.at(*q).map(|state| state.status);
        if relevant == Some(QuestionStatus::NotRelevant) {
            group
                .not_applicable
                .push((question.id.clone(), engine.reasons.get(*q).cloned().unwrap_or_default()));
            continue;
        }
        match only(case, *q) {
            Some(NOT_APPLICABLE) => {
                let reason = match answers.get(&question.id).map(|a| &a.known) {
                    Some(Known::NotApplicable(reason)) => reason.into(),
                    _ => Text::default(),
                };
                group.not_applicable.push((question.id.clone(), reason));
            }
            Some(code) => {
                let option = usize::try_from(code).unwrap_or(usize::MAX);
                if let Some(count) = group.counts.at_mut(option) {
                    *count += 1;
                }
                if info.gaps.contains(&option) {
                    group.gaps.push(question.id.clone());
                }
            }
            None => group.not_assessed.push(question.id.clone()),
        }
    }
    RollupState { id: info.id.clone(), groups: groups.into_iter().map(|(_, group)| group).collect() }
}
