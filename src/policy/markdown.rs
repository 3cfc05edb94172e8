//! Markdown: what keeps a text a text, and what makes a place that can be linked to.

/// Plain text on one line: nothing in it is read as Markdown or HTML, also in a cell of a table.
///
/// An underscore inside a word is never read as emphasis, so it stays as it is.
pub(super) fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    let chars: Vec<char> = plain.chars().collect();
    let word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut space = true; // no space at the start, and never two
    for (i, c) in chars.iter().copied().enumerate() {
        if c.is_whitespace() {
            if !space {
                out.push(' ');
            }
            space = true;
            continue;
        }
        space = false;
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' => true,
            '_' => !(word(i.checked_sub(1)) && word(Some(i + 1))),
            '&' => chars.get(i + 1).is_some_and(|next| next.is_alphabetic() || *next == '#'),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        if hidden(c) {
            // what cannot be seen must not change what is read
            out.push_str(&format!("(U+{:04X})", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out.trim_end().to_owned()
}

/// Control characters, and those that turn the direction of a text or take no room.
fn hidden(c: char) -> bool {
    let invisible =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    c.is_control() || invisible
}

/// Plain text as paragraphs, one for each of its lines.
pub(super) fn paragraphs(plain: &str) -> String {
    let lines = plain.lines().map(text).filter(|line| !line.is_empty());
    lines.map(|line| start(&line)).collect::<Vec<_>>().join("\n\n")
}

/// A text at the start of a line: it is no heading, list or rule.
fn start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.get(digits..).and_then(|rest| rest.chars().next()) {
        Some('.' | ')') if digits > 0 => {
            let (number, rest) = line.split_at(digits);
            format!("{number}\\{rest}")
        }
        Some('#' | '-' | '+' | '=') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// A name as it is written in a rule file.
pub(super) fn code(plain: &str) -> String {
    match plain.contains(['`', '|', '\n', '\r']) || plain.chars().any(hidden) {
        true => format!("<code>{}</code>", text(plain)),
        false => format!("`{plain}`"),
    }
}

/// A place to which [`to`] links.
pub(super) fn anchor(kind: &str, id: &str) -> String {
    format!("<a id=\"{}\"></a>", place(kind, id))
}

/// A link within the document; the label is Markdown.
pub(super) fn to(kind: &str, id: &str, label: &str) -> String {
    format!("[{label}](#{})", place(kind, id))
}

fn place(kind: &str, id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') { c } else { '-' };
    format!("{kind}-{}", id.chars().map(safe).collect::<String>())
}

/// A link to another page; the label is Markdown. What is no address of a web page stays a text.
pub(super) fn link(label: &str, url: &str) -> String {
    let web = url.starts_with("https://") || url.starts_with("http://");
    if !web || url.chars().any(|c| c.is_whitespace() || hidden(c)) {
        return format!("{label} ({})", text(url));
    }
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => safe.push_str("%28"),
            ')' => safe.push_str("%29"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            '|' => safe.push_str("%7C"),
            c => safe.push(c),
        }
    }
    format!("[{label}]({safe})")
}

/// A table; cells are Markdown on one line.
pub(super) fn table(heads: &[String], rows: &[Vec<String>]) -> String {
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{code, link, paragraphs, text};

    #[test]
    fn nothing_in_a_text_is_read_as_markdown() {
        assert_eq!(text("a  *b* [c](d)\n<script>"), "a \\*b\\* \\[c\\](d) \\<script\\>");
        assert_eq!(text("wet_3_7 _x_ | 5 & 6 &amp; R&D"), "wet_3_7 \\_x\\_ \\| 5 & 6 \\&amp; R\\&D");
        assert_eq!(text("recht\u{202e}om \u{7}"), "recht(U+202E)om (U+0007)");
        assert_eq!(
            paragraphs("# Kop\n\n1. een\n- twee\n2024 was"),
            "\\# Kop\n\n1\\. een\n\n\\- twee\n\n2024 was"
        );
    }

    #[test]
    fn code_and_links_keep_their_bounds() {
        assert_eq!(
            (code("max(a, b)"), code("a`b|c")),
            ("`max(a, b)`".into(), "<code>a\\`b\\|c</code>".into())
        );
        assert_eq!(link("x", "https://a.nl/b_(c)|d"), "[x](https://a.nl/b_%28c%29%7Cd)");
        assert_eq!(link("x", "javascript:alert(1)"), "x (javascript:alert(1))");
    }
}
