//! Rule sets side by side: every case that all of them can judge, evaluated naively by each, against the rows of a
//! comparison. No difference that no row describes, and no row about cases that are the same.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use leidraad::compare::{
    Combination, Comparison, Condition, Difference, Scope, Side, Status, Values, compare,
};
use leidraad::{Answers, Assessment, Program, Value};

use super::chain::{Recipe, chain};
use super::compare::load;
use super::generate::{question, single_table};
use super::model::{Dated, Gives, Hit, Input, Kind, Model, Part, Question, Rule, part};
use super::naive::Seen;
use super::rng::Rng;
use super::settle::{random_setting, settled};
use super::space::{Axis, Space, constants, odometer, things};
use super::{Tally, render, rounds};

/// Most cases that are gone through in one round.
const MOST: usize = 2500;

/// The same rules with something changed, now and then with everything.
fn changed(model: &Model, rng: &mut Rng) -> Model {
    let mut other = model.clone();
    for _ in 0..1 + rng.below(3) {
        match rng.below(6) {
            0 | 1 => {
                let d = rng.below(other.decisions.len());
                if let Rule::Table(table) = &mut other.decisions[d].rule
                    && table.hit != Hit::Any
                {
                    let gives: Vec<Gives> = table.rows.iter().map(|r| r.gives.clone()).collect();
                    let by = rng.below(gives.len());
                    let rotated = gives.iter().cycle().skip(by);
                    table.rows.iter_mut().zip(rotated).for_each(|(row, gives)| row.gives = gives.clone());
                    table.trim_priority();
                }
            }
            2 => {
                for p in 0..other.parameters.len() {
                    let setting = if rng.chance(70) { random_setting(&other, p, rng) } else { None };
                    other.parameters[p].set =
                        setting.into_iter().map(|setting| Dated { from: None, to: None, setting }).collect();
                }
            }
            3 => {
                let q = rng.below(other.questions.len());
                let question = &mut other.questions[q];
                let step = question.kind.step().unwrap_or(1);
                question.min = question.min.map(|min| min - step * rng.between(-1, 3));
                question.max = question.max.map(|max| max + step * rng.between(-1, 3));
                if let Kind::Choice(options) = &mut question.kind
                    && question.points.is_none()
                    && rng.chance(50)
                {
                    options.push("paars");
                }
            }
            4 => {
                let d = rng.below(other.decisions.len());
                other.decisions[d].when = None;
            }
            _ => {
                // a question that nothing else reads yet, before all others
                let q = other.questions.len();
                other.questions.push(question(rng, q));
            }
        }
    }
    other
}

/// A question of the oracle's picture of several rule sets: the sides that have it, with its place there.
struct Shared {
    id: String,
    members: Vec<(usize, usize)>,
    points: Vec<Seen>,
}

fn accepts(question: &Question, value: Seen) -> bool {
    let Seen::Value(value) = value else { return question.may_not_apply };
    match question.kind.step() {
        None => question.kind.options().contains(&value),
        Some(step) => {
            let same = std::mem::discriminant(&question.kind.value(0)) == std::mem::discriminant(&value);
            let Some(at) = value.order().filter(|_| same) else { return false };
            let clock = question.kind != Kind::Time || (0..=24 * 60).contains(&at);
            let above = question.min.is_none_or(|min| min <= at);
            at % step == 0 && clock && above && question.max.is_none_or(|max| at <= max)
        }
    }
}

/// Values of a question on every side of every constant of some models that all of them accept, one of each class.
fn points(models: &[Model], members: &[(usize, usize)], rng: &mut Rng) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    let mut mine: Vec<(Option<Part>, i64)> = Vec::new();
    for (side, q) in members {
        let model = &models[*side];
        let own = constants(model);
        let axis = Axis::new(model, *q, &own, rng, false);
        all.extend(axis.points.iter().map(|(seen, _)| *seen));
        for (input, constant) in own {
            match input {
                Input::Question(x) if x == *q => mine.push((None, constant)),
                Input::Part(x, part) if x == *q => mine.push((Some(part), constant)),
                _ => {}
            }
        }
    }
    // values of one side that others cut more finely
    let (first, q) = members[0];
    let kind = &models[first].questions[q].kind;
    if kind.step().is_some() {
        let finest = members.iter().filter_map(|(s, q)| models[*s].questions[*q].kind.step()).max().unwrap();
        let around: Vec<i64> =
            all.iter().filter_map(|s| if let Seen::Value(v) = s { v.order() } else { None }).collect();
        for at in around {
            let floor = at.div_euclid(finest) * finest;
            all.extend([floor - finest, floor, floor + finest].map(|at| Seen::Value(kind.value(at))));
        }
    }
    all.retain(|seen| members.iter().all(|(side, q)| accepts(&models[*side].questions[*q], *seen)));
    all.sort_unstable();
    all.dedup();
    let mut known: BTreeSet<(bool, Vec<Ordering>, Option<Seen>)> = BTreeSet::new();
    all.retain(|seen| {
        let order = match seen {
            Seen::Value(value) => value.order(),
            _ => None,
        };
        let Some(at) = order else { return known.insert((false, Vec::new(), Some(*seen))) };
        let side = |(of, c): &(Option<Part>, i64)| match of {
            Some(of) => (part(at, *of) * 100).cmp(c),
            None => at.cmp(c),
        };
        known.insert((true, mine.iter().map(side).collect(), None))
    });
    all
}

/// The questions that sides share: same id and a value that all of them accept.
fn shared(models: &[Model], rng: &mut Rng) -> Vec<Shared> {
    let mut list: Vec<Shared> = Vec::new();
    for (side, model) in models.iter().enumerate() {
        for (q, question) in model.questions.iter().enumerate() {
            let joined = list.iter_mut().find_map(|known| {
                let free = known.id == question.id && known.members.iter().all(|(s, _)| *s != side);
                if !free {
                    return None;
                }
                let members = [known.members.as_slice(), &[(side, q)]].concat();
                let values = points(models, &members, rng);
                let some = values.iter().any(|seen| matches!(seen, Seen::Value(_)));
                some.then_some((known, members, values))
            });
            match joined {
                Some((known, members, values)) => (known.members, known.points) = (members, values),
                None => {
                    let members = vec![(side, q)];
                    let points = points(models, &members, rng);
                    list.push(Shared { id: question.id.clone(), members, points });
                }
            }
        }
    }
    list
}

/// Whether an answer is among the values of a condition.
fn holds(condition: &Condition, seen: Seen) -> bool {
    let order = |value: &Value| match value {
        Value::Number(n) => {
            i64::try_from((n * rust_decimal::Decimal::ONE_HUNDRED).trunc().mantissa()).unwrap()
        }
        Value::Date(d) => {
            // years from March on, so that a leap day is the last one
            let (month, day) = (i64::from(d.month()), i64::from(d.day()));
            let year = i64::from(d.year()) - i64::from(month < 3);
            let months = (month + 9) % 12;
            let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
            days + (153 * months + 2) / 5 + day - 1 - 719_468
        }
        Value::Text(text) => {
            let (hours, minutes) = text.split_once(':').unwrap();
            hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
        }
        other => panic!("{other:?} is not an end of a range"),
    };
    let value = match seen {
        Seen::Value(value) => value,
        _ => return condition.values.iter().any(|v| matches!(v, Values::NotApplicable)),
    };
    condition.values.iter().any(|values| match values {
        Values::Option(id) => value.text() == *id,
        Values::Range { from, to } => {
            let at = value.order().unwrap();
            order(from) <= at && at <= order(to)
        }
        Values::Days { from, to, month, weekday, day } => {
            let at = value.order().unwrap();
            let is = |of: Part, wanted: &Option<usize>| {
                wanted.is_none_or(|wanted| part(at, of) == i64::try_from(wanted).unwrap())
            };
            let parts = is(Part::Month, month) && is(Part::Weekday, weekday) && is(Part::Day, day);
            order(from) <= at && at <= order(to) && parts
        }
        _ => false,
    })
}

/// What a combination says of a side, in the oracle's texts; none where the side has no such decision.
fn says(combination: &Combination, side: usize) -> Option<BTreeSet<String>> {
    let outcome = &combination.outcomes[side];
    let mut texts: BTreeSet<String> =
        outcome.values.iter().map(|value| serde_json::to_string(value).unwrap()).collect();
    match outcome.status {
        Status::Absent => return None,
        Status::Unregulated => {
            texts.insert("unregulated".to_owned());
        }
        Status::Open if !outcome.missing.is_empty() => {
            texts.insert("unregulated".to_owned());
        }
        _ => {}
    }
    Some(texts)
}

/// The combinations of a difference that have a row for a case.
fn about<'d>(difference: &'d Difference, questions: &[Shared], case: &[Seen]) -> Vec<&'d Combination> {
    let same = |condition: &Condition, known: &Shared| {
        let sides: Vec<usize> = known.members.iter().map(|(side, _)| *side).collect();
        known.id == condition.question && (condition.sides.is_empty() || condition.sides == sides)
    };
    let row = |row: &leidraad::compare::Row| {
        row.when.iter().all(|condition| {
            let place = questions.iter().position(|known| same(condition, known)).unwrap();
            holds(condition, case[place])
        })
    };
    difference.combinations.iter().filter(|c| c.rows.iter().any(row)).collect()
}

/// The example of a row as the answers of one side, with what its program makes of them.
pub(super) fn tried(
    row: &leidraad::compare::Row,
    side: usize,
    program: &Program,
) -> Result<(String, Assessment), String> {
    let own = row.example.iter().filter(|c| c.sides.is_empty() || c.sides.contains(&side));
    let answers: serde_json::Map<String, serde_json::Value> =
        own.map(|c| (c.question.clone(), c.value.clone())).collect();
    let text = serde_json::Value::Object(answers).to_string();
    let given = Answers::from_json("example.json", &text).map_err(|f| format!("{text}\n{f:#}"))?;
    let assessment = program.evaluate(&given).map_err(|f| format!("{text}\n{f:#}"))?;
    Ok((text, assessment))
}

/// Whether the example of each row comes to what its combination says, evaluated by the programs themselves.
fn examples(found: &Comparison, programs: &[Program]) -> Result<usize, String> {
    let mut count = 0;
    for difference in found.decisions.iter().filter(|d| !d.approximate) {
        for combination in &difference.combinations {
            for row in &combination.rows {
                for (side, program) in programs.iter().enumerate() {
                    let (text, assessment) = tried(row, side, program)?;
                    let outcome = assessment.decision(&difference.id).map(leidraad::Outcome::status);
                    let expected = match combination.outcomes[side].status {
                        Status::Absent => None,
                        Status::Determined => Some("determined"),
                        Status::NotApplicable => Some("not_applicable"),
                        Status::Unregulated => Some("unregulated"),
                        _ => Some("open"),
                    };
                    if outcome != expected {
                        return Err(format!(
                            "the example {text} is {outcome:?} on side {side}, not {expected:?}"
                        ));
                    }
                    count += 1;
                }
            }
        }
    }
    Ok(count)
}

fn round(models: Vec<Model>, rng: &mut Rng) -> Result<Tally, String> {
    let mut programs = Vec::new();
    let mut texts = Vec::new();
    for model in &models {
        let text = render::file(model, false);
        // what the check refuses is no rule set
        let Ok(program) = load(&text, false) else { return Ok(Tally::default()) };
        programs.push(program);
        texts.push(text);
    }
    let plain: Vec<Model> = models.iter().map(|model| settled(model, None)).collect();
    let questions = shared(&plain, rng);
    let sizes: Vec<usize> = questions.iter().map(|q| q.points.len()).collect();
    let cases = sizes.iter().fold(1usize, |n, size| n.saturating_mul(*size));
    let worlds = |model: &Model| things(model).iter().fold(1usize, |n, (_, ways)| n.saturating_mul(*ways));
    if cases * plain.iter().map(worlds).max().unwrap() > MOST {
        return Ok(Tally::default());
    }
    // each side evaluates every combination of the values of its questions
    let place =
        |side: usize, q: usize| questions.iter().position(|s| s.members.contains(&(side, q))).unwrap();
    let spaces: Vec<Space<'_>> = plain
        .iter()
        .enumerate()
        .map(|(side, model)| {
            let axis = |q: usize| {
                let points: Vec<Seen> = questions[place(side, q)].points.clone();
                Axis { classes: points.len(), points: points.into_iter().zip(0..).collect() }
            };
            Space::new(model, (0..model.questions.len()).map(axis).collect())
        })
        .collect();
    let sides: Vec<Side<'_>> = programs
        .iter()
        .enumerate()
        .map(|(side, program)| Side { name: format!("S{side}"), program })
        .collect();
    let found = compare(&sides, &Scope::All);
    let shown = |problem: String| format!("{problem}\n{}\n{found}", texts.join("\n---\n"));
    let ids: BTreeSet<&String> = plain.iter().flat_map(|m| &m.decisions).map(|d| &d.id).collect();
    let mut tally = Tally { cases: examples(&found, &programs).map_err(shown)?, ..Tally::default() };
    let mut at = vec![0; questions.len()];
    loop {
        let case: Vec<Seen> = at.iter().zip(&questions).map(|(i, q)| q.points[*i]).collect();
        for id in &ids {
            let come: Vec<Option<BTreeSet<String>>> = spaces
                .iter()
                .enumerate()
                .map(|(side, space)| {
                    let d = space.model.decisions.iter().position(|d| d.id == **id)?;
                    let completion =
                        (0..space.axes.len()).fold(0, |n, q| n * space.axes[q].classes + at[place(side, q)]);
                    Some(space.comes_to(d, completion))
                })
                .collect();
            let present: Vec<&BTreeSet<String>> = come.iter().flatten().collect();
            let differ = present.iter().any(|texts| texts != &present[0]);
            let difference = found.decisions.iter().find(|d| d.id == **id);
            let rows = difference.map_or_else(Vec::new, |d| about(d, &questions, &case));
            let answers: Vec<String> =
                questions.iter().zip(&case).map(|(q, seen)| format!("{} {seen:?}", q.id)).collect();
            if difference.is_some_and(|d| d.approximate || d.combinations.iter().any(|c| !c.complete)) {
                *tally.statuses.entry("left out").or_default() += 1;
                continue;
            }
            match rows.as_slice() {
                [] if !differ => *tally.statuses.entry("same").or_default() += 1,
                [one] if differ => {
                    let said: Vec<Option<BTreeSet<String>>> =
                        (0..sides.len()).map(|s| says(one, s)).collect();
                    if said != come {
                        return Err(shown(format!(
                            "{id} at {answers:?}\nthe row says {said:?}\nthe oracle {come:?}"
                        )));
                    }
                    *tally.statuses.entry("different").or_default() += 1;
                }
                rows => {
                    let n = rows.len();
                    return Err(shown(format!(
                        "{id} at {answers:?}\n{n} combinations\nthe oracle says {come:?}"
                    )));
                }
            }
            tally.cases += 1;
        }
        if !odometer(&mut at, &sizes) {
            return Ok(tally);
        }
    }
}

fn sides(base: &Model, rng: &mut Rng) -> Vec<Model> {
    let many = if rng.chance(25) { 3 } else { 2 };
    std::iter::once(base.clone()).chain((1..many).map(|_| changed(base, rng))).collect()
}

#[test]
fn tables_side_by_side() {
    let tally = rounds("tables side by side", 500, |rng| {
        let base = single_table(rng);
        let models = if rng.chance(15) { vec![base, single_table(rng)] } else { sides(&base, rng) };
        round(models, rng)
    });
    assert!(tally.statuses["different"] > 1000 && tally.statuses["same"] > 1000);
}

#[test]
fn chains_side_by_side() {
    let tally = rounds("chains side by side", 700, |rng| {
        let unset = rng.chance(70);
        let recipe = Recipe {
            questions: 1 + rng.below(3),
            decisions: 2 + rng.below(3),
            choices: !unset,
            unset,
            sections: rng.chance(25),
            decimals: false,
        };
        let base = chain(rng, recipe);
        let models = if rng.chance(15) { vec![base, chain(rng, recipe)] } else { sides(&base, rng) };
        round(models, rng)
    });
    assert!(tally.statuses["different"] > 1000 && tally.statuses["same"] > 1000);
}
