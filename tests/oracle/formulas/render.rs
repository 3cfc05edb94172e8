//! Rule sets and answers as text.

use super::fraction::Fraction;
use super::generate::{Answer, Formula, Gives, Model, Ref, Rule, Test};

pub(super) fn answer(model: &Model, q: usize, i: usize) -> String {
    match &model.questions[q].values[i] {
        Answer::Number(n) => n.text(),
        Answer::Option(i) => format!("\"o{i}\""),
        Answer::NotApplicable => r#"{"not_applicable":"niet hier"}"#.to_owned(),
    }
}

fn name(model: &Model, of: Ref) -> &str {
    match of {
        Ref::Question(q) => &model.questions[q].id,
        Ref::Decision(d) => &model.decisions[d].id,
    }
}

fn test(test: &Test) -> String {
    match test {
        Test::Any => "-".to_owned(),
        Test::NotApplicable => "n.v.t.".to_owned(),
        Test::Below(n) => format!("< {}", n.text()),
        Test::From(n) => format!(">= {}", n.text()),
        // a number that is always written as a comparison, as it may lie between two steps
        Test::Is(n) => format!("[{}..{}]", n.text(), n.text()),
        Test::Option(i) => format!("o{i}"),
    }
}

fn when(model: &Model, when: Option<&(Ref, Test)>) -> String {
    when.map_or_else(String::new, |(of, t)| {
        format!(", \"when\": {{ \"{}\": \"{}\" }}", name(model, *of), test(t))
    })
}

pub(super) fn formula(model: &Model, f: &Formula) -> String {
    let go = |f: &Formula| formula(model, f);
    match f {
        Formula::Number(n) => n.text(),
        Formula::Of(of) => name(model, *of).to_owned(),
        Formula::Parameter(p) => format!("p{p}"),
        Formula::Negate(a) => format!("-{}", go(a)),
        Formula::Plus(a, b) => format!("({} + {})", go(a), go(b)),
        Formula::Minus(a, b) => format!("({} - {})", go(a), go(b)),
        Formula::Times(a, b) => format!("{} * {}", go(a), go(b)),
        Formula::By(a, b) => format!("({}) / ({})", go(a), go(b)),
        Formula::Round(name, 0, a) => format!("{name}({})", go(a)),
        Formula::Round(name, scale, a) => format!("{name}({}, {scale})", go(a)),
        Formula::Several(name, list) => {
            format!("{name}({})", list.iter().map(go).collect::<Vec<_>>().join(", "))
        }
    }
}

fn question(model: &Model, q: usize) -> String {
    let question = &model.questions[q];
    let numbers: Vec<Fraction> = question
        .values
        .iter()
        .filter_map(|v| if let Answer::Number(n) = v { Some(*n) } else { None })
        .collect();
    let kind = match question.step {
        Some(step) => {
            let (min, max) = (numbers[0].text(), numbers[numbers.len() - 1].text());
            let kind = if step.under == 1 {
                "integer".to_owned()
            } else {
                format!("decimal\", \"step\": \"{}", step.text())
            };
            format!("\"type\": \"{kind}\", \"min\": {min}, \"max\": {max}")
        }
        None => {
            let options = question.values.iter().filter_map(|v| {
                if let Answer::Option(i) = v {
                    Some(format!("\"o{i}\": {{ \"label\": \"O{i}\" }}"))
                } else {
                    None
                }
            });
            format!("\"type\": \"choice\", \"options\": {{ {} }}", options.collect::<Vec<_>>().join(", "))
        }
    };
    format!(
        "{{ \"id\": \"{}\", \"ask\": \"Vraag {q}?\", {kind}, \"not_applicable\": {}{}, \"sources\": [\"s\"] }}",
        question.id,
        question.may_not_apply,
        when(model, question.when.as_ref())
    )
}

fn decision(model: &Model, d: usize) -> String {
    let info = &model.decisions[d];
    let rule = match &info.rule {
        Rule::Formula(f) => format!("\"formula\": \"{}\"", formula(model, f)),
        Rule::Table(inputs, rows) => {
            let head: Vec<&str> = inputs.iter().map(|of| name(model, *of)).collect();
            let mut lines = vec![format!("\"{} || {}\"", head.join(" | "), info.id)];
            for (tests, gives) in rows {
                let cells: Vec<String> = tests.iter().map(test).collect();
                let gives = match gives {
                    Gives::Number(n) => n.text(),
                    Gives::Text(i) => format!("t{i}"),
                    Gives::Unset(p) => format!("p{p}"),
                };
                lines.push(format!("\"{} || {gives}\"", cells.join(" | ")));
            }
            format!("\"hit\": \"first\", \"table\": [{}]", lines.join(", "))
        }
    };
    format!(
        "\"{}\": {{ \"outcome\": {}{}, {rule}, \"sources\": [\"s\"] }}",
        info.id,
        info.outcome,
        when(model, info.when.as_ref())
    )
}

pub(super) fn file(model: &Model) -> String {
    let questions: Vec<String> = (0..model.questions.len()).map(|q| question(model, q)).collect();
    let decisions: Vec<String> = (0..model.decisions.len()).map(|d| decision(model, d)).collect();
    let parameters: Vec<String> = model
        .parameters
        .iter()
        .enumerate()
        .map(|(p, value)| {
            let value = value
                .map_or_else(String::new, |n| format!(", \"value\": {}, \"sources\": [\"s\"]", n.text()));
            format!("\"p{p}\": {{ \"title\": \"Parameter {p}\", \"type\": \"decimal\"{value} }}")
        })
        .collect();
    let remark = |(i, both): (usize, &[(Ref, Test); 2])| {
        let [a, b] = both.each_ref().map(|(of, t)| format!("\"{}\": \"{}\"", name(model, *of), test(t)));
        format!("\"f{i}\": {{ \"text\": \"F\", \"when\": {{ {a}, {b} }}, \"sources\": [\"s\"] }}")
    };
    let remarks: Vec<String> = model.remarks.iter().enumerate().map(remark).collect();
    format!(
        "{{ \"leidraad\": 1, \"id\": \"x/y\", \"title\": \"X\", \"sources\": {{ \"s\": {{ \"kind\": \"example\", \"title\": \"S\" }} }},\n\
         \"parameters\": {{ {} }},\n\"questions\": [{{ \"section\": \"S\", \"items\": [\n{}] }}],\n\"decisions\": {{\n{} }},\n\"findings\": {{ {} }} }}",
        parameters.join(", "),
        questions.join(",\n"),
        decisions.join(",\n"),
        remarks.join(", ")
    )
}
