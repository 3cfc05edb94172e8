//! The questions that several programs share, with their domains cut wherever one of them cuts.

use std::collections::BTreeMap;

use super::alike::Alike;
use crate::cells::Cells;
use crate::model::{Measure, Part, QuestionInfo, Type};
use crate::program::{Code, Engine, NOT_APPLICABLE, hanging, hanging_pairs, lies_among};

/// A question as the programs share it. Where they ask different things under one id, each has a question of its own.
#[derive(Debug)]
pub(super) struct Variable {
    /// The question, with the answers that all programs accept.
    pub(super) info: QuestionInfo,
    /// Its domain, cut at the constants of all of them.
    pub(super) cells: Cells,
    /// Per program its question, where it has this one.
    pub(super) questions: Vec<Option<usize>>,
    /// The values that some rule tells apart.
    pub(super) values: Vec<Group>,
    /// Whether a program accepts answers that others do not, which are not compared.
    pub(super) narrowed: bool,
}

/// Cells of a variable that no rule of any program tells apart.
#[derive(Debug)]
pub(super) struct Group {
    /// The cells, or [`NOT_APPLICABLE`].
    pub(super) cells: Vec<Code>,
    /// The code in each program that has the question.
    pub(super) codes: Vec<Option<Code>>,
}

impl Variable {
    /// The values of a count that hangs between two cells, where all cells from the one to the other are among some values:
    /// whoever reads «1 or more» takes it to be one of these.
    pub(super) fn hanging_among(&self, values: &[usize]) -> Vec<usize> {
        let groups = values.iter().filter_map(|value| self.values.get(*value));
        let cells: Vec<Code> = groups.flat_map(|group| group.cells.iter().copied()).collect();
        let among = |code: &Code| lies_among(*code, &cells);
        let others = self.values.iter().enumerate().filter(|(place, _)| !values.contains(place));
        others.filter(|(_, group)| group.cells.iter().any(among)).map(|(place, _)| place).collect()
    }
}

/// A question of a program.
#[derive(Debug, Clone, Copy)]
struct Member<'e> {
    side: usize,
    q: usize,
    engine: &'e Engine,
    info: &'e QuestionInfo,
}

/// The common questions, in the order of the first program; those that only others have follow what comes before them.
pub(super) fn variables(engines: &[&Engine]) -> Vec<Variable> {
    let mut groups: Vec<Vec<Member<'_>>> = Vec::new();
    for (side, engine) in engines.iter().enumerate() {
        let mut place = 0;
        for (q, info) in engine.model.questions.iter().enumerate() {
            if matches!(info.kind, Type::Text | Type::List) {
                continue;
            }
            let member = Member { side, q, engine, info };
            let fits = |group: &Vec<Member<'_>>| {
                group
                    .iter()
                    .all(|other| other.info.id == info.id && other.side != side && same_kind(other, &member))
                    && common(&[group.as_slice(), &[member]].concat()).is_some()
            };
            match groups.iter().position(fits) {
                Some(known) => {
                    if let Some(group) = groups.get_mut(known) {
                        group.push(member);
                    }
                    place = known + 1;
                }
                None => {
                    groups.insert(place.min(groups.len()), vec![member]);
                    place += 1;
                }
            }
        }
    }
    groups.iter().filter_map(|group| variable(group, engines.len())).collect()
}

/// Whether both are answered by people, or both computed in the same way.
fn same_kind(a: &Member<'_>, b: &Member<'_>) -> bool {
    match (&a.info.derived, &b.info.derived) {
        (None, None) => true,
        (Some(x), Some(y)) => Alike { a: &a.engine.model, b: &b.engine.model }.derived(x, y),
        _ => false,
    }
}

/// The domain that questions have in common, with the ticks of each in it: `common tick * times` is its own.
struct Common {
    kind: Type,
    times: Vec<i64>,
}

fn common(members: &[Member<'_>]) -> Option<Common> {
    let first = members.first()?;
    let same_unit = |m: &Member<'_>| m.info.unit == first.info.unit;
    match first.info.kind {
        Type::Text | Type::List => None,
        Type::Finite { .. } => {
            let finite = |m: &Member<'_>| matches!(m.info.kind, Type::Finite { .. });
            let boolean = members.iter().all(|m| m.info.kind == Type::Finite { boolean: true });
            let shared = members.iter().all(finite) && !shared_options(members).is_empty();
            shared.then(|| Common { kind: Type::Finite { boolean }, times: vec![1; members.len()] })
        }
        Type::Ordered { measure: Measure::Number { .. }, .. } => {
            numbers(members).filter(|_| members.iter().all(same_unit))
        }
        Type::Ordered { measure, .. } => {
            let end = |m: &Member<'_>| match m.info.kind {
                Type::Ordered { measure: own, min, max } if own == measure => Some((min, max)),
                _ => None,
            };
            let ends: Option<Vec<(i64, i64)>> = members.iter().map(end).collect();
            let ends = ends?;
            let (min, max) = (ends.iter().map(|e| e.0).max()?, ends.iter().map(|e| e.1).min()?);
            let kind = Type::Ordered { measure, min, max };
            (min <= max).then(|| Common { kind, times: vec![1; members.len()] })
        }
    }
}

/// The options that all of some questions have.
fn shared_options<'m>(members: &[Member<'m>]) -> Vec<&'m crate::model::OptionInfo> {
    let has = |m: &Member<'_>, id: &str| m.info.options.iter().any(|o| o.id == id);
    let first = members.first().into_iter().flat_map(|m| &m.info.options);
    first.filter(|option| members.iter().all(|m| has(m, &option.id))).collect()
}

/// The numbers that are on the grid of each question.
fn numbers(members: &[Member<'_>]) -> Option<Common> {
    let part = |m: &Member<'_>| match m.info.kind {
        Type::Ordered { measure: Measure::Number { scale, step }, min, max } => Some((scale, step, min, max)),
        _ => None,
    };
    let parts: Option<Vec<(u32, i64, i64, i64)>> = members.iter().map(part).collect();
    let parts = parts?;
    let scale = parts.iter().map(|p| p.0).max()?;
    // a step of each in units of the finest scale, and the smallest that all of them have
    let unit = |(own, step, ..): &(u32, i64, i64, i64)| {
        i128::from(*step).checked_mul(10i128.checked_pow(scale - own)?)
    };
    let units: Option<Vec<i128>> = parts.iter().map(unit).collect();
    let units = units?;
    let step = units.iter().try_fold(1i128, |known, unit| lcm(known, *unit))?;
    let times: Option<Vec<i64>> =
        units.iter().map(|unit| i64::try_from(step.checked_div(*unit)?).ok()).collect();
    let times = times?;
    let low = parts.iter().zip(&times).map(|(p, times)| up(p.2, *times)).max()?;
    let high = parts.iter().zip(&times).map(|(p, times)| p.3.div_euclid(*times)).min()?;
    let measure = Measure::Number { scale, step: i64::try_from(step).ok()? };
    (low <= high).then_some(Common { kind: Type::Ordered { measure, min: low, max: high }, times })
}

fn lcm(a: i128, b: i128) -> Option<i128> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x.checked_rem(y)?);
    }
    a.checked_div(x)?.checked_mul(b)
}

/// A quotient rounded up.
fn up(tick: i64, times: i64) -> i64 {
    let floor = tick.div_euclid(times);
    if tick.rem_euclid(times) == 0 { floor } else { floor + 1 }
}

fn variable(members: &[Member<'_>], sides: usize) -> Option<Variable> {
    let first = members.first()?;
    let Common { kind, times } = common(members)?;
    let finite = matches!(kind, Type::Finite { .. });
    let mut info = QuestionInfo { kind, ..first.info.clone() };
    if finite {
        info.options = shared_options(members).into_iter().cloned().collect();
    }
    let any = |of: fn(&QuestionInfo) -> bool| members.iter().any(|m| of(m.info));
    info.bounds = (any(|q| q.bounds.0), any(|q| q.bounds.1));
    let cells = cut(&info, members, &times);
    let mut questions = vec![None; sides];
    for member in members {
        if let Some(slot) = questions.get_mut(member.side) {
            *slot = Some(member.q);
        }
    }
    let mut codes: Vec<(Code, Vec<Option<Code>>)> = Vec::new();
    for (cell, place) in cells.list.iter().zip(0..) {
        let mut own = vec![None; sides];
        for (member, times) in members.iter().zip(&times) {
            let tick = match info.options.get(usize::try_from(cell.witness).unwrap_or(usize::MAX)) {
                Some(option) if finite => {
                    let found = member.info.options.iter().position(|o| o.id == option.id);
                    found.and_then(|o| i64::try_from(o).ok())
                }
                _ => cell.witness.checked_mul(*times),
            };
            let found = tick.and_then(|tick| member.engine.cells.get(member.q)?.find(tick));
            if let Some(slot) = own.get_mut(member.side) {
                *slot = found.and_then(|cell| Code::try_from(cell).ok());
            }
        }
        codes.push((place, own));
    }
    if members.iter().all(|m| m.info.may_not_apply) {
        let own = questions.iter().map(|q| q.map(|_| NOT_APPLICABLE)).collect();
        codes.push((NOT_APPLICABLE, own));
    }
    codes.extend(unsettled(&cells, members, &codes, sides));
    let all_may = members.iter().all(|m| m.info.may_not_apply);
    let whole = |(member, times): (&Member<'_>, &i64)| {
        let same = match (&member.info.kind, &info.kind) {
            (Type::Ordered { min, max, .. }, Type::Ordered { min: low, max: high, .. }) => {
                *times == 1 && (min, max) == (low, high)
            }
            _ => member.info.options.len() == info.options.len(),
        };
        same && member.info.may_not_apply == all_may
    };
    let narrowed = !members.iter().zip(&times).all(whole);
    let values = grouped(codes, members);
    Some(Variable { info, cells, questions, values, narrowed })
}

/// What a count can hang between that reads something unset: each two cells, with what that is in each program.
fn unsettled(
    cells: &Cells,
    members: &[Member<'_>],
    codes: &[(Code, Vec<Option<Code>>)],
    sides: usize,
) -> Vec<(Code, Vec<Option<Code>>)> {
    let hangs = |m: &Member<'_>| m.engine.is_count(m.q) && m.engine.hangs(m.q);
    if !members.iter().all(hangs) {
        return Vec::new();
    }
    let own = |cell: usize, side: usize| codes.get(cell)?.1.get(side).copied()?;
    let both = |low: usize, high: usize| {
        let mut list = vec![None; sides];
        for (side, slot) in list.iter_mut().enumerate() {
            let ends = own(low, side).zip(own(high, side));
            *slot = ends.map(|(low, high)| if low == high { low } else { unsettled_between(low, high) });
        }
        (hanging(low, high), list)
    };
    hanging_pairs(cells.list.len()).map(|(low, high)| both(low, high)).collect()
}

fn unsettled_between(low: Code, high: Code) -> Code {
    let cell = |code: Code| usize::try_from(code).unwrap_or(0);
    hanging(cell(low), cell(high))
}

/// The common domain cut at the constants and parts of all programs.
fn cut(info: &QuestionInfo, members: &[Member<'_>], times: &[i64]) -> Cells {
    let mut cuts = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    if matches!(info.kind, Type::Ordered { .. }) {
        for (member, times) in members.iter().zip(times) {
            let Some(cells) = member.engine.cells.get(member.q) else { continue };
            cuts.extend(cells.list.iter().map(|cell| up(cell.lo, *times)));
            parts.extend(cells.parts());
        }
    }
    parts.sort_unstable();
    parts.dedup();
    Cells::new(info, &mut cuts, &parts)
}

/// Cells that mean the same to every program as one value.
fn grouped(codes: Vec<(Code, Vec<Option<Code>>)>, members: &[Member<'_>]) -> Vec<Group> {
    let mut places: BTreeMap<Vec<Option<Code>>, usize> = BTreeMap::new();
    let mut values: Vec<Group> = Vec::new();
    for (cell, own) in codes {
        let mut key = own.clone();
        for member in members {
            let alike = member.engine.alike.get(member.q).map(Vec::as_slice).unwrap_or_default();
            if let Some(slot) = key.get_mut(member.side)
                && let Some(code) = *slot
                && let Some(same) = usize::try_from(code).ok().and_then(|code| alike.get(code))
            {
                *slot = Some(*same);
            }
        }
        match places.get(&key).and_then(|place| values.get_mut(*place)) {
            Some(group) => group.cells.push(cell),
            None => {
                places.insert(key, values.len());
                values.push(Group { cells: vec![cell], codes: own });
            }
        }
    }
    values
}
