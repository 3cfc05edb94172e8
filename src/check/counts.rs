//! Counts of the records of a list: names resolved, tests typed, the window with its edges.

use super::layers::last;
use super::procedure::terms::{date, length};
use super::questions::RawCondition;
use super::tables::{condition, setting_of};
use super::{Context, lists};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Clause, Condition, Count, Counted, Decision, Spanned};
use crate::model::{
    Atom, Bound, ConditionInfo, CountInfo, Derived, How, Input, LengthInfo, Measure, Model, QuestionInfo,
    Type, UnsetInfo,
};
use crate::ranges::Ranges;
use crate::source::Span;
use crate::tally::{Reach, Row, Rule, Test, Values, Window};
use crate::term::{TermError, Unit};

/// The condition on fields of a count, as it is written.
pub(super) fn read(context: &mut Context<'_>, layers: &[&Decision]) -> Option<RawCondition> {
    let count = last(layers, |decision| decision.count.as_ref())?;
    let only = count.only.as_ref()?;
    let list = context.names.question(&count.of.value)?; // else its name is a finding of its own
    context.merged.questions.get(list).filter(|(_, question)| !question.fields.is_empty())?;
    let value = in_list(&only.value, &count.of.value);
    Some(super::questions::read(context, &Spanned { value, span: only.span }))
}

/// A condition on fields, with the name of the list before each.
fn in_list(condition: &Condition, list: &str) -> Condition {
    match condition {
        Condition::Any(list_of) => Condition::Any(list_of.iter().map(|c| in_list(c, list)).collect()),
        Condition::All(clauses) => {
            let clause = |clause: &Clause| match clause {
                Clause::Not(inner) => {
                    Clause::Not(Spanned { value: in_list(&inner.value, list), span: inner.span })
                }
                Clause::Test(name, test) => {
                    let value = match name.value.split_once('(') {
                        Some((part, rest)) => format!("{part}({list}.{}", rest.trim_start()),
                        None => format!("{list}.{}", name.value),
                    };
                    Clause::Test(Spanned { value, span: name.span }, test.clone())
                }
            };
            Condition::All(clauses.iter().map(clause).collect())
        }
    }
}

/// The questions that a count reads, as far as they can be told.
pub(super) fn needs(context: &Context<'_>, count: &Count) -> Vec<usize> {
    let mut names: Vec<&str> =
        std::iter::once(&count.of).chain(&count.before).map(|n| n.value.as_str()).collect();
    count.same.iter().for_each(|same| compared(&same.value, &mut names));
    names.into_iter().filter_map(|name| context.names.question(name)).collect()
}

fn compared<'c>(condition: &'c Condition, names: &mut Vec<&'c str>) {
    match condition {
        Condition::Any(list) => list.iter().for_each(|inner| compared(inner, names)),
        Condition::All(clauses) => {
            for clause in clauses {
                if let Clause::Test(_, name) = clause {
                    names.push(&name.value);
                }
            }
        }
    }
}

/// The question that nobody answers and whose value is the count, by its index; none where something of it is not known,
/// which then has findings of its own.
pub(super) fn derived(
    context: &mut Context<'_>,
    model: &mut Model,
    d: usize,
    count: &Count,
    only: Option<&RawCondition>,
) -> Option<usize> {
    let info = resolve(context, model, count, only)?;
    let decision = model.decisions.get(d)?;
    let list = model.lists.get(info.list)?;
    let read: Vec<usize> =
        std::iter::once(list.question).chain(info.anchor).chain(info.same.iter().copied()).collect();
    if read.iter().any(|q| context.unsure.contains(q)) {
        context.unsure.insert(context.decision_node(d));
    }
    let max = i64::try_from(list.most).unwrap_or(i64::MAX);
    let question = QuestionInfo {
        not_asked: None,
        no_options: Vec::new(),
        id: decision.id.clone(),
        ask: decision.title.clone(),
        help: decision.help.clone(),
        section: usize::MAX,
        kind: Type::Ordered { measure: Measure::Number { scale: 0, step: 1 }, min: 0, max },
        integer: true,
        options: Vec::new(),
        heaviest: false,
        unit: None,
        bounds: (true, true),
        when: None,
        required: false,
        may_not_apply: may_not_apply(model, &read),
        judgement: false,
        suggested_by: None,
        class: None,
        strength: None,
        of: None,
        derived: Some(Derived {
            inputs: read.into_iter().map(Input::Question).collect(),
            unset: Vec::new(), // what is unset matters only where there is something to count
            silent: false,
            how: How::Count(info),
        }),
        sources: decision.sources.clone(),
        span: decision.span,
        when_span: None,
    };
    model.questions.push(question);
    Some(model.questions.len() - 1)
}

/// Whether one of these questions may not apply, so that what is counted does not either.
fn may_not_apply(model: &Model, questions: &[usize]) -> bool {
    let mut questions = questions.iter().filter_map(|q| model.questions.get(*q));
    questions.any(|q| q.may_not_apply || q.when.is_some())
}

/// Resolves a count; none where something of it is not known, which then has findings of its own.
pub(super) fn resolve(
    context: &mut Context<'_>,
    model: &Model,
    count: &Count,
    only: Option<&RawCondition>,
) -> Option<CountInfo> {
    let before = context.out.len();
    let Some(question) = context.names.question(&count.of.value) else {
        let finding = context.names.unknown(count.of.span, &count.of.value, "a list");
        context.push(finding);
        return None;
    };
    if context.vague.contains(&question) {
        return None;
    }
    let Some(list) = model.lists.iter().position(|list| list.question == question) else {
        let message = format!("`{}` is not a list, so it has no records to count", count.of.value);
        context.push(
            Diagnostic::error(Code::TypeMismatch, count.of.span, message)
                .help("name a question of `type: list`"),
        );
        return None;
    };
    let fields = model.lists.get(list).map(|list| list.fields.clone()).unwrap_or_default();
    if fields.iter().any(|field| context.vague.contains(field)) {
        return None;
    }
    let mut info = CountInfo {
        list,
        rule: Rule { rows: vec![Row::default()], window: None },
        same: Vec::new(),
        anchor: None,
        written: Vec::new(),
        unset: UnsetInfo::default(),
        set: Vec::new(),
    };
    if let Some(raw) = only {
        let typed = condition(context, model, raw)?;
        info.rule.rows = rows(context, model, &typed, raw.span, &fields, &mut info.unset.tests);
        info.written = typed.written;
        info.unset.tests.sort_unstable();
        info.unset.tests.dedup();
    }
    if let Some(same) = &count.same {
        let alternatives = alternatives(context, model, same, question, &fields, &mut info.same);
        let rows = info.rule.rows.iter();
        info.rule.rows = rows
            .flat_map(|row| alternatives.iter().map(|same| Row { same: same.clone(), ..row.clone() }))
            .collect();
    }
    window(context, model, count, (question, &fields), &mut info);
    (context.out.len() == before).then_some(info)
}

/// A condition on fields as rows.
fn rows(
    context: &mut Context<'_>,
    model: &Model,
    condition: &ConditionInfo,
    span: Span,
    fields: &[usize],
    unset: &mut Vec<usize>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for cells in &condition.rows {
        let mut row = Row::default();
        for (input, atoms) in condition.inputs.iter().zip(cells) {
            if atoms.as_slice() == [Atom::Any] {
                continue;
            }
            let Input::Question(q) = input else {
                let message = format!("a count cannot test `{}`", model.input_name(*input));
                let finding = Diagnostic::error(Code::TypeMismatch, span, message);
                context.push(finding.help("test the day itself, or its year: `year(field)`"));
                continue;
            };
            let Some(field) = fields.iter().position(|field| field == q) else { continue };
            let (surely, perhaps) = (accepted(atoms, false, unset), accepted(atoms, true, unset));
            row.tests.push(Test { field, surely, perhaps });
        }
        rows.push(row);
    }
    rows
}

/// What atoms accept however unset things go, or in some way.
fn accepted(atoms: &[Atom], perhaps: bool, unset: &mut Vec<usize>) -> Values {
    let everything = || Values { some: Ranges::of(i64::MIN, i64::MAX), none: true };
    let mut all = Values::default();
    for atom in atoms {
        let one = match atom {
            Atom::Any => everything(),
            Atom::NotApplicable => Values { some: Ranges::default(), none: true },
            Atom::Option(option) => Values::of(i64::try_from(*option).map(Ranges::one).unwrap_or_default()),
            Atom::Value(_) => Values::default(),
            Atom::Unset(parameter) => {
                unset.push(*parameter);
                if perhaps { everything() } else { Values::default() }
            }
            Atom::Range(low, high) => {
                let mut end = |bound: &Bound, default: i64| match bound {
                    Bound::None => Some(default),
                    Bound::At(tick) => Some(*tick),
                    Bound::Unset { parameter, .. } => {
                        unset.push(*parameter);
                        perhaps.then_some(default)
                    }
                };
                let ends = end(low, i64::MIN).zip(end(high, i64::MAX));
                Values::of(ends.map(|(low, high)| Ranges::of(low, high)).unwrap_or_default())
            }
            Atom::Not(inner) => Values::of(accepted(inner, !perhaps, unset).some.complement()),
            Atom::Fails(inner) => {
                let fails = accepted(inner, !perhaps, unset);
                Values { some: fails.some.complement(), none: !fails.none }
            }
        };
        all.some = all.some.or(&one.some);
        all.none |= one.none;
    }
    all
}

/// Which fields are the same as which answers: alternatives, in each of which all must be.
fn alternatives(
    context: &mut Context<'_>,
    model: &Model,
    same: &Spanned<Condition>,
    list: usize,
    fields: &[usize],
    questions: &mut Vec<usize>,
) -> Vec<Vec<(usize, usize)>> {
    let maps: Vec<&Condition> = match &same.value {
        Condition::Any(list) => list.iter().collect(),
        all @ Condition::All(_) => vec![all],
    };
    let mut alternatives = Vec::new();
    for map in maps {
        let mut pairs = Vec::new();
        let clauses = match map {
            Condition::All(clauses) => clauses.as_slice(),
            Condition::Any(_) => &[],
        };
        for clause in clauses {
            match clause {
                Clause::Test(name, question) => {
                    pairs.extend(pair(context, model, (name, question), list, fields, questions));
                }
                Clause::Not(inner) => {
                    let finding = Diagnostic::error(Code::WrongShape, inner.span, "`same` has no `not`");
                    context.push(finding.help("name the fields that are the same: `field: question`"));
                }
            }
        }
        alternatives.push(pairs);
    }
    alternatives
}

/// A field with the question to whose answer it is the same.
fn pair(
    context: &mut Context<'_>,
    model: &Model,
    (name, with): (&Spanned<String>, &Spanned<String>),
    list: usize,
    fields: &[usize],
    questions: &mut Vec<usize>,
) -> Option<(usize, usize)> {
    let field = lists::named(context, list, &name.value, name.span)?;
    let Some(q) = context.names.question(&with.value) else {
        let finding = context.names.unknown(with.span, &with.value, "a question");
        context.push(finding);
        return None;
    };
    if context.vague.contains(&q) {
        return None;
    }
    let (a, b) = (model.questions.get(field)?, model.questions.get(q)?);
    let options = |q: &QuestionInfo| q.options.iter().map(|o| o.id.clone()).collect::<Vec<_>>();
    let problem = match (&a.kind, &b.kind) {
        (Type::Text, Type::Text) => None,
        (Type::Finite { .. }, Type::Finite { .. }) if options(a) == options(b) => None,
        (Type::Finite { .. }, Type::Finite { .. }) => Some("give both the same options, in the same order"),
        _ => Some("compare text with text, or a choice with a choice of the same options"),
    };
    if let Some(help) = problem {
        let message = format!("`{}` and `{}` cannot be the same", a.id, b.id);
        context.push(Diagnostic::error(Code::TypeMismatch, with.span, message).help(help));
        return None;
    }
    let index = questions.iter().position(|known| *known == q).unwrap_or_else(|| {
        questions.push(q);
        questions.len() - 1
    });
    Some((fields.iter().position(|known| *known == field)?, index))
}

fn window(
    context: &mut Context<'_>,
    model: &Model,
    count: &Count,
    (list, fields): (usize, &[usize]),
    info: &mut CountInfo,
) {
    let (Some(on), Some(before)) = (&count.on, &count.before) else {
        let within = count.within.as_ref().map(|w| w.span);
        let edges = count.first_day.as_ref().or(count.last_day.as_ref()).map(|edge| edge.span);
        let lone = count.on.as_ref().or(count.before.as_ref()).map(|name| name.span);
        if let Some(span) = lone.or(within).or(edges).or(count.counted.as_ref().map(|c| c.span)) {
            let message =
                "a window needs `on`, the field with the day, and `before`, the question for the anchor";
            context.push(Diagnostic::error(Code::MissingKey, span, message).help("add what is missing"));
        }
        return;
    };
    let day = lists::named(context, list, &on.value, on.span);
    let is_date = |kind: &Type| matches!(kind, Type::Ordered { measure: Measure::Date, .. });
    let day = day.filter(|day| {
        let fits = model.questions.get(*day).is_some_and(|field| is_date(&field.kind));
        if !fits {
            let message = format!("`{}` is not a date", on.value);
            context.push(Diagnostic::error(Code::TypeMismatch, on.span, message));
        }
        fits
    });
    info.anchor = date(context, model, before);
    let reach = match &count.within {
        None => Some(Reach::Unlimited),
        Some(within) => reach(context, model, within, info),
    };
    let first_day = match &count.within {
        None => Some(Some(true)),
        Some(_) => edge(context, "first_day", count.first_day.as_ref(), count.span, info),
    };
    if let (None, Some(edge)) = (&count.within, &count.first_day) {
        let finding =
            Diagnostic::error(Code::WrongShape, edge.span, "a window without `within` has no first day");
        context.push(finding.help("leave `first_day` out, or add `within`"));
    }
    let last_day = edge(context, "last_day", count.last_day.as_ref(), count.span, info);
    let (Some(day), Some(reach), Some(first_day), Some(last_day)) = (day, reach, first_day, last_day) else {
        return;
    };
    let forward = count.counted.as_ref().is_some_and(|counted| counted.value == Counted::Forward);
    let window = Window { reach, forward, first_day, last_day };
    if let (true, Some(within)) = (window.is_hollow(), &count.within) {
        let finding = Diagnostic::error(Code::BadPeriod, within.span, "no day lies in this window");
        context.push(finding.help("let its first or last day count, or make it longer"));
    }
    info.rule.window = fields.iter().position(|field| *field == day).map(|field| (window, field));
}

/// The length of a window, or the parameter that should hold it.
fn reach(
    context: &mut Context<'_>,
    model: &Model,
    within: &Spanned<String>,
    info: &mut CountInfo,
) -> Option<Reach> {
    info.set.extend(context.names.parameter(&within.value));
    match length(context, model, within)? {
        LengthInfo::Decided(_) => {
            let message = format!("the length of a window is no decision, as `{}` is", within.value);
            let finding = Diagnostic::error(Code::TypeMismatch, within.span, message);
            context.push(finding.help("write it, or name a parameter that holds it"));
            None
        }
        LengthInfo::Unset(parameter) => {
            info.set.retain(|known| *known != parameter);
            info.unset.reach = Some(parameter);
            Some(Reach::Unset)
        }
        LengthInfo::Known(length) => match length.unit() {
            Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => Some(Reach::Known(length)),
            _ => {
                let problem = match length.unit() {
                    Unit::Hours => TermError::NeedsClock(length).to_string(),
                    _ => format!("a window of {length} cannot be counted"),
                };
                let finding = Diagnostic::error(Code::TypeMismatch, within.span, problem);
                context.push(finding.help("give it in days, weeks, months or years"));
                None
            }
        },
    }
}

/// Whether an edge belongs to the window; the inner value is missing where no layer sets it.
fn edge(
    context: &mut Context<'_>,
    key: &str,
    written: Option<&Spanned<String>>,
    span: Span,
    info: &mut CountInfo,
) -> Option<Option<bool>> {
    let Some(written) = written else {
        let message = format!("this window does not say whether its {} counts", key.replace('_', " "));
        context.push(
            Diagnostic::error(Code::MissingKey, span, message)
                .help(format!("add `{key}: ja`, `{key}: nee`, or a parameter that a layer sets")),
        );
        return None;
    };
    let read = |text: &str| match text {
        "ja" | "true" => Some(true),
        "nee" | "false" => Some(false),
        _ => None,
    };
    if let Some(known) = read(&written.value) {
        return Some(Some(known));
    }
    let Some(parameter) = context.names.parameter(&written.value) else {
        let finding = context.names.unknown(written.span, &written.value, "`ja`, `nee` or a parameter");
        context.push(finding);
        return None;
    };
    let Some(setting) = setting_of(context, parameter) else {
        let slot = if key == "first_day" { &mut info.unset.first_day } else { &mut info.unset.last_day };
        *slot = Some(parameter);
        return Some(None);
    };
    info.set.push(parameter);
    let known = read(&setting.text);
    if known.is_none() {
        let message =
            format!("`{}` says whether a day counts: `ja` or `nee`, found `{}`", written.value, setting.text);
        context.push(Diagnostic::error(Code::TypeMismatch, setting.span, message));
    }
    known.map(Some)
}
