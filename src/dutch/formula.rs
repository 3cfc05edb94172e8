//! Formulas as an official reads them: `afronden naar boven (1.200 personen / 250)`.

use crate::formula::{Aggregate, Expression, Node, Operator, Rational, Rounding};
use crate::model::{Input, Leaf, Model};
use crate::notation::{number, with_unit};

/// How tightly the parts of a formula hold together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Sum,
    Product,
    Single,
}

impl Model {
    /// A formula in words. `value` gives what is known of a name, in words.
    pub(crate) fn formula_text(
        &self,
        formula: &Expression<Leaf>,
        value: &mut dyn FnMut(&Leaf) -> Option<String>,
    ) -> String {
        self.part_text(formula, value).0
    }

    fn part_text(
        &self,
        part: &Expression<Leaf>,
        value: &mut dyn FnMut(&Leaf) -> Option<String>,
    ) -> (String, Tie) {
        match &part.node {
            Node::Number(n, unit) => {
                let text = number(&n.normalize().to_string());
                (unit.as_ref().map_or(text.clone(), |unit| with_unit(&text, unit)), Tie::Single)
            }
            Node::Length(length) => (length.dutch(), Tie::Single),
            Node::Name(leaf) => (value(leaf).unwrap_or_else(|| self.leaf_name(leaf)), Tie::Single),
            Node::Negate(inner) => {
                let inner = self.tied(inner, Tie::Product, value);
                (format!("-{inner}"), Tie::Product)
            }
            Node::Apply(operator, parts) => {
                let (sign, tie, next) = match operator {
                    Operator::Add => ("+", Tie::Sum, Tie::Sum),
                    Operator::Subtract => ("-", Tie::Sum, Tie::Product),
                    Operator::Multiply => ("×", Tie::Product, Tie::Product),
                    Operator::Divide => ("/", Tie::Product, Tie::Single),
                };
                let (first, second) = (self.tied(&parts.0, tie, value), self.tied(&parts.1, next, value));
                (format!("{first} {sign} {second}"), tie)
            }
            Node::Round(rounding, scale, inner) => {
                let inner = self.formula_text(inner, value);
                (format!("{}{} ({inner})", rounding_text(*rounding), scale_text(*scale)), Tie::Single)
            }
            Node::Of(aggregate, parts) => {
                let what = match aggregate {
                    Aggregate::Min => "de laagste van",
                    Aggregate::Max => "de hoogste van",
                    Aggregate::Sum => "de som van",
                };
                let parts: Vec<String> = parts.iter().map(|part| self.formula_text(part, value)).collect();
                (format!("{what} ({})", parts.join("; ")), Tie::Single)
            }
        }
    }

    /// A part between parentheses where it holds together less tightly than it must.
    fn tied(
        &self,
        part: &Expression<Leaf>,
        tie: Tie,
        value: &mut dyn FnMut(&Leaf) -> Option<String>,
    ) -> String {
        match self.part_text(part, value) {
            (text, own) if own < tie => format!("({text})"),
            (text, _) => text,
        }
    }

    /// What a name in a formula is called.
    fn leaf_name(&self, leaf: &Leaf) -> String {
        match leaf {
            Leaf::Input(input @ Input::Question(q)) if *q < self.asked() => self.input_title(*input),
            Leaf::Input(input) => format!("«{}»", self.input_title(*input)),
            Leaf::Parameter(parameter, _) => {
                self.parameters.get(*parameter).map_or_else(String::new, |p| format!("«{}»", p.title))
            }
        }
    }

    /// The value of a parameter with its unit.
    pub(crate) fn parameter_text(&self, parameter: usize, value: Rational) -> Option<String> {
        let info = self.parameters.get(parameter)?;
        let setting = info.setting.as_ref()?;
        if crate::value::Date::parse(&setting.text).is_some() {
            return crate::value::Date::parse(&setting.text).map(crate::notation::date);
        }
        let text = number(&value.to_decimal()?.normalize().to_string());
        Some(info.unit.as_ref().map_or(text.clone(), |unit| with_unit(&text, unit)))
    }
}

fn rounding_text(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Floor => "afronden naar beneden",
        Rounding::Ceiling => "afronden naar boven",
        Rounding::Up => "afronden van nul af",
        Rounding::Down => "afronden naar nul toe",
        Rounding::HalfUp => "afronden",
        Rounding::HalfDown => "afronden, een half naar nul toe,",
        Rounding::HalfEven => "afronden, een half naar het even getal,",
    }
}

fn scale_text(scale: i32) -> String {
    match scale {
        0 => String::new(),
        1 => " op 1 decimaal".to_owned(),
        -1 => " op tientallen".to_owned(),
        -2 => " op honderdtallen".to_owned(),
        -3 => " op duizendtallen".to_owned(),
        s if s > 0 => format!(" op {s} decimalen"),
        s => format!(" op een 1 met {} nullen", s.unsigned_abs()),
    }
}
