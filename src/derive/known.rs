//! What answers settle by themselves, formulas included: one pass over the nodes, without bounds or search.

use crate::case::Case;
use crate::derived::{Image, Values};
use crate::formula::{Bounds, Rational};
use crate::model::{Formula, How, Input, Leaf};
use crate::program::{Code, Codes, Engine, FALSE, GAP, Kind, NOT_APPLICABLE};

impl Engine {
    /// The codes of all nodes that the answers settle, in node order. The derived questions among them get their value.
    pub(crate) fn known(&self, case: &mut Case) -> Vec<Option<Code>> {
        let asked = self.model.asked();
        let mut derived = self.derived_nodes.iter().copied().peekable();
        let mut numbers: Vec<Option<Rational>> = vec![None; self.model.questions.len() - asked];
        let mut codes: Vec<Option<Code>> = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.nodes.iter().enumerate() {
            let fixed = case.decided.iter().find(|(known, _)| *known == index).map(|(_, code)| *code);
            let mut code = None;
            if let Some((_, q)) = derived.next_if(|(known, _)| *known == index) {
                let gate = node.gate.map(|gate| codes.get(gate).copied().flatten());
                if let Some(number) = numbers.get_mut(q - asked) {
                    let tick = case.fixed.iter().find(|(known, _)| *known == index).map(|(_, tick)| *tick);
                    *number = tick.and_then(|tick| self.number_at(q, tick));
                }
                code = match gate {
                    Some(Some(FALSE)) => Some(NOT_APPLICABLE),
                    Some(None) => None,
                    _ => {
                        let bounds = self.formula_of_known(q, case, &codes, &numbers);
                        let found = match bounds {
                            Some(bounds) => self.settled_image(q, &bounds),
                            None => self.settled_count(q, case),
                        };
                        found.and_then(|(image, number)| {
                            let code = image.codes.first().copied();
                            if let (Some(slot), None) = (numbers.get_mut(q - asked), fixed) {
                                *slot = number;
                            }
                            if let (Some(slot), Some(code)) = (case.codes.get_mut(q), code) {
                                *slot = Codes::One([code]);
                            }
                            if let Some(slot) = case.images.get_mut(q - asked) {
                                *slot = image;
                            }
                            code
                        })
                    }
                };
            } else if !matches!(node.kind, Kind::Unloaded(_)) {
                let answer = |q: usize| match case.codes.get(q).map(|codes| &**codes) {
                    Some([code]) => Some(*code),
                    _ => None,
                };
                code = node.point(|n| codes.get(n).copied().flatten(), &answer);
            }
            codes.push(fixed.or(code));
        }
        codes
    }

    /// The value of a formula of which everything is known; none where something is not.
    fn formula_of_known(
        &self,
        q: usize,
        case: &Case,
        codes: &[Option<Code>],
        numbers: &[Option<Rational>],
    ) -> Option<Bounds> {
        let derived = self.model.questions.get(q)?.derived.as_ref().filter(|derived| !derived.silent)?;
        let How::Formula(Formula { expression, .. }) = &derived.how else { return None };
        let mut complete = true;
        let mut leaf = |leaf: &Leaf| {
            let found = match leaf {
                Leaf::Parameter(_, value) => Some(value.map_or(Bounds::missing(1), Bounds::only)),
                Leaf::Input(input) => self.known_input(*input, case, codes, numbers),
            };
            complete &= found.is_some();
            found.unwrap_or_default()
        };
        let bounds = expression.bounds(&mut leaf);
        complete.then_some(bounds)
    }

    fn known_input(
        &self,
        input: Input,
        case: &Case,
        codes: &[Option<Code>],
        numbers: &[Option<Rational>],
    ) -> Option<Bounds> {
        let code = |node: Option<&usize>| codes.get(*node?).copied().flatten();
        let number = match input {
            Input::Question(q) | Input::Part(q, _) => match code(self.questions.get(q))? {
                NOT_APPLICABLE => return Some(Bounds::not_applicable()),
                _ => match q.checked_sub(self.model.asked()) {
                    Some(derived) => numbers.get(derived).copied().flatten()?,
                    None => self.number_at(q, case.extents.get(q)?.single()?)?,
                },
            },
            Input::Output(d, o) => match code(self.decisions.get(d))? {
                NOT_APPLICABLE => return Some(Bounds::not_applicable()),
                code => self.output_number(d, o, code)?,
            },
            Input::Score(d) => match code(self.decisions.get(d))? {
                NOT_APPLICABLE => return Some(Bounds::not_applicable()),
                GAP => return None,
                code => self.score_number(d, code)?,
            },
        };
        Some(Bounds::only(number))
    }

    /// A count that no test tells apart any more, with its number where it has only one.
    fn settled_count(&self, q: usize, case: &Case) -> Option<(Image, Option<Rational>)> {
        let derived = self.model.questions.get(q)?.derived.as_ref()?;
        let How::Count(count) = &derived.how else { return None };
        let image = self.count(q, count, case);
        let (Values::Listed(_), [_], true) = (&image.values, &*image.codes, image.missing.is_empty()) else {
            return None;
        };
        // several numbers a formula may still tell apart
        let number = image.values.single().and_then(|tick| self.number_at(q, tick));
        Some((image, number))
    }

    /// The image of a formula that comes to one thing: a value within its bounds, or "not applicable".
    fn settled_image(&self, q: usize, bounds: &Bounds) -> Option<(Image, Option<Rational>)> {
        if bounds.is_settled() && bounds.not_applicable {
            let codes = vec![NOT_APPLICABLE];
            return Some((Image { not_applicable: true, codes, ..Image::default() }, None));
        }
        let number = bounds.single()?;
        let (tick, same) = self.ticks_between(q, (number, number))?;
        let (least, most) = self.domain(q);
        if tick != same || tick < least || most < tick {
            return None;
        }
        let code = self.cells.get(q)?.find(tick).and_then(|cell| Code::try_from(cell).ok())?;
        let image = Image { values: Values::Listed(vec![tick]), codes: vec![code], ..Image::default() };
        Some((image, Some(number)))
    }
}
