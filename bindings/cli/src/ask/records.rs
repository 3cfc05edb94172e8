//! A question for a list in the dialogue: records are shown, added, changed and taken away, each field a question.

use leidraad::questionnaire::QuestionItem;
use leidraad::{Answer, Known, Record, Records};

use super::Pick;
use super::dialogue::{Dialogue, Then};
use super::reply::{Question, Reply, expected, shown};
use super::state::Refusal;
use crate::output::Failure;
use crate::summary::wrap;

/// What can be done with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Add,
    Change,
    Remove,
    Complete,
    AtLeast,
    Unknown,
    Leave,
}

/// How a record was left.
enum Left {
    Done,
    Back,
    Stop,
}

impl Dialogue<'_> {
    /// Asks for the records of a list until the person is done with them.
    pub(super) fn ask_list(&mut self, item: &QuestionItem, section: &str) -> Result<Then, Failure> {
        let each = item.each.as_deref().unwrap_or("nummer");
        self.surface.say(&format!("\n{section} — {}\n", item.ask))?;
        if let Some(help) = &item.help {
            self.surface.say(&format!("  {}\n", wrap(help, 2)))?;
        }
        loop {
            let records = self.state.answers.records(&item.id).cloned().unwrap_or_default();
            let count = records.list.len();
            let list: Vec<String> =
                records.list.iter().enumerate().map(|(i, record)| line(item, i + 1, record)).collect();
            self.surface
                .say(&list.iter().map(|line| format!("  {}\n", wrap(line, 4))).collect::<String>())?;
            let mut actions = vec![(Action::Add, format!("Toevoegen: {each} {}", count + 1))];
            if count > 0 {
                actions.push((Action::Change, "Een wijzigen".to_owned()));
                actions.push((Action::Remove, "Een weghalen".to_owned()));
                actions.push((Action::Complete, "Klaar: dit zijn ze allemaal".to_owned()));
                actions.push((Action::AtLeast, "Klaar: misschien zijn er meer".to_owned()));
            } else {
                actions.push((Action::Complete, "Er zijn er geen".to_owned()));
                actions.push((Action::Unknown, "Weet ik niet".to_owned()));
            }
            if !item.required || self.state.answers.get(&item.id).is_some() {
                actions.push((Action::Leave, "Laten zoals het is".to_owned()));
            }
            let labels: Vec<String> = actions.iter().map(|(_, label)| label.clone()).collect();
            let chosen = match self.surface.choose("Wat wilt u?", &labels)? {
                Pick::Stop => return Ok(Then::Stop),
                Pick::Back => return self.back(&item.id),
                Pick::One(index) => actions.get(index).map(|(action, _)| *action),
            };
            let known = match chosen {
                Some(Action::Add) => {
                    if let Left::Stop = self.record(item, records, count)? {
                        return Ok(Then::Stop);
                    }
                    continue;
                }
                Some(Action::Change) => {
                    let Some(at) = self.which(&list)? else { continue };
                    if let Left::Stop = self.record(item, records, at)? {
                        return Ok(Then::Stop);
                    }
                    continue;
                }
                Some(Action::Remove) => {
                    let Some(at) = self.which(&list)? else { continue };
                    let mut left = records.list;
                    left.remove(at);
                    self.keep(item, left)?;
                    continue;
                }
                Some(Action::Complete) => Known::Records(Records { complete: true, ..records }),
                Some(Action::AtLeast) => Known::Records(Records { complete: false, ..records }),
                Some(Action::Unknown) => Known::Unknown,
                Some(Action::Leave) | None => {
                    self.past.push(item.id.clone());
                    self.skipped.push(item.id.clone());
                    return Ok(Then::Next);
                }
            };
            if let Err(Refusal::Date | Refusal::Value) = self.state.accepts(&item.id, &known) {
                self.surface.say("  Deze lijst past niet bij de regels. Wijzig een van de regels.\n")?;
                continue;
            }
            self.surface.say(&format!("  → {}\n", wrap(&shown(item, &known), 4)))?;
            self.past.push(item.id.clone());
            self.skipped.push(item.id.clone()); // fields that were left open are not asked for again
            self.state.set(&item.id, Answer::new(known))?;
            self.where_we_are()?;
            return Ok(Then::Next);
        }
    }

    fn which(&mut self, list: &[String]) -> Result<Option<usize>, Failure> {
        Ok(self.surface.choose("Welke?", list)?.index().filter(|at| *at < list.len()))
    }

    /// Saves records; whether these are all is said at the end.
    fn keep(&mut self, item: &QuestionItem, list: Vec<Record>) -> Result<(), Failure> {
        self.state.set(&item.id, Answer::new(Known::Records(Records { list, complete: false })))
    }

    /// Asks the fields of one record, one after the other, and saves after each.
    fn record(&mut self, item: &QuestionItem, records: Records, at: usize) -> Result<Left, Failure> {
        let title = format!("{} {}", item.each.as_deref().unwrap_or("nummer"), at + 1);
        let mut list = records.list;
        if at == list.len() {
            list.push(Record::new());
        }
        let mut field = 0;
        while let Some(asked) = item.fields.get(field) {
            let Some(record) = list.get(at).cloned() else { break };
            let before = record.get(&asked.id).map(|answer| shown(asked, &answer.known));
            let state = &self.state;
            let others = &list;
            let accept = |known: &Known| {
                let mut list = others.clone();
                if let Some(slot) = list.get_mut(at) {
                    slot.set(&asked.id, Answer::new(known.clone()));
                }
                let all = Known::Records(Records { list, complete: false });
                state
                    .accepts(&item.id, &all)
                    .map_err(|_| format!("Dat antwoord past niet. {}", expected(asked)))
            };
            let question = Question { item: asked, section: &title, before, suggested: None };
            let known = match self.surface.ask(&question, &accept)? {
                Reply::Answer(known) => known,
                Reply::NotApplicable(Some(reason)) => Known::NotApplicable(reason),
                Reply::NotApplicable(None) => {
                    match self.surface.line("  Waarom is de vraag niet van toepassing?")? {
                        Some(reason) if !reason.is_empty() => Known::NotApplicable(reason),
                        Some(_) => continue,
                        None => return Ok(Left::Stop),
                    }
                }
                Reply::Skip => {
                    field += 1;
                    continue;
                }
                Reply::Help => continue,
                Reply::Stop => return Ok(Left::Stop),
                Reply::Back if field == 0 => {
                    if list.get(at).is_some_and(|record| record.iter().next().is_none()) {
                        list.remove(at);
                        self.keep(item, list)?;
                    }
                    return Ok(Left::Back);
                }
                Reply::Back => {
                    field -= 1;
                    continue;
                }
            };
            self.surface.say(&format!("  → {}\n", wrap(&shown(asked, &known), 4)))?;
            if let Some(record) = list.get_mut(at) {
                record.set(&asked.id, Answer::new(known));
            }
            self.keep(item, list.clone())?;
            field += 1;
        }
        Ok(Left::Done)
    }
}

/// A record on one line: `1. 3 mei 2024 · Harddrugs · Dorpsstraat 1`.
fn line(item: &QuestionItem, number: usize, record: &Record) -> String {
    let fields = item.fields.iter().map(|field| match record.get(&field.id) {
        Some(answer) => match shown(field, &answer.known) {
            text if text == "weet ik niet" => format!("{}: {text}", field.id),
            text => text,
        },
        None => format!("{}: nog niet gevraagd", field.id),
    });
    format!("{number}. {}", fields.collect::<Vec<_>>().join(" · "))
}

/// How many records there are.
pub(super) fn how_many(records: &Records) -> String {
    match (records.list.len(), records.complete) {
        (0, true) => "geen".to_owned(),
        (0, false) => "niet bekend of er zijn".to_owned(),
        (n, true) => format!("{n} in de lijst"),
        (n, false) => format!("{n} in de lijst, misschien zijn er meer"),
    }
}
