//! Sorting in little code.
//!
//! A sort of the standard library is 4 to 5 kB of WebAssembly for every type and order, and so is a set or map that is
//! collected. Lists that are short or sorted once come here: their places are sorted, by one code for all.

use std::cmp::Ordering;

/// Sorts a list; what is equal stays in its order.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let places = |a: usize, b: usize| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    };
    for (a, b) in swaps(list.len(), &places) {
        list.swap(a, b);
    }
}

/// Sorts a list by a key of its items; what is equal stays in its order.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Items in order, each once.
pub(crate) fn each_once<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut list: Vec<T> = items.into_iter().collect();
    sort_by(&mut list, T::cmp);
    list.dedup();
    list
}

/// The swaps that sort so many places.
fn swaps(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    if len < 2 {
        return swaps;
    }
    // per place the one from where its item comes
    let mut from: Vec<usize> = (0..len).collect();
    from.sort_by(|a, b| compare(*a, *b));
    for start in 0..len {
        let mut place = start;
        while let Some(slot) = from.get_mut(place) {
            let next = std::mem::replace(slot, place);
            if next == start {
                break;
            }
            swaps.push((place, next));
            place = next;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::{each_once, sort_by_key};

    #[test]
    fn like_the_standard_library() {
        let mut state = 7_u32;
        for len in 0..200 {
            let mut next = |_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 26, state >> 8)
            };
            let list: Vec<(u32, u32)> = (0..len).map(&mut next).collect();
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn each_of_them_once() {
        assert_eq!(each_once(["b", "a", "c", "a", "b"]), ["a", "b", "c"]);
        assert!(each_once(Vec::<u8>::new()).is_empty());
    }
}
