//! An impact as people read it.

use std::fmt::{self, Write as _};

use super::{DecisionImpact, ImpactReport, Move};
use crate::dutch::either;
use crate::notation::{date, number, wrapped};

/// Ways that are shown of one decision; JSON has all.
const MOST: usize = 20;

fn figure(n: u64) -> String {
    number(&n.to_string())
}

/// `1 zaak`, `2 zaken`.
fn cases(n: u64) -> String {
    format!("{} {}", figure(n), if n == 1 { "zaak" } else { "zaken" })
}

/// Two parts of a whole as percentages with one decimal, which add up to 100: what is not all is never 100%, and what is there never
/// 0%.
fn percents(first: u64, second: u64) -> [String; 2] {
    let parts = [first, second].map(u128::from);
    let all = (parts[0] + parts[1]).max(1);
    // of two parts the one is rounded up where the other is rounded down
    let tenths = (parts[0] * 1000 + all / 2) / all;
    let text = |part: u128, tenths: u128| match tenths {
        0 if part > 0 => "minder dan 0,1%".to_owned(),
        1000 if part < all => "bijna 100%".to_owned(),
        tenths if tenths % 10 == 0 => format!("{}%", tenths / 10),
        tenths => format!("{},{}%", tenths / 10, tenths % 10),
    };
    [text(parts[0], tenths), text(parts[1], 1000 - tenths)]
}

/// From which outcome to which. Of two lists of what is possible only the difference, where they differ.
fn way(of: &Move) -> String {
    if of.same {
        return format!("blijft {}", of.from.text);
    }
    if of.from.words.is_empty() || of.to.words.is_empty() {
        return format!("{} → {}", of.from.text, of.to.text);
    }
    let without = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|text| !others.contains(text)).cloned().collect()
    };
    let mut text = "blijft nog open".to_owned();
    for (word, list) in [
        ("niet meer mogelijk", without(&of.from.words, &of.to.words)),
        ("nu ook mogelijk", without(&of.to.words, &of.from.words)),
    ] {
        if !list.is_empty() {
            text.push_str(&format!("; {word}: {}", either(&list)));
        }
    }
    text
}

/// The lines that show a move.
fn lines(of: &Move) -> String {
    let list: Vec<String> = of.examples.iter().map(ToString::to_string).collect();
    let word = if list.len() == 1 { "regel" } else { "regels" };
    let more = if of.cases > of.examples.len() as u64 { ", …" } else { "" };
    format!("{word} {}{more}", list.join(", "))
}

impl ImpactReport {
    fn head(&self) -> Vec<String> {
        let side = |word: &str, side: &crate::compare::ComparedSide| {
            let authority = side.authority.as_ref().map_or_else(String::new, |code| format!(", {code}"));
            format!("{word} {}: {} ({}{authority})", date(side.on), side.title, side.rule_set)
        };
        let mut list = vec![side("Van", &self.from), side("Naar", &self.to)];
        let mut notices: Vec<String> = Vec::new();
        for notice in self.from.notices.iter().chain(&self.to.notices) {
            let line = format!("Let op: {notice}");
            if !notices.contains(&line) {
                notices.push(line);
            }
        }
        list.append(&mut notices);
        list.push(format!("{} beoordeeld.", cases(self.cases)));
        list
    }

    fn refused(&self) -> Vec<String> {
        if self.refused.lines == 0 {
            return Vec::new();
        }
        let n = self.refused.lines;
        let what = if n == 1 { "regel is" } else { "regels zijn" };
        // a reason is a finding, in English as everywhere, so that it can be looked up
        let mut list = vec![format!(
            "{} {what} geen zaak die deze regels aannemen. De reden staat er in het Engels bij:",
            figure(n)
        )];
        list.extend(self.refused.examples.iter().map(|r| format!("  regel {}: {}", r.line, r.why)));
        if n > self.refused.examples.len() as u64 {
            list.push("  …".to_owned());
        }
        if self.cases == 0 {
            list.push(
                "Elke regel van het bestand moet één zaak zijn: een JSON-object met antwoorden.".to_owned(),
            );
        }
        list
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::from("# Wat de wijziging betekent\n\n");
        self.head().iter().for_each(|line| {
            let _ = writeln!(out, "- {}", cell(line));
        });
        for decision in &self.decisions {
            let _ =
                write!(out, "\n## {} (`{}`)\n\n{}\n", cell(&decision.title), decision.id, summary(decision));
            if decision.moves.is_empty() {
                continue;
            }
            out.push_str("\n| Zaken | Van | Naar | Voorbeelden |\n| ---: | --- | --- | --- |\n");
            for of in decision.moves.iter().take(MOST) {
                let both = !of.same && !of.from.words.is_empty() && !of.to.words.is_empty();
                let (from, to) = match (of.same, both) {
                    (true, _) => (of.from.text.clone(), "hetzelfde".to_owned()),
                    (false, true) => (of.from.text.clone(), way(of)),
                    (false, false) => (of.from.text.clone(), of.to.text.clone()),
                };
                let (from, to) = (cell(&from), cell(&to));
                let _ = writeln!(out, "| {} | {from} | {to} | {} |", figure(of.cases), lines(of));
            }
            if let Some(more) = more(decision) {
                let _ = writeln!(out, "\n{more}");
            }
        }
        let refused = self.refused();
        if !refused.is_empty() {
            let _ = writeln!(out, "\n## Geweigerde regels\n");
            refused.iter().for_each(|line| {
                let _ = writeln!(out, "{}  ", cell(line.trim_start()));
            });
        }
        out
    }
}

fn summary(decision: &DecisionImpact) -> String {
    let all = decision.same + decision.changed;
    if all == 0 {
        return "Geen zaken.".to_owned();
    }
    let [same, changed] = percents(decision.same, decision.changed);
    let mut text = format!(
        "Gelijk in {} ({same}), anders in {} ({changed}).",
        cases(decision.same),
        cases(decision.changed)
    );
    if decision.opened > 0 {
        let _ = write!(text, " Nu nog open: {}.", cases(decision.opened));
    }
    if decision.silenced > 0 {
        let _ = write!(text, " Nu niet meer geregeld: {}.", cases(decision.silenced));
    }
    text
}

fn more(decision: &DecisionImpact) -> Option<String> {
    let hidden = decision.moves.get(MOST..).unwrap_or_default();
    let n: u64 = hidden.iter().map(|m| m.cases).sum();
    (n > 0).then(|| {
        format!("En nog {} op {} andere manieren (--format json toont alles).", cases(n), hidden.len())
    })
}

impl fmt::Display for ImpactReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head().iter().try_for_each(|line| wrapped(f, "", 2, line))?;
        for decision in &self.decisions {
            writeln!(f, "\n{} ({})", decision.title, decision.id)?;
            wrapped(f, "  ", 2, &summary(decision))?;
            let shown = decision.moves.iter().take(MOST);
            let width = shown.clone().map(|m| figure(m.cases).len()).max().unwrap_or(0);
            for of in shown {
                let count = format!("  {:>width$}  ", figure(of.cases));
                wrapped(f, &count, width + 4, &format!("{} ({})", way(of), lines(of)))?;
            }
            if let Some(more) = more(decision) {
                wrapped(f, "  ", 2, &more)?;
            }
        }
        let refused = self.refused();
        if !refused.is_empty() {
            writeln!(f)?;
        }
        refused.iter().try_for_each(|line| {
            let indent = line.len() - line.trim_start().len();
            wrapped(f, &" ".repeat(indent), indent + 2, line)
        })
    }
}

/// A text in a cell of a Markdown table.
fn cell(text: &str) -> String {
    crate::compare::cell(text)
}

#[cfg(test)]
mod tests {
    use super::percents;

    #[test]
    fn percentages_add_up() {
        // 27 of 41 is 65.854%, 14 of 41 is 34.146%; 1317 and 683 of 2000 are 65.85% and 34.15% exactly
        assert_eq!(percents(27, 14), ["65,9%", "34,1%"]);
        assert_eq!(percents(1317, 683), ["65,9%", "34,1%"]);
        assert_eq!(percents(683, 1317), ["34,2%", "65,8%"]);
        assert_eq!(percents(3, 1), ["75%", "25%"]);
        assert_eq!(percents(0, 5), ["0%", "100%"]);
        assert_eq!(percents(1, 9_999), ["minder dan 0,1%", "bijna 100%"]);
        assert_eq!(percents(u64::MAX, u64::MAX), ["50%", "50%"]);
    }
}
