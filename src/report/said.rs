//! What both forms for people say in the same words.

use super::content::{Answered, Cite, Conclusion, CountGroup, Counted, Report, Step};
use super::is_aside;
use crate::assessment::StepStatus;
use crate::notation::count;
use crate::notation::date;
use crate::value::Date;

/// What a report is, and what it is not.
pub(super) const ADVICE: &str =
    "Dit verslag laat zien wat uit de antwoorden en de regels volgt. Het is geen besluit: een mens beslist.";
/// Above what was withheld.
pub(super) const WITHHELD_LEAD: &str =
    "Dit verslag is gemaakt voor een lezer die niet alles mag zien. Afgeschermd is:";
/// Below it.
pub(super) const WITHHELD_MEANS: &str = "Ook wat daarop rust, is afgeschermd. Wat over deze onderwerpen is vastgelegd, en over welke vraag of stap, is in dit verslag niet te zien.";
/// That rules are incomplete.
pub(super) const PARTIAL: &str = "De regels zelf zijn niet volledig.";

impl Report {
    /// How the dossier is signed in its present state.
    pub(super) fn signed(&self) -> &'static str {
        match self.sign_offs.iter().filter(|signed| signed.current).count() {
            _ if self.four_eyes => "door twee mensen ondertekend",
            0 => "niet ondertekend",
            _ => "door één mens ondertekend",
        }
    }

    /// Whether two people signed off on the dossier as it is now.
    pub(super) fn eyes(&self) -> &'static str {
        if self.four_eyes {
            "Twee mensen hebben het dossier ondertekend zoals het nu is (vier ogen)."
        } else {
            "Het dossier is zoals het nu is niet door twee mensen ondertekend (geen vier ogen)."
        }
    }

    /// The outcomes that apply, or were decided, and those that do not apply.
    pub(super) fn applying(&self) -> (Vec<&Conclusion>, Vec<&Conclusion>) {
        self.outcomes
            .iter()
            .partition(|outcome| outcome.status != "not_applicable" || outcome.decided.is_some())
    }

    /// Whether there is more to say of an outcome than what it is.
    pub(super) fn has_reasons(&self) -> bool {
        self.outcomes.iter().any(Conclusion::has_reasons)
    }

    /// Whether a day was computed.
    pub(super) fn has_computed(&self) -> bool {
        self.steps.iter().any(Step::is_computed)
    }

    /// The steps that are not at issue, and those of which that is not known yet.
    pub(super) fn aside(&self) -> Vec<(&'static str, Vec<&Step>)> {
        let groups = [
            (StepStatus::Undecided, "Nog niet bekend of dit aan de orde is"),
            (StepStatus::NotApplicable, "Niet aan de orde"),
        ];
        let of = |status| self.steps.iter().filter(|step| step.status == status).collect::<Vec<_>>();
        groups
            .map(|(status, text)| (text, of(status)))
            .into_iter()
            .filter(|(_, steps)| !steps.is_empty())
            .collect()
    }
}

impl Conclusion {
    /// Its title, with the record for which it is made.
    pub(super) fn heading(&self) -> String {
        match &self.part {
            Some(part) => format!("{part}: {}", self.title),
            None => self.title.clone(),
        }
    }

    /// Above the answers that already force it.
    pub(super) fn enough_words(&self) -> &'static str {
        match (self.decided.is_some(), self.rests_on_decided.is_empty()) {
            (true, true) => "Deze antwoorden zijn al genoeg voor wat uit de regels volgt",
            (false, true) => "Deze antwoorden zijn al genoeg voor deze uitkomst",
            (true, false) => "Samen daarmee zijn deze antwoorden al genoeg voor wat uit de regels volgt",
            (false, false) => "Samen daarmee zijn deze antwoorden al genoeg voor deze uitkomst",
        }
    }

    /// What follows, as a line by itself.
    pub(super) fn headline(&self) -> String {
        crate::notation::capital(&self.text)
    }

    /// Above its grounds.
    pub(super) fn grounds_title(&self) -> &'static str {
        if self.grounds.len() == 1 { "De regel die geldt" } else { "De regels die gelden" }
    }

    /// Whether there is more to say of it than its outcome.
    pub(super) fn has_reasons(&self) -> bool {
        let lists =
            [self.grounds.len(), self.sum.len(), self.counted.len(), self.needs.len(), self.missing.len()];
        self.decided.is_some()
            || self.remark.is_some()
            || self.formula.is_some()
            || lists.iter().any(|n| *n > 0)
    }

    /// The sources on which it rests, each once.
    pub(super) fn cited(&self) -> Vec<Cite> {
        let mut list: Vec<Cite> = Vec::new();
        for cite in self.grounds.iter().chain(&self.passed).flat_map(|ground| &ground.sources) {
            if !list.contains(cite) {
                list.push(cite.clone());
            }
        }
        list
    }

    /// What no layer sets, by name.
    pub(super) fn lacks(&self) -> String {
        let titles: Vec<&str> =
            self.missing.iter().map(|missing| missing.title.trim_end_matches('?')).collect();
        titles.join("; ")
    }
}

impl Counted {
    /// That nothing was assessed or found not to apply, where that is so.
    pub(super) fn untouched(&self) -> Option<String> {
        let touched = |group: &CountGroup| group.not_applicable > 0 || group.counts.iter().any(|n| *n > 0);
        let questions = self.groups.iter().map(|group| group.not_assessed).sum();
        (!self.groups.iter().any(touched))
            .then(|| format!("Hiervan is nog niets beoordeeld ({}).", count(questions, "vraag", "vragen")))
    }

    /// Whether there is a question to work on.
    pub(super) fn has_gaps(&self) -> bool {
        self.groups.iter().any(|group| !group.gaps.is_empty())
    }
}

impl Step {
    /// Whether it was counted how its day was found.
    pub(super) fn is_computed(&self) -> bool {
        !is_aside(self.status) && self.term.as_ref().is_some_and(|term| !term.how.is_empty())
    }
}

impl Answered {
    /// What was noted beside an answer, one line each.
    pub(super) fn notes(&self) -> Vec<String> {
        let at = self.at.as_ref().map(|at| Date::parse(at).map_or_else(|| at.clone(), date));
        let given = match (&self.by, at) {
            (Some(by), Some(at)) => Some(format!("Gegeven door {by} op {at}")),
            (Some(by), None) => Some(format!("Gegeven door {by}")),
            (None, Some(at)) => Some(format!("Gegeven op {at}")),
            (None, None) => None,
        };
        let remark = self.remark.as_ref().map(|remark| format!("Opmerking: {remark}"));
        let evidence = (!self.evidence.is_empty()).then(|| format!("Bewijs: {}", self.evidence.join("; ")));
        given.into_iter().chain(remark).chain(evidence).collect()
    }
}
