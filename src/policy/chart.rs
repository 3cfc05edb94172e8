//! The decisions as a picture: which rests on which.

use std::collections::BTreeSet;

use super::Policy;
use super::markdown::{anchor, text, to};
use super::reads::Node;

/// Most questions of a rule set of which each has a box of its own; of more only their number stands with the decision.
const MOST_QUESTIONS: usize = 8;

impl Policy<'_> {
    pub(super) fn chart(&self, out: &mut String) {
        let count = self.model.decisions.len();
        if count == 0 {
            return;
        }
        out.push_str(&format!("\n## {}Schema van de beslissingen\n\n", anchor("deel", "schema")));
        let reads: Vec<BTreeSet<Node>> = (0..count).map(|d| self.reads(d)).collect();
        let each = self.model.asked() <= MOST_QUESTIONS;
        out.push_str(
            "Een pijl betekent: telt mee voor. Een dikke rand is een uitkomst van de regelset, een stippelrand een beslissing zonder regels.",
        );
        out.push_str(if each {
            "\n"
        } else {
            " Het getal is het aantal vragen dat de beslissing zelf leest.\n"
        });
        let mut alone = Vec::new();
        for group in groups(&reads) {
            match group.as_slice() {
                [one] if !each => alone.push(*one),
                group => self.picture(out, group, &reads, each),
            }
        }
        if !alone.is_empty() {
            out.push_str(
                "\nDeze beslissingen lezen geen andere beslissing, en worden door geen andere gelezen:\n\n",
            );
            for d in alone {
                let Some(info) = self.model.decisions.get(d) else { continue };
                let number = questions(reads.get(d)).map(|n| format!(" ({n})")).unwrap_or_default();
                out.push_str(&format!("- {}{number}\n", to("beslissing", &info.id, &text(&info.title))));
            }
        }
    }

    fn picture(&self, out: &mut String, group: &[usize], reads: &[BTreeSet<Node>], each: bool) {
        out.push_str("\n```mermaid\nflowchart LR\n");
        let mut asked: BTreeSet<usize> = BTreeSet::new();
        let (mut arrows, mut last, mut bare) = (String::new(), Vec::new(), Vec::new());
        for d in group {
            let Some(info) = self.model.decisions.get(*d) else { continue };
            let number =
                questions(reads.get(*d)).filter(|_| !each).map(|n| format!("<br>{n}")).unwrap_or_default();
            out.push_str(&format!("  b{d}[\"{}{number}\"]\n", label(&info.title)));
            if info.outcome {
                last.push(format!("b{d}"));
            }
            if matches!(info.rule, crate::model::Rule::Unloaded) {
                bare.push(format!("b{d}"));
            }
            for node in reads.get(*d).into_iter().flatten() {
                match node {
                    Node::Decision(other) => arrows.push_str(&format!("  b{other} --> b{d}\n")),
                    Node::Question(q) if each => {
                        asked.insert(*q);
                        arrows.push_str(&format!("  v{q} --> b{d}\n"));
                    }
                    Node::Question(_) => {}
                }
            }
        }
        for q in asked {
            let ask = self.model.questions.get(q).map_or("", |question| question.ask.as_str());
            out.push_str(&format!("  v{q}([\"{}\"])\n", label(ask)));
        }
        out.push_str(&arrows);
        if !last.is_empty() {
            out.push_str("  classDef uitkomst stroke-width:3px\n");
            out.push_str(&format!("  class {} uitkomst\n", last.join(",")));
        }
        if !bare.is_empty() {
            out.push_str("  classDef leeg stroke-dasharray:4 4\n");
            out.push_str(&format!("  class {} leeg\n", bare.join(",")));
        }
        out.push_str("```\n");
    }
}

/// How many questions a decision reads itself.
fn questions(reads: Option<&BTreeSet<Node>>) -> Option<String> {
    let count = reads.into_iter().flatten().filter(|node| matches!(node, Node::Question(_))).count();
    match count {
        0 => None,
        1 => Some("1 vraag".to_owned()),
        n => Some(format!("{n} vragen")),
    }
}

/// The decisions that hang together, each group in the order of the rule set.
fn groups(reads: &[BTreeSet<Node>]) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..reads.len()).collect();
    for (d, nodes) in reads.iter().enumerate() {
        for node in nodes {
            let Node::Decision(other) = node else { continue };
            let (Some(a), Some(b)) = (of.get(d).copied(), of.get(*other).copied()) else { continue };
            of.iter_mut().filter(|group| **group == a.max(b)).for_each(|group| *group = a.min(b));
        }
    }
    let names: BTreeSet<usize> = of.iter().copied().collect();
    let members =
        |name: usize| of.iter().enumerate().filter(move |(_, g)| **g == name).map(|(d, _)| d).collect();
    names.into_iter().map(members).collect()
}

/// A text in a quoted label of Mermaid.
fn label(text: &str) -> String {
    let mut out = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '`' => out.push_str("#96;"),
            '\\' => out.push_str("#92;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_label_stays_inside_its_quotes() {
        assert_eq!(
            label("a \"b\"] --> <script> #1 `c`"),
            "a #quot;b#quot;] --#gt; #lt;script#gt; #35;1 #96;c#96;"
        );
    }
}
