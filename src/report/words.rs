//! Small words of a report.

/// `1 dag`, `2 dagen`.
pub(super) fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}
