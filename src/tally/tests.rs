//! Counts against brute force: every completion, every way of what is unset, and a window that is looked at day by day.

use super::*;
use crate::term::{Length, Unit};
use crate::value::Date;

/// Numbers by chance, the same on every run: splitmix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(n).unwrap()).unwrap()
    }

    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Some of these, at least one.
    fn some(&mut self, of: &[i64], percent: usize) -> Vec<i64> {
        let mut some: Vec<i64> = of.iter().copied().filter(|_| self.percent(percent)).collect();
        if some.is_empty() {
            some.push(of[self.below(of.len())]);
        }
        some
    }
}

fn date(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn values(list: &[i64], none: bool) -> Values {
    Values { some: Ranges::all(list.iter().map(|v| (*v, *v))), none }
}

/// So many months away, on the same day of the month or the last of a shorter one.
fn months_away(day: Date, months: i32) -> Date {
    let sum = day.year() * 12 + i32::from(day.month()) - 1 + months;
    let month = u8::try_from(sum.rem_euclid(12) + 1).unwrap();
    let mut of_month = day.day();
    loop {
        if let Some(found) = Date::new(sum.div_euclid(12), month, of_month) {
            return found;
        }
        of_month -= 1;
    }
}

fn away(day: i64, length: Length, sign: i32) -> i64 {
    let count = i32::try_from(length.count()).unwrap() * sign;
    let date = Date::from_ticks(day).unwrap();
    match length.unit() {
        Unit::Days => day + i64::from(count),
        Unit::Weeks => day + 7 * i64::from(count),
        Unit::Months => months_away(date, count).ticks(),
        Unit::Years => months_away(date, 12 * count).ticks(),
        _ => panic!("no such window"),
    }
}

/// Whether a day is in a window of which nothing is unset.
fn inside(day: i64, anchor: i64, window: Window) -> bool {
    let early = match window.reach {
        Reach::Known(length) if window.forward => away(day, length, 1).cmp(&anchor).reverse(),
        Reach::Known(length) => away(anchor, length, -1).cmp(&day),
        Reach::Unlimited => std::cmp::Ordering::Less,
        Reach::Unset => panic!("unset"),
    };
    let from = early.is_lt() || (early.is_eq() && window.first_day.unwrap());
    from && (day < anchor || (day == anchor && window.last_day.unwrap()))
}

/// Every way in which what is unset of a window can go, as far as a few days can tell.
fn ways(window: Window) -> Vec<Window> {
    let either = |edge: Option<bool>| edge.map_or(vec![false, true], |edge| vec![edge]);
    let reaches = match window.reach {
        Reach::Unset => (1..12)
            .map(|n| Reach::Known(Length::new(n, Unit::Days).unwrap()))
            .chain([Reach::Known(Length::new(50, Unit::Years).unwrap())])
            .collect(),
        reach => vec![reach],
    };
    let mut all = Vec::new();
    for reach in reaches {
        for first in either(window.first_day) {
            for last in either(window.last_day) {
                all.push(Window { reach, first_day: Some(first), last_day: Some(last), ..window });
            }
        }
    }
    all
}

/// Every combination of one of each.
fn product(lists: &[Vec<Option<i64>>]) -> Vec<Vec<Option<i64>>> {
    lists.iter().fold(vec![Vec::new()], |all, list| {
        all.iter()
            .flat_map(|before| list.iter().map(|v| before.iter().copied().chain([*v]).collect()))
            .collect()
    })
}

fn listed(values: &Values) -> Vec<Option<i64>> {
    let some = values.some.iter().flat_map(|(low, high)| low..=high).map(Some);
    some.chain(values.none.then_some(None)).collect()
}

/// What the count comes to in every completion: what stands, and between which two it hangs.
fn brute(rule: &Rule, facts: Facts<'_>, shared: &Shared) -> (Vec<i64>, Vec<(i64, i64)>) {
    let windows: Vec<Option<(Window, usize)>> = match rule.window {
        Some((window, on)) => ways(window).into_iter().map(|window| Some((window, on))).collect(),
        None => vec![None],
    };
    let (mut counts, mut unset) = (BTreeSet::new(), BTreeSet::new());
    let anchors: Vec<i64> = shared.anchor.iter().flat_map(|(low, high)| low..=high).collect();
    for world in product(&shared.same) {
        let holds = |record: &[Option<i64>], perhaps: bool| {
            rule.rows.iter().any(|row| {
                row.tests.iter().all(|test| {
                    let accepted = if perhaps { &test.perhaps } else { &test.surely };
                    record[test.field].map_or(accepted.none, |value| accepted.some.contains(value))
                }) && row.same.iter().all(|(field, index)| {
                    record[*field].is_some() && world[*index].is_some() && record[*field] == world[*index]
                })
            })
        };
        for anchor in &anchors {
            // per record the pairs of smallest and largest contribution that its completions can give
            let pairs = |fields: &[Values]| -> Vec<Vec<bool>> {
                let lists: Vec<Vec<Option<i64>>> = fields.iter().map(listed).collect();
                let mut found: Vec<Vec<bool>> = product(&lists)
                    .iter()
                    .map(|record| {
                        let counts = |window: &Option<(Window, usize)>, perhaps: bool| {
                            holds(record, perhaps)
                                && window.is_none_or(|(window, on)| {
                                    record[on].is_some_and(|day| inside(day, *anchor, window))
                                })
                        };
                        windows.iter().flat_map(|w| [false, true].map(|perhaps| counts(w, perhaps))).collect()
                    })
                    .collect();
                found.sort();
                found.dedup();
                found
            };
            let width = windows.len() * 2;
            let mut sums: BTreeSet<Vec<i64>> = [vec![0; width]].into();
            let extra = (0..facts.more).map(|_| (facts.any, true));
            for (record, optional) in facts.records.iter().map(|r| (*r, false)).chain(extra) {
                let mut options = pairs(record);
                if optional {
                    options.push(vec![false; width]);
                }
                sums = sums
                    .iter()
                    .flat_map(|sum| {
                        options.iter().map(|o| sum.iter().zip(o).map(|(n, c)| n + i64::from(*c)).collect())
                    })
                    .collect();
            }
            for sum in sums {
                let (low, high) = (*sum.iter().min().unwrap(), *sum.iter().max().unwrap());
                if low == high {
                    counts.insert(low);
                } else {
                    unset.insert((low, high));
                }
            }
        }
    }
    (counts.into_iter().collect(), unset.into_iter().collect())
}

/// The fields of the random lists: a choice of three, a text of three, a day.
const KIND: usize = 0;
const PLACE: usize = 1;
const DAY: usize = 2;

fn random(chance: &mut Chance) -> (Rule, Vec<Vec<Values>>, usize, Vec<Values>, Shared) {
    let middle =
        [date(2024, 2, 29), date(2023, 3, 1), date(2024, 8, 31), date(2026, 7, 4), date(2024, 1, 31)];
    let middle = middle[chance.below(middle.len())];
    let lengths =
        ["1 day", "2 days", "1 week", "1 month", "6 months", "1 year", "3 years", "12 months", "26 weeks"];
    let length = Length::parse(lengths[chance.below(lengths.len())]).unwrap();
    let unset = chance.percent(40);
    let edge = |chance: &mut Chance| {
        if unset && chance.percent(40) { None } else { Some(chance.percent(50)) }
    };
    let reach = match chance.below(10) {
        0 => Reach::Unlimited,
        1 if unset => Reach::Unset,
        _ => Reach::Known(length),
    };
    let window =
        Window { reach, forward: chance.percent(40), first_day: edge(chance), last_day: edge(chance) };
    let far =
        if reach == Reach::Known(length) { away(middle.ticks(), length, -1) } else { middle.ticks() - 3 };
    let days: Vec<i64> = (-2..=2).map(|n| far + n).chain((-2..=1).map(|n| middle.ticks() + n)).collect();
    let dated = chance.percent(85);
    let options: Vec<i64> = (0..3).collect();
    let mut rows = Vec::new();
    for _ in 0..1 + chance.below(2) {
        let mut row = Row::default();
        if chance.percent(70) {
            let surely = values(&chance.some(&options, 40), chance.percent(20));
            let mut perhaps = surely.clone();
            if unset && chance.percent(40) {
                perhaps.some = perhaps.some.or(&values(&chance.some(&options, 30), false).some);
            }
            row.tests.push(Test { field: KIND, surely, perhaps });
        }
        if chance.percent(20) {
            let surely = values(&chance.some(&days, 60), false);
            row.tests.push(Test { field: DAY, perhaps: surely.clone(), surely });
        }
        if chance.percent(60) {
            row.same.push((PLACE, chance.below(2)));
        }
        if chance.percent(20) {
            row.same.push((KIND, 1));
        }
        rows.push(row);
    }
    let record = |chance: &mut Chance| {
        let open = chance.percent(50);
        let percent = if open { 40 } else { 0 };
        vec![
            values(&chance.some(&options, percent), open && chance.percent(20)),
            values(&chance.some(&options, percent), open && chance.percent(20)),
            values(&chance.some(&days, percent), open && chance.percent(20)),
        ]
    };
    let records: Vec<Vec<Values>> = (0..chance.below(4)).map(|_| record(chance)).collect();
    let more = if chance.percent(30) { 1 + chance.below(2) } else { 0 };
    let any = vec![values(&options, true), values(&options, true), values(&days, true)];
    let mut same = Vec::new();
    for _ in 0..2 {
        let percent = if chance.percent(50) { 50 } else { 0 };
        let mut list: Vec<Option<i64>> = chance.some(&options, percent).into_iter().map(Some).collect();
        if chance.percent(15) {
            list.push(None);
        }
        same.push(list);
    }
    let anchors: Vec<i64> = (-1..=2).map(|n| middle.ticks() + n).collect();
    let percent = if chance.percent(50) { 50 } else { 0 };
    let anchor = values(&chance.some(&anchors, percent), false).some;
    let window = dated.then_some((window, DAY));
    let anchor = if dated { anchor } else { Ranges::one(0) };
    (Rule { rows, window }, records, more, any, Shared { same, anchor })
}

#[test]
fn counts_against_every_completion() {
    let (mut open, mut hanging, mut approximate) = (0, 0, 0);
    for seed in 0..6000 {
        let mut chance = Chance(seed);
        let (rule, records, more, any, shared) = random(&mut chance);
        let each: Vec<&[Values]> = records.iter().map(Vec::as_slice).collect();
        let facts = Facts { records: &each, more, any: &any };
        let found = rule.tally(facts, &shared);
        let (counts, unset) = brute(&rule, facts, &shared);
        let listed: Vec<i64> = found.counts().iter().flat_map(|(low, high)| low..=high).collect();
        let pairs = (0..8).flat_map(|low| (low + 1..8).map(move |high| (low, high)));
        let hangs =
            |(low, high): &(i64, i64)| found.hanging().any(|h| h.between((*low, *low), (*high, *high)));
        let hanging_between: Vec<(i64, i64)> = pairs.filter(hangs).collect();
        if found.approximate {
            approximate += 1;
            assert!(counts.iter().all(|n| listed.contains(n)), "seed {seed}: {listed:?}, {counts:?}");
            assert!(unset.iter().all(|pair| hanging_between.contains(pair)), "seed {seed}");
        } else {
            assert_eq!(
                (&listed, &hanging_between),
                (&counts, &unset),
                "seed {seed}: {rule:#?} {records:?} {more} {shared:?}"
            );
        }
        open += usize::from(counts.len() > 1);
        hanging += usize::from(!unset.is_empty());
    }
    assert!(open > 1500 && hanging > 500, "{open} open, {hanging} hanging");
    assert_eq!(approximate, 0);
}

/// The count of records on some days, for one anchor.
fn on_days(length: &str, forward: bool, edges: (bool, bool), anchor: Date, days: &[Date]) -> Vec<bool> {
    let reach = Reach::Known(Length::parse(length).unwrap());
    let window = Window { reach, forward, first_day: Some(edges.0), last_day: Some(edges.1) };
    let rule = Rule { rows: vec![Row::default()], window: Some((window, 0)) };
    let shared = Shared { same: Vec::new(), anchor: Ranges::one(anchor.ticks()) };
    let any = [Values::of(Ranges::of(i64::MIN, i64::MAX))];
    let count = |day: &Date| {
        let record = [Values::of(Ranges::one(day.ticks()))];
        let records = [&record[..]];
        rule.tally(Facts { records: &records, more: 0, any: &any }, &shared).counts().only() == Some(1)
    };
    days.iter().map(count).collect()
}

#[test]
fn edges_by_hand() {
    let (yes, no) = (true, false);
    // three years before 4 July 2026 is 4 July 2023
    let days = [
        date(2023, 7, 3),
        date(2023, 7, 4),
        date(2023, 7, 5),
        date(2026, 7, 3),
        date(2026, 7, 4),
        date(2026, 7, 5),
    ];
    let at = date(2026, 7, 4);
    assert_eq!(on_days("3 years", no, (yes, yes), at, &days), [no, yes, yes, yes, yes, no]);
    assert_eq!(on_days("3 years", no, (no, no), at, &days), [no, no, yes, yes, no, no]);
    assert_eq!(on_days("3 years", yes, (yes, no), at, &days), [no, yes, yes, yes, no, no]);
    assert_eq!(on_days("36 months", no, (yes, no), at, &days), [no, yes, yes, yes, no, no]);
    // three years are 1,096 days here, 156 weeks 1,092: four days less, from 8 July 2023
    let near = [date(2023, 7, 4), date(2023, 7, 8), date(2023, 7, 9)];
    assert_eq!(on_days("156 weeks", no, (yes, no), at, &near), [no, yes, yes]);
    assert_eq!(on_days("1092 days", no, (no, no), at, &near), [no, no, yes]);
    // 29 February: a year back is 28 February; a year on from 29 February is 28 February
    let leap = [date(2023, 2, 27), date(2023, 2, 28), date(2023, 3, 1)];
    assert_eq!(on_days("1 year", no, (yes, yes), date(2024, 2, 29), &leap), [no, yes, yes]);
    assert_eq!(
        on_days("1 year", yes, (yes, yes), date(2025, 2, 28), &[date(2024, 2, 28), date(2024, 2, 29)]),
        [yes, yes]
    );
    assert_eq!(
        on_days("1 year", yes, (yes, yes), date(2025, 3, 1), &[date(2024, 2, 29), date(2024, 3, 1)]),
        [no, yes]
    );
    assert_eq!(
        on_days("1 year", no, (yes, yes), date(2025, 3, 1), &[date(2024, 2, 29), date(2024, 3, 1)]),
        [no, yes]
    );
    // month ends: six months back from 31 August is 29 February; six months on from there is 29 August
    let ends = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)];
    assert_eq!(on_days("6 months", no, (yes, yes), date(2024, 8, 31), &ends), [no, yes, yes]);
    assert_eq!(on_days("6 months", yes, (yes, yes), date(2024, 8, 31), &ends), [no, no, yes]);
    assert_eq!(on_days("6 months", yes, (yes, yes), date(2024, 8, 29), &ends), [no, yes, yes]);
    // one day, both edges left out: no day at all
    let around = [date(2026, 7, 3), date(2026, 7, 4)];
    assert_eq!(on_days("1 day", no, (no, no), at, &around), [no, no]);
    assert_eq!(on_days("1 day", no, (yes, no), at, &around), [yes, no]);
}

#[test]
fn the_days_of_a_window() {
    let window = |length: &str, forward, first, last| Window {
        reach: Reach::Known(Length::parse(length).unwrap()),
        forward,
        first_day: Some(first),
        last_day: Some(last),
    };
    let at = date(2026, 7, 4);
    assert_eq!(window("3 years", false, true, true).days(at), (Some(date(2023, 7, 4)), Some(at)));
    assert_eq!(
        window("3 years", false, false, false).days(at),
        (Some(date(2023, 7, 5)), Some(date(2026, 7, 3)))
    );
    let august = date(2024, 8, 31);
    assert_eq!(window("6 months", false, true, true).days(august).0, Some(date(2024, 2, 29)));
    assert_eq!(window("6 months", true, true, true).days(august).0, Some(date(2024, 3, 1)));
    let open = Window { reach: Reach::Unlimited, ..window("1 day", false, true, true) };
    assert_eq!(open.days(at), (None, Some(at)));
    assert!(
        window("1 day", false, false, false).is_hollow()
            && !window("2 days", false, false, false).is_hollow()
    );
}

#[test]
fn the_ends_of_the_calendar() {
    let window = |length: &str, forward| Window {
        reach: Reach::Known(Length::parse(length).unwrap()),
        forward,
        first_day: Some(true),
        last_day: Some(true),
    };
    for forward in [false, true] {
        for day in [date(1, 1, 1), date(1, 1, 2), date(9999, 12, 31)] {
            let (surely, perhaps) = window("3 years", forward).seen(day.ticks());
            assert_eq!(surely, perhaps);
            assert_eq!(surely.0, day.ticks());
            let last =
                away(day.ticks().min(date(9996, 12, 31).ticks()), Length::parse("3 years").unwrap(), 1);
            assert_eq!(surely.1, last, "{day} {forward}");
        }
        let (surely, _) = window("4000000000 years", forward).seen(date(2020, 1, 1).ticks());
        assert_eq!(surely.1, date(9999, 12, 31).ticks());
    }
}

#[test]
fn ten_thousand_records_in_bounded_time() {
    let rule = Rule {
        rows: vec![Row { tests: Vec::new(), same: vec![(0, 0)] }],
        window: Some((
            Window {
                reach: Reach::Known(Length::parse("3 years").unwrap()),
                forward: false,
                first_day: Some(true),
                last_day: Some(true),
            },
            1,
        )),
    };
    let start = date(2000, 1, 1).ticks();
    let record = |i: i64| vec![Values::of(Ranges::one(i % 7)), Values::of(Ranges::one(start + i))];
    let records: Vec<Vec<Values>> = (0..10_000).map(record).collect();
    let any = [Values::of(Ranges::of(i64::MIN, i64::MAX)), Values::of(Ranges::of(start, start + 20_000))];
    let records: Vec<&[Values]> = records.iter().map(Vec::as_slice).collect();
    let facts = Facts { records: &records, more: 0, any: &any };
    let anchor = Ranges::of(start, start + 20_000);
    // of every seven days one counts, for seven places of which one is meant
    let found = rule.tally(facts, &Shared { same: vec![(0..7).map(Some).collect()], anchor: anchor.clone() });
    // 1,097 days at most (three years with a leap day, both ends): 156.7 weeks
    assert_eq!((found.counts().hull(), found.approximate), (Some((0, 157)), false));
    let all = Shared { same: vec![(0..1000).map(Some).collect()], anchor };
    let found = rule.tally(facts, &all);
    assert!(found.approximate && found.counts() == Ranges::of(0, 10_000));
}
