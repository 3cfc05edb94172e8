//! What something unset could be: values of its kind, on both sides of everything that rules compare it with. Of those
//! that no rule tells apart one is tried.

use super::model::{Gives, Hit, Input, Model, Rule, Test, Val};
use super::naive::{Fate, given};
use super::space::{constants, each_test};

/// A word that no rule names.
const OTHER: Val = Val::Text("?");

/// Everything that a decision could come to where its row, or its layer, does not say it.
pub(super) fn anything(model: &Model, d: usize, gives: &Gives) -> Vec<Fate> {
    let outputs = model.decisions[d].outputs.len();
    if outputs == 0 {
        return vec![Fate::Gap(1), Fate::Gap(2)];
    }
    let all: Vec<Vec<Val>> = (0..outputs)
        .map(|o| match gives {
            Gives::Partly(list) => list[o].map_or_else(|_| values(model, d, o, true), |known| vec![known]),
            gives => values(model, d, o, matches!(gives, Gives::Unset(_))),
        })
        .collect();
    let few: Vec<Vec<Val>> = (0..outputs).map(|o| apart(model, Input::Output(d, o), &all[o])).collect();
    let same = is_parameter(gives);
    // a parameter in two places of a row is one value
    let one = |values: &Vec<Val>| {
        let twice = same
            .iter()
            .flat_map(|a| same.iter().map(move |b| (a, b)))
            .filter(|(a, b)| a.0 < b.0 && a.1 == b.1);
        twice.map(|(a, b)| (a.0, b.0)).all(|(o, u)| one_value(model, (d, o, values[o]), (d, u, values[u])))
    };
    let product = |lists: &[Vec<Val>]| {
        let all = lists.iter().fold(vec![Vec::new()], |before, list| {
            before
                .iter()
                .flat_map(|b: &Vec<Val>| list.iter().map(|v| [b.as_slice(), &[*v]].concat()))
                .collect()
        });
        all.into_iter().filter(one).collect::<Vec<Vec<Val>>>()
    };
    let mut found = product(&few);
    if found.len() < 2 {
        // it is not settled, though no other rule sees a difference
        found = product(&all);
        found.truncate(2);
    }
    found.into_iter().map(Fate::Values).collect()
}

/// Values of an output that a row does not give; whole numbers where it is a parameter, as all those are here.
fn values(model: &Model, d: usize, o: usize, parameter: bool) -> Vec<Val> {
    let decision = &model.decisions[d];
    let options: Vec<Val> = decision.outputs[o].options.iter().map(|o| Val::Text(o)).collect();
    match options.as_slice() {
        [] => {}
        [only] => return vec![*only, OTHER],
        _ => return options,
    }
    let rows = match &decision.rule {
        Rule::Table(table) => table.rows.as_slice(),
        _ => &[],
    };
    let known: Vec<Val> = rows.iter().filter_map(|row| given(row, o)).collect();
    let some = |is: fn(&Val) -> bool| known.iter().any(is);
    let nothing = known.iter().all(|v| *v == Val::Null);
    let numbers = parameter || nothing || some(|v| matches!(v, Val::Num(_)));
    let dates = !parameter && some(|v| matches!(v, Val::Date(_)));
    let step = if parameter { 100 } else { 1 };
    let mut all: Vec<Val> = known.iter().copied().filter(|v| !parameter || v.whole()).collect();
    if !parameter && (nothing || some(|v| matches!(v, Val::Text(_)))) {
        all.push(OTHER);
    }
    if !parameter && some(|v| matches!(v, Val::Bool(_))) {
        all.extend([Val::Bool(true), Val::Bool(false)]);
    }
    for end in ends(model, Input::Output(d, o)) {
        let near = end.div_euclid(step) * step;
        for at in [near - step, near, near + step, near + 2 * step] {
            all.extend(numbers.then_some(Val::Num(at)));
            all.extend(dates.then_some(Val::Date(at)));
        }
    }
    if let Rule::Table(table) = &decision.rule
        && table.hit == Hit::Priority
    {
        all.extend(table.priority.iter().filter(|listed| match listed {
            Val::Num(_) => numbers && (!parameter || listed.whole()),
            Val::Date(_) => dates,
            Val::Text(_) => !parameter && (nothing || some(|v| matches!(v, Val::Text(_)))),
            _ => false,
        }));
    }
    all.extend([77_700, 77_800].map(Val::Num).into_iter().filter(|_| numbers));
    all.extend([30_000, 30_001].map(Val::Date).into_iter().filter(|_| dates));
    // what no row gives comes first: it stands for all that rules do not tell apart from it
    all.sort_unstable_by_key(|value| (known.contains(value), *value));
    all.dedup();
    all
}

/// Whether a term of a score could be any number.
pub(super) fn any_number(model: &Model, term: Input) -> bool {
    let Input::Output(d, o) = term else { return false };
    match &model.decisions[d].rule {
        Rule::Unloaded => true,
        Rule::Table(table) => table.rows.iter().any(|row| given(row, o).is_none()),
        Rule::Points(terms) => terms.iter().any(|term| any_number(model, *term)),
    }
}

/// The sums of a score that adds up something unset.
pub(super) fn any_sum(model: &Model, d: usize) -> Vec<i64> {
    let input = Input::Output(d, 0);
    let near = ends(model, input).into_iter().flat_map(|end| [end - 1, end, end + 1]);
    let all: Vec<Val> = near.chain([77_700, 77_800]).map(Val::Num).collect();
    let mut few = apart(model, input, &all);
    if few.len() < 2 {
        few = all[all.len() - 2..].to_vec();
    }
    few.into_iter().filter_map(Val::order).collect()
}

/// The outputs of what a row gives that are an unset parameter, each with that parameter.
pub(super) fn is_parameter(gives: &Gives) -> Vec<(usize, usize)> {
    match gives {
        Gives::Unset(list) => list.iter().copied().enumerate().collect(),
        Gives::Partly(list) => {
            list.iter().enumerate().filter_map(|(o, given)| Some((o, given.err()?))).collect()
        }
        _ => Vec::new(),
    }
}

/// The parameters that are missing in what a row gives.
pub(super) fn missing(model: &Model, gives: &Gives) -> Vec<String> {
    is_parameter(gives).into_iter().map(|(_, p)| model.parameters[p].id.clone()).collect()
}

/// Whether a value in one place and a value in another can be one parameter: whether there is a value that no rule tells
/// apart from the one there and from the other here.
pub(super) fn one_value(
    model: &Model,
    (d, o, x): (usize, usize, Val),
    (e, u, y): (usize, usize, Val),
) -> bool {
    let (a, b) = (values(model, d, o, true), values(model, e, u, true));
    let may = |d: usize, o: usize, all: &[Val], value: &Val| match model.decisions[d].outputs[o].options.len()
    {
        0 => matches!(value, Val::Num(_)),
        1 => matches!(value, Val::Text(_)),
        _ => all.contains(value),
    };
    let both: Vec<Val> =
        a.iter().chain(&b).filter(|value| may(d, o, &a, value) && may(e, u, &b, value)).copied().collect();
    let here = |at: (usize, usize), value: Val| place(model, Input::Output(at.0, at.1), value);
    both.is_empty()
        || both
            .iter()
            .any(|value| here((d, o), *value) == here((d, o), x) && here((e, u), *value) == here((e, u), y))
}

/// Whether a value that an example names stands for the same as one that was tried.
pub(super) fn stands_for(model: &Model, input: Input, tried: Val, text: &str) -> bool {
    let Input::Output(d, _) = input else { return false };
    if text == "another value" {
        let sum = matches!(model.decisions[d].rule, Rule::Points(_)) && any_number(model, input);
        return sum || place(model, input, tried) == place(model, input, OTHER);
    }
    let day = || (0..40_000).find(|day| Val::Date(*day).text() == text).map(|day| i128::from(day) * FINE);
    let (Some(at), Some(tried)) = (number(text).or_else(day), tried.order()) else { return false };
    ends(model, input).iter().all(|end| at.cmp(&(i128::from(*end) * FINE)) == tried.cmp(end))
}

/// How much finer an example may be than the hundredths of rules.
const FINE: i128 = 10_000_000;

/// A number with its sign and at most nine decimals, in billionths.
fn number(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    Some(sign * format!("{whole}{rest:0<9}").parse::<i128>().ok()?)
}

/// The constants with which rules compare an input.
fn ends(model: &Model, input: Input) -> Vec<i64> {
    constants(model).into_iter().filter(|(on, _)| *on == input).map(|(_, end)| end).collect()
}

/// Of some values those that rules tell apart.
fn apart(model: &Model, input: Input, values: &[Val]) -> Vec<Val> {
    let mut places = Vec::new();
    let mut few = Vec::new();
    for value in values {
        let place = place(model, input, *value);
        if !places.contains(&place) {
            places.push(place);
            few.push(*value);
        }
    }
    few
}

/// How a value lies to all that rules compare the input with, and to the other rows of a table with an order.
fn place(model: &Model, input: Input, value: Val) -> (Vec<Option<std::cmp::Ordering>>, Vec<bool>) {
    let ends = ends(model, input).into_iter().map(|end| Some(value.order()?.cmp(&end)));
    let mut ends: Vec<Option<std::cmp::Ordering>> = ends.collect();
    let mut is = Vec::new();
    each_test(model, &mut |on, test| {
        if on == input {
            match test {
                Test::Is(other) => is.push(value == *other),
                // a word lies nowhere
                Test::Range(..) => ends.push(value.order().map(|_| std::cmp::Ordering::Equal)),
                _ => {}
            }
        }
    });
    if let Input::Output(d, _) = input
        && let Rule::Table(table) = &model.decisions[d].rule
        && table.hit == Hit::Priority
    {
        let options = model.decisions[d].outputs.iter().flat_map(|o| &o.options).map(|o| Val::Text(o));
        let rows = table
            .rows
            .iter()
            .flat_map(|row| (0..model.decisions[d].outputs.len()).filter_map(|o| given(row, o)));
        is.extend(table.priority.iter().copied().chain(options).chain(rows).map(|other| other == value));
    }
    (ends, is)
}
