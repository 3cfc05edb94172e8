//! A small reader of HTML, written for these tests: every tag must be closed, every attribute quoted.

use std::collections::BTreeSet;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Open(String, Vec<(String, String)>),
    Close(String),
    Text(String),
}

const VOID: [&str; 2] = ["meta", "br"];

/// The pieces of a page; fails where it is not well formed.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("a doctype first");
    let (mut list, mut open) = (Vec::new(), Vec::<String>::new());
    while !rest.is_empty() {
        if open.last().map(String::as_str) == Some("style") {
            let end = rest.find("</style>").expect("a style ends");
            list.push(Piece::Text(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        let Some(at) = rest.find('<') else {
            list.push(Piece::Text(decode(rest)));
            break;
        };
        if at > 0 {
            list.push(Piece::Text(decode(&rest[..at])));
        }
        let end = rest[at..].find('>').expect("a tag ends") + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "a tag closes another one");
            list.push(Piece::Close(name.to_owned()));
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut text) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "`{tag}` is no tag");
        let mut attributes = Vec::new();
        while !text.trim().is_empty() {
            let (key, after) = text.trim_start().split_once("=\"").expect("a quoted attribute");
            let (value, after) = after.split_once('"').expect("a quoted attribute ends");
            attributes.push((key.to_owned(), decode(value)));
            text = after;
        }
        list.push(Piece::Open(name.to_owned(), attributes));
        if !closed && !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    list
}

fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').expect("a reference ends") + at;
        out.push(match &rest[at + 1..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            other => panic!("`&{other};` is not a reference that is written"),
        });
        rest = &rest[end + 1..];
    }
    out + rest
}

/// The text that a reader sees, without the style.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut style = false;
    for piece in pieces(html) {
        match piece {
            Piece::Open(name, _) => style = name == "style",
            Piece::Close(_) => style = false,
            Piece::Text(text) if !style => out.push_str(&text),
            Piece::Text(_) => {}
        }
    }
    out
}

/// What a page is made of, without its texts.
pub(crate) fn skeleton(html: &str) -> Vec<Piece> {
    pieces(html).into_iter().filter(|piece| !matches!(piece, Piece::Text(_))).collect()
}

/// What must hold of every page.
pub(crate) fn check(html: &str) {
    const ELEMENTS: [&str; 43] = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "header",
        "main",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "b",
        "br",
        "bdi",
        "span",
        "blockquote",
        "figure",
        "figcaption",
        "svg",
        "desc",
        "line",
        "text",
        "rect",
        "circle",
        "path",
    ];
    let pieces = pieces(html);
    let (mut ids, mut wanted, mut level, mut first) = (BTreeSet::new(), BTreeSet::new(), 0, 0);
    for piece in &pieces {
        let Piece::Open(name, attributes) = piece else { continue };
        assert!(ELEMENTS.contains(&name.as_str()), "`{name}` has no place in a report");
        let value =
            |key: &str| attributes.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && !["style", "src", "srcset"].contains(&key.as_str()), "{key}");
            if key == "id" {
                assert!(ids.insert(value.clone()), "`{value}` is there twice");
            }
        }
        wanted.extend(value("aria-labelledby").iter().flat_map(|ids| ids.split(' ')).map(str::to_owned));
        match name.as_str() {
            "html" => assert_eq!(value("lang"), Some("nl")),
            "th" => assert!(matches!(value("scope"), Some("col" | "row")), "a head without scope"),
            "a" => match value("href").unwrap().strip_prefix('#') {
                Some(id) => wanted.extend([id.to_owned()]),
                None => assert!(value("href").unwrap().starts_with("http"), "{attributes:?}"),
            },
            "svg" => assert!(value("role") == Some("img") || value("viewBox") == Some("0 0 14 14")),
            "h1" | "h2" | "h3" | "h4" => {
                let now = i32::from(name.as_bytes()[1] - b'0');
                first += i32::from(now == 1);
                assert!(now <= level + 1, "a heading skips a level");
                level = now;
            }
            _ => {}
        }
    }
    assert_eq!(first, 1, "one heading of the first level");
    let lost: Vec<&String> = wanted.difference(&ids).collect();
    assert!(lost.is_empty(), "nothing has the id {lost:?}");
}
