//! An explanation as Dutch text for an official.

use std::fmt;

use super::{
    Citation, Clause, CountReason, CountedRecord, DeviationReason, Explanation, MOST_LISTED, Missing,
    ParameterReason, PassedRule, Reasons, RuleReason, Standing, UsedLayer,
};
use crate::assessment::Outcome;
use crate::notation::{date, wrapped};
use crate::value::Date;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head = self.title.clone();
        if let Some(authority) = &self.authority {
            head.push_str(&match &self.authority_title {
                Some(title) => format!(" · {title} ({authority})"),
                None => format!(" · {authority}"),
            });
        }
        wrapped(f, "", 2, &format!("{head} · peildatum {}", date(self.on)))?;
        for layer in self.notable_layers() {
            bullet(f, 1, &layer)?;
        }
        let numbered = Sources::of(self);
        for reasons in &self.decisions {
            writeln!(f)?;
            reasons.write(f, 0, &numbered)?;
        }
        if !numbered.0.is_empty() {
            writeln!(f, "\nBronnen:")?;
            for (i, source) in numbered.0.iter().enumerate() {
                wrapped(f, &format!("  [{}] ", i + 1), 6, source)?;
            }
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

fn bullet(f: &mut fmt::Formatter<'_>, depth: usize, text: &str) -> fmt::Result {
    wrapped(f, &format!("{}- ", "  ".repeat(depth)), depth * 2 + 2, text)
}

/// The sources of an explanation, numbered where one is cited more than once; else none.
struct Sources(Vec<String>);

impl Sources {
    fn of(explanation: &Explanation) -> Sources {
        let mut all = Vec::new();
        for reasons in &explanation.decisions {
            reasons.cited(&mut all);
        }
        let mut list: Vec<String> = Vec::new();
        for source in &all {
            if !list.contains(source) {
                list.push(source.clone());
            }
        }
        Sources(if list.len() < all.len() { list } else { Vec::new() })
    }

    /// The line below a rule or parameter.
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize, sources: &[Citation]) -> fmt::Result {
        let pad = "  ".repeat(depth + 1);
        let number = |source: &Citation| {
            let text = source.to_string();
            self.0.iter().position(|known| *known == text).map(|i| format!("[{}]", i + 1))
        };
        let numbers: Vec<String> = sources.iter().filter_map(number).collect();
        if !numbers.is_empty() {
            return writeln!(f, "{pad}bron: {}", numbers.join(", "));
        }
        for source in sources {
            wrapped(f, &pad, depth * 2 + 4, &format!("bron: {source}"))?;
        }
        Ok(())
    }
}

impl UsedLayer {
    /// Whether the heading does not tell all about it.
    fn is_notable(&self) -> bool {
        self.layer.is_some() || self.signed.is_some() || self.published.is_some()
    }
}

impl Explanation {
    /// The layers of which a reader must know more than that they were used, one line each: those of several authorities,
    /// those of which is known when they were made, and those that go by another day than the shared rules.
    pub fn notable_layers(&self) -> Vec<String> {
        let line = |layer: &UsedLayer| match layer.on == self.on {
            true => layer.is_notable().then(|| layer.to_string()),
            false => Some(format!("{layer}; peildatum {}", date(layer.on))),
        };
        self.layers.iter().filter_map(line).collect()
    }
}

/// `Titel: ondertekend op …, bekendgemaakt op …, geldt vanaf …`.
impl fmt::Display for UsedLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let made = made(self.signed, self.published);
        write!(f, "{}: {made}{}geldt {}", self.title, if made.is_empty() { "" } else { ", " }, self.period)
    }
}

/// When something was signed and published, as far as that is known.
fn made(signed: Option<Date>, published: Option<Date>) -> String {
    let days = [("ondertekend", signed), ("bekendgemaakt", published)];
    let texts = days.into_iter().filter_map(|(what, day)| Some(format!("{what} op {}", date(day?))));
    texts.collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::dutch::after(&self.title, &self.text))
    }
}

impl fmt::Display for DeviationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::dutch::deviation(&self.text, &self.motivation))
    }
}

/// Above what was decided otherwise and counts in an outcome.
pub const DECIDED: &str = "Hierin telt wat anders is besloten:";

impl Reasons {
    /// What was decided otherwise of decisions on which it rests, in words.
    pub fn decided_texts(&self) -> Vec<String> {
        self.decided.iter().map(|(title, text)| crate::dutch::after(title, text)).collect()
    }

    /// What stands above the answers that already force the outcome.
    fn enough(&self) -> &'static str {
        match self.decided.is_empty() {
            true => "Deze antwoorden zijn al genoeg voor deze uitkomst:",
            false => "Samen daarmee zijn deze antwoorden al genoeg voor deze uitkomst:",
        }
    }

    /// Why no further answer decides an open outcome, where that is so.
    pub fn remark(&self) -> Option<&'static str> {
        self.source_undecided.then_some(crate::dutch::SOURCE_UNDECIDED)
    }

    fn is_determined(&self) -> bool {
        matches!(self.outcome, Outcome::Determined(_))
    }

    /// The sources in the order in which the text cites them.
    fn cited(&self, all: &mut Vec<String>) {
        let passed = self.passed.iter().take(MOST_LISTED).map(|passed| &passed.rule);
        let sources = self.rules.iter().chain(passed).flat_map(|rule| &rule.sources);
        let sources = sources.chain(self.count.iter().flat_map(|count| &count.sources));
        let sources = sources.chain(self.parameters.iter().flat_map(|parameter| &parameter.sources));
        all.extend(sources.map(ToString::to_string));
        if self.is_determined() {
            self.rests_on.iter().for_each(|reasons| reasons.cited(all));
        }
    }

    /// `Titel: uitkomst`, with what was decided instead.
    fn outcome_text(&self) -> String {
        let text = match &self.part {
            Some(part) => format!("{}: {}", part.title, crate::dutch::after(&self.title, &self.text)),
            None => crate::dutch::after(&self.title, &self.text),
        };
        match &self.deviation {
            Some(deviation) => format!("{text}. {deviation}"),
            None => text,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize, sources: &Sources) -> fmt::Result {
        let pad = "  ".repeat(depth);
        wrapped(f, &pad, depth * 2 + 2, &self.outcome_text())?;
        let head = |f: &mut fmt::Formatter<'_>, text: &str| writeln!(f, "{pad}  {text}");
        if let Some(remark) = self.remark() {
            wrapped(f, &format!("{pad}  "), depth * 2 + 2, remark)?;
        }
        match self.applies_when.len() {
            0 => {}
            1 => head(f, "Dit is alleen van toepassing als:")?,
            _ => head(f, "Dit is alleen van toepassing als minstens één hiervan klopt:")?,
        }
        for clauses in &self.applies_when {
            bullet(f, depth + 2, &clauses.join("; "))?;
        }
        if !self.missing.is_empty() {
            head(f, "Hierover is niets geregeld, of niets bekend:")?;
            for missing in &self.missing {
                let text = crate::dutch::after(&format!("{} ({})", missing.title, missing.id), &missing.text);
                bullet(f, depth + 2, &text)?;
            }
        }
        if !self.needs.is_empty() {
            head(f, "Dit beslist nog:")?;
            for need in &self.needs {
                bullet(f, depth + 2, &format!("{} ({})", need.ask, need.question))?;
                // a question of which every answer leaves the same matters only together with others
                for leaves in need.leaves.iter().filter(|_| need.leaves.len() > 1) {
                    let text = format!("{} → {}", leaves.answer, crate::dutch::either(&leaves.outcomes));
                    wrapped(f, &format!("{pad}        "), depth * 2 + 10, &text)?;
                }
            }
        }
        let determined = self.is_determined();
        if !self.rules.is_empty() {
            head(f, if self.holds { "Waarom:" } else { "Regels die nog kunnen gelden:" })?;
            if let Some(formula) = &self.formula {
                bullet(f, depth + 2, &formula.words)?;
                if let Some(filled) = &formula.filled {
                    wrapped(f, &format!("{pad}      "), depth * 2 + 8, filled)?;
                }
            }
            for rule in &self.rules {
                rule.write(f, depth + 2, sources)?;
            }
        }
        if !self.passed.is_empty() {
            head(f, "Deze regels gaan voor, maar gelden hier niet:")?;
            for passed in self.passed.iter().take(MOST_LISTED) {
                passed.write(f, depth + 2, sources)?;
            }
            if let Some(more) = self.passed.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
                bullet(f, depth + 2, &format!("en nog {more}"))?;
            }
        }
        for term in &self.sum {
            let from = term.from.as_deref().unwrap_or("nog open");
            let points = term.points.as_ref().map_or("?".to_owned(), crate::dutch::value);
            wrapped(
                f,
                &format!("{pad}    {points:>5}  "),
                depth * 2 + 11,
                &crate::dutch::after(&term.title, from),
            )?;
        }
        if let Some(count) = &self.count {
            count.write(f, depth + 1, sources)?;
        }
        for parameter in &self.parameters {
            parameter.write(f, depth + 2, sources)?;
        }
        if !self.decided.is_empty() {
            head(f, DECIDED)?;
            for text in self.decided_texts() {
                bullet(f, depth + 2, &text)?;
            }
        }
        if !self.sufficient.is_empty() {
            head(f, self.enough())?;
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
                    reasons.write(f, depth + 2, sources)?;
                } else {
                    // while much is open the rules of every step would bury what decides
                    bullet(f, depth + 2, &reasons.outcome_text())?;
                }
            }
        }
        Ok(())
    }
}

impl CountReason {
    /// What counts, and how each record stands; of many that stand alike the first few.
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize, sources: &Sources) -> fmt::Result {
        let pad = "  ".repeat(depth);
        wrapped(f, &pad, depth * 2 + 2, &format!("Geteld: {}", self.text))?;
        let groups = [
            (Standing::Counted, "Telt mee:"),
            (Standing::Possible, "Telt misschien mee:"),
            (Standing::Unset, "Hangt af van wat niet is geregeld:"),
            (Standing::NotCounted, "Telt niet mee:"),
        ];
        for (standing, head) in groups {
            let records: Vec<&CountedRecord> =
                self.records.iter().filter(|r| r.standing == standing).collect();
            if records.is_empty() {
                continue;
            }
            writeln!(f, "{pad}{head}")?;
            for record in records.iter().take(MOST_LISTED) {
                let why = if record.why.is_empty() {
                    String::new()
                } else {
                    format!(": {}", record.why.join("; "))
                };
                bullet(f, depth + 1, &format!("{}{why}", record.title))?;
            }
            if records.len() > MOST_LISTED {
                bullet(f, depth + 1, &format!("en nog {}", records.len() - MOST_LISTED))?;
            }
        }
        if self.more {
            wrapped(f, &pad, depth * 2 + 2, "Misschien zijn er meer, die niet bekend zijn.")?;
        }
        sources.write(f, depth.saturating_sub(1), &self.sources)
    }
}

impl RuleReason {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize, sources: &Sources) -> fmt::Result {
        if let Some(row) = self.row {
            let when: Vec<&str> = self.when.iter().map(|clause| clause.text.as_str()).collect();
            let when = match (when.is_empty(), self.otherwise) {
                (false, _) => when.join("; "),
                (true, true) => "in alle andere gevallen".to_owned(),
                (true, false) => "altijd".to_owned(),
            };
            bullet(f, depth, &format!("rij {row}: {when} → {}", self.then))?;
        }
        for (name, note) in &self.notes {
            wrapped(f, &"  ".repeat(depth + 1), depth * 2 + 4, &format!("{name}: {note}"))?;
        }
        sources.write(f, depth, &self.sources)
    }
}

impl PassedRule {
    /// The row, and what of it does not hold; where only several entries together do not, all of it.
    fn text(&self) -> String {
        self.text_with(|clause| clause.text.clone())
    }

    /// The same with the clauses in other words.
    pub(crate) fn text_with(&self, words: impl Fn(&Clause) -> String) -> String {
        let (clauses, together) = match self.fails.as_slice() {
            [] => (&self.rule.when, "niet alles hiervan klopt"),
            _ => (&self.fails, "dit klopt niet"),
        };
        let texts: Vec<String> = clauses.iter().map(words).collect();
        format!("{}; {together}: {}", self.rule.then, texts.join("; "))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize, sources: &Sources) -> fmt::Result {
        let row = self.rule.row.unwrap_or_default();
        bullet(f, depth, &format!("rij {row} → {}", self.text()))?;
        sources.write(f, depth, &self.rule.sources)
    }
}

impl ParameterReason {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize, sources: &Sources) -> fmt::Result {
        let wording = self.wording.as_ref().map_or_else(String::new, |w| format!(" — {w}"));
        bullet(f, depth, &format!("{}: {}{wording}", self.title, self.text))?;
        sources.write(f, depth, &self.sources)?;
        if let Some(note) = &self.note {
            wrapped(f, &"  ".repeat(depth + 1), depth * 2 + 4, &format!("let op: {note}"))?;
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
        let made = made(self.signed, self.published);
        let seen = self.seen.map(|seen| format!("gezien {}", date(seen)));
        let certainty = self.certainty.map(|certainty| crate::dutch::certainty(certainty).to_owned());
        let made = Some(made).filter(|made| !made.is_empty());
        let facts: Vec<String> = [made, seen, certainty].into_iter().flatten().collect();
        match facts.as_slice() {
            [] => Ok(()),
            facts => write!(f, " ({})", facts.join("; ")),
        }
    }
}
