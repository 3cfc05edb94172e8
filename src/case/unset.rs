//! What is unset, by its names.

use super::Case;
use crate::program::{Engine, Subject};
use crate::text::Text;

impl Engine {
    /// The names of unset things, each once: parameters, and decisions that no layer loads. In a case of a count only
    /// those parameters that make a difference to it.
    pub(crate) fn unset_names(&self, silents: &[usize], case: Option<&Case>) -> Vec<Text> {
        let model = &self.model;
        let mut names: Vec<Text> = Vec::new();
        for silent in silents.iter().filter_map(|s| self.silents.get(*s)) {
            let parameters = silent.parameters();
            let decision = if let Subject::Decision(d, _) = &silent.subject { Some(*d) } else { None };
            let hanging = decision.and_then(|d| case.and_then(|case| case.hanging(self, d)));
            let decision = decision.filter(|_| parameters.is_empty());
            let all = hanging.unwrap_or_else(|| {
                let parameters = parameters.iter().filter_map(|p| model.parameters.get(*p)).map(|p| &p.id);
                let decision = decision.and_then(|d| model.decisions.get(d)).map(|d| &d.id);
                parameters.chain(decision).cloned().collect()
            });
            for name in all {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }
}
