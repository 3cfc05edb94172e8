//! From a model to cells, bit sets and an order of evaluation.

mod column;
mod derived;
mod rank;
mod same;
mod unset;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::cells::Cells;
use crate::document::HitPolicy;
use crate::model::{
    Atom, Bound, ConditionInfo, DecisionInfo, Input, ListInfo, Model, Part, RowOutput, Rule, TableInfo,
};
use crate::program::{
    Code, Column, Engine, Kind, Loose, Node, Other, Reading, SILENT, Set, Silent, Subject, Table, Term,
    TermPoints, loose, silent_of,
};
use crate::sorted::{each_once, sort_by};
use crate::text::Text;
use crate::ticks::OUTPUT_SCALE;
use crate::value::Value;

/// Compiles a model. It cannot fail: whatever cannot be compiled was refused by the check.
pub(crate) fn compile(model: Model) -> Engine {
    let tests = entries(&model);
    let cells = cut(&model, &tests);
    let outcomes = model.decisions.iter().map(outcomes).collect();
    let mut compiler = Compiler {
        engine: Engine {
            questions: vec![usize::MAX; model.questions.len()],
            decisions: vec![usize::MAX; model.decisions.len()],
            cells,
            outcomes,
            others: vec![Vec::new(); model.decisions.len()],
            loose: Loose::of(&model, &tests),
            ..Engine::default()
        },
        model: &model,
        tests,
        could: Vec::new(),
        conditions: Vec::new(),
    };
    // in this order everything that a node reads has its node already
    for index in &model.order {
        match index.checked_sub(model.questions.len()) {
            None => compiler.question(*index),
            Some(d) => compiler.decision(d),
        };
    }
    let mut conditions = |whens: Vec<Option<_>>| -> Vec<Option<usize>> {
        whens.into_iter().map(|when| when.map(|when| compiler.condition(when))).collect()
    };
    let remarks = conditions(model.remarks.iter().map(|r| r.when.as_ref()).collect());
    let steps = conditions(model.steps.iter().map(|s| s.when.as_ref()).collect());
    compiler.engine.same = compiler.same();
    let mut engine = Engine { remarks, steps, ..compiler.engine };
    engine.model = model;
    engine.pairs = pairs(&engine.silents);
    engine.behind = derived::behind(&engine);
    engine.alike = (0..engine.questions.len()).map(|q| alike(&engine, q)).collect();
    engine.every = (0..engine.questions.len()).map(|q| engine.all(q).into()).collect();
    engine.wholes = (0..engine.model.asked()).map(|q| engine.whole(q)).collect();
    let any = |list: &ListInfo| list.fields.iter().map(|field| engine.any_value(*field)).collect();
    engine.any = engine.model.lists.iter().map(any).collect();
    let derived = engine.questions.iter().enumerate().skip(engine.model.asked());
    engine.derived_nodes = derived.map(|(q, node)| (*node, q)).collect();
    engine.derived_nodes.sort_unstable();
    let shown = engine.model.questions.iter().take(engine.model.asked()).filter(|q| q.of.is_none());
    engine.question_ids = shown.map(|q| q.id.clone()).collect();
    engine.decision_ids = engine.model.decisions.iter().map(|d| d.id.clone()).collect();
    let counted = engine.model.rollups.iter().flat_map(|rollup| rollup.questions.iter().copied());
    for q in counted.collect::<Vec<_>>() {
        engine.reasons.resize(engine.questions.len(), Text::default());
        if let Some(reason) = engine.reasons.get_mut(q) {
            *reason = engine.model.why_not_relevant(q).into();
        }
    }
    engine
}

/// Unset end points that are one parameter, compared with two inputs.
fn pairs(silents: &[Silent]) -> Vec<(usize, usize)> {
    let parameter = |silent: &Silent| match silent.subject {
        Subject::End(parameter, _) => Some(parameter),
        _ => None,
    };
    let mut pairs = Vec::new();
    for (i, a) in silents.iter().enumerate() {
        let later = silents.iter().enumerate().skip(i + 1);
        let same = later.filter(|(_, b)| parameter(a).is_some() && parameter(a) == parameter(b));
        pairs.extend(same.map(|(j, _)| (i, j)));
    }
    pairs
}

/// The cells of a question that no column and no term tells apart: dates are cut by every month or day, of which rules
/// may name one; options of a score may give the same points.
fn alike(engine: &Engine, q: usize) -> Vec<Code> {
    let Some(own) = engine.questions.get(q) else { return Vec::new() };
    let mut columns: Vec<&Column> = Vec::new();
    let mut terms: Vec<&Term> = Vec::new();
    for node in &engine.nodes {
        match &node.kind {
            Kind::Table(table) | Kind::Condition(table) => {
                columns.extend(table.columns.iter().filter(|c| c.node == *own));
            }
            Kind::Points(list) => terms.extend(list.iter().filter(|t| t.node == *own)),
            Kind::Question(_) | Kind::Unloaded(_) => {}
        }
    }
    let count = engine.cells.get(q).map_or(0, |cells| cells.list.len());
    let mut first: BTreeMap<Vec<Option<i64>>, Code> = BTreeMap::new();
    let cells = (0..).take(count).map(|code| {
        let classes = columns.iter().map(|c| Some(i64::from(c.class(code))));
        *first.entry(classes.chain(terms.iter().map(|t| t.of(code))).collect()).or_insert(code)
    });
    let alike: Vec<Code> = cells.collect();
    if first.len() == count { Vec::new() } else { alike }
}

/// Every condition and table as its inputs with their entries.
fn entries(model: &Model) -> Vec<(Input, &[Atom])> {
    let mut list: Vec<(Input, &[Atom])> = Vec::new();
    let conditions = model.questions.iter().filter_map(|q| q.when.as_ref());
    let conditions = conditions.chain(model.decisions.iter().filter_map(|d| d.when.as_ref()));
    let conditions = conditions.chain(model.remarks.iter().filter_map(|r| r.when.as_ref()));
    for when in conditions.chain(model.steps.iter().filter_map(|s| s.when.as_ref())) {
        for row in &when.rows {
            list.extend(when.inputs.iter().copied().zip(row.iter().map(Vec::as_slice)));
        }
    }
    for decision in &model.decisions {
        if let Rule::Table(table) = &decision.rule {
            for row in &table.rows {
                list.extend(table.inputs.iter().copied().zip(row.cells.iter().map(Vec::as_slice)));
            }
        }
    }
    list
}

/// Cuts every question at every constant that a test on it mentions.
fn cut(model: &Model, tests: &[(Input, &[Atom])]) -> Vec<Cells> {
    let mut cuts: Vec<Vec<i64>> = vec![Vec::new(); model.questions.len()];
    let mut parts: Vec<Vec<Part>> = vec![Vec::new(); model.questions.len()];
    for (input, atoms) in tests {
        match *input {
            Input::Question(q) => {
                if let Some(cuts) = cuts.get_mut(q) {
                    starts(atoms, cuts);
                }
            }
            Input::Part(q, part) => {
                if let Some(parts) = parts.get_mut(q) {
                    parts.push(part);
                }
            }
            Input::Output(..) | Input::Score(_) => {}
        }
    }
    let list = model.questions.iter().zip(cuts.iter_mut()).zip(parts);
    list.map(|((question, cuts), parts)| Cells::new(question, cuts, &each_once(parts))).collect()
}

/// The first ticks of the ranges that entries tell apart.
fn starts(atoms: &[Atom], cuts: &mut Vec<i64>) {
    for atom in atoms {
        match atom {
            Atom::Range(lo, hi) => {
                if let Bound::At(lo) = lo {
                    cuts.push(*lo);
                }
                if let Bound::At(hi) = hi {
                    cuts.push(hi.saturating_add(1));
                }
            }
            Atom::Not(inner) | Atom::Fails(inner) => starts(inner, cuts),
            _ => {}
        }
    }
}

/// The distinct outcomes of a decision in the order in which they are listed: numbers ascending, then dates, then options
/// and other texts as the file has them, and no value last.
fn outcomes(decision: &DecisionInfo) -> Vec<Value> {
    let single = match decision.outputs.as_slice() {
        [output] => output.options.as_slice(),
        _ => &[],
    };
    let mut rows: Vec<Vec<Value>> = single.iter().map(|o| vec![Value::Text(o.id.clone())]).collect();
    if let Rule::Table(table) = &decision.rule {
        for row in &table.rows {
            if let RowOutput::Values(values) = &row.output
                && !rows.contains(values)
            {
                rows.push(values.clone());
            }
        }
    }
    if let Rule::Unloaded = decision.rule {
        // what its rows give on other dates
        let others = decision.other_values.iter().filter(|_| single.is_empty());
        rows.extend(others.filter(|row| row.len() == decision.outputs.len()).cloned());
    }
    let seen: Vec<Vec<&Value>> = (0..decision.outputs.len())
        .map(|o| {
            let mut seen: Vec<&Value> = Vec::new();
            for value in rows.iter().filter_map(|row| row.get(o)) {
                if !seen.contains(&value) {
                    seen.push(value);
                }
            }
            seen
        })
        .collect();
    let position = |o: usize, value: &Value| {
        let declared = decision
            .outputs
            .get(o)
            .and_then(|o| o.options.iter().position(|option| value.as_text() == Some(option.id.as_str())));
        declared.or_else(|| seen.get(o).and_then(|s| s.iter().position(|v| *v == value)))
    };
    let kind = |value: &Value| match value {
        Value::Number(_) => 0,
        Value::Date(_) => 1,
        Value::Null => 3,
        _ => 2,
    };
    let compare = |a: &Vec<Value>, b: &Vec<Value>| {
        a.iter().zip(b).enumerate().fold(Ordering::Equal, |order, (o, (x, y))| {
            order.then_with(|| match (x, y) {
                (Value::Number(x), Value::Number(y)) => x.cmp(y),
                (Value::Date(x), Value::Date(y)) => x.cmp(y),
                // values of several kinds: kind by kind, else the order would not be one
                _ => (kind(x), position(o, x)).cmp(&(kind(y), position(o, y))),
            })
        })
    };
    let mut sorted = rows.clone();
    sort_by(&mut sorted, compare);
    sorted.into_iter().map(|values| as_value(decision, values)).collect()
}

/// The value of a row: its only output, or an object.
fn as_value(decision: &DecisionInfo, mut values: Vec<Value>) -> Value {
    if decision.outputs.len() == 1 {
        return values.pop().unwrap_or(Value::Null);
    }
    Value::Object(decision.outputs.iter().map(|o| o.name.clone()).zip(values).collect())
}

struct Compiler<'m> {
    engine: Engine,
    model: &'m Model,
    /// Every input of a condition or table with its entries.
    tests: Vec<(Input, &'m [Atom])>,
    /// What unset outcomes of decisions could be, by what rows give for their outputs.
    could: Vec<(usize, Vec<unset::Left>, Vec<Code>)>,
    /// The conditions that have a node, with it.
    conditions: Vec<(&'m ConditionInfo, usize)>,
}

impl<'m> Compiler<'m> {
    /// The node of a question, after the nodes of its condition.
    fn question(&mut self, q: usize) -> usize {
        if let Some(node) = self.engine.questions.get(q).filter(|n| **n != usize::MAX) {
            return *node;
        }
        let gate =
            self.model.questions.get(q).and_then(|info| info.when.as_ref()).map(|when| self.condition(when));
        let node = match self.unset_derived(q) {
            Some(silent) => self.push(Kind::Unloaded(silent), gate, Vec::new()),
            None => self.push(Kind::Question(q), gate, Vec::new()),
        };
        if let Some(slot) = self.engine.questions.get_mut(q) {
            *slot = node;
        }
        node
    }

    fn decision(&mut self, d: usize) -> usize {
        if let Some(node) = self.engine.decisions.get(d).filter(|n| **n != usize::MAX) {
            return *node;
        }
        let Some(info) = self.model.decisions.get(d) else { return 0 };
        let gate = match info.rule {
            Rule::Derived(_) => None, // it stands on the question
            _ => info.when.as_ref().map(|when| self.condition(when)),
        };
        let node = match &info.rule {
            Rule::Table(table) => {
                let compiled = self.table(d, info, table);
                let inputs = compiled.columns.iter().map(|c| c.node).collect();
                self.push(Kind::Table(compiled), gate, inputs)
            }
            Rule::Points(points) => {
                let terms: Vec<Term> = points.terms.iter().map(|t| self.term(*t, points.scale)).collect();
                let inputs = terms.iter().map(|t| t.node).collect();
                self.push(Kind::Points(terms), gate, inputs)
            }
            Rule::Derived(q) => self.question(*q),
            Rule::Unloaded => {
                let silent = self.unset_outcome(d, &RowOutput::Silent);
                self.push(Kind::Unloaded(silent), gate, Vec::new())
            }
        };
        if let Some(slot) = self.engine.decisions.get_mut(d) {
            *slot = node;
        }
        node
    }

    fn silent(&mut self, subject: Subject, codes: Vec<Code>) -> usize {
        self.silent_of(Silent { subject, codes, gives: Vec::new() })
    }

    fn silent_of(&mut self, silent: Silent) -> usize {
        let known = self.engine.silents.iter().position(|s| *s == silent);
        known.unwrap_or_else(|| {
            self.engine.silents.push(silent);
            self.engine.silents.len() - 1
        })
    }

    fn node_of(&mut self, input: Input) -> usize {
        match input {
            Input::Question(q) | Input::Part(q, _) => self.question(q),
            Input::Output(d, _) | Input::Score(d) => self.decision(d),
        }
    }

    fn push(&mut self, kind: Kind, gate: Option<usize>, inputs: Vec<usize>) -> usize {
        let mut questions = Set::default();
        let mut silents = BTreeSet::new();
        for node in inputs.iter().chain(&gate).filter_map(|n| self.engine.nodes.get(*n)) {
            questions.add(&node.questions);
            silents.extend(node.silents.iter().copied());
        }
        match &kind {
            Kind::Question(q) => {
                questions.insert(*q);
                silents.extend(self.hanging(*q));
            }
            Kind::Table(table) | Kind::Condition(table) => {
                if let Reading::Either(choice) = table.reading {
                    questions.insert(choice);
                }
                silents.extend(table.columns.iter().flat_map(|c| c.silents.iter().copied()));
                silents.extend(table.outcome.iter().filter_map(|code| silent_of(*code)));
            }
            Kind::Unloaded(silent) => {
                silents.insert(*silent);
            }
            Kind::Points(_) => {}
        }
        let silents = silents.into_iter().collect();
        self.engine.nodes.push(Node { kind, gate, inputs, questions, silents });
        self.engine.nodes.len() - 1
    }

    /// The node of a condition; many questions share one.
    fn condition(&mut self, when: &'m ConditionInfo) -> usize {
        let same =
            |(known, _): &&(&ConditionInfo, usize)| known.inputs == when.inputs && known.rows == when.rows;
        if let Some((_, node)) = self.conditions.iter().find(same) {
            return *node;
        }
        let rows: Vec<&[Vec<Atom>]> = when.rows.iter().map(Vec::as_slice).collect();
        let columns = self.columns(&when.inputs, &rows);
        let inputs = columns.iter().map(|c| c.node).collect();
        let table = Table {
            words: words(rows.len()),
            rows: rows.len(),
            columns,
            reading: Reading::First,
            outcome: vec![crate::program::TRUE; rows.len()],
        };
        let node = self.push(Kind::Condition(table), None, inputs);
        self.conditions.push((when, node));
        node
    }

    fn table(&mut self, d: usize, info: &DecisionInfo, table: &TableInfo) -> Table {
        let rows: Vec<&[Vec<Atom>]> = table.rows.iter().map(|r| r.cells.as_slice()).collect();
        let columns = self.columns(&table.inputs, &rows);
        let outcome: Vec<Code> = table.rows.iter().map(|row| self.outcome(d, info, &row.output)).collect();
        let reading = match table.hit {
            _ if table.overlap_possible => Reading::Either(self.choice(&outcome)),
            HitPolicy::Unique | HitPolicy::Any | HitPolicy::First => Reading::First,
            HitPolicy::Collect => Reading::All,
            HitPolicy::Priority => self.ranked(d, info, table, &outcome),
        };
        Table { words: words(rows.len()), rows: rows.len(), columns, reading, outcome }
    }

    /// A choice between the outcomes of overlapping rows.
    fn choice(&mut self, outcomes: &[Code]) -> usize {
        self.engine.choices.push(each_once(outcomes).len().max(1));
        self.model.questions.len() + self.engine.choices.len() - 1
    }

    fn outcome(&mut self, d: usize, info: &DecisionInfo, output: &RowOutput) -> Code {
        let Some(values) = output.values() else {
            return SILENT + Code::try_from(self.unset_outcome(d, output)).unwrap_or(0);
        };
        let value = as_value(info, values.to_vec());
        let known = self.engine.outcomes.get(d).and_then(|o| o.iter().position(|v| *v == value));
        known.and_then(|c| Code::try_from(c).ok()).unwrap_or(crate::program::GAP)
    }

    fn term(&mut self, input: Input, scale: u32) -> Term {
        let node = self.node_of(input);
        let ticks = |value: &rust_decimal::Decimal| {
            crate::ticks::number_ticks(*value, scale, 1).map_or(0, |(_, floor)| floor)
        };
        let points = match input {
            Input::Question(q) | Input::Part(q, _) => {
                let options = self.model.questions.get(q).map(|q| q.options.as_slice()).unwrap_or_default();
                TermPoints::ByCode(options.iter().map(|o| o.points.as_ref().map_or(0, ticks)).collect())
            }
            Input::Output(d, o) => {
                let outcomes = self.engine.outcomes.get(d).map(Vec::as_slice).unwrap_or_default();
                let other = |other: &Other| match other.value.output(o) {
                    Value::Number(n) if other.given.get(o) == Some(&true) => ticks(n),
                    _ => loose(other.turn),
                };
                let others = self.engine.others.get(d).into_iter().flatten().map(other);
                let known = outcomes.iter().map(|v| match v.output(o) {
                    Value::Number(n) => ticks(n),
                    _ => 0,
                });
                TermPoints::ByCode(known.chain(others).collect())
            }
            Input::Score(d) => {
                let own = match self.model.decisions.get(d).map(|d| &d.rule) {
                    Some(Rule::Points(points)) => points.scale,
                    _ => scale,
                };
                TermPoints::Times(10i64.checked_pow(scale.saturating_sub(own)).unwrap_or(1))
            }
        };
        Term { node, points }
    }
}

/// The tick of a value, for comparisons on outputs.
fn value_tick(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => crate::ticks::number_ticks(*n, OUTPUT_SCALE, 1).map(|(_, floor)| floor),
        Value::Date(d) => Some(d.ticks()),
        _ => None,
    }
}

fn words(rows: usize) -> usize {
    rows.div_ceil(64).max(1)
}
