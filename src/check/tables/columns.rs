//! Columns: what a header reads, the domain of its tests, and its cells typed in that light.

use std::collections::BTreeSet;

use super::{Reference, node, rule_layer};
use crate::check::Context;
use crate::check::types::{self, Domain, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::HitPolicy;
use crate::limits::MAX_STATES;
use crate::model::{Atom, Bound, DecisionInfo, Input, Model, OutputInfo, Rule, Type};
use crate::source::Span;
use crate::unary::Test;
use crate::value::Value;

/// Resolves a reference to an input, now that the outputs of earlier decisions are known.
pub(in crate::check) fn input(
    context: &mut Context<'_>,
    model: &Model,
    reference: &Reference,
    span: Span,
) -> Option<Input> {
    let (d, output) = match reference {
        Reference::Question(q) | Reference::Year(q) => return Some(Input::Question(*q)),
        Reference::Part(q, part) => return Some(Input::Part(*q, *part)),
        Reference::Decision(d, output) => (*d, output),
    };
    let decision = model.decisions.get(d)?;
    let layers = context.merged.decisions.get(d).map(|(_, layers)| layers.as_slice());
    let read = context.dormant.contains(&d) || rule_layer(layers.unwrap_or_default()).is_none();
    if matches!(decision.rule, Rule::Unloaded) && !read {
        return None; // its table could not be read, which has its own findings
    }
    match (&decision.rule, output) {
        (Rule::Points(_), None) => Some(Input::Score(d)),
        (Rule::Derived(q), None) => Some(Input::Question(*q)),
        (Rule::Table(table), _) if table.hit == HitPolicy::Collect => {
            context.push(
                Diagnostic::error(
                    Code::TypeMismatch,
                    span,
                    format!("`{}` gives a list, which cannot be tested", decision.id),
                )
                .help("use another hit policy for a decision that others read"),
            );
            None
        }
        (_, Some(name)) => match decision.outputs.iter().position(|o| o.name == *name) {
            Some(o) => Some(Input::Output(d, o)),
            None => {
                let known: Vec<&str> = decision.outputs.iter().map(|o| o.name.as_str()).collect();
                let finding = Diagnostic::error(
                    Code::UnknownName,
                    span,
                    format!("`{}` has no output `{name}`", decision.id),
                );
                let finding = crate::suggest::with_suggestion(finding, name, known.iter().copied());
                context.push(finding);
                None
            }
        },
        (_, None) if decision.outputs.len() == 1 => Some(Input::Output(d, 0)),
        (_, None) if decision.outputs.is_empty() => {
            context.push(
                Diagnostic::error(
                    Code::MissingKey,
                    decision.span,
                    format!("`{}` is not loaded and does not say which values it can have", decision.id),
                )
                .related(span, "it is tested here")
                .help("declare `outputs: { name: { options: { … } } }`"),
            );
            None
        }
        (_, None) => {
            let names: Vec<String> =
                decision.outputs.iter().map(|o| format!("`{}.{}`", decision.id, o.name)).collect();
            context.push(
                Diagnostic::error(Code::TypeMismatch, span, format!("`{}` has several outputs", decision.id))
                    .help(format!("name one of {}", names.join(", "))),
            );
            None
        }
    }
}

/// The values that an output can have, as far as rows and declaration tell.
fn output_values(decision: &DecisionInfo, output: usize) -> Vec<Value> {
    if let Some(info) = decision.outputs.get(output).filter(|info| info.declared()) {
        let others = info.no_options.iter().map(|o| &o.id);
        let options = info.options.iter().map(|o| &o.id).chain(others);
        return options.map(|id| Value::Text(id.clone())).collect();
    }
    decision.given(output)
}

fn domain<'m>(
    context: &mut Context<'_>,
    model: &'m Model,
    input: Input,
    years: bool,
    span: Span,
) -> Option<Domain<'m>> {
    match input {
        Input::Question(q) => {
            let question = model.questions.get(q)?;
            let domain = types::question_domain(question, years);
            if domain.is_none()
                || (years
                    && !matches!(question.kind, Type::Ordered { measure: crate::model::Measure::Date, .. }))
            {
                let id = &question.id;
                let finding = |message: String| Diagnostic::error(Code::TypeMismatch, span, message);
                context.push(match question.kind {
                    _ if years => finding(format!("`{id}` is not a date")),
                    Type::List => finding(format!("`{id}` is a list, which rules cannot test"))
                        .help(format!("test one of its fields (`{id}.field`), or a `count:` of its records")),
                    _ => finding(format!("`{id}` is free text, which rules cannot test")),
                });
                return None;
            }
            domain
        }
        Input::Part(q, part) => {
            let question = model.questions.get(q)?;
            if !matches!(question.kind, Type::Ordered { measure: crate::model::Measure::Date, .. }) {
                context.push(Diagnostic::error(
                    Code::TypeMismatch,
                    span,
                    format!("`{}` is not a date", question.id),
                ));
                return None;
            }
            Some(Domain { name: model.input_name(input), kind: Kind::Part(part), declared: None })
        }
        Input::Output(d, o) => {
            let decision = model.decisions.get(d)?;
            let declared = decision.outputs.get(o).is_some_and(OutputInfo::declared);
            let open = !declared && decision.rule.can_be_any(o);
            let kind = Kind::Values(output_values(decision, o), open);
            Some(Domain { name: model.input_name(input), kind, declared: Some(decision.span) })
        }
        Input::Score(d) => {
            let decision = model.decisions.get(d)?;
            let Rule::Points(points) = &decision.rule else { return None };
            let measure = crate::model::Measure::Number { scale: points.scale, step: 1 };
            let limit = crate::limits::MAX_TICK;
            let kind = Kind::Ordered { measure, min: -limit, max: limit, years: false };
            Some(Domain { name: decision.id.to_string(), kind, declared: Some(decision.span) })
        }
    }
}

/// The typed cells of one column.
pub(super) fn column(
    context: &mut Context<'_>,
    model: &Model,
    reference: &Reference,
    span: Span,
    cells: &[&[Test]],
) -> Option<(Input, Vec<Vec<Atom>>)> {
    let node = node(context, reference);
    if context.vague.contains(&node) {
        return None;
    }
    let input = input(context, model, reference, span)?;
    let domain = domain(context, model, input, matches!(reference, Reference::Year(_)), span)?;
    let mut ok = true;
    let mut typed = Vec::new();
    for tests in cells {
        match types::atoms(context, tests, &domain) {
            Some(atoms) => typed.push(atoms),
            None => ok = false,
        }
    }
    let ways = ways(&typed);
    if ways > MAX_STATES {
        context.push(
            Diagnostic::error(
                Code::TooLarge,
                span,
                format!("`{}` is compared with so many unset parameters that they could go more than {MAX_STATES} ways", domain.name),
            )
            .help("spread them over several decisions"),
        );
        return None;
    }
    ok.then_some((input, typed))
}

/// In how many ways the unset parameters that these cells name could go.
fn ways(cells: &[Vec<Atom>]) -> usize {
    fn gather(atoms: &[Atom], tests: &mut BTreeSet<usize>, ends: &mut BTreeSet<usize>) {
        for atom in atoms {
            match atom {
                Atom::Unset(parameter) => {
                    tests.insert(*parameter);
                }
                Atom::Range(lo, hi) => {
                    for bound in [lo, hi] {
                        if let Bound::Unset { parameter, .. } = bound {
                            ends.insert(*parameter);
                        }
                    }
                }
                Atom::Not(inner) | Atom::Fails(inner) => gather(inner, tests, ends),
                _ => {}
            }
        }
    }
    let (mut tests, mut ends) = (BTreeSet::new(), BTreeSet::new());
    cells.iter().for_each(|atoms| gather(atoms, &mut tests, &mut ends));
    let power = |base: usize, n: usize| base.saturating_pow(u32::try_from(n).unwrap_or(u32::MAX));
    power(2, tests.len()).saturating_mul(power(3, ends.len()))
}
