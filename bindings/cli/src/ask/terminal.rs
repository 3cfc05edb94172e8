//! The dialogue on a terminal: lists to choose from, and fields with help below them.

use std::fmt::{self, Display};

use inquire::ui::{RenderConfig, Styled};
use inquire::{InquireError, MultiSelect, Select, Text, set_global_render_config};

use super::reply::{self, Known, Question, Reply};
use super::{Pick, Surface};
use crate::output::Failure;

const KEYS: &str = "↑↓ en Enter: kiezen · Esc: terug · Ctrl-C: stoppen";
const WORDS: &str = "? uitleg · weet niet · terug · stop";

pub(super) struct Terminal;

impl Terminal {
    pub(super) fn new() -> Terminal {
        let config = RenderConfig::default();
        set_global_render_config(config.with_canceled_prompt_indicator(Styled::new("(terug)")));
        Terminal
    }
}

/// The section, the question, the answer before, and what the facts suggest.
pub(super) fn title(question: &Question<'_>) -> String {
    let before = question.before.as_ref().map(|before| format!("nu: {before}"));
    let suggested = question.suggested.as_ref().map(|suggested| format!("voorstel: {suggested}"));
    let notes: Vec<String> = before.into_iter().chain(suggested).collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
    format!("{} — {}{notes}", question.section, question.item.ask)
}

/// A line in a list of choices.
enum Choice {
    /// An option of the question.
    Option(usize, String),
    /// Several options all fit.
    Several,
    /// It is one of several, nobody knows which.
    OneOf,
    /// What can be typed as a word too.
    Word(&'static str, &'static str),
}

impl Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choice::Option(_, label) => f.write_str(label),
            Choice::Several => f.write_str("… er passen er meer"),
            Choice::OneOf => f.write_str("… het is een van een paar"),
            Choice::Word(label, _) => write!(f, "… {label}"),
        }
    }
}

fn choices(question: &Question<'_>) -> Vec<Choice> {
    let item = question.item;
    let options = item.options.iter().enumerate().map(|(i, option)| Choice::Option(i, option.label.clone()));
    let mut choices: Vec<Choice> = options.collect();
    if item.several {
        choices.push(Choice::Several);
    }
    if question.before.is_some() {
        choices.push(Choice::Word("laten zoals het is", ""));
    }
    choices.push(Choice::Word("weet ik niet", "weet niet"));
    if item.options.len() > 2 {
        choices.push(Choice::OneOf);
    }
    if item.not_applicable {
        choices.push(Choice::Word("niet van toepassing", "nvt"));
    }
    choices.push(Choice::Word("uitleg en bron", "?"));
    choices.push(Choice::Word("terug naar de vorige vraag", "terug"));
    choices.push(Choice::Word("stoppen", "stop"));
    choices
}

/// The words that a person could have typed; `None` when Escape was pressed.
fn pick(question: &Question<'_>) -> Result<Option<String>, InquireError> {
    let text = title(question);
    let list = choices(question);
    let rows = list.len().min(16);
    // Enter alone changes nothing: where something was answered the list begins at leaving that as it is
    let start = list.iter().position(|choice| matches!(choice, Choice::Word(_, "")));
    let select = Select::new(&text, list).with_help_message(KEYS).with_page_size(rows).without_filtering();
    let select = select.with_starting_cursor(start.unwrap_or(0));
    let Some(choice) = select.prompt_skippable()? else { return Ok(None) };
    let separator = match choice {
        Choice::Option(index, _) => return Ok(Some((index + 1).to_string())),
        Choice::Word(_, word) => return Ok(Some(word.to_owned())),
        Choice::Several => ", ",
        Choice::OneOf => " of ",
    };
    let labels: Vec<&str> = question.item.options.iter().map(|option| option.label.as_str()).collect();
    let chosen = MultiSelect::new("Welke?", labels)
        .with_help_message("spatie: aan of uit · Enter: klaar · Esc: terug")
        .without_filtering()
        .raw_prompt_skippable()?;
    let numbers: Vec<String> =
        chosen.into_iter().flatten().map(|option| (option.index + 1).to_string()).collect();
    Ok(Some(if numbers.is_empty() { "?".to_owned() } else { numbers.join(separator) }))
}

fn typed(question: &Question<'_>) -> Result<Option<String>, InquireError> {
    let help = format!("{} · {WORDS}", reply::expected(question.item));
    Text::new(&title(question)).with_help_message(&help).prompt_skippable()
}

/// Ctrl-C means "stop"; everything else that goes wrong is told.
fn stopped<T>(result: Result<Option<T>, InquireError>) -> Result<Result<Option<T>, ()>, Failure> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(InquireError::OperationInterrupted) => Ok(Err(())),
        Err(InquireError::IO(error)) => Err(error.into()),
        Err(error) => Err(Failure::new(format!("the terminal does not work as expected: {error}"))
            .help("use `--plain` for a dialogue in plain lines")),
    }
}

impl Surface for Terminal {
    fn ask(
        &mut self,
        question: &Question<'_>,
        accept: &dyn Fn(&Known) -> Result<(), String>,
    ) -> Result<Reply, Failure> {
        loop {
            let line = match question.item.options.is_empty() {
                true => typed(question),
                false => pick(question),
            };
            let line = match stopped(line)? {
                Err(()) => return Ok(Reply::Stop),
                Ok(None) => return Ok(Reply::Back),
                Ok(Some(line)) => line,
            };
            match reply::judge(question, &line, accept) {
                Ok(reply) => return Ok(reply),
                Err(text) => self.say(&text)?,
            }
        }
    }

    fn choose(&mut self, ask: &str, options: &[String]) -> Result<Pick, Failure> {
        let rows = options.len().clamp(1, 16);
        let select = Select::new(ask, options.to_vec()).with_help_message(KEYS).with_page_size(rows);
        Ok(match stopped(select.without_filtering().raw_prompt_skippable())? {
            Err(()) => Pick::Stop,
            Ok(None) => Pick::Back,
            Ok(Some(option)) => Pick::One(option.index),
        })
    }

    fn line(&mut self, ask: &str) -> Result<Option<String>, Failure> {
        Ok(stopped(Text::new(ask).prompt_skippable())?.ok().flatten())
    }
}
