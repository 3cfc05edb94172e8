//! Nothing of a rule file is lost in the document: walked as JSON, beside the model and the renderer.

use leidraad::{SourceMap, catalog};
use serde_json::Value as Json;

use super::{ON, cells, document};
use crate::support::rule_files;

/// The text without escapes, spaces made one.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a document that a place begins: up to the next heading, or in a list up to the next place.
fn part<'d>(text: &'d str, kind: &str, id: &str) -> &'d str {
    let mark = format!("<a id=\"{kind}-{id}\"></a>");
    let start = text.find(&mark).unwrap_or_else(|| panic!("{mark} is not there"));
    let rest = &text[start + mark.len()..];
    let heading = rest.find("\n#").unwrap_or(rest.len());
    let place = rest.find("\n- <a id=").unwrap_or(rest.len());
    &rest[..heading.min(place)]
}

/// What one document must hold.
struct Walk<'d> {
    name: &'d str,
    text: &'d str,
    checked: usize,
}

impl Walk<'_> {
    fn has(&mut self, part: &str, wanted: &str, what: &str) {
        let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain(part).contains(&wanted), "{}: {what}: `{wanted}` is not in\n{part}", self.name);
        self.checked += 1;
    }

    /// The texts under these keys of a map.
    fn texts(&mut self, part: &str, of: &Json, keys: &[&str], what: &str) {
        for text in keys.iter().filter_map(|key| of[*key].as_str()) {
            for line in text.lines() {
                self.has(part, line, what);
            }
        }
    }

    /// The sources that something cites, with their articles and notes.
    fn sources(&mut self, part: &str, of: &Json, what: &str) {
        for source in of["sources"].as_array().into_iter().flatten() {
            let id = source.as_str().or(source["id"].as_str()).unwrap();
            self.has(part, &format!("](#bron-{id})"), what);
            self.texts(part, source, &["article", "note"], what);
        }
    }

    fn options(&mut self, part: &str, options: &Json, what: &str) {
        for (id, option) in options.as_object().into_iter().flatten() {
            let label = option["label"].as_str().unwrap();
            // a plain yes or no is told as such
            if label.to_lowercase() == *id && !part.contains("**") {
                self.has(part, "ja of nee", what);
                continue;
            }
            self.has(part, &format!("**{label}** (`{id}`)"), what);
            self.texts(part, option, &["help"], what);
            self.sources(part, option, what);
            if let Some(points) = option["points"].as_str() {
                self.has(part, &format!("– {} punt", number(points)), what);
            }
        }
    }

    fn question(&mut self, question: &Json, list: Option<&str>) {
        let id = question["id"].as_str().unwrap();
        let full = list.map_or(id.to_owned(), |list| format!("{list}.{id}"));
        let part = part(self.text, "vraag", &full);
        self.texts(part, question, &["ask", "help", "unit", "strength"], &full);
        self.has(part, &format!("`{id}`"), &full);
        self.options(part, &question["options"], &full);
        self.sources(part, question, &full);
        for end in ["min", "max"].iter().filter_map(|end| question[*end].as_str()).filter(|e| digits(e)) {
            self.has(part, &number(end), &full);
        }
        if let Some(class) = question["confidentiality"].as_str() {
            self.has(part, &format!("(#klasse-{class})"), &full);
        }
        if question["judgement"] == true {
            self.has(part, "alleen een mens", &full);
        }
        self.condition(part, &question["when"], &full);
        self.period(part, &question["in_force"], &full);
        for field in question["fields"].as_array().into_iter().flatten() {
            self.question(field, Some(id));
        }
    }

    /// The names that a condition tests.
    fn condition(&mut self, part: &str, when: &Json, what: &str) {
        match when {
            Json::Array(any) => any.iter().for_each(|one| self.condition(part, one, what)),
            Json::Object(all) => {
                for (name, test) in all {
                    if name == "not" {
                        self.condition(part, test, what);
                        continue;
                    }
                    let name =
                        name.split_once('(').map_or(name.as_str(), |(_, rest)| rest.trim_end_matches(')'));
                    let name = name.split('.').next().unwrap();
                    let linked =
                        ["vraag", "beslissing"].iter().any(|kind| part.contains(&format!("(#{kind}-{name}")));
                    assert!(linked, "{}: the condition of {what} tests `{name}`:\n{part}", self.name);
                    self.checked += 1;
                }
            }
            _ => {}
        }
    }

    fn period(&mut self, part: &str, period: &Json, what: &str) {
        for day in ["from", "to"].iter().filter_map(|end| period[*end].as_str()) {
            self.has(part, &day_in_words(day), what);
        }
    }

    fn decision(&mut self, id: &str, decision: &Json, base: &Json, questions: &[&Json]) {
        let part = part(self.text, "beslissing", id);
        self.texts(part, decision, &["title", "help"], id);
        self.has(part, &format!("`{id}`"), id);
        self.sources(part, decision, id);
        self.condition(part, &decision["when"], id);
        self.period(part, &decision["in_force"], id);
        self.texts(part, &decision["silence"], &["note"], id);
        if let Some(formula) = decision["formula"].as_str() {
            self.has(part, &format!("`{formula}`"), id);
        }
        for name in decision["points"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap().split('.').next().unwrap();
            self.has(part, &format!("-{name})"), id);
        }
        let outputs =
            [&decision["outputs"], &base["outputs"]].into_iter().find(|outputs| outputs.is_object());
        for (_, output) in decision["outputs"].as_object().into_iter().flatten() {
            self.texts(part, output, &["title"], id);
            self.options(part, &output["options"], id);
        }
        if let Some(lines) = decision["table"].as_array() {
            self.table(part, lines, outputs, questions, id);
        }
    }

    /// Every row, by its number: labels of the options that it tests and gives, numbers and dates, sources, notes, periods.
    fn table(&mut self, part: &str, lines: &[Json], outputs: Option<&Json>, questions: &[&Json], id: &str) {
        let lines = lines.iter().map(|line| line.as_str().unwrap().trim());
        let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let sections = |line: &str| -> Vec<Vec<String>> {
            let of = |section: &str| section.split('|').map(|cell| cell.trim().to_owned()).collect();
            line.split("||").map(of).collect()
        };
        let head = sections(lines.next().unwrap());
        let shown: Vec<&str> = part.lines().filter(|line| line.starts_with("| ")).collect();
        let mut count = 0;
        for (n, row) in lines.map(sections).enumerate() {
            let start = format!("| {} |", n + 1);
            let line = shown
                .iter()
                .find(|line| line.starts_with(&start))
                .unwrap_or_else(|| panic!("{id}: row {start}"));
            count += 1;
            // the conditions stand in columns, or all in one
            let all = cells(line);
            let columns = if cells(shown[0])[1] == "Als" { 1 } else { head[0].len() };
            let (when, then) = (all[1..=columns].join(" "), all[columns + 1..].join(" "));
            for (column, cell) in head[0].iter().zip(&row[0]) {
                let question = questions.iter().find(|question| question["id"] == column.as_str());
                for token in tokens(cell) {
                    let option = question.map(|question| &question["options"][token.as_str()]["label"]);
                    if let Some(label) = option.and_then(Json::as_str) {
                        self.has(&when, label, id);
                    } else if question.is_some() && digits(&token) {
                        self.has(&when, &number(&token), id);
                    } else if question.is_some() && is_day(&token) {
                        self.has(&when, &day_in_words(&token), id);
                    }
                }
            }
            for (name, cell) in head[1].iter().zip(&row[1]) {
                let option =
                    outputs.map(|outputs| &outputs[name.as_str()]["options"][cell.as_str()]["label"]);
                if let Some(label) = option.and_then(Json::as_str) {
                    self.has(&then, label, id);
                } else if digits(cell) {
                    self.has(&then, &number(cell), id);
                } else if cell == "silent" {
                    self.has(&then, "geen uitkomst", id);
                }
            }
            let notes = head.get(2).into_iter().flatten().zip(row.get(2).into_iter().flatten());
            for (name, cell) in notes.filter(|(_, cell)| *cell != "-") {
                match name.as_str() {
                    "bron" => {
                        for source in cell.split(',') {
                            self.has(line, &format!("](#bron-{})", source.trim()), id);
                        }
                    }
                    "vanaf" | "tot" => self.has(line, &day_in_words(cell), id),
                    _ => self.has(line, cell.trim_matches('"'), id),
                }
            }
        }
        let rows = shown.iter().filter(|line| cells(line)[0].parse::<usize>().is_ok()).count();
        assert_eq!(rows, count, "{}: {id}", self.name);
    }

    fn parameter(&mut self, id: &str, parameter: &Json) {
        let part = part(self.text, "waarde", id);
        self.has(part, &format!("`{id}`"), id);
        self.texts(part, parameter, &["title", "help", "unit"], id);
        self.texts(part, &parameter["silence"], &["note"], id);
        let one = std::iter::once(parameter).filter(|one| !one["value"].is_null());
        for dated in one.chain(parameter["values"].as_array().into_iter().flatten()) {
            self.texts(part, dated, &["wording", "note"], id);
            self.sources(part, dated, id);
            self.period(part, &dated["in_force"], id);
            let value = dated["value"].as_str().unwrap();
            for token in tokens(value).into_iter().filter(|token| digits(token)) {
                self.has(part, &number(&token), id);
            }
        }
    }

    fn source(&mut self, id: &str, source: &Json) {
        let part = part(self.text, "bron", id);
        self.texts(part, source, &["title", "article", "note"], id);
        for (key, start) in [
            ("bwb", "https://wetten.overheid.nl/"),
            ("cvdr", "https://lokaleregelgeving.overheid.nl/"),
            ("ecli", "https://deeplink.rechtspraak.nl/uitspraak?id="),
        ] {
            if let Some(identifier) = source[key].as_str() {
                self.has(part, &format!("[{identifier}]({start}{identifier})"), id);
            }
        }
        if let Some(url) = source["url"].as_str() {
            let safe = url.replace('(', "%28").replace(')', "%29");
            self.has(part, &format!("[gelezen]({safe})"), id);
        }
        self.period(part, &source["in_force"], id);
    }

    fn steps(&mut self, layer: &Json) {
        for (id, finding) in layer["findings"].as_object().into_iter().flatten() {
            let part = part(self.text, "opmerking", id);
            self.texts(part, finding, &["text"], id);
            self.sources(part, finding, id);
            self.condition(part, &finding["when"], id);
            self.period(part, &finding["in_force"], id);
        }
        for (id, step) in layer["steps"].as_object().into_iter().flatten() {
            let part = part(self.text, "stap", id);
            self.texts(part, step, &["title", "help", "actor", "document"], id);
            self.sources(part, step, id);
            self.condition(part, &step["when"], id);
            self.period(part, &step["in_force"], id);
            for before in
                ["after", "requires"].iter().flat_map(|key| step[*key].as_array().into_iter().flatten())
            {
                self.has(part, &format!("(#stap-{})", before.as_str().unwrap()), id);
            }
            self.term(part, &step["term"], id);
        }
        for (_, rollup) in layer["rollups"].as_object().into_iter().flatten() {
            let title = rollup["title"].as_str().unwrap();
            let counts = self.text.split("<a id=\"deel-tellingen\"></a>").nth(1).unwrap();
            let rest = counts.split(&format!("\n### {title}\n")).nth(1).unwrap();
            let part = rest.split("\n#").next().unwrap();
            self.sources(part, rollup, title);
            for question in rollup["of"].as_array().unwrap() {
                self.has(part, &format!("(#vraag-{})", question.as_str().unwrap()), title);
            }
        }
        for (id, class) in layer["classes"].as_object().into_iter().flatten() {
            let part = part(self.text, "klasse", id);
            self.texts(part, class, &["title"], id);
            self.sources(part, class, id);
        }
    }

    /// Everything that a term or suspension names.
    fn term(&mut self, part: &str, term: &Json, id: &str) {
        for key in ["from", "before", "until", "clock", "extended"] {
            if let Some(name) = term[key].as_str() {
                let there = ["vraag", "stap"].iter().any(|kind| part.contains(&format!("(#{kind}-{name})")));
                assert!(there, "{}: the term of {id} names `{name}`:\n{part}", self.name);
                self.checked += 1;
            }
        }
        self.sources(part, term, id);
        for key in ["length", "earliest", "extension", "at_most"] {
            let Some(length) = term[key].as_str() else { continue };
            let number = length.split(' ').next().filter(|number| digits(number));
            match number {
                Some(number) => self.has(part, &format!("{number} "), id),
                None => self.has(part, &format!("-{length})"), id),
            }
        }
        for inner in
            ["suspensions", "stopped"].iter().flat_map(|key| term[*key].as_array().into_iter().flatten())
        {
            self.term(part, inner, id);
        }
    }
}

/// What stands between the signs of a cell.
fn tokens(cell: &str) -> Vec<String> {
    let spaced = cell.replace("..", " ");
    let signs = |c: char| matches!(c, '[' | ']' | '(' | ')' | ',' | '<' | '>' | '=' | ' ' | '"');
    spaced.split(signs).filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

fn digits(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2
}

/// A number in Dutch notation.
fn number(text: &str) -> String {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let rest = rest.trim_end_matches('0');
    let whole: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = whole.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    let comma = if rest.is_empty() { "" } else { "," };
    format!("{}{comma}{rest}", groups.join("."))
}

fn day_in_words(day: &str) -> String {
    let months = "januari februari maart april mei juni juli augustus september oktober november december";
    let parts: Vec<usize> = day.split('-').map(|part| part.parse().unwrap()).collect();
    format!("{} {} {}", parts[2], months.split(' ').nth(parts[1] - 1).unwrap(), parts[0])
}

/// A rule file as JSON.
fn json(name: &str, text: &str) -> Json {
    let read = leidraad::parse::parse(&mut SourceMap::default(), name, text, &mut Vec::new()).unwrap();
    serde_json::to_value(read).unwrap()
}

fn entries<'j>(layer: &'j Json, key: &str) -> impl Iterator<Item = (&'j String, &'j Json)> {
    layer[key].as_object().into_iter().flatten()
}

fn questions(layer: &Json) -> Vec<&Json> {
    let sections = layer["questions"].as_array().into_iter().flatten();
    sections.flat_map(|section| section["items"].as_array().into_iter().flatten()).collect()
}

/// Walks a shared layer, and a layer over it, through a document of both. What the upper one gives itself the lower one does
/// not have to.
fn walk(name: &str, text: &str, shared: &Json, own: Option<&Json>) -> usize {
    let mut walk = Walk { name, text, checked: 0 };
    let none = Json::Null;
    let upper = own.unwrap_or(&none);
    let asked: Vec<&Json> = questions(upper).into_iter().chain(questions(shared)).collect();
    for layer in std::iter::once(shared).chain(own) {
        let is_lower = own.is_some() && std::ptr::eq(layer, shared);
        let replaced = |key: &str, id: &str| is_lower && !upper[key][id].is_null();
        for part in layer["completeness"]["partial"].as_array().into_iter().flatten() {
            walk.has(text, part.as_str().unwrap(), "what is missing");
        }
        for section in layer["questions"].as_array().into_iter().flatten() {
            walk.has(text, &format!("### {}", section["section"].as_str().unwrap()), "a section");
            walk.texts(text, section, &["help"], "a section");
        }
        for question in questions(layer) {
            let again = is_lower && questions(upper).iter().any(|q| q["id"] == question["id"]);
            if !again {
                walk.question(question, None);
            }
        }
        for (id, decision) in entries(layer, "decisions").filter(|(id, _)| !replaced("decisions", id)) {
            walk.decision(id, decision, &shared["decisions"][id.as_str()], &asked);
        }
        entries(layer, "parameters").for_each(|(id, parameter)| walk.parameter(id, parameter));
        for (id, source) in entries(layer, "sources").filter(|(id, _)| !replaced("sources", id)) {
            walk.source(id, source);
        }
        let mut rest = layer.clone();
        for key in ["findings", "steps", "rollups", "classes"] {
            if let Some(map) = rest[key].as_object_mut() {
                map.retain(|id, _| !replaced(key, id));
            }
        }
        walk.steps(&rest);
    }
    walk.texts(text, shared, &["title", "description"], "the whole");
    walk.checked
}

#[test]
fn nothing_of_a_rule_file_is_lost() {
    let files: Vec<Json> = rule_files().iter().map(|(name, text)| json(name, text)).collect();
    let (mut layers, mut checked) = (0, 0);
    for rules in catalog().rule_sets() {
        let shared = files.iter().find(|file| file["id"] == rules.id()).unwrap();
        checked += walk(rules.id(), &document(rules, None), shared, None);
        for own in files.iter().filter(|file| file["overlay"] == rules.id()) {
            let ends = |end: &str| own["in_force"][end].as_str().map(str::to_owned);
            let over = ends("to").is_some_and(|to| to.as_str() < ON)
                || ends("from").is_some_and(|from| from.as_str() > ON);
            if over || own["in_force"]["from"].is_object() || own["in_force"]["to"].is_object() {
                continue;
            }
            let code = own["authority"].as_str().unwrap();
            checked +=
                walk(&format!("{} {code}", rules.id()), &document(rules, Some(code)), shared, Some(own));
            layers += 1;
        }
    }
    assert!(layers >= 20 && checked > 40_000, "{layers} layers, {checked} texts");
}

/// The walk finds what is not there.
#[test]
fn what_is_lost_is_found() {
    let rules = catalog().rule_set("evenementen/risicoscan").unwrap();
    let files: Vec<Json> = rule_files().iter().map(|(name, text)| json(name, text)).collect();
    let shared = files.iter().find(|file| file["id"] == rules.id()).unwrap();
    let whole = document(rules, None);
    for (gone, instead) in [
        ("| 3 | van 2.000 tot en met 5.000 personen | 2.000 tot 5.000 | 0,5 | [scan](#bron-scan) |\n", ""),
        ("**Verhard** (`verhard`) – 0,25 punten", "**Verhard** (`verhard`)"),
        ("van 2.000 tot en met 5.000 personen", "van 2.001 tot en met 5.000 personen"),
        ("<a id=\"vraag-wegen\"></a>", ""),
    ] {
        assert!(whole.contains(gone), "{gone}");
        let text = whole.replace(gone, instead);
        let found = std::panic::catch_unwind(|| walk("broken", &text, shared, None));
        assert!(found.is_err(), "nobody misses `{gone}`");
    }
}
