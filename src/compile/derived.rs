//! Derived questions: what they hang on, and how they go when something is unset.

use super::Compiler;
use crate::model::Input;
use crate::program::{Engine, Set, Subject};

impl Compiler<'_> {
    /// Of a derived question that an unset parameter leaves without a value in every case: it could lie in any of its cells.
    pub(super) fn unset_derived(&mut self, q: usize) -> Option<usize> {
        let derived = self.model.questions.get(q)?.derived.as_ref().filter(|derived| derived.silent)?;
        Some(self.silent_derived(q, derived.unset.clone()))
    }

    /// Of a derived question that hangs on an unset parameter in some cases: there it could lie in several of its cells.
    pub(super) fn hanging(&mut self, q: usize) -> Option<usize> {
        let unset = self.model.questions.get(q)?.derived.as_ref()?.hangs_on();
        if unset.is_empty() {
            return None;
        }
        let silent = self.silent_derived(q, unset);
        self.engine.hanging.push((q, silent));
        Some(silent)
    }

    fn silent_derived(&mut self, q: usize, unset: Vec<usize>) -> usize {
        let d = self.model.shown_by(q).unwrap_or(usize::MAX);
        let cells = self.engine.cells.get(q).map_or(1, |cells| cells.list.len().max(1));
        let all = (0..).take(cells).collect();
        self.silent(Subject::Decision(d, unset), all)
    }
}

/// Per derived question the questions that people answer and that it hangs on, through whatever lies between.
pub(super) fn behind(engine: &Engine) -> Vec<Set> {
    let asked = engine.model.asked();
    let mut behind = vec![Set::default(); engine.model.questions.len() - asked];
    for (q, i) in engine.model.order.iter().filter_map(|q| Some((*q, q.checked_sub(asked)?))) {
        let Some(derived) = engine.model.questions.get(q).and_then(|info| info.derived.as_ref()) else {
            continue;
        };
        let mut reads = Set::default();
        for input in &derived.inputs {
            let node = match input {
                Input::Question(q) | Input::Part(q, _) => engine.questions.get(*q),
                Input::Output(d, _) | Input::Score(d) => engine.decisions.get(*d),
            };
            if let Some(node) = node.and_then(|node| engine.nodes.get(*node)) {
                reads.add(&node.questions);
            }
        }
        let node = engine.questions.get(q).and_then(|node| engine.nodes.get(*node));
        if let Some(gate) = node.and_then(|node| node.gate).and_then(|gate| engine.nodes.get(gate)) {
            reads.add(&gate.questions);
        }
        let mut all = Set::default();
        for r in reads.iter().filter(|r| *r < engine.model.questions.len()) {
            match r.checked_sub(asked) {
                None => all.insert(r),
                Some(other) => all.add(behind.get(other).unwrap_or(&Set::default())),
            }
        }
        if let Some(slot) = behind.get_mut(i) {
            *slot = all;
        }
    }
    behind
}
