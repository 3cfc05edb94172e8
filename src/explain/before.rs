//! The earlier decisions on which a decision rests, what was decided instead, and what the source itself leaves open.

use super::Explainer;
use crate::assessment::Outcome;
use crate::document::HitPolicy;
use crate::explanation::{DeviationReason, Reasons};
use crate::model::{Atom, Rule};
use crate::program::Kind;

impl Explainer<'_> {
    /// The decisions that a decision reads, directly or through others, in the order in which they are made; without
    /// those that no row tests which has a say.
    pub(super) fn before(&mut self, d: usize, open: bool) -> Vec<usize> {
        let engine = self.engine;
        let mut wanted = vec![false; engine.nodes.len()];
        let Some(root) = engine.decisions.get(d).copied() else { return Vec::new() };
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            // what was decided instead does not rest on anything
            if node != root && self.case.decided.iter().any(|(decided, _)| *decided == node) {
                continue;
            }
            for next in self.reads(node, open) {
                if let Some(slot) = wanted.get_mut(next)
                    && !*slot
                {
                    *slot = true;
                    stack.push(next);
                }
            }
        }
        let first = engine.model.questions.len();
        let list = engine.model.order.iter().filter_map(|index| index.checked_sub(first));
        list.filter(|d| engine.decisions.get(*d).and_then(|n| wanted.get(*n)) == Some(&true)).collect()
    }

    /// The nodes that a node reads: of a table those that a row tests which hits, or can still hit. Where the order of
    /// the rows counts, the rows that did not hit have a say in what is determined.
    fn reads(&mut self, node: usize, open: bool) -> Vec<usize> {
        let Some(info) = self.engine.nodes.get(node) else { return Vec::new() };
        let decision = self.engine.decisions.iter().position(|n| *n == node);
        let rule = decision.and_then(|d| Some((d, &self.engine.model.decisions.get(d)?.rule)));
        let (Kind::Table(compiled), Some((d, Rule::Table(table)))) = (&info.kind, rule) else {
            let derived = decision.map(|d| self.engine.derived_inputs(d)).unwrap_or_default();
            return info.inputs.iter().chain(&info.gate).copied().chain(derived).collect();
        };
        let rows = self.deciding_rows(d);
        let has_a_say = |row: usize| match table.hit {
            _ if rows.is_empty() => true,
            HitPolicy::Unique | HitPolicy::Any => rows.contains(&row),
            _ if open => rows.contains(&row),
            HitPolicy::First => rows.last().is_some_and(|last| row <= *last),
            _ => true,
        };
        let tested = |column: usize| {
            let rows = table.rows.iter().enumerate().filter(|(row, _)| has_a_say(*row));
            rows.filter_map(|(_, row)| row.cells.get(column)).any(|atoms| *atoms != [Atom::Any])
        };
        let columns = compiled.columns.iter().enumerate().filter(|(i, _)| tested(*i));
        columns.map(|(_, column)| column.node).chain(info.gate).collect()
    }

    /// Whether an earlier decision tells something about these reasons: it was decided otherwise, it reads an answer
    /// that forces the outcome, or a question that still decides it.
    pub(super) fn bears_on(&self, d: usize, reasons: &Reasons) -> bool {
        let Some(node) = self.engine.decision(d) else {
            return false;
        };
        let used: Vec<&String> = match reasons.outcome {
            Outcome::Determined(_) => reasons.sufficient.iter().collect(),
            _ => reasons
                .needs
                .iter()
                .map(|n| &n.question)
                .chain(reasons.answers.iter().map(|a| &a.question))
                .collect(),
        };
        let id = |q: usize| self.engine.model.questions.get(q).map(|q| &q.id);
        self.deviation(d).is_some()
            || self
                .engine
                .asked_behind(&node.questions)
                .iter()
                .any(|q| id(q).is_some_and(|id| used.iter().any(|known| *known == id)))
    }

    /// What was decided instead of what follows.
    pub(super) fn deviation(&self, d: usize) -> Option<DeviationReason> {
        let engine = self.engine;
        let node = engine.decisions.get(d)?;
        let (_, code) = self.case.decided.iter().find(|(decided, _)| decided == node)?;
        let id = engine.model.decision_id(d);
        let listed = usize::try_from(*code).ok().and_then(|c| engine.outcomes.get(d)?.get(c)).cloned();
        let tick = self.case.fixed.iter().find(|(fixed, _)| fixed == node).map_or(*code, |(_, tick)| *tick);
        let value = listed.unwrap_or_else(|| self.evaluation.value(d, tick));
        let motivation = self.answers.deviation(id).and_then(|deviation| deviation.motivation.as_ref());
        Some(DeviationReason {
            text: engine.model.outcome_text(d, &value),
            value,
            motivation: motivation.map_or_else(String::new, |motivation| motivation.value.clone()),
        })
    }

    /// Whether an outcome is open only because rows of the source overlap: it depends on a choice between them, and on
    /// no question.
    pub(super) fn source_undecided(&self, d: usize, outcome: &Outcome) -> bool {
        let Outcome::Open { needs, approximate: false, .. } = outcome else { return false };
        let questions = self.engine.model.questions.len();
        let chooses = |node: &crate::program::Node| node.questions.iter().any(|q| q >= questions);
        needs.is_empty() && self.engine.decision(d).is_some_and(chooses)
    }
}
