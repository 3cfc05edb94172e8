//! Other answers to a question that a decision reads through a derived question: not cell by cell, but to the value.

use super::MOST_OUTCOMES;
use super::changes::{Other, evaluation, open};
use crate::case::Case;
use crate::derived::{Extent, Pieces};
use crate::dutch;
use crate::evaluate::{Evaluation, silent};
use crate::explanation::{Leaves, UsedAnswer};
use crate::model::{Rule, Type};
use crate::program::{Code, Engine, NOT_APPLICABLE};
use crate::value::Value;

/// Whether a decision reads a question, which people answer, through a derived one.
pub(super) fn is_behind(engine: &Engine, d: usize, q: usize) -> bool {
    let asked = engine.model.asked();
    let derived = engine.decision(d).into_iter().flat_map(|node| node.questions.iter());
    let mut derived = derived.chain(match engine.model.decisions.get(d).map(|d| &d.rule) {
        Some(Rule::Derived(shown)) => Some(*shown),
        _ => None,
    });
    derived.any(|r| r.checked_sub(asked).and_then(|i| engine.behind.get(i)).is_some_and(|b| b.contains(q)))
}

/// What a decision can come to in a case. Values, as codes of lists and of what is missing mean something else in another
/// evaluation.
pub(super) fn reached(engine: &Engine, case: &Case, d: usize) -> Vec<Value> {
    let mut evaluation = evaluation(engine, case);
    let codes = evaluation.decided(d).reached.codes;
    codes.iter().map(|code| evaluation.value(d, *code)).collect()
}

/// The nearest other answers with another outcome, or several that are then possible.
pub(super) fn alternatives(engine: &Engine, case: &Case, d: usize, outcome: &Value, q: usize) -> Vec<Other> {
    let Some(question) = engine.model.questions.get(q) else { return Vec::new() };
    let told = |text: String, other: &Case, values: &[Value]| Other {
        answer: UsedAnswer { question: question.id.to_string(), ask: question.ask.clone(), answer: text },
        outcome: match values {
            [only] => engine.model.outcome_text(d, only),
            _ => open(engine, other, d),
        },
        settled: values.len() == 1,
    };
    let Type::Ordered { min, max, .. } = question.kind else {
        let mut groups: Vec<(Vec<Value>, Vec<Code>, Case)> = Vec::new();
        let here = case.codes.get(q).map(|codes| codes.to_vec()).unwrap_or_default();
        for option in engine.all(q).into_iter().filter(|option| !here.contains(option)) {
            let other = engine.with_codes(case, q, &[option], silent);
            let values = reached(engine, &other, d);
            match groups.iter_mut().find(|(known, ..)| *known == values) {
                Some((_, options, _)) => options.push(option),
                None => groups.push((values, vec![option], other)),
            }
        }
        let others = groups.iter().filter(|(values, ..)| !values.iter().eq([outcome]));
        return others.map(|(values, list, other)| told(engine.codes_text(q, list), other, values)).collect();
    };
    let Some(extent) = case.extents.get(q) else { return Vec::new() };
    let mut found = Vec::new();
    let here = extent.ranges.first().zip(extent.ranges.last()).map(|((low, _), (_, high))| (*low, *high));
    for up in [false, true] {
        let from = match (up, here) {
            (true, Some((_, high))) => high.checked_add(1).filter(|tick| *tick <= max),
            (false, Some((low, _))) => low.checked_sub(1).filter(|tick| *tick >= min),
            (true, None) => Some(min),
            (false, None) => None,
        };
        let Some(from) = from else { continue };
        let side = Side { engine, case, d, q, up, end: if up { max } else { min } };
        let Some(first) = side.first_other(from, outcome) else { continue };
        let other = engine.with_extent(case, q, Extent::only(first), silent);
        let values = reached(engine, &other, d);
        let last = match values.as_slice() {
            [value] => side.first_other(first, value).map_or(side.end, |n| if up { n - 1 } else { n + 1 }),
            _ => first, // what more answers leave together is not what each leaves
        };
        let text = dutch::range(question, first.min(last), first.max(last));
        found.push(told(text, &other, &values));
    }
    if question.may_not_apply && !extent.not_applicable {
        let other = engine.with_codes(case, q, &[NOT_APPLICABLE], silent);
        let values = reached(engine, &other, d);
        if !values.iter().eq([outcome]) {
            found.push(told("niet van toepassing".to_owned(), &other, &values));
        }
    }
    found
}

/// The values of an ordered question on one side of a value.
struct Side<'c> {
    engine: &'c Engine,
    case: &'c Case,
    d: usize,
    q: usize,
    up: bool,
    end: i64,
}

impl Side<'_> {
    /// Whether every value between two gives this outcome and no other.
    fn all_same(&self, from: i64, to: i64, outcome: &Value) -> bool {
        let extent = Extent { ranges: Pieces::One([(from.min(to), from.max(to))]), not_applicable: false };
        let case = self.engine.with_extent(self.case, self.q, extent, silent);
        reached(self.engine, &case, self.d).iter().eq([outcome])
    }

    /// The first value from one on that may give another outcome.
    fn first_other(&self, from: i64, outcome: &Value) -> Option<i64> {
        if self.all_same(from, self.end, outcome) {
            return None;
        }
        // up to `same` all is the same, up to `other` it is not
        let step = |distance: i64| if self.up { from + distance } else { from - distance };
        let (mut same, mut other) = (-1, from.abs_diff(self.end).min(i64::MAX as u64 / 2) as i64);
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            if self.all_same(from, step(middle), outcome) {
                same = middle;
            } else {
                other = middle;
            }
        }
        Some(step(other))
    }
}

/// What each option of a question leaves; of an ordered one or a list nothing is told, as its values are too many.
pub(super) fn leaves(engine: &Engine, case: &Case, d: usize, q: usize, most: usize) -> Vec<Leaves> {
    let Some(codes) = case.codes.get(q) else { return Vec::new() };
    if matches!(engine.model.questions.get(q).map(|q| &q.kind), Some(Type::Ordered { .. } | Type::List)) {
        return Vec::new();
    }
    let mut groups: Vec<(Vec<String>, Vec<Code>)> = Vec::new();
    for code in codes.iter() {
        let other = engine.with_codes(case, q, &[*code], silent);
        let mut evaluation = evaluation(engine, &other);
        let reached = evaluation.reach(d).codes;
        let texts = texts(&evaluation, d, &reached, most);
        match groups.iter_mut().find(|(known, _)| *known == texts) {
            Some((_, list)) => list.push(*code),
            None => groups.push((texts, vec![*code])),
        }
    }
    let leaves = groups.into_iter();
    leaves.map(|(outcomes, codes)| Leaves { answer: engine.codes_text(q, &codes), outcomes }).collect()
}

/// Outcomes in words; of many numbers the ends.
fn texts(evaluation: &Evaluation<'_>, d: usize, codes: &[Code], most: usize) -> Vec<String> {
    let sorted = evaluation.sorted(d, codes);
    let is_number = |code: &&Code| matches!(evaluation.value(d, **code), Value::Number(_));
    let numbers: Vec<&Code> = sorted.iter().filter(is_number).collect();
    let (Some(low), Some(high)) = (numbers.first(), numbers.last()) else {
        return super::outcome::texts(evaluation, d, &sorted);
    };
    if numbers.len() <= MOST_OUTCOMES.min(most) {
        return super::outcome::texts(evaluation, d, &sorted);
    }
    let low = dutch::value(&evaluation.value(d, **low));
    let mut texts = vec![format!("van {low} tot en met {}", super::words(evaluation, d, **high))];
    let rest: Vec<Code> = sorted.iter().copied().filter(|code| !is_number(&code)).collect();
    texts.extend(super::outcome::texts(evaluation, d, &rest));
    texts
}
