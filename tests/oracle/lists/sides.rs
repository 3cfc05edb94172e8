//! Counts of the same records side by side: every list of records by each side, against the rows of a comparison. No
//! difference that no row describes, no row without a case, and each example comes to what its row says.

use leidraad::compare::{Comparison, Condition, Scope, Side, Status, Values, compare};

use super::*;
use crate::oracle::sides::tried;
use crate::support::date;

/// What a side makes of a case: per count the fewest and most however unset things go, or that it does not apply; and the
/// outcome, of which there is none where it hangs on something unset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Made {
    counts: Vec<Option<(i64, i64)>>,
    outcome: Option<usize>,
}

/// How a rule set is changed for the other side.
fn changed(base: &Model, rng: &mut Rng, calendar: &Calendar) -> Model {
    let fresh = generate(rng, calendar);
    let mut other = Model {
        most: base.most,
        counts: base.counts.clone(),
        rows: base.rows.clone(),
        days: base.days,
        anchors: base.anchors,
        gated: base.gated,
    };
    let c = rng.below(other.counts.len());
    for _ in 0..1 + rng.below(3) {
        match (rng.below(8), &mut other.counts[c].window) {
            (0 | 1, Some(window)) => {
                let lengths = [(1, 'd'), (3, 'd'), (1, 'w'), (1, 'm'), (4, 'w'), (30, 'd'), (6, 'm')];
                window.length = rng.chance(75).then(|| Some(lengths[rng.below(lengths.len())]));
            }
            (2, Some(window)) => window.first = rng.chance(70).then(|| rng.chance(50)),
            (3, Some(window)) => window.last = rng.chance(70).then(|| rng.chance(50)),
            (4, Some(window)) => window.forward ^= true,
            (5, _) => other.counts[c].rows = fresh.counts[0].rows.clone(),
            (6, _) if fresh.rows[0].0.len() == base.counts.len() => other.rows = fresh.rows.clone(),
            (7, _) => other.most = 1 + rng.below(3),
            (_, window) => *window = fresh.counts[0].window.clone(),
        }
    }
    other.gated ^= rng.chance(10);
    for count in &mut other.counts {
        count.window = count.window.take().filter(|window| !hollow(window));
        let same = count.rows[0].1;
        count.rows.iter_mut().for_each(|row| row.1 = same);
    }
    other
}

/// The rule file; with `split` the table tests whether the day is on or after that one, instead of whether it is urgent.
fn file(model: &Model, split: Option<i64>, calendar: &Calendar) -> String {
    let text = render(model, calendar);
    let Some(day) = split else { return text };
    let day = calendar.day(day);
    let swap = |line: &str| {
        let line = line.replace("| spoed ||", "| dag ||").replace("| ja ||", &format!("| >= {day} ||"));
        line.replace("| nee ||", &format!("| < {day} ||")) + "\n"
    };
    text.lines().map(swap).collect()
}

/// What a side makes of some records, by what each does under each way of what is unset.
fn made(model: &Model, does: &[&Vec<Vec<bool>>], applies: bool, flag: bool) -> Made {
    let ends = (0..model.counts.len()).map(|c| {
        let ways = does.first().map_or(1, |first| first.len());
        let number = |way: usize| i64::try_from(does.iter().filter(|d| d[way][c]).count()).unwrap();
        let numbers: Vec<i64> = (0..ways).map(number).collect();
        (*numbers.iter().min().unwrap(), *numbers.iter().max().unwrap())
    });
    let ends: Vec<(i64, i64)> = ends.collect();
    let mut all: Vec<Vec<i64>> = vec![Vec::new()];
    for (low, high) in &ends {
        let longer = |numbers: &Vec<i64>| {
            let numbers = numbers.clone();
            (*low..=*high).map(move |n| numbers.iter().copied().chain([n]).collect())
        };
        all = all.iter().flat_map(longer).collect();
    }
    let outcome = |numbers: &Vec<i64>| {
        let hits = |(cells, wanted, _): &&(Vec<(i64, i64)>, Option<bool>, usize)| {
            let fits = cells
                .iter()
                .zip(numbers)
                .all(|((low, high), n)| (*low, *high) == (0, 9) || (applies && low <= n && n <= high));
            fits && wanted.is_none_or(|wanted| wanted == flag)
        };
        model.rows.iter().find(hits).unwrap().2
    };
    let outcomes: BTreeSet<usize> = all.iter().map(outcome).collect();
    Made {
        counts: ends.into_iter().map(|ends| applies.then_some(ends)).collect(),
        outcome: if outcomes.len() == 1 { outcomes.first().copied() } else { None },
    }
}

/// A case as far as rows can tell it: whether it is urgent, the day, and what each side makes of it.
type Told = (bool, i64, Vec<Made>);

/// Every case that all sides can judge.
fn cases(models: &[Model], split: Option<i64>, calendar: &Calendar) -> BTreeSet<Told> {
    let most = models.iter().map(|model| model.most).min().unwrap();
    let first = &models[0];
    let mut all = BTreeSet::new();
    for anchor in first.anchors.0..=first.anchors.1 {
        // what a record does on each side, under each way; the case is in the first place
        let mut kinds: BTreeSet<Vec<Vec<Vec<bool>>>> = BTreeSet::new();
        for kind in 0..3 {
            for place in 0..2 {
                for day in first.days.0..=first.days.1 {
                    let side = |model: &Model| -> Vec<Vec<bool>> {
                        let (ways, _) = ways(model);
                        let one = |way: &Way| {
                            let own = model.counts.iter().zip(way);
                            own.map(|(c, own)| counts(calendar, c, *own, (kind, place, day), (anchor, 0)))
                                .collect()
                        };
                        ways.iter().map(one).collect()
                    };
                    kinds.insert(models.iter().map(side).collect());
                }
            }
        }
        let kinds: Vec<_> = kinds.into_iter().collect();
        let mut lists: Vec<Vec<usize>> = vec![Vec::new()];
        let mut last = lists.clone();
        for _ in 0..most {
            let longer = |list: &Vec<usize>| {
                let list = list.clone();
                let from = list.last().copied().unwrap_or(0);
                (from..kinds.len()).map(move |kind| list.iter().copied().chain([kind]).collect())
            };
            last = last.iter().flat_map(longer).collect();
            lists.extend(last.iter().cloned());
        }
        for list in &lists {
            for urgent in [false, true] {
                let flag = split.map_or(urgent, |split| anchor >= split);
                let side = |(s, model): (usize, &Model)| {
                    let does: Vec<&Vec<Vec<bool>>> = list.iter().map(|kind| &kinds[*kind][s]).collect();
                    made(model, &does, !model.gated || urgent, flag)
                };
                all.insert((urgent, anchor, models.iter().enumerate().map(side).collect()));
            }
        }
    }
    all
}

fn number(value: &Value) -> i64 {
    let Value::Number(n) = value else { panic!("{value:?} is no number") };
    n.to_string().parse().unwrap()
}

/// Whether what a condition says holds in a case.
fn holds(condition: &Condition, (urgent, anchor, made): &Told, calendar: &Calendar) -> bool {
    let all: Vec<usize> = (0..made.len()).collect();
    let sides = if condition.sides.is_empty() { &all } else { &condition.sides };
    let one = |values: &Values, side: usize| match (condition.question.as_str(), values) {
        ("spoed", Values::Option(id)) => *urgent == (id == "ja"),
        ("dag", Values::Range { from: Value::Date(from), to: Value::Date(to) }) => {
            let day = calendar.day(*anchor);
            *from <= day && day <= *to
        }
        (count, values) => {
            let c: usize = count.strip_prefix('c').unwrap().parse().unwrap();
            match (made[side].counts[c], values) {
                (None, Values::NotApplicable) => true,
                (Some((low, high)), Values::Range { from, to }) => number(from) <= low && high <= number(to),
                (Some((low, high)), Values::Unsettled { surely, perhaps }) => {
                    let within = |n: i64, ends: &[Value; 2]| number(&ends[0]) <= n && n <= number(&ends[1]);
                    within(low, surely) && within(high, perhaps)
                }
                _ => false,
            }
        }
    };
    let found: Vec<bool> =
        sides.iter().map(|side| condition.values.iter().any(|values| one(values, *side))).collect();
    // what sides share is the same for all of them
    assert!(found.iter().all(|holds| *holds == found[0]), "{condition:?} {made:?}");
    found[0]
}

/// The outcome of a side in words of the oracle.
fn says(status: Status, values: &[Value]) -> Option<usize> {
    match (status, values) {
        (Status::Determined, [Value::Text(text)]) => ["a", "b", "c"].iter().position(|l| l == text),
        (Status::Unregulated, _) => None,
        other => panic!("{other:?}"),
    }
}

/// Whether each example, filled in, comes to what its row says.
fn examples(found: &Comparison, programs: &[Program]) -> Result<usize, String> {
    let mut count = 0;
    for combination in found.decisions.iter().flat_map(|d| &d.combinations) {
        for row in &combination.rows {
            for (side, program) in programs.iter().enumerate() {
                let (text, assessment) = tried(row, side, program)?;
                let outcome = match assessment.decision("uitkomst") {
                    Some(Outcome::Determined(Value::Text(text))) => {
                        Some(["a", "b", "c"].iter().position(|l| l == text))
                    }
                    Some(Outcome::Unregulated { .. }) => Some(None),
                    _ => None,
                };
                let told = &combination.outcomes[side];
                if outcome != Some(says(told.status, &told.values)) {
                    return Err(format!(
                        "the example {text} is {:?} on side {side}",
                        assessment.decision("uitkomst")
                    ));
                }
                count += 1;
            }
        }
    }
    Ok(count)
}

fn round(rng: &mut Rng, calendar: &Calendar) -> Result<Tally, String> {
    let mut base = generate(rng, calendar);
    for count in &mut base.counts {
        let same = count.rows[0].1;
        count.rows.iter_mut().for_each(|row| row.1 = same);
    }
    let split = rng.chance(30).then_some(base.anchors.0 + 1);
    let mut models = vec![base];
    for _ in 0..if rng.chance(20) { 2 } else { 1 } {
        let other = changed(&models[0], rng, calendar);
        models.push(other);
    }
    let texts: Vec<String> = models.iter().map(|model| file(model, split, calendar)).collect();
    let programs: Result<Vec<Program>, String> =
        texts.iter().map(|text| rules(text).on(date("2026-07-04")).map_err(|f| f.to_string())).collect();
    let programs = programs?;
    let names = ["A", "B", "C"].map(str::to_owned);
    let sides: Vec<Side<'_>> =
        names.into_iter().zip(&programs).map(|(name, program)| Side { name, program }).collect();
    let found = compare(&sides, &Scope::Decisions(vec!["uitkomst".to_owned()]));
    let shown = |problem: String| format!("{problem}\n{}\n{found}", texts.join("\n---\n"));
    let mut tally = Tally { cases: examples(&found, &programs).map_err(shown)?, ..Tally::default() };
    if let Some(inexact) = found.decisions.iter().find(|d| d.approximate) {
        return Err(shown(format!("not exact: {:?}", inexact.unsure)));
    }
    let combinations = || found.decisions.iter().flat_map(|d| &d.combinations).enumerate();
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for case in cases(&models, split, calendar) {
        let outcomes: Vec<Option<usize>> = case.2.iter().map(|made| made.outcome).collect();
        let differ = outcomes.iter().any(|outcome| *outcome != outcomes[0]);
        let mut fitting = BTreeSet::new();
        for (c, combination) in combinations() {
            for (r, row) in combination.rows.iter().enumerate() {
                if row.when.iter().all(|condition| holds(condition, &case, calendar)) {
                    fitting.insert(c);
                    seen.insert((c, r));
                }
            }
        }
        let told: Vec<Vec<Option<usize>>> = combinations()
            .filter(|(c, _)| fitting.contains(c))
            .map(|(_, combination)| combination.outcomes.iter().map(|o| says(o.status, &o.values)).collect())
            .collect();
        let right = if differ { told == [outcomes.clone()] } else { told.is_empty() };
        if !right {
            return Err(shown(format!("{case:?}\nthe rows say {told:?}\nthe oracle {outcomes:?}")));
        }
        *tally.statuses.entry(if differ { "different" } else { "same" }).or_default() += 1;
        if differ && outcomes.contains(&None) {
            *tally.statuses.entry("unset on one side").or_default() += 1;
        }
        tally.cases += 1;
    }
    for (c, combination) in combinations() {
        if let Some(r) = (0..combination.rows.len()).find(|r| !seen.contains(&(c, *r))) {
            return Err(shown(format!("no case has row {r} of combination {c}")));
        }
    }
    Ok(tally)
}

#[test]
fn counts_side_by_side() {
    let calendar = Calendar::new();
    let tally = rounds("counts side by side", 150, |rng| round(rng, &calendar));
    let count = |status: &str| tally.statuses.get(status).copied().unwrap_or(0);
    assert!(
        count("different") > 1000 && count("same") > 1000 && count("unset on one side") > 100,
        "{tally:?}"
    );
}
