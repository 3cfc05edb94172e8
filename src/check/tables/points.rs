//! Points: what is added to a score.

use super::{Reference, input, node, reference, rule_layer};
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Decision;
use crate::model::{Input, Model, PointsInfo, Rule};
use crate::source::Span;
use crate::value::Value;

/// The names that a decision adds, each once.
pub(super) fn terms(context: &mut Context<'_>, layers: &[&Decision]) -> Vec<(Reference, Span)> {
    let Some(points) = rule_layer(layers).and_then(|d| d.points.as_ref()) else { return Vec::new() };
    let mut terms: Vec<(Reference, Span)> = Vec::new();
    for name in &points.value {
        let Some(term) = reference(context, &name.value, name.span) else { continue };
        if terms.iter().any(|(known, _)| *known == term) {
            context.push(
                Diagnostic::error(Code::Duplicate, name.span, format!("`{}` is added twice", name.value))
                    .help("name each term once"),
            );
        } else {
            terms.push((term, name.span));
        }
    }
    terms
}

/// The rule of a score, when every term is known.
pub(super) fn score(
    context: &mut Context<'_>,
    model: &Model,
    terms: &[(Reference, Span)],
) -> Option<PointsInfo> {
    let mut info = PointsInfo { terms: Vec::new(), scale: 0 };
    let mut unit: Option<(String, Span)> = None;
    let mut whole = true;
    for (reference, span) in terms {
        let vague = context.vague.contains(&node(context, reference));
        // what has no rules on this date has no points to add
        let vague = vague || matches!(reference, Reference::Decision(d, _) if context.dormant.contains(d));
        let input = if vague { None } else { input(context, model, reference, *span) };
        whole &= input.is_some();
        let Some(input) = input else { continue };
        match points_of(model, input) {
            Ok((scale, its_unit)) => {
                info.terms.push(input);
                info.scale = info.scale.max(scale);
                match (&unit, its_unit) {
                    (Some((first, place)), Some(other)) if *first != other => context.push(
                        Diagnostic::error(Code::UnitMismatch, *span, format!("`{other}` is added to `{first}`"))
                            .related(*place, format!("in {first}")),
                    ),
                    (None, Some(other)) => unit = Some((other, *span)),
                    _ => {}
                }
            }
            Err(problem) => context.push(
                Diagnostic::error(Code::TypeMismatch, *span, format!("`{}` {problem}", model.input_name(input)))
                    .help("points come from options with `points:` on every option, or from numeric outputs of decisions"),
            ),
        }
    }
    whole.then_some(info)
}

/// The decimals and unit of what an input adds to a score, or why it adds nothing.
fn points_of(model: &Model, input: Input) -> Result<(u32, Option<String>), &'static str> {
    match input {
        Input::Question(q) => {
            if q >= model.asked() {
                return Err("is worked out by a formula or a count; a `formula` of its own can add it up");
            }
            let options = model.questions.get(q).map(|q| q.options.as_slice()).unwrap_or_default();
            // those of other dates count too, so that the steps of a score are the same on every date
            let others = model.questions.get(q).map(|q| q.no_options.as_slice()).unwrap_or_default();
            let all = options.iter().map(|o| o.points).chain(others.iter().map(|o| o.points));
            let points: Option<Vec<_>> = all.collect();
            let points = points.filter(|p| !p.is_empty()).ok_or("has no points")?;
            Ok((points.iter().map(|p| p.normalize().scale()).max().unwrap_or(0), None))
        }
        Input::Score(d) => match model.decisions.get(d).map(|d| &d.rule) {
            Some(Rule::Points(points)) => Ok((points.scale, None)),
            _ => Err("has no points"),
        },
        Input::Output(d, o) => {
            let decision = model.decisions.get(d).ok_or("has no points")?;
            let Rule::Table(table) = &decision.rule else {
                return Err("is not loaded, so its points are not known");
            };
            let mut scale = 0;
            for row in &table.rows {
                match row.output.value(o) {
                    None => {}
                    Some(Value::Number(n)) => scale = scale.max(n.normalize().scale()),
                    Some(_) => return Err("is not a number in every row"),
                }
            }
            for value in decision.other_values.iter().filter_map(|row| row.get(o)) {
                if let Value::Number(n) = value {
                    scale = scale.max(n.normalize().scale());
                }
            }
            Ok((scale, decision.outputs.get(o).and_then(|o| o.unit.clone())))
        }
        Input::Part(..) => Err("is a part of a date"),
    }
}
