//! Types of inputs, and tests read in their light.

use super::Context;
use super::names::Symbol;
use super::numbers;
use super::tables::{literal_is, other_value};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Atom, Bound, Measure, Part, Type};
use crate::source::Span;
use crate::suggest::with_suggestion;
use crate::ticks::{OUTPUT_SCALE, Ticks, ticks};
use crate::unary::{Operator, Term, Test};
use crate::value::{Date, Value, parse_decimal};

/// What the tests of one column are read against.
pub(super) struct Domain<'a> {
    /// The name of the input, for findings.
    pub(super) name: String,
    pub(super) kind: Kind<'a>,
    /// Where the domain is declared.
    pub(super) declared: Option<Span>,
}

/// The kinds of domains.
pub(super) enum Kind<'a> {
    /// Options by id; booleans also accept `true` and `false`. Some may be options on other dates only.
    Finite { options: Vec<&'a str>, boolean: bool, others: Vec<&'a str> },
    /// Ticks between two bounds.
    Ordered { measure: Measure, min: i64, max: i64, years: bool },
    /// Parts of a date, counted from 1.
    Part(Part),
    /// Outputs of a decision, as far as they are known, and whether some are unset, so that there may be others.
    Values(Vec<Value>, bool),
}

impl Kind<'_> {
    /// Whether its literals are numbers with decimals.
    fn is_number(&self) -> bool {
        match self {
            Kind::Ordered { measure: Measure::Number { .. }, .. } => true,
            Kind::Values(values, _) => values.iter().any(|v| matches!(v, Value::Number(_))),
            _ => false,
        }
    }
}

pub(super) fn atoms(context: &mut Context<'_>, tests: &[Test], domain: &Domain<'_>) -> Option<Vec<Atom>> {
    let mut atoms = Vec::new();
    let mut ok = true;
    if let Some(finding) = comma(tests, domain) {
        context.push(finding);
        return None;
    }
    if names_lost_parameter(context, tests, domain) {
        return None;
    }
    for test in tests {
        match atom(context, test, domain) {
            Ok(atom) => atoms.push(atom),
            Err(finding) => {
                ok = false;
                context.push(*finding);
            }
        }
    }
    ok.then_some(atoms)
}

type Outcome<T> = Result<T, Box<Diagnostic>>;

fn atom(context: &mut Context<'_>, test: &Test, domain: &Domain<'_>) -> Outcome<Atom> {
    match test {
        Test::Any => Ok(Atom::Any),
        Test::NotApplicable => Ok(Atom::NotApplicable),
        Test::Not(tests) => match comma(tests, domain) {
            Some(finding) => Err(Box::new(finding)),
            None => tests.iter().map(|t| atom(context, t, domain)).collect::<Outcome<_>>().map(Atom::Not),
        },
        Test::Is(term) => is(context, term, domain),
        Test::Compare(operator, term) => {
            let (lo, hi) = match operator {
                Operator::Less => (None, Some((term, false))),
                Operator::AtMost => (None, Some((term, true))),
                Operator::Greater => (Some((term, false)), None),
                Operator::AtLeast => (Some((term, true)), None),
            };
            range(context, lo, hi, domain)
        }
        Test::Interval(from, to) => {
            range(context, Some((&from.term, from.closed)), Some((&to.term, to.closed)), domain)
        }
    }
}

/// Whether a test names a parameter that could not be read.
fn names_lost_parameter(context: &Context<'_>, tests: &[Test], domain: &Domain<'_>) -> bool {
    if context.lost.is_empty() {
        return false;
    }
    let known = |term: &Term| match &domain.kind {
        Kind::Finite { options, .. } => options.contains(&term.text.as_str()),
        Kind::Values(values, _) => values.iter().any(|v| literal_is(term, v)),
        _ => false,
    };
    let mut lost = false;
    terms(tests, &mut |term| lost |= !term.quoted && !known(term) && context.lost_parameter(&term.text));
    lost
}

/// A comma inside a number of a column of numbers.
fn comma(tests: &[Test], domain: &Domain<'_>) -> Option<Diagnostic> {
    numbers::list(tests).filter(|_| domain.kind.is_number())
}

/// A literal, or a parameter by name.
fn is(context: &mut Context<'_>, term: &Term, domain: &Domain<'_>) -> Outcome<Atom> {
    if !term.quoted
        && let Some(parameter) = context.names.parameter(&term.text)
        && !matches!(&domain.kind, Kind::Finite { options, others, .. } if options.iter().chain(others).any(|o| *o == term.text))
    {
        return parameter_test(context, parameter, term, domain);
    }
    match &domain.kind {
        Kind::Finite { options, boolean, others } => {
            let text = match term.text.as_str() {
                "true" if *boolean => "ja",
                "false" if *boolean => "nee",
                text => text,
            };
            match options.iter().position(|o| *o == text) {
                Some(option) => Ok(Atom::Option(option)),
                // nobody can choose it on this date
                None if others.contains(&text) => Ok(Atom::NO_OPTION),
                None => Err(Box::new(unknown_option(term, domain, options.iter().copied()))),
            }
        }
        Kind::Values(values, open) => {
            if let Some(finding) = written(term, domain) {
                return Err(finding);
            }
            let found = values.iter().find(|v| literal_is(term, v)).cloned();
            match found.or_else(|| other_value(term, values).filter(|_| *open)) {
                Some(value) => Ok(Atom::Value(value)),
                None => {
                    let texts: Vec<String> = values.iter().map(Value::to_string).collect();
                    Err(Box::new(unknown_option(term, domain, texts.iter().map(String::as_str))))
                }
            }
        }
        Kind::Ordered { min, max, .. } => {
            let (lo, hi) = literal(context, term, domain)?;
            if lo > hi {
                return Err(Box::new(
                    Diagnostic::error(
                        Code::OutsideDomain,
                        term.span,
                        format!("`{}` is never `{}`: it lies between two steps", domain.name, term.text),
                    )
                    .help("write a multiple of the step, or make the step smaller"),
                ));
            }
            if hi < *min || lo > *max {
                return Err(Box::new(outside(term, domain)));
            }
            Ok(Atom::Range(Bound::At(lo), Bound::At(hi)))
        }
        Kind::Part(part) => {
            let (lo, hi) = literal(context, term, domain)?;
            if lo < 1 || hi > i64::try_from(part.len()).unwrap_or(0) {
                return Err(Box::new(outside(term, domain)));
            }
            Ok(Atom::Range(Bound::At(lo), Bound::At(hi)))
        }
    }
}

fn outside(term: &Term, domain: &Domain<'_>) -> Diagnostic {
    let finding = Diagnostic::error(
        Code::OutsideDomain,
        term.span,
        format!("`{}` lies outside the domain of `{}`", term.text, domain.name),
    );
    match (domain.declared, &domain.kind) {
        (Some(span), _) => finding.related(span, "the domain is declared here"),
        (None, Kind::Part(part)) => finding.help(format!("it runs from 1 to {}", part.len())),
        (None, _) => finding,
    }
}

fn unknown_option<'a>(
    term: &Term,
    domain: &Domain<'_>,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let finding = Diagnostic::error(
        Code::UnknownOption,
        term.span,
        format!("`{}` has no option `{}`", domain.name, term.text),
    );
    let finding = match domain.declared {
        Some(span) => finding.related(span, "declared here"),
        None => finding,
    };
    with_suggestion(finding, &term.text, known)
}

/// A parameter as a cell: the test that it holds, the value that it is, or a test still unset.
fn parameter_test(
    context: &mut Context<'_>,
    parameter: usize,
    term: &Term,
    domain: &Domain<'_>,
) -> Outcome<Atom> {
    let Some(info) = context.merged.parameters.get(parameter) else { return Ok(Atom::Any) };
    let test_on = super::layers::last(&info.1, |p| p.test_on.as_ref());
    if let Some(on) = test_on {
        let base = domain.name.split('.').next().unwrap_or("");
        if on.value != domain.name && on.value != base {
            return Err(Box::new(
                Diagnostic::error(
                    Code::TypeMismatch,
                    term.span,
                    format!(
                        "parameter `{}` is a test on `{}`, not on `{}`",
                        term.text, on.value, domain.name
                    ),
                )
                .related(on.span, "declared here"),
            ));
        }
    }
    let Some(setting) = super::tables::setting_of(context, parameter) else {
        return Ok(match test_on {
            Some(_) => Atom::Unset(parameter),
            None => {
                let bound = Bound::Unset { parameter, inclusive: true };
                Atom::Range(bound, bound)
            }
        });
    };
    let tests = crate::unary::parse(&setting.text, setting.span).map_err(Box::new)?;
    if test_on.is_none() && !matches!(tests.as_slice(), [Test::Is(_)]) {
        return Err(Box::new(
            Diagnostic::error(
                Code::TypeMismatch,
                setting.span,
                format!("parameter `{}` is a value, not a test", term.text),
            )
            .help("declare it with `test_on:` to set a test such as `<= 200`"),
        ));
    }
    if tests.iter().any(|t| names_parameter(context, t)) {
        return Err(Box::new(Diagnostic::error(
            Code::BadTest,
            setting.span,
            format!("the value of parameter `{}` names another parameter", term.text),
        )));
    }
    if let Some(finding) = comma(&tests, domain) {
        return Err(Box::new(finding));
    }
    let mut inner = tests.iter().map(|t| atom(context, t, domain)).collect::<Outcome<Vec<Atom>>>()?;
    // one atom for a list of tests: it does not fail; a double `not` would lose `n.v.t.`
    Ok(if inner.len() == 1 { inner.remove(0) } else { Atom::Fails(vec![Atom::Fails(inner)]) })
}

fn names_parameter(context: &Context<'_>, test: &Test) -> bool {
    matches!(test, Test::Is(term) if !term.quoted && context.names.parameter(&term.text).is_some())
}

fn range(
    context: &mut Context<'_>,
    from: Option<(&Term, bool)>,
    to: Option<(&Term, bool)>,
    domain: &Domain<'_>,
) -> Outcome<Atom> {
    if let (Kind::Finite { .. }, Some((term, _))) = (&domain.kind, from.or(to)) {
        return Err(Box::new(
            Diagnostic::error(
                Code::TypeMismatch,
                term.span,
                format!("`{}` has options, which have no order", domain.name),
            )
            .help("name the options that the row accepts, separated by commas"),
        ));
    }
    let from = match from {
        Some((term, closed)) => Some((end(context, term, domain)?, closed)),
        None => None,
    };
    let to = match to {
        Some((term, closed)) => Some((end(context, term, domain)?, closed, term.span)),
        None => None,
    };
    if let (Some((End::At(a), a_closed)), Some((End::At(b), b_closed, span))) = (from, to)
        && first(a, a_closed) > last(b, b_closed)
    {
        return Err(Box::new(empty(a, b, span, domain)));
    }
    Ok(Atom::Range(
        from.map_or(Bound::None, |(end, closed)| end.bound(closed, first)),
        to.map_or(Bound::None, |(end, closed, _)| end.bound(closed, last)),
    ))
}

/// One end of an interval: the ticks that it takes, or a parameter that is not set.
#[derive(Clone, Copy)]
enum End {
    At(Ticks),
    Unset(usize),
}

impl End {
    fn bound(self, inclusive: bool, tick: impl Fn(Ticks, bool) -> i64) -> Bound {
        match self {
            End::At(ticks) => Bound::At(tick(ticks, inclusive)),
            End::Unset(parameter) => Bound::Unset { parameter, inclusive },
        }
    }
}

/// The first tick of an interval that starts here.
fn first((lo, hi): Ticks, closed: bool) -> i64 {
    if closed { lo } else { hi + 1 }
}

/// The last tick of an interval that ends here.
fn last((lo, hi): Ticks, closed: bool) -> i64 {
    if closed { hi } else { lo - 1 }
}

/// An interval that nothing lies in: its ends are swapped, or no value lies between them.
fn empty(from: Ticks, to: Ticks, span: Span, domain: &Domain<'_>) -> Diagnostic {
    // a year is many ticks, and what lies between two steps has its ends the other way around: so both must agree
    let (message, help) = if from.0 > to.0 && from.1 > to.1 {
        (
            "this interval is empty: its ends are swapped".to_owned(),
            "the lower end comes first, as in `[1..5]`",
        )
    } else {
        (
            format!("this interval is empty: `{}` has no value in it", domain.name),
            "`[` and `]` take their end along, `(` and `)` do not; a single value stands without brackets",
        )
    };
    Diagnostic::error(Code::BadTest, span, message).help(help)
}

fn end(context: &mut Context<'_>, term: &Term, domain: &Domain<'_>) -> Outcome<End> {
    if !term.quoted
        && let Some(Symbol::Parameter(parameter)) = context.names.get(&term.text)
    {
        unit_agrees(context, parameter, term, domain)?;
        return match super::tables::setting_of(context, parameter) {
            None => Ok(End::Unset(parameter)),
            Some(setting) => {
                let value = Term { text: setting.text.clone(), quoted: true, span: setting.span };
                literal(context, &value, domain).map(End::At)
            }
        };
    }
    literal(context, term, domain).map(End::At)
}

fn unit_agrees(context: &Context<'_>, parameter: usize, term: &Term, domain: &Domain<'_>) -> Outcome<()> {
    let layers = context.merged.parameters.get(parameter).map(|(_, l)| l.as_slice()).unwrap_or_default();
    let unit = super::layers::last(layers, |p| p.unit.as_ref());
    let own = match context.names.get(&domain.name) {
        Some(Symbol::Question(q)) => context.merged.questions.get(q).and_then(|(_, q)| q.unit.as_ref()),
        Some(Symbol::Decision(d)) => {
            let layers = context.merged.decisions.get(d).map(|(_, layers)| layers.as_slice());
            super::layers::last(layers.unwrap_or_default(), |d| d.unit.as_ref())
        }
        _ => None,
    };
    match (unit, own) {
        (Some(a), Some(b)) if a.value != b.value => Err(Box::new(
            Diagnostic::error(
                Code::UnitMismatch,
                term.span,
                format!("`{}` is in {}, and `{}` is in {}", domain.name, b.value, term.text, a.value),
            )
            .related(a.span, "the unit of the parameter"),
        )),
        _ => Ok(()),
    }
}

/// What is wrong with the way in which a number of a column of numbers is written.
fn written(term: &Term, domain: &Domain<'_>) -> Option<Box<Diagnostic>> {
    let finding =
        || numbers::thousands(&term.text, term.span).or_else(|| numbers::comma(&term.text, term.span));
    domain.kind.is_number().then(finding).flatten().map(Box::new)
}

/// The ticks of a literal of an ordered domain.
fn literal(context: &mut Context<'_>, term: &Term, domain: &Domain<'_>) -> Outcome<Ticks> {
    if let Some(finding) = written(term, domain) {
        return Err(finding);
    }
    let (expected, found) = match &domain.kind {
        Kind::Ordered { years: true, .. } => {
            let year = term.text.parse::<i32>().ok();
            let ends = year.and_then(|y| Some((Date::new(y, 1, 1)?.ticks(), Date::new(y, 12, 31)?.ticks())));
            ("a year such as `2026`", ends)
        }
        Kind::Ordered { measure, .. } => (expected(*measure), ticks(&term.text, *measure)),
        Kind::Part(_) => ("a whole number", term.text.parse().ok().map(|n| (n, n))),
        Kind::Values(values, open) => {
            let measure = match values.iter().find(|v| **v != Value::Null) {
                // of what is unset nothing is known but what it is compared with
                None if *open && Date::parse(&term.text).is_some() => Measure::Date,
                None if *open => Measure::Number { scale: OUTPUT_SCALE, step: 1 },
                Some(Value::Date(_)) => Measure::Date,
                Some(Value::Number(_)) => Measure::Number { scale: OUTPUT_SCALE, step: 1 },
                _ => {
                    return Err(Box::new(
                        Diagnostic::error(
                            Code::TypeMismatch,
                            term.span,
                            format!("`{}` is not a number or date, so it has no order", domain.name),
                        )
                        .help("name the values that the row accepts, separated by commas"),
                    ));
                }
            };
            (expected(measure), ticks(&term.text, measure))
        }
        Kind::Finite { .. } => ("an option", None),
    };
    found.ok_or_else(|| {
        let message = format!("`{}` takes {expected}, found `{}`", domain.name, term.text);
        let finding = Diagnostic::error(Code::TypeMismatch, term.span, message);
        let question = context.names.question(&domain.name);
        Box::new(match term.text.starts_with(|c: char| c.is_ascii_digit()) {
            true if crate::unary::dashed(&term.text).is_some() => {
                finding.help(crate::unary::dashed(&term.text).unwrap_or_default())
            }
            true if term.text.len() > 18 && term.text.bytes().all(|byte| byte.is_ascii_digit()) => finding
                .help("a number has 28 digits at most, and fewer where they are counted in small steps"),
            true => numbers::with_unit(context, question, &term.text, finding),
            false => finding,
        })
    })
}

fn expected(measure: Measure) -> &'static str {
    match measure {
        Measure::Number { .. } => "a number such as `5` or `0.5`",
        Measure::Date => "a date such as `2026-07-04`",
        Measure::Time => "a time such as `09:00`",
    }
}

/// How many decimals a literal uses.
pub(super) fn decimals(text: &str) -> u32 {
    parse_decimal(text).map_or(0, |d| d.normalize().scale())
}

/// Every literal of a test.
pub(super) fn terms<'t>(tests: &'t [Test], visit: &mut impl FnMut(&'t Term)) {
    for test in tests {
        match test {
            Test::Any | Test::NotApplicable => {}
            Test::Is(term) | Test::Compare(_, term) => visit(term),
            Test::Interval(from, to) => {
                visit(&from.term);
                visit(&to.term);
            }
            Test::Not(inner) => terms(inner, visit),
        }
    }
}

/// The domain of a question's tests.
pub(super) fn question_domain<'q>(
    question: &'q crate::model::QuestionInfo,
    years: bool,
) -> Option<Domain<'q>> {
    let kind = match &question.kind {
        Type::Finite { boolean } => Kind::Finite {
            options: question.options.iter().map(|o| o.id.as_str()).collect(),
            boolean: *boolean,
            others: question.no_options.iter().map(|o| o.id.as_str()).collect(),
        },
        Type::Ordered { measure, min, max } => {
            Kind::Ordered { measure: *measure, min: *min, max: *max, years }
        }
        Type::Text | Type::List => return None,
    };
    Some(Domain { name: question.id.to_string(), kind, declared: Some(question.span) })
}
