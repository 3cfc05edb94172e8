//! Models and answers as the text that people write: rule files in JSON or YAML, answers in JSON.

use super::model::{
    Clause, Cond, Dated, Decision, Gives, Hit, Input, Kind, Model, Parameter, Part, Period, Point, Question,
    Rule, Setting, Table, Test, Val,
};
use super::naive::Seen;
use super::space::Given;

/// A tree to be written as JSON or YAML.
pub(super) enum Node {
    /// A number or boolean.
    Plain(String),
    Text(String),
    /// A text of several lines: a list in JSON, a block in YAML.
    Lines(Vec<String>),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

pub(super) fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

pub(super) fn map(entries: Vec<(&str, Node)>) -> Node {
    Node::Map(entries.into_iter().map(|(key, node)| (key.to_owned(), node)).collect())
}

impl Node {
    fn json(&self, out: &mut String) {
        match self {
            Node::Plain(text) => out.push_str(text),
            Node::Text(text) => out.push_str(&quoted(text)),
            Node::Lines(lines) => Node::List(lines.iter().map(text).collect()).json(out),
            Node::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i > 0 { ",\n" } else { "" });
                    item.json(out);
                }
                out.push(']');
            }
            Node::Map(entries) => {
                out.push('{');
                for (i, (key, node)) in entries.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    node.json(out);
                }
                out.push('}');
            }
        }
    }

    /// Appends what stands behind `key:` or `-`, in block style.
    fn yaml(&self, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        match self {
            Node::Lines(lines) => {
                out.push_str(" |\n");
                lines.iter().for_each(|line| out.push_str(&format!("{pad}{line}\n")));
            }
            Node::List(items) if !items.is_empty() => {
                out.push('\n');
                for item in items {
                    out.push_str(&format!("{pad}-"));
                    item.yaml(indent + 2, out);
                }
            }
            Node::Map(entries) if !entries.is_empty() => {
                out.push('\n');
                for (key, node) in entries {
                    let plain = key.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
                    out.push_str(&format!("{pad}{}:", if plain { key.clone() } else { quoted(key) }));
                    node.yaml(indent + 2, out);
                }
            }
            scalar => {
                out.push(' ');
                scalar.json(out);
                out.push('\n');
            }
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The rule file of a model.
pub(super) fn file(model: &Model, yaml: bool) -> String {
    let mut entries = vec![
        ("leidraad", Node::Plain("1".into())),
        ("id", text("orakel/proef")),
        ("title", text("Proef")),
        ("sources", map(vec![("s", map(vec![("kind", text("example")), ("title", text("Proef"))]))])),
    ];
    if !model.parameters.is_empty() {
        let list = model.parameters.iter().map(|p| {
            let mut entries = vec![("title", text(&p.id))];
            match p.test_on {
                Some(input) => entries.push(("test_on", text(name(model, input)))),
                None => entries.push(("type", text(p.kind))),
            }
            entries.extend(settings(model, p));
            (p.id.clone(), map(entries))
        });
        entries.push(("parameters", Node::Map(list.collect())));
    }
    entries.push(("questions", Node::List(sections(model))));
    let decisions = model.decisions.iter().map(|d| (d.id.clone(), decision(model, d))).collect();
    entries.push(("decisions", Node::Map(decisions)));
    written(&map(entries), yaml)
}

/// A tree as the text of a file.
pub(super) fn written(root: &Node, yaml: bool) -> String {
    let mut out = String::new();
    if yaml {
        root.yaml(0, &mut out);
        out.trim_start().to_owned()
    } else {
        root.json(&mut out);
        out
    }
}

/// The questions in their sections.
fn sections(model: &Model) -> Vec<Node> {
    let starts: Vec<usize> = std::iter::once(0).chain(model.sections.iter().map(|s| s.first)).collect();
    let section = |(i, first): (usize, &usize)| {
        let end = starts.get(i + 1).copied().unwrap_or(usize::MAX).min(model.questions.len());
        let items: Vec<Node> = model.questions.get(*first..end)?.iter().map(|q| question(model, q)).collect();
        let mut entries = vec![("section", text(format!("Deel {i}")))];
        let when = i.checked_sub(1).and_then(|i| model.sections[i].when.as_ref());
        if let Some(when) = when.filter(|_| !items.is_empty()) {
            entries.push(("when", cond(model, when)));
        }
        entries.push(("items", Node::List(items)));
        Some(map(entries))
    };
    starts.iter().enumerate().filter_map(section).collect()
}

/// A period.
pub(super) fn period((from, to): Period) -> Node {
    let ends = [("from", from), ("to", to)].into_iter();
    map(ends.filter_map(|(key, end)| Some((key, text(Val::Date(end?).text())))).collect())
}

/// The value of a parameter with its source.
pub(super) fn settings(model: &Model, parameter: &Parameter) -> Vec<(&'static str, Node)> {
    let value = |setting: &Setting| match setting {
        Setting::Value(value) => text(value.text()),
        Setting::Tests(tests) => text(cell(model, tests)),
    };
    match parameter.set.as_slice() {
        [] => Vec::new(),
        [Dated { from: None, to: None, setting }] => {
            vec![("value", value(setting)), ("sources", Node::List(vec![text("s")]))]
        }
        list => {
            let one = |d: &Dated| {
                let mut entries =
                    vec![("value", value(&d.setting)), ("sources", Node::List(vec![text("s")]))];
                if d.from.is_some() || d.to.is_some() {
                    entries.push(("in_force", period((d.from, d.to))));
                }
                map(entries)
            };
            vec![("values", Node::List(list.iter().map(one).collect()))]
        }
    }
}

pub(super) fn question(model: &Model, question: &Question) -> Node {
    let kind = match question.kind {
        Kind::Choice(_) => "choice",
        Kind::Bool => "boolean",
        Kind::Int => "integer",
        Kind::Dec(_) => "decimal",
        Kind::Date => "date",
        Kind::Time => "time",
    };
    let mut entries = vec![("id", text(&question.id)), ("ask", text("Vraag?")), ("type", text(kind))];
    let options = question.kind.options();
    if matches!(question.kind, Kind::Choice(_)) || question.points.is_some() {
        let option = |(i, value): (usize, &Val)| {
            let mut entries = vec![("label", text("Optie"))];
            if let Some(points) = &question.points {
                entries.push(("points", Node::Plain(Val::Num(points[i]).text())));
            }
            if let Some((_, days)) = question.dated.iter().find(|(option, _)| *option == i) {
                entries.push(("in_force", period(*days)));
            }
            (value.text(), map(entries))
        };
        entries.push(("options", Node::Map(options.iter().enumerate().map(option).collect())));
    }
    if question.heaviest {
        entries.push(("several", text("heaviest")));
    }
    if let (Kind::Dec(step), false) = (&question.kind, question.stepless) {
        let step = *step;
        entries.push(("step", Node::Plain(Val::Num(step).text())));
    }
    for (key, end) in [("min", question.min), ("max", question.max)] {
        if let Some(at) = end {
            let value = question.kind.value(at).text();
            entries.push((key, if question.kind == Kind::Date { text(value) } else { Node::Plain(value) }));
        }
    }
    if let Some(when) = &question.when {
        entries.push(("when", cond(model, when)));
    }
    if question.may_not_apply {
        entries.push(("not_applicable", Node::Plain("true".into())));
    }
    if let Some(days) = question.asked {
        entries.push(("in_force", period(days)));
    }
    entries.push(("sources", Node::List(vec![text("s")])));
    map(entries)
}

/// The name of an input.
pub(super) fn name(model: &Model, input: Input) -> String {
    match input {
        Input::Question(q) => model.questions[q].id.clone(),
        Input::Part(q, part) => {
            let part = match part {
                Part::Year => "year",
                Part::Month => "month",
                Part::Day => "day",
                Part::Weekday => "weekday",
            };
            format!("{part}({})", model.questions[q].id)
        }
        Input::Output(d, o) => {
            let decision = &model.decisions[d];
            match decision.outputs.len() {
                0 | 1 => decision.id.clone(),
                _ => format!("{}.{}", decision.id, decision.outputs[o].name),
            }
        }
    }
}

fn cond(model: &Model, condition: &Cond) -> Node {
    match condition {
        Cond::Any(list) => Node::List(list.iter().map(|c| cond(model, c)).collect()),
        Cond::All(clauses) => Node::Map(
            clauses
                .iter()
                .map(|clause| match clause {
                    Clause::Not(inner) => ("not".to_owned(), cond(model, inner)),
                    Clause::Test(input, tests) => (name(model, *input), text(cell(model, tests))),
                })
                .collect(),
        ),
    }
}

pub(super) fn decision(model: &Model, decision: &Decision) -> Node {
    let mut entries = vec![("title", text("Beslissing"))];
    if decision.outcome {
        entries.push(("outcome", Node::Plain("true".into())));
    }
    if let Some(when) = &decision.when {
        entries.push(("when", cond(model, when)));
    }
    let declared: Vec<(String, Node)> = decision
        .outputs
        .iter()
        .filter(|o| !o.options.is_empty())
        .map(|o| {
            let options = o.options.iter().map(|t| ((*t).to_owned(), map(vec![("label", text("Uitkomst"))])));
            (o.name.clone(), map(vec![("options", Node::Map(options.collect()))]))
        })
        .collect();
    if !declared.is_empty() {
        entries.push(("outputs", Node::Map(declared)));
    }
    match &decision.rule {
        Rule::Unloaded => {}
        Rule::Points(terms) => {
            entries.push(("points", Node::List(terms.iter().map(|t| text(name(model, *t))).collect())));
        }
        Rule::Table(table) => {
            let hit = match table.hit {
                Hit::Unique | Hit::Possible => None,
                Hit::Any => Some("any"),
                Hit::First => Some("first"),
                Hit::Priority => Some("priority"),
                Hit::Collect => Some("collect"),
            };
            if let Some(hit) = hit {
                entries.push(("hit", text(hit)));
            }
            if table.hit == Hit::Possible {
                entries.push(("overlap", text("possible")));
            }
            if !table.priority.is_empty() {
                let item =
                    |v: &Val| if matches!(v, Val::Num(_)) { Node::Plain(v.text()) } else { text(v.text()) };
                entries.push(("priority", Node::List(table.priority.iter().map(item).collect())));
            }
            entries.push(("table", Node::Lines(lines(model, decision, table))));
        }
    }
    entries.push(("sources", Node::List(vec![text("s")])));
    map(entries)
}

fn lines(model: &Model, decision: &Decision, table: &Table) -> Vec<String> {
    let heads: Vec<String> = table.inputs.iter().map(|input| name(model, *input)).collect();
    let outputs: Vec<&str> = decision.outputs.iter().map(|o| o.name.as_str()).collect();
    let mut lines = vec![format!("{} || {}", heads.join(" | "), outputs.join(" | "))];
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|tests| cell(model, tests)).collect();
        let mut gives: Vec<String> = match &row.gives {
            Gives::Values(values) => values.iter().map(|v| v.text()).collect(),
            Gives::Silent => vec!["silent".to_owned()],
            Gives::Partly(given) => given
                .iter()
                .map(|given| match given {
                    Ok(value) => value.text(),
                    Err(p) => model.parameters[*p].id.clone(),
                })
                .collect(),
            Gives::Unset(parameters) => parameters.iter().map(|p| model.parameters[*p].id.clone()).collect(),
        };
        gives.resize(outputs.len(), gives[0].clone());
        lines.push(format!("{} || {}", cells.join(" | "), gives.join(" | ")));
    }
    lines
}

/// The text of a table cell.
pub(super) fn cell(model: &Model, tests: &[Test]) -> String {
    let point = |point: &Point| match point {
        Point::At(value) => value.text(),
        Point::Parameter(p) => model.parameters[*p].id.clone(),
    };
    let one = |test: &Test| match test {
        Test::Any => "-".to_owned(),
        Test::NotApplicable => "n.v.t.".to_owned(),
        Test::Is(value) => value.text(),
        Test::Unset(p) => model.parameters[*p].id.clone(),
        Test::Not(inner) => format!("not({})", cell(model, inner)),
        Test::Range(None, None) => "-".to_owned(),
        Test::Range(Some((Point::Parameter(p), true)), Some((Point::Parameter(q), true)))
            if p == q && super::settle::bare(model, *p) =>
        {
            model.parameters[*p].id.clone()
        }
        Test::Range(Some((lo, closed)), None) => {
            format!("{} {}", if *closed { ">=" } else { ">" }, point(lo))
        }
        Test::Range(None, Some((hi, closed))) => {
            format!("{} {}", if *closed { "<=" } else { "<" }, point(hi))
        }
        Test::Range(Some((lo, from)), Some((hi, to))) => {
            format!(
                "{}{}..{}{}",
                if *from { "[" } else { "(" },
                point(lo),
                point(hi),
                if *to { "]" } else { ")" }
            )
        }
    };
    tests.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Answers as a JSON object.
pub(super) fn answers(model: &Model, given: &[Given]) -> String {
    answers_in_style(model, given, 0)
}

/// Answers as a JSON object, each value in one of the ways in which it can be written.
pub(super) fn answers_in_style(model: &Model, given: &[Given], style: usize) -> String {
    let mut fields = Vec::new();
    for (question, given) in model.questions.iter().zip(given) {
        let end = |end: &Option<i64>| end.map_or("null".to_owned(), |at| question.kind.value(at).json());
        let text = match given {
            Given::Absent => continue,
            Given::Nobody => "null".to_owned(),
            Given::Known(Seen::Value(value)) => match (value, style % 4) {
                (Val::Num(n), 1) if n % 100 == 0 => format!("{}.0", value.json()),
                (Val::Num(n), 2) if n % 1000 == 0 && *n != 0 => format!("{}e1", Val::Num(n / 10).json()),
                (Val::Bool(_), 1) => format!("\"{}\"", value.text()),
                (_, 3) => format!(r#"{{"value": {}, "remark": "gezien", "by": "ambtenaar"}}"#, value.json()),
                _ => value.json(),
            },
            Given::Known(_) => r#"{"not_applicable": "geldt hier niet"}"#.to_owned(),
            Given::Several(list, _) => {
                let list = list.iter().map(|v| v.json()).collect::<Vec<_>>().join(", ");
                if style % 4 == 3 { format!("{{\"value\": [{list}]}}") } else { format!("[{list}]") }
            }
            Given::OneOf(list) => {
                format!("{{\"one_of\": [{}]}}", list.iter().map(|v| v.json()).collect::<Vec<_>>().join(", "))
            }
            Given::Between(lo, hi) => format!("{{\"between\": [{}, {}]}}", end(lo), end(hi)),
        };
        fields.push(format!("\"{}\": {text}", question.id));
    }
    format!("{{{}}}", fields.join(", "))
}
