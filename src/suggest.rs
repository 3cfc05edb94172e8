//! "Did you mean …": the known name nearest to one that is not known.

use crate::diagnostic::Diagnostic;

/// Words longer than this get no suggestion, so that the search stays cheap.
const LONGEST: usize = 64;

/// The nearest of these names, when it is near enough to be a slip of the pen; the first of equally near ones.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_ascii_lowercase().chars().collect();
    if word.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let other: Vec<char> = name.to_ascii_lowercase().chars().collect();
        let allowed = (word.len().max(other.len()) / 3).max(1);
        if other.len() > LONGEST || word.len().abs_diff(other.len()) > allowed {
            continue;
        }
        let distance = distance(&word, &other);
        let shares_something = distance < word.len().max(other.len());
        if shares_something && distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters to insert, delete, replace or swap with their neighbour to make one word of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut left_of_a = None;
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut left_of_b = None;
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut least =
                (at(&above, j) + usize::from(x != y)).min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            if left_of_a == Some(y) && left_of_b == Some(x) && j > 0 {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
            left_of_b = Some(y);
        }
        left_of_a = Some(x);
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

/// Adds the nearest of the known names as help, or all of them when they are few.
pub(crate) fn with_suggestion<'a>(
    finding: Diagnostic,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    if let Some(near) = nearest(name, known.clone()) {
        return finding.help(format!("did you mean `{near}`?"));
    }
    let all: Vec<&str> = known.take(9).collect();
    match all.len() {
        0 | 9 => finding,
        _ => finding.help(format!("known here: {}", all.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_nothing_else() {
        let known = ["label", "help", "points", "sources"];
        assert_eq!(nearest("lable", known), Some("label"));
        assert_eq!(nearest("Help", known), Some("help"));
        assert_eq!(nearest("source", known), Some("sources"));
        assert_eq!(nearest("piont", known), Some("points"), "a swap and a missing letter");
        assert_eq!(nearest("punten", known), None, "another word");
        assert_eq!(nearest("weight", known), None);
        assert_eq!(nearest("x", ["y", "z"]), None, "one letter is no likeness");
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
