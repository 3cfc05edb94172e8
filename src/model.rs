//! A rule set for one authority on one date: layers merged, every name resolved, every test typed.

mod derived;
mod lists;
mod output;
mod procedure;
mod question;
mod silence;

use crate::text::Text;
use std::collections::BTreeMap;

use crate::document::{Certainty, HitPolicy, InForce, Period, SilenceKind, TypeName};
use crate::sorted::each_once;
use crate::source::Span;
use crate::unary::Test;
use crate::value::{Date, Value};

pub(crate) use derived::{Derived, Formula, How, Leaf};
pub(crate) use lists::{CountInfo, ListInfo, UnsetInfo};
pub(crate) use output::{Given, RowOutput};
pub(crate) use question::{Measure, OptionInfo, OtherOption, QuestionInfo, Type};
pub use silence::Why;
pub(crate) use silence::{Notice, Reason};

pub(crate) use procedure::{Anchor, LengthInfo, RemarkInfo, RollupInfo, StepInfo, SuspensionInfo, TermInfo};

/// The whole, in the order of the files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) id: Text,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) partial: Vec<String>,
    pub(crate) authority: Option<Text>,
    pub(crate) authority_title: Option<String>,
    /// The questions that fix the reference dates: of the shared layer, and of the overlay.
    pub(crate) reference_dates: Vec<usize>,
    /// What applies on no date or on another one, and what rests on an earlier text.
    pub(crate) notices: Vec<Notice>,
    /// Per parameter without a value and decision without rules why that is so.
    pub(crate) silences: BTreeMap<String, Reason>,
    pub(crate) sources: Vec<SourceInfo>,
    pub(crate) parameters: Vec<ParameterInfo>,
    pub(crate) sections: Vec<SectionInfo>,
    pub(crate) questions: Vec<QuestionInfo>,
    pub(crate) lists: Vec<ListInfo>,
    pub(crate) decisions: Vec<DecisionInfo>,
    /// Classes of confidentiality.
    pub(crate) classes: Vec<String>,
    /// What each of them keeps confidential, and for whom.
    #[cfg_attr(not(feature = "report"), allow(dead_code, reason = "only reports tell it"))]
    pub(crate) class_titles: Vec<String>,
    pub(crate) remarks: Vec<RemarkInfo>,
    pub(crate) steps: Vec<StepInfo>,
    pub(crate) rollups: Vec<RollupInfo>,
    /// Questions (by index) and decisions (by index after those of all questions), each after what it depends on.
    pub(crate) order: Vec<usize>,
    /// Whether some condition could not be read, so that nothing can be proven.
    pub(crate) conditions_lost: bool,
}

/// A knowledge source.
#[derive(Debug, Clone)]
pub(crate) struct SourceInfo {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) seen: Option<Date>,
    pub(crate) identifier: Option<String>,
    pub(crate) article: Option<String>,
    pub(crate) certainty: Option<Certainty>,
    pub(crate) note: Option<String>,
    pub(crate) signed: Option<Date>,
    pub(crate) published: Option<Date>,
    pub(crate) period: Option<InForce>,
    /// Whether it applies on the date of its layer; none where that cannot be said.
    pub(crate) applies: Option<bool>,
    pub(crate) span: Span,
}

/// A reference to a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cited {
    pub(crate) source: usize,
    pub(crate) article: Option<String>,
    pub(crate) certainty: Option<Certainty>,
    pub(crate) note: Option<String>,
}

/// A parameter, set or not by the layers chosen.
#[derive(Debug, Clone)]
pub(crate) struct ParameterInfo {
    pub(crate) id: Text,
    pub(crate) title: String,
    /// Whether it holds a test rather than a value.
    pub(crate) is_test: bool,
    /// The type that it declares.
    pub(crate) kind: Option<TypeName>,
    pub(crate) unit: Option<String>,
    pub(crate) setting: Option<Setting>,
}

/// The value of a parameter.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) text: String,
    pub(crate) wording: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) sources: Vec<Cited>,
    pub(crate) span: Span,
}

/// A section of the checklist.
#[derive(Debug, Clone)]
pub(crate) struct SectionInfo {
    pub(crate) title: Text,
    pub(crate) help: Option<String>,
}

/// A part of a date that a column may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Month,
    Weekday,
    Day,
}

/// What a column or clause reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    Question(usize),
    Part(usize, Part),
    /// Output of a table, counted from 0.
    Output(usize, usize),
    Score(usize),
}

/// One end of a range of ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    None,
    At(i64),
    /// A parameter that no layer sets.
    Unset {
        parameter: usize,
        inclusive: bool,
    },
}

/// A typed test; a cell accepts when one of its atoms does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Atom {
    Any,
    NotApplicable,
    /// An option of a finite input, or a part of a date.
    Option(usize),
    /// A value of a table output.
    Value(Value),
    Range(Bound, Bound),
    /// A test that no layer sets.
    Unset(usize),
    /// What these do not accept, but never `n.v.t.`.
    Not(Vec<Atom>),
    /// What these do not accept, `n.v.t.` included: a clause under `not:`.
    Fails(Vec<Atom>),
}

impl Atom {
    /// An option that is none on this date: nothing is it.
    pub(crate) const NO_OPTION: Atom = Atom::Option(usize::MAX);

    fn waits(&self) -> bool {
        match self {
            Atom::Not(inner) | Atom::Fails(inner) => inner.iter().any(Atom::waits),
            atom => *atom == Atom::NO_OPTION,
        }
    }
}

/// Alternatives of which one must hold; each holds when all its clauses do.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConditionInfo {
    pub(crate) inputs: Vec<Input>,
    /// Per alternative one cell for each input.
    pub(crate) rows: Vec<Vec<Vec<Atom>>>,
    /// Per alternative its clauses as they are written.
    pub(crate) written: Vec<Vec<ClauseInfo>>,
}

/// A clause of a condition as it is written, for people.
#[derive(Debug, Clone)]
pub(crate) struct ClauseInfo {
    pub(crate) input: Input,
    pub(crate) tests: Vec<Test>,
    /// Whether it stands under `not:`.
    pub(crate) negated: bool,
}

/// A decision.
#[derive(Debug, Clone)]
pub(crate) struct DecisionInfo {
    pub(crate) id: Text,
    pub(crate) title: String,
    pub(crate) help: Option<String>,
    pub(crate) outcome: bool,
    /// The list for each record of which it is made.
    pub(crate) part_of: Option<usize>,
    pub(crate) when: Option<ConditionInfo>,
    pub(crate) when_span: Option<Span>,
    pub(crate) outputs: Vec<OutputInfo>,
    /// The columns that the table of an authority has as a rule, as written and what they read.
    pub(crate) columns: Vec<(String, Input)>,
    pub(crate) rule: Rule,
    pub(crate) sources: Vec<Cited>,
    /// The periods of its rules that do not apply on this date.
    pub(crate) other_dates: Vec<String>,
    /// What rows give that do not apply on this date: rules may test it all the same.
    pub(crate) other_values: Vec<Vec<Value>>,
    pub(crate) span: Span,
}

impl DecisionInfo {
    /// Takes its rules away; what they give stays known.
    pub(crate) fn unload(&mut self) {
        if let Rule::Table(table) = &self.rule {
            let given = table.rows.iter().filter_map(|row| row.output.values());
            self.other_values.extend(given.map(<[Value]>::to_vec));
            self.other_values.dedup();
        }
        self.rule = Rule::Unloaded;
    }
}

/// An output of a decision.
#[derive(Debug, Clone, Default)]
pub(crate) struct OutputInfo {
    pub(crate) name: Text,
    pub(crate) title: Option<String>,
    pub(crate) unit: Option<String>,
    /// Declared values, in order; empty where the file declares none.
    pub(crate) options: Vec<OptionInfo>,
    /// Declared values that are none on this date.
    pub(crate) no_options: Vec<OtherOption>,
}

impl OutputInfo {
    /// Whether the file declares its values.
    pub(crate) fn declared(&self) -> bool {
        !(self.options.is_empty() && self.no_options.is_empty())
    }
}

/// How a decision is made.
#[derive(Debug, Clone)]
pub(crate) enum Rule {
    Table(TableInfo),
    Points(PointsInfo),
    /// The value of a derived question, whose condition is that of the decision.
    Derived(usize),
    /// No layer loads it.
    Unloaded,
}

/// A decision table.
#[derive(Debug, Clone)]
pub(crate) struct TableInfo {
    pub(crate) hit: HitPolicy,
    pub(crate) overlap_possible: bool,
    pub(crate) priority: Vec<Value>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) rows: Vec<RowInfo>,
    pub(crate) span: Span,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) struct RowInfo {
    pub(crate) cells: Vec<Vec<Atom>>,
    /// The entries as written, for explanations.
    pub(crate) entries: Vec<String>,
    /// What it gives, as written.
    pub(crate) given: Vec<String>,
    /// When it applies.
    pub(crate) period: Period,
    pub(crate) output: RowOutput,
    /// Of a silent row, why it is silent.
    pub(crate) silence: Option<SilenceKind>,
    /// Those that it names, and after them those of the parameters that it gives.
    pub(crate) sources: Vec<Cited>,
    /// How many of them it names itself.
    pub(crate) named: usize,
    pub(crate) notes: Vec<(String, String)>,
    pub(crate) span: Span,
}

/// A sum of points.
#[derive(Debug, Clone)]
pub(crate) struct PointsInfo {
    pub(crate) terms: Vec<Input>,
    pub(crate) scale: u32,
}

impl TableInfo {
    /// The place that the file gives a value under hit policy `priority`, highest first: its place in `priority`, then
    /// its place among the declared options of its output.
    pub(crate) fn declared_rank(
        &self,
        outputs: &[OutputInfo],
        output: usize,
        value: &Value,
    ) -> Option<usize> {
        let listed = self.priority.iter().position(|p| p == value);
        listed.or_else(|| {
            let options = outputs.get(output).map(|o| o.options.as_slice()).unwrap_or_default();
            let place = options.iter().position(|o| value.as_text() == Some(o.id.as_str()))?;
            Some(self.priority.len() + place)
        })
    }
}

impl Model {
    /// The questions and decisions that an input reads: the name people know.
    pub(crate) fn input_name(&self, input: Input) -> String {
        let question = |q: usize| self.questions.get(q).map_or("", |q| q.id.as_str());
        match input {
            Input::Question(q) => question(q).to_owned(),
            Input::Part(q, part) => format!("{}({})", part.name(), question(q)),
            Input::Score(d) => self.decision_id(d).to_owned(),
            Input::Output(d, o) => match self.decisions.get(d) {
                Some(decision) if decision.outputs.len() > 1 => {
                    format!("{}.{}", decision.id, decision.outputs.get(o).map_or("", |o| o.name.as_str()))
                }
                _ => self.decision_id(d).to_owned(),
            },
        }
    }

    pub(crate) fn decision_id(&self, index: usize) -> &str {
        self.decisions.get(index).map_or("", |d| d.id.as_str())
    }

    /// The question of an id.
    pub(crate) fn question(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|q| q.id.len() == id.len() && q.id == id)
    }

    /// The question of an id, looked for from an index on.
    pub(crate) fn question_near(&self, from: usize, id: &str) -> Option<usize> {
        let is = |(_, q): &(usize, &QuestionInfo)| q.id.len() == id.len() && q.id == id;
        let found = self.questions.iter().enumerate().skip(from).find(is);
        found.map(|(q, _)| q).or_else(|| self.question(id))
    }

    /// The places of all questions, decisions and rows.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let rows = self.decisions.iter().flat_map(|d| match &d.rule {
            Rule::Table(table) => table.rows.as_slice(),
            _ => &[],
        });
        let heads = self.questions.iter().map(|q| q.span).chain(self.decisions.iter().map(|d| d.span));
        let heads = heads.chain(self.remarks.iter().map(|r| r.span)).chain(self.steps.iter().map(|s| s.span));
        let questions = self.questions.iter().filter_map(|q| q.when_span);
        let decisions = self.decisions.iter().filter_map(|d| d.when_span);
        let remarks = self.remarks.iter().filter_map(|r| r.when_span);
        let steps = self.steps.iter().filter_map(|s| s.when_span);
        let whens = questions.chain(decisions).chain(remarks).chain(steps);
        each_once(heads.chain(rows.map(|r| r.span)).chain(whens))
    }

    /// Whether a condition hangs on something of another date: a question that is not asked, an option that is none.
    pub(crate) fn waits(&self, when: &ConditionInfo) -> bool {
        let absent = |input: &Input| match input {
            Input::Question(q) | Input::Part(q, _) => {
                self.questions.get(*q).is_some_and(|q| q.not_asked.is_some())
            }
            Input::Output(..) | Input::Score(_) => false,
        };
        when.inputs.iter().any(absent) || when.rows.iter().flatten().flatten().any(Atom::waits)
    }

    /// Whether there is something to do or to remark beside the decisions.
    pub(crate) fn has_procedure(&self) -> bool {
        let judged = self.questions.iter().any(|q| q.suggested_by.is_some() || q.not_asked.is_some());
        judged
            || !self.notices.is_empty()
            || !(self.remarks.is_empty() && self.steps.is_empty() && self.rollups.is_empty())
    }

    /// Questions that count for something other than a decision: a roll-up, a judgement, a step, a term, a derived question.
    pub(crate) fn counted(&self) -> impl Iterator<Item = usize> + '_ {
        let judged = self
            .questions
            .iter()
            .enumerate()
            .filter(|(_, q)| q.judgement || q.strength.is_some())
            .map(|(q, _)| q);
        let terms = self.steps.iter().filter_map(|s| s.term.as_ref()).flat_map(TermInfo::questions);
        let terms = terms.chain(self.steps.iter().filter_map(|s| s.done));
        let derived =
            self.derived().flat_map(|(_, derived)| &derived.inputs).filter_map(|input| match input {
                Input::Question(q) | Input::Part(q, _) => Some(*q),
                Input::Output(..) | Input::Score(_) => None,
            });
        let fields = self.derived().flat_map(|(_, derived)| self.fields_counted(derived));
        let counted = self.rollups.iter().flat_map(|r| r.questions.iter().copied());
        counted.chain(judged).chain(terms).chain(derived).chain(fields)
    }
}

impl Part {
    pub(crate) const ALL: [(&'static str, Part); 3] =
        [("month", Part::Month), ("weekday", Part::Weekday), ("day", Part::Day)];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Month => "month",
            Part::Weekday => "weekday",
            Part::Day => "day",
        }
    }

    /// How many values it has; they count from 1.
    pub(crate) fn len(self) -> usize {
        match self {
            Part::Month => 12,
            Part::Weekday => 7,
            Part::Day => 31,
        }
    }

    pub(crate) fn of(self, date: Date) -> usize {
        usize::from(match self {
            Part::Month => date.month(),
            Part::Weekday => date.weekday(),
            Part::Day => date.day(),
        })
    }
}
