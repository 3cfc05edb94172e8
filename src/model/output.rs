//! What rows give, and what of it is unset.

use super::{DecisionInfo, Rule};
use crate::value::Value;

/// What a row gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowOutput {
    Values(Vec<Value>),
    /// The policy says nothing here.
    Silent,
    /// Depends on parameters that no layer sets.
    Unset(Vec<Given>),
}

/// What a row gives for one output: a value, or what a parameter is that no layer sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    Value(Value),
    Unset(usize),
    /// The policy says nothing of it.
    Silent,
}

impl RowOutput {
    /// What a row gives, from what it gives for each output.
    pub(crate) fn of(given: Vec<Given>) -> RowOutput {
        if given.iter().all(|given| *given == Given::Silent) {
            return RowOutput::Silent;
        }
        let row = RowOutput::Unset(given);
        let values = (0..row.outputs()).map(|output| row.value(output).cloned()).collect::<Option<Vec<_>>>();
        values.map_or(row, RowOutput::Values)
    }

    /// How many outputs it tells of; none where it says nothing.
    fn outputs(&self) -> usize {
        match self {
            RowOutput::Values(values) => values.len(),
            RowOutput::Silent => 0,
            RowOutput::Unset(given) => given.len(),
        }
    }

    /// The values, where they are all known.
    pub(crate) fn values(&self) -> Option<&[Value]> {
        match self {
            RowOutput::Values(values) => Some(values),
            _ => None,
        }
    }

    /// The value of one output, where it is known.
    pub(crate) fn value(&self, output: usize) -> Option<&Value> {
        match self {
            RowOutput::Values(values) => values.get(output),
            RowOutput::Silent => None,
            RowOutput::Unset(given) => match given.get(output)? {
                Given::Value(value) => Some(value),
                Given::Unset(_) | Given::Silent => None,
            },
        }
    }

    /// The parameter that one output is, where no layer sets it.
    pub(crate) fn unset_at(&self, output: usize) -> Option<usize> {
        match self {
            RowOutput::Unset(given) => match given.get(output)? {
                Given::Unset(parameter) => Some(*parameter),
                Given::Value(_) | Given::Silent => None,
            },
            _ => None,
        }
    }

    /// The parameters that are missing.
    pub(crate) fn unset(&self) -> Vec<usize> {
        (0..self.outputs()).filter_map(|output| self.unset_at(output)).collect()
    }
}

impl DecisionInfo {
    /// The values that rows give for an output, also on other dates, each once.
    pub(crate) fn given(&self, output: usize) -> Vec<Value> {
        let rows = if let Rule::Table(table) = &self.rule { table.rows.as_slice() } else { &[] };
        let today = rows.iter().filter_map(|row| row.output.value(output));
        let mut values: Vec<Value> = Vec::new();
        for value in today.chain(self.other_values.iter().filter_map(|row| row.get(output))) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values
    }
}

impl Rule {
    /// Whether an output could be any value of its kind: something that it gives is not set.
    pub(crate) fn can_be_any(&self, output: usize) -> bool {
        match self {
            Rule::Table(table) => table.rows.iter().any(|row| row.output.value(output).is_none()),
            Rule::Unloaded => true,
            Rule::Points(_) | Rule::Derived(_) => false,
        }
    }
}
