//! From what is known of questions to what is attainable of those that are derived from them.

mod network;
mod prove;
mod search;

use crate::case::Case;
use crate::derived::{Extent, Image, Values};
use crate::limits::MAX_LISTED;
use crate::model::{Derived, How, Type};
use crate::program::{Code, Codes, Engine, NOT_APPLICABLE, Set};

use network::Network;
use search::Search;

pub(crate) use prove::prove;

impl Engine {
    /// Works out what is attainable of every derived question, each after what it reads.
    pub(crate) fn derive(&self, case: &mut Case) {
        if case.images.is_empty() {
            return;
        }
        let asked = self.model.asked();
        for q in self.model.order.iter().copied().filter(|q| (asked..self.model.questions.len()).contains(q))
        {
            let Some(derived) = self.model.questions.get(q).and_then(|info| info.derived.as_ref()) else {
                continue;
            };
            let image = self.image(q, derived, case);
            if let Some(codes) = case.codes.get_mut(q) {
                *codes = match image.codes.as_slice() {
                    [] => self.all(q).into(), // of what has no value nothing is known
                    [code] => Codes::One([*code]),
                    codes => codes.to_vec().into(),
                };
            }
            if let Some(slot) = case.images.get_mut(q - asked) {
                *slot = image;
            }
        }
    }

    /// What is attainable of a derived question, given everything that comes before it.
    fn image(&self, q: usize, derived: &Derived, case: &Case) -> Image {
        if !derived.unset.is_empty() {
            let names =
                derived.unset.iter().filter_map(|p| self.model.parameters.get(*p)).map(|p| p.id.clone());
            return Image { missing: vec![names.collect()], ..Image::default() };
        }
        match &derived.how {
            How::Formula(_) => self.searched(q, case),
        }
    }

    /// The image of a question that reads others, by searching what they leave.
    fn searched(&self, q: usize, case: &Case) -> Image {
        let Some(mut network) = Network::new(self, case, q) else { return self.unsearched(q, case) };
        let root = network.root();
        let reading = network.read(&root);
        if reading.outside {
            return Image::default();
        }
        let mut search = Search::new(&mut network);
        let mut image = Image::default();
        if let Some((low, high)) = reading.ticks {
            if low == high && reading.is_settled() {
                search.attained.insert(low);
            } else {
                search.sample(&root, reading.signs);
            }
            image.values = values(&mut search, &root);
            image.codes = self.cells_of(q, &mut search, &root, &image.values);
        }
        image.not_applicable = reading.not_applicable && search.not_applicable(&root);
        image.codes.extend(image.not_applicable.then_some(NOT_APPLICABLE));
        if reading.missing {
            image.missing = search.missing(&root);
        }
        if reading.undefined && search.undefined(&root).is_some() {
            image.missing.extend(self.model.questions.get(q).map(|info| vec![info.id.clone()]));
        }
        for (v, x) in search.network.variables.clone().into_iter().enumerate() {
            if reading.mask() >> v & 1 == 1 && search.matters(&root, v) {
                image.open.insert(x);
            }
        }
        image.hull = search.rough;
        image
    }

    /// The image of a question of which too much is open to search.
    fn unsearched(&self, q: usize, case: &Case) -> Image {
        let Some(Type::Ordered { min, max, .. }) = self.model.questions.get(q).map(|info| &info.kind) else {
            return Image::default();
        };
        let mut behind = Set::default();
        behind.insert(q);
        let mut open = Set::default();
        let is_open = |x: &usize| case.extents.get(*x).is_some_and(|extent| !extent.is_settled());
        self.asked_behind(&behind).iter().filter(is_open).for_each(|x| open.insert(x));
        Image {
            values: Values::Between(*min, *max),
            not_applicable: self.model.questions.get(q).is_some_and(|info| info.may_not_apply),
            codes: self.all(q),
            open,
            hull: true,
            ..Image::default()
        }
    }

    /// The cells in which some of these values fall.
    fn cells_of(
        &self,
        q: usize,
        search: &mut Search<'_, '_>,
        root: &network::Region,
        values: &Values,
    ) -> Vec<Code> {
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
    pub(crate) fn opened(&self, case: &Case, q: usize) -> Case {
        self.with_codes(case, q, &self.all(q))
    }

    /// The case in which a question has other codes.
    pub(crate) fn with_codes(&self, case: &Case, q: usize, codes: &[Code]) -> Case {
        let mut other = case.clone();
        if let Some(slot) = other.codes.get_mut(q) {
            *slot = codes.to_vec().into();
        }
        if let Some(slot) = other.extents.get_mut(q) {
            *slot = self.extent_of(q, codes);
        }
        self.derive(&mut other);
        other
    }

    /// What an answer leaves of a question that lies in these cells.
    fn extent_of(&self, q: usize, codes: &[Code]) -> Extent {
        let mut extent = Extent::default();
        for code in codes {
            match usize::try_from(*code).ok().and_then(|c| self.cells.get(q)?.list.get(c)) {
                Some(cell) => extent.ranges.push((cell.lo, cell.hi)),
                None => extent.not_applicable = true,
            }
        }
        extent.tidy();
        extent
    }
}

/// The attained values: all of them where they are few, else both ends.
fn values(search: &mut Search<'_, '_>, root: &network::Region) -> Values {
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
