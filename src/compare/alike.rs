//! Whether a formula is the same question in two programs: the same formula over the same things, all the way down.
//!
//! What cannot be told apart by its form alone counts as different: then each program has a question of its own.

use super::formulas::form;
use crate::model::{Atom, Bound, ConditionInfo, Derived, Input, Model, QuestionInfo, Rule};

/// Two programs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alike<'m> {
    pub(super) a: &'m Model,
    pub(super) b: &'m Model,
}

impl Alike<'_> {
    /// Whether two formulas come to the same in every case.
    pub(super) fn derived(self, x: &Derived, y: &Derived) -> bool {
        x.unset.is_empty()
            && y.unset.is_empty()
            && form(self.a, &x.how) == form(self.b, &y.how)
            && self.inputs(&x.inputs, &y.inputs)
    }

    fn inputs(self, x: &[Input], y: &[Input]) -> bool {
        x.len() == y.len() && x.iter().zip(y).all(|(x, y)| self.input(*x, *y))
    }

    fn input(self, x: Input, y: Input) -> bool {
        if self.a.input_name(x) != self.b.input_name(y) {
            return false;
        }
        match (x, y) {
            (Input::Question(x), Input::Question(y)) | (Input::Part(x, _), Input::Part(y, _)) => {
                let both = self.a.questions.get(x).zip(self.b.questions.get(y));
                both.is_some_and(|(x, y)| self.question(x, y))
            }
            (Input::Output(x, _), Input::Output(y, _)) | (Input::Score(x), Input::Score(y)) => {
                self.decision(x, y)
            }
            _ => false,
        }
    }

    fn question(self, x: &QuestionInfo, y: &QuestionInfo) -> bool {
        let options =
            |q: &QuestionInfo| -> Vec<String> { q.options.iter().map(|o| o.id.to_string()).collect() };
        let points = |q: &QuestionInfo| -> Vec<_> { q.options.iter().map(|o| o.points).collect() };
        let same = x.kind == y.kind && x.unit == y.unit && options(x) == options(y) && points(x) == points(y);
        let derived = match (&x.derived, &y.derived) {
            (None, None) => true,
            (Some(x), Some(y)) => self.derived(x, y),
            _ => false,
        };
        same && derived
            && x.may_not_apply == y.may_not_apply
            && self.condition(x.when.as_ref(), y.when.as_ref())
    }

    fn condition(self, x: Option<&ConditionInfo>, y: Option<&ConditionInfo>) -> bool {
        match (x, y) {
            (None, None) => true,
            (Some(x), Some(y)) => {
                let cells = |c: &ConditionInfo| c.rows.iter().flatten().all(|cell| is_set(cell));
                x.rows == y.rows && cells(x) && cells(y) && self.inputs(&x.inputs, &y.inputs)
            }
            _ => false,
        }
    }

    fn decision(self, x: usize, y: usize) -> bool {
        let Some((x, y)) = self.a.decisions.get(x).zip(self.b.decisions.get(y)) else { return false };
        let rule = match (&x.rule, &y.rule) {
            (Rule::Table(x), Rule::Table(y)) => {
                let rows = x.rows.len() == y.rows.len()
                    && x.rows.iter().zip(&y.rows).all(|(x, y)| {
                        let set = x.output.values().is_some() && x.cells.iter().all(|cell| is_set(cell));
                        set && x.cells == y.cells && x.output == y.output
                    });
                x.hit == y.hit
                    && x.overlap_possible == y.overlap_possible
                    && x.priority == y.priority
                    && rows
                    && self.inputs(&x.inputs, &y.inputs)
            }
            (Rule::Points(x), Rule::Points(y)) => x.scale == y.scale && self.inputs(&x.terms, &y.terms),
            (Rule::Derived(x), Rule::Derived(y)) => {
                let both = self.a.questions.get(*x).zip(self.b.questions.get(*y));
                both.is_some_and(|(x, y)| self.question(x, y))
            }
            _ => false,
        };
        rule && self.condition(x.when.as_ref(), y.when.as_ref())
    }
}

/// Whether a cell holds nothing that no layer sets: two unset things need not be the same.
fn is_set(cell: &[Atom]) -> bool {
    let end = |end: &Bound| !matches!(end, Bound::Unset { .. });
    cell.iter().all(|atom| match atom {
        Atom::Unset(_) => false,
        Atom::Range(low, high) => end(low) && end(high),
        Atom::Not(inner) | Atom::Fails(inner) => is_set(inner),
        _ => true,
    })
}
