//! Evaluates one complete case row by row, in a loop. It shares no code with the engine and is as slow as it likes.

use super::model::{Clause, Cond, Decision, Gives, Hit, Input, Model, Point, Row, Rule, Table, Test, Val};

/// What a rule sees of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    Value(Val),
    NotApplicable,
    /// Something of which nothing is known.
    Unknown,
}

/// What becomes of a decision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// One value for each output.
    Values(Vec<Val>),
    /// Hit policy `collect`.
    List(Vec<Vec<Val>>),
    NotApplicable,
    /// No row hits, or one hits of which the outcome is some other one than those known.
    Gap(u8),
    /// Depends on these unset things.
    Unset(Vec<String>),
}

/// Something that no layer sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Thing {
    /// A test: fails or holds.
    Test(usize),
    /// An end of a range against an input: below, at, above it.
    End(usize, Input),
    /// What a decision gives where a row or its layer does not say it: anything of these.
    Decision(usize, Gives, Vec<Fate>),
    /// A score that adds up something unset: any of these sums.
    Sum(usize, Vec<i64>),
}

/// One evaluation of one case in one world.
pub(super) struct Run<'m> {
    model: &'m Model,
    answers: &'m [Seen],
    things: &'m [Thing],
    /// Which way each thing goes.
    ways: &'m [usize],
    /// Choices where overlapping rows leave one, and between how many.
    script: &'m mut Script,
    questions: Vec<Option<Seen>>,
    fates: Vec<Option<Fate>>,
    /// Per decision what its outcome was taken from, where something in that is unset.
    unset: Vec<Option<&'m Gives>>,
}

/// The choices of a run, so that all runs can be gone through one by one.
#[derive(Debug, Default)]
pub(super) struct Script {
    choices: Vec<(usize, usize)>,
    at: usize,
}

impl Script {
    fn choose(&mut self, among: usize) -> usize {
        if self.at == self.choices.len() {
            self.choices.push((0, among));
        }
        self.at += 1;
        self.choices[self.at - 1].0
    }

    /// Goes to the next series of choices; false when there is none.
    pub(super) fn advance(&mut self) -> bool {
        self.at = 0;
        while let Some((choice, among)) = self.choices.pop() {
            if choice + 1 < among {
                self.choices.push((choice + 1, among));
                return true;
            }
        }
        false
    }
}

impl<'m> Run<'m> {
    pub(super) fn new(
        model: &'m Model,
        answers: &'m [Seen],
        things: &'m [Thing],
        ways: &'m [usize],
        script: &'m mut Script,
    ) -> Self {
        let (questions, fates) = (vec![None; model.questions.len()], vec![None; model.decisions.len()]);
        let unset = vec![None; model.decisions.len()];
        Run { model, answers, things, ways, script, questions, fates, unset }
    }

    pub(super) fn relevant(&mut self, q: usize) -> bool {
        let model = self.model;
        let section = model.section_when(q).is_none_or(|when| self.holds(when));
        section && model.questions[q].when.as_ref().is_none_or(|when| self.holds(when))
    }

    fn question(&mut self, q: usize) -> Seen {
        if let Some(seen) = self.questions[q] {
            return seen;
        }
        let seen = if self.relevant(q) { self.answers[q] } else { Seen::NotApplicable };
        self.questions[q] = Some(seen);
        seen
    }

    pub(super) fn fate(&mut self, d: usize) -> Fate {
        if let Some(fate) = &self.fates[d] {
            return fate.clone();
        }
        let model = self.model;
        let decision = &model.decisions[d];
        let fate = if decision.when.as_ref().is_some_and(|when| !self.holds(when)) {
            Fate::NotApplicable
        } else {
            match &decision.rule {
                Rule::Table(table) => self.table(d, table),
                Rule::Points(terms) => self.points(d, terms),
                Rule::Unloaded => self.any_of(d, &Gives::Silent),
            }
        };
        self.fates[d] = Some(fate.clone());
        fate
    }

    pub(super) fn seen(&mut self, input: Input) -> Seen {
        match input {
            Input::Question(q) => self.question(q),
            Input::Part(q, part) => match self.question(q) {
                Seen::Value(Val::Date(day)) => Seen::Value(Val::Num(super::model::part(day, part) * 100)),
                seen => seen,
            },
            Input::Output(d, o) => match self.fate(d) {
                Fate::Values(values) => Seen::Value(values[o]),
                Fate::NotApplicable => Seen::NotApplicable,
                _ => Seen::Unknown,
            },
        }
    }

    fn holds(&mut self, cond: &Cond) -> bool {
        match cond {
            Cond::Any(list) => list.iter().any(|c| self.holds(c)),
            Cond::All(clauses) => clauses.iter().all(|clause| match clause {
                Clause::Not(inner) => !self.holds(inner),
                Clause::Test(input, tests) => self.cell(*input, tests),
            }),
        }
    }

    fn cell(&mut self, input: Input, tests: &[Test]) -> bool {
        let seen = self.seen(input);
        tests.iter().any(|test| self.accepts(test, seen, input))
    }

    fn accepts(&self, test: &Test, seen: Seen, input: Input) -> bool {
        let value = match (test, seen) {
            (Test::Any, _) => return true,
            (Test::NotApplicable, seen) => return seen == Seen::NotApplicable,
            (_, Seen::Value(value)) => value,
            _ => return false,
        };
        match test {
            Test::Any | Test::NotApplicable => true,
            Test::Is(other) => value == *other,
            Test::Not(inner) => !inner.iter().any(|t| self.accepts(t, seen, input)),
            Test::Unset(p) => self.way(&Thing::Test(*p)) == 1,
            Test::Range(lo, hi) => {
                let Some(at) = value.order() else { return false };
                let above = |(point, closed): (Point, bool)| match point {
                    Point::At(end) => at > end.order().unwrap() || (closed && Some(at) == end.order()),
                    Point::Parameter(p) => self.way(&Thing::End(p, input)) + usize::from(closed) > 1,
                };
                let below = |(point, closed): (Point, bool)| match point {
                    Point::At(end) => at < end.order().unwrap() || (closed && Some(at) == end.order()),
                    Point::Parameter(p) => self.way(&Thing::End(p, input)) < 1 + usize::from(closed),
                };
                lo.is_none_or(above) && hi.is_none_or(below)
            }
        }
    }

    fn way(&self, thing: &Thing) -> usize {
        self.things.iter().position(|t| t == thing).map_or(0, |i| self.ways[i])
    }

    /// The outcome of something unset, in this world.
    fn any_of(&self, d: usize, gives: &Gives) -> Fate {
        let own = |thing: &&Thing| matches!(thing, Thing::Decision(x, y, _) if *x == d && y == gives);
        let Some(thing @ Thing::Decision(_, _, could)) = self.things.iter().find(own) else {
            panic!("{gives:?}")
        };
        could[self.way(thing)].clone()
    }

    fn gives(&self, d: usize, row: &Row) -> Fate {
        match &row.gives {
            Gives::Values(values) => Fate::Values(values.clone()),
            gives => self.any_of(d, gives),
        }
    }

    /// Of rows that hit the one that goes first under hit policy `priority`.
    pub(super) fn best(&self, d: usize, table: &Table, hits: &[usize]) -> Option<usize> {
        let key = |row: &usize| match self.gives(d, &table.rows[*row]) {
            Fate::Values(values) => rank(&self.model.decisions[d], table, &values),
            _ => vec![usize::MAX],
        };
        hits.iter().copied().min_by_key(key)
    }

    /// The rows of a table that hit, or nothing where its decision does not apply.
    pub(super) fn hits(&mut self, d: usize) -> Option<Vec<usize>> {
        let model = self.model;
        let decision = &model.decisions[d];
        let Rule::Table(table) = &decision.rule else { return None };
        if decision.when.as_ref().is_some_and(|when| !self.holds(when)) {
            return None;
        }
        let mut hits = Vec::new();
        for (i, row) in table.rows.iter().enumerate() {
            if table.inputs.iter().zip(&row.cells).all(|(input, cell)| self.cell(*input, cell)) {
                hits.push(i);
            }
        }
        Some(hits)
    }

    fn table(&mut self, d: usize, table: &'m Table) -> Fate {
        let at = self.hits(d).unwrap_or_default();
        let hits: Vec<&Row> = at.iter().map(|row| &table.rows[*row]).collect();
        if table.hit == Hit::Collect {
            let values = |row: &&Row| match self.gives(d, row) {
                Fate::Values(values) => values,
                // no way of it is like another, so whatever stands here is never shown
                fate => vec![Val::Time(if let Fate::Gap(other) = fate { -i64::from(other) } else { 0 })],
            };
            return Fate::List(hits.iter().map(values).collect());
        }
        let best = match table.hit {
            Hit::Priority => self.best(d, table, &at).map(|row| &table.rows[row]),
            Hit::Possible => {
                let mut distinct: Vec<&Row> = Vec::new();
                for row in hits {
                    if distinct.iter().all(|known| known.gives != row.gives) {
                        distinct.push(row);
                    }
                }
                match distinct.len() {
                    0 => None,
                    1 => Some(distinct[0]),
                    n => Some(distinct[self.script.choose(n)]),
                }
            }
            _ => hits.first().copied(),
        };
        self.unset[d] = best.map(|row| &row.gives).filter(|gives| !matches!(gives, Gives::Values(_)));
        best.map_or(Fate::Gap(0), |row| self.gives(d, row))
    }

    fn points(&mut self, d: usize, terms: &[Input]) -> Fate {
        let mut sum = 0;
        let mut any = false;
        for term in terms {
            let seen = self.seen(*term);
            any |= seen != Seen::NotApplicable && self.could_be_any(*term);
            sum += match (term, seen) {
                (_, Seen::NotApplicable) => 0,
                (_, Seen::Unknown) => return Fate::Gap(0),
                (Input::Question(q), Seen::Value(value)) => {
                    let question = &self.model.questions[*q];
                    let option = question.kind.options().iter().position(|o| *o == value).unwrap();
                    question.points.as_ref().unwrap()[option]
                }
                (_, Seen::Value(value)) => value.order().unwrap(),
            };
        }
        if any {
            let own = |thing: &Thing| matches!(thing, Thing::Sum(x, _) if *x == d);
            let place = self.things.iter().position(own).unwrap();
            let Thing::Sum(_, sums) = &self.things[place] else { unreachable!() };
            sum = sums[self.ways[place]];
            self.unset[d] = Some(&Gives::Silent);
        }
        Fate::Values(vec![Val::Num(sum)])
    }

    /// Whether what a term reads is unset here, and is not in this world what a row gives.
    fn could_be_any(&self, term: Input) -> bool {
        let Input::Output(d, o) = term else { return false };
        let known = |values: &Vec<Val>| known_outcomes(self.model, d).contains(values);
        let other = !matches!(&self.fates[d], Some(Fate::Values(values)) if known(values));
        match self.unset[d] {
            Some(Gives::Partly(given)) => other && given[o].is_err(),
            Some(_) => other,
            None => false,
        }
    }
}

/// The order that the file gives the values of an output, the highest first: what `priority` lists, then the output values
/// in the order in which they are declared (DMN: "the order of the output values").
fn order_of_values(decision: &Decision, table: &Table, o: usize) -> Vec<Val> {
    let mut order = table.priority.clone();
    order.extend(decision.outputs[o].options.iter().map(|option| Val::Text(option)));
    order
}

/// What a row gives for an output, where that is known.
pub(super) fn given(row: &Row, o: usize) -> Option<Val> {
    match &row.gives {
        Gives::Values(values) => Some(values[o]),
        Gives::Partly(list) => list[o].ok(),
        Gives::Silent | Gives::Unset(_) => None,
    }
}

/// The rank of what a row gives under hit policy `priority`, the best first: by its first output, then by the next. What
/// the file does not order comes last, all alike; of rows that are alike the first goes first.
fn rank(decision: &Decision, table: &Table, values: &[Val]) -> Vec<usize> {
    let place = |(o, value): (usize, &Val)| {
        let order = order_of_values(decision, table, o);
        order.iter().position(|known| known == value).unwrap_or(order.len())
    };
    values.iter().enumerate().map(place).collect()
}

/// Two values of which the file does not say which goes first, where that makes a difference.
pub(super) fn unordered(decision: &Decision, table: &Table) -> bool {
    let said = |o: usize, value: &Val| {
        let declared = decision.outputs[o].options.iter().any(|option| Val::Text(option) == *value);
        declared || table.priority.contains(value)
    };
    let given: Vec<&Vec<Val>> = table
        .rows
        .iter()
        .filter_map(|row| if let Gives::Values(values) = &row.gives { Some(values) } else { None })
        .collect();
    table.hit == Hit::Priority
        && given.iter().any(|a| {
            given.iter().any(|b| {
                let first = (0..a.len()).find(|o| a[*o] != b[*o]);
                first.is_some_and(|o| !said(o, &a[o]) && !said(o, &b[o]))
            })
        })
}

/// The outcomes of a decision that its file names: the declared ones and those of its rows.
pub(super) fn known_outcomes(model: &Model, d: usize) -> Vec<Vec<Val>> {
    let decision = &model.decisions[d];
    let mut known: Vec<Vec<Val>> = Vec::new();
    if let [output] = decision.outputs.as_slice() {
        known.extend(output.options.iter().map(|o| vec![Val::Text(o)]));
    }
    if let Rule::Table(table) = &decision.rule {
        for row in &table.rows {
            if let Gives::Values(values) = &row.gives
                && !known.contains(values)
            {
                known.push(values.clone());
            }
        }
    }
    known
}
