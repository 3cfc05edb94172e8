//! What is tested and how a test is written, in Dutch for somebody who knows the policy and not the format.

use crate::dutch::{after, domain};
use crate::model::{Input, Measure, Model, OptionInfo, Part, QuestionInfo, Rule, Type};
use crate::notation::{capital, number};
use crate::ticks::{number_ticks, tick_value};
use crate::value::Value;

/// What an input is: the question or decision, and the values that it can have.
pub(super) fn input(model: &Model, input: Input) -> Vec<String> {
    match input {
        Input::Question(q) => model.questions.get(q).map_or_else(Vec::new, |question| {
            let mut lines = vec![format!("de vraag «{}»", question.ask)];
            lines.push(format!("antwoord: {}", domain(question)));
            lines.extend(options(&question.options));
            lines
        }),
        Input::Part(q, part) => {
            let ask = model.questions.get(q).map_or("", |question| question.ask.as_str());
            let (name, values) = match part {
                Part::Month => ("de maand", "1 (januari) tot en met 12 (december)"),
                Part::Weekday => ("de dag van de week", "1 (maandag) tot en met 7 (zondag)"),
                Part::Day => ("de dag van de maand", "1 tot en met 31"),
            };
            vec![format!("{name} bij de vraag «{ask}»"), values.to_owned()]
        }
        Input::Output(d, o) => model.decisions.get(d).map_or_else(Vec::new, |decision| {
            let output = decision.outputs.get(o);
            let title = output.and_then(|o| o.title.as_ref()).filter(|_| decision.outputs.len() > 1);
            let mut lines = vec![match title {
                Some(title) => format!("de uitkomst «{}», {title}", decision.title),
                None => format!("de uitkomst «{}»", decision.title),
            }];
            lines.extend(options(output.map(|o| o.options.as_slice()).unwrap_or_default()));
            lines
        }),
        Input::Score(d) => {
            let title = model.decisions.get(d).map_or("", |decision| decision.title.as_str());
            vec![format!("de punten bij «{title}»")]
        }
    }
}

/// Options with their labels, one a line.
pub(super) fn options(options: &[OptionInfo]) -> impl Iterator<Item = String> + '_ {
    options.iter().map(|o| match o.label.to_lowercase() == o.id.to_lowercase() {
        true => format!("  {}", o.id),
        false => format!("  {} = {}", o.id, o.label),
    })
}

/// How a test on an input is written. Figures are of no policy: they only show the notation.
pub(super) fn notation(model: &Model, input: Input) -> Vec<String> {
    let listed = |options: &[OptionInfo]| match options {
        [one, two, ..] => vec![
            format!("\"{}\" = alleen dit; \"{}, {}\" = een van deze;", one.id, one.id, two.id),
            format!("\"not({})\" = alles behalve dit; \"-\" = het beleid kent hier geen grens.", one.id),
        ],
        [one] => vec![format!("\"{}\" = alleen dit; \"-\" = het beleid kent hier geen grens.", one.id)],
        [] => vec![
            "Schrijf een uitkomst van deze beslissing, of \"-\" als het beleid hier geen grens kent."
                .to_owned(),
        ],
    };
    match input {
        Input::Question(q) => match model.questions.get(q) {
            Some(question @ QuestionInfo { kind: Type::Ordered { measure, .. }, .. }) => {
                let figure = figure(question);
                ordered(&figure.0, &figure.1, matches!(measure, Measure::Date | Measure::Time))
            }
            Some(question) => listed(&question.options),
            None => Vec::new(),
        },
        Input::Part(..) => ordered("6", "6", false),
        Input::Score(_) => ordered("10", "10", false),
        Input::Output(d, o) => {
            let decision = model.decisions.get(d);
            let numbers = decision.is_some_and(|d| match &d.rule {
                Rule::Table(table) => table
                    .rows
                    .iter()
                    .filter_map(|row| row.output.values())
                    .any(|values| matches!(values.get(o), Some(Value::Number(_)))),
                _ => false,
            });
            let known = decision.and_then(|d| d.outputs.get(o)).map(|o| o.options.as_slice());
            if numbers { ordered("10", "10", false) } else { listed(known.unwrap_or_default()) }
        }
    }
}

fn ordered(written: &str, read: &str, moment: bool) -> Vec<String> {
    let words = match moment {
        true => ["tot en met", "vóór", "vanaf", "na"],
        false => ["niet meer dan", "minder dan", "minstens", "meer dan"],
    };
    let [at_most, less, at_least, more] = words;
    vec![
        format!("\"<= {written}\" = {at_most} {read}; \"< {written}\" = {less} {read};"),
        format!(
            "\">= {written}\" = {at_least} {read}; \"> {written}\" = {more} {read}; \"-\" = het beleid kent hier geen grens."
        ),
        format!("{} laat alleen zien hoe u het schrijft.", capital(read)),
    ]
}

/// A figure in the domain of an ordered question, as it is written and as it is read.
fn figure(question: &QuestionInfo) -> (String, String) {
    let Type::Ordered { measure, min, max } = question.kind else { return Default::default() };
    match measure {
        Measure::Date => ("2026-01-31".to_owned(), "31 januari 2026".to_owned()),
        Measure::Time => ("12:00".to_owned(), "12:00 uur".to_owned()),
        Measure::Number { scale, step } => {
            let ten = number_ticks(rust_decimal::Decimal::TEN, scale, step);
            let fits = ten.filter(|(up, down)| up == down && (min..=max).contains(up)).map(|(up, _)| up);
            let tick = fits.unwrap_or_else(|| min.saturating_add(max.saturating_sub(min) / 2));
            let Value::Number(value) = tick_value(measure, tick) else { return Default::default() };
            let written = value.normalize().to_string();
            (written.clone(), number(&written))
        }
    }
}

/// A column of a table: its name, what it reads, and the values.
pub(super) fn column(model: &Model, name: &str, read: Input) -> Vec<String> {
    let mut lines = input(model, read).into_iter();
    let first = lines.next().unwrap_or_default();
    std::iter::once(after(&format!("kolom {name}"), &first))
        .chain(lines.map(|line| format!("  {line}")))
        .collect()
}
