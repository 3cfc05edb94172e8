//! Lists of records and counts of them: every completion of every record, every anchor, every way of what is unset, by a
//! loop that looks at windows day by day and shares nothing with the engine.

mod calendar;
mod formulas;
mod naive;
mod sides;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use leidraad::{Answers, Outcome, Possible, Program, Value};

use super::rng::Rng;
use super::{Tally, rounds};
use crate::support::{date, rules};
use calendar::Calendar;
use naive::*;

/// The fields of a record: its kind, its place, its day.
type Fields = (usize, usize, i64);

const KINDS: [&str; 3] = ["hard", "soft", "anders"];
/// Places; those after the third are named in no answer.
const PLACES: [&str; 7] = ["Dorp 1", "Dorp 2", "Dorp 3", "x1", "x2", "x3", "x4"];

#[derive(Debug, Clone)]
struct Count {
    /// Alternatives: kinds that fit, and whether the place must be that of the case.
    rows: Vec<(Vec<usize>, bool)>,
    window: Option<Window>,
}

#[derive(Debug, Clone)]
struct Window {
    /// None is unset; the first is "as long as may be".
    length: Option<Option<(i32, char)>>,
    forward: bool,
    first: Option<bool>,
    last: Option<bool>,
}

#[derive(Debug)]
struct Model {
    most: usize,
    counts: Vec<Count>,
    /// Rows of the table: an interval for each count, and whether it is urgent.
    rows: Vec<(Vec<(i64, i64)>, Option<bool>, usize)>,
    /// Days of records, days of the anchor.
    days: (i64, i64),
    anchors: (i64, i64),
    /// Whether the list is asked only when it is urgent.
    gated: bool,
}

fn length_text((n, unit): (i32, char)) -> String {
    let unit = match unit {
        'd' => "day",
        'w' => "week",
        'm' => "month",
        _ => "year",
    };
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

fn generate(rng: &mut Rng, calendar: &Calendar) -> Model {
    let middles = ["2024-02-29", "2024-03-31", "2025-03-01", "2025-08-31", "2025-07-04"];
    let anchor = calendar.number(date(middles[rng.below(middles.len())]));
    let lengths = [(1, 'd'), (2, 'd'), (3, 'd'), (1, 'w'), (1, 'm'), (6, 'm'), (1, 'y'), (4, 'w')];
    let length = lengths[rng.below(lengths.len())];
    let far = rng.chance(70);
    let middle = if far { calendar.away(anchor, length, -1) } else { anchor };
    let days = (middle - 2, middle + 2 + i64::from(rng.chance(50)));
    let anchors = (anchor - i64::from(rng.chance(50)), anchor + 2);
    let unset = rng.chance(35);
    let counts = (0..1 + usize::from(rng.chance(25))).map(|_| {
        let edge = |rng: &mut Rng| if unset && rng.chance(30) { None } else { Some(rng.chance(50)) };
        let window = rng.chance(85).then(|| Window {
            length: match rng.below(10) {
                0 => Some(None),
                1..=3 if unset => None,
                _ => Some(Some(length)),
            },
            forward: rng.chance(35),
            first: edge(rng),
            last: edge(rng),
        });
        let rows = (0..1 + usize::from(rng.chance(25))).map(|_| {
            let kinds: Vec<usize> = (0..3).filter(|_| rng.chance(60)).collect();
            let kinds = if kinds.is_empty() { vec![0] } else { kinds };
            (kinds, rng.chance(60))
        });
        let rows = rows.collect();
        Count { rows, window: window.filter(|w| !hollow(w)) }
    });
    let counts: Vec<Count> = counts.collect();
    let intervals = [(0, 9), (0, 0), (1, 9), (1, 1), (1, 2), (2, 9), (0, 1)];
    let mut rows: Vec<(Vec<(i64, i64)>, Option<bool>, usize)> = (0..1 + rng.below(3))
        .map(|_| {
            let cells = counts.iter().map(|_| intervals[rng.below(intervals.len())]).collect();
            (cells, rng.chance(30).then(|| rng.chance(50)), rng.below(3))
        })
        .collect();
    rows.push((vec![(0, 9); counts.len()], None, rng.below(3)));
    Model { most: 1 + rng.below(3), counts, rows, days, anchors, gated: rng.chance(15) }
}

/// Whether no day can be in it, which the check refuses.
fn hollow(window: &Window) -> bool {
    window.length == Some(Some((1, 'd'))) && window.first == Some(false) && window.last == Some(false)
}

/// The rule file. Conditions on a field and the place of the case are written for each alternative by a count of its own
/// kind: `where` for one alternative, a list of maps for more.
fn render(model: &Model, calendar: &Calendar) -> String {
    let mut text = "leidraad: 1\nid: oracle/lijst\ntitle: Lijst\nin_force: { from: 2020-01-01 }\n".to_owned();
    text.push_str("sources:\n  s: { kind: example, title: Bron }\nparameters:\n");
    for (i, count) in model.counts.iter().enumerate() {
        let Some(window) = &count.window else { continue };
        if window.length.is_none() {
            let _ = writeln!(text, "  p{i}_lengte: {{ title: Lengte, type: text }}");
        }
        for (edge, name) in [(window.first, "eerste"), (window.last, "laatste")] {
            if edge.is_none() {
                let _ = writeln!(text, "  p{i}_{name}: {{ title: Rand, type: boolean }}");
            }
        }
    }
    let text = text.strip_suffix("parameters:\n").unwrap_or(&text).to_owned();
    let (low, high) = (calendar.day(model.days.0), calendar.day(model.days.1));
    let (first, last) = (calendar.day(model.anchors.0), calendar.day(model.anchors.1));
    let when = if model.gated { "when: { spoed: ja }, " } else { "" };
    let mut text = text
        + &format!(
            "questions:
  - section: Feiten
    items:
      - {{ id: spoed, ask: \"?\", type: boolean, sources: [s] }}
      - {{ id: dag, ask: \"?\", type: date, min: {first}, max: {last}, sources: [s] }}
      - {{ id: adres, ask: \"?\", type: text, sources: [s] }}
      - id: feiten
        ask: \"?\"
        {}type: list
        max: {}
        sources: [s]
        fields:
          - {{ id: soort, ask: \"?\", type: choice, options: {{ hard: {{ label: h }}, soft: {{ label: s }}, anders: {{ label: a }} }} }}
          - {{ id: plek, ask: \"?\", type: text }}
          - {{ id: wanneer, ask: \"?\", type: date, min: {low}, max: {high} }}
decisions:
",
            when.replace(", ", "\n        "),
            model.most
        );
    for (i, count) in model.counts.iter().enumerate() {
        let _ = writeln!(text, "  c{i}:\n    sources: [s]\n    count:\n      of: feiten");
        let kinds = |row: &(Vec<usize>, bool)| {
            format!("{{ soort: [{}] }}", row.0.iter().map(|k| KINDS[*k]).collect::<Vec<_>>().join(", "))
        };
        // alternatives share the comparison with the place: it is the same for each of them
        let all: Vec<String> = count.rows.iter().map(kinds).collect();
        let _ = match all.as_slice() {
            [one] => writeln!(text, "      where: {one}"),
            more => writeln!(text, "      where: [{}]", more.join(", ")),
        };
        if count.rows[0].1 {
            text.push_str("      same: { plek: adres }\n");
        }
        if let Some(window) = &count.window {
            text.push_str("      on: wanneer\n      before: dag\n");
            let edge = |edge: Option<bool>, name: &str| match edge {
                Some(true) => "ja".to_owned(),
                Some(false) => "nee".to_owned(),
                None => format!("p{i}_{name}"),
            };
            match window.length {
                Some(Some(length)) => drop(writeln!(text, "      within: {}", length_text(length))),
                None => drop(writeln!(text, "      within: p{i}_lengte")),
                Some(None) => {}
            }
            if window.length != Some(None) {
                let _ = writeln!(text, "      first_day: {}", edge(window.first, "eerste"));
                if window.forward {
                    text.push_str("      counted: forward\n");
                }
            }
            let _ = writeln!(text, "      last_day: {}", edge(window.last, "laatste"));
        }
    }
    let names: Vec<String> = (0..model.counts.len()).map(|i| format!("c{i}")).collect();
    let _ = writeln!(text, "  uitkomst:\n    sources: [s]\n    hit: first\n    table: |");
    let _ = writeln!(text, "      {} | spoed || uitkomst", names.join(" | "));
    for (cells, urgent, outcome) in &model.rows {
        let cell = |cell: &(i64, i64)| match *cell {
            (0, 9) => "-".to_owned(),
            (low, 9) => format!(">= {low}"),
            (low, high) if low == high => low.to_string(),
            (low, high) => format!("[{low}..{high}]"),
        };
        let cells: Vec<String> = cells.iter().map(cell).collect();
        let urgent = urgent.map_or("-", |urgent| if urgent { "ja" } else { "nee" });
        let _ = writeln!(text, "      {} | {urgent} || {}", cells.join(" | "), ["a", "b", "c"][*outcome]);
    }
    text
}

/// A case: what is known of each thing.
#[derive(Debug)]
struct Case {
    urgent: Vec<bool>,
    anchors: Vec<i64>,
    place: Vec<usize>,
    records: Vec<(Vec<usize>, Vec<usize>, Vec<i64>)>,
    /// How many more records there may be.
    more: usize,
    json: String,
}

fn some(rng: &mut Rng, low: i64, high: i64, calendar: &Calendar, name: &str) -> (Vec<i64>, String) {
    let one =
        |rng: &mut Rng| low + i64::try_from(rng.below(usize::try_from(high - low + 1).unwrap())).unwrap();
    let (a, b) = (one(rng), one(rng));
    let (a, b) = (a.min(b), a.max(b));
    let day = |n: i64| format!("\"{}\"", calendar.day(n));
    match rng.below(6) {
        0 => ((low..=high).collect(), String::new()),
        1 => ((low..=high).collect(), format!("\"{name}\": null")),
        2 => ((a..=b).collect(), format!("\"{name}\": {{ \"between\": [{}, {}] }}", day(a), day(b))),
        3 => (
            BTreeSet::from([a, b]).into_iter().collect(),
            format!("\"{name}\": {{ \"one_of\": [{}, {}] }}", day(a), day(b)),
        ),
        _ => (vec![a], format!("\"{name}\": {}", day(a))),
    }
}

fn case(rng: &mut Rng, model: &Model, calendar: &Calendar) -> Case {
    let mut parts: Vec<String> = Vec::new();
    let urgent = match rng.below(3) {
        0 => vec![true, false],
        n => {
            parts.push(format!("\"spoed\": {}", n == 1));
            vec![n == 1]
        }
    };
    let (anchors, text) = some(rng, model.anchors.0, model.anchors.1, calendar, "dag");
    parts.push(text);
    let text_of = |rng: &mut Rng, name: &str| match rng.below(4) {
        0 => ((0..PLACES.len()).collect(), String::new()),
        1 => ((0..PLACES.len()).collect(), format!("\"{name}\": null")),
        _ => {
            let place = rng.below(3);
            let written =
                if rng.chance(20) { PLACES[place].to_uppercase() } else { PLACES[place].to_owned() };
            (vec![place], format!("\"{name}\": \"{written}\""))
        }
    };
    let (place, text) = text_of(rng, "adres");
    parts.push(text);
    let mut records = Vec::new();
    let mut written = Vec::new();
    for _ in 0..rng.below(model.most + 1) {
        let kinds: Vec<usize> = (0..3).filter(|_| rng.chance(40)).collect();
        let (kinds, kind) = match rng.below(4) {
            0 => (vec![0, 1, 2], String::new()),
            1 if !kinds.is_empty() => {
                let list: Vec<String> = kinds.iter().map(|k| format!("\"{}\"", KINDS[*k])).collect();
                (kinds.clone(), format!("\"soort\": {{ \"one_of\": [{}] }}", list.join(", ")))
            }
            _ => {
                let kind = rng.below(3);
                (vec![kind], format!("\"soort\": \"{}\"", KINDS[kind]))
            }
        };
        let (places, place) = text_of(rng, "plek");
        let (days, day) = some(rng, model.days.0, model.days.1, calendar, "wanneer");
        let fields: Vec<String> = [kind, place, day].into_iter().filter(|text| !text.is_empty()).collect();
        written.push(format!("{{ {} }}", fields.join(", ")));
        records.push((kinds, places, days));
    }
    let more = match rng.below(5) {
        0 => {
            records.clear();
            model.most
        }
        1 => {
            parts.push(format!("\"feiten\": {{ \"at_least\": [{}] }}", written.join(", ")));
            model.most - records.len()
        }
        2 => {
            records.clear();
            parts.push("\"feiten\": null".to_owned());
            model.most
        }
        _ => {
            parts.push(format!("\"feiten\": [{}]", written.join(", ")));
            0
        }
    };
    parts.retain(|part| !part.is_empty());
    Case { urgent, anchors, place, records, more, json: format!("{{ {} }}", parts.join(", ")) }
}

/// One way in which the windows go.
type Way = Vec<Option<(Option<(i32, char)>, bool, bool)>>;

fn fate(value: &Value) -> Fate {
    match value {
        Value::Number(n) => Fate::Number(n.to_string().parse().unwrap()),
        Value::Text(text) => Fate::Letter(["a", "b", "c"].iter().position(|l| l == text).unwrap()),
        Value::NotApplicable => Fate::NotApplicable,
        Value::Unregulated(_) => Fate::Unset,
        other => panic!("{other:?}"),
    }
}

/// The outcomes that the engine gives, its needs, and whether it calls them approximate.
fn given(outcome: &Outcome) -> (BTreeSet<Fate>, Vec<String>, bool) {
    match outcome {
        Outcome::Determined(value) => ([fate(value)].into(), Vec::new(), false),
        Outcome::NotApplicable => ([Fate::NotApplicable].into(), Vec::new(), false),
        Outcome::Unregulated { .. } => ([Fate::Unset].into(), Vec::new(), false),
        Outcome::Open { possible: Possible::Values(values), needs, approximate } => {
            (values.iter().map(fate).collect(), needs.iter().map(ToString::to_string).collect(), *approximate)
        }
        other => panic!("{other:?}"),
    }
}

/// The questions that could change a decision.
fn needs(all: &BTreeMap<Completion, Vec<Fate>>, d: usize) -> Vec<String> {
    let mut list = Vec::new();
    for (i, name) in ["spoed", "dag", "adres", "feiten"].iter().enumerate() {
        let mut groups: BTreeMap<Completion, &Fate> = BTreeMap::new();
        let matters = all.iter().any(|(completion, fates)| {
            let mut rest = completion.clone();
            match i {
                0 => rest.0 = false,
                1 => rest.1 = 0,
                2 => rest.2 = 0,
                _ => rest.3 = Vec::new(),
            }
            *groups.entry(rest).or_insert(&fates[d]) != &fates[d]
        });
        if matters {
            list.push((*name).to_owned());
        }
    }
    list
}

/// Whether nothing but records is open that counts read.
fn records_only(model: &Model, case: &Case) -> bool {
    !model.gated && case.anchors.len() == 1 && case.place.len() == 1
}

fn compare(
    program: &Program,
    model: &Model,
    case: &Case,
    calendar: &Calendar,
    tally: &mut Tally,
) -> Result<(), String> {
    let answers = Answers::from_json("answers.json", &case.json).map_err(|f| f.to_string())?;
    let assessment = program.evaluate(&answers).map_err(|f| f.to_string())?;
    tally.add(&assessment);
    let all = brute(model, case, calendar);
    for (d, (id, outcome)) in assessment.decisions.iter().enumerate() {
        let expected: BTreeSet<Fate> = all.values().map(|fates| fates[d].clone()).collect();
        let (found, found_needs, approximate) = given(outcome);
        let right = if approximate { found.is_superset(&expected) } else { found == expected };
        if !right {
            return Err(format!("`{id}` of {}: expected {expected:?}, found {outcome:?}", case.json));
        }
        if approximate && records_only(model, case) && ways(model).1.is_empty() {
            return Err(format!("`{id}` of {}: expected an exact outcome, found {outcome:?}", case.json));
        }
        let open = expected.len() > 1 && expected.iter().any(|fate| *fate != Fate::Unset);
        if open && !approximate {
            let needs = needs(&all, d);
            if needs != found_needs {
                return Err(format!(
                    "`{id}` of {}: expected needs {needs:?}, found {found_needs:?}",
                    case.json
                ));
            }
        }
    }
    Ok(())
}

#[test]
fn lists_and_counts() {
    let calendar = Calendar::new();
    let tally = rounds("lists and counts", 120, |rng| {
        let mut model = generate(rng, &calendar);
        // `where` and `same` go together: every alternative of the one with every alternative of the other
        for count in &mut model.counts {
            let same = count.rows[0].1;
            count.rows.iter_mut().for_each(|row| row.1 = same);
        }
        let text = render(&model, &calendar);
        let program = rules(&text).on(date("2026-07-04")).map_err(|f| f.to_string())?;
        let mut tally = Tally::default();
        for _ in 0..12 {
            let case = case(rng, &model, &calendar);
            compare(&program, &model, &case, &calendar, &mut tally)
                .map_err(|problem| format!("{problem}\n{text}"))?;
        }
        Ok(tally)
    });
    let count = |status: &str| tally.statuses.get(status).copied().unwrap_or(0);
    assert!(count("open") > 800 && count("determined") > 800 && count("unregulated") > 10, "{tally:?}");
    assert!(count("approximate") * 5 < count("open"), "{tally:?}");
}
