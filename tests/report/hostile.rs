//! Whatever people type stays text: a report has the same parts as one of plain words, whatever they typed.

use leidraad::dossier::{Opening, SignOff, Stamp};
use leidraad::report::Report;
use leidraad::{Answers, Dossier};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value as Json, json};

use super::{ics, page};
use crate::dossier::set;
use crate::support::date;

const NASTY: [&str; 24] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style></title><svg onload=alert(1)>",
    "<!-- &lt;b&gt; &#60; -->",
    "| a | b |\n| --- | --- |",
    "`code` ``` ~~~ **vet** __vet__ ~~weg~~ ^ $x$",
    "# kop",
    "- lijst",
    "1. lijst",
    "12) lijst",
    "+ x",
    "=====",
    "---",
    "> citaat",
    "[klik](javascript:alert(1)) ![x](http://kwaad.example/x.png) <http://kwaad.example>",
    "http://kwaad.example www.kwaad.example a@kwaad.example",
    "[1]: http://kwaad.example",
    "    ingesprongen\n\n\ttab",
    "regel een\r\nEND:VEVENT\r\nBEGIN:VEVENT\nX;Y,Z\\n:",
    "\u{202e}txet drow\u{202c} \u{2066}x\u{2069} \u{200b}\u{feff}\u{ad}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}",
    "\u{1b}[31mrood\u{1b}[0m \u{7} \u{85}",
    "{{ report.title }} {% include \"x\" %}",
    "\\\\ \\| \\` \\",
];

/// The same words without signs, on as many lines.
fn plain(text: &str) -> String {
    let sign = |c: char| if c.is_alphanumeric() || c == '\n' { c } else { 'x' };
    let lines: Vec<String> =
        text.replace('\r', "").lines().map(|line| line.chars().map(sign).collect()).collect();
    lines.join("\n")
}

/// A dossier in which a text stands wherever a text can stand.
fn dossier(text: &str) -> Dossier {
    let rules = set();
    let stamp =
        |n: u8| Stamp::new(&format!("2026-08-03T10:{n:02}:00+02:00"), [n; 32]).unwrap().by(text).remark(text);
    let opening = Opening { case: Some(text.to_owned()), ..Opening::default() };
    let mut dossier = Dossier::new(&rules, &opening, &stamp(0)).unwrap();
    let record = |json: Json| Answers::from_json("a", &json.to_string()).unwrap();
    let answer =
        json!({"value": "pand", "remark": text, "evidence": [text, text], "by": text, "at": "2026-08-01"});
    let deviation = json!({"value": "zwaar", "motivation": text, "by": text, "at": "2026-08-02"});
    let first = json!({"soort": answer, "signaal": true, "tip": "politie", "ernst": "zwaar",
        "$deviations": {"ernst_volgens_feiten": deviation, "route": {"value": "kort", "motivation": text}}});
    dossier.record(&rules, &record(first), &stamp(1)).unwrap();
    let done = json!({"$steps": {"politie": {"done": "2026-08-02", "by": text, "remark": text}}});
    dossier.record(&rules, &record(done), &stamp(2)).unwrap();
    dossier.sign(&SignOff { role: Some(text.to_owned()), signature: None }, &stamp(3)).unwrap();
    dossier
}

fn report(text: &str) -> Report {
    Report::of(&dossier(text), &set(), date("2026-08-10")).unwrap()
}

/// All that Markdown can be, but for quotes and dashes that are made typographic.
fn options() -> Options {
    Options::all() - Options::ENABLE_SMART_PUNCTUATION
}

/// What Markdown is made of, without its texts.
fn structure(markdown: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(_) | Event::SoftBreak => {
                if list.last().map(String::as_str) != Some("text") {
                    list.push("text".to_owned());
                }
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) => panic!("{event:?}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                list.push(format!("link {dest_url}"));
            }
            event => list.push(format!("{event:?}").split(['(', '{']).take(2).collect()),
        }
    }
    list
}

/// The texts of Markdown, as a reader sees them.
fn words(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
            _ => {}
        }
    }
    out
}

/// What a reader should see of a text: signs that are not seen as their number.
fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control() && c != '\n' && c != '\t'
            || "\u{ad}\u{200b}\u{202c}\u{202e}\u{2066}\u{2069}\u{feff}".contains(c)
    };
    text.chars()
        .map(|c| if hidden(c) { format!("[U+{:04X}]", u32::from(c)) } else { c.to_string() })
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_has_the_same_parts_whatever_was_typed() {
    for text in NASTY {
        let html = report(text).html();
        page::check(&html);
        assert_eq!(page::skeleton(&html), page::skeleton(&report(&plain(text)).html()), "{text}");
        assert!(page::text(&html).contains(&visible(text)), "{text:?}");
        assert!(!html.contains('\u{202e}') && !html.contains('\u{1b}'));
    }
}

#[test]
fn markdown_has_the_same_parts_whatever_was_typed() {
    for text in NASTY {
        let markdown = report(text).markdown();
        assert_eq!(structure(&markdown), structure(&report(&plain(text)).markdown()), "{text}");
        let seen = one_line(&words(&markdown).replace(['\u{2068}', '\u{2069}'], ""));
        let expected = visible(&one_line(text));
        assert!(seen.contains(&expected), "{expected:?} in {seen}");
        assert!(!markdown.contains('\u{202e}') && !markdown.contains('\u{1b}'));
    }
}

/// A calendar reads the same, and gives the texts back.
#[test]
fn a_calendar_has_the_same_entries_whatever_was_typed() {
    for text in NASTY {
        let calendar = report(text).calendar().unwrap();
        let (one, other) = (ics::read(&calendar), ics::read(&report(&plain(text)).calendar().unwrap()));
        assert_eq!(one.len(), other.len());
        let summary = one[0].get("SUMMARY").unwrap().replace(['\u{2068}', '\u{2069}'], "").replace(' ', "");
        let expected = visible(text).replace(['\t', ' '], "");
        assert!(summary.contains(&expected), "{expected:?} in {summary:?}");
    }
}

/// Data stays data: JSON gives back what was typed, sign for sign.
#[test]
fn json_gives_back_what_was_typed() {
    for text in NASTY {
        let json: Json = serde_json::from_str(&report(text).to_json_pretty()).unwrap();
        assert_eq!(json["case"], text);
        assert_eq!(json["answers"][0]["answers"][0]["remark"], text);
        assert_eq!(json["on_the_way"][0]["decided"]["motivation"], text);
    }
}

/// A megabyte of one word, of signs and of lines: text in every form, and in time.
#[test]
fn a_megabyte_stays_text() {
    let begun = std::time::Instant::now();
    for unit in ["a", "<|`\u{202e}", "x\n"] {
        let text = unit.repeat(1_000_000 / unit.len());
        let rules = set();
        let stamp = |n: u8| Stamp::new("2026-08-03T10:00:00+02:00", [n; 32]).unwrap();
        let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(0)).unwrap();
        let answer = json!({"soort": {"value": "pand", "remark": text}, "ernst": "licht"});
        dossier.record(&rules, &Answers::from_json("a", &answer.to_string()).unwrap(), &stamp(1)).unwrap();
        let report = Report::of(&dossier, &rules, date("2026-08-10")).unwrap();
        let html = report.html();
        page::check(&html);
        assert!(page::text(&html).contains(&visible(&text)));
        assert!(words(&report.markdown()).len() > text.len() / 2);
        assert!(report.to_json_pretty().len() > text.len());
        if let Some(calendar) = report.calendar() {
            ics::read(&calendar);
        }
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

/// The rules may be another's, too: their titles, remarks and addresses are text, and only addresses of the web are links.
#[test]
fn rules_of_others_are_text_too() {
    for text in NASTY.iter().filter(|text| !text.contains(['\u{1b}', '\n', '\r'])) {
        let rules = |text: &str, url: &str| {
            let json = json!({
                "leidraad": 1, "id": "x/y", "title": text, "description": text,
                "completeness": {"partial": [text]},
                "sources": {"s": {"kind": "website", "title": text, "url": url, "note": text, "article": text}},
                "questions": [{"section": text, "items": [
                    {"id": "q", "ask": text, "type": "choice", "options": {"a": {"label": text}, "b": {"label": "B"}}, "sources": ["s"]}]}],
                "decisions": {"d": {"title": text, "outcome": true, "sources": ["s"], "table": ["q || d", "a || x", "b || y"]}},
                "steps": {"stap": {"title": text, "actor": text, "help": text, "sources": ["s"]}}
            });
            leidraad::RuleSet::from_text("x.json", &json.to_string())
        };
        // signs that are not seen are refused in a rule file already
        let Ok(nasty) = rules(text, "javascript:alert(1)") else { continue };
        let of = |rules: &leidraad::RuleSet| {
            let stamp = |n: u8| Stamp::new("2026-08-03T10:00:00+02:00", [n; 32]).unwrap();
            let mut dossier = Dossier::new(rules, &Opening::default(), &stamp(0)).unwrap();
            dossier.record(rules, &Answers::new().with("q", "a"), &stamp(1)).unwrap();
            Report::of(&dossier, rules, date("2026-08-10")).unwrap()
        };
        let (one, other) = (of(&nasty), of(&rules(&plain(text), "ftp://x.example").unwrap()));
        page::check(&one.html());
        assert_eq!(page::skeleton(&one.html()), page::skeleton(&other.html()), "{text}");
        assert_eq!(structure(&one.markdown()), structure(&other.markdown()), "{text}");
        ics::read(&one.calendar().unwrap());
        assert!(one.sources[0].links.is_empty(), "only addresses of the web are links");
    }
}
