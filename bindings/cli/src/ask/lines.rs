//! The dialogue in plain lines: for pipes, tests and screen readers. The end of the input means "stop".

use std::io::{self, BufRead, Read};

use super::reply::{self, Known, Question, Reply};
use super::{Pick, Surface, terminal::title};
use crate::output::Failure;

/// Longest line that is read.
const MAX_LINE: u64 = 10_000;

#[derive(Default)]
pub(super) struct Lines {
    /// Whether it has been said which words can be typed.
    told: bool,
}

impl Lines {
    fn read(&mut self) -> Result<Option<String>, Failure> {
        let mut line = String::new();
        let mut input = io::stdin().lock().take(MAX_LINE);
        let read = input
            .read_line(&mut line)
            .map_err(|error| Failure::new(format!("cannot read a reply: {error}")))?;
        Ok((read > 0).then(|| line.trim().trim_start_matches('\u{feff}').to_owned()))
    }
}

impl Surface for Lines {
    fn ask(
        &mut self,
        question: &Question<'_>,
        accept: &dyn Fn(&Known) -> Result<(), String>,
    ) -> Result<Reply, Failure> {
        let item = question.item;
        let mut text = format!("\n{}\n", title(question));
        for (i, option) in item.options.iter().enumerate() {
            text.push_str(&format!("  {}. {}\n", i + 1, option.label));
        }
        if item.options.is_empty() {
            text.push_str(&format!("  {}\n", reply::expected(item)));
        }
        if question.before.is_some() {
            text.push_str("  (Enter: laten zoals het is.)\n");
        }
        if !self.told {
            text.push_str("  (Ook mogelijk: `?` voor uitleg, `weet niet`, `terug`, `stop`.)\n");
            self.told = true;
        }
        self.say(&text)?;
        loop {
            let Some(line) = self.read()? else { return Ok(Reply::Stop) };
            match reply::judge(question, &line, accept) {
                Ok(reply) => return Ok(reply),
                Err(text) => self.say(&text)?,
            }
        }
    }

    fn choose(&mut self, ask: &str, options: &[String]) -> Result<Pick, Failure> {
        let mut text = format!("\n{ask}\n");
        for (i, option) in options.iter().enumerate() {
            text.push_str(&format!("  {}. {option}\n", i + 1));
        }
        self.say(&text)?;
        loop {
            let line = match self.read()? {
                None => return Ok(Pick::Stop),
                Some(line) => line.to_lowercase(),
            };
            match line.as_str() {
                "stop" | "stoppen" => return Ok(Pick::Stop),
                "terug" | "<" => return Ok(Pick::Back),
                _ => {}
            }
            let number =
                line.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < options.len());
            let named = || {
                options.iter().position(|option| !line.is_empty() && option.to_lowercase().contains(&line))
            };
            match number.or_else(named) {
                Some(index) => return Ok(Pick::One(index)),
                None => self.say(&format!(
                    "  Kies een nummer van 1 tot en met {}, of typ `terug` of `stop`.\n",
                    options.len()
                ))?,
            }
        }
    }

    fn line(&mut self, ask: &str) -> Result<Option<String>, Failure> {
        self.say(&format!("{ask}\n"))?;
        self.read()
    }
}
