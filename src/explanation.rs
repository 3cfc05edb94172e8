//! Why an outcome follows, what would change it, and what is missing: as data, and in Dutch for an official.

use std::fmt;

use serde::Serialize;

use crate::assessment::{Outcome, RuleSetRef};
use crate::document::Certainty;
use crate::value::{Date, Value};

/// The reasons behind one or more decisions. `Display` gives Dutch text, `Serialize` the same as data.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The rule set.
    pub rule_set: RuleSetRef,
    /// Its title.
    pub title: String,
    /// The authority whose layer was used.
    pub authority: Option<String>,
    /// The title of that layer.
    pub authority_title: Option<String>,
    /// The reference date.
    pub on: Date,
    /// What the encoders know to be missing from the rule set.
    pub partial: Vec<String>,
    /// A reason for each decision that was asked for.
    pub decisions: Vec<Reasons>,
}

/// The reasons of one decision.
#[derive(Debug, Clone, Serialize)]
pub struct Reasons {
    /// Id of the decision.
    pub decision: String,
    /// Its title.
    pub title: String,
    /// What follows from the answers.
    pub outcome: Outcome,
    /// The outcome in words.
    pub text: String,
    /// The rules that decide, or still may.
    pub rules: Vec<RuleReason>,
    /// The parts of a score.
    pub sum: Vec<TermReason>,
    /// What the layers set that these rules use.
    pub parameters: Vec<ParameterReason>,
    /// The answers that were used.
    pub answers: Vec<UsedAnswer>,
    /// A smallest set of them that already forces the outcome.
    pub sufficient: Vec<String>,
    /// The nearest answers with another outcome.
    pub changes: Vec<Change>,
    /// The questions that decide an open outcome, with what each answer would leave.
    pub needs: Vec<Need>,
    /// What no layer sets, in words.
    pub missing: Vec<Missing>,
    /// The decisions on which it rests, each with its own rules.
    pub rests_on: Vec<Reasons>,
}

/// A row of a table, or the rule of a score.
#[derive(Debug, Clone, Serialize)]
pub struct RuleReason {
    /// The row, counted from 1; none for a score.
    pub row: Option<usize>,
    /// Its entries, without those that accept everything.
    pub when: Vec<Clause>,
    /// Its outcome in words.
    pub then: String,
    /// Its sources.
    pub sources: Vec<Citation>,
    /// Other annotations of the row.
    pub notes: Vec<(String, String)>,
}

/// An entry of a row.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// The input.
    pub input: String,
    /// The test as written.
    pub test: String,
    /// Both in words.
    pub text: String,
}

/// One term of a score.
#[derive(Debug, Clone, Serialize)]
pub struct TermReason {
    /// What is added.
    pub title: String,
    /// The answer or outcome it comes from, in words; none while it is open.
    pub from: Option<String>,
    /// Its points; none while it is open.
    pub points: Option<Value>,
}

/// The value of a parameter.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterReason {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The value as written.
    pub value: String,
    /// The comparison word of the source.
    pub wording: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Its sources.
    pub sources: Vec<Citation>,
}

/// A source, ready to cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Id in the rule file.
    pub id: String,
    /// Title.
    pub title: String,
    /// Kind: law, local_regulation, website, …
    pub kind: String,
    /// Article.
    pub article: Option<String>,
    /// BWB, JCI, CVDR, ECLI or publication number.
    pub identifier: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The day on which it was read.
    pub seen: Option<Date>,
    /// How sure the fact is.
    pub certainty: Option<Certainty>,
    /// Remark.
    pub note: Option<String>,
}

/// An answer in words.
#[derive(Debug, Clone, Serialize)]
pub struct UsedAnswer {
    /// Id of the question.
    pub question: String,
    /// The question.
    pub ask: String,
    /// The answer.
    pub answer: String,
}

/// Other answers, and what would follow from them.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The answers to change: one, or two when no single one is enough.
    pub answers: Vec<UsedAnswer>,
    /// What would then follow, in words.
    pub outcome: String,
}

/// A question that decides.
#[derive(Debug, Clone, Serialize)]
pub struct Need {
    /// Id of the question.
    pub question: String,
    /// The question.
    pub ask: String,
    /// Per group of answers what would be left.
    pub leaves: Vec<Leaves>,
}

/// Answers that leave the same outcomes.
#[derive(Debug, Clone, Serialize)]
pub struct Leaves {
    /// The answers in words.
    pub answer: String,
    /// The outcomes in words.
    pub outcomes: Vec<String>,
}

/// Something that no layer sets.
#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// Id of the parameter or decision.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head = self.title.clone();
        if let Some(authority) = &self.authority {
            head.push_str(&match &self.authority_title {
                Some(title) => format!(" · {title} ({authority})"),
                None => format!(" · {authority}"),
            });
        }
        paragraph(f, "", 2, &format!("{head} · peildatum {}", crate::notation::date(self.on)))?;
        for reasons in &self.decisions {
            writeln!(f)?;
            reasons.write(f, 0)?;
        }
        if !self.partial.is_empty() {
            writeln!(f, "\nLet op: deze regels zijn niet volledig.")?;
            for part in &self.partial {
                bullet(f, 1, part)?;
            }
        }
        Ok(())
    }
}

const WIDTH: usize = 100;

/// A paragraph, broken at spaces, with an indent.
fn paragraph(f: &mut fmt::Formatter<'_>, first: &str, indent: usize, text: &str) -> fmt::Result {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(f, "{line}")?;
            line = " ".repeat(indent);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    writeln!(f, "{line}")
}

fn bullet(f: &mut fmt::Formatter<'_>, depth: usize, text: &str) -> fmt::Result {
    paragraph(f, &format!("{}- ", "  ".repeat(depth)), depth * 2 + 2, text)
}

impl Reasons {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let pad = "  ".repeat(depth);
        paragraph(f, &pad, depth * 2 + 2, &crate::dutch::after(&self.title, &self.text))?;
        let head = |f: &mut fmt::Formatter<'_>, text: &str| writeln!(f, "{pad}  {text}");
        if !self.missing.is_empty() {
            head(f, "Hierover is niets geregeld, of niets bekend:")?;
            for missing in &self.missing {
                bullet(f, depth + 2, &format!("{} ({})", missing.title, missing.id))?;
            }
        }
        if !self.needs.is_empty() {
            head(f, "Dit beslist nog:")?;
            for need in &self.needs {
                bullet(f, depth + 2, &format!("{} ({})", need.ask, need.question))?;
                // a question of which every answer leaves the same matters only together with others
                for leaves in need.leaves.iter().filter(|_| need.leaves.len() > 1) {
                    let text = format!("{} → {}", leaves.answer, crate::dutch::either(&leaves.outcomes));
                    paragraph(f, &format!("{pad}        "), depth * 2 + 10, &text)?;
                }
            }
        }
        let determined = matches!(self.outcome, Outcome::Determined(_));
        if !self.rules.is_empty() {
            head(f, if determined { "Waarom:" } else { "Regels die nog kunnen gelden:" })?;
            for rule in &self.rules {
                rule.write(f, depth + 2)?;
            }
        }
        for term in &self.sum {
            let from = term.from.as_deref().unwrap_or("nog open");
            let points = term.points.as_ref().map_or("?".to_owned(), crate::dutch::value);
            paragraph(
                f,
                &format!("{pad}    {points:>5}  "),
                depth * 2 + 11,
                &crate::dutch::after(&term.title, from),
            )?;
        }
        for parameter in &self.parameters {
            parameter.write(f, depth + 2)?;
        }
        if !self.sufficient.is_empty() {
            head(f, "Deze antwoorden zijn al genoeg voor deze uitkomst:")?;
            for answer in self.answers.iter().filter(|a| self.sufficient.contains(&a.question)) {
                bullet(f, depth + 2, &format!("{} {}", answer.ask, answer.answer))?;
            }
        }
        if !self.changes.is_empty() {
            head(f, "Dit zou de uitkomst veranderen:")?;
            for change in &self.changes {
                let answers: Vec<String> =
                    change.answers.iter().map(|a| format!("{} {}", a.ask, a.answer)).collect();
                bullet(f, depth + 2, &format!("{} → {}", answers.join(" en "), change.outcome))?;
            }
        }
        if !self.rests_on.is_empty() {
            head(f, "Dit rust op:")?;
            for reasons in &self.rests_on {
                if determined {
                    reasons.write(f, depth + 2)?;
                } else {
                    // while much is open the rules of every step would bury what decides
                    bullet(f, depth + 2, &crate::dutch::after(&reasons.title, &reasons.text))?;
                }
            }
        }
        Ok(())
    }
}

impl RuleReason {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        if let Some(row) = self.row {
            let when: Vec<&str> = self.when.iter().map(|clause| clause.text.as_str()).collect();
            let when = if when.is_empty() { "in alle andere gevallen".to_owned() } else { when.join("; ") };
            bullet(f, depth, &format!("rij {row}: {when} → {}", self.then))?;
        }
        for (name, note) in &self.notes {
            paragraph(f, &"  ".repeat(depth + 1), depth * 2 + 4, &format!("{name}: {note}"))?;
        }
        for source in &self.sources {
            paragraph(f, &"  ".repeat(depth + 1), depth * 2 + 4, &format!("bron: {source}"))?;
        }
        Ok(())
    }
}

impl ParameterReason {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let value = if self.value == "-" { "geen grens" } else { &self.value };
        let wording = self.wording.as_ref().map_or_else(String::new, |w| format!(" — {w}"));
        bullet(f, depth, &format!("{}: {value}{wording}", self.title))?;
        for source in &self.sources {
            paragraph(f, &"  ".repeat(depth + 1), depth * 2 + 4, &format!("bron: {source}"))?;
        }
        if let Some(note) = &self.note {
            paragraph(f, &"  ".repeat(depth + 1), depth * 2 + 4, &format!("let op: {note}"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        if let Some(article) = &self.article {
            write!(f, ", art. {article}")?;
        }
        if let Some(identifier) = &self.identifier {
            write!(f, ", {identifier}")?;
        }
        if let Some(url) = &self.url {
            write!(f, ", {url}")?;
        }
        match (self.seen, self.certainty) {
            (Some(seen), Some(certainty)) => {
                write!(f, " (gezien {}; {})", crate::notation::date(seen), crate::dutch::certainty(certainty))
            }
            (Some(seen), None) => write!(f, " (gezien {})", crate::notation::date(seen)),
            (None, Some(certainty)) => write!(f, " ({})", crate::dutch::certainty(certainty)),
            (None, None) => Ok(()),
        }
    }
}
