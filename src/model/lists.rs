//! Lists of records.

use super::{Model, QuestionInfo};
use crate::tally::Rule;

/// A question for a list.
#[derive(Debug, Clone)]
pub(crate) struct ListInfo {
    pub(crate) question: usize,
    /// Its fields: questions that are asked for each record. To the engine they are questions like any other; no answer of
    /// the case as a whole is one of theirs.
    pub(crate) fields: Vec<usize>,
    /// The most records.
    pub(crate) most: usize,
    /// What one record is called.
    pub(crate) each: String,
}

impl Model {
    /// The list that a question asks for.
    pub(crate) fn list(&self, question: usize) -> Option<&ListInfo> {
        self.lists.iter().find(|list| list.question == question)
    }
}

impl QuestionInfo {
    /// The name of a field within its list.
    pub(crate) fn field_name(&self) -> &str {
        self.id.split_once('.').map_or(self.id.as_str(), |(_, name)| name)
    }
}

/// Which records of a list are counted.
#[derive(Debug, Clone)]
pub(crate) struct CountInfo {
    /// The list, by its place among the lists.
    pub(crate) list: usize,
    /// When a record counts; fields by their place in the list.
    pub(crate) rule: Rule,
    /// The questions with which fields are compared, by their place in the rule.
    pub(crate) same: Vec<usize>,
    /// The question for the day before which the window lies.
    pub(crate) anchor: Option<usize>,
    /// The parameters that it names and that no layer sets.
    pub(crate) unset: Vec<usize>,
    /// The parameters that it names and that a layer sets.
    pub(crate) set: Vec<usize>,
}
