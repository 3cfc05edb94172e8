//! Unset outcomes that are the same parameter: whatever that is, it is one value.

use super::Compiler;
use super::unset::{Left, Limits, Told, values};
use crate::model::DecisionInfo;
use crate::program::{Code, Same, Silent, Subject};
use crate::value::Value;

/// An output that is a parameter: of a decision, by its place.
type Place<'m> = (usize, &'m DecisionInfo, usize);

impl Compiler<'_> {
    /// The unset outcomes that are one parameter, two by two, as far as some of their ways do not go together.
    pub(super) fn same(&self) -> Vec<Same> {
        let silents = self.engine.silents.iter().enumerate();
        let giving: Vec<(usize, &Silent)> = silents.filter(|(_, silent)| !silent.gives.is_empty()).collect();
        let mut all = Vec::new();
        for (at, (j, b)) in giving.iter().enumerate() {
            for (i, a) in giving.iter().take(at) {
                all.extend(self.together(a, b).map(|together| Same { silents: (*i, *j), together }));
            }
        }
        all
    }

    /// Per way of an unset outcome which ways of another one go with it; none where all do.
    fn together(&self, a: &Silent, b: &Silent) -> Option<Vec<Vec<bool>>> {
        let mut together: Option<Vec<Vec<bool>>> = None;
        for (o, p) in &a.gives {
            for (other, _) in b.gives.iter().filter(|(_, q)| q == p) {
                let (first, second) = (self.place(a, *o)?, self.place(b, *other)?);
                let shared = self.shared(*p, first, second);
                if shared.is_empty() {
                    continue; // values of two kinds: neither tells anything of the other
                }
                let (ways_a, ways_b) = (self.ways_told(a, first), self.ways_told(b, second));
                let all = together.get_or_insert_with(|| vec![vec![true; ways_b.len()]; ways_a.len()]);
                for (row, told_a) in all.iter_mut().zip(&ways_a) {
                    for (can, told_b) in row.iter_mut().zip(&ways_b) {
                        *can &= shared.iter().any(|(a, b)| a == told_a && b == told_b);
                    }
                }
            }
        }
        together.filter(|all| all.iter().flatten().any(|can| !can) && all.iter().flatten().any(|can| *can))
    }

    fn place(&self, silent: &Silent, output: usize) -> Option<Place<'_>> {
        let Subject::Decision(d, _) = silent.subject else { return None };
        Some((d, self.model.decisions.get(d)?, output))
    }

    /// What the rules tell of an output in each way of an unset outcome.
    fn ways_told(&self, silent: &Silent, (d, info, o): Place<'_>) -> Vec<Told> {
        let told = |code: &Code| match self.engine.value_of(d, *code) {
            Some(value) => self.told(d, info, o, value.output(o)),
            None => Told::default(),
        };
        silent.codes.iter().map(told).collect()
    }

    /// What the rules tell of one value in two places, for every value that a parameter could have in both.
    pub(super) fn shared(&self, p: usize, a: Place<'_>, b: Place<'_>) -> Vec<(Told, Told)> {
        let left = Left::Parameter(p, self.model.parameters.get(p).and_then(|p| p.kind));
        let mut limits = Limits::default();
        for (d, info, o) in [a, b] {
            self.limits(d, info, o, &mut limits);
        }
        let of = |(_, info, o): Place<'_>| values(info, &left, o, &limits);
        let (in_a, in_b) = (of(a), of(b));
        let may = |(_, info, o): Place<'_>, values: &[Value], value: &Value| {
            let declared = info.outputs.get(o).map_or(0, |output| output.options.len());
            values.contains(value) || (declared < 2 && values.iter().any(|other| kind(other) == kind(value)))
        };
        let both = in_a.iter().chain(&in_b).filter(|value| may(a, &in_a, value) && may(b, &in_b, value));
        let mut shared = Vec::new();
        for value in both {
            let told = |(d, info, o): Place<'_>| self.told(d, info, o, value);
            let pair = (told(a), told(b));
            if !shared.contains(&pair) {
                shared.push(pair);
            }
        }
        shared
    }
}

fn kind(value: &Value) -> std::mem::Discriminant<Value> {
    std::mem::discriminant(value)
}
