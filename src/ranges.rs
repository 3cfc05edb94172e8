//! Sets of whole numbers as ranges: days, ticks, options, counts.

/// A set of whole numbers: ranges in ascending order, both ends included, with a number that is missing between any two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub(crate) struct Ranges(Vec<(i64, i64)>);

impl Ranges {
    /// One number.
    pub(crate) fn one(number: i64) -> Ranges {
        Ranges(vec![(number, number)])
    }

    /// Everything between two numbers, both included; nothing where the first comes last.
    pub(crate) fn of(low: i64, high: i64) -> Ranges {
        Ranges(if low <= high { vec![(low, high)] } else { Vec::new() })
    }

    /// What is in any of these ranges.
    pub(crate) fn all(ranges: impl IntoIterator<Item = (i64, i64)>) -> Ranges {
        let mut list: Vec<(i64, i64)> = ranges.into_iter().filter(|(low, high)| low <= high).collect();
        list.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::with_capacity(list.len());
        for (low, high) in list {
            match joined.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        Ranges(joined)
    }

    /// The ranges, in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.0.iter().copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The only number, where there is one.
    pub(crate) fn only(&self) -> Option<i64> {
        match self.0.as_slice() {
            [(low, high)] if low == high => Some(*low),
            _ => None,
        }
    }

    /// The lowest and highest number.
    pub(crate) fn hull(&self) -> Option<(i64, i64)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    pub(crate) fn contains(&self, number: i64) -> bool {
        let at = self.0.partition_point(|(_, high)| *high < number);
        self.0.get(at).is_some_and(|(low, _)| *low <= number)
    }

    /// What is in both.
    pub(crate) fn and(&self, other: &Ranges) -> Ranges {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let (low, high) = (x.0.max(y.0), x.1.min(y.1));
            if low <= high {
                both.push((low, high));
            }
            if x.1 < y.1 {
                a.next()
            } else {
                b.next()
            };
        }
        Ranges(both)
    }

    /// What is in either.
    pub(crate) fn or(&self, other: &Ranges) -> Ranges {
        Ranges::all(self.iter().chain(other.iter()))
    }

    /// What is in this and not in the other.
    pub(crate) fn without(&self, other: &Ranges) -> Ranges {
        self.and(&other.complement())
    }

    /// Whether something is in both.
    pub(crate) fn meets(&self, other: &Ranges) -> bool {
        self.0.iter().any(|(low, high)| {
            let at = other.0.partition_point(|(_, end)| end < low);
            other.0.get(at).is_some_and(|(start, _)| start <= high)
        })
    }

    /// All other numbers.
    pub(crate) fn complement(&self) -> Ranges {
        let mut rest = Vec::with_capacity(self.0.len() + 1);
        let mut next = Some(i64::MIN);
        for (low, high) in self.iter() {
            if let Some(start) = next
                && start < low
            {
                rest.push((start, low - 1));
            }
            next = high.checked_add(1);
        }
        rest.extend(next.map(|start| (start, i64::MAX)));
        Ranges(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every set of some small numbers, against a list of yes and no.
    #[test]
    fn as_a_list_of_yes_and_no() {
        let set = |bits: u32| Ranges::all((0..6).filter(|i| bits >> i & 1 == 1).map(|i| (i, i)));
        let has = |ranges: &Ranges, bits: u32| {
            (-1..7).all(|i| ranges.contains(i) == ((0..6).contains(&i) && bits >> i & 1 == 1))
        };
        for a in 0..64 {
            let x = set(a);
            assert!(has(&x, a), "{x:?}");
            let inside = Ranges::of(0, 5);
            assert!(has(&x.complement().and(&inside), !a & 63));
            assert!(x.iter().zip(x.iter().skip(1)).all(|((_, high), (low, _))| high + 1 < low));
            assert_eq!(x.hull().is_none(), x.is_empty());
            assert_eq!(x.only().is_some(), a.count_ones() == 1);
            for b in 0..64 {
                let y = set(b);
                assert!(has(&x.and(&y), a & b) && has(&x.or(&y), a | b) && has(&x.without(&y), a & !b));
                assert_eq!(x.meets(&y), a & b != 0, "{x:?} {y:?}");
                assert_eq!(x == y, a == b);
            }
        }
    }

    #[test]
    fn the_ends_of_all_numbers() {
        let all = Ranges::of(i64::MIN, i64::MAX);
        assert!(all.complement().is_empty());
        assert_eq!(Ranges::default().complement(), all);
        assert_eq!(Ranges::one(i64::MAX).complement(), Ranges::of(i64::MIN, i64::MAX - 1));
        assert_eq!(Ranges::one(i64::MIN).complement(), Ranges::of(i64::MIN + 1, i64::MAX));
        assert!(Ranges::of(2, 1).is_empty());
        assert_eq!(Ranges::all([(3, 4), (1, 2), (9, 8)]), Ranges::of(1, 4));
    }
}
