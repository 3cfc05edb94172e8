//! Lists of records.

use super::{ClauseInfo, Derived, How, Model, QuestionInfo};
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
    /// The place among the lists of the one that a question asks for.
    pub(crate) fn list_index(&self, question: usize) -> Option<usize> {
        self.lists.iter().position(|list| list.question == question)
    }

    /// The list that a question asks for.
    pub(crate) fn list(&self, question: usize) -> Option<&ListInfo> {
        self.lists.iter().find(|list| list.question == question)
    }
}

impl Model {
    /// The decisions that are made for each record of a list.
    pub(crate) fn parts_of(&self, list: usize) -> impl Iterator<Item = usize> + '_ {
        let all = self.decisions.iter().enumerate();
        all.filter(move |(_, decision)| decision.part_of == Some(list)).map(|(d, _)| d)
    }

    /// What a deviation is from: a decision, and where it is made for a record of a list that list and the number of the
    /// record, as in `onderdelen.2.maatregel`.
    pub(crate) fn decided(&self, key: &str) -> Option<(usize, Option<(usize, usize)>)> {
        let decision = |id: &str| self.decisions.iter().position(|d| d.id == id);
        let parts: Vec<&str> = key.split('.').collect();
        match parts.as_slice() {
            [list, number, id] => {
                let list = self.list_index(self.question(list)?)?;
                Some((decision(id)?, Some((list, number.parse().ok()?))))
            }
            _ => Some((decision(key)?, None)),
        }
    }

    /// Whether any decision is made for each record of a list.
    pub(crate) fn has_parts(&self) -> bool {
        self.decisions.iter().any(|decision| decision.part_of.is_some())
    }

    /// The fields that a derived question reads.
    pub(super) fn fields_counted(&self, derived: &Derived) -> Vec<usize> {
        let How::Count(count) = &derived.how else { return Vec::new() };
        let fields = self.lists.get(count.list).map(|list| list.fields.as_slice()).unwrap_or_default();
        count.fields().filter_map(|field| fields.get(field)).copied().collect()
    }
}

impl QuestionInfo {
    /// The name of a field within its list.
    pub(crate) fn field_name(&self) -> &str {
        self.id.split_once('.').map_or(self.id.as_str(), |(_, name)| name)
    }
}

impl UnsetInfo {
    /// All of them, each once.
    pub(crate) fn all(&self) -> Vec<usize> {
        let edges = self.reach.iter().chain(&self.first_day).chain(&self.last_day);
        let mut all: Vec<usize> = self.tests.iter().chain(edges).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl CountInfo {
    /// The fields that it reads, by their place in the list.
    pub(crate) fn fields(&self) -> impl Iterator<Item = usize> + '_ {
        let rows = self.rule.rows.iter();
        let tested = rows.flat_map(|row| row.tests.iter().map(|test| test.field));
        let same = self.rule.rows.iter().flat_map(|row| row.same.iter().map(|(field, _)| *field));
        tested.chain(same).chain(self.rule.window.map(|(_, on)| on))
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
    /// Its condition on fields as it is written, for people.
    pub(crate) written: Vec<Vec<ClauseInfo>>,
    /// The parameters that it names and that no layer sets.
    pub(crate) unset: UnsetInfo,
    /// The parameters that it names and that a layer sets.
    pub(crate) set: Vec<usize>,
}

/// The parameters that a count names and that no layer sets.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnsetInfo {
    /// In tests of fields.
    pub(crate) tests: Vec<usize>,
    /// For the length of the window.
    pub(crate) reach: Option<usize>,
    /// For its edges.
    pub(crate) first_day: Option<usize>,
    pub(crate) last_day: Option<usize>,
}
