//! Between which ends a number lies, whatever the answers and what is unset.

use super::fraction::Fraction;
use super::generate::{Answer, Formula, Gives, Model, Ref, Rule, whole};
use super::naive::round;

/// Both ends, and whether it may not apply.
type Hull = (Fraction, Fraction, bool);

/// The ends of a question or decision.
pub(super) fn of(model: &Model, of: Ref) -> (Fraction, Fraction) {
    let (low, high, _) = hull(model, of);
    (low, high)
}

/// The lowest and highest, as far as numbers are told apart anywhere.
fn ends(numbers: impl Iterator<Item = Fraction>) -> (Fraction, Fraction) {
    let far = (whole(-100_000), whole(100_000));
    let mut all: Vec<Fraction> = numbers.map(|n| n.max(far.0).min(far.1)).collect();
    all.sort();
    all.first().copied().zip(all.last().copied()).unwrap_or(far)
}

fn hull(model: &Model, of: Ref) -> Hull {
    match of {
        Ref::Question(q) => {
            let question = &model.questions[q];
            let numbers = question.values.iter().filter_map(|value| match value {
                Answer::Number(n) => Some(*n),
                _ => None,
            });
            let (low, high) = ends(numbers);
            (low, high, question.may_not_apply || question.when.is_some())
        }
        Ref::Decision(d) => {
            let decision = &model.decisions[d];
            let (low, high, absent) = match &decision.rule {
                Rule::Formula(formula) => formula_hull(model, formula),
                Rule::Table(_, rows) => {
                    let numbers = rows.iter().filter_map(|(_, gives)| match gives {
                        Gives::Number(n) => Some(*n),
                        Gives::Text(_) | Gives::Unset(_) => None,
                    });
                    let unset = rows.iter().any(|(_, gives)| matches!(gives, Gives::Unset(_)));
                    let (low, high) = ends(numbers.filter(|_| !unset));
                    (low, high, false)
                }
            };
            (low, high, absent || decision.when.is_some())
        }
    }
}

fn formula_hull(model: &Model, formula: &Formula) -> Hull {
    let go = |formula: &Formula| formula_hull(model, formula);
    let both = |a: &Formula, b: &Formula, f: fn(Fraction, Fraction) -> Fraction| {
        let ((a, b, x), (c, d, y)) = (go(a), go(b));
        let (low, high) = ends([f(a, c), f(a, d), f(b, c), f(b, d)].into_iter());
        (low, high, x || y)
    };
    match formula {
        Formula::Number(n) => (*n, *n, false),
        Formula::Of(of) => hull(model, *of),
        Formula::Parameter(p) => {
            let (low, high) = ends(model.parameters[*p].into_iter());
            (low, high, false)
        }
        Formula::Negate(a) => both(&Formula::Number(whole(0)), a, Fraction::minus),
        Formula::Plus(a, b) => both(a, b, Fraction::plus),
        Formula::Minus(a, b) => both(a, b, Fraction::minus),
        Formula::Times(a, b) => both(a, b, Fraction::times),
        Formula::By(a, b) => both(a, b, Fraction::by),
        Formula::Round(name, scale, a) => {
            let (low, high, absent) = go(a);
            (round(name, *scale, low), round(name, *scale, high), absent)
        }
        Formula::Several(name, list) => {
            let all = list.iter().map(go);
            all.reduce(|(a, b, x), (c, d, y)| {
                let (low, high) = match *name {
                    "min" => (a.min(c), b.min(d)),
                    "max" => (a.max(c), b.max(d)),
                    _ => (a.plus(c), b.plus(d)),
                };
                // the one where the other does not apply
                let alone = [(a, b, y), (c, d, x)].into_iter().filter(|(.., absent)| *absent);
                let numbers = alone.flat_map(|(low, high, _)| [low, high]).chain([low, high]);
                let (low, high) = ends(numbers);
                (low, high, x && y)
            })
            .expect("it has parts")
        }
    }
}
