//! Values with periods: on the days around each edge the value of that day holds, and where there is none it is missing.

use leidraad::{Date, RuleSet};

use super::chain::{Recipe, chain};
use super::model::{Dated, Gives, Model, Period, Rule, civil};
use super::rng::Rng;
use super::settle::{random_setting, settled};
use super::space::{Space, axes};
use super::tables::every_subset_on;
use super::{Tally, render, rounds};

/// The library's date of a day number.
pub(super) fn date(day: i64) -> Date {
    let (year, month, day) = civil(day);
    Date::new(year as i32, month as u8, day as u8).unwrap()
}

/// Periods that do not overlap, some of them next to each other.
pub(super) fn periods(rng: &mut Rng) -> Vec<Period> {
    let mut day = 20_454 + rng.between(0, 300);
    let many = 1 + rng.below(3);
    let mut list = Vec::new();
    for i in 0..many {
        let from = day;
        let to = from + if rng.chance(20) { 0 } else { rng.between(0, 60) };
        day = to + 1 + if rng.chance(40) { 0 } else { rng.between(1, 40) };
        list.push((
            (i > 0 || rng.chance(70)).then_some(from),
            (i + 1 < many || rng.chance(70)).then_some(to),
        ));
    }
    if rng.chance(30) {
        rng.shuffle(&mut list);
    }
    list
}

/// Gives unset parameters values with periods.
fn set_by_period(model: &mut Model, rng: &mut Rng) {
    let together = |model: &Model, p: usize| {
        let tables = model.decisions.iter().filter_map(|d| match &d.rule {
            Rule::Table(table) => Some(&table.rows),
            _ => None,
        });
        tables
            .flatten()
            .any(|r| matches!(&r.gives, Gives::Unset(list) if list.len() > 1 && list.contains(&p)))
    };
    for p in 0..model.parameters.len() {
        if rng.chance(20) || together(model, p) {
            continue;
        }
        let list: Vec<Dated> = periods(rng)
            .into_iter()
            .filter_map(|(from, to)| Some(Dated { from, to, setting: random_setting(model, p, rng)? }))
            .collect();
        model.parameters[p].set = list;
    }
}

/// The days at the edges of some periods and next to them.
pub(super) fn edges_of(periods: impl Iterator<Item = Period>) -> Vec<i64> {
    let mut days: Vec<i64> =
        periods.flat_map(|(from, to)| [from.map(|f| f - 1), from, to, to.map(|t| t + 1)]).flatten().collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn round(rng: &mut Rng) -> Result<Tally, String> {
    let recipe = Recipe {
        questions: 1 + rng.below(3),
        decisions: 2 + rng.below(2),
        choices: false,
        unset: true,
        sections: false,
        decimals: false,
    };
    let mut model = chain(rng, recipe);
    set_by_period(&mut model, rng);
    let days = edges_of(model.parameters.iter().flat_map(|p| &p.set).map(|d| (d.from, d.to)));
    hold_on_days(&model, days, rng)
}

/// Holds a model against the oracle on some of these days.
pub(super) fn hold_on_days(model: &Model, mut days: Vec<i64>, rng: &mut Rng) -> Result<Tally, String> {
    if days.is_empty() {
        return Ok(Tally::default());
    }
    let text = render::file(model, true);
    let rules = match RuleSet::from_text("proef.yaml", &text) {
        Ok(rules) => rules,
        Err(findings) => {
            let error = format!("{findings:#}");
            let impossible = |day: &i64| {
                let plain = settled(model, Some(*day));
                let (axes, size) = axes(&plain, &mut Rng::new(1), true);
                size > 3000 || !Space::new(&plain, axes).impossible().is_empty()
            };
            let only = error.matches("error[").count() == error.matches("error[impossible-when]").count();
            let rightly = only && days.iter().any(impossible);
            return if rightly { Ok(Tally::default()) } else { Err(format!("refused:\n{text}\n{error}")) };
        }
    };
    rng.shuffle(&mut days);
    days.truncate(4);
    let mut all = Tally::default();
    for day in days {
        let load = |_: bool| {
            let program = rules.on(date(day)).map_err(|f| format!("{f:#}"));
            (program, format!("on {}\n{text}", date(day)))
        };
        let tally = every_subset_on(model, Some(day), rng, (3000, 4), &load)?;
        all.cases += tally.cases;
        tally.statuses.iter().for_each(|(status, n)| *all.statuses.entry(status).or_default() += n);
    }
    Ok(all)
}

#[test]
fn values_with_periods() {
    rounds("values with periods", 350, round);
}
