//! From a dossier and its rules to a report.

use super::conclude::{Concluding, conclusions};
use super::content::{Basis, Event, Integrity, Open, Party, Report, Said, SignOff, UsedLayer};
use super::sources::Sources;
use super::{answers, follow};
use crate::answers::Answers;
use crate::assessment::{Assessment, Finding, Outcome, QuestionStatus};
use crate::diagnostic::Diagnostics;
use crate::document::Severity;
use crate::dossier::history::{signature, told};
use crate::dossier::words::moment;
use crate::dossier::{Dossier, PROVES, Reference};
use crate::explanation::Explanation;
use crate::notation::count;
use crate::notation::{capital, date};
use crate::questionnaire::Questionnaire;
use crate::reader::PUBLIC;
use crate::rule_set::{Program, RuleSet};
use crate::value::Date;

/// A dossier with its rules, as a reader sees it.
pub(super) struct View<'d> {
    pub(super) program: &'d Program,
    pub(super) questions: Questionnaire,
    pub(super) answers: Answers,
    pub(super) assessment: Assessment,
    /// The classes that the reader may see; none where he may see all.
    pub(super) classes: Option<Vec<&'d str>>,
}

impl View<'_> {
    /// Why, as this reader may see it.
    pub(super) fn explain(&self, decision: Option<&str>) -> Result<Explanation, Diagnostics> {
        match &self.classes {
            Some(classes) => self.program.explain_for(&self.answers, decision, classes),
            None => self.program.explain(&self.answers, decision),
        }
    }

    /// The title of a step.
    pub(super) fn step_title(&self, id: &str) -> String {
        let step = self.questions.steps.iter().find(|step| step.id == id);
        step.map_or_else(|| id.to_owned(), |step| step.title.clone())
    }

    /// A question, step, parameter or decision in words.
    pub(super) fn name(&self, id: &str) -> String {
        let model = &self.program.engine.model;
        let question = model.question(id).and_then(|q| model.questions.get(q)).map(|q| q.ask.clone());
        let step = || model.steps.iter().find(|step| step.id == id).map(|step| step.title.clone());
        question.or_else(step).unwrap_or_else(|| model.missing_text(id))
    }
}

pub(super) fn report(dossier: &Dossier, rules: &RuleSet, on: Date) -> Result<Report, Diagnostics> {
    let program = dossier.program(rules)?;
    let classes = dossier.is_redacted().then(|| {
        let visible = dossier.visible_classes();
        std::iter::once(PUBLIC).chain(visible).collect::<Vec<_>>()
    });
    let mut answers = dossier.answers();
    answers.set_today(Some(on));
    let assessment = match &classes {
        Some(classes) => program.evaluate_for(&answers, classes)?,
        None => program.evaluate(&answers)?,
    };
    let view = View { questions: program.questionnaire(), program: &program, answers, assessment, classes };
    let explanation = view.explain(None)?;
    let mut sources = Sources::default();
    let Concluding { outcomes, on_the_way } = conclusions(&view, &explanation, &mut sources)?;
    let remarks = self::remarks(&view, false, &mut sources);
    let steps = follow::steps(&view, &mut sources);
    let possible_remarks = self::remarks(&view, true, &mut sources);
    let (open, unanswered) = open(&view);
    let opened = dossier.opened();
    let text = |text: &crate::dossier::Text| text.as_str().to_owned();
    Ok(Report {
        leidraad_report: super::FORMAT,
        title: view.questions.title.clone(),
        description: view.questions.description.clone(),
        case: opened.and_then(|opened| opened.case.as_ref()).map(text),
        authority: explanation
            .authority
            .clone()
            .map(|code| Party { code, title: explanation.authority_title.clone() }),
        as_of: on,
        facts: program.date(),
        withheld: withheld(dossier, &program),
        integrity: integrity(dossier, rules),
        open,
        unanswered,
        progress: progress(&view),
        unregulated: unregulated(&outcomes),
        remarks,
        possible_remarks,
        steps,
        counts: follow::counts(&view),
        sign_offs: sign_offs(dossier),
        four_eyes: dossier.four_eyes(),
        answers: answers::groups(&view),
        history: history(dossier, &program),
        basis: basis(dossier, &program, &explanation),
        outcomes,
        on_the_way,
        sources: sources.list(),
    })
}

/// What each class keeps confidential that this reader may not see.
fn withheld(dossier: &Dossier, program: &Program) -> Vec<String> {
    if !dossier.is_redacted() {
        return Vec::new();
    }
    let visible = dossier.visible_classes();
    let model = &program.engine.model;
    let closed = dossier.classes().into_iter().filter(|class| !visible.contains(class));
    let title = |class: &str| {
        let at = model.classes.iter().position(|known| known == class);
        at.and_then(|at| model.class_titles.get(at)).cloned().unwrap_or_else(|| class.to_owned())
    };
    closed.map(title).collect()
}

fn integrity(dossier: &Dossier, rules: &RuleSet) -> Integrity {
    let verification = dossier.verify(&Reference { rules: &[rules], head: None, keys: &[] });
    Integrity {
        intact: verification.is_intact(),
        text: verification.verdict().to_owned(),
        findings: verification.findings.iter().map(ToString::to_string).collect(),
    }
}

/// The questions that still make a difference, and those that were asked without an answer that settles them; apart from these
/// the other relevant questions without an answer.
fn open(view: &View<'_>) -> (Vec<Open>, Vec<Open>) {
    let needed: Vec<&str> = view
        .assessment
        .decisions
        .iter()
        .filter(|(id, _)| {
            view.questions.decisions.iter().any(|decision| **id == decision.id && decision.outcome)
        })
        .flat_map(|(_, outcome)| match outcome {
            Outcome::Open { needs, .. } => needs.as_slice(),
            _ => &[],
        })
        .map(|id| id.as_str())
        .collect();
    let (mut list, mut others) = (Vec::new(), Vec::new());
    for item in view.questions.sections.iter().flat_map(|section| &section.items) {
        let needed = needed.contains(&item.id.as_str());
        let state = view.assessment.question(&item.id);
        let status = state.map(|state| state.status);
        let named =
            |state: &str| Open { question: item.id.clone(), ask: item.ask.clone(), state: state.to_owned() };
        let known = || answers::text(view, &item.id);
        let state = match (status, needed) {
            (Some(QuestionStatus::Unknown), true) => {
                format!("Gevraagd: {}. Dit maakt nog verschil.", known())
            }
            (Some(QuestionStatus::Unknown), false) => {
                format!("Gevraagd: {}. Voor de uitkomst maakt dit geen verschil.", known())
            }
            (_, true) => "Nog niet beantwoord. Dit maakt nog verschil.".to_owned(),
            (Some(QuestionStatus::Open), false) => {
                let undecided = state.is_some_and(|state| state.undecided);
                let stands = if undecided { "Kan nog aan de orde komen" } else { "Nog niet beantwoord" };
                others.push(named(if item.required { stands } else { "Niet beantwoord; hoeft ook niet" }));
                continue;
            }
            _ => continue,
        };
        list.push(named(&state));
    }
    (list, others)
}

/// How far the checklist is.
fn progress(view: &View<'_>) -> String {
    let progress = view.assessment.progress;
    let hidden = view.assessment.questions.iter().any(|(_, state)| state.status == QuestionStatus::Withheld);
    let answered = count(progress.answered, "vraag", "vragen");
    let open = match (progress.open, hidden) {
        (0, false) => "geen vraag is nog open".to_owned(),
        (0, true) => "van wat u mag zien is geen vraag nog open".to_owned(),
        (n, false) => {
            format!("{} nog open", if n == 1 { "1 vraag is".to_owned() } else { format!("{n} vragen zijn") })
        }
        (n, true) => format!(
            "van wat u mag zien {} nog open",
            if n == 1 { "is 1 vraag".to_owned() } else { format!("zijn {n} vragen") }
        ),
    };
    let perhaps = match progress.may_become_relevant {
        0 => String::new(),
        1 => ", en 1 kan nog aan de orde komen".to_owned(),
        n => format!(", en {n} kunnen nog aan de orde komen"),
    };
    let hidden = if hidden { " Afgeschermde vragen tellen hier niet mee." } else { "" };
    let are = if progress.answered == 1 { "is" } else { "zijn" };
    format!("Er {are} {answered} beantwoord; {open}{perhaps}.{hidden}")
}

/// What no layer sets and the outcomes miss, each once.
fn unregulated(outcomes: &[super::content::Conclusion]) -> Vec<Said> {
    let mut list: Vec<Said> = Vec::new();
    for missing in outcomes.iter().flat_map(|outcome| &outcome.missing) {
        if !list.iter().any(|known| known.id == missing.id) {
            list.push(missing.clone());
        }
    }
    list
}

/// The remarks of the rules that are certain, or those that still hang on open questions; the heavy ones first.
fn remarks(view: &View<'_>, possible: bool, sources: &mut Sources) -> Vec<Said> {
    let weight = |finding: &&Finding| match finding.severity {
        Severity::Obstacle => 0,
        Severity::Attention => 1,
        Severity::Note => 2,
    };
    let mut sorted: Vec<&Finding> =
        view.assessment.findings.iter().filter(|finding| finding.possible == possible).collect();
    sorted.sort_by_key(weight);
    let said = |finding: &Finding| {
        let item =
            view.questions.findings.iter().find(|item| item.id == finding.id && item.text == finding.text);
        Said {
            id: finding.id.to_string(),
            title: capital(finding.severity.in_words()),
            text: finding.text.to_string(),
            severity: Some(finding.severity),
            sources: item.map_or_else(Vec::new, |item| sources.cite(&item.sources)),
        }
    };
    sorted.into_iter().map(said).collect()
}

fn sign_offs(dossier: &Dossier) -> Vec<SignOff> {
    let one = |signed: crate::dossier::SignedOff| SignOff {
        by: signed.by,
        role: signed.role.clone(),
        when: moment(&signed.at),
        at: signed.at.as_str().to_owned(),
        signature: signature(signed.signature).to_owned(),
        verified: signed.signature,
        current: signed.current,
    };
    dossier.sign_offs().into_iter().map(one).collect()
}

fn history(dossier: &Dossier, program: &Program) -> Vec<Event> {
    let one = |revision: &crate::dossier::record::Revision| {
        let told = told(revision, Some(program));
        let number = revision.number.get();
        match told {
            Some(told) => Event {
                number,
                at: about(revision),
                when: Some(told.at),
                by: told.by,
                lines: told.lines,
                remark: told.remark,
            },
            None => Event { number, at: None, when: None, by: None, lines: Vec::new(), remark: None },
        }
    };
    dossier.revisions().iter().map(one).collect()
}

/// The moment of a revision, where it is in sight.
fn about(revision: &crate::dossier::record::Revision) -> Option<String> {
    let mut entries = revision.entries(crate::dossier::record::PartOf::About);
    entries.find_map(|entry| match entry {
        crate::dossier::Entry::About(about) => Some(about.at.as_str().to_owned()),
        _ => None,
    })
}

fn basis(dossier: &Dossier, program: &Program, explanation: &Explanation) -> Basis {
    let revisions = dossier.revisions();
    let layer = |layer: &crate::explanation::UsedLayer| {
        let whole = layer.to_string();
        let text = whole.strip_prefix(&format!("{}: ", layer.title)).unwrap_or(&whole);
        UsedLayer { title: layer.title.clone(), text: format!("{text}; peildatum {}", date(layer.on)) }
    };
    Basis {
        rule_set: program.id().to_owned(),
        digest: program.digest().to_owned(),
        layers: explanation.layers.iter().map(layer).collect(),
        partial: explanation.partial.clone(),
        engine: revisions.last().map_or_else(String::new, |last| last.engine.as_str().to_owned()),
        revisions: revisions.len(),
        first: revisions.first().map_or_else(String::new, |first| first.hash.as_str().to_owned()),
        head: dossier.head().to_owned(),
        stamp: revisions.iter().rev().find_map(about),
        proves: PROVES.to_owned(),
    }
}
