//! From text to a formula.

use super::{Aggregate, Expression, Node, Operator, Rounding};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits::{MAX_FORMULA_DEPTH, MAX_FORMULA_PARTS};
use crate::source::Span;
use crate::suggest::with_suggestion;
use crate::term::Length;
use crate::value::parse_decimal;

const SHAPE: &str = "a formula is arithmetic on names and numbers: `+ - * /`, parentheses, `min`, `max`, `sum`, `floor`, `ceiling`, `round`";

const FUNCTIONS: [(&str, Function); 11] = [
    ("min", Function::Of(Aggregate::Min)),
    ("max", Function::Of(Aggregate::Max)),
    ("sum", Function::Of(Aggregate::Sum)),
    ("floor", Function::Round(Rounding::Floor)),
    ("ceiling", Function::Round(Rounding::Ceiling)),
    ("round", Function::Round(Rounding::HalfUp)),
    ("round up", Function::Round(Rounding::Up)),
    ("round down", Function::Round(Rounding::Down)),
    ("round half up", Function::Round(Rounding::HalfUp)),
    ("round half down", Function::Round(Rounding::HalfDown)),
    ("decimal", Function::Round(Rounding::HalfEven)),
];

#[derive(Clone, Copy)]
enum Function {
    Of(Aggregate),
    Round(Rounding),
}

type Parsed = Result<Expression<String>, Box<Diagnostic>>;

/// Reads a formula; names stand in it as they are written.
pub(crate) fn parse(text: &str, span: Span) -> Parsed {
    let mut reader = Reader { text, at: 0, span, parts: 0, depth: 0 };
    let formula = reader.sum()?;
    match reader.peek() {
        None => Ok(formula),
        Some(_) => Err(reader.unexpected("an operator or the end of the formula")),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    span: Span,
    parts: usize,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.rest().chars().next()
    }

    fn eat(&mut self, token: char) -> bool {
        let hit = self.peek() == Some(token);
        if hit {
            self.at += token.len_utf8();
        }
        hit
    }

    /// The characters from here for which this holds.
    fn take(&mut self, is: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let taken: String = rest.chars().take_while(|c| is(*c)).collect();
        self.at += taken.len();
        taken
    }

    fn place(&self, from: usize) -> Span {
        let text = self.text.get(from..self.at).unwrap_or("");
        self.span.part(from, text.trim_end().len())
    }

    fn error(&self, from: usize, message: String) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(Code::BadFormula, self.place(from), message))
    }

    fn unexpected(&mut self, expected: &str) -> Box<Diagnostic> {
        self.peek();
        let found = crate::tree::excerpt(self.rest());
        let place = self.span.part(self.at, self.rest().len().max(1));
        let found = if found.is_empty() { "nothing".to_owned() } else { format!("`{found}`") };
        let finding =
            Diagnostic::error(Code::BadFormula, place, format!("expected {expected}, found {found}"));
        let before = self.text.get(..self.at).unwrap_or("").trim_end();
        let before = before.ends_with(|c: char| c.is_ascii_digit());
        let mut rest = self.rest().chars();
        Box::new(match (rest.next(), rest.next()) {
            (Some(','), Some(next)) if before && next.is_ascii_digit() => {
                finding.help("a number has a point before its decimals: `1.5`")
            }
            (Some(c), _) if before && c.is_alphabetic() => {
                finding.help("put a unit between quotes: `250 \"personen\"`")
            }
            (Some(';'), _) => finding.help("write a comma between the values of a function"),
            (Some('<' | '>' | '='), _) => {
                finding.help("a formula compares nothing: let a table or `when` do that")
            }
            (Some('*'), Some('*')) | (Some('^'), _) => finding.help("write a power as a product: `x * x`"),
            _ => finding.help(SHAPE),
        })
    }

    fn build(&mut self, node: Node<String>, from: usize) -> Parsed {
        self.parts += 1;
        if self.parts > MAX_FORMULA_PARTS {
            return Err(self.too_large(format!("a formula has at most {MAX_FORMULA_PARTS} parts")));
        }
        Ok(Expression { node, span: self.place(from) })
    }

    fn too_large(&self, message: String) -> Box<Diagnostic> {
        let finding = Diagnostic::error(Code::TooLarge, self.span, message);
        Box::new(finding.help("split it into several decisions that read each other"))
    }

    fn sum(&mut self) -> Parsed {
        self.peek();
        let from = self.at;
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            left = self.build(Node::Apply(operator, Box::new((left, right))), from)?;
        }
    }

    fn product(&mut self) -> Parsed {
        self.peek();
        let from = self.at;
        let mut left = self.signed()?;
        loop {
            let operator = match self.peek() {
                Some('*') if !self.rest().starts_with("**") => Operator::Multiply,
                Some('/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.signed()?;
            left = self.build(Node::Apply(operator, Box::new((left, right))), from)?;
        }
    }

    fn signed(&mut self) -> Parsed {
        self.peek();
        let from = self.at;
        self.depth += 1;
        if self.depth > MAX_FORMULA_DEPTH {
            return Err(self.too_large(format!("a formula is nested at most {MAX_FORMULA_DEPTH} deep")));
        }
        let part = if self.eat('-') {
            let part = self.signed()?;
            self.build(Node::Negate(Box::new(part)), from)
        } else {
            self.single(from)
        };
        self.depth -= 1;
        part
    }

    fn single(&mut self, from: usize) -> Parsed {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.sum()?;
                if self.eat(')') { Ok(inner) } else { Err(self.unexpected("`)`")) }
            }
            Some(c) if c.is_ascii_digit() => self.number(from),
            Some(c) if c.is_ascii_lowercase() || c == '_' => self.named(from),
            _ => Err(self.unexpected("a name, a number or `(`")),
        }
    }

    fn number(&mut self, from: usize) -> Parsed {
        let text = self.take(|c| c.is_ascii_digit() || c == '.');
        let Some(number) = parse_decimal(&text) else {
            let message = format!("`{}` is not a number", crate::tree::excerpt(&text));
            let help =
                "write it without points between thousands: `10000`, and with one before decimals: `1.5`";
            return Err(Box::new(self.error(from, message).help(help)));
        };
        if self.eat('"') {
            let unit = self.take(|c| c != '"');
            if !self.eat('"') {
                return Err(self.unexpected("a closing `\"`"));
            }
            return self.build(Node::Number(number, Some(unit)), from);
        }
        let after = self.at;
        if self.peek().is_some_and(char::is_alphabetic) {
            let word = self.take(char::is_alphabetic);
            if let Ok(length) = Length::parse(&format!("{text} {word}")) {
                return self.build(Node::Length(length), from);
            }
            self.at = after;
            return Err(self.unexpected("an operator or the end of the formula"));
        }
        self.build(Node::Number(number, None), from)
    }

    fn word(&mut self) -> String {
        self.take(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    }

    fn named(&mut self, from: usize) -> Parsed {
        let mut name = self.word();
        if name == "round" {
            // the names of FEEL have several words
            while self.peek().is_some_and(|c| c.is_ascii_lowercase()) {
                let word = self.word();
                name = format!("{name} {word}");
            }
        }
        if self.eat('(') {
            return self.call(from, &name);
        }
        if self.rest().starts_with('.') {
            self.at += 1;
            let output = self.word();
            name = format!("{name}.{output}");
        }
        self.build(Node::Name(name), from)
    }

    fn call(&mut self, from: usize, name: &str) -> Parsed {
        let Some((_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            let finding = *self.error(from, format!("`{name}` is not a function of formulas"));
            return Err(Box::new(with_suggestion(finding, name, FUNCTIONS.iter().map(|(known, _)| *known))));
        };
        let mut arguments = vec![self.sum()?];
        while self.eat(',') {
            arguments.push(self.sum()?);
        }
        if !self.eat(')') {
            return Err(self.unexpected("`,` or `)`"));
        }
        match function {
            Function::Of(aggregate) => self.build(Node::Of(*aggregate, arguments), from),
            Function::Round(rounding) => {
                let mut arguments = arguments.into_iter();
                let (Some(part), scale, None) = (arguments.next(), arguments.next(), arguments.next()) else {
                    let message = format!("`{name}` takes a number and perhaps how many decimals to keep");
                    return Err(Box::new(
                        self.error(from, message).help(format!("write `{name}(x)` or `{name}(x, 2)`")),
                    ));
                };
                let scale = match scale {
                    None => Some(0),
                    Some(scale) => decimals(&scale),
                };
                let Some(scale) = scale else {
                    let message = format!("`{name}` keeps a fixed number of decimals, from -9 to 9");
                    return Err(Box::new(self.error(from, message).help(format!("write `{name}(x, 2)`"))));
                };
                self.build(Node::Round(*rounding, scale, Box::new(part)), from)
            }
        }
    }
}

/// A number of decimals to keep.
fn decimals(scale: &Expression<String>) -> Option<i32> {
    match &scale.node {
        Node::Negate(inner) => decimals(inner).map(|scale| -scale),
        Node::Number(number, None) if number.is_integer() => {
            i32::try_from(number.normalize().mantissa()).ok().filter(|scale| *scale <= 9)
        }
        _ => None,
    }
}
