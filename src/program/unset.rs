//! What the layers leave unset, and what it could come to.

use super::{Code, SILENT, SILENT_END};
use crate::limits::MAX_STATES;
use crate::model::Input;
use crate::value::Value;

/// Scores that add up something unset have codes from here upwards, one for each turn of [`Loose`].
const LOOSE: Code = Code::MIN / 4;

/// The code of a score that could be any sum, in one of its turns.
pub(crate) fn loose(turn: usize) -> Code {
    LOOSE + Code::try_from(turn).unwrap_or(0)
}

/// The turn of a score that could be any sum.
pub(crate) fn loose_turn(code: Code) -> Option<usize> {
    let turn = code.checked_sub(LOOSE).filter(|turn| (0..1 << 32).contains(turn))?;
    usize::try_from(turn).ok()
}

/// What is unset behind the outcome of a silent row.
pub(crate) fn silent_of(code: Code) -> Option<usize> {
    (SILENT..SILENT_END).contains(&code).then(|| usize::try_from(code - SILENT).unwrap_or(0))
}

/// Something that the layers leave unset, with what it could come to, a code for each way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Silent {
    pub(crate) subject: Subject,
    pub(crate) codes: Vec<Code>,
    /// Of an outcome the outputs that are a parameter, each with that parameter.
    pub(crate) gives: Vec<(usize, usize)>,
}

impl Silent {
    /// The parameters that are missing in it.
    pub(crate) fn parameters(&self) -> &[usize] {
        match &self.subject {
            Subject::Test(p) | Subject::End(p, _) => std::slice::from_ref(p),
            Subject::Decision(_, parameters) => parameters,
        }
    }
}

/// Two unset outcomes of which some outputs are one parameter: that has one value.
#[derive(Debug, Clone)]
pub(crate) struct Same {
    pub(crate) silents: (usize, usize),
    /// Per way of the first which ways of the second go with it.
    pub(crate) together: Vec<Vec<bool>>,
}

/// A value that an unset outcome could be and that no row gives.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    pub(crate) value: Value,
    /// Of a value that is followed in several turns, which.
    pub(crate) turn: usize,
    /// Per output whether the row gives it: then it is this and nothing else.
    pub(crate) given: Vec<bool>,
}

/// A word that no rule names.
pub(crate) fn unnamed() -> Value {
    Value::Text("\u{0}".into())
}

/// The scores that add up something unset: each could be any sum, whatever the others are. A turn tells for all of them
/// which of their sums is meant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Loose {
    /// Each with its sums, of those that the rules do not tell apart one.
    pub(crate) sums: Vec<(usize, Vec<i64>)>,
}

impl Loose {
    /// How many turns there are: at least two, as no such sum is settled.
    pub(crate) fn turns(&self) -> usize {
        // of more than can be followed there is a finding
        let all = self.sums.iter().map(|(_, sums)| sums.len()).fold(1usize, usize::saturating_mul);
        all.clamp(2, MAX_STATES + 1)
    }

    /// The sum of a score in a turn.
    pub(crate) fn sum(&self, score: usize, turn: usize) -> Option<i64> {
        let mut rest = turn;
        for (other, sums) in &self.sums {
            if *other == score {
                return sums.get(rest % sums.len().max(1)).copied();
            }
            rest /= sums.len().max(1);
        }
        None
    }

    /// Two turns together: of each score the lower of both sums. So it hangs on both, also when they are the same.
    fn both(&self, (a, b): (usize, usize)) -> usize {
        let (mut turn, mut stride) = (0, 1);
        for sums in self.sums.iter().map(|(_, sums)| sums.len().max(1)) {
            turn += (a / stride % sums).min(b / stride % sums) * stride;
            stride *= sums;
        }
        if stride < 2 { a.min(b) } else { turn }
    }

    /// Points added up.
    pub(crate) fn add(&self, a: Code, b: Code) -> Code {
        match (loose_turn(a), loose_turn(b)) {
            (None, None) => a.saturating_add(b),
            (Some(_), None) => a,
            (None, Some(_)) => b,
            (Some(a), Some(b)) => loose(self.both((a, b))),
        }
    }
}

/// What is unset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A test: it fails or holds.
    Test(usize),
    /// An end point compared with an input: the input is below, at or above it.
    End(usize, Input),
    /// A decision: any of its outcomes. The parameters, where those are what is missing.
    Decision(usize, Vec<usize>),
}
