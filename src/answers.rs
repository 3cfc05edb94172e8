//! What is known about a case.

use serde::Serialize;

mod read;
mod record;
mod records;
mod written;

use crate::decode::Decode;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Map;
use crate::hash::hash;
use crate::parse::parse_node;
use crate::sorted::sort_by;
use crate::source::{SourceMap, Span, Spanned};
use crate::text::Text;
use crate::tree::{Kind, Node};
use crate::value::Date;

pub use record::{Decided, Deviation, StepRecord};
pub use records::{Record, Records};

/// The keys that are not questions: what was done and decided, and the day on which the case is looked at.
pub(crate) const STEPS: &str = "$steps";
pub(crate) const DEVIATIONS: &str = "$deviations";
pub(crate) const TODAY: &str = "$today";

/// A plain value in an answer, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text: an option, a number, a date, `ja`.
    pub text: String,
    /// Whether it is a text even where it looks like a number or boolean.
    pub quoted: bool,
}

impl Scalar {
    pub(crate) fn describe(&self) -> String {
        const LONGEST: usize = 80;
        let mut text: String = self.text.chars().take(LONGEST).collect();
        if text.len() < self.text.len() {
            text.push('…');
        }
        if self.quoted { format!("\"{text}\"") } else { format!("`{text}`") }
    }

    /// The whole number that is meant where the points or commas of a number stand between thousands; none where they cannot.
    ///
    /// ```
    /// # use leidraad::Scalar;
    /// let meant = |text| Scalar { text: String::from(text), quoted: false }.thousands();
    /// assert_eq!((meant("600.000"), meant("-1,200,000")), (Some("600000".to_owned()), Some("-1200000".to_owned())));
    /// assert_eq!((meant("600.00"), meant("0.600"), meant("1.200,000"), meant("600")), (None, None, None, None));
    /// ```
    pub fn thousands(&self) -> Option<String> {
        let text = self.text.trim();
        let bare = text.strip_prefix('-').unwrap_or(text);
        let sign = bare.find(['.', ',']).and_then(|at| bare.get(at..)?.chars().next())?;
        let mut groups = bare.split(sign);
        let first =
            groups.next().filter(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))?;
        let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
        (digits(first) && groups.all(|group| group.len() == 3 && digits(group)))
            .then(|| text.replace(sign, ""))
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Scalar { text: text.to_owned(), quoted: true }
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Scalar { text: value.to_string(), quoted: false }
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Scalar { text: value.to_string(), quoted: false }
    }
}

impl From<crate::value::Date> for Scalar {
    fn from(value: crate::value::Date) -> Self {
        Scalar { text: value.to_string(), quoted: true }
    }
}

/// What is known of the answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Known {
    /// The answer.
    Value(Scalar),
    /// Several options that all fit, where the question says which of them counts.
    Several(Vec<Scalar>),
    /// Asked, and nobody knows.
    Unknown,
    /// The question does not apply, and why.
    NotApplicable(String),
    /// One of these, it is not known which.
    OneOf(Vec<Scalar>),
    /// Between these, both included; either end may be missing.
    Between(Option<Scalar>, Option<Scalar>),
    /// The records of a list, all or some of them.
    Records(Records),
}

/// An answer, with what people noted beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is known.
    pub known: Known,
    /// Remark.
    pub remark: Option<String>,
    /// Evidence: documents, places.
    pub evidence: Vec<String>,
    /// Who answered.
    pub by: Option<String>,
    /// The day on which it was answered, as `2026-07-04`.
    pub at: Option<String>,
    pub(crate) span: Option<Span>,
    /// The place of the question's id.
    pub(crate) key: Option<Span>,
}

impl Answer {
    /// An answer without notes.
    pub fn new(known: Known) -> Answer {
        Answer { known, remark: None, evidence: Vec::new(), by: None, at: None, span: None, key: None }
    }
}

/// Answers by question id. A question that is not in it was not asked.
///
/// ```
/// use leidraad::Answers;
/// let answers = Answers::new().with("object", "woning").with("eerder", 2);
/// assert_eq!(answers.to_json(), r#"{"object":"woning","eerder":2}"#);
///
/// let partly = Answers::from_json("a.json", r#"{"gram": {"between": [6, 40]}, "object": null}"#).unwrap();
/// assert_eq!(partly.iter().count(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Answers {
    list: Vec<(String, Answer)>,
    /// Per answer the hash of its id and its place in the list; in the order of the hashes, then of the ids.
    index: Vec<(u64, usize)>,
    pub(crate) steps: Map<StepRecord>,
    pub(crate) deviations: Map<Deviation>,
    pub(crate) today: Option<Date>,
    /// Of a copy of a dossier the decisions of which what follows from these answers is not what was decided.
    pub(crate) overruled: Vec<Text>,
    pub(crate) sources: SourceMap,
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
            && self.steps == other.steps
            && self.deviations == other.deviations
            && self.today == other.today
            && self.overruled == other.overruled
    }
}

impl Answers {
    /// No answers.
    pub fn new() -> Answers {
        Answers::default()
    }

    /// Adds or replaces a known answer.
    pub fn with(mut self, question: &str, value: impl Into<Scalar>) -> Answers {
        self.set(question, Answer::new(Known::Value(value.into())));
        self
    }

    /// Adds or replaces an answer.
    pub fn set(&mut self, question: &str, answer: Answer) {
        match self.place(question) {
            Ok(at) => {
                if let Some((_, slot)) = self.list.get_mut(at) {
                    *slot = answer;
                }
            }
            Err(place) => {
                self.index.insert(place, (hash(question.as_bytes()), self.list.len()));
                self.list.push((question.to_owned(), answer));
            }
        }
    }

    /// The place of a question in the list, else where it belongs in the index.
    fn place(&self, question: &str) -> Result<usize, usize> {
        let id = |at: usize| self.list.get(at).map(|(id, _)| id.as_str());
        let wanted = hash(question.as_bytes());
        let order =
            |(known, at): &(u64, usize)| known.cmp(&wanted).then_with(|| id(*at).cmp(&Some(question)));
        let found = self.index.binary_search_by(order)?;
        self.index.get(found).map(|(_, at)| *at).ok_or(found)
    }

    /// Puts the index in order, where each question of the list is there once.
    fn arrange(&mut self) {
        let Answers { list, index, .. } = self;
        index.clear();
        index.extend(list.iter().enumerate().map(|(at, (id, _))| (hash(id.as_bytes()), at)));
        let id = |at: usize| list.get(at).map(|(id, _)| id);
        sort_by(index, |(a, i), (b, j)| a.cmp(b).then_with(|| id(*i).cmp(&id(*j))));
    }

    /// Adds or replaces the record of a step that was done on a day.
    ///
    /// ```
    /// use leidraad::{Answers, Date};
    /// let case = Answers::new().with_step_done("voornemen", Date::new(2026, 7, 4).unwrap());
    /// assert_eq!(case.to_json(), r#"{"$steps":{"voornemen":{"done":"2026-07-04"}}}"#);
    /// ```
    pub fn with_step_done(mut self, step: &str, day: Date) -> Answers {
        let done = Some(Spanned { value: day, span: Span::default() });
        self.set_step(step, StepRecord { done, skipped: None, by: None, remark: None });
        self
    }

    /// Adds or replaces the record of a step.
    pub fn set_step(&mut self, step: &str, record: StepRecord) {
        put(&mut self.steps, step, record);
    }

    /// Adds or replaces what an official decided instead of what the rules compute.
    pub fn set_deviation(&mut self, decision: &str, deviation: Deviation) {
        put(&mut self.deviations, decision, deviation);
    }

    /// What an official decided instead of what the rules compute.
    pub(crate) fn deviation(&self, decision: &str) -> Option<&Deviation> {
        self.deviations.0.iter().find(|(id, _)| id.value == decision).map(|(_, deviation)| deviation)
    }

    /// Sets the day on which the case is looked at, from which days that are left are counted.
    pub fn set_today(&mut self, today: Option<Date>) {
        self.today = today;
    }

    /// Lays other answers and records over these; those of the same question, step or decision take the place of these.
    pub(crate) fn lay(&mut self, over: &Answers) {
        for (id, answer) in over.iter() {
            self.set(id, answer.clone());
        }
        over.steps.0.iter().for_each(|(id, record)| put(&mut self.steps, &id.value, record.clone()));
        over.deviations.0.iter().for_each(|(id, other)| put(&mut self.deviations, &id.value, other.clone()));
        self.today = over.today.or(self.today);
    }

    /// Takes an answer back: the question counts as not asked.
    pub fn remove(&mut self, question: &str) -> Option<Answer> {
        let at = self.place(question).ok()?;
        self.index.retain(|(_, place)| *place != at);
        for (_, place) in self.index.iter_mut().filter(|(_, place)| *place > at) {
            *place -= 1;
        }
        Some(self.list.remove(at).1)
    }

    /// The answer to a question.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.place(question).ok().and_then(|i| self.list.get(i)).map(|(_, answer)| answer)
    }

    /// The date that answers a question, where it is known.
    pub fn date(&self, question: &str) -> Option<crate::value::Date> {
        match &self.get(question)?.known {
            Known::Value(value) => crate::value::Date::parse(&value.text),
            _ => None,
        }
    }

    /// All answers, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.list.iter().map(|(question, answer)| (question.as_str(), answer))
    }

    /// Reads a JSON object from question id to answer.
    ///
    /// # Errors
    /// Text that is not such an object, with the place of every problem.
    pub fn from_json(name: &str, text: &str) -> Result<Answers, Diagnostics> {
        Self::from_text(&if name.ends_with(".json") { name.to_owned() } else { format!("{name}.json") }, text)
    }

    /// Reads a YAML or JSON object from question id to answer; which of the two follows from the text.
    ///
    /// # Errors
    /// Text that is not such an object, with the place of every problem.
    pub fn from_text(name: &str, text: &str) -> Result<Answers, Diagnostics> {
        let mut sources = SourceMap::default();
        let mut out = Vec::new();
        let node = parse_node(&mut sources, name, text, &mut out);
        let mut answers = node.map_or_else(Answers::new, |node| from_node(&node, &mut out));
        if out.is_empty() {
            answers.sources = sources;
            return Ok(answers);
        }
        Err(Diagnostics::new(out, sources))
    }

    /// Reads anything that serializes to a map from question id to answer.
    ///
    /// # Errors
    /// A value that does not serialize to such a map.
    pub fn from_serialize(value: &impl Serialize) -> Result<Answers, Diagnostics> {
        match serde_json::to_string(value) {
            Ok(text) => Self::from_json("answers.json", &text),
            Err(error) => {
                let finding = Diagnostic::error(
                    Code::WrongShape,
                    None,
                    format!("the answers do not serialize: {error}"),
                );
                Err(Diagnostics::new(vec![finding], SourceMap::default()))
            }
        }
    }

    /// The answers as JSON, in the form in which they are read.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Reads answers from a tree; findings go to `out`.
pub(crate) fn from_node(node: &Node, out: &mut Vec<Diagnostic>) -> Answers {
    let mut answers = Answers::new();
    match &node.kind {
        Kind::Map(entries) => {
            for (id, node) in entries {
                if id.value.starts_with('$') {
                    kept(&mut answers, id, node, out);
                    continue;
                }
                if let Some(mut answer) = read::answer(node, out) {
                    answer.key = Some(id.span);
                    answers.list.push((id.value.clone(), answer));
                }
            }
            answers.arrange();
        }
        Kind::Null => {}
        _ => out.push(
            Diagnostic::error(
                Code::WrongShape,
                node.span,
                format!("expected an object of answers, found {}", node.describe()),
            )
            .help("write `{ \"question\": answer, … }`"),
        ),
    }
    answers
}

/// What is kept beside the answers.
fn kept(answers: &mut Answers, key: &Spanned<String>, node: &Node, out: &mut Vec<Diagnostic>) {
    match key.value.as_str() {
        STEPS => answers.steps = Map::decode(node.clone(), STEPS, out).unwrap_or_default(),
        DEVIATIONS => answers.deviations = Map::decode(node.clone(), DEVIATIONS, out).unwrap_or_default(),
        TODAY => answers.today = Date::decode(node.clone(), TODAY, out),
        other => {
            let message = format!("`{}` is not a part of a case", crate::tree::excerpt(other));
            let finding = Diagnostic::error(Code::UnknownKey, key.span, message);
            out.push(crate::suggest::with_suggestion(finding, other, [STEPS, DEVIATIONS, TODAY].into_iter()));
        }
    }
}

fn put<T>(map: &mut Map<T>, id: &str, value: T) {
    match map.0.iter_mut().find(|(known, _)| known.value == id) {
        Some((_, slot)) => *slot = value,
        None => map.0.push((Spanned { value: id.to_owned(), span: Span::default() }, value)),
    }
}
