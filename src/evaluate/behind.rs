//! Derived questions in an evaluation. To the rest of it they are questions like any other; here they are seen through:
//! who asks must be told of the questions behind them, and what hangs on one of those in two ways is not exact.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Codes, Decided, Evaluation, FALSE, Left, NOT_APPLICABLE, Ref};
use crate::case::Case;
use crate::derived::Image;
use crate::diagnostic::Diagnostic;
use crate::diagram::Memo;
use crate::program::{Engine, Kind, Set, between, silent_of};
use crate::sorted::each_once;
use crate::value::Value;

/// What an output of a decision, or a score, comes to that known answers do not settle by themselves.
pub(crate) fn silent(
    engine: &Engine,
    (d, output): (usize, usize),
    codes: Vec<Codes>,
    decided: &[(usize, Code)],
) -> Vec<Value> {
    let mut evaluation = Evaluation::new(engine, codes, decided);
    let codes = evaluation.reach_output(d, output);
    let value = |code: Code| match engine.value_of(d, code) {
        Some(value) => value.output(output).clone(),
        None => evaluation.value(d, code),
    };
    codes.into_iter().map(value).collect()
}

/// Proves that every derived question has a value in every case.
pub(crate) fn prove_derived(engine: &Engine, out: &mut Vec<Diagnostic>) {
    crate::derive::prove(engine, silent, out);
}

impl<'e> Evaluation<'e> {
    /// Looks into a case in which something is derived.
    pub(crate) fn seeing(mut self, case: &'e Case) -> Self {
        self.case = Some(case).filter(|case| !case.images.is_empty());
        self
    }

    /// The possible outcomes of a decision as far as one output tells them apart: what a row gives for that is known, also
    /// where something beside it is unset.
    fn reach_output(&mut self, d: usize, output: usize) -> Vec<Code> {
        let engine = self.engine;
        let node = engine.decisions.get(d).copied().unwrap_or(usize::MAX);
        let several = engine.model.decisions.get(d).is_some_and(|info| info.outputs.len() > 1);
        if !several || !matches!(engine.nodes.get(node).map(|node| &node.kind), Some(Kind::Table(_))) {
            return self.reach(d).codes.to_vec();
        }
        let own = self.diagrams.own(node);
        // of codes that give the same the first that is met stands for all
        let mut met: Vec<(Code, &Value)> = Vec::new();
        let mut same = |code: Code| {
            let Some(value) = engine.known_output(d, output, code) else { return code };
            let first = met.iter().find(|(_, other)| *other == value).map(|(first, _)| *first);
            first.unwrap_or_else(|| {
                met.push((code, value));
                code
            })
        };
        let own = self.diagrams.store.map(own, &mut Memo::new(1), &mut |_, code| Ref::leaf(same(code)));
        let merged = self.merged_as(d, own);
        let (mut codes, approximate) = self.diagrams.spread(merged);
        if approximate {
            codes.push(self.missing_everything(d));
        }
        codes
    }

    pub(super) fn image(&self, q: usize) -> Option<&'e Image> {
        self.case?.images.get(q.checked_sub(self.engine.model.asked())?)
    }

    /// Replaces the derived questions that could change decisions by the open questions behind them, in `needs` and in
    /// what the answers leave.
    pub(super) fn see_behind(&mut self, all: &mut [Decided], left: &mut Left) {
        let asked = self.engine.model.asked();
        let mut telling: BTreeMap<usize, Set> = BTreeMap::new();
        for decided in all.iter_mut().filter(|decided| decided.needs.iter().any(|q| *q >= asked)) {
            let node = self.engine.decisions.get(decided.d).copied().unwrap_or(usize::MAX);
            let (mut needs, rough) = self.asked_for(node, Some(decided.d), &decided.needs);
            if rough
                && !decided.reached.approximate
                && let Some((codes, exact)) = self.case_by_case(node, &decided.reached.codes)
            {
                decided.reached.codes = codes.into();
                needs = exact;
            } else {
                decided.reached.approximate |= rough;
            }
            self.silenced(decided);
            if decided.asked {
                for q in decided.needs.iter().filter(|q| **q >= asked) {
                    telling.entry(*q).or_default().add(&needs);
                }
            }
            decided.needs = needs.iter().collect();
        }
        // a question behind a derived one leaves as much as that does
        for (q, needs) in telling {
            let Some(Some((sum, cells))) = left.get(q).copied() else { continue };
            let open = self.image(q).map(|image| image.open.clone()).unwrap_or_default();
            for x in needs.iter().filter(|x| open.contains(*x)) {
                match left.get_mut(x) {
                    Some(Some((other, count))) if *other * cells <= sum * *count => {}
                    Some(slot) => *slot = Some((sum, cells)),
                    None => {}
                }
            }
        }
    }

    /// What a table comes to and the questions that it needs, searched in exact answers: for one that reads a question and
    /// also what that hangs on. None where that is too much, or hangs on more than answers.
    fn case_by_case(&mut self, node: usize, all: &[Code]) -> Option<(Vec<Code>, Set)> {
        let silent_rows = self.silent_rows(node);
        let row = |code: &Code| match silent_rows.iter().find(|(_, missing)| missing == code) {
            Some((row, _)) => Some(*row),
            None => Some(*code).filter(|code| *code >= 0), // silent in some case, and not by a row
        };
        let all = all.iter().filter(|code| **code != NOT_APPLICABLE).map(row);
        let all = all.collect::<Option<Vec<Code>>>()?;
        let asked = self.engine.model.asked();
        let case = self.case?;
        let info = self.engine.nodes.get(node)?;
        let condition = info.gate.map(|gate| {
            let f = self.diagrams.of(gate);
            self.diagrams.store.parts(&[f])
        });
        let mut condition = condition.unwrap_or_default();
        // a condition that reads derived questions is searched along
        let whole = condition.iter().filter_map(|part| part.variable()).any(|variable| variable >= asked);
        if whole {
            condition.clear();
        }
        let found = self.engine.within(case, (node, whole, &all), silent, &mut self.diagrams)?;
        let (mut codes, mut needs) = (found.codes, found.open);
        for code in &mut codes {
            let missing = silent_rows.iter().find(|(row, _)| row == code);
            *code = missing.map_or(*code, |(_, missing)| *missing);
        }
        for part in condition {
            match part.variable() {
                // whether it applies at all makes a difference by itself
                Some(variable) => needs.insert(variable),
                None if part.code() == Some(FALSE) => codes.push(NOT_APPLICABLE),
                None => {}
            }
        }
        codes.sort_unstable();
        codes.dedup();
        Some((codes, needs))
    }

    /// The codes of the silent rows of a table, each with that of what is missing then.
    fn silent_rows(&mut self, node: usize) -> Vec<(Code, Code)> {
        let Some(table) = self.engine.nodes.get(node).and_then(|node| node.plain_table()) else {
            return Vec::new();
        };
        let Some(d) = self.engine.decisions.iter().position(|other| *other == node) else {
            return Vec::new();
        };
        let silents = table.outcome.iter().filter_map(|code| Some((*code, silent_of(*code)?)));
        let missing = |(code, silent): (Code, usize)| {
            (code, super::missing_code(self.engine, &mut self.missing, self.case, d, &[silent]))
        };
        each_once(silents).into_iter().map(missing).collect()
    }

    /// Whether a condition that reads derived questions holds, where cells leave that open because it hangs on the same
    /// answers in several ways.
    pub(super) fn settled_by_search(&mut self, gate: usize) -> Option<bool> {
        let asked = self.engine.model.asked();
        let case = self.case?;
        if self.engine.nodes.get(gate)?.questions.iter().all(|q| q < asked) {
            return None; // cells are exact for what people answer
        }
        let f = self.diagrams.of(gate);
        let read = each_once(self.diagrams.store.parts(&[f]).into_iter().filter_map(Ref::variable));
        let mut behind = Set::default();
        let mut twice = false;
        for q in &read {
            let open = self.image(*q).filter(|_| *q >= asked).map(|image| image.open.clone());
            let open = open.unwrap_or_else(|| Set::of([*q]));
            twice |= open.iter().any(|x| behind.contains(x));
            behind.add(&open);
        }
        if !twice {
            return None;
        }
        self.engine.settled(case, gate, silent, &mut self.diagrams)
    }

    /// Where a derived question has no value in some completion, what could change with it has none either.
    fn silenced(&mut self, decided: &mut Decided) {
        let engine = self.engine;
        let mut codes = decided.reached.codes.to_vec();
        for q in decided.needs.clone().into_iter().filter(|q| !engine.hangs(*q)) {
            let Some(image) = self.image(q).filter(|image| !image.missing.is_empty()).cloned() else {
                continue;
            };
            let always = image.is_empty() && !image.not_applicable;
            if always && decided.needs == [q] {
                codes.clear(); // nothing else makes a difference
            } else {
                decided.reached.approximate = true;
            }
            for names in image.missing {
                let code = self.missing_named(names);
                codes.push(code);
            }
        }
        codes.sort_unstable();
        codes.dedup();
        decided.reached.codes = codes.into();
    }

    /// The questions that people answer, for questions that could change a node, of which some are derived; and whether
    /// what is known of the node may then be a superset: a derived question holds more than can occur, or something behind
    /// it is also read in another way.
    pub(super) fn asked_for(&mut self, node: usize, d: Option<usize>, needs: &[usize]) -> (Set, bool) {
        let asked = self.engine.model.asked();
        let mut plain = Set::default();
        let mut behind: BTreeMap<usize, Set> = BTreeMap::new();
        let mut rough = false;
        for q in needs {
            if *q < asked {
                plain.insert(*q);
                continue;
            }
            let (telling, more) = self.telling(node, d, *q);
            rough |= more;
            behind.insert(*q, telling);
        }
        rough |= self.read_twice(node, &plain, &behind);
        let mut all = plain;
        behind.values().for_each(|telling| all.add(telling));
        (all, rough)
    }

    /// The open questions behind a derived one that make a difference to a node.
    fn telling(&mut self, node: usize, d: Option<usize>, q: usize) -> (Set, bool) {
        let Some(case) = self.case else { return (Set::default(), true) };
        let hull = self.image(q).is_some_and(|image| image.hull);
        let (classes, exact) = self.classes(node, d, q);
        let (open, rough) = self.engine.telling(case, q, &classes, (silent, &mut self.diagrams));
        (open, rough || hull || !exact)
    }

    /// Codes of a question that a node never tells apart have the same number.
    fn classes(&mut self, node: usize, d: Option<usize>, q: usize) -> (BTreeMap<Code, usize>, bool) {
        let f = match d {
            Some(d) => self.merged(d),
            None => self.diagrams.of(node),
        };
        let exact = !self.diagrams.is_approximate(f);
        let codes = self.diagrams.codes(q).to_vec();
        // what follows each of its values, wherever it is asked
        let mut columns: Vec<Vec<Ref>> = vec![Vec::new(); codes.len()];
        for part in self.diagrams.store.parts(&[f]).into_iter().filter(|part| part.variable() == Some(q)) {
            let edges = self.diagrams.store.edges(part);
            columns.iter_mut().zip(edges).for_each(|(column, edge)| column.push(*edge));
        }
        let first = |i: usize| columns.iter().position(|column| Some(column) == columns.get(i)).unwrap_or(i);
        let by_code: BTreeMap<Code, usize> =
            codes.iter().enumerate().map(|(i, code)| (*code, first(i))).collect();
        let alike = self.engine.alike.get(q).map(Vec::as_slice).unwrap_or_default();
        let of = |code: Code| usize::try_from(code).ok().and_then(|c| alike.get(c)).copied().unwrap_or(code);
        // of those that no rule tells apart only one is followed
        let mut all: BTreeMap<Code, usize> = by_code
            .iter()
            .filter(|(code, _)| between(**code).is_some())
            .map(|(code, class)| (*code, *class))
            .collect();
        for code in self.engine.all(q) {
            let found = by_code.get(&code).copied();
            let same = || by_code.iter().find(|(known, _)| of(**known) == of(code)).map(|(_, class)| *class);
            if let Some(class) = found.or_else(same) {
                all.insert(code, class);
            }
        }
        (all, exact)
    }

    /// Whether a question behind a derived one is also read in another way that makes a difference. What the condition of a
    /// derived question reads is no other way, as its values are those for which that holds; unless the two are tied.
    fn read_twice(&self, node: usize, plain: &Set, behind: &BTreeMap<usize, Set>) -> bool {
        let mut atoms: Vec<Atom> = Vec::new();
        self.atoms(node, &[], &mut BTreeSet::new(), &mut atoms);
        let asked = self.engine.model.asked();
        let reads = |atom: &Atom, x: usize| match behind.get(&atom.question) {
            Some(telling) => telling.contains(x),
            None => atom.question < asked && atom.question == x && plain.contains(x),
        };
        let tied = |q: usize| self.image(q).is_some_and(|image| image.tied);
        let inside = |a: &Atom, b: &Atom| a.within.contains(&b.question) && !tied(b.question);
        let apart = |a: &Atom, b: &Atom| a.question != b.question && !inside(a, b) && !inside(b, a);
        atoms.iter().any(|atom| {
            let telling = behind.get(&atom.question).map(Set::iter);
            telling
                .into_iter()
                .flatten()
                .any(|x| atoms.iter().any(|other| apart(atom, other) && reads(other, x)))
        })
    }

    /// What a node reads, and within the conditions of which derived questions.
    fn atoms(
        &self,
        node: usize,
        within: &[usize],
        seen: &mut BTreeSet<(usize, Vec<usize>)>,
        atoms: &mut Vec<Atom>,
    ) {
        let asked = self.engine.model.asked();
        let mut stack = vec![node];
        while let Some(index) = stack.pop() {
            if !seen.insert((index, within.to_vec())) {
                continue;
            }
            let Some(info) = self.engine.nodes.get(index) else { continue };
            let derived = self.engine.questions.iter().skip(asked).position(|n| *n == index);
            let question = match (&info.kind, derived) {
                (_, Some(i)) => asked + i,
                (Kind::Question(q), None) => *q,
                _ => {
                    stack.extend(info.inputs.iter().copied().chain(info.gate));
                    continue;
                }
            };
            atoms.push(Atom { question, within: within.to_vec() });
            match (derived, info.gate) {
                (Some(_), Some(gate)) => self.atoms(gate, &[within, &[question]].concat(), seen, atoms),
                (_, gate) => stack.extend(gate),
            }
        }
    }
}

/// A question that a node reads, within the conditions of some derived ones.
struct Atom {
    question: usize,
    within: Vec<usize>,
}
