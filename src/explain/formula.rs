//! The reasons of a formula: it in words, with what is known filled in.

use super::Explainer;
use crate::derived::{Extent, Pieces};
use crate::explanation::{FormulaReason, ParameterReason};
use crate::model::{Formula, Input, Leaf, Setting};

impl Explainer<'_> {
    /// The formula of a decision in words, and with what is known in it.
    pub(super) fn formula(&mut self, d: usize, determined: Option<&str>) -> Option<FormulaReason> {
        let Formula { expression, text } = self.engine.model.formula_of(d)?.clone();
        let model = &self.engine.model;
        let words = model.formula_text(&expression, &mut |_| None);
        let filled = model.formula_text(&expression, &mut |leaf| self.leaf_text(leaf));
        let filled = match determined {
            Some(outcome) => Some(format!("{filled} = {outcome}")),
            None => (filled != words).then_some(filled),
        };
        Some(FormulaReason { formula: text, words, filled })
    }

    /// What is known of a name in a formula, in words.
    fn leaf_text(&mut self, leaf: &Leaf) -> Option<String> {
        let engine = self.engine;
        match *leaf {
            Leaf::Parameter(parameter, value) => engine.model.parameter_text(parameter, value?),
            Leaf::Input(Input::Question(q)) if q < engine.model.asked() => {
                let node = engine.questions.get(q).and_then(|node| engine.nodes.get(*node))?;
                if self.evaluation.holds(node.gate) == Some(false) {
                    return Some("niet van toepassing".to_owned());
                }
                let extent = self.case.extents.get(q)?;
                if *extent == (Extent { ranges: Pieces::default(), not_applicable: true }) {
                    return Some("niet van toepassing".to_owned());
                }
                Some(crate::dutch::answer(engine.model.questions.get(q)?, extent.single()?))
            }
            Leaf::Input(Input::Question(q)) => {
                let d = engine.model.shown_by(q)?;
                self.only_text(d, None)
            }
            Leaf::Input(Input::Output(d, o)) => self.only_text(d, Some(o)),
            Leaf::Input(Input::Score(d)) => self.only_text(d, None),
            Leaf::Input(Input::Part(..)) => None,
        }
    }

    /// The outcome of an earlier decision, as others read it.
    fn only_text(&mut self, d: usize, output: Option<usize>) -> Option<String> {
        if let Some(deviation) = self.deviation(d) {
            return Some(deviation.text);
        }
        let code = super::only(&mut self.evaluation, d)?;
        if self.evaluation.missing(code).is_some() {
            return None;
        }
        let value = self.evaluation.value(d, code);
        let model = &self.engine.model;
        match (&value, output) {
            (crate::value::Value::Object(fields), Some(o)) => {
                fields.get(o).map(|(_, value)| model.output_text(d, o, value))
            }
            _ => Some(model.outcome_text(d, &value)),
        }
    }

    /// The parameters that a formula reads and that a layer sets.
    pub(super) fn formula_parameters(&self, d: usize) -> Vec<ParameterReason> {
        let Some(formula) = self.engine.model.formula_of(d) else { return Vec::new() };
        let mut list: Vec<ParameterReason> = Vec::new();
        for (leaf, _) in formula.expression.names() {
            let Leaf::Parameter(p, Some(value)) = *leaf else { continue };
            let Some(parameter) = self.engine.model.parameters.get(p) else { continue };
            let words = |setting: &Setting| {
                self.engine.model.parameter_text(p, value).unwrap_or_else(|| setting.text.clone())
            };
            let reason = self.parameter(parameter, words);
            list.extend(reason.filter(|new| list.iter().all(|known| known.id != new.id)));
        }
        list
    }
}
