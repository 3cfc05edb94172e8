//! `leidraad ask`: the guided checklist. One dialogue, on two surfaces: lists to choose from on a terminal, and plain
//! lines for pipes, tests and screen readers.

mod dialogue;
mod lines;
mod records;
mod reply;
mod state;
mod terminal;

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use leidraad::notation::with_code;
use leidraad::{Answers, RuleSet, catalog};

use crate::args::{AskOptions, Given};
use crate::choose::{Chosen, answers, chosen};
use crate::inputs::spared;
use crate::output::{Failure, print};
use dialogue::Dialogue;
use lines::Lines;
use reply::{Known, Question, Reply};
use state::State;
use terminal::Terminal;

/// Where a dialogue takes place.
trait Surface {
    /// Says something.
    fn say(&mut self, text: &str) -> Result<(), Failure> {
        print(text)
    }

    /// Asks a question until the reply can be understood and `accept` has nothing against it.
    fn ask(
        &mut self,
        question: &Question<'_>,
        accept: &dyn Fn(&Known) -> Result<(), String>,
    ) -> Result<Reply, Failure>;

    /// Lets one of some things be chosen.
    fn choose(&mut self, ask: &str, options: &[String]) -> Result<Pick, Failure>;

    /// Asks for a line of text; none when the person stops.
    fn line(&mut self, ask: &str) -> Result<Option<String>, Failure>;
}

/// What was chosen from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pick {
    One(usize),
    Back,
    Stop,
}

impl Pick {
    fn index(self) -> Option<usize> {
        match self {
            Pick::One(index) => Some(index),
            Pick::Back | Pick::Stop => None,
        }
    }
}

/// Whether there is a person at a terminal that can draw lists.
pub(crate) fn at_terminal() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
        && std::io::stderr().is_terminal()
}

pub(crate) fn run(rules: Option<&str>, given: &Given, options: &AskOptions) -> Result<ExitCode, Failure> {
    let mut terminal = Terminal::new();
    let mut lines = Lines::default();
    let surface: &mut dyn Surface = if at_terminal() && !options.plain { &mut terminal } else { &mut lines };
    let Some(chosen) = choose_rules(surface, rules, given)? else { return Ok(ExitCode::SUCCESS) };
    spared(options.save.as_deref(), &chosen.files)?;
    let (answers, resumed) = resume(given, options.save.as_deref())?;
    if resumed {
        surface.say("Uw eerdere antwoorden zijn ingelezen.\n")?;
    }
    let state = State::new(chosen, given.on, answers, options.save.clone())?;
    Dialogue::new(surface, state).run()
}

/// The answers to go on with, and whether there are any: those given, else those saved before in the same file.
fn resume(given: &Given, save: Option<&Path>) -> Result<(Answers, bool), Failure> {
    let path = given.answers.as_deref().or(save.filter(|path| path.exists()));
    if path == Some(Path::new("-")) {
        return Err(Failure::new("`ask` reads replies from standard input, so `--answers -` cannot work")
            .help("give the answers in a file"));
    }
    let given = Given { answers: path.map(Path::to_owned), ..given.clone() };
    let answers = answers(&given)?;
    let any = answers.iter().next().is_some();
    Ok((answers, any))
}

/// The rule set and authority, asked for where they are not given.
fn choose_rules(
    surface: &mut dyn Surface,
    rules: Option<&str>,
    given: &Given,
) -> Result<Option<Chosen>, Failure> {
    let mut chosen = match rules {
        Some(rules) => chosen(rules, given)?,
        None => {
            let sets: Vec<&RuleSet> = catalog().rule_sets().collect();
            let titles: Vec<String> =
                sets.iter().map(|set| format!("{} ({})", set.title(), set.id())).collect();
            let index = surface.choose("Welke checklist wilt u invullen?", &titles)?.index();
            let Some(set) = index.and_then(|index| sets.get(index)) else { return Ok(None) };
            Chosen { rules: (*set).clone(), authority: given.authority.clone(), files: Vec::new() }
        }
    };
    if chosen.authority.is_none() {
        let title = |code: &str| {
            let own = chosen.rules.layers().find(|layer| layer.authority == Some(code));
            own.map_or_else(|| code.to_owned(), |layer| with_code(layer.title, code))
        };
        let layers: Vec<(String, String)> =
            chosen.rules.authorities().map(|code| (code.to_owned(), title(code))).collect();
        if !layers.is_empty() {
            let mut titles: Vec<String> = layers.iter().map(|(_, title)| title.clone()).collect();
            titles.push("Geen gemeente: alleen de gedeelde regels".to_owned());
            let Some(index) = surface.choose("Voor welke gemeente?", &titles)?.index() else {
                return Ok(None);
            };
            chosen.authority = layers.get(index).map(|(code, _)| code.clone());
        }
    }
    Ok(Some(chosen))
}
