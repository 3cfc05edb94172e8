//! Formulas: names resolved, units checked, and the numbers that they can give.

mod units;

use super::Context;
use super::layers::last;
use super::names::Symbol;
use super::numbers;
use super::sources::cite;
use super::tables::{Reference, input, reference, rule_layer};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Decision, Spanned, TypeName};
use crate::formula::{Bounds, Expression, Rational, grid, parse};
use crate::limits::MAX_TICK;
use crate::model::{
    Derived, Formula, How, Input, Leaf, Measure, Model, OutputInfo, QuestionInfo, Rule, Type,
};
use crate::source::Span;
use crate::ticks::ticks;
use crate::value::{Date, Value, parse_decimal};

use units::Sort;

/// A formula with its names resolved, as far as they stand for something.
pub(super) struct RawFormula {
    expression: Expression<String>,
    names: Vec<(String, Option<Name>)>,
    text: Spanned<String>,
}

/// What a name in a formula stands for, before decisions are known.
#[derive(Clone)]
enum Name {
    Reference(Reference),
    Parameter(usize),
}

impl RawFormula {
    pub(super) fn references(&self) -> impl Iterator<Item = &Reference> {
        self.names.iter().filter_map(|(_, name)| match name {
            Some(Name::Reference(reference)) => Some(reference),
            _ => None,
        })
    }
}

/// Per decision its formula, if it has one that can be read.
pub(super) fn read(context: &mut Context<'_>) -> Vec<Option<RawFormula>> {
    let merged = context.merged;
    let one = |(_, layers): &(&Spanned<String>, Vec<&Decision>)| {
        let layer = rule_layer(layers).filter(|d| d.table.is_none() && d.points.is_none())?;
        let text = layer.formula.as_ref()?;
        let expression = match parse(&text.value, within(text)) {
            Ok(expression) => expression,
            Err(finding) => {
                context.push(*finding);
                return None;
            }
        };
        for (literal, span) in expression.numbers() {
            context.push(numbers::thousands(&literal.to_string(), span));
        }
        let mut names: Vec<(String, Option<Name>)> = Vec::new();
        for (name, span) in expression.names() {
            if names.iter().all(|(known, _)| known != name) {
                names.push((name.clone(), named(context, name, span)));
            }
        }
        Some(RawFormula { expression, names, text: text.clone() })
    };
    merged.decisions.iter().map(one).collect()
}

/// The place of a text without the quotes around it.
fn within(text: &Spanned<String>) -> Span {
    let quotes = (text.span.end - text.span.start) as usize == text.value.len() + 2;
    if quotes { text.span.part(1, text.value.len()) } else { text.span }
}

fn named(context: &mut Context<'_>, name: &str, span: Span) -> Option<Name> {
    if let Some(Symbol::Parameter(parameter)) = context.names.get(name) {
        return Some(Name::Parameter(parameter));
    }
    let known = context.names.get(name.split('.').next().unwrap_or(name)).is_some();
    if !known {
        let finding = context.names.unknown(span, name, "a question, decision or parameter");
        context.push(finding);
        return None;
    }
    reference(context, name, span).map(Name::Reference)
}

/// Keys that only a formula has.
pub(super) fn only_with_formula(context: &mut Context<'_>, id: &Spanned<String>, layers: &[&Decision]) {
    let Some(layer) = rule_layer(layers) else { return };
    if let (Some(formula), true) = (&layer.formula, layer.table.is_some() || layer.points.is_some()) {
        let other = if layer.table.is_some() { "a table" } else { "points" };
        let message = format!("`{}` has both {other} and a formula", id.value);
        context.push(
            Diagnostic::error(Code::WrongShape, formula.span, message).help("make two decisions of it"),
        );
    }
    if layer.formula.is_some() {
        if let Some((output, _)) = last(layers, |d| d.outputs.0.first()) {
            let message = format!("`{}` has a formula, which has no outputs", id.value);
            let finding = Diagnostic::error(Code::WrongShape, output.span, message);
            context.push(finding.help("give its `unit` beside the formula, and leave `outputs` out"));
        }
        return;
    }
    let keys = |d: &&Decision| {
        let keys = [
            ("unit", d.unit.clone()),
            ("step", d.step.clone()),
            ("min", d.min.clone()),
            ("max", d.max.clone()),
        ];
        keys.into_iter().find_map(|(key, value)| value.map(|value| (key, value.span)))
    };
    if let Some((key, span)) = layers.iter().find_map(keys) {
        let message = format!("`{key}` of `{}` goes with a formula", id.value);
        let finding = Diagnostic::error(Code::WrongShape, span, message);
        context.push(finding.help(match key {
            "unit" => "the unit of a table stands under `outputs: { name: { unit: … } }`",
            _ => "leave it out: a table gives the values of its rows, and a score the sum of its points",
        }));
    }
}

/// The outputs and rule of a decision that shows a derived question.
pub(super) fn decision(
    model: &mut Model,
    id: &Spanned<String>,
    question: Option<QuestionInfo>,
) -> (Vec<OutputInfo>, Rule) {
    let Some(question) = question else { return (Vec::new(), Rule::Unloaded) };
    let output =
        OutputInfo { name: id.value.clone().into(), unit: question.unit.clone(), ..OutputInfo::default() };
    model.questions.push(question);
    (vec![output], Rule::Derived(model.questions.len() - 1))
}

/// The derived question of a formula.
pub(super) fn question(
    context: &mut Context<'_>,
    model: &Model,
    d: usize,
    raw: &RawFormula,
) -> Option<QuestionInfo> {
    let (id, layers) = context.merged.decisions.get(d)?;
    let expression = raw.expression.map(&mut |name, span| leaf(context, model, raw, name, span))?;
    let result = units::check(context, model, &expression)?;
    let declared = last(layers, |d| d.unit.as_ref());
    let unit = units::agreed(context, &id.value, &result, declared, raw.text.span)?;
    let inputs: Vec<Input> = distinct(expression.names().into_iter().filter_map(|(leaf, _)| match leaf {
        Leaf::Input(input) => Some(*input),
        Leaf::Parameter(..) => None,
    }));
    let unset = unset(model, &expression, &inputs);
    let bounds = expression.bounds(&mut |leaf| of_leaf(model, leaf).1);
    let silent = expression.bounds(&mut |leaf| silence(model, leaf)) == Bounds::missing(1);
    let step = last(layers, |d| d.step.as_ref());
    let measure = match result {
        Sort::Date => Measure::Date,
        _ => measure(context, model, &expression, (&id.value, step, raw.text.span), unset.is_empty())?,
    };
    let (low, high) = ends(measure, &bounds);
    let mut end = |key: &str, written: Option<&Spanned<String>>, default: i64, up: bool| {
        bound(context, (&id.value, key), written, measure, (default, up))
    };
    let (least, most) = (last(layers, |d| d.min.as_ref()), last(layers, |d| d.max.as_ref()));
    let (min, max) = (end("min", least, low, true)?, end("max", most, high, false)?);
    if min > max {
        let message = format!("`{}` has no possible value: its lowest is above its highest", id.value);
        let finding =
            Diagnostic::error(Code::OutsideDomain, most.or(least).map_or(id.span, |m| m.span), message);
        context.push(finding.help("correct `min` or `max`: the formula gives values outside them"));
        return None;
    }
    Some(QuestionInfo {
        id: id.value.clone().into(),
        ask: last(layers, |d| d.title.as_ref()).map_or_else(|| id.value.clone(), |t| t.value.clone()),
        help: last(layers, |d| d.help.as_ref()).map(|h| h.value.clone()),
        section: usize::MAX,
        kind: Type::Ordered { measure, min, max },
        integer: measure == Measure::Number { scale: 0, step: 1 },
        options: Vec::new(),
        no_options: Vec::new(),
        not_asked: None,
        heaviest: false,
        unit,
        bounds: (least.is_some(), most.is_some()),
        when: None,
        required: false,
        may_not_apply: bounds.not_applicable,
        judgement: false,
        suggested_by: None,
        class: None,
        strength: None,
        of: None,
        derived: Some(Derived {
            inputs,
            unset,
            silent,
            how: How::Formula(Formula { expression, text: raw.text.value.clone() }),
        }),
        sources: rule_layer(layers).map_or_else(Vec::new, |d| cite(context, &d.sources)),
        span: id.span,
        when_span: None,
    })
}

fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut list = Vec::new();
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
    list
}

/// The parameters that no layer sets, also of the formulas that it reads.
fn unset(model: &Model, expression: &Expression<Leaf>, inputs: &[Input]) -> Vec<usize> {
    let own = expression.names().into_iter().filter_map(|(leaf, _)| match leaf {
        Leaf::Parameter(parameter, None) => Some(*parameter),
        _ => None,
    });
    let read = inputs.iter().filter_map(|input| match input {
        Input::Question(q) => model.questions.get(*q)?.derived.as_ref(),
        _ => None,
    });
    distinct(own.chain(read.flat_map(|derived| derived.unset.iter().copied())))
}

/// What a leaf can be where of what is unset nothing is known.
fn silence(model: &Model, leaf: &Leaf) -> Bounds {
    let derived = |q: usize| model.questions.get(q).and_then(|question| question.derived.as_ref());
    match leaf {
        Leaf::Parameter(_, None) => Bounds::missing(1),
        Leaf::Input(Input::Question(q)) if derived(*q).is_some_and(|derived| derived.silent) => {
            Bounds { not_applicable: conditional(model, *q), ..Bounds::missing(1) }
        }
        _ => of_leaf(model, leaf).1,
    }
}

/// Whether a derived question has a condition, which stands on the decision that shows it.
fn conditional(model: &Model, q: usize) -> bool {
    let decision = model.shown_by(q).and_then(|d| model.decisions.get(d));
    decision.is_some_and(|decision| decision.when.is_some())
}

fn leaf(context: &mut Context<'_>, model: &Model, raw: &RawFormula, name: &str, span: Span) -> Option<Leaf> {
    match raw.names.iter().find(|(known, _)| known == name)?.1.as_ref()? {
        Name::Reference(reference) => input(context, model, reference, span).map(Leaf::Input),
        Name::Parameter(parameter) => parameter_value(context, *parameter, name, span),
    }
}

/// The value of a parameter: a number, or the day of a date.
fn parameter_value(context: &mut Context<'_>, parameter: usize, name: &str, span: Span) -> Option<Leaf> {
    let (_, layers) = context.merged.parameters.get(parameter)?;
    let kind = super::sources::declared_type(layers).map(|kind| kind.value);
    if context.lost_parameter(name) {
        return None;
    }
    if !matches!(kind, Some(TypeName::Integer | TypeName::Decimal | TypeName::Date)) {
        let message = format!("parameter `{name}` is no number, so a formula cannot read it");
        let finding = Diagnostic::error(Code::TypeMismatch, span, message);
        context
            .push(finding.help("declare it with `type: integer`, `decimal` or `date`, and with its `unit`"));
        return None;
    }
    let Some(setting) = super::tables::setting_of(context, parameter) else {
        return Some(Leaf::Parameter(parameter, None));
    };
    let value = match kind {
        Some(TypeName::Date) => Date::parse(&setting.text).map(|date| Rational::whole(date.ticks())),
        _ => parse_decimal(&setting.text).and_then(Rational::decimal),
    };
    // of points between thousands there is a finding where it is set
    if value.is_none() && numbers::thousands(&setting.text, setting.span).is_none() {
        let before = context.out.len();
        numbers::number(context, &setting.text, setting.span);
        if context.out.len() == before {
            let message =
                format!("`{}` is no value for a formula to read", crate::tree::excerpt(&setting.text));
            let finding = Diagnostic::error(Code::TypeMismatch, setting.span, message);
            context.push(finding.related(span, "it is read here"));
        }
    }
    value.map(|value| Leaf::Parameter(parameter, Some(value)))
}

/// What a leaf can be when nothing is known, with a number of which all its values are whole multiples.
fn of_leaf(model: &Model, leaf: &Leaf) -> (Option<Rational>, Bounds) {
    let limit = || Bounds::between(Rational::whole(-MAX_TICK), Rational::whole(MAX_TICK));
    match leaf {
        Leaf::Parameter(_, Some(value)) => (absolute(*value), Bounds::only(*value)),
        Leaf::Parameter(_, None) => (None, limit()),
        Leaf::Input(Input::Question(q) | Input::Part(q, _)) => {
            let Some(question) = model.questions.get(*q) else { return (None, limit()) };
            let Type::Ordered { measure, min, max } = question.kind else { return (None, limit()) };
            let (scale, step) = scale_of(measure);
            let ends = Rational::steps(min, scale, step).zip(Rational::steps(max, scale, step));
            let mut bounds = ends.map_or_else(limit, |(low, high)| Bounds::between(low, high));
            bounds.not_applicable = question.may_not_apply || question.when.is_some();
            bounds.not_applicable |= conditional(model, *q);
            (Rational::steps(1, scale, step), bounds)
        }
        Leaf::Input(Input::Score(d)) => {
            let scale = match model.decisions.get(*d).map(|d| &d.rule) {
                Some(Rule::Points(points)) => points.scale,
                _ => 0,
            };
            let mut bounds = limit();
            bounds.not_applicable = model.decisions.get(*d).is_some_and(|d| d.when.is_some());
            (Rational::steps(1, scale, 1), bounds)
        }
        Leaf::Input(Input::Output(d, o)) => {
            let Some(decision) = model.decisions.get(*d) else { return (None, limit()) };
            let numbers: Vec<Rational> = output_numbers(&decision.rule, *o);
            let common = numbers.iter().try_fold(Rational::ZERO, |common, n| common.common(*n));
            let mut bounds = match (numbers.iter().min(), numbers.iter().max()) {
                (Some(low), Some(high)) if !decision.rule.can_be_any(*o) => Bounds::between(*low, *high),
                _ => limit(),
            };
            bounds.not_applicable = decision.when.is_some();
            (common.filter(|_| !numbers.is_empty()), bounds)
        }
    }
}

/// The numbers, or days, that an output can be.
fn output_numbers(rule: &Rule, output: usize) -> Vec<Rational> {
    let Rule::Table(table) = rule else { return Vec::new() };
    let values = table.rows.iter().filter_map(|row| row.output.value(output));
    distinct(values.filter_map(|value| match value {
        Value::Number(n) => Rational::decimal(*n),
        Value::Date(date) => Some(Rational::whole(date.ticks())),
        _ => None,
    }))
}

fn absolute(value: Rational) -> Option<Rational> {
    value.common(Rational::ZERO)
}

fn scale_of(measure: Measure) -> (u32, i64) {
    match measure {
        Measure::Number { scale, step } => (scale, step),
        Measure::Date | Measure::Time => (0, 1),
    }
}

/// The step of the value of a formula: as declared, else the largest of which every value is a whole number.
fn measure(
    context: &mut Context<'_>,
    model: &Model,
    expression: &Expression<Leaf>,
    (id, step, span): (&str, Option<&Spanned<String>>, Span),
    whole: bool,
) -> Option<Measure> {
    const OF_UNSET: Measure = Measure::Number { scale: 6, step: 1 };
    let found = grid(expression, &mut |leaf| of_leaf(model, leaf));
    let found = found.map(|grid| if grid == Rational::ZERO { Rational::whole(1) } else { grid });
    let declared = match step {
        None => None,
        Some(step) => match parse_decimal(&step.value).map(|s| s.normalize()) {
            Some(value) if value.is_sign_positive() && !value.is_zero() => Some((value, step.span)),
            _ => {
                let message =
                    format!("`step` is a number above 0, found `{}`", crate::tree::excerpt(&step.value));
                context.push(Diagnostic::error(Code::TypeMismatch, step.span, message));
                return None;
            }
        },
    };
    let as_measure = |step: Rational| step.as_step().map(|(step, scale)| Measure::Number { scale, step });
    let endless = |span: Span| {
        let message = format!("the value of `{id}` may have more decimals than can be written");
        Diagnostic::error(Code::BadFormula, span, message)
            .help("round it: `round(…, 2)`, `floor(…)` or `ceiling(…)`")
    };
    match (found, declared) {
        (None, None) if !whole => Some(OF_UNSET), // what it comes to depends on what is not set
        (None, None) => {
            context.push(endless(span));
            None
        }
        (Some(grid), None) => {
            let measure = as_measure(grid).or((!whole).then_some(OF_UNSET));
            if measure.is_none() {
                context.push(endless(span));
            }
            measure
        }
        (found, Some((declared, place))) => {
            let step = Rational::decimal(declared);
            let fits = match (found, step) {
                (Some(grid), Some(step)) => grid.divide(step).is_some_and(|ratio| ratio.integer().is_some()),
                (None, _) => !whole,
                _ => false,
            };
            if !fits {
                let message = format!("`{id}` need not be a whole number of steps of {declared}");
                let finding = Diagnostic::error(Code::BadFormula, span, message).related(place, "the step");
                context.push(finding.help("round the formula to the step, or make the step smaller"));
                return None;
            }
            step.and_then(as_measure)
        }
    }
}

/// The lowest and highest tick of a formula, as far as they can be counted.
fn ends(measure: Measure, bounds: &Bounds) -> (i64, i64) {
    let (least, most) = match measure {
        Measure::Date => {
            let day = |y, m, d| Date::new(y, m, d).map_or(0, Date::ticks);
            (day(1, 1, 1), day(9999, 12, 31))
        }
        _ => (-MAX_TICK, MAX_TICK),
    };
    let (scale, step) = scale_of(measure);
    let ticks = |value: Rational| value.divide(Rational::steps(1, scale, step)?);
    let tick = |ticks: i128| {
        i64::try_from(ticks).map_or(if ticks < 0 { least } else { most }, |t| t.clamp(least, most))
    };
    match bounds.range.map(|(low, high)| (ticks(low), ticks(high))) {
        Some((Some(low), Some(high))) => (tick(low.ceiling()), tick(high.floor())),
        _ => (least, most),
    }
}

/// A declared end, as a tick.
fn bound(
    context: &mut Context<'_>,
    (id, key): (&str, &str),
    written: Option<&Spanned<String>>,
    measure: Measure,
    (default, up): (i64, bool),
) -> Option<i64> {
    let Some(written) = written else { return Some(default) };
    match ticks(&written.value, measure) {
        Some((ceil, floor)) => Some(if up { ceil } else { floor }),
        None => {
            let message = format!(
                "`{key}` of `{id}` is {}, which is no value of it",
                crate::tree::excerpt(&written.value)
            );
            context.push(Diagnostic::error(Code::TypeMismatch, written.span, message));
            None
        }
    }
}
