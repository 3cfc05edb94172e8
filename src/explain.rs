//! From a case to its reasons.

mod before;
mod changes;
mod counted;
mod derived;
mod formula;
mod outcome;
mod passed;
mod unknown;

pub(crate) use counted::called;
pub(crate) use unknown::unknown_decision;

use crate::answers::{Answer, Answers};
use crate::assessment::{Outcome, RuleSetRef};
use crate::case::Case;
use crate::document::HitPolicy;
use crate::evaluate::{Decided, Evaluation, Reached};
use crate::explanation::{
    Citation, Clause, Explanation, Leaves, Missing, Need, ParameterReason, Reasons, RuleReason, TermReason,
    UsedAnswer,
};
use crate::model::{Cited, Input, Measure, ParameterInfo, Rule, Setting, TableInfo};
use crate::program::{Code, Engine, Kind, NOT_APPLICABLE, silent_of};
use crate::source::Span;
use crate::text::Text;
use crate::ticks::tick_value;
use crate::value::{Date, Value};

/// Most outcomes of an open decision that are named; of more only the number.
const MOST_OUTCOMES: usize = 6;

/// Explains decisions under a case.
pub(crate) fn explain(
    engine: &Engine,
    answers: &Answers,
    case: &Case,
    decisions: &[usize],
    rule_set: RuleSetRef,
    on: Date,
) -> Explanation {
    let mut explainer = Explainer {
        engine,
        answers,
        case,
        evaluation: Evaluation::new(engine, case.codes.clone(), &case.decided)
            .knowing(&case.exact)
            .seeing(case),
    };
    Explanation {
        rule_set,
        title: engine.model.title.clone(),
        authority: engine.model.authority.as_ref().map(ToString::to_string),
        authority_title: engine.model.authority_title.clone(),
        on,
        layers: Vec::new(),
        partial: engine.model.partial.clone(),
        decisions: decisions.iter().map(|d| explainer.reasons(*d, true)).collect(),
    }
}

/// The rows of one decision that decide a case, or still may.
pub(crate) fn deciding_rows(engine: &Engine, answers: &Answers, case: &Case, d: usize) -> Vec<usize> {
    let evaluation = Evaluation::new(engine, case.codes.clone(), &case.decided);
    Explainer { engine, answers, case, evaluation }.deciding_rows(d)
}

/// The places of the rows that decide a case: of each decision that is settled by one row, that row.
pub(crate) fn deciding(engine: &Engine, answers: &Answers, case: &Case) -> Vec<Span> {
    let evaluation =
        Evaluation::new(engine, case.codes.clone(), &case.decided).knowing(&case.exact).seeing(case);
    let mut explainer = Explainer { engine, answers, case, evaluation };
    let mut places = Vec::new();
    for (d, info) in engine.model.decisions.iter().enumerate() {
        let Rule::Table(table) = &info.rule else { continue };
        if *explainer.evaluation.reach(d).codes == [NOT_APPLICABLE] {
            continue;
        }
        let rows = explainer.deciding_rows(d);
        let list = table.hit == HitPolicy::Collect;
        if list || rows.len() == 1 {
            places.extend(rows.iter().filter_map(|row| table.rows.get(*row)).map(|row| row.span));
        }
    }
    places
}

struct Explainer<'e> {
    engine: &'e Engine,
    answers: &'e Answers,
    case: &'e Case,
    evaluation: Evaluation<'e>,
}

impl Explainer<'_> {
    fn reasons(&mut self, d: usize, whole: bool) -> Reasons {
        let engine = self.engine;
        let Decided { reached, needs, .. } = self.evaluation.decided(d);
        let outcome = self.evaluation.outcome(d, &reached, needs.clone());
        let info = engine.model.decisions.get(d);
        let title = info.map_or("", |i| i.title.as_str());
        let text = outcome::text(&self.evaluation, d, &outcome, &reached);
        let mut reasons = Reasons {
            deviation: self.deviation(d),
            source_undecided: self.source_undecided(d, &outcome),
            holds: matches!(outcome, Outcome::Determined(_)),
            missing: self.missing(&reached),
            ..Reasons::bare(engine.model.decision_id(d), title, outcome, text)
        };
        let absent = matches!(reasons.outcome, Outcome::NotApplicable);
        match info.map(|i| &i.rule) {
            _ if absent => self.absent(d, &mut reasons),
            Some(Rule::Table(table)) => {
                let rows = self.deciding_rows(d);
                reasons.rules = rows.iter().filter_map(|row| self.rule(d, table, *row)).collect();
                // the one row that is left can be one that leaves it to others
                reasons.holds |= matches!(rows.as_slice(), [row] if self.leaves_open(d, *row));
                let last = rows.last().filter(|_| reasons.holds);
                let passed = last.map_or_else(Vec::new, |last| self.passed(d, table, *last));
                let rule = |(row, columns): &(usize, Vec<usize>)| self.passed_rule(d, table, *row, columns);
                reasons.passed = passed.iter().filter_map(rule).collect();
                reasons.parameters = self.parameters(table, &rows, &passed);
            }
            Some(Rule::Points(points)) => {
                reasons.rules.push(self.whole_rule(d, &reasons.text));
                reasons.sum = points.terms.iter().map(|term| self.term(*term, points.scale, d)).collect();
            }
            Some(Rule::Derived(q)) if self.is_count(*q) => self.counted(*q, d, &mut reasons),
            Some(Rule::Derived(_)) => {
                reasons.rules.push(self.whole_rule(d, &reasons.text));
                let determined = matches!(reasons.outcome, Outcome::Determined(_));
                reasons.formula = self.formula(d, determined.then_some(reasons.text.as_str()));
                reasons.parameters = self.formula_parameters(d);
            }
            _ => {}
        }
        if whole {
            reasons.answers = self.used(d);
            reasons.needs = needs.iter().map(|q| self.need(d, *q)).collect();
            let settled = matches!(reasons.outcome, Outcome::Determined(_) | Outcome::NotApplicable);
            if let (true, [code]) = (settled, &*reached.codes) {
                let outcome = self.evaluation.value(d, *code);
                let sufficient = changes::sufficient(engine, self.case, d, &outcome);
                reasons.changes = changes::nearest(engine, self.case, d, &outcome, &sufficient);
                // by its cells a formula beside what it reads may seem to change something
                let text = &reasons.text;
                reasons.changes.retain(|change| change.outcome != *text);
                let id = |q: usize| engine.model.questions.get(q).map(|q| q.id.to_string());
                reasons.sufficient = sufficient.into_iter().filter_map(id).collect();
            }
            let before = self.before(d, !matches!(reasons.outcome, Outcome::Determined(_)));
            let otherwise =
                |d: &usize| Some((engine.model.decisions.get(*d)?.title.clone(), self.deviation(*d)?.text));
            reasons.decided = before.iter().filter_map(otherwise).collect();
            if absent {
                return reasons;
            }
            let list = before.into_iter().filter(|d| self.bears_on(*d, &reasons)).collect::<Vec<_>>();
            reasons.rests_on = list.into_iter().map(|d| self.reasons(d, false)).collect();
        }
        reasons
    }

    /// Why a decision does not apply: its condition fails, or of a formula something that it reads does not apply.
    fn absent(&mut self, d: usize, reasons: &mut Reasons) {
        let engine = self.engine;
        let Some(info) = engine.model.decisions.get(d) else { return };
        let gate = engine.decision(d).and_then(|node| node.gate);
        let fails = gate.is_some_and(|gate| self.evaluation.holds(Some(gate)) != Some(true));
        match (&info.when, &info.rule) {
            (Some(when), _) if fails => {
                reasons.applies_when =
                    when.written.iter().map(|clauses| engine.model.clauses(clauses)).collect();
            }
            (_, Rule::Derived(q)) if !self.is_count(*q) => {
                reasons.rules.push(self.whole_rule(d, &reasons.text));
                reasons.formula = self.formula(d, Some(&reasons.text));
                reasons.holds = true;
            }
            _ => {}
        }
    }

    fn missing(&mut self, reached: &Reached) -> Vec<Missing> {
        let mut names: Vec<Text> = Vec::new();
        for id in reached.codes.iter().filter_map(|c| self.evaluation.missing(*c)).flatten() {
            if !names.contains(id) {
                names.push(id.clone());
            }
        }
        let engine = self.engine;
        let why = |id: Text| {
            let silence = crate::silence::silence(engine, &id, |d| self.deciding_rows(d));
            Missing {
                title: engine.model.missing_text(&id),
                id: id.to_string(),
                why: silence.why,
                text: silence.text,
            }
        };
        names.into_iter().map(why).collect()
    }

    /// The rows that decide, or still may.
    fn deciding_rows(&mut self, d: usize) -> Vec<usize> {
        match self.engine.decision(d).map(|node| &node.kind) {
            Some(Kind::Table(table)) => self.evaluation.diagrams.rows_left(table),
            _ => Vec::new(),
        }
    }

    /// The rule of a score or formula, which has no rows.
    fn whole_rule(&self, d: usize, then: &str) -> RuleReason {
        let sources = self.engine.model.decisions.get(d).map(|d| self.cite(&d.sources)).unwrap_or_default();
        let (when, notes) = (Vec::new(), Vec::new());
        RuleReason { row: None, when, otherwise: false, then: then.to_owned(), sources, notes }
    }

    /// Whether a row says that it does not regulate, or names a parameter that is not set.
    fn leaves_open(&self, d: usize, row: usize) -> bool {
        let Some(Kind::Table(table)) = self.engine.decision(d).map(|node| &node.kind) else { return false };
        table.outcome.get(row).is_some_and(|code| silent_of(*code).is_some())
    }

    fn rule(&self, d: usize, table: &TableInfo, row: usize) -> Option<RuleReason> {
        let model = &self.engine.model;
        let info = table.rows.get(row)?;
        let tests = table.inputs.iter().zip(&info.entries);
        let when = tests.filter(|(_, entry)| *entry != "-");
        let compiled = match self.engine.decision(d).map(|n| &n.kind) {
            Some(Kind::Table(compiled)) => Some(compiled),
            _ => None,
        };
        let code = compiled.and_then(|compiled| compiled.outcome.get(row).copied());
        let outcome =
            code.and_then(|c| usize::try_from(c).ok()).and_then(|c| self.engine.outcomes.get(d)?.get(c));
        let sources = if info.sources.is_empty() {
            model.decisions.get(d).map(|d| d.sources.clone()).unwrap_or_default()
        } else {
            info.sources.clone()
        };
        let when: Vec<Clause> = when
            .map(|(input, entry)| Clause {
                input: model.input_name(*input),
                test: entry.clone(),
                text: model.entry_text(*input, entry, info.span),
            })
            .collect();
        let others = compiled.is_some_and(|compiled| compiled.follows(row));
        Some(RuleReason {
            row: Some(row + 1),
            otherwise: when.is_empty() && others,
            when,
            then: outcome.map_or_else(|| "niet geregeld".to_owned(), |value| model.outcome_text(d, value)),
            sources: self.cite(&sources),
            notes: info.notes.clone(),
        })
    }

    fn cite(&self, cited: &[Cited]) -> Vec<Citation> {
        cite(&self.engine.model, cited)
    }

    /// The parameters that the entries of these rows name, and the failing ones of rows that went before.
    fn parameters(
        &self,
        table: &TableInfo,
        rows: &[usize],
        passed: &[(usize, Vec<usize>)],
    ) -> Vec<ParameterReason> {
        let whole = rows.iter().filter_map(|row| table.rows.get(*row));
        let whole = whole.flat_map(|row| table.inputs.iter().copied().zip(&row.entries));
        let failing =
            passed.iter().flat_map(|(row, columns)| columns.iter().map(move |column| (row, column)));
        let failing = failing.filter_map(|(row, column)| {
            Some((*table.inputs.get(*column)?, table.rows.get(*row)?.entries.get(*column)?))
        });
        let entries: Vec<(Input, &String)> = whole.chain(failing).collect();
        let names = |entry: &str, id: &str| {
            entry.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == id)
        };
        let list = self.engine.model.parameters.iter().filter_map(|parameter| {
            let (input, _) = entries.iter().find(|(_, entry)| names(entry, &parameter.id))?;
            self.parameter(parameter, |setting| self.engine.model.setting_text(*input, setting))
        });
        list.collect()
    }

    /// A parameter that a layer sets, with its value in these words; none where no layer does.
    fn parameter(
        &self,
        parameter: &ParameterInfo,
        words: impl Fn(&Setting) -> String,
    ) -> Option<ParameterReason> {
        let setting = parameter.setting.as_ref()?;
        Some(ParameterReason {
            id: parameter.id.to_string(),
            title: parameter.title.clone(),
            value: setting.text.clone(),
            text: words(setting),
            wording: setting.wording.clone(),
            note: setting.note.clone(),
            sources: self.cite(&setting.sources),
        })
    }

    fn term(&mut self, term: Input, scale: u32, d: usize) -> TermReason {
        let engine = self.engine;
        let node = match term {
            Input::Question(q) | Input::Part(q, _) => engine.questions.get(q),
            Input::Output(d, _) | Input::Score(d) => engine.decisions.get(d),
        };
        let node = node.copied().unwrap_or(usize::MAX);
        let known = self.evaluation.diagrams.of(node).code();
        let compiled = engine.decision(d).map(|n| &n.kind);
        let points = match (compiled, known) {
            (Some(Kind::Points(terms)), Some(code)) => {
                terms.iter().find(|t| t.node == node).and_then(|t| t.of(code))
            }
            _ => None,
        };
        let from = known.map(|code| match term {
            _ if code == NOT_APPLICABLE => "niet van toepassing".to_owned(),
            Input::Question(q) | Input::Part(q, _) => engine.codes_left(q, &[code], self.answer(q)),
            Input::Output(d, _) | Input::Score(d) => {
                engine.model.outcome_text(d, &self.evaluation.value(d, code))
            }
        });
        let title = match term {
            Input::Question(q) => engine.model.questions.get(q).map_or_else(String::new, |q| q.ask.clone()),
            Input::Output(d, _) | Input::Score(d) => {
                engine.model.decisions.get(d).map_or_else(String::new, |d| d.title.clone())
            }
            Input::Part(..) => engine.model.input_name(term),
        };
        let points = points.map(|ticks| tick_value(Measure::Number { scale, step: 1 }, ticks));
        TermReason { title, from, points }
    }

    /// The answered questions on which a decision can depend.
    fn used(&self, d: usize) -> Vec<UsedAnswer> {
        let engine = self.engine;
        let Some(node) = engine.decision(d) else {
            return Vec::new();
        };
        let behind = engine.asked_behind(&node.questions);
        let list = behind.iter().filter(|q| self.case.is_given(*q));
        list.filter_map(|q| {
            let question = engine.model.questions.get(q)?;
            let codes = self.case.codes.get(q)?;
            Some(UsedAnswer {
                question: question.id.to_string(),
                ask: question.ask.clone(),
                answer: self.answer(q).and_then(|answer| engine.words(q, answer)).unwrap_or_else(|| {
                    if codes.len() == engine.all(q).len() && codes.len() > 1 {
                        "weet ik niet".to_owned()
                    } else {
                        engine.codes_text(q, codes)
                    }
                }),
            })
        })
        .collect()
    }

    /// What was answered to a question.
    fn answer(&self, q: usize) -> Option<&Answer> {
        self.engine.model.questions.get(q).and_then(|q| self.answers.get(&q.id))
    }

    fn need(&mut self, d: usize, q: usize) -> Need {
        const MOST: usize = 8;
        let engine = self.engine;
        let question = engine.model.questions.get(q);
        if derived::is_behind(engine, d, q) {
            return Need {
                question: question.map_or_else(String::new, |q| q.id.to_string()),
                ask: question.map_or_else(String::new, |q| q.ask.clone()),
                leaves: derived::leaves(engine, self.case, d, q, MOST),
            };
        }
        let mut groups: Vec<(Vec<Code>, Vec<Code>)> = Vec::new();
        for (code, outcomes) in self.evaluation.by_code(d, q) {
            // the codes that no rule tells apart leave the same
            let alike = self.engine.alike_codes(q, code, self.case.codes.get(q));
            match groups.iter_mut().find(|(known, _)| *known == outcomes) {
                Some((_, list)) => list.extend(alike),
                None => groups.push((outcomes, alike)),
            }
        }
        groups.iter_mut().for_each(|(_, codes)| codes.sort_unstable());
        // too many groups: the last ones become one, so that every answer stays in sight
        for (outcomes, codes) in groups.split_off(groups.len().min(MOST)) {
            if let Some((known, list)) = groups.last_mut() {
                known.extend(outcomes);
                known.sort_unstable();
                known.dedup();
                list.extend(codes);
                list.sort_unstable();
            }
        }
        let leaves = groups.into_iter().map(|(outcomes, codes)| {
            let mut texts = outcome::texts(&self.evaluation, d, &self.evaluation.sorted(d, &outcomes));
            if texts.len() > MOST {
                texts = vec![format!("{} uitkomsten", texts.len())];
            }
            Leaves { answer: engine.codes_left(q, &codes, self.answer(q)), outcomes: texts }
        });
        Need {
            question: question.map_or_else(String::new, |q| q.id.to_string()),
            ask: question.map_or_else(String::new, |q| q.ask.clone()),
            leaves: leaves.collect(),
        }
    }
}

/// The value of a decision when it is determined, for tests of other answers.
pub(super) fn only(evaluation: &mut Evaluation<'_>, d: usize) -> Option<Code> {
    match &*evaluation.reach(d).codes {
        [code] => Some(*code),
        _ => None,
    }
}

/// The value of an outcome in words.
pub(super) fn words(evaluation: &Evaluation<'_>, d: usize, code: Code) -> String {
    let value: Value = evaluation.value(d, code);
    evaluation.engine.model.outcome_text(d, &value)
}

/// Sources ready to cite.
pub(crate) fn cite(model: &crate::model::Model, cited: &[Cited]) -> Vec<Citation> {
    let list = cited.iter().filter_map(|c| Some((c, model.sources.get(c.source)?)));
    list.map(|(reference, source)| Citation {
        id: source.id.clone(),
        title: source.title.clone(),
        kind: source.kind.clone(),
        article: reference.article.clone().or_else(|| source.article.clone()),
        identifier: source.identifier.clone(),
        url: source.url.clone(),
        seen: source.seen,
        signed: source.signed,
        published: source.published,
        certainty: reference.certainty.or(source.certainty),
        note: reference.note.clone().or_else(|| source.note.clone()),
    })
    .collect()
}
