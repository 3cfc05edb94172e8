//! The rows that go before the one that decides and do not hold: "in all other cases" says nothing without them.

use super::Explainer;
use crate::explanation::PassedRule;
use crate::model::{Atom, TableInfo};
use crate::program::{Code, Column, Kind, Reading, Table, has_row};

impl Explainer<'_> {
    /// The rows that would have gone before a row, say something else and do not hold, each with the columns of which the
    /// entry fails. Those that its own entries rule out are left out: it is no surprise that they do not hold.
    pub(super) fn passed(&mut self, d: usize, info: &TableInfo, decides: usize) -> Vec<(usize, Vec<usize>)> {
        let engine = self.engine;
        let Some(Kind::Table(table)) = engine.decision(d).map(|node| &node.kind) else { return Vec::new() };
        let diagrams = &mut self.evaluation.diagrams;
        let inputs = diagrams.places(table);
        let reached: Vec<Vec<Code>> = inputs.iter().map(|input| diagrams.store.codes(*input)).collect();
        let fails = |row: usize| {
            let columns = table.columns.iter().zip(&reached).enumerate();
            let failing = columns.filter(|(_, (column, places))| {
                let mut places = places.iter().filter_map(|place| usize::try_from(*place).ok());
                !places.any(|place| accepts(table, column, place, row))
            });
            failing.map(|(i, _)| i).collect()
        };
        let says = |row: usize| table.outcome.get(row);
        let before = (0..table.rows).filter(|row| table.goes_before(*row, decides));
        let others =
            before.filter(|row| says(*row) != says(decides) && !excluded(info, table, *row, decides));
        others.map(|row| (row, fails(row))).collect()
    }

    /// Such a row in words.
    pub(super) fn passed_rule(
        &self,
        d: usize,
        info: &TableInfo,
        row: usize,
        columns: &[usize],
    ) -> Option<PassedRule> {
        let entries = &info.rows.get(row)?.entries;
        let rule = self.rule(d, info, row)?;
        // `when` has the entries that test something, in their order
        let tested = entries.iter().enumerate().filter(|(_, entry)| *entry != "-");
        let failing = tested.zip(&rule.when).filter(|((i, _), _)| columns.contains(i));
        let fails = failing.map(|(_, clause)| clause.clone()).collect();
        Some(PassedRule { rule, fails })
    }
}

impl Table {
    /// Whether a row wins from another when both hit.
    fn goes_before(&self, row: usize, other: usize) -> bool {
        match &self.reading {
            Reading::First => row < other,
            Reading::Ranked(ranks) => ranks.get(row) < ranks.get(other),
            Reading::Graded(grades) => grades.first(&self.outcome, &[row, other]) == [row],
            Reading::All | Reading::Either(_) => false,
        }
    }

    /// Whether some row goes before this one.
    pub(super) fn follows(&self, row: usize) -> bool {
        (0..self.rows).any(|other| self.goes_before(other, row))
    }
}

/// Whether no value of some input fits both rows.
fn excluded(info: &TableInfo, table: &Table, row: usize, decides: usize) -> bool {
    let tests = |row: usize, column: usize| {
        info.rows.get(row).and_then(|row| row.cells.get(column)).is_some_and(|atoms| *atoms != [Atom::Any])
    };
    let apart = |column: &Column| {
        let places = column.accept.len().checked_div(table.words).unwrap_or(0);
        !(0..places).any(|place| accepts(table, column, place, row) && accepts(table, column, place, decides))
    };
    let columns = table.columns.iter().enumerate();
    let mut columns = columns.filter(|(i, _)| tests(row, *i) && tests(decides, *i));
    columns.any(|(_, column)| apart(column))
}

/// Whether a row accepts a place of a column.
fn accepts(table: &Table, column: &Column, place: usize, row: usize) -> bool {
    has_row(column.at(place, table.words), row)
}
