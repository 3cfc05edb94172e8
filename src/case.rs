//! Answers read in the light of a rule set: each becomes the cells that it leaves.

mod exact;
mod extent;
mod lists;
mod record;
mod unset;

use std::rc::Rc;

pub(crate) use exact::value_at;
use exact::{rounded, texts, tick};

use crate::answers::{Answer, Answers, Known, Records, Scalar};
use crate::derived::{Extent, Image, Memo};
use crate::diagnostic::{Code as Finding, Diagnostic};
use crate::limits::MAX_FINDINGS;
use crate::model::{QuestionInfo, Rule, Type};
use crate::program::{Code, Codes, Engine, GAP, NOT_APPLICABLE};
use crate::suggest::with_suggestion;
use crate::tally::Values;
use crate::text::Text;
use crate::value::Value;

pub(crate) use lists::{ListCase, RecordCase, Texts};
pub(crate) use record::is_decided;

/// Per question whether it was answered, and the codes that its answer leaves.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) given: Vec<Given>,
    pub(crate) codes: Vec<Codes>,
    /// Per list its records.
    pub(crate) lists: Vec<Rc<ListCase>>,
    /// The texts with which fields of records are compared: the question, and what its answer leaves.
    pub(crate) said: Vec<(usize, Values)>,
    pub(crate) texts: Texts,
    /// The lowest and highest tick of each answer that gives some.
    pub(crate) exact: Vec<Option<(i64, i64)>>,
    /// What was decided instead of what follows: the node and its code, for what comes after.
    pub(crate) decided: Vec<(usize, Code)>,
    /// The same for one record of a list: the list, the record counted from 1, the node and its code.
    pub(crate) parts_decided: Vec<((usize, usize), usize, Code)>,
    /// Of derived questions that were decided otherwise: the node and its tick.
    pub(crate) fixed: Vec<(usize, i64)>,
    /// Per question what is known of it to the tick; empty where nothing is derived.
    pub(crate) extents: Vec<Extent>,
    /// Per derived question what is attainable.
    pub(crate) images: Vec<Image>,
    /// What was searched before, where cases that are much alike are looked at.
    pub(crate) memo: Option<Memo>,
}

/// How far a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// Not asked.
    Nothing,
    /// Asked; the answer is unknown or known in part.
    Partly,
    /// Answered.
    Answered,
    /// Answered with "not applicable".
    NotApplicable,
    /// A list of which fields that are required were not asked of some record.
    Begun,
}

impl Given {
    /// How far an answer that leaves these codes answers its question.
    fn of(answer: &Answer, codes: &[Code]) -> Given {
        match (&answer.known, codes) {
            (Known::NotApplicable(_), _) => Given::NotApplicable,
            (Known::Value(_) | Known::Several(_), _) => Given::Answered,
            _ => Given::Partly,
        }
    }
}

impl Case {
    /// The case in which nothing is known.
    pub(crate) fn open(engine: &Engine) -> Case {
        let asked = engine.model.asked();
        Case {
            lists: engine.unlisted(),
            said: Vec::new(),
            texts: Texts::default(),
            parts_decided: Vec::new(),
            exact: Vec::new(),
            given: vec![Given::Nothing; engine.model.questions.len()],
            codes: engine.every.clone(),
            decided: Vec::new(),
            fixed: Vec::new(),
            extents: engine.wholes.clone(),
            images: vec![Image::default(); engine.model.questions.len() - asked],
            memo: None,
        }
    }

    /// Takes over the answer to a question: its tick and the code of its cell.
    fn know(&mut self, engine: &Engine, q: usize, tick: i64, code: Code) {
        if let Some(extent) = self.extents.get_mut(q) {
            *extent = Extent::only(tick);
        }
        if let (Some(given), Some(codes)) = (self.given.get_mut(q), self.codes.get_mut(q)) {
            *given = Given::Answered;
            *codes = Codes::One([code]);
        }
        let ordered = |q: &QuestionInfo| matches!(q.kind, Type::Ordered { .. });
        if !engine.pairs.is_empty() && engine.model.questions.get(q).is_some_and(ordered) {
            self.exact.resize(self.given.len(), None);
            if let Some(slot) = self.exact.get_mut(q) {
                *slot = Some((tick, tick));
            }
        }
    }

    /// All on which the derived question hangs that a decision shows.
    pub(crate) fn hanging(&self, engine: &Engine, d: usize) -> Option<Vec<Text>> {
        let Rule::Derived(q) = engine.model.decisions.get(d)?.rule else { return None };
        let image = self.images.get(q.checked_sub(engine.model.asked())?)?;
        let hangs = engine.hangs(q) && !image.missing.is_empty();
        hangs.then(|| image.missing.iter().flatten().cloned().collect())
    }

    /// Whether anything was said about a question.
    pub(crate) fn is_given(&self, q: usize) -> bool {
        !matches!(self.given.get(q), None | Some(Given::Nothing))
    }
}

impl Engine {
    /// Reads answers; every problem is a finding.
    pub(crate) fn case(&self, answers: &Answers) -> Result<Case, Vec<Diagnostic>> {
        let mut out = Vec::new();
        let mut case = Case {
            given: vec![Given::Nothing; self.model.questions.len()],
            codes: vec![Codes::One([GAP]); self.model.questions.len()], // which no answer gives
            lists: self.unlisted(),
            said: Vec::new(),
            texts: Texts::default(),
            exact: Vec::new(),
            decided: Vec::new(),
            parts_decided: Vec::new(),
            fixed: Vec::new(),
            extents: Vec::new(),
            images: Vec::new(),
            memo: None,
        };
        let asked = self.model.asked();
        if asked < self.model.questions.len() {
            case.extents = self.wholes.clone();
            case.images = vec![Image::default(); self.model.questions.len() - asked];
        }
        let mut next = 0;
        for (id, answer) in answers.iter() {
            if out.len() >= MAX_FINDINGS {
                break; // who has made this many mistakes has enough to mend
            }
            let Some(q) = self.model.question_near(next, id) else {
                let finding = Diagnostic::error(
                    Finding::UnknownQuestion,
                    answer.key.or(answer.span),
                    format!("`{}` is not a question of this rule set", crate::tree::excerpt(id)),
                );
                out.push(with_suggestion(
                    finding,
                    id,
                    self.model.questions.iter().take(asked).map(|q| q.id.as_str()),
                ));
                continue;
            };
            if q >= asked {
                out.push(derived(id, answer));
                continue;
            }
            next = q + 1; // answers mostly come in the order of the file
            if self.model.questions.get(q).is_some_and(|question| question.not_asked.is_some()) {
                continue; // it is kept, and counts on the dates on which it is asked
            }
            if self.listed(q, answer, &mut case, &mut out) {
                continue;
            }
            if let Known::Value(value) = &answer.known {
                match self.value(q, answer, value) {
                    Ok((tick, code)) => case.know(self, q, tick, code),
                    Err(finding) => out.push(*finding),
                }
                continue;
            }
            match self.codes(q, answer) {
                Ok(codes) => {
                    let given = Given::of(answer, &codes);
                    if let Some(extent) = case.extents.get_mut(q) {
                        *extent = self.extent(q, answer, &codes);
                    }
                    if let (Some(a), Some(b)) = (case.given.get_mut(q), case.codes.get_mut(q)) {
                        *a = given;
                        *b = codes;
                    }
                    if !self.pairs.is_empty() {
                        case.exact.resize(self.model.questions.len(), None);
                        if let Some(slot) = case.exact.get_mut(q) {
                            *slot = self.exact(q, answer);
                        }
                    }
                }
                Err(finding) => out.push(*finding),
            }
        }
        self.records(answers, &mut case, &mut out);
        for (q, codes) in
            case.codes.iter_mut().enumerate().filter(|(_, codes)| codes.is_empty() || ***codes == [GAP])
        {
            *codes = self.every.get(q).cloned().unwrap_or_default();
        }
        if out.len() > MAX_FINDINGS {
            let message =
                format!("{} more findings in these answers are not shown", out.len() - MAX_FINDINGS);
            out.truncate(MAX_FINDINGS);
            let place = out.last().and_then(|last| last.span);
            out.push(Diagnostic::error(Finding::TooLarge, place, message));
        }
        if out.is_empty() { Ok(case) } else { Err(out) }
    }

    /// An answer in words, as it was given; none when nobody knows.
    pub(crate) fn words(&self, q: usize, answer: &Answer) -> Option<String> {
        let question = self.model.questions.get(q)?;
        match &answer.known {
            Known::Value(value) if question.kind == Type::Text => Some(value.text.clone()),
            Known::Value(value) => {
                tick(question, value).ok().map(|tick| crate::dutch::answer(question, tick))
            }
            Known::NotApplicable(reason) => Some(format!("niet van toepassing: {reason}")),
            Known::OneOf(values) => Some(crate::dutch::either(&texts(question, values))),
            Known::Several(values) => Some(texts(question, values).join(" en ")),
            Known::Between(low, high) => {
                let (low, high) =
                    (low.as_ref().map(|s| s.text.as_str()), high.as_ref().map(|s| s.text.as_str()));
                crate::dutch::between(question, low, high)
            }
            Known::Records(records) => Some(lists::words(records)),
            Known::Unknown => None,
        }
    }

    /// Codes of a question in words, as far as its answer leaves them.
    pub(crate) fn codes_left(&self, q: usize, codes: &[Code], answer: Option<&Answer>) -> String {
        let whole = || self.codes_text(q, codes);
        let Some((question, Type::Ordered { min, max, .. })) =
            self.model.questions.get(q).map(|question| (question, &question.kind))
        else {
            return whole();
        };
        match answer.map(|answer| &answer.known) {
            Some(Known::Between(low, high)) => {
                let end = |end: &Option<Scalar>, default: i64, up: bool| {
                    end.as_ref().map_or(Some(default), |scalar| rounded(question, scalar, up).ok())
                };
                match (end(low, *min, true), end(high, *max, false)) {
                    (Some(low), Some(high)) => self.codes_within(q, codes, (low, high)),
                    _ => whole(),
                }
            }
            Some(Known::OneOf(values)) => {
                let code = |tick: i64| self.cells.get(q)?.find(tick).and_then(|c| Code::try_from(c).ok());
                let mut ticks: Vec<i64> = values.iter().filter_map(|v| tick(question, v).ok()).collect();
                ticks.retain(|tick| code(*tick).is_some_and(|code| codes.contains(&code)));
                ticks.sort_unstable();
                ticks.dedup();
                let texts = ticks.into_iter().map(|tick| crate::dutch::answer(question, tick));
                crate::dutch::either(&texts.collect::<Vec<_>>())
            }
            _ => whole(),
        }
    }

    /// The lowest and highest tick of an answer.
    fn exact(&self, q: usize, answer: &Answer) -> Option<(i64, i64)> {
        let question = self.model.questions.get(q)?;
        let Type::Ordered { min, max, .. } = question.kind else { return None };
        let end = |end: &Option<Scalar>, default: i64, up: bool| match end {
            Some(scalar) => rounded(question, scalar, up).ok(),
            None => Some(default),
        };
        match &answer.known {
            Known::Value(value) => tick(question, value).ok().map(|tick| (tick, tick)),
            Known::Between(low, high) => Some((end(low, min, true)?, end(high, max, false)?)),
            _ => None,
        }
    }

    /// Every code that a question can have when nothing is known of it.
    pub(crate) fn all(&self, q: usize) -> Vec<Code> {
        let cells = self.cells.get(q).map_or(0, |c| c.list.len());
        let mut codes: Vec<Code> = (0..).take(cells).collect();
        if self.model.questions.get(q).is_some_and(|q| q.may_not_apply) {
            codes.push(NOT_APPLICABLE);
        }
        codes
    }

    /// The tick of an exact value of a question, and the code of its cell.
    fn value(&self, q: usize, answer: &Answer, value: &Scalar) -> Result<(i64, Code), Box<Diagnostic>> {
        let (Some(question), Some(cells)) = (self.model.questions.get(q), self.cells.get(q)) else {
            return Ok((0, GAP));
        };
        let tick = tick(question, value).map_err(|(code, message, help)| {
            let finding = Diagnostic::error(code, answer.span, message);
            Box::new(if help.is_empty() { finding } else { finding.help(help) })
        })?;
        match cells.find(tick).and_then(|cell| Code::try_from(cell).ok()) {
            Some(code) => Ok((tick, code)),
            None => {
                let message = format!("`{}` has no value {}", question.id, value.describe());
                Err(Box::new(Diagnostic::error(Finding::WrongAnswer, answer.span, message)))
            }
        }
    }

    fn codes(&self, q: usize, answer: &Answer) -> Result<Codes, Box<Diagnostic>> {
        let (Some(question), Some(cells)) = (self.model.questions.get(q), self.cells.get(q)) else {
            return Ok(Codes::default());
        };
        let wrong = |message: String| Box::new(Diagnostic::error(Finding::WrongAnswer, answer.span, message));
        let code = |scalar: &Scalar| self.value(q, answer, scalar).map(|(_, code)| code);
        match &answer.known {
            Known::Value(value) => Ok(Codes::One([code(value)?])),
            Known::Unknown => Ok(self.all(q).into()),
            Known::NotApplicable(_) if question.may_not_apply => Ok(Codes::One([NOT_APPLICABLE])),
            Known::NotApplicable(_) => Err(Box::new(
                Diagnostic::error(
                    Finding::WrongAnswer,
                    answer.span,
                    format!("`{}` does not take the answer \"not applicable\"", question.id),
                )
                .help("answer `null` when nobody knows"),
            )),
            Known::OneOf(values) => {
                let mut codes = values.iter().map(code).collect::<Result<Vec<_>, _>>()?;
                codes.sort_unstable();
                codes.dedup();
                Ok(codes.into())
            }
            Known::Several(values) if question.heaviest && !values.is_empty() => {
                let codes = values.iter().map(code).collect::<Result<Vec<_>, _>>()?;
                let points = |c: &Code| {
                    usize::try_from(*c).ok().and_then(|c| question.options.get(c)).and_then(|o| o.points)
                };
                Ok(codes
                    .into_iter()
                    .max_by_key(|c| (points(c), std::cmp::Reverse(*c)))
                    .into_iter()
                    .collect::<Vec<_>>()
                    .into())
            }
            // an empty list is read as one of records
            Known::Records(Records { list, .. }) if question.heaviest && list.is_empty() => Err(Box::new(
                Diagnostic::error(
                    Finding::WrongAnswer,
                    answer.span,
                    format!("`{}` takes one option or a list of them, found an empty list", question.id),
                )
                .help("name at least one option that fits, or write `null` when nobody knows"),
            )),
            Known::Several(_) | Known::Records(_) => Err(Box::new(
                Diagnostic::error(
                    Finding::WrongAnswer,
                    answer.span,
                    format!("`{}` takes one value, found a list", question.id),
                )
                .help("write `{\"one_of\": […]}` when it is one of these and it is not known which"),
            )),
            Known::Between(low, high) => {
                if question.kind == Type::Text {
                    return Err(wrong(format!(
                        "`{}` is a text, so nothing lies between two of them",
                        question.id
                    )));
                }
                let Type::Ordered { min, max, .. } = question.kind else {
                    return Err(Box::new(
                        Diagnostic::error(
                            Finding::WrongAnswer,
                            answer.span,
                            format!("`{}` has options, so nothing lies between two of them", question.id),
                        )
                        .help("write `{\"one_of\": […]}`"),
                    ));
                };
                let end = |scalar: &Option<Scalar>, default: i64, up: bool| match scalar {
                    None => Ok(default),
                    Some(scalar) => rounded(question, scalar, up).map_err(|(code, message, help)| {
                        let finding = Diagnostic::error(code, answer.span, message);
                        Box::new(if help.is_empty() { finding } else { finding.help(help) })
                    }),
                };
                let (low, high, above) =
                    (end(low, min, true)?, end(high, max, false)?, end(high, max, true)?);
                if low > high {
                    let message = format!("no value of `{}` lies between these two", question.id);
                    let help = match above < low {
                        true => "the lower end comes first, as in `{\"between\": [5, 10]}`",
                        false => "both lie between the same two steps: give the step below and the one above",
                    };
                    return Err(Box::new(
                        Diagnostic::error(Finding::WrongAnswer, answer.span, message).help(help),
                    ));
                }
                let found = cells.between(low, high).into_iter().filter_map(|c| Code::try_from(c).ok());
                Ok(found.collect::<Vec<_>>().into())
            }
        }
    }

    /// A value of a question in one of its cells, as people read it.
    pub(crate) fn witness(&self, q: usize, code: Code) -> Value {
        let cell = usize::try_from(code).ok().and_then(|c| self.cells.get(q)?.list.get(c));
        match (self.model.questions.get(q), cell) {
            (Some(question), Some(cell)) => value_at(question, cell.witness),
            _ => Value::NotApplicable,
        }
    }
}

/// An answer to a question that is computed.
fn derived(id: &str, answer: &Answer) -> Diagnostic {
    let message = format!("`{id}` is computed, so it takes no answer");
    Diagnostic::error(Finding::WrongAnswer, answer.key.or(answer.span), message)
        .help("leave it out; to decide otherwise, record a deviation with its motivation under `$deviations`")
}
