//! Unary tests, the language of table cells and conditions: the S-FEEL subset that stays decidable.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

mod slips;

pub(crate) use slips::dashed;

/// A literal or name in a test, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) text: String,
    pub(crate) quoted: bool,
    pub(crate) span: Span,
}

/// A comparison word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// One end of an interval; `closed` includes the end point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) term: Term,
    pub(crate) closed: bool,
}

/// One of the tests of a cell; a cell accepts a value when one of its tests does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// `-`: everything.
    Any,
    /// `n.v.t.`: the input is not applicable.
    NotApplicable,
    /// A literal, or the name of a parameter.
    Is(Term),
    Compare(Operator, Term),
    Interval(End, End),
    Not(Vec<Test>),
}

impl Test {
    /// The literals and names in it.
    pub(crate) fn terms(&self) -> Vec<&Term> {
        match self {
            Test::Any | Test::NotApplicable => Vec::new(),
            Test::Is(term) | Test::Compare(_, term) => vec![term],
            Test::Interval(from, to) => vec![&from.term, &to.term],
            Test::Not(inner) => inner.iter().flat_map(Test::terms).collect(),
        }
    }
}

/// Reads the tests of one cell.
pub(crate) fn parse(text: &str, span: Span) -> Result<Vec<Test>, Diagnostic> {
    let mut reader = Reader { text, at: 0, span };
    let tests = reader.list(false)?;
    reader.skip_space();
    if reader.at < text.len() {
        let finding = reader.unexpected("the end of the cell");
        return Err(match slips::whole(text) {
            Some(help) => finding.help(help),
            None => finding,
        });
    }
    Ok(tests)
}

/// The word behind the last number of a text, such as `km` in `> 5 km`, and the text without it.
pub(crate) fn word_after_number(text: &str) -> Option<(String, &str)> {
    let (inner, close) = match text.trim_end() {
        text if text.ends_with([')', ']']) => text.split_at(text.len() - 1),
        text => (text, ""),
    };
    let unit = |c: char| c.is_alphabetic() || matches!(c, '%' | '€' | '°' | '²' | '³' | '/');
    let number = inner.trim_end_matches(unit);
    let word = inner.get(number.len()..)?;
    let before = number.trim_end();
    let found = !word.is_empty() && before.ends_with(|c: char| c.is_ascii_digit());
    found.then(|| (format!("{before}{close}"), word))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    span: Span,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let hit = self.rest().starts_with(token);
        if hit {
            self.at += token.len();
        }
        hit
    }

    fn unexpected(&self, expected: &str) -> Diagnostic {
        let rest = self.rest().trim();
        let found = if rest.is_empty() { "nothing".to_owned() } else { format!("`{rest}`") };
        Diagnostic::error(Code::BadTest, self.span, format!("expected {expected}, found {found}")).help(
            "a cell is `-`, a value, a comparison such as `> 5`, an interval such as `[1..5)`, a list `a, b`, `not(…)` or `n.v.t.`",
        )
    }

    fn list(&mut self, inside_not: bool) -> Result<Vec<Test>, Diagnostic> {
        let mut tests = vec![self.test(inside_not)?];
        while self.eat(",") {
            tests.push(self.test(inside_not)?);
        }
        Ok(tests)
    }

    fn test(&mut self, inside_not: bool) -> Result<Test, Diagnostic> {
        self.skip_space();
        if let Some(help) = slips::first(self.rest()) {
            return Err(self.unexpected("a test").help(help));
        }
        if self.rest() == "-"
            || self.rest().starts_with("- ")
            || self.rest().starts_with("-,")
            || self.rest().starts_with("-)")
        {
            self.at += 1;
            return Ok(Test::Any);
        }
        if self.rest().starts_with("not(") || self.rest().starts_with("not (") {
            if inside_not {
                return Err(self.unexpected("a test without another `not` inside"));
            }
            self.at += 3;
            self.eat("(");
            let tests = self.list(true)?;
            return if self.eat(")") { Ok(Test::Not(tests)) } else { Err(self.unexpected("`)`")) };
        }
        for (token, operator) in [
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ] {
            if self.eat(token) {
                return Ok(Test::Compare(operator, self.term()?));
            }
        }
        for (token, closed) in [("[", true), ("(", false), ("]", false)] {
            if self.eat(token) {
                return self.interval(closed);
            }
        }
        if self.eat("n.v.t.") {
            return Ok(Test::NotApplicable);
        }
        Ok(Test::Is(self.term()?))
    }

    fn interval(&mut self, closed: bool) -> Result<Test, Diagnostic> {
        let from = End { term: self.term()?, closed };
        if !self.eat("..") {
            return Err(self.in_interval("`..` between the ends of an interval"));
        }
        if self.rest().starts_with('.') {
            return Err(self
                .unexpected("two dots between the ends of an interval")
                .help("write `[5..50]`, and `[0.5..50]`"));
        }
        let term = self.term()?;
        for (token, closed) in [("]", true), (")", false), ("[", false)] {
            if self.eat(token) {
                return Ok(Test::Interval(from, End { term, closed }));
            }
        }
        Err(self.in_interval("`]` or `)` at the end of an interval"))
    }

    /// A comma in an interval can only be meant as that of a number.
    fn in_interval(&self, expected: &str) -> Diagnostic {
        let finding = self.unexpected(expected);
        let before = self.text.get(..self.at).unwrap_or("").ends_with(|c: char| c.is_ascii_digit());
        match self.rest().strip_prefix(',') {
            Some(rest) if before && rest.starts_with(|c: char| c.is_ascii_digit()) => {
                finding.help("a number has a point before its decimals: `[0..1.5]`")
            }
            _ => finding,
        }
    }

    fn term(&mut self) -> Result<Term, Diagnostic> {
        self.skip_space();
        let rest = self.rest();
        if let Some(quoted) = rest.strip_prefix('"') {
            let Some(end) = quoted.find('"') else {
                return Err(self.unexpected("a closing `\"`"));
            };
            let text = quoted.get(..end).unwrap_or("").to_owned();
            let span = self.span.part(self.at, end + 2);
            self.at += end + 2;
            return Ok(Term { text, quoted: true, span });
        }
        let stop = rest.find([',', '(', ')', '[', ']', '<', '>', '"', ' ', '\t']).unwrap_or(rest.len());
        let stop = rest.find("..").map_or(stop, |dots| dots.min(stop));
        if stop == 0 {
            return Err(self.unexpected("a value"));
        }
        let text = rest.get(..stop).unwrap_or("").to_owned();
        let span = self.span.part(self.at, stop);
        self.at += stop;
        Ok(Term { text, quoted: false, span })
    }
}
