//! Hit policy `priority`: the rank of each row, and of a silent one that of everything that it could give.

use super::Compiler;
use crate::document::HitPolicy;
use crate::model::{DecisionInfo, Rule, TableInfo};
use crate::program::{Code, Grades, Reading, silent_of};
use crate::sorted::each_once;
use crate::source::clamp;
use crate::value::Value;

/// What puts a row before others: per output the place of its value in the order of the file, after all of those where it is
/// not among them; at last the place of the row.
type Key = Vec<usize>;

impl Compiler<'_> {
    /// The rank of each row: by its outputs from left to right, in the order that the file declares for each; where that
    /// tells nothing, by the order of the rows.
    pub(super) fn ranked(
        &self,
        d: usize,
        info: &DecisionInfo,
        table: &TableInfo,
        outcome: &[Code],
    ) -> Reading {
        let keys = outcome.iter().enumerate().map(|(row, code)| {
            let silent = silent_of(*code).map(|silent| self.engine.ways(silent));
            let codes = silent.unwrap_or(std::slice::from_ref(code));
            codes.iter().map(|code| self.key(d, info, table, (row, *code))).collect::<Vec<Key>>()
        });
        let keys: Vec<Vec<Key>> = keys.collect();
        let sorted = each_once(keys.iter().flatten());
        let rank = |key: &Key| clamp(sorted.partition_point(|known| *known < key));
        let ranks: Vec<Vec<u32>> = keys.iter().map(|keys| keys.iter().map(rank).collect()).collect();
        let single: Option<Vec<u32>> = ranks
            .iter()
            .map(|ranks| if let [rank] = ranks.as_slice() { Some(*rank) } else { None })
            .collect();
        single.map_or(Reading::Graded(Grades { ranks }), Reading::Ranked)
    }

    fn key(&self, d: usize, info: &DecisionInfo, table: &TableInfo, (row, code): (usize, Code)) -> Key {
        let value = self.engine.value_of(d, code);
        let place = |o| value.map_or(usize::MAX, |value| place(info, table, o, value.output(o)));
        (0..info.outputs.len()).map(place).chain([row]).collect()
    }
}

/// The place of a value of an output; what the file does not order comes after what it does, all alike.
fn place(info: &DecisionInfo, table: &TableInfo, output: usize, value: &Value) -> usize {
    table.declared_rank(&info.outputs, output, value).unwrap_or(usize::MAX)
}

/// What the order of the rows tells of a value that an output could be; of other tables nothing.
pub(super) fn told_apart(info: &DecisionInfo, output: usize, value: &Value) -> Option<usize> {
    match &info.rule {
        Rule::Table(table) if table.hit == HitPolicy::Priority => Some(place(info, table, output, value)),
        _ => None,
    }
}
