//! Every completion of a case and every way of what is unset, by loops.

use super::*;

/// Every way in which what is unset can go, with the names of what is.
pub(super) fn ways(model: &Model) -> (Vec<Way>, Vec<String>) {
    let mut all: Vec<Way> = vec![Vec::new()];
    let mut names = Vec::new();
    for (i, count) in model.counts.iter().enumerate() {
        let options: Way = match &count.window {
            None => vec![None],
            Some(window) => {
                let either = |edge: Option<bool>| edge.map_or(vec![false, true], |edge| vec![edge]);
                let lengths: Vec<Option<(i32, char)>> = match window.length {
                    Some(length) => vec![length],
                    None => vec![Some((1, 'd')), Some((2, 'd')), Some((60, 'w')), None],
                };
                if window.length.is_none() {
                    names.push(format!("p{i}_lengte"));
                }
                if window.first.is_none() && window.length != Some(None) {
                    names.push(format!("p{i}_eerste"));
                }
                if window.last.is_none() {
                    names.push(format!("p{i}_laatste"));
                }
                let mut list = Vec::new();
                for length in lengths {
                    for first in either(window.first) {
                        for last in either(window.last) {
                            list.push(Some((length, first, last)));
                        }
                    }
                }
                list
            }
        };
        all = all
            .iter()
            .flat_map(|way| options.iter().map(|o| way.iter().copied().chain([*o]).collect()))
            .collect();
    }
    (all, names)
}

/// Whether a record counts.
pub(super) fn counts(
    calendar: &Calendar,
    count: &Count,
    way: Option<(Option<(i32, char)>, bool, bool)>,
    (kind, place, day): Fields,
    (anchor, here): (i64, usize),
) -> bool {
    let fits =
        count.rows.iter().any(|(kinds, _)| kinds.contains(&kind)) && (!count.rows[0].1 || place == here);
    let inside = way.is_none_or(|(length, first, last)| {
        let forward = count.window.as_ref().is_some_and(|w| w.forward);
        let far_enough = match length {
            None => true,
            Some(length) if forward => {
                let end = calendar.away(day, length, 1);
                anchor < end || (first && anchor == end)
            }
            Some(length) => {
                let start = calendar.away(anchor, length, -1);
                day > start || (first && day == start)
            }
        };
        far_enough && (day < anchor || (last && day == anchor))
    });
    fits && inside
}

/// What a decision comes to in a completion.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Number(i64),
    Letter(usize),
    NotApplicable,
    Unset,
}

/// One completion: urgent, anchor, place, and what its records do.
pub(super) type Completion = (bool, i64, usize, Vec<usize>);

/// Per completion what each decision comes to.
pub(super) fn brute(model: &Model, case: &Case, calendar: &Calendar) -> BTreeMap<Completion, Vec<Fate>> {
    let (ways, _) = ways(model);
    // records that do the same in every world are alike
    let worlds: Vec<(i64, usize)> =
        case.anchors.iter().flat_map(|a| case.place.iter().map(move |p| (*a, *p))).collect();
    let mut kinds_of_records: Vec<Vec<bool>> = Vec::new();
    let mut behaviour = |fields: Fields| -> usize {
        let mut does = Vec::new();
        for world in &worlds {
            for way in &ways {
                for (count, own) in model.counts.iter().zip(way) {
                    does.push(counts(calendar, count, *own, fields, *world));
                }
            }
        }
        kinds_of_records.iter().position(|known| *known == does).unwrap_or_else(|| {
            kinds_of_records.push(does);
            kinds_of_records.len() - 1
        })
    };
    let mut options: Vec<BTreeSet<usize>> = Vec::new();
    let all_days: Vec<i64> = (model.days.0..=model.days.1).collect();
    let (all_kinds, all_places) = ((0..3).collect::<Vec<_>>(), (0..PLACES.len()).collect::<Vec<_>>());
    let mut product = |kinds: &[usize], places: &[usize], days: &[i64]| {
        let mut set = BTreeSet::new();
        for kind in kinds {
            for place in places {
                set.extend(days.iter().map(|day| behaviour((*kind, *place, *day))));
            }
        }
        set
    };
    for (kinds, places, days) in &case.records {
        options.push(product(kinds, places, days));
    }
    let extra = product(&all_kinds, &all_places, &all_days);
    let mut lists: BTreeSet<Vec<usize>> = [Vec::new()].into();
    for set in &options {
        lists =
            lists.iter().flat_map(|l| set.iter().map(|b| l.iter().copied().chain([*b]).collect())).collect();
    }
    // further records in any number; their order does not matter
    let mut grown = lists.clone();
    for _ in 0..case.more {
        grown = grown
            .iter()
            .flat_map(|list| {
                let from = if list.len() > case.records.len() { list[list.len() - 1] } else { 0 };
                extra.iter().filter(move |b| **b >= from).map(|b| list.iter().copied().chain([*b]).collect())
            })
            .collect();
        lists.extend(grown.iter().cloned());
    }
    let mut all = BTreeMap::new();
    for list in &lists {
        for (w, (anchor, place)) in worlds.iter().enumerate() {
            for urgent in &case.urgent {
                let applies = !model.gated || *urgent;
                let mut found: Vec<BTreeSet<Fate>> = vec![BTreeSet::new(); model.counts.len() + 1];
                // each record that hangs on something unset may count or not: every number between the extremes
                let mut ends = vec![(i64::MAX, 0); model.counts.len()];
                for y in 0..ways.len() {
                    for (c, end) in ends.iter_mut().enumerate() {
                        let at = (w * ways.len() + y) * model.counts.len() + c;
                        let count = list.iter().filter(|b| kinds_of_records[**b][at]).count();
                        let count = i64::try_from(count).unwrap();
                        *end = (end.0.min(count), end.1.max(count));
                    }
                }
                let mut all_numbers: Vec<Vec<i64>> = vec![Vec::new()];
                for (low, high) in &ends {
                    let longer = |numbers: &Vec<i64>| {
                        let numbers = numbers.clone();
                        (*low..=*high).map(move |n| numbers.iter().copied().chain([n]).collect())
                    };
                    all_numbers = all_numbers.iter().flat_map(longer).collect();
                }
                for numbers in &all_numbers {
                    for (slot, n) in found.iter_mut().zip(numbers) {
                        slot.insert(if applies { Fate::Number(*n) } else { Fate::NotApplicable });
                    }
                    let hits = |(cells, wanted, _): &&(Vec<(i64, i64)>, Option<bool>, usize)| {
                        let fits = cells.iter().zip(numbers).all(|((low, high), n)| {
                            (*low, *high) == (0, 9) || (applies && low <= n && n <= high)
                        });
                        fits && wanted.is_none_or(|wanted| wanted == *urgent)
                    };
                    let row = model.rows.iter().find(hits).unwrap();
                    found[model.counts.len()].insert(Fate::Letter(row.2));
                }
                let one = |set: &BTreeSet<Fate>| {
                    if set.len() == 1 { set.first().unwrap().clone() } else { Fate::Unset }
                };
                all.insert((*urgent, *anchor, *place, list.clone()), found.iter().map(one).collect());
            }
        }
    }
    all
}
