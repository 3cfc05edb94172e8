//! From what is known of questions to what is attainable of those that are derived from them.

mod count;
mod exhaust;
mod known;
mod memo;
mod network;
mod number;
mod prove;
mod search;

use std::collections::BTreeMap;

use crate::case::{Case, Given};
use crate::derived::{Extent, Found, Image, Values, Within};
use crate::diagram::Diagrams;
use crate::limits::MAX_LISTED;
use crate::model::{Derived, How, Type};
use crate::program::{Code, Codes, Engine, FALSE, NOT_APPLICABLE, Set, TRUE, hanging};
use crate::text::Text;

use exhaust::{Cases, exhaust};
use memo::Sought;
use network::{Network, Region};
use search::{Search, View};

pub(crate) use count::Why;
use count::{Class, Numbers};
pub(crate) use network::Silent;
pub(crate) use prove::prove;

impl Engine {
    /// Works out what is attainable of every derived question, each after what it reads. Where the answers settle all
    /// of them, it gives the codes of all nodes that are settled.
    pub(crate) fn derive(&self, case: &mut Case, silent: Silent) -> Option<Vec<Option<Code>>> {
        if case.images.is_empty() {
            return None;
        }
        let asked = self.model.asked();
        let known = self.known(case);
        let node = |q: usize| self.questions.get(q).copied().unwrap_or(usize::MAX);
        let settled = |q: &usize| known.get(node(*q)).copied().flatten().is_some();
        let shown = |q: &usize| case.decided.iter().any(|(decided, _)| *decided == node(*q));
        let questions =
            self.model.order.iter().copied().filter(|q| (asked..self.model.questions.len()).contains(q));
        let open: Vec<usize> = questions.filter(|q| !settled(q) || shown(q)).collect();
        if open.is_empty() {
            return Some(known);
        }
        let mut diagrams = Diagrams::new(self, case.codes.clone(), known).deciding(&case.decided);
        for q in open {
            let Some(derived) = self.model.questions.get(q).and_then(|info| info.derived.as_ref()) else {
                continue;
            };
            let image = self.image(q, derived, case, silent, &mut diagrams);
            if let Some(codes) = case.codes.get_mut(q) {
                *codes = match image.codes.as_slice() {
                    _ if !image.missing.is_empty() && !self.hangs(q) => self.all(q).into(),
                    [] => self.all(q).into(), // of what has no value nothing is known
                    [code] => Codes::One([*code]),
                    codes => codes.to_vec().into(),
                };
                diagrams.learn(q, codes);
            }
            if let Some(slot) = case.images.get_mut(q - asked) {
                *slot = image;
            }
        }
        None
    }

    /// The diagrams of a case, as far as nothing in it is settled by a formula.
    pub(crate) fn diagrams(&self, case: &Case) -> Diagrams<'_> {
        let answer = |q: usize| match case.codes.get(q).map(|codes| &**codes) {
            Some([code]) => Some(*code),
            _ => None,
        };
        let mut settled = Vec::with_capacity(self.nodes.len());
        self.settle(answer, &case.decided, &mut settled);
        Diagrams::new(self, case.codes.clone(), settled).deciding(&case.decided)
    }

    /// What is attainable of a derived question, given everything that comes before it.
    fn image(
        &self,
        q: usize,
        derived: &Derived,
        case: &Case,
        silent: Silent,
        diagrams: &mut Diagrams<'_>,
    ) -> Image {
        if derived.silent {
            let names =
                derived.unset.iter().filter_map(|p| self.model.parameters.get(*p)).map(|p| p.id.clone());
            return Image { missing: vec![names.collect()], ..Image::default() };
        }
        let gate = self.questions.get(q).and_then(|node| self.nodes.get(*node)).and_then(|node| node.gate);
        if gate.is_some_and(|gate| diagrams.of(gate).code() == Some(FALSE)) {
            return Image::default(); // it never applies
        }
        match &derived.how {
            How::Formula(_) => self.searched(q, case, silent, diagrams),
            How::Count(count) => self.count(q, count, case),
        }
    }

    /// The image of a question that reads others, by searching what they leave.
    fn searched(&self, q: usize, case: &Case, silent: Silent, diagrams: &mut Diagrams<'_>) -> Image {
        let Some(mut network) = Network::new(self, case, q, silent, diagrams) else {
            return self.unsearched(q, case);
        };
        let tied = network.is_tied();
        let search = |network: &mut Network<'_>| Found::Image(Image { tied, ..self.search(q, network) });
        match self.remembered(case, Sought::Image(q), &mut network, search) {
            Found::Image(image) => image,
            _ => Image::default(),
        }
    }

    /// The same within its network.
    fn search(&self, q: usize, network: &mut Network<'_>) -> Image {
        let root = network.root();
        let reading = network.read(&root);
        if reading.outside {
            return Image::default();
        }
        let mut search = Search::new(network);
        let mut image = Image::default();
        if let Some((low, high)) = reading.ticks {
            if low == high && reading.is_settled() {
                search.attained.insert(low);
            } else {
                search.sample(&root, reading.signs);
            }
            image.values = match values(&mut search, &root) {
                // where the search gave up an end it is that of the domain
                Values::Between(low, high) => {
                    let (least, most) = self.domain(q);
                    Values::Between(low.max(least), high.min(most))
                }
                listed => listed,
            };
            image.codes = self.cells_of(q, &mut search, &root, &image.values);
        }
        image.not_applicable = reading.not_applicable && search.not_applicable(&root);
        image.codes.extend(image.not_applicable.then_some(NOT_APPLICABLE));
        image.missing = search.missing(&root, &reading);
        self.hang(q, &mut image);
        image.open = search.telling(&root, reading.mask(), &View::Value);
        image.hull = search.rough;
        if image.hull
            && let Some(cases) = exhaust(search.network, &root, reading.mask())
        {
            image = self.exhausted(q, &search, &cases);
        }
        let (open, more) = search.answers(&root, image.open, &View::Value);
        image.open = open;
        image.hull |= more;
        image
    }

    /// Adds the code of a formula for the cases in which something unset leaves it without a value.
    fn hang(&self, q: usize, image: &mut Image) {
        if self.hangs(q) && !image.missing.is_empty() {
            image.codes.insert(0, self.anywhere(q));
        }
    }

    /// The code of a formula that could lie in any of its cells.
    fn anywhere(&self, q: usize) -> Code {
        hanging(0, self.cells.get(q).map_or(0, |cells| cells.list.len().saturating_sub(1)))
    }

    /// The image of a question of which every case was worked out.
    fn exhausted(&self, q: usize, search: &Search<'_, '_>, cases: &Cases) -> Image {
        let mut image = Image::default();
        let mut ticks: Vec<i64> = Vec::new();
        for reading in cases.readings.iter().flatten() {
            ticks.extend(reading.ticks.map(|(low, _)| low));
            image.not_applicable |= reading.not_applicable;
        }
        image.missing = missing_of(search, cases);
        ticks.sort_unstable();
        ticks.dedup();
        let cells = self.cells.get(q).map(|cells| cells.list.as_slice()).unwrap_or_default();
        let reached =
            |cell: &crate::cells::Cell| ticks.iter().any(|tick| cell.lo <= *tick && *tick <= cell.hi);
        image.codes = (0..).zip(cells).filter(|(_, cell)| reached(cell)).map(|(code, _)| code).collect();
        image.codes.extend(image.not_applicable.then_some(NOT_APPLICABLE));
        self.hang(q, &mut image);
        image.open = differing(search, cases, &View::Value);
        image.values = match (ticks.first(), ticks.last()) {
            (Some(low), Some(high)) if ticks.len() > MAX_LISTED => Values::Between(*low, *high),
            _ => Values::Listed(ticks),
        };
        image
    }

    /// The open questions that make a difference to a derived question as far as its codes are told apart, and whether
    /// that may be too many. Codes of one class are not told apart, nor are those that have none.
    pub(crate) fn telling(
        &self,
        case: &Case,
        q: usize,
        classes: &BTreeMap<Code, usize>,
        (silent, diagrams): (Silent, &mut Diagrams<'_>),
    ) -> (Set, bool) {
        let class = |code: Code| classes.get(&code).copied().unwrap_or(usize::MAX);
        let derived = self.model.questions.get(q).and_then(|info| info.derived.as_ref());
        if let Some(How::Count(count)) = derived.map(|derived| &derived.how) {
            return self.telling_count(q, count, case, Class::Codes(&class));
        }
        let image = q.checked_sub(self.model.asked()).and_then(|i| case.images.get(i));
        let all = || image.map(|image| image.open.clone()).unwrap_or_default();
        let Some(mut network) = Network::new(self, case, q, silent, diagrams) else { return (all(), true) };
        let search = |network: &mut Network<'_>| {
            let (open, rough) = search_telling(network, &View::Class(&class));
            Found::Telling(open, rough)
        };
        match self.remembered(case, Sought::Telling(q, classes), &mut network, search) {
            Found::Telling(open, rough) => (open, rough),
            _ => (all(), true),
        }
    }

    /// The open questions that make a difference to a decision which shows a derived question, its condition included, and
    /// whether that may be too many. None where too much is open to follow.
    pub(crate) fn telling_whole(&self, case: &Case, q: usize, silent: Silent) -> Option<(Set, bool)> {
        Some(search_telling(&mut Network::whole(self, case, q, silent)?, &View::Value))
    }

    /// What a decision that shows a derived question can come to, of codes that may be, its condition included. None where
    /// that is too much to search.
    pub(crate) fn with_condition(
        &self,
        case: &Case,
        (q, all): (usize, &[Code]),
        silent: Silent,
    ) -> Option<Within> {
        let mut network = Network::whole(self, case, q, silent)?;
        let node = *self.questions.get(q)?;
        match self.remembered(case, Sought::Within(node, true, all), &mut network, |n| within(n, all)) {
            Found::Within(found) => found,
            _ => None,
        }
    }

    /// What a table can come to, of codes that may be, by searching cases instead of cells: as a whole, or where its
    /// condition holds. None where that is too much to search, or not all of it is told by answers.
    pub(crate) fn within(
        &self,
        case: &Case,
        (node, whole, all): (usize, bool, &[Code]),
        silent: Silent,
        diagrams: &mut Diagrams<'_>,
    ) -> Option<Within> {
        let mut network = Network::of_table(self, case, (node, whole), silent, diagrams)?;
        match self.remembered(case, Sought::Within(node, whole, all), &mut network, |n| within(n, all)) {
            Found::Within(found) => found,
            _ => None,
        }
    }

    /// Whether a condition holds in every case or in none, by searching cases instead of cells. None where that hangs on what
    /// is open, or would be too much to search.
    pub(crate) fn settled(
        &self,
        case: &Case,
        condition: usize,
        silent: Silent,
        diagrams: &mut Diagrams<'_>,
    ) -> Option<bool> {
        let mut network = Network::of_table(self, case, (condition, true), silent, diagrams)?;
        let search = |network: &mut Network<'_>| Found::Settled(settled(network));
        match self.remembered(case, Sought::Settled(condition), &mut network, search) {
            Found::Settled(holds) => holds,
            _ => None,
        }
    }

    /// Whether a derived question reads another one, directly or through what lies between.
    fn reads(&self, q: usize, other: usize) -> bool {
        let derived = self.model.questions.get(q).and_then(|info| info.derived.as_ref());
        let inputs = derived.map(|derived| derived.inputs.as_slice()).unwrap_or_default();
        inputs.iter().filter_map(|input| self.nodes.get(self.node_of(*input))).any(|node| {
            node.questions.iter().any(|x| x == other || (x >= self.model.asked() && self.reads(x, other)))
        })
    }

    /// The image of a question of which too much is open to search.
    fn unsearched(&self, q: usize, case: &Case) -> Image {
        let Some(Type::Ordered { min, max, .. }) = self.model.questions.get(q).map(|info| &info.kind) else {
            return Image::default();
        };
        let is_open = |x: &usize| match self.model.questions.get(*x).map(|info| &info.kind) {
            Some(Type::List | Type::Text) => case.given.get(*x) != Some(&Given::Answered),
            _ => case.extents.get(*x).is_some_and(|extent| !extent.is_settled()),
        };
        let open = Set::of(self.asked_behind(&Set::of([q])).iter().filter(is_open));
        // what is missing of a count that it reads is missing here
        let mut missing: Vec<Vec<Text>> = Vec::new();
        for (_, count) in self.derived_nodes.iter().filter(|(_, x)| self.is_count(*x) && self.reads(q, *x)) {
            let image = case.images.get(count - self.model.asked());
            for names in image.iter().flat_map(|image| &image.missing) {
                if !missing.contains(names) {
                    missing.push(names.clone());
                }
            }
        }
        Image {
            missing,
            values: Values::Between(*min, *max),
            not_applicable: self.model.questions.get(q).is_some_and(|info| info.may_not_apply),
            codes: self.all(q),
            open,
            hull: true,
            ..Image::default()
        }
    }

    /// The cells in which some of these values fall.
    fn cells_of(&self, q: usize, search: &mut Search<'_, '_>, root: &Region, values: &Values) -> Vec<Code> {
        let cells = self.cells.get(q).map(|cells| cells.list.as_slice()).unwrap_or_default();
        let mut hit = Vec::new();
        for (code, cell) in (0..).zip(cells) {
            let reached = match values {
                Values::Listed(ticks) => ticks.iter().any(|tick| cell.lo <= *tick && *tick <= cell.hi),
                Values::Between(low, high) => {
                    cell.lo <= *high
                        && *low <= cell.hi
                        && search.lowest(root, cell.lo, cell.hi).is_some_and(|tick| tick <= cell.hi)
                }
            };
            hit.extend(reached.then_some(code));
        }
        hit
    }

    /// The case in which nothing is said about a question.
    pub(crate) fn opened(&self, case: &Case, q: usize, silent: Silent) -> Case {
        let mut case = case.clone();
        self.forget(&mut case, q);
        self.with_codes(&case, q, &self.all(q), silent)
    }

    /// The case in which an ordered question lies elsewhere.
    pub(crate) fn with_extent(&self, case: &Case, q: usize, extent: Extent, silent: Silent) -> Case {
        let mut other = case.clone();
        let cells = self.cells.get(q);
        let between =
            |(low, high): &(i64, i64)| cells.map(|cells| cells.between(*low, *high)).unwrap_or_default();
        let mut cells: Vec<usize> = extent.ranges.iter().flat_map(between).collect();
        cells.dedup();
        let mut codes: Vec<Code> = cells.into_iter().filter_map(|cell| Code::try_from(cell).ok()).collect();
        codes.extend(extent.not_applicable.then_some(NOT_APPLICABLE));
        if let (Some(slot), Some(known)) = (other.codes.get_mut(q), other.extents.get_mut(q)) {
            *slot = codes.into();
            *known = extent;
        }
        self.derive(&mut other, silent);
        other
    }

    /// The case in which a question has other codes.
    pub(crate) fn with_codes(&self, case: &Case, q: usize, codes: &[Code], silent: Silent) -> Case {
        let mut other = case.clone();
        if let Some(slot) = other.codes.get_mut(q) {
            *slot = codes.to_vec().into();
        }
        if let Some(slot) = other.extents.get_mut(q) {
            *slot = self.extent_of(q, codes);
        }
        self.derive(&mut other, silent);
        other
    }

    /// What an answer leaves of a question that lies in these cells.
    fn extent_of(&self, q: usize, codes: &[Code]) -> Extent {
        let mut ranges = Vec::with_capacity(codes.len());
        let mut not_applicable = false;
        for code in codes {
            match usize::try_from(*code).ok().and_then(|c| self.cells.get(q)?.list.get(c)) {
                Some(cell) => ranges.push((cell.lo, cell.hi)),
                None => not_applicable = true,
            }
        }
        let mut extent = Extent { ranges: ranges.into(), not_applicable };
        extent.tidy();
        extent
    }
}

/// What a network comes to, of codes that may be; nothing where that could not be searched to the end.
fn within(network: &mut Network<'_>, all: &[Code]) -> Found {
    let root = network.root();
    let reading = network.read(&root);
    let mut search = Search::new(network);
    let mut codes = search.codes(&root, all);
    codes.extend((reading.not_applicable && search.not_applicable(&root)).then_some(NOT_APPLICABLE));
    let missing = search.missing(&root, &reading);
    let open = search.telling(&root, reading.mask(), &View::Value);
    // in the place of counts the answers behind them, unless these may be too many
    let told = |search: &mut Search<'_, '_>, codes, missing, open| {
        let (open, more) = search.answers(&root, open, &View::Value);
        Found::Within((!more).then_some(Within { codes, missing, open }))
    };
    if !search.rough {
        return told(&mut search, codes, missing, open);
    }
    let Some(cases) = exhaust(search.network, &root, reading.mask()) else { return Found::Within(None) };
    let mut codes = crate::sorted::each_once(cases.ticks().filter(|tick| all.contains(tick)));
    let mut readings = cases.readings.iter().flatten();
    codes.extend(readings.any(|reading| reading.not_applicable).then_some(NOT_APPLICABLE));
    let (missing, open) = (missing_of(&search, &cases), differing(&search, &cases, &View::Value));
    told(&mut search, codes, missing, open)
}

/// Whether a condition holds everywhere or nowhere.
fn settled(network: &mut Network<'_>) -> Option<bool> {
    let root = network.root();
    let reading = network.read(&root);
    let mut search = Search::new(network);
    let mut codes = search.codes(&root, &[FALSE, TRUE]);
    if codes.len() > 1 || search.network.loose || (reading.not_applicable && search.not_applicable(&root)) {
        return None;
    }
    if search.rough {
        let cases = exhaust(search.network, &root, reading.mask())?;
        codes = crate::sorted::each_once(cases.ticks());
    }
    match codes.as_slice() {
        [code] => Some(*code == TRUE),
        _ => None,
    }
}

/// What is missing, of every case that was worked out.
fn missing_of(search: &Search<'_, '_>, cases: &Cases) -> Vec<Vec<Text>> {
    let mut missing: Vec<Vec<Text>> = Vec::new();
    for reading in cases.readings.iter().flatten() {
        let undefined = if reading.undefined { search.network.name() } else { None };
        let silent = search.network.silences.names(reading.missing).filter(|names| !names.is_empty());
        for names in undefined.into_iter().chain(silent) {
            if !missing.contains(&names) {
                missing.push(names);
            }
        }
    }
    missing
}

/// The open questions that make a difference to a question as far as its outcomes are told apart, and whether that may be
/// too many.
fn search_telling(network: &mut Network<'_>, view: &View<'_>) -> (Set, bool) {
    let root = network.root();
    let mask = network.read(&root).mask();
    let mut search = Search::new(network);
    let mut open = search.telling(&root, mask, view);
    let mut rough = search.rough;
    if rough && let Some(cases) = exhaust(search.network, &root, mask) {
        (open, rough) = (differing(&search, &cases, view), false);
    }
    let (open, more) = search.answers(&root, open, view);
    (open, rough || more)
}

/// The same, where every case was worked out.
fn differing(search: &Search<'_, '_>, cases: &Cases, view: &View<'_>) -> Set {
    let mut open = Set::default();
    for (v, x) in search.network.variables.iter().enumerate() {
        if cases.differ(v, |reading| search.outcome(reading, view)) {
            open.insert(*x);
        }
    }
    open
}

/// The attained values: all of them where they are few, else both ends.
fn values(search: &mut Search<'_, '_>, root: &Region) -> Values {
    let mut listed: Vec<i64> = Vec::new();
    let mut from = i64::MIN + 1;
    while search.attained.len() <= MAX_LISTED && listed.len() <= MAX_LISTED {
        let Some(tick) = search.lowest(root, from, i64::MIN) else { return Values::Listed(listed) };
        listed.push(tick);
        from = tick.saturating_add(1);
    }
    let low = listed.first().copied().or_else(|| search.lowest(root, i64::MIN + 1, i64::MIN));
    match low.zip(search.highest(root)) {
        Some((low, high)) => Values::Between(low, high),
        None => Values::Listed(listed),
    }
}
