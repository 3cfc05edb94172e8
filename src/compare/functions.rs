//! Decisions and conditions of several programs as functions of the questions that they share.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::counts::Possible;
use super::variables::{Variable, variables};
use crate::diagram::{Diagrams, Memo, Ref, Store};
use crate::evaluate::Evaluation;
use crate::model::Rule;
use crate::program::{Code, Codes, Engine, FALSE, NOT_APPLICABLE, TRUE, hanging, hanging_pairs};
use crate::value::Value;

/// What a decision comes to in a case: the values that it may have, more than one where the source leaves it open.
pub(super) type Reading = Vec<Value>;

/// The variable of a question, and for each of its values the turn in the program's own diagrams.
type Turns = (usize, Vec<usize>);

/// A function of the common questions; its codes are places in [`Functions::readings`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Function {
    pub(super) f: Ref,
    /// Whether it is more than can occur, because the exact one would not fit the limits or hangs on what
    /// the cells do not tell.
    pub(super) approximate: bool,
}

/// Programs with all answers open, and what their decisions are as functions of the common questions.
pub(super) struct Functions<'e> {
    evaluations: Vec<Evaluation<'e>>,
    pub(super) variables: Vec<Variable>,
    /// Per program and question its variable, and for each of its values the turn in the program's own diagrams.
    turns: Vec<Vec<Option<Turns>>>,
    pub(super) store: Store,
    pub(super) readings: Vec<Reading>,
    places: BTreeMap<String, usize>,
    /// The day from which dates in examples are taken, in ticks.
    pub(super) on: i64,
    /// The codes that stand for a formula.
    pub(super) formulas: BTreeSet<Code>,
    /// Formulas in words, with what they hang on.
    pub(super) words: BTreeMap<String, String>,
    /// What counts can be together, by their places among the variables.
    pub(super) possible: BTreeMap<BTreeSet<usize>, Rc<Possible<'e>>>,
}

impl<'e> Functions<'e> {
    pub(super) fn new(engines: Vec<&'e Engine>, on: i64) -> Functions<'e> {
        let variables = variables(&engines);
        let open = |engine: &Engine| -> Vec<Codes> {
            let codes = |q: usize| [engine.all(q), unsettled(engine, q)].concat().into();
            (0..engine.model.questions.len()).map(codes).collect()
        };
        let evaluations: Vec<Evaluation<'e>> =
            engines.iter().map(|engine| Evaluation::new(engine, open(engine), &[])).collect();
        let turns = engines.iter().zip(&evaluations).enumerate();
        let turns = turns.map(|(side, (engine, evaluation))| turns_of(side, engine, evaluation, &variables));
        let turns = turns.collect();
        Functions {
            evaluations,
            variables,
            turns,
            store: Store::default(),
            readings: Vec::new(),
            places: BTreeMap::new(),
            on,
            formulas: BTreeSet::new(),
            words: BTreeMap::new(),
            possible: BTreeMap::new(),
        }
    }

    pub(super) fn engine(&self, side: usize) -> Option<&'e Engine> {
        self.evaluations.get(side).map(|evaluation| evaluation.engine)
    }

    /// How many programs there are.
    pub(super) fn sides(&self) -> usize {
        self.evaluations.len()
    }

    /// The variable of a question of a program.
    pub(super) fn variable(&self, side: usize, q: usize) -> Option<usize> {
        self.turns.get(side)?.get(q)?.as_ref().map(|(variable, _)| *variable)
    }

    /// A decision of a program.
    pub(super) fn decision(&mut self, side: usize, d: usize) -> Option<Function> {
        if let Some(Rule::Derived(q)) = self.engine(side)?.model.decisions.get(d).map(|d| &d.rule) {
            return self.computed(side, d, *q);
        }
        let evaluation = self.evaluations.get_mut(side)?;
        let merged = evaluation.merged(d);
        let evaluation = self.evaluations.get(side)?;
        let approximate = evaluation.diagrams.is_approximate(merged);
        let mut lists: BTreeMap<Vec<Code>, Code> = BTreeMap::new();
        let (readings, places) = (&mut self.readings, &mut self.places);
        let mut leaf = |codes: Vec<Code>| {
            if let Some(known) = lists.get(&codes) {
                return *known;
            }
            let sorted = evaluation.sorted(d, &codes);
            let values = sorted.into_iter().map(|code| evaluation.value(d, code)).collect();
            let place = intern(readings, places, values);
            lists.insert(codes, place);
            place
        };
        let turns = self.turns.get(side)?;
        let mut conversion = Conversion {
            diagrams: &evaluation.diagrams,
            store: &mut self.store,
            turns,
            variables: &self.variables,
            known: BTreeMap::new(),
            leaf: &mut leaf,
        };
        let f = conversion.of(merged);
        Some(Function { f, approximate })
    }

    /// A condition of a program; without one it always holds.
    pub(super) fn condition(&mut self, side: usize, node: Option<usize>) -> Option<Function> {
        let yes = self.reading(vec![Value::Bool(true)]);
        let no = self.reading(vec![Value::Bool(false)]);
        let unset = self.reading(vec![Value::Unregulated(Vec::new())]);
        let Some(node) = node else { return Some(Function { f: Ref::leaf(yes), approximate: false }) };
        let evaluation = self.evaluations.get_mut(side)?;
        let own = evaluation.diagrams.of(node);
        let merged = evaluation.diagrams.merged(node, own, &mut |_| UNSET);
        let evaluation = self.evaluations.get(side)?;
        let approximate = evaluation.diagrams.is_approximate(merged);
        let mut leaf = |codes: Vec<Code>| match codes.as_slice() {
            [TRUE] => yes,
            [FALSE] => no,
            _ => unset,
        };
        let mut conversion = Conversion {
            diagrams: &evaluation.diagrams,
            store: &mut self.store,
            turns: self.turns.get(side)?,
            variables: &self.variables,
            known: BTreeMap::new(),
            leaf: &mut leaf,
        };
        let f = conversion.of(merged);
        Some(Function { f, approximate })
    }

    /// The code of what a decision comes to.
    pub(super) fn reading(&mut self, values: Reading) -> Code {
        intern(&mut self.readings, &mut self.places, values)
    }

    /// What a code stands for.
    pub(super) fn values(&self, code: Code) -> &[Value] {
        usize::try_from(code).ok().and_then(|c| self.readings.get(c)).map(Vec::as_slice).unwrap_or_default()
    }

    /// A function where another holds, a code elsewhere.
    pub(super) fn within(&mut self, f: Ref, possible: Ref, otherwise: Code) -> Ref {
        if possible == Ref::leaf(TRUE) {
            return f;
        }
        self.store.product((f, possible), &mut Memo::new(2), &mut |_, code, holds| {
            Ref::leaf(if holds == TRUE { code } else { otherwise })
        })
    }

    /// A function in which silence is silence, whatever is missing.
    pub(super) fn without_names(&mut self, f: Ref) -> Ref {
        let plain = |value: &Value| match value {
            Value::Unregulated(_) => Value::Unregulated(Vec::new()),
            value => value.clone(),
        };
        let (readings, places) = (&mut self.readings, &mut self.places);
        self.store.map(f, &mut Memo::new(1), &mut |_, code| {
            let known = usize::try_from(code).ok().and_then(|c| readings.get(c));
            let mut values: Reading = known.into_iter().flatten().map(plain).collect();
            values.dedup();
            Ref::leaf(intern(readings, places, values))
        })
    }
}

/// The codes of a count that hangs on something unset: between which two of its cells it lies.
fn unsettled(engine: &Engine, q: usize) -> Vec<Code> {
    if !(engine.is_count(q) && engine.hangs(q)) {
        return Vec::new();
    }
    let cells = engine.cells.get(q).map_or(0, |cells| cells.list.len());
    hanging_pairs(cells).map(|(low, high)| hanging(low, high)).collect()
}

/// Several functions as one: its codes are places among the vectors of theirs.
pub(super) fn joint(store: &mut Store, parts: impl Iterator<Item = Ref>) -> (Ref, Vec<Vec<Code>>) {
    let mut vectors: Vec<Vec<Code>> = vec![Vec::new()];
    let mut places: BTreeMap<Vec<Code>, Code> = BTreeMap::from([(Vec::new(), 0)]);
    let mut all = Ref::leaf(0);
    for part in parts {
        let mut join = |so_far: Code, code: Code| {
            let known = usize::try_from(so_far).ok().and_then(|v| vectors.get(v)).cloned();
            let vector = [known.unwrap_or_default(), vec![code]].concat();
            *places.entry(vector).or_insert_with_key(|vector| {
                vectors.push(vector.clone());
                Code::try_from(vectors.len() - 1).unwrap_or(0)
            })
        };
        let mut leaf = |_: &mut Store, a: Code, b: Code| Ref::leaf(join(a, b));
        all = store.product((all, part), &mut Memo::new(2), &mut leaf);
    }
    (all, vectors)
}

/// The code that stands for a condition of which it is not known whether it holds.
const UNSET: Code = -1;

fn intern(readings: &mut Vec<Reading>, places: &mut BTreeMap<String, usize>, values: Reading) -> Code {
    // a set is the same in whatever order its values were found
    let mut keys: Vec<String> =
        values.iter().map(|value| serde_json::to_string(value).unwrap_or_default()).collect();
    keys.sort();
    let place = *places.entry(keys.join("\n")).or_insert_with(|| {
        readings.push(values);
        readings.len() - 1
    });
    Code::try_from(place).unwrap_or(0)
}

fn turns_of(
    side: usize,
    engine: &Engine,
    evaluation: &Evaluation<'_>,
    variables: &[Variable],
) -> Vec<Option<Turns>> {
    let of = |q: usize| {
        let place = variables.iter().position(|v| v.questions.get(side) == Some(&Some(q)))?;
        let own = evaluation.diagrams.codes(q);
        let alike = engine.alike.get(q).map(Vec::as_slice).unwrap_or_default();
        let same =
            |code: Code| usize::try_from(code).ok().and_then(|code| alike.get(code)).copied().unwrap_or(code);
        let turn = |code: Code| own.iter().position(|known| same(*known) == same(code));
        let values = &variables.get(place)?.values;
        let turns = values.iter().map(|group| {
            let code = group.codes.get(side).copied().flatten();
            code.and_then(turn).unwrap_or(usize::MAX)
        });
        Some((place, turns.collect()))
    };
    (0..engine.model.questions.len()).map(of).collect()
}

/// From the diagrams of a program to those of the common questions.
struct Conversion<'c, 'e> {
    diagrams: &'c Diagrams<'e>,
    store: &'c mut Store,
    turns: &'c [Option<Turns>],
    variables: &'c [Variable],
    known: BTreeMap<Ref, Ref>,
    /// The code of what some codes of the program are together.
    leaf: &'c mut dyn FnMut(Vec<Code>) -> Code,
}

impl Conversion<'_, '_> {
    fn of(&mut self, f: Ref) -> Ref {
        if let Some(known) = self.known.get(&f) {
            return *known;
        }
        let question = f.variable().and_then(|v| self.turns.get(v)?.as_ref());
        let converted = match question {
            Some((variable, turns)) => {
                let own: Vec<Ref> = self.diagrams.store.edges(f).to_vec();
                // what no program accepts cannot occur
                let edges: Vec<Ref> = turns.iter().map(|t| own.get(*t).copied().unwrap_or(f)).collect();
                let edges: Vec<Ref> = edges
                    .into_iter()
                    .map(|edge| if edge == f { Ref::leaf(NOT_APPLICABLE) } else { self.of(edge) })
                    .collect();
                debug_assert_eq!(edges.len(), self.variables.get(*variable).map_or(0, |v| v.values.len()));
                self.store.select(*variable, &edges)
            }
            // codes, and what the source or the limits leave open
            None => {
                let codes = self.diagrams.store.codes(f);
                Ref::leaf((self.leaf)(codes))
            }
        };
        self.known.insert(f, converted);
        converted
    }
}
