//! The walk through a table: every set of rows that some case hits, with a witness.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use super::{everything, witness};
use crate::document::HitPolicy;
use crate::limits::{MAX_COMPUTED, MAX_OVERLAPS, MAX_PROOF_STATES, MAX_WORK};
use crate::model::{Input, TableInfo};
use crate::program::{Code, Codes, Column, Engine, FALSE, Reading, Set, Table, rows};
use crate::spread::{Family, Spread, all_rows, shared};

/// What the proofs of a rule set have cost so far; all its tables share one budget.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spent {
    /// Intersections of 64 rows that were worked out.
    work: usize,
    /// Nodes that were computed.
    computed: usize,
}

/// What a walk has seen.
pub(super) struct Walk<'e> {
    engine: &'e Engine,
    rule: &'e TableInfo,
    table: &'e Table,
    /// A case that no row covers.
    pub(super) gap: Option<String>,
    /// Pairs of rows that may not overlap and do, with a case.
    pub(super) overlaps: BTreeMap<(usize, usize), String>,
    /// Rows that some case hits.
    pub(super) hit: Set,
    /// Rows that decide some case.
    pub(super) decisive: Set,
    states: usize,
    pub(super) spent: Spent,
    /// Questions that were fixed to make columns independent.
    fixed: Vec<(usize, Code)>,
}

/// The values of one column: per class of rows one code that gives it.
struct Choices {
    input: Input,
    /// Rows that accept, and a code.
    list: Vec<(Vec<u64>, Code)>,
}

impl<'e> Walk<'e> {
    pub(super) fn new(engine: &'e Engine, rule: &'e TableInfo, table: &'e Table, spent: Spent) -> Self {
        Walk {
            engine,
            rule,
            table,
            gap: None,
            overlaps: BTreeMap::new(),
            hit: Set::default(),
            decisive: Set::default(),
            states: 0,
            spent,
            fixed: Vec::new(),
        }
    }

    /// Walks the table of a node; false when it is too large.
    pub(super) fn run(&mut self, node: usize) -> bool {
        self.under(node, &everything(self.engine))
    }

    fn beyond_limits(&self) -> bool {
        self.states > MAX_PROOF_STATES || self.spent.work > MAX_WORK
    }

    /// Walks under given answers, fixing what columns share.
    fn under(&mut self, node: usize, answers: &[Codes]) -> bool {
        // starting anew costs as much as some hundred steps
        self.states += 200;
        let engine = self.engine;
        let mut spread = Spread::new(engine, answers.to_vec(), &vec![None; engine.nodes.len()]);
        // each table may compute what one evaluation may, until ten times that is spent
        let before = self.spent.computed.saturating_sub(9 * MAX_COMPUTED);
        spread.computed = before;
        let exact = spread.consider(node);
        let gate = engine.nodes.get(node).and_then(|n| n.gate);
        let families: Vec<Rc<Family>> =
            self.table.columns.iter().map(|c| c.node).chain(gate).map(|n| spread.family(n)).collect();
        self.spent.computed += spread.computed - before;
        if gate.is_some() && families.last().is_some_and(|g| g.data.iter().all(|code| *code == FALSE)) {
            return exact;
        }
        let Some(question) = shared(&families) else {
            let complete = self.every_way(&spread, &families);
            return complete && exact && families.iter().all(|f| !f.approximate);
        };
        let mut complete = true;
        for code in spread.codes(question).to_vec() {
            let mut fixed = answers.to_vec();
            if let Some(slot) = fixed.get_mut(question) {
                *slot = Codes::One([code]);
            }
            self.fixed.push((question, code));
            complete &= self.under(node, &fixed);
            self.fixed.pop();
            if self.beyond_limits() {
                return false;
            }
        }
        complete
    }

    /// Walks columns that share no question. Those that hang on the same unset things do not vary by themselves: then
    /// each way in which those can go is walked.
    fn every_way(&mut self, spread: &Spread<'_>, families: &[Rc<Family>]) -> bool {
        let silent = |i: usize| self.table.columns.get(i).is_some_and(|c| !c.silents.is_empty());
        let varied = families.iter().enumerate().filter(|(i, f)| f.width > 1 || silent(*i)).count();
        if varied < 2 {
            let choices = self.choices(spread, families, None);
            return self.independent(&choices);
        }
        let mut walked = HashSet::new();
        for way in 0..spread.ways {
            let gate = families.get(self.table.columns.len());
            if gate.is_some_and(|gate| at(gate, way).all(|code| code == FALSE)) {
                continue;
            }
            let choices = self.choices(spread, families, Some(way));
            if walked.insert(choices.iter().map(|c| c.list.clone()).collect::<Vec<_>>())
                && !self.independent(&choices)
            {
                return false;
            }
        }
        true
    }

    fn independent(&mut self, choices: &[Choices]) -> bool {
        // rows that accept everything from a column on: with `first` they hide all later ones
        let mut certain = vec![all_rows(self.table)];
        for column in choices.iter().rev() {
            let mut rows = certain.last().cloned().unwrap_or_default();
            for (accepts, _) in &column.list {
                rows.iter_mut().zip(accepts).for_each(|(a, b)| *a &= b);
            }
            certain.push(rows);
        }
        certain.reverse();
        let mut seen = HashSet::new();
        let mut path = Vec::new();
        self.step(choices, &certain, 0, all_rows(self.table), &mut path, &mut seen)
    }

    /// The choices of each column: in one way of what is unset, or in all.
    fn choices(&self, spread: &Spread<'_>, families: &[Rc<Family>], way: Option<usize>) -> Vec<Choices> {
        let columns = self.table.columns.iter().zip(families).zip(&self.rule.inputs);
        let one = |((column, family), input): ((&Column, &Rc<Family>), &Input)| {
            let mut list: BTreeMap<Vec<u64>, Code> = BTreeMap::new();
            let mut add = |code: Code, way: usize| {
                let rows = column.rows(column.class(code), way, self.table.words).to_vec();
                list.entry(rows).or_insert(code);
            };
            match way {
                Some(way) => at(family, way).for_each(|code| add(code, spread.way_of(column, way))),
                None => family.data.iter().for_each(|code| (0..column.ways).for_each(|way| add(*code, way))),
            }
            Choices { input: *input, list: list.into_iter().collect() }
        };
        columns.map(one).collect()
    }

    fn step(
        &mut self,
        choices: &[Choices],
        certain: &[Vec<u64>],
        depth: usize,
        hits: Vec<u64>,
        path: &mut Vec<Code>,
        seen: &mut HashSet<(usize, Vec<u64>)>,
    ) -> bool {
        let mut hits = hits;
        if self.table.reading == Reading::First && self.rule.hit == HitPolicy::First {
            self.drop_hidden(&mut hits, certain.get(depth).map(Vec::as_slice).unwrap_or_default());
        }
        let Some(column) = choices.get(depth).filter(|_| hits.iter().any(|w| *w != 0)) else {
            self.leaf(&hits, choices, path);
            return true;
        };
        if !seen.insert((depth, hits.clone())) {
            return true;
        }
        self.states += 1;
        self.spent.work = self.spent.work.saturating_add(column.list.len() * self.table.words);
        if self.beyond_limits() {
            return false;
        }
        for (accepts, code) in &column.list {
            let next = hits.iter().zip(accepts).map(|(a, b)| a & b).collect();
            path.push(*code);
            let complete = self.step(choices, certain, depth + 1, next, path, seen);
            path.pop();
            if !complete {
                return false;
            }
        }
        true
    }

    /// With `first`, rows after one that is sure to match cannot decide.
    fn drop_hidden(&mut self, hits: &mut [u64], certain: &[u64]) {
        let sure: Vec<u64> = hits.iter().zip(certain).map(|(a, b)| a & b).collect();
        let Some(first) = rows(&sure).next() else { return };
        for row in rows(hits).filter(|r| *r > first).collect::<Vec<_>>() {
            self.hit.insert(row);
            if let Some(word) = hits.get_mut(row / 64) {
                *word &= !(1 << (row % 64));
            }
        }
    }

    /// Some case hits exactly these rows (and, with `first`, later ones).
    fn leaf(&mut self, hits: &[u64], choices: &[Choices], path: &[Code]) {
        let list: Vec<usize> = rows(hits).collect();
        for row in &list {
            self.hit.insert(*row);
        }
        match &self.table.reading {
            _ if list.is_empty() => {
                if self.table.reading != Reading::All && self.gap.is_none() {
                    self.gap = Some(self.describe(choices, path));
                }
            }
            Reading::Ranked(ranks) => {
                let best = list.iter().min_by_key(|row| ranks.get(**row));
                best.iter().for_each(|row| self.decisive.insert(**row));
            }
            Reading::First if self.rule.hit == HitPolicy::First => {
                list.first().iter().for_each(|row| self.decisive.insert(**row));
            }
            _ => list.iter().for_each(|row| self.decisive.insert(*row)),
        }
        let exclusive = matches!(self.rule.hit, HitPolicy::Unique | HitPolicy::Any)
            && self.table.reading == Reading::First;
        if exclusive && list.len() > 1 {
            self.overlap(&list, choices, path);
        }
    }

    fn overlap(&mut self, list: &[usize], choices: &[Choices], path: &[Code]) {
        let output = |row: usize| self.rule.rows.get(row).map(|r| &r.output);
        let mut pairs = Vec::new();
        for (i, a) in list.iter().enumerate() {
            for b in list.iter().skip(i + 1) {
                let clash = self.rule.hit == HitPolicy::Unique || output(*a) != output(*b);
                if self.overlaps.len() + pairs.len() > MAX_OVERLAPS {
                    break;
                }
                if clash && !self.overlaps.contains_key(&(*a, *b)) {
                    pairs.push((*a, *b));
                }
            }
        }
        if !pairs.is_empty() {
            let witness = self.describe(choices, path);
            self.overlaps.extend(pairs.into_iter().map(|pair| (pair, witness.clone())));
        }
    }

    /// The case at the end of a path, in the reader's words.
    fn describe(&self, choices: &[Choices], path: &[Code]) -> String {
        let mut parts: Vec<String> = Vec::new();
        let questions = self.engine.model.questions.len();
        let fixed = self.fixed.iter().filter(|(q, _)| *q < questions);
        let fixed = fixed.map(|(q, code)| (Input::Question(*q), *code));
        // a path that ends early ends the same way for any value of the columns after it
        let rest = choices.iter().skip(path.len()).filter_map(|c| Some((c.input, c.list.first()?.1)));
        let read = choices.iter().map(|c| c.input).zip(path.iter().copied()).chain(rest);
        for (input, code) in fixed.chain(read) {
            let text = witness(self.engine, input, code);
            let name = text.split(" = ").next().unwrap_or("").to_owned();
            if !parts.iter().any(|known| known.split(" = ").next() == Some(name.as_str())) {
                parts.push(text);
            }
        }
        if parts.is_empty() { "any case".to_owned() } else { parts.join(", ") }
    }
}

/// The values of a family in one way of what is unset.
fn at(family: &Family, way: usize) -> impl Iterator<Item = Code> + '_ {
    family.contexts().filter_map(move |context| context.get(if family.width == 1 { 0 } else { way }).copied())
}
