//! From what is known of questions to what is attainable of those that are derived from them.

mod count;

pub(crate) use count::Why;

use crate::case::Case;
use crate::derived::{Extent, Image};
use crate::model::{Derived, How};
use crate::program::{Code, Codes, Engine};

impl Engine {
    /// Works out what is attainable of every derived question, each after what it reads.
    pub(crate) fn derive(&self, case: &mut Case) {
        let asked = self.model.asked();
        if case.images.is_empty() {
            return;
        }
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
        match &derived.how {
            How::Count(count) => self.count(q, count, case),
        }
    }

    /// The case in which nothing is said about a question.
    pub(crate) fn opened(&self, case: &Case, q: usize) -> Case {
        let mut case = case.clone();
        self.forget(&mut case, q);
        self.with_codes(&case, q, &self.all(q))
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
        if self.behind.iter().any(|behind| behind.contains(q)) {
            self.derive(&mut other);
        }
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
