//! What two programs say of a case.

use super::{CaseOutcome, CaseStatus, Impact};
use crate::answers::Answers;
use crate::assessment::{Outcome, Possible};
use crate::diagnostic::Diagnostics;
use crate::direct::Members;
use crate::dutch::either;
use crate::evaluate::Evaluation;
use crate::model::{Model, QuestionInfo};
use crate::program::{Code, Codes, Engine, GAP, Kind, NOT_APPLICABLE, Reading};
use crate::rule_set::Program;
use crate::value::Value;

/// The code of a question that nobody answered.
const OPEN: Code = GAP;

/// What both programs say of a decision.
pub(super) type Said = (CaseOutcome, CaseOutcome);

/// The questions of two programs by their ids.
#[derive(Debug)]
pub(super) struct Questions {
    list: Vec<Asked>,
    /// Places in the list by id, sorted by length and bytes.
    ids: Vec<(String, usize)>,
    /// How many questions the first program has: those of the second follow them in a key.
    first: usize,
    /// How long a key is.
    pub(super) width: usize,
    /// Whether the cells of the answers are all that outcomes hang on.
    plain: bool,
}

/// A question as the two programs have it.
#[derive(Debug)]
struct Asked {
    id: String,
    from: Option<usize>,
    to: Option<usize>,
    /// Whether a value is the same tick to both.
    alike: bool,
}

impl Questions {
    pub(super) fn new(from: &Engine, to: &Engine) -> Questions {
        let asked = |engine: &Engine| engine.model.asked();
        let mut list: Vec<Asked> = Vec::new();
        for (q, info) in from.model.questions.iter().take(asked(from)).enumerate() {
            list.push(Asked { id: info.id.to_string(), from: Some(q), to: None, alike: false });
        }
        for (q, info) in to.model.questions.iter().take(asked(to)).enumerate() {
            match list.iter_mut().find(|known| known.id == info.id) {
                Some(known) => {
                    let other = known.from.and_then(|q| from.model.questions.get(q));
                    let options = |q: &QuestionInfo| -> Vec<String> {
                        q.options.iter().map(|o| o.id.to_string()).collect()
                    };
                    known.alike =
                        other.is_some_and(|other| other.kind == info.kind && options(other) == options(info));
                    known.to = Some(q);
                }
                None => list.push(Asked { id: info.id.to_string(), from: None, to: Some(q), alike: false }),
            }
        }
        let mut ids: Vec<(String, usize)> =
            list.iter().enumerate().map(|(place, asked)| (asked.id.clone(), place)).collect();
        ids.sort_by(|a, b| (a.0.len(), &a.0).cmp(&(b.0.len(), &b.0)));
        let plain =
            |engine: &Engine| asked(engine) == engine.model.questions.len() && engine.pairs.is_empty();
        Questions {
            list,
            ids,
            first: asked(from),
            width: asked(from) + asked(to),
            plain: plain(from) && plain(to),
        }
    }

    /// A question by its id, looked for at a place first: answers mostly come in the same order.
    fn find(&self, near: usize, id: &str) -> Option<usize> {
        if self.list.get(near).is_some_and(|asked| asked.id == id) {
            return Some(near);
        }
        let found =
            self.ids.binary_search_by(|(known, _)| (known.len(), known.as_str()).cmp(&(id.len(), id)));
        found.ok().and_then(|found| self.ids.get(found)).map(|(_, place)| *place)
    }

    /// Reads plain answers into a key: the code of each question of the one program, then of the other. Says so when it
    /// cannot, because something is not plain or not right.
    pub(super) fn key(&self, from: &Engine, to: &Engine, line: &str, key: &mut Vec<Code>) -> Option<()> {
        if !self.plain {
            return None;
        }
        let members: Members<'_> = serde_json::from_str(line).ok()?;
        key.clear();
        key.resize(self.width, OPEN);
        let mut seen = 0u128;
        let mut near = 0;
        for (id, text) in members.0 {
            let place = self.find(near, id)?;
            near = place + 1;
            // beyond this many questions the long way finds out whether one is there twice
            let bit = 1u128.checked_shl(u32::try_from(place).ok()?)?;
            if seen & bit != 0 {
                return None;
            }
            seen |= bit;
            if text == "null" {
                continue;
            }
            let asked = self.list.get(place)?;
            let mut set = |engine: &Engine, q: usize, base: usize, tick: i64| -> Option<()> {
                *key.get_mut(base + q)? = engine.code_at(q, tick)?;
                Some(())
            };
            match (asked.from, asked.to) {
                (Some(a), Some(b)) => {
                    let tick = from.plain_tick(a, text)?;
                    set(from, a, 0, tick)?;
                    set(to, b, self.first, if asked.alike { tick } else { to.plain_tick(b, text)? })?;
                }
                (Some(a), None) => set(from, a, 0, from.plain_tick(a, text)?)?,
                (None, Some(b)) => set(to, b, self.first, to.plain_tick(b, text)?)?,
                (None, None) => {}
            }
        }
        Some(())
    }
}

impl Impact<'_> {
    /// What is said of the case of a key, per decision.
    pub(super) fn judge_key(&self, key: &[Code]) -> Vec<Said> {
        let (from, to) = key.split_at_checked(self.questions.first).unwrap_or_default();
        let from = by_codes(&self.from.engine, from, self.decisions.iter().map(|d| d.from));
        let to = by_codes(&self.to.engine, to, self.decisions.iter().map(|d| d.to));
        from.into_iter().zip(to).collect()
    }

    /// What is said of the case on a line, per decision; or why it is none.
    pub(super) fn judge_line(&self, line: &str) -> Result<Vec<Said>, String> {
        if line.trim_ascii() == "null" {
            // a file without anything is no answers; a line that says so is a mistake
            return Err("expected an object of answers, found nothing".to_owned());
        }
        let of_line = |findings| first(&findings).replace("the file", "the line");
        let answers = Answers::from_json("", line).map_err(of_line)?;
        let known = |program: &Program, id: &str| program.engine.model.question(id).is_some();
        if let Some((id, _)) = answers.iter().find(|(id, _)| !known(self.from, id) && !known(self.to, id)) {
            return Err(format!("`{}` is not a question of these rules", crate::tree::excerpt(id)));
        }
        let from = by_answers(self.from, self.to, &answers, self.decisions.iter().map(|d| d.from));
        let to = by_answers(self.to, self.from, &answers, self.decisions.iter().map(|d| d.to));
        let refused = || CaseOutcome::of(CaseStatus::Refused, "deze regels nemen de antwoorden niet aan");
        match (from, to) {
            (Err(why), Err(_)) => Err(why),
            (Ok(from), Ok(to)) => Ok(from.into_iter().zip(to).collect()),
            (Ok(from), Err(_)) => Ok(from.into_iter().map(|said| (said, refused())).collect()),
            (Err(_), Ok(to)) => Ok(to.into_iter().map(|said| (refused(), said)).collect()),
        }
    }
}

/// What is wrong, in one line.
fn first(findings: &Diagnostics) -> String {
    findings.iter().next().map_or_else(String::new, |finding| finding.message.clone())
}

/// What a program says of answers, without those that only the other one asks for.
fn by_answers(
    program: &Program,
    other: &Program,
    answers: &Answers,
    decisions: impl Iterator<Item = Option<usize>>,
) -> Result<Vec<CaseOutcome>, String> {
    let mut own = answers.clone();
    for (id, _) in answers.iter() {
        if program.engine.model.question(id).is_none() && other.engine.model.question(id).is_some() {
            own.remove(id);
        }
    }
    let case = program.case(&own).map_err(|findings| first(&findings))?;
    let evaluation = Evaluation::new(&program.engine, case.codes.clone(), &case.decided).knowing(&case.exact);
    Ok(reached(&mut evaluation.seeing(&case), decisions))
}

/// What a program says of answers that lie in these cells.
fn by_codes(
    engine: &Engine,
    codes: &[Code],
    decisions: impl Iterator<Item = Option<usize>> + Clone,
) -> Vec<CaseOutcome> {
    let mut nodes = Vec::new();
    engine.settle(|q| codes.get(q).copied().filter(|code| *code != OPEN), &[], &mut nodes);
    let settled = |d: Option<usize>| -> Option<CaseOutcome> {
        let Some(d) = d else { return Some(absent()) };
        let node = *engine.decisions.get(d)?;
        match nodes.get(node).copied().flatten()? {
            GAP => None,
            NOT_APPLICABLE => Some(in_words(&engine.model, d, Outcome::NotApplicable)),
            code => {
                let plain = match &engine.nodes.get(node)?.kind {
                    Kind::Table(table) => table.reading != Reading::All,
                    _ => false,
                };
                let value = engine.outcomes.get(d)?.get(usize::try_from(code).ok()?).filter(|_| plain)?;
                Some(in_words(&engine.model, d, Outcome::Determined(value.clone())))
            }
        }
    };
    let all: Option<Vec<CaseOutcome>> = decisions.clone().map(settled).collect();
    all.unwrap_or_else(|| {
        let open = |(q, code): (usize, &Code)| match *code {
            OPEN => Codes::from(engine.all(q)),
            code => Codes::One([code]),
        };
        let codes: Vec<Codes> = codes.iter().enumerate().map(open).collect();
        reached(&mut Evaluation::new(engine, codes, &[]), decisions)
    })
}

fn reached(
    evaluation: &mut Evaluation<'_>,
    decisions: impl Iterator<Item = Option<usize>>,
) -> Vec<CaseOutcome> {
    let mut one = |d: Option<usize>| {
        let Some(d) = d else { return absent() };
        let decided = evaluation.decided(d);
        let outcome = evaluation.outcome(d, &decided.reached, Vec::new());
        in_words(&evaluation.engine.model, d, outcome)
    };
    decisions.map(&mut one).collect()
}

fn absent() -> CaseOutcome {
    CaseOutcome::of(CaseStatus::Absent, "komt hier niet voor")
}

/// An outcome as a report counts it.
fn in_words(model: &Model, d: usize, outcome: Outcome) -> CaseOutcome {
    let text = |value: &Value| match value {
        Value::Unregulated(_) => "niet geregeld".to_owned(),
        Value::NotApplicable => "niet van toepassing".to_owned(),
        value => model.outcome_text(d, value),
    };
    let texts = |values: &[Value]| {
        let mut texts: Vec<String> = Vec::new();
        for text in values.iter().map(text) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    };
    match outcome {
        Outcome::Determined(value) => {
            let text = text(&value);
            CaseOutcome { value: Some(value), ..CaseOutcome::of(CaseStatus::Determined, &text) }
        }
        Outcome::Open { possible, .. } => {
            let (whole, words) = match &possible {
                Possible::Values(values) => (either(&texts(values)), texts(values)),
                Possible::Range(min, max) => {
                    (format!("van {} tot en met {}", text(min), text(max)), Vec::new())
                }
                Possible::RangeAnd(min, max, also) => (
                    format!("van {} tot en met {}, of {}", text(min), text(max), either(&texts(also))),
                    Vec::new(),
                ),
                Possible::ListsOf(values) => {
                    (format!("geen, een of meer van {}", either(&texts(values))), Vec::new())
                }
            };
            let text = format!("nog open: {whole}");
            CaseOutcome { possible: Some(possible), words, ..CaseOutcome::of(CaseStatus::Open, &text) }
        }
        Outcome::NotApplicable => CaseOutcome::of(CaseStatus::NotApplicable, "niet van toepassing"),
        Outcome::Unregulated { .. } | Outcome::Withheld => {
            CaseOutcome::of(CaseStatus::Unregulated, "niet geregeld")
        }
    }
}
