//! A model compiled to cells and bit sets: what evaluation runs on.

mod unset;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::cells::Cells;
use crate::extent::Extent;
use crate::model::{How, Input, Model, Rule};
use crate::tally::Values;
use crate::text::Text;
use crate::value::Value;
pub(crate) use unset::{Loose, Other, Same, Silent, Subject, loose, loose_turn, silent_of, unnamed};

/// The value of a node: a cell of a question, an outcome of a table, a sum of points; negative for the special ones.
pub(crate) type Code = i64;

/// Not relevant, or answered "not applicable".
pub(crate) const NOT_APPLICABLE: Code = Code::MIN;
/// No row hits.
pub(crate) const GAP: Code = Code::MIN + 1;
/// A condition holds.
pub(crate) const TRUE: Code = 1;
/// A condition fails.
pub(crate) const FALSE: Code = 0;
/// Rows that are silent have codes from here upwards, one for each [`Silent`].
pub(crate) const SILENT: Code = Code::MIN + 2;
/// One past the codes of silent rows.
pub(crate) const SILENT_END: Code = Code::MIN + (1 << 32);
/// What cannot be: a way of unset things that contradicts another.
pub(crate) const IMPOSSIBLE: Code = SILENT_END;

/// A derived question that hangs between two cells on something unset.
const HANGING: Code = Code::MIN / 2;

/// The code of a derived question that hangs between two cells.
pub(crate) fn hanging(low: usize, high: usize) -> Code {
    let number = |cell: usize| Code::try_from(cell).unwrap_or(0);
    HANGING + (number(low) << 24) + number(high)
}

/// Every two of so many cells between which a derived question can hang.
pub(crate) fn hanging_pairs(cells: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..cells).flat_map(move |low| (low + 1..cells).map(move |high| (low, high)))
}

/// The cells between which a derived question hangs.
pub(crate) fn between(code: Code) -> Option<(Code, Code)> {
    let both = code.checked_sub(HANGING).filter(|both| (0..1 << 48).contains(both))?;
    Some((both >> 24, both & ((1 << 24) - 1)))
}

/// Whether all cells between which a derived question hangs are among some; of another code there is nothing to say.
pub(crate) fn lies_among(code: Code, cells: &[Code]) -> bool {
    between(code).is_some_and(|(low, high)| (low..=high).all(|cell| cells.contains(&cell)))
}

/// A rule set for one authority and date, ready to evaluate.
#[derive(Debug, Clone, Default)]
pub(crate) struct Engine {
    pub(crate) model: Model,
    /// Each node after those that it reads.
    pub(crate) nodes: Vec<Node>,
    /// Node of each question.
    pub(crate) questions: Vec<usize>,
    /// Node of each decision.
    pub(crate) decisions: Vec<usize>,
    /// Cells of each question.
    pub(crate) cells: Vec<Cells>,
    /// Per question and cell the first cell from which no rule tells it apart; empty where all differ.
    pub(crate) alike: Vec<Vec<Code>>,
    /// Node of the condition of each remark and step, where it has one.
    pub(crate) remarks: Vec<Option<usize>>,
    pub(crate) steps: Vec<Option<usize>>,
    /// Per derived question, in their order, the questions that people answer and that it hangs on.
    pub(crate) behind: Vec<Set>,
    pub(crate) silents: Vec<Silent>,
    /// Per derived question that something unset leaves open in some cases, the question and the silent on which it hangs.
    pub(crate) hanging: Vec<(usize, usize)>,
    /// Pairs of unset end points that are the same parameter, compared with two inputs.
    pub(crate) pairs: Vec<(usize, usize)>,
    /// Pairs of unset outcomes that are the same parameter.
    pub(crate) same: Vec<Same>,
    /// Per table whose overlapping rows leave a choice the number of outcomes between which it can be. A choice is
    /// followed like an open question; their indices come after those of the questions.
    pub(crate) choices: Vec<usize>,
    /// Outcomes of each decision, in the order in which they are listed.
    pub(crate) outcomes: Vec<Vec<Value>>,
    /// Per decision other values that an unset outcome could be, with codes after those of its outcomes.
    pub(crate) others: Vec<Vec<Other>>,
    /// A decision of which an unset outcome could be too many things.
    pub(crate) crowded: Option<usize>,
    pub(crate) loose: Loose,
    /// Per question every code that it can have when nothing is known of it.
    pub(crate) every: Vec<Codes>,
    /// Per question that a count over answers names, why it is not relevant where it is not.
    pub(crate) reasons: Vec<Text>,
    /// Per question that is asked all that it can be, to the tick.
    pub(crate) wholes: Vec<Extent>,
    /// Per list what each field of a record may be of which nothing is known.
    pub(crate) any: Vec<Vec<Values>>,
    /// The nodes of the derived questions in their order, each with its question.
    pub(crate) derived_nodes: Vec<(usize, usize)>,
    /// The ids of the questions and decisions of an assessment.
    pub(crate) question_ids: Arc<[Text]>,
    pub(crate) decision_ids: Arc<[Text]>,
}

/// One step of a computation.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// A condition outside which the node is not applicable.
    pub(crate) gate: Option<usize>,
    /// The nodes that it reads, without the gate.
    pub(crate) inputs: Vec<usize>,
    /// The questions and choices on which it depends, itself included.
    pub(crate) questions: Set,
    /// What is unset and may matter to it.
    pub(crate) silents: Vec<usize>,
}

/// What a node computes.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Question(usize),
    Table(Table),
    Points(Vec<Term>),
    Condition(Table),
    /// A decision that no layer loads.
    Unloaded(usize),
}

/// Rows as bit sets by column and class of values.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) words: usize,
    pub(crate) rows: usize,
    pub(crate) columns: Vec<Column>,
    pub(crate) reading: Reading,
    /// Outcome code of each row.
    pub(crate) outcome: Vec<Code>,
}

/// How the hit rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The first row that hits; also for tables in which all hits agree.
    First,
    /// The hit with the lowest rank.
    Ranked(Vec<u32>),
    /// The same, where the rank of some rows hangs on what they give.
    Graded(Grades),
    /// The outcomes of all hits, as a list.
    All,
    /// Each hit is possible; with the index of the choice.
    Either(usize),
}

/// Ranks of rows of which some are silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grades {
    /// Per row its rank; of a silent one the rank for each of its codes.
    pub(crate) ranks: Vec<Vec<u32>>,
}

impl Grades {
    /// Those of some rows that can come first when all of them hit; of equal ones the first does.
    pub(crate) fn first(&self, outcome: &[Code], hits: &[usize]) -> Vec<usize> {
        let ranks = |row: usize| self.ranks.get(row).map(Vec::as_slice).unwrap_or_default();
        let wins = |row: usize, other: usize| match outcome.get(row) == outcome.get(other) {
            true => row < other,
            false => (ranks(row).iter().min(), row) < (ranks(other).iter().max(), other),
        };
        let first = |row: &usize| hits.iter().all(|other| other == row || wins(*row, *other));
        hits.iter().copied().filter(first).collect()
    }
}

/// An input column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) node: usize,
    pub(crate) classes: Classes,
    pub(crate) not_applicable: u32,
    pub(crate) unknown: u32,
    /// Unset things that its entries name, and the number of their combinations.
    pub(crate) silents: Vec<usize>,
    pub(crate) ways: usize,
    /// Rows that accept, by class, way and word.
    pub(crate) accept: Vec<u64>,
}

/// From the code of a node to the class of a column.
#[derive(Debug, Clone)]
pub(crate) enum Classes {
    Direct(Vec<u32>),
    /// The first value of each range but the lowest, their classes, and those of scores that could be any sum.
    Cuts(Vec<i64>, Vec<u32>, Vec<u32>),
}

/// What a node adds to a score.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) node: usize,
    pub(crate) points: TermPoints,
}

/// Points by code, of what is unset any sum in one of its turns; or a score times a factor.
#[derive(Debug, Clone)]
pub(crate) enum TermPoints {
    ByCode(Vec<i64>),
    Times(i64),
}

impl Column {
    /// The class of a code.
    #[inline]
    pub(crate) fn class(&self, code: Code) -> u32 {
        match code {
            NOT_APPLICABLE => self.not_applicable,
            GAP => self.unknown,
            _ => match &self.classes {
                Classes::Direct(map) => {
                    usize::try_from(code).ok().and_then(|c| map.get(c)).copied().unwrap_or(self.unknown)
                }
                Classes::Cuts(starts, map, loose) => {
                    let class = match loose_turn(code) {
                        Some(turn) => loose.get(turn),
                        None => map.get(starts.partition_point(|s| *s <= code)),
                    };
                    class.copied().unwrap_or(self.unknown)
                }
            },
        }
    }

    /// The rows that accept a class, when unset things go this way.
    #[inline]
    pub(crate) fn rows(&self, class: u32, way: usize, words: usize) -> &[u64] {
        self.at(class as usize * self.ways + way, words)
    }

    /// The same by its place: each class with each of its ways.
    #[inline]
    pub(crate) fn at(&self, place: usize, words: usize) -> &[u64] {
        let from = place.saturating_mul(words);
        self.accept.get(from..from.saturating_add(words)).unwrap_or_default()
    }
}

impl TermPoints {
    /// The points by code that are known.
    pub(crate) fn known(map: &[i64]) -> impl Iterator<Item = i64> + Clone + '_ {
        map.iter().copied().filter(|points| loose_turn(*points).is_none())
    }
}

impl Term {
    /// The points of a code; none where the code says nothing.
    #[inline]
    pub(crate) fn of(&self, code: Code) -> Option<i64> {
        match (&self.points, code) {
            (_, NOT_APPLICABLE) => Some(0),
            (_, GAP) => None,
            (TermPoints::ByCode(map), _) => usize::try_from(code).ok().and_then(|c| map.get(c)).copied(),
            (TermPoints::Times(_), _) if loose_turn(code).is_some() => Some(code),
            (TermPoints::Times(factor), _) => code.checked_mul(*factor),
        }
    }
}

impl Engine {
    /// Whether a question is a count of records.
    pub(crate) fn is_count(&self, q: usize) -> bool {
        let derived = self.model.questions.get(q).and_then(|info| info.derived.as_ref());
        derived.is_some_and(|derived| matches!(derived.how, How::Count(_)))
    }

    /// Whether a question is a derived one that can hang on something unset.
    pub(crate) fn hangs(&self, q: usize) -> bool {
        self.hanging.iter().any(|(hanging, _)| *hanging == q)
    }

    /// The node of a decision.
    pub(crate) fn decision(&self, d: usize) -> Option<&Node> {
        self.decisions.get(d).and_then(|node| self.nodes.get(*node))
    }

    /// The first code of a question from which no rule tells a code apart.
    pub(crate) fn alike_to(&self, q: usize, code: Code) -> Code {
        let alike = self.alike.get(q).and_then(|alike| alike.get(usize::try_from(code).ok()?));
        alike.copied().unwrap_or(code)
    }

    /// Those of some codes of a question that no rule tells apart from one.
    pub(crate) fn alike_codes(&self, q: usize, code: Code, among: Option<&Codes>) -> Vec<Code> {
        let same = self.alike_to(q, code);
        let among = among.map(|codes| &**codes).unwrap_or_default();
        among.iter().copied().filter(|other| self.alike_to(q, *other) == same).collect()
    }

    /// The questions that people answer and on which these hang, of which some may be derived.
    pub(crate) fn asked_behind(&self, questions: &Set) -> Set {
        let asked = self.model.asked();
        let mut all = Set::default();
        for q in questions.iter() {
            match q.checked_sub(asked).and_then(|i| self.behind.get(i)) {
                Some(behind) => all.add(behind),
                None => all.insert(q),
            }
        }
        all
    }

    /// The nodes that a decision reads which shows a derived question.
    pub(crate) fn derived_inputs(&self, d: usize) -> Vec<usize> {
        let Some(Rule::Derived(q)) = self.model.decisions.get(d).map(|d| &d.rule) else { return Vec::new() };
        let derived = self.model.questions.get(*q).and_then(|info| info.derived.as_ref());
        let inputs = derived.map(|derived| derived.inputs.as_slice()).unwrap_or_default();
        let node = |input: &Input| match input {
            Input::Question(q) | Input::Part(q, _) => self.questions.get(*q).copied(),
            Input::Output(d, _) | Input::Score(d) => self.decisions.get(*d).copied(),
        };
        inputs.iter().filter_map(node).collect()
    }

    /// A decision and those on which it rests, itself included, in their order.
    pub(crate) fn decisions_behind(&self, d: usize) -> BTreeSet<usize> {
        let (mut found, mut seen) = (BTreeSet::from([d]), BTreeSet::new());
        let mut left: Vec<usize> = self.decisions.get(d).copied().into_iter().collect();
        while let Some(n) = left.pop() {
            let Some(node) = self.nodes.get(n).filter(|_| seen.insert(n)) else { continue };
            left.extend(node.inputs.iter().chain(&node.gate));
            let mut shown: Vec<usize> =
                (0..self.decisions.len()).filter(|d| self.decisions.get(*d) == Some(&n)).collect();
            if let Kind::Question(q) = node.kind {
                shown.extend(self.model.shown_by(q));
            }
            left.extend(shown.iter().flat_map(|d| self.derived_inputs(*d)));
            found.extend(shown);
        }
        found
    }

    /// What an unset thing could come to, a code for each way.
    pub(crate) fn ways(&self, silent: usize) -> &[Code] {
        self.silents.get(silent).map_or(&[], |s| &s.codes)
    }

    /// What those who read a decision see of a code.
    pub(crate) fn value_of(&self, d: usize, code: Code) -> Option<&Value> {
        let (place, known) = (usize::try_from(code).ok()?, self.outcomes.get(d)?);
        let other = || self.others.get(d)?.get(place - known.len()).map(|other| &other.value);
        known.get(place).or_else(other)
    }

    /// What a code gives for an output, where that is known: also where another output of its row is unset.
    pub(crate) fn known_output(&self, d: usize, output: usize, code: Code) -> Option<&Value> {
        let (place, known) = (usize::try_from(code).ok()?, self.outcomes.get(d)?);
        let other = || self.others.get(d)?.get(place - known.len());
        let given =
            || other().filter(|other| other.given.get(output) == Some(&true)).map(|other| &other.value);
        known.get(place).or_else(given).map(|value| value.output(output))
    }
}

/// The codes that an answer leaves; one needs no allocation.
#[derive(Debug, Clone)]
pub(crate) enum Codes {
    One([Code; 1]),
    Many(Arc<[Code]>),
}

impl Default for Codes {
    fn default() -> Self {
        Codes::Many(Arc::new([]))
    }
}

impl std::ops::Deref for Codes {
    type Target = [Code];

    fn deref(&self) -> &[Code] {
        match self {
            Codes::One(code) => code,
            Codes::Many(codes) => codes,
        }
    }
}

impl From<Vec<Code>> for Codes {
    fn from(codes: Vec<Code>) -> Self {
        match *codes {
            [code] => Codes::One([code]),
            _ => Codes::Many(codes.into()),
        }
    }
}

/// A set of small numbers; those below 64 need no allocation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Set {
    low: u64,
    rest: Vec<u64>,
}

impl Set {
    pub(crate) fn of(items: impl IntoIterator<Item = usize>) -> Set {
        let mut set = Set::default();
        items.into_iter().for_each(|item| set.insert(item));
        set
    }

    pub(crate) fn insert(&mut self, item: usize) {
        let bit = 1 << (item % 64);
        let Some(word) = (item / 64).checked_sub(1) else {
            self.low |= bit;
            return;
        };
        if self.rest.len() <= word {
            self.rest.resize(word + 1, 0);
        }
        if let Some(word) = self.rest.get_mut(word) {
            *word |= bit;
        }
    }

    pub(crate) fn contains(&self, item: usize) -> bool {
        let word = match (item / 64).checked_sub(1) {
            None => Some(self.low),
            Some(word) => self.rest.get(word).copied(),
        };
        word.is_some_and(|word| word >> (item % 64) & 1 == 1)
    }

    pub(crate) fn add(&mut self, other: &Set) {
        self.low |= other.low;
        if self.rest.len() < other.rest.len() {
            self.rest.resize(other.rest.len(), 0);
        }
        for (mine, theirs) in self.rest.iter_mut().zip(&other.rest) {
            *mine |= theirs;
        }
    }

    /// Whether something is in both.
    pub(crate) fn meets(&self, other: &Set) -> bool {
        self.low & other.low != 0 || self.rest.iter().zip(&other.rest).any(|(a, b)| a & b != 0)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(&self.low).chain(&self.rest).enumerate().flat_map(|(word, bits)| ones(word, *bits))
    }
}

/// Whether a bit set of rows holds one.
#[inline]
pub(crate) fn has_row(rows: &[u64], row: usize) -> bool {
    rows.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
}

/// The rows of a set, in order.
pub(crate) fn rows(hits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    hits.iter().enumerate().flat_map(|(word, bits)| ones(word, *bits))
}

/// The numbers of the bits that are set in a word.
fn ones(word: usize, mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let bit = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            word * 64 + bit
        })
    })
}
