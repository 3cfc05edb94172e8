//! Units and kinds of value in a formula: what may be added, and what a product is in.

use super::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Spanned;
use crate::formula::{Aggregate, Expression, Node, Operator, Unit};
use crate::model::{Input, Leaf, Measure, Model, Rule, Type};
use crate::source::Span;
use crate::term::Unit as TimeUnit;
use crate::value::Value;

/// The kind of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    /// A bare number, which takes the unit that it needs beside others.
    Bare,
    /// A number in a unit.
    In(Unit),
    Date,
    /// A length of time.
    Length,
}

type Checked = Result<Sort, Box<Diagnostic>>;

/// The kind of the value of a formula; a finding where its parts do not fit.
pub(super) fn check(context: &mut Context<'_>, model: &Model, formula: &Expression<Leaf>) -> Option<Sort> {
    match sort(context, model, formula) {
        Ok(Sort::Length) => {
            let message = "a length of time alone is no value";
            let finding = Diagnostic::error(Code::TypeMismatch, formula.span, message);
            context.push(finding.help("add it to a date, or take it from one"));
            None
        }
        Ok(sort) => Some(sort),
        Err(finding) => {
            context.push(*finding);
            None
        }
    }
}

/// The unit of the outcome: as declared, which must agree, else as it follows.
pub(super) fn agreed(
    context: &mut Context<'_>,
    id: &str,
    result: &Sort,
    declared: Option<&Spanned<String>>,
    span: Span,
) -> Option<Option<String>> {
    let found = match (result, declared) {
        (Sort::In(unit), None) => return Some((!unit.is_none()).then(|| unit.to_string())),
        (_, None) => return Some(None),
        (Sort::Bare, Some(declared)) => return Some(Some(declared.value.clone())),
        (Sort::In(unit), Some(declared)) if *unit == Unit::parse(&declared.value) => {
            return Some(Some(declared.value.clone()));
        }
        (Sort::In(unit), Some(_)) => named(unit),
        _ => "a date".to_owned(),
    };
    let declared = declared?;
    let message = format!("`{id}` is declared in {}, and its formula gives {found}", declared.value);
    let finding =
        Diagnostic::error(Code::UnitMismatch, span, message).related(declared.span, "the declared unit");
    context.push(finding.help(
        "correct the unit, or give the numbers in the formula theirs: a parameter with a `unit`, or `250 \"personen/beveiliger\"`",
    ));
    None
}

fn named(unit: &Unit) -> String {
    if unit.is_none() { "a number without a unit".to_owned() } else { unit.to_string() }
}

fn sort(context: &Context<'_>, model: &Model, part: &Expression<Leaf>) -> Checked {
    match &part.node {
        Node::Number(_, None) => Ok(Sort::Bare),
        Node::Number(_, Some(unit)) => Ok(Sort::In(Unit::parse(unit))),
        Node::Length(length) => match length.unit() {
            TimeUnit::Days | TimeUnit::Weeks | TimeUnit::Months | TimeUnit::Years => Ok(Sort::Length),
            _ => Err(wrong(
                part.span,
                "a formula counts days, weeks, months and years",
                "a step with a `term` counts the others",
            )),
        },
        Node::Name(leaf) => of_leaf(context, model, leaf, part.span),
        Node::Negate(inner) | Node::Round(_, _, inner) => match sort(context, model, inner)? {
            sort @ (Sort::Bare | Sort::In(_)) => Ok(sort),
            _ => Err(wrong(part.span, "this is no number", "only numbers have a sign and are rounded")),
        },
        Node::Apply(operator, parts) => {
            let (a, b) = (sort(context, model, &parts.0)?, sort(context, model, &parts.1)?);
            apply(*operator, (a, parts.0.span), (b, parts.1.span), part.span)
        }
        Node::Of(aggregate, parts) => {
            let mut all: Option<Sort> = None;
            let mut first = part.span;
            for inner in parts {
                let next = sort(context, model, inner)?;
                if next == Sort::Length || (*aggregate == Aggregate::Sum && next == Sort::Date) {
                    return Err(wrong(
                        inner.span,
                        "this is no number",
                        "`sum` adds numbers; `min` and `max` compare numbers or dates",
                    ));
                }
                let found = match all.take() {
                    Some(known) => same(known, next, (first, inner.span))?,
                    None => next,
                };
                if found != Sort::Bare && first == part.span {
                    first = inner.span;
                }
                all = Some(found);
            }
            Ok(all.unwrap_or(Sort::Bare))
        }
    }
}

fn wrong(span: Span, message: &str, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::TypeMismatch, span, message).help(help))
}

/// What two things are that are added or compared.
fn same(a: Sort, b: Sort, (place, span): (Span, Span)) -> Checked {
    match (a, b) {
        (Sort::Bare, sort @ Sort::In(_)) | (sort @ Sort::In(_), Sort::Bare) => Ok(sort),
        (a, b) if a == b => Ok(a),
        (Sort::In(a), Sort::In(b)) => {
            let message = format!("{} and {} are not in the same unit", named(&a), named(&b));
            let finding = Diagnostic::error(Code::UnitMismatch, span, message);
            Err(Box::new(finding.related(place, format!("in {}", named(&a))).help(
                "units are never converted: multiply or divide by a number with the unit that is missing",
            )))
        }
        // `min(datum, 3)`: a bare first argument fits nothing that is no number
        _ => Err(wrong(
            span,
            "a date and a number are not added or compared",
            "add a length of time, such as `8 weeks`",
        )),
    }
}

fn apply(operator: Operator, (a, place): (Sort, Span), (b, span): (Sort, Span), whole: Span) -> Checked {
    let divided = operator == Operator::Divide;
    match (operator, a, b) {
        (Operator::Add | Operator::Subtract, Sort::Date, Sort::Length) => Ok(Sort::Date),
        (Operator::Subtract, Sort::Date, Sort::Date) => Ok(Sort::In(Unit::parse("dagen"))),
        (Operator::Add, Sort::Length, Sort::Date) => {
            Err(wrong(whole, "a length of time stands behind the date", "write `datum + 8 weeks`"))
        }
        (Operator::Add | Operator::Subtract, Sort::Length, _) => Err(wrong(
            whole,
            "lengths of time are not added to each other",
            "units of time are never converted: add them to a date one by one",
        )),
        (Operator::Add, Sort::Date, Sort::Date) => Err(wrong(
            whole,
            "dates are not added to each other",
            "one date minus another gives a number of days",
        )),
        (Operator::Add | Operator::Subtract, a, b) => same(a, b, (place, span)),
        (_, Sort::Date | Sort::Length, _) => Err(wrong(
            place,
            "only numbers are multiplied and divided",
            "a date takes `+` and `-` with a length of time",
        )),
        (_, _, Sort::Date | Sort::Length) => Err(wrong(
            span,
            "only numbers are multiplied and divided",
            "a date takes `+` and `-` with a length of time",
        )),
        (_, Sort::Bare, Sort::Bare) => Ok(Sort::Bare),
        (_, a, b) => {
            let unit = |sort: Sort| if let Sort::In(unit) = sort { unit } else { Unit::default() };
            Ok(Sort::In(unit(a).with(&unit(b), divided)))
        }
    }
}

fn of_leaf(context: &Context<'_>, model: &Model, leaf: &Leaf, span: Span) -> Checked {
    let unit = |unit: Option<&str>| Ok(Sort::In(unit.map(Unit::parse).unwrap_or_default()));
    match leaf {
        Leaf::Parameter(parameter, _) => {
            let layers =
                context.merged.parameters.get(*parameter).map(|(_, l)| l.as_slice()).unwrap_or_default();
            let date = layers
                .iter()
                .any(|p| p.kind.as_ref().is_some_and(|k| k.value == crate::document::TypeName::Date));
            let declared = super::last(layers, |p| p.unit.as_ref()).map(|u| u.value.as_str());
            if date { Ok(Sort::Date) } else { unit(declared) }
        }
        Leaf::Input(Input::Question(q)) => {
            let Some(question) = model.questions.get(*q) else { return unit(None) };
            match question.kind {
                Type::Ordered { measure: Measure::Number { .. }, .. } => unit(question.unit.as_deref()),
                Type::Ordered { measure: Measure::Date, .. } => Ok(Sort::Date),
                _ => {
                    let finding = Diagnostic::error(
                        Code::TypeMismatch,
                        span,
                        format!("`{}` is no number, so a formula cannot read it", question.id),
                    );
                    Err(Box::new(
                        finding
                            .related(question.span, "declared here")
                            .help("let a table give a number for each of its answers, and read that"),
                    ))
                }
            }
        }
        Leaf::Input(Input::Part(..)) => Err(wrong(
            span,
            "a formula reads no part of a date",
            "let a table give a number for it, and read that",
        )),
        Leaf::Input(Input::Score(_)) => unit(None),
        Leaf::Input(Input::Output(d, o)) => of_output(model, *d, *o, span),
    }
}

/// An output must be a number in every row, or a date in every row.
fn of_output(model: &Model, d: usize, o: usize, span: Span) -> Checked {
    let Some(decision) = model.decisions.get(d) else { return Ok(Sort::In(Unit::default())) };
    let output = decision.outputs.get(o);
    let unit = || Ok(Sort::In(output.and_then(|o| o.unit.as_deref()).map(Unit::parse).unwrap_or_default()));
    let Rule::Table(table) = &decision.rule else { return unit() };
    let values = table.rows.iter().filter_map(|row| Some((row.output.value(o)?, row.span)));
    let mut dates = None;
    for (value, place) in values {
        let date = match value {
            Value::Number(_) => false,
            Value::Date(_) => true,
            other => {
                let message =
                    format!("`{}` is not a number in every row, so a formula cannot read it", decision.id);
                let finding = Diagnostic::error(Code::TypeMismatch, span, message);
                return Err(Box::new(
                    finding
                        .related(place, format!("here it is `{other}`"))
                        .help("let every row give a number, or let the formula read another decision"),
                ));
            }
        };
        if dates.is_some_and(|known| known != date) {
            return Err(wrong(
                span,
                "numbers and dates are mixed in its rows",
                "let every row give the same",
            ));
        }
        dates = Some(date);
    }
    if dates == Some(true) { Ok(Sort::Date) } else { unit() }
}
