//! Texts of others as harmless text: in HTML and in Markdown.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// Whether a sign is not seen, but moves a cursor, turns the direction of reading, or joins and hides what stands beside it.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
        )
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a sign is read from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Writes a sign that is not seen as its number.
fn number(out: &mut impl Write, c: char) -> fmt::Result {
    write!(out, "[U+{:04X}]", u32::from(c))
}

/// Escapes the texts in the HTML template.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Text;

impl Escaper for Text {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some(at) = rest.find(|c| matches!(c, '&' | '<' | '>' | '"' | '\'') || is_hidden(c)) {
            let (safe, from) = rest.split_at(at);
            out.write_str(safe)?;
            let mut signs = from.chars();
            match signs.next() {
                Some('&') => out.write_str("&amp;")?,
                Some('<') => out.write_str("&lt;")?,
                Some('>') => out.write_str("&gt;")?,
                Some('"') => out.write_str("&quot;")?,
                Some('\'') => out.write_str("&#39;")?,
                Some(hidden) => number(&mut out, hidden)?,
                None => {}
            }
            rest = signs.as_str();
        }
        out.write_str(rest)
    }
}

/// Without signs that are not seen: each as its number, and a text that is read from right to left kept apart, so that it does not
/// turn what stands beside it.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            // writing to a text cannot fail
            c if is_hidden(c) => {
                let _ = number(&mut out, c);
            }
            c => out.push(c),
        }
    }
    // first strong isolate … pop directional isolate
    if out.chars().any(is_right_to_left) { format!("\u{2068}{out}\u{2069}") } else { out }
}

/// A text in Markdown, on one line.
pub(super) fn markdown(text: &str) -> String {
    let text = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut out = String::new();
    // at the start of a line these make a list, a heading or a rule; a number too where a point or bracket follows
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mut after = text.chars().skip(digits);
    let listed =
        digits > 0 && matches!(after.next(), Some('.' | ')')) && after.next().is_none_or(char::is_whitespace);
    let addressed = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with("://"));
    let web = |at: usize| text.get(..at).is_some_and(|before| before.to_ascii_lowercase().ends_with("www"));
    for (at, c) in text.char_indices() {
        let escaped = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' | '@' | '^' => true,
            '-' | '+' | '=' => at == 0,
            '!' => true,
            '.' | ')' => (listed && at == digits) || (c == '.' && web(at)),
            // what looks like an address is no link
            ':' => addressed(at),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
