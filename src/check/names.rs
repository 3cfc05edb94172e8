//! The names of a rule set, what they stand for, and suggestions for those that stand for nothing.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::layers::Merged;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::Lost;
use crate::sorted::each_once;
use crate::source::Span;
use crate::suggest::{nearest, with_suggestion};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    Question(usize),
    Decision(usize),
    Parameter(usize),
}

/// All names, each standing for one thing.
pub(super) struct Names<'a> {
    symbols: BTreeMap<&'a str, (Symbol, Span)>,
    sources: BTreeMap<&'a str, usize>,
    /// Names that files with findings write, whether or not they could be read; sorted.
    written: Vec<&'a str>,
    lost: &'a Lost,
    /// Whether it has been told that there are no sources at all.
    told: Cell<bool>,
}

impl<'a> Names<'a> {
    pub(super) fn new(merged: &Merged<'a>, lost: &'a Lost, out: &mut Vec<Diagnostic>) -> Self {
        let mut symbols: BTreeMap<&str, (Symbol, Span)> = BTreeMap::new();
        let questions = merged.questions.iter().take(merged.plain()).enumerate();
        let questions = questions.map(|(i, (_, q))| (&q.id, Symbol::Question(i)));
        let decisions = merged.decisions.iter().enumerate().map(|(i, (id, _))| (*id, Symbol::Decision(i)));
        let parameters = merged.parameters.iter().enumerate().map(|(i, (id, _))| (*id, Symbol::Parameter(i)));
        for (id, symbol) in questions.chain(decisions).chain(parameters) {
            if let Some((_, first)) = symbols.get(id.value.as_str()) {
                // within one file the reader has told it already
                if first.file == id.span.file && !matches!(symbol, Symbol::Parameter(_)) {
                    continue;
                }
                out.push(
                    Diagnostic::error(
                        Code::Duplicate,
                        id.span,
                        format!("`{}` is used for two things", id.value),
                    )
                    .related(*first, "first used here")
                    .help(
                        "questions, decisions and parameters share one set of names; rename one of the two",
                    ),
                );
                continue;
            }
            symbols.insert(id.value.as_str(), (symbol, id.span));
        }
        let mut sources = BTreeMap::new();
        sources.extend(merged.sources.iter().enumerate().map(|(i, (id, _))| (id.value.as_str(), i)));
        Names { symbols, sources, written: each_once(lost.names()), lost, told: Cell::new(false) }
    }

    pub(super) fn get(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).map(|(symbol, _)| *symbol)
    }

    pub(super) fn question(&self, name: &str) -> Option<usize> {
        match self.get(name) {
            Some(Symbol::Question(q)) => Some(q),
            _ => None,
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Option<usize> {
        match self.get(name) {
            Some(Symbol::Parameter(p)) => Some(p),
            _ => None,
        }
    }

    pub(super) fn source(&self, name: &str) -> Option<usize> {
        self.sources.get(name).copied()
    }

    /// Whether a file in which something could not be read writes this name.
    pub(super) fn written(&self, name: &str) -> bool {
        self.written.binary_search(&name).is_ok()
    }

    /// A finding about a name that stands for nothing, or not for `kind`; none where it may be one that was not read.
    pub(super) fn unknown(&self, span: Span, name: &str, kind: &str) -> Option<Diagnostic> {
        let whole = ["questions", "decisions", "parameters"].iter().any(|part| self.lost.part(part));
        if self.written(name) || (whole && self.get(name).is_none()) {
            return None;
        }
        let finding =
            Diagnostic::error(Code::UnknownName, span, format!("`{name}` is not {kind} of this rule set"));
        Some(match nearest(name, self.written.iter().copied()) {
            Some(near) if nearest(name, self.symbols.keys().copied()).is_none() => {
                finding.help(format!("did you mean `{near}`?"))
            }
            _ => with_suggestion(finding, name, self.symbols.keys().copied()),
        })
    }

    /// A finding about a source that is not there; none where it may be one that was not read. That there is no source
    /// at all is told once.
    pub(super) fn unknown_source(&self, span: Span, name: &str) -> Option<Diagnostic> {
        if self.written(name) || self.lost.part("sources") {
            return None;
        }
        if self.sources.is_empty() {
            let message = format!("this rule set has no `sources:`, so `{name}` is not one of them");
            let help = format!(
                "add `sources: {{ {name}: {{ kind: …, title: … }} }}`, and each other source that is cited"
            );
            return (!self.told.replace(true))
                .then(|| Diagnostic::error(Code::UnknownName, span, message).help(help));
        }
        let finding =
            Diagnostic::error(Code::UnknownName, span, format!("`{name}` is not a source of this rule set"));
        Some(with_suggestion(finding, name, self.sources.keys().copied()))
    }
}
