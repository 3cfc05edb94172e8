//! Sources: citations where they are used, and the list at the end with official addresses.

use super::Policy;
use super::markdown::{anchor, code, link, text, to};
use crate::document::{Certainty, Document, Source, SourceRef};
use crate::dutch;
use crate::links::official;
use crate::model::Cited;
use crate::notation::date;

/// What kinds of sources are called, in the order of the list.
const KINDS: [(&str, &str); 12] = [
    ("law", "Wetten en regelingen"),
    ("local_regulation", "Verordeningen"),
    ("policy_rule", "Beleidsregels"),
    ("ruling", "Uitspraken"),
    ("regional_guide", "Regionale handreikingen"),
    ("guide", "Handreikingen"),
    ("model_text", "Modelteksten"),
    ("explanation", "Uitleg en algemene kennis"),
    ("website", "Websites"),
    ("news", "Nieuws"),
    ("editorial", "Keuzes van de regelset"),
    ("example", "Voorbeelden"),
];

impl Policy<'_> {
    /// Sources with links to the list, and with what a reference adds to its source.
    pub(super) fn cite(&self, cited: &[Cited]) -> String {
        let one = |cited: &Cited| {
            let source = self.model.sources.get(cited.source)?;
            let article = cited.article.as_ref().or(source.article.as_ref());
            Some(citation(&source.id, article.map(String::as_str), cited.certainty, cited.note.as_deref()))
        };
        cited.iter().filter_map(one).collect::<Vec<_>>().join("; ")
    }

    /// The same, of references as they are written.
    pub(super) fn cite_written(&self, refs: &[SourceRef]) -> String {
        let one = |written: &SourceRef| {
            let source = self.model.sources.iter().find(|source| source.id == written.id.value);
            let own = written.article.as_ref().map(|article| article.value.as_str());
            let article = own.or(source.and_then(|source| source.article.as_deref()));
            let certainty = written.certainty.as_ref().map(|c| c.value);
            let note = written.note.as_ref().map(|note| note.value.as_str());
            citation(&written.id.value, article, certainty, note)
        };
        refs.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    pub(super) fn sources(&self, out: &mut String) {
        out.push_str(&format!("\n## {}Bronnen\n\n", anchor("deel", "bronnen")));
        out.push_str(
            "De korte naam is de naam waaronder de regels de bron aanhalen. Van een wet, verordening, uitspraak of bekendmaking \
             staat het officiële adres erbij; ‘gelezen’ is de pagina waarop de bron is gelezen.\n",
        );
        let mut kinds: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
        for source in &self.model.sources {
            if !kinds.contains(&source.kind.as_str()) {
                kinds.push(&source.kind);
            }
        }
        for kind in kinds {
            let list: Vec<&str> = self
                .model
                .sources
                .iter()
                .filter(|source| source.kind == kind)
                .map(|source| source.id.as_str())
                .collect();
            if list.is_empty() {
                continue;
            }
            let title = KINDS.iter().find(|(known, _)| *known == kind).map_or(kind, |(_, title)| title);
            out.push_str(&format!("\n### {}\n\n", text(title)));
            for id in list {
                if let Some((layer, source)) = self.source_written(id) {
                    out.push_str(&self.source(id, layer, source));
                }
            }
        }
    }

    fn source_written(&self, id: &str) -> Option<(&Document, &Source)> {
        self.layers.iter().rev().find_map(|layer| {
            let found = layer.sources.0.iter().find(|(known, _)| known.value == id);
            found.map(|(_, source)| (layer, source))
        })
    }

    fn source(&self, id: &str, layer: &Document, source: &Source) -> String {
        let mut line = format!("- {}**{}** – {}", anchor("bron", id), text(id), text(&source.title.value));
        if let Some(article) = &source.article {
            line.push_str(&format!(", art. {}", text(&article.value)));
        }
        line.push('.');
        let identifiers = [&source.jci, &source.bwb, &source.cvdr, &source.ecli, &source.publication];
        let mut links: Vec<String> = identifiers
            .into_iter()
            .flatten()
            .map(|identifier| match official(&identifier.value) {
                Some(url) => link(&text(&identifier.value), &url),
                None => code(&identifier.value),
            })
            .collect();
        links.extend(source.url.as_ref().map(|url| link("gelezen", &url.value)));
        if !links.is_empty() {
            line.push_str(&format!(" {}.", links.join(", ")));
        }
        let certainty = source.certainty.as_ref();
        line.push_str(&match certainty {
            Some(certainty) => format!(" Zekerheid: {}.", dutch::certainty(certainty.value)),
            None => " Zekerheid: niet opgegeven.".to_owned(),
        });
        let days =
            [("Ondertekend", &source.signed), ("Bekendgemaakt", &source.published), ("Gezien", &source.seen)];
        for (what, day) in days {
            if let Some(day) = day {
                line.push_str(&format!(" {what} op {}.", date(day.value)));
            }
        }
        if let Some(period) = source.period() {
            line.push_str(&format!(" Geldt {}.", dutch::in_force(Some(&period))));
        }
        if !source.versions.is_empty() {
            let days: Vec<String> = source.versions.iter().map(|day| date(day.value)).collect();
            line.push_str(&format!(" Teksten sinds {}.", days.join(", ")));
        }
        if let Some(note) = &source.note {
            line.push_str(&format!(" Let op: {}", text(&note.value)));
        }
        if let Some(from) = self.out_of_layer(layer) {
            line.push_str(&format!(" {from}."));
        }
        line.push('\n');
        line
    }
}

fn citation(id: &str, article: Option<&str>, certainty: Option<Certainty>, note: Option<&str>) -> String {
    let mut text_ = to("bron", id, &text(id));
    if let Some(article) = article {
        text_.push_str(&format!(" art. {}", text(article)));
    }
    let facts: Vec<String> =
        certainty.map(|c| dutch::certainty(c).to_owned()).into_iter().chain(note.map(text)).collect();
    if !facts.is_empty() {
        text_.push_str(&format!(" ({})", facts.join("; ")));
    }
    text_
}
