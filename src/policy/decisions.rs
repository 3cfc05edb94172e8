//! The decisions: what they can come to, when they are at issue, and how they are made.

use super::Policy;
use super::markdown::{anchor, code, paragraphs, text, to};
use super::reads::Node;
use super::written::{limited, option_lines};
use crate::model::{DecisionInfo, How, Rule};

impl Policy<'_> {
    pub(super) fn decisions(&self, out: &mut String) {
        if self.model.decisions.is_empty() {
            return;
        }
        out.push_str(&format!("\n## {}Beslissingen\n", anchor("deel", "beslissingen")));
        for (d, info) in self.model.decisions.iter().enumerate() {
            out.push_str(&format!("\n### {}{}\n\n", anchor("beslissing", &info.id), text(&info.title)));
            self.decision(out, d, info);
        }
    }

    fn decision(&self, out: &mut String, d: usize, info: &DecisionInfo) {
        if let Some(help) = &info.help {
            out.push_str(&format!("{}\n\n", paragraphs(help)));
        }
        let mark = if info.outcome { ". Dit is een **uitkomst** van de regelset" } else { "" };
        let mut facts = vec![format!("Naam in de regels: {}{mark}", code(&info.id))];
        if let Some(list) = info.part_of.and_then(|list| self.model.lists.get(list)) {
            let question = self.model.questions.get(list.question).map_or("", |q| q.ask.as_str());
            let link = self.node_link(Node::Question(list.question), question);
            facts.push(format!("Wordt genomen voor elke {} in de lijst {link}", text(&list.each)));
        }
        if let Some(when) = &info.when {
            facts.push(self.condition("Alleen aan de orde bij", when));
        }
        let written = self.decision_written(&info.id);
        let rule = written.iter().rev().find(|(_, d)| {
            d.table.is_some() || d.points.is_some() || d.formula.is_some() || d.count.is_some()
        });
        if let Some(period) = rule.and_then(|(_, d)| limited(d.in_force.as_ref())) {
            facts.push(format!("Geldt alleen {period}"));
        }
        let nodes: Vec<String> = self
            .reads(d)
            .into_iter()
            .map(|node| match node {
                Node::Question(q) => self.node_link(node, self.model.questions.get(q).map_or("", |q| &q.ask)),
                Node::Decision(d) => {
                    self.node_link(node, self.model.decisions.get(d).map_or("", |d| &d.title))
                }
            })
            .collect();
        // the terms of a sum follow
        if !(nodes.is_empty() || matches!(info.rule, Rule::Points(_))) {
            facts.push(format!("Leest: {}", nodes.join("; ")));
        }
        let values: Vec<String> = self
            .parameters_of(d)
            .into_iter()
            .filter_map(|p| self.model.parameters.get(p))
            .map(|p| to("waarde", &p.id, &text(&p.title)))
            .collect();
        if !values.is_empty() {
            facts.push(format!("Gebruikt de waarden: {}", values.join("; ")));
        }
        // without rules, what every layer knows of it
        let mut cited: Vec<String> = match rule {
            Some(_) => vec![self.cite(&info.sources)],
            None => written.iter().map(|(_, d)| self.cite_written(&d.sources)).collect(),
        };
        cited.retain(|sources| !sources.is_empty());
        cited.dedup();
        if !cited.is_empty() {
            facts.push(format!("Bron: {}", cited.join("; ")));
        }
        facts.extend(rule.and_then(|(layer, _)| self.out_of_layer(layer)));
        facts.extend(self.local(&info.id));
        facts.iter().for_each(|fact| out.push_str(&format!("- {fact}\n")));
        out.push('\n');
        self.outcomes(out, info);
        self.rule(out, d, info);
        let columns: Vec<String> =
            written.iter().flat_map(|(_, d)| &d.columns).map(|column| code(&column.value)).collect();
        if !columns.is_empty() {
            out.push_str(&format!(
                "Een gemeente laadt hier een eigen tabel. Zo'n tabel leest meestal: {}.\n",
                columns.join(", ")
            ));
        }
    }

    /// What it can come to, where the rules declare that.
    fn outcomes(&self, out: &mut String, info: &DecisionInfo) {
        let written = self.decision_written(&info.id);
        let outputs = written.iter().rev().map(|(_, d)| &d.outputs.0).find(|outputs| !outputs.is_empty());
        for output in info.outputs.iter().filter(|output| !output.options.is_empty()) {
            let own = outputs.and_then(|list| list.iter().find(|(name, _)| name.value == output.name));
            let defs = own.and_then(|(_, output)| output.options.as_ref()).map(|map| map.0.as_slice());
            match &output.title {
                Some(title) => out.push_str(&format!("Mogelijke uitkomsten, {}:\n\n", text(title))),
                None if info.outputs.len() > 1 => {
                    out.push_str(&format!("Mogelijke uitkomsten, {}:\n\n", code(&output.name)));
                }
                None => out.push_str("Mogelijke uitkomsten:\n\n"),
            }
            out.push_str(&option_lines(&output.options, defs, |def| self.cite_written(&def.sources)));
            out.push('\n');
        }
        // a table has its outputs as columns
        let bare = info.outputs.iter().filter(|output| output.options.is_empty() && output.title.is_some());
        let bare: Vec<String> = bare
            .map(|output| {
                let unit = output.unit.as_ref().map_or_else(String::new, |unit| format!(" (in {unit})"));
                text(&format!("{}{unit}", output.title.as_deref().unwrap_or_default()))
            })
            .collect();
        if matches!(info.rule, Rule::Unloaded) && !bare.is_empty() {
            out.push_str(&format!("Verder geeft de beslissing: {}.\n\n", bare.join("; ")));
        }
    }

    fn rule(&self, out: &mut String, d: usize, info: &DecisionInfo) {
        match &info.rule {
            Rule::Table(table) => self.table(out, d, info, table),
            Rule::Points(points) => {
                out.push_str("De punten hiervan worden opgeteld:\n\n");
                for term in &points.terms {
                    let node = self.node(*term);
                    let title = match node {
                        Node::Question(q) => self.model.questions.get(q).map_or("", |q| &q.ask),
                        Node::Decision(d) => self.model.decisions.get(d).map_or("", |d| &d.title),
                    };
                    out.push_str(&format!("- {}\n", self.node_link(node, title)));
                }
            }
            Rule::Derived(q) => self.derived(out, *q, info),
            Rule::Unloaded => {
                let why = self.program.engine.model.silences.get(info.id.as_str());
                let why = why.map_or_else(String::new, |reason| format!(": {}", text(&reason.text)));
                out.push_str(&format!(
                    "**Hier zijn geen regels**{why}. De uitkomst is dan ‘niet geregeld’.\n\n"
                ));
            }
        }
    }

    fn derived(&self, out: &mut String, q: usize, info: &DecisionInfo) {
        let Some(question) = self.model.questions.get(q) else { return };
        match question.derived.as_ref().map(|derived| &derived.how) {
            Some(How::Formula(formula)) => {
                let words = self.model.formula_text(&formula.expression, &mut |_| None);
                let unit = info.outputs.first().and_then(|output| output.unit.as_ref());
                let unit = unit.map_or_else(String::new, |unit| format!(", in {}", text(unit)));
                out.push_str(&format!("Berekening{unit}: {}\n\n", text(&words)));
                out.push_str(&format!("Zo staat het in de regels: {}\n", code(&formula.text)));
            }
            Some(How::Count(_)) => {
                // the length of its window is a value of the reference date
                let dated = &self.program.engine.model;
                let shown = dated.decisions.iter().find(|d| d.id == info.id).map(|d| &d.rule);
                let how = match shown {
                    Some(Rule::Derived(q)) => {
                        dated.questions.get(*q).and_then(|q| q.derived.as_ref()).map(|derived| &derived.how)
                    }
                    _ => question.derived.as_ref().map(|derived| &derived.how),
                };
                let Some(How::Count(count)) = how else { return };
                let model = if shown.is_some() { dated } else { &self.model };
                let list =
                    model.lists.get(count.list).and_then(|list| self.model.questions.get(list.question));
                let link = list.map_or_else(String::new, |q| to("vraag", &q.id, &text(&q.ask)));
                let words = text(&model.count_text(count));
                out.push_str(&format!("Telt uit de lijst {link}: {words}\n"));
            }
            None => {}
        }
    }
}
