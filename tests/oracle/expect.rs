//! What an assessment must say, counted over all completions that the answers leave.

use std::collections::BTreeSet;

use leidraad::limits::MAX_LISTED;

use super::model::{Gives, Hit, Rule, Val};
use super::naive::Fate;
use super::space::{Given, Space, odometer, things};

/// The outcome of one decision, as texts that can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Expected {
    pub(super) status: &'static str,
    pub(super) value: Option<String>,
    pub(super) possible: Vec<String>,
    pub(super) range: Option<(String, String)>,
    /// Whether any list of what is possible is meant.
    pub(super) lists: bool,
    pub(super) needs: Vec<String>,
    pub(super) missing: Vec<String>,
    /// Questions that may be in `needs` without being wrong.
    pub(super) tolerated: Vec<String>,
    /// Whether choices between overlapping rows meet what is unset: by itself, or in something that it reads.
    pub(super) mixed: Option<Mixed>,
}

/// Where choices between overlapping rows meet what is unset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mixed {
    /// Whether the decision's own rows are the only ones that leave a choice.
    pub(super) own: bool,
    /// What is surely possible.
    pub(super) sure: Vec<String>,
}

/// What must hold for one series of answers.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) decisions: Vec<Expected>,
    /// Per question whether it is surely relevant, surely not, or neither.
    pub(super) relevant: Vec<Option<bool>>,
    /// The questions that may come next; none when the list is empty.
    pub(super) next: Vec<String>,
    /// In how many ways the answers can be completed and what is unset can go.
    pub(super) cases: usize,
}

impl Space<'_> {
    /// What follows from answers.
    pub(super) fn expect(&self, given: &[Given]) -> Verdict {
        let left: Vec<Vec<usize>> =
            self.axes.iter().zip(given).map(|(axis, given)| axis.left(given)).collect();
        assert!(left.iter().all(|l| !l.is_empty()), "an answer leaves nothing: {given:?}");
        let sizes: Vec<usize> = left.iter().map(Vec::len).collect();
        let mut strides = vec![1; self.axes.len()];
        for q in (0..self.axes.len().saturating_sub(1)).rev() {
            strides[q] = strides[q + 1] * self.axes[q + 1].classes;
        }
        let open: Vec<usize> = (0..sizes.len()).filter(|q| sizes[*q] > 1).collect();
        let decisions = self.model.decisions.len();
        let mut sets: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); decisions];
        let mut matters = vec![vec![false; self.axes.len()]; decisions];
        let mut may_matter = matters.clone();
        let mut relevance = vec![(false, false); self.axes.len()];
        let mut at = vec![0; sizes.len()];
        loop {
            let index: usize = at.iter().enumerate().map(|(q, i)| left[q][*i] * strides[q]).sum();
            for d in 0..decisions {
                let out = self.out[d][index];
                sets[d].insert(out);
                for q in &open {
                    let first = self.out[d][index - (left[*q][at[*q]] - left[*q][0]) * strides[*q]];
                    matters[d][*q] |= first != out;
                    may_matter[d][*q] |= first != out || self.sets[d][out as usize].len() > 1;
                }
            }
            for (q, (yes, no)) in relevance.iter_mut().enumerate() {
                *yes |= self.relevance[q][index].0;
                *no |= self.relevance[q][index].1;
            }
            if !odometer(&mut at, &sizes) {
                break;
            }
        }
        let relevant: Vec<Option<bool>> = relevance
            .iter()
            .map(|r| match r {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            })
            .collect();
        let id = |q: &usize| self.model.questions[*q].id.clone();
        let any = self.model.decisions.iter().any(|d| d.outcome);
        let mut wanted = vec![false; self.axes.len()];
        let mut list = Vec::new();
        for d in 0..decisions {
            let fates: BTreeSet<usize> =
                sets[d].iter().flat_map(|set| self.sets[d][*set as usize].iter().copied()).collect();
            let mut expected = self.outcome(d, &fates);
            expected.mixed = self.mixed(d, &sets[d]);
            if expected.status == "open" && (self.model.decisions[d].outcome || !any) {
                open.iter().for_each(|q| wanted[*q] |= matters[d][*q]);
            }
            if expected.status == "open" {
                expected.needs = open.iter().filter(|q| matters[d][**q]).map(id).collect();
                if self.chosen(d) {
                    expected.tolerated = open.iter().filter(|q| may_matter[d][**q]).map(id).collect();
                }
            }
            list.push(expected);
        }
        let asks = |q: &usize| wanted[*q] && given[*q] == Given::Absent && relevant[*q] == Some(true);
        let asked: Vec<usize> = (0..self.axes.len()).filter(asks).collect();
        let next = match self.recommended(&left, &asked) {
            Some(q) => vec![id(&q)],
            None => asked.iter().map(id).collect(),
        };
        Verdict { decisions: list, relevant, next, cases: self.worlds * sizes.iter().product::<usize>() }
    }

    /// How choices meet what is unset in a decision, if they can.
    fn mixed(&self, d: usize, sets: &BTreeSet<u32>) -> Option<Mixed> {
        let chooses =
            |d: &usize| matches!(&self.model.decisions[*d].rule, Rule::Table(t) if t.hit == Hit::Possible);
        let choosing: Vec<usize> = (0..=d).filter(chooses).collect();
        if choosing.is_empty() || things(self.model).is_empty() {
            return None;
        }
        let fates = |set: &u32| self.sets[d][*set as usize].iter().map(|f| &self.fates[d][*f]);
        let settled = sets.iter().filter(|set| !fates(set).any(|f| matches!(f, Fate::Unset(_))));
        let sure: BTreeSet<String> = settled.flat_map(fates).map(|fate| self.json(d, fate)).collect();
        Some(Mixed { own: choosing == [d], sure: sure.into_iter().collect() })
    }

    /// What a decision can come to in a completion, as texts; silence is one of them, whatever is missing.
    pub(super) fn comes_to(&self, d: usize, completion: usize) -> BTreeSet<String> {
        let set = &self.sets[d][self.out[d][completion] as usize];
        let text = |fate: &Fate| match fate {
            Fate::Unset(_) => "unregulated".to_owned(),
            fate => self.json(d, fate),
        };
        set.iter().map(|f| text(&self.fates[d][*f])).collect()
    }

    /// Questions and decisions whose condition never holds.
    pub(super) fn impossible(&self) -> Vec<String> {
        let questions = self
            .model
            .questions
            .iter()
            .zip(&self.relevance)
            .filter(|(_, list)| !list.iter().any(|(yes, _)| *yes));
        let decisions = self
            .model
            .decisions
            .iter()
            .zip(&self.fates)
            .filter(|(_, fates)| **fates == [Fate::NotApplicable]);
        let all = questions.map(|(q, _)| q.id.clone()).chain(decisions.map(|(d, _)| d.id.clone()));
        // on another day they may hold
        all.filter(|id| !self.model.waiting.contains(id)).collect()
    }

    /// Whether a decision reads one whose overlapping rows leave a choice: then two ways to hold the choice against
    /// the answers are both defensible, and `needs` may list more.
    fn chosen(&self, d: usize) -> bool {
        let chooses = |d: usize| matches!(&self.model.decisions[d].rule, Rule::Table(t) if t.hit == super::model::Hit::Possible);
        (0..self.model.decisions.len()).any(|other| other != d && chooses(other))
    }

    fn outcome(&self, d: usize, fates: &BTreeSet<usize>) -> Expected {
        let mut sorted: Vec<&Fate> = fates.iter().map(|f| &self.fates[d][*f]).collect();
        sorted.sort_by_key(|fate| self.place(d, fate));
        let mut expected = Expected::default();
        if sorted.iter().all(|fate| matches!(fate, Fate::Unset(_))) {
            expected.status = "unregulated";
            let names: BTreeSet<&String> =
                sorted.iter().flat_map(|f| if let Fate::Unset(n) = f { n.as_slice() } else { &[] }).collect();
            expected.missing = names.into_iter().cloned().collect();
        } else if let [fate] = sorted.as_slice() {
            expected.status = if **fate == Fate::NotApplicable { "not_applicable" } else { "determined" };
            expected.value = (**fate != Fate::NotApplicable).then(|| self.json(d, fate));
        } else {
            expected.status = "open";
            let number =
                |fate: &&Fate| matches!(fate, Fate::Values(v) if matches!(v.as_slice(), [Val::Num(_)]));
            let texts: Vec<String> = sorted.iter().map(|fate| self.json(d, fate)).collect();
            if sorted.iter().all(number) && sorted.len() > MAX_LISTED {
                expected.range = texts.first().cloned().zip(texts.last().cloned());
            } else {
                expected.possible = texts;
            }
        }
        expected
    }

    /// Where a fate stands in the list of possible outcomes: values first, then "not applicable", then what is unset.
    fn place(&self, d: usize, fate: &Fate) -> (u8, Vec<Vec<(u8, i64)>>, String) {
        match fate {
            Fate::Values(values) => (0, vec![self.row_place(d, values)], String::new()),
            Fate::List(rows) => (0, rows.iter().map(|row| self.row_place(d, row)).collect(), String::new()),
            Fate::NotApplicable => (1, Vec::new(), String::new()),
            Fate::Gap(_) | Fate::Unset(_) => (2, Vec::new(), self.json(d, fate)),
        }
    }

    fn row_place(&self, d: usize, values: &[Val]) -> Vec<(u8, i64)> {
        values.iter().enumerate().map(|(o, value)| self.value_place(d, o, *value)).collect()
    }

    /// Numbers ascending, dates ascending, options as declared or as they first appear in the table, no value last.
    fn value_place(&self, d: usize, o: usize, value: Val) -> (u8, i64) {
        let decision = &self.model.decisions[d];
        match value {
            Val::Num(at) => (0, at),
            Val::Date(at) | Val::Time(at) => (1, at),
            Val::Null => (3, 0),
            Val::Bool(_) | Val::Text(_) => {
                let declared = decision
                    .outputs
                    .get(o)
                    .and_then(|out| out.options.iter().position(|t| Val::Text(t) == value));
                let row = |rule: &Rule| match rule {
                    Rule::Table(table) => {
                        table.rows.iter().position(|r| matches!(&r.gives, Gives::Values(v) if v[o] == value))
                    }
                    _ => None,
                };
                (2, declared.or_else(|| row(&decision.rule)).map_or(i64::MAX, |p| p as i64))
            }
        }
    }

    fn json(&self, d: usize, fate: &Fate) -> String {
        let outputs = &self.model.decisions[d].outputs;
        let one = |values: &Vec<Val>| match values.as_slice() {
            [value] => value.json(),
            values => {
                let fields: Vec<String> =
                    outputs.iter().zip(values).map(|(o, v)| format!("\"{}\":{}", o.name, v.json())).collect();
                format!("{{{}}}", fields.join(","))
            }
        };
        match fate {
            Fate::Values(values) => one(values),
            Fate::List(rows) => format!("[{}]", rows.iter().map(one).collect::<Vec<_>>().join(",")),
            Fate::NotApplicable => r#"{"not_applicable":true}"#.to_owned(),
            Fate::Gap(n) => format!("gap {n}"),
            Fate::Unset(names) => format!("{{\"unregulated\":{names:?}}}").replace(", ", ","),
        }
    }
}
