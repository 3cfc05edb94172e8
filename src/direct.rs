//! The short way: plain answers that settle every decision, from JSON text to JSON text without allocating a tree.
//!
//! It gives exactly the bytes of the long way, and gives up (`None`) on anything that is not plain: open decisions,
//! partly known answers, notes, escapes, double keys, mistakes. The long way then finds out what is the matter.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::assessment::Outcome;
use crate::model::{Measure, Rule, Type};
use crate::program::{Code, Engine, FALSE, GAP, Kind, NOT_APPLICABLE, TRUE};
use crate::sorted::sort_by;
use crate::text::Text;
use crate::value::Date;

/// Text that every assessment of a program shares, made once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    head: String,
    /// Question indices by id, sorted by length and bytes.
    ids: Vec<(Text, usize)>,
    /// Per decision its key, and the JSON of each outcome.
    decisions: Vec<(String, Vec<String>)>,
    /// Per question its JSON when answered, open and not relevant.
    questions: Vec<[String; 3]>,
}

const TAIL: &str = "},\"findings\":[],\"steps\":[]}";

impl Phrases {
    pub(crate) fn new(engine: &Engine, digest: &str, date: Date) -> Phrases {
        let model = &engine.model;
        let mut ids: Vec<(Text, usize)> =
            model.questions.iter().enumerate().map(|(i, q)| (q.id.clone(), i)).collect();
        sort_by(&mut ids, |a, b| (a.0.len(), &a.0).cmp(&(b.0.len(), &b.0)));
        let decision = |(d, info): (usize, &crate::model::DecisionInfo)| {
            let outcomes = engine.outcomes.get(d).map(Vec::as_slice).unwrap_or_default();
            let texts = outcomes.iter().map(|value| json(&Outcome::Determined(value.clone()))).collect();
            (format!("{}:", json(&info.id)), texts)
        };
        Phrases {
            head: format!(
                "{{\"rule_set\":{{\"id\":{},\"digest\":{}}},\"authority\":{},\"on\":\"{date}\",\"decisions\":{{",
                json(&model.id),
                json(&digest),
                json(&model.authority),
            ),
            ids,
            decisions: model.decisions.iter().enumerate().map(decision).collect(),
            questions: model
                .questions
                .iter()
                .map(|q| {
                    ["answered", "open", "not_relevant"]
                        .map(|s| format!("{}:{{\"status\":\"{s}\"}}", json(&q.id)))
                })
                .collect(),
        }
    }

    fn question(&self, id: &str) -> Option<usize> {
        let found = self
            .ids
            .binary_search_by(|(known, _)| (known.len(), known.as_str()).cmp(&(id.len(), id)))
            .ok()?;
        self.ids.get(found).map(|(_, q)| *q)
    }
}

/// Anything as JSON text.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The plain members of an object, each value as it is written; none when a key is there twice or has escapes.
pub(crate) struct Members<'t>(pub(crate) Vec<(&'t str, &'t str)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of answers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::with_capacity(16);
                while let Some((key, value)) = map.next_entry::<&'de str, &'de RawValue>()? {
                    members.push((key, value.get()));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

impl Engine {
    /// The assessment of plain answers in JSON, when they settle every decision.
    pub(crate) fn direct(&self, phrases: &Phrases, answers: &str) -> Option<String> {
        let members: Members<'_> = serde_json::from_str(answers).ok()?;
        let mut given: Vec<Option<Code>> = vec![None; self.model.questions.len()];
        for (id, text) in members.0 {
            let q = phrases.question(id)?;
            let slot = given.get_mut(q)?;
            if slot.is_some() {
                return None;
            }
            *slot = Some(self.plain_code(q, text)?);
        }
        let mut codes = Vec::with_capacity(self.nodes.len());
        self.settle(|q| given.get(q).copied().flatten(), &[], &mut codes);
        self.write(phrases, &given, &codes)
    }

    /// The code of a value as JSON writes it.
    fn plain_code(&self, q: usize, text: &str) -> Option<Code> {
        self.code_at(q, self.plain_tick(q, text)?)
    }

    /// The code of a tick or option.
    pub(crate) fn code_at(&self, q: usize, tick: i64) -> Option<Code> {
        self.cells.get(q)?.find(tick).and_then(|cell| Code::try_from(cell).ok())
    }

    /// The tick or option of a value as JSON writes it.
    pub(crate) fn plain_tick(&self, q: usize, text: &str) -> Option<i64> {
        let question = self.model.questions.get(q)?;
        let quoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).filter(|t| !t.contains('\\'));
        let tick = match &question.kind {
            Type::Finite { boolean: true } => match text {
                "true" => 0,
                "false" => 1,
                _ => return None,
            },
            Type::Finite { .. } => {
                let quoted = quoted?;
                i64::try_from(question.options.iter().position(|o| o.id == quoted)?).ok()?
            }
            Type::Ordered { measure, min, max } => {
                let tick = match measure {
                    Measure::Number { scale, step } => number(text, *scale, *step)?,
                    measure => crate::ticks::ticks(quoted?, *measure)?.0,
                };
                if tick < *min || *max < tick {
                    return None;
                }
                tick
            }
            Type::Text | Type::List => return None,
        };
        Some(tick)
    }

    fn write(&self, phrases: &Phrases, given: &[Option<Code>], codes: &[Option<Code>]) -> Option<String> {
        let code = |node: usize| codes.get(node).copied().flatten();
        let mut out =
            String::with_capacity(phrases.head.len() + 64 * (phrases.decisions.len() + given.len()) + 64);
        out.push_str(&phrases.head);
        for (d, (key, outcomes)) in phrases.decisions.iter().enumerate() {
            if d > 0 {
                out.push(',');
            }
            out.push_str(key);
            match code(*self.decisions.get(d)?)? {
                GAP => return None,
                NOT_APPLICABLE => out.push_str("{\"status\":\"not_applicable\"}"),
                code => match &self.model.decisions.get(d)?.rule {
                    Rule::Points(points) => {
                        out.push_str("{\"status\":\"determined\",\"value\":");
                        sum_text(&mut out, code, points.scale)?;
                        out.push('}');
                    }
                    _ => out.push_str(outcomes.get(usize::try_from(code).ok()?)?),
                },
            }
        }
        out.push_str("},\"questions\":{");
        let (mut answered, mut open) = (0usize, 0usize);
        for (q, phrases) in phrases.questions.iter().enumerate() {
            let gate = self.questions.get(q).and_then(|n| self.nodes.get(*n)).and_then(|n| n.gate);
            let relevant = match gate.map(code) {
                None | Some(Some(TRUE)) => true,
                Some(Some(FALSE)) => false,
                Some(_) => return None,
            };
            let [is_answered, is_open, is_not_relevant] = phrases;
            if q > 0 {
                out.push(',');
            }
            out.push_str(match (relevant, given.get(q)) {
                (false, _) => is_not_relevant,
                (true, Some(Some(_))) => {
                    answered += 1;
                    is_answered
                }
                _ => {
                    open += usize::from(self.model.questions.get(q).is_none_or(|q| q.required));
                    is_open
                }
            });
        }
        out.push_str("},\"next\":null,\"progress\":{\"answered\":");
        number_text(&mut out, answered);
        out.push_str(",\"open\":");
        number_text(&mut out, open);
        out.push_str(",\"may_become_relevant\":0");
        out.push_str(TAIL);
        Some(out)
    }

    /// Whether the short way can serve this rule set at all: nothing is unset in it, and no decision lists its hits.
    pub(crate) fn is_direct(&self) -> bool {
        let model = &self.model;
        let plain = model.notices.is_empty()
            && model.remarks.is_empty()
            && model.steps.is_empty()
            && model.rollups.is_empty()
            && model.lists.is_empty()
            && model.asked() == model.questions.len();
        plain
            && model.questions.iter().all(|q| q.suggested_by.is_none() && q.not_asked.is_none())
            && self.silents.is_empty()
            && self.nodes.iter().all(|node| match &node.kind {
                Kind::Table(table) => table.reading != crate::program::Reading::All,
                _ => true,
            })
    }
}

/// The tick of a plain JSON number on the grid of a step.
fn number(text: &str, scale: u32, step: i64) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let mut value = 0i64;
    let mut decimals: Option<u32> = None;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                if let Some(n) = decimals.as_mut() {
                    *n += 1;
                }
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    let missing = scale.checked_sub(decimals.unwrap_or(0))?;
    let value = value.checked_mul(10i64.checked_pow(missing)?)?;
    let value = if negative { -value } else { value };
    (value % step == 0).then_some(value / step)
}

/// A sum of points as an exact decimal without superfluous zeros.
fn sum_text(out: &mut String, ticks: i64, scale: u32) -> Option<()> {
    use std::fmt::Write;
    let unit = 10u64.checked_pow(scale)?;
    let size = ticks.unsigned_abs();
    let sign = if ticks < 0 { "-" } else { "" };
    write!(out, "{sign}{}", size / unit).ok()?;
    let (mut fraction, mut digits) = (size % unit, scale as usize);
    while fraction != 0 && fraction.is_multiple_of(10) {
        fraction /= 10;
        digits -= 1;
    }
    if fraction != 0 {
        write!(out, ".{fraction:0digits$}").ok()?;
    }
    Some(())
}

fn number_text(out: &mut String, number: usize) {
    match u8::try_from(number) {
        Ok(digit) if digit < 10 => out.push(char::from(b'0' + digit)),
        _ => out.push_str(&number.to_string()),
    }
}
