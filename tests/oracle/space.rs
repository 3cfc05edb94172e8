//! All completions of all answers, each evaluated naively: what an assessment must say follows by counting.

use std::collections::BTreeSet;

use super::could_be;
use super::model::{Clause, Cond, Gives, Input, Kind, Model, Part, Point, Rule, Test, Val, new_year};
use super::naive::{Fate, Run, Script, Seen, Thing};
use super::rng::Rng;

/// What is known of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    Absent,
    /// `null`.
    Nobody,
    Known(Seen),
    OneOf(Vec<Val>),
    /// Several options at once, with the points of all options of the question.
    Several(Vec<Val>, Vec<i64>),
    /// Both ends included.
    Between(Option<i64>, Option<i64>),
}

/// The values of one question that stand for all of them.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// A value with its class: rules cannot tell the values of one class apart.
    pub(super) points: Vec<(Seen, usize)>,
    pub(super) classes: usize,
}

/// Every completion with its outcomes.
pub(super) struct Space<'m> {
    pub(super) model: &'m Model,
    pub(super) axes: Vec<Axis>,
    /// Per decision its fates, and the sets of fates that occur.
    pub(super) fates: Vec<Vec<Fate>>,
    pub(super) sets: Vec<Vec<BTreeSet<usize>>>,
    /// Per decision the set of each completion.
    pub(super) out: Vec<Vec<u32>>,
    /// Per question and completion whether it can be relevant and whether it can be irrelevant.
    pub(super) relevance: Vec<Vec<(bool, bool)>>,
    /// In how many ways unset things can go together.
    pub(super) worlds: usize,
}

/// Goes through all tests of a model.
pub(super) fn each_test(model: &Model, visit: &mut impl FnMut(Input, &Test)) {
    fn condition(cond: &Cond, visit: &mut impl FnMut(Input, &Test)) {
        match cond {
            Cond::Any(list) => list.iter().for_each(|c| condition(c, visit)),
            Cond::All(clauses) => {
                for clause in clauses {
                    match clause {
                        Clause::Not(inner) => condition(inner, visit),
                        Clause::Test(input, tests) => tests.iter().for_each(|t| flat(*input, t, visit)),
                    }
                }
            }
        }
    }
    fn flat(input: Input, test: &Test, visit: &mut impl FnMut(Input, &Test)) {
        visit(input, test);
        if let Test::Not(inner) = test {
            inner.iter().for_each(|t| flat(input, t, visit));
        }
    }
    let sections = model.sections.iter().filter_map(|s| s.when.as_ref());
    for when in sections.chain(model.questions.iter().filter_map(|q| q.when.as_ref())) {
        condition(when, visit);
    }
    for decision in &model.decisions {
        if let Some(when) = &decision.when {
            condition(when, visit);
        }
        if let Rule::Table(table) = &decision.rule {
            for row in &table.rows {
                for (input, cell) in table.inputs.iter().zip(&row.cells) {
                    cell.iter().for_each(|t| flat(*input, t, visit));
                }
            }
        }
    }
}

/// The constants that tests on an input mention.
pub(super) fn constants(model: &Model) -> Vec<(Input, i64)> {
    let mut found = Vec::new();
    each_test(model, &mut |input, test| {
        let ends = match test {
            Test::Is(value) => vec![value.order()],
            Test::Range(lo, hi) => [lo, hi]
                .iter()
                .map(|e| match e {
                    Some((Point::At(value), _)) => value.order(),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        found.extend(ends.into_iter().flatten().map(|at| (input, at)));
    });
    found.sort_unstable();
    found.dedup();
    found
}

/// The unset things of a model, with the number of ways in which each can go.
pub(super) fn things(model: &Model) -> Vec<(Thing, usize)> {
    let mut list: Vec<(Thing, usize)> = Vec::new();
    each_test(model, &mut |input, test| match test {
        Test::Unset(p) => list.push((Thing::Test(*p), 2)),
        Test::Range(lo, hi) => {
            for (point, _) in [lo, hi].into_iter().flatten() {
                if let Point::Parameter(p) = point {
                    list.push((Thing::End(*p, input), 3));
                }
            }
        }
        _ => {}
    });
    for (d, decision) in model.decisions.iter().enumerate() {
        let mut unset = |gives: &Gives| {
            let could = could_be::anything(model, d, gives);
            let ways = could.len();
            list.push((Thing::Decision(d, gives.clone(), could), ways));
        };
        match &decision.rule {
            Rule::Unloaded => unset(&Gives::Silent),
            Rule::Points(terms) => {
                if terms.iter().any(|term| could_be::any_number(model, *term)) {
                    let sums = could_be::any_sum(model, d);
                    list.push((Thing::Sum(d, sums.clone()), sums.len()));
                }
            }
            Rule::Table(table) => {
                let silent = table.rows.iter().filter(|row| !matches!(row.gives, Gives::Values(_)));
                silent.for_each(|row| unset(&row.gives));
            }
        }
    }
    let mut distinct: Vec<(Thing, usize)> = Vec::new();
    for thing in list {
        if !distinct.contains(&thing) {
            distinct.push(thing);
        }
    }
    distinct
}

impl Axis {
    /// The values of a question: all options, and of ordered types all constants with their neighbours, the ends of the
    /// domain and some others. With `merge`, values on the same side of every constant are one class.
    pub(super) fn new(
        model: &Model,
        q: usize,
        constants: &[(Input, i64)],
        rng: &mut Rng,
        merge: bool,
    ) -> Axis {
        let question = &model.questions[q];
        if question.gone {
            return Axis { points: vec![(Seen::NotApplicable, 0)], classes: 1 };
        }
        let mine: Vec<(Input, i64)> = constants
            .iter()
            .filter(|(input, _)| matches!(input, Input::Question(x) | Input::Part(x, _) if *x == q))
            .copied()
            .collect();
        let mut seen: Vec<Seen> = question.kind.options().into_iter().map(Seen::Value).collect();
        if let Some(step) = question.kind.step() {
            seen.extend(
                ordered(question, &mine, step, rng)
                    .into_iter()
                    .map(|at| Seen::Value(question.kind.value(at))),
            );
        }
        if question.may_not_apply {
            seen.push(Seen::NotApplicable);
        }
        let mut known: Vec<Vec<std::cmp::Ordering>> = Vec::new();
        let mut points = Vec::new();
        for (i, seen) in seen.into_iter().enumerate() {
            let class = match seen {
                Seen::Value(value) if merge && value.order().is_some() => {
                    let side = |(input, c): &(Input, i64)| match (input, value) {
                        (Input::Part(_, part), Val::Date(day)) => {
                            (super::model::part(day, *part) * 100).cmp(c)
                        }
                        _ => value.order().unwrap().cmp(c),
                    };
                    let key: Vec<std::cmp::Ordering> = mine.iter().map(side).collect();
                    known.iter().position(|k| *k == key).unwrap_or_else(|| {
                        known.push(key);
                        known.len() - 1
                    })
                }
                _ if merge => {
                    known.push(vec![std::cmp::Ordering::Equal; mine.len() + 1]);
                    known.len() - 1
                }
                _ => i,
            };
            points.push((seen, class));
        }
        let classes = points.iter().map(|(_, class)| class + 1).max().unwrap_or(0);
        Axis { points, classes }
    }

    /// The class of the option with the most points; of equal ones the first in the file counts.
    fn heaviest(&self, list: &[Val], points: &[i64]) -> usize {
        let mut best: Option<(i64, usize)> = None;
        for ((seen, class), points) in self.points.iter().zip(points) {
            let chosen = list.iter().any(|value| *seen == Seen::Value(*value));
            if chosen && best.is_none_or(|(most, _)| *points > most) {
                best = Some((*points, *class));
            }
        }
        best.unwrap().1
    }

    /// The classes that an answer leaves.
    pub(super) fn left(&self, given: &Given) -> Vec<usize> {
        if let Given::Several(list, points) = given {
            return vec![self.heaviest(list, points)];
        }
        let keeps = |seen: &Seen| match (given, seen) {
            (Given::Absent | Given::Nobody, _) => true,
            (Given::Known(known), seen) => known == seen,
            (Given::OneOf(list), Seen::Value(value)) => list.contains(value),
            (Given::Between(lo, hi), Seen::Value(value)) => {
                let at = value.order().unwrap();
                lo.is_none_or(|lo| lo <= at) && hi.is_none_or(|hi| at <= hi)
            }
            _ => false,
        };
        let classes: BTreeSet<usize> =
            self.points.iter().filter(|(seen, _)| keeps(seen)).map(|(_, class)| *class).collect();
        classes.into_iter().collect()
    }
}

/// Enough values of an ordered question to show every difference that rules can make.
fn ordered(
    question: &super::model::Question,
    constants: &[(Input, i64)],
    step: i64,
    rng: &mut Rng,
) -> Vec<i64> {
    let floor = |at: i64| at.div_euclid(step) * step;
    let mut values: Vec<i64> = [question.min, question.max].into_iter().flatten().collect();
    let (mut parts, mut days) = (false, Vec::new());
    for (input, constant) in constants {
        match input {
            Input::Part(_, Part::Year) => {
                let year = constant.div_euclid(100);
                let ends = [new_year(year) - 1, new_year(year), new_year(year + 1) - 1, new_year(year + 1)];
                days.extend(ends);
            }
            Input::Part(..) => parts = true,
            _ => {
                let floor = floor(*constant);
                values.extend([floor - step, floor, floor + step, floor + 2 * step]);
            }
        }
    }
    values.extend(days);
    let low = question.min.unwrap_or_else(|| values.iter().min().copied().unwrap_or(0) - 400 * step);
    let high = question.max.unwrap_or_else(|| values.iter().max().copied().unwrap_or(0) + 400 * step);
    if parts {
        values.extend(low..=high);
    }
    values.extend((0..3).map(|_| floor(rng.between(low, high))));
    values
        .retain(|at| question.min.is_none_or(|min| min <= *at) && question.max.is_none_or(|max| *at <= max));
    if question.kind == Kind::Time {
        values.extend([0, 24 * 60]);
        values.retain(|at| (0..=24 * 60).contains(at));
    }
    if values.is_empty() {
        values.push(low);
    }
    values.sort_unstable();
    values.dedup();
    values
}

/// Every value that answers leave, where those can be gone through: a place between two values of one class can matter to
/// a parameter with which several inputs are compared.
pub(super) fn every_value(model: &Model, given: &[Given], most: usize) -> Option<Vec<Axis>> {
    let mut size = things(model).iter().map(|(_, ways)| ways).product::<usize>();
    let mut axes = Vec::new();
    for (question, given) in model.questions.iter().zip(given) {
        let mut points: Vec<Seen> = question.kind.options().into_iter().map(Seen::Value).collect();
        match (given, question.kind.step()) {
            _ if question.gone => points = vec![Seen::NotApplicable],
            (Given::Known(seen), _) => points = vec![*seen],
            (_, Some(step)) => {
                let first = question.min?.div_euclid(step);
                let all = (first..=question.max?.div_euclid(step)).map(|i| i * step);
                points.extend(all.take(most).map(|at| Seen::Value(question.kind.value(at))));
            }
            _ => {}
        }
        if question.may_not_apply && !matches!(given, Given::Known(_)) {
            points.push(Seen::NotApplicable);
        }
        size = size.saturating_mul(points.len());
        if size > most {
            return None;
        }
        let classes = points.len();
        axes.push(Axis { points: points.into_iter().zip(0..).collect(), classes });
    }
    Some(axes)
}

/// The number of completions, without evaluating any.
pub(super) fn axes(model: &Model, rng: &mut Rng, merge: bool) -> (Vec<Axis>, usize) {
    let constants = constants(model);
    let axes: Vec<Axis> =
        (0..model.questions.len()).map(|q| Axis::new(model, q, &constants, rng, merge)).collect();
    let size = axes.iter().fold(1usize, |size, axis| size.saturating_mul(axis.classes));
    (axes, size)
}

impl<'m> Space<'m> {
    /// Evaluates every completion, in every way in which unset things can go.
    pub(super) fn new(model: &'m Model, axes: Vec<Axis>) -> Space<'m> {
        let things = things(model);
        let ways: Vec<usize> = things.iter().map(|(_, ways)| *ways).collect();
        let names: Vec<Thing> = things.into_iter().map(|(thing, _)| thing).collect();
        let outcomes = one_outcome(model, &names);
        let (decisions, questions) = (model.decisions.len(), model.questions.len());
        let mut space = Space {
            model,
            fates: vec![Vec::new(); decisions],
            sets: vec![Vec::new(); decisions],
            out: vec![Vec::new(); decisions],
            relevance: vec![Vec::new(); questions],
            worlds: ways.iter().product(),
            axes,
        };
        let sizes: Vec<usize> = space.axes.iter().map(|axis| axis.classes).collect();
        let value =
            |q: usize, class: usize| space.axes[q].points.iter().find(|(_, c)| *c == class).unwrap().0;
        let values: Vec<Vec<Seen>> =
            (0..questions).map(|q| (0..sizes[q]).map(|class| value(q, class)).collect()).collect();
        let mut at = vec![0; questions];
        loop {
            let answers: Vec<Seen> = at.iter().enumerate().map(|(q, class)| values[q][*class]).collect();
            // per decision and world the fates over all choices
            let mut worlds: Vec<Vec<BTreeSet<Fate>>> = vec![Vec::new(); decisions];
            let mut relevance = vec![(false, false); questions];
            let mut world = vec![0; ways.len()];
            // the worlds that can be: a parameter has one value, whatever it is compared with
            let mut possible: Vec<bool> = Vec::new();
            loop {
                let mut can_be = outcomes.iter().all(|(a, b, go)| go[world[*a]][world[*b]]);
                let mut here: Vec<BTreeSet<Fate>> = vec![BTreeSet::new(); decisions];
                let mut script = Script::default();
                loop {
                    let mut run = Run::new(model, &answers, &names, &world, &mut script);
                    for (d, fates) in here.iter_mut().enumerate() {
                        let fate = run.fate(d);
                        fates.insert(fate);
                    }
                    for (q, (yes, no)) in relevance.iter_mut().enumerate() {
                        *if run.relevant(q) { yes } else { no } = true;
                    }
                    can_be &= one_value(&mut run, &names, &world);
                    if !script.advance() {
                        break;
                    }
                }
                worlds.iter_mut().zip(here).for_each(|(list, fates)| list.push(fates));
                possible.push(can_be);
                if !odometer(&mut world, &ways) {
                    break;
                }
            }
            for (d, worlds) in worlds.iter().enumerate() {
                let fates = merge(model, d, (worlds, &possible), &names, &ways);
                let ids: BTreeSet<usize> =
                    fates.into_iter().map(|fate| intern(&mut space.fates[d], fate)).collect();
                space.out[d].push(intern(&mut space.sets[d], ids) as u32);
            }
            space.relevance.iter_mut().zip(relevance).for_each(|(list, item)| list.push(item));
            if !odometer(&mut at, &sizes) {
                break;
            }
        }
        space
    }
}

/// Counts on; false after the last.
pub(super) fn odometer(at: &mut [usize], sizes: &[usize]) -> bool {
    for (digit, size) in at.iter_mut().zip(sizes).rev() {
        *digit += 1;
        if *digit < *size {
            return true;
        }
        *digit = 0;
    }
    false
}

fn intern<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}

/// Whether each parameter lies to all inputs with which it is compared as one value can.
fn one_value(run: &mut Run<'_>, things: &[Thing], world: &[usize]) -> bool {
    let ends = || {
        things.iter().zip(world).filter_map(|(thing, way)| match thing {
            Thing::End(p, input) => Some((*p, *input, *way)),
            _ => None,
        })
    };
    ends().enumerate().all(|(i, (p, x, way_x))| {
        ends().skip(i + 1).filter(|(q, ..)| *q == p).all(|(_, y, way_y)| {
            let (Seen::Value(x), Seen::Value(y)) = (run.seen(x), run.seen(y)) else { return true };
            // 0, 1, 2: the input lies below, at, above the parameter
            match (x.order(), y.order()) {
                (Some(x), Some(y)) if x < y => way_x < way_y || (way_x == way_y && way_x != 1),
                (Some(x), Some(y)) if x > y => way_x > way_y || (way_x == way_y && way_x != 1),
                (Some(_), Some(_)) => way_x == way_y,
                _ => true,
            }
        })
    })
}

/// Of every two unset outcomes that are the same parameter in some place which of their ways can be one value.
fn one_outcome(model: &Model, things: &[Thing]) -> Vec<(usize, usize, Vec<Vec<bool>>)> {
    let mut found = Vec::new();
    for (j, b) in things.iter().enumerate() {
        for (i, a) in things[..j].iter().enumerate() {
            let (Thing::Decision(d, gives, ways), Thing::Decision(e, other, others)) = (a, b) else {
                continue;
            };
            let mut go = vec![vec![true; others.len()]; ways.len()];
            for (o, p) in could_be::is_parameter(gives) {
                for (u, _) in could_be::is_parameter(other).into_iter().filter(|(_, q)| *q == p) {
                    for (row, way) in go.iter_mut().zip(ways) {
                        for (can, beside) in row.iter_mut().zip(others) {
                            let (Fate::Values(x), Fate::Values(y)) = (way, beside) else { continue };
                            *can &= could_be::one_value(model, (*d, o, x[o]), (*e, u, y[u]));
                        }
                    }
                }
            }
            found.push((i, j, go));
        }
    }
    found
}

/// What a completion gives when unset things may go any way that can be: its outcome where all ways agree, else what is
/// missing.
fn merge(
    model: &Model,
    d: usize,
    (worlds, possible): (&[BTreeSet<Fate>], &[bool]),
    things: &[Thing],
    ways: &[usize],
) -> Vec<Fate> {
    let id = || Fate::Unset(vec![model.decisions[d].id.clone()]);
    let can_be: Vec<usize> = (0..worlds.len()).filter(|w| possible[*w]).collect();
    let first = &worlds[can_be[0]];
    if can_be.iter().all(|w| worlds[*w] == *first) {
        return first
            .iter()
            .map(|fate| if matches!(fate, Fate::Gap(_)) { id() } else { fate.clone() })
            .collect();
    }
    let parameters = |t: usize| match &things[t] {
        Thing::Test(p) | Thing::End(p, _) => vec![*p],
        Thing::Decision(_, gives, _) => could_be::is_parameter(gives).into_iter().map(|(_, p)| p).collect(),
        Thing::Sum(..) => Vec::new(),
    };
    // the last digit counts fastest
    let digit = |w: usize, t: usize| w / ways[t + 1..].iter().product::<usize>() % ways[t];
    let mut names: Vec<String> = Vec::new();
    for (t, thing) in things.iter().enumerate() {
        // a world that differs in this thing alone, or in what hangs on the same parameter
        let own = parameters(t);
        let together = |other: usize| other == t || parameters(other).iter().any(|p| own.contains(p));
        let beside =
            |w: usize, v: usize| (0..things.len()).all(|o| together(o) || digit(w, o) == digit(v, o));
        let matters =
            || can_be.iter().any(|w| can_be.iter().any(|v| worlds[*w] != worlds[*v] && beside(*w, *v)));
        // one that by itself tells nothing, in no world that one can think of, is not what is missing
        let alone = |w: usize, v: usize| (0..things.len()).all(|o| o == t || digit(w, o) == digit(v, o));
        let all = 0..worlds.len();
        let hangs = all.clone().any(|w| all.clone().any(|v| worlds[w] != worlds[v] && alone(w, v)));
        if hangs && matters() {
            names.extend(match thing {
                Thing::Test(p) | Thing::End(p, _) => vec![model.parameters[*p].id.clone()],
                Thing::Decision(d, Gives::Silent, _) => vec![model.decisions[*d].id.clone()],
                Thing::Decision(_, gives, _) => could_be::missing(model, gives),
                // what it adds up, whatever that is: of such models no names are held against the engine's
                Thing::Sum(..) => Vec::new(),
            });
        }
    }
    names.sort();
    names.dedup();
    // what a choice between overlapping rows can come to whatever is set, is possible all the same
    let chosen = can_be.iter().any(|w| worlds[*w].len() > 1);
    let all = |fate: &Fate| can_be.iter().all(|w| worlds[*w].contains(fate));
    let always = first.iter().filter(|fate| chosen && all(fate));
    let always = always.map(|fate| if matches!(fate, Fate::Gap(_)) { id() } else { fate.clone() });
    always.chain(std::iter::once(Fate::Unset(names))).collect()
}
