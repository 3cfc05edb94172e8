//! Decisions: what follows, what was decided instead, and why.

use super::build::View;
use super::content::{Conclusion, Decided, Ground, Said, Sum};
use super::sources::Sources;
use crate::assessment::Outcome;
use crate::diagnostic::Diagnostics;
use crate::explanation::{
    Clause, CountReason, Explanation, MOST_LISTED, Need, ParameterReason, PassedRule, Reasons, RuleReason,
    Standing,
};
use crate::questionnaire::DecisionSummary;
use crate::reader::WITHHELD;

/// What the rule set is for, and what was decided on the way.
pub(super) struct Concluding {
    pub(super) outcomes: Vec<Conclusion>,
    pub(super) on_the_way: Vec<Conclusion>,
}

pub(super) fn conclusions(
    view: &View<'_>,
    explanation: &Explanation,
    sources: &mut Sources,
) -> Result<Concluding, Diagnostics> {
    let any = view.questions.decisions.iter().any(|decision| decision.outcome);
    let (wanted, others): (Vec<_>, Vec<_>) =
        view.questions.decisions.iter().partition(|decision| decision.outcome || !any);
    let mut outcomes = Vec::new();
    for decision in wanted {
        let reasons = explanation.decisions.iter().filter(|reasons| reasons.decision == decision.id);
        outcomes.extend(reasons.filter_map(|reasons| conclusion(view, decision, reasons, sources)));
    }
    let mut on_the_way = Vec::new();
    for decision in others {
        if !is_told(view, decision) {
            continue;
        }
        let explanation = view.explain(Some(&decision.id))?;
        let made =
            explanation.decisions.iter().filter_map(|reasons| conclusion(view, decision, reasons, sources));
        on_the_way.extend(made.filter(|made| made.status == "determined" || made.decided.is_some()));
    }
    Ok(Concluding { outcomes, on_the_way })
}

/// Whether a decision on the way is settled, or was decided otherwise.
fn is_told(view: &View<'_>, decision: &DecisionSummary) -> bool {
    let own = |id: &str| id == decision.id || id.rsplit('.').next() == Some(decision.id.as_str());
    let deviated = view.answers.deviations.0.iter().any(|(id, _)| own(&id.value));
    let outcome = view.assessment.decision(&decision.id);
    deviated || decision.part_of.is_some() || matches!(outcome, Some(Outcome::Determined(_)))
}

/// The outcome that this reader may see; none where even that there is one is not his to see.
fn outcome<'v>(view: &'v View<'_>, reasons: &'v Reasons) -> Option<&'v Outcome> {
    match &reasons.part {
        None => view.assessment.decision(&reasons.decision).or(Some(&reasons.outcome)),
        Some(part) => {
            let made = part.number.checked_sub(1).and_then(|at| view.assessment.parts(&part.list).get(at));
            let made = made.and_then(|made| made.decision(&reasons.decision));
            made.or_else(|| view.classes.is_none().then_some(&reasons.outcome))
        }
    }
}

fn conclusion(
    view: &View<'_>,
    decision: &DecisionSummary,
    reasons: &Reasons,
    sources: &mut Sources,
) -> Option<Conclusion> {
    let outcome = outcome(view, reasons)?;
    let mut conclusion = Conclusion {
        decision: decision.id.clone(),
        title: decision.title.clone(),
        part: reasons.part.as_ref().map(|part| part.title.clone()),
        status: outcome.status().to_owned(),
        text: reasons.text.clone(),
        decided: decided(view, reasons),
        remark: reasons.remark().map(str::to_owned),
        grounds: Vec::new(),
        passed: Vec::new(),
        formula: None,
        sum: Vec::new(),
        counted: Vec::new(),
        enough: Vec::new(),
        rests_on_decided: Vec::new(),
        needs: Vec::new(),
        missing: Vec::new(),
        rests_on: Vec::new(),
    };
    if matches!(outcome, Outcome::Withheld) {
        conclusion.text = "afgeschermd".to_owned();
        conclusion.remark = None;
        return Some(conclusion);
    }
    // an open decision has many rules that may still hold: those stand in the rules, not in the report of a case
    if matches!(outcome, Outcome::Determined(_)) {
        conclusion.grounds = grounds(view, reasons, sources);
        conclusion.passed = all_passed(view, &reasons.passed, sources);
        conclusion.rests_on =
            reasons.rests_on.iter().map(|on| crate::dutch::after(&on.title, &on.text)).collect();
    }
    conclusion.formula =
        reasons.formula.as_ref().map(|formula| formula.filled.as_ref().unwrap_or(&formula.words).clone());
    conclusion.sum = reasons.sum.iter().map(sum).collect();
    conclusion.counted = reasons.count.as_ref().map_or_else(Vec::new, counted);
    let enough = reasons.answers.iter().filter(|answer| reasons.sufficient.contains(&answer.question));
    conclusion.enough = enough.map(|answer| said(&answer.question, &answer.ask, &answer.answer)).collect();
    conclusion.rests_on_decided = reasons.decided_texts();
    conclusion.needs = reasons.needs.iter().map(need).collect();
    conclusion.missing =
        reasons.missing.iter().map(|missing| said(&missing.id, &missing.title, &missing.text)).collect();
    Some(conclusion)
}

fn said(id: &str, title: &str, text: &str) -> Said {
    let (id, title, text) = (id.to_owned(), title.to_owned(), text.to_owned());
    Said { id, title, text, severity: None, sources: Vec::new() }
}

/// What was decided instead, as it was recorded.
fn decided(view: &View<'_>, reasons: &Reasons) -> Option<Decided> {
    let deviation = reasons.deviation.as_ref()?;
    let id = match &reasons.part {
        Some(part) => format!("{}.{}.{}", part.list, part.number, reasons.decision),
        None => reasons.decision.clone(),
    };
    let recorded = view.answers.deviations.0.iter().find(|(known, _)| known.value == id).map(|(_, d)| d);
    let motivation = Some(deviation.motivation.clone()).filter(|motivation| motivation != WITHHELD);
    let by = recorded.and_then(|recorded| recorded.by.as_ref()).map(|by| by.value.clone());
    Some(Decided {
        text: deviation.text.clone(),
        by: by.filter(|_| motivation.is_some()),
        motivation,
        at: recorded.and_then(|recorded| recorded.at.as_ref()).map(|at| at.value),
    })
}

fn grounds(view: &View<'_>, reasons: &Reasons, sources: &mut Sources) -> Vec<Ground> {
    let mut list: Vec<Ground> = reasons.rules.iter().map(|rule| self::rule(view, rule, sources)).collect();
    if let Some(count) = &reasons.count {
        list.push(Ground {
            text: count.text.clone(),
            notes: Vec::new(),
            sources: sources.cite(&count.sources),
        });
    }
    // a limit that an earlier decision tests counts too
    let parameters =
        std::iter::once(reasons).chain(&reasons.rests_on).flat_map(|reasons| &reasons.parameters);
    for parameter in parameters {
        let ground = self::parameter(parameter, sources);
        if !list.contains(&ground) {
            list.push(ground);
        }
    }
    list
}

fn rule(view: &View<'_>, rule: &RuleReason, sources: &mut Sources) -> Ground {
    let when: Vec<String> = rule.when.iter().map(|clause| asked(view, clause)).collect();
    let text = match (rule.row, when.is_empty()) {
        (None, _) => "De regel als geheel".to_owned(),
        (Some(_), true) if rule.otherwise => format!("In alle andere gevallen → {}", rule.then),
        (Some(_), true) => format!("Altijd → {}", rule.then),
        (Some(_), false) => format!("{} → {}", when.join("; "), rule.then),
    };
    let notes = rule.notes.iter().map(|(name, note)| format!("{name}: {note}")).collect();
    Ground { text, notes, sources: sources.cite(&rule.sources) }
}

/// The rules that go before and do not hold, with what of them does not; of many the first ones and the number of others.
fn all_passed(view: &View<'_>, passed: &[PassedRule], sources: &mut Sources) -> Vec<Ground> {
    let ground = |text: String, sources| Ground { text, notes: Vec::new(), sources };
    let one = |rule: &PassedRule| {
        ground(rule.text_with(|clause| asked(view, clause)), sources.cite(&rule.rule.sources))
    };
    let mut list: Vec<Ground> = passed.iter().take(MOST_LISTED).map(one).collect();
    let more = passed.len().saturating_sub(MOST_LISTED);
    list.extend((more > 0).then(|| ground(format!("en nog {more}"), Vec::new())));
    list
}

/// A clause with the question as it was asked, instead of its id.
fn asked(view: &View<'_>, clause: &Clause) -> String {
    if let Some(rest) =
        clause.text.strip_prefix(clause.input.as_str()).and_then(|rest| rest.strip_prefix(": "))
    {
        return crate::dutch::after(&view.name(&clause.input), rest);
    }
    // a part of a date, such as `weekday(dag)`
    let question = clause.input.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    match question {
        Some(id) => clause.text.replacen(&format!(" van {id}: "), &format!(" van «{}»: ", view.name(id)), 1),
        None => clause.text.clone(),
    }
}

fn parameter(parameter: &ParameterReason, sources: &mut Sources) -> Ground {
    let wording = parameter.wording.as_ref().map_or_else(String::new, |wording| format!(" — {wording}"));
    Ground {
        text: format!("{}{wording}", crate::dutch::after(&parameter.title, &parameter.text)),
        notes: parameter.note.iter().cloned().collect(),
        sources: sources.cite(&parameter.sources),
    }
}

fn sum(term: &crate::explanation::TermReason) -> Sum {
    Sum {
        title: term.title.clone(),
        from: term.from.clone(),
        points: term.points.as_ref().map(crate::dutch::value),
    }
}

/// How each record of a list stands with a count.
fn counted(count: &CountReason) -> Vec<String> {
    let standing = |standing| match standing {
        Standing::Counted => "telt mee",
        Standing::Possible => "telt misschien mee",
        Standing::Unset => "hangt af van wat niet is geregeld",
        Standing::NotCounted => "telt niet mee",
    };
    let record = |record: &crate::explanation::CountedRecord| {
        let why = if record.why.is_empty() { String::new() } else { format!(" ({})", record.why.join("; ")) };
        format!("{}: {}{why}", record.title, standing(record.standing))
    };
    let more = count.more.then(|| "Misschien zijn er meer, die niet bekend zijn.".to_owned());
    count.records.iter().map(record).chain(more).collect()
}

/// A question that decides; of one of which every answer leaves the same, nothing more is to be said.
fn need(need: &Need) -> Said {
    let one = |leaves: &crate::explanation::Leaves| {
        format!("{} → {}", leaves.answer, crate::dutch::either(&leaves.outcomes))
    };
    let leaves: Vec<String> = need.leaves.iter().filter(|_| need.leaves.len() > 1).map(one).collect();
    said(&need.question, &need.ask, &leaves.join("\n"))
}
