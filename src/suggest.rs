//! "Did you mean …": the known name nearest to one that is not known.

use crate::diagnostic::Diagnostic;

/// Words longer than this get no suggestion, so that the search stays cheap.
const LONGEST: usize = 64;

/// So many known names are named all.
const FEW: usize = 12;

/// The nearest of these names, when it is near enough to be a slip of the pen; the first of equally near ones.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST * 4 {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let (word, other) = match (digits(word), digits(name)) {
            (Some(word), Some(other)) => (word, other),
            _ => (word, name),
        };
        let letters = |text: &str| text.to_ascii_lowercase().chars().collect::<Vec<char>>();
        let (word, other) = (letters(word), letters(other));
        if word.len() > LONGEST {
            return None;
        }
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

/// The digits of a code such as `GM0994`, as these alone tell which one is meant: all codes of a kind share their letters.
fn digits(word: &str) -> Option<&str> {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let code = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    (code && word.len() <= 2 * digits.len()).then_some(digits)
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
    let all: Vec<&str> = known.take(FEW + 1).collect();
    match all.len() {
        0 => finding,
        n if n > FEW => finding,
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

    #[test]
    fn codes_are_told_apart_by_their_digits() {
        let known = ["GM0938", "GM0994", "GM1729"];
        for near in ["GM0995", "gm994", "GM0949", "0994", "G0994", "GM09944"] {
            assert_eq!(nearest(near, known), Some("GM0994"), "{near}");
        }
        for other in ["GM9999", "GM0363", "GM", "GM1000"] {
            assert_eq!(nearest(other, known), None, "{other} shares only its letters");
        }
    }
}
