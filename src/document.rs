//! A rule file, field for field, in the order of the file.

use crate::decode::{record, words};
use crate::source::Span;
pub use crate::source::Spanned;
use crate::value::Date;

mod count;
mod force;
mod procedure;
mod row;
mod shapes;

pub use count::{Count, Counted};
pub use force::{Basis, Day, InForce, Members, Silence, SilenceKind};
pub use procedure::{Bound, Class, Remark, Rollup, Severity, Step, Suspension, Term};
pub(crate) use row::{Cell, cells};

/// What a template writes where a value is still to be filled in; it never counts as a value.
pub const PLACEHOLDER: &str = "…";

/// An ordered map with the places of its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<T>(pub Vec<(Spanned<String>, T)>);

/// A multi-line text such as a table, with the place of each of its lines.
#[derive(Debug, Clone)]
pub struct Block {
    /// The lines of the text.
    pub lines: Vec<Spanned<String>>,
    /// The whole.
    pub span: Span,
}

record! {
    /// A rule file: the shared layer of a rule set, or an overlay on it: a layer of one authority, or of several.
    pub struct Document = "a rule file" {
        /// Version of the format: 1.
        pub leidraad: Spanned<String>,
        /// Id of the rule set, in its shared layer.
        pub id: Option<Spanned<String>>,
        /// In an overlay: id of the rule set that it refines.
        pub overlay: Option<Spanned<String>>,
        /// In an overlay: code of the authority, such as GM1729.
        pub authority: Option<Spanned<String>>,
        /// In an overlay between the shared layer and those of authorities: its name, such as zuid_limburg.
        pub layer: Option<Spanned<String>>,
        /// The authorities to which such a layer belongs; without it all.
        pub members: Option<Members>,
        /// Title in Dutch.
        pub title: Option<Spanned<String>>,
        /// What the rule set decides and what its source leaves open.
        pub description: Option<Spanned<String>>,
        /// The period in which this layer applies.
        pub in_force: Option<InForce>,
        /// The day on which it was signed.
        pub signed: Option<Spanned<Date>>,
        /// The day on which it was published.
        pub published: Option<Spanned<Date>>,
        /// The texts on which it rests: when one has changed since, that is a finding.
        pub based_on: Vec<Basis>,
        /// What it means that this layer does not say something.
        pub silence: Option<Silence>,
        /// Whether the source is wholly encoded.
        pub completeness: Option<Completeness>,
        /// Which answer fixes the reference date.
        pub reference_date: Option<Spanned<String>>,
        /// Classes of confidentiality: who may see what.
        pub classes: Map<Class>,
        /// The knowledge sources.
        pub sources: Map<Source>,
        /// Values that a layer sets.
        pub parameters: Map<Parameter>,
        /// The questions, in sections.
        pub questions: Vec<Section>,
        /// The decisions.
        pub decisions: Map<Decision>,
        /// Remarks on a case.
        pub findings: Map<Remark>,
        /// The steps of the procedure.
        pub steps: Map<Step>,
        /// Counts over the answers to a checklist.
        pub rollups: Map<Rollup>,
        @span
        /// The whole file.
        pub span,
    }
}

record! {
    /// A period; both days are included, either may be missing.
    pub struct Period = "a period" {
        /// First day.
        pub from: Option<Spanned<Date>>,
        /// Last day.
        pub to: Option<Spanned<Date>>,
    }
}

/// Whether the source is wholly encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completeness {
    /// `complete`.
    Complete,
    /// `partial`, with what is missing.
    Partial(Vec<Spanned<String>>),
}

words! {
    /// How sure a fact is.
    #[derive(PartialOrd, Ord)]
    pub enum Certainty = "how sure it is" {
        /// Read in the source.
        Verified = "verified",
        /// Read in a second-hand or outdated text.
        Secondary = "secondary",
        /// General knowledge, not checked in a source.
        GeneralKnowledge = "general_knowledge",
        /// A choice of the editors, to make the rules computable.
        Editorial = "editorial",
    }
}

record! {
    /// A knowledge source.
    pub struct Source = "a source" {
        /// Free word: law, local_regulation, policy_rule, ruling, guide, website, …
        pub kind: Spanned<String>,
        /// Title.
        pub title: Spanned<String>,
        /// Address.
        pub url: Option<Spanned<String>>,
        /// The day on which it was read.
        pub seen: Option<Spanned<Date>>,
        /// Certainty of references that name none themselves.
        pub certainty: Option<Spanned<Certainty>>,
        /// Article of references that name none themselves.
        pub article: Option<Spanned<String>>,
        /// Identifier of a Dutch act (BWB).
        pub bwb: Option<Spanned<String>>,
        /// Juriconnect identifier.
        pub jci: Option<Spanned<String>>,
        /// Identifier of a local regulation.
        pub cvdr: Option<Spanned<String>>,
        /// European case law identifier.
        pub ecli: Option<Spanned<String>>,
        /// Identifier of an official publication (gmb-…, stcrt-…).
        pub publication: Option<Spanned<String>>,
        /// Remark.
        pub note: Option<Spanned<String>>,
        /// The day on which it was signed.
        pub signed: Option<Spanned<Date>>,
        /// The day on which it was published.
        pub published: Option<Spanned<Date>>,
        /// The period in which the source applies.
        pub in_force: Option<InForce>,
        /// The first days of its successive texts, as far as they matter here.
        pub versions: Vec<Spanned<Date>>,
    }
}

record! {
    /// A reference to a source: an id, or a map with `id` and more.
    pub struct SourceRef = "a source reference" or "id" {
        /// Which source.
        pub id: Spanned<String>,
        /// Article, paragraph, page.
        pub article: Option<Spanned<String>>,
        /// Certainty of this fact.
        pub certainty: Option<Spanned<Certainty>>,
        /// Remark.
        pub note: Option<Spanned<String>>,
    }
}

record! {
    /// A value that a layer sets. Unset is legal and visible.
    pub struct Parameter = "a parameter" {
        /// Title, in the layer that declares it.
        pub title: Option<Spanned<String>>,
        /// Explanation.
        pub help: Option<Spanned<String>>,
        /// The value is a unary test on this question or decision.
        pub test_on: Option<Spanned<String>>,
        /// The value is one of this type.
        pub kind as "type": Option<Spanned<TypeName>>,
        /// Unit of the value.
        pub unit: Option<Spanned<String>>,
        /// The value, in a layer that sets it.
        pub value: Option<Spanned<String>>,
        /// The comparison word of the source.
        pub wording: Option<Spanned<String>>,
        /// Remark.
        pub note: Option<Spanned<String>>,
        /// Period of the value.
        pub in_force: Option<Period>,
        /// Sources of the value.
        pub sources: Vec<SourceRef>,
        /// Several values, each with its period.
        pub values: Vec<DatedValue>,
        /// Why it has no value.
        pub silence: Option<Silence>,
    }
}

record! {
    /// One of several values of a parameter.
    pub struct DatedValue = "a dated value" {
        /// The value.
        pub value: Spanned<String>,
        /// The comparison word of the source.
        pub wording: Option<Spanned<String>>,
        /// Remark.
        pub note: Option<Spanned<String>>,
        /// Its period.
        pub in_force: Option<Period>,
        /// Its sources.
        pub sources: Vec<SourceRef>,
    }
}

record! {
    /// A section of questions.
    pub struct Section = "a section of questions" {
        /// Title.
        pub section: Spanned<String>,
        /// Explanation.
        pub help: Option<Spanned<String>>,
        /// Relevant only then.
        pub when: Option<Spanned<Condition>>,
        /// The questions.
        pub items: Vec<Question>,
    }
}

words! {
    /// Names of types.
    #[derive(PartialOrd, Ord)]
    pub enum TypeName = "a type" {
        /// One of the options.
        Choice = "choice",
        /// `ja` or `nee`.
        Boolean = "boolean",
        /// A whole number.
        Integer = "integer",
        /// A decimal number.
        Decimal = "decimal",
        /// A civil date.
        Date = "date",
        /// A clock time, 00:00 to 24:00.
        Time = "time",
        /// Free text, which takes no part in the logic, but that a count may compare it with other text.
        Text = "text",
        /// A list of records, each with the same fields.
        List = "list",
    }
}

words! {
    /// What an answer may list several options for.
    pub enum Several = "what counts" {
        /// The option with the most points counts.
        Heaviest = "heaviest",
    }
}

record! {
    /// A question.
    pub struct Question = "a question" {
        /// Id, as in answers.
        pub id: Spanned<String>,
        /// The question as people read it.
        pub ask: Spanned<String>,
        /// Explanation for a layman.
        pub help: Option<Spanned<String>>,
        /// Type of the answer.
        pub kind as "type": Spanned<TypeName>,
        /// Options of a choice; labels and points of a boolean.
        pub options: Option<Map<OptionDef>>,
        /// Whether several options may be given, and which counts.
        pub several: Option<Spanned<Several>>,
        /// Fields of the records of a list.
        pub fields: Vec<Question>,
        /// What one record of a list is called, such as `overtreding`.
        pub each: Option<Spanned<String>>,
        /// Lowest value.
        pub min: Option<Spanned<String>>,
        /// Highest value; of a list the most records.
        pub max: Option<Spanned<String>>,
        /// Step of a decimal.
        pub step: Option<Spanned<String>>,
        /// Unit.
        pub unit: Option<Spanned<String>>,
        /// Relevant only then.
        pub when: Option<Spanned<Condition>>,
        /// Whether the checklist is complete without an answer; default true.
        pub required: Option<Spanned<bool>>,
        /// Whether the answer "not applicable" is allowed.
        pub not_applicable: Option<Spanned<bool>>,
        /// Whether only a human can judge it.
        pub judgement: Option<Spanned<bool>>,
        /// The decision that suggests an answer; it never gives one.
        pub suggest: Option<Spanned<String>>,
        /// Who may see the answer; without it everyone.
        pub confidentiality: Option<Spanned<String>>,
        /// How strongly the source puts it: norm, indicator, example, advice, …
        pub strength: Option<Spanned<String>>,
        /// The period in which it is asked.
        pub in_force: Option<Period>,
        /// Sources.
        pub sources: Vec<SourceRef>,
    }
}

record! {
    /// An option of a question or of an output.
    pub struct OptionDef = "an option" {
        /// Label as people read it.
        pub label: Spanned<String>,
        /// Explanation.
        pub help: Option<Spanned<String>>,
        /// Points.
        pub points: Option<Spanned<String>>,
        /// The period in which it is an option.
        pub in_force: Option<Period>,
        /// Sources, where they differ from the question's.
        pub sources: Vec<SourceRef>,
    }
}

/// A condition: all clauses of a map must hold; of a list of maps any may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of these.
    All(Vec<Clause>),
    /// Any of these.
    Any(Vec<Condition>),
}

/// One entry of a condition map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// A name and a unary test; a list of values is joined by commas.
    Test(Spanned<String>, Spanned<String>),
    /// `not:` with a condition.
    Not(Spanned<Condition>),
}

words! {
    /// The hit policy of a table, with its DMN meaning.
    #[derive(PartialOrd, Ord)]
    pub enum HitPolicy = "a hit policy" {
        /// At most one row may match (default).
        Unique = "unique",
        /// Several may match when they agree.
        Any = "any",
        /// The first that matches.
        First = "first",
        /// The match with the highest outcome.
        Priority = "priority",
        /// All matches, as a list.
        Collect = "collect",
    }
}

words! {
    /// What overlapping rows mean.
    pub enum Overlap = "what overlap means" {
        /// A mistake (default).
        Error = "error",
        /// The source leaves it open: each outcome is possible.
        Possible = "possible",
    }
}

record! {
    /// A decision.
    pub struct Decision = "a decision" {
        /// Title.
        pub title: Option<Spanned<String>>,
        /// Explanation.
        pub help: Option<Spanned<String>>,
        /// Whether this is what the rule set is for.
        pub outcome: Option<Spanned<bool>>,
        /// Outside this condition the decision is not applicable.
        pub when: Option<Spanned<Condition>>,
        /// Hit policy.
        pub hit: Option<Spanned<HitPolicy>>,
        /// What overlapping rows mean.
        pub overlap: Option<Spanned<Overlap>>,
        /// Order of outcomes for hit policy `priority`, highest first.
        pub priority: Vec<Spanned<String>>,
        /// Labels, units and order of the outputs.
        pub outputs: Map<Output>,
        /// In a shared layer: every authority loads a table of its own, which has these columns as a rule. A table given
        /// here stands until it does.
        pub columns: Vec<Spanned<String>>,
        /// The decision table.
        pub table: Option<Block>,
        /// Names whose points are added.
        pub points: Option<Spanned<Vec<Spanned<String>>>>,
        /// Which records of a list are counted.
        pub count: Option<Count>,
        /// Arithmetic on names and numbers; its value is the outcome.
        pub formula: Option<Spanned<String>>,
        /// Unit of the value of a formula.
        pub unit: Option<Spanned<String>>,
        /// Step of the value of a formula; default: the largest that fits.
        pub step: Option<Spanned<String>>,
        /// Lowest value of a formula.
        pub min: Option<Spanned<String>>,
        /// Highest value of a formula.
        pub max: Option<Spanned<String>>,
        /// The period in which it is made this way.
        pub in_force: Option<Period>,
        /// Why it has no rules.
        pub silence: Option<Silence>,
        /// Sources.
        pub sources: Vec<SourceRef>,
    }
}

record! {
    /// An output of a decision.
    pub struct Output = "an output" {
        /// Title.
        pub title: Option<Spanned<String>>,
        /// Unit of a number.
        pub unit: Option<Spanned<String>>,
        /// The values, with labels, in order.
        pub options: Option<Map<OptionDef>>,
    }
}
