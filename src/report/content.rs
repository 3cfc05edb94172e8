//! A report, field for field.

use serde::Serialize;

use crate::assessment::{StepStatus, TermStatus};
use crate::document::Severity;
use crate::notation::with_code;
use crate::value::Date;

/// A report on a dossier, as data and in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Report {
    /// Version of the form: 1.
    pub leidraad_report: u32,
    /// The title of the rule set.
    pub title: String,
    /// What the rule set decides, and what its source leaves open.
    pub description: Option<String>,
    /// The number or name of the case.
    pub case: Option<String>,
    /// The authority whose layer applies.
    pub authority: Option<Party>,
    /// The day as of which things are told: terms that run are counted from it.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub as_of: Date,
    /// The reference date of the facts.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub facts: Date,
    /// What was withheld from this reader, by class of confidentiality; empty where nothing was.
    pub withheld: Vec<String>,
    /// Whether the dossier is as it was recorded.
    pub integrity: Integrity,
    /// What the rule set is for.
    pub outcomes: Vec<Conclusion>,
    /// The decisions on the way, as far as they are settled or were decided otherwise.
    pub on_the_way: Vec<Conclusion>,
    /// The questions that are not answered and would make a difference, or of which the answer is not known.
    pub open: Vec<Open>,
    /// The other questions that are relevant and have no answer.
    pub unanswered: Vec<Open>,
    /// How many questions were answered and are open, in words.
    pub progress: String,
    /// What no layer sets and would make a difference, with why.
    pub unregulated: Vec<Said>,
    /// Remarks of the rules on these answers, the heaviest first.
    pub remarks: Vec<Said>,
    /// Remarks that still hang on open questions, the heaviest first.
    pub possible_remarks: Vec<Said>,
    /// The steps of the procedure, in the order of the rules.
    pub steps: Vec<Step>,
    /// Counts over the answers to a checklist.
    pub counts: Vec<Counted>,
    /// Who signed off.
    pub sign_offs: Vec<SignOff>,
    /// Whether two people signed off on the dossier as it is now.
    pub four_eyes: bool,
    /// All answers, by section.
    pub answers: Vec<AnswerGroup>,
    /// What was recorded, revision by revision.
    pub history: Vec<Event>,
    /// By which rules, down to the byte.
    pub basis: Basis,
    /// The sources, numbered from 1 as they are cited.
    pub sources: Vec<Source>,
}

/// An authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportParty"))]
pub struct Party {
    /// Its code, such as `GM1729`.
    pub code: String,
    /// The title of its layer.
    pub title: Option<String>,
}

impl Party {
    /// The title of its layer with its code, else the code.
    pub(super) fn named(&self) -> String {
        self.title.as_ref().map_or_else(|| self.code.clone(), |title| with_code(title, &self.code))
    }
}

/// Whether a dossier is as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportIntegrity"))]
pub struct Integrity {
    /// Whether nothing was found to be changed.
    pub intact: bool,
    /// In words.
    pub text: String,
    /// What was found, or could not be checked.
    pub findings: Vec<String>,
}

/// A decision: what follows, what was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportConclusion"))]
pub struct Conclusion {
    /// Its id.
    pub decision: String,
    /// Its title.
    pub title: String,
    /// The record of a list for which it is made.
    pub part: Option<String>,
    /// `determined`, `open`, `not_applicable`, `unregulated` or `withheld`.
    pub status: String,
    /// What follows by the rules, in words.
    pub text: String,
    /// What was decided instead.
    pub decided: Option<Decided>,
    /// Why no further answer decides it, where that is so.
    pub remark: Option<String>,
    /// The rules that decide, or still may, and the values that they use.
    pub grounds: Vec<Ground>,
    /// The rules that go before those, but do not hold, each with what of it does not; of many the number of others stands last.
    pub passed: Vec<Ground>,
    /// The formula that gives it, with what is known filled in.
    pub formula: Option<String>,
    /// The parts of a score.
    pub sum: Vec<Sum>,
    /// What of a list counts, and what does not.
    pub counted: Vec<String>,
    /// Answers that already force it: each question with its answer.
    pub enough: Vec<Said>,
    /// What was decided otherwise of decisions on which it rests.
    pub rests_on_decided: Vec<String>,
    /// The questions that still decide, each with what its answers would leave.
    pub needs: Vec<Said>,
    /// What no layer sets, with why.
    pub missing: Vec<Said>,
    /// The titles of the decisions on which it rests.
    pub rests_on: Vec<String>,
}

/// What was decided instead of what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportDecided"))]
pub struct Decided {
    /// The outcome decided, in words.
    pub text: String,
    /// Why; none where it was withheld.
    pub motivation: Option<String>,
    /// By whom.
    pub by: Option<String>,
    /// On which day.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub at: Option<Date>,
}

/// A rule or a value, with its sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportGround"))]
pub struct Ground {
    /// In words.
    pub text: String,
    /// Remarks on it.
    pub notes: Vec<String>,
    /// Its sources.
    pub sources: Vec<Cite>,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportSum"))]
pub struct Sum {
    /// What is added.
    pub title: String,
    /// The answer from which it comes; none while it is open.
    pub from: Option<String>,
    /// Its points, in Dutch notation; none while it is open.
    pub points: Option<String>,
}

/// Something by name, and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportSaid"))]
pub struct Said {
    /// The id of the question, finding, parameter or decision.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What there is to say.
    pub text: String,
    /// Of a remark how heavy it weighs, which its title says in words: `note`, `attention` or `obstacle`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub severity: Option<Severity>,
    /// Its sources.
    pub sources: Vec<Cite>,
}

/// A question without an answer that settles it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportOpen"))]
pub struct Open {
    /// Its id.
    pub question: String,
    /// The question.
    pub ask: String,
    /// Where it stands, in words.
    pub state: String,
}

/// A step of the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportStep"))]
pub struct Step {
    /// Its id.
    pub id: String,
    /// What is done.
    pub title: String,
    /// Explanation.
    pub help: Option<String>,
    /// Who does it.
    pub actor: String,
    /// The document that it needs or gives.
    pub document: Option<String>,
    /// Where it stands.
    pub status: StepStatus,
    /// Where it stands, in words.
    pub text: String,
    /// The day on which it was done.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub done: Option<Date>,
    /// What was noted beside it.
    pub remark: Option<String>,
    /// Before or from which day.
    pub term: Option<Term>,
    /// Whether it is of a class of confidentiality.
    pub confidential: bool,
    /// Its sources.
    pub sources: Vec<Cite>,
}

/// Before or from which day a step is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportTerm"))]
pub struct Term {
    /// In words.
    pub text: String,
    /// Where it stands.
    pub status: TermStatus,
    /// Whether the step is done on this day or later, instead of on this day or before.
    pub at_least: bool,
    /// The day, where it is known.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub day: Option<Date>,
    /// The time of that day, for a term in hours.
    pub time: Option<String>,
    /// The first day on which the step may be done, where there is one.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub earliest: Option<Date>,
    /// Where the day is not known: no day before this one.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub not_before: Option<Date>,
    /// Where the day is not known: no day after this one.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub not_after: Option<Date>,
    /// How the day was found, step by step.
    pub how: Vec<String>,
    /// What must be known for it, in words.
    pub missing: Vec<String>,
}

/// Counts over the answers to a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportCounted"))]
pub struct Counted {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The labels of the answers that are counted.
    pub options: Vec<String>,
    /// One group for each theme.
    pub groups: Vec<CountGroup>,
}

/// Counts within one theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportCountGroup"))]
pub struct CountGroup {
    /// The theme.
    pub title: String,
    /// How many questions have each answer, in the order of the labels.
    pub counts: Vec<usize>,
    /// How many do not apply.
    pub not_applicable: usize,
    /// How many were not assessed.
    pub not_assessed: usize,
    /// The questions to work on, with their answers.
    pub gaps: Vec<Open>,
}

/// A sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportSignOff"))]
pub struct SignOff {
    /// By whom, as was filled in.
    pub by: String,
    /// In what capacity.
    pub role: Option<String>,
    /// When, as was filled in.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub at: String,
    /// That moment in words.
    pub when: String,
    /// Whether it carries a signature, and whether that is right, in words.
    pub signature: String,
    /// Whether that signature is right; none where it carries none.
    pub verified: Option<bool>,
    /// Whether nothing but sign-offs was recorded after it.
    pub current: bool,
}

/// The answers of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportAnswerGroup"))]
pub struct AnswerGroup {
    /// The title of the section.
    pub section: String,
    /// The questions that were answered.
    pub answers: Vec<Answered>,
}

/// An answered question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportAnswered"))]
pub struct Answered {
    /// Its id.
    pub question: String,
    /// The question.
    pub ask: String,
    /// The answer, in words.
    pub answer: String,
    /// Whether its condition does not hold, so that it does not count.
    pub left_out: bool,
    /// By whom.
    pub by: Option<String>,
    /// When, as was filled in: a day.
    pub at: Option<String>,
    /// What was noted beside it.
    pub remark: Option<String>,
    /// Evidence.
    pub evidence: Vec<String>,
}

/// What was recorded at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportEvent"))]
pub struct Event {
    /// The number of the revision.
    pub number: u32,
    /// When, as was filled in; none where it was withheld.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub at: Option<String>,
    /// That moment in words.
    pub when: Option<String>,
    /// By whom, as was filled in.
    pub by: Option<String>,
    /// What was recorded, in words.
    pub lines: Vec<String>,
    /// A remark on it.
    pub remark: Option<String>,
}

/// By which rules, down to the byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportBasis"))]
pub struct Basis {
    /// The id of the rule set.
    pub rule_set: String,
    /// The digest of the layers used.
    pub digest: String,
    /// The layers that were used, each over those before it.
    pub layers: Vec<UsedLayer>,
    /// What is known to be missing from the rules.
    pub partial: Vec<String>,
    /// The version of Leidraad that judged the dossier last.
    pub engine: String,
    /// The number of revisions.
    pub revisions: usize,
    /// The hash of the first revision, by which the dossier is known.
    pub first: String,
    /// The hash of the last revision.
    pub head: String,
    /// The moment of the last revision that this reader may see.
    pub stamp: Option<String>,
    /// What the hashes prove and what not.
    pub proves: String,
}

/// A layer that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportUsedLayer"))]
pub struct UsedLayer {
    /// Its title.
    pub title: String,
    /// When it was made, when it applies, and by which day it was picked.
    pub text: String,
}

/// A reference to a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportCite"))]
pub struct Cite {
    /// The number of the source in this report.
    pub source: usize,
    /// The article.
    pub article: Option<String>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportSource"))]
pub struct Source {
    /// Its number in this report.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// The articles that are cited.
    pub articles: Vec<Article>,
    /// BWB, JCI, CVDR, ECLI or publication number.
    pub identifier: Option<String>,
    /// How sure the fact is, and when it was read, in words.
    pub certainty: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Where it can be read.
    pub links: Vec<Link>,
}

/// An article of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportArticle"))]
pub struct Article {
    /// Which.
    pub article: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportLink"))]
pub struct Link {
    /// What it is called: the name of the site.
    pub label: String,
    /// The address.
    pub url: String,
}
