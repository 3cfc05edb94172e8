//! The walk through a table: every set of rows that some case hits, with a witness.

use std::collections::BTreeMap;

use super::witness;
use crate::diagram::{Diagrams, Expansion, Hide};
use crate::document::HitPolicy;
use crate::limits::MAX_OVERLAPS;
use crate::model::{Input, TableInfo};
use crate::program::{GAP, Kind, Reading, Set, Table, rows};

/// What a walk has seen.
pub(super) struct Walk<'e> {
    rule: &'e TableInfo,
    table: &'e Table,
    /// A case that no row covers.
    pub(super) gap: Option<String>,
    /// Pairs of rows that may not overlap and do, with a case.
    pub(super) overlaps: BTreeMap<(usize, usize), String>,
    /// Rows that decide some case.
    pub(super) decisive: Set,
    /// Whether nothing was left out for its size.
    pub(super) complete: bool,
}

/// The values of variables that lead to a set of rows.
type Path = [(usize, usize)];

impl<'e> Walk<'e> {
    pub(super) fn new(rule: &'e TableInfo, table: &'e Table) -> Self {
        let (overlaps, decisive) = (BTreeMap::new(), Set::default());
        Walk { rule, table, gap: None, overlaps, decisive, complete: false }
    }

    /// Walks the table of a node within a number of states.
    pub(super) fn run(&mut self, diagrams: &mut Diagrams<'_>, node: usize, states: &mut usize) {
        let gate = diagrams.engine.nodes.get(node).and_then(|n| n.gate).map(|gate| diagrams.of(gate));
        let inputs = diagrams.places(self.table);
        let approximate = inputs.iter().chain(&gate).any(|f| diagrams.is_approximate(*f));
        let hide = match (&self.table.reading, self.rule.hit) {
            (Reading::First, HitPolicy::First) | (Reading::Ranked(_), _) => Hide::of(&self.table.reading),
            _ => Hide::Nothing,
        };
        let mut expansion = Expansion::new(self.table, hide, gate, &inputs);
        let mut reported: Vec<(Vec<usize>, Box<Path>)> = Vec::new();
        let within = diagrams.hit_sets(&mut expansion, states, &mut |hits, path| {
            let list: Vec<usize> = rows(hits).collect();
            if self.decides(&list) {
                reported.push((list, path.into()));
            }
        });
        for (list, path) in reported {
            if list.is_empty() && self.gap.is_none() {
                self.gap = Some(self.describe(diagrams, node, &path));
            } else {
                self.overlap(&list, diagrams, node, &path);
            }
        }
        self.complete = within && !approximate;
        // a question without any option on this date has its own finding
        let engine = diagrams.engine;
        let kinds = self.table.columns.iter().filter_map(|column| engine.nodes.get(column.node));
        let mut questions = kinds.filter_map(|node| match node.kind {
            Kind::Question(q) => Some(q),
            _ => None,
        });
        if questions.any(|q| diagrams.codes(q).is_empty()) {
            self.gap = None;
        }
    }

    /// Notes which of the rows that hit decide; true where there is something to report.
    fn decides(&mut self, list: &[usize]) -> bool {
        match &self.table.reading {
            Reading::Ranked(ranks) => {
                let best = list.iter().min_by_key(|row| ranks.get(**row));
                best.iter().for_each(|row| self.decisive.insert(**row));
            }
            Reading::Graded(grades) => {
                grades.first(&self.table.outcome, list).into_iter().for_each(|row| self.decisive.insert(row));
            }
            Reading::First if self.rule.hit == HitPolicy::First => {
                list.first().iter().for_each(|row| self.decisive.insert(**row));
            }
            _ => list.iter().for_each(|row| self.decisive.insert(*row)),
        }
        let exclusive = matches!(self.rule.hit, HitPolicy::Unique | HitPolicy::Any)
            && self.table.reading == Reading::First;
        match list.len() {
            0 => self.table.reading != Reading::All && self.gap.is_none(),
            1 => false,
            _ => exclusive && self.overlaps.len() <= MAX_OVERLAPS,
        }
    }

    fn overlap(&mut self, list: &[usize], diagrams: &mut Diagrams<'_>, node: usize, path: &Path) {
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
            let witness = self.describe(diagrams, node, path);
            self.overlaps.extend(pairs.into_iter().map(|pair| (pair, witness.clone())));
        }
    }

    /// The case at the end of a path, in the reader's words: the questions that several inputs share, then the inputs.
    fn describe(&self, diagrams: &mut Diagrams<'_>, node: usize, path: &Path) -> String {
        let engine = diagrams.engine;
        let questions = engine.model.questions.len();
        let nodes: Vec<usize> = self.rule.inputs.iter().map(|input| engine.node_of(*input)).collect();
        let gate = engine.nodes.get(node).and_then(|n| n.gate);
        let readers = |q: usize| {
            let reads = |n: &&usize| engine.nodes.get(**n).is_some_and(|node| node.questions.contains(q));
            nodes.iter().chain(&gate).filter(reads).count()
        };
        // a question as rules see it: answered, but not relevant, is not applicable
        let shared = path.iter().map(|(q, _)| *q).filter(|q| *q < questions && readers(*q) > 1);
        let mut inputs: Vec<Input> = shared.map(Input::Question).collect();
        inputs.extend(&self.rule.inputs);
        let mut cases: Vec<(Input, i64)> = Vec::new();
        for input in inputs {
            let mut f = diagrams.of(engine.node_of(input));
            while let Some(variable) = f.variable() {
                let turn = path.iter().find(|(known, _)| *known == variable).map_or(0, |(_, turn)| *turn);
                f = diagrams.store.at(f, variable, turn);
            }
            cases.push((input, f.code().unwrap_or(GAP)));
        }
        let mut parts: Vec<String> = Vec::new();
        for (input, code) in cases {
            let text = witness(engine, input, code);
            let name = text.split(" = ").next().unwrap_or("").to_owned();
            if !parts.iter().any(|known| known.split(" = ").next() == Some(name.as_str())) {
                parts.push(text);
            }
        }
        if parts.is_empty() { "any case".to_owned() } else { parts.join(", ") }
    }
}
