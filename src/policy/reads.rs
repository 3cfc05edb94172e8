//! What decisions read, and conditions with links to what they test.

use std::collections::BTreeSet;

use super::Policy;
use super::markdown::{text, to};
use crate::model::{ConditionInfo, How, Input, Rule};
use crate::unary::{Test, parse};

/// What stands on its own in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A question that people answer.
    Question(usize),
    Decision(usize),
}

impl Policy<'_> {
    /// What an input is a value of.
    pub(super) fn node(&self, input: Input) -> Node {
        match input {
            Input::Question(q) | Input::Part(q, _) => {
                let info = self.model.questions.get(q);
                let list = info.and_then(|info| info.of).and_then(|list| self.model.lists.get(list));
                match self.model.shown_by(q) {
                    Some(d) => Node::Decision(d),
                    None => Node::Question(list.map_or(q, |list| list.question)),
                }
            }
            Input::Output(d, _) | Input::Score(d) => Node::Decision(d),
        }
    }

    /// Everything that a decision reads, its condition included.
    pub(super) fn reads(&self, d: usize) -> BTreeSet<Node> {
        let Some(info) = self.model.decisions.get(d) else { return BTreeSet::new() };
        let inputs: Vec<Input> = match &info.rule {
            Rule::Table(table) => table.inputs.clone(),
            Rule::Points(points) => points.terms.clone(),
            Rule::Derived(q) => {
                let derived = self.model.questions.get(*q).and_then(|q| q.derived.as_ref());
                derived.map_or_else(Vec::new, |derived| derived.inputs.clone())
            }
            Rule::Unloaded => Vec::new(),
        };
        let when = info.when.iter().flat_map(|when| when.inputs.iter().copied());
        inputs
            .into_iter()
            .chain(when)
            .map(|input| self.node(input))
            .filter(|n| *n != Node::Decision(d))
            .collect()
    }

    /// A link to a question or decision, by what an input is called in a sentence.
    pub(super) fn input_link(&self, input: Input) -> String {
        self.node_link(self.node(input), &self.model.input_title(input))
    }

    pub(super) fn node_link(&self, node: Node, label: &str) -> String {
        match node {
            Node::Question(q) => {
                to("vraag", self.model.questions.get(q).map_or("", |q| q.id.as_str()), &text(label))
            }
            Node::Decision(d) => to("beslissing", self.model.decision_id(d), &text(label)),
        }
    }

    /// The alternatives of a condition, each with links to what it tests.
    pub(super) fn alternatives(&self, when: &ConditionInfo) -> Vec<String> {
        let row = |row: &Vec<crate::model::ClauseInfo>| {
            let texts = self.model.clauses(row);
            let clauses = row.iter().zip(texts).map(|(clause, words)| {
                let title = self.model.input_title(clause.input);
                match words.strip_prefix(&title) {
                    Some(rest) => format!("{}{}", self.input_link(clause.input), glued(rest)),
                    None => text(&words),
                }
            });
            clauses.collect::<Vec<_>>().join(" **en** ")
        };
        when.written.iter().map(row).collect()
    }

    /// A condition as a sentence, or as a list where it has several alternatives.
    pub(super) fn condition(&self, before: &str, when: &ConditionInfo) -> String {
        match self.alternatives(when).as_slice() {
            [] => String::new(),
            [one] => format!("{before}: {one}"),
            several => {
                let lines: Vec<String> = several.iter().map(|one| format!("  - {one}")).collect();
                format!("{before}, als minstens één hiervan klopt:\n{}", lines.join("\n"))
            }
        }
    }

    /// The parameters that some tests name, by index.
    pub(super) fn named<'t>(&self, tests: impl Iterator<Item = &'t Test>, found: &mut BTreeSet<usize>) {
        let names = tests.flat_map(Test::terms).filter(|term| !term.quoted);
        found.extend(names.filter_map(|term| self.parameter(&term.text)));
    }

    /// The parameters that a decision names anywhere, in the order of the rule set.
    pub(super) fn parameters_of(&self, d: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let Some(info) = self.model.decisions.get(d) else { return found };
        if let Some(when) = &info.when {
            self.named(when.written.iter().flatten().flat_map(|clause| &clause.tests), &mut found);
        }
        match &info.rule {
            Rule::Table(table) => {
                for row in &table.rows {
                    for entry in &row.entries {
                        let tests = parse(entry, row.span).unwrap_or_default();
                        self.named(tests.iter(), &mut found);
                    }
                    found.extend(row.given.iter().filter_map(|cell| self.parameter(cell)));
                }
            }
            Rule::Derived(q) => {
                match self.model.questions.get(*q).and_then(|q| q.derived.as_ref()).map(|d| &d.how) {
                    Some(How::Formula(formula)) => {
                        let leaves = formula.expression.names();
                        found.extend(leaves.iter().filter_map(|(leaf, _)| match leaf {
                            crate::model::Leaf::Parameter(p, _) => Some(*p),
                            crate::model::Leaf::Input(_) => None,
                        }));
                    }
                    Some(How::Count(count)) => {
                        found.extend(count.set.iter().copied().chain(count.unset.all()));
                    }
                    None => {}
                }
            }
            Rule::Points(_) | Rule::Unloaded => {}
        }
        found
    }

    /// The parameter of this name.
    pub(super) fn parameter(&self, name: &str) -> Option<usize> {
        self.model.parameters.iter().position(|p| p.id == name)
    }
}

/// Escaped text that keeps its space at the start.
fn glued(rest: &str) -> String {
    match rest.starts_with(' ') {
        true => format!(" {}", text(rest)),
        false => text(rest),
    }
}
