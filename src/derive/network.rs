//! Everything that a derived question hangs on, worked out for a region: for each open answer what it may be.

mod leaves;

use crate::case::Case;
use crate::derived::{Extent, Values};
use crate::formula::{Bounds, Rational, Signs};
use crate::model::{How, Input, Measure, Type};
use crate::program::{Code, Codes, Engine, FALSE, Kind, NOT_APPLICABLE, Set};
use crate::value::Value;

/// Most open answers that are followed; of more the outcome is taken to hang on all of them in every way.
const MOST_VARIABLES: usize = 63;

/// What a decision comes to that known answers do not settle by themselves, worked out by whoever can: the decision, the
/// codes of all questions, and what was decided.
pub(crate) type Silent = fn(&Engine, usize, Vec<Codes>, &[(usize, Code)]) -> Vec<Value>;

/// What each variable may be.
pub(super) type Region = Vec<Extent>;

/// A derived question with all that it reads.
pub(super) struct Network<'e> {
    engine: &'e Engine,
    case: &'e Case,
    q: usize,
    silent: Silent,
    /// The nodes to work out, each after what it reads; that of the question itself comes last.
    nodes: Vec<usize>,
    /// The condition of the question, where it reads what the value reads: only where it holds there is a value.
    gate: Option<usize>,
    /// The open questions.
    pub(super) variables: Vec<usize>,
    /// Questions of which the cells matter, as tables and conditions read them.
    cells: Set,
    codes: Vec<Option<Code>>,
    values: Vec<Bounds>,
    /// What was found missing, each set of names once; and in the region that is being worked out.
    pub(super) missing: Vec<Vec<String>>,
    found: Vec<String>,
}

/// What a region comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// The lowest and highest value that is possible, in ticks.
    pub(super) ticks: Option<(i64, i64)>,
    pub(super) not_applicable: bool,
    pub(super) undefined: bool,
    /// Whether something is missing; and what, by its index, where that is settled.
    pub(super) missing: bool,
    pub(super) names: Option<usize>,
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
        let kinds = [self.ticks.is_some(), self.not_applicable, self.undefined, self.missing];
        kinds.into_iter().filter(|kind| *kind).count()
    }

    /// The variables on which it hangs.
    pub(super) fn mask(&self) -> u64 {
        self.signs.any() | self.open_gate
    }
}

impl<'e> Network<'e> {
    /// The network of a question; none where too much is open to follow.
    pub(super) fn new(engine: &'e Engine, case: &'e Case, q: usize, silent: Silent) -> Option<Network<'e>> {
        let mut network = Network {
            engine,
            case,
            q,
            silent,
            nodes: Vec::new(),
            gate: None,
            variables: Vec::new(),
            cells: Set::default(),
            codes: vec![None; engine.nodes.len()],
            values: vec![Bounds::default(); engine.nodes.len()],
            missing: Vec::new(),
            found: Vec::new(),
        };
        let own = *engine.questions.get(q)?;
        let value = network.closure(&network.inputs(q));
        let gate = engine.nodes.get(own).and_then(|node| node.gate);
        let condition = gate.map(|gate| network.closure(&[gate])).unwrap_or_default();
        let beside = network.open(&condition);
        let shared = network.open(&value).iter().any(|q| beside.contains(q));
        let mut nodes = value;
        if shared {
            network.gate = gate;
            nodes.add(&condition);
        }
        network.variables = network.open(&nodes).iter().collect();
        nodes.insert(own);
        network.nodes = nodes.iter().collect();
        // an open count is not searched: its records are no variables
        let counts = network.nodes.iter().filter(|n| **n != own).filter_map(|n| network.derived_at(*n));
        if counts.filter(|q| engine.is_count(*q)).any(|q| network.counted(q).is_none()) {
            return None;
        }
        for node in network.nodes.iter().filter(|n| **n != own).filter_map(|n| engine.nodes.get(*n)) {
            let reads = node.inputs.iter().filter_map(|n| engine.nodes.get(*n));
            for read in reads {
                if let Kind::Question(x) = read.kind {
                    network.cells.insert(x);
                }
            }
        }
        (network.variables.len() <= MOST_VARIABLES).then_some(network)
    }

    /// The nodes that the formula of a question reads.
    fn inputs(&self, q: usize) -> Vec<usize> {
        let derived = self.engine.model.questions.get(q).and_then(|info| info.derived.as_ref());
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
        let asked = self.engine.model.asked();
        let place = self.engine.questions.iter().skip(asked).position(|node| *node == index);
        place.map(|i| asked + i)
    }

    /// What a count comes to, where that is settled: a number, or none where it does not apply.
    fn counted(&self, q: usize) -> Option<Option<i64>> {
        let image = self.case.images.get(q.checked_sub(self.engine.model.asked())?)?;
        match (&image.values, image.not_applicable) {
            _ if !image.missing.is_empty() => None,
            (Values::Listed(ticks), true) if ticks.is_empty() => Some(None),
            (Values::Listed(ticks), false) => match ticks.as_slice() {
                [tick] => Some(Some(*tick)),
                _ => None,
            },
            _ => None,
        }
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

    /// The questions among nodes of which the answer is not known to the tick.
    fn open(&self, nodes: &Set) -> Set {
        let mut open = Set::default();
        for node in nodes.iter().filter_map(|n| self.engine.nodes.get(n)) {
            if let Kind::Question(x) = node.kind
                && let Some(extent) = self.case.extents.get(x)
                && !extent.is_settled()
            {
                open.insert(x);
            }
        }
        open
    }

    /// All that is left open.
    pub(super) fn root(&self) -> Region {
        self.variables.iter().filter_map(|x| self.case.extents.get(*x)).cloned().collect()
    }

    pub(super) fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// The value of the formula itself in a single case.
    pub(super) fn value_at(&mut self, region: &Region) -> Option<String> {
        self.read(region);
        let own = self.engine.questions.get(self.q)?;
        let value = self.values.get(*own)?.single()?;
        value.to_decimal().map(|value| value.normalize().to_string())
    }

    /// What a question may be in a region, and the bit of its variable.
    fn extent<'r>(&'r self, x: usize, region: &'r Region) -> (Option<&'r Extent>, u64) {
        match self.variables.iter().position(|known| *known == x) {
            Some(v) => (region.get(v), 1 << v),
            None => (self.case.extents.get(x), 0),
        }
    }

    /// Works out a region.
    pub(super) fn read(&mut self, region: &Region) -> Reading {
        self.found.clear();
        for i in 0..self.nodes.len() {
            let Some(index) = self.nodes.get(i).copied() else { continue };
            let (code, bounds) = self.work_out(index, region);
            if let (Some(slot), Some(value)) = (self.codes.get_mut(index), self.values.get_mut(index)) {
                *slot = code;
                *value = bounds;
            }
        }
        self.reading(region)
    }

    fn reading(&mut self, region: &Region) -> Reading {
        let own = self.engine.questions.get(self.q).copied().unwrap_or(usize::MAX);
        let bounds = self.values.get(own).copied().unwrap_or_default();
        let gate = self.gate.map(|gate| (self.known(gate), self.mask(gate, region)));
        let mut reading = Reading {
            ticks: None,
            not_applicable: bounds.not_applicable,
            undefined: bounds.undefined,
            missing: bounds.missing,
            names: None,
            signs: bounds.signs,
            open_gate: match gate {
                Some((None, mask)) => mask,
                _ => 0,
            },
            outside: matches!(gate, Some((Some(FALSE), _))),
        };
        if bounds.missing && !self.found.is_empty() {
            let known = self.missing.iter().position(|names| *names == self.found);
            reading.names = Some(known.unwrap_or_else(|| {
                self.missing.push(self.found.clone());
                self.missing.len() - 1
            }));
        }
        if let Some(range) = bounds.range {
            reading.ticks = self.ticks(self.q, range);
            let single = range.0 == range.1;
            let (least, most) = self.domain(self.q);
            let inside = reading.ticks.map(|(low, high)| (low.max(least), high.min(most)));
            // a value beyond the domain is none
            reading.undefined |= inside != reading.ticks || (single && reading.ticks.is_none());
            reading.ticks = inside.filter(|(low, high)| low <= high);
        }
        reading
    }

    /// The cells of the question between two of its ticks.
    pub(super) fn codes_between(&self, low: i64, high: i64) -> impl Iterator<Item = Code> + use<'e> {
        let cells = self.engine.cells.get(self.q);
        let first = cells.and_then(|cells| cells.find(low)).unwrap_or(0);
        let last = cells.and_then(|cells| cells.find(high)).unwrap_or(0);
        (first..=last).filter_map(|cell| Code::try_from(cell).ok())
    }

    fn domain(&self, q: usize) -> (i64, i64) {
        match self.engine.model.questions.get(q).map(|info| &info.kind) {
            Some(Type::Ordered { min, max, .. }) => (*min, *max),
            _ => (0, 0),
        }
    }

    fn scale(&self, q: usize) -> (u32, i64) {
        match self.engine.model.questions.get(q).map(|info| &info.kind) {
            Some(Type::Ordered { measure: Measure::Number { scale, step }, .. }) => (*scale, *step),
            _ => (0, 1),
        }
    }

    /// The ticks between two values; none where there is none.
    fn ticks(&self, q: usize, (low, high): (Rational, Rational)) -> Option<(i64, i64)> {
        let (scale, step) = self.scale(q);
        let step = Rational::steps(1, scale, step)?;
        let whole = |ticks: i128| i64::try_from(ticks).unwrap_or(if ticks < 0 { i64::MIN } else { i64::MAX });
        let (low, high) = (whole(low.divide(step)?.ceiling()), whole(high.divide(step)?.floor()));
        (low <= high).then_some((low, high))
    }

    fn known(&self, node: usize) -> Option<Code> {
        self.codes.get(node).copied().flatten()
    }

    /// The code and the bounds of one node.
    fn work_out(&mut self, index: usize, region: &Region) -> (Option<Code>, Bounds) {
        let engine = self.engine;
        let Some(node) = engine.nodes.get(index) else { return (None, Bounds::default()) };
        if let Some(code) = self.fixed(index) {
            let tick = self.case.fixed.iter().find(|(known, _)| *known == index).map(|(_, tick)| *tick);
            let value = tick.zip(self.derived_at(index)).and_then(|(tick, q)| self.value(q, tick));
            return (Some(code), value.map_or(Bounds::default(), Bounds::only));
        }
        let own = Some(&index) == engine.questions.get(self.q);
        let question = match node.kind {
            Kind::Question(x) => Some(x),
            _ => self.derived_at(index),
        };
        match question {
            Some(x) => {
                let gate = node.gate.filter(|_| !own);
                let open = gate.map_or(0, |gate| self.mask(gate, region));
                match gate.map(|gate| self.known(gate)) {
                    Some(Some(FALSE)) => (Some(NOT_APPLICABLE), Bounds::not_applicable()),
                    Some(None) => {
                        let mut either = self.question(x, region).1.or(Bounds::not_applicable());
                        either.signs =
                            Signs { up: either.signs.any() | open, down: either.signs.any() | open };
                        (None, either)
                    }
                    _ => self.question(x, region),
                }
            }
            None => {
                let code = node.point(|n| self.codes.get(n).copied().flatten(), &|_| None);
                (code, Bounds::default())
            }
        }
    }

    /// A question that is relevant.
    fn question(&mut self, x: usize, region: &Region) -> (Option<Code>, Bounds) {
        let engine = self.engine;
        if x >= engine.model.asked() {
            let derived = engine.model.questions.get(x).and_then(|info| info.derived.as_ref());
            let unset = derived.map(|derived| derived.unset.as_slice()).unwrap_or_default();
            if !unset.is_empty() {
                let names: Vec<String> = unset
                    .iter()
                    .filter_map(|p| engine.model.parameters.get(*p))
                    .map(|p| p.id.clone())
                    .collect();
                self.find(names);
                return (None, Bounds::missing());
            }
            let Some(How::Formula(formula)) = derived.map(|derived| &derived.how) else {
                let tick = self.counted(x);
                let bounds = match tick {
                    Some(None) => Bounds::not_applicable(),
                    _ => tick
                        .flatten()
                        .and_then(|tick| self.value(x, tick))
                        .map_or(Bounds::default(), Bounds::only),
                };
                return (self.code(x, &bounds), bounds);
            };
            let bounds = formula.expression.bounds(&mut |leaf| self.leaf(leaf, region));
            return (self.code(x, &bounds), bounds);
        }
        let (Some(extent), bit) = self.extent(x, region) else { return (None, Bounds::default()) };
        let ends = extent.ranges.first().zip(extent.ranges.last());
        let ends = ends.and_then(|(low, high)| self.value(x, low.0).zip(self.value(x, high.1)));
        let open = if extent.is_settled() { 0 } else { bit };
        let bounds = Bounds {
            range: ends,
            not_applicable: extent.not_applicable,
            signs: Signs { up: open, down: 0 },
            ..Bounds::default()
        };
        let code = if self.cells.contains(x) { self.only_code(x, extent) } else { None };
        (code, bounds)
    }

    /// Notes what is missing.
    fn find(&mut self, names: Vec<String>) {
        for name in names {
            if !self.found.contains(&name) {
                self.found.push(name);
            }
        }
    }

    fn value(&self, q: usize, tick: i64) -> Option<Rational> {
        let (scale, step) = self.scale(q);
        Rational::steps(tick, scale, step)
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

    /// The cell in which a derived question lies for sure.
    fn code(&self, q: usize, bounds: &Bounds) -> Option<Code> {
        let plain = !(bounds.undefined || bounds.missing);
        match bounds.range {
            None if plain && bounds.not_applicable => Some(NOT_APPLICABLE),
            Some(range) if plain && !bounds.not_applicable => {
                let (low, high) = self.ticks(q, range)?;
                let cells = self.engine.cells.get(q)?;
                let cell = cells.find(low)?;
                (cells.find(high) == Some(cell)).then(|| Code::try_from(cell).ok())?
            }
            _ => None,
        }
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
            let (_, bit) = self.extent(r, region);
            mask |= bit | self.values.get(index).map_or(0, |bounds| bounds.signs.any());
        }
        mask
    }

    /// A region in two, along the widest of some variables; none where each of them is settled.
    pub(super) fn split(&self, region: &Region, mask: u64) -> Option<(Region, Region)> {
        let chosen =
            region.iter().enumerate().filter(|(v, extent)| mask >> v & 1 == 1 && !extent.is_settled());
        let (v, extent) = chosen.max_by_key(|(v, extent)| (extent.size(), std::cmp::Reverse(*v)))?;
        let (first, second) = self.halves(*self.variables.get(v)?, extent);
        let with = |part: Extent| {
            let mut region = region.clone();
            if let Some(slot) = region.get_mut(v) {
                *slot = part;
            }
            region
        };
        Some((with(first), with(second)))
    }

    fn halves(&self, x: usize, extent: &Extent) -> (Extent, Extent) {
        let of = |ranges: &[(i64, i64)]| Extent { ranges: ranges.to_vec(), not_applicable: false };
        if extent.not_applicable {
            return (of(&extent.ranges), Extent { ranges: Vec::new(), not_applicable: true });
        }
        match extent.ranges.as_slice() {
            [(low, high)] => {
                let middle = low.midpoint(*high).min(high.saturating_sub(1));
                let cut = self.boundary(x, *low, *high).unwrap_or(middle);
                (of(&[(*low, cut)]), of(&[(cut + 1, *high)]))
            }
            ranges => {
                let (first, second) = ranges.split_at(ranges.len() / 2);
                (of(first), of(second))
            }
        }
    }

    /// The last tick of a cell in the middle between two ticks, where tables see a difference.
    fn boundary(&self, x: usize, low: i64, high: i64) -> Option<i64> {
        if !self.cells.contains(x) {
            return None;
        }
        let cells = self.engine.cells.get(x)?;
        let between = cells.between(low, high);
        let ends = between.iter().filter_map(|cell| cells.list.get(*cell)).map(|cell| cell.hi);
        let ends: Vec<i64> = ends.filter(|end| low <= *end && *end < high).collect();
        ends.get(ends.len() / 2).copied()
    }
}

fn number(value: &Value) -> Option<Rational> {
    match value {
        Value::Number(n) => Rational::decimal(*n),
        Value::Date(date) => Some(Rational::whole(date.ticks())),
        _ => None,
    }
}
