//! Pictures of a report: steps along the days, and counts as bars. Places are whole points of a drawing; the same facts stand in a
//! table beside it.

use super::content::{CountGroup, Counted, Report, Step};
use crate::assessment::StepStatus;
use crate::notation::{MONTHS, date};
use crate::value::Date;

/// The drawing is so wide, and its labels take so much of it.
pub(super) const WIDTH: i64 = 720;
const LABELS: i64 = 290;
const RIGHT: i64 = 90;
const TOP: i64 = 34;
const ROW: i64 = 24;
/// A second line of a label.
const HALF: i64 = 14;
/// Most signs of a line of a label.
const LONGEST: usize = 42;

/// The steps that have a day, along the days.
#[derive(Debug)]
pub(super) struct Timeline {
    pub(super) height: i64,
    /// Where the rows end.
    pub(super) bottom: i64,
    pub(super) ticks: Vec<(i64, String)>,
    pub(super) today: i64,
    pub(super) rows: Vec<Row>,
    /// What there is to see, in words.
    pub(super) told: String,
}

/// One step along the days.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) label: Vec<(i64, String)>,
    pub(super) y: i64,
    pub(super) x: i64,
    /// Where the window of a term begins.
    pub(super) from: Option<i64>,
    pub(super) mark: Mark,
    pub(super) day: String,
    pub(super) text_x: i64,
    pub(super) before: bool,
}

/// What happens on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It was done.
    Done,
    /// The last day.
    Last,
    /// The first day.
    First,
}

/// The day of a step, and what it is.
fn dated(step: &Step) -> Option<(Date, Option<Date>, Mark)> {
    if let Some(done) = step.done {
        return Some((done, None, Mark::Done));
    }
    let term =
        step.term.as_ref().filter(|_| matches!(step.status, StepStatus::Open | StepStatus::Blocked))?;
    let mark = if term.at_least { Mark::First } else { Mark::Last };
    Some((term.day?, term.earliest, mark))
}

/// The timeline; none where no step has a day.
pub(super) fn timeline(report: &Report) -> Option<Timeline> {
    let mut found: Vec<(&Step, Date, Option<Date>, Mark)> = report
        .steps
        .iter()
        .filter_map(|step| dated(step).map(|(day, from, mark)| (step, day, from, mark)))
        .collect();
    found.sort_by_key(|(_, day, ..)| *day);
    let days =
        found.iter().flat_map(|(_, day, from, _)| from.iter().copied().chain([*day])).chain([report.as_of]);
    let ticks = days.map(Date::ticks).collect::<Vec<_>>();
    let (first, last) = (*ticks.iter().min()?, *ticks.iter().max()?);
    if found.is_empty() {
        return None;
    }
    let span = (last - first).max(1);
    let place = |ticks: i64| LABELS + (ticks - first) * (WIDTH - LABELS - RIGHT) / span;
    let mut bottom = TOP;
    let mut row = |(step, day, from, mark): &(&Step, Date, Option<Date>, Mark)| {
        let label = lines(&step.title);
        let height = if label.len() > 1 { ROW + HALF } else { ROW };
        let y = bottom + height / 2;
        bottom += height;
        let x = place(day.ticks());
        let before = x > WIDTH - RIGHT - 20;
        Row {
            label: labelled(label, y),
            y,
            x,
            from: from.map(|from| place(from.ticks())),
            mark: *mark,
            day: short_date(*day),
            text_x: if before { x - 10 } else { x + 10 },
            before,
        }
    };
    let rows: Vec<Row> = found.iter().map(&mut row).collect();
    let told =
        found.iter().map(|(step, day, _, mark)| format!("{}: {} {}", step.title, mark.word(), date(*day)));
    Some(Timeline {
        height: bottom + 30,
        bottom,
        ticks: axis(first, last).into_iter().map(|(ticks, text)| (place(ticks), text)).collect(),
        today: place(report.as_of.ticks()),
        rows,
        told: told.collect::<Vec<_>>().join(". "),
    })
}

impl Mark {
    fn word(self) -> &'static str {
        match self {
            Mark::Done => "gedaan op",
            Mark::Last => "uiterlijk op",
            Mark::First => "niet voor",
        }
    }
}

/// A few days with their names along the axis: days, months or years.
fn axis(first: i64, last: i64) -> Vec<(i64, String)> {
    const MOST: i64 = 6;
    let months = (last - first) / 30 + 1;
    let mut list = Vec::new();
    if months <= 2 {
        let apart = ((last - first) / MOST).max(1);
        let mut day = first;
        while day <= last {
            list.extend(Date::from_ticks(day).map(|date| (day, format!("{} {}", date.day(), month(date)))));
            day += apart;
        }
        return list;
    }
    let apart =
        [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|apart| months / apart <= MOST).unwrap_or(1200);
    let begin = Date::from_ticks(first).map_or(1, |date| date.year());
    let end = Date::from_ticks(last).map_or(begin, |date| date.year());
    let every = i32::try_from(apart).unwrap_or(12);
    for n in (begin * 12..=end * 12 + 11).filter(|n| n % every == 0) {
        let of = u8::try_from(n % 12 + 1).unwrap_or(1);
        let Some(date) = Date::new(n / 12, of, 1) else { continue };
        if (first..=last).contains(&date.ticks()) {
            list.push((date.ticks(), format!("{} {}", month(date), date.year())));
        }
    }
    list
}

fn month(date: Date) -> &'static str {
    let name = MONTHS.get(usize::from(date.month()).wrapping_sub(1)).copied().unwrap_or_default();
    // March is abbreviated by its consonants
    if name == "maart" { "mrt" } else { name.get(..3).unwrap_or(name) }
}

fn short_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// The lines of a label with their places around the middle of a row.
fn labelled(lines: Vec<String>, middle: i64) -> Vec<(i64, String)> {
    let first = if lines.len() > 1 { middle - 3 } else { middle + 4 };
    lines.into_iter().zip(0..).map(|(line, n)| (first + n * HALF, line)).collect()
}

/// A label on one or two lines.
fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { continue };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= LONGEST {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let whole = lines.len() <= 2;
    lines.truncate(2);
    for line in &mut lines {
        if line.chars().count() > LONGEST {
            *line = line.chars().take(LONGEST - 1).chain(['…']).collect();
        }
    }
    if let Some(last) = lines.last_mut().filter(|_| !whole) {
        last.push('…');
    }
    lines
}

/// Counts as bars, one for each theme.
#[derive(Debug)]
pub(super) struct Bars {
    pub(super) height: i64,
    pub(super) legend: Vec<(usize, String)>,
    pub(super) rows: Vec<Bar>,
    pub(super) told: String,
}

/// The bar of a theme.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) label: Vec<(i64, String)>,
    pub(super) y: i64,
    pub(super) parts: Vec<Piece>,
}

/// A piece of a bar: so many questions of one kind.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) kind: usize,
    pub(super) x: i64,
    pub(super) width: i64,
    pub(super) count: usize,
}

/// What a bar falls apart into: the answers, and what does not apply or was not assessed.
pub(super) fn kinds(counted: &Counted) -> Vec<String> {
    let also = ["Niet van toepassing", "Niet beoordeeld"].map(str::to_owned);
    counted.options.iter().cloned().chain(also).collect()
}

/// How many questions of a theme are of each kind.
pub(super) fn numbers(group: &CountGroup) -> Vec<usize> {
    group.counts.iter().copied().chain([group.not_applicable, group.not_assessed]).collect()
}

/// The bars of a count; all in the same measure.
pub(super) fn bars(counted: &Counted) -> Option<Bars> {
    let most = counted
        .groups
        .iter()
        .map(|group| numbers(group).iter().sum::<usize>())
        .max()
        .filter(|most| *most > 0)?;
    let most = i64::try_from(most).ok()?;
    let kinds = kinds(counted);
    let row = |(group, y): (&CountGroup, i64)| {
        let mut x = LABELS;
        let parts = numbers(group).into_iter().enumerate().filter(|(_, count)| *count > 0);
        let parts = parts.filter_map(|(kind, count)| {
            let width = i64::try_from(count).ok()? * (WIDTH - LABELS) / most;
            let piece = Piece { kind: look(kind, kinds.len()), x, width: (width - 2).max(1), count };
            x += width;
            Some(piece)
        });
        Bar { label: labelled(lines(&group.title), y + 12), y, parts: parts.collect() }
    };
    let rows: Vec<Bar> = counted.groups.iter().zip((0..).map(|n| 8 + n * 34)).map(row).collect();
    let told = counted.groups.iter().map(|group| {
        let parts = numbers(group)
            .into_iter()
            .zip(&kinds)
            .map(|(count, kind)| format!("{count} {}", kind.to_lowercase()));
        format!("{}: {}", group.title, parts.collect::<Vec<_>>().join(", "))
    });
    Some(Bars {
        height: i64::try_from(rows.len()).unwrap_or(0) * 34 + 12,
        legend: kinds
            .iter()
            .enumerate()
            .map(|(kind, text)| (look(kind, kinds.len()), text.clone()))
            .collect(),
        rows,
        told: told.collect::<Vec<_>>().join(". "),
    })
}

/// The look of a kind: 0 to 5 for answers, 8 for what does not apply, 9 for what was not assessed.
fn look(kind: usize, kinds: usize) -> usize {
    match kinds.saturating_sub(kind) {
        1 => 9,
        2 => 8,
        _ => kind.min(5),
    }
}
