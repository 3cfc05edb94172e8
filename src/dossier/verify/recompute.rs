//! Whether the outcomes follow: each revision is judged again by the rules and answers that it had.

use std::borrow::Cow;

use super::chain::about;
use super::{Finding, Reference, Weight, What};
use crate::dossier::append::classes_of;
use crate::dossier::entry::Entry;
use crate::dossier::fields::{Hash, Json};
use crate::dossier::outcome::outcome;
use crate::dossier::record::{Part, PartOf, Revision, RulesUsed};
use crate::dossier::rules::{dates, others, program, recorded, used};
use crate::dossier::state::State;
use crate::dossier::verify::text::subject;
use crate::dossier::{Dossier, Rest, Signed};
use crate::rule_set::{Program, RuleSet};
use crate::value::Date;

/// Judges every revision again; the number of those that could be, and of signatures that are right.
pub(super) fn check(dossier: &Dossier, reference: &Reference<'_>, out: &mut Vec<Finding>) -> (usize, usize) {
    let doubtful =
        out.iter().filter(|finding| finding.is_about_acts()).filter_map(|finding| finding.revision).min();
    let mut again = Again { dossier, reference, found: None, missing: Vec::new(), read: Vec::new() };
    let mut state = State::default();
    let mut before: Option<&Revision> = None;
    let (mut recomputed, mut signatures) = (0, 0);
    for revision in dossier.revisions() {
        state.add(revision);
        let number = revision.number.get();
        if doubtful.is_some_and(|first| number >= first) {
            continue;
        }
        let signed = revision.entries(PartOf::Acts).find_map(|entry| match entry {
            Entry::Sign(signed) => Some(signed),
            _ => None,
        });
        match signed {
            Some(signed) => signatures += usize::from(signature(revision, before, signed, reference, out)),
            None => recomputed += usize::from(again.judge(revision, &state, out)),
        }
        before = Some(revision);
    }
    if let Some(first) = doubtful {
        let text =
            "Vanaf deze revisie zijn de uitkomsten niet nagerekend, omdat niet vaststaat wat is vastgelegd.";
        out.push(Finding::new(What::Outcome, Weight::Unchecked, Some(first), text));
    }
    (recomputed, signatures)
}

/// A sign-off is on the revision before it, by somebody; its signature, where it has one, is right.
fn signature(
    revision: &Revision,
    before: Option<&Revision>,
    signed: &Signed,
    reference: &Reference<'_>,
    out: &mut Vec<Finding>,
) -> bool {
    let number = Some(revision.number.get());
    let mut found = |weight, text: &str| out.push(Finding::new(What::SignOff, weight, number, text));
    let rules = before.is_some_and(|before| before.rules == revision.rules);
    let alone = revision.entries(PartOf::Acts).count() == 1;
    let named = about(revision).is_some_and(|about| about.by.is_some());
    let outcome = revision.parts.iter().any(|part| matches!(part.of, PartOf::Outcome | PartOf::Motivation));
    if Some(&signed.of) != before.map(|before| &before.hash) || !rules || !alone || !named || outcome {
        found(
            Weight::Changed,
            "De ondertekening hoort niet bij de revisie die ervoor staat, of heeft geen naam.",
        );
    }
    match (&signed.signature, &signed.key) {
        (None, None) => false,
        (Some(signature), Some(key)) => {
            let checked = crate::dossier::sign::check(key.as_str(), signature.as_str(), &signed.of);
            let trusted =
                reference.keys.iter().any(|known| crate::dossier::sign::same_key(known, key.as_str()));
            match checked {
                Ok(()) if trusted => {}
                Ok(()) if reference.keys.is_empty() => found(
                    Weight::Remark,
                    "De handtekening klopt met de sleutel die in het dossier staat. Ga na of die sleutel van de ondertekenaar is.",
                ),
                Ok(()) => found(
                    Weight::Changed,
                    "De sleutel van de handtekening is niet een van de vertrouwde sleutels.",
                ),
                Err(why) => found(why.weight, why.text),
            }
            checked.is_ok()
        }
        _ => {
            found(Weight::Changed, "Van de handtekening of haar sleutel ontbreekt een van beide.");
            false
        }
    }
}

/// What judging again needs, with the program that was used last.
struct Again<'d> {
    dossier: &'d Dossier,
    reference: &'d Reference<'d>,
    found: Option<(RulesUsed, Cow<'d, RuleSet>, Program)>,
    missing: Vec<String>,
    read: Vec<(Vec<Hash>, Option<RuleSet>)>,
}

/// Most editions of rules that are read from one dossier.
const MOST_EDITIONS: usize = 16;

impl Again<'_> {
    /// Judges a revision again; whether that could be done.
    fn judge(&mut self, revision: &Revision, state: &State, out: &mut Vec<Finding>) -> bool {
        let number = Some(revision.number.get());
        let authority = state.authority();
        let id = state.opened.as_ref().map(|opened| &opened.rule_set);
        if id != Some(&revision.rules.id) {
            let text =
                "De revisie is beoordeeld met een andere regelset dan die waarmee het dossier is geopend.";
            out.push(Finding::new(What::Rules, Weight::Changed, number, text));
            return false;
        }
        if !self.find(revision, authority, out) {
            if self.other_digest(revision, authority) {
                let text = "De peildatum of de digest van de regels is gewijzigd: de regels die de revisie noemt, zijn er, maar geven op \
                            deze peildatum een andere digest.";
                out.push(Finding::new(What::Rules, Weight::Changed, number, text));
                return false;
            }
            let digest = revision.rules.digest.as_str().to_owned();
            if !self.missing.contains(&digest) {
                let text = format!(
                    "De regels ({}, {digest}) zijn niet gegeven en staan niet in het dossier. De uitkomst is niet nagerekend.",
                    revision.rules.id.as_str()
                );
                out.push(Finding::new(What::Rules, Weight::Unchecked, number, text));
                self.missing.push(digest);
            }
            return false;
        }
        let mut found = Vec::new();
        let mut judged = self.judged(revision, state, &mut found);
        // rules that apply on these dates as they did, and say something else of other days, are not those of that time
        if !found.is_empty() && self.keeps(revision, authority, out) {
            found.clear();
            judged = self.judged(revision, state, &mut found);
        }
        out.append(&mut found);
        judged
    }

    /// Judges a revision by the program that was found.
    fn judged(&self, revision: &Revision, state: &State, out: &mut Vec<Finding>) -> bool {
        let Some((_, rules, program)) = &self.found else { return false };
        let number = Some(revision.number.get());
        let today = state.opened_on.unwrap_or(revision.rules.facts);
        let recorded = (revision.rules.facts, &revision.rules.others);
        let follows =
            dates(rules, state, today).is_ok_and(|right| (right.facts, &others(&right)) == recorded);
        if !follows {
            let text = "De peildatum volgt niet uit de opening en de antwoorden.";
            out.push(Finding::new(What::Date, Weight::Changed, number, text));
        }
        classes(revision, program, out);
        let day = about(revision).map(|about| about.at.date());
        self::outcomes(revision, program, state, day, out)
    }

    /// Takes the rules that the dossier keeps, where the given ones are not all those that the revision names.
    fn keeps(&mut self, revision: &Revision, authority: Option<&str>, out: &mut Vec<Finding>) -> bool {
        let own = &revision.rules;
        let named = |rules: &RuleSet| {
            let texts = rules.layer_texts(authority);
            texts.len() == own.layers.len()
                && texts.iter().zip(&own.layers).all(|((digest, _), layer)| digest == layer.as_str())
        };
        if self.found.as_ref().is_none_or(|(_, rules, _)| named(rules)) {
            return false;
        }
        let Some(rules) = self.kept_rules(&own.layers, own.id.as_str()) else { return false };
        let Ok(program) = program(&rules, authority, &recorded(own)) else { return false };
        if program.digest() != own.digest.as_str() {
            return false;
        }
        self.kept(revision, out);
        self.found = Some((own.clone(), Cow::Owned(rules), program));
        true
    }

    /// Finds the rules of a revision among those given, else in the dossier itself.
    fn find(&mut self, revision: &Revision, authority: Option<&str>, out: &mut Vec<Finding>) -> bool {
        let own = &revision.rules;
        if self.found.as_ref().is_some_and(|(known, ..)| known == own) {
            return true;
        }
        let dates = recorded(own);
        let fitting = |rules: &RuleSet| {
            let program = program(rules, authority, &dates).ok()?;
            (program.digest() == own.digest.as_str()).then_some(program)
        };
        let given = self.reference.rules.iter().filter(|rules| rules.id() == own.id.as_str());
        let given = given.filter_map(|rules| Some((Cow::Borrowed(*rules), fitting(rules)?))).next();
        let found = match given {
            Some(found) => Some(found),
            None => self.kept_rules(&own.layers, own.id.as_str()).and_then(|rules| {
                let program = fitting(&rules)?;
                self.kept(revision, out);
                Some((Cow::Owned(rules), program))
            }),
        };
        self.found = found.map(|(rules, program)| (own.clone(), rules, program));
        self.found.is_some()
    }

    /// Whether the very layers that a revision names are there and do not give its digest on its dates. Another version of
    /// Leidraad may pick layers in another way, so only of one's own this is certain.
    fn other_digest(&mut self, revision: &Revision, authority: Option<&str>) -> bool {
        let own = &revision.rules;
        let dates = recorded(own);
        let other = |rules: &RuleSet| {
            let program = program(rules, authority, &dates).ok()?;
            let (used, _) = used(rules, &program, authority, &dates);
            Some(used.layers == own.layers && used.digest != own.digest)
        };
        revision.engine.as_str() == env!("CARGO_PKG_VERSION")
            && (self.reference.rules.iter().any(|rules| other(rules) == Some(true))
                || self
                    .kept_rules(&own.layers, own.id.as_str())
                    .is_some_and(|rules| other(&rules) == Some(true)))
    }

    /// The rules of these layers as the dossier keeps them. Reading them takes a while, so the last ones are remembered, and a
    /// dossier that keeps changing its rules is not followed for ever.
    fn kept_rules(&mut self, layers: &[Hash], id: &str) -> Option<RuleSet> {
        if let Some((_, rules)) = self.read.iter().find(|(known, _)| known == layers) {
            return rules.clone();
        }
        if self.read.len() == MOST_EDITIONS {
            return None;
        }
        let rules = self.dossier.kept(layers, id);
        self.read.push((layers.to_vec(), rules.clone()));
        rules
    }

    /// That the rules were taken from the dossier itself, once for each edition.
    fn kept(&mut self, revision: &Revision, out: &mut Vec<Finding>) {
        let digest = revision.rules.digest.as_str().to_owned();
        if self.missing.contains(&digest) {
            return;
        }
        self.missing.push(digest);
        let given = self.reference.rules.iter().any(|rules| rules.id() == revision.rules.id.as_str());
        let (weight, text) = match given {
            true => (
                Weight::Unchecked,
                "Nagerekend met de regels die in het dossier staan. De gegeven regels zijn andere: een latere versie, of de regels in \
                 het dossier zijn niet de echte.",
            ),
            false => (
                Weight::Remark,
                "Nagerekend met de regels die in het dossier staan. Of dat de regels van toen zijn, blijkt pas met de regels zelf.",
            ),
        };
        out.push(Finding::new(What::Rules, weight, Some(revision.number.get()), text));
    }
}

/// What is confidential stands in the part of its class.
fn classes(revision: &Revision, program: &Program, out: &mut Vec<Finding>) {
    let number = Some(revision.number.get());
    let acts = revision.parts.iter().filter(|part| matches!(part.of, PartOf::Acts | PartOf::Motivation));
    for (part, entry) in acts.flat_map(|part| part.entries().map(move |entry| (part, entry))) {
        if classes_of(program, entry) != part.classes {
            let (_, id, name) = subject(entry, false);
            let text =
                format!("{name} staat niet in het deel van de klasse van vertrouwelijkheid waar dat hoort.");
            out.push(Finding { id, ..Finding::new(What::Class, Weight::Changed, number, text) });
        }
    }
}

/// Compares what follows with what was recorded, part by part.
fn outcomes(
    revision: &Revision,
    program: &Program,
    state: &State,
    day: Option<Date>,
    out: &mut Vec<Finding>,
) -> bool {
    let number = Some(revision.number.get());
    let written: Vec<&Part> = revision.parts.iter().filter(|part| part.of == PartOf::Outcome).collect();
    if !written.is_empty() && written.iter().all(|part| part.is_withheld()) {
        return false;
    }
    let day = day.or(state.opened_on).unwrap_or(revision.rules.facts);
    let Ok(right) = outcome(program, &state.answers, day) else {
        let text = "De antwoorden passen niet bij de regels.";
        out.push(Finding::new(What::Answer, Weight::Changed, number, text));
        return false;
    };
    let mut differs = |id: &str| {
        let other = match revision.engine.as_str() == env!("CARGO_PKG_VERSION") {
            true => String::new(),
            false => format!(
                " (vastgelegd met versie {}, nagerekend met {})",
                revision.engine.as_str(),
                env!("CARGO_PKG_VERSION")
            ),
        };
        let text = format!("De uitkomst van «{id}» volgt niet uit de antwoorden en de regels{other}.");
        out.push(Finding::new(What::Outcome, Weight::Changed, number, text).of(id));
    };
    if written.len() != right.len() {
        differs("alles");
        return true;
    }
    for (classes, entries) in &right {
        match written.iter().find(|part| part.classes == *classes) {
            Some(part) if part.is_withheld() => {}
            Some(part) => compare(part, entries, &mut differs),
            None => differs("alles"),
        }
    }
    true
}

/// The decisions, and other parts of an assessment, that differ.
fn compare(part: &Part, right: &[Entry], differs: &mut impl FnMut(&str)) {
    let written: Vec<&Entry> = part.entries().collect();
    if part.leaves.len() != right.len() {
        return differs("alles");
    }
    for right in right {
        let same_kind = written.iter().find(|entry| entry.key() == right.key());
        match (right, same_kind) {
            (_, None) if part.leaves.iter().any(|leaf| leaf.value.is_none()) => {}
            (Entry::Decisions(right), Some(Entry::Decisions(written))) => {
                let list = |map: &crate::document::Map<Json>| -> Vec<(String, Json)> {
                    map.0.iter().map(|(id, json)| (id.value.clone(), json.clone())).collect()
                };
                unequal(&list(written), &list(right)).for_each(|id| differs(&id));
            }
            (Entry::Assessment(right), Some(Entry::Assessment(written))) => {
                unequal(&rest(written), &rest(right)).for_each(|id| differs(&id));
            }
            _ => differs("alles"),
        }
    }
}

fn rest(rest: &Rest) -> Vec<(String, Json)> {
    let mut list: Vec<(String, Json)> = [
        ("vragen", &rest.questions),
        ("volgende vraag", &rest.next),
        ("voortgang", &rest.progress),
        ("opmerkingen", &rest.findings),
        ("stappen", &rest.steps),
    ]
    .map(|(name, json)| (name.to_owned(), json.clone()))
    .to_vec();
    let more = [
        ("tellingen", &rest.rollups),
        ("onderdelen", &rest.parts),
        ("wat de regels niet zeggen", &rest.silence),
    ];
    list.extend(more.into_iter().filter_map(|(name, json)| Some((name.to_owned(), json.clone()?))));
    list
}

/// The names of what is not the same in both.
fn unequal(a: &[(String, Json)], b: &[(String, Json)]) -> impl Iterator<Item = String> {
    let missing = |from: &[(String, Json)], of: &[(String, Json)]| -> Vec<String> {
        from.iter().filter(|entry| !of.contains(entry)).map(|(id, _)| id.clone()).collect()
    };
    let mut names = missing(a, b);
    names.extend(missing(b, a));
    names.sort();
    names.dedup();
    names.into_iter()
}
