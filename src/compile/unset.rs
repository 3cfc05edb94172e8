//! What an unset outcome could be: any value of its kind. Of values that no rule tells apart one is followed.

use super::{Compiler, as_value, starts, value_tick};
use crate::document::{HitPolicy, TypeName};
use crate::limits::MAX_STATES;
use crate::model::{Atom, Bound, DecisionInfo, Input, Measure, Model, RowOutput, Rule};
use crate::program::{Code, Loose, Other, Silent, Subject, unnamed};
use crate::sorted::each_once;
use crate::ticks::{OUTPUT_SCALE, tick_value};
use crate::value::Value;

/// What a row leaves of an output: its value, or the unset parameter with the type that it declares, or anything.
#[derive(PartialEq, Eq)]
pub(super) enum Left {
    Value(Value),
    Parameter(usize, Option<TypeName>),
    Anything,
}

/// What the rules compare an output with: constants, and the first ticks of ranges.
#[derive(Default)]
pub(super) struct Limits {
    points: Vec<Value>,
    ticks: Vec<i64>,
}

/// What the rules tell of a value of an output: how it lies to all that they compare with, and its rank.
pub(super) type Told = (Vec<bool>, Option<usize>);

/// A day for a date with which nothing is compared: the tick of 1 January 2000.
const SOME_DAY: i64 = 2_451_545;

/// The kinds of values of an output of which the file declares none.
enum Kind {
    /// Numbers, in steps of so many ticks.
    Number(i64),
    Date,
    Boolean,
    Text,
}

impl Compiler<'_> {
    /// What is unset where a row gives no outcome, or a decision has no rules, with every code that it could have.
    pub(super) fn unset_outcome(&mut self, d: usize, row: &RowOutput) -> usize {
        let Some(info) = self.model.decisions.get(d) else { return 0 };
        let kind = |p: usize| self.model.parameters.get(p).and_then(|p| p.kind);
        let left = |o: usize| match (row.value(o), row.unset_at(o)) {
            (Some(value), _) => Left::Value(value.clone()),
            (None, Some(p)) => Left::Parameter(p, kind(p)),
            (None, None) => Left::Anything,
        };
        let left: Vec<Left> = (0..info.outputs.len()).map(left).collect();
        let known = self.could.iter().find(|(other, known, _)| *other == d && *known == left);
        let codes = match known {
            Some((.., codes)) => codes.clone(),
            None => {
                let codes = self.codes_left(d, info, &left);
                self.could.push((d, left, codes.clone()));
                codes
            }
        };
        let gives = (0..info.outputs.len()).filter_map(|o| Some((o, row.unset_at(o)?))).collect();
        self.silent_of(Silent { subject: Subject::Decision(d, row.unset()), codes, gives })
    }

    /// Every code that an outcome could have of which this is left.
    fn codes_left(&mut self, d: usize, info: &DecisionInfo, left: &[Left]) -> Vec<Code> {
        let turns = self.turns(d);
        let mut lists: Vec<Vec<Value>> = vec![Vec::new()];
        for (o, own) in left.iter().enumerate() {
            let values = match own {
                Left::Value(value) => vec![value.clone()],
                _ => self.could_be(d, info, own, o),
            };
            let twice =
                left.iter().take(o).position(|other| matches!(own, Left::Parameter(..)) && other == own);
            if lists.len().saturating_mul(values.len()).saturating_mul(turns) > MAX_STATES {
                self.engine.crowded.get_or_insert(d);
                break;
            }
            let with = |list: &Vec<Value>| {
                let longer = |value: &Value| list.iter().cloned().chain([value.clone()]).collect();
                values.iter().map(longer).collect::<Vec<Vec<Value>>>()
            };
            lists = lists.iter().flat_map(with).collect();
            if let (Left::Parameter(p, _), Some(before)) = (own, twice) {
                let shared = self.shared(*p, (d, info, before), (d, info, o));
                let told = |list: &[Value], o: usize| list.get(o).map(|value| self.told(d, info, o, value));
                let one = |list: &Vec<Value>| {
                    let (first, second) = (told(list, before), told(list, o));
                    shared.iter().any(|(a, b)| Some(a) == first.as_ref() && Some(b) == second.as_ref())
                };
                if !shared.is_empty() {
                    lists.retain(one);
                }
            }
        }
        let given: Vec<bool> = left.iter().map(|left| matches!(left, Left::Value(_))).collect();
        let mut codes: Vec<Code> = Vec::new();
        for list in lists {
            let value = as_value(info, list);
            match self.engine.outcomes.get(d).and_then(|known| known.iter().position(|v| *v == value)) {
                Some(known) => codes.extend(Code::try_from(known).ok()),
                None => codes.extend(self.others(d, &value, &given, turns)),
            }
        }
        // what is unset is never settled, though no rule may see the difference
        if let [code] = *codes.as_slice()
            && let Some(value) = self.engine.value_of(d, code).cloned()
        {
            codes.extend(self.others(d, &value, &given, turns.max(2)));
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The codes of a value that no row gives, so many.
    fn others(&mut self, d: usize, value: &Value, given: &[bool], turns: usize) -> Vec<Code> {
        let known = self.engine.outcomes.get(d).map_or(0, Vec::len);
        let Some(others) = self.engine.others.get_mut(d) else { return Vec::new() };
        let same = |other: &Other| other.value == *value && other.given == given;
        let there = others.iter().filter(|other| same(other)).count();
        let other = |turn: usize| Other { value: value.clone(), turn, given: given.to_vec() };
        others.extend((there..turns).map(other));
        let code = |(place, _): (usize, &Other)| Code::try_from(known + place).ok();
        others.iter().enumerate().filter(|(_, other)| same(other)).filter_map(code).collect()
    }

    /// In how many turns a value of a decision is followed: what adds it up could be any sum.
    fn turns(&self, d: usize) -> usize {
        let adds = |input: &Input| matches!(input, Input::Output(other, _) if *other == d);
        let read = self.model.decisions.iter().any(|decision| match &decision.rule {
            Rule::Points(points) => points.terms.iter().any(adds),
            _ => false,
        });
        if read { self.engine.loose.turns() } else { 1 }
    }

    /// What an output could be that a row does not give: a value of each set that the rules do not tell apart.
    fn could_be(&self, d: usize, info: &DecisionInfo, left: &Left, o: usize) -> Vec<Value> {
        let mut limits = Limits::default();
        self.limits(d, info, o, &mut limits);
        let ordered = matches!(&info.rule, Rule::Table(table) if table.hit == HitPolicy::Priority);
        let given = if ordered { info.given(o) } else { Vec::new() };
        let mut seen: Vec<(Told, bool)> = Vec::new();
        let mut distinct = Vec::new();
        for value in values(info, left, o, &limits) {
            let told = self.told(d, info, o, &value);
            // what another row gives and ranks as high could be that or something else: then two are followed
            match seen.iter_mut().find(|(other, _)| *other == told) {
                None => seen.push((told, given.contains(&value))),
                Some((_, another @ true)) => *another = false,
                Some(_) => continue,
            }
            distinct.push(value);
        }
        distinct
    }

    fn tests_of(&self, d: usize, o: usize) -> impl Iterator<Item = &[Atom]> {
        self.tests.iter().filter(move |(input, _)| *input == Input::Output(d, o)).map(|(_, atoms)| *atoms)
    }

    /// Adds what the rules compare an output with.
    pub(super) fn limits(&self, d: usize, info: &DecisionInfo, o: usize, limits: &mut Limits) {
        for atoms in self.tests_of(d, o) {
            starts(atoms, &mut limits.ticks);
            constants(atoms, &mut limits.points);
        }
        // what an order of outcomes names stands in its own place, also where no row gives it
        if let Rule::Table(table) = &info.rule
            && table.hit == HitPolicy::Priority
        {
            limits.points.extend(table.priority.iter().cloned());
        }
    }

    /// What the rules tell of a value of an output.
    pub(super) fn told(&self, d: usize, info: &DecisionInfo, o: usize, value: &Value) -> Told {
        let mut passes = Vec::new();
        self.tests_of(d, o).for_each(|atoms| passed(atoms, value, &mut passes));
        (passes, super::rank::told_apart(info, o, value))
    }
}

/// All that an output could be, with values that the rules do not tell apart; those that no row gives come first.
pub(super) fn values(info: &DecisionInfo, left: &Left, o: usize, limits: &Limits) -> Vec<Value> {
    let Limits { points, ticks } = limits;
    let options = info.outputs.get(o).map(|output| output.options.as_slice()).unwrap_or_default();
    if !options.is_empty() {
        let declared = options.iter().map(|option| Value::Text(option.id.clone()));
        // what its only value is not, another layer may declare
        let other = (options.len() < 2).then(unnamed);
        return other.into_iter().chain(declared).collect();
    }
    let known = info.given(o);
    let ordered = |value: &Value| matches!(value, Value::Number(_) | Value::Date(_));
    // words that rows give on other dates are all that there are
    if matches!(info.rule, Rule::Unloaded) && known.len() > 1 && !known.iter().any(ordered) {
        return known;
    }
    let kinds = match left {
        Left::Parameter(_, Some(kind)) => vec![Kind::of(*kind)],
        _ => Kind::of_values(&known),
    };
    let mut values: Vec<Value> = Vec::new();
    for kind in &kinds {
        let mut fresh = kind.fresh(&known, points, ticks);
        fresh.retain(|value| !known.contains(value));
        values.extend(fresh);
    }
    let may = |value: &Value| match value {
        Value::Null => *left == Left::Anything,
        _ => kinds.iter().any(|kind| kind.holds(value)),
    };
    values.extend(known.into_iter().filter(may));
    values
}

impl Kind {
    fn of(kind: TypeName) -> Kind {
        match kind {
            TypeName::Integer => Kind::Number(10i64.pow(OUTPUT_SCALE)),
            TypeName::Decimal => Kind::Number(1),
            TypeName::Date => Kind::Date,
            TypeName::Boolean => Kind::Boolean,
            TypeName::Choice | TypeName::Text | TypeName::Time | TypeName::List => Kind::Text,
        }
    }

    /// The kinds of what rows give; where none gives anything it could be a number as well as a word.
    fn of_values(known: &[Value]) -> Vec<Kind> {
        let any = |kind: Kind| known.iter().any(|value| kind.holds(value)).then_some(kind);
        let kinds = [Kind::Number(1), Kind::Date, Kind::Boolean, Kind::Text].into_iter().filter_map(any);
        let kinds: Vec<Kind> = kinds.collect();
        if kinds.is_empty() { vec![Kind::Number(1), Kind::Text] } else { kinds }
    }

    fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Kind::Number(step), Value::Number(n)) => *step == 1 || n.is_integer(),
            (Kind::Date, Value::Date(_)) | (Kind::Boolean, Value::Bool(_)) | (Kind::Text, Value::Text(_)) => {
                true
            }
            _ => false,
        }
    }

    /// Values on both sides of every end and beside every constant, and one beyond all that rows give.
    fn fresh(&self, known: &[Value], points: &[Value], ticks: &[i64]) -> Vec<Value> {
        let (step, measure) = match self {
            Kind::Number(step) => (*step, Measure::Number { scale: OUTPUT_SCALE, step: 1 }),
            Kind::Date => (1, Measure::Date),
            Kind::Boolean => return vec![Value::Bool(true), Value::Bool(false)],
            Kind::Text => {
                return points.iter().filter(|v| self.holds(v)).cloned().chain([unnamed()]).collect();
            }
        };
        let own = |values: &[Value]| values.iter().filter(|v| self.holds(v)).filter_map(value_tick).collect();
        let (known, mut near): (Vec<i64>, Vec<i64>) = (own(known), own(points));
        near.extend(ticks);
        let some = if let Kind::Date = self { SOME_DAY } else { 0 };
        let beyond = known.iter().chain(&near).max().copied().unwrap_or(some);
        let around = |tick: i64| {
            let floor = tick.div_euclid(step).saturating_mul(step);
            (-1..=2).map(move |steps| floor.saturating_add(steps * step))
        };
        let all = near.into_iter().flat_map(around).chain(around(beyond).skip(3));
        let values = each_once(all).into_iter().map(|tick| tick_value(measure, tick));
        values.filter(|value| *value != Value::Null).collect()
    }
}

/// The constants to which entries compare.
fn constants(atoms: &[Atom], found: &mut Vec<Value>) {
    for atom in atoms {
        match atom {
            Atom::Value(value) => found.push(value.clone()),
            Atom::Not(inner) | Atom::Fails(inner) => constants(inner, found),
            _ => {}
        }
    }
}

/// How a value lies to all that entries compare it with; what is unset in them is left out.
fn passed(atoms: &[Atom], value: &Value, passes: &mut Vec<bool>) {
    for atom in atoms {
        match atom {
            Atom::Value(other) => passes.push(value == other),
            Atom::Range(lo, hi) => {
                let tick = value_tick(value);
                passes.push(tick.is_some());
                let ends = [(lo, true), (hi, false)].into_iter().filter_map(|(bound, from)| match bound {
                    Bound::At(at) => Some((*at, from)),
                    _ => None,
                });
                passes.extend(
                    ends.map(|(at, from)| {
                        tick.is_some_and(|tick| if from { at <= tick } else { tick <= at })
                    }),
                );
            }
            Atom::Not(inner) | Atom::Fails(inner) => passed(inner, value, passes),
            _ => {}
        }
    }
}

impl Loose {
    /// The scores of a model that add up something unset, with a sum on each side of every end to which one is compared.
    pub(super) fn of(model: &Model, tests: &[(Input, &[Atom])]) -> Loose {
        let mut sums: Vec<(usize, Vec<i64>)> = Vec::new();
        for index in model.order.iter().filter_map(|index| index.checked_sub(model.questions.len())) {
            let Some(Rule::Points(points)) = model.decisions.get(index).map(|d| &d.rule) else { continue };
            let any = points.terms.iter().any(|term| match term {
                Input::Output(d, o) => model.decisions.get(*d).is_some_and(|d| d.rule.can_be_any(*o)),
                Input::Score(d) => sums.iter().any(|(score, _)| score == d),
                Input::Question(_) | Input::Part(..) => false,
            });
            if any {
                let mut cuts = Vec::new();
                let own = tests.iter().filter(|(input, _)| *input == Input::Score(index));
                own.for_each(|(_, atoms)| starts(atoms, &mut cuts));
                cuts = each_once(cuts);
                let below = cuts.first().map_or(0, |first| first - 1);
                sums.push((index, std::iter::once(below).chain(cuts).collect()));
            }
        }
        Loose { sums }
    }
}
