//! Why an outcome follows, what would change it, and what is missing: as data, and in Dutch for an official.

mod text;

pub use text::DECIDED;

use serde::Serialize;

use crate::assessment::{Outcome, RuleSetRef, Why};
pub use crate::derived::Standing;
use crate::document::Certainty;
use crate::value::{Date, Value};

/// Most records, and most rules that do not hold, that a text lists.
pub(crate) const MOST_LISTED: usize = 12;

/// The reasons behind one or more decisions. `Display` gives Dutch text, `Serialize` the same as data.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The rule set.
    pub rule_set: RuleSetRef,
    /// Its title.
    pub title: String,
    /// The authority whose layer was used.
    pub authority: Option<String>,
    /// The title of that layer.
    pub authority_title: Option<String>,
    /// The reference date.
    pub on: Date,
    /// The layers that were used, each over those before it.
    pub layers: Vec<UsedLayer>,
    /// What the encoders know to be missing from the rule set.
    pub partial: Vec<String>,
    /// A reason for each decision that was asked for.
    pub decisions: Vec<Reasons>,
}

/// A layer that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedLayer {
    /// The authority of a layer of one.
    pub authority: Option<String>,
    /// The name of a layer of several authorities.
    pub layer: Option<String>,
    /// Title.
    pub title: String,
    /// The day by which it was picked.
    pub on: Date,
    /// The period in which it applies, in words, as far as it is known.
    pub period: String,
    /// The day on which it was signed.
    pub signed: Option<Date>,
    /// The day on which it was published.
    pub published: Option<Date>,
}

/// The reasons of one decision.
#[derive(Debug, Clone, Serialize)]
pub struct Reasons {
    /// Id of the decision.
    pub decision: String,
    /// Its title.
    pub title: String,
    /// The record of a list for which it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartReason>,
    /// What follows from the answers.
    pub outcome: Outcome,
    /// The outcome in words.
    pub text: String,
    /// What was decided instead.
    pub deviation: Option<DeviationReason>,
    /// Whether it is open only because rows of the source overlap, so that no further answer decides it.
    pub source_undecided: bool,
    /// Of what does not apply when it would, in words: alternatives, each of clauses that all hold. None where it hangs on
    /// what it reads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applies_when: Vec<Vec<String>>,
    /// The rules that decide, or still may.
    pub rules: Vec<RuleReason>,
    /// Whether those rules hold; else it is not known which of them do.
    pub holds: bool,
    /// The rules that go before those and do not hold, as far as they say something else and could have held beside them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<PassedRule>,
    /// The formula that gives the outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<FormulaReason>,
    /// The parts of a score.
    pub sum: Vec<TermReason>,
    /// The records of a count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<CountReason>,
    /// What the layers set that these rules use.
    pub parameters: Vec<ParameterReason>,
    /// The answers that were used.
    pub answers: Vec<UsedAnswer>,
    /// A smallest set of them that already forces the outcome.
    pub sufficient: Vec<String>,
    /// The nearest answers with another outcome.
    pub changes: Vec<Change>,
    /// The questions that decide an open outcome, with what each answer would leave.
    pub needs: Vec<Need>,
    /// What no layer sets, in words.
    pub missing: Vec<Missing>,
    /// What was decided otherwise of decisions on which it rests, each by its title and what was decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<(String, String)>,
    /// The decisions on which it rests, each with its own rules.
    pub rests_on: Vec<Reasons>,
}

impl Reasons {
    /// An outcome without any reason.
    pub(crate) fn bare(decision: &str, title: &str, outcome: Outcome, text: String) -> Reasons {
        Reasons {
            decision: decision.to_owned(),
            title: title.to_owned(),
            part: None,
            outcome,
            text,
            deviation: None,
            source_undecided: false,
            applies_when: Vec::new(),
            rules: Vec::new(),
            holds: false,
            passed: Vec::new(),
            formula: None,
            sum: Vec::new(),
            count: None,
            parameters: Vec::new(),
            answers: Vec::new(),
            sufficient: Vec::new(),
            changes: Vec::new(),
            needs: Vec::new(),
            missing: Vec::new(),
            decided: Vec::new(),
            rests_on: Vec::new(),
        }
    }
}

/// A record of a list for which a decision is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartReason {
    /// Id of the list.
    pub list: String,
    /// Which record, counted from 1; 0 for one of which nothing is known yet.
    pub number: usize,
    /// What it is called.
    pub title: String,
}

/// What an official decided instead of what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviationReason {
    /// The outcome decided.
    pub value: Value,
    /// It in words.
    pub text: String,
    /// Why.
    pub motivation: String,
}

/// A row of a table, or the rule of a score.
#[derive(Debug, Clone, Serialize)]
pub struct RuleReason {
    /// The row, counted from 1; none for a score.
    pub row: Option<usize>,
    /// Its entries, without those that accept everything.
    pub when: Vec<Clause>,
    /// Whether it has no such entries and counts only where no row that goes before it holds; else a row without entries
    /// always holds.
    pub otherwise: bool,
    /// Its outcome in words.
    pub then: String,
    /// Its sources.
    pub sources: Vec<Citation>,
    /// Other annotations of the row.
    pub notes: Vec<(String, String)>,
}

/// A row that goes before the one that decides, and does not hold.
#[derive(Debug, Clone, Serialize)]
pub struct PassedRule {
    /// The row.
    #[serde(flatten)]
    pub rule: RuleReason,
    /// Those of its entries that the answers rule out; none where only several together do.
    pub fails: Vec<Clause>,
}

/// An entry of a row.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// The input.
    pub input: String,
    /// The test as written.
    pub test: String,
    /// Both in words.
    pub text: String,
}

/// The formula of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormulaReason {
    /// As it is written.
    pub formula: String,
    /// It in words.
    pub words: String,
    /// It in words with what is known filled in, and its outcome.
    pub filled: Option<String>,
}

/// One term of a score.
#[derive(Debug, Clone, Serialize)]
pub struct TermReason {
    /// What is added.
    pub title: String,
    /// The answer or outcome it comes from, in words; none while it is open.
    pub from: Option<String>,
    /// Its points; none while it is open.
    pub points: Option<Value>,
}

/// Which records of a list count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountReason {
    /// Id of the list.
    pub list: String,
    /// What one record is called.
    pub each: String,
    /// What counts, in words.
    pub text: String,
    /// Each record, in the order of the answers.
    pub records: Vec<CountedRecord>,
    /// Whether there may be records that are not known.
    pub more: bool,
    /// Sources.
    pub sources: Vec<Citation>,
}

/// A record and how it stands with a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedRecord {
    /// Which record, counted from 1.
    pub number: usize,
    /// What it is called.
    pub title: String,
    /// How it stands.
    pub standing: Standing,
    /// Why it does not count, or may not.
    pub why: Vec<String>,
}

/// The value of a parameter.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterReason {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The value as written.
    pub value: String,
    /// It in words.
    pub text: String,
    /// The comparison word of the source.
    pub wording: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Its sources.
    pub sources: Vec<Citation>,
}

/// A source, ready to cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Id in the rule file.
    pub id: String,
    /// Title.
    pub title: String,
    /// Kind: law, local_regulation, website, …
    pub kind: String,
    /// Article.
    pub article: Option<String>,
    /// BWB, JCI, CVDR, ECLI or publication number.
    pub identifier: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The day on which it was read.
    pub seen: Option<Date>,
    /// The day on which it was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Date>,
    /// The day on which it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// How sure the fact is.
    pub certainty: Option<Certainty>,
    /// Remark.
    pub note: Option<String>,
}

/// An answer in words.
#[derive(Debug, Clone, Serialize)]
pub struct UsedAnswer {
    /// Id of the question.
    pub question: String,
    /// The question.
    pub ask: String,
    /// The answer.
    pub answer: String,
}

/// Other answers, and what would follow from them.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The answers to change: one, or two when no single one is enough.
    pub answers: Vec<UsedAnswer>,
    /// What would then follow, in words.
    pub outcome: String,
}

/// A question that decides.
#[derive(Debug, Clone, Serialize)]
pub struct Need {
    /// Id of the question.
    pub question: String,
    /// The question.
    pub ask: String,
    /// Per group of answers what would be left.
    pub leaves: Vec<Leaves>,
}

/// Answers that leave the same outcomes.
#[derive(Debug, Clone, Serialize)]
pub struct Leaves {
    /// The answers in words.
    pub answer: String,
    /// The outcomes in words.
    pub outcomes: Vec<String>,
}

/// Something that no layer sets. `Display` gives it in Dutch, with why.
#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// Id of the parameter or decision.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The kinds of silence.
    pub why: Vec<Why>,
    /// Why it is not said, in words.
    pub text: String,
}
