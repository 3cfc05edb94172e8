//! Everything that a derived question hangs on, worked out for a region: for each open answer what it may be.

mod aside;
mod assume;
mod counts;
mod leaves;
mod perhaps;
mod silences;
mod split;
mod still;
mod table;
mod whole;

use std::borrow::Cow;

use crate::case::Case;
use crate::derived::Extent;
use crate::diagram::Diagrams;
use crate::formula::{Bounds, Signs};
use crate::model::{How, Input, Type};
use crate::program::{Code, Codes, Engine, FALSE, Kind, NOT_APPLICABLE, Set};
use crate::text::Text;
use crate::value::Value;
use counts::Joint;
pub(super) use silences::Silences;

/// Most open answers that are followed; of more the outcome is taken to hang on all of them in every way.
const MOST_VARIABLES: usize = 63;

/// What an output of a decision comes to that known answers do not settle by themselves, worked out by whoever can: the
/// decision with the output, the codes of all questions, and what was decided.
pub(crate) type Silent = fn(&Engine, (usize, usize), Vec<Codes>, &[(usize, Code)]) -> Vec<Value>;

/// What each variable may be.
pub(super) type Region = Vec<Extent>;

/// A region with one variable elsewhere.
pub(super) fn with(region: &Region, v: usize, place: Extent) -> Region {
    let mut region = region.clone();
    if let Some(slot) = region.get_mut(v) {
        *slot = place;
    }
    region
}

/// A derived question, or another node, with all that it reads.
pub(super) struct Network<'e> {
    engine: &'e Engine,
    case: &'e Case,
    /// The node.
    own: usize,
    /// The derived question; none where it is another node.
    q: Option<usize>,
    silent: Silent,
    /// The nodes to work out, each after what it reads; that of the question itself comes last.
    nodes: Vec<usize>,
    /// Per such node the variables on which it hangs.
    masks: Vec<u64>,
    /// The region that was worked out last.
    last: Region,
    /// All nodes that it reads, with those that come to the same everywhere and are worked out once.
    all: Set,
    /// The condition of the question, where it reads what the value reads: only where it holds there is a value.
    gate: Option<usize>,
    /// Whether its failing is worked out as well.
    whole: bool,
    /// Whether it may hold more than can occur, as counts hang on answers that are also read in another way.
    pub(super) loose: bool,
    /// The open questions.
    pub(super) variables: Vec<usize>,
    /// Per question its place among them.
    places: Vec<Option<u8>>,
    /// Counts that are followed as one variable.
    joints: Vec<Joint>,
    /// What the condition leaves of some of them.
    narrowed: Vec<(usize, Extent)>,
    /// Questions of which the cells matter, as tables and conditions read them.
    cells: Set,
    codes: Vec<Option<Code>>,
    values: Vec<Bounds>,
    pub(super) silences: Silences,
}

/// What a region comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// The lowest and highest value that is possible, in ticks.
    pub(super) ticks: Option<(i64, i64)>,
    pub(super) not_applicable: bool,
    pub(super) undefined: bool,
    /// What is missing, as the network numbers it.
    pub(super) missing: u64,
    pub(super) signs: Signs,
    /// The variables on which it hangs whether there is a value at all; none where that is settled.
    pub(super) open_gate: u64,
    /// Whether the condition fails: nothing of this counts.
    pub(super) outside: bool,
}

impl Reading {
    /// Whether only one thing is possible.
    pub(super) fn is_settled(&self) -> bool {
        let ticks = self.ticks.is_none_or(|(low, high)| low == high);
        self.outside || (self.open_gate == 0 && ticks && self.kinds() == 1)
    }

    pub(super) fn kinds(&self) -> usize {
        let kinds = [self.ticks.is_some(), self.not_applicable, self.undefined, self.missing != 0];
        kinds.into_iter().filter(|kind| *kind).count()
    }

    /// The variables on which it hangs.
    pub(super) fn mask(&self) -> u64 {
        self.signs.any() | self.open_gate
    }
}

impl<'e> Network<'e> {
    /// The network of a question; none where too much is open to follow. The diagrams are those of its case.
    pub(super) fn new(
        engine: &'e Engine,
        case: &'e Case,
        q: usize,
        silent: Silent,
        diagrams: &mut Diagrams<'_>,
    ) -> Option<Network<'e>> {
        let own = *engine.questions.get(q)?;
        let mut network = Network::empty(engine, case, (own, Some(q)), silent);
        let gate = engine.nodes.get(own).and_then(|node| node.gate);
        let inputs = network.inputs(q);
        if !network.assume(&inputs, gate, diagrams) {
            network.follow(&inputs, gate);
        }
        network.nodes.push(own);
        network.finish()
    }

    fn empty(
        engine: &'e Engine,
        case: &'e Case,
        (own, q): (usize, Option<usize>),
        silent: Silent,
    ) -> Network<'e> {
        Network {
            engine,
            case,
            own,
            q,
            silent,
            nodes: Vec::new(),
            masks: Vec::new(),
            last: Region::new(),
            all: Set::default(),
            gate: None,
            whole: false,
            loose: false,
            variables: Vec::new(),
            places: Vec::new(),
            joints: Vec::new(),
            narrowed: Vec::new(),
            cells: Set::default(),
            codes: vec![None; engine.nodes.len()],
            values: vec![Bounds::default(); engine.nodes.len()],
            silences: Silences::default(),
        }
    }

    /// Follows all that some nodes read, and the condition itself where it reads the same.
    fn follow(&mut self, inputs: &[usize], gate: Option<usize>) {
        let mut nodes = self.closure(inputs);
        let condition = gate.map(|gate| self.closure(&[gate])).unwrap_or_default();
        let beside = self.with_behind(&self.open(&condition));
        if self.with_behind(&self.open(&nodes)).meets(&beside) {
            self.gate = gate;
            nodes.add(&condition);
        }
        self.narrowed.clear();
        self.variables = self.open(&nodes).iter().collect();
        self.nodes = nodes.iter().collect();
    }

    fn finish(mut self) -> Option<Network<'e>> {
        let reading = |n: &&usize| **n != self.own || self.q.is_none();
        for node in self.nodes.iter().filter(reading).filter_map(|n| self.engine.nodes.get(*n)) {
            let reads = node.inputs.iter().filter_map(|n| self.engine.nodes.get(*n));
            for read in reads {
                if let Kind::Question(x) = read.kind {
                    self.cells.insert(x);
                }
            }
        }
        if self.variables.len() > MOST_VARIABLES || !self.take_counts() {
            return None;
        }
        self.places = vec![None; self.engine.model.questions.len()];
        for (place, x) in (0..).zip(&self.variables) {
            if let Some(slot) = self.places.get_mut(*x) {
                *slot = Some(place);
            }
        }
        for joint in &self.joints {
            let place = joint.counts.first().and_then(|x| self.places.get(*x)).copied().flatten();
            for x in &joint.counts {
                if let Some(slot) = self.places.get_mut(*x) {
                    *slot = place;
                }
            }
        }
        self.settle();
        Some(self)
    }

    /// The place of a question among the variables.
    fn place(&self, x: usize) -> Option<usize> {
        self.places.get(x).copied().flatten().map(usize::from)
    }

    /// The nodes that the formula of a question reads. What a count reads stands in what it comes to.
    fn inputs(&self, q: usize) -> Vec<usize> {
        let derived = self.engine.model.questions.get(q).and_then(|info| info.derived.as_ref());
        let derived = derived.filter(|derived| matches!(derived.how, How::Formula(_)));
        let inputs = derived.map(|derived| derived.inputs.as_slice()).unwrap_or_default();
        inputs.iter().filter_map(|input| self.node_of(*input)).collect()
    }

    fn node_of(&self, input: Input) -> Option<usize> {
        match input {
            Input::Question(q) | Input::Part(q, _) => self.engine.questions.get(q).copied(),
            Input::Output(d, _) | Input::Score(d) => self.engine.decisions.get(d).copied(),
        }
    }

    fn fixed(&self, node: usize) -> Option<Code> {
        self.case.decided.iter().find(|(known, _)| *known == node).map(|(_, code)| *code)
    }

    /// The derived question of a node.
    fn derived_at(&self, index: usize) -> Option<usize> {
        let derived = &self.engine.derived_nodes;
        let place = derived.binary_search_by_key(&index, |(node, _)| *node).ok()?;
        derived.get(place).map(|(_, q)| *q)
    }

    /// Some nodes with all that they read.
    fn closure(&self, from: &[usize]) -> Set {
        let mut seen = Set::default();
        let mut stack = from.to_vec();
        while let Some(index) = stack.pop() {
            if seen.contains(index) {
                continue;
            }
            seen.insert(index);
            let Some(node) = self.engine.nodes.get(index).filter(|_| self.fixed(index).is_none()) else {
                continue;
            };
            stack.extend(node.inputs.iter().copied().chain(node.gate));
            stack.extend(self.derived_at(index).map(|q| self.inputs(q)).unwrap_or_default());
        }
        seen
    }

    /// The questions among nodes of which the answer is not known to the tick, and the counts of which the number is not.
    fn open(&self, nodes: &Set) -> Set {
        let mut open = Set::default();
        for index in nodes.iter() {
            let Some(Kind::Question(x)) = self.engine.nodes.get(index).map(|node| &node.kind) else {
                continue;
            };
            let is_open = match self.case.extents.get(*x) {
                Some(extent) => !extent.is_settled(),
                None => self.fixed(index).is_none() && self.is_open_count(*x),
            };
            if is_open {
                open.insert(*x);
            }
        }
        open
    }

    /// The code of the question where something unset leaves it without a value; none where nothing does.
    pub(super) fn anywhere(&self) -> Option<Code> {
        self.q.filter(|q| self.engine.hangs(*q)).map(|q| self.engine.anywhere(q))
    }

    /// The name of the question, which is missing where its own formula gives no value.
    pub(super) fn name(&self) -> Option<Vec<Text>> {
        self.q.and_then(|q| self.engine.model.questions.get(q)).map(|info| vec![info.id.clone()])
    }

    pub(super) fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// The value of the formula itself in a single case.
    pub(super) fn value_at(&mut self, region: &Region) -> Option<String> {
        self.read(region);
        let value = self.values.get(self.own)?.single()?;
        value.to_decimal().map(|value| value.normalize().to_string())
    }

    /// What a question may be in a region, and the bit of its variable.
    fn extent<'r>(&'r self, x: usize, region: &'r Region) -> (Option<Cow<'r, Extent>>, u64) {
        match self.place(x) {
            Some(v) => (region.get(v).map(|extent| self.part_of(x, extent)), 1 << v),
            None => (self.left_of(x).map(Cow::Borrowed), 0),
        }
    }

    /// Works out a region.
    pub(super) fn read(&mut self, region: &Region) -> Reading {
        self.work_through(region);
        let reading = self.reading(region);
        if self.whole { reading.or_absent() } else { reading }
    }

    fn work(&mut self, index: usize, region: &Region) {
        let (code, bounds) = self.work_out(index, region);
        if let (Some(slot), Some(value)) = (self.codes.get_mut(index), self.values.get_mut(index)) {
            *slot = code;
            *value = bounds;
        }
    }

    fn reading(&mut self, region: &Region) -> Reading {
        let Some(q) = self.q else { return self.reading_of_code(region) };
        let bounds = self.values.get(self.own).copied().unwrap_or_default();
        let (open_gate, outside) = self.condition(region);
        let mut reading = Reading {
            ticks: None,
            not_applicable: bounds.not_applicable,
            undefined: bounds.undefined,
            missing: bounds.missing,
            signs: bounds.signs,
            open_gate,
            outside,
        };
        if let Some(range) = bounds.range {
            reading.ticks = self.engine.ticks_between(q, range);
            let single = range.0 == range.1;
            let (least, most) = self.engine.domain(q);
            let inside = reading.ticks.map(|(low, high)| (low.max(least), high.min(most)));
            reading.undefined |= inside != reading.ticks || (single && reading.ticks.is_none()); // beyond the domain
            reading.ticks = inside.filter(|(low, high)| low <= high);
        }
        reading
    }

    /// The variables on which it hangs whether the condition holds, and whether it fails.
    fn condition(&self, region: &Region) -> (u64, bool) {
        match self.gate.map(|gate| (gate, self.known(gate))) {
            Some((gate, None)) => (self.mask(gate, region), false),
            Some((_, code)) => (0, code == Some(FALSE)),
            None => (0, false),
        }
    }

    /// The cells of the question between two of its ticks.
    pub(super) fn codes_between(&self, low: i64, high: i64) -> impl Iterator<Item = Code> + use<'e> {
        let cells = self.q.and_then(|q| self.engine.cells.get(q));
        let first = cells.and_then(|cells| cells.find(low)).unwrap_or(0);
        let last = cells.and_then(|cells| cells.find(high)).unwrap_or(0);
        (first..=last).filter_map(|cell| Code::try_from(cell).ok())
    }

    fn known(&self, node: usize) -> Option<Code> {
        self.codes.get(node).copied().flatten()
    }

    /// The code and the bounds of one node.
    fn work_out(&mut self, index: usize, region: &Region) -> (Option<Code>, Bounds) {
        let engine = self.engine;
        let Some(node) = engine.nodes.get(index) else { return (None, Bounds::default()) };
        // what was decided instead is for those that read it
        if let Some(code) = self.fixed(index).filter(|_| index != self.own) {
            let tick = self.case.fixed.iter().find(|(known, _)| *known == index).map(|(_, tick)| *tick);
            let value = tick.zip(self.derived_at(index)).and_then(|(tick, q)| self.engine.number_at(q, tick));
            return (Some(code), value.map_or(Bounds::default(), Bounds::only));
        }
        let own = self.q.is_some() && index == self.own;
        let question = match node.kind {
            Kind::Question(x) => Some(x),
            _ => self.derived_at(index),
        };
        match question {
            Some(x) => {
                let gate = node.gate.filter(|_| !own);
                match gate.map(|gate| (gate, self.known(gate))) {
                    Some((_, Some(FALSE))) => (Some(NOT_APPLICABLE), Bounds::not_applicable()),
                    Some((gate, None)) => (None, self.perhaps(x, gate, region)),
                    _ => self.question(x, region),
                }
            }
            None => {
                let known = |n: usize| self.codes.get(n).copied().flatten();
                let row = || node.row(known).filter(|_| index == self.own);
                (node.point(known, &|_| None).or_else(row), Bounds::default())
            }
        }
    }

    /// A question that is relevant.
    fn question(&mut self, x: usize, region: &Region) -> (Option<Code>, Bounds) {
        let engine = self.engine;
        if x >= engine.model.asked() && self.place(x).is_none() {
            let derived = engine.model.questions.get(x).and_then(|info| info.derived.as_ref());
            if let Some(derived) = derived.filter(|derived| derived.silent) {
                return (None, Bounds::missing(self.silences.of_parameters(engine, &derived.unset)));
            }
            let Some(How::Formula(formula)) = derived.map(|derived| &derived.how) else {
                let bounds = match (self.counted(x), self.silent_count(x)) {
                    (Some(None), _) => Bounds::not_applicable(),
                    (Some(Some(tick)), _) => {
                        engine.number_at(x, tick).map_or(Bounds::default(), Bounds::only)
                    }
                    (None, Some(names)) => Bounds::missing(self.silences.of(names.iter().cloned())),
                    (None, None) => Bounds::default(),
                };
                return (self.engine.code_within(x, &bounds), bounds);
            };
            let bounds = formula.expression.bounds(&mut |leaf| self.leaf(leaf, region));
            let code = if self.cells.contains(x) { self.engine.code_within(x, &bounds) } else { None };
            return (code, bounds);
        }
        let (Some(extent), bit) = self.extent(x, region) else { return (None, Bounds::default()) };
        let ends = extent.ranges.first().zip(extent.ranges.last());
        let ends = ends
            .and_then(|(low, high)| self.engine.number_at(x, low.0).zip(self.engine.number_at(x, high.1)));
        let open = if extent.is_settled() { 0 } else { bit };
        let bounds = Bounds {
            range: ends,
            not_applicable: extent.not_applicable,
            // the sums of several counts go in no direction
            signs: Signs { up: open, down: if self.joint_of(x).is_some() { open } else { 0 } },
            ..Bounds::default()
        };
        let code = if self.cells.contains(x) { self.only_code(x, &extent) } else { None };
        (code, bounds)
    }

    /// The only code of what a question may be.
    fn only_code(&self, x: usize, extent: &Extent) -> Option<Code> {
        let cells = self.engine.cells.get(x)?;
        let (first, last) = match (extent.ranges.first(), extent.ranges.last()) {
            (Some((low, _)), Some((_, high))) if !extent.not_applicable => (*low, *high),
            (None, _) if extent.not_applicable => return Some(NOT_APPLICABLE),
            _ => return None,
        };
        if first == last || !matches!(self.engine.model.questions.get(x)?.kind, Type::Ordered { .. }) {
            return cells.find(first).filter(|_| first == last).and_then(|cell| Code::try_from(cell).ok());
        }
        let mut all = extent.ranges.iter().flat_map(|(low, high)| cells.between(*low, *high));
        let cell = all.next()?;
        all.all(|other| other == cell).then(|| Code::try_from(cell).ok())?
    }

    /// The variables on which it hangs what a node comes to, as far as it is not settled.
    fn mask(&self, node: usize, region: &Region) -> u64 {
        let Some(node) = self.engine.nodes.get(node) else { return 0 };
        let mut mask = 0;
        for r in node.questions.iter().filter(|r| *r < self.engine.model.questions.len()) {
            let index = self.engine.questions.get(r).copied().unwrap_or(usize::MAX);
            if self.known(index).is_some() {
                continue;
            }
            // a settled answer without a code: something unset decides whether it counts
            let (extent, bit) = self.extent(r, region);
            let bit = if extent.is_some_and(|extent| extent.is_settled()) { 0 } else { bit };
            mask |= bit | self.values.get(index).map_or(0, |bounds| bounds.signs.any());
        }
        mask
    }
}
