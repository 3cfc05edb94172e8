//! Parameters that are set: constants, tests and outcomes get names, and names without a value get one.

use super::chain::score_step;
use super::cut::domain;
use super::model::{
    Clause, Cond, Dated, Gives, Hit, Input, Kind, Model, Parameter, Part, Point, Rule, Setting, Test, Val,
};
use super::rng::Rng;

/// What a parameter is on a day; none when no value applies then.
pub(super) fn setting(parameter: &Parameter, on: Option<i64>) -> Option<&Setting> {
    let covers = |d: &&Dated| {
        on.is_none_or(|on| d.from.is_none_or(|from| from <= on) && d.to.is_none_or(|to| on <= to))
    };
    parameter.set.iter().find(covers).map(|d| &d.setting)
}

/// The model with every name of a set parameter replaced by what it stands for on a day.
pub(super) fn settled(model: &Model, on: Option<i64>) -> Model {
    let mut settled = model.clone();
    super::periods::as_on(&mut settled, on);
    let known: Vec<Option<&Setting>> = model.parameters.iter().map(|p| setting(p, on)).collect();
    each_cell(&mut settled, &mut |_, cell, _| *cell = spelled_out(cell, &known));
    for decision in &mut settled.decisions {
        let Rule::Table(table) = &mut decision.rule else { continue };
        for row in &mut table.rows {
            let Gives::Unset(parameters) = &row.gives else { continue };
            let value = |p: &usize| match known[*p] {
                Some(Setting::Value(value)) => Some(*value),
                _ => None,
            };
            let values: Option<Vec<Val>> = parameters.iter().map(value).collect();
            row.gives = match values {
                Some(values) => Gives::Values(values),
                None => Gives::Partly(parameters.iter().map(|p| value(p).ok_or(*p)).collect()),
            };
        }
    }
    settled
}

fn spelled_out(tests: &[Test], known: &[Option<&Setting>]) -> Vec<Test> {
    let end = |end: &Option<(Point, bool)>| {
        end.map(|(point, closed)| match point {
            Point::Parameter(p) => match known[p] {
                Some(Setting::Value(value)) => (Point::At(*value), closed),
                _ => (point, closed),
            },
            Point::At(_) => (point, closed),
        })
    };
    let mut list = Vec::new();
    for test in tests {
        match test {
            Test::Unset(p) => match known[*p] {
                Some(Setting::Tests(tests)) => list.extend(tests.iter().cloned()),
                Some(Setting::Value(value)) => list.push(Test::Is(*value)),
                None => list.push(test.clone()),
            },
            Test::Not(inner) => list.push(Test::Not(spelled_out(inner, known))),
            Test::Range(lo, hi) => list.push(Test::Range(end(lo), end(hi))),
            _ => list.push(test.clone()),
        }
    }
    list
}

/// Goes through all cells of tables and conditions, with the hit policy of the table.
fn each_cell(model: &mut Model, visit: &mut impl FnMut(Input, &mut Vec<Test>, Option<Hit>)) {
    fn condition(cond: &mut Cond, visit: &mut impl FnMut(Input, &mut Vec<Test>, Option<Hit>)) {
        match cond {
            Cond::Any(list) => list.iter_mut().for_each(|c| condition(c, visit)),
            Cond::All(clauses) => clauses.iter_mut().for_each(|clause| match clause {
                Clause::Not(inner) => condition(inner, visit),
                Clause::Test(input, tests) => visit(*input, tests, None),
            }),
        }
    }
    model.sections.iter_mut().filter_map(|s| s.when.as_mut()).for_each(|c| condition(c, visit));
    model.questions.iter_mut().filter_map(|q| q.when.as_mut()).for_each(|c| condition(c, visit));
    for decision in &mut model.decisions {
        if let Some(when) = &mut decision.when {
            condition(when, visit);
        }
        if let Rule::Table(table) = &mut decision.rule {
            for row in &mut table.rows {
                for (input, cell) in table.inputs.iter().zip(&mut row.cells) {
                    visit(*input, cell, Some(table.hit));
                }
            }
        }
    }
}

/// The parameters under way, old ones found again.
struct Names {
    list: Vec<Parameter>,
    /// From here on names are found again.
    first: usize,
}

impl Names {
    fn of(&mut self, test_on: Option<Input>, kind: &'static str, setting: Setting) -> usize {
        let same = |p: &Parameter| {
            let set =
                matches!(p.set.as_slice(), [d] if d.setting == setting && d.from.is_none() && d.to.is_none());
            p.test_on == test_on && p.kind == kind && set
        };
        (self.first..self.list.len()).find(|p| same(&self.list[*p])).unwrap_or_else(|| {
            let id = format!("p{}", self.list.len());
            let set = vec![Dated { from: None, to: None, setting }];
            self.list.push(Parameter { id, test_on, kind, set });
            self.list.len() - 1
        })
    }
}

fn kind_of(value: Val) -> &'static str {
    match value {
        Val::Bool(_) => "boolean",
        Val::Date(_) => "date",
        Val::Time(_) => "time",
        Val::Num(n) if n % 100 == 0 => "integer",
        Val::Num(_) => "decimal",
        _ => "choice",
    }
}

/// Gives names to some of the tests, constants and outcomes of a model, which stays what it is. Parameters from `first` on
/// may get another use.
pub(super) fn name_things(model: &mut Model, rng: &mut Rng, percent: usize, first: usize) {
    let mut names = Names { list: model.parameters.clone(), first };
    each_cell(model, &mut |input, cell, _| {
        if rng.chance(percent) {
            name_in(input, cell, &mut names, rng);
        }
    });
    for decision in &mut model.decisions {
        let Rule::Table(table) = &mut decision.rule else { continue };
        for row in &mut table.rows {
            let Gives::Values(values) = &row.gives else { continue };
            if rng.chance(percent / 2) && !values.contains(&Val::Null) {
                let list = values.iter().map(|v| names.of(None, kind_of(*v), Setting::Value(*v)));
                row.gives = Gives::Unset(list.collect());
            }
        }
    }
    model.parameters = names.list;
}

fn name_in(input: Input, cell: &mut Vec<Test>, names: &mut Names, rng: &mut Rng) {
    let nameless = |test: &Test| match test {
        Test::Unset(_) => false,
        Test::Not(inner) => !inner.iter().any(|t| matches!(t, Test::Unset(_))) && !ends_in_name(inner),
        other => !ends_in_name(std::slice::from_ref(other)),
    };
    if !cell.iter().all(nameless) {
        return;
    }
    // a test on the year of a date cannot be declared
    let tests = !matches!(input, Input::Part(_, Part::Year));
    let test = |tests: Vec<Test>, names: &mut Names| {
        Test::Unset(names.of(Some(input), "boolean", Setting::Tests(tests)))
    };
    match rng.below(4) {
        0 | 1 if tests => match cell.as_mut_slice() {
            [Test::Not(inner)] if rng.chance(60) => *inner = vec![test(inner.clone(), names)],
            list if list.len() > 1 && rng.chance(50) => {
                let rest = cell.split_off(1 + rng.below(cell.len() - 1));
                cell.push(test(rest, names));
            }
            _ => *cell = vec![test(cell.clone(), names)],
        },
        _ => cell.iter_mut().for_each(|t| name_ends(t, names, rng)),
    }
}

fn ends_in_name(tests: &[Test]) -> bool {
    let named = |end: &Option<(Point, bool)>| matches!(end, Some((Point::Parameter(_), _)));
    tests.iter().any(|t| matches!(t, Test::Range(lo, hi) if named(lo) || named(hi)))
}

/// Names the constants of a test.
fn name_ends(test: &mut Test, names: &mut Names, rng: &mut Rng) {
    let mut name = |value: Val| names.of(None, kind_of(value), Setting::Value(value));
    match test {
        Test::Is(value) => *test = Test::Unset(name(*value)),
        Test::Range(lo, hi) => {
            for (point, _) in [lo, hi].into_iter().flatten() {
                if let Point::At(value) = point
                    && rng.chance(70)
                {
                    *point = Point::Parameter(name(*value));
                }
            }
        }
        Test::Not(inner) => inner.iter_mut().for_each(|t| name_ends(t, names, rng)),
        _ => {}
    }
}

/// Where a parameter is used: inputs with the hit policies of their tables, and the output that it is the value of.
fn uses(model: &Model, p: usize) -> (Vec<(Input, Option<Hit>)>, Vec<(usize, usize)>) {
    let mut list = Vec::new();
    each_cell(&mut model.clone(), &mut |input, cell, hit| {
        let text = format!("{cell:?}");
        if text.contains(&format!("Unset({p})")) || text.contains(&format!("Parameter({p})")) {
            list.push((input, hit));
        }
    });
    let mut given = Vec::new();
    for (d, decision) in model.decisions.iter().enumerate() {
        let Rule::Table(table) = &decision.rule else { continue };
        for row in &table.rows {
            if let Gives::Unset(list) = &row.gives {
                given.extend((0..list.len()).filter(|o| list[*o] == p).map(|o| (d, o)));
            }
        }
    }
    (list, given)
}

/// A value for an unset parameter with which every test of the model can still hold; none when that is hard to find.
pub(super) fn random_setting(model: &Model, p: usize, rng: &mut Rng) -> Option<Setting> {
    let (inputs, given) = uses(model, p);
    let parameter = &model.parameters[p];
    // a value that is compared as well must be a number of the right kind
    if inputs.is_empty() == given.is_empty() {
        return None;
    }
    if !given.is_empty() {
        let free = |(d, o): &(usize, usize)| model.decisions[*d].outputs[*o].options.is_empty();
        return given.iter().all(free).then(|| Setting::Value(Val::Num(rng.between(0, 9) * 100)));
    }
    for _ in 0..6 {
        let setting = match parameter.test_on {
            Some(on) => {
                let domain = domain(model, on, 3, rng);
                // what is unset is never "not applicable": a row of its own may be there for that
                let once = |hit: &Option<Hit>| matches!(hit, Some(Hit::Unique | Hit::Any));
                let strict = domain.not_applicable && inputs.iter().any(|(_, hit)| once(hit));
                let tests = domain.random_cell(rng);
                let wide = |t: &Test| matches!(t, Test::Any | Test::NotApplicable);
                if strict && tests.iter().any(wide) {
                    continue;
                }
                Setting::Tests(tests)
            }
            None => {
                let domain = domain(model, rng.pick(&inputs).0, 3, rng);
                let Some(scale) = domain.scale.filter(|s| !s.constants.is_empty()) else { continue };
                Setting::Value(scale.kind.value(*rng.pick(&scale.constants)))
            }
        };
        let mut tried = model.clone();
        tried.parameters[p].set = vec![Dated { from: None, to: None, setting: setting.clone() }];
        if sound(&settled(&tried, None)) {
            return Some(setting);
        }
    }
    None
}

/// Whether no range of a model is empty, and no value outside its domain.
fn sound(model: &Model) -> bool {
    let mut sound = true;
    super::space::each_test(model, &mut |input, test| {
        if let (Test::Is(value), Input::Question(q)) = (test, input)
            && let Some(at) = value.order()
        {
            let question = &model.questions[q];
            sound &= question.min.is_none_or(|min| min <= at) && question.max.is_none_or(|max| at <= max);
        }
        let Test::Range(Some((Point::At(lo), from)), Some((Point::At(hi), to))) = test else { return };
        let step = match input {
            Input::Question(q) => model.questions[q].kind.step().unwrap_or(1),
            Input::Part(..) => 100,
            Input::Output(d, _) => score_step(model, d),
        };
        let (lo, hi) = (lo.order().unwrap(), hi.order().unwrap());
        let first = if *from { -((-lo).div_euclid(step)) } else { lo.div_euclid(step) + 1 };
        let last = if *to { hi.div_euclid(step) } else { -((-hi).div_euclid(step)) - 1 };
        sound &= first <= last;
    });
    sound
}

/// Sets some of the unset parameters.
pub(super) fn set_some(model: &mut Model, rng: &mut Rng, percent: usize) {
    for p in 0..model.parameters.len() {
        if model.parameters[p].set.is_empty()
            && rng.chance(percent)
            && let Some(setting) = random_setting(model, p, rng)
        {
            model.parameters[p].set = vec![Dated { from: None, to: None, setting }];
        }
    }
}

/// Whether a cell names a parameter that is one value and so may stand without brackets.
pub(super) fn bare(model: &Model, p: usize) -> bool {
    let kinds = |input: &Input| match input {
        Input::Question(q) => !matches!(model.questions[*q].kind, Kind::Choice(_) | Kind::Bool),
        _ => false,
    };
    model.parameters[p].set.is_empty() && p % 2 == 1 && uses(model, p).0.iter().all(|(i, _)| kinds(i))
}
