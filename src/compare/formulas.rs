//! Decisions that a formula computes, side by side.
//!
//! Their values are numbers, not cells: in how many cases two formulas come to the same number is not worked out. So one
//! and the same formula over the same things is one outcome; two formulas count as different wherever both apply, and the
//! comparison is marked `approximate` there.

use super::functions::{Function, Functions};
use crate::diagram::{Memo, Ref};
use crate::model::{How, Input, Leaf, Model};
use crate::program::Code;
use crate::value::Value;

/// What a formula is in words, and all that its value hangs on, as a key.
struct Computed {
    words: String,
    key: String,
}

impl Functions<'_> {
    /// A decision that shows a formula: which formula it is, where the condition of the decision holds.
    pub(super) fn computed(&mut self, side: usize, d: usize, q: usize) -> Option<Function> {
        let engine = self.engine(side)?;
        let node = engine.decision(d).and_then(|node| node.gate);
        let gate = self.condition(side, node)?;
        let derived = engine.model.questions.get(q)?.derived.as_ref()?;
        let name = |p: &usize| engine.model.parameters.get(*p).map(|p| p.id.clone());
        let shown = if derived.silent {
            self.reading(vec![Value::Unregulated(derived.unset.iter().filter_map(name).collect())])
        } else {
            let Computed { words, key } = self.formula(side, q)?;
            let words = self.apart(words, &key);
            let code = self.reading(vec![Value::Text(words.into())]);
            self.formulas.insert(code);
            code
        };
        let (yes, no) = (self.reading(vec![Value::Bool(true)]), self.reading(vec![Value::Bool(false)]));
        let unregulated = self.reading(vec![Value::Unregulated(Vec::new())]);
        let not_applicable = self.reading(vec![Value::NotApplicable]);
        let f = self.store.map(gate.f, &mut Memo::new(1), &mut |_, code: Code| {
            Ref::leaf(match code {
                code if code == yes => shown,
                code if code == no => not_applicable,
                _ => unregulated,
            })
        });
        Some(Function { f, approximate: gate.approximate })
    }

    /// Words that no formula with another key has.
    fn apart(&mut self, words: String, key: &str) -> String {
        let mut text = words.clone();
        let mut number = 1;
        loop {
            let known = self.words.entry(text.clone()).or_insert_with(|| key.to_owned());
            if known == key {
                return text;
            }
            number += 1;
            text = format!("{words} (met andere gegevens, {number})");
        }
    }

    fn formula(&mut self, side: usize, q: usize) -> Option<Computed> {
        let engine = self.engine(side)?;
        let derived = engine.model.questions.get(q)?.derived.as_ref()?;
        let words = words(&engine.model, &derived.how);
        let mut key = form(&engine.model, &derived.how);
        for input in &derived.inputs {
            let part = match *input {
                Input::Question(x) if x >= engine.model.asked() => self.formula(side, x)?.key,
                Input::Question(x) | Input::Part(x, _) => {
                    // a question that does not apply has no value
                    let node = engine.questions.get(x).and_then(|node| engine.nodes.get(*node))?;
                    let gate = self.condition(side, node.gate)?;
                    format!("q{:?} {:?}", self.variable(side, x), gate.f)
                }
                Input::Output(d, o) => format!("d{:?}.{o}", self.decision(side, d)?.f),
                Input::Score(d) => format!("d{:?}", self.decision(side, d)?.f),
            };
            key.push_str(&format!(" [{part}]"));
        }
        Some(Computed { words, key })
    }
}

/// A formula or count in words, with the values of parameters filled in.
fn words(model: &Model, how: &How) -> String {
    match how {
        How::Formula(formula) => model.formula_text(&formula.expression, &mut |leaf| match *leaf {
            Leaf::Parameter(parameter, value) => model.parameter_text(parameter, value?),
            Leaf::Input(_) => None,
        }),
        How::Count(count) => model.count_text(count),
    }
}

/// All that is written of a formula or count: equal where it is the same over equal inputs.
pub(super) fn form(model: &Model, how: &How) -> String {
    let words = words(model, how);
    match how {
        How::Formula(_) => words,
        How::Count(count) => {
            let list = model.lists.get(count.list);
            let fields = list.map(|list| list.fields.as_slice()).unwrap_or_default();
            let fields = fields.iter().filter_map(|q| model.questions.get(*q));
            let kinds: Vec<String> = fields
                .map(|q| {
                    let options: Vec<&str> = q.options.iter().map(|o| o.id.as_str()).collect();
                    format!("{} {:?} {options:?} {:?}", q.id, q.kind, q.may_not_apply)
                })
                .collect();
            format!("{words} {:?} {kinds:?} {:?}", count.rule, list.map(|list| list.most))
        }
    }
}
