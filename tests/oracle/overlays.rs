//! A shared layer with those over it must be what they are when they are written as one.

use leidraad::RuleSet;

use super::chain::{Recipe, chain};
use super::dated::date;
use super::model::{Gives, Hit, Model, Rule, Test};
use super::render::{self, Node, map, text};
use super::rng::Rng;
use super::settle::{name_things, set_some};
use super::tables::every_subset_on;
use super::{Tally, rounds};

/// How an overlay gives a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Whole,
    /// Its table alone, with its sources.
    Table,
    /// Its condition alone.
    When,
}

/// What the shared layer says, and what the overlay says of parameters, questions and decisions.
struct Split {
    base: Model,
    parameters: Vec<usize>,
    questions: Vec<usize>,
    decisions: Vec<(usize, How)>,
}

fn split(model: &Model, rng: &mut Rng, unset: usize) -> Split {
    let mut base = model.clone();
    let mut split = Split {
        base: Model::default(),
        parameters: Vec::new(),
        questions: Vec::new(),
        decisions: Vec::new(),
    };
    // what was unset before things got names may stay so in the shared layer
    for p in (0..unset).filter(|p| !model.parameters[*p].set.is_empty()) {
        if rng.chance(75) {
            base.parameters[p].set.clear();
            split.parameters.push(p);
        }
    }
    for q in 0..model.questions.len() {
        if rng.chance(25) {
            let question = &mut base.questions[q];
            question.max = question.max.map(|max| max + 10 * question.kind.step().unwrap());
            if let Some(points) = &mut question.points {
                rng.shuffle(points);
            }
            split.questions.push(q);
        }
    }
    for d in 0..model.decisions.len() {
        let decision = &mut base.decisions[d];
        let Rule::Table(table) = &mut decision.rule else { continue };
        match rng.below(4) {
            0 | 1 if table.hit != Hit::Any => {
                // other rows give what each gives, or rows are missing that the overlay adds
                let gives: Vec<Gives> = table.rows.iter().map(|r| r.gives.clone()).collect();
                let shift = rng.below(gives.len());
                let last = d + 1 == model.decisions.len();
                let all = table.rows.last().is_some_and(|r| r.cells.iter().all(|c| *c == [Test::Any]));
                if last && rng.chance(30) && table.hit == Hit::First && all {
                    table.rows.drain(..shift.min(gives.len() - 1));
                } else {
                    let rotated = gives.iter().cycle().skip(shift);
                    table.rows.iter_mut().zip(rotated).for_each(|(row, other)| row.gives = other.clone());
                }
                split.decisions.push((d, if rng.chance(50) { How::Whole } else { How::Table }));
            }
            2 if decision.when.is_some() => {
                decision.when = None;
                split.decisions.push((d, How::When));
            }
            3 if d > 0 && d + 1 == model.decisions.len() => {
                base.decisions.pop();
                split.decisions.push((d, How::Whole));
            }
            _ => {}
        }
    }
    split.base = base;
    split
}

/// The layer of an authority as a file.
fn overlay(model: &Model, split: &Split, period: Option<(i64, i64)>, yaml: bool) -> String {
    let head = vec![("authority", text("GM0000")), ("title", text("Proef in Voorbeeldstad"))];
    layer(head, model, split, period, yaml)
}

/// A layer as a file.
fn layer(
    head: Vec<(&'static str, Node)>,
    model: &Model,
    split: &Split,
    period: Option<(i64, i64)>,
    yaml: bool,
) -> String {
    let mut entries = vec![("leidraad", Node::Plain("1".into())), ("overlay", text("orakel/proef"))];
    entries.extend(head);
    if let Some((from, to)) = period {
        let day = |day: i64| text(super::model::Val::Date(day).text());
        entries.push(("in_force", map(vec![("from", day(from)), ("to", day(to))])));
    }
    let parameters = split.parameters.iter().map(|p| {
        let parameter = &model.parameters[*p];
        (parameter.id.clone(), map(render::settings(model, parameter)))
    });
    entries.push(("parameters", Node::Map(parameters.collect())));
    let questions: Vec<Node> =
        split.questions.iter().map(|q| render::question(model, &model.questions[*q])).collect();
    if !questions.is_empty() {
        let section = map(vec![("section", text("Laag")), ("items", Node::List(questions))]);
        entries.push(("questions", Node::List(vec![section])));
    }
    let decisions = split.decisions.iter().map(|(d, how)| {
        let decision = &model.decisions[*d];
        let Node::Map(mut fields) = render::decision(model, decision) else { panic!("no map") };
        match how {
            How::Whole => {}
            How::Table => fields.retain(|(key, _)| key == "table" || key == "sources"),
            How::When => fields.retain(|(key, _)| key == "when"),
        }
        (decision.id.clone(), Node::Map(fields))
    });
    entries.push(("decisions", Node::Map(decisions.collect())));
    entries.retain(|(_, node)| !matches!(node, Node::Map(list) if list.is_empty()));
    render::written(&map(entries), yaml)
}

fn round(rng: &mut Rng) -> Result<Tally, String> {
    let unset = rng.chance(85);
    let recipe = Recipe {
        questions: 1 + rng.below(3),
        decisions: 2 + rng.below(3),
        choices: !unset,
        unset,
        sections: rng.chance(25),
        decimals: false,
    };
    let mut model = chain(rng, recipe);
    set_some(&mut model, rng, 70);
    let unset = model.parameters.len();
    if rng.chance(40) {
        name_things(&mut model, rng, 30, unset);
    }
    let split = split(&model, rng, unset);
    let period = rng.chance(40).then(|| (20_400 + rng.between(0, 100), 20_700));
    let day = period.map_or(20_638, |(from, to)| *rng.pick(&[from, to]));
    let files = |yaml: bool| {
        let base = render::file(&split.base, yaml);
        (base, overlay(&model, &split, period, !yaml))
    };
    let rules = |yaml: bool| {
        let (base, overlay) = files(yaml);
        let name = |yaml: bool, name: &str| format!("{name}.{}", if yaml { "yaml" } else { "json" });
        let rules = RuleSet::from_files(&[(&name(yaml, "proef"), &base), (&name(!yaml, "gm0000"), &overlay)]);
        (rules, format!("{base}\n--- overlay\n{overlay}"))
    };
    // the shared layer must stand by itself
    let (loaded, _) = rules(false);
    if let Err(findings) = loaded {
        let error = format!("{findings:#}");
        let only = error.matches("error[").count() == error.matches("error[impossible-when]").count();
        let (base, overlay) = files(true);
        return if only {
            Ok(Tally::default())
        } else {
            Err(format!("refused:\n{base}\n--- overlay\n{overlay}\n{error}"))
        };
    }
    if let Some((from, to)) = period {
        let (loaded, text) = rules(true);
        let loaded = loaded.map_err(|f| format!("{f:#}\n{text}"))?;
        let authority = loaded.for_authority("gm0000").map_err(|f| format!("{f:#}"))?;
        // outside its period the overlay says nothing: what follows is what follows from the shared layer alone
        for day in [from - 1, to + 1] {
            let follows = |program: Result<leidraad::Program, leidraad::Diagnostics>| {
                program
                    .and_then(|p| p.evaluate(&leidraad::Answers::new()))
                    .map_err(|f| format!("{f:#}\n{text}"))
            };
            let outside = follows(authority.on(date(day)))?;
            let alone = follows(loaded.on(date(day)))?;
            if outside.decisions != alone.decisions
                || outside.findings.len() != 1
                || !alone.findings.is_empty()
            {
                return Err(format!("the overlay counts outside its period:\n{text}"));
            }
        }
    }
    let merged = |yaml: bool| {
        let (rules, text) = rules(yaml);
        let program = rules.and_then(|rules| rules.for_authority("GM0000")?.on(date(day)));
        (program.map_err(|f| format!("{f:#}")), text)
    };
    let alone = |yaml: bool| {
        let (rules, text) = rules(yaml);
        (rules.and_then(|rules| rules.on(date(day))).map_err(|f| format!("{f:#}")), text)
    };
    let mut tally = every_subset_on(&model, None, rng, (2000, 6), &merged)?;
    let shared = every_subset_on(&split.base, None, rng, (2000, 3), &alone)?;
    tally.cases += shared.cases;
    shared.statuses.iter().for_each(|(status, n)| *tally.statuses.entry(status).or_default() += n);
    Ok(tally)
}

#[test]
fn two_layers_as_one() {
    rounds("two layers as one", 250, round);
}

/// What a layer of several authorities gives beside the layer of one: some things in its place, some that the narrower one
/// then gives again, and the model of an authority that has only the wider one.
struct Between {
    gives: Split,
    /// What the wider layer gives, where it differs from what counts in the end.
    decoys: Model,
    /// What is left to the layer of the authority.
    own: Split,
    /// The shared layer with the wider one over it.
    member: Model,
}

fn between(model: &Model, split: &Split, rng: &mut Rng) -> Between {
    let empty = || Split {
        base: split.base.clone(),
        parameters: Vec::new(),
        questions: Vec::new(),
        decisions: Vec::new(),
    };
    let (mut gives, mut own, mut decoys, mut member) = (empty(), empty(), model.clone(), split.base.clone());
    for p in &split.parameters {
        match rng.below(3) {
            0 => own.parameters.push(*p),
            both => {
                gives.parameters.push(*p);
                member.parameters[*p].set.clone_from(&model.parameters[*p].set);
                if both == 2 {
                    own.parameters.push(*p);
                }
            }
        }
    }
    for q in &split.questions {
        match rng.below(3) {
            0 => own.questions.push(*q),
            1 => {
                gives.questions.push(*q);
                member.questions[*q] = model.questions[*q].clone();
            }
            _ => {
                // the wider layer repeats what the shared one says
                gives.questions.push(*q);
                decoys.questions[*q] = split.base.questions[*q].clone();
                own.questions.push(*q);
            }
        }
    }
    for (d, how) in &split.decisions {
        let known = *d < split.base.decisions.len();
        match rng.below(3) {
            1 if known => {
                gives.decisions.push((*d, *how));
                let target = &mut member.decisions[*d];
                match how {
                    How::Whole => *target = model.decisions[*d].clone(),
                    How::Table => target.rule = model.decisions[*d].rule.clone(),
                    How::When => target.when.clone_from(&model.decisions[*d].when),
                }
            }
            2 if known && *how != How::When => {
                gives.decisions.push((*d, *how));
                decoys.decisions[*d] = split.base.decisions[*d].clone();
                own.decisions.push((*d, *how));
            }
            _ => own.decisions.push((*d, *how)),
        }
    }
    Between { gives, decoys, own, member }
}

fn three(rng: &mut Rng) -> Result<Tally, String> {
    let unset = rng.chance(85);
    let recipe = Recipe {
        questions: 1 + rng.below(3),
        decisions: 2 + rng.below(3),
        choices: !unset,
        unset,
        sections: false,
        decimals: false,
    };
    let mut model = chain(rng, recipe);
    set_some(&mut model, rng, 70);
    let split = split(&model, rng, model.parameters.len());
    let between = between(&model, &split, rng);
    let day = 20_638;
    let wide = rng.chance(40);
    let files = |yaml: bool| {
        let members = || Node::List(["GM0000", "GM0009"].into_iter().map(text).collect());
        let head = vec![
            ("layer", text("regio")),
            ("members", if wide { text("all") } else { members() }),
            ("title", text("Regio")),
        ];
        let base = render::file(&split.base, yaml);
        let region = layer(head, &between.decoys, &between.gives, None, !yaml);
        (base, region, overlay(&model, &between.own, None, yaml))
    };
    let rules = |yaml: bool| {
        let (base, region, own) = files(yaml);
        let name = |yaml: bool, name: &str| format!("{name}.{}", if yaml { "yaml" } else { "json" });
        let (a, b, c) = (name(!yaml, "regio"), name(yaml, "proef"), name(yaml, "gm0000"));
        let rules = RuleSet::from_files(&[(&a, &region), (&b, &base), (&c, &own)]);
        (rules, format!("{base}\n--- region\n{region}\n--- overlay\n{own}"))
    };
    let (loaded, text) = rules(false);
    if let Err(findings) = loaded {
        let error = format!("{findings:#}");
        let count = |code: &str| error.matches(&format!("error[{code}")).count();
        // a name without brackets takes no value outside the domain, which may suit the other tests on it
        let rightly = count("") == count("impossible-when") + count("outside-domain");
        return if rightly { Ok(Tally::default()) } else { Err(format!("refused:\n{text}\n{error}")) };
    }
    let of = |authority: &'static str| {
        move |yaml: bool| {
            let (rules, text) = rules(yaml);
            let program = rules.and_then(|rules| rules.for_authority(authority)?.on(date(day)));
            (program.map_err(|f| format!("{f:#}")), format!("{authority}\n{text}"))
        }
    };
    let mut tally = every_subset_on(&model, None, rng, (2000, 5), &of("GM0000"))?;
    let others = if wide {
        // without an authority the layer of all counts, too
        let alone = |yaml: bool| {
            let (rules, text) = rules(yaml);
            (rules.and_then(|rules| rules.on(date(day))).map_err(|f| format!("{f:#}")), text)
        };
        every_subset_on(&between.member, None, rng, (2000, 4), &alone)?
    } else {
        every_subset_on(&between.member, None, rng, (2000, 4), &of("GM0009"))?
    };
    tally.cases += others.cases;
    others.statuses.iter().for_each(|(status, n)| *tally.statuses.entry(status).or_default() += n);
    Ok(tally)
}

#[test]
fn three_layers_as_one() {
    let tally = rounds("three layers as one", 250, three);
    assert!(tally.cases > 1000, "{tally:?}");
}
