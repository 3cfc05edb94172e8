//! Tests as an official reads them: with the comparison word and the figure of the source.

use super::{WEEKDAYS, after, answer, either, number_text, ordered_text, value};
use crate::model::{ClauseInfo, Input, Model, ParameterInfo, Part, Setting, Type};
use crate::notation::MONTHS;
use crate::source::Span;
use crate::unary::{End, Operator, Term, Test, parse};
use crate::value::{Date, Value, parse_decimal};

const ANY: &str = "elk antwoord";

impl Model {
    /// The entry of a row in words: `aantal: meer dan 200 personen`.
    pub(crate) fn entry_text(&self, input: Input, entry: &str, span: Span) -> String {
        match parse(entry, span) {
            Ok(tests) => after(&self.input_title(input), &self.tests_text(input, &tests)),
            Err(_) => after(&self.input_title(input), entry),
        }
    }

    /// What a parameter holds, in words.
    pub(crate) fn setting_text(&self, input: Input, setting: &Setting) -> String {
        match parse(&setting.text, setting.span).as_deref() {
            Ok([Test::Any]) => "geen grens".to_owned(),
            Ok(tests) => self.tests_text(input, tests),
            Err(_) => setting.text.clone(),
        }
    }

    /// The parameters that a clause names, set or not.
    pub(crate) fn parameters_of(&self, clause: &ClauseInfo) -> Vec<&ParameterInfo> {
        let terms = clause.tests.iter().flat_map(Test::terms);
        terms.filter_map(|term| self.parameter(clause.input, term)).collect()
    }

    /// The clauses of one alternative of a condition in words.
    pub(crate) fn clauses(&self, clauses: &[ClauseInfo]) -> Vec<String> {
        self.clauses_of(clauses, |input| self.input_title(input))
    }

    /// The same with other titles of what is read.
    pub(super) fn clauses_of(&self, clauses: &[ClauseInfo], title: impl Fn(Input) -> String) -> Vec<String> {
        let text = |clause: &ClauseInfo| {
            let (input, tests) = (clause.input, clause.tests.as_slice());
            let text = match tests {
                tests if !clause.negated => self.tests_text(input, tests),
                [one] => match self.test_text(input, one, true) {
                    // under `not:` what does not apply holds too; «niet» and «anders dan» say so by themselves
                    text if self.may_not_apply(input) && !is_denial(&text) => {
                        format!("{text} of niet van toepassing")
                    }
                    text => text,
                },
                tests => format!("niet {}", self.tests_text(input, tests)),
            };
            after(&title(input), &text)
        };
        clauses.iter().map(text).collect()
    }

    fn may_not_apply(&self, input: Input) -> bool {
        match input {
            Input::Question(q) | Input::Part(q, _) => {
                self.questions.get(q).is_some_and(|q| q.may_not_apply || q.when.is_some())
            }
            Input::Output(d, _) | Input::Score(d) => self.decisions.get(d).is_some_and(|d| d.when.is_some()),
        }
    }

    fn tests_text(&self, input: Input, tests: &[Test]) -> String {
        let mut parts: Vec<String> = Vec::new();
        let any = ANY.to_owned();
        for text in tests.iter().map(|test| self.test_text(input, test, false)) {
            if !parts.contains(&text) {
                parts.push(text);
            }
        }
        if parts.contains(&any) { any } else { either(&parts) }
    }

    fn test_text(&self, input: Input, test: &Test, negated: bool) -> String {
        let not = |text: String| if negated { denied(&text) } else { text };
        match test {
            Test::Any => not(ANY.to_owned()),
            Test::NotApplicable => format!("{} van toepassing", if negated { "wel" } else { "niet" }),
            Test::Not(inner) => match inner.as_slice() {
                [one] => self.test_text(input, one, !negated),
                inner if negated => self.tests_text(input, inner),
                inner => format!("niet {}", self.tests_text(input, inner)),
            },
            Test::Is(term) => match self.parameter(input, term) {
                None => not(self.term_text(input, term, true)),
                Some(ParameterInfo { setting: None, is_test: true, title, .. }) => {
                    format!("{} «{title}» (niet bekend)", if negated { "buiten" } else { "binnen" })
                }
                Some(ParameterInfo { setting: None, title, .. }) => not(format!("«{title}» (niet bekend)")),
                Some(ParameterInfo { setting: Some(setting), .. }) => {
                    match parse(&setting.text, setting.span).as_deref() {
                        Ok([one]) => self.test_text(input, one, negated),
                        Ok(tests) => not(self.tests_text(input, tests)),
                        Err(_) => not(setting.text.clone()),
                    }
                }
            },
            Test::Compare(operator, term) => {
                let operator = if negated { opposite(*operator) } else { *operator };
                self.compared(input, operator, term, true)
            }
            Test::Interval(from, to) => self.interval(input, from, to, negated),
        }
    }

    fn interval(&self, input: Input, from: &End, to: &End, negated: bool) -> String {
        use Operator::{AtLeast, AtMost, Greater, Less};
        let (low, high) =
            (if from.closed { AtLeast } else { Greater }, if to.closed { AtMost } else { Less });
        let one = self.term_text(input, &from.term, true);
        if from.closed && to.closed && one == self.term_text(input, &to.term, true) {
            return if negated { format!("niet {one}") } else { one };
        }
        if negated {
            let below = self.compared(input, opposite(low), &from.term, false);
            return format!("{below} of {}", self.compared(input, opposite(high), &to.term, true));
        }
        let end = self.term_text(input, &to.term, true);
        if from.closed && to.closed {
            return format!("van {} tot en met {end}", self.term_text(input, &from.term, false));
        }
        let above = self.compared(input, low, &from.term, false);
        format!("{above}, {}", self.compared(input, high, &to.term, true))
    }

    fn compared(&self, input: Input, operator: Operator, term: &Term, unit: bool) -> String {
        let word = match (operator, self.is_moment(input, term)) {
            (Operator::Greater, false) => "meer dan",
            (Operator::AtLeast, false) => "minstens",
            (Operator::Less, false) => "minder dan",
            (Operator::AtMost, false) => "hoogstens",
            (Operator::Greater, true) => "na",
            (Operator::AtLeast, true) => "vanaf",
            (Operator::Less, true) => "voor",
            (Operator::AtMost, true) => "tot en met",
        };
        format!("{word} {}", self.term_text(input, term, unit))
    }

    fn is_moment(&self, input: Input, term: &Term) -> bool {
        match input {
            Input::Question(q) => self.questions.get(q).is_some_and(super::moment),
            Input::Part(..) => true,
            Input::Output(..) => Date::parse(&self.literal(input, term)).is_some(),
            Input::Score(_) => false,
        }
    }

    /// The parameter that a term names.
    fn parameter(&self, input: Input, term: &Term) -> Option<&ParameterInfo> {
        let is_option = match input {
            Input::Question(q) => {
                self.questions.get(q).is_some_and(|q| q.options.iter().any(|o| o.id == term.text))
            }
            _ => false,
        };
        let named = self.parameters.iter().filter(|_| !term.quoted && !is_option);
        named.into_iter().find(|p| p.id == term.text)
    }

    /// A term as it is written, with the value of a parameter instead of its name.
    fn literal(&self, input: Input, term: &Term) -> String {
        let setting = self.parameter(input, term).and_then(|p| p.setting.as_ref());
        setting.map_or_else(|| term.text.clone(), |setting| setting.text.clone())
    }

    fn term_text(&self, input: Input, term: &Term, unit: bool) -> String {
        if let Some(ParameterInfo { setting: None, title, .. }) = self.parameter(input, term) {
            return format!("«{title}» (niet bekend)");
        }
        let text = self.literal(input, term);
        let named = |names: &[&str]| {
            let index = text.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            index.and_then(|i| names.get(i)).map_or_else(|| text.clone(), |name| (*name).to_owned())
        };
        match input {
            Input::Part(_, Part::Month) => named(&MONTHS),
            Input::Part(_, Part::Weekday) => named(&WEEKDAYS),
            Input::Part(_, Part::Day) => text,
            Input::Score(_) => number_text(&text),
            Input::Question(q) => {
                let Some(question) = self.questions.get(q) else { return text };
                match &question.kind {
                    Type::Finite { boolean } => {
                        let id = match text.as_str() {
                            "true" if *boolean => "ja",
                            "false" if *boolean => "nee",
                            id => id,
                        };
                        let option = question.options.iter().position(|o| o.id == id);
                        option
                            .and_then(|o| i64::try_from(o).ok())
                            .map_or_else(|| text.clone(), |o| answer(question, o))
                    }
                    Type::Ordered { .. } => ordered_text(question, &text, unit),
                    Type::Text | Type::List => text,
                }
            }
            Input::Output(d, o) => {
                let output = self.decisions.get(d).and_then(|d| d.outputs.get(o));
                let declared = output.is_some_and(|o| o.options.iter().any(|option| option.id == text));
                let read = match text.as_str() {
                    _ if declared => Value::Text(text.into()),
                    "ja" | "true" => Value::Bool(true),
                    "nee" | "false" => Value::Bool(false),
                    _ => match (Date::parse(&text), parse_decimal(&text)) {
                        (Some(date), _) => Value::Date(date),
                        (None, Some(n)) if !unit => return value(&Value::Number(n)),
                        (None, Some(n)) => Value::Number(n),
                        _ => Value::Text(text.into()),
                    },
                };
                self.output_text(d, o, &read)
            }
        }
    }
}

fn opposite(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::AtLeast,
        Operator::AtMost => Operator::Greater,
        Operator::Greater => Operator::AtMost,
        Operator::AtLeast => Operator::Less,
    }
}

/// "Not this"; of what reads as a denial itself, or as more than one, it is told where it begins and ends.
fn denied(text: &str) -> String {
    let denies = ["Geen ", "Nee, ", "Niet ", "Nog niet "].iter().any(|word| text.starts_with(word));
    if denies || text.contains(", ") { format!("anders dan «{text}»") } else { format!("niet {text}") }
}

fn is_denial(text: &str) -> bool {
    text.starts_with("niet ") || text.starts_with("anders dan «")
}
