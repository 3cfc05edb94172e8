//! From regions to rows as people read them: when, what each program says there, and a case that shows it.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::counts::Possible;
use super::counts::example::Example;
use super::functions::Functions;
use super::regions::{Box, codes_within, first_path, here};
use super::share::number;
use super::variables::Variable;
use super::{CaseValue, Combination, Condition, Row, SideOutcome, Status, Values};
use crate::diagram::Ref;
use crate::dutch::{answer, cells_text, either};
use crate::model::{Measure, Part, Type};
use crate::program::{Code, FALSE, NOT_APPLICABLE, TRUE, between as hanging_between, lies_among};
use crate::text::Text;
use crate::ticks::tick_value;
use crate::value::{Date, Value};

/// What a side says within a box.
pub(super) trait Words {
    /// An outcome of a side in words.
    fn text(&self, side: usize, value: &Value) -> String;
}

/// Where the sides say the same things each.
pub(super) struct Cases<'c, 'e> {
    /// All of it, as far as it can occur.
    pub(super) here: Ref,
    pub(super) possible: &'c Possible<'e>,
    pub(super) boxes: &'c [Box],
    /// Whether the boxes are all of it.
    pub(super) complete: bool,
    pub(super) share: Value,
}

/// What the sides say within some boxes, in all of which each of them says the same.
pub(super) fn combination(
    functions: &mut Functions<'_>,
    sides: &[Option<Ref>],
    cases: Cases<'_, '_>,
    words: &dyn Words,
) -> Combination {
    let outcomes = sides.iter().enumerate().map(|(side, f)| match f {
        None => SideOutcome::absent(),
        Some(f) => {
            let codes: BTreeSet<Code> =
                cases.boxes.iter().flat_map(|found| codes_within(&functions.store, *f, found)).collect();
            outcome(side, codes.iter().map(|code| functions.values(*code)), words)
        }
    });
    let outcomes = outcomes.collect();
    let mut rows: Vec<Row> =
        cases.boxes.iter().map(|found| row(functions, found, &cases, sides.len())).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(number(&row.share)));
    Combination { outcomes, share: cases.share, rows, complete: cases.complete }
}

fn row(functions: &mut Functions<'_>, found: &Box, cases: &Cases<'_, '_>, sides: usize) -> Row {
    let here = here(&mut functions.store, cases.here, found);
    let share = functions.share((here, cases.possible.f), |code| code == TRUE);
    let found = &narrowed(functions, found, here);
    let when = found.iter().filter_map(|(v, values)| {
        let variable = functions.variables.get(*v)?;
        Some(condition(variable, values, sides))
    });
    let mut when: Vec<Condition> = when.collect();
    // what sides ask differently, in the order of the sides
    for alike in when.chunk_by_mut(|a, b| a.question == b.question) {
        alike.sort_by(|a, b| a.sides.cmp(&b.sides));
    }
    Row { when, share, example: example(functions, found, here, cases.possible, sides) }
}

/// A box without the values that cannot occur in it, as far as they do not lie between others.
fn narrowed(functions: &mut Functions<'_>, found: &Box, here: Ref) -> Box {
    let mut narrow = found.clone();
    for (place, (v, values)) in found.iter().enumerate() {
        let occurs = |functions: &mut Functions<'_>, value: usize| {
            self::here(&mut functions.store, here, &[(*v, vec![value])]) != Ref::leaf(FALSE)
        };
        let occurring: Vec<usize> =
            values.iter().copied().filter(|value| occurs(functions, *value)).collect();
        let Some(variable) = functions.variables.get(*v) else { continue };
        let cell = |value: &usize| {
            variable.values.get(*value).and_then(|g| g.cells.first()).copied().filter(|c| *c >= 0)
        };
        let ends = occurring.iter().filter_map(cell);
        let ends = ends.clone().min().zip(ends.max());
        let between = |value: &usize| {
            let ordered = matches!(variable.info.kind, Type::Ordered { .. });
            ordered && cell(value).zip(ends).is_some_and(|(cell, (low, high))| low <= cell && cell <= high)
        };
        let kept = values.iter().copied().filter(|value| occurring.contains(value) || between(value));
        if let Some(slot) = narrow.get_mut(place) {
            slot.1 = kept.collect();
        }
    }
    narrow
}

/// One of the cases of a box, with all that decides whether it can occur.
fn example(
    functions: &Functions<'_>,
    found: &Box,
    here: Ref,
    possible: &Possible<'_>,
    sides: usize,
) -> Vec<CaseValue> {
    let path = first_path(&functions.store, here);
    let chosen = found.iter().chain(&path).filter_map(|(v, values)| Some((*v, *values.first()?)));
    let mut example = Example { values: chosen.collect(), ..Example::default() };
    functions.fill(possible, &mut example);
    let mut list = Vec::new();
    for (v, variable) in functions.variables.iter().enumerate().filter(|(v, _)| !example.follow.contains(v)) {
        let value = match example.values.get(&v) {
            Some(value) => *value,
            // an answer that only some accept might make a difference there
            None if variable.narrowed || example.exact.contains_key(&v) => 0,
            None => continue,
        };
        let cell = variable.values.get(value).and_then(|group| group.cells.first());
        list.extend(
            cell.map(|cell| case_value(variable, *cell, example.exact.get(&v).copied(), sides, functions.on)),
        );
    }
    list.append(&mut example.more);
    list
}

fn outcome<'v>(side: usize, readings: impl Iterator<Item = &'v [Value]>, words: &dyn Words) -> SideOutcome {
    let mut possible: Vec<Value> = Vec::new();
    let mut missing: Vec<Text> = Vec::new();
    let mut silent = false;
    for value in readings.flatten() {
        match value {
            Value::Unregulated(names) => {
                silent = true;
                let new: Vec<&Text> = names.iter().filter(|name| !missing.contains(name)).collect();
                missing.extend(new.into_iter().cloned().collect::<Vec<_>>());
            }
            value if !possible.contains(value) => possible.push(value.clone()),
            _ => {}
        }
    }
    let status = match (possible.as_slice(), silent) {
        ([], _) => Status::Unregulated,
        ([Value::NotApplicable], false) => Status::NotApplicable,
        ([_], false) => Status::Determined,
        _ => Status::Open,
    };
    let mut texts: Vec<String> = possible.iter().map(|value| words.text(side, value)).collect();
    if silent {
        texts.push(words.text(side, &Value::Unregulated(missing.clone())));
    }
    SideOutcome {
        status,
        values: possible,
        missing: missing.iter().map(ToString::to_string).collect(),
        text: either(&texts),
    }
}

/// The sides that have a question, where not all do.
fn some_sides(variable: &Variable, all: usize) -> Vec<usize> {
    let having = variable.questions.iter().enumerate().filter(|(_, q)| q.is_some()).map(|(side, _)| side);
    let having: Vec<usize> = having.collect();
    if having.len() == all { Vec::new() } else { having }
}

fn condition(variable: &Variable, values: &[usize], sides: usize) -> Condition {
    let groups = values.iter().filter_map(|value| variable.values.get(*value));
    let mut cells: Vec<Code> = groups.flat_map(|group| group.cells.iter().copied()).collect();
    // what does not apply comes last
    cells.sort_unstable_by_key(|cell| (*cell == NOT_APPLICABLE, *cell));
    // what hangs between two of these says nothing more
    let among = cells.clone();
    cells.retain(|code| !lies_among(*code, &among));
    let text = all_but(variable, &cells).unwrap_or_else(|| {
        let settled: Vec<Code> =
            cells.iter().copied().filter(|code| hanging_between(*code).is_none()).collect();
        let mut texts = unsettled_text(variable, &cells);
        if !settled.is_empty() {
            texts.insert(0, cells_text(&variable.info, &variable.cells, &settled, (i64::MIN, i64::MAX)));
        }
        either(&texts)
    });
    Condition {
        question: variable.info.id.to_string(),
        text,
        values: listed(variable, &cells),
        sides: some_sides(variable, sides),
    }
}

/// Most options of a choice, in words by those that are not among them.
fn all_but(variable: &Variable, cells: &[Code]) -> Option<String> {
    if !matches!(variable.info.kind, Type::Finite { .. }) {
        return None;
    }
    let options = variable.info.options.iter().zip(0..);
    let others: Vec<String> = options
        .filter(|(_, place)| !cells.contains(place))
        .map(|(option, _)| option.label.to_string())
        .collect();
    let named = variable.info.options.len().saturating_sub(others.len());
    let few = match others.len() {
        0 => false,
        1 | 2 => named > 2,
        // of a long list the shorter half
        others => named > 2 * others,
    };
    let also = if cells.contains(&NOT_APPLICABLE) { ", of niet van toepassing" } else { "" };
    few.then(|| format!("anders dan {}{also}", either(&others)))
}

/// Cells as values: neighbouring ranges as one, days by their parts only where those matter.
fn listed(variable: &Variable, cells: &[Code]) -> Vec<Values> {
    let mut list: Vec<Values> = Vec::new();
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    let Type::Ordered { measure, .. } = variable.info.kind else {
        return cells.iter().map(|cell| option(variable, *cell)).collect();
    };
    let find = |code: &Code| usize::try_from(*code).ok().and_then(|c| variable.cells.list.get(c));
    let whole = |lo: i64| {
        let all = variable.cells.list.iter().enumerate().filter(|(_, cell)| cell.lo == lo);
        all.map(|(place, _)| Code::try_from(place).unwrap_or(0)).all(|place| cells.contains(&place))
    };
    let range =
        |(lo, hi): (i64, i64)| Values::Range { from: tick_value(measure, lo), to: tick_value(measure, hi) };
    for code in cells {
        let Some(cell) = find(code) else {
            list.push(
                hanging_between(*code)
                    .map_or(Values::NotApplicable, |ends| unsettled(variable, measure, ends)),
            );
            continue;
        };
        if whole(cell.lo) {
            match ranges.last_mut() {
                Some((_, hi)) if hi.saturating_add(1) >= cell.lo => *hi = cell.hi.max(*hi),
                _ => ranges.push((cell.lo, cell.hi)),
            }
            continue;
        }
        let place = usize::try_from(*code).unwrap_or(0);
        let part =
            |part: Part| variable.cells.parts().contains(&part).then(|| variable.cells.part(place, part));
        list.push(Values::Days {
            from: tick_value(measure, cell.lo),
            to: tick_value(measure, cell.hi),
            month: part(Part::Month),
            weekday: part(Part::Weekday),
            day: part(Part::Day),
        });
    }
    let mut all: Vec<Values> = ranges.into_iter().map(range).collect();
    all.append(&mut list);
    all
}

/// A count that hangs between two cells.
fn unsettled(variable: &Variable, measure: Measure, (low, high): (Code, Code)) -> Values {
    let ends = |code: Code| {
        let cell = usize::try_from(code).ok().and_then(|c| variable.cells.list.get(c));
        let (lo, hi) = cell.map_or((0, 0), |cell| (cell.lo, cell.hi));
        [tick_value(measure, lo), tick_value(measure, hi)]
    };
    Values::Unsettled { surely: ends(low), perhaps: ends(high) }
}

/// Such counts in words.
fn unsettled_text(variable: &Variable, codes: &[Code]) -> Vec<String> {
    let cell = |code: Code| cells_text(&variable.info, &variable.cells, &[code], (i64::MIN, i64::MAX));
    let ends = codes.iter().filter_map(|code| hanging_between(*code));
    ends.map(|(low, high)| format!("zeker {}, misschien {}", cell(low), cell(high))).collect()
}

fn option(variable: &Variable, cell: Code) -> Values {
    let found = usize::try_from(cell).ok().and_then(|c| variable.info.options.get(c));
    found.map_or(Values::NotApplicable, |option| Values::Option(option.id.to_string()))
}

/// An answer that lies in a cell.
fn case_value(variable: &Variable, cell: Code, exact: Option<i64>, sides: usize, on: i64) -> CaseValue {
    let found = usize::try_from(cell).ok().and_then(|c| variable.cells.list.get(c));
    let (value, text) = match (found, &variable.info.kind) {
        (None, _) => (not_applicable(), "niet van toepassing".to_owned()),
        (Some(found), kind) => {
            let witness = exact.or_else(|| near(variable, cell, on)).unwrap_or(found.witness);
            let value = match kind {
                Type::Ordered { measure, .. } => json!(tick_value(*measure, witness)),
                Type::Finite { boolean: true } => json!(witness == 0),
                _ => {
                    let option = usize::try_from(witness).ok().and_then(|o| variable.info.options.get(o));
                    json!(option.map(|o| &o.id))
                }
            };
            (value, witness_text(variable, witness))
        }
    };
    CaseValue { question: variable.info.id.to_string(), value, text, sides: some_sides(variable, sides) }
}

/// Of a date the first in a cell from the reference date on, which people can picture better than the first there is.
fn near(variable: &Variable, cell: Code, on: i64) -> Option<i64> {
    let Type::Ordered { measure: Measure::Date, min, max } = variable.info.kind else { return None };
    let within = |day: &i64| {
        (min..=max).contains(day)
            && variable.cells.find(*day).and_then(|c| Code::try_from(c).ok()) == Some(cell)
    };
    (on..on.saturating_add(366)).find(within)
}

fn witness_text(variable: &Variable, witness: i64) -> String {
    match &variable.info.kind {
        Type::Ordered { measure: Measure::Date, .. } => {
            Date::from_ticks(witness).map_or_else(String::new, crate::notation::date)
        }
        _ => answer(&variable.info, witness),
    }
}

pub(super) fn not_applicable() -> Json {
    let mut map = Map::new();
    map.insert("not_applicable".to_owned(), json!("voorbeeld"));
    Json::Object(map)
}
