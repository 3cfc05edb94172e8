//! Opening a dossier and adding revisions to it.

use super::chain::{Salts, part, revision_hash};
use super::entry::{
    Answered, Deviated, Entry, Followed, Given, Motivated, Opened, Reopened, Sectioned, Signed, Stepped,
    TakenBack,
};
use super::fields::{Count, Hash, Text};
use super::outcome::{Sorted, outcome};
use super::record::{LayerText, Part, PartOf, Record, Revision, RulesUsed};
use super::rules::{dates, program, used};
use super::state::State;
use super::verify::Weight;
use super::{Dossier, FORMAT, Opening, SignOff, Stamp};
use crate::answers::{Answer, Answers, Deviation, StepRecord};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::rule_set::{Program, RuleSet};
use crate::source::SourceMap;
use crate::value::Date;

type Result<T> = std::result::Result<T, Diagnostics>;

pub(super) fn refused<T>(code: Code, message: impl Into<String>, help: &str) -> Result<T> {
    let finding = Diagnostic::error(code, None, message).help(help);
    Err(Diagnostics::new(vec![finding], SourceMap::default()))
}

impl Dossier {
    /// Opens a dossier. Nothing is answered yet.
    ///
    /// # Errors
    /// An authority that the rules have no layer for, or rules with mistakes that only show on this date.
    pub fn new(rules: &RuleSet, opening: &Opening, stamp: &Stamp) -> Result<Dossier> {
        let authority = opening.authority.as_deref().map(|code| rules.for_authority(code)).transpose()?;
        let opened = Opened {
            rule_set: Text::from(rules.id()),
            title: Text::from(rules.title()),
            authority: authority.map(|authority| Text::from(authority.code())),
            on: opening.on,
            case: opening.case.as_deref().map(Text::from),
        };
        let mut state = State { opened_on: Some(stamp.date()), ..State::default() };
        let acts = vec![Entry::Open(opened)];
        acts.iter().for_each(|entry| state.apply(entry));
        let mut record = Record {
            leidraad_dossier: Count(FORMAT),
            layers: Vec::new(),
            revisions: Vec::new(),
            overruled: Vec::new(),
        };
        let judged = judge(rules, &state, stamp)?;
        if opening.keep_rules {
            keep(&mut record, &judged);
        }
        let revision = revision(&record, acts, judged, stamp)?;
        record.revisions.push(revision);
        Dossier::of(record)
    }

    /// Records answers, and the steps and deviations beside them, in one revision. The day on which they are looked at is that
    /// of the stamp.
    ///
    /// # Errors
    /// Answers that do not fit the rules, deviations to what the rules give (where that cannot hang on confidential answers),
    /// rules other than those by which the dossier was judged, and a dossier that was changed outside or from which parts were
    /// withheld. The dossier then stays as it was.
    pub fn record(&mut self, rules: &RuleSet, answers: &Answers, stamp: &Stamp) -> Result<()> {
        let mut state = State::after(self.revisions());
        state.answers.lay(answers);
        // findings about these answers show them where they are written
        state.answers.sources = answers.sources.clone();
        let answered = answers.iter().map(|(question, answer)| self::answered(question, answer));
        let stepped = answers.steps.0.iter().map(|(id, record)| stepped(&id.value, record.clone()));
        let deviated = answers.deviations.0.iter().flat_map(|(id, deviation)| deviated(&id.value, deviation));
        let acts = answered.chain(stepped).chain(deviated).collect();
        if answers.deviations.0.is_empty() {
            return self.append(rules, &state, acts, stamp);
        }
        let mut then = self.clone();
        then.append(rules, &state, acts, stamp)?;
        then.differs(rules, answers, stamp.date())?;
        *self = then;
        Ok(())
    }

    /// Records what differs from what counts now, in one revision: answers, steps and deviations that are new or otherwise, and those
    /// that are gone, which are taken back. For forms that hold a case as a whole. Where nothing differs nothing is recorded, and it
    /// gives `false`.
    ///
    /// # Errors
    /// As [`Dossier::record`].
    ///
    /// ```
    /// # use leidraad::dossier::{Opening, Stamp};
    /// # use leidraad::{Answers, Dossier, RuleSet};
    /// # let text = r#"{
    /// #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "questions": [{ "section": "Feiten", "items": [
    /// #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] },
    /// #     { "id": "vuur", "ask": "Is er vuurwerk?", "type": "boolean", "sources": ["s"] } ] }],
    /// #   "decisions": { "soort": { "outcome": true, "sources": ["s"],
    /// #     "table": ["aantal | vuur || soort", "<= 200 | nee || klein", "> 200 | - || groot", "<= 200 | ja || groot"] } }
    /// # }"#;
    /// # let rules = RuleSet::from_text("x.json", text)?;
    /// # let stamp = |salt| Stamp::new("2026-07-04T10:00:00+02:00", [salt; 32]).unwrap();
    /// let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(1))?;
    /// let case = Answers::new().with("aantal", 150).with("vuur", false);
    /// assert!(dossier.update(&rules, &case, &stamp(2))?);
    /// assert!(!dossier.update(&rules, &case, &stamp(3))?, "nothing differs");
    /// let case = Answers::new().with("aantal", 250);
    /// assert!(dossier.update(&rules, &case, &stamp(4))?, "one answer is otherwise, and one is gone");
    /// assert_eq!((dossier.answers(), dossier.revisions().len()), (case, 3));
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn update(&mut self, rules: &RuleSet, answers: &Answers, stamp: &Stamp) -> Result<bool> {
        self.differ(rules, answers, None, stamp)
    }

    /// The same, with the notes on sections: those that are not among these are taken back.
    ///
    /// # Errors
    /// As [`Dossier::update`], and a section that the rules do not have.
    pub fn update_with(
        &mut self,
        rules: &RuleSet,
        answers: &Answers,
        sections: &[Sectioned],
        stamp: &Stamp,
    ) -> Result<bool> {
        self.differ(rules, answers, Some(sections), stamp)
    }

    fn differ(
        &mut self,
        rules: &RuleSet,
        answers: &Answers,
        sections: Option<&[Sectioned]>,
        stamp: &Stamp,
    ) -> Result<bool> {
        let mut state = State::after(self.revisions());
        let mut acts = super::differ::acts(&state.answers, answers)?;
        acts.extend(sections.map(|then| super::sections::acts(&state.sections, then)).unwrap_or_default());
        if acts.is_empty() {
            self.continues()?;
            return Ok(false);
        }
        acts.iter().for_each(|entry| state.apply(entry));
        // findings about these answers show them where they are written
        state.answers.lay(answers);
        state.answers.sources = answers.sources.clone();
        self.append(rules, &state, acts, stamp)?;
        Ok(true)
    }

    /// Takes the answer to a question back: it counts as not asked.
    ///
    /// # Errors
    /// As [`Dossier::record`], and a question that has no answer.
    pub fn take_back(&mut self, rules: &RuleSet, question: &str, stamp: &Stamp) -> Result<()> {
        let state = State::after(self.revisions());
        if state.answers.get(question).is_none() {
            let message = format!("`{}` has no answer in this dossier", crate::tree::excerpt(question));
            return refused(Code::UnknownQuestion, message, "there is nothing to take back");
        }
        self.apply(rules, state, Entry::TakeBack(TakenBack { question: Text::from(question) }), stamp)
    }

    /// Records what happened to a step.
    ///
    /// # Errors
    /// As [`Dossier::record`], and a step that was done on a day after the stamp.
    pub fn step(&mut self, rules: &RuleSet, step: &str, record: StepRecord, stamp: &Stamp) -> Result<()> {
        self.apply(rules, State::after(self.revisions()), stepped(step, record), stamp)
    }

    /// Takes the record of a step back.
    ///
    /// # Errors
    /// As [`Dossier::record`], and a step that has no record.
    pub fn reopen(&mut self, rules: &RuleSet, step: &str, stamp: &Stamp) -> Result<()> {
        let state = State::after(self.revisions());
        if !state.answers.steps.0.iter().any(|(id, _)| id.value == step) {
            let message = format!("step `{}` has no record in this dossier", crate::tree::excerpt(step));
            return refused(Code::UnknownName, message, "there is nothing to take back");
        }
        self.apply(rules, state, Entry::Reopen(Reopened { step: Text::from(step) }), stamp)
    }

    /// Records what was decided instead of what the rules compute, and why.
    ///
    /// # Errors
    /// As [`Dossier::record`]; without a motivation, too.
    pub fn deviate(
        &mut self,
        rules: &RuleSet,
        decision: &str,
        deviation: Deviation,
        stamp: &Stamp,
    ) -> Result<()> {
        let mut answers = Answers::new();
        answers.set_deviation(decision, deviation);
        self.record(rules, &answers, stamp)
    }

    /// Takes a deviation back: the rules are followed.
    ///
    /// # Errors
    /// As [`Dossier::record`], and a decision that was not deviated from.
    pub fn follow(&mut self, rules: &RuleSet, decision: &str, stamp: &Stamp) -> Result<()> {
        let state = State::after(self.revisions());
        if state.answers.deviation(decision).is_none() {
            let message = format!("nothing was decided otherwise of `{}`", crate::tree::excerpt(decision));
            return refused(Code::UnknownName, message, "there is nothing to take back");
        }
        self.apply(rules, state, Entry::Follow(Followed { decision: Text::from(decision) }), stamp)
    }

    /// Signs off on the dossier as it is now; the stamp says who signs.
    ///
    /// # Errors
    /// A stamp without a name, a signature that does not verify, and as [`Dossier::record`].
    pub fn sign(&mut self, sign_off: &SignOff, stamp: &Stamp) -> Result<()> {
        self.continues()?;
        if stamp.name().is_none() {
            return refused(Code::MissingKey, "a sign-off has a name", "say who signs, such as with `--by`");
        }
        let (Some(last), Some(of)) = (self.record.revisions.last(), self.head_hash()) else {
            return refused(Code::BrokenDossier, "this dossier has no revisions", "open another");
        };
        if let Some((signature, key)) = &sign_off.signature {
            super::sign::check(key, signature, &of).or_else(|why| {
                let help =
                    "sign exactly the bytes of `Dossier::to_sign`, and give the public key of the signer";
                let message = match why.weight {
                    Weight::Unchecked => "this build of Leidraad cannot check signatures",
                    _ => "this signature does not verify: of another state, by another key, or not readable",
                };
                refused(Code::WrongAnswer, message, help)
            })?;
        }
        let text = |text: &Option<String>| text.as_deref().map(Text::from);
        let (signature, key) = sign_off.signature.clone().unzip();
        let signed = Signed { of, role: text(&sign_off.role), signature: text(&signature), key: text(&key) };
        let rules = last.rules.clone();
        let mut salts = Salts::new(stamp);
        let about = vec![Entry::About(stamp.about())];
        let parts = vec![
            part(PartOf::About, &[], about, &mut salts)?,
            part(PartOf::Acts, &[], vec![Entry::Sign(signed)], &mut salts)?,
        ];
        let revision = sealed(&self.record, rules, parts)?;
        let mut record = self.record.clone();
        record.revisions.push(revision);
        *self = Dossier::of(record)?;
        Ok(())
    }

    /// The text to sign for a sign-off on the dossier as it is now, byte for byte.
    pub fn to_sign(&self) -> String {
        self.head_hash().map_or_else(String::new, |head| super::sign::message(&head))
    }

    /// Whether these are the rules by which the last revision was judged.
    pub fn fits(&self, rules: &RuleSet) -> bool {
        self.program(rules).is_ok()
    }

    /// One entry more.
    fn apply(&mut self, rules: &RuleSet, mut state: State, entry: Entry, stamp: &Stamp) -> Result<()> {
        state.apply(&entry);
        self.append(rules, &state, vec![entry], stamp)
    }

    /// A revision with these acts, after which this is the state.
    fn append(&mut self, rules: &RuleSet, state: &State, acts: Vec<Entry>, stamp: &Stamp) -> Result<()> {
        self.continues()?;
        if acts.is_empty() {
            return refused(
                Code::MissingKey,
                "there is nothing to record",
                "give an answer, a step or a deviation",
            );
        }
        if !self.fits(rules) {
            let message = format!("this dossier was judged by other rules than these of `{}`", rules.id());
            let help = "give the rules of that time; a dossier that was opened keeps its rules";
            return refused(Code::OtherRules, message, help);
        }
        if let Some(message) = acts.iter().find_map(|entry| in_the_future(entry, stamp.date())) {
            let help = format!("that is after {}, the day on which it is recorded", stamp.date());
            return refused(Code::WrongAnswer, message, &help);
        }
        let judged = judge(rules, state, stamp)?;
        if let Some(section) = super::sections::unknown(&acts, &judged.program) {
            let message =
                format!("`{}` is not a section of these rules", crate::tree::excerpt(section.as_str()));
            return refused(Code::UnknownName, message, "a section goes by its title");
        }
        let mut record = self.record.clone();
        if !record.layers.is_empty() {
            keep(&mut record, &judged);
        }
        let revision = revision(&record, acts, judged, stamp)?;
        record.revisions.push(revision);
        *self = Dossier::of(record)?;
        Ok(())
    }

    fn head_hash(&self) -> Option<Hash> {
        self.record.revisions.last().map(|last| last.hash.clone())
    }

    /// Refuses to go on with a dossier that is not as it was recorded.
    fn continues(&self) -> Result<()> {
        if self.is_redacted() {
            let message = "parts were withheld from this copy of the dossier";
            return refused(Code::BrokenDossier, message, "go on with the whole dossier");
        }
        match super::verify::broken(&self.record) {
            Some(finding) => {
                let help = "nothing was recorded; see `leidraad dossier verify`, and go on with a copy that verifies";
                refused(Code::BrokenDossier, format!("this dossier was changed: {}", finding.text), help)
            }
            None => Ok(()),
        }
    }
}

/// What is wrong with an entry that tells of a day that is yet to come.
fn in_the_future(entry: &Entry, today: Date) -> Option<String> {
    let told = |id: &str| crate::tree::excerpt(id);
    let (message, day): (String, Date) = match entry {
        Entry::Step(Stepped { step, record }) => {
            (format!("step `{}` cannot have been done on", told(step.as_str())), record.done.as_ref()?.value)
        }
        Entry::Deviate(Deviated { decision, at, .. }) => {
            (format!("it cannot have been decided of `{}` on", told(decision.as_str())), (*at)?)
        }
        Entry::Answer(Answered { question, answer }) => {
            let at = answer.0.at.as_deref().and_then(Date::parse)?;
            (format!("`{}` cannot have been answered on", told(question.as_str())), at)
        }
        _ => return None,
    };
    (day > today).then(|| format!("{message} {day}"))
}

pub(super) fn answered(question: &str, answer: &Answer) -> Entry {
    let answer = Given(Answer { span: None, key: None, ..answer.clone() });
    Entry::Answer(Answered { question: Text::from(question), answer })
}

pub(super) fn stepped(step: &str, record: StepRecord) -> Entry {
    Entry::Step(Stepped { step: Text::from(step), record })
}

pub(super) fn deviated(decision: &str, deviation: &Deviation) -> [Entry; 2] {
    let text =
        |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|t| Text::from(t.value.as_str()));
    let at = deviation.at.as_ref().map(|day| day.value);
    let motivation = text(&deviation.motivation).unwrap_or_else(|| Text::from(""));
    [
        Entry::Deviate(Deviated { decision: Text::from(decision), value: deviation.value.clone(), at }),
        Entry::Motivation(Motivated { decision: Text::from(decision), motivation, by: text(&deviation.by) }),
    ]
}

/// What follows from a state.
struct Judged {
    program: Program,
    rules: RulesUsed,
    layers: Vec<LayerText>,
    outcome: Sorted,
}

fn judge(rules: &RuleSet, state: &State, stamp: &Stamp) -> Result<Judged> {
    let authority = state.authority();
    let dates = dates(rules, state, stamp.date())?;
    let program = program(rules, authority, &dates)?;
    let mut fixing = rules.reference_dates(authority).into_iter();
    if let Some(question) = fixing.find(|question| program.question_class(question).is_some()) {
        let message = format!("the confidential question `{question}` fixes the reference date");
        let help = "a dossier shows its reference dates to every reader: take the class off this question";
        return refused(Code::BadLayer, message, help);
    }
    let outcome = outcome(&program, &state.answers, stamp.date())?;
    let (rules, layers) = used(rules, &program, authority, &dates);
    Ok(Judged { program, rules, layers, outcome })
}

/// Keeps the layers in the record, each once.
fn keep(record: &mut Record, judged: &Judged) {
    for layer in &judged.layers {
        if !record.layers.iter().any(|kept| kept.digest == layer.digest) {
            record.layers.push(layer.clone());
        }
    }
}

/// The classes that a reader must have to see what was recorded.
pub(super) fn classes_of(program: &Program, entry: &Entry) -> Vec<Text> {
    let one = |class: Option<&'_ str>| class.into_iter().map(Text::from).collect();
    let all = |classes: Vec<&str>| classes.into_iter().map(Text::from).collect();
    match entry {
        Entry::Answer(answered) => one(program.question_class(answered.question.as_str())),
        Entry::TakeBack(taken) => one(program.question_class(taken.question.as_str())),
        Entry::Step(stepped) => one(program.step_class(stepped.step.as_str())),
        Entry::Reopen(reopened) => one(program.step_class(reopened.step.as_str())),
        Entry::Deviate(deviated) => all(program.decided_classes(deviated.decision.as_str())),
        Entry::Follow(followed) => all(program.decided_classes(followed.decision.as_str())),
        Entry::Motivation(motivated) => all(program.motivated_classes(motivated.decision.as_str())),
        _ => Vec::new(),
    }
}

/// A revision with all its parts. Every class has a part of acts, also where there are none: whether there are is confidential.
/// So it is with motivations of what is decided for records of confidential lists.
fn revision(record: &Record, acts: Vec<Entry>, judged: Judged, stamp: &Stamp) -> Result<Revision> {
    let program = &judged.program;
    let mut groups: Vec<(PartOf, Vec<Text>, Vec<Entry>)> = vec![(PartOf::Acts, Vec::new(), Vec::new())];
    groups.extend(program.classes().map(|class| (PartOf::Acts, vec![Text::from(class)], Vec::new())));
    // that something was decided for a record of a confidential list tells of the record, and on the way to an outcome of answers
    let mut motivated = program.classes_of_records();
    if program.has_internal() {
        let all: Vec<&str> = program.used_classes();
        if all.len() > 1 {
            groups.push((PartOf::Acts, all.iter().copied().map(Text::from).collect(), Vec::new()));
        }
        motivated.insert(all);
    }
    for classes in motivated {
        groups.push((PartOf::Motivation, classes.into_iter().map(Text::from).collect(), Vec::new()));
    }
    for entry in acts {
        let of = if matches!(entry, Entry::Motivation(_)) { PartOf::Motivation } else { PartOf::Acts };
        let classes = classes_of(program, &entry);
        match groups.iter_mut().find(|(kind, known, _)| *kind == of && *known == classes) {
            Some((_, _, entries)) => entries.push(entry),
            None => groups.push((of, classes, vec![entry])),
        }
    }
    groups.extend(judged.outcome.into_iter().map(|(classes, entries)| (PartOf::Outcome, classes, entries)));
    let mut salts = Salts::new(stamp);
    let about = vec![Entry::About(stamp.about())];
    let mut parts: Vec<Part> = vec![part(PartOf::About, &[], about, &mut salts)?];
    for (of, classes, entries) in groups {
        parts.push(part(of, &classes, entries, &mut salts)?);
    }
    sealed(record, judged.rules, parts)
}

/// A revision that follows on the last one, with its hash.
fn sealed(record: &Record, rules: RulesUsed, parts: Vec<Part>) -> Result<Revision> {
    let last = record.revisions.last();
    let number = last.map_or(0, |last| last.number.get()).saturating_add(1);
    let mut revision = Revision {
        number: Count(number),
        previous: last.map(|last| last.hash.clone()),
        engine: Text::from(env!("CARGO_PKG_VERSION")),
        rules,
        parts,
        hash: Hash(String::new()),
    };
    revision.hash = revision_hash(&revision)?;
    Ok(revision)
}
