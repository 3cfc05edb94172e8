//! Questions with their types, and the conditions under which they are relevant.

use super::sources::{cite, missing};
use super::tables::{RawTables, Reference};
use super::types::{decimals, terms};
use super::{Context, numbers};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Clause, Condition, OptionDef, Question, Spanned, TypeName};
use crate::limits::{MAX_ALTERNATIVES, MAX_TICK};
use crate::model::{Measure, OptionInfo, QuestionInfo, Type};
use crate::source::Span;
use crate::ticks::ticks;
use crate::unary::{self, Test};
use crate::value::{Date, parse_decimal};

/// A clause with its name resolved and its test read but not yet typed.
#[derive(Debug, Clone)]
pub(super) struct RawClause {
    pub(super) reference: Reference,
    pub(super) span: Span,
    pub(super) tests: Vec<Test>,
    pub(super) negated: bool,
}

/// Alternatives, of which one must hold, of clauses, which must all hold.
#[derive(Debug, Clone)]
pub(super) struct RawCondition {
    pub(super) span: Span,
    pub(super) alternatives: Vec<Vec<RawClause>>,
    /// Whether a part of it could not be read, so that nothing can be said about it.
    pub(super) lost: bool,
}

/// The conditions of all questions and decisions.
pub(super) struct Conditions {
    pub(super) questions: Vec<Option<RawCondition>>,
    pub(super) decisions: Vec<Option<RawCondition>>,
    /// Per decision which records it counts.
    pub(super) counts: Vec<Option<RawCondition>>,
}

pub(super) fn read_conditions(context: &mut Context<'_>) -> Conditions {
    let merged = context.merged;
    let questions = merged
        .questions
        .iter()
        .enumerate()
        .map(|(q, (section, question))| {
            if merged.list_of(q).is_some() {
                return None; // a field is asked for every record
            }
            let outer = merged.sections.get(*section).and_then(|s| s.when.as_ref());
            let outer = outer.map(|c| read(context, c));
            let inner = question.when.as_ref().map(|c| read(context, c));
            match (outer, inner) {
                (Some(a), Some(b)) => Some(RawCondition {
                    span: b.span,
                    alternatives: both(context, b.span, &a.alternatives, &b.alternatives),
                    lost: a.lost || b.lost,
                }),
                (a, b) => b.or(a),
            }
        })
        .collect();
    let decisions = merged
        .decisions
        .iter()
        .map(|(_, layers)| super::layers::last(layers, |d| d.when.as_ref()).map(|c| read(context, c)))
        .collect();
    let counts = merged.decisions.iter().map(|(_, layers)| super::counts::read(context, layers)).collect();
    Conditions { questions, decisions, counts }
}

pub(super) fn read(context: &mut Context<'_>, condition: &Spanned<Condition>) -> RawCondition {
    let before = context.out.len();
    let alternatives = alternatives(context, &condition.value, condition.span, false);
    if alternatives.len() > MAX_ALTERNATIVES {
        too_large(context, condition.span);
    }
    RawCondition { span: condition.span, alternatives, lost: context.out.len() > before }
}

fn too_large(context: &mut Context<'_>, span: Span) {
    let message = format!("this condition has more than {MAX_ALTERNATIVES} alternatives");
    let finding = Diagnostic::error(Code::TooLarge, span, message);
    context.push(finding.help("move parts of it into a decision and test that"));
}

/// A condition or its negation, as alternatives.
fn alternatives(
    context: &mut Context<'_>,
    condition: &Condition,
    span: Span,
    negated: bool,
) -> Vec<Vec<RawClause>> {
    let (parts, all): (Vec<Vec<Vec<RawClause>>>, bool) = match condition {
        Condition::All(clauses) => (clauses.iter().map(|c| clause(context, c, negated)).collect(), true),
        Condition::Any(list) => {
            (list.iter().map(|c| alternatives(context, c, span, negated)).collect(), false)
        }
    };
    if all != negated {
        parts.into_iter().fold(vec![Vec::new()], |sum, part| both(context, span, &sum, &part))
    } else {
        parts.into_iter().flatten().collect()
    }
}

/// Every pair of an alternative of `a` and one of `b`.
fn both(
    context: &mut Context<'_>,
    span: Span,
    a: &[Vec<RawClause>],
    b: &[Vec<RawClause>],
) -> Vec<Vec<RawClause>> {
    if a.len().saturating_mul(b.len()) > MAX_ALTERNATIVES {
        too_large(context, span);
        return a.to_vec();
    }
    a.iter().flat_map(|x| b.iter().map(move |y| x.iter().chain(y).cloned().collect())).collect()
}

fn clause(context: &mut Context<'_>, clause: &Clause, negated: bool) -> Vec<Vec<RawClause>> {
    match clause {
        Clause::Not(inner) => alternatives(context, &inner.value, inner.span, !negated),
        Clause::Test(name, test) => {
            let reference = super::tables::reference(context, &name.value, name.span);
            let tests = match unary::parse(&test.value, test.span) {
                Ok(tests) => tests,
                Err(finding) => {
                    let question = context.names.question(&name.value);
                    let finding = numbers::with_unit(context, question, &test.value, finding);
                    context.push(finding);
                    return vec![Vec::new()];
                }
            };
            let Some(reference) = reference else { return vec![Vec::new()] };
            vec![vec![RawClause { reference, span: name.span, tests, negated }]]
        }
    }
}

pub(super) fn resolve(
    context: &mut Context<'_>,
    tables: &RawTables,
    conditions: &Conditions,
) -> Vec<QuestionInfo> {
    let merged = context.merged;
    let mut scales = vec![0u32; merged.questions.len()];
    let mut widen = |reference: &Reference, tests: &[Test]| {
        if let Reference::Question(q) = reference
            && let Some(scale) = scales.get_mut(*q)
        {
            terms(tests, &mut |term| *scale = (*scale).max(decimals(&term.text)));
        }
    };
    for table in tables.iter().flatten() {
        for row in &table.rows {
            for (input, tests) in table.inputs.iter().zip(&row.tests) {
                if let Some(reference) = &input.reference {
                    widen(reference, tests);
                }
            }
        }
    }
    let read = conditions.questions.iter().chain(&conditions.decisions).chain(&conditions.counts);
    for condition in read.flatten() {
        for clause in condition.alternatives.iter().flatten() {
            widen(&clause.reference, &clause.tests);
        }
    }
    // parameters that hold numbers or tests count as constants of every question
    let parameters: u32 = (0..merged.parameters.len())
        .filter_map(|p| super::tables::setting_of(context, p))
        .map(|s| {
            unary::parse(&s.text, s.span).map_or(0, |tests| {
                let mut most = 0;
                terms(&tests, &mut |term| most = most.max(decimals(&term.text)));
                most
            })
        })
        .max()
        .unwrap_or(0);
    let list = merged.questions.iter().zip(&scales);
    list.enumerate()
        .map(|(q, ((section, question), scale))| {
            let before = context.out.len();
            let info = one(context, q, (*section, question), (*scale).max(parameters));
            if context.vague.contains(&q) {
                // its options or bounds were not wholly read, so these could be findings about what is not there
                let mut at = 0;
                context.out.retain(|finding| {
                    at += 1;
                    at <= before || matches!(finding.code, Code::UnknownName | Code::MissingSource)
                });
            }
            if matches!(info.kind, Type::Ordered { min, max, .. } if min > max) {
                context.vague.insert(q); // told; that no row can match would only be told again
            }
            info
        })
        .collect()
}

fn one(
    context: &mut Context<'_>,
    q: usize,
    (section, question): (usize, &Question),
    scale: u32,
) -> QuestionInfo {
    context.push(super::sources::backwards(question.in_force.as_ref()));
    let list = context.merged.list_of(q);
    if question.sources.is_empty() && list.is_none() && !context.lost.sources("questions", &question.id.value)
    {
        context.push(missing("question", &question.id));
    }
    let boolean = question.kind.value == TypeName::Boolean;
    let mut options = options(context, question);
    if boolean {
        let find = |id: &str| options.iter().find(|o| o.id == id).cloned();
        options = [("ja", "Ja"), ("nee", "Nee")]
            .into_iter()
            .map(|(id, label)| {
                find(id).unwrap_or(OptionInfo {
                    id: id.to_owned().into(),
                    label: label.into(),
                    help: None,
                    points: None,
                })
            })
            .collect();
    }
    let heaviest = question.several.is_some();
    if heaviest && (options.is_empty() || options.iter().any(|o| o.points.is_none())) {
        context.push(
            Diagnostic::error(
                Code::MissingKey,
                question.several.as_ref().map(|s| s.span),
                format!("`several: heaviest` of `{}` needs points on every option", question.id.value),
            )
            .help("add `points:` to each option"),
        );
    }
    QuestionInfo {
        id: context.merged.name(q).into(),
        ask: question.ask.value.clone(),
        help: question.help.as_ref().map(|h| h.value.clone()),
        section,
        kind: kind(context, question, scale),
        integer: question.kind.value == TypeName::Integer,
        options,
        heaviest,
        unit: question.unit.as_ref().map(|u| u.value.clone()),
        bounds: (question.min.is_some(), question.max.is_some()),
        when: None,
        required: question.required.as_ref().is_none_or(|r| r.value),
        may_not_apply: question.not_applicable.as_ref().is_some_and(|r| r.value),
        judgement: question.suggest.is_some() || question.judgement.as_ref().is_some_and(|j| j.value),
        suggested_by: None,
        class: super::procedure::class(context, question.confidentiality.as_ref()),
        strength: question.strength.as_ref().map(|s| s.value.clone()),
        of: list,
        derived: None,
        sources: cite(context, &question.sources),
        span: question.id.span,
        when_span: None,
        not_asked: None,
        no_options: super::periods::no_options(
            context,
            question.options.as_ref().map(|o| o.0.as_slice()).unwrap_or_default(),
        ),
    }
}

fn options(context: &mut Context<'_>, question: &Question) -> Vec<OptionInfo> {
    let defs = question.options.as_ref().map(|o| o.0.as_slice()).unwrap_or_default();
    let id = &question.id;
    match question.kind.value {
        TypeName::Choice if defs.is_empty() => context.push(
            Diagnostic::error(Code::MissingKey, id.span, format!("choice `{}` has no options", id.value))
                .help("add `options: { id: { label: … } }`"),
        ),
        TypeName::Boolean => {
            for period in defs.iter().filter_map(|(_, def)| def.in_force.as_ref()) {
                let place = period.from.as_ref().or(period.to.as_ref()).map_or(id.span, |day| day.span);
                let message = format!("`{}` has `ja` and `nee` on every date", id.value);
                let finding = Diagnostic::error(Code::WrongShape, place, message);
                context.push(finding.help("give the question a period, or use `type: choice`"));
            }
            for (option, _) in defs.iter().filter(|(o, _)| o.value != "ja" && o.value != "nee") {
                context.push(
                    Diagnostic::error(
                        Code::UnknownOption,
                        option.span,
                        format!("`{}` is not `ja` or `nee`", option.value),
                    )
                    .help("a boolean has the options `ja` and `nee`; use `type: choice` for others"),
                );
            }
        }
        TypeName::Choice => {}
        _ if !defs.is_empty() => context.push(Diagnostic::error(
            Code::TypeMismatch,
            id.span,
            format!("`{}` has options, but is not a choice or boolean", id.value),
        )),
        _ => {}
    }
    let options = option_infos(context, defs, !matches!(question.kind.value, TypeName::Boolean));
    if question.kind.value == TypeName::Choice
        && options.is_empty()
        && !defs.is_empty()
        && context.applies(question.in_force.as_ref())
    {
        let message = format!("choice `{}` has no options on some date", id.value);
        let finding = Diagnostic::error(Code::MissingKey, id.span, message);
        context
            .push(finding.help("give it an option on every date on which it is asked, or give it a period"));
    }
    options
}

/// The options, where they are `dated` those on this date.
pub(super) fn option_infos(
    context: &mut Context<'_>,
    defs: &[(Spanned<String>, OptionDef)],
    dated: bool,
) -> Vec<OptionInfo> {
    let defs: Vec<&(Spanned<String>, OptionDef)> =
        defs.iter().filter(|(_, def)| !dated || context.applies(def.in_force.as_ref())).collect();
    defs.into_iter()
        .map(|(id, def)| {
            cite(context, &def.sources);
            let points = def.points.as_ref().and_then(|points| {
                let read = parse_decimal(&points.value);
                let count = context.out.len();
                numbers::number(context, &points.value, points.span);
                if read.is_none() && context.out.len() == count {
                    context.push(Diagnostic::error(
                        Code::TypeMismatch,
                        points.span,
                        format!("points are a number such as `0.25`, found `{}`", points.value),
                    ));
                }
                read
            });
            OptionInfo {
                id: id.value.clone().into(),
                label: def.label.value.clone().into(),
                help: def.help.as_ref().map(|h| h.value.clone()),
                points,
            }
        })
        .collect()
}

fn kind(context: &mut Context<'_>, question: &Question, scale: u32) -> Type {
    let measure = match question.kind.value {
        TypeName::Choice => return Type::Finite { boolean: false },
        TypeName::Boolean => return Type::Finite { boolean: true },
        TypeName::Text => return Type::Text,
        TypeName::List => return Type::List,
        TypeName::Integer => Measure::Number { scale: 0, step: 1 },
        TypeName::Decimal => decimal(context, question, scale),
        TypeName::Date => Measure::Date,
        TypeName::Time => Measure::Time,
    };
    if let (Some(step), TypeName::Integer | TypeName::Date | TypeName::Time) =
        (&question.step, question.kind.value)
    {
        context.push(
            Diagnostic::error(Code::TypeMismatch, step.span, "`step` goes with decimals")
                .help("remove it, or use `type: decimal`"),
        );
    }
    let (low, high) = match measure {
        Measure::Number { .. } => (-MAX_TICK, MAX_TICK),
        Measure::Date => (date_tick(1, 1, 1), date_tick(9999, 12, 31)),
        Measure::Time => (0, 24 * 60),
    };
    if let Measure::Number { .. } = measure {
        for bound in question.min.iter().chain(&question.max) {
            numbers::number(context, &bound.value, bound.span);
        }
    }
    let mut end = |written: &Option<Spanned<String>>, default: i64, up: bool| match written {
        None => default,
        // `1,5` has been told
        Some(text) if text.value.contains(',') && numbers::comma(&text.value, text.span).is_some() => default,
        Some(text) => match ticks(&text.value, measure) {
            Some((ceil, floor)) => if up { ceil } else { floor }.clamp(low, high),
            None => {
                context.push(Diagnostic::error(
                    Code::TypeMismatch,
                    text.span,
                    format!("`{}` does not fit the type of `{}`", text.value, question.id.value),
                ));
                default
            }
        },
    };
    let (min, max) = (end(&question.min, low, true), end(&question.max, high, false));
    if min > max {
        context.push(
            Diagnostic::error(
                Code::OutsideDomain,
                question.max.as_ref().or(question.min.as_ref()).map(|m| m.span),
                format!("`{}` has no possible value: its lowest is above its highest", question.id.value),
            )
            .help("swap `min` and `max`, or correct one of them"),
        );
    }
    Type::Ordered { measure, min, max }
}

fn date_tick(year: i32, month: u8, day: u8) -> i64 {
    Date::new(year, month, day).map_or(0, Date::ticks)
}

/// The step of a decimal: as declared, else as many decimals as the constants use.
fn decimal(context: &mut Context<'_>, question: &Question, scale: u32) -> Measure {
    let bound = |t: &Option<Spanned<String>>| t.as_ref().map_or(0, |t| decimals(&t.value));
    let default =
        Measure::Number { scale: scale.max(bound(&question.min)).max(bound(&question.max)), step: 1 };
    let Some(step) = &question.step else { return default };
    match parse_decimal(&step.value).map(|s| s.normalize()) {
        Some(value) if value.is_sign_positive() && !value.is_zero() => {
            let mantissa = i64::try_from(value.mantissa()).unwrap_or(1);
            Measure::Number { scale: value.scale(), step: mantissa }
        }
        _ => {
            context.push(
                Diagnostic::error(
                    Code::TypeMismatch,
                    step.span,
                    format!("`step` is a number above 0, found `{}`", step.value),
                )
                .help(
                    "write the smallest difference between two answers, such as `step: 0.1`, or leave it out",
                ),
            );
            default
        }
    }
}
