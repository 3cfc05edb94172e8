//! The cases in which programs come to something else.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::counts::Possible;
use super::functions::{Function, Functions, joint};
use super::regions::{cover, region};
use super::rows::{Cases, Words, combination};
use super::share::number;
use super::{Combination, Difference, FieldDifference, Pair, PartDifference, Scope, Side, parts, unsure};
use crate::diagram::{Memo, Ref};
use crate::limits::{MAX_COMPARED, MAX_DIFFERENCES};
use crate::model::{DecisionInfo, Model, Rule};
use crate::program::{Code, Engine};
use crate::value::Value;

/// The code of the cases in which all sides come to the same.
const SAME: Code = 0;
/// The code of what a side comes to where nothing can occur; it stands for no outcome.
const IMPOSSIBLE: Code = -2;

/// Programs while they are compared.
pub(super) struct Comparer<'p> {
    engines: Vec<&'p Engine>,
    names: Vec<String>,
    functions: Functions<'p>,
}

/// An outcome of a decision in the words of its side.
struct Outcomes<'p> {
    engines: &'p [&'p Engine],
    decisions: &'p [Option<usize>],
}

impl Words for Outcomes<'_> {
    fn text(&self, side: usize, value: &Value) -> String {
        let found = self.engines.get(side).zip(self.decisions.get(side).copied().flatten());
        match value {
            Value::Unregulated(names) if names.is_empty() => "niet geregeld".to_owned(),
            value => {
                found.map_or_else(String::new, |(engine, d)| match (engine.model.decisions.get(d), value) {
                    (Some(DecisionInfo { rule: Rule::Derived(_), .. }), Value::Text(words)) => {
                        words.to_string()
                    }
                    _ => engine.model.outcome_text(d, value),
                })
            }
        }
    }
}

/// Whether something is at issue.
struct AtIssue;

impl Words for AtIssue {
    fn text(&self, _: usize, value: &Value) -> String {
        match value {
            Value::Bool(true) => "aan de orde",
            Value::Bool(false) => "niet aan de orde",
            _ => "niet geregeld of dit aan de orde is",
        }
        .to_owned()
    }
}

impl<'p> Comparer<'p> {
    pub(super) fn new(sides: &[Side<'p>]) -> Comparer<'p> {
        let engines: Vec<&Engine> = sides.iter().map(|side| &side.program.engine).collect();
        let on = sides.first().map_or(0, |side| side.program.date().ticks());
        let names = sides.iter().map(|side| side.name.clone()).collect();
        Comparer { functions: Functions::new(engines.clone(), on), engines, names }
    }

    pub(super) fn models(&self) -> Vec<&'p Model> {
        self.engines.iter().map(|engine| &engine.model).collect()
    }

    /// The decisions that differ, and the ids of those that were compared and do not.
    pub(super) fn decisions(&mut self, scope: &Scope) -> (Vec<Difference>, Vec<String>) {
        let models = self.models();
        let ids = scope.decisions(&models);
        let (mut different, mut same) = (Vec::new(), Vec::new());
        for id in ids {
            let places: Vec<Option<usize>> =
                models.iter().map(|model| model.decisions.iter().position(|d| d.id == id)).collect();
            let title = models.iter().zip(&places).find_map(|(model, d)| model.decisions.get((*d)?));
            let title = title.map_or_else(String::new, |d| d.title.clone());
            let functions: Vec<Option<Function>> = places
                .iter()
                .enumerate()
                .map(|(side, d)| d.and_then(|d| self.functions.decision(side, d)))
                .collect();
            let engines = self.engines.clone();
            let words = Outcomes { engines: &engines, decisions: &places };
            let part = |(model, d): (&&Model, &Option<usize>)| {
                d.and_then(|d| model.decisions.get(d)).is_some_and(|d| d.part_of.is_some())
            };
            let whole = !models.iter().zip(&places).any(part);
            match self.difference(id, title, &functions, &words, whole) {
                Ok(difference) => different.push(difference),
                Err(id) => same.push(id),
            }
        }
        // two outcomes weigh more than an outcome and silence
        let regulated =
            |difference: &Difference| difference.pairs.first().map(|pair| number(&pair.regulated));
        different.sort_by_key(|found| std::cmp::Reverse((regulated(found), number(&found.share))));
        (different, same)
    }

    /// The cases in which functions differ; the id when there is none.
    fn difference(
        &mut self,
        id: String,
        title: String,
        sides: &[Option<Function>],
        words: &dyn Words,
        whole: bool,
    ) -> Result<Difference, String> {
        let present: Vec<bool> = sides.iter().map(Option::is_some).collect();
        let plain: Vec<Ref> =
            sides.iter().flatten().map(|side| self.functions.without_names(side.f)).collect();
        let (all, vectors) = joint(&mut self.functions.store, plain.into_iter());
        let same = |code: Code| {
            let vector = usize::try_from(code).ok().and_then(|v| vectors.get(v)).map(Vec::as_slice);
            vector.is_none_or(|vector| vector.iter().all(|code| Some(code) == vector.first()))
        };
        let different = self
            .functions
            .store
            .map(all, &mut Memo::new(1), &mut |_, code| Ref::leaf(if same(code) { SAME } else { code + 1 }));
        // of a part of a case, such as one record of a list, it is not known what the whole comes to
        let possible =
            if whole { self.functions.possible(&[different]) } else { Rc::new(Possible::anything()) };
        let different = self.functions.within(different, possible.f, SAME);
        let everywhere = present.iter().all(|present| *present);
        if different == Ref::leaf(SAME) && everywhere {
            return Err(id);
        }
        let named: Vec<Option<Ref>> = sides
            .iter()
            .map(|side| side.map(|side| self.functions.within(side.f, possible.f, IMPOSSIBLE)))
            .collect();
        // what a formula comes to was not worked out, nor what can be beside the questions that it reads
        let computed = |code: Code| {
            let vector = usize::try_from(code - 1).ok().and_then(|v| vectors.get(v));
            vector.into_iter().flatten().any(|code| self.functions.formulas.contains(code))
        };
        let parts = self.functions.store.parts(&[different]);
        let mut unsure = unsure::computed(&self.functions, &self.names, &parts, &possible.known);
        if parts.iter().any(|part| part.code().is_some_and(|code| code != SAME && computed(code))) {
            unsure.push(unsure::FORMULAS.to_owned());
        }
        if sides.iter().flatten().any(|side| side.approximate) {
            unsure.push(unsure::LIMITS.to_owned());
        }
        let combinations = self.combinations(different, &possible, &vectors, &named, words);
        let part = self.functions.share((different, possible.f), |code| code != SAME);
        let pairs = self.pairs(&present, (different, possible.f), &vectors);
        Ok(Difference {
            id,
            title,
            present,
            share: part,
            pairs,
            combinations,
            approximate: !unsure.is_empty(),
            unsure,
        })
    }

    /// In which part of the cases each two sides differ.
    fn pairs(&self, present: &[bool], different: (Ref, Ref), vectors: &[Vec<Code>]) -> Vec<Pair> {
        let sides: Vec<usize> = (0..present.len()).filter(|side| present.get(*side) == Some(&true)).collect();
        let silent =
            |code: &Code| self.functions.values(*code).iter().any(|v| matches!(v, Value::Unregulated(_)));
        let mut pairs = Vec::new();
        for (i, a) in sides.iter().enumerate() {
            for (j, b) in sides.iter().enumerate().skip(i + 1) {
                let two = |code: Code| {
                    let vector = usize::try_from(code - 1).ok().and_then(|v| vectors.get(v))?;
                    Some((vector.get(i)?, vector.get(j)?))
                };
                let part = |counts: &dyn Fn(&Code, &Code) -> bool| {
                    let holds = |code: Code| code != SAME && two(code).is_some_and(|(a, b)| counts(a, b));
                    self.functions.share(different, holds)
                };
                pairs.push(Pair {
                    a: *a,
                    b: *b,
                    share: part(&|a, b| a != b),
                    regulated: part(&|a, b| a != b && !silent(a) && !silent(b)),
                });
            }
        }
        pairs.sort_by_key(|pair| std::cmp::Reverse((number(&pair.regulated), number(&pair.share))));
        pairs
    }

    /// The combinations of a function that is not [`SAME`] where sides differ.
    fn combinations(
        &mut self,
        different: Ref,
        possible: &Possible<'p>,
        vectors: &[Vec<Code>],
        sides: &[Option<Ref>],
        words: &dyn Words,
    ) -> Vec<Combination> {
        let mut codes: Vec<Code> = Vec::new();
        // in the order in which a reader of the file meets them
        in_order(&self.functions, different, &mut codes);
        let mut ranked: Vec<(bool, Value, Code)> = Vec::new();
        for code in codes {
            let of = |known: Code| known == code;
            let part = self.functions.share((different, possible.f), of);
            let vector = usize::try_from(code - 1).ok().and_then(|v| vectors.get(v));
            let spoken: BTreeSet<Code> =
                vector.into_iter().flatten().copied().filter(|code| !self.is_silent(*code)).collect();
            ranked.push((spoken.len() > 1, part, code));
        }
        ranked.sort_by_key(|(spoken, part, _)| std::cmp::Reverse((*spoken, number(part))));
        let mut left = MAX_DIFFERENCES;
        let mut list = Vec::new();
        for (_, part, code) in ranked {
            let most = left.clamp(1, MAX_COMPARED);
            let here = region(&mut self.functions.store, different, code);
            let Functions { store, variables, .. } = &mut self.functions;
            let between = |variable: usize, values: &[usize]| {
                variables.get(variable).map_or_else(Vec::new, |known| known.hanging_among(values))
            };
            let (boxes, complete) = cover(store, here, possible.f, &between, most);
            left = left.saturating_sub(boxes.len());
            let cases = Cases { here, possible, boxes: &boxes, complete, share: part };
            list.push(combination(&mut self.functions, sides, cases, words));
        }
        list
    }

    fn is_silent(&self, code: Code) -> bool {
        self.functions.values(code).iter().any(|v| matches!(v, Value::Unregulated(_)))
    }

    /// Questions that differ in what they ask or when they are relevant.
    pub(super) fn questions(&mut self) -> Vec<PartDifference> {
        let models = self.models();
        let ids = parts::ids(&models, |model| {
            model.questions.iter().take(model.asked()).map(|q| q.id.to_string()).collect()
        });
        let place = |model: &Model, id: &str| model.question(id);
        let gate = |engine: &Engine, q: usize| {
            let node = engine.questions.get(q).and_then(|node| engine.nodes.get(*node));
            node.and_then(|node| node.gate)
        };
        self.parts(ids, place, gate, parts::question, false)
    }

    /// Findings that differ in when they are made or what they say.
    pub(super) fn findings(&mut self) -> Vec<PartDifference> {
        let ids =
            parts::ids(&self.models(), |model| model.remarks.iter().map(|r| r.id.to_string()).collect());
        let place = |model: &Model, id: &str| model.remarks.iter().position(|r| r.id == id);
        let gate = |engine: &Engine, r: usize| engine.remarks.get(r).copied().flatten();
        self.parts(ids, place, gate, parts::finding, true)
    }

    /// Steps that differ in when they are at issue, who takes them, or their term.
    pub(super) fn steps(&mut self) -> Vec<PartDifference> {
        let ids = parts::ids(&self.models(), |model| model.steps.iter().map(|s| s.id.to_string()).collect());
        let place = |model: &Model, id: &str| model.steps.iter().position(|s| s.id == id);
        let gate = |engine: &Engine, s: usize| engine.steps.get(s).copied().flatten();
        self.parts(ids, place, gate, parts::step, true)
    }

    /// Parts that differ in what is written or in the cases in which they are at issue. Where `never` holds, a side without
    /// the part never has it at issue; else its cases are not compared.
    fn parts(
        &mut self,
        ids: Vec<String>,
        place: impl Fn(&Model, &str) -> Option<usize>,
        gate: impl Fn(&Engine, usize) -> Option<usize>,
        describe: impl Fn(&Model, usize) -> parts::Description,
        never: bool,
    ) -> Vec<PartDifference> {
        let engines = self.engines.clone();
        let no = self.functions.reading(vec![Value::Bool(false)]);
        let absent = Function { f: Ref::leaf(no), approximate: false };
        let mut list = Vec::new();
        for id in ids {
            let places: Vec<Option<usize>> = engines.iter().map(|e| place(&e.model, &id)).collect();
            let described: Vec<Option<parts::Description>> =
                engines.iter().zip(&places).map(|(e, place)| place.map(|p| describe(&e.model, p))).collect();
            let title = described.iter().flatten().next().map_or_else(String::new, |d| d.title.clone());
            let functions: Vec<Option<Function>> = places
                .iter()
                .enumerate()
                .map(|(side, place)| match (place, engines.get(side)) {
                    (Some(place), Some(engine)) => self.functions.condition(side, gate(engine, *place)),
                    _ => never.then_some(absent),
                })
                .collect();
            let cases = self.difference(id.clone(), title.clone(), &functions, &AtIssue, true).ok();
            let cases = cases.filter(|cases| !cases.combinations.is_empty());
            let fields: Vec<FieldDifference> = parts::fields(&described);
            let present: Vec<bool> = places.iter().map(Option::is_some).collect();
            if cases.is_some() || !fields.is_empty() || present.contains(&false) {
                list.push(PartDifference { id, title, present, fields, cases });
            }
        }
        list
    }
}

/// The codes of a function but [`SAME`], each where it is first met.
fn in_order(functions: &Functions<'_>, f: Ref, codes: &mut Vec<Code>) {
    fn walk(functions: &Functions<'_>, f: Ref, seen: &mut Vec<Ref>, codes: &mut Vec<Code>) {
        match f.code() {
            Some(SAME) => {}
            Some(code) if !codes.contains(&code) => codes.push(code),
            Some(_) => {}
            None => {
                if let Err(place) = seen.binary_search(&f) {
                    seen.insert(place, f);
                    functions.store.edges(f).iter().for_each(|edge| walk(functions, *edge, seen, codes));
                }
            }
        }
    }
    walk(functions, f, &mut Vec::new(), codes);
}
