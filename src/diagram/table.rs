//! The diagram of a table or condition.

use super::Diagrams;
use super::expand::{Expansion, Hide, Settled};
use super::store::{Keys, Memo, Ref, Store};
use crate::limits::{MAX_STATES, MAX_WORK};
use crate::program::{
    Code, Column, FALSE, GAP, Grades, NOT_APPLICABLE, Reading, TRUE, Table, rows, silent_of,
};
use crate::sorted::each_once;

/// The results of the states of a table, while it is followed.
struct Results {
    known: Keys<i64>,
    results: Vec<Ref>,
    edges: Vec<Ref>,
    /// How many there may be.
    most: usize,
    beyond_limits: bool,
}

/// So many states are followed before another way is tried.
const FEW_STATES: usize = 256;

impl Diagrams<'_> {
    /// The diagram of the table of a node.
    pub(super) fn table(&mut self, node: usize, table: &Table, condition: bool, gate: Option<Ref>) -> Ref {
        if gate.is_none_or(|gate| gate.code().is_some()) {
            let inputs: Vec<Ref> = table.columns.iter().map(|column| self.of(column.node)).collect();
            let (hits, open) = open_columns(table, &inputs);
            match open.as_slice() {
                [] => return self.read(table, condition, &hits),
                [(column, input)] => return self.over_one(table, condition, &hits, (column, *input)),
                _ => {}
            }
        }
        let inputs = self.places(table);
        let hide = if condition { Hide::Others } else { Hide::of(&table.reading) };
        let follow = |diagrams: &mut Self, most: usize| {
            let mut expansion = Expansion::new(table, hide, gate, &inputs).for_outcome();
            let mut results = Results {
                known: Keys::new(expansion.stride()),
                results: Vec::new(),
                edges: Vec::new(),
                most,
                beyond_limits: false,
            };
            let found = diagrams.follow(table, condition, &mut expansion, 0, &mut results);
            (!results.beyond_limits).then_some(found)
        };
        if let Some(found) = follow(self, FEW_STATES) {
            return found;
        }
        // many states often stand for a small function: where its rows can be put together, that is shorter
        if let Some(found) = self.cascade(table, condition, &inputs) {
            return self.gated(gate, found);
        }
        if let Some(found) = follow(self, MAX_STATES) {
            return found;
        }
        let rows = Expansion::new(table, hide, gate, &inputs).reachable(&self.store);
        self.superset(node, table, condition, gate, &rows)
    }

    /// A table of which one column is open: the function of its input, with what the rows give in the place of codes.
    fn over_one(
        &mut self,
        table: &Table,
        condition: bool,
        hits: &[u64],
        (column, input): (&Column, Ref),
    ) -> Ref {
        let mut both = hits.to_vec();
        self.replaced(input, &mut |diagrams, code| {
            let class = column.class(code);
            diagrams.each_way(&column.silents, (0, 1), &mut |diagrams, way| {
                let rows = column.rows(class, way, table.words);
                both.iter_mut().zip(hits).zip(rows).for_each(|((both, a), b)| *both = a & b);
                diagrams.read(table, condition, &both)
            })
        })
    }

    /// A function with what follows from its codes in their place.
    fn replaced(&mut self, f: Ref, follows: &mut impl FnMut(&mut Self, Code) -> Ref) -> Ref {
        let mut store = std::mem::take(&mut self.store);
        let replaced = store.map(f, &mut Memo::new(1), &mut |store, code| {
            std::mem::swap(store, &mut self.store); // there is one store
            let found = follows(self, code);
            std::mem::swap(store, &mut self.store);
            found
        });
        self.store = store;
        replaced
    }

    /// What follows in each combination of ways of some unset things; `way` counts them, the first fastest.
    fn each_way(
        &mut self,
        silents: &[usize],
        (way, stride): (usize, usize),
        follows: &mut impl FnMut(&mut Self, usize) -> Ref,
    ) -> Ref {
        let Some((silent, rest)) = silents.split_first() else { return follows(self, way) };
        let turns = self.engine.ways(*silent).len();
        let edges: Vec<Ref> = (0..turns)
            .map(|turn| self.each_way(rest, (way + turn * stride, stride * turns), follows))
            .collect();
        let variable = self.silent(*silent);
        self.store.select(variable, &edges)
    }

    /// Per column the diagram of the places of its rows.
    pub(crate) fn places(&mut self, table: &Table) -> Vec<Ref> {
        table
            .columns
            .iter()
            .map(|column| {
                let input = self.of(column.node);
                self.place(column, table.words, input)
            })
            .collect()
    }

    /// An input as the places of a column that its codes have.
    fn place(&mut self, column: &Column, words: usize, input: Ref) -> Ref {
        if let (Some(code), true) = (input.code(), column.silents.is_empty()) {
            return Ref::leaf(Code::from(column.class(code)));
        }
        self.replaced(input, &mut |diagrams, code| {
            let class = column.class(code);
            diagrams.each_way(&column.silents, (0, 1), &mut |_, way| {
                let rows = column.rows(class, way, words);
                let same = (0..way).find(|other| column.rows(class, *other, words) == rows).unwrap_or(way);
                let place = class as usize * column.ways + same;
                Ref::leaf(Code::try_from(place).unwrap_or(0))
            })
        })
    }

    fn follow(
        &mut self,
        table: &Table,
        condition: bool,
        expansion: &mut Expansion<'_>,
        at: usize,
        results: &mut Results,
    ) -> Ref {
        match expansion.settle(&self.store, at) {
            Some(Settled::NotApplicable) => return Ref::leaf(NOT_APPLICABLE),
            Some(Settled::Rows) => return self.read(table, condition, &expansion.hits(at)),
            None => {}
        }
        let (index, new) = results.known.insert(expansion.state(at));
        if !new {
            return results.results.get(index).copied().unwrap_or(Ref::leaf(GAP));
        }
        results.results.push(Ref::leaf(GAP));
        let Some(variable) = expansion.first(at) else { return Ref::leaf(GAP) };
        let turns = self.store.arity(variable);
        self.work = self.work.saturating_add(turns.saturating_mul(expansion.stride()));
        if results.results.len() > results.most || self.work > MAX_WORK {
            results.beyond_limits = true;
            return Ref::leaf(GAP);
        }
        let base = results.edges.len();
        for turn in 0..turns {
            if expansion.repeats(&self.store, at, variable, turn)
                && let Some(before) = results.edges.last().copied()
            {
                results.edges.push(before);
                continue;
            }
            let below = expansion.push(&self.store, at, variable, turn);
            let found = self.follow(table, condition, expansion, below, results);
            expansion.stack.truncate(below);
            if results.beyond_limits {
                return found;
            }
            results.edges.push(found);
        }
        let found = self.store.select(variable, results.edges.get(base..).unwrap_or_default());
        results.edges.truncate(base);
        if let Some(slot) = results.results.get_mut(index) {
            *slot = found;
        }
        found
    }

    /// Rows that hit, read under the hit policy.
    pub(super) fn read(&mut self, table: &Table, condition: bool, hits: &[u64]) -> Ref {
        if condition {
            return Ref::leaf(if hits.iter().any(|word| *word != 0) { TRUE } else { FALSE });
        }
        match &table.reading {
            Reading::First => self.outcome(table, rows(hits).next()),
            Reading::Ranked(ranks) => self.outcome(table, rows(hits).min_by_key(|row| ranks.get(*row))),
            Reading::Graded(grades) => self.best(table, grades, hits),
            Reading::All => {
                let codes: Vec<Code> = rows(hits).filter_map(|row| table.outcome.get(row)).copied().collect();
                self.list_of(Vec::new(), &codes)
            }
            Reading::Either(choice) => self.either(table, *choice, hits),
        }
    }

    /// The outcome of a row; a silent row gives any.
    pub(super) fn outcome(&mut self, table: &Table, row: Option<usize>) -> Ref {
        self.given(row.and_then(|row| table.outcome.get(row)).copied().unwrap_or(GAP))
    }

    /// What the code of a row stands for.
    fn given(&mut self, code: Code) -> Ref {
        match silent_of(code) {
            Some(silent) => self.any_way(silent),
            None => Ref::leaf(code),
        }
    }

    /// Of rows of which some are silent what comes first, whatever those are.
    fn best(&mut self, table: &Table, grades: &Grades, hits: &[u64]) -> Ref {
        // a rank and what has it as one number, so that the lower comes first
        let graded = |rank: &u32, code: Code| Ref::leaf(Code::from(*rank) << 31 | code);
        let mut best: Option<Ref> = None;
        for row in grades.first(&table.outcome, &rows(hits).collect::<Vec<_>>()) {
            let (Some(code), Some(ranks)) = (table.outcome.get(row), grades.ranks.get(row)) else { continue };
            let own = match (silent_of(*code), ranks.as_slice()) {
                (Some(silent), ranks) => {
                    let ways = ranks.iter().zip(self.engine.ways(silent));
                    let edges: Vec<Ref> = ways.map(|(rank, code)| graded(rank, *code)).collect();
                    let variable = self.silent(silent);
                    self.store.select(variable, &edges)
                }
                (None, [rank, ..]) => graded(rank, *code),
                (None, []) => continue,
            };
            best = Some(best.map_or(own, |best| {
                self.store.product((best, own), &mut Memo::new(2), &mut |_, a, b| Ref::leaf(a.min(b)))
            }));
        }
        let Some(best) = best else { return Ref::leaf(GAP) };
        self.store.map(best, &mut Memo::new(1), &mut |_, best| Ref::leaf(best & ((1 << 31) - 1)))
    }

    /// A list of outcomes, of which silent ones can go any way.
    fn list_of(&mut self, before: Vec<Code>, rest: &[Code]) -> Ref {
        if before.is_empty() && rest.iter().all(|code| silent_of(*code).is_none()) {
            return Ref::leaf(self.list(rest.to_vec()));
        }
        let Some((next, rest)) = rest.split_first() else { return Ref::leaf(self.list(before)) };
        let with = |code: Code| {
            let mut list = before.clone();
            list.push(code);
            list
        };
        let Some(silent) = silent_of(*next) else {
            let list = with(*next);
            return self.list_of(list, rest);
        };
        let edges =
            self.engine.ways(silent).iter().map(|way| self.list_of(with(*way), rest)).collect::<Vec<_>>();
        let variable = self.silent(silent);
        self.store.select(variable, &edges)
    }

    /// The code of a list of outcomes.
    fn list(&mut self, list: Vec<Code>) -> Code {
        let known = self.lists.iter().position(|l| *l == list).unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        });
        Code::try_from(known).unwrap_or(GAP)
    }

    /// Overlapping rows of which each may be meant: for each outcome that could be preferred, that outcome, and where no
    /// row gives it the first that hits.
    fn either(&mut self, table: &Table, choice: usize, hits: &[u64]) -> Ref {
        let given = |row: usize| table.outcome.get(row).copied().unwrap_or(GAP);
        let mut here: Vec<usize> = rows(hits).collect();
        here.sort_by_key(|row| given(*row));
        here.dedup_by_key(|row| given(*row));
        if here.len() < 2 {
            return self.outcome(table, here.first().copied());
        }
        let mut all = table.outcome.clone();
        all.sort_unstable();
        all.dedup();
        let edges: Vec<Ref> = all
            .into_iter()
            .map(|code| {
                let row = here.iter().find(|row| given(**row) == code).or(here.first());
                self.outcome(table, row.copied())
            })
            .collect();
        self.store.select(choice, &edges)
    }

    /// Beyond the limits: any outcome of a row that each column by itself could accept.
    fn superset(
        &mut self,
        node: usize,
        table: &Table,
        condition: bool,
        gate: Option<Ref>,
        reachable: &[u64],
    ) -> Ref {
        let any = if condition {
            self.any_of(node, [FALSE, TRUE].map(Ref::leaf))
        } else {
            let codes = each_once(rows(reachable).filter_map(|row| table.outcome.get(row)).copied());
            if table.reading == Reading::All {
                // the shortest and the longest that may be: who reads them takes them for any list of their members
                let known = codes.into_iter().filter(|code| silent_of(*code).is_none()).collect();
                let ends = [self.list(Vec::new()), self.list(known)];
                self.any_of(node, ends.map(Ref::leaf))
            } else {
                let codes: Vec<Ref> = codes.into_iter().map(|code| self.given(code)).collect();
                self.any_of(node, codes)
            }
        };
        self.gated(gate, any)
    }

    /// Goes through the sets of rows that can hit together, each with the values of variables that lead to it; false
    /// beyond the limit. `visit` is told of each set once.
    pub(crate) fn hit_sets(
        &mut self,
        expansion: &mut Expansion<'_>,
        limit: &mut usize,
        visit: &mut impl FnMut(&[u64], &[(usize, usize)]),
    ) -> bool {
        let mut walk = HitSets { seen: Keys::new(expansion.stride()), path: Vec::new(), limit };
        walk.step(&self.store, expansion, 0, visit)
    }

    /// The rows of a table that can hit, whether or not its gate holds, each under some answers that are still possible.
    pub(crate) fn rows_left(&mut self, table: &Table) -> Vec<usize> {
        let inputs = self.places(table);
        let mut expansion = Expansion::new(table, Hide::of(&table.reading), None, &inputs);
        let mut left = vec![0u64; table.words];
        let mut add = |hits: &[u64], _: &[(usize, usize)]| match &table.reading {
            Reading::First => add_row(&mut left, rows(hits).next()),
            Reading::Ranked(ranks) => add_row(&mut left, rows(hits).min_by_key(|row| ranks.get(*row))),
            Reading::Graded(grades) => {
                let hits: Vec<usize> = rows(hits).collect();
                grades.first(&table.outcome, &hits).into_iter().for_each(|row| add_row(&mut left, Some(row)));
            }
            Reading::All | Reading::Either(_) => rows(hits).for_each(|row| add_row(&mut left, Some(row))),
        };
        if !self.hit_sets(&mut expansion, &mut MAX_STATES.clone(), &mut add) {
            left = Expansion::new(table, Hide::Nothing, None, &inputs).reachable(&self.store);
        }
        rows(&left).collect()
    }
}

fn add_row(set: &mut [u64], row: Option<usize>) {
    if let Some(row) = row
        && let Some(word) = set.get_mut(row / 64)
    {
        *word |= 1 << (row % 64);
    }
}

/// The rows that all columns accept of which the place is known, and the other columns with their inputs.
fn open_columns<'t>(table: &'t Table, inputs: &[Ref]) -> (Vec<u64>, Vec<(&'t Column, Ref)>) {
    let mut hits = super::all_rows(table);
    let mut open: Vec<(&Column, Ref)> = table.columns.iter().zip(inputs.iter().copied()).collect();
    // what is unset in a column often makes no difference to the rows that the others leave
    for unset in [false, true] {
        open.retain(|(column, input)| {
            let Some(code) = input.code().filter(|_| unset || column.silents.is_empty()) else { return true };
            let rows = |way| column.rows(column.class(code), way, table.words);
            let same =
                |way| hits.iter().zip(rows(0)).zip(rows(way)).all(|((hits, a), b)| hits & (a ^ b) == 0);
            let known = (1..column.ways).all(same);
            if known {
                hits.iter_mut().zip(rows(0)).for_each(|(hits, rows)| *hits &= rows);
            }
            !known
        });
    }
    (hits, open)
}

struct HitSets<'l> {
    seen: Keys<i64>,
    path: Vec<(usize, usize)>,
    limit: &'l mut usize,
}

impl HitSets<'_> {
    fn step(
        &mut self,
        store: &Store,
        expansion: &mut Expansion<'_>,
        at: usize,
        visit: &mut impl FnMut(&[u64], &[(usize, usize)]),
    ) -> bool {
        match expansion.settle(store, at) {
            Some(Settled::NotApplicable) => return true,
            Some(Settled::Rows) => {
                if self.seen.insert(expansion.state(at)).1 {
                    visit(&expansion.hits(at), &self.path);
                }
                return true;
            }
            None => {}
        }
        if !self.seen.insert(expansion.state(at)).1 {
            return true;
        }
        let Some(variable) = expansion.first(at) else { return true };
        let turns = store.arity(variable);
        // a large state counts for several, and so does one with many values to try
        let Some(left) = self.limit.checked_sub(1 + turns * expansion.stride() / 64) else { return false };
        *self.limit = left;
        for turn in 0..turns {
            let below = expansion.push(store, at, variable, turn);
            self.path.push((variable, turn));
            let complete = self.step(store, expansion, below, visit);
            self.path.pop();
            expansion.stack.truncate(below);
            if !complete {
                return false;
            }
        }
        true
    }
}
