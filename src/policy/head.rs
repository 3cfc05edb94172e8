//! The head of the document: what it is, whose rules it tells, and from which layers they come.

use super::Policy;
use super::markdown::{anchor, code, paragraphs, table, text, to};
use crate::document::{Certainty, Completeness, Document};
use crate::dutch;
use crate::notation::{date, with_code};
use crate::rule_set::LayerOverview;

impl Policy<'_> {
    pub(super) fn head(&self, out: &mut String) {
        let model = &self.model;
        let title = match self.authority {
            Some(code) => {
                let own = model.authority_title.clone().unwrap_or_else(|| model.title.clone());
                text(&with_code(&own, code))
            }
            None => text(&model.title),
        };
        out.push_str(&format!("# {title}\n\n"));
        out.push_str(
            "Dit document is gemaakt uit de regels zelf. Wat hier staat, is wat het programma uitvoert. Een mens beslist; de \
             regels geven geen juridisch advies.\n\n",
        );
        let whose = match self.authority {
            Some(code) => format!("{}, de gemeenschappelijke regels met de eigen laag", text(code)),
            None => "iedereen; alleen de gemeenschappelijke regels".to_owned(),
        };
        let mut facts = vec![
            format!("Regelset: {} – {}", code(&model.id), text(&model.title)),
            format!("Voor: {whose}"),
            format!("Peildatum: {}", date(self.on)),
            format!("Kenmerk van de regels: {}", code(self.program.digest())),
        ];
        let questions: Vec<String> = model
            .reference_dates
            .iter()
            .filter_map(|q| model.questions.get(*q))
            .map(|q| to("vraag", &q.id, &text(&q.ask)))
            .collect();
        if !questions.is_empty() {
            facts.push(format!(
                "In een zaak bepaalt het antwoord op deze vraag de peildatum: {}",
                questions.join(" ")
            ));
        }
        for fact in facts {
            out.push_str(&format!("- {fact}\n"));
        }
        out.push_str(
            "\nWaar een regel een periode heeft, staat die erbij. Noemt een regel een waarde die per periode verschilt, dan staat \
             er de waarde op de peildatum.\n",
        );
        self.contents(out);
        if let Some(description) = &model.description {
            out.push_str(&format!(
                "\n## {}Waarvoor\n\n{}\n",
                anchor("deel", "waarvoor"),
                paragraphs(description)
            ));
        }
        self.layers_chapter(out);
    }

    fn contents(&self, out: &mut String) {
        let model = &self.model;
        let chapters = [
            ("waarvoor", "Waarvoor", model.description.is_some()),
            ("lagen", "Lagen", true),
            ("open", "Wat niet geregeld of niet bekend is", true),
            ("schema", "Schema van de beslissingen", !model.decisions.is_empty()),
            ("vragen", "Vragen", !model.questions.is_empty()),
            ("beslissingen", "Beslissingen", !model.decisions.is_empty()),
            ("waarden", "Waarden", !model.parameters.is_empty()),
            ("opmerkingen", "Opmerkingen", !model.remarks.is_empty()),
            ("stappen", "Stappen", !model.steps.is_empty()),
            ("tellingen", "Tellingen", !model.rollups.is_empty()),
            ("vertrouwelijk", "Vertrouwelijkheid", !model.classes.is_empty()),
            ("bronnen", "Bronnen", true),
        ];
        out.push_str("\n**Inhoud**\n\n");
        for (id, title, _) in chapters.iter().filter(|(.., there)| *there) {
            out.push_str(&format!("- {}\n", to("deel", id, title)));
        }
    }

    /// The layers described, and in a document of the shared layer those of authorities beside it.
    fn layers_chapter(&self, out: &mut String) {
        out.push_str(&format!("\n## {}Lagen\n\n", anchor("deel", "lagen")));
        self.layer_table(out, true);
        for (layer, note) in self.layers.iter().zip(self.layers.iter().map(rests_on)) {
            for line in note {
                out.push_str(&format!("\n«{}» rust op {line}.\n", text(title(layer))));
            }
        }
        for (id, layer, period) in &self.elsewhere {
            let period = dutch::plain_period(period);
            out.push_str(&format!(
                "\n{} regelt «{}» alleen {period} zelf. Dat staat niet in dit document: op de peildatum geldt wat de laag eronder zegt.\n",
                code(id),
                text(layer),
            ));
        }
        if self.authority.is_some() || self.overview.iter().all(|layer| self.counts(layer)) {
            return;
        }
        out.push_str(
            "\n**Eigen lagen.** Deze lagen vullen de gemeenschappelijke regels aan of vervangen er delen van. Wat zij zeggen, staat niet in dit \
             document: maak het voor die gemeente, met `--authority`. Bij elke waarde en beslissing staat welke lagen iets eigens hebben.\n\n",
        );
        self.layer_table(out, false);
    }

    /// Whether a layer is one of those described.
    fn counts(&self, layer: &LayerOverview<'_>) -> bool {
        match (layer.authority, layer.layer) {
            (None, None) => true,
            (Some(code), _) => self.authority == Some(code),
            (None, Some(name)) => {
                let own = |d: &&Document| d.layer.as_ref().is_some_and(|layer| layer.value == name);
                let member = |code: &str| layer.versions.iter().any(|v| v.members.contains(&code));
                let all = layer.versions.iter().any(|v| v.members.is_empty());
                self.layers.iter().any(|d| own(&d)) || all || self.authority.is_some_and(member)
            }
        }
    }

    /// Those that are described, or the others.
    fn layer_table(&self, out: &mut String, described: bool) {
        let mut rows = Vec::new();
        let all = self.overview.iter().zip(self.rules.every_series());
        for (layer, series) in all.filter(|(layer, _)| self.counts(layer) == described) {
            let name = layer.authority.or(layer.layer);
            for (n, (version, document)) in layer.versions.iter().zip(series.versions).enumerate() {
                let mut whose = match name {
                    None => "iedereen".to_owned(),
                    Some(name) if n > 0 => text(name),
                    Some(name) => format!("{}{}", anchor("laag", name), text(name)),
                };
                if !version.members.is_empty() {
                    whose.push_str(&format!(": {}", text(&version.members.join(", "))));
                }
                let period = dutch::in_force(document.period().as_ref());
                let days = [("ondertekend", version.of.signed), ("bekendgemaakt", version.of.published)];
                let days = days.into_iter().filter_map(|(what, day)| Some(format!("{what} {}", date(day?))));
                let period = std::iter::once(period).chain(days).collect::<Vec<_>>().join("; ");
                let here = self.in_force.contains(&document.span);
                let missing = if described && !here { " (niet op de peildatum)" } else { "" };
                rows.push(vec![
                    format!("{}{missing}", text(version.of.title)),
                    whose,
                    period,
                    completeness(document),
                    certainties(document),
                ]);
            }
        }
        let heads = ["Laag", "Voor", "Geldt", "Volledig?", "Zekerheid van de bronnen"].map(str::to_owned);
        out.push_str(&table(&heads, &rows));
    }
}

fn title(layer: &Document) -> &str {
    layer.title.as_ref().map_or("", |title| title.value.as_str())
}

fn completeness(layer: &Document) -> String {
    match &layer.completeness {
        Some(Completeness::Complete) => "ja".to_owned(),
        Some(Completeness::Partial(missing)) => match missing.len() {
            1 => "nee, 1 punt ontbreekt".to_owned(),
            n => format!("nee, {n} punten ontbreken"),
        },
        None => "niet opgegeven".to_owned(),
    }
}

/// How many of the sources of a layer are how sure.
fn certainties(layer: &Document) -> String {
    let all = [Certainty::Verified, Certainty::Secondary, Certainty::GeneralKnowledge, Certainty::Editorial];
    let of = |certainty: Certainty| {
        let own =
            |source: &crate::document::Source| source.certainty.as_ref().map(|c| c.value) == Some(certainty);
        layer.sources.0.iter().filter(|(_, source)| own(source)).count()
    };
    let counts = all.into_iter().map(|c| (of(c), dutch::certainty(c))).filter(|(n, _)| *n > 0);
    let texts: Vec<String> = counts.map(|(n, words)| format!("{n} {words}")).collect();
    if texts.is_empty() { "geen eigen bronnen".to_owned() } else { texts.join("; ") }
}

/// The texts on which a layer says that it rests.
fn rests_on(layer: &Document) -> Vec<String> {
    let one = |basis: &crate::document::Basis| {
        let mut line = to("bron", &basis.id.value, &text(&basis.id.value));
        if let Some(version) = &basis.version {
            line.push_str(&format!(", de tekst op {}", date(version.value)));
        }
        if let Some(note) = &basis.note {
            line.push_str(&format!(" ({})", text(&note.value)));
        }
        line
    };
    layer.based_on.iter().map(one).collect()
}
