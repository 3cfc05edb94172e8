//! Which question comes next: the one that leaves the fewest outcomes on average over its cells, counted one by one.

use std::collections::BTreeSet;

use super::model::{Input, Model, Part, Point, Test, Val, new_year, part};
use super::naive::Seen;
use super::space::{Space, each_test, odometer, things};

/// Where ranges on an ordered question begin, or end just before.
fn cuts(model: &Model, q: usize) -> Vec<i64> {
    let step = model.questions[q].kind.step().unwrap_or(1);
    let up = |at: i64| -((-at).div_euclid(step)) * step;
    let mut cuts = Vec::new();
    each_test(model, &mut |input, test| {
        // the first value at an end, and the first beyond it
        let ends = |at: i64| match input {
            Input::Question(x) if x == q => Some((up(at), at.div_euclid(step) * step + step)),
            Input::Part(x, Part::Year) if x == q => {
                Some((new_year(at.div_euclid(100)), new_year(at.div_euclid(100) + 1)))
            }
            _ => None,
        };
        let mut cut = |value: Val, beyond: bool| {
            if let Some((at, after)) = value.order().and_then(ends) {
                cuts.push(if beyond { after } else { at });
            }
        };
        match test {
            Test::Is(value) => {
                cut(*value, false);
                cut(*value, true);
            }
            Test::Range(lo, hi) => {
                if let Some((Point::At(value), closed)) = lo {
                    cut(*value, !closed);
                }
                if let Some((Point::At(value), closed)) = hi {
                    cut(*value, *closed);
                }
            }
            _ => {}
        }
    });
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// The classes in each cell of a question.
fn cells(space: &Space<'_>, q: usize) -> Vec<BTreeSet<usize>> {
    let cuts = cuts(space.model, q);
    let mut parts: Vec<Part> = Vec::new();
    each_test(space.model, &mut |input, _| match input {
        Input::Part(x, part) if x == q && part != Part::Year && !parts.contains(&part) => parts.push(part),
        _ => {}
    });
    let ordered = space.model.questions[q].kind.step().is_some();
    let mut keys: Vec<(usize, Vec<i64>, Option<Seen>)> = Vec::new();
    let mut cells: Vec<BTreeSet<usize>> = Vec::new();
    for (seen, class) in &space.axes[q].points {
        let key = match seen {
            Seen::Value(value) if ordered => {
                let at = value.order().unwrap();
                let before = cuts.iter().filter(|cut| **cut <= at).count();
                (before, parts.iter().map(|p| part(at, *p)).collect(), None)
            }
            other => (0, Vec::new(), Some(*other)),
        };
        let cell = keys.iter().position(|k| *k == key).unwrap_or_else(|| {
            keys.push(key);
            cells.push(BTreeSet::new());
            keys.len() - 1
        });
        cells[cell].insert(*class);
    }
    cells
}

impl Space<'_> {
    /// The first of some unanswered questions that leaves the fewest outcomes of the decisions asked for, on average over
    /// its cells. None where what is unset makes the count a matter of taste.
    pub(super) fn recommended(&self, left: &[Vec<usize>], questions: &[usize]) -> Option<usize> {
        if !things(self.model).is_empty() {
            return None;
        }
        let any = self.model.decisions.iter().any(|d| d.outcome);
        let asked = (0..self.model.decisions.len()).filter(|d| self.model.decisions[*d].outcome || !any);
        let asked: Vec<usize> = asked.collect();
        let sizes: Vec<usize> = left.iter().map(Vec::len).collect();
        let mut best: Option<(usize, usize, usize)> = None;
        for q in questions {
            let cells = cells(self, *q);
            let mut outcomes = vec![BTreeSet::new(); self.axes[*q].classes];
            let mut at = vec![0; sizes.len()];
            loop {
                let classes: Vec<usize> = at.iter().zip(left).map(|(i, list)| list[*i]).collect();
                let index = classes
                    .iter()
                    .zip(&self.axes)
                    .fold(0, |index, (class, axis)| index * axis.classes + class);
                for d in &asked {
                    let set = &self.sets[*d][self.out[*d][index] as usize];
                    outcomes[classes[*q]].extend(set.iter().map(|fate| (*d, *fate)));
                }
                if !odometer(&mut at, &sizes) {
                    break;
                }
            }
            let count = |cell: &BTreeSet<usize>| {
                cell.iter().flat_map(|c| &outcomes[*c]).collect::<BTreeSet<_>>().len()
            };
            let sum: usize = cells.iter().map(count).sum();
            let cells = cells.len();
            if best.is_none_or(|(_, other, among)| sum * among < other * cells) {
                best = Some((*q, sum, cells));
            }
        }
        best.map(|(q, ..)| q)
    }
}
