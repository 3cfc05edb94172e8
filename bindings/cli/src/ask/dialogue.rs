//! The course of a dialogue: one question at a time, back, what is decided so far, and the end.

use std::process::ExitCode;

use leidraad::{Answer, Assessment};

use super::reply::{Known, Question, Reply, expected, shown};
use super::state::{Refusal, State};
use super::{Pick, Surface};
use crate::dutch;
use crate::output::{BOLD, DIM, Failure};
use crate::summary::{beside, wrap};

pub(super) struct Dialogue<'s> {
    pub(super) surface: &'s mut dyn Surface,
    pub(super) state: State,
    /// Questions that were dealt with in this session.
    pub(super) past: Vec<String>,
    /// Questions left empty.
    pub(super) skipped: Vec<String>,
    /// Whether the person goes on although everything is decided.
    goes_on: bool,
    /// The section of the question that was asked last.
    section: Option<String>,
}

/// What comes after a question.
pub(super) enum Then {
    Next,
    Ask(String),
    Finish,
    Stop,
}

impl<'s> Dialogue<'s> {
    pub(super) fn new(surface: &'s mut dyn Surface, state: State) -> Self {
        Dialogue { surface, state, past: Vec::new(), skipped: Vec::new(), goes_on: false, section: None }
    }

    pub(super) fn run(mut self) -> Result<ExitCode, Failure> {
        self.begin()?;
        let mut then = Then::Next;
        loop {
            then = match then {
                Then::Ask(id) => self.ask(&id)?,
                Then::Next => {
                    let assessment = self.state.assessment()?;
                    let decided = self.state.decided(&assessment);
                    self.goes_on &= decided;
                    match self.state.next(&assessment, &self.skipped) {
                        Some(id) if !decided || self.goes_on || State::counts(&assessment) => Then::Ask(id),
                        next => self.close(&assessment, decided, next.is_some())?,
                    }
                }
                Then::Finish => {
                    self.surface.say(&format!("\n{}", self.state.explanation()?))?;
                    let beside = beside(&self.state.words, &self.state.assessment()?);
                    self.surface.say(&beside)?;
                    self.surface.say(
                        "\nDit is een advies. U beslist, en mag met een motivering anders beslissen.\n",
                    )?;
                    break;
                }
                Then::Stop => {
                    self.surface.say("\nGestopt. Dit is de stand:\n")?;
                    self.where_we_are()?;
                    break;
                }
            };
        }
        if let Some(path) = self.state.saved_in() {
            self.surface.say(&format!("Uw antwoorden staan in {path}.\n"))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn begin(&mut self) -> Result<(), Failure> {
        let words = &self.state.words;
        let title = self.state.authority().unwrap_or_else(|| words.questions.title.clone());
        let decides: Vec<&str> = words.outcomes().map(|decision| decision.title.as_str()).collect();
        let day = dutch::date(words.questions.on);
        let text = format!(
            "\n{BOLD}{title}{BOLD:#}\n{DIM}Dit bepaalt: {}{} Peildatum: {day}.{DIM:#}\n",
            decides.join("; "),
            if decides.last().is_some_and(|last| last.ends_with('?')) { "" } else { "." }
        );
        self.surface.say(&text)?;
        self.where_we_are()
    }

    /// What is decided, what is still possible, and how many questions are open.
    pub(super) fn where_we_are(&mut self) -> Result<(), Failure> {
        let assessment = self.state.assessment()?;
        let words = &self.state.words;
        let mut text = String::new();
        for decision in words.outcomes() {
            let list = decision.part_of.as_deref().unwrap_or_default();
            let parts = assessment.parts(list).iter().enumerate();
            let of_parts = parts.filter_map(|(i, part)| Some((Some(i + 1), part.decision(&decision.id)?)));
            let whole = assessment.decision(&decision.id).map(|outcome| (None, outcome));
            for (part, outcome) in whole.into_iter().chain(of_parts) {
                let which = part.map_or_else(String::new, |n| format!("{} {n}: ", words.each(list)));
                let line = format!("{which}{}.", words.outcome(decision, outcome));
                text.push_str(&format!("  {}\n", wrap(&line, 4)));
            }
        }
        text.push_str(&format!("  {DIM}Voortgang: {}.{DIM:#}\n", words.progress(&assessment)));
        self.surface.say(&text)
    }

    fn ask(&mut self, id: &str) -> Result<Then, Failure> {
        let Some((item, section)) = self.state.question(id) else {
            return Err(Failure::new(format!("there is no question `{id}` on this date")));
        };
        self.enter(&section)?;
        if item.kind == "list" {
            return self.ask_list(&item, &section);
        }
        let state = &self.state;
        let suggested = state.suggested(&item)?;
        let before = state.answers.get(id).map(|answer| shown(&item, &answer.known));
        let accept = |known: &Known| {
            state.accepts(id, known).map_err(|refusal| match refusal {
                Refusal::Value => format!("Dat antwoord past niet. {}", expected(&item)),
                Refusal::Date => "Voor deze dag zijn geen regels bekend. Geef een andere dag.".to_owned(),
            })
        };
        let question = Question { item: &item, section: &section, before, suggested };
        let known = match self.surface.ask(&question, &accept)? {
            Reply::Answer(known) => known,
            Reply::NotApplicable(Some(reason)) => Known::NotApplicable(reason),
            Reply::NotApplicable(None) => {
                match self.surface.line("  Waarom is de vraag niet van toepassing?")? {
                    Some(reason) if !reason.is_empty() => Known::NotApplicable(reason),
                    Some(_) => return Ok(Then::Ask(id.to_owned())),
                    None => return Ok(Then::Stop),
                }
            }
            Reply::Skip => {
                self.past.push(id.to_owned());
                if self.state.answers.get(id).is_none() {
                    self.skipped.push(id.to_owned());
                }
                return Ok(Then::Next);
            }
            Reply::Back => return self.back(id),
            Reply::Help => return Ok(Then::Ask(id.to_owned())),
            Reply::Stop => return Ok(Then::Stop),
        };
        self.surface.say(&format!("  → {}\n", wrap(&shown(&item, &known), 4)))?;
        self.past.push(id.to_owned());
        self.state.set(id, Answer::new(known))?;
        self.where_we_are()?;
        Ok(Then::Next)
    }

    /// Says what a section is about, when its first question is asked.
    fn enter(&mut self, section: &str) -> Result<(), Failure> {
        if self.section.as_deref() == Some(section) {
            return Ok(());
        }
        self.section = Some(section.to_owned());
        let sections = &self.state.words.questions.sections;
        match sections.iter().find(|known| known.section == section).and_then(|known| known.help.as_ref()) {
            Some(help) => self.surface.say(&format!("\n{BOLD}{section}{BOLD:#}\n  {}\n", wrap(help, 2))),
            None => Ok(()),
        }
    }

    /// Asks the question before again; its answer stays until there is another one.
    pub(super) fn back(&mut self, from: &str) -> Result<Then, Failure> {
        let before = self.past.pop();
        if before.is_none() {
            self.surface.say("  Dit is de eerste vraag.\n")?;
        }
        let id = before.unwrap_or_else(|| from.to_owned());
        self.skipped.retain(|skipped| *skipped != id);
        Ok(Then::Ask(id))
    }

    /// When nothing more needs to be asked.
    fn close(&mut self, assessment: &Assessment, decided: bool, more: bool) -> Result<Then, Failure> {
        let state = if decided {
            "De uitkomst staat vast."
        } else {
            "Alle vragen zijn langs geweest; de uitkomst blijft open."
        };
        let open = match (more, assessment.progress.open) {
            (false, _) => String::new(),
            (true, 1) => " Er staat nog 1 vraag open, maar die verandert de uitkomst niet.".to_owned(),
            (true, n) => format!(" Er staan nog {n} vragen open, maar die veranderen de uitkomst niet."),
        };
        let mut options = vec![("Afronden en de uitleg lezen", 0), ("Een antwoord wijzigen", 1)];
        if more {
            options.push(("Ook de andere vragen beantwoorden", 2));
        }
        let labels: Vec<String> = options.iter().map(|(label, _)| (*label).to_owned()).collect();
        let ask = wrap(&format!("{state}{open} Wat wilt u?"), 0);
        let chosen = self.surface.choose(&ask, &labels)?;
        if let (Pick::Back, Some(id)) = (chosen, self.past.pop()) {
            return Ok(Then::Ask(id));
        }
        Ok(match chosen.index().and_then(|index| options.get(index)) {
            Some((_, 0)) => Then::Finish,
            Some((_, 1)) => self.change()?,
            Some(_) => {
                self.goes_on = true;
                Then::Next
            }
            None => Then::Stop,
        })
    }

    /// Lets one of the answers be changed.
    fn change(&mut self) -> Result<Then, Failure> {
        let words = &self.state.words;
        let answered = self.state.answers.iter().filter_map(|(id, answer)| {
            let item = words.item(id)?;
            Some((id.to_owned(), format!("{} {}", item.ask, shown(item, &answer.known))))
        });
        let (ids, texts): (Vec<String>, Vec<String>) = answered.unzip();
        let ask = format!("Welk van de {}?", dutch::count(ids.len(), "antwoord", "antwoorden"));
        let chosen = self.surface.choose(&ask, &texts)?;
        Ok(chosen.index().and_then(|index| ids.get(index).cloned()).map_or(Then::Next, Then::Ask))
    }
}
